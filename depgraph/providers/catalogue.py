"""The catalogue: what it says about providers, companies, who owns whom and since when.

:mod:`depgraph.providers.files` reads it; :func:`depgraph.providers.check` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from depgraph.errors import CatalogueError
from depgraph.names import is_registry_below, parents
from depgraph.providers.rows import (
    Backend,
    Company,
    Event,
    Group,
    Law,
    Parent,
    Platform,
    Provider,
    Servers,
)
from depgraph.providers.rules import Rules, plain


@dataclass(frozen=True)
class Catalogue:
    """Dated facts and rules about who is behind what.

    Parameters
    ----------
    version
        Day of the facts, ISO 8601.
    providers, companies, groups
        By id.
    parents
        Every ownership known, in the order of the file.
    rules
        Indexed (:class:`depgraph.providers.rules.Rules`).
    platforms
        By suffix, where names that were given up can be taken by anyone.
    events
        New names, ends and successions, in the order of the file.
    laws
        Whose law reaches a company beyond that of its seat, in the order of the file.
    checked
        Day (ISO 8601) on which the rows that give none of their own were last looked at.
    """

    version: str
    providers: Mapping[str, Provider]
    companies: Mapping[str, Company]
    parents: tuple[Parent, ...]
    groups: Mapping[str, Group]
    rules: Rules
    duplicates: tuple[str, ...] = field(default=())
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    backends: tuple[Backend, ...] = ()
    servers: tuple[Servers, ...] = ()
    events: tuple[Event, ...] = ()
    laws: tuple[Law, ...] = ()
    checked: str = ""

    def __repr__(self) -> str:
        """Say what it holds, not all of it."""
        return (
            f"<Catalogue of {self.version}: {len(self.providers)} providers, "
            f"{len(self.companies)} companies, {len(self.rules.rows)} rules>"
        )

    def provider(self, provider_id: str) -> Provider:
        """Give a provider by its id.

        Raises
        ------
        CatalogueError
            There is none of that id.
        """
        try:
            return self.providers[provider_id]
        except KeyError:
            raise CatalogueError(
                f"expected the id of a provider in the catalogue, found {provider_id!r}: "
                "see depgraph catalogue"
            ) from None

    def name_of(self, provider_id: str) -> str:
        """Return the name of a provider; its id where the catalogue has no row of it."""
        known = self.providers.get(provider_id)
        return known.name if known else provider_id

    def company(self, company_id: str) -> Company:
        """Give a company by its id.

        Raises
        ------
        CatalogueError
            There is none of that id.
        """
        try:
            return self.companies[company_id]
        except KeyError:
            raise CatalogueError(
                f"expected the id of a company in the catalogue, found {company_id!r}: "
                "see depgraph catalogue"
            ) from None

    def company_of(self, provider_id: str, at: date) -> str | None:
        """Give the company that runs a provider; None where the catalogue knows none.

        Who owns that company in turn, and on which day, is :meth:`parent_of`.
        """
        del at  # a brand that changed hands keeps its own company, whose parent is dated
        known = self.providers.get(provider_id)
        return (known.company or None) if known else None

    def parent_of(self, company_id: str, at: date) -> str | None:
        """Give the company that owned this one on that day; None where none is known."""
        row = self.ownership(company_id, at)
        return None if row is None else row.parent

    def ownership(self, company_id: str, at: date) -> Parent | None:
        """Give the row by which a company belonged to another on that day; None where none does."""
        return next((row for row in self._parents.get(company_id, ()) if row.holds(at)), None)

    def perhaps_owned(self, company_id: str, at: date) -> list[Parent]:
        """List the rows by which a company may have belonged to others on that day.

        These are of the month or year in which it came to them, on a day that no source says; or
        of a time before the day by which it had, where since when is not known.
        """
        return [
            row
            for row in self._parents.get(company_id, ())
            if row.began is not None and row.began.first <= at < row.began.last
            if row.until is None or at < row.until
        ]

    def laws_over(self, company_id: str, at: date) -> list[Law]:
        """List whose law reached a company on a day, beyond that of its seat."""
        return [row for row in self._laws.get(company_id, ()) if row.holds(at)]

    def platform_of(self, name: str) -> Platform | None:
        """Give the platform under whose suffix a name lies; None where none is known."""
        above = (self.platforms.get(one) for one in parents(name)[1:])
        return next((one for one in above if one is not None), None)

    def backend_of(self, suffix: str, at: date) -> Backend | None:
        """Give who ran the registry of a public suffix on a day; None where that is not known.

        A suffix without rows of its own (``co.uk``) is run with its top-level domain.
        """
        return next((row for row in self._backends_of(suffix) if row.holds(at)), None)

    def backend_near(self, suffix: str, at: date) -> Backend | None:
        """Give who ran it on the nearest day that is known; None where none is."""
        rows = self._backends_of(suffix)
        return min(rows, key=lambda row: row.distance(at), default=None)

    def servers_of(self, suffix: str, at: date) -> list[Servers]:
        """List in whose networks the name servers of a top-level domain stood on a day."""
        return [row for row in self.servers if row.suffix == suffix and row.holds(at)]

    def _backends_of(self, suffix: str) -> Sequence[Backend]:
        if suffix in self._backends or is_registry_below(suffix):
            return self._backends.get(suffix, ())
        return self._backends.get(suffix.rsplit(".", 1)[-1], ())

    def owners(self, provider_id: str, at: date) -> tuple[str, ...]:
        """List the companies above a provider on that day, its own first, the top last."""
        chain: list[str] = []
        company = self.company_of(provider_id, at)
        while company is not None and company not in chain:
            chain.append(company)
            company = self.parent_of(company, at)
        return tuple(chain)

    def provider_named(self, text: str) -> Provider | None:
        """Find a provider by a name that somebody reported, compared whole.

        Letter case, punctuation and legal forms do not count; two providers of the same
        name give none.
        """
        return self._names.get(plain(text)) if text.strip() else None

    @cached_property
    def by_name(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """What each name stands for: kind (``group``, ``company``, ``provider``) and id.

        The names are ids, names and aliases, folded by :func:`depgraph.providers.rules.plain`.
        """
        found: dict[str, dict[tuple[str, str], None]] = {}
        tables: tuple[tuple[str, Mapping[str, Group | Company | Provider]], ...] = (
            ("group", self.groups),
            ("company", self.companies),
            ("provider", self.providers),
        )
        for kind, table in tables:
            for row in table.values():
                for text in (row.id, row.name, *row.aliases):
                    found.setdefault(plain(text), {})[kind, row.id] = None
        found.pop("", None)
        return {text: tuple(several) for text, several in found.items()}

    @cached_property
    def _backends(self) -> dict[str, list[Backend]]:
        table: dict[str, list[Backend]] = {}
        for row in self.backends:
            table.setdefault(row.suffix, []).append(row)
        return table

    @cached_property
    def _parents(self) -> dict[str, list[Parent]]:
        table: dict[str, list[Parent]] = {}
        for row in self.parents:
            table.setdefault(row.company, []).append(row)
        return table

    @cached_property
    def _laws(self) -> dict[str, list[Law]]:
        table: dict[str, list[Law]] = {}
        for row in self.laws:
            table.setdefault(row.company, []).append(row)
        return table

    @cached_property
    def _names(self) -> dict[str, Provider]:
        names: dict[str, Provider | None] = {}
        for provider in self.providers.values():
            for text in dict.fromkeys(map(plain, (provider.id, provider.name, *provider.aliases))):
                names[text] = None if text in names else provider
        companies = {
            plain(text): company.id
            for company in self.companies.values()
            for text in (company.name, *company.aliases)
        }
        for rule in self.rules.rows:
            if rule.signal in {"registrar-name", "holder-name", "issuer", "reported-name"}:
                name, of_rule = plain(rule.pattern), self.providers.get(rule.provider)
                # Certificates that DigiCert issues under Oracle's name do not make Oracle DigiCert.
                if of_rule and companies.get(name, of_rule.company) == of_rule.company:
                    names.setdefault(name, of_rule)
        of_company: dict[str, list[Provider]] = {}
        for provider in self.providers.values():
            of_company.setdefault(provider.company, []).append(provider)
        for company in self.companies.values():
            own = of_company.get(company.id, [])
            if len(own) == 1:
                for text in map(plain, (company.name, *company.aliases)):
                    names.setdefault(text, own[0])
        return {text: provider for text, provider in names.items() if provider is not None}

"""The catalogue: providers, companies, who owns whom and since when, groups, rules.

Its files are plain text that a person edits (``data/*.csv``, ``data/groups.toml``), each
row with its source; :func:`depgraph.providers.check` says what is wrong with them.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from depgraph.errors import CatalogueError
from depgraph.intake import read_text
from depgraph.names import is_registry_below, parents
from depgraph.providers.moments import Moment
from depgraph.providers.rules import Rule, Rules, plain
from depgraph.vocabulary import Confidence, LawBasis

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "companies": ("id", "name", "country", "aliases", "source", "checked"),
        "providers": ("id", "name", "roles", "company", "runs_on", "aliases", "source"),
        "parents": ("company", "parent", "since", "until", "source", "checked"),
        "laws": ("company", "country", "basis", "since", "until", "source", "checked"),
        "events": ("of", "event", "day", "other", "source", "checked"),
        "backends": ("provider", "suffixes", "basis", "since", "until", "source"),
        "servers": ("provider", "suffixes", "since", "until", "source"),
        "rules": ("id", "provider", "role", "signal", "pattern", "reason", "source"),
        "platforms": ("suffix", "source"),
        "facts": ("id", "citation"),
    }
)
_CHECKED: Final = "checked"
"""A column that the files of a user need not have."""
_WHERE: Final = "where"
"""Beside the columns of a row: its file and line."""
_FACT: Final = re.compile(r"facts:(F\d+)")


UNVERIFIED: Final = "unverified:"
"""What the source of a row begins with that nobody has read there, and what is in doubt."""


def is_unverified(source: str) -> bool:
    """Tell whether a row's source says that the row was not found in it.

    >>> is_unverified("unverified: the day; Example press release of 2020")
    True
    """
    return source.startswith(UNVERIFIED)


_BY_REGISTRY: Final = re.compile(
    r"registered in [A-Z]{2}|country of (?:its )?AS|ARIN's record|registries' list", re.IGNORECASE
)


def is_by_registry(source: str) -> bool:
    """Tell whether a country is only what a regional registry wrote for an AS or for blocks.

    That is where its network is registered, and likely where its company is.
    """
    return bool(_BY_REGISTRY.search(source)) and "10-K" not in source


_BY_DELEGATION: Final = re.compile(
    r"IANA root zone database, [^:;]+: ccTLD manager of \.[a-z0-9-]+", re.IGNORECASE
)


def is_by_delegation(source: str) -> bool:
    """Tell whether a country is only that of the top-level domain which a company manages.

    The contact of a manager must reside in that country (RFC 1591, section 3), and so is its seat
    likely there; the University of Puerto Rico managed .lc all the same.

    >>> is_by_delegation("IANA root zone database, case/iana-data 2026-08-08: ccTLD manager of .jo")
    True
    """
    return _BY_DELEGATION.fullmatch(source) is not None


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that others depend on, as its customers know it.

    Parameters
    ----------
    id, name
        Id in graphs; name for people.
    roles
        What it does: ``dns``, ``hosting``, ``front``, ``mailbox``, ``gateway``,
        ``registrar``, ``registry``, ``ca``, ``network``, ``holder``, ``platform``.
    company
        Id of the company that runs it; empty where none is known.
    runs_on
        Ids of the providers that it is itself built on (a website builder's cloud).
    source
        Where this is written.
    aliases
        Other names under which it is reported.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    company: str
    runs_on: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Company:
    """A legal person, and the country whose courts it answers to (ISO 3166 alpha-2).

    `checked` is the day on which somebody last looked whether it holds; None: that of the
    catalogue.
    """

    id: str
    name: str
    country: str | None
    aliases: tuple[str, ...]
    source: str
    checked: date | None = None


class _Dated:
    """What held from one day to before another, as precisely as a source says."""

    __slots__ = ()
    began: Moment | None
    ended: Moment | None

    @property
    def since(self) -> date | None:
        """The first day that it is counted for: of a month or year, its last."""
        return self.began.last if self.began is not None else None

    @property
    def until(self) -> date | None:
        """The first day that it is no longer counted for: of a month or year, its last."""
        return self.ended.last if self.ended is not None else None

    def holds(self, at: date) -> bool:
        """Tell whether it is counted to have held on that day."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def unsure(self, at: date) -> bool:
        """Tell whether a day lies in the month or year of which no source says on which day."""
        return any(
            one is not None and one.first <= at < one.last for one in (self.began, self.ended)
        )


@dataclass(frozen=True, slots=True)
class Parent(_Dated):
    """From one day to before another, a company belongs to a parent.

    Parameters
    ----------
    company, parent
        Their ids.
    began, ended
        When it came to the parent and left it. Where a source says only that it had come by a day,
        the row holds from that day on, as the days before are in no source. None: for as long as
        the company has existed (an agency of a government), and still.
    source
        Where it is written.
    checked
        The day on which somebody last looked whether it still holds; None: that of the catalogue.
    """

    company: str
    parent: str
    began: Moment | None
    ended: Moment | None
    source: str
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Law(_Dated):
    """From one day to before another, a country's law reaches a company that is seated elsewhere.

    Parameters
    ----------
    company, country
        Its id, and the ISO 3166 code.
    basis
        By what: a branch or subsidiary there that serves customers, a listing at a stock exchange
        there, or a parent there that the catalogue does not have.
    began, ended, source, checked
        As of a :class:`Parent`.
    """

    company: str
    country: str
    basis: LawBasis
    began: Moment | None
    ended: Moment | None
    source: str
    checked: date | None = None


EVENTS: Final = ("renamed", "ended", "successor")
"""What can happen to a company or provider besides a new parent: it was called otherwise before
(`other` is the former name), it ceased, it took over the business of another (`other`)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a company or provider.

    Parameters
    ----------
    of
        ``company:ID`` or ``provider:ID``.
    event
        A word of :data:`EVENTS`.
    at
        When.
    other
        A name, or ``company:ID``: see :data:`EVENTS`; for what ended, who carried on, if anybody.
    source, checked
        As of a :class:`Parent`.
    """

    of: str
    event: str
    at: Moment
    other: str
    source: str
    checked: date | None = None


BASES: Final = ("contact", "rdap", "servers", "document", "report")
"""What can say who runs a registry: IANA's technical contact, the host of its RDAP service, the
names or networks of most of its name servers, an official document, and the press."""
SPONSOR: Final = "sponsor"
"""What stands in place of a provider where the sponsor of a registry runs it itself."""


@dataclass(frozen=True, slots=True)
class Backend:
    """Who runs the registry of a public suffix from one day to before another.

    Parameters
    ----------
    suffix
        Canonical name of the suffix.
    provider
        Its id; None where it is the sponsor itself.
    basis
        Words of :data:`BASES`: what says so.
    since, until
        The first day that it is known for, and the first that it no longer holds for; None
        where it still holds.
    source
        Where it is written.
    """

    suffix: str
    provider: str | None
    basis: tuple[str, ...]
    since: date | None
    until: date | None
    source: str

    @property
    def confidence(self) -> Confidence:
        """Certain where a document says so, or IANA's contact and one of the others agree."""
        written = not {"document", "report"}.isdisjoint(self.basis)
        agreed = "contact" in self.basis and len(self.basis) > 1
        return Confidence.CERTAIN if written or agreed else Confidence.LIKELY

    def holds(self, at: date) -> bool:
        """Tell whether it held on a day."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def distance(self, at: date) -> int:
        """Count the days from the nearest day that it is known for."""
        if self.since is not None and at < self.since:
            return (self.since - at).days
        return 0 if self.until is None else max(0, (at - self.until).days)


@dataclass(frozen=True, slots=True)
class Servers:
    """In whose networks the name servers of a top-level domain stand, in a span of days.

    Where a suffix has several rows for a day, each of the providers carries some of them.
    """

    suffix: str
    provider: str
    since: date | None
    until: date | None
    source: str

    def holds(self, at: date) -> bool:
        """Tell whether it held on a day."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of actors, with the definition by which they are in it.

    `kind` says what the members are: ``companies``, ``providers`` or ``countries``; `aliases`
    are other names of the group. A name that may mean two groups ("Europe") stands in both.
    """

    id: str
    name: str
    kind: str
    definition: str
    source: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[str, ...]:
        """The ids in graphs of its members."""
        kind = {"companies": "company", "providers": "provider", "countries": "country"}[self.kind]
        return tuple(f"{kind}:{member}" for member in self.members)


@dataclass(frozen=True, slots=True)
class Platform:
    """A suffix under which a customer's name that was given up can be taken by another."""

    suffix: str
    source: str


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
        for rule in self.rules.rows:
            if rule.signal in {"registrar-name", "holder-name", "issuer", "reported-name"}:
                names.setdefault(plain(rule.pattern), self.providers.get(rule.provider))
        of_company: dict[str, list[Provider]] = {}
        for provider in self.providers.values():
            of_company.setdefault(provider.company, []).append(provider)
        for company in self.companies.values():
            own = of_company.get(company.id, [])
            if len(own) == 1:
                for text in map(plain, (company.name, *company.aliases)):
                    names.setdefault(text, own[0])
        return {text: provider for text, provider in names.items() if provider is not None}


def load(path: str | Path | None = None) -> Catalogue:
    """Load the shipped catalogue, or it together with a directory of a user's own rows.

    Parameters
    ----------
    path
        Directory with any of ``companies.csv``, ``providers.csv``, ``parents.csv``, ``laws.csv``,
        ``events.csv``, ``backends.csv``, ``servers.csv``, ``rules*.csv``, ``platforms.csv`` and ``groups.toml``,
        in the same columns. A row whose id the shipped
        catalogue has replaces it.

    Raises
    ------
    CatalogueError
        A file cannot be read as such: it names file, line and what was expected.
    """
    return _shipped() if path is None else _merge(_shipped(), _read(Path(path)))


@cache
def _shipped() -> Catalogue:
    return _read(resources.files("depgraph.providers") / "data")


def _read(folder: Traversable) -> Catalogue:
    if not folder.is_dir():
        raise CatalogueError(f"expected a directory of catalogue files, found none at {folder}")
    files = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    rule_files = sorted(
        name for name in files if name.startswith("rules") and name.endswith(".csv")
    )
    toml: dict[str, dict[str, object]] = {}
    version = ""
    checked = ""
    if "groups.toml" in files:
        try:
            data = tomllib.loads(_text(files["groups.toml"]))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise CatalogueError(f"expected TOML in groups.toml: {error}") from None
        version = str(data.pop("version", ""))
        checked = str(data.pop("checked", ""))
        toml = {key: value for key, value in data.items() if isinstance(value, dict)}
    companies = [
        Company(
            r["id"],
            r["name"],
            r["country"] or None,
            _many(r["aliases"]),
            r["source"],
            _day(r, "checked"),
        )
        for r in _rows(files, "companies.csv", COLUMNS["companies"])
    ]
    providers = [
        Provider(
            r["id"],
            r["name"],
            _many(r["roles"]),
            r["company"],
            _many(r["runs_on"]),
            _many(r["aliases"]),
            r["source"],
        )
        for r in _rows(files, "providers.csv", COLUMNS["providers"])
    ]
    parents = [
        Parent(
            r["company"],
            r["parent"],
            _moment(r, "since"),
            _moment(r, "until"),
            r["source"],
            _day(r, "checked"),
        )
        for r in _rows(files, "parents.csv", COLUMNS["parents"])
    ]
    laws = [
        Law(
            r["company"],
            r["country"],
            _basis(r),
            _moment(r, "since"),
            _moment(r, "until"),
            r["source"],
            _day(r, "checked"),
        )
        for r in _rows(files, "laws.csv", COLUMNS["laws"])
    ]
    events = [
        Event(
            r["of"],
            r["event"],
            _happened(r),
            r["other"],
            r["source"],
            _day(r, "checked"),
        )
        for r in _rows(files, "events.csv", COLUMNS["events"])
    ]
    backends = [
        Backend(
            suffix,
            None if r["provider"] == SPONSOR else r["provider"],
            _many(r["basis"]),
            _day(r, "since"),
            _day(r, "until"),
            r["source"],
        )
        for r in _rows(files, "backends.csv", COLUMNS["backends"])
        for suffix in _many(r["suffixes"])
    ]
    servers = [
        Servers(suffix, r["provider"], _day(r, "since"), _day(r, "until"), r["source"])
        for r in _rows(files, "servers.csv", COLUMNS["servers"])
        for suffix in _many(r["suffixes"])
    ]
    rules = [
        Rule(
            r["id"],
            r["provider"],
            _many(r["role"]),
            r["signal"],
            r["pattern"],
            r["reason"],
            r["source"],
        )
        for name in rule_files
        for r in _rows(files, name, COLUMNS["rules"])
    ]
    groups = [_group(key, value) for key, value in toml.items()]
    platforms = [
        Platform(r["suffix"], r["source"])
        for r in _rows(files, "platforms.csv", COLUMNS["platforms"])
    ]
    return Catalogue(
        version=version,
        providers=MappingProxyType({row.id: row for row in providers}),
        companies=MappingProxyType({row.id: row for row in companies}),
        parents=tuple(parents),
        groups=MappingProxyType({row.id: row for row in groups}),
        rules=Rules(rules),
        duplicates=(
            *_twice("provider", (row.id for row in providers)),
            *_twice("company", (row.id for row in companies)),
            *_twice("rule", (row.id for row in rules)),
            *_twice("platform", (row.suffix for row in platforms)),
        ),
        platforms=MappingProxyType({row.suffix: row for row in platforms}),
        backends=tuple(backends),
        servers=tuple(servers),
        events=tuple(events),
        laws=tuple(laws),
        checked=checked,
    )


def _merge(base: Catalogue, own: Catalogue) -> Catalogue:
    replaced = {rule.id for rule in own.rules.rows}
    return Catalogue(
        version=own.version or base.version,
        providers=MappingProxyType({**base.providers, **own.providers}),
        companies=MappingProxyType({**base.companies, **own.companies}),
        parents=(*own.parents, *base.parents),
        groups=MappingProxyType({**base.groups, **own.groups}),
        rules=Rules(
            (*own.rules.rows, *(rule for rule in base.rules.rows if rule.id not in replaced))
        ),
        duplicates=own.duplicates,
        platforms=MappingProxyType({**base.platforms, **own.platforms}),
        backends=(*own.backends, *base.backends),
        servers=(*own.servers, *base.servers),
        events=(*own.events, *base.events),
        laws=(*own.laws, *base.laws),
        checked=own.checked or base.checked,
    )


def _rows(
    files: Mapping[str, Traversable], name: str, columns: tuple[str, ...]
) -> list[dict[str, str]]:
    """Read a file of rows, with the facts that their sources name written out for the reader."""
    rows = _cells(files, name, columns)
    if "source" in columns and any("facts:" in row["source"] for row in rows):
        facts = {r["id"]: r["citation"] for r in _cells(files, "facts.csv", COLUMNS["facts"])}
        for row in rows:
            row["source"] = _FACT.sub(lambda m: facts.get(m[1], m[0]), row["source"])
    return rows


def _cells(
    files: Mapping[str, Traversable], name: str, columns: tuple[str, ...]
) -> list[dict[str, str]]:
    if name not in files:
        return []
    rows: list[dict[str, str]] = []
    reader = csv.reader(io.StringIO(_text(files[name])), strict=True)
    try:
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if cells == list(columns):
                continue
            if columns[-1] == _CHECKED and len(cells) == len(columns) - 1:
                cells.append("")
            if cells == [*list(columns[:-1]), ""]:
                continue
            if len(cells) != len(columns):
                raise CatalogueError(
                    f"expected {len(columns)} columns ({', '.join(columns)}) in {name}, "
                    f"line {reader.line_num}, found {len(cells)}"
                )
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            rows.append(row | {_WHERE: f"{name}, line {reader.line_num}"})
    except csv.Error as error:
        raise CatalogueError(
            f"expected comma-separated text in {name}, line {reader.line_num}: {error}"
        ) from None
    return rows


def _text(entry: Traversable) -> str:
    with entry.open("rb") as file:
        return read_text(file, error=CatalogueError)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _day(row: Mapping[str, str], column: str) -> date | None:
    """Read the day in a cell; None where it is empty.

    Raises
    ------
    CatalogueError
        It is no day; the message names file and line.
    """
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise CatalogueError(
            f"expected a day such as 2022-03-21 as {column} in {row[_WHERE]}, found {row[column]!r}"
        ) from None


def _moment(row: Mapping[str, str], column: str) -> Moment | None:
    """Read the day, month or year in a cell; None where it is empty.

    Raises
    ------
    CatalogueError
        It is none of these; the message names file and line.
    """
    try:
        return Moment.read(row[column]) if row[column] else None
    except ValueError as error:
        raise CatalogueError(f"{error} as {column} in {row[_WHERE]}") from None


def _basis(row: Mapping[str, str]) -> LawBasis:
    """Read by what a law reaches a company.

    Raises
    ------
    CatalogueError
        It is no such word, or the seat, which is the country of the company's own row.
    """
    words = [one.value for one in LawBasis if one is not LawBasis.SEAT]
    if row["basis"] not in words:
        raise CatalogueError(
            f"expected a basis of {', '.join(words)} in {row[_WHERE]}, found {row['basis']!r}"
        )
    return LawBasis(row["basis"])


def _happened(row: Mapping[str, str]) -> Moment:
    moment = _moment(row, "day")
    if moment is None:
        raise CatalogueError(f"expected the day of an event in {row[_WHERE]}, found none")
    return moment


def _group(key: str, value: Mapping[str, object]) -> Group:
    return Group(
        key,
        str(value.get("name", key)),
        str(value.get("kind", "companies")),
        str(value.get("definition", "")),
        str(value.get("source", "")),
        _texts(key, value, "members"),
        _texts(key, value, "aliases"),
    )


def _texts(group: str, value: Mapping[str, object], key: str) -> tuple[str, ...]:
    rows = value.get(key, [])
    if not isinstance(rows, list):
        raise CatalogueError(f"expected a list of {key} in groups.toml [{group}]")
    return tuple(map(str, rows))


def _twice(what: str, ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: list[str] = []
    for item in ids:
        if item in seen:
            twice.append(f"{what} {item}: expected one row of this id, found more")
        seen.add(item)
    return twice

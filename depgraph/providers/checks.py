"""What is wrong with a catalogue: everything that a check by eye would miss."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from depgraph.addresses import SHORTEST, too_short
from depgraph.countries import codes
from depgraph.names import public_suffix
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rows import (
    BASES,
    EVENTS,
    Backend,
    Company,
    Event,
    Law,
    Parent,
    Provider,
    is_by_delegation,
    is_by_registry,
    is_unverified,
)
from depgraph.providers.rules import (
    EVERY_NAME,
    EXACT_SIGNALS,
    LEGAL_FORMS,
    NAME_SIGNALS,
    RULE_ROLES,
    TEXT_SIGNALS,
    Rule,
    plain,
)

PROVIDER_ROLES: Final = RULE_ROLES | {"platform"}
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LABEL: Final = re.compile(r"[a-z0-9_#*]([a-z0-9_#*-]*[a-z0-9_#*])?")


def check(catalogue: Catalogue) -> list[str]:
    """List every fault of a catalogue, one line each; an empty list is a clean one."""
    return [
        *catalogue.duplicates,
        *_version(catalogue),
        *_companies(catalogue),
        *_providers(catalogue),
        *_names(catalogue),
        *_parents(catalogue),
        *_laws(catalogue),
        *_events(catalogue),
        *_backends(catalogue),
        *_groups(catalogue),
        *_rules(catalogue),
        *_named(catalogue),
        *_shadows(catalogue),
        *_overlaps(catalogue),
        *_platforms(catalogue),
    ]


def unverified(catalogue: Catalogue) -> dict[str, int]:
    """Count, table by table, the rows that nobody has found in the source they name.

    They are no faults. An attribution by such a rule is ``fair`` at best, and an edge of the
    graph that such a row makes is ``reported``.
    """
    sources = {
        "providers": [row.source for row in catalogue.providers.values()],
        "companies": [row.source for row in catalogue.companies.values()],
        "parents": [row.source for row in catalogue.parents],
        "laws": [row.source for row in catalogue.laws],
        "rules": [row.source for row in catalogue.rules.rows],
    }
    return {table: sum(map(is_unverified, texts)) for table, texts in sources.items()}


def bases(catalogue: Catalogue) -> dict[str, int]:
    """Count what the countries of companies rest on.

    Returns
    -------
    dict
        ``stated`` (a filing, an imprint, ICANN's list, a root certificate, a fact), ``registry``
        (the country that a regional registry wrote for an AS or block: likely, and not the law),
        ``delegation`` (that of the top-level domain which it manages: likely), ``unverified``,
        and ``none`` (no country is named).
    """
    counts = dict.fromkeys(("stated", "registry", "delegation", "unverified", "none"), 0)
    for row in catalogue.companies.values():
        if row.country is None:
            counts["none"] += 1
        elif is_unverified(row.source):
            counts["unverified"] += 1
        elif is_by_delegation(row.source):
            counts["delegation"] += 1
        else:
            counts["registry" if is_by_registry(row.source) else "stated"] += 1
    return counts


def _version(catalogue: Catalogue) -> Iterator[str]:
    try:
        date.fromisoformat(catalogue.version)
    except ValueError:
        yield f"groups.toml: expected version = an ISO day, found {catalogue.version!r}"


def _checked(
    catalogue: Catalogue, where: str, row: Company | Parent | Law | Event
) -> Iterator[str]:
    """Find a row of which nobody says when it was last looked at."""
    if row.checked is None and not catalogue.checked:
        yield f"{where}: expected the day when it was last checked, found none"


def _events(catalogue: Catalogue) -> Iterator[str]:
    nodes = {f"company:{one}" for one in catalogue.companies}
    nodes |= {f"provider:{one}" for one in catalogue.providers}
    for row in catalogue.events:
        where = f"event {row.event} of {row.of}"
        if row.of not in nodes:
            yield f"{where}: expected company:ID or provider:ID of the catalogue, found {row.of!r}"
        if row.event not in EVENTS:
            yield f"{where}: expected one of {', '.join(EVENTS)}, found {row.event!r}"
        if row.other.startswith(("company:", "provider:")) and row.other not in nodes:
            yield f"{where}: expected company:ID or provider:ID of the catalogue, found {row.other!r}"
        if row.event != "ended" and not row.other:
            yield f"{where}: expected whom or which name, found none"
        if not row.source:
            yield f"{where}: expected a source, found none"
        yield from _checked(catalogue, where, row)


def _id(what: str, text: str) -> Iterator[str]:
    if not _ID.fullmatch(text):
        yield f"{what} {text!r}: expected an id of small letters, digits and hyphens"


def _companies(catalogue: Catalogue) -> Iterator[str]:
    for row in catalogue.companies.values():
        yield from _id("company", row.id)
        if not row.source:
            yield f"company {row.id}: expected a source, found none"
        if row.country is not None and row.country not in codes():
            yield f"company {row.id}: expected an ISO 3166 country code, found {row.country!r}"
        yield from _checked(catalogue, f"company {row.id}", row)


def _providers(catalogue: Catalogue) -> Iterator[str]:
    for row in catalogue.providers.values():
        yield from _id("provider", row.id)
        if not row.source:
            yield f"provider {row.id}: expected a source, found none"
        if not row.roles:
            yield f"provider {row.id}: expected at least one role, found none"
        for role in row.roles:
            if role not in PROVIDER_ROLES:
                yield f"provider {row.id}: expected a role of the list, found {role!r}"
        if row.company and row.company not in catalogue.companies:
            yield f"provider {row.id}: expected a company of the catalogue, found {row.company!r}"
        for other in row.runs_on:
            if other not in catalogue.providers or other == row.id:
                yield f"provider {row.id}: expected another provider in runs_on, found {other!r}"


def _names(catalogue: Catalogue) -> Iterator[str]:
    """Find names that two companies, or two providers, are called by: nobody could tell which."""
    tables: tuple[tuple[str, Mapping[str, Company | Provider]], ...] = (
        ("company", catalogue.companies),
        ("provider", catalogue.providers),
    )
    for what, table in tables:
        owner: dict[str, str] = {}
        for row in table.values():
            for name in (row.name, *row.aliases):
                first = owner.setdefault(plain(name), row.id)
                if first != row.id:
                    yield f"{what} {row.id}: expected a name of its own, found {name!r}, which {first} has too"


def _parents(catalogue: Catalogue) -> Iterator[str]:
    by_company: dict[str, list[Parent]] = {}
    for row in catalogue.parents:
        where = f"parent {row.company} -> {row.parent}"
        for side in (row.company, row.parent):
            if side not in catalogue.companies:
                yield f"{where}: expected a company of the catalogue, found {side!r}"
        if not row.source:
            yield f"{where}: expected a source, found none"
        yield from _checked(catalogue, where, row)
        if row.since and row.until and row.since >= row.until:
            yield f"{where}: expected since before until, found {row.since} and {row.until}"
        if row.until and not row.since:
            yield f"{where}: expected since, or the day by which it was so (..2016-12-31), found an end alone"
        by_company.setdefault(row.company, []).append(row)
    for company, rows in by_company.items():
        rows.sort(key=lambda row: row.since or date.min)
        for one, two in pairwise(rows):
            if one.until is None or (two.since or date.min) < one.until:
                yield f"company {company}: expected one parent at a time, found {one.parent} and {two.parent}"
    yield from _circles(catalogue, by_company)


def _laws(catalogue: Catalogue) -> Iterator[str]:
    seen: set[tuple[str, str, str]] = set()
    for row in catalogue.laws:
        where = f"law of {row.country} over {row.company}"
        company = catalogue.companies.get(row.company)
        if company is None:
            yield f"{where}: expected a company of the catalogue, found {row.company!r}"
        elif company.country == row.country:
            yield f"{where}: expected another country than that of its seat"
        if row.country not in codes():
            yield f"{where}: expected an ISO 3166 country code, found {row.country!r}"
        if not row.source:
            yield f"{where}: expected a source, found none"
        if (row.company, row.country, str(row.since)) in seen:
            yield f"{where}: expected one row, found two"
        seen.add((row.company, row.country, str(row.since)))
        yield from _checked(catalogue, where, row)


def _backends(catalogue: Catalogue) -> Iterator[str]:
    by_suffix: dict[str, list[Backend]] = {}
    for row in catalogue.backends:
        where = f"back-end of {row.suffix}"
        if row.provider is not None and row.provider not in catalogue.providers:
            yield f"{where}: expected a provider of the catalogue, found {row.provider!r}"
        elif row.provider is not None:
            yield from _beyond(where, ("back-end",), catalogue.providers[row.provider])
        if not row.basis or not set(row.basis) <= set(BASES):
            yield f"{where}: expected a basis of {', '.join(BASES)}, found {';'.join(row.basis)!r}"
        if not row.source:
            yield f"{where}: expected a source, found none"
        if row.since and row.until and row.since >= row.until:
            yield f"{where}: expected since before until, found {row.since} and {row.until}"
        by_suffix.setdefault(row.suffix, []).append(row)
    for one_row in catalogue.servers:
        where = f"name servers of {one_row.suffix}"
        if one_row.provider not in catalogue.providers:
            yield f"{where}: expected a provider of the catalogue, found {one_row.provider!r}"
        if not one_row.source:
            yield f"{where}: expected a source, found none"
    for suffix, rows in by_suffix.items():
        rows.sort(key=lambda row: row.since or date.min)
        for one, two in pairwise(rows):
            if one.until is None or (two.since or date.min) < one.until:
                yield f"back-end of {suffix}: expected one at a time, found {one.provider} and {two.provider}"


def _circles(catalogue: Catalogue, by_company: dict[str, list[Parent]]) -> Iterator[str]:
    days = sorted({row.since for row in catalogue.parents if row.since} | {date.max})
    for company in by_company:
        for day in days:
            above: set[str] = {company}
            up = catalogue.parent_of(company, day)
            while up is not None and up not in above:
                above.add(up)
                up = catalogue.parent_of(up, day)
            if up is not None:
                yield f"company {company}: expected an end of its parents, found a circle at {up}"
                break


def _groups(catalogue: Catalogue) -> Iterator[str]:
    for row in catalogue.groups.values():
        if not row.definition or not row.source:
            yield f"group {row.id}: expected a definition and a source"
        if row.kind not in {"companies", "providers", "countries"}:
            yield f"group {row.id}: expected kind companies, providers or countries, found {row.kind!r}"
        known = {"companies": catalogue.companies, "providers": catalogue.providers}.get(row.kind)
        for member in row.members:
            if (known is not None and member not in known) or (
                row.kind == "countries" and member not in codes()
            ):
                yield f"group {row.id}: expected {row.kind}, found {member!r}"


def _rules(catalogue: Catalogue) -> Iterator[str]:
    for rule in catalogue.rules.rows:
        where = f"rule {rule.id}"
        if rule.provider not in catalogue.providers:
            yield f"{where}: expected a provider of the catalogue, found {rule.provider!r}"
        else:
            yield from _beyond(where, rule.roles, catalogue.providers[rule.provider])
        if not rule.source:
            yield f"{where}: expected a source, found none"
        if not rule.reason:
            yield f"{where}: expected a reason, found none"
        if not rule.roles or not RULE_ROLES.issuperset(rule.roles):
            yield f"{where}: expected roles of the list, found {';'.join(rule.roles)!r}"
        for pair in (("front", "hosting"), ("gateway", "mailbox")):
            if set(pair) <= set(rule.roles):
                yield f"{where}: expected {pair[0]} or {pair[1]}, found both: one stands before the other"
        if rule.signal == "soa-mname" or (rule.signal == "txt" and set(rule.roles) != {"mailbox"}):
            yield f"{where}: expected evidence that can decide, found {rule.signal} alone"
        yield from (f"{where}: {fault}" for fault in _pattern(rule))


def _beyond(where: str, roles: tuple[str, ...], provider: Provider) -> Iterator[str]:
    """Find services that the provider's own row does not name.

    Whoever is reported by name has the roles of that row: it must say all that the rules say.
    Holding a name, and hosting sites of its own, is nothing that a provider does for others.
    """
    for role in roles:
        if role in RULE_ROLES - {"holder", "hosting"} and role not in provider.roles:
            known = ";".join(provider.roles)
            yield f"{where}: expected a role that provider {provider.id} has ({known}), found {role}"


CARRIED: Final = "the domain carries the operator's name"
"""What a source says of a rule whose pattern has the name of provider or company in it."""
_CARRIES_OTHER: Final = re.compile(r"the domain carries another name of the operator \(([^()]+)\)")
_WHOLE: Final = 4
"""Letters of a first word that may stand for a name of several."""


def _named(catalogue: Catalogue) -> Iterator[str]:
    """Find rules whose source says that the domain carries a name which it does not."""
    for rule in catalogue.rules.rows:
        provider = catalogue.providers.get(rule.provider)
        if provider is None or "the domain carries" not in rule.source:
            continue
        company = catalogue.companies.get(provider.company)
        names = [provider.name, *([company.name] if company else [])]
        if CARRIED in rule.source and not any(_carries(rule.pattern, name) for name in names):
            yield f"rule {rule.id}: expected a name of {', '.join(names)} in the domain, found {rule.pattern!r}"
        for other in _CARRIES_OTHER.findall(rule.source):
            aliases = [*provider.aliases, *(company.aliases if company else ())]
            if other not in aliases or not _carries(rule.pattern, other):
                yield f"rule {rule.id}: expected another name of the operator in the domain, found {other!r}"


def _carries(pattern: str, name: str) -> bool:
    """Tell whether a domain has a name in it: whole, its first words, or their first letters.

    >>> _carries("ns1.vultr.com", "Vultr Holdings Corporation"), _carries("mediaplex.com", "Epsilon")
    (True, False)
    """
    domain = "".join(filter(str.isalnum, pattern.casefold()))
    for part in re.split(r"[()]", name):
        words = [one for one in re.split(r"\W+", part.casefold()) if one and one not in LEGAL_FORMS]
        forms = {"".join(words), "".join(words[:2])}
        if words and len(words[0]) >= _WHOLE:
            forms.add(words[0])
        if len(words) > 2:
            forms.add("".join(one[0] for one in words))
        if any(len(form) > 1 and form in domain for form in forms):
            return True
    return False


def _pattern(rule: Rule) -> Iterator[str]:
    text = rule.pattern
    if rule.signal == EVERY_NAME or rule.signal in NAME_SIGNALS - {"ns-domain"}:
        name = text.removeprefix("=.")
        if not all(_LABEL.fullmatch(label) for label in name.split(".")):
            yield f"expected labels between dots, found {text!r}"
        elif "#" in name.rsplit(".", 1)[-1] or "*" in name.rsplit(".", 1)[-1]:
            yield f"expected a literal top-level domain, found {text!r}"
        elif name == public_suffix(name) and rule.signal != "ns-host":
            yield f"expected a name below a public suffix, found the suffix {text!r}"
    elif rule.signal in {"asn", "registrar-id"}:
        if not re.fullmatch(r"[1-9][0-9]*", text):
            yield f"expected a decimal number, found {text!r}"
    elif rule.signal == "address":
        try:
            network = ipaddress.ip_network(text)
        except ValueError as error:
            yield f"expected a prefix, found {text!r}: {error}"
        else:
            if too_short(network):
                yield f"expected /{SHORTEST[network.version]} or longer, found {text!r}"
    elif rule.signal in TEXT_SIGNALS:
        if not plain(text):
            yield f"expected words, found {text!r}"
    elif rule.signal not in EXACT_SIGNALS:
        yield f"expected a signal that rules can be about, found {rule.signal!r}"


def _shadows(catalogue: Catalogue) -> Iterator[str]:
    """Find rules that contradict another of the same pattern, or that can never decide."""
    seen: dict[tuple[str, str, str], Rule] = {}
    for rule in catalogue.rules.rows:
        for role in rule.roles:
            first = seen.setdefault((rule.signal, _folded(rule), role), rule)
            if first is not rule:
                yield (
                    f"rule {rule.id}: expected one rule for {rule.signal} {rule.pattern} "
                    f"as {role}, found {first.id} too"
                )
    for rule in catalogue.rules.rows:
        if rule.signal in NAME_SIGNALS:
            for role in rule.roles:
                wider = seen.get((EVERY_NAME, _folded(rule), role))
                if wider is not None:
                    yield f"rule {rule.id}: is covered by {wider.id}, which speaks to every host name"


def _overlaps(catalogue: Catalogue) -> Iterator[str]:
    """Find names that a wildcard of one provider and a literal of another both claim."""
    for rule in catalogue.rules.rows:
        if rule.signal != EVERY_NAME and rule.signal not in NAME_SIGNALS:
            continue
        name = rule.pattern.removeprefix("=.").replace("#", "1").replace("*", "x")
        kind = "host" if rule.signal == EVERY_NAME else rule.signal
        for other in catalogue.rules.match(kind, name):
            if (
                other.id > rule.id
                and other.provider != rule.provider
                and set(other.roles) & set(rule.roles)
                and other.pattern.count(".") == rule.pattern.count(".")
                and _folded(other) != _folded(rule)
            ):
                yield f"rule {rule.id}: expected one provider for {name}, found {other.id} too"


def _platforms(catalogue: Catalogue) -> Iterator[str]:
    for row in catalogue.platforms.values():
        if not all(_LABEL.fullmatch(label) for label in row.suffix.split(".")):
            yield f"platform {row.suffix}: expected labels between dots"
        if not row.source:
            yield f"platform {row.suffix}: expected a source, found none"


def _folded(rule: Rule) -> str:
    return plain(rule.pattern) if rule.signal in TEXT_SIGNALS else rule.pattern.lower()

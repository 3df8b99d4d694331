"""Who somebody is, who owned it on a day, and what changed: the catalogue's facts, and no graph.

A word is first read as :mod:`depgraph.analysis.naming` reads it. An AS, a host name, a
registrar's number and the name in a certificate are answered by those whom a rule names.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.analysis.results import Result
from depgraph.errors import InvalidName, QuestionError
from depgraph.names import canonical
from depgraph.parameters import checked
from depgraph.providers import Catalogue, is_unverified, load
from depgraph.providers.rows import Company, Event, Parent, Provider
from depgraph.providers.rules import Rule
from depgraph.text_safety import quote
from depgraph.texts.refusals import Said, refuse, said
from depgraph.vocabulary import LawBasis, Layer, Lever

_REGISTRAR: Final = re.compile(r"registrar(?:-id)?:\s*([0-9]+)", re.IGNORECASE)
_NAME_SIGNALS: Final = ("host", "ns-host", "mx-host", "cname", "spf-include", "ptr")
_PERSONS: Final = frozenset({"company", "provider"})


@dataclass(frozen=True, slots=True)
class Reaching:
    """A country whose law reaches a company that is seated elsewhere.

    Parameters
    ----------
    country, basis
        ISO 3166 code, and by what.
    since, until
        As of :class:`Owned`.
    source, unverified
        Where that is written, and whether nobody has found it there.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"since", "until"})

    country: str
    basis: LawBasis
    since: str
    until: str
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """One company in the chain of owners, its own first, the top last.

    Parameters
    ----------
    company, label, country
        Id, name, and the country whose courts it answers to (empty: the catalogue has none).
    source, unverified
        Where company and country are written, and whether nobody has found them there.
    basis
        By what the law of that country binds the actor: the seat of its own company, or that of
        a parent. None where no country is named.
    reaching
        Whose law reaches the company besides.
    since, until
        From when to when the one before it in the chain belonged to it: a day, a month or a year,
        as precisely as a source says; ``..`` before a day: by then, since when is not known. Empty
        for the first, for as long as it has existed, and for still.
    unsure
        Whether the day asked for lies in such a month or year, so that it may not yet have come.
    owned_source, owned_unverified, checked
        Where the ownership is written, whether nobody has found it there, and when it was last
        checked.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"owned_source", "checked", "until", "reaching"})

    company: str
    label: str
    country: str
    source: str
    unverified: bool
    basis: LawBasis | None = None
    reaching: tuple[Reaching, ...] = ()
    since: str = ""
    until: str = ""
    unsure: bool = False
    owned_source: str = ""
    owned_unverified: bool = False
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that changed.

    Parameters
    ----------
    day
        A day, a month or a year, as precisely as a source says.
    what
        ``bought`` (`of` came to `other`), ``owned`` (`of` belonged to `other` by then, since when
        is not known), ``sold`` (`of` left `other`), or an event of
        :data:`depgraph.providers.rows.EVENTS`.
    of, other
        Names of whom it happened to, and of the other party (or the former name).
    later
        Whether it happened after the day asked for.
    source, unverified
        Where it is written, and whether nobody has found it there.
    """

    day: str
    what: str
    of: str
    other: str
    later: bool
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class RuleOf:
    """A rule by which it is known.

    Parameters
    ----------
    rule, roles
        Id of the rule, and the roles of which it speaks.
    signal, pattern
        The kind of signal, and what is seen where it is at work.
    source, unverified
        Where that is written, and whether nobody has found it there.
    """

    rule: str
    roles: tuple[str, ...]
    signal: str
    pattern: str
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A provider or company that the word names.

    Parameters
    ----------
    id, label
        ``provider:ID`` or ``company:ID``, and its name on the day.
    aliases
        Other names.
    roles
        What it does; of a company, what its providers do.
    providers
        Of a company: the ids of what it runs.
    owners
        The chain of owners on the day.
    changes
        What happened to it and to its owners, in the order of the days.
    rules
        By which it is known.
    source, unverified, checked
        Of its own row.
    """

    id: str
    label: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    providers: tuple[str, ...]
    owners: tuple[Owned, ...]
    changes: tuple[Happened, ...]
    rules: tuple[RuleOf, ...]
    source: str
    unverified: bool
    checked: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Who(Result):
    """The answer of :func:`who`.

    Parameters
    ----------
    asked
        The kind of what was asked about: ``provider``, ``company``, ``asn``, ``host``,
        ``registrar-id`` or ``issuer``.
    actors
        Whom it names; empty: the catalogue knows nobody.
    begins
        The earliest day of which the catalogue says anything, where the one asked for lies before
        it: then nothing is known of that day. Empty otherwise.
    """

    NAME = "who"

    asked: str
    actors: tuple[Actor, ...]
    begins: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per owner of each actor."""
        return [
            {
                "actor": actor.id,
                "company": one.company,
                "country": one.country,
                "basis": one.basis.value if one.basis else "",
                "since": one.since,
                "until": one.until,
                "unverified": one.unverified or one.owned_unverified,
            }
            for actor in self.actors
            for one in actor.owners
        ]


@checked()
@checked()
def who(name: str, *, day: date, catalogue: Catalogue | None = None) -> Who:
    """Say who somebody is, who owned it on a day, and what changed before and since.

    Parameters
    ----------
    name
        A provider or company by name or id (``company:akamai``), an AS (``AS13335``), a host
        name, a registrar's IANA id (``registrar:292``), or the name in a certificate.
    day
        For which it is asked.
    catalogue
        Who is behind what; otherwise the one that depgraph brings.

    Returns
    -------
    Who
        With no actors where the catalogue knows nobody.

    Raises
    ------
    QuestionError
        The word may mean several, or is no name of anybody.

    Examples
    --------
    >>> from datetime import date
    >>> [one.company for one in who("linode", day=date(2021, 1, 10)).actors[0].owners]
    ['linode']
    """
    known = catalogue or load()
    asked, nodes = _meant(name, known)
    actors = tuple(_actor(node, day, known) for node in nodes)
    at = day.isoformat()
    return Who(
        subject=name,
        since=at,
        until=at,
        asked=asked,
        actors=actors,
        begins=beginning(known, day),
    )


def beginning(known: Catalogue, day: date) -> str:
    """Return the earliest day of which a catalogue says anything, where a day lies before it."""
    dated = (moment for row in (*known.parents, *known.laws) for moment in (row.began, row.ended))
    moments = [*(one for one in dated if one is not None), *(one.at for one in known.events)]
    first = min((one.last if one.known_by else one.first for one in moments), default=date.min)
    return first.isoformat() if day < first else ""


# -- whom it means -----------------------------------------------------------------------------


def _meant(name: str, known: Catalogue) -> tuple[str, list[str]]:
    """Return the kind of what is asked about, and the nodes of those that it names."""
    if match := _REGISTRAR.fullmatch(name.strip()):
        return "registrar-id", _by_rules(known, [("registrar-id", match[1])])
    lexicon = Lexicon(known)
    all_meanings = lexicon.meanings(name)
    meanings = [one for one in all_meanings if one.kind in _PERSONS | _KINDS.keys()]
    if len(meanings) > 1:
        choices = ", ".join(map(str, meanings))
        raise refuse(QuestionError, "who.several", choices=choices, found=quote(name))
    if meanings:
        (one,) = meanings
        if one.kind in _PERSONS:
            return one.kind, [one.node]
        return _KINDS[one.kind], _by_rules(known, _signals(one))
    if found := _by_rules(known, [("issuer", name)]):
        return "issuer", found
    # Of a domain the rules for the names below it tell whose it is.
    with contextlib.suppress(InvalidName):
        if found := _by_rules(known, _of_name(canonical(name))):
            return "host", found
    if other := _no_actor(name, all_meanings):
        raise refuse(QuestionError, "who.no-actor", found=other)
    names = "; ".join(map(str, lexicon.nearest(name)))
    near = said("refused.who.near", names=names) if names else ""
    raise refuse(QuestionError, "who.nobody", found=quote(name), near=near)


def _no_actor(name: str, meanings: Iterable[Meaning]) -> Said | str:
    """Say what a word is that is known and nobody: a country, a group, a layer, a lever."""
    for one in meanings:
        if one.kind in _ASKED:
            return said(f"refused.who.{one.kind}", found=str(one))
    bare = name.strip().casefold().removeprefix("layer:").removeprefix("lever:")
    if bare in set(Layer):
        return said("refused.who.layer", found=bare)
    if bare in set(Lever):
        return said("refused.who.lever", found=bare)
    return ""


_ASKED: Final = frozenset({"group", "country", "region", "network", "address"})
"""Kinds of what is nobody."""

_KINDS: Final = {"asn": "asn", "nameserver": "host"}
"""What a word may be that is nobody itself, and how it is called here."""


def _signals(one: Meaning) -> list[tuple[str, str]]:
    if one.kind == "asn":
        return [("asn", one.id)]
    return _of_name(one.id)


def _of_name(name: str) -> list[tuple[str, str]]:
    """Return a name as every signal that rules for names speak to."""
    return [(kind, name) for kind in _NAME_SIGNALS]


def _by_rules(known: Catalogue, signals: Iterable[tuple[str, str]]) -> list[str]:
    """List the providers that rules name for any of some signals."""
    rules = (rule for kind, value in signals for rule in known.rules.match(kind, value))
    return list(dict.fromkeys(f"provider:{rule.provider}" for rule in rules))


# -- what is known of it -----------------------------------------------------------------------


def _actor(node: str, day: date, known: Catalogue) -> Actor:
    kind, _, own = node.partition(":")
    row = known.company(own) if kind == "company" else known.provider(own)
    first = own if kind == "company" else known.company_of(own, day)
    run = (
        [own]
        if kind == "provider"
        else [one.id for one in known.providers.values() if one.company == own]
    )
    chain = list(_chain(first, day, known))
    changes = sorted(_changes(node, first, day, known), key=lambda one: (one.day, one.what))
    return Actor(
        id=node,
        label=_name_on(node, row.name, day, known),
        aliases=row.aliases,
        roles=tuple(dict.fromkeys(role for one in run for role in known.providers[one].roles)),
        providers=tuple(run) if kind == "company" else (),
        owners=tuple(chain),
        changes=tuple(dict.fromkeys(changes)),
        rules=tuple(_rule(rule) for rule in known.rules.rows if rule.provider in run),
        source=row.source,
        unverified=is_unverified(row.source),
        checked=_checked(row, known),
    )


def _name_on(node: str, name: str, day: date, known: Catalogue) -> str:
    """Return the name on a day: the former one before it was renamed."""
    later = [
        one
        for one in known.events
        if one.of == node and one.event == "renamed" and day < one.at.last
    ]
    return min(later, key=lambda one: one.at.last).other if later else name


def _chain(company: str | None, day: date, known: Catalogue) -> Iterator[Owned]:
    """Iterate over the owners on a day, each with how long it has owned the one before."""
    row: Parent | None = None
    passed: set[str] = set()
    while company is not None and company not in passed:
        passed.add(company)
        yield _owned(company, row, day, known)
        row = known.ownership(company, day) or next(iter(known.perhaps_owned(company, day)), None)
        company = row.parent if row is not None else None


def _owned(company: str, row: Parent | None, day: date, known: Catalogue) -> Owned:
    of = known.companies.get(company)
    return Owned(
        company=company,
        label=_name_on(f"company:{company}", of.name if of else company, day, known),
        country=(of.country or "") if of else "",
        source=of.source if of else "",
        unverified=is_unverified(of.source) if of else False,
        basis=seated(of, first=row is None) if of else None,
        reaching=reaching(company, day, known),
        since=str(row.began) if row is not None and row.began is not None else "",
        until=str(row.ended) if row is not None and row.ended is not None else "",
        unsure=row is not None and row.unsure(day),
        owned_source=row.source if row is not None else "",
        owned_unverified=row is not None and is_unverified(row.source),
        checked=_checked(row, known) if row is not None else "",
    )


def seated(company: Company, *, first: bool) -> LawBasis | None:
    """Return by what the country of a company's seat binds the actor whose owner it is.

    Parameters
    ----------
    company
        Of the chain of owners.
    first
        Whether it is the actor's own company, rather than a parent of that.
    """
    if company.country is None:
        return None
    return LawBasis.SEAT if first else LawBasis.PARENT


def reaching(company: str, day: date, known: Catalogue) -> tuple[Reaching, ...]:
    """Return whose law reached a company on a day, beyond that of its seat."""
    return tuple(
        Reaching(
            row.country,
            row.basis,
            str(row.began or ""),
            str(row.ended or ""),
            row.source,
            is_unverified(row.source),
        )
        for row in known.laws_over(company, day)
    )


def _checked(row: Company | Provider | Parent | Event, known: Catalogue) -> str:
    """Return the day on which a row was last looked at: its own, else that of the catalogue."""
    own = None if isinstance(row, Provider) else row.checked
    return own.isoformat() if own is not None else known.checked


def _changes(node: str, company: str | None, day: date, known: Catalogue) -> Iterator[Happened]:
    """Iterate over what happened to an actor, and to every company that ever owned it."""
    concerned, new = set(), {company} if company is not None else set()
    while new:
        concerned |= new
        new = {row.parent for row in known.parents if row.company in concerned} - concerned
    for row in known.parents:
        if row.company in concerned:
            yield from _sales(row, day, known)
    nodes = {node, *(f"company:{one}" for one in concerned)}
    for one in known.events:
        if one.of in nodes:
            yield Happened(
                day=str(one.at),
                what=one.event,
                of=_called(one.of, known),
                other=_called(one.other, known),
                later=one.at.first > day,
                source=one.source,
                unverified=is_unverified(one.source),
            )


def _sales(row: Parent, day: date, known: Catalogue) -> Iterator[Happened]:
    for moment, what in ((row.began, "bought"), (row.ended, "sold")):
        if moment is not None:
            by = moment.known_by and what == "bought"
            yield Happened(
                day=moment.last.isoformat() if by else str(moment),
                what="owned" if by else what,
                of=_called(f"company:{row.company}", known),
                other=_called(f"company:{row.parent}", known),
                later=(moment.last if by else moment.first) > day,
                source=row.source,
                unverified=is_unverified(row.source),
            )


def _called(text: str, known: Catalogue) -> str:
    """Return the name of a node of the catalogue; any other text as it stands."""
    kind, _, own = text.partition(":")
    tables: dict[str, Mapping[str, Company | Provider]]
    tables = {"company": known.companies, "provider": known.providers}
    row = tables.get(kind, {}).get(own)
    return row.name if row is not None else text


def _rule(rule: Rule) -> RuleOf:
    unverified = is_unverified(rule.source)
    return RuleOf(rule.id, rule.roles, rule.signal, rule.pattern, rule.source, unverified)

"""The rows of the catalogue: what a provider, a company, an ownership, a registry's back end is.

Each says where it is written; those that held for a time say for which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from depgraph.providers.moments import Moment
from depgraph.vocabulary import Confidence, LawBasis

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
        What it does, the main one first: ``dns``, ``hosting``, ``front``, ``mailbox``,
        ``gateway``, ``registrar``, ``registry``, ``back-end``, ``ca``, ``network``, ``holder``,
        ``platform``. Holding names and hosting sites of its own are no roles.
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


def _within(since: date | None, until: date | None, at: date) -> bool:
    """Tell whether a day lies in a span: from its first day to before its end; None: open."""
    return (since is None or since <= at) and (until is None or at < until)


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
        return _within(self.since, self.until, at)

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
        return _within(self.since, self.until, at)

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
        return _within(self.since, self.until, at)


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

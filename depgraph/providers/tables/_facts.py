"""What the tables say of an address: whose published range it is in, and who announces it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from depgraph.errors import TableError
from depgraph.providers.prefixes import Addresses, Prefix, PrefixTable, parse_prefix
from depgraph.providers.tables._cache import load, tables_for
from depgraph.providers.tables._model import Delegation, Kind, Service, Table

PARTNERS = {
    ("aws", "cn-north-1"): "aws-china-beijing",
    ("aws", "cn-northwest-1"): "aws-china-ningxia",
}
"""Regions that a partner runs: not the operator's own, though in its list. Sinnet runs
Beijing and NWCD Ningxia (https://www.amazonaws.cn/en/about-aws/china/)."""


class RangeFact(NamedTuple):
    """An address stands in a range that an operator publishes as its own.

    Parameters
    ----------
    provider
        Id of the operator; of the partner where one runs the region.
    service, region
        In the operator's words, empty where it says none.
    prefix
        The range.
    source
        The list it stands in.
    date
        The day the list stands for; None if it says none.
    days_off
        Days between the list and the day asked about; 0: it holds for that day.
    """

    provider: str
    service: str
    region: str
    prefix: str
    source: str
    date: date | None
    days_off: int


class RouteFact(NamedTuple):
    """A prefix that covers an address, and the AS numbers that announce it.

    `asns` has several where several do (the one most seen first, if the source sorts so).
    """

    prefix: str
    asns: tuple[int, ...]
    source: str
    date: date | None
    days_off: int


class Dated(NamedTuple):
    """A table, the source it is cited as, and the days it is off."""

    table: Table
    source: str
    days_off: int = 0


class PublishedRanges:
    """Ranges that operators publish, of any number of lists, asked as one.

    Parameters
    ----------
    tables
        Tables of the kind ``published``.

    Raises
    ------
    TableError
        If one is of another kind.

    Examples
    --------
    >>> from depgraph.providers.tables import Service, Table
    >>> table = Table(
    ...     kind=Kind.PUBLISHED,
    ...     form="aws",
    ...     provider="aws",
    ...     prefixes=PrefixTable([("192.0.2.0/24", (Service("EC2", "eu-west-1"),))]),
    ... )
    >>> ranges = PublishedRanges([Dated(table, "ip-ranges.json")])
    >>> [(fact.provider, fact.service) for fact in ranges.lookup("192.0.2.7")]
    [('aws', 'EC2')]
    """

    __slots__ = ("_table", "sources")

    def __init__(self, tables: Iterable[Dated]) -> None:
        dated = list(tables)
        _only(Kind.PUBLISHED, dated)
        own = [
            (match.prefix, _facts(entry, match.prefix, match.value))
            for entry in dated
            for match in entry.table.prefixes
        ]
        alone = PrefixTable[tuple[RangeFact, ...]](own, merge=_joined, shortest=(0, 0))
        self._table = PrefixTable[tuple[RangeFact, ...]](_nested(alone), shortest=(0, 0))
        self.sources: tuple[str, ...] = tuple(entry.source for entry in dated)

    def lookup(self, address: str) -> tuple[RangeFact, ...]:
        """Give all that the lists say of an address, the longest prefix first; empty if nothing.

        An operator may say several things of one address: AWS lists what is EC2's also as
        AMAZON's, and in a shorter prefix. All of it is given, each service and region once.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        found = self._table.lookup(address)
        return found.value if found else ()

    def lookup_many(self, addresses: Addresses) -> list[tuple[RangeFact, ...]]:
        """Give for each address what :meth:`lookup` gives."""
        numbers = self._table.lookup_many(addresses)
        values, ids = self._table.values, self._table.value_ids
        found = np.where(numbers < 0, -1, ids[numbers] if len(ids) else -1)
        return [values[number] if number >= 0 else () for number in found.tolist()]

    def __len__(self) -> int:
        return len(self._table)


class Routing:
    """Who announces an address, of any number of tables, the best first.

    Parameters
    ----------
    tables
        Tables of the kind ``routing``; the first that covers an address answers, so that
        the sources are never mixed for one address.

    Raises
    ------
    TableError
        If one is of another kind.
    """

    __slots__ = ("_tables", "names", "sources")

    def __init__(self, tables: Iterable[Dated]) -> None:
        self._tables = tuple(tables)
        _only(Kind.ROUTING, self._tables)
        self.sources: tuple[str, ...] = tuple(entry.source for entry in self._tables)
        self.names: dict[int, str] = {}
        for entry in reversed(self._tables):
            self.names.update(entry.table.names)

    def lookup(self, address: str) -> RouteFact | None:
        """Give the longest prefix around an address and its origins; None: none is announced.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        for table, source, days_off in self._tables:
            if (found := table.prefixes.lookup(address)) is not None:
                return RouteFact(found.prefix, found.value, source, table.date, days_off)
        return None

    def lookup_many(self, addresses: Sequence[str] | NDArray[np.uint32]) -> list[RouteFact | None]:
        """Give for each address what :meth:`lookup` gives."""
        found: list[RouteFact | None] = [None] * len(addresses)
        for table, source, days_off in reversed(self._tables):
            for place, number in enumerate(table.prefixes.lookup_many(addresses).tolist()):
                if number >= 0:
                    prefix, asns = table.prefixes.match(number)
                    found[place] = RouteFact(prefix, asns, source, table.date, days_off)
        return found


class Holders:
    """Which registry gave out an address, and what it says of the holder.

    Parameters
    ----------
    tables
        Tables of the kind ``delegated``.
    """

    __slots__ = ("_tables",)

    def __init__(self, tables: Iterable[Dated]) -> None:
        self._tables = tuple(tables)
        _only(Kind.DELEGATED, self._tables)

    def lookup(self, address: str) -> tuple[str, Delegation] | None:
        """Give the prefix (a part of the block, if that is no prefix) and the delegation.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        for entry in self._tables:
            if (found := entry.table.prefixes.lookup(address)) is not None:
                return found.prefix, found.value
        return None


def published_at(day: date, *, cache: str | os.PathLike[str] | None = None) -> PublishedRanges:
    """Give the published ranges of the cache, of each source the list nearest to a day."""
    return PublishedRanges(_chosen(Kind.PUBLISHED, day, cache))


def routing_at(day: date, *, cache: str | os.PathLike[str] | None = None) -> Routing:
    """Give the routing tables of the cache, the nearest to a day first."""
    return Routing(_chosen(Kind.ROUTING, day, cache))


def holders_at(day: date, *, cache: str | os.PathLike[str] | None = None) -> Holders:
    """Give the registries' tables of the cache, of each the one nearest to a day."""
    return Holders(_chosen(Kind.DELEGATED, day, cache))


def _chosen(kind: Kind, day: date, cache: str | os.PathLike[str] | None) -> list[Dated]:
    return [
        Dated(load(found.info, cache=cache), found.info.url or found.info.source, found.days_off)
        for found in tables_for(kind, at=day, cache=cache)
    ]


def _only(kind: Kind, tables: Iterable[Dated]) -> None:
    for entry in tables:
        if entry.table.kind is not kind:
            raise TableError(
                f"expected tables of the kind {kind}, found {entry.source} of the kind "
                f"{entry.table.kind}: the three kinds are different facts"
            )


def _facts(entry: Dated, prefix: str, services: tuple[Service, ...]) -> tuple[RangeFact, ...]:
    whose = entry.table.provider
    return tuple(
        RangeFact(
            PARTNERS.get((whose, service.region), whose),
            service.name,
            service.region,
            prefix,
            entry.source,
            entry.table.date,
            entry.days_off,
        )
        for service in services
    )


def _joined(one: tuple[RangeFact, ...], other: tuple[RangeFact, ...]) -> tuple[RangeFact, ...]:
    return tuple(dict.fromkeys(one + other))


def _nested(
    table: PrefixTable[tuple[RangeFact, ...]],
) -> Iterator[tuple[Prefix, tuple[RangeFact, ...]]]:
    """Give with each prefix what is said of it and of those around it, each service once."""
    around: list[tuple[Prefix, tuple[RangeFact, ...]]] = []
    for match in table:
        prefix = parse_prefix(match.prefix)
        while around and not _inside(prefix, around[-1][0]):
            around.pop()
        said: dict[tuple[str, str, str, str], RangeFact] = {}
        for fact in match.value + (around[-1][1] if around else ()):
            said.setdefault((fact.provider, fact.service, fact.region, fact.source), fact)
        around.append((prefix, tuple(said.values())))
        yield around[-1]


def _inside(prefix: Prefix, outer: Prefix) -> bool:
    shift = (32 if outer.version == 4 else 128) - outer.length
    return prefix.version == outer.version and prefix.start >> shift == outer.start >> shift

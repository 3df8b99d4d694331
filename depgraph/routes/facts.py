"""What the tables say of an address: whose published range it is in, and who announces it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from depgraph.addresses import PrefixMap
from depgraph.errors import TableError
from depgraph.routes.cache import Folder, load, tables_for
from depgraph.routes.model import Kind, Service, Table
from depgraph.routes.table import Addresses, Match, PrefixTable

PARTNERS = {
    ("aws", "cn-north-1"): "aws-china-beijing",
    ("aws", "cn-northwest-1"): "aws-china-ningxia",
}
"""Regions that a partner runs: not the operator's own, though in its list. Sinnet runs
Beijing and NWCD Ningxia (https://www.amazonaws.cn/en/about-aws/china/)."""


class RangeFact(NamedTuple):
    """An address stands in a range that an operator publishes as its own.

    `provider` is the id of the operator, or of the partner where one runs the region; `service`
    and `region` are in the operator's words, empty where it says none. `source` is the list that
    `prefix` stands in, `date` the day that it stands for (None if it says none), `days_off` the
    days between that and the day asked about.
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
    """

    __slots__ = ("_table",)

    def __init__(self, tables: Iterable[Dated]) -> None:
        stated = [
            (ipaddress.ip_network(match.prefix), fact)
            for entry in _of_kind(Kind.PUBLISHED, tables)
            for match in entry.table.prefixes
            for fact in _facts(entry, match)
        ]
        around = PrefixMap(stated)
        self._table = PrefixTable(
            (str(prefix), _once(fact for _, fact in around.covering(prefix)))
            for prefix in dict.fromkeys(prefix for prefix, _ in stated)
        )

    def lookup(self, address: str) -> tuple[RangeFact, ...]:
        """Return all that the lists say of an address, the longest prefix first; empty if nothing.

        An operator may say several things of one address: AWS lists what is EC2's also as
        AMAZON's, and in a shorter prefix. All of it is given, each service and region once.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        match = self._table.lookup(address)
        return match.value if match else ()

    def lookup_many(self, addresses: Addresses) -> list[tuple[RangeFact, ...]]:
        """Return for each address what :meth:`lookup` returns."""
        numbers = self._table.lookup_many(addresses).tolist()
        return [self._table.values[number] if number >= 0 else () for number in numbers]


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

    __slots__ = ("_tables", "named", "names")

    def __init__(self, tables: Iterable[Dated]) -> None:
        self._tables = _of_kind(Kind.ROUTING, tables)
        self.names: dict[int, str] = {}
        self.named: dict[int, Dated] = {}  # by which table
        for entry in reversed(self._tables):
            self.names.update(entry.table.names)
            self.named.update(dict.fromkeys(entry.table.names, entry))

    def lookup(self, address: str) -> RouteFact | None:
        """Return the longest prefix around an address and its origins; None: none is announced.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        for table, source, days_off in self._tables:
            if (match := table.prefixes.lookup(address)) is not None:
                return RouteFact(match.prefix, match.value, source, table.date, days_off)
        return None

    def lookup_many(self, addresses: Addresses) -> list[RouteFact | None]:
        """Return for each address what :meth:`lookup` returns."""
        facts: list[RouteFact | None] = [None] * len(addresses)
        for table, source, days_off in reversed(self._tables):
            for place, number in enumerate(table.prefixes.lookup_many(addresses).tolist()):
                if number >= 0:
                    prefix, asns = table.prefixes.match(number)
                    facts[place] = RouteFact(prefix, asns, source, table.date, days_off)
        return facts


def published_at(day: date, *, cache: Folder | None = None) -> PublishedRanges:
    """Return the published ranges of the cache, of each source the list nearest to a day."""
    return PublishedRanges(_nearest(Kind.PUBLISHED, day, cache))


def routing_at(day: date, *, cache: Folder | None = None) -> Routing:
    """Return the routing tables of the cache, the nearest to a day first."""
    return Routing(_nearest(Kind.ROUTING, day, cache))


def _nearest(kind: Kind, day: date, cache: Folder | None) -> list[Dated]:
    return [
        Dated(load(info, cache=cache), info.url or info.source, info.days_off(day))
        for info in tables_for(kind, at=day, cache=cache)
    ]


def _of_kind(kind: Kind, tables: Iterable[Dated]) -> list[Dated]:
    entries = list(tables)
    for entry in entries:
        if entry.table.kind is not kind:
            raise TableError(
                f"expected tables of the kind {kind}, found {entry.source} of the kind "
                f"{entry.table.kind}: the two kinds are different facts"
            )
    return entries


def _facts(entry: Dated, match: Match[Service]) -> Iterator[RangeFact]:
    table, source, days_off = entry
    for name, region in match.value:
        provider = PARTNERS.get((table.provider, region), table.provider)
        yield RangeFact(provider, name, region, match.prefix, source, table.date, days_off)


def _once(facts: Iterable[RangeFact]) -> tuple[RangeFact, ...]:
    """Return the first fact of each service and region of a list."""
    first: dict[tuple[str, str, str, str], RangeFact] = {}
    for fact in facts:
        first.setdefault((fact.provider, fact.service, fact.region, fact.source), fact)
    return tuple(first.values())

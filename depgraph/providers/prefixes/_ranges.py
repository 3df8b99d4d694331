"""Ranges of addresses: checked, made disjoint, and cut into prefixes."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from depgraph.errors import TableError
from depgraph.providers.prefixes._text import Prefix, show

log = logging.getLogger(__name__)

TOLERATED = 1000
"""One crossing in so many ranges is taken as the untidiness of a real table (the same
addresses claimed twice: both claims are kept); more is garbage."""

V = TypeVar("V", bound=Hashable)

Range = tuple[int, int, int, V]
"""Version, first and last address as integers, and what is said of them."""


def prefixes_of(first: int, last: int, *, version: int) -> Iterator[Prefix]:
    """Cut a range into the fewest prefixes, in order.

    >>> [show(p) for p in prefixes_of(0xC0000200, 0xC0000205, version=4)]
    ['192.0.2.0/30', '192.0.2.4/31']
    """
    bits = 32 if version == 4 else 128
    while first <= last:
        aligned = (first & -first).bit_length() - 1 if first else bits
        size = min(aligned, (last - first + 1).bit_length() - 1)
        yield Prefix(version, first, bits - size)
        first += 1 << size


def disjoint(ranges: Iterable[Range[V]]) -> Iterator[tuple[int, int, int, tuple[V, ...]]]:
    """Put ranges in order; where several claim the same addresses, cut out that part.

    Yields
    ------
    tuple
        Version, first, last, and the values claimed for all of these addresses (one, except
        in a crossing), in the order of their ranges.

    Raises
    ------
    TableError
        If a range is reversed, or more than one in a thousand crosses another.
    """
    rows = sorted(ranges, key=lambda row: row[:3])
    crossings = 0
    cluster: list[Range[V]] = []
    end = -1
    for row in rows:
        version, first, last, _ = row
        if last >> (32 if version == 4 else 128):
            raise TableError(
                f"expected ranges that end within the addresses of IPv{version}, found one that "
                f"begins at {_address(version, first)}: the file is damaged"
            )
        if last < first:
            raise TableError(
                f"expected ranges with the first address first, found {_show(row)}: "
                "the file is damaged"
            )
        if cluster and (version != cluster[0][0] or first > end):
            yield from _cut(cluster)
            cluster = []
        if cluster:
            crossings += 1
            if crossings > len(rows) // TOLERATED:
                raise TableError(
                    f"expected ranges that do not cross, found {_show(cluster[-1])} and {_show(row)} "
                    f"and {crossings - 1} more among {len(rows)}: the file is damaged"
                )
            log.warning("%s crosses %s: both are kept", _show(row), _show(cluster[-1]))
        end = max(end, last) if cluster else last
        cluster.append(row)
    yield from _cut(cluster)


def _cut(cluster: list[Range[V]]) -> Iterator[tuple[int, int, int, tuple[V, ...]]]:
    """Cut the ranges that touch each other's addresses at all their borders."""
    if len(cluster) == 1:
        version, first, last, value = cluster[0]
        yield version, first, last, (value,)
        return
    borders = sorted({row[1] for row in cluster} | {row[2] + 1 for row in cluster})
    for first, after in pairwise(borders):
        values = [row[3] for row in cluster if row[1] <= first <= row[2]]
        yield cluster[0][0], first, after - 1, tuple(dict.fromkeys(values))


def _show(row: Range[V]) -> str:
    return f"{_address(row[0], row[1])} to {_address(row[0], row[2])}"


def _address(version: int, value: int) -> str:
    return show(Prefix(version, value, 32 if version == 4 else 128)).partition("/")[0]

"""The table of prefixes: built once, asked often, never changed.

Prefixes nest or are disjoint, so their borders cut the addresses of a family into intervals
within each of which one prefix is the longest. A look-up is then one binary search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from depgraph.addresses import SHORTEST
from depgraph.errors import QuestionError, TableError
from depgraph.routes.prefix import BITS, Prefix, parse_address, parse_prefix, show

SIX_TO_FOUR: Prefix = (6, 0x2002 << 112, 16)
"""2002::/16 (RFC 3056) is announced as it stands, the only shorter prefix that is routed."""
NONE = -1
"""The entry of an address that no prefix covers."""
CHUNK = 1 << 18
"""Addresses that are sorted and searched at a time: neighbours then search the same memory,
which is several times as fast as in any order."""

V = TypeVar("V")
Entries: TypeAlias = NDArray[np.int32]
Addresses: TypeAlias = NDArray[Any] | Sequence[str]
"""Texts of either family, or IPv4 addresses as uint32, shape (n,)."""


class Match(NamedTuple, Generic[V]):
    """The longest prefix that covers an address, and what the table says of it."""

    prefix: str
    value: tuple[V, ...]


class PrefixTable(Generic[V]):
    """Longest-prefix match over IPv4 and IPv6, one address or millions at once.

    Entries are numbered in the order of their addresses, IPv4 before IPv6; the number is
    what bulk look-ups give, and :attr:`values` ``[number]`` the value. An IPv4-mapped IPv6
    address is looked up as the IPv4 address.

    Parameters
    ----------
    pairs
        Prefix (text, or numbers) and value: a tuple, for a table may say several things of a
        prefix. Where a prefix stands several times, all that is said of it is kept, once each.

    Raises
    ------
    TableError
        If a prefix is not one, or is too short.

    Examples
    --------
    >>> table = PrefixTable([("192.0.2.0/24", (64500,)), ("192.0.2.128/25", (64501,))])
    >>> table.lookup("192.0.2.130")
    Match(prefix='192.0.2.128/25', value=(64501,))
    >>> table.lookup("198.51.100.1") is None
    True
    >>> table.lookup_many(["192.0.2.1", "2001:db8::1", "192.0.2.129"])
    array([ 0, -1,  1], dtype=int32)
    """

    __slots__ = ("_entries", "_prefixes", "_starts", "_starts_v4", "values")

    def __init__(self, pairs: Iterable[tuple[str | Prefix, tuple[V, ...]]]) -> None:
        self._prefixes: list[Prefix] = []
        self.values: list[tuple[V, ...]] = []
        rows = [
            (parse_prefix(prefix) if isinstance(prefix, str) else prefix, value)
            for prefix, value in pairs
        ]
        rows.sort(key=itemgetter(0))  # stable: what is said of one prefix stays in its order
        for prefix, value in rows:
            if self._prefixes and prefix == self._prefixes[-1]:
                self.values[-1] = tuple(dict.fromkeys(self.values[-1] + value))
            else:
                _refuse_short(prefix)
                self._prefixes.append(prefix)
                self.values.append(value)
        # by version, where each interval begins, and the entry of the longest prefix there
        starts_v4, entries_v4 = _intervals(4, self._prefixes)
        starts_v6, entries_v6 = _intervals(6, self._prefixes)
        self._starts_v4: NDArray[np.uint32] = np.array(starts_v4, np.uint32)
        self._starts: dict[int, Sequence[int]] = {4: self._starts_v4.data, 6: starts_v6}
        self._entries = {4: np.array(entries_v4, np.int32), 6: np.array(entries_v6, np.int32)}

    def lookup(self, address: str) -> Match[V] | None:
        """Return the longest prefix that covers an address, with its value; None if none does.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        entry = self._find(*parse_address(address))
        return None if entry == NONE else self.match(entry)

    def lookup_many(self, addresses: Addresses) -> Entries:
        """Return for each address the number of the longest prefix that covers it, -1 for none.

        Parameters
        ----------
        addresses
            Texts of either family, or IPv4 addresses as uint32, shape (n,).

        Returns
        -------
        numpy.ndarray
            int32, shape (n,).

        Raises
        ------
        QuestionError
            If the array is of another type or shape, or a text is not an address.
        """
        if isinstance(addresses, np.ndarray) and addresses.dtype.kind != "U":
            if addresses.ndim != 1 or addresses.dtype != np.uint32:
                raise QuestionError(
                    "expected IPv4 addresses as uint32 of shape (n,), found "
                    f"{addresses.dtype} of shape {addresses.shape}: give IPv6 addresses as texts"
                )
            return self._find_v4(addresses)
        parsed = [parse_address(text) for text in addresses]
        v4 = [address if version == 4 else 0 for version, address in parsed]
        entries = self._find_v4(np.array(v4, np.uint32))
        for place, (version, address) in enumerate(parsed):
            if version == 6:
                entries[place] = self._find(6, address)
        return entries

    def match(self, number: int) -> Match[V]:
        """Return prefix and value of an entry by its number; IndexError if there is none."""
        if number < 0:
            raise IndexError(f"expected the number of an entry, found {number}")
        return Match(show(self._prefixes[number]), self.values[number])

    def _find(self, version: int, address: int) -> int:
        interval = bisect_right(self._starts[version], address) - 1
        return self._entries[version].item(interval)

    def _find_v4(self, addresses: NDArray[np.uint32]) -> Entries:
        entries = np.empty(len(addresses), np.int32)
        for begin in range(0, len(addresses), CHUNK):
            chunk = addresses[begin : begin + CHUNK]
            order = np.argsort(chunk)
            after = np.searchsorted(self._starts_v4, chunk[order], side="right")
            entries[begin : begin + CHUNK][order] = self._entries[4][after - 1]
        return entries

    def __len__(self) -> int:
        return len(self._prefixes)

    def __iter__(self) -> Iterator[Match[V]]:
        return (self.match(number) for number in range(len(self)))


def _refuse_short(prefix: Prefix) -> None:
    if prefix[2] < SHORTEST[prefix[0]] and prefix != SIX_TO_FOUR:
        raise TableError(
            f"expected no prefix shorter than /{SHORTEST[4]} (IPv6: /{SHORTEST[6]}), "
            f"found {show(prefix)}: the table is poisoned or leaks a default route"
        )


def _intervals(version: int, prefixes: list[Prefix]) -> tuple[list[int], list[int]]:
    """Cut the addresses of one family where the longest prefix changes.

    Parameters
    ----------
    version
        The family.
    prefixes
        In the order of address and length, so that one that holds another comes before it.

    Returns
    -------
    tuple
        Where each interval begins, and the entry of the longest prefix there.
    """
    starts, entries = [0], [NONE]

    def begin(address: int, entry: int) -> None:
        if starts[-1] == address:
            entries[-1] = entry
        else:
            starts.append(address)
            entries.append(entry)

    bits = BITS[version]
    # The prefixes around the present address, the longest last: first address after it, entry.
    around = [(1 << bits, NONE)]
    for entry, (family, start, length) in enumerate(prefixes):
        if family == version:
            while around[-1][0] <= start:
                after, _ = around.pop()
                begin(after, around[-1][1])
            begin(start, entry)
            around.append((start + (1 << bits - length), entry))
    while len(around) > 1:
        after, _ = around.pop()
        if after < 1 << bits:
            begin(after, around[-1][1])
    return starts, entries

"""The table of prefixes: built once, asked often, never changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from depgraph.errors import QuestionError, TableError
from depgraph.providers.prefixes._index import NONE, Codes, Index, Words, branches, build
from depgraph.providers.prefixes._ranges import disjoint, prefixes_of
from depgraph.providers.prefixes._text import (
    HALF,
    MAPPED,
    OCTETS_0,
    OCTETS_8,
    OCTETS_16,
    OCTETS_24,
    Prefix,
    parse_address,
    parse_prefix,
    parse_v4_many,
    parse_v6,
    show,
    show_v4,
    show_v6,
)

V = TypeVar("V", bound=Hashable)

SHORTEST = (8, 19)
"""Shorter prefixes (IPv4, IPv6) are refused: no operator holds more in one piece, and feeds
that say so are poisoned or leak a default route."""
SIX_TO_FOUR = Prefix(6, 0x2002 << 112, 16)
"""2002::/16 (RFC 3056) is announced as it stands, the only shorter one that is routed."""

_MAPPED = (MAPPED >> 32).to_bytes(12)

Addresses = NDArray[Any] | tuple[NDArray[Any], NDArray[Any]] | Sequence[str]
"""IPv4: integers, shape (n,). IPv6: bytes, shape (n, 16), or the upper and lower halves, two
uint64 of shape (n,). Or texts of either family."""


class Match(NamedTuple, Generic[V]):
    """The longest prefix that covers an address, and what the table says of it."""

    prefix: str
    value: V


class Columns(NamedTuple):
    """A table as arrays, in the order of its entries, to be stored and read back.

    `high` is the first address (IPv4) or its upper half (IPv6), `low` the lower half of the
    IPv6 entries alone, both uint64; `lengths` the prefix lengths (uint8); `value_ids` the place
    of each value among the table's (int32).
    """

    high: Words
    low: Words
    lengths: NDArray[np.uint8]
    value_ids: NDArray[np.int32]


class PrefixTable(Generic[V]):
    """Longest-prefix match over IPv4 and IPv6.

    Entries are numbered in the order of their addresses, IPv4 before IPv6; the number is
    what bulk look-ups give, and :attr:`values` ``[`` :attr:`value_ids` ``[number]]`` the
    value. An IPv4-mapped IPv6 address is looked up as the IPv4 address.

    Parameters
    ----------
    pairs
        Prefix (text, or numbers) and value. Equal values are kept once.
    merge
        Makes one value of two that stand at the same prefix. Without it a table that says two
        things of one prefix is refused.
    shortest
        Least prefix length, IPv4 and IPv6.

    Raises
    ------
    TableError
        If a prefix is not one, is too short, or stands twice with different values.

    Examples
    --------
    >>> table = PrefixTable([("192.0.2.0/24", 64500), ("192.0.2.128/25", 64501)])
    >>> table.lookup("192.0.2.130")
    Match(prefix='192.0.2.128/25', value=64501)
    >>> table.lookup("198.51.100.1") is None
    True
    >>> table.lookup_many(["192.0.2.1", "2001:db8::1", "192.0.2.129"])
    array([ 0, -1,  1], dtype=int32)
    """

    __slots__ = (
        "_branches",
        "_by_length",
        "_count_v4",
        "_first",
        "_first_shift",
        "_high",
        "_indexes",
        "_known",
        "_lengths",
        "_low",
        "_narrow",
        "_rest",
        "_step",
        "_views",
        "_wide",
        "value_ids",
        "values",
    )  # fmt: skip

    def __init__(
        self,
        pairs: Iterable[tuple[str | Prefix, V]],
        *,
        merge: Callable[[V, V], V] | None = None,
        shortest: tuple[int, int] = SHORTEST,
    ) -> None:
        rows: dict[Prefix, V] = {}
        for text, value in pairs:
            prefix = parse_prefix(text) if isinstance(text, str) else text
            known = rows.setdefault(prefix, value)
            if known is value or known == value:
                continue
            if merge is None:
                raise TableError(
                    f"expected each prefix once, found {show(prefix)} with {known!r:.60} and "
                    f"{value!r:.60}: give `merge` if the table may say several things of one prefix"
                )
            rows[prefix] = merge(known, value)
        for prefix in rows:
            if prefix.length < shortest[prefix.version == 6] and prefix != SIX_TO_FOUR:
                raise TableError(
                    f"expected no prefix shorter than /{shortest[0]} (IPv6: /{shortest[1]}), "
                    f"found {show(prefix)}: the table is poisoned or leaks a default route"
                )
        ids: dict[V, int] = {}
        ordered = sorted(rows)
        self._fill(ordered, [ids.setdefault(rows[prefix], len(ids)) for prefix in ordered])
        self.values: tuple[V, ...] = tuple(ids)

    @classmethod
    def from_ranges(
        cls,
        ranges: Iterable[tuple[str, str, V]],
        *,
        merge: Callable[[V, V], V] | None = None,
        shortest: tuple[int, int] = SHORTEST,
    ) -> PrefixTable[V]:
        """Build a table from ranges of addresses (first, last, value), both ends included.

        Ranges may touch but not cross. One crossing in a thousand is tolerated where `merge`
        says what holds for the addresses claimed twice.

        Raises
        ------
        TableError
            If a range is reversed or crosses another, or needs a prefix that is too short.
        """
        return cls(
            (
                (prefix, _merged(values, merge))
                for version, first, last, values in disjoint(map(_numbers, ranges))
                for prefix in prefixes_of(first, last, version=version)
            ),
            shortest=shortest,
        )

    @classmethod
    def from_columns(cls, columns: Columns, values: Sequence[V]) -> PrefixTable[V]:
        """Build a table again from what :attr:`columns` and :attr:`values` were.

        Raises
        ------
        TableError
            If the arrays do not fit each other.
        """
        high, low, lengths, value_ids = columns
        kinds = [(array.dtype.name, array.ndim) for array in columns]
        if (
            kinds != [("uint64", 1), ("uint64", 1), ("uint8", 1), ("int32", 1)]
            or not len(low) <= len(high) == len(lengths) == len(value_ids)
            or (len(value_ids) and not 0 <= value_ids.min() <= value_ids.max() < len(values))
        ):
            raise TableError("expected the columns of one table, found some that do not fit")
        table = cls(())
        table._index(columns)
        table.values = tuple(values)
        return table

    @property
    def columns(self) -> Columns:
        """The table as arrays, not to be written to."""
        return Columns(self._high, self._low, self._lengths, self.value_ids)

    def _fill(self, prefixes: list[Prefix], value_ids: list[int]) -> None:
        count = sum(prefix.version == 4 for prefix in prefixes)
        self._index(
            Columns(
                np.array(
                    [p.start if p.version == 4 else p.start >> 64 for p in prefixes], np.uint64
                ),
                np.array([p.start & HALF for p in prefixes[count:]], np.uint64),
                np.array([p.length for p in prefixes], np.uint8),
                np.array(value_ids, np.int32),
            )
        )

    def _index(self, columns: Columns) -> None:
        self._high, self._low, self._lengths, self.value_ids = columns
        count = self._count_v4 = len(self._high) - len(self._low)
        for array in (self._lengths, self._high, self._low, self.value_ids):
            array.flags.writeable = False
        self._indexes: tuple[Index, Index] = (
            build(self._high[:count], None, self._lengths[:count], width=32, first=0),
            build(self._high[count:], self._low, self._lengths[count:], width=64, first=count),
        )
        self._views: tuple[Any, ...] = tuple(
            array.data for array in (self._high, self._low, self._lengths, self.value_ids)
        )
        self._by_length: dict[int, list[int]] = {
            version: np.unique(self._part(version)[1])[::-1].tolist() for version in (4, 6)
        }
        self._known: list[Match[V] | None] = [None] * len(self._high)  # made when first asked for
        root, *rest = self._indexes[0].levels
        self._first = root.table.data
        self._first_shift = root.shift
        self._rest = tuple((level.table.data, level.shift, level.bits) for level in rest)
        levels = self._indexes[1].levels
        wide = [level for level in levels if level.bits == 16]
        self._wide = tuple(level.table.data for level in wide)
        self._narrow = tuple(level.table.data for level in levels[len(wide) :])
        self._branches = branches(wide)
        self._step = 2 * len(wide)

    def lookup(self, address: str) -> Match[V] | None:
        """Give the longest prefix that covers an address, with its value; None if none does.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        # Written out for speed: a look-up is some six dictionary and memory accesses.
        if ":" in address:
            return self._lookup_v6(address)
        try:
            one, two, three, four = address.split(".")
            key = OCTETS_24[one] | OCTETS_16[two] | OCTETS_8[three] | OCTETS_0[four]
        except (KeyError, ValueError, AttributeError):
            code = self._find_v4(parse_address(address)[1])
        else:
            code = self._first[key >> self._first_shift]
            if code < NONE:
                code = self._find_v4(key)
        if code == NONE:
            return None
        return self._known[code] or self.match(code)

    def _lookup_v6(self, address: str) -> Match[V] | None:
        try:
            packed = parse_v6(address)
        except ValueError:
            version, key = parse_address(address)
            packed = (key if version == 6 else MAPPED | key).to_bytes(16)
        if not packed[0] and packed[:12] == _MAPPED:
            code = self._find_v4(int.from_bytes(packed[12:]))
        else:
            code = self._find_v6(packed)
        if code == NONE:
            return None
        return self._known[code] or self.match(code)

    def _find_v6(self, packed: bytes) -> int:
        place = self._step
        branch = self._branches.get(packed[:place])
        if branch is None:  # nothing longer lies below these bits
            code: int = self._wide[0][packed[0] << 8 | packed[1]]
            if code < NONE:
                code = self._wide[1][(-2 - code) << 16 | packed[2] << 8 | packed[3]]
            return code
        for table in self._narrow:
            branch = table[(-2 - branch) << 8 | packed[place]]
            if branch >= NONE:
                return branch
            place += 1
        return self._find_deep(branch, int.from_bytes(packed))

    def _find_deep(self, code: int, key: int) -> int:
        slots = self._indexes[1].slots
        assert slots is not None
        return slots.find_one(-2 - code, key)

    def lookup_many(self, addresses: Addresses) -> NDArray[np.int32]:
        """Give for each address the number of the longest prefix that covers it, -1 for none.

        Parameters
        ----------
        addresses
            IPv4: an array of integers, shape (n,), uint32 the fastest. IPv6: an array of bytes,
            shape (n, 16), or a pair of uint64 arrays of shape (n,), the upper and the lower
            halves. Or a sequence of texts, both families mixed.

        Returns
        -------
        numpy.ndarray
            int32, shape (n,).

        Raises
        ------
        QuestionError
            If the array is of none of these forms, or a text is not an address.
        """
        if isinstance(addresses, tuple) and len(addresses) == 2 and _is_word(addresses[0]):
            high, low = (np.ascontiguousarray(half, np.uint64) for half in addresses)
            if high.ndim != 1 or high.shape != low.shape:
                raise QuestionError(
                    f"expected two arrays of one length, found shapes {high.shape} and {low.shape}"
                )
            return self._many_v6(high, low)
        if isinstance(addresses, np.ndarray) and addresses.dtype.kind in "iu":
            return self._many_array(addresses)
        texts: list[Any] = addresses.tolist() if isinstance(addresses, np.ndarray) else [*addresses]
        return self._many_texts(texts)

    def match(self, number: int) -> Match[V]:
        """Give prefix and value of an entry by its number.

        Raises
        ------
        IndexError
            If there is none of this number.
        """
        if not 0 <= number < len(self):
            raise IndexError(f"expected an entry from 0 to {len(self) - 1}, found {number}")
        highs, lows, lengths, value_ids = self._views
        start = highs[number]
        if number < self._count_v4:
            text = show_v4(start, lengths[number])
        else:
            text = show_v6(start << 64 | lows[number - self._count_v4], lengths[number])
        found = self._known[number] = Match(text, self.values[value_ids[number]])
        return found

    def covering(self, address: str) -> list[Match[V]]:
        """List every prefix of the table that covers an address, the longest first.

        Raises
        ------
        QuestionError
            If the text is not an address.
        """
        version, key = parse_address(address)
        bits = 32 if version == 4 else 128
        found = []
        for length in self._by_length[version]:
            number = self._entry(version, key >> (bits - length) << (bits - length), length)
            if number is not None:
                found.append(self.match(number))
        return found

    def _part(self, version: int) -> tuple[slice, NDArray[np.uint8]]:
        part = slice(0, self._count_v4) if version == 4 else slice(self._count_v4, len(self))
        return part, self._lengths[part]

    def _entry(self, version: int, start: int, length: int) -> int | None:
        """Find the entry of exactly this prefix."""
        part, lengths = self._part(version)
        words = self._high[part]
        word = np.uint64(start if version == 4 else start >> 64)
        for at in range(
            int(np.searchsorted(words, word)), int(np.searchsorted(words, word, side="right"))
        ):
            same = version == 4 or int(self._low[at]) == start & HALF
            if same and lengths[at] == length:
                return at if version == 4 else self._count_v4 + at
        return None

    def _find_v4(self, key: int) -> int:
        code: int = self._first[key >> self._first_shift]
        for table, shift, bits in self._rest:
            if code >= NONE:
                return code
            code = table[(-2 - code) << bits | (key >> shift) & ((1 << bits) - 1)]
        if code >= NONE:
            return code
        slots = self._indexes[0].slots
        assert slots is not None
        return slots.find_one(-2 - code, key)

    def _many_array(self, addresses: NDArray[Any]) -> Codes:
        if addresses.ndim == 2 and addresses.shape[1] == 16 and addresses.dtype == np.uint8:
            halves = np.ascontiguousarray(addresses).view(">u8").astype(np.uint64)
            return self._many_v6(halves[:, 0].copy(), halves[:, 1].copy())
        if addresses.ndim != 1:
            raise QuestionError(
                "expected IPv4 addresses as integers of shape (n,), or IPv6 addresses as uint8 "
                f"of shape (n, 16), found {addresses.dtype} of shape {addresses.shape}"
            )
        if addresses.dtype != np.uint32:
            if len(addresses) and not 0 <= int(addresses.min()) <= int(addresses.max()) < 1 << 32:
                raise QuestionError(
                    f"expected IPv4 addresses from 0 to {(1 << 32) - 1}, found "
                    f"{addresses.min()} to {addresses.max()}: give IPv6 addresses in two halves"
                )
            addresses = addresses.astype(np.uint32)
        return self._indexes[0].find(addresses)

    def _many_v6(self, high: Words, low: Words) -> Codes:
        found = self._indexes[1].find(high, low)
        if np.count_nonzero(high) < len(high):
            mapped = np.flatnonzero((high == 0) & (low >> np.uint64(32) == 0xFFFF))
            found[mapped] = self._indexes[0].find(low[mapped].astype(np.uint32))
        return found

    def _many_texts(self, texts: list[str]) -> Codes:
        plain = parse_v4_many(texts)
        if plain is not None:
            return self._indexes[0].find(plain)
        parsed = [parse_address(text) for text in texts]
        found = np.empty(len(texts), np.int32)
        four = np.array([version == 4 for version, _ in parsed], bool)
        found[four] = self._indexes[0].find(
            np.array([key for version, key in parsed if version == 4], np.uint32)
        )
        wide = [key for version, key in parsed if version == 6]
        found[~four] = self._indexes[1].find(
            np.array([key >> 64 for key in wide], np.uint64),
            np.array([key & HALF for key in wide], np.uint64),
        )
        return found

    def __len__(self) -> int:
        return len(self.value_ids)

    def __iter__(self) -> Iterator[Match[V]]:
        return (self.match(number) for number in range(len(self)))

    def __repr__(self) -> str:
        four = self._count_v4
        return f"<PrefixTable of {four} IPv4 and {len(self) - four} IPv6 prefixes, {len(self.values)} values>"


def _is_word(half: object) -> bool:
    return isinstance(half, np.ndarray) and half.dtype.kind in "iu"


def _numbers(row: tuple[str, str, V]) -> tuple[int, int, int, V]:
    first, last, value = row
    try:
        (version, start), (other, end) = parse_address(first), parse_address(last)
    except QuestionError as error:
        raise TableError(
            f"expected a range of addresses, found {first!r:.60} to {last!r:.60}: {error}"
        ) from None
    if version != other:
        raise TableError(
            f"expected both ends of a range in one family, found {first!r:.60} to {last!r:.60}"
        )
    return version, start, end, value


def _merged(values: tuple[V, ...], merge: Callable[[V, V], V] | None) -> V:
    merged = values[0]
    for value in values[1:]:
        if merge is None:
            raise TableError(
                f"expected each address in one range, found one with {merged!r:.60} and {value!r:.60}"
            )
        merged = merge(merged, value)
    return merged

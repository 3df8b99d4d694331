"""The index behind bulk look-ups: a trie of few, wide levels, all of it arrays.

The first level is one table over the top bits of the address (24 bits of IPv4 in a large
table, the DIR-24-8 scheme of Gupta, Lin and McKeown, 1998), so most look-ups are one gather
from memory. A cell holds a code:

* ``0`` and above: the number of the entry that matches;
* ``-1``: no entry matches;
* ``-2 - n``: longer prefixes lie below; go on in node `n` of the next level, and below the
  last level in slot `n` of the sorted boundaries (:class:`Slots`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Words = NDArray[np.uint64]

NONE = -1
LARGE = 1 << 14
"""From this number of prefixes on, the wide first levels are worth their memory."""
STRIDES = {
    (32, False): (16, 8, 8),
    (32, True): (24, 8),
    (64, False): (16, 8, 8, 8, 8, 8, 8),
    (64, True): (16, 16, 8, 8, 8, 8),
}
"""Bits of each level, by width of the word that the trie reads (IPv6: its upper half)."""
BUDGET = 1 << 27
"""Cells that all levels below the first may have (4 bytes each). Prefixes scattered so that
they would need more are found by binary search instead: slower, and never wrong."""
CHUNK = 1 << 15
"""Addresses looked up at a time, so that what lies between two steps stays in the cache."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level: `table` has nodes of ``2**bits`` cells; the bits are at `shift` in the word."""

    table: Codes
    shift: int
    bits: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Sorted first addresses of disjoint ranges, slot after slot, each with its code.

    `low` is the address (IPv4) or its lower half, `high` the upper half (None for IPv4).
    The boundaries of slot `n` are ``offsets[n]:offsets[n + 1]``.
    """

    offsets: NDArray[np.int64]
    high: Words | None
    low: Words
    codes: Codes
    keys: list[int]

    def find(self, slots: NDArray[np.int64], high: Words | None, low: Words) -> Codes:
        """Give the codes of many addresses: a binary search in all slots at once."""
        at = self.offsets[slots]
        left = self.offsets[slots + 1] - at
        while left.max(initial=0) > 1:
            half = left >> 1
            middle = at + half
            reached = self.low[middle] <= low
            if self.high is not None and high is not None:
                bound = self.high[middle]
                reached = (bound < high) | ((bound == high) & reached)
            at = np.where(reached, middle, at)
            left -= half
        return self.codes[at]

    def find_one(self, slot: int, key: int) -> int:
        """Give the code of one address, given as an integer of its whole width."""
        low, high = int(self.offsets[slot]), int(self.offsets[slot + 1])
        return int(self.codes[bisect_right(self.keys, key, low, high) - 1])


@dataclass(frozen=True, slots=True)
class Index:
    """All levels for one family, and the slots below the last."""

    levels: tuple[Level, ...]
    slots: Slots | None

    def find(self, words: NDArray[np.unsignedinteger], low: Words | None = None) -> Codes:
        """Give the code (entry number or -1) of each address.

        Parameters
        ----------
        words
            IPv4 addresses (uint32), or the upper halves of IPv6 addresses (uint64); shape (n,).
        low
            The lower halves; None for IPv4.
        """
        found = np.empty(len(words), np.int32)
        buffer = np.empty(CHUNK, np.intp)
        for begin in range(0, len(words), CHUNK):
            part = slice(begin, begin + CHUNK)
            self._chunk(words[part], None if low is None else low[part], found[part], buffer)
        return found

    def _chunk(
        self,
        words: NDArray[np.unsignedinteger],
        low: Words | None,
        found: Codes,
        buffer: NDArray[np.intp],
    ) -> None:
        root, *rest = self.levels
        cells = buffer[: len(words)]
        np.right_shift(words, root.shift, out=cells, casting="unsafe")
        root.table.take(cells, out=found, mode="clip")  # "clip" spares a copy; none is outside
        if found.min(initial=0) >= NONE:
            return
        active = np.flatnonzero(found < NONE)
        codes = found[active]
        keys = words[active]
        for level in rest:
            cells = np.subtract(-2, codes, dtype=np.intp) << level.bits
            cells |= ((keys >> level.shift) & ((1 << level.bits) - 1)).astype(np.intp)
            codes = level.table.take(cells)
            found[active] = codes
            deeper = np.flatnonzero(codes < NONE)
            if not len(deeper):
                return
            if len(deeper) < len(active):
                active, codes, keys = active[deeper], codes[deeper], keys[deeper]
        assert self.slots is not None
        slots = np.subtract(-2, codes, dtype=np.int64)
        if low is None:
            found[active] = self.slots.find(slots, None, keys.astype(np.uint64))
        else:
            found[active] = self.slots.find(slots, keys, low[active])


def build(
    words: Words, lows: Words | None, lengths: NDArray[np.uint8], *, width: int, first: int
) -> Index:
    """Build the index of one family.

    Parameters
    ----------
    words, lows
        First address of each prefix as in :meth:`Index.find`, as uint64.
    lengths
        Prefix length of each.
    width
        Bits of `words`: 32 or 64.
    first
        Entry number of the first prefix; the others follow.
    """
    codes = np.arange(first, first + len(words), dtype=np.int32)
    strides = STRIDES[width, len(words) >= LARGE]
    depth = strides[0]
    table = np.full(1 << depth, NONE, np.int32)
    levels = [Level(table, width - depth, depth)]
    nodes = np.zeros(1, np.uint64)  # the upper bits that lead to each node of this level
    here = np.arange(len(words))
    _paint(levels[-1], nodes, (words[here], lengths[here], codes[here]), width=width)
    spent = 0
    for stride in strides[1:]:
        here = np.flatnonzero(lengths > depth)
        if not len(here):
            return Index(tuple(levels), None)
        below = np.unique(words[here] >> np.uint64(width - depth))
        spent += len(below) << stride
        if spent > BUDGET:
            break
        inherited = _descend(levels[-1], nodes, below, width=width)
        depth += stride
        nodes = below
        levels.append(Level(np.repeat(inherited, 1 << stride), width - depth, stride))
        _paint(levels[-1], nodes, (words[here], lengths[here], codes[here]), width=width)
    here = np.flatnonzero(lengths > depth)
    if not len(here):
        return Index(tuple(levels), None)
    below = np.unique(words[here] >> np.uint64(width - depth))
    inherited = _descend(levels[-1], nodes, below, width=width)
    entries = [
        (
            int(words[i]) if lows is None else int(words[i]) << 64 | int(lows[i]),
            int(lengths[i]),
            int(codes[i]),
        )
        for i in here
    ]
    bits = width if lows is None else 128
    bases = [
        (int(top) << (bits - depth), depth, int(code))
        for top, code in zip(below, inherited, strict=True)
    ]
    return Index(tuple(levels), _slots(bases, entries, bits))


def branches(levels: Sequence[Level]) -> dict[bytes, int]:
    """Give the codes that lead on below one or two levels of 16 bits, by the bytes of the address.

    For single look-ups, for which one dictionary is cheaper than two arrays.
    """
    *above, last = levels
    cells = np.flatnonzero(last.table < NONE)
    codes = last.table[cells].tolist()
    if above:
        root = above[0].table
        leading = np.flatnonzero(root < NONE)
        parents = np.zeros(len(leading), np.int64)
        parents[-2 - root[leading]] = leading
        cells = parents[cells >> 16] << 16 | cells & 0xFFFF
    width = 2 * len(levels)
    return {cell.to_bytes(width): code for cell, code in zip(cells.tolist(), codes, strict=True)}


def _cells(level: Level, nodes: Words, words: Words, *, width: int) -> NDArray[np.int64]:
    """Give the cell of `level` that holds each word (its upper bits suffice)."""
    depth = width - level.shift
    parents = (
        words >> np.uint64(width - depth + level.bits)
        if depth > level.bits
        else np.zeros_like(words)
    )
    node = np.searchsorted(nodes, parents)
    inside = (words >> np.uint64(level.shift)) & np.uint64((1 << level.bits) - 1)
    return (node << level.bits) | inside.astype(np.int64)


def _descend(level: Level, nodes: Words, below: Words, *, width: int) -> Codes:
    """Point the cells above new nodes at them; give what these cells held."""
    cells = _cells(level, nodes, below << np.uint64(level.shift), width=width)
    inherited = level.table[cells]
    level.table[cells] = -2 - np.arange(len(below), dtype=np.int32)
    return inherited


def _paint(
    level: Level,
    nodes: Words,
    entries: tuple[Words, NDArray[np.uint8], Codes],
    *,
    width: int,
) -> None:
    """Write the entries that end in this level, the shorter first, so that the longest stays."""
    words, lengths, codes = entries
    depth = width - level.shift
    for length in range(depth - level.bits, depth + 1):
        chosen = np.flatnonzero(lengths == length)
        if not len(chosen):
            continue
        cells = _cells(level, nodes, words[chosen], width=width)
        span = 1 << (depth - length)
        if span >= 256:
            for cell, code in zip(cells.tolist(), codes[chosen].tolist(), strict=True):
                level.table[cell : cell + span] = code
        else:
            spread = (cells[:, None] + np.arange(span)).ravel()
            level.table[spread] = np.repeat(codes[chosen], span)


def _slots(
    bases: list[tuple[int, int, int]], entries: list[tuple[int, int, int]], bits: int
) -> Slots:
    """Cut nested prefixes into disjoint ranges, each with the code of the longest."""
    starts = {base[0] for base in bases}
    keys: list[int] = []
    codes: list[int] = []
    offsets: list[int] = []
    for key, code in _boundaries(sorted(bases + entries, key=lambda row: row[:2]), bits):
        if keys and keys[-1] == key:
            codes[-1] = code
        else:
            keys.append(key)
            codes.append(code)
        if key in starts and (not offsets or offsets[-1] < len(keys) - 1):
            offsets.append(len(keys) - 1)
    offsets.append(len(keys))
    half = (1 << 64) - 1
    return Slots(
        np.array(offsets, np.int64),
        np.array([key >> 64 for key in keys], np.uint64) if bits == 128 else None,
        np.array([key & half for key in keys], np.uint64),
        np.array(codes, np.int32),
        keys,
    )


def _boundaries(rows: list[tuple[int, int, int]], bits: int) -> Iterator[tuple[int, int]]:
    """Give each address where the longest prefix changes, and the code from there on."""
    full = 1 << bits
    open_: list[tuple[int, int]] = []  # the prefixes around this place: (address after it, code)
    for start, length, code in rows:
        while open_ and open_[-1][0] <= start:
            after, _ = open_.pop()
            if after < full:
                yield after, open_[-1][1] if open_ else NONE
        open_.append((start + (1 << (bits - length)), code))
        yield start, code
    while open_:
        after, _ = open_.pop()
        if after < full:
            yield after, open_[-1][1] if open_ else NONE

"""Minimal cut sets: the smallest sets of actors that together make a function fail.

Three exact methods, each where it is quick:

* size 1 (single points of failure) in one pass over the circuit with one bit per actor;
* sizes 2, 3, ... in one pass each, with one bit per subset of that size of the actors that
  are left (those that do it alone are taken out first), smaller cut sets being struck out
  of the answer with all that hold them;
* all of them through a decision diagram (:mod:`depgraph.analysis.diagram`), which also
  counts them by size without listing them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from depgraph.analysis.circuit import ALWAYS, Game
from depgraph.analysis.diagram import Solutions, TooBigError

_WIDEST = 1 << 16
"""Subsets evaluated in one pass (8 KiB a node); wider tables are cut into blocks."""

_MOST = 1 << 23
"""Work for one size of subsets: steps on some 4,000 of them (some seconds at the very worst)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Minimal cut sets of one function, as bit masks over the players of the game.

    Parameters
    ----------
    sets
        In order of size, then of the lowest players.
    complete_to
        Every cut set up to this size is among them; None: all of any size.
    counts
        How many there are of size 0, 1, 2, ... where this is known for all sizes.
    """

    sets: tuple[int, ...]
    complete_to: int | None
    counts: tuple[int, ...] | None = None


def singles(game: Game) -> tuple[int, ...]:
    """Give for each root the players that make it fail alone, as a bit mask.

    One pass: bit *i* of a vector is the withdrawal of player *i* and nobody else.
    """
    count = len(game.players)
    return game.failing([1 << player for player in range(count)], (1 << count) - 1)


def up_to(game: Game, size: int) -> tuple[Found, ...]:
    """Find the minimal cut sets of each root up to a size, exactly."""
    alone = singles(game)
    # Functions that hang on the same are one root.
    places = {slot: root for root, slot in enumerate(game.roots)}
    found = {slot: _up_to(game, root, alone[root], size) for slot, root in places.items()}
    return tuple(found[slot] for slot in game.roots)


def _up_to(game: Game, root: int, alone: int, size: int) -> Found:
    if game.roots[root] < 0:
        return Found((0,) if game.roots[root] == ALWAYS else (), size)
    if size < 2:
        return Found(tuple(1 << player for player in members(alone)), size)
    rest = [p for p in range(len(game.players)) if not alone >> p & 1]
    if len(rest) < 2:
        return Found(tuple(1 << player for player in members(alone)), size)
    small = game.restrict(rest, root)
    back = _translation(game, small)
    found: list[int] = []
    reached = 1
    while reached < min(size, len(small.players)) and _affordable(small, reached + 1):
        reached += 1
        found += _of_size(small, reached, found)
    sets = [1 << player for player in members(alone)]
    sets += (sum(back[player] for player in members(mask)) for mask in found)
    return Found(_order(sets), size if reached >= len(small.players) else reached)


def every(game: Game, root: int, *, budget: int, limit: int) -> Found:
    """Find all minimal cut sets of a root, in order of size, up to a number of them.

    Parameters
    ----------
    budget
        Most nodes of the decision diagram; past it the sizes are taken one by one for as
        long as their subsets can be evaluated.
    limit
        Most cut sets listed; the sizes that fit in whole are listed.
    """
    if game.roots[root] < 0:
        return Found((0,) if game.roots[root] == ALWAYS else (), None, None)
    alone = singles(game)[root]
    rest = [p for p in range(len(game.players)) if not alone >> p & 1]
    small = game.restrict(rest, root)
    back = _translation(game, small)
    found = [1 << player for player in members(alone)]
    try:
        solutions = Solutions(small, budget=budget)
    except TooBigError:
        return _by_size(small, back, found, limit=limit)
    counts = [0, len(found), *solutions.counts[2:]]
    for size in range(2, len(counts)):
        if len(found) + counts[size] > limit:
            return Found(_order(found), size - 1, tuple(counts))
        found += (sum(back[player] for player in members(mask)) for mask in solutions.of_size(size))
    return Found(_order(found), None, tuple(counts))


def _by_size(small: Game, back: list[int], found: list[int], *, limit: int) -> Found:
    masks: list[int] = []
    size = 1
    while size < len(small.players):
        if not _affordable(small, size + 1):
            break
        new = list(_of_size(small, size + 1, masks))
        if len(found) + len(masks) + len(new) > limit:
            break
        masks += new
        size += 1
    found = found + [sum(back[player] for player in members(mask)) for mask in masks]
    return Found(_order(found), size if size < len(small.players) else None)


def _affordable(game: Game, size: int) -> bool:
    count = len(game.players)
    subsets = comb(count, size)
    passes = 1 if subsets <= _WIDEST else count
    return game.circuit.size * (passes + subsets // 4096) <= _MOST


def _of_size(game: Game, size: int, smaller: list[int]) -> Iterator[int]:
    """List the minimal cut sets of one size, all smaller ones being given.

    Subsets stand in colexicographic order, so that those whose greatest player is *top*
    are the subsets of one size less of the players below it: one block each.
    """
    count = len(game.players)
    if comb(count, size) <= _WIDEST:
        ones = (1 << comb(count, size)) - 1
        for position in _unsubsumed(game, _holding(count, size), ones, smaller):
            yield _subset(position, size)
        return
    below = _holding(count, size - 1)
    for top in range(size - 1, count):
        ones = (1 << comb(top, size - 1)) - 1
        vectors = [vector & ones for vector in below[:top]]
        vectors += [ones] + [0] * (count - top - 1)
        for position in _unsubsumed(game, vectors, ones, smaller):
            yield 1 << top | _subset(position, size - 1)


def _unsubsumed(game: Game, vectors: Sequence[int], ones: int, smaller: list[int]) -> list[int]:
    """Give the positions of the failing subsets that hold none of the smaller cut sets."""
    (failing,) = game.failing(vectors, ones)
    for mask in smaller if failing else ():
        holding = ones
        for player in members(mask):
            holding &= vectors[player]
        failing &= ~holding
    return members(failing)


@lru_cache(maxsize=16)
def _holding(count: int, size: int) -> tuple[int, ...]:
    """Give for each player the vector of the subsets of a size that hold it.

    Subsets stand in colexicographic order: first those of player 0 to *top* - 1, then those
    whose greatest is *top*. The table of fewer players is therefore a prefix of this one.
    """
    if size == 1:
        return tuple(1 << player for player in range(count))
    smaller = _holding(count, size - 1)
    table = []
    for player in range(count):
        vector = ((1 << comb(player, size - 1)) - 1) << comb(player, size)
        for top in range(player + 1, count):
            vector |= (smaller[player] & ((1 << comb(top, size - 1)) - 1)) << comb(top, size)
        table.append(vector)
    return tuple(table)


def _subset(position: int, size: int) -> int:
    """Give the subset at a position of the colexicographic order, as a bit mask."""
    mask = 0
    for left in range(size, 0, -1):
        top = left - 1
        while comb(top + 1, left) <= position:
            top += 1
        position -= comb(top, left)
        mask |= 1 << top
    return mask


def members(mask: int) -> list[int]:
    """List the positions of the bits that are set, lowest first."""
    text = bin(mask)[:1:-1]
    found = []
    position = text.find("1")
    while position >= 0:
        found.append(position)
        position = text.find("1", position + 1)
    return found


def _translation(game: Game, small: Game) -> list[int]:
    place = {node: 1 << slot for slot, node in enumerate(game.players)}
    return [place[node] for node in small.players]


def _order(sets: list[int]) -> tuple[int, ...]:
    return tuple(sorted(sets, key=lambda mask: (mask.bit_count(), members(mask))))

"""What falls, in all services at once, if somebody withdraws: their circuits, made into one.

Equal parts of different services are one node (interned), services whose functions hang on the
same nodes are one ending, and the whole is evaluated in passes of 64 withdrawals by numpy alone:
of each node one word of 64 bits, a bit for each withdrawal, for the best case and for the worst.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import numpy as np

from depgraph.analysis.circuit import ALWAYS
from depgraph.survey.circuit import Node, decoded

_BITS: Final = 64  # withdrawals of one pass
_PART: Final = 8192  # endings that are counted at a time
_ONES: Final = np.uint64(2**_BITS - 1)

Words = np.ndarray[Any, np.dtype[np.uint64]]
"""A bit for each withdrawal of a pass."""


class Shared:
    """The circuits of all services as one.

    Parameters
    ----------
    rows
        Of the table `circuits`.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        nodes = _Nodes()
        self.services: list[str] = []
        endings: dict[Any, int] = {}  # functions and what they hang on -> number
        several = array("i")
        for row in rows:
            place = nodes.add(row["inputs"], row["code"])
            key = (
                tuple(row["functions"]),
                *(
                    tuple(root if root < 0 else place[root] for root in row[confidence])
                    for confidence in ("certain", "likely")
                ),
            )
            self.services.append(row["service"])
            several.append(endings.setdefault(key, len(endings)))
        self._ending = np.array(several, dtype=np.int32)
        self._count = np.bincount(self._ending, minlength=len(endings))
        self._names = [name for names, _, _ in endings for name in names]
        sizes = [len(names) for names, _, _ in endings]
        self._starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._layout = _Layout(nodes)
        self._inputs = {key: self._layout.place[node] for key, node in nodes.inputs.items()}
        pairs = [
            np.array([root for ending in endings for root in ending[column]], dtype=np.int64)
            for column in (1, 2)
        ]
        self._roots = np.stack([self._layout.moved(roots) for roots in pairs], axis=1)

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return self._layout.count

    @property
    def size(self) -> int:
        """Bytes of the arrays that are held, and of the words of one pass."""
        held: list[np.ndarray[Any, Any]] = [self._ending, self._count, self._starts, self._roots]
        held += self._layout.kids
        return sum(int(one.nbytes) for one in held) + 2 * 8 * len(self)

    @property
    def functions(self) -> Iterator[tuple[str, str]]:
        """Each service with each of its functions."""
        for service, ending in zip(self.services, self._ending.tolist(), strict=True):
            for name in self._names[self._starts[ending] : self._starts[ending + 1]]:
                yield service, name

    def states(self, queries: Sequence[Iterable[str]]) -> np.ndarray[Any, Any]:
        """Return what becomes of each function under each withdrawal.

        Parameters
        ----------
        queries
            For each withdrawal the ids of the actors.

        Returns
        -------
        numpy.ndarray
            By function, as :attr:`functions` has them, and withdrawal: 0 works, 1 undetermined,
            2 fails.
        """
        found = np.zeros((len(self._roots), len(queries)), dtype=np.uint8)
        bits = np.arange(_BITS, dtype=np.uint64)
        for start, best, worst in self._passes(queries):
            failing, undecided = _decided(self._roots, best, worst)
            down, doubt = ((one[:, None] >> bits) & np.uint64(1) for one in (failing, undecided))
            part = found[:, start : start + _BITS]
            part[:] = (2 * down + doubt)[:, : part.shape[1]]
        firsts, sizes = self._starts[self._ending], np.diff(self._starts)[self._ending]
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        of_each: np.ndarray[Any, Any] = found[np.repeat(firsts, sizes) + within]
        return of_each

    def counts(self, queries: Sequence[Iterable[str]]) -> list[tuple[int, int]]:
        """Count services under each withdrawal.

        Parameters
        ----------
        queries
            For each withdrawal the ids of the actors.

        Returns
        -------
        list of tuple
            In how many services some function fails, and in how many others some is undetermined.
        """
        found: list[tuple[int, int]] = []
        for start, best, worst in self._passes(queries):
            counted = np.zeros((2, _BITS), dtype=np.int64)
            for first in range(0, len(self._count), _PART):
                starts = self._starts[first : first + _PART + 1]
                some = np.flatnonzero(np.diff(starts))  # a service need not have any function
                if not len(some):
                    continue
                roots = self._roots[starts[0] : starts[-1]]
                failing, undecided = (
                    np.bitwise_or.reduceat(words, starts[some] - starts[0])
                    for words in _decided(roots, best, worst)
                )
                weights = self._count[first : first + _PART][some]
                counted[0] += _weighed(failing, weights)
                undecided &= ~failing
                counted[1] += _weighed(undecided, weights)
            found += list(zip(*counted.tolist(), strict=True))[: len(queries) - start]
        return found

    def _passes(self, queries: Sequence[Iterable[str]]) -> Iterator[tuple[int, Words, Words]]:
        """Yield the first query of each pass, and the words of all nodes, best case and worst."""
        for start in range(0, len(queries), _BITS):
            part = [list(query) for query in queries[start : start + _BITS]]
            best, worst = (self._evaluated(part, worst=worst) for worst in (False, True))
            yield start, best, worst

    def _evaluated(self, queries: Sequence[Sequence[str]], *, worst: bool) -> Words:
        words: Words = np.zeros(len(self), dtype=np.uint64)
        for bit, actors in enumerate(queries):
            kinds = {actor.partition(":")[0] for actor in actors}
            keys = [*actors, *(f"?{kind}" for kind in kinds)] if worst else actors
            for key in keys:
                if key in self._inputs:
                    words[self._inputs[key]] |= np.uint64(1 << bit)
        self._layout.evaluate(words)
        return words


def _decided(roots: np.ndarray[Any, Any], best: Words, worst: Words) -> tuple[Words, Words]:
    """Return which functions fail and which are undetermined: the surest confidence decides."""

    def of(words: Words, column: int) -> Words:
        nodes = roots[:, column]
        picked = words[np.maximum(nodes, 0)] if len(words) else np.uint64(0)
        fixed = np.where(nodes == ALWAYS, _ONES, np.uint64(0))
        return np.where(nodes < 0, fixed, picked)

    fails, may = of(best, 0), of(worst, 0)
    open_ = ~fails & may
    fails_likely, may_likely = of(best, 1), of(worst, 1)
    return fails | (open_ & fails_likely), open_ & ~fails_likely & may_likely


def _weighed(words: Words, weights: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return for each of the 64 withdrawals the sum of the weights of the words with its bit."""
    octets = words.astype("<u8").view(np.uint8).reshape(-1, 8)
    bits = np.unpackbits(octets, axis=1, bitorder="little")
    summed: np.ndarray[Any, Any] = weights.astype(np.float64) @ bits.astype(np.float64)
    return summed.astype(np.int64)  # exact: far fewer than 2**53 services


@lru_cache(maxsize=1024)
def _blocks(code: tuple[int, ...]) -> tuple[tuple[Node, ...], ...]:
    """Return the blocks of a circuit: thousands of services have the same, with other actors."""
    return tuple(decoded(code))


class _Nodes:
    """The nodes in the making, each with what it needs, equal ones once."""

    def __init__(self) -> None:
        self.inputs: dict[str, int] = {}
        self.kids: list[tuple[int, ...]] = []
        self.either: list[bool] = []
        self.depth: list[int] = []
        self.circle: list[bool] = []
        self._same: dict[Any, int] = {}

    def add(self, inputs: Sequence[str], code: Sequence[int]) -> list[int]:
        """Take in the circuit of a service; return which node each of its own is."""
        place: list[int] = []
        for key in inputs:
            if key not in self.inputs:
                self.inputs[key] = self._new((), either=False, depth=0, circle=False)
            place.append(self.inputs[key])
        for block in _blocks(tuple(code)):
            place += self._block(block, place)
        return place

    def _new(self, kids: tuple[int, ...], *, either: bool, depth: int, circle: bool) -> int:
        self.kids.append(kids)
        self.either.append(either)
        self.depth.append(depth)
        self.circle.append(circle)
        return len(self.kids) - 1

    def _block(self, block: tuple[Node, ...], place: Sequence[int]) -> list[int]:
        first = len(place)
        if len(block) == 1 and first not in block[0][1]:
            either, kids = block[0]
            outer = tuple(sorted({place[kid] for kid in kids}))
            plain = (either, outer)
            if plain not in self._same:
                depth = 1 + max(self.depth[kid] for kid in outer)
                self._same[plain] = self._new(outer, either=either, depth=depth, circle=False)
            return [self._same[plain]]
        # Of a circle the nodes within it are known by their place in it, the others by number.
        key = tuple(
            (either, tuple(place[kid] if kid < first else first - kid - 1 for kid in kids))
            for either, kids in block
        )
        if key not in self._same:
            base = len(self.kids)
            outer = tuple(place[kid] for _, kids in block for kid in kids if kid < first)
            depth = 1 + max((self.depth[kid] for kid in outer), default=0)
            self._same[key] = base
            for either, kids in block:
                inner = tuple(place[kid] if kid < first else base + kid - first for kid in kids)
                self._new(inner, either=either, depth=depth, circle=True)
        base = self._same[key]
        return list(range(base, base + len(block)))


class _Layout:
    """The nodes in arrays, depth by depth: those of one kind that need as many follow each other.

    Parameters
    ----------
    nodes
        Those that were made.
    """

    def __init__(self, nodes: _Nodes) -> None:
        self.count = len(nodes.kids)
        kinds = zip(nodes.depth, nodes.circle, nodes.either, map(len, nodes.kids), strict=True)
        groups: dict[tuple[int, bool, bool, int], array[int]] = {}
        for node, kind in enumerate(kinds):
            # What needs nothing, an input, is given: it stands before all others.
            groups.setdefault(kind if kind[3] else (-1, False, False, 0), array("i")).append(node)
        self.place = np.zeros(self.count, dtype=np.int32)
        self._steps: list[tuple[int, bool, bool, int, int]] = []
        self.kids: list[np.ndarray[Any, Any]] = []
        end = 0
        for (depth, circle, either, width), several in sorted(groups.items()):
            start, end = end, end + len(several)
            self.place[np.array(several, dtype=np.int32)] = np.arange(start, end, dtype=np.int32)
            if width:
                self._steps.append((depth, circle, either, start, end))
        ordered = sorted(groups.items())
        for (_, _, _, width), several in ordered:
            if width:
                needs = np.array([nodes.kids[node] for node in several], dtype=np.int32)
                self.kids.append(np.ascontiguousarray(self.place[needs].T))

    def moved(self, nodes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return where nodes stand; what is no node stays as it is."""
        found = nodes.astype(np.int32)
        there = nodes >= 0
        found[there] = self.place[nodes[there]]
        return found

    def evaluate(self, words: Words) -> None:
        """Fill in which nodes fail, from the inputs on."""
        steps = zip(self._steps, self.kids, strict=True)
        for (_, circle), several in groupby(steps, key=lambda step: step[0][:2]):
            if circle:
                _settle(list(several), words)
                continue
            for (_, _, either, start, end), kids in several:
                words[start:end] = _reduced(kids, words, either=either)


def _reduced(kids: np.ndarray[Any, Any], words: Words, *, either: bool) -> Words:
    rule = np.bitwise_and if either else np.bitwise_or
    found: Words = words[kids[0]]
    for more in kids[1:]:
        rule(found, words[more], out=found)
    return found


def _settle(steps: Sequence[Any], words: Words) -> None:
    """Iterate circles from "everything fails" down to their greatest fixed point."""
    for (_, _, _, start, end), _ in steps:
        words[start:end] = _ONES
    changed = True
    while changed:
        changed = False
        for (_, _, either, start, end), kids in steps:
            new = _reduced(kids, words, either=either)
            if not np.array_equal(new, words[start:end]):
                words[start:end] = new
                changed = True

"""Order the boxes of each column so that few lines cross (Sugiyama, Tagawa, Toda 1981).

Barycentre sweeps with exchanges of neighbours, from several starts; the first starts are
depth-first walks, as Graphviz's dot has them (Gansner et al. 1993): without them about
twice the crossings were left. Everything is counted, nothing is timed, and the shuffles
have a fixed seed: the same graph always gets the same order.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

Columns = list[list[int]]
Neighbours = list[list[int]]

_STARTS = 10
_WALKS = 4
_SWEEPS = 24
_PATIENCE = 8  # sweeps without progress before a start is given up


def order(
    columns: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]
) -> tuple[Columns, int]:
    """Order each column.

    Parameters
    ----------
    columns
        The nodes (numbered from 0) of each column, left to right.
    links
        Pairs of nodes in adjacent columns, left one first, none twice.

    Returns
    -------
    The columns, ordered, and the number of crossings left between adjacent columns.
    """
    count = 1 + max((node for column in columns for node in column), default=-1)
    left: Neighbours = [[] for _ in range(count)]
    right: Neighbours = [[] for _ in range(count)]
    for a, b in links:
        right[a].append(b)
        left[b].append(a)
    shuffle = random.Random(0)  # noqa: S311  (a layout, not a secret)
    best: Columns = [list(column) for column in columns]
    fewest = _total(best, right)
    for start in range(_STARTS):
        if fewest == 0:
            break
        current = _start(columns, left, right, start, shuffle)
        idle = 0
        for sweep in range(_SWEEPS):
            _barycentres(current, left, right, forward=sweep % 2 == 0)
            _exchange(current, left, right)
            found = _total(current, right)
            if found < fewest:
                best, fewest, idle = [list(column) for column in current], found, 0
            else:
                idle += 1
            if fewest == 0 or idle >= _PATIENCE:
                break
    return best, fewest


def _start(
    columns: Sequence[Sequence[int]],
    left: Neighbours,
    right: Neighbours,
    number: int,
    shuffle: random.Random,
) -> Columns:
    current = [list(column) for column in columns]
    if number < _WALKS:
        seen = _walk(current, right if number % 2 == 0 else left, number)
        for column in current:
            column.sort(key=seen.__getitem__)
    elif number > _WALKS:
        for column in current:
            shuffle.shuffle(column)
    return current


def _walk(columns: Columns, onward: Neighbours, number: int) -> dict[int, int]:
    """Walk depth first from one side, and number the nodes as they are met."""
    seen: dict[int, int] = {}
    for column in columns if number % 2 == 0 else columns[::-1]:
        for node in column:
            stack = [node]
            while stack:
                here = stack.pop()
                if here not in seen:
                    seen[here] = len(seen)
                    stack.extend(onward[here] if number < _WALKS // 2 else onward[here][::-1])
    return seen


def _between(column: list[int], following: list[int], right: Neighbours) -> int:
    place = {node: i for i, node in enumerate(following)}
    seen: list[int] = []
    count = 0
    for node in column:
        ends = sorted(place[other] for other in right[node])
        for end in ends:
            count += len(seen) - bisect_right(seen, end)
        for end in ends:
            insort(seen, end)
    return count


def _total(columns: Columns, right: Neighbours) -> int:
    return sum(_between(columns[i], columns[i + 1], right) for i in range(len(columns) - 1))


def _barycentres(columns: Columns, left: Neighbours, right: Neighbours, *, forward: bool) -> None:
    near = left if forward else right
    turn = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
    for i in turn:
        place = {node: k for k, node in enumerate(columns[i - 1 if forward else i + 1])}
        key = {}
        for k, node in enumerate(columns[i]):
            others = near[node]
            key[node] = sum(place[o] for o in others) / len(others) if others else float(k)
        columns[i].sort(key=key.__getitem__)


def _exchange(columns: Columns, left: Neighbours, right: Neighbours) -> None:
    """Swap neighbours in a column where that saves crossings, a few rounds."""
    for _ in range(3):
        changed = False
        for i, column in enumerate(columns):
            sides = [
                (near, {node: k for k, node in enumerate(columns[j])})
                for j, near in ((i - 1, left), (i + 1, right))
                if 0 <= j < len(columns)
            ]
            spots = [
                {node: sorted(place[o] for o in near[node]) for node in column}
                for near, place in sides
            ]
            for k in range(len(column) - 1):
                a, b = column[k], column[k + 1]
                if sum(_gain(spot[a], spot[b]) for spot in spots) > 0:
                    column[k], column[k + 1] = b, a
                    changed = True
        if not changed:
            return


def _gain(upper: list[int], lower: list[int]) -> int:
    """Tell how many crossings a swap saves, from the sorted neighbours of both."""
    return sum(bisect_left(lower, a) + bisect_right(lower, a) - len(lower) for a in upper)

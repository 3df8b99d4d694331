"""Order the boxes of each column so that few lines cross (Sugiyama, Tagawa, Toda 1981).

Barycentre sweeps with sifting (Matuszewski, Schönfeld, Molitor 1999), from several starts; the first are
depth-first walks, as Graphviz's dot has them (Gansner et al. 1993): without them about
twice the crossings were left. Everything is counted, nothing is timed, and the shuffles
have a given seed: the same graph always gets the same order.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence

Columns = list[list[int]]
Neighbours = list[list[int]]

_STARTS = 32
_EFFORT = 30_000  # links times shakes
_SHAKEN = 3  # nodes that a shake moves
_WALKS = 4
_SWEEPS = 24
_ROUNDS = 4
_SWEEP_PATIENCE = 4  # sweeps without progress
_PATIENCE = 3  # siftings without progress before a start is given up


def order(
    columns: Sequence[Sequence[int]],
    links: Sequence[tuple[int, int]],
    bows: Sequence[tuple[int, int]] = (),
    *,
    seed: int = 0,
) -> tuple[Columns, int]:
    """Order each column.

    Parameters
    ----------
    columns
        The nodes (numbered from 0) of each column, left to right.
    links
        Pairs of nodes in adjacent columns, left one first, none twice.
    bows
        Pairs of nodes in one column, whose line bows out to the right: it crosses what
        leaves between the two. While searching, each counts as two lines to a helper in the
        next column; what is kept is decided by the true number.
    seed
        Of the shuffles.

    Returns
    -------
    The columns, ordered, and the number of crossings left.
    """
    total = 1 + max((node for column in columns for node in column), default=-1)
    lists, helped = _helpers(columns, bows, total)
    left, right = _neighbours([*links, *helped], total + len(bows))
    columns, real = lists, _neighbours(links, total + len(bows))[1]

    def count(ordered: Columns) -> int:
        return _total(ordered, real) + _bowed(ordered, real, bows)

    shuffle = random.Random(seed)  # noqa: S311  (a layout, not a secret)
    best: Columns = [list(column) for column in columns]
    fewest = count(best)
    for start in range(_STARTS):
        if fewest == 0:
            break
        current = _settled(_start(columns, left, right, start, shuffle), left, right)
        idle = 0
        while idle < _PATIENCE:
            _sift(current, left, right)
            found = count(current)
            if found < fewest:
                best, fewest, idle = [list(column) for column in current], found, 0
            else:
                idle += 1
            for forward in (True, False):
                _barycentres(current, left, right, forward=forward)
    for _ in range(_EFFORT // max(len(links), 1)):
        if fewest == 0:
            break
        current = [list(column) for column in best]
        _sift(current, left, right, _shake(current, shuffle))
        found = count(current)
        if found <= fewest:
            best, fewest = current, found
    return [[node for node in column if node < total] for column in best], fewest


def _neighbours(links: Iterable[tuple[int, int]], many: int) -> tuple[Neighbours, Neighbours]:
    left: Neighbours = [[] for _ in range(many)]
    right: Neighbours = [[] for _ in range(many)]
    for a, b in links:
        right[a].append(b)
        left[b].append(a)
    return left, right


def _helpers(
    columns: Sequence[Sequence[int]], bows: Sequence[tuple[int, int]], total: int
) -> tuple[Columns, list[tuple[int, int]]]:
    lists = [list(column) for column in columns]
    where = {node: i for i, column in enumerate(columns) for node in column}
    links = []
    for helper, (a, b) in enumerate(bows, start=total):
        if where[a] + 1 < len(lists):
            lists[where[a] + 1].append(helper)
            links += [(a, helper), (b, helper)]
        elif where[a] > 0:
            lists[where[a] - 1].append(helper)
            links += [(helper, a), (helper, b)]
    return lists, links


def _bowed(columns: Columns, right: Neighbours, bows: Sequence[tuple[int, int]]) -> int:
    """Count what the bows cross: lines that leave between their ends, and each other."""
    if not bows:
        return 0
    place = {node: (i, k) for i, column in enumerate(columns) for k, node in enumerate(column)}
    spans: list[tuple[int, int, int]] = []
    crossed = 0
    for a, b in bows:
        (i, one), (_, other) = place[a], place[b]
        low, high = min(one, other), max(one, other)
        crossed += sum(len(right[node]) for node in columns[i][low + 1 : high])
        crossed += sum(
            s[0] == i and (s[1] < low < s[2] < high or low < s[1] < high < s[2]) for s in spans
        )
        spans.append((i, low, high))
    return crossed


def _shake(columns: Columns, shuffle: random.Random) -> set[int]:
    """Move a few nodes of a column anywhere in it; give the columns to look at again."""
    i = shuffle.choice([k for k, column in enumerate(columns) if len(column) > 1])
    column = columns[i]
    for _ in range(_SHAKEN):
        node = column.pop(shuffle.randrange(len(column)))
        column.insert(shuffle.randrange(len(column) + 1), node)
    return {j for j in (i - 1, i + 1) if 0 <= j < len(columns)}


def _settled(current: Columns, left: Neighbours, right: Neighbours) -> Columns:
    """Sweep until nothing is gained, and give the best order met."""
    near, least, idle = [list(column) for column in current], _total(current, right), 0
    for sweep in range(_SWEEPS):
        _barycentres(current, left, right, forward=sweep % 2 == 0)
        found = _total(current, right)
        if found < least:
            near, least, idle = [list(column) for column in current], found, 0
        else:
            idle += 1
        if idle >= _SWEEP_PATIENCE:
            break
    return near


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


def _sift(
    columns: Columns,
    left: Neighbours,
    right: Neighbours,
    first: Iterable[int] | None = None,
) -> None:
    """Put each node where its column has the fewest crossings, until none can be bettered."""
    waiting = set(range(len(columns)) if first is None else first)
    for _ in range(_ROUNDS):
        for i in (*range(len(columns)), *range(len(columns) - 2, 0, -1)):
            if i in waiting:
                waiting.discard(i)
                if _sift_column(columns, i, left, right):
                    waiting |= {j for j in (i - 1, i + 1) if 0 <= j < len(columns)}
        if not waiting:
            return


def _sift_column(columns: Columns, i: int, left: Neighbours, right: Neighbours) -> bool:
    column = columns[i]
    worse = _worse(columns, i, left, right)
    better, moved = True, False
    while better:
        better = False
        for node in tuple(column):
            here = column.index(node)
            best, least, step = here, 0, 0
            for k in range(here - 1, -1, -1):  # upwards: above column[k] instead of below
                step += worse[node][column[k]]
                if step < least:
                    best, least = k, step
            step = 0
            for k in range(here + 1, len(column)):
                step -= worse[node][column[k]]
                if step < least:
                    best, least = k, step
            if best != here:
                column.pop(here)
                column.insert(best, node)
                better = moved = True
    return moved


def _worse(
    columns: Columns, i: int, left: Neighbours, right: Neighbours
) -> dict[int, dict[int, int]]:
    """Tell for two nodes of a column how many crossings more there are with the first above."""
    column = columns[i]
    found: dict[int, dict[int, int]] = {node: dict.fromkeys(column, 0) for node in column}
    for j, near in ((i - 1, left), (i + 1, right)):
        if not 0 <= j < len(columns):
            continue
        place = {node: k for k, node in enumerate(columns[j])}
        spots = {node: sorted(place[other] for other in near[node]) for node in column}
        linked = [node for node in column if spots[node]]
        for k, a in enumerate(linked):
            row, mine = found[a], spots[a]
            for b in linked[:k]:
                other = spots[b]
                if mine[-1] < other[0]:
                    more = -len(mine) * len(other)
                elif other[-1] < mine[0]:
                    more = len(mine) * len(other)
                else:
                    more = _gain(mine, other)
                    if not more:
                        continue
                row[b] += more
                found[b][a] -= more
    return found


def _gain(upper: list[int], lower: list[int]) -> int:
    """Count the crossings of two nodes as they stand, less those after a swap."""
    if len(upper) == 1:
        only = upper[0]
        return bisect_left(lower, only) + bisect_right(lower, only) - len(lower)
    if len(lower) == 1:
        only = lower[0]
        return len(upper) - bisect_left(upper, only) - bisect_right(upper, only)
    return sum(bisect_left(lower, a) + bisect_right(lower, a) - len(lower) for a in upper)

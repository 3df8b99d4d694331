"""Give the boxes of ordered columns their heights, and lines their way between them.

A line over several columns gets a slot of its own in each column that it passes, so that it
never runs through a box. Lines of one kind to one target share their slots (a bundle).
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from depgraph.pictures.layout.crossings import Columns, order

_ROUNDS = 12
_KEPT = 64  # layouts: a graph drawn again, in another language or on the page, has the same


@dataclass(frozen=True, slots=True)
class Link:
    """A line from node to node; those with the same bundle and target share their way."""

    source: int
    target: int
    bundle: Hashable = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes.

    `heights[node]` counts rows from the top (0 is the first). `routes[i]` lists
    (column, row) from source to target of link i.
    """

    heights: tuple[float, ...]
    routes: tuple[tuple[tuple[int, float], ...], ...]
    crossings: int


@lru_cache(maxsize=_KEPT)
def arrange(columns: tuple[int, ...], links: tuple[Link, ...], *, seed: int = 0) -> Layout:
    """Lay out a graph whose nodes have fixed columns.

    Parameters
    ----------
    columns
        For each node its column, numbered from 0 without a gap.
    links
        Lines in either direction, or within a column (those get no slots).
    seed
        Of the shuffles: another one gives another, about as good layout.
    """
    count = len(columns)
    lists: Columns = [[] for _ in range(max(columns, default=0) + 1)]
    for node, column in enumerate(columns):
        lists[column].append(node)
    chains, pairs, total = _chains(columns, links, lists)
    bows = list(
        dict.fromkeys(
            (link.source, link.target)
            for link in links
            if columns[link.source] == columns[link.target]
        )
    )
    ordered, crossings = order(lists, pairs, bows, seed=seed)
    heights = _heights(ordered, pairs, total, count)
    where = {node: i for i, column in enumerate(ordered) for node in column}
    routes = tuple(tuple((where[node], heights[node]) for node in chain) for chain in chains)
    return Layout(tuple(heights[:count]), routes, crossings)


def _chains(
    columns: Sequence[int], links: Sequence[Link], lists: Columns
) -> tuple[list[list[int]], list[tuple[int, int]], int]:
    """Put a dummy node into each column that a link passes."""
    total = len(columns)
    dummies: dict[Hashable, int] = {}
    pairs: dict[tuple[int, int], None] = {}
    chains = []
    for link in links:
        start, end = columns[link.source], columns[link.target]
        chain = [link.source]
        step = 1 if end > start else -1
        for column in range(start + step, end, step) if start != end else ():
            key = (link.target, link.bundle, column, step)
            if key not in dummies:
                dummies[key] = total
                lists[column].append(total)
                total += 1
            chain.append(dummies[key])
        chain.append(link.target)
        chains.append(chain)
        if start != end:
            walked = chain if step > 0 else chain[::-1]
            pairs |= dict.fromkeys(itertools.pairwise(walked))
    return chains, list(pairs), total


def _heights(
    ordered: Columns, pairs: Sequence[tuple[int, int]], total: int, count: int
) -> list[float]:
    left: list[list[int]] = [[] for _ in range(total)]
    right: list[list[int]] = [[] for _ in range(total)]
    for a, b in pairs:
        right[a].append(b)
        left[b].append(a)
    offsets = []
    for column in ordered:
        offset = [0.0]
        for a, b in itertools.pairwise(column):
            slim = (a >= count) + (b >= count)
            offset.append(offset[-1] + (1.0, 0.75, 0.5)[slim])
        offsets.append(offset)
    room = max((offset[-1] for offset in offsets), default=0.0)
    heights = [0.0] * total
    for column, offset in zip(ordered, offsets, strict=True):
        for node, down in zip(column, offset, strict=False):
            heights[node] = (room - offset[-1]) / 2 + down
    weight = [4.0 if node >= count else 1.0 for node in range(total)]
    for turn in range(_ROUNDS):
        forward = turn % 2 == 0
        numbers = range(len(ordered)) if forward else range(len(ordered) - 1, -1, -1)
        for i in numbers:
            want = {}
            for node in ordered[i]:
                near = left[node] if forward else right[node]
                if turn >= _ROUNDS - 2:
                    near = left[node] + right[node]
                want[node] = _median([heights[o] for o in near], heights[node])
            _settle(ordered[i], offsets[i], want, weight=weight, heights=heights, room=room)
    for i in (1, 0):
        if i < len(ordered):
            want = {
                node: (
                    (min(heights[o] for o in right[node]) + max(heights[o] for o in right[node]))
                    / 2
                    if right[node]
                    else heights[node]
                )
                for node in ordered[i]
            }
            _settle(ordered[i], offsets[i], want, weight=weight, heights=heights, room=room)
    return heights


def _median(values: list[float], default: float) -> float:
    if not values:
        return default
    values.sort()
    half = len(values) // 2
    return (values[half] + values[(len(values) - 1) // 2]) / 2


def _settle(
    column: Sequence[int],
    offset: Sequence[float],
    want: dict[int, float],
    *,
    weight: Sequence[float],
    heights: list[float],
    room: float,
) -> None:
    """Move a column as near to the wanted heights as its order and distances allow.

    Weighted isotonic regression by pooling adjacent violators (Ayer et al. 1955).
    """
    pools: list[list[float]] = []  # sum of weight times place, weight, how many
    for node, down in zip(column, offset, strict=False):
        pools.append([weight[node] * (want[node] - down), weight[node], 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    i = 0
    limit = room - offset[-1] if column else 0.0
    for sum_, mass, many in pools:
        place = min(max(sum_ / mass, 0.0), limit)
        for _ in range(int(many)):
            heights[column[i]] = place + offset[i]
            i += 1

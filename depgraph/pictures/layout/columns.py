"""Tiles in columns with lines between them: the body of the `full` and `providers` pictures."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from depgraph.pictures.engine.geometry import bounds, crossings, hits, meet, polyline, rectangle
from depgraph.pictures.engine.measure import width, wrap
from depgraph.pictures.engine.sheet import (
    CHIP,
    LEADING,
    MARGIN,
    SMALL,
    Sheet,
    chip_least,
    chip_lines,
    chip_width,
)
from depgraph.pictures.engine.values import Box, Line, Mark, Point
from depgraph.pictures.layout.condense import Need
from depgraph.pictures.layout.coordinates import Layout, Link, arrange
from depgraph.vocabulary import Confidence

_PITCH = 2.25  # of the size: from one row to the next
_HEAD = SMALL  # letters of a column's head, px
_HEAD_LINE = 12.0  # px from a line of a head to the next
_GAP = 0.5  # of the size: between two boxes of a column, at least
_SMALLEST_GAP = 15.0
_RING = 2.6
_FEW = 3  # crossings with which a layout is good enough
_SMALL, _TRIES = 64, 2  # a board of so few tiles is laid out so often, and the best one drawn
_SMALLEST_COLUMN = 56.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A chip in a column; see :meth:`depgraph.pictures.engine.sheet.Sheet.chip`."""

    id: str
    column: int
    label: str
    suffix: str = ""
    title: str = ""
    look: str = "plain"
    diamond: Confidence | None = None
    members: tuple[str, ...] = ()
    ring: bool = True
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """What :func:`board` drew: where it ends (px), lines that still cross."""

    bottom: float
    crossings: int


def board(
    sheet: Sheet,
    tiles: Sequence[Tile],
    needs: Sequence[Need],
    *,
    heads: Mapping[int, str],
    top: float,
    size: float,
    accents: frozenset[str] = frozenset(),
) -> Board:
    """Draw tiles in their columns, and the needs between them.

    Parameters
    ----------
    sheet
        Drawn on.
    tiles, needs
        The graph; ids of tiles are the ends of needs.
    heads
        What to write above each column.
    top
        The y where the heads begin.
    size
        Of the letters, px.
    accents
        Ids of tiles that lead to the chosen group and nowhere else.
    """
    used = sorted({tile.column for tile in tiles})
    column = {number: i for i, number in enumerate(used)}
    index = {tile.id: i for i, tile in enumerate(tiles)}
    grid = _grid(sheet, tiles, [heads.get(number, "") for number in used], column, size)
    heights = 1
    for i, (x, wide, number) in enumerate(zip(grid.lefts, grid.widths, used, strict=True)):
        room = wide + (grid.gap - 4 if i + 1 < len(used) else 0)
        words = wrap(heads.get(number, ""), room, _HEAD, bold=True)
        for k, line in enumerate(words):
            at = top + 5 + k * _HEAD_LINE
            sheet.say(x, at, line, size=_HEAD, ink="mid", bold=True)
        heights = max(heights, len(words))
    most = max((len(words) for words in _words(tiles, column, grid, size)), default=1)
    first = top + 16 + CHIP * size / 2 + (heights - 1) * _HEAD_LINE + _half(most, size)
    columns = tuple(column[tile.column] for tile in tiles)
    links = tuple(
        Link(index[n.source], index[n.target], (n.look, _backward(tiles, index, column, n)))
        for n in needs
    )
    best: _Try | None = None
    for seed in range(_TRIES if len(tiles) <= _SMALL else 1):
        layout = arrange(columns, links, seed=seed)
        trial = _tried(
            sheet, tiles, needs, column, layout=layout, grid=grid, first=first, size=size
        )
        if best is None or trial.crossings < best.crossings:
            best = trial
        if best.crossings <= _FEW:
            break
    if best is None:
        raise AssertionError  # there is always a first seed
    sheet.boxes += best.sheet.boxes
    sheet.texts += best.sheet.texts
    sheet.marks += best.sheet.marks
    lines = [replace(line, accent=line.target in accents) for line in best.lines]
    sheet.lines += lines
    _rings(sheet, tiles, lines, needs)
    return Board(best.bottom, best.crossings)


@dataclass(frozen=True, slots=True)
class _Try:
    """One layout as it would be drawn."""

    sheet: Sheet
    lines: list[Line]
    bottom: float
    crossings: int


def _tried(
    sheet: Sheet,
    tiles: Sequence[Tile],
    needs: Sequence[Need],
    column: Mapping[int, int],
    *,
    layout: Layout,
    grid: _Grid,
    first: float,
    size: float,
) -> _Try:
    own = Sheet(sheet.width, sheet.lang)
    boxes = {}
    words = _words(tiles, column, grid, size)
    rows = _rows(tiles, words, column, layout=layout, first=first, size=size)
    for tile, parts, row in zip(tiles, words, layout.heights, strict=True):
        i = column[tile.column]
        boxes[tile.id] = own.chip(
            grid.lefts[i],
            rows[row] - _half(len(parts), size),
            tile.label,
            id=tile.id,
            size=size,
            suffix=tile.suffix,
            look=tile.look,
            diamond=tile.diamond,
            room=grid.widths[i],
            title=tile.title,
            members=tile.members,
            failed=tile.failed,
        )
    lines = _lines(needs, layout, grid, boxes, rows)
    lines = _straightened(lines, boxes)
    routes = [(frozenset((line.source, line.target)), polyline(line)) for line in lines]
    bottom = max([max(rows.values()) + CHIP * size / 2, *(b.bottom for b in boxes.values())])
    return _Try(own, lines, bottom, crossings(routes))


def _half(lines: int, size: float) -> float:
    """Return how far the first of some lines of a box stands above its middle, px."""
    return (lines - 1) * LEADING * size / 2


def _words(
    tiles: Sequence[Tile], column: Mapping[int, int], grid: _Grid, size: float
) -> list[list[str]]:
    """Return the lines of the words of each tile."""
    return [
        chip_lines(
            tile.label,
            grid.widths[column[tile.column]],
            size,
            suffix=tile.suffix,
            diamond=tile.diamond is not None,
            italic=tile.look == "unknown",
        )
        for tile in tiles
    ]


def _rows(
    tiles: Sequence[Tile],
    words: Sequence[Sequence[str]],
    column: Mapping[int, int],
    *,
    layout: Layout,
    first: float,
    size: float,
) -> dict[float, float]:
    """Return the y (px) of each row in use: where no box meets another, nor a line's way.

    Rows are further apart only where a box of several lines stands between them.
    """
    stands: dict[int, set[tuple[float, float]]] = {}
    for tile, lines, row in zip(tiles, words, layout.heights, strict=True):
        stands.setdefault(column[tile.column], set()).add((row, _half(len(lines), size)))
    for route in layout.routes:
        for number, row in route[1:-1]:
            stands.setdefault(number, set()).add((row, 0.0))
    apart: dict[float, list[tuple[float, float]]] = {}
    for several in stands.values():
        for (row, half), (below, half_below) in itertools.pairwise(sorted(several)):
            if below > row and (half or half_below):
                room = CHIP * size + half + half_below + _GAP * size
                apart.setdefault(below, []).append((row, room))
    rows = sorted({row for several in stands.values() for row, _ in several})
    places = dict.fromkeys(rows[:1], first)
    for above, row in itertools.pairwise(rows):
        least = [places[upper] + room for upper, room in apart.get(row, ())]
        places[row] = max([places[above] + (row - above) * _PITCH * size, *least])
    return places


@dataclass(frozen=True, slots=True)
class _Grid:
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    gap: float


def _backward(
    tiles: Sequence[Tile], index: Mapping[str, int], column: Mapping[int, int], need: Need
) -> bool:
    source, target = tiles[index[need.source]], tiles[index[need.target]]
    return column[target.column] < column[source.column]


def _grid(
    sheet: Sheet,
    tiles: Sequence[Tile],
    heads: Sequence[str],
    column: Mapping[int, int],
    size: float,
) -> _Grid:
    """Make columns as wide as their words; in a narrow page as few words as can give way."""
    least = [max(width(word, _HEAD, bold=True) for word in head.split(" ")) - 8 for head in heads]
    least[-1] += 8  # the last head has no gap to lean into
    natural: list[list[float]] = [[] for _ in heads]
    pieces: list[list[float]] = [[] for _ in heads]  # in which no word is broken
    for tile in tiles:
        i = column[tile.column]
        for found, measure in ((natural, chip_width), (pieces, chip_least)):
            found[i].append(
                measure(
                    tile.label,
                    size,
                    suffix=tile.suffix,
                    diamond=tile.diamond is not None,
                    italic=tile.look == "unknown",
                )
            )
    whole = [max(low, *found) for low, found in zip(least, pieces, strict=True)]
    widths = [max(low, *found) for low, found in zip(least, natural, strict=True)]
    gaps = len(widths) - 1
    room = sheet.width - 2 * MARGIN - gaps * _SMALLEST_GAP
    for low in (whole, least):
        while sum(widths) > room and (step := _cheapest(widths, low, natural)) is not None:
            narrowed, to = step
            widths[narrowed] = max(to, widths[narrowed] - (sum(widths) - room))
    gap = _SMALLEST_GAP + (room - sum(widths)) / gaps if gaps else 0.0
    lefts = []
    x = MARGIN
    for wide in widths:
        lefts.append(x)
        x += wide + gap
    return _Grid(tuple(lefts), tuple(widths), gap)


def _cheapest(
    widths: Sequence[float], least: Sequence[float], natural: Sequence[Sequence[float]]
) -> tuple[int, float] | None:
    """Find the column that gives most room for each label that it shortens, and how far."""
    best: tuple[float, int, float] | None = None
    for i, wide in enumerate(widths):
        low = max(least[i], _SMALLEST_COLUMN)
        for to in sorted({max(w, low) for w in natural[i] if w < wide} | {low}):
            if to >= wide:
                continue
            hurt = sum(w > to + 0.01 for w in natural[i]) - sum(w > wide for w in natural[i])
            price = (hurt + 0.2 * sum(w > wide for w in natural[i]) + 0.01) / (wide - to)
            if best is None or price < best[0]:
                best = (price, i, to)
    return None if best is None else best[1:]


def _lines(
    needs: Sequence[Need],
    layout: Layout,
    grid: _Grid,
    boxes: Mapping[str, Box],
    rows: Mapping[float, float],
) -> list[Line]:
    both = {n.source for n in needs if n.alternative} & {
        n.source for n in needs if not n.alternative
    }
    drawn = []
    for need, route in zip(needs, layout.routes, strict=True):
        source, target = boxes[need.source], boxes[need.target]
        shift = 0.0
        if need.source in both:
            shift = source.height * (0.24 if need.alternative else -0.2)
        start, end = route[0][0], route[-1][0]
        between = [(c, rows[row]) for c, row in route[1:-1]]
        if start < end:
            points = [(source.right, source.middle + shift)]
            points.append((grid.lefts[start] + grid.widths[start], source.middle + shift))
            for c, y in between:
                points += [(grid.lefts[c], y), (grid.lefts[c] + grid.widths[c], y)]
            points.append((target.x, target.middle))
        elif start > end:
            points = [(source.x, source.middle)]
            for c, y in between:
                points += [(grid.lefts[c] + grid.widths[c], y), (grid.lefts[c], y)]
            points.append((grid.lefts[end] + grid.widths[end], target.middle))
            points.append((target.right, target.middle))
        else:
            out = grid.lefts[start] + grid.widths[start]
            y = source.middle + shift
            points = [(source.right, y), (out, y), (out, target.middle)]
            points.append((target.right, target.middle))
        drawn.append(
            Line(
                source=need.source,
                target=need.target,
                points=_distinct(points),
                evidence=need.look,
                bow=grid.gap * 0.45 if start == end else 0.0,
                arrow=start >= end,
                confidence=need.confidence,
            )
        )
    return drawn


def _distinct(points: Sequence[Point]) -> tuple[Point, ...]:
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 0.01:
            kept.append(point)
    return tuple(kept)


def _straightened(lines: list[Line], boxes: Mapping[str, Box]) -> list[Line]:
    """Let a long line go straight where it then hits no box and crosses no more lines."""
    done = list(lines)
    ways = [polyline(line) for line in lines]
    around = [bounds(way) for way in ways]
    walls = {box_id: rectangle(box, margin=3) for box_id, box in boxes.items()}
    for i, line in enumerate(lines):
        if len(line.points) <= 4 or line.arrow:
            continue
        short = replace(line, points=(*line.points[:2], line.points[-1]))
        way = polyline(short, steps=16)
        if any(
            hits(p, q, wall)
            for box_id, wall in walls.items()
            if box_id not in {line.source, line.target}
            for p, q in itertools.pairwise(way)
        ):
            continue
        box = bounds(way)
        others = [
            j
            for j, other in enumerate(done)
            if j != i and not {other.source, other.target} & {line.source, line.target}
        ]
        now = sum(meet(ways[i], ways[j], around[i], around[j]) for j in others)
        then = sum(meet(way, ways[j], box, around[j]) for j in others)
        if then <= now:
            done[i], ways[i], around[i] = short, way, box
    return done


def _rings(
    sheet: Sheet, tiles: Sequence[Tile], lines: Sequence[Line], needs: Sequence[Need]
) -> None:
    """Mark, where its lines leave, each node for which any one of them is enough."""
    wanted = {tile.id for tile in tiles if tile.ring}
    seen = set()
    for line, need in zip(lines, needs, strict=True):
        if need.alternative and need.source in wanted and need.source not in seen:
            seen.add(need.source)
            x, y = line.points[0]
            sheet.marks.append(Mark("ring", x, y, _RING, "ink", need.source))

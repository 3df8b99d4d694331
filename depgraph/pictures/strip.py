"""The strip: layers down, functions across; what several functions share spans them.

The picture to read in one glance: no lines, so nothing crosses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import networkx as nx

from depgraph.analysis import evaluate
from depgraph.analysis.verdicts import State
from depgraph.pictures.entries import LAYERS, Column, Entry, columns, no_front
from depgraph.pictures.findings import Findings, capital
from depgraph.pictures.frame import footer, legend, signs_of
from depgraph.pictures.groups import companies
from depgraph.pictures.labels import heading, not_known, short_name, whole
from depgraph.pictures.measure import drawable, width
from depgraph.pictures.sheet import CHIP, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.values import Box, Mark, Scene
from depgraph.schema import functions as function_nodes
from depgraph.texts import Words, words

SIZE = 11.0
_LEFT = 128.0
_STEP = SIZE * CHIP + 7
_BEHIND = "behind"
_STACKED = 480.0  # px: what is narrower has a block for what all share


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is written in one cell: its place, its entries, the functions it is about."""

    x: float
    width: float
    entries: tuple[Entry, ...]
    functions: tuple[str, ...]
    words: str = ""
    spans: bool = False


def strip(
    graph: nx.MultiDiGraph[str],
    *,
    findings: Findings,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    stacked: bool = False,
) -> Scene:
    """Draw who stands in which layer of each function.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    findings
        Who can stop what alone.
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled.
    page
        Width, px.
    stacked
        Functions below each other instead of side by side, what all share last: for a phone.
    """
    table = words(lang)
    every = function_nodes(graph)
    shown = [f for f in every if not f.endswith("/name")] or every
    found = columns(graph, shown, lang=lang)
    sheet = Sheet(page, lang)
    title, subtitle = findings.headline(table)
    top = sheet.head(title, subtitle) + 10
    edges = _edges(sheet, found)
    painter = _Painter(graph, sheet, findings, companies(graph, group), table)
    rows = {
        layer: cells
        for layer in (*LAYERS, _BEHIND)
        if (cells := _row(layer, found, edges, findings=findings, graph=graph, table=table))
        and any(entry.members for cell in cells for entry in cell.entries)
    }
    draw = _stack if stacked else _side_by_side
    middle = draw(painter, found, edges, rows, top)
    bottom = legend(sheet, middle + 2, table, signs_of(sheet, table, group))
    height = footer(sheet, bottom + 8, graph, table, notes=_notes(found, findings, table))
    return sheet.freeze(
        kind="strip",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.told]),
        header=tuple(table[f"column.{key}"] for key in ("layer", "function", "who", "evidence")),
        rows=painter.rows,
    )


def _side_by_side(
    painter: _Painter,
    found: Sequence[Column],
    edges: Sequence[tuple[float, float]],
    rows: Mapping[str, Sequence[_Cell]],
    top: float,
) -> float:
    """Write the functions beside each other; give the middle of what would be the next row."""
    for column, (x, wide) in zip(found, edges, strict=True):
        head = heading(column.functions, painter.table).upper()
        painter.sheet.say(x, top, head, size=SMALL, ink="mid", bold=True, room=wide)
    middle = top + 12 + SIZE * CHIP / 2 + 5
    for layer, cells in rows.items():
        middle = painter.row(layer, cells, middle)
    return middle


def _stack(
    painter: _Painter,
    found: Sequence[Column],
    edges: Sequence[tuple[float, float]],
    rows: Mapping[str, Sequence[_Cell]],
    top: float,
) -> float:
    """Write the functions below each other, then what all share."""
    left, whole_width = edges[0][0], painter.sheet.width - edges[0][0] - MARGIN - 8
    shared = {layer: cells for layer, cells in rows.items() if len(cells) < len(found)}
    blocks = [
        (
            heading(column.functions, painter.table),
            i,
            {layer: cells[i] for layer, cells in rows.items() if layer not in shared},
        )
        for i, column in enumerate(found)
    ]
    if shared:
        named = painter.table["picture.for-all"]
        blocks.append((named, len(found), {layer: cells[0] for layer, cells in shared.items()}))
    for named, number, cells in blocks:
        painter.sheet.say(left, top, named.upper(), size=SMALL, ink="mid", bold=True)
        middle = top + 12 + SIZE * CHIP / 2 + 5
        for layer, cell in cells.items():
            if cell.entries or cell.words:
                alone = replace(cell, x=left, width=whole_width)
                middle = painter.row(layer, (alone,), middle, block=number)
        top = middle + 2
    return top


def _edges(sheet: Sheet, found: Sequence[Column]) -> list[tuple[float, float]]:
    """Give the left edge and the width of each column; one that is absent takes less."""
    weights = [0.4 if column.absent else 1.0 for column in found]
    room = sheet.width - _LEFT - MARGIN - 12 * (len(found) - 1) - 16
    edges = []
    x = _LEFT + 8
    for weight in weights:
        wide = room * weight / sum(weights)
        edges.append((x, wide))
        x += wide + 12
    return edges


def _row(
    layer: str,
    found: Sequence[Column],
    edges: Sequence[tuple[float, float]],
    *,
    findings: Findings,
    graph: nx.MultiDiGraph[str],
    table: Words,
) -> list[_Cell]:
    per_column = [
        _behind(column, findings, graph) if layer == _BEHIND else column.cells.get(layer, ())
        for column in found
    ]
    present = [
        entries for column, entries in zip(found, per_column, strict=True) if not column.absent
    ]
    functions = tuple(f for column in found if not column.absent for f in column.functions)
    keys = {tuple((e.actor if not e.unknown else e.label) for e in entries) for entries in present}
    if len(keys) == 1 and present[0] and len(present) > 1:
        left, (last, wide) = edges[0][0], edges[-1]
        return [_Cell(left, last + wide - left, present[0], functions, spans=True)]
    cells = []
    for column, entries, (x, wide) in zip(found, per_column, edges, strict=True):
        said = ""
        if column.absent:
            said = table.say("picture.absent", reason=column.absent) if layer == "host" else ""
        elif not entries and layer == "front" and "/web" in column.functions[0]:
            hidden = no_front(column.cells)
            entries = hidden or ()  # noqa: PLW2901  (an unknown front is an entry)
            said = "" if hidden else table["picture.none"]
        cells.append(_Cell(x, wide, entries, column.functions, said))
    return cells


def _behind(column: Column, findings: Findings, graph: nx.MultiDiGraph[str]) -> tuple[Entry, ...]:
    """Give the companies that can stop a function alone and stand in none of its cells."""
    return tuple(
        Entry(node, short_name(whole(graph, node)), "observed", (node,), members=(node,))
        for node, stopped in findings.companies.items()
        if node not in column.actors and any(f in stopped for f in column.functions)
    )


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and remembers what it told."""

    graph: nx.MultiDiGraph[str]
    sheet: Sheet
    findings: Findings
    group: frozenset[str]
    table: Words
    told: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def row(self, layer: str, cells: Sequence[_Cell], middle: float, *, block: int = 0) -> float:
        """Write one layer of a block; give the middle of the next."""
        where = len(self.sheet.boxes)
        lines = max(self._cell(layer, i, cell, middle) for i, cell in enumerate(cells, block))
        top, high = middle - _STEP / 2 + 1, lines * _STEP - 2
        band = Box(
            f"band {layer} {block}",
            _LEFT,
            top,
            self.sheet.width - MARGIN - _LEFT,
            high,
            look="band",
        )
        self.sheet.boxes.insert(where, band)
        name = self.table.brief(f"layer.{layer}")
        self.sheet.say(MARGIN, middle, name, size=SIZE - 0.5, room=_LEFT - MARGIN - 6)
        self._tell(name, cells)
        return middle + lines * _STEP + 3

    def _tell(self, name: str, cells: Sequence[_Cell]) -> None:
        parts = []
        for cell in cells:
            functions = heading(cell.functions, self.table)
            if cell.entries:
                parts.append(f"{functions}: {', '.join(self._said(e) for e in cell.entries)}")
            self.rows += [
                (name, functions, self._said(entry), self.table.brief(f"evidence.{entry.evidence}"))
                for entry in cell.entries
            ]
        self.told.append(f"{capital(name)} – {'; '.join(parts)}.")

    def _said(self, entry: Entry) -> str:
        if not entry.unknown:
            return entry.label
        extra = [part for part in (entry.reason, self._last(entry)) if part]
        text = f"{self.table['evidence.unknown']}: {entry.label}"
        return f"{text} ({'; '.join(extra)})" if extra else text

    def _last(self, entry: Entry) -> str:
        return entry.elsewhen(self.table)

    def _stops(self, entry: Entry, cell: _Cell) -> bool:
        stopped = {f for node in entry.chain for f in self.findings.stops(node)}
        return set(cell.functions) <= stopped

    def _cell(self, layer: str, number: int, cell: _Cell, middle: float) -> int:
        """Write one cell; give the number of lines that it took."""
        sheet, x, lines = self.sheet, cell.x, 1
        if cell.words:
            sheet.say(x, middle, cell.words, size=SIZE - 1, ink="mid", italic=True, room=cell.width)
            return 1
        for i, entry in enumerate(cell.entries):
            tail = self._tail(entry)
            wish = 6 + width(drawable(tail), SMALL, italic=True) if tail else 0.0
            diamond = self._stops(entry, cell)
            label = entry.label
            if entry.unknown:
                label = not_known(label, self.table)
            natural = chip_width(label, SIZE, diamond=diamond, italic=entry.unknown)
            if natural > cell.width and not entry.unknown:  # its company goes to the tooltip
                label = label.partition(" · ")[0]
                natural = chip_width(label, SIZE, diamond=diamond)
            beside = natural + wish <= cell.width
            tail_room = wish if beside else 0.0
            alone = cell.spans and len(cell.entries) == 1
            if x > cell.x and x + natural + tail_room > cell.x + cell.width:
                x, middle, lines = cell.x, middle + _STEP, lines + 1
            room = cell.x + cell.width - x
            box = sheet.chip(
                x,
                middle,
                label,
                id=f"{layer} {number} {i}",
                size=SIZE,
                look="unknown" if entry.unknown else self._look(entry),
                diamond=diamond,
                room=room - tail_room,
                exact=room - tail_room if alone else None,
                title=self._said(entry),
                members=entry.members,
            )
            x = box.right
            if tail and not beside:
                x, middle, lines = cell.x, middle + _STEP - 4, lines + 1
                sheet.say(
                    x + 6, middle, tail, size=SMALL, ink="mid", italic=True, room=cell.width - 6
                )
                x = cell.x + cell.width
            elif tail:
                x += 6 + sheet.say(x + 6, middle, tail, size=SMALL, ink="mid", italic=True)
            x += 8
        if cell.spans and len(cell.entries) > 1 and sheet.width > _STACKED:
            said = f"– {self.table['picture.for-all']}"
            wide = width(said, SMALL, italic=True)
            if x + wide > cell.x + cell.width:
                x, middle, lines = cell.x, middle + _STEP, lines + 1
            x += 10 + sheet.say(x, middle, said, size=SMALL, ink="mid", italic=True)
        if self._any_is_enough(cell):
            ring = 12 + width(self.table["picture.any-one"], SMALL, italic=True)
            if x + ring > cell.x + cell.width:
                x, middle, lines = cell.x, middle + _STEP, lines + 1
            sheet.marks.append(Mark("ring", x + 4, middle, 2.6))
            sheet.say(
                x + 11,
                middle,
                self.table["picture.any-one"],
                size=SMALL,
                ink="mid",
                italic=True,
            )
        return lines

    def _look(self, entry: Entry) -> str:
        if entry.own:
            return "soft"
        return "group" if self.group & set(entry.chain) else "plain"

    def _tail(self, entry: Entry) -> str:
        if entry.unknown:
            return self._last(entry)
        parts = [self.table["picture.own"]] if entry.own else []
        if entry.evidence in {"reported", "inferred"}:
            parts.append(self.table.brief(f"evidence.{entry.evidence}"))
        return ", ".join(parts)

    def _any_is_enough(self, cell: _Cell) -> bool:
        """Try it: with all the others withdrawn, each one must still do."""
        actors = [entry.actor for entry in cell.entries]
        if len(actors) < 2 or any(e.unknown or self._stops(e, cell) for e in cell.entries):
            return False
        names = [f.rpartition("/")[2] for f in cell.functions]
        for kept in actors:
            gone = [actor for actor in actors if actor != kept]
            states = evaluate(self.graph, gone)
            if any(states[name] is State.FAILS for name in names):
                return False
        return True


def _notes(found: Sequence[Column], findings: Findings, table: Words) -> tuple[str, ...]:
    further = dict.fromkeys(
        actor
        for column in found
        for actor, _ in column.behind
        if actor not in column.actors and not findings.stops(actor)
    )
    notes = [table["picture.strip.reading"]]
    if further:
        notes.append(table.say("picture.further", n=len(further)))
    return tuple(notes)

"""The strip: layers down, functions across; what several functions share spans them.

The picture to read in one glance: no lines, so nothing crosses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import networkx as nx

from depgraph.pictures.basis import Basis
from depgraph.pictures.cells import Cell, Maker, Piece, Rows
from depgraph.pictures.engine.measure import drawable, width, wrap
from depgraph.pictures.engine.sheet import CHIP, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.engine.values import Box, Mark, Scene
from depgraph.pictures.entries import Column, columns
from depgraph.pictures.frame import foot, involved_notes, legend, signs_of
from depgraph.pictures.headline import capital, footnotes, headline, wrong
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import heading
from depgraph.texts import Words, words

SIZE: Final = 11.0
_LEFT: Final = 128.0
_STEP: Final = SIZE * CHIP + 7
_WORDS: Final = SIZE * 1.3  # from a line of words to the next
_SMALL_STEP: Final = SMALL * 2  # from a line to small words below it
PHONE: Final = 300.0
"""Width of a strip on a phone, px: smaller than the phone, whose page makes its smallest letters 11 px."""
_STACKED: Final = 480.0  # px: what is narrower has a block for what all share
_NAME: Final = SIZE - 0.5  # of the letters of a row's name, px


def strip(
    graph: nx.MultiDiGraph[str] | Basis,
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    stacked: bool = False,
) -> Scene:
    """Draw who stands in which layer of each function.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled.
    page
        Width, px.
    stacked
        Functions below each other instead of side by side, what all share last: for a phone.
    """
    basis = Basis.of(graph)
    table = words(lang)
    found = columns(basis, basis.shown)
    sheet = Sheet(page, lang)
    title, subtitle = headline(basis, table)
    top = sheet.head(title, subtitle)
    for line in wrong(basis, table):
        top = sheet.paragraph(top + 4, line, size=SMALL) - 4
    top += 10
    maker = Maker(basis, table, basis.filled(group), found, _edges(sheet, found))
    rows = maker.rows()
    heads = {name: heading(one.functions, table) for one in found for name in one.functions}
    painter = _Painter(sheet, table, heads)
    draw = _stack if stacked else _side_by_side
    middle = draw(painter, found, maker.edges, rows, top)
    bottom = legend(sheet, middle + 2, table, signs_of(sheet, table, group))
    notes = (
        *_notes(basis, found, table),
        *involved_notes(basis.roles.involved, table),
        *footnotes(basis, table),
    )
    height = foot(sheet, bottom + 8, basis.model, table, notes=notes)
    keys = ("layer", "function", "who", "evidence", "confidence", "citation")
    return sheet.freeze(
        kind="strip",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.sentences]),
        header=tuple(table[f"column.{key}"] for key in keys),
        rows=painter.table_rows,
    )


def _notes(basis: Basis, found: Sequence[Column], table: Words) -> tuple[str, ...]:
    further = {
        role.actor
        for column in found
        for role in column.further
        if role.actor not in column.actors and not basis.singles.of(role.actor)
    }
    notes = [table["picture.strip.reading"], table["picture.strip.sure"]]
    if further:
        notes.append(table.say("picture.further", n=len(further)))
    return (" ".join(notes[:2]), *notes[2:])


# --- Where it is written -------------------------------------------------------------------


def _edges(sheet: Sheet, found: Sequence[Column]) -> list[tuple[float, float]]:
    """Return the left edge and the width of each column; one that is absent takes less."""
    weights = [0.6 if column.absent is not None else 1.0 for column in found]
    room = sheet.width - _LEFT - MARGIN - 12 * (len(found) - 1) - 16
    edges = []
    x = _LEFT + 8
    for weight in weights:
        wide = room * weight / sum(weights)
        edges.append((x, wide))
        x += wide + 12
    return edges


def _side_by_side(
    painter: _Painter,
    found: Sequence[Column],
    edges: Sequence[tuple[float, float]],
    rows: Rows,
    top: float,
) -> float:
    """Write the functions beside each other; return the middle of what would be the next row."""
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
    rows: Rows,
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
            if cell.pieces or cell.words:
                alone = replace(cell, x=left, width=whole_width)
                middle = painter.row(layer, (alone,), middle, block=number)
        top = middle + 2
    return top


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and keeps them as sentences and as a table.

    `heads` has what stands above the column of each function.
    """

    sheet: Sheet
    table: Words
    heads: Mapping[str, str]
    sentences: list[str] = field(default_factory=list)
    table_rows: list[tuple[str, ...]] = field(default_factory=list)

    def row(self, layer: str, cells: Sequence[Cell], middle: float, *, block: int = 0) -> float:
        """Write one layer of a block; return the middle of the next."""
        where = len(self.sheet.boxes)
        lines = max(self._cell(layer, i, cell, middle) for i, cell in enumerate(cells, block))
        name = self.table.brief(f"layer.{layer}")
        parts = wrap(name, _LEFT - MARGIN - 6, _NAME)
        high = max(lines * _STEP - 2, len(parts) * _NAME * 1.3 + 6)
        top = middle - _STEP / 2 + 1
        wide = self.sheet.width - MARGIN - _LEFT
        band = Box(f"band {layer} {block}", _LEFT, top, wide, high, look="band")
        self.sheet.boxes.insert(where, band)
        for i, part in enumerate(parts):
            self.sheet.say(MARGIN, middle + i * _NAME * 1.3, part, size=_NAME)
        self._record(name, cells)
        return middle + high + 5

    def _record(self, name: str, cells: Sequence[Cell]) -> None:
        parts = []
        for cell in cells:
            heads = dict.fromkeys(self.heads[name] for name in cell.functions)
            functions = self.table.listed(list(heads))
            said = [self._said(piece) for piece in cell.pieces]
            said += [text for text in (cell.words, cell.others, cell.enough) if text]
            if said:
                told = self.table["list.comma"].join(said)
                parts.append(f"{functions}{self.table['colon']}{told}")
            self.table_rows += [
                (name, functions, piece.who, piece.evidence, piece.confidence, piece.citation)
                for piece in cell.pieces
            ]
        told = self.table["list.semicolon"].join(parts)
        self.sentences.append(f"{capital(name)} – {told}.")

    def _said(self, piece: Piece) -> str:
        if not piece.beside or not piece.confidence:  # what is unknown says so by itself
            return piece.who
        return self.table.say("in-brackets", what=piece.who, note=piece.beside)

    def _cell(self, layer: str, number: int, cell: Cell, middle: float) -> float:
        """Write one cell; return the number of lines that it took: one of small words is less."""
        if cell.words:
            lines = wrap(drawable(cell.words), cell.width, SIZE - 1)
            for i, line in enumerate(lines):
                at = middle + i * _WORDS
                self.sheet.say(cell.x, at, line, size=SIZE - 1, ink="mid", italic=True)
            return 1 + (len(lines) - 1) * _WORDS / _STEP
        pen = _Pen(self.sheet, cell, cell.x, middle)
        for i, piece in enumerate(cell.pieces):
            pen.piece(piece, f"{layer} {number} {i}")
        if cell.spans and len(cell.pieces) > 1 and self.sheet.width > _STACKED:
            pen.words(f"– {self.table['picture.for-all']}")
        if cell.others:
            pen.words(cell.others)
        if cell.enough:
            pen.enough(cell.enough)
        return pen.lines


@dataclass(slots=True)
class _Pen:
    """Where in a cell the next box or word is written."""

    sheet: Sheet
    cell: Cell
    x: float
    middle: float
    lines: float = 1

    @property
    def _right(self) -> float:
        return self.cell.x + self.cell.width

    def _down(self, step: float = _STEP) -> None:
        self.x, self.middle, self.lines = self.cell.x, self.middle + step, self.lines + step / _STEP

    def piece(self, piece: Piece, name: str) -> None:
        """Put a box, and the words beside it, or below where there is no room."""
        italic = piece.look == "unknown"
        beside = 6 + width(drawable(piece.beside), SMALL, italic=True) if piece.beside else 0.0
        label = piece.label
        natural = chip_width(label, SIZE, diamond=piece.stops is not None, italic=italic)
        if natural > self.cell.width and piece.shortens:  # its company goes to the tooltip
            label = label.partition(" · ")[0]
            natural = chip_width(label, SIZE, diamond=piece.stops is not None)
        fits = natural + beside <= self.cell.width
        room_beside = beside if fits else 0.0
        alone = self.cell.spans and len(self.cell.pieces) == 1
        if self.x > self.cell.x and self.x + natural + room_beside > self._right:
            self._down()
        room = self._right - self.x - room_beside
        box = self.sheet.chip(
            self.x,
            self.middle,
            label,
            id=name,
            size=SIZE,
            look=piece.look,
            diamond=piece.stops,
            room=room,
            exact=room if alone else None,
            title=piece.title,
            members=piece.members,
            failed=piece.failed,
        )
        self.x = box.right
        if more := box.height - SIZE * CHIP:  # words on several lines
            self.middle, self.x = self.middle + more, self._right
            self.lines += more / _STEP
        if piece.beside and not fits:
            for line in wrap(drawable(piece.beside), self.cell.width - 6, SMALL, italic=True):
                self._down(_SMALL_STEP)
                self._small(line, 6)
            self.x = self._right
        elif piece.beside:
            self.x += 6 + self._small(piece.beside, 6)
        self.x += 8

    def words(self, text: str) -> None:
        """Write some small words where there is room for them."""
        if self.x + width(text, SMALL, italic=True) > self._right:
            self._down(_SMALL_STEP)
        self.x += 10 + self._small(text, 0)

    def enough(self, text: str) -> None:
        """Write the sign and the words for alternatives."""
        if self.x + 12 + width(text, SMALL, italic=True) > self._right:
            self._down(_SMALL_STEP)
        self.sheet.marks.append(Mark("ring", self.x + 4, self.middle, 2.6))
        self._small(text, 11, room=self._right - self.x - 11)

    def _small(self, text: str, shift: float, *, room: float | None = None) -> float:
        return self.sheet.say(
            self.x + shift, self.middle, text, size=SMALL, ink="mid", italic=True, room=room
        )


PICTURE: Final = Picture(strip)

"""The strip: layers down, functions across; what several functions share spans them.

The picture to read in one glance: no lines, so nothing crosses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import networkx as nx

from depgraph.analysis import evaluate
from depgraph.analysis.singles import Single, weakest_single
from depgraph.analysis.verdicts import State
from depgraph.pictures.basis import Basis
from depgraph.pictures.entries import Column, Entry, columns, days, entries, joined_entry, same_cell
from depgraph.pictures.frame import footer, involved_notes, legend, signs_of
from depgraph.pictures.headline import capital, headline, stops_words
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import heading, unknown_phrases
from depgraph.pictures.measure import drawable, width, wrap
from depgraph.pictures.sheet import CHIP, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.values import Box, Mark, Scene
from depgraph.providers.rules import short_name
from depgraph.texts import Words, words
from depgraph.texts.reasons import why
from depgraph.vocabulary import Confidence, Evidence, Layer

SIZE: Final = 11.0
_LEFT: Final = 128.0
_STEP: Final = SIZE * CHIP + 7
_BEHIND: Final = "behind"
_STACKED: Final = 480.0  # px: what is narrower has a block for what all share
_NAME: Final = SIZE - 0.5  # of the letters of a row's name, px


@dataclass(frozen=True, slots=True)
class _Piece:
    """One box of a cell: what it says, what stands beside it, and for whom it stands."""

    label: str
    beside: str
    title: str
    who: str
    evidence: str
    confidence: str
    citation: str
    look: str
    stops: bool
    members: tuple[str, ...]
    shortens: bool = False  # whether the label can give way to its first part


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is written in one cell: its place, its boxes, the functions it is about."""

    x: float
    width: float
    pieces: tuple[_Piece, ...]
    functions: tuple[str, ...]
    words: str = ""
    others: str = ""
    enough: str = ""
    spans: bool = False


Rows = Mapping[str, Sequence[_Cell]]


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
    top = sheet.head(title, subtitle) + 10
    maker = _Maker(basis, table, basis.filled(group), found, _edges(sheet, found))
    rows = maker.rows()
    painter = _Painter(sheet, table)
    draw = _stack if stacked else _side_by_side
    middle = draw(painter, found, maker.edges, rows, top)
    bottom = legend(sheet, middle + 2, table, signs_of(sheet, table, group))
    notes = (*_notes(basis, found, table), *involved_notes(basis.roles.involved, table))
    height = footer(sheet, bottom + 8, basis.model.about, table, notes=notes)
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


# --- What is written -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Maker:
    """Puts the roles of each function into the cells of the picture."""

    basis: Basis
    table: Words
    filled: frozenset[str]
    columns: Sequence[Column]
    edges: Sequence[tuple[float, float]]

    def rows(self) -> Rows:
        """Return the rows in order, each with its cells, or one that spans them."""
        layers = [layer for layer in Layer if layer.brief and layer is not Layer.INVOLVEMENT]
        rows: dict[str, Sequence[_Cell]] = {}
        if self.basis.roles.involved:
            rows[Layer.INVOLVEMENT.value] = [self._involved()]
        for layer in layers:
            if any(layer in column.cells for column in self.columns):
                rows[layer.value] = self._row(layer)
        behind = [self._behind(column) for column in self.columns]
        if any(behind):
            rows[_BEHIND] = self._behind_row(behind)
        return rows

    def _involved(self) -> _Cell:
        """Return the one cell of those who are involved in the service, nobody says how."""
        several = entries(self.basis.roles.involved)
        functions = tuple(name for column in self.columns for name in column.functions)
        cell = self._spanning((), functions)
        pieces = []
        for number, entry in enumerate(several, 1):
            piece = self._piece(entry, ())
            beside = self.table["list.comma"].join(filter(None, (piece.beside, f"[{number}]")))
            pieces.append(replace(piece, beside=beside))
        return replace(cell, pieces=tuple(pieces))

    def _row(self, layer: Layer) -> list[_Cell]:
        """Return the cells of a layer: one for all functions that share it, else one for each."""
        present = [column for column in self.columns if column.absent is None]
        rows = [column.cells.get(layer, ()) for column in present]
        shared = len(rows) > 1 and rows[0] and all(same_cell(rows[0], row) for row in rows[1:])
        if shared:
            together = rows[0]
            for row in rows[1:]:
                together = tuple(map(joined_entry, together, row))
            functions = tuple(name for column in present for name in column.functions)
            return [self._cell(self._spanning((), functions), layer, together, present)]
        cells = []
        for column, (x, wide) in zip(self.columns, self.edges, strict=True):
            cell = _Cell(x, wide, (), column.functions)
            if column.absent is not None:
                cells.append(replace(cell, words=self._absent(column, layer)))
            elif row := column.cells.get(layer, ()):
                cells.append(self._cell(cell, layer, row, [column]))
            elif column.open(layer):
                cells.append(replace(cell, pieces=(self._hidden(column, layer),)))
            else:
                none = self.table["picture.none"] if column.none(layer) else ""
                cells.append(replace(cell, words=none))
        return cells

    def _absent(self, column: Column, layer: Layer) -> str:
        """Return in the first of its rows that the service does not have a function, and why."""
        if layer is not self._first():
            return ""
        return absent_words(column.absent or "", self.table)

    def _first(self) -> Layer:
        met = {layer for column in self.columns for layer in column.cells}
        return min(met, key=lambda layer: layer.rank)

    def _spanning(self, pieces: tuple[_Piece, ...], functions: tuple[str, ...]) -> _Cell:
        left, (last, wide) = self.edges[0][0], self.edges[-1]
        spans = len(self.columns) > 1
        return _Cell(left, last + wide - left, pieces, functions, spans=spans)

    def _cell(
        self, cell: _Cell, layer: Layer, row: Sequence[Entry], found: Sequence[Column]
    ) -> _Cell:
        complete = all(column.standings[layer].fully_known for column in found)
        enough = self._enough(row, cell.functions, complete=complete)
        hatched = any(entry.hatched for entry in row)  # then a box says so
        others = "" if complete or hatched or enough else self.table["picture.perhaps-others"]
        return replace(
            cell,
            pieces=tuple(self._piece(entry, cell.functions) for entry in row),
            others=others,
            enough=enough,
        )

    def _piece(self, entry: Entry, functions: Sequence[str]) -> _Piece:
        table, role = self.table, entry.role
        singles = [single for node in sorted(entry.chain) for single in self.basis.singles.of(node)]
        stops = bool(functions) and set(functions) <= {single.function for single in singles}
        title = entry.title(table, days(self.basis))
        if role.note:
            title = f"{title}. {against(entry, table)}"
        can = stops_words(self._best(singles), table)
        return _Piece(
            label=entry.label(table),
            beside=entry.beside(table),
            title=f"{title}: {can}" if can else title,
            who=entry.title(table, days(self.basis)) if role.unknown else entry.label(table),
            evidence=table[f"evidence.{role.evidence.value}"],
            confidence=entry.sure(table),
            citation=role.citation,
            look=self._look(entry),
            stops=stops,
            members=entry.members,
            shortens=not role.unknown and role.confidence is not Confidence.POSSIBLE,
        )

    def _best(self, singles: Sequence[Single]) -> list[Single]:
        """Return one for each function: what the surest of an actor and its owners can."""
        found: dict[str, Single] = {}
        for single in singles:
            kept = found.setdefault(single.function, single)
            if single.confidence.rank < kept.confidence.rank:
                found[single.function] = single
        return [found[name] for name in self.basis.singles.functions if name in found]

    def _look(self, entry: Entry) -> str:
        if entry.hatched:
            return "unknown"
        if entry.role.own:
            return "soft"
        return "group" if self.filled & entry.chain else "plain"

    def _hidden(self, column: Column, layer: Layer) -> _Piece:
        """Return the box of a layer in which nobody is known, and somebody may be."""
        table, hiding = self.table, column.standings[layer].hiding
        unknown = table["evidence.unknown"]
        because = unknown_phrases(hiding, days(self.basis), table)
        told = table["list.semicolon"].join(because) or table["why.incomplete"]
        return _Piece(
            label=unknown,
            beside="",
            title=f"{unknown}{table['colon']}{told}",
            who=f"{unknown}{table['colon']}{told}",
            evidence=unknown,
            confidence="",
            citation="",
            look="unknown",
            stops=False,
            members=(),
        )

    def _enough(self, row: Sequence[Entry], functions: Sequence[str], *, complete: bool) -> str:
        """Return that any one is enough, if it is: tried with all the others withdrawn.

        As far as known, where not all of the layer is, or where it then hangs on something
        unknown whether the function still works.
        """
        actors = [entry.role.actor for entry in row if entry.role.known]
        if len(actors) < 2:
            return ""
        if any(self.basis.singles.stops(actor) & set(functions) for actor in actors):
            return ""
        before = evaluate(self.basis.model)
        for kept in actors:
            after = evaluate(self.basis.model, [actor for actor in actors if actor != kept])
            if any(after[name] is State.FAILS for name in functions):
                return ""
            complete = complete and all(after[name] is before[name] for name in functions)
        return self.table["picture.any-one" if complete else "picture.any-one-known"]

    def _behind(self, column: Column) -> tuple[_Piece, ...]:
        """Return the companies that can stop a function alone and stand in none of its cells."""
        if column.absent is not None:
            return ()
        found = []
        for actor, several in self.basis.singles.others.items():
            concerned = [single for single in several if single.function in column.functions]
            if actor not in column.actors and concerned:
                found.append(self._single(actor, concerned, column))
        return tuple(found)

    def _single(self, actor: str, several: Sequence[Single], column: Column) -> _Piece:
        table = self.table
        evidence, confidence = weakest_single(several)
        parts = [] if evidence in {None, Evidence.OBSERVED, Evidence.DEFINITION} else [evidence]
        beside = [table.brief(f"evidence.{part.value}") for part in parts if part is not None]
        if confidence is not Confidence.CERTAIN:
            beside.append(table[f"confidence.{confidence.value}"])
        label = short_name(several[0].label)
        known = table[f"evidence.{evidence.value}"] if evidence else table["not-examined"]
        return _Piece(
            label=label,
            beside=table["list.comma"].join(beside),
            title=f"{several[0].label}: {stops_words(several, table)}",
            who=label,
            evidence=known,
            confidence=table[f"confidence.{confidence.value}"],
            citation="",
            look="group" if actor in self.filled else "plain",
            stops={single.function for single in several} >= set(column.functions),
            members=(actor,),
        )

    def _behind_row(self, behind: Sequence[tuple[_Piece, ...]]) -> list[_Cell]:
        present = [
            pieces
            for column, pieces in zip(self.columns, behind, strict=True)
            if column.absent is None
        ]
        functions = tuple(
            name for column in self.columns if column.absent is None for name in column.functions
        )
        who = {tuple((piece.label, piece.beside) for piece in pieces) for pieces in present}
        if len(present) > 1 and len(who) == 1:
            return [self._spanning(present[0], functions)]
        return [
            _Cell(x, wide, pieces, column.functions)
            for column, pieces, (x, wide) in zip(self.columns, behind, self.edges, strict=True)
        ]


def absent_words(reason: str, table: Words) -> str:
    """Return that the service does not have a function, and why."""
    because = why(reason, table.lang)
    return table.say("picture.absent", reason=because) if because else table["picture.none"]


def against(entry: Entry, table: Words) -> str:
    """Return what speaks against a report, or limits it."""
    return table.say("involved.against", note=entry.role.note)


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
    weights = [0.4 if column.absent is not None else 1.0 for column in found]
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
    """Writes rows on a sheet, and keeps them as sentences and as a table."""

    sheet: Sheet
    table: Words
    sentences: list[str] = field(default_factory=list)
    table_rows: list[tuple[str, ...]] = field(default_factory=list)

    def row(self, layer: str, cells: Sequence[_Cell], middle: float, *, block: int = 0) -> float:
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

    def _record(self, name: str, cells: Sequence[_Cell]) -> None:
        parts = []
        for cell in cells:
            functions = heading(cell.functions, self.table)
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

    def _said(self, piece: _Piece) -> str:
        if not piece.beside or piece.who != piece.label:
            return piece.who
        return self.table.say("in-brackets", what=piece.label, note=piece.beside)

    def _cell(self, layer: str, number: int, cell: _Cell, middle: float) -> int:
        """Write one cell; return the number of lines that it took."""
        if cell.words:
            self.sheet.say(
                cell.x,
                middle,
                cell.words,
                size=SIZE - 1,
                ink="mid",
                italic=True,
                room=cell.width,
            )
            return 1
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
    cell: _Cell
    x: float
    middle: float
    lines: int = 1

    @property
    def _right(self) -> float:
        return self.cell.x + self.cell.width

    def _down(self, step: float = _STEP) -> None:
        self.x, self.middle, self.lines = self.cell.x, self.middle + step, self.lines + 1

    def piece(self, piece: _Piece, name: str) -> None:
        """Put a box, and the words beside it, or below where there is no room."""
        italic = piece.look == "unknown"
        beside = 6 + width(drawable(piece.beside), SMALL, italic=True) if piece.beside else 0.0
        label = piece.label
        natural = chip_width(label, SIZE, diamond=piece.stops, italic=italic)
        if natural > self.cell.width and piece.shortens:  # its company goes to the tooltip
            label = label.partition(" · ")[0]
            natural = chip_width(label, SIZE, diamond=piece.stops)
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
        )
        self.x = box.right
        if piece.beside and not fits:
            self._down(_STEP - 4)
            self._small(piece.beside, 6, room=self.cell.width - 6)
            self.x = self._right
        elif piece.beside:
            self.x += 6 + self._small(piece.beside, 6)
        self.x += 8

    def words(self, text: str) -> None:
        """Write some small words where there is room for them."""
        if self.x + width(text, SMALL, italic=True) > self._right:
            self._down()
        self.x += 10 + self._small(text, 0)

    def enough(self, text: str) -> None:
        """Write the sign and the words for alternatives."""
        if self.x + 12 + width(text, SMALL, italic=True) > self._right:
            self._down()
        self.sheet.marks.append(Mark("ring", self.x + 4, self.middle, 2.6))
        self._small(text, 11, room=self._right - self.x - 11)

    def _small(self, text: str, shift: float, *, room: float | None = None) -> float:
        return self.sheet.say(
            self.x + shift, self.middle, text, size=SMALL, ink="mid", italic=True, room=room
        )


PICTURE: Final = Picture(strip)

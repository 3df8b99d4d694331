"""What stands in the cells of the strip: the roles of each function, row by row, with their words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from depgraph.analysis import evaluate
from depgraph.analysis.singles import Single, weakest_single
from depgraph.analysis.verdicts import State
from depgraph.observations import as_cited, as_noted
from depgraph.pictures.basis import Basis
from depgraph.pictures.entries import Column, Entry, days, entries, joined_entry, same_cell
from depgraph.pictures.headline import stops_words
from depgraph.pictures.labels import unknown_phrases
from depgraph.providers.rules import short_name
from depgraph.texts import Words
from depgraph.texts.reasons import why
from depgraph.vocabulary import Confidence, Evidence, Layer, least_sure

BEHIND: Final = "behind"
"""The row of those who can stop a function alone and stand in none of its layers."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One box of a cell.

    Parameters
    ----------
    label, beside, title
        The words in it, next to it, and of its tooltip.
    who, evidence, confidence, citation
        The same as cells of the table.
    look
        A key of :attr:`depgraph.pictures.engine.themes.Theme.boxes`.
    stops
        How sure it is that it can stop all the functions of the cell alone; None: it cannot.
    members
        Ids of the nodes that it stands for.
    shortens
        Whether the label can give way to its first part, where there is little room.
    failed
        Whether all that leads to it was seen not to serve.
    """

    label: str
    beside: str
    title: str
    who: str
    evidence: str
    confidence: str
    citation: str
    look: str
    stops: Confidence | None
    members: tuple[str, ...]
    shortens: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written in one cell.

    Parameters
    ----------
    x, width
        Its place, px.
    pieces
        Its boxes.
    functions
        The functions that it is about.
    words
        What is written where there is no box.
    others, enough
        That others may stand there too; that any one of the boxes is enough.
    spans
        Whether it spans the columns.
    """

    x: float
    width: float
    pieces: tuple[Piece, ...]
    functions: tuple[str, ...]
    words: str = ""
    others: str = ""
    enough: str = ""
    spans: bool = False


Rows = Mapping[str, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Maker:
    """Puts the roles of each function into the cells of the picture.

    Parameters
    ----------
    basis
        The graph and its answers.
    table
        The words of a language.
    filled
        Ids of the actors whose boxes are filled.
    columns, edges
        The columns, and the left edge and width of each, px.
    """

    basis: Basis
    table: Words
    filled: frozenset[str]
    columns: Sequence[Column]
    edges: Sequence[tuple[float, float]]

    def rows(self) -> Rows:
        """Return the rows in order, each with its cells, or one that spans them."""
        layers = [layer for layer in Layer if layer.brief and layer is not Layer.INVOLVEMENT]
        rows: dict[str, Sequence[Cell]] = {}
        if self.basis.roles.involved:
            rows[Layer.INVOLVEMENT.value] = [self._involved()]
        for layer in layers:
            if any(layer in column.cells for column in self.columns):
                rows[layer.value] = self._row(layer)
        behind = [self._behind(column) for column in self.columns]
        if any(behind):
            rows[BEHIND] = self._behind_row(behind)
        return rows

    def _involved(self) -> Cell:
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

    def _row(self, layer: Layer) -> list[Cell]:
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
            cell = Cell(x, wide, (), column.functions)
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

    def _spanning(self, pieces: tuple[Piece, ...], functions: tuple[str, ...]) -> Cell:
        left, (last, wide) = self.edges[0][0], self.edges[-1]
        spans = len(self.columns) > 1
        return Cell(left, last + wide - left, pieces, functions, spans=spans)

    def _cell(
        self, cell: Cell, layer: Layer, row: Sequence[Entry], found: Sequence[Column]
    ) -> Cell:
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

    def _piece(self, entry: Entry, functions: Sequence[str]) -> Piece:
        table, role = self.table, entry.role
        singles = [single for node in sorted(entry.chain) for single in self.basis.singles.of(node)]
        best = self._best(singles)
        can = stops_words(self.basis, best, table)
        stops = _stops_all(best, functions)
        words = [entry.beside(table)]
        if stops is not None and stops.rank > role.confidence.rank:
            words.append(table[f"picture.stops.{stops.value}"])
        title = entry.title(table, days(self.basis), can=can)
        if role.note:
            title = f"{title}. {against(entry, table)}"
        return Piece(
            label=entry.label(table),
            beside=table["list.comma"].join(filter(None, words)),
            title=title,
            who=(
                entry.title(table, days(self.basis))
                if role.unknown
                else entry.label(table, whole=True)
            ),
            evidence=table[f"evidence.{role.evidence.value}"],
            confidence=entry.sure(table),
            citation=as_cited(role.citation),
            look=self._look(entry),
            stops=stops,
            members=entry.members,
            shortens=not role.unknown and role.confidence is not Confidence.POSSIBLE,
            failed=entry.failed,
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
        if entry.look == "unknown":
            return entry.look
        if entry.role.own:
            return "soft"
        return "group" if self.filled & entry.chain else "plain"

    def _hidden(self, column: Column, layer: Layer) -> Piece:
        """Return the box of a layer in which nobody is known, and somebody may be."""
        table, hiding = self.table, column.standings[layer].hiding
        unknown = table["evidence.unknown"]
        because = unknown_phrases(hiding, days(self.basis), table)
        told = table["list.semicolon"].join(because) or table["why.incomplete"]
        return Piece(
            label=unknown,
            beside="",
            title=f"{unknown}{table['colon']}{told}",
            who=f"{unknown}{table['colon']}{told}",
            evidence=unknown,
            confidence="",
            citation="",
            look="unknown",
            stops=None,
            members=(),
        )

    def _enough(self, row: Sequence[Entry], functions: Sequence[str], *, complete: bool) -> str:
        """Return that any one is enough, if it is: tried with all the others withdrawn.

        As far as known, where not all of the layer is, or where it then hangs on something
        unknown whether the function still works. Of a collection that did not come to its end
        nothing is told: there is no trying what then fails.
        """
        actors = [entry.role.actor for entry in row if entry.role.known]
        if len(actors) < 2 or not self.basis.model.complete:
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

    def _behind(self, column: Column) -> tuple[Piece, ...]:
        """Return the companies that can stop a function alone and stand in none of its cells."""
        if column.absent is not None:
            return ()
        found = []
        for actor, several in self.basis.singles.others.items():
            concerned = [single for single in several if single.function in column.functions]
            if actor not in column.actors and concerned:
                found.append(self._single(actor, concerned, column))
        return tuple(found)

    def _single(self, actor: str, several: Sequence[Single], column: Column) -> Piece:
        table = self.table
        evidence, confidence = weakest_single(several)
        parts = [] if evidence in {None, Evidence.OBSERVED, Evidence.DEFINITION} else [evidence]
        beside = [table.brief(f"evidence.{part.value}") for part in parts if part is not None]
        if confidence is not Confidence.CERTAIN:
            beside.append(table[f"confidence.{confidence.value}"])
        label = short_name(several[0].label)
        known = table[f"evidence.{evidence.value}"] if evidence else table["not-examined"]
        return Piece(
            label=label,
            beside=table["list.comma"].join(beside),
            title=f"{several[0].label}: {stops_words(self.basis, several, table)}",
            who=label,
            evidence=known,
            confidence=table[f"confidence.{confidence.value}"],
            citation="",
            look="group" if actor in self.filled else "plain",
            stops=_stops_all(several, column.functions),
            members=(actor,),
        )

    def _behind_row(self, behind: Sequence[tuple[Piece, ...]]) -> list[Cell]:
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
            Cell(x, wide, pieces, column.functions)
            for column, pieces, (x, wide) in zip(self.columns, behind, self.edges, strict=True)
        ]


def _stops_all(several: Sequence[Single], functions: Collection[str]) -> Confidence | None:
    """Return how sure it is that somebody stops each of some functions; None: not each."""
    found = {single.function: single.confidence for single in several}
    if not functions or not set(functions) <= found.keys():
        return None
    return least_sure(found[name] for name in functions)


def absent_words(reason: str, table: Words) -> str:
    """Return that the service does not have a function, and why."""
    because = why(reason, table.lang)
    return table.say("picture.absent", reason=because) if because else table["picture.none"]


def against(entry: Entry, table: Words) -> str:
    """Return what speaks against a report, or limits it."""
    return table.say("involved.against", note=as_noted(entry.role.note))

"""Who can take it down: companies down, functions across, a word in each cell, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import networkx as nx

from depgraph.analysis import evaluate, takedown
from depgraph.analysis.takedown import CutSet, Takedown
from depgraph.analysis.verdicts import State
from depgraph.pictures.entries import alike
from depgraph.pictures.findings import Findings
from depgraph.pictures.frame import footer, legend, signs_of
from depgraph.pictures.groups import companies
from depgraph.pictures.labels import heading, not_known, short_name, unknown_words, whole
from depgraph.pictures.measure import drawable, width, wrap
from depgraph.pictures.sheet import MARGIN, SMALL, Sheet
from depgraph.pictures.values import Box, Mark, Scene
from depgraph.schema import owner_chain
from depgraph.text_safety import one_line
from depgraph.texts import Words, words

SIZE = 11.0
MOST = 12  # rows of sets of two or more
_CHIPS = 190.0  # px for the chips of one company
_LAW = 96.0
_CELL = 58.0
_ROW = 25.0
_NOTE = 9.5
_BRANDS = 3  # named in the column HOW


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the matrix: who, which law, and what it does to each function."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    functions: tuple[str, ...]
    cuts: Mapping[str, CutSet]
    unknown: bool = False
    own: bool = False
    reason: str = ""

    @property
    def nobody(self) -> bool:
        """Whether nobody known is in it."""
        return all(node.startswith("unknown:") for node in self.ids)


def matrix(
    graph: nx.MultiDiGraph[str],
    *,
    findings: Findings,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    found: Takedown | None = None,
) -> Scene:
    """Draw who can take the service down, alone and together.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    findings
        For the headline.
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled.
    page
        Width, px.
    found
        The answer of :func:`depgraph.takedown` at the level of companies, if it was asked
        for already.
    """
    table = words(lang)
    answer = found or takedown(graph, level="company", upto=3)
    sheet = Sheet(page, lang)
    title, subtitle = findings.headline(table)
    middle = sheet.head(title, subtitle) + 12
    painter = _Painter(graph, sheet, companies(graph, group), table, _shown(answer))
    alone, own, together = _rows(answer)
    unknown = _unknown_rows(graph)
    middle = painter.heads(middle)
    for row in (*alone, *unknown, *own):
        middle = painter.row(row, middle)
    if not alone and not unknown:
        sheet.say(MARGIN, middle, table["picture.takedown.nobody-alone"], size=SIZE - 0.5)
        middle += _ROW
    middle += 8
    sheet.say(
        MARGIN, middle, table["picture.takedown.together"].upper(), size=SMALL, ink="mid", bold=True
    )
    middle += 22
    for row in together[:MOST]:
        middle = painter.row(row, middle)
    if not together:
        sheet.say(MARGIN, middle, table["picture.takedown.none-together"], size=SIZE - 0.5)
        middle += _ROW
    elif len(together) > MOST:
        more = table.say("picture.takedown.more-sets", n=len(together) - MOST)
        sheet.say(MARGIN, middle, more, size=_NOTE, ink="mid", italic=True)
        middle += _ROW
    bottom = legend(sheet, middle - 4, table, signs_of(sheet, table, group))
    days = f"{answer.horizon / 86_400:.0f}" if answer.horizon < float("inf") else ""
    reading = table.say("picture.takedown.horizon", days=days) if days else ""
    height = footer(
        sheet, bottom + 8, graph, table, notes=(table["picture.takedown.reading"], reading)
    )
    return sheet.freeze(
        kind="takedown",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.told]),
        header=(
            "",
            *(table.function(f) for f in painter.functions),
            table["picture.takedown.how"].capitalize(),
        ),
        rows=painter.rows,
    )


def _shown(answer: Takedown) -> tuple[str, ...]:
    return tuple(f.function for f in answer.functions if f.state.value != "absent")


def _rows(answer: Takedown) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Sort the cut sets: those of one actor, those of the service itself, and of several."""
    cells: dict[tuple[str, ...], dict[str, CutSet]] = {}
    labels: dict[tuple[str, ...], tuple[str, ...]] = {}
    for function in answer.functions:
        for cut in function.cut_sets:
            if not cut.members:
                continue
            parts = cut.unknown if cut.worst_case else ()
            key = (*cut.ids, *(part.id for part in parts))
            names = [*(m.label for m in cut.members), *(part.label for part in parts)]
            cells.setdefault(key, {})[function.function] = cut
            labels.setdefault(key, tuple(names))
    alone: list[_Row] = []
    own: list[_Row] = []
    together: list[_Row] = []
    for key, found in cells.items():
        mine = any(cut.own for cut in found.values())
        unsure = any(cut.worst_case for cut in found.values())
        row = _Row(key, labels[key], tuple(found), found, unsure, mine)
        (own if mine else alone if len(key) == 1 else together).append(row)
    alone.sort(key=lambda row: (-len(row.functions), row.labels))
    together.sort(key=lambda row: (row.unknown, len(row.ids), -len(row.functions), row.labels))
    return alone, own, together


def _unknown_rows(graph: nx.MultiDiGraph[str]) -> list[_Row]:
    """Give a row for what is unknown and could stop a function alone; alike ones in one."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for node, data in graph.nodes(data=True):
        if data["kind"] == "unknown" and data.get("level", "provider") != "country":
            states = evaluate(graph, [node])
            stopped = tuple(name for name, state in states.items() if state is State.FAILS)
            if stopped:
                found.setdefault((stopped, str(data.get("reason", ""))), []).append(node)
    rows = [
        _Row(tuple(nodes), tuple(whole(graph, n) for n in nodes), stopped, {}, True, reason=reason)
        for (stopped, reason), nodes in found.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.functions), row.labels))


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and remembers what it told."""

    graph: nx.MultiDiGraph[str]
    sheet: Sheet
    group: frozenset[str]
    table: Words
    functions: tuple[str, ...]
    told: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def heads(self, middle: float) -> float:
        """Write what stands above the columns."""
        say, table = self.sheet.say, self.table
        say(
            MARGIN,
            middle,
            table["picture.takedown.alone"].upper(),
            size=SMALL,
            ink="mid",
            bold=True,
        )
        for i, function in enumerate(self.functions):
            say(
                self._centre(i),
                middle,
                table.function(function),
                size=SIZE - 0.5,
                bold=True,
                anchor="middle",
            )
        say(
            self._how(),
            middle,
            table["picture.takedown.how"].upper(),
            size=SMALL,
            ink="mid",
            bold=True,
        )
        return middle + 24

    def _centre(self, i: int) -> float:
        return MARGIN + _CHIPS + _LAW + 8 + (i + 0.5) * (_CELL + 8)

    def _how(self) -> float:
        return self._centre(len(self.functions)) - _CELL / 2 + 6

    def row(self, row: _Row, middle: float) -> float:
        """Write one row; give the middle of the next."""
        sheet = self.sheet
        number = len(self.rows)
        how = self._levers(row)
        room = sheet.width - MARGIN - self._how() - 6
        lines = wrap(drawable(how, limit=600), room, _NOTE)[:3]
        chips = self._chips(row, number, middle)
        high = max(_ROW + (chips - 1) * 22, _ROW + (len(lines) - 1) * 13)
        where = next(i for i, b in enumerate(sheet.boxes) if b.id.startswith(f"row {number} "))
        band = Box(
            f"band {number}",
            MARGIN - 4,
            middle - _ROW / 2 + 1,
            sheet.width - 2 * MARGIN + 8,
            high - 2,
            look="band",
        )
        sheet.boxes.insert(where, band)
        if len(row.ids) == 1 and not row.unknown:
            law = self._law(row.ids[0])
            if row.own:
                law = f"{law} · {self.table['picture.own']}"
            sheet.say(MARGIN + _CHIPS + 2, middle, law, size=_NOTE, ink="mid", room=_LAW - 4)
        words = [
            self._cell(row, function, i, number, middle)
            for i, function in enumerate(self.functions)
        ]
        for i, line in enumerate(lines):
            sheet.say(self._how(), middle + i * 13, line, size=_NOTE)
        who = self.table.listed(row.labels)
        self.rows.append((who, *words, how))
        said = [f for f in self.functions if f in row.functions]
        key = "picture.takedown.may" if row.unknown else "picture.takedown.can"
        self.told.append(
            self.table.say(key, who=who, functions=heading([f"/{f}" for f in said], self.table))
        )
        return middle + high + 3

    def _chips(self, row: _Row, number: int, middle: float) -> int:
        """Put a chip for each of the actors; give the lines that they took."""
        sheet, x, lines = self.sheet, MARGIN, 1
        limit = MARGIN + _CHIPS + (_LAW if len(row.ids) > 1 or row.nobody else 0)
        for i, (node, label) in enumerate(self._people(row)):
            look = self._look(node, row)
            short = short_name(label)
            if node.startswith("unknown:"):
                short = self._unknown(label, alone=row.nobody)
            natural = width(drawable(short), SIZE, italic=look == "unknown") + 1.2 * SIZE + 2
            if i and x + 12 + natural > limit:
                x, middle, lines = MARGIN, middle + 22, lines + 1
            if i:
                sheet.say(x, middle, "+", size=SIZE, ink="mid")
                x += 12
            box = sheet.chip(
                x,
                middle,
                short,
                id=f"row {number} {i}",
                size=SIZE,
                look=look,
                diamond=len(row.ids) == 1 and look != "unknown",
                room=limit - x,
                title=", ".join(row.labels) if row.nobody else label,
                members=row.ids if row.nobody else (node,),
            )
            x = box.right + 4
        return lines

    def _unknown(self, label: str, *, alone: bool) -> str:
        """Say what is not known; in a row of its own of what, for others of its kind have theirs."""
        what, of, name = label.partition(" of ")
        what = unknown_words(what, self.table)
        if alone and of and name:
            return self.table.say("picture.takedown.what-of", what=what, name=one_line(name))
        return not_known(what, self.table)

    def _people(self, row: _Row) -> list[tuple[str, str]]:
        if row.nobody and len(row.ids) > 1:
            return [(row.ids[0], self.table.say("picture.takedown.things", n=len(row.ids)))]
        return list(zip(row.ids, row.labels, strict=True))

    def _look(self, node: str, row: _Row) -> str:
        if node.startswith("unknown:"):
            return "unknown"
        if node in self.group:
            return "group"
        return "soft" if row.own else "plain"

    def _cell(self, row: _Row, function: str, i: int, number: int, middle: float) -> str:
        sheet, x = self.sheet, self._centre(i)
        if function not in row.functions:
            sheet.marks.append(Mark("dot", x, middle, 1.4, "mid"))
            return ""
        look = "unknown" if row.unknown else "group" if self._big(row) else "stops"
        word = "?" if row.unknown else self.table["picture.takedown.stops"]
        name = f"cell {number} {function}"
        sheet.boxes.append(
            Box(
                name,
                x - _CELL / 2,
                middle - 9,
                _CELL,
                18,
                look=look,
                title=self._title(row, function),
            )
        )
        sheet.say(
            x,
            middle,
            word,
            size=SMALL + 0.5,
            ink=f"on-{look}",
            anchor="middle",
            box=name,
            plate=look == "unknown",
        )
        return word

    def _big(self, row: _Row) -> bool:
        return all(node in self.group for node in row.ids)

    def _title(self, row: _Row, function: str) -> str:
        key = "picture.takedown.may" if row.unknown else "picture.takedown.can"
        return self.table.say(
            key, who=self.table.listed(row.labels), functions=self.table.function(function)
        )

    def _brands(self, row: _Row) -> str:
        """Name what a company acts through, where its own name does not tell."""
        if len(row.ids) > 1 or row.own:
            return ""
        company = row.labels[0]
        found = [
            whole(self.graph, node)
            for node, data in self.graph.nodes(data=True)
            if data["kind"] == "provider"
            and row.ids[0] in owner_chain(self.graph, node)
            and not alike(whole(self.graph, node), company)
        ]
        names = list(dict.fromkeys(found))
        shown = names[:_BRANDS]
        if len(names) > _BRANDS:
            shown.append(self.table.say("more", n=len(names) - _BRANDS))
        return ", ".join(shown)

    def _law(self, node: str) -> str:
        laws = [n for n in owner_chain(self.graph, node) if n.startswith(("country:", "unknown:"))]
        return " · ".join(
            self.table["picture.takedown.law-unknown"]
            if n.startswith("unknown:")
            else self.table.country(whole(self.graph, n))
            for n in laws
        )

    def _levers(self, row: _Row) -> str:
        """Say by which levers, and when it sets in."""
        if row.nobody:
            reason = unknown_words(row.reason, self.table)
            return self.table.say("picture.takedown.unknown-how", reason=reason or "?")
        levers = dict.fromkeys(
            lever.value for cut in row.cuts.values() for m in cut.members for lever, _ in m.levers
        )
        onsets = [(c.seconds, c.onset.value) for c in row.cuts.values() if c.onset is not None]
        said = ", ".join(self.table[f"lever.{lever}"] for lever in levers)
        brands = self._brands(row)
        if brands and said:
            said = f"{brands}{self.table['colon']}{said}"
        if onsets and said:
            first = min(onsets, key=lambda pair: (pair[0] or 0.0, pair[1]))
            said += f" ({self.table.brief(f'onset.{first[1]}')})"
        if all(m.evidence == "reported" for cut in row.cuts.values() for m in cut.members):
            said += f", {self.table['evidence.reported']}"
        return said

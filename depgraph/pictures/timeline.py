"""Before and after: layers down, days across, the evidence in words, and a sign for each change.

A sign stands between two days only where both are known: an arrow never leaves an unknown.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import networkx as nx

from depgraph.errors import QuestionError
from depgraph.pictures.entries import Entry, columns, no_front
from depgraph.pictures.findings import capital
from depgraph.pictures.frame import footer, legend, signs_of
from depgraph.pictures.groups import companies
from depgraph.pictures.labels import not_known
from depgraph.pictures.measure import wrap
from depgraph.pictures.sheet import MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.values import Box, Scene
from depgraph.schema import functions as function_nodes
from depgraph.texts import Words, words

SIZE = 10.5
ROWS = ("front", "host", "mail", "dns", "registrar", "registry")
_LEFT = 112.0
_SIGN = 22.0
_LINE = 33.0  # a chip and its words
_MOST = 3  # entries of a cell that are drawn

SAME, CHANGED, OPEN = "same", "changed", "open"
SAME_AS_KNOWN, CHANGED_AS_KNOWN = "same as known", "changed as known"
_SIGNS = {SAME: "=", CHANGED: "→", OPEN: "·", SAME_AS_KNOWN: "(=)", CHANGED_AS_KNOWN: "(→)"}
_SIGN_WORDS = {
    SAME: "turn.same",
    CHANGED: "turn.changed",
    OPEN: "turn.incomparable",
    SAME_AS_KNOWN: "turn.same-as-known",
    CHANGED_AS_KNOWN: "picture.timeline.changed-as-known",
}

Cells = Mapping[str, tuple[Entry, ...]]


def timeline(
    graphs: Sequence[nx.MultiDiGraph[str]],
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
) -> Scene:
    """Draw the graphs of one service side by side, in the order of their days.

    Parameters
    ----------
    graphs
        Two or more, of one service.
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled.
    page
        Width, px.

    Raises
    ------
    QuestionError
        If there are fewer than two, or they are of several services.
    """
    ordered = sorted(graphs, key=lambda g: (str(g.graph.get("since")), str(g.graph.get("until"))))
    subjects = sorted({str(g.graph.get("subject", "")) for g in ordered})
    if len(ordered) < 2 or len(subjects) != 1:
        raise QuestionError(
            f"expected two or more graphs of one service, found {len(ordered)} of "
            f"{', '.join(subjects) or 'none'}"
        )
    table = words(lang)
    cells = [_cells(graph, lang) for graph in ordered]
    rows = [row for row in ROWS if any(e.members for found in cells for e in found.get(row, ()))]
    turns = {
        row: [turn(a.get(row, ()), b.get(row, ())) for a, b in itertools.pairwise(cells)]
        for row in rows
    }
    days = [table.day(str(g.graph.get("since", ""))) for g in ordered]
    title, subtitle = _headline(subjects[0], days, turns, cells, table)
    sheet = Sheet(page, lang)
    painter = _Painter(sheet, ordered, table, group, cells, turns)
    middle = painter.heads(days, sheet.head(title, subtitle) + 12)
    for row in rows:
        middle = painter.row(row, middle)
    sheet.say(MARGIN, middle + 4, _key(turns, table), size=SMALL)
    bottom = legend(sheet, middle + 18, table, signs_of(sheet, table, group))
    first = ordered[0].copy()
    first.graph.update(until=ordered[-1].graph.get("until", ""))
    height = footer(sheet, bottom + 8, first, table, notes=(table["picture.timeline.reading"],))
    return sheet.freeze(
        kind="timeline",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.told]),
        header=(table["column.layer"], *days),
        rows=painter.rows,
    )


def _cells(graph: nx.MultiDiGraph[str], lang: str) -> Cells:
    """Give the rows of one day: the web's, and the mail's where the web has its host."""
    found: dict[str, tuple[Entry, ...]] = {}
    for function in function_nodes(graph):
        name = function.rpartition("/")[2]
        (column,) = columns(graph, [function], lang=lang)
        if name == "web":
            found |= {layer: row for layer, row in column.cells.items() if layer in ROWS}
        elif name == "mail" and column.cells.get("host"):
            found["mail"] = column.cells["host"]
        for layer in ("dns", "registrar", "registry"):
            if layer in column.cells:
                found.setdefault(layer, column.cells[layer])
    if "front" not in found:
        found["front"] = no_front(found) or ()
    return found


def turn(before: Sequence[Entry], after: Sequence[Entry]) -> str:
    """Compare a layer on two days, as far as both are known."""
    was = {entry.actor for entry in before if not entry.unknown}
    now = {entry.actor for entry in after if not entry.unknown}
    if not was or not now:
        return OPEN
    partly = any(entry.unknown for entry in (*before, *after))
    if was == now:
        return SAME_AS_KNOWN if partly else SAME
    return CHANGED_AS_KNOWN if partly else CHANGED


def _headline(
    subject: str,
    days: Sequence[str],
    turns: Mapping[str, Sequence[str]],
    cells: Sequence[Cells],
    table: Words,
) -> tuple[str, str]:
    """Say what changed, from known cells only, over any two days."""
    found = {
        row: {turn(a.get(row, ()), b.get(row, ())) for a, b in combinations(cells, 2)}
        for row in turns
    }
    certain = [row for row, seen in found.items() if CHANGED in seen]
    partly = [row for row, seen in found.items() if CHANGED_AS_KNOWN in seen]
    same = [row for row, seen in found.items() if seen <= {SAME, SAME_AS_KNOWN}]
    changed = certain or partly
    open_ = [row for row, seen in found.items() if row not in changed and OPEN in seen]

    def named(rows: Sequence[str]) -> str:
        return table.listed([table.brief(f"layer.{row}") for row in rows])

    if certain:
        key = "changed"
    elif partly:
        key = "as-known"
    else:
        key = "unknown" if open_ else "none"
    title = table.say(
        f"picture.timeline.{key}",
        subject=subject,
        first=days[0],
        last=days[-1],
        rows=named(changed),
    )
    parts = [_seen(row, days, cells, table, whole=bool(certain)) for row in changed[:2]]
    if same:
        parts.append(table.say("picture.timeline.same", rows=capital(named(same))))
    if open_:
        parts.append(table.say("picture.timeline.open", rows=capital(named(open_))))
    return title, " ".join(parts)


def _seen(
    row: str,
    days: Sequence[str],
    cells: Sequence[Cells],
    table: Words,
    *,
    whole: bool,
) -> str:
    """Name two days that show a change, and what is known of each; `whole`: all is known of them."""
    known = [
        (i, {entry.actor: entry.label for entry in found.get(row, ()) if not entry.unknown})
        for i, found in enumerate(cells)
        if not (whole and any(entry.unknown for entry in found.get(row, ())))
    ]
    (i, was), (j, now) = next(
        (a, b)
        for a, b in itertools.pairwise(k for k in known if k[1])
        if a[1].keys() != b[1].keys()
    )
    return table.say(
        "picture.timeline.seen",
        row=capital(table.brief(f"layer.{row}")),
        was=table.listed(list(was.values())),
        before=days[i],
        now=table.listed(list(now.values())),
        after=days[j],
    )


def _key(turns: Mapping[str, Sequence[str]], table: Words) -> str:
    used = {sign for found in turns.values() for sign in found}
    return "     ".join(
        f"{_SIGNS[sign]} {table[_SIGN_WORDS[sign]]}" for sign in _SIGNS if sign in used
    )


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and remembers what it told."""

    sheet: Sheet
    graphs: Sequence[nx.MultiDiGraph[str]]
    table: Words
    group: str
    cells: Sequence[Cells]
    turns: Mapping[str, Sequence[str]]
    told: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def _left(self, i: int) -> float:
        return _LEFT + i * (self._room() + _SIGN)

    def _room(self) -> float:
        count = len(self.graphs)
        return (self.sheet.width - _LEFT - MARGIN - _SIGN * (count - 1)) / count

    def heads(self, days: Sequence[str], middle: float) -> float:
        """Write the days, and what each graph is called."""
        lines = 0
        for i, (graph, said) in enumerate(zip(self.graphs, days, strict=True)):
            self.sheet.say(self._left(i), middle, said, size=SIZE + 0.5, bold=True)
            title = str(graph.graph.get("title", ""))
            title = title.partition(": ")[2] or ("" if title in {"", said} else title)
            for k, line in enumerate(wrap(title, self._room(), SMALL)[:2] if title else ()):
                self.sheet.say(
                    self._left(i),
                    middle + 15 + 12 * k,
                    line,
                    size=SMALL,
                    ink="mid",
                    room=self._room(),
                )
                lines = max(lines, k + 1)
        return middle + 26 + 12 * lines

    def row(self, row: str, middle: float) -> float:
        """Write one layer; give the middle of the next."""
        where = len(self.sheet.boxes)
        lines = max(
            self._cell(row, i, found.get(row, ()), middle) for i, found in enumerate(self.cells)
        )
        high = lines * _LINE + 3
        band = Box(
            f"band {row}",
            _LEFT - 8,
            middle - 12,
            self.sheet.width - MARGIN - _LEFT + 12,
            high - 3,
            look="band",
        )
        self.sheet.boxes.insert(where, band)
        name = self.table.brief(f"layer.{row}")
        self.sheet.say(MARGIN, middle, name, size=SIZE, room=_LEFT - MARGIN - 12)
        for i, sign in enumerate(self.turns[row]):
            self.sheet.say(
                self._left(i + 1) - _SIGN / 2 - 2,
                middle,
                _SIGNS[sign],
                size=SIZE + 1,
                bold=True,
                anchor="middle",
            )
        said = [
            self._said(found[row]) if found.get(row) else self.table["picture.none"]
            for found in self.cells
        ]
        self.rows.append((name, *said))
        self.told.append(f"{capital(name)}: {'; '.join(said)}.")
        return middle + high + 2

    def _said(self, entries: Sequence[Entry]) -> str:
        def one(entry: Entry) -> str:
            if not entry.unknown:
                return f"{entry.label} ({self.table.brief(f'evidence.{entry.evidence}')})"
            said = not_known(entry.label, self.table)
            elsewhen = entry.elsewhen(self.table)
            return f"{said} ({elsewhen})" if elsewhen else said

        return ", ".join(one(entry) for entry in entries)

    def _cell(self, row: str, i: int, entries: Sequence[Entry], middle: float) -> int:
        sheet, x, room = self.sheet, self._left(i), self._room()
        if not entries:
            word = self.table["picture.none"]
            sheet.say(x, middle, word, size=SIZE - 0.5, ink="mid", italic=True)
            return 1
        actors = companies(self.graphs[i], self.group)
        for k, entry in enumerate(entries[:_MOST]):
            look = "plain"
            label = entry.label
            if entry.unknown:
                look, label = "unknown", not_known(label, self.table)
            elif actors & set(entry.chain):
                look = "group"
            if chip_width(label, SIZE) > room:
                label = label.partition(" · ")[0]
            at = middle + k * _LINE
            sheet.chip(
                x,
                at,
                label,
                id=f"{row} {i} {k}",
                size=SIZE,
                look=look,
                room=room,
                title=self._said([entry]),
                members=entry.members,
            )
            note = self.table.brief(f"evidence.{entry.evidence}") if not entry.unknown else ""
            note = note or entry.elsewhen(self.table)
            if note:
                # the sign stands a line higher: the words may reach below it
                wide = room - 6 + (_SIGN - 4 if i + 1 < len(self.graphs) else 0)
                sheet.say(x + 6, at + 15, note, size=SMALL, ink="mid", italic=True, room=wide)
        more = len(entries) - _MOST
        if more > 0:
            at = middle + _MOST * _LINE - 8
            said = self.table.say("more", n=more)
            sheet.say(x + 6, at, said, size=SMALL, ink="mid", italic=True)
            return _MOST + 1
        return len(entries)

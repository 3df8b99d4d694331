"""Before and after: layers down, days across, the evidence in words, and a sign for each change.

What became of a layer and of each who stands in it is what :mod:`depgraph.analysis.turns`
says, as in the texts: an arrow never leaves an unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise
from typing import Any, Final

import networkx as nx

from depgraph.analysis.change import days_of
from depgraph.analysis.roles import FUNCTION_LAYERS, Roles
from depgraph.analysis.turns import EntryChange, LayerChange, layer_changes
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.pictures.basis import Basis, of_one_store
from depgraph.pictures.engine.measure import drawable, width, wrap
from depgraph.pictures.engine.sheet import CHIP, MARGIN, SMALL, Sheet, chip_least, chip_width
from depgraph.pictures.engine.values import Box, Line, Mark, Scene
from depgraph.pictures.entries import Entry, days, entries
from depgraph.pictures.frame import (
    deck,
    footer,
    involved_notes,
    joined_about,
    legend,
    named_sources,
    signs_of,
)
from depgraph.pictures.headline import capital, doubts, marked
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import heading, unknown_phrases
from depgraph.providers.rules import short_name
from depgraph.schema import require_several
from depgraph.texts import Words, words
from depgraph.texts.refusals import refuse, said
from depgraph.vocabulary import REPORTED_ONLY, Layer, Turn, least_sure

SIZE: Final = 10.5
_LEFT: Final = 112.0
_SIGN: Final = 22.0
_LEAST: Final = 88.0  # px of a day: the page is as wide as many days ask for
_LARGEST: Final = 160.0  # px of a day, for the longest word in it
_MANY: Final = 6  # days; of more those that say the same have one column
_DOT: Final = 2.6  # px: half the width of a dot on the axis of time
_APART: Final = 14.0  # px between two words at the axis of time
_HEADLINED: Final = 2  # names of one day in a headline
_ONE_OF_TWO: Final = tuple([0, n] for n in range(1, _HEADLINED + 1))
_BELOW: Final = 14.6  # px from the last line of a chip to the words below it
_WORDS: Final = 11.5  # a line of small words
_GONE: Final = 13.0  # a line of words without a chip
_NAME: Final = 13.0  # a line of a row's name
_MOST: Final = 6  # entries of a cell that are drawn

_SIGNS: Final[Mapping[Turn, str]] = {
    Turn.SAME: "=",
    Turn.SAME_AS_KNOWN: "(=)",
    Turn.CHANGED: "→",
    Turn.INCOMPARABLE: "·",
}
"""The sign for what became of a layer."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A layer on one day.

    Parameters
    ----------
    entries
        Who is there, and what is not known of it.
    words
        What is written where there is nothing.
    hidden
        Why somebody may be there all the same; empty where nobody can.
    entry_changes
        What became of each since the day before.
    """

    entries: tuple[Entry, ...] = ()
    words: str = ""
    hidden: str = ""
    entry_changes: tuple[EntryChange, ...] = ()

    @property
    def says(self) -> tuple[Any, ...]:
        """What makes two days say the same."""
        return (tuple(entry.key for entry in self.entries), self.words, bool(self.hidden))

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes the cells of two functions say the same."""
        turns = tuple((change.turn, change.role.actor) for change in self.entry_changes)
        return (*self.says, turns)

    def turn_of(self, entry: Entry) -> Turn | None:
        """Return what became of one who is there; None where nothing did."""
        for change in self.entry_changes:
            if change.after is not None and change.role.actor == entry.role.actor:
                return change.turn
        return None

    @property
    def gone(self) -> list[EntryChange]:
        """Who was there the day before, and is not, is not known to be, or is only met now."""
        drawn = {entry.role.actor for entry in self.entries}
        return [
            change
            for change in self.entry_changes
            if change.after is None or change.role.actor not in drawn
        ]


@dataclass(frozen=True, slots=True)
class _Row:
    """A layer, the functions of which it is the same, its cells, and the turns between them."""

    layer: Layer
    functions: tuple[str, ...]
    cells: tuple[_Cell, ...]
    turns: tuple[Turn, ...]


@checked()
def timeline(
    graphs: Sequence[nx.MultiDiGraph[str] | Basis],
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    stacked: bool = False,
) -> Scene:
    """Draw the graphs of one service side by side, in the order of their days.

    Parameters
    ----------
    graphs
        Two or more that follow the schema, of one service.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled.
    page
        Width, px; of many days side by side more.
    stacked
        The days of each layer below each other, those that say the same as one: for a phone.

    Raises
    ------
    QuestionError
        If there are fewer than two, or they are of several services.
    GraphError
        If they are no graphs of ours.
    """
    bases = sorted(map(Basis.of, require_several(graphs)), key=lambda basis: days_of(basis.model))
    subjects = sorted({basis.subject for basis in bases})
    if len(bases) < 2 or len(subjects) != 1:
        raise refuse(
            QuestionError,
            "timeline",
            n=len(bases),
            subjects=", ".join(subjects) or said("refused.none"),
        )
    table = words(lang)
    rows = _Maker(bases, table).rows()
    starts = [days_of(basis.model)[0] for basis in bases]
    title, told = _headline(bases, list(map(table.day, starts)), table)
    spans = _spans(bases, rows)
    asked = deck([basis.model for basis in bases], table, dated=False)
    reports = {
        (role.actor, role.citation): role for basis in bases for role in basis.roles.involved
    }
    about = joined_about(basis.model.about for basis in bases)
    sources = named_sources(basis.model for basis in bases)
    whole = bases
    bases, rows = [bases[first] for first, _ in spans], [_folded(row, spans) for row in rows]
    dates = [
        table.day(starts[first])
        if first == last
        else table.say(
            "picture.timeline.span", first=table.day(starts[first]), last=table.day(starts[last])
        )
        for first, last in spans
    ]
    subtitle = " ".join(filter(None, (told, asked)))
    labels = (entry for row in rows for cell in row.cells for entry in cell.entries[:_MOST])
    longest = max((_least(entry, table) for entry in labels), default=0.0)
    day = max(_LEAST, min(longest, _LARGEST))
    least = 0.0 if stacked else _LEFT + MARGIN + len(bases) * (day + _SIGN)
    sheet = Sheet(max(page, least), lang)
    numbers = {report: number for number, report in enumerate(reports, 1)}
    painter = _Painter(sheet, bases, table, group, numbers, stacked)
    middle = _axis(painter, starts, len(spans), sheet.head(title, subtitle) + 12)
    middle = painter.heads(dates, spans, middle)
    ends = [(table.day(starts[first]), table.day(starts[last])) for first, last in spans]
    several = {layer for layer, same in groupby(row.layer for row in rows) if len(list(same)) > 1}
    for row in rows:
        if stacked:
            middle = painter.stack(row, ends, middle, named=row.layer in several)
        else:
            middle = painter.row(row, middle, named=row.layer in several)
    sheet.say(MARGIN, middle + 4, _key(rows, table), size=SMALL)
    bottom = legend(sheet, middle + 18, table, signs_of(sheet, table, group))
    notes = [table["picture.timeline.reading"], *involved_notes(list(reports.values()), table)]
    if len(bases) < len(whole):
        notes.insert(1, table["picture.timeline.folded"])
    height = footer(sheet, bottom + 8, about, table, notes=notes, sources=sources)
    return sheet.freeze(
        kind="timeline",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.sentences]),
        header=(table["column.layer"], table["column.function"], *dates),
        rows=painter.table_rows,
    )


# --- What is written -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Maker:
    """Lays the roles of each day side by side."""

    bases: Sequence[Basis]
    table: Words

    def rows(self) -> list[_Row]:
        """Return the rows: layer by layer, functions that say the same every day as one."""
        pairs = pairwise(basis.roles for basis in self.bases)
        changes = [_by_place(layer_changes(before, after)) for before, after in pairs]
        found: list[_Row] = []
        for layer in (Layer.INVOLVEMENT, *FUNCTION_LAYERS):
            alike: dict[tuple[Any, ...], _Row] = {}
            for function in self._functions(layer):
                row = self._row(layer, function, changes)
                key = (tuple(cell.key for cell in row.cells), row.turns)
                first = alike.setdefault(key, row)
                if first is not row:
                    functions = (*first.functions, function)
                    alike[key] = _Row(layer, functions, first.cells, first.turns)
            found += alike.values()
        return found

    def _functions(self, layer: Layer) -> list[str]:
        """Return the functions that have somebody, or something unknown, in a layer on some day."""
        if layer is Layer.INVOLVEMENT:
            return [""] if any(basis.roles.involved for basis in self.bases) else []
        every = (name for basis in self.bases for name in basis.model.functions)
        names = dict.fromkeys(name for name in every if not of_one_store(name))
        return [
            name
            for name in names
            if any(
                name in basis.roles.functions and layer in basis.roles.by_layer(name)
                for basis in self.bases
            )
        ]

    def _row(
        self,
        layer: Layer,
        function: str,
        changes: Sequence[Mapping[tuple[str, Layer], LayerChange]],
    ) -> _Row:
        place = (function, layer)
        met = [found.get(place) for found in changes]
        cells = []
        for i, basis in enumerate(self.bases):
            before = met[i - 1] if i else None
            cells.append(self._cell(basis, layer, function, before.entries if before else ()))
        turns = tuple(change.turn if change else Turn.INCOMPARABLE for change in met)
        return _Row(layer, (function,), tuple(cells), turns)

    def _cell(
        self, basis: Basis, layer: Layer, function: str, changes: tuple[EntryChange, ...]
    ) -> _Cell:
        who, table = basis.roles, self.table
        if layer is Layer.INVOLVEMENT:
            none = "" if who.involved else table["picture.timeline.no-report"]
            return _Cell(entries(who.involved), none, "", changes)
        if function not in who.functions:
            return _Cell((), table["timeline.no-function"], "", changes)
        if function in who.absent:
            return _Cell((), table["state.absent"], "", changes)
        standing = who.standing(function, layer)
        hidden = ""
        if not standing.fully_known:
            because = unknown_phrases(standing.hiding, days(basis), table)
            untold = "why.incomplete" if standing.examined else "not-examined"
            hidden = table["list.semicolon"].join(because) or table[untold]
        row = entries(who.by_layer(function).get(layer, ()))
        none = "" if row or hidden else table["picture.none"]
        return _Cell(row, none, hidden, changes)


def _spans(bases: Sequence[Basis], rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """Return the first and the last of the days that each column stands for.

    Of many days those that say the same one after the other have one, so that the picture shows
    what changed; a day with a title of its own keeps its column.
    """
    found: list[tuple[int, int]] = []
    for i in range(len(bases)):
        same = len(bases) > _MANY and i > 0 and _titles_alike(bases[i - 1], bases[i])
        if same and all(row.cells[i].says == row.cells[i - 1].says for row in rows):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _titles_alike(first: Basis, second: Basis) -> bool:
    titles = {str(basis.model.about.get("title", "")) for basis in (first, second)}
    return len(titles) == 1


def _folded(row: _Row, spans: Sequence[tuple[int, int]]) -> _Row:
    cells = tuple(row.cells[first] for first, _ in spans)
    return replace(row, cells=cells, turns=tuple(row.turns[first - 1] for first, _ in spans[1:]))


def _runs(row: _Row) -> list[tuple[int, int]]:
    """Return the first and the last of the days on which a layer says the same."""
    found: list[tuple[int, int]] = []
    for i, cell in enumerate(row.cells):
        if i and cell.says == row.cells[i - 1].says:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _axis(painter: _Painter, starts: Sequence[str], columns: int, middle: float) -> float:
    """Draw a dot for each day, true to time, and where years or months begin; return the y below.

    Nothing of two columns, which have no distances to compare.
    """
    if columns < 3:
        return middle
    days = [date.fromisoformat(day[:10]) for day in starts]
    first, last = days[0].toordinal(), days[-1].toordinal()
    if first == last:
        return middle
    sheet = painter.sheet
    scale = (sheet.width - MARGIN - _LEFT) / (last - first)
    places = [_LEFT + (day.toordinal() - first) * scale for day in days]
    together: list[list[float]] = []
    for at in places:
        if together and at - together[-1][-1] < 2 * _DOT:
            together[-1].append(at)
        else:
            together.append([at])
    several = [some for some in together if len(some) > 1]
    middle += 10 if several else 0
    sheet.lines.append(Line("", "", ((_LEFT, middle), (sheet.width - MARGIN, middle))))
    sheet.marks += [Mark("dot", at, middle, _DOT) for at in places]
    for some in several:  # dots that look like one
        count = painter.table.say("picture.times", n=len(some))
        sheet.say(sum(some) / len(some), middle - 10, count, size=SMALL, ink="mid", anchor="middle")
    end = _LEFT - _APART  # of the last word
    for day, word in _begun(days[0], days[-1], painter.table):
        at = _LEFT + (day.toordinal() - first) * scale
        wide = width(word, SMALL)
        if at - wide / 2 > end + _APART and at + wide / 2 < sheet.width - MARGIN:
            sheet.say(at, middle + 11, word, size=SMALL, ink="mid", anchor="middle")
            end = at + wide / 2
    return middle + 34


def _begun(first: date, last: date, table: Words) -> Iterator[tuple[date, str]]:
    """Yield the days on which years begin, or months where it is about less than two years."""
    monthly = last - first < timedelta(days=700)
    for year in range(first.year, last.year + 1):
        for month in range(1, 13) if monthly else (1,):
            day = date(year, month, 1)
            if first <= day <= last:
                yield day, f"{table[f'month.{month}']} {year}" if monthly else str(year)


def _least(entry: Entry, table: Words) -> float:
    """Return the room in which no word of a box is broken, px."""
    return chip_least(entry.label(table), SIZE, italic=entry.look == "unknown")


def _by_place(changes: Iterable[LayerChange]) -> dict[tuple[str, Layer], LayerChange]:
    return {(change.function, change.layer): change for change in changes}


# --- The finding ---------------------------------------------------------------------------


def _headline(bases: Sequence[Basis], dates: Sequence[str], table: Words) -> tuple[str, str]:
    """Return what changed, over any two days, and what stayed the same."""
    found: dict[Layer, dict[tuple[int, int], set[Turn]]] = {}
    for (i, before), (j, after) in combinations(enumerate(bases), 2):
        every: dict[Layer, list[LayerChange]] = {}
        for change in layer_changes(before.roles, after.roles):
            every.setdefault(change.layer, []).append(change)
        lost = {*_offered(before)} ^ {*_offered(after)}
        for layer, several in every.items():
            # That mail is no longer offered changes no registrar, which the site still has.
            lasting = [change for change in several if change.function not in lost]
            if layer is not Layer.INVOLVEMENT:
                turns_of = {change.turn for change in lasting or several}
                found.setdefault(layer, {})[i, j] = turns_of
    ordered = sorted(found, key=lambda layer: layer.rank)
    turns = {layer: set().union(*found[layer].values()) for layer in ordered}
    changed = [layer for layer in ordered if Turn.CHANGED in turns[layer]]
    same = [layer for layer in ordered if turns[layer] <= {Turn.SAME, Turn.SAME_AS_KNOWN}]
    blind = [
        layer for layer in ordered if layer not in changed and Turn.INCOMPARABLE in turns[layer]
    ]

    def named(layers: Sequence[Layer]) -> str:
        return table.listed([table[f"layer.{layer.value}"] for layer in layers])

    # What no record of the DNS tells of comes after what was measured.
    aside = [layer for layer in changed if layer in REPORTED_ONLY]
    told = [layer for layer in changed if layer not in aside]
    key = "changed" if changed else "unknown" if len(blind) > len(same) else "none"
    if not told:  # others are known on another day; that they came or went is not
        told = [layer for layer in blind if _two_days(layer, bases, found[layer], known_both=True)]
        key = "others" if told else key
    title = table.say(
        f"picture.timeline.{key}",
        subject=bases[0].subject,
        first=dates[0],
        last=dates[-1],
        rows=named(told or aside),
    )
    parts = []
    pairs = {
        layer: pair
        for layer in (*told[:2], *aside)
        if (pair := _two_days(layer, bases, found[layer]))
    }
    for layer in blind:  # others are known there: that they came and went is not
        if changed and (pair := _two_days(layer, bases, found[layer], known_both=True)):
            pairs.setdefault(layer, pair)
    news = next((layer for layer, pair in pairs.items() if _both(layer, bases, pair)), None)
    if news is not None:  # who they are is the finding; what else changed goes below it
        parts.append(table.say("full-stop", sentence=title))
        title = _news(news, bases, dates, pairs.pop(news), table)
    elif key != "changed" and (once := _once(blind, bases, found)):
        parts.append(table.say("full-stop", sentence=title))
        title = _news(once[0], bases, dates, once[1], table)
    parts += [_shown(layer, bases, dates, pair, table) for layer, pair in pairs.items()]
    if same:
        parts.append(table.say("picture.timeline.same", rows=capital(named(same))))
    if blind:
        parts.append(table.say("picture.timeline.open", rows=capital(named(blind))))
    return title, " ".join(part for part in parts if part)


def _news(
    layer: Layer,
    bases: Sequence[Basis],
    dates: Sequence[str],
    pair: tuple[int, int],
    table: Words,
) -> str:
    """Return who is known in a layer on each of two days, as a headline."""
    return table.say(
        "picture.timeline.news",
        subject=bases[0].subject,
        row=table[f"layer.{layer.value}"],
        **_words_of(layer, bases, dates, pair, table),
    )


def _once(
    layers: Iterable[Layer],
    bases: Sequence[Basis],
    found: Mapping[Layer, Mapping[tuple[int, int], Collection[Turn]]],
) -> tuple[Layer, tuple[int, int]] | None:
    """Return the first layer in which somebody is known on one of two days, and nobody on the other."""
    for layer in layers:
        pairs = [
            (j - i, i)
            for i, j in found[layer]
            if layer not in REPORTED_ONLY
            and sorted(len(_known(bases[k].roles, layer)) for k in (i, j)) in _ONE_OF_TWO
        ]
        if pairs:
            far, first = min(pairs)
            return layer, (first, first + far)
    return None


def _offered(basis: Basis) -> Iterator[str]:
    """Yield the functions that a service offers."""
    for name, node in basis.model.functions.items():
        if not basis.model.nodes[node].get("absent"):
            yield name


def _two_days(
    layer: Layer,
    bases: Sequence[Basis],
    found: Mapping[tuple[int, int], set[Turn]],
    *,
    known_both: bool = False,
) -> tuple[int, int] | None:
    """Return two days on which others are known in a layer: with a change first, then the nearest.

    `known_both` asks for somebody who is known on each of them.
    """
    pairs = []
    for i, j in found:
        was, now = _known(bases[i].roles, layer), _known(bases[j].roles, layer)
        if was.keys() != now.keys() and (not known_both or (was and now)):
            pairs.append((Turn.CHANGED not in found[i, j], not (was and now), j - i, i))
    if not pairs:
        return None
    *_, far, first = min(pairs)
    return first, first + far


def _shown(
    layer: Layer,
    bases: Sequence[Basis],
    dates: Sequence[str],
    pair: tuple[int, int],
    table: Words,
) -> str:
    """Return who is known in a layer on each of two days."""
    row = capital(table[f"layer.{layer.value}"])
    told = _words_of(layer, bases, dates, pair, table)
    return table.say("picture.timeline.seen", row=row, **told)


def _words_of(
    layer: Layer,
    bases: Sequence[Basis],
    dates: Sequence[str],
    pair: tuple[int, int],
    table: Words,
) -> dict[str, str]:
    """Return the names of those who are known in a layer on each of two days, and the days."""
    was, now = (
        table.listed([_named(entry, table) for entry in _known(bases[i].roles, layer).values()])
        or table["evidence.unknown" if _open(bases[i].roles, layer) else "picture.none"]
        for i in pair
    )
    return {"was": was, "before": dates[pair[0]], "now": now, "after": dates[pair[1]]}


def _open(who: Roles, layer: Layer) -> bool:
    """Tell whether somebody may be in a layer of some function in which nobody is known."""
    present = (name for name in who.functions if name not in who.absent)
    return any(not who.standing(name, layer).fully_known for name in present)


def _named(entry: Entry, table: Words) -> str:
    """Return a name; in brackets its company, where that is called otherwise, and what is doubtful."""
    name = short_name(entry.role.label) if entry.owner else entry.label(table)
    role, sure = entry.role, entry.role.confidence
    if entry.owner:
        sure = least_sure((sure, entry.owner_confidence))
    marks = [*filter(None, [entry.owner]), *doubts(role.evidence, sure, table)]
    return marked(name, marks, table)


def _both(layer: Layer, bases: Sequence[Basis], pair: tuple[int, int]) -> bool:
    """Tell whether somebody is known on both days, and so few that a headline can name them."""
    return all(0 < len(_known(bases[i].roles, layer)) <= _HEADLINED for i in pair)


def _known(who: Roles, layer: Layer) -> dict[str, Entry]:
    """Return those known to be in a layer of some function, by actor."""
    return {
        entry.role.actor: entry
        for function in who.functions
        for entry in entries(who.by_layer(function).get(layer, ()))
        if entry.role.known
    }


def _key(rows: Sequence[_Row], table: Words) -> str:
    used = {turn for row in rows for turn in row.turns}
    return ("\u00a0" * 5).join(  # plain spaces of an SVG are one
        f"{sign} {table[f'turn.{turn.value}']}" for turn, sign in _SIGNS.items() if turn in used
    )


# --- How it is drawn -----------------------------------------------------------------------


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and keeps them as sentences and as a table."""

    sheet: Sheet
    bases: Sequence[Basis]
    table: Words
    group: str
    numbers: Mapping[tuple[str, str], int]
    stacked: bool = False
    sentences: list[str] = field(default_factory=list)
    table_rows: list[tuple[str, ...]] = field(default_factory=list)

    def left(self, i: int) -> float:
        """Return the left edge of a column, px; of days below each other there is one."""
        return _LEFT if self.stacked else _LEFT + i * (self._room() + _SIGN)

    def _room(self) -> float:
        count = 1 if self.stacked else len(self.bases)
        return (self.sheet.width - _LEFT - MARGIN - _SIGN * (count - 1)) / count

    def heads(self, dates: Sequence[str], spans: Sequence[tuple[int, int]], middle: float) -> float:
        """Write the days, how many recordings a column stands for, and what each is called."""
        if self.stacked:
            return self._titles(dates, spans, middle)
        lines = 0
        days = [wrap(day, self._room(), SIZE + 0.5, bold=True) for day in dates]
        for i, day in enumerate(days):
            for k, line in enumerate(day):
                at = middle + k * 13
                self.sheet.say(self.left(i), at, line, size=SIZE + 0.5, bold=True)
        middle += 13 * (max(map(len, days)) - 1)
        for i, (basis, (first, last)) in enumerate(zip(self.bases, spans, strict=True)):
            title = self._title(basis, dates[i], last - first + 1)
            for k, line in enumerate(wrap(title, self._room(), SMALL) if title else ()):
                at = middle + 15 + 12 * k
                self.sheet.say(self.left(i), at, line, size=SMALL, ink="mid")
                lines = max(lines, k + 1)
        return middle + 26 + 12 * lines

    def _title(self, basis: Basis, day: str, recordings: int) -> str:
        """Return what a day is called, or how many recordings its column stands for."""
        if recordings > 1:
            return self.table.say("picture.timeline.recordings", n=recordings)
        title = str(self.table.titled(str(basis.model.about.get("title", ""))))
        return title.partition(self.table["colon"])[2] or ("" if title == day else title)

    def _titles(
        self, dates: Sequence[str], spans: Sequence[tuple[int, int]], middle: float
    ) -> float:
        """Write what each day is called, one below the other; those that have a title."""
        for basis, day, (first, last) in zip(self.bases, dates, spans, strict=True):
            if title := self._title(basis, day, last - first + 1):
                line = f"{day}{self.table['colon']}{title}"
                middle = self.sheet.paragraph(middle, line, size=SMALL, ink="mid")
        return middle + 12

    def stack(
        self, row: _Row, ends: Sequence[tuple[str, str]], middle: float, *, named: bool
    ) -> float:
        """Write one layer, a day or several that say the same below the other; return the next middle.

        `ends` are the first and the last day of each column.
        """
        top, where = middle, len(self.sheet.boxes)
        name, functions, number = self._named(row)
        head = self.table.say("in-brackets", what=name, note=functions) if named else name
        for line in wrap(capital(head), self.sheet.width - 2 * MARGIN, SIZE, bold=True):
            self.sheet.say(MARGIN, middle, line, size=SIZE, bold=True)
            middle += _NAME
        middle += 7
        for first, last in _runs(row):
            if first:
                sign = _SIGNS[row.turns[first - 1]]
                self.sheet.say(_LEFT - 13, middle, sign, size=SIZE + 1, bold=True, anchor="middle")
            since, until = ends[first][0], ends[last][1]
            day = since
            if until != since:
                day = self.table.say("picture.timeline.span", first=since, last=until)
            days = wrap(day, _LEFT - MARGIN - _SIGN, SMALL)
            for k, line in enumerate(days):
                self.sheet.say(MARGIN, middle + k * _WORDS, line, size=SMALL, ink="mid")
            high = self._cell(number, first, row.cells[first], middle)
            middle += max(high, _WORDS * len(days) + 10)
        wide = self.sheet.width - 2 * MARGIN + 12
        band = Box(f"band {number}", MARGIN - 6, top - 12, wide, middle - top - 2, look="band")
        self.sheet.boxes.insert(where, band)
        self._keep(row, name, functions)
        return middle + 6

    def _named(self, row: _Row) -> tuple[str, str, int]:
        """Return what a row is called, its functions, and its number."""
        name = self.table.brief(f"layer.{row.layer.value}")
        return name, heading(filter(None, row.functions), self.table), len(self.table_rows)

    def row(self, row: _Row, middle: float, *, named: bool) -> float:
        """Write one layer; return the middle of the next.

        `named` tells that the functions are written too, as the layer has several rows.
        """
        where = len(self.sheet.boxes)
        name, functions, number = self._named(row)
        high = max(self._cell(number, i, cell, middle) for i, cell in enumerate(row.cells))
        names = wrap(name, _LEFT - MARGIN - 12, SIZE)
        below = wrap(functions, _LEFT - MARGIN - 12, SMALL) if named else []
        high = max(high, _NAME * (len(names) + len(below)) + 12)
        wide = self.sheet.width - MARGIN - _LEFT + 12
        band = Box(f"band {number}", _LEFT - 8, middle - 12, wide, high - 3, look="band")
        self.sheet.boxes.insert(where, band)
        for k, line in enumerate(names):
            self.sheet.say(MARGIN, middle + k * _NAME, line, size=SIZE)
        for k, line in enumerate(below, len(names)):
            self.sheet.say(MARGIN, middle + k * _NAME, line, size=SMALL, ink="mid")
        for i, turn in enumerate(row.turns):
            self.sheet.say(
                self.left(i + 1) - _SIGN / 2 - 2,
                middle,
                _SIGNS[turn],
                size=SIZE + 1,
                bold=True,
                anchor="middle",
            )
        self._keep(row, name, functions)
        return middle + high + 2

    def _keep(self, row: _Row, name: str, functions: str) -> None:
        """Keep a row as a row of the table, and as a sentence."""
        told = [self._told(cell, i) for i, cell in enumerate(row.cells)]
        whole = functions or self.table["function.whole"]
        self.table_rows.append((name, whole, *told))
        head = self.table.say("in-brackets", what=capital(name), note=whole)
        days_told = self.table["list.semicolon"].join(told)
        self.sentences.append(f"{head}{self.table['colon']}{days_told}.")

    # A cell in words

    def _told(self, cell: _Cell, i: int) -> str:
        """Return a cell as a text: who, how known, how sure, and what became of each."""
        table, comma = self.table, self.table["list.comma"]
        parts = [self._one(cell, entry, i) for entry in cell.entries]
        if not parts:
            parts = [cell.words or table["evidence.unknown"]]
        if self._others(cell):
            parts.append(table["picture.perhaps-others"])
        parts += [self._gone(change, change.role.label) for change in cell.gone]
        return comma.join(parts)

    def _one(self, cell: _Cell, entry: Entry, i: int) -> str:
        table = self.table
        if entry.role.unknown:
            return entry.title(table, days(self.bases[i]))
        turn = cell.turn_of(entry)
        words = [entry.known_by(table), *([table[f"turn.{turn.value}"]] if turn else [])]
        note = table["list.comma"].join(words)
        return table.say("in-brackets", what=entry.label(table, whole=True), note=note)

    def _gone(self, change: EntryChange, label: str) -> str:
        word = self.table[f"turn.{change.turn.value}"]
        if change.after is not None:  # it has no box, as it is not needed
            label = self.table.say("in-brackets", what=label, note=self.table["exposed"])
        return f"{word}{self.table['colon']}{label}"

    def _others(self, cell: _Cell) -> bool:
        """Tell whether others may be there besides those who are known, and no box says so."""
        known = cell.entries and not any(entry.role.unknown for entry in cell.entries)
        return bool(known and cell.hidden)

    # A cell as it is drawn

    def _cell(self, number: int, i: int, cell: _Cell, middle: float) -> float:
        """Write one cell; return its height, px."""
        x, room = self.left(i), self._room()
        at = middle
        for k, entry in enumerate(cell.entries[:_MOST]):
            at = self._entry(cell, entry, i, f"{number} {i} {k}", at)
        if not cell.entries and cell.words:
            for part in wrap(cell.words, room, SIZE - 0.5, italic=True):
                self._small(x, at, part, size=SIZE - 0.5)
                at += _GONE
            at += 8
        elif not cell.entries:
            unknown = self.table["evidence.unknown"]
            title = f"{unknown}{self.table['colon']}{cell.hidden}"
            name = f"{number} {i} hidden"
            box = self.sheet.chip(
                x, at, unknown, id=name, size=SIZE, look="unknown", room=room, title=title
            )
            at = box.bottom + _BELOW
        lines = []
        if len(cell.entries) > _MOST:
            lines.append(self.table.say("more", n=len(cell.entries) - _MOST))
        if self._others(cell):
            lines.append(self.table["picture.perhaps-others"])
        lines += [self._gone(change, short_name(change.role.label)) for change in cell.gone]
        for line in lines:
            for part in wrap(line, room - 6, SMALL, italic=True):
                self._small(x + 6, at - 5, part)
                at += _GONE
        return at - middle + 3

    def _entry(self, cell: _Cell, entry: Entry, i: int, name: str, at: float) -> float:
        """Put the box of an entry, and the words below it; return the middle of the next."""
        x, room, table = self.left(i), self._room(), self.table
        label = entry.label(table)
        if (
            chip_width(label, SIZE, italic=entry.look == "unknown") > room
            and not entry.role.unknown
        ):
            label = label.partition(" · ")[0]
        filled = self.bases[i].filled(self.group)
        ours = entry.look == "plain" and filled & entry.chain
        look = "group" if ours else entry.look
        box = self.sheet.chip(
            x,
            at,
            label,
            id=name,
            size=SIZE,
            look=look,
            room=room,
            title=self._one(cell, entry, i),
            members=entry.members,
            failed=entry.failed,
        )
        note = entry.elsewhen(table)
        if not entry.role.unknown:
            turn = cell.turn_of(entry)
            parts = [entry.noted(table), *([table[f"turn.{turn.value}"]] if turn else [])]
            number = self.numbers.get((entry.role.actor, entry.role.citation))
            if entry.role.layer is Layer.INVOLVEMENT and number:
                parts.append(f"[{number}]")
            note = table["list.comma"].join(parts)
        below = box.bottom + 5.8
        for part in wrap(drawable(note), room - 6, SMALL, italic=True) if note else ():
            self._small(x + 6, below, part)
            below += _WORDS
        return below + SIZE * CHIP / 2 + 0.5

    def _small(self, x: float, at: float, text: str, *, size: float = SMALL) -> None:
        self.sheet.say(x, at, text, size=size, ink="mid", italic=True)


PICTURE: Final = Picture(timeline, several=True)

"""Who can take it down: companies down, functions across; how sure and when in each cell, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import networkx as nx

from depgraph.analysis.clients import Client
from depgraph.analysis.dependence import FunctionDependence, dependence
from depgraph.analysis.roles import owners_of
from depgraph.analysis.takedown import CutSet, FunctionCuts, Member, Takedown
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, State
from depgraph.pictures.basis import Basis, of_one_store
from depgraph.pictures.engine.measure import drawable, width, wrap
from depgraph.pictures.engine.sheet import CHIP, MARGIN, SMALL, Sheet
from depgraph.pictures.engine.values import Box, Mark, Scene
from depgraph.pictures.frame import foot, involved_notes, legend, signs_of
from depgraph.pictures.headline import footnotes, headline
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import (
    days_of,
    failed_words,
    group_name,
    heading,
    noted,
    onset_word,
    unknown_phrases,
    unknown_word,
    what_of,
    with_owner,
)
from depgraph.providers.rules import alike_names, short_name
from depgraph.rendering.clients import whom
from depgraph.rendering.phrases import starts
from depgraph.rendering.unknowns import only_unserved
from depgraph.rendering.writer import Writer
from depgraph.texts import Words, words
from depgraph.vocabulary import Confidence, Evidence, Kind, LawBasis, Relation, What, most_sure

SIZE: Final = 11.0
_Of = TypeVar("_Of", FunctionCuts, FunctionDependence)

MOST: Final = 12  # rows of sets of two or more
_CHIPS: Final = 190.0  # px for the chips of one company
_LAW: Final = 84.0
_CELL: Final = 76.0
_CELL_HIGH: Final = 25.0
_ROW: Final = 33.0
_NOTE: Final = 9.5
_LINE: Final = 12.0
_BRANDS: Final = 3  # named in the column HOW
_SAID: Final = frozenset({Evidence.PUBLISHED, Evidence.INFERRED, Evidence.REPORTED})


@dataclass(frozen=True, slots=True)
class _Row:
    """One set of actors, and of what is unknown; for whom; the cut set that it is of each function.

    `through` has the labels of those of a group who do it; None where the set is no group.
    """

    members: tuple[Member, ...]
    unknown: tuple[UnknownPart, ...]
    clients: tuple[Client, ...]
    cuts: Mapping[str, CutSet]
    through: tuple[str, ...] | None = None

    @property
    def own(self) -> bool:
        return any(member.own for member in self.members)

    @property
    def worst(self) -> bool:
        """Whether it holds of no function for sure."""
        return all(cut.worst_case for cut in self.cuts.values())

    @property
    def sure(self) -> Confidence | None:
        """How sure it is that it stops something alone; None of a group, and where it may not."""
        known = [cut.confidence for cut in self.cuts.values() if not cut.worst_case]
        return None if self.through is not None or not known else most_sure(known)

    @property
    def hidden(self) -> tuple[UnknownPart, ...]:
        """What has a box of its own: not a step that says no more than that a member is unsure.

        Where somebody who is known acts, what did not serve us is nobody who acts besides.
        """
        labels = {member.label for member in self.members}
        served = [part for part in self.unknown if part.what is not What.SERVICE]
        others = served if self.members else self.unknown
        return tuple(part for part in others if not labels & set(part.possibly))

    @property
    def unserved(self) -> bool:
        """Whether it hangs on what did not serve us alone: who acts is known."""
        failed = [part for part in self.unknown if part.what is What.SERVICE]
        return bool(self.members and failed) and len(failed) == len(self.unknown)

    @property
    def size(self) -> int:
        return len(self.members) + bool(self.hidden)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(member.id for member in self.members)

    def names(self, table: Words) -> tuple[str, ...]:
        """Return the labels of all that is in it."""
        labels = [member.label for member in self.members]
        return (*labels, *(unknown_word(part.what, table) for part in self.hidden))


def takedown(
    graph: nx.MultiDiGraph[str] | Basis,
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    stacked: bool = False,
) -> Scene:
    """Draw who can take the service down, alone and together.

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
        The cells of each row below its boxes, and how it is done below these: for a phone.
    """
    basis = Basis.of(graph)
    table = words(lang)
    answer = basis.takedown
    sheet = Sheet(page, lang)
    title, subtitle = headline(basis, table)
    middle = sheet.head(title, subtitle) + 12
    painter = _Painter(basis, sheet, basis.filled(group), table, _shown(answer), stacked)
    alone, together = _rows(answer, basis.registries)
    middle = painter.heads(middle)
    for row in (*alone, _group(basis, group, table)):
        middle = painter.row(row, middle)
    if not alone:
        middle = painter.remark("picture.takedown.nobody-alone", middle)
    middle = painter.part("picture.takedown.together", middle + 8)
    for row in together[:MOST]:
        middle = painter.row(row, middle)
    if not together:
        middle = painter.remark("picture.takedown.none-together", middle)
    elif len(together) > MOST:
        more = table.say("picture.takedown.more-sets", n=len(together) - MOST)
        sheet.say(MARGIN, middle, more, size=_NOTE, ink="mid", italic=True, room=page - 2 * MARGIN)
        middle += _ROW
    bottom = legend(sheet, middle - 4, table, signs_of(sheet, table, group))
    reading = [table["picture.takedown.reading"], table["picture.takedown.sure"]]
    if answer.horizon < float("inf"):
        days = round(answer.horizon / 86_400)
        reading.append(table.say("picture.takedown.horizon", days=days))
    notes = [" ".join(reading)]
    notes += [*involved_notes(basis.roles.involved, table), *footnotes(basis, table)]
    height = foot(sheet, bottom + 8, basis.model, table, notes=notes)
    how = table["picture.takedown.how"].capitalize()
    return sheet.freeze(
        kind="takedown",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=" ".join([f"{title}.", subtitle, *painter.sentences]),
        header=(table["column.who"], *(table.function(f) for f in painter.functions), how),
        rows=painter.table_rows,
    )


# --- What is written -----------------------------------------------------------------------


def _shown(answer: Takedown) -> tuple[str, ...]:
    return tuple(one.function for one in _drawn(answer.functions) if one.state is not State.ABSENT)


def _drawn(functions: Iterable[_Of]) -> list[_Of]:
    return [one for one in functions if not of_one_store(one.function)]


def _group(basis: Basis, group: str, table: Words) -> _Row:
    """Return what all of a group can stop together, as the answer of a dependence has it."""
    label = table.say("picture.takedown.group", group=group_name(group, table))
    found = [
        one
        for one in _drawn(dependence(basis.model, on=group).functions)
        if one.takedown is not Answer.NO and one.state not in {State.ABSENT, State.FAILS}
    ]
    member = Member(label, label, (), None, unverified=False, own=False)
    cuts = {
        one.function: CutSet(
            function=one.function,
            members=(member,),
            confidence=one.confidence,
            worst_case=one.takedown is Answer.UNDETERMINED,
            seconds=one.seconds,
            onset=one.onset,
            evidence=one.evidence,
            clients=one.clients,
        )
        for one in found
    }
    stopped = {one.function for one in found if one.takedown is Answer.YES}
    return _Row((member,), (), (), cuts, through=_of_group(basis, group, found, stopped, table))


def _of_group(
    basis: Basis,
    group: str,
    found: Sequence[FunctionDependence],
    stopped: Collection[str],
    table: Words,
) -> tuple[str, ...]:
    """Return those of a group by whom it can stop a function, as headlines call them.

    Those of the witness of each function, which is one way of several, and of every set of the
    group's alone.
    """
    filled = basis.filled(group)
    ids = {
        basis.model.label(number): node
        for number, node in enumerate(basis.model.ids)
        if node in filled
    }
    names: dict[str, None] = {}
    for one in found:
        if one.function in stopped:
            names |= dict.fromkeys(one.actors)
    for function in basis.takedown.functions:
        for cut in function.cut_sets:
            if function.function in stopped and not cut.worst_case and filled.issuperset(cut.ids):
                names |= dict.fromkeys(member.label for member in cut.members)
    told = []
    for label in names:
        node = ids.get(label, "")
        brand, owner = basis.called(node) if node.startswith("company:") else (label, "")
        brand = short_name(brand)
        told.append(with_owner(brand, owner, table))
    return tuple(dict.fromkeys(told))


def _rows(answer: Takedown, registries: frozenset[str]) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of those who act alone, and of those who must act together.

    Alone: the certain and likely ones, those last who can as registries only; what is unknown;
    the service itself.
    """
    rows = _gathered(answer)
    alone = [row for row in rows if row.size == 1]
    together = [row for row in rows if row.size > 1]
    alone.sort(
        key=lambda row: (
            row.own,
            row.worst,
            registries.issuperset(row.ids),
            -len(row.cuts),
            _sure(row),
            _order(row),
        )
    )
    together.sort(
        key=lambda row: (row.own, row.worst, row.size, -len(row.cuts), _sure(row), _order(row))
    )
    return alone, together


def _sure(row: _Row) -> int:
    return sum(cut.confidence.rank for cut in row.cuts.values())


def _order(row: _Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(member.label for member in row.members), tuple(part.id for part in row.unknown)


def _gathered(answer: Takedown) -> list[_Row]:
    """Return one row for each set and those whom it stops something for, whatever that is."""
    cuts: dict[tuple[Any, ...], dict[str, CutSet]] = {}
    for function in _drawn(answer.functions):
        for cut in function.cut_sets:
            parts = cut.unknown if cut.worst_case else ()
            cuts.setdefault((cut.ids, parts, cut.clients), {})[function.function] = cut
    rows = []
    for (_, parts, clients), found in cuts.items():
        first = next(iter(found.values()))
        rows.append(_Row(first.members, parts, clients, found))
    return [row for row in rows if row.members or row.unknown]


# --- How it is drawn -----------------------------------------------------------------------


@dataclass(slots=True)
class _Painter:
    """Writes rows on a sheet, and keeps them as sentences and as a table."""

    basis: Basis
    sheet: Sheet
    filled: frozenset[str]
    table: Words
    functions: tuple[str, ...]
    stacked: bool = False
    sentences: list[str] = field(default_factory=list)
    table_rows: list[tuple[str, ...]] = field(default_factory=list)

    def heads(self, middle: float) -> float:
        """Write what stands above the columns."""
        say, table = self.sheet.say, self.table
        failing = self.basis.singles.failing
        below = self.part("picture.takedown.alone", middle)
        middle = below if self.stacked else middle
        heads = [
            wrap(table.function(function), self._wide + 4, SIZE - 0.5, bold=True)
            if self.stacked
            else [table.function(function)]
            for function in self.functions
        ]
        middle += (max(map(len, heads), default=1) - 1) * 13  # the last lines are level
        for i, (function, head) in enumerate(zip(self.functions, heads, strict=True)):
            for up, word in enumerate(reversed(head)):
                at = middle - up * 13
                say(self._centre(i), at, word, size=SIZE - 0.5, bold=True, anchor="middle")
            if function in failing:
                word = table["state.fails"]
                say(self._centre(i), middle + 13, word, size=SMALL, ink="mid", anchor="middle")
        if not self.stacked:
            how = table["picture.takedown.how"].upper()
            say(self._how(), middle, how, size=SMALL, ink="mid", bold=True)
        return middle + (36 if failing else 26)

    def part(self, code: str, middle: float) -> float:
        """Write the head of a part of the rows; return the middle of the first."""
        word = self.table[code].upper()
        self.sheet.say(MARGIN, middle, word, size=SMALL, ink="mid", bold=True)
        return middle + 26

    def remark(self, code: str, middle: float) -> float:
        """Write a sentence in place of rows; return the middle of what follows."""
        return self.sheet.paragraph(middle, self.table[code], size=SIZE - 0.5) + _ROW - SIZE * 1.5

    @property
    def _wide(self) -> float:
        """Width of a cell, px."""
        if not self.stacked:
            return _CELL
        several = max(len(self.functions), 1)
        return min((self._across + 6) / several - 6, 2 * _CELL)

    @property
    def _across(self) -> float:
        """Width between the margins, px."""
        return self.sheet.width - 2 * MARGIN

    def _centre(self, i: int) -> float:
        left = MARGIN + (0 if self.stacked else _CHIPS + _LAW + 8)
        return left + (i + 0.5) * (self._wide + 6) - (3 if self.stacked else 0)

    def _how(self) -> float:
        return MARGIN if self.stacked else self._centre(len(self.functions)) - _CELL / 2 + 6

    def row(self, row: _Row, middle: float) -> float:
        """Write one row; return the middle of the next."""
        if self.stacked:
            return self._stacked_row(row, middle)
        sheet, number = self.sheet, len(self.table_rows)
        how = self._means(row)
        room = sheet.width - MARGIN - self._how() - 6
        lines = wrap(drawable(how, limit=900), room, _NOTE)
        where = len(sheet.boxes)
        chips = self._chips(row, number, middle)
        law = [line for line in wrap(self._law(row), _LAW - 4, _NOTE) if line]
        high = max(_ROW + chips, _ROW / 2 + (len(lines) - 0.5) * _LINE + 3, 9 + len(law) * _LINE)
        top = middle - _ROW / 2 + 1
        wide = sheet.width - 2 * MARGIN + 8
        sheet.boxes.insert(
            where, Box(f"band {number}", MARGIN - 4, top, wide, high - 2, look="band")
        )
        for i, line in enumerate(law):
            at = middle + (i - (len(law) - 1) / 2) * _LINE
            sheet.say(MARGIN + _CHIPS + 2, at, line, size=_NOTE, ink="mid", room=_LAW - 4)
        cells = [self._cell(row, name, i, number, middle) for i, name in enumerate(self.functions)]
        first = middle - (_LINE / 2 if len(lines) > 1 else 0)
        for i, line in enumerate(lines):
            sheet.say(self._how(), first + i * _LINE, line, size=_NOTE)
        self.table_rows.append((self._who(row), *cells, how))
        self.sentences += self._told(row)
        return middle + high + 3

    def _stacked_row(self, row: _Row, middle: float) -> float:
        """Write one row over the width of the page: boxes, cells, and how it is done."""
        sheet, number, top = self.sheet, len(self.table_rows), middle - _ROW / 2 + 1
        where = len(sheet.boxes)
        below = middle + self._chips(row, number, middle)
        law, right = self._law(row), sheet.boxes[-1].right + 8
        if right + width(law, _NOTE) <= MARGIN + self._across:
            sheet.say(right, below, law, size=_NOTE, ink="mid")
        else:
            below += SIZE * CHIP / 2 + _LINE / 2 + 2
            below = sheet.paragraph(below, law, size=_NOTE, ink="mid", x=MARGIN + 2) - _NOTE * 1.5
        middle = max(below, sheet.boxes[-1].middle) + SIZE * CHIP / 2 + _CELL_HIGH / 2 + 4
        cells = [self._cell(row, name, i, number, middle) for i, name in enumerate(self.functions)]
        how = self._means(row)
        middle += _CELL_HIGH / 2 + _LINE - 1
        for line in filter(None, wrap(drawable(how, limit=900), self._across - 8, _NOTE)):
            sheet.say(MARGIN + 2, middle, line, size=_NOTE)
            middle += _LINE
        bottom = middle - _LINE / 2 + 3
        wide = self._across + 8
        band = Box(f"band {number}", MARGIN - 4, top, wide, bottom - top, look="band")
        sheet.boxes.insert(where, band)
        self.table_rows.append((self._who(row), *cells, how))
        self.sentences += self._told(row)
        return bottom + 5 + _ROW / 2

    def _who(self, row: _Row) -> str:
        """Return all that is in a set; of what is unknown, of which names it is."""
        parts = unknown_phrases(row.hidden, days_of(self.basis.model), self.table)
        members = [noted(one.label, self._failed(one), self.table) for one in row.members]
        return self.table.listed([*members, *parts])

    def _failed(self, member: Member) -> str:
        """Return how all that leads to an actor was seen to fail; empty if that was not seen."""
        return failed_words(self.basis.unserved.get(member.id, ()), self.table)

    # Boxes of the actors

    def _chips(self, row: _Row, number: int, middle: float) -> float:
        """Put a box for each of the actors; return how far they reach below one line, px."""
        sheet, x, line, below = self.sheet, MARGIN, middle, middle
        single = len(row.members) == 1 and not row.hidden
        limit = MARGIN + _CHIPS + (0 if single else _LAW)
        if self.stacked:
            limit = MARGIN + self._across
        for i, (label, look, title, members) in enumerate(self._people(row)):
            failed = look != "unknown" and any(node in self.basis.unserved for node in members)
            natural = width(drawable(label), SIZE, italic=look == "unknown") + 1.2 * SIZE + 2
            natural += SIZE if single and look != "unknown" else 0
            if i and x + 12 + natural > limit:
                x, line = MARGIN, below + 22
            if i:
                sheet.say(x, line, "+", size=SIZE, ink="mid")
                x += 12
            box = sheet.chip(
                x,
                line,
                label,
                id=f"row {number} {i}",
                size=SIZE,
                look=look,
                diamond=row.sure if single and look != "unknown" else None,
                room=limit - x,
                title=title,
                members=members,
                failed=failed,
            )
            x = box.right + 4
            below = max(below, box.bottom - CHIP * SIZE / 2)
        return below - middle

    def _people(self, row: _Row) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Return label, look, title and nodes of each box of a row."""
        table = self.table
        found: list[tuple[str, str, str, tuple[str, ...]]] = []
        if row.through is not None:
            return [(row.members[0].label, "group", row.members[0].label, ())]
        for member in row.members:
            possible = row.worst and not row.hidden and not row.unserved
            label = self._called(member, alone=len(row.members) == 1)
            label = table.say("possibly", name=label) if possible else label
            label = noted(label, self._failed(member), table)
            look = "unknown" if possible else self._look(member)
            title = noted(member.label, self._failed(member), table)
            found.append((label, look, title, (member.id,)))
        hidden = row.hidden
        if not hidden:
            return found
        title = table["list.semicolon"].join(
            unknown_phrases(hidden, days_of(self.basis.model), table)
        )
        ids = tuple(part.id for part in hidden)
        kinds = {part.what for part in hidden}
        if len(hidden) > 1 and (row.members or len(kinds) > 1):
            label = table.say("picture.takedown.things", n=len(hidden))
        elif row.members:
            label = unknown_word(hidden[0].what, table)
        else:
            names = list(dict.fromkeys(part.of for part in hidden))
            label = what_of(table[f"what.{hidden[0].what}"], names, table)
        return [*found, (label, "unknown", title, ids)]

    def _called(self, member: Member, *, alone: bool) -> str:
        """Return the name that headlines have for a company; where it acts alone its own too."""
        brand, owner = self.basis.called(member.id)
        return f"{brand} · {owner}" if owner and alone else brand

    def _look(self, member: Member) -> str:
        if member.id in self.filled:
            return "group"
        return "soft" if member.own else "plain"

    def _law(self, row: _Row) -> str:
        """Return the countries whose law binds an actor, and whether it is the service's own."""
        if row.through is not None or len(row.members) != 1 or row.hidden:
            return ""
        model, table = self.basis.model, self.table
        laws = []
        for one in owners_of(model, row.ids[0]):
            if one.relation != Relation.LAW:
                continue
            if one.kind is Kind.UNKNOWN:
                laws.append(table["picture.takedown.law-unknown"])
                continue
            law = table.country(one.label)
            doubt = one.confidence is not Confidence.CERTAIN
            marks = [table[f"confidence.{one.confidence.value}"]] if doubt else []
            marks += [table["basis.parent"]] if one.basis is LawBasis.PARENT else []
            note = table["list.comma"].join(marks)
            laws.append(table.say("in-brackets", what=law, note=note) if marks else law)
        own = [table["picture.own"]] if row.own else []
        return " · ".join([*dict.fromkeys(laws), *own])

    # Cells

    def _cell(self, row: _Row, function: str, i: int, number: int, middle: float) -> str:
        """Write how sure a set stops a function, and when; return it as text."""
        sheet, x = self.sheet, self._centre(i)
        cut = row.cuts.get(function)
        if cut is None:
            if function not in self.basis.singles.failing:
                sheet.marks.append(Mark("dot", x, middle, 1.4, "mid"))
            return ""
        look = self._cell_look(row, cut)
        word = self._word(cut)
        when = onset_word(cut.onset, cut.seconds, self.table)
        name = f"cell {number} {function}"
        top = middle - _CELL_HIGH / 2
        title = self._title(row, cut)
        left = x - self._wide / 2
        sheet.boxes.append(Box(name, left, top, self._wide, _CELL_HIGH, look=look, title=title))
        plate = look == "unknown"
        for shift, text, size in ((-5.5, word, SMALL + 0.5), (6, when, SMALL)):
            sheet.say(
                x,
                middle + shift,
                text,
                size=size,
                ink=f"on-{look}",
                anchor="middle",
                room=self._wide - 4,
                box=name,
                plate=plate,
            )
        return self.table["list.comma"].join(
            [word, when, *([] if cut.evidence is None else [self._evidence(cut)])]
        )

    def _cell_look(self, row: _Row, cut: CutSet) -> str:
        if cut.worst_case:
            return "unknown"
        if cut.confidence is not Confidence.CERTAIN:
            return "part"
        filled = row.through is not None or self.filled.issuperset(row.ids)
        return "group" if filled else "stops"

    def _word(self, cut: CutSet) -> str:
        return "?" if cut.worst_case else self.table[f"confidence.{cut.confidence.value}"]

    def _evidence(self, cut: CutSet) -> str:
        assert cut.evidence is not None
        return self.table[f"evidence.{cut.evidence.value}"]

    def _title(self, row: _Row, cut: CutSet) -> str:
        """Return a cell in a sentence: who, how sure, when, on what evidence."""
        table = self.table
        code = "picture.takedown.may" if cut.worst_case else "picture.takedown.can"
        said = table.say(
            code, who=table.listed(row.names(table)), functions=table.function(cut.function)
        )
        writer = Writer(table.lang)
        parts = [] if cut.worst_case else [table[f"confidence.{cut.confidence.value}"]]
        parts += self._whom(row)
        parts.append(str(starts(writer, cut.onset, cut.seconds)) or table["not-examined"])
        parts += [] if cut.evidence is None else [self._evidence(cut)]
        return f"{said} {table['list.comma'].join(parts)}"

    def _told(self, row: _Row) -> Iterable[str]:
        """Return a row in sentences: one for each word that its cells have."""
        by_word: dict[str, list[str]] = {}
        for function in self.functions:
            if function in row.cuts:
                by_word.setdefault(self._word(row.cuts[function]), []).append(function)
        who = self._who(row)
        for word, functions in by_word.items():
            code = "picture.takedown.may" if word == "?" else "picture.takedown.can"
            said = heading(functions, self.table, self.basis.singles.functions)
            likely = word == self.table[f"confidence.{Confidence.LIKELY.value}"]
            marks = [*self._whom(row), *([word] if likely else [])]
            if marks:
                note = self.table["list.comma"].join(marks)
                said = self.table.say("in-brackets", what=said, note=note)
            yield self.table.say(code, who=who, functions=said)

    def _whom(self, row: _Row) -> list[str]:
        """Return for whom a row holds; nothing where it does for everyone."""
        return [str(whom(Writer(self.table.lang), row.clients))] if row.clients else []

    # The column HOW

    def _means(self, row: _Row) -> str:
        """Return by which levers, through what, on what evidence; and what it hangs on."""
        table = self.table
        if row.through is not None:
            return table["list.comma"].join(row.through)
        levers = dict.fromkeys(
            pull.lever
            for cut in row.cuts.values()
            for member in cut.members
            for pull in member.levers
        )
        said = table["list.comma"].join(table[f"lever.{lever.value}"] for lever in levers)
        brands = self._brands(row)
        if brands and said:
            said = f"{brands}{table['colon']}{said}"
        classes = [cut.evidence for cut in row.cuts.values() if cut.evidence in _SAID]
        known = [table[f"evidence.{one.value}"] for one in dict.fromkeys(classes) if one]
        if said and known:
            note = table["list.comma"].join(known)
            said = table.say("in-brackets", what=said, note=note)
        parts = [*self._whom(row), said] if row.members else self._whom(row)
        if any(cut.onset is None for cut in row.cuts.values()):
            parts.append(table["not-examined"])
        told = table["list.comma"].join(part for part in parts if part)
        hangs = unknown_phrases(row.unknown, days_of(self.basis.model), table)
        if row.unserved:
            hangs = [f"{only_unserved(Writer(table.lang), row.unknown)}."]
        elif hangs:
            joined = table["list.semicolon"].join(hangs)
            hangs = [f"{table.say('unknown.lead', parts=joined)}."]
        return ". ".join(part for part in (told, *hangs) if part)

    def _brands(self, row: _Row) -> str:
        """Return what a company acts through, where its own name does not tell."""
        if len(row.members) != 1 or row.own:
            return ""
        company = row.members[0]
        known_as = self._called(company, alone=True)
        names = [
            brand
            for brand in self.basis.brands(company.id)
            if not alike_names(brand, company.label) and not known_as.startswith(f"{brand} · ")
        ]
        different = list(dict.fromkeys(names))
        shown: Sequence[str] = different[:_BRANDS]
        if len(different) > _BRANDS:
            shown = [*shown, self.table.say("more", n=len(different) - _BRANDS)]
        return self.table["list.comma"].join(shown)


PICTURE: Final = Picture(takedown)

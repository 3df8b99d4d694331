"""Surveys: shares by layer with the unknown hatched, and one column for each service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from depgraph.names import shown
from depgraph.parameters import checked
from depgraph.pictures.engine.measure import drawable, width, wrap
from depgraph.pictures.engine.sheet import MARGIN, SMALL, Sheet
from depgraph.pictures.engine.values import Box, Scene
from depgraph.pictures.frame import footer, joined_about
from depgraph.pictures.headline import capital
from depgraph.pictures.kinds import Picture
from depgraph.pictures.kinds.concentration import branded, head_registries, with_doubt
from depgraph.pictures.labels import group_name
from depgraph.schema import require_several
from depgraph.survey.tally import (
    ANY,
    NONE,
    OPEN,
    OTHER,
    OWN,
    SEVERAL,
    UNKNOWN,
    Carriers,
    Service,
    Share,
    group_of,
    leaders,
    names_of,
    shares,
    tallied,
)
from depgraph.texts import Words, words
from depgraph.vocabulary import Layer

SIZE: Final = 11.0
MOST_TILES: Final = 150
_NAMED: Final = 40  # services whose names are written below their columns
_TIED: Final = 3  # layers in a headline
_KNOWN: Final = 5  # companies that are named below a bar
_WIDEST: Final = 48.0  # px of a tile
_LEFT, _RIGHT = 118.0, 112.0
_BAR, _STEP, _HEAD = 24.0, 52.0, 18.0
_TONES: Final = ("share-1", "share-2", "share-3")
_LOOKS: Final[Mapping[str, str]] = {
    SEVERAL: "share-3",
    OTHER: "share-other",
    OPEN: "share-open",
    OWN: "share-own",
    ANY: "share-own",
    NONE: "share-none",
    UNKNOWN: "unknown",
}
"""The look of each way in which a layer of a service is counted."""
_HATCHED: Final = frozenset({"share-open", "unknown"})


@checked()
def survey(
    source: Sequence[Service] | Sequence[nx.MultiDiGraph[str]],
    *,
    title: str = "",
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    note: str = "",
) -> Scene:
    """Draw in what share of many services a group is known to stand, layer by layer.

    Parameters
    ----------
    source
        Graphs of many services, or what :func:`depgraph.survey.tally.services` made of them.
    title
        What they have in common ("100 news sites"); their number if empty.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        The chosen group.
    page
        Width, px.
    note
        Source and date, for the footer.

    Raises
    ------
    QuestionError
        If there is no service, or one of them is there twice.
    """
    source = require_several(source)
    found = tallied(source, group)
    table = words(lang)
    drawer = _Drawer(
        Sheet(page, lang),
        table,
        shares(found),
        group_of(found),
        group_name(group, table),
        names_of(found),
    )
    many = title or table.say("picture.services", n=len(found))
    head, subtitle = _headline(many, drawer.rows, table, drawer.named)
    middle = drawer.legend(drawer.sheet.head(head, subtitle) + 10)
    for i, row in enumerate(drawer.rows):
        if row.layer.shared and (not i or not drawer.rows[i - 1].layer.shared):
            head_registries(drawer.sheet, middle - 6, table)
            middle += _HEAD
        middle += _STEP + drawer.bar(row, middle)
    if len(found) <= MOST_TILES:
        middle = drawer.tiles(found, middle + 2)
    abouts = [one.graph for one in source if isinstance(one, nx.Graph)]
    reading = f"{table['picture.survey.reading']} {table['picture.survey.names']}"
    height = footer(drawer.sheet, middle, joined_about(abouts), table, notes=(reading, note))
    return drawer.sheet.freeze(
        kind="survey",
        height=height,
        title=head,
        subtitle=subtitle,
        alt=" ".join([f"{head}.", subtitle, *(drawer.told(row) for row in drawer.rows)]),
        header=(table["column.layer"], table["column.who"], table["column.number"], "%"),
        rows=[line for row in drawer.rows for line in drawer.lines(row)],
    )


def _headline(many: str, rows: Sequence[Share], table: Words, group: str) -> tuple[str, str]:
    """Return the layers in which the group is known in most services, and the least known ones."""
    if not rows:  # none of the services exists
        return table.say("picture.survey.title-none", many=many, group=group), ""
    open_rows = [row for row in rows if row.range[1]]
    # What a registry does is the same for every name below its own, and leads where nothing else does.
    own_rows = [row for row in rows if not row.layer.shared]
    leading = own_rows if any(row.group for row in own_rows) else rows
    if any(row.group for row in leading):
        title = _leading(many, leading, table, group, most=max(row.total for row in rows))
    else:
        code = "picture.survey.title-nowhere" if open_rows else "picture.survey.title-none"
        n, total = len(open_rows), len(rows)
        title = table.say(code, many=many, group=group, n=n, total=total)
    parts = []
    for code, count in (("unknown", _unknown), ("open", _open)):
        worst = max(count(row) / row.total for row in rows)
        if worst:
            layers = [_whole(row.layer, table) for row in rows if count(row) / row.total == worst]
            part, n = table.say("percent", share=round(100 * worst)), len(layers)
            said = table.say(f"picture.survey.{code}", layer=table.listed(layers), part=part, n=n)
            parts.append(capital(said))
    return title, " ".join(parts) or table["picture.survey.known"]


def _leading(many: str, rows: Sequence[Share], table: Words, group: str, *, most: int) -> str:
    """Say in which layers the group is known in most services, and in what share of them."""
    first, _ = leaders({row: row.group for row in rows})
    tied, total = leaders({row: row.total for row in first})
    names = [_whole(row.layer, table) for row in tied]
    if len(names) == 1:
        layers = table.say("picture.survey.layer", layer=names[0])
    elif len(names) <= _TIED:
        layers = table.say("picture.survey.layers", layers=table.listed(names))
    else:
        layers = table.say("picture.survey.layers-many", n=len(names))
    part = _between(tied[0].range[0], max(row.range[1] for row in tied), table)
    # Where others of the services do not have these layers it is told.
    code = "title-of" if total < most else "title"
    layers = with_doubt(layers, [row.likely for row in tied], tied[0].group, table)
    texts = {"many": many, "group": group, "part": part, "layers": layers}
    return table.say(f"picture.survey.{code}", n=total, **texts)


def _stacked(name: str, middle: float, room: float, size: float = SIZE) -> list[tuple[float, str]]:
    """Return the lines of a name, and their middles: around that of one line."""
    lines = wrap(name, room, size)
    return [
        (middle + (i - (len(lines) - 1) / 2) * size * 1.15, part) for i, part in enumerate(lines)
    ]


def _unknown(row: Share) -> int:
    return row.unknown


def _open(row: Share) -> int:
    return dict(row.parts).get(OPEN, 0)


def _layer(layer: Layer, table: Words) -> str:
    return table.brief(f"layer.{layer.value}")


def _whole(layer: Layer, table: Words) -> str:
    """Return the name of a layer as a sentence has it, unabridged."""
    return table[f"layer.{layer.value}"]


def _range(row: Share, table: Words) -> str:
    return _between(*row.range, table)


def _between(low: int, high: int, table: Words) -> str:
    return table.say("percent", share=low if low == high else f"{low}–{high}")


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws the rows of a survey on its sheet."""

    sheet: Sheet
    table: Words
    rows: Sequence[Share]
    ours: frozenset[str]
    named: str
    brands: Mapping[str, tuple[str, str]]

    @property
    def tones(self) -> Mapping[str, str]:
        """The look of each part: the group's largest company the darkest, the rest share one."""
        sums: Counter[str] = Counter()
        for row in self.rows:
            sums.update({name: count for name, count in row.parts if name not in _LOOKS})
        ranked = sorted(sums, key=lambda name: (-sums[name], name))
        last = len(_TONES) - 1
        return {name: _TONES[min(i, last)] for i, name in enumerate(ranked)} | dict(_LOOKS)

    def _part(self, name: str) -> str:
        """Return the words for a part: the name of a company, or of what is counted."""
        return self.table.get(f"picture.share.{name}") or branded(name, self.brands, self.table)

    # In words

    def told(self, row: Share) -> str:
        """Return a row in a sentence."""
        comma = self.table["list.comma"]
        parts = comma.join(
            f"{self._part(name)} {self.table.number(count)}" for name, count in row.parts
        )
        names = comma.join(self._counted(row, row.known))
        head = f"{capital(_layer(row.layer, self.table))}{self.table['colon']}{parts}."
        if not names:
            return head
        return f"{head} {self.table.say('picture.survey.known-to-be', names=names)}"

    def _counted(self, row: Share, several: Sequence[tuple[str, int]]) -> list[str]:
        """Return companies with how often they are known in a layer, and how often only likely."""
        found = []
        for name, count in several:
            said = f"{self._part(name)} {self.table.number(count)}"
            if likely := row.unsure.get(name, 0):
                note = self.table.say("picture.concentration.of-these", n=likely)
                said = self.table.say("in-brackets", what=said, note=note)
            found.append(said)
        return found

    def lines(self, row: Share) -> list[tuple[str, ...]]:
        """Return a row as lines of the table: each company, then what is counted otherwise."""
        counted = [*row.known, *((name, n) for name, n in row.parts if name in _LOOKS)]
        return [
            (
                _layer(row.layer, self.table),
                self._part(name),
                self.table.number(count),
                f"{100 * count / row.total:.0f}",
            )
            for name, count in counted
            if name not in {SEVERAL, OTHER}
        ]

    # As drawn

    def legend(self, middle: float) -> float:
        """Explain the looks that are used; return the middle of the first bar."""
        sheet, tones = self.sheet, self.tones
        used = {name for row in self.rows for name, _ in row.parts}
        x = _LEFT
        for look in dict.fromkeys((*_TONES, *_LOOKS.values())):
            names = [name for name, tone in tones.items() if tone == look and name in used]
            if not names:
                continue
            said = self.table["list.comma"].join(map(self._part, names))
            wide = 20 + width(said, SMALL)
            if x + wide > sheet.width - MARGIN and x > _LEFT:
                x, middle = _LEFT, middle + 20
            sheet.boxes.append(Box(f"legend {look}", x, middle - 7, 14, 14, look=look, title=said))
            sheet.say(x + 20, middle, said, size=SMALL, room=sheet.width - MARGIN - x - 20)
            x += wide + 16
        right = sheet.width - _RIGHT + 10
        sheet.say(right, middle + 20, self.named, size=SMALL, ink="mid", bold=True)
        return middle + 44

    def bar(self, row: Share, middle: float) -> float:
        """Draw one layer: its parts, the line of the group, the range, and the known by name.

        Return how much room the names take beyond that of one line.
        """
        sheet, tones, name = self.sheet, self.tones, _layer(row.layer, self.table)
        for at, line in _stacked(name, middle, _LEFT - MARGIN - 6):
            sheet.say(MARGIN, at, line, size=SIZE)
        x, scale = _LEFT, (sheet.width - _LEFT - _RIGHT) / row.total
        for i, (who, count) in enumerate(row.parts):
            wide, look, said = count * scale, tones[who], self.table.number(count)
            counted = f"{said} / {self.table.number(row.total)}"
            title = f"{name}, {self._part(who)}{self.table['colon']}{counted}"
            box = Box(
                f"bar {row.layer.value} {i}",
                x,
                middle - _BAR / 2,
                wide,
                _BAR,
                look=look,
                title=title,
            )
            sheet.boxes.append(box)
            if wide > width(said, SMALL) + 8:
                sheet.say(
                    x + wide / 2,
                    middle,
                    said,
                    size=SMALL,
                    ink=f"on-{look}",
                    anchor="middle",
                    box=box.id,
                    plate=look in _HATCHED,
                )
            x += wide
        below = middle + _BAR / 2 + 2
        if row.group:
            long = row.group * scale
            sheet.boxes.append(
                Box(f"total {row.layer.value}", _LEFT, below, long, 2.4, look="stops")
            )
        right = sheet.width - _RIGHT + 10
        sheet.say(right, middle, _range(row, self.table), size=SIZE, bold=True)
        if row.total < max(one.total for one in self.rows):  # its bar stands for fewer services
            said = self.table.say("picture.survey.of", n=row.total)
            sheet.say(right, middle + 13, said, size=SMALL, ink="mid")
        lines: Sequence[str] = ()
        if row.known:
            names = self._counted(row, row.known[:_KNOWN])
            if len(row.known) > _KNOWN:
                names.append(self.table.say("more", n=len(row.known) - _KNOWN))
            said = self.table["list.comma"].join(names)
            room = sheet.width - _LEFT - MARGIN
            lines = wrap(said, room, SMALL)
            for i, line in enumerate(lines):
                sheet.say(_LEFT, below + 10 + 11 * i, line, size=SMALL, ink="mid")
        return 11.0 * max(len(lines) - 1, 0)

    def tiles(self, found: Sequence[Service], middle: float) -> float:
        """Draw one column for each service, those with most layers on the group first."""
        sheet, table = self.sheet, self.table
        ordered = sorted(found, key=self._weight)
        head = table["picture.survey.tiles"].upper()
        sheet.say(MARGIN, middle, head, size=SMALL, ink="mid", bold=True)
        middle += 20
        wide = (sheet.width - _LEFT - MARGIN) / len(ordered)
        if not self._fit(ordered, wide):
            wide = min(wide, _WIDEST)
        for row in self.rows:
            name = _layer(row.layer, table)
            lines = _stacked(name, middle, _LEFT - 18)
            for at, line in lines:
                sheet.say(MARGIN, at, line, size=SIZE - 0.5)
            for i, service in enumerate(ordered):
                carriers = service.layers.get(row.layer)
                if carriers is None:
                    continue
                look = self.tones.get(carriers.category(self.ours), "share-other")
                title = f"{service.name}, {name}{table['colon']}{self._who(carriers)}"
                place = (_LEFT + i * wide, middle - 9, wide * 0.9, 18.0)
                tile = f"tile {row.layer.value} {i}"
                sheet.boxes.append(Box(tile, *place, look=look, title=shown(title)))
            middle += 22 if len(lines) == 1 else 26
        return self._below_tiles(ordered, wide, middle)

    def _fit(self, ordered: Sequence[Service], wide: float) -> bool:
        """Tell whether the name of each service has room below its column."""
        names = (drawable(shown(service.name)) for service in ordered)
        return all(width(name, SMALL) <= 0.9 * wide for name in names)

    def _weight(self, service: Service) -> tuple[int, int, str]:
        categories = [carriers.category(self.ours) for carriers in service.layers.values()]
        return (-self._count(service), categories.count(UNKNOWN), service.name)

    def _count(self, service: Service) -> int:
        return sum(bool(carriers.known & self.ours) for carriers in service.layers.values())

    def _below_tiles(self, ordered: Sequence[Service], wide: float, middle: float) -> float:
        """Write on how many layers of each service the group stands, and their names."""
        sheet, table = self.sheet, self.table
        counts = [self._count(service) for service in ordered]
        last = -1.0
        for i, count in enumerate(counts):
            x = _LEFT + i * wide
            if x > last + 14:
                sheet.say(x, middle + 1, str(count), size=SMALL, bold=True)
                last = x
        said = table.say("picture.survey.tiles-on", group=self.named)
        lines = _stacked(said, middle + 1, _LEFT - 18, SMALL)
        for at, line in lines:
            sheet.say(MARGIN, at, line, size=SMALL, ink="mid")
        middle += 12 + 10 * len(lines)
        if self._fit(ordered, wide):
            for i, service in enumerate(ordered):
                sheet.say(_LEFT + i * wide, middle - 2, shown(service.name), size=SMALL, ink="mid")
            middle += 18
        elif len(ordered) <= _NAMED:
            names = table["list.comma"].join(shown(service.name) for service in ordered)
            said = table.say("picture.survey.tiles-names", names=names)
            middle = sheet.paragraph(middle, said, size=SMALL, ink="mid")
        return middle

    def _who(self, carriers: Carriers) -> str:
        """Return who is known to stand in a layer of a service, and whether that is all."""
        table = self.table
        names = [self._part(name) for name in sorted(carriers.known)]
        names += [self._part(OWN)] if carriers.own else []
        names += [self._part(ANY)] if carriers.anyone else []
        if not names:
            return self._part(carriers.category(self.ours))
        if carriers.open:
            names.append(table["picture.perhaps-others"])
        return table["list.comma"].join(names)


PICTURE: Final = Picture(survey, several=True)

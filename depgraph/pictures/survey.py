"""Surveys: shares by layer with the unknown hatched, and one column for each service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from depgraph.errors import QuestionError
from depgraph.pictures.findings import capital
from depgraph.pictures.frame import about, footer
from depgraph.pictures.groups import group_name
from depgraph.pictures.measure import width
from depgraph.pictures.sheet import FOOT, MARGIN, SMALL, Sheet
from depgraph.pictures.tally import LAYERS, NONE, OTHER, OWN, UNKNOWN, Service, services
from depgraph.pictures.values import Box, Scene
from depgraph.texts import Words, words

SIZE = 11.0
MOST_TILES = 150
_NAMED = 40  # services whose names are written below their columns
_WIDEST = 48.0  # px of a tile
_LEFT, _RIGHT = 118.0, 112.0
_BAR, _STEP = 24.0, 40.0
_TONES = ("share-1", "share-2", "share-3")
_LOOKS = {OTHER: "share-other", OWN: "share-own", NONE: "share-none", UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Share:
    """How the services of one layer divide.

    Parameters
    ----------
    layer
        Its word in :data:`depgraph.pictures.tally.LAYERS`.
    parts
        What (a company of the group, ``other``, ``own``, ``unknown``) -> how many, in the
        order in which they are drawn.
    group
        How many are of the group for certain.
    total
        How many services have the layer.
    """

    layer: str
    parts: tuple[tuple[str, int], ...]
    group: int
    total: int

    @property
    def unknown(self) -> int:
        """How many are unknown: each may be of the group."""
        return dict(self.parts).get(UNKNOWN, 0)

    @property
    def range(self) -> tuple[int, int]:
        """The least and the greatest share of the group, per cent, rounded outwards."""
        if not self.total:
            return (0, 100)
        most = self.group + self.unknown
        return (100 * self.group // self.total, -(-100 * most // self.total))


def shares(found: Sequence[Service]) -> tuple[Share, ...]:
    """Count who carries each layer, the group's companies one by one."""
    ours = frozenset().union(*(service.group for service in found))
    rows = []
    for layer in LAYERS:
        said = Counter(service.layers[layer] for service in found if layer in service.layers)
        if not said:
            continue
        mine = sorted((name for name in said if name in ours), key=lambda n: (-said[n], n))
        parts = [(name, said[name]) for name in mine]
        other = sum(
            many
            for name, many in said.items()
            if name not in ours and name not in {OWN, NONE, UNKNOWN}
        )
        parts += [(OTHER, other), *((name, said[name]) for name in (OWN, NONE, UNKNOWN))]
        rows.append(
            Share(
                layer,
                tuple((name, many) for name, many in parts if many),
                sum(said[name] for name in mine),
                sum(said.values()),
            )
        )
    return tuple(rows)


def survey(
    source: Sequence[Service] | Sequence[nx.MultiDiGraph[str]],
    *,
    title: str = "",
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    note: str = "",
) -> Scene:
    """Draw what share of many services a group carries, layer by layer.

    Parameters
    ----------
    source
        Graphs of many services, or what :func:`depgraph.pictures.tally.services` made of
        them.
    title
        What the services have in common ("100 news sites"); their number if empty.
    lang
        ``"en"`` or ``"fr"``.
    group
        The chosen group.
    page
        Width, px.
    note
        Source and date, for the footer.

    Raises
    ------
    QuestionError
        If there is no service.
    """
    found = tallied(source, group)
    table = words(lang)
    rows = shares(found)
    many = title or table.say("picture.services", n=len(found))
    head, subtitle = _headline(many, rows, table, group_name(group, table))
    sheet = Sheet(page, lang)
    middle = sheet.head(head, subtitle) + 10
    tones = _tones(rows)
    middle = _legend(sheet, tones, rows, table, middle)
    sheet.say(
        page - _RIGHT + 10,
        middle - 24,
        group_name(group, table),
        size=SMALL,
        ink="mid",
        bold=True,
    )
    for row in rows:
        _bar(sheet, row, tones, table, middle)
        middle += _STEP
    if len(found) <= MOST_TILES:
        named = group_name(group, table)
        middle = _tiles(sheet, found, rows, tones, table, middle=middle + 6, group=named)
    graphs = [one for one in source if isinstance(one, nx.Graph)]
    notes = (table["picture.survey.reading"], note)
    height = footer(sheet, middle, about(graphs), table, notes=notes)
    told = [_told(row, table) for row in rows]
    return sheet.freeze(
        kind="survey",
        height=height,
        title=head,
        subtitle=subtitle,
        alt=" ".join([f"{head}.", subtitle, *told]),
        header=(table["column.layer"], table["column.who"], table["column.number"], "%"),
        rows=[
            (
                table.brief(f"layer.{row.layer}"),
                table.get(f"picture.share.{name}", name),
                str(count),
                f"{100 * count / row.total:.0f}",
            )
            for row in rows
            for name, count in row.parts
        ],
    )


def tallied(
    source: Sequence[Service] | Sequence[nx.MultiDiGraph[str]], group: str
) -> tuple[Service, ...]:
    """Take services as they are, and tally graphs.

    Raises
    ------
    QuestionError
        If there is none, or one service stands there twice and would be counted twice.
    """
    if not source:
        raise QuestionError("expected one service or more, found none")
    ready = [one for one in source if isinstance(one, Service)]
    graphs = [one for one in source if not isinstance(one, Service)]
    found = (*ready, *services(graphs, group=group))
    twice = [name for name, many in Counter(one.name for one in found).items() if many > 1]
    if twice:
        raise QuestionError(
            f"expected one graph for each service, found more of {', '.join(twice)}; choose one "
            "day of each, or draw a timeline"
        )
    return found


def _headline(many: str, rows: Sequence[Share], table: Words, group: str) -> tuple[str, str]:
    """Name the layer of which the group carries most for certain, and the least known one."""
    most = max(rows, key=lambda row: (row.group / row.total, -LAYERS.index(row.layer)))
    low, high = most.range
    part = f"{low} %" if low == high else f"{low}–{high} %"
    title = table.say(
        "picture.survey.title",
        many=many,
        group=group,
        layer=table.brief(f"layer.{most.layer}"),
        part=part,
    )
    worst = max(row.unknown / row.total for row in rows)
    subtitle = table["picture.survey.known"]
    if worst:
        dim = [table.brief(f"layer.{r.layer}") for r in rows if r.unknown / r.total == worst]
        subtitle = table.say(
            "picture.survey.unknown", layer=table.listed(dim), part=f"{100 * worst:.0f} %"
        )
    return title, subtitle


def _tones(rows: Sequence[Share]) -> dict[str, str]:
    """Give the companies of the group their tones, the largest the darkest; the rest share one."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update({n: count for n, count in row.parts if n not in _LOOKS})
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    return {name: _TONES[min(i, len(_TONES) - 1)] for i, name in enumerate(ranked)} | _LOOKS


def _legend(
    sheet: Sheet,
    tones: Mapping[str, str],
    rows: Sequence[Share],
    table: Words,
    middle: float,
) -> float:
    used = {name for row in rows for name, _ in row.parts}
    x = _LEFT
    for look in (*_TONES, *_LOOKS.values()):
        names = [name for name, tone in tones.items() if tone == look and name in used]
        if not names:
            continue
        said = ", ".join(table.get(f"picture.share.{name}", name) for name in names)
        wide = 20 + width(said, SMALL)
        if x + wide > sheet.width - MARGIN and x > _LEFT:
            x, middle = _LEFT, middle + 20
        sheet.boxes.append(Box(f"legend {look}", x, middle - 7, 14, 14, look=look, title=said))
        sheet.say(x + 20, middle, said, size=SMALL, room=sheet.width - MARGIN - x - 20)
        x += wide + 16
    return middle + 44


def _bar(sheet: Sheet, row: Share, tones: Mapping[str, str], table: Words, middle: float) -> None:
    name = table.brief(f"layer.{row.layer}")
    sheet.say(MARGIN, middle, name, size=SIZE, room=_LEFT - MARGIN - 6)
    x, scale = _LEFT, (sheet.width - _LEFT - _RIGHT) / row.total
    for i, (who, count) in enumerate(row.parts):
        wide = count * scale
        look = tones[who]
        box = Box(
            f"bar {row.layer} {i}",
            x,
            middle - _BAR / 2,
            wide,
            _BAR,
            look=look,
            title=f"{name}, {table.get(f'picture.share.{who}', who)}: {count} / {row.total}",
        )
        sheet.boxes.append(box)
        if wide > width(str(count), SMALL) + 8:
            sheet.say(
                x + wide / 2,
                middle,
                str(count),
                size=SMALL,
                ink=f"on-{look}",
                anchor="middle",
                box=box.id,
                plate=look == "unknown",
            )
        x += wide
    if row.group:
        end = _LEFT + row.group * scale
        sheet.boxes.append(
            Box(f"total {row.layer}", _LEFT, middle + _BAR / 2 + 2, end - _LEFT, 2.4, look="stops")
        )
    low, high = row.range
    said = f"{low} %" if low == high else f"{low}–{high} %"
    sheet.say(sheet.width - _RIGHT + 10, middle, said, size=SIZE, bold=True)


def _tiles(
    sheet: Sheet,
    found: Sequence[Service],
    rows: Sequence[Share],
    tones: Mapping[str, str],
    table: Words,
    *,
    middle: float,
    group: str,
) -> float:
    """Draw one column for each service, those with most layers on the group first."""
    ours = frozenset().union(*(service.group for service in found))

    def weight(service: Service) -> tuple[int, int, str]:
        values = list(service.layers.values())
        return (-sum(v in ours for v in values), values.count(UNKNOWN), service.name)

    ordered = sorted(found, key=weight)
    sheet.say(
        MARGIN, middle, table["picture.survey.tiles"].upper(), size=SMALL - 1, ink="mid", bold=True
    )
    middle += 20
    wide = min((sheet.width - _LEFT - MARGIN) / len(ordered), _WIDEST)
    for row in rows:
        sheet.say(
            MARGIN, middle, table.brief(f"layer.{row.layer}"), size=SIZE - 0.5, room=_LEFT - 18
        )
        for i, service in enumerate(ordered):
            who = service.layers.get(row.layer)
            if who is None:
                continue
            look = tones.get(who, "share-other")
            sheet.boxes.append(
                Box(
                    f"tile {row.layer} {i}",
                    _LEFT + i * wide,
                    middle - 9,
                    wide * 0.9,
                    18,
                    look=look,
                    title=f"{service.name}, {table.brief(f'layer.{row.layer}')}: "
                    f"{table.get(f'picture.share.{who}', who)}",
                )
            )
        middle += 22
    counts = [-weight(service)[0] for service in ordered]
    last = -1.0
    for i, count in enumerate(counts):
        x = _LEFT + i * wide
        if (i == 0 or counts[i - 1] != count) and x > last + 14:
            sheet.say(x, middle + 1, str(count), size=SMALL, bold=True)
            last = x
    said = table.say("picture.survey.tiles-on", group=group)
    sheet.say(MARGIN, middle + 1, said, size=SMALL, ink="mid", room=_LEFT - 18)
    middle += 22
    if len(ordered) <= _NAMED:
        names = ", ".join(service.name for service in ordered)
        said = table.say("picture.survey.tiles-names", names=names)
        middle = sheet.paragraph(middle, said, size=FOOT, ink="mid")
    return middle


def _told(row: Share, table: Words) -> str:
    parts = ", ".join(
        f"{table.get(f'picture.share.{name}', name)} {count}" for name, count in row.parts
    )
    return f"{capital(table.brief(f'layer.{row.layer}'))}: {parts}."

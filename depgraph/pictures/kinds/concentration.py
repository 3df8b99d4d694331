"""Who carries how many services, and who can stop how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import networkx as nx

from depgraph.parameters import checked
from depgraph.pictures.engine.measure import drawable, width, wrap
from depgraph.pictures.engine.sheet import MARGIN, SMALL, Sheet
from depgraph.pictures.engine.values import Box, Scene
from depgraph.pictures.frame import footer, joined_about
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import group_name, with_owner
from depgraph.schema import require_several
from depgraph.survey.tally import Service, group_of, leaders, names_of, tallied
from depgraph.texts import Words, words

SIZE: Final = 10.5
MOST: Final = 20
_LEFT: Final = 230.0
_STEP: Final = 25.0
_COUNTS: Final = SMALL + 0.5
_NAMED: Final = 3  # companies in a headline
_FEW: Final = 4  # registries that are drawn
"""Layers whose companies can stop every name of a top-level domain alike: no news of one service."""


@checked()
def concentration(
    source: Sequence[Service] | Sequence[nx.MultiDiGraph[str]] | Mapping[str, tuple[int, int]],
    *,
    total: int = 0,
    title: str = "",
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    note: str = "",
) -> Scene:
    """Draw for each company how many services it carries and how many it can stop alone.

    Parameters
    ----------
    source
        Graphs of many services, services as tallied, or a table: name -> how many it
        carries, how many it can stop (the concentration and impact of Kashaf et al. 2020,
        with `total` services).
    total
        Number of services, where `source` is a table.
    title
        What the services have in common; their number if empty.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose bars are filled with its colour.
    page
        Width, px.
    note
        Source and date, for the footer.
    """
    table = words(lang)
    ours = registries = frozenset[str]()
    found: Sequence[Service] = ()
    names: Mapping[str, tuple[str, str]] = {}
    if isinstance(source, Mapping):
        counted = dict(source)
        total = total or max((carries for carries, _ in counted.values()), default=0)
    else:
        source = require_several(source)
        found = tallied(source, group)
        total, counted = len(found), _count(found)
        ours = group_of(found)
        registries = _registries(found)
        names = names_of(found)
    ranked = sorted(  # registries last: they can stop every name below theirs alike
        counted.items(),
        key=lambda row: (row[0] in registries, -row[1][1], -row[1][0], row[0]),
    )
    shown = {name: branded(name, names, table) for name, _ in ranked}
    many = title or table.say("picture.services", n=total)
    # Who stands in no layer of any service is further behind: a registry too, as often as not.
    met = frozenset[str]().union(*(service.known for service in found)) or counted.keys()
    particular = [
        (shown[name], row) for name, row in ranked if name in met and name not in registries
    ]
    head = _headline(many, particular, table, total=total)
    subtitle = table.say("picture.concentration.subtitle", n=total)
    sheet = Sheet(page, lang)
    middle = sheet.head(head, subtitle) + 10
    named = group_name(group, table) if any(name in ours for name, _ in ranked[:MOST]) else ""
    middle = _legend(sheet, table, named, middle)
    beside = 56 + (width(f" · {named}", _COUNTS) if named else 0)  # px for the figures
    scale = (page - _LEFT - MARGIN - beside) / max(total, 1)
    drawn = _drawn(ranked, registries)
    for i, (name, counts) in enumerate(drawn):
        if name in registries and (not i or drawn[i - 1][0] not in registries):
            word = table["picture.concentration.of-registries"].upper()
            sheet.say(MARGIN, middle + 2, word, size=SMALL, ink="mid", bold=True)
            middle += _STEP - 2
        _row(
            sheet,
            shown[name],
            counts,
            scale,
            middle,
            total=total,
            group=named if name in ours else "",
        )
        middle += _STEP
    notes = [table["picture.concentration.reading"]]
    if more := len(ranked) - len(drawn):
        notes.append(table.say("picture.concentration.more", n=more))
    if registries:
        notes.insert(0, table["picture.concentration.registries"])
    graphs = () if isinstance(source, Mapping) else source
    abouts = [one.graph for one in graphs if isinstance(one, nx.Graph)]
    height = footer(sheet, middle, joined_about(abouts), table, notes=(*notes, note))
    told = [f"{shown[name]}{table['colon']}{carries}, {stops}." for name, (carries, stops) in drawn]
    return sheet.freeze(
        kind="concentration",
        height=height,
        title=head,
        subtitle=subtitle,
        alt=" ".join([f"{head}.", subtitle, *told]),
        header=(
            table["column.who"],
            table["picture.concentration.carries"],
            table["picture.concentration.can-stop"],
        ),
        rows=[(shown[name], str(carries), str(stops)) for name, (carries, stops) in ranked],
    )


_Ranked = Sequence[tuple[str, tuple[int, int]]]


def branded(name: str, names: Mapping[str, tuple[str, str]], table: Words) -> str:
    """Return a company by the name that a reader knows, in brackets its own where that differs."""
    return with_owner(*names.get(name, (name, "")), table)


def _drawn(ranked: _Ranked, registries: frozenset[str]) -> _Ranked:
    """Return the rows that there is room for: at least a few of the registries, which come last."""
    few = [row for row in ranked if row[0] in registries][:_FEW]
    others = [row for row in ranked if row[0] not in registries][: MOST - len(few)]
    return [*others, *few]


def _count(found: Sequence[Service]) -> dict[str, tuple[int, int]]:
    carries: Counter[str] = Counter()
    stops: Counter[str] = Counter()
    for service in found:
        carries.update(service.known | service.stops)
        stops.update(service.stops)
    return {name: (carries[name], stops[name]) for name in sorted({*carries, *stops})}


def _registries(found: Sequence[Service]) -> frozenset[str]:
    """Return the companies that stand, and can stop a service, as registries only."""
    shared: set[str] = set()
    others: set[str] = set()
    for service in found:
        shared |= service.registries
        others |= service.stops - service.registries
        for layer, carriers in service.layers.items():
            (shared if layer.shared else others).update(carriers.known)
    return frozenset(shared - others)


def _headline(
    many: str,
    ranked: _Ranked,
    table: Words,
    *,
    total: int,
) -> str:
    names, top = leaders({name: stops for name, (_, stops) in ranked})
    if not top:
        return table.say("picture.concentration.none", many=many)
    them = table.say("picture.concentration.them", n=top)
    if top == total > 1:
        them = table.say("picture.concentration.every", n=total)
    if len(names) > _NAMED:
        code = "picture.concentration.title-spread"
        return table.say(code, many=many, n=len(names), top=them)
    shown = table.listed(names)
    return table.say("picture.concentration.title", many=many, names=shown, n=len(names), top=them)


def _legend(sheet: Sheet, table: Words, group: str, middle: float) -> float:
    x = _LEFT
    signs = [
        ("share-none", table["picture.concentration.carries"]),
        ("stops", table["picture.concentration.can-stop"]),
    ]
    if group:
        signs.append(("group", table.say("picture.concentration.same", group=group)))
    for look, said in signs:
        sheet.boxes.append(Box(f"legend {look}", x, middle - 6, 22, 12, look=look, title=said))
        x += 28 + sheet.say(x + 28, middle, said, size=SMALL) + 20
    return middle + 26


def _row(
    sheet: Sheet,
    name: str,
    counts: tuple[int, int],
    scale: float,
    middle: float,
    *,
    total: int,
    group: str,
) -> None:
    """Write a company, its bars and figures, and of which group it is."""
    carries, stops = counts
    lines = wrap(drawable(name), _LEFT - MARGIN - 8, SIZE)
    for i, line in enumerate(lines):
        sheet.say(MARGIN, middle + (i - (len(lines) - 1) / 2) * SIZE * 1.1, line, size=SIZE)
    longest = max(carries, stops) * scale
    sheet.boxes.append(
        Box(f"band {name}", _LEFT, middle - 10, total * scale, 20, look="band", title="")
    )
    if carries:
        sheet.boxes.append(
            Box(
                f"carries {name}",
                _LEFT,
                middle - 9,
                carries * scale,
                8,
                look="share-none",
                title=f"{name}: {carries}",
            )
        )
    if stops:
        sheet.boxes.append(
            Box(
                f"stops {name}",
                _LEFT,
                middle,
                stops * scale,
                8,
                look="group" if group else "stops",
                title=f"{name}: {stops}",
            )
        )
    told = " · ".join(filter(None, (str(carries), str(stops), group)))  # no colour tells it alone
    sheet.say(_LEFT + longest + 6, middle, told, size=_COUNTS)


PICTURE: Final = Picture(concentration, several=True)

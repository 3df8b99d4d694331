"""Who carries how many services, and who can stop how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

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


class Counted(NamedTuple):
    """A company, or what it is as a registry, and of how many services.

    Parameters
    ----------
    name
        The company.
    registry
        Whether it is counted as a registry: what it can do then it can do to every name below
        its own alike, which is no news of one service.
    carries, stops
        In how many it stands, and of how many it can stop a function alone.
    likely
        Of how many of these it only likely can.
    """

    name: str
    registry: bool
    carries: int
    stops: int
    likely: int = 0


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

    A company is counted by all that it does but as a registry; what it is as a registry stands
    apart, below.

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
    ours = frozenset[str]()
    names: Mapping[str, tuple[str, str]] = {}
    if isinstance(source, Mapping):
        counted = [Counted(name, False, *counts) for name, counts in source.items()]
        total = total or max((one.carries for one in counted), default=0)
    else:
        source = require_several(source)
        found = tallied(source, group)
        total, counted = len(found), _count(found)
        ours = group_of(found)
        names = names_of(found)
    ranked = sorted(counted, key=_order)
    shown = {one.name: branded(one.name, names, table) for one in ranked}
    many = title or table.say("picture.services", n=total)
    particular = [one._replace(name=shown[one.name]) for one in ranked if not one.registry]
    registries = len(particular) < len(ranked)
    head = _headline(many, particular, table, total=total, besides=registries)
    subtitle = table.say("picture.concentration.subtitle", n=total)
    if registries:
        subtitle = f"{subtitle} {table['picture.concentration.apart']}"
    drawn = _drawn(ranked)
    sheet = Sheet(page, lang)
    middle = sheet.head(head, subtitle) + 10
    named = group_name(group, table) if any(one.name in ours for one in drawn) else ""
    middle = _legend(sheet, table, named, middle, likely=any(one.likely for one in drawn))
    figures = [  # no colour tells alone of which group it is
        " · ".join([*_figures(one, table), *([named] if one.name in ours else [])]) for one in drawn
    ]
    room = page - _LEFT - MARGIN
    scale = min(
        [room / max(total, 1)]
        + [
            (room - 10 - width(told, _COUNTS)) / max(one.carries, one.stops)
            for one, told in zip(drawn, figures, strict=True)
        ]
    )
    for i, (one, beside) in enumerate(zip(drawn, figures, strict=True)):
        if one.registry and (not i or not drawn[i - 1].registry):
            head_registries(sheet, middle + 2, table)
            middle += _STEP - 2
        row = one._replace(name=shown[one.name])
        place = (f"bar {i}", middle, scale)
        _row(sheet, row, beside, place, total=total, group=one.name in ours)
        middle += _STEP
    notes = [table["picture.concentration.reading"]]
    if more := len(ranked) - len(drawn):
        notes.append(table.say("picture.concentration.more", n=more))
    if registries:
        notes.insert(0, table["picture.concentration.registries"])
    graphs = () if isinstance(source, Mapping) else source
    abouts = [one.graph for one in graphs if isinstance(one, nx.Graph)]
    height = footer(sheet, middle, joined_about(abouts), table, notes=(*notes, note))
    called = {one: _called(one, shown[one.name], table) for one in ranked}
    alike = [table["list.comma"].join(_figures(one, table)) for one in drawn]
    told = [
        f"{called[one]}{table['colon']}{counts}." for one, counts in zip(drawn, alike, strict=True)
    ]
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
            table["picture.concentration.likely"],
        ),
        rows=[(called[one], *map(table.number, one[2:])) for one in ranked],
    )


def branded(name: str, names: Mapping[str, tuple[str, str]], table: Words) -> str:
    """Return a company by the name that a reader knows, in brackets its own where that differs."""
    return with_owner(*names.get(name, (name, "")), table)


def head_registries(sheet: Sheet, middle: float, table: Words) -> None:
    """Write what stands above the rows of registries."""
    word = table["picture.concentration.of-registries"].upper()
    sheet.say(MARGIN, middle, word, size=SMALL, ink="mid", bold=True)


def _order(one: Counted) -> tuple[bool, int, int, int, str]:
    """Order registries last, then who can stop most services, most certainly, first."""
    return (one.registry, -one.stops, one.likely, -one.carries, one.name)


def _called(one: Counted, shown: str, table: Words) -> str:
    """Return a company as a table has it, which has no heading above the registries."""
    if not one.registry:
        return shown
    return table.say("in-brackets", what=shown, note=table["picture.concentration.as-registry"])


def _drawn(ranked: Sequence[Counted]) -> Sequence[Counted]:
    """Return the rows that there is room for: at least a few of the registries, which come last."""
    few = [one for one in ranked if one.registry][:_FEW]
    others = [one for one in ranked if not one.registry][: MOST - len(few)]
    return [*others, *few]


def _count(found: Sequence[Service]) -> list[Counted]:
    carries: Counter[tuple[str, bool]] = Counter()
    stops: Counter[tuple[str, bool]] = Counter()
    likely: Counter[tuple[str, bool]] = Counter()
    for service in found:
        can = {(one.company, one.registry): one.likely for one in service.stops}
        stands = {(name, shared) for shared in (False, True) for name in service.behind(shared)}
        carries.update(stands | can.keys())
        stops.update(can.keys())
        likely.update(key for key, unsure in can.items() if unsure)
    return [Counted(*key, carries[key], stops[key], likely[key]) for key in carries]


def _headline(
    many: str, ranked: Sequence[Counted], table: Words, *, total: int, besides: bool
) -> str:
    """Say who can stop most services alone, and of how many of these only likely."""
    found, top = leaders({one: one.stops for one in ranked})
    apart = "-besides" if besides else ""
    if not top:
        return table.say(f"picture.concentration.none{apart}", many=many)
    them = table.say("picture.concentration.them", n=top)
    if top == total:
        each = "every" if total > 1 else "it"
        them = table.say(f"picture.concentration.{each}", n=total)
    them = with_doubt(them, [one.likely for one in found], top, table)
    if len(found) > _NAMED:
        code = f"picture.concentration.title-spread{apart}"
        return table.say(code, many=many, n=len(found), top=them)
    shown = table.listed([one.name for one in found])
    return table.say("picture.concentration.title", many=many, names=shown, n=len(found), top=them)


def with_doubt(text: str, likely: Iterable[int], total: int, table: Words) -> str:
    """Return a text, in brackets for how many of the services that it counts it is only likely.

    Parameters
    ----------
    text
        What is said of `total` services.
    likely
        Of how many it is only likely: a number for each that the text is about.
    """
    several = [*likely]
    least, most = min(several), max(several)
    if not most:
        return text
    code = "several"
    if least == most:
        code = "all" if most == total else "some"
    note = table.say(f"picture.likely.{code}", n=most)
    return table.say("in-brackets", what=text, note=note)


def _figures(one: Counted, table: Words) -> list[str]:
    """Return the figures of a row."""
    likely = [table.say("picture.concentration.of-these", n=one.likely)] if one.likely else []
    return [table.number(one.carries), table.number(one.stops), *likely]


def _legend(sheet: Sheet, table: Words, group: str, middle: float, *, likely: bool) -> float:
    x = _LEFT
    signs = [
        ("share-none", table["picture.concentration.carries"]),
        ("stops", table["picture.concentration.can-stop"]),
    ]
    if group:
        signs.append(("group", table.say("picture.concentration.same", group=group)))
    if likely:
        signs.append(("share-other", table["picture.concentration.likely"]))
    for look, said in signs:
        if x > _LEFT and x + 28 + width(said, SMALL) > sheet.width - MARGIN:
            x, middle = _LEFT, middle + 20
        sheet.boxes.append(Box(f"legend {look}", x, middle - 6, 22, 12, look=look, title=said))
        x += 28 + sheet.say(x + 28, middle, said, size=SMALL) + 20
    return middle + 26


def _row(
    sheet: Sheet,
    one: Counted,
    told: str,
    place: tuple[str, float, float],
    *,
    total: int,
    group: bool,
) -> None:
    """Write a company, its bars and its figures; what is only likely ends the second bar, paler."""
    name, middle, scale = place
    lines = wrap(drawable(one.name), _LEFT - MARGIN - 8, SIZE)
    for i, line in enumerate(lines):
        sheet.say(MARGIN, middle + (i - (len(lines) - 1) / 2) * SIZE * 1.1, line, size=SIZE)
    sure = one.stops - one.likely
    bars = [
        ("band", -10.0, 0, total, 20.0),
        ("share-none", -9.0, 0, one.carries, 8.0),
        ("group" if group else "stops", 0.0, 0, sure, 8.0),
        ("share-other", 0.0, sure, one.likely, 8.0),
    ]
    for i, (look, above, start, count, high) in enumerate(bars):
        if count:
            bar = (_LEFT + start * scale, middle + above, count * scale, high)
            title = f"{one.name}: {count}" if i else ""
            sheet.boxes.append(Box(f"{name} {i}", *bar, look=look, title=title))
    longest = max(one.carries, one.stops) * scale
    sheet.say(_LEFT + longest + 6, middle, told, size=_COUNTS)


PICTURE: Final = Picture(concentration, several=True)

"""What stands around a picture: legend and footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from depgraph.pictures.groups import group_name
from depgraph.pictures.measure import width
from depgraph.pictures.sheet import CHIP, FOOT, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.values import Line, Mark
from depgraph.texts import Words

_SAMPLE = 26.0  # px of line shown for an evidence class


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that a picture uses.

    `evidence` are the classes among its lines; `group` is the name of the chosen group, if
    some box is filled for it; the others tell which marks there are.
    """

    evidence: tuple[str, ...] = ()
    group: str = ""
    diamond: bool = False
    ring: bool = False
    unknown: bool = False
    arrow: bool = False


def signs_of(sheet: Sheet, table: Words, group: str) -> Signs:
    """Say which signs are on a sheet, for its legend."""
    alike = {"definition": "observed", "published": "observed"}
    shown = {alike.get(line.evidence, line.evidence) for line in sheet.lines}
    looks = {box.look for box in sheet.boxes}
    marks = {mark.kind for mark in sheet.marks}
    return Signs(
        evidence=tuple(n for n in ("observed", "reported", "inferred", "unknown") if n in shown),
        group=group_name(group, table) if "group" in looks else "",
        diamond="diamond" in marks,
        ring="ring" in marks,
        unknown="unknown" in looks,
        arrow=any(line.arrow for line in sheet.lines),
    )


def legend(sheet: Sheet, top: float, table: Words, signs: Signs) -> float:
    """Explain the signs that the picture uses, and only those; give the y below."""
    high = SMALL * CHIP
    x, y = MARGIN, top + high / 2
    right = sheet.width - MARGIN

    def place(wide: float) -> tuple[float, float]:
        nonlocal x, y
        if x + wide > right and x > MARGIN:
            x, y = MARGIN, y + high + 6
        here = x
        x += wide + 14
        return here, y

    for name in signs.evidence:
        words = table[f"evidence.{name}"]
        at, middle = place(_SAMPLE + 6 + width(words, SMALL))
        points = ((at, middle), (at + _SAMPLE, middle))
        sheet.lines.append(Line("", "", points, evidence=name))
        sheet.say(at + _SAMPLE + 6, middle, words, size=SMALL)
    if signs.arrow:
        at, middle = place(_SAMPLE + 6 + width(table["picture.against"], SMALL))
        points = ((at + _SAMPLE, middle), (at, middle))
        sheet.lines.append(Line("", "", points, arrow=True))
        sheet.say(at + _SAMPLE + 6, middle, table["picture.against"], size=SMALL)
    for shown, key, words, look, pointed in (
        (bool(signs.group), signs.group, signs.group, "group", False),
        (signs.diamond, "single point of failure", table["picture.single-point"], "plain", True),
        (signs.unknown, "unknown", table["evidence.unknown"], "unknown", False),
    ):
        if shown:
            at, middle = place(chip_width(words, SMALL, diamond=pointed, italic=look == "unknown"))
            sheet.chip(
                at, middle, words, id=f"legend {key}", size=SMALL, look=look, diamond=pointed
            )
    if signs.ring:
        words = table["picture.any-one"]
        at, middle = place(11 + width(words, SMALL))
        sheet.marks.append(Mark("ring", at + 3, middle, 2.6))
        sheet.say(at + 11, middle, words, size=SMALL)
    return y + high / 2


def about(graphs: Sequence[nx.MultiDiGraph[str]]) -> nx.MultiDiGraph[str]:
    """Give an empty graph that carries the days, source and catalogue of several, for a footer."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    said = [graph.graph for graph in graphs]
    days = sorted(str(g[key]) for g in said for key in ("since", "until") if g.get(key))
    if days:
        made.graph |= {"since": days[0], "until": days[-1]}
    for key in ("source", "catalogue"):
        found = sorted({str(g[key]) for g in said if g.get(key)})
        if found:
            made.graph[key] = "; ".join(found[:3])
    made.graph["complete"] = all(g.get("complete", True) for g in said)
    return made


def footer(
    sheet: Sheet,
    top: float,
    graph: nx.MultiDiGraph[str],
    table: Words,
    *,
    notes: Sequence[str] = (),
) -> float:
    """Say source, day of the records and of the catalogue; give the height of the page."""
    about = graph.graph
    since, until = str(about.get("since", "")), str(about.get("until", ""))
    parts = []
    if since or until:
        days = since if since == until or not until else f"{since} – {until}"
        parts.append(table.say("picture.as-of", days=days))
    if about.get("source"):
        parts.append(table.say("picture.records", source=str(about["source"]).rstrip(". ")))
    if about.get("catalogue"):
        parts.append(table.say("picture.catalogue", date=about["catalogue"]))
    if not about.get("complete", True):
        parts.append(table["picture.incomplete"])
    middle = top + FOOT * 0.75
    for words in (*notes, " ".join(parts)):
        if words:
            middle = sheet.paragraph(middle, words, size=FOOT, ink="mid")
    return middle + 2

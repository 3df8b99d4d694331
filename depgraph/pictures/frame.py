"""What stands around a picture: legend, citations and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.roles import Role
from depgraph.limits import in_order, joined, split
from depgraph.pictures.engine.measure import width
from depgraph.pictures.engine.sheet import CHIP, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.engine.values import EVIDENCE_LINES, Line, Mark
from depgraph.pictures.labels import group_name
from depgraph.rendering.phrases import limit_lines
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.vocabulary import Evidence

_DAYS: Final = ("since", "until")
_SOURCES: Final = 3  # of several graphs that a footer names
_SAMPLE: Final = 26.0  # px of line shown for an evidence class
_ADDRESS: Final = re.compile(r"\s*<https?://[^>]*>")


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that a picture uses.

    `evidence` are the classes among its lines, those that are drawn alike together; `group`
    is the name of the chosen group, if some box is filled for it; the others tell which marks
    there are.
    """

    evidence: tuple[tuple[Evidence, ...], ...] = ()
    group: str = ""
    diamond: bool = False
    ring: str = ""
    unknown: bool = False
    arrow: bool = False


def signs_of(sheet: Sheet, table: Words, group: str, *, ring: str = "picture.any-one") -> Signs:
    """Return which signs are on a sheet, for its legend.

    Parameters
    ----------
    sheet
        What was drawn.
    table
        The words of a language.
    group
        Whose boxes are filled.
    ring
        Code of the words for a ring.
    """
    drawn = {Evidence(line.evidence) for line in sheet.lines}
    styles: dict[str, list[Evidence]] = {}
    for evidence in Evidence:
        if evidence in drawn:
            styles.setdefault(EVIDENCE_LINES[evidence], []).append(evidence)
    looks = {box.look for box in sheet.boxes}
    marks = {mark.kind for mark in sheet.marks}
    return Signs(
        evidence=tuple(map(tuple, styles.values())),
        group=group_name(group, table) if "group" in looks else "",
        diamond="diamond" in marks,
        ring=table[ring] if "ring" in marks else "",
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

    for alike in signs.evidence:
        words = table["list.comma"].join(table.brief(f"evidence.{one.value}") for one in alike)
        at, middle = place(_SAMPLE + 6 + width(words, SMALL))
        points = ((at, middle), (at + _SAMPLE, middle))
        sheet.lines.append(Line("", "", points, evidence=alike[0]))
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
        words = signs.ring
        at, middle = place(11 + width(words, SMALL))
        sheet.marks.append(Mark("ring", at + 3, middle, 2.6))
        sheet.say(at + 11, middle, words, size=SMALL)
    return y + high / 2


def involved_notes(several: Sequence[Role], table: Words) -> list[str]:
    """Return who is reported to be involved in a role that is not stated, for a footer.

    Parameters
    ----------
    several
        The roles, in the order of their numbers.
    table
        The words of a language.

    Returns
    -------
    list of str
        What they are, then one note each: its number, the citation without web addresses (which
        the tooltip and the table have), and what speaks against it.
    """
    if not several:
        return []
    notes = [f"{table['involved']}{table['colon']}{table['involved.meaning']}"]
    for number, role in enumerate(several, 1):
        cited = _ADDRESS.sub("", role.citation)
        note = table.say("picture.cited", n=number, who=role.label, citation=cited)
        if role.note:
            note += " " + table.say("involved.against", note=role.note)
        notes.append(note)
    return notes


def joined_about(abouts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the days, source and catalogue of several graphs together, for a footer."""
    every = list(abouts)
    made: dict[str, Any] = {"complete": all(about.get("complete", True) for about in every)}
    met = in_order(one for about in every for one in split(str(about.get("limits", ""))))
    if met:
        made["limits"] = joined(met)
    days = sorted(str(about[key]) for about in every for key in _DAYS if about.get(key))
    if days:
        made |= {"since": days[0], "until": days[-1]}
    for key in ("source", "catalogue"):
        found = sorted({str(about[key]) for about in every if about.get(key)})
        if found:
            made[key] = "; ".join(found[:_SOURCES])
    return made


def footer(
    sheet: Sheet,
    top: float,
    about: Mapping[str, Any],
    table: Words,
    *,
    notes: Sequence[str] = (),
) -> float:
    """Write notes, source, days of the records and of the catalogue; return the page's height.

    Parameters
    ----------
    sheet
        Written on.
    top
        The y where they begin, px.
    about
        What a graph says of itself (`graph.graph`), or several together: :func:`joined_about`.
    table
        The words of a language.
    notes
        One paragraph each; empty ones are left out.
    """
    since, until = str(about.get("since", "")), str(about.get("until", ""))
    parts = []
    if since or until:
        first, last = table.day(since), table.day(until)
        several = until and until != since
        parts.append(
            table.say("picture.as-of.range", first=first, last=last)
            if several
            else table.say("picture.as-of", days=first)
        )
    if about.get("source"):
        source = table.records(str(about["source"]).rstrip(". "))
        parts.append(table.say("picture.records", source=str(source)))
    if about.get("catalogue"):
        parts.append(table.say("picture.catalogue", date=table.day(str(about["catalogue"]))))
    if not about.get("complete", True):
        parts.append(table["picture.incomplete"])
    parts += map(str, limit_lines(Writer(table.lang), split(str(about.get("limits", "")))))
    middle = top + SMALL * 0.75
    for words in (*notes, " ".join(parts)):
        if words:
            middle = sheet.paragraph(middle, words, size=SMALL, ink="mid")
    return middle + 2

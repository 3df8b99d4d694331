"""What stands around a picture: legend, citations and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.clients import UNNAMED
from depgraph.analysis.model import Model
from depgraph.analysis.roles import Role
from depgraph.limits import in_order, joined, split
from depgraph.observations import as_cited, as_noted
from depgraph.pictures.engine.measure import width
from depgraph.pictures.engine.sheet import CHIP, MARGIN, SMALL, Sheet, chip_width
from depgraph.pictures.engine.values import EVIDENCE_LINES, Box, Line, Mark
from depgraph.pictures.labels import group_name
from depgraph.rendering.clients import place
from depgraph.rendering.phrases import limit_lines
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.texts.inline import foreign
from depgraph.vocabulary import Confidence, Evidence, Kind, SourceKind, sent_of

_DAYS: Final = ("since", "until")
_SOURCES: Final = 3  # of several graphs that a footer names
_SINGLE: Final = "single point of failure"
_SAMPLE: Final = 26.0  # px of line shown for an evidence class
_PARTIES: Final = frozenset({Kind.PROVIDER, Kind.COMPANY})
_WRITTEN: Final = "en"  # the language of citations and remarks
_NAMES: Final = 8  # sources that a footer names
_DATED: Final = (
    r"(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d|(?:19|20)\d\d\b"
)
_NAMED: Final = re.compile(rf"(.*?)(?= <|: |, | \(| @| [\"“'‘]| (?:{_DATED})|$)")
"""What a citation begins with: who wrote it, before its title, date or address."""
_DAY: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ADDRESS: Final = re.compile(r" ?<https?://[^<>]*>")


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
    open_diamond: bool = False
    ring: str = ""
    own: bool = False
    unknown: bool = False
    failed: bool = False
    arrow: bool = False
    likely: bool = False


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
    drawn = {Evidence(line.evidence) for line in sheet.lines if line.source}
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
        open_diamond="open-diamond" in marks,
        ring=table[ring] if "ring" in marks else "",
        own=any(box.look == "soft" and _is_party(box) for box in sheet.boxes),
        unknown="unknown" in looks,
        failed=any(box.failed for box in sheet.boxes),
        arrow=any(line.arrow for line in sheet.lines),
        likely=any(line.confidence is Confidence.LIKELY for line in sheet.lines),
    )


def _is_party(box: Box) -> bool:
    return any(member.partition(":")[0] in _PARTIES for member in box.members)


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
    if signs.likely:
        words = table[f"confidence.{Confidence.LIKELY.value}"]
        at, middle = place(_SAMPLE + 6 + width(words, SMALL))
        points = ((at, middle), (at + _SAMPLE, middle))
        sheet.lines.append(Line("", "", points, confidence=Confidence.LIKELY))
        sheet.say(at + _SAMPLE + 6, middle, words, size=SMALL)
    if signs.arrow:
        at, middle = place(_SAMPLE + 6 + width(table["picture.against"], SMALL))
        points = ((at + _SAMPLE, middle), (at, middle))
        sheet.lines.append(Line("", "", points, arrow=True))
        sheet.say(at + _SAMPLE + 6, middle, table["picture.against"], size=SMALL)
    for shown, key, words, look, pointed in (
        (bool(signs.group), signs.group, signs.group, "group", None),
        (signs.diamond, _SINGLE, table["picture.single-point"], "plain", Confidence.CERTAIN),
        (
            signs.open_diamond,
            f"likely {_SINGLE}",
            table["picture.single-point.likely"],
            "plain",
            Confidence.LIKELY,
        ),
        (signs.own, "own", table["picture.own-party"], "soft", None),
        (signs.unknown, "unknown", table["evidence.unknown"], "unknown", None),
        (signs.failed, "failed", table["picture.failed"], "plain", None),
    ):
        if shown:
            wide = chip_width(words, SMALL, diamond=pointed is not None, italic=look == "unknown")
            at, middle = place(wide)
            sheet.chip(
                at,
                middle,
                words,
                id=f"legend {key}",
                size=SMALL,
                look=look,
                diamond=pointed,
                failed=key == "failed",
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
        the tooltip and the table have), and what speaks against it. Both are written in English:
        in another language the names and days of the sources stand alone, and that there is more.
    """
    if not several:
        return []
    notes = [f"{table.say('full-stop', sentence=table['involved'])} {table['involved.meaning']}"]
    for number, role in enumerate(several, 1):
        english = table.lang == _WRITTEN
        cited = _ADDRESS.sub("", as_cited(role.citation)) if english else _sources(role, table)
        note = table.say("picture.cited", n=number, who=role.label, citation=cited)
        if role.note and english:
            note += " " + table.say("involved.against", note=as_noted(role.note))
        elif role.note:
            note += " " + table["picture.against-elsewhere"]
        notes.append(note)
    return notes


def _sources(role: Role, table: Words) -> str:
    """Return the names and days of the sources that a role is cited from."""
    found = []
    for one in re.split(r"(?<=>); |; (?=[A-Z])", as_cited(role.citation)):
        name = _name(_ADDRESS.sub("", one))
        day = _DAY.search(one)
        note = table.day(day[0]) if day else ""
        found.append(table.say("in-brackets", what=name, note=note) if name and note else name)
    return table["list.semicolon"].join(dict.fromkeys(filter(None, found)))


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


def as_of(about: Mapping[str, Any], table: Words) -> str:
    """Return of which day or days records are; empty where nothing says so.

    Parameters
    ----------
    about
        What a graph says of itself, or several together: :func:`joined_about`.
    table
        The words of a language.
    """
    since, until = str(about.get("since", "")), str(about.get("until", ""))
    if not since and not until:
        return ""
    first, last = table.day(since), table.day(until)
    if until and until != since:
        return table.say("picture.as-of.range", first=first, last=last)
    return table.say("picture.as-of", days=first)


def deck(models: Iterable[Model], table: Words, *, dated: bool = True) -> str:
    """Return what a picture is of: the days, what was asked, and from where.

    Parameters
    ----------
    models
        Those of its graphs.
    table
        The words of a language.
    dated
        Whether the days are told; not where the picture has them.
    """
    every = list(models)
    day = as_of(joined_about(model.about for model in every), table) if dated else ""
    met = {str(edge.data.get("provenance", "")) for model in every for edge in model.edges}
    kinds = [kind for kind in SourceKind if kind in met and kind is not SourceKind.CATALOGUE]
    views = {one for model in every for one in str(model.about.get("vantages", "")).split(",")}
    places = sorted(one for one in views - {"", UNNAMED} if sent_of(one) is None)
    parts = []
    if kinds:
        said = table["list.comma"].join(str(table.source(kind)) for kind in kinds)
        parts.append(table.say("picture.asked", sources=said))
    if places:
        writer = Writer(table.lang)
        said = str(table.some([place(writer, one) for one in places], _NAMES))
        parts.append(table.say("picture.seen-from", places=said))
    return " ".join(filter(None, (day, *parts)))


def named_sources(models: Iterable[Model]) -> list[str]:
    """Return the names of the sources that records cite, the catalogue's own apart.

    >>> _name('Axios 2021-01-19 "Parler shows signs of life" <https://www.axios.com/x>')
    'Axios'
    >>> _name("Guardian/Reuters, quoted by freezenet.ca"), _name("https://www.example.org/a/b")
    ('Guardian/Reuters', 'www.example.org')
    """
    names: dict[str, None] = {}
    for model in models:
        for edge in model.edges:
            cited = str(edge.data.get("citation", ""))
            if cited and edge.data.get("provenance") != SourceKind.CATALOGUE:
                names |= dict.fromkeys(map(_name, re.split(r"(?<=>); ", as_cited(cited))))
    return [name for name in names if name]


def _name(citation: str) -> str:
    """Return the name that a citation begins with; of a bare address its host."""
    if citation.startswith(("http://", "https://")):
        return citation.partition("//")[2].partition("/")[0]
    found = _NAMED.match(citation.strip())
    name = found[1].strip() if found else ""
    first = name.partition(" ")[0]
    if "<github:" in citation or "<npm:" in citation:  # a file of a repository, or of a package
        return first
    return "" if name[:1].islower() and first != name else name  # words, and no name


def foot(
    sheet: Sheet, top: float, model: Model, table: Words, *, notes: Sequence[str] = ()
) -> float:
    """Write what stands below the picture of one service: see :func:`footer`."""
    return footer(sheet, top, model.about, table, notes=notes, sources=named_sources([model]))


def footer(
    sheet: Sheet,
    top: float,
    about: Mapping[str, Any],
    table: Words,
    *,
    notes: Sequence[str] = (),
    sources: Sequence[str] = (),
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
    sources
        Names of the sources that the records cite: :func:`named_sources`.
    """
    parts = list(filter(None, [as_of(about, table)]))
    if about.get("source"):
        source = table.records(str(about["source"]).rstrip(". "))
        parts.append(table.say("picture.records", source=str(source)))
    if sources:
        names = str(table.some([foreign(name) for name in sources], _NAMES))
        parts.append(table.say("picture.sources", names=names))
    if about.get("catalogue"):
        parts.append(table.say("picture.catalogue", date=table.day(str(about["catalogue"]))))
    if not about.get("complete", True):
        parts.append(table["picture.incomplete"])
    met = map(str, limit_lines(Writer(table.lang), split(str(about.get("limits", "")))))
    parts += [_DAY.sub(lambda day: table.day(day[0]), told) for told in met]
    middle = top + SMALL * 0.75
    for words in (*notes, " ".join(parts)):
        if words:
            middle = sheet.paragraph(middle, words, size=SMALL, ink="mid")
    return middle + 2

"""What pictures say: the drawn SVG by its places, the table of a scene, the page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from tests.faces.expected import Box, Cell, Day
from tests.faces.facts import how
from tests.faces.wording import SEMICOLON, Wording, cut, number

Json = dict[str, Any]
_SVG = "{http://www.w3.org/2000/svg}"

# --- What an SVG holds ---------------------------------------------------------------------


class Word(NamedTuple):
    """A text outside of all boxes."""

    x: float
    y: float
    text: str
    bold: bool


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    def has(self, y: float) -> bool:
        return self.y <= y <= self.y + self.height


@dataclass
class Chip:
    """A box with a tooltip: what is written in it, and what the tooltip says.

    Its diamond is ``certain`` (filled), ``likely`` (open), or empty where it has none.
    """

    place: Rect
    title: str
    text: str
    diamond: str


@dataclass
class Svg:
    """A picture as it is drawn."""

    chips: list[Chip] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    description: str = ""


def read_svg(svg: str) -> Svg:
    """Read the elements of an SVG document."""
    root = ET.fromstring(svg)
    found = Svg(title=_text(root.find(f"{_SVG}title")), description=_text(root.find(f"{_SVG}desc")))
    for element in root:
        if element.tag == f"{_SVG}rect":
            found.rects.append(_rect(element))
        elif element.tag == f"{_SVG}text":
            found.words.append(_word(element))
        elif element.tag == f"{_SVG}g" and element.find(f"{_SVG}title") is not None:
            texts = [_text(text) for text in element.findall(f"{_SVG}text")]
            rect = element.find(f"{_SVG}rect")
            assert rect is not None
            fills = [
                path.get("fill")
                for path in element.findall(f"{_SVG}path")
                if "z" in path.get("d", "")
            ]
            diamond = "" if not fills else "likely" if fills == ["none"] else "certain"
            found.chips.append(
                Chip(
                    _rect(rect),
                    _text(element.find(f"{_SVG}title")),
                    " ".join(texts),
                    diamond,
                )
            )
    return found


def _rect(element: ET.Element) -> Rect:
    return Rect(*(float(element.get(key, "0")) for key in ("x", "y", "width", "height")))


def _word(element: ET.Element) -> Word:
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    return Word(x, y, _text(element), element.get("font-weight") == "700")


def _text(element: ET.Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


# --- What a box says -----------------------------------------------------------------------


def box(text: str, w: Wording, labels: Iterable[str]) -> tuple[Box | None, str]:
    """Read ``possibly Alpha · Bravo, Germany (inferred, possible)``, and what is left of it.

    None where it says that something is unknown.
    """
    if text.lower().startswith(w.word("evidence", "unknown")):
        return None, ""
    possible = w.match("possibly", text)
    name = possible["name"] if possible else text
    label = cut(name, w.labels(labels))
    assert label, text
    told = re.match(r"(?: · .*?)?(?:, .*?)? \((.*)", name[len(label) :])
    assert told, text
    known, _, rest = told[1].partition(")")
    found = how(known, w)
    return Box(w.label(label), found.evidence, found.confidence, found.unverified), rest


# --- Strip ---------------------------------------------------------------------------------


class Strip(NamedTuple):
    """What a strip says.

    Parameters
    ----------
    cells
        By the words for the functions, and the layer.
    behind
        Who stands further behind and can stop what: evidence and confidence.
    involved
        Who is reported to be involved.
    """

    cells: dict[tuple[str, str], Cell]
    behind: set[tuple[str, str, str, str]]
    involved: set[tuple[str, str, str]]


def strip_rows(rows: Sequence[Sequence[str]], w: Wording, labels: Iterable[str]) -> Strip:
    """Read the table of a strip: layer, function, who, evidence, confidence, citation."""
    labels = list(labels)
    boxes: dict[tuple[str, str], Counter[Box]] = {}
    unknown: Counter[tuple[str, str]] = Counter()
    behind, involved = set(), set()
    for row in rows:
        name, functions, who, evidence, confidence, _ = row
        if name == w.say("layer.behind"):
            sure = w.code("confidence", confidence.split(", ")[0])
            behind.add((functions, who, w.code("evidence", evidence), sure))
            continue
        layer = w.code("layer", name)
        if layer == "involvement":
            label = cut(who, labels)
            sure = w.code("confidence", confidence)
            involved.add((label, w.code("evidence", evidence), sure))
            continue
        boxes.setdefault((functions, layer), Counter())
        if not confidence:
            assert w.code("evidence", evidence) == "unknown", row
            unknown[functions, layer] += 1
            continue
        text = f"{who} ({evidence}, {confidence})"
        one, _ = box(text, w, labels)
        assert one is not None, row
        boxes[functions, layer][one] += 1
    cells = {where: Cell(found, unknown[where]) for where, found in boxes.items()}
    return Strip(cells, behind, involved)


class DrawnBox(NamedTuple):
    """A box of a drawn picture: its row, its column, and what its tooltip says."""

    row: str
    functions: str
    box: Box | None
    stops: str
    diamond: str
    beside: str
    text: str


def strip_drawn(svg: Svg, w: Wording, labels: Iterable[str]) -> list[DrawnBox]:
    """Read a strip by its places: a box belongs to the row and the columns that it lies in."""
    labels = list(labels)
    bands = [rect for rect in svg.rects[1:] if rect.x > min(word.x for word in svg.words)]
    if not bands:  # nothing is offered
        return []
    heads = sorted((word for word in svg.words if word.bold), key=lambda word: (word.y, word.x))
    top = min(band.y for band in bands)
    above = [word for word in heads if word.y < top and word.x >= bands[0].x]
    line = max((word.y for word in above), default=0.0)
    columns = [word for word in above if word.y == line]
    found = []
    for band in bands:
        row = _name(band, svg)
        inside = [word for word in svg.words if word.x >= band.x and band.has(word.y)]
        shared = any(w.say("picture.for-all") in word.text for word in inside)
        for chip in (chip for chip in svg.chips if band.has(chip.place.y + 3)):
            functions = _columns(chip.place, columns, shared=shared)
            found.append(_drawn(row, functions, chip, inside, w, labels))
    return found


def strip_alternatives(svg: Svg, w: Wording) -> list[str]:
    """Return the layer of each cell of a strip that says that any one of those in it is enough."""
    enough = {w.say("picture.any-one"), w.say("picture.any-one-known")}
    told = [word for word in svg.words if word.text in enough]
    bands = [rect for rect in svg.rects[1:] if any(rect.has(word.y) for word in told)]
    return [
        w.code("layer", _name(band, svg)) for band in bands for word in told if band.has(word.y)
    ]


def _name(band: Rect, svg: Svg) -> str:
    """Return what is written at the left of a row."""
    names = [word for word in svg.words if word.x < band.x - 4 and band.has(word.y)]
    return " ".join(word.text for word in sorted(names, key=lambda word: word.y))


def _columns(place: Rect, columns: Sequence[Word], *, shared: bool) -> str:
    """Return the heads of the columns that a box spans; of all of them ``*``."""
    ordered = sorted(columns, key=lambda word: word.x)
    spans = len(ordered) > 1 and place.x <= ordered[0].x + 1 and place.right > ordered[-1].x
    if shared or spans:
        return "*"
    own = [word for word in ordered if word.x <= place.x + 1]
    return own[-1].text.lower() if own else "*"


def _drawn(  # noqa: PLR0917
    row: str, functions: str, chip: Chip, near: Sequence[Word], w: Wording, labels: list[str]
) -> DrawnBox:
    beside = [
        word.text
        for word in near
        if abs(word.y - (chip.place.y + chip.place.height * 0.68)) < 5
        and 3 < word.x - chip.place.right < 10
    ]
    if row == w.say("layer.behind"):
        who, _, stops = chip.title.partition(": ")
        return DrawnBox(row, functions, None, stops, chip.diamond, " ".join(beside), who)
    one, rest = box(chip.title, w, labels)
    can = re.match(rf"[ \u00a0]?: ({re.escape(w.lead('picture.stops'))}.*?)(?:\. |$)", rest)
    stops = can[1] if can else ""
    return DrawnBox(row, functions, one, stops, chip.diamond, " ".join(beside), chip.text)


def stopped(text: str, w: Wording) -> set[str]:
    """Read which functions somebody can stop alone, whatever stands in brackets after them."""
    if not text:
        return set()
    parts = w.of_everyone(text).split(SEMICOLON[w.lang])
    return set().union(*(_stopped(part, w) for part in parts))


def _stopped(text: str, w: Wording) -> set[str]:
    marked = re.fullmatch(r"(.*) \(([^()]*)\)", text)
    sure = marked and all(
        w.means("evidence", word) or w.means("confidence", word) for word in marked[2].split(", ")
    )
    told = w.match("picture.stops", marked[1] if marked and sure else text)
    assert told, text
    return set(w.functions(told["functions"]))


# --- Takedown ------------------------------------------------------------------------------


class Stops(NamedTuple):
    """Somebody who stops a function alone, as a cell of the picture has it."""

    function: str
    label: str
    confidence: str
    onset: str
    evidence: str


def takedown_rows(
    header: Sequence[str], rows: Sequence[Sequence[str]], w: Wording, labels: Iterable[str]
) -> dict[Stops, tuple[float | None, float]]:
    """Read who can stop what alone; with that after how many seconds, and how exact they are."""
    labels = set(labels)
    functions = [w.code("function", name) for name in header[1:-1]]
    found = {}
    for who, *cells, _ in rows:
        for function, text in zip(functions, cells, strict=True) if who in labels else ():
            if text and not text.startswith("?"):
                sure, when, evidence = text.split(", ")
                onset, seconds, exact = short_onset(when, w)
                known = w.code("evidence", evidence)
                one = Stops(function, who, w.code("confidence", sure), onset, known)
                found[one] = (seconds, exact)
    return found


def takedown_drawn(svg: Svg, w: Wording) -> Counter[tuple[str, ...]]:
    """Read the cells of a drawn takedown: what is written in each, word by word."""
    cells = [chip.text for chip in svg.chips if not chip.diamond and chip.text]
    sure = [text for text in cells if w.means("confidence", text.split(" ")[0])]
    return Counter(tuple(text.split(" ", 1)) for text in sure)


def short_onset(text: str, w: Wording) -> tuple[str, float | None, float]:
    """Read when something sets in, in a few letters: word, seconds, and how exact they are.

    So short, a time is told alike whether a TTL ends then or signatures expire.
    """
    for code in ("at-once", "after-ttl-unobserved", "days", "weeks"):
        if text == w.say(f"picture.onset.{code}"):
            return code, None, 0.0
    told = w.match("picture.onset.after-ttl", text)
    assert told, text
    for unit, length in (("hours", 3600.0), ("minutes", 60.0), ("seconds", 1.0)):
        span = w.match(f"page.{unit}", told["span"])
        if span:
            return "after-ttl", number(span["n"]) * length, length
    raise AssertionError(text)


# --- Timeline ------------------------------------------------------------------------------


class Drawn(NamedTuple):
    """A row of a drawn timeline: a layer of some functions, and its cells."""

    functions: str
    layer: str
    days: list[Day]


def timeline_rows(rows: Sequence[Sequence[str]], w: Wording, labels: Iterable[str]) -> list[Drawn]:
    """Read the table of a drawn timeline: layer, functions, a cell for each day."""
    labels = list(labels)
    return [
        Drawn(functions, w.code("layer", name), [_day(text, w, labels) for text in cells])
        for name, functions, *cells in rows
    ]


def _day(text: str, w: Wording, labels: list[str]) -> Day:
    boxes: Counter[Box] = Counter()
    turns: dict[str, str] = {}
    word, unknown, others = "", 0, False
    for part in _parts(text, w, labels):
        gone = re.fullmatch(r"(.*?)(?: :|:) (.*)", part)
        if w.means("moment", part):
            word = w.code("moment", part)
        elif part == w.say("picture.perhaps-others"):
            others = True
        elif gone and w.means("turn", gone[1]):
            label = gone[2].removesuffix(f" ({w.word('met', True)})")
            turns[w.label(label)] = w.code("turn", gone[1])
        else:
            one, _ = box(part, w, labels)
            if one is None:
                unknown += 1
                continue
            boxes[one] += 1
            told = [w.code("turn", x) for x in re.findall(r"[^,()]+", part) if w.means("turn", x)]
            turns |= dict.fromkeys([one.label], *told) if told else {}
    return Day(word, Cell(boxes, unknown), others, turns)


def _parts(text: str, w: Wording, labels: list[str]) -> Iterator[str]:
    """Split a cell at the commas that part its boxes, not at those within one."""
    names = "|".join(re.escape(label) for label in sorted(w.labels(labels), key=len, reverse=True))
    evidence = "|".join(re.escape(word) for word in w.all("evidence"))
    turns = "|".join(re.escape(word) for word in w.all("turn"))
    possibly = re.escape(w.lead("possibly"))
    start = (  # of one box, of what became of one who has none, of what is not known
        rf"(?:{possibly})?(?:{names})(?: · [^(]*)? \((?:{evidence})|(?:{turns})[ \u00a0]?: |"
        rf"{re.escape(w.word('evidence', 'unknown'))}[ \u00a0]?: |{re.escape(w.say('picture.perhaps-others'))}"
    )
    places = [0, *(m.end() for m in re.finditer(rf", (?={start})", text)), len(text) + 2]
    for first, last in pairwise(places):
        yield text[first : last - 2]


def signs(svg: Svg) -> list[str]:
    """Return the signs between the days of a drawn timeline, in reading order."""
    drawn = [word for word in svg.words if word.text in {"=", "(=)", "→", "·"} and word.bold]
    return [word.text for word in sorted(drawn, key=lambda word: (word.y, word.x))]


# --- Providers -----------------------------------------------------------------------------


class Need(NamedTuple):
    """A line of a picture: from whom, to whom, how it is known, how sure."""

    tail: str
    head: str
    evidence: str
    confidence: str


def needs(rows: Sequence[Sequence[str]], w: Wording) -> list[Need]:
    """Read the table of the picture of providers."""
    return [
        Need(tail, head, w.code("evidence", evidence), sure and w.code("confidence", sure))
        for tail, head, evidence, sure in rows
    ]


# --- Page ----------------------------------------------------------------------------------


class Edge(NamedTuple):
    """A row of the table of a page: an edge by the numbers of its ends."""

    tail: int
    head: int
    evidence: str
    met: bool
    confidence: str
    unverified: bool


@dataclass
class Page:
    """The table of a page, and the data that its script computes with."""

    edges: list[Edge]
    data: Json


def read_page(html: str, w: Wording) -> Page:
    """Read the table of evidence and the data of a page."""
    told = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert told
    body = html.partition('<tbody id="rows">')[2].partition("</tbody>")[0]
    edges = []
    for row in re.split(r"<tr ", body)[1:]:
        ends = re.match(r'data-u="(\d+)" data-v="(\d+)"', row)
        assert ends
        cells = [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row.split("<td>")[1:]]
        evidence, _, note = cells[3].partition(" (")
        sure, _, rest = cells[4].strip().partition(", ")
        edges.append(
            Edge(
                int(ends[1]),
                int(ends[2]),
                w.code("evidence", evidence),
                w.means("met", note.rstrip(")")),
                w.code("confidence", sure) if sure else "",
                w.means("unverified", rest),
            )
        )
    return Page(edges, json.loads(told[1]))


def page_times(data: Json, withdrawn: int, least: int) -> list[float]:
    """Compute what the script of a page computes: after how many seconds each node stops.

    Parameters
    ----------
    data
        Of the page: whom each node needs, with which delay, how sure.
    withdrawn
        The number of an actor.
    least
        0: only certain steps count; 1: likely ones too. The others hold.
    """
    times = [0.0] * len(data["nodes"])
    changed = True
    while changed:
        changed = False
        for place, (either, steps) in enumerate(data["nodes"]):
            felt = []
            for head, delay, doubt in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
                seconds = max(times[head], delay)
                unsure = doubt & 3 > least
                felt.append(inf if unsure or seconds > data["horizon"] else seconds)
            after = max(felt, default=0.0) if either else min(felt, default=inf)
            after = 0.0 if place == withdrawn else after
            if after != times[place]:
                times[place], changed = after, True
    return times

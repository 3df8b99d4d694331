"""What a reader of a picture sees: boxes, words and signs, taken out of the SVG by their places.

Nothing here asks the code that drew it: names of layers and functions come back as the words
that stand in the picture.
"""

from __future__ import annotations

import html
import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

SVG = "{http://www.w3.org/2000/svg}"
LEFT = 12.0  # px: where the names of rows begin


@dataclass
class Word:
    """One line of text outside of boxes."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    italic: bool
    middle: bool


@dataclass
class Shape:
    """A box: its place, the texts in it, its tooltip, its hatch, its diamond."""

    x: float
    y: float
    width: float
    height: float
    title: str
    texts: tuple[str, ...] = ()
    hatched: bool = False
    diamond: bool = False

    @property
    def middle(self):
        return self.y + self.height / 2

    @property
    def label(self):
        return " ".join(self.texts)


@dataclass
class Drawn:
    """Everything in a picture."""

    title: str
    alt: str
    boxes: list[Shape] = field(default_factory=list)
    bands: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    rings: list[tuple[float, float]] = field(default_factory=list)

    def inside(self, band):
        """Give the boxes and the words in a band."""
        low, high = band.y - 1, band.y + band.height + 1
        boxes = [box for box in self.boxes if low <= box.middle <= high]
        words = [word for word in self.words if low <= word.y - 0.3 * word.size <= high]
        return boxes, words


def drawn(svg):
    """Read a picture: an SVG document of :func:`depgraph.pictures.to_svg`."""
    root = ET.fromstring(svg)
    seen = Drawn(root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc"))
    tops = list(root)
    for number, item in enumerate(tops):
        if item.tag == f"{SVG}g" and item.find(f"{SVG}title") is not None:
            seen.boxes.append(_shape(item.find(f"{SVG}rect"), item))
        elif item.tag == f"{SVG}rect" and number > 2:  # the first one is the ground
            seen.bands.append(_shape(item))
        elif item.tag == f"{SVG}text":
            seen.words.append(_word(item))
        elif item.tag == f"{SVG}circle" and float(item.get("r")) > 2:
            seen.rings.append((float(item.get("cx")), float(item.get("cy"))))
    return seen


def _shape(rect, group=None):
    place = [float(rect.get(key)) for key in ("x", "y", "width", "height")]
    if group is None:
        return Shape(*place, title="")
    paths = [path.get("d") for path in group.iter(f"{SVG}path")]
    return Shape(
        *place,
        title=group.findtext(f"{SVG}title"),
        texts=tuple(text.text or "" for text in group.iter(f"{SVG}text")),
        hatched=any("z" not in path for path in paths),
        diamond=any(path.endswith("z") for path in paths),
    )


def _word(text):
    return Word(
        x=float(text.get("x")),
        y=float(text.get("y")),
        text=text.text or "",
        size=float(text.get("font-size")),
        bold=text.get("font-weight") == "700",
        italic=text.get("font-style") == "italic",
        middle=text.get("text-anchor") == "middle",
    )


# --- The strip ------------------------------------------------------------------------------


@dataclass
class StripBox:
    """A box of the strip, as a reader sees it.

    `layer` and `functions` are the words of its row and of the columns that it stands in;
    `beside` are the words next to it (evidence, how sure, what was known on another day).
    """

    layer: str
    functions: tuple[str, ...]
    label: str
    beside: str
    hatched: bool
    stops: bool
    title: str


@dataclass
class StripRows:
    """The rows of the strip: its boxes, what stands where there is none, and what is enough."""

    boxes: list[StripBox]
    words: dict[tuple[str, str], str]
    enough: dict[tuple[str, tuple[str, ...]], str]


def strip_rows(svg, *, shared="for all functions"):
    """Read the rows of a strip.

    Parameters
    ----------
    svg
        Of a strip with the functions side by side.
    shared
        The words for "for all functions" in its language.
    """
    seen = drawn(svg)
    bands = sorted(seen.bands, key=lambda band: band.y)
    heads = [
        word
        for word in seen.words
        if word.bold and word.size == 9 and word.y < bands[0].y and word.x > LEFT
    ]
    heads.sort(key=lambda head: head.x)
    found = StripRows([], {}, {})
    for band in bands:
        boxes, words = seen.inside(band)
        names = [w for w in words if w.x == LEFT and not w.italic]
        layer = " ".join(word.text for word in sorted(names, key=lambda word: word.y))
        pieces = [*boxes, *(word for word in words if word.x > LEFT)]
        spans = any(getattr(piece, "text", "").startswith("– ") for piece in pieces)
        spans = spans or _wide(boxes, heads)
        for i, head in enumerate(heads):
            right = heads[i + 1].x - 1 if i + 1 < len(heads) else 1e9
            own = pieces if spans else [p for p in pieces if head.x - 1 <= p.x < right]
            columns = tuple(h.text for h in heads) if spans else (head.text,)
            _strip_cell(found, (layer, columns), own, seen.rings, shared, top=band.y)
            if spans:
                break
    return found


def _wide(boxes, heads):
    """Tell whether the only box of a row spans the columns."""
    if len(heads) < 2 or len(boxes) != 1:
        return False
    return boxes[0].x < heads[1].x - 1 and boxes[0].x + boxes[0].width > heads[1].x


def _strip_cell(found, place, pieces, rings, shared, *, top):
    layer, columns = place

    def order(piece):
        middle = piece.middle if isinstance(piece, Shape) else piece.y - 0.355 * piece.size
        return round((middle - top) / 4), piece.x  # a line of a band is some px below its top

    last = None
    for piece in sorted(pieces, key=order):
        if isinstance(piece, Shape):
            last = StripBox(
                layer, columns, piece.label, "", piece.hatched, piece.diamond, piece.title
            )
            found.boxes.append(last)
            continue
        y = piece.y - 0.355 * piece.size
        ring = any(abs(ry - y) < 2 and 0 < piece.x - rx < 10 for rx, ry in rings)
        if ring:
            found.enough[layer, columns] = piece.text
        elif piece.text == f"– {shared}":
            continue
        elif last is None:
            found.words[layer, columns[0]] = piece.text
        else:
            last.beside = f"{last.beside} {piece.text}".strip()


# --- The picture of takedowns ---------------------------------------------------------------


@dataclass
class TakedownCell:
    """How sure a set stops a function, when, and the sentence of the tooltip."""

    word: str
    onset: str
    title: str
    hatched: bool


@dataclass
class TakedownRow:
    """A row: who (labels, tooltips, which of them are hatched), its cells by function, and how."""

    who: tuple[str, ...]
    titles: tuple[str, ...]
    hatched: tuple[bool, ...]
    cells: dict[str, TakedownCell]
    how: str
    alone: bool


def takedown_rows(svg):
    """Read the rows of a picture of takedowns."""
    seen = drawn(svg)
    heads = [word for word in seen.words if word.bold and word.middle]
    parts = sorted((w for w in seen.words if w.bold and w.x == LEFT and w.size == 9), key=_y)
    together = parts[-1].y
    rows = []
    for band in sorted(seen.bands, key=lambda band: band.y):
        boxes, words = seen.inside(band)
        first = min(head.x for head in heads) - 40
        chips = [box for box in boxes if box.x < first]
        cells = {}
        for box in boxes:
            if box.x >= first:
                head = min(heads, key=lambda head: abs(head.x - box.x - box.width / 2))
                cells[head.text] = TakedownCell(*box.texts, box.title, box.hatched)
        right = max(head.x for head in heads) + 20
        how = " ".join(word.text for word in sorted(words, key=_y) if word.x > right)
        rows.append(
            TakedownRow(
                who=tuple(chip.label for chip in chips),
                titles=tuple(chip.title for chip in chips),
                hatched=tuple(chip.hatched for chip in chips),
                cells=cells,
                how=how,
                alone=band.y < together,
            )
        )
    return rows


def _y(word):
    return word.y


# --- The timeline ---------------------------------------------------------------------------


@dataclass
class TimelineCell:
    """A day of a layer: boxes (label, words below, hatched, tooltip), and all its small words."""

    boxes: list[tuple[str, str, bool, str]]
    words: str


@dataclass
class TimelineRow:
    """A layer over the days, and the signs between them; `functions` empty where it has one row."""

    layer: str
    functions: str
    cells: list[TimelineCell]
    signs: list[str]


def timeline_rows(svg):
    """Read the days and the rows of a timeline."""
    seen = drawn(svg)
    bands = sorted(seen.bands, key=lambda band: band.y)
    above = [w for w in seen.words if w.bold and w.size == 11 and w.y < bands[0].y and w.x > LEFT]
    days = sorted(above, key=lambda word: word.x)
    edges = [(a.x - 1, b.x - 12) for a, b in itertools.pairwise(days)] + [(days[-1].x - 1, 1e9)]
    rows = []
    for band in bands:
        boxes, words = seen.inside(band)
        names = sorted((w for w in words if w.x == LEFT), key=_y)
        cells = []
        for left, right in edges:
            own = sorted((b for b in boxes if left <= b.x < right), key=lambda b: b.y)
            small = [w for w in words if w.italic and left <= w.x < right]
            cells.append(_timeline_cell(own, small))
        signs = sorted((w for w in words if w.bold and w.middle), key=lambda word: word.x)
        rows.append(
            TimelineRow(
                layer=" ".join(w.text for w in names if w.size > 10),
                functions=" ".join(w.text for w in names if w.size < 10),
                cells=cells,
                signs=[word.text for word in signs],
            )
        )
    return [day.text for day in days], rows


def _timeline_cell(boxes, words):
    ordered = sorted(words, key=_y)
    cell = TimelineCell([], " ".join(word.text for word in ordered))
    for box in boxes:
        bottom = box.y + box.height
        note = " ".join(word.text for word in ordered if bottom < word.y < bottom + 12)
        cell.boxes.append((box.label, note, box.hatched, box.title))
    return cell


# --- The survey -----------------------------------------------------------------------------


def survey_rows(svg):
    """Read the bars of a survey: (layer, part) -> (how many, of how many, hatched)."""
    bars = {}
    for box in drawn(svg).boxes:
        match = re.fullmatch(r"(.*?), (.*?)[ \u00a0]?: (\d+) / (\d+)", box.title)
        if match:
            layer, part, count, total = match.groups()
            bars[layer, part] = (int(count), int(total), box.hatched)
    return bars


# --- The page -------------------------------------------------------------------------------


def page_table(text):
    """Read the table of evidence of a page: the cells of each row as text."""
    body = text.partition('<tbody id="rows">')[2].partition("</tbody>")[0]
    return [
        [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row.split("<td>")[1:]]
        for row in body.split("<tr ")[1:]
    ]


def page_boxes(text, view):
    """Read the boxes of one picture of a page: label (with tooltip), classes, node numbers."""
    section = text.partition(f'id="{view}"')[2].partition("</section>")[0]
    found = []
    for group, title in re.findall(r"(<g class=\"b [^>]*>)(?:<title>([^<]*))?", section):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', group))
        label = html.unescape(title)
        found.append((label, attributes["class"].split(), attributes.get("data-i", "")))
    return found

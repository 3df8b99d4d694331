"""A scene on matplotlib, without pyplot and without any global setting."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from io import BytesIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Circle, FancyBboxPatch, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from depgraph.pictures.engine.geometry import hatch, segments
from depgraph.pictures.engine.measure import FAMILY, elide, in_ascii, missing, right_to_left
from depgraph.pictures.engine.svg import DASHES, HOLLOW_INNER, HOLLOW_OUTER, line_width
from depgraph.pictures.engine.themes import Theme, ThemeWord, theme
from depgraph.pictures.engine.values import EVIDENCE_LINES, Box, Line, Mark, Scene, Text

PX_PER_INCH = 100
_LAST_RESORT = "Last Resort"  # matplotlib's font of boxes for whatever no font has
_SHAPES = tuple(map(int, mpl.__version__.split(".")[:2])) >= (3, 11)
"""Whether matplotlib joins letters, and orders those that are written from right to left."""
_FROM_THE_LEFT = "\u200e"  # a mark without width
_POINT = 72 / PX_PER_INCH  # points in a px of the scene


class Picture(Axes):
    """Axes of a figure of ours: a notebook shows them, with whatever was drawn on them since.

    Without this it would print ``<Axes: >``: the inline backend shows figures of pyplot only.
    """

    def _repr_png_(self) -> tuple[bytes, dict[str, int]] | None:
        made = self.figure
        if not isinstance(made, Figure):
            return None
        buffer = BytesIO()
        made.savefig(buffer, format="png", dpi=2 * made.dpi)  # sharp on a screen of two dots a px
        wide, high = (round(inches * made.dpi) for inches in made.get_size_inches())
        return buffer.getvalue(), {"width": wide, "height": high}


def figure(scene: Scene, *, look: ThemeWord = "light") -> Figure:
    """Draw a scene on a figure of its own, one px of the scene to 1/100 inch."""
    made = Figure(figsize=(scene.width / PX_PER_INCH, scene.height / PX_PER_INCH), dpi=PX_PER_INCH)
    paint(scene, made.add_axes((0, 0, 1, 1), axes_class=Picture), look=look)
    return made


def paint(scene: Scene, ax: Axes, *, look: ThemeWord = "light") -> Axes:
    """Draw a scene on axes, as large as fits; letters scale with the axes as they are now.

    Parameters
    ----------
    scene
        The picture.
    ax
        Emptied of its frame, and its limits set to the scene's px (y down).
    look
        Name of the theme.
    """
    style = theme(look)
    extent = ax.get_window_extent()
    inches = float(extent.width) / ax.figure.dpi, float(extent.height) / ax.figure.dpi
    zoom = min(inches[0] * PX_PER_INCH / scene.width, inches[1] * PX_PER_INCH / scene.height)
    unit = _POINT * zoom
    ax.set_xlim(0, scene.width)
    ax.set_ylim(scene.height, 0)
    ax.set_aspect("equal", anchor="NW")
    ax.axis("off")
    ax.add_patch(
        Rectangle((0, 0), scene.width, scene.height, fc=style.ground, ec="none", lw=0, zorder=0)
    )
    _lines(ax, scene.lines, style, unit)
    for box in scene.boxes:
        _box(ax, box, style, unit)
    for sign in scene.marks:
        _mark(ax, sign, style, unit)
    for words in scene.texts:
        _text(ax, words, style, unit)
    return ax


def _path(line: Line) -> Path:
    codes = {"M": [Path.MOVETO], "L": [Path.LINETO], "C": [Path.CURVE4] * 3}
    drawn = segments(line)
    return Path(
        [point for _, points in drawn for point in points],
        [code for letter, _ in drawn for code in codes[letter]],
    )


def _lines(ax: Axes, lines: Iterable[Line], style: Theme, unit: float) -> None:
    drawn = list(lines)
    hollow = [_path(line) for line in drawn if EVIDENCE_LINES[line.evidence] == "hollow"]
    for wide, colour, order in ((HOLLOW_OUTER, style.line, 1.0), (HOLLOW_INNER, style.ground, 1.1)):
        if hollow:
            ax.add_collection(
                PathCollection(
                    hollow,
                    facecolors="none",
                    edgecolors=colour,
                    linewidths=wide * unit,
                    zorder=order,
                )
            )
    for line in drawn:
        kind = EVIDENCE_LINES[line.evidence]
        colour = style.accent if line.accent else style.line
        wide = line_width(line)
        if kind != "hollow":
            dash = tuple(part / wide for part in DASHES[kind])  # matplotlib counts in widths
            ax.add_patch(
                PathPatch(
                    _path(line),
                    fc="none",
                    ec=colour,
                    lw=wide * unit,
                    ls=(0, dash) if dash else "-",
                    capstyle="butt",
                    zorder=1.2,
                )
            )
        if line.arrow:
            x, y = line.points[-1]
            ax.add_patch(
                Polygon([(x, y), (x + 5, y - 3), (x + 5, y + 3)], fc=colour, ec="none", zorder=1.3)
            )


def _box(ax: Axes, box: Box, style: Theme, unit: float) -> None:
    look = style.boxes[box.look]
    shape: Patch = Rectangle((box.x, box.y), box.width, box.height)
    if box.radius:
        shape = FancyBboxPatch(
            (box.x, box.y),
            box.width,
            box.height,
            boxstyle=f"round,pad=0,rounding_size={box.radius}",
        )
    shape.set(
        facecolor=look.fill,
        edgecolor=look.stroke or "none",
        linewidth=look.width * unit if look.stroke else 0,
        linestyle=(0, tuple(part / look.width for part in look.dash)) if look.dash else "-",
        zorder=2,
    )
    ax.add_patch(shape)
    if look.hatched:
        strokes = hatch(box)
        path = Path(
            [point for stroke in strokes for point in stroke],
            [Path.MOVETO, Path.LINETO] * len(strokes),
        )
        ax.add_patch(PathPatch(path, fc="none", ec=style.hatch, lw=0.8 * unit, zorder=2.1))


def _mark(ax: Axes, sign: Mark, style: Theme, unit: float) -> None:
    ink = style.inks[sign.ink]
    x, y, size = sign.x, sign.y, sign.size
    if sign.kind in {"diamond", "open-diamond"}:
        corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
        fill, edge = (ink, "none") if sign.kind == "diamond" else ("none", ink)
        ax.add_patch(Polygon(corners, fc=fill, ec=edge, lw=unit, zorder=3))
    elif sign.kind == "ring":
        ax.add_patch(Circle((x, y), size, fc=style.ground, ec=ink, lw=0.9 * unit, zorder=3))
    else:
        ax.add_patch(Circle((x, y), size, fc=ink, ec="none", zorder=3))


def _in_fonts(words: Text) -> tuple[str, list[str]]:
    """Return a text and the fonts for it; in ASCII where no font of the machine has its letters."""
    lacking = missing(words.text)
    further = _fonts_with(lacking) if lacking else ""
    turned = right_to_left(words.text)
    if (not lacking or further) and (_SHAPES or not turned):
        # A line is ours, and runs from left to right whatever name it begins with: else the
        # one who can stop and the one who can be stopped would change places.
        text = f"{_FROM_THE_LEFT}{words.text}" if turned else words.text
        return text, [FAMILY, *([further] if further else [])]
    unfit = frozenset() if _SHAPES else turned
    short = elide(
        in_ascii(words.text, unfit=unfit),
        words.width,
        words.size,
        bold=words.bold,
        italic=words.italic,
    )
    return short, [FAMILY]


@cache
def _fonts_with(letters: frozenset[str]) -> str:
    """Return the family of a font of the machine that has some letters; empty where none has."""
    for entry in sorted(fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if entry.name.startswith(_LAST_RESORT):
            continue
        with suppress(OSError, RuntimeError):
            if {ord(letter) for letter in letters} <= set(FT2Font(entry.fname).get_charmap()):
                return str(entry.name)
    return ""


def _text(ax: Axes, words: Text, style: Theme, unit: float) -> None:
    if words.plate:
        left, top, right, bottom = words.extent
        ax.add_patch(
            Rectangle(
                (left - 2, top),
                right - left + 4,
                bottom - top,
                fc=style.ground,
                ec="none",
                zorder=4,
            )
        )
    text, family = _in_fonts(words)
    ax.text(
        words.x,
        words.y,
        text,
        fontproperties=FontProperties(
            family=family,
            weight="bold" if words.bold else "normal",
            style="oblique" if words.italic else "normal",
            size=words.size * unit,
        ),
        color=style.inks[words.ink],
        ha={"start": "left", "middle": "center", "end": "right"}[words.anchor],
        va="baseline",
        parse_math=False,
        zorder=5,
    )

"""A scene as an SVG string: opaque ground, no style sheet, nothing fetched, every label escaped.

Colours are written on the elements themselves, so that a notebook or a web page that holds
several pictures cannot mix up their styles. The page asks for classes instead and brings
one style sheet for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeVar

from depgraph.pictures.engine.geometry import hatch, segments
from depgraph.pictures.engine.themes import Paint, Theme, ThemeWord, theme
from depgraph.pictures.engine.values import EVIDENCE_LINES, Box, Line, Mark, Scene, Text
from depgraph.text_safety import one_line
from depgraph.vocabulary import Confidence

FONT = "'DejaVu Sans', Verdana, sans-serif"
DASHES = {"solid": (), "dashed": (4.6, 2.6), "dotted": (1.0, 2.3), "hollow": ()}
HOLLOW_OUTER, HOLLOW_INNER = 4.4, 2.6
_LIKELY = 0.6  # px: the width of a line that is not certain
_CLEAN = 400
Piece = TypeVar("Piece", Text, Mark)


def safe(text: str) -> str:
    """Make a text safe inside SVG or HTML, in an attribute or between tags."""
    return escape(one_line(text, limit=_CLEAN), quote=True)


def to_svg(scene: Scene, *, theme: ThemeWord = "light") -> str:
    """Give a scene as a complete SVG document (a string).

    Parameters
    ----------
    scene
        The picture.
    theme
        ``"light"``, ``"dark"`` or ``"bw"``.

    Raises
    ------
    QuestionError
        If there is no such theme.
    """
    return "\n".join(_document(scene, _theme_of(theme)))


_theme_of = theme  # the parameter of to_svg has the name that people use


def _document(scene: Scene, look: Theme) -> Iterable[str]:
    wide, high = number(scene.width), number(scene.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" role="img" lang="{safe(scene.lang)}" font-family="{FONT}">'
    )
    yield f"<title>{safe(scene.title)}</title>"
    yield f"<desc>{escape(one_line(scene.alt, limit=20_000), quote=True)}</desc>"
    yield f'<rect width="{wide}" height="{high}" fill="{look.ground}"/>'
    yield from lines_of(scene.lines, look)
    texts, marks = by_box(scene.texts), by_box(scene.marks)
    for box in scene.boxes:
        yield "<g>" if box.title else ""
        if box.title:
            yield f"<title>{safe(box.title)}</title>"
        yield rect(box, look.boxes[box.look], look)
        yield from (mark(m, look) for m in marks.get(box.id, ()))
        yield from (text(t, look) for t in texts.get(box.id, ()))
        yield "</g>" if box.title else ""
    yield from (mark(m, look) for m in marks.get("", ()))
    yield from (text(t, look) for t in texts.get("", ()))
    yield "</svg>"


def by_box(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """Sort texts or marks by the box that they belong to."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.box, []).append(piece)
    return found


def number(value: float) -> str:
    """Write a length with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def rect(box: Box, paint: Paint, look: Theme) -> str:
    """Give the rectangle of a box, with its hatch."""
    dash = f' stroke-dasharray="{_dashes(paint.dash)}"' if paint.dash else ""
    stroke = (
        f' stroke="{paint.stroke}" stroke-width="{number(paint.width)}"{dash}'
        if paint.stroke
        else ""
    )
    body = f'<rect{_place(box)} fill="{paint.fill}"{stroke}/>'
    if not paint.hatched:
        return body
    return (
        f'{body}<path d="{hatch_path(box)}" stroke="{look.hatch}" stroke-width="0.8" fill="none"/>'
    )


def _place(box: Box) -> str:
    radius = f' rx="{number(box.radius)}"' if box.radius else ""
    return (
        f' x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" '
        f'height="{number(box.height)}"{radius}'
    )


def hatch_path(box: Box) -> str:
    """Give the hatch of a box as SVG path data: each stroke from where it starts, which is short."""
    return "".join(
        f"M{number(a[0])},{number(a[1])}l{number(b[0] - a[0])}{number(b[1] - a[1])}"
        for a, b in hatch(box)
    )


def _dashes(dash: Iterable[float]) -> str:
    return " ".join(number(part) for part in dash)


def path_data(line: Line) -> str:
    """Give a line as SVG path data."""
    return "".join(
        letter + " ".join(f"{number(x)},{number(y)}" for x, y in points)
        for letter, points in segments(line)
    )


def line_width(line: Line) -> float:
    """Give the width of a line that is not hollow, px: a thin one is only likely."""
    if line.confidence is Confidence.LIKELY:
        return _LIKELY
    return 1.3 if line.accent else 1.0


def lines_of(lines: Iterable[Line], look: Theme) -> Iterable[str]:
    """Give all lines: the hollow ones first, so that their ground hides nothing."""
    drawn = list(lines)
    hollow = [line for line in drawn if EVIDENCE_LINES[line.evidence] == "hollow"]
    solid = [line for line in drawn if EVIDENCE_LINES[line.evidence] != "hollow"]
    yield '<g fill="none">'
    for line in hollow:
        yield f'<path d="{path_data(line)}" stroke="{look.line}" stroke-width="{HOLLOW_OUTER}"/>'
    for line in hollow:
        yield f'<path d="{path_data(line)}" stroke="{look.ground}" stroke-width="{HOLLOW_INNER}"/>'
    for line in solid:
        dash = DASHES[EVIDENCE_LINES[line.evidence]]
        extra = f' stroke-dasharray="{_dashes(dash)}"' if dash else ""
        colour, wide = look.accent if line.accent else look.line, number(line_width(line))
        title = f"<title>{safe(line.title)}</title>" if line.title else ""
        close = f">{title}</path>" if title else "/>"
        yield f'<path d="{path_data(line)}" stroke="{colour}" stroke-width="{wide}"{extra}{close}'
    for line in drawn:
        if line.arrow:
            yield f'<path d="{arrow_head(line)}" fill="{look.accent if line.accent else look.line}"/>'
    yield "</g>"


def arrow_head(line: Line, *, size: float = 5.0) -> str:
    """Give the head of a line that arrives from the right."""
    x, y = line.points[-1]
    return (
        f"M{number(x)},{number(y)}L{number(x + size)},{number(y - size * 0.6)}"
        f"L{number(x + size)},{number(y + size * 0.6)}Z"
    )


def mark(sign: Mark, look: Theme) -> str:
    """Give one sign."""
    x, y, size = sign.x, sign.y, sign.size
    ink = look.inks[sign.ink]
    if sign.kind in {"diamond", "open-diamond"}:
        q = number(size)
        paint = f'fill="{ink}"' if sign.kind == "diamond" else f'fill="none" stroke="{ink}"'
        return f'<path d="M{number(x)},{number(y - size)}l{q},{q}l-{q},{q}l-{q},-{q}z" {paint}/>'
    place = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}"'
    if sign.kind == "ring":
        return f'{place} fill="{look.ground}" stroke="{ink}" stroke-width="0.9"/>'
    return f'{place} fill="{ink}"/>'


def text(words: Text, look: Theme) -> str:
    """Give one text; inside a box its length is fixed, so that no other font can leave it."""
    style = ""
    if words.anchor != "start":
        style += f' text-anchor="{words.anchor}"'
    if words.bold:
        style += ' font-weight="700"'
    if words.italic:
        style += ' font-style="italic"'
    if words.box and words.width > 0:
        style += f' textLength="{number(words.width)}" lengthAdjust="spacingAndGlyphs"'
    body = (
        f'<text x="{number(words.x)}" y="{number(words.y)}" font-size="{number(words.size)}" '
        f'fill="{look.inks[words.ink]}"{style}>{safe(words.text)}</text>'
    )
    if not words.plate:
        return body
    left, top, right, bottom = words.extent
    plate = Box("", left - 2, top, right - left + 4, bottom - top, radius=2)
    return f'<rect{_place(plate)} fill="{look.ground}"/>{body}'

"""Light, dark and black-and-white: what each look and each ink is.

The orange of the chosen group stands out for every kind of colour blindness tried, and in
greyscale it is the only dark box, so the fill alone says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from depgraph.errors import QuestionError

ThemeWord: TypeAlias = Literal["light", "dark", "bw"]


@dataclass(frozen=True, slots=True)
class Paint:
    """How a box is painted: colours, width of its border (px), dash pattern (px), hatch."""

    fill: str
    stroke: str = ""
    width: float = 0.9
    dash: tuple[float, ...] = ()
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: ground, inks of texts and marks, paints of boxes, colours of lines."""

    name: str
    ground: str
    inks: Mapping[str, str]
    boxes: Mapping[str, Paint]
    line: str
    accent: str
    hatch: str


def luminance(colour: str) -> float:
    """Give the relative luminance (WCAG 2) of a colour as ``#rrggbb``."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Give the contrast ratio (WCAG 2) of two colours, 1 to 21."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _readable(*colours: str, on: str) -> str:
    return max(colours, key=lambda colour: contrast(colour, on))


def _theme(
    name: str,
    *,
    ground: str,
    ink: str,
    mid: str,
    line: str,
    group: str,
    on_group: str,
    soft: str,
    band: str,
    hatch: str,
    shades: tuple[str, ...],
) -> Theme:
    boxes = {
        "plain": Paint(ground, line),
        "soft": Paint(soft, line),
        "group": Paint(group, group),
        "spof": Paint(ground, ink, 1.7),
        "unknown": Paint(ground, ink, 1.0, (3.0, 2.0), hatched=True),
        "failed": Paint(ground, ink, 1.5, (1.5, 2.0)),
        "band": Paint(band),
        "stops": Paint(ink, ink),
        "part": Paint(ground, ink),
        "share-1": Paint(shades[0], line, 0.7),
        "share-2": Paint(shades[1], line, 0.7),
        "share-3": Paint(shades[2], line, 0.7),
        "share-other": Paint(shades[3], line, 0.7),
        "share-open": Paint(shades[3], ink, 1.0, (3.0, 2.0), hatched=True),
        "share-own": Paint(shades[4], line, 0.7),
        "share-none": Paint(ground, line, 0.7),
    }
    inks = {"ink": ink, "mid": mid, "group": group}
    inks |= {f"on-{look}": _readable(ink, ground, on=paint.fill) for look, paint in boxes.items()}
    inks["on-group"] = on_group
    return Theme(
        name=name,
        ground=ground,
        inks=inks,
        boxes=boxes,
        line=line,
        accent=group,
        hatch=hatch,
    )


THEMES: Final[Mapping[str, Theme]] = {
    "light": _theme(
        "light",
        ground="#ffffff",
        ink="#222222",
        mid="#636363",
        line="#808080",
        group="#b8420a",
        on_group="#ffffff",
        soft="#e4e1d9",
        band="#f7f5f0",
        hatch="#8a877f",
        shades=("#7a2c07", "#b8420a", "#e08a4f", "#c3c8cc", "#f1efe9"),
    ),
    "dark": _theme(
        "dark",
        ground="#16181b",
        ink="#ebe9e4",
        mid="#aaa7a0",
        line="#8b8f94",
        group="#f08a4b",
        on_group="#1a0d05",
        soft="#33363b",
        band="#1f2226",
        hatch="#84888d",
        shades=("#f9c6a4", "#f08a4b", "#d9713a", "#4b5157", "#2a2d31"),
    ),
    "bw": _theme(
        "bw",
        ground="#ffffff",
        ink="#000000",
        mid="#444444",
        line="#666666",
        group="#1a1a1a",
        on_group="#ffffff",
        soft="#e2e2e2",
        band="#f4f4f4",
        hatch="#777777",
        shades=("#1a1a1a", "#3d3d3d", "#606060", "#cccccc", "#f0f0f0"),
    ),
}


def theme(name: str) -> Theme:
    """Give a theme by its name.

    Raises
    ------
    QuestionError
        If there is none of that name.
    """
    try:
        return THEMES[name]
    except KeyError:
        raise QuestionError(
            f"expected one of the themes {', '.join(THEMES)}, found {name!r}"
        ) from None

"""A picture for a newspaper: its own title, deck and credit, and the shape of a page or screen.

Whatever the kind, it is the picture that was made, with other words around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from depgraph.errors import QuestionError
from depgraph.pictures.engine.markup import below_headline
from depgraph.pictures.engine.sheet import SMALL, Sheet
from depgraph.pictures.engine.values import Line, Scene

ShapeWord: TypeAlias = Literal["16:9", "square", "phone"]
PHONE: Final = "phone"
SHAPES: Final[Mapping[str, float]] = MappingProxyType(
    {"16:9": 16 / 9, "square": 1.0, PHONE: 9 / 16}
)
"""Width of a page divided by its height."""


def framed(scene: Scene, *, title: str = "", deck: str = "", credit: str = "") -> Scene:
    """Return a picture with other words around it.

    Parameters
    ----------
    scene
        The picture.
    title, deck
        In place of the finding, and of what goes with it; empty: as it is.
    credit
        A line at the foot; empty: none.

    Returns
    -------
    Scene
        The same boxes and lines, moved to make room.
    """
    top = below_headline(scene)
    sheet = Sheet(scene.width, scene.lang)
    below = sheet.head(title or scene.title, deck or scene.subtitle) - 10
    moved = _moved(scene, 0.0, below - top)
    height = moved.height
    texts = [*sheet.texts, *(text for text in moved.texts if text.y > below)]
    if credit:
        foot = Sheet(scene.width, scene.lang)
        height = foot.paragraph(height + SMALL * 0.75, credit, size=SMALL, ink="mid") + 2
        texts += foot.texts
    return replace(
        moved,
        height=height,
        title=title or scene.title,
        subtitle=deck or scene.subtitle,
        texts=tuple(texts),
        alt=scene.alt.replace(scene.title, title, 1) if title else scene.alt,
    )


def shaped(scene: Scene, shape: str) -> Scene:
    """Return a picture in the middle of a page of another shape.

    That of a phone is at least its screen: a picture that is longer is not made smaller for it, for
    readers scroll.

    Parameters
    ----------
    scene
        The picture.
    shape
        A word of :data:`SHAPES`.

    Raises
    ------
    QuestionError
        If there is no such shape.
    """
    if shape not in SHAPES:
        raise QuestionError(f"expected a shape among {', '.join(SHAPES)}, found {shape!r}")
    wide = scene.width if shape == PHONE else max(scene.width, scene.height * SHAPES[shape])
    high = max(scene.height, wide / SHAPES[shape])
    moved = _moved(scene, (wide - scene.width) / 2, (high - scene.height) / 2)
    return replace(moved, width=wide, height=high)


def _moved(scene: Scene, right: float, down: float) -> Scene:
    """Return a picture whose parts are moved, px; the page is as much longer."""

    def along(line: Line) -> Line:
        return replace(line, points=tuple((x + right, y + down) for x, y in line.points))

    return replace(
        scene,
        height=scene.height + down,
        boxes=tuple(replace(one, x=one.x + right, y=one.y + down) for one in scene.boxes),
        texts=tuple(replace(one, x=one.x + right, y=one.y + down) for one in scene.texts),
        marks=tuple(replace(one, x=one.x + right, y=one.y + down) for one in scene.marks),
        lines=tuple(map(along, scene.lines)),
    )

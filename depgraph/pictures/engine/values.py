"""What a picture is before anyone draws it: boxes, lines, texts and marks at their places.

Lengths are px, x to the right and y down. Nothing here knows a colour: boxes and lines name
a *look* and texts an *ink*, and :mod:`depgraph.pictures.engine.themes` says what they are in each
theme. Two back ends draw the same value: :mod:`depgraph.pictures.engine.canvas` (matplotlib) and
:mod:`depgraph.pictures.engine.svg`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from depgraph.vocabulary import Confidence, Evidence

Point = tuple[float, float]

EVIDENCE_LINES: Final[Mapping[str, str]] = {
    Evidence.DEFINITION: "solid",
    Evidence.OBSERVED: "solid",
    Evidence.PUBLISHED: "solid",
    Evidence.INFERRED: "dotted",
    Evidence.REPORTED: "dashed",
    Evidence.UNKNOWN: "hollow",
}
"""How a line says on what evidence it stands, without colour."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle.

    Parameters
    ----------
    id
        Unique in the scene.
    x, y, width, height
        Upper left corner and size, px.
    look
        A key of :attr:`depgraph.pictures.engine.themes.Theme.boxes`.
    title
        The whole text of the box, for a tooltip and for a reader who does not look.
    members
        Ids of the graph nodes that it stands for.
    radius
        Of the corners, px.
    failed
        Whether what it stands for was seen not to work. Its corners are square, and its border is
        dotted where no other look says more; its words say how it failed.
    """

    id: str
    x: float
    y: float
    width: float
    height: float
    look: str = "plain"
    title: str = ""
    members: tuple[str, ...] = ()
    radius: float = 0.0
    failed: bool = False

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y of the centre."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text that starts, ends or is centred at a point of its baseline.

    `box` is the id of the box that it must stay inside, empty for the page. `width` is its
    measured width, px. `plate` asks for a ground under the words, where a hatch would cross
    them. `shortened` tells that letters were left out for lack of room.
    """

    x: float
    y: float
    text: str
    size: float
    width: float
    ink: str = "ink"
    bold: bool = False
    italic: bool = False
    anchor: str = "start"
    box: str = ""
    plate: bool = False
    shortened: bool = False

    @property
    def left(self) -> float:
        """The x at which the text begins."""
        return self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The rectangle that the letters can fill: left, top, right, bottom."""
        top, bottom = self.y - 0.78 * self.size, self.y + 0.24 * self.size
        return (self.left, top, self.left + self.width, bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a box to a box through `points`; `source` needs `target`.

    Between points of different height it runs as a curve that leaves and arrives level;
    between points straight above each other it bows out to the right by `bow`. `evidence` is its look. `accent` tells that it leads to the
    chosen group, and `confidence` how sure it is. `arrow` asks for a head at the end, for a line that runs against the reading
    direction.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    evidence: Evidence = Evidence.OBSERVED
    accent: bool = False
    bow: float = 0.0
    arrow: bool = False
    confidence: Confidence = Confidence.CERTAIN
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign centred at a point.

    `diamond` is a single point of failure, `open-diamond` one that is only likely; `ring` tells
    that any one is enough; `dot`.
    """

    kind: str
    x: float
    y: float
    size: float
    ink: str = "ink"
    box: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture as a plain value.

    Parameters
    ----------
    kind
        Which picture it is (``"strip"``, ``"full"``...).
    width, height
        Of the page, px.
    lang
        Language of the words, as in HTML.
    title, subtitle
        The finding in words.
    boxes, lines, texts, marks
        What is drawn, in drawing order.
    alt
        The picture told in sentences.
    header, rows
        The same content as a table.
    notes
        What the layout left out or did, for tests and for the curious (for instance
        ``{"crossings": "3"}``).
    """

    kind: str
    width: float
    height: float
    lang: str
    title: str
    subtitle: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]
    alt: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return (
            f"<Scene {self.kind} {self.width:.0f} x {self.height:.0f}: {self.title!r}, "
            f"{len(self.boxes)} boxes, {len(self.lines)} lines>"
        )

    def __str__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        from depgraph.pictures.engine.svg import to_svg  # noqa: PLC0415  (a value knows no back end)

        return to_svg(self)

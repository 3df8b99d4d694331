"""A sheet under work: say a text, put a chip, and freeze it as a scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from depgraph.pictures.engine.measure import (
    CAP_SHIFT,
    drawable,
    elide,
    in_ascii,
    pieces,
    width,
    wrap,
)
from depgraph.pictures.engine.values import Box, Line, Mark, Scene, Text
from depgraph.vocabulary import Confidence

MARGIN = 12.0
TITLE, SUBTITLE, SMALL = 15.0, 10.5, 9.0  # SMALL: nothing is written smaller
_SENTENCE = 1000  # characters at most of a headline or a note
_PAD = 0.6  # of the size: room beside the words of a chip
CHIP = 1.75  # of the size: height of a chip
LEADING = 1.25  # of the size: from a line in a chip to the next
_LINES = 8  # in a chip; what is longer still is shortened


@dataclass(slots=True)
class Sheet:
    """Collects what is drawn; `width` is that of the page, px."""

    width: float
    lang: str = "en"
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def say(
        self,
        x: float,
        middle: float,
        words: str,
        *,
        size: float,
        ink: str = "ink",
        bold: bool = False,
        italic: bool = False,
        anchor: str = "start",
        room: float | None = None,
        box: str = "",
        plate: bool = False,
    ) -> float:
        """Write one line whose capitals are centred on `middle`; give its width."""
        whole = drawable(words, limit=_SENTENCE)
        shown = elide(whole, room, size, bold=bold, italic=italic) if room is not None else whole
        wide = width(shown, size, bold=bold, italic=italic)
        self.texts.append(
            Text(
                x=x,
                y=middle + CAP_SHIFT * size,
                text=shown,
                size=size,
                width=wide,
                ink=ink,
                bold=bold,
                italic=italic,
                anchor=anchor,
                box=box,
                plate=plate,
                shortened=shown != whole,
            )
        )
        return wide

    def paragraph(
        self,
        middle: float,
        words: str,
        *,
        size: float,
        ink: str = "ink",
        bold: bool = False,
        x: float = MARGIN,
        room: float | None = None,
    ) -> float:
        """Write words over as many lines as they take; give the middle of the next line."""
        wide = room if room is not None else self.width - x - MARGIN
        for line in wrap(drawable(words, limit=_SENTENCE), wide, size, bold=bold):
            self.say(x, middle, line, size=size, ink=ink, bold=bold)
            middle += size * 1.5
        return middle

    def head(self, title: str, subtitle: str) -> float:
        """Write the finding and what goes with it; give the y below both."""
        below = self.paragraph(20, title, size=TITLE, bold=True)
        if subtitle:
            below = self.paragraph(below - 1, subtitle, size=SUBTITLE, ink="ink")
        return below + 2

    def chip(
        self,
        x: float,
        middle: float,
        label: str,
        *,
        id: str,  # noqa: A002  (the field of Box)
        size: float,
        suffix: str = "",
        look: str = "plain",
        diamond: Confidence | None = None,
        room: float | None = None,
        exact: float | None = None,
        title: str = "",
        members: tuple[str, ...] = (),
        failed: bool = False,
    ) -> Box:
        """Put a box with words in it; the first line of them is centred on `middle`.

        `diamond` is how sure it is that this is a single point of failure: its sign is open
        where that is only likely. `room` is the most, `exact` the very width that it may have. Words that have no room on
        one line stand on several, and the box reaches further down.
        """
        italic = look == "unknown"
        pointed = diamond is not None
        natural = chip_width(label, size, suffix=suffix, diamond=pointed, italic=italic)
        most = exact if exact is not None else min(natural, room if room is not None else natural)
        words = chip_lines(label, most, size, suffix=suffix, diamond=pointed, italic=italic)
        wide = most
        if exact is None and len(words) > 1:
            wide = max(width(line, size, italic=italic) for line in words)
            wide += _beside(size, diamond=pointed)
        first = CHIP * size
        high = first + (len(words) - 1) * LEADING * size
        certain = diamond is Confidence.CERTAIN
        if look == "plain":
            look = "failed" if failed else "spof" if certain else look
        ink = f"on-{look}"
        self.boxes.append(
            box := Box(
                id=id,
                x=x,
                y=middle - first / 2,
                width=wide,
                height=high,
                look=look,
                title=title or label,
                members=members,
                radius=0.0 if failed else first * 0.28,
                failed=failed,
            )
        )
        start = x + _PAD * size
        if pointed:
            kind = "diamond" if certain else "open-diamond"
            sign = Mark(kind, start + 0.24 * size, box.middle, 0.36 * size, ink, id)
            self.marks.append(sign)
            start += size
        self.texts += [
            Text(
                x=start,
                y=middle + (i * LEADING + CAP_SHIFT) * size,
                text=line,
                size=size,
                width=width(line, size, italic=italic),
                ink=ink,
                italic=italic,
                box=id,
                plate=look == "unknown",
                shortened="…" in line and "…" not in label,
            )
            for i, line in enumerate(words)
        ]
        return box

    def freeze(
        self,
        *,
        kind: str,
        height: float,
        title: str,
        subtitle: str,
        alt: str,
        header: Sequence[str] = (),
        rows: Sequence[Sequence[str]] = (),
        notes: Mapping[str, str] | None = None,
    ) -> Scene:
        """Give what was collected as a plain value."""
        return Scene(
            kind=kind,
            width=self.width,
            height=height,
            lang=self.lang,
            title=drawable(title, limit=_SENTENCE),
            subtitle=drawable(subtitle, limit=_SENTENCE),
            boxes=tuple(self.boxes),
            lines=tuple(self.lines),
            texts=tuple(self.texts),
            marks=tuple(self.marks),
            alt=alt,
            header=tuple(header),
            rows=tuple(tuple(row) for row in rows),
            notes=dict(notes or {}),
        )


def chip_width(
    label: str, size: float, *, suffix: str = "", diamond: bool = False, italic: bool = False
) -> float:
    """Give the width of a chip that shows its whole label."""
    words = width(_whole(label, suffix), size, italic=italic)
    return words + _beside(size, diamond=diamond)


def chip_least(
    label: str, size: float, *, suffix: str = "", diamond: bool = False, italic: bool = False
) -> float:
    """Give the width of the narrowest chip in which no word of a label is broken."""
    every = pieces(_whole(label, suffix))
    words = max((width(one, size, italic=italic) for one in every), default=0.0)
    return words + _beside(size, diamond=diamond)


def chip_lines(
    label: str,
    room: float,
    size: float,
    *,
    suffix: str = "",
    diamond: bool = False,
    italic: bool = False,
) -> list[str]:
    """Return the lines of the words in a chip that has so much room, px."""
    inner = room - _beside(size, diamond=diamond) + 1
    lines = wrap(_whole(label, suffix), inner, size, italic=italic)
    if len(lines) > _LINES:
        last = elide(" ".join(lines[_LINES - 1 :]), inner, size, italic=italic)
        lines = [*lines[: _LINES - 1], last]
    return lines


def _whole(label: str, suffix: str) -> str:
    # What has no letters on this machine is written as it will be drawn, before it is broken.
    shown = in_ascii(drawable(label))
    return f"{shown} {suffix}" if suffix else shown


def _beside(size: float, *, diamond: bool) -> float:
    """Return the room in a chip that its words do not have, px."""
    return (2 * _PAD + (1.0 if diamond else 0.0)) * size + 1

"""A scene as SVG inside a page: classes instead of colours, boxes that can be pressed.

What the style sheet of the page can say once stands on no element: the hatch of what is unknown,
and the size of most letters. The name of a box for a screen reader is its ``<title>`` (SVG
accessibility mappings), which is what a pointer over it shows too. The script makes a button of
each box with nodes (``data-i``); without it, it is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from depgraph.pictures.engine.svg import (
    arrow_head,
    by_box,
    number,
    path_data,
    safe,
)
from depgraph.pictures.engine.values import EVIDENCE_LINES, Box, Line, Mark, Scene, Text
from depgraph.vocabulary import Confidence

HATCH = (
    '<svg class="defs" aria-hidden="true"><pattern id="hatch" width="5" height="5" '
    'patternUnits="userSpaceOnUse"><rect width="5" height="5"/>'
    '<path d="M-1,1l2-2M0,5l5-5M4,6l2-2"/></pattern></svg>'
)
"""What a page holds once, for the boxes of what is unknown in all its pictures."""
_INKS = frozenset({"mid", "on-group", "on-stops"})  # of which the style sheet says more
_COMMON = 11.0  # px: the letters to which the style sheet sets what says nothing else


def view(
    scene: Scene,
    name: str,
    *,
    index: Mapping[str, int],
    pressable: frozenset[str],
    narrow: bool = False,
) -> str:
    """Give a scene without its headline as an ``<svg>`` element.

    Parameters
    ----------
    scene
        The picture.
    name
        Begins the ids of its boxes.
    index
        Node id -> number in the page's data.
    pressable
        Ids of the nodes that can be taken away.
    narrow
        Whether this is what a narrow screen shows instead of another.
    """
    return "\n".join(_parts(scene, name, index, pressable, "view narrow" if narrow else "view"))


def _parts(
    scene: Scene, name: str, index: Mapping[str, int], pressable: frozenset[str], kind: str
) -> Iterable[str]:
    top = below_headline(scene)
    yield (
        f'<svg class="{kind}" viewBox="0 {number(top)} {number(scene.width)} '
        f'{number(scene.height - top)}" role="group" aria-label="{safe(scene.title)}">'
    )
    names = {box.id: f"{name}{i}" for i, box in enumerate(scene.boxes)}
    yield '<g aria-hidden="true">'
    yield from _lines(scene.lines, names)
    yield "</g>"
    texts, marks = by_box(scene.texts), by_box(scene.marks)
    for box in scene.boxes:
        if box.look == "band":
            yield f'<rect class="b band"{_place(box)}/>'
            continue
        inner = [_mark(m) for m in marks.get(box.id, ())]
        inner += [_text(t) for t in texts.get(box.id, ())]
        said = " ".join(t.text for t in texts.get(box.id, ()))
        yield _box(box, names[box.id], said, inner, index=index, pressable=pressable)
    yield '<g aria-hidden="true">' + "".join(_mark(m) for m in marks.get("", ())) + "</g>"
    yield from (_text(t) for t in texts.get("", ()) if t.y > top)
    yield "</svg>"


def below_headline(scene: Scene) -> float:
    """Find where the headline ends: the page says it in HTML."""
    head, said, below = _letters(scene.title + scene.subtitle), "", 0.0
    for line in scene.texts:  # a picture begins with its headline
        said += _letters(line.text)
        if not head.startswith(said):
            break
        below = line.extent[3]
    return below + 2


def _letters(text: str) -> str:
    return "".join(text.split())


def _place(box: Box) -> str:
    radius = f' rx="{number(box.radius)}"' if box.radius else ""
    return (
        f' x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}"'
        f' height="{number(box.height)}"{radius}'
    )


def _box(
    box: Box,
    name: str,
    said: str,
    inner: list[str],
    *,
    index: Mapping[str, int],
    pressable: frozenset[str],
) -> str:
    body = f"<rect{_place(box)}/>{''.join(inner)}"
    nodes = " ".join(str(index[m]) for m in box.members if m in index)
    if not nodes:
        return f'<g class="b {box.look}" aria-hidden="true">{body}</g>'
    actor = any(m in pressable for m in box.members)
    label = said if box.title in {"", said} else f"{said}: {box.title}"
    if box.look == "unknown" and not actor and box.title:
        label = box.title  # which says what is not known, and of which name
    return (
        f'<g class="b {box.look}{" actor" if actor else ""}" id="{name}" data-i="{nodes}">'
        f"<title>{safe(label)}</title>{body}</g>"
    )


def _lines(lines: Iterable[Line], names: Mapping[str, str]) -> Iterable[str]:
    drawn = list(lines)
    for layer in ("outer", "inner", ""):
        for line in drawn:
            kind = EVIDENCE_LINES[line.evidence]
            if (kind == "hollow") is not bool(layer):
                continue
            style = layer or ("" if kind == "solid" else kind)
            likely = line.confidence is Confidence.LIKELY
            looks = ("l", style, "accent" if line.accent else "", "likely" if likely else "")
            classes = " ".join(filter(None, looks))
            ends = ""
            if line.source in names and line.target in names:
                ends = f' data-u="{names[line.source]}" data-v="{names[line.target]}"'
            path = path_data(line)
            yield f'<path class="{classes}"{ends} d="{path}"/>'
    for line in drawn:
        if line.arrow:
            yield f'<path class="head" d="{arrow_head(line)}"/>'


def _mark(sign: Mark) -> str:
    x, y, size = sign.x, sign.y, sign.size
    if sign.kind in {"diamond", "open-diamond"}:
        q = number(size)
        kind = "m" if sign.kind == "diamond" else "o"
        return (
            f'<path class="{kind}-{sign.ink}" d="M{number(x)},{number(y - size)}'
            f'l{q},{q}l-{q},{q}l-{q},-{q}z"/>'
        )
    kind = "ring" if sign.kind == "ring" else f"m-{sign.ink}"
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(size)}"/>'


def _text(words: Text) -> str:
    style = f' font-size="{number(words.size)}"' if words.size != _COMMON else ""
    style += f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    style += ' font-weight="700"' if words.bold else ""
    looks = [f"t-{words.ink}"] if words.ink in _INKS else []
    looks += ["i"] if words.italic else []
    style += f' class="{" ".join(looks)}"' if looks else ""
    if words.box and words.width > 0:
        style += f' textLength="{number(words.width)}"'
    body = f'<text x="{number(words.x)}" y="{number(words.y)}"{style}>{safe(words.text)}</text>'
    if not words.plate:
        return body
    left, top, right, bottom = words.extent
    plate = Box("", left - 2, top, right - left + 4, bottom - top, radius=2)
    return f'<rect class="plate"{_place(plate)}/>{body}'

"""The bars that every finished picture is held to; each gives a list of faults."""

from __future__ import annotations

import itertools

from depgraph.pictures.engine.geometry import bounds, hits, inside, polyline, rectangle
from depgraph.pictures.engine.themes import THEMES, contrast


def overlap(a, b):
    """Tell whether two rectangles share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def near(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def texts_overlap(scene):
    found = []
    texts = scene.texts
    for i, a in enumerate(texts):
        left, top, right, bottom = a.extent
        for b in texts[:i]:
            if overlap((left, top, right, bottom), b.extent):
                found.append((a.text, b.text))
    return found


def texts_outside(scene):
    boxes = {box.id: rectangle(box, margin=0.2) for box in scene.boxes}
    page = (0, 0, scene.width, scene.height)
    found = [t.text for t in scene.texts if not inside(t.extent, page)]
    found += [t.text for t in scene.texts if t.box and not inside(t.extent, boxes[t.box])]
    found += [b.id for b in scene.boxes if not inside(rectangle(b), page)]
    return found


def boxes_overlap(scene):
    chips = [box for box in scene.boxes if box.look != "band"]
    return [
        (a.id, b.id)
        for i, a in enumerate(chips)
        for b in chips[:i]
        if overlap(rectangle(a), rectangle(b))
    ]


def texts_under_boxes(scene):
    """Texts of the page that a box covers."""
    chips = [box for box in scene.boxes if box.look != "band"]
    return [
        (text.text, box.id)
        for text in scene.texts
        if not text.box
        for box in chips
        if overlap(text.extent, rectangle(box))
    ]


def lines_through(scene):
    found = []
    chips = [box for box in scene.boxes if box.look != "band"]
    for line in scene.lines:
        way = polyline(line, steps=24)
        around = bounds(way)
        for box in chips:
            wall = rectangle(box, margin=-0.3)
            if box.id in {line.source, line.target} or not near(around, wall):
                continue
            if any(hits(p, q, wall) for p, q in itertools.pairwise(way)):
                found.append((line.source, line.target, box.id))
    return found


def lines_through_texts(scene):
    """Lines that cross a text of the page (texts in boxes are covered by `lines_through`)."""
    found = []
    for line in scene.lines:
        way = polyline(line, steps=24)
        around = bounds(way)
        for text in scene.texts:
            if (
                not text.box
                and near(around, text.extent)
                and any(hits(p, q, text.extent) for p, q in itertools.pairwise(way))
            ):
                found.append((line.source, line.target, text.text))
    return found


SMALLEST = 9.0  # px of a picture that is 900 px wide


def shortened(scene):
    return [text.text for text in scene.texts if text.shortened]


def small(scene):
    return [(text.text, text.size) for text in scene.texts if text.size < SMALLEST]


def pale(scene):
    """Texts and lines that a theme shows with too little contrast."""
    boxes = {box.id: box for box in scene.boxes}
    found = []
    for name, theme in THEMES.items():
        for text in scene.texts:
            ground = theme.boxes[boxes[text.box].look].fill if text.box else theme.ground
            grounds = {ground} | ({theme.boxes["band"].fill} if not text.box else set())
            found += [
                (name, text.text, ground)
                for ground in sorted(grounds)
                if contrast(theme.inks[text.ink], ground) < 4.5
            ]
        if contrast(theme.line, theme.ground) < 3 or contrast(theme.accent, theme.ground) < 3:
            found.append((name, "line", theme.ground))
        found += [
            (name, box.id, box.look)
            for box in scene.boxes
            if theme.boxes[box.look].stroke
            and max(
                contrast(theme.boxes[box.look].stroke, theme.ground),
                contrast(theme.boxes[box.look].fill, theme.ground),
            )
            < 3
        ]
    return found


def faults(scene):
    """Everything that is wrong with a picture, by bar."""
    checks = {
        "texts overlap": texts_overlap(scene),
        "outside": texts_outside(scene),
        "boxes overlap": boxes_overlap(scene),
        "text under a box": texts_under_boxes(scene),
        "line through a box": lines_through(scene),
        "line through a text": lines_through_texts(scene),
        "pale": pale(scene),
        "shortened": shortened(scene),
        "small": small(scene),
    }
    return {name: found for name, found in checks.items() if found}

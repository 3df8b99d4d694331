"""Plane geometry of lines and boxes, px."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from depgraph.pictures.engine.values import Box, Line, Point

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
_LEVEL = 0.5  # less of a step than this is drawn straight


def rectangle(box: Box, *, margin: float = 0.0) -> Rectangle:
    """Give a box as left, top, right, bottom, grown by a margin."""
    return (box.x - margin, box.y - margin, box.right + margin, box.bottom + margin)


def inside(a: Rectangle, b: Rectangle) -> bool:
    """Tell whether the first rectangle lies in the second."""
    return a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3]


def segments(line: Line) -> list[tuple[str, tuple[Point, ...]]]:
    """Give the path of a line: ``M``, then ``L`` (one point) or ``C`` (a cubic, three points)."""
    path: list[tuple[str, tuple[Point, ...]]] = [("M", (line.points[0],))]
    for start, end in pairwise(line.points):
        if abs(start[1] - end[1]) < _LEVEL:
            path.append(("L", (end,)))
        elif line.bow and start[0] == end[0]:
            far = start[0] + line.bow * 4 / 3
            path.append(("C", ((far, start[1]), (far, end[1]), end)))
        else:
            half = (start[0] + end[0]) / 2
            path.append(("C", ((half, start[1]), (half, end[1]), end)))
    return path


def polyline(line: Line, *, steps: int = 9) -> list[Point]:
    """Give the points that a line passes, a curve cut into `steps` pieces."""
    points = [line.points[0]]
    for letter, targets in segments(line):
        if letter == "L":
            points.append(targets[0])
        elif letter == "C":
            start, (first, second, end) = points[-1], targets
            points += [_bezier(start, first, second, end, i / steps) for i in range(1, steps + 1)]
    return points


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    """Tell whether two segments cross in a point inside both."""
    return _side(r, s, p) * _side(r, s, q) < -1e-9 and _side(p, q, r) * _side(p, q, s) < -1e-9


def hits(p: Point, q: Point, box: Rectangle) -> bool:
    """Tell whether a segment passes a rectangle (Liang and Barsky 1984)."""
    enter, leave = 0.0, 1.0
    dx, dy = q[0] - p[0], q[1] - p[1]
    for step, gap in (
        (-dx, p[0] - box[0]),
        (dx, box[2] - p[0]),
        (-dy, p[1] - box[1]),
        (dy, box[3] - p[1]),
    ):
        if step == 0:
            if gap < 0:
                return False
        elif step < 0:
            enter = max(enter, gap / step)
        else:
            leave = min(leave, gap / step)
        if enter > leave:
            return False
    return True


def bounds(points: Sequence[Point]) -> Rectangle:
    """Give the rectangle around some points."""
    xs = [point[0] for point in points]
    ys = [point[1] for point in points]
    return (min(xs), min(ys), max(xs), max(ys))


def crossings(routes: Sequence[tuple[frozenset[str], Sequence[Point]]]) -> int:
    """Count the places at which lines cross, as a reader sees them.

    Lines with a common end are left out; lines drawn over each other (a bundle) cross
    another one in one place, not in several.

    Parameters
    ----------
    routes
        For each line the ids of its two ends, and the points that it passes.
    """
    around = [bounds(points) for _, points in routes]
    places: set[tuple[int, int]] = set()
    for i, (ends, points) in enumerate(routes):
        for j in range(i):
            if not ends & routes[j][0] and _near(around[i], around[j]):
                places |= {
                    (round(4 * x), round(4 * y))
                    for x, y in _meetings(points, routes[j][1], around[i], around[j])
                }
    return len(places)


def _near(a: Rectangle, b: Rectangle) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _meetings(
    a: Sequence[Point], b: Sequence[Point], box_a: Rectangle, box_b: Rectangle
) -> Iterator[Point]:
    low, high = max(box_a[0], box_b[0]), min(box_a[2], box_b[2])
    near_b = [(p, q) for p, q in pairwise(b) if max(p[0], q[0]) >= low and min(p[0], q[0]) <= high]
    for p, q in pairwise(a):
        if max(p[0], q[0]) < low or min(p[0], q[0]) > high:
            continue
        for r, s in near_b:
            if cross(p, q, r, s):
                share = _side(r, s, p) / (_side(r, s, p) - _side(r, s, q))
                yield (p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]))


def meet(a: Sequence[Point], b: Sequence[Point], box_a: Rectangle, box_b: Rectangle) -> bool:
    """Tell whether two polylines cross; their bounds save most of the work."""
    return _near(box_a, box_b) and any(True for _ in _meetings(a, b, box_a, box_b))


def hatch(box: Box, *, step: float = 5.0, inset: float = 1.5) -> list[tuple[Point, Point]]:
    """Give the strokes of a hatch that rises to the right, cut at the edges of a box."""
    left, top = box.x + inset, box.y + inset
    wide, high = box.width - 2 * inset, box.height - 2 * inset
    strokes = []
    offset = step
    while offset < wide + high:
        start = (left + max(0.0, offset - high), top + min(offset, high))
        end = (left + min(offset, wide), top + max(0.0, offset - wide))
        strokes.append((start, end))
        offset += step
    return strokes

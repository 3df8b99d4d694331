"""Graphviz dot as the reference for crossings: the same boxes, in the same columns."""

from __future__ import annotations

import json
import shutil
import subprocess

from depgraph.pictures.engine.geometry import crossings

DOT = shutil.which("dot")


def dot_crossings(columns, pairs):
    """Count the crossings of dot's own splines.

    `columns` maps each node to its column; `pairs` are the lines.
    """
    names = {node: f"n{i}" for i, node in enumerate(columns)}
    ranks = {}
    for node, column in columns.items():
        ranks.setdefault(column, []).append(names[node])
    order = sorted(ranks)
    source = [
        "digraph{rankdir=LR;nodesep=.1;ranksep=.6;",
        'node[shape=box,width=1.2,height=.2,fixedsize=true,label=""];',
        *(f"r{rank}[style=invis,width=.01];" for rank in order),
        "->".join(f"r{rank}" for rank in order) + "[style=invis];",
        *(f"{{rank=same;r{rank};{';'.join(ranks[rank])}}}" for rank in order),
        *(f"{names[a]}->{names[b]};" for a, b in pairs),
        "}",
    ]
    made = subprocess.run(
        [DOT, "-Tjson"], input="\n".join(source), text=True, capture_output=True, check=True
    )
    drawn = json.loads(made.stdout)
    called = {item["_gvid"]: item["name"] for item in drawn["objects"] if "_gvid" in item}
    routes = []
    for edge in drawn.get("edges", []):
        ends = frozenset((called[edge["tail"]], called[edge["head"]]))
        if any(end.startswith("r") for end in ends):
            continue
        points = []
        for part in edge["pos"].split():
            if not part.startswith("e,"):
                x, y = part.split(",")
                points.append((float(x), float(y)))
        routes.append((ends, _spline(points)))
    return crossings(routes)


def _spline(points, steps=8):
    way = [points[0]]
    for i in range(0, len(points) - 3, 3):
        a, b, c, d = points[i : i + 4]
        for k in range(1, steps + 1):
            t = k / steps
            s = 1 - t
            weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
            way.append(
                tuple(
                    sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True))
                    for axis in (0, 1)
                )
            )
    return way

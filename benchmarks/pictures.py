"""How long the full picture takes, beside Graphviz dot and networkx's own drawing.

Run ``python benchmarks/pictures.py [--repeat N]`` from the root of the repository. CPU seconds of one core (children
counted), the least of several runs. The graph is generated (tests/pictures/graphs.py).
"""

from __future__ import annotations

import argparse
import io
import resource
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import networkx as nx

from depgraph.pictures import page, scene, to_svg
from depgraph.pictures.drawing import encode
from depgraph.pictures.engine.geometry import crossings, polyline
from depgraph.pictures.kinds.full import column_of, without_service
from depgraph.pictures.layout.condense import sketch
from tests.pictures.graphs import typical


def cpu():
    own, children = (
        resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def least(work, repeat):
    best = float("inf")
    for _ in range(repeat):
        start = cpu()
        result = work()
        best = min(best, cpu() - start)
    return best, result


def with_dot(drawn):
    lines = ["digraph{rankdir=LR;node[shape=box,fontsize=9];"]
    ids = {chip.id: f"n{i}" for i, chip in enumerate(drawn.chips)}
    lines += [f'{name}[label="{node[:16]}"];' for node, name in ids.items()]
    lines += [f"{ids[n.source]}->{ids[n.target]};" for n in drawn.needs]
    source = "\n".join([*lines, "}"])
    made = subprocess.run(["dot", "-Tpng"], input=source.encode(), capture_output=True, check=True)
    return made.stdout


def with_networkx(drawn, layout):
    graph = nx.DiGraph((n.source, n.target) for n in drawn.needs)
    figure = plt.figure(figsize=(9, 7))
    nx.draw_networkx(graph, layout(graph), ax=figure.add_subplot(), node_size=80, font_size=5)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=200)
    plt.close(figure)
    return buffer.getvalue()


def by_columns(columns):
    def layout(graph):
        nx.set_node_attributes(graph, columns, "column")
        return nx.multipartite_layout(graph, subset_key="column")

    return layout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    for seed, extra in ((2, 0), (20, 6), (28, 9)):
        graph = typical(seed=seed, extra=extra, glue=seed % 2 == 0)
        drawn = without_service(sketch(graph))
        columns = {chip.id: column_of(graph, chip) for chip in drawn.chips}
        seconds, made = least(lambda g=graph: scene(g, kind="full"), repeat)
        routes = [
            (frozenset((li.source, li.target)), polyline(li)) for li in made.lines if li.source
        ]
        print(
            f"{len(graph)} nodes, {len(columns)} boxes, {len(drawn.needs)} lines, "
            f"{crossings(routes)} crossings, 900 x {made.height:.0f} px"
        )
        rows = [("scene", seconds, "")]
        for what, work in (
            ("+ PNG", lambda m=made: encode(m, ".png")),
            ("+ SVG", lambda m=made: to_svg(m).encode()),
            ("+ PDF", lambda m=made: encode(m, ".pdf")),
            ("page", lambda g=graph: page(g).html.encode()),
            ("strip", lambda g=graph: to_svg(scene(g, kind="strip")).encode()),
            ("networkx spring, PNG", lambda d=drawn: with_networkx(d, nx.spring_layout)),
            (
                "networkx multipartite, PNG",
                lambda d=drawn, c=columns: with_networkx(d, by_columns(c)),
            ),
        ):
            seconds, content = least(work, repeat)
            rows.append((what, seconds, f"{len(content) / 1000:.0f} kB"))
        if shutil.which("dot"):
            seconds, content = least(lambda d=drawn: with_dot(d), repeat)
            rows.append(("dot, PNG", seconds, f"{len(content) / 1000:.0f} kB"))
        for what, seconds, size in rows:
            print(f"  {what:28s} {seconds:6.2f} s  {size:>8s}")


if __name__ == "__main__":
    main()

"""The main job on the shipped recordings: the report, the pictures, and where they are.

`make demo` runs this. No network is used: recordings are replayed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import depgraph
from depgraph.reporting import Report
from depgraph.schema import Graph

RECORDINGS = Path(__file__).parent.parent / "data" / "recordings"
PARLER = ["2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15"]
CONTROL = "wikipedia.org_2021-01-10"
CLAIM = "not reliant on so-called Big Tech"


def main() -> int:
    """Run the demo; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/demo"), help="where to write")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)

    names = [f"parler.com_{day}" for day in PARLER]
    graphs = {name: _graph(name) for name in [*names, CONTROL]}
    for name, graph in graphs.items():
        _say(name)
        report = depgraph.report(graph)
        print(report.text(width=100) if name in {names[-1], CONTROL} else _short(report))
    _say("Parler's four dates side by side")
    print(depgraph.timeline([graphs[name] for name in names]))
    _say(f"The claim of 15 February 2021: {CLAIM}")
    print(depgraph.check(graphs[names[-1]], CLAIM))

    written = []
    for name, graph in graphs.items():
        for kind in ("strip", "providers"):
            written.append(out / f"{name}_{kind}.png")
            depgraph.draw(graph, written[-1], kind=kind)
        written.append(out / f"{name}.html")
        depgraph.page(graph).save(written[-1])
    _say("Written")
    for path in written:
        print(f"  {path}")
    return 0


def _graph(name: str) -> Graph:
    return depgraph.build(depgraph.read(RECORDINGS / f"{name}.jsonl"))


def _short(report: Report) -> str:
    """Return the heading and the table of answers, without the lines of evidence."""
    rows = report.text(width=100).splitlines()
    first = next(i for i, row in enumerate(rows) if "─" in row)
    return "\n".join(rows[: rows.index("", first)]) + "\n"


def _say(title: str) -> None:
    print(f"\n== {title} {'=' * max(0, 92 - len(title))}\n")


if __name__ == "__main__":
    sys.exit(main())

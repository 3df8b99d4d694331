"""A program as a user writes one: `make types` checks it strictly against the public API."""

from __future__ import annotations

from pathlib import Path

import depgraph


def weakest(path: Path) -> dict[str, list[str]]:
    """Return who can stop each function of a recorded service alone."""
    graph = depgraph.build(depgraph.read(path))
    answer = depgraph.takedown(graph, level="company", upto=1)
    return {
        one.function: [member.label for cut in one.alone_sets for member in cut.members]
        for one in answer.functions
    }


def main(path: Path, folder: Path) -> str:
    """Report on a recording, check a claim, draw a picture and keep a page."""
    graph = depgraph.build(depgraph.read(path))
    print(depgraph.report(graph).text(width=80, lang="fr"))
    ruling = depgraph.check(graph, "independent of big-tech")
    picture = depgraph.draw(graph, folder / "strip.svg", kind="strip", theme="bw")
    depgraph.page(graph, lang="fr").save(folder / "page.html")
    return f"{picture.title}: {ruling.text()}"

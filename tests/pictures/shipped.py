"""The shipped recordings as graphs, built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import depgraph
from depgraph.pictures import scene
from tests.pictures.graphs import generated, parler

FOLDER = Path(__file__).parents[2] / "data" / "recordings"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))


@cache
def shipped(name):
    return depgraph.build(depgraph.read(FOLDER / f"{name}.jsonl"))


@cache
def picture(name, kind):
    """Give a picture of a shipped recording, made once."""
    return scene(shipped(name), kind=kind)


@cache
def graphs():
    """Give the generated graphs, made once."""
    return (*generated(), parler())


@cache
def generated_picture(number, kind):
    """Give a picture of a generated graph, made once."""
    return scene(graphs()[number], kind=kind)

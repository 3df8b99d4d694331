"""The shipped recordings as graphs, built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import depgraph

FOLDER = Path(__file__).parents[2] / "data" / "recordings"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))


@cache
def shipped(name):
    return depgraph.build(depgraph.read(FOLDER / f"{name}.jsonl"))

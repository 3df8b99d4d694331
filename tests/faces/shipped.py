"""The graphs that the faces are tried on: recordings, scenarios, the lab's world, shared cases."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import networkx as nx

from depgraph.graph import build
from depgraph.providers import Catalogue, load
from depgraph.recording import read

ROOT: Final = Path(__file__).parents[2]
RECORDINGS: Final = sorted((ROOT / "data" / "recordings").glob("*.jsonl"))
SCENARIOS: Final = sorted((ROOT / "tests" / "scenarios").glob("*.jsonl"))
SHARED: Final = ROOT.parent / "shared" / "cases"


@cache
def scenario_catalogue() -> Catalogue:
    return load(ROOT / "tests" / "scenarios" / "catalogue")


@cache
def recorded(path: Path) -> nx.MultiDiGraph[str]:
    """Return the graph of a recording, of a scenario with the catalogue of the scenarios."""
    if path.parent == SCENARIOS[0].parent:
        return build(read(path), catalogue=scenario_catalogue())
    return build(read(path))


def days_of_services() -> list[tuple[str, Path, Path]]:
    """Return each recording with that of the next day of the same service, else with itself."""
    by_service: dict[str, list[Path]] = {}
    for path in RECORDINGS:
        by_service.setdefault(path.stem.partition("_")[0], []).append(path)
    pairs = []
    for paths in by_service.values():
        later = [*paths[1:], paths[-1]]
        pairs += [(first.stem, first, second) for first, second in zip(paths, later, strict=True)]
    return pairs

"""The graphs that the faces are tried on: recordings, scenarios, the lab's world, shared cases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import networkx as nx

from depgraph.errors import DepgraphError
from depgraph.graph import build
from depgraph.providers import Catalogue, load
from depgraph.readers import open_any
from depgraph.recording import Recording, read
from tests.lab.internet import internet
from tests.lab.services import SERVICES
from tests.lab.world import zone_file
from tests.world_reader import read_zones

ROOT: Final = Path(__file__).parents[2]
RECORDINGS: Final = sorted((ROOT / "data" / "recordings").glob("*.jsonl"))
SCENARIOS: Final = sorted((ROOT / "tests" / "scenarios").glob("*.jsonl"))
SHARED: Final = next(
    (
        parent / "shared" / "cases"
        for parent in ROOT.parents
        if (parent / "shared" / "cases").is_dir()
    ),
    ROOT / "no shared cases",
)


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


@cache
def lab_zones() -> Mapping[str, str]:
    world = internet()
    return {zone.name: zone_file(world, zone) for zone in world.zones}


def lab_names() -> list[str]:
    """Return the services of the lab; one with sixty name servers has a test of its own."""
    return sorted({zone.name for zone in SERVICES} - {"sixty.example"})


@cache
def of_lab(name: str) -> nx.MultiDiGraph[str]:
    """Return the graph of a service of the lab, out of the zone files that it serves."""
    return build(read_zones(lab_zones(), subject=name, time=datetime(2026, 1, 15, tzinfo=UTC)))


def _shared_files() -> list[Path]:
    """Return the files of cases that are meant to be read, not to break a reader."""
    return [path for path in sorted(SHARED.rglob("*.jsonl")) if path.parent.name != "hostile"]


def shared_recordings() -> list[tuple[str, Recording]]:
    """Return the recordings among the shared cases, as far as they can be read; none without."""
    found = []
    for path in _shared_files():
        try:
            several = list(open_any(path))
        except DepgraphError:
            continue  # it is about how a reader refuses it
        for number, one in enumerate(several):
            if isinstance(one, Recording) and one.subject:
                found.append((f"{path.stem}-{number}", one))
    return found


def shared_cases() -> list[tuple[str, dict[str, Any]]]:
    """Return the lines of plain JSON among the shared cases; none without."""
    found = []
    for path in _shared_files():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines()):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict) and row.get("domain") and "records" in row:
                found.append((f"{path.stem}-{number}", row))
    return found

"""What is said of some shipped recordings, word for word; and the same bytes whatever the order.

``snapshots`` holds the texts. Every Python that runs the tests compares with the same files. A
change of the catalogue, of a rule or of a sentence changes some: read the difference, and if it
was meant, renew them::

    python -m tests.test_snapshots
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

import depgraph
from depgraph import exchange
from depgraph.observations import Observation
from depgraph.recording import Header, Recording
from depgraph.rendering import to_page
from depgraph.schema import Graph

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"
RECORDINGS = sorted((HERE.parent / "data/recordings").glob("*.jsonl"))
SHOWN = [
    "kiwifarms.net_2023-06-08",
    "parler.com_2021-01-09",
    "parler.com_2021-01-11",
    "parler.com_2021-01-18",
    "parler.com_2021-02-15",
    "signal.org_2020",
    "telegram.org_2026-09-25",
    "wikipedia.org_2021-01-10",
]
SERIES = [name for name in SHOWN if name.startswith("parler.com_2021")]
CLAIM = "not reliant on so-called Big Tech"  # of Parler, 15 February 2021, as README quotes it


def build(header: Header, observations: Iterable[Observation]) -> Graph:
    """Return the graph of a recording, without which release and catalogue made it."""
    graph = depgraph.build(Recording(header, tuple(observations)))
    graph.graph |= {"depgraph": "any", "catalogue": "any"}
    return graph


def graph_of(name: str) -> Graph:
    (path,) = (path for path in RECORDINGS if path.stem == name)
    recording = depgraph.read(path)
    return build(recording.header, recording)


# -- what is said -------------------------------------------------------------------------


def snapshots() -> Mapping[str, str]:
    """Return each snapshot by its name."""
    graphs = {name: graph_of(name) for name in SHOWN}
    made = {name: one_service(graph) for name, graph in graphs.items()}
    series = depgraph.timeline([graphs[name] for name in SERIES])
    made["parler.com_2021"] = sections(
        {"timeline": series.text(), "timeline, in French": series.text(lang="fr")}
    )
    return made


def one_service(graph: Graph) -> str:
    report = depgraph.report(graph)
    return sections(
        {
            "report": report.text(),
            "report, in French": report.text(lang="fr"),
            "takedown": depgraph.takedown(graph).text(),
            f"check: {CLAIM}": depgraph.check(graph, CLAIM).text(),
        }
    )


def sections(texts: Mapping[str, str]) -> str:
    parts = [f"===== {title}\n\n{text.strip()}\n" for title, text in texts.items()]
    return "\n\n".join(parts)


@pytest.mark.parametrize("name", SHOWN)
def test_the_same_is_said_of_a_service(name: str) -> None:
    wanted = (SNAPSHOTS / f"{name}.txt").read_text("utf-8")
    assert one_service(graph_of(name)) == wanted, (
        "if this was meant: python -m tests.test_snapshots"
    )


def test_the_same_is_said_of_a_series() -> None:
    wanted = (SNAPSHOTS / "parler.com_2021.txt").read_text("utf-8")
    assert snapshots()["parler.com_2021"] == wanted


def test_there_are_no_other_snapshots() -> None:
    there = {path.stem for path in SNAPSHOTS.iterdir()}
    assert there == {*SHOWN, "parler.com_2021"}
    assert sum(path.stat().st_size for path in SNAPSHOTS.iterdir()) < 400_000


# -- the same bytes -----------------------------------------------------------------------


def forms(header: Header, observations: Iterable[Observation]) -> dict[str, str]:
    """Return everything that is written of a recording."""
    graph = build(header, observations)
    report = depgraph.report(graph)
    return {
        "report.json": json.dumps(report.to_dict(), ensure_ascii=False),
        "report.txt": report.text(),
        "report.fr.md": report.to_markdown(lang="fr"),
        "report.html": to_page(report),
        "graph.json": exchange.to_json(graph),
        "graph.graphml": exchange.to_graphml(graph),
        "graph.gexf": exchange.to_gexf(graph),
        "graph.dot": exchange.to_dot(graph),
        "graph.mmd": exchange.to_mermaid(graph),
    }


def digests() -> dict[str, dict[str, str]]:
    """Return a digest of each form of each recording, to compare runs with one another."""
    found = {}
    for path in RECORDINGS:
        recording = depgraph.read(path)
        found[path.stem] = {
            form: hashlib.sha256(text.encode()).hexdigest()
            for form, text in forms(recording.header, recording).items()
        }
    return found


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_order_of_observations_does_not_matter(path: Path) -> None:
    recording = depgraph.read(path)
    wanted = forms(recording.header, recording)
    shuffled = list(recording)
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert forms(recording.header, shuffled) == wanted


def test_the_hash_seed_does_not_matter() -> None:
    here = digests()
    for seed in ("0", "1", "4"):
        told = subprocess.run(
            [sys.executable, "-m", "tests.test_snapshots", "--digests"],
            check=True,
            capture_output=True,
            cwd=HERE.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert json.loads(told.stdout) == here


def main() -> None:
    """Renew the snapshots, or print the digests of this run."""
    if sys.argv[1:] == ["--digests"]:
        sys.stdout.write(json.dumps(digests()))
        return
    SNAPSHOTS.mkdir(exist_ok=True)
    for name, text in snapshots().items():
        (SNAPSHOTS / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

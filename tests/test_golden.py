"""The same recording gives the same bytes: on every Python, in every order, whatever the hash seed.

``golden.json`` holds a digest of each report and each export of each shipped recording. Every
Python that runs the tests compares with the same file. A change of the catalogue, of a rule or
of a report changes some; look at what changed, then renew::

    python -m tests.test_golden
"""

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import depgraph
from depgraph import exchange
from depgraph.observations import Observation
from depgraph.recording import Header, Recording
from depgraph.rendering import to_page

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.json"
RECORDINGS = sorted((HERE.parent / "data/recordings").glob("*.jsonl"))


def forms(header: Header, observations: Iterable[Observation]) -> dict[str, str]:
    """Everything that is written of a recording; which release wrote it left out."""
    graph = depgraph.build(Recording(header, tuple(observations)))
    graph.graph |= {"depgraph": "any", "catalogue": "any"}
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


def digests(path: Path) -> dict[str, str]:
    recording = depgraph.read(path)
    return {
        form: hashlib.sha256(text.encode()).hexdigest()[:16]
        for form, text in forms(recording.header, recording).items()
    }


def every_digest() -> dict[str, dict[str, str]]:
    return {path.stem: digests(path) for path in RECORDINGS}


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_every_python_writes_the_same(path: Path) -> None:
    wanted = json.loads(GOLDEN.read_text())[path.stem]
    assert digests(path) == wanted, "if this was meant: python -m tests.test_golden"


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_order_of_observations_does_not_matter(path: Path) -> None:
    recording = depgraph.read(path)
    wanted = forms(recording.header, recording)
    shuffled = list(recording)
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert forms(recording.header, shuffled) == wanted


@pytest.mark.parametrize("seed", ["0", "1", "4"])
def test_the_hash_seed_does_not_matter(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.test_golden", "--print"],
        check=True,
        capture_output=True,
        cwd=HERE.parent,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert json.loads(told.stdout) == every_digest()


def main() -> None:
    text = json.dumps(every_digest(), indent=1) + "\n"
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(text)
    else:
        GOLDEN.write_text(text)


if __name__ == "__main__":
    main()

"""Worlds, and the scans of others: dnsx, passive DNS, OpenINTEL."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import depgraph
from depgraph.errors import RecordingError
from depgraph.readers import BadLine, World, open_any, read_world, verify_world, write_world
from depgraph.recording import Recording
from tests.cli.running import run

ROOT = Path(__file__).parent.parent
RECORDINGS = [
    depgraph.read(ROOT / "data/recordings" / f"{name}.jsonl")
    for name in (
        "telegram.org_2026-09-25",
        "wikipedia.org_2021-01-10",
        "parler.com_2021-01-18",
        "gab.com_2020",
        "rumble.com_2023-05",
    )
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("world") / "a.world"
    write_world(RECORDINGS, made)
    return made


def graph_of(recording: Recording) -> tuple[Any, ...]:
    graph = depgraph.build(recording)
    edges = sorted(graph.edges(keys=True, data=True), key=lambda row: (row[0], row[1], row[2]))
    about = {key: value for key, value in graph.graph.items() if key != "recording_sha256"}
    return dict(graph.nodes(data=True)), edges, about  # a world has no recording's file


def test_each_graph_from_a_world_is_that_of_the_recording_alone(path: Path) -> None:
    world = World(path)
    assert sorted(world.names) == sorted(one.subject for one in RECORDINGS)
    for recording in RECORDINGS:
        given_back = world.recording(recording.subject)
        assert set(given_back) >= set(recording)
        assert graph_of(given_back) == graph_of(recording)


def test_a_world_is_shared_and_sent_by_its_path(path: Path) -> None:
    world = pickle.loads(pickle.dumps(World(path)))
    assert "telegram.org" in world
    assert "nobody.org" not in world
    assert list(world.below("org"))[:1] == ["telegram.org"]
    with pytest.raises(RecordingError, match="expected a service of"):
        world.recording("nobody.org")


def test_a_world_is_read_wherever_a_recording_is(path: Path, tmp_path: Path) -> None:
    found = run("takedown", path, "--name", "telegram.org", "--json")
    assert found.exit_code == 0
    alone = depgraph.takedown(depgraph.build(RECORDINGS[0])).to_dict()
    assert json.loads(found.stdout) == json.loads(json.dumps(alone))
    assert len(depgraph.survey(path)) == len(RECORDINGS)
    assert run("verify", path).exit_code == 0
    assert run("world", path, "-o", tmp_path / "b.world").exit_code == 0
    assert (tmp_path / "b.world").read_bytes() == path.read_bytes()


def test_a_changed_world_is_found_out(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    place = content.index(b"googledomains")
    changed = tmp_path / "changed.world"
    changed.write_bytes(content[:place] + b"x" + content[place + 1 :])
    assert any("SHA-256" in fault for fault in verify_world(changed))
    assert run("verify", changed).exit_code == 1
    changed.write_bytes(content[:-100])
    assert "cut off" in verify_world(changed)[0]


def read(tmp_path: Path, *rows: object) -> list[Recording | BadLine]:
    file = tmp_path / "scan.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\n")
    return list(open_any(file))


def test_dnsx(tmp_path: Path) -> None:
    row = {
        "host": "Shop.example.",
        "resolver": ["192.0.2.53:53"],
        "cname": ["www.cdn.example"],
        "a": ["192.0.2.10"],
        "ns": ["ns1.example.net"],
        "mx": ["mx.example.net"],
        "status_code": "NOERROR",
        "timestamp": "2026-08-01T10:00:00.123456789+02:00",
    }
    gone = {"host": "gone.example", "status_code": "NXDOMAIN", "timestamp": "2026-08-01T10:00:00Z"}
    other = {"host": "x.example", "status_code": "NOERROR", "timestamp": "2026-08-01T10:00:00Z"}
    found, absent, bad = read(tmp_path, row, gone, other)
    assert isinstance(found, Recording)
    assert {(o.subject, o.type, o.values) for o in found} == {
        ("shop.example", "alias", ("www.cdn.example",)),
        ("www.cdn.example", "A", ("192.0.2.10",)),
        ("shop.example", "NS", ("ns1.example.net",)),
        ("shop.example", "MX", ("mx.example.net",)),
    }
    assert {o.time for o in found} == {datetime(2026, 8, 1, 8, 0, 0, 123456, tzinfo=UTC)}
    assert isinstance(absent, Recording)
    assert {o.status.value for o in absent} == {"nxdomain"}
    assert isinstance(bad, BadLine)
    assert "'host', 'status_code', 'timestamp'" in bad.error


def test_passive_dns_keeps_its_interval(tmp_path: Path) -> None:
    row = {
        "rrname": "www.example.com.",
        "rrtype": "A",
        "rdata": ["192.0.2.1", "192.0.2.2"],
        "time_first": 1600000000,
        "time_last": 1600086400,
    }
    rapid = {"timestamp": "1600000000", "name": "example.com", "type": "ns", "value": "NS.x.org"}
    back = {**row, "time_last": 1}
    found, line, bad = read(tmp_path, row, rapid, back)
    assert isinstance(found, Recording)
    (seen,) = found
    assert seen.values == ("192.0.2.1", "192.0.2.2")
    assert (seen.end - seen.time).days == 1
    assert isinstance(line, Recording)
    assert line.observations[0].values == ("ns.x.org",)
    assert isinstance(bad, BadLine)


def openintel(**cells: object) -> dict[str, object]:
    row = {
        "query_type": "NS",
        "query_name": "example.com.",
        "response_type": None,
        "response_name": None,
        "timestamp": 1600000000000,
        "status_code": 0,
        "ip4_address": None,
        "ns_address": None,
        "mx_address": None,
        "as": None,
        "ip_prefix": None,
    }
    return {**row, **cells}


def test_openintel(tmp_path: Path) -> None:
    rows = [
        openintel(
            response_type="NS", response_name="Example.com.", ns_address="ns1.cloudflare.com."
        ),
        openintel(
            query_type="A",
            response_type="A",
            response_name="example.com.",
            ip4_address="192.0.2.1",
            **{"as": "64500", "ip_prefix": "192.0.2.0/24"},
        ),
        openintel(query_type="MX", status_code=65535),
    ]
    file = tmp_path / "day.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    survey = depgraph.survey(file)
    assert survey.services.column("service").to_pylist() == ["example.com"]
    assert [one.actor for one in survey.rank()] == ["company:cloudflare"]
    (network,) = [
        row
        for row in survey.layers.to_pylist()
        if row["layer"] == "network" and row["function"] == "web"
    ]
    assert network["actor"] == "provider:~AS64500"
    pq.write_table(pa.Table.from_pylist(rows).drop_columns(["response_name"]), file)
    refused = depgraph.survey([file, RECORDINGS[0]]).refused.to_pylist()
    assert "response_name" in refused[0]["why"]


@pytest.mark.parametrize("part", [0.1, 0.4, 0.7, 0.95])
def test_a_world_that_was_changed_is_other_evidence_and_is_refused(
    tmp_path: Path, part: float
) -> None:
    """One bit is enough: Arrow takes what lies in a file for granted, and would read beside it."""
    path = tmp_path / "some.world"
    write_world(RECORDINGS[:1], path)
    assert [len(one) for one in read_world(path)] == [len(RECORDINGS[0])]
    content = bytearray(path.read_bytes())
    content[int(part * len(content))] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RecordingError):
        list(read_world(path))
    with pytest.raises(RecordingError):
        depgraph.survey(path)
    assert verify_world(path)

"""Who sells transit to an AS: read from a file of AS relations, and what follows in the graph."""

from datetime import UTC, date, datetime

import pytest

import depgraph
from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.relations import read_relations
from depgraph.recording import Header, Recording

NOW = datetime(2024, 12, 14, tzinfo=UTC)
SAMPLE = """\
# source:topology|BGP|20241201|example
6939|64500|-1
174|64501|-1
6939|64501|-1
174|6939|0
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "20241201.as-rel.txt"
    path.write_text(SAMPLE)
    return path


def seen(subject, kind, *values):
    return Observation(
        subject=subject,
        type=kind,
        status=Status.ANSWER,
        values=values,
        time=NOW,
        source="dns",
        evidence=Evidence.OBSERVED,
    )


def graph(file, number):
    rows = [
        seen("shop.example", "A", "198.51.100.7"),
        seen("198.51.100.7", "origin", f"asn {number}", "prefix 198.51.100.0/24"),
        *read_relations(file, [number], time=NOW),
    ]
    day = date(2024, 12, 14)
    header = Header(subject="shop.example", since=day, until=day, title="shop")
    return depgraph.build(Recording(header, tuple(rows)))


def test_the_only_upstream_is_needed_and_named(file):
    found = graph(file, 64500)
    assert found.edges["asn:64500", "asn:6939", "transit"]["strength"] == "needs"
    without = depgraph.dependence(found, on="Hurricane Electric")["web"]
    assert without.takedown.value == "yes"


def test_one_of_several_upstreams_is_only_met(file):
    found = graph(file, 64501)
    assert found.edges["asn:64501", "asn:6939", "transit"]["strength"] == "exposes"
    without = depgraph.dependence(found, on="Hurricane Electric")["web"]
    assert without.takedown.value != "yes"
    assert without.exposure.value == "yes"


def test_no_verdict_comes_from_missing_data(file):
    found = graph(file, 64502)
    assert not [edge for edge in found.edges(data=True) if edge[2]["relation"] == "transit"]


@pytest.mark.parametrize("line", ["6939|64500", "a|b|-1", "1|2|3", "1|2|-1|bgp|more"])
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "as-rel.txt"
    path.write_text(f"# remark\n{line}\n")
    with pytest.raises(RecordingError, match=r"line 2: expected PROVIDER\|CUSTOMER\|-1"):
        read_relations(path, [1], time=NOW)

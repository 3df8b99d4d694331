"""Serials of the copies of a zone: which of its servers are behind."""

from datetime import timedelta

import pytest

from depgraph import graph
from depgraph.graph.answers import Index
from depgraph.graph.serials import behind, is_newer
from depgraph.recording import read
from tests.graphs import DAY, seen

ZONE = "shop.com"


def copy(server, serial, **fields):
    fields = {"flags": ("AA",), "zone": ZONE, "server": f"192.0.2.{server}"} | fields
    values = (f"ns1.dyn.com h.{ZONE} {serial} 7200 900 1209600 60",)
    return seen(ZONE, "SOA", *values, server_name=f"ns{server}.dyn.com", **fields)


def found(*copies):
    index = Index(copies, since=DAY.date(), until=DAY.date())
    servers = {o.server_name: None for o in copies}
    return {name: str(reason) for name, reason in behind(index, ZONE, servers).items()}


def test_who_has_an_older_copy_than_another_is_behind_the_newest():
    assert found(copy(1, 30), copy(2, 10), copy(3, 20), copy(4, 30)) == {
        "ns2.dyn.com": "serial-behind?target=30&value=10",
        "ns3.dyn.com": "serial-behind?target=30&value=20",
    }


def test_serials_run_in_a_circle():
    """RFC 1982: after 4294967295 comes 0; of two that lie opposite neither is newer."""
    assert found(copy(1, 4294967290), copy(2, 0)) == {
        "ns1.dyn.com": "serial-behind?target=0&value=4294967290"
    }
    assert not is_newer(0, 2**31)
    assert not is_newer(2**31, 0)
    assert found(copy(1, 0), copy(2, 2**31)) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"flags": ()},  # no authority: perhaps from a cache
        {"zone": ""},  # from a resolver
        {"zone": "com"},
        {"vantage": "toronto"},  # another place may be served other copies
        {"time": DAY + timedelta(hours=5)},  # the zone may have changed meanwhile
    ],
)
def test_only_copies_that_can_be_compared_are(other):
    assert found(copy(1, 30), copy(2, 10)) != {}
    assert found(copy(1, 30), copy(2, 10, **other)) == {}


@pytest.mark.parametrize("serial", ["x", "-1", "99999999999", "4294967296", "٣٠"])
def test_what_is_no_serial_is_left_out(serial):
    assert found(copy(1, 30), copy(2, serial)) == {}


def test_the_finding_stands_beside_the_server_and_takes_nothing_from_it():
    built = graph.build(read("tests/scenarios/stale-serial.jsonl"))
    edges = {v: d for _, v, d in built.out_edges("nameservers:shop.com", data=True)}
    old = edges["nameserver:ns1.betadns.com"]
    assert old["finding"] == "serial-behind?target=2026011401&value=2024010101"
    assert old["strength"] == edges["nameserver:ns1.alphadns.com"]["strength"] == "needs"
    assert "finding" not in edges["nameserver:ns1.alphadns.com"]


def test_only_the_servers_that_the_zone_is_delegated_to_are_compared_with_all(monkeypatch):
    compared = []
    monkeypatch.setattr(
        "depgraph.graph.serials._comparable", lambda *two: compared.append(two) or False
    )
    index = Index([copy(n, 300 - n) for n in range(200)], since=DAY.date(), until=DAY.date())
    assert behind(index, ZONE, ["ns7.dyn.com"]) == {}
    assert len(compared) == 7  # those with a newer serial

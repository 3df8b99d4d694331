"""Whatever stands in a recording: the build ends, follows the schema, and is the same again."""

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depgraph import exchange
from depgraph.graph import build, zones
from depgraph.observations import Evidence, Observation, Status
from depgraph.schema import validate
from tests.graphs import CATALOGUE, DAY, delegated, glue, made, placed, seen

NAMES = [
    *("shop.com", "www.shop.com", "ns1.shop.com", "a.acme-dns.example", "x.cdn.shield.example"),
    *(
        "x.apps.acme.example",
        "a.gate.babel.example",
        "help.net",
        "ns.help.net",
        "com",
        "eu.shop.com",
    ),
    *(
        "s1._domainkey.shop.com",
        "autodiscover.shop.com",
        "*.shop.com",
        "xn--fa-hia.com",
        "localhost",
    ),
]
ADDRESSES = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "::ffff:192.0.2.1", "10.0.0.1"]
FACTS = [
    *(
        "asn 64500",
        "asn 64501",
        "asn 0",
        "asn x",
        "asn 64500 64501",
        "prefix 192.0.2.0/24",
        "prefix x",
    ),
    *(
        "prefix 0.0.0.0/0",
        "prefix 2001:db8::/32",
        "handle NET-1",
        "organisation Org",
        "registry arin",
    ),
    *(
        "registrar Babel",
        "registrar-id 77",
        "nameserver ns.help.net",
        "nameserver ",
        "status ok",
        "operator Verb",
    ),
    *("issuer R3", "issuer-organisation ca.acme.example", "role host", "role front", "role dns"),
    *(
        "role mail",
        "role mailbox",
        "role ca",
        "role registrar",
        "name Shield",
        "name Acme-Dns",
        "name ",
    ),
    *("country DE", "country ??", "name ASNAME"),
]
VALUES = [
    *NAMES,
    *ADDRESSES,
    *FACTS,
    *(f"10 {name}" for name in NAMES[:7]),
    *(
        "0 .",
        ".",
        "",
        " ",
        '0 issue "ca.acme.example"',
        '0 issue ";"',
        "v=spf1 include:shop.com -all",
    ),
    *("a b c", "\x00", "é", "\\", "x" * 300, "-1", "1 2 3 a.example"),
]
TYPES = [
    *("A", "AAAA", "CNAME", "NS", "SOA", "MX", "TXT", "CAA", "SRV", "PTR", "alias", "origin", "as"),
    *("holder", "registration", "registry", "certificate", "operator", "ns-domain", "mx-origin"),
    *("spf-expanded", "spf-include", "verification", "rdns-or-cname", "DS", "HTTPS"),
]

observations = st.builds(
    Observation,
    subject=st.sampled_from([*NAMES, *ADDRESSES, "AS64500", "as64501", "."]) | st.text(max_size=8),
    type=st.sampled_from(TYPES),
    status=st.sampled_from([Status.ANSWER] * 6 + list(Status)),
    values=st.lists(st.sampled_from(VALUES) | st.text(max_size=20), max_size=4).map(tuple),
    ttl=st.none() | st.integers(0, 2**31),
    section=st.sampled_from(["answer", "answer", "authority", "additional"]),
    zone=st.sampled_from(["", "com", "shop.com", "net"]),
    server=st.sampled_from(["", "192.0.2.53"]),
    server_name=st.sampled_from(["", "ns1.shop.com", "ns.help.net"]),
    time=st.sampled_from([DAY, DAY, DAY - timedelta(days=100), DAY + timedelta(days=100)]),
    evidence=st.sampled_from(list(Evidence)),
    citation=st.text(max_size=5),
    vantage=st.sampled_from(["", "", "paris", "tokyo"]),
    note=st.sampled_from(["", "alias: see the CNAME"]),
)


@given(st.lists(observations, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_recording_builds_validates_and_does_not_depend_on_order(rows, dice):
    first = build(rows, subject="shop.com", at=DAY.date(), catalogue=CATALOGUE)
    assert validate(first) == []
    shuffled = list(rows) + rows[:3]  # an observation that stands twice says no more
    dice.shuffle(shuffled)
    again = build(shuffled, subject="shop.com", at=DAY.date(), catalogue=CATALOGUE)
    assert exchange.to_json(first) == exchange.to_json(again)
    restored = exchange.from_graphml(exchange.to_graphml(first))
    assert exchange.to_json(restored) == exchange.to_json(first)


@given(st.lists(observations, max_size=25))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_node_is_reached_from_the_service(rows):
    graph = build(rows, subject="shop.com", at=DAY.date(), catalogue=CATALOGUE)
    reached = {"service:shop.com"}
    todo = ["service:shop.com"]
    while todo:
        new = [v for v in graph.successors(todo.pop()) if v not in reached]
        reached.update(new)
        todo += new
    assert reached == set(graph)


def busy():
    """A recording with something of everything."""
    return [
        seen("shop.com", "A", "192.0.2.1", "192.0.2.2", ttl=60),
        seen("www.shop.com", "CNAME", "x.cdn.shield.example"),
        seen("x.cdn.shield.example", "A", "198.51.100.1"),
        *placed("192.0.2.1", handle="NET-1", organisation="Org", registry="arin"),
        *placed("192.0.2.2", asn="64501"),
        *placed("198.51.100.1", asn="64501"),
        delegated("shop.com", *(f"ns{i}.help.net" for i in range(4)), "a.acme-dns.example"),
        delegated("help.net", "ns0.help.net", "ns.shop.com", by="net"),
        glue("ns0.help.net", "192.0.2.53", by="net"),
        seen("shop.com", "MX", "10 a.gate.babel.example", "20 mail.shop.com"),
        seen("shop.com", "CAA", '0 issue "ca.acme.example"'),
        seen("shop.com", "registration", "registrar-id 77"),
    ]


def test_the_same_bytes_under_any_hash_seed():
    code = (
        "import hashlib\n"
        "from tests.test_graph_any import busy\n"
        "from tests.graphs import made\n"
        "from depgraph import exchange\n"
        "print(hashlib.sha256(exchange.to_json(made(*busy())).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(runs) == 1


def test_a_graph_is_not_changed_by_its_recording_order():
    rows = [o for row in busy() for o in (row if isinstance(row, list) else [row])]
    expected = exchange.to_json(made(*rows))
    for seed in range(20):
        random.Random(seed).shuffle(rows)
        assert exchange.to_json(made(*rows)) == expected


class Counting:
    """Counts how often the rules are asked, as a measure of work that no clock decides."""

    def __init__(self, monkeypatch):
        from depgraph.graph import builder

        self.calls = 0
        real = builder.attribute

        def counted(*args, **more):
            self.calls += 1
            return real(*args, **more)

        monkeypatch.setattr(builder, "attribute", counted)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("MX", "10 m{}.h{}.example"), ("NS", "n{}.h{}.example"), ("A", "10.{}.{}.1")],
)
def test_work_grows_with_the_size_of_a_set_and_no_faster(monkeypatch, kind, value):
    counts = []
    for size in (50, 100, 200):
        counter = Counting(monkeypatch)
        values = [
            value.format(i % 250, i) if kind != "A" else value.format(i // 250, i % 250)
            for i in range(size)
        ]
        g = made(seen("shop.com", kind, *values))
        assert len(g) > size
        counts.append(counter.calls)
        monkeypatch.undo()
    assert counts[2] - counts[1] == 2 * (counts[1] - counts[0])


def test_a_deep_chain_of_zones_does_not_end_in_recursion(monkeypatch):
    monkeypatch.setattr(zones, "FARTHEST", 10_000)
    g = made(
        delegated("shop.com", "ns.d0.net"),
        *[delegated(f"d{i}.net", f"ns.d{i + 1}.net", by="net") for i in range(3000)],
    )
    assert "zone:d3000.net" in g


def test_far_away_times():
    g = build(
        [
            seen(
                "shop.com",
                "A",
                "192.0.2.1",
                time=datetime(1, 1, 1, tzinfo=UTC),
                until=datetime(9999, 1, 1, tzinfo=UTC),
            )
        ],
        subject="shop.com",
        at=DAY.date(),
        catalogue=CATALOGUE,
    )
    assert "address:192.0.2.1" in g

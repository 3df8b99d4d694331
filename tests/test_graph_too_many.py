"""Answers of more records than anybody has: some are followed, the others counted, and told.

All bounds are counts. What is left out may be an alternative: no verdict is surer for it.
"""

import random

import pytest

from depgraph.analysis import takedown
from depgraph.graph import build
from depgraph.graph.answers import FOLLOWED, FOLLOWED_IN_ALL
from depgraph.limits import split
from depgraph.readers import load_zone
from depgraph.readers.lines import MOST_VALUES
from depgraph.rendering import to_text
from depgraph.reporting import report
from depgraph.schema import needed
from depgraph.vocabulary import Confidence, Limit, reasons
from tests.graphs import CATALOGUE, DAY, delegated, glue, made, seen

HOSTS, ADDRESSES = FOLLOWED["NS"], FOLLOWED["A"]


def ip(number):
    return f"{20 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"


def rest(g, kind, of="shop.com"):
    """Return how many records a graph follows of an answer, and how many it does not."""
    (why,) = reasons(g.nodes[f"unknown:further records of {of} in {kind}"]["reason"])
    assert why.get("question") == kind
    return int(why.get("limit")), int(why.get("number"))


MANY = {
    "NS": [delegated("shop.com", *(f"n{n}.shop.com" for n in range(5000)))],
    "MX": [seen("shop.com", "MX", *(f"10 m{n}.shop.com" for n in range(5000)))],
    "A": [seen("shop.com", "A", *map(ip, range(5000)))],
    "CNAME": [seen("www.shop.com", "CNAME", *(f"c{n}.example" for n in range(5000)))],
    "HTTPS": [
        seen("shop.com", "A", ip(1)),
        seen("shop.com", "HTTPS", *(f"1 h{n}.example." for n in range(5000))),
    ],
    "CAA": [
        seen("shop.com", "A", ip(1)),
        seen("shop.com", "CAA", *(f'0 issue "c{n}.example"' for n in range(5000))),
    ],
    "ns-domain": [seen("shop.com", "ns-domain", *(f"d{n}.example" for n in range(5000)))],
}


@pytest.mark.parametrize("kind", MANY)
def test_of_too_many_records_some_are_followed_and_the_others_counted(kind):
    g = made(*MANY[kind])
    of = "www.shop.com" if kind == "CNAME" else "shop.com"
    left = 5000 - FOLLOWED[kind]
    assert rest(g, kind, of) == (FOLLOWED[kind], left)
    assert g.number_of_nodes() < 12 * FOLLOWED[kind] + 100
    (met,) = [one for one in split(g.graph["limits"]) if one.limit is Limit.RECORDS]
    assert (met.left, met.of) == (left, (of,))


@pytest.mark.parametrize(("kind", "group"), [("NS", "nameservers"), ("MX", "exchanges")])
def test_as_many_as_are_followed_are_all_there_is(kind, group):
    values = [f"n{n}.shop.com" if kind == "NS" else f"10 n{n}.shop.com" for n in range(HOSTS)]
    g = made(seen("shop.com", kind, *values))
    assert len(needed(g, f"{group}:shop.com")) == HOSTS
    assert "limits" not in g.graph


def test_an_end_in_all_however_the_records_are_spread():
    hosts = [
        seen(f"m{n}.shop.com", "A", *(ip(100 * n + m) for m in range(100))) for n in range(100)
    ]
    exchanges = seen("shop.com", "MX", *(f"10 m{n}.shop.com" for n in range(100)))
    g = made(exchanges, *hosts)
    addresses = [node for node in g if node.startswith("address:")]
    assert 100 <= len(addresses) <= FOLLOWED_IN_ALL + 100
    # Each host has one at least, so that no name seems to have nothing.
    assert all(needed(g, f"addresses:m{n}.shop.com") for n in range(100))
    shuffled = [exchanges, *hosts]
    random.Random(1).shuffle(shuffled)
    other = made(*shuffled)
    assert (other.nodes, dict(other.edges)) == (g.nodes, dict(g.edges))


def test_the_best_exchangers_are_followed_and_those_of_which_something_is_known():
    worse = [f"20 a{n}.shop.com" for n in range(300)]
    best = [f"10 z{n}.shop.com" for n in range(150)]
    g = made(seen("shop.com", "MX", *worse, *best), seen("a299.shop.com", "A", ip(1)))
    names = {node for node in g if node.startswith("exchange:")}
    assert {f"exchange:z{n}.shop.com" for n in range(150)} <= names
    assert "exchange:a299.shop.com" in names
    assert len(names) == HOSTS


@pytest.mark.parametrize("size", [HOSTS, HOSTS + 1])
def test_who_may_be_among_the_others_keeps_a_verdict_open(size):
    """All exchangers that are followed are one operator's; whose the last one is, nobody looked."""
    g = made(seen("shop.com", "MX", *(f"10 a{n}.mx.babel.example" for n in range(size))))
    mail = takedown(g, level="company")["mail"]
    sets = {tuple(one.id for one in cut.members): cut.confidence for cut in mail.cut_sets}
    assert (sets.get(("company:babel",)) is Confidence.CERTAIN) is (size == HOSTS)


def test_records_that_are_not_followed_are_no_fault_of_the_delegation():
    """Parent and zone list the same servers but for a few: those that both list are in both."""
    every = [f"n{n:03}.shop.com" for n in range(HOSTS + 100)]
    g = made(delegated("shop.com", *every), seen("shop.com", "NS", *every[50:]))
    findings = " ".join(
        str(data.get("finding", ""))
        for _, _, data in g.out_edges("nameservers:shop.com", data=True)
    )
    assert "not-delegated" not in findings
    missing = g.nodes["zone:shop.com"]["finding"]
    assert "n049.shop.com" in missing
    assert "n050.shop.com" not in missing


def test_glue_of_too_many_addresses_does_not_differ_from_the_zone():
    own = [ip(n) for n in range(ADDRESSES + 1)]
    g = made(
        delegated("shop.com", "ns1.shop.com"),
        seen("ns1.shop.com", "A", *own),
        *(glue("ns1.shop.com", text) for text in own[1:]),
    )
    edges = g.out_edges("nameservers:shop.com", data=True)
    assert all("glue-differs" not in str(data.get("finding", "")) for _, _, data in edges)
    assert rest(g, "A", "ns1.shop.com") == (ADDRESSES, 1)


def test_a_report_counts_the_rows_that_nobody_would_read():
    rows = [delegated("shop.com", *(f"ns.d{n}.example" for n in range(150)))]
    graph = build(rows, subject="shop.com", catalogue=CATALOGUE, at=DAY.date())
    text = to_text(report(graph))
    assert text.count("and 101 more") == 3  # servers and what is unknown, of each function


@pytest.mark.parametrize("kind", ["CAA", "A"])
def test_a_set_of_more_values_than_are_read_is_one_fault_and_not_whole(kind):
    """What lies beyond is not even taken apart."""
    data = {"CAA": lambda n: f'0 issue "c{n}.example"', "A": ip}[kind]
    lines = [f"@ {kind} {data(n)}" for n in range(MOST_VALUES + 100)]
    head = "$ORIGIN shop.example.\n@ SOA ns x 1 2 3 4 5\n"
    zone = load_zone(head + "\n".join(lines) + "\n")
    (fault,) = zone.faults
    assert fault.number == MOST_VALUES + 3
    assert fault.error.startswith(f"expected at most {MOST_VALUES} {kind} of a name, found more")
    assert len(zone.sets["shop.example"][kind][1]) == MOST_VALUES
    assert [(owner, one) for owner, one, _, _ in zone.partial] == [("shop.example", kind)]

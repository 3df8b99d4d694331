"""Names that are pointed at and free: who may take them, how sure that is, and where it counts."""

import pytest

from depgraph.analysis import check, exposure, findings, takedown
from depgraph.graph import build
from depgraph.providers import load
from tests.graphs import edge, made, out, seen

NS3 = seen("shop.com", "NS", "ns1.shop.com", "ns3.gone.net", section="authority", zone="com")
MX = seen("shop.com", "MX", "10 mx.gone.net")
UNREGISTERED = seen("gone.net", "registration", status="not-found", source="rdap")


def gone(name, *kinds, status="nxdomain", **more):
    return [seen(name, kind, status=status, **more) for kind in kinds or ("A", "AAAA")]


def shipped(*rows):
    """Build with the catalogue that depgraph brings."""
    return build(rows, subject="shop.com", at="2026-01-15", catalogue=load())


def to_anyone(graph, tail, name="gone.net"):
    heads = {head: data for _, head, data in graph.out_edges(tail, data=True)}
    return heads.get(f"anyone:{name}")


@pytest.mark.parametrize(
    ("rows", "confidence", "finding"),
    [
        ([*gone("mx.gone.net"), UNREGISTERED], "certain", "dangling?name=gone.net"),
        ([UNREGISTERED], "certain", "dangling?name=gone.net"),
        (gone("mx.gone.net"), "possible", "perhaps-free?name=gone.net"),
        (gone("mx.gone.net", status="nodata"), None, None),
        # Whatever shows that somebody has the domain speaks against it.
        ([*gone("mx.gone.net"), seen("gone.net", "NS", "ns1.other.net")], None, None),
        ([*gone("mx.gone.net"), seen("gone.net", "registration", "registrar X")], None, None),
        ([seen("mx.gone.net", "A", "192.0.2.1"), UNREGISTERED], None, None),
        ([], None, None),
    ],
)
def test_when_a_name_is_free(rows, confidence, finding):
    found = to_anyone(made(MX, *rows), "exchange:mx.gone.net")
    if confidence is None:
        assert found is None
    else:
        assert (found["confidence"], found["finding"]) == (confidence, finding)
        assert found["strength"] == "exposes"


def test_the_service_itself_is_not_free():
    rows = [seen("shop.com", "MX", "10 mx.shop.com"), *gone("mx.shop.com")]
    assert to_anyone(made(*rows), "exchange:mx.shop.com", "shop.com") is None


@pytest.mark.parametrize(
    ("target", "confidence"),
    [("gone.azurewebsites.net", "possible"), ("gone.cloudapp.net", "likely")],
)
def test_a_platforms_name_that_was_given_up(target, confidence):
    g = shipped(seen("www.shop.com", "CNAME", target), *gone(target))
    found = to_anyone(g, f"host:{target}", target)
    assert (found["confidence"], found["finding"]) == (confidence, f"label-free?name={target}")
    first = exposure(g)["web-www"].actors[0]
    assert (first.id, first.confidence) == (f"anyone:{target}", confidence)


def test_an_include_lets_whoever_takes_it_say_who_sends():
    text = seen("shop.com", "TXT", "v=spf1 include:spf.gone.net -all include:spf.late.net")
    g = made(text, *gone("spf.gone.net", "TXT"), *gone("spf.late.net", "TXT"), UNREGISTERED)
    found = edge(g, "function:shop.com/mail", "anyone:gone.net", "sender")
    assert (found["strength"], found["confidence"]) == ("exposes", "certain")
    assert "anyone:late.net" not in g  # evaluation never comes to it
    first = exposure(g)["mail"].actors[0]
    assert (first.id, first.powers) == ("anyone:gone.net", ("refuse",))


def test_anyone_is_first_among_parties_and_is_no_party():
    g = made(NS3, UNREGISTERED, *gone("ns3.gone.net"))
    for level in ("provider", "company", "country"):
        found = exposure(g, level=level)["web"].actors
        assert (found[0].id, found[0].powers) == ("anyone:gone.net", ("redirect", "refuse"))
        assert all(not one.id.startswith("anyone:") for one in found[1:])
    assert not [one for one in exposure(g, level="nameserver")["web"].actors if "anyone" in one.id]
    for one in takedown(g, level="company").functions:
        assert not [cut for cut in one.cut_sets if any("anyone" in name for name in cut.ids)]


def test_what_is_not_registered_has_no_registrar_that_is_not_known():
    g = made(NS3, UNREGISTERED, *gone("ns3.gone.net"))
    assert "unknown:registrar of gone.net" not in g
    assert "unknown:name servers of gone.net" not in g
    assert "provider:~gone.net" not in g
    g = made(MX, UNREGISTERED, *gone("mx.gone.net"))
    assert out(g, "registration:gone.net", "registrar") == ["anyone:gone.net"]
    assert "provider:~gone.net" not in g


def test_no_claim_becomes_undetermined_by_what_anyone_may_send():
    rows = [
        seen("shop.com", "MX", "10 aspmx.l.google.com"),
        seen("shop.com", "TXT", "v=spf1 include:spf.gone.net -all"),
    ]
    claim = "mail does not depend on Google"
    before = check(shipped(*rows), claim)["mail"]
    after = check(shipped(*rows, *gone("spf.gone.net", "TXT")), claim)["mail"]
    assert (after.ruling, after.unknown) == (before.ruling, before.unknown)


def test_it_is_a_finding_of_the_name_to_be_taken_out():
    found = findings(made(MX, UNREGISTERED, *gone("mx.gone.net")))
    row = next(one for one in found.findings if one.reason.startswith("dangling?"))
    assert (row.urgency, row.advice, row.id) == ("broken-now", "claim", "anyone:gone.net")
    assert "gone.net is not registered" in found.text()
    assert "gone.net n’est pas enregistré" in found.text(lang="fr")

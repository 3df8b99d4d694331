"""What validation says of zones signed for the purpose, against Unbound (validating) on each."""

import dataclasses
from datetime import UTC, datetime, timedelta

import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest

pytest.importorskip("cryptography", reason="signatures need it")

import depgraph
from depgraph import build
from depgraph.analysis.levers import onset
from depgraph.analysis.model import compile_graph
from depgraph.collect import observe
from depgraph.dnssec import Validator
from depgraph.graph import security
from depgraph.observations import Evidence, Observation, Status
from depgraph.records.rdata import VERIFIED
from tests.lab.lab import RESOLVER, Lab
from tests.lab.signing import UNKNOWN_ALGORITHM, Plan, Signer
from tests.lab.world import World, zone

pytestmark = pytest.mark.lab

PLANS = {
    # Two parents: one denies with NSEC, one with NSEC3 and opt-out.
    "example": Plan(hashed=0, opt_out=True),
    "good.test": Plan(),
    "good.example": Plan(hashed=1),
    "bogus-ds.test": Plan(ds="wrong"),
    "expired.test": Plan(days=(-30, -3)),
    "future.test": Plan(days=(3, 30)),
    "no-keys.test": Plan(keys=False),
    "unsigned-with-ds.test": Plan(keys=False, proofs=False, stranger=True),
    "stranger.test": Plan(stranger=True),
    "spoiled.test": Plan(spoiled=("www.spoiled.test",)),
    "lapsing.test": Plan(days=(-20, 1)),
    "nsec.test": Plan(),
    "nsec3.test": Plan(hashed=5),
    "no-nsec.test": Plan(proofs=False),
    "no-nsec3.example": Plan(proofs=False),
    "algorithm.test": Plan(algorithm=UNKNOWN_ALGORITHM),
    "digest.test": Plan(ds="digest"),
    "unsigned.test": Plan(signed=False),
    "unsigned.example": Plan(signed=False),
    "island.test": Plan(ds="none"),
    "island.example": Plan(ds="none"),
    "many.test": Plan(hashed=151),
    "most.test": Plan(hashed=150),
}
MORE = {
    "good.test": """
        to-good     CNAME www.good.example.
        to-bogus    CNAME www.bogus-ds.test.
        to-unsigned CNAME www.unsigned.test.
        to-expired  CNAME www.expired.test.
        to-nothing  CNAME nothing.good.test.
        to-elsewhere CNAME nothing.nsec3.test.
        old         DNAME good.example.
    """,
    "unsigned.test": """
        to-good  CNAME www.good.test.
        to-bogus CNAME www.expired.test.
    """,
}
QUIET = {"registration": False}
NOW = datetime.now(UTC).replace(microsecond=0)
ZONES = [name for name in PLANS if "." in name]
ASKED = ("www", "to-good", "to-bogus", "to-unsigned", "to-expired", "to-nothing", "to-elsewhere")


def _zone(name, number):
    more = MORE.get(name, "")
    return zone(
        name,
        f"ns.{name}",
        f"""
        @   A  198.51.100.200
        @   MX 10 mx
        mx  A  198.51.100.203
        ns  A  198.51.100.{number}
        www A  198.51.100.201
        *.wild A 198.51.100.202
        a.b.c.deep A 198.51.100.202
        """
        + more,
    )


def world():
    parents = (
        zone(".", "a.root-servers.net", "a.root-servers.net. A 198.41.0.4"),
        zone("test", "ns.nic.test", "ns.nic A 198.51.100.1"),
        zone("example", "ns.nic.example", "ns.nic A 198.51.100.2"),
    )
    return World(parents + tuple(_zone(name, 10 + i) for i, name in enumerate(ZONES)))


@pytest.fixture(scope="module")
def signed():
    signer = Signer(world(), PLANS, NOW)
    with Lab(signer.world, signer=signer) as lab:
        yield lab


def unbound_says(where, name, kind):
    query = dns.message.make_query(name, kind, want_dnssec=True)
    query.flags |= dns.flags.AD
    answer = dns.query.udp(query, where[0], port=where[1], timeout=10)
    if answer.flags & dns.flags.TC:
        answer = dns.query.tcp(query, where[0], port=where[1], timeout=10)
    if answer.rcode() == dns.rcode.SERVFAIL:
        return "bogus"
    return "secure" if answer.flags & dns.flags.AD else "insecure"


def questions(recording, zone_name):
    """List the questions of a recording about a zone that Unbound can be asked, too."""
    found = set()
    for o in recording:
        inside = o.subject == zone_name or o.subject.endswith(f".{zone_name}")
        conclusive = o.status in {Status.NODATA, Status.NXDOMAIN} or o.type in VERIFIED
        if o.subject.endswith(".old.good.test") and o.type == "CNAME":
            continue  # Unbound 1.17 refuses the bare alias that a DNAME makes, and takes A over it
        proof = o.type in {"NSEC", "NSEC3", "RRSIG", "DNAME"}
        if o.source == "dns" and inside and conclusive and not proof and o.section == "answer":
            found.add((o.subject, o.type))
    return sorted(found)


def asked(lab, name, **options):
    """Observe a zone, and its further names as services of their own."""
    return [
        observe(
            f"{label}.{name}" if label else name,
            endpoints=lab.endpoints,
            registration=False,
            progress=False,
            **options,
        )
        for label in (
            "",
            *(one for one in ASKED[1:] if one in MORE.get(name, "")),
            *EXTRA.get(name, ()),
        )
    ]


NAMES = ("x.wild", "deep", "nothing.wild.nothing")
EXTRA = dict.fromkeys(
    ("nsec.test", "nsec3.test", "no-nsec.test", "many.test", "most.test", "good.example"), NAMES
) | {"good.test": ("www.old",)}


def states(recording, zone_name, at=None):
    """Give our verdict on each such question."""
    validator = Validator(recording, at=at)
    assert validator.asked
    return {q: validator.answer(*q) for q in questions(recording, zone_name)}


@pytest.mark.parametrize("name", ZONES)
def test_each_answer_is_judged_as_unbound_judges_it(signed, name):
    compared = 0
    for recording in asked(signed, name):
        for question, ours in states(recording, name).items():
            if ours.state == "unknown" and question[0].startswith("autodiscover."):
                continue  # a hint that is an alias: its target was not asked for
            theirs = unbound_says(signed.resolver, *question)
            assert ours.state == theirs, (*question, str(ours.reason))
            compared += 1
    assert compared > 10


# Unbound allows for a clock that is wrong by a tenth of the validity, up to a day; we do not.
@pytest.mark.parametrize("days", [-25, -5, 1, 40])
def test_a_clock_that_is_wrong(signed, days):
    clock = NOW + timedelta(days=days)
    resolver = signed.start_resolver(clock)
    told = set()
    for name in ("good.test", "expired.test", "future.test", "unsigned.test", "nsec3.test"):
        recording = observe(name, endpoints=signed.endpoints, registration=False, progress=False)
        for question, ours in states(recording, name, at=clock).items():
            assert ours.state == unbound_says(resolver, *question), (*question, str(ours.reason))
            told.add(ours.state.value)
    assert told == ({"secure", "insecure", "bogus"} if days == 1 else {"bogus"})


REASONS = {
    "good.test": "",
    "bogus-ds.test": "keys-unmatched?name=bogus-ds.test",
    "expired.test": "signature-expired",
    "future.test": "signature-future",
    "no-keys.test": "keys-missing?name=no-keys.test",
    "algorithm.test": "unsupported-signing?name=algorithm.test",
    "digest.test": "unsupported-signing?name=digest.test",
    "unsigned.test": "no-ds?name=unsigned.test",
    "unsigned.example": "no-ds?name=unsigned.example",
}


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_the_reason_is_told(signed, name, reason):
    recording = observe(name, endpoints=signed.endpoints, registration=False, progress=False)
    told = Validator(recording).zone(name)
    assert str(told.reason or "").startswith(reason)
    assert bool(told.reason) == bool(reason)
    if name == "good.test":
        assert abs(told.until - NOW - timedelta(days=20)) < timedelta(minutes=5)


@pytest.mark.parametrize("name", ["good.test", "expired.test", "bogus-ds.test", "unsigned.example"])
def test_through_a_resolver_the_verdict_is_the_same(signed, name):
    recording = observe(
        name, resolver=RESOLVER, endpoints=signed.endpoints, registration=False, progress=False
    )
    direct = observe(name, endpoints=signed.endpoints, registration=False, progress=False)
    ours = Validator(recording).zone(name)
    assert (ours.state, ours.reason) == (
        (other := Validator(direct).zone(name)).state,
        other.reason,
    )
    refused = [o for o in recording if o.status is Status.SERVFAIL]
    assert bool(refused) == (ours.state == "bogus")
    if refused:
        assert any(o.note.startswith("EDE") for o in refused)
        assert any("CD" in o.flags and o.values for o in recording)


def graph_of(lab, name, **options):
    return build(observe(name, endpoints=lab.endpoints, progress=False, **QUIET, **options))


def test_the_graph_says_it_of_the_zone_and_the_report_in_words(signed):
    graph = graph_of(signed, "expired.test")
    assert not depgraph.validate(graph)
    node = graph.nodes["zone:expired.test"]
    assert node["dnssec"] == "bogus"
    assert node["dnssec_reason"].startswith("signature-expired?name=expired.test&question=DNSKEY")
    assert node["finding"] == node["dnssec_reason"]
    assert graph.nodes["zone:test"]["dnssec"] == "secure"
    report = depgraph.report(graph)
    assert "expired.test is bogus, so clients that validate do not reach it (the sig" in str(report)
    assert "DNSSEC\u00a0: expired.test est invalide" in report.text(lang="fr", width=200)
    assert report.to_dict()["dnssec"][0]["security"] == "bogus"


def test_one_name_that_is_bogus_does_not_make_its_zone_so(signed):
    graph = graph_of(signed, "spoiled.test")
    assert graph.nodes["zone:spoiled.test"]["dnssec"] == "secure"
    assert graph.nodes["host:www.spoiled.test"]["dnssec"] == "bogus"
    assert "dnssec" not in graph.nodes["host:spoiled.test"]


def test_where_every_record_is_signed_by_a_stranger_the_zone_is_bogus(signed):
    node = graph_of(signed, "stranger.test").nodes["zone:stranger.test"]
    assert (node["dnssec"], node["dnssec_reason"].partition("?")[0]) == ("bogus", "signature-wrong")


def test_how_long_the_signatures_hold_is_told(signed):
    node = graph_of(signed, "good.test").nodes["zone:good.test"]
    until = (NOW + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert node["dnssec_until"] == until
    assert "finding" not in node
    soon = graph_of(signed, "lapsing.test").nodes["zone:lapsing.test"]
    assert soon["finding"].startswith("signatures-lapse?time=")


def test_without_an_anchor_nobody_is_asked_for_keys_and_nothing_is_said(signed):
    endpoints = dataclasses.replace(signed.endpoints, anchors={})
    recording = observe("good.test", endpoints=endpoints, progress=False, **QUIET)
    assert "DNSKEY" not in {o.type for o in recording}
    graph = build(recording)
    assert "dnssec" not in graph.nodes["zone:good.test"]
    assert "DNSSEC: not examined" in str(depgraph.report(graph))


def test_a_clock_that_is_wrong_is_no_fault_of_the_zone(signed):
    recording = observe("good.test", endpoints=signed.endpoints, progress=False, **QUIET)
    late = [dataclasses.replace(o, time=o.time + timedelta(days=60)) for o in recording]
    node = build(late, subject="good.test").nodes["zone:good.test"]
    assert (node["dnssec"], node["dnssec_reason"]) == ("unknown", "clock?name=.")


def test_a_recording_says_the_same_for_ever(signed, tmp_path):
    path = tmp_path / "good.jsonl"
    observe("good.test", output=path, endpoints=signed.endpoints, progress=False, **QUIET)
    first = build(depgraph.read(path))
    again = build(depgraph.read(path), at=depgraph.read(path).days[1])
    assert first.nodes["zone:good.test"] == again.nodes["zone:good.test"]


def test_without_cryptography_nothing_is_examined_and_the_report_says_so(signed, monkeypatch):
    recording = observe("good.test", endpoints=signed.endpoints, progress=False, **QUIET)
    monkeypatch.setattr(security, "AVAILABLE", False)
    graph = build(recording)
    assert graph.nodes["zone:good.test"]["dnssec_reason"] == "no-cryptography"
    assert "dnssec" not in graph.nodes["zone:good.test"]
    assert "good.test was not examined (the package cryptography is" in str(depgraph.report(graph))


def _by(name):
    """Somebody is reported to hold the keys of the zone."""
    return Observation(
        subject="good.test",
        type="operator",
        status=Status.ANSWER,
        values=("role signer", f"name {name}"),
        source="document",
        evidence=Evidence.REPORTED,
        citation="a statement",
        time=NOW,
        until=NOW + timedelta(days=1),
    )


def test_who_is_known_to_lack_the_keys_cannot_redirect_clients_that_validate(signed):
    recording = observe("good.test", endpoints=signed.endpoints, progress=False, **QUIET)
    plain = build(recording)
    (own,) = [a for a in depgraph.exposure(plain, level="provider")["web"].actors if a.own]
    assert "redirect" in own.powers
    assert not own.validating_powers, "whoever runs the servers may hold the keys"
    graph = build([*recording, _by("Keys Ltd")], subject="good.test")
    assert not depgraph.validate(graph)
    exposure = depgraph.exposure(graph, level="provider")
    (own,) = [a for a in exposure["web"].actors if a.own]
    assert own.powers == ("redirect", "refuse")
    assert own.validating_powers == ("refuse",)
    assert "redirect (not of clients that validate), refuse" in exposure.text(width=200)
    assert "détourner (sauf les clients qui valident)" in exposure.text(lang="fr", width=200)
    assert [
        row["id"]
        for row in exposure.to_dict()["functions"][0]["actors"]
        if "validating_powers" in row
    ] == [own.id]
    rows = {a.label: a for a in exposure["web"].actors}
    assert rows["Keys Ltd"].powers == ("refuse",)
    assert any(p.lever == "let-lapse" for p in rows["Keys Ltd"].places)


def test_who_signs_can_let_the_signatures_lapse(signed):
    recording = observe("good.test", endpoints=signed.endpoints, progress=False, **QUIET)
    graph = build([*recording, _by("Keys Ltd")], subject="good.test")
    edges = [d for *_, k, d in graph.edges(keys=True, data=True) if k == "signer"]
    assert [d["clients"] for d in edges] == ["validating"]
    assert 19.9 * 86400 < edges[0]["ttl"] <= 20 * 86400
    model = compile_graph(graph)
    (edge,) = [e for e in model.edges if e.relation == "signer"]
    assert onset(edge.delay) == "after-lapse"

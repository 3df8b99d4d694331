"""The longest chain of dependent questions, on logs whose chain is known by hand."""

import dns.message
import dns.rrset
import pytest

from depgraph.collect import observe
from tests.lab.trace import repeated, trace
from tests.lab.traffic import Asked
from tests.lab.world import World, zone

WORLD = World(
    (
        zone(".", "a.root.test", ""),
        zone("test", "a.root.test", "a.root A 192.0.2.1\nns.far A 192.0.2.2"),
        zone("far.test", "ns.far.test", "ns A 192.0.2.2\nwww A 192.0.2.9"),
    )
)


def asked(server, name, kind, *, at, answer=(), authority=(), additional=(), **more):
    query = dns.message.make_query(name, kind)
    response = dns.message.make_response(query)
    for section, rows in (
        (response.answer, answer),
        (response.authority, authority),
        (response.additional, additional),
    ):
        for owner, rtype, value in rows:
            section.append(dns.rrset.from_text(owner, 300, "IN", rtype, value))
    return Asked(
        time=at,
        server=server,
        proto=more.pop("proto", "udp"),
        name=name,
        type=kind,
        answered=at + 1,
        response=response.to_wire(),
        **more,
    )


REFERRAL = {
    "authority": [("far.test.", "NS", "ns.far.test.")],
    "additional": [("ns.far.test.", "A", "192.0.2.2")],
}


def test_a_referral_and_then_the_answer_are_two_round_trips():
    log = [
        asked("192.0.2.1", "www.far.test", "A", at=0, **REFERRAL),
        asked("192.0.2.2", "www.far.test", "A", at=1, answer=[("www.far.test.", "A", "192.0.2.9")]),
    ]
    found = trace(log, WORLD, "www.far.test")
    assert (found.round_trips, found.questions, found.orphans) == (2, 2, ())
    assert list(found.chain) == log


def test_waiting_without_need_makes_the_wall_longer_and_not_the_chain():
    log = [
        asked("192.0.2.1", "www.far.test", "A", at=0, **REFERRAL),
        asked("192.0.2.2", "www.far.test", "A", at=50),
        asked("192.0.2.2", "www.far.test", "AAAA", at=100),
        asked("192.0.2.2", "far.test", "MX", at=150),
    ]
    assert trace(log, WORLD, "www.far.test").round_trips == 2


def test_a_name_that_an_answer_tells_is_known_from_then_on():
    log = [
        asked("192.0.2.1", "www.far.test", "A", at=0, **REFERRAL),
        asked(
            "192.0.2.2", "far.test", "MX", at=1, answer=[("far.test.", "MX", "5 mx.other.test.")]
        ),
        asked("192.0.2.1", "mx.other.test", "A", at=2),
    ]
    assert trace(log, WORLD, "far.test").round_trips == 3


def test_tcp_costs_the_handshake_too_and_comes_after_the_truncated_answer():
    short = asked("192.0.2.1", "far.test", "TXT", at=0)
    message = dns.message.from_wire(short.response)
    message.flags |= dns.flags.TC
    short.response = message.to_wire()
    whole = asked("192.0.2.1", "far.test", "TXT", at=1, proto="tcp", first=True)
    assert trace([short, whole], WORLD, "far.test").round_trips == 3


def test_what_no_answer_led_to_is_an_orphan():
    log = [asked("192.0.2.77", "far.test", "A", at=0)]
    found = trace(log, WORLD, "far.test")
    assert found.round_trips == 0
    assert list(found.orphans) == log


def test_repeated_is_the_same_question_after_its_answer():
    one = asked("192.0.2.1", "far.test", "A", at=0)
    lost = asked("192.0.2.1", "far.test", "MX", at=0)
    lost.answered = None
    log = [
        one,
        asked("192.0.2.2", "far.test", "A", at=1),
        asked("192.0.2.1", "far.test", "A", at=2),
        lost,
        asked("192.0.2.1", "far.test", "MX", at=3),
    ]
    assert repeated(log) == (log[2],)


@pytest.mark.lab
def test_the_latency_case_needs_nine_round_trips(lab):
    """As many as the alias chain to the CDN has: root, TLD, zone, and so on to the last address."""
    observe("shop.example", endpoints=lab.endpoints, registration=False, progress=False)
    found = trace(lab.log, lab.world, "shop.example")
    assert found.orphans == ()
    assert found.repeated == ()
    assert found.round_trips == 9
    assert found.questions < 250
    assert (
        found.chain[0].server in lab.roots["a.root-servers.net"] + lab.roots["k.root-servers.net"]
    )

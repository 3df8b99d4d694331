"""What validation says of zones signed for the purpose, against Unbound (validating) on each."""

from datetime import UTC, datetime, timedelta

import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest

pytest.importorskip("cryptography", reason="signatures need it")

from depgraph.collect import observe
from depgraph.dnssec import Validator
from depgraph.observations import Status
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

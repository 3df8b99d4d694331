"""Validation without servers: anchors, proofs, limits, and what cannot be told."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import dns.dnssec
import dns.name
import pytest

from depgraph import dnssec
from depgraph.collect.plan import Limits, follow_ups
from depgraph.collect.plan import Question as Asked
from depgraph.dnssec import signatures
from depgraph.dnssec.denial import CHAINS, Denial, Proofs
from depgraph.dnssec.evidence import Evidence
from depgraph.errors import RecordingError
from depgraph.observations import Observation, Status
from depgraph.records.reading import read_rdata
from depgraph.vocabulary import Purpose, Security

NOW = datetime(2026, 11, 28, tzinfo=UTC)
EXAMPLE = dns.name.from_text("example")


def seen(subject, kind, *values, status=Status.ANSWER, **more):
    return Observation(subject=subject, type=kind, status=status, values=values, time=NOW, **more)


def nsec(owner, following, types):
    record = read_rdata("NSEC", f"{following}. {types}")
    return dns.name.from_text(owner), record


# --- Anchors -------------------------------------------------------------------------------


def test_the_anchors_of_the_root_are_those_of_their_time():
    valid = {
        year: [
            a.ds.split()[0]
            for a in dnssec.root_anchors()
            if a.valid_at(datetime(year, 6, 1, tzinfo=UTC))
        ]
        for year in (2009, 2015, 2018, 2023, 2026)
    }
    assert valid == {
        2009: [],
        2015: ["19036"],
        2018: ["19036", "20326"],
        2023: ["20326"],
        2026: ["20326", "38696"],
    }


def test_anchors_are_read_from_a_file(tmp_path):
    path = tmp_path / "anchors"
    path.write_text(
        "; of a lab\nlab. 3600 IN DS 1 13 2 " + "ab" * 32 + "\n\n. DS 2 8 2 " + "cd" * 32
    )
    lab, root = dnssec.read_anchors(path)
    assert (lab.zone, lab.ds.split()[0], root.zone) == ("lab", "1", ".")
    path.write_text(". IN DNSKEY 257 3 8 AwEAAQ==")
    with pytest.raises(RecordingError, match="expected a DS record"):
        dnssec.read_anchors(path)


def test_without_an_anchor_for_that_time_it_is_unknown():
    old = Observation(
        subject=".", type="DNSKEY", status=Status.ANSWER, values=("257 3 8 AwEAAQ==",),
        time=datetime(2009, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    verdict = dnssec.Validator([old]).zone("example")
    assert (verdict.state, str(verdict.reason)) == (Security.UNKNOWN, "no-anchor")


# --- What was not recorded -----------------------------------------------------------------


def test_an_old_recording_was_not_examined():
    assert not dnssec.Validator([seen("example.org", "A", "192.0.2.1")]).asked


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.TIMEOUT, "timeout"),
        (Status.SERVFAIL, "servfail"),
        (Status.NOT_ASKED_BUDGET, "not-asked-budget"),
    ],
)
def test_keys_that_were_not_got_leave_it_unknown(status, reason):
    verdict = dnssec.Validator([seen(".", "DNSKEY", status=status)]).zone("example.org")
    assert verdict.state is Security.UNKNOWN
    assert verdict.reason.get("reason") == reason


def test_a_root_without_keys_is_bogus():
    verdict = dnssec.Validator([seen(".", "DNSKEY", status=Status.NODATA)]).zone("example.org")
    assert (verdict.state, str(verdict.reason)) == (Security.BOGUS, "keys-missing?name=.")


def test_values_that_do_not_read_are_no_evidence():
    evidence = Evidence([seen("a.example", "RRSIG", "A nonsense"), seen("a.example", "A", "x y")])
    assert evidence.signatures("a.example", "A") == []
    (records,) = evidence.sets("a.example", "A")
    assert records.rrset is None


# --- Proofs of absence ---------------------------------------------------------------------


def proofs(*records):
    return Proofs(EXAMPLE, records, ())


def test_a_proof_of_the_child_says_nothing_of_its_delegation():
    child = proofs(nsec("c.example", "d.example", "NS SOA RRSIG NSEC"))
    assert child.no_ds(dns.name.from_text("c.example")) is Denial.UNPROVEN
    parent = proofs(nsec("c.example", "d.example", "NS RRSIG NSEC"))
    assert parent.no_ds(dns.name.from_text("c.example")) is Denial.DELEGATION
    host = proofs(nsec("c.example", "d.example", "A RRSIG NSEC"))
    assert host.no_ds(dns.name.from_text("c.example")) is Denial.PROVEN


def test_a_delegation_denies_nothing_below_it():
    cut = nsec("c.example", "e.example", "NS RRSIG NSEC")
    apex = nsec("example", "c.example", "NS SOA RRSIG NSEC")
    assert proofs(cut, apex).no_name(dns.name.from_text("a.c.example")) is Denial.UNPROVEN
    assert proofs(cut, apex).no_name(dns.name.from_text("d.example")) is Denial.PROVEN


def test_no_name_needs_the_wildcard_denied_too():
    covering = nsec("c.example", "e.example", "A RRSIG NSEC")
    assert proofs(covering).no_name(dns.name.from_text("d.example")) is Denial.UNPROVEN
    name = dns.name.from_text("d.example")
    made = nsec("*.example", "a.example", "A RRSIG NSEC")
    assert proofs(covering, made).no_name(name) is Denial.UNPROVEN
    assert proofs(covering, made).no_data(name, 28) is Denial.PROVEN
    assert proofs(covering, made).no_data(name, 1) is Denial.UNPROVEN


def test_an_alias_is_data_of_every_type():
    alias = proofs(nsec("c.example", "d.example", "CNAME RRSIG NSEC"))
    assert alias.no_data(dns.name.from_text("c.example"), 1) is Denial.UNPROVEN


def test_names_between_exist_without_records():
    between = proofs(nsec("a.example", "x.b.example", "A RRSIG NSEC"))
    assert between.no_data(dns.name.from_text("b.example"), 1) is Denial.PROVEN


def test_hostile_hashes_are_left_aside():
    record = read_rdata("NSEC3", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A")
    odd = Proofs(EXAMPLE, (), [(dns.name.from_text("!!.example"), record)])
    assert odd.no_name(dns.name.from_text("a.example")) is Denial.UNPROVEN


# --- The questions -------------------------------------------------------------------------


def asked_after(ds, *, limits=None, **question):
    about = Asked("shop.example", "A", **{"purpose": Purpose.SERVICE, **question})
    found = follow_ups(about, ds, limits or Limits())
    return [(q.subject, q.type) for q in found]


def test_keys_are_asked_for_where_a_delegation_is_signed():
    ds = seen("shop.example", "DS", "1 13 2 " + "ab" * 32, section="authority", zone="example")
    assert asked_after(ds) == [("shop.example", "DNSKEY")]
    assert asked_after(ds, purpose=Purpose.HOST, depth=1) == [("shop.example", "DNSKEY")]
    assert asked_after(ds, purpose=Purpose.HOST, depth=2) == []
    assert asked_after(ds, purpose=Purpose.HINT) == []
    assert asked_after(ds, limits=Limits(signed=False)) == []


def test_through_a_resolver_the_zones_above_are_asked_for_as_well():
    ds = seen("shop.example", "DS", "1 13 2 " + "ab" * 32)
    assert asked_after(ds, limits=Limits(recursive=True)) == [
        ("shop.example", "DNSKEY"),
        ("example", "DS"),
    ]


def test_the_latest_signature_that_holds_decides_and_the_earliest_of_several_records():
    first, second = (
        dnssec.Verdict(Security.SECURE, None, NOW + timedelta(days=days), NOW) for days in (9, 2)
    )
    assert dnssec.worst([first, second]).until == second.until
    bogus = dnssec.Verdict(Security.BOGUS)
    assert dnssec.worst([first, bogus, second]) is bogus


def test_keys_of_one_tag_are_held_against_digests_once_each(monkeypatch):
    """Of a zone with thousands of both (CVE-2023-50387) each key is hashed once, and its tag added up once."""
    hashed, tags = [], []
    sha256, key_id = signatures._DIGESTS[2], dns.dnssec.key_id
    monkeypatch.setattr(signatures, "_DIGESTS", {2: lambda wire: hashed.append(1) or sha256(wire)})
    monkeypatch.setattr(dns.dnssec, "key_id", lambda key: tags.append(1) or key_id(key))
    # words whose sum is one and the same
    words = (n.to_bytes(2) + (65535 - n).to_bytes(2) for n in range(40))
    keys = [read_rdata("DNSKEY", f"257 3 13 {b64encode(w * 16).decode()}") for w in words]
    (tag,) = {key_id(key) for key in keys}
    digest = sha256(dns.name.from_text("a.example").to_wire() + keys[7].to_wire()).hexdigest()
    named = [read_rdata("DS", f"{tag} 13 2 {n:064x}") for n in range(60)]
    named.append(read_rdata("DS", f"{tag} 13 2 {digest}"))
    tagged = signatures.tagged(keys)
    assert signatures.named_by(tagged, named, "a.example") == [keys[7]]
    assert (len(hashed), len(tags)) == (40, 40)
    assert signatures.named_by(tagged, named[:-1], "a.example") == []
    other = [read_rdata("DS", f"{tag + 1} 13 2 {digest}"), read_rdata("DS", f"{tag} 8 2 {digest}")]
    assert signatures.named_by(tagged, other, "a.example") == []


def test_signatures_over_many_sets_of_a_name_are_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(
        "depgraph.dnssec.evidence.read_rdata", lambda *of: read.append(of) or read_rdata(*of)
    )
    text = "A 13 2 300 20260901000000 20260701000000 {} a.example. AAAA"
    rows = [seen("a.example", "RRSIG", text.format(n)) for n in range(20)]
    evidence = Evidence(rows)
    for _ in range(20):
        assert len(evidence.signatures("a.example", "A")) == 20
    assert len(read) == 20


def test_a_zone_of_many_hash_chains_is_looked_through_in_some(monkeypatch):
    """Each salt is a chain of its own, for which every name would be hashed (CVE-2023-50868)."""
    hashed = []
    monkeypatch.setattr(
        dns.dnssec,
        "nsec3_hash",
        lambda *of, _hash=dns.dnssec.nsec3_hash: hashed.append(of) or _hash(*of),
    )
    owner = dns.name.from_text(f"{'0' * 32}.example")
    records = [
        (owner, read_rdata("NSEC3", f"1 0 1 {n:04x} {'1' * 32} A RRSIG")) for n in range(100)
    ]
    found = Proofs(dns.name.from_text("example"), [], records)
    assert found.no_ds(dns.name.from_text("www.example")) is Denial.TOO_MANY
    assert len({salt for _, salt, *_ in hashed}) == CHAINS

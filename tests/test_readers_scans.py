"""zdns and massdns output, as their documents show it; and the one door for all forms."""

import gzip
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph import build, readers
from depgraph.errors import RecordingError
from depgraph.observations import RESOLVER_UNSAID, Observation, Status
from depgraph.readers import BadLine, detect, interval, open_any, read_massdns, read_zdns
from depgraph.readers.doh import read_doh
from depgraph.recording import Header, Recording, write

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance


def zdns(*rows, **options):
    return list(read_zdns(io.StringIO("\n".join(map(json.dumps, rows))), **options))


def massdns(*rows, **options):
    return list(read_massdns(io.StringIO("\n".join(map(json.dumps, rows))), **options))


def seen(recording):
    return [(o.subject, o.type, o.status.value, o.values, o.ttl) for o in recording]


def record(kind, name, answer=None, ttl=300, **more):
    row = {"class": "IN", "name": name, "ttl": ttl, "type": kind} | more
    return row | ({"answer": answer} if answer is not None else {})


def result(module, *, status="NOERROR", **data):
    stamp = "2024-08-23T13:12:43-04:00"
    return {
        "name": "Censys.io",
        "results": {module: {"data": data, "status": status, "timestamp": stamp, "duration": 0.2}},
    }


def test_a_result_that_does_not_read_costs_none_of_the_others():
    good = {
        "data": {"answers": [{"answer": "192.0.2.1", "name": "a.example", "ttl": 60, "type": "A"}]},
        "status": "NOERROR",
        "timestamp": "2026-08-01T10:00:00Z",
    }
    (found,) = zdns({"name": "a.example", "results": {"A": good, "FOO": {"x": 1}}})
    assert [(o.type, o.values) for o in found] == [("A", ("192.0.2.1",))]
    (problem,) = found.problems
    assert problem.startswith("left out the result of 'FOO': expected a 'timestamp'")
    (refused,) = zdns({"name": "a.example", "results": {"FOO": {"x": 1}, "BAR": {}}})
    assert "'FOO'" in refused.error
    assert "'BAR'" in refused.error


def test_zdns_a():
    row = result(
        "A",
        additionals=[{"flags": "", "type": "EDNS0", "udpsize": 512, "version": 0}],
        answers=[
            record("A", "censys.io", "104.18.10.85"),
            record("A", "censys.io", "104.18.11.85", 60),
        ],
        flags={"authenticated": True, "authoritative": False, "truncated": False},
        protocol="udp",
        resolver="[2603:6013:9d00:3302::1]:53",
    )
    (recording,) = zdns(row)
    assert recording.subject == "censys.io"
    assert recording.days == (date(2024, 8, 23), date(2024, 8, 23))
    (a,) = recording
    assert seen(recording) == [("censys.io", "A", "answer", ("104.18.10.85", "104.18.11.85"), 60)]
    assert a.server == "2603:6013:9d00:3302::1"
    assert a.flags == ("AD",)
    assert a.time == datetime(2024, 8, 23, 17, 12, 43, tzinfo=UTC)
    assert a.source == "dns"


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("NXDOMAIN", Status.NXDOMAIN),
        ("SERVFAIL", Status.SERVFAIL),
        ("REFUSED", Status.REFUSED),
        ("FORMERR", Status.FORMERR),
        ("NOTIMP", Status.NOTIMP),
        ("TIMEOUT", Status.TIMEOUT),
        ("ITERATIVE_TIMEOUT", Status.TIMEOUT),
        ("TRUNCATED", Status.TRUNCATED),
        ("NO_RECORD", Status.NODATA),
        ("AUTHFAIL", Status.LAME),
        ("ERROR", Status.ERROR),
        ("SOMETHING_NEW", Status.ERROR),
        ("NOERROR", Status.NODATA),
    ],
)
def test_every_outcome_has_its_status(written, status):
    (recording,) = zdns(result("MX", status=written))
    assert [(o.type, o.status) for o in recording] == [("MX", status)]
    if status is Status.ERROR:
        assert written in recording.observations[0].note
    (other,) = massdns(
        {"name": "a.com.", "type": "MX", "status": written, "rx_ts": 10**18, "data": {}}
    )
    assert [(o.type, o.status) for o in other] == [("MX", status)]


def test_zdns_records_that_were_taken_apart():
    answers = [
        record("MX", "censys.io", "ASPMX.l.google.com.", preference=1),
        record("TXT", "censys.io", "v=spf1 -all"),
        record("CAA", "censys.io", tag="issue", value="letsencrypt.org", flag=0),
        record("SRV", "censys.io", port=5060, priority=10, target="Sip.example.com.", weight=1),
        record(
            "SOA",
            "censys.io",
            ns="NS1.x.com",
            mbox="m.x.com",
            serial=2,
            refresh=3,
            retry=4,
            expire=5,
            min_ttl=6,
        ),
        record("DS", "censys.io", key_tag=1, algorithm=13, digest_type=2, digest="ab" * 32),
        record(
            "HTTPS",
            "censys.io",
            priority=1,
            target=".",
            svcparams={"alpn": ["h2", "h3"], "ipv4hint": ["192.0.2.1"]},
        ),
        record("NS", "censys.io", "Ns1.example.net."),
    ]
    (recording,) = zdns(result("ANY", answers=answers))
    values = {o.type: o.values for o in recording if o.status is Status.ANSWER}
    assert values == {
        "MX": ("1 aspmx.l.google.com",),
        "TXT": ("v=spf1 -all",),
        "CAA": ('0 issue "letsencrypt.org"',),
        "SRV": ("10 1 5060 sip.example.com",),
        "SOA": ("ns1.x.com m.x.com 2 3 4 5 6",),
        "DS": ("1 13 2 " + "ab" * 32,),
        "HTTPS": ('1 . alpn="h2,h3" ipv4hint="192.0.2.1"',),
        "NS": ("ns1.example.net",),
    }


def test_zdns_aliases():
    answers = [
        record("CNAME", "censys.io", "cdn.example.net."),
        record("CNAME", "cdn.example.net", "edge.example.net."),
        record("A", "edge.example.net", "192.0.2.1"),
    ]
    (recording,) = zdns(result("A", answers=answers))
    assert seen(recording)[:3] == [
        ("censys.io", "CNAME", "answer", ("cdn.example.net",), 300),
        ("cdn.example.net", "CNAME", "answer", ("edge.example.net",), 300),
        ("edge.example.net", "A", "answer", ("192.0.2.1",), 300),
    ]
    assert recording.observations[3].note == f"alias: see CNAME; {RESOLVER_UNSAID}"
    (dangling,) = zdns(result("A", status="NXDOMAIN", answers=answers[:2]))
    assert seen(dangling)[-1] == ("edge.example.net", "A", "nxdomain", (), None)
    (circle,) = zdns(
        result(
            "A",
            answers=[record("CNAME", "censys.io", "b.io."), record("CNAME", "b.io", "censys.io.")],
        )
    )
    assert seen(circle)[2:] == [
        ("censys.io", "A", "answer", (), None),
        ("censys.io", "A", "loop", (), None),
    ]
    assert circle.observations[3].note == (
        f"the aliases censys.io -> b.io -> censys.io lead in a circle; {RESOLVER_UNSAID}"
    )


def test_zdns_lookups():
    (mx,) = zdns(
        result(
            "MXLOOKUP",
            exchanges=[
                {
                    "class": "IN",
                    "ipv4_addresses": ["209.85.202.27"],
                    "ipv6_addresses": ["2001:db8::1"],
                    "name": "alt1.aspmx.l.google.com",
                    "preference": 5,
                    "ttl": 300,
                    "type": "MX",
                },
                {"name": "aspmx.l.google.com", "preference": 1, "ttl": 200, "type": "MX"},
            ],
        )
    )
    assert seen(mx) == [
        ("censys.io", "MX", "answer", ("1 aspmx.l.google.com", "5 alt1.aspmx.l.google.com"), 200),
        ("alt1.aspmx.l.google.com", "A", "answer", ("209.85.202.27",), None),
        ("alt1.aspmx.l.google.com", "AAAA", "answer", ("2001:db8::1",), None),
    ]
    assert mx.observations[1].note == f"looked up through any alias; {RESOLVER_UNSAID}"
    (a,) = zdns(result("ALOOKUP", ipv4_addresses=["192.0.2.1"]))
    assert seen(a) == [("censys.io", "A", "answer", ("192.0.2.1",), None)]
    (ns,) = zdns(
        result(
            "NSLOOKUP", servers=[{"name": "ns1.x.com", "ttl": 9, "ipv4_addresses": ["192.0.2.2"]}]
        )
    )
    assert seen(ns)[0] == ("censys.io", "NS", "answer", ("ns1.x.com",), 9)
    (spf,) = zdns(result("SPF", spf="v=spf1 -all"))
    assert seen(spf) == [("censys.io", "TXT", "answer", ("v=spf1 -all",), None)]
    (dmarc,) = zdns(result("DMARC", dmarc="v=DMARC1; p=none"))
    assert seen(dmarc) == [("_dmarc.censys.io", "TXT", "answer", ("v=DMARC1; p=none",), None)]
    (nothing,) = zdns(result("MXLOOKUP", status="NXDOMAIN", exchanges=[]))
    assert seen(nothing) == [("censys.io", "MX", "nxdomain", (), None)]


def test_zdns_all_name_servers():
    inner = {"answers": [record("A", "censys.io", "192.0.2.1")], "resolver": "192.0.2.53:53"}
    (recording,) = zdns(
        result(
            "A",
            results=[
                {"result": inner, "status": "NOERROR", "nameserver": "192.0.2.53:53"},
                {"status": "TIMEOUT", "nameserver": "192.0.2.54:53"},
            ],
        )
    )
    assert [(o.server, o.status.value) for o in recording] == [
        ("192.0.2.53", "answer"),
        ("192.0.2.54", "timeout"),
    ]


def test_zdns_trace_keeps_what_the_parent_said():
    row = result("A", answers=[record("A", "censys.io", "192.0.2.1")], resolver="192.0.2.9:53")
    row["results"]["A"]["trace"] = [
        {
            "results": {
                "authorities": [record("NS", "io", "A0.nic.io.")],
                "additionals": [
                    record("A", "a0.nic.io", "192.0.2.7"),
                    record("A", "other.io", "192.0.2.8"),
                ],
                "flags": {"authoritative": False},
            },
            "type": 1,
            "class": 1,
            "name": "censys.io",
            "name_server": "198.41.0.4:53",
            "depth": 1,
            "layer": ".",
            "cached": False,
        },
        {"results": {}, "type": 1, "name": "censys.io", "layer": "io", "cached": True},
    ]
    (recording,) = zdns(row)
    assert [
        (o.subject, o.type, o.status.value, o.section, o.zone, o.server) for o in recording
    ] == [
        ("io", "NS", "answer", "authority", ".", "198.41.0.4"),
        ("a0.nic.io", "A", "answer", "additional", ".", "198.41.0.4"),
        ("censys.io", "A", "referral", "answer", ".", "198.41.0.4"),
        ("censys.io", "A", "answer", "answer", "", "192.0.2.9"),
    ]


def test_zdns_before_version_2():
    row = {
        "name": "a.com",
        "class": "IN",
        "status": "NOERROR",
        "timestamp": "2019-12-18T14:41:23-05:00",
        "data": {"answers": [record("NS", "a.com", "ns.b.com.")]},
    }
    (recording,) = zdns(row)
    assert seen(recording) == [("a.com", "NS", "answer", ("ns.b.com",), 300)]
    empty = row | {"status": "NXDOMAIN", "data": {}}
    (bad,) = zdns(empty)
    assert "give module='A'" in bad.error
    assert "found none among the keys 'name'" in bad.error
    (known,) = zdns(empty, module="aaaa")
    assert seen(known) == [("a.com", "AAAA", "nxdomain", (), None)]


MASS = {
    "name": "Example.com.",
    "type": "A",
    "class": "IN",
    "status": "NOERROR",
    "rx_ts": 1585466788123456789,
    "data": {
        "answers": [
            {
                "ttl": 60,
                "type": "CNAME",
                "class": "IN",
                "name": "example.com.",
                "data": "Cdn.example.net.",
            },
            {
                "ttl": 30,
                "type": "A",
                "class": "IN",
                "name": "cdn.example.net.",
                "data": "192.0.2.1",
            },
        ],
        "authorities": [
            {
                "ttl": 9,
                "type": "NS",
                "class": "IN",
                "name": "example.net.",
                "data": "ns.example.net.",
            }
        ],
        "additionals": [
            {"ttl": 9, "type": "A", "class": "IN", "name": "ns.example.net.", "data": "192.0.2.2"}
        ],
    },
    "flags": ["rd", "ra", "ad"],
    "resolver": "8.8.8.8:53",
    "proto": "UDP",
}


def test_massdns():
    (recording,) = massdns(MASS)
    # What a resolver adds from its cache is not a delegation.
    assert seen(recording) == [
        ("example.com", "CNAME", "answer", ("cdn.example.net",), 60),
        ("cdn.example.net", "A", "answer", ("192.0.2.1",), 30),
        ("example.com", "A", "answer", (), None),
    ]
    first = recording.observations[0]
    assert first.server == "8.8.8.8"
    assert first.flags == ("AD",)
    assert first.time == datetime(2020, 3, 29, 7, 26, 28, 123456, tzinfo=UTC)


def test_massdns_negative_answers_and_failures():
    soa = "ns.example.com. h.example.com. 1 2 3 4 5"
    authority = {"ttl": 9, "type": "SOA", "class": "IN", "name": "example.com.", "data": soa}
    (empty,) = massdns(MASS | {"data": {"authorities": [authority]}})
    assert [(o.subject, o.type, o.status.value, o.section) for o in empty] == [
        ("example.com", "SOA", "answer", "authority"),
        ("example.com", "A", "nodata", "answer"),
    ]
    lost = {"name": "a.com.", "type": "A", "class": "IN", "error": "TIMEOUT"}
    (bad,) = massdns(lost)
    assert "expected nanoseconds under 'rx_ts', found None" in bad.error
    (failed,) = massdns(lost, undated=interval("2020-03"))
    assert seen(failed) == [("a.com", "A", "timeout", (), None)]


def test_data_that_does_not_read_is_malformed_not_empty():
    broken = {"ttl": 60, "type": "A", "class": "IN", "name": "example.com.", "data": "nonsense"}
    recording, bad = massdns(MASS | {"data": {"answers": [broken]}})
    (o,) = recording
    assert bad == BadLine(1, o.note)
    assert (o.type, o.status) == ("A", Status.MALFORMED)
    assert o.note == "expected an address for A, found 'nonsense'"


@pytest.mark.parametrize(
    "row",
    [
        {"name": 5},
        {"name": "a.com", "type": "A", "status": 5, "rx_ts": 1},
        {"name": "a.com", "type": "A", "status": "NOERROR", "rx_ts": -1},
        {"name": "a.com", "type": "A", "status": "NOERROR", "rx_ts": 1, "data": [1]},
        {"name": "a.com", "type": "A", "status": "NOERROR", "rx_ts": 1, "data": {"answers": [1]}},
        {"name": "a.com", "results": [1]},
        {"name": "a.com", "results": {"A": {"status": "NOERROR"}}},
        {"name": "a.com", "results": {"A": {"status": "NOERROR", "timestamp": "soon"}}},
    ],
)
def test_bad_lines(row):
    good = MASS
    for results in (massdns(good, row, good), zdns(result("A"), row, result("A"))):
        assert [isinstance(r, BadLine) for r in results] == [False, True, False]
        assert results[1].number == 2
        assert str(results[1]).isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=5,
)
RECORD = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["A", "MX", "SOA", "TXT", "HTTPS", "CAA", "X"]) | JSON,
        "name": st.just("a.com") | JSON,
        "ttl": JSON,
        **dict.fromkeys(("answer", "data", "preference", "svcparams", "target", "priority"), JSON),
    },
)
SECTIONS = st.fixed_dictionaries(
    {},
    optional={
        **{
            key: st.lists(RECORD, max_size=2) | JSON
            for key in ("answers", "authorities", "exchanges")
        },
        **dict.fromkeys(("flags", "resolver", "results", "ipv4_addresses", "spf"), JSON),
    },
)


@STEADY
@given(data=SECTIONS | JSON, status=st.sampled_from(["NOERROR", "NXDOMAIN"]) | JSON, trace=JSON)
def test_any_json_gives_a_recording_or_a_bad_line(data, status, trace):
    inner = {"data": data, "status": status, "timestamp": "2024-01-01T00:00:00Z", "trace": trace}
    one = zdns({"name": "a.com", "results": {"A": inner}})
    two = massdns({"name": "a.com", "type": "A", "status": status, "rx_ts": 1, "data": data})
    for first, *rest in (one, two):
        assert isinstance(first, Recording | BadLine)
        assert all(isinstance(bad, BadLine) for bad in rest)


# One door


ZONE = "$ORIGIN example.\n@ 60 IN SOA ns h 1 2 3 4 5\n@ 60 IN NS ns\n"
OWN = Recording(
    Header(subject="a.com"),
    (
        Observation(
            subject="a.com", type="A", status=Status.NODATA, time=datetime(2021, 1, 1, tzinfo=UTC)
        ),
    ),
)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("plain", '{"domain":"a.com","date":"2021","records":{"A":["192.0.2.1"]}}\n'),
        ("plain", '\ufeff\n{"domain":"a.com","date":"2021"}\n'),
        ("plain", '{"domain": broken\n'),
        ("zdns", json.dumps(result("A")) + "\n"),
        ("zdns", '{"name":"a.com","status":"TIMEOUT","timestamp":"2021-01-01T00:00:00Z"}\n'),
        ("massdns", json.dumps(MASS) + "\n"),
        ("massdns", '{"name":"a.com.","type":"A","error":"TIMEOUT"}\n'),
        ("zone", ZONE),
        ("zone", "; comment only\n" + ZONE),
        (
            "zone",
            "example. 60 IN SOA ns.example. h.example. 1 2 3 4 5\nexample. 60 IN NS ns.example.\n",
        ),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_form_is_found(tmp_path, form, text, pack):
    path = tmp_path / "anything.dat"
    path.write_bytes(pack(text.encode()))
    assert detect(path) == form
    results = list(open_any(path, time=datetime(2021, 1, 1, tzinfo=UTC), undated=interval("2021")))
    assert len(results) == 1
    assert isinstance(results[0], BadLine) == ("broken" in text or '"status":"TIMEOUT"' in text)


def test_our_own_forms(tmp_path):
    write(OWN, tmp_path / "x")
    assert detect(tmp_path / "x") == "recording"
    assert list(open_any(tmp_path / "x")) == [OWN]
    readers.write_parquet([OWN], tmp_path / "y")
    assert detect(tmp_path / "y") == "parquet"
    assert list(open_any(tmp_path / "y")) == [OWN]


def test_what_open_any_cannot_know_is_asked_for(tmp_path):
    path = tmp_path / "zone"
    path.write_text(ZONE)
    with pytest.raises(RecordingError, match="expected the time at which the zone file"):
        open_any(path)
    path.write_text("")
    with pytest.raises(RecordingError, match="found an empty file"):
        open_any(path)
    with pytest.raises(FileNotFoundError):
        open_any(tmp_path / "none")


def test_zdns_that_asked_an_altered_name_says_nothing_of_the_name_of_the_line():
    row = result("A", answers=[record("A", "www.censys.io", "104.18.10.85")])
    (recording,) = zdns(row | {"altered_name": "www.censys.io"})
    assert recording.subject == "censys.io"
    assert seen(recording) == [("www.censys.io", "A", "answer", ("104.18.10.85",), 300)]


def test_a_time_out_of_old_zdns_takes_its_type_from_the_last_question():
    step = {"results": {"answers": [], "flags": {}}, "type": 255, "name": "a.com", "depth": 1}
    row = {"name": "a.com", "status": "TIMEOUT", "timestamp": "2026-08-01T13:12:43-04:00"}
    row |= {"data": {"answers": []}, "trace": [step]}
    (recording,) = zdns(row)
    assert seen(recording) == [("a.com", "ANY", "timeout", (), None)]


def test_zdns_axfr_gives_the_records_of_the_zone():
    server = {"server": "ns1.shop-b.net", "status": "SUCCESS"}
    server["records"] = [record("A", "censys.io", "192.0.2.10")]
    (recording,) = zdns(result("AXFR", servers=[server]))
    assert seen(recording) == [("censys.io", "A", "answer", ("192.0.2.10",), 300)]
    (a,) = recording
    assert (a.server, a.zone) == ("ns1.shop-b.net", "censys.io")


FILTERED = {"info_code": 17, "error_text": "Filtered", "extra_text": "by law"}


def doh(**said):
    row = {"Status": 3, "RD": True, "RA": True, "Question": [{"name": "a.example.", "type": 1}]}
    text = io.StringIO(json.dumps(row | said))
    (recording,) = read_doh(text, undated=interval("2026-08-01"))
    return recording


def besides(recording):
    parts = ([part for part in o.note.split("; ") if part != RESOLVER_UNSAID] for o in recording)
    return ["; ".join(several) for several in parts]


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        (
            {"Comment": ["EDE(16): Censored", "EDE(22): No Reachable Authority at example"]},
            "EDE 16; EDE 22 (No Reachable Authority at example)",
        ),
        ({"Comment": "EDE(17): Filtered: by law"}, "EDE 17 (by law)"),
        ({"Comment": "from 192.0.2.1.", "extended_dns_errors": [FILTERED]}, "EDE 17 (by law)"),
        ({"Comment": {"EDE": 17}, "extended_dns_errors": [17, {"info_code": "17"}]}, ""),
    ],
)
def test_dns_over_https_says_besides_why_it_answers_so(said, noted):
    assert besides(doh(**said)) == [noted]


def test_zdns_has_extended_errors_among_the_additional_records():
    opt = {"type": "EDNS0", "version": 0, "udpsize": 1232, "ede": [FILTERED]}
    (recording,) = zdns(result("A", status="NXDOMAIN", answers=[], additionals=[opt]))
    assert [o.status for o in recording] == [Status.NXDOMAIN]
    assert besides(recording) == ["EDE 17 (by law)"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"Comment": ["EDE(16): Censored"]}, "blocked?text=EDE 16 Censored"),
        (
            {"Status": 2, "Comment": ["EDE(6): DNSSEC Bogus"]},
            "resolver-bogus?text=EDE 6 DNSSEC Bogus",
        ),
    ],
)
def test_what_is_blocked_or_bogus_is_known_as_such(said, reason):
    nodes = build(doh(**said)).nodes
    assert f"reason={reason}" in nodes["unknown:addresses of a.example"]["reason"]

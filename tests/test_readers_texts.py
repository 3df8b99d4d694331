"""Messages as dig, drill, kdig and massdns write them; answers alone; dnsx, httpx, subfinder."""

import io
import json
from datetime import UTC, date, datetime

import pytest

from depgraph.errors import RecordingError
from depgraph.observations import Status
from depgraph.readers import BadLine, detect, gather, interval, open_any
from depgraph.readers.extent import Remark

DAY = interval("2026-08-01")


def entries(tmp_path, text, **options):
    path = tmp_path / "given"
    path.write_text(text)
    return list(open_any(path, **options))


def seen(recordings):
    return {
        (o.subject, o.type, o.status.value): o.values
        for recording in recordings
        if not isinstance(recording, BadLine)
        for o in recording
    }


DIG = """\

; <<>> DiG 9.18.28 <<>> www.shop.example A @192.0.2.53
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4
;; flags: qr aa rd; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;www.shop.example.		IN	A

;; ANSWER SECTION:
www.shop.example.	300	IN	CNAME	shop.example.
shop.example.	60	IN	A	192.0.2.1

;; Query time: 1 msec
;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)
;; WHEN: Sat Aug 01 10:00:00 UTC 2026
;; MSG SIZE  rcvd: 59

; <<>> DiG 9.18.28 <<>> shop.example MX
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 5
;; flags: qr rd ra ad; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 0

;; QUESTION SECTION:
;gone.example.		IN	MX

;; AUTHORITY SECTION:
example.	900	IN	SOA	a.example. h.example. 1 2 3 4 5

;; WHEN: Sat Aug 01 12:00:00 CEST 2026
"""


def test_dig(tmp_path):
    found = entries(tmp_path, DIG)
    assert detect(tmp_path / "given") == "dig"
    first, second = found
    assert seen([first]) == {
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("www.shop.example", "A", "answer"): (),
    }
    one = next(o for o in first if o.subject == "shop.example")
    assert (one.server, one.flags, one.ttl) == ("192.0.2.53", ("AA",), 60)
    assert one.time == datetime(2026, 8, 1, 10, tzinfo=UTC)
    assert seen([second])["gone.example", "MX", "nxdomain"] == ()
    # The clock is in another time zone: only the day counts.
    assert second.days == (date(2026, 8, 1), date(2026, 8, 1))
    assert second.observations[0].until is not None


@pytest.mark.parametrize(
    "text",
    [
        # massdns -o F, as its README shows it
        """\
;; Server: 192.0.2.53:53
;; Size: 93
;; Unix time: 1785578400
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 51298
;; flags: qr rd ra ; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0

;; QUESTION SECTION:
shop.example. IN A

;; ANSWER SECTION:
shop.example. 60 IN A 192.0.2.1


""",
        # drill
        """\
;; ->>HEADER<<- opcode: QUERY, rcode: NOERROR, id: 30
;; flags: qr rd ra ; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0
;; QUESTION SECTION:
;; shop.example.	IN	A

;; ANSWER SECTION:
shop.example.	60	IN	A	192.0.2.1

;; Query time: 3 msec
;; SERVER: 192.0.2.53
;; WHEN: Sat Aug  1 10:00:00 2026
;; MSG SIZE  rcvd: 47
""",
        # kdig
        """\
;; ->>HEADER<<- opcode: QUERY; status: NOERROR; id: 30
;; Flags: qr rd ra; QUERY: 1; ANSWER: 1; AUTHORITY: 0; ADDITIONAL: 0

;; QUESTION SECTION:
;; shop.example.       		IN	A

;; ANSWER SECTION:
shop.example.       	60	IN	A	192.0.2.1

;; Received 46 B
;; Time 2026-08-01 10:00:00 UTC
;; From 192.0.2.53@53(UDP) in 0.3 ms
""",
    ],
)
def test_its_kin(tmp_path, text):
    (recording,) = entries(tmp_path, text)
    (one,) = recording
    assert (one.subject, one.type, one.values) == ("shop.example", "A", ("192.0.2.1",))
    assert one.server == "192.0.2.53"
    assert one.time.date() == date(2026, 8, 1)


def test_what_is_missing_in_a_message_is_said(tmp_path):
    second = DIG.rindex("\n; <<>>")
    silent = DIG[:second] + "\n; <<>> DiG 9 <<>> x.example\n;; connection timed out; no servers\n"
    good, failed = entries(tmp_path, silent)
    assert good.subject == "www.shop.example"
    assert seen([failed]) == {("x.example", "A", "timeout"): ()}
    undated = DIG.replace(";; WHEN", ";; THEN")
    assert all("undated" in one.error for one in entries(tmp_path, undated))
    assert len(seen(entries(tmp_path, undated, undated=DAY))) == 5
    for line, fault in ((";www.shop.example.		IN	A\n", "expected the question"),):
        bad, _ = entries(tmp_path, DIG.replace(line, ""))
        assert fault in bad.error
    broken = DIG.replace("IN	A	192.0.2.1\n", "IN	A	192.0.2.1000\n")
    assert ("shop.example", "A", "malformed") in seen(entries(tmp_path, broken))


SIMPLE = """\
shop.example. A 198.51.100.97
www.shop.example. CNAME www.shop.example.map.cdn.test.
www.shop.example.map.cdn.test. A 198.51.100.1
www.shop.example.map.cdn.test. A 198.51.100.2
shop.example. NS ns1.provider.example.
"""


@pytest.mark.parametrize("text", [SIMPLE, SIMPLE.replace(". ", ".\t300\tIN\t")])
def test_answers_alone(tmp_path, text):
    (tmp_path / "x").write_text(text)
    assert detect(tmp_path / "x") == "answers"
    found = entries(tmp_path, text, undated=DAY)
    assert [one.subject for one in found] == [
        "shop.example",
        "www.shop.example",  # with what its alias leads to, as the answer to one question
        "shop.example",
    ]
    assert seen(found) == {
        ("shop.example", "A", "answer"): ("198.51.100.97",),
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("www.shop.example", "CNAME", "answer"): ("www.shop.example.map.cdn.test",),
        ("www.shop.example.map.cdn.test", "A", "answer"): ("198.51.100.1", "198.51.100.2"),
    }
    assert all("undated" in one.error for one in entries(tmp_path, text))


def test_what_an_alias_leads_to_is_asked_about_by_itself_where_it_is_answered_again(tmp_path):
    text = "www.shop.example. CNAME b.test.\nb.test. A 192.0.2.1\n"
    for again in ("b.test. A 192.0.2.1\n", "b.test. NS ns1.b.test.\n"):
        found = entries(tmp_path, text + again, undated=DAY)
        assert [one.subject for one in found] == ["www.shop.example", "b.test"]


def test_a_bad_line_among_answers(tmp_path):
    bad, first, last = entries(
        tmp_path, "a.example. A 192.0.2.1\nb.example. A\nb.example. A 192.0.2.2\n", undated=DAY
    )
    assert (first.subject, last.subject) == ("a.example", "b.example")
    assert bad == BadLine(2, "expected the data of A, found none")
    assert seen([last]) == {
        ("b.example", "A", "answer"): ("192.0.2.2",),
        ("b.example", "A", "malformed"): (),
    }


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.1\n192.0.2.2\n",
        "10 mx.example.\n",
        "ns1.example.\n",
        '"v=spf1 -all"\n',
        "2001:db8::1\n",
    ],
)
def test_values_alone_are_refused_with_the_reason(tmp_path, text):
    with pytest.raises(RecordingError, match=r"dig \+short.*leave out \+short"):
        entries(tmp_path, text, undated=DAY)


def test_a_transfer_is_a_zone(tmp_path):
    text = """\
; <<>> DiG 9.18 <<>> AXFR shop.example @192.0.2.53
;; global options: +cmd
shop.example.	3600	IN	SOA	ns.shop.example. h.shop.example. 1 2 3 4 5
shop.example.	3600	IN	NS	ns.shop.example.
www.shop.example.	3600	IN	A	192.0.2.1
shop.example.	3600	IN	SOA	ns.shop.example. h.shop.example. 1 2 3 4 5
;; Query time: 1 msec
;; WHEN: Sat Aug 01 10:00:00 UTC 2026
;; XFR size: 4 records (messages 1, bytes 200)
"""
    (zone,) = entries(tmp_path, text)
    assert zone.subject == "shop.example"
    assert {o.type for o in zone if o.values} == {"SOA", "NS", "A"}
    # A zone with its SOA is whole: it has no IPv6 address of the name, and no server of its own.
    none = [(o.subject, o.type, o.status.value) for o in zone if not o.values]
    assert ("www.shop.example", "AAAA", "nodata") in none
    assert ("ns.shop.example", "A", "nxdomain") in none
    assert zone.days == (date(2026, 8, 1), date(2026, 8, 1))


APEX = """\
shop.example.\t\t3600 IN\tSOA ns.p.example. h.p.example. (
\t\t\t\t1          ; serial
\t\t\t\t2 3 4 5 )
shop.example.\t\t3600\tIN\tNS\tns.p.example.
shop.example.\t\t300\tIN\tA\t192.0.2.1
"""
SPACED = APEX.replace("          ; serial\n", "").replace("\t", " ")
DIGS = "\n; <<>> DiG 9.18.28 <<>> +noall +answer {}\n;; global options: +cmd\n"
SOA = "shop.example.\t\t3600\tIN\tSOA\tns.p.example. h.p.example. 1 2 3 4 5\n"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (DIGS.format("shop.example SOA shop.example NS") + APEX, "answers"),
        (DIGS.format("shop.example SOA") + "; of my own\n" + APEX, "answers"),
        (DIGS.format("shop.example SOA") + APEX + SOA, "answers"),
        (DIGS.format("shop.example AXFR") + APEX, "zone"),
        (DIGS.format("shop.example SOA") + "$ORIGIN shop.example.\n" + APEX, "zone"),
        (DIGS.format("shop.example SOA") + APEX + "www\t60\tIN\tA\t192.0.2.2\n\tAAAA\t::1\n", "zone"),
        (APEX, "answers"),
        (APEX.expandtabs(), "answers"),
        ("; my zone\n" + APEX, "zone"),
        ("$TTL 60\n" + APEX, "zone"),
        (SOA + APEX, "answers"),
        (SOA + SOA, "answers"),
        (SOA + APEX.partition(")\n")[2] + SOA, "zone"),
        (APEX.replace("\t\t3", "\t3"), "zone"),
        (SPACED, "zone"),
        ("shop.example. SOA ns.p.example. h.p.example. 1 2 3 4 5\nshop.example. A 192.0.2.1\n", "answers"),
        ("shop.example. 1h30m SOA ns.p.example. h.p.example. 1 2 3 4 5\n", "answers"),
        ("shop.example. 90 SOA ns.p.example. h.p.example. 1 2 3 4 5\n", "zone"),
    ],
)  # fmt: skip
def test_dig_of_a_soa_record_is_no_zone(tmp_path, text, form):
    path = tmp_path / "given"
    path.write_text(text)
    assert detect(path) == form


def test_what_dig_prints_over_several_lines_is_read_and_denies_nothing(tmp_path):
    note, found = entries(tmp_path, APEX, undated=DAY)
    assert seen([found]) == {
        ("shop.example", "SOA", "answer"): ("ns.p.example h.p.example 1 2 3 4 5",),
        ("shop.example", "NS", "answer"): ("ns.p.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
    }
    assert isinstance(note, Remark)
    assert str(note) == (
        "line 1: taken for answers (as of dig), which are some records of a zone: where the file has all "
        "of it, begin it with the line $ORIGIN shop.example."
    )
    (zone,) = entries(tmp_path, f"$ORIGIN shop.example.\n{APEX}", undated=DAY)
    assert ("shop.example", "MX", "nodata") in {(o.subject, o.type, o.status.value) for o in zone}
    (alone,) = entries(tmp_path, DIGS.format("shop.example SOA") + APEX, undated=DAY)
    assert seen([alone]) == seen([found])


def test_an_exchanger_without_its_preference_is_no_record_of_dig(tmp_path):
    text = "shop.example. 300 IN MX 10 a.p.example.\nshop.example. 300 IN MX b.p.example.\n"
    bad, found = entries(tmp_path, text, undated=DAY)
    assert seen([found])["shop.example", "MX", "answer"] == ("10 a.p.example",)
    assert seen([found])["shop.example", "MX", "malformed"] == ()
    assert str(bad) == "line 2: expected a preference and a host for MX, found 'b.p.example.'"


def test_what_a_dns64_makes_of_an_address_is_no_address_of_the_name(tmp_path):
    text = "shop.example.\t300\tIN\tAAAA\t64:ff9b::c000:201\nshop.example.\t300\tIN\tA\t192.0.2.1\n"
    bad, found = entries(tmp_path, text, undated=DAY)
    assert seen([found]) == {
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "AAAA", "malformed"): (),
    }
    assert str(bad) == (
        "line 1: expected an address of the name, found 64:ff9b::c000:201, which a DNS64 makes of "
        "192.0.2.1 (RFC 6052)"
    )


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


DNSX = {
    "host": "shop.example",
    "ttl": 300,
    "resolver": ["192.0.2.53:53"],
    "a": ["192.0.2.10"],
    "aaaa": ["2001:db8::1"],
    "cname": ["shop.cdn.example.net"],
    "ns": ["ns1.p.example", "ns2.p.example"],
    "mx": ["mx1.p.example"],
    "txt": ["v=spf1 -all"],
    "soa": [{"name": "shop.example", "ns": "ns1.p.example", "mailbox": "h.p.example", "serial": 1,
             "refresh": 2, "retry": 3, "expire": 4, "minttl": 5}],
    "all": ["shop.example.\t300\tIN\tA\t192.0.2.10"],
    "status_code": "NOERROR",
    "timestamp": "2026-08-01T10:00:00.123456789Z",
}  # fmt: skip


def test_dnsx(tmp_path):
    (one,) = entries(tmp_path, lines(DNSX))
    assert seen([one]) == {
        ("shop.cdn.example.net", "A", "answer"): ("192.0.2.10",),
        ("shop.cdn.example.net", "AAAA", "answer"): ("2001:db8::1",),
        ("shop.example", "alias", "answer"): ("shop.cdn.example.net",),
        ("shop.example", "NS", "answer"): ("ns1.p.example", "ns2.p.example"),
        ("shop.example", "MX", "answer"): ("mx1.p.example",),
        ("shop.example", "TXT", "answer"): ("v=spf1 -all",),
        ("shop.example", "SOA", "answer"): ("ns1.p.example h.p.example 1 2 3 4 5",),
    }
    assert {(o.time, o.server) for o in one} == {
        (datetime(2026, 8, 1, 10, 0, 0, 123456, tzinfo=UTC), "192.0.2.53")
    }
    assert one.problems == ()
    gone = {"host": "gone.example", "status_code": "NXDOMAIN", "timestamp": "2026-08-01T10:00:00Z"}
    odd = DNSX | {"new-key": 1}
    empty = gone | {"status_code": "NOERROR"}
    nx, told, bad = entries(tmp_path, lines(gone, odd, empty))
    assert seen([nx]) == {("gone.example", "ANY", "nxdomain"): ()}  # whatever was asked
    assert told.problems == ("keys that are not read, in the form of dnsx: 'new-key'",)
    assert bad.error.endswith("found none among the keys 'host', 'status_code', 'timestamp'")
    # Behind an alias a resolver answers with what the target has.
    www_name, target = "www.shop.example", "shop.example"
    lines_of = [
        f"{www_name}.\t60\tIN\tCNAME\t{target}.",
        f"{target}.\t60\tIN\tMX\t10 mx1.p.example.",
    ]
    for every in ([], lines_of):
        (www,) = entries(
            tmp_path, lines(DNSX | {"host": www_name, "cname": [target], "all": every})
        )
        assert {o.subject for o in www if o.type != "CNAME"} == {target}
        assert seen([www])[www_name, "CNAME", "answer"] == (target,)
    asn = {"asn": {"as-number": "AS64500", "as-name": "X"}}
    one, several = entries(tmp_path, lines(DNSX | asn | {"aaaa": []}, DNSX | asn))
    assert seen([one])["192.0.2.10", "origin", "answer"] == ("asn 64500",)
    assert several.problems == ("keys that are not read, in the form of dnsx: 'asn'",)


def test_httpx(tmp_path):
    row = {
        "timestamp": "2022-11-16T18:22:46.358561+08:00",
        "asn": {
            "as_number": "AS64500",
            "as_name": "X",
            "as_country": "US",
            "as_range": ["192.0.2.0/24"],
        },
        "port": "443",
        "url": "https://www.shop.example:443",
        "input": "www.shop.example",
        "host": "192.0.2.1",
        "a": ["192.0.2.1"],
        "cname": ["shop.cdn.example.net"],
        "webserver": "nginx",
        "cdn_name": "cloudflare",
        "status_code": 200,
    }
    (one,) = entries(tmp_path, lines(row))
    assert seen([one]) == {
        ("www.shop.example", "A", "answer"): ("192.0.2.1",),
        ("www.shop.example", "CNAME", "answer"): ("shop.cdn.example.net",),
        ("192.0.2.1", "origin", "answer"): ("asn 64500",),
    }
    issued = {"issuer_org": ["Example CA"], "issuer_cn": "R1", "not_after": "2026-09-01T10:00:00Z"}
    own = {"issuer_cn": "www.shop.example", "subject_cn": "www.shop.example", "self_signed": True}
    shown = ("issuer R1", "issuer-organisation Example CA", "not-after 2026-09-01T10:00:00Z")
    named = {"mismatched": True, "subject_an": ["a.example"]}
    for tls, told in (
        (issued, shown),
        (issued | {"expired": True}, shown),
        (issued | {"self_signed": True}, None),  # of which its fields tell nothing
        (issued | {"untrusted": True}, None),
        (issued | {"mismatched": True}, None),
        (issued | named, (*shown[:2], "name a.example", *shown[2:])),
        (own, ("issuer www.shop.example", "subject www.shop.example")),
        (own | {"untrusted": True}, ("issuer www.shop.example", "subject www.shop.example")),
    ):
        (read,) = entries(tmp_path, lines(row | {"tls": tls}))
        assert seen([read]).get(("www.shop.example", "certificate", "answer")) == told
    bare = {k: row[k] for k in ("timestamp", "url", "host", "status_code")}
    (other,) = entries(tmp_path, lines(bare))
    assert seen([other]) == {("www.shop.example", "A", "answer"): ("192.0.2.1",)}


def test_subfinder_is_refused_by_name(tmp_path):
    for row in (
        {"host": "a.example", "input": "example", "source": "crtsh"},
        {"host": "a.example", "sources": []},
    ):
        with pytest.raises(RecordingError, match="the output of subfinder"):
            entries(tmp_path, lines(row))


OLD = [
    ("www.shop.example.", "A", "www.shop.example.", "CNAME", "web.host.example."),
    ("www.shop.example.", "A", "web.host.example.", "A", "192.0.2.200"),
    ("www.shop.example.", "A", "web.host.example.", "A", "192.0.2.201"),
    ("www.shop.example.", "A", "host.example.", "NS", "ns.host.example."),
    ("shop.example.", "A", "shop.example.", "A", "nonsense"),
]


def test_massdns_before_2018(tmp_path):
    keys = ("query_name", "query_type", "resp_name", "resp_type", "data")
    rows = [dict(zip(keys, row, strict=True)) for row in OLD]
    www, apex, bad = entries(tmp_path, lines(*rows), undated=DAY)
    assert bad == BadLine(5, "expected an address for A, found 'nonsense'")
    assert seen([www]) == {
        ("www.shop.example", "CNAME", "answer"): ("web.host.example",),
        ("web.host.example", "A", "answer"): ("192.0.2.200", "192.0.2.201"),
        ("www.shop.example", "A", "answer"): (),
    }
    assert seen([apex]) == {("shop.example", "A", "malformed"): ()}
    assert all("undated" in one.error for one in entries(tmp_path, lines(*rows)))


def massdns(name, kind, *values):
    answers = [{"ttl": 300, "type": kind, "class": "IN", "name": name, "data": v} for v in values]
    return {"name": name, "type": kind, "class": "IN", "status": "NOERROR", "rx_ts": 1785578400 * 10**9,
            "data": {"answers": answers}, "flags": ["rd", "ra"], "resolver": "192.0.2.53:53"}  # fmt: skip


SCAN = [
    massdns("shop.example.", "NS", "ns1.p.example."),
    massdns("shop.example.", "MX", "10 mx.mail.example."),
    massdns("mx.mail.example.", "A", "192.0.2.25"),
    massdns("ns1.p.example.", "A", "192.0.2.53"),
    massdns("p.example.", "NS", "ns.q.example."),
    massdns("ns.q.example.", "A", "192.0.2.54"),
    massdns("other.example.", "A", "192.0.2.99"),
]


def test_a_dname_on_the_way_of_an_answer_is_no_service_of_its_own(tmp_path):
    path = tmp_path / "answers"
    path.write_text(
        "old.shop.example. 300 IN DNAME new.example.\n"
        "www.old.shop.example. 300 IN CNAME www.new.example.\n"
        "www.new.example. 300 IN A 192.0.2.44\n"
    )
    found = gather(lambda: open_any(path, undated=interval("2026-08-01")), None, [].append)
    assert found[0].subject == "www.old.shop.example"
    assert "www.new.example" in {o.subject for one in found for o in one}


def test_all_that_a_file_holds_of_a_service_is_joined(tmp_path):
    path = tmp_path / "scan"
    path.write_text(lines(*SCAN) + "{}\n")
    faults = []
    found = gather(lambda: open_any(path), "shop.example", faults.append)
    assert {one.subject for one in found} == {
        "shop.example", "mx.mail.example", "ns1.p.example", "p.example", "ns.q.example",
    }  # fmt: skip
    assert faults
    with pytest.raises(RecordingError, match="found several"):
        gather(lambda: open_any(path), None, faults.append)
    path.write_text(lines(*reversed(SCAN[:-1])))
    assert gather(lambda: open_any(path), None, faults.append)[0].subject == "shop.example"
    assert gather(lambda: open_any(path), "nowhere.example", faults.append) == []


ZONE = "$ORIGIN shop.example.\n@ 60 IN SOA ns h 1 2 3 4 5\n@ 60 IN NS ns\nblog 60 IN CNAME x.github.io.\n"


def test_a_name_inside_a_zone_and_several_zones_in_a_folder(tmp_path):
    (tmp_path / "shop").write_text(ZONE)
    (tmp_path / "other").write_text(ZONE.replace("shop", "other"))
    (tmp_path / "README").write_text("no zone at all")

    def entries_of():
        return open_any(tmp_path, undated=DAY)

    faults = []
    (zone,) = gather(entries_of, "blog.shop.example", faults.append)
    assert zone.subject == "shop.example"
    assert [(bad.file, bad.number) for bad in faults] == [("README", 0)] * len(faults)
    with pytest.raises(RecordingError, match="which has no record of that name"):
        gather(entries_of, "nothing.shop.example", faults.append)


def test_a_set_that_a_bad_record_shortens_says_so_in_scans(tmp_path):
    one, *bad = entries(
        tmp_path,
        lines(massdns("a.example.", "NS", "ns1.p.example.", "ns2..p.example.", "192.0.2.9")),
    )
    assert [line.number for line in bad] == [1, 1]
    assert seen([one]) == {
        ("a.example", "NS", "answer"): ("ns1.p.example",),
        ("a.example", "NS", "malformed"): (),
    }
    assert Status.NODATA not in {o.status for o in one}


def test_keys_that_nobody_knows_are_told(tmp_path):
    (one,) = entries(tmp_path, lines(massdns("a.example.", "A", "192.0.2.1") | {"\x1b[31m": 1}))
    assert one.problems == ("keys that are not read, in the form of massdns: '\\x1b[31m'",)
    plain = {
        "domain": "a.example",
        "date": "2026-08-01",
        "records": {"A": ["192.0.2.1"]},
        "rank": 1,
        "label_x": 2,
    }
    (one,) = entries(tmp_path, lines(plain))
    assert one.problems == ("keys that are not read, in the form of plain JSON Lines: 'rank'",)
    (bad,) = entries(
        tmp_path, lines({"domain": "a.example", "date": "2026-08-01", "ips": ["192.0.2.1"]})
    )
    assert bad.error.startswith("expected records or a registration, found only the keys 'domain'")
    odd = {"domain": "a.example", "date": "2026", "rdap": {"status": [""]}}
    one, bad = entries(tmp_path, lines(odd))
    assert (one.problems, bad) == (
        (),
        BadLine(1, "nothing reads of the registration of 'a.example'"),
    )


@pytest.mark.parametrize("rows", [[], [b"\xff\xfe"], [io.DEFAULT_BUFFER_SIZE]])
def test_nothing_else_is_answers(tmp_path, rows):
    path = tmp_path / "x"
    path.write_bytes(b"".join(row if isinstance(row, bytes) else b"#" * row for row in rows))
    with pytest.raises(RecordingError):
        list(open_any(path))


TRACE = """
; <<>> DiG 9.18.28 <<>> +trace www.shop.example A
;; global options: +cmd
.\t518400\tIN\tNS\ta.root.example.
;; Received 239 bytes from 192.0.2.53#53(192.0.2.53) in 3 ms

example.\t172800\tIN\tNS\ta.nic.example.
example.\t86400\tIN\tDS\t1 8 2 e2d3c916f6deeac73294e8268fb5885044a833fc5459588f4a9184cfc41a5766
;; Received 1170 bytes from 192.0.2.4#53(a.root.example) in 20 ms

shop.example.\t172800\tIN\tNS\tns.p.example.
;; Received 300 bytes from 192.0.2.5#53(a.nic.example) in 12 ms

www.shop.example.\t300\tIN\tA\t192.0.2.1
shop.example.\t300\tIN\tNS\tns.p.example.
;; Received 60 bytes from 192.0.2.6#53(ns.p.example) in 9 ms
"""


def test_a_trace_of_dig_has_each_delegation_with_its_server(tmp_path):
    path = tmp_path / "trace.txt"
    path.write_text(TRACE)
    assert detect(path) == "dig-trace"
    (recording,) = gather(lambda: open_any(path, undated=DAY), "shop.example", pytest.fail)
    found = {
        (o.subject, o.type, o.zone, o.server_name, o.section): o.values
        for o in recording
        if o.status is Status.ANSWER
    }
    assert found == {
        (".", "NS", "", "", "answer"): ("a.root.example",),
        ("example", "NS", ".", "a.root.example", "authority"): ("a.nic.example",),
        ("example", "DS", ".", "a.root.example", "authority"): (DS,),
        ("shop.example", "NS", "example", "a.nic.example", "authority"): ("ns.p.example",),
        ("www.shop.example", "A", "shop.example", "ns.p.example", "answer"): ("192.0.2.1",),
    }
    assert all(not o.note for o in recording)


DS = "1 8 2 e2d3c916f6deeac73294e8268fb5885044a833fc5459588f4a9184cfc41a5766"


@pytest.mark.parametrize(
    "end",
    ["shop.example.\t300\tIN\tSOA\tns.p.example. h.p.example. 1 2 3 4 5\n", ""],
)
def test_a_trace_that_ends_without_an_answer_denies_nothing(tmp_path, end):
    head, _, _ = TRACE.partition("www.shop.example.\t300")
    path = tmp_path / "trace.txt"
    path.write_text(f"{head}{end};; Received 60 bytes from 192.0.2.6#53(ns.p.example) in 9 ms\n")
    (recording,) = open_any(path, undated=DAY)
    known = [o for o in recording if o.section != "additional"]
    assert {o.status for o in known} == {Status.ANSWER, Status.REFERRAL}
    path.write_text(head)
    (recording,) = open_any(path, undated=DAY)
    assert ("shop.example", "NS") in {(o.subject, o.type) for o in recording}


REFERRAL = """\
; <<>> DiG 9.18.28 <<>> +norec @192.0.2.1 shop.example NS
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4
;; flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 2, ADDITIONAL: 3

;; QUESTION SECTION:
;shop.example.		IN	NS

;; AUTHORITY SECTION:
shop.example.	300	IN	NS	ns1.shop.example.
shop.example.	300	IN	NS	ns2.shop.example.

;; ADDITIONAL SECTION:
ns1.shop.example.	300	IN	A	192.0.2.53

;; SERVER: 192.0.2.1#53(a.nic.example) (UDP)
;; WHEN: Sat Aug 01 10:00:00 UTC 2026
"""
GLUED_TRACE = """\
; <<>> DiG 9.18.28 <<>> +trace +additional shop.example A
.			518400	IN	NS	a.root-servers.net.
;; Received 239 bytes from 127.0.0.53#53(127.0.0.53) in 0 ms

shop.example.	300	IN	NS	ns1.shop.example.
shop.example.	300	IN	NS	ns2.shop.example.
ns1.shop.example.	300	IN	A	192.0.2.53
;; Received 300 bytes from 192.0.2.1#53(a.nic.example) in 20 ms

shop.example.	60	IN	A	192.0.2.1
;; Received 100 bytes from 192.0.2.53#53(ns1.shop.example) in 20 ms
"""


@pytest.mark.parametrize("text", [REFERRAL, GLUED_TRACE])
def test_glue_that_is_printed_is_kept_where_other_glue_is_not(tmp_path, text):
    path = tmp_path / "given"
    path.write_text(text)
    (found,) = open_any(path, undated=interval("2026-08-01"))
    glue = {(o.subject, o.type): (o.status, o.values) for o in found if o.section == "additional"}
    unseen = (Status.NOT_FOUND_IN_SOURCES, ())
    assert glue == {
        ("ns1.shop.example", "A"): (Status.ANSWER, ("192.0.2.53",)),
        ("ns1.shop.example", "AAAA"): unseen,
        ("ns2.shop.example", "A"): unseen,
        ("ns2.shop.example", "AAAA"): unseen,
    }


RAW = ";; opcode: QUERY, status: {0}, id: 1\n\n;; QUESTION SECTION:\n;x.example.\tIN\t {1}\n\n"


@pytest.mark.parametrize(
    ("status", "raw", "expected"),
    [
        (
            "SERVFAIL",
            RAW.format("NOERROR", "A") + RAW.format("SERVFAIL", "MX"),
            {("MX", "servfail")},
        ),
        ("REFUSED", RAW.format("REFUSED", "A"), {("A", "refused")}),
        ("NXDOMAIN", RAW.format("NXDOMAIN", "CAA"), {("CAA", "nxdomain")}),
        ("NXDOMAIN", "", {("ANY", "nxdomain")}),
        ("SERVFAIL", "", set()),
    ],
)
def test_a_failure_in_dnsx_is_of_the_type_that_the_line_shows(tmp_path, status, raw, expected):
    """Its status is that of the last question; AAAA was told as failed where nobody had asked it."""
    row = {"host": "x.example", "status_code": status, "timestamp": "2026-08-01T10:00:00Z"}
    (found,) = entries(tmp_path, lines(row | ({"raw": raw} if raw else {})))
    if expected:
        assert {(o.type, o.status.value) for o in found} == expected
    else:
        said = "expected the type of what was asked of 'x.example', found SERVFAIL alone"
        assert found.error == f"{said}: dnsx writes it with -raw"


OF_EACH = {
    "zdns": {
        "name": "a.example",
        "results": {
            "A": {
                "data": {"answers": [{"name": "a.example", "type": "A", "answer": "192.0.2.1"}]},
                "status": "NOERROR",
                "timestamp": "2026-08-01T10:00:00Z",
            }
        },
    },
    "massdns": {
        "name": "a.example.",
        "type": "A",
        "class": "IN",
        "status": "NOERROR",
        "rx_ts": 1785578400 * 10**9,
        "data": {"answers": [{"name": "a.example.", "type": "A", "data": "192.0.2.1"}]},
        "resolver": "192.0.2.53:53",
    },
    "dnsx": {"host": "a.example", "a": ["192.0.2.1"], "timestamp": "2026-08-01T10:00:00Z"},
}


@pytest.mark.parametrize("form", OF_EACH)
@pytest.mark.parametrize("other", [*OF_EACH, "unknown"])
def test_a_line_of_another_form_is_refused_with_its_keys(tmp_path, form, other):
    stranger = {**OF_EACH, "unknown": {"foo": 1, "bar": 2}}[other]
    if form == other:
        return
    first, bad, last = entries(tmp_path, lines(OF_EACH[form], stranger, OF_EACH[form]))
    assert first == last
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    for key in stranger:
        assert f"'{key}'" in bad.error

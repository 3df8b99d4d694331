"""Measurements of others: each form as documented, bad lines named, and an unknown that each closes."""

import base64
import json
from datetime import UTC, date, datetime

import dns.message
import dns.rrset
import pytest

import depgraph
from depgraph import analysis
from depgraph.analysis.roles import roles
from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers import BadLine, detect, gather, open_any
from depgraph.recording import Header, Recording, write
from depgraph.vocabulary import Confidence, Layer, Remedy, What

DAY = date(2026, 8, 1)
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def packed(name, kind, *answers, rcode=0):
    message = dns.message.make_response(dns.message.make_query(name, kind))
    message.flags |= dns.flags.RA
    message.set_rcode(rcode)
    message.answer = [dns.rrset.from_text(*answer.split(None, 4)) for answer in answers]
    return base64.b64encode(message.to_wire()).decode()


def atlas(**more):
    """A result as https://atlas.ripe.net/docs/apis/measurement-result-format/ has it (version 5000)."""
    return {
        "fw": 5020,
        "type": "dns",
        "msm_id": 5001,
        "msm_name": "Tdig",
        "prb_id": 6001,
        "from": "203.0.113.5",
        "timestamp": int(NOON.timestamp()),
        "dst_addr": "192.0.2.53",
        "af": 4,
        "proto": "UDP",
    } | more


def ooni(host, queries, *, blocking=False, control=("198.51.100.7",), **more):
    """A measurement with the keys of ooni/spec: df-000-base, df-002-dnst, ts-017-web-connectivity."""
    return {
        "test_name": "web_connectivity",
        "input": f"https://{host}/",
        "measurement_start_time": "2026-08-01 12:00:00",
        "probe_cc": "GB",
        "probe_asn": "AS64501",
        "report_id": "20260801T120000Z_webconnectivity_GB_64501_n1_x",
        "test_keys": {
            "queries": queries,
            "control": {"dns": {"failure": None, "addrs": list(control)}},
            "blocking": blocking,
            "accessible": blocking is False,
        },
    } | more


def looked_up(host, *answers, failure=None):
    return {
        "engine": "getaddrinfo",
        "hostname": host,
        "query_type": "ANY",
        "failure": failure,
        "answers": list(answers),
        "resolver_address": "",
    }


A = {"answer_type": "A", "ipv4": "198.51.100.7", "ttl": None, "asn": 64500}

CRTSH = {
    "issuer_ca_id": 183267,
    "issuer_name": "C=US, O=Let's Encrypt, CN=R3",
    "common_name": "shop.example",
    "name_value": "*.shop.example\nshop.example",
    "id": 3616206571,
    "entry_timestamp": "2026-07-07T16:46:43.456",
    "not_before": "2026-07-07T15:46:43",
    "not_after": "2026-10-05T15:46:43",
    "serial_number": "03ffeea57322e24cd6fd207682f59ead324f",
}

AS_REL = """\
# input clique: 174 209 286
# source:topology|BGP|20260801|example
6939|64500|-1
174|6939|0|bgp
"""
AS2REL = [
    {"asn1": 6939, "asn2": 64500, "paths_count": 9, "peers_count": 3, "rel": 1},
    {"asn1": 64500, "asn2": 174, "paths_count": 1, "peers_count": 1, "rel": 0},
    {"asn1": 64501, "asn2": 174, "paths_count": 1, "peers_count": 1, "rel": -1},
]


def given(tmp_path, content, name="given"):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def entries(tmp_path, content, **options):
    return list(open_any(given(tmp_path, content), **options))


def told(entry):
    return {(o.subject, o.type, o.status.value, o.vantage): o.values for o in entry}


# -- forms ------------------------------------------------------------------------------------


def test_atlas(tmp_path):
    abuf = packed("shop.example", "A", "shop.example. 60 IN A 198.51.100.7")
    (entry,) = entries(tmp_path, [atlas(result={"abuf": abuf, "rt": 9.1})])
    assert detect(tmp_path / "given") == "atlas"
    assert told(entry) == {("shop.example", "A", "answer", "atlas-6001"): ("198.51.100.7",)}
    (o,) = entry
    assert (o.server, o.ttl, o.time, o.citation) == ("192.0.2.53", 60, NOON, "RIPE Atlas 5001")


def test_atlas_of_each_resolver_and_without_an_answer(tmp_path):
    query = base64.b64encode(dns.message.make_query("shop.example", "AAAA").to_wire()).decode()
    gone = packed("shop.example", "MX", rcode=3)
    several = [
        {"dst_addr": "192.0.2.1", "timestamp": 1785585600, "result": {"abuf": gone}},
        {
            "dst_addr": "192.0.2.2",
            "timestamp": 1785585601,
            "qbuf": query,
            "error": {"timeout": 5000},
        },
    ]
    (entry,) = entries(tmp_path, [atlas(resultset=several)])
    assert {(o.server, o.type, o.status) for o in entry} == {
        ("192.0.2.1", "MX", Status.NXDOMAIN),
        ("192.0.2.2", "AAAA", Status.TIMEOUT),
    }


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (atlas(type="ping"), "expected a result of type 'dns', found 'ping'"),
        (atlas(error={"timeout": 5000}), "expected an answer ('abuf') or the query"),
        (atlas(result={"abuf": "AAAA"}), "expected a DNS message in base64, found none"),
        (atlas(result={"abuf": 5}), "expected a DNS message in base64, found 5"),
        (atlas(prb_id="x", result={"abuf": packed("a.example", "A")}), "a number under 'prb_id'"),
    ],
)
def test_a_bad_result_of_atlas_is_named(tmp_path, row, fault):
    bad, good = entries(tmp_path, [row, atlas(result={"abuf": packed("b.example", "A")})])
    assert isinstance(bad, BadLine)
    assert fault in bad.error
    assert isinstance(good, Recording)


def test_ooni(tmp_path):
    alias = {"answer_type": "CNAME", "hostname": "edge.example.net"}
    (entry,) = entries(tmp_path, ooni("shop.example", [looked_up("shop.example", A, alias)]))
    assert detect(tmp_path / "given") == "ooni"
    assert told(entry) == {
        ("shop.example", "CNAME", "answer", "gb-as64501"): ("edge.example.net",),
        ("edge.example.net", "A", "answer", "gb-as64501"): ("198.51.100.7",),
        ("shop.example", "A", "answer", "gb-as64501"): (),
        ("shop.example", "A", "answer", "ooni-control"): ("198.51.100.7",),
    }


@pytest.mark.parametrize(
    "query",
    [
        looked_up("shop.example", A | {"ipv4": "10.10.34.35"}),
        looked_up("shop.example", failure="dns_nxdomain_error"),
    ],
)
def test_a_name_that_the_place_blocks_is_not_absent_there(tmp_path, query):
    (entry,) = entries(tmp_path, ooni("shop.example", [query], blocking="dns"))
    mine = [o for o in entry if o.vantage == "gb-as64501"]
    assert {o.status for o in mine} == {Status.ERROR}
    assert all("blocked by dns" in o.note for o in mine)
    assert ("shop.example", "A", "answer", "ooni-control") in told(entry)


def test_a_name_that_nobody_has_is_absent(tmp_path):
    query = looked_up("gone.example", failure="dns_nxdomain_error")
    (entry,) = entries(tmp_path, ooni("gone.example", [query], control=()))
    assert {o.status for o in entry} == {Status.NXDOMAIN}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ooni("a.example", []) | {"test_name": "ndt"}, "expected web_connectivity, found 'ndt'"),
        (ooni("192.0.2.1", []), "expected the URL of a name"),
        (ooni("a.example", [], control=()), "expected DNS queries or answers of the control"),
        (ooni("a.example", []) | {"test_keys": 5}, "expected an object under 'test_keys'"),
    ],
)
def test_a_bad_measurement_of_ooni_is_named(tmp_path, row, fault):
    (bad,) = entries(tmp_path, row)
    assert fault in bad.error


def test_crtsh(tmp_path):
    (entry,) = entries(tmp_path, [CRTSH])
    assert detect(tmp_path / "given") == "crtsh"
    values = ("issuer R3", "issuer-organisation Let's Encrypt")
    assert told(entry) == {
        ("shop.example", "certificate", "answer", ""): values,
        ("*.shop.example", "certificate", "answer", ""): values,
    }
    assert entry.subject == "shop.example"
    assert entry.days == (date(2026, 7, 7), date(2026, 10, 5))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"issuer_name": "C=US"}, "expected an issuer with O= or CN="),
        ({"issuer_name": None}, "expected text under 'issuer_name'"),
        ({"not_after": "2020-01-01T00:00:00"}, "expected 'not_after' after 'not_before'"),
        ({"not_before": "soon"}, "expected"),
        ({"name_value": "someone@shop.example"}, "expected names of hosts"),
    ],
)
def test_a_bad_certificate_is_named(tmp_path, change, fault):
    bad, good = entries(tmp_path, [CRTSH | change, CRTSH])
    assert fault in bad.error
    assert isinstance(good, Recording)


def test_a_comma_in_the_name_of_an_authority(tmp_path):
    row = CRTSH | {"issuer_name": 'C=US, O="DigiCert, Inc.", CN=DigiCert CA'}
    (entry,) = entries(tmp_path, [row])
    assert entry.observations[0].first("issuer-organisation") == "DigiCert, Inc."


@pytest.mark.parametrize(("content", "customers"), [(AS_REL, 1), (AS2REL, 2)])
def test_as_relations(tmp_path, content, customers):
    name = "as-rel-20260801.txt"
    found = list(open_any(given(tmp_path, content, name)))
    assert detect(tmp_path / name) == "as-rel"
    assert len(found) == customers
    (o,) = found[0]
    assert (o.subject, o.type, o.values) == ("as64500", "upstream", ("asn 6939",))
    assert (o.time.date(), o.evidence) == (DAY, Evidence.INFERRED)


def test_bad_relations_are_named_and_the_rest_is_read(tmp_path):
    path = given(tmp_path, AS_REL + "a|b|-1\n", "as-rel")
    bad, good = open_any(path)
    assert str(bad).startswith("line 5: expected PROVIDER|CUSTOMER|-1")
    assert good.subject == "as64500"
    bad, *_ = entries(tmp_path, [{"asn1": 1, "asn2": 2, "rel": 7}], undated=(NOON, NOON))
    assert "a 'rel' of -1, 0 or 1" in bad.error
    with pytest.raises(RecordingError, match="expected the day of the AS relations"):
        entries(tmp_path, AS2REL)


# -- what each closes -------------------------------------------------------------------------


def seen(subject, kind, *values, **more):
    common = {"status": Status.ANSWER, "time": NOON, "source": "dns"} | more
    return Observation(subject=subject, type=kind, values=values, **common)


def asked(tmp_path, *observations):
    """Return the graph of all that a folder holds of shop.example."""
    header = Header(subject="shop.example", since=DAY, until=DAY, title="shop")
    write(Recording(header, tuple(observations)), tmp_path / "known.jsonl")
    faults = []
    found = gather(lambda: open_any(tmp_path), "shop.example", faults.append)
    assert faults == []
    every = tuple(dict.fromkeys(o for one in found for o in one))
    return depgraph.build(Recording(header, every), at=DAY)


def wanting(graph, what, of="shop.example"):
    """Return what would tell something that is not known; None where it is known."""
    several = [want for want in analysis.wanted(graph).wants if want.part.what is what]
    return next((want.remedies for want in several if want.part.of == of), None)


REPORTED = {"source": "document", "evidence": Evidence.REPORTED, "citation": "a document"}
SERVERS = seen("shop.example", "operator", "name Hetzner", "role dns", **REPORTED)


def test_atlas_closes_what_addresses_are_not_known(tmp_path):
    remedies = wanting(asked(tmp_path, SERVERS), What.ADDRESSES)
    assert Remedy.ATLAS in remedies
    rows = [
        atlas(result={"abuf": packed("shop.example", "A", "shop.example. 60 IN A 198.51.100.7")}),
        atlas(result={"abuf": packed("shop.example", "AAAA")}),
    ]
    given(tmp_path, rows, "atlas.json")
    after = asked(tmp_path, SERVERS)
    assert wanting(after, What.ADDRESSES) is None
    assert "address:198.51.100.7" in after


def test_ooni_closes_what_addresses_are_not_known(tmp_path):
    assert Remedy.OONI in wanting(asked(tmp_path, SERVERS), What.ADDRESSES)
    given(tmp_path, ooni("shop.example", [looked_up("shop.example", A)]), "ooni.json")
    after = asked(tmp_path, SERVERS)
    assert wanting(after, What.ADDRESSES) is None
    assert "address:198.51.100.7" in after


def test_crtsh_closes_whose_certificate_is_contested(tmp_path):
    caa = seen("shop.example", "CAA", status=Status.NODATA)
    reports = [
        seen("shop.example", "operator", f"name {name}", "role ca", **REPORTED)
        for name in ("Let's Encrypt", "DigiCert")
    ]
    before = asked(tmp_path, SERVERS, caa, *reports)
    assert wanting(before, What.ISSUER) == (Remedy.CRTSH,)
    given(tmp_path, [CRTSH], "crtsh.json")
    assert wanting(asked(tmp_path, SERVERS, caa, *reports), What.ISSUER) is None


def test_relations_tell_of_the_layer_that_nobody_looked_at(tmp_path):
    rows = [
        SERVERS,
        seen("shop.example", "A", "198.51.100.7"),
        seen("198.51.100.7", "origin", "asn 64500", "prefix 198.51.100.0/24"),
    ]
    named = {one.layer: one.remedies for one in analysis.wanted(asked(tmp_path, *rows)).unexamined}
    assert named[Layer.TRANSIT] == (Remedy.RELATIONS,)
    given(tmp_path, AS_REL, "20260801.as-rel.txt")
    after = asked(tmp_path, *rows)
    assert Layer.TRANSIT not in {one.layer for one in analysis.wanted(after).unexamined}
    assert after.edges["asn:64500", "asn:6939", "transit"]["strength"] == "needs"


# -- pages that were kept ---------------------------------------------------------------------

HTTP = "HTTP/1.1 200 OK\r\nServer: ddos-guard\r\nContent-Type: text/html\r\n\r\n<html>"


def warc(url="https://shop.example/", ip="198.51.100.7", http=HTTP, kind="response"):
    """A record as https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/ has it."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Date: 2026-08-01T12:00:00Z",
        f"WARC-Target-URI: {url}",
        f"WARC-IP-Address: {ip}",
        f"Content-Length: {len(http)}",
    ]
    return "\r\n".join(lines) + "\r\n\r\n" + http + "\r\n\r\n"


MEMENTO = """\
HTTP/2 200
server: nginx
memento-datetime: Sat, 01 Aug 2026 12:00:00 GMT
link: <http://shop.example/>; rel="original", <https://web.archive.org/web/timemap/link/http://shop.example/>; rel="timemap"
x-archive-orig-server: ddos-guard
"""


def har(**more):
    """A log as http://www.softwareishard.com/blog/har-12-spec/ has it."""
    first = {
        "startedDateTime": "2026-08-01T12:00:00.000Z",
        "serverIPAddress": "198.51.100.7",
        "request": {"method": "GET", "url": "https://shop.example/", "headers": []},
        "response": {
            "status": 200,
            "headers": [{"name": "CF-RAY", "value": "90b1c2d3e4f5a6b7-AMS"}],
        },
    } | more
    inline = {**first, "request": {"url": "data:text/css,x"}}
    return {"log": {"version": "1.2", "creator": {}, "entries": [first, inline]}}


@pytest.mark.parametrize(
    ("form", "content", "front", "addresses"),
    [
        ("warc", warc(kind="request") + warc(), "DDoS-Guard", 1),
        ("memento", MEMENTO, "DDoS-Guard", 0),
        ("har", har(), "Cloudflare", 1),
    ],
)
def test_pages_that_were_kept(tmp_path, form, content, front, addresses):
    (entry,) = entries(tmp_path, content)
    assert detect(tmp_path / "given") == form
    (report,) = (o for o in entry if o.type == "operator")
    assert report.values == (f"name {front}", "role front")
    assert (report.evidence, report.time) == (Evidence.INFERRED, NOON)
    assert [o.values for o in entry if o.type == "A"] == [("198.51.100.7",)] * addresses
    assert entry.subject == "shop.example"


def test_a_server_that_is_no_front_names_none(tmp_path):
    plain = HTTP.replace("ddos-guard", "nginx")
    (entry,) = entries(tmp_path, warc(http=plain))
    assert {o.type for o in entry} == {"A"}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (warc(url="http://192.0.2.1/"), "expected the URL of a name"),
        (warc(ip="", http=HTTP.replace("ddos-guard", "x")), "expected an address, a header"),
        (warc().replace("2026-08-01T", "soon"), "expected an ISO 8601 time"),
        (MEMENTO.replace("original", "self"), "expected a Link with rel"),
        (MEMENTO.replace("Sat, 01 Aug 2026 12:00:00 GMT", "soon"), "expected a Memento-Datetime"),
        (har(request=5), "expected a request and a response"),
        ({"log": 5}, "expected an object under 'log'"),
        ({"log": {"entries": []}}, "expected entries of names on the web"),
    ],
)
def test_a_bad_page_is_named(tmp_path, content, fault):
    (bad,) = entries(tmp_path, content)
    assert isinstance(bad, BadLine)
    assert fault in bad.error


@pytest.mark.parametrize(
    "content",
    [
        [["urlkey", "timestamp", "original"], ["example,shop)/", "20260801120000", "http://x/"]],
        '{"urlkey": "example,shop)/", "timestamp": "20260801120000", "filename": "x.warc.gz"}',
        "example,shop)/ 20260801120000 http://shop.example/ text/html 200 X 512",
    ],
)
def test_an_index_of_captures_is_refused_with_what_to_fetch(tmp_path, content):
    with pytest.raises(RecordingError, match=r"an index of captures \(CDX\).*fetch the headers"):
        entries(tmp_path, content)


def test_a_record_of_no_length_ends_the_file(tmp_path):
    with pytest.raises(RecordingError, match="expected the Content-Length of record 1"):
        entries(tmp_path, warc().replace("Content-Length: ", "Content-Length: x"))


@pytest.mark.parametrize(("remedy", "content"), [(Remedy.WARC, warc()), (Remedy.HAR, har())])
def test_a_page_that_was_kept_closes_what_addresses_are_not_known(tmp_path, remedy, content):
    assert remedy in wanting(asked(tmp_path, SERVERS), What.ADDRESSES)
    given(tmp_path, content, "page")
    after = asked(tmp_path, SERVERS)
    assert wanting(after, What.ADDRESSES) is None
    assert "address:198.51.100.7" in after


def test_the_headers_of_a_memento_close_whether_somebody_hosts_or_fronts(tmp_path):
    rows = [
        SERVERS,
        seen("shop.example", "A", "198.51.100.7"),
        seen("198.51.100.7", "origin", "asn 64500", "prefix 198.51.100.0/24"),
    ]
    before = asked(tmp_path, *rows)
    assert Remedy.MEMENTO in wanting(before, What.ORIGIN)
    given(tmp_path, MEMENTO, "page")
    after = asked(tmp_path, *rows)
    assert "front:ddos-guard/shop.example" in after
    # Who answers is told; what lies behind it only the operator's own file can tell.
    assert wanting(after, What.ORIGIN) == (Remedy.ZONE,)


# -- what pages load --------------------------------------------------------------------------

PAGE = """<!doctype html>
<!-- saved from url=(0021)https://shop.example/ -->
<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; connect-src https://*.google.com data:">
<link rel="stylesheet" href="//fonts.googleapis.com/css"><link rel="next" href="https://next.example/">
<script src=https://www.google-analytics.com/analytics.js></script>
<script src="/own.js"></script>
</head><body><img src="https://shop.example/a.png"><iframe src="https://www.youtube.com/embed/x"></iframe>
<a href="https://elsewhere.example/">a link loads nothing</a>"""
LOADED = (
    "allowed google.com",
    "frame www.youtube.com",
    "script www.google-analytics.com",
    "style fonts.googleapis.com",
)


def loading(entry):
    (one,) = (o for o in entry if o.type == "resource")
    assert one.evidence is Evidence.OBSERVED
    return one.subject, one.values


def test_a_saved_page_says_what_it_loads(tmp_path):
    (entry,) = entries(tmp_path, PAGE, undated=(NOON, NOON))
    assert detect(tmp_path / "given") == "html"
    assert loading(entry) == ("shop.example", LOADED)


@pytest.mark.parametrize(
    ("page", "options", "fault"),
    [
        (PAGE, {}, "expected the time at which the page was saved"),
        (PAGE.replace("saved from", "from"), {"undated": (NOON, NOON)}, "from which URL"),
        ("<html><p>words</html>", {"undated": (NOON, NOON), "name": "shop.example"}, "loads from"),
    ],
)
def test_a_bad_saved_page_is_named(tmp_path, page, options, fault):
    (bad,) = entries(tmp_path, page, **options)
    assert fault in bad.error


def test_a_page_in_an_archive_says_what_it_loads_unless_it_is_packed(tmp_path):
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{}\r\n"
    (entry,) = entries(tmp_path, warc(http=head.format("") + PAGE))
    assert loading(entry) == ("shop.example", LOADED)
    (entry,) = entries(tmp_path, warc(http=head.format("Content-Encoding: br\r\n") + PAGE))
    assert {o.type for o in entry} == {"A"}


def test_a_page_load_says_what_was_loaded_by_the_page_behind_redirects(tmp_path):
    log = har()
    first = log["log"]["entries"][0]
    policy = {"name": "Content-Security-Policy", "value": "script-src cdn.example.net *"}

    def entry(url, status=200, media="text/html", headers=()):
        content = {"mimeType": media}
        response = {"status": status, "headers": list(headers), "content": content}
        return first | {"request": {"url": url}, "response": response}

    log["log"]["entries"] = [
        entry("https://shop.example/", 301),
        entry("https://www.shop.example/", headers=[policy]),
        entry("https://cdn.example.org/x.js", media="application/javascript", headers=[policy]),
        entry("https://www.shop.example/a.png", media="image/png"),
    ]
    (found,) = entries(tmp_path, log)
    values = ("allowed cdn.example.net", "script cdn.example.org")
    assert loading(found) == ("www.shop.example", values)


# -- crawls -----------------------------------------------------------------------------------

CRAWL = "host,date,ip\nshop.example,2026-08-01,198.51.100.7\n"
CDX = " CDX A b e a m s\nshop.example/ 20260801120000 198.51.100.7 shop.example:80/ text/html 200\n"


@pytest.mark.parametrize("content", [CRAWL, CDX, CRAWL.replace("2026-08-01", "20260801")])
def test_rows_of_crawls(tmp_path, content):
    (entry,) = entries(tmp_path, content)
    assert detect(tmp_path / "given") == "crawl"
    (o,) = entry
    assert (o.subject, o.type, o.values) == ("shop.example", "A", ("198.51.100.7",))
    assert (o.time.date(), o.end.date()) == (DAY, DAY)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("shop.example,2026-08-01,nowhere", "expected the address that answered"),
        ("shop.example,2026-13-01,198.51.100.7", "expected a date that there is"),
        ("shop.example,soon,198.51.100.7", "expected a date such as"),
        ("shop.example,2026-08-01", "expected HOST,DATE,IP, found 2 fields"),
    ],
)
def test_a_bad_row_of_a_crawl_is_named_and_the_rest_is_read(tmp_path, row, fault):
    good, bad, last = entries(tmp_path, f"{CRAWL}{row}\nwww.shop.example,2026-08-01,2001:db8::1\n")
    assert fault in bad.error
    assert bad.number == 3
    assert (good.subject, last.observations[0].type) == ("shop.example", "AAAA")


def test_an_index_without_addresses_is_refused(tmp_path):
    with pytest.raises(RecordingError, match=r"e \(address\)"):
        entries(tmp_path, " CDX N b a m s k r M S V g\nx y z a b c d e f g h\n")


# -- each closes an unknown that `wanted` had named, and the answer is then the right one -----

HETZNER = "88.198.1.1"  # in a prefix of Hetzner's
HOLDER = [
    seen(HETZNER, "origin", "asn 24940", "prefix 88.198.0.0/16"),
    seen(HETZNER, "holder", "organisation Hetzner Online GmbH", "prefix 88.198.0.0/16"),
]
PASSIVE = {
    "rrname": "shop.example",
    "rrtype": "A",
    "rdata": [HETZNER],
    "time_first": int(NOON.timestamp()),
    "time_last": int(NOON.timestamp()),
}


@pytest.mark.parametrize(
    ("remedy", "content"),
    [
        (
            Remedy.ATLAS,
            [
                atlas(
                    result={"abuf": packed("shop.example", "A", f"shop.example. 60 IN A {HETZNER}")}
                )
            ],
        ),
        (Remedy.OONI, ooni("shop.example", [looked_up("shop.example", A | {"ipv4": HETZNER})])),
        (Remedy.PASSIVE, PASSIVE),
        (Remedy.WARC, warc(ip=HETZNER, http="HTTP/1.1 200 OK\r\n\r\n")),
        (Remedy.HAR, har(serverIPAddress=HETZNER, response={"status": 200, "headers": []})),
        (Remedy.CRAWL, CRAWL.replace("198.51.100.7", HETZNER)),
    ],
    ids=lambda one: one.value if isinstance(one, Remedy) else "",
)
def test_each_file_closes_who_hosts_and_the_answer_follows(tmp_path, remedy, content):
    before = asked(tmp_path, SERVERS, *HOLDER)
    found = analysis.wanted(before)
    assert (found.since, found.until) == ("2026-08-01", "2026-08-01")
    assert remedy in wanting(before, What.ADDRESSES)
    assert not _stops(before)
    given(tmp_path, content, "given")
    after = asked(tmp_path, SERVERS, *HOLDER)
    assert wanting(after, What.ADDRESSES) is None
    assert _stops(after)


def _stops(graph):
    """Tell whether Hetzner can stop the web site as its host."""
    standing = roles(graph).standing("web", Layer.HOST)
    return any(role.company.startswith("Hetzner") for role in standing.known.values())


@pytest.mark.parametrize("content", [MEMENTO, warc(), ""], ids=["memento", "warc", "report"])
def test_a_front_that_only_a_header_names_is_likely_and_a_report_is_certain(tmp_path, content):
    rows = [SERVERS, seen("shop.example", "A", "198.51.100.7")]
    if content:
        given(tmp_path, content, "page")
    else:
        rows.append(seen("shop.example", "operator", "name DDoS-Guard", "role front", **REPORTED))
    (front,) = roles(asked(tmp_path, *rows)).standing("web", Layer.FRONT).known.values()
    assert front.confidence is (Confidence.LIKELY if content else Confidence.CERTAIN)


def test_who_issued_is_likely_who_issues_and_a_wildcard_proves_no_host(tmp_path):
    caa = seen("shop.example", "CAA", '0 issue "letsencrypt.org"')
    given(tmp_path, [CRTSH | {"name_value": "*.a.shop.example"}], "crtsh.json")
    graph = asked(tmp_path, SERVERS, caa)
    assert not any("a.shop.example" in node for node in graph)
    again = tmp_path / "again"
    again.mkdir()
    given(again, [CRTSH], "crtsh.json")
    graph = asked(again, SERVERS)
    for host in ("shop.example", "www.shop.example"):
        data = graph.edges[f"authorities:{host}", "provider:lets-encrypt", "certificate"]
        assert (data["evidence"], data["confidence"]) == ("inferred", "likely")


def test_a_saved_page_closes_that_nobody_looked_at_third_parties(tmp_path):
    named = {
        one.layer: one.remedies for one in analysis.wanted(asked(tmp_path, SERVERS)).unexamined
    }
    assert Remedy.HAR in named[Layer.THIRD_PARTY]
    given(tmp_path, har(), "page")
    page = warc(http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    given(tmp_path, page, "page")
    after = asked(tmp_path, SERVERS)
    assert Layer.THIRD_PARTY not in {one.layer for one in analysis.wanted(after).unexamined}
    (google,) = (
        role
        for role in roles(after).functions["web"]
        if role.layer is Layer.THIRD_PARTY and role.known
    )
    assert google.company == "Alphabet Inc. (Google LLC)"
    found = {google.finding, *(fact.finding for fact in google.others)}
    assert found >= {"step-script", "step-frame"}

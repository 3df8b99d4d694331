"""Zone files: what a zone says, whom it delegates to, and a world of them walked from the root."""

import gzip
import io
import lzma
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import RecordingError
from depgraph.graph import build
from depgraph.observations import Evidence, Status
from depgraph.readers import load_zone, open_any, read_zone
from depgraph.readers.zones import dated, presented, presented_in_full, recordings_of
from tests.world_reader import read_zones

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

DAY = datetime(2026, 8, 22, tzinfo=UTC)
TLD = """\
; a top-level domain
$TTL 3600
test. IN SOA a.nic.test. hostmaster.nic.test. 1 2 3 4 5
test. IN NS a.nic.test.
test. IN NS b.elsewhere.example.
a.nic.test. 60 IN A 192.0.2.1
one.test. 86400 IN NS NS1.one.test.
one.test. 86400 IN NS ns.two.test.
one.test. 86400 IN NS ns.outside.example.
one.test. 3600 IN DS 1 13 2 4BF9DC4A06171C8A4C2DE4EF5C9F4FD8C7C4C9A1EB1C6C2E7B9E6D15B1D0A7AA
ns1.one.test. 86400 IN A 192.0.2.11
ns1.one.test. 86400 IN AAAA 2001:db8::11
deep.one.test. 86400 IN NS ns1.one.test.
two.test. 7200 IN NS ns.two.test.
ns.two.test. 7200 IN A 192.0.2.12
nic.test. IN TXT "hello " "world"
"""


def recordings(text, **options):
    return list(read_zone(text, time=DAY, **options))


def rows(recording):
    return [(o.section, o.subject, o.type, o.ttl, o.values) for o in recording]


def test_a_zone_and_its_delegations():
    own, one, two = recordings(TLD, citation="https://example.org/zone", licence="CC0-1.0")
    assert [r.subject for r in (own, one, two)] == ["test", "one.test", "two.test"]
    assert rows(own) == [
        ("answer", "a.nic.test", "A", 60, ("192.0.2.1",)),
        ("answer", "nic.test", "TXT", 3600, ("hello world",)),
        ("answer", "test", "NS", 3600, ("a.nic.test", "b.elsewhere.example")),
        ("answer", "test", "SOA", 3600, ("a.nic.test hostmaster.nic.test 1 2 3 4 5",)),
        # What is not in the zone does not exist.
        ("answer", "a.nic.test", "AAAA", None, ()),
        ("answer", "www.test", "A", None, ()),
        *(("answer", "test", kind, None, ()) for kind in ("A", "AAAA", "MX", "CAA", "TXT")),
    ]
    assert rows(one) == [
        (
            "authority",
            "one.test",
            "NS",
            86400,
            ("ns.outside.example", "ns.two.test", "ns1.one.test"),
        ),
        (
            "authority",
            "one.test",
            "DS",
            3600,
            ("1 13 2 4bf9dc4a06171c8a4c2de4ef5c9f4fd8c7c4c9a1eb1c6c2e7b9e6d15b1d0a7aa",),
        ),
        ("additional", "ns.two.test", "A", 7200, ("192.0.2.12",)),
        ("additional", "ns1.one.test", "A", 86400, ("192.0.2.11",)),
        ("additional", "ns1.one.test", "AAAA", 86400, ("2001:db8::11",)),
    ]
    assert [s for s, *_ in rows(two)] == ["authority", "additional"]
    for o in (*own, *one, *two):
        assert o.zone == "test"
        assert o.source == "zone-file"
        assert o.evidence is Evidence.PUBLISHED
        gone = Status.NXDOMAIN if o.subject == "www.test" else Status.NODATA
        assert o.status is (Status.ANSWER if o.values else gone)
        assert o.time == DAY
        assert o.citation == "https://example.org/zone"
    assert one.days == (date(2026, 8, 22), date(2026, 8, 22))
    assert one.header.licence == "CC0-1.0"


def test_recordings_are_made_one_by_one():
    lines = [f"d{n}.test. IN NS ns.d{n}.test.\n" for n in range(2000)]
    made = read_zone(TLD + "".join(lines), time=DAY)
    assert next(made).subject == "test"
    assert next(made).subject == "d0.test"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_files_packed_or_not(tmp_path, pack):
    path = tmp_path / "zone"
    path.write_bytes(pack(TLD.encode()))
    expected = recordings(TLD)
    assert recordings(path) == recordings(str(path)) == expected
    with path.open("rb") as file:
        assert recordings(file) == expected
        assert not file.closed
    assert recordings(io.StringIO(TLD)) == expected


def test_of_a_packed_zone_that_is_cut_off_what_was_whole_is_read(tmp_path):
    lines = [f"d{n * n * 7919 % 1000003} 60 IN A 192.0.2.{n % 250}\n" for n in range(3000)]
    packed = gzip.compress((TLD + "".join(lines)).encode())
    path = tmp_path / "zone"
    path.write_bytes(packed[: len(packed) * 6 // 10])
    zone = load_zone(path)
    assert zone.get("test", "SOA") == load_zone(TLD).get("test", "SOA")
    assert len(zone.sets) > 500
    assert zone.cut_off
    (fault,) = zone.faults
    assert fault.error.startswith("expected a whole packed file, found a damaged one")
    assert fault.error.endswith("what follows is left out")


def test_origin():
    relative = "$ORIGIN example.\n@ 60 IN NS ns\nns 60 IN A 192.0.2.1\n"
    assert load_zone(relative).get("ns.example", "A") == (60, ("192.0.2.1",))
    bare = "@ 60 IN NS ns\nns 60 IN A 192.0.2.1\n"
    assert load_zone(bare, origin="example.org").origin == "example.org"
    with pytest.raises(RecordingError, match=r"expected a zone file with \$ORIGIN or a SOA record"):
        load_zone(bare)
    late = "; " + "x" * 300_000 + "\n" + relative
    assert load_zone(late, origin="example").origin == "example"


def test_include_only_if_allowed_and_only_beside_the_file(tmp_path):
    (tmp_path / "more").write_text("www 60 IN A 192.0.2.9\nbad 60 IN A nowhere\n")
    folder = tmp_path / "zones"
    folder.mkdir()
    (folder / "more").write_text((tmp_path / "more").read_text())
    (folder / "circle").write_text("$INCLUDE circle\n")
    path = folder / "zone"
    head = "$ORIGIN example.\n@ 60 IN NS ns\n"
    path.write_text(head + "$INCLUDE more sub.example.\n")
    assert "on request (--include)" in load_zone(path).faults[0].error
    zone = load_zone(path, include=True)
    assert zone.get("www.sub.example", "A") == (60, ("192.0.2.9",))
    assert str(zone.faults[0]).startswith("line 3: more, line 2: expected the data of A")
    for word, fault in (
        ("../more", "one elsewhere"),
        (f"{tmp_path}/more", "one elsewhere"),
        ("none", "No such file"),
        ("circle", "include each other"),
    ):
        path.write_text(head + f"$INCLUDE {word}\n")
        assert fault in str(load_zone(path, include=True).faults[0])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("$GENERATE 1-1000000000 h$ A 192.0.2.1", "at most 65536 records"),
        ("$GENERATE x h$ A 192.0.2.1", "START-STOP"),
        ("$GENERATE 1-2 h${a} A 192.0.2.1", "invalid literal"),
        ("$SOMETHING else", "expected $ORIGIN, $TTL"),
        ("www 60 IN A not-an-address", "expected the data of A"),
        ("www 60 IN", "expected a type and data"),
        ("www 60 IN A", "expected the data of A, found none"),
        ("www 60 IN NOSUCHTYPE x", "'NOSUCHTYPE'"),
        ("legacy IN WINS 192.0.2.5", "'WINS'"),
        ('www 60 IN TXT "open', "a quotation mark that is not closed"),
        ("www 60 IN TXT ( open", "a parenthesis that is not closed"),
        ("www 60 IN TXT close )", "a parenthesis that was not opened"),
        ("www 60 CH A 192.0.2.1", "class IN"),
        ("\x1b[31m 60 IN A", "expected the data of A, found none"),
        ("a..b 60 IN A 192.0.2.1", "expected a name"),
        ("www.other.example. 60 IN A 192.0.2.1", "expected names in shop.example"),
        ("@ 180 IN DYNA geoip!text-addrs", "computes the answer"),
        ("@ 600/300 IN DYNA geoip!text-addrs", "computes the answer"),
        ('@ IN LUA A "ifportup(443)"', "computes the answer"),
    ],
)
def test_a_line_that_does_not_read_is_named_and_the_rest_is_read(line, fault):
    zone = load_zone(f"$ORIGIN shop.example.\n@ 60 IN NS ns\n{line}\nok 60 IN A 192.0.2.7\n")
    assert zone.get("shop.example", "NS") == (60, ("ns.shop.example",))
    assert zone.get("ok.shop.example", "A") == (60, ("192.0.2.7",))
    (bad,) = zone.faults
    assert bad.number == 3
    assert fault in bad.error or fault in str(bad)
    assert bad.error.isprintable()
    assert any(
        entry == bad for entry in recordings(f"$ORIGIN shop.example.\n@ 60 IN NS ns\n{line}\n")
    )


def test_a_set_that_a_bad_record_shortens_says_so():
    text = "$ORIGIN shop.example.\n@ 60 IN NS ns\nwww 60 IN A 192.0.2.1\nwww 60 IN A 192.0.2.300\n"
    *_, own = recordings(text)
    seen = [(o.status, o.values) for o in own if (o.subject, o.type) == ("www.shop.example", "A")]
    assert seen == [(Status.ANSWER, ("192.0.2.1",)), (Status.MALFORMED, ())]
    *_, own = recordings("$ORIGIN shop.example.\n@ 60 IN NS ns\n@ IN DYNA geoip!x\n")
    computed = [o for o in own if o.status is Status.NOT_FOUND_IN_SOURCES]
    assert [(o.type, o.note) for o in computed] == [
        ("A", "computed by the server: DYNA geoip!x"),
        ("AAAA", "computed by the server: DYNA geoip!x"),
    ]


SOA = "IN SOA ns.p.example. h.p.example. 1 2 3 4 5"
AT_ROOT = "$ORIGIN .\n@ 3600 IN SOA "  # as Cloudflare exported zones in 2016


@pytest.mark.parametrize(
    ("text", "called", "name", "origin"),
    [
        (f"$ORIGIN .\nshop.example {SOA}\n", "x", "", "shop.example"),
        (f"$ORIGIN shop.example\n@ {SOA}\n", "x", "", "shop.example"),
        (f"shop.example\t3600\t{SOA}\n", "x", "", "shop.example"),
        (f"$ORIGIN example.\nshop {SOA}\n", "x", "", "shop.example"),
        (f"@ {SOA}\n", "db.shop.example", "", "shop.example"),
        (f"@ {SOA}\n", "shop.example.zone", "www.shop.example", "shop.example"),
        (f"@ {SOA}\n", "master.txt", "www.shop.example", "shop.example"),
        (";; Domain:     shop.example.\n@ IN A 192.0.2.1\n", "x", "", "shop.example"),
        ("a.shop.example. IN A 192.0.2.1\nshop.example. IN A 192.0.2.1\n", "x", "", "shop.example"),
        (
            f";; Domain: shop.example.\n{AT_ROOT}x.example. h.x.example. 1 2 3 4 5\n",
            "x",
            "",
            "shop.example",
        ),
        (
            f"{AT_ROOT}shop.example. root.shop.example. 1 2 3 4 5\n",
            "x",
            "a.other.example",
            "shop.example",
        ),
        (f"{AT_ROOT}ns.p.example. root.p.example. 1 2 3 4 5\n", "x", "", "shop.example"),
        (
            f"{AT_ROOT}ns.p.example. h.p.example. 1 2 3 4 5\na.example. A 192.0.2.1\n",
            "shop.example.txt",
            "",
            "shop.example",
        ),
        (
            f"{AT_ROOT}ns.p.example. h.p.example. 1 2 3 4 5\na.example. A 192.0.2.1\n",
            "x",
            "shop.example",
            "shop.example",
        ),
    ],
)
def test_where_the_origin_comes_from(tmp_path, text, called, name, origin):
    path = tmp_path / called
    path.write_text(text + f"{origin}. 60 IN MX 10 mx.p.example.\n")
    zone = load_zone(path, name=name)
    assert zone.origin == origin
    assert zone.get(origin, "MX") == (60, ("10 mx.p.example",))
    assert zone.get(origin, "SOA") or "SOA" not in text


def test_a_type_written_by_its_number_is_that_type():
    zone = load_zone(
        "$ORIGIN a.example.\n@ 60 TYPE1 \\# 4 C0000263\n@ 60 A 192.0.2.1\nx TYPE65280 \\# 1 00\n"
    )
    assert zone.get("a.example", "A") == (60, ("192.0.2.1", "192.0.2.99"))
    assert zone.get("x.a.example", "TYPE65280") is not None


def test_a_transfer_that_gave_nothing_is_told_as_such(tmp_path):
    path = tmp_path / "axfr.txt"
    path.write_text("\n; <<>> DiG 9.18.24 <<>> axfr a.example @ns.a.example\n; Transfer failed.\n")
    with pytest.raises(RecordingError, match="transfer failed"):
        list(open_any(path, time=DAY))


def test_the_root_stays_the_root():
    root = f". 60 {SOA}\n. 60 IN NS a.r.example.\nexample. 60 IN NS b.p.example.\n"
    assert load_zone(f";; Domain: x\n{root}", name="shop.example").origin == "."
    assert load_zone(f"$ORIGIN .\n@ 60 {SOA}\n@ 60 IN NS a.r.example.\n").origin == "."


def test_a_zone_that_is_not_told_apart_from_the_root_denies_nothing():
    text = f"{AT_ROOT}a.example. h.b.example. 1 2 3 4 5\n"
    text += "c.example. 60 IN MX 1 mx.d.example.\nc.example. 60 IN A 192.0.2.1\ne.example. 60 IN A 192.0.2.1\n"
    _, *found = [o for one in recordings(text) for o in one]
    assert {o.status for o in found} == {Status.ANSWER}


def test_an_apex_that_is_no_name_is_a_bad_line():
    zone = load_zone("$ORIGIN shop.example.\n@\ufffd IN SOA ns h 1 2 3 4 5\n@ 60 IN NS ns\n")
    assert zone.origin == "shop.example"
    assert [bad.number for bad in zone.faults] == [2]


def test_what_bind_reads():
    zone = load_zone("""\
$ORIGIN shop.example.
$TTL 1h30m
@ IN SOA ns ( h 1 2
  3 4 5 ) ; a comment with ( and "
  NS ns
www A 192.0.2.1
 60 TXT "a;b" ( "c" )
$GENERATE 1-3/2 h${0,3,d} A 192.0.2.$
$GENERATE 10-11 x-${-10,2,x} CNAME h$$-\\$.p.example.
odd [AGE:3630442] 1200 IN A 192.0.2.8
raw TYPE65280 \\# 4 0A000001
gen A \\# 4 C0000207
apex-like CNAME shop.example.net.
@ ANAME target.p.example.
alias 60 AWS ALIAS A lb.p.example. ABCDEFABCDE false
""")
    assert zone.faults == ()
    assert {(o, k): v for o, kinds in zone.sets.items() for k, v in kinds.items()} == {
        ("shop.example", "SOA"): (5400, ("ns.shop.example h.shop.example 1 2 3 4 5",)),
        ("shop.example", "NS"): (5400, ("ns.shop.example",)),
        ("shop.example", "alias"): (5400, ("target.p.example",)),
        ("www.shop.example", "A"): (5400, ("192.0.2.1",)),
        ("www.shop.example", "TXT"): (60, ("a;bc",)),
        ("h001.shop.example", "A"): (5400, ("192.0.2.1",)),
        ("h003.shop.example", "A"): (5400, ("192.0.2.3",)),
        ("x-00.shop.example", "CNAME"): (5400, ("h\\$-\\$.p.example",)),
        ("x-01.shop.example", "CNAME"): (5400, ("h\\$-\\$.p.example",)),
        ("odd.shop.example", "A"): (1200, ("192.0.2.8",)),
        ("raw.shop.example", "TYPE65280"): (5400, ("\\# 4 0a000001",)),
        ("gen.shop.example", "A"): (5400, ("192.0.2.7",)),
        ("apex-like.shop.example", "CNAME"): (5400, ("shop.example.net",)),
        ("alias.shop.example", "alias"): (60, ("lb.p.example",)),
    }


CLOUDFLARE = """\
;;
;; Domain:     shop.example.
;; Exported:   2026-08-01 16:46:18
;;
;; SOA Record
shop.example	3600	IN	SOA	ada.ns.cloudflare.com. dns.cloudflare.com. 1 2 3 4 5

;; NS Records
shop.example.	86400	IN	NS	ada.ns.cloudflare.com.

;; A Records
shop.example.	1	IN	A	192.0.2.10 ; a note, cf_tags=cf-proxied:true
mail.shop.example.	1	IN	A	192.0.2.11 ; cf_tags=cf-proxied:false

;; CNAME Records
www.shop.example.	1	IN	CNAME	shop.example. ; cf_tags=cf-proxied:true
app.shop.example.	1	IN	CNAME	app.host.example. ; cf_tags=cf-proxied:true
"""


def test_names_behind_a_front_that_pass_on_to_each_other_are_followed_only_so_far():
    links = [f"h{n} 1 IN CNAME h{n + 1} ; cf-proxied:true" for n in range(40)]
    head = ["$ORIGIN shop.example.", "@ 1 IN SOA n h 1 2 3 4 5", "@ 1 IN NS n.dns.example."]
    last = "h40 1 IN A 192.0.2.10 ; cf-proxied:true"
    (own,) = recordings("\n".join([*head, *links, last, ""]))
    seen = {o.subject: o.values for o in own if o.type == "behind-front"}
    assert seen["h30.shop.example"] == ("192.0.2.10",)
    assert seen["h0.shop.example"] == ("h16.shop.example",)


def test_a_ttl_that_cloudflare_chooses_is_not_known():
    head, at, rest = CLOUDFLARE.partition(";; CNAME")
    untagged = (
        "shop.example.\t1\tIN\tMX\t10 mail.shop.example.\nx.shop.example.\t2\tIN\tA\t192.0.2.9\n"
    )
    (own,) = recordings(head + untagged + at + rest)
    ttls = {(o.subject, o.type): o.ttl for o in own if o.values}
    assert ttls["mail.shop.example", "A"] is ttls["shop.example", "MX"] is None
    assert (ttls["shop.example", "NS"], ttls["x.shop.example", "A"]) == (86400, 2)
    (others,) = recordings("$ORIGIN shop.example.\n@ 1 IN SOA n h 1 2 3 4 5\n@ 1 IN A 192.0.2.1\n")
    assert {o.ttl for o in others if o.type == "A" and o.values} == {1}


def test_what_cloudflare_stands_in_front_of():
    (own,) = recordings(CLOUDFLARE)
    seen = {(o.subject, o.type): o.values for o in own if o.type not in {"SOA", "NS"}}
    front = ("name Cloudflare", "role front")
    assert seen == {
        ("shop.example", "behind-front"): ("192.0.2.10",),
        ("shop.example", "operator"): front,
        ("mail.shop.example", "A"): ("192.0.2.11",),
        ("mail.shop.example", "AAAA"): (),
        ("www.shop.example", "behind-front"): ("192.0.2.10",),
        ("www.shop.example", "operator"): front,
        ("app.shop.example", "behind-front"): ("app.host.example",),
        ("app.shop.example", "operator"): front,
    }
    graph = build(replace(own, header=replace(own.header, hosts=("app.shop.example",))))
    for host, origin in (
        ("shop.example", "addresses:shop.example/origin"),
        ("www.shop.example", "addresses:www.shop.example/origin"),
    ):
        front_node = f"front:cloudflare/{host}"
        assert graph.edges[front_node, origin, "origin"]["evidence"] == "published"
        assert graph.has_edge(origin, "address:192.0.2.10", "address")
        assert graph.has_edge(front_node, "provider:cloudflare", "operator")
    assert graph.has_edge("front:cloudflare/app.shop.example", "host:app.host.example", "origin")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (";; Exported:   2026-08-01 16:46:18", "2026-08-01"),
        (";     Exported  (y-m-d hh:mm:ss): 2018-10-15 12:29:52", "2018-10-15"),
        (";; WHEN: Sat Aug  1 10:00:00 UTC 2026", "2026-08-01"),
        ("; nothing of the kind 2026-08-01", None),
        (";; Exported: 2026-13-41", None),
    ],
)
def test_the_day_of_an_export(line, day):
    found = dated(io.BytesIO(f"{line}\n@ IN A 192.0.2.1\n".encode()))
    assert (found and str(found[0].date())) == day


@STEADY
@given(st.text(max_size=200))
def test_rubbish_gives_an_error_or_a_zone(text):
    try:
        load_zone(text + "\n", origin="example")
    except RecordingError as error:
        line = str(error)
        assert line.isprintable()


def test_bytes_that_are_no_utf8(tmp_path):
    path = tmp_path / "zone"
    path.write_bytes(TLD.encode() + b'nic2.test. IN TXT "caf\xe9"\n')
    assert load_zone(path).get("nic2.test", "TXT") == (3600, ("caf\ufffd",))


# A world

ROOT = """\
. 60 IN SOA a.root.example. h.root.example. 1 2 3 4 5
. 60 IN NS a.root.example.
com. 60 IN NS a.gtld.example.
net. 60 IN NS a.gtld.example.
arpa. 60 IN NS a.root.example.
"""
COM = """\
com. 60 IN SOA a.gtld.example. h.gtld.example. 1 2 3 4 5
com. 60 IN NS a.gtld.example.
shop.com. 60 IN NS ns1.dns.net.
shop.com. 60 IN NS ns2.shop.com.
ns2.shop.com. 60 IN A 192.0.2.2
gone.com. 60 IN NS ns.nowhere.net.
cymru.com. 60 IN NS ns.cymru.com.
"""
NET = """\
net. 60 IN SOA a.gtld.example. h.gtld.example. 1 2 3 4 5
net. 60 IN NS a.gtld.example.
dns.net. 60 IN NS ns1.dns.net.
ns1.dns.net. 60 IN A 192.0.2.1
cdn.net. 60 IN NS ns1.dns.net.
mail.net. 60 IN NS ns1.dns.net.
"""
SHOP = """\
shop.com. 300 IN SOA ns1.dns.net. h.shop.com. 1 2 3 4 5
shop.com. 300 IN NS ns1.dns.net.
shop.com. 300 IN NS ns3.dns.net.
ns2.shop.com. 300 IN A 192.0.2.2
shop.com. 300 IN A 192.0.2.10
www.shop.com. 300 IN CNAME shop.cdn.net.
shop.com. 300 IN MX 10 mx.mail.net.
shop.com. 300 IN TXT "v=spf1 include:spf.mail.net -all"
shop.com. 300 IN CAA 0 issue "ca.example"
_dmarc.shop.com. 300 IN TXT "v=DMARC1; p=none"
loop.shop.com. 300 IN CNAME pool.shop.com.
pool.shop.com. 300 IN CNAME loop.shop.com.
*.wild.shop.com. 300 IN A 192.0.2.77
a.empty.shop.com. 300 IN A 192.0.2.78
out.shop.com. 300 IN CNAME www.gone.com.
"""
DNS = """\
dns.net. 60 IN SOA ns1.dns.net. h.dns.net. 1 2 3 4 5
dns.net. 60 IN NS ns1.dns.net.
ns1.dns.net. 60 IN A 192.0.2.1
ns3.dns.net. 60 IN A 192.0.2.3
"""
CDN = """\
cdn.net. 60 IN SOA ns1.dns.net. h.cdn.net. 1 2 3 4 5
cdn.net. 60 IN NS ns1.dns.net.
shop.cdn.net. 60 IN CNAME edge.cdn.net.
edge.cdn.net. 60 IN A 198.51.100.1
edge.cdn.net. 60 IN AAAA 2001:db8::1
"""
MAIL = """\
mail.net. 60 IN SOA ns1.dns.net. h.mail.net. 1 2 3 4 5
mail.net. 60 IN NS ns1.dns.net.
mx.mail.net. 60 IN A 203.0.113.25
spf.mail.net. 60 IN TXT "v=spf1 ip4:203.0.113.0/24 include:spf.mail.net redirect=spf2.mail.net"
spf2.mail.net. 60 IN TXT "v=spf1 -all"
"""
CYMRU = """\
cymru.com. 60 IN SOA ns.cymru.com. h.cymru.com. 1 2 3 4 5
cymru.com. 60 IN NS ns.cymru.com.
*.2.0.192.origin.asn.cymru.com. 60 IN TXT "64500 | 192.0.2.0/24 | US | arin | 2010-01-01"
*.2.0.192.origin.asn.cymru.com. 60 IN TXT "64499 | 192.0.0.0/16 | US | arin | 2010-01-01"
*.100.51.198.origin.asn.cymru.com. 60 IN TXT "64501 64502 | 198.51.100.0/24 | NL | ripencc |"
1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.origin6.asn.cymru.com. 60 IN TXT "64503 | 2001:db8::/32 | NL | ripencc | 2011-01-01"
AS64500.asn.cymru.com. 60 IN TXT "64500 | US | arin | 2010-01-01 | EXAMPLE, US"
"""
ARPA = """\
arpa. 60 IN SOA a.root.example. h.root.example. 1 2 3 4 5
arpa. 60 IN NS a.root.example.
10.2.0.192.in-addr.arpa. 60 IN PTR web.shop.com.
"""
WORLD = [ROOT, COM, NET, SHOP, DNS, CDN, MAIL, CYMRU, ARPA]


@pytest.fixture(scope="module")
def shop():
    return read_zones(WORLD, subject="shop.com", time=DAY)


def found(recording, subject, kind, section="answer"):
    hits = [o for o in recording if (o.subject, o.type, o.section) == (subject, kind, section)]
    assert len(hits) <= 1
    return hits[0] if hits else None


def test_parent_and_child_are_told_apart(shop):
    parent = found(shop, "shop.com", "NS", "authority")
    child = found(shop, "shop.com", "NS")
    assert (parent.zone, parent.values) == ("com", ("ns1.dns.net", "ns2.shop.com"))
    assert (child.zone, child.values) == ("shop.com", ("ns1.dns.net", "ns3.dns.net"))
    assert found(shop, "ns2.shop.com", "A", "additional").zone == "com"
    assert found(shop, "ns1.dns.net", "A", "additional").zone == "net"
    assert found(shop, "com", "NS", "authority").zone == "."
    assert found(shop, "shop.com", "DS").status is Status.NODATA
    assert found(shop, "shop.com", "DS").zone == "com"


def test_aliases_are_followed(shop):
    www = found(shop, "www.shop.com", "A")
    assert (www.status, www.values, www.note) == (Status.ANSWER, (), "alias: see CNAME")
    assert found(shop, "www.shop.com", "CNAME").values == ("shop.cdn.net",)
    assert found(shop, "shop.cdn.net", "CNAME").zone == "cdn.net"
    assert found(shop, "edge.cdn.net", "A").values == ("198.51.100.1",)
    assert found(shop, "edge.cdn.net", "AAAA").values == ("2001:db8::1",)
    assert found(shop, "cdn.net", "NS", "authority").values == ("ns1.dns.net",)


def test_every_host_that_is_needed_is_looked_up(shop):
    assert found(shop, "shop.com", "MX").values == ("10 mx.mail.net",)
    assert found(shop, "mx.mail.net", "A").values == ("203.0.113.25",)
    assert found(shop, "mx.mail.net", "AAAA").status is Status.NODATA
    for host in ("ns1.dns.net", "ns2.shop.com", "ns3.dns.net"):
        assert found(shop, host, "A").status is Status.ANSWER
    for zone in ("shop.com", "dns.net", "cdn.net", "mail.net"):
        assert found(shop, zone, "SOA").status is Status.ANSWER


def test_mail_policies(shop):
    assert found(shop, "spf.mail.net", "TXT").status is Status.ANSWER
    assert found(shop, "spf2.mail.net", "TXT").values == ("v=spf1 -all",)
    assert found(shop, "_dmarc.shop.com", "TXT").values == ("v=DMARC1; p=none",)
    assert found(shop, "_mta-sts.shop.com", "TXT").status is Status.NXDOMAIN
    assert found(shop, "shop.com", "CAA").values == ('0 issue "ca.example"',)


def test_routes_and_reverse_names(shop):
    assert found(shop, "192.0.2.10", "origin").values == (
        "allocated 2010-01-01",
        "asn 64500",
        "country US",
        "prefix 192.0.2.0/24",
        "registry arin",
    )
    assert found(shop, "198.51.100.1", "origin").values == (
        "asn 64501",
        "asn 64502",
        "country NL",
        "prefix 198.51.100.0/24",
        "registry ripencc",
    )
    assert found(shop, "2001:db8::1", "origin").first("asn") == "64503"
    assert found(shop, "203.0.113.25", "origin") is None
    assert found(shop, "AS64500", "as").first("name") == "EXAMPLE, US"
    assert found(shop, "10.2.0.192.in-addr.arpa", "PTR").values == ("web.shop.com",)
    assert found(shop, "1.2.0.192.in-addr.arpa", "PTR").status is Status.NXDOMAIN
    assert not any("cymru" in o.subject for o in shop)


def test_all_is_published_and_of_that_day(shop):
    assert {o.evidence for o in shop} == {Evidence.PUBLISHED}
    assert {o.time for o in shop} == {DAY}
    assert shop.days == (DAY.date(), DAY.date())
    assert shop == read_zones(WORLD[::-1], subject="shop.com", time=DAY)


def walk(name, world=WORLD):
    return read_zones(world, subject=name, time=DAY)


def test_a_circle_of_aliases():
    loop = walk("loop.shop.com")
    seen = [o for o in loop if o.status is Status.LOOP]
    assert {o.type for o in seen} >= {"A", "AAAA"}
    assert "loop.shop.com -> pool.shop.com -> loop.shop.com" in seen[0].note


def test_wildcards_and_empty_non_terminals():
    assert found(walk("x.wild.shop.com"), "x.wild.shop.com", "A").values == ("192.0.2.77",)
    assert found(walk("empty.shop.com"), "empty.shop.com", "A").status is Status.NODATA
    assert found(walk("no.shop.com"), "no.shop.com", "A").status is Status.NXDOMAIN
    assert found(walk("nothing.com"), "nothing.com", "A").status is Status.NXDOMAIN


def test_a_zone_that_is_not_there_is_not_answered_for():
    out = walk("out.shop.com")
    missing = found(out, "www.gone.com", "A")
    assert missing.status is Status.NOT_ASKED_NO_SERVER
    assert missing.note == "its zone is not among the zone files"
    assert found(out, "gone.com", "NS", "authority").values == ("ns.nowhere.net",)
    nowhere = found(out, "ns.nowhere.net", "A")
    assert nowhere.status is Status.NXDOMAIN


def test_without_a_root_the_highest_zone_begins():
    alone = walk("shop.com", [SHOP])
    assert found(alone, "shop.com", "A").values == ("192.0.2.10",)
    assert found(alone, "com", "NS").status is Status.NOT_ASKED_NO_SERVER


def test_files_by_origin_and_paths(tmp_path, shop):
    for number, text in enumerate(WORLD):
        (tmp_path / f"{number}.zone").write_text(text)
    assert walk("shop.com", sorted(tmp_path.iterdir())) == shop
    bare = {"example.": "@ 60 IN NS ns\nns 60 IN A 192.0.2.1\n"}
    assert found(walk("ns.example", bare), "ns.example", "A").values == ("192.0.2.1",)


def test_two_files_of_one_zone_are_refused():
    with pytest.raises(
        RecordingError, match=r"expected one file a zone, found a second one of shop\.com"
    ):
        walk("shop.com", [SHOP, SHOP])


def test_values_agree_with_live_collection():
    """The two rooms must not differ in how they write one record."""
    import dns.rdata

    from depgraph.collect import wire
    from depgraph.records.rdata import presentation

    for kind, text in [
        ("A", "192.0.2.1"),
        ("AAAA", "2001:DB8::1"),
        ("NS", "NS1.Example.net."),
        ("MX", "10 MX.example.net."),
        ("MX", "0 ."),
        ("TXT", '"a" "b\\226\\152\\131" "\\027[2J\\255"'),
        ("SOA", "a.B. c\\.d.e. 1 2 3 4 5"),
        ("SRV", "1 2 3 T.example."),
        ("HTTPS", "1 . alpn=h2 ipv4hint=192.0.2.1"),
        ("HTTPS", "0 Svc.example."),
        ("CAA", '0 issue "ca.example; x=1"'),
        ("DS", "1 13 2 " + "AB" * 32),
    ]:
        rdata = dns.rdata.from_text("IN", kind, text)
        assert presentation(rdata) == wire.presentation(rdata)


@pytest.mark.parametrize(
    "line",
    [
        "a.example. 3600 IN NS ns1.host.test.",
        "a.example. 3600 IN NS NS1.host.test.",
        "a.example. 3600 IN NS ns1",
        "A.example. 3600 IN NS ns1.host.test.",
        "a 3600 IN NS ns1.host.test.",
        "a.example. 1h IN NS ns1.host.test.",
        "a.example. 0003600 IN NS ns1.host.test.",
        "a.example. 99999999999 IN NS ns1.host.test.",
        "a.example. 3600 CH NS ns1.host.test.",
        "a.example. IN 3600 NS ns1.host.test.",
        f"a.example. 3600 IN NS {'x' * 63}.test.",
        f"a.example. 3600 IN NS {'x' * 64}.test.",
        f"{'x.' * 125}example. 3600 IN NS ns1.host.test.",
        "a.example. 3600 IN NS ns1..test.",
        "a.example. 3600 IN NS -a.test. ",
        "ns1.example. 60 IN A 192.0.2.1",
        "ns1.example. 60 IN A 192.0.2.256",
        "ns1.example. 60 IN A 192.0.02.1",
        "ns1.example. 60 IN A 2001:db8::1",
        "ns1.example. 60 IN AAAA 2001:DB8:0::1",
        "ns1.example. 60 IN AAAA 192.0.2.1",
        "ns1.example. 60 IN AAAA ::ffff:192.0.2.1",
        f"a.example. 60 IN DS 24353 13 2 {'AB' * 32}",
        f"a.example. 60 IN DS 24353 13 2 {'AB' * 31}",
        f"a.example. 60 IN DS 024353 13 2 {'ab' * 32}",
        f"a.example. 60 IN DS 65536 13 2 {'ab' * 32}",
        f"a.example. 60 IN DS 1 256 2 {'ab' * 32}",
        f"a.example. 60 IN DS 1 ECDSAP256SHA256 2 {'ab' * 32}",
        f"a.example. 60 IN DS 1 13 4 {'ab' * 48}",
        f"a.example. 60 IN DS 1 13 1 {'ab' * 20}",
        f"a.example. 60 IN DS 1 13 3 {'ab' * 32}",
        f"a.example. 60 IN DS 1 13 2 {'ab' * 16} {'ab' * 16}",
        "other.test. 60 IN A 192.0.2.1",
    ],
)
def test_a_record_in_plain_form_is_read_as_by_the_full_reader(line, monkeypatch):
    text = (
        f"$ORIGIN example.\n@ 3600 IN SOA a b 1 2 3 4 5\n{line}\n b.example. 60 IN A 192.0.2.9\n"
        "b.example. IN NS c.example.\n"
    )
    quick = load_zone(text)
    monkeypatch.setattr("depgraph.readers.zones.Reading.others", lambda self, lines: lines)
    assert load_zone(text) == quick


@pytest.mark.parametrize(
    "text",
    [
        "a.example. 60 IN TXT ( one\nb.example. 60 IN A 192.0.2.9\n)\nc.example. 60 IN A 192.0.2.8\n",
        "a.example. 60 IN TXT ( one\nb.example. 60 IN A 192.0.2.9\n",  # never closed
        "( a\nb.example. 60 IN A 192.0.2.9\nc.example. 60 IN A 192.0.2.8 ; )\n",
        "; ( a remark\nb.example. 60 IN A 192.0.2.9\n",
    ],
)
@pytest.mark.parametrize("soa", ["example. 3600 IN SOA a. b. 1 2 3 4 5\n"])
def test_between_parentheses_no_line_is_a_record(text, soa, monkeypatch):
    several = [load_zone(soa + text), load_zone(text + soa + text)]
    monkeypatch.setattr("depgraph.readers.zones.Reading.others", lambda self, lines: lines)
    assert several == [load_zone(soa + text), load_zone(text + soa + text)]


def test_a_delegation_of_which_no_line_reads_is_not_gone():
    """That it is there is known; whom it names is not."""
    text = TLD.replace("two.test. 7200 IN NS ns.two.test.", "two.test. 7200 IN NS ns..test.")
    *faults, own, _, two = recordings(text)
    assert len(faults) == 1
    (hidden,) = two
    assert (two.subject, hidden.type, hidden.section) == ("two.test", "NS", "authority")
    assert (hidden.status, hidden.values) == (Status.MALFORMED, ())
    assert not any(o.subject == "two.test" for o in own)


# -- data of the usual form are read without the DNS library -------------------------------------

WORDS = st.one_of(
    st.sampled_from(
        [
            "192.0.2.1",
            "192.000.2.1",
            "1.2.3",
            "::1",
            "fe80::1%eth0",
            "::ffff:192.0.2.1",
            "2001:DB8::A",
            "@",
            ".",
            "a",
            "a.",
            "A.b.",
            "a..b",
            "-a",
            "a_b",
            "xn--80ak6aa92e",
            "*.a",
            "a\\.b",
            "a\\046b",
            "K.b",
            "10",
            "010",
            "65535",
            "65536",
            '""',
            '"a"',
            '"a;b"',
            '"a\\"b"',
            '"é"',
            "v=spf1",
            '"x',
            "a" * 63,
            "a" * 64,
            ".".join(["a" * 49] * 5),
            f'"{"x" * 255}"',
            f'"{"x" * 256}"',
            '"a b"',
        ]
    ),
    st.text('ab.@\\"1 :%-_é', max_size=9),
)


@settings(max_examples=400)
@given(
    st.sampled_from(["A", "AAAA", "NS", "CNAME", "MX", "TXT", "CAA"]),
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(["shop.example", "."]),
)
def test_data_read_the_short_way_are_those_that_the_library_reads(kind, words, origin):
    def outcome(read):
        try:
            return read(kind, " ".join(words), origin)
        except ValueError:
            return None

    assert outcome(presented) == outcome(presented_in_full)


@pytest.mark.parametrize(
    "data",
    [
        "SRV 0 5 65535 Host", "SRV 0 5 65536 host", "SRV 0 05 1 host", "SRV 0 1 host", "SRV 0 1 2 .", "SRV 0 1 2 a.b. c",
        "SOA NS H.x 1 2 3 4 5", "SOA ns. h\\.x 1 2 3 4 5", "SOA ns h 4294967295 1h 3 4 5", "SOA ns h 4294967296 2 3 4 5", "SOA ns h 01 2 3 4 5",
        "SOA ns h 1 2 3 4", "SOA ns", "SOA é ü.x. 1 2 3 4 5", 'CAA 0 issue "ca.example; a=1"', "CAA 128 issue ca.example", 'CAA 256 issue "x"',
        'CAA 00 issue "x"', 'CAA 0 iss-e "x"', 'CAA 0 issue ""', 'CAA 0 issue "a\\"b"', "CAA 0 issue a b", "MX 10 bücher.example.", "MX 1 Bücher",
        "NS ü.a_b", "NS ü..b", "NS xn--é", "NS é。b", "NS א.ü", "NS א1ü", "NS " + "é" * 60, "CNAME \\#", "CNAME \\#a", "SOA \\# h 1 2 3 4 5", "NS \\065\\.b.x", "NS \\256", "NS \\000.", "NS a\\.", "NS a\\\\.", "NS \\@",
        "MX 1 \\; x", "MX 1 a\\(b", "MX \\# 4", "NS " + "\\000" * 64, "NS " + ".".join(["\\000" * 61] * 4), 'TXT "\\195\\169\\"\\255" "\\;"', "TXT a\\;", 'TXT "\\256"',
        'TXT "' + "\\000" * 255 + '"', 'TXT "' + "\\000" * 256 + '"', "TYPE65280 \\# 2 aB00", "TYPE65280 \\# 2 aB", "TYPE65280 \\# 0", "TYPE1 \\# 4 c0000201", "TYPE65536 \\# 1 00",
        'HTTPS 1 . alpn="h2,h3" ipv4hint="192.0.2.1,192.0.2.2" ipv6hint=2001:db8::1', "HTTPS 0 a", "HTTPS 0 . alpn=h2", "HTTPS 1 a", "HTTPS 1", "HTTPS 01 .",
        "HTTPS 65536 .", "HTTPS 1 . ipv4hint=192.0.2.1 alpn=h2", "HTTPS 1 . alpn=h2 alpn=h3", "HTTPS 1 . alpn=", 'HTTPS 1 . alpn=""', "HTTPS 1 . alpn=h2,", "HTTPS 1 . ALPN=h2",
        "HTTPS 1 . ipv4hint=192.0.2.01", "HTTPS 1 . ipv6hint=::ffff:192.0.2.1", "HTTPS 1 . ipv6hint=2001:DB8::1", "HTTPS 1 . ipv6hint=::", "HTTPS 1 . ipv6hint=1:0:2:3:4:5:6:7",
        "HTTPS 1 . ipv6hint=1:0:0:2:0:0:3:4", 'HTTPS 1 . alpn="h2', "HTTPS 1 . mandatory=alpn alpn=h2", "HTTPS 1 . port=443", "HTTPS 1  .", "SVCB 1 A.b. alpn=h2 ", "SVCB 1 é.b. alpn=h2",
        'HTTPS 1 . "alpn=h2"', "HTTPS 1 . alpn=" + "h" * 60, "HTTPS 1 . alpn=" + "h" * 300, "HTTPS \\# 3 000100",
        'NAPTR 1 10 "u" "" "!a!b;!" .', 'NAPTR 1 65536 "" "" "" .', 'NAPTR 1 01 "" "" "" .', 'NAPTR 1 1 "\\;" "" "" .', 'NAPTR 1 1 "" "" "" a', 'NAPTR 1 1 "" "" "" A.b.',
        'NAPTR 1 1 "" "" .', "NAPTR 1 1 a b c .", f'NAPTR 1 1 "{"x" * 255}" "" "" .', f'NAPTR 1 1 "" "" "" {"x" * 64}.', 'NAPTR 1 1 "" "" "" ſ.', 'NAPTR 1 1 "" "" "" @',
        "CNAME ß", "CNAME *.é", "PTR é",
    ],
)  # fmt: skip
@pytest.mark.parametrize("origin", ["shop.example", "."])
def test_usual_data_are_those_that_the_library_reads(data, origin):
    def outcome(read):
        try:
            return read(*data.split(" ", 1), origin)
        except ValueError:
            return None

    assert outcome(presented) == outcome(presented_in_full)


WILD = """$ORIGIN wild.example.
@ 60 IN SOA ns.wild.example. h.wild.example. 1 2 3 4 5
@ 60 IN NS ns.wild.example.
@ 60 IN MX 10 mx.mail.wild.example.
@ 60 IN A 192.0.2.1
* 60 IN A 192.0.2.2
text.mail 60 IN TXT "mail exists, so that the wildcard above it does not answer below it"
"""


def answers(text):
    (recording,) = recordings_of(load_zone(text), time=DAY)
    return {(o.subject, o.type): o.values for o in recording}


def test_a_wildcard_answers_for_www_and_for_what_records_lead_to():
    given = answers(WILD)
    assert given["www.wild.example", "A"] == ("192.0.2.2",)
    assert given["www.wild.example", "AAAA"] == ()  # what is not in a whole zone is not there
    assert given["ns.wild.example", "A"] == ("192.0.2.2",)
    assert ("mx.mail.wild.example", "A") not in given


WHOLE = """\
$ORIGIN shop.example.
@ 60 IN SOA ns hostmaster 1 2 3 4 5
@ 60 IN NS ns
@ 60 IN MX 10 mx
@ 60 IN A 192.0.2.1
ns 60 IN A 192.0.2.3
ns 60 IN AAAA 2001:db8::3
"""


def statuses(text):
    recording, *_ = (r for r in recordings_of(load_zone(text), time=DAY) if hasattr(r, "subject"))
    return {(o.subject, o.type): o.status for o in recording}


def test_what_a_whole_zone_has_not_its_servers_deny():
    found = statuses(WHOLE)
    absent = {key: status for key, status in found.items() if status is not Status.ANSWER}
    assert absent == {
        ("www.shop.example", "A"): Status.NXDOMAIN,
        ("mx.shop.example", "A"): Status.NXDOMAIN,
        ("shop.example", "AAAA"): Status.NODATA,
        ("shop.example", "CAA"): Status.NODATA,
        ("shop.example", "TXT"): Status.NODATA,
    }
    graph = build(next(iter(read_zone(WHOLE, time=DAY))))
    site = graph.nodes["function:shop.example/web-www"]
    assert site["absent"]
    assert "witness" not in site["reason"]  # every server of the zone answers from it


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("www 60 IN TXT text", [("www.shop.example", "A", Status.NODATA)]),
        ("x.www 60 IN A 192.0.2.4", [("www.shop.example", "A", Status.NODATA)]),
        ("www 60 IN CNAME ns", [("www.shop.example", "CAA", None)]),
        ("www 60 IN NS ns.else.example.", [("www.shop.example", "A", None)]),
        ("mx 60 IN NS ns.mx", [("mx.shop.example", "A", None)]),
        ("mx 60 IN NS no name", [("mx.shop.example", "A", None)]),
        ("mx 60 IN CNAME no name", [("mx.shop.example", "A", None)]),
        ("* 60 IN A 192.0.2.300", [("mx.shop.example", "A", None)]),
        ('* 60 IN LUA A "f()"', [("mx.shop.example", "A", None)]),
        ("* 60 IN TXT text", [("mx.shop.example", "A", None)]),
        ("what is this", [("www.shop.example", "A", None), ("shop.example", "CAA", None)]),
        ("mx 60 IN A 192.0.2.300", [("mx.shop.example", "A", Status.MALFORMED)]),
        ("@ 60 IN CAA 0 issue ca.example", [("shop.example", "CAA", Status.ANSWER)]),
    ],
)
def test_a_zone_denies_nothing_that_may_be_there(line, without):
    found = statuses(f"{WHOLE}{line}\n")
    for name, kind, status in without:
        assert found.get((name, kind)) is status


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("dev 60 IN NS ns.else.example.", {("www.shop.example", "A"), ("mx.shop.example", "A")}),
        ("www 60 IN NS ns.else.example.", {("mx.shop.example", "A"), ("shop.example", "CAA")}),
        ("dev 60 IN NS no name", {("www.shop.example", "A"), ("mx.shop.example", "A")}),
        ('@ 60 IN LUA AAAA "f()"', {("www.shop.example", "A"), ("shop.example", "CAA")}),
        ("www 60 IN A 192.0.2.300", {("mx.shop.example", "A"), ("www.shop.example", "AAAA")}),
    ],
)
def test_one_name_that_is_open_opens_no_other(line, gone):
    found = statuses(f"{WHOLE}{line}\n")
    assert {found.get(key) for key in gone} <= {Status.NXDOMAIN, Status.NODATA}


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("it 60 IN TXT text", "it", Status.NODATA),
        ("it 60 IN DNAME else.example.", "it", Status.NODATA),
        ("x.it 60 IN A 192.0.2.9", "it", Status.NODATA),
        ("dev 60 IN NS ns.else.example.", "it", None),  # no such name: it may be mistyped
        ("it 60 IN NS ns.else.example.", "it", None),
        ("it 60 IN NS ns.else.example.", "a.it", None),
        ("it 60 IN DNAME no name", "a.it", None),
        ("rubbish", "it", None),
    ],
)
def test_a_name_that_is_asked_about_and_that_a_whole_zone_has_not(line, name, expected):
    name = f"{name}.shop.example"
    found = [r for r in read_zone(f"{WHOLE}{line}\n", time=DAY, name=name) if hasattr(r, "subject")]
    of_it = {o.type: o.status for r in found for o in r if o.subject == name}
    assert of_it.get("A") is expected


@pytest.mark.parametrize(
    "end",
    ["; Transfer failed.", ";; communications error to 192.0.2.53#53: end of file"],
)
def test_a_transfer_that_failed_denies_nothing(end):
    fault, recording = recordings_of(load_zone(f"{WHOLE}{end}\n"), time=DAY)
    assert "names may be missing" in fault.error
    assert {o.status for o in recording} == {Status.ANSWER, Status.TRUNCATED}
    sets = {
        (o.subject, o.type): {
            p.status for p in recording if (p.subject, p.type) == (o.subject, o.type)
        }
        for o in recording
    }
    assert set(map(frozenset, sets.values())) == {frozenset({Status.ANSWER, Status.TRUNCATED})}


@pytest.mark.parametrize(
    ("end", "whole"),
    [
        ("", False),
        (";; WHEN: Sat Aug 01 10:00:00 UTC 2026", False),
        ("shop.example. 60 IN SOA ns.shop.example. h.shop.example. 1 2 3 4 5", True),
        (";; XFR size: 9 records (messages 1, bytes 300)", True),  # dig +onesoa
    ],
)
@pytest.mark.parametrize("head", ["; <<>> DiG 9.18.24 <<>> axfr x @192.0.2.53", ";; AXFR for x."])
def test_a_transfer_without_the_soa_record_at_its_end_denies_nothing(head, end, whole):
    *bad, recording = recordings_of(load_zone(f"{head}\n{WHOLE}{end}\n"), time=DAY)
    assert ["names may be missing" in fault.error for fault in bad] == [True] * (not whole)
    cut_off = {Status.ANSWER, Status.TRUNCATED}
    assert ({o.status for o in recording} == cut_off) is not whole


def test_a_registry_file_that_may_be_cut_off_denies_nothing(tmp_path):
    soa = "shop.example.\t60\tin\tsoa\tns.shop.example. h.shop.example. 1 2 3 4 5\n"
    rest = "shop.example.\t60\tin\tns\tns.else.example.\nshop.example.\t60\tin\ta\t192.0.2.1\n"
    for text, denied in ((soa + rest, False), (soa + rest + soa, True)):
        path = tmp_path / "shop.txt"
        path.write_text(text)
        found = [o for r in read_zone(path, time=DAY) if hasattr(r, "subject") for o in r]
        assert any(o.status is Status.NXDOMAIN for o in found) is denied


def test_a_list_without_its_soa_record_denies_nothing():
    text = "\n".join(line for line in WHOLE.splitlines() if "SOA" not in line)
    assert set(statuses(text).values()) == {Status.ANSWER}


@pytest.mark.parametrize(
    "line",
    [
        'www 60 IN TXT "of its own"',
        "below.www 60 IN A 192.0.2.3",
        "www 60 IN NS ns.else.example.",
        "www 60 IN A 192.0.2.300",
        "what is this",
        "* 60 IN RRSIG A 8 2 60 20300101000000 20200101000000 1 wild.example. AAAA",
    ],
)
def test_a_wildcard_does_not_answer_where_something_else_may(line):
    zone = load_zone(WILD + line + "\n")
    assert zone.get("www.wild.example", "A") is None

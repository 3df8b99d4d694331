"""Plain JSON Lines: each form of each key, and a bad line never ends the file."""

import gzip
import io
import json
import lzma
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import depgraph.readers.lines as lines_module
from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Status
from depgraph.readers import BadLine, interval, read_plain
from depgraph.recording import Recording

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance


def plain(*rows, **options):
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    return list(read_plain(io.StringIO(text), **options))


def one(**row):
    recording, *unread = plain({"domain": "example.org", "date": "2026-04-10"} | row)
    assert isinstance(recording, Recording), recording
    faults = {o.note for o in recording if o.status is Status.MALFORMED}
    assert {bad.error for bad in unread} == {
        fault or "nothing reads of the registration of 'example.org'" for fault in faults
    }
    return recording


def seen(recording):
    return [(o.subject, o.type, o.status.value, o.values) for o in recording]


def test_a_line_becomes_a_recording():
    recording = one(
        id="x:1",
        source="github:someone/set@abc:file",
        licence="MIT",
        country="AT",
        label={"dns": "wrong"},
        records={"NS": ["NS2.Example.net.", "ns1.example.net"]},
    )
    assert recording.header.title == "x:1"
    assert recording.header.licence == "MIT"
    assert recording.subject == "example.org"
    assert recording.days == (date(2026, 4, 10), date(2026, 4, 10))
    (ns,) = recording
    assert (ns.subject, ns.type, ns.status) == ("example.org", "NS", Status.ANSWER)
    assert ns.values == ("ns1.example.net", "ns2.example.net")
    assert ns.source == "dataset"
    assert ns.citation == "github:someone/set@abc:file"
    assert ns.evidence is Evidence.OBSERVED
    assert ns.time == datetime(2026, 4, 10, tzinfo=UTC)
    assert ns.until == datetime(2026, 4, 10, 23, 59, 59, tzinfo=UTC)


def test_labels_are_never_read():
    plain_row = {"domain": "example.org", "date": "2026", "records": {"A": ["192.0.2.1"]}}
    labelled = plain_row | {
        "label": {"dns": "X"},
        "label_raw": 5,
        "label_basis": ["y"],
        "label_anything": None,
    }
    assert plain(plain_row) == plain(labelled)


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("A", ["192.0.2.1"], ("example.org", "A", ("192.0.2.1",))),
        ("AAAA", ["2001:DB8:0::1"], ("example.org", "AAAA", ("2001:db8::1",))),
        ("MX", ["10 MX.example.net."], ("example.org", "MX", ("10 mx.example.net",))),
        ("MX", ["mx.example.net"], ("example.org", "MX", ("mx.example.net",))),
        ("MX", ["0 ."], ("example.org", "MX", ("0 .",))),
        ("TXT", ["v=spf1 -all"], ("example.org", "TXT", ("v=spf1 -all",))),
        ("TXT", ['"v=spf1 " "-all"'], ("example.org", "TXT", ("v=spf1 -all",))),
        ("TXT", ["v=DMARC1\\; p=none"], ("example.org", "TXT", ("v=DMARC1; p=none",))),
        ("TXT", ["a\x1b[2Jb"], ("example.org", "TXT", ("a\\x1b[2Jb",))),
        ("CAA", ['0 issue "ca.example"'], ("example.org", "CAA", ('0 issue "ca.example"',))),
        ("SRV", ["1 2 443 Host.example."], ("example.org", "SRV", ("1 2 443 host.example",))),
        ("NS_REGISTERED_DOMAIN", ["Example.NET"], ("example.org", "ns-domain", ("example.net",))),
        ("MX_ASN", [8075, "AS64500"], ("example.org", "mx-origin", ("asn 64500", "asn 8075"))),
        ("SPF_EXPANDED", ["v=spf1 -all"], ("example.org", "spf-expanded", ("v=spf1 -all",))),
        ("SPF_INCLUDES", ["_spf.x.com."], ("example.org", "spf-include", ("_spf.x.com",))),
        ("TXT_VERIFICATION", ["ms=1"], ("example.org", "verification", ("ms=1",))),
        ("RDNS_OR_CNAME", ["h.Cdn.net."], ("example.org", "rdns-or-cname", ("h.cdn.net",))),
        (
            "DKIM_CNAME",
            ["selector1._domainkey.example.org Target.onmicrosoft.com"],
            ("selector1._domainkey.example.org", "CNAME", ("target.onmicrosoft.com",)),
        ),
        (
            "AUTODISCOVER_CNAME",
            ["autodiscover.outlook.com"],
            ("autodiscover.example.org", "CNAME", ("autodiscover.outlook.com",)),
        ),
        (
            "AUTODISCOVER_SRV",
            ["_autodiscover._tcp.example.org mail.example.net"],
            ("_autodiscover._tcp.example.org", "SRV", ("mail.example.net",)),
        ),
        (
            "AUTODISCOVER_SRV",
            ["mail.example.net"],
            ("_autodiscover._tcp.example.org", "SRV", ("mail.example.net",)),
        ),
        ("MX_A", ["mx.example.net 192.0.2.9"], ("mx.example.net", "A", ("192.0.2.9",))),
        ("MX_A", ["mx.example.net 2001:db8::9"], ("mx.example.net", "AAAA", ("2001:db8::9",))),
        ("TXT_VERIFICATION", ["microsoft=1"], ("example.org", "verification", ("MS=1",))),
        ("MX", "mx.example.net", ("example.org", "MX", ("mx.example.net",))),
        ("MX_ASN", 8075, ("example.org", "mx-origin", ("asn 8075",))),
        ("PTR", ["a.example.net"], ("example.org", "PTR", ("a.example.net",))),
        (
            "CERT_ISSUER",
            ["Let's Encrypt"],
            ("example.org", "certificate", ("issuer-organisation Let's Encrypt",)),
        ),
        ("REGISTRAR", ["Epik, Inc."], ("example.org", "registration", ("registrar Epik, Inc.",))),
        ("REGISTRAR_IANA_ID", [617], ("example.org", "registration", ("registrar-id 617",))),
        (
            "Route53Provider/ALIAS",
            ['{"name": "D1.cloudfront.net.", "type": "A"}'],
            ("example.org", "alias", ("d1.cloudfront.net",)),
        ),
    ],
)
def test_each_record_key(key, values, expected):
    subject, kind, found = expected
    assert seen(one(records={key: values})) == [(subject, kind, "answer", found)]


def test_several_aliases_are_a_chain():
    chain = one(host="www.example.org", records={"CNAME": ["B.example.net.", "c.example.com"]})
    assert seen(chain) == [
        ("www.example.org", "CNAME", "answer", ("b.example.net",)),
        ("b.example.net", "CNAME", "answer", ("c.example.com",)),
    ]
    again = one(records={"CNAME": ["example.org", "b.example.net", "b.example.net"]})
    assert seen(again) == [("example.org", "CNAME", "answer", ("b.example.net",))]
    odd = one(records={"CNAME": ["a b", "b.example.net"]})
    assert [row[2:] for row in seen(odd)] == [("malformed", ()), ("answer", ("b.example.net",))]


def test_origins_of_addresses_where_it_is_said_which():
    def origins(addresses, numbers):
        recording = one(records={"A": addresses, "ASN": numbers})
        return [row for row in seen(recording) if row[1] == "origin"]

    first, second = "192.0.2.1", "192.0.2.2"
    assert origins([first], ["AS64500", 64501]) == [
        (first, "origin", "answer", ("asn 64500", "asn 64501"))
    ]
    assert origins([first, second], [64500]) == [
        (first, "origin", "answer", ("asn 64500",)),
        (second, "origin", "answer", ("asn 64500",)),
    ]
    assert origins([first, second], [64500, 64501]) == []


def test_reverse_names_are_of_the_one_address():
    names = ["a.example.net"]
    assert seen(one(records={"A": ["192.0.2.1"], "PTR": names}))[1] == (
        "192.0.2.1",
        "PTR",
        "answer",
        ("a.example.net",),
    )
    several = one(host="www.example.org", records={"A": ["192.0.2.1", "192.0.2.2"], "PTR": names})
    assert seen(several)[1] == ("www.example.org", "rdns-or-cname", "answer", ("a.example.net",))


def test_a_registration_is_that_of_the_registered_domain():
    line = {"domain": "shop.example.co.uk", "date": "2021", "whois_raw": WHOIS, "rdap": RDAP}
    line["records"] = {"REGISTRAR": ["x"]}
    (recording,) = plain(line)
    assert {o.subject for o in recording} == {"example.co.uk"}
    assert len(recording) == 3


def test_what_says_nothing_is_left_out():
    assert seen(one(records={"MX": [], "AAAA_present": False, "DNSSEC": True, "A": None})) == []


def test_one_odd_value_does_not_hide_the_others():
    recording = one(records={"A": ["192.0.2.1", "not an address", "192.0.2.1"], "MX": ["a b c"]})
    assert seen(recording) == [
        ("example.org", "A", "answer", ("192.0.2.1",)),
        ("example.org", "A", "malformed", ()),
        ("example.org", "MX", "malformed", ()),
    ]
    assert recording.observations[1].note == "expected an address for A, found 'not an address'"


def test_host_and_subrecords_have_names_of_their_own():
    recording = one(
        host="www.example.org",
        records={"A": ["192.0.2.1"], "MX": ["5 mx.example.net."]},
        subrecords=[
            {"name": "_dmarc.Example.org", "type": "TXT", "values": ["v=DMARC1\\; p=none"]},
            {
                "name": "x.example.org",
                "type": "Route53Provider/ALIAS",
                "values": ["cdn.example.net."],
            },
            {"name": "y.example.org", "type": "A", "values": []},
        ],
    )
    assert seen(recording) == [
        ("www.example.org", "A", "answer", ("192.0.2.1",)),
        ("example.org", "MX", "answer", ("5 mx.example.net",)),
        ("_dmarc.example.org", "TXT", "answer", ("v=DMARC1; p=none",)),
        ("x.example.org", "alias", "answer", ("cdn.example.net",)),
    ]


ARIN = {
    "NetRange": "192.0.2.0 - 192.0.2.255",
    "CIDR": "192.0.2.0/24",
    "NetName": "EXAMPLE-NET",
    "NetHandle": "NET-192-0-2-0-1",
    "OrgName": "Example, Inc.",
    "OrgId": "EX-1",
    "Country": "US",
    "Comment": "x",
}


def test_address_blocks():
    recording = one(
        ip_info={
            "192.0.2.1": ARIN,
            "198.51.100.5": {"inetnum": "198.51.100.0 - 198.51.100.127", "netname": "RIPE-NET"},
            "203.0.113.9": {"asn": "AS64500", "prefix": "203.0.113.0/24"},
        }
    )
    assert (
        seen(recording)
        == [
            (
                "192.0.2.1",
                "holder",
                "answer",
                (
                    "country US",
                    "handle NET-192-0-2-0-1",
                    "name EXAMPLE-NET",
                    "organisation Example, Inc.",
                    "organisation-handle EX-1",
                    "prefix 192.0.2.0/24",
                ),
            ),
            ("198.51.100.5", "holder", "answer", ("name RIPE-NET", "prefix 198.51.100.0/25")),
            ("203.0.113.9", "origin", "answer", ("asn 64500", "prefix 203.0.113.0/24")),
            ("203.0.113.9", "holder", "answer", ("prefix 203.0.113.0/24",)),
        ][: len(recording)]
    )


def test_a_block_that_does_not_hold_the_address_is_not_said_of_it():
    recording = one(ip_info={"203.0.113.5": ARIN}, ip_info_note="another address of the set")
    ((subject, kind, _, _),) = seen(recording)
    assert (subject, kind) == ("192.0.2.0", "holder")
    assert recording.observations[0].note == "another address of the set"
    unsaid = one(ip_info={"203.0.113.5": ARIN}).observations[0]
    assert unsaid.note == "given for 203.0.113.5, which lies outside"


WHOIS = """Domain Name: EXAMPLE.ORG\r
Registrar: Example Registrar, Inc.\r
Registrar IANA ID: 9999\r
"""
RDAP = {
    "objectClassName": "domain",
    "entities": [
        {
            "roles": ["Registrar"],
            "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "M Inc."]]],
        }
    ],
}


def test_registrations():
    (registration,) = one(whois_raw="% odd")
    assert registration.status is Status.MALFORMED
    assert registration.note == "WHOIS text in which no registration is read"
    (registration,) = one(whois_raw=WHOIS)
    assert (registration.status, registration.note) == (Status.ANSWER, "")
    assert registration.first("registrar-id") == "9999"
    (registration,) = one(whois_raw='No match for "X.COM".\n')
    assert registration.status is Status.NOT_FOUND
    assert [o.first("registrar") for o in one(rdap=RDAP)] == ["M Inc."]


NETWORK = {
    "objectClassName": "ip network",
    "startAddress": "198.51.100.0",
    "endAddress": "198.51.100.255",
    "handle": "NET-1",
}


@pytest.mark.parametrize(
    ("row", "address"),
    [
        ({"records": {"A": ["198.51.100.7"]}}, "198.51.100.7"),
        ({"records": {"A": ["192.0.2.7"]}}, "198.51.100.0"),  # not an address of the block
        ({}, "198.51.100.0"),
        ({"domain": "example.org", "records": {"A": ["198.51.100.7"]}}, "198.51.100.7"),
    ],
)
def test_a_network_object_tells_the_holder_of_an_address(row, address):
    (recording,) = plain({"date": "2021", "rdap": NETWORK} | row)
    holder = recording.observations[-1]
    assert (holder.subject, holder.type) == (address, "holder")
    assert holder.values == ("handle NET-1", "prefix 198.51.100.0/24")


def test_a_network_object_without_extent_is_malformed():
    (holder,) = one(rdap={"objectClassName": "ip network", "handle": "NET-1"})
    assert (holder.type, holder.status) == ("holder", Status.MALFORMED)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-02-15", "2021-02-15T00:00:00+00:00", "2021-02-15T23:59:59+00:00"),
        ("20210215", "2021-02-15T00:00:00+00:00", "2021-02-15T23:59:59+00:00"),
        ("2021/02/15", "2021-02-15T00:00:00+00:00", "2021-02-15T23:59:59+00:00"),
        ("2024-02", "2024-02-01T00:00:00+00:00", "2024-02-29T23:59:59+00:00"),
        ("2021", "2021-01-01T00:00:00+00:00", "2021-12-31T23:59:59+00:00"),
        ("2009..2022", "2009-01-01T00:00:00+00:00", "2022-12-31T23:59:59+00:00"),
        ("2009 .. 2010-03", "2009-01-01T00:00:00+00:00", "2010-03-31T23:59:59+00:00"),
        ("2021-02-15T10:00:00+01:00", "2021-02-15T09:00:00+00:00", "2021-02-15T09:00:00+00:00"),
    ],
)
def test_dates(text, first, last):
    assert [moment.isoformat() for moment in interval(text)] == [first, last]


@pytest.mark.parametrize(
    "text", ["", "2021-13", "2021-02-30", "15.2.2021", "30-Jun-202", "2022..2009", "0000"]
)
def test_what_is_no_date(text):
    with pytest.raises(RecordingError, match="expected a date"):
        interval(text)


def test_undated_lines_need_dates_from_outside():
    row = {"domain": "example.org", "records": {"A": ["192.0.2.1"]}}
    (bad,) = plain(row)
    assert (
        str(bad)
        == "line 1: expected a 'date', found none: give the dates of undated lines (--dated)"
    )
    (recording,) = plain(row, undated=interval("2019"))
    assert recording.days == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "expected a JSON object, found '{' (Expecting property name"),
        ("[1]", "expected a JSON object, found '[1]'"),
        ("\x1b[31m", "expected a JSON object, found '\\x1b[31m' ("),
        ('{"x": ' + "9" * 5000 + "}", "expected a JSON object, found"),
        ({"date": "2021"}, "expected a 'domain', found none"),
        ({"domain": 5}, "expected text under 'domain', found 5"),
        ({"domain": "a.com", "date": "soon"}, "expected a date such as 2021-02-15, 2021-02, 2021"),
        ({"domain": "a.com", "date": "2021", "records": [1]}, "expected an object under 'records'"),
        (
            {"domain": "a.com", "date": "2021", "records": {"A": [{}]}},
            "expected a list of texts under 'A', found [{}]",
        ),
        (
            {"domain": "a.com", "date": "2021", "records": {"colour": ["red"]}},
            "expected a DNS type or one of NS_REGISTERED_DOMAIN",
        ),
        (
            {"domain": "a.com", "date": "2021", "records": {"ASN": ["x"], "A": ["192.0.2.1"]}},
            "expected AS numbers under 'ASN', found ['x']",
        ),
        (
            {"domain": "a.com", "date": "2021", "records": {"DKIM_CNAME": ["a b c"]}},
            "expected 'owner target' under 'DKIM_CNAME', found 'a b c'",
        ),
        (
            {"domain": "a.com", "date": "2021", "records": {"X/ALIAS": ["{}"]}},
            "expected an alias with its 'name', found '{}'",
        ),
        (
            {"domain": "a.com", "date": "2021", "ip_info": {"x": {}}},
            "expected an address in 'ip_info', found 'x'",
        ),
        (
            {"domain": "a.com", "date": "2021", "ip_info": {"192.0.2.1": 5}},
            "expected an object for '192.0.2.1' in 'ip_info', found 5",
        ),
        (
            {"domain": "a.com", "date": "2021", "subrecords": [5]},
            "expected name, type and values in 'subrecords', found 5",
        ),
    ],
)
def test_a_bad_line_says_its_number_and_the_others_go_on(row, error):
    good = {"domain": "example.org", "date": "2021"}
    before, bad, after = plain(good, row, good)
    assert before == after
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    assert bad.error.startswith(error)
    assert str(bad).isprintable()


def test_blank_lines_byte_order_mark_and_crlf():
    data = b"\xef\xbb\xbf" + b'\r\n\n{"domain":"a.com","date":"2021"}\r\nx'
    first, second = read_plain(io.BytesIO(data))
    assert first.subject == "a.com"
    assert second.number == 4


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bytes])
def test_packed_and_open_files(tmp_path, pack):
    data = b'{"domain":"a.com","date":"2021"}\n' * 3
    path = tmp_path / "x"
    path.write_bytes(pack(data))
    assert [r.subject for r in read_plain(path)] == ["a.com"] * 3
    assert len(list(read_plain(io.BytesIO(pack(data))))) == 3
    with path.open("rb") as file:
        assert len(list(read_plain(file))) == 3
        assert not file.closed


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_damaged_packed_file_gives_what_there_is(pack):
    rows = b"".join(b'{"domain":"d%d.com","date":"2021"}\n' % n for n in range(20_000))
    *good, bad = read_plain(io.BytesIO(pack(rows)[:-20]))
    assert all(isinstance(r, Recording) for r in good)
    assert isinstance(bad, BadLine)
    assert "expected a whole packed file, found a damaged one" in bad.error


def test_a_line_without_end_is_stepped_over(monkeypatch):
    monkeypatch.setattr(lines_module, "LONGEST", 100)
    data = (
        b'{"domain":"a.com","date":"2021"}\n' + b"x" * 950 + b'\n{"domain":"b.com","date":"2021"}\n'
    )
    first, bad, last = read_plain(io.BytesIO(data))
    assert (first.subject, last.subject) == ("a.com", "b.com")
    assert str(bad) == "line 2: expected at most 100 bytes, found more"


def test_lines_are_read_one_at_a_time():
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"domain":"a.com","date":"2021"}\n'
            buffer[: len(line)] = line
            return len(line)

    recordings = read_plain(Endless())
    assert [next(recordings).subject for _ in range(1000)] == ["a.com"] * 1000


def test_lines_without_a_domain_are_about_their_only_value():
    recordings = plain(
        {"id": "ip:1", "date": "2021", "records": {"A": ["192.0.2.1"]}},
        {"id": "cn:1", "date": "2021", "records": {"CNAME": ["H.cdn.example."]}},
    )
    assert [(r.subject, len(r)) for r in recordings] == [("192.0.2.1", 0), ("h.cdn.example", 0)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        *("A", "MX", "TXT", "SRV", "MX_A", "MX_ASN", "DKIM_CNAME", "NS_REGISTERED_DOMAIN"),
        *("X/ALIAS", "CNAME", "PTR", "ASN", "CERT_ISSUER", "REGISTRAR", "REGISTRAR_IANA_ID"),
    ]
)


@STEADY
@given(
    row=st.fixed_dictionaries(
        {"domain": JSON | st.just("a.com"), "date": JSON | st.just("2021")},
        optional={
            "records": JSON | st.dictionaries(KEYS, JSON | st.lists(JSON, max_size=3), max_size=3),
            "ip_info": JSON | st.dictionaries(st.just("192.0.2.1"), JSON, max_size=1),
            "rdap": JSON,
            "whois_raw": JSON,
            "subrecords": JSON,
            "source": JSON,
        },
    )
)
def test_any_json_gives_a_recording_or_a_bad_line(row):
    (result,) = plain(row)
    assert isinstance(result, Recording | BadLine)
    if isinstance(result, BadLine):
        assert str(result).isprintable()


def test_the_address_of_a_page_is_no_domain():
    line = {
        "domain": "https://shop.example/",
        "date": "2026-08-01",
        "records": {"A": ["192.0.2.1"]},
    }
    (bad,) = read_plain(io.BytesIO(json.dumps(line).encode()))
    assert bad.error == (
        "expected a domain, found the address of a page 'https://shop.example/': give its name"
    )

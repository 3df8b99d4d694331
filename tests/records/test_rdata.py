"""Data of records: as others write it, and what stands in it."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import RecordingError
from depgraph.records import reading
from depgraph.records.rdata import address, asn, exchange, host, is_type
from depgraph.records.reading import from_text, from_text_in_full

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance


@STEADY
@given(
    kind=st.sampled_from(
        ["A", "AAAA", "NS", "MX", "TXT", "SRV", "CAA", "SOA", "HTTPS", "DS", "TYPE65280"]
    ),
    text=st.text(max_size=40),
)
def test_any_text_is_a_value_or_an_error(kind, text):
    assert is_type(kind)
    try:
        value = from_text(kind, text)
    except RecordingError as error:
        line = str(error)
        assert line.isprintable()
        return
    assert value.isprintable()


@STEADY
@given(text=st.text(max_size=40))
def test_what_stands_in_any_text_is_canonical_or_none(text):
    for read in (host, exchange, address, asn):
        found = read(text)
        assert found is None or read(found) == found


WORDS = st.one_of(
    st.sampled_from(
        [
            "192.0.2.1", "192.000.2.1", "::1", "fe80::1%eth0", "2001:DB8::A", "::ffff:192.0.2.1", "@", ".", "a", "A.b.", "a..b",
            "-a", "a_b", "xn--80ak6aa92e", "*.a", "a\\.b", "bücher.example", "Ü.a", "10", "010", "0", "1", "alpn=h2", 'alpn="h2,h3"', "ipv4hint=192.0.2.1", 'ipv6hint="2001:db8::1,fe80::2"', "65535", "65536", "1h", '""', '"a"',
            '"a;b"', '"a\\"b"', '"é"', "v=spf1", "v=DMARC1\\;", "\\065\\.b.", "\\@.A\\032", "a\\256", "a\\", '"\\195\\169\\255\\"\\000"', '"\\256"', '"\\1"', "\\#", "4", "00AbCd01",
            "a\\\\.", "\\" + "-" * 64, ".".join(["\\000" * 60] * 4), ".".join(["\\000" * 63] * 4), '"' + "\\000" * 255 + '"', '"' + "\\000" * 256 + '"', '"x', "issue", "a" * 64, ".".join(["a" * 49] * 5), ".".join(["a" * 49] * 6),
            f'"{"x" * 256}"', '"a  b"', "\t", "",
        ]
    ),
    st.text('ab.@\\"1 :%-_é;', max_size=9),
)  # fmt: skip


@settings(STEADY, max_examples=500)
@given(
    st.sampled_from(
        [
            "A",
            "AAAA",
            "NS",
            "CNAME",
            "PTR",
            "MX",
            "TXT",
            "SRV",
            "SOA",
            "CAA",
            "NAPTR",
            "HTTPS",
            "TYPE65280",
            "TYPE1",
            "TYPE65536",
        ]
    ),
    st.lists(WORDS, max_size=7),
)
def test_data_read_the_short_way_are_those_that_the_library_reads(kind, words):
    def outcome(read):
        try:
            return read(kind, " ".join(words))
        except RecordingError as error:
            return str(error)

    assert outcome(from_text) == outcome(lambda k, text: from_text_in_full(k, text.strip()))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("A", "192.0.2.1"), ("AAAA", "2001:DB8::1"), ("NS", "NS1.a.example."), ("CNAME", "bücher.example"), ("MX", "10 mx.é.example."),
        ("TXT", '"v=spf1 -all" "x;1"'), ("SRV", "0 5 443 a.example."), ("SOA", "ns.a.example. h.a.example. 1 2 3 4 5"),
        ("TXT", '"\\195\\169\\"" "\\;\\000"'), ("CNAME", "\\065\\.b.\\000x.Example"), ("TYPE65280", "\\# 4 0000abCD"),
        ("HTTPS", "1 . alpn=h2,h3 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1"), ("SVCB", "0 A.b."), ("NAPTR", '65535 1 "u" "" "!a!b;!" Host.a.'), ("CAA", '0 issue "ca.example; a=1"'),
    ],
)  # fmt: skip
def test_data_of_the_usual_form_are_read_without_the_library(kind, text, monkeypatch):
    expected = from_text_in_full(kind, text)
    monkeypatch.setattr(reading, "from_text_in_full", None)
    assert from_text(kind, text) == expected


def test_a_text_is_an_address_as_python_reads_it():
    for text in (
        "192.0.2.1", " 192.0.2.1\n", "192.0.2.01", "192.0.2", "1.2.3.4.5", "١.0.2.1", "::1", " ::A ", "1::2::3", ":", "fe80::1%1",
        "::ffff:192.0.2.1", "::ffff:192.0.2.256", "１::1", "a.example", "", "0:0:0:0:0:0:0:0",
    ):  # fmt: skip
        try:
            expected = str(ipaddress.ip_address(text.strip()))
        except ValueError:
            expected = None
        assert address(text) == (None if "%" in text else expected)


def test_types():
    assert all(map(is_type, ["A", "HTTPS", "TYPE65280", "NAPTR"]))
    assert not any(
        map(is_type, ["ANY", "AXFR", "MX_A", "a", "NONE", "", "OPT", "TYPE0", "TYPE99999"])
    )


def test_a_name_written_with_its_own_letters_is_a_name_of_the_dns():
    assert from_text("NS", "ns1.bücher.example") == "ns1.xn--bcher-kva.example"

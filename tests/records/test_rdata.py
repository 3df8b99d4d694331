"""Data of records: as others write it, and what stands in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import RecordingError
from depgraph.records.rdata import address, asn, exchange, from_text, host, is_type

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


def test_types():
    assert all(map(is_type, ["A", "HTTPS", "TYPE65280", "NAPTR"]))
    assert not any(
        map(is_type, ["ANY", "AXFR", "MX_A", "a", "NONE", "", "OPT", "TYPE0", "TYPE99999"])
    )


def test_a_name_written_with_its_own_letters_is_a_name_of_the_dns():
    assert from_text("NS", "ns1.bücher.example") == "ns1.xn--bcher-kva.example"

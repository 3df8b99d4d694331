"""Ranges cut into prefixes, against the standard library; crossings and garbage."""

import ipaddress
import logging
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph.errors import TableError
from depgraph.routes import prefix, read_table
from depgraph.routes.prefix import disjoint, prefixes_of, show


@given(st.data(), st.sampled_from([4, 6]))
def test_a_range_becomes_the_fewest_prefixes(data, version):
    kind, bits = (ipaddress.IPv4Address, 32) if version == 4 else (ipaddress.IPv6Address, 128)
    ends = st.integers(0, 2**bits - 1)
    first, last = sorted((data.draw(ends), data.draw(ends)))
    expected = [str(n) for n in ipaddress.summarize_address_range(kind(first), kind(last))]
    assert [show(part) for part in prefixes_of(version, first, last)] == expected


@given(
    st.lists(st.tuples(st.sampled_from([4, 6]), st.integers(0, 60), st.integers(0, 60)), max_size=8)
)
def test_every_address_keeps_all_that_is_claimed_of_it(ends):
    ranges = [(version, min(pair), max(pair), place) for place, (version, *pair) in enumerate(ends)]
    with mock.patch.object(prefix, "TOLERATED", 0.1):
        parts = list(disjoint(ranges))
    ranges.sort()
    for version in (4, 6):
        for address in range(62):
            claims = tuple(
                v for family, a, b, v in ranges if family == version and a <= address <= b
            )
            held = [v for family, a, b, v in parts if family == version and a <= address <= b]
            assert held == ([claims] if claims else [])


def table_of(tmp_path, rows):
    path = tmp_path / "ranges"
    path.write_text("".join(f"{first},{last},{asn},X\n" for first, last, asn in rows))
    return read_table(path, form="ip-location-db").prefixes


ROWS = [(f"10.{i >> 8}.{i & 255}.0", f"10.{i >> 8}.{i & 255}.99", 1) for i in range(1000)]


def test_one_crossing_keeps_both_claims_and_says_so(tmp_path, caplog):
    rows = [("214.95.0.0", "215.0.255.255", 749), ("215.0.0.0", "215.1.3.255", 721), *ROWS]
    with caplog.at_level(logging.WARNING):
        table = table_of(tmp_path, rows)
    assert "215.0.0.0 to 215.1.3.255 crosses 214.95.0.0 to 215.0.255.255" in caplog.text
    assert table.lookup("214.255.255.255").value == (749,)
    assert table.lookup("215.0.7.7").value == (749, 721)
    assert table.lookup("215.1.0.0").value == (721,)


def test_a_range_inside_another_within_the_tolerance(tmp_path):
    rows = [("11.0.0.0", "11.0.0.255", 1), ("11.0.0.16", "11.0.0.31", 2), *ROWS]
    table = table_of(tmp_path, rows)
    assert [tuple(m) for m in table if m.prefix.startswith("11.")] == [
        ("11.0.0.0/28", (1,)),
        ("11.0.0.16/28", (1, 2)),
        ("11.0.0.32/27", (1,)),
        ("11.0.0.64/26", (1,)),
        ("11.0.0.128/25", (1,)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [(f"10.{i}.0.0", f"10.{i + 1}.0.0", i + 1) for i in range(50)],
        [("10.0.0.0", "10.0.0.255", 1), ("10.0.0.16", "10.0.0.31", 2)],
    ],
)
def test_many_crossings_or_one_of_few_ranges_are_garbage(tmp_path, rows):
    with pytest.raises(TableError, match="do not cross"):
        table_of(tmp_path, rows)


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("192.0.2.9", "192.0.2.1", "first address first"),
        ("192.0.2.9", "2001:db8::", "one family"),
        ("2001:db8::", "192.0.2.9", "one family"),
        ("4294967295", "4294967296", "one family"),
        ("1", "9" * 39, "one family"),
        ("9" * 20, "9" * 39, "first address first"),
        ("192.0.2.0", "x", "expected an IPv4 or IPv6 address"),
        ("0.0.0.0", "255.255.255.255", "poisoned"),
        ("1.0.0.0", "126.255.255.255", "poisoned"),
    ],
)
def test_reversed_mixed_unreadable_and_poisoned_ranges_are_refused(tmp_path, first, last, fault):
    with pytest.raises(TableError, match=fault):
        table_of(tmp_path, [(first, last, 64500)])

"""Ranges cut into prefixes, against the standard library; crossings and garbage."""

import ipaddress
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph.errors import TableError
from depgraph.providers.prefixes import PrefixTable


@given(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=20, unique=True))
def test_ranges_become_the_fewest_prefixes(ends):
    cuts = sorted(ends)
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    rows = [
        (str(ipaddress.IPv4Address(a)), str(ipaddress.IPv4Address(b)), i)
        for i, (a, b) in enumerate(pairs)
    ]
    expected = [
        (str(network), i)
        for i, (a, b) in enumerate(pairs)
        for network in ipaddress.summarize_address_range(
            ipaddress.IPv4Address(a), ipaddress.IPv4Address(b)
        )
    ]
    assert [tuple(m) for m in PrefixTable.from_ranges(rows, shortest=(0, 0))] == expected


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_ipv6_ranges(one, other):
    first, last = (ipaddress.IPv6Address(value) for value in sorted((one, other)))
    if int(last) >> 32 == 0xFFFF or int(first) >> 32 == 0xFFFF:
        return
    table = PrefixTable.from_ranges([(str(first), str(last), 1)], shortest=(0, 0))
    expected = [str(n) for n in ipaddress.summarize_address_range(first, last)]
    assert [m.prefix for m in table] == expected


def test_reversed_mixed_and_unreadable_ranges_are_refused():
    for row in [
        ("192.0.2.9", "192.0.2.1", 1),
        ("192.0.2.9", "2001:db8::", 1),
        ("192.0.2.0", "x", 1),
    ]:
        with pytest.raises(TableError, match="range"):
            PrefixTable.from_ranges([row])


def test_a_range_over_everything_is_refused():
    with pytest.raises(TableError, match="poisoned"):
        PrefixTable.from_ranges([("0.0.0.0", "255.255.255.255", 1)])
    with pytest.raises(TableError, match="poisoned"):
        PrefixTable.from_ranges([("1.0.0.0", "126.255.255.255", 1)])


FILL = [(f"10.{i >> 8}.{i & 255}.0", f"10.{i >> 8}.{i & 255}.99", (1,)) for i in range(1000)]


def union(one, other):
    return tuple(dict.fromkeys(one + other))


def test_one_crossing_keeps_both_claims_and_says_so(caplog):
    rows = [
        ("214.95.0.0", "215.0.255.255", (749,)),
        ("215.0.0.0", "215.1.3.255", (721,)),
        *FILL,
    ]
    with caplog.at_level(logging.WARNING):
        table = PrefixTable.from_ranges(rows, merge=union)
    assert "215.0.0.0 to 215.1.3.255 crosses 214.95.0.0 to 215.0.255.255" in caplog.text
    assert table.lookup("214.255.255.255").value == (749,)
    assert table.lookup("215.0.7.7").value == (749, 721)
    assert table.lookup("215.1.0.0").value == (721,)
    with pytest.raises(TableError, match="one range"):
        PrefixTable.from_ranges(rows)


def test_many_crossings_are_garbage():
    rows = [(f"10.{i}.0.0", f"10.{i + 1}.0.0", (i,)) for i in range(50)]
    with pytest.raises(TableError, match="do not cross"):
        PrefixTable.from_ranges(rows, merge=union)


def test_one_crossing_of_few_ranges_is_garbage():
    rows = [("10.0.0.0", "10.0.0.255", (1,)), ("10.0.0.16", "10.0.0.31", (2,))]
    with pytest.raises(TableError, match="do not cross"):
        PrefixTable.from_ranges(rows, merge=union)


def test_a_range_inside_another_within_the_tolerance():
    rows = [("11.0.0.0", "11.0.0.255", (1,)), ("11.0.0.16", "11.0.0.31", (2,)), *FILL]
    table = PrefixTable.from_ranges(rows, merge=union)
    assert [tuple(m) for m in table if m.prefix.startswith("11.")] == [
        ("11.0.0.0/28", (1,)),
        ("11.0.0.16/28", (1, 2)),
        ("11.0.0.32/27", (1,)),
        ("11.0.0.64/26", (1,)),
        ("11.0.0.128/25", (1,)),
    ]

"""Longest-prefix match against brute force with the standard library's ipaddress."""

import ipaddress
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import QuestionError, TableError
from depgraph.routes import Match, PrefixTable, table
from depgraph.routes.prefix import parse_address, parse_prefix, show


def oracle(networks, address):
    """Every prefix tried, the longest that covers the address kept."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    found = [(n, v) for n, v in networks if n.version == ip.version and ip in n]
    if not found:
        return None
    network, value = max(found, key=lambda row: row[0].prefixlen)
    return Match(str(network), value)


def agrees(pairs, addresses):
    """Every way to ask gives what brute force gives."""
    asked = PrefixTable(pairs)
    parsed_pairs = [(ipaddress.ip_network(prefix), value) for prefix, value in pairs]
    expected = [oracle(parsed_pairs, address) for address in addresses]
    assert [asked.lookup(address) for address in addresses] == expected
    numbers = asked.lookup_many(addresses)
    assert [None if n < 0 else asked.match(n) for n in numbers.tolist()] == expected
    values = [asked.values[n] for n in numbers.tolist() if n >= 0]
    assert values == [match.value for match in expected if match]
    parsed = [ipaddress.ip_address(a) for a in addresses]
    four = np.array([ip.version == 4 for ip in parsed], bool)
    words = np.array([int(ip) for ip in parsed if ip.version == 4], np.uint32)
    assert asked.lookup_many(words).tolist() == numbers[four].tolist()


VALUES = st.tuples(st.integers(0, 5))


def networks(version):
    bits, shortest = (32, 8) if version == 4 else (128, 19)
    kind = ipaddress.IPv4Network if version == 4 else ipaddress.IPv6Network
    # few different upper bits, so that prefixes nest and touch
    starts = st.one_of(
        st.integers(0, 2**bits - 1),
        st.integers(0, 1023).map(lambda low: (0x20010DB8 << (bits - 32)) + low),
        st.sampled_from([0, 2**bits - 1, 1 << (bits - 1)]),
    )
    return st.builds(
        lambda start, length: str(kind((start >> (bits - length) << (bits - length), length))),
        starts,
        st.integers(shortest, bits),
    ).filter(lambda text: not text.startswith("::ffff:"))


def borders(prefixes):
    """Give the addresses on both sides of each border, where an error would show."""
    for prefix in prefixes:
        network = ipaddress.ip_network(prefix)
        for value in (int(network[0]) - 1, int(network[0]), int(network[-1]), int(network[-1]) + 1):
            if 0 <= value < 2**network.max_prefixlen:
                yield str(type(network[0])(value))


@settings(deadline=None)
@given(st.dictionaries(st.one_of(networks(4), networks(6)), VALUES, max_size=30), st.data())
def test_agrees_with_brute_force(pairs, data):
    rows = list(pairs.items())
    extra = data.draw(st.lists(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), max_size=5))
    agrees(rows, [*borders(pairs), *map(str, extra)])


def test_many_random_prefixes_of_every_length():
    rng = random.Random(4)
    pairs = {}
    for _ in range(1500):
        length = rng.randint(8, 32)
        start = rng.choice([10, 198, 203]) << 24 | rng.getrandbits(24)
        pairs[str(ipaddress.IPv4Network((start >> (32 - length) << (32 - length), length)))] = (
            rng.randrange(50),
        )
        length = rng.randint(19, 128)
        start = rng.choice([0x20010DB8, 0x2A000000]) << 96 | rng.getrandbits(
            rng.choice([96, 70, 64, 20])
        )
        pairs[str(ipaddress.IPv6Network((start >> (128 - length) << (128 - length), length)))] = (
            rng.randrange(50),
        )
    sample = rng.sample(sorted(pairs), 60)
    agrees(list(pairs.items()), list(borders(sample)))


def test_nested_and_adjacent():
    asked = PrefixTable(
        [
            ("10.0.0.0/8", ("a",)),
            ("10.1.0.0/16", ("b",)),
            ("10.1.2.0/24", ("c",)),
            ("10.1.2.3/32", ("d",)),
            ("10.2.0.0/16", ("e",)),
            ("2001:db8::/32", ("f",)),
            ("2001:db8::1/128", ("g",)),
        ]
    )
    assert asked.lookup("10.1.2.3") == ("10.1.2.3/32", ("d",))
    assert asked.lookup("10.1.2.4") == ("10.1.2.0/24", ("c",))
    assert asked.lookup("10.1.255.255") == ("10.1.0.0/16", ("b",))
    assert asked.lookup("10.2.0.0") == ("10.2.0.0/16", ("e",))
    assert asked.lookup("10.3.0.0") == ("10.0.0.0/8", ("a",))
    assert asked.lookup("9.255.255.255") is None
    assert asked.lookup("11.0.0.0") is None
    assert asked.lookup("2001:db8::1").value == ("g",)
    assert asked.lookup("2001:db8::2").value == ("f",)
    assert asked.lookup("2001:db9::") is None
    assert [m.prefix for m in asked] == sorted(
        (m.prefix for m in asked),
        key=lambda p: (ipaddress.ip_network(p).version, ipaddress.ip_network(p)),
    )


def test_mapped_addresses_and_prefixes_are_ipv4():
    asked = PrefixTable([("192.0.2.0/24", (1,)), ("::ffff:198.51.100.0/120", (2,))])
    assert asked.lookup("::ffff:192.0.2.7") == ("192.0.2.0/24", (1,))
    assert asked.lookup("::ffff:c000:207") == ("192.0.2.0/24", (1,))
    assert asked.lookup("198.51.100.9") == ("198.51.100.0/24", (2,))
    assert asked.lookup_many(["::ffff:192.0.2.7", "192.0.2.7"]).tolist() == [0, 0]


def test_an_empty_table_and_an_empty_question():
    asked = PrefixTable([])
    assert len(asked) == 0
    assert asked.lookup("192.0.2.1") is None
    assert asked.lookup("2001:db8::1") is None
    assert asked.lookup_many(["192.0.2.1", "2001:db8::1"]).tolist() == [-1, -1]
    assert asked.lookup_many([]).tolist() == []
    assert asked.lookup_many(np.empty(0, np.uint32)).tolist() == []


def test_more_addresses_than_one_chunk():
    asked = PrefixTable([("192.0.2.0/24", (1,)), ("192.0.2.128/26", (2,))])
    rng = np.random.default_rng(1)
    addresses = (0xC0000200 + rng.integers(-64, 320, 3 * table.CHUNK + 7)).astype(np.uint32)
    offset = addresses.astype(np.int64) - 0xC0000200
    expected = np.where(
        (offset < 0) | (offset > 255), -1, np.where((offset >= 128) & (offset < 192), 1, 0)
    )
    assert (asked.lookup_many(addresses) == expected).all()


@pytest.mark.parametrize(
    "prefix",
    [
        "0.0.0.0/0",
        "0.0.0.0/1",
        "128.0.0.0/7",
        "::/0",
        "2000::/3",
        "2a00::/18",
        "::ffff:0:0/96",
        "2002::/15",
    ],
)
def test_short_prefixes_are_refused(prefix):
    with pytest.raises(TableError, match="poisoned"):
        PrefixTable([("192.0.2.0/24", (1,)), (prefix, (2,))])


@pytest.mark.parametrize("prefix", ["10.0.0.0/8", "2a00:2000::/19", "2002::/16"])
def test_the_shortest_prefixes_that_are_routed_are_not(prefix):
    assert PrefixTable([(prefix, (2,))]).match(0) == (prefix, (2,))


@pytest.mark.parametrize(
    "prefix",
    [
        "192.0.2.1/24", "2001:db8::1/32", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/024",
        "192.0.2/24", "2001:db8::/129", "192.0.02.0/24", "", "x", "192.0.2.0/24 ", "fe80::%eth0/64",
        "::ffff:192.0.2.1/120", "192.0.2.0/255.255.255.0", "1:2:3:4:5:6:7::8::/64", "::ffff:0:0/90",
    ],
)  # fmt: skip
def test_what_is_not_a_prefix_is_refused(prefix):
    with pytest.raises(TableError):
        PrefixTable([(prefix, (1,))])


def test_all_that_is_said_of_one_prefix_is_kept_once_in_its_order():
    rows = [
        ("192.0.2.0/24", (1,)),
        ("10.0.0.0/8", (9,)),
        ("192.0.2.0/24", (2, 1)),
        ("192.0.2.0/24", (3,)),
    ]
    assert [tuple(match) for match in PrefixTable(rows)] == [
        ("10.0.0.0/8", (9,)),
        ("192.0.2.0/24", (1, 2, 3)),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "x", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.900", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\n", "+1.2.3.4", "1.2.3.٤",
     ":", ":::", "1::2::3", "2001:db8", "2001:db8::g", "2001:db8::12345", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
     "::1:2:3:4:5:6:7:8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "fe80::1%eth0", "2001:0db8:0000:0000:0000:0000:0000:000_",
     "20 1:0db8:0000:0000:0000:0000:0000:0001", "2001:db8:0:0:0:0:0:_", "a" * 10_000, "0x7f000001", "2001:db8:::1"],
)  # fmt: skip
def test_what_is_not_an_address_is_an_error_everywhere(text):
    asked = PrefixTable([("192.0.2.0/24", (1,))])
    with pytest.raises(QuestionError) as caught:
        asked.lookup(text)
    assert len(str(caught.value)) < 300
    with pytest.raises(QuestionError):
        asked.lookup_many(["192.0.2.1", text])


@given(
    st.one_of(
        st.text("0123456789.:abcf/\n ", max_size=20),
        st.lists(st.sampled_from(["", "0", "1", "ab", "12345", "_", "+1", "g"]), max_size=10).map(
            ":".join
        ),
    )
)
def test_texts_are_read_as_the_standard_library_reads_them(text):
    try:
        expected = ipaddress.ip_address(text)
    except ValueError:
        with pytest.raises(QuestionError):
            parse_address(text)
        return
    assert parse_address(text) == number_of(expected)


def number_of(address):
    mapped = address.ipv4_mapped if address.version == 6 else None
    return (4, int(mapped)) if mapped else (address.version, int(address))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_every_spelling_of_an_address(address):
    spellings = [address.compressed, address.exploded, address.compressed.upper()]
    assert {parse_address(text) for text in spellings} == {number_of(address)}


@given(st.ip_addresses(v=6), st.integers(0, 128))
def test_prefixes_are_written_as_the_standard_library_writes_them(address, length):
    network = ipaddress.IPv6Network((int(address) >> (128 - length) << (128 - length), length))
    expected = network
    if network.network_address.ipv4_mapped and length >= 96:
        expected = ipaddress.IPv4Network((int(network.network_address) & 0xFFFFFFFF, length - 96))
    assert show(parse_prefix(str(network))) == str(expected)


@pytest.mark.parametrize(
    "addresses",
    [
        np.zeros((2, 4), np.uint32),
        np.zeros((2, 16), np.uint8),
        np.array([-1]),
        np.array([1 << 32]),
        np.array([0xC0000201], np.int64),
        np.array([1.0]),
        [1, 2],
        [None],
    ],
)
def test_what_is_neither_texts_nor_ipv4_addresses_is_an_error(addresses):
    with pytest.raises(QuestionError, match="expected"):
        PrefixTable([]).lookup_many(addresses)


def test_an_array_of_texts():
    asked = PrefixTable([("192.0.2.0/24", (1,))])
    assert asked.lookup_many(np.array(["192.0.2.1", "2001:db8::"])).tolist() == [0, -1]


def test_an_entry_that_is_not_there():
    with pytest.raises(IndexError):
        PrefixTable([]).match(0)
    with pytest.raises(IndexError):
        PrefixTable([("192.0.2.0/24", (1,))]).match(-1)

"""Longest-prefix match against brute force with the standard library's ipaddress."""

import ipaddress
import random
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import QuestionError, TableError
from depgraph.providers.prefixes import Match, PrefixTable, _index

NONE_SHORTER = (0, 0)


def oracle(pairs, address):
    """Every prefix tried, the longest that covers the address kept."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    networks = [(ipaddress.ip_network(prefix), value) for prefix, value in pairs]
    found = [(n, v) for n, v in networks if n.version == ip.version and ip in n]
    if not found:
        return None
    network, value = max(found, key=lambda row: row[0].prefixlen)
    return Match(str(network), value)


def integers(address):
    ip = ipaddress.ip_address(address)
    return ip.version, int(ip)


def agrees(pairs, addresses):
    """Every way to ask gives what brute force gives."""
    table = PrefixTable(pairs, shortest=NONE_SHORTER)
    expected = [oracle(pairs, address) for address in addresses]
    assert [table.lookup(address) for address in addresses] == expected
    numbers = table.lookup_many(addresses)
    assert [None if n < 0 else table.match(n) for n in numbers.tolist()] == expected
    assert [(table.covering(a) or [None])[0] for a in addresses] == expected
    keys = [integers(a) for a in addresses]
    four = np.array([v == 4 for v, _ in keys], bool)
    words = np.array([k for v, k in keys if v == 4], np.uint32)
    assert table.lookup_many(words).tolist() == numbers[four].tolist()
    wide = [k for v, k in keys if v == 6]
    halves = (
        np.array([k >> 64 for k in wide], np.uint64),
        np.array([k & (2**64 - 1) for k in wide], np.uint64),
    )
    assert table.lookup_many(halves).tolist() == numbers[~four].tolist()
    octets = np.frombuffer(b"".join(k.to_bytes(16) for k in wide), np.uint8).reshape(-1, 16)
    assert table.lookup_many(octets).tolist() == numbers[~four].tolist()


def networks(version):
    bits = 32 if version == 4 else 128
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
        st.integers(0, bits),
    ).filter(lambda text: not text.startswith("::ffff:") and text != "::/0")


def borders(prefixes):
    """Give the addresses on both sides of each border, where an error would show."""
    for prefix in prefixes:
        network = ipaddress.ip_network(prefix)
        for value in (int(network[0]) - 1, int(network[0]), int(network[-1]), int(network[-1]) + 1):
            if 0 <= value < 2**network.max_prefixlen:
                yield str(type(network[0])(value))


@settings(deadline=None)
@given(
    st.dictionaries(st.one_of(networks(4), networks(6)), st.integers(0, 5), max_size=30), st.data()
)
def test_agrees_with_brute_force(pairs, data):
    rows = list(pairs.items())
    extra = data.draw(st.lists(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), max_size=5))
    agrees(rows, [*borders(pairs), *map(str, extra)])


@settings(deadline=None)
@given(st.dictionaries(st.one_of(networks(4), networks(6)), st.integers(0, 5), max_size=30))
def test_agrees_with_brute_force_when_the_levels_outgrow_their_budget(pairs):
    with mock.patch.object(_index, "BUDGET", 300):
        agrees(list(pairs.items()), list(borders(pairs)))


@settings(deadline=None, max_examples=20)
@given(st.dictionaries(st.one_of(networks(4), networks(6)), st.integers(0, 5), max_size=30))
def test_agrees_with_brute_force_in_the_layout_of_large_tables(pairs):
    with mock.patch.object(_index, "LARGE", 1):
        agrees(list(pairs.items()), list(borders(pairs)))


def test_many_random_prefixes_longer_and_shorter_than_each_level():
    rng = random.Random(4)
    pairs = {}
    for _ in range(1500):
        length = rng.randint(8, 32)
        start = rng.choice([10, 198, 203]) << 24 | rng.getrandbits(24)
        pairs[str(ipaddress.IPv4Network((start >> (32 - length) << (32 - length), length)))] = (
            rng.randrange(50)
        )
        length = rng.randint(19, 128)
        start = rng.choice([0x20010DB8, 0x2A000000]) << 96 | rng.getrandbits(
            rng.choice([96, 70, 64, 20])
        )
        pairs[str(ipaddress.IPv6Network((start >> (128 - length) << (128 - length), length)))] = (
            rng.randrange(50)
        )
    sample = rng.sample(sorted(pairs), 60)
    agrees(list(pairs.items()), list(borders(sample)))


def test_nested_and_adjacent():
    table = PrefixTable(
        [
            ("10.0.0.0/8", "a"),
            ("10.1.0.0/16", "b"),
            ("10.1.2.0/24", "c"),
            ("10.1.2.3/32", "d"),
            ("10.2.0.0/16", "e"),
            ("2001:db8::/32", "f"),
            ("2001:db8::1/128", "g"),
        ]
    )
    assert table.lookup("10.1.2.3") == ("10.1.2.3/32", "d")
    assert table.lookup("10.1.2.4") == ("10.1.2.0/24", "c")
    assert table.lookup("10.1.255.255") == ("10.1.0.0/16", "b")
    assert table.lookup("10.2.0.0") == ("10.2.0.0/16", "e")
    assert table.lookup("10.3.0.0") == ("10.0.0.0/8", "a")
    assert table.lookup("9.255.255.255") is None
    assert table.lookup("11.0.0.0") is None
    assert table.lookup("2001:db8::1").value == "g"
    assert table.lookup("2001:db8::2").value == "f"
    assert table.lookup("2001:db9::") is None
    assert [m.value for m in table.covering("10.1.2.3")] == ["d", "c", "b", "a"]
    assert [m.value for m in table.covering("2001:db8::1")] == ["g", "f"]
    assert [m.prefix for m in table] == sorted(
        (m.prefix for m in table),
        key=lambda p: (ipaddress.ip_network(p).version, ipaddress.ip_network(p)),
    )


def test_mapped_addresses_and_prefixes_are_ipv4():
    table = PrefixTable([("192.0.2.0/24", 1), ("::ffff:198.51.100.0/120", 2)])
    assert table.lookup("::ffff:192.0.2.7") == ("192.0.2.0/24", 1)
    assert table.lookup("::ffff:c000:207") == ("192.0.2.0/24", 1)
    assert table.lookup("198.51.100.9") == ("198.51.100.0/24", 2)
    octets = np.frombuffer(ipaddress.IPv6Address("::ffff:192.0.2.7").packed, np.uint8)
    assert table.lookup_many(octets.reshape(1, 16)).tolist() == [0]
    assert table.lookup_many(["::ffff:192.0.2.7", "192.0.2.7"]).tolist() == [0, 0]


def test_an_empty_table_and_an_empty_question():
    table = PrefixTable([])
    assert len(table) == 0
    assert table.lookup("192.0.2.1") is None
    assert table.lookup("2001:db8::1") is None
    assert table.lookup_many(["192.0.2.1", "2001:db8::1"]).tolist() == [-1, -1]
    assert table.lookup_many([]).tolist() == []
    assert table.lookup_many(np.empty(0, np.uint32)).tolist() == []
    assert table.lookup_many(np.empty((0, 16), np.uint8)).tolist() == []


def test_more_addresses_than_one_chunk():
    table = PrefixTable([("192.0.2.0/24", 1), ("192.0.2.128/26", 2)])
    rng = np.random.default_rng(1)
    addresses = (0xC0000200 + rng.integers(-64, 320, 3 * _index.CHUNK + 7)).astype(np.uint32)
    offset = addresses.astype(np.int64) - 0xC0000200
    expected = np.where(
        (offset < 0) | (offset > 255), -1, np.where((offset >= 128) & (offset < 192), 1, 0)
    )
    assert (table.lookup_many(addresses) == expected).all()


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
        PrefixTable([("192.0.2.0/24", 1), (prefix, 2)])


@pytest.mark.parametrize("prefix", ["10.0.0.0/8", "2a00:2000::/19", "2002::/16"])
def test_the_shortest_prefixes_that_are_routed_are_not(prefix):
    assert PrefixTable([(prefix, 2)]).match(0) == (prefix, 2)


@pytest.mark.parametrize(
    "prefix",
    [
        "192.0.2.1/24", "2001:db8::1/32", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/024",
        "192.0.2/24", "2001:db8::/129", "192.0.02.0/24", "", "x", "192.0.2.0/24 ", "fe80::%eth0/64",
        "::ffff:192.0.2.1/120", "192.0.2.0/255.255.255.0", "1:2:3:4:5:6:7::8::/64",
    ],
)  # fmt: skip
def test_what_is_not_a_prefix_is_refused(prefix):
    with pytest.raises(TableError):
        PrefixTable([(prefix, 1)])


def test_one_prefix_with_two_values_is_refused_unless_they_can_be_merged():
    pairs = [("192.0.2.0/24", (1,)), ("192.0.2.0/24", (2,)), ("192.0.2.0/24", (2,))]
    with pytest.raises(TableError, match="once"):
        PrefixTable(pairs)
    assert PrefixTable(pairs[1:]).match(0).value == (2,)
    merged = PrefixTable(pairs, merge=lambda a, b: tuple(dict.fromkeys(a + b)))
    assert merged.match(0).value == (1, 2)


def test_values_are_kept_once():
    table = PrefixTable((f"10.{i}.0.0/16", (64500 + i % 2, 1)) for i in range(100))
    assert table.values == ((64500, 1), (64501, 1))
    assert table.value_ids.tolist() == [0, 1] * 50


def test_the_table_does_not_change():
    table = PrefixTable([("192.0.2.0/24", 1)])
    with pytest.raises(ValueError, match="read-only"):
        table.value_ids[0] = 7
    with pytest.raises(AttributeError):
        table.other = 1


@pytest.mark.parametrize(
    "text",
    ["", "x", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.900", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\n", "+1.2.3.4", "1.2.3.٤",
     ":", ":::", "1::2::3", "2001:db8", "2001:db8::g", "2001:db8::12345", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
     "::1:2:3:4:5:6:7:8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "fe80::1%eth0", "2001:0db8:0000:0000:0000:0000:0000:000_",
     "20 1:0db8:0000:0000:0000:0000:0000:0001", "2001:db8:0:0:0:0:0:_", "a" * 10_000, "0x7f000001", "2001:db8:::1"],
)  # fmt: skip
def test_what_is_not_an_address_is_an_error_everywhere(text):
    table = PrefixTable([("192.0.2.0/24", 1)])
    with pytest.raises(QuestionError) as caught:
        table.lookup(text)
    assert len(str(caught.value)) < 300
    with pytest.raises(QuestionError):
        table.lookup_many(["192.0.2.1", text])
    with pytest.raises(QuestionError):
        table.lookup_many([text])


@pytest.mark.parametrize(
    "text", [":1::2", "1::2:", "1:2:3:4::5:6:7:8", "1::2::", "1:::2", "::1::", "1:2:3:4:5:6:7::8"]
)
def test_zeros_are_left_out_once_and_of_one_group_at_least(text):
    with pytest.raises(QuestionError):
        PrefixTable([]).lookup(text)


@pytest.mark.parametrize(
    "text", ["::", "::1", "1::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8"]
)
def test_zeros_left_out_anywhere(text):
    table = PrefixTable([(f"{ipaddress.IPv6Address(text)}/128", 1)])
    assert table.lookup(text).value == 1
    assert table.lookup_many([text]).tolist() == [0]


@given(st.lists(st.text("0123456789.:abcf/\n ", max_size=20), max_size=4))
def test_texts_are_read_as_the_standard_library_reads_them(texts):
    table = PrefixTable([("0.0.0.0/0", 4), ("::/0", 6)], shortest=NONE_SHORTER)
    try:
        expected = [ipaddress.ip_address(text) for text in texts]
    except ValueError:
        with pytest.raises(QuestionError):
            table.lookup_many(texts)
        return
    values = [4 if a.version == 4 or a.ipv4_mapped else 6 for a in expected]
    assert [table.match(n).value for n in table.lookup_many(texts).tolist()] == values


@given(st.ip_addresses(v=6), st.sampled_from(["compressed", "exploded", "upper", "plain"]))
def test_every_spelling_of_an_ipv6_address(address, spelling):
    text = {
        "compressed": address.compressed,
        "exploded": address.exploded,
        "upper": address.compressed.upper(),
        "plain": ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":")),
    }[spelling]
    table = PrefixTable([(f"{address}/128", 1), ("::/0", 0)], shortest=NONE_SHORTER)
    assert table.lookup(text).value == 1
    assert table.lookup_many([text]).tolist() == [table.lookup_many([str(address)])[0]]


@given(st.ip_addresses(v=6), st.integers(0, 128))
def test_prefixes_are_written_as_the_standard_library_writes_them(address, length):
    network = ipaddress.IPv6Network((int(address) >> (128 - length) << (128 - length), length))
    if network.network_address.ipv4_mapped and length >= 96:
        network = ipaddress.IPv4Network((int(network.network_address) & 0xFFFFFFFF, length - 96))
    assert PrefixTable([(str(network), 1)], shortest=NONE_SHORTER).match(0).prefix == str(network)


@pytest.mark.parametrize(
    "addresses",
    [
        np.zeros((2, 4), np.uint32),
        np.zeros((2, 16), np.int64),
        np.array([-1]),
        np.array([1 << 32]),
        (np.zeros(2, np.uint64), np.zeros(3, np.uint64)),
    ],
)
def test_arrays_of_another_form_are_an_error(addresses):
    with pytest.raises(QuestionError, match="expected"):
        PrefixTable([]).lookup_many(addresses)


def test_integers_of_any_type_that_hold_ipv4_addresses():
    table = PrefixTable([("192.0.2.0/24", 1)])
    for kind in (np.int64, np.uint64, ">u4"):
        assert table.lookup_many(np.array([0xC0000201, 1], kind)).tolist() == [0, -1]
    assert table.lookup_many(np.array(["192.0.2.1", "2001:db8::"])).tolist() == [0, -1]


def test_an_entry_that_is_not_there():
    with pytest.raises(IndexError):
        PrefixTable([]).match(0)
    with pytest.raises(IndexError):
        PrefixTable([("192.0.2.0/24", 1)]).match(-1)

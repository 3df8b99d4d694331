"""Longest-prefix match over few prefixes, against trying every one of them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph.addresses import SHORTEST, PrefixMap, too_short


@st.composite
def prefixes(draw, version):
    """Draw a prefix; few different upper bits, so that prefixes nest."""
    kind = ipaddress.IPv4Network if version == 4 else ipaddress.IPv6Network
    bits = 32 if version == 4 else 128
    length = draw(st.integers(0, bits))
    start = draw(st.sampled_from([0, 10, 203, 255])) << (bits - 8) | draw(st.integers(0, 7))
    return kind((start >> (bits - length) << (bits - length), length))


ANY = st.one_of(prefixes(4), prefixes(6))


def brute_force(networks, target):
    """Try every prefix; sorting is stable, so that equal prefixes keep their order."""
    holding = [
        (network, place)
        for place, network in enumerate(networks)
        if network.version == target.version and target.subnet_of(network)
    ]
    return sorted(holding, key=lambda pair: -pair[0].prefixlen)


@given(st.lists(ANY, max_size=30), ANY)
def test_every_prefix_that_holds_a_target_is_given_the_longest_first(networks, target):
    found = PrefixMap((network, place) for place, network in enumerate(networks))
    expected = brute_force(networks, target)
    assert found.covering(target) == expected
    assert found.longest(target) == (expected[0] if expected else None)
    for address in (target[0], target[-1]):
        whole = ipaddress.ip_network(address)
        assert found.covering(address) == brute_force(networks, whole)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("0.0.0.0/0", True),
        ("126.0.0.0/7", True),
        ("10.0.0.0/8", False),
        ("::/0", True),
        ("2000::/18", True),
        ("2000::/19", False),
    ],
)
def test_what_nobody_holds_in_one_piece(text, short):
    network = ipaddress.ip_network(text)
    assert too_short(network) is short
    assert (network.prefixlen < SHORTEST[network.version]) is short

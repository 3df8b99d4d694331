"""Addresses: which prefixes hold one, the longest first, and whether the Internet reaches it.

:class:`PrefixMap` is for the prefixes of a catalogue, of a recording or of one answer. Routing
tables of a million rows stand in :mod:`depgraph.routes`, as arrays.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, Generic, TypeAlias, TypeVar

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
V = TypeVar("V")

SHORTEST: Final = {4: 8, 6: 19}
"""By version of IP, the length of the shortest prefix that one operator holds in one piece. A
shorter one is the mark of a poisoned list or of a leaked default route."""


def too_short(network: Network) -> bool:
    """Return whether a prefix is shorter than any that belongs to one operator.

    >>> too_short(ipaddress.ip_network("0.0.0.0/0")), too_short(ipaddress.ip_network("10.0.0.0/8"))
    (True, False)
    """
    return network.prefixlen < SHORTEST[network.version]


class PrefixMap(Generic[V]):
    """Values by prefix, found by the addresses that the prefixes hold.

    A look-up takes one step for each length of prefix that occurs, however many prefixes
    there are. IPv4 and IPv6 are apart: an IPv4-mapped IPv6 address is an IPv6 address.

    Parameters
    ----------
    pairs
        Prefix and value. A prefix may stand there several times; all its values are kept, in
        the order given.

    Examples
    --------
    >>> wide, narrow = map(ipaddress.ip_network, ("192.0.2.0/24", "192.0.2.128/25"))
    >>> prefixes = PrefixMap([(wide, "a"), (narrow, "b")])
    >>> [value for _, value in prefixes.covering(ipaddress.ip_address("192.0.2.130"))]
    ['b', 'a']
    >>> prefixes.longest(ipaddress.ip_address("198.51.100.1")) is None
    True
    """

    __slots__ = ("_by_length",)

    def __init__(self, pairs: Iterable[tuple[Network, V]] = ()) -> None:
        by_length: dict[int, dict[int, dict[int, list[tuple[Network, V]]]]] = {4: {}, 6: {}}
        for network, value in pairs:
            same_length = by_length[network.version].setdefault(network.prefixlen, {})
            first = int(network.network_address)
            same_length.setdefault(first, []).append((network, value))
        self._by_length = {
            version: sorted(lengths.items(), reverse=True) for version, lengths in by_length.items()
        }

    def covering(self, target: Address | Network) -> list[tuple[Network, V]]:
        """Return every prefix that holds an address, or a whole prefix, with its value.

        Returns
        -------
        list of tuple
            Prefix and value, the longest prefix first; empty if none holds the target.
        """
        if isinstance(target, (ipaddress.IPv4Network, ipaddress.IPv6Network)):
            first, longest = int(target.network_address), target.prefixlen
        else:
            first, longest = int(target), target.max_prefixlen
        covering: list[tuple[Network, V]] = []
        for length, same_length in self._by_length[target.version]:
            if length <= longest:
                host_bits = target.max_prefixlen - length
                covering += same_length.get(first >> host_bits << host_bits, ())
        return covering

    def longest(self, target: Address | Network) -> tuple[Network, V] | None:
        """Return the longest prefix that holds the target, with its first value; None if none does."""
        covering = self.covering(target)
        return covering[0] if covering else None


@lru_cache(maxsize=1 << 14)
def is_inward(address: str) -> bool:
    """Tell whether an address lies inside (loopback, private, link-local, multicast...).

    Also one that stands in an IPv6 address: mapped (RFC 4291), translated (RFC 6052), 6to4
    (RFC 3056). Documentation addresses (RFC 5737) do not count: examples are made of them.

    >>> is_inward("127.0.0.1"), is_inward("64:ff9b::10.0.0.1"), is_inward("198.51.100.7")
    (True, True, False)
    """
    ip = _plain(address)
    return ip is None or ip.is_multicast or _within(ip, INWARD)


def all_inward(addresses: Collection[str]) -> bool:
    """Tell whether there are addresses, and the Internet reaches none of them.

    >>> all_inward(["127.0.0.1", "10.0.0.1"]), all_inward(["127.0.0.1", "192.0.2.1"]), all_inward([])
    (True, False, False)
    """
    return bool(addresses) and all(map(is_inward, addresses))


def is_public(address: str) -> bool:
    """Tell whether a stranger may make us send to an address: one that anybody can reach.

    >>> is_public("198.41.0.4"), is_public("10.0.0.1"), is_public("198.51.100.7")
    (True, False, False)
    """
    ip = _plain(address)
    return ip is not None and not is_inward(address) and not _within(ip, OF_NOBODY)


def _plain(address: str) -> Address | None:
    """Read an address, that inside it if there is one; None if it is none or has a zone index."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip.scope_id is not None:
        return None
    translated = any(ip in net for net in _TRANSLATED)
    inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if translated else None
    return ip.ipv4_mapped or ip.sixtofour or inner or ip


def _within(ip: Address, networks: tuple[Network, ...]) -> bool:
    return any(ip in net for net in networks if net.version == ip.version)


# Of IANA's registries of special-purpose addresses (RFC 6890) those that are not globally
# reachable; 240.0.0.0/4 is reserved (RFC 1112), and fec0::/10 was site-local (RFC 3879).
INWARD = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "240.0.0.0/4",
        "::/128",
        "::1/128",
        "64:ff9b:1::/48",
        "100::/64",
        "2001:10::/28",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)
# For documentation (RFC 5737, RFC 3849, RFC 9637) and for benchmarks (RFC 2544, RFC 5180).
OF_NOBODY = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.2.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001:2::/48",
        "2001:db8::/32",
        "3fff::/20",
    )
)
# An IPv4 address in the last 32 bits: translated by NAT64 (RFC 6052), and "IPv4-compatible",
# which RFC 4291 gave up. ``::`` and ``::1`` are in the second, and inward either way.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))

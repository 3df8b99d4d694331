"""Numbers that nobody runs a network with: reserved, private, for documentation, not given out."""

from __future__ import annotations

import ipaddress
from typing import Final

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LAST_AS: Final = 2**32 - 1
_UNALLOCATED_FROM: Final = 500_000
"""The highest AS number registered on 2026-07-15 is 402737; IANA gives them out in blocks of
1,024, so that years pass before this one. Below it no gap is told apart."""
_AS_RANGES: Final = (
    (0, 0, "reserved (RFC 7607)"),
    (23456, 23456, "reserved (AS_TRANS, RFC 6793)"),
    (64496, 64511, "for documentation (RFC 5398)"),
    (64512, 65534, "for private use (RFC 6996)"),
    (65535, 65535, "reserved (RFC 7300)"),
    (65536, 65551, "for documentation (RFC 5398)"),
    (65552, 131071, "reserved by IANA"),
    (_UNALLOCATED_FROM, 4_199_999_999, "not given out by IANA"),
    (4_200_000_000, _LAST_AS - 1, "for private use (RFC 6996)"),
    (_LAST_AS, _LAST_AS, "reserved (RFC 7300)"),
)
_NOT_GIVEN_OUT: Final = tuple(
    ipaddress.IPv6Network(text) for text in ("2d00::/8", "2e00::/7", "3000::/4")
)
"""The parts of 2000::/3 that IANA holds back (registry of IPv6 global unicast addresses)."""
_SHORTEST: Final = 3
"""Of prefixes: each shorter one has addresses that are in use."""


def reserved_as(number: int) -> str:
    """Return why no network has an AS number.

    Returns
    -------
    str
        Empty if a network can have it.

    Examples
    --------
    >>> reserved_as(64500), reserved_as(13335)
    ('for documentation (RFC 5398)', '')
    """
    if number > _LAST_AS:
        return f"larger than any AS number ({_LAST_AS})"
    reasons = [why for first, last, why in _AS_RANGES if first <= number <= last]
    return reasons[0] if reasons else ""


def reserved_network(network: Network) -> str:
    """Return why no service can be reached in a prefix.

    Parameters
    ----------
    network
        A prefix; an address as the prefix of itself.

    Returns
    -------
    str
        Empty if a service can be reached at one of its addresses.

    Examples
    --------
    >>> reserved_network(ipaddress.ip_network("10.0.0.0/8"))
    'private, reserved or for documentation (IANA special-purpose registry)'
    >>> reserved_network(ipaddress.ip_network("8.8.8.0/24"))
    ''
    """
    if network.prefixlen < _SHORTEST:
        return ""
    if any(network.version == 6 and network.subnet_of(held) for held in _NOT_GIVEN_OUT):
        return "not given out by IANA"
    if all(_special(end) for end in (network.network_address, network.broadcast_address)):
        return "private, reserved or for documentation (IANA special-purpose registry)"
    return ""


def _special(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return not address.is_global or address.is_multicast or address.is_reserved

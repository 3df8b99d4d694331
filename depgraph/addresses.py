"""Which prefixes hold an address, the longest first: the one such look-up in depgraph.

:class:`PrefixMap` is for the prefixes of a catalogue, of a recording or of one answer. Routing
tables of a million rows stand in :mod:`depgraph.routes`, as arrays.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
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

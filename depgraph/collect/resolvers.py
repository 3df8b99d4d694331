"""Recursive resolvers: the one the user names, or the system's own."""

from __future__ import annotations

import ipaddress
import logging

import dns.resolver

from depgraph.collect.iterate import Zone
from depgraph.errors import CollectionError

log = logging.getLogger(__name__)


def read_resolver(text: str) -> Zone:
    """Read ``9.9.9.9``, ``192.0.2.1:5353``, ``2001:db8::1`` or ``[2001:db8::1]:5353``.

    Returns
    -------
    Zone
        The resolver, as what answers for all zones.

    Raises
    ------
    CollectionError
        If it is not an address with an optional port.
    """
    host, port = text.strip(), "53"
    if host.startswith("["):
        host, bracket, rest = host[1:].partition("]")
        port = rest.removeprefix(":") or ("53" if bracket else "")
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    try:
        address = str(ipaddress.ip_address(host))
        number = int(port)
        socket_address = 0 < number < 65536
    except ValueError:
        socket_address = False
    if not socket_address:
        raise CollectionError(
            "expected the address of a resolver, such as 9.9.9.9 or [2001:db8::1]:5353, "
            f"found {text!r}"
        )
    return _zone([address], number)


def system_resolver() -> Zone | None:
    """Return the recursive resolvers this system is set up with, None if there are none."""
    try:
        resolver = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return None
    servers = [str(server) for server in resolver.nameservers if isinstance(server, str)]
    return _zone(servers, resolver.port) if servers else None


def _zone(addresses: list[str], port: int) -> Zone:
    hosts: dict[str, tuple[str, ...]] = {address: (address,) for address in addresses}
    return Zone("", tuple(hosts), hosts, port=port)

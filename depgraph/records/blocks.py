"""Address blocks as flat fields: what data sets keep of a regional registry's WHOIS answer.

The words of ARIN (``NetRange``, ``OrgName``), RIPE, AFRINIC, APNIC and LACNIC (``inetnum``,
``netname``, ``owner``) are understood.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

from depgraph.records.rdata import asn
from depgraph.records.text import escaped

_HOLDER = {
    "handle": ("NetHandle", "handle"),
    "name": ("NetName", "netname", "name"),
    "organisation": ("OrgName", "CustName", "org-name", "organisation", "organization", "owner"),
    "organisation-handle": ("OrgId", "org", "ownerid"),
    "country": ("Country", "country"),
    "registered": ("RegDate", "created"),
    "changed": ("Updated", "last-modified", "changed"),
}
_EXTENT = ("CIDR", "route", "route6", "inetnum", "inet6num", "NetRange", "prefix")
_ORIGIN = ("asn", "ASN")
_ROUTE = ("asn_cidr", "prefix", "bgp_prefix")
_MOST_PREFIXES = 64


def read_holder(block: Mapping[str, Any]) -> tuple[str, ...]:
    """Read who holds a block.

    Parameters
    ----------
    block
        Fields of the block, in the words of its registry.

    Returns
    -------
    The values of a ``holder`` observation, the country as registered; empty if there are none.

    Examples
    --------
    >>> read_holder({"netname": "EXAMPLE", "inetnum": "192.0.2.0 - 192.0.2.255"})
    ('name EXAMPLE', 'prefix 192.0.2.0/24')
    """
    values = []
    for name, words in _HOLDER.items():
        for word in words:
            text = block.get(word)
            if isinstance(text, str) and text.strip():
                values.append(f"{name} {escaped(text.strip())}")
                break
    values += [f"prefix {prefix}" for prefix in read_prefixes(block)]
    return tuple(values)


def read_origin(block: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the origin AS that a data set gives for an address.

    Parameters
    ----------
    block
        Fields of the block: ``asn``, and the prefix that is announced.

    Returns
    -------
    The values of an ``origin`` observation; empty if no AS is given.

    Examples
    --------
    >>> read_origin({"asn": "AS64500", "asn_cidr": "192.0.2.0/24"})
    ('asn 64500', 'prefix 192.0.2.0/24')
    """
    given = next((block[word] for word in _ORIGIN if block.get(word) is not None), None)
    number = None if given is None or isinstance(given, bool) else asn(str(given))
    if number is None:
        return ()
    values = [f"asn {number}"]
    for word in _ROUTE:
        values += [f"prefix {net}" for net in _networks(str(block.get(word) or ""))[:1]]
    return tuple(values)


def read_prefixes(block: Mapping[str, Any]) -> list[str]:
    """List the prefixes of a block, from the first of its fields that gives any.

    >>> read_prefixes({"NetRange": "192.0.2.0 - 192.0.2.127"})
    ['192.0.2.0/25']
    """
    for word in _EXTENT:
        text = block.get(word)
        networks = _networks(text) if isinstance(text, str) else []
        if networks:
            return networks[:_MOST_PREFIXES]
    return []


def _networks(text: str) -> list[str]:
    """Read a range (``192.0.2.0 - 192.0.2.9``) or prefixes with commas between them."""
    try:
        if " - " in text:
            first, last = (ipaddress.ip_address(end.strip()) for end in text.split(" - ", 1))
            return [str(net) for net in ipaddress.summarize_address_range(first, last)]
        return [str(ipaddress.ip_network(part.strip(), strict=False)) for part in text.split(",")]
    except (TypeError, ValueError):
        return []


def covers(prefixes: Iterable[str], address: str) -> bool:
    """Tell whether one of the prefixes holds the address.

    >>> covers(["192.0.2.0/24"], "192.0.2.7"), covers(["192.0.2.0/24"], "2001:db8::1")
    (True, False)
    """
    ip = ipaddress.ip_address(address)
    nets = map(ipaddress.ip_network, prefixes)
    return any(net.version == ip.version and ip in net for net in nets)

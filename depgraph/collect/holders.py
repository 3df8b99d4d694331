"""Whom to ask who holds an address block: the regional registries, as ipwhois lists them.

Of ipwhois only that list is used. Its look-up would block, sleep for minutes on a 429 and
ignore ``Retry-After``; its parser gives the same as :mod:`depgraph.records.rdap` on every
recorded network, and nothing at all where one property of a card is null.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

BOOTSTRAP = "arin"  # ARIN redirects to the registry that is responsible


def prepare() -> None:
    """Load the list, which takes a tenth of a second: best while answers are waited for."""
    import ipwhois.rdap  # noqa: F401, PLC0415


def bootstrap_url(address: str) -> str:
    """Give IANA's table of the registries of addresses (RFC 9224)."""
    version = ipaddress.ip_address(address).version
    return f"https://data.iana.org/rdap/ipv{version}.json"


def find_base(rows: Iterable[str], address: str) -> str:
    """Find the base URL for an address in rows ``"BLOCK URL"``, the longest block first.

    >>> find_base(["192.0.0.0/8 https://a.example/", "192.0.2.0/24 https://b.example/"], "192.0.2.1")
    'https://b.example/'
    """
    ip = ipaddress.ip_address(address)
    fitting = []
    for row in rows:
        block, _, url = row.partition(" ")
        network = ipaddress.ip_network(block)
        if ip in network:
            fitting.append((network.prefixlen, url))
    return max(fitting, default=(0, ""))[1]


def registry_base(registry: str) -> str:
    """Give the RDAP base URL of a regional registry; ARIN's, which redirects, if it is none."""
    from ipwhois.rdap import RIR_RDAP  # noqa: PLC0415  (imports a lot; only where needed)

    urls = RIR_RDAP.get(registry) or RIR_RDAP[BOOTSTRAP]
    return str(urls["ip_url"]).removesuffix("ip/{0}")


def registry_at(url: str) -> str:
    """Give the regional registry that a URL belongs to, empty if none.

    >>> registry_at("https://rdap.db.ripe.net/ip/192.0.2.1")
    'ripencc'
    """
    from ipwhois.rdap import RIR_RDAP  # noqa: PLC0415

    host = urlsplit(url).hostname
    return next(
        (
            rir
            for rir, urls in sorted(RIR_RDAP.items())
            if urlsplit(urls["ip_url"]).hostname == host
        ),
        "",
    )

"""Reading what stands in records: names, addresses, preferences; None where it is malformed."""

from __future__ import annotations

import ipaddress

from depgraph.names import display
from depgraph.records.rdata import address, asn, exchange, host, last_word
from depgraph.text_safety import one_line

__all__ = ["address", "asn", "covering", "exchange", "host", "last_word", "network"]
__all__ += ["shown", "version"]
_SHORTEST = {4: 8, 6: 19}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def network(text: str) -> Network | None:
    """Read a prefix in CIDR form; host bits may be set."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False) if len(text) < 64 else None
    except ValueError:
        return None


def covering(prefixes: list[str], address_text: str) -> str | None:
    """Pick the narrowest of some prefixes that holds the address; None where none does.

    One shorter than /8 (IPv6: /19) is not believed: no registry ever gave one away, but
    poisoned feeds hold them.
    """
    here = ipaddress.ip_address(address_text)
    nets = [net for text in prefixes for one in text.split(",") if (net := network(one))]
    holding = [
        net
        for net in nets
        if net.version == here.version and here in net and net.prefixlen >= _SHORTEST[net.version]
    ]
    best = max(holding, key=lambda net: net.prefixlen, default=None)
    return str(best) if best is not None else None


def shown(name: str) -> str:
    """Give a name as people write it, safe to show."""
    return one_line(display(name) if "xn--" in name else name, limit=120)


def version(address_or_prefix: str) -> int:
    """Give 4 or 6."""
    return 6 if ":" in address_or_prefix else 4

"""Reading what stands in records: names, addresses, preferences; None where it is malformed."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from depgraph.addresses import Network, PrefixMap, too_short
from depgraph.names import display
from depgraph.records.rdata import address, asn, exchange, host, last_word, preference
from depgraph.text_safety import one_line

__all__ = ["address", "asn", "covering", "exchange", "host", "last_word", "network"]
__all__ += ["preference", "shown", "version"]


@lru_cache(maxsize=1 << 14)
def network(text: str) -> Network | None:
    """Read a prefix in CIDR form; host bits may be set."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False) if len(text) < 64 else None
    except ValueError:
        return None


def covering(prefixes: list[str], address_text: str) -> str | None:
    """Return the longest of some prefixes that holds the address; None where none does.

    One that is too short for one operator (:func:`depgraph.addresses.too_short`) does not
    count: poisoned feeds hold such.
    """
    networks = [
        found for text in prefixes for one in text.split(",") if (found := network(one)) is not None
    ]
    usable = PrefixMap((one, None) for one in networks if not too_short(one))
    longest = usable.longest(ipaddress.ip_address(address_text))
    return None if longest is None else str(longest[0])


def shown(name: str) -> str:
    """Return a name as people write it, safe to show."""
    return one_line(display(name) if "xn--" in name else name, limit=120)


def version(address_or_prefix: str) -> int:
    """Return 4 or 6."""
    return 6 if ":" in address_or_prefix else 4

"""Who holds an address block: RDAP answers of the regional registries, parsed by ipwhois.

ipwhois reads the network and its entities; we fetch (it would block, sleep for minutes on a
429 and ignore ``Retry-After``) and keep its exceptions from the user.
"""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from depgraph.collect import jcard

BOOTSTRAP = "arin"  # ARIN redirects to the registry that is responsible


def prepare() -> None:
    """Load the parser, which takes a tenth of a second: best while answers are waited for."""
    import ipwhois.rdap  # noqa: F401, PLC0415


def bootstrap_url(address: str) -> str:
    """Give IANA's table of the registries of addresses (RFC 9224)."""
    version = ipaddress.ip_address(address).version
    return f"https://data.iana.org/rdap/ipv{version}.json"


def read_bootstrap(data: dict[str, Any]) -> tuple[str, ...]:
    """Read IANA's table as values ``"rdap BLOCK URL"``; rows that are no blocks are left out.

    >>> read_bootstrap({"services": [[["192.0.0.0/8", "x"], ["https://rdap.example/"]]]})
    ('rdap 192.0.0.0/8 https://rdap.example/',)
    """
    found = set()
    for entry, url in jcard.services(data):
        with contextlib.suppress(ValueError):
            found.add(f"rdap {ipaddress.ip_network(entry)} {jcard.text(url)}")
    return tuple(sorted(found))


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


def read_holder(data: dict[str, Any], *, url: str) -> tuple[str, ...]:
    """Read an RDAP network object as values of a ``holder`` observation; empty if it is none.

    Parameters
    ----------
    data
        The JSON object.
    url
        Whence it came in the end; it tells the registry.
    """
    parsed = _parse(data)
    network = parsed.get("network") or {}
    prefixes = _prefixes(data, network)
    if not prefixes:
        return ()
    rows = [("prefix", prefix) for prefix in prefixes]
    rows += [(key, jcard.text(network.get(key))) for key in ("handle", "name", "country")]
    rows += [("registry", registry_at(url))]
    rows += _organisation(parsed)
    rows += [
        ("registered", jcard.event(data, "registration")),
        ("changed", jcard.event(data, "last changed")),
    ]
    return tuple(sorted({f"{key} {value}" for key, value in rows if value}))


def _parse(data: dict[str, Any]) -> dict[str, Any]:
    """Let ipwhois parse; an answer it cannot read gives nothing."""
    from ipwhois.net import Net  # noqa: PLC0415
    from ipwhois.rdap import RDAP  # noqa: PLC0415

    clean = dict(data)
    # Without these, ipwhois raises TypeError or KeyError, or asks the network on its own.
    clean["entities"] = [
        entity for entity in jcard.rows(data.get("entities")) if jcard.text(entity.get("handle"))
    ]
    try:
        # The address is not used: only the URL that we do not ask is made of it. ipwhois
        # refuses reserved addresses, so it is given a public one of the root (RFC 7720).
        parser = RDAP(Net("198.41.0.4"))
        found: dict[str, Any] = parser.lookup(
            response=clean, asn_data={"asn_registry": BOOTSTRAP}, root_ent_check=False
        )
    except Exception:  # noqa: BLE001  (it documents few of what it raises: LookupError, TypeError...)
        return {}
    return found


def _prefixes(data: dict[str, Any], network: dict[str, Any]) -> list[str]:
    """List the blocks: what the registry says itself (cidr0), else what ipwhois computes."""
    found = []
    for row in jcard.rows(data.get("cidr0_cidrs")):
        base = row.get("v4prefix") or row.get("v6prefix")
        try:
            found.append(str(ipaddress.ip_network(f"{base}/{row.get('length')}")))
        except ValueError:
            continue
    for cidr in jcard.text(network.get("cidr")).split(",") if not found else []:
        try:
            found.append(str(ipaddress.ip_network(cidr.strip())))
        except ValueError:
            continue
    return found


def _organisation(parsed: dict[str, Any]) -> list[tuple[str, str]]:
    """Choose the registrant: an organisation before a person, and either before a maintainer."""
    best: tuple[int, str, str] | None = None
    for handle, found in sorted((parsed.get("objects") or {}).items()):
        roles = found.get("roles") or []
        if not isinstance(roles, list) or "registrant" not in [str(r).lower() for r in roles]:
            continue
        contact = found.get("contact") or {}
        named = jcard.text(contact.get("name"))
        if contact.get("kind") == "org" and named:
            rank = 0
        elif named:
            rank = 1
        else:
            rank = 3 if handle.upper().endswith("-MNT") else 2
        if best is None or (rank, handle) < best[:2]:
            best = (rank, handle, named)
    if best is None:
        return []
    return [("organisation-handle", jcard.text(best[1])), ("organisation", best[2])]

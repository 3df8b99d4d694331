"""The whole world of the lab: the replica, the services, and the zones that follow from them.

Reverse zones and Team Cymru's origin zones have a record for every address in the other zones,
so they are computed. Form of the origin zones: https://www.team-cymru.com/ip-asn-mapping.
"""

from __future__ import annotations

from functools import cache

from . import replica, services
from .world import Network, Row, World, Zone, cymru_name, lines, quoted, reverse_name, zone

REVERSE_ZONES = (
    "100.51.198.in-addr.arpa",
    "113.0.203.in-addr.arpa",
    "8.b.d.0.1.0.0.2.ip6.arpa",
)


@cache
def internet() -> World:
    """Give the world that the lab serves."""
    zones = replica.ZONES + services.ZONES
    networks = replica.NETWORKS + services.NETWORKS
    plain = World(zones, networks)
    return World((*zones, *_reverse(plain), _cymru(plain)), networks)


def _reverse(plain: World) -> list[Zone]:
    """PTR of every address to the first host that has it; none of a real network's."""
    first: dict[str, str] = {}
    for host in sorted(plain.hosts):
        for address in plain.hosts[host]:
            if not host.startswith("*"):
                first.setdefault(address, host)
    made = []
    for name in REVERSE_ZONES:
        rows = [
            Row(owner, "PTR", f"{first[address]}.")
            for address in first
            if (owner := reverse_name(address)).endswith("." + name)
        ]
        made.append(zone(name, services.BRAVO, lines(rows)))
    return made


def _cymru(plain: World) -> Zone:
    """One TXT record per address for its origin, one per AS number for its name."""
    addresses = sorted({a for host in plain.hosts for a in plain.hosts[host]})
    rows = []
    for address in addresses:
        if network := plain.network_of(address):
            rows.append(Row(cymru_name(address), "TXT", quoted(_origin(network))))
    named = {n.asn: n for n in plain.networks}
    rows += [
        Row(f"as{asn}.asn.cymru.com", "TXT", quoted(_as_name(named[asn]))) for asn in sorted(named)
    ]
    return zone("asn.cymru.com", "ns1.cymru.com", lines(rows))


def _origin(n: Network) -> str:
    origins = " ".join(str(asn) for asn in (n.asn, *n.also))
    return f"{origins} | {n.prefix} | {n.country} | {n.registry} | {n.allocated}"


def _as_name(n: Network) -> str:
    return f"{n.asn} | {n.country} | {n.registry} | {n.allocated} | {n.as_name}, {n.country}"

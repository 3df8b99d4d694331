"""A small Internet as plain data: what zones say, what parents say of them, who answers and how."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

ROOT = "."
ROOT_SERVER = "a.root-servers.net"
ROOT_ADDRESS = "198.41.0.4"

Records = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Zone:
    """One zone.

    Parameters
    ----------
    name
        Its apex.
    delegated
        The NS set at the parent.
    own
        The NS set at the apex.
    glue
        What servers of the parent send beside the delegation: host -> addresses. The addresses of
        hosts of which the parent itself holds the records are sent in any case.
    records
        The other records: (owner, type) -> data.
    """

    name: str
    delegated: tuple[str, ...]
    own: tuple[str, ...]
    glue: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: Records = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class World:
    """Zones, servers and networks.

    Parameters
    ----------
    service
        The domain whose functions are judged.
    zones
        By apex; the root among them.
    serves
        Address of a server -> zone -> how it answers for it: ``sound``, ``without-authority`` (AA
        is not set), ``servfail``, ``refused``, ``upward`` (a referral to the root), ``silent``,
        ``empty`` (from a copy of the zone with nothing but its SOA and NS set).
        At an address that is missing no server listens.
    networks
        Address -> its prefix and the AS that announces it.
    places
        By vantage point the records that are others there than elsewhere. One unnamed place if
        empty.
    """

    service: str
    zones: Mapping[str, Zone]
    serves: Mapping[str, Mapping[str, str]]
    networks: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    places: Mapping[str, Records] = field(default_factory=dict)

    def at(self, place: str) -> World:
        """Return the world as it is met at a place."""
        other = self.places.get(place, {})
        zones = dict(self.zones)
        for (owner, kind), data in other.items():
            zone = zones[self.zone_of(owner)]
            zones[zone.name] = replace(zone, records={**zone.records, (owner, kind): data})
        return replace(self, zones=zones, places={})

    def zone_of(self, name: str) -> str:
        """Return the deepest zone that a name lies in."""
        return next(above for above in upwards(name) if above in self.zones)

    def parent_of(self, zone: str) -> str:
        """Return the zone above."""
        return self.zone_of(above(zone))

    def data(self, owner: str, kind: str) -> tuple[str, ...]:
        """Return the records that the zone of a name holds of it."""
        return self.zones[self.zone_of(owner)].records.get((owner, kind), ())


def above(name: str) -> str:
    """Return a name without its first label."""
    return name.partition(".")[2] or ROOT


def upwards(name: str) -> Iterator[str]:
    """Yield a name and those above it, up to the root."""
    while name != ROOT:
        yield name
        name = above(name)
    yield ROOT


def is_below(name: str, zone: str) -> bool:
    """Tell whether a name lies at or below another."""
    return zone in upwards(name)


def family(address: str) -> int:
    """Return 4 or 6."""
    return ipaddress.ip_address(address).version

"""The little internet of the lab as values: zones, servers, and who answers for what.

Nothing here opens a socket or a file. `World` is made from zone texts a person can read
(`replica.py`, `services.py`); what a zone file of a parent must say of its child (delegation,
glue), and which server answers for which zone, follows from them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from typing import NamedTuple

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.reversename
import dns.zonefile

from depgraph import names

TTL = 300
DELEGATION_TTL = 3600


class Row(NamedTuple):
    """One record: canonical owner, type, data in presentation form, seconds to live."""

    owner: str
    type: str
    data: str
    ttl: int = TTL


@dataclass(frozen=True, kw_only=True)
class Zone:
    """One zone: what its own servers say, what its parent says of it, and who is lame.

    Parameters
    ----------
    name, ns, text
        Origin, host names in the NS set at the apex, and the other records (RFC 1035).
    parent_ns
        The NS set at the parent, where it differs from the zone's own.
    lame
        Hosts in the NS sets that do not serve the zone: their servers refuse it.
    """

    name: str
    ns: tuple[str, ...]
    text: str = ""
    parent_ns: tuple[str, ...] = ()
    lame: tuple[str, ...] = ()

    @property
    def delegated_to(self) -> tuple[str, ...]:
        """Give the NS set at the parent."""
        return self.parent_ns or self.ns

    @property
    def served_by(self) -> tuple[str, ...]:
        """Give the hosts that do answer for the zone, in a fixed order."""
        hosts = dict.fromkeys((*self.ns, *self.delegated_to))
        return tuple(host for host in hosts if host not in self.lame)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Read the text: the records other than SOA and NS of the apex."""
        return tuple(_read(cleandoc(self.text), self.name))


def zone(name: str, ns: str, text: str = "", *, parent_ns: str = "", lame: str = "") -> Zone:
    """Make a zone from words as a person writes them: host names parted by blanks."""
    return Zone(
        name=name,
        ns=tuple(ns.split()),
        text=text,
        parent_ns=tuple(parent_ns.split()),
        lame=tuple(lame.split()),
    )


def _read(text: str, origin: str) -> Iterator[Row]:
    apex = dns.name.from_text(origin)
    rrsets = dns.zonefile.read_rrsets(text, origin=apex, default_ttl=TTL, relativize=False)
    for rrset in rrsets:
        owner = names.canonical(rrset.name.to_text())
        kind = dns.rdatatype.to_text(rrset.rdtype)
        for rdata in rrset:
            yield Row(owner, kind, rdata.to_text(origin=apex, relativize=False), rrset.ttl)


@dataclass(frozen=True, kw_only=True)
class Network:
    """Who announces a prefix and who holds it, as Cymru's zones and RDAP say it."""

    prefix: str
    asn: int
    as_name: str
    country: str
    registry: str  # arin, ripencc, apnic, lacnic, afrinic: Cymru's words
    holder: str
    handle: str
    allocated: str = ""
    also: tuple[int, ...] = ()  # further origins of the same prefix (MOAS)

    @cached_property
    def network(self) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
        """Give the prefix as a network."""
        return ipaddress.ip_network(self.prefix)


@dataclass(frozen=True)
class World:
    """All zones and networks; the rest is computed from them."""

    zones: tuple[Zone, ...]
    networks: tuple[Network, ...] = ()
    by_name: dict[str, Zone] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {z.name: z for z in self.zones})
        for z in self.zones:
            for host in z.served_by:
                if not self.addresses(host):
                    raise ValueError(f"{host} serves {z.name} and has no address in the lab")

    @cached_property
    def _host_addresses(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for z in self.zones:
            for row in z.rows:
                if row.type in {"A", "AAAA"}:
                    found.setdefault(row.owner, []).append(row.data)
        return {host: tuple(dict.fromkeys(addresses)) for host, addresses in found.items()}

    def addresses(self, host: str) -> tuple[str, ...]:
        """Give the addresses of a host, IPv4 first as written."""
        return self._host_addresses.get(host, ())

    @property
    def hosts(self) -> dict[str, tuple[str, ...]]:
        """Give every host with addresses."""
        return self._host_addresses

    def zone_of(self, name: str) -> Zone:
        """Give the zone that holds a name: the deepest one that encloses it."""
        return next(self.by_name[p] for p in names.parents(name) if p in self.by_name)

    def parent_of(self, z: Zone) -> Zone | None:
        """Give the zone above, None for the root."""
        return None if z.name == names.ROOT else self.zone_of(names.parents(z.name)[1])

    @cached_property
    def layer(self) -> dict[str, int]:
        """Depth of each zone: that of its parent, one more if other servers serve it.

        One NSD serves one layer; a daemon that held parent and child would answer from the
        child and no referral would ever be seen.
        """
        depth: dict[str, int] = {}
        for z in sorted(self.zones, key=lambda z: len(names.parents(z.name))):
            above = self.parent_of(z)
            depth[z.name] = (
                depth[above.name] + (set(above.served_by) != set(z.served_by)) if above else 0
            )
        return depth

    @cached_property
    def serves(self) -> dict[str, frozenset[str]]:
        """Which zones each server address answers for; a lame server may answer for none."""
        found: dict[str, set[str]] = {}
        for z in self.zones:
            for host in dict.fromkeys((*z.ns, *z.delegated_to)):
                for address in self.addresses(host):
                    found.setdefault(address, set())
                    if host in z.served_by:
                        found[address].add(z.name)
        return {address: frozenset(found[address]) for address in sorted(found)}

    def network_of(self, address: str) -> Network | None:
        """Give the longest prefix that covers an address."""
        ip = ipaddress.ip_address(address)
        covering = [n for n in self.networks if ip.version == n.network.version and ip in n.network]
        return max(covering, key=lambda n: n.network.prefixlen, default=None)

    def records(self, z: Zone) -> list[Row]:
        """Give all records of a zone file: apex, data, and what it says of its children."""
        contact = f"hostmaster.{_dot(z.name).lstrip('.')}"
        rows = [Row(z.name, "SOA", f"{_dot(z.ns[0])} {contact} 1 7200 900 1209600 60")]
        rows += [Row(z.name, "NS", _dot(host)) for host in z.ns]
        rows += z.rows
        rows += self._glue(z.ns, z)
        for child in self.zones:
            if child is not z and self.parent_of(child) is z:
                rows += self.delegation(child, z)
        return list(dict.fromkeys(rows))

    def delegation(self, child: Zone, parent: Zone) -> Iterator[Row]:
        """Give the NS set of a child at its parent, and the glue that lies below the parent."""
        for host in child.delegated_to:
            yield Row(child.name, "NS", _dot(host), DELEGATION_TTL)
        yield from self._glue(child.delegated_to, parent)

    def _glue(self, hosts: Iterable[str], holder: Zone) -> Iterator[Row]:
        """Give the addresses of hosts below a zone that another zone has authority for."""
        for host in hosts:
            if names.is_below(host, holder.name) and self.zone_of(host) is not holder:
                for address in self.addresses(host):
                    yield Row(host, "AAAA" if ":" in address else "A", address, DELEGATION_TTL)


def _dot(name: str) -> str:
    return name if name.endswith(".") else name + "."


def zone_file(world: World, z: Zone) -> str:
    """Write a zone as a master file (RFC 1035) with every name absolute."""
    head = f"$ORIGIN {_dot(z.name)}\n$TTL {TTL}\n"
    return head + "".join(
        f"{_dot(row.owner)} {row.ttl} IN {row.type} {row.data}\n" for row in world.records(z)
    )


def reverse_name(address: str) -> str:
    """Give the name under in-addr.arpa or ip6.arpa of an address."""
    return names.canonical(dns.reversename.from_address(address).to_text())


def cymru_name(address: str) -> str:
    """Give the name at which Team Cymru's origin zones answer for an address."""
    reverse = reverse_name(address)
    for suffix, origin in ((".in-addr.arpa", "origin"), (".ip6.arpa", "origin6")):
        if reverse.endswith(suffix):
            return f"{reverse.removesuffix(suffix)}.{origin}.asn.cymru.com"
    raise ValueError(f"expected an address, found {address}")


def quoted(text: str) -> str:
    """Write one character string of a TXT record."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lines(rows: Iterable[Row]) -> str:
    """Write records as zone file lines with absolute owners."""
    return "".join(f"{_dot(row.owner)} {row.ttl} {row.type} {row.data}\n" for row in rows)

"""Who can stop a name in a world: an evaluator written from the RFCs, apart from depgraph.

A resolver that knows nothing but the root walks down (RFC 1034, section 5.3.3). At each cut it
has the NS set of the delegation. Where that brings addresses of a server, in bailiwick of the
zone that gives them (RFC 2181, section 5.4.1; RFC 9471; RFC 9499 "glue"), it starts at these; a
family that is missing there is looked up, unless the name lies in the very zone that is to be
reached. Where it brings none, the name of the server is looked up like any other. A name of a
server that is an alias leads nowhere (RFC 2181, section 10.3); below a name that does not exist
there is nothing (RFC 8020). A server is used if it answers for the zone, with AA or without it.

What can be reached is the least fixed point of these rules: names that can be found only by one
another cannot be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .world import ROOT, World, family, is_below

_USED = frozenset({"sound", "without-authority"})
_LONGEST = 8  # aliases followed


@dataclass(frozen=True)
class Start:
    """An address at which a resolver reaches a server.

    Parameters
    ----------
    server, address
        The server's name and the address.
    found_in
        The zone in which the address has to be looked up first; None for glue.
    """

    server: str
    address: str
    found_in: str | None


@dataclass(frozen=True)
class Truth:
    """A world as clients of one kind meet it.

    Parameters
    ----------
    world
        At one place.
    families
        The families of addresses that they, and their resolver, can reach.
    """

    world: World
    families: frozenset[int] = frozenset({4, 6})
    _known: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def starts(self) -> Mapping[str, tuple[Start, ...]]:
        """By zone where a resolver that has the delegation may start, if the server answers."""
        return {
            name: tuple(
                start
                for server in zone.delegated
                for start in self._starts(name, server)
                if family(start.address) in self.families
                and self.world.serves.get(start.address, {}).get(name) in _USED
            )
            for name, zone in self.world.zones.items()
            if name != ROOT
        }

    def _starts(self, zone: str, server: str) -> Iterable[Start]:
        world = self.world
        parent = world.parent_of(zone)
        glue: tuple[str, ...] = ()
        if is_below(server, parent):
            if world.zone_of(server) == parent:
                glue = self._addresses(server)
            glue = (*glue, *world.zones[zone].glue.get(server, ()))
        for address in glue:
            yield Start(server, address, None)
        missing = {4, 6} - {family(address) for address in glue}
        if glue and is_below(server, zone):
            return
        for address in self._addresses(server):
            if family(address) in missing:
                yield Start(server, address, world.zone_of(server))

    def _addresses(self, host: str) -> tuple[str, ...]:
        return (*self.world.data(host, "A"), *self.world.data(host, "AAAA"))

    def works(self, function: str, gone: frozenset[str]) -> bool:
        """Tell whether a function works without some servers (``nameserver:``) and addresses."""
        reached = self._reached(gone)
        service = self.world.service
        if function == "mail":
            exchanges = [value.split()[1] for value in self.world.data(service, "MX")]
            return service in reached and any(self._host(h, reached, gone) for h in exchanges)
        name = service if function == "web" else f"www.{service}"
        return self._host(name, reached, gone)

    def _host(self, name: str, reached: frozenset[str], gone: frozenset[str]) -> bool:
        for _ in range(_LONGEST):
            if self.world.zone_of(name) not in reached:
                return False
            alias = self.world.data(name, "CNAME")
            if not alias:
                break
            name = alias[0]
        else:
            return False
        return any(
            family(address) in self.families and f"address:{address}" not in gone
            for address in self._addresses(name)
        )

    def _reached(self, gone: frozenset[str]) -> frozenset[str]:
        """Return the zones that can be reached."""
        if gone in self._known:
            return self._known[gone]
        reached = {ROOT}
        grows = True
        while grows:
            grows = False
            for zone in self.starts.keys() - reached:
                parent = self.world.parent_of(zone)
                if parent in reached and self._leads(parent, zone, reached, gone):
                    reached.add(zone)
                    grows = True
        self._known[gone] = frozenset(reached)
        return self._known[gone]

    def _leads(self, parent: str, zone: str, reached: set[str], gone: frozenset[str]) -> bool:
        """Tell whether servers of a parent lead to a zone: they answer for it, or refer to it.

        One that has the zone and fails for it does neither.
        """
        delegated = any(_stands(one, reached, gone) for one in self.starts[zone])
        if parent == ROOT:
            return delegated
        asked = [one for one in self.starts[parent] if _stands(one, reached, gone)]
        has = [self.world.serves[one.address].get(zone) for one in asked]
        return any(how in _USED or (how is None and delegated) for how in has)


def _stands(start: Start, reached: set[str], gone: frozenset[str]) -> bool:
    """Tell whether a resolver gets to a server there."""
    return (
        f"nameserver:{start.server}" not in gone
        and f"address:{start.address}" not in gone
        and (start.found_in is None or start.found_in in reached)
    )


def actors(world: World, level: str) -> dict[str, frozenset[str]]:
    """Return the actors of a level, each with what goes when it does."""
    if level == "nameserver":
        servers = {host for zone in world.zones.values() for host in (*zone.delegated, *zone.own)}
        return {f"nameserver:{host}": frozenset({f"nameserver:{host}"}) for host in servers}
    name: Callable[[str], str] = {
        "address": lambda address: f"address:{address}",
        "prefix": lambda address: f"prefix:{world.networks[address][0]}",
        "asn": lambda address: f"asn:{world.networks[address][1]}",
    }[level]
    found: dict[str, set[str]] = {}
    for address in world.networks:
        found.setdefault(name(address), set()).add(f"address:{address}")
    return {actor: frozenset(addresses) for actor, addresses in found.items()}

"""Draws random worlds: one of each number, always the same."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from .world import ROOT, ROOT_SERVER, World, Zone, above, family, is_below

SERVICE = "shop.com"
_PROVIDERS = ("alpha.net", "beta.org", "gamma.com", "delta.net", "epsilon.org")
_ILL = ("servfail", "refused", "upward", "silent", "without-authority")
_NETWORKS = 24


def draw(seed: int, *, faults: bool | None = None) -> World:
    """Make a world.

    Parameters
    ----------
    seed
        Its number.
    faults
        Whether servers fail in it; None leaves that to the number.
    """
    rng = random.Random(seed)
    several = rng.randrange(1, 4) if faults or (faults is None and rng.random() < 0.6) else 0
    return _Draw(rng, several).world()


@dataclass
class _Draw:
    rng: random.Random
    faults: int
    networks: dict[str, tuple[str, int]] = field(default_factory=dict)
    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    serves: dict[str, dict[str, str]] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)
    of_tops: set[str] = field(default_factory=set)
    held: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def address(self, number: int) -> str:
        """Make a new address, or take one that is used already."""
        used = sorted(one for one in self.networks if family(one) == number)
        used = [one for one in used if one not in self.of_tops]
        if used and self.chance(0.15):
            return self.rng.choice(used)
        net, last = self.rng.randrange(_NETWORKS), len(self.networks) + 1
        asn = 64500 + net % 9
        if number == 4:
            block = ("192.0.2", "198.51.100", "203.0.113")[net % 3]
            start = 32 * (net // 3)
            text = f"{block}.{start + 1 + last % 30}"
            self.networks.setdefault(text, (f"{block}.{start}/27", asn))
        else:
            text = f"2001:db8:{net + 1:x}::{last:x}"
            self.networks.setdefault(text, (f"2001:db8:{net + 1:x}::/48", asn))
        return text

    def addresses(self) -> tuple[str, ...]:
        """Make the addresses of a host: IPv4, IPv6, both, several."""
        kinds = self.rng.choice(((4,), (4,), (4, 6), (4, 6), (6,), (4, 4), (4, 4, 6)))
        return tuple(dict.fromkeys(self.address(number) for number in kinds))

    def add_host(self, name: str, addresses: tuple[str, ...]) -> None:
        self.hosts[name] = addresses
        for kind, number in (("A", 4), ("AAAA", 6)):
            found = tuple(a for a in addresses if family(a) == number)
            if found:
                self.records[name, kind] = found

    def world(self) -> World:
        """Draw the top-level domains, the domains and their servers, then what is odd."""
        self.zones[ROOT] = Zone(name=ROOT, delegated=(), own=(ROOT_SERVER,))
        for top in ("com", "net", "org"):
            self._add_top(top)
        domains = [SERVICE, *self.rng.sample(_PROVIDERS, self.rng.randrange(1, 5))]
        for domain in domains:
            for number in range(1, self.rng.randrange(2, 4)):
                self.add_host(f"ns{number}.{domain}", self.addresses())
        below = [f"dns.{domain}" for domain in domains if self.chance(0.3)]
        below += [f"www.{SERVICE}"] if self.chance(0.2) else []
        for zone in below:
            if zone.startswith("dns."):
                self.add_host(f"ns.{zone}", self.addresses())
        for zone in (*domains, *below):
            self._add_zone(zone)
        places = self._add_web(domains)
        self._fail()
        self._place_records()
        return World(
            service=SERVICE,
            zones=self.zones,
            serves=self.serves,
            networks=self.networks,
            places=places,
        )

    def _add_top(self, top: str) -> None:
        """Add a top-level domain.

        Of those that the service is not in, depgraph does not ask in which networks the servers
        stand: they stand in three of their own.
        """
        number = self.rng.randrange(1, 4) if top == "com" else 3
        servers = tuple(f"{letter}.nic.{top}" for letter in "abc"[:number])
        for place, server in enumerate(servers):
            addresses = self.addresses() if top == "com" else (self._apart(top, place),)
            self.add_host(server, addresses)
            for address in addresses:
                self.serves.setdefault(address, {})[top] = "sound"
        self.of_tops.update(self.serves)
        glue = {server: self.hosts[server] for server in servers}
        self.zones[top] = Zone(name=top, delegated=servers, own=servers, glue=glue)

    def _apart(self, top: str, place: int) -> str:
        number = 10 * ("net", "org").index(top) + place
        address = f"198.18.{number}.1"
        self.networks[address] = (f"198.18.{number}.0/24", 64900 + number)
        return address

    def _add_zone(self, name: str) -> None:
        own = [host for host in self.hosts if is_below(host, name) and not _of_top(host)]
        others = [host for host in self.hosts if host not in own and not _of_top(host)]
        servers = own if own and self.chance(0.6) else []
        servers = [*servers, *self.rng.sample(others, min(len(others), self.rng.randrange(3)))]
        servers = servers or own or others[:1]
        if self.chance(0.12):  # a name of a server that does not exist
            servers.append(f"gone.{self.rng.choice(_PROVIDERS[:2])}")
        delegated, listed = list(servers), list(servers)
        if len(servers) > 1 and self.chance(0.3):  # parent and child differ
            self.rng.choice((delegated, listed)).pop(self.rng.randrange(len(servers)))
        for server in servers:
            for address in self.hosts.get(server, ()):
                self.serves.setdefault(address, {}).setdefault(name, "sound")
        glue = {s: found for s in delegated if (found := self._glue(name, s))}
        self.zones[name] = Zone(name=name, delegated=tuple(delegated), own=tuple(listed), glue=glue)

    def _glue(self, zone: str, server: str) -> tuple[str, ...]:
        """Make the glue of a server in a delegation: what the parent holds, or nothing."""
        parent = above(zone) if above(zone) in self.zones else above(above(zone))
        if not is_below(server, parent):
            # Out of bailiwick, and not to be believed (RFC 2181, section 5.4.1).
            return (self.address(4),) if self.chance(0.04) else ()
        if above(server) == parent and parent != zone:
            return ()  # the parent's own records are sent
        held = self._held(parent, server)
        for address in held:
            self.serves.setdefault(address, {}).setdefault(zone, "sound")
        # Of a host in a sister domain, too: servers send what glue they hold for a name (RFC 9471,
        # section 3.2), and so with each delegation that names it.
        return held

    def _held(self, parent: str, server: str) -> tuple[str, ...]:
        """Return what a parent holds as the addresses of a server: those it has, as a rule."""
        if (parent, server) not in self.held:
            real = self.hosts.get(server, ())
            if len(real) > 1 and self.chance(0.2):
                number = self.rng.choice((4, 6))
                real = tuple(a for a in real if family(a) == number) or real
            if real and self.chance(0.08):  # another address, which serves all the same
                real = (self.address(family(real[0])), *real[1:])
            self.held[parent, server] = () if self.chance(0.06) else real
        return self.held[parent, server]

    def _add_web(self, domains: list[str]) -> dict[str, dict[tuple[str, str], tuple[str, ...]]]:
        self.add_host(SERVICE, self.addresses())
        www = f"www.{SERVICE}"
        if www not in self.zones and self.chance(0.5):
            target = f"web.{self.rng.choice(domains)}"
            self.add_host(target, self.addresses())
            self.records[www, "CNAME"] = (target,)
        else:
            self.add_host(www, self.addresses())
        exchanges = [f"mx.{d}" for d in self.rng.sample(domains, min(2, len(domains)))]
        for exchange in exchanges:
            self.add_host(exchange, self.addresses())
        self.records[SERVICE, "MX"] = tuple(f"10 {exchange}" for exchange in exchanges)
        if not self.chance(0.2):
            return {}
        return {"de": {(SERVICE, "A"): (self.address(4),)}, "us": {}}

    def _fail(self) -> None:
        """Let some servers fail: for a zone, altogether, or because glue leads nowhere."""
        zones = [zone for zone in self.zones if "." in zone.strip(".")]
        for _ in range(self.faults):
            zone = self.zones[self.rng.choice(zones)]
            glued = sorted(zone.glue)
            if glued and self.chance(0.25):
                server = self.rng.choice(glued)
                number = family(zone.glue[server][0])
                wrong = (self.address(number),)
                for one in list(self.zones.values()):
                    if server in one.glue and one.glue[server] == zone.glue[server]:
                        self.zones[one.name] = replace(one, glue={**one.glue, server: wrong})
                continue
            at = sorted(a for a, served in self.serves.items() if zone.name in served)
            if not at:
                continue
            address, how = self.rng.choice(at), self.rng.choice(_ILL)
            several = list(self.serves[address])
            if how == "silent" and not any(z in {"com", "net", "org"} for z in several):
                self.serves[address] = dict.fromkeys(several, "silent")
            elif how != "silent":
                self.serves[address][zone.name] = how

    def _place_records(self) -> None:
        world = World(service=SERVICE, zones=self.zones, serves={})
        for (owner, kind), data in self.records.items():
            zone = self.zones[world.zone_of(owner)]
            zone.records[owner, kind] = data  # type: ignore[index]


def _of_top(host: str) -> bool:
    return ".nic." in host

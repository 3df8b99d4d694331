"""A world of zone files read as a resolver would: from the root down, for one service.

This is what a perfect observer of those zones would record: whom each parent delegates to,
what each zone says of itself, alias chains, and all that follows for name servers, mail hosts
and addresses. It walks by rules of its own, not those of live collection, so that the two
check each other.
"""

from __future__ import annotations

import ipaddress
import os
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import ROOT, is_below, parents, registered_domain
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.zones import RRset, Zone, load_zone
from depgraph.recording import Header, Recording

_ALIASES = 16
_SPF_LOOKUPS = 10  # RFC 7208, section 4.6.4
_MOST = 100_000  # observations; a world made to grow without end stops here
_HINTS = (  # names that may tell who holds the mailboxes
    ("_dmarc", "TXT"),
    ("_mta-sts", "TXT"),
    ("autodiscover", "A"),
    ("_autodiscover._tcp", "SRV"),
    ("selector1._domainkey", "CNAME"),
    ("selector2._domainkey", "CNAME"),
    ("google._domainkey", "TXT"),
    ("protonmail._domainkey", "CNAME"),
    ("fm1._domainkey", "CNAME"),
)
_CYMRU = ("prefix", "country", "registry", "allocated")


def read_zones(
    zones: Mapping[str, Source] | Iterable[Source],
    *,
    subject: str,
    time: datetime,
    include: bool = False,
    title: str = "",
) -> Recording:
    """Read the zone files of a world as one recording of a service.

    Parameters
    ----------
    zones
        Zone files or their texts, by origin or with ``$ORIGIN`` or SOA in them: root, top-level
        domains, domains of the service and of those it depends on. Where the zones of Team
        Cymru (``origin.asn.cymru.com``) and of ``in-addr.arpa`` are among them, routes and
        reverse names are read from them.
    subject
        Canonical name of the service.
    time
        When all of it was so.

    Raises
    ------
    RecordingError
        If one of them is no zone file, or there are two of one zone.
    """
    named = zones.items() if isinstance(zones, Mapping) else ((None, zone) for zone in zones)
    world: dict[str, Zone] = {}
    for origin, source in named:
        zone = load_zone(source, origin=origin, include=include)
        if zone.origin in world:
            name = source if isinstance(source, os.PathLike) else zone.origin
            raise RecordingError(f"expected one file a zone, found a second one of {name}")
        world[zone.origin] = zone
    walk = _Walk(world, time)
    walk.service(subject)
    day = time.date()
    header = Header(subject=subject, since=day, until=day, title=title, source="zone files")
    return Recording(header, tuple(walk.found.values()))


class _Walk:
    """What was found, and what is left to ask."""

    def __init__(self, world: Mapping[str, Zone], time: datetime) -> None:
        self._world = world
        self._time = time
        self._names = {origin: _existing(zone) for origin, zone in world.items()}
        self.found: dict[tuple[str, ...], Observation] = {}
        self._hosts: deque[str] = deque()
        self._known_hosts: set[str] = set()
        self._zones_seen: set[str] = set()
        self._addresses_seen: set[str] = set()
        self._service = ""

    def service(self, name: str) -> None:
        self._service = name
        for zone in parents(name)[:-1]:
            registered = registered_domain(zone)
            if registered is None or registered == zone:
                for kind in ("NS", "SOA", "DS"):
                    self._ask(zone, kind)
        for host in dict.fromkeys((name, name if name.startswith("www.") else f"www.{name}")):
            for kind in ("A", "AAAA"):
                self._addresses(self._ask(host, kind))
            self._bindings(host, self._ask(host, "HTTPS"))
            self._authorities(host)
        for value in self._ask(name, "MX"):
            self._host(value.split()[-1])
        self._policies(name)
        self._registry(name.rpartition(".")[2])
        for prefix, kind in _HINTS:
            self._ask(f"{prefix}.{name}", kind, follow=False)
        while self._hosts and len(self.found) < _MOST:
            host = self._hosts.popleft()
            for kind in ("A", "AAAA"):
                self._addresses(self._ask(host, kind))

    # -- what follows -----------------------------------------------------------------------

    def _host(self, name: str) -> None:
        if name != ROOT and name not in self._known_hosts:
            self._known_hosts.add(name)
            self._hosts.append(name)

    def _zone(self, zone: str) -> None:
        """Ask a zone about itself, and follow its servers; those of registries are left out."""
        if registered_domain(zone) is None or zone in self._zones_seen:
            return
        self._zones_seen.add(zone)
        for host in self._ask(zone, "NS"):
            self._host(host)
        soa = self._ask(zone, "SOA")
        if is_below(self._service, zone):
            self._ask(zone, "DS")
            for value in soa:  # the primary, which need not be one of the servers
                self._host(value.split()[0].rstrip("."))

    def _registry(self, top: str) -> None:
        """Follow the servers of the top-level domain of the service to their networks."""
        root = self._world.get(ROOT)
        for section, _, kind, (_, values) in root.delegation(top) if root else ():
            if section == "additional" and kind in {"A", "AAAA"}:
                self._routes(values)

    def _bindings(self, host: str, values: Iterable[str]) -> None:
        for value in values:
            target = value.split(" ")[1]
            if target not in {ROOT, host}:
                for kind in ("A", "AAAA"):
                    self._addresses(self._ask(target, kind))

    def _authorities(self, host: str) -> None:
        """CAA is inherited: the nearest name upward that has any decides (RFC 8659)."""
        for name in parents(host)[:-1]:
            if self._ask(name, "CAA") or self._is_alias(name, "CAA"):
                return

    def _is_alias(self, name: str, kind: str) -> bool:
        seen = self.found.get((name, kind, "answer", ""))
        return seen is not None and seen.status not in {Status.NODATA, Status.NXDOMAIN}

    def _policies(self, name: str) -> None:
        waiting, seen = deque([name]), {name}
        while waiting:
            records = [v for v in self._ask(waiting.popleft(), "TXT") if _is_spf(v)]
            for word in records[0].lower().split()[1:] if len(records) == 1 else ():
                term = word.lstrip("+-?~").rstrip(".")
                target = term.removeprefix("include:").removeprefix("redirect=")
                if target != term and "%" not in target and target not in seen:
                    seen.add(target)
                    if len(seen) <= _SPF_LOOKUPS + 1:
                        waiting.append(target)

    def _addresses(self, values: Iterable[str]) -> None:
        for address in values:
            if address in self._addresses_seen:
                continue
            self._addresses_seen.add(address)
            ip = ipaddress.ip_address(address)
            self._ask(ip.reverse_pointer, "PTR", follow=False)
            self._routes([address])

    def _routes(self, values: Iterable[str]) -> None:
        """Record who announces some addresses."""
        for address in values:
            ip = ipaddress.ip_address(address)
            reverse = ip.reverse_pointer.rsplit(".", 2)[0]
            six = "6" if ip.version == 6 else ""
            texts = self._quietly(f"{reverse}.origin{six}.asn.cymru.com")
            routes = [route for text in texts if (route := _route(text, ip)) is not None]
            if not routes:
                continue
            longest = max(length for length, _ in routes)
            values_of = [v for length, words in sorted(routes) if length == longest for v in words]
            self._fact(address, "origin", tuple(dict.fromkeys(values_of)))
            for word in dict.fromkeys(values_of):
                if word.startswith("asn "):
                    self._as(word.removeprefix("asn "))

    def _as(self, number: str) -> None:
        for text in self._quietly(f"as{number}.asn.cymru.com"):
            cells = [cell.strip() for cell in text.split("|", 4)]
            if len(cells) == 5 and cells[0] == number:
                keys = ("country", "registry", "allocated", "name")
                words = (cells[1], cells[2].lower(), cells[3], cells[4])
                values = tuple(f"{k} {v}" for k, v in zip(keys, words, strict=True) if v)
                self._fact(f"AS{number}", "as", values)

    # -- asking -----------------------------------------------------------------------------

    def _ask(self, name: str, kind: str, *, follow: bool = True) -> tuple[str, ...]:
        """Look a name up, record all that is met, and give the values at the end of its aliases."""
        chain: list[str] = []
        while len(chain) <= _ALIASES:
            if name in chain:
                note = f"the aliases {' -> '.join((*chain, name))} lead in a circle"
                self._keep(name, kind, Status.LOOP, note=note)
                return ()
            zone = self._locate(name, kind, follow=follow)
            if zone is None:
                note = "its zone is not among the zone files"
                self._keep(name, kind, Status.NOT_ASKED_NO_SERVER, note=note)
                return ()
            status, rrset, alias = self._answer(zone, name, kind)
            if alias is None:
                ttl, values = rrset or (None, ())
                self._keep(name, kind, status, zone=zone.origin, ttl=ttl, values=values)
                return values
            ttl, values = alias
            self._keep(name, "CNAME", Status.ANSWER, zone=zone.origin, ttl=ttl, values=values)
            self._keep(
                name, kind, Status.ANSWER, zone=zone.origin, ttl=ttl, note="alias: see CNAME"
            )
            chain.append(name)
            name = values[0]
        note = f"more than {_ALIASES} aliases, one after the other"
        self._keep(name, kind, Status.NOT_ASKED_DEPTH, note=note)
        return ()

    def _quietly(self, name: str) -> tuple[str, ...]:
        """Look up the TXT of a table kept in DNS; the way there is no part of the service."""
        zone = self._locate(name, "TXT", follow=False, quiet=True)
        if zone is None:
            return ()
        _, rrset, _ = self._answer(zone, name, "TXT")
        return rrset[1] if rrset else ()

    def _locate(
        self, name: str, kind: str, *, follow: bool = True, quiet: bool = False
    ) -> Zone | None:
        """Find the zone that answers for a name, and record the delegations on the way."""
        # A DS record lies on the parent's side of the cut.
        target = name if kind != "DS" else (name.partition(".")[2] or ROOT)
        family = [zone for zone in parents(target) if zone in self._world]
        if not family:
            return None
        zone = self._world[family[-1]]
        while True:
            cut = zone.cut_above(target)
            if cut is None:
                # The same servers may hold a zone below without a delegation to it.
                deeper = [z for z in family if z != zone.origin and is_below(z, zone.origin)]
                if not deeper:
                    return zone
                zone = self._world[deeper[-1]]
                continue
            if not quiet:
                for section, owner, found, (ttl, values) in zone.delegation(cut):
                    self._keep(
                        owner,
                        found,
                        Status.ANSWER,
                        section=section,
                        zone=zone.origin,
                        ttl=ttl,
                        values=values,
                    )
                if follow:
                    for host in zone.sets[cut]["NS"][1] if registered_domain(cut) else ():
                        self._host(host)
            if cut not in self._world:
                return None
            zone = self._world[cut]
            if follow and not quiet:
                self._zone(cut)

    def _answer(
        self, zone: Zone, name: str, kind: str
    ) -> tuple[Status, RRset | None, RRset | None]:
        """Give status, answer and alias that the zone has for a name (RFC 1034, RFC 4592)."""
        owner = name
        if name not in self._names[zone.origin]:
            encloser = next(n for n in parents(name) if n in self._names[zone.origin])
            owner = f"*.{encloser}" if encloser != ROOT else "*"
            if owner not in zone.sets:
                return Status.NXDOMAIN, None, None
        own = zone.sets.get(owner, {})
        if kind in own:
            return Status.ANSWER, own[kind], None
        return Status.NODATA, None, own.get("CNAME")

    def _fact(self, subject: str, kind: str, values: tuple[str, ...]) -> None:
        self._keep(subject, kind, Status.ANSWER, values=values, source="cymru")

    def _keep(self, subject: str, kind: str, status: Status, **more: Any) -> None:
        section, zone = more.get("section", "answer"), more.get("zone", "")
        key: tuple[str, ...] = (subject, kind, section, zone if section != "answer" else "")
        if status is Status.LOOP:  # said of a name whose alias has been kept already
            key = (*key, status.value)
        if key not in self.found:
            self.found[key] = Observation(
                subject=subject,
                type=kind,
                status=status,
                time=self._time,
                evidence=Evidence.PUBLISHED,
                **({"source": "zone-file"} | more),
            )


def _existing(zone: Zone) -> frozenset[str]:
    """List the names of a zone, empty non-terminals too."""
    names = {zone.origin}
    for owner in zone.sets:
        for name in parents(owner):
            if name in names:
                break
            names.add(name)
    return frozenset(names)


def _is_spf(text: str) -> bool:
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def _route(
    text: str, ip: ipaddress.IPv4Address | ipaddress.IPv6Address
) -> tuple[int, tuple[str, ...]] | None:
    """Read ``"64500 | 192.0.2.0/24 | US | arin | 2010-01-01"``; None if it is not that."""
    cells = [cell.strip() for cell in text.split("|", 4)]
    if len(cells) != 5:
        return None
    try:
        network = ipaddress.ip_network(cells[1])
    except ValueError:
        return None
    numbers = [number for number in cells[0].split() if number.isdecimal()]
    if not numbers or network.version != ip.version or ip not in network:
        return None
    words = (str(network), cells[2], cells[3].lower(), cells[4])
    facts = (f"{key} {word}" for key, word in zip(_CYMRU, words, strict=True) if word)
    return network.prefixlen, (*(f"asn {number}" for number in numbers), *facts)

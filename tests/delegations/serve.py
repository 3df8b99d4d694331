"""Serves a world: a UDP socket on loopback for each address, answers as in RFC 1034, section 4.3.2."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from typing import Any, Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from depgraph.collect import Endpoints

from .world import ROOT, ROOT_ADDRESS, ROOT_SERVER, World, Zone, is_below, upwards

TTL = 300
FACTS_ADDRESS = "198.41.0.200"
FACTS_SERVER = "ns.cymru.com"
_POINTS = {"NS", "CNAME"}
_FAMILIES = ("A", "AAAA")


class Servers:
    """All the servers of a world; up when it is entered and gone when it is left.

    Team Cymru's zones, which tell the prefix and AS of an address, are served by one more that is
    no part of the world.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.endpoints = Endpoints()
        self.asked = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30):
            raise RuntimeError("the servers of the world did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        places, opened = {}, []
        for address in (*self.world.serves, ROOT_ADDRESS, FACTS_ADDRESS):
            transport, _ = await self._loop.create_datagram_endpoint(
                lambda address=address: _Server(self, address),  # type: ignore[misc]
                local_addr=("127.0.0.1", 0),
            )
            places[address] = transport.get_extra_info("sockname")[:2]
            opened.append(transport)
        # Where no server is, the operating system says so at once (ICMP, port unreachable).
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
            closed.bind(("127.0.0.1", 0))
            nowhere = closed.getsockname()
        for address in self.world.networks:
            places.setdefault(address, nowhere)
        roots = {ROOT_SERVER: (ROOT_ADDRESS,)}
        self.endpoints = Endpoints(dns=places, roots=roots, closed=True)
        self._ready.set()
        await self._stop.wait()
        for transport in opened:
            transport.close()


class _Server(asyncio.DatagramProtocol):
    def __init__(self, servers: Servers, address: str) -> None:
        self._servers, self._address = servers, address

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._servers.asked += 1
        query = dns.message.from_wire(data)
        if self._address == FACTS_ADDRESS:
            reply: dns.message.Message | None = facts(self._servers.world, query)
        else:
            reply = answer(self._servers.world, self._address, query)
        if reply is not None:
            self._transport.sendto(reply.to_wire(max_size=65535), addr)


def answer(world: World, address: str, query: dns.message.Message) -> dns.message.Message | None:
    """Return what a server says; None if it stays silent."""
    name, kind = _question(query)
    served = {ROOT: "sound"} if address == ROOT_ADDRESS else world.serves[address]
    zone = next((z for z in upwards(name) if z in served and (kind, z) != ("DS", name)), None)
    how = served[zone] if zone is not None else "refused"
    reply = dns.message.make_response(query)
    if how == "silent":
        return None
    if zone is None or how in {"servfail", "refused"}:
        reply.set_rcode(dns.rcode.SERVFAIL if how == "servfail" else dns.rcode.REFUSED)
    elif how == "upward":
        _add(reply.authority, ROOT, "NS", (ROOT_SERVER,))
    else:
        _fill(world, world.zones[zone], name, kind, reply, empty=how == "empty")
        if how == "without-authority":
            reply.flags &= ~dns.flags.AA
    return reply


def _question(query: dns.message.Message) -> tuple[str, str]:
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower() or ROOT
    return name, dns.rdatatype.to_text(question.rdtype)


def _fill(
    world: World, zone: Zone, name: str, kind: str, reply: dns.message.Message, *, empty: bool
) -> None:
    """Answer from a zone: a referral, an alias, records, or that there are none."""
    if zone.name == "com" and is_below(name, "cymru.com"):
        _add(reply.authority, "cymru.com", "NS", (FACTS_SERVER,))
        _add(reply.additional, FACTS_SERVER, "A", (FACTS_ADDRESS,))
        return
    # The uppermost cut below the apex on the way to the name (RFC 1034, section 4.3.2, step 3b).
    ways = [z for z in upwards(name) if z in world.zones and z != zone.name]
    cut = next((z for z in reversed(ways) if not empty and is_below(z, zone.name)), None)
    if cut is not None and (kind, cut) != ("DS", name):
        _refer(world, zone, world.zones[cut], reply)
        return
    reply.flags |= dns.flags.AA
    soa = (f"{(zone.own or (ROOT_SERVER,))[0]}. hostmaster.invalid. 1 7200 900 1209600 60",)
    held = {} if empty else zone.records
    records = {**held, (zone.name, "NS"): zone.own, (zone.name, "SOA"): soa}
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        if _add(reply.answer, name, kind, records.get((name, kind), ())):
            return
        alias = records.get((name, "CNAME"), ())
        if not _add(reply.answer, name, "CNAME", alias):
            break
        name = alias[0]
        if world.zone_of(name) != zone.name:
            return
    _add(reply.authority, zone.name, "SOA", soa)
    below = {owner for owner, _ in records} | (set() if empty else set(world.zones))
    if not any(is_below(owner, name) for owner in below):
        reply.set_rcode(dns.rcode.NXDOMAIN)


def _refer(world: World, zone: Zone, child: Zone, reply: dns.message.Message) -> None:
    _add(reply.authority, child.name, "NS", child.delegated)
    for host in child.delegated:
        if world.zone_of(host) == zone.name:
            for kind in _FAMILIES:
                _add(reply.additional, host, kind, zone.records.get((host, kind), ()))
        for address in child.glue.get(host, ()):
            kind = _FAMILIES[ipaddress.ip_address(address).version == 6]
            _add(reply.additional, host, kind, (address,))


def _add(section: list[Any], owner: str, kind: str, data: tuple[str, ...]) -> bool:
    if not data:
        return False
    full = [f"{one}." if kind in _POINTS or kind == "MX" else one for one in data]
    section.append(dns.rrset.from_text_list(f"{owner.rstrip('.')}.", TTL, "IN", kind, full))
    return True


def facts(world: World, query: dns.message.Message) -> dns.message.Message:
    """Return what Team Cymru's zones say of an address or an AS."""
    name, kind = _question(query)
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    records = {
        ("cymru.com", "NS"): (FACTS_SERVER,),
        (FACTS_SERVER, "A"): (FACTS_ADDRESS,),
        ("cymru.com", "SOA"): (f"{FACTS_SERVER}. hostmaster.invalid. 1 7200 900 1209600 60",),
    }
    for address, (prefix, number) in world.networks.items():
        reverse = ipaddress.ip_address(address).reverse_pointer
        label = reverse.replace(".in-addr.arpa", ".origin").replace(".ip6.arpa", ".origin6")
        records[f"{label}.asn.cymru.com", "TXT"] = (f'"{number} | {prefix} | ZZ | ripencc | "',)
        text = f'"{number} | ZZ | ripencc |  | NETWORK-{number}"'
        records[f"as{number}.asn.cymru.com", "TXT"] = (text,)
    if not _add(reply.answer, name, kind, records.get((name, kind), ())):
        _add(reply.authority, "cymru.com", "SOA", records["cymru.com", "SOA"])
        if not any(is_below(owner, name) for owner, _ in records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply

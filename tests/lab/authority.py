"""What one server of many would say, made from what an NSD that plays them all says.

An NSD of the lab holds the zones of many operators. It chases a CNAME into any of them and
cannot hold glue for a sister zone (a server of com and net gives both). These functions are
pure: message in, message out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from depgraph import names

from .traffic import Asked, Fault
from .world import TTL, World

_CNAME = b"\x00\x05\x00\x01"  # type and class as they stand in a record
_REFERRAL_LIMIT = 8  # glue is not needed beyond what a UDP answer holds


def zone_at(served: Iterable[str], name: str, kind: str) -> str | None:
    """Give the zone from which a server answers: the deepest it serves, for DS the parent's."""
    zones = set(served)
    above = [p for p in names.parents(name) if p in zones]
    if kind == "DS" and above and above[0] == name and len(above) > 1:
        return above[1]
    return above[0] if above else None


def as_one_server(wire: bytes, world: World, served: frozenset[str]) -> bytes:
    """Cut an NSD's answer down (and fill it up) to what a server of these zones would say."""
    authoritative, answered = wire[2] & 0x04, wire[6:8] != b"\0\0"
    if authoritative and not (answered and _CNAME in wire):
        return wire
    message = dns.message.from_wire(wire, ignore_trailing=True)
    changed = _trim_aliases(message, served) | _add_sister_glue(message, world, served)
    return message.to_wire(max_size=65535) if changed else wire


def _canonical(name: dns.name.Name) -> str:
    return names.canonical(name.to_text())


def _trim_aliases(message: dns.message.Message, served: frozenset[str]) -> bool:
    """Leave out what the NSD followed an alias to in a zone that this server does not have."""
    answer = [rrset for rrset in message.answer if zone_at(served, _canonical(rrset.name), "A")]
    rest = [rrset for rrset in message.authority if zone_at(served, _canonical(rrset.name), "A")]
    if len(answer) == len(message.answer) and len(rest) == len(message.authority):
        return False
    message.answer[:] = answer
    message.authority[:] = rest
    message.additional.clear()
    if answer:
        message.set_rcode(dns.rcode.NOERROR)
    return True


def _add_sister_glue(message: dns.message.Message, world: World, served: frozenset[str]) -> bool:
    if message.answer or message.flags & dns.flags.AA:
        return False
    have = {_canonical(rrset.name) for rrset in message.additional}
    glue = []
    for rrset in message.authority:
        if rrset.rdtype != dns.rdatatype.NS:
            continue
        for host in sorted(_canonical(rdata.target) for rdata in rrset)[:_REFERRAL_LIMIT]:
            zone = zone_at(served, host, "A")
            if host not in have and zone and zone != names.ROOT:
                glue += address_rrsets(world, host)
    message.additional.extend(glue)
    return bool(glue)


def address_rrsets(world: World, host: str) -> list[dns.rrset.RRset]:
    """Give the A and AAAA record sets of a host."""
    out = []
    for kind, mark in (("A", "."), ("AAAA", ":")):
        found = [address for address in world.addresses(host) if mark in address]
        if found:
            out.append(dns.rrset.from_text(host + ".", TTL, "IN", kind, *found))
    return out


def failure(query: dns.message.Message, action: str) -> bytes:
    """Make the answer of a server that refuses, fails, or does not understand."""
    response = dns.message.make_response(query)
    response.set_rcode(dns.rcode.from_text(action))
    return response.to_wire()


def truncated(query: dns.message.Message) -> bytes:
    """Make an empty answer with TC: ask again over TCP."""
    response = dns.message.make_response(query)
    response.flags |= dns.flags.TC
    return response.to_wire()


def garbage(query: dns.message.Message) -> bytes:
    """Make an answer with the right id and question whose one record cannot be read."""
    response = dns.message.make_response(query)
    response.use_edns(False)
    wire = response.to_wire()
    return wire[:6] + b"\x00\x01" + wire[8:] + b"\xff\xff" + os.urandom(20)


def upward(query: dns.message.Message, world: World) -> bytes:
    """Make a referral to the root, as a server gives that does not know the zone."""
    response = dns.message.make_response(query)
    hosts = [host + "." for host in world.by_name[names.ROOT].ns]
    response.authority.append(dns.rrset.from_text(".", TTL, "IN", "NS", *hosts))
    return response.to_wire()


def view(query: dns.message.Message, asked: Asked, fault: Fault) -> bytes:
    """Make an answer with authority from a fault's own rows, as geo-DNS gives."""
    response = dns.message.make_response(query)
    response.flags |= dns.flags.AA
    data = [row.data for row in fault.rows if (row.owner, row.type) == (asked.name, asked.type)]
    if data:
        response.answer.append(dns.rrset.from_text(asked.name + ".", TTL, "IN", asked.type, *data))
    subnets = [o for o in query.options if isinstance(o, dns.edns.ECSOption)]
    if subnets:
        echo: list[dns.edns.Option] = [
            dns.edns.ECSOption(o.address, o.srclen, o.srclen) for o in subnets
        ]
        response.use_edns(0, payload=1232, options=echo)
    return response.to_wire()


def without_authority(wire: bytes) -> bytes:
    """Clear AA in an answer."""
    return wire[:2] + bytes([wire[2] & ~0x04]) + wire[3:]


def other_id(wire: bytes) -> bytes:
    """Change the id of an answer."""
    return bytes([wire[0] ^ 0x55]) + wire[1:]


def client_subnet(query: dns.message.Message) -> str:
    """Give the EDNS client subnet of a question, empty if none was sent."""
    for option in query.options:
        if isinstance(option, dns.edns.ECSOption):
            return f"{option.address}/{option.srclen}"
    return ""

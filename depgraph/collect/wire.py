"""From a DNS message to observations: pure, so that it is tested without a socket.

The words are those of RFC 9499. One message gives one *primary* observation, for the question
that was put, and with it what the message says besides: the names of an alias chain, a
delegation (authority section) and its glue (additional section).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from depgraph.names import is_below
from depgraph.observations import Observation, Status
from depgraph.records.rdata import name_of, presentation

_RCODES = {
    dns.rcode.NXDOMAIN: Status.NXDOMAIN,
    dns.rcode.SERVFAIL: Status.SERVFAIL,
    dns.rcode.REFUSED: Status.REFUSED,
    dns.rcode.NOTIMP: Status.NOTIMP,
    dns.rcode.FORMERR: Status.FORMERR,
}
_CHAIN = 16  # names of an alias chain read from one message


@dataclass(frozen=True, slots=True)
class Reply:
    """A primary observation, and what the same message said besides."""

    primary: Observation
    rest: tuple[Observation, ...] = ()

    @property
    def useful(self) -> bool:
        """Whether another server of the zone need not be asked."""
        return self.primary.status.conclusive


@dataclass(frozen=True, slots=True)
class Frame:
    """What all observations of one message share.

    Parameters
    ----------
    zone
        The zone as whose authority the server was asked, empty for a recursive resolver.
    flags
        Flags known from outside the message (``TC`` if it first came truncated).
    """

    zone: str
    server: str
    server_name: str
    time: datetime
    vantage: str = ""
    subnet: str = ""
    flags: tuple[str, ...] = ()

    def observe(self, subject: str, kind: str, status: Status, **more: Any) -> Observation:
        """Make one observation in this frame."""
        return Observation(
            subject=subject,
            type=kind,
            status=status,
            zone=self.zone,
            server=self.server,
            server_name=self.server_name,
            time=self.time,
            vantage=self.vantage,
            subnet=self.subnet,
            **more,
        )


def read_reply(message: dns.message.Message, name: str, kind: str, frame: Frame) -> Reply:
    """Read the message that answered a question.

    Parameters
    ----------
    name, kind
        The question: canonical name and DNS type.
    """
    flags = tuple(
        sorted(
            {
                flag
                for flag, bit in (("AA", dns.flags.AA), ("AD", dns.flags.AD))
                if message.flags & bit
            }.union(frame.flags)
        )
    )
    rcode = message.rcode()
    sets = _by_owner(message.answer)
    recursive = not frame.zone
    authoritative = recursive or bool(message.flags & dns.flags.AA)

    if rcode not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        status = _RCODES.get(rcode, Status.ERROR)
        note = "" if status is not Status.ERROR else f"response code {dns.rcode.to_text(rcode)}"
        return Reply(frame.observe(name, kind, status, flags=flags, note=note))

    delegation = None if recursive else _delegation(message, name, kind, frame.zone)
    if delegation is not None:
        return _referral(message, (name, kind), frame, flags, delegation)
    if not authoritative:
        note = "answered without authority"
        if any(s.rdtype == dns.rdatatype.NS for s in message.authority):
            note = "upward referral"
        return Reply(frame.observe(name, kind, Status.LAME, flags=flags, note=note))

    chain, last = _chain(sets, name, kind, frame, flags)
    final = sets.get((last, kind)) if recursive or is_below(last, frame.zone) else None
    empty = Status.NXDOMAIN if rcode == dns.rcode.NXDOMAIN else Status.NODATA
    rest: list[Observation] = list(chain)
    rest += [_aliased(frame, link.subject, kind, link, flags) for link in chain[1:]]
    if last == name:
        status = Status.ANSWER if final is not None else empty
        more: dict[str, Any] = {"ttl": None}
        if final is not None:
            more = {"ttl": int(final.ttl), "values": _values(final)}
        primary = frame.observe(name, kind, status, flags=flags, **more)
    else:
        # The alias answers for every type; what its target has is the target's observation.
        primary = _aliased(frame, name, kind, chain[0], flags)
        if final is not None:
            rest.append(
                frame.observe(
                    last,
                    kind,
                    Status.ANSWER,
                    flags=flags,
                    ttl=int(final.ttl),
                    values=_values(final),
                )
            )
        elif recursive or (empty is Status.NXDOMAIN and is_below(last, frame.zone)):
            rest.append(frame.observe(last, kind, empty, flags=flags))
    if recursive and primary.status in {Status.NODATA, Status.NXDOMAIN}:
        rest += _enclosing(message, frame)
    return Reply(primary, tuple(rest))


def _aliased(
    frame: Frame, name: str, kind: str, alias: Observation, flags: tuple[str, ...]
) -> Observation:
    """Say that a question was answered, by an alias: no values of its own."""
    note = f"alias: see the CNAME of {name}"
    return frame.observe(name, kind, Status.ANSWER, flags=flags, ttl=alias.ttl, note=note)


def _by_owner(sets: list[dns.rrset.RRset]) -> dict[tuple[str, str], dns.rrset.RRset]:
    return {
        (name_of(s.name), dns.rdatatype.to_text(s.rdtype)): s for s in sets if s.rdclass == 1 and s
    }


def _values(rrset: dns.rrset.RRset) -> tuple[str, ...]:
    return tuple(sorted({presentation(rdata) for rdata in rrset}))


def _chain(
    sets: dict[tuple[str, str], dns.rrset.RRset],
    name: str,
    kind: str,
    frame: Frame,
    flags: tuple[str, ...],
) -> tuple[list[Observation], str]:
    """Walk the aliases of an answer as far as this server may speak for them."""
    chain: list[Observation] = []
    current = name
    while kind != "CNAME" and len(chain) < _CHAIN:
        alias = sets.get((current, "CNAME"))
        if alias is None or (current, kind) in sets:
            break
        values = _values(alias)
        chain.append(
            frame.observe(
                current, "CNAME", Status.ANSWER, flags=flags, ttl=int(alias.ttl), values=values
            )
        )
        current = values[0]
        if frame.zone and not is_below(current, frame.zone):
            break
    return chain, current


def _delegation(
    message: dns.message.Message, name: str, kind: str, zone: str
) -> dns.rrset.RRset | None:
    """Find the NS set of a child zone that contains the name asked, if this is a referral."""
    if message.rcode() != dns.rcode.NOERROR:
        return None
    candidates = []
    if not message.answer:
        if any(s.rdtype == dns.rdatatype.SOA for s in message.authority):
            return None
        candidates = message.authority
    elif kind == "NS" and not message.flags & dns.flags.AA:
        candidates = message.answer  # some servers put the delegation there
    for rrset in candidates:
        owner = name_of(rrset.name)
        if (
            rrset.rdtype == dns.rdatatype.NS
            and rrset
            and owner != zone
            and is_below(owner, zone)
            and is_below(name, owner)
        ):
            return rrset
    return None


def _referral(
    message: dns.message.Message,
    question: tuple[str, str],
    frame: Frame,
    flags: tuple[str, ...],
    delegation: dns.rrset.RRset,
) -> Reply:
    child = name_of(delegation.name)
    hosts = _values(delegation)
    rest = [
        frame.observe(
            child,
            "NS",
            Status.ANSWER,
            section="authority",
            ttl=int(delegation.ttl),
            values=hosts,
        )
    ]
    rest += [
        frame.observe(
            child,
            "DS",
            Status.ANSWER,
            section="authority",
            ttl=int(rrset.ttl),
            values=_values(rrset),
        )
        for rrset in message.authority
        if rrset.rdtype == dns.rdatatype.DS and name_of(rrset.name) == child
    ]
    known = set(hosts)
    for rrset in message.additional:
        owner = name_of(rrset.name)
        if owner in known and rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
            rest.append(
                frame.observe(
                    owner,
                    dns.rdatatype.to_text(rrset.rdtype),
                    Status.ANSWER,
                    section="additional",
                    ttl=int(rrset.ttl),
                    values=_values(rrset),
                )
            )
    primary = frame.observe(*question, Status.REFERRAL, flags=flags, values=(child,))
    return Reply(primary, tuple(rest))


def _enclosing(message: dns.message.Message, frame: Frame) -> list[Observation]:
    """Keep the SOA of a negative answer of a resolver: it names the zone (RFC 2308)."""
    return [
        frame.observe(
            name_of(s.name),
            "SOA",
            Status.ANSWER,
            section="authority",
            ttl=int(s.ttl),
            values=_values(s),
        )
        for s in message.authority
        if s.rdtype == dns.rdatatype.SOA
    ]


def relabel(reply: Reply, zone: str) -> Reply:
    """Read a server's answer again as that of another zone which the same server serves.

    The same question is not put twice to a server only because it serves parent and child.
    Where it spoke as the parent alone (a referral), it is lame for the child.
    """
    primary = reply.primary
    if primary.status is Status.REFERRAL and primary.values and is_below(zone, primary.values[0]):
        note = f"refers to {primary.values[0]} as its parent only"
        return Reply(replace(primary, zone=zone, status=Status.LAME, values=(), note=note))
    return Reply(replace(primary, zone=zone), tuple(replace(o, zone=zone) for o in reply.rest))

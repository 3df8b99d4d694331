"""From a DNS message to observations: pure, so that it is tested without a socket.

The words are those of RFC 9499. One message gives one *primary* observation, for the question
that was put, and beside it those of the other record sets: the names of an alias chain, a
delegation (authority section) and its glue (additional section); of DNSSEC the signatures of
all these and the proofs of what does not exist (RRSIG, NSEC, NSEC3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from depgraph.names import is_below, parents
from depgraph.observations import Observation, Status
from depgraph.records.ede import noted
from depgraph.records.lameness import UNAUTHORISED, lameness
from depgraph.records.rdata import VERIFIED, name_of, presentation

_RCODES = {
    dns.rcode.NXDOMAIN: Status.NXDOMAIN,
    dns.rcode.SERVFAIL: Status.SERVFAIL,
    dns.rcode.REFUSED: Status.REFUSED,
    dns.rcode.NOTIMP: Status.NOTIMP,
    dns.rcode.FORMERR: Status.FORMERR,
}
_CHAIN = 16  # names of an alias chain read from one message
_CLAIMS = frozenset({Status.ANSWER, Status.NODATA, Status.NXDOMAIN})  # what takes authority


@dataclass(frozen=True, slots=True)
class Reply:
    """A primary observation, and the others of the same message."""

    primary: Observation
    rest: tuple[Observation, ...] = ()

    @property
    def useful(self) -> bool:
        """Whether another server of the zone need not be asked."""
        status = self.primary.status
        return status.conclusive and (status is Status.REFERRAL or not self.offers_recursion)

    @property
    def offers_recursion(self) -> bool:
        """Whether a server that was asked as an authority replied as a recursive one: RA, no AA.

        What it answers is what it heard from others. A server of the root never offers
        recursion, so there it is a sign that somebody else answers.
        """
        return "RA" in self.primary.flags

    @property
    def final(self) -> Observation:
        """The answer at the end of an alias chain that this message followed, else the primary."""
        for observation in self.rest:
            same_type = observation.type == self.primary.type
            if same_type and observation.values and observation.section == "answer":
                return observation
        return self.primary


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

    def observe(self, subject: str, kind: str, status: Status, **fields: Any) -> Observation:
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
            **fields,
        )


@dataclass(frozen=True, slots=True)
class _Response:
    """A message, and the question that it answers.

    Parameters
    ----------
    flags
        Of the header, and those known from outside the message.
    extended_errors
        What the server adds on how it came to its answer (RFC 8914).
    """

    message: dns.message.Message
    name: str
    kind: str
    frame: Frame
    flags: tuple[str, ...]
    extended_errors: tuple[str, ...] = ()

    @property
    def recursive(self) -> bool:
        """Whether it comes from a recursive resolver."""
        return not self.frame.zone

    def speaks_for(self, name: str) -> bool:
        """Whether the server that sent it may be believed about a name."""
        return self.recursive or is_below(name, self.frame.zone)

    def observe(
        self, subject: str, kind: str, status: Status, *, note: str = "", **fields: Any
    ) -> Observation:
        """Make an observation of the answer section, or of how the question ended."""
        claims = status in _CLAIMS and not self.recursive and not _authoritative(self.message)
        remarks = (note, UNAUTHORISED if claims else "", *self.extended_errors)
        note = "; ".join(filter(None, remarks))
        return self.frame.observe(subject, kind, status, flags=self.flags, note=note, **fields)

    def observe_rrset(self, subject: str, kind: str, rrset: dns.rrset.RRset) -> Observation:
        """Make the observation of a record set of the answer section."""
        ttl, values = int(rrset.ttl), _values(rrset)
        return self.observe(subject, kind, Status.ANSWER, ttl=ttl, values=values)

    def observe_section(self, section: str, rrset: dns.rrset.RRset) -> Observation:
        """Make the observation of a record set of another section, to which no flag applies."""
        return self.frame.observe(
            name_of(rrset.name),
            dns.rdatatype.to_text(rrset.rdtype),
            Status.ANSWER,
            section=section,
            ttl=int(rrset.ttl),
            values=_values(rrset),
        )

    def observe_aliased(self, subject: str, alias: Observation) -> Observation:
        """Say that a question was answered, by an alias: no values of its own."""
        note = f"alias: see the CNAME of {subject}"
        return self.observe(subject, self.kind, Status.ANSWER, ttl=alias.ttl, note=note)


def read_reply(message: dns.message.Message, name: str, kind: str, frame: Frame) -> Reply:
    """Read the message that answered a question.

    Parameters
    ----------
    message
        The message, as dnspython read it.
    name, kind
        The question: canonical name and DNS type.
    frame
        What all its observations share.

    Returns
    -------
    Reply
        The primary observation, and the others.
    """
    flags, errors = _flags(message, frame), _extended_errors(message)
    response = _Response(message, name, kind, frame, flags, errors)
    rcode = message.rcode()
    if rcode not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        status = _RCODES.get(rcode, Status.ERROR)
        note = "" if status is not Status.ERROR else f"response code {dns.rcode.to_text(rcode)}"
        return Reply(response.observe(name, kind, status, note=note))
    delegation = None if response.recursive else _delegation(response)
    if delegation is not None:
        return _referral(response, delegation)
    fault = "" if response.recursive or _authoritative(message) else _lameness(response)
    if fault:
        return Reply(response.observe(name, kind, Status.LAME, note=fault))
    return _answer(response)


def _authoritative(message: dns.message.Message) -> bool:
    return bool(message.flags & dns.flags.AA)


def _flags(message: dns.message.Message, frame: Frame) -> tuple[str, ...]:
    flags = set(frame.flags)
    if _authoritative(message):
        flags.add("AA")
    elif frame.zone and message.flags & dns.flags.RA:
        flags.add("RA")
    if message.flags & dns.flags.AD:
        flags.add("AD")
    return tuple(sorted(flags))


def _extended_errors(message: dns.message.Message) -> tuple[str, ...]:
    """List the extended errors of a message: the code, and the server's own words."""
    options = (one for one in message.options if isinstance(one, dns.edns.EDEOption))
    return tuple(noted(int(one.code), one.text or "") for one in options)


def _lameness(response: _Response) -> str:
    """Return why a message without AA is no answer of a server of the zone; empty if it is one.

    Resolvers use an answer that is in the message whether AA is set or not; for the others see
    :func:`depgraph.records.lameness.lameness`.
    """
    message, zone = response.message, response.frame.zone
    owners = _by_owner(message.answer)
    aliases = [(above, "DNAME") for above in parents(response.name)[1:]]
    answered = ((response.name, response.kind), (response.name, "CNAME"), *aliases)
    if any(key in owners for key in answered):
        return ""
    return lameness(
        ((name_of(rrset.name), dns.rdatatype.to_text(rrset.rdtype)) for rrset in message.authority),
        zone,
    )


def _answer(response: _Response) -> Reply:
    """Read an answer that a server has authority for, or a resolver's."""
    name, kind = response.name, response.kind
    rrsets = _by_owner(response.message.answer)
    chain, end = _chain(response, rrsets)
    final = rrsets.get((end, kind)) if response.speaks_for(end) else None
    does_not_exist = response.message.rcode() == dns.rcode.NXDOMAIN
    empty = Status.NXDOMAIN if does_not_exist else Status.NODATA
    others = list(chain)
    others += [response.observe_aliased(alias.subject, alias) for alias in chain[1:]]
    others += _redirections(response, rrsets, chain)
    if not chain:
        if final is not None:
            primary = response.observe_rrset(name, kind, final)
        else:
            primary = response.observe(name, kind, empty)
    else:
        # The alias answers for every type; what its target has is the target's observation. A
        # chain that goes on (in a circle, or longer than is read) says nothing of its end.
        primary = response.observe_aliased(name, chain[0])
        ended = (end, "CNAME") not in rrsets
        if final is not None:
            others.append(response.observe_rrset(end, kind, final))
        elif ended and (response.recursive or (does_not_exist and response.speaks_for(end))):
            others.append(response.observe(end, kind, empty))
    if primary.status in {Status.NODATA, Status.NXDOMAIN}:
        # The SOA of a negative answer names the zone (RFC 2308): that of a resolver's, and one
        # below that as whose authority a server was asked, which has both and refers to neither.
        others += [
            response.observe_section("authority", rrset)
            for rrset in response.message.authority
            if rrset.rdtype == dns.rdatatype.SOA
            and (response.recursive or _within(name, rrset.name, response.frame.zone))
        ]
    return Reply(primary, (*others, *_dnames(response, chain), *_proofs(response)))


def _within(name: str, apex: dns.name.Name, zone: str) -> bool:
    """Tell whether a zone lies on the way from another down to a name."""
    one = name_of(apex)
    return one != zone and is_below(one, zone) and is_below(name, one)


def _dnames(response: _Response, chain: list[Observation]) -> list[Observation]:
    """Return the DNAME records of which the server made aliases: they alone are signed."""
    aliased = [alias.subject for alias in chain]
    return [
        response.observe_rrset(owner, "DNAME", rrset)
        for (owner, kind), rrset in _by_owner(response.message.answer).items()
        if kind == "DNAME"
        and response.speaks_for(owner)
        and any(is_below(name, owner) for name in aliased)
    ]


def _proofs(response: _Response) -> list[Observation]:
    """Return the signatures of an answer, and what proves that something does not exist."""
    message = response.message
    proofs = [
        response.observe_rrset(name_of(rrset.name), "RRSIG", rrset)
        for rrset in message.answer
        if _signs(rrset) and response.speaks_for(name_of(rrset.name))
    ]
    return proofs + _denials(response)


def _denials(response: _Response) -> list[Observation]:
    """Return NSEC and NSEC3 records of the authority section, and their signatures."""
    kinds = {dns.rdatatype.NSEC, dns.rdatatype.NSEC3}
    return [
        response.observe_section("authority", rrset)
        for rrset in response.message.authority
        if (rrset.rdtype in kinds or (_signs(rrset) and rrset.covers in kinds))
        and response.speaks_for(name_of(rrset.name))
    ]


def _signs(rrset: dns.rrset.RRset) -> bool:
    """Tell whether a record set is the signatures of one that validation needs."""
    covered = dns.rdatatype.to_text(rrset.covers)
    return rrset.rdtype == dns.rdatatype.RRSIG and covered in VERIFIED


def _by_owner(rrsets: list[dns.rrset.RRset]) -> dict[tuple[str, str], dns.rrset.RRset]:
    return {
        (name_of(rrset.name), dns.rdatatype.to_text(rrset.rdtype)): rrset
        for rrset in rrsets
        if rrset.rdclass == dns.rdataclass.IN and rrset
    }


def _values(rrset: dns.rrset.RRset) -> tuple[str, ...]:
    return tuple(sorted({presentation(rdata) for rdata in rrset}))


def _chain(
    response: _Response, rrsets: dict[tuple[str, str], dns.rrset.RRset]
) -> tuple[list[Observation], str]:
    """Walk the aliases of an answer as far as this server may speak for them.

    Returns
    -------
    chain : list of Observation
        The aliases, in order.
    end : str
        The name that the last one points at; the name asked if there is none.
    """
    chain: list[Observation] = []
    end = response.name
    while response.kind != "CNAME" and len(chain) < _CHAIN:
        alias = rrsets.get((end, "CNAME")) or _synthesized(end, rrsets)
        if alias is None or (end, response.kind) in rrsets:
            break
        chain.append(response.observe_rrset(end, "CNAME", alias))
        end = chain[-1].values[0]
        if not response.speaks_for(end) or any(end == o.subject for o in chain):
            break
    return chain, end


def _synthesized(
    name: str, rrsets: dict[tuple[str, str], dns.rrset.RRset]
) -> dns.rrset.RRset | None:
    """Return the CNAME that a DNAME above a name stands for (RFC 6672, section 3.1).

    Servers put it into the answer themselves; not all did so.
    """
    for above in parents(name)[1:]:
        redirection = rrsets.get((above, "DNAME"))
        if redirection is None:
            continue
        full = dns.name.from_text(name)
        prefix = full.relativize(redirection.name)
        try:
            target = prefix.concatenate(redirection[0].target)
        except dns.name.NameTooLong:
            return None
        return dns.rrset.from_text(full, redirection.ttl, "IN", "CNAME", target.to_text())
    return None


def _redirections(
    response: _Response,
    rrsets: dict[tuple[str, str], dns.rrset.RRset],
    chain: list[Observation],
) -> list[Observation]:
    """List the DNAME records by which the names of a chain were redirected."""
    return [
        response.observe_rrset(owner, "DNAME", rrset)
        for (owner, kind), rrset in rrsets.items()
        if kind == "DNAME"
        and response.speaks_for(owner)
        and any(o.subject != owner and is_below(o.subject, owner) for o in chain)
    ]


def _delegation(response: _Response) -> dns.rrset.RRset | None:
    """Find the NS set of a child zone that encloses the name asked, if this is a referral."""
    message = response.message
    if message.rcode() != dns.rcode.NOERROR:
        return None
    candidates = []
    if not message.answer:
        if any(rrset.rdtype == dns.rdatatype.SOA for rrset in message.authority):
            return None
        candidates = message.authority
    elif response.kind == "NS" and not message.flags & (dns.flags.AA | dns.flags.RA):
        candidates = message.answer  # some servers put the delegation there
    for rrset in candidates:
        if rrset.rdtype == dns.rdatatype.NS and rrset:
            owner = name_of(rrset.name)
            zone = response.frame.zone
            below_the_cut = is_below(response.name, owner)
            if owner != zone and is_below(owner, zone) and below_the_cut:
                return rrset
    return None


def _referral(response: _Response, delegation: dns.rrset.RRset) -> Reply:
    """Read a referral: the delegation, its DS records or the proof of none, and its glue.

    Of the additional section only what lies in the zone that refers is glue: about other names
    its servers have nothing to say (RFC 2181, section 5.4.1; RFC 5452, section 6).
    """
    child = name_of(delegation.name)
    hosts = set(_values(delegation))
    others = [response.observe_section("authority", delegation)]
    others += [
        response.observe_section("authority", rrset)
        for rrset in response.message.authority
        if dns.rdatatype.DS in (rrset.rdtype, rrset.covers) and name_of(rrset.name) == child
    ]
    others += _denials(response)
    others += [
        response.observe_section("additional", rrset)
        for rrset in response.message.additional
        if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
        and (host := name_of(rrset.name)) in hosts
        and response.speaks_for(host)
    ]
    primary = response.observe(response.name, response.kind, Status.REFERRAL, values=(child,))
    return Reply(primary, tuple(others))


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

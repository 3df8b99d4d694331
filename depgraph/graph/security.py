"""What DNSSEC says of the zones and names of a service: attributes of their nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from depgraph.dnssec import AVAILABLE, Validator, Verdict, worst
from depgraph.graph import reports
from depgraph.graph.answers import proof, text_of
from depgraph.graph.builder import Builder
from depgraph.graph.draft import Draft
from depgraph.graph.remarks import remarks
from depgraph.observations import Observation, Status, format_time, parse_time
from depgraph.providers import Signal
from depgraph.records.ede import BOGUS, error_of
from depgraph.vocabulary import KEYLESS, Reason, ReasonCode, Security, SourceKind

_BY_CLOCK: Final = frozenset({ReasonCode.SIGNATURE_EXPIRED, ReasonCode.SIGNATURE_FUTURE})
_TYPES: Final = {"host": ("A", "AAAA", "CNAME"), "function": ("MX",)}
"""By the kind of node that lies in a zone, the types of the records that it stands for."""
_NEARLY: Final = 0.1
"""Part of a signature's validity below which its lapse is a finding. Signers renew earlier: RFC
6781, section 4.4.2.1, counts on it that at least some days are left."""


def mark(draft: Draft, observations: Iterable[Observation]) -> None:
    """Say of the zones that hold names of the service, and of those above, what DNSSEC says.

    Zones that are needed only to find a name server are left out: a validating resolver needs
    no signature to ask a server (RFC 4035, section 5). Nothing is said where nobody asked for
    keys, as in recordings of earlier versions, or where signatures cannot be checked,
    but that a resolver failed to validate a name, as it says itself (RFC 8914), or was asked not to.

    Parameters
    ----------
    draft
        The graph in the making: its nodes get `dnssec`, `dnssec_reason`, `dnssec_until`.
    observations
        Of the days that the graph is for.
    """
    rows = tuple(observations)
    names = _names(draft)
    validator = Validator(rows)
    given = _by_resolvers(rows)
    if not validator.asked:  # but a resolver may say by itself that it found a name bogus
        for zone, nodes in names.items():
            for node in (f"zone:{zone}", *nodes):
                here = given.get(_name(node), ())
                said = _as_the_resolver_says(here, Verdict(Security.UNKNOWN, _unchecked(here)))
                if _is_told(said):
                    _write(draft.nodes[node], said, _last(rows))
                    break
        return
    if not AVAILABLE:
        for zone in names:
            draft.nodes[f"zone:{zone}"]["dnssec_reason"] = str(Reason.of("no-cryptography"))
        return
    now = _last(rows)
    clock = _wrong_clock(validator)
    for zone, nodes in names.items():
        verdict, bogus = _judge(validator, zone, nodes)
        if clock is not None and verdict.state is Security.BOGUS:
            verdict, bogus = Verdict(Security.UNKNOWN, clock), {}
        elif verdict.state is Security.UNKNOWN:
            verdict = _as_the_resolver_says(given.get(zone, ()), verdict)
        _write(draft.nodes[f"zone:{zone}"], verdict, now)
        for node, fault in bogus.items():
            _write(draft.nodes[node], fault, now)


def add_signers(builder: Builder, observations: Iterable[Observation]) -> None:
    """Add who is reported to hold the keys of a secure zone; clients that validate need them.

    Where nobody says who that is, nothing is added: whoever runs the name servers may hold the
    keys, and keeps the power to redirect. One who is known not to hold them can refuse clients
    that validate, and redirect only the others.
    """
    draft, now = builder.draft, _last(observations)
    keyed: dict[str, set[str]] = {}
    for node in [n for n, data in draft.nodes.items() if data["kind"] == "zone"]:
        until = draft.nodes[node].get("dnssec_until")
        reported = reports.reported(builder, _name(node), "signer") if until else []
        if not until or len({report.name for report in reported}) != 1:
            continue
        (name,) = {report.name for report in reported}
        clues = {Signal("reported-name", name): tuple(r.observation for r in reported)}
        signer = builder.provider(builder.who("dns", clues))
        left = max(0, int((parse_time(until) - now).total_seconds()))
        data = proof([report.observation for report in reported]) | {"ttl": left}
        draft.edge(node, "signer", signer, data, role="signer", clients="validating")
        keyed[node] = {signer}
    _mark_keyless(draft, keyed)


def _mark_keyless(draft: Draft, keyed: Mapping[str, set[str]]) -> None:
    """Mark the operators of name servers that serve only zones whose keys are somebody else's."""
    serves: dict[str, set[str]] = {}
    servers = {
        h: t
        for t, h, relation in draft.edges
        if relation == "nameserver" and h[:12] == "nameservers:"
    }
    for tail, head, relation in draft.edges:
        if relation == "nameserver" and tail in servers:
            serves.setdefault(head, set()).add(servers[tail])
    for tail, head, relation in list(draft.edges):
        if relation == "nameserver" and tail in serves:  # by way of a look-up of its name
            serves.setdefault(head, set()).update(serves[tail])
    for (tail, head, relation), data in draft.edges.items():
        zones = serves.get(tail, set())
        if (
            relation == "operator"
            and zones
            and all(head not in keyed.get(z, {head}) for z in zones)
        ):
            data["role"] = KEYLESS


def _last(observations: Iterable[Observation]) -> datetime:
    return max(o.time for o in observations if o.source == SourceKind.DNS)


def _names(draft: Draft) -> dict[str, list[str]]:
    """Return the zones that hold names of the service and those above, with the nodes of the names."""
    found: dict[str, list[str]] = {}
    for tail, head, relation in draft.edges:
        if relation == "zone" and draft.nodes[tail]["kind"] in _TYPES:
            found.setdefault(_name(head), []).append(tail)
    above = {_name(t): _name(h) for t, h, relation in draft.edges if relation == "parent"}
    queue = list(found)
    while queue:
        parent = above.get(queue.pop())
        if parent is not None and parent not in found:
            found[parent] = []
            queue.append(parent)
    return {zone: sorted(found[zone]) for zone in sorted(found) if f"zone:{zone}" in draft.nodes}


def _name(node: str) -> str:
    """Return the domain name in the id of a node; of a function, the service's."""
    return node.partition(":")[2].partition("/")[0]


def _judge(
    validator: Validator, zone: str, nodes: Iterable[str]
) -> tuple[Verdict, dict[str, Verdict]]:
    """Return the verdict on a zone, and the nodes whose records are bogus in a zone that is not.

    A zone is as the way to its keys is; it is bogus, too, if none of its records is better.
    """
    way = validator.zone(zone)
    if way.state is not Security.SECURE:
        return way, {}
    by_node = {
        node: [
            validator.records(_name(node), kind)
            for kind in _TYPES[node.partition(":")[0]]
            if validator.has(_name(node), kind)
        ]
        for node in nodes
    }
    of_zone = [validator.records(zone, kind) for kind in ("SOA", "NS") if validator.has(zone, kind)]
    every = [one for several in (of_zone, *by_node.values()) for one in several]
    if every and all(one.state is Security.BOGUS for one in every):
        return worst(every), {}
    bogus = {
        node: worst(several)
        for node, several in by_node.items()
        if any(one.state is Security.BOGUS for one in several)
    }
    return worst([way, *(one for one in every if one.state is Security.SECURE)]), bogus


def _wrong_clock(validator: Validator) -> Reason | None:
    """Return that the recording's clock is wrong, where the trusted zone itself seems out of date.

    The root's signatures lapsing is news; a clock that is wrong is not.
    """
    for zone, verdict in validator.anchored.items():
        if verdict.reason is not None and verdict.reason.code in _BY_CLOCK:
            return Reason.of("clock", name=zone)
    return None


def _by_resolvers(rows: Iterable[Observation]) -> Mapping[str, Sequence[Observation]]:
    """Return by name what resolvers answered of it."""
    found: dict[str, list[Observation]] = {}
    for o in rows:
        if o.source == SourceKind.DNS and not o.zone:
            found.setdefault(o.subject, []).append(o)
    return found


def _as_the_resolver_says(here: Sequence[Observation], verdict: Verdict) -> Verdict:
    """Return what a validating resolver says of a name of which we cannot tell, by its answers.

    It fails, and answers if it is asked not to validate (CD); or it says that it did (AD).
    """
    failed = {(o.server, o.type): o for o in here if o.status is Status.SERVFAIL}
    for o in here:
        refused = failed.get((o.server, o.type))
        if "CD" in o.flags and o.status.conclusive and refused is not None:
            return Verdict(
                Security.BOGUS,
                Reason.of("resolver-bogus", text=error_of(refused, BOGUS) or refused.note),
            )
    for o in failed.values():
        if bogus := error_of(o, BOGUS):
            return Verdict(Security.BOGUS, Reason.of("resolver-bogus", text=bogus))
    if any("AD" in o.flags and o.values for o in here):
        return Verdict(Security.SECURE, Reason.of("resolver-secure"))
    return verdict


def _unchecked(here: Sequence[Observation]) -> Reason | None:
    """Return that a resolver was asked only not to validate (CD), where it answered nothing else.

    It answers what it finds bogus, too (RFC 4035, section 3.2.2): others may be refused it.
    """
    answered: dict[bool, set[str]] = {True: set(), False: set()}
    for o in here:
        if o.status.conclusive:
            answered["CD" in o.flags].add(o.type)
    return Reason.of("unchecked") if answered[True] - answered[False] else None


def _is_told(verdict: Verdict) -> bool:
    """Tell whether a verdict is a finding: it fails for whoever validates, or may."""
    unchecked = verdict.reason is not None and verdict.reason.code is ReasonCode.UNCHECKED
    return verdict.state is Security.BOGUS or unchecked


def _write(node: dict[str, Any], verdict: Verdict, now: datetime) -> None:
    node["dnssec"] = verdict.state.value
    if verdict.reason is not None:
        node["dnssec_reason"] = text_of([verdict.reason])
    findings = []
    if verdict.reason is not None and _is_told(verdict):
        findings.append(verdict.reason)
    if verdict.state is Security.SECURE and verdict.until and verdict.since:
        node["dnssec_until"] = format_time(verdict.until)
        if verdict.until - now < _NEARLY * (verdict.until - verdict.since):
            findings.append(Reason.of("signatures-lapse", time=node["dnssec_until"]))
    node |= remarks(findings, onto=node, limit=4000)

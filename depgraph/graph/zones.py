"""From a name to its zone, and from a zone to its parent, its registration and its name servers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from depgraph import names
from depgraph.graph import addresses, network, primaries, registration, registries, reports
from depgraph.graph.addresses import Found
from depgraph.graph.answers import MALFORMED, Answer, proof, text_of
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.draft import BY_DEFINITION
from depgraph.graph.text import host
from depgraph.observations import Observation, Status
from depgraph.providers import Signal
from depgraph.vocabulary import Confidence, Reason, Strength, What

# An answer that a server is no authority for the zone. A server that did not answer at all
# may only have been out of reach, and stays one of those that will do.
_LAME: Final = frozenset({Status.LAME, Status.REFUSED})


def zone_of(builder: Builder, name: str) -> str:
    """Return the zone that a name lies in: the nearest zone cut seen, else its registered domain.

    Above the registered domain the public suffix stands for everything.
    """
    registered = builder.registered(name)
    for one in names.parents(name):
        if one == registered or registered is None:
            return one
        if _is_cut(builder, one):
            return one
    return name


def _is_cut(builder: Builder, name: str) -> bool:
    index = builder.index
    answers = [index.ask(name, kind) for kind in ("NS", "ns-domain", "SOA")]
    answers.append(index.ask(name, "NS", part="parent"))
    known = any(answer.records or answer.stale for answer in answers)
    return known or bool(reports.reported(builder, name, "dns"))


def add_for(builder: Builder, tail: str, relation: str, name: str) -> None:
    """Add the zone that a name lies in, as what a node needs."""
    zone = zone_of(builder, name)
    builder.draft.edge(tail, relation, add(builder, zone), _cut_proof(builder, zone))


def add(builder: Builder, zone: str) -> str:
    """Add a zone and, later, what it needs; returns its node."""
    builder.later(expand, zone)
    return builder.draft.node("zone", zone)


def _cut_proof(builder: Builder, zone: str) -> dict[str, Any]:
    """Return how a zone cut is known; where it was not seen the name tree itself says it."""
    for part in ("parent", "answer"):
        records = builder.index.ask(zone, "NS", part=part).records
        if records:
            return proof(next(iter(records.values())))
    return dict(BY_DEFINITION)


def expand(builder: Builder, zone: str) -> None:
    """Add what a zone needs."""
    draft = builder.draft
    node = f"zone:{zone}"
    registered = builder.registered(zone)
    if registered is None:
        registries.add(builder, node, zone)
        registries.add_servers(builder, node, zone)
        return
    above = zone_of(builder, names.parents(zone)[1])
    draft.edge(node, "parent", add(builder, above), _cut_proof(builder, zone))
    if zone == registered:
        registration.add(builder, node, zone)
    group = draft.node("nameservers", zone)
    draft.edge(node, "nameserver", group)
    _add_servers(builder, zone, group, above)
    builder.later(_add_primaries, zone, phase=Phase.NETWORKS)


def _add_servers(builder: Builder, zone: str, group: str, above: str) -> None:
    """Add the name servers: those of the delegation where it was seen, else the zone's own."""
    parent = builder.index.ask(zone, "NS", part="parent")
    child = builder.index.ask(zone, "NS")
    base = parent if parent.records else child
    listed = _hosts_in(base) if base.records else _registered_servers(builder, zone)
    own = _hosts_in(child)
    lame = _lame(builder, zone)
    delegation = Delegation.of(builder, zone, above, dict.fromkeys([*listed, *own]))
    for name, found in listed.items():
        builder.observed_in.setdefault(name, found.answer.records[found.value])
        reasons = lame.get(name)
        finding = Reason.of("lame", reason=text_of(reasons)) if reasons else None
        _add_listed(builder, group, delegation, name, found, finding=finding)
    if parent.records:
        for name, found in own.items():
            if name not in listed:
                finding = Reason.of("not-delegated")
                _add_listed(builder, group, delegation, name, found, finding=finding)
    if base.records and not listed:
        _unknown(builder, zone, group, [MALFORMED])
    elif len(listed) < len(base.records):
        what = What.MALFORMED_NAME_SERVERS
        builder.draft.unknown(group, "nameserver", what, zone, [MALFORMED])
    elif not listed:
        _without_servers(builder, zone, group, (parent, child))
    elif lame.keys() >= listed.keys():
        statuses = {reason for reasons in lame.values() for reason in reasons}
        every = text_of(sorted(statuses, key=str))
        _unknown(builder, zone, group, [Reason.of("all-lame", reason=every)])


def _add_listed(
    builder: Builder,
    group: str,
    delegation: Delegation,
    name: str,
    found: Found,
    *,
    finding: Reason | None,
) -> None:
    """Add the ways to one name server; one of which something was found is needed by nobody."""
    for way in _ways(builder, delegation, name):
        builder.draft.edge(
            group,
            "nameserver",
            way,
            found.answer.proof(found.value),
            strength=Strength.EXPOSES if finding else Strength.NEEDS,
            finding=text_of([finding]) if finding else None,
        )


def _add_primaries(builder: Builder, zone: str) -> None:
    """Add the servers that those of a zone copy it from, where they are somebody else's."""
    for primary in primaries.elsewhere(builder, zone):
        builder.observed_in.setdefault(primary.name, primary.observations)
        builder.draft.edge(
            f"zone:{zone}",
            "primary",
            add_server(builder, primary.name),
            proof(primary.observations),
            expire=primary.expire,
            effect=Confidence.POSSIBLE.value,
            finding=str(Reason.of("hidden-primary", name=primary.name)),
        )


def _hosts_in(answer: Answer) -> dict[str, Found]:
    """Return the well-formed host names among the values of an answer."""
    found: dict[str, Found] = {}
    for value in answer.values:
        name = host(value)
        if name is not None:
            found[name] = Found(answer, value)
    return found


def _registered_servers(builder: Builder, zone: str) -> dict[str, Found]:
    """Return the name servers that the registration lists, where the DNS gave none."""
    index = builder.index
    if builder.registered(zone) != zone:
        return {}
    if index.ask(zone, "NS").is_empty or index.ask(zone, "NS", part="parent").is_empty:
        return {}
    answer = index.ask(zone, "registration")
    found: dict[str, Found] = {}
    for value in answer.values:
        if value.startswith("nameserver "):
            name = host("".join(value.split()[1:2]))
            if name is not None:
                found[name] = Found(answer, value)
    return found


def _lame(builder: Builder, zone: str) -> dict[str, list[Reason]]:
    """Return the servers that answered, whenever asked, that they do not serve the zone."""
    statuses: dict[str, set[Status]] = {}
    for kind in ("NS", "SOA"):
        for o in builder.index.group(zone, kind):
            if o.server_name and o.zone in ("", zone) and builder.index.current(o):
                name = o.server_name.rstrip(".").lower()
                statuses.setdefault(name, set()).add(o.status)
    return {
        name: [Reason.of(status.value) for status in sorted(found)]
        for name, found in statuses.items()
        if found <= _LAME
    }


def _without_servers(
    builder: Builder, zone: str, group: str, answers: tuple[Answer, Answer]
) -> None:
    """Say who is known to serve a zone whose servers are not: by domain, by report, or nobody."""
    draft = builder.draft
    domains = builder.index.ask(zone, "ns-domain")
    for value, observations in domains.records.items():
        domain = host(value)
        if domain is None:
            draft.unknown(group, "nameserver", What.MALFORMED_NAME_SERVERS, zone, [MALFORMED])
            continue
        builder.observed_in.setdefault(f"*.{domain}", observations)
        server = add_server(builder, f"*.{domain}", label=f"*.{domain}")
        draft.edge(group, "nameserver", server, domains.proof(value))
    if domains.records:
        return
    reported = reports.reported(builder, zone, "dns")
    if reported:
        what = What.DNS_OPERATOR
        reports.add(builder, group, "operator", "dns", reported, what=what, of=zone)
        return
    asked = [answer for answer in answers if answer.asked] or [answers[1]]
    reasons = [reason for answer in asked for reason in answer.reasons]
    _unknown(builder, zone, group, reasons, addresses.stale_of(answers))


def _unknown(
    builder: Builder,
    zone: str,
    group: str,
    reasons: Sequence[Reason],
    stale: Iterable[Observation] = (),
) -> None:
    last = reports.last_known(builder, "dns", stale, "ns-host", names=(zone,), roles=("dns",))
    builder.draft.unknown(group, "nameserver", What.NAME_SERVERS, zone, reasons, last=last)


def _ways(builder: Builder, delegation: Delegation, name: str) -> list[str]:
    """Add a name server, and the ways by which a delegation leads to it.

    By its address alone, where glue covers it; else by looking up its name first. Where the
    delegation was not seen and could hold glue, both are ways, and the first is unknown.
    """
    draft = builder.draft
    server = add_server(builder, name)
    if delegation.brings(name):
        return [server]
    lookup = draft.node("lookup", name)
    if (lookup, server, "nameserver") not in draft.edges:
        draft.edge(lookup, "nameserver", server)
        add_for(builder, lookup, "zone", name)
    above = delegation.above
    if delegation.seen or not names.is_below(name, above):
        return [lookup]
    glued = draft.node("lookup", f"{name}/glue in {above}", label=name)
    draft.edge(glued, "nameserver", server)
    reason = Reason.of("delegation-unseen", name=above)
    draft.unknown(glued, "zone", What.GLUE, name, [reason], within=above)
    return [lookup, glued]


def add_server(builder: Builder, name: str, *, label: str = "") -> str:
    """Add a name server and, later, its addresses and operator; returns its node."""
    builder.later(_expand_server, name, phase=Phase.SETS)
    return builder.draft.node("nameserver", name, label=label)


@dataclass(frozen=True, slots=True)
class Delegation:
    """How a zone is delegated: from which zones, seen or not, and to which servers with glue."""

    zone: str
    above: str
    seen: bool
    glued: frozenset[str]

    @classmethod
    def of(cls, builder: Builder, zone: str, above: str, servers: Iterable[str]) -> Delegation:
        """Read the delegation of a zone to some servers."""
        records = builder.index.ask(zone, "NS", part="parent").records
        origins = {above}
        for observations in records.values():
            origins.update(o.zone for o in observations)
        origins -= {"", "."}
        glued: set[str] = set()
        for name in servers:
            within = any(names.is_below(name, origin) for origin in origins)
            if within and _glue_seen(builder, name, origins):
                glued.add(name)
        return cls(zone, above, bool(records), frozenset(glued))

    def brings(self, name: str) -> bool:
        """Tell whether the delegation brings the address of a server along.

        Only a name within the delegating zone can be glued (RFC 9499 "glue records"). A name
        within the delegated zone itself must be; it counts as glued unless the delegation was
        seen to bring the addresses of others of its servers and not of this one.
        """
        return name in self.glued or (names.is_below(name, self.zone) and not self.glued)


def _glue_seen(builder: Builder, name: str, origins: set[str]) -> bool:
    for family in addresses.FAMILIES:
        for glue in builder.index.ask(name, family, part="glue").records.values():
            if any(not o.zone or o.zone in origins for o in glue):
                return True
    return False


def _expand_server(builder: Builder, name: str) -> None:
    """Add the addresses of a name server, its own answer before glue, and who runs it by name."""
    draft = builder.draft
    node = f"nameserver:{name}"
    # A name that also serves the web has its fronts drawn; those do not serve its DNS.
    group = f"{name}/nameserver" if f"host:{name}" in draft.nodes else name
    draft.edge(node, "address", draft.node("addresses", group, label=name))
    answers = _server_addresses(builder, name)
    observed_in = builder.observed_in.get(name, ())
    signal = Signal("ns-domain", name[2:]) if name.startswith("*.") else Signal("ns-host", name)
    clues: dict[Signal, Sequence[Observation]] = {signal: observed_in}
    addresses.add_all(builder, group, answers, role="dns", clues=dict(clues))
    soa = builder.index.ask(zone_of(builder, name), "SOA")
    for value, observations in soa.records.items():
        primary = host("".join(value.split()[:1]))
        if primary is not None:
            clues[Signal("soa-mname", primary)] = observations
    for text in addresses.readable(answers):
        clues |= network.clues_of(builder, text)
    builder.operator(node, "operator", "dns", clues)


def _server_addresses(builder: Builder, name: str) -> list[Answer]:
    own = [builder.index.ask(name, family) for family in addresses.FAMILIES]
    glue = [builder.index.ask(name, family, part="glue") for family in addresses.FAMILIES]
    if any(answer.records for answer in own) or not any(answer.records for answer in glue):
        return own
    return glue

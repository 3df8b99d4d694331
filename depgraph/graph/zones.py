"""From a name to its zone, and from a zone to its parent, its registration and its name servers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from depgraph import names
from depgraph.graph import addresses, network, registration
from depgraph.graph.evidence import Answer, proof
from depgraph.graph.text import host
from depgraph.graph.work import SETS, Work
from depgraph.observations import Observation, Status
from depgraph.providers import Signal

# An answer that a server is no authority for the zone. A server that did not answer at all
# may only have been out of reach, and stays one of those that will do.
_LAME = frozenset({Status.LAME, Status.REFUSED})


def zone_of(work: Work, name: str) -> str:
    """Give the zone that a name lies in: the nearest zone cut seen, else its registered domain.

    Above the registered domain the public suffix stands for everything.
    """
    registered = work.registered(name)
    for one in names.parents(name):
        if one == registered or registered is None:
            return one
        if _is_cut(work, one):
            return one
    return name


def _is_cut(work: Work, name: str) -> bool:
    index = work.index
    answers = (index.ask(name, "NS"), index.ask(name, "NS", part="parent"), index.ask(name, "SOA"))
    return any(a.seen or a.stale for a in answers) or bool(work.reports(name, "dns"))


def add_for(work: Work, source: str, relation: str, name: str) -> None:
    """Add the zone that a name lies in, as what a node needs."""
    zone = zone_of(work, name)
    work.draft.edge(source, relation, add(work, zone), _cut_proof(work, zone))


def add(work: Work, zone: str) -> str:
    """Add a zone and, later, what it needs; gives its node."""
    work.later(expand, zone)
    return work.draft.node("zone", zone)


def _cut_proof(work: Work, zone: str) -> dict[str, object]:
    """Give the observation that shows the zone cut; without one the name tree itself says it."""
    for part in ("parent", "answer"):
        if seen := work.index.ask(zone, "NS", part=part).seen:
            return proof(next(iter(seen.values())))
    return proof(())


def expand(work: Work, zone: str) -> None:
    """Add what a zone needs."""
    node = f"zone:{zone}"
    registered = work.registered(zone)
    if registered is None:
        registration.add_registry(work, node, zone)
        return
    above = zone_of(work, names.parents(zone)[1])
    work.draft.edge(node, "parent", add(work, above), _cut_proof(work, zone))
    if zone == registered:
        registration.add(work, node, zone)
    group = work.draft.node("nameservers", zone)
    work.draft.edge(node, "nameserver", group)
    _servers(work, zone, group, above)


def _servers(work: Work, zone: str, group: str, above: str) -> None:
    """Add the name servers: those of the delegation where it was seen, else the zone's own."""
    parent = work.index.ask(zone, "NS", part="parent")
    child = work.index.ask(zone, "NS")
    base = parent if parent.seen else child
    listed = {name: (base, value) for value in base.values if (name := host(value))}
    if not base.seen:
        listed = _registered_servers(work, zone)
    lame = _lame(work, zone)
    own = [name for value in child.values if (name := host(value))]
    delegation = Delegation.of(work, zone, above, dict.fromkeys([*listed, *own]))
    for name, (answer, value) in listed.items():
        work.sightings.setdefault(name, answer.seen[value])
        more = {"strength": "exposes", "note": f"lame: {lame[name]}"} if name in lame else {}
        for way in _ways(work, delegation, name):
            work.draft.edge(group, "nameserver", way, answer.proof(value), **more)
    if parent.seen:
        for value in child.values:
            name = host(value) or ""
            if name and name not in listed:
                more = {"strength": "exposes", "note": "listed by the zone, not by its parent"}
                for way in _ways(work, delegation, name):
                    work.draft.edge(group, "nameserver", way, child.proof(value), **more)
    if base.seen and not listed:
        _unknown(work, zone, group, "malformed")
    elif len(listed) < len(base.seen):
        work.draft.unknown(
            group, "nameserver", f"malformed name servers of {zone}", reason="malformed"
        )
    elif listed and lame.keys() >= listed.keys():
        _unknown(
            work, zone, group, "every server was lame: " + ", ".join(sorted(set(lame.values())))
        )
    elif not listed:
        _without_servers(work, zone, group, (parent, child))


def _registered_servers(work: Work, zone: str) -> dict[str, tuple[Answer, str]]:
    """Take the name servers that the registration lists, where the DNS gave none."""
    if work.registered(zone) != zone:
        return {}
    if work.index.ask(zone, "NS").is_empty or work.index.ask(zone, "NS", part="parent").is_empty:
        return {}
    answer = work.index.ask(zone, "registration")
    listed = [v for v in answer.values if v.startswith("nameserver ")]
    return {name: (answer, v) for v in listed if (name := host("".join(v.split()[1:2])))}


def _lame(work: Work, zone: str) -> dict[str, str]:
    """Tell which servers said, whenever they were asked, that they do not serve the zone."""
    told: dict[str, list[Observation]] = {}
    for kind in ("NS", "SOA"):
        for o in work.index.group(zone, kind):
            if o.server_name and o.zone in ("", zone) and work.index.current(o):
                told.setdefault(o.server_name.rstrip(".").lower(), []).append(o)
    return {
        name: ", ".join(sorted({o.status.value for o in seen}))
        for name, seen in told.items()
        if all(o.status in _LAME for o in seen)
    }


def _without_servers(work: Work, zone: str, group: str, answers: tuple[Answer, ...]) -> None:
    """Say who is known to serve a zone whose servers are not: by domain, by report, or nobody."""
    domains = work.index.ask(zone, "ns-domain")
    for value in domains.values:
        domain = host(value)
        if domain is None:
            what = f"malformed name servers of {zone}"
            work.draft.unknown(group, "nameserver", what, reason="malformed")
            continue
        work.sightings.setdefault(f"*.{domain}", domains.seen[value])
        server = add_server(work, f"*.{domain}", label=f"servers under {domain}")
        work.draft.edge(group, "nameserver", server, domains.proof(value))
    if domains.seen:
        return
    reported = work.reports(zone, "dns")
    work.report(group, "operator", "dns", reported, what=f"DNS operator of {zone}")
    if not reported:
        reason = "; ".join(sorted({a.reason for a in answers if a.asked})) or answers[1].reason
        stale = [o for a in answers for o in a.stale]
        _unknown(work, zone, group, reason, stale)


def _unknown(
    work: Work, zone: str, group: str, reason: str, stale: list[Observation] | None = None
) -> None:
    last = work.last_known("dns", stale or [], "ns-host", names=(zone,), roles=("dns",))
    work.draft.unknown(group, "nameserver", f"name servers of {zone}", reason=reason, last=last)


def _ways(work: Work, delegation: Delegation, name: str) -> list[str]:
    """Add a name server, and the ways by which a delegation leads to it.

    By its address alone, where glue covers it; else by looking up its name first. Where the
    delegation was not seen and could hold glue, both are ways, and the first is unknown.
    """
    server = add_server(work, name)
    if delegation.brings(name):
        return [server]
    lookup = work.draft.node("lookup", name)
    if (lookup, server, "nameserver") not in work.draft.edges:
        work.draft.edge(lookup, "nameserver", server)
        add_for(work, lookup, "zone", name)
    above = delegation.above
    if delegation.seen or not names.is_below(name, above):
        return [lookup]
    maybe = work.draft.node("lookup", f"{name}/glue in {above}", label=name)
    work.draft.edge(maybe, "nameserver", server)
    reason = "the delegation was not seen"
    work.draft.unknown(maybe, "zone", f"glue of {name} in {above}", reason=reason)
    return [lookup, maybe]


def add_server(work: Work, name: str, *, label: str = "") -> str:
    """Add a name server and, later, its addresses and operator; gives its node."""
    work.later(_expand_server, name, phase=SETS)
    return work.draft.node("nameserver", name, label=label)


@dataclass(frozen=True, slots=True)
class Delegation:
    """How a zone is delegated: from which zones, seen or not, and to which servers with glue."""

    zone: str
    above: str
    seen: bool
    glued: frozenset[str]

    @classmethod
    def of(cls, work: Work, zone: str, above: str, servers: Iterable[str]) -> Delegation:
        """Read the delegation of a zone to some servers."""
        seen = work.index.ask(zone, "NS", part="parent").seen
        origins = {above, *(o.zone for group in seen.values() for o in group)} - {"", "."}
        glued = (
            name
            for name in servers
            if any(names.is_below(name, origin) for origin in origins)
            and _glue_seen(work, name, origins)
        )
        return cls(zone, above, bool(seen), frozenset(glued))

    def brings(self, name: str) -> bool:
        """Tell whether the delegation brings the address of a server along.

        Only a name within the delegating zone can be glued (RFC 9499 "glue records"). A name
        within the delegated zone itself must be; it counts as glued unless the delegation was
        seen to bring the addresses of others of its servers and not of this one.
        """
        return name in self.glued or (names.is_below(name, self.zone) and not self.glued)


def _glue_seen(work: Work, name: str, origins: set[str]) -> bool:
    return any(
        not o.zone or o.zone in origins
        for family in addresses.FAMILIES
        for seen in work.index.ask(name, family, part="glue").seen.values()
        for o in seen
    )


def _expand_server(work: Work, name: str) -> None:
    """Add the addresses of a name server, its own answer before glue, and who runs it by name."""
    node = f"nameserver:{name}"
    # A name that also serves the web has its fronts drawn; those do not serve its DNS.
    group_name = f"{name}/nameserver" if f"host:{name}" in work.draft.nodes else name
    group = work.draft.node("addresses", group_name, label=name)
    work.draft.edge(node, "address", group)
    own = [work.index.ask(name, family) for family in addresses.FAMILIES]
    glue = [work.index.ask(name, family, part="glue") for family in addresses.FAMILIES]
    answers = own if any(a.seen for a in own) or not any(a.seen for a in glue) else glue
    seen = work.sightings.get(name, ())
    if name.startswith("*."):
        clues: dict[Signal, Sequence[Observation]] = {Signal("ns-domain", name[2:]): seen}
    else:
        clues = {Signal("ns-host", name): seen}
    addresses.add_all(work, group_name, answers, role="dns", clues=clues)
    soa = work.index.ask(zone_of(work, name), "SOA")
    for value, told in soa.seen.items():
        if (primary := host(value.split()[0] if value.split() else "")) is not None:
            clues[Signal("soa-mname", primary)] = told
    for text in addresses.readable(answers):
        clues |= network.clues_of(work, text)
    work.operator(node, "operator", "dns", clues)

"""From a name to its zone, and from a zone to its parent, its registration and its name servers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from depgraph import names
from depgraph.graph import (
    addresses,
    primaries,
    registered,
    registration,
    registries,
    reports,
    servers,
)
from depgraph.graph.addresses import Found
from depgraph.graph.answers import (
    MALFORMED,
    NOTHING,
    SETTLED,
    Answer,
    is_undelegated,
    proof,
    server_address,
)
from depgraph.graph.builder import FARTHEST, Builder, Phase
from depgraph.graph.cuts import zone_of
from depgraph.graph.delegation import OWN, Delegation, Way
from depgraph.graph.draft import BY_DEFINITION
from depgraph.graph.failure import credible, failures, how_sure, inward, nonexistent, unanswered
from depgraph.graph.text import host
from depgraph.graph.views import TOGETHER
from depgraph.observations import Observation, Status
from depgraph.vocabulary import Confidence, Reason, Strength, What

_LEADS: Final = frozenset({Status.ANSWER, Status.REFERRAL})


def add_for(
    builder: Builder, tail: str, relation: str, name: str, kinds: Sequence[str] = TOGETHER["A"]
) -> None:
    """Add the zone that a name lies in, as what a node needs of it: its records of some types."""
    zone = zone_of(builder, name)
    builder.draft.edge(tail, relation, add(builder, zone), _cut_proof(builder, zone))
    answers = {kind: builder.index.ask(name, kind) for kind in kinds}
    # Who asks for an address is answered with an alias, where there is one.
    aliased = "CNAME" in answers and bool(answers["CNAME"].records)
    there = [one for one in answers.values() if one.records or aliased]
    denied = credible(o for one in there for o in one.empty if one.records)
    denied += _denying_names(builder, zone, name)
    failed = failures(o for one in there for o in (*one.failed, *one.empty) if o.zone in {"", zone})
    if denied or failed:
        given = [o for one in there for group in one.records.values() for o in group]
        giving = {server_address(o) for o in given}
        asked = _Asked(denied, failed, giving)
        _add_leading(builder, tail, relation, zone, (name, kinds[0]), asked=asked)


def _denying_names(builder: Builder, zone: str, name: str) -> list[Observation]:
    """List the answers that a name, or one above it in its zone, does not exist (RFC 8020)."""
    within = [one for one in names.parents(name) if names.is_below(one, zone)]
    every = (o for one in within for o in builder.index.of_name(one))
    return credible(o for o in every if o.status is Status.NXDOMAIN and o.zone in {"", zone})


def add(builder: Builder, zone: str) -> str:
    """Add a zone and, later, what it needs; returns its node."""
    builder.later(expand, zone)
    return builder.draft.node("zone", zone)


def _cut_proof(builder: Builder, zone: str) -> dict[str, Any]:
    """Return how a zone cut is known; where it was not seen the name tree itself says it."""
    for part in ("parent", "answer"):
        for seen in builder.index.ask(zone, "NS", part=part).records.values():
            if not all(map(is_undelegated, seen)):
                return proof(seen)
    return dict(BY_DEFINITION)


def expand(builder: Builder, zone: str) -> None:
    """Add what a zone needs."""
    draft = builder.draft
    node = f"zone:{zone}"
    registered = builder.registered(zone)
    above = _above(builder, zone) if "." in zone else ""  # the root is left out
    if above:
        draft.edge(node, "parent", add(builder, above), _cut_proof(builder, zone))
        _add_referring(builder, zone, above)
    if registered is None:
        registries.add(builder, node, zone)
        registries.add_servers(builder, node, zone)
        return
    group = draft.node("nameservers", zone)
    draft.edge(node, "nameserver", group)
    gone = nonexistent(builder.index, zone)
    if gone is not None:  # nobody registered it, and nobody serves it
        draft.note(group, gone)
        return
    if zone == registered:
        registration.add(builder, node, zone)
    if builder.distance > FARTHEST:
        builder.too_far.add(zone)
        _unknown(builder, zone, group, [Reason.of("too-far", limit=str(FARTHEST))])
        return
    _add_servers(builder, zone, group, above)
    builder.later(_add_primaries, zone, phase=Phase.NETWORKS)


def _add_servers(builder: Builder, zone: str, group: str, above: str) -> None:
    """Add the name servers: those of the delegation where it was seen, else the zone's own."""
    parent = builder.index.ask(zone, "NS", part="parent")
    child = builder.index.ask(zone, "NS")
    base = _base(builder, zone)
    listed = _hosts_in(base) if base.records else _registered_servers(builder, zone)
    own = _hosts_in(child)
    delegation = Delegation.of(builder.index, zone, above, dict.fromkeys([*listed, *own]))
    ways = {name: delegation.ways(builder.index, name) for name in listed}
    unreached = _inward(builder, ways)
    beside = any(way.nonexistent is None for several in ways.values() for way in several)
    doubted = {} if base.records else _contradicted(builder, zone)
    for name, found in listed.items():
        builder.observed_in.setdefault(name, found.answer.records[found.value])
        _add_listed(
            builder,
            group,
            delegation,
            name,
            found,
            ways=ways[name],
            beside=beside,
            unreached=unreached.get(name),
            doubt=doubted.get(name),
        )
    addresses.note_views(builder, group, [base])
    for view, why in (base.lost if listed else {}).items():
        what = What.NAME_SERVERS
        builder.draft.unknown(group, "nameserver", what, zone, why, within=view, vantage=view)
    builder.further(group, "nameserver", zone, "NS", base)
    if listed and not base.records:
        record = registered.of(builder, zone)
        builder.further(group, "nameserver", zone, "registration", record.answer)
        if (differ := record.differing.get("nameserver")) is not None:
            builder.draft.unknown(group, "nameserver", What.NAME_SERVERS, zone, [differ])
    if parent.records:
        delegated_to = set(map(host, parent.every))
        for name, found in own.items():
            if name not in delegated_to:
                several = delegation.ways(builder.index, name)
                _add_listed(builder, group, delegation, name, found, ways=several, delegated=False)
    if listed:
        _add_beside(builder, zone, group, above)
        telling = [o for found in listed.values() for o in found.answer.records[found.value]]
        _note_undelegated(builder, zone, group, telling)
    if base.records and not listed:
        _unknown(builder, zone, group, [MALFORMED])
    elif len(listed) < len(base.records) or base.not_whole:
        unread = len(listed) < len(base.records) or MALFORMED in base.not_whole
        what = What.MALFORMED_NAME_SERVERS if unread else What.NAME_SERVERS
        reasons = [MALFORMED] if unread else base.not_whole
        builder.draft.unknown(group, "nameserver", what, zone, reasons)
    elif not listed:
        _without_servers(builder, zone, group, (parent, child))


def _add_listed(
    builder: Builder,
    group: str,
    delegation: Delegation,
    name: str,
    found: Found,
    *,
    ways: Iterable[Way],
    delegated: bool = True,
    beside: bool = False,
    unreached: Reason | None = None,
    doubt: Reason | None = None,
) -> None:
    """Add the ways to one name server.

    One whose name one resolver alone denies, beside others (``beside``), is an alternative that
    likely fails. One that is not delegated to, whose name does not exist, or that the Internet does not reach
    (``unreached``) is needed by nobody, nor is one that others do not list (``doubt``). One that
    did not serve us may serve others: the way to it needs that as well, which is unknown.
    """
    for way in ways:
        findings = [] if delegated else [Reason.of("not-delegated")]
        findings += [one for one in (doubt, way.nonexistent, way.failure, unreached) if one]
        differs = delegation.difference(builder.index, name)
        if delegated and differs is not None:
            findings.append(differs)
        if way.unseen and (denied := delegation.denied(builder.index, name)) is not None:
            findings.append(denied)
        if delegation.lacks_glue(name, way):
            findings.append(Reason.of("no-glue", name=name))
        if name in delegation.behind:
            findings.append(delegation.behind[name])
        if (unsure := delegation.service.without_authority(way.addresses)) is not None:
            findings.append(unsure)
        gone = way.nonexistent
        perhaps = gone is not None and beside and how_sure(gone) is Confidence.LIKELY
        there = (gone is None or perhaps) and unreached is None
        needed = delegated and there and doubt is None
        told = found.answer.proof(found.value)
        if doubt is not None:
            told["confidence"] = Confidence.POSSIBLE.value
        if not delegated:
            told.pop("vantage", None)  # nobody needs it, whoever is answered so
        builder.draft.edge(
            group,
            "nameserver",
            _add_way(builder, delegation, name, way, needed=needed),
            told,
            strength=Strength.NEEDS if needed else Strength.EXPOSES,
            finding=findings,
            effect=Confidence.LIKELY.value if needed and perhaps else None,
        )


def _inward(builder: Builder, ways: Mapping[str, Sequence[Way]]) -> dict[str, Reason]:
    """Return which name servers the Internet does not reach, where it may reach others."""
    found = {
        name: inward(builder.index, there, seen=addresses.telling(there))
        for name, several in ways.items()
        if all(way.inward for way in several)
        for there in [{a: one for way in several for a, one in way.addresses.items()}]
    }
    gone = {name for name, several in ways.items() if all(way.nonexistent for way in several)}
    return found if len(found) + len(gone) < len(ways) else {}


def _add_beside(builder: Builder, zone: str, group: str, above: str) -> None:
    """Add servers of the zone above that have the zone as well, as they are reached there.

    They answer from it and refer nobody to those that are delegated to (RFC 1034, section 4.3.2),
    be they among them or not. One machine may have the name of a server of either zone, so it is
    known by its address.
    """
    if builder.registered(above) is None:
        return
    answering: dict[str, list[Observation]] = {}
    for o in builder.index.asked_for(zone):
        if o.status in SETTLED and o.section == "answer" and o.status is not Status.REFERRAL:
            answering.setdefault(server_address(o), []).append(o)
    delegation, _, ways = _ways_to(builder, above)
    for name, way in ways:
        served = {a: found for a, found in way.addresses.items() if a in answering}
        if not served:
            continue
        head = _add_way(builder, delegation, name, _part_of(way, served, zone), needed=True)
        if head not in builder.draft.heads(group, "nameserver"):
            observations = [o for address in served for o in answering[address]]
            builder.draft.edge(group, "nameserver", head, proof(observations))


def _ways_to(
    builder: Builder, zone: str
) -> tuple[Delegation, dict[str, Found], list[tuple[str, Way]]]:
    """Return how a zone is delegated, to which servers, and each way to one of them."""
    if zone not in builder.ways:
        index, listed = builder.index, _hosts_in(_base(builder, zone))
        delegation = Delegation.of(index, zone, _above(builder, zone), listed)
        ways = [(server, way) for server in listed for way in delegation.ways(index, server)]
        builder.ways[zone] = delegation, listed, ways
    return builder.ways[zone]


def _part_of(way: Way, addresses: Mapping[str, Found], what: str) -> Way:
    """Return a way with some of its addresses; where these are not all, told apart by what for."""
    if len(addresses) == len(way.addresses):
        return way
    return replace(way, word=f"{way.word} with {what}", addresses=addresses)


def _add_referring(builder: Builder, zone: str, above: str) -> None:
    """Add which servers of the zone above lead to a zone, where some deny it or do not answer."""
    index = builder.index
    denies = any(o.status is Status.NXDOMAIN for o in index.of_name(zone))
    if not denies and not failures(index.at_or_below(zone)):
        return  # most zones: what the servers above were asked need not be gone through
    told = [o for o in index.asked_for(above) if names.is_below(o.subject, zone)]
    denied = credible(o for o in told if o.subject == zone and o.status is Status.NXDOMAIN)
    failed = failures(told)
    unsettled = set(map(id, failed))
    answered = {server_address(o) for o in told if o.status in SETTLED and id(o) not in unsettled}
    failed = [o for o in failed if server_address(o) not in answered]
    if denied or failed:
        referring = {server_address(o) for o in told if o.status in _LEADS}
        asked = _Asked(denied, failed, referring)
        _add_leading(builder, f"zone:{zone}", "parent", above, (zone, "NS"), asked=asked)


@dataclass(frozen=True)
class _Asked:
    """How the servers of a zone ended one question to which some of them lead.

    Parameters
    ----------
    denied, failed
        Answers that there is nothing, and how asking failed.
    leading
        Addresses that gave something.
    """

    denied: Sequence[Observation]
    failed: Sequence[Observation]
    leading: AbstractSet[str]

    def among(self, ways: Sequence[Way]) -> _Asked:
        """Return the same of some ways alone, each address in one part.

        What served nobody at all is known as such wherever the zone is needed. What denies one
        type and did not answer for another may have that; that there is no such name denies all.
        """
        served_nobody = {a for way in ways for a in (way.addresses if way.failure else way.failed)}
        others = {a for way in ways for a in way.addresses} - self.leading
        gone = {server_address(o) for o in self.denied if o.status is Status.NXDOMAIN}
        failing = {server_address(o) for o in self.failed} & others - gone - served_nobody
        denying = {server_address(o) for o in self.denied} & others - failing
        return _Asked(
            [o for o in self.denied if server_address(o) in denying],
            [o for o in self.failed if server_address(o) in failing],
            self.leading,
        )

    def without_denials(self, way: Way) -> Mapping[str, Found] | None:
        """Return the addresses of a way that do not deny it; None where its server does.

        An address that was not asked is taken to answer like the others of its server.
        """
        left = {a: found for a, found in way.addresses.items() if a not in self._denying}
        return left if len(left) == len(way.addresses) or self.leading & left.keys() else None

    def failures(self, addresses: Iterable[str]) -> dict[str, Reason]:
        """Return which of some addresses did not answer, and how."""
        return {a: unanswered(self.failed_at[a]) for a in addresses if a in self.failed_at}

    @cached_property
    def _denying(self) -> frozenset[str]:
        return frozenset(map(server_address, self.denied))

    @cached_property
    def failed_at(self) -> Mapping[str, Sequence[Observation]]:
        """By address how asking failed there."""
        found: dict[str, list[Observation]] = {}
        for o in self.failed:
            found.setdefault(server_address(o), []).append(o)
        return found


def _add_leading(
    builder: Builder,
    tail: str,
    relation: str,
    zone: str,
    question: tuple[str, str],
    *,
    asked: _Asked,
) -> None:
    """Add which servers of a zone lead to something, where others do not.

    Who asks one that denies it learns that there is nothing (RFC 1034, section 4.3.2), so that it
    is no alternative to those that answer. One that did not answer may answer others: an attempt.

    Parameters
    ----------
    builder
        What is built.
    tail, relation
        What needs the name, and as what.
    zone, question
        The zone, and the name and type that its servers were asked for.
    asked
        What came of it.
    """
    if not asked.leading:
        return
    delegation, listed, every = _ways_to(builder, zone)
    ways = [(server, way) for server, way in every if way.nonexistent is None and not way.inward]
    asked = asked.among([way for _, way in ways])
    if not asked.denied and not asked.failed:
        return
    draft = builder.draft
    name, kind = question
    what = name if kind in {"A", "NS"} else f"{kind} of {name}"
    group = draft.node("nameservers", f"{zone} with {what}", label=f"{name} {kind}")
    by = dict.fromkeys(o.server_name or server_address(o) for o in asked.denied)
    denied = Reason.of("denied-by", names=", ".join(sorted(by)), name=name, question=kind)
    data = proof(asked.denied or asked.failed)
    draft.edge(tail, relation, group, data, finding=denied if by else None)
    sure = False
    for server, way in ways:
        left = asked.without_denials(way)
        if left is None:
            continue
        failed = asked.failures(left)
        whole = bool(failed) and not asked.leading & left.keys()
        part = _part_of(way, left, what)
        if failed and not whole:
            part = replace(part, word=f"{way.word} with {what}", failed={**way.failed, **failed})
        head = _add_way(builder, delegation, server, part, needed=True)
        if whole and way.failure is None:
            why = unanswered(o for a in failed for o in asked.failed_at[a])
            of = f"{zone} with {what}"
            head = servers.add_attempt(builder, head, "nameserver", name=server, of=of, failure=why)
        sure = sure or not (whole or way.failure)
        draft.edge(group, "nameserver", head, listed[server].answer.proof(listed[server].value))
    addresses.note_views(builder, group, [_base(builder, zone)])
    builder.further(group, "nameserver", zone, "NS", _base(builder, zone))
    if not sure:  # somebody gave it, who is none of those that were asked one by one
        reason = Reason.of("not-recorded")
        draft.unknown(group, "nameserver", What.NAME_SERVERS, zone, [reason], within=what)


def _base(builder: Builder, zone: str) -> Answer:
    """Return the NS set that a resolver starts with: the parent's where it was seen, else the zone's own.

    Not one that only a file of a zone that is delegated elsewhere has, where the registration lists others.
    """
    parent = builder.index.ask(zone, "NS", part="parent")
    if parent.records:
        return parent
    own = builder.index.ask(zone, "NS")
    return NOTHING if own.held_elsewhere and _registered_servers(builder, zone) else own


def _above(builder: Builder, zone: str) -> str:
    return zone_of(builder, names.parents(zone)[1])


def _add_primaries(builder: Builder, zone: str) -> None:
    """Add the servers that those of a zone copy it from, where they are somebody else's."""
    for primary in primaries.elsewhere(builder, zone):
        builder.observed_in.setdefault(primary.name, primary.observations)
        builder.draft.edge(
            f"zone:{zone}",
            "primary",
            servers.add(builder, primary.name),
            proof(primary.observations),
            expire=primary.expire,
            effect=Confidence.POSSIBLE.value,
            finding=Reason.of("hidden-primary", name=primary.name),
        )


def _add_way(builder: Builder, delegation: Delegation, name: str, way: Way, *, needed: bool) -> str:
    """Add a way to a server; return the node at which it begins.

    By its address alone the way is the server itself. A name that has to be found first, glue
    that nobody saw, and addresses that are not all the server has make a node of their own
    (``lookup``). One by which we were not served needs, besides, that the server serves.
    """
    draft = builder.draft
    server = head = servers.add(builder, name)
    if way.nonexistent is not None:
        return server
    glued = not way.looked_up and name in delegation.glue and names.is_below(name, delegation.zone)
    if name not in builder.reached and glued:
        builder.glued_only.add(name)
    elif not glued:
        builder.glued_only.discard(name)
    builder.reached.setdefault(name, set()).update(way.addresses)
    group = servers.narrowed(builder, delegation.zone, name, way)
    if way.looked_up or way.unseen or group is not None:
        plain = way.looked_up and way.word == OWN and group is None
        head = draft.node(
            "lookup", name if plain else servers.way_name(delegation.zone, name, way), label=name
        )
        draft.edge(head, "nameserver", server)
        if group is not None:
            draft.edge(head, "address", group)
        if way.looked_up:
            builder.looked_up[head] = name
            builder.later(_look_up, head)
        if way.unseen:
            reason = Reason.of("delegation-unseen", name=delegation.above)
            builder.unseen_glue.setdefault(name, reason)
            draft.unknown(head, "zone", What.GLUE, name, [reason], within=delegation.above)
    if way.failure is None or not needed:
        return head
    zone, failure = delegation.zone, way.failure
    return servers.add_attempt(builder, head, "nameserver", name=name, of=zone, failure=failure)


def _look_up(builder: Builder, lookup: str) -> None:
    """Add what it takes to find the server of a look-up."""
    builder.distance += 1
    add_for(builder, lookup, "zone", builder.looked_up[lookup])


def _hosts_in(answer: Answer) -> dict[str, Found]:
    """Return the well-formed host names among the values of an answer."""
    found: dict[str, Found] = {}
    for value in answer.values:
        name = host(value)
        if name is not None:
            found[name] = Found(answer, value)
    return found


def _contradicted(builder: Builder, zone: str) -> dict[str, Reason]:
    """Return the name servers that only some of contradicting answers about a registration list."""
    known = registered.of(builder, zone)
    differ = known.differing.get("nameserver")
    if differ is None:
        return {}
    sides = [registered.servers_in(saying) for saying in known.sides["nameserver"]]
    every = {name for one in sides for name in one}
    return {name: differ for name in every if not all(name in one for one in sides)}


def _registered_servers(builder: Builder, zone: str) -> dict[str, Found]:
    """Return the name servers that the registration lists, where the DNS gave none."""
    index = builder.index
    if builder.registered(zone) != zone:
        return {}
    if index.ask(zone, "NS").is_empty or index.ask(zone, "NS", part="parent").is_empty:
        return {}
    answer = registered.of(builder, zone).answer
    found: dict[str, Found] = {}
    for value in answer.values:
        if value.startswith("nameserver "):
            name = host("".join(value.split()[1:2]))
            if name is not None:
                found[name] = Found(answer, value)
    return found


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
        server = servers.add(builder, f"*.{domain}", label=f"*.{domain}")
        draft.edge(group, "nameserver", server, domains.proof(value))
    builder.further(group, "nameserver", zone, "ns-domain", domains)
    if domains.records:
        return
    reported = reports.reported(builder, zone, "dns")
    if reported:
        what = What.DNS_OPERATOR
        reports.add(builder, group, "operator", "dns", reported, what=what, of=zone)
        _note_undelegated(builder, zone, group, [one.observation for one in reported])
        return
    asked = [answer for answer in answers if answer.asked] or [answers[1]]
    reasons = [reason for answer in asked for reason in answer.reasons]
    _unknown(builder, zone, group, reasons, addresses.stale_of(answers))


def _note_undelegated(
    builder: Builder, zone: str, group: str, telling: Sequence[Observation]
) -> None:
    """Say that the delegation was not seen, where only documents of the zone say who serves it."""
    if telling and all(map(is_undelegated, telling)):
        what, unseen = What.NAME_SERVERS, Reason.of("delegation-unseen")
        builder.draft.unknown(group, "nameserver", what, zone, [unseen], strength=Strength.EXPOSES)


def _unknown(
    builder: Builder,
    zone: str,
    group: str,
    reasons: Sequence[Reason],
    stale: Iterable[Observation] = (),
) -> None:
    last = reports.last_known(builder, "dns", stale, "ns-host", names=(zone,), roles=("dns",))
    builder.draft.unknown(group, "nameserver", What.NAME_SERVERS, zone, reasons, last=last)

"""From a host name to its zone and its alias; where the aliases end, its addresses."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from depgraph.graph import addresses, web, zones
from depgraph.graph.answers import FAMILIES, MALFORMED, Answer, Index
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.failure import absence
from depgraph.graph.reports import reported
from depgraph.graph.text import host
from depgraph.observations import Status
from depgraph.records.bindings import bindings
from depgraph.vocabulary import ClientWord, Reason, ReasonCode, Strength, What

_LONGEST_CHAIN: Final = 16  # resolvers give up there or earlier (Unbound after 11, BIND after 16)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the aliases of a name lead: each name on the way, and why they lead nowhere."""

    names: tuple[str, ...]
    fault: Reason | None = None


def targets(index: Index, name: str) -> tuple[Answer, list[str]]:
    """Return the alias answer of a name and its well-formed targets.

    An ``alias`` (ALIAS, ANAME) that its DNS operator resolves by itself counts only where no
    address was seen, for on the wire there are just addresses; or where the operator gives others
    the addresses.
    """
    answer = index.ask(name, "CNAME")
    if not answer.records:
        alias = index.ask(name, "alias")
        answer = alias if alias.apart or not _has_address(index, name) else answer
    return answer, [target for value in answer.values if (target := host(value)) is not None]


def _has_address(index: Index, name: str) -> bool:
    return any(index.ask(name, family).records for family in FAMILIES)


def chain(index: Index, name: str) -> Chain:
    """Follow the aliases of a name as long as there is one target only."""
    names = [name]
    while True:
        answer, found = targets(index, names[-1])
        if answer.records and not found:
            return Chain(tuple(names), MALFORMED)
        if looping := [o for o in answer.failed if o.status is Status.LOOP]:
            return Chain(tuple(names), Reason.of("loop").seen_in(looping))
        if len(found) != 1:
            return Chain(tuple(names))
        if found[0] in names:
            circle = " -> ".join([*names, found[0]])
            seen = [o for several in answer.records.values() for o in several]
            return Chain(tuple(names), Reason.of("alias-loop", names=circle).seen_in(seen))
        if len(names) > _LONGEST_CHAIN:
            return Chain(tuple(names), Reason.of("alias-long", limit=str(_LONGEST_CHAIN)))
        names.append(found[0])


def why_no_address(builder: Builder, name: str) -> Reason | None:
    """Return why it is settled that a name has no address; None where it has one or may have."""
    index = builder.index
    way = chain(index, name)
    end = way.names[-1]
    if way.fault is not None or targets(index, end)[1]:
        return None
    for one in way.names:
        if reported(builder, one, "host", "front") or _has_address(index, one):
            return None
    gone = absence(index, end)
    if gone is None:
        return None
    return Reason.of(
        "no-address",
        name=name,
        target=end if len(way.names) > 1 else "",
        reason=gone.get("reason"),
        witness=gone.get("witness"),
        view=gone.get("view"),
    ).seen_in(gone.seen)


def add(builder: Builder, name: str) -> str:
    """Add a host and, later, what it needs; returns its node."""
    builder.later(expand, name)
    return builder.draft.node("host", name)


def expand(builder: Builder, name: str) -> None:
    """Add the zone of a host, and its alias target or its addresses.

    Where some were answered an alias and others an address, or another alias, all of them stand
    under one node, and each edge carries whose answer it is. Aliases that run in a circle lead to
    no address, which is settled.
    """
    draft = builder.draft
    node = f"host:{name}"
    zones.add_for(builder, node, "zone", name)
    way = chain(builder.index, name)
    if way.fault is not None:
        closed = way.fault.code in {ReasonCode.ALIAS_LOOP, ReasonCode.LOOP}
        if closed and not any(_has_address(builder.index, one) for one in way.names):
            group = draft.node("addresses", name)
            draft.edge(node, "address", group)
            draft.note(group, way.fault)
        else:
            draft.unknown(node, "alias", What.TARGET, name, [way.fault])
        return
    answer, found = targets(builder.index, name)
    several = len(found) > 1 or answer.apart or bool(answer.empty or answer.not_whole)
    mixed = bool(found) and several
    addressed = _has_address(builder.index, name)
    tail = draft.node("addresses", name) if mixed else node
    for value in answer.values:
        target = host(value)
        if target is not None and target != name:
            builder.aliases.setdefault(target, []).append(name)
            gone = why_no_address(builder, target) if mixed else None
            draft.edge(
                tail,
                "alias",
                add(builder, target),
                answer.proof(value),
                strength=Strength.NEEDS if gone is None else Strength.EXPOSES,
                finding=gone,
            )
    builder.further(tail, "alias", name, "CNAME", answer)
    for value in builder.index.ask(name, "behind-front").values:
        if (passed_on := host(value)) is not None and passed_on != name:
            builder.web.add(passed_on)
            add(builder, passed_on)
    only = _add_bindings(builder, node, name)
    if mixed:
        draft.edge(node, "address", tail)
        if answer.not_whole:
            draft.unknown(tail, "alias", What.TARGET, name, answer.not_whole)
        addresses.note_views(builder, tail, [answer])
        for view, reasons in ({} if addressed else answer.lost).items():
            what = What.ADDRESSES
            draft.unknown(tail, "address", what, name, reasons, within=view, vantage=view)
    if not only and (not found or (mixed and addressed)):
        builder.later(_note_uses, name, phase=Phase.USES)
        builder.later(_expand_addresses, name, phase=Phase.SETS)


def _targets_of_bindings(index: Index, name: str) -> dict[str, str]:
    """Return the targets of the HTTPS records of a name (RFC 9460), each with its value.

    A record whose target is the name itself leads nowhere else.
    """
    found: dict[str, str] = {}
    for one in bindings(name, index.ask(name, "HTTPS").values):
        if one.target != name:
            found.setdefault(one.target, one.value)
    return found


def bound(index: Index, name: str) -> bool:
    """Tell whether HTTPS records lead on from where the aliases of a name end."""
    return bool(_targets_of_bindings(index, chain(index, name).names[-1]))


def _add_bindings(builder: Builder, node: str, name: str) -> bool:
    """Add the hosts that HTTPS records point to; return whether they are all there is.

    Clients that follow such records go there (RFC 9460, section 3), and to the addresses of the
    name where that fails: it is needed by nobody who has these, and by those clients where there
    are none.
    """
    answer = builder.index.ask(name, "HTTPS")
    for one in bindings(name, answer.values):
        hinted = {text: addresses.Found(answer, one.value) for text in one.hints}
        builder.hinted.setdefault(one.target, {}).update(hinted)
    found = _targets_of_bindings(builder.index, name)
    if not found:
        return False
    draft = builder.draft
    only = why_no_address(builder, name) is not None
    tail = draft.node("addresses", name) if only else node
    if only:
        draft.edge(node, "address", tail)
    for target, value in found.items():
        builder.web.add(target)
        draft.edge(
            tail,
            "alias",
            add(builder, target),
            answer.proof(value),
            strength=Strength.NEEDS if only else Strength.EXPOSES,
            clients=ClientWord.SVCB.value if only else None,
            finding="https-record",
        )
    builder.further(tail, "alias", name, "HTTPS", answer)
    return only


def _note_uses(builder: Builder, name: str) -> None:
    names = leading_to(builder, name)
    if builder.web.intersection(names):
        web.note_uses(builder, names)


def _expand_addresses(builder: Builder, name: str) -> None:
    names = leading_to(builder, name)
    if builder.web.intersection(names):
        web.expand(builder, name, names)
    else:
        addresses.expand(builder, name, names)


def leading_to(builder: Builder, name: str) -> list[str]:
    """List the names whose aliases lead to a host, the farthest first, it itself last."""
    distance = {name: 0}
    queue = deque([name])
    while queue:
        target = queue.popleft()
        for source in sorted(builder.aliases.get(target, ())):
            if source not in distance:
                distance[source] = distance[target] + 1
                queue.append(source)
    return sorted(distance, key=lambda n: (-distance[n], n))

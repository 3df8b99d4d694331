"""From a host name to its zone and its alias; where the aliases end, its addresses."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from depgraph.graph import addresses, zones
from depgraph.graph.evidence import Answer, Index
from depgraph.graph.text import host
from depgraph.graph.work import SETS, USES, Work

_LONGEST_CHAIN = 16  # resolvers give up there or earlier (Unbound after 11, BIND after 16)
_FAMILIES = ("A", "AAAA")


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the aliases of a name lead: each name on the way, and why they lead nowhere."""

    names: tuple[str, ...]
    fault: str = ""


def targets(index: Index, name: str) -> tuple[Answer, list[str]]:
    """Give the alias answer of a name and its well-formed targets.

    An ``alias`` (ALIAS, ANAME) that its DNS operator resolves by itself counts only where no
    address was seen, for on the wire there are just addresses.
    """
    answer = index.ask(name, "CNAME")
    if not answer.seen and not any(index.ask(name, family).seen for family in _FAMILIES):
        answer = index.ask(name, "alias")
    return answer, [target for value in answer.values if (target := host(value)) is not None]


def chain(index: Index, name: str) -> Chain:
    """Follow the aliases of a name as long as there is one target only."""
    names = [name]
    while True:
        answer, found = targets(index, names[-1])
        if answer.seen and not found:
            return Chain(tuple(names), "malformed")
        if any(o.status.value == "loop" for o in answer.failed):
            return Chain(tuple(names), "alias loop, as recorded")
        if len(found) != 1:
            return Chain(tuple(names))
        if found[0] in names:
            return Chain(tuple(names), "alias loop: " + " -> ".join([*names, found[0]]))
        if len(names) > _LONGEST_CHAIN:
            return Chain(tuple(names), f"alias chain longer than {_LONGEST_CHAIN}")
        names.append(found[0])


def has_no_address(work: Work, name: str) -> str:
    """Say why it is settled that a name has no address; empty where it has one or may have."""
    here = chain(work.index, name)
    end = here.names[-1]
    if here.fault or targets(work.index, end)[1]:
        return ""
    if any(work.reports(one, "host", "front") for one in here.names):
        return ""
    if any(work.index.ask(one, family).seen for one in here.names for family in _FAMILIES):
        return ""
    answers = [work.index.ask(end, kind) for kind in (*_FAMILIES, "CNAME")]
    if not all(a.is_empty for a in answers[:2]) and not any(a.no_such_name for a in answers):
        return ""
    why = ", ".join(sorted({o.status.value for a in answers for o in a.empty}))
    via = f" (alias of {end})" if len(here.names) > 1 else ""
    return f"{name} has no address{via}: {why}"


def add(work: Work, name: str) -> str:
    """Add a host and, later, what it needs; gives its node."""
    work.later(expand, name)
    return work.draft.node("host", name)


def expand(work: Work, name: str) -> None:
    """Add the zone of a host, and its alias target or its addresses.

    Where one vantage point saw an alias and another none, or a different one, either will do.
    """
    node = f"host:{name}"
    zones.add_for(work, node, "zone", name)
    fault = chain(work.index, name).fault
    if fault:
        work.draft.unknown(node, "alias", f"target of {name}", reason=fault)
        return
    answer, found = targets(work.index, name)
    mixed = len(found) > 1 or (bool(found) and bool(answer.empty))
    source = work.draft.node("addresses", name) if mixed else node
    for value in answer.values:
        if (target := host(value)) is not None and target != name:
            work.aliases.setdefault(target, []).append(name)
            work.draft.edge(source, "alias", add(work, target), answer.proof(value))
    _add_bindings(work, node, name)
    if mixed:
        work.draft.edge(node, "address", source)
    if not found or (mixed and any(work.index.ask(name, family).seen for family in _FAMILIES)):
        work.later(_note_uses, name, phase=USES)
        work.later(_expand_addresses, name, phase=SETS)


def _add_bindings(work: Work, node: str, name: str) -> None:
    """Add the hosts that HTTPS records point to (RFC 9460): a way for some, needed by nobody."""
    answer = work.index.ask(name, "HTTPS")
    for value in answer.values:
        words = value[:1024].split(" ")
        target = host(words[1]) if len(words) > 1 else None
        if target is not None and target != name:
            work.web.add(target)
            data = {**answer.proof(value), "note": "HTTPS record"}
            work.draft.edge(node, "alias", add(work, target), data, strength="exposes")


def _note_uses(work: Work, name: str) -> None:
    addresses.note_uses(work, leading_to(work, name))


def _expand_addresses(work: Work, name: str) -> None:
    addresses.expand(work, name, leading_to(work, name))


def leading_to(work: Work, name: str) -> list[str]:
    """List the names whose aliases lead to a host, the farthest first, it itself last."""
    far = {name: 0}
    todo = deque([name])
    while todo:
        here = todo.popleft()
        for source in sorted(work.aliases.get(here, ())):
            if source not in far:
                far[source] = far[here] + 1
                todo.append(source)
    return sorted(far, key=lambda n: (-far[n], n))

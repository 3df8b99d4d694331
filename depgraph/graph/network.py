"""From an address to its operator, its prefix and AS, and its block: three facts that stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from depgraph.graph.evidence import Answer
from depgraph.graph.joins import registered_names
from depgraph.graph.text import asn, covering, host, version
from depgraph.graph.work import ADDRESSES, NETWORKS, Clues, Work
from depgraph.observations import Observation
from depgraph.providers import Attribution, Signal
from depgraph.schema import node_id
from depgraph.text_safety import one_line

_REGISTRIES = {"ripe": "ripencc", "ripe-ncc": "ripencc"}
_ROLE_ORDER = ("web", "mx", "dns")


def use(work: Work, address: str, role: str, clues: Clues) -> str:
    """Note that an address serves a role under some names; gives its node."""
    known = work.uses.setdefault(address, {})
    known[role] = {**known.get(role, {}), **clues}
    work.later(expand, address, phase=ADDRESSES)
    return work.draft.node("address", address, family=version(address))


def clues_of(work: Work, address: str) -> dict[Signal, tuple[Observation, ...]]:
    """Collect what an address itself says of its operator: origin, holder, PTR, and it itself."""
    found: dict[Signal, tuple[Observation, ...]] = {Signal("address", address): ()}
    for number, seen in _origins(work, address).items():
        found[Signal("asn", number)] = seen
    holder = work.index.ask(address, "holder")
    for key in ("organisation-handle", "handle"):
        for value, seen in _facts(holder, key).items():
            found.setdefault(Signal("holder-handle", value), seen)
    # A handle is called by its organisation's name; a network, where no holder is known, by its own.
    names = [(holder, "organisation"), (holder, "name")]
    if not any(signal.kind == "holder-handle" for signal in found):
        names = [(work.index.ask(f"as{n}", "as"), "name") for n in _origins(work, address)]
    for answer, key in names:
        for value, seen in _facts(answer, key).items():
            found.setdefault(Signal("holder-name", value), seen)
    for value, seen in work.index.ask(address, "PTR").seen.items():
        if (pointer := host(value)) is not None:
            found[Signal("ptr", pointer)] = seen
    return found


def _facts(answer: Answer, key: str) -> dict[str, tuple[Observation, ...]]:
    """Give the values under a key of a non-DNS answer, with who saw them."""
    start = key + " "
    return {
        value[len(start) :]: seen
        for value, seen in answer.seen.items()
        if value.startswith(start) and value[len(start) :].strip()
    }


def _origins(work: Work, address: str) -> dict[str, tuple[Observation, ...]]:
    found: dict[str, tuple[Observation, ...]] = {}
    for text, seen in _facts(work.index.ask(address, "origin"), "asn").items():
        for one in text.split():
            if (number := asn(one)) is not None:
                found.setdefault(number, seen)
    return found


def operator(work: Work, address: str) -> tuple[Attribution, Clues]:
    """Say who operates an address: by itself, else by the names that lead to it, else its AS."""
    own = clues_of(work, address)
    said = work.who("web", own)
    if work.knows(said):
        return said, own
    for role in _ROLE_ORDER:
        clues = work.uses.get(address, {}).get(role)
        if clues:
            by_name = work.who(role, {**clues, Signal("address", address): ()})
            if work.knows(by_name):
                return by_name, clues
    return said, own


def expand(work: Work, address: str) -> None:
    """Add what an address needs: its operator, its prefix, its block."""
    node = f"address:{address}"
    said, clues = operator(work, address)
    if said.provider is not None:
        work.draft.edge(node, "operator", work.provider(said), work.proof(said, clues))
    else:
        work.draft.unknown(
            node, "operator", f"operator of {address}", reason=said.reason or "nothing names it"
        )
    _prefix(work, node, address)
    _block(work, node, address)


def _prefix(work: Work, node: str, address: str) -> None:
    answer = work.index.ask(address, "origin")
    origins = _origins(work, address)
    prefixes = _facts(answer, "prefix")
    prefix = covering(list(prefixes), address)
    what = f"network of {address}"
    if not origins:
        reason = "malformed" if answer.seen else answer.reason
        last = work.last_known("network", answer.stale, "asn") if answer.stale else {}
        target = node
        if prefix is not None:
            target = _prefix_node(work, node, prefix, answer, prefixes)
        relation = "prefix" if prefix is None else "origin"
        work.draft.unknown(target, relation, what, reason=reason, last=last)
        return
    source = node
    if prefix is not None:
        source = _prefix_node(work, node, prefix, answer, prefixes)
        if len(origins) > 1:
            work.draft.nodes[source]["needs"] = "any"
            work.draft.nodes[source]["note"] = "announced by several AS"
    if prefix is None and len(origins) > 1:  # an address needs all; which of them, nobody said
        work.draft.unknown(node, "prefix", what, reason="several AS and no prefix recorded")
        return
    for number, seen in origins.items():
        target = work.draft.node("asn", number, label=f"AS{number}")
        value = next(v for v in answer.seen if answer.seen[v] is seen)
        work.draft.edge(source, "origin", target, answer.proof(value))
        work.sightings.setdefault(f"AS{number}", seen)
        work.later(expand_as, number, phase=NETWORKS)


def _prefix_node(
    work: Work, node: str, prefix: str, answer: Answer, prefixes: dict[str, Any]
) -> str:
    text = next(t for t in prefixes if covering([t], prefix.split("/", 1)[0]) == prefix)
    target = work.draft.node("prefix", prefix, family=version(prefix))
    work.draft.edge(node, "prefix", target, answer.proof(f"prefix {text}"))
    return target


def expand_as(work: Work, number: str) -> None:
    """Add who runs an AS."""
    node = f"asn:{number}"
    answer = work.index.ask(f"as{number}", "as")
    clues: dict[Signal, Sequence[Observation]] = {
        Signal("asn", number): work.sightings[f"AS{number}"]
    }
    for name, seen in _facts(answer, "name").items():
        clues[Signal("holder-name", name)] = seen
        work.draft.nodes[node]["label"] = one_line(f"AS{number} {name}", limit=80)
    said = work.operator(node, "network", "network", clues)
    _note_names(work, said, clues)
    if said.provider is None:
        work.draft.unknown(node, "network", f"operator of AS{number}", reason=said.reason)


def _note_names(work: Work, said: Attribution, clues: Clues) -> None:
    """Keep the names under which an operator is registered, to know it again by."""
    if said.provider is not None:
        texts = (signal.value for signal in clues if signal.kind == "holder-name")
        known = work.registered_as.setdefault(node_id("provider", one_line(said.provider)), set())
        known |= registered_names(texts)


def _block(work: Work, node: str, address: str) -> None:
    answer = work.index.ask(address, "holder")
    if not answer.seen:
        last = work.last_known("holder", answer.stale, "holder-name") if answer.stale else {}
        work.draft.unknown(node, "block", f"holder of {address}", reason=answer.reason, last=last)
        return
    prefixes = _facts(answer, "prefix")
    block = covering(list(prefixes), address)
    handles = list(_facts(answer, "handle"))
    name = block or (handles[0] if handles else None)
    if name is None:
        work.draft.unknown(node, "block", f"holder of {address}", reason="malformed")
        return
    first = next(iter(answer.seen))
    target = work.draft.node("block", name, family=version(address))
    work.draft.edge(node, "block", target, answer.proof(first))
    _holder(work, target, address, answer)


def _holder(work: Work, block: str, address: str, answer: Answer) -> None:
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for key in ("organisation-handle", "handle"):
        for value, seen in _facts(answer, key).items():
            clues.setdefault(Signal("holder-handle", value), seen)
    for key in ("organisation", "name"):
        if key == "name" and not clues:
            continue  # the name of a block alone is no organisation's
        for value, seen in _facts(answer, key).items():
            clues.setdefault(Signal("holder-name", value), seen)
    said = work.operator(block, "holder", "holder", clues)
    _note_names(work, said, clues)
    name = block.split(":", 1)[1]
    if said.provider is None:
        work.draft.unknown(block, "holder", f"holder of {name}", reason=said.reason or "not named")
    registries = _facts(answer, "registry")
    if not registries:
        answer = work.index.ask(address, "origin")
        registries = _facts(answer, "registry")
    if not registries:
        work.draft.unknown(block, "allocation", f"registry of {name}", reason="not recorded")
    for text in list(registries)[:1]:
        key = text.strip().lower().replace(" ", "-")
        key = _REGISTRIES.get(key, key)
        known = work.catalogue.providers.get(key)
        registry = Attribution(provider=key, name=known.name if known else text.upper())
        target = work.provider(registry)
        work.draft.edge(block, "allocation", target, answer.proof(f"registry {text}"))

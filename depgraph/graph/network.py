"""From an address to its operator, and to its prefix and AS: two facts that stay apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from depgraph.addresses import is_inward, too_short
from depgraph.graph import blocks
from depgraph.graph.answers import MALFORMED, OF_ONE_KEY, Answer
from depgraph.graph.builder import FARTHEST, Builder, Clues, Phase
from depgraph.graph.failure import inward
from depgraph.graph.identity import registered_names
from depgraph.graph.reports import last_known
from depgraph.graph.text import asn, covering, host, version
from depgraph.graph.text import network as prefix_of
from depgraph.observations import Observation
from depgraph.providers import Attribution, Signal
from depgraph.schema import node_id
from depgraph.text_safety import one_line
from depgraph.vocabulary import ANNOUNCING, SERVING, Confidence, Reason, Strength, What

_ROLES: Final = ("web", "mx", "dns")
"""Whose names tell the operator of an address before the others'."""


def use(builder: Builder, address: str, role: str, clues: Clues) -> str:
    """Note that an address serves a role under some names; returns its node."""
    uses = builder.uses.setdefault(address, {})
    uses[role] = {**uses.get(role, {}), **clues}
    builder.later(expand, address, phase=Phase.ADDRESSES)
    return builder.draft.node("address", address, family=version(address))


def clues_of(builder: Builder, address: str) -> dict[Signal, Sequence[Observation]]:
    """Return what an address itself tells of its operator: origin, holder, PTR, and it itself.

    One that the Internet does not reach is everybody's to use (RFC 6890): whoever is recorded to
    hold or to announce it is not who uses it here.
    """
    index = builder.index
    clues: dict[Signal, Sequence[Observation]] = {Signal("address", address): ()}
    if is_inward(address):
        return {**builder.pointers.get(address, {}), **clues}
    origins = _followed(_announcing(builder, address))
    for number, observations in origins.items():
        clues[Signal("asn", number)] = observations
    holder = index.ask(address, "holder")
    for key in ("organisation-handle", "handle"):
        for value, observations in fields(holder, key).items():
            clues.setdefault(Signal("holder-handle", value), observations)
    # A handle is called by its organisation's name; a network, where no holder is known, by its own.
    names = [(holder, "organisation"), (holder, "name")]
    if not any(signal.kind == "holder-handle" for signal in clues):
        names = [(index.ask(f"as{number}", "as"), "name") for number in origins]
    for answer, key in names:
        for value, observations in fields(answer, key).items():
            clues.setdefault(Signal("holder-name", value), observations)
    for value, observations in index.ask(address, "PTR").records.items():
        pointer = host(value)
        if pointer is not None:
            clues[Signal("ptr", pointer)] = observations
    return {**builder.pointers.get(address, {}), **clues}


def fields(answer: Answer, key: str) -> dict[str, tuple[Observation, ...]]:
    """Return the values under a key of a non-DNS answer, with who saw them."""
    start = f"{key} "
    return {
        value[len(start) :]: observations
        for value, observations in answer.records.items()
        if value.startswith(start) and value[len(start) :].strip()
    }


def _routes(builder: Builder, address: str) -> Answer:
    """Return what is known of the routes to an address.

    One that is too short for one operator (a default route, in a poisoned or misread feed) is
    none, and who seems to announce it is nobody.
    """
    answer = builder.index.ask(address, "origin")
    every = {id(o): o for group in answer.records.values() for o in group}
    short = {key for key, o in every.items() if _too_short(o)}
    if not short:
        return answer
    records = {
        value: kept
        for value, group in answer.records.items()
        if (kept := tuple(o for o in group if id(o) not in short))
    }
    return replace(answer, records=records)


def _too_short(o: Observation) -> bool:
    texts = ",".join(o.fields().get("prefix", ())).split(",")
    prefixes = [found for text in texts if (found := prefix_of(text)) is not None]
    return bool(prefixes) and all(map(too_short, prefixes))


def _announcing(builder: Builder, address: str) -> dict[str, tuple[Observation, ...]]:
    """Return the AS numbers that announce an address, with who saw them."""
    origins: dict[str, tuple[Observation, ...]] = {}
    for text, observations in fields(_routes(builder, address), "asn").items():
        for word in text.split():
            number = asn(word)
            if number is not None:
                origins.setdefault(number, observations)
    return origins


def _followed(
    origins: Mapping[str, tuple[Observation, ...]], most: int = OF_ONE_KEY
) -> dict[str, tuple[Observation, ...]]:
    """Return those origins that are followed: one value may name any number of them."""
    return dict(islice(origins.items(), most))


def operator(builder: Builder, address: str) -> tuple[Attribution, Clues]:
    """Return who operates an address: by itself, else by the names that lead to it, else its AS."""
    own = clues_of(builder, address)
    attribution = builder.who("web", own)
    if builder.knows(attribution):
        return attribution, own
    for role in _ROLES:
        clues = builder.uses.get(address, {}).get(role)
        if clues:
            by_name = builder.who(role, {**clues, Signal("address", address): ()})
            if builder.knows(by_name):
                return by_name, clues
    return attribution, own


def expand(builder: Builder, address: str) -> None:
    """Add what an address needs: its operator, its prefix, its block."""
    node = f"address:{address}"
    attribution, clues = operator(builder, address)
    if attribution.provider is None:
        reasons = _why_nobody(builder, address, attribution, clues)
        builder.draft.unknown(node, "operator", What.OPERATOR, address, reasons)
    else:
        data = builder.proof(attribution, clues)
        if attribution.serving and address not in builder.unfronted:
            # That who holds the block or announces it also runs this very machine is a guess.
            data["confidence"] = Confidence.POSSIBLE.value
        builder.draft.edge(node, "operator", builder.provider(attribution), data)
    if is_inward(address):
        reason = inward(builder.index, [address])
        builder.draft.unknown(node, "prefix", What.NETWORK, address, [reason])
        builder.draft.unknown(node, "block", What.HOLDER, address, [reason])
        return
    add_prefix(builder, node, address)
    blocks.add(builder, node, address)


def _why_nobody(
    builder: Builder, address: str, attribution: Attribution, clues: Clues
) -> Sequence[Reason]:
    """Return why it is not known who operates an address.

    Where nothing but the address was there to tell, it is why nobody told whose network it is in.
    """
    if len(clues) > 1 or is_inward(address):
        return attribution.reasons
    silent = (_routes(builder, address), builder.index.ask(address, "holder"))
    found = dict.fromkeys(reason for answer in silent for reason in answer.reasons)
    return tuple(found) or attribution.reasons


def add_prefix(builder: Builder, node: str, address: str) -> None:
    """Add the prefix of an address and the AS that announce it."""
    draft = builder.draft
    answer = _routes(builder, address)
    every = _announcing(builder, address)
    origins = _followed(every)
    prefix = covering(list(fields(answer, "prefix")), address)
    tail = node if prefix is None else _prefix_node(builder, node, prefix, answer)
    relation = "prefix" if prefix is None else "origin"
    if not origins:
        reasons: Sequence[Reason] = (MALFORMED,) if answer.records else answer.reasons
        short = fields(builder.index.ask(address, "origin"), "prefix")
        if short and not answer.asked:
            reasons = [Reason.of("route-too-short", name=", ".join(short))]
        last = last_known(builder, "network", answer.stale, "asn")
        draft.unknown(tail, relation, What.NETWORK, address, reasons, last=last)
        return
    if len(origins) > 1:
        if prefix is None:  # an address needs all that lead out of it; which, nobody says
            draft.unknown(node, "prefix", What.NETWORK, address, [Reason.of("several-as")])
            builder.further(node, "prefix", address, "origin", answer)
            return
        draft.nodes[tail] |= {"needs": "any", "finding": "several-origins"}
    builder.further(tail, relation, address, "origin", answer)
    most = builder.index.follow(len(origins)) if len(origins) > 1 else 1
    followed = _followed(origins, most)
    if left := len(every) - len(followed):
        builder.beyond[address, "asn"] = left
        builder.left_out(
            tail, relation, address, "asn", left=left, followed=len(followed), question="origin"
        )
    for number, observations in followed.items():
        target = draft.node("asn", number, label=f"AS{number}")
        value = next(v for v in answer.records if answer.records[v] == observations)
        draft.edge(tail, "origin", target, answer.proof(value))
        builder.observed_in.setdefault(f"AS{number}", observations)
        builder.later(expand_as, number, phase=Phase.NETWORKS)


def _prefix_node(builder: Builder, node: str, prefix: str, answer: Answer) -> str:
    address = prefix.split("/", 1)[0]
    text = next(t for t in fields(answer, "prefix") if covering([t], address) == prefix)
    target = builder.draft.node("prefix", prefix, family=version(prefix))
    builder.draft.edge(node, "prefix", target, answer.proof(f"prefix {text}"))
    return target


def expand_as(builder: Builder, number: str) -> None:
    """Add who runs an AS."""
    node = f"asn:{number}"
    answer = builder.index.ask(f"as{number}", "as")
    observed_in = builder.observed_in[f"AS{number}"]
    clues: dict[Signal, Sequence[Observation]] = {Signal("asn", number): observed_in}
    for name, observations in fields(answer, "name").items():
        clues[Signal("holder-name", name)] = observations
        builder.draft.nodes[node]["label"] = one_line(f"AS{number} {name}", limit=80)
    attribution = builder.operator(node, "network", "network", clues)
    note_names(builder, attribution, clues)
    if attribution.provider is None:
        builder.draft.unknown(node, "network", What.OPERATOR, f"AS{number}", attribution.reasons)
    _add_upstreams(builder, node, number)


def _add_upstreams(builder: Builder, node: str, number: str) -> None:
    """Add who sells transit to an AS: the only one is needed, one of several is met.

    Of an AS of which no upstream is recorded nothing follows. Of upstreams in a row as many are
    followed as look-ups are.
    """
    answer = builder.index.ask(f"as{number}", "upstream")
    found = fields(answer, "asn")
    strength = Strength.NEEDS if len(found) == 1 else Strength.EXPOSES
    far = builder.distance >= FARTHEST
    if left := len(answer.beyond) + (len(found) if far else 0):
        builder.beyond[f"as{number}", "upstream"] = left
        followed, of = 0 if far else len(found), f"AS{number}"
        builder.left_out(
            node, "transit", of, "upstream", left=left, followed=followed, strength=strength
        )
    builder.distance += 1
    for text, observations in () if far else found.items():
        upstream = asn(text)
        if upstream is None or upstream == number:
            continue
        target = builder.draft.node("asn", upstream, label=f"AS{upstream}")
        data = answer.proof(f"asn {text}")
        builder.draft.edge(node, "transit", target, data, strength=strength)
        if f"AS{upstream}" not in builder.observed_in:
            builder.observed_in[f"AS{upstream}"] = observations
            builder.later(expand_as, upstream, phase=Phase.NETWORKS)


def note_names(builder: Builder, attribution: Attribution, clues: Clues) -> None:
    """Keep the names under which an operator is registered, to know it again by."""
    if attribution.provider is not None:
        node = node_id("provider", one_line(attribution.provider))
        texts = [signal.value for signal in clues if signal.kind == "holder-name"]
        builder.registered_as.setdefault(node, set()).update(registered_names(texts))


def mark_serving(builder: Builder) -> None:
    """Say of operators of the web that the catalogue lacks that they may stand in front.

    What such an operator does at an address, hosting or fronting, nobody told, unless it is
    reported to host. One that announces the address can certainly stop what is served there.
    """
    draft = builder.draft
    for address, web_hosts in sorted(builder.unfronted.items()):
        node = f"address:{address}"
        for provider in _unlisted(builder, node):
            data = draft.edges[node, provider, "operator"]
            hosts = [r.name for web_host in web_hosts for r in web_host.hosts]
            if _is_one_of(builder, provider, hosts):
                data["confidence"] = Confidence.CERTAIN.value
                continue
            data["role"] = SERVING
            if provider in _networks(builder, node):
                data["confidence"] = Confidence.CERTAIN.value
            if not all(_host_told(builder, web_host.name) for web_host in web_hosts):
                reason = Reason.of("may-be-front", name=draft.nodes[provider]["label"])
                name = min((h.name for h in web_hosts), key=lambda name: (len(name), name))
                draft.unknown(node, "origin", What.ORIGIN, name, [reason])


def _host_told(builder: Builder, name: str) -> bool:
    """Tell whether it is already said who hosts a name, or that this is contested."""
    node = f"host:{name}"
    heads = builder.draft.heads(node, "operator")
    edges = [builder.draft.edges[node, head, "operator"] for head in heads]
    return any(data.get("role") != ANNOUNCING for data in edges)


def _unlisted(builder: Builder, node: str) -> list[str]:
    """List the operators of an address that are neither in the catalogue nor the service's own."""
    nodes = builder.draft.nodes
    operators = builder.draft.heads(node, "operator")
    return [n for n in operators if n.startswith("provider:~") and not nodes[n].get("own")]


def _networks(builder: Builder, node: str) -> set[str]:
    """Return who runs the networks that announce an address."""
    draft = builder.draft
    tails = [node, *draft.heads(node, "prefix")]
    numbers = [number for tail in tails for number in draft.heads(tail, "origin")]
    return {provider for number in numbers for provider in draft.heads(number, "network")}


def _is_one_of(builder: Builder, provider: str, hosts: Sequence[str]) -> bool:
    """Tell whether an operator is one of those reported to host, by the names both go by."""
    own = builder.registered_as.get(provider, set())
    own = own | registered_names([builder.draft.nodes[provider]["label"]])
    return not own.isdisjoint(registered_names(hosts))

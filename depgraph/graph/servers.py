"""Name servers: their addresses, and who runs them by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from depgraph.graph import addresses, network
from depgraph.graph.addresses import Found
from depgraph.graph.answers import FAMILIES
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.cuts import zone_of
from depgraph.graph.delegation import Way, alias_of, glue_of, own_addresses
from depgraph.graph.failure import absence, failing
from depgraph.graph.reports import last_known
from depgraph.graph.text import host
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.vocabulary import Reason, Strength, What


def add(builder: Builder, name: str, *, label: str = "") -> str:
    """Add a name server and, later, its addresses and operator; returns its node."""
    builder.later(expand, name, phase=Phase.SETS)
    return builder.draft.node("nameserver", name, label=label)


def way_name(zone: str, name: str, way: Way) -> str:
    """Return the name of the node of a way to a server, and of that of its addresses."""
    return f"{name}/{way.word}" + (f" for {zone}" if way.failed else "")


def narrowed(builder: Builder, zone: str, name: str, way: Way) -> str | None:
    """Add the addresses of a way, where they are not all that lead to the server, or as sound.

    Returns
    -------
    str or None
        Their node; None where those of the server itself will do.
    """
    every = _every(builder, name)
    same = way.addresses.keys() == every.keys() and dict(way.failed) == _failing(builder, every)
    if not way.addresses or same:
        return None
    group = builder.draft.node("addresses", way_name(zone, name, way), label=name)
    for text in way.addresses:
        _add_address(builder, group, text, way.addresses, way.failed.get(text), of=zone)
    _add_further(builder, group, name)
    return group


def add_attempt(
    builder: Builder, head: str, relation: str, *, name: str, of: str, failure: Reason
) -> str:
    """Add that an alternative was tried and did not serve us; whether it serves is unknown.

    Parameters
    ----------
    builder
        What is built.
    head, relation
        The alternative, and as what it is needed.
    name, of
        What did not serve, and what for: a zone, or a server.
    failure
        How it failed.
    """
    draft = builder.draft
    node = draft.node("attempt", f"{head.partition(':')[2]} for {of}", label=name)
    draft.edge(node, relation, head)
    draft.unknown(node, relation, What.SERVICE, name, [failure], within=of)
    return node


def _every(builder: Builder, name: str) -> dict[str, Found]:
    """Return every address that leads to a server: in glue, and in its own zone."""
    return {**glue_of(builder.index, name), **own_addresses(builder.index, name)}


def _failing(builder: Builder, found: Mapping[str, Found]) -> dict[str, Reason]:
    """Return which addresses served nobody, as far as they were asked; none where all failed."""
    failed = {text: why for text in found if (why := failing(builder.index, text)) is not None}
    return failed if len(failed) < len(found) else {}


def _add_address(
    builder: Builder,
    group: str,
    text: str,
    beside: Mapping[str, Found],
    failure: Reason | None,
    *,
    of: str,
) -> None:
    """Put an address under those of a server; of one that did not serve us, what it takes."""
    answer, value = beside[text]
    reach = addresses.reach(builder, text, beside)
    node = f"address:{text}"
    if failure is not None:
        node = add_attempt(builder, node, "address", name=text, of=of, failure=failure)
        reach.setdefault("finding", failure)
    builder.draft.edge(group, "address", node, answer.proof(value), **reach)


def expand(builder: Builder, name: str) -> None:
    """Add the addresses of a name server, and who runs it by name."""
    draft = builder.draft
    node = f"nameserver:{name}"
    # A name that also serves the web has its fronts drawn; those do not serve its DNS.
    group = f"{name}/nameserver" if f"host:{name}" in draft.nodes else name
    group = draft.node("addresses", group, label=name)
    draft.edge(node, "address", group)
    observed_in = builder.observed_in.get(name, ())
    signal = Signal("ns-domain", name[2:]) if name.startswith("*.") else Signal("ns-host", name)
    clues: dict[Signal, Sequence[Observation]] = {signal: observed_in}
    found = _every(builder, name)
    for text in found:
        network.use(builder, text, "dns", dict(clues))
    if found:
        _add_addresses(builder, name, group, found)
    else:
        _add_none(builder, name, group)
    soa = builder.index.ask(zone_of(builder, name), "SOA")
    for value, observations in soa.records.items():
        primary = host("".join(value.split()[:1]))
        if primary is not None:
            clues[Signal("soa-mname", primary)] = observations
    for text in found:
        clues |= network.clues_of(builder, text)
    machine: dict[Signal, Sequence[Observation]] = {Signal("host", name): observed_in}
    if not builder.knows(builder.who("dns", clues)) and builder.knows(
        builder.who("hosting", machine)
    ):
        builder.operator(node, "operator", "hosting", machine)  # whose machine it is, by its name
    else:
        builder.operator(node, "operator", "dns", clues)


def _add_addresses(builder: Builder, name: str, group: str, found: Mapping[str, Found]) -> None:
    """Add the addresses of a server; one to which no way leads that was seen is only met."""
    reached = builder.reached.get(name) or set(found)
    failed = _failing(builder, {text: one for text, one in found.items() if text in reached})
    for text, one in found.items():
        if text in reached:
            _add_address(builder, group, text, found, failed.get(text), of=name)
        else:
            data = one.answer.proof(one.value)
            exposes, finding = Strength.EXPOSES, "not-in-glue"
            draft = builder.draft
            draft.edge(group, "address", f"address:{text}", data, strength=exposes, finding=finding)
    _add_further(builder, group, name)
    if name not in builder.glued_only:
        own = [builder.index.ask(name, family) for family in FAMILIES]
        glue = [builder.index.ask(name, family, part="glue") for family in FAMILIES]
        known = any(answer.records for answer in own)
        addresses.add_gaps(builder, group, name, own if known else glue)


def _add_further(builder: Builder, group: str, name: str) -> None:
    """Say how many of its addresses are too many to be followed, be they its own or glue."""
    for part in ("answer", "glue"):
        answers = [builder.index.ask(name, family, part=part) for family in FAMILIES]
        addresses.add_further(builder, group, name, answers)


def _add_none(builder: Builder, name: str, group: str) -> None:
    """Say why a server has no address: its name does not exist, is an alias, or it is not known."""
    draft = builder.draft
    gone = absence(builder.index, name)
    if gone is not None and name in builder.unseen_glue:
        draft.unknown(group, "address", What.ADDRESSES, name, [builder.unseen_glue[name]])
        return
    if gone is not None:
        draft.note(group, gone)
        return
    answers = [builder.index.ask(name, family) for family in FAMILIES]
    alias = alias_of(builder.index, name)
    reasons = addresses.why(answers) if alias is None else [alias]
    last = last_known(builder, "web", addresses.stale_of(answers), "address")
    draft.unknown(group, "address", What.ADDRESSES, name, reasons, last=last)

"""From a public suffix to who keeps its registry, who runs it, and what its names are served by.

Three needs, each of its own: the *sponsor* decides about the names of a registry and can order
a hold; its *back-end* executes holds; its *name servers* answer for the names. Of a top-level
domain the servers, their addresses and networks are followed only as far as they were
recorded, and who holds the addresses only where that was; the root is left out. A registry
below another (``uk.com``) is a registration there besides, and its zone one like any other.
"""

from __future__ import annotations

from typing import Any, Final

from depgraph import names
from depgraph.graph import addresses, blocks, network, owners, servers
from depgraph.graph.answers import FAMILIES, Answer
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.failure import Service
from depgraph.graph.network import fields
from depgraph.graph.text import host, version
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.providers.rows import Backend
from depgraph.text_safety import one_line
from depgraph.vocabulary import REGISTRY_SERVERS, SPONSOR, Evidence, Reason, What

_PER_SUFFIX: Final = 32  # name servers that are read


def add(builder: Builder, node: str, suffix: str) -> None:
    """Add the sponsor and the back-end of the registry of a public suffix."""
    reason = _no_registry(builder, suffix)
    if reason is not None:
        builder.draft.unknown(node, "registry", What.REGISTRY, suffix, [reason])
        return
    sponsor = sponsor_of(builder, suffix)
    backend = _backend(builder, suffix, sponsor)
    if backend is None:
        _unknown_backend(builder, node, suffix)
    else:
        head, proof = backend
        builder.draft.edge(node, "back-end", head, proof)
    if sponsor is None:
        reasons = builder.index.ask(_top(suffix), "registry").reasons
        builder.draft.unknown(node, "registry", What.REGISTRY, suffix, reasons)
    else:
        head, proof = sponsor
        same = backend is not None and backend[0] == head
        builder.draft.edge(node, "registry", head, proof, role=None if same else SPONSOR)


def _no_registry(builder: Builder, suffix: str) -> Reason | None:
    """Return why a suffix has no registry: there is no such top-level domain; None if it has one.

    What was recorded goes before what lists say, so that a laboratory has its own.
    """
    top = _top(suffix)
    if names.is_top_level(top):
        return None
    index = builder.index
    answers = [
        index.ask(top, "registry"),
        index.ask(top, "NS"),
        index.ask(top, "NS", part="parent"),
    ]
    if any(answer.records for answer in answers):
        return None
    code = "reserved-tld" if names.is_reserved(top) else "no-such-tld"
    return Reason.of(code, name=one_line(top, limit=63))


def _top(name: str) -> str:
    return name.rsplit(".", 1)[-1]


# --- The sponsor ------------------------------------------------------------------------------


def sponsor_of(builder: Builder, suffix: str) -> tuple[str, dict[str, Any]] | None:
    """Return the node of who keeps the registry of a public suffix, and how that is known.

    Returns
    -------
    Node and attributes of an edge to it; None if it is not known.
    """
    above = () if names.is_registry_below(suffix) else (_top(suffix),)
    named: dict[Signal, tuple[Observation, ...]] = {}
    for domain in dict.fromkeys((suffix, *above)):
        answer = builder.index.ask(domain, "registry")
        for value, observations in fields(answer, "operator").items():
            named.setdefault(Signal("reported-name", value.strip()), observations)
    clues = {Signal("tld", (above or (suffix,))[0]): next(iter(named.values()), ()), **named}
    attribution = builder.who("registry", clues)
    if attribution.provider is None:
        return None
    proof = builder.proof(attribution, clues, named_by_record=True)
    return builder.provider(attribution), proof


# --- The back-end -----------------------------------------------------------------------------


def _backend(
    builder: Builder, suffix: str, sponsor: tuple[str, dict[str, Any]] | None
) -> tuple[str, dict[str, Any]] | None:
    """Return the node of who runs the registry, and how that is known; None if it is not.

    A row of the catalogue for the day says so; else, likely, the host of its RDAP service or
    the names of its servers do.
    """
    row = builder.catalogue.backend_of(suffix, builder.at)
    if row is not None:
        head = _provider_of(builder, row, sponsor)
        return None if head is None else (head, _stated(row))
    clues = _clues(builder, suffix)
    attribution = builder.who("back-end", clues)
    if attribution.provider is None:
        return None
    return builder.provider(attribution), builder.proof(attribution, clues)


def _provider_of(
    builder: Builder, row: Backend, sponsor: tuple[str, dict[str, Any]] | None
) -> str | None:
    """Return the node of the provider of a row, which may be the sponsor itself."""
    if row.provider is not None:
        return builder.catalogued(row.provider)
    return None if sponsor is None else sponsor[0]


def _stated(row: Backend) -> dict[str, Any]:
    data = owners.stated(row.source)
    reported = "report" in row.basis
    data["evidence"] = (Evidence.REPORTED if reported else Evidence.PUBLISHED).value
    data["confidence"] = row.confidence.value
    if row.since is not None:
        data["valid_from"] = row.since.isoformat()
    if row.until is not None:
        data["valid_until"] = row.until.isoformat()
    return data


def _clues(builder: Builder, suffix: str) -> dict[Signal, tuple[Observation, ...]]:
    """Return the host of the RDAP service of a registry, and the names of its servers."""
    index = builder.index
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for domain in dict.fromkeys((suffix, _top(suffix))):
        for value, observations in fields(index.ask(domain, "registry"), "rdap").items():
            name = host(value.partition("://")[2].partition("/")[0].partition(":")[0])
            if name is not None:
                clues.setdefault(Signal("rdap-host", name), observations)
    for answer in (index.ask(suffix, "NS", part="parent"), index.ask(suffix, "NS")):
        clues |= _servers(answer)
    return clues


def _servers(answer: Answer) -> dict[Signal, tuple[Observation, ...]]:
    found = {}
    for value, observations in list(answer.records.items())[:_PER_SUFFIX]:
        name = host(value)
        if name is not None:
            found[Signal("ns-host", name)] = observations
    return found


def _unknown_backend(builder: Builder, node: str, suffix: str) -> None:
    """Say that it is not known who runs a registry, and who was known to on another day."""
    last = {}
    reasons = [Reason.of("not-recorded")]
    row = builder.catalogue.backend_near(suffix, builder.at)
    if row is not None and row.provider is not None:
        day = row.since if row.since is not None and builder.at < row.since else row.until
        last = {
            "last_known": builder.catalogue.name_of(row.provider),
            "last_known_time": f"{day}T00:00:00Z",
            "last_known_evidence": Evidence.PUBLISHED.value,
            "last_known_id": row.provider,
        }
        reasons = [Reason.of("other-day")]
    builder.draft.unknown(node, "back-end", What.BACKEND, suffix, reasons, last=last)


# --- Its name servers -------------------------------------------------------------------------


def add_servers(builder: Builder, node: str, suffix: str) -> None:
    """Add the name servers of a public suffix, any of which will do.

    Where none were recorded, a row of the catalogue may say in whose networks they stand.
    """
    parent = builder.index.ask(suffix, "NS", part="parent")
    answer = parent if parent.records else builder.index.ask(suffix, "NS")
    found = {name: value for value in answer.values if (name := host(value)) is not None}
    rows = [] if found else builder.catalogue.servers_of(suffix, builder.at)
    if not found and not rows:
        return
    draft = builder.draft
    group = draft.node("nameservers", suffix)
    draft.edge(node, "nameserver", group, role=REGISTRY_SERVERS)
    for row in rows:
        draft.edge(group, "operator", builder.catalogued(row.provider), owners.stated(row.source))
    service = Service.of(builder.index, suffix)
    for name, value in list(found.items())[:_PER_SUFFIX]:
        builder.observed_in.setdefault(name, answer.records[value])
        way = draft.node("nameserver", name)
        failure = service.failure(name, _addresses_of(builder, name))
        if failure is not None:
            way = servers.add_attempt(
                builder, way, "nameserver", name=name, of=suffix, failure=failure
            )
        draft.edge(group, "nameserver", way, answer.proof(value))
    builder.later(_expand_servers, suffix, phase=Phase.NETWORKS)


def _expand_servers(builder: Builder, suffix: str) -> None:
    """Add the addresses and networks of the name servers of a public suffix, as recorded.

    Either kind of fact is followed from all of them or from none: where it was recorded of one
    address, that of another is unknown; where it was recorded of none, it is left out.
    """
    ways = builder.draft.heads(f"nameservers:{suffix}", "nameserver")
    for way in ways:  # grows while it is read: behind an attempt is the server
        ways += builder.draft.heads(way, "nameserver")
    nodes = [way for way in ways if way.startswith("nameserver:")]
    by_server = {node: _addresses_of(builder, node.partition(":")[2]) for node in nodes}
    every = [address for found in by_server.values() for address in found]
    followed = {
        kind for kind in ("origin", "holder") if any(_recorded(builder, a, kind) for a in every)
    }
    for node, found in by_server.items():
        if builder.draft.heads(node, "address"):
            continue  # a zone of the service is served by it too
        _add_operator(builder, node)
        _add_addresses(builder, node, found, followed)


def _recorded(builder: Builder, address: str, kind: str) -> bool:
    return bool(builder.index.ask(address, kind).records)


def _addresses_of(builder: Builder, name: str) -> dict[str, addresses.Found]:
    """Return the addresses of a server: its glue in the root, else its own."""
    for part in ("glue", "answer"):
        answers = [builder.index.ask(name, family, part=part) for family in FAMILIES]
        found = addresses.readable(answers)
        if found:
            return found
    return {}


def _add_operator(builder: Builder, node: str) -> None:
    """Add who runs a server of a registry by its name, where the catalogue knows it."""
    name = node.partition(":")[2]
    clues = {Signal("ns-host", name): builder.observed_in.get(name, ())}
    attribution = builder.who("dns", clues)
    if builder.knows(attribution):
        proof = builder.proof(attribution, clues)
        builder.draft.edge(node, "operator", builder.provider(attribution), proof)


def _add_addresses(
    builder: Builder, node: str, found: dict[str, addresses.Found], followed: set[str]
) -> None:
    draft = builder.draft
    if not found:
        draft.nodes[node]["left_out"] = "address"
        return
    name = node.partition(":")[2]
    group = draft.node("addresses", name)
    draft.edge(node, "address", group)
    for text, one in found.items():
        address = draft.node("address", text, family=version(text))
        draft.edge(group, "address", address, one.answer.proof(one.value))
        if text in builder.uses:
            continue  # what it stands on is asked for anyway
        left_out = ["operator"]
        if "origin" in followed:
            network.add_prefix(builder, address, text)
        else:
            left_out += ["prefix", "origin"]
        if "holder" in followed:
            blocks.add(builder, address, text)
        else:
            left_out.append("block")
        draft.nodes[address]["left_out"] = ",".join(left_out)

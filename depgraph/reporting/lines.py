"""From a graph to lines of evidence: who stands behind each function, layer by layer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from depgraph.names import is_below

LAYERS = (
    "front",
    "host",
    "network",
    "block",
    "allocation",
    "certificate",
    "mail",
    "mailbox",
    "dns",
    "registrar",
    "registry",
    "other",
)
"""The layers of a report, in the order in which a reader meets them."""

# Entering a node of this kind means: what follows is in this layer, until the next one.
_CONTEXT = {
    "nameservers": "dns",
    "exchanges": "mail",
    "mailbox": "mailbox",
    "authorities": "certificate",
    "front": "front",
}
# The relation of the edge into an actor settles the layer where it has a word of its own.
_RELATION = {
    "registrar": "registrar",
    "registry": "registry",
    "network": "network",
    "holder": "block",
    "allocation": "allocation",
    "certificate": "certificate",
    "registration": "registrar",
    "nameserver": "dns",
    "exchange": "mail",
    "mailbox": "mailbox",
    "origin": "network",
    "block": "block",
    "prefix": "network",
}
_ACTORS = frozenset({"provider", "unknown", "anyone"})


@dataclass(frozen=True, slots=True)
class Line:
    """One actor in one layer of one function, with how we know it.

    Parameters
    ----------
    layer
        One of :data:`LAYERS`.
    through
        The registered domain on whose own dependencies this one hangs; empty when the
        service depends on it directly.
    subjects
        What the actor does it for: names, addresses, prefixes (labels of graph nodes).
    actor, name
        Node id of the provider or unknown, and its label.
    company, parents, country
        Labels up the chain of ownership; empty where they are not known.
    evidence, source, citation, time, until, rule, note
        Of the edge that names the actor (see :mod:`depgraph.schema`).
    reason, last_known, last_known_time, last_known_evidence
        Of an unknown actor: why it is unknown, and what was last known, when.
    vantage
        The places from which alone the way to the actor was seen; empty where all saw it.
    path
        Node ids from the function to the actor, a shortest one.
    exposes
        True where the service works without this actor, but passes it.
    """

    layer: str
    through: str
    subjects: tuple[str, ...]
    actor: str
    name: str
    company: str = ""
    parents: tuple[str, ...] = ()
    country: str = ""
    evidence: str = ""
    source: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    rule: str = ""
    note: str = ""
    reason: str = ""
    last_known: str = ""
    last_known_time: str = ""
    last_known_evidence: str = ""
    vantage: str = ""
    path: tuple[str, ...] = ()
    exposes: bool = False

    @property
    def unknown(self) -> bool:
        """Whether this line says that something is not known."""
        return self.actor.startswith("unknown:")

    @property
    def chain(self) -> str:
        """The actor and who stands above it, as one text."""
        parts = [self.name]
        parts += [above for above in (self.company, *self.parents) if above and above != parts[-1]]
        return " › ".join([*parts, self.country] if self.country else parts)


def lines(graph: nx.MultiDiGraph[str], function: str) -> tuple[Line, ...]:
    """List who stands behind a function, direct dependencies first.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    function
        Node id of the function.

    Returns
    -------
    One line for each actor in each layer and at each distance (direct, or through another
    domain); several subjects of one actor stand in one line.
    """
    merged: dict[tuple[Any, ...], list[_Step]] = {}
    for step in _steps(graph, function):
        key = (step.layer, step.through, step.actor, *(_evidence(step)[k] for k in _SHOWN))
        merged.setdefault(key, []).append(step)
    every = _places(graph)
    found = [_line(graph, steps, every) for steps in merged.values()]
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True, slots=True)
class _Step:
    layer: str
    through: str
    subject: str
    actor: str
    path: tuple[str, ...]
    data: dict[str, Any]
    exposes: bool


_SHOWN = ("evidence", "source", "citation", "rule", "note")


def _evidence(step: _Step) -> dict[str, str]:
    return {key: str(step.data.get(key, "")) for key in (*_SHOWN, "time", "until")}


def _steps(graph: nx.MultiDiGraph[str], function: str) -> Iterator[_Step]:
    """Walk breadth first over (node, layer, through): a node may stand in several layers."""
    subject = str(graph.graph.get("subject", ""))
    start = (function, "host", "", False)
    paths: dict[tuple[str, str, str, bool], tuple[str, ...]] = {start: (function,)}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        node, layer, through, exposes = state
        for _, target, data in graph.out_edges(node, data=True):
            kind = graph.nodes[target]["kind"]
            relation = str(data.get("relation", ""))
            soft = exposes or data.get("strength") == "exposes"
            if kind in _ACTORS:
                yield _Step(
                    _layer(graph.nodes[node]["kind"], relation, layer),
                    through,
                    node,
                    target,
                    (*paths[state], target),
                    dict(data),
                    soft,
                )
                continue
            onward = (
                target,
                _CONTEXT.get(kind, layer),
                through or _crossed(target, kind, subject),
                soft,
            )
            if onward not in paths:
                paths[onward] = (*paths[state], target)
                queue.append(onward)


def _layer(kind: str, relation: str, context: str) -> str:
    """Say in which layer an actor stands, from the edge that leads to it."""
    if kind == "front" and relation == "origin":
        return "host"  # what stands behind a front is the host; an AS's origin is the network
    return _RELATION.get(relation, context)


def _crossed(node: str, kind: str, subject: str) -> str:
    """Name the domain whose own dependencies begin at this node, if it is not the service's."""
    name = node.partition(":")[2]
    foreign = not (is_below(subject, name) or is_below(name, subject))
    return name if kind in {"zone", "registration"} and foreign else ""


def _line(graph: nx.MultiDiGraph[str], steps: list[_Step], every: set[str]) -> Line:
    first = min(steps, key=lambda step: (len(step.path), step.path))
    node = graph.nodes[first.actor]
    company, parents, country = _above(graph, first.actor)
    return Line(
        layer=first.layer,
        through=first.through,
        subjects=tuple(sorted({_label(graph, step.subject) for step in steps}, key=_names_first)),
        actor=first.actor,
        name=_label(graph, first.actor),
        company=company,
        parents=parents,
        country=country,
        reason=str(node.get("reason", "")),
        last_known=str(node.get("last_known", "")),
        last_known_time=str(node.get("last_known_time", "")),
        last_known_evidence=str(node.get("last_known_evidence", "")),
        vantage=_seen_from(graph, steps, every),
        path=first.path,
        exposes=all(step.exposes for step in steps),
        **_evidence(first),
    )


def _names_first(label: str) -> tuple[bool, str]:
    """Sort addresses and prefixes after names, which people know."""
    return (":" in label or label.replace(".", "").replace("/", "").isdigit(), label)


def _seen_from(graph: nx.MultiDiGraph[str], steps: list[_Step], every: set[str]) -> str:
    """Name the places to which all ways to an actor are limited; empty where they are not."""
    places: set[str] = set()
    for step in steps:
        joined = [graph.get_edge_data(u, v).values() for u, v in pairwise(step.path)]
        here = {
            place
            for edges in joined
            if all("vantage" in data for data in edges)
            for data in edges
            for place in str(data["vantage"]).split(",")
        }
        places |= here or every
    return "" if places == every else ", ".join(sorted(places))


def _places(graph: nx.MultiDiGraph[str]) -> set[str]:
    """List the places that saw something which others did not."""
    told = (data["vantage"] for *_, data in graph.edges(data=True) if "vantage" in data)
    return {place for text in told for place in str(text).split(",")}


def _above(graph: nx.MultiDiGraph[str], actor: str) -> tuple[str, tuple[str, ...], str]:
    """Follow ownership from a provider to its company, that company's parents and the law."""
    chain: list[str] = []
    country = ""
    node: str | None = actor
    while node is not None:
        above = {
            str(data.get("relation")): target
            for _, target, data in graph.out_edges(node, data=True)
            if data.get("relation") in {"owner", "parent", "law"}
        }
        if "law" in above and graph.nodes[above["law"]]["kind"] == "country":
            country = _label(graph, above["law"])
        node = above.get("owner") or above.get("parent")
        if node in chain:
            break
        if node is not None:
            chain.append(node)
    names = [_label(graph, link) for link in chain]
    return (names[0] if names else "", tuple(names[1:]), country)


def _label(graph: nx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node].get("label") or node.partition(":")[2])


def _order(line: Line) -> tuple[Any, ...]:
    return (
        line.through != "",
        line.exposes,
        line.through,
        LAYERS.index(line.layer) if line.layer in LAYERS else len(LAYERS),
        line.unknown,
        line.actor,
        line.source,
        line.citation,
        line.subjects,
    )

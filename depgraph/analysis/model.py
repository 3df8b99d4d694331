"""A graph compiled once into numbers; every analysis works on this form.

The compiled form keeps the two kinds of edges apart (``needs`` and ``exposes``), gives each
edge the delay with which the failure of its target is felt, and knows for every level who
the actors are and what is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import networkx as nx

from depgraph.analysis.circuit import Circuit, Game, cut_down
from depgraph.analysis.levers import UNOBSERVED, Lever, delay, lever
from depgraph.errors import GraphError, QuestionError
from depgraph.records.epp import is_not_delegated

LEVELS: Final = ("provider", "company", "country", "asn", "prefix", "address", "nameserver")
_RANK: Final[Mapping[str, int]] = {"provider": 0, "company": 1, "country": 2}
_ACTORS: Final = frozenset({"provider", "company", "country"})
_PARTY: Final = frozenset(
    {
        *("registrar", "registry", "operator", "network", "holder", "allocation"),
        *("certificate", "owner", "law", "mailbox"),
    }
)
_CACHED: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("host", "zone"): frozenset({"addresses", "front"}),
    ("function", "zone"): frozenset({"exchanges"}),
    ("lookup", "zone"): frozenset({"nameserver", "addresses"}),
    ("zone", "parent"): frozenset({"nameservers"}),
    ("zone", "registration"): frozenset({"nameservers"}),
}
"""Edges that a cache bridges -> the groups behind whose edges the TTLs of its records stand."""
_NOT_RECORDS: Final = frozenset({"zone", "parent", "registration", "certificate", "mailbox"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of the graph.

    Parameters
    ----------
    tail, head
        Node numbers.
    relation
        Word of the schema.
    delay
        Seconds after which the failure of the head is felt at the tail.
    data
        The attributes of the edge in the graph.
    """

    tail: int
    head: int
    relation: str
    delay: float
    data: Mapping[str, Any]

    @property
    def needed(self) -> bool:
        """Whether the tail needs the head, rather than only passing it."""
        return bool(self.data.get("strength", "needs") == "needs")


@dataclass(frozen=True, eq=False)
class Model:
    """The graph in numbers. Nodes are numbered in the order of their ids."""

    about: Mapping[str, Any]
    ids: tuple[str, ...]
    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Edge, ...]
    out: tuple[tuple[int, ...], ...]
    functions: Mapping[str, int]
    _circuits: dict[float, Circuit] = field(default_factory=dict, repr=False)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Node id -> number."""
        return {name: n for n, name in enumerate(self.ids)}

    @cached_property
    def into(self) -> tuple[tuple[int, ...], ...]:
        """For each node the numbers of the edges that lead to it."""
        found: list[list[int]] = [[] for _ in self.ids]
        for e, edge in enumerate(self.edges):
            found[edge.head].append(e)
        return tuple(map(tuple, found))

    @cached_property
    def held(self) -> Mapping[int, str]:
        """Registrations on hold -> the statuses that say so.

        A name with such a status (clientHold, serverHold, redemptionPeriod ...) is not
        delegated (RFC 5731, section 2.3): it does not work, whoever withdraws or not.
        """
        found = {}
        for node, data in enumerate(self.nodes):
            if data["kind"] == "registration":
                said = [s for s in str(data.get("status", "")).split(",") if is_not_delegated(s)]
                if said:
                    found[node] = ", ".join(dict.fromkeys(said))
        return found

    def held_for(self, function: int) -> str:
        """Say which names that a function needs are on hold; empty if none is."""
        if not self.held:
            return ""
        below = [n for n in sorted(self.held) if n in self.reach(function)]
        names = ", ".join(f"{self.label(n)} ({self.held[n]})" for n in below)
        return f"on hold: {names}" if names else ""

    def reach(self, start: int) -> set[int]:
        """Give a node and all that it needs, directly or not."""
        stack = [start]
        found = {start}
        while stack:
            for edge in self.needs(stack.pop()):
                if edge.head not in found:
                    found.add(edge.head)
                    stack.append(edge.head)
        return found

    @property
    def complete(self) -> bool:
        """Whether the collection that the graph was built from came to its end."""
        return bool(self.about.get("complete", True))

    def kind(self, node: int) -> str:
        """Give the kind of a node, a word of the schema."""
        return str(self.nodes[node]["kind"])

    def label(self, node: int) -> str:
        """Give the text for people of a node."""
        return str(self.nodes[node].get("label") or self.ids[node].partition(":")[2])

    def own(self, node: int) -> bool:
        """Whether an actor is the service itself."""
        return bool(self.nodes[node].get("own", False))

    def either(self, node: int) -> bool:
        """Whether a node needs one of its alternatives only. One on hold has none left."""
        return node in self.held or self.nodes[node].get("needs") == "any"

    def needs(self, node: int) -> list[Edge]:
        """List the edges to what a node needs; of a registration on hold there is nothing left."""
        if node in self.held:
            return []
        return [edge for e in self.out[node] if (edge := self.edges[e]).needed]

    def lever(self, edge: Edge) -> Lever | None:
        """Give the lever of an edge that leads to an actor; None for other edges."""
        tail, head = self.kind(edge.tail), self.kind(edge.head)
        return lever(tail, edge.relation) if _pulls(tail, head, edge.relation) else None

    def circuit(self, horizon: float) -> Circuit:
        """Give the failure circuit of what happens within a horizon in seconds.

        An edge whose delay is longer counts as working: where it is one of several
        alternatives, the node cannot fail in time by those.
        """
        if horizon in self._circuits:
            return self._circuits[horizon]
        alternatives = []
        needs = []
        for node in range(len(self.nodes)):
            edges = self.needs(node)
            in_time = [edge.head for edge in edges if edge.delay <= horizon]
            either = self.either(node)
            if either and len(in_time) < len(edges):
                either, in_time = False, []
            alternatives.append(either)
            needs.append(tuple(dict.fromkeys(in_time)))
        self._circuits[horizon] = Circuit.of(alternatives, needs)
        return self._circuits[horizon]

    def actors(self, level: str) -> tuple[int, ...]:
        """List the nodes that act at a level.

        At level `company` these are the companies that nobody in the graph owns: what a
        subsidiary can do its parent can, and the parent decides. At level `country` all
        companies under one law act together.

        Raises
        ------
        QuestionError
            If there is no such level.
        """
        if level not in LEVELS:
            raise QuestionError(f"expected a level among {', '.join(LEVELS)}, found {level!r}")
        found = [n for n in range(len(self.ids)) if self.kind(n) == level]
        if level == "company":
            found = [n for n in found if not self._owned(n)]
        return tuple(found)

    def _owned(self, node: int) -> bool:
        return any(
            edge.relation == "parent" and self.kind(edge.head) == "company"
            for edge in self.needs(node)
        )

    def tops(self, node: int) -> list[int]:
        """List the companies at the top of a company, itself if nobody owns it."""
        above = self.closure([node], {"parent"})
        return [n for n in sorted(above) if self.kind(n) == "company" and not self._owned(n)]

    def closure(self, nodes: Iterable[int], relations: set[str]) -> set[int]:
        """Give the nodes and all that they reach over edges of these relations."""
        stack = list(nodes)
        found = set(stack)
        while stack:
            for e in self.out[stack.pop()]:
                edge = self.edges[e]
                if edge.relation in relations and edge.head not in found:
                    found.add(edge.head)
                    stack.append(edge.head)
        return found

    def unknown(self, level: str) -> tuple[int, ...]:
        """List the unknown nodes that may be anyone at a level.

        A node of level `company` (a provider whose owner nobody knows) is known at level
        `provider` and unknown at `company` and `country`. At the levels of infrastructure
        only what may hide infrastructure counts: an address not found, not a registrar.
        """
        if level not in LEVELS:
            raise QuestionError(f"expected a level among {', '.join(LEVELS)}, found {level!r}")
        rank = _RANK.get(level, 0)
        found = []
        for node in range(len(self.ids)):
            if self.kind(node) != "unknown":
                continue
            if _RANK.get(str(self.nodes[node].get("level", "provider")), 0) > rank:
                continue
            if level in _RANK or any(self._structural(self.edges[e]) for e in self.into[node]):
                found.append(node)
        return tuple(found)

    def _structural(self, edge: Edge) -> bool:
        return edge.relation not in _PARTY and self.kind(edge.tail) not in _ACTORS

    def game(self, level: str, horizon: float, *, dead: Iterable[int] = ()) -> Game:
        """Give the game of the actors of a level over all functions, in their order.

        Parameters
        ----------
        dead
            Nodes withdrawn in any case: those of :meth:`unknown` in the worst case.
        """
        roots = tuple(self.functions.values())
        return cut_down(self.circuit(horizon), self.actors(level), dead, roots)


def compile_graph(graph: nx.MultiDiGraph[str]) -> Model:
    """Compile a graph that follows the schema.

    The delay of an edge is that of its lever, or, where resolvers keep records, the longest
    TTL observed: on the edge from a host, a name server to look up or the mail function to
    its zone, that of the records it has there; on the edge from a zone to its parent or registration,
    that of its delegation. Where no TTL was observed it is
    :data:`~depgraph.analysis.levers.UNOBSERVED`.

    Raises
    ------
    GraphError
        If a node has no kind, or an edge leads to a node that is not there.
    """
    ids = tuple(sorted(graph.nodes))
    number = {name: n for n, name in enumerate(ids)}
    for name in ids:
        if "kind" not in graph.nodes[name]:
            raise GraphError(f"expected a node with a kind, found {name!r} with none: see validate")
    edges: list[Edge] = []
    out: list[list[int]] = [[] for _ in ids]
    rows = sorted(graph.edges(keys=True, data=True), key=lambda row: (row[0], str(row[2]), row[1]))
    for tail, head, key, data in rows:
        relation = str(data.get("relation", key))
        wait = _delay(graph, tail, head, relation)
        out[number[tail]].append(len(edges))
        edges.append(Edge(number[tail], number[head], relation, wait, dict(data)))
    functions = {
        name.rpartition("/")[2]: number[name]
        for name in ids
        if graph.nodes[name]["kind"] == "function"
    }
    order = {"web": 0, "web-www": 1, "mail": 2, "name": 3}
    return Model(
        about=dict(graph.graph),
        ids=ids,
        nodes=tuple(dict(graph.nodes[name]) for name in ids),
        edges=tuple(edges),
        out=tuple(map(tuple, out)),
        functions=dict(
            sorted(functions.items(), key=lambda item: (order.get(item[0], 9), item[0]))
        ),
    )


def _delay(graph: nx.MultiDiGraph[str], tail: str, head: str, relation: str) -> float:
    kind = graph.nodes[tail]["kind"]
    if (kind, relation) in _CACHED:
        ttl = _ttl(graph, tail, _CACHED[kind, relation])
        return UNOBSERVED if ttl is None else float(ttl)
    if _pulls(kind, graph.nodes[head]["kind"], relation):
        return delay(lever(kind, relation))
    return 0.0


def _pulls(tail_kind: str, head_kind: str, relation: str) -> bool:
    """Tell whether an edge leads from what is no actor to one, or to one who is not known."""
    if tail_kind in _ACTORS:
        return False
    return head_kind in _ACTORS or (head_kind == "unknown" and relation in _PARTY)


def _ttl(graph: nx.MultiDiGraph[str], tail: str, groups: frozenset[str]) -> int | None:
    """Give the longest TTL of the records that a name has in its zone (or its parent's)."""
    found: list[int] = []
    stack = [tail]
    seen = {tail}
    while stack:
        for _, head, key, data in graph.out_edges(stack.pop(), keys=True, data=True):
            relation = data.get("relation", key)
            if relation in _NOT_RECORDS or data.get("strength", "needs") != "needs":
                continue
            found += [int(data["ttl"])] if "ttl" in data else []
            if graph.nodes[head]["kind"] in groups and head not in seen:
                seen.add(head)
                stack.append(head)
    return max(found, default=None)


def model_of(graph: nx.MultiDiGraph[str] | Model) -> Model:
    """Compile a graph, or take a model that was compiled before."""
    return graph if isinstance(graph, Model) else compile_graph(graph)

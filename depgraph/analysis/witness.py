"""Why a function fails, and when: the edges that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from depgraph.analysis.circuit import Step as CircuitStep
from depgraph.analysis.levers import Lever
from depgraph.analysis.model import Edge, Model

_KEPT = ("evidence", "source", "citation", "time", "until", "server", "vantage", "rule", "note")


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a witness, with how we know it.

    Parameters
    ----------
    tail, head, relation
        The edge: `tail` needs `head`.
    tail_label, head_label
        The two for people.
    evidence, source, citation, time, until, server, vantage, rule, note
        As on the edge of the graph; empty where it has none.
    ttl
        Seconds; None where none was observed.
    """

    tail: str
    head: str
    relation: str
    tail_label: str
    head_label: str
    evidence: str
    source: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    server: str = ""
    vantage: str = ""
    rule: str = ""
    note: str = ""
    ttl: int | None = None

    @property
    def told(self) -> bool:
        """Whether it rests on evidence, rather than holding by definition."""
        return self.rule != "definition"

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form; empty fields are left out."""
        row: dict[str, Any] = {"tail": self.tail, "head": self.head, "relation": self.relation}
        for key in _KEPT:
            if value := getattr(self, key):
                row[key] = value
        return row if self.ttl is None else row | {"ttl": self.ttl}


def step(model: Model, edge: Edge) -> Step:
    """Write an edge as a step of a witness."""
    data = edge.data
    return Step(
        tail=model.ids[edge.tail],
        head=model.ids[edge.head],
        relation=edge.relation,
        tail_label=model.label(edge.tail),
        head_label=model.label(edge.head),
        ttl=data.get("ttl"),
        **{key: str(data.get(key, "unknown" if key == "evidence" else "")) for key in _KEPT},
    )


def times(model: Model, withdrawn: Iterable[int], horizon: float) -> list[float]:
    """Give for each node the seconds after which it stops working; infinite: never.

    Every cache is taken to be filled at the moment of the withdrawal. A node that needs
    all fails with the first of what it needs, one with alternatives with the last; a
    record in a cache bridges the time until its TTL ends. Among the solutions it is the
    least, as circles do not keep themselves alive.
    """
    gone = set(withdrawn)
    value = [0.0] * len(model.ids)
    circuit = model.circuit(horizon)
    for block, circle in zip(circuit.blocks, circuit.circles, strict=True):
        while _advance(model, block, gone, value, horizon) and circle:
            pass
    return value


def _advance(
    model: Model,
    block: Sequence[CircuitStep],
    gone: set[int],
    value: list[float],
    horizon: float,
) -> bool:
    changed = False
    for node, _, _ in block:
        felt = [max(value[edge.head], edge.delay) for edge in model.needs(node)]
        if node in gone:
            new = 0.0
        elif model.either(node):
            new = max(felt, default=0.0)
        else:
            new = min(felt, default=inf)
        new = new if new <= horizon else inf
        changed |= new != value[node]
        value[node] = new
    return changed


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a node fails: edges from it down to what was withdrawn.

    Parameters
    ----------
    edges
        In the order of a walk from the node.
    seconds
        When it fails after the withdrawal.
    circles
        Nodes at which the proof ends because they only support each other.
    """

    edges: tuple[Edge, ...]
    seconds: float
    circles: tuple[int, ...] = ()

    def controlled(self, model: Model) -> Mapping[int, list[tuple[Lever, Edge]]]:
        """Give for each node the levers through which it is felt in this proof."""
        below: dict[int, list[Edge]] = {}
        for edge in self.edges:
            below.setdefault(edge.tail, []).append(edge)
        found: dict[int, list[tuple[Lever, Edge]]] = {}
        for edge in self.edges:
            lever = model.lever(edge)
            if lever is None:
                continue
            node = edge.head
            chain = [node]
            while node in below and below[node][0].head not in chain:
                node = below[node][0].head
                chain.append(node)
            for actor in chain:
                found.setdefault(actor, []).append((lever, edge))
        return found


def prove(model: Model, node: int, withdrawn: Iterable[int], horizon: float) -> Proof:
    """Find the edges by which a failing node fails: the soonest ones, then the shortest way."""
    gone = set(withdrawn)
    value = times(model, gone, horizon)
    rank = _ranks(model, gone, value)
    stack = [node]
    seen = {node}
    chosen: list[Edge] = []
    circles: list[int] = []
    while stack:
        here = stack.pop()
        if here in gone:
            continue
        edges = [edge for edge in model.needs(here) if value[edge.head] < inf]
        if not model.either(here):
            edges = sorted(
                edges,
                key=lambda e: (
                    max(value[e.head], e.delay),
                    rank.get(e.head, len(rank) + 1),
                    e.relation == "parent",  # the name itself before those above it
                ),
            )[:1]
        if here not in rank:
            circles.append(here)
        chosen += edges
        for edge in reversed(edges):
            if edge.head not in seen:
                seen.add(edge.head)
                stack.append(edge.head)
    return Proof(tuple(_walk(chosen, node)), value[node], tuple(sorted(circles)))


def _walk(edges: Sequence[Edge], root: int) -> list[Edge]:
    """Order the edges as a walk from the root comes by them."""
    below: dict[int, list[Edge]] = {}
    for edge in edges:
        below.setdefault(edge.tail, []).append(edge)
    found: list[Edge] = []
    stack = list(reversed(below.get(root, [])))
    seen = {root}
    while stack:
        edge = stack.pop()
        found.append(edge)
        if edge.head not in seen:
            seen.add(edge.head)
            stack += reversed(below.get(edge.head, []))
    return found


def _ranks(model: Model, gone: set[int], value: Sequence[float]) -> dict[int, int]:
    """Give for each failing node in how many steps its failure follows; circles have none."""
    rank = dict.fromkeys(sorted(gone), 0)
    waiting: dict[int, int] = {}
    for node in range(len(model.ids)):
        if value[node] < inf and node not in gone and model.either(node):
            waiting[node] = len({edge.head for edge in model.needs(node)})
            if not waiting[node]:
                rank[node] = 0
    front = list(rank)
    while front:
        following: list[int] = []
        for head in front:
            for tail in dict.fromkeys(
                model.edges[e].tail for e in model.into[head] if model.edges[e].needed
            ):
                if tail in rank or value[tail] == inf:
                    continue
                if tail in waiting:
                    waiting[tail] -= 1
                    if waiting[tail]:
                        continue
                rank[tail] = rank[head] + 1
                following.append(tail)
        front = following
    return rank

"""Paths from a function: what can be reached, by which way, and how likely a client comes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np

from depgraph.analysis.model import Edge, Model
from depgraph.analysis.witness import Step, step
from depgraph.vocabulary import Confidence, LawBasis, Relation, What


def walk(
    model: Model,
    start: int,
    *,
    needed: bool = False,
    confidence: Confidence = Confidence.POSSIBLE,
) -> dict[int, Edge | None]:
    """Return what can be reached from a node: node -> the edge by which the shortest way comes.

    Parameters
    ----------
    needed
        Only over ``needs`` edges.
    confidence
        Only over steps that are at least as sure.
    """
    came: dict[int, Edge | None] = {start: None}
    front = [start]
    while front:
        following = []
        for tail in front:
            for e in model.out[tail]:
                edge = model.edges[e]
                unsure = edge.reach.weaker_than(confidence)
                if unsure or (needed and not edge.needed):
                    continue
                if edge.head not in came:
                    came[edge.head] = edge
                    following.append(edge.head)
        front = following
    return came


def unsure_on(
    model: Model, reached: Iterable[int], confidence: Confidence, levels: Iterable[str]
) -> list[Edge]:
    """List the steps out of some nodes that may lead to anyone at some levels, in order.

    These are the ones that are less sure than a confidence.
    """
    asked = frozenset(levels)
    edges = [model.edges[e] for node in reached for e in model.out[node]]
    return [edge for edge in edges if edge.unsure(confidence) and edge.hides & asked]


def way(model: Model, came: Mapping[int, Edge | None], node: int) -> tuple[Step, ...]:
    """Return the way to a node, from the start of a walk."""
    steps = []
    edge = came[node]
    while edge is not None:
        steps.append(step(model, edge))
        edge = came[edge.tail]
    return tuple(reversed(steps))


def law_basis(edges: Sequence[Edge]) -> LawBasis | None:
    """Return by what a country's law binds the actor from whom some edges lead to the country.

    Parameters
    ----------
    edges
        Of ownership and law, upward; before them may stand the lever of the actor.

    Returns
    -------
    LawBasis or None
        Of a company that has a parent in between, the seat of a parent. None where the edges
        lead to no country, or the graph does not say.
    """
    law = edges[-1]
    if law.relation != Relation.LAW or "basis" not in law.data:
        return None
    basis = LawBasis(law.data["basis"])
    inherited = any(edge.relation == Relation.PARENT for edge in edges)
    return LawBasis.PARENT if inherited and basis is LawBasis.SEAT else basis


_AT_ONCE = 256


def chances(
    model: Model, actors: Sequence[int], function: int, reached: Sequence[int]
) -> list[float]:
    """Return for each actor the greatest probability with which a client comes by it.

    Parameters
    ----------
    reached
        Nodes that can be reached from the function.

    Notes
    -----
    IPv6 addresses that are not known are no choice: who has IPv4 alone comes by the others.
    The least solution, found by iteration from zero: two passes where there are no circles,
    else until nothing changes by more than 1e-12.
    """
    part: nx.DiGraph[int] = nx.DiGraph()
    kept = [n for n in reached if model.nodes[n].get("what") != What.IPV6_ADDRESSES]
    part.add_nodes_from(kept)
    heads = ((node, model.edges[e].head) for node in kept for e in model.out[node])
    part.add_edges_from((node, head) for node, head in heads if head in part)
    order = list(nx.dfs_postorder_nodes(part, function))
    found: list[float] = []
    for start in range(0, len(actors), _AT_ONCE):
        found += _some_chances(model, actors[start : start + _AT_ONCE], function, order)
    return found


def _some_chances(
    model: Model, actors: Sequence[int], function: int, order: Sequence[int]
) -> list[float]:
    column = {actor: i for i, actor in enumerate(actors)}
    row = {node: i for i, node in enumerate(order)}
    value = np.zeros((len(order), len(actors)))
    while True:
        change = 0.0
        for node in order:
            heads = [row[head] for e in model.out[node] if (head := model.edges[e].head) in row]
            if heads:
                either = model.nodes[node].get("needs") == "any"
                below = value[heads]
                new = below.mean(axis=0) if either else below.max(axis=0)
            else:
                new = np.zeros(len(actors))
            if node in column:
                new[column[node]] = 1.0
            change = max(change, float(np.abs(new - value[row[node]]).max(initial=0.0)))
            value[row[node]] = new
        if change <= 1e-12:
            return [float(one) for one in value[row[function]]]

"""Which actors belong to a chosen group, and what infrastructure leads to it alone."""

from __future__ import annotations

from typing import Final

import networkx as nx

from depgraph.analysis.actors import select
from depgraph.analysis.model import Model, model_of
from depgraph.errors import QuestionError
from depgraph.text_safety import quote
from depgraph.texts.refusals import refuse
from depgraph.vocabulary import PARTIES, Confidence, Level, Relation

_OWNERSHIP: Final = frozenset({Relation.OWNER, Relation.PARENT})
_CARRIES: Final = frozenset(
    {
        *(Relation.OPERATOR, Relation.ADDRESS, Relation.PREFIX, Relation.ORIGIN),
        *(Relation.NETWORK, Relation.FRONT, Relation.EXCHANGE, Relation.NAMESERVER),
    }
)
"""Relations along which a record leads to who runs it (not: registration, block, zone)."""


def companies(graph: nx.MultiDiGraph[str] | Model, group: str) -> frozenset[str]:
    """Return the actors in a graph that belong to a group.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    group
        A group, company, provider or country, or several in a file: see
        :func:`depgraph.analysis.actors.select`.

    Returns
    -------
    frozenset of str
        Ids of nodes: those that were named, and whatever they own or, of a country, whatever
        its law binds.

    Raises
    ------
    QuestionError
        If the name means nobody, may mean several, or means what is no actor (an AS, an
        address).
    """
    model = model_of(graph)
    chosen = select(model, group)
    if not chosen.levels <= PARTIES:
        raise refuse(QuestionError, "group", found=quote(group))
    relations = _OWNERSHIP | {Relation.LAW} if Level.COUNTRY in chosen.levels else _OWNERSHIP
    found = set(chosen.nodes)
    stack = list(found)
    while stack:
        for number in model.into[stack.pop()]:
            edge = model.edges[number]
            # Who only possibly owns it does not count, nor a law that may not be acted on.
            known = not edge.reach.weaker_than(Confidence.LIKELY)
            if known and edge.relation in relations and edge.tail not in found:
                found.add(edge.tail)
                stack.append(edge.tail)
    return frozenset(model.ids[node] for node in found)


def carried(graph: nx.MultiDiGraph[str] | Model, actors: frozenset[str]) -> frozenset[str]:
    """Return the nodes whose infrastructure leads to some actors and to nobody else.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    actors
        Ids of nodes, as :func:`companies` returns them; they are among the answer.
    """
    model = model_of(graph)
    onward = [_carriers(model, node) for node in range(len(model.ids))]
    found = {model.number[actor] for actor in actors if actor in model.number}
    changed = True
    while changed:
        changed = False
        for node, heads in enumerate(onward):
            if node not in found and heads and found.issuperset(heads):
                found.add(node)
                changed = True
    return frozenset(model.ids[node] for node in found)


def _carriers(model: Model, node: int) -> list[int]:
    """List what carries a node; nothing where one of the steps is only possible."""
    edges = [edge for edge in model.needs(node) if edge.relation in _CARRIES]
    if any(edge.unsure(Confidence.LIKELY) for edge in edges):
        return []
    return [edge.head for edge in edges]

"""What was seen not to work: alternatives that did not serve whoever asked, and what only they lead to.

The graph says it where it says it to the findings: an alternative that was tried and did not serve
is an attempt, whose unknown `service` has the reason, and one that answers without authority has
that as a finding. Here is which ways go through these. How sure it is that they serve nobody is
another question: an unknown works at best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from depgraph.analysis.model import Edge, Model
from depgraph.vocabulary import Kind, Reason, ReasonCode, Relation, reasons

_ITS_OWN: Final = frozenset(
    {
        *(Relation.NAMESERVER, Relation.ADDRESS, Relation.OPERATOR),
        *(Relation.OWNER, Relation.PARENT),
    }
)
"""Relations that lead from a server to its addresses, and to who runs it and owns that."""
_ON_EDGES: Final = frozenset({ReasonCode.DID_NOT_SERVE, ReasonCode.NO_AUTHORITY})


def failed_ways(model: Model) -> Mapping[tuple[int, int, str], tuple[Reason, ...]]:
    """Return the edges to alternatives that were seen not to serve, or without authority, and how.

    By :attr:`depgraph.analysis.model.Edge.key`.
    """
    if "failed ways" not in model.remembered:
        told = ((edge.key, _told(model, edge)) for edge in model.edges if edge.needed)
        model.remembered["failed ways"] = {key: why for key, why in told if why}
    found: Mapping[tuple[int, int, str], tuple[Reason, ...]] = model.remembered["failed ways"]
    return found


def _told(model: Model, edge: Edge) -> tuple[Reason, ...]:
    """Return how the head of an edge was seen to fail; empty if it was not."""
    if model.kind(edge.head) == Kind.ATTEMPT:
        unknown = (one.head for one in model.needs(edge.head) if one.head in model.unserved)
        texts = (str(model.nodes[node].get("reason") or "") for node in unknown)
        return tuple(dict.fromkeys(one for text in texts for one in reasons(text)))
    finding = reasons(str(edge.data.get("finding") or ""))
    return tuple(one for one in finding if one.code in _ON_EDGES)


def how_failed(model: Model, edges: Iterable[Edge]) -> tuple[Reason, ...]:
    """Return how a way failed that ends at what failed, or at who runs that; empty of another way.

    The registry of a name server's domain was asked nothing, though the way to it leads there.
    """
    failed = failed_ways(model)
    told: dict[Reason, None] = {}
    for edge in edges:
        if edge.key in failed:
            told |= dict.fromkeys(failed[edge.key])
        elif told and edge.relation not in _ITS_OWN:
            return ()
    return tuple(told)


def unserved(model: Model) -> Mapping[str, tuple[Reason, ...]]:
    """Return what the functions need only by ways that were seen to fail, by node id, and how.

    Name servers, their addresses, and those who run them and have no other part in it.
    """
    if "unserved" not in model.remembered:
        model.remembered["unserved"] = _unserved(model)
    found: Mapping[str, tuple[Reason, ...]] = model.remembered["unserved"]
    return found


def _unserved(model: Model) -> dict[str, tuple[Reason, ...]]:
    failed = failed_ways(model)
    if not failed:
        return {}
    sound = _reached(model, model.functions.values(), lambda edge: edge.key not in failed)
    told: dict[int, dict[Reason, None]] = {}
    for (_, head, _), why in failed.items():
        its_own = _reached(model, [head], lambda edge: edge.relation in _ITS_OWN)
        for node in its_own - sound:
            told.setdefault(node, {}).update(dict.fromkeys(why))
    return {model.ids[node]: tuple(told[node]) for node in sorted(told)}


def _reached(model: Model, starts: Iterable[int], leads: Callable[[Edge], bool]) -> set[int]:
    """Return what some nodes need, directly or not, by edges that lead on."""
    stack = list(starts)
    found = set(stack)
    while stack:
        for edge in model.needs(stack.pop()):
            if edge.head not in found and leads(edge):
                found.add(edge.head)
                stack.append(edge.head)
    return found

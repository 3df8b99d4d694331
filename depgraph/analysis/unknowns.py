"""What an answer hangs on: unknown nodes, and steps that are not sure enough to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from depgraph.analysis.model import Edge, Model
from depgraph.vocabulary import Confidence, Kind, Reason, Relation, What, unsure_of


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """Something unknown on which an answer hangs.

    Parameters
    ----------
    id
        The unknown node; where a step is not sure enough, the node it leads from.
    what, of
        What is not known, and of which name.
    reason
        Why: see :func:`depgraph.vocabulary.reasons`.
    possibly
        Labels of those whom an unsure step names.
    last_known, last_known_time, last_known_evidence
        What an observation of another day said.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"possibly", "last_known", "last_known_time", "last_known_evidence"}
    )

    id: str
    what: What
    of: str
    reason: str
    possibly: tuple[str, ...] = ()
    last_known: str = ""
    last_known_time: str = ""
    last_known_evidence: str = ""


def unknown_part(model: Model, node: int) -> UnknownPart:
    """Describe a node that may hide somebody."""
    data = model.nodes[node]
    if model.kind(node) != Kind.UNKNOWN:
        return _unseen(model, node)
    return UnknownPart(
        id=model.ids[node],
        what=What(data["what"]),
        of=str(data.get("of", model.label(node))),
        reason=str(data.get("reason", "")),
        last_known=str(data.get("last_known", "")),
        last_known_time=str(data.get("last_known_time", "")),
        last_known_evidence=str(data.get("last_known_evidence", "")),
    )


def _unseen(model: Model, node: int) -> UnknownPart:
    """Describe infrastructure that nobody saw: what is told of it, or that only who runs it is known."""
    heads = [model.edges[e].head for e in model.out[node] if node in model.unseen]
    told = next((head for head in heads if model.kind(head) == Kind.UNKNOWN), None)
    if told is not None:
        return unknown_part(model, told)
    into = [model.edges[e] for e in model.into[node]]
    what = unsure_of(into[0].relation, model.kind(into[0].tail)) if into else What.OTHER
    return UnknownPart(model.ids[node], what, model.label(node), str(Reason.of("not-recorded")))


def unsure_part(model: Model, edge: Edge) -> UnknownPart:
    """Describe what is unknown where a step is not sure enough to decide: who, or to what effect."""
    label = model.label(edge.head)
    if edge.doubtful(Confidence.LIKELY) and edge.relation == Relation.LAW:
        return UnknownPart(
            id=model.ids[edge.tail],
            what=What.REACH,
            of=model.label(edge.tail),
            reason=str(edge.data.get("finding", "")) or str(Reason.of("not-recorded")),
        )
    if edge.doubtful(Confidence.LIKELY) and not edge.contradicted:
        return UnknownPart(
            id=model.ids[edge.tail],
            what=What.EFFECT,
            of=label,
            reason=str(edge.data.get("finding", "")) or str(Reason.of("not-recorded")),
        )
    return UnknownPart(
        id=model.ids[edge.tail],
        what=unsure_of(edge.relation, model.kind(edge.tail)),
        of=model.label(edge.tail),
        reason=str(
            edge.contradicted
            or edge.left_open
            or Reason.of("unsure", rule=str(edge.data.get("rule", "")))
        ),
        possibly=() if model.kind(edge.head) == Kind.UNKNOWN else (label,),
    )


def unknown_parts(
    model: Model, nodes: Iterable[int], unsure: Iterable[Edge] = ()
) -> tuple[UnknownPart, ...]:
    """Describe unknown nodes in the order of their ids, then unsure steps; each once."""
    parts = [unknown_part(model, node) for node in sorted(set(nodes))]
    parts += [unsure_part(model, edge) for edge in unsure]
    return tuple(dict.fromkeys(parts))

"""Who is reported to be involved in a service, in a role that is not stated.

Such a report belongs to the service and to none of its functions: what somebody could do
there is not stated either. Whether it is on a path is undetermined, and it is never part of
a cut set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from depgraph.analysis.model import Edge, Model
from depgraph.analysis.unknowns import UnknownPart
from depgraph.vocabulary import Confidence, Evidence, Reason, Relation, What

_OWNERSHIP = frozenset({"owner", "parent", "law"})


@dataclass(frozen=True, slots=True)
class Involved:
    """One who is reported to be involved.

    Parameters
    ----------
    id, label
        The provider.
    evidence, confidence, provenance, citation, time, until
        Of the report.
    note
        What speaks against it, or limits it, as the recording has it.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"provenance", "citation", "time", "until", "note"}
    )

    id: str
    label: str
    evidence: Evidence
    confidence: Confidence
    provenance: str = ""
    citation: str = ""
    time: str = ""
    until: str = ""
    note: str = ""


def involved(model: Model) -> tuple[Involved, ...]:
    """List who is reported to be involved, in the order of their ids."""
    found = [_involved(model, edge) for edge in _reports(model)]
    return tuple(sorted(found, key=lambda one: one.id))


def _reports(model: Model) -> list[Edge]:
    return [edge for edge in model.edges if edge.relation == Relation.INVOLVEMENT]


def _involved(model: Model, edge: Edge) -> Involved:
    texts = {
        key: str(edge.data.get(key, ""))
        for key in ("provenance", "citation", "time", "until", "note")
    }
    return Involved(
        id=model.ids[edge.head],
        label=model.label(edge.head),
        evidence=Evidence(edge.data["evidence"]),
        confidence=edge.confidence,
        **texts,
    )


def involved_among(model: Model, actors: Iterable[int]) -> tuple[UnknownPart, ...]:
    """Return what is unknown of some actors because a report does not state their role.

    An actor is among them by itself, or by a provider or company that it owns or binds.
    """
    asked = set(actors)
    parts = []
    for edge in _reports(model):
        if model.closure([edge.head], _OWNERSHIP) & asked:
            label = model.label(edge.head)
            parts.append(
                UnknownPart(
                    id=model.ids[edge.head],
                    what=What.ROLE,
                    of=label,
                    reason=str(Reason.of("involved", names=label)),
                )
            )
    return tuple(parts)

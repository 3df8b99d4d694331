"""What it means that somebody is reported to be involved, in a role that is not stated.

Such a report belongs to the service and to none of its functions: what somebody could do
there is not stated either. Whether it is on a path is undetermined, and it is never part of
a cut set. Who they are, and by which report, is in :attr:`depgraph.analysis.roles.Roles.involved`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depgraph.analysis.model import Model
from depgraph.analysis.unknowns import UnknownPart
from depgraph.vocabulary import Reason, Relation, What

OWNERSHIP: Final = frozenset({"owner", "parent", "law"})


def involved_among(model: Model, actors: Iterable[int]) -> tuple[UnknownPart, ...]:
    """Return what is unknown of some actors because a report does not state their role.

    An actor is among them by itself, or by a provider or company that it owns or binds.
    """
    asked = set(actors)
    parts = []
    for edge in model.edges:
        if edge.relation != Relation.INVOLVEMENT:
            continue
        if model.closure([edge.head], OWNERSHIP) & asked:
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

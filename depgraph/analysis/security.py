"""What DNSSEC says of the zones of a service, as the graph has it."""

from __future__ import annotations

from dataclasses import dataclass

from depgraph.analysis.model import Model
from depgraph.vocabulary import Kind, Relation, Security


@dataclass(frozen=True, slots=True)
class ZoneSecurity:
    """What DNSSEC says of one zone, or of a name whose own records are worse than its zone.

    Parameters
    ----------
    name
        The zone or name.
    security
        None where it was not examined.
    reason
        Why (coded: see :class:`depgraph.vocabulary.Reason`); empty where it is secure.
    until
        ISO time at which the earliest signature that it needs lapses; empty if not known.
    """

    name: str
    security: Security | None
    reason: str = ""
    until: str = ""


def zone_security(model: Model) -> tuple[ZoneSecurity, ...]:
    """List what DNSSEC says of the zones in which names of the service lie, the worst first.

    Zones of registries are left out: they are on the way to each of these.
    """
    suffixes = {
        edge.tail for edge in model.edges if edge.relation == Relation.REGISTRY and edge.needed
    }
    found = [
        ZoneSecurity(
            model.label(n),
            Security(data["dnssec"]) if "dnssec" in data else None,
            str(data.get("dnssec_reason", "")),
            str(data.get("dnssec_until", "")),
        )
        for n, data in enumerate(model.nodes)
        if {"dnssec", "dnssec_reason"} & data.keys()
        and not (data["kind"] == Kind.ZONE and n in suffixes)
    ]
    order: dict[Security | None, int] = {None: 0}
    order.update({state: n for n, state in enumerate(Security, start=1)})
    return tuple(sorted(found, key=lambda one: (-order[one.security], one.name)))

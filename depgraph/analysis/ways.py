"""The ways from a function to all that it needs or meets, and what they say of an actor.

The walk goes breadth first and knows in which part of the service it is
(:class:`depgraph.vocabulary.Part`): past the name servers of a zone a network is that of
name servers, behind a front the host begins anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from depgraph.analysis.model import Edge, Model
from depgraph.names import is_below
from depgraph.vocabulary import (
    KINDS,
    REGISTRY_SERVERS,
    UNDECIDED,
    Confidence,
    Evidence,
    Kind,
    Layer,
    Level,
    Part,
    Relation,
    What,
    hidden_layers,
    layer_of,
)

ENDS: Final = frozenset({Kind.PROVIDER, Kind.UNKNOWN, Kind.ANYONE})
"""Kinds of node at which the walk ends: who has a role, or what is not known of it."""
_DOMAINS: Final = frozenset({Kind.ZONE, Kind.REGISTRATION})


class Visit(NamedTuple):
    """A node as the walk comes by it.

    `through` is the other domain that it hangs on, `met` tells that it is only met on a
    path, `confidence` is that of the least sure step so far.
    """

    node: int
    part: Part
    through: str = ""
    met: bool = False
    confidence: Confidence = Confidence.CERTAIN


class Way(NamedTuple):
    """A way to an actor: its edges, each with the part that it lies in, and its last state."""

    steps: tuple[tuple[Edge, Part], ...]
    end: Visit

    @property
    def last(self) -> Edge:
        """The edge that names the actor."""
        return self.steps[-1][0]

    @property
    def needed(self) -> bool:
        """Whether each step of it is needed."""
        return not self.end.met

    @property
    def evidence(self) -> Evidence:
        """The class of evidence of the edge that names the actor."""
        return Evidence(self.last.data["evidence"])


STATES: Final = 2_000
"""States of a walk after which what lies behind other domains is met once, by the nearest of them.

Domains that hang on each other are behind each of these once more: with the square of their number.
"""


def walk(model: Model, start: Visit, told_once: set[str] | None = None) -> Iterator[Way]:
    """Yield a shortest way to each actor, for each state in which the walk meets it.

    Parameters
    ----------
    model, start
        Where the walk begins.
    told_once
        Takes the domains of which not all that lies behind them is met by a way through them, but
        through another: see :data:`STATES`.
    """
    subject = str(model.about.get("subject", ""))
    came: dict[Visit, tuple[tuple[Edge, Part], ...]] = {start: ()}
    queue = deque([start])
    met: set[Visit] = set()  # of what lies behind other domains, whichever
    while queue:
        state = queue.popleft()
        for number in model.out[state.node]:
            edge = model.edges[number]
            part = _part_of(model, edge, state.part, start.part)
            onward = Visit(
                node=edge.head,
                part=_begins(model, edge) or part,
                through=state.through or _crossed(model, edge.head, subject),
                met=state.met or not edge.needed,
                confidence=edge.reach.with_(state.confidence),
            )
            if model.kind(edge.head) in ENDS:
                yield Way((*came[state], (edge, part)), onward)
            elif onward not in came:
                if onward.through:
                    anywhere = onward._replace(through="")
                    if anywhere in met and len(came) >= STATES:
                        if told_once is not None:
                            told_once.add(onward.through)
                        continue
                    met.add(anywhere)
                came[onward] = (*came[state], (edge, part))
                queue.append(onward)


def _begins(model: Model, edge: Edge) -> Part | None:
    """Return the part of the service that begins at the head of an edge, if one does."""
    if edge.data.get("role") == REGISTRY_SERVERS:
        return Part.REGISTRY
    if edge.relation == Relation.PRIMARY:
        return Part.DNS
    return _PARTS[model.kind(edge.head)]


_PARTS: Final[Mapping[str, Part | None]] = {kind.value: row.part for kind, row in KINDS.items()}


def _part_of(model: Model, edge: Edge, part: Part, own: Part) -> Part:
    """Return the part that an edge lies in; what is behind a front is the function's own again.

    So is what may be behind an address of the front, whose operator may be another front.
    """
    if part is not Part.FRONT or edge.relation != Relation.ORIGIN:
        return part
    ends = (model.kind(edge.tail), model.kind(edge.head))
    leads_behind = ends[0] == Kind.FRONT or ends == (Kind.ADDRESS, Kind.UNKNOWN)
    return own if leads_behind else part


def _crossed(model: Model, node: int, subject: str) -> str:
    """Return the domain whose own dependencies begin at a node, if it is not the service's."""
    if model.kind(node) not in _DOMAINS:
        return ""
    name = model.ids[node].partition(":")[2]
    kin = is_below(subject, name) or is_below(name, subject)
    return "" if kin else name


def layer_of_way(model: Model, way: Way) -> Layer:
    """Return the layer in which the actor at the end of a way stands."""
    edge, part = way.steps[-1]
    return layer_of(
        edge.relation, part, tail=model.kind(edge.tail), role=str(edge.data.get("role", ""))
    )


def doubts(model: Model, way: Way) -> list[tuple[Edge, Part]]:
    """List the steps of a way that are only possible, or lead to what may hide somebody."""
    hiding = _hiding_somebody(model)
    possible = Confidence.POSSIBLE
    return [
        (edge, part)
        for edge, part in way.steps
        if edge.head in hiding
        or edge.confidence is possible
        or (edge.effect is possible and edge.reach is possible)
    ]


_NOBODY: Final = frozenset({What.SERVICE, What.GLUE})
"""What is not known, and has nobody behind it but who stands on the same way, and is met there: what
did not serve us, and glue that nobody saw (who is behind the look-up otherwise is met on that way)."""


def _hiding_somebody(model: Model) -> frozenset[int]:
    """Return the nodes behind which somebody may stand."""
    if "hiding somebody" not in model.remembered:
        model.remembered["hiding somebody"] = frozenset(
            node
            for node, data in enumerate(model.nodes)
            if data["kind"] == Kind.UNKNOWN
            and data.get("what") not in _NOBODY
            and Level.PROVIDER in str(data.get("hides", "")).split(",")
        )
    found: frozenset[int] = model.remembered["hiding somebody"]
    return found


def hidden_by(model: Model, way: Way, layer: Layer, *, stands: bool = False) -> set[Layer]:
    """Return the layers of which not all is known because of a way to somebody in a layer.

    If it is known that whoever is at its end stands there, by another way, this one leaves no doubt
    of that layer but where it is a step of it that is unsure.
    """
    unsure = doubts(model, way)
    if not unsure:
        return set(UNDECIDED.get(layer, ()))
    hidden = set() if stands else {layer}
    for edge, part in unsure:
        hidden |= hidden_layers(
            edge.relation, part, tail=model.kind(edge.tail), role=str(edge.data.get("role", ""))
        )
    return hidden


@dataclass(frozen=True, slots=True)
class Vantages:
    """From which vantages the edges of a graph were met, where not from all."""

    every: frozenset[str]
    edges: Mapping[tuple[int, int], frozenset[str]]

    def of(self, ways: Iterable[Way]) -> str:
        """Return the vantages to which all of some ways are limited; empty where they are not."""
        if not self.every:
            return ""
        places: set[str] = set()
        for way in ways:
            limits = [self.edges.get((edge.tail, edge.head), frozenset()) for edge, _ in way.steps]
            places |= frozenset().union(*limits) or self.every
        return "" if places == self.every else ",".join(sorted(places))


def vantages_of(model: Model) -> Vantages:
    """Return what is known of vantages: an edge beside one that all met is no limit."""
    if not any("vantage" in edge.data for edge in model.edges):
        return Vantages(frozenset(), {})
    pairs: dict[tuple[int, int], list[frozenset[str]]] = {}
    for edge in model.edges:
        seen = frozenset(filter(None, str(edge.data.get("vantage", "")).split(",")))
        pairs.setdefault((edge.tail, edge.head), []).append(seen)
    limits = {pair: frozenset().union(*several) for pair, several in pairs.items() if all(several)}
    return Vantages(frozenset().union(*limits.values()), limits)

"""Who is on a path: what each actor could read, redirect or refuse, and on what share.

Exposure is not takedown. One name server out of four cannot stop a function, but whoever
runs it answers, on average, one query in four, and may answer falsely (Ramasubramanian &
Sirer, IMC 2005, on trust in all servers of the transitive closure). The two are never put
into one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import networkx as nx

from depgraph.analysis import prose
from depgraph.analysis.levers import Lever, lever_of_kind
from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.paths import chances, walk, way
from depgraph.analysis.shown import Shown, as_of, of_function
from depgraph.analysis.takedown import UnknownPart, unknown_part
from depgraph.analysis.verdicts import State
from depgraph.analysis.witness import Step, step
from depgraph.errors import QuestionError


class Power(StrEnum):
    """What one who is on a path can do there."""

    READ = "read"
    REDIRECT = "redirect"
    REFUSE = "refuse"


POWERS: Final[Mapping[Lever, tuple[Power, ...]]] = MappingProxyType(
    {
        Lever.SUSPEND: (Power.REDIRECT, Power.REFUSE),
        Lever.HOLD: (Power.REDIRECT, Power.REFUSE),
        Lever.STOP_DNS: (Power.REDIRECT, Power.REFUSE),
        Lever.DROP_FRONT: (Power.READ, Power.REDIRECT, Power.REFUSE),
        Lever.EVICT: (Power.READ, Power.REDIRECT, Power.REFUSE),
        Lever.WITHDRAW_NETWORK: (Power.REDIRECT, Power.REFUSE),
        Lever.WITHDRAW_ADDRESSES: (Power.REFUSE,),
        Lever.REVOKE_ADDRESSES: (Power.REFUSE,),
        Lever.STOP_MAIL: (Power.READ, Power.REDIRECT, Power.REFUSE),
        Lever.REFUSE_CERTIFICATE: (Power.REFUSE,),
        Lever.STOP: (Power.REFUSE,),
    }
)
"""By lever. A front ends TLS and reads; a network moves packets that are encrypted; a registrar
or DNS operator changes where a name leads. What a certificate authority could forge would
take a redirection by somebody else as well, and is not counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor touches a function: by one lever at one node, with the way there."""

    lever: Lever
    where: str
    kind: str
    steps: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "lever": self.lever.value,
            "where": self.where,
            "witness": [one.to_dict() for one in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Exposed:
    """One actor on the paths of one function.

    Parameters
    ----------
    powers
        What it could do on them.
    share
        From 0 to 1: see :func:`exposure`.
    needed
        Whether it is on a path that the function can use to work; False if it is only on
        ways that are lame or stale.
    places
        One for each lever, the nearest to the function.
    """

    function: str
    id: str
    label: str
    own: bool
    powers: tuple[Power, ...]
    share: float
    needed: bool
    places: tuple[Place, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "id": self.id,
            "label": self.label,
            "self": self.own,
            "powers": [power.value for power in self.powers],
            "share": self.share,
            "needed": self.needed,
            "places": [place.to_dict() for place in self.places],
        }


@dataclass(frozen=True, slots=True)
class FunctionExposure:
    """All who are on the paths of one function, and what is unknown there.

    `left_out` counts the actors past the limit.
    """

    function: str
    state: State
    reason: str
    actors: tuple[Exposed, ...]
    unknown: tuple[UnknownPart, ...]
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "state": self.state.value,
            "reason": self.reason,
            "actors": [actor.to_dict() for actor in self.actors],
            "unknown": [part.to_dict() for part in self.unknown],
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Exposure(Shown):
    """The answer of :func:`exposure`; prints as a table."""

    subject: str
    since: str
    until: str
    level: str
    complete: bool
    functions: tuple[FunctionExposure, ...]

    def __getitem__(self, function: str) -> FunctionExposure:
        return of_function(self.functions, function)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "level": self.level,
            "complete": self.complete,
            "functions": [one.to_dict() for one in self.functions],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.exposure(self, lang)


def exposure(
    graph: nx.MultiDiGraph[str] | Model, *, level: str = "company", limit: int = 1000
) -> Exposure:
    """List who is on any path of each function, and what they could do there.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    level
        As in :func:`depgraph.takedown`.
    limit
        Most actors looked at per function, those nearest to it.

    Raises
    ------
    QuestionError
        If there is no such level.

    Notes
    -----
    The share is the greatest probability with which a client passes the actor if it picks
    at random, each as likely, wherever it has a choice (one of four name servers: 0.25) and
    follows one need wherever it needs several, that which leads to the actor most surely.
    This is the maximal reachability probability of a Markov decision process (Puterman,
    "Markov decision processes", 1994): choices are chance, needs are decisions. Both kinds
    of edges count, ``needs`` and ``exposes``.
    """
    model = model_of(graph)
    if limit < 1:
        raise QuestionError(f"expected limit to be 1 or more, found {limit}")
    since, until = as_of(model)
    return Exposure(
        subject=str(model.about.get("subject", "")),
        since=since,
        until=until,
        level=level,
        complete=model.complete,
        functions=tuple(
            _function(model, name, level, limit) for name, node in model.functions.items()
        ),
    )


def _function(model: Model, name: str, level: str, limit: int) -> FunctionExposure:
    node = model.functions[name]
    reason = str(model.nodes[node].get("reason", ""))
    if model.nodes[node].get("absent"):
        return FunctionExposure(name, State.ABSENT, reason, (), ())
    ways = walk(model, node)
    useful = walk(model, node, needed=True)
    players = set(model.actors(level))
    actors = [n for n in ways if n in players]  # the nearest first
    shares = chances(model, actors[:limit], node, list(ways))
    rows = [
        _exposed(model, name, actor, share, ways, actor in useful)
        for actor, share in zip(actors, shares, strict=False)
    ]
    rows.sort(key=lambda row: (-row.share, row.id))
    unknown = tuple(unknown_part(model, one) for one in model.unknown(level) if one in ways)
    state = State.WORKS if model.complete and not unknown else State.UNDETERMINED
    left_out = max(0, len(actors) - limit)
    return FunctionExposure(name, state, reason, tuple(rows), unknown, left_out)


def _exposed(  # noqa: PLR0917
    model: Model,
    name: str,
    actor: int,
    share: float,
    ways: Mapping[int, Edge | None],
    needed: bool,  # noqa: FBT001
) -> Exposed:
    places: dict[Lever, Place] = {}
    for edge, onward in _felt(model, actor, ways):
        lever = model.lever(edge)
        if lever is not None and lever not in places:
            steps = (*way(model, ways, edge.tail), *(step(model, one) for one in (edge, *onward)))
            places[lever] = Place(lever, model.label(edge.tail), model.kind(edge.tail), steps)
    if model.kind(actor) not in {"provider", "company", "country"}:
        lever = lever_of_kind(model.kind(actor))
        steps = way(model, ways, actor)
        places[lever] = Place(lever, model.label(actor), model.kind(actor), steps)
    powers = {power for lever in places for power in POWERS[lever]}
    return Exposed(
        function=name,
        id=model.ids[actor],
        label=model.label(actor),
        own=model.own(actor),
        powers=tuple(power for power in Power if power in powers),
        share=round(share, 6),
        needed=needed,
        places=tuple(places.values()),
    )


def _felt(
    model: Model, actor: int, ways: Mapping[int, Edge | None]
) -> list[tuple[Edge, list[Edge]]]:
    """List the edges from what is not an actor to all that this one controls, nearest first.

    Each with the edges of ownership and law that lead on from it to the actor.
    """
    onward: dict[int, list[Edge]] = {actor: []}
    queue = [actor]
    for node in queue:  # grows while it is read
        for e in model.into[node]:
            edge = model.edges[e]
            if edge.tail not in onward and model.kind(edge.tail) in {"provider", "company"}:
                onward[edge.tail] = [edge, *onward[node]]
                queue.append(edge.tail)
    order = {node: place for place, node in enumerate(ways)}
    found = [
        (model.edges[e], chain)
        for node, chain in sorted(onward.items())
        for e in model.into[node]
        if model.edges[e].tail in order and model.edges[e].tail not in onward
    ]
    return sorted(found, key=lambda row: (order[row[0].tail], row[0].relation, row[0].head))

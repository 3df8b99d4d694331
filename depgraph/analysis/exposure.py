"""Who is on a path: what each actor could read, redirect or refuse, and on what share.

Exposure is not takedown. One name server out of four cannot stop a function, but whoever
runs it answers, on average, one query in four, and may answer falsely (Ramasubramanian &
Sirer, IMC 2005, on trust in all servers of the transitive closure). The two are never put
into one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.clients import (
    ALL,
    EVERYONE,
    Client,
    ClientClass,
    ClientsAsked,
    classes,
    clients_of,
    whom,
)
from depgraph.analysis.model import Edge, Model, level_of, model_of
from depgraph.analysis.paths import chances, law_basis, unsure_on, walk, way
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.roles import Role, roles
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import State
from depgraph.analysis.witness import Step, step, weakest_of
from depgraph.parameters import checked
from depgraph.vocabulary import (
    KINDS,
    LEVERS,
    PARTIES,
    Confidence,
    Evidence,
    Kind,
    LawBasis,
    Level,
    LevelWord,
    Lever,
    Power,
    least_sure,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor touches a function: by one lever at one node.

    Parameters
    ----------
    lever, where
        What it can do there, and the label of the node.
    kind
        Of that node.
    powers
        What the lever gives it there: who serves only names reads nothing of what passes.
    confidence, steps
        How sure it is that it can, and the surest way there.
    basis
        Of a country: by what its law binds who can; None where the graph does not say.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"basis"})

    lever: Lever
    where: str
    kind: Kind = field(metadata=renamed(""))
    powers: tuple[Power, ...] = field(metadata=renamed(""))
    confidence: Confidence
    steps: tuple[Step, ...] = field(metadata=renamed("witness"))
    basis: LawBasis | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """One actor on the paths of one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    id, label, own
        The actor: node id, text for people, and whether it is the service itself.
    powers
        What it could do on them.
    share
        From 0 to 1: see :func:`exposure`.
    needed
        Whether it is on a path that the function can use to work; False if it is only on
        ways that are lame or stale.
    confidence
        That of the surest path to it.
    evidence
        The weakest class of evidence on its ways, those of `places`.
    places
        One for each lever, the surest, the nearest to the function. Those that are only
        possible stand there only where the actor is.
    clients
        Who comes by it; empty: everyone.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "validating_powers"})
    DERIVED: ClassVar[Mapping[str, str]] = {
        "unverified": "unverified",
        "validating_powers": "validating_powers",
    }

    function: str
    id: str
    label: str
    own: bool = field(metadata=renamed("self"))
    powers: tuple[Power, ...]
    share: float
    needed: bool
    confidence: Confidence
    evidence: Evidence
    places: tuple[Place, ...]
    clients: tuple[Client, ...] = ()

    @property
    def unverified(self) -> bool:
        """Whether a step on its ways rests on a row of the catalogue that is not confirmed."""
        return any(one.unverified for place in self.places for one in place.steps)

    @property
    def validating_powers(self) -> tuple[Power, ...]:
        """What it could do to clients that validate, where that is less than to others; else empty.

        Who answers for a signed zone without its keys cannot redirect them (RFC 4035, section 5).
        """
        given: set[Power] = set()
        for place in self.places:
            validating = LEVERS[place.lever].validating
            given |= set(place.powers if validating is None else validating)
        less = tuple(power for power in self.powers if power in given)
        return less if less != self.powers else ()

    def sure_of(self, power: Power) -> Confidence:
        """Return how sure it is that the actor has a power: as the surest place that gives it."""
        giving = [place for place in self.places if power in place.powers]
        return min((place.confidence for place in giving), key=lambda sure: sure.rank)


@dataclass(frozen=True, slots=True)
class FunctionExposure:
    """All who are on the paths of one function, and what is unknown there.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state, reason
        Undetermined where something on the paths is unknown; of one that the service does
        not have, why.
    actors
        Those passed with the greatest share first.
    unknown
        What is not known on the paths.
    left_out
        How many actors there are past the limit.
    """

    function: str
    state: State
    reason: str
    actors: tuple[Exposed, ...]
    unknown: tuple[UnknownPart, ...]
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, repr=False)
class Exposure(Result):
    """The answer of :func:`exposure`.

    Parameters
    ----------
    level
        As asked.
    functions
        One part each.
    involved
        Who is reported to be involved in the service in a role that is not stated: whether
        they are on a path, and what they could do there, is not known.
    clients
        Those asked about; empty: all.
    """

    NAME = "exposure"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients"})

    level: Level
    functions: tuple[FunctionExposure, ...]
    involved: tuple[Role, ...] = ()
    clients: tuple[Client, ...] = ()

    def __getitem__(self, function: str) -> FunctionExposure:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per function and actor."""
        return [
            {
                "function": actor.function,
                "actor": actor.label,
                "id": actor.id,
                "self": actor.own,
                "powers": ", ".join(power.value for power in actor.powers),
                "share": actor.share,
                "needed": actor.needed,
                "confidence": actor.confidence.value,
                "evidence": actor.evidence.value,
                "clients": ", ".join(map(str, actor.clients or (EVERYONE,))),
            }
            for one in self.functions
            for actor in one.actors
        ]

    def _brief(self) -> str:
        return ", ".join(f"{one.function}: {len(one.actors)} actors" for one in self.functions)


@checked()
def exposure(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    level: LevelWord = "company",
    limit: int = 1000,
    clients: ClientsAsked = ALL,
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
    clients
        For whom: see :func:`depgraph.analysis.clients.clients_of`.

    Returns
    -------
    Exposure

    Raises
    ------
    QuestionError
        If there is no such level.
    GraphError
        If the graph does not follow the schema.

    Notes
    -----
    The share is the greatest probability with which a client passes the actor if it picks
    at random, each as likely, wherever it has a choice (one of four name servers: 0.25) and
    follows one need wherever it needs several, that which leads to the actor most surely.
    This is the maximal reachability probability of a Markov decision process (Puterman,
    "Markov decision processes", 1994): choices are chance, needs are decisions. Both kinds
    of edges count, ``needs`` and ``exposes``. Of several classes of clients it is the greatest.
    """
    model = model_of(graph)
    asked = level_of(level)
    return Exposure(
        **about(model),
        level=asked,
        functions=tuple(
            _combined(
                classes(model, clients),
                [_function(one.model, name, asked, limit) for one in classes(model, clients)],
            )
            for name in model.functions
        ),
        involved=roles(model).involved,
        clients=clients_of(clients),
    )


def _combined(
    several: Sequence[ClientClass], found: Sequence[FunctionExposure]
) -> FunctionExposure:
    """Return what several classes of clients meet as one answer."""
    if len(found) == 1:
        return found[0]
    rows: dict[str, dict[int, Exposed]] = {}
    for number, one in enumerate(found):
        for row in one.actors:
            rows.setdefault(row.id, {})[number] = row
    actors = [_merged(several, by_class) for by_class in rows.values()]
    actors.sort(key=lambda row: (-row.share, row.id))
    undetermined = State.UNDETERMINED in {one.state for one in found}
    return replace(
        found[0],
        state=State.UNDETERMINED if undetermined else found[0].state,
        actors=tuple(actors),
        unknown=tuple(dict.fromkeys(part for one in found for part in one.unknown)),
        left_out=max(one.left_out for one in found),
    )


def _merged(several: Sequence[ClientClass], rows: Mapping[int, Exposed]) -> Exposed:
    """Return one actor as all who come by it meet it: the surest way, the greatest share."""
    surest, *others = sorted(rows.values(), key=lambda row: row.confidence.rank)
    places = {_key(place): place for place in surest.places}
    for row in others:
        for place in row.places:
            places.setdefault(_key(place), place)
    return replace(
        surest,
        powers=_powers(places.values()),
        share=max(row.share for row in rows.values()),
        needed=any(row.needed for row in rows.values()),
        evidence=weakest_of(one for place in places.values() for one in place.steps),
        places=tuple(places.values()),
        clients=whom(several, list(rows), range(len(several))),
    )


def _key(place: Place) -> tuple[Lever, tuple[Power, ...]]:
    return (place.lever, place.powers)


def _powers(places: Iterable[Place]) -> tuple[Power, ...]:
    given = {power for place in places for power in place.powers}
    return tuple(power for power in Power if power in given)


def _function(model: Model, name: str, level: Level, limit: int) -> FunctionExposure:
    node = model.functions[name]
    reason = str(model.nodes[node].get("reason", ""))
    if model.nodes[node].get("absent"):
        return FunctionExposure(name, State.ABSENT, reason, (), ())
    ways = walk(model, node)
    useful = walk(model, node, needed=True)
    reached = {sure: walk(model, node, confidence=sure) for sure in Confidence}
    free = _strangers(model, ways) if level in PARTIES else []
    strangers = {model.ids[node] for node in free}
    players = {*model.actors(level), *free}
    actors = [n for n in ways if n in players]  # the nearest first
    shares = chances(model, actors[:limit], node, list(ways))
    served = _served(model, node)
    rows = []
    for actor, share in zip(actors, shares, strict=False):
        confidence = next(sure for sure in Confidence if actor in reached[sure])
        needed = actor in useful
        sure = (reached, share, confidence)
        rows.append(_exposed(model, name, actor, *sure, served=served, needed=needed))
    rows.sort(key=lambda row: (row.id not in strangers, -row.share, row.id))
    unserved = set(model.unserved)  # nobody else hides behind what did not serve us
    hidden = [one for one in model.unknown(level) if one in ways and one not in unserved]
    unsure = unsure_on(model, reached[Confidence.LIKELY], Confidence.LIKELY, [level])
    unknown = unknown_parts(model, hidden, unsure)
    state = State.WORKS if model.complete and not unknown else State.UNDETERMINED
    left_out = max(0, len(actors) - limit)
    return FunctionExposure(name, state, reason, tuple(rows), unknown, left_out)


def _strangers(model: Model, ways: Iterable[int]) -> list[int]:
    """List who may take a free name that something points to: anyone, and nobody in particular."""
    heads = {edge.head for edge in model.edges if not edge.needed}
    return [node for node in ways if node in heads and model.kind(node) == Kind.ANYONE]


def _exposed(  # noqa: PLR0917
    model: Model,
    name: str,
    actor: int,
    reached: Mapping[Confidence, Mapping[int, Edge | None]],
    share: float,
    confidence: Confidence,
    *,
    served: AbstractSet[int],
    needed: bool,
) -> Exposed:
    places: dict[tuple[Lever, tuple[Power, ...]], Place] = {}
    for sure in dict.fromkeys((confidence, least_sure((confidence, Confidence.LIKELY)))):
        for place in _places(model, actor, reached[sure], sure, served):
            places.setdefault(_key(place), place)
    return Exposed(
        function=name,
        id=model.ids[actor],
        label=model.label(actor),
        own=model.own(actor),
        powers=_powers(places.values()),
        share=round(share, 6),
        needed=needed,
        confidence=confidence,
        evidence=weakest_of(one for place in places.values() for one in place.steps),
        places=tuple(places.values()),
    )


def _places(
    model: Model,
    actor: int,
    ways: Mapping[int, Edge | None],
    confidence: Confidence,
    served: AbstractSet[int],
) -> Iterator[Place]:
    """Yield where an actor touches a function on ways of a confidence, the nearest first.

    `served` are the nodes that what is served passes: see :func:`_served`.
    """
    for edge, onward in _felt(model, actor, ways, confidence):
        lever = model.lever(edge)
        if lever is not None:
            steps = (*way(model, ways, edge.tail), *(step(model, one) for one in (edge, *onward)))
            kind = Kind(model.kind(edge.tail))
            effects = (
                Confidence.POSSIBLE if one.contradicted else one.effect for one in (edge, *onward)
            )
            sure = least_sure((confidence, *effects))
            basis = law_basis((edge, *onward))
            powers = _powers_at(lever, served=edge.tail in served)
            yield Place(lever, model.label(edge.tail), kind, powers, sure, steps, basis)
    controlled = KINDS[Kind(model.kind(actor))].controlled
    if model.kind(actor) not in PARTIES and controlled is not None:
        steps = way(model, ways, actor)
        kind = Kind(model.kind(actor))
        powers = _powers_at(controlled, served=actor in served)
        yield Place(controlled, model.label(actor), kind, powers, confidence, steps)


def _powers_at(lever: Lever, *, served: bool) -> tuple[Power, ...]:
    powers = LEVERS[lever].powers
    return powers if served else tuple(power for power in powers if power is not Power.READ)


def _served(model: Model, function: int) -> set[int]:
    """Return the nodes that what a function serves passes: those on a way that leads by no zone.

    Who runs the machine of a name server sees questions for names, and no page or mail.
    """
    reached, queue = {function}, [function]
    for node in queue:  # grows while it is read
        for number in model.out[node]:
            head = model.edges[number].head
            if head not in reached and model.kind(head) != Kind.ZONE:
                reached.add(head)
                queue.append(head)
    return reached


def _felt(
    model: Model, actor: int, ways: Mapping[int, Edge | None], confidence: Confidence
) -> list[tuple[Edge, list[Edge]]]:
    """List the edges from what is not an actor to all that this one controls, nearest first.

    Each with the edges of ownership and law that lead on from it to the actor.
    """
    onward: dict[int, list[Edge]] = {actor: []}
    queue = [actor]
    for node in queue:  # grows while it is read
        for e in model.into[node]:
            edge = model.edges[e]
            if edge.unsure(confidence) or edge.tail in onward:
                continue
            if model.kind(edge.tail) in {"provider", "company"}:
                onward[edge.tail] = [edge, *onward[node]]
                queue.append(edge.tail)
    order = {node: place for place, node in enumerate(ways)}
    found = [
        (model.edges[e], chain)
        for node, chain in sorted(onward.items())
        for e in model.into[node]
        if model.edges[e].tail in order
        and model.edges[e].tail not in onward
        and not model.edges[e].unsure(confidence)
    ]
    return sorted(found, key=lambda row: (order[row[0].tail], row[0].relation, row[0].head))

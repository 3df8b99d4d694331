"""What if: which functions still work when some actors withdraw, and through what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.actors import Ranges, Selection, select, unknown_to
from depgraph.analysis.clients import (
    ALL,
    Client,
    ClientClass,
    ClientsAsked,
    assumed,
    classes,
    clients_of,
    decides,
    ipv6_unknown,
    places,
    whom,
)
from depgraph.analysis.evaluate import fails_for, recorded, states
from depgraph.analysis.involvement import involved_among
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import State, surest
from depgraph.analysis.witness import Proof, Step, joined, prove, step
from depgraph.parameters import checked
from depgraph.providers.catalogue import Catalogue
from depgraph.vocabulary import Confidence, Kind, Onset, Steering, SteeringWord


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What becomes of the alternatives of one node that needs any of them.

    Parameters
    ----------
    of, kind
        The node: the name servers of a zone, the addresses of a host.
    left, lost
        Labels of the alternatives that work and that fail.
    unknown
        Those left that nobody knows.
    """

    of: str
    kind: Kind
    left: tuple[str, ...]
    lost: tuple[str, ...]
    unknown: tuple[UnknownPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state, confidence, reason
        Whether it still works, and how sure that is; of an absent or undetermined one why. It
        fails if it does for everyone, for a whole place, or for everyone without IPv6.
    alternatives
        Where something was lost: what is left, on the way of this function.
    seconds, onset
        When it stops (or, undetermined, would stop).
    steps
        Why it fails, or may fail.
    unknown
        Unknown parts on which the answer hangs.
    already
        Whether it does not work as recorded, with nobody withdrawn.
    clients
        For whom it fails: where it is said to fail, empty for everyone; where it is said to
        work, the exceptions.
    fails_for
        Clients for whom it does not work as recorded: no answer is about them.
    ipv6_unknown
        IPv6 addresses of what it needs that are not known: what stops it does so over IPv4.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "fails_for", "ipv6_unknown"})

    function: str
    state: State
    confidence: Confidence
    reason: str = ""
    alternatives: tuple[Alternatives, ...] = ()
    seconds: float | None = None
    onset: Onset | None = None
    steps: tuple[Step, ...] = field(default=(), metadata=renamed("witness"))
    unknown: tuple[UnknownPart, ...] = ()
    already: bool = False
    clients: tuple[Client, ...] = ()
    fails_for: tuple[Client, ...] = ()
    ipv6_unknown: tuple[UnknownPart, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Without(Result):
    """The answer of :func:`without`.

    Parameters
    ----------
    actors, definition, source
        Who withdraws; of a group its definition in the catalogue, and the source.
    withdrawn, absent
        Ids of the nodes that are withdrawn, and of those that are not in this graph.
    horizon
        Seconds within which a lever has to work.
    functions
        One part each.
    clients, steering
        As in :class:`depgraph.analysis.takedown.Takedown`.
    """

    NAME = "without"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "steering"})

    actors: str
    withdrawn: tuple[str, ...]
    absent: tuple[str, ...] = ()
    definition: str = ""
    source: str = ""
    horizon: float
    functions: tuple[Outcome, ...]
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    def __getitem__(self, function: str) -> Outcome:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per function."""
        return [
            {
                "function": one.function,
                "without": self.actors,
                "state": one.state.value,
                "confidence": one.confidence.value,
                "onset": one.onset.value if one.onset else None,
                "seconds": one.seconds,
                "clients": ", ".join(map(str, one.clients)),
            }
            for one in self.functions
        ]

    def _brief(self) -> str:
        return f"without {self.actors}: " + ", ".join(
            f"{one.function} {one.state.value}" for one in self.functions
        )


@checked()
def without(
    graph: nx.MultiDiGraph[str] | Model,
    actors: str | Path | Iterable[str | Path],
    *,
    horizon: str | timedelta | float | None = "30d",
    catalogue: Catalogue | None = None,
    ranges: Ranges | None = None,
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Without:
    """Tell what still works if some actors withdraw together.

    The same rule and the same compiled graph as :func:`depgraph.takedown`: a function fails
    without a set of actors exactly if one of its certain cut sets lies in the set.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    actors
        One or several: see :func:`depgraph.analysis.actors.select` for what may be named.
    horizon
        Levers that work later do not count.
    catalogue, ranges
        Groups and names, and what clouds publish of their regions.
    clients, steering
        As in :func:`depgraph.takedown`.

    Returns
    -------
    Without

    Raises
    ------
    QuestionError
        If an actor means nothing here.
    GraphError
        If the graph does not follow the schema.
    """
    model = model_of(graph)
    chosen = select(model, actors, catalogue=catalogue, ranges=ranges)
    seconds = seconds_of(horizon)
    several = classes(model, clients, steering)
    asked = _Asked(
        several,
        tuple(_Class.of(one.model, chosen, seconds) for one in several),
        chosen.nodes,
        involved_among(model, chosen.nodes),
    )
    return Without(
        **about(model),
        actors=chosen.label,
        withdrawn=tuple(sorted(model.ids[node] for node in chosen.nodes)),
        absent=chosen.absent,
        definition=chosen.definition,
        source=chosen.source,
        horizon=seconds,
        functions=tuple(asked.outcome(name) for name in model.functions),
        clients=clients_of(clients),
        steering=assumed(steering),
    )


@dataclass(frozen=True, slots=True)
class _Class:
    """Who withdraws in the graph of one class of clients, and who may be one of them there."""

    model: Model
    gone: frozenset[int]
    levels: frozenset[str]
    unknown: tuple[int, ...]
    horizon: float
    recorded: Mapping[str, State]

    @classmethod
    def of(cls, model: Model, chosen: Selection, horizon: float) -> _Class:
        unknown, _ = unknown_to(model, chosen)
        as_recorded = recorded(model, horizon)
        return cls(model, chosen.nodes, chosen.levels, unknown, horizon, as_recorded)

    def state(self, name: str, confidence: Confidence) -> State:
        """Return whether a function still works."""
        found = states(
            self.model,
            self.gone,
            self.unknown,
            levels=self.levels,
            horizon=self.horizon,
            confidence=confidence,
        )
        return found[name]

    def alternatives(self, node: int, confidence: Confidence) -> tuple[Alternatives, ...]:
        """Return what becomes of alternatives on the way of a function."""
        case = self.model.case(self.horizon, confidence)
        circuit = self.model.circuit(case)
        failing = circuit.failing(dict.fromkeys(self.gone, 1))
        return _alternatives(self.model, node, failing, circuit.failing({}))

    def proof(self, node: int, state: State, confidence: Confidence) -> Proof | None:
        """Return why a function fails, or how it may; None where no withdrawal makes it."""
        if state is State.FAILS:
            case = self.model.case(self.horizon, confidence)
            return prove(self.model, node, self.gone, case)
        gone = {*self.gone, *self.unknown}
        case = self.model.case(self.horizon, Confidence.LIKELY, worst=self.levels)
        if not self.model.circuit(case).failing(dict.fromkeys(gone, 1))[node]:
            return None
        return prove(self.model, node, gone, case)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who withdraws, in the graph of each class of clients."""

    several: tuple[ClientClass, ...]
    parts: tuple[_Class, ...]
    gone: frozenset[int]
    involved: tuple[UnknownPart, ...]

    def _state(self, name: str, judged: Sequence[int], confidence: Confidence) -> State:
        """Return the state for all classes together."""
        found = {number: self.parts[number].state(name, confidence) for number in judged}
        if State.ABSENT in found.values():
            return State.ABSENT
        fails = [number for number, state in found.items() if state is State.FAILS]
        if decides(self.several, fails, judged):
            return State.FAILS
        open_ = [number for number, state in found.items() if state is State.UNDETERMINED]
        if decides(self.several, fails + open_, judged) or self.involved:
            return State.UNDETERMINED  # of who is involved it is not stated what they do
        return State.WORKS

    def outcome(self, name: str) -> Outcome:
        """Return what becomes of a function, and of whom that says nothing."""
        found = self._outcome(name)
        if found.state is State.ABSENT or found.already:
            return found
        stopped = found.state is not State.WORKS  # what still works over IPv4 works
        return replace(
            found,
            fails_for=fails_for(self.several, name, self.parts[0].horizon),
            ipv6_unknown=ipv6_unknown(self.several, name) if stopped else (),
        )

    def _outcome(self, name: str) -> Outcome:
        model = self.parts[0].model
        node = model.functions[name]
        reason = str(model.nodes[node].get("reason", ""))
        live = [n for n, part in enumerate(self.parts) if part.recorded[name] is not State.FAILS]
        judged = live or list(range(len(self.parts)))
        state, confidence = surest(lambda asked: self._state(name, judged, asked))
        if state is State.ABSENT:
            return Outcome(name, state, confidence, reason)
        states_of = {number: self.parts[number].state(name, confidence) for number in judged}
        fails = [number for number in judged if states_of[number] is State.FAILS]
        clients = whom(self.several, fails, judged)
        shown = self.parts[(fails or judged)[0]]
        alternatives = shown.alternatives(node, confidence)
        if state is State.WORKS:
            return Outcome(name, state, confidence, reason, alternatives, clients=clients)
        if not live:
            reason = reason or model.why_failing.get(node, "")
        open_ = [n for n in judged if state is State.UNDETERMINED or states_of[n] is state]
        found = [
            self.parts[number].proof(node, state, confidence)
            for number in places(self.several, open_)
        ]
        proofs = [proof for proof in found if proof is not None]
        if not proofs:  # it hangs on who is involved, or on the end of the collection
            return Outcome(name, state, confidence, reason, alternatives, unknown=self.involved)
        proof = joined(proofs)
        hidden = {edge.head for edge in proof.edges} | {edge.tail for edge in proof.edges}
        hidden &= {node for part in self.parts for node in part.unknown}
        unknown = unknown_parts(model, hidden - self.gone, proof.unsure)
        return Outcome(
            function=name,
            state=state,
            confidence=confidence,
            reason=reason,
            alternatives=alternatives,
            seconds=proof.length,
            onset=proof.onset,
            steps=tuple(step(model, edge) for edge in proof.edges),
            unknown=unknown + self.involved if state is State.UNDETERMINED else unknown,
            already=not live,
            clients=clients,
        )


def _alternatives(
    model: Model, root: int, failing: list[int], before: list[int]
) -> tuple[Alternatives, ...]:
    """List the nodes with alternatives on the way of a function that lost some of them.

    What failed before anybody withdrew (`before`) is neither lost nor left.
    """
    found = []
    stack = [root]
    seen = {root}
    while stack:
        node = stack.pop()
        edges = model.needs(node)
        if model.nodes[node].get("needs") == "any":
            lost = [edge.head for edge in edges if failing[edge.head] and not before[edge.head]]
            left = [edge.head for edge in edges if not failing[edge.head]]
            if lost:
                found.append(_what_is_left(model, node, left, lost))
        for edge in reversed(edges):
            if edge.head not in seen:
                seen.add(edge.head)
                stack.append(edge.head)
    return tuple(found)


def _what_is_left(
    model: Model, node: int, left: Sequence[int], lost: Sequence[int]
) -> Alternatives:
    hidden = [head for head in left if model.kind(head) == Kind.UNKNOWN]
    return Alternatives(
        of=model.label(node),
        kind=Kind(model.kind(node)),
        left=tuple(model.label(head) for head in left if head not in hidden),
        lost=tuple(map(model.label, lost)),
        unknown=unknown_parts(model, hidden),
    )

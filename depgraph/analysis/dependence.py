"""How far a service depends on a set of actors: can they stop it, are they on a path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from depgraph.analysis.evaluate import fails_for
from depgraph.analysis.involvement import involved_among
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.paths import unsure_on, walk, way
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import Answer, State, answer, surest
from depgraph.analysis.witness import Proof, Step, joined, prove, step, weakest_of
from depgraph.parameters import checked
from depgraph.providers.catalogue import Catalogue
from depgraph.vocabulary import Confidence, Evidence, Onset, Steering, SteeringWord


@dataclass(frozen=True, slots=True)
class FunctionDependence:
    """The answer for one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state, reason
        Of the function with nobody withdrawn, and why.
    takedown, confidence
        Whether the actors together can stop it, and how sure that is: for everyone, a whole
        place, or everyone without IPv6.
    clients
        For whom they can; empty: for everyone, or, where the answer is no, for nobody.
    exposure, exposure_confidence
        Whether one of them is on any path, and how sure that is.
    seconds, onset
        When it would stop.
    takedown_steps, exposure_steps
        Witnesses: a proof of the failure; the shortest way to one of them. Of an
        undetermined answer they show how it could be.
    unknown
        Unknown parts on which an undetermined answer hangs.
    strangers
        Labels of providers or companies that are not in the catalogue, so that nobody
        says who owns them, and on which an undetermined answer hangs.
    fails_for
        Clients for whom it does not work as recorded: no answer is about them.
    ipv6_unknown
        IPv6 addresses of what it needs that are not known: what stops it does so over IPv4.
    actors
        Labels of those asked about who are met in the witness.
    evidence
        The weakest evidence class of the takedown witness (of the exposure witness where
        the takedown answer is no); None where there is no witness.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "fails_for", "ipv6_unknown"})

    function: str
    state: State
    reason: str
    takedown: Answer
    confidence: Confidence
    exposure: Answer
    exposure_confidence: Confidence
    seconds: float | None = None
    onset: Onset | None = None
    takedown_steps: tuple[Step, ...] = field(default=(), metadata=renamed("takedown_witness"))
    exposure_steps: tuple[Step, ...] = field(default=(), metadata=renamed("exposure_witness"))
    unknown: tuple[UnknownPart, ...] = ()
    strangers: tuple[str, ...] = field(default=(), metadata=renamed("uncatalogued"))
    actors: tuple[str, ...] = ()
    evidence: Evidence | None = None
    clients: tuple[Client, ...] = ()
    fails_for: tuple[Client, ...] = ()
    ipv6_unknown: tuple[UnknownPart, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Dependence(Result):
    """The answer of :func:`dependence`.

    Parameters
    ----------
    on, definition, source
        Who was asked about; of a group its definition in the catalogue, and the source.
    absent
        Ids of those that were asked about and are not in this graph.
    horizon
        Seconds within which a lever has to work.
    functions
        One part each.
    clients, steering
        As in :class:`depgraph.analysis.takedown.Takedown`.
    """

    NAME = "dependence"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "steering"})

    on: str
    definition: str = ""
    source: str = ""
    absent: tuple[str, ...] = ()
    horizon: float
    functions: tuple[FunctionDependence, ...]
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    def __getitem__(self, function: str) -> FunctionDependence:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per function."""
        return [
            {
                "function": one.function,
                "on": self.on,
                "takedown": one.takedown.value,
                "confidence": one.confidence.value,
                "exposure": one.exposure.value,
                "exposure_confidence": one.exposure_confidence.value,
                "onset": one.onset.value if one.onset else None,
                "seconds": one.seconds,
                "evidence": one.evidence.value if one.evidence else None,
                "clients": ", ".join(map(str, one.clients)),
            }
            for one in self.functions
        ]

    def _brief(self) -> str:
        return f"on {self.on}: " + ", ".join(
            f"{one.function} {one.takedown.value}" for one in self.functions
        )


@checked()
def dependence(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    on: str | Path | Iterable[str | Path],
    horizon: str | timedelta | float | None = "30d",
    uncatalogued: str = "unknown",
    catalogue: Catalogue | None = None,
    ranges: Ranges | None = None,
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Dependence:
    """Tell for each function whether a set of actors can stop it, and whether they are on a path.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    on
        Actors or groups: see :func:`depgraph.analysis.actors.select`.
    horizon
        Levers that work later do not count for takedown.
    uncatalogued
        ``"unknown"`` (unknown is never independent): a company that is not in the
        catalogue may belong to the set, which leaves answers undetermined that hang on it.
        ``"own"``: it is a company of its own.
    catalogue, ranges
        Groups and names, and what clouds publish of their regions.
    clients, steering
        As in :func:`depgraph.takedown`.

    Returns
    -------
    Dependence

    Raises
    ------
    QuestionError
        If an actor means nothing here.
    GraphError
        If the graph does not follow the schema.
    """
    model = model_of(graph)
    chosen = select(model, on, catalogue=catalogue, ranges=ranges)
    seconds = seconds_of(horizon)
    several = classes(model, clients, steering)
    asked = _Asked(
        several,
        tuple(_Class.of(one.model, chosen, uncatalogued, seconds) for one in several),
        chosen,
        involved_among(model, chosen.nodes),
        seconds,
    )
    return Dependence(
        **about(model),
        on=chosen.label,
        definition=chosen.definition,
        source=chosen.source,
        absent=chosen.absent,
        horizon=seconds,
        functions=tuple(asked.function(name, node) for name, node in model.functions.items()),
        clients=clients_of(clients),
        steering=assumed(steering),
    )


@dataclass(frozen=True, slots=True)
class _Class:
    """Who may be one of those asked about in the graph of one class of clients.

    Parameters
    ----------
    unknown, strangers
        Nodes that may hide one of them, and nodes that the catalogue does not have.
    """

    model: Model
    chosen: Selection
    unknown: tuple[int, ...]
    strangers: tuple[int, ...]
    horizon: float

    @classmethod
    def of(cls, model: Model, chosen: Selection, uncatalogued: str, horizon: float) -> _Class:
        unknown, strangers = unknown_to(model, chosen, uncatalogued=uncatalogued)
        return cls(model, chosen, unknown, strangers, horizon)

    @property
    def perhaps(self) -> set[int]:
        """The nodes that may be one of them."""
        return {*self.unknown, *self.strangers}

    @property
    def veiled(self) -> set[int]:
        """The same on a path: behind an alternative that did not serve us nobody else hides."""
        return self.perhaps - set(self.model.unserved)

    def failing(
        self, node: int, confidence: Confidence, gone: Mapping[int, int], *, worst: bool
    ) -> bool:
        """Tell whether a function fails."""
        levels = self.chosen.levels if worst else ()
        case = self.model.case(self.horizon, confidence, worst=levels)
        return bool(self.model.circuit(case).failing(gone)[node])

    def stops(self, node: int, confidence: Confidence, *, worst: bool) -> bool:
        """Tell whether the chosen together stop a function, in the best case or the worst."""
        gone = dict.fromkeys(self.chosen.nodes, 1)
        if worst:
            gone |= dict.fromkeys(self.perhaps, 1)
        return self.failing(node, confidence, gone, worst=worst)

    def touches(self, node: int, confidence: Confidence) -> Answer:
        """Tell whether one of the chosen is on a path of a function."""
        ways = walk(self.model, node, confidence=confidence)
        veiled = self.veiled & ways.keys() or unsure_on(
            self.model, ways, confidence, self.chosen.levels
        )
        perhaps = self.chosen.nodes & walk(self.model, node).keys()
        return answer(self.chosen.nodes & ways.keys(), veiled or perhaps)

    def proof(self, node: int, confidence: Confidence, *, worst: bool) -> Proof | None:
        """Return why the function fails without them, or how it may; None where it cannot."""
        levels = self.chosen.levels if worst else ()
        case = self.model.case(self.horizon, confidence, worst=levels)
        gone = {*self.chosen.nodes, *(self.perhaps if worst else ())}
        if worst and not self.failing(node, confidence, dict.fromkeys(gone, 1), worst=True):
            return None
        return prove(self.model, node, gone, case)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked about, in the graph of each class of clients.

    Parameters
    ----------
    involved
        Those of them who are reported to be involved in a role that is not stated.
    """

    several: tuple[ClientClass, ...]
    parts: tuple[_Class, ...]
    chosen: Selection
    involved: tuple[UnknownPart, ...]
    horizon: float

    @property
    def model(self) -> Model:
        """A graph with the nodes of all classes."""
        return self.parts[0].model

    def function(self, name: str, node: int) -> FunctionDependence:
        model = self.model
        reason = str(model.nodes[node].get("reason", ""))
        if model.nodes[node].get("absent"):
            no, sure = Answer.NO, Confidence.CERTAIN
            return FunctionDependence(name, State.ABSENT, reason, no, sure, no, sure)
        fails = not self._live(node, Confidence.LIKELY)
        if fails:
            reason = reason or model.why_failing.get(node, "")
        stop, confidence = surest(lambda asked: self._stops(node, asked))
        touch, exposed = surest(lambda asked: self._touches(node, asked))
        proof = self._proof(node, stop, confidence)
        path, leads_to = self._path(node, touch, exposed)
        steps = tuple(step(model, edge) for edge in proof.edges) if proof else ()
        met = [edge.head for edge in proof.edges] if proof and stop is Answer.YES else leads_to
        unknown, strangers = self._hangs(node, stop, touch, proof)
        shown = steps or path
        live = self._live(node, confidence)
        stopped = [] if stop is Answer.UNDETERMINED else self._stopped(node, live, confidence)
        return FunctionDependence(
            function=name,
            state=self._plain_state(fails=fails),
            reason=reason,
            takedown=stop,
            confidence=confidence,
            exposure=touch,
            exposure_confidence=exposed,
            seconds=proof.length if proof else None,
            onset=proof.onset if proof else None,
            takedown_steps=steps,
            exposure_steps=path,
            unknown=unknown,
            strangers=strangers,
            actors=tuple(dict.fromkeys(model.label(n) for n in met if n in self.chosen.nodes)),
            evidence=weakest_of(shown) if shown else None,
            clients=whom(self.several, stopped, live),
            fails_for=fails_for(self.several, name, self.horizon),
            ipv6_unknown=ipv6_unknown(self.several, name) if stop is Answer.YES else (),
        )

    def _plain_state(self, *, fails: bool) -> State:
        if not self.model.complete:
            return State.UNDETERMINED
        return State.FAILS if fails else State.WORKS

    def _live(self, node: int, confidence: Confidence) -> list[int]:
        """List the classes for which a function works as recorded."""
        return [
            number
            for number, part in enumerate(self.parts)
            if not part.model.by_itself(confidence)[node]
        ]

    def _stopped(
        self, node: int, live: Sequence[int], confidence: Confidence, *, worst: bool = False
    ) -> list[int]:
        return [n for n in live if self.parts[n].stops(node, confidence, worst=worst)]

    def _stops(self, node: int, confidence: Confidence) -> Answer:
        """Tell whether the chosen together can stop a function."""
        live = self._live(node, confidence)
        if not self.model.complete or not live:
            return Answer.UNDETERMINED  # it fails as recorded: no answer from that
        best, worst = (
            decides(self.several, self._stopped(node, live, confidence, worst=one), live)
            for one in (False, True)
        )
        found = answer(best, worst)
        return Answer.UNDETERMINED if found is Answer.NO and self.involved else found

    def _touches(self, node: int, confidence: Confidence) -> Answer:
        """Tell whether one of the chosen is on a path of a function, for some clients or all."""
        live = self._live(node, confidence)
        if not self.model.complete or not live:
            return Answer.UNDETERMINED
        several = {self.parts[number].touches(node, confidence) for number in live}
        found = answer(Answer.YES in several, Answer.UNDETERMINED in several)
        return Answer.UNDETERMINED if found is Answer.NO and self.involved else found

    def _proof(self, node: int, stop: Answer, confidence: Confidence) -> Proof | None:
        """Return why the function fails without them, or how it may; None where it cannot."""
        if stop is Answer.NO:
            return None
        worst = stop is Answer.UNDETERMINED
        asked = Confidence.LIKELY if worst else confidence
        live = self._live(node, asked) or list(range(len(self.parts)))
        numbers = self._stopped(node, live, asked, worst=worst)
        found = [
            self.parts[n].proof(node, asked, worst=worst) for n in places(self.several, numbers)
        ]
        proofs = [proof for proof in found if proof is not None]
        return joined(proofs) if proofs else None

    def _path(
        self, node: int, touch: Answer, confidence: Confidence
    ) -> tuple[tuple[Step, ...], list[int]]:
        """Return the shortest way to one of them, or to one who may be; and whom it meets."""
        ways_of: list[tuple[_Class, dict[int, Edge | None]]] = [
            (part, walk(part.model, node, confidence=confidence))
            for part in (self.parts[n] for n in self._live(node, confidence) or (0,))
        ]
        for part, ways in ways_of:
            near = [n for n in ways if n in self.chosen.nodes][:1]
            if near:
                return way(part.model, ways, near[0]), near
        for part, ways in ways_of if touch is Answer.UNDETERMINED else ():
            veiled = part.veiled
            leads = [n for n in ways if n in veiled][:1]
            if leads:
                return way(part.model, ways, leads[0]), []
        return (), []

    def _hangs(
        self, node: int, stop: Answer, touch: Answer, proof: Proof | None
    ) -> tuple[tuple[UnknownPart, ...], tuple[str, ...]]:
        """Return the unknown parts and the strangers on which undetermined answers hang."""
        hidden: set[int] = set()
        unsure: list[Edge] = []
        perhaps = {node for part in self.parts for node in part.perhaps}
        if stop is Answer.UNDETERMINED and proof is not None:
            hidden |= {edge.head for edge in proof.edges} & perhaps
            hidden |= {edge.tail for edge in proof.edges} & perhaps
            unsure += proof.unsure
        if touch is Answer.UNDETERMINED:
            for part in self.parts:
                ways = walk(part.model, node, confidence=Confidence.LIKELY)
                hidden |= part.perhaps & ways.keys()
                unsure += unsure_on(part.model, ways, Confidence.LIKELY, self.chosen.levels)
        unknown = {node for part in self.parts for node in part.unknown}
        parts = unknown_parts(self.model, hidden & unknown, unsure)
        if Answer.UNDETERMINED in {stop, touch}:
            parts += self.involved
        strangers = dict.fromkeys(n for part in self.parts for n in part.strangers if n in hidden)
        return parts, tuple(self.model.label(n) for n in strangers)

"""How far a service depends on a set of actors: can they stop it, are they on a path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import networkx as nx

from depgraph.analysis.actors import Ranges, Selection, select, unknown_to
from depgraph.analysis.involvement import involved_among
from depgraph.analysis.levers import observed, onset, seconds_of
from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.paths import unsure_on, walk, way
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import Answer, State, answer, surest
from depgraph.analysis.witness import Proof, Step, prove, step, weakest_of
from depgraph.parameters import checked
from depgraph.providers.catalogue import Catalogue
from depgraph.vocabulary import Confidence, Evidence, Onset


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
        Whether the actors together can stop it, and how sure that is.
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
    actors
        Labels of those asked about who are met in the witness.
    evidence
        The weakest evidence class of the takedown witness (of the exposure witness where
        the takedown answer is no); None where there is no witness.
    """

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
    """

    NAME = "dependence"

    on: str
    definition: str = ""
    source: str = ""
    absent: tuple[str, ...] = ()
    horizon: float
    functions: tuple[FunctionDependence, ...]

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
    unknown, strangers = unknown_to(model, chosen, uncatalogued=uncatalogued)
    asked = _Asked(model, chosen, unknown, strangers, involved_among(model, chosen.nodes), seconds)
    return Dependence(
        **about(model),
        on=chosen.label,
        definition=chosen.definition,
        source=chosen.source,
        absent=chosen.absent,
        horizon=seconds,
        functions=tuple(asked.function(name, node) for name, node in model.functions.items()),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked about, and who may be one of them.

    Parameters
    ----------
    unknown, strangers
        Nodes that may hide one of them, and nodes that the catalogue does not have.
    involved
        Those of them who are reported to be involved in a role that is not stated.
    """

    model: Model
    chosen: Selection
    unknown: tuple[int, ...]
    strangers: tuple[int, ...]
    involved: tuple[UnknownPart, ...]
    horizon: float

    @property
    def perhaps(self) -> set[int]:
        """The nodes that may be one of them."""
        return {*self.unknown, *self.strangers}

    def function(self, name: str, node: int) -> FunctionDependence:
        model = self.model
        reason = str(model.nodes[node].get("reason", ""))
        if model.nodes[node].get("absent"):
            no, sure = Answer.NO, Confidence.CERTAIN
            return FunctionDependence(name, State.ABSENT, reason, no, sure, no, sure)
        already = self._failing(node, Confidence.LIKELY, {}, worst=False)
        if already:
            reason = reason or model.held_for(node)
        stop, confidence = surest(lambda asked: self._stops(node, asked))
        touch, exposed = surest(lambda asked: self._touches(node, asked))
        proof = self._proof(node, stop, confidence)
        path, leads_to = self._path(node, touch, exposed)
        steps = tuple(step(model, edge) for edge in proof.edges) if proof else ()
        met = [edge.head for edge in proof.edges] if proof and stop is Answer.YES else leads_to
        unknown, strangers = self._hangs(node, stop, touch, proof)
        shown = steps or path
        return FunctionDependence(
            function=name,
            state=self._plain_state(fails=already),
            reason=reason,
            takedown=stop,
            confidence=confidence,
            exposure=touch,
            exposure_confidence=exposed,
            seconds=observed(proof.seconds) if proof else None,
            onset=onset(proof.seconds) if proof else None,
            takedown_steps=steps,
            exposure_steps=path,
            unknown=unknown,
            strangers=strangers,
            actors=tuple(dict.fromkeys(model.label(n) for n in met if n in self.chosen.nodes)),
            evidence=weakest_of(shown) if shown else None,
        )

    def _plain_state(self, *, fails: bool) -> State:
        if not self.model.complete:
            return State.UNDETERMINED
        return State.FAILS if fails else State.WORKS

    def _failing(
        self, node: int, confidence: Confidence, gone: Mapping[int, int], *, worst: bool
    ) -> bool:
        levels = self.chosen.levels if worst else ()
        case = self.model.case(self.horizon, confidence, worst=levels)
        return bool(self.model.circuit(case).failing(gone)[node])

    def _stops(self, node: int, confidence: Confidence) -> Answer:
        """Tell whether the chosen together can stop a function."""
        if not self.model.complete or self._failing(node, confidence, {}, worst=False):
            return Answer.UNDETERMINED  # it fails as recorded: no answer from that
        gone = dict.fromkeys(self.chosen.nodes, 1)
        best = self._failing(node, confidence, gone, worst=False)
        worst = self._failing(node, confidence, gone | dict.fromkeys(self.perhaps, 1), worst=True)
        found = answer(best, worst)
        return Answer.UNDETERMINED if found is Answer.NO and self.involved else found

    def _touches(self, node: int, confidence: Confidence) -> Answer:
        """Tell whether one of the chosen is on a path of a function."""
        if not self.model.complete or self._failing(node, confidence, {}, worst=False):
            return Answer.UNDETERMINED
        ways = walk(self.model, node, confidence=confidence)
        veiled = self.perhaps & ways.keys() or unsure_on(
            self.model, ways, confidence, self.chosen.levels
        )
        found = answer(self.chosen.nodes & ways.keys(), veiled)
        return Answer.UNDETERMINED if found is Answer.NO and self.involved else found

    def _proof(self, node: int, stop: Answer, confidence: Confidence) -> Proof | None:
        """Return why the function fails without them, or how it may; None where it cannot."""
        gone = set(self.chosen.nodes)
        if stop is Answer.YES:
            case = self.model.case(self.horizon, confidence)
            return prove(self.model, node, gone, case)
        if stop is Answer.NO:
            return None
        gone |= self.perhaps
        if not self._failing(node, Confidence.LIKELY, dict.fromkeys(gone, 1), worst=True):
            return None
        case = self.model.case(self.horizon, Confidence.LIKELY, worst=self.chosen.levels)
        return prove(self.model, node, gone, case)

    def _path(
        self, node: int, touch: Answer, confidence: Confidence
    ) -> tuple[tuple[Step, ...], list[int]]:
        """Return the shortest way to one of them, or to one who may be; and whom it meets."""
        ways = walk(self.model, node, confidence=confidence)
        near = [n for n in ways if n in self.chosen.nodes][:1]
        leads = near
        if touch is Answer.UNDETERMINED:
            leads = near or [n for n in ways if n in self.perhaps][:1]
        return (way(self.model, ways, leads[0]) if leads else ()), near

    def _hangs(
        self, node: int, stop: Answer, touch: Answer, proof: Proof | None
    ) -> tuple[tuple[UnknownPart, ...], tuple[str, ...]]:
        """Return the unknown parts and the strangers on which undetermined answers hang."""
        hidden: set[int] = set()
        unsure: list[Edge] = []
        if stop is Answer.UNDETERMINED and proof is not None:
            hidden |= {edge.head for edge in proof.edges} & self.perhaps
            hidden |= {edge.tail for edge in proof.edges} & self.perhaps
            unsure += proof.unsure
        if touch is Answer.UNDETERMINED:
            ways = walk(self.model, node, confidence=Confidence.LIKELY)
            hidden |= self.perhaps & ways.keys()
            unsure += unsure_on(self.model, ways, Confidence.LIKELY, self.chosen.levels)
        parts = unknown_parts(self.model, hidden & set(self.unknown), unsure)
        if Answer.UNDETERMINED in {stop, touch}:
            parts += self.involved
        strangers = [n for n in self.strangers if n in hidden]
        return parts, tuple(self.model.label(n) for n in strangers)

"""How far a service depends on a set of actors: can they stop it, are they on a path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any

import networkx as nx

from depgraph.analysis import prose
from depgraph.analysis.actors import Ranges, Selection, select, unknown_to
from depgraph.analysis.levers import Onset, observed, onset, seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.paths import walk, way
from depgraph.analysis.shown import Shown, as_of, of_function
from depgraph.analysis.takedown import UnknownPart, unknown_part
from depgraph.analysis.verdicts import Answer, State, answer, weakest
from depgraph.analysis.witness import Step, prove, step
from depgraph.errors import QuestionError
from depgraph.providers.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class FunctionDependence:
    """The answer for one function.

    Parameters
    ----------
    takedown
        Whether the actors together can stop it.
    exposure
        Whether one of them is on any path.
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
        the takedown answer is no).
    """

    function: str
    state: State
    reason: str
    takedown: Answer
    exposure: Answer
    seconds: float | None = None
    onset: Onset | None = None
    takedown_steps: tuple[Step, ...] = ()
    exposure_steps: tuple[Step, ...] = ()
    unknown: tuple[UnknownPart, ...] = ()
    strangers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    evidence: str = "observed"

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "state": self.state.value,
            "reason": self.reason,
            "takedown": self.takedown.value,
            "exposure": self.exposure.value,
            "seconds": self.seconds,
            "onset": self.onset.value if self.onset else None,
            "takedown_witness": [one.to_dict() for one in self.takedown_steps],
            "exposure_witness": [one.to_dict() for one in self.exposure_steps],
            "unknown": [part.to_dict() for part in self.unknown],
            "uncatalogued": list(self.strangers),
            "actors": list(self.actors),
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Dependence(Shown):
    """The answer of :func:`dependence`; prints as a table."""

    subject: str
    since: str
    until: str
    on: str
    definition: str
    source: str
    absent: tuple[str, ...]
    horizon: float
    complete: bool
    functions: tuple[FunctionDependence, ...]

    def __getitem__(self, function: str) -> FunctionDependence:
        return of_function(self.functions, function)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "on": self.on,
            "definition": self.definition,
            "source": self.source,
            "absent": list(self.absent),
            "horizon": self.horizon if self.horizon < inf else None,
            "complete": self.complete,
            "functions": [one.to_dict() for one in self.functions],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.dependence(self, lang)


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

    Raises
    ------
    QuestionError
        If an actor means nothing here.
    """
    if uncatalogued not in {"unknown", "own"}:
        raise QuestionError(
            f"expected uncatalogued to be 'unknown' or 'own', found {uncatalogued!r}"
        )
    model = model_of(graph)
    chosen = select(model, on, catalogue=catalogue, ranges=ranges)
    seconds = seconds_of(horizon)
    asked = _Asked(model, chosen, *unknown_to(model, chosen, uncatalogued=uncatalogued), seconds)
    since, until = as_of(model)
    return Dependence(
        subject=str(model.about.get("subject", "")),
        since=since,
        until=until,
        on=chosen.label,
        definition=chosen.definition,
        source=chosen.source,
        absent=chosen.absent,
        horizon=seconds,
        complete=model.complete,
        functions=tuple(asked.function(name, node) for name, node in model.functions.items()),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    model: Model
    chosen: Selection
    unknown: tuple[int, ...]
    strangers: tuple[int, ...]
    horizon: float

    def function(self, name: str, node: int) -> FunctionDependence:
        model = self.model
        reason = str(model.nodes[node].get("reason", ""))
        if model.nodes[node].get("absent"):
            return FunctionDependence(name, State.ABSENT, reason, Answer.NO, Answer.NO)
        perhaps = {*self.unknown, *self.strangers}
        vectors = dict.fromkeys(perhaps, 0b010) | dict.fromkeys(self.chosen.nodes, 0b011)
        failing = model.circuit(self.horizon).failing(vectors, 0b111)[node]
        stop = answer(failing & 1, failing)
        ways = walk(model, node)
        near = [n for n in ways if n in self.chosen.nodes]
        veiled = [n for n in ways if n in perhaps]
        touch = answer(near, veiled)
        state = State.WORKS if model.complete else State.UNDETERMINED
        if failing & 0b100:  # it fails as recorded, with nobody withdrawn: no answer from that
            state = State.FAILS
        if state is not State.WORKS:
            stop = touch = Answer.UNDETERMINED
            reason = reason or model.held_for(node)
        gone = set(self.chosen.nodes) | (set() if failing & 1 else perhaps)
        proof = prove(model, node, gone, self.horizon) if failing else None
        edges = proof.edges if proof else ()
        leads = near[:1] or veiled[:1]
        shown = tuple(step(model, edge) for edge in edges)
        met = [e.head for e in edges] if stop is Answer.YES else near[:1]
        path = way(model, ways, leads[0]) if leads else ()
        hangs: set[int] = set()
        if stop is Answer.UNDETERMINED:
            hangs |= {edge.head for edge in edges} & perhaps
        if touch is Answer.UNDETERMINED:
            hangs |= set(veiled)
        return FunctionDependence(
            function=name,
            state=state,
            reason=reason,
            takedown=stop,
            exposure=touch,
            seconds=observed(proof.seconds) if proof else None,
            onset=onset(proof.seconds) if proof else None,
            takedown_steps=shown,
            exposure_steps=path,
            unknown=tuple(unknown_part(model, n) for n in self.unknown if n in hangs),
            strangers=tuple(model.label(n) for n in self.strangers if n in hangs),
            actors=tuple(dict.fromkeys(model.label(n) for n in met if n in self.chosen.nodes)),
            evidence=weakest([one.evidence for one in (shown or path) if one.told]),
        )

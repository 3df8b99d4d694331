"""What would settle the answers: the unknown parts on which they hang, and what would tell each.

An unknown part *decides* an answer if it alone could turn it: if whoever it hides is of those
asked about and nobody else acts, the function stops, or is touched. One that only counts together
with others is told after those that decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import networkx as nx

from depgraph.analysis.actors import Selection, select, unknown_to
from depgraph.analysis.clients import ALL, ClientsAsked, classes
from depgraph.analysis.dependence import FunctionDependence, dependence
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.paths import walk
from depgraph.analysis.results import Result, about
from depgraph.analysis.roles import roles
from depgraph.analysis.unknowns import UnknownPart, unknown_part
from depgraph.analysis.verdicts import Answer, State
from depgraph.parameters import checked
from depgraph.vocabulary import (
    Confidence,
    Kind,
    Layer,
    Level,
    Relation,
    Remedy,
    SteeringWord,
    remedies_of,
    remedies_of_layer,
)


class Question(StrEnum):
    """An answer that hangs on what is not known, the gravest first."""

    TAKEDOWN = "takedown"  # whether those asked about can stop a function
    ALONE = "alone"  # whether somebody who is not named can stop it alone
    EXPOSURE = "exposure"  # whether one of those asked about is on a path


@dataclass(frozen=True, slots=True)
class Hanging:
    """An answer that hangs on something.

    Parameters
    ----------
    question
        Which one.
    functions
        Of which functions.
    """

    question: Question
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Something that is not known, and what would tell it.

    Parameters
    ----------
    part
        What is not known, and why.
    decides
        The answers that it alone could turn.
    together
        Those that it could turn with others.
    remedies
        What would tell it, the nearest first; empty where nothing that we read does.
    """

    part: UnknownPart
    decides: tuple[Hanging, ...]
    together: tuple[Hanging, ...] = ()
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Unexamined:
    """A layer of which nothing is recorded, so that no answer speaks of it.

    Parameters
    ----------
    layer
        Which one.
    remedies
        What would tell of it.
    """

    layer: Layer
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Wanted(Result):
    """The answer of :func:`wanted`.

    Parameters
    ----------
    on
        The group that was asked about.
    horizon
        Seconds within which a lever has to work.
    wants
        What is not known, those that decide most first. What would tell has to speak of the
        days of the answer, `since` to `until`.
    functions
        Those that the service has.
    unexamined
        Layers that nobody looked at.
    """

    NAME = "wanted"

    on: str
    horizon: float
    wants: tuple[Want, ...]
    functions: tuple[str, ...]
    unexamined: tuple[Unexamined, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per thing that is not known."""
        return [
            {
                "what": want.part.what.value,
                "of": want.part.of,
                "reason": want.part.reason,
                "decides": _plain(want.decides),
                "together": _plain(want.together),
                "remedies": ", ".join(one.value for one in want.remedies),
            }
            for want in self.wants
        ]

    def _brief(self) -> str:
        return f"{len(self.wants)} things are not known"


def _plain(several: Iterable[Hanging]) -> str:
    return "; ".join(f"{one.question}: {', '.join(one.functions)}" for one in several)


@checked()
def wanted(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    on: str | Path | Iterable[str | Path] = "big-tech",
    horizon: str | timedelta | float | None = "30d",
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Wanted:
    """Tell which unknown parts of a service would change the answers, and what would tell each.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    on, horizon, clients, steering
        As in :func:`depgraph.dependence`.

    Returns
    -------
    Wanted

    Raises
    ------
    QuestionError
        If an actor means nothing here.
    GraphError
        If the graph does not follow the schema.
    """
    model = model_of(graph)
    chosen = select(model, on)
    found = dependence(model, on=on, horizon=horizon, clients=clients, steering=steering)
    tried = [
        _Tried(one.model, chosen, seconds_of(horizon)) for one in classes(model, clients, steering)
    ]
    decides: dict[UnknownPart, dict[Question, list[str]]] = {}
    together: dict[UnknownPart, dict[Question, list[str]]] = {}
    for one in found.functions:
        if one.state is State.ABSENT:
            continue
        for question in Question:
            parts = _deciding(model, tried, one, question)
            for part in parts:
                _note(decides, part, question, one.function)
            for part in one.unknown if question in _open(one) else ():
                if part not in parts:
                    _note(together, part, question, one.function)
    every = dict.fromkeys((*decides, *together))
    wants = [
        Want(
            part=part,
            decides=_hanging(decides.get(part, {})),
            together=_hanging(together.get(part, {})),
            remedies=remedies_of(part.what, part.reason),
        )
        for part in every
    ]
    return Wanted(
        **about(model),
        on=found.on,
        horizon=found.horizon,
        wants=tuple(sorted(wants, key=_weight)),
        functions=tuple(
            name for name, node in model.functions.items() if not model.nodes[node].get("absent")
        ),
        unexamined=tuple(_unexamined(model)),
    )


def _open(found: FunctionDependence) -> set[Question]:
    """Return which answers about a function are undetermined."""
    answers = {Question.TAKEDOWN: found.takedown, Question.EXPOSURE: found.exposure}
    return {one for one, answer in answers.items() if answer is Answer.UNDETERMINED}


def _note(
    kept: dict[UnknownPart, dict[Question, list[str]]],
    part: UnknownPart,
    question: Question,
    function: str,
) -> None:
    kept.setdefault(part, {}).setdefault(question, []).append(function)


def _hanging(answers: Mapping[Question, list[str]]) -> tuple[Hanging, ...]:
    return tuple(Hanging(one, tuple(answers[one])) for one in Question if one in answers)


def _weight(want: Want) -> tuple[Any, ...]:
    """Put first what decides the most answers, the gravest question before others."""
    counts = {one.question: len(one.functions) for one in want.decides}
    others = sum(len(one.functions) for one in want.together)
    return (*(-counts.get(one, 0) for one in Question), -others, want.part.id, want.part.reason)


@dataclass(frozen=True, slots=True)
class _Tried:
    """The graph of one class of clients, in which each unknown part is tried alone."""

    model: Model
    chosen: Selection
    horizon: float

    def stopping(self, function: int, *, chosen: bool) -> set[int]:
        """Return the unknown nodes each of which alone, with those chosen or not, stops a function.

        None where it stops without them, or fails as recorded.
        """
        hidden = self.hidden if chosen else self.model.unknown(Level.COMPANY)
        ones = (1 << len(hidden)) - 1
        gone = dict.fromkeys(self.chosen.nodes if chosen else (), ones)
        for place, node in enumerate(hidden):
            gone[node] = gone.get(node, 0) | 1 << place
        circuit = self.model.circuit(self.model.case(self.horizon, Confidence.LIKELY))
        without = circuit.failing(dict.fromkeys(self.chosen.nodes if chosen else (), 1))
        if without[function]:
            return set()
        vector = circuit.failing(gone, ones)[function]
        return {node for place, node in enumerate(hidden) if vector >> place & 1}

    @property
    def hidden(self) -> tuple[int, ...]:
        """The unknown nodes that may be one of the chosen."""
        return unknown_to(self.model, self.chosen)[0]

    def met(self, function: int) -> set[int]:
        """Return the unknown nodes on a path of a function that may be one of the chosen."""
        ways = walk(self.model, function, confidence=Confidence.LIKELY)
        return (set(self.hidden) - set(self.model.unserved)) & ways.keys()


def _deciding(
    model: Model, tried: Iterable[_Tried], found: FunctionDependence, question: Question
) -> list[UnknownPart]:
    """Return the unknown parts each of which alone could turn an answer, in order."""
    if question is not Question.ALONE and question not in _open(found):
        return []
    node = model.functions[found.function]
    nodes: set[int] = set()
    for one in tried:
        if question is Question.EXPOSURE:
            nodes |= one.met(node)
        else:
            nodes |= one.stopping(node, chosen=question is Question.TAKEDOWN)
    return [unknown_part(model, one) for one in sorted(nodes)]


_BY_RELATION: Final = ((Layer.TRANSIT, Relation.TRANSIT, Kind.ASN),)
"""A layer that is absent where nobody spoke of it, the relation that leads to it, and the kind of
node that it would lead from."""


def _unexamined(model: Model) -> Iterable[Unexamined]:
    relations = {edge.relation for edge in model.edges}
    kinds = {str(data["kind"]) for data in model.nodes}
    for layer, relation, kind in _BY_RELATION:
        if relation not in relations and kind in kinds:
            yield Unexamined(layer, remedies_of_layer(layer))
    for layer in roles(model).not_examined:
        yield Unexamined(layer, remedies_of_layer(layer))

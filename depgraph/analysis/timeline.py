"""The graphs of one service side by side: each day, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.change import Comparison, compare, days_of
from depgraph.analysis.clients import ALL, Client, ClientsAsked
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, level_of, model_of
from depgraph.analysis.results import Result, of_function
from depgraph.analysis.roles import FUNCTION_LAYERS, Role, Roles, roles
from depgraph.analysis.takedown import FunctionCuts, Takedown, takedown
from depgraph.analysis.verdicts import Answer, State
from depgraph.errors import QuestionError
from depgraph.limits import in_order
from depgraph.parameters import checked
from depgraph.schema import require_several
from depgraph.vocabulary import Confidence, Layer, Level, LevelWord, SteeringWord


@dataclass(frozen=True, slots=True)
class Alone:
    """One who can stop a function alone.

    Parameters
    ----------
    id, label
        Node id, and text for people.
    confidence
        Certain or likely.
    clients
        For whom; empty: for everyone.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients"})

    id: str
    label: str
    confidence: Confidence
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionMoment:
    """One function on the days of one graph.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state, reason
        Whether it works with nobody withdrawn; why it is absent or undetermined.
    layers
        Who does what, as short answers show it, in the order of the layers.
    open_layers
        The layers of which not all is known, also those in which nobody is known. Of an app, third
        parties and an upstream nobody may have spoken: where no one is named, that is unknown too.
    alone
        Who can stop it alone, the service itself apart.
    anyone_alone, confidence
        Whether anybody can, and how sure that is.
    fails_for
        Clients for whom it does not work as recorded.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"fails_for"})

    function: str
    state: State
    reason: str
    layers: Mapping[Layer, tuple[Role, ...]]
    open_layers: tuple[Layer, ...]
    alone: tuple[Alone, ...]
    anyone_alone: Answer
    confidence: Confidence
    fails_for: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One graph of a series.

    Parameters
    ----------
    since, until, title, complete
        First and last day, title, and whether the collection came to its end.
    functions
        One part each.
    involved
        Who is reported to be involved in the service in a role that is not stated.
    """

    since: str
    until: str
    title: str
    complete: bool
    functions: tuple[FunctionMoment, ...]
    involved: tuple[Role, ...] = ()

    def __getitem__(self, function: str) -> FunctionMoment:
        return of_function(self.functions, function)


@dataclass(frozen=True, kw_only=True, repr=False)
class Timeline(Result):
    """The answer of :func:`timeline`.

    Parameters
    ----------
    level, horizon
        Of who can stop a function alone: at which level, within how many seconds.
    moments
        The graphs in the order of their days.
    changes
        What changed from each to the next.
    """

    NAME: ClassVar[str] = "timeline"

    level: Level
    horizon: float
    moments: tuple[Moment, ...]
    changes: tuple[Comparison, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each actor in each layer of each function on each day."""
        return [
            {
                "since": moment.since,
                "until": moment.until,
                "function": part.function,
                "layer": layer.value,
                "actor": role.actor,
                "label": role.label,
                "known": role.known,
                "evidence": role.evidence.value,
                "confidence": role.confidence.value,
            }
            for moment in self.moments
            for part in moment.functions
            for layer, several in part.layers.items()
            for role in several
        ]

    def _brief(self) -> str:
        return f"{len(self.moments)} graphs"


@checked()
def timeline(
    graphs: Sequence[nx.MultiDiGraph[str] | Model],
    *,
    level: LevelWord = "company",
    horizon: str | timedelta | float | None = "30d",
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Timeline:
    """Lay the graphs of one service side by side in the order of their days.

    Parameters
    ----------
    graphs
        Graphs that follow the schema, of one service.
    level, horizon, clients, steering
        Of "who can stop it alone", as in :func:`depgraph.takedown`.

    Returns
    -------
    Timeline
        What is known of each day, and what changed from each to the next.

    Raises
    ------
    QuestionError
        If there is none, or they are not of one service.
    """
    models = sorted(map(model_of, require_several(graphs)), key=days_of)
    if not models:
        raise QuestionError("expected one graph or more, found none")
    changes = tuple(
        compare(old, new, level=level, upto=1, horizon=horizon, clients=clients, steering=steering)
        for old, new in pairwise(models)
    )
    cuts = [
        takedown(
            model,
            level=level,
            upto=1,
            horizon=horizon,
            explain=0,
            clients=clients,
            steering=steering,
        )
        for model in models
    ]
    return Timeline(
        subject=str(models[0].about.get("subject", "")),
        since=days_of(models[0])[0],
        until=days_of(models[-1])[1],
        complete=not any(model.limits for model in models),
        limits=in_order(one for model in models for one in model.limits),
        level=level_of(level),
        horizon=seconds_of(horizon),
        moments=tuple(map(_moment, models, cuts)),
        changes=changes,
    )


def _moment(model: Model, cuts: Takedown) -> Moment:
    who = roles(model)
    since, until = days_of(model)
    return Moment(
        since=since,
        until=until,
        title=str(model.about.get("title", "")),
        complete=not model.limits,
        functions=tuple(_function_moment(who, one) for one in cuts.functions),
        involved=who.involved,
    )


def _function_moment(who: Roles, cuts: FunctionCuts) -> FunctionMoment:
    return FunctionMoment(
        function=cuts.function,
        state=cuts.state,
        reason=cuts.reason,
        layers=who.by_layer(cuts.function),
        open_layers=tuple(
            layer
            for layer in FUNCTION_LAYERS
            if not (standing := who.standing(cuts.function, layer)).complete or standing.hiding
        ),
        alone=tuple(
            Alone(member.id, member.label, cut.confidence, cut.clients)
            for cut in cuts.alone_sets
            for member in cut.members
        ),
        anyone_alone=cuts.alone,
        confidence=cuts.confidence,
        fails_for=cuts.fails_for,
    )

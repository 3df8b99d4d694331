"""What changed between two days, and over a series of them.

What one of the days does not know cannot have appeared or vanished
(:class:`depgraph.vocabulary.Turn`): :func:`turn_of_entry` and :func:`turn_of_layer` say so of
an actor in a layer and of a whole layer, and every text and picture takes it from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.model import Edge, Model, level_of, model_of
from depgraph.analysis.results import Result, about, of_function
from depgraph.analysis.roles import FUNCTION_LAYERS, Role, Roles, Standing, roles
from depgraph.analysis.takedown import FunctionCuts, Takedown, takedown
from depgraph.analysis.verdicts import Answer, State
from depgraph.analysis.witness import Step, step
from depgraph.errors import QuestionError
from depgraph.vocabulary import Confidence, Kind, Layer, Level, LevelWord, Turn

# --- One turn ------------------------------------------------------------------------------


def turn_of_entry(before: Standing, after: Standing, actor: str) -> Turn:
    """Return what became of an actor in a layer.

    Parameters
    ----------
    before, after
        The layer on two days, the earlier first: see :meth:`depgraph.analysis.roles.Roles.standing`.
    actor
        Node id of one who is known to be in the layer on one of the days.

    Returns
    -------
    Turn
        One who is there on the later day only has *appeared* where the earlier day knows
        the whole layer, else is *newly known*; on the earlier day only, *vanished* or *no
        longer known*. On both days *changed* if it is otherwise known (its evidence,
        confidence, or whether it is needed), else the *same*.
    """
    was, now = before.known.get(actor), after.known.get(actor)
    if was is not None and now is not None:
        return Turn.SAME if _known_as(was) == _known_as(now) else Turn.CHANGED
    if was is None:
        if actor in before.elsewhere:
            return Turn.CHANGED
        return Turn.APPEARED if before.fully_known else Turn.NEWLY_KNOWN
    if actor in after.elsewhere:
        return Turn.CHANGED
    return Turn.VANISHED if after.fully_known else Turn.NO_LONGER_KNOWN


def turn_of_layer(before: Standing, after: Standing) -> Turn:
    """Return what became of a layer.

    Parameters
    ----------
    before, after
        The layer on two days, the earlier first.

    Returns
    -------
    Turn
        *Changed* if somebody appeared, vanished, or is needed on one day only; the *same*
        if the same actors are all there is on both days; *incomparable* if nobody is known
        to be there on both days; else the *same as far as known*.
    """
    actors = _actors(before, after)
    was, now = actors & before.known.keys(), actors & after.known.keys()
    turns = {turn_of_entry(before, after, actor) for actor in actors}
    if turns & {Turn.APPEARED, Turn.VANISHED}:
        return Turn.CHANGED
    if any(before.known[one].needed != after.known[one].needed for one in was & now):
        return Turn.CHANGED
    if was == now and before.fully_known and after.fully_known:
        return Turn.SAME
    return Turn.SAME_AS_KNOWN if was & now else Turn.INCOMPARABLE


def _known_as(role: Role) -> tuple[Any, ...]:
    return role.evidence, role.confidence, role.needed


def _actors(before: Standing, after: Standing) -> set[str]:
    """Return who is known to be in a layer on one of two days, and counts there."""
    return {role.actor for role in (*before.roles, *after.roles) if role.known and _counts(role)}


def _counts(role: Role) -> bool:
    """Tell whether short answers show a role: needed, or involved in a way that nobody states."""
    return role.needed or role.layer is Layer.INVOLVEMENT


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One who came to a layer, left it, or is otherwise known there.

    Parameters
    ----------
    turn
        What became of the actor.
    before, after
        Its role on the two days; None where it has none.
    hiding
        Of one who is newly or no longer known: the roles because of which the other day
        does not know the whole layer. None where that day does not know the function.
    """

    turn: Turn
    before: Role | None
    after: Role | None
    hiding: tuple[Role, ...] = ()

    @property
    def role(self) -> Role:
        """The role on the later day, on the earlier where there is none."""
        role = self.after or self.before
        assert role is not None
        return role


@dataclass(frozen=True, slots=True)
class LayerChange:
    """What became of a layer of a function between two days.

    Parameters
    ----------
    function
        Empty for who is reported to be involved in the whole service.
    layer, turn
        The layer, and what became of it as a whole.
    entries
        Each of its actors of whom there is a change to tell.
    """

    function: str
    layer: Layer
    turn: Turn
    entries: tuple[EntryChange, ...] = ()


def layer_changes(before: Roles, after: Roles) -> tuple[LayerChange, ...]:
    """Return what became of each layer that short answers show, function by function.

    Parameters
    ----------
    before, after
        Who does what on two days, the earlier first.

    Returns
    -------
    tuple of LayerChange
        Of each layer in which somebody or something unknown is on one of the days, also
        where nothing changed.
    """
    functions = dict.fromkeys((*before.functions, *after.functions))
    pairs = [("", Layer.INVOLVEMENT)]
    pairs += [(name, layer) for name in functions for layer in FUNCTION_LAYERS]
    changes = (_layer_change(before, after, name, layer) for name, layer in pairs)
    return tuple(change for change in changes if change is not None)


def _layer_change(before: Roles, after: Roles, function: str, layer: Layer) -> LayerChange | None:
    was, now = before.standing(function, layer), after.standing(function, layer)
    if not any(map(_counts, (*was.roles, *now.roles))):
        return None
    entries = [_entry_change(was, now, actor) for actor in sorted(_actors(was, now))]
    changed = tuple(entry for entry in entries if entry.turn is not Turn.SAME)
    return LayerChange(function, layer, turn_of_layer(was, now), changed)


_HIDDEN_BY: Final = {Turn.NEWLY_KNOWN: 0, Turn.NO_LONGER_KNOWN: 1}
"""Which of two days does not know the whole layer."""


def _entry_change(before: Standing, after: Standing, actor: str) -> EntryChange:
    turn = turn_of_entry(before, after, actor)
    hiding: tuple[Role, ...] = ()
    if turn in _HIDDEN_BY:
        hiding = (before, after)[_HIDDEN_BY[turn]].hiding
    return EntryChange(turn, before.known.get(actor), after.known.get(actor), hiding)


# --- Two graphs ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CutChange:
    """A minimal cut set that is on one of the days only, or otherwise known.

    Parameters
    ----------
    turn
        *Newly known* where the earlier day leaves it possible in the worst case, *no longer
        known* where the later day does.
    function
        What it stops.
    members, labels
        Node ids of its members, and their texts for people.
    before, after
        How sure it is on each day; None where it is not a cut set, or only in the worst case.
    """

    turn: Turn
    function: str
    members: tuple[str, ...]
    labels: tuple[str, ...]
    before: Confidence | None
    after: Confidence | None


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that differs; `before` and `after` say how it was known."""

    turn: Turn
    before: Step | None
    after: Step | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Comparison(Result):
    """The answer of :func:`compare`.

    Parameters
    ----------
    before, after
        First and last day (ISO 8601) of each of the two graphs.
    level
        Of the cut sets.
    layers
        What became of each layer: see :func:`layer_changes`.
    cut_sets, edges
        Those that differ.
    """

    NAME: ClassVar[str] = "compare"

    before: tuple[str, str]
    after: tuple[str, str]
    level: Level
    layers: tuple[LayerChange, ...]
    cut_sets: tuple[CutChange, ...]
    edges: tuple[EdgeChange, ...]

    def __bool__(self) -> bool:
        """Whether there is any change to tell."""
        return bool(any(one.entries for one in self.layers) or self.cut_sets or self.edges)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each actor of a layer of whom there is a change to tell."""
        return [
            {
                "function": layer.function,
                "layer": layer.layer.value,
                "layer_turn": layer.turn.value,
                "turn": entry.turn.value,
                "actor": entry.role.actor,
                "label": entry.role.label,
                "evidence_before": entry.before.evidence.value if entry.before else "",
                "evidence_after": entry.after.evidence.value if entry.after else "",
                "confidence_before": entry.before.confidence.value if entry.before else "",
                "confidence_after": entry.after.confidence.value if entry.after else "",
            }
            for layer in self.layers
            for entry in layer.entries
        ]

    def _brief(self) -> str:
        counts = (sum(len(one.entries) for one in self.layers), len(self.cut_sets), len(self.edges))
        return "roles {}, cut sets {}, edges {}".format(*counts)


def compare(
    before: nx.MultiDiGraph[str] | Model,
    after: nx.MultiDiGraph[str] | Model,
    *,
    level: LevelWord = "company",
    upto: int = 2,
    horizon: str | timedelta | float | None = "30d",
) -> Comparison:
    """Tell what appeared, vanished or changed: who does what, cut sets, edges.

    What the earlier graph knew and the later one does not know is *no longer known*, never
    *vanished*; what only the earlier one did not know is *newly known*, never *appeared*.

    Parameters
    ----------
    before, after
        Graphs that follow the schema, of one service, the earlier first.
    level, upto, horizon
        Of the cut sets, as in :func:`depgraph.takedown`.

    Returns
    -------
    Comparison
        What became of each layer, and the cut sets and edges that differ.

    Raises
    ------
    QuestionError
        If the two are not of one service, or the later one stands first.
    """
    old, new = model_of(before), model_of(after)
    subjects = sorted({str(model.about.get("subject", "")) for model in (old, new)})
    if len(subjects) > 1:
        raise QuestionError(
            f"expected two graphs of one service, found {' and '.join(subjects)}: compare those of one"
        )
    was, now = days_of(old), days_of(new)
    if all((*was, *now)) and was > now:
        raise QuestionError(
            f"expected the earlier graph first, found {was[0]} before {now[0]}: swap the two"
        )
    cuts = [
        takedown(model, level=level, upto=upto, horizon=horizon, explain=0) for model in (old, new)
    ]
    return Comparison(
        subject=subjects[0],
        since=was[0],
        until=now[1],
        complete=old.complete and new.complete,
        before=was,
        after=now,
        level=level_of(level),
        layers=layer_changes(roles(old), roles(new)),
        cut_sets=tuple(_cut_changes(*cuts)),
        edges=tuple(_edge_changes(old, new)),
    )


def days_of(model: Model) -> tuple[str, str]:
    """Return the first and last day (ISO 8601) that a graph stands for; empty if it has none."""
    told = about(model)
    return told["since"], told["until"]


def _cut_changes(old: Takedown, new: Takedown) -> Iterator[CutChange]:
    was = {one.function: one for one in old.functions}
    now = {one.function: one for one in new.functions}
    for function in dict.fromkeys((*was, *now)):
        earlier = _Cuts.of(was.get(function), complete=old.complete)
        later = _Cuts.of(now.get(function), complete=new.complete)
        for ids in dict.fromkeys((*earlier.sure, *later.sure)):
            one, other = earlier.sure.get(ids), later.sure.get(ids)
            turn = _cut_turn(ids, earlier, later)
            if turn is not Turn.SAME:
                labels = {**earlier.labels, **later.labels}
                named = tuple(labels[member] for member in ids)
                yield CutChange(turn, function, ids, named, one, other)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The cut sets of a function on one day.

    `sure` are the certain and likely ones, each with its confidence; `doubtful` those of the
    worst case; `answered` tells whether there is an answer for the function at all.
    """

    sure: Mapping[tuple[str, ...], Confidence]
    doubtful: tuple[frozenset[str], ...]
    labels: Mapping[str, str]
    answered: bool

    @classmethod
    def of(cls, cuts: FunctionCuts | None, *, complete: bool) -> _Cuts:
        """Sort the cut sets of a function; None where the graph does not have it."""
        if cuts is None:
            return cls({}, (), {}, answered=False)
        return cls(
            sure={cut.ids: cut.confidence for cut in cuts.cut_sets if not cut.worst_case},
            doubtful=tuple(frozenset(cut.ids) for cut in cuts.cut_sets if cut.worst_case),
            labels={one.id: one.label for cut in cuts.cut_sets for one in cut.members},
            answered=complete and cuts.state is not State.FAILS,
        )

    def possible(self, ids: tuple[str, ...]) -> bool:
        """Tell whether actors who are no cut set may be one: all of them, or some with others."""
        return not self.answered or any(some <= set(ids) for some in self.doubtful)


def _cut_turn(ids: tuple[str, ...], earlier: _Cuts, later: _Cuts) -> Turn:
    one, other = earlier.sure.get(ids), later.sure.get(ids)
    if one is None:
        return Turn.NEWLY_KNOWN if earlier.possible(ids) else Turn.APPEARED
    if other is None:
        return Turn.NO_LONGER_KNOWN if later.possible(ids) else Turn.VANISHED
    return Turn.SAME if one is other else Turn.CHANGED


def _edge_changes(old: Model, new: Model) -> Iterator[EdgeChange]:
    was, now = _by_name(old), _by_name(new)
    lost, unseen = _out_of_sight(old, new), _out_of_sight(new, old)
    for name in sorted({*was, *now}):
        earlier, later = was.get(name), now.get(name)
        if earlier is None and later is not None:
            turn = Turn.NEWLY_KNOWN if later.tail in unseen else Turn.APPEARED
            yield EdgeChange(turn, None, step(new, later))
        elif later is None and earlier is not None:
            turn = Turn.NO_LONGER_KNOWN if earlier.tail in lost else Turn.VANISHED
            yield EdgeChange(turn, step(old, earlier), None)
        elif earlier is not None and later is not None and _differs(earlier, later):
            yield EdgeChange(Turn.CHANGED, step(old, earlier), step(new, later))


_GROUPS: Final = frozenset(
    {Kind.ADDRESSES, Kind.NAMESERVERS, Kind.EXCHANGES, Kind.FRONT, Kind.AUTHORITIES}
)


def _out_of_sight(model: Model, other: Model) -> set[int]:
    """List the nodes of a graph whose edges the other one may lack because it does not know them.

    These are the nodes under which the other graph has something unknown or only possible,
    and all below an edge that it lacks there; all nodes, if its collection was cut short.
    """
    if not other.complete:
        return set(range(len(model.ids)))
    dim = set()
    for node, name in enumerate(model.ids):
        counterpart = other.number.get(name)
        if counterpart is not None and _unknown_under(other, counterpart):
            dim.add(node)
    stack = sorted(dim)
    while stack:
        for number in model.out[stack.pop()]:
            head = model.edges[number].head
            if head not in dim and model.ids[head] not in other.number:
                dim.add(head)
                stack.append(head)
    return dim


def _unknown_under(model: Model, node: int) -> bool:
    """Tell whether something unknown or only possible is under a node or its groups."""
    stack = [node]
    seen = {node}
    while stack:
        for number in model.out[stack.pop()]:
            edge = model.edges[number]
            if model.kind(edge.head) == Kind.UNKNOWN or edge.confidence is Confidence.POSSIBLE:
                return True
            if model.kind(edge.head) in _GROUPS and edge.head not in seen:
                seen.add(edge.head)
                stack.append(edge.head)
    return False


def _by_name(model: Model) -> dict[tuple[str, str, str], Edge]:
    """Return the edges by their ends; what is unknown neither appears nor vanishes."""
    return {
        (model.ids[edge.tail], edge.relation, model.ids[edge.head]): edge
        for edge in model.edges
        if model.kind(edge.head) != Kind.UNKNOWN
    }


def _differs(one: Edge, other: Edge) -> bool:
    words = ("evidence", "confidence", "strength", "ttl")
    return any(one.data.get(key) != other.data.get(key) for key in words)


# --- A series ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alone:
    """One who can stop a function alone, certainly or likely."""

    id: str
    label: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FunctionMoment:
    """One function on the days of one graph.

    Parameters
    ----------
    state, reason
        Whether it works with nobody withdrawn; why it is absent or undetermined.
    layers
        Who does what, as short answers show it, in the order of the layers.
    open_layers
        The layers of which not all is known, also those in which nobody is known.
    alone
        Who can stop it alone, the service itself apart.
    anyone_alone, confidence
        Whether anybody can, and how sure that is.
    """

    function: str
    state: State
    reason: str
    layers: Mapping[Layer, tuple[Role, ...]]
    open_layers: tuple[Layer, ...]
    alone: tuple[Alone, ...]
    anyone_alone: Answer
    confidence: Confidence


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
    level
        Of who can stop a function alone.
    moments
        The graphs in the order of their days.
    changes
        What changed from each to the next.
    """

    NAME: ClassVar[str] = "timeline"

    level: Level
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


def timeline(
    graphs: Sequence[nx.MultiDiGraph[str] | Model],
    *,
    level: LevelWord = "company",
    horizon: str | timedelta | float | None = "30d",
) -> Timeline:
    """Lay the graphs of one service side by side in the order of their days.

    Parameters
    ----------
    graphs
        Graphs that follow the schema, of one service.
    level, horizon
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
    models = sorted((model_of(graph) for graph in graphs), key=days_of)
    if not models:
        raise QuestionError("expected one graph or more, found none")
    changes = tuple(
        compare(old, new, level=level, upto=1, horizon=horizon) for old, new in pairwise(models)
    )
    return Timeline(
        subject=str(models[0].about.get("subject", "")),
        since=days_of(models[0])[0],
        until=days_of(models[-1])[1],
        complete=all(model.complete for model in models),
        level=level_of(level),
        moments=tuple(_moment(model, level, horizon) for model in models),
        changes=changes,
    )


def _moment(model: Model, level: LevelWord, horizon: str | timedelta | float | None) -> Moment:
    cuts = takedown(model, level=level, upto=1, horizon=horizon, explain=0)
    who = roles(model)
    since, until = days_of(model)
    return Moment(
        since=since,
        until=until,
        title=str(model.about.get("title", "")),
        complete=model.complete,
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
            layer for layer in FUNCTION_LAYERS if not who.standing(cuts.function, layer).fully_known
        ),
        alone=tuple(
            Alone(member.id, member.label, cut.confidence)
            for cut in cuts.alone_sets
            for member in cut.members
        ),
        anyone_alone=cuts.alone,
        confidence=cuts.confidence,
    )

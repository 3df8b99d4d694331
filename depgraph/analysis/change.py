"""What changed between two days, and over a series of them.

What one of the days does not know cannot have appeared or vanished
(:class:`depgraph.vocabulary.Turn`): :func:`turn_of_entry` and :func:`turn_of_layer` say so of
an actor in a layer and of a whole layer, and every text and picture takes it from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.results import Result, about, of_function
from depgraph.analysis.roles import Role, Roles, Standing, roles
from depgraph.analysis.takedown import CutSet, FunctionCuts, Takedown, takedown
from depgraph.analysis.verdicts import Answer, State
from depgraph.analysis.witness import Step, step
from depgraph.errors import QuestionError
from depgraph.vocabulary import Confidence, Kind, Layer, LevelWord, Turn

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
    layers = [layer for layer in Layer if layer.brief and layer is not Layer.INVOLVEMENT]
    pairs = [("", Layer.INVOLVEMENT), *((name, layer) for name in functions for layer in layers)]
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
    level: LevelWord
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
        level=level,
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
        earlier, later = _Cuts.of(was.get(function)), _Cuts.of(now.get(function))
        for ids in dict.fromkeys((*earlier.sure, *later.sure)):
            one, other = earlier.sure.get(ids), later.sure.get(ids)
            turn = _cut_turn(ids, earlier, later)
            if turn is not Turn.SAME:
                labels = tuple(member.label for member in (other or one or _NO_CUT).members)
                yield CutChange(turn, function, ids, labels, _sure(one), _sure(other))


def _cut_turn(ids: tuple[str, ...], earlier: _Cuts, later: _Cuts) -> Turn:
    one, other = earlier.sure.get(ids), later.sure.get(ids)
    if one is None:
        return Turn.NEWLY_KNOWN if earlier.possible(ids) else Turn.APPEARED
    if other is None:
        return Turn.NO_LONGER_KNOWN if later.possible(ids) else Turn.VANISHED
    return Turn.SAME if one.confidence is other.confidence else Turn.CHANGED

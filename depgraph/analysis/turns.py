"""One rule for what changed between two days: of an actor in a layer, and of a whole layer.

What one of the days does not know cannot have appeared or vanished
(:class:`depgraph.vocabulary.Turn`). Every text and picture takes it from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.roles import FUNCTION_LAYERS, Role, Roles, Standing
from depgraph.vocabulary import Layer, Turn


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
        the whole layer, or other names in the place of those that lead to it, else is *newly
        known*; on the earlier day only, *vanished* or *no
        longer known*. On both days *changed* if it is otherwise known (its evidence,
        confidence, or whether it is needed), else the *same*.
    """
    was, now = before.known.get(actor), after.known.get(actor)
    if was is not None and now is not None:
        return Turn.SAME if _known_as(was) == _known_as(now) else Turn.CHANGED
    if was is None:
        if actor in before.elsewhere:
            return Turn.CHANGED
        shown = before.shows(after) or before.shows_replaced(after, actor)
        return Turn.APPEARED if shown else Turn.NEWLY_KNOWN
    if actor in after.elsewhere:
        return Turn.CHANGED
    shown = after.shows(before) or after.shows_replaced(before, actor)
    return Turn.VANISHED if shown else Turn.NO_LONGER_KNOWN


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
    if was == now and before.shows(after) and after.shows(before):
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
        day = (before, after)[_HIDDEN_BY[turn]]
        hiding = day.hiding or day.unasked
    return EntryChange(turn, before.known.get(actor), after.known.get(actor), hiding)

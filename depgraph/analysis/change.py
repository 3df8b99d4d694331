"""What changed between two days, and over a series of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

import networkx as nx

from depgraph.analysis import prose
from depgraph.analysis.layers import Entry, layers
from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.shown import Shown, as_of
from depgraph.analysis.takedown import FunctionCuts, Takedown, takedown
from depgraph.analysis.verdicts import Answer, State
from depgraph.analysis.witness import Step, step
from depgraph.errors import QuestionError


class Turn(StrEnum):
    """How something differs between two graphs."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    UNKNOWN = "no-longer-known"  # it may still be so: the later graph does not know
    CHANGED = "changed"  # still there, otherwise known or of other strength


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that differs; `before` and `after` say how it was known."""

    turn: Turn
    before: Step | None
    after: Step | None

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "turn": self.turn.value,
            "before": self.before.to_dict() if self.before else None,
            "after": self.after.to_dict() if self.after else None,
        }


@dataclass(frozen=True, slots=True)
class LayerChange:
    """One who came to, or left, a layer of a function."""

    turn: Turn
    function: str
    layer: str
    entry: Entry

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "turn": self.turn.value,
            "function": self.function,
            "layer": self.layer,
            "entry": self.entry.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class CutChange:
    """A certain minimal cut set that there is only before or only after."""

    turn: Turn
    function: str
    members: tuple[str, ...]
    labels: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "turn": self.turn.value,
            "function": self.function,
            "members": list(self.members),
        }


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Shown):
    """The answer of :func:`compare`; prints as a table."""

    subject: str
    before: tuple[str, str]
    after: tuple[str, str]
    level: str
    layers: tuple[LayerChange, ...]
    cut_sets: tuple[CutChange, ...]
    edges: tuple[EdgeChange, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.layers or self.cut_sets or self.edges)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "before": list(self.before),
            "after": list(self.after),
            "level": self.level,
            "layers": [one.to_dict() for one in self.layers],
            "cut_sets": [one.to_dict() for one in self.cut_sets],
            "edges": [one.to_dict() for one in self.edges],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.compare(self, lang)


def compare(
    before: nx.MultiDiGraph[str] | Model,
    after: nx.MultiDiGraph[str] | Model,
    *,
    level: str = "company",
    upto: int = 2,
    horizon: str | timedelta | float | None = "30d",
) -> Comparison:
    """Tell what appeared, vanished or changed: who does what, cut sets, edges.

    What the earlier graph knew and the later one does not know is *no longer known*, never
    *vanished*.

    Parameters
    ----------
    before, after
        Graphs that follow the schema, of one service.
    level, upto, horizon
        Of the cut sets, as in :func:`depgraph.takedown`.

    Raises
    ------
    QuestionError
        If the two are not of one service.
    """
    models = [model_of(before), model_of(after)]
    subjects = sorted({str(model.about.get("subject", "")) for model in models})
    if len(subjects) > 1:
        raise QuestionError(
            f"expected two graphs of one service, found {' and '.join(subjects)}: compare those of one"
        )
    old, new = models
    cuts = [takedown(m, level=level, upto=upto, horizon=horizon, explain=0) for m in models]
    return Comparison(
        subject=subjects[0],
        before=as_of(old),
        after=as_of(new),
        level=level,
        layers=tuple(_layers(old, new)),
        cut_sets=tuple(_cuts(cuts[0], cuts[1])),
        edges=tuple(_edges(old, new)),
    )


def _functions(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*old, *new)))


def _layers(old: Model, new: Model) -> Iterable[LayerChange]:
    for function in _functions(old.functions, new.functions):
        was = layers(old, function) if function in old.functions else {}
        now = layers(new, function) if function in new.functions else {}
        for layer in _functions(was, now):
            earlier = {entry.id: entry for entry in was.get(layer, ())}
            later = {entry.id: entry for entry in now.get(layer, ())}
            lost_sight = any(entry.unknown for entry in later.values())
            for name, entry in earlier.items():
                if name not in later and not entry.unknown:
                    turn = Turn.UNKNOWN if lost_sight else Turn.VANISHED
                    yield LayerChange(turn, function, layer, entry)
            for name, entry in later.items():
                if name not in earlier:
                    yield LayerChange(Turn.APPEARED, function, layer, entry)
                elif earlier[name].evidence != entry.evidence:
                    yield LayerChange(Turn.CHANGED, function, layer, entry)


def _cuts(old: Takedown, new: Takedown) -> Iterable[CutChange]:
    was = {one.function: one for one in old.functions}
    now = {one.function: one for one in new.functions}
    for function in _functions(was, now):
        earlier = _certain(was.get(function))
        later = _certain(now.get(function))
        possible = _certain(now.get(function), worst=True)
        for ids, labels in earlier.items():
            if ids not in later:
                perhaps = any(set(others) <= set(ids) for others in possible)
                yield CutChange(Turn.UNKNOWN if perhaps else Turn.VANISHED, function, ids, labels)
        for ids, labels in later.items():
            if ids not in earlier:
                yield CutChange(Turn.APPEARED, function, ids, labels)


def _certain(
    cuts: FunctionCuts | None, *, worst: bool = False
) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        cut.ids: tuple(member.label for member in cut.members)
        for cut in (cuts.cut_sets if cuts else ())
        if cut.worst_case is worst
    }


def _edges(old: Model, new: Model) -> Iterable[EdgeChange]:
    was, now = _by_name(old), _by_name(new)
    dim = _out_of_sight(old, new)
    for name in sorted({*was, *now}):
        earlier, later = was.get(name), now.get(name)
        if later is None and earlier is not None:
            turn = Turn.UNKNOWN if earlier.tail in dim else Turn.VANISHED
            yield EdgeChange(turn, step(old, earlier), None)
        elif earlier is None and later is not None:
            yield EdgeChange(Turn.APPEARED, None, step(new, later))
        elif earlier is not None and later is not None and _differs(earlier, later):
            yield EdgeChange(Turn.CHANGED, step(old, earlier), step(new, later))


_GROUPS = frozenset({"addresses", "nameservers", "exchanges", "front", "authorities"})


def _out_of_sight(old: Model, new: Model) -> set[int]:
    """List the nodes of the old graph whose edges the new one may have lost from sight.

    These are the nodes under which the new graph has something unknown, and all below an
    edge that was lost there.
    """
    dim = set()
    for node, name in enumerate(old.ids):
        here = new.number.get(name)
        if here is not None and _unknown_under(new, here):
            dim.add(node)
    stack = sorted(dim)
    while stack:
        for e in old.out[stack.pop()]:
            head = old.edges[e].head
            if head not in dim and old.ids[head] not in new.number:
                dim.add(head)
                stack.append(head)
    return dim


def _unknown_under(model: Model, node: int) -> bool:
    for e in model.out[node]:
        head = model.edges[e].head
        if model.kind(head) == "unknown":
            return True
        if model.kind(head) in _GROUPS and _unknown_under(model, head):
            return True
    return False


def _by_name(model: Model) -> dict[tuple[str, str, str], Edge]:
    return {
        (model.ids[edge.tail], edge.relation, model.ids[edge.head]): edge for edge in model.edges
    }


def _differs(one: Edge, other: Edge) -> bool:
    return any(one.data.get(key) != other.data.get(key) for key in ("evidence", "strength", "ttl"))


@dataclass(frozen=True, slots=True)
class Moment:
    """One graph of a series: who does each layer, and who can stop the function alone."""

    since: str
    until: str
    title: str
    complete: bool
    functions: tuple[tuple[str, State, dict[str, tuple[Entry, ...]], tuple[str, ...], Answer], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "since": self.since,
            "until": self.until,
            "title": self.title,
            "complete": self.complete,
            "functions": [
                {
                    "function": name,
                    "state": state.value,
                    "layers": {
                        layer: [entry.to_dict() for entry in entries]
                        for layer, entries in found.items()
                    },
                    "alone": list(alone),
                    "anyone_alone": can.value,
                }
                for name, state, found, alone, can in self.functions
            ],
        }


@dataclass(frozen=True, slots=True, repr=False)
class Timeline(Shown):
    """The answer of :func:`timeline`; prints as a table with a column per graph."""

    subject: str
    level: str
    moments: tuple[Moment, ...]
    changes: tuple[Comparison, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "level": self.level,
            "moments": [moment.to_dict() for moment in self.moments],
            "changes": [change.to_dict() for change in self.changes],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.timeline(self, lang)


def timeline(
    graphs: Sequence[nx.MultiDiGraph[str] | Model],
    *,
    level: str = "company",
    horizon: str | timedelta | float | None = "30d",
) -> Timeline:
    """Lay the graphs of one service side by side in the order of their days.

    Parameters
    ----------
    graphs
        Graphs that follow the schema, of one service.
    level, horizon
        Of "who can stop it alone", as in :func:`depgraph.takedown`.

    Raises
    ------
    QuestionError
        If there is none, or they are not of one service.
    """
    models = sorted((model_of(graph) for graph in graphs), key=as_of)
    if not models:
        raise QuestionError("expected one graph or more, found none")
    changes = tuple(
        compare(old, new, level=level, upto=1, horizon=horizon) for old, new in pairwise(models)
    )
    return Timeline(
        str(models[0].about.get("subject", "")),
        level,
        tuple(_moment(model, level, horizon) for model in models),
        changes,
    )


def _moment(model: Model, level: str, horizon: str | timedelta | float | None) -> Moment:
    cuts = takedown(model, level=level, upto=1, horizon=horizon, explain=0)
    rows = []
    for one in cuts.functions:
        alone = tuple(
            member.label
            for cut in one.cut_sets
            if len(cut.members) == 1 and not cut.worst_case and not cut.own
            for member in cut.members
        )
        found = {} if one.state is State.ABSENT else layers(model, one.function)
        rows.append((one.function, one.state, found, alone, one.alone))
    since, until = as_of(model)
    return Moment(since, until, str(model.about.get("title", "")), model.complete, tuple(rows))

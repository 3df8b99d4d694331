"""What changed between two days: who does what, cut sets, what is wrong, edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final, TypeAlias

import networkx as nx

from depgraph.analysis.clients import ALL, Client, ClientsAsked
from depgraph.analysis.findings import Finding, findings
from depgraph.analysis.model import Edge, Model, level_of, model_of
from depgraph.analysis.owned import OwnerChange, owner_changes
from depgraph.analysis.results import Result, about
from depgraph.analysis.roles import roles
from depgraph.analysis.takedown import FunctionCuts, Takedown, takedown
from depgraph.analysis.turns import LayerChange, layer_changes
from depgraph.analysis.verdicts import State
from depgraph.analysis.witness import Step, step
from depgraph.errors import QuestionError
from depgraph.limits import in_order
from depgraph.parameters import checked
from depgraph.providers import load
from depgraph.vocabulary import GROUPS, Confidence, Kind, Level, LevelWord, SteeringWord, Turn


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
    clients
        For whom it stops the function; empty: for everyone.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients"})

    turn: Turn
    function: str
    members: tuple[str, ...]
    labels: tuple[str, ...]
    before: Confidence | None
    after: Confidence | None
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingChange:
    """Something that is wrong on one of the days only.

    Parameters
    ----------
    turn
        *Newly known* where the earlier day does not show that part, *no longer known* where the
        later one does not.
    finding
        What it is.
    """

    turn: Turn
    finding: Finding


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that differs.

    Parameters
    ----------
    turn
        What became of it.
    before, after
        How it was known on each day; None on the day that does not have it.
    """

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
    level, upto, horizon
        Of the cut sets: at which level, up to which size, within how many seconds.
    layers
        What became of each layer: see :func:`layer_changes`.
    cut_sets, edges
        Those that differ.
    findings
        What is wrong on one of the days only, the most urgent first.
    owners
        Who of both days belongs to somebody else on the later one, as the catalogue has it: no
        layer has changed by it.
    """

    NAME: ClassVar[str] = "compare"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"owners"})

    before: tuple[str, str]
    after: tuple[str, str]
    level: Level
    upto: int
    horizon: float
    layers: tuple[LayerChange, ...]
    cut_sets: tuple[CutChange, ...]
    findings: tuple[FindingChange, ...]
    edges: tuple[EdgeChange, ...]
    owners: tuple[OwnerChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any change to tell."""
        actors = any(one.entries for one in self.layers)
        return bool(actors or self.cut_sets or self.findings or self.edges)

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
        entries = sum(len(one.entries) for one in self.layers)
        counts = (entries, *map(len, (self.cut_sets, self.findings, self.edges)))
        return "roles {}, cut sets {}, findings {}, edges {}".format(*counts)


@checked()
def compare(
    before: nx.MultiDiGraph[str] | Model,
    after: nx.MultiDiGraph[str] | Model,
    *,
    level: LevelWord = "company",
    upto: int = 2,
    horizon: str | timedelta | float | None = "30d",
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Comparison:
    """Tell what appeared, vanished or changed: who does what, cut sets, what is wrong, edges.

    What the earlier graph knew and the later one does not know is *no longer known*, never
    *vanished*; what only the earlier one did not know is *newly known*, never *appeared*.

    Parameters
    ----------
    before, after
        Graphs that follow the schema, of one service, the earlier first.
    level, upto, horizon, clients, steering
        Of the cut sets, as in :func:`depgraph.takedown`.

    Returns
    -------
    Comparison
        What became of each layer, and the cut sets, findings and edges that differ.

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
        takedown(
            model,
            level=level,
            upto=upto,
            horizon=horizon,
            explain=0,
            clients=clients,
            steering=steering,
        )
        for model in (old, new)
    ]
    return Comparison(
        subject=subjects[0],
        since=was[0],
        until=now[1],
        complete=not (old.limits or new.limits),
        limits=in_order((*old.limits, *new.limits)),
        before=was,
        after=now,
        level=level_of(level),
        upto=upto,
        horizon=cuts[0].horizon,
        layers=layer_changes(roles(old), roles(new)),
        cut_sets=tuple(_cut_changes(*cuts)),
        findings=tuple(_finding_changes(old, new)),
        edges=tuple(_edge_changes(old, new)),
        owners=tuple(owner_changes(old, new, load())),
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
        for key in dict.fromkeys((*earlier.sure, *later.sure)):
            one, other = earlier.sure.get(key), later.sure.get(key)
            turn = _cut_turn(key, earlier, later)
            if turn is not Turn.SAME:
                ids, clients = key
                labels = {**earlier.labels, **later.labels}
                named = tuple(labels[member] for member in ids)
                yield CutChange(turn, function, ids, named, one, other, clients)


_Key: TypeAlias = tuple[tuple[str, ...], tuple[Client, ...]]
"""A cut set on any day: its members, and whom it stops the function for."""


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The cut sets of a function on one day.

    `sure` are the certain and likely ones, each with its confidence; `doubtful` those of the
    worst case; `answered` tells whether there is an answer for the function at all.
    """

    sure: Mapping[_Key, Confidence]
    doubtful: tuple[frozenset[str], ...]
    labels: Mapping[str, str]
    answered: bool

    @classmethod
    def of(cls, cuts: FunctionCuts | None, *, complete: bool) -> _Cuts:
        """Sort the cut sets of a function; None where the graph does not have it."""
        if cuts is None:
            return cls({}, (), {}, answered=False)
        return cls(
            sure={
                (cut.ids, cut.clients): cut.confidence
                for cut in reversed(cuts.cut_sets)  # one that stands twice: where it is surest
                if not cut.worst_case
            },
            doubtful=tuple(frozenset(cut.ids) for cut in cuts.cut_sets if cut.worst_case),
            labels={one.id: one.label for cut in cuts.cut_sets for one in cut.members},
            answered=complete and cuts.state is not State.FAILS,
        )

    def possible(self, key: _Key) -> bool:
        """Tell whether actors who are no cut set may be one: all of them, or some with others."""
        return not self.answered or any(some <= set(key[0]) for some in self.doubtful)

    def covers(self, key: _Key, confidence: Confidence) -> bool:
        """Tell whether these actors, or some of them, can do it as surely, for as many or more."""
        members, clients = key
        return any(
            (some, whom) != key
            and set(some) <= set(members)
            and whom in {clients, ()}
            and sure.rank <= confidence.rank
            for (some, whom), sure in self.sure.items()
        )


def _cut_turn(key: _Key, earlier: _Cuts, later: _Cuts) -> Turn:
    """Return what became of a cut set; one that is only not minimal any more is what it was."""
    one, other = earlier.sure.get(key), later.sure.get(key)
    if one is None and other is not None and earlier.covers(key, other):
        return Turn.SAME
    if other is None and one is not None and later.covers(key, one):
        return Turn.SAME
    if one is None:
        return Turn.NEWLY_KNOWN if earlier.possible(key) else Turn.APPEARED
    if other is None:
        return Turn.NO_LONGER_KNOWN if later.possible(key) else Turn.VANISHED
    return Turn.SAME if one is other else Turn.CHANGED


def _finding_changes(old: Model, new: Model) -> Iterator[FindingChange]:
    was, now = ({_meaning(one): one for one in findings(model).findings} for model in (old, new))
    for key, finding in now.items():
        if key not in was:
            seen = _is_shown(finding, new, old)
            yield FindingChange(Turn.APPEARED if seen else Turn.NEWLY_KNOWN, finding)
    for key, finding in was.items():
        if key not in now:
            seen = _is_shown(finding, old, new)
            yield FindingChange(Turn.VANISHED if seen else Turn.NO_LONGER_KNOWN, finding)


def _meaning(one: Finding) -> tuple[object, ...]:
    return (one.id, one.reason, one.clients)


def _is_shown(finding: Finding, model: Model, other: Model) -> bool:
    """Tell whether the other day would show a finding of one, if it were so: all there is known."""
    node = model.number[finding.id]
    about = [node]
    if model.kind(node) == Kind.UNKNOWN:  # what is not known is so of what needs it
        about = [model.edges[number].tail for number in model.into[node]]
    counterparts = [other.number.get(model.ids[one]) for one in about]
    return other.complete and all(
        one is not None and not _unknown_under(other, one) for one in counterparts
    )


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


_GROUPS: Final = GROUPS | {Kind.FRONT}


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

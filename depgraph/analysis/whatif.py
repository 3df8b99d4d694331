"""What if: which functions still work when some actors withdraw, and through what."""

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
from depgraph.analysis.evaluate import states
from depgraph.analysis.levers import Onset, observed, onset, seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.shown import Shown, as_of, of_function
from depgraph.analysis.takedown import UnknownPart, unknown_part
from depgraph.analysis.verdicts import State
from depgraph.analysis.witness import Step, prove, step
from depgraph.providers.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes of the alternatives of one node that needs any of them.

    Parameters
    ----------
    label, kind
        The node: the name servers of a zone, the addresses of a host.
    left, lost
        Labels of the alternatives that work and that fail.
    """

    label: str
    kind: str
    left: tuple[str, ...]
    lost: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "of": self.label,
            "kind": self.kind,
            "left": list(self.left),
            "lost": list(self.lost),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one function.

    Parameters
    ----------
    state, reason
        Whether it still works; of an absent or undetermined one why.
    alternatives
        Where something was lost: what is left, on the way of this function.
    seconds, onset
        When it stops (or, undetermined, would stop).
    steps
        Why it fails, or may fail.
    unknown
        Unknown parts on which the answer hangs.
    already
        Whether it does not work as recorded, with nobody withdrawn.
    """

    function: str
    state: State
    reason: str = ""
    alternatives: tuple[Group, ...] = ()
    seconds: float | None = None
    onset: Onset | None = None
    steps: tuple[Step, ...] = ()
    unknown: tuple[UnknownPart, ...] = ()
    already: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "already": self.already,
            "state": self.state.value,
            "reason": self.reason,
            "alternatives": [group.to_dict() for group in self.alternatives],
            "seconds": self.seconds,
            "onset": self.onset.value if self.onset else None,
            "witness": [one.to_dict() for one in self.steps],
            "unknown": [part.to_dict() for part in self.unknown],
        }


@dataclass(frozen=True, slots=True, repr=False)
class Without(Shown):
    """The answer of :func:`without`; prints as a table."""

    subject: str
    since: str
    until: str
    actors: str
    withdrawn: tuple[str, ...]
    absent: tuple[str, ...]
    definition: str
    source: str
    horizon: float
    complete: bool
    functions: tuple[Outcome, ...]

    def __getitem__(self, function: str) -> Outcome:
        return of_function(self.functions, function)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "actors": self.actors,
            "withdrawn": list(self.withdrawn),
            "absent": list(self.absent),
            "definition": self.definition,
            "source": self.source,
            "horizon": self.horizon if self.horizon < inf else None,
            "complete": self.complete,
            "functions": [one.to_dict() for one in self.functions],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.without(self, lang)


def without(
    graph: nx.MultiDiGraph[str] | Model,
    actors: str | Path | Iterable[str | Path],
    *,
    horizon: str | timedelta | float | None = "30d",
    catalogue: Catalogue | None = None,
    ranges: Ranges | None = None,
) -> Without:
    """Tell what still works if some actors withdraw together.

    The same rule and the same compiled graph as :func:`depgraph.takedown`: a function fails
    without a set of actors exactly if one of its certain cut sets lies in the set.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    actors
        One or several: see :func:`depgraph.analysis.actors.select` for what may be named.
    horizon
        Levers that work later do not count.
    catalogue, ranges
        Groups and names, and what clouds publish of their regions.

    Raises
    ------
    QuestionError
        If an actor means nothing here.
    """
    model = model_of(graph)
    chosen = select(model, actors, catalogue=catalogue, ranges=ranges)
    seconds = seconds_of(horizon)
    unknown, _ = unknown_to(model, chosen)
    after = states(model, chosen.nodes, unknown, seconds)
    since, until = as_of(model)
    return Without(
        subject=str(model.about.get("subject", "")),
        since=since,
        until=until,
        actors=chosen.label,
        withdrawn=tuple(sorted(model.ids[node] for node in chosen.nodes)),
        absent=chosen.absent,
        definition=chosen.definition,
        source=chosen.source,
        horizon=seconds,
        complete=model.complete,
        functions=tuple(
            _outcome(model, name, state, (chosen, unknown), seconds)
            for name, state in after.items()
        ),
    )


def _outcome(
    model: Model,
    name: str,
    state: State,
    withdrawn: tuple[Selection, tuple[int, ...]],
    horizon: float,
) -> Outcome:
    node = model.functions[name]
    reason = str(model.nodes[node].get("reason", ""))
    if state is State.ABSENT:
        return Outcome(name, state, reason)
    chosen, unknown = withdrawn
    vectors = dict.fromkeys(unknown, 0b10) | dict.fromkeys(chosen.nodes, 0b11)
    value = model.circuit(horizon).failing(vectors, 0b111)  # bit 2: nobody is withdrawn
    alternatives = _alternatives(model, node, value)
    if not value[node]:
        return Outcome(name, state, reason, alternatives)
    gone = set(chosen.nodes) if value[node] & 1 else {*chosen.nodes, *unknown}
    already = bool(value[node] & 0b100)
    if already:
        reason = reason or model.held_for(node)
    proof = prove(model, node, gone, horizon)
    hidden = sorted({edge.head for edge in proof.edges} & set(unknown) - chosen.nodes)
    return Outcome(
        function=name,
        state=state,
        reason=reason,
        alternatives=alternatives,
        seconds=observed(proof.seconds),
        onset=onset(proof.seconds),
        steps=tuple(step(model, edge) for edge in proof.edges),
        unknown=tuple(unknown_part(model, one) for one in hidden),
        already=already,
    )


def _alternatives(model: Model, root: int, value: list[int]) -> tuple[Group, ...]:
    """List the nodes with alternatives on the way of a function that lost some of them."""
    found = []
    stack = [root]
    seen = {root}
    while stack:
        node = stack.pop()
        edges = model.needs(node)
        if model.nodes[node].get("needs") == "any":
            left = tuple(model.label(edge.head) for edge in edges if not value[edge.head] & 1)
            lost = tuple(model.label(edge.head) for edge in edges if value[edge.head] & 1)
            if lost:
                found.append(Group(model.label(node), model.kind(node), left, lost))
        for edge in reversed(edges):
            if edge.head not in seen:
                seen.add(edge.head)
                stack.append(edge.head)
    return tuple(found)

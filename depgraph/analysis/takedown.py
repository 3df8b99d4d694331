"""Who can take it down: the minimal cut sets of each function.

A *minimal cut set* is a set of actors whose withdrawal makes the function fail, none of
whom can be left out (Vesely et al., "Fault tree handbook", NUREG-0492, 1981). One of size 1
is a *single point of failure*; Ramasubramanian & Sirer (IMC 2005) call them bottlenecks and
Kashaf, Sekar & Agarwal (IMC 2020) critical dependencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import networkx as nx

from depgraph.analysis import prose
from depgraph.analysis.circuit import Game
from depgraph.analysis.cutsets import Found, every, members, up_to
from depgraph.analysis.evaluate import states
from depgraph.analysis.levers import Lever, Onset, lever_of_kind, observed, onset, seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.shown import Shown, as_of, of_function
from depgraph.analysis.verdicts import Answer, State, weakest
from depgraph.analysis.witness import Proof, Step, prove, step
from depgraph.errors import QuestionError

BUDGET = 400_000
LISTED = 10_000
EXPLAINED = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One actor of a cut set.

    Parameters
    ----------
    id, label, kind
        The node of the graph.
    levers
        What it does, each with the node where it does so (``"stop-dns"``, label).
    evidence
        Of the edges that say it could, the weakest class.
    own
        Whether it is the service itself.
    """

    id: str
    label: str
    kind: str
    levers: tuple[tuple[Lever, str], ...]
    evidence: str
    own: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "id": self.id,
            "label": self.label,
            "levers": [{"lever": lever.value, "where": where} for lever, where in self.levers],
            "evidence": self.evidence,
            "self": self.own,
        }


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """An unknown node on which an answer hangs."""

    id: str
    label: str
    reason: str
    last_known: str = ""
    last_known_time: str = ""
    last_known_evidence: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        row = {"id": self.id, "reason": self.reason}
        if self.last_known:
            row |= {"last_known": self.last_known, "last_known_time": self.last_known_time}
            row |= {"last_known_evidence": self.last_known_evidence}
        return row


@dataclass(frozen=True, slots=True)
class CutSet:
    """Actors that together stop a function, none of whom can be left out.

    Parameters
    ----------
    members
        Empty where somebody unknown may do it alone.
    worst_case
        It holds only if the `unknown` parts act with the members.
    seconds, onset
        When the function stops after all have acted, and the word for it. No seconds where
        a TTL decides that nobody observed; neither where the set was listed but not
        explained (see :func:`takedown`).
    steps
        The witness: edges from the function down to the members, with their evidence.
    """

    function: str
    members: tuple[Member, ...]
    worst_case: bool
    unknown: tuple[UnknownPart, ...] = ()
    seconds: float | None = None
    onset: Onset | None = None
    steps: tuple[Step, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Node ids of the members."""
        return tuple(member.id for member in self.members)

    @property
    def own(self) -> bool:
        """Whether the service itself is needed for it."""
        return any(member.own for member in self.members)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "members": [member.to_dict() for member in self.members],
            "worst_case": self.worst_case,
            "unknown": [part.to_dict() for part in self.unknown],
            "onset": self.onset.value if self.onset else None,
            "seconds": self.seconds,
            "self": self.own,
            "witness": [one.to_dict() for one in self.steps],
        }


@dataclass(frozen=True, slots=True)
class FunctionCuts:
    """The minimal cut sets of one function.

    Parameters
    ----------
    state
        Of the function if nobody is withdrawn; undetermined if it hangs on what is unknown.
    reason
        Why it is absent or undetermined, as the graph says.
    cut_sets
        In order of size, certain ones before those of the worst case.
    complete_to
        Every cut set up to this size is listed; None: all there are.
    counts
        How many certain ones there are of size 0, 1, 2, ... where known.
    complete
        Whether the collection came to its end; if not, no cut set is certain.
    """

    function: str
    state: State
    reason: str
    cut_sets: tuple[CutSet, ...]
    complete_to: int | None
    counts: tuple[int, ...] | None = None
    complete: bool = True

    @property
    def alone(self) -> Answer:
        """Whether somebody other than the service itself can take it down alone."""
        others = [cut for cut in self.cut_sets if not cut.own]
        if any(len(cut.members) == 1 and not cut.worst_case for cut in others):
            return Answer.YES
        if (
            self.state is State.FAILS
            or not self.complete
            or any(len(cut.members) < 2 and cut.worst_case for cut in others)
        ):
            return Answer.UNDETERMINED
        return Answer.NO

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "state": self.state.value,
            "reason": self.reason,
            "alone": self.alone.value,
            "complete_to": self.complete_to,
            "counts": None if self.counts is None else list(self.counts),
            "cut_sets": [cut.to_dict() for cut in self.cut_sets],
        }


@dataclass(frozen=True, slots=True, repr=False)
class Takedown(Shown):
    """The answer of :func:`takedown`; prints as a table."""

    subject: str
    since: str
    until: str
    level: str
    upto: int | None
    horizon: float
    complete: bool
    functions: tuple[FunctionCuts, ...]

    def __getitem__(self, function: str) -> FunctionCuts:
        return of_function(self.functions, function)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "level": self.level,
            "upto": self.upto,
            "horizon": self.horizon if self.horizon < float("inf") else None,
            "complete": self.complete,
            "functions": [one.to_dict() for one in self.functions],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.takedown(self, lang)


def takedown(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    level: str = "company",
    upto: int | None = 3,
    horizon: str | timedelta | float | None = "30d",
    limit: int = LISTED,
    explain: int = EXPLAINED,
) -> Takedown:
    """Find who can take each function down, alone or together.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    level
        ``provider``, ``company``, ``country``, ``asn``, ``prefix``, ``address`` or
        ``nameserver``. A company is the one at the top of its parents, so that two brands
        of one parent count as one; all companies under one law act together.
    upto
        Size of the largest cut sets looked for; None for all sizes.
    horizon
        Levers that work later (``"30d"``, ``"12h"``, seconds, None) do not count.
    limit
        Most cut sets listed per function when all are asked for; they come in order of
        size, and `complete_to` and `counts` say where the list stops.
    explain
        For the first of each function, this many, the witness and the onset are given.

    Raises
    ------
    QuestionError
        If there is no such level, or `upto` is not positive.

    Notes
    -----
    Exact. What is unknown never acts in the best case; in the worst it acts with the set:
    cut sets that exist only then have `worst_case` set.
    """
    if upto is not None and upto < 1:
        raise QuestionError(f"expected upto to be 1 or more, or None for all, found {upto}")
    model = model_of(graph)
    seconds = seconds_of(horizon)
    unknown = model.unknown(level)
    best = model.game(level, seconds)
    worst = model.game(level, seconds, dead=unknown) if unknown else best
    certainly = _solve(best, upto, limit)
    possibly: Sequence[Found | None] = [None] * len(certainly)
    if unknown:
        possibly = _solve(worst, upto, limit)
    recorded = states(model, (), model.unknown("provider"), seconds)
    writer = _Writer(model, unknown, seconds, explain, recorded)
    functions = []
    for name, certain, possible in zip(model.functions, certainly, possibly, strict=True):
        sets = [(_nodes(best.players, mask), False) for mask in certain.sets]
        if possible is not None:
            known = {nodes for nodes, _ in sets}
            more = [_nodes(worst.players, mask) for mask in possible.sets]
            sets += [(nodes, True) for nodes in more if nodes not in known]
        sets.sort(key=lambda row: (len(row[0]), row[1], row[0]))
        functions.append(writer.function(name, sets, certain, possible))
    since, until = as_of(model)
    subject = str(model.about.get("subject", ""))
    return Takedown(subject, since, until, level, upto, seconds, model.complete, tuple(functions))


def _solve(game: Game, upto: int | None, limit: int) -> Sequence[Found]:
    if upto is not None:
        return up_to(game, upto)
    return [every(game, root, budget=BUDGET, limit=limit) for root in range(len(game.roots))]


def _nodes(players: Sequence[int], mask: int) -> tuple[int, ...]:
    return tuple(players[slot] for slot in members(mask))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the sets found into cut sets with their witnesses."""

    model: Model
    unknown: tuple[int, ...]
    horizon: float
    explain: int
    states: Mapping[str, State]

    def function(
        self,
        name: str,
        sets: Sequence[tuple[tuple[int, ...], bool]],
        certain: Found,
        possible: Found | None,
    ) -> FunctionCuts:
        attributes = self.model.nodes[self.model.functions[name]]
        reason = str(attributes.get("reason", ""))
        if attributes.get("absent"):
            return FunctionCuts(name, State.ABSENT, reason, (), None)
        if certain.sets == (0,):
            held = self.model.held_for(self.model.functions[name])
            return FunctionCuts(name, State.FAILS, reason or held, (), None)
        ends = [part.complete_to for part in (certain, possible) if part is not None]
        limits = [end for end in ends if end is not None]
        return FunctionCuts(
            function=name,
            state=self.states[name],
            reason=reason,
            cut_sets=tuple(
                self.cut(name, nodes, worst=worst, explained=place < self.explain)
                for place, (nodes, worst) in enumerate(sets)
            ),
            complete_to=min(limits) if limits else None,
            counts=certain.counts,
            complete=self.model.complete,
        )

    def cut(self, name: str, nodes: tuple[int, ...], *, worst: bool, explained: bool) -> CutSet:
        model = self.model
        if not explained:
            members = tuple(_member(model, node, ()) for node in nodes)
            return CutSet(name, members, worst or not model.complete)
        unknown = self.unknown if worst else ()
        proof = prove(model, model.functions[name], {*nodes, *unknown}, self.horizon)
        through = proof.controlled(model)
        hidden = sorted({edge.head for edge in proof.edges} & set(unknown))
        return CutSet(
            function=name,
            members=tuple(_member(model, actor, through.get(actor, ())) for actor in nodes),
            worst_case=worst or not model.complete,
            unknown=tuple(unknown_part(model, one) for one in hidden),
            seconds=observed(proof.seconds),
            onset=onset(proof.seconds),
            steps=steps_of(model, proof),
        )


def steps_of(model: Model, proof: Proof) -> tuple[Step, ...]:
    """Write the edges of a proof as steps."""
    return tuple(step(model, edge) for edge in proof.edges)


def _member(model: Model, node: int, through: Sequence[tuple[Lever, Any]]) -> Member:
    levers = dict.fromkeys((lever, model.label(edge.tail)) for lever, edge in through)
    if not levers and model.kind(node) not in {"provider", "company", "country"}:
        levers = dict.fromkeys([(lever_of_kind(model.kind(node)), model.label(node))])
    return Member(
        id=model.ids[node],
        label=model.label(node),
        kind=model.kind(node),
        levers=tuple(levers),
        evidence=weakest([str(edge.data.get("evidence", "unknown")) for _, edge in through]),
        own=model.own(node),
    )


def unknown_part(model: Model, node: int) -> UnknownPart:
    """Describe an unknown node."""
    data = model.nodes[node]
    return UnknownPart(
        id=model.ids[node],
        label=model.label(node),
        reason=str(data.get("reason", "")),
        last_known=str(data.get("last_known", "")),
        last_known_time=str(data.get("last_known_time", "")),
        last_known_evidence=str(data.get("last_known_evidence", "")),
    )

"""Who can take it down: the minimal cut sets of each function.

A *minimal cut set* is a set of actors whose withdrawal makes the function fail, none of
whom can be left out (Vesely et al., "Fault tree handbook", NUREG-0492, 1981). One of size 1
is a *single point of failure*; Ramasubramanian & Sirer (IMC 2005) call them bottlenecks and
Kashaf, Sekar & Agarwal (IMC 2020) critical dependencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.circuit import Game
from depgraph.analysis.cutsets import Found, every, members, singles, up_to
from depgraph.analysis.evaluate import recorded
from depgraph.analysis.levers import observed, onset, seconds_of
from depgraph.analysis.model import Case, Model, level_of, model_of
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import Answer, State, surest
from depgraph.analysis.witness import Proof, Step, prove, step, weakest_of
from depgraph.parameters import checked
from depgraph.vocabulary import (
    KINDS,
    PARTIES,
    Confidence,
    Evidence,
    Kind,
    Level,
    LevelWord,
    Lever,
    Onset,
)

BUDGET: Final = 400_000
LISTED: Final = 10_000
EXPLAINED: Final = 200


@dataclass(frozen=True, slots=True)
class Pull:
    """One lever.

    Parameters
    ----------
    lever, where
        What its owner does, and the label of the node where it does it.
    """

    lever: Lever
    where: str


@dataclass(frozen=True, slots=True)
class Member:
    """One actor of a cut set.

    Parameters
    ----------
    id, label
        The node of the graph.
    levers
        What it does, and where.
    evidence
        Of the edges that say it could, the weakest class; None where they were not examined
        (see `explain` of :func:`takedown`).
    unverified
        Whether one of those edges rests on a row of the catalogue that is not confirmed.
    own
        Whether it is the service itself.
    """

    id: str
    label: str
    levers: tuple[Pull, ...]
    evidence: Evidence | None
    unverified: bool
    own: bool = field(metadata=renamed("self"))


@dataclass(frozen=True, slots=True)
class CutSet:
    """Actors that together stop a function, none of whom can be left out.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    members
        Empty where somebody unknown may do it alone.
    confidence
        That of the surest steps by which they can: *certain* and *likely* ones stop the
        function, *possible* ones may.
    worst_case
        Whether it holds only if the `unknown` parts act with the members, or are what an
        unsure step says.
    unknown
        The unknown parts and unsure steps that it hangs on.
    seconds, onset
        When the function stops after all have acted, and the word for it. No seconds where
        a TTL decides that nobody observed; neither where the set was listed but not
        examined.
    evidence
        The weakest class of evidence in the witness; None where it was not examined.
    steps
        The witness: edges from the function down to the members, with their evidence.
    """

    DERIVED: ClassVar[Mapping[str, str]] = {"own": "self", "unverified": "unverified"}

    function: str
    members: tuple[Member, ...]
    confidence: Confidence
    worst_case: bool
    unknown: tuple[UnknownPart, ...] = ()
    seconds: float | None = None
    onset: Onset | None = None
    evidence: Evidence | None = None
    steps: tuple[Step, ...] = field(default=(), metadata=renamed("witness"))

    @property
    def ids(self) -> tuple[str, ...]:
        """Node ids of the members."""
        return tuple(member.id for member in self.members)

    @property
    def own(self) -> bool:
        """Whether the service itself is needed for it."""
        return any(member.own for member in self.members)

    @property
    def unverified(self) -> bool:
        """Whether a step of the witness rests on a row of the catalogue that is not confirmed."""
        return any(step.unverified for step in self.steps)


@dataclass(frozen=True, slots=True)
class FunctionCuts:
    """The minimal cut sets of one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state
        Of the function if nobody is withdrawn; undetermined if it hangs on what is unknown.
    reason
        Why it is absent or undetermined, as the graph says.
    cut_sets
        In order of size; those that are surer before the others.
    alone, confidence
        Whether somebody other than the service itself can take it down alone, and how sure
        that answer is.
    complete_to
        Every cut set up to this size is listed; None: all there are.
    counts
        How many certain ones there are of size 0, 1, 2, ... where known.
    """

    function: str
    state: State
    reason: str
    cut_sets: tuple[CutSet, ...]
    alone: Answer
    confidence: Confidence
    complete_to: int | None
    counts: tuple[int, ...] | None = None

    @property
    def alone_sets(self) -> tuple[CutSet, ...]:
        """The cut sets of one member, not the service itself, that are certain or likely."""
        return tuple(
            cut
            for cut in self.cut_sets
            if len(cut.members) == 1 and not cut.worst_case and not cut.own
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class Takedown(Result):
    """The answer of :func:`takedown`.

    Parameters
    ----------
    level, upto, horizon
        As asked: at which level, up to which size (None: all), within how many seconds.
    functions
        One part each.
    """

    NAME = "takedown"

    level: Level
    upto: int | None
    horizon: float
    functions: tuple[FunctionCuts, ...]

    def __getitem__(self, function: str) -> FunctionCuts:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per cut set."""
        return [
            {
                "function": one.function,
                "members": ", ".join(member.label for member in cut.members),
                "size": len(cut.members),
                "confidence": cut.confidence.value,
                "worst_case": cut.worst_case,
                "self": cut.own,
                "onset": cut.onset.value if cut.onset else None,
                "seconds": cut.seconds,
                "evidence": cut.evidence.value if cut.evidence else None,
            }
            for one in self.functions
            for cut in one.cut_sets
        ]

    def _brief(self) -> str:
        alone = ", ".join(f"{one.function}: {one.alone.value}" for one in self.functions)
        return f"anyone alone? {alone}"


@checked()
def takedown(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    level: LevelWord = "company",
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

    Returns
    -------
    Takedown

    Raises
    ------
    QuestionError
        If there is no such level, or `upto` is not positive.
    GraphError
        If the graph does not follow the schema.

    Notes
    -----
    Exact. An answer at a confidence is the three-valued answer of the graph in which every
    step that is less sure is unknown; what is unknown never acts in the best case, and acts
    with the set in the worst. So a *certain* cut set rests on certain steps alone, a *likely*
    one on likely steps too. Sets that exist only with merely *possible* steps, or if
    somebody unknown acts, have `worst_case` set.
    """
    model = model_of(graph)
    search = _Search(model, level_of(level), seconds_of(horizon), upto, limit)
    writer = _Writer(search, recorded(model, search.horizon), explain)
    return Takedown(
        **about(model),
        level=search.level,
        upto=upto,
        horizon=search.horizon,
        functions=tuple(writer.function(place, name) for place, name in enumerate(model.functions)),
    )


class _Search:
    """The games of one question, each solved once: best and worst case, at each confidence."""

    def __init__(
        self, model: Model, level: Level, horizon: float, upto: int | None, limit: int
    ) -> None:
        self.model = model
        self.level = level
        self.horizon = horizon
        self.upto = upto
        self._limit = limit
        self.unknown = model.unknown(level)
        self._games: dict[tuple[Case, bool], Game] = {}
        self._solved: dict[tuple[Case, bool], Sequence[Found]] = {}

    def case(self, confidence: Confidence, *, worst: bool) -> Case:
        levels = [self.level] if worst else []
        return self.model.case(self.horizon, confidence, worst=levels)

    def game(self, confidence: Confidence, *, worst: bool) -> Game:
        key = self._key(confidence, worst=worst)
        if key not in self._games:
            case, hidden = key
            self._games[key] = self.model.game(self.level, case, hidden=hidden)
        return self._games[key]

    def solve(self, confidence: Confidence, *, worst: bool) -> Sequence[Found]:
        """Return the minimal cut sets of each function."""
        key = self._key(confidence, worst=worst)
        if key not in self._solved:
            game = self.game(confidence, worst=worst)
            if self.upto is not None:
                self._solved[key] = up_to(game, self.upto)
            else:
                roots = range(len(game.roots))
                self._solved[key] = [
                    every(game, root, budget=BUDGET, limit=self._limit) for root in roots
                ]
        return self._solved[key]

    def _key(self, confidence: Confidence, *, worst: bool) -> tuple[Case, bool]:
        """Return what tells a game apart; without anything unknown best and worst are one."""
        return self.case(confidence, worst=worst), worst and bool(self.unknown)

    def alone(self, place: int, confidence: Confidence) -> Answer:
        """Tell whether somebody, the service itself apart, stops a function alone."""
        if not self.model.complete:
            return Answer.UNDETERMINED
        certain = self.game(confidence, worst=False)
        possible = self.game(confidence, worst=True)
        if certain.failing([0] * len(certain.players), 1)[place]:
            return Answer.UNDETERMINED  # it fails as recorded, and nobody is to blame
        if self._others(certain, place):
            return Answer.YES
        if possible.failing([0] * len(possible.players), 1)[place]:
            return Answer.UNDETERMINED
        return Answer.UNDETERMINED if self._others(possible, place) else Answer.NO

    def _others(self, game: Game, place: int) -> bool:
        alone = members(singles(game)[place])
        return any(not self.model.own(game.players[player]) for player in alone)


@dataclass(frozen=True, slots=True)
class _Set:
    """One minimal cut set by its nodes, how sure it is, and whether the unknown must act."""

    nodes: tuple[int, ...]
    confidence: Confidence
    worst: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the sets found into cut sets with their witnesses."""

    search: _Search
    states: Mapping[str, State]
    explain: int

    def function(self, place: int, name: str) -> FunctionCuts:
        model, search = self.search.model, self.search
        node = model.functions[name]
        reason = str(model.nodes[node].get("reason", ""))
        state = self.states[name]
        if state is State.ABSENT:
            return FunctionCuts(name, state, reason, (), Answer.NO, Confidence.CERTAIN, None)
        if state is State.FAILS:
            reason = reason or model.held_for(node)
            answer = Answer.UNDETERMINED
            return FunctionCuts(name, state, reason, (), answer, Confidence.POSSIBLE, None)
        alone, confidence = surest(lambda asked: search.alone(place, asked))
        sets, ends = self._sets(place)
        return FunctionCuts(
            function=name,
            state=state,
            reason=reason,
            cut_sets=tuple(
                self.cut(name, one, explained=number < self.explain)
                for number, one in enumerate(sets)
            ),
            alone=alone,
            confidence=confidence,
            complete_to=min(ends) if ends else None,
            counts=search.solve(Confidence.CERTAIN, worst=False)[place].counts,
        )

    def _sets(self, place: int) -> tuple[list[_Set], list[int]]:
        """List the cut sets of a function, each where it is surest, and where the lists end."""
        search = self.search
        asked = [(confidence, False) for confidence in Confidence]
        asked.append((Confidence.LIKELY, True))
        sets: dict[tuple[int, ...], _Set] = {}
        ends = []
        for confidence, hidden in asked:
            found = search.solve(confidence, worst=hidden)[place]
            if found.complete_to is not None:
                ends.append(found.complete_to)
            game = search.game(confidence, worst=hidden)
            sure = Confidence.POSSIBLE if hidden else confidence
            worst = sure is Confidence.POSSIBLE or not search.model.complete
            for mask in found.sets:
                nodes = tuple(game.players[slot] for slot in members(mask))
                sets.setdefault(nodes, _Set(nodes, sure, worst, hidden))
        ordered = sorted(
            sets.values(),
            key=lambda one: (len(one.nodes), one.worst, one.confidence.rank, one.nodes),
        )
        return ordered, ends

    def cut(self, name: str, one: _Set, *, explained: bool) -> CutSet:
        model = self.search.model
        sure = one.confidence if model.complete else Confidence.POSSIBLE
        if not explained:
            plain = tuple(self._member(node, (), None) for node in one.nodes)
            return CutSet(name, plain, sure, one.worst)
        confidence = Confidence.LIKELY if one.hidden else one.confidence
        case = self.search.case(confidence, worst=one.hidden)
        unknown = set(self.search.unknown) if one.hidden else set()
        proof = prove(model, model.functions[name], {*one.nodes, *unknown}, case)
        hidden = {edge.head for edge in proof.edges} & unknown
        unsure = list(proof.unsure)
        if one.worst and not one.hidden:  # what it says is only possible
            unsure += [edge for edge in proof.edges if edge.unsure(Confidence.LIKELY)]
        steps = steps_of(model, proof)
        return CutSet(
            function=name,
            members=tuple(self._examined(node, proof) for node in one.nodes),
            confidence=sure,
            worst_case=one.worst,
            unknown=unknown_parts(model, hidden, unsure),
            seconds=observed(proof.seconds),
            onset=onset(proof.seconds),
            evidence=weakest_of(steps),
            steps=steps,
        )

    def _examined(self, node: int, proof: Proof) -> Member:
        """Return a member with its levers, and the evidence of the edges that say it has them."""
        model = self.search.model
        pulls = proof.controlled(model).get(node, [])
        if model.kind(node) in PARTIES:
            edges = [edge for _, way in pulls for edge in way]
            levers = [Pull(lever, model.label(way[0].tail)) for lever, way in pulls]
        else:
            edges = proof.into(node)
            levers = []
        return self._member(node, levers, [step(model, edge) for edge in edges])

    def _member(
        self, node: int, levers: Sequence[Pull], steps: Sequence[Step] | None = None
    ) -> Member:
        model = self.search.model
        controlled = KINDS[Kind(model.kind(node))].controlled
        if not levers and controlled is not None:
            levers = [Pull(controlled, model.label(node))]
        return Member(
            id=model.ids[node],
            label=model.label(node),
            levers=tuple(dict.fromkeys(levers)),
            evidence=None if steps is None else weakest_of(steps),
            unverified=any(one.unverified for one in steps or ()),
            own=model.own(node),
        )


def steps_of(model: Model, proof: Proof) -> tuple[Step, ...]:
    """Return the edges of a proof as steps."""
    return tuple(step(model, edge) for edge in proof.edges)

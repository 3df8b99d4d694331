"""Who can take it down: the minimal cut sets of each function.

A *minimal cut set* is a set of actors whose withdrawal makes the function fail, none of
whom can be left out (Vesely et al., "Fault tree handbook", NUREG-0492, 1981). One of size 1
is a *single point of failure*; Ramasubramanian & Sirer (IMC 2005) call them bottlenecks and
Kashaf, Sekar & Agarwal (IMC 2020) critical dependencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.circuit import ALWAYS, Game, together
from depgraph.analysis.clients import (
    ALL,
    EVERYONE,
    Client,
    ClientClass,
    ClientsAsked,
    assumed,
    classes,
    clients_of,
    decides,
    ipv6_unknown,
    places,
    whom,
)
from depgraph.analysis.cutsets import Found, every, members, singles, up_to
from depgraph.analysis.evaluate import fails_for, recorded
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Case, Model, level_of, model_of
from depgraph.analysis.paths import law_basis
from depgraph.analysis.results import Result, about, limited, of_function, renamed
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.analysis.verdicts import Answer, State, surest
from depgraph.analysis.witness import Proof, Step, joined, prove, step, weakest_of
from depgraph.limits import MetLimit
from depgraph.parameters import checked
from depgraph.precedents import Summary, summary
from depgraph.vocabulary import (
    KINDS,
    PARTIES,
    Confidence,
    Evidence,
    Kind,
    LawBasis,
    Level,
    LevelWord,
    Lever,
    Limit,
    Onset,
    Steering,
    SteeringWord,
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
    basis
        Of a country: by what its law binds who would do it; None where the graph does not say.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"basis"})

    lever: Lever
    where: str
    basis: LawBasis | None = None


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
        a TTL decides that nobody observed, or a lock has to be lifted first; neither where the set was listed but not
        examined.
    evidence
        The weakest class of evidence in the witness; None where it was not examined.
    steps
        The witness: edges from the function down to the members, with their evidence; of
        each place where the function stops.
    clients
        For whom it stops; empty: for everyone.
    decisive
        Whether that is everyone, a whole place, or everyone without IPv6: then it counts
        against a claim that nobody can stop it.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients"})
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
    clients: tuple[Client, ...] = ()
    decisive: bool = True

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
        In order of size; those that are surer before the others. One stands twice if it
        stops the function for more clients by steps that are less sure.
    alone, confidence
        Whether somebody other than the service itself can take it down alone, for everyone, a
        whole place, or everyone without IPv6, and how sure that answer is.
    complete_to
        Every cut set up to this size is listed; None: all there are.
    counts
        How many certain ones there are of size 0, 1, 2, ... where known.
    fails_for
        Clients for whom it does not work as recorded: no answer is about them.
    ipv6_unknown
        IPv6 addresses of what it needs that are not known: what stops it does so over IPv4.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"fails_for", "ipv6_unknown"})

    function: str
    state: State
    reason: str
    cut_sets: tuple[CutSet, ...]
    alone: Answer
    confidence: Confidence
    complete_to: int | None
    counts: tuple[int, ...] | None = None
    fails_for: tuple[Client, ...] = ()
    ipv6_unknown: tuple[UnknownPart, ...] = ()

    @property
    def alone_sets(self) -> tuple[CutSet, ...]:
        """The cut sets of one member, not the service itself, that count as stopping it."""
        return tuple(cut for cut in self._alone if cut.decisive)

    @property
    def exceptions(self) -> tuple[CutSet, ...]:
        """Those of one member, not the service itself, that stop it for some only."""
        return tuple(cut for cut in self._alone if not cut.decisive)

    @property
    def _alone(self) -> Iterator[CutSet]:
        for cut in self.cut_sets:
            if len(cut.members) == 1 and not cut.worst_case and not cut.own:
                yield cut

    @property
    def differs(self) -> bool:
        """Whether who can stop it depends on whom it is to be stopped for."""
        return any(cut.clients for cut in self.cut_sets)


@dataclass(frozen=True, kw_only=True, repr=False)
class Takedown(Result):
    """The answer of :func:`takedown`.

    Parameters
    ----------
    level, upto, horizon
        As asked: at which level, up to which size (None: all), within how many seconds.
    functions
        One part each.
    clients
        Those asked about; empty: all.
    steering
        *assumed* where it is taken for granted that clients are led to what still works.
    """

    NAME = "takedown"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "steering", "precedents"})
    DERIVED: ClassVar[Mapping[str, str]] = {"precedents": "precedents"}

    level: Level
    upto: int | None
    horizon: float
    functions: tuple[FunctionCuts, ...]
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    @property
    def precedents(self) -> tuple[Summary, ...]:
        """What happened before by each lever that is met, where the table has any of it."""
        pulls = (
            pull
            for one in self.functions
            for cut in one.cut_sets
            for m in cut.members
            for pull in m.levers
        )
        several = (summary(lever.value) for lever in dict.fromkeys(pull.lever for pull in pulls))
        return tuple(one for one in several if one.count or one.outages)

    @property
    def ipv6_unknown(self) -> tuple[UnknownPart, ...]:
        """IPv6 addresses that are not known, of what the functions need that somebody can stop."""
        stopped = (one for one in self.functions if one.cut_sets)
        return tuple(dict.fromkeys(part for one in stopped for part in one.ipv6_unknown))

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
                "clients": ", ".join(map(str, cut.clients or (EVERYONE,))),
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
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Takedown:
    """Find who can take each function down, alone or together.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    level
        ``provider``, ``company``, ``country``, ``asn``, ``prefix``, ``address`` or
        ``nameserver``. A company is the one at the top of its parents, so that two brands
        of one parent count as one, and a provider whose company is not known one of its own; all
        companies under one law act together.
    upto
        Size of the largest cut sets looked for; None for all sizes.
    horizon
        Levers that work later (``"30d"``, ``"12h"``, seconds, None) do not count.
    limit
        Most cut sets listed per function when all are asked for; they come in order of
        size, and `complete_to` and `counts` say where the list stops.
    explain
        For the first of each function, this many, the witness and the onset are given.
    clients
        For whom: see :func:`depgraph.analysis.clients.clients_of`.
    steering
        ``"assumed"``: an operator that answers clients differently leads them to what works.

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
    somebody unknown acts, have `worst_case` set. So have those that are enough if what did not
    serve us serves nobody; they are listed whatever else is unknown, and hang on that alone.

    Clients that meet the same graph are a class, and each set is listed that is minimal for one
    class, or for all of those for which the function works as recorded; with it, whom it stops.
    """
    model = model_of(graph)
    several = classes(model, clients, steering)
    search = _Search(several, level_of(level), seconds_of(horizon), upto, limit)
    writer = _Writer(search, explain)
    functions = tuple(writer.function(place, name) for place, name in enumerate(model.functions))
    return Takedown(
        **limited(about(model), _not_looked_for(functions, upto)),
        level=search.level,
        upto=upto,
        horizon=search.horizon,
        functions=functions,
        clients=clients_of(clients),
        steering=assumed(steering),
    )


def _not_looked_for(functions: Iterable[FunctionCuts], upto: int | None) -> Iterator[MetLimit]:
    """Yield the sizes of sets at which the search ended before `upto`, and for which functions."""
    ended: dict[int, list[str]] = {}
    for one in functions:
        if one.complete_to is not None and (upto is None or one.complete_to < upto):
            ended.setdefault(one.complete_to, []).append(one.function)
    for size, names in ended.items():
        yield MetLimit(limit=Limit.SETS, most=str(size), of=tuple(names))


class _Dead(Enum):
    """What fails besides those who act."""

    NOTHING = "nothing"
    UNSERVED = "unserved"  # what did not serve us
    UNKNOWN = "unknown"  # all that is unknown and may hide somebody


_Key = tuple[int, Case, _Dead]


class _Search:
    """The games of one question, each solved once: of each class, best and worst, how sure."""

    def __init__(
        self,
        several: tuple[ClientClass, ...],
        level: Level,
        horizon: float,
        upto: int | None,
        limit: int,
    ) -> None:
        self.several = several
        self.models = [one.model for one in several]
        self.level = level
        self.horizon = horizon
        self.upto = upto
        self._limit = limit
        self.dead: list[Mapping[_Dead, Sequence[int]]] = [
            {
                _Dead.NOTHING: (),
                _Dead.UNSERVED: model.unserved,
                _Dead.UNKNOWN: model.unknown(level),
            }
            for model in self.models
        ]
        self.states = [recorded(model, horizon) for model in self.models]
        self._keys: dict[tuple[int, Confidence, _Dead], _Key] = {}
        self._games: dict[_Key, Game] = {}
        self._solved: dict[_Key, Sequence[Found]] = {}

    def live(self, name: str) -> list[int]:
        """List the classes for which a function works as recorded, or may."""
        return [n for n, states in enumerate(self.states) if states[name] is not State.FAILS]

    def case(self, confidence: Confidence, dead: _Dead) -> Case:
        levels = [self.level] if dead is _Dead.UNKNOWN else []
        return self.models[0].case(self.horizon, confidence, worst=levels)

    def game(self, number: int, confidence: Confidence, dead: _Dead) -> Game:
        key = self.key(number, confidence, dead)
        if key not in self._games:
            _, case, gone = key
            nodes = self.dead[number][gone]
            self._games[key] = self.models[number].game(self.level, case, dead=nodes)
        return self._games[key]

    def games(self, numbers: Iterable[int], confidence: Confidence, dead: _Dead) -> dict[int, Game]:
        return {number: self.game(number, confidence, dead) for number in numbers}

    def solve(self, number: int, confidence: Confidence, dead: _Dead) -> Sequence[Found]:
        """Return the minimal cut sets of each function for one class."""
        key = self.key(number, confidence, dead)
        if key not in self._solved:
            game = self.game(number, confidence, dead)
            if self.upto is not None:
                self._solved[key] = up_to(game, self.upto)
            else:
                self._solved[key] = [self._every(game, root) for root in range(len(game.roots))]
        return self._solved[key]

    def _every(self, game: Game, root: int) -> Found:
        return every(game, root, budget=BUDGET, limit=self._limit)

    def solve_together(self, games: Sequence[Game], place: int) -> tuple[Game, Found]:
        """Return the minimal cut sets of a function for all of several classes."""
        game = together([games], place)
        return game, self._every(game, 0) if self.upto is None else up_to(game, self.upto)[0]

    def key(self, number: int, confidence: Confidence, dead: _Dead) -> _Key:
        """Return what tells a game apart; without anything unknown best and worst are one."""
        asked = (number, confidence, dead)
        if asked not in self._keys:
            gone = dead if self.dead[number][dead] else _Dead.NOTHING
            self._keys[asked] = (number, self.case(confidence, dead), gone)
        return self._keys[asked]

    def alone(self, place: int, numbers: Sequence[int], confidence: Confidence) -> Answer:
        """Tell whether somebody, the service itself apart, stops a function alone.

        Parameters
        ----------
        numbers
            The classes for which it works as recorded.
        """
        if not self.models[0].complete:
            return Answer.UNDETERMINED
        certain = self.games(numbers, confidence, _Dead.NOTHING)
        if any(decides(self.several, found, numbers) for found in self._others(certain, place)):
            return Answer.YES
        possible = self.games(numbers, confidence, _Dead.UNKNOWN)
        nobody = [n for n in numbers if possible[n].roots[place] == ALWAYS]
        if decides(self.several, nobody, numbers):
            return Answer.UNDETERMINED
        sets = (nobody + found for found in self._others(possible, place))
        perhaps = any(decides(self.several, some, numbers) for some in sets)
        return Answer.UNDETERMINED if perhaps else Answer.NO

    def _others(self, games: Mapping[int, Game], place: int) -> Iterable[list[int]]:
        """Return for each who stops a function alone the classes for which it does."""
        stopped: dict[int, list[int]] = {}
        for number, game in games.items():
            for player in members(singles(game)[place]) if game.roots[place] >= 0 else ():
                if not self.models[number].own(game.players[player]):
                    stopped.setdefault(game.players[player], []).append(number)
        return stopped.values()


@dataclass(frozen=True, slots=True)
class _Set:
    """One minimal cut set by its nodes, how sure it is, whether the unknown must act, for whom.

    `dead` says what fails besides; nothing, in the worst case: what is only possible holds. There
    several may be so, each with a proof of its own.
    """

    nodes: tuple[int, ...]
    confidence: Confidence
    worst: bool
    dead: tuple[_Dead, ...]
    stopped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the sets found into cut sets with their witnesses."""

    search: _Search
    explain: int

    @property
    def model(self) -> Model:
        """A graph with the nodes of all classes, for their labels."""
        return self.search.models[0]

    def function(self, place: int, name: str) -> FunctionCuts:
        model, search = self.model, self.search
        node = model.functions[name]
        reason = str(model.nodes[node].get("reason", ""))
        states = [states[name] for states in search.states]
        if states[0] is State.ABSENT:
            none = Answer.NO
            return FunctionCuts(name, State.ABSENT, reason, (), none, Confidence.CERTAIN, None)
        live = search.live(name)
        if not live:
            reason = reason or model.why_failing.get(node, "")
            answer = Answer.UNDETERMINED
            return FunctionCuts(name, State.FAILS, reason, (), answer, Confidence.POSSIBLE, None)
        alone, confidence = surest(lambda asked: search.alone(place, live, asked))
        sets, ends, counts = self._sets(place, live)
        return FunctionCuts(
            function=name,
            state=max((states[number] for number in live), key=_LIVE.index),
            reason=reason,
            cut_sets=tuple(
                self.cut(name, one, live, explained=number < self.explain)
                for number, one in enumerate(sets)
            ),
            alone=alone,
            confidence=confidence,
            complete_to=min(ends) if ends else None,
            counts=counts,
            fails_for=fails_for(search.several, name, search.horizon),
            ipv6_unknown=ipv6_unknown(search.several, name),
        )

    def _sets(
        self, place: int, live: Sequence[int]
    ) -> tuple[list[_Set], list[int], tuple[int, ...] | None]:
        """List the cut sets of a function, each where it is surest; where the lists end; counts."""
        search = self.search
        asked = [(confidence, _Dead.NOTHING) for confidence in Confidence]
        asked += [(Confidence.LIKELY, dead) for dead in (_Dead.UNSERVED, _Dead.UNKNOWN)]
        sets: dict[tuple[int, ...], list[_Set]] = {}
        ends = []
        all_counts = []
        judged = set()
        for confidence, dead in asked:
            keys = tuple(search.key(number, confidence, dead) for number in live)
            if keys in judged:
                continue  # the same games: what they give was listed where it is surest
            judged.add(keys)
            games = search.games(live, confidence, dead)
            solved = {
                number: (game, search.solve(number, confidence, dead)[place])
                for number, game in _different(games, place).items()
            }
            several = list(solved.values())
            if len(several) > 1:
                several.append(search.solve_together([game for game, _ in several], place))
            all_counts.append(several[0][1].counts if len(several) == 1 else None)
            ends += [found.complete_to for _, found in several if found.complete_to is not None]
            sure = confidence if dead is _Dead.NOTHING else Confidence.POSSIBLE
            worst = sure is Confidence.POSSIBLE or not self.model.complete
            nodes = dict.fromkeys(
                tuple(game.players[slot] for slot in members(mask))
                for game, found in several
                for mask in found.sets
            )
            for one, stopped in zip(nodes, _stopped(games, place, list(nodes)), strict=True):
                surer = sets.setdefault(one, [])
                same = next((n for n, other in enumerate(surer) if other.stopped == stopped), None)
                if same is not None and _only_possible(surer[same], dead):
                    surer[same] = replace(surer[same], dead=(*surer[same].dead, dead))
                elif not any(set(stopped) <= set(other.stopped) for other in surer):
                    surer.append(_Set(one, sure, worst, (dead,), stopped))
        ordered = sorted(
            (one for several in sets.values() for one in several),
            key=lambda one: (
                *(len(one.nodes), one.worst, one.confidence.rank, -len(one.stopped)),
                *(one.nodes, one.stopped),
            ),
        )
        return ordered, ends, all_counts[0]

    def cut(self, name: str, one: _Set, live: Sequence[int], *, explained: bool) -> CutSet:
        model, search = self.model, self.search
        sure = one.confidence if model.complete else Confidence.POSSIBLE
        clients = whom(search.several, one.stopped, live)
        decisive = decides(search.several, one.stopped, live)
        if not explained:
            plain = tuple(self._member(node, (), None) for node in one.nodes)
            return CutSet(name, plain, sure, one.worst, clients=clients, decisive=decisive)
        proof, unknown = min(
            (self._proved(name, one, dead) for dead in one.dead),
            key=lambda found: (found[0].length is None, found[0].seconds),
        )
        steps = steps_of(model, proof)
        return CutSet(
            function=name,
            members=tuple(self._examined(node, proof) for node in one.nodes),
            confidence=sure,
            worst_case=one.worst,
            unknown=unknown,
            seconds=proof.length,
            onset=proof.onset,
            evidence=weakest_of(steps),
            steps=steps,
            clients=clients,
            decisive=decisive,
        )

    def _proved(self, name: str, one: _Set, dead: _Dead) -> tuple[Proof, tuple[UnknownPart, ...]]:
        """Return why a function fails without a set, and what is unknown in that."""
        search = self.search
        confidence = one.confidence if dead is _Dead.NOTHING else Confidence.LIKELY
        case = search.case(confidence, dead)
        proofs = []
        met: set[int] = set()
        for number in places(search.several, one.stopped):
            unknown = set(search.dead[number][dead])
            of = search.models[number]
            proofs.append(prove(of, of.functions[name], {*one.nodes, *unknown}, case))
            met |= {edge.head for edge in proofs[-1].edges} & unknown
        proof = joined(proofs)
        unsure = list(proof.unsure)
        if one.worst and dead is _Dead.NOTHING:  # what it says is only possible
            unsure += [edge for edge in proof.edges if edge.unsure(Confidence.LIKELY)]
        return proof, unknown_parts(self.model, met, unsure)

    def _examined(self, node: int, proof: Proof) -> Member:
        """Return a member with its levers, and the evidence of the edges that say it has them."""
        model = self.model
        pulls = proof.controlled(model).get(node, [])
        if model.kind(node) in PARTIES:
            edges = [edge for _, way in pulls for edge in way]
            levers = [Pull(lever, model.label(way[0].tail), law_basis(way)) for lever, way in pulls]
        else:
            edges = proof.into(node)
            levers = []
        return self._member(node, levers, [step(model, edge) for edge in edges])

    def _member(
        self, node: int, levers: Sequence[Pull], steps: Sequence[Step] | None = None
    ) -> Member:
        model = self.model
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


def _only_possible(one: _Set, dead: _Dead) -> bool:
    """Tell whether a set holds by what is only possible, and by what fails besides as well."""
    possible = one.confidence is Confidence.POSSIBLE and one.dead[0] is _Dead.NOTHING
    return possible and dead is not _Dead.NOTHING


_LIVE: Final = (State.WORKS, State.UNDETERMINED)


def _different(games: Mapping[int, Game], place: int) -> dict[int, Game]:
    """Return the games that are not the same for a function."""
    numbers = list(games)
    found = {numbers[0]: games[numbers[0]]}
    roots: dict[int, Game] = {}
    for number in numbers[1:]:
        if any(games[number] == game for game in found.values()):
            continue
        for one in (number, *found):
            if one not in roots:
                game = games[one]
                roots[one] = game.restrict(range(len(game.players)), place)
        if all(roots[number] != roots[one] for one in found):
            found[number] = games[number]
    return found


def _stopped(
    games: Mapping[int, Game], place: int, sets: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Return for each of some sets the classes for which a function fails without it.

    Those for which it fails without anybody are stopped by nobody in particular.
    """
    if len(games) == 1:
        return [tuple(games)] * len(sets)
    alone = tuple(number for number, game in games.items() if game.roots[place] == ALWAYS)
    ones = (1 << len(sets)) - 1
    masks: dict[int, int] = {}
    for bit, nodes in enumerate(sets):
        for node in nodes:
            masks[node] = masks.get(node, 0) | 1 << bit
    failing = {
        number: game.failing([masks.get(player, 0) for player in game.players], ones)[place]
        for number, game in games.items()
    }
    return [
        tuple(n for n, vector in failing.items() if vector >> bit & 1 and n not in alone)
        if nodes
        else alone
        for bit, nodes in enumerate(sets)
    ]


def steps_of(model: Model, proof: Proof) -> tuple[Step, ...]:
    """Return the edges of a proof as steps."""
    return tuple(step(model, edge) for edge in proof.edges)

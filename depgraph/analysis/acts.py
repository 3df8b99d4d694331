"""By what an actor stops a function: which of the things it can do there are enough.

An *act* is one lever in one layer: all edges by which an actor, or who it owns, has that lever
where the walk meets it in that layer. Who is withdrawn does all of its acts at once; here only
some are done, and the failure circuit says whether the function stops all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from depgraph.analysis.circuit import Circuit
from depgraph.analysis.clients import ClientClass, classes, decides
from depgraph.analysis.evaluate import recorded
from depgraph.analysis.model import Case, Edge, Model
from depgraph.analysis.roles import Met
from depgraph.analysis.takedown import CutSet
from depgraph.analysis.verdicts import State
from depgraph.vocabulary import ACTORS, Confidence, Layer, Level, Lever


class Act(NamedTuple):
    """Something that an actor can do to a function: a lever, and the layer in which it is pulled."""

    lever: Lever
    layer: Layer


@dataclass(frozen=True, slots=True)
class Acting:
    """What one member of a cut set does.

    Parameters
    ----------
    able
        All that it can do to the function.
    enough
        The acts of which each alone is enough, where the other members do all that they can.
    several
        Levers that are enough in several layers together, and in none of them alone.
    """

    able: tuple[Act, ...] = ()
    enough: tuple[Act, ...] = ()
    several: tuple[Lever, ...] = ()

    @property
    def named(self) -> tuple[Act, ...]:
        """What it does, as tables have it: what is enough, else all that it can do."""
        return self.enough or self.able

    @property
    def pulled(self) -> Iterator[tuple[str, str]]:
        """By what it acts: a lever and a layer, each empty where it takes several of them."""
        yield from ((act.lever.value, act.layer.value) for act in self.enough)
        yield from ((lever.value, "") for lever in self.several)
        if not (self.enough or self.several):
            yield "", ""


def acting(
    model: Model,
    cuts: Iterable[tuple[Level, CutSet]],
    *,
    met: Mapping[str, Met],
    horizon: float,
) -> list[tuple[Acting, ...]]:
    """Tell by what each member of some cut sets acts.

    Parameters
    ----------
    model
        The graph that :func:`depgraph.takedown` found them in.
    cuts
        Each with the level it was found at.
    met
        By function, in which layers each edge to an actor is met: see
        :attr:`depgraph.analysis.roles.Roles.met`.
    horizon
        Seconds, as they were asked for.

    Returns
    -------
    list of tuple of Acting
        For each cut set its members' acts, in their order. Where a set is only possible, what is
        not known is taken to act too, or to be as the unsure steps say.
    """
    judge = _Judge(model, met, horizon)
    listed = list(cuts)
    parts: dict[_Assumed, list[tuple[int, CutSet]]] = {}
    for place, (level, cut) in enumerate(listed):
        for assumed in judge.assumed(level, cut):
            parts.setdefault(assumed, []).append((place, cut))
    found: list[tuple[Acting, ...]] = [(Acting(),) * len(cut.members) for _, cut in listed]
    for assumed, several in parts.items():
        told = judge.told(assumed, [cut for _, cut in several])
        for (place, _), acts in zip(several, told, strict=True):
            found[place] = tuple(map(_both, found[place], acts))
    return found


class _Assumed(NamedTuple):
    """What is taken for granted, and at which level whoever is hidden acts too, if at one."""

    case: Case
    hidden: Level | None = None


def _both(first: Acting, second: Acting) -> Acting:
    return Acting(
        _in_order({*first.able, *second.able}),
        _in_order({*first.enough, *second.enough}),
        tuple(sorted({*first.several, *second.several})),
    )


def _in_order(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: (act.layer.rank, act.lever)))


_Done = tuple[int, Act]  # a member, by its node, and what it does
_Query = tuple[str, frozenset[_Done]]  # whether a function stops when these are done


@dataclass(frozen=True)
class _Judge:
    """A graph, in which layers its edges are met, and what was asked of it."""

    model: Model
    met: Mapping[str, Met]
    horizon: float

    @cached_property
    def several(self) -> tuple[ClientClass, ...]:
        return classes(self.model)

    @cached_property
    def states(self) -> list[Mapping[str, State]]:
        return [recorded(one.model, self.horizon) for one in self.several]

    def assumed(self, level: Level, cut: CutSet) -> tuple[_Assumed, ...]:
        """Return under what a set stops its function: one that is only possible, in either way."""
        model, horizon = self.model, self.horizon
        if not cut.worst_case:
            return (_Assumed(model.case(horizon, cut.confidence)),)
        worst = model.case(horizon, Confidence.LIKELY, worst=[level])
        return _Assumed(model.case(horizon, Confidence.POSSIBLE)), _Assumed(worst, level)

    @cached_property
    def acts(self) -> Mapping[tuple[int, int, str], Sequence[tuple[str, Act]]]:
        """What the edges to actors are: of which functions, which act."""
        keys = {key for edges in self.met.values() for key in edges}
        found: dict[tuple[int, int, str], Sequence[tuple[str, Act]]] = {}
        for tail in {tail for tail, _, _ in keys}:
            for edge in self.model.needs(tail):
                key = edge.key
                if key not in keys or self.model.kind(edge.head) not in ACTORS:
                    continue
                lever = self.model.lever(edge)
                if lever is not None:
                    found[key] = [
                        (function, Act(lever, layer))
                        for function, met in self.met.items()
                        for layer in met.get(key, ())
                    ]
        return found

    @cached_property
    def tails(self) -> Sequence[int]:
        """Where these edges begin."""
        return sorted({tail for tail, _, _ in self.acts})

    def told(self, assumed: _Assumed, cuts: Sequence[CutSet]) -> Iterator[tuple[Acting, ...]]:
        """Yield what each member of some cut sets does, under one assumption."""
        number = self.model.number
        sides = [_Side.of(self, one.model, assumed) for one in self.several]
        members = {number[name] for cut in cuts for name in cut.ids}
        able: dict[str, dict[int, set[Act]]] = {}
        for side in sides:
            side.find(members)
            for function, acts in side.edges.items():
                for member, act in acts:
                    able.setdefault(function, {}).setdefault(member, set()).add(act)
        queries: dict[_Query, int] = {}
        asked = []
        for cut in cuts:
            nodes = [number[name] for name in cut.ids]
            of = able.get(cut.function, {})
            asked.append([_asked(cut.function, node, nodes, of) for node in nodes])
            for questions in asked[-1]:
                for query in questions.values():
                    queries.setdefault(query, len(queries))
        answers = [side.failing(queries) for side in sides]
        for cut, several in zip(cuts, asked, strict=True):
            yield tuple(
                _acting(questions, self._stopped(cut, questions, queries, answers))
                for questions in several
            )

    def _stopped(
        self,
        cut: CutSet,
        questions: Mapping[Act | Lever, _Query],
        queries: Mapping[_Query, int],
        answers: Sequence[Mapping[str, int]],
    ) -> set[Act | Lever]:
        """Return by which of some acts and levers a member stops the function."""
        function = cut.function
        live = [n for n, states in enumerate(self.states) if states[function] is not State.FAILS]
        found = set()
        for what, query in questions.items():
            stopped = [n for n in live if answers[n][function] >> queries[query] & 1]
            if decides(self.several, stopped, live) if cut.decisive else stopped:
                found.add(what)
        return found


def _asked(
    function: str, member: int, members: Sequence[int], able: Mapping[int, set[Act]]
) -> dict[Act | Lever, _Query]:
    """Return the questions about a member: one for each act, and each lever in several layers."""
    others = {(one, act) for one in members if one != member for act in able.get(one, ())}
    mine = able.get(member, set())
    found: dict[Act | Lever, _Query] = {}
    for act in mine:
        found[act] = (function, frozenset({(member, act), *others}))
    for lever in {act.lever for act in mine}:
        of_lever = {(member, act) for act in mine if act.lever is lever}
        if len(of_lever) > 1:
            found[lever] = (function, frozenset({*of_lever, *others}))
    return found


def _acting(questions: Iterable[Act | Lever], enough: set[Act | Lever]) -> Acting:
    acts = [one for one in enough if isinstance(one, Act)]
    alone = {act.lever for act in acts}
    return Acting(
        able=_in_order(one for one in questions if isinstance(one, Act)),
        enough=_in_order(acts),
        several=tuple(sorted(one for one in enough if isinstance(one, Lever) and one not in alone)),
    )


@dataclass
class _Side:
    """The graph of some clients under one assumption.

    Parameters
    ----------
    circuit
        Its failure circuit, in which alternatives that are actors are leaves of their own
        (`leaves`): of two who serve a zone one may stop that, and not another thing.
    hidden
        Nodes that fail in any case.
    pulls
        The edges by which the failure of an actor is felt.
    edges
        By function: what a member can do, and by which of these.
    """

    judge: _Judge
    model: Model
    plain: Circuit
    circuit: Circuit
    leaves: Mapping[tuple[int, int], int]
    hidden: tuple[int, ...]
    pulls: Sequence[Edge]
    edges: dict[str, dict[_Done, list[Edge]]] = field(default_factory=dict)

    @classmethod
    def of(cls, judge: _Judge, model: Model, assumed: _Assumed) -> _Side:
        """Return the graph of one class of clients."""
        hidden = () if assumed.hidden is None else model.unknown(assumed.hidden)
        pulls = [
            edge
            for tail in judge.tails
            for edge in model.needs(tail)
            if edge.key in judge.acts and _felt(edge, assumed.case)
        ]
        plain = model.circuit(assumed.case)
        circuit, leaves = _with_leaves(plain, [edge for edge in pulls if model.either(edge.tail)])
        return cls(judge, model, plain, circuit, leaves, hidden, pulls)

    def find(self, members: Iterable[int]) -> None:
        """Find out what some actors can do."""
        nodes = sorted(members)
        ones = (1 << len(nodes)) - 1
        gone = {node: 1 << place for place, node in enumerate(nodes)}
        value = self.plain.failing(gone | dict.fromkeys(self.hidden, ones), ones)
        for edge in self.pulls:
            falls = value[edge.head]
            if not falls:
                continue
            by = [node for place, node in enumerate(nodes) if falls >> place & 1]
            for function, act in self.judge.acts[edge.key]:
                acts = self.edges.setdefault(function, {})
                for node in by:
                    acts.setdefault((node, act), []).append(edge)

    def failing(self, queries: Mapping[_Query, int]) -> Mapping[str, int]:
        """Return for each function a vector: whether it fails, by the numbers of some questions."""
        ones = (1 << len(queries)) - 1
        bits: dict[tuple[str, _Done], int] = {}
        for (function, several), place in queries.items():
            for done in several:
                bits[function, done] = bits.get((function, done), 0) | 1 << place
        hidden = dict.fromkeys(self.hidden, ones)
        gone: dict[int, int] = dict(hidden)
        if self.hidden and self.leaves:  # whoever is hidden may be behind an alternative
            value = self.plain.failing(dict.fromkeys(self.hidden, 1))
            gone |= {leaf: ones for (_, head), leaf in self.leaves.items() if value[head]}
        for (function, done), vector in bits.items():
            for edge in self.edges.get(function, {}).get(done, ()):
                node = self.leaves.get((edge.tail, edge.head), edge.tail)
                gone[node] = gone.get(node, 0) | vector
        value = self.circuit.failing(gone, ones)
        return {name: value[node] for name, node in self.model.functions.items()}


def _felt(edge: Edge, case: Case) -> bool:
    """Tell whether the failure of who is at the end of an edge is felt in a case."""
    late = edge.delay > case.horizon
    return not late and not edge.holds(case) and not edge.unsure(case.confidence)


def _with_leaves(
    circuit: Circuit, alternatives: Iterable[Edge]
) -> tuple[Circuit, dict[tuple[int, int], int]]:
    """Return a circuit with a leaf of its own for each of some alternatives, and these."""
    leaves: dict[tuple[int, int], int] = {}
    for edge in alternatives:
        leaves.setdefault((edge.tail, edge.head), circuit.size + len(leaves))
    if not leaves:
        return circuit, leaves
    tails = {tail for tail, _ in leaves}
    blocks = tuple(
        tuple(
            (node, either, tuple(leaves.get((node, need), need) for need in needs))
            if node in tails
            else (node, either, needs)
            for node, either, needs in block
        )
        if any(node in tails for node, _, _ in block)
        else block
        for block in circuit.blocks
    )
    return Circuit(circuit.size + len(leaves), blocks, circuit.circles), leaves


__all__: Final = ["Act", "Acting", "acting"]

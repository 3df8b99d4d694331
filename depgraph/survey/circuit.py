"""What falls, in all services at once, if somebody withdraws: their circuits, made into one.

Each service is cut down to what a withdrawal can change (:mod:`depgraph.analysis.circuit`): its
inputs are the actors at every level, and for each level one input that stands for everything
unknown which may hide somebody there. With these inputs at rest a circuit answers for the best
case, with them withdrawn for the worst, so that one circuit for each confidence gives the three
values of :func:`depgraph.without`. Equal parts of different services are one node (interned), and
the whole is evaluated in passes of 64 withdrawals by numpy alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from depgraph.analysis.circuit import ALWAYS, NEVER, Circuit, cut_down
from depgraph.analysis.clients import classes, deciding
from depgraph.analysis.evaluate import recorded
from depgraph.analysis.model import Edge, Model
from depgraph.analysis.verdicts import DECIDING, State
from depgraph.survey.tables import LEVELS
from depgraph.vocabulary import Confidence, Relation

Node = tuple[bool, tuple[int, ...]]
"""Whether any of its needs is enough, and what it needs."""

UNKNOWN: Final = {level: f"?{level.value}" for level in LEVELS}
"""The input that stands for whoever an unknown hides at a level."""


@dataclass(slots=True)
class Plan:
    """The circuit of one service, in the making or done.

    Parameters
    ----------
    inputs
        What the first nodes are: ids of actors, and the words of :data:`UNKNOWN`.
    blocks
        The nodes after them, block by block: several in one are a circle.
    roots
        Function -> its node for each confidence that decides; :data:`NEVER` or :data:`ALWAYS`
        where nothing changes it. A function that the service does not have has none.
    """

    inputs: list[str] = field(default_factory=list)
    blocks: list[tuple[Node, ...]] = field(default_factory=list)
    roots: dict[str, tuple[int, ...]] = field(default_factory=dict)


def plan_of(model: Model, horizon: float) -> Plan:
    """Return the circuit of a service.

    Parameters
    ----------
    model
        Its compiled graph.
    horizon
        Seconds; levers that work later do not count.
    """
    several = classes(model)
    found = _Joined()
    live = [recorded(one.model, horizon) for one in several]
    cut: dict[tuple[int, Confidence], dict[str, int]] = {}
    for confidence in DECIDING:
        for number, one in enumerate(several):
            cut[number, confidence] = found.add(_cut(one.model, horizon, confidence), one.model)
    for name, node in model.functions.items():
        if model.nodes[node].get("absent"):
            continue
        judged = [n for n, states in enumerate(live) if states[name] is not State.FAILS]
        judged = judged or list(range(len(several)))
        roots = []
        for confidence in DECIDING:
            groups = [
                found.make([cut[number, confidence][name] for number in group], either=True)
                for group in deciding(several, judged)
            ]
            root = found.make(groups, either=False)
            roots.append(_doubted(found, model, root))
        found.plan.roots[name] = tuple(roots)
    return found.done()


def _doubted(found: _Joined, model: Model, root: int) -> int:
    """Return a root that nobody decides where the collection did not end, or who is involved may."""
    anyone = found.make([found.input(word) for word in UNKNOWN.values()], either=False)
    if not model.complete:
        return anyone
    involved = {edge.head for edge in model.edges if edge.relation == Relation.INVOLVEMENT}
    if not involved:
        return root
    above = model.closure(involved, {Relation.OWNER, Relation.PARENT, Relation.LAW})
    actors = [found.input(model.ids[node]) for node in sorted(above) if _acts(model, node)]
    perhaps = found.make([anyone, found.make(actors, either=False)], either=True)
    return found.make([root, perhaps], either=False)


_ACTING: Final = frozenset(level.value for level in LEVELS)


def _acts(model: Model, node: int) -> bool:
    return model.kind(node) in _ACTING


def _cut(model: Model, horizon: float, confidence: Confidence) -> Any:
    """Return the game of a graph with all actors and unknown levels as players."""
    circuit, players = _Circuit(model, horizon, confidence).made()
    return cut_down(circuit, players, (), tuple(model.functions.values()))


class _Circuit:
    """The failure circuit of a graph for the best and the worst case in one.

    It follows :meth:`depgraph.analysis.model.Model.circuit`; a step that holds in the best case
    and fails in the worst leads to the input of those whom it hides.
    """

    def __init__(self, model: Model, horizon: float, confidence: Confidence) -> None:
        self._model, self._horizon, self._confidence = model, horizon, confidence
        self._either = [False] * (len(model.ids) + len(LEVELS))
        self._needs: list[tuple[int, ...]] = [()] * len(self._either)
        self._level = {level: len(model.ids) + n for n, level in enumerate(LEVELS)}
        self._ups: dict[frozenset[Any], int] = {}

    def made(self) -> tuple[Circuit, list[int]]:
        """Return the circuit, and its players."""
        model = self._model
        own: dict[int, set[Any]] = {}
        for level in LEVELS:
            for node in model.unknown(level.value):
                own.setdefault(node, set()).add(level)
        for node in range(len(model.ids)):
            self._add(node, frozenset(own.get(node, ())))
        actors = [node for node in range(len(model.ids)) if _acts(model, node)]
        # From the functions down: its order is that of the steps, whatever the names are.
        circuit = Circuit.of(self._either, self._needs, model.functions.values())
        return circuit, [*actors, *self._level.values()]

    def _add(self, node: int, hides: frozenset[Any]) -> None:
        sure = self._model.sure[node]
        if sure is not None and sure[0] <= self._horizon and not hides:  # of most nodes
            self._either[node], self._needs[node] = self._model.either(node), sure[1]
            return
        heads, holding = [], False
        for edge in self._model.needs(node):
            head = self._head(edge)
            if head is None:
                holding = True
            else:
                heads.append(head)
        either = self._model.either(node)
        if either and holding:
            either, heads = False, []
        if hides and either:
            heads, either = [self._new(heads, either=True)], False
        if hides:
            heads.append(self._up(hides))
        self._either[node], self._needs[node] = either, tuple(dict.fromkeys(heads))

    def _head(self, edge: Edge) -> int | None:
        """Return what a step leads to; None if it holds in any case."""
        if edge.delay > self._horizon:
            return None
        if edge.unsure(self._confidence):
            hides = edge.hides & frozenset(LEVELS)
            return self._up(hides) if hides else None
        if edge.doubtful(self._confidence):
            return self._new([edge.head, self._up(frozenset(LEVELS))], either=True)
        return edge.head

    def _up(self, levels: frozenset[Any]) -> int:
        if levels not in self._ups:
            inputs = [self._level[level] for level in LEVELS if level in levels]
            one = len(inputs) == 1
            self._ups[levels] = inputs[0] if one else self._new(inputs, either=False)
        return self._ups[levels]

    def _new(self, needs: Sequence[int], *, either: bool) -> int:
        self._either.append(either)
        self._needs.append(tuple(dict.fromkeys(needs)))
        return len(self._either) - 1


class _Joined:
    """Circuits of one service put together over common inputs."""

    def __init__(self) -> None:
        self.plan = Plan()
        self._inputs: dict[str, int] = {}
        self._nodes: dict[int, tuple[int, ...]] = {}
        self._blocks: list[tuple[tuple[int, bool, tuple[int, ...]], ...]] = []
        self._same: dict[Node, int] = {}
        self._next = 0

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def input(self, key: str) -> int:
        """Return the node of an input."""
        if key not in self._inputs:
            self._inputs[key] = self._number()
        return self._inputs[key]

    def make(self, needs: Iterable[int], *, either: bool) -> int:
        """Return a node over others, folded where one of them never or always fails."""
        kids = dict.fromkeys(needs)
        deciding_, idle = (NEVER, ALWAYS) if either else (ALWAYS, NEVER)
        if deciding_ in kids:
            return deciding_
        kept = tuple(sorted(kid for kid in kids if kid != idle))
        if not kept:
            return idle
        if len(kept) == 1:
            return kept[0]
        if (either, kept) not in self._same:
            node = self._number()
            self._same[either, kept] = node
            self._blocks.append(((node, either, kept),))
        return self._same[either, kept]

    def add(self, game: Any, model: Model) -> dict[str, int]:
        """Take in a game; return the node of each function."""
        words = [UNKNOWN[level] for level in LEVELS]
        ids = [*model.ids, *words]
        place = {slot: self.input(ids[player]) for slot, player in enumerate(game.players)}
        for block, circle in zip(game.circuit.blocks, game.circuit.circles, strict=True):
            if block[0][0] in place:
                continue
            if not circle:
                ((slot, either, kids),) = block
                place[slot] = self.make([place[kid] for kid in kids], either=either)
                continue
            place |= {slot: self._number() for slot, _, _ in block}
            self._blocks.append(
                tuple(
                    (place[slot], either, tuple(sorted(place[kid] for kid in kids)))
                    for slot, either, kids in block
                )
            )
        roots = [slot if slot < 0 else place[slot] for slot in game.roots]
        return dict(zip(model.functions, roots, strict=True))

    def done(self) -> Plan:
        """Return what the roots hang on, numbered anew: the inputs first, then block by block."""
        wanted = {root for roots in self.plan.roots.values() for root in roots if root >= 0}
        for block in reversed(self._blocks):
            if any(node in wanted for node, _, _ in block):
                wanted.update(kid for _, _, kids in block for kid in kids)
                wanted.update(node for node, _, _ in block)
        keys = sorted(key for key, node in self._inputs.items() if node in wanted)
        number = {self._inputs[key]: n for n, key in enumerate(keys)}
        kept = [block for block in self._blocks if block[0][0] in wanted]
        for block in kept:
            for node, _, _ in block:
                number[node] = len(number)
        self.plan.inputs = keys
        self.plan.blocks = [
            tuple((either, tuple(sorted(number[kid] for kid in kids))) for _, either, kids in block)
            for block in kept
        ]
        self.plan.roots = {
            name: tuple(root if root < 0 else number[root] for root in roots)
            for name, roots in self.plan.roots.items()
        }
        return self.plan


def encoded(plan: Plan) -> list[int]:
    """Return the blocks of a plan as numbers: how many nodes, then of each its kind and needs."""
    code: list[int] = []
    for block in plan.blocks:
        code.append(len(block))
        for either, kids in block:
            code += (int(either), len(kids), *kids)
    return code


def decoded(code: Sequence[int]) -> Iterator[tuple[Node, ...]]:
    """Yield the blocks again."""
    place = 0
    while place < len(code):
        size, place = code[place], place + 1
        block = []
        for _ in range(size):
            either, count = code[place], code[place + 1]
            place += 2
            block.append((bool(either), tuple(code[place : place + count])))
            place += count
        yield tuple(block)


class Shared:
    """The circuits of all services as one.

    Parameters
    ----------
    rows
        Of the table `circuits`.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.inputs: dict[str, int] = {}
        self.functions: list[tuple[str, str]] = []
        self._roots: list[tuple[int, int]] = []
        self._kids: list[tuple[int, ...]] = []
        self._either: list[bool] = []
        self._depth: list[int] = []
        self._circle: list[bool] = []
        self._same: dict[Any, int] = {}
        for row in rows:
            self._add(row)
        self._frozen: _Arrays | None = None

    def __len__(self) -> int:
        return len(self._kids)

    def _new(self, kids: tuple[int, ...], *, either: bool, depth: int, circle: bool) -> int:
        self._kids.append(kids)
        self._either.append(either)
        self._depth.append(depth)
        self._circle.append(circle)
        return len(self._kids) - 1

    def _add(self, row: Mapping[str, Any]) -> None:
        place: list[int] = []
        for key in row["inputs"]:
            if key not in self.inputs:
                self.inputs[key] = self._new((), either=False, depth=0, circle=False)
            place.append(self.inputs[key])
        for block in decoded(row["code"]):
            place += self._block(block, place)
        for name, *roots in zip(row["functions"], row["certain"], row["likely"], strict=True):
            self.functions.append((row["service"], name))
            certain, likely = (root if root < 0 else place[root] for root in roots)
            self._roots.append((certain, likely))

    def _block(self, block: tuple[Node, ...], place: Sequence[int]) -> list[int]:
        first = len(place)
        if len(block) == 1 and first not in block[0][1]:
            either, kids = block[0]
            outer = tuple(sorted({place[kid] for kid in kids}))
            plain = (either, outer)
            if plain not in self._same:
                depth = 1 + max(self._depth[kid] for kid in outer)
                self._same[plain] = self._new(outer, either=either, depth=depth, circle=False)
            return [self._same[plain]]
        # Of a circle the nodes within it are known by their place in it, the others by number.
        key = tuple(
            (either, tuple(place[kid] if kid < first else first - kid - 1 for kid in kids))
            for either, kids in block
        )
        if key not in self._same:
            base = len(self._kids)
            outer = tuple(place[kid] for _, kids in block for kid in kids if kid < first)
            depth = 1 + max((self._depth[kid] for kid in outer), default=0)
            self._same[key] = base
            for either, kids in block:
                inner = tuple(place[kid] if kid < first else base + kid - first for kid in kids)
                self._new(inner, either=either, depth=depth, circle=True)
        base = self._same[key]
        return list(range(base, base + len(block)))

    def states(self, queries: Sequence[Iterable[str]]) -> np.ndarray[Any, Any]:
        """Return what becomes of each function under each withdrawal.

        Parameters
        ----------
        queries
            For each withdrawal the ids of the actors.

        Returns
        -------
        numpy.ndarray
            By function and withdrawal: 0 works, 1 undetermined, 2 fails.
        """
        if self._frozen is None:
            self._frozen = _Arrays(self._kids, self._either, self._depth, self._circle)
        roots = np.array(self._roots, dtype=np.int64).reshape(-1, 2)
        found = np.zeros((len(roots), len(queries)), dtype=np.uint8)
        for start in range(0, len(queries), 64):
            part = [list(query) for query in queries[start : start + 64]]
            best, worst = (self._evaluated(part, worst=worst) for worst in (False, True))
            found[:, start : start + len(part)] = _three(roots, best, worst)[:, : len(part)]
        return found

    def _evaluated(self, queries: Sequence[Sequence[str]], *, worst: bool) -> np.ndarray[Any, Any]:
        assert self._frozen is not None
        value = np.zeros(len(self._kids), dtype=np.uint64)
        for bit, actors in enumerate(queries):
            mask = np.uint64(1 << bit)
            kinds = {actor.partition(":")[0] for actor in actors}
            keys = [*actors, *(f"?{kind}" for kind in kinds)] if worst else actors
            for key in keys:
                if key in self.inputs:
                    value[self.inputs[key]] |= mask
        self._frozen.evaluate(value)
        return value


def _three(
    roots: np.ndarray[Any, Any], best: np.ndarray[Any, Any], worst: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Return three values: the surest confidence at which a function fails or works decides."""
    ones = np.uint64(2**64 - 1)

    def of(value: np.ndarray[Any, Any], column: int) -> np.ndarray[Any, Any]:
        picked = value[np.maximum(roots[:, column], 0)] if len(value) else 0
        fixed = np.where(roots[:, column] == ALWAYS, ones, np.uint64(0))
        return np.where(roots[:, column] < 0, fixed, picked)

    fails, may = of(best, 0), of(worst, 0)
    open_ = ~fails & may
    fails_likely, may_likely = of(best, 1), of(worst, 1)
    failing = fails | (open_ & fails_likely)
    undecided = open_ & ~fails_likely & may_likely
    bits = np.arange(64, dtype=np.uint64)
    down = (failing[:, None] >> bits) & np.uint64(1)
    doubt = (undecided[:, None] >> bits) & np.uint64(1)
    three: np.ndarray[Any, Any] = (2 * down + doubt).astype(np.uint8)
    return three


class _Arrays:
    """The nodes in arrays, depth by depth."""

    def __init__(
        self,
        kids: Sequence[tuple[int, ...]],
        either: Sequence[bool],
        depth: Sequence[int],
        circle: Sequence[bool],
    ) -> None:
        groups: dict[tuple[int, bool, bool], list[int]] = {}
        for node, needs in enumerate(kids):
            if needs:
                groups.setdefault((depth[node], circle[node], either[node]), []).append(node)
        self._steps = [
            (key[0], key[1], key[2], *_rows(nodes, kids)) for key, nodes in sorted(groups.items())
        ]

    def evaluate(self, value: np.ndarray[Any, Any]) -> None:
        """Fill in which nodes fail, from the inputs on."""
        place = 0
        while place < len(self._steps):
            depth, circle = self._steps[place][:2]
            end = place + 1
            while end < len(self._steps) and self._steps[end][:2] == (depth, circle):
                end += 1
            steps = self._steps[place:end]
            if circle:
                _settle(steps, value)
            else:
                for step in steps:
                    value[step[3]] = _reduced(step, value)
            place = end


def _rows(nodes: list[int], kids: Sequence[tuple[int, ...]]) -> tuple[Any, Any, Any]:
    counts = np.array([len(kids[node]) for node in nodes], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    flat = np.array([kid for node in nodes for kid in kids[node]], dtype=np.int32)
    return np.array(nodes, dtype=np.int32), starts, flat


def _reduced(step: Any, value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    _, _, either, _, starts, flat = step
    rule = np.bitwise_and if either else np.bitwise_or
    reduced: np.ndarray[Any, Any] = rule.reduceat(value[flat], starts)
    return reduced


def _settle(steps: Sequence[Any], value: np.ndarray[Any, Any]) -> None:
    """Iterate circles from "everything fails" down to their greatest fixed point."""
    for step in steps:
        value[step[3]] = np.uint64(2**64 - 1)
    changed = True
    while changed:
        changed = False
        for step in steps:
            new = _reduced(step, value)
            if not np.array_equal(new, value[step[3]]):
                value[step[3]] = new
                changed = True

"""The circuit of one service: what of it falls if somebody withdraws.

Each service is cut down to what a withdrawal can change (:mod:`depgraph.analysis.circuit`): its
inputs are the actors at every level, and for each level one input that stands for everything
unknown which may hide somebody there. With these inputs at rest a circuit answers for the best
case, with them withdrawn for the worst, so that one circuit for each confidence gives the three
values of :func:`depgraph.without`. :mod:`depgraph.survey.shared` makes those of all services one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

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

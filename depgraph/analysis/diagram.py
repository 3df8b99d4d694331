"""All minimal cut sets at once, by a binary decision diagram.

A reduced ordered binary decision diagram of the failure function (Bryant, "Graph-based
algorithms for Boolean function manipulation", IEEE Trans. Computers 1986), then the
diagram of its minimal solutions (Rauzy, "New algorithms for fault trees analysis",
Reliability Engineering & System Safety 1993). The failure function is monotone, so that
of a node's two branches the one with the actor withdrawn always fails at least as often.

Nodes are integers: 0 is "never", 1 "always", others index three lists. Nothing is
complemented, for a monotone function needs no negation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from depgraph.analysis.circuit import ALWAYS, Circuit, Game, Step

_LEAF = 1 << 30
_DEEPEST = 300
"""Most variables: the functions call themselves once for each, and Python's stack has an end."""


class TooBigError(Exception):
    """The diagram passed its budget of nodes."""


class Diagram:
    """Monotone functions of numbered variables, shared in one table."""

    def __init__(self, *, budget: int) -> None:
        self._budget = budget
        self._level = [_LEAF, _LEAF]
        self._low = [0, 1]
        self._high = [0, 1]
        self._table: dict[tuple[int, int, int], int] = {}
        self._ands: dict[tuple[int, int], int] = {}
        self._ors: dict[tuple[int, int], int] = {}
        self._minimal: dict[int, int] = {0: 0, 1: 1}
        self._without: dict[tuple[int, int], int] = {}
        self._counts: dict[int, tuple[int, ...]] = {0: (), 1: (1,)}

    def __len__(self) -> int:
        return len(self._level)

    def variable(self, level: int) -> int:
        """Give the function that is one variable; smaller levels are decided first."""
        return self._node(level, 0, 1)

    def _node(self, level: int, low: int, high: int) -> int:
        key = (level, low, high)
        node = self._table.get(key)
        if node is None:
            node = len(self._level)
            if node > self._budget:
                raise TooBigError
            self._table[key] = node
            self._level.append(level)
            self._low.append(low)
            self._high.append(high)
        return node

    def conjunction(self, one: int, other: int) -> int:
        """Give the function that both hold."""
        if one == other:
            return one
        if one < 2:
            return other if one else 0
        if other < 2:
            return one if other else 0
        key = (one, other) if one < other else (other, one)
        found = self._ands.get(key)
        if found is None:
            level, low, high, low2, high2 = self._split(one, other)
            below, above = self.conjunction(low, low2), self.conjunction(high, high2)
            found = below if below == above else self._node(level, below, above)
            self._ands[key] = found
        return found

    def disjunction(self, one: int, other: int) -> int:
        """Give the function that one of the two holds."""
        if one == other:
            return one
        if one < 2:
            return 1 if one else other
        if other < 2:
            return 1 if other else one
        key = (one, other) if one < other else (other, one)
        found = self._ors.get(key)
        if found is None:
            level, low, high, low2, high2 = self._split(one, other)
            below, above = self.disjunction(low, low2), self.disjunction(high, high2)
            found = below if below == above else self._node(level, below, above)
            self._ors[key] = found
        return found

    def _split(self, one: int, other: int) -> tuple[int, int, int, int, int]:
        mine, theirs = self._level[one], self._level[other]
        if mine < theirs:
            return mine, self._low[one], self._high[one], other, other
        if mine > theirs:
            return theirs, one, one, self._low[other], self._high[other]
        return mine, self._low[one], self._high[one], self._low[other], self._high[other]

    def minimal(self, node: int) -> int:
        """Give the diagram of sets whose paths are the minimal solutions of a function."""
        found = self._minimal.get(node)
        if found is None:
            low = self.minimal(self._low[node])
            high = self._drop(self.minimal(self._high[node]), low)
            found = self._node(self._level[node], low, high) if high else low
            self._minimal[node] = found
        return found

    def _drop(self, sets: int, others: int) -> int:
        """Leave out of one family every set that holds a set of the other."""
        if others == 1 or sets in (0, others):
            return 0
        if others == 0 or sets == 1:  # the empty set holds no other one
            return sets
        key = (sets, others)
        found = self._without.get(key)
        if found is None:
            mine, theirs = self._level[sets], self._level[others]
            if mine > theirs:
                found = self._drop(sets, self._low[others])
            elif mine < theirs:
                low = self._drop(self._low[sets], others)
                high = self._drop(self._high[sets], others)
                found = self._node(mine, low, high) if high else low
            else:
                low = self._drop(self._low[sets], self._low[others])
                high = self._drop(self._high[sets], self._low[others])
                high = self._drop(high, self._high[others])
                found = self._node(mine, low, high) if high else low
            self._without[key] = found
        return found

    def counts(self, sets: int) -> tuple[int, ...]:
        """Count the sets of a family by size: how many of size 0, 1, 2, ..."""
        found = self._counts.get(sets)
        if found is None:
            low, high = self.counts(self._low[sets]), self.counts(self._high[sets])
            found = tuple(
                (low[size] if size < len(low) else 0)
                + (high[size - 1] if 0 < size <= len(high) else 0)
                for size in range(max(len(low), len(high) + 1))
            )
            self._counts[sets] = found
        return found

    def of_size(self, sets: int, size: int) -> Iterator[tuple[int, ...]]:
        """List the sets of one size, as tuples of levels; branches without any are passed by."""
        counts = self.counts(sets)
        if size >= len(counts) or not counts[size]:
            return
        if sets == 1:
            yield ()
            return
        level = self._level[sets]
        if size:
            for rest in self.of_size(self._high[sets], size - 1):
                yield (level, *rest)
        yield from self.of_size(self._low[sets], size)


class Solutions:
    """The minimal cut sets of a game with one root, counted and listed by size.

    Raises
    ------
    TooBigError
        If the diagram would need more nodes than the budget.
    """

    def __init__(self, game: Game, *, budget: int) -> None:
        (root,) = game.roots
        if len(game.players) > _DEEPEST:
            raise TooBigError
        self._players = _order(game.circuit, root, len(game.players)) if root >= 0 else ()
        self._diagram = Diagram(budget=budget)
        if root < 0:
            self._sets = int(root == ALWAYS)
        else:
            value = _build(self._diagram, game.circuit, self._players)
            self._sets = self._diagram.minimal(value[root])
        self.counts = self._diagram.counts(self._sets)

    def of_size(self, size: int) -> Iterator[int]:
        """List the cut sets of one size, each a bit mask over the players."""
        for levels in self._diagram.of_size(self._sets, size):
            yield sum(1 << self._players[level] for level in levels)


def _order(circuit: Circuit, root: int, players: int) -> tuple[int, ...]:
    """Order the players as a walk from the root first meets them: near ones stay near."""
    needs = {node: heads for block in circuit.blocks for node, _, heads in block}
    seen = {root}
    found = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node < players:
            found.append(node)
        for head in reversed(needs[node]):
            if head not in seen:
                seen.add(head)
                stack.append(head)
    return tuple(found)


def _build(diagram: Diagram, circuit: Circuit, players: Sequence[int]) -> list[int]:
    value = [0] * circuit.size
    given = {player: diagram.variable(level) for level, player in enumerate(players)}
    for player, node in given.items():
        value[player] = node
    for block, circle in zip(circuit.blocks, circuit.circles, strict=True):
        if not circle:
            node, alternatives, needs = block[0]
            if node not in given:
                value[node] = _join(diagram, value, needs, alternatives=alternatives)
            continue
        for node, _, _ in block:
            value[node] = 1
        while _sweep(diagram, block, value):
            pass
    return value


def _sweep(diagram: Diagram, block: Sequence[Step], value: list[int]) -> bool:
    changed = False
    for node, alternatives, needs in block:
        new = _join(diagram, value, needs, alternatives=alternatives)
        changed |= new != value[node]
        value[node] = new
    return changed


def _join(
    diagram: Diagram, value: Sequence[int], needs: Sequence[int], *, alternatives: bool
) -> int:
    parts = sorted({value[need] for need in needs}, reverse=True)
    result = int(alternatives)
    for part in parts:
        result = (diagram.conjunction if alternatives else diagram.disjunction)(result, part)
    return result

"""Failure as a monotone boolean circuit, evaluated for many withdrawals in one pass.

A node fails if it is withdrawn, or (`all`) if one of what it needs fails, or (`any`) if
each of its alternatives fails. The working nodes are the least fixed point of the dual
rules, hence the failing nodes the greatest one: a circle of names that only support each
other fails.

A *vector* is a Python integer with one bit per withdrawal that is asked about: bit *j* of a
node's vector says whether the node fails under withdrawal *j*. One pass over the nodes
with ``|`` and ``&`` answers for all of them at once, a thousand as easily as one.

Sources: Ramasubramanian & Sirer, "Perils of transitive trust in the domain name system"
(IMC 2005); Deccio, Sedayao, Kant, Mohapatra, "Measuring availability in the domain name
system" (INFOCOM 2010); Vesely et al., "Fault tree handbook" (NUREG-0492, 1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

NEVER = -1
"""Slot number of what works whatever is withdrawn."""
ALWAYS = -2
"""Slot number of what fails even if nothing is withdrawn."""

Step = tuple[int, bool, tuple[int, ...]]


@dataclass(frozen=True)
class Circuit:
    """Nodes numbered from 0, in blocks that come after the blocks they need.

    Parameters
    ----------
    size
        Number of nodes.
    blocks
        Each is a tuple of steps ``(node, any, needs)``. A block of several steps, or one
        that needs itself, is a circle and is iterated to its fixed point.
    circles
        For each block, whether it is a circle.
    """

    size: int
    blocks: tuple[tuple[Step, ...], ...]
    circles: tuple[bool, ...]

    @classmethod
    def of(
        cls,
        alternatives: Sequence[bool],
        needs: Sequence[Sequence[int]],
        roots: Iterable[int] | None = None,
    ) -> Circuit:
        """Order nodes, given for each whether any of its needs is enough and what it needs.

        Parameters
        ----------
        roots
            The nodes asked about: what none of them needs is left out. None: all.
        """
        blocks = []
        circles = []
        for members in _components(needs, range(len(needs)) if roots is None else roots):
            blocks.append(
                tuple((n, alternatives[n], tuple(dict.fromkeys(needs[n]))) for n in members)
            )
            circles.append(len(members) > 1 or members[0] in needs[members[0]])
        return cls(len(needs), tuple(blocks), tuple(circles))

    def like(self, steps: Sequence[Step]) -> Circuit:
        """Put the same nodes with other rules in the order of this circuit.

        Parameters
        ----------
        steps
            Of each node, by its number. They may have fewer needs than the nodes of this circuit,
            and no others.
        """
        blocks = tuple(
            (steps[block[0][0]],) if len(block) == 1 else tuple(steps[node] for node, _, _ in block)
            for block in self.blocks
        )
        return Circuit(self.size, blocks, self.circles)

    @cached_property
    def places(self) -> Mapping[int, tuple[int, int]]:
        """For each node the number of its block, and which of that it is."""
        return {
            node: (number, place)
            for number, block in enumerate(self.blocks)
            for place, (node, _, _) in enumerate(block)
        }

    def failing(self, withdrawn: Mapping[int, int], ones: int = 1) -> list[int]:
        """Give the vector of each node.

        Parameters
        ----------
        withdrawn
            Node -> vector of the withdrawals that remove it.
        ones
            The vector with every bit set; its length is the number of withdrawals.
        """
        value = [0] * self.size
        for node, vector in withdrawn.items():
            value[node] = vector
        for block, circle in zip(self.blocks, self.circles, strict=True):
            if circle:
                _settle(block, value, ones)
                continue
            ((node, alternatives, needs),) = block
            vector = value[node]
            if alternatives:
                every = ones
                for need in needs:
                    every &= value[need]
                value[node] = vector | every
            else:
                for need in needs:
                    vector |= value[need]
                value[node] = vector
        return value


def _components(needs: Sequence[Sequence[int]], starts: Iterable[int]) -> list[list[int]]:
    """Return the strongly connected components met from some nodes, each after those it needs.

    Their order, and that of their members, is the order in which the walk meets them.

    Tarjan, "Depth-first search and linear graph algorithms" (SIAM Journal on Computing, 1972),
    with a stack of its own in the place of recursion.
    """
    found: list[list[int]] = []
    place: dict[int, int] = {}  # when a node was met
    lowest: dict[int, int] = {}  # the earliest node of the walk that it leads back to
    open_: list[int] = []  # met, and of no component yet
    for start in starts:
        if start in place:
            continue
        walk = [(start, iter(needs[start]))]
        place[start] = lowest[start] = len(place)
        open_.append(start)
        while walk:
            node, heads = walk[-1]
            for head in heads:
                if head not in place:
                    place[head] = lowest[head] = len(place)
                    open_.append(head)
                    walk.append((head, iter(needs[head])))
                    break
                if head in lowest:
                    lowest[node] = min(lowest[node], lowest[head])
            else:
                walk.pop()
                if walk:
                    tail = walk[-1][0]
                    lowest[tail] = min(lowest[tail], lowest[node])
                if lowest[node] == place[node]:
                    cut = open_.index(node) if open_[-1] != node else len(open_) - 1
                    members = open_[cut:]
                    del open_[cut:]
                    for member in members:
                        lowest.pop(member)
                    found.append(members)
    return found


def _settle(block: Sequence[Step], value: list[int], ones: int) -> None:
    """Iterate a circle from "everything fails" down to its greatest fixed point."""
    own = [value[node] for node, _, _ in block]
    for node, _, _ in block:
        value[node] = ones
    changed = True
    while changed:
        changed = False
        for (node, alternatives, needs), vector in zip(block, own, strict=True):
            if alternatives:
                every = ones
                for need in needs:
                    every &= value[need]
                new = vector | every
            else:
                new = vector
                for need in needs:
                    new |= value[need]
            if new != value[node]:
                value[node] = new
                changed = True


@dataclass(frozen=True, slots=True)
class Game:
    """A circuit cut down to what can change, its first slots being the players.

    Parameters
    ----------
    players
        What slot 0, 1, ... stand for, in the numbering of the circuit that was cut down.
    roots
        For each root asked about its slot, NEVER or ALWAYS.
    """

    circuit: Circuit
    players: tuple[int, ...]
    roots: tuple[int, ...]

    def failing(self, vectors: Sequence[int], ones: int) -> tuple[int, ...]:
        """Give the vector of each root, from one vector per player."""
        value = self.circuit.failing(dict(enumerate(vectors)), ones)
        fixed = {NEVER: 0, ALWAYS: ones}
        return tuple(fixed[slot] if slot < 0 else value[slot] for slot in self.roots)

    def restrict(self, players: Iterable[int], root: int) -> Game:
        """Keep one root and the given slots as players; the others are never withdrawn."""
        slot = self.roots[root]
        if slot < 0:
            return Game(Circuit(0, (), ()), (), (slot,))
        small = cut_down(self.circuit, tuple(players), (), (slot,))
        return Game(small.circuit, tuple(self.players[p] for p in small.players), small.roots)


def together(groups: Sequence[Sequence[Game]], root: int) -> Game:
    """Return the game in which a root fails if it fails in each game of one of some groups.

    Parameters
    ----------
    groups
        Games over the same nodes as players; one who is withdrawn is so in each of them.
    root
        Place of the root among those of each game.
    """
    groups = [group for group in groups if all(game.roots[root] != NEVER for game in group)]
    groups = [[game for game in group if game.roots[root] != ALWAYS] for group in groups]
    if not groups or not all(groups):
        return Game(Circuit(0, (), ()), (), (ALWAYS if groups else NEVER,))
    games = {id(game): game for group in groups for game in group}
    players = tuple(sorted({player for game in games.values() for player in game.players}))
    place = {player: slot for slot, player in enumerate(players)}
    size = len(players)
    blocks: list[tuple[Step, ...]] = [((slot, False, ()),) for slot in range(size)]
    circles = [False] * size
    ends = {}
    for key, game in games.items():
        own = len(game.players)
        moved = [place[player] for player in game.players]
        moved += range(size, size + game.circuit.size - own)
        size += game.circuit.size - own
        for block, circle in zip(game.circuit.blocks, game.circuit.circles, strict=True):
            if block[0][0] >= own:  # the first slots are the players
                blocks.append(
                    tuple(
                        (moved[n], any_, tuple(moved[m] for m in needs)) for n, any_, needs in block
                    )
                )
                circles.append(circle)
        ends[key] = moved[game.roots[root]]
    every = [tuple(dict.fromkeys(ends[id(game)] for game in group)) for group in groups]
    blocks += [((size + n, True, slots),) for n, slots in enumerate(every)]
    blocks.append(((size + len(every), False, tuple(range(size, size + len(every)))),))
    circles += [False] * (len(every) + 1)
    whole = Circuit(size + len(every) + 1, tuple(blocks), tuple(circles))
    small = cut_down(whole, range(len(players)), (), (size + len(every),))
    return Game(small.circuit, tuple(players[slot] for slot in small.players), small.roots)


def cut_down(
    circuit: Circuit, players: Sequence[int], dead: Iterable[int], roots: Sequence[int]
) -> Game:
    """Reduce a circuit to what a withdrawal among the players can change.

    Nodes that always or never fail are folded away, nodes with a single need are replaced
    by it, equal nodes are merged, and players that no root hangs on are left out.

    Parameters
    ----------
    players
        Nodes that may be withdrawn.
    dead
        Nodes that are withdrawn in any case (the unknown ones of a worst case).
    roots
        Nodes that are asked about.
    """
    both = dict.fromkeys(players, 0b10) | dict.fromkeys(dead, 0b11)
    state = circuit.failing(both, 0b11)
    wanted = _wanted(circuit, state, roots)
    used = tuple(p for p in players if p in wanted and state[p] == 0b10)
    builder = _Builder(used)
    for block, circle in zip(circuit.blocks, circuit.circles, strict=True):
        steps = [step for step in block if step[0] in wanted and state[step[0]] == 0b10]
        if steps:
            builder.add(steps, state, circle=circle)
    fixed = {0b00: NEVER, 0b11: ALWAYS}
    slots = tuple(
        builder.slot[root] if state[root] == 0b10 else fixed[state[root]] for root in roots
    )
    done = Circuit(builder.size, tuple(builder.blocks), tuple(builder.circles))
    return Game(done, used, slots)


def _wanted(circuit: Circuit, state: Sequence[int], roots: Sequence[int]) -> set[int]:
    """Nodes that can change and that a root hangs on."""
    needs = {node: heads for block in circuit.blocks for node, _, heads in block}
    stack = [root for root in roots if state[root] == 0b10]
    found = set(stack)
    while stack:
        for head in needs[stack.pop()]:
            if state[head] == 0b10 and head not in found:
                found.add(head)
                stack.append(head)
    return found


def _safe(needs: Sequence[int], state: Sequence[int]) -> bool:
    """Tell whether one of the alternatives works whatever is withdrawn."""
    return any(state[need] == 0b00 for need in needs)


class _Builder:
    """Slots of a reduced circuit, made in the order of the blocks."""

    def __init__(self, players: Sequence[int]) -> None:
        self.size = len(players)
        self.player = {node: slot for slot, node in enumerate(players)}
        self.slot: dict[int, int] = {}
        self.blocks: list[tuple[Step, ...]] = [((slot, False, ()),) for slot in range(len(players))]
        self.circles = [False] * len(players)
        self._same: dict[tuple[bool, tuple[int, ...]], int] = {}

    def add(self, steps: Sequence[Step], state: Sequence[int], *, circle: bool) -> None:
        if not circle:
            ((node, alternatives, needs),) = steps
            kids = tuple(sorted({self.slot[n] for n in needs if state[n] == 0b10}))
            own = self.player.get(node)
            if own is None:
                self.slot[node] = self._make(kids, alternatives=alternatives)
            elif alternatives:
                inner = () if _safe(needs, state) else (self._make(kids, alternatives=True),)
                self.slot[node] = self._make((own, *inner), alternatives=False)
            else:
                self.slot[node] = self._make((own, *kids), alternatives=False)
            return
        for node, _, _ in steps:
            self.slot[node] = self._new()
        block: list[Step] = []
        for node, alternatives, needs in steps:
            kids = tuple(sorted({self.slot[n] for n in needs if state[n] == 0b10}))
            own = self.player.get(node)
            if own is None:
                block.append((self.slot[node], alternatives, kids))
            elif alternatives:
                inner = ()
                if not _safe(needs, state):
                    inner = (self._new(),)
                    block.append((inner[0], True, kids))
                block.append((self.slot[node], False, (own, *inner)))
            else:
                block.append((self.slot[node], False, (own, *kids)))
        self.blocks.append(tuple(block))
        self.circles.append(True)

    def _make(self, kids: tuple[int, ...], *, alternatives: bool) -> int:
        if len(kids) == 1:
            return kids[0]
        key = (alternatives, kids)
        if key not in self._same:
            self._same[key] = self._new()
            self.blocks.append(((self._same[key], alternatives, kids),))
            self.circles.append(False)
        return self._same[key]

    def _new(self) -> int:
        self.size += 1
        return self.size - 1

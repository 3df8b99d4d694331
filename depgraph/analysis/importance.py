"""How much each actor matters for a function, by two measures of game theory.

An optional measure, never "the score": it says how often an actor is the one that tips a
set of withdrawals, not whether somebody would withdraw.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from math import factorial, sqrt
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.circuit import ALWAYS, Game, together
from depgraph.analysis.clients import (
    ALL,
    Client,
    ClientsAsked,
    assumed,
    classes,
    clients_of,
    deciding,
)
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, level_of, model_of
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.verdicts import State
from depgraph.parameters import checked
from depgraph.vocabulary import Confidence, Level, LevelWord, Steering, SteeringWord

EXACT = 20
"""Most actors for which every set is evaluated (a million sets, one bit each)."""
SAMPLED = 300
"""Most actors for which orders and sets are drawn; beyond that there is no answer."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one actor weighs for one function, in the best and in the worst case.

    Parameters
    ----------
    id, label, own
        The actor: node id, text for people, and whether it is the service itself.
    shapley, birnbaum
        From 0 to 1: see :func:`importance`.
    shapley_worst, birnbaum_worst
        The same where whatever is unknown or not sure has failed.
    """

    id: str
    label: str
    own: bool = field(metadata=renamed("self"))
    shapley: float
    birnbaum: float
    shapley_worst: float
    birnbaum_worst: float


@dataclass(frozen=True, slots=True)
class FunctionImportance:
    """The weights for one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    state
        Of the function with nobody withdrawn.
    weights
        Of those who matter, the heaviest first.
    exact
        Whether every set was evaluated; if not, `samples` and `error` say how good the
        figures are.
    samples, seed, error
        How many orders were drawn, from which seed, and the standard error at most.
    left_out
        How many actors matter, where they are too many to weigh (over 300).
    """

    function: str
    state: State
    weights: tuple[Weight, ...]
    exact: bool
    samples: int = 0
    seed: int | None = None
    error: float = 0.0
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, repr=False)
class Importance(Result):
    """The answer of :func:`importance`.

    Parameters
    ----------
    level, horizon
        At which level actors are told apart; seconds within which a lever has to work.
    functions
        One part each.
    clients, steering
        As in :class:`depgraph.analysis.takedown.Takedown`.
    """

    NAME = "importance"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "steering"})

    level: Level
    horizon: float
    functions: tuple[FunctionImportance, ...]
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    def __getitem__(self, function: str) -> FunctionImportance:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per function and actor."""
        return [
            {
                "function": one.function,
                "actor": weight.label,
                "id": weight.id,
                "self": weight.own,
                "shapley": weight.shapley,
                "shapley_worst": weight.shapley_worst,
                "birnbaum": weight.birnbaum,
                "birnbaum_worst": weight.birnbaum_worst,
                "exact": one.exact,
            }
            for one in self.functions
            for weight in one.weights
        ]


@checked()
def importance(
    graph: nx.MultiDiGraph[str] | Model,
    *,
    level: LevelWord = "company",
    horizon: str | timedelta | float | None = "30d",
    samples: int = 5_000,
    seed: int = 0,
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Importance:
    """Weigh the actors of each function.

    The *Shapley-Shubik index* of an actor is the share of all orders in which the actors
    may withdraw in which its withdrawal is the one that makes the function fail (Shapley &
    Shubik, "A method for evaluating the distribution of power in a committee system",
    American Political Science Review 1954). The indices of a function add up to 1 if the
    actors together can stop it.

    Its *Birnbaum importance* is the probability that the function hangs on it if each of
    the others has withdrawn with probability one half, all independently (Birnbaum, "On the
    importance of different components in a multicomponent system", 1969; structural
    importance).

    Parameters
    ----------
    graph
        A graph that follows the schema.
    level, horizon
        As in :func:`depgraph.takedown`.
    samples, seed
        For functions with more than 20 actors that matter: how many orders and sets are
        drawn at random, and the seed of the draw (``random.Random``).
    clients, steering
        As in :func:`depgraph.takedown`. A function counts as failing if it fails for
        everyone asked about, for a whole place, or for everyone without IPv6.

    Returns
    -------
    Importance

    Raises
    ------
    QuestionError
        If there is no such level, or less than one sample.

    Notes
    -----
    Exact up to 20 actors that matter to the function (others weigh nothing). In the worst
    case all that is unknown, or only possible, has withdrawn before.
    """
    model = model_of(graph)
    seconds = seconds_of(horizon)
    asked = level_of(level)
    several = classes(model, clients, steering)
    best, worst = (
        [
            one.model.game(
                asked,
                one.model.case(seconds, Confidence.LIKELY, worst=levels),
                dead=one.model.unknown(asked) if levels else (),
            )
            for one in several
        ]
        for levels in ((), (asked,))
    )
    functions = []
    for place, (name, node) in enumerate(model.functions.items()):
        state = State.WORKS if model.complete else State.UNDETERMINED
        if model.nodes[node].get("absent"):
            functions.append(FunctionImportance(name, State.ABSENT, (), exact=True))
            continue
        live = [n for n, game in enumerate(best) if game.roots[place] != ALWAYS]
        groups = deciding(several, live or range(len(several)))
        games = [
            together([[of[number] for number in group] for group in groups], place)
            for of in (best, worst)
        ]
        most = max(len(game.players) for game in games)
        if most > SAMPLED:
            functions.append(FunctionImportance(name, state, (), exact=False, left_out=most))
            continue
        parts = [_weigh(game, samples, seed) for game in games]
        exact = all(part.exact for part in parts)
        actors = sorted({*parts[0].by_node, *parts[1].by_node})
        weights = [
            Weight(
                model.ids[actor],
                model.label(actor),
                model.own(actor),
                *parts[0].by_node.get(actor, (0.0, 0.0)),
                *parts[1].by_node.get(actor, (0.0, 0.0)),
            )
            for actor in actors
        ]
        weights.sort(key=lambda w: (-w.shapley, -w.shapley_worst, w.id))
        functions.append(
            FunctionImportance(
                name,
                state,
                tuple(weights),
                exact=exact,
                samples=0 if exact else samples,
                seed=None if exact else seed,
                error=0.0 if exact else round(0.5 / sqrt(samples), 6),
            )
        )
    return Importance(
        **about(model),
        level=asked,
        horizon=seconds,
        functions=tuple(functions),
        clients=clients_of(clients),
        steering=assumed(steering),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    by_node: dict[int, tuple[float, float]]
    exact: bool


def _weigh(game: Game, samples: int, seed: int) -> _Weighed:
    count = len(game.players)
    if not count:
        return _Weighed({}, exact=True)
    figures = _exact(game) if count <= EXACT else _sampled(game, samples, seed)
    return _Weighed(dict(zip(game.players, figures, strict=True)), exact=count <= EXACT)


def _exact(game: Game) -> list[tuple[float, float]]:
    """Evaluate all sets at once: bit *s* of a vector stands for the set with bit mask *s*."""
    count = len(game.players)
    ones = (1 << (1 << count)) - 1
    without = [_lacking(count, player) for player in range(count)]
    (failing,) = game.failing([ones ^ mask for mask in without], ones)
    sizes = _by_size(count)
    figures = []
    for player in range(count):
        tips = (failing >> (1 << player)) & ~failing & without[player]
        swings = [(tips & mask).bit_count() for mask in sizes]
        shapley = sum(
            Fraction(swing * factorial(size) * factorial(count - size - 1), factorial(count))
            for size, swing in enumerate(swings)
            if swing
        )
        birnbaum = Fraction(sum(swings), 1 << (count - 1))
        figures.append((float(shapley), float(birnbaum)))
    return figures


def _lacking(count: int, player: int) -> int:
    """Give the vector of the sets that lack a player: 2**player ones, as many zeros, ..."""
    width = 1 << player
    vector = (1 << width) - 1
    for doubled in range(player + 1, count):
        vector |= vector << (1 << doubled)
    return vector


def _by_size(count: int) -> list[int]:
    """Give for each size the vector of the sets of that size."""
    vectors = [1]
    for player in range(count):
        width = 1 << player
        vectors = [
            (vectors[size] if size < len(vectors) else 0)
            | (vectors[size - 1] << width if size else 0)
            for size in range(len(vectors) + 1)
        ]
    return vectors


def _sampled(game: Game, samples: int, seed: int) -> list[tuple[float, float]]:
    """Draw orders and sets; bit *j* of a vector stands for draw *j*."""
    draw = random.Random(seed)  # noqa: S311  (a statistic, not a secret)
    count = len(game.players)
    ones = (1 << samples) - 1
    pivots = _pivots(game, [draw.sample(range(count), count) for _ in range(samples)], ones)
    others = [draw.getrandbits(samples) for _ in range(count)]
    figures = []
    for player in range(count):
        with_it = [*others[:player], ones, *others[player + 1 :]]
        without = [*others[:player], 0, *others[player + 1 :]]
        tips = game.failing(with_it, ones)[0] & ~game.failing(without, ones)[0]
        figures.append((pivots[player] / samples, tips.bit_count() / samples))
    return figures


def _pivots(game: Game, orders: Sequence[Sequence[int]], ones: int) -> list[int]:
    """Count for each player the orders in which its withdrawal is the one that tips."""
    count = len(game.players)
    gone = [0] * count
    pivots = [0] * count
    before = game.failing(gone, ones)[0]
    for place in range(count):
        turn = [bytearray((len(orders) + 7) // 8) for _ in range(count)]
        for j, order in enumerate(orders):
            turn[order[place]][j >> 3] |= 1 << (j & 7)
        now = [int.from_bytes(bits, "little") for bits in turn]
        gone = [old | new for old, new in zip(gone, now, strict=True)]
        after = game.failing(gone, ones)[0]
        tipped = after & ~before
        pivots = [sum_ + (tipped & new).bit_count() for sum_, new in zip(pivots, now, strict=True)]
        before = after
    return pivots

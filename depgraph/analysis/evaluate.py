"""Which functions still work when actors are withdrawn: the one rule all analyses share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import networkx as nx

from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError


def evaluate(
    graph: nx.MultiDiGraph[str] | Model,
    withdrawn: Iterable[str] = (),
    *,
    level: str = "provider",
    horizon: str | timedelta | float | None = "30d",
) -> dict[str, State]:
    """Tell for each function whether it works without some nodes.

    A node works if it can be built up from working leaves: least fixed point of *all* and
    *any* over the ``needs`` edges, so that circles of names that only support each other
    fail. Unknown nodes work in the best case and are withdrawn too in the worst; where the
    two differ the function is undetermined.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    withdrawn
        Node ids.
    level
        At this level and above, unknown nodes may be any of the withdrawn.
    horizon
        Levers and caches that take longer do not count.

    Returns
    -------
    dict
        Function (``web``, ``web-www``, ``mail``, ``name``) -> state.

    Raises
    ------
    QuestionError
        If a withdrawn node is not in the graph, or there is no such level.
    """
    model = model_of(graph)
    gone = set()
    for name in withdrawn:
        if name not in model.number:
            raise QuestionError(f"expected nodes of the graph, found {name!r}, which is not in it")
        gone.add(model.number[name])
    return states(model, gone, model.unknown(level), seconds_of(horizon))


def states(
    model: Model, withdrawn: Iterable[int], unknown: Iterable[int], horizon: float
) -> dict[str, State]:
    """Do the same on node numbers, the unknown nodes given.

    Bit 0 of each vector is the best case and bit 1 the worst.
    """
    vectors = dict.fromkeys(unknown, 0b10) | dict.fromkeys(withdrawn, 0b11)
    value = model.circuit(horizon).failing(vectors, 0b11)
    return {name: _state(model, node, value[node]) for name, node in model.functions.items()}


def _state(model: Model, node: int, failing: int) -> State:
    if model.nodes[node].get("absent"):
        return State.ABSENT
    if not model.complete or failing == 0b10:
        return State.UNDETERMINED
    return State.FAILS if failing else State.WORKS

"""Which functions still work when actors are withdrawn: the one rule all analyses share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

import networkx as nx

from depgraph.analysis.clients import Client, ClientClass, whom
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.vocabulary import (
    Confidence,
    ConfidenceWord,
    Kind,
    Level,
    LevelWord,
    Relation,
)


@checked()
def evaluate(
    graph: nx.MultiDiGraph[str] | Model,
    withdrawn: Iterable[str] = (),
    *,
    level: LevelWord = "provider",
    horizon: str | timedelta | float | None = "30d",
    confidence: ConfidenceWord = "likely",
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
        What may hide somebody at this level may be any of the withdrawn.
    horizon
        Levers and caches that take longer do not count.
    confidence
        Steps that are less sure than this are taken as unknown.

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
    seconds = seconds_of(horizon)
    return states(
        model,
        gone,
        model.unknown(level),
        levels=[level],
        horizon=seconds,
        confidence=Confidence(confidence),
    )


def states(
    model: Model,
    withdrawn: Iterable[int],
    unknown: Iterable[int],
    *,
    levels: Iterable[str],
    horizon: float,
    confidence: Confidence,
) -> dict[str, State]:
    """Return the same for node numbers, the unknown nodes given, at one or several levels."""
    # Two withdrawals at once: of bit 0 only those withdrawn, of bit 1 what is unknown as well.
    gone = dict.fromkeys(unknown, 0b10) | dict.fromkeys(withdrawn, 0b11)
    best = model.case(horizon, confidence)
    worst = model.case(horizon, confidence, worst=levels)
    fails = model.circuit(best).failing(gone, 0b11)
    may_fail = fails if worst == best else model.circuit(worst).failing(gone, 0b11)
    return {
        name: state_of(
            model, node, fails=bool(fails[node] & 0b01), may_fail=bool(may_fail[node] & 0b10)
        )
        for name, node in model.functions.items()
    }


def state_of(model: Model, node: int, *, fails: bool, may_fail: bool) -> State:
    """Return the state of a function from whether it fails in the best and in the worst case."""
    if model.nodes[node].get("absent"):
        return State.ABSENT
    if not model.complete or (may_fail and not fails):
        return State.UNDETERMINED
    return State.FAILS if fails else State.WORKS


def recorded(model: Model, horizon: float) -> dict[str, State]:
    """Return the state of each function as recorded, with nobody withdrawn.

    It is undetermined where something that it needs was not seen: addresses, name servers, a
    registration, what is behind a front. Where it was seen, and only what its operator does
    there is not known (host or front), or who holds its addresses, it works. It fails if it cannot work as recorded, or did
    not for whoever asked (:attr:`depgraph.analysis.model.Model.why_failing`).
    """
    key = f"recorded {horizon}"
    if key not in model.remembered:
        model.remembered[key] = _recorded(model, horizon)
    found: dict[str, State] = model.remembered[key]
    return found


def fails_for(several: Sequence[ClientClass], function: str, horizon: float) -> tuple[Client, ...]:
    """Return the clients for whom a function does not work as recorded, where it does for others.

    No answer about the function is about them.
    """
    states = [recorded(one.model, horizon)[function] for one in several]
    failing = [number for number, state in enumerate(states) if state is State.FAILS]
    if len(failing) == len(several):
        return ()
    return whom(several, failing, range(len(several)))


def _recorded(model: Model, horizon: float) -> dict[str, State]:
    unseen = [node for node in model.unknown(Level.PROVIDER) if not _only_who(model, node)]
    found = states(
        model,
        (),
        unseen,
        levels=(),
        horizon=horizon,
        confidence=Confidence.LIKELY,
    )
    broken = {name for name, node in model.functions.items() if node in model.why_failing}
    fails = dict.fromkeys(broken, State.FAILS) if model.complete else {}
    return found | fails


_HOLDING: Final = frozenset({Relation.BLOCK, Relation.HOLDER, Relation.ALLOCATION})


def _only_who(model: Model, node: int) -> bool:
    """Tell whether an unknown leaves open only who it is, of what was seen to be there.

    That is so of who holds addresses, and of a host that is there only if its operator is a front.
    """
    edges = [model.edges[e] for e in model.into[node]]
    return all(
        edge.relation in _HOLDING
        or (edge.relation == Relation.ORIGIN and model.kind(edge.tail) == Kind.ADDRESS)
        for edge in edges
    )

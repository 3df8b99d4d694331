"""The analyses against brute force on random any/all graphs."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depgraph.analysis import State, exposure, importance, takedown, without
from depgraph.analysis.model import compile_graph
from tests.analysis.brute import Table, chance, random_graph, strategies

GRAPHS = 2000
PARTS = 8


def _agree(graph: nx.MultiDiGraph, draw: random.Random) -> None:
    model = compile_graph(graph)
    table = Table(graph)
    everything = takedown(model, level="provider", upto=None, horizon=None, explain=3)
    three = takedown(model, level="provider", upto=3, horizon=None, explain=3)
    weights = importance(model, level="provider", horizon=None)
    exposed = exposure(model, level="provider")
    ways = strategies(graph, 32)
    chosen = [actor for actor in table.actors if draw.random() < 0.4]
    half = without(model, chosen, horizon=None)
    for function in table.functions:
        name = function.rpartition("/")[2]
        certain = table.cut_sets(function, worst=False)
        possible = table.cut_sets(function, worst=True)
        if certain == {frozenset()}:
            assert everything[name].state is State.FAILS
            assert half[name].state is State.FAILS
            continue
        found = everything[name]
        assert found.complete_to is None
        assert {frozenset(c.ids) for c in found.cut_sets if not c.worst_case} == certain
        assert {frozenset(c.ids) for c in found.cut_sets if c.worst_case} == possible - certain
        assert [len(c.members) for c in found.cut_sets] == sorted(
            len(c.members) for c in found.cut_sets
        )
        few = [c for c in found.cut_sets if len(c.members) <= 3]
        assert [(c.ids, c.worst_case) for c in three[name].cut_sets] == [
            (c.ids, c.worst_case) for c in few
        ]
        best, worst = (function in table.fails[frozenset(chosen), case] for case in (False, True))
        expected = State.FAILS if best else State.UNDETERMINED if worst else State.WORKS
        assert half[name].state is expected
        _weights(table, function, {w.id: w for w in weights[name].weights})
        _exposed(graph, table, function, {a.id: a for a in exposed[name].actors}, ways)


def _weights(table, function, found):
    for actor in table.actors:
        figures = (0.0, 0.0, 0.0, 0.0)
        if actor in found:
            one = found[actor]
            figures = (one.shapley, one.birnbaum, one.shapley_worst, one.birnbaum_worst)
        expected = (
            table.shapley(function, actor, worst=False),
            table.birnbaum(function, actor, worst=False),
            table.shapley(function, actor, worst=True),
            table.birnbaum(function, actor, worst=True),
        )
        assert figures == pytest.approx([float(value) for value in expected], abs=1e-12)


def _exposed(graph, table, function, found, ways):
    reach = nx.descendants(graph, function)
    useful = nx.descendants(
        graph.edge_subgraph(
            [e[:3] for e in graph.edges(keys=True, data="strength") if e[3] == "needs"]
        ),
        function,
    )
    assert set(found) == reach & set(table.actors)
    for name, one in found.items():
        assert one.needed is (name in useful)
        assert 0 < one.share <= 1
        assert one.places
        for place in one.places:
            heads = [step.head for step in place.steps]
            assert [step.tail for step in place.steps] == [function, *heads[:-1]]
            assert heads[-1] == name
        if ways is not None:
            assert one.share == pytest.approx(chance(graph, ways, name, function), abs=1e-5)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_graphs_equal_brute_force(part):
    draw = random.Random(f"2021-01-10/{part}")
    for _ in range(GRAPHS // PARTS):
        _agree(random_graph(draw), draw)


@given(seed=st.integers(0, 2**48))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_graph_equals_brute_force(seed):
    draw = random.Random(seed)
    _agree(random_graph(draw), draw)

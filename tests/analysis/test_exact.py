"""The analyses against brute force on random any/all graphs."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depgraph.analysis import State, dependence, exposure, importance, takedown, without
from depgraph.analysis.model import compile_graph
from depgraph.analysis.verdicts import DECIDING
from depgraph.vocabulary import Confidence, least_sure
from tests.analysis.brute import BEST, Table, chance, random_graph, strategies, with_companies

GRAPHS = 2000
PARTS = 8


def _agree(graph: nx.MultiDiGraph, draw: random.Random, *, weigh: bool = True) -> None:
    """Hold every answer against brute force; the slow ones (shares, weights) only if asked."""
    model = compile_graph(graph)
    table = Table(graph)
    everything = takedown(model, level="provider", upto=None, horizon=None, explain=3)
    three = takedown(model, level="provider", upto=3, horizon=None, explain=3)
    chosen = [a for a in table.actors if draw.random() < 0.4] or table.actors[:1]
    half = without(model, chosen, horizon=None)
    rely = dependence(model, on=chosen, horizon=None, uncatalogued="own")
    for function in table.functions:
        name = function.rpartition("/")[2]
        already = any(function in table.fails(frozenset(), (c, False)) for c in DECIDING)
        state, sure = table.state(function, frozenset(chosen))
        assert (half[name].state.value, half[name].confidence.value) == (state, sure)
        if already:
            assert everything[name].state is State.FAILS
            continue
        found = everything[name]
        assert found.complete_to is None
        assert {frozenset(c.ids): c.confidence.value for c in found.cut_sets} == table.listed(
            function
        )
        assert all(c.worst_case == (c.confidence.value == "possible") for c in found.cut_sets)
        assert [len(c.members) for c in found.cut_sets] == sorted(
            len(c.members) for c in found.cut_sets
        )
        few = [c for c in found.cut_sets if len(c.members) <= 3]
        assert [(c.ids, c.confidence) for c in three[name].cut_sets] == [
            (c.ids, c.confidence) for c in few
        ]
        assert (found.alone.value, found.confidence.value) == table.alone(function)
        told = rely[name]
        expected = table.stops(function, frozenset(chosen))
        assert (told.takedown.value, told.confidence.value) == expected
        for cut in found.cut_sets[:3]:
            _reasoned(cut)
    if weigh:
        _weigh(model, graph, table)


def _weigh(model, graph, table):
    weights = importance(model, level="provider", horizon=None)
    exposed = exposure(model, level="provider")
    ways = strategies(graph, 32)
    for function in table.functions:
        if any(function in table.fails(frozenset(), (c, False)) for c in DECIDING):
            continue
        name = function.rpartition("/")[2]
        _weights(table, function, {w.id: w for w in weights[name].weights})
        _exposed(graph, table, function, {a.id: a for a in exposed[name].actors}, ways)


def _reasoned(cut):
    """A cut set in the worst case says what is unknown; a certain one rests on certain steps."""
    assert bool(cut.unknown) == cut.worst_case
    if not cut.worst_case:
        assert least_sure(step.confidence for step in cut.steps) is cut.confidence


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
    for number in range(GRAPHS // PARTS):
        _agree(random_graph(draw), draw, weigh=number % 4 == 0)


@pytest.mark.parametrize("part", range(4))
def test_who_stops_it_as_a_company_equals_brute_force_whether_or_not_it_has_one(part):
    draw = random.Random(f"companies/{part}")
    met = 0
    for _ in range(50):
        graph = with_companies(random_graph(draw), draw)
        model = compile_graph(graph)
        table = Table(graph, "company")
        found = takedown(model, level="company", upto=None, horizon=None)
        weights = importance(model, level="company", horizon=None)
        for function in table.functions:
            one = found[function.rpartition("/")[2]]
            if any(function in table.fails(frozenset(), (sure, False)) for sure in DECIDING):
                assert one.state is State.FAILS
                continue
            told = {frozenset(cut.ids): cut.confidence.value for cut in one.cut_sets}
            assert told == table.listed(function)
            assert (one.alone.value, one.confidence.value) == table.alone(function)
            listed = {row.id for row in weights[one.function].weights if row.shapley}
            mine = table.cut_sets(function, BEST)
            assert listed == frozenset().union(*mine)
            alone = {cut.ids: cut.confidence.value for cut in one.cut_sets if not cut.worst_case}
            for actor in table.actors:
                state = without(model, actor, horizon=None)[one.function]
                stops = state.confidence.value if state.state is State.FAILS else None
                assert alone.get((actor,)) == stops
                met += stops is not None and actor.startswith("provider:")
    assert met > 10


@given(seed=st.integers(0, 2**48))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_graph_equals_brute_force(seed):
    draw = random.Random(seed)
    _agree(random_graph(draw), draw)


def _definite(answer):
    """0 for a certain answer, 1 for a likely one, 2 for none."""
    word, confidence = answer
    return 2 if word == "undetermined" else Confidence(confidence).rank


def _answers(graph, chosen):
    model = compile_graph(graph)
    found = takedown(model, level="provider", upto=2, horizon=None, explain=0)
    rely = dependence(model, on=chosen, horizon=None, uncatalogued="own")
    half = without(model, chosen, horizon=None)
    answers = {}
    for one in found.functions:
        if one.state is not State.FAILS:
            answers["alone", one.function] = (one.alone.value, one.confidence.value)
        state = half[one.function]
        answers["without", one.function] = (state.state.value, state.confidence.value)
        told = rely[one.function]
        answers["stops", one.function] = (told.takedown.value, told.confidence.value)
        answers["meets", one.function] = (told.exposure.value, told.exposure_confidence.value)
    return answers


@pytest.mark.parametrize("part", range(4))
def test_a_step_less_sure_makes_no_answer_surer(part):
    draw = random.Random(f"confidence/{part}")
    for _ in range(100):
        graph = random_graph(draw)
        chosen = [n for n in graph if n.startswith("provider:") and draw.random() < 0.5]
        edges = [e for e in graph.edges(keys=True) if graph.edges[e]["confidence"] != "possible"]
        if not edges or not chosen:
            continue
        before = _answers(graph, chosen)
        edge = draw.choice(edges)
        rank = Confidence(graph.edges[edge]["confidence"]).rank
        graph.edges[edge]["confidence"] = list(Confidence)[draw.randint(rank + 1, 2)].value
        after = _answers(graph, chosen)
        for key in before.keys() & after.keys():
            assert _definite(after[key]) >= _definite(before[key]), key

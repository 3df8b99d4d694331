"""The answers for several clients against brute force: of each client alone, then combined."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations

import networkx as nx
import pytest

from depgraph.analysis import State, dependence, exposure, importance, takedown, without
from depgraph.analysis.clients import Client
from depgraph.analysis.model import compile_graph
from depgraph.analysis.verdicts import DECIDING
from depgraph.vocabulary import Confidence, Family
from tests.analysis.brute import BEST, WORST, Table, chance, random_graph, strategies

GRAPHS = 240
PARTS = 4
PLACES = ("de", "fr", "us")
CLIENTS = [Client(place, family) for place in PLACES for family in (Family.DUAL, Family.IPV4)]


def graph_of_places(draw: random.Random) -> nx.MultiDiGraph:
    """Make a random graph whose edges some places lack, and with addresses of both families."""
    graph = random_graph(draw)
    while len([n for n in graph if n.startswith("provider:")]) > 6:
        graph = random_graph(draw)
    for number, (tail, head, key, data) in enumerate(list(graph.edges(keys=True, data=True))):
        if tail.startswith(("provider:", "function:")):
            continue
        if draw.random() < 0.25:
            places = draw.sample(PLACES, draw.choice([1, 1, 2]))
            graph.edges[tail, head, key]["vantage"] = ",".join(sorted(places))
            graph.nodes[tail]["vantage"] = ",".join(PLACES)
        if draw.random() < 0.4:  # what it leads to stands behind an address
            address = f"address:{draw.choice(['192.0.2.', '2001:db8::'])}{number}"
            graph.add_node(address, kind="address", label=address, needs="all")
            graph.remove_edge(tail, head, key)
            graph.add_edge(tail, address, "address", **(data | {"relation": "address"}))
            onward = {"evidence": "observed", "confidence": "certain", "strength": "needs"}
            graph.add_edge(address, head, key, relation=data["relation"], **onward)
    return graph


def met_by(client: Client, graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return what a client meets: without the edges of other places, and IPv6 if it has none."""
    met = graph.copy()
    for tail, head, key, data in graph.edges(keys=True, data=True):
        elsewhere = "vantage" in data and client.place not in data["vantage"].split(",")
        six = client.family is Family.IPV4 and head.startswith("address:2001:")
        if elsewhere or six:
            met.remove_edge(tail, head, key)
    return met


class Tables:
    """What fails for whom, and the rule by which the answers of several clients are one."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.graphs = {client: met_by(client, graph) for client in CLIENTS}
        self.of = {client: Table(met) for client, met in self.graphs.items()}
        self.any = self.of[CLIENTS[0]]

    def live(self, function, case=BEST):
        """List those for whom a function works as recorded."""
        return [c for c, t in self.of.items() if function not in t.fails(frozenset(), case)]

    def stopped(self, function, chosen, case, judged):
        return {c for c in judged if function in self.of[c].fails(chosen, case)}

    @staticmethod
    def counts(some, judged):
        """Everyone, a whole place, or all who have no IPv6."""
        groups = [set(judged), {c for c in judged if c.family is Family.IPV4}]
        groups += [{c for c in judged if c.place == place} for place in PLACES]
        return any(group and group <= set(some) for group in groups)

    def listed(self, function):
        judged = self.live(function)
        rows = []
        for case, word in [*(((c, False), c.value) for c in Confidence), (WORST, "possible")]:
            sets = set()
            for client in judged:
                sets |= self.of[client].cut_sets(function, case)
            up = [c for c in judged if function not in self.of[c].fails(frozenset(), case)]
            whole = []
            for chosen in self.any.sets:
                everyone = up and self.stopped(function, chosen, case, up) == set(up)
                if everyone and not any(smaller <= chosen for smaller in whole):
                    whole.append(chosen)
            for chosen in sets | set(whole):
                stopped = self.stopped(function, chosen, case, judged)
                if chosen:
                    stopped &= set(up)
                if not any(old == chosen and stopped <= others for old, _, others in rows):
                    rows.append((chosen, word, stopped))
        return {(chosen, word, frozenset(stopped)) for chosen, word, stopped in rows}

    def state(self, function, chosen):
        judged = self.live(function) or CLIENTS
        for confidence in DECIDING:
            fails = self.stopped(function, chosen, (confidence, False), judged)
            if self.counts(fails, judged):
                return "fails", confidence.value, fails
            if not self.counts(self.stopped(function, chosen, (confidence, True), judged), judged):
                return "works", confidence.value, fails
        return "undetermined", "possible", None

    def stops(self, function, chosen):
        for confidence in DECIDING:
            judged = self.live(function, (confidence, False))
            stopped = self.stopped(function, chosen, (confidence, False), judged)
            if self.counts(stopped, judged):
                return "yes", confidence.value
            worst = self.stopped(function, chosen, (confidence, True), judged)
            if judged and not self.counts(worst, judged):
                return "no", confidence.value
        return "undetermined", "possible"

    def alone(self, function):
        judged = self.live(function)
        singles = [frozenset({actor}) for actor in self.any.actors]
        for confidence in DECIDING:
            best, worst = (confidence, False), (confidence, True)
            if any(self.counts(self.stopped(function, s, best, judged), judged) for s in singles):
                return "yes", confidence.value
            sets = [frozenset(), *singles]
            if not any(self.counts(self.stopped(function, s, worst, judged), judged) for s in sets):
                return "no", confidence.value
        return "undetermined", "possible"

    def shapley(self, function, actor, case):
        judged = self.live(function)
        orders = list(permutations(self.any.actors))
        tips = 0
        for order in orders:
            before = frozenset(order[: order.index(actor)])
            tips += not self.counts(
                self.stopped(function, before, case, judged), judged
            ) and self.counts(self.stopped(function, before | {actor}, case, judged), judged)
        return Fraction(tips, len(orders))


def whom(clients, judged):
    """Return those of some clients who are of one of several kinds; of none all."""
    return {c for c in judged if not clients or any(kind.includes(c) for kind in clients)}


def _agree(graph, draw, *, weigh):
    model = compile_graph(graph)
    tables = Tables(graph)
    everything = takedown(model, level="provider", upto=None, horizon=None, explain=2)
    two = takedown(model, level="provider", upto=2, horizon=None, explain=0)
    chosen = [a for a in tables.any.actors if draw.random() < 0.4] or tables.any.actors[:1]
    half = without(model, chosen, horizon=None)
    rely = dependence(model, on=chosen, horizon=None, uncatalogued="own")
    for function in tables.any.functions:
        name = function.rpartition("/")[2]
        found = everything[name]
        judged = tables.live(function)
        told = half[name]
        state, sure, fails = tables.state(function, frozenset(chosen))
        assert (told.state.value, told.confidence.value) == (state, sure)
        if state == "fails":
            assert whom(told.clients, judged or CLIENTS) == fails
        elif state == "works" and told.clients:
            assert whom(told.clients, judged) == fails
        stop = rely[name]
        assert (stop.takedown.value, stop.confidence.value) == tables.stops(
            function, frozenset(chosen)
        )
        if not judged:
            assert found.state is State.FAILS
            continue
        assert whom(found.fails_for, CLIENTS) == set(CLIENTS) - set(judged) or not found.fails_for
        assert bool(found.fails_for) == (len(judged) < len(CLIENTS))
        rows = {
            (frozenset(c.ids), c.confidence.value, frozenset(whom(c.clients, judged)))
            for c in found.cut_sets
        }
        assert rows == tables.listed(function)
        assert len(rows) == len(found.cut_sets)
        for cut in found.cut_sets:
            assert cut.decisive == tables.counts(whom(cut.clients, judged), judged)
        few = [(c.ids, c.confidence, c.clients) for c in found.cut_sets if len(c.members) <= 2]
        assert [(c.ids, c.confidence, c.clients) for c in two[name].cut_sets] == few
        assert (found.alone.value, found.confidence.value) == tables.alone(function)
        if weigh and len(tables.any.actors) <= 4:
            _weigh(model, tables, function, name)
            _exposed(model, tables, function, name)


def _weigh(model, tables, function, name):
    found = {w.id: w for w in importance(model, level="provider", horizon=None)[name].weights}
    for actor in tables.any.actors:
        figures = (found[actor].shapley, found[actor].shapley_worst) if actor in found else (0, 0)
        expected = [float(tables.shapley(function, actor, case)) for case in (BEST, WORST)]
        assert list(figures) == pytest.approx(expected, abs=1e-12)


def _exposed(model, tables, function, name):
    found = {one.id: one for one in exposure(model, level="provider")[name].actors}
    shares = {}
    for client, met in tables.graphs.items():
        ways = strategies(met, 32)
        if ways is None:
            return
        for actor in set(nx.descendants(met, function)) & set(tables.any.actors):
            shares.setdefault(actor, {})[client] = chance(met, ways, actor, function)
    assert found.keys() == shares.keys()
    for actor, of in shares.items():
        assert found[actor].share == pytest.approx(max(of.values()), abs=1e-5)
        assert whom(found[actor].clients, CLIENTS) == set(of)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_graphs_of_several_clients_equal_brute_force(part):
    draw = random.Random(f"clients/{part}")
    for number in range(GRAPHS // PARTS):
        _agree(graph_of_places(draw), draw, weigh=number % 2 == 0)

"""Brute force: the definitions, read aloud, on graphs small enough to try every set."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb

import networkx as nx
import numpy as np

STRUCTURE = ("host", "zone", "addresses", "nameservers", "exchanges", "front")


def random_graph(draw: random.Random) -> nx.MultiDiGraph:
    """Any/all graph with circles, shared nodes, unknowns and up to 14 actors."""
    actors = draw.choices(range(1, 15), weights=[6, 9, 12, 12, 10, 6, 3, 1, 0.3] + [0.1] * 5)[0]
    inner = draw.randint(3, 14)
    choice = draw.choice([0.3, 0.5, 0.8])
    strangers = draw.choice([0, 0, 1, 1, 2])
    names = [f"{draw.choice(STRUCTURE)}:{n}" for n in range(inner)]
    leaves = [f"provider:p{n}" for n in range(actors)]
    leaves += [f"unknown:u{n}" for n in range(strangers)]
    graph = nx.MultiDiGraph(subject="example.com", complete=True)
    for name in (*names, *leaves):
        kind = name.partition(":")[0]
        either = kind not in {"provider", "unknown"} and draw.random() < choice
        graph.add_node(name, kind=kind, label=name, needs="any" if either else "all")
        if kind == "unknown":
            graph.nodes[name].update(level=draw.choice(["provider", "company"]), reason="not asked")
    for place, name in enumerate(names):
        circular = draw.random() < 0.25
        pool = [*names] if circular else names[place + 1 :]
        targets = draw.sample(pool, min(len(pool), draw.choice([0, 1, 1, 2])))
        targets += draw.sample(leaves, min(len(leaves), draw.choice([0, 1, 1, 2, 3])))
        for target in dict.fromkeys(targets):
            strength = "exposes" if draw.random() < 0.1 else "needs"
            relation = "address" if target in names else "operator"
            graph.add_edge(name, target, key=relation, relation=relation, strength=strength)
    for name in leaves[:actors]:  # as a prefix that several announce is an actor with needs
        if draw.random() < 0.15:
            graph.nodes[name]["needs"] = draw.choice(["all", "any"])
            pool = [other for other in (*leaves, *names) if other != name]
            for target in draw.sample(pool, min(len(pool), draw.choice([1, 2, 2, 3]))):
                graph.add_edge(name, target, key="owner", relation="owner", strength="needs")
    for function in ("web", "mail"):
        node = f"function:example.com/{function}"
        graph.add_node(node, kind="function", label=node, needs=draw.choice(["all", "any"]))
        for target in draw.sample(names, draw.randint(1, 3)):
            graph.add_edge(node, target, key="host", relation="host", strength="needs")
    return graph


def needed(graph: nx.MultiDiGraph, node: str) -> list[str]:
    return [
        head for _, head, data in graph.out_edges(node, data=True) if data["strength"] == "needs"
    ]


Rules = list[tuple[str, bool, list[str]]]


def rules(graph: nx.MultiDiGraph) -> Rules:
    return [
        (node, data["needs"] == "any", needed(graph, node)) for node, data in graph.nodes.items()
    ]


def working(told: Rules, withdrawn: set[str]) -> set[str]:
    """Build up from the leaves what works: the least fixed point, literally."""
    works: set[str] = set()
    left = [row for row in reversed(told) if row[0] not in withdrawn]
    grew = True
    while grew:
        later = []
        for node, either, heads in left:
            found = [head in works for head in heads]
            if any(found) if either else all(found):
                works.add(node)
            else:
                later.append((node, either, heads))
        grew = len(later) < len(left)
        left = later
    return works


class Table:
    """For every set of actors, what fails: in the best and in the worst case."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.actors = sorted(n for n, d in graph.nodes(data=True) if d["kind"] == "provider")
        self.unknown = {
            n
            for n, d in graph.nodes(data=True)
            if d["kind"] == "unknown" and d["level"] == "provider"
        }
        self.functions = [n for n, d in graph.nodes(data=True) if d["kind"] == "function"]
        told = rules(graph)
        self.fails: dict[tuple[frozenset[str], bool], set[str]] = {}
        for size in range(len(self.actors) + 1):
            for chosen in combinations(self.actors, size):
                for worst in (False, True):
                    if worst and not self.unknown:
                        best = self.fails[frozenset(chosen), False]
                        self.fails[frozenset(chosen), True] = best
                        continue
                    gone = {*chosen, *(self.unknown if worst else ())}
                    works = working(told, gone)
                    self.fails[frozenset(chosen), worst] = set(self.functions) - works

    def cut_sets(self, function: str, *, worst: bool) -> set[frozenset[str]]:
        found: set[frozenset[str]] = set()
        for (chosen, case), failed in self.fails.items():  # in the order of size
            if (
                case is worst
                and function in failed
                and not any(smaller <= chosen for smaller in found)
            ):
                found.add(chosen)
        return found

    def shapley(self, function: str, actor: str, *, worst: bool) -> Fraction:
        if len(self.actors) <= 5:
            orders = list(permutations(self.actors))
            return Fraction(sum(self._tips(o, actor, function, worst) for o in orders), len(orders))
        total = Fraction(0)
        count = len(self.actors)
        for (chosen, case), failed in self.fails.items():
            if case is worst and actor not in chosen and function not in failed:
                after = self.fails[chosen | {actor}, worst]
                if function in after:
                    total += Fraction(1, count * comb(count - 1, len(chosen)))
        return total

    def _tips(self, order: tuple[str, ...], actor: str, function: str, worst: bool) -> bool:  # noqa: FBT001
        place = order.index(actor)
        before = self.fails[frozenset(order[:place]), worst]
        after = self.fails[frozenset(order[: place + 1]), worst]
        return function in after and function not in before

    def birnbaum(self, function: str, actor: str, *, worst: bool) -> Fraction:
        tips = 0
        for (chosen, case), failed in self.fails.items():
            if case is worst and actor not in chosen and function not in failed:
                tips += function in self.fails[chosen | {actor}, worst]
        return Fraction(tips, 2 ** (len(self.actors) - 1))


def strategies(graph: nx.MultiDiGraph, most: int) -> list[dict[str, str]] | None:
    """Every way to follow one need at each node that needs all; None if there are too many."""
    choices = {
        node: sorted(set(graph.successors(node)))
        for node, data in graph.nodes(data=True)
        if data["needs"] != "any" and graph.out_degree(node)
    }
    count = 1
    for heads in choices.values():
        count *= len(heads)
    if count > most:
        return None
    return [dict(zip(choices, picks, strict=True)) for picks in product(*choices.values())]


def chance(graph: nx.MultiDiGraph, ways: list[dict[str, str]], actor: str, function: str) -> float:
    """The best chance, over all strategies, to come by an actor: each a Markov chain solved."""
    best = 0.0
    for way in ways:
        moves = nx.DiGraph()
        moves.add_nodes_from(graph)
        for node in graph:
            heads = [way[node]] if node in way else [h for _, h in graph.out_edges(node)]
            if node != actor:
                for head in heads:
                    weight = moves.get_edge_data(node, head, {"weight": 0.0})["weight"]
                    moves.add_edge(node, head, weight=weight + 1 / len(heads))
        able = sorted(nx.ancestors(moves, actor))
        if function not in able:
            continue
        place = {node: i for i, node in enumerate(able)}
        matrix = np.eye(len(able))
        right = np.zeros(len(able))
        for node in able:
            for head in moves[node]:
                weight = moves[node][head]["weight"]
                if head == actor:
                    right[place[node]] += weight
                elif head in place:
                    matrix[place[node], place[head]] -= weight
        best = max(best, float(np.linalg.solve(matrix, right)[place[function]]))
    return best

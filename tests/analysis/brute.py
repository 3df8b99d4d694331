"""Brute force: the definitions, read aloud, on graphs small enough to try every set."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb

import networkx as nx
import numpy as np

from depgraph.vocabulary import Confidence

STRUCTURE = ("host", "front", "nameservers", "nameserver", "exchanges", "exchange")
WORKS, FAILS = "works", "fails"


def random_graph(draw: random.Random) -> nx.MultiDiGraph:
    """Any/all graph with circles, shared nodes, unknowns and up to 14 actors."""
    actors = draw.choices(range(1, 15), weights=[6, 9, 12, 12, 10, 6, 3, 1, 0.3] + [0.1] * 5)[0]
    inner = draw.randint(3, 14)
    choice = draw.choice([0.3, 0.5, 0.8])
    strangers = draw.choice([0, 0, 1, 1, 2])
    names = [f"{draw.choice(STRUCTURE)}:{n}" for n in range(inner)]
    leaves = [f"provider:p{n}" for n in range(actors)]
    leaves += [f"unknown:u{n}" for n in range(strangers)]
    doubts = draw.choice([[1, 0, 0], [6, 2, 2]])
    graph = nx.MultiDiGraph(subject="example.com", complete=True)

    def edge(tail: str, head: str, relation: str, strength: str = "needs") -> None:
        evidence = "unknown" if head.startswith("unknown:") else "observed"
        (confidence,) = draw.choices([word.value for word in Confidence], weights=doubts)
        graph.add_edge(
            *(tail, head, relation),
            relation=relation,
            strength=strength,
            evidence=evidence,
            confidence=confidence,
        )

    for name in (*names, *leaves):
        kind = name.partition(":")[0]
        either = kind not in {"provider", "unknown"} and draw.random() < choice
        graph.add_node(name, kind=kind, label=name, needs="any" if either else "all")
        if kind == "unknown":
            hides = draw.choice(["provider,company,country", "company,country"])
            graph.nodes[name].update(what="operator", of=name, hides=hides, reason="not-asked")
    for place, name in enumerate(names):
        circular = draw.random() < 0.25
        pool = [*names] if circular else names[place + 1 :]
        targets = draw.sample(pool, min(len(pool), draw.choice([0, 1, 1, 2])))
        targets += draw.sample(leaves, min(len(leaves), draw.choice([0, 1, 1, 2, 3])))
        for target in dict.fromkeys(targets):
            strength = "exposes" if draw.random() < 0.1 else "needs"
            relation = "address" if target in names else "operator"
            edge(name, target, relation, strength)
    for name in leaves[:actors]:  # as a prefix that several announce is an actor with needs
        if draw.random() < 0.15:
            graph.nodes[name]["needs"] = draw.choice(["all", "any"])
            pool = [other for other in (*leaves, *names) if other != name]
            for target in draw.sample(pool, min(len(pool), draw.choice([1, 2, 2, 3]))):
                edge(name, target, "owner")
    for function in ("web", "mail"):
        node = f"function:example.com/{function}"
        graph.add_node(node, kind="function", label=node, needs=draw.choice(["all", "any"]))
        for target in draw.sample(names, draw.randint(1, 3)):
            edge(node, target, "host")
    return graph


def with_companies(graph: nx.MultiDiGraph, draw: random.Random) -> nx.MultiDiGraph:
    """Give some providers a company, and some one that is not known; the others have none."""
    doubts = draw.choice([[1, 0, 0], [3, 2, 2]])
    companies = [f"company:c{n}" for n in range(draw.randint(1, 4))]

    def edge(tail: str, head: str, relation: str) -> None:
        (confidence,) = draw.choices([word.value for word in Confidence], weights=doubts)
        told = {"relation": relation, "strength": "needs", "evidence": "observed"}
        graph.add_edge(tail, head, relation, **told, confidence=confidence)

    for place, name in enumerate(companies):
        graph.add_node(name, kind="company", label=name, needs="all")
        if place and draw.random() < 0.4:
            edge(name, draw.choice(companies[:place]), "parent")
    for name in [node for node, data in graph.nodes.items() if data["kind"] == "provider"]:
        kind = draw.choice(["company", "company", "unknown", ""])
        if kind == "company":
            edge(name, draw.choice(companies), "owner")
        elif kind:
            nobody = f"unknown:company of {name}"
            told = {"what": "company", "of": name, "hides": "company,country"}
            graph.add_node(
                nobody, kind=kind, label=nobody, needs="all", reason="no-company", **told
            )
            edge(name, nobody, "owner")
    return graph


def acts(graph: nx.MultiDiGraph, node: str, level: str) -> bool:
    """Tell who acts at a level; as a company also a provider, while neither is known to have one."""
    kind = graph.nodes[node]["kind"]
    if level == "provider":
        return kind == level
    return kind in {"provider", "company"} and not any(
        graph.nodes[head]["kind"] == "company" and edge["confidence"] != "possible"
        for _, head, edge in graph.out_edges(node, data=True)
    )


Rules = list[tuple[str, bool, list[str]]]


def rules(
    graph: nx.MultiDiGraph, confidence: Confidence, *, worst: bool, level: str = "provider"
) -> Rules:
    """What each node needs, where a step less sure than a confidence holds, or fails."""
    found = []
    for node, data in graph.nodes.items():
        heads = []
        for _, head, edge in graph.out_edges(node, data=True):
            if edge["strength"] != "needs":
                continue
            if Confidence(edge["confidence"]).weaker_than(confidence):
                # who owns somebody is no question at the level of providers
                open_ = level != "provider" or edge["relation"] != "owner"
                head_value = FAILS if worst and open_ else WORKS
                heads.append(head_value)
            else:
                heads.append(head)
        found.append((node, data["needs"] == "any", heads))
    return found


def working(told: Rules, withdrawn: set[str]) -> set[str]:
    """Build up from the leaves what works: the least fixed point, literally."""
    works = {WORKS}
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


Case = tuple[Confidence, bool]
BEST: Case = (Confidence.LIKELY, False)
WORST: Case = (Confidence.LIKELY, True)


class Table:
    """For every set of actors, what fails: at each confidence, in the best and the worst case."""

    def __init__(self, graph: nx.MultiDiGraph, level: str = "provider") -> None:
        self.actors = sorted(node for node in graph if acts(graph, node, level))
        self.unknown = {
            n for n, d in graph.nodes(data=True) if d["kind"] == "unknown" and level in d["hides"]
        }
        self.functions = [n for n, d in graph.nodes(data=True) if d["kind"] == "function"]
        self.sets = [
            frozenset(chosen)
            for size in range(len(self.actors) + 1)
            for chosen in combinations(self.actors, size)
        ]
        self._told: dict[Case, Rules] = {}
        self._fails: dict[tuple[frozenset[str], Case], set[str]] = {}
        unsure = {data["confidence"] for *_, data in graph.edges(data=True)} - {"certain"}
        for confidence in Confidence:
            for worst in (False, True):
                case = (confidence, worst)
                self._told[case] = rules(graph, confidence, worst=worst, level=level)
                if not unsure and confidence is not Confidence.CERTAIN:
                    self._told[case] = self._told[Confidence.CERTAIN, worst]

    def fails(self, chosen: frozenset[str], case: Case) -> set[str]:
        """Give the functions that fail without some actors."""
        told = self._told[case]
        hidden = self.unknown if case[1] else set()
        key = (chosen, (id(told), bool(hidden)))
        if key not in self._fails:
            self._fails[key] = set(self.functions) - working(told, {*chosen, *hidden})
        return self._fails[key]

    def cut_sets(self, function: str, case: Case) -> set[frozenset[str]]:
        found: set[frozenset[str]] = set()
        for chosen in self.sets:  # in the order of size
            if any(smaller <= chosen for smaller in found):
                continue
            if function in self.fails(chosen, case):
                found.add(chosen)
        return found

    def listed(self, function: str) -> dict[frozenset[str], str]:
        """Give each cut set with the word under which it is listed."""
        found: dict[frozenset[str], str] = {}
        for confidence in Confidence:
            for chosen in self.cut_sets(function, (confidence, False)):
                found.setdefault(chosen, confidence.value)
        for chosen in self.cut_sets(function, WORST):
            found.setdefault(chosen, "possible")
        return found

    def stops(self, function: str, chosen: frozenset[str]) -> tuple[str, str]:
        """Say whether some actors stop a function that works as recorded, and how sure."""
        for confidence in (Confidence.CERTAIN, Confidence.LIKELY):
            best, worst = (confidence, False), (confidence, True)
            if function in self.fails(frozenset(), best):
                continue
            if function in self.fails(chosen, best):
                return "yes", confidence.value
            if function not in self.fails(chosen, worst):
                return "no", confidence.value
        return "undetermined", "possible"

    def alone(self, function: str) -> tuple[str, str]:
        """Say whether anybody stops a function alone, and how sure that is."""
        for confidence in (Confidence.CERTAIN, Confidence.LIKELY):
            best, worst = (confidence, False), (confidence, True)
            if function in self.fails(frozenset(), best):
                continue
            singles = [frozenset({actor}) for actor in self.actors]
            if any(function in self.fails(one, best) for one in singles):
                return "yes", confidence.value
            if function in self.fails(frozenset(), worst):
                continue
            if not any(function in self.fails(one, worst) for one in singles):
                return "no", confidence.value
        return "undetermined", "possible"

    def state(self, function: str, chosen: frozenset[str]) -> tuple[str, str]:
        """Say what becomes of a function without some actors, and how sure that is."""
        for confidence in (Confidence.CERTAIN, Confidence.LIKELY):
            if function in self.fails(chosen, (confidence, False)):
                return "fails", confidence.value
            if function not in self.fails(chosen, (confidence, True)):
                return "works", confidence.value
        return "undetermined", "possible"

    def shapley(self, function: str, actor: str, *, worst: bool) -> Fraction:
        if len(self.actors) <= 5:
            orders = list(permutations(self.actors))
            return Fraction(sum(self._tips(o, actor, function, worst) for o in orders), len(orders))
        total = Fraction(0)
        count = len(self.actors)
        for chosen in self.sets:
            if actor not in chosen and self._tipped(chosen, actor, function, worst):
                total += Fraction(1, count * comb(count - 1, len(chosen)))
        return total

    def _tips(self, order: tuple[str, ...], actor: str, function: str, worst: bool) -> bool:  # noqa: FBT001
        return self._tipped(frozenset(order[: order.index(actor)]), actor, function, worst)

    def _tipped(self, before: frozenset[str], actor: str, function: str, worst: bool) -> bool:  # noqa: FBT001
        case = WORST if worst else BEST
        if function in self.fails(before, case):
            return False
        return function in self.fails(before | {actor}, case)

    def birnbaum(self, function: str, actor: str, *, worst: bool) -> Fraction:
        others = [chosen for chosen in self.sets if actor not in chosen]
        tips = sum(self._tipped(chosen, actor, function, worst) for chosen in others)
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

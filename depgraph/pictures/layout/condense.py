"""The graph as it is drawn: what is one thing to a reader is joined to one chip.

* A group ("any of these") becomes a ring on the node that needs it.
* A prefix joins its network, and so do blocks whose holder runs that network; the host of a
  mail exchange joins the exchange, the look-up of a name server joins the name server, a
  registration that only its zone needs joins the zone, a public suffix joins its registry.
* A line to an actor is left out where the other lines of its source already lead there, so
  that the source falls with that actor anyway.
* Interchangeable records (same needs, same dependents, same evidence) become one chip with a
  count: the coarsest bisimulation. Actors are not folded here, and single points of failure are
  computed on the graph before all this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import networkx as nx

from depgraph.analysis.model import Edge, Model, model_of
from depgraph.analysis.unserved import unserved
from depgraph.vocabulary import (
    GROUPS,
    Confidence,
    Evidence,
    Kind,
    Relation,
    least_sure,
    weakest_evidence,
)

_FOLDED: Final = frozenset(
    {
        *(Kind.UNKNOWN, Kind.NAMESERVER, Kind.EXCHANGE, Kind.ADDRESS),
        *(Kind.BLOCK, Kind.ZONE, Kind.REGISTRATION, Kind.ASN),
    }
)
Kinds = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing to draw: its kind, the graph nodes it stands for, how many alike it folds."""

    id: str
    kind: str
    members: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Need:
    """One line to draw: how it is known, how sure; `alternative`: it leaves from the ring."""

    source: str
    target: str
    evidence: Evidence
    confidence: Confidence = Confidence.CERTAIN
    alternative: bool = False

    @property
    def look(self) -> Evidence:
        """As what it is drawn: what is only possible is drawn as unknown."""
        return Evidence.UNKNOWN if self.confidence is Confidence.POSSIBLE else self.evidence


@dataclass(frozen=True, slots=True)
class Sketch:
    """Chips and needs, in a fixed order."""

    chips: tuple[Chip, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    source: str
    target: str
    relation: str
    evidence: Evidence
    confidence: Confidence
    alternative: bool = False

    def moved(self, source: str, target: str) -> _Edge:
        return replace(self, source=source, target=target)

    def then(self, step: _Edge, *, relation: str, alternative: bool = False) -> _Edge:
        """Return this edge with another after it: it holds no better than both."""
        return _Edge(
            self.source,
            step.target,
            relation,
            weakest_evidence((self.evidence, step.evidence)),
            least_sure((self.confidence, step.confidence)),
            alternative,
        )


def best_known(
    first: tuple[Evidence, Confidence] | None, second: tuple[Evidence, Confidence]
) -> tuple[Evidence, Confidence]:
    """Return the better of two ways in which the same is known: the surer one, then the class."""
    if first is None:
        return second
    return min(first, second, key=lambda known: (known[1].rank, known[0].rank))


def sketch(graph: nx.MultiDiGraph[str] | Model) -> Sketch:
    """Return the drawing graph of a dependency graph (edges that only expose are left out).

    Parameters
    ----------
    graph
        A graph that follows the schema.
    """
    model = model_of(graph)
    kinds = {node: model.kind(n) for n, node in enumerate(model.ids)}
    edges = [_edge(model, edge) for edge in model.edges if edge.needed]
    home = _joined(kinds, edges)
    merged = _moved(edges, home)
    blocks = _blocks(kinds, merged)
    home = {node: blocks.get(there, there) for node, there in home.items()}
    merged = _without_suffixes(kinds, _moved(edges, home))
    choosy = {node for n, node in enumerate(model.ids) if model.nodes[n].get("needs") == "any"}
    merged = _without_groups(kinds, merged, choosy - set(_roots(kinds)))
    sorts = kinds | {node: f"{kinds[node]} {why}" for node, why in unserved(model).items()}
    sorts |= {
        node: f"unknown {model.nodes[n].get('hides', '')} {model.nodes[n].get('reason', '')}"
        for n, node in enumerate(model.ids)
        if model.kind(n) == Kind.UNKNOWN
    }
    return _folded(kinds, sorts, home, _reduced(kinds, _reached(kinds, merged)))


def _edge(model: Model, edge: Edge) -> _Edge:
    evidence = Evidence(edge.data["evidence"])
    tail, head = model.ids[edge.tail], model.ids[edge.head]
    return _Edge(tail, head, edge.relation, evidence, edge.confidence)


@dataclass(frozen=True, slots=True)
class _Around:
    """The nodes around each node: their kinds, what leads to them, what they lead to."""

    kinds: Kinds
    into: Mapping[str, set[str]]
    out: Mapping[str, list[str]]

    @classmethod
    def of(cls, kinds: Kinds, edges: Iterable[_Edge]) -> _Around:
        into: dict[str, set[str]] = {}
        out: dict[str, list[str]] = {}
        for edge in edges:
            into.setdefault(edge.target, set()).add(edge.source)
            out.setdefault(edge.source, []).append(edge.target)
        return cls(kinds, into, out)

    def only(self, nodes: Iterable[str], kind: Kind) -> str | None:
        """Return the one node among some, if it is one and of a kind."""
        different = list(dict.fromkeys(nodes))
        return different[0] if len(different) == 1 and self.kinds[different[0]] == kind else None

    def own(self, node: str, kind: Kind) -> list[str]:
        """Return the nodes of a kind that a node leads to and no other does."""
        return [
            target
            for target in self.out.get(node, ())
            if self.kinds[target] == kind and self.into[target] == {node}
        ]


def _joined(kinds: Kinds, edges: Iterable[_Edge]) -> dict[str, str]:
    """Return for each node which node it is drawn as."""
    around = _Around.of(kinds, edges)
    home = {node: node for node in kinds}
    for node, kind in kinds.items():
        if kind == Kind.PREFIX:
            home[node] = around.only(around.out.get(node, ()), Kind.ASN) or node
        elif kind == Kind.REGISTRATION:
            home[node] = around.only(around.into.get(node, ()), Kind.ZONE) or node
        elif kind == Kind.LOOKUP:
            for target in around.own(node, Kind.NAMESERVER):
                home[node] = target
        elif kind == Kind.EXCHANGE:
            for target in around.own(node, Kind.HOST):
                home[target] = node
    return home


def _moved(edges: list[_Edge], home: dict[str, str]) -> list[_Edge]:
    return [
        edge.moved(home[edge.source], home[edge.target])
        for edge in edges
        if home[edge.source] != home[edge.target]
    ]


def _blocks(kinds: Kinds, edges: list[_Edge]) -> dict[str, str]:
    """Join to a network the blocks that its addresses lie in, if they need the same actors."""
    into: dict[str, set[str]] = {}
    out: dict[str, set[str]] = {}
    for edge in edges:
        into.setdefault(edge.target, set()).add(edge.source)
        out.setdefault(edge.source, set()).add(edge.target)
    networks = [node for node, kind in kinds.items() if kind == Kind.ASN]
    found: dict[str, str] = {}
    agreed: dict[str, set[str]] = {}
    for node, kind in kinds.items():
        if kind != Kind.BLOCK or node not in into:
            continue
        for network in networks:
            fits = into[node] <= into.get(network, set())
            if fits and out.get(network, set()) <= out[node]:
                if agreed.setdefault(network, out[node]) == out[node]:
                    found[node] = network
                break
    return found


_ONWARD: Final[Mapping[str, int]] = {
    Kind.HOST: 0,
    Kind.ZONE: 1,
    Kind.EXCHANGE: 1,
    Kind.FRONT: 2,
    Kind.NAMESERVER: 2,
    Kind.REGISTRATION: 2,
    Kind.ADDRESS: 3,
    Kind.PREFIX: 4,
    Kind.ASN: 4,
    Kind.BLOCK: 4,
}
"""How far to the right a record stands: a walk from left to right ends."""


def _reduced(kinds: Kinds, edges: list[_Edge]) -> list[_Edge]:
    """Leave out lines to actors that the rest of a node's lines lead to in any case."""
    out: dict[str, list[_Edge]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge)
    memo: dict[tuple[str, str], bool] = {}

    def falls(node: str, actor: str) -> bool:
        """Tell whether a node falls with an actor, looking to the right only."""
        if node == actor:
            return True
        key = (node, actor)
        if key not in memo:
            memo[key] = False
            memo[key] = through(node, actor, direct=True)
        return memo[key]

    def through(node: str, actor: str, *, direct: bool) -> bool:
        here = _ONWARD.get(kinds[node], -1)
        onward = [
            e
            for e in out.get(node, ())
            if (direct or e.target != actor)
            and (e.target == actor or (0 <= here < _ONWARD.get(kinds[e.target], -1)))
        ]
        choices = [e for e in onward if e.alternative]
        asked = [e for e in out.get(node, ()) if e.alternative]
        if choices and len(choices) == len(asked) and all(falls(e.target, actor) for e in choices):
            return True
        return any(falls(e.target, actor) for e in onward if not e.alternative)

    return [
        edge
        for edge in edges
        if edge.alternative
        or kinds[edge.target] != Kind.PROVIDER
        or not through(edge.source, edge.target, direct=False)
    ]


def _without_suffixes(kinds: Kinds, edges: list[_Edge]) -> list[_Edge]:
    """Let what needs the zone of a public suffix need its registry instead."""
    onward: dict[str, list[_Edge]] = {}
    for edge in edges:
        onward.setdefault(edge.source, []).append(edge)
    plain = {
        node
        for node, kind in kinds.items()
        if kind == Kind.ZONE
        and onward.get(node)
        and all(edge.relation in {Relation.REGISTRY, Relation.PARENT} for edge in onward[node])
    }
    found: list[_Edge] = []
    for edge in edges:
        if edge.source in plain:
            continue
        queue = [edge]
        seen: set[str] = set()
        while queue:
            here = queue.pop(0)
            if here.target not in plain:
                found.append(here)
            elif here.target not in seen:
                seen.add(here.target)
                queue += [here.then(step, relation=step.relation) for step in onward[here.target]]
    return found


def _without_groups(kinds: Kinds, edges: list[_Edge], choosy: set[str]) -> list[_Edge]:
    """Replace groups by alternatives of the nodes that need them.

    A node that needs several groups keeps them as chips: one ring cannot say
    "one of these and one of those".
    """
    members: dict[str, list[_Edge]] = {}
    needed: dict[str, dict[str, None]] = {}
    for edge in edges:
        if kinds[edge.source] in GROUPS:
            members.setdefault(edge.source, []).append(edge)
        if kinds[edge.target] in GROUPS:
            needed.setdefault(edge.source, {})[edge.target] = None
    kept = {
        group
        for source, groups in needed.items()
        if len(groups) > 1 or kinds[source] in GROUPS
        for group in groups
    }
    kept |= {node for node, kind in kinds.items() if kind in GROUPS and node not in members}
    outs = Counter(edge.source for edge in edges)
    found: list[_Edge] = []
    for edge in edges:
        if kinds[edge.source] in GROUPS and edge.source not in kept:
            continue
        if kinds[edge.target] in GROUPS and edge.target not in kept:
            choices = members[edge.target]
            several = len(choices) > 1
            found += [
                edge.then(step, relation=edge.relation, alternative=several) for step in choices
            ]
        elif edge.source in choosy:
            found.append(replace(edge, alternative=outs[edge.source] > 1))
        else:
            found.append(edge)
    return found


def _roots(kinds: Kinds) -> list[str]:
    return [n for n, k in kinds.items() if k == Kind.SERVICE] or [
        n for n, k in kinds.items() if k == Kind.FUNCTION
    ]


def _reached(kinds: Kinds, edges: list[_Edge]) -> list[_Edge]:
    """Keep what the service still reaches."""
    onward: dict[str, list[_Edge]] = {}
    for edge in edges:
        onward.setdefault(edge.source, []).append(edge)
    seen = dict.fromkeys(_roots(kinds))
    queue = list(seen)
    while queue:
        for edge in onward.get(queue.pop(), ()):
            if edge.target not in seen:
                seen[edge.target] = None
                queue.append(edge.target)
    return [edge for edge in edges if edge.source in seen]


def _folded(
    kinds: Kinds, sorts: dict[str, str], home: dict[str, str], edges: list[_Edge]
) -> Sketch:
    nodes = sorted(
        {edge.source for edge in edges}
        | {edge.target for edge in edges}
        | {node for node, kind in kinds.items() if kind in {Kind.SERVICE, Kind.FUNCTION}}
    )
    sort = {n: (sorts[n],) if kinds[n] in _FOLDED else (kinds[n], n) for n in nodes}
    # Where something unknown stands does not tell it apart.
    hidden = {node for node in nodes if kinds[node] == Kind.UNKNOWN}
    classes = _bisimulation(sort, edges, hidden)
    whole: dict[str, list[str]] = {}
    for node in kinds:
        whole.setdefault(home[node], []).append(node)
    groups: dict[int, list[str]] = {}
    for node in nodes:
        groups.setdefault(classes[node], []).append(node)
    first = {number: members[0] for number, members in groups.items()}
    needs: dict[tuple[str, str, bool], tuple[Evidence, Confidence]] = {}
    for edge in edges:
        source, target = first[classes[edge.source]], first[classes[edge.target]]
        if source != target:
            key = (source, target, edge.alternative)
            needs[key] = best_known(needs.get(key), (edge.evidence, edge.confidence))
    chips = [
        Chip(
            id=members[0],
            kind=kinds[members[0]],
            members=tuple(n for m in members for n in whole.get(m, [m])),
            count=len(members),
        )
        for members in groups.values()
    ]
    return Sketch(
        tuple(chips),
        tuple(
            Need(source, target, *known, alternative)
            for (source, target, alternative), known in sorted(needs.items())
        ),
    )


def interchangeable(sorts: Mapping[str, Hashable], needs: Iterable[Need]) -> list[list[str]]:
    """Return boxes in groups of which all have the same lines, from the same and to the same.

    Parameters
    ----------
    sorts
        The sort of each box, in the order in which they are drawn: those of two sorts are never
        in one group.
    needs
        The lines.
    """
    edges = [_Edge(n.source, n.target, "", n.evidence, n.confidence, n.alternative) for n in needs]
    groups: dict[int, list[str]] = {}
    for node, number in _bisimulation(sorts, edges, frozenset()).items():
        groups.setdefault(number, []).append(node)
    return list(groups.values())


def _bisimulation(
    sorts: Mapping[str, Hashable], edges: Iterable[_Edge], hidden: Collection[str]
) -> dict[str, int]:
    """Give interchangeable nodes one number: refine until nothing changes."""
    numbers: dict[Hashable, int] = {}
    classes = {node: numbers.setdefault(sort, len(numbers)) for node, sort in sorts.items()}
    out: dict[str, list[_Edge]] = {node: [] for node in sorts}
    into: dict[str, list[_Edge]] = {node: [] for node in sorts}
    for edge in edges:
        out[edge.source].append(edge)
        into[edge.target].append(edge)
    count = len(numbers)
    while True:
        numbers = {}
        refined = {}
        for node in sorts:
            down = {
                (e.relation, e.evidence, e.confidence, e.alternative, classes[e.target])
                for e in out[node]
            }
            up = {
                (
                    "" if node in hidden else e.relation,
                    e.evidence,
                    e.confidence,
                    e.alternative,
                    classes[e.source],
                )
                for e in into[node]
            }
            signature = (classes[node], tuple(sorted(down)), tuple(sorted(up)))
            refined[node] = numbers.setdefault(signature, len(numbers))
        classes = refined
        if len(numbers) == count:
            return classes
        count = len(numbers)

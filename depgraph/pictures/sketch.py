"""The graph as it is drawn: what is one thing to a reader is joined to one chip.

* A group ("any of these") becomes a ring on the node that needs it.
* A prefix joins its network, and so do blocks whose holder runs that network; the host of a
  mail exchange joins the exchange, the look-up of a name server joins the name server, a
  registration that only its zone needs joins the zone, a public suffix joins its registry.
* A line to an actor is left out where the other lines of its source already lead there, so
  that the source falls with that actor anyway.
* Interchangeable records (same needs, same dependents, same evidence) become one chip with a
  count: the coarsest bisimulation. Actors are never folded, and single points of failure are
  computed on the graph before all this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from depgraph.schema import DEFINITION

STRENGTH = ("definition", "observed", "published", "inferred", "reported", "unknown")
"""Evidence classes, strongest first; what holds by definition rests on no observation."""

_GROUPS = frozenset({"addresses", "nameservers", "exchanges", "authorities"})
_FOLDED = frozenset(
    {"unknown", "nameserver", "exchange", "address", "block", "zone", "registration", "asn"}
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing to draw: its kind, the graph nodes it stands for, how many alike it folds."""

    id: str
    kind: str
    members: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Need:
    """One line to draw; `alternative` tells that it leaves from the ring of its source."""

    source: str
    target: str
    evidence: str
    alternative: bool = False


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
    evidence: str
    alternative: bool = False


def class_of(data: Mapping[str, object]) -> str:
    """Give the evidence class of an edge; ``definition`` for what rests on no observation."""
    if data.get("rule") == DEFINITION and data.get("evidence") != "unknown":
        return DEFINITION
    return str(data.get("evidence", "inferred"))


def weakest(*classes: str) -> str:
    """Give the weakest of several evidence classes: a chain holds no better than that."""
    return max(classes, key=_rank)


def strongest(*classes: str) -> str:
    """Give the strongest of several evidence classes: one good source is enough."""
    return min(classes, key=_rank)


def _rank(evidence: str) -> int:
    return STRENGTH.index(evidence) if evidence in STRENGTH else len(STRENGTH)


def sketch(graph: nx.MultiDiGraph[str]) -> Sketch:
    """Make the drawing graph of a dependency graph (edges that only expose are left out)."""
    kinds = {node: str(data["kind"]) for node, data in graph.nodes(data=True)}
    edges = [
        _Edge(u, v, str(data.get("relation", "")), class_of(data))
        for u, v, data in graph.edges(data=True)
        if data.get("strength") != "exposes"
    ]
    home = _joined(kinds, edges)
    merged = _moved(edges, home)
    blocks = _blocks(kinds, merged)
    home = {node: blocks.get(there, there) for node, there in home.items()}
    merged = _without_suffixes(kinds, _moved(edges, home))
    choosy = {n for n, d in graph.nodes(data=True) if d.get("needs") == "any"}
    merged = _without_groups(kinds, merged, choosy - set(_roots(kinds)))
    sorts = kinds | {
        node: f"unknown {data.get('level', '')} {data.get('reason', '')}"
        for node, data in graph.nodes(data=True)
        if data["kind"] == "unknown"
    }
    return _folded(kinds, sorts, home, _reduced(kinds, _reached(kinds, merged)))


def _joined(kinds: dict[str, str], edges: list[_Edge]) -> dict[str, str]:
    """Say for each node which node it is drawn as."""
    home = {node: node for node in kinds}
    into: dict[str, set[str]] = {}
    out: dict[str, list[str]] = {}
    for edge in edges:
        into.setdefault(edge.target, set()).add(edge.source)
        out.setdefault(edge.source, []).append(edge.target)
    for node, kind in kinds.items():
        if kind == "prefix":
            networks = dict.fromkeys(out.get(node, []))
            if len(networks) == 1 and kinds[next(iter(networks))] == "asn":
                home[node] = next(iter(networks))
        elif kind == "exchange":
            for target in out.get(node, []):
                if kinds[target] == "host" and into[target] == {node}:
                    home[target] = node
        elif kind == "registration":
            zones = into.get(node, set())
            if len(zones) == 1 and kinds[next(iter(zones))] == "zone":
                home[node] = next(iter(zones))
        elif kind == "lookup":
            for target in out.get(node, []):
                if kinds[target] == "nameserver" and into[target] == {node}:
                    home[node] = target
    return home


def _moved(edges: list[_Edge], home: dict[str, str]) -> list[_Edge]:
    return [
        _Edge(home[e.source], home[e.target], e.relation, e.evidence)
        for e in edges
        if home[e.source] != home[e.target]
    ]


def _blocks(kinds: dict[str, str], edges: list[_Edge]) -> dict[str, str]:
    """Join to a network the blocks that its addresses lie in, if they need the same actors."""
    into: dict[str, set[str]] = {}
    out: dict[str, set[str]] = {}
    for edge in edges:
        into.setdefault(edge.target, set()).add(edge.source)
        out.setdefault(edge.source, set()).add(edge.target)
    networks = [node for node, kind in kinds.items() if kind == "asn"]
    found: dict[str, str] = {}
    agreed: dict[str, set[str]] = {}
    for node, kind in kinds.items():
        if kind != "block" or node not in into:
            continue
        for network in networks:
            fits = into[node] <= into.get(network, set())
            if fits and out.get(network, set()) <= out[node]:
                if agreed.setdefault(network, out[node]) == out[node]:
                    found[node] = network
                break
    return found


_ONWARD = {"host": 0, "zone": 1, "exchange": 1, "front": 2, "nameserver": 2, "registration": 2}
_ONWARD |= {"address": 3, "prefix": 4, "asn": 4, "block": 4}


def _reduced(kinds: dict[str, str], edges: list[_Edge]) -> list[_Edge]:
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
        or kinds[edge.target] != "provider"
        or not through(edge.source, edge.target, direct=False)
    ]


def _without_suffixes(kinds: dict[str, str], edges: list[_Edge]) -> list[_Edge]:
    """Let what needs the zone of a public suffix need its registry instead."""
    onward: dict[str, list[_Edge]] = {}
    for edge in edges:
        onward.setdefault(edge.source, []).append(edge)
    plain = {
        node
        for node, kind in kinds.items()
        if kind == "zone"
        and onward.get(node)
        and all(edge.relation in {"registry", "parent"} for edge in onward[node])
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
                queue += [
                    _Edge(
                        edge.source,
                        step.target,
                        step.relation,
                        weakest(here.evidence, step.evidence),
                    )
                    for step in onward[here.target]
                ]
    return found


def _without_groups(kinds: dict[str, str], edges: list[_Edge], choosy: set[str]) -> list[_Edge]:
    """Replace groups by alternatives of the nodes that need them.

    A node that needs several groups keeps them as chips: one ring cannot say
    "one of these and one of those".
    """
    members: dict[str, list[_Edge]] = {}
    needed: dict[str, dict[str, None]] = {}
    for edge in edges:
        if kinds[edge.source] in _GROUPS:
            members.setdefault(edge.source, []).append(edge)
        if kinds[edge.target] in _GROUPS:
            needed.setdefault(edge.source, {})[edge.target] = None
    kept = {
        group
        for source, groups in needed.items()
        if len(groups) > 1 or kinds[source] in _GROUPS
        for group in groups
    }
    kept |= {node for node, kind in kinds.items() if kind in _GROUPS and node not in members}
    outs = Counter(edge.source for edge in edges)
    found: list[_Edge] = []
    for edge in edges:
        if kinds[edge.source] in _GROUPS and edge.source not in kept:
            continue
        if kinds[edge.target] in _GROUPS and edge.target not in kept:
            choices = members[edge.target]
            found += [
                _Edge(
                    edge.source,
                    step.target,
                    edge.relation,
                    weakest(edge.evidence, step.evidence),
                    len(choices) > 1,
                )
                for step in choices
            ]
        elif edge.source in choosy:
            alone = outs[edge.source] == 1
            found.append(_Edge(edge.source, edge.target, edge.relation, edge.evidence, not alone))
        else:
            found.append(edge)
    return found


def _roots(kinds: dict[str, str]) -> list[str]:
    return [n for n, k in kinds.items() if k == "service"] or [
        n for n, k in kinds.items() if k == "function"
    ]


def _reached(kinds: dict[str, str], edges: list[_Edge]) -> list[_Edge]:
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
    kinds: dict[str, str], sorts: dict[str, str], home: dict[str, str], edges: list[_Edge]
) -> Sketch:
    nodes = sorted(
        {edge.source for edge in edges}
        | {edge.target for edge in edges}
        | {node for node, kind in kinds.items() if kind in {"service", "function"}}
    )
    classes = _bisimulation(nodes, kinds, sorts, edges)
    whole: dict[str, list[str]] = {}
    for node in kinds:
        whole.setdefault(home[node], []).append(node)
    groups: dict[int, list[str]] = {}
    for node in nodes:
        groups.setdefault(classes[node], []).append(node)
    first = {number: members[0] for number, members in groups.items()}
    needs: dict[tuple[str, str, bool], str] = {}
    for edge in edges:
        source, target = first[classes[edge.source]], first[classes[edge.target]]
        if source != target:
            key = (source, target, edge.alternative)
            needs[key] = strongest(needs.get(key, edge.evidence), edge.evidence)
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
            Need(source, target, evidence, alternative)
            for (source, target, alternative), evidence in sorted(needs.items())
        ),
    )


def _bisimulation(
    nodes: list[str], kinds: dict[str, str], sorts: dict[str, str], edges: list[_Edge]
) -> dict[str, int]:
    """Give interchangeable nodes one number: refine until nothing changes."""
    numbers: dict[object, int] = {}
    classes = {
        node: numbers.setdefault(
            (sorts[node],) if kinds[node] in _FOLDED else (kinds[node], node),
            len(numbers),
        )
        for node in nodes
    }
    out: dict[str, list[_Edge]] = {node: [] for node in nodes}
    into: dict[str, list[_Edge]] = {node: [] for node in nodes}
    for edge in edges:
        out[edge.source].append(edge)
        into[edge.target].append(edge)
    count = len(numbers)
    while True:
        numbers = {}
        refined = {}
        for node in nodes:
            down = {(e.relation, e.evidence, e.alternative, classes[e.target]) for e in out[node]}
            up = {
                (
                    "" if kinds[node] == "unknown" else e.relation,
                    e.evidence,
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

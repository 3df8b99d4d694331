"""The check that a graph follows the schema: every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from depgraph.errors import GraphError
from depgraph.schema.access import function_name, kind
from depgraph.schema.tables import (
    EDGE_ATTRIBUTES,
    EDGE_WORDS,
    FUNCTIONS,
    GRAPH_ATTRIBUTES,
    KINDS,
    NEEDED_BY_FUNCTION,
    NODE_ATTRIBUTES,
    NODE_WORDS,
    OPEN_NEEDS,
    RELATIONS,
    SCHEMA,
    TIME,
    Graph,
    Relation,
)


def check(graph: Graph) -> None:
    """Raise if a graph does not follow the schema.

    Raises
    ------
    GraphError
        With every fault, one a line.
    """
    faults = validate(graph)
    if faults:
        raise GraphError(
            f"expected a graph of schema {SCHEMA}, found {len(faults)} faults:\n"
            + "\n".join(faults)
        )


def validate(graph: Graph) -> list[str]:
    """List every fault of a graph, one line each; an empty list means it follows the schema."""
    if not isinstance(graph, nx.MultiDiGraph):
        return [f"expected a networkx.MultiDiGraph, found {type(graph).__name__}"]
    faults = [f"graph: {fault}" for fault in _graph_faults(graph)]
    known = {node for node, data in graph.nodes(data=True) if data.get("kind") in KINDS}
    for node, data in graph.nodes(data=True):
        faults += [f"node {node!r}: {fault}" for fault in _node_faults(graph, node, data)]
    for u, v, key, data in graph.edges(keys=True, data=True):
        found = list(_edge_faults(key, data))
        if u in known and v in known:
            found += _join_faults(graph, u, v, data)
        faults += [f"edge {u!r} -> {v!r}: {fault}" for fault in found]
    return faults


def _graph_faults(graph: Graph) -> Iterator[str]:
    yield from _attribute_faults(graph.graph, GRAPH_ATTRIBUTES)
    if graph.graph.get("schema") != SCHEMA:
        yield f"expected schema {SCHEMA}, found {graph.graph.get('schema')!r}"
    subject = graph.graph.get("subject")
    services = [n for n, data in graph.nodes(data=True) if data.get("kind") == "service"]
    if services != [f"service:{subject}"]:
        yield f"expected the one service node of the subject {subject!r}, found {services}"


def _node_faults(graph: Graph, node: Any, data: dict[str, Any]) -> Iterator[str]:
    found = KINDS.get(data.get("kind", ""))
    if found is None:
        yield f"expected a known kind, found {data.get('kind')!r}"
        return
    if not isinstance(node, str) or not node.startswith(f"{found.name}:") or node[-1] == ":":
        yield f"expected an id '{found.name}:name', found {node!r}"
    yield from _attribute_faults(data, NODE_ATTRIBUTES)
    yield from _word_faults(data, NODE_WORDS)
    yield from _missing(data, ("label", "needs"))
    if found.name not in OPEN_NEEDS and data.get("needs") != found.needs:
        yield f"expected needs {found.needs!r}, found {data.get('needs')!r}"
    if found.name == "unknown":
        yield from _missing(data, ("level", "reason"))
    relations = {key for _, _, key in graph.out_edges(node, keys=True)}
    if data.get("absent") or found.leaf:
        if relations:
            yield f"expected no edges out of it, found {', '.join(sorted(map(str, relations)))}"
        if data.get("absent"):
            yield from _missing(data, ("reason",))
        return
    wanted = found.requires
    if found.name == "function":
        wanted = NEEDED_BY_FUNCTION.get(function_name(str(node)), ())
        if not wanted:
            yield f"expected a function of {', '.join(FUNCTIONS)}, found {node!r}"
    edges = graph.out_edges(node, keys=True, data=True)
    needed = {key for *_, key, edge in edges if edge.get("strength") == "needs"}
    for choice in wanted:
        if needed.isdisjoint(choice):
            yield f"expected an edge '{' or '.join(choice)}', found none: say it is unknown"


def _edge_faults(key: Any, data: dict[str, Any]) -> Iterator[str]:
    yield from _attribute_faults(data, EDGE_ATTRIBUTES)
    yield from _missing(data, ("relation", "strength", "evidence"))
    yield from _word_faults(data, EDGE_WORDS)
    if key != data.get("relation"):
        yield f"expected the relation {data.get('relation')!r} as key, found {key!r}"
    if data.get("evidence") == "inferred":
        yield from _missing(data, ("rule",))
    for word in ("time", "until"):
        if word in data and not TIME.fullmatch(str(data[word])):
            yield f"expected {word} in ISO 8601 with Z, found {data[word]!r}"


def _join_faults(graph: Graph, u: str, v: str, data: dict[str, Any]) -> Iterator[str]:
    relation = RELATIONS.get(data.get("relation", ""))
    if relation is None:
        yield f"expected a known relation, found {data.get('relation')!r}"
        return
    ends = kind(graph, u), kind(graph, v)
    sources = {source for source, _ in relation.joins}
    if ends not in relation.joins and not (ends[1] == "unknown" and ends[0] in sources):
        yield f"expected {relation.name!r} to join {_pairs(relation)}, found {' -> '.join(ends)}"
    if (ends[1] == "unknown") != (data.get("evidence") == "unknown"):
        yield f"expected evidence 'unknown' just where an unknown is, found {data.get('evidence')!r}"


def _pairs(relation: Relation) -> str:
    return ", ".join(f"{source} -> {target}" for source, target in relation.joins)


def _attribute_faults(data: Mapping[str, Any], types: Mapping[str, type]) -> Iterator[str]:
    """Check types; attributes of the user's own may be there, if they can be exported."""
    for word, value in data.items():
        wanted = types.get(word)
        if wanted is not None and type(value) is not wanted:
            yield f"expected {word!r} as {wanted.__name__}, found {type(value).__name__}"
        elif not isinstance(value, (str, int, float, bool)):
            yield f"expected text or a number for {word!r}, found {type(value).__name__}"
        elif value == "" or value != value:  # noqa: PLR0124  (NaN is the one that differs)
            yield f"expected {word!r} to be absent where it is empty, found {value!r}"


def _word_faults(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for word, allowed in words.items():
        if word in data and data[word] not in allowed:
            yield f"expected {word!r} to be one of {', '.join(allowed)}, found {data[word]!r}"


def _missing(data: Mapping[str, Any], words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word not in data:
            yield f"expected the attribute {word!r}, found none"

"""The check that a graph follows the schema: every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from depgraph.errors import GraphError
from depgraph.schema.access import function_name
from depgraph.schema.tables import (
    EDGE_ATTRIBUTES,
    EDGE_WORDS,
    GRAPH_ATTRIBUTES,
    LEVEL_WORDS,
    NODE_ATTRIBUTES,
    NODE_WORDS,
    SCHEMA,
    TIME,
    Graph,
)
from depgraph.schema.upgrade import upgrade
from depgraph.vocabulary import (
    FUNCTIONS,
    KINDS,
    RELATIONS,
    Function,
    Kind,
    ReasonCode,
    Relation,
)

_KINDS = frozenset(map(str, Kind))
_RELATIONS = frozenset(map(str, Relation))
_FUNCTIONS = frozenset(map(str, Function))
_CODES = frozenset(map(str, ReasonCode))


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


def require_graph(graph: object) -> Graph:
    """Return a graph that analyses and pictures can work on, upgraded if its schema is older.

    A cheap form of :func:`validate`: kinds, relations and what they join, the words and
    attributes that are read. Whether everything that a node needs is there is not looked at.

    Raises
    ------
    GraphError
        If it is something else, or has such faults: the first of them, and how many there are.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        raise GraphError(
            f"expected a graph made by depgraph.build, found {type(graph).__name__}: "
            "build(recording) makes one"
        )
    upgraded = upgrade(graph)
    faults = [f"graph: {fault}" for fault in _graph_faults(upgraded)]
    kinds = {node: data["kind"] for node, data in upgraded.nodes(data=True) if _known(data)}
    for node, data in upgraded.nodes(data=True):
        faults += [f"node {node!r}: {fault}" for fault in _own_faults(node, data)]
    for u, v, key, data in upgraded.edges(keys=True, data=True):
        faults += [f"edge {u!r} -> {v!r}: {fault}" for fault in _edge_faults(key, data)]
        if u in kinds and v in kinds:
            joined = _join_faults((kinds[u], kinds[v]), data)
            faults += [f"edge {u!r} -> {v!r}: {fault}" for fault in joined]
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise GraphError(f"{faults[0]}{more}: depgraph.validate(graph) lists every fault")
    return upgraded


def validate(graph: Graph) -> list[str]:
    """List every fault of a graph, one line each; an empty list means it follows the schema."""
    if not isinstance(graph, nx.MultiDiGraph):
        return [f"expected a networkx.MultiDiGraph, found {type(graph).__name__}"]
    faults = [f"graph: {fault}" for fault in _graph_faults(graph)]
    known = {node: data["kind"] for node, data in graph.nodes(data=True) if _known(data)}
    for node, data in graph.nodes(data=True):
        faults += [f"node {node!r}: {fault}" for fault in _node_faults(graph, node, data)]
    for u, v, key, data in graph.edges(keys=True, data=True):
        found = list(_edge_faults(key, data))
        if u in known and v in known:
            found += _join_faults((known[u], known[v]), data)
        faults += [f"edge {u!r} -> {v!r}: {fault}" for fault in found]
    return faults


def _known(data: Mapping[str, Any]) -> bool:
    kind = data.get("kind")
    return isinstance(kind, str) and kind in _KINDS


def _graph_faults(graph: Graph) -> Iterator[str]:
    yield from _attribute_faults(graph.graph, GRAPH_ATTRIBUTES)
    if graph.graph.get("schema") != SCHEMA:
        yield f"expected schema {SCHEMA}, found {graph.graph.get('schema')!r}"
    subject = graph.graph.get("subject")
    services = [n for n, data in graph.nodes(data=True) if data.get("kind") == "service"]
    if services != [f"service:{subject}"]:
        yield f"expected the one service node of the subject {subject!r}, found {services}"


def _node_faults(graph: Graph, node: Any, data: dict[str, Any]) -> Iterator[str]:
    yield from _own_faults(node, data)
    if not _known(data):
        return
    kind = Kind(data["kind"])
    row = KINDS[kind]
    relations = {key for _, _, key in graph.out_edges(node, keys=True)}
    if data.get("absent") or row.leaf:
        if relations:
            yield f"expected no edges out of it, found {', '.join(sorted(map(str, relations)))}"
        return
    wanted = row.requires
    if kind is Kind.FUNCTION:
        name = function_name(str(node))
        if name not in _FUNCTIONS:
            yield f"expected a function of {', '.join(Function)}, found {node!r}"
            return
        wanted = FUNCTIONS[Function(name)].requires
    edges = graph.out_edges(node, keys=True, data=True)
    needed = {key for *_, key, edge in edges if edge.get("strength") == "needs"}
    for choice in wanted:
        if needed.isdisjoint(choice):
            yield f"expected an edge '{' or '.join(choice)}', found none: say it is unknown"


def _own_faults(node: Any, data: Mapping[str, Any]) -> Iterator[str]:
    """List the faults of a node by itself, whatever leads out of it."""
    if not _known(data):
        yield f"expected a known kind, found {data.get('kind')!r}"
        return
    kind = Kind(data["kind"])
    row = KINDS[kind]
    if not isinstance(node, str) or not node.startswith(f"{kind.value}:") or node[-1] == ":":
        yield f"expected an id '{kind.value}:name', found {node!r}"
    yield from _attribute_faults(data, NODE_ATTRIBUTES)
    yield from _word_faults(data, NODE_WORDS)
    yield from _missing(data, ("label", "needs"))
    if not row.open and data.get("needs") != row.needs:
        yield f"expected needs {row.needs!r}, found {data.get('needs')!r}"
    if kind is Kind.UNKNOWN:
        yield from _unknown_faults(data)
    if data.get("absent"):
        yield from _missing(data, ("reason",))
        yield from _code_faults(data, "reason")
    yield from _code_faults(data, "finding")


def _unknown_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _missing(data, ("what", "reason", "hides"))
    words = str(data.get("hides", "")).split(",")
    wrong = [word for word in words if word and word not in LEVEL_WORDS]
    if wrong:
        yield f"expected 'hides' to list levels of {', '.join(LEVEL_WORDS)}, found {wrong[0]!r}"
    yield from _code_faults(data, "reason")


def _code_faults(data: Mapping[str, Any], word: str) -> Iterator[str]:
    text = data.get(word)
    if not isinstance(text, str):
        return
    for part in text.split("; "):
        if part.partition("?")[0] not in _CODES:
            yield (
                f"expected a {word} such as 'timeout' (depgraph.vocabulary.ReasonCode), found "
                f"{part!r}: write other?text=..."
            )


def _edge_faults(key: Any, data: dict[str, Any]) -> Iterator[str]:
    yield from _attribute_faults(data, EDGE_ATTRIBUTES)
    yield from _missing(data, ("relation", "strength", "evidence", "confidence"))
    yield from _word_faults(data, EDGE_WORDS)
    yield from _code_faults(data, "finding")
    if key != data.get("relation"):
        yield f"expected the relation {data.get('relation')!r} as key, found {key!r}"
    if data.get("evidence") == "inferred":
        yield from _missing(data, ("rule",))
    for word in ("time", "until"):
        if word in data and not TIME.fullmatch(str(data[word])):
            yield f"expected {word} in ISO 8601 with Z, found {data[word]!r}"


def _join_faults(ends: tuple[str, str], data: Mapping[str, Any]) -> Iterator[str]:
    name = data.get("relation")
    if not isinstance(name, str) or name not in _RELATIONS:
        yield f"expected a known relation, found {name!r}"
        return
    row = RELATIONS[Relation(name)]
    tails = {tail.value for tail, _ in row.joins}
    to_unknown = ends[1] == Kind.UNKNOWN
    if ends not in row.joins and not (to_unknown and ends[0] in tails):
        pairs = ", ".join(f"{tail.value} -> {head.value}" for tail, head in row.joins)
        yield f"expected {name!r} to join {pairs}, found {' -> '.join(ends)}"
    if to_unknown != (data.get("evidence") == "unknown"):
        yield f"expected evidence 'unknown' just where an unknown is, found {data.get('evidence')!r}"


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


def _word_faults(data: Mapping[str, Any], words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for word, allowed in words.items():
        value = data.get(word)
        if isinstance(value, str) and value not in allowed:
            yield f"expected {word!r} to be one of {', '.join(sorted(allowed))}, found {value!r}"


def _missing(data: Mapping[str, Any], words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word not in data:
            yield f"expected the attribute {word!r}, found none"

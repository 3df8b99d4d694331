"""The check that a graph follows the schema: every fault at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from depgraph.errors import GraphError
from depgraph.recording import Recording
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
from depgraph.text_safety import quote
from depgraph.vocabulary import (
    FUNCTIONS,
    KINDS,
    RELATIONS,
    Function,
    Kind,
    ReasonCode,
    Relation,
    function_of,
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

    The check at every door, made to be cheap: the rules of :func:`validate` on kinds, ids,
    relations, words and types, up to the first fault. Which edges a kind requires is not among
    them, so that graphs changed by hand can be asked.

    Parameters
    ----------
    graph
        What was given as a graph.

    Returns
    -------
    Graph
        The same graph, or one of today's schema made of it.

    Raises
    ------
    GraphError
        If it is no graph of ours: what was expected, what was found, and what to do.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        raise GraphError(f"expected a graph, found {_instead(graph)}")
    upgraded = upgrade(graph)
    for fault in _faults(upgraded, thorough=False):
        raise GraphError(f"{fault}; depgraph.validate(graph) lists every fault")
    return upgraded


def require_graphs(graphs: object) -> list[Graph]:
    """Return several graphs as they are, if all is there that is looked up in each.

    Parameters
    ----------
    graphs
        What was given as graphs: any iterable of them.

    Returns
    -------
    list of Graph
        The same graphs, in the same order; each as :func:`require_graph` returns it.

    Raises
    ------
    GraphError
        If it is one graph, or nothing that holds graphs, or one of them is no graph of ours.
    """
    return [require_graph(graph) for graph in require_several(graphs)]


def require_several(graphs: object) -> list[Any]:
    """Return what stands for several graphs as a list, whatever its items are.

    Raises
    ------
    GraphError
        If it is one graph, or nothing that holds graphs.
    """
    if isinstance(graphs, nx.Graph):
        raise GraphError("expected several graphs, found one: give a list of them")
    if isinstance(graphs, Recording | str | bytes) or not isinstance(graphs, Iterable):
        raise GraphError(f"expected several graphs, found {_instead(graphs)}")
    return list(graphs)


def require_exportable(graph: object) -> Graph:
    """Return a graph as it is, if files can hold it: ids and keys are texts, attributes scalars.

    Whether it follows the schema is another question: work in progress can be kept.

    Parameters
    ----------
    graph
        What was given as a graph.

    Returns
    -------
    Graph
        The same graph.

    Raises
    ------
    GraphError
        If it is no graph, or holds what files cannot hold.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        raise GraphError(f"expected a graph, found {_instead(graph)}")
    for fault in _unwritable(graph):
        raise GraphError(f"{fault}; depgraph.validate(graph) lists every fault")
    return graph


def _unwritable(graph: Graph) -> Iterator[str]:
    yield from (f"graph: {fault}" for fault in _form_faults(graph.graph))
    for node, data in graph.nodes(data=True):
        if not isinstance(node, str):
            yield f"node {quote(node)}: expected an id 'kind:name', found {quote(node)}"
        yield from (f"node {quote(node)}: {fault}" for fault in _form_faults(data))
    for u, v, key, data in graph.edges(keys=True, data=True):
        where = f"edge {quote(u)} -> {quote(v)}"
        if not isinstance(key, str):
            yield f"{where}: expected the relation as key, found {quote(key)}"
        yield from (f"{where}: {fault}" for fault in _form_faults(data))


def _instead(found: object) -> str:
    """Say what was given in place of a graph, and how one is had from it."""
    if isinstance(found, Recording):
        return "a recording: depgraph.build(recording) makes a graph of it"
    if isinstance(found, str | os.PathLike):
        name = quote(os.fspath(found))
        return (
            f"the text {name}: depgraph.build(depgraph.read({name})) makes a graph of a recording"
        )
    if isinstance(found, nx.Graph):
        return f"a networkx.{type(found).__name__}: a graph of depgraph is a networkx.MultiDiGraph"
    return f"{quote(found)}: depgraph.build(recording) makes a graph"


def validate(graph: object) -> list[str]:
    """List every fault of a graph, one line each; an empty list means it follows the schema.

    Parameters
    ----------
    graph
        What should be a graph of the schema.

    Returns
    -------
    list of str
        For each fault where it is, what was expected and what was found.
    """
    if not isinstance(graph, nx.MultiDiGraph):
        return [f"expected a networkx.MultiDiGraph, found {type(graph).__name__}"]
    return list(_faults(graph, thorough=True))


def _faults(graph: Graph, *, thorough: bool) -> Iterator[str]:
    """Yield the faults of structure and, if `thorough`, what is missing under the nodes."""
    yield from (f"graph: {fault}" for fault in _graph_faults(graph))
    if thorough:
        yield from (f"graph: {fault}" for fault in _own_faults(graph.graph, GRAPH_ATTRIBUTES))
    kinds = {node: data["kind"] for node, data in graph.nodes(data=True) if _known(data)}
    for node, data in graph.nodes(data=True):
        faults = list(_node_faults(node, data))
        if thorough and node in kinds:
            faults += (*_own_faults(data, NODE_ATTRIBUTES), *_lacking(graph, node, data))
        yield from (f"node {quote(node)}: {fault}" for fault in faults)
    for u, v, key, data in graph.edges(keys=True, data=True):
        faults = list(_edge_faults(key, data))
        if thorough:
            faults += _own_faults(data, EDGE_ATTRIBUTES)
        if u in kinds and v in kinds:
            faults += _join_faults((kinds[u], kinds[v]), data)
        yield from (f"edge {quote(u)} -> {quote(v)}: {fault}" for fault in faults)


def _known(data: Mapping[str, Any]) -> bool:
    kind = data.get("kind")
    return isinstance(kind, str) and kind in _KINDS


def _graph_faults(graph: Graph) -> Iterator[str]:
    yield from _missing(graph.graph, ("subject",))
    yield from _type_faults(graph.graph, GRAPH_ATTRIBUTES)
    if graph.graph.get("schema") != SCHEMA:
        yield f"expected schema {SCHEMA}, found {quote(graph.graph.get('schema'))}"
    subject = graph.graph.get("subject")
    services = [n for n, data in graph.nodes(data=True) if data.get("kind") == "service"]
    if services != [f"service:{subject}"]:
        yield f"expected the one service node of the subject {quote(subject)}, found {quote(services)}"


def _lacking(graph: Graph, node: Any, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a node needs and does not have, or has and may not have.

    One that needs any of its alternatives may have none left, if it is said why: it fails.
    """
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
        if name.partition(":")[0] not in _FUNCTIONS:
            yield f"expected a function of {', '.join(Function)}, found {quote(node)}"
            return
        wanted = FUNCTIONS[function_of(name)].requires
    edges = graph.out_edges(node, keys=True, data=True)
    broken = row.needs == "any" and (
        "finding" in data or any("finding" in edge for *_, edge in edges)
    )
    needed = {key for *_, key, edge in edges if edge.get("strength") == "needs"}
    needed |= set(str(data.get("left_out", "")).split(","))
    for choice in wanted:
        if needed.isdisjoint(choice) and not broken:
            yield f"expected an edge '{' or '.join(choice)}', found none: say it is unknown"


def _node_faults(node: Any, data: Mapping[str, Any]) -> Iterator[str]:
    """List the faults of a node by itself, whatever leads out of it."""
    if not _known(data):
        yield f"expected a known kind, found {quote(data.get('kind'))}"
        return
    kind = Kind(data["kind"])
    row = KINDS[kind]
    start = f"{kind.value}:"
    if not isinstance(node, str) or not node.startswith(start) or node == start:
        yield f"expected an id '{kind.value}:name', found {quote(node)}"
    yield from _type_faults(data, NODE_ATTRIBUTES)
    yield from _word_faults(data, NODE_WORDS)
    yield from _missing(data, ("label", "needs"))
    if not row.open and data.get("needs") != row.needs:
        yield f"expected needs {row.needs!r}, found {quote(data.get('needs'))}"
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
        yield f"expected 'hides' to list levels of {', '.join(LEVEL_WORDS)}, found {quote(wrong[0])}"
    yield from _code_faults(data, "reason")


def _code_faults(data: Mapping[str, Any], word: str) -> Iterator[str]:
    text = data.get(word)
    if not isinstance(text, str):
        return
    for part in text.split("; "):
        if part.partition("?")[0] not in _CODES:
            yield (
                f"expected a {word} such as 'timeout' (depgraph.vocabulary.ReasonCode), found "
                f"{quote(part)}: write other?text=..."
            )


def _edge_faults(key: Any, data: dict[str, Any]) -> Iterator[str]:
    yield from _type_faults(data, EDGE_ATTRIBUTES)
    yield from _missing(data, ("relation", "strength", "evidence", "confidence"))
    yield from _word_faults(data, EDGE_WORDS)
    yield from _code_faults(data, "finding")
    if key != data.get("relation"):
        yield f"expected the relation {quote(data.get('relation'))} as key, found {quote(key)}"
    if data.get("evidence") == "inferred":
        yield from _missing(data, ("rule",))
    for word in ("time", "until"):
        if word in data and not TIME.fullmatch(str(data[word])):
            yield f"expected {word} in ISO 8601 with Z, found {quote(data[word])}"


def _join_faults(ends: tuple[str, str], data: Mapping[str, Any]) -> Iterator[str]:
    name = data.get("relation")
    if not isinstance(name, str) or name not in _RELATIONS:
        yield f"expected a known relation, found {quote(name)}"
        return
    row = RELATIONS[Relation(name)]
    tails = {tail.value for tail, _ in row.joins}
    to_unknown = ends[1] == Kind.UNKNOWN
    if ends not in row.joins and not (to_unknown and ends[0] in tails):
        pairs = ", ".join(f"{tail.value} -> {head.value}" for tail, head in row.joins)
        yield f"expected {quote(name)} to join {pairs}, found {' -> '.join(ends)}"
    if to_unknown != (data.get("evidence") == "unknown"):
        yield f"expected evidence 'unknown' just where an unknown is, found {quote(data.get('evidence'))}"


def _type_faults(data: Mapping[str, Any], types: Mapping[str, type]) -> Iterator[str]:
    for word, value in data.items():
        wanted = types.get(word)
        if wanted is not None and type(value) is not wanted:
            yield f"expected {quote(word)} as {wanted.__name__}, found {type(value).__name__}"


def _form_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Check that files can hold the attributes; a user may add some, if they can."""
    for word, value in data.items():
        if not isinstance(word, str):
            yield f"expected text as the name of an attribute, found {quote(word)}"
        if not isinstance(value, (str, int, float, bool)):
            yield f"expected text or a number for {quote(word)}, found {type(value).__name__}"


def _own_faults(data: Mapping[str, Any], types: Mapping[str, type]) -> Iterator[str]:
    """Check the form of attributes that the schema does not have, and that none is empty."""
    yield from _form_faults({word: value for word, value in data.items() if word not in types})
    for word, value in data.items():
        if isinstance(value, (str, float)) and (value == "" or value != value):  # noqa: PLR0124
            yield f"expected {quote(word)} to be absent where it is empty, found {quote(value)}"


def _word_faults(data: Mapping[str, Any], words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for word, allowed in words.items():
        value = data.get(word)
        if word in data and not (isinstance(value, str) and value in allowed):
            yield f"expected {quote(word)} to be one of {', '.join(sorted(allowed))}, found {quote(value)}"


def _missing(data: Mapping[str, Any], words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word not in data:
            yield f"expected the attribute {quote(word)}, found none"

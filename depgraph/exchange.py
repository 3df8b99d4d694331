"""Graphs to and from files: node-link JSON, GraphML, GEXF, DOT, Mermaid.

JSON and GraphML give back the same graph, order included; the others are for other
programs to read. All are text of the same bytes for the same graph. Labels come from the
network and are escaped for each form.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from depgraph.atomic import write_text
from depgraph.errors import GraphError
from depgraph.intake import json_value, opened, read_text
from depgraph.schema import Graph, require_exportable, upgrade
from depgraph.text_safety import one_line, quote
from depgraph.vocabulary import Evidence

FORMAT = 2
_READ = (1, FORMAT)
_XML_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\r\n\t]")
_ESCAPED = re.compile(r"\\(u[0-9a-f]{6}|\\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def to_json(graph: Graph) -> str:
    """Return the node-link JSON of a graph: ``{"graph", "nodes", "edges"}``.

    Each node has its ``id``, each edge its ``from``, ``to`` and ``key``. networkx reads it by
    ``node_link_graph(form, source="from", target="to", edges="edges")``.

    Raises
    ------
    GraphError
        If an attribute has one of those names.
    """
    require_exportable(graph)
    _free(graph, node={"id"}, edge={"from", "to", "key"})
    form = {
        "depgraph": "graph",
        "format": FORMAT,
        "directed": True,
        "multigraph": True,
        "graph": graph.graph,
        "nodes": [{"id": node, **data} for node, data in graph.nodes(data=True)],
        "edges": [
            {"from": u, "to": v, "key": key, **data}
            for u, v, key, data in graph.edges(keys=True, data=True)
        ],
    }
    return json.dumps(form, ensure_ascii=True, indent=1) + "\n"


def from_json(text: str) -> Graph:
    """Return the graph in a node-link JSON; one of format 1 comes out in today's schema.

    Raises
    ------
    GraphError
        If it is not such a text, or of a format that this release does not know.
    """
    try:
        form = json_value(text)
        written = form.get("format", FORMAT)
        if written not in _READ:
            raise GraphError(
                f"expected a graph of format {' or '.join(map(str, _READ))}, found format "
                f"{quote(written)}: a newer depgraph reads it"
            )
        graph: Graph = nx.MultiDiGraph()
        graph.graph.update(form["graph"])
        for row in map(dict, form["nodes"]):
            if (node := _pop(row, "id")) in graph:
                raise GraphError(f"expected each node once, found {quote(node)} twice")
            graph.add_node(node, **row)
        for row in map(dict, form["edges"]):
            u, v, key = (_pop(row, word) for word in ("from", "to", "key"))
            if u not in graph or v not in graph:
                raise GraphError(
                    f"expected edges between nodes of the file, found {quote(u)} -> {quote(v)}"
                )
            if graph.has_edge(u, v, key):
                raise GraphError(f"expected each edge once, found {quote(f'{u}|{key}|{v}')} twice")
            graph.add_edge(u, v, key, **row)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, GraphError):
            raise
        reason = one_line(str(error), limit=200)
        raise GraphError(f"expected node-link JSON of a graph, found otherwise: {reason}") from None
    return upgrade(graph)


def _free(graph: Graph, *, node: set[str], edge: set[str]) -> None:
    """Refuse attributes whose names the file form needs for itself."""
    taken = {w for _, data in graph.nodes(data=True) for w in data.keys() & node}
    taken |= {w for *_, data in graph.edges(keys=True, data=True) for w in data.keys() & edge}
    if taken:
        raise GraphError(
            f"expected no attributes named {', '.join(sorted(taken))}, which this form needs for "
            "itself: rename them"
        )


def _pop(row: dict[str, Any], word: str) -> str:
    value = row.pop(word)
    if not isinstance(value, str):
        raise GraphError(f"expected text for {word!r}, found {quote(value)}")
    return value


def to_graphml(graph: Graph) -> str:
    r"""Return the GraphML of a graph.

    What XML cannot hold (control characters, a line break in an id) is written ``\u00000a``,
    and a backslash twice; `from_graphml` turns it back.

    Raises
    ------
    GraphError
        If an attribute is named ``id``, ``edge_id`` or ``edge_key``.
    """
    require_exportable(graph)
    _free(graph, node={"id"}, edge={"id", "edge_id", "edge_key"})
    plain = _mapped(graph, _to_xml)
    for u, v, key, data in plain.edges(keys=True, data=True):
        data["edge_id"] = f"{u}|{key}|{v}"  # GraphML wants ids that are unique in the file
        data["edge_key"] = key
    buffer = io.BytesIO()
    nx.write_graphml_xml(plain, buffer, edge_id_from_attribute="edge_id", named_key_ids=True)
    return buffer.getvalue().decode("utf-8") + "\n"


def from_graphml(text: str) -> Graph:
    """Return the graph in a GraphML; one of an older schema comes out in today's.

    Raises
    ------
    GraphError
        If it is not GraphML, or not of a graph of ours.
    """
    if not isinstance(text, str):
        raise GraphError(f"expected the text of a GraphML file, found {quote(text)}")
    if "<!DOCTYPE" in text.upper():
        raise GraphError("expected GraphML, found a document type: entities are not read")
    try:
        read = nx.parse_graphml(text.strip(), force_multigraph=True)
    except Exception as error:  # noqa: BLE001  (whatever networkx stumbles over in a stranger's file)
        reason = one_line(str(error), limit=200)
        raise GraphError(f"expected GraphML, found otherwise: {reason}") from None
    if len(_NODES.findall(text)) > len(read):
        raise GraphError("expected each node once, found one twice")
    if not read.is_directed():
        raise GraphError("expected a directed graph, found an undirected one")
    assert isinstance(read, nx.MultiDiGraph)
    numbers = [n for _, data in [*read.nodes(data=True), *_edges(read)] for n in data.values()]
    if not all(math.isfinite(n) for n in numbers if isinstance(n, float)):
        raise GraphError("expected numbers, found NaN or an infinite one")
    graph: Graph = nx.MultiDiGraph()
    read.graph.pop("node_default", None)
    read.graph.pop("edge_default", None)
    graph.graph.update(_strings(read.graph, _from_xml))
    graph.add_nodes_from(
        (_from_xml(n), _strings(data, _from_xml)) for n, data in read.nodes(data=True)
    )
    for u, v, key, data in read.edges(keys=True, data=True):
        data.pop("id", None)
        data.pop("edge_id", None)
        relation = _from_xml(str(data.pop("edge_key", data.get("relation", key))))
        graph.add_edge(_from_xml(u), _from_xml(v), relation, **_strings(data, _from_xml))
    return upgrade(graph)


_NODES = re.compile(r"<(?:\w+:)?node\s")


def _edges(graph: Graph) -> list[tuple[str, dict[str, Any]]]:
    return [(key, data) for *_, key, data in graph.edges(keys=True, data=True)]


def to_gexf(graph: Graph) -> str:
    """Return the GEXF of a graph, for Gephi (it cannot be read back as the same graph)."""
    require_exportable(graph)
    plain = _mapped(graph, lambda text: _XML_FORBIDDEN.sub("\ufffd", text))
    for u, v, key, data in plain.edges(keys=True, data=True):
        data["id"] = f"{u}|{key}|{v}"
    root = ET.fromstring("".join(nx.generate_gexf(plain)))  # noqa: S314  (our own text)
    for meta in root.iter("{http://www.gexf.net/1.2draft}meta"):
        # The day of the export and the release that wrote it are no part of the graph.
        meta.attrib.pop("lastmodifieddate", None)
        for creator in meta.iter("{http://www.gexf.net/1.2draft}creator"):
            creator.text = "depgraph"
    ET.register_namespace("", "http://www.gexf.net/1.2draft")
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def to_dot(graph: Graph) -> str:
    """Return the DOT of a graph, for Graphviz."""
    require_exportable(graph)
    numbers = {node: f"n{place}" for place, node in enumerate(graph)}
    lines = [f"digraph {_dot(str(graph.graph.get('subject', 'depgraph')))} {{", "  rankdir=LR;"]
    for node, data in graph.nodes(data=True):
        label = f"{data.get('kind', '')}\n{data.get('label', node)}"
        shape = "ellipse" if data.get("needs") == "any" else "box"
        style = ", style=dashed" if data.get("kind") == "unknown" else ""
        lines.append(
            f"  {numbers[node]} [label={_dot(label)}, tooltip={_dot(node)}, shape={shape}{style}];"
        )
    for u, v, key, data in graph.edges(keys=True, data=True):
        style = _DOT_STYLES.get(str(data.get("evidence", "")), "solid")
        lines.append(f"  {numbers[u]} -> {numbers[v]} [label={_dot(str(key))}, style={style}];")
    return "\n".join([*lines, "}"]) + "\n"


_DOT_STYLES: Mapping[str, str] = {
    Evidence.REPORTED: "dashed",
    Evidence.INFERRED: "dotted",
    Evidence.UNKNOWN: "dotted",
}
"""How an edge is drawn by its evidence; otherwise solid."""


def _dot(text: str) -> str:
    """Quote a text for DOT, where a backslash begins an escape and every quote must have one."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    shown = _CONTROL.sub("\ufffd", safe)
    return f'"{shown}"'


def to_mermaid(graph: Graph) -> str:
    """Return the Mermaid flowchart of a graph, for Markdown pages."""
    require_exportable(graph)
    numbers = {node: f"n{place}" for place, node in enumerate(graph)}
    lines = ["flowchart LR"]
    for node, data in graph.nodes(data=True):
        text = f"{_mermaid(str(data.get('kind', '')))}<br/>{_mermaid(str(data.get('label', node)))}"
        left, right = ('(["', '"])') if data.get("needs") == "any" else ('["', '"]')
        lines.append(f"  {numbers[node]}{left}{text}{right}")
    for u, v, key, data in graph.edges(keys=True, data=True):
        solid = str(data.get("evidence", "")) not in _DOT_STYLES
        arrow = "-->" if solid else "-.->"
        lines.append(f'  {numbers[u]} {arrow}|"{_mermaid(str(key))}"| {numbers[v]}')
    return "\n".join(lines) + "\n"


def _mermaid(text: str) -> str:
    """Write every character that Mermaid or HTML could take for its own as a character code."""
    shown = _CONTROL.sub("\ufffd", text)
    return "".join(c if c.isalnum() or c in " .-_/,~" else f"#{ord(c)};" for c in shown)


def _to_xml(text: str) -> str:
    return _XML_FORBIDDEN.sub(lambda m: f"\\u{ord(m[0]):06x}", text.replace("\\", "\\\\"))


def _from_xml(text: str) -> str:
    return _ESCAPED.sub(lambda m: "\\" if m[1] == "\\" else chr(int(m[1][1:], 16)), text)


def _strings(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    return {k: change(v) if isinstance(v, str) else v for k, v in data.items()}


def _mapped(graph: Graph, change: Callable[[str], str]) -> Graph:
    """Copy a graph with all its texts changed."""
    copy: Graph = nx.MultiDiGraph()
    copy.graph.update(_strings(graph.graph, change))
    copy.add_nodes_from((change(n), _strings(data, change)) for n, data in graph.nodes(data=True))
    for u, v, key, data in graph.edges(keys=True, data=True):
        copy.add_edge(change(u), change(v), change(key), **_strings(data, change))
    return copy


_WRITERS: Mapping[str, Callable[[Graph], str]] = {
    ".json": to_json,
    ".graphml": to_graphml,
    ".gexf": to_gexf,
    ".dot": to_dot,
    ".gv": to_dot,
    ".mmd": to_mermaid,
    ".mermaid": to_mermaid,
}
_READERS: Mapping[str, Callable[[str], Graph]] = {".json": from_json, ".graphml": from_graphml}


def is_graph(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file begins as a graph that `save` wrote and `load` reads back.

    Raises
    ------
    OSError
        If it cannot be opened.
    """
    from depgraph.readers.rows import is_workbook  # noqa: PLC0415  (all readers come with it)

    if is_workbook(Path(path)):  # who reads records says what to do with it
        return False
    with opened(path, error=GraphError) as file:
        start = file.read(_START)
    return _JSON_GRAPH.match(start) is not None or _GRAPHML_GRAPH.search(start) is not None


_START = 1 << 14
_JSON_GRAPH = re.compile(rb'\s*\{\s*"depgraph"\s*:\s*"graph"')
_GRAPHML_GRAPH = re.compile(rb'<graphml\b.*\battr\.name="schema"', re.DOTALL)


def save(graph: Graph, path: str | os.PathLike[str]) -> None:
    """Write a graph to a file, in the form that its suffix names.

    Raises
    ------
    GraphError
        If the suffix is none of ``.json .graphml .gexf .dot .gv .mmd .mermaid``.
    """
    target = Path(path)
    write = _WRITERS.get(target.suffix.lower())
    if write is None:
        raise GraphError(
            f"expected a suffix of {', '.join(_WRITERS)}, found {target.suffix!r}: rename {target.name!r}"
        )
    write_text(target, write(graph))


def load(path: str | os.PathLike[str]) -> Graph:
    """Read a graph from a ``.json`` or ``.graphml`` file, or one of another name that holds either.

    Raises
    ------
    GraphError
        If the file does not hold such a graph.
    """
    source = Path(path)
    read = _READERS.get(source.suffix.lower())
    if read is None and source.is_file() and is_graph(source):  # under a name of its own
        read = from_graphml if read_text(source, error=GraphError).startswith("<") else from_json
    if read is None:
        raise GraphError(
            f"expected a suffix of {', '.join(_READERS)}, found {source.suffix!r}: "
            "the other forms cannot be read back"
        )
    try:
        return read(read_text(source, error=GraphError))
    except GraphError as error:
        raise GraphError(f"{quote(source.name)}: {error}") from None

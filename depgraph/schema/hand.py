"""Graphs written by hand, for tests and examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from depgraph.schema.tables import SCHEMA, Graph
from depgraph.schema.upgrade import hides, what_of
from depgraph.vocabulary import KINDS, Kind


def small(
    subject: str,
    edges: Iterable[tuple[str, str, str] | tuple[str, str, str, Mapping[str, Any]]],
    *,
    nodes: Mapping[str, Mapping[str, Any]] | None = None,
) -> Graph:
    """Make a graph by hand from ``(source id, relation, target id[, attributes])``.

    For tests and examples: kinds, `needs`, labels and evidence follow from the ids; `nodes`
    gives further attributes by id. Nothing is added that was not said, so the result need
    not pass `validate`. Nodes and edges stand in sorted order.

    >>> g = small("example.com", [("provider:a", "owner", "company:b")])
    >>> list(g.nodes)
    ['company:b', 'provider:a', 'service:example.com']
    """
    graph: Graph = nx.MultiDiGraph(schema=SCHEMA, subject=subject)
    rows = [(e[0], e[1], e[2], dict(e[3]) if len(e) > 3 else {}) for e in edges]
    extra = {key: dict(value) for key, value in (nodes or {}).items()}
    ids = {f"service:{subject}", *extra, *(r[0] for r in rows), *(r[2] for r in rows)}
    for node in sorted(ids):
        kind_name, _, name = node.partition(":")
        data: dict[str, Any] = {"kind": kind_name, "label": name}
        data["needs"] = KINDS[Kind(kind_name)].needs
        if kind_name == "unknown":
            what, of = what_of(name)
            into = [(r[1], r[0].partition(":")[0]) for r in rows if r[2] == node]
            data |= {"what": what.value, "reason": "not-asked", "hides": hides(into)}
            data |= {"of": of} if of else {}
        graph.add_node(node, **(data | extra.get(node, {})))
    for source, relation, target, given in sorted(rows, key=lambda r: r[:3]):
        evidence = "unknown" if target.startswith("unknown:") else "observed"
        data = {"relation": relation, "strength": "needs", "evidence": evidence}
        data["confidence"] = "certain"
        graph.add_edge(source, target, key=relation, **(data | given))
    return graph

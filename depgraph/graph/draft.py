"""A graph in the making: nodes and edges in plain dictionaries, sorted once at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from depgraph.graph.evidence import NOT_ASKED, OTHER_DAY
from depgraph.names import display
from depgraph.schema import DEFINITION, KINDS, Graph, node_id
from depgraph.text_safety import one_line

BY_DEFINITION: Mapping[str, Any] = {"evidence": "inferred", "rule": DEFINITION}


@dataclass(frozen=True, slots=True)
class Draft:
    """Nodes by id, edges by (source, target, relation); what is there first stays."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    def node(self, kind: str, name: str, *, label: str = "", **more: Any) -> str:
        """Add a node, or more attributes to one that is there, and give its id."""
        key = node_id(kind, one_line(name))
        if key not in self.nodes:
            self.nodes[key] = {
                "kind": kind,
                "label": one_line(label or display(name), limit=120),
                "needs": KINDS[kind].needs,
            }
        if more:
            self.nodes[key].update((k, v) for k, v in more.items() if v not in (None, ""))
        return key

    def edge(
        self,
        source: str,
        relation: str,
        target: str,
        proof: Mapping[str, Any] = BY_DEFINITION,
        *,
        strength: str = "needs",
        **more: Any,
    ) -> None:
        """Add an edge; one that is needed takes the place of one that only exposes."""
        key = (source, target, relation)
        there = self.edges.get(key)
        if there is not None and (there["strength"] == "needs" or strength == "exposes"):
            return
        data = {"relation": relation, "strength": strength, **proof}
        data.update((k, v) for k, v in more.items() if v not in (None, ""))
        self.edges[key] = data

    def unknown(
        self,
        source: str,
        relation: str,
        what: str,
        *,
        reason: str,
        level: str = "provider",
        last: Mapping[str, str] | None = None,
        strength: str = "needs",
    ) -> str:
        """Add what we do not know, and why, as the target of an edge."""
        name = one_line(what)
        if last and reason == NOT_ASKED:
            reason = OTHER_DAY
        key = self.node(
            "unknown", name, label=name, level=level, reason=one_line(reason) or "unknown"
        )
        for word, value in (last or {}).items():
            self.nodes[key].setdefault(word, value)
        self.edge(source, relation, key, {"evidence": "unknown"}, strength=strength)
        return key

    def graph(self, **attributes: Any) -> Graph:
        """Give the graph: nodes and edges in sorted order, so that exports are byte for byte the same."""
        graph: Graph = nx.MultiDiGraph()
        graph.graph.update((k, v) for k, v in sorted(attributes.items()) if v not in (None, ""))
        graph.add_nodes_from((key, self.nodes[key]) for key in sorted(self.nodes))
        for u, v, r in sorted(self.edges):
            graph.add_edge(u, v, r, **self.edges[u, v, r])
        return graph

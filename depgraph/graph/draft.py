"""A graph in the making: nodes and edges in plain dictionaries, sorted once at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import networkx as nx

from depgraph import names
from depgraph.graph.answers import NOT_ASKED, OTHER_DAY, text_of
from depgraph.graph.remarks import Remarks, remarks, shown_by, source_of
from depgraph.graph.text import shown
from depgraph.schema import Graph, node_id
from depgraph.text_safety import one_line
from depgraph.vocabulary import KINDS, Kind, Level, Reason, Strength, What, hidden_levels

BY_DEFINITION: Final[Mapping[str, Any]] = {"evidence": "definition", "confidence": "certain"}
"""Attributes of an edge that no observation is needed for."""
_UNKNOWN: Final[Mapping[str, Any]] = {"evidence": "unknown", "confidence": "certain"}


@dataclass(frozen=True, slots=True)
class Draft:
    """Nodes by id, edges by (tail, head, relation); what is there first stays."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    _reasons: dict[str, dict[Reason, None]] = field(default_factory=dict)  # of each unknown
    _heads: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # by tail and relation
    _tails: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # with relations, by head

    def node(self, kind: str, name: str, *, label: str = "", **more: Any) -> str:
        """Add a node, or more attributes to one that is there; returns its id."""
        key = node_id(kind, one_line(name))
        if key not in self.nodes:
            self.nodes[key] = {
                "kind": kind,
                "label": names.shown(one_line(label, limit=120)) or shown(name),
                "needs": KINDS[Kind(kind)].needs,
            }
        self.nodes[key].update((k, v) for k, v in more.items() if v not in (None, ""))
        return key

    def note(self, node: str, several: Remarks, *, limit: int = 300) -> None:
        """Add remarks to those that a node has."""
        self.nodes[node] |= remarks(several, onto=self.nodes[node], limit=limit)

    def edge(
        self,
        tail: str,
        relation: str,
        head: str,
        proof: Mapping[str, Any] = BY_DEFINITION,
        *,
        strength: Strength = Strength.NEEDS,
        finding: Remarks | None = None,
        **more: Any,
    ) -> None:
        """Add an edge; one that is needed takes the place of one that only exposes.

        Parameters
        ----------
        tail, relation, head
            What needs what, as what.
        proof
            How it is known and how sure it is (:func:`depgraph.graph.answers.proof`).
        finding
            What there is to say of it besides.
        strength, more
            Further attributes; empty ones are left out.
        """
        key = (tail, head, relation)
        present = self.edges.get(key)
        if present is not None:
            stronger = strength is Strength.NEEDS and present["strength"] == Strength.EXPOSES
            if not stronger:
                return
        data = {"relation": relation, "strength": strength.value, **proof}
        data.update((k, v) for k, v in more.items() if v not in (None, ""))
        if finding:
            data |= remarks(finding)
        self.edges[key] = data
        self._heads.setdefault((tail, relation), set()).add(head)
        self._tails.setdefault(head, set()).add((tail, relation))

    def heads(self, tail: str, relation: str) -> list[str]:
        """List where the edges of one relation out of a node lead, sorted."""
        return sorted(self._heads.get((tail, relation), ()))

    def drop(self, tail: str, head: str, relation: str) -> None:
        """Take out an edge, and what it led to if nothing else does; nothing may lead out of that."""
        self.take_out(tail, head, relation)
        if not self._tails[head]:
            del self.nodes[head]
            self._reasons.pop(head, None)

    def take_out(self, tail: str, head: str, relation: str) -> None:
        """Take out an edge; what it led to stays: see :meth:`keep_below`."""
        del self.edges[tail, head, relation]
        self._heads[tail, relation].discard(head)
        self._tails[head].discard((tail, relation))

    def keep_below(self, root: str) -> None:
        """Leave out the nodes that nothing leads to from a node."""
        onward: dict[str, list[str]] = {}
        for tail, head, _ in self.edges:
            onward.setdefault(tail, []).append(head)
        stack, found = [root], {root}
        while stack:
            fresh = set(onward.get(stack.pop(), ())) - found
            found |= fresh
            stack += fresh
        for tail, head, relation in [edge for edge in self.edges if edge[0] not in found]:
            self.take_out(tail, head, relation)
        for node in self.nodes.keys() - found:
            del self.nodes[node]
            self._reasons.pop(node, None)

    def replace(self, node: str, other: str, finding: str) -> None:
        """Let another node stand for one: edges that led to the one lead to the other.

        Nothing may lead out of it yet. `finding` is written on each edge that was moved.
        """
        del self.nodes[node]
        for tail, relation in sorted(self._tails.pop(node, ())):
            data = self.edges.pop((tail, node, relation))
            self._heads[tail, relation].discard(node)
            data.setdefault("finding", finding)
            del data["relation"]
            strength = Strength(data.pop("strength"))
            self.edge(tail, relation, other, data, strength=strength)

    def unknown(
        self,
        tail: str,
        relation: str,
        what: What,
        of: str,
        reasons: Sequence[Reason],
        *,
        within: str = "",
        last: Mapping[str, str] | None = None,
        strength: Strength = Strength.NEEDS,
        **more: Any,
    ) -> None:
        """Add what is not known, and why, as the head of an edge.

        Parameters
        ----------
        tail, relation
            Of the edge.
        what, of
            What it is, and of which name.
        reasons
            Why it is not known. Several edges may lead to the same unknown, each for its own.
        within
            Where one name has several of it: which one this is.
        last
            What was last known of it, as attributes of its node.
        strength, more
            Of the edge: see :meth:`edge`.
        """
        if last and list(reasons) == [NOT_ASKED]:
            reasons = (OTHER_DAY,)
        name = one_line(f"{what} of {of}" + (f" in {within}" if within else ""))
        key = self.node("unknown", name, label=name, what=what.value, of=one_line(of))
        self._reasons.setdefault(key, {}).update(dict.fromkeys(reasons))
        for word, value in (last or {}).items():
            self.nodes[key].setdefault(word, value)
        proof = next(filter(None, map(source_of, reasons)), {})
        self.edge(tail, relation, key, {**_UNKNOWN, **proof}, strength=strength, **more)

    def graph(self, **attributes: Any) -> Graph:
        """Return the graph: nodes and edges in sorted order, so that exports have the same bytes."""
        self._complete_unknowns()
        graph: Graph = nx.MultiDiGraph()
        graph.graph.update((k, v) for k, v in sorted(attributes.items()) if v not in (None, ""))
        graph.add_nodes_from((key, self.nodes[key]) for key in sorted(self.nodes))
        for tail, head, relation in sorted(self.edges):
            graph.add_edge(tail, head, relation, **self.edges[tail, head, relation])
        return graph

    def _complete_unknowns(self) -> None:
        """Write into each unknown its reasons, and the levels that it can hide by its edges."""
        levels: dict[str, set[Level]] = {key: set() for key in self._reasons}
        for tail, head, relation in self.edges:
            if head in levels:
                levels[head].update(hidden_levels(relation, self.nodes[tail]["kind"]))
        for key, reasons in self._reasons.items():
            self.nodes[key]["reason"] = text_of(reasons)
            if by := shown_by(reasons):
                self.nodes[key]["shown_by"] = by
            hidden = [level.value for level in Level if level in levels[key]]
            self.nodes[key]["hides"] = ",".join(hidden)

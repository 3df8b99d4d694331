"""Which providers and companies belong to the group that a picture fills."""

from __future__ import annotations

import networkx as nx

from depgraph.errors import QuestionError
from depgraph.providers import catalogue

_OWNERSHIP = frozenset({"owner", "parent"})
_CARRIES = frozenset(
    {"operator", "address", "prefix", "origin", "network", "front", "exchange", "nameserver"}
)
"""Relations along which a record leads to who runs it (not: registration, block, zone)."""


def companies(graph: nx.MultiDiGraph[str], group: str) -> frozenset[str]:
    """Give the ids of the providers and companies in the graph that belong to a group.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    group
        ``"big-tech"``, the id of a group of the catalogue, or a company (``"cloudflare"``).

    Raises
    ------
    QuestionError
        If there is no such group or company.
    """
    wanted = _members(graph, group)
    found = {node for node in graph if node.startswith("company:") and node[8:] in wanted}
    grown = True
    while grown:
        more = {
            source
            for source, target, data in graph.edges(data=True)
            if target in found and data.get("relation") in _OWNERSHIP and source not in found
        }
        found |= more
        grown = bool(more)
    return frozenset(found)


def _members(graph: nx.MultiDiGraph[str], group: str) -> frozenset[str]:
    if f"company:{group}" in graph:
        return frozenset({group})
    groups = {key: g for key, g in catalogue.load().groups.items() if g.kind == "companies"}
    if group not in groups:
        raise QuestionError(
            f"expected a group ({', '.join(sorted(groups))}) or a company of this graph, "
            f"found {group!r}"
        )
    return frozenset(groups[group].members)


def carried(graph: nx.MultiDiGraph[str], actors: frozenset[str]) -> frozenset[str]:
    """Give the nodes whose infrastructure leads to the group and to nobody else."""
    onward: dict[str, list[str]] = {node: [] for node in graph}
    for source, target, data in graph.edges(data=True):
        if data.get("relation") in _CARRIES and data.get("strength") != "exposes":
            onward[source].append(target)
    found = dict.fromkeys(graph, False)
    found |= dict.fromkeys(sorted(actors), True)
    changed = True
    while changed:
        changed = False
        for node in graph:
            if not found[node] and onward[node] and all(found[t] for t in onward[node]):
                found[node] = changed = True
    return frozenset(node for node, yes in found.items() if yes)

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
    wanted, relations = _members(graph, group)
    found = {node for node in wanted if node in graph}
    grown = True
    while grown:
        more = {
            source
            for source, target, data in graph.edges(data=True)
            if target in found and data.get("relation") in relations and source not in found
        }
        found |= more
        grown = bool(more)
    return frozenset(found)


def group_name(group: str) -> str:
    """Give the name of a group for people; of a company its id."""
    chosen = catalogue.load().groups.get(group)
    return chosen.name if chosen is not None else group


def _members(graph: nx.MultiDiGraph[str], group: str) -> tuple[list[str], frozenset[str]]:
    """Give the nodes named, and the relations by which others belong to them."""
    if f"company:{group}" in graph:
        return [f"company:{group}"], _OWNERSHIP
    groups = catalogue.load().groups
    if group not in groups:
        raise QuestionError(
            f"expected a group ({', '.join(sorted(groups))}) or a company of this graph, "
            f"found {group!r}"
        )
    kind = {"companies": "company", "providers": "provider", "countries": "country"}[
        groups[group].kind
    ]
    relations = _OWNERSHIP | {"law"} if kind == "country" else _OWNERSHIP
    return [f"{kind}:{member}" for member in groups[group].members], relations


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

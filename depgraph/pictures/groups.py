"""Which providers and companies belong to the group that a picture fills."""

from __future__ import annotations

import networkx as nx

from depgraph.analysis.actors import select
from depgraph.analysis.model import model_of
from depgraph.analysis.naming import Lexicon
from depgraph.errors import QuestionError
from depgraph.providers import catalogue
from depgraph.text_safety import quote
from depgraph.texts import Words

_FILLED = frozenset({"provider", "company", "country"})
"""Levels whose actors have boxes."""

_OWNERSHIP = frozenset({"owner", "parent"})
_CARRIES = frozenset(
    {"operator", "address", "prefix", "origin", "network", "front", "exchange", "nameserver"}
)
"""Relations along which a record leads to who runs it (not: registration, block, zone)."""


def companies(graph: nx.MultiDiGraph[str], group: str) -> frozenset[str]:
    """Return the actors in the graph that belong to those whose boxes are filled.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    group
        A group, company, provider or country, or several in a file: see
        :func:`depgraph.analysis.actors.select`.

    Returns
    -------
    frozenset of str
        Ids of nodes: those that were named, and whatever they own or, of a country, whatever
        its law binds.

    Raises
    ------
    QuestionError
        If the name means nobody, may mean several, or means what is no actor with boxes of
        its own (an AS, an address).
    """
    model = model_of(graph)
    chosen = select(model, group)
    if not chosen.levels <= _FILLED:
        raise QuestionError(
            f"expected a group, company, provider or country to fill, found {quote(group)}"
        )
    relations = _OWNERSHIP | {"law"} if "country" in chosen.levels else _OWNERSHIP
    found = {model.ids[node] for node in chosen.nodes}
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


def group_name(group: str, table: Words) -> str:
    """Return the name for people of those whose boxes are filled.

    Parameters
    ----------
    group
        As for :func:`companies`.
    table
        Words of a language (:func:`depgraph.texts.words`).

    Returns
    -------
    str
        The name that the catalogue has, in the language where there is one; else the word
        itself, which one of the graphs explains.
    """
    meanings = Lexicon(catalogue.load()).meanings(group)
    if len(meanings) != 1:
        return group
    if meanings[0].kind == "country":
        return table.country(meanings[0].id)
    return table.get(f"group.{meanings[0].id}", meanings[0].name)


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

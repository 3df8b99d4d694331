"""Many services at once: who carries each layer of each, and who can stop how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from depgraph.pictures.entries import columns, no_front
from depgraph.pictures.findings import findings
from depgraph.pictures.groups import companies
from depgraph.pictures.labels import short_name, whole
from depgraph.schema import functions as function_nodes

LAYERS = ("front", "host", "dns", "mail", "registrar", "registry")
OWN, UNKNOWN, OTHER, NONE = "own", "unknown", "other", "none"


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a survey.

    Parameters
    ----------
    name
        Its domain.
    layers
        Layer -> who carries it: the name of a company, ``"own"``, ``"none"``, or ``"unknown"``
        where not everybody is known. A layer that it does not have is left out.
    group
        Names among them that belong to the chosen group.
    stops
        Names of the companies that can stop some function of it alone.
    known
        Names of all the companies that are known to stand in one of its layers, also where
        others share it or are unknown.
    """

    name: str
    layers: Mapping[str, str]
    group: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def services(
    graphs: Iterable[nx.MultiDiGraph[str]], *, group: str = "big-tech"
) -> tuple[Service, ...]:
    """Tally graphs, one service each.

    Where several companies share a layer one of the group stands for it; where none of them
    is of the group but not all are known, the layer is unknown: it may be the group.
    """
    return tuple(_service(graph, group) for graph in graphs)


def _service(graph: nx.MultiDiGraph[str], group: str) -> Service:
    actors = companies(graph, group)
    layers: dict[str, str] = {}
    known: set[str] = set()
    for function in function_nodes(graph):
        name = function.rpartition("/")[2]
        (column,) = columns(graph, [function])
        known |= {
            _top(graph, entry.chain)
            for row in column.cells.values()
            for entry in row
            if not entry.unknown and not entry.own
        }
        for layer, entries in column.cells.items():
            row = "mail" if name == "mail" and layer == "host" else layer
            if row not in LAYERS or (name == "web-www" and row in {"front", "host"}):
                continue
            tops = [entry.chain for entry in entries if not entry.unknown]
            ours = [_top(graph, chain) for chain in tops if actors & set(chain)]
            if ours:
                said = min(ours)
            elif any(entry.unknown for entry in entries):
                said = UNKNOWN
            elif any(entry.own for entry in entries):
                said = OWN
            else:
                said = min(_top(graph, chain) for chain in tops)
            layers.setdefault(row, said)
        if name == "web" and not column.absent and "front" not in column.cells:
            layers["front"] = UNKNOWN if no_front(column.cells) else NONE
    found = findings(graph)
    names = {short_name(whole(graph, n)) for n in actors if n.startswith("company:")}
    return Service(
        name=str(graph.graph.get("subject", "")),
        layers=layers,
        group=frozenset(names),
        stops=frozenset(found.names[node] for node in found.companies),
        known=frozenset(known),
    )


def _top(graph: nx.MultiDiGraph[str], chain: Sequence[str]) -> str:
    owners = [node for node in chain if node.startswith("company:")] or list(chain)
    return short_name(whole(graph, owners[-1]))

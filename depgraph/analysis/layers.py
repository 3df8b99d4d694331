"""Who does what for a function, layer by layer, with what is unknown in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.model import Edge, Model

LAYERS: Final = (
    "registrar",
    "registry",
    "dns",
    "front",
    "host",
    "network",
    "mail",
    "mailbox",
    "certificate",
)
_HOSTING: Final = frozenset({"host", "alias", "address", "front", "origin"})
_MAILING: Final = frozenset({"exchange", "host", "alias", "address"})
_SERVING: Final = frozenset({"nameserver", "address"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One who does a layer, or what is unknown of it.

    Parameters
    ----------
    id, label
        A provider, or an unknown node.
    evidence
        Class of the edge that names it; ``unknown`` for unknown nodes.
    time, citation
        Of that edge.
    last_known, last_known_time
        Of an unknown node, where an older fact exists.
    """

    id: str
    label: str
    evidence: str
    time: str = ""
    citation: str = ""
    last_known: str = ""
    last_known_time: str = ""
    last_known_evidence: str = ""

    @property
    def unknown(self) -> bool:
        """Whether nobody knows."""
        return self.evidence == "unknown"

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form; empty fields are left out."""
        row = {"id": self.id, "evidence": self.evidence}
        for key in ("time", "citation", "last_known", "last_known_time"):
            if value := getattr(self, key):
                row[key] = value
        return row


def layers(model: Model, function: str) -> dict[str, tuple[Entry, ...]]:
    """Give who does each layer of a function; layers it does not have are left out."""
    node = model.functions[function]
    found: dict[str, dict[str, Entry]] = {}
    hosts = list(_edges(model, [node], _HOSTING if function.startswith("web") else _MAILING))
    seen = {node, *(edge.head for edge in hosts)}
    zones = [e.head for n in sorted(seen) for e in _out(model, n, {"zone"})]
    for edge in hosts:
        if model.kind(edge.head) == "unknown":
            _add(model, found, "mail" if function == "mail" else "host", edge)
    for here in sorted(seen):
        for edge in _out(model, here, {"operator"}):
            _add(model, found, _layer(model, function, edge), edge)
        if function != "mail":
            for edge in _edges(model, [here], {"prefix", "origin", "network"}):
                if edge.relation == "network":
                    _add(model, found, "network", edge)
    _add_all(model, found, "mailbox", _edges(model, [node], {"mailbox", "operator"}))
    _add_all(model, found, "certificate", _edges(model, [node], {"certificate"}))
    servers = list(_edges(model, zones, _SERVING))
    for here in sorted({*zones, *(edge.head for edge in servers)}):
        _add_all(model, found, "dns", _out(model, here, {"operator"}))
    _add_all(model, found, "dns", servers)
    registered = list(_edges(model, [node, *zones], {"registration"}))
    for edge in registered:
        for relation in ("registrar", "registry"):
            _add_all(model, found, relation, _out(model, edge.head, {relation}))
        _add_all(model, found, "registrar", [edge])
    return {layer: tuple(found[layer].values()) for layer in LAYERS if layer in found}


def _layer(model: Model, function: str, edge: Edge) -> str:
    if model.kind(edge.tail) == "front":
        return "front"
    return "mail" if function == "mail" else "host"


def _out(model: Model, node: int, relations: Iterable[str]) -> list[Edge]:
    return [
        edge
        for e in model.out[node]
        if (edge := model.edges[e]).relation in relations and edge.needed
    ]


def _edges(model: Model, starts: Iterable[int], relations: Iterable[str]) -> Iterable[Edge]:
    """Walk along some relations, and give every edge met."""
    front = list(dict.fromkeys(starts))
    seen = set(front)
    while front:
        node = front.pop(0)
        for edge in _out(model, node, relations):
            yield edge
            if edge.head not in seen:
                seen.add(edge.head)
                front.append(edge.head)


def _add_all(
    model: Model, found: dict[str, dict[str, Entry]], layer: str, edges: Iterable[Edge]
) -> None:
    for edge in edges:
        if model.kind(edge.head) in {"provider", "unknown", "anyone"}:
            _add(model, found, layer, edge)


def _add(model: Model, found: dict[str, dict[str, Entry]], layer: str, edge: Edge) -> None:
    data = model.nodes[edge.head]
    unknown = model.kind(edge.head) == "unknown"
    found.setdefault(layer, {}).setdefault(
        model.ids[edge.head],
        Entry(
            id=model.ids[edge.head],
            label=model.label(edge.head),
            evidence="unknown" if unknown else str(edge.data.get("evidence", "unknown")),
            time=str(edge.data.get("time", "")),
            citation=str(edge.data.get("citation", "")),
            last_known=str(data.get("last_known", "")),
            last_known_time=str(data.get("last_known_time", "")),
            last_known_evidence=str(data.get("last_known_evidence", "")),
        ),
    )

"""Several names of one operator that the catalogue does not know, brought together.

Such an operator is known by what it left: `~AS64500` by its network, `~EXAMPLE-1` by the
handle of its blocks, `~example.net` by its servers. Counted apart, they would look like
several actors whose consent is needed. They are one where the recording says so:

* a network and the holder of a block that it announces are registered under the same name;
* servers of one zone lie under the same name in several suffixes
  (:func:`depgraph.providers.same_operator`);
* every address of every server under a domain is of one such operator: whose server it is
  by name, that operator holds in its hands anyway.

An operator of the catalogue is never joined to another: that one's servers stand at Amazon
does not make it Amazon's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from depgraph.providers import same_operator
from depgraph.providers.rules import plain

if TYPE_CHECKING:
    from depgraph.graph.work import Work

_BY_DOMAIN = "registered-domain"
_COUNTRY = re.compile(r",\s*[A-Z]{2}\s*$")
_LEADS = {"nameserver": ("address",), "exchange": ("host",), "host": ("address", "alias")}


def registered_names(texts: Iterable[str]) -> set[str]:
    """Fold the names under which something is registered, for comparing.

    >>> sorted(registered_names(["GOLF-AS - Host Golf, Inc., US"]))
    ['golf', 'host golf']
    """
    parts = (part for text in texts for part in _COUNTRY.sub("", text[:300]).split(" - "))
    return {folded for part in parts if (folded := plain(part))}


def join(work: Work, _: str) -> None:
    """Put one node in the place of all that are known to be the same operator."""
    edges = _by_source(work)
    found = _Groups()
    for one, other in (*_registered_alike(work, edges), *_same_domain(work, edges)):
        found.join(one, other)
    for one, other in _at_home(work, edges, found):
        found.join(one, other)
    for members in found.several():
        _replace(work, members)


class _Groups:
    """Disjoint sets of provider nodes."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, node: str) -> str:
        while node in self._above:
            node = self._above[node]
        return node

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)), key=_rank)
        if first != second:
            self._above[second] = first

    def several(self) -> list[list[str]]:
        """List the sets of more than one, each with the node that stands for it first."""
        sets: dict[str, set[str]] = {}
        for node in self._above:
            sets.setdefault(self.of(node), set()).add(node)
        return [[first, *sorted(sets[first], key=_rank)] for first in sorted(sets)]


def _rank(node: str) -> tuple[int, str]:
    """Order names by how far they reach: a network's number, a registry's handle, a domain."""
    if re.fullmatch(r"provider:~AS[0-9]+", node):
        return 0, node
    return (2 if "." in node else 1), node


Edges = dict[str, dict[str, list[str]]]


def _by_source(work: Work) -> Edges:
    table: Edges = {}
    for source, target, relation in sorted(work.draft.edges):
        table.setdefault(source, {}).setdefault(relation, []).append(target)
    return table


def _unlisted(work: Work, nodes: Iterable[str]) -> list[str]:
    """Keep the operators that the catalogue does not know, the service's own left out."""
    known = work.draft.nodes
    return [n for n in nodes if n.startswith("provider:~") and not known[n].get("own")]


def _registered_alike(work: Work, edges: Edges) -> Iterator[tuple[str, str]]:
    """Pair a network with the holder of a block it announces, where both have one name."""
    for node in sorted(n for n in work.draft.nodes if n.startswith("address:")):
        around = edges.get(node, {})
        blocks = [edges.get(b, {}).get("holder", []) for b in around.get("block", [])]
        origins = [
            number
            for source in (node, *around.get("prefix", []))
            for number in edges.get(source, {}).get("origin", [])
        ]
        networks = [edges.get(n, {}).get("network", []) for n in origins]
        for holder in _unlisted(work, (h for found in blocks for h in found)):
            for network in _unlisted(work, (n for found in networks for n in found)):
                names = work.registered_as
                if names.get(holder, set()) & names.get(network, set()):
                    yield holder, network


def _same_domain(work: Work, edges: Edges) -> Iterator[tuple[str, str]]:
    """Pair the operators of one zone's servers whose domains differ in the suffix only."""
    for group in sorted(n for n in work.draft.nodes if n.startswith("nameservers:")):
        ways = edges.get(group, {}).get("nameserver", [])
        servers = {s for way in ways for s in (way, *edges.get(way, {}).get("nameserver", []))}
        domains = [
            target.removeprefix("provider:~")
            for server in sorted(servers)
            for target in _unlisted(work, edges.get(server, {}).get("operator", []))
            if work.draft.edges[server, target, "operator"].get("rule") == _BY_DOMAIN
        ]
        for domain, first in same_operator(domains).items():
            if domain != first:
                yield f"provider:~{domain}", f"provider:~{first}"


def _at_home(work: Work, edges: Edges, found: _Groups) -> Iterator[tuple[str, str]]:
    """Pair a domain's operator with the one of every address of every server under it."""
    servers: dict[str, list[str]] = {}
    for (source, target, relation), data in sorted(work.draft.edges.items()):
        if relation == "operator" and data.get("rule") == _BY_DOMAIN:
            servers.setdefault(target, []).append(source)
    for node in _unlisted(work, servers):
        reached = [_addresses(server, edges) for server in servers[node]]
        if None in reached:
            continue
        addresses = sorted({a for one in reached if one is not None for a in one})
        behind = [edges.get(address, {}).get("operator", []) for address in addresses]
        operators = {found.of(one) for each in behind for one in each}
        if len(operators) == 1 and (only := _unlisted(work, operators)):
            yield node, only[0]


def _addresses(server: str, edges: Edges) -> list[str] | None:
    """Give every address of a server; None where any is unknown or stands behind a front."""
    found: list[str] = []
    queue = [server]
    seen: set[str] = set()
    while queue:
        node = queue.pop()
        kind = node.split(":", 1)[0]
        if kind == "address":
            found.append(node)
        elif kind in {"unknown", "front"}:
            return None
        elif node not in seen:
            seen.add(node)
            relations = _LEADS.get(kind, ("address", "front", "alias"))
            queue += [t for relation in relations for t in edges.get(node, {}).get(relation, [])]
    return found or None


def _replace(work: Work, members: list[str]) -> None:
    """Let the first node stand for all; it keeps the name that a registry has for them."""
    first, *others = members
    nodes = work.draft.nodes
    named = [n for n in others if _rank(n)[0] == 1]
    nodes[first]["label"] = nodes[named[0]]["label"] if named else nodes[first]["label"]
    nodes[first]["note"] = "also " + ", ".join(n.removeprefix("provider:") for n in others)
    for key in [k for k in sorted(work.draft.edges) if k[1] in others]:
        source, target, relation = key
        data = dict(work.draft.edges.pop(key))
        data.setdefault("note", f"named {target.removeprefix('provider:')} by its evidence")
        there = work.draft.edges.get((source, first, relation))
        if there is None or (there["strength"] == "exposes" and data["strength"] == "needs"):
            work.draft.edges[source, first, relation] = data
    for node in others:
        del nodes[node]

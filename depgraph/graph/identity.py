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
does not make it Amazon's. Which of them are one is known only when every address has been
looked at, so edges are drawn first, and moved here before owners are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from depgraph.graph.answers import text_of
from depgraph.providers import same_operator
from depgraph.providers.rules import plain
from depgraph.vocabulary import Reason, What

if TYPE_CHECKING:
    from depgraph.graph.builder import Builder
    from depgraph.graph.draft import Draft

_BY_DOMAIN: Final = "registered-domain"
_COUNTRY: Final = re.compile(r",\s*[A-Z]{2}\s*$")
# Which relations lead from a node to its addresses; from sets of addresses all three.
_TO_ADDRESSES: Final = {
    "nameserver": ("address",),
    "exchange": ("host",),
    "host": ("address", "alias"),
}
_IN_SETS: Final = ("address", "front", "alias")


def registered_names(texts: Iterable[str]) -> set[str]:
    """Return the names under which something is registered, folded for comparing.

    >>> sorted(registered_names(["GOLF-AS - Host Golf, Inc., US"]))
    ['golf', 'host golf']
    """
    folded = set()
    for text in texts:
        folded |= {plain(part) for part in _COUNTRY.sub("", text[:300]).split(" - ")}
    return folded - {""}


def join(builder: Builder) -> None:
    """Put one node in the place of all that are known to be the same operator."""
    operators = _Sets()
    for one, other in _registered_alike(builder):
        operators.join(one, other)
    for one, other in _same_domain(builder):
        operators.join(one, other)
    for one, other in _at_home(builder, operators):
        operators.join(one, other)
    for members in operators.several():
        _replace(builder, members)


class _Sets:
    """Disjoint sets of provider nodes."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, node: str) -> str:
        """Return the node that stands for the set of another."""
        way = []
        while node in self._above:
            way.append(node)
            node = self._above[node]
        self._above.update(dict.fromkeys(way, node))  # the next way is short
        return node

    def join(self, one: str, other: str) -> None:
        """Make one set of two."""
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


def _unlisted(draft: Draft, nodes: Iterable[str]) -> list[str]:
    """Keep the operators that the catalogue does not know, the service's own left out."""
    unlisted = [node for node in nodes if node.startswith("provider:~")]
    return [node for node in unlisted if not draft.nodes[node].get("own")]


def _of_kind(draft: Draft, kind: str) -> list[str]:
    return sorted(node for node in draft.nodes if node.startswith(f"{kind}:"))


def _registered_alike(builder: Builder) -> Iterator[tuple[str, str]]:
    """Pair a network with the holder of a block it announces, where both have one name."""
    draft, names = builder.draft, builder.registered_as
    for address in _of_kind(draft, "address"):
        holders: list[str] = []
        for block in draft.heads(address, "block"):
            holders += draft.heads(block, "holder")
        networks: list[str] = []
        for tail in (address, *draft.heads(address, "prefix")):
            for number in draft.heads(tail, "origin"):
                networks += draft.heads(number, "network")
        for holder in _unlisted(draft, holders):
            for network in _unlisted(draft, networks):
                if names.get(holder, set()) & names.get(network, set()):
                    yield holder, network


def _same_domain(builder: Builder) -> Iterator[tuple[str, str]]:
    """Pair the operators of one zone's servers whose domains differ in the suffix only."""
    draft = builder.draft
    for group in _of_kind(draft, "nameservers"):
        servers: set[str] = set()
        ways = draft.heads(group, "nameserver")
        for way in ways:  # grows while it is read: an attempt, a look-up, the server
            if way not in servers:
                servers.add(way)
                ways += draft.heads(way, "nameserver")
        domains: list[str] = []
        for server in sorted(servers):
            domains += [
                provider.removeprefix("provider:~")
                for provider in _unlisted(draft, draft.heads(server, "operator"))
                if draft.edges[server, provider, "operator"].get("rule") == _BY_DOMAIN
            ]
        for domain, first in same_operator(domains).items():
            if domain != first:
                yield f"provider:~{domain}", f"provider:~{first}"


def _at_home(builder: Builder, operators: _Sets) -> Iterator[tuple[str, str]]:
    """Pair a domain's operator with the one of every address of every server under it."""
    draft = builder.draft
    servers: dict[str, list[str]] = {}
    for (server, provider, relation), data in sorted(draft.edges.items()):
        if relation == "operator" and data.get("rule") == _BY_DOMAIN:
            servers.setdefault(provider, []).append(server)
    for provider in _unlisted(draft, servers):
        behind: set[str] = set()
        for server in servers[provider]:
            addresses = _addresses(draft, server)
            if addresses is None:
                break
            for address in addresses:
                behind |= {operators.of(one) for one in draft.heads(address, "operator")}
        else:
            if len(behind) == 1 and _unlisted(draft, behind):
                yield provider, next(iter(behind))


def _addresses(draft: Draft, server: str) -> list[str] | None:
    """Return every address of a server; None where any is unknown or stands behind a front.

    IPv6 that is not known parts nobody: few servers have it from somebody else.
    """
    addresses: list[str] = []
    queue = [server]
    visited: set[str] = set()
    while queue:
        node = queue.pop()
        kind = node.split(":", 1)[0]
        if draft.nodes[node].get("what") in {What.SERVICE, What.IPV6_ADDRESSES}:
            continue  # where a service is is known
        if kind in {"unknown", "front"}:
            return None
        if kind == "address":
            addresses.append(node)
        elif node not in visited:
            visited.add(node)
            for relation in _TO_ADDRESSES.get(kind, _IN_SETS):
                queue += draft.heads(node, relation)
    return addresses or None


def _replace(builder: Builder, members: list[str]) -> None:
    """Let the first node stand for all; it keeps the name that a registry has for them."""
    draft = builder.draft
    first, *others = members
    registered = [node for node in others if _rank(node)[0] == 1]
    if registered:
        draft.nodes[first]["label"] = draft.nodes[registered[0]]["label"]
    ids = [node.removeprefix("provider:") for node in others]
    draft.nodes[first]["finding"] = text_of([Reason.of("also-known", names=", ".join(ids))])
    names = builder.registered_as.setdefault(first, set())
    for node, short in zip(others, ids, strict=True):
        names |= builder.registered_as.get(node, set())
        draft.replace(node, first, text_of([Reason.of("known-as", name=short)]))

"""The schema's tables: kinds, relations, attributes and their types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"
SCHEMA = 1
DEFINITION = "definition"
LEVELS = ("provider", "company", "country", "asn", "prefix", "address", "nameserver")
UNKNOWN_LEVELS = ("provider", "company", "country")
STRENGTHS = ("needs", "exposes")
EVIDENCE = ("observed", "published", "reported", "inferred", "unknown")
FUNCTIONS = ("web", "web-www", "mail", "name")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of node.

    `requires` lists alternatives of relations, one of each of which must lead out of the node:
    a node that needs all and lacks an edge would silently count as independent.
    """

    name: str
    needs: str
    requires: tuple[tuple[str, ...], ...] = ()
    leaf: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: the kinds it leads from and to (``unknown`` is always allowed as a target)."""

    name: str
    joins: tuple[tuple[str, str], ...]


def _kinds(*rows: Kind) -> dict[str, Kind]:
    return {row.name: row for row in rows}


KINDS: Mapping[str, Kind] = _kinds(
    Kind("service", "any", (("function",),)),
    Kind("function", "all"),
    Kind("host", "all", (("zone",), ("alias", "address"))),
    Kind("addresses", "any", (("address", "front", "alias"),)),
    Kind("front", "all", (("operator",), ("address",), ("origin",))),
    Kind("address", "all", (("operator",), ("prefix", "origin"), ("block",))),
    Kind("prefix", "all", (("origin",),)),
    Kind("asn", "all", (("network",),)),
    Kind("block", "all", (("holder",), ("allocation",))),
    Kind("zone", "all", (("parent", "registry"), ("nameserver", "registry"))),
    Kind("nameservers", "any", (("nameserver", "operator"),)),
    Kind("lookup", "all", (("nameserver",), ("zone",))),
    Kind("nameserver", "all", (("address",),)),
    Kind("exchanges", "any", (("exchange", "operator"),)),
    Kind("exchange", "all", (("host",),)),
    Kind("mailbox", "all", (("operator",),)),
    Kind("authorities", "any", (("certificate",),)),
    Kind("anyone", "all", leaf=True),
    Kind("registration", "all", (("registrar",), ("registry",))),
    Kind("provider", "all", (("owner",),)),
    Kind("company", "all", (("law",),)),
    Kind("country", "all", leaf=True),
    Kind("unknown", "all", leaf=True),
)

NEEDED_BY_FUNCTION: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "web": (("host",), ("certificate",)),
    "web-www": (("host",), ("certificate",)),
    "mail": (("zone",), ("exchange",)),
    "name": (("registration",),),
}


def _relations(table: str) -> dict[str, Relation]:
    """Read ``relation: source target[, source target...]`` lines."""
    rows = (line.split(":", 1) for line in table.strip().splitlines())
    out = {}
    for name, joins in rows:
        pairs = [tuple(pair.split()) for pair in joins.split(",")]
        out[name.strip()] = Relation(name.strip(), tuple((s, t) for s, t in pairs))
    return out


RELATIONS: Mapping[str, Relation] = _relations(
    """
    function: service function
    host: function host, exchange host
    certificate: function authorities, authorities provider, authorities anyone
    zone: function zone, host zone, lookup zone
    exchange: function exchanges, exchanges exchange
    mailbox: function mailbox
    registration: function registration, zone registration
    alias: host host, addresses host
    address: host addresses, addresses address, front addresses, nameserver addresses
    front: addresses front
    origin: front host, front provider, prefix asn, address asn
    operator: host provider, front provider, address provider, nameserver provider, nameservers provider, exchange provider, exchanges provider, mailbox provider
    prefix: address prefix
    block: address block
    network: asn provider
    holder: block provider
    allocation: block provider
    parent: zone zone, company company
    nameserver: zone nameservers, nameservers nameserver, nameservers lookup, lookup nameserver
    registry: zone provider, registration provider
    registrar: registration provider
    owner: provider company
    platform: provider provider
    law: company country
    """
)

GRAPH_ATTRIBUTES: Mapping[str, type] = {
    "schema": int,
    "subject": str,
    "since": str,
    "until": str,
    "title": str,
    "source": str,
    "complete": bool,
    "catalogue": str,
    "depgraph": str,
    "vantages": str,  # comma-separated
    "differences": str,  # questions on which vantages differ, "; "-separated
    "owner": str,  # of the service, as reported
    "owner_citation": str,
}
NODE_ATTRIBUTES: Mapping[str, type] = {
    "kind": str,
    "label": str,
    "needs": str,
    "absent": bool,  # function
    "reason": str,  # function, unknown
    "level": str,  # unknown
    "last_known": str,  # unknown: what an observation of another day said
    "last_known_time": str,
    "last_known_evidence": str,  # of that observation
    "last_known_id": str,  # the provider id it leads to
    "catalogued": bool,  # provider, company
    "own": bool,  # provider, company: the service's own
    "family": int,  # address, prefix, block: 4 or 6
    "status": str,  # registration: EPP statuses, comma-separated
    "expires": str,  # registration
    "note": str,
}
EDGE_ATTRIBUTES: Mapping[str, type] = {
    "relation": str,
    "strength": str,
    "evidence": str,
    "source": str,
    "citation": str,
    "time": str,
    "until": str,
    "ttl": int,
    "server": str,
    "vantage": str,
    "rule": str,
    "role": str,
    "note": str,
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
NODE_WORDS: Mapping[str, tuple[str, ...]] = {"needs": ("all", "any"), "level": UNKNOWN_LEVELS}
EDGE_WORDS: Mapping[str, tuple[str, ...]] = {"strength": STRENGTHS, "evidence": EVIDENCE}
OPEN_NEEDS = frozenset({"prefix"})  # its `needs` depends on how many announce it

"""From a zone to the server that its name servers copy it from, where that is somebody else's.

A zone whose name servers are of one operator, and whose SOA names one of the same, is kept
there. Where they are of two, or the SOA names a server of another (a hidden primary), those
that only copy go on without it for the SOA's EXPIRE and then stop answering (RFC 1035, section
3.3.13; RFC 1034, section 4.3.5). Whether the named server is that in earnest nobody can see
from outside, so what follows from its withdrawal is only possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from depgraph.graph import addresses
from depgraph.graph.answers import FAMILIES
from depgraph.graph.builder import Builder
from depgraph.graph.text import host
from depgraph.observations import Observation
from depgraph.providers import Signal


class Primary(NamedTuple):
    """A server that others copy a zone from: its name, SOA EXPIRE in seconds, and who said so."""

    name: str
    expire: int
    observations: Sequence[Observation]


def elsewhere(builder: Builder, zone: str) -> Iterator[Primary]:
    """Yield the primaries of a zone whose withdrawal may be felt, as its SOA records name them.

    The operators of its name servers have to be known by then.
    """
    servers = _servers(builder, zone)
    for value, observations in builder.index.ask(zone, "SOA").records.items():
        name, expire = _read(value)
        if name is None or expire is None or not _resolves(builder, name):
            continue
        if _is_elsewhere(builder, name, servers):
            yield Primary(name, expire, observations)


def _read(value: str) -> tuple[str | None, int | None]:
    """Return MNAME and EXPIRE of a SOA; None for what is not well formed."""
    words = value.split()
    if len(words) != 7 or not words[5].isdecimal():
        return None, None
    return host(words[0]), int(words[5])


def _servers(builder: Builder, zone: str) -> list[str]:
    """List the name servers of a zone that are needed, directly or by looking them up."""
    draft = builder.draft
    ways = draft.heads(f"nameservers:{zone}", "nameserver")
    found = [way for way in ways if way.startswith("nameserver:")]
    for way in ways:
        found += draft.heads(way, "nameserver")
    return sorted({node.partition(":")[2] for node in found})


def _resolves(builder: Builder, name: str) -> bool:
    answers = [builder.index.ask(name, family) for family in FAMILIES]
    return bool(addresses.readable(answers))


def _is_elsewhere(builder: Builder, primary: str, servers: list[str]) -> bool:
    """Tell whether the name servers are of two operators, or of another than the primary's."""
    heads = [builder.draft.heads(f"nameserver:{name}", "operator") for name in servers]
    operators = {_company(builder, node) for several in heads for node in several}
    if len(operators) > 1:
        return True
    if not operators or primary in servers:
        return False
    domains = {builder.registered(name) for name in servers}
    named = builder.who("dns", {Signal("ns-host", primary): ()}).provider
    if named is None or builder.registered(primary) in domains:
        return False
    return _company(builder, f"provider:{named}") not in operators


def _company(builder: Builder, provider: str) -> str:
    """Return the topmost company of a provider, or itself where the catalogue has none."""
    owners = builder.catalogue.owners(provider.partition(":")[2], builder.at)
    return owners[-1] if owners else provider

"""The names that an SPF record lets send, through `include` and `redirect` (RFC 7208)."""

from __future__ import annotations

from collections import deque

from depgraph.graph.evidence import Index
from depgraph.observations import Observation
from depgraph.records.rdata import host
from depgraph.records.spf import authorized, is_record, unquoted

_LOOKUPS = 10  # RFC 7208 section 4.6.4: a record that needs more is an error


def includes(index: Index, domain: str) -> dict[str, tuple[Observation, ...]]:
    """Give every name that the SPF record of a domain includes, with who saw it."""
    found: dict[str, tuple[Observation, ...]] = {}
    todo = deque([domain])
    asked = {domain}
    while todo and len(asked) <= _LOOKUPS + 1:
        here = todo.popleft()
        for value, seen in index.ask(here, "TXT").seen.items():
            text = unquoted(value)
            if is_record(text):
                for name in authorized(text):
                    found.setdefault(name, seen)
                    if name not in asked:
                        asked.add(name)
                        todo.append(name)
    for kind in ("spf-expanded", "spf-include"):
        for value, seen in index.ask(domain, kind).seen.items():
            listed = authorized(value) if kind == "spf-expanded" else [host(value.strip())]
            for name in filter(None, listed):
                found.setdefault(name, seen)
    return found

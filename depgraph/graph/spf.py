"""The names that an SPF record lets send, through `include` and `redirect` (RFC 7208)."""

from __future__ import annotations

from collections import deque

from depgraph.graph.answers import Index
from depgraph.observations import Observation
from depgraph.records.rdata import host
from depgraph.records.spf import authorized, is_record, unquoted

_LOOKUPS = 10  # RFC 7208 section 4.6.4: a record that needs more is an error


def includes(index: Index, domain: str) -> dict[str, tuple[Observation, ...]]:
    """Return every name that the SPF record of a domain includes, with who saw it."""
    included: dict[str, tuple[Observation, ...]] = {}
    queue = deque([domain])
    queued = {domain}
    while queue and len(queued) <= _LOOKUPS + 1:
        for value, observations in index.ask(queue.popleft(), "TXT").records.items():
            text = unquoted(value)
            if not is_record(text):
                continue
            for name in authorized(text):
                included.setdefault(name, observations)
                if name not in queued:
                    queued.add(name)
                    queue.append(name)
    # Data sets keep what they found of the expansion, as one text or as names.
    for value, observations in index.ask(domain, "spf-expanded").records.items():
        for name in authorized(value):
            included.setdefault(name, observations)
    for value, observations in index.ask(domain, "spf-include").records.items():
        included_name = host(value.strip())
        if included_name is not None:
            included.setdefault(included_name, observations)
    return included

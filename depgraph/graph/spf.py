"""The names that an SPF record lets send, through `include` and `redirect` (RFC 7208)."""

from __future__ import annotations

import re
from collections import deque

from depgraph.graph.answers import Index
from depgraph.graph.text import host
from depgraph.observations import Observation

_LOOKUPS = 10  # RFC 7208 section 4.6.4: a record that needs more is an error
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_POINTS = re.compile(r"(?:^|\s)[+?~-]?(?:include:|redirect=)(\S+)", re.IGNORECASE)
_LONGEST = 16384  # no honest TXT record is longer; hostile ones are


def unquoted(value: str) -> str:
    """Join the character strings of a TXT record.

    >>> unquoted('"v=spf1 inc" "lude:a.example"'), unquoted("plain")
    ('v=spf1 include:a.example', 'plain')
    """
    text = value[:_LONGEST]
    parts = _QUOTED.findall(text) if text.startswith('"') else []
    return "".join(parts) if parts else text


def includes(index: Index, domain: str) -> dict[str, tuple[Observation, ...]]:
    """Return every name that the SPF record of a domain includes, with who saw it."""
    included: dict[str, tuple[Observation, ...]] = {}
    queue = deque([domain])
    queued = {domain}
    while queue and len(queued) <= _LOOKUPS + 1:
        for value, observations in index.ask(queue.popleft(), "TXT").records.items():
            text = unquoted(value)
            if not text.lower().startswith("v=spf1"):
                continue
            for name in _named(text):
                included.setdefault(name, observations)
                if name not in queued:
                    queued.add(name)
                    queue.append(name)
    # Data sets keep what they found of the expansion, as one text or as names.
    for value, observations in index.ask(domain, "spf-expanded").records.items():
        for name in _named(value[:_LONGEST]):
            included.setdefault(name, observations)
    for value, observations in index.ask(domain, "spf-include").records.items():
        included_name = host(value.strip())
        if included_name is not None:
            included.setdefault(included_name, observations)
    return included


def _named(text: str) -> list[str]:
    return [name for one in _POINTS.findall(text) if (name := host(one))]

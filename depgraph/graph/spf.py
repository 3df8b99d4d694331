"""The names that an SPF record lets send, through `include` and `redirect` (RFC 7208)."""

from __future__ import annotations

import re
from collections import deque

from depgraph.graph.evidence import Index
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
    """Give every name that the SPF record of a domain includes, with who saw it."""
    found: dict[str, tuple[Observation, ...]] = {}
    todo = deque([domain])
    asked = {domain}
    while todo and len(asked) <= _LOOKUPS + 1:
        here = todo.popleft()
        for value, seen in index.ask(here, "TXT").seen.items():
            text = unquoted(value)
            if text.lower().startswith("v=spf1"):
                for name in _named(text):
                    found.setdefault(name, seen)
                    if name not in asked:
                        asked.add(name)
                        todo.append(name)
    for kind in ("spf-expanded", "spf-include"):
        for value, seen in index.ask(domain, kind).seen.items():
            listed = _named(value[:_LONGEST]) if kind == "spf-expanded" else [host(value.strip())]
            for name in filter(None, listed):
                found.setdefault(name, seen)
    return found


def _named(text: str) -> list[str]:
    return [name for one in _POINTS.findall(text) if (name := host(one))]

"""From a name to the zone it lies in, as far as zone cuts were seen."""

from __future__ import annotations

from depgraph import names
from depgraph.graph import reports
from depgraph.graph.builder import Builder

_OF_A_ZONE = frozenset({"NS", "ns-domain", "SOA", "operator"})
"""Types of what shows that a name is the apex of a zone."""


def zone_of(builder: Builder, name: str) -> str:
    """Return the zone that a name lies in: the nearest zone cut seen, else its registered domain.

    Above the registered domain the public suffix stands for everything, or the next above it
    where it was seen to be no zone (``k12.ma.us``, whose names ``us`` delegates).
    """
    registered = builder.registered(name)
    for one in names.parents(name):
        if one == registered:
            return one
        if _is_cut(builder, one) if registered is not None else not _is_no_cut(builder, one):
            return one
    return name


def _is_cut(builder: Builder, name: str) -> bool:
    index = builder.index
    if not index.tells_of(name, _OF_A_ZONE):  # so it is with most names; this is quick
        return False
    answers = [index.ask(name, kind) for kind in ("NS", "ns-domain", "SOA")]
    answers.append(index.ask(name, "NS", part="parent"))
    known = any(answer.records or answer.stale for answer in answers)
    return known or bool(reports.reported(builder, name, "dns"))


def _is_no_cut(builder: Builder, name: str) -> bool:
    """Tell whether a name was seen to be no apex: it exists, and has no NS records."""
    own = builder.index.ask(name, "NS")
    if "." not in name or own.stale or not own.is_empty or own.no_such_name:
        return False
    parent = builder.index.ask(name, "NS", part="parent")
    return not (parent.records or parent.stale)

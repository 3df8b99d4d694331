"""From a name to the zone it lies in, as far as zone cuts were seen."""

from __future__ import annotations

from depgraph import names
from depgraph.graph import reports
from depgraph.graph.builder import Builder


def zone_of(builder: Builder, name: str) -> str:
    """Return the zone that a name lies in: the nearest zone cut seen, else its registered domain.

    Above the registered domain the public suffix stands for everything.
    """
    registered = builder.registered(name)
    for one in names.parents(name):
        if one == registered or registered is None:
            return one
        if _is_cut(builder, one):
            return one
    return name


def _is_cut(builder: Builder, name: str) -> bool:
    index = builder.index
    answers = [index.ask(name, kind) for kind in ("NS", "ns-domain", "SOA")]
    answers.append(index.ask(name, "NS", part="parent"))
    known = any(answer.records or answer.stale for answer in answers)
    return known or bool(reports.reported(builder, name, "dns"))

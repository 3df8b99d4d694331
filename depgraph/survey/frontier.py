"""What is still to be asked: questions that the graphs of a survey say were not put.

Collecting by rounds, with the tools people have: the names of each type go to a scanner (zdns,
massdns, dnsx), its output joins what is there, until nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from depgraph.graph import build
from depgraph.readers.world import Refused
from depgraph.recording import Recording
from depgraph.schema import Graph
from depgraph.survey.sources import built
from depgraph.vocabulary import Kind, Reason, ReasonCode, What, reasons

_TYPES: Final[Mapping[What, tuple[str, ...]]] = {
    What.ADDRESSES: ("A", "AAAA"),
    What.IPV4_ADDRESSES: ("A",),
    What.IPV6_ADDRESSES: ("AAAA",),
    What.MAIL_EXCHANGES: ("MX",),
    What.MAILBOX_OPERATOR: ("TXT",),
    What.NAME_SERVERS: ("NS",),
}
"""What is not known -> the types of record that would tell it."""
_SCANNED: Final = frozenset({"A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT"})
"""Types that scanners ask; who registered a name is no question of the DNS."""


def frontier(
    recordings: Iterable[Recording],
    *,
    at: date | None = None,
    refuse: Callable[[Refused], None] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return the names that are still to be asked about, by type of record.

    Parameters
    ----------
    recordings
        Those of the services, each with all that is known of it.
    at
        The day; otherwise each recording's own.
    refuse
        What takes a row for each service of which no graph can be built; None: the
        error is raised.

    Returns
    -------
    dict
        Type -> names, sorted. No question that was put, whatever came of it; empty at the end.
    """
    found: dict[str, set[str]] = {}
    put: set[tuple[str, str]] = set()
    for recording, graph in built(recordings, partial(build, at=at), refuse):
        put.update((o.subject, o.type) for o in recording if o.status.asked)
        for kind, name in _open(graph):
            found.setdefault(kind, set()).add(name)
    found = {kind: {n for n in names if (n, kind) not in put} for kind, names in found.items()}
    found = {kind: names for kind, names in found.items() if names}
    return {kind: tuple(sorted(found[kind])) for kind in sorted(found)}


def _open(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield the questions that the graph of a service says were not asked."""
    for _, data in graph.nodes(data=True):
        texts = [data.get("reason"), data.get("finding")]
        name = data.get("of") or data.get("label")
        for reason in (one for text in texts if text for one in reasons(str(text))):
            for kind in _kinds(reason, str(data.get("what", "")), str(data["kind"])):
                yield kind, str(name)


def _kinds(reason: Reason, what: str, kind: str) -> Iterator[str]:
    """Yield the types of record that a coded reason says were not asked."""
    if reason.code is ReasonCode.QUESTION:
        inner = str(reason.get("reason") or "")
        question = str(reason.get("question") or "")
        if ReasonCode.NOT_ASKED.value in inner.split("; ") and question in _SCANNED:
            yield question
    elif reason.code is ReasonCode.NOT_ASKED and kind == Kind.UNKNOWN and what in set(What):
        yield from _TYPES.get(What(what), ())

"""From a recording to its graph: the pipeline, one verb a line."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from depgraph.errors import GraphError
from depgraph.graph import certificates, hosts, joins, mail, registration
from depgraph.graph.evidence import Index, place
from depgraph.graph.text import address
from depgraph.graph.work import JOINS, Work
from depgraph.observations import Observation
from depgraph.providers import Catalogue, load
from depgraph.recording import Header, Recording
from depgraph.schema import SCHEMA, Graph
from depgraph.text_safety import one_line

log = logging.getLogger(__name__)
_SHOWN_DIFFERENCES = 50


def build(
    recording: Recording | Iterable[Observation],
    *,
    at: date | None = None,
    catalogue: Catalogue | None = None,
    subject: str | None = None,
) -> Graph:
    """Build the graph of everything a service needs, from what was observed of it.

    A pure function: the same observations, in any order, give the same graph.

    Parameters
    ----------
    recording
        A recording, or observations (then `subject` names the service).
    at
        The day that the graph is for; otherwise the recording's own days. What was seen on
        other days only becomes an unknown that says what was last known.
    catalogue
        Who is behind what; otherwise the one that depgraph brings.
    subject
        The service, a canonical name; otherwise that of the recording.

    Returns
    -------
    Graph
        A `networkx.MultiDiGraph` of the schema in :mod:`depgraph.schema`.

    Raises
    ------
    GraphError
        If observations are given without a subject, or the subject is an address: an address
        has no zone, no registration and no mail. Who is behind one is asked of
        :func:`depgraph.providers.explain`.
    """
    if not isinstance(recording, Recording):
        recording = _recording(recording, subject)
    if isinstance(at, datetime):
        at = at.date()
    since, until = (at, at) if at is not None else recording.days
    catalogue = catalogue if catalogue is not None else load()
    service = (subject or recording.subject).rstrip(".").lower()
    if address(service) is not None:
        raise GraphError(
            f"expected the name of a service, found the address {service}: give a name that leads "
            "to it, or ask 'depgraph explain' who is behind it"
        )
    index = Index(recording, since=since, until=until)
    work = Work(subject=service, at=until, index=index, catalogue=catalogue)
    _add_service(work)
    work.later(joins.join, service, phase=JOINS)
    work.run()
    log.debug("%s: %d nodes, %d edges", service, len(work.draft.nodes), len(work.draft.edges))
    owner = next(iter(work.reports(service, "owner")), None)
    return work.draft.graph(
        schema=SCHEMA,
        subject=service,
        since=since.isoformat(),
        until=until.isoformat(),
        title=one_line(recording.header.title),
        source=one_line(recording.header.source),
        complete=recording.complete,
        catalogue=catalogue.version,
        depgraph=_version(),
        vantages=",".join(_vantages(index)),
        differences="; ".join(_differences(index)),
        owner=one_line(owner[0]) if owner else None,
        owner_citation=one_line(owner[1].citation) if owner else None,
    )


@cache
def _version() -> str:
    return version("depgraph")


def _recording(observations: Iterable[Observation], subject: str | None) -> Recording:
    if subject is None:
        raise GraphError(
            "expected a recording, found observations without a service: give subject='example.org'"
        )
    return Recording(Header(subject=subject), tuple(observations))


def _add_service(work: Work) -> None:
    """Add the service and its functions, and start on what each needs."""
    name = work.subject
    node = work.draft.node("service", name)
    web = [(name, "web")]
    www = f"www.{name}"
    if work.registered(name) == name or work.index.knows(www):
        web.append((www, "web-www"))
    work.web.update(host for host, _ in web)
    for host, word in web:
        function = _function(work, node, word, hosts.has_no_address(work, host))
        if function is not None:
            work.draft.edge(function, "host", hosts.add(work, host))
            certificates.add(work, function, host)
    function = _function(work, node, "mail", mail.why_absent(work, name))
    if function is not None:
        mail.add(work, function, name)
    function = _function(work, node, "name", "")
    if function is not None:
        registration.add(work, function, work.registered(name) or name)


def _function(work: Work, service: str, word: str, absent: str) -> str | None:
    """Add a function; gives its node, or None where it is settled that there is none."""
    node = work.draft.node("function", f"{work.subject}/{word}", label=word)
    work.draft.edge(service, "function", node)
    if absent:
        work.draft.nodes[node] |= {"absent": True, "reason": one_line(absent)}
        return None
    return node


def _vantages(index: Index) -> list[str]:
    found = sorted({place(o) for key in index.questions() for o in index.group(*key)})
    return [] if found == ["unnamed"] else found


def _differences(index: Index) -> list[str]:
    """List the questions to which vantage points got different answers, or some of them none."""
    if not _vantages(index):
        return []
    found = []
    for subject, kind in index.questions():
        answers = [index.ask(subject, kind, part=part) for part in ("answer", "parent")]
        failed = [f"{where}: {how}" for a in answers for where, how in a.cut_off.items()]
        if failed or any(a.differs for a in answers):
            note = f" ({', '.join(failed)})" if failed else ""
            found.append(one_line(f"{subject} {kind}{note}"))
    more = len(found) - _SHOWN_DIFFERENCES
    return found[:_SHOWN_DIFFERENCES] + ([f"and {more} more"] if more > 0 else [])

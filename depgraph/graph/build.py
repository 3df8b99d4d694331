"""From a recording to its graph: the pipeline, one verb a line."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import Final

import networkx as nx

from depgraph.errors import GraphError
from depgraph.graph import certificates, hosts, identity, mail, network, registration, reports
from depgraph.graph.answers import Index, text_of
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.text import address, host
from depgraph.graph.views import place
from depgraph.observations import Observation
from depgraph.providers import Catalogue, load
from depgraph.recording import Header, Recording
from depgraph.schema import SCHEMA, Graph
from depgraph.text_safety import one_line, quote
from depgraph.vocabulary import Reason

log = logging.getLogger(__name__)
_SHOWN_DIFFERENCES: Final = 50


def build(
    recording: Recording | Iterable[Observation],
    *,
    at: date | str | None = None,
    catalogue: Catalogue | None = None,
    subject: str | None = None,
) -> Graph:
    """Return the graph of everything a service needs, from what was observed of it.

    A pure function: the same observations, in any order, give the same graph.

    Parameters
    ----------
    recording
        A recording, or observations (then `subject` names the service).
    at
        The day that the graph is for, a `date` or a text such as ``2026-01-31``; otherwise the
        recording's own days. What was seen on other days only becomes an unknown that says
        what was last known.
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
        If it is no recording, observations are given without a subject, the day cannot be read, or the subject is
        no host name. An address has no zone, no registration and no mail: who is behind one
        is asked of :func:`depgraph.providers.explain`.
    """
    if not isinstance(recording, Recording):
        recording = _recording(recording, subject)
    day = _day(at)
    since, until = recording.days if day is None else (day, day)
    catalogue = catalogue if catalogue is not None else load()
    service = (subject or recording.subject).rstrip(".").lower()
    if address(service) is not None:
        raise GraphError(
            f"expected the name of a service, found the address {service}: give a name that leads "
            "to it, or ask 'depgraph explain' who is behind it"
        )
    if host(service) is None:
        raise GraphError(
            f"expected the name of a service such as example.org, found {service[:80]!a}"
        )
    index = Index(recording, since=since, until=until)
    builder = Builder(subject=service, at=until, index=index, catalogue=catalogue)
    _add_service(builder)
    builder.later(_identify, service, phase=Phase.IDENTITY)
    builder.run()
    draft = builder.draft
    log.debug("%s: %d nodes, %d edges", service, len(draft.nodes), len(draft.edges))
    owner = next(iter(reports.reported(builder, service, "owner")), None)
    differences = _differences(index)
    return draft.graph(
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
        differences="; ".join(differences[:_SHOWN_DIFFERENCES]),
        differences_left_out=len(differences[_SHOWN_DIFFERENCES:]) or None,
        owner=one_line(owner.name) if owner else None,
        owner_citation=one_line(owner.observation.citation) if owner else None,
    )


def _day(at: object) -> date | None:
    """Read the day that was asked for."""
    if isinstance(at, datetime):
        return at.date()
    if at is None or isinstance(at, date):
        return at
    if isinstance(at, str):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(at)
    raise GraphError(
        f"expected a day such as '2021-02-15' or datetime.date(2021, 2, 15) for `at`, "
        f"found {quote(at)}"
    )


@cache
def _version() -> str:
    return version("depgraph")


def _recording(observations: object, subject: str | None) -> Recording:
    """Make a recording of loose observations."""
    if isinstance(observations, str | bytes | os.PathLike):
        raise GraphError(
            f"expected a recording, found {quote(observations)}: depgraph.read reads one from a file"
        )
    if isinstance(observations, nx.Graph):
        raise GraphError("expected a recording, found a graph: it is built already")
    if not isinstance(observations, Iterable):
        raise GraphError(
            f"expected a recording, found {quote(observations)}: depgraph.read reads one from a "
            "file, depgraph.observe makes one"
        )
    rows = tuple(observations)
    for row in rows:
        if not isinstance(row, Observation):
            raise GraphError(
                f"expected observations, found {quote(row)} among them: "
                "build one recording at a time"
            )
    if subject is None:
        raise GraphError(
            "expected a recording, found observations without a service: give subject='example.org'"
        )
    return Recording(Header(subject=subject), rows)


def _add_service(builder: Builder) -> None:
    """Add the service and its functions, and start on what each needs."""
    name = builder.subject
    node = builder.draft.node("service", name)
    web = [(name, "web")]
    www = f"www.{name}"
    if builder.registered(name) == name or builder.index.knows(www):
        web.append((www, "web-www"))
    builder.web.update(one for one, _ in web)
    for one, word in web:
        no_address = hosts.why_no_address(builder, one)
        if no_address is not None and not hosts.bound(builder.index, one):
            _add_absent(builder, node, word, [no_address])
            continue
        function = _add_function(builder, node, word)
        builder.draft.edge(function, "host", hosts.add(builder, one))
        certificates.add(builder, function, one)
    no_mail = mail.why_absent(builder, name)
    if no_mail:
        _add_absent(builder, node, "mail", no_mail)
    else:
        mail.add(builder, _add_function(builder, node, "mail"), name)
    function = _add_function(builder, node, "name")
    registration.add(builder, function, builder.registered(name) or name)
    reports.add_involvement(builder, node)


def _add_function(builder: Builder, service: str, word: str) -> str:
    node = builder.draft.node("function", f"{builder.subject}/{word}", label=word)
    builder.draft.edge(service, "function", node)
    return node


def _add_absent(builder: Builder, service: str, word: str, reasons: Iterable[Reason]) -> None:
    """Add a function that the service does not have, as is settled."""
    node = _add_function(builder, service, word)
    builder.draft.nodes[node] |= {"absent": True, "reason": text_of(reasons)}


def _identify(builder: Builder, _: str) -> None:
    """Bring together what is one operator, then say which of them may stand in front."""
    identity.join(builder)
    network.mark_serving(builder)


def _vantages(index: Index) -> list[str]:
    places: set[str] = set()
    for question in index.questions():
        places.update(place(o) for o in index.group(*question))
    return [] if places == {"unnamed"} else sorted(places)


def _differences(index: Index) -> list[str]:
    """List the questions to which vantage points got different answers, or some of them none."""
    if not _vantages(index):
        return []
    differences = []
    for subject, kind in index.questions():
        answers = [index.ask(subject, kind, part=part) for part in ("answer", "parent")]
        failed: list[str] = []
        for answer in answers:
            failed += [f"{where}: {how}" for where, how in answer.cut_off.items()]
        if failed or any(answer.differs for answer in answers):
            note = f" ({', '.join(failed)})" if failed else ""
            differences.append(one_line(f"{subject} {kind}{note}"))
    return differences

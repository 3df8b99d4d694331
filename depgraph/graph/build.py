"""From a recording to its graph: the pipeline, one verb a line."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import Final

import networkx as nx

from depgraph import limits
from depgraph.errors import GraphError
from depgraph.graph import (
    apart,
    certificates,
    dangling,
    elsewhere,
    faults,
    hosts,
    identity,
    mail,
    mailboxes,
    network,
    registered,
    registration,
    reports,
    thirdparties,
    zones,
)
from depgraph.graph.answers import GIVEN, Index, part_of, text_of
from depgraph.graph.builder import FARTHEST, Builder, Phase
from depgraph.graph.failure import nonexistent
from depgraph.graph.remarks import shown_by
from depgraph.graph.text import address, host
from depgraph.graph.views import NOWHERE, TOGETHER, place
from depgraph.names import is_below
from depgraph.observations import Observation
from depgraph.parameters import checked
from depgraph.providers import Catalogue, load
from depgraph.recording import Header, Recording
from depgraph.records.ede import BOGUS, error_of
from depgraph.schema import SCHEMA, Graph
from depgraph.text_safety import one_line, quote
from depgraph.vocabulary import (
    FUNCTIONS,
    Function,
    Limit,
    Part,
    Reason,
    function_at,
    function_of,
    functions_like,
)

log = logging.getLogger(__name__)
_SHOWN_DIFFERENCES: Final = 50
_HOSTS: Final = 200  # under which a service is offered: each is a function, judged by itself


@checked(GraphError)
def build(
    recording: Recording | Iterable[Observation],
    *,
    at: date | str | None = None,
    hosts: Iterable[str] | None = None,
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
    hosts
        Other host names that the service is offered under (``"api.example.org"``), each a
        function of its own; otherwise those that the recording was made for.
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
        If it is no recording, observations are given without a subject, the day cannot be read, or the subject or
        another host is no host name. An address has no zone, no registration and no mail: who is behind one
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
    others = recording.header.hosts if hosts is None else hosts
    index = Index(recording, since=since, until=until)
    other_hosts = _other_hosts(others, service)
    builder = Builder(
        subject=service,
        at=until,
        index=index,
        catalogue=catalogue,
        other_hosts=other_hosts[:_HOSTS],
        beyond=dict.fromkeys(((name, "host") for name in other_hosts[_HOSTS:]), 1),
    )
    elsewhere.put(builder)
    registration.put(builder)
    _add_service(builder)
    builder.later(_identify, service, phase=Phase.IDENTITY)
    builder.run()
    draft = builder.draft
    _validate(builder, [o for o in recording if index.current(o)])
    too_many = apart.bound(draft, f"service:{service}")
    log.debug("%s: %d nodes, %d edges", service, len(draft.nodes), len(draft.edges))
    owner = next(iter(reports.reported(builder, service, "owner")), None)
    vantages, silent = _vantages(builder)
    differences = _differences(index, silent) if vantages else []
    return draft.graph(
        schema=SCHEMA,
        subject=service,
        since=since.isoformat(),
        until=until.isoformat(),
        title=one_line(recording.header.title),
        source=one_line(recording.header.source),
        complete=recording.complete,
        limits=limits.joined(
            limits.in_order(
                [
                    *limits.met(filter(index.current, recording), changed=recording.changed),
                    *_of_another_day(recording, index),
                    *_not_followed(builder),
                    *too_many,
                ]
            )
        )
        or None,
        catalogue=catalogue.version,
        depgraph=_version(),
        recording_sha256=recording.sha256 or None,
        vantages=",".join(vantages),
        vantages_silent=",".join(silent),
        differences="; ".join(differences[:_SHOWN_DIFFERENCES]),
        differences_left_out=len(differences[_SHOWN_DIFFERENCES:]) or None,
        owner=one_line(owner.name) if owner else None,
        owner_citation=one_line(owner.observation.citation) if owner else None,
    )


def _of_another_day(recording: Recording, index: Index) -> Iterator[limits.MetLimit]:
    """Say of which days a recording is that has nothing of the day asked for."""
    if len(recording) and not any(map(index.current, recording)):
        days = recording.days
        if days == (index.since, index.until):  # those of its header, which were asked for
            times = [moment.date() for o in recording for moment in (o.time, o.end)]
            days = min(times), max(times)
        yield limits.MetLimit(limit=Limit.DAY, of=tuple(map(str, (index.until, *days))))


def _other_hosts(others: Iterable[object], service: str) -> tuple[str, ...]:
    """Read the other host names of a service, sorted; those it has a function for are no others."""
    found = set()
    for other in others:
        name = host(other.rstrip(".").lower()) if isinstance(other, str) else None
        if name is None or address(name) is not None:
            raise GraphError(
                f"expected a host name such as 'api.example.org' among `hosts`, found {quote(other)}"
            )
        found.add(name)
    sites = {FUNCTIONS[one].name_at(service) for one in functions_like(Function.WEB)}
    return tuple(sorted(found - sites))


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
    for function, at in _offered(builder):
        row = FUNCTIONS[function_of(function)]
        if row.part is Part.WEB:
            builder.web.add(at)
        needs = [_NEEDS[choice[0]] for choice in row.requires]
        absent = [reason for need in needs for reason in need.why_absent(builder, at)]
        head = builder.draft.node("function", f"{name}/{function}", label=function)
        builder.draft.edge(node, "function", head)
        if absent:
            why, by = text_of(absent), shown_by(absent)
            builder.draft.node(
                "function", f"{name}/{function}", absent=True, reason=why, shown_by=by
            )
            continue
        for need in needs:
            need.add(builder, head, at)
        registration.add_given(builder, head, at)
        if row.part is Part.WEB:
            thirdparties.add_steps(builder, head, at)
    reports.add_involvement(builder, node)


def _offered(builder: Builder) -> Iterator[tuple[str, str]]:
    """List the functions of the service, each with the name that it is offered under."""
    name = builder.subject
    for function, row in FUNCTIONS.items():
        at = row.name_at(name)
        if row.reported:
            for one in thirdparties.offered(builder, at):
                yield one, at
            continue
        usual = row.usual and builder.registered(name) == name
        if at == name or usual or builder.index.knows(at):
            yield function.value, at
    for other in builder.other_hosts:
        yield function_at(Function.WEB, other), other


def _nothing(_builder: Builder, _name: str) -> Sequence[Reason]:
    return ()


@dataclass(frozen=True, slots=True)
class _Need:
    """How what a function needs along a relation is built.

    Parameters
    ----------
    add
        Adds it to the node of a function that is offered under a name.
    why_absent
        Returns why it is settled that the name has no such thing, and so not the function.
    """

    add: Callable[[Builder, str, str], None]
    why_absent: Callable[[Builder, str], Sequence[Reason]] = _nothing


def _add_host(builder: Builder, function: str, name: str) -> None:
    builder.draft.edge(function, "host", hosts.add(builder, name))


def _why_no_host(builder: Builder, name: str) -> Sequence[Reason]:
    reason = hosts.why_no_address(builder, name)
    # A name that is an alias is published for a purpose: where it leads nowhere, that is broken.
    if reason is None or reason.get("target") or hosts.bound(builder.index, name):
        return []
    return [reason]


def _add_zone(builder: Builder, function: str, name: str) -> None:
    zones.add_for(builder, function, "zone", name, TOGETHER["MX"])


def _add_registration(builder: Builder, function: str, name: str) -> None:
    registration.add(builder, function, builder.registered(name) or name)


def _why_not_there(builder: Builder, name: str) -> Sequence[Reason]:
    """Return why it is settled that nobody has a name: the DNS denies it, and no registry has it."""
    domain = builder.registered(name) or name
    known = registered.of(builder, domain).answer
    gone = nonexistent(builder.index, domain)
    return [] if gone is None or known.records or known.stale else [gone]


# The first relation of each alternative in vocabulary.FUNCTIONS.
_NEEDS: Final[Mapping[str, _Need]] = {
    "host": _Need(_add_host, _why_no_host),
    "certificate": _Need(certificates.add),
    "zone": _Need(_add_zone),
    "exchange": _Need(mail.add, mail.why_absent),
    "mailbox": _Need(mailboxes.add),
    "registration": _Need(_add_registration, _why_not_there),
    "channel": _Need(thirdparties.add_stores, thirdparties.why_no_store),
}


def _validate(builder: Builder, observations: Sequence[Observation]) -> None:
    """Say what DNSSEC says of the zones, and who signs them, if anybody asked for keys or validated."""
    if any(o.type == "DNSKEY" or "CD" in o.flags or error_of(o, BOGUS) for o in observations):
        # Loads cryptography, which takes a while and which older recordings do not need.
        from depgraph.graph import security  # noqa: PLC0415

        security.mark(builder.draft, observations)
        security.add_signers(builder, observations)
        builder.run()


def _identify(builder: Builder, _: str) -> None:
    """Bring together what is one operator, then say which of them may stand in front."""
    identity.join(builder)
    dangling.mark(builder)
    faults.mark(builder)
    network.mark_serving(builder)


def _not_followed(builder: Builder) -> Iterator[limits.MetLimit]:
    """Yield the limits of what is followed of one answer, and how far, if these were met."""
    if builder.beyond:
        yield limits.MetLimit(
            limit=Limit.RECORDS,
            left=sum(builder.beyond.values()),
            of=tuple(sorted({name for name, _ in builder.beyond})[: limits.NAMED]),
        )
    if builder.too_far:
        yield limits.MetLimit(
            limit=Limit.DOMAINS,
            most=str(FARTHEST),
            left=len(builder.too_far),
            of=tuple(sorted(builder.too_far)[: limits.NAMED]),
        )


def _vantages(builder: Builder) -> tuple[list[str], list[str]]:
    """Return the places that the service was seen from, and those where no question was answered.

    Questions of its own names are meant: that a place reaches the root, or a registry, shows
    nothing of the service. A place that asked none of them saw what else it recorded.
    """
    index = builder.index
    own = builder.registered(builder.subject) or builder.subject
    every, asked, answered = set[str](), set[str](), set[str]()
    for subject, kind, group in index.each():
        places = {place(o) for o in group}
        every |= places
        if answered.issuperset(places) or not kind.isupper():
            continue  # as nearly all
        if is_below(subject, own) or subject in builder.other_hosts:
            asked |= places
            answered |= {place(o) for o in group if _settled(o)}
    silent = asked - answered - {NOWHERE}
    seen = every - silent
    return [] if seen == {NOWHERE} else sorted(seen), sorted(silent)


def _settled(o: Observation) -> bool:
    """Tell whether an answer of a name's own records, or that there are none, was got."""
    return o.status in GIVEN and part_of(o) == "answer"


def _differences(index: Index, silent: Collection[str]) -> list[str]:
    """List the questions to which vantage points got different answers, or some of them none."""
    differences = []
    for subject, kind in index.questions():
        answers = [index.ask(subject, kind, part=part) for part in ("answer", "parent")]
        failed: list[str] = []
        for answer in answers:
            cut_off = answer.cut_off.items()
            failed += [f"{where}: {how}" for where, how in cut_off if where not in silent]
        if failed or any(answer.differs for answer in answers):
            note = f" ({', '.join(failed)})" if failed else ""
            differences.append(one_line(f"{subject} {kind}{note}"))
    return differences

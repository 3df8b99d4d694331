"""Zones as somebody holds them, where the public delegation of the same days leads to others, or was not seen.

A zone file, or an operator's export, says what its holder configured there. Whom the public asks is
said by the delegation. Where that leads to other servers the two contradict each other: what only
such a document has is possible at most, and what the public was seen to be answered goes first. Where
no delegation was seen, that the name servers, the operator or the front that the document names serve
the public is likely at most: it shows what its holder has there, and not that it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from depgraph.graph.answers import FAMILIES, Index, is_apart, part_of
from depgraph.graph.builder import Builder
from depgraph.graph.text import address, host
from depgraph.graph.views import at_one_time
from depgraph.observations import GIVER_UNSAID, PERHAPS_OTHERS, Observation, Status
from depgraph.providers import Signal
from depgraph.text_safety import one_line
from depgraph.vocabulary import Reason

_SHOWN: Final = 8  # name servers
Servers = Mapping[str, Sequence[Observation]]
"""Name servers, each with the observations that list it."""


class _Held(NamedTuple):
    """What a document says of who serves its zone: name servers, or an operator."""

    servers: Servers
    operators: frozenset[str]


def put(builder: Builder) -> None:
    """Set apart what documents say of zones that are delegated elsewhere, or nobody knows where."""
    undelegated: list[Observation] = []
    of_zone: dict[str, list[list[Observation]]] = {}
    for key, document in builder.index.documents.items():
        if key:
            of_zone.setdefault(document[0].zone, []).append(document)
    for zone, documents in of_zone.items():
        apart: list[Observation] = []
        on_days: dict[tuple[date, date], Servers] = {}
        for document in documents:
            held = _held(document, zone)
            roles = [o for o in document if _says_who_serves(o)] if builder.registered(zone) else []
            if not (held.servers or held.operators or roles):
                continue
            first = document[0]
            days = (first.time.date(), first.end.date())
            if days not in on_days:
                on_days[days] = _delegated(builder, zone, first)
            delegated = on_days[days]
            if not delegated:
                undelegated += roles
            elif (held.servers or held.operators) and _leads_elsewhere(builder, held, delegated):
                apart += document
                reason = Reason.of(
                    "delegated-elsewhere",
                    name=zone,
                    names=_listed(held.servers or held.operators),
                    target=_listed(delegated),
                    text=one_line(first.citation, limit=120),
                )
                builder.elsewhere.setdefault(zone, []).append(reason)
        builder.index.put_elsewhere(apart)
    builder.index.put_undelegated(undelegated)


def _listed(several: Iterable[str]) -> str:
    return ", ".join(sorted(several)[:_SHOWN])


def _servers(listing: Iterable[tuple[Observation, Iterable[str]]]) -> Servers:
    found: dict[str, list[Observation]] = {}
    for o, values in listing:
        for name in filter(None, map(host, values)):
            found.setdefault(name, []).append(o)
    return found


def _held(document: Iterable[Observation], zone: str) -> _Held:
    own = [o for o in document if o.subject == zone and o.section == "answer"]
    operators: set[str] = set()
    for o in own:
        if o.type == "operator" and "dns" in o.fields().get("role", ()):
            operators.update(o.fields().get("name", ()))
    return _Held(_servers((o, o.values) for o in own if o.type == "NS"), frozenset(operators))


def _says_who_serves(o: Observation) -> bool:
    """Tell whether a document says who serves its zone, or stands before a name of it."""
    at_apex = o.type == "NS" and o.subject == o.zone
    return o.section == "answer" and (at_apex or o.type == "operator")


def _delegated(builder: Builder, zone: str, document: Observation) -> Servers:
    """Return to whom a zone is delegated: as its parent says, else resolvers, else its registration.

    On the days of a document. What servers of the zone answer themselves does not show that
    anything leads to them.
    """
    group = builder.index.group
    public = (o for o in group(zone, "NS") if part_of(o) == "parent" or _is_resolved(o))
    public = (o for o in public if at_one_time(o, document) and not is_apart(o))
    above: list[Observation] = []
    resolved: list[Observation] = []
    for o in public:
        (above if part_of(o) == "parent" else resolved).append(o)
    registered = (o for o in group(zone, "registration") if at_one_time(o, document))
    return _servers((o, o.values) for o in above or resolved) or _servers(
        (o, o.fields().get("nameserver", ())) for o in registered
    )


def _is_resolved(o: Observation) -> bool:
    """Tell whether a resolver gave it, whole."""
    given = o.source == "dns" and not o.zone and o.status is Status.ANSWER
    return given and o.section == "answer" and not o.remarks(PERHAPS_OTHERS, GIVER_UNSAID)


def _leads_elsewhere(builder: Builder, held: _Held, delegated: Servers) -> bool:
    """Tell whether a delegation leads to none of those whom a document names.

    Servers of other names may be the same machines; of names in the domain itself it is not known
    whose they are.
    """
    if held.servers:
        if held.servers.keys() & delegated.keys():
            return False
        there = set(_addresses(builder.index, held.servers))
        return there.isdisjoint(_addresses(builder.index, delegated))

    def company(kind: str, name: str) -> str:
        return builder.company(builder.who("dns", {Signal(kind, name): delegated.get(name, ())}))

    holders = {company("reported-name", name) for name in held.operators}
    serving = {company("ns-host", name) for name in delegated}
    return "" not in serving and holders.isdisjoint(serving)


def _addresses(index: Index, servers: Iterable[str]) -> Iterator[str]:
    for server in servers:
        for family in FAMILIES:
            for o in filter(index.current, index.group(server, family)):
                yield from filter(None, map(address, o.values))

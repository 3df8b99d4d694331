"""Origins from a routing table, where a recording has none of its own."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from depgraph.observations import Evidence, Observation, Status
from depgraph.providers.tables._facts import RouteFact, Routing
from depgraph.recording import Recording

_DAY = timedelta(days=1) - timedelta(seconds=1)


def with_routes(recording: Recording, routing: Routing) -> Recording:
    """Add the origin AS of each address that the recording names without one.

    A recording's own routing observations win. What is added carries the day of its table,
    so that a graph of another day shows it as last known, never as current. A table that
    does not say its day adds nothing.

    Parameters
    ----------
    recording
        Stays as it is.
    routing
        As given by :func:`routing_at` for the day of the recording.
    """
    told = {o.subject for o in recording if o.type == "origin" and o.status is Status.ANSWER}
    addresses = dict.fromkeys(
        address
        for o in recording
        if o.type in {"A", "AAAA"} and o.status is Status.ANSWER
        for value in o.values
        if (address := _address(value)) is not None and address not in told
    )
    found = [
        (address, fact)
        for address, fact in zip(addresses, routing.lookup_many(list(addresses)), strict=True)
        if fact is not None and fact.date is not None
    ]
    added = [*_origins(found), *_names(found, routing)]
    return (
        replace(recording, observations=(*recording.observations, *added)) if added else recording
    )


def _origins(found: list[tuple[str, RouteFact]]) -> Iterator[Observation]:
    for address, fact in found:
        values = (*(f"asn {asn}" for asn in fact.asns), f"prefix {fact.prefix}")
        yield _observation(address, "origin", values, fact)


def _names(found: list[tuple[str, RouteFact]], routing: Routing) -> Iterator[Observation]:
    facts = {asn: fact for _, fact in found for asn in fact.asns if asn in routing.names}
    for asn, fact in sorted(facts.items()):
        yield _observation(f"AS{asn}", "as", (f"name {routing.names[asn]}",), fact)


def _observation(subject: str, kind: str, values: tuple[str, ...], fact: RouteFact) -> Observation:
    assert fact.date is not None
    day = datetime.combine(fact.date, time(), tzinfo=UTC)
    return Observation(
        subject=subject,
        type=kind,
        status=Status.ANSWER,
        values=values,
        source="table",
        time=day,
        until=day + _DAY,
        evidence=Evidence.OBSERVED,
        citation=fact.source,
    )


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None

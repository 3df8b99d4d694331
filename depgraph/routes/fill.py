"""Origins from a routing table, where a recording has none of its own."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from depgraph.observations import Evidence, Observation, Status
from depgraph.recording import Recording
from depgraph.routes.facts import RouteFact, Routing
from depgraph.routes.prefix import parse_address

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
        As returned by :func:`routing_at` for the day of the recording.

    Returns
    -------
    Recording
        The recording with an observation more for each address and each named AS.
    """
    addresses = _without_origin(recording)
    facts = [
        (address, fact)
        for address, fact in zip(addresses, routing.lookup_many(addresses), strict=True)
        if fact is not None and fact.date is not None
    ]
    added = [
        _observation(address, "origin", _origin(fact), fact.date, fact.source)
        for address, fact in facts
    ]
    for asn in sorted({asn for _, fact in facts for asn in fact.asns if asn in routing.named}):
        # The name stands in a table of its own day, perhaps another than the origin's.
        table, source, _ = routing.named[asn]
        if table.date is not None:
            name = (f"name {routing.names[asn]}",)
            added.append(_observation(f"AS{asn}", "as", name, table.date, source))
    return replace(recording, observations=(*recording.observations, *added))


def _without_origin(recording: Recording) -> list[str]:
    """Return the addresses that A and AAAA records name and no origin is known of, in order."""
    answers = [o for o in recording if o.status is Status.ANSWER]
    known = {o.subject for o in answers if o.type == "origin"}
    addresses: dict[str, None] = {}
    for answer in answers:
        if answer.type in {"A", "AAAA"}:
            for value in answer.values:
                with suppress(ValueError):  # what is no address, or has a zone, is in no table
                    parse_address(value)
                    addresses[str(ipaddress.ip_address(value))] = None
    return [address for address in addresses if address not in known]


def _origin(fact: RouteFact) -> tuple[str, ...]:
    return (*(f"asn {asn}" for asn in fact.asns), f"prefix {fact.prefix}")


def _observation(
    subject: str, kind: str, values: tuple[str, ...], stated: date | None, source: str
) -> Observation:
    assert stated is not None
    day = datetime.combine(stated, time(), tzinfo=UTC)
    return Observation(
        subject=subject,
        type=kind,
        status=Status.ANSWER,
        values=values,
        source="table",
        time=day,
        until=day + _DAY,
        evidence=Evidence.OBSERVED,
        citation=source,
    )

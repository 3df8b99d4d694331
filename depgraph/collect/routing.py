"""Who announces an address: Team Cymru's zones, asked in DNS.

Format: https://www.team-cymru.com/ip-asn-mapping (read 2026-11), one TXT record a route:
``"13335 | 104.16.0.0/12 | US | arin | 2014-03-28"`` and, for an AS,
``"13335 | US | arin | 2010-07-14 | CLOUDFLARENET, US"``.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from depgraph.observations import Observation, Status
from depgraph.values import escaped


def origin_name(address: str) -> str:
    """Give the name that holds the origin of an address.

    >>> origin_name("198.51.100.7")
    '7.100.51.198.origin.asn.cymru.com'
    """
    ip = ipaddress.ip_address(address)
    reverse = ip.reverse_pointer.rsplit(".", 2)[0]
    return f"{reverse}.origin{'6' if ip.version == 6 else ''}.asn.cymru.com"


def as_name(subject: str) -> str:
    """Give the name that holds what is known of an AS.

    >>> as_name("AS64500")
    'as64500.asn.cymru.com'
    """
    return f"{subject.lower()}.asn.cymru.com"


def read_origin(address: str, answer: Observation) -> Observation:
    """Read the TXT answer of :func:`origin_name` as an observation of type ``origin``.

    Of several routes the most specific one is kept: it is the one that carries the traffic.
    """
    rows = [_cells(value, 5) for value in answer.values]
    routes = []
    for asns, prefix, country, registry, allocated in filter(None, rows):
        try:
            network = ipaddress.ip_network(prefix)
            inside = ipaddress.ip_address(address) in network
        except ValueError:
            continue
        numbers = [number for number in asns.split() if number.isdigit()]
        if inside and numbers:
            routes.append((network.prefixlen, numbers, str(network), country, registry, allocated))
    if not routes:
        return _derived(answer, address, "origin", ())
    longest = max(route[0] for route in routes)
    values: dict[str, None] = {}
    for length, numbers, prefix, country, registry, allocated in sorted(routes):
        if length == longest:
            keys = ("prefix", "country", "registry", "allocated")
            cells = (prefix, country, registry.lower(), allocated)
            values |= dict.fromkeys(f"asn {number}" for number in numbers)
            values |= dict.fromkeys(f"{k} {v}" for k, v in zip(keys, cells, strict=True) if v)
    return _derived(answer, address, "origin", tuple(sorted(values)))


def read_as(subject: str, answer: Observation) -> Observation:
    """Read the TXT answer of :func:`as_name` as an observation of type ``as``."""
    for value in answer.values:
        cells = _cells(value, 5)
        if cells and f"AS{cells[0]}" == subject:
            _, country, registry, allocated, name = cells
            keys = ("country", "registry", "allocated", "name")
            rows = zip(keys, (country, registry.lower(), allocated, name), strict=True)
            return _derived(answer, subject, "as", tuple(sorted(f"{k} {v}" for k, v in rows if v)))
    return _derived(answer, subject, "as", ())


def _cells(text: str, count: int) -> list[str] | None:
    cells = [cell.strip() for cell in escaped(text).split("|", count - 1)]
    return cells if len(cells) == count else None


def _derived(answer: Observation, subject: str, kind: str, values: tuple[str, ...]) -> Observation:
    status, note = answer.status, answer.note
    if status is Status.ANSWER and not values:
        status, note = Status.MALFORMED, "not in the form of Team Cymru's tables"
    return replace(
        answer,
        subject=subject,
        type=kind,
        status=status,
        values=values,
        source="cymru",
        zone="",
        section="answer",
        note=note,
    )

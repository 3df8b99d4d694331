"""Team Cymru's tables of routes and AS numbers, as their TXT records write them.

Format: https://www.team-cymru.com/ip-asn-mapping (read 2026-11), one TXT record a route:
``"13335 | 104.16.0.0/12 | US | arin | 2014-03-28"`` and, for an AS,
``"13335 | US | arin | 2010-07-14 | CLOUDFLARENET, US"``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from depgraph.records.text import escaped, facts


@dataclass(frozen=True, slots=True)
class _Route:
    prefix: ipaddress.IPv4Network | ipaddress.IPv6Network
    rows: tuple[tuple[str, str], ...]


def read_origin(address: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Read who announces an address.

    Of several routes the most specific is kept: it is the one that carries the traffic.

    Parameters
    ----------
    address
        The address that was asked about.
    texts
        The TXT records of the answer.

    Returns
    -------
    The values of an ``origin`` observation; empty if no record is a route of the address.

    Examples
    --------
    >>> read_origin("192.0.2.7", ["64500 64501 | 192.0.2.0/24 | US | ARIN | "])
    ('asn 64500', 'asn 64501', 'country US', 'prefix 192.0.2.0/24', 'registry arin')
    """
    ip = ipaddress.ip_address(address)
    routes = [route for route in map(_route, texts) if route is not None and ip in route.prefix]
    longest = max((route.prefix.prefixlen for route in routes), default=0)
    return facts(row for route in routes if route.prefix.prefixlen == longest for row in route.rows)


def read_as(subject: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Read what is known of an AS.

    Parameters
    ----------
    subject
        ``AS`` and its number.
    texts
        The TXT records of the answer.

    Returns
    -------
    The values of an ``as`` observation; empty if no record is of this AS.

    Examples
    --------
    >>> read_as("AS64500", ["64500 | US | arin | 2010-01-01 | EXAMPLE, US"])
    ('allocated 2010-01-01', 'country US', 'name EXAMPLE, US', 'registry arin')
    """
    for text in texts:
        cells = _cells(text)
        if cells and f"AS{cells[0]}" == subject:
            _, country, registry, allocated, name = cells
            return facts(
                [
                    ("country", country),
                    ("registry", registry.lower()),
                    ("allocated", allocated),
                    ("name", name),
                ]
            )
    return ()


def _route(text: str) -> _Route | None:
    """Read one route; None if the text is none."""
    cells = _cells(text)
    if cells is None:
        return None
    numbers, prefix, country, registry, allocated = cells
    origins = [number for number in numbers.split() if number.isdigit()]
    try:
        network = ipaddress.ip_network(prefix)
    except ValueError:
        return None
    if not origins:
        return None
    rows = [("asn", number) for number in origins]
    rows += [
        ("prefix", str(network)),
        ("country", country),
        ("registry", registry.lower()),
        ("allocated", allocated),
    ]
    return _Route(network, tuple(rows))


def _cells(text: str) -> list[str] | None:
    """Return the five cells of a record; None if it has another number."""
    cells = [cell.strip() for cell in escaped(text).split("|", 4)]
    return cells if len(cells) == 5 else None

"""Routes and AS numbers as RIPEstat gives them, from the routes that RIPE's collectors see.

Forms: ``network-info`` and ``as-overview`` of https://stat.ripe.net/docs/data_api (read in copies,
2026-11): ``{"status": "ok", "data": {"asns": ["64500"], "prefix": "192.0.2.0/24"}}`` and
``{"status": "ok", "data": {"resource": "64500", "holder": "EXAMPLE - Example Ltd"}}``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from depgraph.records.text import facts


def read_origin(address: str, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Read who announces an address.

    Returns
    -------
    tuple or None
        The values of an ``origin`` observation, empty where nobody announces it; None if the
        document is not of the form.

    Examples
    --------
    >>> read_origin("192.0.2.7", {"data": {"asns": ["64500"], "prefix": "192.0.2.0/24"}})
    ('asn 64500', 'prefix 192.0.2.0/24')
    >>> read_origin("192.0.2.7", {"data": {"asns": [], "prefix": "192.0.2.7/32"}})
    ()
    """
    data = document.get("data")
    numbers = data.get("asns") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(numbers, list):
        return None
    texts = [str(number) for number in numbers]
    if not all(text.isascii() and text.isdigit() for text in texts):
        return None
    if not texts:
        return ()
    try:
        prefix = ipaddress.ip_network(str(data.get("prefix")))
    except ValueError:
        return None
    if ipaddress.ip_address(address) not in prefix:
        return None
    return facts([*(("asn", text) for text in texts), ("prefix", str(prefix))])


def read_as(subject: str, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Read what an AS is called.

    Returns
    -------
    tuple or None
        The values of an ``as`` observation, empty where it has no name; None if the document is
        not of the form, or not about this AS.

    Examples
    --------
    >>> read_as("AS64500", {"data": {"resource": "64500", "holder": "EXAMPLE - Example Ltd"}})
    ('name EXAMPLE - Example Ltd',)
    """
    data = document.get("data")
    if not isinstance(data, dict):
        return None
    number = str(data.get("resource", "")).upper().removeprefix("AS")
    if f"AS{number}" != subject:
        return None
    holder = data.get("holder")
    return facts([("name", holder)]) if isinstance(holder, str) else ()

"""Record data as the values of observations: presentation form, names canonical, TXT as text.

What collects and what reads other people's files write values alike, so both come here.
"""

from __future__ import annotations

import ipaddress
from typing import Any

import dns.name
import dns.rdatatype

from depgraph.names import canonical

ONE_NAME = frozenset({"NS", "CNAME", "PTR", "DNAME"})
"""Types whose data is one name."""

ADDRESS = {"A": 4, "AAAA": 6}
"""Types whose data is an address, and its version."""


def escaped(text: str) -> str:
    r"""Escape what a terminal would obey.

    >>> escaped("a\x1b[31mb\n")
    'a\\x1b[31mb\\n'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )


def presentation(rdata: Any) -> str:
    """Write one record's data as a value of an observation.

    Presentation form (RFC 1035) with canonical names; the strings of a TXT record joined and
    without quotes, since no reader of SPF or DMARC wants them apart (RFC 7208, 3.3).
    """
    kind = dns.rdatatype.to_text(rdata.rdtype)
    if kind in ADDRESS:
        return str(ipaddress.ip_address(rdata.address))
    if kind in ONE_NAME:
        return name_of(rdata.target)
    if kind == "MX":
        return f"{rdata.preference} {name_of(rdata.exchange)}"
    if kind in {"TXT", "SPF"}:
        return escaped(b"".join(rdata.strings).decode("utf-8", "backslashreplace"))
    if kind == "SOA":
        numbers = f"{rdata.serial} {rdata.refresh} {rdata.retry} {rdata.expire} {rdata.minimum}"
        return f"{name_of(rdata.mname)} {name_of(rdata.rname)} {numbers}"
    if kind == "SRV":
        return f"{rdata.priority} {rdata.weight} {rdata.port} {name_of(rdata.target)}"
    if kind in {"HTTPS", "SVCB"}:
        parts = rdata.to_text().split(" ", 2)
        parts[1] = name_of(rdata.target)
        return escaped(" ".join(parts))
    return escaped(rdata.to_text())


def name_of(name: dns.name.Name) -> str:
    """Give the canonical form of a name of a message (escapes of odd bytes are kept)."""
    return canonical(name.to_text())

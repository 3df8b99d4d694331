"""Record data as the values of observations: presentation form, names canonical, TXT as text."""

from __future__ import annotations

import ipaddress
from typing import Any

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.names import canonical, show

_ONE_NAME = frozenset({"NS", "CNAME", "PTR", "DNAME"})
_ADDRESS = {"A": 4, "AAAA": 6}


def printable(text: str) -> str:
    r"""Escape what a terminal would obey.

    >>> printable("a\x1b[31mb\n")
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
    if kind in _ADDRESS:
        return str(ipaddress.ip_address(rdata.address))
    if kind in _ONE_NAME:
        return _name(rdata.target)
    if kind == "MX":
        return f"{rdata.preference} {_name(rdata.exchange)}"
    if kind in {"TXT", "SPF"}:
        return printable(b"".join(rdata.strings).decode("utf-8", "backslashreplace"))
    if kind == "SOA":
        numbers = f"{rdata.serial} {rdata.refresh} {rdata.retry} {rdata.expire} {rdata.minimum}"
        return f"{_name(rdata.mname)} {_name(rdata.rname)} {numbers}"
    if kind == "SRV":
        return f"{rdata.priority} {rdata.weight} {rdata.port} {_name(rdata.target)}"
    if kind in {"HTTPS", "SVCB"}:
        parts = rdata.to_text().split(" ", 2)
        parts[1] = _name(rdata.target)
        return printable(" ".join(parts))
    return printable(rdata.to_text())


def from_text(kind: str, text: str) -> str:
    r"""Read the text of one record as other people write it, as a value of an observation.

    Understood besides the RFC's form: MX and SRV without their numbers (the host alone is
    kept), TXT without quotes, and ``\;`` in it.

    Raises
    ------
    RecordingError
        If it cannot be read as that type.

    Examples
    --------
    >>> from_text("MX", "10 MX.Example.net."), from_text("MX", "mx.example.net")
    ('10 mx.example.net', 'mx.example.net')
    >>> from_text("TXT", "v=DMARC1\\; p=none")
    'v=DMARC1; p=none'
    """
    text = text.strip()
    if kind in _ADDRESS:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            address = None
        if address is None or address.version != _ADDRESS[kind]:
            raise RecordingError(f"expected an address for {kind}, found {show(text)}")
        return str(address)
    if kind == "TXT" and not text.startswith('"'):
        return printable(text.replace("\\;", ";"))
    if kind in {*_ONE_NAME, "MX", "SRV"} and len(text.split()) == 1:
        return _canonical(kind, text)
    if kind in _ONE_NAME:
        raise RecordingError(f"expected one name for {kind}, found {show(text)}")
    try:
        rdata = dns.rdata.from_text(
            dns.rdataclass.IN,
            dns.rdatatype.from_text(kind),
            text,
            origin=dns.name.root,
            relativize=False,
        )
        return presentation(rdata)
    except (dns.exception.DNSException, ValueError, UnicodeError):
        raise RecordingError(
            f"expected the data of one {kind} record, found {show(text)}"
        ) from None


def is_type(kind: str) -> bool:
    """Tell whether a word is a DNS type that stands in zones (``A``, ``TYPE65280``)."""
    try:
        number = dns.rdatatype.from_text(kind)
    except (dns.rdatatype.UnknownRdatatype, ValueError):
        return False
    return kind.isupper() and not dns.rdatatype.is_metatype(number) and number != 0


def _canonical(kind: str, text: str) -> str:
    try:
        name = dns.name.from_text(text, idna_codec=dns.name.IDNA_2008_Practical)
    except (dns.exception.DNSException, UnicodeError):
        raise RecordingError(f"expected a name for {kind}, found {show(text)}") from None
    return _name(name)


def _name(name: dns.name.Name) -> str:
    return canonical(name.to_text())

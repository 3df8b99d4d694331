"""Record data as other people write it, read as the values of observations."""

from __future__ import annotations

import ipaddress

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.text_safety import quote
from depgraph.values import ADDRESS, ONE_NAME, escaped, name_of, presentation


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
    if kind in ADDRESS:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            address = None
        if address is None or address.version != ADDRESS[kind]:
            raise RecordingError(f"expected an address for {kind}, found {quote(text)}")
        return str(address)
    if kind == "TXT" and not text.startswith('"'):
        return escaped(text.replace("\\;", ";"))
    if kind in {*ONE_NAME, "MX", "SRV"} and len(text.split()) == 1:
        return _canonical(kind, text)
    if kind in ONE_NAME:
        raise RecordingError(f"expected one name for {kind}, found {quote(text)}")
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
            f"expected the data of one {kind} record, found {quote(text)}"
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
        raise RecordingError(f"expected a name for {kind}, found {quote(text)}") from None
    return name_of(name)

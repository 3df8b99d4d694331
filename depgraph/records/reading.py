"""Data of one DNS record as other people write it, read as a value of an observation."""

from __future__ import annotations

import ipaddress
from typing import Any

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.names import ROOT
from depgraph.records.rdata import ADDRESS, ONE_NAME, name_of, presentation
from depgraph.records.text import escaped
from depgraph.records.usual import plain_data
from depgraph.records.words import CODEC, tokenizer
from depgraph.text_safety import one_line, quote


def from_text(kind: str, text: str) -> str:
    r"""Read the text of one record as other people write it, as a value of an observation.

    Understood besides the RFC's form: MX and SRV without their numbers (the host alone is
    kept), TXT without quotes, and ``\;`` in it.

    Parameters
    ----------
    kind
        The DNS type.
    text
        The record's data.

    Returns
    -------
    The value.

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
    value = plain_data(kind, text, ROOT)
    return from_text_in_full(kind, text) if value is None else value


def from_text_in_full(kind: str, text: str) -> str:
    """Do the same with data of any form, as the DNS library reads it."""
    if kind in ADDRESS:
        return _address_of(kind, text)
    if kind == "TXT" and not text.startswith('"'):
        return escaped(text.replace("\\;", ";"))
    if kind in {*ONE_NAME, "MX", "SRV"} and len(text.split()) == 1:
        return _one_name(kind, text)
    if kind in ONE_NAME:
        raise RecordingError(f"expected one name for {kind}, found {quote(text)}")
    return presentation(read_rdata(kind, text))


def read_rdata(kind: str, text: str) -> Any:
    """Read the presentation form of one record (RFC 1035) as dnspython holds it.

    Parameters
    ----------
    kind
        The DNS type.
    text
        The record's data; names in it are absolute, with or without their last dot.

    Returns
    -------
    A `dns.rdata.Rdata`.

    Raises
    ------
    RecordingError
        If it cannot be read as that type.
    """
    try:
        return dns.rdata.from_text(
            dns.rdataclass.IN,
            dns.rdatatype.from_text(kind),
            tokenizer(text),
            origin=dns.name.root,
            relativize=False,
        )
    except (dns.exception.DNSException, ValueError, UnicodeError):
        raise RecordingError(
            f"expected the data of one {one_line(kind)} record, found {quote(text)}"
        ) from None


def _address_of(kind: str, text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        found = None
    if found is None or found.version != ADDRESS[kind]:
        raise RecordingError(f"expected an address for {kind}, found {quote(text)}")
    return str(found)


def _one_name(kind: str, text: str) -> str:
    try:
        name = dns.name.from_text(text, idna_codec=CODEC)
    except (dns.exception.DNSException, UnicodeError):
        raise RecordingError(f"expected a name for {kind}, found {quote(text)}") from None
    return name_of(name)

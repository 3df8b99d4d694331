"""Data of DNS records: how observations write it, and what stands in it.

A value of an observation is one record's data in presentation form (RFC 1035) with canonical
names; the strings of a TXT record are joined and unquoted. What collects and what reads other
people's files (:mod:`depgraph.records.reading`) write values alike, so both come here; so does the
graph, to take the host or the address out of a value.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Final

import dns.name
import dns.rdatatype

from depgraph.names import canonical
from depgraph.records.text import escaped

ONE_NAME = frozenset({"NS", "CNAME", "PTR", "DNAME"})
"""Types whose data is one name."""

ADDRESS = {"A": 4, "AAAA": 6}
"""Types whose data is an address, and its version."""

VERIFIED = frozenset(
    {"A", "AAAA", "CNAME", "DNAME", "DNSKEY", "DS", "MX", "NS", "NSEC", "NSEC3", "SOA"}
)
"""Types whose signatures are kept: those that validation needs. TXT is not among them: its
strings are kept joined, and what was signed cannot be told from that."""

PROOFS = frozenset({"RRSIG", "NSEC", "NSEC3"})
"""Types that say nothing but that other records are genuine, or are not there."""

_LABEL = r"[a-z0-9_-]{1,63}"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_V4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_PERHAPS_V6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_LONGEST = 1024  # characters of a record that are searched for its host


# -- from the wire --------------------------------------------------------------------------


def presentation(rdata: Any) -> str:
    """Write one record's data as a value of an observation.

    No reader of SPF or DMARC wants the strings of a TXT record apart (RFC 7208, section 3.3).

    Parameters
    ----------
    rdata
        A record's data as dnspython holds it.

    Returns
    -------
    Its presentation form, names canonical.
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
    """Return the canonical form of a name of a message (escapes of odd bytes are kept)."""
    return canonical(name.to_text())


def type_of(word: str) -> str:
    """Return the name of a type that is written by its number (RFC 3597, section 5), if it has one.

    >>> type_of("TYPE1"), type_of("TYPE65280"), type_of("A")
    ('A', 'TYPE65280', 'A')
    """
    try:
        return dns.rdatatype.to_text(dns.rdatatype.from_text(word)) if word[:4] == "TYPE" else word
    except (dns.rdatatype.UnknownRdatatype, ValueError):
        return word


def is_type(kind: str) -> bool:
    """Tell whether a word is a DNS type that stands in zones (``A``, ``TYPE65280``)."""
    try:
        number = dns.rdatatype.from_text(kind)
    except (dns.rdatatype.UnknownRdatatype, ValueError):
        return False
    return kind.isupper() and not dns.rdatatype.is_metatype(number) and number != 0


# -- what stands in a value -----------------------------------------------------------------


def host(text: str) -> str | None:
    """Read a host name out of a record.

    Parameters
    ----------
    text
        What should be a host name.

    Returns
    -------
    The canonical name; None where it is none (an address, spaces, the root).

    Examples
    --------
    >>> host("NS1.Example.NET."), host("192.0.2.1"), host("a b"), host(".")
    ('ns1.example.net', None, None, None)
    """
    name = canonical(text)
    if len(name) > 253 or not _HOST.fullmatch(name) or name.rsplit(".", 1)[-1].isdigit():
        return None
    return name


def exchange(text: str) -> str | None:
    """Read the host of an MX record, whose preference some sources drop.

    Parameters
    ----------
    text
        The value of an MX record.

    Returns
    -------
    The host, ``.`` for the null MX (RFC 7505), None where the value is malformed.

    Examples
    --------
    >>> exchange("10 MX.example.net."), exchange("mx.example.net"), exchange("0 .")
    ('mx.example.net', 'mx.example.net', '.')
    >>> exchange("ten mx.example.net") is None
    True
    """
    _, words = _mail_exchange(text)
    if len(words) != 1:
        return None
    return "." if words[0] == "." else host(words[0])


def preference(text: str) -> int | None:
    """Read the preference of an MX record (RFC 5321, section 5.1: the least comes first).

    Parameters
    ----------
    text
        The value of an MX record.

    Returns
    -------
    The number; None where the source dropped it.

    Examples
    --------
    >>> preference("10 mx.example.net."), preference("mx.example.net")
    (10, None)
    """
    number, _ = _mail_exchange(text)
    return int(number) if number else None


def _mail_exchange(text: str) -> tuple[str, list[str]]:
    """Return the preference of an MX record, empty where it has none, and the words after it."""
    words = text[:_LONGEST].split()
    if len(words) == 2 and words[0].isdecimal():
        return words[0], words[1:]
    return "", words


def last_word(text: str) -> str:
    """Return the last word of a record: the host of an SRV, with or without its numbers.

    >>> last_word("0 443 autodiscover.example"), last_word("")
    ('autodiscover.example', '')
    """
    words = text[:_LONGEST].split()
    return words[-1] if words else ""


_DNS64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""What a DNS64 puts before an IPv4 address (RFC 6052, section 2.1): its clients alone get there."""


def synthesised(text: str) -> str:
    """Return the IPv4 address of which a DNS64 made an IPv6 address; empty if none did.

    >>> synthesised("64:ff9b::c000:201"), synthesised("2001:db8::1")
    ('192.0.2.1', '')
    """
    if not text.startswith("64:ff9b:"):
        return ""
    found = ipaddress.ip_address(text)
    inside = isinstance(found, ipaddress.IPv6Address) and found in _DNS64
    return str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)) if inside else ""


def address(text: str) -> str | None:
    """Read an address, in its canonical form.

    Parameters
    ----------
    text
        What should be an address.

    Returns
    -------
    The address; None where it is none, or has a zone (``fe80::1%eth0``).

    Examples
    --------
    >>> address("2001:DB8:0::1"), address("192.0.2.256")
    ('2001:db8::1', None)
    """
    if _V4.fullmatch(text):  # most are; this is quick
        return text
    if len(text) >= 64:
        return None
    bare = text.strip()
    if not _PERHAPS_V6.fullmatch(bare):  # of most texts no more has to be asked: names
        return bare if _V4.fullmatch(bare) else None
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None


def address_type(text: str) -> str | None:
    """Return the type of the records that hold an address; None of what is none.

    >>> address_type("192.0.2.1"), address_type("2001:db8::1"), address_type("example.com")
    ('A', 'AAAA', None)
    """
    found = address(text)
    if found is None:
        return None
    return "AAAA" if ":" in found else "A"


def asn(text: str) -> str | None:
    """Read an AS number.

    Parameters
    ----------
    text
        The number, with ``AS`` before it or not.

    Returns
    -------
    Its decimal digits without leading zeros; None where it is none.

    Examples
    --------
    >>> asn("AS064500"), asn("0"), asn("AS x")
    ('64500', None, None)
    """
    digits = text.strip().upper().removeprefix("AS")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        return None
    number = int(digits)
    return str(number) if 0 < number < 2**32 else None  # RFC 7607: AS 0 announces nothing

"""CAA records (RFC 8659): which authorities may issue a certificate for a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from depgraph.records.rdata import host

_PROPERTY = re.compile(
    r'\s*+(\d{1,3})\s++([a-z0-9]++)\s++(?:"((?:[^"\\]|\\.)*)"\s*+|([^"]*+))', re.IGNORECASE
)
_LONGEST = 1024  # characters of a record that are read
_CRITICAL = 128  # section 4.1


@dataclass(frozen=True, slots=True)
class Property:
    """One CAA record.

    Parameters
    ----------
    critical
        Whether an authority that does not know the tag must not issue.
    tag
        ``issue``, ``issuewild``, ``iodef`` ... in lower case.
    value
        As written, without quotes.
    """

    critical: bool
    tag: str
    value: str


def read_property(text: str) -> Property | None:
    """Read a CAA record in presentation form.

    Parameters
    ----------
    text
        The record, its value in quotes or not.

    Returns
    -------
    The property; None if it is none.

    Examples
    --------
    >>> read_property('0 Issue "ca.example; policy=ev"')
    Property(critical=False, tag='issue', value='ca.example; policy=ev')
    """
    match = _PROPERTY.fullmatch(text[:_LONGEST])
    if match is None or int(match[1]) > 255:
        return None
    value = match[3] if match[3] is not None else match[4].strip()
    return Property(bool(int(match[1]) & _CRITICAL), match[2].lower(), value)


def issuer(text: str, *, tag: str = "issue") -> str | None:
    """Return the domain of the authority that a record lets issue.

    ``issue`` speaks of every certificate, ``issuewild`` of those with a wildcard only, and
    neither stands for the other (section 4.3): a record of the other tag says nothing here.

    Parameters
    ----------
    text
        The record, in presentation form.
    tag
        ``issue`` or ``issuewild``.

    Returns
    -------
    The authority's domain; empty if the record allows nobody (``;``, or a malformed value,
    section 4.2); None if it is no record of this tag.

    Examples
    --------
    >>> issuer('0 issue "ca.example; policy=ev"'), issuer('0 issue ";"')
    ('ca.example', '')
    >>> issuer('0 issuewild "ca.example"') is None
    True
    """
    found = read_property(text)
    if found is None or found.tag != tag:
        return None
    domain, _, _ = found.value.partition(";")
    return host(domain.strip()) or ""

"""Plain JSON Lines: one object a line with the records of one domain on one date.

::

    {"id": "x1", "domain": "example.org", "date": "2026-04-10", "source": "where from",
     "records": {"NS": ["ns1.example.net"], "MX": ["10 mx.example.net"], "A": ["192.0.2.1"]},
     "ip_info": {"192.0.2.1": {"NetRange": "192.0.2.0 - 192.0.2.255", "OrgName": "..."}},
     "rdap": {...}, "whois_raw": "..."}

Keys
----
domain, host
    `host` is the name that A, AAAA and CNAME belong to where it is not the domain itself.
date
    A day, month, year, or ``2009..2022``: the fact held at some moment of it.
records
    Lists by DNS type, or by a key of :mod:`depgraph.readers.keys`, which is no wire type. One
    text or number stands for a list of it. An empty list says nothing: whether the look-up
    failed or gave an empty answer is not known. So do null, true and false.
subrecords
    ``[{"name", "type", "values"}]`` of names under the domain.
ip_info
    By address: what its registry says of the block, or ``asn``. ``ip_info_note`` is kept.
    A list of such objects says the address of each under ``ip``.
tls
    The certificate that the host presented: ``issuer`` and ``issuer_organization``, ``subject``,
    ``names``, ``not_before``, ``not_after``, and ``chain``, the subjects of all that were sent,
    the host's first. A text is the issuer; a list, several certificates.
rdap, whois_raw
    The registration, as RDAP or WHOIS gave it; ``rdap`` may be a network object instead, and
    a line without a domain is then about its first address.
source, licence
    Become the citation and the licence.

Keys that begin with ``label`` are somebody's judgement, not an observation, and never read.
"""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical, is_below, parents, registered_domain
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.answers import unread
from depgraph.readers.days import UNDATED, Interval, interval
from depgraph.readers.extent import remarks
from depgraph.readers.keys import Add, Owner, read_record
from depgraph.readers.lines import BadLine, among_keys, each
from depgraph.recording import Header, Recording
from depgraph.records import blocks, certificates, rdap, rdata, reading, whois
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote


def read_plain(
    source: Source,
    *,
    evidence: Evidence = Evidence.OBSERVED,
    undated: Interval | None = None,
) -> Iterator[Recording | BadLine]:
    """Read plain JSON Lines, one recording a line, in constant memory.

    Parameters
    ----------
    evidence
        How the data set knows: its own look-ups (observed), the operator's documents
        (published), what somebody said (reported).
    undated
        First and last moment for lines without a date; without it they are bad lines.

    Yields
    ------
    A recording for each line (perhaps without observations), or what is wrong with the line.
    """
    return each(source, functools.partial(_line, evidence=evidence, undated=undated))


def _line(row: dict[str, Any], **given: Any) -> Recording:
    """Read a line of a file; one of which nothing was understood is refused with its keys."""
    recording = read_row(row, **given)
    problems = keys_unread(row)
    if problems and not _KEYS.intersection(row):
        keys = ", ".join(quote(key) for key in list(row)[:12])
        types = [key for key in row if is_type(key)]
        hint = (
            f": {', '.join(map(quote, types[:8]))} belong in an object under 'records'"
            if types
            else ""
        )
        raise RecordingError(
            f"expected records or a registration, found only the keys {keys}{hint} (docs/files.md)"
        )
    return replace(recording, problems=problems)


def keys_unread(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Say which keys of an object are none of plain JSON Lines."""
    known = {*_KEYS, *_ABOUT, *(key for key in row if key.startswith("label"))}
    return unread(row, known, "plain JSON Lines")


_KEYS = frozenset({"records", "subrecords", "ip_info", "tls", "rdap", "whois_raw"})
_ABOUT = frozenset({"id", "domain", "host", "date", "source", "licence", "ip_info_note"})


def read_row(
    row: Mapping[str, Any],
    *,
    evidence: Evidence = Evidence.OBSERVED,
    undated: Interval | None = None,
) -> Recording:
    """Read one object of plain JSON Lines: see :func:`read_plain`.

    Raises
    ------
    RecordingError
        If the object is not of the form that the module's docstring gives.
    """
    records = _mapping(row, "records")
    domain = _text(row, "domain") or _text(row, "host")
    if "://" in domain:
        raise RecordingError(
            f"expected a domain, found the address of a page {quote(domain)}: give its name"
        )
    subject = canonical(domain.strip()) if domain else _only_value(row, records)
    if not subject:
        more = " (docs/files.md)" if row else ""
        raise RecordingError(f"expected a 'domain', found {among_keys(row)}{more}")
    date = _text(row, "date")
    if date:
        time, until = interval(date)
    elif undated is not None:
        time, until = undated
    else:
        raise RecordingError(f"expected a 'date', found none: {UNDATED}")
    observations: list[Observation] = []
    citation = _text(row, "source")

    def add(
        name: str,
        kind: str,
        values: tuple[str, ...],
        *,
        status: Status = Status.ANSWER,
        note: str = "",
        section: str = "answer",
    ) -> None:
        observations.append(
            Observation(
                subject=name,
                type=kind,
                status=status,
                values=values,
                source="dataset",
                time=time,
                until=until,
                evidence=evidence,
                citation=citation,
                note=note,
                section=section,
            )
        )

    addresses = _line_addresses(records)
    if domain:
        host = canonical((_text(row, "host") or domain).strip())
        owner = Owner(subject, host, addresses)
        for key, given in records.items():
            values = _listed(given)
            if values:
                stated = isinstance(given, list) or not rdata.is_type(key)
                note = remarks("plain", stated=stated)
                read_record(functools.partial(add, note=note), owner, key, values)
        _subrecords(add, row)
        _certificates(add, row, host)
    _addresses(add, row)
    _registration(add, row, subject, addresses)
    header = Header(
        subject=subject,
        since=time.date(),
        until=until.date(),
        title=_text(row, "id"),
        source=citation,
        licence=_text(row, "licence"),
    )
    return Recording(header, tuple(observations))


def _listed(given: Any) -> list[Any]:
    """Return the values under a record key; none where what stands there says nothing."""
    if isinstance(given, list):
        return given
    single = isinstance(given, str | int) and not isinstance(given, bool)
    return [given] if single else []


def _line_addresses(records: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the well-formed addresses of a line, in canonical form, each once."""
    texts = [*_listed(records.get("A")), *_listed(records.get("AAAA"))]
    found = [rdata.address(text) for text in texts if isinstance(text, str)]
    return tuple(dict.fromkeys(address for address in found if address is not None))


def _subrecords(add: Add, row: Mapping[str, Any]) -> None:
    for entry in row.get("subrecords") or ():
        if not isinstance(entry, dict) or not isinstance(entry.get("values"), list):
            raise RecordingError(
                f"expected name, type and values in 'subrecords', found {quote(entry)}"
            )
        name, kind = _text(entry, "name"), _text(entry, "type")
        if entry["values"] and name:
            read_record(add, Owner(canonical(name), canonical(name)), kind, entry["values"])


def _addresses(add: Add, row: Mapping[str, Any]) -> None:
    note = _text(row, "ip_info_note")
    for key, block in _by_address(row.get("ip_info")):
        if not isinstance(block, dict):
            raise RecordingError(
                f"expected an object for {key!a} in 'ip_info', found {quote(block)}"
            )
        try:
            address = str(ipaddress.ip_address(key))
        except ValueError:
            raise RecordingError(f"expected an address in 'ip_info', found {quote(key)}") from None
        origin, holder = blocks.read_origin(block), blocks.read_holder(block)
        prefixes = blocks.read_prefixes(block)
        if origin:
            add(address, "origin", origin, note=note)
        elif block.get("asn"):
            fault = f"expected an AS number, found {quote(block['asn'])}"
            add(address, "origin", (), status=Status.MALFORMED, note=fault)
        if not holder or (origin and len(holder) == len(prefixes)):
            continue  # of a route only its prefix is known, which is not the block's
        if prefixes and not blocks.covers(prefixes, address):
            # The data set says so itself of a few: true of the block, not of this address.
            about = note or f"given for {address}, which lies outside"
            add(prefixes[0].partition("/")[0], "holder", holder, note=about)
        else:
            add(address, "holder", holder, note=note)


def _by_address(given: Any) -> Iterator[tuple[str, Any]]:
    """Iterate over addresses and what is said of each, from an object or a list of objects."""
    if isinstance(given, list) and all(isinstance(block, dict) for block in given):
        yield from ((str(block.get("ip") or ""), block) for block in given)
    else:
        yield from _mapping({"ip_info": given}, "ip_info").items()


def _certificates(add: Add, row: Mapping[str, Any], host: str) -> None:
    given = row.get("tls")
    for one in given if isinstance(given, list) else [given] if given else []:
        values = certificates.read_certificate(one)
        if not values:
            raise RecordingError(
                f"expected a certificate with its issuer under 'tls', found {quote(one)}"
            )
        add(host, "certificate", values)


def _registration(
    add: Add, row: Mapping[str, Any], subject: str, addresses: tuple[str, ...]
) -> None:
    answer = row.get("rdap")
    domain = registered_domain(subject) or subject
    if _is_network(answer):
        _network(add, answer, (subject, *addresses))
    elif isinstance(answer, dict) and answer:
        status, values = rdap.read_domain(answer)
        add(domain, "registration", values, status=status)
        _glue(add, domain, rdap.read_glue(answer))
    if text := _text(row, "whois_raw"):
        for status, values in whois.readings(text):
            unread = status is Status.MALFORMED
            note = "WHOIS text in which no registration is read" if unread else ""
            add(domain, "registration", values, status=status, note=note)
        _glue(add, domain, whois.read_glue(text))


def _glue(add: Add, domain: str, found: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
    """Add the addresses that a registry has of name servers, where they are its to give (RFC 9499, "glue")."""
    for (server, kind), values in found.items():
        if any(is_below(server, above) for above in parents(domain)[1:2]):
            add(server, kind, values, section="additional")


def _is_network(answer: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(answer, dict) and answer.get("objectClassName") == "ip network"


def _network(add: Add, answer: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Add the holder of a block: of each address of the line in it, else of its first.

    `names` are the subject of the line and its addresses.
    """
    values = rdap.read_network(answer)
    prefixes = [value.removeprefix("prefix ") for value in values if value.startswith("prefix ")]
    if not prefixes:
        add(names[0], "holder", (), status=Status.MALFORMED, note="not an RDAP network object")
        return
    addresses = dict.fromkeys(rdata.address(name) for name in names)
    held = [one for one in addresses if one is not None and blocks.covers(prefixes, one)]
    for address in held or [prefixes[0].partition("/")[0]]:
        add(address, "holder", values)


def _only_value(row: Mapping[str, Any], records: Mapping[str, Any]) -> str:
    """Return what a line without a domain is about: the one address or name that it gives."""
    for kind in ("A", "AAAA", "CNAME"):
        values = records.get(kind)
        if isinstance(values, list) and values and isinstance(values[0], str):
            return reading.from_text(kind, values[0])
    answer = row.get("rdap")
    return _text(answer, "startAddress").partition("/")[0] if _is_network(answer) else ""


def _mapping(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = row.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise RecordingError(f"expected an object under {key!r}, found {quote(value)}")
    return value


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordingError(f"expected text under {key!r}, found {quote(value)}")
    return value

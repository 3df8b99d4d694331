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
    Lists by DNS type, or by one of the names in ``PARTIAL``, which are no wire types: there
    the data set kept less than the record. An empty list says nothing: whether the look-up
    failed or gave an empty answer is not known. So do values that are no lists.
subrecords
    ``[{"name", "type", "values"}]`` of names under the domain.
ip_info
    By address: what its registry says of the block, or ``asn``. ``ip_info_note`` is kept.
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
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from depgraph.errors import RecordingError
from depgraph.names import canonical
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.days import Interval, interval
from depgraph.readers.lines import BadLine, Source, each
from depgraph.recording import Header, Recording
from depgraph.records import blocks, rdap, rdata
from depgraph.records.text import escaped
from depgraph.records.whois import read_whois
from depgraph.text_safety import quote

_OF_THE_HOST = frozenset({"A", "AAAA", "CNAME", "HTTPS", "RDNS_OR_CNAME"})
PARTIAL = {
    "NS_REGISTERED_DOMAIN": "ns-domain",
    "MX_ASN": "mx-origin",
    "SPF_EXPANDED": "spf-expanded",
    "SPF_INCLUDES": "spf-include",
    "TXT_VERIFICATION": "verification",
    "RDNS_OR_CNAME": "rdns-or-cname",
}
"""Record keys that are no wire types, and the word that observations use for them."""

_OWNED = {  # "owner target", or the target alone at the usual owner
    "DKIM_CNAME": ("CNAME", ""),
    "AUTODISCOVER_CNAME": ("CNAME", "autodiscover"),
    "AUTODISCOVER_SRV": ("SRV", "_autodiscover._tcp"),
    "MX_A": ("A", ""),
}
_NAMES = frozenset({"ns-domain", "spf-include", "rdns-or-cname"})
Add = Callable[..., None]


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
    return each(source, functools.partial(_recording, evidence=evidence, undated=undated))


def _recording(
    row: Mapping[str, Any], *, evidence: Evidence, undated: Interval | None
) -> Recording:
    records = _mapping(row, "records")
    domain = _text(row, "domain") or _text(row, "host")
    subject = canonical(domain.strip()) if domain else _only_value(row, records)
    if not subject:
        raise RecordingError("expected a 'domain', found none")
    date = _text(row, "date")
    if date:
        time, until = interval(date)
    elif undated is not None:
        time, until = undated
    else:
        raise RecordingError("expected a 'date', found none: give the dates of undated lines")
    observations: list[Observation] = []
    citation = _text(row, "source")

    def add(
        name: str,
        kind: str,
        values: tuple[str, ...],
        *,
        status: Status = Status.ANSWER,
        note: str = "",
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
            )
        )

    if domain:
        host = canonical((_text(row, "host") or domain).strip())
        for key, values in records.items():
            if isinstance(values, list) and values:
                _record(add, subject, host, key, values)
        _subrecords(add, row)
    _addresses(add, row)
    _registration(add, row, subject)
    header = Header(
        subject=subject,
        since=time.date(),
        until=until.date(),
        title=_text(row, "id"),
        source=citation,
        licence=_text(row, "licence"),
    )
    return Recording(header, tuple(observations))


def _record(add: Add, domain: str, host: str, key: str, values: list[Any]) -> None:
    texts = [str(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in values]
    if not all(isinstance(text, str) for text in texts):
        raise RecordingError(f"expected a list of texts under {key!a}, found {quote(values)}")
    name = host if key in _OF_THE_HOST else domain
    if rdata.is_type(key):
        _wire(add, name, key, texts)
    elif key in PARTIAL:
        kind = PARTIAL[key]
        if kind == "mx-origin":
            texts = [f"asn {text.upper().removeprefix('AS')}" for text in texts]
        elif kind in _NAMES:
            texts = [canonical(text.strip()) for text in texts]
        add(name, kind, tuple(dict.fromkeys(escaped(text) for text in texts)))
    elif key in _OWNED:
        _owned(add, domain, key, texts)
    elif key.rpartition("/")[2] == "ALIAS":
        add(name, "alias", tuple(dict.fromkeys(map(_alias_target, texts))))
    else:
        raise RecordingError(
            f"expected a DNS type or one of {', '.join(PARTIAL)}, found {quote(key)}"
        )


def _wire(add: Add, name: str, kind: str, texts: list[str]) -> None:
    good, faults = [], []
    for text in texts:
        try:
            good.append(rdata.from_text(kind, text))
        except RecordingError as error:
            faults.append(str(error))
    if good:
        add(name, kind, tuple(dict.fromkeys(good)))
    for fault in dict.fromkeys(faults):
        add(name, kind, (), status=Status.MALFORMED, note=fault)


def _owned(add: Add, domain: str, key: str, texts: list[str]) -> None:
    kind, usual = _OWNED[key]
    by_owner: dict[str, list[str]] = {}
    for text in texts:
        words = text.split()
        if len(words) == 2:
            owner, target = canonical(words[0]), words[1]
        elif len(words) == 1 and usual:
            owner, target = f"{usual}.{domain}", words[0]
        else:
            raise RecordingError(f"expected 'owner target' under {key!a}, found {quote(text)}")
        by_owner.setdefault(owner, []).append(target)
    for owner, targets in by_owner.items():
        for found, group in _by_family(kind, targets):
            _wire(add, owner, found, group)


def _by_family(kind: str, targets: list[str]) -> list[tuple[str, list[str]]]:
    if kind != "A":
        return [(kind, targets)]
    sixes = [target for target in targets if ":" in target]
    fours = [target for target in targets if ":" not in target]
    return [(found, group) for found, group in (("A", fours), ("AAAA", sixes)) if group]


def _alias_target(text: str) -> str:
    if text.lstrip().startswith("{"):
        try:
            target = json.loads(text).get("name")
        except (ValueError, RecursionError, AttributeError):
            target = None
        if not isinstance(target, str):
            raise RecordingError(f"expected an alias with its 'name', found {quote(text)}")
        text = target
    return rdata.from_text("CNAME", text)


def _subrecords(add: Add, row: Mapping[str, Any]) -> None:
    for entry in row.get("subrecords") or ():
        if not isinstance(entry, dict) or not isinstance(entry.get("values"), list):
            raise RecordingError(
                f"expected name, type and values in 'subrecords', found {quote(entry)}"
            )
        name, kind = _text(entry, "name"), _text(entry, "type")
        if entry["values"] and name:
            _record(add, canonical(name), canonical(name), kind, entry["values"])


def _addresses(add: Add, row: Mapping[str, Any]) -> None:
    note = _text(row, "ip_info_note")
    for key, block in _mapping(row, "ip_info").items():
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
        if not holder or (origin and len(holder) == len(prefixes)):
            continue  # of a route only its prefix is known, which is not the block's
        if prefixes and not blocks.covers(prefixes, address):
            # The data set says so itself of a few: true of the block, not of this address.
            about = note or f"given for {address}, which lies outside"
            add(prefixes[0].partition("/")[0], "holder", holder, note=about)
        else:
            add(address, "holder", holder, note=note)


def _registration(add: Add, row: Mapping[str, Any], subject: str) -> None:
    answer = row.get("rdap")
    if _is_network(answer):
        _network(add, answer, subject)
    elif isinstance(answer, dict) and answer:
        status, values = rdap.read_domain(answer)
        add(subject, "registration", values, status=status)
    if text := _text(row, "whois_raw"):
        status, values = read_whois(text)
        note = "WHOIS text in which no registration is read" if status is Status.MALFORMED else ""
        add(subject, "registration", values, status=status, note=note)


def _is_network(answer: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(answer, dict) and answer.get("objectClassName") == "ip network"


def _network(add: Add, answer: Mapping[str, Any], subject: str) -> None:
    """Add the holder of a block: of the address that the line is about, else of its first."""
    values = rdap.read_network(answer)
    prefixes = [value.removeprefix("prefix ") for value in values if value.startswith("prefix ")]
    if not prefixes:
        add(subject, "holder", (), status=Status.MALFORMED, note="not an RDAP network object")
        return
    address = rdata.address(subject)
    if address is None or not blocks.covers(prefixes, address):
        address = prefixes[0].partition("/")[0]
    add(address, "holder", values)


def _only_value(row: Mapping[str, Any], records: Mapping[str, Any]) -> str:
    """Return what a line without a domain is about: the one address or name that it gives."""
    for kind in ("A", "AAAA", "CNAME"):
        values = records.get(kind)
        if isinstance(values, list) and values and isinstance(values[0], str):
            return rdata.from_text(kind, values[0])
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

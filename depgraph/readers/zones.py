"""Zone files (RFC 1035, section 5): what an operator publishes, and whom a parent delegates to.

A zone file is the operator's own document: its observations are `published`, not observed.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

import dns.exception
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer
import dns.zone
import dns.zonefile

from depgraph.errors import RecordingError
from depgraph.intake import Source, opened
from depgraph.names import canonical, is_below, parents
from depgraph.observations import Evidence, Observation, Status
from depgraph.recording import Header, Recording
from depgraph.records.rdata import presentation
from depgraph.text_safety import quote

RRset = tuple[int, tuple[str, ...]]
"""TTL in seconds, and the values, sorted."""

# $GENERATE is left out: one line of it makes any number of records.
_DIRECTIVES = ("$ORIGIN", "$TTL")
_SOA = re.compile(r"^(\S*\.)[ \t][^\n;]*\bSOA\b", re.IGNORECASE | re.MULTILINE)
_HEAD = 2**17  # bytes looked through for the SOA record


@dataclass(frozen=True, slots=True)
class Zone:
    """The records of one zone.

    Parameters
    ----------
    origin
        Canonical name of the apex.
    sets
        By owner and type. Owners below a cut are glue or occluded (RFC 9499).
    cuts
        Names below the apex that have NS records, and no such name above them, sorted.
    """

    origin: str
    sets: Mapping[str, Mapping[str, RRset]]
    cuts: tuple[str, ...]
    _cut_names: frozenset[str] = field(default=frozenset())

    def cut_above(self, name: str) -> str | None:
        """Give the delegation that takes a name (itself, or one above it) out of this zone."""
        for above in reversed(parents(name)):
            if above in self._cut_names:
                return above
        return None

    def get(self, name: str, kind: str) -> RRset | None:
        """Give a record set, None if there is none."""
        return self.sets.get(name, {}).get(kind)

    def delegation(self, cut: str) -> Iterator[tuple[str, str, str, RRset]]:
        """Give section, owner, type and set of what a parent says of a child: NS, DS, glue."""
        servers = self.sets[cut]["NS"]
        yield "authority", cut, "NS", servers
        if (signed := self.get(cut, "DS")) is not None:
            yield "authority", cut, "DS", signed
        for host in servers[1]:
            for kind in ("A", "AAAA"):
                # Addresses of hosts outside the zone are not the parent's to give.
                if is_below(host, self.origin) and (glue := self.get(host, kind)) is not None:
                    yield "additional", host, kind, glue


def load_zone(source: Source, *, origin: str | None = None, include: bool = False) -> Zone:
    """Read a zone file, packed or not; text with a line break in it is the zone itself.

    Parameters
    ----------
    origin
        Name of the zone; None takes it from ``$ORIGIN`` or the SOA record.
    include
        Whether ``$INCLUDE`` may read other files: only for zone files that you trust.

    Raises
    ------
    RecordingError
        If it is no zone file, with the place; or its origin is not known.
    """
    if isinstance(source, str) and "\n" in source:
        return _load(io.StringIO(source), "zone text", origin, include=include)
    name = str(source) if isinstance(source, str | os.PathLike) else "zone file"
    with opened(source, error=RecordingError) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline=None)
        try:
            return _load(text, Path(name).name, origin, include=include)
        finally:
            text.detach()


def _load(text: IO[str], name: str, origin: str | None, *, include: bool) -> Zone:
    if origin is None:
        head = text.read(_HEAD)
        text = cast("IO[str]", _Again(head, text))
        if not re.search(r"^\$ORIGIN[ \t]", head, re.IGNORECASE | re.MULTILINE):
            found = _SOA.search(head)
            if found is None:
                raise RecordingError(
                    f"expected a zone file with $ORIGIN or a SOA record in {quote(name)}, found none: "
                    "give its origin"
                )
            origin = found[1]
    directives = (*_DIRECTIVES, "$INCLUDE") if include else _DIRECTIVES
    try:
        apex = dns.name.from_text(origin) if origin is not None else None
        zone = dns.zone.Zone(apex, dns.rdataclass.IN, relativize=False)
        with zone.writer(replacement=True) as transaction:
            dns.zonefile.Reader(
                dns.tokenizer.Tokenizer(text, name),
                dns.rdataclass.IN,
                transaction,
                allow_include=include,
                allow_directives=directives,
            ).read()
    except (dns.exception.DNSException, ValueError, OSError) as error:
        reason = quote(str(error).splitlines()[0] if str(error) else type(error).__name__)
        raise RecordingError(f"expected a zone file, found {reason}") from None
    return _of(zone)


def _of(zone: dns.zone.Zone) -> Zone:
    sets: dict[str, dict[str, RRset]] = {}
    assert zone.origin is not None
    for name, ttl, rdata in zone.iterate_rdatas():
        kind = dns.rdatatype.to_text(rdata.rdtype)
        own = sets.setdefault(canonical(name.to_text()), {})
        least, values = own.get(kind, (ttl, ()))
        own[kind] = (min(least, ttl), (*values, presentation(rdata)))
    origin = canonical(zone.origin.to_text())
    ordered = {
        name: {kind: (ttl, tuple(sorted(set(values)))) for kind, (ttl, values) in own.items()}
        for name, own in sets.items()
    }
    cuts: set[str] = set()
    delegated = (owner for owner, own in ordered.items() if "NS" in own and owner != origin)
    for owner in sorted(delegated, key=lambda owner: owner.count(".")):
        if not any(above in cuts for above in parents(owner)):
            cuts.add(owner)
    return Zone(origin, ordered, tuple(sorted(cuts)), frozenset(cuts))


class _Again(io.TextIOBase):
    """Text whose beginning has been read already, given from the beginning."""

    def __init__(self, head: str, rest: IO[str]) -> None:
        self._parts: list[Any] = [io.StringIO(head), rest]

    def read(self, size: int | None = -1, /) -> str:
        """Read characters, first of the head."""
        for part in self._parts:
            if text := part.read(size):
                return str(text)
        return ""


def read_zone(
    source: Source,
    *,
    time: datetime,
    until: datetime | None = None,
    origin: str | None = None,
    include: bool = False,
    citation: str = "",
    licence: str = "",
) -> Iterator[Recording]:
    """Read a zone file: first what the zone says of itself, then each delegation.

    The whole zone is held in memory while the recordings are made one by one. A delegation is
    one recording of the delegated name: NS and DS in section ``authority``, glue in
    ``additional``.

    Parameters
    ----------
    time, until
        When the file was published, or throughout which time it was.
    origin, include
        As for :func:`load_zone`.
    citation, licence
        Where the file can be had, and what may be done with it.

    Raises
    ------
    RecordingError
        If it is no zone file.
    """
    zone = load_zone(source, origin=origin, include=include)

    def recording(subject: str, rows: Iterator[tuple[str, str, str, RRset]]) -> Recording:
        header = Header(
            subject=subject,
            since=time.date(),
            until=(until or time).date(),
            source=citation,
            licence=licence,
        )
        observations = (
            Observation(
                subject=name,
                type=kind,
                status=Status.ANSWER,
                values=values,
                ttl=ttl,
                section=section,
                zone=zone.origin,
                source="zone-file",
                time=time,
                until=until,
                evidence=Evidence.PUBLISHED,
                citation=citation,
            )
            for section, name, kind, (ttl, values) in rows
        )
        return Recording(header, tuple(observations))

    yield recording(zone.origin, _own(zone))
    for cut in zone.cuts:
        yield recording(cut, zone.delegation(cut))


def _own(zone: Zone) -> Iterator[tuple[str, str, str, RRset]]:
    """Give what the zone has authority for."""
    for name in sorted(zone.sets):
        if zone.cut_above(name) is None:
            for kind in sorted(zone.sets[name]):
                yield "answer", name, kind, zone.sets[name][kind]

"""Pages that somebody kept: which address answered for a host on a day, and which front said so.

* WARC (ISO 28500; https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/):
  records of type ``response`` with ``WARC-Target-URI``, ``WARC-Date``, ``WARC-IP-Address`` and the
  HTTP response. Common Crawl writes them.
* The headers of a memento (RFC 7089), as ``curl -sI`` saves them from the Wayback Machine:
  ``Memento-Datetime``, ``Link`` with the original, and the headers of that day behind
  ``x-archive-orig-``.
* HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): ``log.entries`` with
  ``startedDateTime``, ``request.url``, ``serverIPAddress`` and the headers of the response.

An index of captures (CDX) has neither address nor headers: it is refused, with what to fetch.
"""

from __future__ import annotations

import email.utils
import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from depgraph.errors import RecordingError
from depgraph.intake import Source, opened, read_bytes
from depgraph.names import canonical
from depgraph.observations import Evidence, Observation, Status, parse_time
from depgraph.readers.answers import objects_under, text_under
from depgraph.readers.lines import BadLine, each, readable
from depgraph.recording import Header, Recording
from depgraph.records.rdata import address, address_type
from depgraph.text_safety import one_line, quote

_ORIGINAL: Final = "x-archive-orig-"
_LINK: Final = re.compile(r'<([^>]*)>\s*;[^,]*rel="?[^",;]*\boriginal\b')
_MOST_HEAD: Final = 1 << 18  # bytes of the headers of a record
_NOTE: Final = "the address that answered; there may be others"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A header that a front sets by itself, and who says so."""

    header: str
    value: re.Pattern[str]
    name: str
    source: str


_MARKS: Final = tuple(
    _Mark(header, re.compile(value, re.IGNORECASE), name, source)
    for header, value, name, source in (
        (
            "cf-ray",
            r"[0-9a-f]{16}(?:-[a-z]{3})?",
            "Cloudflare",
            "https://developers.cloudflare.com/fundamentals/reference/http-headers/",
        ),
        (
            "x-served-by",
            r"cache-[a-z0-9-]+-[a-z]{3}\b.*",
            "Fastly",
            "https://www.fastly.com/documentation/reference/http/http-headers/X-Served-By/",
        ),
        (
            "server",
            r"ddos-guard",
            "DDoS-Guard",
            "F027: an address of DDoS-Guard answered with it on 2026-09-23",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class _Capture:
    """One response: of which host, when, from which address, with which headers (in small letters)."""

    host: str
    time: datetime
    reached: str
    headers: Mapping[str, str]
    citation: str

    def observations(self) -> Iterator[Observation]:
        """Yield the address that answered, and the front that its headers name."""
        kind = address_type(self.reached)
        if kind is not None:
            yield self._observe(kind, (self.reached,), Evidence.OBSERVED, _NOTE)
        for mark in _MARKS:
            if mark.value.fullmatch(self.headers.get(mark.header, "").strip()):
                note = f"by the header {mark.header} ({mark.source})"
                values = (f"name {mark.name}", "role front")
                yield self._observe("operator", values, Evidence.INFERRED, note)

    def _observe(
        self, kind: str, values: tuple[str, ...], evidence: Evidence, note: str
    ) -> Observation:
        return Observation(
            subject=self.host,
            type=kind,
            status=Status.ANSWER,
            values=values,
            time=self.time,
            source="dataset",
            evidence=evidence,
            citation=self.citation,
            note=note,
        )


def _recording(captures: Iterable[_Capture], source: str) -> Recording:
    several = list(captures)
    found = tuple(dict.fromkeys(o for one in several for o in one.observations()))
    if not found:
        raise RecordingError("expected an address or a header that names a front, found neither")
    days = [one.time.date() for one in several]
    header = Header(subject=several[0].host, since=min(days), until=max(days), source=source)
    return Recording(header, found)


def _host(url: str) -> str:
    host = urlsplit(url).hostname
    if not host or address(host):
        raise RecordingError(f"expected the URL of a name, found {quote(url)}")
    return canonical(host)


# -- WARC -------------------------------------------------------------------------------------


def read_warc(source: Source) -> Iterator[Recording | BadLine]:
    """Read the responses of a WARC file, one recording each; records of other types are left out.

    The number of a bad line is that of the record.
    """
    return readable(
        (number, functools.partial(_of_warc, fields, head))
        for number, fields, head in _records(source)
        if fields.get("warc-type") == "response"
    )


def _records(source: Source) -> Iterator[tuple[int, dict[str, str], bytes]]:
    """Yield the number, the fields and the first bytes of each record."""
    number = 0
    with opened(source, error=RecordingError, encoded=False) as file:
        while line := file.readline(_MOST_HEAD):
            if not line.strip():
                continue
            number += 1
            if not line.startswith(b"WARC/1."):
                raise RecordingError(
                    f"expected record {number} to begin with WARC/1.0 or WARC/1.1, found {line[:40]!a}"
                )
            fields = _fields(iter(lambda: file.readline(_MOST_HEAD), b""))
            length = fields.get("content-length", "")
            if not (length.isascii() and length.isdecimal() and len(length) < 13):
                raise RecordingError(
                    f"expected the Content-Length of record {number}, found {quote(length)}"
                )
            left = int(length)
            head = file.read(min(left, _MOST_HEAD))
            left -= len(head)
            while left > 0 and (part := file.read(min(left, 1 << 20))):
                left -= len(part)
            yield number, fields, head


def _fields(lines: Iterable[bytes]) -> dict[str, str]:
    """Read named fields up to the blank line; of one that comes twice the first counts."""
    found: dict[str, str] = {}
    for line in lines:
        text = line.decode("utf-8", "replace").strip()
        if not text:
            break
        name, colon, value = text.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _of_warc(fields: Mapping[str, str], head: bytes) -> Recording:
    url = fields.get("warc-target-uri", "").strip("<>")
    capture = _Capture(
        _host(url),
        parse_time(fields.get("warc-date", "")),
        fields.get("warc-ip-address", ""),
        _fields(io.BytesIO(head)),
        one_line(f"WARC record of {url}", limit=200),
    )
    return _recording([capture], "warc")


# -- Headers of mementos ----------------------------------------------------------------------


def read_memento(source: Source) -> Iterator[Recording | BadLine]:
    """Read the headers of an archived response, as the Wayback Machine gives them."""
    data = read_bytes(source, error=RecordingError, largest=_MOST_HEAD)
    return readable([(1, functools.partial(_of_memento, data))])


def _of_memento(data: bytes) -> Recording:
    headers = _fields(io.BytesIO(data))
    link = _LINK.search(headers.get("link", ""))
    if link is None:
        raise RecordingError('expected a Link with rel="original" (RFC 7089), found none')
    try:
        time = email.utils.parsedate_to_datetime(headers.get("memento-datetime", ""))
    except ValueError:
        raise RecordingError(
            f"expected a Memento-Datetime, found {quote(headers.get('memento-datetime', ''))}"
        ) from None
    kept = {
        name.removeprefix(_ORIGINAL): value
        for name, value in headers.items()
        if name.startswith(_ORIGINAL)
    }
    citation = one_line(f"memento of {link[1]}", limit=200)
    moment = time.replace(tzinfo=UTC) if time.tzinfo is None else time
    return _recording([_Capture(_host(link[1]), moment, "", kept, citation)], "memento")


# -- HAR --------------------------------------------------------------------------------------


def read_har(source: Source) -> Iterator[Recording | BadLine]:
    """Read HAR files: of each the addresses that answered for the hosts of its first page."""
    return each(source, _of_har)


def _of_har(row: dict[str, Any]) -> Recording:
    log = row.get("log")
    if not isinstance(log, dict):
        raise RecordingError(f"expected an object under 'log', found {quote(log)}")
    captures = [one for one in map(_entry, objects_under(log, "entries")) if one is not None]
    if not captures:
        raise RecordingError("expected entries of names on the web, found none")
    return _recording(captures, "har")


def _entry(entry: dict[str, Any]) -> _Capture | None:
    """Read one request; None for one that went to no name on the web (``data:``, an address)."""
    request, response = entry.get("request"), entry.get("response")
    if not (isinstance(request, dict) and isinstance(response, dict)):
        raise RecordingError("expected a request and a response in each entry, found none")
    url = text_under(request, "url")
    host = urlsplit(url).hostname if url.startswith(("http://", "https://")) else None
    if host is None or address(host):
        return None
    headers: dict[str, str] = {}
    for one in objects_under(response, "headers"):
        headers.setdefault(text_under(one, "name").lower(), text_under(one, "value"))
    reached = entry.get("serverIPAddress")
    return _Capture(
        _host(url),
        parse_time(text_under(entry, "startedDateTime")),
        reached.strip("[]") if isinstance(reached, str) else "",
        headers,
        "a page load (HAR)",
    )

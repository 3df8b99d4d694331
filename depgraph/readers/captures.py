"""Pages that somebody kept: which address answered for a host on a day, and which front said so.

* WARC (ISO 28500; https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/):
  records of type ``response`` with ``WARC-Target-URI``, ``WARC-Date``, ``WARC-IP-Address`` and the
  HTTP response. Common Crawl writes them.
* The headers of a memento (RFC 7089), as ``curl -sI`` saves them from the Wayback Machine:
  ``Memento-Datetime``, ``Link`` with the original, and the headers of that day behind
  ``x-archive-orig-``.
* HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): ``log.entries`` with
  ``startedDateTime``, ``request.url``, ``serverIPAddress`` and the headers of the response.
* HTML as a browser saved it: with ``saved from url=`` or SingleFile's ``url:`` in a comment.
* Rows ``HOST,DATE,IP`` of what crawlers reached, and CDX indexes whose legend has ``e``, the address
  (https://iipc.github.io/warc-specifications/specifications/cdx-format/cdx-2015/).

Anybody can send a header: a front that is known by one alone is *inferred*. What a page loads, and what
its policy allows, is read by :mod:`depgraph.readers.pages`. An index of captures without addresses is
refused, with what to fetch.
"""

from __future__ import annotations

import email.utils
import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from depgraph.errors import RecordingError
from depgraph.intake import Source, opened, read_bytes
from depgraph.names import canonical
from depgraph.observations import Evidence, Observation, Status, parse_time
from depgraph.readers import pages
from depgraph.readers.answers import objects_under, text_under
from depgraph.readers.days import Interval
from depgraph.readers.extent import remarks
from depgraph.readers.lines import BadLine, each, readable
from depgraph.recording import Header, Recording
from depgraph.records.rdata import address, address_type
from depgraph.text_safety import one_line, quote

_ORIGINAL: Final = "x-archive-orig-"
_LINK: Final = re.compile(r"<([^<>]*)>\s*+;([^,<]*+)")
_RELATION: Final = re.compile(r'rel="?([^",;<]*+)')
_IS_ORIGINAL: Final = re.compile(r"\boriginal\b")
_MOST_HEAD: Final = 1 << 18  # bytes of the headers of a record
_LOADED: Final = "what the page loads, as far as it was read; scripts may load more"


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
    loads: tuple[str, ...] = ()
    until: datetime | None = None
    redirects: bool = False

    def observations(self, form: str) -> Iterator[Observation]:
        """Yield the address that answered, the front that its headers name, and what it loads."""
        kind = address_type(self.reached)
        if kind is not None:
            yield self._observe(kind, (self.reached,), Evidence.OBSERVED, remarks(form))
        for mark in _MARKS:
            if mark.value.fullmatch(self.headers.get(mark.header, "").strip()):
                note = f"by the header {mark.header} ({mark.source})"
                values = (f"name {mark.name}", "role front")
                yield self._observe("operator", values, Evidence.INFERRED, note)
        loads = (*self.loads, *pages.allowed(self.headers.get(pages.POLICY, "")))
        if loads := pages.others(loads, self.host):
            yield self._observe("resource", loads, Evidence.OBSERVED, _LOADED)

    def _observe(
        self, kind: str, values: tuple[str, ...], evidence: Evidence, note: str
    ) -> Observation:
        return Observation(
            subject=self.host,
            type=kind,
            status=Status.ANSWER,
            values=values,
            time=self.time,
            until=self.until,
            source="dataset",
            evidence=evidence,
            citation=self.citation,
            note=note,
        )


def _recording(captures: Iterable[_Capture], source: str) -> Recording:
    several = list(captures)
    found = tuple(dict.fromkeys(o for one in several for o in one.observations(source)))
    if not found:
        raise RecordingError(
            "expected an address, a header that names a front, or hosts that a page loads from, "
            "found none"
        )
    first = min(one.time for one in several).date()
    last = max(one.until or one.time for one in several).date()
    header = Header(subject=several[0].host, since=first, until=last, source=source)
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
    response = io.BytesIO(head)
    headers = _fields(response)
    capture = _Capture(
        _host(url),
        parse_time(fields.get("warc-date", "")),
        fields.get("warc-ip-address", ""),
        headers,
        one_line(f"WARC record of {url}", limit=200),
        _page(headers, response.read(), url),
    )
    return _recording([capture], "warc")


def _page(headers: Mapping[str, str], body: bytes, url: str) -> tuple[str, ...]:
    """Return what a response loads, if it is HTML that stands there as it is, and not packed."""
    plain = {headers.get(name, "identity").lower() for name in _CODINGS} <= {"identity", ""}
    if not plain or "html" not in headers.get("content-type", "").lower():
        return ()
    return pages.resources(body.decode("utf-8", "replace"), url)


_CODINGS: Final = ("content-encoding", "transfer-encoding")


# -- Headers of mementos ----------------------------------------------------------------------


def read_memento(source: Source) -> Iterator[Recording | BadLine]:
    """Read the headers of an archived response, as the Wayback Machine gives them."""
    data = read_bytes(source, error=RecordingError, largest=_MOST_HEAD)
    return readable([(1, functools.partial(_of_memento, data))])


def _original(links: str) -> str | None:
    """Return the URL of the link with the relation ``original`` (RFC 8288); None if there is none."""
    for url, parameters in _LINK.findall(links):
        if any(map(_IS_ORIGINAL.search, _RELATION.findall(parameters))):
            return str(url)
    return None


def _of_memento(data: bytes) -> Recording:
    headers = _fields(io.BytesIO(data))
    url = _original(headers.get("link", ""))
    if url is None:
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
    citation = one_line(f"memento of {url}", limit=200)
    moment = time.replace(tzinfo=UTC) if time.tzinfo is None else time
    return _recording([_Capture(_host(url), moment, "", kept, citation)], "memento")


# -- HAR --------------------------------------------------------------------------------------


def read_har(source: Source) -> Iterator[Recording | BadLine]:
    """Read HAR files: of each the addresses that answered for the hosts of its first page."""
    return each(source, _of_har)


def _of_har(row: dict[str, Any]) -> Recording:
    log = row.get("log")
    if not isinstance(log, dict):
        raise RecordingError(f"expected an object under 'log', found {quote(log)}")
    entries = objects_under(log, "entries")
    captures = [one for one in map(_entry, entries) if one is not None]
    if not captures:
        raise RecordingError("expected entries of names on the web, found none")
    loads = tuple(
        f"{_what(entry)} {host}" for entry in entries if (host := _host_asked(entry)) is not None
    )
    page = next((n for n, one in enumerate(captures) if not one.redirects), 0)
    captures[page] = replace(captures[page], loads=loads[page + 1 :])
    for number, one in enumerate(captures):
        if number != page:  # the policy of what a page loads is none of the page
            captures[number] = replace(one, headers={**one.headers, pages.POLICY: ""})
    return _recording(captures, "har")


def _what(entry: Mapping[str, Any]) -> str:
    """Return what an entry loads: by the browser's own word, else by its media type."""
    response = entry.get("response")
    content = response.get("content") if isinstance(response, dict) else None
    media = str(content.get("mimeType", "")) if isinstance(content, dict) else ""
    told = f"{entry.get('_resourceType', '')} {media}".lower()
    words = (("script", "script"), ("css", "style"), ("stylesheet", "style"), ("image", "image"))
    return next(
        (what for word, what in words if word in told), "frame" if "html" in told else "other"
    )


def _host_asked(entry: Mapping[str, Any]) -> str | None:
    """Return the name on the web that an entry asked; None for ``data:`` or an address."""
    request = entry.get("request")
    url = request.get("url") if isinstance(request, dict) else None
    return (pages.host_of_url(url) or None) if isinstance(url, str) else None


def _entry(entry: dict[str, Any]) -> _Capture | None:
    """Read one request; None for one that went to no name on the web (``data:``, an address)."""
    request, response = entry.get("request"), entry.get("response")
    if not (isinstance(request, dict) and isinstance(response, dict)):
        raise RecordingError("expected a request and a response in each entry, found none")
    host = pages.host_of_url(text_under(request, "url"))
    if not host:
        return None
    headers: dict[str, str] = {}
    for one in objects_under(response, "headers"):
        headers.setdefault(text_under(one, "name").lower(), text_under(one, "value"))
    reached = entry.get("serverIPAddress")
    status = response.get("status")
    return _Capture(
        host,
        parse_time(text_under(entry, "startedDateTime")),
        reached.strip("[]") if isinstance(reached, str) else "",
        headers,
        "a page load (HAR)",
        redirects=isinstance(status, int) and 300 <= status < 400,
    )


# -- HTML -------------------------------------------------------------------------------------

# Browsers write `saved from url=(0024)https://...`; SingleFile writes `url: https://...`.
_SAVED_FROM: Final = re.compile(
    r"<!--[^>]{0,300}?(?:saved from url=\(\d+\)|\burl: )(https?://[^\s>]+)", re.IGNORECASE
)


def read_html(
    source: Source, *, undated: Interval | None = None, name: str = ""
) -> Iterator[Recording | BadLine]:
    """Read a page that was saved as HTML: what it loads. `name` is whose it is where it does not say."""
    data = read_bytes(source, error=RecordingError, largest=_MOST_PAGE)
    return readable([(1, functools.partial(_of_html, data, undated, name))])


_MOST_PAGE: Final = 1 << 24  # bytes of a saved page


def _of_html(data: bytes, undated: Interval | None, name: str) -> Recording:
    html = data.decode("utf-8", "replace")
    saved = _SAVED_FROM.search(html[:_MOST_HEAD])
    url = saved[1] if saved else f"https://{name}/" if name else ""
    if not url:
        raise RecordingError(
            "expected a comment that says from which URL the page was saved, found none: give the "
            "service (--name on the command line)"
        )
    if undated is None:
        raise RecordingError(
            "expected the time at which the page was saved, found none: give it (--dated on the "
            "command line)"
        )
    time, until = undated
    capture = _Capture(
        host=_host(url),
        time=time,
        reached="",
        headers={},
        citation=one_line(f"saved page of {url}", limit=200),
        loads=pages.resources(html, url),
        until=None if until == time else until,
    )
    return _recording([capture], "html")


# -- Rows of crawls ---------------------------------------------------------------------------

# A day or a moment, as crawlers write it: 2021-01-10, 20210110, 20210110123000, or ISO 8601.
_MOMENT: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?)?")
ROW: Final = re.compile(
    rf"\s*\"?[\w.-]+\.[\w-]+\"?\s*,\s*\"?{_MOMENT.pattern}\"?\s*,\s*\"?[0-9a-fA-F.:]+\"?\s*$"
)
_HEADS: Final = frozenset({"host", "hostname", "url_host_name", "domain"})
LEGEND: Final = re.compile(rb"(?:^|\n) CDX( [A-Za-z])+\s*(?:\n|$)")


def read_crawl(source: Source) -> Iterator[Recording | BadLine]:
    """Read rows ``HOST,DATE,IP``, or a CDX index whose legend has ``e``: one recording each row."""
    return readable(_crawled(source))


def _crawled(source: Source) -> Iterator[tuple[int, Callable[[], Recording]]]:
    letters: list[str] = []
    with opened(source, error=RecordingError) as file:
        for number, raw in enumerate(iter(lambda: file.readline(_MOST_HEAD), b""), start=1):
            line = raw.decode("utf-8", "replace").strip("\r\n")
            if number == 1 and line.startswith(" CDX "):
                letters = line.split()[1:]
                if not {"a", "b", "e"} <= set(letters):
                    raise RecordingError(
                        "expected the letters a (URL), b (date) and e (address) in the legend of "
                        f"the index, found {' '.join(letters)[:60]}"
                    )
            elif line.strip() and not (number == 1 and line.split(",")[0].lower() in _HEADS):
                yield number, functools.partial(_of_row, line, letters)


def _of_row(line: str, letters: Sequence[str]) -> Recording:
    if letters:
        cells = line.split()
        if len(cells) != len(letters):
            raise RecordingError(f"expected {len(letters)} fields, found {len(cells)}")
        named = dict(zip(letters, cells, strict=True))
        url = named["a"] if "://" in named["a"] else f"http://{named['a']}"
        host, when, reached = _host(url), named["b"], named["e"]
    else:
        cells = [cell.strip(' "') for cell in line.split(",")]
        if len(cells) != 3:
            raise RecordingError(f"expected HOST,DATE,IP, found {len(cells)} fields")
        host, when, reached = canonical(cells[0]), cells[1], cells[2]
    if address_type(reached) is None:
        raise RecordingError(f"expected the address that answered, found {quote(reached)}")
    time, until = _span(when)
    return _recording([_Capture(host, time, reached, {}, "a crawl", until=until)], "crawl")


def _span(text: str) -> tuple[datetime, datetime | None]:
    """Read a moment, or a whole day where no time of the day is told."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise RecordingError(
            f"expected a date such as 2021-01-10 or 20210110123000, found {quote(text)}"
        )
    try:
        parts = [int(part) for part in match.groups() if part is not None]
        time = datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        raise RecordingError(f"expected a date that there is, found {quote(text)}") from None
    return time, time.replace(hour=23, minute=59, second=59) if match[4] is None else None

"""Passive DNS: what sensors saw, over a time (the Common Output Format), and lines like it.

COF (draft-dulaunoy-dnsop-passive-dns-cof, section 3) has one record set a line: ``rrname``,
``rrtype``, ``rdata`` (a text or a list), ``time_first`` and ``time_last`` (seconds since 1970, or
``zone_time_first``, ``zone_time_last`` where a zone file had it), and perhaps ``bailiwick``.
Rapid7's forward DNS has ``name``, ``type``, ``value``, ``timestamp``.

A text is one record of a set, which may have others; a list is all of it.

A record was there at some moment of the time, and need not have been all through it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.answers import row_of, text_under
from depgraph.readers.days import UNDATED, Interval
from depgraph.readers.extent import remarks
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote

_TIMES = (("time_first", "time_last"), ("zone_time_first", "zone_time_last"))


def read_passive(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read passive DNS, one recording a line, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for lines without a time; without it they are bad lines.
    """
    return each(source, functools.partial(_recording, undated=undated))


def _recording(row: dict[str, Any], *, undated: Interval | None) -> Recording:
    cof = "rrname" in row
    name = canonical(text_under(row, "rrname" if cof else "name").strip())
    kind = text_under(row, "rrtype" if cof else "type").upper()
    if not is_type(kind):
        raise RecordingError(f"expected a type of DNS record, found {quote(kind)}")
    data = row.get("rdata" if cof else "value")
    several = data if isinstance(data, list) else [data]
    if not several or not all(isinstance(one, str) for one in several):
        raise RecordingError(f"expected the record's data as text, found {quote(data)}")
    time, until = _times(row, undated)
    seen = functools.partial(
        Observation,
        subject=name,
        type=kind,
        section="answer",
        source="dataset",
        time=time,
        until=until,
        evidence=Evidence.OBSERVED,
        citation=str(row.get("origin") or "")[:300],
    )
    rows = [row_of(name, kind, None, str(one)) for one in several]
    values = tuple(one.value for one in rows if not one.fault)
    note = remarks("passive", stated=isinstance(data, list))
    found = [seen(status=Status.ANSWER, values=values, note=note)] if values else []
    found += (seen(status=Status.MALFORMED, note=one.fault) for one in rows if one.fault)
    last = (until or time).date()
    header = Header(subject=name, since=time.date(), until=last, source="passive")
    return Recording(header, tuple(found))


def _times(row: dict[str, Any], undated: Interval | None) -> tuple[datetime, datetime | None]:
    for first, last in _TIMES:
        if first in row:
            start, end = _moment(row, first), _moment(row, last if last in row else first)
            if end < start:
                raise RecordingError(f"expected {last!r} after {first!r}, found it before")
            return start, end
    if "timestamp" in row:
        return _moment(row, "timestamp"), None
    if undated is not None:
        return undated
    raise RecordingError(f"expected 'time_first', found none: {UNDATED}")


def _moment(row: dict[str, Any], key: str) -> datetime:
    """Read seconds since 1970, which Rapid7 writes as text."""
    value = row[key]
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if text.isascii() and text.isdigit() and len(text) < 12:
        return datetime.fromtimestamp(int(text), UTC)
    raise RecordingError(f"expected seconds since 1970 under {key!r}, found {quote(value)}")

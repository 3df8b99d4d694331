"""massdns ndjson (``massdns -o J``): one answer of one recursive resolver a line.

The form as massdns's own source writes it: ``name``, ``type``, ``class``, ``status``,
``rx_ts`` (nanoseconds since 1970), ``data`` with ``answers``, ``authorities`` and
``additionals`` (each ``ttl, type, class, name, data``), ``flags``, ``resolver``, ``proto``; or
``error`` where no answer came.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.readers.answers import (
    Answer,
    Row,
    name_under,
    objects_under,
    row_of,
    server_of,
    text_under,
    ttl_under,
    unread,
)
from depgraph.readers.days import UNDATED, Interval
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote

_KEYS = frozenset(
    {"name", "type", "class", "status", "error", "rx_ts", "data", "flags", "resolver", "proto"}
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_massdns(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read massdns ndjson, one recording a line, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for lines without ``rx_ts`` (old versions); without it they are bad
        lines. A failure, which has none, is of the time of the line before it.
    """
    last = list[datetime]()
    return each(source, functools.partial(_recording, undated=undated, last=last))


def _recording(row: dict[str, Any], *, undated: Interval | None, last: list[datetime]) -> Recording:
    name, kind = name_under(row), text_under(row, "type")
    if "error" in row and "rx_ts" not in row and last:
        undated = last[0], last[0]
    time, until = _time(row, undated)
    if "rx_ts" in row:
        last[:] = [time]
    data = row.get("data") or {}
    if not isinstance(data, dict):
        raise RecordingError(f"expected an object under 'data', found {quote(data)}")
    flags = row.get("flags")
    if not isinstance(flags, list | None):
        raise RecordingError(f"expected a list under 'flags', found {quote(flags)}")
    answer = Answer(
        name=name,
        form="massdns",
        kind=kind,
        status=text_under(row, "error" if "error" in row else "status").upper(),
        time=time,
        until=until,
        server=server_of(text_under(row, "resolver", "")),
        flags=None if flags is None else tuple(str(flag).upper() for flag in flags),
        answers=_rows(data, "answers"),
        authorities=_rows(data, "authorities"),
        additionals=_rows(data, "additionals") if "additionals" in data else None,
    )
    header = Header(subject=name, since=time.date(), until=(until or time).date(), source="massdns")
    problems = unread(row, _KEYS, "massdns")
    named = tuple(answer.named())
    return Recording(header, tuple(answer.observations()), problems=problems, named=named)


def _time(row: dict[str, Any], undated: Interval | None) -> tuple[datetime, datetime | None]:
    stamp = row.get("rx_ts")
    if type(stamp) is int and 0 <= stamp < 2**63:
        return _EPOCH + timedelta(microseconds=stamp // 1000), None
    if stamp is None and undated is not None:
        return undated
    raise RecordingError(f"expected nanoseconds under 'rx_ts', found {quote(stamp)}: {UNDATED}")


def _rows(data: dict[str, Any], section: str) -> tuple[Row, ...]:
    return tuple(
        _row(record) for record in objects_under(data, section) if is_type(str(record.get("type")))
    )


def _row(record: dict[str, Any]) -> Row:
    owner, kind, ttl = name_under(record), text_under(record, "type"), ttl_under(record)
    return row_of(owner, kind, ttl, text_under(record, "data"))

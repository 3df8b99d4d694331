"""One door for every kind of recording: the form is found by looking, not by the file's name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from depgraph.errors import RecordingError
from depgraph.intake import opened
from depgraph.readers.days import Interval
from depgraph.readers.lines import BadLine, rows
from depgraph.readers.massdns import read_massdns
from depgraph.readers.plain import read_plain
from depgraph.readers.table import read_parquet
from depgraph.readers.zdns import read_zdns
from depgraph.readers.zones import read_zone
from depgraph.recording import Recording, read
from depgraph.text_safety import quote

_HEAD = 2**17  # bytes looked at
_JSON = re.compile(rb"\{|\[\s*\{")
# A directive, or a type where a record has it: RFC 1035, section 5.
_ZONE = re.compile(
    rb"^[ \t]*\$(ORIGIN|TTL)\b|[ \t](SOA|NS|A|AAAA|CNAME|MX|TXT|PTR|SRV|DS|CAA)[ \t]",
    re.IGNORECASE | re.MULTILINE,
)


def open_any(
    path: str | os.PathLike[str],
    *,
    time: datetime | None = None,
    undated: Interval | None = None,
) -> Iterator[Recording | BadLine]:
    """Read whatever recordings a file holds, one by one.

    Parameters
    ----------
    path
        A recording of ours, plain JSON Lines, zdns or massdns output, a zone file (each also
        packed with gzip or xz), or a Parquet table.
    time
        When a zone file was published; zone files do not say so themselves.
    undated
        First and last moment for lines without a date, which are bad lines without it, and
        for zone files where no `time` is given.

    Yields
    ------
    Each recording, or what is wrong with a line.

    Raises
    ------
    RecordingError
        If the file as a whole cannot be read, or is a zone file and neither `time` nor `undated` is given.
    OSError
        If it cannot be opened.
    """
    form = detect(path)
    if form == "recording":
        return iter((read(path),))
    if form == "parquet":
        return iter(read_parquet(path))
    if form == "zone":
        if time is not None:
            return read_zone(path, time=time)
        if undated is None:
            raise RecordingError(
                f"expected the time at which the zone file {quote(os.fspath(path))} was published, "
                "found none: give it (--dated on the command line)"
            )
        return read_zone(path, time=undated[0], until=undated[1])
    if form == "zdns":
        return read_zdns(path, undated=undated)
    if form == "massdns":
        return read_massdns(path, undated=undated)
    return read_plain(path, undated=undated)


def detect(path: str | os.PathLike[str]) -> str:
    """Name the form of a file: recording, plain, zdns, massdns, zone or parquet.

    Raises
    ------
    RecordingError
        If it is empty, or none of these.
    """
    with opened(path, error=RecordingError) as file:
        head = file.read(_HEAD)
    if head.startswith(b"PAR1"):
        return "parquet"
    text = head.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        raise RecordingError(
            f"expected recordings in {quote(os.fspath(path))}, found an empty file"
        )
    if _JSON.match(text):
        first = (row for _, row in rows(path) if not isinstance(row, BadLine))
        return next(map(_form, islice(first, 1)), "plain")
    if b"\0" not in text and not text.startswith(b"<") and _ZONE.search(text):
        return "zone"
    raise RecordingError(
        f"expected a recording, JSON Lines, a zone file or a Parquet table in "
        f"{quote(os.fspath(path))}, found none of them: it begins with {text[:40]!a}"
    )


def _form(row: dict[str, Any]) -> str:
    if row.get("depgraph") == "recording":
        return "recording"
    if "results" in row or ("status" in row and "timestamp" in row):
        return "zdns"
    if "type" in row and ("rx_ts" in row or "resolver" in row or "error" in row):
        return "massdns"
    return "plain"

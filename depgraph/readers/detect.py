"""One door for every kind of recording: the form is found by looking, not by the file's name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from depgraph.errors import RecordingError
from depgraph.readers.days import Interval
from depgraph.readers.lines import BadLine, opened, rows
from depgraph.readers.massdns import read_massdns
from depgraph.readers.plain import read_plain
from depgraph.readers.table import read_parquet
from depgraph.readers.zdns import read_zdns
from depgraph.readers.zones import read_zone
from depgraph.recording import Recording, read


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
                f"expected the time at which the zone file {os.fspath(path)!a} was published, "
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
        If it is empty.
    """
    with opened(path) as file:
        head = file.peek(4)[:4]
        if not head:
            raise RecordingError(f"expected recordings in {os.fspath(path)!a}, found an empty file")
        if head == b"PAR1":
            return "parquet"
    for _, row in rows(path):
        if isinstance(row, BadLine):
            # Nothing in a zone file begins with a brace; a damaged first line of JSON does.
            return "plain" if "found '{" in row.error else "zone"
        return _form(row)
    return "zone"


def _form(row: dict[str, Any]) -> str:
    if row.get("depgraph") == "recording":
        return "recording"
    if "results" in row or ("status" in row and "timestamp" in row):
        return "zdns"
    if "type" in row and ("rx_ts" in row or "resolver" in row or "error" in row):
        return "massdns"
    return "plain"

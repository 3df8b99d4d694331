"""Reading recordings, and checking that nobody changed them."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import lzma
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from depgraph.errors import RecordingError
from depgraph.observations import Observation
from depgraph.recording.model import Header, Recording
from depgraph.text_safety import quote

log = logging.getLogger(__name__)

Source = str | os.PathLike[str] | IO[bytes] | IO[str]
"""A path, or an open file."""

GZIP = b"\x1f\x8b"
XZ = b"\xfd7zXZ\x00"
_HEADER = re.compile(rb'(\xef\xbb\xbf)?\s*\{.*"depgraph"\s*:\s*"recording"')
_LONGEST_HEADER = 1 << 16
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(source: Source) -> Recording:
    """Read a recording from a file, by its path or as it is open; packed ones (gz, xz) too.

    A last line cut off by a kill is left out, said in the log and kept in
    :attr:`Recording.problems`; anything else that does not read is an error.

    Raises
    ------
    RecordingError
        If the file is not a recording, or a line other than the last is damaged.
    OSError
        If it cannot be opened.
    """
    return parse(*bytes_of(source))


def verify(source: Source) -> list[str]:
    """List every fault of a recording file, one line each; an empty list means it is whole.

    Checked: the header, each line, the count and the SHA-256 of each ``end`` line. What stands
    after the last ``end`` line (a collection that goes on, or was interrupted) is covered by
    no checksum; there only damage that breaks a line is seen.
    """
    try:
        data, _ = bytes_of(source)
    except RecordingError as error:
        return [str(error)]
    faults: list[str] = []
    digest = hashlib.sha256()
    count = 0
    lines = data.split(b"\n")
    torn = lines.pop()
    if carriage := sum(line.endswith(b"\r") for line in lines):
        faults.append(f"{carriage} lines end in CR LF: a program has rewritten the file")
    for number, line in enumerate(lines, start=1):
        try:
            row = object_of(line)
            if number == 1:
                Header.from_dict(row)
            elif "end" in row:
                wrong = _check_end(row, count, digest.hexdigest())
                faults += [f"line {number}: {fault}" for fault in wrong]
            else:
                Observation.from_dict(row)
                count += 1
        except RecordingError as error:
            faults.append(f"line {number}: {error}")
        digest.update(line + b"\n")
    if torn:
        faults.append(
            f"line {len(lines) + 1}: cut off after {len(torn)} bytes; "
            "the next 'observe --resume' steps over it"
        )
    if not data:
        faults.append("line 1: expected a recording, found an empty file")
    return faults


def _check_end(row: dict[str, Any], count: int, digest: str) -> Iterator[str]:
    end = row["end"]
    if len(row) != 1 or not isinstance(end, dict) or end.keys() != {"observations", "sha256"}:
        yield 'expected {"end": {"observations": ..., "sha256": ...}}, found something else'
        return
    if type(end["observations"]) is not int or end["observations"] != count:
        yield (
            f"expected {quote(end['observations'])} observations, found {count}: "
            "lines were added or lost"
        )
    if end["sha256"] != digest:
        yield (
            f"expected SHA-256 {quote(end['sha256'])}, found {digest}: "
            "the lines before it were changed"
        )


def is_recording(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file begins as a recording does: packed or not, whole or damaged.

    Raises
    ------
    OSError
        If it cannot be opened.
    """
    with Path(path).open("rb") as file:
        start = file.read(len(XZ))
    unpack = gzip.open if start.startswith(GZIP) else lzma.open if start == XZ else open
    try:
        with unpack(path, "rb") as file:
            return _HEADER.match(file.readline(_LONGEST_HEADER)) is not None
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error):
        return False


def bytes_of(source: Source) -> tuple[bytes, str]:
    """Give the unpacked bytes of a file, and what to call it."""
    if isinstance(source, str | os.PathLike):
        data = Path(source).read_bytes()
        name = str(source)
    elif not hasattr(source, "read"):
        raise RecordingError(f"expected a path or an open file, found {quote(source)}")
    else:
        content = source.read()
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        name = str(getattr(source, "name", "the file"))
    try:
        if data.startswith(GZIP):
            data = gzip.decompress(data)
        elif data.startswith(XZ):
            data = lzma.decompress(data)
    except (EOFError, OSError, lzma.LZMAError, zlib.error) as error:
        raise RecordingError(
            f"{name}: expected a whole packed file, found a damaged one ({error}): copy it again"
        ) from None
    if data.startswith(_BYTE_ORDER_MARKS):
        raise RecordingError(
            f"{name}: expected UTF-8 without a byte order mark, found one: "
            "an editor has rewritten the file; save it as plain UTF-8 with LF line ends"
        )
    return data, name


def parse(data: bytes, name: str) -> Recording:
    """Read the unpacked bytes of a recording that is called `name` in messages."""
    lines = data.split(b"\n")
    torn = lines.pop()
    problems = []
    if torn:
        problems.append(
            f"{name}: the last line was cut off after {len(torn)} bytes and is left out"
        )
    if any(line.endswith(b"\r") for line in lines):
        problems.append(f"{name}: lines end in CR LF: a program has rewritten the file")
    for problem in problems:
        log.warning("%s", problem)
    if not lines:
        raise RecordingError(f"expected a recording in {name}, found no complete line")
    try:
        header = Header.from_dict(object_of(lines[0]))
    except RecordingError as error:
        raise RecordingError(f"{name}, line 1: {error}") from None
    observations: list[Observation] = []
    complete = False
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = object_of(line)
            complete = "end" in row
            if not complete:
                observations.append(Observation.from_dict(row))
        except RecordingError as error:
            raise RecordingError(
                f"{name}, line {number}: {error}. 'depgraph verify' lists every fault"
            ) from None
    return Recording(header, tuple(observations), complete, tuple(problems))


def object_of(line: bytes) -> dict[str, Any]:
    """Read one line as a JSON object; RecordingError, in one line, if it is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # also numbers of more digits than Python reads
        reason = str(error).splitlines()[0][:100]
        raise RecordingError(f"expected a JSON object, found {quote(line)} ({reason})") from None
    if not isinstance(row, dict):
        raise RecordingError(f"expected a JSON object, found {quote(line)}")
    return row

"""Files of JSON Lines, packed or not, read one line at a time whatever stands in them."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from depgraph.errors import RecordingError
from depgraph.recording import Recording
from depgraph.text_safety import quote

Source = str | os.PathLike[str] | IO[bytes] | IO[str]
"""A path, or an open file."""

LONGEST = 64 * 2**20  # bytes of one line; what is longer is refused and stepped over
_BROKEN = "expected a whole packed file, found a damaged one"
_DAMAGED = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be read; the lines after it were.

    Parameters
    ----------
    number
        From 1.
    error
        What was expected and what was found, one line.
    """

    number: int
    error: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.error}"


def each(
    source: Source, read: Callable[[dict[str, Any]], Recording]
) -> Iterator[Recording | BadLine]:
    """Turn each line of a file into a recording, or into the reason why not."""
    for number, row in rows(source):
        if isinstance(row, BadLine):
            yield row
            continue
        try:
            yield read(row)
        except RecordingError as error:
            yield BadLine(number, str(error))


def rows(source: Source) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    """Give the number and the JSON object of each line that is not blank."""
    with opened(source) as file:
        number = 0
        try:
            while line := file.readline(LONGEST):
                number += 1
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")  # an editor's byte order mark
                if len(line) >= LONGEST and not line.endswith(b"\n"):
                    while (rest := file.readline(LONGEST)) and not rest.endswith(b"\n"):
                        pass
                    error = f"expected at most {LONGEST} bytes, found more"
                    yield number, BadLine(number, error)
                elif line.strip():
                    yield number, _row(line, number)
        except _DAMAGED as error:
            yield number + 1, BadLine(number + 1, f"{_BROKEN} ({error}): copy it again")


def _row(line: bytes, number: int) -> dict[str, Any] | BadLine:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0][:100]
        return BadLine(number, f"expected a JSON object, found {_start(line)} ({reason})")
    if not isinstance(row, dict):
        return BadLine(number, f"expected a JSON object, found {_start(line)}")
    return row


def _start(line: bytes) -> str:
    return quote(line[:240].decode("utf-8", "replace").rstrip("\r\n"))


@contextmanager
def opened(source: Source) -> Iterator[io.BufferedReader]:
    """Open a file for reading bytes, unpacked; a file that was open stays open.

    Raises
    ------
    RecordingError
        If it is packed and damaged, whoever reads it.
    """
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as raw, opened(raw) as file:
            yield file
        return
    if isinstance(source, io.TextIOBase):
        yield io.BufferedReader(_Encoded(cast("IO[str]", source)))
        return
    binary = cast("io.RawIOBase", source)
    file = binary if isinstance(binary, io.BufferedReader) else io.BufferedReader(binary)
    try:
        magic = file.peek(6)[:6]
        if magic.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield io.BufferedReader(cast("io.RawIOBase", unpacked))
        elif magic == b"\xfd7zXZ\x00":
            with lzma.LZMAFile(file) as unpacked_xz:
                yield io.BufferedReader(cast("io.RawIOBase", unpacked_xz))
        else:
            yield file
    except _DAMAGED as error:
        raise RecordingError(f"{_BROKEN} ({error}): copy it again") from None
    finally:
        if file is not binary:
            file.detach()


class _Encoded(io.RawIOBase):
    """The UTF-8 bytes of an open text file, without reading it whole."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = self._text.read(2**16).encode("utf-8", "replace")
        part = self._left[: len(buffer)]
        self._left = self._left[len(part) :]
        buffer[: len(part)] = part
        return len(part)

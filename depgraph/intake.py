"""Files from outside: the one door through which they come in, whoever wrote them.

Recordings, zone files, scans, tables, graphs and lists are strangers' files: they may be a pipe
that never ends, a packed megabyte that unpacks to a terabyte, a line without an end, or JSON that
nests a million deep. Each room that reads a file opens it with :func:`opened` (or takes it whole
with :func:`read_bytes`) and takes JSON apart with :func:`json_value`, so that the limits below hold
everywhere, and what does not keep them is refused in one line, as the error that the room raises.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import lzma
import math
import os
import re
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast

from depgraph.errors import DepgraphError
from depgraph.extras import missing
from depgraph.text_safety import quote

Source = str | os.PathLike[str] | IO[bytes] | IO[str]
"""A path, or an open file."""

LARGEST: Final = 1 << 30
"""Bytes that a file may unpack to where it is taken whole: a full routing table has some 30 million."""
FREE: Final = 16 << 20
"""Bytes to which any packed file may unpack, however small it is."""
RATIO: Final = 100
"""Unpacked bytes for a packed one, beyond :data:`FREE`. Scans and zones pack to a tenth or a
thirtieth; a file that packs to less has next to nothing in it."""
LONGEST: Final = 16 << 20
"""Bytes of one line."""
DOCUMENT: Final = 64 << 20
"""Bytes of one JSON document over several lines."""
DEEPEST: Final = 100
"""Levels of nested JSON. RDAP, the deepest form that is read, has a dozen."""

_PACKED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_ARCHIVES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
)
_DAMAGED: Final = (EOFError, OSError, ValueError, lzma.LZMAError, zlib.error)
_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    # That of UTF-32 begins as that of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED: Final = (
    (re.compile(rb"[\t\n\r -~]\0[\t\n\r -~]\0"), "utf-16-le"),
    (re.compile(rb"\0[\t\n\r -~]\0[\t\n\r -~]"), "utf-16-be"),
)
_PART: Final = 1 << 20
_PEEKED: Final = 6  # the longest of the magic numbers


@contextmanager
def opened(
    source: Source, *, error: type[DepgraphError], encoded: bool = True
) -> Iterator[io.BufferedReader]:
    """Open a file for reading bytes: unpacked, UTF-8, without a byte order mark.

    Parameters
    ----------
    source
        A path, or an open file, which stays open.
    error
        What is raised if the file cannot be taken.
    encoded
        Whether UTF-16, UTF-32 and a byte order mark are turned into plain UTF-8.

    Raises
    ------
    DepgraphError
        Of the class `error`, on opening or later on reading: the file is a folder, pipe or device,
        is packed and damaged, or unpacks to more than :data:`RATIO` times its size.
    OSError
        If it cannot be opened.
    """
    if isinstance(source, str | os.PathLike):
        require_file(source, error=error)
        with Path(source).open("rb") as raw, opened(raw, error=error, encoded=encoded) as file:
            yield file
        return
    if not hasattr(source, "read"):
        raise error(f"expected a path or an open file, found {quote(source)}")
    if isinstance(source, io.TextIOBase):
        yield io.BufferedReader(_Encoded(cast("IO[str]", source)))
        return
    binary = cast("io.RawIOBase", source)
    file = binary if isinstance(binary, io.BufferedReader) else io.BufferedReader(binary)
    try:
        plain = _unpacked(file, error)
        yield _as_utf8(plain) if encoded else plain
    finally:
        if file is not binary:
            file.detach()


def beginning(file: io.BufferedReader, size: int) -> bytes:
    """Return the first bytes of an open file: of one that is damaged further on, those before that.

    Raises
    ------
    DepgraphError
        If it is damaged from the first byte on.
    """
    found = b""
    try:
        while len(found) < size and (part := file.read1(size - len(found))):
            found += part
    except DepgraphError:
        if not found:
            raise
    return found


def read_bytes(
    source: Source, *, error: type[DepgraphError], encoded: bool = True, largest: int | None = None
) -> bytes:
    """Take a file whole, unpacked: see :func:`opened`.

    Raises
    ------
    DepgraphError
        Of the class `error`, also if it has more than `largest` bytes (None: :data:`LARGEST`).
    OSError
        If it cannot be opened.
    """
    most = LARGEST if largest is None else largest
    with opened(source, error=error, encoded=encoded) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise error(f"expected at most {most} bytes, found more")
    return content


def read_text(source: Source, *, error: type[DepgraphError]) -> str:
    """Take a text file whole; raises `error` also for what is no UTF-8."""
    try:
        return read_bytes(source, error=error).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise error(f"expected UTF-8 text, found otherwise: {fault}") from None


def require_file(path: str | os.PathLike[str], *, error: type[DepgraphError]) -> None:
    """Refuse what is no regular file, nor a link to one: a pipe or a device may never end.

    Raises
    ------
    DepgraphError
        Of the class `error`.
    OSError
        If there is nothing of that name.
    """
    mode = Path(path).stat().st_mode
    for of_kind, word in _KINDS:
        if of_kind(mode):
            raise error(f"expected a file, found {word}: {quote(os.fspath(path))}")


def packing(start: bytes) -> str:
    r"""Name how a file is packed that begins with these bytes; empty if it is not.

    >>> packing(b"\x1f\x8b\x08"), packing(b"{")
    ('gzip', '')
    """
    return next((word for magic, word in _PACKED if start.startswith(magic)), "")


def marked(start: bytes) -> bool:
    """Tell whether a file that begins with these bytes has a byte order mark."""
    return any(start.startswith(mark) for mark, _ in _MARKS)


# -- JSON -----------------------------------------------------------------------------------


def json_value(text: bytes | str) -> Any:
    """Read one JSON value, and nothing that readers of JSON disagree about.

    Raises
    ------
    ValueError
        If it is none, nests deeper than :data:`DEEPEST`, gives one key twice in one object, or has
        a number that is none (``NaN``, ``Infinity``, ``1e999``); with the reason, on one line.

    Examples
    --------
    >>> json_value('{"a": [1]}')
    {'a': [1]}
    >>> json_value('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ...
    ValueError: the key 'a' stands twice
    """
    try:
        value = _DECODER.decode(text if isinstance(text, str) else text.decode("utf-8"))
        _refuse_depth(value)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except RecursionError:
        raise ValueError(f"it nests deeper than {DEEPEST} levels") from None
    except ValueError as fault:  # also numbers of more digits than Python reads
        raise ValueError((str(fault).splitlines() or ["no JSON"])[0][:200]) from None
    return value


def json_object(line: bytes | str, *, error: type[DepgraphError]) -> dict[str, Any]:
    """Read a text as one JSON object; raises `error`, in one line, if it is none."""
    start = line[:240] if isinstance(line, str) else line[:240].decode("utf-8", "replace")
    try:
        row = json_value(line)
    except ValueError as fault:
        raise error(f"expected a JSON object, found {quote(start.rstrip())} ({fault})") from None
    if not isinstance(row, dict):
        raise error(f"expected a JSON object, found {quote(start.rstrip())}")
    return row


def json_values(text: str) -> Iterator[tuple[int, Any]]:
    """Read JSON values one after the other, each over as many lines as it takes.

    Yields
    ------
    The line on which each begins, from 1, and the value.

    Raises
    ------
    ValueError
        As :func:`json_value`.
    """
    place, number = _end_of_space(text, 0), 1
    number += text.count("\n", 0, place)
    while place < len(text):
        try:
            value, end = _DECODER.raw_decode(text, place)
        except RecursionError:
            raise ValueError(f"it nests deeper than {DEEPEST} levels") from None
        _refuse_depth(value)
        yield number, value
        after = _end_of_space(text, end)
        number += text.count("\n", place, after)
        place = after


_SPACE: Final = re.compile(r"[ \t\r\n,]*")


def _end_of_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise ValueError(f"the key {quote(twice)} stands twice")
    return row


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large a number")
    return number


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
)


def _refuse_depth(value: Any) -> None:
    level, below = 0, [value]
    while below := [
        part
        for one in below
        if isinstance(one, dict | list)
        for part in (one.values() if isinstance(one, dict) else one)
        if isinstance(part, dict | list)
    ]:
        level += 1
        if level >= DEEPEST:
            raise ValueError(f"it nests deeper than {DEEPEST} levels")


# -- what a file is packed and written in ---------------------------------------------------


def _unpacked(file: io.BufferedReader, error: type[DepgraphError]) -> io.BufferedReader:
    start = file.peek(_PEEKED)[:_PEEKED]
    for magic, word in _ARCHIVES:
        if start.startswith(magic):
            raise error(f"expected a file, or one packed alone, found {word}: unpack it")
    how = packing(start)
    if not how:
        return file
    return io.BufferedReader(_Unpacked(_unpacker(how, file, error), file, error))


def _unpacker(how: str, file: io.BufferedReader, error: type[DepgraphError]) -> Any:
    if how == "gzip":
        return gzip.GzipFile(fileobj=file)
    if how == "xz":
        return lzma.LZMAFile(file)
    if how == "bzip2":
        return bz2.BZ2File(file)
    try:
        import pyarrow as pa  # noqa: PLC0415  (optional; Python itself reads zstd from 3.14)
    except ImportError:
        raise error(
            f"{missing('pyarrow', 'unpacks zstd', 'arrow')}, or unpack the file first"
        ) from None
    return pa.CompressedInputStream(file, "zstd")


class _Unpacked(io.RawIOBase):
    """What a packed file holds, as long as that is no more than such a file honestly holds."""

    def __init__(self, inner: Any, packed: io.BufferedReader, error: type[DepgraphError]) -> None:
        self._inner = inner
        self._packed = packed
        self._error = error
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            # In parts: a bomb is seen before it fills memory, and of a file that is cut off all that
            # could be unpacked is given before the fault is met.
            part = self._inner.read1(min(len(buffer), _PART))
        except _DAMAGED as fault:
            raise self._error(
                f"expected a whole packed file, found a damaged one ({_first_line(fault)}): "
                "it was cut off or changed; copy it again"
            ) from None
        self._count += len(part)
        if self._count > FREE and self._count > RATIO * self._size():
            raise self._error(
                f"expected a packed file that unpacks to at most {RATIO} times its size, found more "
                f"after {self._count} bytes: if that is right, unpack it"
            )
        buffer[: len(part)] = part
        return len(part)

    def _size(self) -> int:
        """Give how many packed bytes have been read."""
        try:
            return self._packed.tell()
        except (OSError, ValueError):  # a pipe does not say
            return 0


def _first_line(fault: BaseException) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)[:120]


def _as_utf8(file: io.BufferedReader) -> io.BufferedReader:
    start = file.peek(_PEEKED)[:_PEEKED]
    encoding = next((word for mark, word in _MARKS if start.startswith(mark)), "")
    encoding = encoding or next((word for form, word in _UNMARKED if form.match(start)), "")
    if not encoding:
        return file
    return io.BufferedReader(_Encoded(cast("IO[str]", codecs.getreader(encoding)(file, "replace"))))


class _Encoded(io.RawIOBase):
    """The UTF-8 bytes of an open text, without reading it whole."""

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

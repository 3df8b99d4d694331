"""Files of JSON, packed or not, read one object at a time whatever stands in them.

One object a line is the common form, read in constant memory. A document over several lines (an
array of objects, objects one after the other) is taken whole.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from depgraph.errors import DepgraphError, RecordingError
from depgraph.intake import (
    DOCUMENT,
    LONGEST,
    Source,
    json_object,
    json_value,
    json_values,
    opened,
)
from depgraph.names import oddity
from depgraph.observations import Status
from depgraph.recording import Recording
from depgraph.text_safety import one_line, quote

MOST_VALUES = 5000
"""Values of one answer: a DNS message of 65,535 octets holds fewer records (RFC 1035, 4.2.2)."""
NUL = "expected text, found a NUL byte"
_HOPELESS = 1000  # lines none of which could be read, after which the rest is left
_KEYS = 12  # of a line, that are told
_BLANK = 100_000  # blank lines in a row


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be read; the lines after it were.

    Parameters
    ----------
    number
        From 1; 0: the whole file, or not known.
    error
        What was expected and what was found, one line.
    file
        The file, where several are read together.
    """

    number: int
    error: str
    file: str = ""

    def __str__(self) -> str:
        where = f"{one_line(self.file)}, " if self.file else ""
        line = f"line {self.number}: " if self.number else ""
        return f"{where}{line}{self.error}"


def among_keys(row: Iterable[str]) -> str:
    """Say among which keys something was looked for, as a line of another form has others.

    >>> among_keys({"host": "a.example", "mx": []}), among_keys({})
    ("none among the keys 'host', 'mx'", 'none')
    """
    keys = ", ".join(quote(key) for key in islice(row, _KEYS))
    return f"none among the keys {keys}" if keys else "none"


def each(
    source: Source, read: Callable[[dict[str, Any]], Recording]
) -> Iterator[Recording | BadLine]:
    """Turn each line of a file into a recording, or into the reason why not.

    After a recording come its records that do not read, each a bad line: the rest was read.
    """
    number = 0

    def numbered_rows() -> Iterator[BadLine | tuple[int, Callable[[], Recording]]]:
        nonlocal number
        for number, row in rows(source):
            yield row if isinstance(row, BadLine) else (number, partial(read, row))

    for entry in readable(numbered_rows()):
        yield entry
        if isinstance(entry, Recording):
            yield from unread_records(entry, number)


def unread_records(recording: Recording, number: int) -> Iterator[BadLine]:
    """Give the records of a line that do not read, each fault once."""
    yield from dict.fromkeys(
        BadLine(number, o.note or f"nothing reads of the {one_line(o.type)} of {quote(o.subject)}")
        for o in recording
        if o.status is Status.MALFORMED
    )


def readable(
    lines: Iterable[BadLine | tuple[int, Callable[[], Recording]]],
) -> Iterator[Recording | BadLine]:
    """Read each of several lines, whatever a reader raises.

    Parameters
    ----------
    lines
        What is wrong with a line; or its number, and what reads it.

    Yields
    ------
    The recording of a line, or what is wrong with it. Where none of the first thousand lines
    could be read the rest is left: the file is of another form.
    """
    good = False
    for count, line in enumerate(lines, start=1):
        entry = line if isinstance(line, BadLine) else attempt(*line)
        yield entry
        if isinstance(entry, Recording):
            good = True
        elif not good and count >= _HOPELESS:
            yield BadLine(
                entry.number + 1, f"none of {count} lines could be read: the rest is left"
            )
            return


def attempt(number: int, read: Callable[[], Recording]) -> Recording | BadLine:
    """Return what is read of a line; or what is wrong with it, whatever is raised."""
    try:
        recording = read()
        refuse_unfit(recording)
    except DepgraphError as error:
        return BadLine(number, str(error))
    except Exception as error:  # noqa: BLE001  (the line is a stranger's; the next one may be fine)
        fault = one_line(f"{type(error).__name__}: {error}", limit=200)
        return BadLine(number, f"expected a line as documented, found what does not read ({fault})")
    return recording


def refuse_unfit(recording: Recording) -> None:
    """Refuse names that can be none, and answers with more values than an answer can have.

    Raises
    ------
    RecordingError
        With the name, or the number.
    """
    for name in {recording.subject, *(o.subject for o in recording)}:
        if fault := oddity(name):
            raise RecordingError(f"expected a name, found {fault} in {quote(name)}")
    for o in recording:
        if len(o.values) > MOST_VALUES:
            raise RecordingError(
                f"expected at most {MOST_VALUES} values of {quote(o.subject)} {quote(o.type)}, "
                f"found {len(o.values)}: a DNS message cannot hold them"
            )


def rows(source: Source) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    """Give the number and the JSON object of each line that is not blank."""
    with opened(source, error=RecordingError) as file:
        lines = numbered(file)
        for number, line in lines:
            if isinstance(line, BadLine) or not line.lstrip().startswith((b"{", b"[")):
                yield number, _row(line, number)
                continue
            document = _document(line, file)
            if isinstance(document, bytes):
                yield from ((n, _row(one, n)) for n, one in _again(number, document, file, lines))
            else:
                for start, row in document:
                    place = number + start - 1
                    if isinstance(row, _CutOff):
                        fault = "expected a whole JSON document, found one that ends in the middle"
                        yield place, BadLine(place, fault)
                    else:
                        yield place, row if isinstance(row, dict) else _no_object(row, place)
                yield from ((n, _row(one, n)) for n, one in lines)
            return
        yield from ((n, _row(one, n)) for n, one in lines)


def numbered(file: io.BufferedReader) -> Iterator[tuple[int, bytes | BadLine]]:
    """Give the number and the bytes of each line that is not blank, none of them too long."""
    number = blank = 0
    try:
        while line := file.readline(LONGEST):
            number += 1
            if len(line) >= LONGEST and not line.endswith(b"\n"):
                while (rest := file.readline(LONGEST)) and not rest.endswith(b"\n"):
                    pass
                yield number, BadLine(number, f"expected at most {LONGEST} bytes, found more")
            elif line.strip():
                blank = 0
                yield number, line
            else:
                blank += 1
                if blank > _BLANK:
                    fault = f"expected records, found {blank} blank lines: the rest is left"
                    yield number, BadLine(number, fault)
                    return
    except RecordingError as error:
        yield number + 1, BadLine(number + 1, str(error))


def text_lines(source: Source) -> Iterator[tuple[int, str | BadLine]]:
    """Give the number and the text of each line that is not blank."""
    with opened(source, error=RecordingError) as file:
        for number, line in numbered(file):
            if isinstance(line, BadLine):
                yield number, line
            elif b"\0" in line:
                yield number, BadLine(number, NUL)
            else:
                yield number, line.decode("utf-8", "replace").rstrip()


def _document(line: bytes, file: io.BufferedReader) -> bytes | list[tuple[int, Any]]:
    """Read a document that begins with a line; the bytes that were looked at, if there is none.

    A line that is an object is one of many. Else the whole file is tried.
    """
    try:
        if isinstance(json_value(line), dict):
            return line
    except ValueError:
        pass
    try:
        whole = line + file.read(DOCUMENT)
    except RecordingError:  # damaged further on: line by line the good ones are read
        return line
    flat: list[tuple[int, Any]] = []
    try:
        text = whole.decode("utf-8")
        for number, value in json_values(text):
            several = value if isinstance(value, list) else [value]
            flat += ((number, one) for one in several)
    except json.JSONDecodeError as error:
        # A line feed ends no string, so that one without its end goes on to the end of the text.
        if error.pos < len(text.rstrip()) and not error.msg.startswith("Unterminated string"):
            return whole
        flat.append((1 + text.rstrip().count("\n"), _CutOff()))
    except ValueError:
        return whole
    return flat


class _CutOff:
    """The rest of a document that ends in the middle."""


def _again(
    number: int, whole: bytes, file: io.BufferedReader, lines: Iterator[tuple[int, bytes | BadLine]]
) -> Iterator[tuple[int, bytes | BadLine]]:
    """Give the lines of what was looked at, and those after it."""
    if not whole.endswith(b"\n"):
        whole += file.readline(LONGEST)
    parts = whole.count(b"\n", 0, -1)
    for place, line in numbered(io.BufferedReader(io.BytesIO(whole))):
        yield number + place - 1, line
    for place, line in lines:
        yield place + parts, line


def _row(line: bytes | BadLine, number: int) -> dict[str, Any] | BadLine:
    if isinstance(line, BadLine):
        return line
    try:
        return json_object(line, error=RecordingError)
    except RecordingError as error:
        return BadLine(number, str(error))


def _no_object(value: Any, number: int) -> BadLine:
    return BadLine(number, f"expected a JSON object, found {quote(value)}")

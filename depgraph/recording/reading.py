"""Reading recordings, and checking that nobody changed them."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from depgraph.errors import RecordingError
from depgraph.intake import Source, json_object, marked, opened, read_bytes
from depgraph.names import canonical, oddity
from depgraph.observations import Observation
from depgraph.parameters import checked
from depgraph.recording.model import Header, Recording
from depgraph.text_safety import one_line, quote

log = logging.getLogger(__name__)

_HEADER = re.compile(rb'(\xef\xbb\xbf)?\s*\{.*"depgraph"\s*:\s*"recording"')
_LONGEST_HEADER = 1 << 16
_MOST_FAULTS = 1000  # listed of one file
_MADE_OF_CHANGED = "line 1: was written from a recording that somebody had changed"
_UNENDED = (
    "line {}: expected the line that ends a recording, with its checksum, found the end of the file: "
    "its collection goes on or was interrupted, or somebody cut the end off; whether lines are "
    "missing or were changed cannot be told"
)


def read(source: Source) -> Recording:
    """Read a recording from a file, by its path or as it is open; packed ones too.

    A last line cut off by a kill is left out, said in the log and kept in
    :attr:`Recording.problems`; anything else that does not read is an error. One whose checksum
    is not that of its lines is read as it is, and :attr:`Recording.changed`; so is one that was
    written from it.

    Raises
    ------
    RecordingError
        If the file is not a recording, or a line other than the last is damaged.
    OSError
        If it cannot be opened.
    """
    return parse(*bytes_of(source))


@checked(RecordingError)
def verify(source: Source, *, unfinished: bool = False) -> list[str]:
    """List every fault of a recording file, one line each; an empty list means it is whole.

    Checked: the header, each line, the count and the SHA-256 of each ``end`` line, and that one
    ends the file. What stands after the last ``end`` line is covered by no checksum; there only
    damage that breaks a line is seen.

    Parameters
    ----------
    source
        The file: by its path, or as it is open.
    unfinished
        Whether it is no fault that no ``end`` line ends it, as of a collection that goes on or
        was interrupted.

    Raises
    ------
    RecordingError
        If `unfinished` is neither True nor False.
    """
    try:
        data, _ = bytes_of(source)
    except RecordingError as error:
        return [str(error)]
    faults: list[str] = []
    digest = hashlib.sha256()
    count = 0
    lines, torn = split(data)
    if marked(data):
        faults.append("line 1: begins with a byte order mark: a program has rewritten the file")
    if carriage := data.count(b"\r\n"):
        faults.append(f"{carriage} lines end in CR LF: a program has rewritten the file")
    number, ended = 0, False
    for number, line in enumerate(lines, start=1):
        if len(faults) > _MOST_FAULTS:
            return [*faults, f"line {number}: and more, which are not listed"]
        try:
            row = json_object(line, error=RecordingError)
            ended = number > 1 and "end" in row
            if number == 1:
                if Header.from_dict(row).changed:
                    faults.append(_MADE_OF_CHANGED)
            elif ended:
                wrong = _check_end(row, count, digest.hexdigest())
                faults += [f"line {number}: {fault}" for fault in wrong]
            else:
                _observation(row)
                count += 1
        except RecordingError as error:
            faults.append(f"line {number}: {error}")
        digest.update(line + b"\n")
    if torn:
        faults.append(
            f"line {number + 1}: cut off after {len(torn)} bytes; "
            "the next 'observe --resume' steps over it"
        )
    if not data:
        faults.append("line 1: expected a recording, found an empty file")
    elif not (ended or torn or unfinished):
        faults.append(_UNENDED.format(number + 1))
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
    try:
        with opened(path, error=RecordingError) as file:
            return _HEADER.match(file.readline(_LONGEST_HEADER)) is not None
    except RecordingError:
        return False


def bytes_of(source: Source) -> tuple[bytes, str]:
    """Give the unpacked bytes of a file, as they stand there, and what to call it.

    Raises
    ------
    RecordingError
        If the file cannot be taken: see :func:`depgraph.intake.opened`.
    OSError
        If it cannot be opened.
    """
    if isinstance(source, str | os.PathLike):
        name = os.fspath(source)
    elif hasattr(source, "read"):
        name = str(getattr(source, "name", "the file"))
    else:
        name = ""  # it is no file, which has no name to give
    name = one_line(name)
    try:
        return read_bytes(source, error=RecordingError, encoded=False), name
    except RecordingError as error:
        raise RecordingError(f"{name}: {error}" if name else str(error)) from None


def parse(data: bytes, name: str) -> Recording:
    """Read the unpacked bytes of a recording that is called `name` in messages."""
    problems = []
    plain = read_bytes(io.BytesIO(data), error=RecordingError)
    if plain != data:
        problems.append(f"{name}: a program has rewritten the file in another encoding")
    lines, torn = split(plain)
    if torn:
        problems.append(
            f"{name}: the last line was cut off after {len(torn)} bytes and is left out"
        )
    if b"\r\n" in plain:
        problems.append(f"{name}: lines end in CR LF: a program has rewritten the file")
    for problem in problems:
        log.warning("%s", problem)
    header: Header | None = None
    observations: list[Observation] = []
    complete = False
    wrong: list[str] = []
    digest = hashlib.sha256()
    for number, line in enumerate(lines, start=1):
        try:
            row = json_object(line, error=RecordingError)
            if header is None:
                header = Header.from_dict(row)
            elif complete := "end" in row:
                wrong += _check_end(row, len(observations), digest.hexdigest())
            else:
                observations.append(_observation(row))
        except RecordingError as error:
            if number == 1:
                raise RecordingError(f"{name}, line 1: {error}") from None
            raise RecordingError(
                f"{name}, line {number}: {error}. 'depgraph verify' lists every fault"
            ) from None
        digest.update(line.removesuffix(b"\r") + b"\n")
    if header is None:
        raise RecordingError(f"expected a recording in {name}, found no complete line")
    for fault in wrong:
        log.warning("%s: %s", name, fault)
    problems += [f"{name}: {fault}" for fault in wrong]
    header = replace(header, changed=header.changed or bool(wrong))
    found = Recording(header, tuple(observations), complete, tuple(problems))
    return found.hashed(hashlib.sha256(data).hexdigest())


def _observation(row: dict[str, Any]) -> Observation:
    observation = Observation.from_dict(row)
    if fault := oddity(observation.subject):
        raise RecordingError(
            f"expected a name for 'subject', found {fault}: {quote(observation.subject)}"
        )
    if observation.subject.isascii():
        return observation
    return replace(observation, subject=canonical(observation.subject))  # written by hand


def split(data: bytes) -> tuple[Iterator[bytes], bytes]:
    """Give the whole lines of a file one by one, and the piece of a line that ends it, if any.

    A megabyte of packed line ends is not turned into as many lines at once.
    """
    end = data.rfind(b"\n") + 1

    def lines() -> Iterator[bytes]:
        start = 0
        while start < end:
            stop = data.index(b"\n", start)
            yield data[start:stop]
            start = stop + 1

    return lines(), data[end:]

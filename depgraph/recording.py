"""Recordings: files of observations, one JSON object a line.

The first line is the header. Every further line is an observation, or an ``end`` line which
says that a collection came to its end, how many observations it had, and the SHA-256 of all
bytes before it. Files only ever grow: a kill at any byte loses at most the line being
written, and whoever opens the file next says so and goes on.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from depgraph.errors import RecordingError
from depgraph.observations import Observation

log = logging.getLogger(__name__)

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a recording is about, and which days it stands for.

    Parameters
    ----------
    subject
        The service: a canonical name.
    since, until
        First and last day (UTC) that the recording stands for. A fact of another day is
        "last known". None: the days of its own observations.
    title, source, licence
        For readers: what this is, where it comes from, what may be done with it.
    vantage
        From where it was made.
    """

    subject: str
    since: date | None = None
    until: date | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    vantage: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form of the header line."""
        row: dict[str, Any] = {"depgraph": "recording", "format": FORMAT, "subject": self.subject}
        for key in ("since", "until"):
            if (day := getattr(self, key)) is not None:
                row[key] = day.isoformat()
        return row | {
            key: getattr(self, key)
            for key in ("title", "source", "licence", "vantage")
            if getattr(self, key)
        }

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Header:
        """Read the header line; raises RecordingError if it is not one."""
        if row.get("depgraph") != "recording":
            raise RecordingError(
                'expected a recording, whose first line says {"depgraph": "recording", ...}, '
                f"found {json.dumps(row)[:80]}"
            )
        if row.get("format") != FORMAT:
            raise RecordingError(
                f"expected recording format {FORMAT}, found {row.get('format')!r}: "
                "a newer depgraph may read it"
            )
        known = {"subject", "since", "until", "title", "source", "licence", "vantage"}
        extra = sorted(set(row) - known - {"depgraph", "format"})
        if extra or not isinstance(row.get("subject"), str):
            raise RecordingError(
                f"expected a header with a subject and only known fields, found {json.dumps(row)[:80]}"
            )
        data = {key: value for key, value in row.items() if key in known}
        try:
            for key in ("since", "until"):
                if key in data:
                    data[key] = date.fromisoformat(data[key])
        except (TypeError, ValueError) as error:
            raise RecordingError(f"expected a day such as 2021-02-15 in the header: {error}") from None
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Recording:
    """A header, the observations under it, and what was wrong with the file, if anything.

    `complete` tells whether a collection ended by itself (or the file was written whole).
    """

    header: Header
    observations: tuple[Observation, ...]
    complete: bool = True
    problems: tuple[str, ...] = field(default=(), compare=False)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    def __repr__(self) -> str:
        first, last = self.days
        days = f"{first}" if first == last else f"{first} to {last}"
        state = "" if self.complete else ", incomplete"
        return f"<Recording of {self.subject}, {days}: {len(self)} observations{state}>"

    @property
    def subject(self) -> str:
        """The service this recording is about."""
        return self.header.subject

    @property
    def days(self) -> tuple[date, date]:
        """First and last day (UTC) that the recording stands for."""
        times = [o.time for o in self.observations] + [o.end for o in self.observations]
        fallback = datetime(1970, 1, 1, tzinfo=UTC)
        return (
            self.header.since or min(times, default=fallback).date(),
            self.header.until or max(times, default=fallback).date(),
        )


def read(path: str | os.PathLike[str]) -> Recording:
    """Read a recording from a file.

    A last line cut off by a kill is left out, said in the log and kept in
    :attr:`Recording.problems`; anything else that does not read is an error.

    Raises
    ------
    RecordingError
        If the file is not a recording, or a line other than the last is damaged.
    OSError
        If it cannot be opened.
    """
    return _parse(Path(path).read_bytes(), str(path))


def _parse(data: bytes, name: str) -> Recording:
    whole, _, torn = data.rpartition(b"\n")
    problems = []
    if torn:
        problems.append(f"{name}: the last line was cut off after {len(torn)} bytes and is left out")
        log.warning("%s", problems[-1])
    lines = whole.split(b"\n") if whole else []
    if not lines:
        raise RecordingError(f"expected a recording in {name}, found no complete line")
    try:
        header = Header.from_dict(_object(lines[0]))
    except RecordingError as error:
        raise RecordingError(f"{name}, line 1: {error}") from None
    observations: list[Observation] = []
    complete = False
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = _object(line)
            complete = "end" in row
            if not complete:
                observations.append(Observation.from_dict(row))
        except RecordingError as error:
            raise RecordingError(
                f"{name}, line {number}: {error}. 'depgraph verify' lists every fault"
            ) from None
    return Recording(header, tuple(observations), complete, tuple(problems))


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise RecordingError(f"expected a JSON object, found {line[:60]!r} ({error})") from None
    if not isinstance(row, dict):
        raise RecordingError(f"expected a JSON object, found {line[:60]!r}")
    return row


def verify(path: str | os.PathLike[str]) -> list[str]:
    """List every fault of a recording file, one line each; an empty list means it is whole.

    Checked: the header, each line, the count and the SHA-256 of each ``end`` line.
    """
    data = Path(path).read_bytes()
    faults: list[str] = []
    digest = hashlib.sha256()
    count = 0
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        where = f"line {number}"
        if not line.endswith(b"\n"):
            faults.append(f"{where}: cut off after {len(line)} bytes; the next 'observe --resume' steps over it")
            break
        try:
            row = _object(line)
            if number == 1:
                Header.from_dict(row)
            elif "end" in row:
                faults += [f"{where}: {fault}" for fault in _check_end(row, count, digest.hexdigest())]
            else:
                Observation.from_dict(row)
                count += 1
        except RecordingError as error:
            faults.append(f"{where}: {error}")
        digest.update(line)
    if not data:
        faults.append("line 1: expected a recording, found an empty file")
    return faults


def _check_end(row: dict[str, Any], count: int, digest: str) -> Iterator[str]:
    end = row["end"] if isinstance(row["end"], dict) else {}
    if end.get("observations") != count:
        yield f"expected {end.get('observations')} observations, found {count}: lines were added or lost"
    if end.get("sha256") != digest:
        yield f"expected SHA-256 {end.get('sha256')}, found {digest}: the lines before it were changed"


def write(recording: Recording, path: str | os.PathLike[str]) -> None:
    """Write a whole recording: to a temporary file beside it, then moved into place."""
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with Journal(temporary, recording.header) as journal:
            for observation in recording:
                journal.append(observation)
            if recording.complete:
                journal.finish()
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def merge(recordings: Iterable[Recording]) -> Recording:
    """Join recordings of one service, made at several places or times, into one.

    Equal observations stand once; the order is that of time. The days are the union.

    Raises
    ------
    RecordingError
        If there is none, or they are of different services.
    """
    parts = list(recordings)
    subjects = sorted({part.subject for part in parts})
    if len(subjects) != 1:
        raise RecordingError(
            f"expected recordings of one service, found {', '.join(subjects) or 'none'}: merge those of one name"
        )
    seen = dict.fromkeys(observation for part in parts for observation in part)
    ordered = sorted(seen, key=lambda o: (o.time, *o.question, o.section, o.values))
    vantages = dict.fromkeys(part.header.vantage for part in parts if part.header.vantage)
    first = parts[0].header
    header = replace(
        first,
        since=min(part.days[0] for part in parts),
        until=max(part.days[1] for part in parts),
        vantage=", ".join(vantages),
    )
    return Recording(
        header,
        tuple(ordered),
        all(part.complete for part in parts),
        tuple(problem for part in parts for problem in part.problems),
    )


class Journal:
    """A recording that is being written: append-only, one process at a time.

    Opening an existing file steps over a last line that was cut off. Each observation is one
    write of one whole line, in the operating system's hands before `append` returns.

    Raises
    ------
    RecordingError
        If the file is of another service, is damaged, or another process is writing it.
    """

    def __init__(self, path: str | os.PathLike[str], header: Header) -> None:
        self.path = Path(path)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _CLOEXEC, 0o644)
        try:
            _lock(self._file, self.path)
            self.recording = self._open(header)
        except BaseException:
            os.close(self._file)
            raise

    def _open(self, header: Header) -> Recording:
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            os.ftruncate(self._file, len(whole))
        self._digest = hashlib.sha256(whole)
        self._count = 0
        if not whole:
            self._write(header.to_dict())
            return Recording(header, (), complete=False)
        found = _parse(data, str(self.path))
        if found.subject != header.subject:
            raise RecordingError(
                f"expected a recording of {header.subject} in {self.path}, found one of {found.subject}: "
                "give another file"
            )
        self._count = len(found)
        return found

    def append(self, observation: Observation) -> None:
        """Write one observation."""
        self._write(observation.to_dict())
        self._count += 1

    def finish(self) -> None:
        """Write the line that says the collection came to its end."""
        end = {"observations": self._count, "sha256": self._digest.hexdigest()}
        self._write({"end": end})

    def _write(self, row: dict[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        line += b"\n"
        view = memoryview(line)
        while view:
            view = view[os.write(self._file, view) :]
        self._digest.update(line)

    def close(self) -> None:
        """Close the file; nothing is lost that was appended."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_CLOEXEC = getattr(os, "O_CLOEXEC", 0)


def _lock(file: int, path: Path) -> None:
    """Refuse a second writer; where the system has no such lock, go without."""
    with contextlib.suppress(ImportError):
        import fcntl  # noqa: PLC0415  (absent on Windows)

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RecordingError(
                f"expected to be the only writer of {path}, found another process writing it: "
                "wait for it, or give another file"
            ) from None

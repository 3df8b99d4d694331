"""Writing recordings: one whole line at a time, or a whole file at once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from depgraph.atomic import lock, replacing
from depgraph.errors import RecordingError
from depgraph.intake import marked, packing, require_file
from depgraph.observations import Observation
from depgraph.parameters import checked
from depgraph.recording.model import Header, Recording
from depgraph.recording.reading import bytes_of, is_recording, parse, read
from depgraph.text_safety import quote

log = logging.getLogger(__name__)

_START = b'{"depgraph":"recording"'  # how every header line begins that we write
_END = b'{"end":'
_OWN = ("subject", "values")
_ALIKE = attrgetter(*(one.name for one in fields(Observation) if one.name not in _OWN))
_AT_ONCE = 1000  # rows, so that few are held in two forms
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring  # a text as that writes it
_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_APPEND
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)  # Windows would write CR LF
)


@checked(RecordingError)
def write(recording: Recording, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Write a whole recording, which takes the place of what was at `path` only when it is whole.

    Parameters
    ----------
    recording
        What to write.
    path
        Where to. A recording that stands there is replaced if it has nothing that this one
        lacks.
    overwrite
        Replace any other recording too.

    Raises
    ------
    RecordingError
        If it cannot be written, or another recording stands there; what was at `path` before
        is untouched then.
    """
    if not isinstance(recording, Recording):
        raise RecordingError(f"expected a recording to write, found {quote(recording)}")
    if not overwrite:
        _keep_another(Path(path), recording)
    try:
        with replacing(path, durable=True) as temporary:
            _fill(temporary, recording, name=os.fspath(path))
    except OSError as error:
        raise _unwritable(Path(path), error) from None


def _keep_another(path: Path, recording: Recording) -> None:
    """Refuse to write over a recording that has observations of its own."""
    if not path.is_file() or not is_recording(path):
        return
    try:
        lost = len(set(read(path)) - set(recording))
    except RecordingError:
        found = "one that is damaged"
    else:
        found = f"one with {lost} observations that this one lacks"
        if not lost:
            return
    raise RecordingError(
        f"expected no other recording in {path}, found {found}: "
        "give another file, merge the two, or say overwrite=True"
    )


def _fill(temporary: Path, recording: Recording, *, name: str) -> None:
    """Write a recording into a new file; errors are said of the file called `name`."""
    try:
        with Journal(temporary, recording.header) as journal:
            for observation in recording:
                journal.append(observation)
            if recording.complete:
                journal.finish()
    except RecordingError as error:
        raise RecordingError(str(error).replace(str(temporary), name)) from None


def to_bytes(recording: Recording) -> bytes:
    """Return a recording as it stands in a file that :func:`write` makes."""
    several = recording.observations
    parts = (several[start : start + _AT_ONCE] for start in range(0, len(several), _AT_ONCE))
    data = b"".join([_line(recording.header.to_dict()), *map(_lines, parts)])
    if not recording.complete:
        return data
    return data + _line(_end(len(recording), hashlib.sha256(data).hexdigest()))


def _lines(several: Iterable[Observation]) -> bytes:
    """Return the lines of some observations, each as :meth:`Observation.to_dict` has it.

    Many differ in subject and values alone: the rest of such is written once.
    """
    forms: dict[object, tuple[str, str]] = {}
    lines = []
    for one in several:
        alike = _ALIKE(one)
        if alike not in forms:
            row = one.to_dict()
            kind = {key: row.pop(key) for key in ("type", "status")}
            rest = {key: value for key, value in row.items() if key not in _OWN}
            forms[alike] = _written(kind)[1:-1], _written(rest)[1:]
        kinds, others = forms[alike]
        values = f'"values":[{",".join(map(_quoted, one.values))}],' if one.values else ""
        lines.append(f'{{"subject":{_quoted(one.subject)},{kinds},{values}{others}\n')
    return "".join(lines).encode("utf-8", "replace")


def _line(row: dict[str, Any]) -> bytes:
    return _written(row).encode("utf-8", "replace") + b"\n"


def _end(count: int, digest: str) -> dict[str, Any]:
    """Return the row that says a collection came to its end."""
    return {"end": {"observations": count, "sha256": digest}}


class Journal:
    """A recording that is being written: append-only, one process at a time.

    Opening an existing file steps over a last line that was cut off, and says so in the log
    and in ``journal.recording.problems``. Each observation is one write of one whole line, in
    the operating system's hands before `append` returns. If a write fails (disk full) the
    piece of a line is taken back, so that the file stays a recording.

    Raises
    ------
    RecordingError
        If the file cannot be written, is of another service, is damaged, or another process
        is writing it.
    """

    def __init__(self, path: str | os.PathLike[str], header: Header) -> None:
        self.path = Path(path)
        self._size = 0
        self._count = 0
        self._digest = hashlib.sha256()
        self._ended = False
        try:
            self._file = os.open(self.path, _FLAGS, 0o644)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        try:
            require_file(self.path, error=RecordingError)
            _lock(self._file, self.path)
            self.recording = self._open(header)
        except BaseException:
            self.close()
            raise

    def _open(self, header: Header) -> Recording:
        data = self._load()
        if not data:
            self._write(header.to_dict())
            return Recording(header, (), complete=False)
        if packing(data) or marked(data):
            raise RecordingError(
                f"expected a plain recording to go on with in {self.path}, found a "
                f"{'packed one: unpack it' if packing(data) else 'file of another encoding: save it as UTF-8'} first"
            )
        if b"\n" in data or not (_START.startswith(data) or data.startswith(_START)):
            found = parse(*bytes_of(self.path))
        else:  # killed while the header was written: begin again
            problem = (
                f"{self.path}: the header was cut off after {len(data)} bytes and is written anew"
            )
            log.warning("%s", problem)
            found = Recording(header, (), complete=False, problems=(problem,))
        if found.subject != header.subject:
            raise RecordingError(
                f"expected a recording of {header.subject} in {self.path}, found one of "
                f"{found.subject}: give another file"
            )
        self._step_back_to(data.rfind(b"\n") + 1)
        if not self._size:
            self._write(header.to_dict())
        self._count = len(found)
        return found

    def append(self, observation: Observation) -> None:
        """Write one observation.

        Raises
        ------
        RecordingError
            If it cannot be written (disk full); what was written before is kept.
        """
        self._write(observation.to_dict())
        self._count += 1

    def finish(self) -> None:
        """Write the line that says the collection came to its end, unless it stands there."""
        # Ctrl-C may fall between a write and its bookkeeping: then the file itself is asked.
        if os.fstat(self._file).st_size != self._size:
            data = self._load()
            self._step_back_to(data.rfind(b"\n") + 1)
        if self._ended:
            return
        self._write(_end(self._count, self._digest.hexdigest()))
        self._ended = True

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it is now."""
        return self._digest.hexdigest()

    def _load(self) -> bytes:
        """Read the file as it is, and set the books after it."""
        data = self.path.read_bytes()
        rows = data.split(b"\n")[1:-1]
        self._size = len(data)
        self._digest = hashlib.sha256(data)
        self._count = sum(not row.startswith(_END) for row in rows)
        self._ended = bool(rows) and rows[-1].startswith(_END)
        return data

    def _step_back_to(self, size: int) -> None:
        if size < self._size:
            os.ftruncate(self._file, size)
            self._load()

    def _write(self, row: dict[str, Any]) -> None:
        line = _line(row)
        view = memoryview(line)
        try:
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise _unwritable(self.path, error) from None
        self._size += len(line)
        self._digest.update(line)
        self._ended = False

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


def _unwritable(path: Path, error: OSError) -> RecordingError:
    return RecordingError(
        f"expected to write {path}, found: {error.strerror or error}. "
        "What was written before is kept; free space or give another file"
    )


def _lock(file: int, path: Path) -> None:
    """Refuse a second writer; where the system has no such lock, go without."""
    try:
        lock(file)
    except BlockingIOError:
        raise RecordingError(
            f"expected to be the only writer of {path}, found another process writing it: "
            "wait for it, or give another file"
        ) from None
    except OSError as error:  # a network file system without locks
        log.warning("%s: no lock against a second writer (%s)", path, error)

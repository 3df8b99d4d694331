"""A world: the observations of many services in one columnar file, read where it lies.

Rows are those of :mod:`depgraph.readers.table`, sorted by the labels of their subject from the
root on, so that all that is known of a name, and of the names below it, stands together. The file
is mapped into memory, not read: finding a name is a search by halves, and only the rows of names
that a service leads to are decoded. Processes that read one world share its pages.

::

    DGWORLD1 | Arrow stream of the rows | Arrow stream of the services | trailer

The trailer has the lengths of the two streams (two numbers of 64 bits, little endian) and the
SHA-256 of all before it. A recording stays the form for audit: a world is made of recordings, and
gives back that of one service; neither becomes the other by itself.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from depgraph.atomic import replacing
from depgraph.errors import RecordingError, TableError
from depgraph.intake import require_file
from depgraph.names import parents
from depgraph.observations import Observation
from depgraph.readers import table
from depgraph.recording import Header, Recording
from depgraph.text_safety import quote

MAGIC: Final = b"DGWORLD1"
_TRAILER: Final = struct.Struct("<QQ32s")
_PART: Final = 1 << 20  # bytes hashed at a time
_REMEMBERED: Final = 20_000  # names whose observations are kept decoded
_PASSES: Final = 64  # of following what was found; a chain of aliases has 16 at most
_WORD: Final = re.compile(r"[\s:=,;\"/]+")
_NUMBER: Final = re.compile(r"asn ([0-9]{1,10})")


def write_world(recordings: Iterable[Recording], path: str | os.PathLike[str]) -> int:
    """Write recordings as one world, and return the number of its rows.

    Equal observations stand once. The file appears whole or not at all.

    Parameters
    ----------
    recordings
        Those of one service need not stand together.
    path
        The file; by custom ``.world``.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    pa = table.arrow()
    rows: dict[Observation, str] = {}
    headers: dict[str, tuple[Header, bool]] = {}
    for recording in recordings:
        service = recording.subject
        before, whole = headers.get(service, (None, True))
        header = recording.header if before is None else _wider(before, recording)
        headers[service] = (_dated(header, recording), whole and recording.complete)
        for o in recording:
            rows.setdefault(o, service)
    ordered = sorted(rows, key=lambda o: (_key(o.subject), o.type, o.time))
    whole_table = table.to_table(ordered)
    kept = [name for name in whole_table.schema.names if name not in {"header", "complete"}]
    keys = pa.array([_key(o.subject) for o in ordered], type=pa.large_string())
    content = whole_table.select(kept).append_column("key", keys).combine_chunks()
    names = sorted(headers, key=_key)
    services = pa.table(
        {
            "key": pa.array(map(_key, names), type=pa.large_string()),
            "name": pa.array(names, type=pa.large_string()),
            "header": [
                json.dumps(headers[name][0].to_dict(), ensure_ascii=False) for name in names
            ],
            "complete": [headers[name][1] for name in names],
        }
    )
    with replacing(path) as temporary, temporary.open("wb") as file:
        digest = hashlib.sha256()

        def put(part: Any) -> int:
            file.write(part)
            digest.update(part)
            return len(part)

        put(MAGIC)
        lengths = [put(_stream(pa, part)) for part in (content, services)]
        file.write(_TRAILER.pack(*lengths, digest.digest()))
    return len(ordered)


def _stream(pa: Any, part: Any) -> Any:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, part.schema) as writer:
        for batch in part.combine_chunks().to_batches():
            writer.write_batch(batch)
    return sink.getvalue()


def _dated(header: Header, recording: Recording) -> Header:
    since, until = recording.days
    data = {key: getattr(header, key) for key in header.__dataclass_fields__}
    return Header(**{**data, "since": header.since or since, "until": header.until or until})


def _wider(before: Header, recording: Recording) -> Header:
    """Return the header of several recordings of one service: the days of all."""
    since, until = recording.days
    data = {key: getattr(before, key) for key in before.__dataclass_fields__}
    data["since"] = min(before.since or since, since)
    data["until"] = max(before.until or until, until)
    data["hosts"] = tuple(sorted({*before.hosts, *recording.header.hosts}))
    return Header(**data)


def _key(subject: str) -> str:
    """Return the labels of a name from the root on; a space sorts before all that is in one.

    >>> _key("www.example.org"), _key("192.0.2.1")
    ('org example www', '1 2 0 192')
    """
    return " ".join(reversed(subject.rstrip(".").lower().split(".")))


class World:
    """A world that is open.

    Parameters
    ----------
    path
        The file. It is mapped, and has to stay as it is while it is used.

    Raises
    ------
    RecordingError
        If it is no world, or one that is cut off.
    TableError
        If pyarrow is not installed.
    OSError
        If it cannot be opened.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        require_file(self.path, error=RecordingError)
        with self.path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise RecordingError(f"expected a world, found an empty file: {path}") from None
        first, second, _ = _lengths(self._map, self.path)
        pa = table.arrow()
        whole = pa.py_buffer(self._map)
        start = len(MAGIC)
        try:
            self._rows = _batch(pa, whole.slice(start, first))
            self._services = _batch(pa, whole.slice(start + first, second))
            self._keys = _Texts(self._rows.column("key"))
            self._service_keys = _Texts(self._services.column("key"))
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
            raise RecordingError(f"expected a world, found {quote(error)}") from None
        self._columns = [n for n in self._rows.schema.names if n not in {"key", "recording"}]
        self._of: Callable[[str], tuple[Observation, ...]] = lru_cache(_REMEMBERED)(self._decoded)

    def __reduce__(self) -> tuple[Any, ...]:
        return World, (self.path,)

    def __repr__(self) -> str:
        return f"<World of {len(self._services)} services, {len(self._rows)} observations>"

    @property
    def names(self) -> Sequence[str]:
        """The services."""
        found: list[str] = self._services.column("name").to_pylist()
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._service_keys.find(_key(name)) is not None

    def observations(self, subject: str) -> tuple[Observation, ...]:
        """Return what is recorded of a name, an address or an AS, of whatever service."""
        return self._of(_key(subject))

    def below(self, name: str) -> Iterator[str]:
        """Yield the subjects below a name."""
        start = f"{_key(name)} "
        place = self._keys.first(start)
        before = ""
        while place < len(self._keys) and (key := self._keys[place]).startswith(start):
            if key != before:
                yield ".".join(reversed(key.split(" ")))
            before = key
            place += 1

    def recording(self, name: str) -> Recording:
        """Return all that belongs to a service: what its name leads to, step by step.

        Raises
        ------
        RecordingError
            If the world has no such service.
        """
        place = self._service_keys.find(_key(name))
        if place is None:
            raise RecordingError(f"expected a service of {self.path}, found none called {name!a}")
        row = {key: self._services.column(key)[place].as_py() for key in ("header", "complete")}
        waiting = [name, *self.below(name), *parents(name)[1:]]
        met: dict[str, None] = {}
        found: dict[Observation, None] = {}
        for _ in range(_PASSES):
            new = [one for one in dict.fromkeys(waiting) if one not in met]
            if not new:
                break
            waiting = []
            for one in new:
                met[one] = None
                for o in self.observations(one):
                    if o not in found:
                        found[o] = None
                        waiting += _mentioned(o)
        header = Header.from_dict(json.loads(row["header"]))
        return Recording(header, tuple(found), row["complete"])

    def _decoded(self, key: str) -> tuple[Observation, ...]:
        first = self._keys.find(key)
        if first is None:
            return ()
        last = first
        while last < len(self._keys) and self._keys[last] == key:
            last += 1
        part = self._rows.slice(first, last - first)
        columns = [part.column(name).to_pylist() for name in self._columns]
        return tuple(
            table.observation(dict(zip(self._columns, cells, strict=True)))
            for cells in zip(*columns, strict=True)
        )


def _mentioned(o: Observation) -> Iterator[str]:
    """Yield whatever may be a subject in what an observation says, and the zones above it."""
    yield from parents(o.zone) if o.zone else ()
    yield from parents(o.server_name) if o.server_name else ()
    for value in o.values:
        if match := _NUMBER.fullmatch(value):
            yield f"AS{match[1]}"
        for word in (*value.split(), *_WORD.split(value)):
            text = word.rstrip(".").lower()
            if "." in text or ":" in text:
                yield from parents(text) if not text[-1:].isdigit() else (text,)
                if text[-1:].isdigit() and text.count(".") == 3:
                    yield ".".join(reversed(text.split("."))) + ".in-addr.arpa"


class _Texts:
    """Sorted texts where they lie, found by halves."""

    def __init__(self, array: Any) -> None:
        _, offsets, data = array.buffers()
        self._offsets = memoryview(offsets).cast("q")[array.offset :]
        self._data = memoryview(data) if data is not None else memoryview(b"")
        self._count = len(array)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> str:
        return bytes(self._data[self._offsets[place] : self._offsets[place + 1]]).decode()

    def first(self, text: str) -> int:
        """Return the place of the first that is not less than a text."""
        return bisect_left(range(self._count), text, key=self.__getitem__)

    def find(self, text: str) -> int | None:
        """Return the place of the first that is a text; None if none is."""
        place = self.first(text)
        return place if place < self._count and self[place] == text else None


def _batch(pa: Any, stream: Any) -> Any:
    """Return the one batch of a stream, without a copy."""
    with pa.ipc.open_stream(pa.BufferReader(stream)) as reader:
        batches = list(reader)
        if batches:
            return batches[0]
        return pa.RecordBatch.from_pylist([], schema=reader.schema)


def _lengths(content: Any, path: Path) -> tuple[int, int, bytes]:
    """Read the trailer.

    Raises
    ------
    RecordingError
        If the file is no world, or is cut off.
    """
    size = len(content)
    if size < len(MAGIC) + _TRAILER.size or content[: len(MAGIC)] != MAGIC:
        raise RecordingError(f"expected a world, found none in {path}")
    first, second, digest = _TRAILER.unpack(content[size - _TRAILER.size :])
    if first + second + len(MAGIC) + _TRAILER.size != size:
        raise RecordingError(f"expected a whole world, found one that is cut off: {path}")
    return first, second, digest


def is_world(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file begins as a world does."""
    with Path(path).open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def verify_world(path: str | os.PathLike[str]) -> list[str]:
    """List every fault of a world; an empty list means that it is whole."""
    try:
        world = World(path)
        with mmap_of(Path(path)) as content:
            *_, digest = _lengths(content, Path(path))
            end = len(content) - _TRAILER.size
            found = hashlib.sha256()
            for start in range(0, end, _PART):
                found.update(content[start : min(end, start + _PART)])
    except (RecordingError, TableError) as error:
        return [str(error)]
    faults = []
    if found.digest() != digest:
        faults.append(f"expected SHA-256 {digest.hex()}, found {found.hexdigest()}: it was changed")
    keys = world._keys  # noqa: SLF001  (of this module)
    if any(keys[n] > keys[n + 1] for n in range(len(keys) - 1)):
        faults.append("expected rows sorted by subject, found others")
    return faults


def mmap_of(path: Path) -> mmap.mmap:
    """Map a file into memory."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_world(path: str | os.PathLike[str], *, name: str = "") -> Iterator[Recording]:
    """Yield the recording of each service of a world, or of the one that is named."""
    world = World(path)
    for one in [name] if name in world else world.names if not name else ():
        yield world.recording(one)

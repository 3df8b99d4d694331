"""A world: the observations of many services in one columnar file, read where it lies.

Rows are those of :mod:`depgraph.readers.table`, sorted by the labels of their subject from the
root on, so that all that is known of a name, and of the names below it, stands together. The file
is mapped into memory, not read: finding a name is a search by halves, and only the rows of names
that a service leads to are decoded. Processes that read one world share its pages.

::

    DGWORLD1 | Arrow stream of the rows | Arrow stream of the services | trailer

Either stream is of one batch or several. What was refused of the files that a world was made of, and
what is to be said of them (:class:`Made`), stands in the metadata of the schema of the services. A
world is written in flat memory, however many observations it has: they are sorted on disk.

The trailer has the lengths of the two streams (two numbers of 64 bits, little endian) and the
SHA-256 of all before it. A recording stays the form for audit: a world is made of recordings, and
gives back that of one service; neither becomes the other by itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import io
import json
import mmap
import os
import pickle
import re
import struct
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import accumulate, chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final, Generic, TypeAlias, TypeVar

from depgraph.atomic import replacing
from depgraph.errors import RecordingError, TableError
from depgraph.intake import json_object, require_file
from depgraph.names import from_root, parents
from depgraph.observations import Observation
from depgraph.readers import table
from depgraph.recording import Header, Recording
from depgraph.text_safety import one_line, quote

MAGIC: Final = b"DGWORLD1"
_TRAILER: Final = struct.Struct("<QQ32s")
_PART: Final = 1 << 20  # bytes hashed at a time
_HELD: Final = 20_000  # items in memory while they are sorted
_MOST_PARTS: Final = 400  # files that are merged at a time
_AT_A_TIME: Final = 500  # of them in one piece of a part on disk
_BATCH: Final = 1 << 13  # rows
_Item = TypeVar("_Item")
_REMEMBERED: Final = 20_000  # names whose observations are kept decoded
_ROWS: Final = 64  # that are unpacked at a time
_BLOCKS: Final = 256  # of these that are kept
_PASSES: Final = 64  # of following what was found; a chain of aliases has 16 at most
_WORD: Final = re.compile(r"[\s:=,;\"/]+")
_NUMBER: Final = re.compile(r"asn ([0-9]{1,10})")
_MADE: Final = b"depgraph.made"
_MOST_TOLD: Final = 10_000  # rows of what was refused, and notes


def write_world(
    recordings: Iterable[Recording],
    path: str | os.PathLike[str],
    *,
    services: Callable[[Recording], bool] | None = None,
    made: Made | None = None,
) -> int:
    """Write recordings as one world, and return the number of its rows.

    Equal observations stand once. The file appears whole or not at all.

    Parameters
    ----------
    recordings
        Those of one service need not stand together.
    path
        The file; by custom ``.world``.
    services
        Tells whether a recording is of a service; of others the observations are kept, to which
        services may lead. None: all are.
    made
        What is to be said of how it was made; looked at when all recordings are there.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="depgraph-") as folder, replacing(path) as temporary:
        rows: Runs[_Row] = Runs(Path(folder, "rows"), key=itemgetter(0, 1, 2))
        headers: Runs[_Head] = Runs(Path(folder, "headers"), key=itemgetter(0))
        for recording in recordings:
            if services is None or services(recording):
                headers.add((from_root(recording.subject), recording.header, *_about(recording)))
            for o in recording:
                rows.add((from_root(o.subject), o.type, o.time, o))
        with temporary.open("wb") as file:
            out = _Hashed(file)
            out.write(MAGIC)
            count, first = _write(out, _batches(_once(rows)))
            told = {_MADE: (made or Made()).to_bytes()}
            parts = _service_batches(_each(headers))
            _, second = _write(out, (part.replace_schema_metadata(told) for part in parts))
            file.write(_TRAILER.pack(first, second, out.digest()))
    return count


@dataclass(slots=True)
class Made:
    """What is to be said of how a world was made.

    Parameters
    ----------
    refused
        What could not be read of its files, or is no service: source, line, service, why.
    notes
        The same of what was read, such as which of several days a service stands for.
    """

    refused: list[Refused] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """Return it as the file has it: of very many the first, and how many more there are."""
        rows = {"refused": _first(self.refused), "notes": _first(self.notes)}
        return json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace")

    @classmethod
    def from_bytes(cls, content: bytes) -> Made:
        """Read it.

        Raises
        ------
        RecordingError, KeyError, TypeError, ValueError
            If it is something else.
        """
        found = json_object(content.decode(), error=RecordingError)
        return cls(*(list(map(_row, found[name])) for name in ("refused", "notes")))


Refused: TypeAlias = "tuple[str, int, str, str]"
"""A row of what was refused, or is to be said: source, line, service, why."""


def _first(rows: Sequence[Refused]) -> list[Refused]:
    more = len(rows) - _MOST_TOLD
    rest = [("", 0, "", f"{more} more, which the world does not keep")] if more > 0 else []
    return [*rows[:_MOST_TOLD], *rest]


def _row(cells: Any) -> Refused:
    source, line, service, why = cells
    if not (isinstance(line, int) and all(isinstance(one, str) for one in (source, service, why))):
        raise ValueError("expected rows of what was refused, found others")
    return one_line(source), line, one_line(service), one_line(why, limit=1000)


_Row: TypeAlias = "tuple[str, str, datetime, Observation]"
"""An observation, behind what it is sorted by."""
_Told: TypeAlias = "tuple[Observation, tuple[str, ...]]"
"""An observation, and the names that it leads to."""
_Head: TypeAlias = "tuple[str, Header, tuple[date, date], bool]"
"""Key of a service, and header, days and completeness of a recording of it."""


def _about(recording: Recording) -> tuple[tuple[date, date], bool]:
    return recording.days, recording.complete


def _once(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Pass on sorted rows, equal ones once."""
    for _, several in groupby(rows, key=itemgetter(0, 1, 2)):
        yield from {row[3]: row for row in several}.values()


def _each(headers: Iterable[_Head]) -> Iterator[tuple[str, Header, bool]]:
    """Yield each service with the header of all its recordings, and whether all are complete."""
    for key, several in groupby(headers, key=itemgetter(0)):
        found: Header | None = None
        whole = True
        for _, header, (since, until), complete in several:
            dated = replace(header, since=header.since or since, until=header.until or until)
            found = dated if found is None else _wider(found, header, since, until)
            whole = whole and complete
        assert found is not None
        yield key, found, whole


def _wider(before: Header, header: Header, since: date, until: date) -> Header:
    """Return the header of several recordings of one service: the days of all."""
    return replace(
        before,
        since=min(before.since or since, since),
        until=max(before.until or until, until),
        hosts=tuple(sorted({*before.hosts, *header.hosts})),
        changed=before.changed or header.changed,
    )


def _batches(rows: Iterable[_Row]) -> Iterator[Any]:
    """Yield the rows as Arrow tables of one chunk; one at least."""
    pa = table.arrow()
    for several in chunks(rows, _BATCH):
        whole = table.to_table([row[3] for row in several])
        kept = [name for name in whole.schema.names if name not in {"header", "complete"}]
        keys = pa.array([row[0] for row in several], type=pa.large_string())
        yield whole.select(kept).append_column("key", keys).combine_chunks()


def _service_batches(headers: Iterable[tuple[str, Header, bool]]) -> Iterator[Any]:
    pa = table.arrow()
    for several in chunks(headers, _BATCH):
        yield pa.table(
            {
                "key": pa.array([key for key, *_ in several], type=pa.large_string()),
                "name": pa.array([one.subject for _, one, _ in several], type=pa.large_string()),
                "header": [json.dumps(one.to_dict(), ensure_ascii=False) for _, one, _ in several],
                "complete": pa.array([whole for *_, whole in several], type=pa.bool_()),
            }
        )


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Cut what comes into lists; one at least, which may be empty."""
    source = iter(items)
    part = list(islice(source, size))
    yield part
    while part := list(islice(source, size)):
        yield part


def _write(out: _Hashed, tables: Iterator[Any]) -> tuple[int, int]:
    """Write tables as one stream of Arrow, a batch each; return rows and bytes."""
    start, count = out.tell(), 0
    first = next(tables)
    with table.arrow().ipc.new_stream(out, first.schema) as writer:
        for part in chain([first], tables):
            for batch in part.to_batches():
                writer.write_batch(batch)
            count += len(part)
    return count, out.tell() - start


class _Hashed(io.RawIOBase):
    """A file that is written, with the SHA-256 of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, part: Any) -> int:
        self._file.write(part)
        self._digest.update(part)
        self._length += len(memoryview(part).cast("B"))
        return len(memoryview(part).cast("B"))

    def digest(self) -> bytes:
        return self._digest.digest()


class Runs(Generic[_Item]):
    """Items in order, more than memory holds: sorted by parts on disk, and these merged.

    Parameters
    ----------
    path
        Where the parts begin: a number is put behind it.
    key
        What they are sorted by; equal ones stay as they came.
    """

    def __init__(self, path: Path, key: Callable[[_Item], Any]) -> None:
        self._path, self._key = path, key
        self._held: list[_Item] = []
        self._parts: list[Path] = []
        self._count = 0

    def add(self, item: _Item) -> None:
        """Take one more."""
        self._held.append(item)
        if len(self._held) >= _HELD:
            self._spill()

    def _spill(self) -> None:
        self._held.sort(key=self._key)
        self._write(self._held)
        self._held = []
        if len(self._parts) >= _MOST_PARTS:
            before, self._parts = self._parts, []
            self._write(heapq.merge(*map(_part, before), key=self._key))
            for one in before:
                one.unlink()

    def _write(self, items: Iterable[_Item]) -> None:
        self._count += 1
        part = self._path.with_name(f"{self._path.name}{self._count}")
        with part.open("wb") as file:
            for several in chunks(items, _AT_A_TIME):
                pickle.dump(several, file, pickle.HIGHEST_PROTOCOL)
        self._parts.append(part)

    def __iter__(self) -> Iterator[_Item]:
        self._held.sort(key=self._key)
        yield from heapq.merge(*map(_part, self._parts), self._held, key=self._key)


def _part(path: Path) -> Iterator[Any]:
    """Yield what stands in a file that :class:`Runs` wrote."""
    with path.open("rb") as file, contextlib.suppress(EOFError):
        while True:
            yield from pickle.load(file)  # noqa: S301  (written here)


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
        first, second, self._sum = _lengths(self._map, self.path)
        pa = table.arrow()
        whole = pa.py_buffer(self._map)
        start = len(MAGIC)
        try:
            self._rows = _Batches(pa, whole.slice(start, first))
            self._services = _Batches(pa, whole.slice(start + first, second))
            self._keys = _Texts(self._rows, "key")
            self._service_keys = _Texts(self._services, "key")
            told = self._services.metadata.get(_MADE)
            self.made = Made() if told is None else Made.from_bytes(told)
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
            raise RecordingError(f"expected a world, found {quote(error)}") from None
        self._columns = [n for n in self._rows.names if n not in {"key", "recording"}]
        self._block = lru_cache(_BLOCKS)(self._unpacked)
        self._of: Callable[[str], tuple[_Told, ...]] = lru_cache(_REMEMBERED)(self._decoded)

    def __reduce__(self) -> tuple[Any, ...]:
        state = self.path.stat()
        return _opened, (self.path.absolute(), state.st_ino, state.st_size, state.st_mtime_ns)

    def __repr__(self) -> str:
        services, observations = self.counts
        return f"<World of {services} services, {observations} observations>"

    @property
    def counts(self) -> tuple[int, int]:
        """How many services and how many observations it has."""
        return len(self._services), len(self._rows)

    @property
    def names(self) -> Sequence[str]:
        """The services."""
        parts = self._services.slices(0, len(self._services))
        return [name for part in parts for name in part.column("name").to_pylist()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._service_keys.find(from_root(name)) is not None

    def observations(self, subject: str) -> tuple[Observation, ...]:
        """Return what is recorded of a name, an address or an AS, of whatever service."""
        return tuple(o for o, _ in self._of(from_root(subject)))

    def below(self, name: str) -> Iterator[str]:
        """Yield the subjects below a name."""
        start = f"{from_root(name)} "
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
        place = self._service_keys.find(from_root(name))
        if place is None:
            raise RecordingError(f"expected a service of {self.path}, found none called {name!a}")
        (part,) = self._services.slices(place, place + 1)
        row = {key: part.column(key)[0].as_py() for key in ("header", "complete")}
        waiting = [name, *self.below(name), *parents(name)[1:]]
        met: set[str] = set()
        found: list[Observation] = []  # of each name once, and none is of two names
        for _ in range(_PASSES):
            new = [one for one in dict.fromkeys(waiting) if one not in met]
            if not new:
                break
            met.update(new)
            waiting = []
            for one in new:
                for o, mentioned in self._of(from_root(one)):
                    found.append(o)
                    waiting += mentioned
        header = Header.from_dict(json.loads(row["header"]))
        return Recording(header, tuple(found), row["complete"])

    def _decoded(self, key: str) -> tuple[_Told, ...]:
        first = self._keys.find(key)
        if first is None:
            return ()
        found = []
        last = first
        while last < len(self._keys) and self._keys[last] == key:
            number, start = divmod(last, _ROWS)
            cells = self._block(number)[start]
            o = table.observation(dict(zip(self._columns, cells, strict=True)))
            found.append((o, tuple(dict.fromkeys(_mentioned(o)))))
            last += 1
        return tuple(found)

    def _unpacked(self, number: int) -> list[tuple[Any, ...]]:
        """Return the cells of a block of rows: one row costs Arrow nearly what all of these do."""
        start = number * _ROWS
        return [
            cells
            for part in self._rows.slices(start, min(start + _ROWS, len(self._rows)))
            for cells in zip(
                *(table.cells(part.column(name)) for name in self._columns), strict=True
            )
        ]


@lru_cache(maxsize=1)
def _opened(path: Path, *_state: int) -> World:
    """Open a world that another process named; it stays open, for there is more to read of it."""
    return World(path)


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings of some services of a world, read by whoever goes through them.

    To another process only the path and the names go.
    """

    world: World
    names: Sequence[str]

    def __iter__(self) -> Iterator[Recording]:
        return map(self.world.recording, self.names)


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


class _Batches:
    """The batches of an Arrow stream as one table, without a copy."""

    def __init__(self, pa: Any, stream: Any) -> None:
        with pa.ipc.open_stream(pa.BufferReader(stream)) as reader:
            self.names: list[str] = reader.schema.names
            self.metadata: dict[bytes, bytes] = reader.schema.metadata or {}
            self.parts = [one for one in reader if len(one)]
        self.starts = [0, *accumulate(map(len, self.parts))]

    def __len__(self) -> int:
        return self.starts[-1]

    def slices(self, first: int, last: int) -> Iterator[Any]:
        """Yield the rows from one place to before another, batch by batch."""
        number = bisect_right(self.starts, first) - 1
        while first < last:
            start = self.starts[number]
            until = min(last, self.starts[number + 1])
            yield self.parts[number].slice(first - start, until - first)
            first, number = until, number + 1


class _Texts:
    """The sorted texts of a column where they lie, found by halves.

    They are compared as UTF-8, which is in the order of their characters.
    """

    def __init__(self, batches: _Batches, column: str) -> None:
        self._starts = batches.starts
        self._count = len(batches)
        self._parts = []
        for part in batches.parts:
            array = part.column(column)
            _, offsets, data = array.buffers()
            texts = memoryview(data) if data is not None else memoryview(b"")
            self._parts.append((memoryview(offsets).cast("q")[array.offset :], texts))
        self._lasts = [self._at(number, len(part) - 1) for number, part in enumerate(batches.parts)]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> str:
        number = bisect_right(self._starts, place) - 1
        # Of a damaged file too: its checksum says that it is one.
        return self._at(number, place - self._starts[number]).decode(errors="replace")

    def _at(self, number: int, place: int) -> bytes:
        offsets, texts = self._parts[number]
        return bytes(texts[offsets[place] : offsets[place + 1]])

    def first(self, text: str) -> int:
        """Return the place of the first that is not less than a text."""
        sought = text.encode()
        number = bisect_left(self._lasts, sought)
        if number == len(self._parts):
            return self._count
        size = self._starts[number + 1] - self._starts[number]
        return self._starts[number] + bisect_left(
            range(size), sought, key=partial(self._at, number)
        )

    def find(self, text: str) -> int | None:
        """Return the place of the first that is a text; None if none is."""
        place = self.first(text)
        return place if place < self._count and self[place] == text else None


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
        world = open_world(path)
    except (RecordingError, TableError) as error:
        return [str(error)]
    faults = []
    keys = world._keys  # noqa: SLF001  (of this module)
    if any(keys[n] > keys[n + 1] for n in range(len(keys) - 1)):
        faults.append("expected rows sorted by subject, found others")
    return faults


def open_world(path: str | os.PathLike[str]) -> World:
    """Open a world that somebody else may have changed since it was written.

    It is read once as a whole, and held against the sum at its end: what is not as it was written
    would be other evidence, and Arrow takes what lies in it for granted.

    Raises
    ------
    RecordingError
        If it is no world, or one that is cut off or was changed.
    TableError
        If pyarrow is not installed.
    OSError
        If it cannot be opened.
    """
    world = World(path)
    digest = world._sum  # noqa: SLF001  (of this module)
    left = world.path.stat().st_size - _TRAILER.size
    found = hashlib.sha256()
    with world.path.open("rb") as file:
        while left and (part := file.read(min(left, _PART))):
            found.update(part)
            left -= len(part)
    if found.digest() != digest:
        raise RecordingError(
            f"expected SHA-256 {digest.hex()} of the world in {path}, found {found.hexdigest()}: "
            "it was changed since it was written"
        )
    for part in (*world._rows.parts, *world._services.parts):  # noqa: SLF001
        try:
            part.validate(full=True)
        except table.arrow().ArrowException as error:
            raise RecordingError(f"expected a world, found {quote(error)}: {path}") from None
    return world


def read_world(path: str | os.PathLike[str], *, name: str = "") -> Iterator[Recording]:
    """Yield the recording of each service of a world, or of the one that is named."""
    world = open_world(path)
    for one in [name] if name in world else world.names if not name else ():
        yield world.recording(one)

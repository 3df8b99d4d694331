"""Observations as a columnar table (Arrow, Parquet), for surveys of many domains.

One row an observation, with the fields of :class:`~depgraph.observations.Observation` and
three more: ``recording`` (the service it was recorded for), ``complete``, and ``header`` (the
header of its recording as JSON), so that many recordings make one table and come out again.
Words that repeat are dictionary-encoded; times are microseconds, UTC.

Needs pyarrow (the extra ``arrow``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from depgraph.atomic import replacing
from depgraph.errors import DepgraphError, RecordingError, TableError
from depgraph.extras import missing
from depgraph.intake import json_object, require_file
from depgraph.names import oddity
from depgraph.observations import Evidence, Observation, Status
from depgraph.recording import Header, Recording
from depgraph.text_safety import one_line, quote

_WORDS = ("type", "status", "section", "zone", "server", "server_name", "source", "evidence")
_REPEATED = ("recording", *_WORDS, "citation", "vantage", "subnet", "header")
_COLUMNS = (
    "recording",
    "subject",
    "type",
    "status",
    "values",
    "ttl",
    "flags",
    "section",
    "zone",
    "server",
    "server_name",
    "source",
    "time",
    "until",
    "evidence",
    "citation",
    "vantage",
    "subnet",
    "note",
    "complete",
    "header",
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 100_000  # rows held in memory at a time, about 100 MB


def arrow() -> Any:
    """Return pyarrow; raises TableError if it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(missing("pyarrow", "makes columnar tables", "arrow")) from None
    return pa


def schema() -> Any:
    """Give the Arrow schema of the table.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    pa = arrow()
    word = pa.dictionary(pa.int32(), pa.string())
    moment = pa.timestamp("us", tz="UTC")
    special = {
        "values": pa.list_(pa.string()),
        "flags": pa.list_(pa.string()),
        "ttl": pa.uint32(),
        "time": moment,
        "until": moment,
        "complete": pa.bool_(),
    }
    nullable = {"ttl", "until"}
    return pa.schema(
        [
            pa.field(
                name,
                special.get(name, word if name in _REPEATED else pa.string()),
                nullable=name in nullable,
            )
            for name in _COLUMNS
        ]
    )


def to_table(observations: Recording | Iterable[Observation], *, recording: str = "") -> Any:
    """Make a ``pyarrow.Table`` of a recording, or of any observations.

    Parameters
    ----------
    recording
        The service they are about; that of the recording if it is one.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    if isinstance(observations, Recording):
        return _table(_rows(observations))
    loose = Recording(Header(subject=recording), tuple(observations), complete=False)
    return _table(_rows(loose))


def from_table(table: Any) -> Iterator[Observation]:
    """Give the observations of a table, in its order.

    Raises
    ------
    TableError
        If a column is missing, or a value is none that depgraph knows.
    """
    for row in _rows_of(table):
        yield observation(row)


def write_parquet(
    recordings: Iterable[Recording], path: str | os.PathLike[str], *, batch: int = BATCH
) -> int:
    """Write recordings as one Parquet file, batch by batch, and give the number of rows.

    The file appears whole or not at all. A recording without observations leaves no row.

    Parameters
    ----------
    batch
        Rows held in memory at a time.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    pa = arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    count = 0
    try:
        with (
            replacing(path) as temporary,
            pq.ParquetWriter(temporary, schema(), compression="zstd") as writer,
        ):
            waiting: list[dict[str, Any]] = []
            for recording in recordings:
                for row in _rows(recording):
                    waiting.append(row)
                    count += 1
                    if len(waiting) >= batch:
                        writer.write_table(_table(waiting))
                        waiting = []
            writer.write_table(_table(waiting))
    except pa.ArrowException as error:
        raise TableError(f"expected to write {os.fspath(path)}, found: {error}") from None
    return count


def columns_of(path: str | os.PathLike[str]) -> list[str]:
    """Return the names of the columns of a Parquet file.

    Raises
    ------
    TableError
        If pyarrow is not installed, or it is none.
    """
    with opened_parquet(path) as file:
        return list(file.schema_arrow.names)


@contextmanager
def opened_parquet(path: str | os.PathLike[str]) -> Iterator[Any]:
    """Open a Parquet file; whatever Arrow finds wrong with it, then or later, is told in one line.

    Raises
    ------
    TableError
        If pyarrow is not installed, or it is none.
    """
    pa = arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    require_file(path, error=TableError)
    try:
        with pq.ParquetFile(path) as file:
            _refuse_bomb(file.metadata.num_rows, Path(path).stat().st_size)
            yield file
    except DepgraphError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:  # also text that is no UTF-8
        reason = one_line(str(error), limit=200)
        raise TableError(f"expected a Parquet file, found: {reason}") from None


def read_parquet(path: str | os.PathLike[str], *, batch: int = BATCH) -> Iterator[Recording]:
    """Read a Parquet file that :func:`write_parquet` wrote, one recording at a time.

    Rows of one recording stand together; only one batch and one recording are in memory. Two
    recordings in a row with equal headers come out as one.

    Raises
    ------
    TableError
        If pyarrow is not installed, or the file has not the columns of the schema.
    """

    def all_rows() -> Iterator[dict[str, Any]]:
        with opened_parquet(path) as file:
            for part in file.iter_batches(batch_size=batch):
                yield from _rows_of(part)

    for (header, complete), rows in groupby(all_rows(), key=lambda r: (r["header"], r["complete"])):
        try:
            head = Header.from_dict(json_object(str(header), error=TableError))
        except (TableError, RecordingError) as error:
            raise TableError(f"expected a header in the table: {error}") from None
        recording = Recording(head, tuple(map(observation, rows)), complete is True)
        for name in {o.subject for o in recording}:
            if fault := oddity(name):
                raise TableError(f"expected a name as subject, found {fault}: {quote(name)}")
        yield recording


def _refuse_bomb(rows: int, size: int) -> None:
    """Refuse a file of more rows than bytes: a run of one value packs to next to nothing."""
    if rows > max(BATCH, size):
        raise TableError(f"expected fewer rows than the {size} bytes of the file, found {rows}")


def _rows(recording: Recording) -> Iterator[dict[str, Any]]:
    header = json.dumps(recording.header.to_dict(), ensure_ascii=False)
    for o in recording:
        yield {
            "recording": recording.subject,
            "subject": o.subject,
            "type": o.type,
            "status": o.status.value,
            "values": o.values,
            "ttl": o.ttl,
            "flags": o.flags,
            "section": o.section,
            "zone": o.zone,
            "server": o.server,
            "server_name": o.server_name,
            "source": o.source,
            "time": o.time,
            "until": o.until,
            "evidence": o.evidence.value,
            "citation": o.citation,
            "vantage": o.vantage,
            "subnet": o.subnet,
            "note": o.note,
            "complete": recording.complete,
            "header": header,
        }


def _table(rows: Iterable[dict[str, Any]]) -> Any:
    pa = arrow()
    kept = list(rows)
    form = schema()
    columns = [pa.array([row[f.name] for row in kept], type=f.type) for f in form]
    return pa.Table.from_arrays(columns, schema=form)


def _rows_of(table: Any) -> Iterator[dict[str, Any]]:
    names = table.schema.names
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        raise TableError(f"expected the columns of a depgraph table, found no {', '.join(missing)}")
    # A column of another type is read as ours, or not at all (bytes that are no UTF-8, say).
    columns = [cells(table.column(f.name).cast(f.type)) for f in schema()]
    for row in zip(*columns, strict=True):
        yield dict(zip(_COLUMNS, row, strict=True))


def cells(column: Any) -> list[Any]:
    """Return the cells of a column of the schema as Python has them.

    Arrow's own ``to_pylist`` takes twenty times as long for words of a dictionary, and for moments.

    Raises
    ------
    TableError
        If a moment is past all that Python can count.
    """
    pa = arrow()
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type).to_pylist()  # type: ignore[no-any-return]
    if pa.types.is_timestamp(column.type):
        passed = column.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_pylist()
        try:
            return [None if n is None else _EPOCH + timedelta(microseconds=n) for n in passed]
        except OverflowError as error:
            raise TableError(f"expected a moment, found another number: {error}") from None
    return column.to_pylist()  # type: ignore[no-any-return]


def observation(row: dict[str, Any]) -> Observation:
    """Return a row as an observation; raises TableError if it is none."""
    try:
        data = {k: v for k, v in row.items() if k not in {"recording", "complete", "header"}}
        data["status"], data["evidence"] = Status(row["status"]), Evidence(row["evidence"])
        data["values"], data["flags"] = tuple(row["values"]), tuple(row["flags"])
        return Observation(**data)
    except (TypeError, ValueError, AttributeError) as error:
        reason = one_line(str(error), limit=200)
        raise TableError(f"expected a row of a depgraph table: {reason}") from None

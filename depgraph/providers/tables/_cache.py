"""The tables a user has: dated files in the cache, and a manifest that says what they are.

A new table is read and checked beside the old ones, under a temporary name, and moved into
place only when it is whole; whatever goes wrong before, the tables there stay as they were.
Older tables are kept: a recording of last year is read with last year's tables.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

from depgraph.errors import TableError
from depgraph.providers.tables._compiled import restore, store
from depgraph.providers.tables._model import Kind, Table
from depgraph.providers.tables._publishers import publishers
from depgraph.providers.tables._read import read_table

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
FORMAT = 1
IDENT = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}", re.ASCII)
"""An id becomes part of a file name."""
SHRUNK = 0.5
"""A table with fewer than this share of the prefixes of the one before is taken as cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """A table in the cache.

    Parameters
    ----------
    source
        Id of its publisher, or a name made from its format for a file of the user's own.
    kind, form, provider
        As in :class:`Table`.
    since, until
        First and last day (UTC) for which it is known to be what its source says: the day it
        stands for, and, for a list that its operator keeps current, the day it was fetched.
    fetched
        The day it came into the cache.
    file
        Name within the cache.
    sha256, bytes, prefixes
        Of the file as it lies there, and how many prefixes it has.
    url
        Where it came from; empty for a file of the user's own.
    """

    source: str
    kind: Kind
    form: str
    since: date
    until: date
    fetched: date
    file: str
    sha256: str
    bytes: int
    prefixes: int
    provider: str = ""
    url: str = ""

    def days_off(self, day: date) -> int:
        """Give how many days lie between this table and a day; 0 if it is valid on it."""
        return max(0, (self.since - day).days, (day - self.until).days)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The table of one source that is nearest to a day, and how far off it is."""

    info: TableInfo
    days_off: int

    def __str__(self) -> str:
        note = "" if not self.days_off else f", {self.days_off} days off"
        return f"{self.info.source} of {self.info.since}{note}"


def cache_dir(cache: str | os.PathLike[str] | None = None) -> Path:
    """Give the directory of the tables: the one given, or that of the user's cache."""
    return Path(cache) if cache is not None else platformdirs.user_cache_path("depgraph") / "tables"


def installed(cache: str | os.PathLike[str] | None = None) -> list[TableInfo]:
    """List the tables in the cache, by kind, source and day.

    Raises
    ------
    TableError
        If the manifest is damaged.
    """
    path = cache_dir(cache) / MANIFEST
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["format"] != FORMAT:
            raise TableError(
                f"expected format {FORMAT} in {path}, found {found['format']!r}: "
                "a newer depgraph wrote it"
            )
        rows = [_info(row) for row in found["tables"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(
            f"expected a manifest of tables in {path}, found a fault ({error!r:.80}): "
            "remove the directory and update again"
        ) from None
    return sorted(rows, key=lambda info: (info.kind, info.source, info.since, info.sha256))


def _info(row: dict[str, Any]) -> TableInfo:
    days = {key: date.fromisoformat(row[key]) for key in ("since", "until", "fetched")}
    info = TableInfo(**{**row, **days, "kind": Kind(row["kind"])})
    if Path(info.file).name != info.file or info.file in {"", MANIFEST}:
        raise TableError(f"expected the name of a file in the cache, found {info.file!r}")
    return info


def load(info: TableInfo, *, cache: str | os.PathLike[str] | None = None) -> Table:
    """Read a table of the cache, after checking that it is still the file that was installed.

    Raises
    ------
    TableError
        If the file is gone, or was changed or cut off since.
    """
    path = cache_dir(cache) / info.file
    try:
        state = path.stat()
        return _load(path, state.st_mtime_ns, state.st_size, info)
    except OSError as error:
        raise TableError(
            f"expected the table {info.source} of {info.since} in {path}, found none ({error}): "
            "update again"
        ) from None


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int, _size: int, info: TableInfo) -> Table:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = restore(path, kind=info.kind, sha256=digest) if digest == info.sha256 else None
    if found is not None:
        prefixes, names = found
        return Table(
            kind=info.kind,
            form=info.form,
            prefixes=prefixes,
            date=info.since,
            provider=info.provider,
            names=names,
            sha256=digest,
        )
    table = read_table(
        path, form=info.form, day=info.since, provider=info.provider, sha256=info.sha256
    )
    store(table, path)
    return table


def tables_for(
    kind: Kind | str, *, at: date, cache: str | os.PathLike[str] | None = None
) -> list[Chosen]:
    """Choose for each source of a kind the table nearest to a day; the nearest first.

    Of two equally near the older is chosen: what was so before a day may still hold on it,
    what was so after it may not have begun. Among sources the publishers' order decides.
    """
    order = {name: place for place, name in enumerate(publishers())}
    best: dict[str, Chosen] = {}
    for info in installed(cache):
        found = Chosen(info, info.days_off(at))
        if info.kind == Kind(kind) and (
            info.source not in best or _farness(found) < _farness(best[info.source])
        ):
            best[info.source] = found
    return sorted(
        best.values(),
        key=lambda c: (c.days_off, order.get(c.info.source, len(order)), c.info.source),
    )


def _farness(found: Chosen) -> tuple[int, int, str]:
    # of several that are valid the newest, of several that are off the older
    days = found.info.since.toordinal()
    return found.days_off, days if found.days_off else -days, found.info.sha256


def table_for(
    kind: Kind | str,
    *,
    at: date,
    source: str | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> Chosen | None:
    """Choose the table of a kind (and source) that is valid for a day, or the nearest to it.

    :attr:`Chosen.days_off` says how far it is off; None: there is no such table.
    """
    found = tables_for(kind, at=at, cache=cache)
    return next((c for c in found if source in {None, c.info.source}), None)


def install(
    path: str | os.PathLike[str],
    *,
    source: str | None = None,
    cache: str | os.PathLike[str] | None = None,
    form: str | None = None,
    provider: str = "",
    sha256: str = "",
    day: date | None = None,
    until: date | None = None,
    fetched: date | None = None,
    url: str = "",
) -> TableInfo:
    """Check a table file and put a copy of it into the cache.

    Parameters
    ----------
    path
        The file; it stays where it is.
    source
        Id under which it is kept; None: named after its form (and family, if only one).
    cache
        Directory of the tables; None: the user's.
    form, provider, sha256, day
        As in :func:`read_table`.
    until
        Last day for which it is known to hold; None: the day it stands for.
    fetched
        Today (UTC) unless given; it also stands for the day of a table that names none and
        was fetched from its publisher.
    url
        Where it came from.

    Raises
    ------
    TableError
        If it is refused (see :func:`read_table`), names no day and none is given, or has far
        fewer prefixes than the one before. The tables there stay as they were.
    """
    today = fetched or datetime.now(UTC).date()
    table = read_table(path, form=form, day=day, provider=provider, sha256=sha256)
    stands = table.date or (today if url else None)
    name = Path(path).name
    if stands is None:
        raise TableError(
            f"{name}: expected to be told the day this table stands for, found none in it or in "
            "its name: give day=, or a name such as table-2026-01-31.txt"
        )
    ident = source or _source(table)
    for text in (ident, table.provider):
        if not IDENT.fullmatch(text or "none"):
            raise TableError(
                f"{name!r:.80}: expected ids of letters, digits, dots and hyphens, found {text!r:.60}"
            )
    before = [info for info in installed(cache) if info.source == ident]
    _refuse_shrunken(name, len(table.prefixes), before)
    same = next((info.file for info in before if info.sha256 == table.sha256), None)
    kept = same or f"{ident}-{stands}-{table.sha256[:12]}{_suffix(name)}"
    info = TableInfo(
        source=ident,
        kind=table.kind,
        form=table.form,
        provider=table.provider,
        since=stands,
        until=max(stands, until or stands),
        fetched=today,
        file=kept,
        sha256=table.sha256,
        bytes=Path(path).stat().st_size,
        prefixes=len(table.prefixes),
        url=url,
    )
    directory = cache_dir(cache)
    directory.mkdir(parents=True, exist_ok=True)
    with _replacing(directory / kept) as temporary:
        shutil.copyfile(path, temporary)
        if hashlib.sha256(temporary.read_bytes()).hexdigest() != info.sha256:
            raise TableError(f"{name}: expected one file, found it changed while it was read")
    store(table, directory / kept)
    return _remember(info, cache)


def _refuse_shrunken(name: str, count: int, before: list[TableInfo]) -> None:
    if before and count < SHRUNK * before[-1].prefixes:
        raise TableError(
            f"{name}: expected about the {before[-1].prefixes} prefixes of {before[-1].since}, "
            f"found {count}: it was cut off at its source. If it is right, install it under "
            "another source id"
        )


def _source(table: Table) -> str:
    if table.kind is not Kind.ROUTING:
        return table.provider
    stem = {"pfx2as": "caida"}.get(table.form, table.form)
    versions = sorted({4 if "." in match.prefix else 6 for match in _ends(table)})
    return stem if len(versions) == 2 else f"{stem}-ipv{versions[0]}"


def _ends(table: Table) -> list[Any]:
    return [table.prefixes.match(0), table.prefixes.match(len(table.prefixes) - 1)]


def _suffix(name: str) -> str:
    kept = "".join(Path(name).suffixes[-2:])
    return kept if len(kept) <= 12 and kept.replace(".", "").isalnum() else ""


def _remember(info: TableInfo, cache: str | os.PathLike[str] | None) -> TableInfo:
    """Add a table to the manifest; one that is there already is known to hold longer."""
    rows = {(row.source, row.file): row for row in installed(cache)}
    if (known := rows.get((info.source, info.file))) is not None:
        info = replace(
            info,
            until=max(info.until, known.until),
            since=min(info.since, known.since),
            url=info.url or known.url,
        )
    rows[info.source, info.file] = info
    text = json.dumps(
        {"format": FORMAT, "tables": [_row(row) for _, row in sorted(rows.items())]}, indent=1
    )
    with _replacing(cache_dir(cache) / MANIFEST) as temporary:
        temporary.write_text(text + "\n", "utf-8")
    log.info("table %s of %s: %d prefixes", info.source, info.since, info.prefixes)
    return info


def _row(info: TableInfo) -> dict[str, Any]:
    row = asdict(info)
    return row | {key: row[key].isoformat() for key in ("since", "until", "fetched")}


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a temporary file beside the target, moved over it if nothing goes wrong."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)

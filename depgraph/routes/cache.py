"""The tables a user has: dated files in the cache, and a manifest that says what they are.

A new table is read and checked beside the old ones, under a temporary name, and moved into
place only when it is whole; whatever goes wrong before, the tables there stay as they were.
Of several processes that install at once each adds to what the others have. To list and load
tables nothing is written, so that a cache may be read-only. Older tables are kept: a recording of last year is read with last year's tables.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import platformdirs

from depgraph.atomic import lock, replacing
from depgraph.errors import TableError
from depgraph.routes.model import Kind, Table
from depgraph.routes.publishers import publishers
from depgraph.routes.reading import read_table

log = logging.getLogger(__name__)

Folder: TypeAlias = str | os.PathLike[str]

MANIFEST = "manifest.json"
FORMAT = 1
FORMER_KINDS = frozenset({"delegated"})
"""Kinds that earlier versions installed and nothing uses: passed over in a manifest."""
IDENT = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}", re.ASCII)
"""An id becomes part of a file name."""
SHRUNK = 0.5
"""A table with fewer than this share of the prefixes of the one before is taken as cut off."""
_TURNS = 1200  # times that a process looks whether it is its turn to change the manifest
_TURN = 0.05  # seconds between two of them


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """A table in the cache.

    `source` is the id of its publisher, or a name made from its format for a file of the user's
    own; `kind`, `form` and `provider` are those of :class:`Table`. `since` and `until` are the
    first and last day (UTC) for which it is known to be what its source says: the day it stands
    for, and, for a list that its operator keeps current, the day it was `fetched`. `file` is the
    name within the cache; `sha256`, `bytes` and `prefixes` describe that file. `url` is where it
    came from; empty for a file of the user's own.
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

    @property
    def holds(self) -> str:
        """What it holds: so many prefixes, or names of AS numbers and no prefix."""
        return f"{self.prefixes} prefixes" if self.prefixes else "names of AS"

    def days_off(self, day: date) -> int:
        """Return how many days lie between this table and a day; 0 if it is valid on it."""
        return max(0, (self.since - day).days, (day - self.until).days)


def cache_dir(cache: Folder | None = None) -> Path:
    """Return the directory of the tables: the one given, or that of the user's cache."""
    return Path(cache) if cache is not None else platformdirs.user_cache_path("depgraph") / "tables"


def installed(cache: Folder | None = None) -> list[TableInfo]:
    """List the tables in the cache, by kind, source and day.

    Raises
    ------
    TableError
        If the manifest is damaged, or a newer depgraph wrote it.
    """
    path = cache_dir(cache) / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
        _refuse_newer(manifest["format"], path)
        tables = [_info(row) for row in manifest["tables"] if row["kind"] not in FORMER_KINDS]
    except FileNotFoundError:
        return []
    except TableError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TableError(
            f"expected a manifest of tables in {path}, found a fault ({error!r:.80}): "
            "remove the directory and update again"
        ) from None
    return sorted(tables, key=lambda info: (info.kind, info.source, info.since, info.sha256))


def _refuse_newer(form: object, path: Path) -> None:
    if form != FORMAT:
        raise TableError(
            f"expected format {FORMAT} in {path}, found {form!r}: a newer depgraph wrote it"
        )


def _info(row: dict[str, Any]) -> TableInfo:
    days = {key: date.fromisoformat(row[key]) for key in ("since", "until", "fetched")}
    info = TableInfo(**{**row, **days, "kind": Kind(row["kind"])})
    if Path(info.file).name != info.file or info.file in {"", MANIFEST}:
        raise TableError(f"expected the name of a file in the cache, found {info.file!r}")
    return info


def _row(info: TableInfo) -> dict[str, Any]:
    row = asdict(info)
    return row | {key: row[key].isoformat() for key in ("since", "until", "fetched")}


def load(info: TableInfo, *, cache: Folder | None = None) -> Table:
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
    table = read_table(path, form=info.form, provider=info.provider, sha256=info.sha256)
    return replace(table, date=info.since)


def tables_for(kind: Kind, *, at: date, cache: Folder | None = None) -> list[TableInfo]:
    """Return of each source of a kind the table nearest to a day; the nearest first.

    Of two equally near the older is chosen: what was so before a day may still hold on it,
    what was so after it may not have begun. Among sources the publishers' order decides.
    """

    def farness(info: TableInfo) -> tuple[int, int, str]:
        # of several that are valid the newest, of several that are off the older
        days, since = info.days_off(at), info.since.toordinal()
        return days, since if days else -since, info.sha256

    nearest: dict[str, TableInfo] = {}
    for info in installed(cache):
        if info.kind == kind:
            nearest[info.source] = min(nearest.get(info.source, info), info, key=farness)
    order = {name: place for place, name in enumerate(publishers())}
    return sorted(
        nearest.values(),
        key=lambda info: (info.days_off(at), order.get(info.source, len(order)), info.source),
    )


def install(
    path: str | os.PathLike[str],
    *,
    source: str | None = None,
    cache: Folder | None = None,
    form: str | None = None,
    provider: str = "",
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
    form, provider
        As in :func:`read_table`.
    until
        Last day for which it is known to hold; None: the day it stands for.
    fetched
        Today (UTC) unless given; it also stands for the day of a table that names none and
        was fetched from its publisher.
    url
        Where it came from.

    Returns
    -------
    TableInfo
        The table as it stands in the cache.

    Raises
    ------
    TableError
        If it is refused (see :func:`read_table`), names no day and none is given, has far
        fewer prefixes than the one before, or the cache cannot be written. The tables there stay
        as they were.
    """
    today = fetched or datetime.now(UTC).date()
    table = read_table(path, form=form, provider=provider)
    since = table.date or (today if url else None)
    name = Path(path).name
    if since is None:
        raise TableError(
            f"{name}: expected the day this table stands for, found none in it or in its name: "
            "give it a name such as table-2026-01-31.txt"
        )
    source = source or _source(table)
    for ident in (source, table.provider):
        if not IDENT.fullmatch(ident or "none"):
            raise TableError(
                f"{name!r:.80}: expected ids of letters, digits, dots and hyphens, found {ident!r:.60}"
            )
    before = [info for info in installed(cache) if info.source == source]
    _refuse_shrunken(name, len(table.prefixes), before)
    same = next((info.file for info in before if info.sha256 == table.sha256), None)
    info = TableInfo(
        source=source,
        kind=table.kind,
        form=table.form,
        provider=table.provider,
        since=since,
        until=max(since, until or since),
        fetched=today,
        file=same or f"{source}-{since}-{table.sha256[:12]}",
        sha256=table.sha256,
        bytes=Path(path).stat().st_size,
        prefixes=len(table.prefixes),
        url=url,
    )
    target = cache_dir(cache) / info.file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as temporary:
            shutil.copyfile(path, temporary)
            if hashlib.sha256(temporary.read_bytes()).hexdigest() != info.sha256:
                raise TableError(f"{name}: expected one file, found it changed while it was read")
        with _alone(target.parent):
            return _remember(info, cache)
    except OSError as error:
        raise TableError(
            f"expected to write into {target.parent}, found: {error.strerror or error}"
        ) from None


def _refuse_shrunken(name: str, count: int, before: list[TableInfo]) -> None:
    if before and count < SHRUNK * before[-1].prefixes:
        raise TableError(
            f"{name}: expected about the {before[-1].prefixes} prefixes of {before[-1].since}, "
            f"found {count}: it was cut off at its source. If it is right, install it under "
            "another source id"
        )


def _source(table: Table) -> str:
    """Return the id of a table of the user's own: its operator, or its form (and family)."""
    if table.kind is Kind.PUBLISHED:
        return table.provider
    stem = {"pfx2as": "caida"}.get(table.form, table.form)
    if not table.prefixes:
        return stem  # of names alone
    # IPv4 stands before IPv6
    first, last = (table.prefixes.match(at).prefix for at in (0, len(table.prefixes) - 1))
    if ":" in first:
        return f"{stem}-ipv6"
    return stem if ":" in last else f"{stem}-ipv4"


def _remember(info: TableInfo, cache: Folder | None) -> TableInfo:
    """Add a table to the manifest; one that is there already is known to hold longer."""
    tables = {(known.source, known.file): known for known in installed(cache)}
    if (known := tables.get((info.source, info.file))) is not None:
        info = replace(
            info,
            until=max(info.until, known.until),
            since=min(info.since, known.since),
            url=info.url or known.url,
        )
    tables[info.source, info.file] = info
    rows = [_row(table) for _, table in sorted(tables.items())]
    with replacing(cache_dir(cache) / MANIFEST) as temporary:
        temporary.write_text(json.dumps({"format": FORMAT, "tables": rows}, indent=1) + "\n")
    log.info("table %s of %s: %d prefixes", info.source, info.since, info.prefixes)
    return info


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process changes the manifest of a folder, and keep them out."""
    if os.name == "nt":  # where no folder is opened
        yield
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        _take_turn(file, folder)
        yield
    finally:
        os.close(file)


def _take_turn(file: int, folder: Path) -> None:
    for _ in range(_TURNS):
        try:
            return lock(file)
        except BlockingIOError:
            time.sleep(_TURN)
        except OSError as error:
            log.warning("%s: no lock against other processes (%s)", folder, error)
            return None
    raise TableError(
        f"expected to change the tables in {folder}, found another process changing them: "
        "wait for it, and do it again"
    )

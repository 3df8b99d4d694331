"""Bring the tables up to date: from their publishers, or from a directory without a network.

Nothing here opens a connection: the fetching is handed in (``depgraph.collect.tables.fetch``),
for what comes after the observations meets no network.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from depgraph.errors import TableError
from depgraph.providers.tables._cache import TableInfo, install, installed
from depgraph.providers.tables._publishers import Publisher, chosen
from depgraph.providers.tables._text import clean

log = logging.getLogger(__name__)

Fetch = Callable[[str, Path], str]
"""Fetches an address into a file, and gives the address it finally came from; raises
:class:`~depgraph.errors.TableError` with the reason if not all of it came."""
PAGE = 4 << 20
"""Characters read of a page that names the newest table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one table.

    `state` is ``installed`` (new), ``unchanged`` (the one there is the newest) or ``refused``,
    with the `reason`; `info` is the table now in use from this source, None if there is none.
    """

    source: str
    state: str
    info: TableInfo | None
    reason: str = ""

    def __str__(self) -> str:
        if self.state == "refused":
            kept = f"the table of {self.info.since} stays in use" if self.info else "there is none"
            return f"{self.source}: refused, {kept}: {self.reason}"
        assert self.info is not None
        return f"{self.source}: {self.state}, {self.info.prefixes} prefixes of {self.info.since}"


def update(
    *,
    fetch: Fetch | None = None,
    from_dir: str | os.PathLike[str] | None = None,
    sources: Iterable[str] | None = None,
    cache: str | os.PathLike[str] | None = None,
    today: date | None = None,
    publishers: Iterable[Publisher] | None = None,
) -> list[Outcome]:
    """Install the newest tables. One that is refused leaves the others, and its elder, alone.

    Parameters
    ----------
    fetch
        Fetches an address into a file; ``depgraph.collect.tables.fetch``.
    from_dir
        Take the files of this directory instead, with no network at all. A plain list must be
        named after its operator's id: ``cloudflare.txt``, ``hetzner-2026-01-31.txt``.
    sources
        Ids of the publishers to ask; None: all.
    cache
        Directory of the tables; None: the user's.
    today
        The day (UTC) that counts as today.
    publishers
        Where to fetch from; None: those of ``publishers.csv``.

    Raises
    ------
    TableError
        If a source is not known, or the directory is none.
    """
    day = today or datetime.now(UTC).date()
    if from_dir is not None:
        return _from_directory(Path(from_dir), cache, day)
    if fetch is None:
        raise TableError("expected a way to fetch, or a directory to read from, found neither")
    asked = chosen(sources) if publishers is None else list(publishers)
    with tempfile.TemporaryDirectory(prefix="depgraph-tables-") as scratch:
        return [_fetched(publisher, fetch, Path(scratch), cache, day) for publisher in asked]


def _fetched(
    publisher: Publisher,
    fetch: Fetch,
    scratch: Path,
    cache: str | os.PathLike[str] | None,
    today: date,
) -> Outcome:
    def attempt() -> TableInfo:
        url = publisher.url
        if publisher.index:
            page = scratch / f"{publisher.id}.page"
            fetch(url, page)
            url = publisher.newest(page.read_text("utf-8", "replace")[:PAGE])
        file = scratch / (Path(urlsplit(url).path).name or publisher.id)
        final = fetch(url, file)
        return install(
            file,
            source=publisher.id,
            cache=cache,
            form=publisher.form,
            provider=publisher.provider,
            until=today if publisher.kind != "routing" else None,
            fetched=today,
            url=final,
        )

    return _outcome(publisher.id, attempt, cache)


def _outcome(
    source: str, attempt: Callable[[], TableInfo], cache: str | os.PathLike[str] | None
) -> Outcome:
    before = installed(cache)
    try:
        info = attempt()
    except (TableError, OSError) as error:
        log.warning("table %s refused: %s", clean(source), clean(str(error), longest=600))
        last = [old for old in before if old.source == source][-1:]
        return Outcome(
            source=clean(source),
            state="refused",
            info=last[0] if last else None,
            reason=clean(str(error), longest=600),
        )
    same = any(old.source == info.source and old.sha256 == info.sha256 for old in before)
    return Outcome(source=info.source, state="unchanged" if same else "installed", info=info)


def _from_directory(
    directory: Path, cache: str | os.PathLike[str] | None, today: date
) -> list[Outcome]:
    if not directory.is_dir():
        raise TableError(f"expected a directory of table files, found none at {directory}")
    files = sorted(path for path in directory.iterdir() if path.is_file() and path.name[0] != ".")
    if not files:
        raise TableError(f"expected table files in {directory}, found none")
    return [
        _outcome(path.name, lambda path=path: _from_file(path, cache, today), cache)  # type: ignore[misc]
        for path in files
    ]


def _from_file(path: Path, cache: str | os.PathLike[str] | None, today: date) -> TableInfo:
    try:
        return install(path, cache=cache, fetched=today)
    except TableError as error:
        if "whose ranges" not in str(error):
            raise
    owner = path.name.partition(".")[0].rstrip("-_0123456789")
    return install(path, cache=cache, provider=owner, fetched=today)

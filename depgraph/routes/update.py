"""Bring the tables up to date: from their publishers, or from a directory without a network.

Nothing here opens a connection: the fetching is handed in (``depgraph.collect.tables.fetch``),
for what comes after the observations meets no network.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from depgraph.errors import TableError
from depgraph.routes.cache import Folder, TableInfo, install, installed
from depgraph.routes.model import Kind
from depgraph.routes.publishers import Publisher
from depgraph.routes.publishers import publishers as all_publishers
from depgraph.routes.reading import OwnerMissing
from depgraph.text_safety import one_line

log = logging.getLogger(__name__)

Fetch: TypeAlias = Callable[[str, Path], str]
"""Fetches an address into a file, and returns the address it finally came from; raises
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
        return f"{self.source}: {self.state}, {self.info.holds} of {self.info.since}"


def update(
    *,
    fetch: Fetch | None = None,
    from_dir: Folder | None = None,
    sources: Iterable[str] | None = None,
    cache: Folder | None = None,
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

    Returns
    -------
    list of Outcome
        One for each publisher asked, or for each file of the directory.

    Raises
    ------
    TableError
        If a source is not known, or the directory is none.
    """
    day = today or datetime.now(UTC).date()
    if from_dir is not None:
        return [
            _outcome(path.name, partial(_from_file, path, cache, day), cache)
            for path in _files(Path(from_dir))
        ]
    if fetch is None:
        raise TableError("expected a way to fetch, or a directory to read from, found neither")
    asked = _publishers(sources) if publishers is None else publishers
    with tempfile.TemporaryDirectory(prefix="depgraph-tables-") as scratch:
        return [
            _outcome(one.id, partial(_fetched, one, fetch, Path(scratch), cache, day), cache)
            for one in asked
        ]


def _outcome(source: str, attempt: Callable[[], TableInfo], cache: Folder | None) -> Outcome:
    before = installed(cache)
    try:
        info = attempt()
    except (TableError, OSError) as error:
        source, reason = one_line(source), one_line(str(error), limit=600)
        log.warning("table %s refused: %s", source, reason)
        in_use = next((old for old in reversed(before) if old.source == source), None)
        return Outcome(source=source, state="refused", info=in_use, reason=reason)
    same = any(old.source == info.source and old.sha256 == info.sha256 for old in before)
    return Outcome(source=info.source, state="unchanged" if same else "installed", info=info)


def _publishers(ids: Iterable[str] | None) -> list[Publisher]:
    known = all_publishers()
    wanted = list(known if ids is None else ids)
    if unknown := sorted(set(wanted) - set(known)):
        raise TableError(
            f"expected sources among {', '.join(known)}, found {', '.join(unknown)[:80]}"
        )
    return [known[name] for name in wanted]


def _fetched(
    publisher: Publisher, fetch: Fetch, scratch: Path, cache: Folder | None, today: date
) -> TableInfo:
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
        until=today if publisher.kind is Kind.PUBLISHED else None,
        fetched=today,
        url=final,
    )


def _files(directory: Path) -> list[Path]:
    if not directory.is_dir():
        raise TableError(f"expected a directory of table files, found none at {directory}")
    files = sorted(path for path in directory.iterdir() if path.is_file() and path.name[0] != ".")
    if not files:
        raise TableError(f"expected table files in {directory}, found none")
    return files


def _from_file(path: Path, cache: Folder | None, today: date) -> TableInfo:
    try:
        return install(path, cache=cache, fetched=today)
    except OwnerMissing:
        owner = path.name.partition(".")[0].rstrip("-_0123456789")
        return install(path, cache=cache, provider=owner, fetched=today)

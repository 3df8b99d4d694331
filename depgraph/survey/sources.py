"""What a survey is made of: files, folders, recordings and worlds as one recording a service."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import networkx as nx

from depgraph.errors import DepgraphError, QuestionError, RecordingError
from depgraph.names import registered_domain
from depgraph.readers import BadLine, Interval, open_any
from depgraph.recording import Recording, merge
from depgraph.text_safety import one_line, quote

Refused: TypeAlias = "tuple[str, int, str, str]"
"""A row of the table `refused`: source, line, service, why."""

_FILES: Final = (".jsonl", ".jsonl.gz", ".jsonl.xz", ".zone", ".zone.gz", ".zone.xz", ".parquet")


@runtime_checkable
class Pool(Protocol):
    """Observations of many services in one place, such as :class:`depgraph.survey.world.World`."""

    names: Sequence[str]

    def recording(self, name: str, /) -> Recording:
        """Return all that is known of one service."""


Source: TypeAlias = "str | os.PathLike[str] | Recording | Pool"


@dataclass(slots=True)
class Services:
    """The services of a survey, in the order of their names.

    Parameters
    ----------
    by_name
        Service -> its recordings, as they came.
    pools
        Worlds, with the services that are looked for in them.
    refused
        What could not be read, or is no service.
    """

    by_name: dict[str, list[Recording]] = field(default_factory=dict)
    pools: list[Pool] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The services, sorted."""
        return sorted({*self.by_name, *(name for pool in self.pools for name in pool.names)})

    def recording(self, name: str, at: date | None) -> tuple[Recording, Refused | None]:
        """Return all that is known of a service, and what is to be said of that.

        Recordings of one service that are of several days stand for the last of them, unless
        a day is asked for: what the others say is last known.
        """
        several = [*self.by_name.get(name, ())]
        several += [pool.recording(name) for pool in self.pools if name in pool.names]
        if len(several) == 1:
            return several[0], None
        joined = merge(several)
        days = {one.days for one in several}
        if at is not None or len(days) == 1:
            return joined, None
        last = max(days, key=lambda pair: (pair[1], pair[0]))
        why = f"recorded on {len(days)} days: judged for {last[1]}, give `at` for another"
        header = replace(joined.header, since=last[0], until=last[1])
        return replace(joined, header=header), ("", 0, name, why)


def services_of(source: Source | Iterable[Source], *, undated: Interval | None = None) -> Services:
    """Read every service that some sources hold.

    Parameters
    ----------
    source
        A file of any form that :func:`depgraph.readers.open_any` reads, a folder of such
        files, a recording, a world, or several of these.
    undated
        First and last moment of what bears no date.

    Raises
    ------
    QuestionError
        If it is none of these, or there is nothing in it.
    """
    found = Services()
    for one in _each(source):
        if isinstance(one, Recording):
            _add(found, "", one)
        elif isinstance(one, str | os.PathLike):
            for path in _files(Path(one)):
                _read(found, path, undated)
        elif isinstance(one, Pool):
            found.pools.append(one)
        else:
            raise QuestionError(
                f"expected a file, a folder, a recording or a world, found {quote(one)}"
            )
    if not found.names and not found.refused:
        raise QuestionError("expected one service or more, found none")
    return found


def _each(source: object) -> Iterator[Any]:
    single = isinstance(source, str | os.PathLike | Recording | Pool | nx.Graph)
    if single or not isinstance(source, Iterable) or isinstance(source, Mapping | bytes):
        yield source
    else:
        yield from source


def _files(path: Path) -> list[Path]:
    """List a file, or the files of a folder that are recordings by their suffix."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.name.lower().endswith(_FILES))
    if not found:
        raise QuestionError(
            f"expected files in {', '.join(_FILES)} in the folder {path}, found none"
        )
    return found


def _read(found: Services, path: Path, undated: Interval | None) -> None:
    """Read a file; one that cannot be read is a line of `refused`, and the others are read."""
    name = one_line(path.name)
    try:
        for entry in open_any(path, undated=undated):
            if isinstance(entry, BadLine):
                found.refused.append((name, entry.number, "", one_line(entry.error, limit=1000)))
            else:
                _add(found, name, entry)
    except (DepgraphError, OSError) as error:
        found.refused.append((name, 0, "", one_line(str(error), limit=1000)))


def _add(found: Services, source: str, recording: Recording) -> None:
    """Keep a recording with those of its service."""
    name = recording.subject
    fault = _no_service(recording)
    if fault:
        found.refused.append((source, 0, one_line(name), fault))
        return
    found.by_name.setdefault(name, []).append(recording)


def _no_service(recording: Recording) -> str:
    """Say why a recording is not of a service; empty if it is."""
    if not len(recording):
        return "expected observations, found none that were understood"
    try:
        registered = registered_domain(recording.subject)
    except RecordingError as error:
        return str(error)
    if registered is None:
        return "expected a registered domain or a name below one, found a public suffix"
    return ""

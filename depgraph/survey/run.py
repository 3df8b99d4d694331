"""A survey made: services in, verdict tables out, by whatever runs one function many times."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from depgraph.errors import QuestionError
from depgraph.extras import spare_memory
from depgraph.parameters import checked
from depgraph.providers import load
from depgraph.readers.world import Recordings, World
from depgraph.recording import Recording
from depgraph.survey.judgement import Question, forget, judged
from depgraph.survey.operators import operators_of
from depgraph.survey.result import Survey
from depgraph.survey.sources import Refused, Services, Source, services_of
from depgraph.survey.stored import HELD, Stored
from depgraph.survey.tables import TABLES, VERSION, arrow, batch, joined
from depgraph.text_safety import quote

CHUNK: Final = 200
"""Services of one shard: judged by one process at a time, and written whole."""
_AHEAD: Final = 4  # shards that wait for each process


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a survey is.

    Parameters
    ----------
    done, total
        Services.
    rate
        Services a second since it began or went on.
    left
        Seconds left at that rate; None before the first shard is done.
    """

    done: int
    total: int
    rate: float
    left: float | None


@checked()
def survey(
    source: Source | Iterable[Source],
    *,
    at: date | str | None = None,
    upto: int = 2,
    horizon: str = "30d",
    executor: Executor | None = None,
    jobs: int = 1,
    shards: str | os.PathLike[str] | None = None,
    undated: Any = None,
    origin: str | None = None,
    include: bool = False,
    only: Iterable[str] | None = None,
    inside: Iterable[str] = (),
    progress: Callable[[Moment], None] | None = None,
) -> Survey:
    """Ask the same questions of many services, and keep the answers as tables.

    Every verdict is that of :func:`depgraph.build` and the analyses on the service alone.

    Parameters
    ----------
    source
        Files of any form that depgraph reads, folders of them, recordings, worlds
        (:class:`depgraph.readers.World`), or several of these.
    at
        The day that the survey is for; otherwise each service's own days.
    upto
        Size of the largest cut sets.
    horizon
        Levers that work later do not count.
    executor
        What runs the work: any of :mod:`concurrent.futures`, or Dask's
        ``Client.get_executor()``. None: this process, or `jobs` of them.
    jobs
        How many processes, where there is no `executor`.
    shards
        A folder for the shards that are done: a run that was ended goes on from there.
    undated, origin, include
        What files do not say: see :func:`depgraph.readers.open_any`. Of several files one alone may
        be a zone whose `origin` is given.
    only
        The services that are asked about; otherwise all there are.
    inside
        Names that are services as well where a zone holds them, as it does ``www``; those of
        `only` are.
    progress
        Called after each shard.

    Returns
    -------
    Survey

    Raises
    ------
    QuestionError
        If nothing can be surveyed, or an argument is not of its kind.
    RecordingError, OSError
        If the source is one file, which cannot be read; one of several is a row of `refused`.
    TableError
        If pyarrow or DuckDB is not installed.

    Notes
    -----
    A service with more than 20,000 observations, or 100 name servers of one zone, is refused; of
    each function 2,000 cut sets are kept at each level, and `cuts_left_out` counts the others.
    """
    arrow()
    question = Question(at=_day(at), upto=upto, horizon=horizon)
    services = services_of(
        source, undated=undated, origin=origin, include=include, only=only, inside=inside
    )
    ours = executor is None and jobs > 1
    with contextlib.ExitStack() as stack:
        if ours:
            # Not forked: the threads of Arrow would not come along.
            executor = stack.enter_context(
                ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=spare_memory)
            )
        parts = _parts(
            services,
            question,
            executor=executor,
            world=services.world if ours else None,
            jobs=jobs,
            shards=shards,
            progress=progress,
        )
    extra = batch("refused", services.refused)
    del services  # DuckDB counts next, in memory of its own
    forget()
    arrow().default_memory_pool().release_unused()
    whole = HELD if isinstance(parts, _Shards) else TABLES
    held = {}
    for name in whole:
        several = parts.read(name) if isinstance(parts, _Shards) else (one[name] for one in parts)
        held[name] = joined(name, [extra, *several] if name == "refused" else several)
    files = {name: parts.files(name) for name in TABLES} if isinstance(parts, _Shards) else {}
    return Survey(
        tables=Stored(files, held) if files else held,
        operators=operators_of(held["aliases"]),
        depgraph=version("depgraph"),
        catalogue=load().version,
    )


def _day(at: date | str | None) -> date | None:
    if isinstance(at, str):
        try:
            return date.fromisoformat(at)
        except ValueError:
            raise QuestionError(
                f"expected a day such as '2021-02-15' for `at`, found {quote(at)}"
            ) from None
    return at


def _parts(
    services: Services,
    question: Question,
    *,
    executor: Executor | None,
    world: World | None,
    jobs: int,
    shards: str | os.PathLike[str] | None,
    progress: Callable[[Moment], None] | None,
) -> list[Mapping[str, Any]] | _Shards:
    """Judge shard by shard; those that an earlier run of the same question wrote are taken.

    Of a `world` that has all there is the processes read their services themselves.
    """
    names = services.names
    cuts = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
    kept = _Shards(Path(shards), question, names) if shards is not None else None
    notes: dict[int, list[Refused]] = {}
    done: dict[int, Mapping[str, Any]] = {}
    before = kept.done() if kept else frozenset()
    clock = _Clock(len(names), sum(len(cuts[number]) for number in before), progress)
    waiting: deque[tuple[int, Future[dict[str, Any]]]] = deque()

    def finish(number: int, part: Mapping[str, Any]) -> None:
        refused = {row["service"] for row in part["refused"].to_pylist()}
        said = [one for one in notes.pop(number, []) if one[2] not in refused]
        part = {**part, "notes": batch("notes", said)}
        if kept:
            kept.keep(number, part)
        else:
            done[number] = part
        clock.tick(len(cuts[number]))

    def recordings(number: int) -> Iterable[Recording]:
        if world is not None:
            return Recordings(world, cuts[number])
        found = []
        for name in cuts[number]:
            recording, note = services.recording(name, question.at)
            found.append(recording)
            if note:
                notes.setdefault(number, []).append(note)
        return found

    for number in range(len(cuts)):
        if number in before:
            continue
        if executor is None:
            finish(number, judged(recordings(number), question))
            continue
        waiting.append((number, executor.submit(judged, recordings(number), question)))
        while len(waiting) >= _AHEAD * max(jobs, 2):
            first, future = waiting.popleft()
            finish(first, future.result())
    for first, future in waiting:
        finish(first, future.result())
    return kept or [done[number] for number in sorted(done)]


class _Clock:
    """Counts services, and tells how far the survey is."""

    def __init__(self, total: int, done: int, tell: Callable[[Moment], None] | None) -> None:
        self._total, self._done, self._tell = total, done, tell
        self._before, self._start = done, time.monotonic()

    def tick(self, count: int) -> None:
        self._done += count
        if self._tell is None:
            return
        passed = time.monotonic() - self._start
        rate = (self._done - self._before) / passed if passed else 0.0
        left = (self._total - self._done) / rate if rate else None
        self._tell(Moment(self._done, self._total, rate, left))


class _Shards:
    """Shards in a folder: each a folder of its own, there whole or not at all."""

    def __init__(self, folder: Path, question: Question, names: Sequence[str]) -> None:
        self._folder = folder
        plan: dict[str, object] = {"survey": VERSION, "tables": list(TABLES)}
        plan |= {"services": len(names), "names": _digest(names)}
        plan |= {key: str(value) for key, value in asdict(question).items()}
        folder.mkdir(parents=True, exist_ok=True)
        self._plan = json.dumps(plan, sort_keys=True)
        written = folder / "plan.json"
        if not written.is_file() or written.read_text("utf-8") != self._plan:
            # Shards of another question, or of other services, are no part of this survey.
            shutil.rmtree(folder)
            folder.mkdir(parents=True)
            written.write_text(self._plan, "utf-8")

    def done(self) -> frozenset[int]:
        """Return which shards are there."""
        return frozenset(int(path.name) for path in self._folder.glob("[0-9]*"))

    def files(self, table: str) -> list[Path]:
        """List the files of a table, shard by shard."""
        folders = sorted(self._folder.glob("[0-9]*"), key=lambda path: int(path.name))
        return [folder / f"{table}.parquet" for folder in folders]

    def read(self, table: str) -> list[Any]:
        """Read a table from all shards."""
        return list(Stored({table: self.files(table)}, {}).parts(table))

    def keep(self, number: int, part: Mapping[str, Any]) -> None:
        """Write a shard: beside its place, then moved there."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

        pa = arrow()
        beside = self._folder / f".{os.getpid()}-{number}.part"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        for name, rows in part.items():
            pq.write_table(pa.Table.from_batches([rows]), beside / f"{name}.parquet")
        target = self._folder / f"{number:06d}"
        shutil.rmtree(target, ignore_errors=True)
        beside.replace(target)


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()

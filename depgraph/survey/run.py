"""A survey made: services in, verdict tables out, by whatever runs one function many times."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from depgraph.atomic import write_text
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.providers import load
from depgraph.readers.days import Dated, interval_of
from depgraph.readers.world import Recordings, Refused, World
from depgraph.recording import Recording
from depgraph.survey.judgement import Question, forget, judged
from depgraph.survey.operators import operators_of
from depgraph.survey.processes import pool
from depgraph.survey.result import Survey
from depgraph.survey.sources import Services, Source, services_of
from depgraph.survey.stored import HELD, Stored
from depgraph.survey.tables import TABLES, VERSION, arrow, batch, joined
from depgraph.text_safety import quote

CHUNK: Final = 200
"""Services of one shard: judged by one process at a time, and written whole."""
_log = logging.getLogger(__name__)
_AHEAD: Final = 4  # shards that wait for each process
_SHARD: Final = "[0-9]" * 6  # name of the folder of one
_TOLD: Final = 1000  # inputs, and services, that are told one by one
_SHOWN: Final = 5  # of those that differ


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
    tables: bool = False,
    executor: Executor | None = None,
    jobs: int = 1,
    shards: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    undated: Dated | None = None,
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
    tables
        Whether origins that the source lacks are taken from the routing tables in the user's cache,
        each of its own day.
    executor
        What runs the work: any of :mod:`concurrent.futures`, or Dask's
        ``Client.get_executor()``. None: this process, or `jobs` of them.
    jobs
        How many processes, where there is no `executor`.
    shards
        A folder for the shards that are done: a run that was ended goes on from there.
    overwrite
        Whether to begin anew where these are of another question, of other files or services.
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
        If nothing can be surveyed, an argument is not of its kind, or the `shards` are of another
        survey and not to be overwritten.
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
    day = interval_of(undated)
    question = Question(at=_day(at), upto=upto, horizon=horizon, tables=tables)
    services = services_of(
        source, undated=day, origin=origin, include=include, only=only, inside=inside
    )
    kept = None
    if shards is not None:
        told = {"dated": day, "origin": origin, "include": include}
        kept = _Shards(Path(shards), _plan(services, question, told), overwrite=overwrite)
    ours = executor is None and jobs > 1
    with contextlib.ExitStack() as stack:
        if ours:
            executor = stack.enter_context(pool(jobs))
        parts = _parts(
            services,
            question,
            executor=executor,
            world=services.world if ours else None,
            jobs=jobs,
            kept=kept,
            progress=progress,
        )
    extra = {"refused": services.refused, "notes": services.notes}
    del services  # DuckDB counts next, in memory of its own
    forget()
    arrow().default_memory_pool().release_unused()
    whole = HELD if isinstance(parts, _Shards) else TABLES
    held: dict[str, Any] = {}
    for name in whole:
        several = parts.read(name) if isinstance(parts, _Shards) else (one[name] for one in parts)
        if name == "notes":  # of services that were judged, as the others are
            known = set(held["services"].column("service").to_pylist()) if extra[name] else set()
            extra[name] = [row for row in extra[name] if row[2] in known]
        held[name] = joined(name, [batch(name, extra.get(name, ())), *several])
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
    kept: _Shards | None,
    progress: Callable[[Moment], None] | None,
) -> list[Mapping[str, Any]] | _Shards:
    """Judge shard by shard; those that an earlier run of the same question wrote are taken.

    Of a `world` that has all there is the processes read their services themselves.
    """
    names = services.names
    cuts = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
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
    """Shards in a folder: each a folder of its own, there whole or not at all.

    Those of another plan are no part of this survey. They may be hours of work, and a slip of the
    hand is quick: they stay, unless they may be overwritten.
    """

    def __init__(self, folder: Path, plan: Mapping[str, Any], *, overwrite: bool) -> None:
        self._folder = folder
        written = folder / "plan.json"
        before = _read_plan(written)
        if before == plan:
            return
        if count := len(self.done()):
            differs = "; ".join(_differences(before, plan))
            other = f"{count} shards (of up to {CHUNK} services each) of another survey: {differs}"
            if not overwrite:
                raise QuestionError(
                    f"expected no other survey half done in {folder}, found {other}: go on with that "
                    "one, give another folder, or begin anew (--force; `overwrite` in Python)"
                )
            _log.warning("%s: begun anew, without %s", folder, other)
        folder.mkdir(parents=True, exist_ok=True)
        for one in (*folder.glob(_SHARD), *folder.glob(".*.part")):
            shutil.rmtree(one)
        write_text(written, json.dumps(plan))

    def done(self) -> frozenset[int]:
        """Return which shards are there."""
        return frozenset(int(path.name) for path in self._folder.glob(_SHARD))

    def files(self, table: str) -> list[Path]:
        """List the files of a table, shard by shard."""
        folders = sorted(self._folder.glob(_SHARD), key=lambda path: int(path.name))
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


def _plan(
    services: Services, question: Question, told: Mapping[str, object]
) -> dict[str, dict[str, Any] | str]:
    """Return what shards are of, as JSON has it: they are taken where all of it is the same."""
    return {
        "services": _counted([(name,) for name in services.names]),
        "inputs": _counted(sorted(services.inputs)),
        **{key: _shown(value) for key, value in {**asdict(question), **told}.items()},
        "depgraph": version("depgraph"),
        "catalogue": load().version,
        "schema": f"{VERSION}, {CHUNK} services a shard",
    }


def _counted(several: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    """Return how many there are, what tells them from others, and what each is, unless they are many."""
    lines = "\n".join(map(str, several))
    each = {"each": list(map(list, several))} if len(several) <= _TOLD else {}
    return {"count": len(several), "sha256": sha256(lines.encode()).hexdigest(), **each}


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " to ".join(map(str, value))
    return "none" if value is None else str(value)


def _read_plan(path: Path) -> Mapping[str, Any]:
    """Read what the shards beside it are of; nothing where that is not there, or damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield in what one plan differs from another, for people: what it was, and what it is."""
    if before.keys() != now.keys():
        yield "another release wrote them, or their plan is damaged"
        return
    for key, has in now.items():
        was = before[key]
        if was == has:
            continue
        if isinstance(was, dict) and isinstance(has, dict):
            told = "; ".join(_others(was.get("each", ()), has.get("each", ())))
            count = f"{was.get('count')}, now {has['count']}"
            yield f"other or changed {key} ({count}{': ' if told else ''}{told})"
        else:
            yield f"{key} {was}, now {has}"


def _others(before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield which of several that are named are others, or not as they were; the first of many.

    >>> list(_others([["a.zone", "5 bytes"], ["b.zone", "7 bytes"]], [["a.zone", "6 bytes"]]))
    ['a.zone: 5 bytes, now 6 bytes', 'without b.zone']
    """
    if not before or not now:
        return
    gone, come = (
        {one[0]: one[1:] for one in some if one not in others}
        for some, others in ((before, now), (now, before))
    )
    told = []
    for name in sorted(gone.keys() & come.keys()):
        pairs = zip(gone[name], come[name], strict=False)
        told.append(f"{name}: " + ", ".join(f"{a}, now {b}" for a, b in pairs if a != b))
    told += [f"without {name}" for name in sorted(gone.keys() - come.keys())]
    told += [f"with {name}" for name in sorted(come.keys() - gone.keys())]
    yield from told[:_SHOWN]
    if (more := len(told) - _SHOWN) > 0:
        yield f"{more} more"

"""What a survey is made of: files, folders, recordings and worlds as one recording a service."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import networkx as nx

from depgraph.errors import DepgraphError, QuestionError
from depgraph.names import is_below, parents, registered_domain
from depgraph.observations import Observation, Status
from depgraph.readers import (
    Anew,
    BadLine,
    Interval,
    Made,
    World,
    detect,
    led_to,
    open_any,
    open_world,
    write_world,
)
from depgraph.readers.asked import ASKING, by_server
from depgraph.readers.detect import of_origin
from depgraph.readers.registry import registry_zone
from depgraph.readers.world import Refused
from depgraph.recording import Recording
from depgraph.recording.days import stands_of
from depgraph.schema import Graph
from depgraph.text_safety import one_line, quote

_QUESTIONS: Final = ASKING | {"DNS over HTTPS", "lookup", "openintel"}
"""Sources that write down each question of one scan, which may take some days."""
_SCANNERS: Final = _QUESTIONS | {
    *("cache", "crt.sh", "dig +trace", "httpx", "ooni", "passive", "table of records")
}
"""Sources whose lines are of any name: a service is asked about under its registered domain."""
LARGE: Final = 16 << 20
"""Bytes of a registry's file from which on it is read into a world on disk, and not held."""
_UNASKED: Final = (
    "expected its registered domain {} among what was asked, as that of others is, found it not: "
    "--only (`only` in Python) makes the name itself a service"
)
_SHOWN: Final = 5  # services named, before the rest is counted
_REVERSE: Final = "arpa"  # names of addresses
_PASSES: Final = 8  # as depgraph.readers.gather: an alias leads to a name, its zone to servers

_BySubject: TypeAlias = "dict[str, list[Observation]]"


@runtime_checkable
class Pool(Protocol):
    """Observations of many services in one place, such as :class:`depgraph.readers.World`."""

    @property
    def names(self) -> Sequence[str]:
        """Its services."""

    def __contains__(self, name: object, /) -> bool:
        """Tell whether it has a service."""

    def recording(self, name: str, /) -> Recording:
        """Return all that is known of one service."""


Source: TypeAlias = "str | os.PathLike[str] | Recording | Pool"


@dataclass(slots=True)
class Services:
    """The services of a survey, in the order of their names.

    Parameters
    ----------
    own
        Service -> its recordings, each with all that belongs to it.
    shared
        Name -> what files of many names hold of it: a service takes of these what it leads to.
    pools
        Worlds, with the services that are looked for in them.
    refused
        What could not be read, or is no service.
    notes
        What worlds say of services of theirs: see :class:`depgraph.readers.world.Made`.
    inputs
        What each input is: its name, and size and time of a file, or what tells it from another; all
        of it for people.
    only
        The services that are asked about; None: all there are.
    inside
        Names that are services as well if a zone holds them, as ``www`` does.
    """

    own: dict[str, list[Recording]] = field(default_factory=dict)
    shared: dict[str, list[Recording]] = field(default_factory=dict)
    pools: list[Pool] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)
    inputs: list[tuple[str, ...]] = field(default_factory=list)
    only: frozenset[str] | None = None
    inside: frozenset[str] = frozenset()
    _offered: set[str] = field(default_factory=set)
    _under: dict[str, set[str]] = field(default_factory=dict)
    _held: dict[str, frozenset[str]] = field(default_factory=dict)
    _parts: dict[str, list[tuple[Recording, _BySubject]]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The services, sorted."""
        every = self._every()
        return sorted(every if self.only is None else every & self.only)

    def _every(self) -> set[str]:
        """Return the services that there are, whichever of them are asked about."""
        pooled = {name for pool in self.pools for name in pool.names}
        every = {*self.own, *self._offered, *pooled}
        every = every or self._topmost()
        if self.only:  # each name of a scan is one, where it is asked about
            every |= self.only & self._asked()
        return every | {
            name for name in self.inside | (self.only or frozenset()) if self._zone_of(name)
        }

    def refuse_absent(self) -> None:
        """Add a row to `refused` for each service that is asked about and not there.

        Raises
        ------
        QuestionError
            If there are services, and none of them is asked about.
        """
        if self.only is None:
            return
        there = self._every()
        if there and not there & self.only:
            raise QuestionError(
                f"expected {_some(self.only)}, found none of them; there is {_some(there)}"
            )
        told = {service for _, _, service, _ in self.refused}
        missing = sorted(self.only - there - told)
        self.refused += (("", 0, name, why_absent(name, there)) for name in missing)

    def refuse_unasked(self) -> None:
        """Add a row to `refused` for each name of a scan that belongs to no service, and is none.

        Its registered domain was not asked about, as that of others was, and nothing leads to it.
        """
        if self.only is not None or not self._offered:
            return
        there = self._every()
        names = {
            name
            for name in self._asked() - there
            if registered_domain(name) not in there
            and any(one.header.source in _SCANNERS for one in self.shared[name])
        }
        if names:
            names = names.difference(self._led_to(self.shared))
        self.refused += (
            ("", 0, name, _UNASKED.format(quote(registered_domain(name)))) for name in sorted(names)
        )

    def _asked(self) -> set[str]:
        """Return the names that files of many names hold something of, and that can be services."""
        return {
            name
            for name, several in self.shared.items()
            if any(map(len, several)) and registered_domain(name) and not is_below(name, _REVERSE)
        }

    def _topmost(self) -> set[str]:
        """Return what was asked about where no registered domain was: one web site, or several."""
        asked = self._asked()
        found = {name for name in asked if asked.isdisjoint(parents(name)[1:])}
        return found.difference(self._led_to(asked))

    def _led_to(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names that what files of many names hold of some of these lead to from others."""
        for name in names:
            for one in self.shared[name]:
                yield from (other for o in one for other in led_to(o) if other != name)

    @property
    def world(self) -> World | None:
        """The world that has all there is of these services; None if there is more, or none."""
        one = self.pools[0] if len(self.pools) == 1 and not (self.own or self.shared) else None
        return one if isinstance(one, World) else None

    def add(self, recording: Recording, *, whole: bool) -> None:
        """Keep a recording; one that is `whole` has all that belongs to its service."""
        subject = recording.subject
        if whole:
            self.own.setdefault(subject, []).append(recording)
            return
        self.shared.setdefault(subject, []).append(recording)
        registered = registered_domain(subject)
        if registered is None:
            return  # a zone above services is none itself
        self._under.setdefault(registered, set()).add(subject)
        if subject == registered or (
            recording.header.source not in _SCANNERS and not _is_delegation(recording)
        ):
            self._offered.add(subject)

    def add_pool(self, pool: Pool) -> None:
        """Keep a world, with what is to be said of the files that it was made of."""
        self.pools.append(pool)
        if isinstance(pool, World):
            self.refused += pool.made.refused
            self.notes += pool.made.notes

    def take(self, other: Services) -> None:
        """Add all that others have."""
        for mine, theirs in ((self.own, other.own), (self.shared, other.shared)):
            for name, several in theirs.items():
                mine.setdefault(name, []).extend(several)
        self.pools += other.pools
        self.refused += other.refused
        self.notes += other.notes
        self._offered |= other._offered
        for name, names in other._under.items():
            self._under.setdefault(name, set()).update(names)

    def _zone_of(self, name: str) -> str:
        """Return the zone of a file that has answers for a name inside it; empty if none has."""
        for zone in parents(name)[1:]:
            if zone in self.shared:
                if zone not in self._held:
                    several = self.shared[zone]
                    answers = (o for one in several for o in one if o.status is Status.ANSWER)
                    self._held[zone] = frozenset(o.subject for o in answers)
                return zone if name in self._held[zone] else ""
        return ""

    def _gathered(self, name: str) -> list[Recording]:
        """Return what files of many names hold of one: see :func:`depgraph.readers.gather`."""
        if name not in self.shared and not self._zone_of(name):
            return []
        registered = registered_domain(name) or name
        names = {name, *parents(name)}
        names |= {one for one in self._under.get(registered, ()) if is_below(one, name)}
        taken: dict[str, list[Recording]] = {}
        above: set[str] = set()  # zones above services, of which only what is led to is taken
        for _ in range(_PASSES):
            new = {one for one in names if one in self.shared} - taken.keys() - above
            above |= {one for one in new if registered_domain(one) is None}
            taken |= {one: self.shared[one] for one in new - above}
            several = [taken[one] for one in new - above]
            several += (self._part_of(zone, names) for zone in above)
            before = len(names)
            names.update(
                other for recs in several for rec in recs for o in rec for other in led_to(o)
            )
            if len(names) == before:
                break
        taken |= {zone: self._part_of(zone, names) for zone in above}
        order = sorted(taken, key=lambda one: (one != name, one))
        return by_server([rec for one in order for rec in taken[one]])

    def _part_of(self, zone: str, names: Collection[str]) -> list[Recording]:
        """Return what the recordings of a zone hold of some names.

        A registry's file that is cut off may have thousands of names without their delegations.
        """
        if zone not in self._parts:
            self._parts[zone] = [(one, _by_subject(one)) for one in self.shared[zone]]
        return [
            replace(
                one, observations=tuple(o for name in sorted(names) for o in index.get(name, ()))
            )
            for one, index in self._parts[zone]
        ]

    def recording(self, name: str, at: date | None) -> tuple[Recording, Refused | None]:
        """Return all that is known of a service, and what is to be said of that.

        Recordings of one service that are of several days stand for the last of them, unless
        a day is asked for: what the others say is last known.
        """
        gathered = self._gathered(name)
        own = [
            *by_server(self.own.get(name, ())),
            *(one for one in gathered if one.subject == name),
        ]
        own += [pool.recording(name) for pool in self.pools if name in pool]
        if not own:
            zone = self._zone_of(name)
            own = [one for one in gathered if one.subject == zone]
        if len(own) == 1 and not gathered[1:] and own[0].subject == name:
            return own[0], None
        # The lines of a scan are parts of one answer, unless they ask the same again.
        scan = [one for one in gathered if one.header.source in _QUESTIONS]
        asked = any(is_below(one.subject, name) for one in scan)
        days = {one.days for one in own if not asked or one.header.source not in _QUESTIONS}
        days |= set(stands_of(scan, name)) if asked else set()
        since, until = max(days, key=lambda pair: (pair[1], pair[0]))
        known = {id(one) for one in own}
        others = [one for one in gathered if id(one) not in known]
        joined = _joined(name, [*own, *others], since, until)
        if len(days) == 1 and (again := _several_of_one_place(self.own.get(name, ()))) > 1:
            why = f"{again} recordings of one day and place: joined, and judged as one"
            return joined, ("", 0, name, why)
        if at is not None or len(days) == 1:
            return joined, None
        why = (
            f"recorded on {len(days)} days: stands for {until}, another day: --at (`at` in Python)"
        )
        return joined, ("", 0, name, why)


def services_of(
    source: Source | Iterable[Source],
    *,
    undated: Interval | None = None,
    origin: str | None = None,
    include: bool = False,
    only: Iterable[str] | None = None,
    inside: Iterable[str] = (),
) -> Services:
    """Read every service that some sources hold.

    Parameters
    ----------
    source
        A file or folder of any form that :func:`depgraph.readers.open_any` reads, a recording, a
        world, or several of these.
    undated, origin, include
        What files do not say: see :func:`depgraph.readers.open_any`. Of several files one alone may
        be a zone whose `origin` is given.
    only
        The services that are asked about; otherwise all there are.
    inside
        Names that are services as well if a zone holds them (``www.shop.example``); those of
        `only` are.

    Raises
    ------
    QuestionError
        If it is none of these, or there is nothing in it.
    RecordingError, OSError
        If it is one file, which cannot be read; one of several is a row of `refused`. If there is
        an `origin`, and none or more than one of several files that may be a zone.
    """
    found = Services(only=None if only is None else frozenset(only), inside=frozenset(inside))
    sources = list(_each(source))
    for one in sources:
        if isinstance(one, str | os.PathLike) and Path(one, "services.parquet").exists():
            raise QuestionError(
                f"expected files about services, found the survey {quote(os.fspath(one))}: "
                "depgraph.survey.load(FOLDER) reads it"
            )
    files = [_files(Path(one)) if isinstance(one, str | os.PathLike) else [] for one in sources]
    named = of_origin([*chain.from_iterable(files)], origin)

    def read(path: Path) -> Iterator[Recording | BadLine]:
        own = origin if path == named else None
        return open_any(path, undated=undated, origin=own, include=include)

    alone = Path(source) if isinstance(source, str | os.PathLike) else None
    for one, paths in zip(sources, files, strict=True):
        for path in paths:
            _read(found, path, read, alone=path == alone)
        if isinstance(one, Recording):
            _add(found, "", one, whole=True)
            sha256 = f"SHA-256 {one.sha256 or 'none'}"
            found.inputs.append((one.subject, f"{len(one)} observations", sha256))
        elif isinstance(one, Pool):
            found.add_pool(one)
            found.inputs.append(_state(one.path) if isinstance(one, World) else ("",))
        elif not paths:
            raise QuestionError(
                f"expected a file, a folder, a recording or a world, found {quote(one)}"
            )
    found.refuse_absent()
    found.refuse_unasked()
    if not found.names and not found.refused:
        raise QuestionError("expected one service or more, found none")
    return found


def built(
    recordings: Iterable[Recording],
    make: Callable[[Recording], Graph],
    refuse: Callable[[Refused], None] | None,
) -> Iterator[tuple[Recording, Graph]]:
    """Yield recordings of many services, each with its graph.

    One of which none can be built, as what a file calls it is no name of a service, is a row for
    `refuse`, and the others go on: as :func:`depgraph.survey.judgement.examined` has it. Where
    there is no `refuse`, the error is raised.
    """
    for recording in recordings:
        try:
            graph = make(recording)
        except DepgraphError as error:
            if refuse is None:
                raise
            refuse(unbuilt(recording, str(error)))
        else:
            yield recording, graph


def unbuilt(recording: Recording, why: str) -> Refused:
    """Return the row of `refused` for a service of which there is no answer."""
    return "", 0, one_line(recording.subject), one_line(why, limit=1000)


def why_absent(name: str, there: Collection[str]) -> str:
    """Say that there is nothing about a service that was asked about or listed."""
    zone = next((zone for zone in parents(name)[1:] if zone in there), "")
    return "expected an input about it, found none" + (f"; there is {zone}" if zone else "")


def _some(names: Collection[str]) -> str:
    """Name the first of some services and count the others."""
    first = sorted(names)[:_SHOWN]
    more = len(names) - len(first)
    return ", ".join(map(one_line, first)) + (f" and {more} more" if more else "")


def _each(source: object) -> Iterator[Any]:
    single = isinstance(source, str | os.PathLike | Recording | Pool | nx.Graph)
    if single or not isinstance(source, Iterable) or isinstance(source, Mapping | bytes):
        yield source
    else:
        yield from source


def _files(path: Path) -> list[Path]:
    """List a file, or the files of a folder: each of them may be of another form."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.is_file())
    if not found:
        raise QuestionError(f"expected files in the folder {path}, found none")
    return found


def _read(
    found: Services,
    path: Path,
    read: Callable[[Path], Iterable[Recording | BadLine]],
    *,
    alone: bool,
) -> None:
    """Read a file; one that cannot be read is a line of `refused`, and the others are read.

    Where it is `alone`, and nothing of it was read, the error is raised.
    """
    name = one_line(path.name)
    part = Services()
    told: dict[str, None] = {}
    try:
        found.inputs.append(_state(path))
        form = detect(path)
        if form == "world":
            found.add_pool(open_world(path))
            return
        whole = form == "recording"
        if _is_large(path):
            found.take(_spooled(name, read(path)))
            return
        for entry in read(path):
            if isinstance(entry, Anew):
                part = Services()
                told.clear()
            if isinstance(entry, BadLine):
                where = one_line(entry.file or name)
                part.refused.append((where, entry.number, "", one_line(entry.error, limit=1000)))
            else:
                told.update(dict.fromkeys(entry.problems))
                _add(part, name, entry, whole=whole)
        part.refused += ((name, 0, "", one_line(problem, limit=1000)) for problem in told)
    except (DepgraphError, OSError) as error:
        if alone and not (part.own or part.shared or part.refused):
            raise
        part.refused.append((name, 0, "", one_line(str(error), limit=1000)))
    found.take(part)


def _state(path: Path) -> tuple[str, ...]:
    """Return by what a file is known again, and known to be as it was, for people."""
    state = path.stat()
    written = datetime.fromtimestamp(state.st_mtime_ns // 1000 / 1e6, UTC)
    return path.name, f"{state.st_size} bytes", f"of {written:%Y-%m-%d %H:%M:%S.%f} UTC"


def gather_world(
    sources: Sequence[str | os.PathLike[str]],
    path: str | os.PathLike[str],
    *,
    undated: Interval | None = None,
    origin: str | None = None,
    include: bool = False,
) -> Made:
    """Write the services of files and folders as one world; return what is to be said of that.

    A registry's large file is written while it is read, in flat memory. What files do not say is
    given as to :func:`services_of`.

    Raises
    ------
    QuestionError
        If there is nothing in them.
    TableError
        If pyarrow is not installed.
    """
    files = [one for source in sources for one in _files(Path(source))]
    if len(files) == 1 and _is_large(files[0]):
        entries = open_any(files[0], undated=undated, origin=origin, include=include)
        return Made(write_entries(one_line(files[0].name), entries, path))
    found = services_of(sources, undated=undated, origin=origin, include=include)
    if not found.names:
        first = ": ".join(str(part) for part in found.refused[0] if part) if found.refused else ""
        raise QuestionError(f"expected services, found none that could be read; {first}")
    made = Made(found.refused, found.notes)

    def recordings() -> Iterator[Recording]:
        for name in found.names:
            recording, note = found.recording(name, None)
            if note:
                made.notes.append(note)
            yield recording

    write_world(recordings(), path, made=made)
    return made


def _is_large(path: Path) -> bool:
    """Tell whether a file is a registry's, too large for its recordings to be held."""
    return path.stat().st_size > LARGE and registry_zone(path) is not None


def _spooled(name: str, entries: Iterable[Recording | BadLine]) -> Services:
    """Write what is read of a large file into a world of its own, which is there as long as asked."""
    found = Services()
    folder = tempfile.TemporaryDirectory(prefix="depgraph-")
    path = Path(folder.name, "world")
    found.refused = write_entries(name, entries, path)
    pool = World(path)
    weakref.finalize(pool, folder.cleanup)
    found.pools.append(pool)
    return found


def write_entries(
    name: str, entries: Iterable[Recording | BadLine], path: str | os.PathLike[str]
) -> list[Refused]:
    """Write the recordings of a file as a world while they are read; return what was refused.

    Parameters
    ----------
    name
        Of the file, for people.
    entries
        What a reader of names in one zone yields.
    path
        The world.
    """
    source = iter(entries)
    refused: list[Refused] = []
    anew = True

    def recordings() -> Iterator[Recording]:
        nonlocal anew
        for entry in source:
            if isinstance(entry, Anew):
                anew = True
                refused.clear()
            if isinstance(entry, BadLine):
                refused.append((name, entry.number, "", one_line(entry.error, limit=1000)))
            if anew:
                return
            if isinstance(entry, Recording):
                if fault := _no_service(entry):
                    refused.append((name, 0, one_line(entry.subject), fault))
                yield entry

    while anew:  # what was written is void
        anew = False
        write_world(
            recordings(), path, services=lambda one: not _no_service(one), made=Made(refused)
        )
    return refused


def _add(found: Services, source: str, recording: Recording, *, whole: bool) -> None:
    """Keep a recording with those of its service."""
    name = recording.subject
    fault = _no_service(recording)
    if fault:
        found.refused.append((source, 0, one_line(name), fault))
        if whole or not len(recording):
            return
    found.add(recording, whole=whole)


def _by_subject(recording: Recording) -> _BySubject:
    found: _BySubject = {}
    for o in recording:
        found.setdefault(o.subject, []).append(o)
    return found


def _is_delegation(recording: Recording) -> bool:
    """Tell whether a recording is what the zone of a service says of a name that it delegates.

    What a zone above services delegates, such as a top-level domain, is a service.
    """
    return all(o.section != "answer" and registered_domain(o.zone) is not None for o in recording)


def _several_of_one_place(recordings: Iterable[Recording]) -> int:
    """Return how many recordings there are of the place that has the most."""
    counts = Counter(one.header.vantage for one in recordings)
    return max(counts.values(), default=0)


def _no_service(recording: Recording) -> str:
    """Say why a recording is not of a service; empty if it is."""
    if not len(recording):
        return "expected observations, found none that were understood"
    if registered_domain(recording.subject) is None:
        return "expected a registered domain or a name below one, found a public suffix"
    return ""


def _joined(name: str, several: Sequence[Recording], since: date, until: date) -> Recording:
    """Join recordings as :func:`depgraph.recording.merge` does, unsorted, for some days.

    The graph is the same in whatever order observations stand.
    """
    hosts = tuple(sorted({host for one in several for host in one.header.hosts}))
    changed = any(one.changed for one in several)
    first = next((one for one in several if one.days == (since, until)), several[0])
    header = replace(
        first.header, subject=name, since=since, until=until, hosts=hosts, changed=changed
    )
    seen: dict[Observation, None] = {}
    for one in several:
        place = one.header.vantage
        for o in one:
            seen[o if o.vantage or not place else replace(o, vantage=place)] = None
    return Recording(header, tuple(seen), all(one.complete for one in several))

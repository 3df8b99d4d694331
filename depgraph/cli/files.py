"""Files given on the command line: the options that choose within them, and reading them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from depgraph.cli.messages import say
from depgraph.errors import RecordingError
from depgraph.intake import LARGEST
from depgraph.names import canonical, is_below, parse
from depgraph.readers import BadLine, interval, led_to, open_any
from depgraph.recording import Recording, merge
from depgraph.text_safety import one_line, quote

_DATED, _ORIGIN, _INCLUDE = "depgraph.dated", "depgraph.origin", "depgraph.include"
_PASSES = 8  # over a file: an alias leads to a name, whose zone has servers, which have addresses
_MOST_SUBJECTS = 200  # looked at for the one that leads to the rest
_PART = 1 << 20  # bytes copied at a time
_SHOWN = 5  # bad lines told one by one, before the rest is counted
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _dated(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Keep when undated files are from for :func:`load`, which every verb calls."""
    try:
        ctx.meta[_DATED] = interval(value) if value else None
    except RecordingError as error:
        raise click.BadParameter(str(error)) from None


def _kept(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Make a callback that keeps what is known of a file for :func:`load`."""

    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        ctx.meta[key] = value

    return keep


def NAME(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those below)
    """Add the options that choose within a file, and say what stands in no line of it."""
    for option in (
        click.option("--dated", metavar="DATE", expose_value=False, callback=_dated),
        click.option("--origin", metavar="NAME", expose_value=False, callback=_kept(_ORIGIN)),
        click.option("--include", is_flag=True, expose_value=False, callback=_kept(_INCLUDE)),
        click.option("--name", metavar="NAME"),
    ):
        verb = option(verb)
    return verb


HOSTS = click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
)
FILE = click.argument("file", type=click.Path(exists=True, allow_dash=True))
JSON = click.option("--json", "as_json", is_flag=True)


def load(file: str, *, name: str | None = None) -> Recording:
    """Read the recording of one service from a file of any form that depgraph reads.

    Scanners write a line for each question, and zone files hold many names: all that a file
    holds of the name, of names below it, and of those that its records lead to (the addresses of
    its name servers and mail exchanges) is joined.

    Raises
    ------
    RecordingError
        If there is none, or several and `name` does not choose one.
    """
    wanted = parse(name) if name else None
    with _looked_at(file) as path:
        faults = _Faults(one_line(file))
        found = _gather(path, wanted, faults)
    faults.finish()
    if not found:
        what = f"a recording of {wanted}" if wanted else "a recording"
        raise RecordingError(f"expected {what} in {one_line(file)}, found none")
    for problem in dict.fromkeys(problem for one in found for problem in one.problems):
        if not problem.startswith(str(path)):  # of a recording of ours, said by the log
            say(f"{one_line(file)}: {problem}")
    return found[0] if len(found) == 1 and wanted is None else _join(found, wanted)


class _Faults:
    """The lines that could not be read: the first are shown, the rest are counted."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._seen: set[BadLine] = set()
        self._undated = False

    def add(self, bad: BadLine) -> None:
        if bad in self._seen:
            return
        self._seen.add(bad)
        self._undated = self._undated or "undated" in bad.error
        if len(self._seen) <= _SHOWN:
            where = f"{self._file}/{bad.file}" if bad.file else self._file
            line = f", line {bad.number}" if bad.number else ""
            say(f"{where}{line}: {bad.error}")

    def finish(self) -> None:
        if (more := len(self._seen) - _SHOWN) > 0:
            say(f"{self._file}: {more} more lines could not be read")
        if self._undated:
            say("--dated DATE gives the date of undated lines")


def _gather(path: Path, wanted: str | None, faults: _Faults) -> list[Recording]:
    """Read what belongs to one service: again as long as what was found leads to more names."""
    if wanted is None:
        return _only_service(path, faults)
    names = frozenset({wanted})
    found: list[Recording] = []
    for _ in range(_PASSES):
        found = []
        for entry in _entries(path, wanted):
            if isinstance(entry, BadLine):
                faults.add(entry)
            elif _belongs(entry, wanted, names):
                found.append(entry)
        if not any(is_below(o.subject, wanted) for one in found for o in one):
            return _nothing_of(found, wanted)
        more = names.union(*(led_to(o) for one in found for o in one))
        if more == names:
            break
        names = more
    return found


def _belongs(entry: Recording, wanted: str, names: frozenset[str]) -> bool:
    """Tell whether a recording is of a service, of a zone above it, or of what it leads to."""
    subject = entry.subject
    return is_below(subject, wanted) or is_below(wanted, subject) or subject in names


def _nothing_of(found: list[Recording], wanted: str) -> list[Recording]:
    """Return the recordings of a service that say nothing; refuse what is only of a zone above."""
    own = [one for one in found if is_below(one.subject, wanted)]
    if found and not own:
        raise RecordingError(
            f"expected a recording of {wanted}, found the zone {found[0].subject}, which has no "
            "such name"
        )
    return own


def _only_service(path: Path, faults: _Faults) -> list[Recording]:
    """Return the recordings of a file of one service: of one name, or of one that leads to the rest."""
    found: list[Recording] = []
    subjects: dict[str, None] = {}
    for entry in _entries(path, None):
        if isinstance(entry, BadLine):
            faults.add(entry)
            continue
        found.append(entry)
        subjects[entry.subject] = None
        if len(subjects) > _MOST_SUBJECTS:
            break
    if len(subjects) <= 1:
        return found
    top = _top(found, subjects) if len(subjects) <= _MOST_SUBJECTS else None
    if top is None:
        first, second = list(subjects)[:2]
        raise RecordingError(
            f"expected one service in {quote(str(path))}, found several ({first}, {second} ...): "
            "choose with --name"
        )
    return sorted(found, key=lambda one: one.subject != top)


def _top(found: list[Recording], subjects: Collection[str]) -> str | None:
    """Return the one subject that leads to all others, or above which they lie; None if none does."""
    leads: dict[str, set[str]] = {}
    for one in found:
        leads.setdefault(one.subject, set()).update(*(led_to(o) for o in one))
    candidates = [s for s in subjects if not any(is_below(s, t) for t in subjects if t != s)]
    led = set().union(*(leads[c] for c in candidates))
    tops = [c for c in candidates if c not in led]
    if len(tops) != 1:
        return None
    reached, waiting = set(), [tops[0]]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            below = [s for s in subjects if is_below(s, tops[0])]
            waiting += [n for n in leads.get(one, ()) if n in leads] + below
    return tops[0] if reached.issuperset(subjects) else None


@contextmanager
def _looked_at(file: str) -> Iterator[Path]:
    """Give the path of what is read; a pipe, which cannot be looked at twice, is copied first."""
    if not _is_given_open(file):
        yield Path(file)
        return
    with tempfile.TemporaryDirectory() as folder, click.open_file(file, "rb") as pipe:
        path = Path(folder, "standard input")
        with path.open("wb") as copy:
            left = LARGEST
            while left > 0 and (part := pipe.read(min(left, _PART))):
                left -= copy.write(part)
        if left <= 0:
            raise RecordingError(f"expected at most {LARGEST} bytes from a pipe, found more")
        yield path


def _entries(path: Path, wanted: str | None) -> Iterator[Recording | BadLine]:
    meta = click.get_current_context().meta
    return open_any(
        path,
        undated=meta.get(_DATED),
        origin=canonical(meta[_ORIGIN]) if meta.get(_ORIGIN) else None,
        name=wanted or "",
        include=bool(meta.get(_INCLUDE)),
    )


def _is_given_open(file: str) -> bool:
    """Tell whether a name is that of a file the shell has opened for us: ``-``, ``<(...)``.

    A named pipe elsewhere is a stranger's, and may never end.
    """
    return file == "-" or file.startswith(("/dev/fd/", "/proc/self/fd/", "/dev/stdin"))


def _join(found: list[Recording], wanted: str | None) -> Recording:
    """Make one recording of several; days that differ are said, for a fact has its day."""
    subject = wanted or found[0].subject
    joined = merge(replace(one, header=replace(one.header, subject=subject)) for one in found)
    if len({one.days for one in found if len(one)}) > 1:
        first, last = joined.days
        say(
            f"joined {len(found)} recordings of {subject}, {first} to {last}: "
            "--at takes one of the days"
        )
    return joined

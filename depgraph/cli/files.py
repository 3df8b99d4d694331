"""Files given on the command line: the options that choose within them, and reading them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from depgraph.cli.days import on_each_day, on_one_day
from depgraph.cli.messages import say, say_row
from depgraph.cli.speaking import note, our_words, refused, words_of
from depgraph.errors import InvalidName, RecordingError
from depgraph.intake import LARGEST
from depgraph.names import parse, registered_domain
from depgraph.readers import BadLine, Interval, gather, interval, open_any
from depgraph.recording import Recording
from depgraph.recording.days import stands_of
from depgraph.spelling import is_slip, near, perhaps
from depgraph.survey.result import by_kind
from depgraph.survey.sources import services_of
from depgraph.text_safety import one_line, quote
from depgraph.texts.refusals import near as near_to
from depgraph.texts.refusals import said

_DATED, _ORIGIN, _INCLUDE = "depgraph.dated", "depgraph.origin", "depgraph.include"
_DATES = "depgraph.dates"
_PART = 1 << 20  # bytes copied at a time
_MOST_NAMES: Final = 10_000  # looked through for one that may have been meant
_OUTSIDE: Final = "expected names in "  # as a zone file's reader says of a line of another zone
_SHOWN = 5  # bad lines told one by one, before the rest is counted
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _dated(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Keep when undated files are from for :func:`load`, which every verb calls."""
    try:
        ctx.meta[_DATED] = interval(value) if value else None
    except RecordingError:
        raise click.BadParameter(words_of(ctx).say("usage.dated", found=quote(value))) from None


def _kept(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Make a callback that keeps what is known of a file for :func:`load`."""

    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        ctx.meta[key] = value

    return keep


def _dated_each(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> None:
    """Keep when each of several undated files is from for :func:`in_turn`."""
    for one in value:
        _dated(ctx, param, one)  # read here, so that a wrong one is told of the option
        ctx.meta.setdefault(_DATES, []).append(ctx.meta[_DATED])


DATED_EACH = click.option(
    "--dated", metavar="DATE", multiple=True, expose_value=False, callback=_dated_each
)
DATED = click.option("--dated", metavar="DATE", expose_value=False, callback=_dated)


def NAME(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those below)
    """Add the options that choose within a file, and say what stands in no line of it."""
    return UNSAID(click.option("--name", metavar="NAME")(verb))


def NAMES(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add the same options, for one service or for several."""
    return UNSAID(_names(verb))


def NAME_OF_EACH(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add what :func:`NAME` does to a verb of several files, each of which may be undated."""
    return UNSAID_OF_EACH(click.option("--name", metavar="NAME")(verb))


def NAMES_OF_EACH(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add what :func:`NAMES` does to a verb of several files, each of which may be undated."""
    return UNSAID_OF_EACH(_names(verb))


def _names(verb: _Verb) -> _Verb:
    verb = click.option("--all", "every", is_flag=True)(verb)
    return click.option("--name", "names", multiple=True, metavar="NAME")(verb)


def UNSAID(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add the options that say of files what stands in no line of them: see :func:`unsaid`."""
    return _of_zone(DATED(verb))


def UNSAID_OF_EACH(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add what :func:`UNSAID` does to a verb of several files, each of which may be undated."""
    return _of_zone(DATED_EACH(verb))


def _of_zone(verb: _Verb) -> _Verb:
    for option in (
        click.option("--origin", metavar="NAME", expose_value=False, callback=_kept(_ORIGIN)),
        click.option("--include", is_flag=True, expose_value=False, callback=_kept(_INCLUDE)),
    ):
        verb = option(verb)
    return verb


def IN_LIST(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those above)
    """Add the options that choose within a list of names: see :func:`depgraph.readers.read_list`."""
    verb = click.option("--sheet", metavar="SHEET")(verb)
    return click.option("--column", metavar="COLUMN")(verb)


def refuse_without_list(option: str, **within: str | None) -> None:
    """Refuse what chooses within a list where there is none.

    Raises
    ------
    Refused
        With the option that gives a list.
    """
    if given := our_words().listed(f"--{name}" for name, value in within.items() if value):
        raise refused("no-list", given=given, option=option)


HOSTS = click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
)
FILE = click.argument("file", type=click.Path(exists=True, allow_dash=True))
JSON = click.option("--json", "as_json", is_flag=True)


def dated() -> Interval | None:
    """Return when undated files are from, as the command line says."""
    found: Interval | None = click.get_current_context().meta.get(_DATED)
    return found


def unsaid() -> dict[str, Any]:
    """Return what the command line says of files, as :func:`depgraph.readers.open_any` takes it."""
    meta = click.get_current_context().meta
    return {
        "undated": dated(),
        "origin": meta.get(_ORIGIN) or None,
        "include": bool(meta.get(_INCLUDE)),
    }


def in_turn(files: Sequence[str]) -> Iterator[str]:
    """Give files one by one; while one is read, :func:`dated` is when it is from.

    Raises
    ------
    Refused
        If ``--dated`` stands more than once, and not once for each.
    """
    meta = click.get_current_context().meta
    dates: list[Interval | None] = meta.get(_DATES, [])
    if len(dates) > 1 and len(dates) != len(files):
        raise refused("dated", n=len(files), found=len(dates))
    for place, file in enumerate(files):
        if dates:
            meta[_DATED] = dates[place if len(dates) > 1 else 0]
        yield file


def _tell_unused_date(file: str, found: Sequence[Recording]) -> None:
    """Say that ``--dated`` is not used, where all that a file holds says itself when it is from."""
    given = dated()
    times = {o.time for one in found for o in one}
    if given is not None and times and given[0] not in times:
        note("dated-unused", file=one_line(file))


def load(file: str, *, name: str | None = None, at: date | None = None) -> Recording:
    """Read the recording of one service from a file of any form that depgraph reads.

    All that a file holds of it is joined: see :func:`depgraph.readers.gather`, and
    :mod:`depgraph.cli.days` for recordings of several days.

    Raises
    ------
    RecordingError
        If there is none, or several and `name` does not choose one.
    """
    found, wanted = _found(file, name)
    return found[0] if _alone(found, wanted) else on_one_day(found, wanted, file, at)


def load_days(file: str, *, name: str | None = None) -> list[Recording]:
    """Read one service as :func:`load` does: a recording for each day that is to choose from."""
    found, wanted = _found(file, name)
    return found if _alone(found, wanted) else on_each_day(found, wanted, file)


def _alone(found: Sequence[Recording], wanted: str | None) -> bool:
    """Tell whether a file holds one recording, which is all that is asked about, and of one day."""
    return len(found) == 1 and wanted is None and len(stands_of(found, found[0].subject)) < 2


def _found(file: str, name: str | None) -> tuple[list[Recording], str | None]:
    """Return what a file holds of one service, and the name of that if one was chosen."""
    wanted = parse(name) if name else None
    with _looked_at(file) as path:
        faults = _Faults(one_line(file))
        try:
            found = gather(lambda: _entries(path, wanted), wanted, faults.add)
        except RecordingError as error:
            named = one_line(file) in str(error)
            raise RecordingError(str(error) if named else f"{one_line(file)}: {error}") from None
        faults.finish()
        if not found:
            what = f"a recording of {wanted}" if wanted else "a recording"
            meant = _meant(path, wanted, faults) if wanted else ""
            raise RecordingError(f"expected {what} in {one_line(file)}, found none{meant}")
    _tell_unused_date(file, found)
    for problem in dict.fromkeys(problem for one in found for problem in one.problems):
        if not problem.startswith(str(path)):  # of a recording of ours, said by the log
            say(f"{one_line(file)}: {problem}")
    return found, wanted


def _meant(path: Path, wanted: str, faults: _Faults) -> str:
    """Say how a name that a file does not have may be found in it, or which may have been meant."""
    zone = registered_domain(wanted) or wanted
    if faults.outside(zone):
        return f"; --origin {zone} reads the lines of that zone"
    entries = islice(_entries(path, None), _MOST_NAMES)
    with suppress(RecordingError):
        return perhaps(near(wanted, {o.subject: 0 for o in entries if isinstance(o, Recording)}))
    return ""


class _Faults:
    """The lines that could not be read: the first are shown, the rest are counted."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._seen: set[BadLine] = set()
        self._rest: list[BadLine] = []
        self._undated = False

    def add(self, bad: BadLine) -> None:
        if bad in self._seen:
            return
        self._seen.add(bad)
        self._undated = self._undated or "undated" in bad.error
        if len(self._seen) <= _SHOWN:
            where = f"{self._file}/{bad.file}" if bad.file else self._file
            say_row(where, bad.number, "", bad.error)
        else:
            self._rest.append(bad)

    def outside(self, zone: str) -> bool:
        """Tell whether lines were refused for being of this zone, and not of the file's first."""
        end = f", found {quote(zone)}"
        return any(bad.error.startswith(_OUTSIDE) and bad.error.endswith(end) for bad in self._seen)

    def finish(self) -> None:
        if self._rest:
            places = one_line(_places(self._rest))
            note("unread", file=self._file, n=len(self._rest), places=places)
        if self._undated:
            note("undated")


def _places(several: Sequence[BadLine]) -> str:
    """Say where lines stand: the file of a folder, and their numbers, those in a row together.

    >>> _places([BadLine(number, "") for number in (4, 5, 6, 9)] + [BadLine(0, "record 7: x")])
    '4-6, 9, record 7'
    >>> _places([BadLine(4, "", "a.zone"), BadLine(5, "", "b.zone"), BadLine(6, "", "b.zone")])
    'a.zone 4; b.zone 5-6'
    """
    files = dict.fromkeys(bad.file for bad in several)
    return "; ".join(
        f"{file} {_lines([bad for bad in several if bad.file == file])}".strip() for file in files
    )


def _lines(several: Sequence[BadLine]) -> str:
    """Say where lines of one file stand."""
    places: list[list[int]] = []
    for number in sorted({bad.number for bad in several if bad.number}):
        if places and number == places[-1][-1] + 1:
            places[-1].append(number)
        else:
            places.append([number])
    runs = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in places]
    whole = (bad.error.partition(":")[0] for bad in several if not bad.number and _is_record(bad))
    return ", ".join([*runs, *whole])


def _is_record(bad: BadLine) -> bool:
    """Tell whether a bad line without a number says itself where it stands; not a whole file."""
    return not bad.file or bad.error.startswith("record ")


def looks_like_a_file(word: str) -> bool:
    """Tell whether a word names a file rather than a service: a path, or an ending of files.

    >>> [looks_like_a_file(word) for word in ("parler.jsonl", "./x", "parler.com", "https://a.org/")]
    [True, True, False, False]
    """
    if "://" in word:
        return False
    ending = word.rpartition(".")[2].lower()
    return any(sign in word for sign in (os.sep, "\\")) or ending in _ENDINGS


_ENDINGS: Final = frozenset(
    [
        "axfr",
        "bz2",
        "cdx",
        "cdxj",
        "csv",
        "db",
        "dig",
        "gz",
        "har",
        "htm",
        "html",
        "json",
        "jsonl",
        "ndjson",
        "parquet",
        "graphml",
        "pdf",
        "png",
        "rdap",
        "svg",
        "tfstate",
        "toml",
        "tsv",
        "txt",
        "warc",
        "whois",
        "xlsx",
        "xz",
        "yaml",
        "yml",
        "zst",
    ]
)
"""Endings of files that are no top-level domains (IANA's root zone database)."""


def is_file(word: str) -> bool:
    """Tell whether a word is a file that is there; what no file could be called is none."""
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # too long, or with a null character
        return False


def is_folder(word: str) -> bool:
    """Tell whether a word is a folder that is there."""
    try:
        return Path(word).is_dir()
    except (OSError, ValueError):  # too long, or with a null character
        return False


def is_read(word: str) -> bool:
    """Tell whether a word is read, rather than asked about: a file, or a folder.

    A folder that is called as a service may be (``example.org``) is none, unless it is typed as
    one (``example.org/``): people keep what they recorded of a service under its name.
    """
    if is_file(word) or not is_folder(word):
        return is_file(word)
    try:
        return os.sep in word or word in {".", ".."} or registered_domain(parse(word)) is None
    except InvalidName:
        return True


def name_asked(name: str) -> str:
    """Read the name that is to be asked about; of an e-mail address its domain, which is told."""
    subject = parse(name)
    if "@" in name and "://" not in name:
        note("e-mail", found=quote(name), subject=subject)
    return subject


def refuse_a_file(word: str) -> None:
    """Refuse the name of a file where the name of a service is expected.

    Raises
    ------
    Refused
        If it looks like one, with the verb that reads files, or with files that are there.
    """
    if is_file(word):
        raise refused("found-file", file=word)
    if looks_like_a_file(word):
        raise refused("name-or-file", found=quote(word), near=near_to(near_files(word)))


def refuse_a_mistyped_file(word: str) -> None:
    """Refuse what is the name of a service by its form, and was meant for a file.

    Nothing of the network is asked for a slip of the hand: ``shop.zon`` beside ``shop.zone``.

    Raises
    ------
    Refused
        If it looks like a file, differs by a letter from one that is there, or options stand
        beside it that only files take.
    """
    refuse_a_file(word)
    meant = [file for file in near_files(word) if is_slip(word, file)]
    of_files = _options_of_files()
    if meant or of_files:
        raise refused(
            "no-file-with" if of_files else "no-file",
            options=our_words().listed(of_files),
            found=quote(word),
            near=near_to(meant or near_files(word)),
            name="" if "--name" in of_files else said("refused.by-name", word=word),
        )


def _options_of_files() -> list[str]:
    """Return those options of the command line that say something of a file."""
    context = click.get_current_context()
    given = {
        "--dated": context.meta.get(_DATED),
        "--origin": context.meta.get(_ORIGIN),
        "--include": context.meta.get(_INCLUDE),
        "--name": context.params.get("name"),
    }
    return [option for option, value in given.items() if value]


def near_files(word: str) -> list[str]:
    """Return the files beside a path whose names are like its own."""
    path = Path(word)
    try:
        beside = [one.name for one in path.parent.iterdir() if one.is_file()]
    except OSError:
        return []
    return [str(path.parent / name) for name in near(path.name, beside)]


def services_in(file: str, names: Sequence[str] = (), at: date | None = None) -> list[Recording]:
    """Read several services of a file, each with all that the file holds of it.

    Parameters
    ----------
    names
        Which; none: every one.
    at
        The day that they are asked about, if one was chosen.

    Raises
    ------
    RecordingError
        If one that is asked for is not there, or there is none.
    """
    with _looked_at(file) as path:
        found = services_of(path, **unsaid())
    own = {"", path.name}  # what another file says is of a folder, or of what a world was made of
    say_rows((file if one in own else str(Path(file, one)), *rest) for one, *rest in found.refused)
    there = dict.fromkeys(found.names)
    wanted = [parse(name) for name in names] or list(there)
    missing = [name for name in wanted if name not in there]
    if missing or not wanted:
        what = ", ".join(missing) or "a service"
        meant = perhaps(near(missing[0], list(there))) if missing else ""
        raise RecordingError(f"expected a recording of {what} in {file}, found none{meant}")
    recordings = []
    chosen = frozenset(wanted)
    notes = [note for note in found.notes if note[2] in chosen]
    for one in wanted:
        recording, told = found.recording(one, at)
        recordings.append(recording)
        notes += [told] if told else []
    say_rows((file, 0, service, why) for _, _, service, why in notes)
    _tell_unused_date(file, recordings)
    return recordings


def say_rows(rows: Iterable[Sequence[Any]], where: str = "") -> None:
    """Say rows of what was refused, or is to be said, on standard error.

    Where there are more than a few, the first of each kind, and how many there are like it.

    Parameters
    ----------
    rows
        Source, line, service, why.
    where
        In which file all of them stand, if in one, as a phrase.
    """
    every = list(rows)
    kinds = [[row] for row in every] if len(every) <= _SHOWN else by_kind(every)
    for first, *alike in kinds[:_SHOWN]:
        more = f" ({our_words().say('note.alike', n=len(alike))}{where})" if alike else ""
        source, line, service, why = first
        say_row(source, line, service, f"{why}{more}")
    if others := sum(map(len, kinds[_SHOWN:])):
        say(f"{our_words().say('note.others', n=others)}{where}")


@contextmanager
def _looked_at(file: str) -> Iterator[Path]:
    """Give the path of what is read; a pipe, which cannot be looked at twice, is copied first."""
    if not is_given_open(file):
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
    return open_any(path, name=wanted or "", **unsaid())


def is_given_open(file: str) -> bool:
    """Tell whether a name is that of a file the shell has opened for us: ``-``, ``<(...)``.

    A named pipe elsewhere is a stranger's, and may never end.
    """
    return file == "-" or file.startswith(("/dev/fd/", "/proc/self/fd/", "/dev/stdin"))

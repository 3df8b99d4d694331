"""Files given on the command line: the options that choose within them, and reading them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from depgraph.cli.messages import Refused, say
from depgraph.errors import RecordingError
from depgraph.intake import LARGEST
from depgraph.names import is_below, parse
from depgraph.readers import BadLine, Interval, interval, open_any
from depgraph.recording import Recording, merge
from depgraph.spelling import near, perhaps
from depgraph.text_safety import quote

_DATED = "depgraph.dated"
_PART = 1 << 20  # bytes copied at a time
_SHOWN = 5  # bad lines told one by one, before the rest is counted
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _dated(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Keep when undated files are from for :func:`load`, which every verb calls."""
    try:
        ctx.meta[_DATED] = interval(value) if value else None
    except RecordingError as error:
        raise click.BadParameter(str(error)) from None


def NAME(verb: _Verb) -> _Verb:  # noqa: N802  (a decorator among those below)
    """Add the options that choose within a file: the service, and when the file is from."""
    verb = click.option(
        "--dated",
        metavar="DATE",
        expose_value=False,
        callback=_dated,
    )(verb)
    return click.option("--name", metavar="NAME")(verb)


HOSTS = click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
)
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
JSON = click.option("--json", "as_json", is_flag=True)


def load(file: str, *, name: str | None = None) -> Recording:
    """Read the recording of one service from a file of any form that depgraph reads.

    Scanners write a line for each question: all that a file holds of the name, and of names
    below it, is joined.

    Raises
    ------
    RecordingError
        If there is none, or several and `name` does not choose one.
    """
    wanted = parse(name) if name else None
    dated: Interval | None = click.get_current_context().meta.get(_DATED)
    found: list[Recording] = []
    bad, undated = 0, False
    for entry in _entries(file, dated):
        if isinstance(entry, BadLine):
            bad += 1
            undated = undated or "undated" in entry.error
            if bad <= _SHOWN:
                say(f"{file}, line {entry.number}: {entry.error}")
        elif wanted is None and found and entry.subject != found[0].subject:
            raise RecordingError(
                f"expected one service in {file}, found several ({found[0].subject}, "
                f"{entry.subject} ...): choose with --name"
            )
        elif wanted is None or is_below(entry.subject, wanted):
            found.append(entry)
    if bad > _SHOWN:
        say(f"{file}: {bad - _SHOWN} more lines could not be read")
    if undated:
        say("--dated DATE gives the date of undated lines")
    if not found:
        what = f"a recording of {wanted}" if wanted else "a recording"
        raise RecordingError(f"expected {what} in {file}, found none")
    return found[0] if len(found) == 1 and wanted is None else _join(found, wanted)


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
        "csv",
        "db",
        "gz",
        "html",
        "json",
        "jsonl",
        "ndjson",
        "parquet",
        "graphml",
        "svg",
        "toml",
        "tsv",
        "txt",
        "xz",
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


def refuse_a_file(word: str) -> None:
    """Refuse the name of a file where the name of a service is expected.

    Raises
    ------
    Refused
        If it looks like one, with the verb that reads files, or with files that are there.
    """
    if is_file(word):
        raise Refused(f"expected the name of a service, found a file: depgraph {word} reads it")
    if looks_like_a_file(word):
        raise Refused(
            f"expected the name of a service or a file that is there, found {quote(word)}"
            + perhaps(near_files(word))
        )


def near_files(word: str) -> list[str]:
    """Return the files beside a path whose names are like its own."""
    path = Path(word)
    try:
        beside = [one.name for one in path.parent.iterdir() if one.is_file()]
    except OSError:
        return []
    return [str(path.parent / name) for name in near(path.name, beside)]


def _entries(file: str, dated: Interval | None) -> Iterator[Recording | BadLine]:
    """Read what a file holds; a pipe, which cannot be looked at twice, is copied first."""
    if not _is_given_open(file):
        yield from open_any(file, undated=dated)
        return
    with tempfile.TemporaryDirectory() as folder, click.open_file(file, "rb") as pipe:
        path = Path(folder, "standard input")
        with path.open("wb") as copy:
            left = LARGEST
            while left > 0 and (part := pipe.read(min(left, _PART))):
                left -= copy.write(part)
        if left <= 0:
            raise RecordingError(f"expected at most {LARGEST} bytes from a pipe, found more")
        yield from open_any(path, undated=dated)


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

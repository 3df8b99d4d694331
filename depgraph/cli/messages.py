"""What the command line says on standard error: one line each, safe to show.

On a terminal that is narrower the line wraps between words.
"""

from __future__ import annotations

import logging
import sys
import textwrap
from typing import IO, Any

import click

from depgraph.cli.terminal import room_of
from depgraph.text_safety import one_line

_LONGEST = 2000


def say(text: str, *, file: IO[Any] | None = None) -> None:
    """Print a line of ours on standard error, or into a file."""
    joined = "; ".join(line.strip() for line in text.splitlines() if line.strip())
    line = f"depgraph: {one_line(joined, limit=_LONGEST)}"
    click.echo(wrapped(line, file or sys.stderr), file=file, err=file is None)


def say_row(source: str, number: int, service: str, why: str) -> None:
    """Print a row of what was refused, or is to be said: where it stands, of what service, and why."""
    where = f"{source}, line {number}" if source and number else source
    say(": ".join(part for part in (where, service, why) if part))


def tell(text: str) -> None:
    """Print a remark on standard error that is no complaint: what was written, what comes next."""
    click.echo(wrapped(one_line(text, limit=_LONGEST), sys.stderr), err=True)


def show(line: str) -> None:
    """Print one line of an answer; on a narrower terminal it wraps between words."""
    click.echo(wrapped(line, sys.stdout))


def wrapped(line: str, file: IO[Any]) -> str:
    """Return a line broken between words where a terminal would break it anywhere."""
    room = room_of(file)
    if room is None or len(line) <= room:
        return line
    return textwrap.fill(line, room, subsequent_indent="  ", break_on_hyphens=False)


class Refused(click.ClickException):
    """What was asked cannot be done: one line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        say(self.message, file=file)


class Interrupted(Refused):
    """Ctrl-C: the exit code that shells know for it."""

    exit_code = 130


class Aloud(logging.Handler):
    """What the library warns of, as lines of ours on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a warning."""
        say(record.getMessage())

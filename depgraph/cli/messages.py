"""What the command line says on standard error: one line each, safe to show."""

from __future__ import annotations

import logging
from typing import IO, Any

import click

from depgraph.text_safety import one_line

_LONGEST = 2000


def say(text: str, *, file: IO[Any] | None = None) -> None:
    """Print a line of ours on standard error, or into a file."""
    joined = "; ".join(line.strip() for line in text.splitlines() if line.strip())
    click.echo(f"depgraph: {one_line(joined, limit=_LONGEST)}", file=file, err=file is None)


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

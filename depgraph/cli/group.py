"""The command group, and how errors end."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from typing import IO, Any

import click

from depgraph import __version__
from depgraph.errors import DepgraphError
from depgraph.text_safety import one_line


class Refused(click.ClickException):
    """One line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"depgraph: {one_line(self.message, limit=2000)}", file=file, err=file is None)


class Interrupted(Refused):
    """Ctrl-C: the exit code that shells know for it."""

    exit_code = 130


class Aloud(logging.Handler):
    """What the library warns of, as lines of ours on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a warning, safe to show."""
        click.echo(f"depgraph: {one_line(record.getMessage(), limit=2000)}", err=True)


class Group(click.Group):
    """A group whose commands turn the library's exceptions into one clear line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except DepgraphError as error:
            raise Refused(str(error)) from error
        except KeyboardInterrupt:
            raise Interrupted("interrupted") from None
        except BrokenPipeError:
            # The reader of a pipe went away (`| head`): nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Refused(f"{where}{error.strerror or error}") from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="depgraph")
def main() -> None:
    """Say who is behind a service, who can take it down, and from what evidence.

    Start with `depgraph observe NAME -o NAME.jsonl`, then `depgraph report NAME.jsonl`.
    """
    log = logging.getLogger("depgraph")
    if not any(isinstance(handler, Aloud) for handler in log.handlers):
        log.addHandler(Aloud(logging.WARNING))


def _register() -> None:
    """Import the modules of verbs: each adds itself to `main`."""
    for module in ("collecting", "showing", "asking", "behind"):
        importlib.import_module(f"depgraph.cli.{module}")


_register()

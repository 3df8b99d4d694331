"""The command group, and how errors end."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from typing import Any

import click

from depgraph import __version__
from depgraph.cli.messages import Aloud, Interrupted, Refused
from depgraph.cli.writing import Verb
from depgraph.errors import DepgraphError


class Group(click.Group):
    """A group whose commands turn exceptions and wrong usage into one clear line."""

    command_class = Verb
    group_class = type  # groups within it are of this class too

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except DepgraphError as error:
            raise Refused(str(error)) from error
        except click.UsageError as error:
            raise _in_one_line(error) from None
        except KeyboardInterrupt:
            raise Interrupted("interrupted") from None
        except BrokenPipeError:
            # The reader of a pipe went away (`| head`): nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Refused(f"{where}{error.strerror or error}") from error


def _in_one_line(error: click.UsageError) -> click.ClickException:
    """Say what was typed wrong in one line; a group without a verb still shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or error.ctx is None:
        return error
    return Refused(f"{error.format_message()} See '{error.ctx.command_path} --help'")


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
    for module in ("record", "showing", "asking", "behind"):
        importlib.import_module(f"depgraph.cli.{module}")


_register()

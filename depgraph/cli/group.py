"""The command group, and how errors end."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import click

from depgraph import __version__
from depgraph.cli.files import is_read
from depgraph.cli.help import LANG, Spoken, said
from depgraph.cli.messages import Aloud, Interrupted, Refused
from depgraph.cli.speaking import our_words, refused, words_of
from depgraph.cli.writing import Verb
from depgraph.errors import DepgraphError
from depgraph.spelling import near
from depgraph.text_safety import quote
from depgraph.texts.refusals import of_error

OURS: Final = "ours"
"""What `main` is told, as the object of its context, where the process is the program's own."""
_OBJECTS: Final = 100_000  # made since Python last looked for circles among them
_ROUNDS: Final = 50  # of these before it looks again among those that were left


class Group(Spoken, click.Group):
    """A group whose commands turn exceptions and wrong usage into one clear line."""

    command_class = Verb
    group_class = type  # groups within it are of this class too

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a verb.

        Raises
        ------
        Refused
            If there is none of that name.
        """
        if args and self.get_command(ctx, args[0]) is None:
            verbs = self.list_commands(ctx)
            text = words_of(ctx).say(
                "usage.no-command", choices=", ".join(verbs), found=quote(args[0])
            )
            meant = words_of(ctx)["list.comma"].join(near(args[0], verbs))
            if meant:
                text = f"{text} {words_of(ctx).say('usage.near', near=meant)}"
            raise Refused(said(ctx, text))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with _few_collections():
                return super().invoke(ctx)
        except DepgraphError as error:
            raise Refused(of_error(error, our_words())) from error
        except KeyboardInterrupt:
            raise refused("interrupted", kind=Interrupted) from None
        except BrokenPipeError:
            # The reader of a pipe went away (`| head`): nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Refused(f"{where}{error.strerror or error}") from error


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for circles among objects less often: records make none, and are many.

    Each time it looks at all that are held, which for a file of 1 MB was a sixth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS), max(before[1], _ROUNDS), *before[2:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Program(Group):
    """The program itself: without a verb it looks at a name or a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what was typed; what is no verb, and may be a name or a file, is looked at."""
        place = _first_word(args)
        if place < len(args) and self._is_looked_at(ctx, args[place]):
            args = [*args[:place], "look", *args[place:]]
        return super().parse_args(ctx, args)

    def _is_looked_at(self, ctx: click.Context, word: str) -> bool:
        if self.get_command(ctx, word) is not None:
            return False
        if word.startswith("-"):
            return word.partition("=")[0] not in _OWN
        return not word.isidentifier() or is_read(word)


_OWN: Final = frozenset({"-h", "--help", "--version", "--lang"})


def _first_word(args: Sequence[str]) -> int:
    """Return the place of the first word behind ``--lang`` and its language."""
    place = 0
    while place < len(args) and args[place].partition("=")[0] == "--lang":
        place += 1 if "=" in args[place] else 2
    return place


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="depgraph")
@LANG
def main(lang: str) -> None:
    """Say who is behind a service, who can take it down, and from what evidence."""
    del lang  # the verbs ask for it
    log = logging.getLogger("depgraph")
    if not any(isinstance(handler, Aloud) for handler in log.handlers):
        log.addHandler(Aloud(logging.WARNING))


def _register() -> None:
    """Import the modules of verbs: each adds itself to `main`."""
    for module in ("record", "showing", "asking", "behind", "look", "surveying"):
        importlib.import_module(f"depgraph.cli.{module}")


_register()

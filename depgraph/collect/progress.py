"""What a collection is doing right now, for a display."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from depgraph.observations import Observation
from depgraph.texts import Words, words

Watcher = Callable[["Progress"], None]

_EVERY = 0.1  # seconds between two drawings


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A moment of a collection.

    Parameters
    ----------
    questions
        Put on the wire so far.
    observations
        Recorded so far (with those of a resumed file).
    waiting
        Questions that are being worked on.
    last
        The observation just made.
    """

    subject: str
    questions: int
    observations: int
    waiting: int
    last: Observation


def told(moment: Progress, table: Words) -> str:
    """Return a moment of a collection as a line in a language."""
    said = table.say(
        "observe.progress",
        subject=moment.subject,
        questions=moment.questions,
        observations=moment.observations,
        waiting=moment.waiting,
        last=f"{moment.last.subject[:60]} {moment.last.type}",
    )
    return str(said)


def _quiet(progress: Progress) -> None:
    """No-op callback."""


@contextlib.contextmanager
def watcher(progress: Callable[[Progress], None] | bool | None) -> Iterator[Watcher]:  # noqa: FBT001
    """Open a display of the collection, which ends with the context.

    Parameters
    ----------
    progress
        A function of one's own; True or False; None shows it on a terminal or in a notebook.

    Yields
    ------
    callable
        To be called with each moment of the collection.
    """
    if callable(progress):
        yield progress
        return
    if progress is False:
        yield _quiet
        return
    with display(words("en"), anywhere=progress is True) as show:
        yield show


@contextlib.contextmanager
def display(table: Words, *, anywhere: bool = False) -> Iterator[Watcher]:
    """Open a display in a language, which ends with the context.

    Parameters
    ----------
    table
        The words of the language.
    anywhere
        Whether it is shown outside a terminal and a notebook, too.

    Yields
    ------
    callable
        To be called with each moment of the collection.
    """
    from rich.console import Console  # noqa: PLC0415  (only for a display)
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True)
    if not (anywhere or console.is_terminal or console.is_jupyter):
        yield _quiet
        return
    last_drawn = 0.0
    with console.status(table.say("observe.begin")) as status:

        def show(moment: Progress) -> None:
            nonlocal last_drawn
            now = time.monotonic()
            if now - last_drawn < _EVERY:
                return
            last_drawn = now
            status.update(escape(told(moment, table)))

        yield show

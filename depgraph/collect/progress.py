"""What a collection is doing right now, for a display."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from depgraph.observations import Observation

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
    from rich.console import Console  # noqa: PLC0415  (only for a display)
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True)
    if progress is None and not (console.is_terminal or console.is_jupyter):
        yield _quiet
        return
    last_drawn = 0.0
    with console.status("asking the first questions...") as status:

        def show(moment: Progress) -> None:
            nonlocal last_drawn
            now = time.monotonic()
            if now - last_drawn < _EVERY:
                return
            last_drawn = now
            question = f"{moment.last.subject[:60]} {moment.last.type}"
            status.update(
                escape(
                    f"{moment.subject}: {moment.questions} questions, "
                    f"{moment.observations} observations, {moment.waiting} open; {question}"
                )
            )

        yield show

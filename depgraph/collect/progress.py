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
        Recorded so far (with those found in a resumed file).
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
    """Show nothing."""


@contextlib.contextmanager
def watcher(wish: Callable[[Progress], None] | bool | None) -> Iterator[Watcher]:  # noqa: FBT001
    """Give the function to be told of each moment; the display ends with the context.

    Parameters
    ----------
    wish
        A function of one's own; True or False; None shows it on a terminal or in a notebook.
    """
    if callable(wish):
        yield wish
        return
    if wish is False:
        yield _quiet
        return
    from rich.console import Console  # noqa: PLC0415  (only for a display)
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True)
    if wish is None and not (console.is_terminal or console.is_jupyter):
        yield _quiet
        return
    last_drawn = 0.0
    with console.status("asking the first questions...") as status:

        def show(progress: Progress) -> None:
            nonlocal last_drawn
            now = time.monotonic()
            if now - last_drawn < _EVERY:
                return
            last_drawn = now
            asked = f"{progress.last.subject[:60]} {progress.last.type}"
            status.update(
                escape(
                    f"{progress.subject}: {progress.questions} questions, "
                    f"{progress.observations} observations, {progress.waiting} open; {asked}"
                )
            )

        yield show

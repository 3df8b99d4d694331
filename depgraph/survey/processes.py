"""Processes of depgraph's own: those that judge beside each other, and one that judges for another.

What the judgement of many services leaves in a process (what was read, its texts, the catalogue)
would lie there while the report is made, which takes most. It goes with a process of its own
(:func:`apart`), and comes back as tables, most of them in files.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from depgraph.errors import DepgraphError
from depgraph.extras import spare_memory

_SPAWN: Final = get_context("spawn")  # not forked: the threads of Arrow would not come along
_PROGRESS: Final = "progress"
_WARNING: Final = "warning"
_DONE: Final = "done"
_FAILED: Final = "failed"
_Answer = TypeVar("_Answer")


@contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Open processes for the work of this one: they load its main module anew.

    Raises
    ------
    DepgraphError
        If one of them is ended by somebody else.
    """
    executor = ProcessPoolExecutor(
        jobs, mp_context=_SPAWN, initializer=_begun, initargs=(gc.get_threshold(),)
    )
    try:
        yield executor
    except BrokenProcessPool:
        raise DepgraphError(
            f"expected {jobs} processes that judge to go on, found one ended, perhaps for lack of "
            "memory: shards that are done stay, and the same survey goes on from them"
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)


def apart(
    work: Callable[..., _Answer],
    *args: Any,
    progress: Callable[[Any], None] | None = None,
    **given: Any,
) -> _Answer:
    """Call a function in a process of its own, which loads the main module of this one anew.

    Parameters
    ----------
    work
        The function; it is given a `progress` of its own.
    *args, **given
        What else it is given.
    progress
        Called here with what the function calls its own with.

    Returns
    -------
    object
        What it returns. What it raises, and what it warns of, is raised and warned of here.

    Raises
    ------
    DepgraphError
        If the process is ended by somebody else.
    """
    receiver, sender = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(
        target=_work, args=(sender, gc.get_threshold(), work, args, given), name="depgraph"
    )
    # Ctrl-C goes to both, and is this one's affair; a process begins with what is ignored here.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, before)
    with receiver:
        try:
            sender.close()
            kind, said = _heard(receiver, progress)
        except EOFError:
            process.join()
            raise DepgraphError(
                f"expected the process that judges to go on, found it ended ({process.exitcode}), "
                "perhaps for lack of memory: what it has judged stays, and the same command goes on"
            ) from None
        except BaseException:
            process.terminate()
            raise
        finally:
            process.join()
    if kind == _FAILED:
        raise said
    answer: _Answer = said
    return answer


def _heard(receiver: Connection, progress: Callable[[Any], None] | None) -> tuple[str, Any]:
    """Pass on what a process tells on its way, and return how it ended."""
    while True:
        kind, said = receiver.recv()
        if kind == _WARNING:
            name, level, text = said
            logging.getLogger(name).log(level, "%s", text)
        elif kind != _PROGRESS:
            return kind, said
        elif progress is not None:
            progress(said)


class _Sent(logging.Handler):
    """Sends what the library warns of to the process that began this one."""

    def __init__(self, sender: Connection) -> None:
        super().__init__()
        self._sender = sender

    def emit(self, record: logging.LogRecord) -> None:
        """Send a warning."""
        self._sender.send((_WARNING, (record.name, record.levelno, record.getMessage())))


def _work(
    sender: Connection,
    collected: tuple[int, int, int],
    work: Callable[..., Any],
    args: tuple[Any, ...],
    given: dict[str, Any],
) -> None:
    _begun(collected)
    # What it keeps on disk is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    logging.getLogger("depgraph").addHandler(_Sent(sender))
    try:
        told = _DONE, work(*args, progress=lambda one: sender.send((_PROGRESS, one)), **given)
    except Exception as error:  # noqa: BLE001  (it is raised where the work was asked for)
        error.add_note(traceback.format_exc())  # which is not sent
        told = _FAILED, error
    with suppress(BrokenPipeError):  # nobody listens any more
        sender.send(told)


def _begun(collected: tuple[int, int, int]) -> None:
    """Begin a process of depgraph's own: it spares memory, and ends with the one that began it."""
    spare_memory()
    gc.set_threshold(*collected)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)  # it was killed, and nobody is left to tell


__all__ = ["apart", "pool"]

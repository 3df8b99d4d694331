"""A process that observes on command, each time in a child of its own that may be killed.

``python -m tests.lab.observer MAPS`` reads lines ``NAME<tab>FILE<tab>resume|new`` and answers each
with the child's process id, then with how it ended. To fork from a process that has imported
everything takes milliseconds, where a start from scratch takes half a second.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import guard


class Observer:
    """The other end: starts observations, kills them, waits for their end."""

    def __init__(self, maps: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lab.observer", str(maps)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        self._hear("ready")

    def _hear(self, word: str) -> str:
        assert self._process.stdout is not None
        said, _, rest = self._process.stdout.readline().strip().partition(" ")
        if said != word:
            raise RuntimeError(f"expected {word!r} from the observer, found {said!r} {rest!r}")
        return rest

    def start(self, name: str, path: Path, *, resume: bool = False) -> int:
        """Begin an observation; gives its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name}\t{path}\t{'resume' if resume else 'new'}\n")
        self._process.stdin.flush()
        return int(self._hear("started"))

    def wait(self) -> int:
        """Wait until the observation has ended; gives its exit status, negative if killed."""
        return int(self._hear("ended"))

    def alive(self, pid: int) -> bool:
        """Tell whether an observation still runs; server choice may make it end a little early."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self, pid: int) -> None:
        """Kill an observation as the power would."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@contextlib.contextmanager
def observer(maps: Path) -> Iterator[Observer]:
    """Give an observer that is gone afterwards."""
    running = Observer(maps)
    try:
        yield running
    finally:
        running.close()


def serve(maps: Path) -> None:
    """Be the process: a child for each line."""
    guard.install()
    from depgraph.collect import Budget, Endpoints, observe
    from depgraph.collect.sources import holder

    # What an observation loads while it waits would be loaded a hundred times.
    holder.load_registries()
    importlib.import_module("anyio._backends._asyncio")
    importlib.import_module("httpcore2")
    endpoints = Endpoints.read(maps)
    budget = Budget(timeout=10.0)  # a busy machine is no server that does not answer
    print("ready", flush=True)
    for line in sys.stdin:
        name, path, how = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                observe(
                    name,
                    output=path,
                    resume=how == "resume",
                    endpoints=endpoints,
                    budget=budget,
                    progress=False,
                )
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        print("started", child, flush=True)
        _, status = os.waitpid(child, 0)
        print("ended", os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))

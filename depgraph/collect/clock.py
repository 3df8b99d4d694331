"""The time of what is recorded: the system's clock at the start, and from there on a steady one.

The system's clock may be set while a collection runs. Its observations keep their order and their
distances all the same, and that it was set is seen against the steady clock.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

ALLOWED = 5.0
"""Seconds by which the two may drift apart in a collection: time daemons adjust that much."""


def _steady() -> float:
    """Return seconds of a clock that nobody sets; it goes on while the machine sleeps, if there is such."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Clock:
    """The clock of one collection."""

    def __init__(self) -> None:
        self._began = datetime.fromtimestamp(time.time(), UTC)
        self._steady = _steady()

    def now(self) -> datetime:
        """Return the time (UTC), whatever the system's clock was set to since the start."""
        return self._began + timedelta(seconds=_steady() - self._steady)

    def moved(self) -> float:
        """Return by how many seconds the system's clock was set since the start; 0 if it was not."""
        ahead = time.time() - self.now().timestamp()
        return ahead if abs(ahead) > ALLOWED else 0.0

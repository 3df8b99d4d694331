"""Which days several recordings of one service stand for, each of which stands alone.

What was true in January and what was true in February is true together on no day: a verdict is of
one day, or of the few days that one scan took. What is of another day is last known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from depgraph.observations import Observation
from depgraph.recording.model import Recording, in_runs

Days = tuple[date, date]
"""First and last day (UTC), both counted."""

_NEXT = timedelta(days=1)


def stands_of(found: Sequence[Recording], subject: str) -> list[Days]:
    """Return the days that recordings of a service can be asked about, in order, the last one last.

    Recordings of ours say themselves which days they stand for, and those that overlap stand
    together; whatever else there is joins them. Where there are none of ours, the days are those of
    the observations: see :func:`_of_others`.
    """
    ours = in_runs(one.days for one in found if is_ours(one, subject))
    return ours or _of_others([o for one in found for o in one])


def is_ours(one: Recording, subject: str) -> bool:
    """Tell whether a recording was read from a recording's file, and is of a service."""
    return bool(one.sha256) and one.subject == subject and len(one) > 0


def stands_for(one: Recording, days: Days) -> bool:
    """Tell whether anything in a recording is of some days."""
    return any(o.time.date() <= days[1] and o.end.date() >= days[0] for o in one)


def _of_others(several: Collection[Observation]) -> list[Days]:
    """Return the days that observations of any files stand for, in order.

    Each is the time that all which reaches furthest has in common. Within it the last day on which
    something was asked counts, and the days right before that on which nothing was asked that was
    asked again: a scan takes some days, and who asks the same again begins anew. How long a
    certificate is valid is no day on which anybody looked.
    """
    seen = [o for o in several if o.type != "certificate"] or list(several)
    left = {(o.time.date(), o.end.date()) for o in seen}
    asked: dict[date, set[tuple[str, str]]] = {}
    for o in seen:
        if o.time.date() == o.end.date():
            asked.setdefault(o.time.date(), set()).add((o.subject, o.type))
    days: list[Days] = []
    while left:
        until = max(last for _, last in left)
        since = max(first for first, last in left if last == until)
        if within := [day for day in asked if since <= day <= until]:
            until = max(within)
            since = _begun(until, asked)
        days.append((since, until))
        left = {(first, last) for first, last in left if last < since}
        asked = {day: questions for day, questions in asked.items() if day < since}
    return days[::-1]


def _begun(day: date, asked: dict[date, set[tuple[str, str]]]) -> date:
    """Return the first of the days in a row, up to one, on which no question was asked twice."""
    questions = set(asked[day])
    while (before := day - _NEXT) in asked and questions.isdisjoint(asked[before]):
        questions |= asked[before]
        day = before
    return day


def ours_of(found: Iterable[Recording], subject: str, days: Days) -> list[Recording]:
    """Return the recordings of ours that stand for some days."""
    return [
        one
        for one in found
        if is_ours(one, subject) and one.days[0] <= days[1] and one.days[1] >= days[0]
    ]

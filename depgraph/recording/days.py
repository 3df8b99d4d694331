"""Which days several recordings of one service stand for, each of which stands alone.

What was true in January and what was true in February is true together on no day: a verdict is of
one day, or of the few days that one scan took. What is of another day is last known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import TypeAlias

from depgraph.names import is_below
from depgraph.observations import Observation, days_text
from depgraph.recording.model import Recording, in_runs

Days = tuple[date, date]
"""First and last day (UTC), both counted."""

_NEXT = timedelta(days=1)
_SPAN = attrgetter("time", "until")
_LISTED = 8  # days that are named one by one
_Asked: TypeAlias = "dict[date, set[tuple[str, str]]]"  # day -> questions


def stands_of(found: Sequence[Recording], subject: str) -> list[Days]:
    """Return the days that recordings of a service can be asked about, in order, the last one last.

    Recordings of ours say themselves which days they stand for, and those that overlap stand
    together; whatever else there is joins them. Where there are none of ours, the days are those of
    what was asked of the service and of names below it: see :func:`_of_others`. When others asked
    about what it leads to, such as servers that many services share, gives it no day.
    """
    if ours := in_runs(one.days for one in found if is_ours(one, subject)):
        return ours
    own = [one for one in found if len(one) and is_below(one.subject, subject)]
    known = {id(one) for one in own}
    led = [one for one in found if own and id(one) not in known]
    return _of_others(_dated(own or found), _dated(led))


def named(days: Sequence[Days], text: Callable[[date, date], str] = days_text) -> str:
    """Return days as our messages have them: each, or of many the first and the last.

    >>> named([(date(2026, 1, 5), date(2026, 1, 5)), (date(2026, 1, 7), date(2026, 1, 8))])
    '2026-01-05, 2026-01-07 to 2026-01-08'
    """
    texts = [text(*one) for one in days]
    return ", ".join(texts) if len(texts) <= _LISTED else f"{texts[0]} ... {texts[-1]}"


def is_ours(one: Recording, subject: str) -> bool:
    """Tell whether a recording was read from a recording's file, and is of a service."""
    return bool(one.sha256) and one.subject == subject and len(one) > 0


def stands_for(one: Recording, days: Days) -> bool:
    """Tell whether anything in a recording is of some days."""
    return any(o.time.date() <= days[1] and o.end.date() >= days[0] for o in one)


def _dated(several: Iterable[Recording]) -> list[Observation]:
    """Return what was seen; how long a certificate is valid is no day on which anybody looked."""
    every = [o for one in several for o in one]
    return [o for o in every if o.type != "certificate"] or every


def _of_others(own: Sequence[Observation], led: Sequence[Observation]) -> list[Days]:
    """Return the days that observations of any files stand for, in order.

    Each is the time that all of the service's own which reaches furthest has in common. Within it
    the last day on which something was asked counts, and the scan that this day is of.

    Parameters
    ----------
    own
        Of the service.
    led
        Of what it leads to.
    """
    left = set(map(_days_of, set(map(_SPAN, own))))
    asked, beside = _asked(own), _asked(led)
    days: list[Days] = []
    while left:
        until = max(last for _, last in left)
        since = max(first for first, last in left if last == until)
        within = [day for day in asked if since <= day <= until]
        if within or (within := [day for day in beside if since <= day <= until]):
            since, until = _scan(max(within), asked, beside)
        days.append((since, until))
        left = {(first, last) for first, last in left if last < since}
        asked, beside = (
            {day: questions for day, questions in one.items() if day < since}
            for one in (asked, beside)
        )
    return days[::-1]


def _asked(several: Iterable[Observation]) -> _Asked:
    """Return which questions were asked on each day."""
    spans: dict[tuple[datetime, datetime | None], set[tuple[str, str]]] = {}  # few, as of one file
    for o in several:
        spans.setdefault(_SPAN(o), set()).add((o.subject, o.type))
    asked: _Asked = {}
    for span, questions in spans.items():
        first, last = _days_of(span)
        if first == last:
            asked.setdefault(first, set()).update(questions)
    return asked


def _days_of(span: tuple[datetime, datetime | None]) -> Days:
    """Return the days of an observation's times."""
    time, until = span
    return time.date(), (until or time).date()


def _scan(last: date, own: _Asked, led: _Asked) -> Days:
    """Return the days of the scan whose last day with a question of the service is given.

    A scan takes some days in a row, and who asks the same again begins anew. Of what the service
    leads to, days beside its own are of its scan as long as nothing is asked again: rounds go on
    to what the last one found. Between its own days they may repeat, for other services.
    """
    since, asked = last, set(own.get(last, ()))
    day = last - _NEXT
    while (day in own or day in led) and asked.isdisjoint(own.get(day, ())):
        if day in own:
            since, asked = day, asked | own[day]
        day -= _NEXT
    within = (day for day in led if since <= day <= last)
    others = set().union(*(led[day] for day in within))
    since = _further(since, -_NEXT, own, led, others)
    return since, _further(last, _NEXT, own, led, others)


def _further(
    day: date, step: timedelta, own: _Asked, led: _Asked, asked: set[tuple[str, str]]
) -> date:
    """Return the last day in a row on which only what a service leads to was asked, and all of it anew."""
    while (beside := day + step) in led and beside not in own and asked.isdisjoint(led[beside]):
        asked |= led[beside]
        day = beside
    return day


def ours_of(found: Iterable[Recording], subject: str, days: Days) -> list[Recording]:
    """Return the recordings of ours that stand for some days."""
    return [
        one
        for one in found
        if is_ours(one, subject) and one.days[0] <= days[1] and one.days[1] >= days[0]
    ]

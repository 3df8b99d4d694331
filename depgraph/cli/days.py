"""Recordings of one service that are of several days: one day is taken, and that is told.

What was true in January and what was true in February is true together on no day. Scans, zones,
registrations and measurements of others that stand beside a recording are parts of one answer,
whatever their days, and join it; a fact of another day than the one taken is last known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from depgraph.cli.messages import say
from depgraph.observations import days_text
from depgraph.recording import Recording
from depgraph.recording.model import joined
from depgraph.text_safety import one_line

_LISTED = 8  # days that are named one by one


def on_one_day(
    found: Sequence[Recording], wanted: str | None, file: str, at: date | None
) -> Recording:
    """Make one recording of all that a file or folder holds of a service.

    Parameters
    ----------
    found
        The recordings, at least one; the first is of the service where none is wanted.
    wanted
        The service, if it was chosen.
    file
        What was read, for people.
    at
        The day asked about; None: the last, where recordings of ours are of several days.
    """
    subject = wanted or found[0].subject
    days = by_day(found, subject)
    if len(days) < 2:
        whole = joined(found, subject)
        if at is None and len({one.days for one in found if len(one)}) > 1:
            say(
                f"joined {len(found)} recordings of {subject}, {days_text(*whole.days)}: "
                "--at takes one of the days"
            )
        return whole
    begun = [several for several in days if at is None or _span(several)[0] <= at]
    chosen = begun[-1] if begun else days[0]
    others = [one for one in found if one not in chosen]
    whole = joined([*chosen, *others], subject)  # the first gives the title
    if at is not None:
        return whole
    since, until = _span(chosen)
    texts = [days_text(*_span(several)) for several in days]
    named = ", ".join(texts) if len(texts) <= _LISTED else f"{texts[0]} ... {texts[-1]}"
    name = f" --name {wanted}" if wanted else ""
    say(
        f"{one_line(file)}: recordings of {subject} of {len(days)} days ({named}): the last is "
        f"taken, {texts[-1]}. Another: --at DAY. All: depgraph timeline {one_line(file)}{name}"
    )
    return between(whole, since, until)


def on_each_day(found: Sequence[Recording], wanted: str | None, file: str) -> list[Recording]:
    """Make a recording for each day that a file or folder has recordings of ours of, in order.

    What else stands there belongs to each of them. Parameters as for :func:`on_one_day`.
    """
    subject = wanted or found[0].subject
    days = by_day(found, subject)
    if len(days) < 2:
        return [on_one_day(found, wanted, file, None)]
    dated = [one for several in days for one in several]
    others = [one for one in found if one not in dated]
    return [between(joined([*several, *others], subject), *_span(several)) for several in days]


def between(made: Recording, since: date, until: date) -> Recording:
    """Return a recording as it is asked about for some days."""
    return replace(made, header=replace(made.header, since=since, until=until))


def by_day(found: Sequence[Recording], subject: str) -> list[list[Recording]]:
    """Return the recordings of ours of a service in the order of their days, those that overlap together."""
    ours = [one for one in found if one.sha256 and one.subject == subject and len(one)]
    days: list[list[Recording]] = []
    for one in sorted(ours, key=lambda one: one.days):
        if days and one.days[0] <= _span(days[-1])[1]:
            days[-1].append(one)
        else:
            days.append([one])
    return days


def _span(several: Sequence[Recording]) -> tuple[date, date]:
    """Return the first and the last day of some recordings."""
    return min(one.days[0] for one in several), max(one.days[1] for one in several)

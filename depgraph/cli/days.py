"""Recordings of one service that are of several days: one day is taken, and that is told.

Of a folder each file may be of another day, whoever made it: what is of another day than the one
taken is last known (see :mod:`depgraph.recording.days`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from depgraph.cli.speaking import days_said, note
from depgraph.recording import Recording
from depgraph.recording.days import Days, is_ours, named, ours_of, stands_for, stands_of
from depgraph.recording.model import joined
from depgraph.text_safety import one_line
from depgraph.texts.refusals import said


def on_one_day(
    found: Sequence[Recording], wanted: str | None, file: str, at: date | None
) -> Recording:
    """Make one recording of all that a file or folder holds of a service.

    Parameters
    ----------
    found
        The recordings, at least one, in any order but that the first is of the service where none
        is wanted.
    wanted
        The service, if it was chosen.
    file
        What was read, for people.
    at
        The day asked about; None: the last.
    """
    subject = wanted or found[0].subject
    days = stands_of(found, subject)
    if not days:  # nothing was understood
        return joined(found, subject)
    if at is not None:
        begun = [one for one in days if one[0] <= at]
        return _joined(found, subject, begun[-1] if begun else days[0])
    whole = _joined(found, subject, days[-1])
    if len(days) > 1:
        note(
            "days",
            file=one_line(file),
            subject=subject,
            n=len(days),
            days=named(days, days_said),
            last=days_said(*days[-1]),
            name=f" --name {wanted}" if wanted else "",
        )
    elif len({one.days for one in found if len(one)}) > 1:
        taken = said("note.as-of", days=days_said(*days[-1])) if whole.days != days[-1] else ""
        spanned = days_said(*whole.days)
        note("joined", n=len(found), subject=subject, days=spanned, taken=taken)
    return between(whole, *days[-1])


def on_each_day(found: Sequence[Recording], wanted: str | None, file: str) -> list[Recording]:
    """Make a recording for each day that a file or folder holds something of, in order.

    Parameters as for :func:`on_one_day`.
    """
    subject = wanted or found[0].subject
    days = stands_of(found, subject)
    if len(days) < 2:
        return [on_one_day(found, wanted, file, None)]
    made = []
    for one in days:
        taken = ours_of(found, subject, one)
        kept = [other for other in found if other in taken or not is_ours(other, subject)]
        made.append(between(_joined(kept, subject, one), *one))
    return made


def between(made: Recording, since: date, until: date) -> Recording:
    """Return a recording as it is asked about for some days."""
    return replace(made, header=replace(made.header, since=since, until=until))


def _joined(found: Sequence[Recording], subject: str, days: Days) -> Recording:
    """Join recordings in an order of their own, not that of their files: the first gives the title."""
    ours = ours_of(found, subject, days)

    def order(one: Recording) -> tuple[Any, ...]:
        header = one.header
        first = (one not in ours, one.subject != subject, not stands_for(one, days))
        return (*first, one.days, header.source, header.title, one.sha256)

    return joined(sorted(found, key=order), subject)

"""Dates as people write them in data sets: a day, a month, a year, or from one to another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Final

from depgraph.errors import RecordingError
from depgraph.observations import parse_time
from depgraph.text_safety import quote

Interval = tuple[datetime, datetime]
UNDATED: Final = "give the dates of undated lines (--dated)"
"""What to do where neither a file nor anybody says when something is from."""
Dated = Interval | date | str
"""When something is from: first and last moment, a day or moment, or a date as people write it."""
_DATE = re.compile(r"(\d{4})(?:([-/]?)(\d{2})(?:\2(\d{2}))?)?")


def needed(undated: Interval | None) -> Interval:
    """Return when what bears no date is from.

    Raises
    ------
    RecordingError
        If nobody said so.
    """
    if undated is None:
        raise RecordingError(f"expected a time, found none: {UNDATED}")
    return undated


def interval_of(when: Dated | None) -> Interval | None:
    """Return the first and last moment of a day that is given in one of several forms; None of none.

    Raises
    ------
    RecordingError
        If it is no date, or ends before it begins.

    >>> interval_of(date(2023, 6, 1)) == interval_of("2023-06-01")
    True
    """
    if isinstance(when, str):
        return interval(when)
    if isinstance(when, date):  # a moment is a date, too
        return interval(when.isoformat())
    return when


def interval(text: str) -> Interval:
    """Give the first and the last moment (UTC) that a date stands for, to the second.

    Raises
    ------
    RecordingError
        If it is no date, or ends before it begins.

    Examples
    --------
    >>> [str(moment) for moment in interval("2023-06")]
    ['2023-06-01 00:00:00+00:00', '2023-06-30 23:59:59+00:00']
    >>> [str(moment.date()) for moment in interval("2009..2022")]
    ['2009-01-01', '2022-12-31']
    """
    first, dots, last = text.partition("..")
    start, end = _one(first)
    if dots:
        end = _one(last)[1]
    if end < start:
        raise RecordingError(f"expected a date that ends after it begins, found {quote(text)}")
    return start, end


def _one(text: str) -> Interval:
    text = text.strip()
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            moment = parse_time(text)
            return moment, moment
        year, _, month, day = match.groups()
        start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        last_month = int(month or 12)
        last_day = int(day or monthrange(int(year), last_month)[1])
        midnight = datetime(int(year), last_month, last_day, tzinfo=UTC)
        return start, midnight + timedelta(hours=23, minutes=59, seconds=59)
    except (RecordingError, ValueError):
        raise RecordingError(
            f"expected a date such as 2021-02-15, 2021-02, 2021 or 2009..2022, found {quote(text)}"
        ) from None

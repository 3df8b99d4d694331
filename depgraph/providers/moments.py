"""When something changed hands: a day, the month or year in which it did, or a day by which it had."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\.\.)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """The days on one of which something happened.

    Parameters
    ----------
    first, last
        The same day where it is known to the day; else those of the month or the year. Where a
        source says only that it had happened by then, `first` is the earliest day there is.

    Examples
    --------
    >>> Moment.read("2022-03").last, str(Moment.read("2022-03")), Moment.read("2022-03").precision
    (datetime.date(2022, 3, 31), '2022-03', 'month')
    >>> Moment.read("..2019-08-05").known_by
    True
    """

    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Moment:
        """Read ``2022-03-21``, ``2022-03`` or ``2022``; ``..`` before it: by its last day.

        That is the set ``[..2022]`` of ISO 8601-2, "in 2022 or earlier", without its brackets.

        Raises
        ------
        ValueError
            It is none of these, or there is no such day.
        """
        match = _FORM.fullmatch(text)
        by, year, month, day = match.groups() if match else (None, "0", None, None)
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValueError(
                "expected a day, month or year such as 2022-03-21, 2022-03, 2022, "
                f"or ..2022 for not later, found {text!r}"
            ) from None
        last = first
        if not day:
            last = first.replace(month=first.month if month else _DECEMBER)
            last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return cls(date.min if by else first, last)

    @property
    def known_by(self) -> bool:
        """Whether no source says when it happened, only that it had by the last day."""
        return self.first == date.min

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``: how much of it is known; of `known_by` the day."""
        if self.known_by or self.first == self.last:
            return "day"
        return "month" if self.first.month == self.last.month else "year"

    @property
    def day_before(self) -> date:
        """The last day on which it had certainly not happened."""
        return self.first - timedelta(days=1)

    def __str__(self) -> str:
        """Write it as precisely as it is known."""
        if self.known_by:
            return f"..{self.last.isoformat()}"
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

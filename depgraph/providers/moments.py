"""When something changed hands: a day, or the month or year of which no source says which day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """The days on one of which something happened.

    Parameters
    ----------
    first, last
        The same day where it is known to the day; else those of the month or the year.

    Examples
    --------
    >>> Moment.read("2022-03").last, str(Moment.read("2022-03")), Moment.read("2022-03").precision
    (datetime.date(2022, 3, 31), '2022-03', 'month')
    """

    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Moment:
        """Read ``2022-03-21``, ``2022-03`` or ``2022``.

        Raises
        ------
        ValueError
            It is none of these, or there is no such day.
        """
        match = _FORM.fullmatch(text)
        year, month, day = match.groups() if match else ("0", None, None)
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValueError(
                f"expected a day, month or year such as 2022-03-21, 2022-03 or 2022, found {text!r}"
            ) from None
        if day:
            return cls(first, first)
        last = first.replace(month=first.month if month else _DECEMBER)
        return cls(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]))

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``: how much of it is known."""
        if self.first == self.last:
            return "day"
        return "month" if self.first.month == self.last.month else "year"

    @property
    def day_before(self) -> date:
        """The last day on which it had certainly not happened."""
        return self.first - timedelta(days=1)

    def __str__(self) -> str:
        """Write it as precisely as it is known."""
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

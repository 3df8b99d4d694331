"""Days as registries write them in WHOIS text, where only one day can be meant."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = [
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
]
_MOIS: Final = [
    *("janv", "févr", "mars", "avril", "mai", "juin"),
    *("juil", "août", "sept", "oct", "nov", "déc"),
]


def month_of(word: str) -> int | None:
    """Read a month as programs abbreviate it, in English or in French.

    Returns
    -------
    Its number, from 1; None if it is none of these.

    Examples
    --------
    >>> month_of("Aug"), month_of("août"), month_of("févr."), month_of("Okt")
    (8, 8, 2, None)
    """
    short = word.lower().removesuffix(".")
    for months in (_MONTHS, _MOIS):
        if short in months:
            return months.index(short) + 1
    return None


_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_FORMS: Final = tuple(
    re.compile(form + r"(?!\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<between>[-/.] ?)(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        # The day stands first where dots part the three; with strokes and hyphens it may be the month.
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})",
        rf"(?P<year>\d{{4}})[- ./]{_MONTH}[- ./](?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})[- ./]{_MONTH}[- ./](?P<year>\d{{4}})",
        rf"(?:[a-z]{{3}},? )?{_MONTH} (?P<day>\d{{1,2}}),? (?:[\d:]+ (?:[a-z]{{2,5}} )?)?(?P<year>\d{{4}})",
    )
)


def day_of(text: str) -> date | None:
    """Read the day that a text begins with.

    Parameters
    ----------
    text
        As a registry wrote it, perhaps with a time after it.

    Returns
    -------
    The day; None where none is read, or another may be meant (``03/08/2027``, ``21-Dec-12``).

    Examples
    --------
    >>> str(day_of("01-Oct-2026")), str(day_of("13.05.2027")), day_of("03/08/2027")
    ('2026-10-01', '2027-05-13', None)
    """
    for form in _FORMS:
        match = form.match(text.strip())
        if match is None:
            continue
        month = match["month"].lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
        try:
            return date(int(match["year"]), number, int(match["day"]))
        except ValueError:  # a day that the month has not
            return None
    return None

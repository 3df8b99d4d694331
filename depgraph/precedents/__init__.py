"""Dated withdrawals and outages: who withdrew what from whom, with what notice, and the way back.

A row of ``precedents.csv`` without a source does not load. A time that its sources do not say is
empty, and counts in no figure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from statistics import median
from typing import ClassVar, Final

from depgraph.errors import TableError
from depgraph.vocabulary import Lever

__all__ = ["Event", "Precedent", "Summary", "levers", "load", "read", "summary"]


class Event(StrEnum):
    """What a precedent was."""

    WITHDRAWAL = "withdrawal"  # somebody stopped serving somebody
    ORDER = "order"  # a court or a government had it done
    OUTAGE = "outage"  # nobody meant it
    MISTAKE = "mistake"  # somebody did it and had not meant to


def levers() -> tuple[str, ...]:
    """Return the words that a row may have for a lever: those of graphs."""
    return tuple(lever.value for lever in Lever)


@dataclass(frozen=True, slots=True)
class Precedent:
    """One event.

    Parameters
    ----------
    id
        Stable.
    who, whom
        Who stopped, and what stopped, in words.
    lever
        By what: one of :func:`levers`.
    event
        Whether it was meant.
    day
        On which it took effect (ISO 8601).
    notice
        Hours of notice; None where no source says.
    back
        Days until what was stopped answered again, by whatever way; None where no source says.
    way_back
        How it came back, in words; empty where no source says.
    note
        What the sources leave open.
    sources
        Where it can be read.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"way_back", "note"})

    id: str
    who: str
    whom: str
    lever: str
    event: Event
    day: str
    notice: float | None
    back: float | None
    way_back: str
    note: str
    sources: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rows of one lever have in common.

    Parameters
    ----------
    lever
        The lever.
    count
        Rows in which it was pulled, outages apart.
    outages
        Rows in which it failed and nobody had meant it.
    noticed, notice_least, notice_most
        Rows that say what notice was given, and the least and most hours of it.
    returned, back_least, back_median, back_most
        Rows that say when it was back, and the days until then.
    """

    lever: str
    count: int
    outages: int
    noticed: int
    notice_least: float | None
    notice_most: float | None
    returned: int
    back_least: float | None
    back_median: float | None
    back_most: float | None


_COLUMNS: Final = tuple(Precedent.__slots__)


@cache
def load() -> tuple[Precedent, ...]:
    """Return the rows that come with the package, in the order of their days."""
    text = resources.files(__name__).joinpath("precedents.csv").read_text("utf-8")
    return read(text)


def read(text: str) -> tuple[Precedent, ...]:
    """Read a table of precedents.

    Parameters
    ----------
    text
        CSV with the columns of :class:`Precedent`.

    Raises
    ------
    TableError
        If a row has no source, a lever or event that is none, or no day; or if two rows have
        the same id.
    """
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise TableError(f"expected the columns {', '.join(_COLUMNS)}, found {rows.fieldnames}")
    found = [_precedent(number, row) for number, row in enumerate(rows, 2)]
    ids = [one.id for one in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise TableError(f"expected one row for each id, found several for {', '.join(twice)}")
    return tuple(sorted(found, key=lambda one: (one.day, one.id)))


def _precedent(number: int, row: dict[str, str]) -> Precedent:
    where = f"line {number} ({row['id']})"
    if not row["sources"].strip():
        raise TableError(
            f"{where}: expected a source, found none: a row without one does not count"
        )
    if row["lever"] not in levers():
        raise TableError(
            f"{where}: expected a lever ({', '.join(levers())}), found {row['lever']!r}"
        )
    try:
        day = date.fromisoformat(row["day"]).isoformat()
        event = Event(row["event"])
        notice, back = (float(row[key]) if row[key] else None for key in ("notice", "back"))
    except ValueError as error:
        raise TableError(f"{where}: {error}") from None
    fixed = {"day": day, "event": event, "notice": notice, "back": back}
    return Precedent(**{**row, **fixed})  # type: ignore[arg-type]


def summary(lever: str, rows: Iterable[Precedent] | None = None) -> Summary:
    """Return what the rows of a lever have in common; the table that is shipped, if none is given."""
    several = [one for one in (load() if rows is None else rows) if one.lever == lever]
    meant = [one for one in several if one.event is not Event.OUTAGE]
    notices = [one.notice for one in meant if one.notice is not None]
    backs = [one.back for one in meant if one.back is not None]
    return Summary(
        lever=lever,
        count=len(meant),
        outages=len(several) - len(meant),
        noticed=len(notices),
        notice_least=min(notices, default=None),
        notice_most=max(notices, default=None),
        returned=len(backs),
        back_least=min(backs, default=None),
        back_median=median(backs) if backs else None,
        back_most=max(backs, default=None),
    )

"""Lists of names as people keep them: text, CSV with any delimiter, Excel's own files.

A list is rows with a name in one column and whatever else in the others, which are kept. Names
may be written as URLs or as addresses of mail (:func:`depgraph.names.parse`).
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from depgraph.errors import InvalidName, QuestionError, RecordingError, TableError
from depgraph.names import parse
from depgraph.readers.headings import NAMES, is_any
from depgraph.readers.lines import BadLine
from depgraph.readers.rows import LOOKED_AT, Row, holds_a_name, rows_of
from depgraph.spelling import near, perhaps
from depgraph.text_safety import one_line, quote

_MOST_ROWS: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names.

    Parameters
    ----------
    names
        Canonical name -> the row that it stands in first, by the titles of the other columns.
    columns
        These titles, in order.
    refused
        Rows without a name, or with one that is none; what of the file is not read.
    again
        Rows of a name that stands further up with something else beside it.
    beyond
        Rows with cells beyond those that have a title, which are left out.
    """

    names: Mapping[str, Mapping[str, str]]
    columns: tuple[str, ...] = ()
    refused: tuple[BadLine, ...] = ()
    again: tuple[BadLine, ...] = ()
    beyond: tuple[BadLine, ...] = ()

    def column(self, title: str) -> str:
        """Return one of the `columns` by its title, in whatever case.

        Raises
        ------
        QuestionError
            If there is none.
        """
        if title in self.columns:
            return title
        for one in self.columns:
            if one.casefold() == title.casefold():
                return one
        there = ", ".join(map(quote, self.columns)) or "no other than that of the names"
        raise QuestionError(f"expected a column of the list ({there}), found {quote(title)}")


def distinct(titles: Sequence[str], *, taken: Collection[str] = ()) -> list[str]:
    """Give every column a title of its own.

    Parameters
    ----------
    titles
        As they stand in the file.
    taken
        Titles of other columns in the same table.

    Examples
    --------
    >>> distinct(["name", "site", "name", "name (2)"], taken=["state"])
    ['name', 'site', 'name (3)', 'name (2)']
    """
    used = set(taken)
    found = []
    for title in titles:
        own, count = title, 1
        while own in used or (count > 1 and own in titles):
            count += 1
            own = f"{title} ({count})"
        used.add(own)
        found.append(own)
    return found


def read_list(
    path: str | os.PathLike[str], *, column: str | None = None, sheet: str | None = None
) -> NameList:
    """Read a list of names.

    Parameters
    ----------
    path
        Text (UTF-8, UTF-16, else Windows-1252; packed or not) or a workbook (``.xlsx``). Lines that
        begin with ``#`` are comments.
    column
        Title of the column with the names; otherwise the first one that is called like such a
        column, or in which most rows have a name.
    sheet
        Name of the sheet of a workbook; otherwise the first with names, and others are told.

    Returns
    -------
    NameList
        A name that stands twice is there once, with its first row; where the rows differ
        `again` has the later one.

    Raises
    ------
    RecordingError
        If it is no list, there is no such column or sheet, no column with names, or no name in it.
    TableError
        If it is a workbook and openpyxl is not installed.
    OSError
        If it cannot be opened.
    """
    rows: list[Row] = []
    refused: list[BadLine] = []
    for one in itertools.islice(rows_of(Path(path), sheet=sheet), _MOST_ROWS):
        if isinstance(one, BadLine):
            refused.append(one)
        else:
            rows.append(one)
    if not rows:
        why = f"expected a list of names in {os.fspath(path)!a}, found nothing"
        raise RecordingError("; ".join([why, *map(str, refused[:1])]))
    head = _head(rows)
    rows, written = (rows, None) if head is None else (rows[head + 1 :], rows[head][1])
    titles = _titles(rows, written)
    place = _place(rows, titles, column)
    others = [(n, title) for n, title in enumerate(titles) if n != place]
    names: dict[str, Mapping[str, str]] = {}
    lines: dict[str, int] = {}
    again: list[BadLine] = []
    beyond: list[BadLine] = []
    for number, cells in rows:
        text = cells[place].strip() if place < len(cells) else ""
        try:
            name = parse(text)
        except InvalidName as error:
            refused.append(BadLine(number, str(error)))
            continue
        row = {
            title: cells[n].strip().replace("\0", "\ufffd") if n < len(cells) else ""
            for n, title in others
        }
        if any(cell.strip() for n, cell in enumerate(cells) if n >= len(titles) and n != place):
            why = f"expected {len(titles)} cells, found {len(cells)}: the others are left out"
            beyond.append(BadLine(number, why))
        if names.setdefault(name, row) != row:
            why = f"expected one row for {name}, found another: line {lines[name]} is taken"
            again.append(BadLine(number, why))
        lines.setdefault(name, number)
    refused.sort(key=lambda bad: bad.number)
    if not names:
        of = "a column" if column is None else f"the column {quote(column)}"
        why = f"expected domain names in {of}, found none"
        raise RecordingError("; ".join([why, *map(str, refused[:1])]))
    titles_of = tuple(title for _, title in others)
    return NameList(names, titles_of, tuple(refused), tuple(again), tuple(beyond))


def is_list(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file looks like a list of names: text in rows, or a workbook."""
    try:
        rows = list(itertools.islice(rows_of(Path(path)), LOOKED_AT))
    except (RecordingError, TableError):
        return False
    whole = [row for row in rows if not isinstance(row, BadLine)]
    return any(map(holds_a_name, (cell for _, cells in whole for cell in cells)))


def _head(rows: Sequence[Row]) -> int | None:
    """Return which row has the titles; None if none has.

    It stands before the first row with a name, has none itself, and fills most of the columns that
    rows with names fill: what stands above it, in a cell or two, is the title of the whole. Of
    several such rows it is the one with a word for names. Where no row fills them, the first one is
    taken. Where a row has one cell, one with a dot is rather a name that was mistyped.
    """
    looked = [list(map(str.strip, cells)) for _, cells in rows[:LOOKED_AT]]
    named = [n for n, cells in enumerate(looked) if any(map(holds_a_name, cells))]
    first = named[0] if named else min(1, len(rows) - 1)
    if not first:
        return None
    filled = {n for row in named for n, cell in enumerate(looked[row]) if cell}
    above = [n for n in range(first) if 2 * sum(map(bool, looked[n])) > len(filled)] or [0]
    called = (n for n in above if any(is_any(cell, NAMES) for cell in looked[n]))
    head = next(called, above[0])
    mistyped = len(looked[head]) == 1 and "." in looked[head][0]
    return None if mistyped else head


def _titles(rows: Sequence[Row], written: Sequence[str] | None) -> list[str]:
    """Return the titles of the columns: their places, where the file gives none."""
    if written is None:
        widths = Counter(len(cells) for _, cells in rows[:LOOKED_AT])
        written = [""] * widths.most_common(1)[0][0]
    shown = [one_line(title.strip(), limit=100) for title in written]
    return distinct([title or f"column {n}" for n, title in enumerate(shown, start=1)])


def _place(rows: Sequence[Row], titles: Sequence[str], column: str | None) -> int:
    """Return which column has the names."""
    if column is not None:
        folded = [title.casefold() for title in titles]
        if column.casefold() not in folded:
            raise RecordingError(
                f"expected the column {quote(column)} in the list, found "
                f"{', '.join(map(quote, titles)) or 'no titles'}"
                f"{perhaps(map(quote, near(column, titles)))}"
            )
        return folded.index(column.casefold())
    looked = [cells for _, cells in rows[:LOOKED_AT]]
    width = max(map(len, looked), default=0)
    shares = [
        sum(holds_a_name(cells[n]) for cells in looked if n < len(cells)) for n in range(width)
    ]
    called = [n for n, title in enumerate(titles[:width]) if shares[n] and is_any(title, NAMES)]
    most = max((shares[n] for n in called), default=0)
    for n in called:  # the name of a firm may be a domain, too: Booking.com
        if shares[n] * 2 >= most:
            return n
    best = max(range(width), key=lambda n: (shares[n], -n), default=0)
    if not width or not shares[best]:
        raise RecordingError("expected a column with domain names, found none: name it")
    return best

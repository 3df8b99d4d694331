"""Lists of names as people keep them: text, CSV with any delimiter, Excel's own files.

A list is rows with a name in one column and whatever else in the others, which are kept. Names
may be written as URLs or as addresses of mail (:func:`depgraph.names.parse`).
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import os
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from depgraph.errors import InvalidName, QuestionError, RecordingError, TableError
from depgraph.extras import missing
from depgraph.intake import read_bytes, require_file
from depgraph.names import parse, registered_domain
from depgraph.readers.lines import BadLine
from depgraph.text_safety import one_line, quote

_MOST_ROWS: Final = 5_000_000
_LONGEST: Final = 1_000_000  # characters of one row
_LARGEST_SHEET: Final = 500 * 2**20  # bytes of a workbook, unpacked
_DELIMITERS: Final = ",;\t|"
_LOOKED_AT: Final = 200  # rows by which delimiter and column are chosen
_TITLES: Final = re.compile(
    r"(domain|domaine|domain name|nom de domaine|host|hostname|site|name|nom|url|website|web|"
    r"site web|fqdn|origin|e-?mail)s?",
    re.IGNORECASE,
)


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
        Rows without a name, or with one that is none.
    again
        Rows of a name that stands further up with something else beside it.
    """

    names: Mapping[str, Mapping[str, str]]
    columns: tuple[str, ...] = ()
    refused: tuple[BadLine, ...] = ()
    again: tuple[BadLine, ...] = ()

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


def read_list(path: str | os.PathLike[str], *, column: str | None = None) -> NameList:
    """Read a list of names.

    Parameters
    ----------
    path
        Text (UTF-8, UTF-16, else Windows-1252; packed or not) or a workbook (``.xlsx``), of
        which the first sheet counts. Lines that begin with ``#`` are comments.
    column
        Title of the column with the names; otherwise the first one that is called like such a
        column, or in which most rows have a name.

    Returns
    -------
    NameList
        A name that stands twice is there once, with its first row; where the rows differ
        `again` has the later one.

    Raises
    ------
    RecordingError
        If it is no list, there is no such column, or none with names.
    TableError
        If it is a workbook and openpyxl is not installed.
    OSError
        If it cannot be opened.
    """
    rows = list(itertools.islice(_rows(Path(path)), _MOST_ROWS))
    if not rows:
        raise RecordingError(f"expected a list of names in {os.fspath(path)!a}, found nothing")
    titled = _has_titles(rows)
    written = [one_line(title.strip(), limit=100) for title in rows[0][1]] if titled else []
    titles = distinct([title or f"column {n}" for n, title in enumerate(written, start=1)])
    place = _place(rows[titled:], titles, column)
    others = [(n, title) for n, title in enumerate(titles) if n != place]
    names: dict[str, Mapping[str, str]] = {}
    lines: dict[str, int] = {}
    refused: list[BadLine] = []
    again: list[BadLine] = []
    for number, cells in rows[titled:]:
        text = cells[place].strip() if place < len(cells) else ""
        try:
            name = parse(text)
        except InvalidName as error:
            refused.append(BadLine(number, str(error)))
            continue
        row = {title: cells[n].strip() if n < len(cells) else "" for n, title in others}
        if names.setdefault(name, row) != row:
            why = f"expected one row for {name}, found another: line {lines[name]} is taken"
            again.append(BadLine(number, why))
        lines.setdefault(name, number)
    titles_of = tuple(title for _, title in others)
    return NameList(names, titles_of, tuple(refused), tuple(again))


def is_list(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file looks like a list of names: text in rows, or a workbook."""
    try:
        rows = list(itertools.islice(_rows(Path(path)), _LOOKED_AT))
    except (RecordingError, TableError, UnicodeDecodeError):
        return False
    return any(map(holds_a_name, (cell for _, cells in rows for cell in cells)))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a list with their numbers, blank ones and comments left out."""
    require_file(path, error=RecordingError)
    with path.open("rb") as file:
        workbook = file.read(4) == b"PK\x03\x04"
    for number, cells in _sheet(path) if workbook else _lines(path):
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield number, cells


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    # UTF-16 is UTF-8 by now; what else is none is what Windows wrote.
    data = read_bytes(path, error=RecordingError)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        text = text.replace("\0", "")
    lines = text.splitlines()
    csv.field_size_limit(_LONGEST)
    try:
        delimiter = _delimiter(lines[:_LOOKED_AT])
    except csv.Error as error:
        raise RecordingError(f"expected a table in {os.fspath(path)!a}, found: {error}") from None
    if delimiter is None:
        yield from ((number, [line]) for number, line in enumerate(lines, start=1))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise RecordingError(
            f"expected a table in {os.fspath(path)!a}, found in line {reader.line_num}: {error}"
        ) from None


def _delimiter(lines: Sequence[str]) -> str | None:
    """Return what stands between cells: what most rows have as often; None: one cell a row."""
    best: tuple[int, str] | None = None
    for delimiter in _DELIMITERS:
        counts = Counter(
            len(cells) - 1 for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1
        )
        rows = max(counts.values(), default=0)
        if rows and (best is None or rows > best[0]):
            best = (rows, delimiter)
    filled = sum(bool(line.strip()) for line in lines)
    return best[1] if best is not None and best[0] * 2 >= filled else None


def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet of a workbook, values only: no formula is computed."""
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(missing("openpyxl", "reads Excel's files", "survey")) from None
    try:
        yield from _cells(path, openpyxl)
    except RecordingError:
        raise
    except Exception as error:  # noqa: BLE001  (a damaged workbook raises whatever it meets)
        name = f"{os.fspath(path)!a}"
        raise RecordingError(f"expected a workbook in {name}, found {quote(error)}") from None


def _cells(path: Path, openpyxl: Any) -> Iterator[tuple[int, list[str]]]:
    name = f"{os.fspath(path)!a}"
    with zipfile.ZipFile(path) as packed:
        size = sum(entry.file_size for entry in packed.infolist())
    if size > _LARGEST_SHEET:
        raise RecordingError(f"expected at most {_LARGEST_SHEET} bytes in {name}, found {size}")
    with contextlib.closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        if not book.worksheets:
            raise RecordingError(f"expected a workbook with a sheet in {name}, found none")
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, ["" if cell is None else str(cell) for cell in cells] or [""]


def _has_titles(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Tell whether the first row has the titles: no cell of it is a name, some below are."""
    return not any(map(holds_a_name, rows[0][1])) and len(rows) > 1


def _place(rows: Sequence[tuple[int, list[str]]], titles: Sequence[str], column: str | None) -> int:
    """Return which column has the names."""
    if column is not None:
        folded = [title.casefold() for title in titles]
        if column.casefold() not in folded:
            raise RecordingError(
                f"expected the column {quote(column)} in the list, found "
                f"{', '.join(map(quote, titles)) or 'no titles'}"
            )
        return folded.index(column.casefold())
    looked = [cells for _, cells in rows[:_LOOKED_AT]]
    width = max(map(len, looked), default=0)
    shares = [
        sum(holds_a_name(cells[n]) for cells in looked if n < len(cells)) for n in range(width)
    ]
    for n, title in enumerate(titles):
        if n < width and _TITLES.fullmatch(title.strip()) and shares[n]:
            return n
    best = max(range(width), key=lambda n: (shares[n], -n), default=0)
    if not width or not shares[best]:
        raise RecordingError("expected a column with domain names, found none: name it")
    return best


def holds_a_name(cell: Any) -> bool:
    """Tell whether a cell has a domain name in it."""
    text = str(cell).strip()
    if "." not in text or len(text) > 300 or " " in text:
        return False
    try:
        return registered_domain(parse(text)) is not None
    except InvalidName:
        return False

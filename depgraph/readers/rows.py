"""Rows of a list as people keep it: text with any delimiter, or a sheet of a workbook.

A row is its number and its cells; what cannot be read as one is a bad line, and the rows after it
are read.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final, TypeAlias

from depgraph.errors import InvalidName, RecordingError, TableError
from depgraph.extras import missing
from depgraph.intake import read_bytes, require_file
from depgraph.names import parse, registered_domain
from depgraph.readers.lines import BadLine
from depgraph.spelling import near, perhaps
from depgraph.text_safety import quote

Row: TypeAlias = "tuple[int, list[str]]"
"""The number of a row, from 1, and its cells."""

LOOKED_AT: Final = 200
"""Rows by which delimiter, sheet and column are chosen."""
LONGEST: Final = 1_000_000
"""Characters of a line of text."""
_LARGEST_SHEET: Final = 500 * 2**20  # bytes of a workbook, unpacked
_DELIMITERS: Final = ",;\t|"
_ALONE: Final = "\x1f"  # stands between cells where a row has one
_DECLARED: Final = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)  # as Excel writes it
_LINE_ENDS: Final = re.compile(r"\r\n|\r|\n")
_SPAN: Final = 20  # lines of one row: a note or an address in a cell has fewer
_ZIP: Final = b"PK\x03\x04"
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "a file of the old Office (.xls, .doc)"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet table"),
)
_PACKED: Final = (
    ("word/", "a text of Word (.docx)"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file (.ods, .odt)"),
    ("Index/", "a file of Numbers or Pages"),
)
_PERCENT: Final = re.compile(r"0(?:\.(0+))?%")
_NO_ZIP: Final = (zipfile.BadZipFile, ValueError, NotImplementedError)
"""What zipfile raises at a damaged list of what is packed."""


def holds_a_name(cell: Any) -> bool:
    """Tell whether a cell has a domain name in it."""
    text = str(cell).strip()
    if "." not in text or len(text) > 300 or " " in text:
        return False
    try:
        return registered_domain(parse(text)) is not None
    except InvalidName:
        return False


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook of Excel's."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with zipfile.ZipFile(path) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except (OSError, *_NO_ZIP):
        return False


def rows_of(path: Path, *, sheet: str | None = None) -> Iterator[Row | BadLine]:
    """Yield the rows of a list, blank ones and comments (``#``) left out.

    Parameters
    ----------
    sheet
        Of a workbook, by its name; otherwise the first one with names.

    Raises
    ------
    RecordingError
        If it is of a form that is no list, or has no such sheet.
    TableError
        If it is a workbook and openpyxl is not installed.
    OSError
        If it cannot be opened.
    """
    require_file(path, error=RecordingError)
    with path.open("rb") as file:
        head = file.read(4)
    for mark, what in _OTHERS:
        if head == mark:
            raise _no_list(path, what)
    if sheet is not None and head != _ZIP:
        name = f"{os.fspath(path)!a}"
        raise RecordingError(
            f"expected a workbook with the sheet {quote(sheet)} in {name}, found text"
        )
    for row in _sheet(path, sheet) if head == _ZIP else _lines(path):
        if isinstance(row, BadLine) or (any(map(str.strip, row[1])) and row[1][0][:1] != "#"):
            yield row


def _no_list(path: Path, what: str) -> RecordingError:
    name = f"{os.fspath(path)!a}"
    return RecordingError(
        f"expected a list of names as text, CSV or .xlsx in {name}, found {what}: "
        "save it as .xlsx or CSV"
    )


def _lines(path: Path) -> Iterator[Row | BadLine]:
    # UTF-16 is UTF-8 by now; what else is none is what Windows wrote.
    data = read_bytes(path, error=RecordingError)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    start = text[:100].lstrip()
    if start.startswith(("{", "[", "<")):
        raise _no_list(path, "HTML or XML" if start.startswith("<") else "JSON")
    # str.splitlines breaks at control characters, too, and makes two names of one.
    lines = _LINE_ENDS.split(text)
    del text
    csv.field_size_limit(LONGEST)
    declared = _DECLARED.fullmatch(lines[0])
    delimiter = declared[1] if declared else _delimiter(lines[:LOOKED_AT])
    place = 1 if declared else 0
    while place < len(lines):
        line = lines[place]
        if len(line) > LONGEST:
            why = f"expected at most {LONGEST} characters in a line, found {len(line)}"
            yield BadLine(place + 1, why)
        elif '"' not in line:
            yield place + 1, line.split(delimiter)
        elif not line.startswith("#"):
            row, taken = _quoted(lines, place, delimiter)
            yield row
            place += taken - 1
        place += 1


def _quoted(lines: Sequence[str], place: int, delimiter: str) -> tuple[Row | BadLine, int]:
    """Read a row with quotes, whose cells may run over several lines; return how many it takes.

    A quote that is not closed would take what comes after it for one cell. It is known by its
    length, or by lines that have a name where the first line has one.
    """
    several = lines[place : place + _SPAN]
    reader = csv.reader([*(f"{line}\n" for line in several), "\n"], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error as error:
        return BadLine(place + 1, f"expected a row of a table, found: {quote(str(error))}"), 1
    taken = reader.line_num
    if taken > len(several):
        found = "none" if len(several) < _SPAN else f"none in {_SPAN} lines"
    elif _reads_as_rows(several[:taken], delimiter):
        found = "rows with names first"
    else:
        return (place + 1, cells), taken
    return BadLine(place + 1, f"expected the end of the quote that opens here, found {found}"), 1


def _reads_as_rows(lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether all lines of a row have a name in the same cell as the first."""
    first, *others = [
        {n for n, cell in enumerate(line.split(delimiter)) if holds_a_name(_bare(cell))}
        for line in lines
        if line.strip()
    ]
    return bool(others) and all(first & places for places in others)


def _bare(cell: str) -> str:
    """Return a cell without the quotes that it begins with."""
    cell = cell.strip()
    return cell.strip('"') if cell.startswith('"') else cell


def _delimiter(lines: Sequence[str]) -> str:
    """Return what stands between cells: what most rows have as often, each line by itself."""
    best = (0, _ALONE)
    filled = [line for line in lines if line.strip() and len(line) <= LONGEST]
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), ())) for line in filled)
        del counts[1], counts[0]
        rows = max(counts.values(), default=0)
        if rows > best[0]:
            best = (rows, delimiter)
    return best[1] if best[0] * 2 >= len(filled) else _ALONE


def _sheet(path: Path, sheet: str | None) -> Iterator[Row | BadLine]:
    """Yield the rows of a sheet of a workbook, values only: no formula is computed."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except _NO_ZIP as error:
        name = f"{os.fspath(path)!a}"
        raise RecordingError(f"expected a workbook in {name}, found {quote(error)}") from None
    for mark, what in _PACKED:
        if any(entry.filename.startswith(mark) for entry in entries):
            raise _no_list(path, what)
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(missing("openpyxl", "reads Excel's files", "survey")) from None
    name = f"{os.fspath(path)!a}"
    size = sum(entry.file_size for entry in entries)
    if size > _LARGEST_SHEET:
        raise RecordingError(f"expected at most {_LARGEST_SHEET} bytes in {name}, found {size}")
    try:
        yield from _cells(path, openpyxl, sheet)
    except RecordingError:
        raise
    except Exception as error:  # noqa: BLE001  (a damaged workbook raises whatever it meets)
        raise RecordingError(f"expected a workbook in {name}, found {quote(error)}") from None


def _cells(path: Path, openpyxl: Any, sheet: str | None) -> Iterator[Row | BadLine]:
    """Yield the rows of a sheet: of the first with names, if none is chosen, and others are told."""
    # The file is ours to close: rows left half read would hold openpyxl's own open.
    with (
        path.open("rb") as file,
        contextlib.closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book,
    ):
        if not book.worksheets:
            name = f"{os.fspath(path)!a}"
            raise RecordingError(f"expected a workbook with a sheet in {name}, found none")
        if sheet is not None:
            chosen, others = _called(sheet, book.worksheets, path), []
        else:
            chosen, *others = [one for one in book.worksheets if _has_names(one)] or book.worksheets
        for other in filter(_has_names, others):
            yield BadLine(
                0,
                f"expected names in one sheet, found some in {quote(other.title)}, too: "
                f"{quote(chosen.title)} is read (--sheet chooses another; `sheet` in Python)",
            )
        for number, cells in enumerate(chosen.iter_rows(), start=1):
            yield number, [_shown(cell) for cell in cells] or [""]


def _called(sheet: str, sheets: Sequence[Any], path: Path) -> Any:
    """Return the sheet of a name, in whatever case."""
    for same in (str, str.casefold):
        for one in sheets:
            if same(one.title.strip()) == same(sheet.strip()):
                return one
    titles = [one.title for one in sheets]
    raise RecordingError(
        f"expected a sheet called {quote(sheet)} in {os.fspath(path)!a}, found "
        f"{', '.join(map(quote, titles))}{perhaps(map(quote, near(sheet, titles)))}"
    )


def _has_names(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=LOOKED_AT, values_only=True)
    return any(holds_a_name(cell) for row in rows for cell in row if isinstance(cell, str))


def _shown(cell: Any) -> str:
    """Return a cell as its sheet shows it, where that is simple: days, shares, whole numbers."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, int | float):
        if share := _PERCENT.fullmatch(cell.number_format or ""):
            return f"{value:.{len(share[1] or '')}%}"
        return f"{value:.0f}" if float(value).is_integer() else str(value)
    return str(value)

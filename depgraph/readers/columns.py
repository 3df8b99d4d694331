"""Tables of DNS records (CSV, tab-separated) with a header: name, type, value, perhaps TTL and priority.

Control panels and colleagues hand these on. The words of the header are looked for in any order
and case; other columns are left out, and named. Nothing says that all rows of a set are there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from depgraph.errors import RecordingError
from depgraph.intake import Source, opened
from depgraph.names import canonical
from depgraph.readers.answers import MOST_ROWS, Row, recording_of, row_of
from depgraph.readers.days import Interval
from depgraph.readers.headings import RECORDS, is_word, read_heading
from depgraph.readers.lines import BadLine, numbered, readable
from depgraph.recording import Recording
from depgraph.records.rdata import is_type, type_of
from depgraph.text_safety import quote

_NEEDED: Final = frozenset({"name", "type", "value"})
_FEW: Final = 2  # cells that a line of text may have
_SEPARATORS: Final = "\t;,"
_NUMBERED: Final = frozenset({"MX", "SRV"})
_COMMON: Final = frozenset({"A", "AAAA", "CNAME", "NS", "SOA", "TXT"})
"""Of a column with types: MX alone is a country as well."""
_MOST_LINES: Final = 100  # of one row, whose cells may have line breaks between quotation marks


def header_of(line: str) -> tuple[str, dict[str, int]] | None:
    """Find the separator and the columns of a header; None if the line is none.

    >>> header_of("Type;Host;Value;TTL")
    (';', {'name': 1, 'type': 0, 'value': 2, 'ttl': 3})
    """
    for separator in _SEPARATORS:
        found, _ = _columns(line, separator)
        if found.keys() >= _NEEDED:
            return separator, found
    return None


def columns_lacking(line: str) -> list[str]:
    """Return which columns a header lacks, of a table that cannot be read for it; none if it is no header.

    >>> columns_lacking("IP Address,Location,Owner,Last seen"), columns_lacking("a, b and c")
    (['type'], [])
    """
    for separator in _SEPARATORS:
        found, count = _columns(line, separator)
        if count > _FEW and found:
            return sorted(_NEEDED - found.keys())
    return []


def has_types(lines: Sequence[str]) -> bool:
    """Tell whether the rows below a header have a column of DNS types, whatever it is called.

    >>> has_types(["Rekord,Sort,Inhold", "a.example,A,192.0.2.1"]), has_types(["a,b,c", "d,e,f"])
    (True, False)
    """
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        for column in zip(*rows, strict=False) if rows and len(rows[0]) > _FEW else ():
            kinds = {cell.strip() for cell in column[1:]}
            if kinds & _COMMON and not is_type(column[0]) and all(map(is_type, kinds)):
                return True
    return False


def _columns(line: str, separator: str) -> tuple[dict[str, int], int]:
    """Return the places of the columns that are read in a header, and the number of all."""
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return {}, 0
    headings = [read_heading(cell) for cell in cells]
    found: dict[str, int] = {}
    for column, known in RECORDS.items():
        places = (n for word in known for n, one in enumerate(headings) if is_word(one, word))
        if (place := next(places, None)) is not None:
            found[column] = place
    return found, len(cells)


def read_columns(
    source: Source, *, undated: Interval | None = None, origin: str | None = None
) -> Iterator[Recording | BadLine]:
    """Read a table of records, in constant memory. Consecutive rows of one name are one recording.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every line is bad.
    origin
        The zone of relative names (``@``, ``www``); without it they are bad lines.
    """
    return readable(_groups(source, undated, origin))


def _groups(
    source: Source, undated: Interval | None, origin: str | None
) -> Iterator[BadLine | tuple[int, partial[Recording]]]:
    start, group = 0, list[Row]()
    for number, row in _rows(source, origin):
        if isinstance(row, BadLine):
            yield row
            continue
        if bad := row.unread(number):
            yield bad
        if group and (row.owner != group[0].owner or len(group) >= MOST_ROWS):
            yield start, _recording(group, undated)
            group = []
        start = start if group else number
        group.append(row)
    if group:
        yield start, _recording(group, undated)


def _recording(group: list[Row], undated: Interval | None) -> partial[Recording]:
    name, ends = group[0].owner, [(group[0].kind, "NOERROR")]
    about = partial(recording_of, name, ends, tuple(group), undated)
    return partial(about, form="columns", source="table of records")


def _rows(source: Source, origin: str | None) -> Iterator[tuple[int, Row | BadLine]]:
    with opened(source, error=RecordingError) as file:
        columns = None
        rows = 0
        for number, text in _whole_rows(numbered(file)):
            if isinstance(text, BadLine):
                yield number, text
            elif columns is None:
                columns = header_of(text)
                if columns is None:
                    raise RecordingError(f"expected a header with name, type and value, found {quote(text)}")  # fmt: skip
                yield from ((number, bad) for bad in _unread(number, text, columns))
            else:
                rows += 1
                yield from ((number, row) for row in _read(number, text, columns, origin))
    if not rows:
        raise RecordingError("expected records below the header of the table, found no row")


def _whole_rows(
    lines: Iterator[tuple[int, bytes | BadLine]],
) -> Iterator[tuple[int, str | BadLine]]:
    """Give the rows of a table: a cell may have line breaks between its quotation marks.

    Where a mark is not closed each line is a row of its own.
    """
    waiting: list[tuple[int, bytes | BadLine]] = []
    while (item := waiting.pop(0) if waiting else next(lines, None)) is not None:
        number, line = item
        if isinstance(line, BadLine):
            yield number, line
            continue
        more: list[tuple[int, bytes | BadLine]] = []
        text = first = line.decode("utf-8", "replace").rstrip("\r\n")
        while text.count('"') % 2 and len(more) < _MOST_LINES:
            after = waiting.pop(0) if waiting else next(lines, None)
            if after is None:
                break
            more.append(after)
            if isinstance(after[1], BadLine):
                break
            text += "\n" + after[1].decode("utf-8", "replace").rstrip("\r\n")
        if text.count('"') % 2:
            waiting[:0] = more
            text = first
        yield number, text


def _unread(number: int, text: str, columns: tuple[str, dict[str, int]]) -> Iterator[BadLine]:
    cells = next(csv.reader(io.StringIO(text), delimiter=columns[0]), [])
    others = [cell for place, cell in enumerate(cells) if place not in columns[1].values()]
    if others:
        yield BadLine(number, f"columns that are not read: {', '.join(map(quote, others[:8]))}")


def _read(
    number: int, text: str, columns: tuple[str, dict[str, int]], origin: str | None
) -> Iterator[Row | BadLine]:
    """Read a row: one record, or one for each line of the cell of its value."""
    separator, places = columns
    try:
        cells = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    except csv.Error as error:
        yield BadLine(number, f"expected a row of the table, found {error}")
        return
    place = places["value"]
    values = cells[place].splitlines() if place < len(cells) else []
    for value in values or [""]:
        yield _row(number, text, [*cells[:place], value, *cells[place + 1 :]], places, origin)


def _row(
    number: int, text: str, cells: list[str], places: dict[str, int], origin: str | None
) -> Row | BadLine:
    have = {
        column: cells[place].strip() if place < len(cells) else ""
        for column, place in places.items()
    }
    kind, value = type_of(have["type"].upper().removesuffix(" RECORD")), have["value"]
    if not is_type(kind) or not value:
        return BadLine(number, f"expected a type and a value of a record, found {quote(text)}")
    if kind in _NUMBERED and have.get("priority", "").isdecimal():
        parts = value.split()
        if len(parts) == (1 if kind == "MX" else 3):
            value = f"{have['priority']} {value}"
    owner = _owner(have["name"], origin)
    if owner is None:
        return BadLine(
            number,
            f"expected a whole name, found {quote(have['name'])}: give the zone that it is in "
            "(--origin on the command line)",
        )
    ttl = int(have["ttl"]) if have.get("ttl", "").isdecimal() and len(have["ttl"]) < 10 else None
    return row_of(owner, kind, ttl, value)


def _owner(word: str, origin: str | None) -> str | None:
    """Return a name in full; None for a relative one of a zone that is not known."""
    if word.endswith(".") or (origin is None and "." in word and not word.startswith("@")):
        return canonical(word)
    if origin is None:
        return None
    bare = canonical(word)
    if word in {"", "@"}:
        return origin
    return bare if bare == origin or bare.endswith(f".{origin}") else f"{bare}.{origin}"

"""Texts, Markdown and HTML read back into lines and tables, as they stand on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from rich.cells import cell_len

_RULE = re.compile(r"\s*─+")


@dataclass(frozen=True)
class Line:
    """A heading or paragraph; how far it is indented tells what it belongs to."""

    indent: int
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: its heads and its rows of cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Read = list[Line | Grid]

# --- Plain text ----------------------------------------------------------------------------


def read_text(text: str) -> Read:
    """Read a text that is wide enough for all its tables."""
    lines = text.splitlines()
    found: Read = []
    place = 0
    while place < len(lines):
        if place + 1 < len(lines) and _RULE.fullmatch(lines[place + 1]):
            starts = _starts(lines[place])
            end = place + 2
            while end < len(lines) and _is_row(lines[end], starts):
                end += 1
            head, _, *cells = [_cells(line, starts) for line in lines[place:end]]
            found.append(Grid(head, tuple(cells)))
            place = end
            continue
        line = lines[place]
        if line.strip():
            indent = len(line) - len(line.lstrip(" "))
            found.append(Line(indent // 2, line.strip()))
        place += 1
    return found


def _starts(head: str) -> list[int]:
    """Return the columns of a terminal at which the columns of a table begin."""
    starts = {2, *(match.start() for match in re.finditer(r"(?<=  )\S", head))}
    return sorted(starts)


def _is_row(line: str, starts: list[int]) -> bool:
    """Tell whether a line is a row of a table: nothing stands between its columns."""
    if not line.startswith("  ") or not line.strip():
        return False
    letters = _letters(line)
    gaps = "".join("".join(letters[start - 2 : start]) for start in starts[1:])
    return not gaps.strip() and sum(map(bool, _cells(line, starts))) > 1


def _cells(line: str, starts: list[int]) -> tuple[str, ...]:
    """Cut a line at columns of a terminal."""
    letters = _letters(line)
    return tuple(
        "".join(letters[start:end]).strip() for start, end in pairwise([*starts, len(letters)])
    )


def _letters(line: str) -> list[str]:
    """Return what stands in each column of a terminal; the second of a wide letter is empty."""
    if line.isascii():
        return list(line)
    found: list[str] = []
    for letter in line:
        width = cell_len(letter)
        if width:
            found += [letter, *[""] * (width - 1)]
        elif found:
            found[-1] += letter
    return found


# --- Markdown ------------------------------------------------------------------------------


def read_markdown(text: str) -> Read:
    """Read what the Markdown of a result has: headings, lists, tables, paragraphs."""
    found: Read = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(_plain(cell) for cell in _split(line)))
            continue
        if rows:
            found.append(Grid(rows[0], tuple(rows[2:])))
            rows = []
        heading = re.match(r"(#+) (.*)", line)
        item = re.match(r"((?:  )*)- (.*)", line)
        if heading:
            found.append(Line(max(0, len(heading[1]) - 2), _plain(heading[2])))
        elif item:
            found.append(Line(len(item[1]) // 2 + 1, _plain(item[2])))
        elif line.strip():
            found.append(Line(0, _plain(line)))
    return found


def _split(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace("&amp;", "&")


# --- HTML ----------------------------------------------------------------------------------


def read_html(text: str) -> Read:
    """Read the elements that a reader sees, in their order."""
    reader = _Html()
    reader.feed(text)
    reader.close()
    return reader.found


@dataclass
class _Table:
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    in_head: bool = False


class _Html(HTMLParser):
    _CELLS = ("th", "td")
    _LINES = ("h1", "h2", "h3", "h4", "h5", "p", "li")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Read = []
        self._table: _Table | None = None
        self._text: list[str] | None = None
        self._indent = 0
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table = _Table()
        elif tag == "thead" and self._table is not None:
            self._table.in_head = True
        elif tag == "tr" and self._table is not None and not self._table.in_head:
            self._table.rows.append([])
        elif tag == "ol":
            self._number = 0
        elif tag in self._CELLS or tag in self._LINES:
            self._text = []
            indent = re.fullmatch(r"i(\d)", dict(attrs).get("class") or "")
            self._indent = int(indent[1]) if indent else int(tag == "h5")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead" and self._table is not None:
            self._table.in_head = False
        elif tag == "table" and self._table is not None:
            rows = tuple(tuple(row) for row in self._table.rows)
            self.found.append(Grid(tuple(self._table.head), rows))
            self._table = None
        elif tag in self._CELLS and self._text is not None and self._table is not None:
            cells = self._table.head if self._table.in_head else self._table.rows[-1]
            cells.append("".join(self._text).strip())
            self._text = None
        elif tag in self._LINES and self._text is not None:
            text = "".join(self._text).strip()
            if tag == "li":
                self._number += 1
                text = f"[{self._number}] {text}"
            self.found.append(Line(self._indent, text))
            self._text = None

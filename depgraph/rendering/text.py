"""Blocks as plain text of a width that no line exceeds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from depgraph.rendering.blocks import Block, Document, Heading, Listing, Paragraph, Row, Table
from depgraph.texts.inline import Inline, join

_HELD: Final = {0xA0: "\ue000", 0x202F: "\ue001"}
"""No-break spaces, and signs of a column each, at which Rich breaks no line; no text has them."""
_FREE: Final = {ord(sign): chr(space) for space, sign in _HELD.items()}
NARROWEST: Final = 20
"""Columns of the narrowest text that can be asked for."""
_INDENT: Final = 2
_GAP: Final = 2  # columns between two columns of a table
_LEAST: Final = 12  # columns of a column of a table; with fewer a row is told line by line
_READABLE: Final = 16  # the same, where columns can be told in another table
_WORD: Final = 16  # columns that a word has, before it is folded


def to_text(document: Document, *, width: int, colon: str = ": ", styled: bool = False) -> str:
    """Return blocks as plain text.

    Parameters
    ----------
    document
        The blocks.
    width
        Columns of a terminal; wide characters take two. No line is longer: words wrap, and
        names that are longer than a line are folded.
    colon
        What the language has between a head and its cell, where a table is told line by line.
    styled
        Headings and heads of tables in bold, and what is not known dim, for a terminal.

    Returns
    -------
    str
        Lines without blanks at their ends; the last one ends as well.
    """
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if styled else None,
        force_terminal=styled,
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for place, block in enumerate(document):
        if place and _is_apart(document[place - 1], block):
            console.print()
        for part in _renderables(block, width, colon):
            console.print(part)
    file = console.file
    assert isinstance(file, io.StringIO)
    lines = file.getvalue().translate(_FREE).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _is_apart(before: Block, block: Block) -> bool:
    """Tell whether an empty line stands before a block."""
    if isinstance(block, Heading):
        return block.level == 2
    return isinstance(before, Table) and isinstance(block, Table)


def _renderables(block: Block, width: int, colon: str) -> Iterator[RenderableType]:
    if isinstance(block, Heading):
        yield _indented(block.text, max(0, block.level - 2), "bold")
    elif isinstance(block, Paragraph):
        yield _indented(block.text, block.indent)
    elif isinstance(block, Listing):
        for number, item in enumerate(block.items, start=1):
            yield _hanging(f"[{number}]", item)
    else:
        yield from _tables(block, width, colon)


def _indented(line: Inline, depth: int, style: str = "") -> RenderableType:
    return Padding(_text(line, style), (0, 0, 0, depth * _INDENT))


def _hanging(label: str, line: Inline) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_INDENT + len(label))
    grid.add_column(overflow="fold")
    grid.add_row(Text(" " * _INDENT + label), _text(line))
    return grid


def _text(line: Inline, style: str = "") -> Text:
    return Text(_held(line), style, overflow="fold")


def _held(line: Inline) -> str:
    return str(line).translate(_HELD)


# --- Tables --------------------------------------------------------------------------------


def _tables(table: Table, width: int, colon: str) -> Iterator[RenderableType]:
    """Yield a table, cut into several or told line by line where it has not room enough."""
    room = width - _INDENT
    natural = _natural(table)
    count = len(natural)
    if _total(natural) <= room:
        yield _laid_out(table, natural)
    elif 0 < table.labels < count - 1 and _labels(table, natural, room) + _READABLE <= room:
        yield from _cut(table, natural, room)
    elif _total([_LEAST] * count) > room:
        yield from _line_by_line(table, colon)
    else:
        yield _laid_out(table, _shared(table, natural, room - _GAP * (count - 1)))


def _natural(table: Table) -> list[int]:
    """Return how wide each column is at its longest cell."""
    rows = [*([table.head] if table.head else []), *(row.cells for row in table.rows)]
    return [max(cell_len(str(row[i])) for row in rows) for i in range(len(rows[0]))]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _shared(table: Table, natural: Sequence[int], room: int) -> list[int]:
    """Share a room among columns; what one of them does not need goes to the others.

    A column is at least as wide as its longest word, up to a limit, so that words are folded
    as the last resort only.
    """
    words = _longest_words(table)
    weights = table.weights or (1,) * len(natural)
    parts = [max(weight, 1) for weight in weights]
    widths = [0] * len(natural)
    order = sorted(range(len(natural)), key=lambda i: (natural[i] - words[i]) / parts[i])
    room -= sum(words)
    left = sum(parts)
    for i in order:
        share = max(0, room * parts[i] // left)
        widths[i] = words[i] + min(natural[i] - words[i], share)
        room -= widths[i] - words[i]
        left -= parts[i]
    return widths


def _longest_words(table: Table) -> list[int]:
    """Return how wide the longest word of each column is, up to a limit."""
    rows = [*([table.head] if table.head else []), *(row.cells for row in table.rows)]
    return [
        min(
            _WORD,
            max((cell_len(word) for row in rows for word in _held(row[i]).split()), default=1),
        )
        for i in range(len(rows[0]))
    ]


def _labels(table: Table, natural: Sequence[int], room: int) -> int:
    """Return how much of a room the columns take that name the rows, with the gaps behind them."""
    words = _longest_words(table)
    several = range(table.labels)
    return sum(min(natural[i], max(words[i], room // 5)) + _GAP for i in several)


def _cut(table: Table, natural: Sequence[int], room: int) -> Iterator[RenderableType]:
    """Yield tables of as many columns as are readable, those that name the rows in each."""
    first = table.labels
    each = max(1, (room - _labels(table, natural, room) + _GAP) // (_READABLE + _GAP))
    for start in range(first, len(natural), each):
        shown = [*range(first), *range(start, min(start + each, len(natural)))]
        part = Table(
            tuple(table.head[i] for i in shown) if table.head else (),
            tuple(Row(tuple(row.cells[i] for i in shown), row.unknown) for row in table.rows),
        )
        widths = [natural[i] for i in shown]
        if _total(widths) > room:
            widths = _shared(part, widths, room - _GAP * (len(shown) - 1))
        if start > first:
            yield Text("")
        yield _laid_out(part, widths)


def _line_by_line(table: Table, colon: str) -> Iterator[RenderableType]:
    """Yield each row as lines: the first cell, then the others under their heads."""
    for row in table.rows:
        yield _indented(row.cells[0], 1)
        heads = table.head[1:] or (Inline(),) * len(row.cells[1:])
        for head, cell in zip(heads, row.cells[1:], strict=True):
            if cell:
                yield Padding(_text(join(colon, (head, cell))), (0, 0, 0, 4))


def _laid_out(table: Table, widths: Sequence[int]) -> RenderableType:
    made = RichTable(
        box=SIMPLE_HEAD,
        show_header=bool(table.head),
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        header_style="bold",
    )
    for i, wide in enumerate(widths):
        head = _text(table.head[i]) if table.head else ""
        made.add_column(head, width=max(1, wide), overflow="fold")
    for row in table.rows:
        made.add_row(*map(_text, row.cells), style="dim" if row.unknown else None)
    return Padding(made, (0, 0, 0, _INDENT))

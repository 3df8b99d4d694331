"""Tables that fit on a page: cells wrap, and what is still too wide is cut into several tables."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from depgraph.analysis.layout import Row

WIDTH = 110
"""Characters of the widest line of a table."""
_NARROWEST = 16
_GAP = 2


def table(rows: Sequence[Sequence[str]], *, indent: str = "  ", heads: int = 0) -> list[Row]:
    """Lay rows of cells out in columns; the first `heads` of them head the table.

    A row is one `Row`, of several lines where its cells had to be wrapped.
    """
    count = max(map(len, rows))
    natural = [max(len(row[i]) for row in rows if i < len(row)) for i in range(count)]
    wide = _fitted(natural, WIDTH - len(indent) - _GAP * (count - 1))
    return [
        Row(_laid(row, wide, indent), cells=row, head=number < heads)
        for number, row in enumerate(rows)
    ]


def pages(count: int, *, label: int) -> list[range]:
    """Cut `count` columns beside a first one of `label` characters into tables that fit."""
    each = max(1, (WIDTH - label) // (_NARROWEST + _GAP))
    return [range(start, min(start + each, count)) for start in range(0, count, each)]


def _fitted(natural: Sequence[int], room: int) -> list[int]:
    """Give each column what it asks for or, where that is too much, an equal part of the rest."""
    wide = list(natural)
    order = sorted(range(len(natural)), key=lambda i: natural[i])
    for place, column in enumerate(order):
        share = max(_NARROWEST, room // (len(order) - place))
        wide[column] = min(natural[column], share)
        room -= wide[column]
    return wide


def _laid(row: Sequence[str], wide: Sequence[int], indent: str) -> str:
    cells = [_folded(cell, wide[i]) for i, cell in enumerate(row)]
    lines = []
    for i in range(max(map(len, cells))):
        parts = [
            (cell[i] if i < len(cell) else "").ljust(wide[column])
            for column, cell in enumerate(cells)
        ]
        lines.append((indent + (" " * _GAP).join(parts)).rstrip())
    return "\n".join(lines)


def _folded(cell: str, width: int) -> list[str]:
    if len(cell) <= width:
        return [cell]
    lead = cell[: len(cell) - len(cell.lstrip())]
    return wrap(
        cell, width, initial_indent="", subsequent_indent=lead + "  " if lead else "",
        drop_whitespace=True, break_on_hyphens=False,
    ) or [""]  # fmt: skip

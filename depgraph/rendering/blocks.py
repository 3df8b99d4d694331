"""What a text is made of, before it is laid out as plain text, Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from depgraph.texts.inline import Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the whole), 2 or 3."""

    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several; those that are indented belong to what stands before."""

    text: Inline
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `unknown` tells that it says what is not known."""

    cells: tuple[Inline, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Parameters
    ----------
    head
        The heads of its columns; empty: it has none.
    rows
        Each with as many cells as there are columns.
    weights
        Relative widths of the columns where there is not room for all; empty: as wide as
        they are long.
    labels
        How many columns, the first ones, name the rows: where there is no room for all columns,
        the others are told in several tables with these in each.
    """

    head: tuple[Inline, ...]
    rows: tuple[Row, ...]
    weights: tuple[int, ...] = ()
    labels: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose items are numbered from 1."""

    items: tuple[Inline, ...]


Block: TypeAlias = Heading | Paragraph | Table | Listing
Document: TypeAlias = tuple[Block, ...]

"""Plain text that remembers its tables, so that HTML can be made of the same words."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Self

# Readable in light and dark notebooks: only the reader's own colours. Long lines wrap, and a
# wide table scrolls by itself instead of widening the notebook. Jupyter aligns cells right: "!important".
_STYLE = (
    ".depgraph-result{font-size:90%;overflow-x:auto;max-width:70em}"
    ".depgraph-result p{margin:.15em 0;overflow-wrap:anywhere}"
    ".depgraph-result h4,.depgraph-result h5{font-weight:bold;font-size:100%;margin:.8em 0 .15em}"
    ".depgraph-result h4{font-size:110%;margin:.3em 0}"
    ".depgraph-result table{border-collapse:collapse;margin:.3em 0 .6em}"
    ".depgraph-result th,.depgraph-result td{text-align:left!important;vertical-align:top;"
    "padding:.15em .8em .15em 0;border-bottom:1px solid rgba(128,128,128,.35)}"
)


class Row(str):
    """A line of a table: the line as text, and its cells."""

    __slots__ = ("cells", "head")
    cells: tuple[str, ...]
    head: bool

    def __new__(cls, line: str, *, cells: Iterable[str], head: bool = False) -> Self:
        """Make a row of a line as it is printed."""
        row = super().__new__(cls, line)
        row.cells = tuple(cells)
        row.head = head
        return row


class Lines(str):
    """A text of lines, some of which are rows of tables."""

    __slots__ = ("lines",)
    lines: tuple[str, ...]

    def __new__(cls, lines: Iterable[str]) -> Self:
        """Join lines, without the blanks at their ends."""
        kept = tuple(line if isinstance(line, Row) else line.rstrip() for line in lines)
        text = super().__new__(cls, "\n".join(kept))
        text.lines = kept
        return text


def to_html(text: str, *, lang: str = "en") -> str:
    """Lay a text out as an HTML fragment of the same words; everything is escaped at the leaf.

    The first line becomes a heading, as does a line after an empty one; rows of a table become
    a table, and the rest paragraphs that keep their indent.

    >>> to_html("Who <b>").partition("</style>")[2]
    '<h4>Who &lt;b&gt;</h4></div>'
    """
    lines = text.lines if isinstance(text, Lines) else tuple(text.splitlines())
    out = [f'<div class="depgraph-result" lang="{escape(lang)}"><style>{_STYLE}</style>']
    out += [f"<h4>{escape(line)}</h4>" for line in lines[:1]]
    after_gap = False
    for is_table, group in groupby(lines[1:], key=lambda line: isinstance(line, Row)):
        if is_table:
            rows = "".join(_row(line) for line in group if isinstance(line, Row))
            out.append(f"<table>{rows}</table>")
        else:
            for line in group:
                if line:
                    out.append(_paragraph(line, head=after_gap))
                after_gap = not line
    return "".join([*out, "</div>"])


def _row(row: Row) -> str:
    tag = 'th scope="col"' if row.head else "td"
    cells = "".join(f"<{tag}>{escape(cell)}</{tag[:2]}>" for cell in row.cells)
    return f"<tr>{cells}</tr>"


def _paragraph(line: str, *, head: bool) -> str:
    told = line.lstrip(" ")
    if head and told == line:
        return f"<h5>{escape(line)}</h5>"
    indent = (len(line) - len(told)) / 2
    style = f' style="margin-left:{indent:g}em"' if indent else ""
    return f"<p{style}>{escape(told)}</p>"

"""Blocks as HTML, for Jupyter and as a page of its own; everything is escaped at the leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from depgraph.rendering.blocks import Block, Document, Heading, Listing, Paragraph, Row, Table
from depgraph.texts.inline import Inline, Span

_DEEPEST: Final = 3  # indent of a paragraph
_READ_DOWN: Final = 3  # columns of text that fit on a phone
_ADDRESS: Final = re.compile(r"https?://(?:(?!&(?:gt|lt|quot|#x27);)[^\s<>\"')])+")
"""A web address in escaped text."""

# Scoped to the answer, and readable in light and dark notebooks: only the reader's own colours.
# Long lines wrap, and a wide table scrolls by itself instead of widening the notebook. Jupyter
# aligns cells right: "!important".
STYLE = (
    ".depgraph-result{font-size:90%;overflow-x:auto;max-width:70em}"
    ".depgraph-result p{margin:.15em 0;overflow-wrap:anywhere}"
    ".depgraph-result h3,.depgraph-result h4,.depgraph-result h5"
    "{font-weight:bold;font-size:100%;margin:.8em 0 .15em}"
    ".depgraph-result h3{font-size:110%;margin:.3em 0}"
    ".depgraph-result table{border-collapse:collapse;margin:.3em 0 .8em}"
    ".depgraph-result th,.depgraph-result td{text-align:left!important;vertical-align:top;"
    "padding:.15em .8em .15em 0;border-bottom:1px solid rgba(128,128,128,.35)}"
    ".depgraph-result tr.unknown td{font-style:italic}"
    ".depgraph-result .i1{margin-left:1em}.depgraph-result .i2{margin-left:2em}"
    ".depgraph-result .i3{margin-left:3em}"
)


def to_html(document: Document, *, lang: str) -> str:
    """Return blocks as an HTML fragment.

    Parameters
    ----------
    document
        The blocks.
    lang
        Their language. Names, citations and answers are of no language that is known, and
        marked so (``lang=""``); they may run from right to left (``bdi``).
    """
    body = bare(document)
    return f'<div class="depgraph-result" lang="{escape(lang)}"><style>{STYLE}</style>{body}</div>'


def bare(document: Document) -> str:
    """Return blocks as HTML without a style of its own: that of the page is :data:`STYLE`."""
    return "".join(part for block in document for part in _parts(block))


def to_page(document: Document, *, lang: str, title: str) -> str:
    """Return blocks as a whole HTML page that asks the network for nothing."""
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title></head><body><main>{to_html(document, lang=lang)}"
        "</main></body></html>\n"
    )


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        tag = f"h{block.level + 2}"  # a notebook has headings above
        yield f"<{tag}>{_line(block.text)}</{tag}>"
    elif isinstance(block, Paragraph):
        indent = f' class="i{min(block.indent, _DEEPEST)}"' if block.indent else ""
        yield f"<p{indent}>{_line(block.text)}</p>"
    elif isinstance(block, Listing):
        yield "<ol>" + "".join(f"<li>{_line(item)}</li>" for item in block.items) + "</ol>"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    facts = len(table.weights) > _READ_DOWN  # on a phone each row is read down
    yield '<table class="facts">' if facts else "<table>"
    if table.head:
        cells = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in table.head)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield _row(row, labels=table.labels)
    yield "</tbody></table>"


def _row(row: Row, *, labels: int) -> str:
    cells = [f'<th scope="row">{_line(cell)}</th>' for cell in row.cells[:labels]]
    cells += [f"<td>{_line(cell)}</td>" for cell in row.cells[labels:]]
    kind = ' class="unknown"' if row.unknown else ""
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _line(line: Inline) -> str:
    return "".join(map(_span, line.spans))


def _span(span: Span) -> str:
    text = escape(span.text)
    if span.linked:
        text = _ADDRESS.sub(_link, text)
    return f'<bdi lang="">{text}</bdi>' if span.foreign else text


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}" rel="noreferrer">{found[0]}</a>'

"""Blocks as Markdown (CommonMark with tables); everything is escaped at the leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from depgraph.rendering.blocks import Block, Document, Heading, Listing, Paragraph, Table
from depgraph.texts.inline import Inline


def to_markdown(document: Document) -> str:
    """Return blocks as Markdown; indented paragraphs become nested lists."""
    lines: list[str] = []
    for place, block in enumerate(document):
        if place and not _in_one_list(document[place - 1], block):
            lines.append("")
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _in_one_list(before: Block, block: Block) -> bool:
    return all(isinstance(one, Paragraph) and one.indent for one in (before, block))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}"
    elif isinstance(block, Paragraph):
        mark = f"{'  ' * (block.indent - 1)}- " if block.indent else ""
        yield mark + escape(block.text)
    elif isinstance(block, Listing):
        for number, item in enumerate(block.items, start=1):
            yield f"{number}. {escape(item)}"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    count = len(table.head or table.rows[0].cells)
    yield _row(table.head or (Inline(),) * count)
    yield "|" + "---|" * count
    for row in table.rows:
        yield _row(row.cells)


def _row(cells: Sequence[Inline]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"


def escape(line: Inline) -> str:
    """Return a line with everything escaped that Markdown or HTML would act on."""
    escaped = re.sub(r"([\\`*_{}\[\]<>|#~$])", r"\\\1", str(line))
    return escaped.replace("&", "&amp;")

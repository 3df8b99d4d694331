"""Blocks as text that is never wider than asked, as Markdown and as HTML that nothing gets out of."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from depgraph.analysis.results import Result
from depgraph.errors import QuestionError
from depgraph.rendering import blocks, to_page, to_text
from depgraph.rendering.blocks import Heading, Listing, Paragraph, Row, Table
from depgraph.rendering.html import to_html
from depgraph.rendering.markdown import to_markdown
from depgraph.rendering.text import to_text as laid_out
from depgraph.texts.inline import Inline, foreign, own, source
from tests.rendering.results import results

DOCUMENT = (
    Heading(1, own("Title")),
    Paragraph(own("First.")),
    Heading(2, own("Part")),
    Paragraph(own("said"), 1),
    Paragraph(own("and why"), 2),
    Table(
        (own("Who"), own("What")),
        (Row((foreign("a|b"), own("x"))), Row((own("c"), own("y")), True)),
    ),
    Listing((source("NPR <https://npr.org/*>"),)),
)


def test_text():
    assert laid_out(DOCUMENT, width=40) == (
        "Title\nFirst.\n\nPart\n  said\n    and why\n"
        "  Who  What\n  ─────────\n  a|b  x\n  c    y\n  [1] NPR <https://npr.org/*>\n"
    )


def test_markdown():
    assert to_markdown(DOCUMENT) == (
        "# Title\n\nFirst.\n\n## Part\n\n- said\n  - and why\n\n"
        "| Who | What |\n|---|---|\n| a\\|b | x |\n| c | y |\n\n"
        "1. NPR \\<https://npr.org/\\*\\>\n"
    )


def test_html():
    made = to_html(DOCUMENT, lang="en").partition("</style>")[2]
    assert made == (
        '<h3>Title</h3><p>First.</p><h4>Part</h4><p class="i1">said</p>'
        '<p class="i2">and why</p><table><thead><tr><th scope="col">Who</th>'
        '<th scope="col">What</th></tr></thead><tbody><tr><td><bdi lang="">a|b</bdi></td>'
        '<td>x</td></tr><tr class="unknown"><td>c</td><td>y</td></tr></tbody></table>'
        '<ol><li><bdi lang="">NPR &lt;<a href="https://npr.org/*" rel="noreferrer">'
        "https://npr.org/*</a>&gt;</bdi></li></ol></div>"
    )


def test_a_table_without_room_is_told_line_by_line():
    table = Table(tuple(own(f"Head {i}") for i in range(4)), (Row(tuple(map(own, "abcd"))),))
    wide = Table(table.head, (Row(tuple(own(f"{letter} " * 9) for letter in "abcd")),))
    assert laid_out((table,), width=60).startswith("  Head 0  Head 1  Head 2  Head 3\n")
    assert laid_out((wide,), width=40, colon=" : ").splitlines()[:2] == [
        "  a a a a a a a a a",
        "    Head 1 : b b b b b b b b b",
    ]


def test_a_table_with_labels_is_cut_into_several():
    head = (Inline(), *(own(f"2026-01-0{i}") for i in range(1, 7)))
    row = Row((own("host"), *(own(f"somebody or other number {i}") for i in range(1, 7))))
    lines = laid_out((Table(head, (row,), labels=1),), width=60).splitlines()
    assert sum(line.lstrip().startswith("host") for line in lines) == 2
    assert all(any(f"2026-01-0{i}" in line for line in lines) for i in range(1, 7))


def test_wide_letters_take_two_columns():
    name = foreign("例え" * 30)
    for line in laid_out((Paragraph(name), Table((), (Row((name, name)),))), width=40).splitlines():
        assert cell_len(line) <= 40


_LINES = st.text(max_size=60).map(foreign)
_ROWS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.tuples(*[_LINES] * n).map(Row), min_size=1, max_size=4)
)
_BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 3), _LINES),
    st.builds(Paragraph, _LINES, st.integers(0, 2)),
    st.builds(Listing, st.lists(_LINES, max_size=3).map(tuple)),
    st.builds(Table, st.just(()), _ROWS.map(tuple), labels=st.integers(0, 1)),
)


@settings(deadline=None)
@given(st.lists(_BLOCKS, max_size=5).map(tuple), st.integers(20, 120))
def test_no_line_is_ever_wider(document, width):
    for line in laid_out(document, width=width).split("\n"):
        assert cell_len(line) <= width


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from([foreign, source]))
@example('=HYPERLINK("http://evil.example";"x")', foreign)
@example('=HYPERLINK("http://evil.example";"x")', source)
def test_nothing_foreign_gets_out_of_html(text, kind):
    made = to_html((Paragraph(kind(text)),), lang="en").partition("</style>")[2]
    body = made.removesuffix("</p></div>")
    inner = body.partition("<p>")[2].replace('<bdi lang="">', "").replace("</bdi>", "")
    # What a source has as an address is a link to just that; what a stranger wrote is none.
    assert kind is source or "<" not in inner
    assert "<" not in re.sub(r'<a href="(https?://[^"<>]*)" rel="noreferrer">\1</a>', "", inner)


def test_the_page_asks_nobody():
    page = to_page(results("one-of-four")[-1], lang="fr")
    assert page.startswith('<!doctype html><html lang="fr">')
    assert "default-src 'none'" in page
    assert "<title>shop.com, le 2026-01-15</title>" in page


def test_what_cannot_be_rendered_is_refused():
    with pytest.raises(QuestionError, match="expected a width from 20 columns, found 19"):
        to_text(results("one-of-four")[0], width=19)
    with pytest.raises(
        QuestionError, match=r"expected one of the languages .*en, .*fr.*, found 'tlh'"
    ):
        blocks(results("one-of-four")[0], "tlh")
    with pytest.raises(TypeError, match="expected a result that has a text, found Result"):
        blocks(Result(subject="example.com"))

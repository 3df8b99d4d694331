"""Every result of every recording and scenario, in each language, form and width."""

from __future__ import annotations

import html
import re

import pytest
from rich.cells import cell_len

from depgraph.rendering import blocks
from tests.rendering.languages import LATIN, english_in, lines_of, own_text
from tests.rendering.results import EVERY, results, series

WIDE = 4_000  # columns: no cell is folded, and words stand in reading order
WIDTHS = (40, 60, 80, 110)


@pytest.mark.parametrize("name", EVERY)
def test_every_result(name, third):
    for result in [*results(name), *(series() if name == "parler.com_2021-01-09" else ())]:
        kind = type(result).__name__
        for line in lines_of(blocks(result, third)):
            assert not LATIN.findall(own_text(line)), f"{kind}: {line} is not all in the table"
        for line in lines_of(blocks(result, "fr")):
            english = english_in(own_text(line))
            assert not english, f"{kind} in French: {line} has {english}"
        for lang in ("en", "fr"):
            assert words_of(result.to_html(lang=lang)) == words_in(
                result.text(lang=lang, width=WIDE)
            )
        for width in WIDTHS:
            for line in result.text(lang="fr", width=width).splitlines():
                assert cell_len(line) <= width, f"{kind}: a line of more than {width} columns"


def words_of(fragment):
    """What a reader sees of a fragment."""
    body = re.sub(r"<style>.*?</style>|</?span[^>]*>", "", fragment, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


def words_in(text):
    """The words of a text; the lines under heads and the numbers of sources are layout."""
    return re.sub(r"─+|^ *\[\d+\] ", "", text, flags=re.MULTILINE).split()

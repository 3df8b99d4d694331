"""Every result of every recording and scenario, in each language, form and width."""

from __future__ import annotations

import html
import re

import pytest
from rich.cells import cell_len

from depgraph import precedents
from depgraph.providers import load
from depgraph.rendering import blocks
from depgraph.vocabulary import Lever
from tests.rendering.languages import LATIN, english_in, foreign_words, lines_of, own_text
from tests.rendering.results import EVERY, graph, results, series

CATALOGUE = load()
WIDE = 4_000  # columns: no cell is folded, and words stand in reading order
WIDTHS = (40, 60, 80, 110)
PRECEDENTS = {
    word
    for text in ("depgraph precedents --lever", *Lever, *(one.id for one in precedents.load()))
    for word in LATIN.findall(text)
}
"""Words of the command that lists them, and of what they are called."""


@pytest.mark.parametrize("name", EVERY)
def test_every_result(name, third):
    check(results(name), foreign_words(graph(name)), third)


def test_a_series_in_which_much_changes(third):
    days = ("2021-01-09", "2021-01-18", "2021-02-15")
    known = set().union(*(foreign_words(graph(f"parler.com_{day}")) for day in days))
    check(series(), known, third)


def check(several, known, third):
    """Hold results against the tables, in each form and width."""
    for result in several:
        kind = type(result).__name__
        for line in lines_of(blocks(result, third)):
            assert not LATIN.findall(own_text(line)), f"{kind}: {line} is not all in the table"
        quotable = known | asked_words(result) | PRECEDENTS
        for line in lines_of(blocks(result, "fr")):
            quoted = " ".join(span.text for span in line.spans if span.foreign)
            assert set(LATIN.findall(quoted)) <= quotable, f"{kind}: {line} quotes what nobody said"
            english = english_in(own_text(line).replace("The Daily Stormer", ""))
            assert not english, f"{kind} in French: {line} has {english}"
        for lang in ("en", "fr"):
            assert words_of(result.to_html(lang=lang)) == words_in(
                result.text(lang=lang, width=WIDE)
            )
        for width in WIDTHS:
            for line in result.text(lang="fr", width=width).splitlines():
                assert cell_len(line) <= width, f"{kind}: a line of more than {width} columns"


def asked_words(result):
    """The words of the question, and of what the catalogue says of a group."""
    held = getattr(result, "dependence", result)
    fields = ("claim", "on", "actors", "definition", "source", "absent")
    texts = [str(getattr(one, field, "")) for one in (held, result) for field in fields]
    absent = [
        node.partition(":")[2] for one in (held, result) for node in getattr(one, "absent", ())
    ]
    texts += [CATALOGUE.companies[one].name for one in absent if one in CATALOGUE.companies]
    return {word for text in texts for word in LATIN.findall(text)}


def words_of(fragment):
    """What a reader sees of a fragment."""
    body = re.sub(r"<style>.*?</style>|</?(?:span|bdi|a)\b[^>]*>", "", fragment, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


def words_in(text):
    """The words of a text; the lines under heads and the numbers of sources are layout."""
    return re.sub(r"─+|^ *\[\d+\] ", "", text, flags=re.MULTILINE).split()

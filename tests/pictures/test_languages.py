"""Pictures and pages say nothing that is not in the table of their language."""

from __future__ import annotations

import html
import itertools
import json
import re
from functools import cache

import pytest

from depgraph.analysis.model import model_of
from depgraph.observations import as_cited, as_noted
from depgraph.pictures import concentration, page, scene, survey, timeline
from depgraph.pictures.frame import named_sources
from depgraph.vocabulary import SOURCE_NAMES
from tests.rendering.languages import LATIN, english_in, third_language
from tests.rendering.results import RECORDINGS, graph

KINDS = ("strip", "providers", "full", "takedown")
NAMES = tuple(RECORDINGS)
_PLACEHOLDER = re.compile(r"\{[a-z]+\}")  # in what the script of a page says
_HASH = re.compile(r"\b[0-9a-f]{64}\b")  # by which an answer is cited
_LINK = re.compile(r" ?<[^>]*>")
_LINE = 12  # letters by which the rest of a citation is known, on another line
_NUMBER = re.compile(r"\[\d+\] ")  # of a citation
_TLD = re.compile(r"(?:(?<=registre d’)|(?<=registre de )|(?<=[a-z]\.))[a-z]{2}\b")  # "at", "is"
_TEXTS = ("label", "of", "reason", "last_known", "note", "status", "citation", "rule", "vantage")
_TEXTS += ("provenance", "title", "source", "subject", "server", "finding", "owner")


@pytest.fixture
def third(tmp_path):
    with third_language(tmp_path) as lang:
        yield lang


@cache
def foreign_strings(name):
    """What a graph has of names, citations and answers."""
    one = graph(name)
    rows = [one.graph, *one.nodes.values(), *(data for *_, data in one.edges(data=True))]
    found = {str(row[key]) for row in rows for key in _TEXTS if row.get(key)}
    found |= {as_cited(str(row["citation"])) for row in rows if row.get("citation")}
    found |= {as_noted(str(row["note"])) for row in rows if row.get("note")}
    found |= {part for node in one for part in (node, node.partition(":")[2])}
    found |= {vantage for row in rows for vantage in row.get("vantages", "").split(",")}
    sources = named_sources([model_of(one)])
    lists = {", ".join(sources[: n + 1]) for n in range(len(sources))}  # one line, broken anywhere
    return found | {one.graph.get("vantages", "")} | set(sources) | lists


def foreign_words(names):
    """The words of it, and what a picture writes of numbers of AS, groups and units."""
    words = {
        word for name in names for text in foreign_strings(name) for word in LATIN.findall(text)
    }
    return words | set(SOURCE_NAMES.values()) | {"AS", "px"}


def strings(made):
    """Everything that a scene says."""
    yield from (made.title, made.subtitle, made.alt, *made.header)
    yield from (text.text for text in made.texts)
    yield from (box.title for box in made.boxes)
    yield from (line.title for line in made.lines)
    yield from (cell for row in made.rows for cell in row)


def scenes(name, lang):
    one = graph(name)
    for kind in KINDS:
        yield (name,), scene(one, kind=kind, lang=lang)


def of_several(lang):
    days = ("parler.com_2021-01-09", "parler.com_2021-01-18", "parler.com_2021-02-15")
    others = ("parler.com_2021-02-15", "wikipedia.org_2021-02-15", "gab.com_2020")
    yield days, timeline([graph(name) for name in days], lang=lang)
    for kind in (survey, concentration):
        yield others, kind([graph(name) for name in others], lang=lang)


def page_strings(made):
    """Everything that a page says: its text, its labels, and what its script says."""
    code = r"<style>.*?</style>|<script>.*?</script>"
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', made.html, re.DOTALL)
    told = json.loads(data[1])
    yield from _leaves(told["words"])
    yield from (str(label) for label in told["labels"].values())
    body = re.sub(code, "", made.html.replace(data[0], ""), flags=re.DOTALL)
    yield from (html.unescape(found) for found in re.findall(r'aria-label="([^"]*)"', body))
    yield from (html.unescape(found) for found in re.findall(r">([^<>]+)<", body))


def _leaves(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    else:
        yield str(value)


def assert_in_the_table(names, several):
    """Fail on a word that is none of the language and of no name.

    Names may be cut at "…", and a long one may go on in the next line.
    """
    allowed = foreign_words(names)
    lines = list(several)
    for before, text, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        told = f" {_HASH.sub('', _PLACEHOLDER.sub('', text))} "
        broken = _broken(f"{before} {text} {after}") & allowed
        for found in LATIN.finditer(told):
            word = found[0]
            cut = "…" in (told[found.start() - 1], told[found.end()])
            wholes = allowed if cut else broken
            ends = any(one.startswith(word) or one.endswith(word) for one in wholes)
            assert word in allowed or ends, f"{word!r} of {text!r}"


def _broken(text):
    """The words that two pieces beside each other make together."""
    joined = map("".join, itertools.pairwise(text.split()))
    return {word for one in joined for word in LATIN.findall(one)}


def assert_no_english(names, several):
    """Fail on English outside names and citations, also where those are cut or lack their links."""
    whole = {text for name in names for text in foreign_strings(name)}
    known = sorted(whole | {_LINK.sub("", text) for text in whole}, key=len, reverse=True)
    for text in several:
        for piece in _NUMBER.sub("", _PLACEHOLDER.sub("", text)).split("…"):
            rest = _without_cut(piece, known, least=3 if "…" in text else _LINE)
            for one in known:
                if len(one) > 2:
                    rest = rest.replace(one, "\0")
            assert english_in(_TLD.sub("", rest)) == (), text


def _without_cut(piece, known, *, least):
    """Leave out the end and the beginning of names and citations that go on in another piece.

    A line may end with the first word of one.
    """
    bare = piece.strip()
    if any(bare in one for one in known):
        return ""
    ends = [n for one in known for n in _common(one, piece, 3) if piece.endswith(f" {one[:n]}")]
    piece = piece[: len(piece) - max(ends, default=0)]
    starts = [n for one in known for n in _common(one, piece, least) if piece.startswith(one[-n:])]
    return piece[max(starts, default=0) :]


def _common(one, piece, least):
    return range(min(len(one), len(piece)), least - 1, -1)


@pytest.mark.parametrize("name", NAMES)
def test_pictures_take_every_word_from_the_table(name, third):
    for names, made in scenes(name, third):
        assert_in_the_table(names, strings(made))
    for names, made in scenes(name, "fr"):
        assert_no_english(names, strings(made))


def test_pictures_of_several_graphs_take_every_word_from_the_table(third):
    for names, made in of_several(third):
        assert_in_the_table(names, strings(made))
    for names, made in of_several("fr"):
        assert_no_english(names, strings(made))


@pytest.mark.parametrize("name", ["parler.com_2021-02-15", "wikipedia.org_2021-02-15"])
def test_the_page_takes_every_word_from_the_table(name, third):
    assert_in_the_table((name,), page_strings(page(graph(name), lang=third)))
    assert_no_english((name,), page_strings(page(graph(name), lang="fr")))


def test_english_would_be_found():
    name = "parler.com_2021-02-15"
    with pytest.raises(AssertionError, match="host"):
        assert_no_english((name,), ["host: SkySilk"])
    with pytest.raises(AssertionError, match="eviction"):
        assert_in_the_table((name,), ["eviction: SkySilk"])
    assert_no_english(
        (name,), ["hébergeur\u00a0: SkySilk", "NewsNation/Reuters 2021-02-15: relaunch"]
    )

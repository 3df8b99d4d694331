"""Results show themselves in Jupyter: HTML of the same words as the text, nothing hostile in it."""

import html
import re
from pathlib import Path

import pytest

import depgraph
from tests.scenarios.test_scenarios import NAMES, graph_of

RECORDINGS = sorted(
    (Path(__file__).parents[2] / "data" / "recordings").glob("*.jsonl"), key=lambda p: p.name
)
HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m|\n\u202eevil</div><img src=x onerror=alert(2)>"
WIDE = 20_000  # columns: no cell is folded, and words stand in reading order


def results(graph):
    """Every result that one graph gives."""
    return [
        depgraph.takedown(graph, upto=2),
        depgraph.exposure(graph),
        depgraph.without(graph, "US"),
        depgraph.dependence(graph, on="big-tech"),
        depgraph.check(graph, "independent of big-tech"),
        depgraph.check(graph, "no single company can take it down"),
        depgraph.compare(graph, graph),
        depgraph.timeline([graph, graph]),
        depgraph.importance(graph, samples=64),
        depgraph.report(graph),
    ]


def words_of(fragment):
    """What a reader sees of a fragment."""
    body = re.sub(r"<style>.*?</style>|</?span[^>]*>", "", fragment, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


def words_in(text):
    """The words of a text; the lines under heads and the numbers of sources are layout."""
    return re.sub(r"─+|^ *\[\d+\] ", "", text, flags=re.MULTILINE).split()


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_html_tells_what_the_text_tells(path):
    for found in results(depgraph.build(depgraph.read(path))):
        assert words_of(found._repr_html_()) == words_in(found.text(width=WIDE))
        assert words_of(found.to_html(lang="fr")) == words_in(found.text(lang="fr", width=WIDE))
        assert 'lang="fr"' in found.to_html(lang="fr")


@pytest.mark.parametrize("name", NAMES)
def test_html_tells_what_the_text_tells_of_each_phenomenon(name):
    for found in results(graph_of(name)):
        assert words_of(found._repr_html_()) == words_in(found.text(width=WIDE))


def test_nothing_hostile_gets_out():
    graph = graph_of("one-of-four").copy()
    for node in graph:
        graph.nodes[node]["label"] = HOSTILE
        if "reason" in graph.nodes[node]:
            graph.nodes[node]["reason"] = f"other?text={HOSTILE.replace('&', '%26')}"
    for _, _, data in graph.edges(data=True):
        data["citation"] = data["provenance"] = HOSTILE
    graph.graph["title"] = graph.graph["source"] = HOSTILE
    for found in results(graph):
        shown = found._repr_html_()
        assert "<script" not in shown
        assert "<img" not in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert shown.count("<div") == shown.count("</div>") == 1


def test_several_tables_have_their_heads():
    graph = graph_of("one-of-four")
    assert 'scope="col"' in depgraph.dependence(graph, on="big-tech")._repr_html_()
    assert 'scope="row"' in depgraph.timeline([graph])._repr_html_()
    assert "<table>" in depgraph.exposure(graph)._repr_html_()

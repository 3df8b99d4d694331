"""Results show themselves in Jupyter, with nothing hostile in it."""

import depgraph
from tests.scenarios.test_scenarios import graph_of

HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m|\n\u202eevil</div><img src=x onerror=alert(2)>"


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
        depgraph.findings(graph),
        depgraph.report(graph),
    ]


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
    assert "<table" in depgraph.exposure(graph)._repr_html_()

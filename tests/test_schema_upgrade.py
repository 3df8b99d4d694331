"""Graphs of schemas 1 and 2: what they said is kept, what they did not say stays unsaid."""

from __future__ import annotations

import networkx as nx
import pytest

from depgraph.errors import GraphError
from depgraph.schema import SCHEMA, require_graph, upgrade, validate


def old():
    graph = nx.MultiDiGraph(schema=1, subject="example.com")
    for node, more in (
        ("service:example.com", {"needs": "any"}),
        ("function:example.com/name", {}),
        ("registration:example.com", {}),
        ("provider:a", {}),
        ("company:a", {}),
        ("unknown:country of a", {"level": "country", "reason": "not in the catalogue"}),
        ("unknown:registry of com", {"level": "provider", "reason": "CAA: not asked; timeout"}),
    ):
        kind, _, name = node.partition(":")
        graph.add_node(node, **({"kind": kind, "label": name, "needs": "all"} | more))
    for tail, relation, head, more in (
        ("service:example.com", "function", "function:example.com/name", "definition"),
        ("function:example.com/name", "registration", "registration:example.com", "definition"),
        ("registration:example.com", "registrar", "provider:a", "observed"),
        ("registration:example.com", "registry", "unknown:registry of com", "unknown"),
        ("provider:a", "owner", "company:a", "some-rule"),
        ("company:a", "law", "unknown:country of a", "unknown"),
    ):
        data = {"relation": relation, "strength": "needs", "source": "whois", "evidence": more}
        if more not in {"observed", "unknown"}:
            data |= {"evidence": "inferred", "rule": more}
        graph.add_edge(tail, head, relation, **data)
    return graph


def test_an_old_graph_follows_the_schema_once_it_is_upgraded():
    graph = old()
    assert any(f"schema {SCHEMA}" in fault for fault in validate(graph))
    assert validate(upgrade(graph)) == []
    assert graph.graph["schema"] == 1, "the user's own graph stays as it was"


def test_confidence_that_was_not_stated_is_possible_unless_seen_or_published():
    graph = upgrade(old())
    sure = {key: data["confidence"] for _, _, key, data in graph.edges(keys=True, data=True)}
    assert sure == {
        "function": "certain",
        "registration": "certain",
        "registrar": "certain",
        "registry": "certain",
        "owner": "possible",
        "law": "certain",
    }


def test_definitions_sources_unknowns_and_reasons():
    graph = upgrade(old())
    edge = graph.edges["service:example.com", "function:example.com/name", "function"]
    assert (edge["evidence"], edge.get("rule"), edge["provenance"]) == ("definition", None, "whois")
    country = graph.nodes["unknown:country of a"]
    assert (country["what"], country["of"], country["hides"]) == ("country", "a", "country")
    assert country["reason"] == "not-in-catalogue"
    registry = graph.nodes["unknown:registry of com"]
    assert registry["hides"] == "provider,company,country"
    assert registry["reason"] == "question?question=CAA&reason=not-asked; timeout"


def test_a_graph_of_schema_2_says_the_same_in_todays_schema():
    graph = upgrade(old())
    graph.graph["schema"] = 2
    upgraded = require_graph(graph)
    assert upgraded.graph["schema"] == SCHEMA
    assert graph.graph["schema"] == 2, "the user's own graph stays as it was"
    assert dict(upgraded.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(upgraded.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def test_a_graph_of_today_is_not_copied():
    graph = upgrade(old())
    assert upgrade(graph) is graph
    assert require_graph(graph) is graph


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            lambda g: g.nodes["provider:a"].update(kind="thing"),
            "expected a known kind, found 'thing'",
        ),
        (lambda g: g.nodes["provider:a"].pop("label"), "expected the attribute 'label'"),
        (lambda g: g.graph.pop("subject"), "expected the attribute 'subject'"),
        (
            lambda g: g.add_edge("provider:a", "company:a", "eats"),
            "expected the attribute 'relation'",
        ),
        (lambda g: g.add_node("provider:b"), "expected a known kind, found None"),
        (
            lambda g: g.edges["provider:a", "company:a", "owner"].pop("confidence"),
            "expected the attribute 'confidence'",
        ),
    ],
)
def test_a_door_says_what_validate_says(spoil, fault):
    graph = upgrade(old())
    spoil(graph)
    with pytest.raises(GraphError, match=r"depgraph\.validate") as error:
        require_graph(graph)
    assert fault in str(error.value)
    assert any(fault in one for one in validate(graph))


@pytest.mark.parametrize("thing", [None, "a.jsonl", 3, nx.DiGraph()])
def test_what_is_no_graph_of_ours_is_refused(thing):
    with pytest.raises(GraphError, match="expected a graph, found "):
        require_graph(thing)

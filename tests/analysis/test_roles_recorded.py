"""Who does what, on the recordings and scenarios, and on single lines as a reader writes them."""

from __future__ import annotations

import io
import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from depgraph.analysis.roles import roles
from depgraph.analysis.turns import layer_changes
from depgraph.graph import build
from depgraph.providers import load
from depgraph.readers import read_plain
from depgraph.recording import read
from depgraph.vocabulary import Kind, Layer, Turn

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "tests" / "scenarios"
PATHS = [
    *sorted((ROOT / "data" / "recordings").glob("*.jsonl")),
    *sorted(SCENARIOS.glob("*.jsonl")),
]
ENDS = {"provider", "unknown", "anyone"}


@cache
def scenario_catalogue():
    return load(SCENARIOS / "catalogue")


@cache
def graph_of(path):
    if path.parent == SCENARIOS:
        return build(read(path), catalogue=scenario_catalogue())
    return build(read(path))


def layers(graph, function="web"):
    by_layer = roles(graph).by_layer(function)
    return {layer: [role.label for role in row] for layer, row in by_layer.items()}


def met(graph, function):
    """List the actors and unknowns that a walk meets before any other actor."""
    stack = [f"function:{graph.graph['subject']}/{function}"]
    seen = set(stack)
    while stack:
        node = stack.pop()
        if graph.nodes[node]["kind"] in ENDS:
            continue
        for head in graph.successors(node):
            if head not in seen:
                seen.add(head)
                stack.append(head)
    return {node for node in seen if graph.nodes[node]["kind"] in ENDS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_actor_that_is_met_has_a_role_and_nobody_else(path):
    graph = graph_of(path)
    for function, found in roles(graph).functions.items():
        assert {role.actor for role in found} == met(graph, function)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_path_of_a_role_is_one_and_bears_its_layer_out(path):
    graph = graph_of(path)
    for found in roles(graph).functions.values():
        for role in found:
            edges = [graph.get_edge_data(u, v) for u, v in pairwise(role.path)]
            assert all(edges)
            assert role.path[-1] == role.actor
            steps = [graph.nodes[node]["kind"] for node in role.path]
            if role.layer.value.startswith("dns"):
                assert "nameservers" in steps or "zone" in steps
            if role.layer in {Layer.NETWORK, Layer.BLOCK, Layer.ALLOCATION}:
                assert not {"nameservers", "exchanges"} & set(steps)
            if role.layer is Layer.FRONT:
                assert "front" in steps


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_who_hosts_behind_a_front_is_reached_through_its_origin(path):
    graph = graph_of(path)
    for found in roles(graph).functions.values():
        for role in found:
            if role.layer is Layer.HOST:
                fronts = [step for step in pairwise(role.path) if step[0].startswith("front:")]
                assert all("origin" in graph.get_edge_data(*step) for step in fronts)


def test_the_network_of_name_servers_is_not_that_of_the_web():
    graph = build(read(SCENARIOS / "byoip.jsonl"))
    found = roles(graph).functions["web"]
    assert [role.label for role in found if role.layer is Layer.NETWORK] == ["AS64504"]
    assert [role.label for role in found if role.layer is Layer.DNS_NETWORK] == ["AS64500"]


def line(**case):
    """Build the graph of one line as a reader writes it."""
    row = {"id": "a", "domain": "shop.example", "date": "2026-01-01", "source": "t", **case}
    (recording,) = read_plain(io.StringIO(json.dumps(row) + "\n"))
    return build(recording)


def test_the_usual_live_case_is_a_front():
    graph = line(records={"A": ["104.16.1.1"]}, ip_info={"104.16.1.1": {"asn": 13335}})
    found = layers(graph)
    assert found[Layer.FRONT] == ["Cloudflare"]
    (host,) = roles(graph).by_layer("web")[Layer.HOST]
    assert host.unknown
    assert found[Layer.NETWORK] == ["Cloudflare"]


def test_an_operator_that_the_catalogue_lacks_hosts_or_fronts():
    graph = line(records={"A": ["209.126.35.81"]}, ip_info={"209.126.35.81": {"asn": 4199999999}})
    by_layer = roles(graph).by_layer("web")
    (serving,) = by_layer[Layer.SERVING]
    assert (serving.kind, serving.known) == (Kind.PROVIDER, True)
    assert [role.unknown for role in by_layer[Layer.HOST]] == [True]
    assert Layer.FRONT not in by_layer


def test_who_may_have_been_behind_a_front_has_not_appeared():
    front = line(records={"A": ["104.16.1.1"]}, ip_info={"104.16.1.1": {"asn": 13335}})
    either = line(
        date="2026-01-02",
        records={"A": ["209.126.35.81"]},
        ip_info={"209.126.35.81": {"asn": 4199999999}},
    )
    changes = {change.layer: change for change in layer_changes(roles(front), roles(either))}
    assert [entry.turn for entry in changes[Layer.SERVING].entries] == [Turn.NEWLY_KNOWN]

"""Whatever is given in place of a graph, or made of one by hand: an error of ours, or an answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import depgraph
from depgraph import analysis, exchange, pictures, schema
from depgraph.errors import DepgraphError, GraphError, QuestionError, RecordingError
from depgraph.vocabulary import KINDS, RELATIONS

ROOT = Path(__file__).parent.parent
RELAUNCH = ROOT / "data/recordings/parler.com_2021-02-15.jsonl"
SCENARIO = ROOT / "tests/scenarios/front-unknown-origin.jsonl"
RECORDING = depgraph.read(RELAUNCH)
GRAPH = depgraph.build(RECORDING)

NO_GRAPHS: list[Any] = [
    None,
    RECORDING,
    "file.jsonl",
    Path("file.jsonl"),
    5,
    b"x",
    {},
    [GRAPH],
    object(),
    nx.Graph(),
    nx.DiGraph(GRAPH),
    nx.MultiGraph(),
    nx.MultiDiGraph(),
    nx.MultiDiGraph(nx.path_graph(3)),
    nx.MultiDiGraph(schema=schema.SCHEMA, subject=7),
    nx.MultiDiGraph(schema=999, subject="example.org"),
]
DOORS: dict[str, Callable[[Any], object]] = {
    "takedown": depgraph.takedown,
    "exposure": depgraph.exposure,
    "findings": depgraph.findings,
    "importance": depgraph.importance,
    "dependence": lambda g: depgraph.dependence(g, on="big-tech"),
    "without": lambda g: depgraph.without(g, ["US"]),
    "wanted": analysis.wanted,
    "check": lambda g: depgraph.check(g, "independent of big-tech"),
    "evaluate": lambda g: analysis.evaluate(g, []),
    "compare, before": lambda g: depgraph.compare(g, GRAPH),
    "compare, after": lambda g: depgraph.compare(GRAPH, g),
    "timeline": lambda g: depgraph.timeline([GRAPH, g]),
    "report": depgraph.report,
    "page": depgraph.page,
    "plot": depgraph.plot,
    "strip": lambda g: pictures.scene(g, kind="strip"),
    "providers": lambda g: pictures.scene(g, kind="providers"),
    "takedown picture": lambda g: pictures.scene(g, kind="takedown"),
    "timeline picture": lambda g: pictures.timeline([GRAPH, g]),
    "survey": lambda g: pictures.survey([g]),
    "concentration": lambda g: pictures.concentration([g]),
}
LENIENT = {"plot", "strip", "providers", "takedown picture"}
SEVERAL: dict[str, Callable[[Any], object]] = {
    "timeline": depgraph.timeline,
    "timeline picture": pictures.timeline,
    "survey": pictures.survey,
    "concentration": pictures.concentration,
}
WRITERS = (
    exchange.to_json,
    exchange.to_graphml,
    exchange.to_gexf,
    exchange.to_dot,
    exchange.to_mermaid,
)


def name(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("given", NO_GRAPHS, ids=name)
def test_what_is_no_graph_of_ours_is_refused(door: str, given: Any) -> None:
    if isinstance(given, list) and door in LENIENT:
        return  # a picture of one graph takes it out of a list
    with pytest.raises(GraphError) as caught:
        DOORS[door](given)
    said = str(caught.value)
    assert "expected " in said
    assert ", found " in said
    assert said.isprintable()
    assert len(said) < 250


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "expected a graph, found None: depgraph.build(recording) makes a graph"),
        (
            RECORDING,
            "expected a graph, found a recording: depgraph.build(recording) makes a graph of it",
        ),
        (
            "x.jsonl",
            (
                "expected a graph, found the text 'x.jsonl': "
                "depgraph.build(depgraph.read('x.jsonl')) makes a graph of a recording"
            ),
        ),
        (
            nx.DiGraph(),
            (
                "expected a graph, found a networkx.DiGraph: "
                "a graph of depgraph is a networkx.MultiDiGraph"
            ),
        ),
        (
            nx.MultiDiGraph(),
            (
                "graph: expected the attribute 'subject', found none; "
                "depgraph.validate(graph) lists every fault"
            ),
        ),
    ],
)
def test_the_message_says_what_to_do(given: Any, said: str) -> None:
    for door in (depgraph.takedown, depgraph.report, depgraph.plot):
        with pytest.raises(GraphError) as caught:
            door(given)
        assert str(caught.value) == said


@pytest.mark.parametrize("door", SEVERAL)
@pytest.mark.parametrize("given", [None, RECORDING, "x", 5, GRAPH, [None], [GRAPH, "x"]], ids=name)
def test_what_stands_for_several_graphs_is_looked_at_too(door: str, given: Any) -> None:
    with pytest.raises(GraphError, match=r"expected (several graphs|a graph), found "):
        SEVERAL[door](given)


@pytest.mark.parametrize("door", SEVERAL)
def test_several_graphs_may_come_from_anywhere(door: str) -> None:
    one, other = GRAPH, depgraph.build(RECORDING, at="2021-01-09")
    if door in {"survey", "concentration"}:  # which count a service once
        other = depgraph.build(depgraph.read(SCENARIO))
    assert SEVERAL[door](iter([one, other])) == SEVERAL[door]((one, other))


@pytest.mark.parametrize(
    "at", ["2021-02-15", date(2021, 2, 15), datetime(2021, 2, 15, 12, tzinfo=UTC)], ids=name
)
def test_a_graph_is_built_for_a_day_however_it_is_written(at: Any) -> None:
    assert depgraph.build(RECORDING, at=at).graph["since"] == "2021-02-15"


@pytest.mark.parametrize("at", ["", "yesterday", "2021-02-30", 20210215, ["2021-02-15"], b"x"])
def test_what_is_no_day_is_refused(at: Any) -> None:
    with pytest.raises(GraphError, match=r"expected a day such as '2021-02-15'"):
        depgraph.build(RECORDING, at=at)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "depgraph.read reads one"),
        ("x.jsonl", "depgraph.read reads one"),
        (RELAUNCH, "depgraph.read reads one"),
        (GRAPH, "found a graph: it is built already"),
        (5, "depgraph.read reads one"),
        ([RECORDING], "build one recording at a time"),
        ([None], "build one recording at a time"),
        (list(RECORDING), "give subject='example.org'"),
    ],
)
def test_what_is_no_recording_is_not_built(given: Any, said: str) -> None:
    with pytest.raises(GraphError, match=r"^expected .*, found ") as caught:
        depgraph.build(given)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("given", [None, 5, GRAPH, ["x"], {}], ids=name)
def test_recordings_are_looked_at_too(tmp_path: Path, given: Any) -> None:
    doors = (
        depgraph.read,
        depgraph.verify,
        depgraph.merge,
        lambda one: depgraph.merge([RECORDING, one]),
        lambda one: depgraph.write(one, tmp_path / "x"),
    )
    for door in doors[:1] + doors[2:]:
        with pytest.raises(RecordingError, match=r"^expected .*, found "):
            door(given)
    assert len(depgraph.verify(given)) == 1
    assert not list(tmp_path.iterdir())


# -- graphs changed by hand ----------------------------------------------------------------

WORDS: list[Any] = [None, "", "any", "all", "nobody", "needs", "exposes", "unknown", "company"]
WORDS += [0, -1, 10**30, 1.5, float("nan"), True, b"x", [1], {"a": 1}, object(), "x" * 500, "\x1b"]


def change(graph: nx.MultiDiGraph, dice: random.Random) -> None:
    """Do to a graph what a hand can do to it."""
    nodes, edges = list(graph), list(graph.edges(keys=True))
    node = dice.choice(nodes)
    u, v, key = dice.choice(edges)
    data = dice.choice([graph.nodes[node], graph.edges[u, v, key], graph.graph])
    act = dice.choice(["drop", "set", "own", "remove node", "remove edge", "add node", "join"])
    if act == "drop":
        del data[dice.choice(list(data))]
    elif act == "set":
        data[dice.choice(list(data))] = dice.choice(WORDS)
    elif act == "own":
        data[dice.choice(["pos", 7, None, "mine"])] = dice.choice(WORDS)
    elif act == "remove node":
        graph.remove_node(node)
    elif act == "remove edge":
        graph.remove_edge(u, v, key)
    elif act == "add node":
        kind = dice.choice([*KINDS, "thing"])
        new = dice.choice([f"{kind}:new", kind, 5, f"{kind}:"])
        graph.add_node(new, kind=kind, label="new", needs=dice.choice(["all", "any"]))
        graph.add_edge(node, new, key=key, **graph.edges[u, v, key])
    else:
        relation = dice.choice(list(RELATIONS))
        known = graph.edges[u, v, key] | {"relation": relation}
        graph.add_edge(node, dice.choice(nodes), key=dice.choice([relation, None]), **known)


@pytest.mark.parametrize("seed", range(60))
def test_a_graph_changed_by_hand_gets_an_answer_or_an_error_of_ours(seed: int) -> None:
    dice = random.Random(seed)
    graph = depgraph.build(depgraph.read(dice.choice([RELAUNCH, SCENARIO])))
    for _ in range(dice.choice([1, 1, 2, 3, 5])):
        if graph.number_of_edges():
            change(graph, dice)
    faults = depgraph.validate(graph)
    assert all(fault.isprintable() for fault in faults)
    for error in (outcome(door, graph) for door in DOORS.values()):
        assert faults or error is None or isinstance(error, QuestionError), error
        assert str(error).isprintable()
    for write in WRITERS:
        error = outcome(write, graph)
        assert faults or error is None, error


def outcome(door: Callable[[Any], object], graph: nx.MultiDiGraph) -> DepgraphError | None:
    """The error of ours that a graph meets at a door; any other error fails the test."""
    try:
        door(graph)
    except DepgraphError as error:
        return error
    return None


@pytest.mark.parametrize("given", NO_GRAPHS[:12], ids=name)
def test_what_is_no_graph_is_not_exported(tmp_path: Path, given: Any) -> None:
    for suffix in (".json", ".graphml", ".gexf", ".dot", ".mmd"):
        with pytest.raises(GraphError, match=r"^expected a graph, found "):
            exchange.save(given, tmp_path / f"g{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda g: g.graph.update(day=date(2021, 1, 1)), "text or a number for 'day', found date"),
        (lambda g: g.add_node(5), "expected an id 'kind:name', found 5"),
        (lambda g: g.nodes["country:US"].update(pos=(1, 2)), "for 'pos', found tuple"),
        (lambda g: g.nodes["country:US"].update({3: "x"}), "the name of an attribute, found 3"),
        (lambda g: g.add_edge("country:US", "country:US"), "expected the relation as key, found 0"),
    ],
)
def test_what_a_file_cannot_hold_is_said_before_it_is_written(
    tmp_path: Path, spoil: Callable[[nx.MultiDiGraph], None], said: str
) -> None:
    graph = GRAPH.copy()
    spoil(graph)
    for suffix in (".json", ".graphml", ".gexf", ".dot", ".mmd"):
        with pytest.raises(GraphError, match=said):
            exchange.save(graph, tmp_path / f"g{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", [None, 5, b"x", [], "", "{}", "<graphml/>", "[1]", '{"graph": 1}'])
def test_what_is_no_file_of_a_graph_is_refused(text: Any) -> None:
    for read in (exchange.from_json, exchange.from_graphml):
        with pytest.raises(GraphError, match=r"^expected "):
            read(text)

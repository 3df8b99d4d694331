import json
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph import exchange, schema
from depgraph.errors import GraphError
from tests.graphs import made, placed, seen

HOSTILE = [
    "</text><script>alert(1)</script>",
    'a"] ; b [label="x',
    "back\\slash \\u000041 \\\\",
    "line\nbreak\r\ttab",
    "\x1b[31mred\x00\x08",
    "half \ud800 pair",
    "right \u202e left",
    "]]> &amp; <!-- -->",
    '#quot; %%{init: {}}%% |x| end" --> z',
    "\ufffe\uffff",
    " leading and trailing ",
]


def graph(label="plain"):
    g = schema.small(
        "example.com",
        [
            ("service:example.com", "function", "function:example.com/web"),
            ("function:example.com/web", "host", "unknown:" + label),
            (
                "provider:a",
                "owner",
                "company:b",
                {"ttl": 300, "note": label, "provenance": "dns", "server": "192.0.2.1"},
            ),
            ("company:b", "law", "country:US"),
            ("company:b", "parent", "company:c"),
            ("company:b", "law", "company:c", {"relation": "law"}),  # two edges in parallel
        ],
        nodes={"provider:a": {"label": label, "catalogued": True, "own": False}},
    )
    g.graph.update(title=label, complete=True)
    return g


def same(one, other):
    assert one.graph == other.graph
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    for _, data in other.nodes(data=True):
        assert {type(v) for v in data.values()} <= {str, int, bool, float}


@pytest.mark.parametrize("form", ["json", "graphml"])
@pytest.mark.parametrize("label", ["plain", *HOSTILE])
def test_round_trip_is_exact(form, label):
    g = graph(label)
    write, read = getattr(exchange, f"to_{form}"), getattr(exchange, f"from_{form}")
    same(g, read(write(g)))


@given(st.text(st.characters(), min_size=1))
def test_round_trip_of_any_text(label):
    g = graph(label)
    same(g, exchange.from_graphml(exchange.to_graphml(g)))
    same(g, exchange.from_json(exchange.to_json(g)))


@pytest.mark.parametrize("label", HOSTILE)
@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "dot", "mermaid"])
def test_every_form_can_be_written_as_utf_8(form, label):
    text = getattr(exchange, f"to_{form}")(graph(label).copy())
    if form in {"dot", "mermaid"}:
        assert "\x1b" not in text
        assert "\u202e" not in text
    if "\ud800" not in label or form not in {"dot", "mermaid", "gexf"}:
        text.encode("utf-8")


@pytest.mark.parametrize("label", HOSTILE)
def test_xml_forms_parse(label):
    for form in (exchange.to_graphml, exchange.to_gexf):
        ET.fromstring(form(graph(label)).encode("utf-8", "replace"))


@pytest.mark.parametrize("label", HOSTILE)
def test_dot_keeps_every_text_inside_its_quotes(label):
    for line in exchange.to_dot(graph(label)).splitlines():
        bare = line.replace("\\\\", "").replace('\\"', "")
        assert bare.count('"') % 2 == 0
        assert "script" not in bare.split('"')[0::2]


@pytest.mark.parametrize("label", HOSTILE)
def test_mermaid_holds_no_foreign_signs(label):
    text = exchange.to_mermaid(graph(label)).replace("<br/>", "")
    assert "<" not in text
    for line in text.splitlines()[1:]:
        assert line.count('"') == 2


def test_gexf_has_no_date_of_the_export():
    assert "lastmodified" not in exchange.to_gexf(graph())
    assert nx.read_gexf is not None
    assert exchange.to_gexf(graph()) == exchange.to_gexf(graph())


def test_an_edge_by_definition_is_drawn_solid():
    g = schema.small(
        "a.example",
        [
            (
                "service:a.example",
                "function",
                "function:a.example/web",
                {"evidence": "definition"},
            )
        ],
    )
    assert "style=solid" in exchange.to_dot(g)
    assert "-->" in exchange.to_mermaid(g)


@pytest.mark.parametrize("suffix", ["json", "graphml"])
def test_save_and_load(tmp_path, suffix):
    path = tmp_path / f"x.{suffix}"
    exchange.save(graph(), path)
    same(graph(), exchange.load(path))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", ["gexf", "dot", "gv", "mmd", "mermaid"])
def test_save_only(tmp_path, suffix):
    path = tmp_path / f"x.{suffix}"
    exchange.save(graph(), path)
    assert path.stat().st_size > 100
    with pytest.raises(GraphError, match="expected a suffix"):
        exchange.load(path)


def test_an_unknown_suffix_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(GraphError, match=r"\.json"):
        exchange.save(graph(), tmp_path / "x.docx")
    assert list(tmp_path.iterdir()) == []


BAD_JSON = [
    "",
    "[]",
    "null",
    "{",
    '{"graph": {}, "nodes": [{}], "edges": []}',
    '{"graph": {}, "nodes": [{"id": 3}], "edges": []}',
    '{"graph": {}, "nodes": [], "edges": [{"from": "a", "to": "b", "key": "c"}]}',
    '{"graph": {}, "nodes": 3, "edges": []}',
    '{"graph": 3, "nodes": [], "edges": []}',
    "[" * 100_000,
]


@pytest.mark.parametrize("text", BAD_JSON)
def test_bad_json_is_refused(text):
    with pytest.raises(GraphError):
        exchange.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a/>",
        "<graphml",
        "no",
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><graphml/>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected"/></graphml>',
    ],
)
def test_bad_graphml_is_refused(text):
    with pytest.raises(GraphError):
        exchange.from_graphml(text)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(b"\xff")
    with pytest.raises(GraphError, match="UTF-8"):
        exchange.load(path)


SCHEMA_1 = {
    "depgraph": "graph",
    "format": 1,
    "graph": {"schema": 1, "subject": "a.example"},
    "nodes": [
        {"id": "service:a.example", "kind": "service", "label": "a.example", "needs": "any"},
        {
            "id": "function:a.example/name",
            "kind": "function",
            "label": "name",
            "needs": "all",
        },
        {
            "id": "registration:a.example",
            "kind": "registration",
            "label": "a.example",
            "needs": "all",
        },
        {
            "id": "unknown:registrar of a.example",
            "kind": "unknown",
            "label": "registrar of a.example",
            "needs": "all",
            "level": "provider",
            "reason": "not asked; CAA: not-asked: budget",
        },
        {"id": "provider:b", "kind": "provider", "label": "B", "needs": "all"},
        {"id": "company:b", "kind": "company", "label": "B", "needs": "all"},
        {
            "id": "unknown:country of b",
            "kind": "unknown",
            "label": "country of b",
            "needs": "all",
            "level": "country",
            "reason": "the catalogue names no country",
        },
    ],
    "edges": [
        {
            "from": "service:a.example",
            "to": "function:a.example/name",
            "key": "function",
            "relation": "function",
            "strength": "needs",
            "evidence": "inferred",
            "rule": "definition",
        },
        {
            "from": "function:a.example/name",
            "to": "registration:a.example",
            "key": "registration",
            "relation": "registration",
            "strength": "needs",
            "evidence": "inferred",
            "rule": "definition",
        },
        {
            "from": "registration:a.example",
            "to": "unknown:registrar of a.example",
            "key": "registrar",
            "relation": "registrar",
            "strength": "needs",
            "evidence": "unknown",
        },
        {
            "from": "registration:a.example",
            "to": "provider:b",
            "key": "registry",
            "relation": "registry",
            "strength": "needs",
            "evidence": "reported",
            "source": "document",
            "note": "listed by the zone, not by its parent",
        },
        {
            "from": "provider:b",
            "to": "company:b",
            "key": "owner",
            "relation": "owner",
            "strength": "needs",
            "evidence": "published",
            "source": "catalogue",
            "note": "somebody's own words",
        },
        {
            "from": "company:b",
            "to": "unknown:country of b",
            "key": "law",
            "relation": "law",
            "strength": "needs",
            "evidence": "unknown",
        },
    ],
}


def test_a_file_of_format_1_is_read_in_todays_schema():
    g = exchange.from_json(json.dumps(SCHEMA_1))
    assert schema.validate(g) == []
    registry = g.edges["registration:a.example", "provider:b", "registry"]
    assert (registry["confidence"], registry["provenance"]) == ("possible", "document")
    assert registry["finding"] == "not-delegated"
    assert "note" not in registry
    owner = g.edges["provider:b", "company:b", "owner"]
    assert (owner["confidence"], owner["note"]) == ("certain", "somebody's own words")
    function = g.edges["service:a.example", "function:a.example/name", "function"]
    assert (function["evidence"], function["confidence"]) == ("definition", "certain")
    assert "rule" not in function
    registrar = g.nodes["unknown:registrar of a.example"]
    assert (registrar["what"], registrar["of"]) == ("registrar", "a.example")
    assert registrar["hides"] == "provider,company,country"
    assert registrar["reason"] == "not-asked; question?question=CAA&reason=not-asked-budget"
    country = g.nodes["unknown:country of b"]
    assert (country["hides"], country["reason"]) == ("country", "no-country")


def test_graphml_of_schema_1_is_read_in_todays_schema():
    old = nx.MultiDiGraph(schema=1, subject="a.example")
    old.add_node("provider:b", kind="provider", label="B", needs="all")
    old.add_node("company:b", kind="company", label="B", needs="all")
    old.add_edge(
        "provider:b", "company:b", "owner", relation="owner", evidence="reported", source="dns"
    )
    g = exchange.from_graphml(exchange.to_graphml(old))
    data = g.edges["provider:b", "company:b", "owner"]
    assert (data["provenance"], data["confidence"]) == ("dns", "possible")
    assert g.graph["schema"] == schema.SCHEMA


def test_an_old_file_with_words_that_are_none_is_read_and_its_faults_listed():
    form = json.loads(json.dumps(SCHEMA_1))
    form["nodes"][3]["level"] = "galaxy"
    form["edges"][2] |= {"key": "likes", "relation": "likes"}
    g = exchange.from_json(json.dumps(form))
    assert any("likes" in fault for fault in schema.validate(g))


@pytest.mark.parametrize("written", [0, 3, "2", None])
def test_another_format_is_refused(written):
    form = json.loads(exchange.to_json(graph())) | {"format": written}
    with pytest.raises(GraphError, match="expected a graph of format 1 or 2"):
        exchange.from_json(json.dumps(form))


def test_networkx_takes_our_graphs_for_its_own_forms():
    g = made(seen("shop.com", "A", "192.0.2.1", source="dns"), placed("192.0.2.1"))
    words = {"edges": "edges"} if _newer else {}
    back = nx.node_link_graph(nx.node_link_data(g, **words), **words)
    same(g, back)
    cytoscape = nx.cytoscape_data(g)
    ends = {(e["data"]["source"], e["data"]["target"]) for e in cytoscape["elements"]["edges"]}
    assert ends == set(g.edges())
    frame = nx.to_pandas_edgelist(g, edge_key="key")
    assert isinstance(frame, pd.DataFrame)
    assert set(zip(frame["source"], frame["target"], strict=True)) == set(g.edges())
    assert set(frame["provenance"].dropna()) == {"catalogue", "dns"}


def test_json_is_what_networkx_reads():
    form = json.loads(exchange.to_json(graph()))
    words = {"edges": "edges"} if _newer else {"link": "edges"}
    read = nx.node_link_graph(form, source="from", target="to", **words)
    same(graph(), read)


_newer = tuple(map(int, nx.__version__.split(".")[:2])) >= (3, 4)


@pytest.mark.parametrize("write", [exchange.to_json, exchange.to_graphml])
def test_an_attribute_that_would_be_lost_is_refused(write):
    g = graph()
    g.nodes["provider:a"]["id"] = "mine"
    with pytest.raises(GraphError, match="rename"):
        write(g)


def test_the_same_bytes_under_any_hash_seed():
    code = (
        "from depgraph import exchange, schema\n"
        "g = schema.small('e.example', [(f'provider:{c}', 'owner', f'company:{d}') for c in 'abc' for d in 'xyz'])\n"
        "import hashlib\n"
        "t = exchange.to_json(g) + exchange.to_graphml(g) + exchange.to_gexf(g) + exchange.to_dot(g)\n"
        "print(hashlib.sha256(t.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


def test_a_file_that_holds_a_graph_is_told_from_others(tmp_path):
    g = graph()
    for name, there in [("g.json", True), ("g.graphml", True), ("g.gexf", False), ("g.dot", False)]:
        exchange.save(g, tmp_path / name)
        assert exchange.is_graph(tmp_path / name) is there
    other = tmp_path / "other.json"
    for text in ["", "{}", '{"depgraph": "report"}', '{"a": "{\\"depgraph\\": \\"graph\\"}"}']:
        other.write_text(text)
        assert not exchange.is_graph(other)
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert not exchange.is_graph(tmp_path / "book.xlsx")
    nx.write_graphml(nx.path_graph(3), tmp_path / "foreign.graphml")
    assert not exchange.is_graph(tmp_path / "foreign.graphml")

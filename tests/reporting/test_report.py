"""Reports tell what the graph holds, in every form the same, and nothing hostile gets out."""

import html
import json
import re

import networkx as nx
import pytest

from depgraph.errors import GraphError, QuestionError
from depgraph.reporting import Line, report
from depgraph.reporting.html import to_page
from depgraph.reporting.text import cells, to_markdown, to_text
from depgraph.reporting.words import words
from depgraph.texts import languages

HOSTILE = "<script>alert(1)</script>\x1b[31m|\n\u202eevil"


def small(*, provider_label: str = "SkySilk", citation: str = "NPR, 2021-02-15") -> nx.MultiDiGraph:
    """A service with one reported host and unknown name servers, by hand."""
    graph = nx.MultiDiGraph(
        schema=1, subject="parler.com", since="2021-02-15", until="2021-02-15", complete=True
    )
    nodes = {
        "service:parler.com": ("service", "any"),
        "function:parler.com/web": ("function", "all"),
        "function:parler.com/mail": ("function", "all"),
        "host:parler.com": ("host", "all"),
        "zone:parler.com": ("zone", "all"),
        "zone:com": ("zone", "all"),
        "registration:parler.com": ("registration", "all"),
        "nameservers:parler.com": ("nameservers", "any"),
        "nameserver:ns1.example.net": ("nameserver", "all"),
        "zone:example.net": ("zone", "all"),
        "registration:example.net": ("registration", "all"),
        "provider:skysilk": ("provider", "all"),
        "provider:epik": ("provider", "all"),
        "company:skysilk": ("company", "all"),
        "company:holding": ("company", "all"),
        "country:US": ("country", "all"),
        "unknown:registry of com": ("unknown", "all"),
    }
    for node, (kind, needs) in nodes.items():
        graph.add_node(node, kind=kind, needs=needs, label=node.partition(":")[2])
    graph.nodes["provider:skysilk"]["label"] = provider_label
    graph.nodes["function:parler.com/mail"].update(absent=True, reason="null MX")
    graph.nodes["unknown:registry of com"].update(
        reason="timeout", last_known="Verisign", last_known_time="2020-01-01T00:00:00Z"
    )
    edges = [
        ("service:parler.com", "function:parler.com/web", "function"),
        ("service:parler.com", "function:parler.com/mail", "function"),
        ("function:parler.com/web", "host:parler.com", "host"),
        ("host:parler.com", "zone:parler.com", "zone"),
        ("zone:parler.com", "zone:com", "parent"),
        ("zone:parler.com", "registration:parler.com", "registration"),
        ("registration:parler.com", "provider:epik", "registrar"),
        ("zone:com", "unknown:registry of com", "registry"),
        ("zone:parler.com", "nameservers:parler.com", "nameserver"),
        ("nameservers:parler.com", "nameserver:ns1.example.net", "nameserver"),
        ("nameserver:ns1.example.net", "zone:example.net", "zone"),
        ("zone:example.net", "registration:example.net", "registration"),
        ("registration:example.net", "provider:epik", "registrar"),
        ("provider:skysilk", "company:skysilk", "owner"),
        ("company:skysilk", "company:holding", "parent"),
        ("company:holding", "country:US", "law"),
    ]
    for u, v, relation in edges:
        graph.add_edge(u, v, key=relation, relation=relation, strength="needs", evidence="observed")
    graph.add_edge(
        "host:parler.com",
        "provider:skysilk",
        key="operator",
        relation="operator",
        strength="needs",
        evidence="reported",
        source="document",
        citation=citation,
        time="2021-02-15T00:00:00Z",
    )
    return graph


def line(function: str, layer: str, through: str = "") -> Line:
    found = next(f for f in report(small()).functions if f.function == function)
    return next(x for x in found.lines if (x.layer, x.through) == (layer, through))


def test_the_chain_goes_up_to_the_country() -> None:
    assert line("web", "host").chain == "SkySilk › skysilk › holding › US"


def test_each_line_carries_its_evidence() -> None:
    host = line("web", "host")
    assert (host.evidence, host.source, host.citation, host.time) == (
        "reported",
        "document",
        "NPR, 2021-02-15",
        "2021-02-15T00:00:00Z",
    )
    assert host.path == ("function:parler.com/web", "host:parler.com", "provider:skysilk")


def test_what_hangs_on_another_domain_is_told_apart() -> None:
    assert line("web", "registrar").subjects == ("parler.com",)
    assert line("web", "registrar", "example.net").subjects == ("example.net",)


def test_unknown_says_why_and_what_was_last_known() -> None:
    text = to_text(report(small()), width=200)
    row = next(x for x in text.splitlines() if "registry of com" in x)
    assert "unknown: the registry of com (timeout); last known Verisign" in row
    assert "1 unknown" in text


def test_what_was_found_out_later_is_not_called_last_known() -> None:
    graph = small()
    graph.nodes["unknown:registry of com"]["last_known_time"] = "2025-04-02T00:00:00Z"
    text = to_text(report(graph), width=300)
    assert "known only later: Verisign, 2025-04-02" in text
    assert "last known" not in text


def test_an_absent_function_says_so() -> None:
    text = str(report(small()))
    assert "Mail: not offered: null MX" in text
    assert re.search(r"Mail +not offered +- +-", text)


def test_a_country_that_is_not_known_is_said_to_be_unknown() -> None:
    assert "epik › country unknown" in to_text(report(small()), width=200)
    assert line("web", "registrar").country == ""


def test_a_citation_is_told_whole() -> None:
    citation = "https://example.org/" + "a" * 900
    for form in (to_markdown, to_page):
        assert citation in form(report(small(citation=citation)))
    assert citation in "".join(to_text(report(small(citation=citation))).split())


def many(domains: int) -> nx.MultiDiGraph:
    """Two functions that hang on the same name servers, each under its own domain."""
    graph = small()
    graph.add_node("function:parler.com/name", kind="function", needs="all", label="name")
    graph.add_edge(
        "service:parler.com", "function:parler.com/name", "function", relation="function"
    )
    graph.add_edge("function:parler.com/name", "host:parler.com", "host", relation="host")
    for number in range(domains):
        zone, registration = f"zone:d{number}.net", f"registration:d{number}.net"
        graph.add_node(zone, kind="zone", needs="all", label=f"d{number}.net")
        graph.add_node(registration, kind="registration", needs="all", label=f"d{number}.net")
        graph.add_edge("nameservers:parler.com", zone, "nameserver", relation="nameserver")
        graph.add_edge(zone, registration, "registration", relation="registration")
        graph.add_edge(
            registration, "provider:epik", "registrar", relation="registrar", evidence="observed"
        )
    for *_, data in graph.edges(data=True):
        data.setdefault("strength", "needs")
    return graph


def test_what_stands_behind_a_domain_is_told_once() -> None:
    text = to_text(report(many(2)))
    assert text.count("\n  behind d1.net\n") == 1
    assert "behind d0.net, d1.net, example.net: the same as under Web" in text
    french = to_text(report(many(2)), lang="fr")
    assert "derrière d0.net, d1.net, example.net : comme sous Web" in french


def test_of_very_many_domains_the_first_are_told_and_the_rest_counted() -> None:
    made = report(many(500))
    assert len(to_text(made).splitlines()) < 250
    assert "more domains, which the JSON form lists" in to_text(made)
    through = {row.get("through") for row in made.to_dict()["functions"][0]["lines"]}
    assert len(through) > 500


def test_places_that_saw_something_else_are_named() -> None:
    graph = small()
    graph.graph.update(vantages="Canada,Germany", differences="parler.com A")
    graph.add_node("provider:other", kind="provider", needs="all", label="Other")
    operator = {"relation": "operator", "strength": "needs", "evidence": "observed"}
    graph.add_edge("host:parler.com", "provider:other", "operator", **operator, vantage="Canada")
    graph.edges["host:parler.com", "provider:skysilk", "operator"]["vantage"] = "Germany"
    made = report(graph)
    text = to_text(made, width=200)
    assert "Answers differ by place (Canada, Germany): parler.com A" in text
    assert "Other › country unknown [seen only from Canada]" in text
    assert "[seen only from Germany]" in text
    assert "epik › country unknown [seen" not in text
    row = made.to_dict()
    assert (row["vantages"], row["differences"]) == (["Canada", "Germany"], ["parler.com A"])


def test_functions_stand_in_the_order_of_the_design() -> None:
    assert [f.function for f in report(small()).functions] == ["web", "mail"]


def test_a_graph_of_something_else_is_refused() -> None:
    with pytest.raises(GraphError, match="expected a graph made by depgraph"):
        report(nx.MultiDiGraph())


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(QuestionError, match="en, fr, found 'tlh'"):
        to_text(report(small()), lang="tlh")


@pytest.mark.parametrize("lang", languages())
def test_text_and_html_tell_the_same(lang: str) -> None:
    made = report(small())
    page = html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", to_page(made, lang=lang)))
    text = " ".join(to_text(made, width=250, lang=lang).split())
    for function in made.functions:
        for row in function.lines:
            for cell in cells(made, row, words(lang)):
                assert cell in page
                assert cell in text


@pytest.mark.parametrize("form", [str, to_markdown, to_page, lambda r: r._repr_html_()])
def test_hostile_text_stays_text(form) -> None:
    shown = form(report(small(provider_label=HOSTILE, citation=HOSTILE)))
    assert not set("\x1b\u202e") & set(shown)
    if form is not str:  # Markdown escapes with a backslash, HTML with an entity
        assert "<script" not in shown.replace("\\<script", "")


def test_json_round_trips_and_names_its_schema() -> None:
    made = report(small())
    row = json.loads(json.dumps(made.to_dict()))
    assert row["schema"] == "depgraph.report/1"
    host = next(x for x in row["functions"][0]["lines"] if x["layer"] == "host")
    assert host["company"] == "skysilk"
    assert host["parents"] == ["holding"]


def test_the_order_of_the_graph_does_not_matter() -> None:
    graph = small()
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert report(turned) == report(graph)


def test_repr_is_one_line() -> None:
    assert repr(report(small())) == "<Report of parler.com, 2021-02-15: lines web: 4, mail: absent>"

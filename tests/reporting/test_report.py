"""Reports tell what the graph holds: every role, with its evidence and citation."""

import json

import networkx as nx
import pytest

from depgraph.analysis.roles import roles
from depgraph.errors import GraphError
from depgraph.reporting import report
from tests.reporting.graphs import S, many, small, two_places


def role(function, layer, through="", graph=None):
    found = report(graph or small())[function].roles
    return next(one for one in found if (one.layer, one.through) == (layer, through))


def test_the_roles_are_those_of_the_one_walk():
    graph = small()
    made = report(graph)
    who = roles(graph)
    assert {one.function: one.roles for one in made.functions} == dict(who.functions)
    assert made["web"].direct == tuple(one for one in who.functions["web"] if not one.through)
    assert [one.label for one in made["web"].unknown] == ["registry of com"]


def test_the_chain_goes_up_to_the_country():
    assert role("web", "host").chain == ("SkySilk", "skysilk", "holding", "US")


def test_each_role_carries_its_evidence():
    host = role("web", "host")
    assert (host.evidence, host.provenance, host.citation, host.time) == (
        "reported",
        "document",
        "NPR, 2021-02-15",
        "2021-02-15T00:00:00Z",
    )
    assert host.path == (f"function:{S}/web", f"host:{S}", "provider:skysilk")
    assert report(small()).citations == ("NPR, 2021-02-15",)


def test_what_else_names_an_actor_is_cited_too():
    graph = small()
    data = graph.edges[f"host:{S}", "provider:skysilk", "operator"]
    graph.add_node(f"addresses:{S}", kind="addresses", needs="any", label=S)
    graph.add_node("address:192.0.2.1", kind="address", needs="all", label="192.0.2.1")
    known = {"strength": "needs", "evidence": "observed", "confidence": "certain"}
    graph.add_edge(f"host:{S}", f"addresses:{S}", "address", relation="address", **known)
    graph.add_edge(f"addresses:{S}", "address:192.0.2.1", "address", relation="address", **known)
    graph.add_edge("address:192.0.2.1", "provider:skysilk", "operator", **data)
    graph.edges["address:192.0.2.1", "provider:skysilk", "operator"]["citation"] = "Input"
    made = report(graph)
    assert set(made.citations) == {"NPR, 2021-02-15", "Input"}
    assert len([one for one in made["web"].roles if one.layer == "host"]) == 1


def test_what_hangs_on_another_domain_is_told_apart():
    assert role("web", "registrar").subjects == (S,)
    assert role("web", "registrar", "example.net").subjects == ("example.net",)


def test_an_absent_function_says_so():
    mail = report(small())["mail"]
    assert (mail.absent, mail.reason, mail.roles) == (True, "null-mx", ())


def test_an_unknown_says_why_and_what_was_last_known():
    registry = role("web", "registry")
    assert (registry.unknown, registry.reason) == (True, "timeout")
    assert (registry.last_known, registry.last_known_time[:10]) == ("Verisign", "2020-01-01")


def test_a_country_that_is_not_known_is_left_open():
    assert role("web", "registrar").country == ""


def test_who_is_involved_is_told_of_the_service():
    graph = small()
    graph.add_node("provider:helper", kind="provider", needs="all", label="Helper")
    graph.add_edge(
        f"service:{S}",
        "provider:helper",
        "involvement",
        relation="involvement",
        strength="exposes",
        evidence="reported",
        confidence="certain",
        citation="F173",
        note="says it is registrar only",
    )
    made = report(graph)
    assert [(one.label, one.note) for one in made.involved] == [
        ("Helper", "says it is registrar only")
    ]
    assert made.citations[0] == "F173"
    assert made.rows()[0]["layer"] == "involvement"
    assert {one.takedown.value for one in made.dependence.functions} <= {"no", "undetermined"}
    named = [m.id for f in made.takedown.functions for cut in f.cut_sets for m in cut.members]
    assert "company:helper" not in named


def test_the_form_for_machines_lists_every_domain():
    row = report(many(500)).to_dict()
    through = {one.get("through") for one in row["functions"][0]["roles"]}
    assert len(through) > 500


def test_vantages_and_differences_are_told():
    graph = two_places()
    made = report(graph)
    seen = {one.label: one.vantage for one in made["web"].roles if one.layer == "host"}
    assert seen == {"Other": "Canada", "SkySilk": "Germany"}
    assert (made.vantages, made.differences) == (("Canada", "Germany"), ("parler.com A",))


def test_a_place_without_an_answer_is_told_and_counts_among_none():
    graph = two_places()
    graph.graph["vantages_silent"] = "Iran,Cuba"
    made = report(graph)
    assert made.vantages_silent == ("Iran", "Cuba")
    assert "Not answered from Iran, Cuba, whatever was asked" in str(made)
    assert "Answers differ by place (Canada, Germany)" in str(made)


def test_functions_stand_in_the_order_of_the_vocabulary():
    assert [one.function for one in report(many(1)).functions] == ["web", "web-www", "mail"]


def test_a_graph_of_something_else_is_refused():
    with pytest.raises(GraphError, match="expected"):
        report(nx.MultiDiGraph())


def test_json_round_trips_and_names_its_schema():
    row = json.loads(report(small()).to_json())
    assert row["schema"] == "depgraph.report/2"
    host = next(one for one in row["functions"][0]["roles"] if one["layer"] == "host")
    assert (host["company"], host["parents"], host["country"]) == ("skysilk", ["holding"], "US")


def test_the_order_of_the_graph_does_not_matter():
    graph = small()
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert report(turned) == report(graph)


def test_repr_is_one_line():
    assert repr(report(small())) == "<Report of parler.com, 2021-02-15, roles web: 4, mail: absent>"

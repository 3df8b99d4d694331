import math

import networkx as nx
import pytest

from depgraph import schema
from depgraph.errors import GraphError
from depgraph.vocabulary import KINDS, RELATIONS, Reason, Relation, reasons

SERVICE = "service:example.com"
NAME = "function:example.com/name"


def whole(**more):
    """A graph that follows the schema: just the name function, all unknown above."""
    return schema.small(
        "example.com",
        [
            (SERVICE, "function", NAME),
            (NAME, "registration", "registration:example.com"),
            ("registration:example.com", "registrar", "provider:a"),
            ("registration:example.com", "registry", "unknown:registry of com"),
            ("provider:a", "owner", "company:b"),
            ("company:b", "law", "country:US"),
        ],
        **more,
    )


def test_a_whole_graph_has_no_fault():
    assert schema.validate(whole()) == []
    schema.check(whole())


def spoil_kind(g):
    g.nodes["provider:a"]["kind"] = "thing"


def spoil_needs(g):
    g.nodes["provider:a"]["needs"] = "any"


def spoil_label(g):
    del g.nodes["provider:a"]["label"]


def spoil_type(g):
    g.nodes["provider:a"]["catalogued"] = "yes"


def spoil_list(g):
    g.nodes["provider:a"]["mine"] = ["a"]


def spoil_nan(g):
    g.nodes["provider:a"]["mine"] = math.nan


def spoil_empty(g):
    g.nodes["provider:a"]["note"] = ""


def spoil_reason(g):
    del g.nodes["unknown:registry of com"]["reason"]


def spoil_hides(g):
    g.nodes["unknown:registry of com"]["hides"] = "provider,galaxy"


def spoil_what(g):
    g.nodes["unknown:registry of com"]["what"] = "registries"


def spoil_reason_code(g):
    g.nodes["unknown:registry of com"]["reason"] = "timeout; who knows"


def spoil_finding(g):
    g.edges["company:b", "country:US", "law"]["finding"] = "it is so"


def spoil_confidence(g):
    g.edges["company:b", "country:US", "law"]["confidence"] = "sure"


def spoil_no_confidence(g):
    del g.edges["company:b", "country:US", "law"]["confidence"]


def spoil_share(g):
    g.edges["company:b", "country:US", "law"]["share"] = "0.9"


def spoil_involvement(g):
    g.add_edge(
        "function:example.com/name",
        "provider:a",
        "involvement",
        relation="involvement",
        strength="exposes",
        evidence="reported",
        confidence="possible",
    )


def spoil_edge_out(g):
    g.remove_edge("registration:example.com", "provider:a")


def spoil_only_exposed(g):
    g.edges["provider:a", "company:b", "owner"]["strength"] = "exposes"


def spoil_leaf(g):
    g.add_edge(
        "country:US",
        "company:b",
        "law",
        relation="law",
        strength="needs",
        evidence="observed",
        confidence="certain",
    )


def spoil_key(g):
    g.add_edge(
        "company:b",
        "country:US",
        "owner",
        relation="law",
        strength="needs",
        evidence="observed",
        confidence="certain",
    )


def spoil_join(g):
    g.add_edge(
        "provider:a",
        "country:US",
        "law",
        relation="law",
        strength="needs",
        evidence="observed",
        confidence="certain",
    )


def spoil_relation(g):
    g.add_edge(
        "company:b",
        "country:US",
        "x",
        relation="x",
        strength="needs",
        evidence="observed",
        confidence="certain",
    )


def spoil_strength(g):
    g.edges["company:b", "country:US", "law"]["strength"] = "likes"


def spoil_unknown_evidence(g):
    g.edges["registration:example.com", "unknown:registry of com", "registry"]["evidence"] = (
        "observed"
    )


def spoil_rule(g):
    g.edges["company:b", "country:US", "law"]["evidence"] = "inferred"


def spoil_time(g):
    g.edges["company:b", "country:US", "law"]["time"] = "2021-02-15"


def spoil_service(g):
    g.graph["subject"] = "example.org"


def spoil_schema(g):
    g.graph["schema"] = 99


def spoil_function(g):
    g.add_node("function:example.com/fax", kind="function", label="fax", needs="all")


def spoil_absent(g):
    g.nodes[NAME].update(absent=True, reason="none")


def spoil_absent_without_reason(g):
    g.add_node("function:example.com/web", kind="function", label="web", needs="all", absent=True)


def spoil_id(g):
    g.add_node("host:", kind="host", label="x", needs="all")


@pytest.mark.parametrize(
    "spoil", [v for k, v in sorted(globals().items()) if k.startswith("spoil_")]
)
def test_each_fault_is_found(spoil):
    graph = whole()
    spoil(graph)
    assert schema.validate(graph)


def test_all_faults_come_at_once():
    graph = whole()
    spoil_time(graph)
    spoil_label(graph)
    spoil_hides(graph)
    assert len(schema.validate(graph)) == 3
    with pytest.raises(GraphError, match=r"found 3 faults"):
        schema.check(graph)


def test_another_kind_of_graph_is_refused():
    assert schema.validate(nx.DiGraph()) == ["expected a networkx.MultiDiGraph, found DiGraph"]


def test_every_required_relation_can_lead_out_of_its_kind():
    for kind, row in KINDS.items():
        for choice in row.requires:
            for relation in choice:
                assert kind in {tail for tail, _ in RELATIONS[Relation(relation)].joins}


def test_a_reason_in_own_words_is_none_of_ours_and_allowed():
    graph = whole()
    graph.nodes["unknown:registry of com"]["reason"] = "timeout; other?text=who knows"
    assert schema.validate(graph) == []


def test_what_an_unknown_by_hand_can_hide_follows_from_its_edges():
    assert whole().nodes["unknown:registry of com"]["hides"] == "provider,company,country"


@pytest.mark.parametrize(
    "value", ["a & b; c", "100%", "Ærø ", "a=b?c", "x; timeout", "no-address?name=a&reason=b"]
)
def test_data_of_a_reason_come_back(value):
    reason = Reason.of("question", question="A", reason=value)
    assert reasons(f"{reason}; timeout") == (reason, Reason.of("timeout"))


def test_readers():
    graph = whole()
    assert schema.service(graph) == SERVICE
    assert schema.functions(graph) == [NAME]
    assert schema.function_name(NAME) == "name"
    assert schema.actors(graph, "company") == ["company:b"]
    assert schema.unknowns(graph) == ["unknown:registry of com"]
    assert schema.owner_chain(graph, "provider:a") == ["provider:a", "company:b", "country:US"]
    assert schema.needs(graph, SERVICE) == "any"
    assert schema.kind(graph, "company:b") == "company"
    assert schema.name_of("prefix:2001:db8::/32") == "2001:db8::/32"
    assert schema.label(graph, "company:b") == "b"
    with pytest.raises(GraphError, match="expected a level"):
        schema.actors(graph, "galaxy")


def test_needed_and_exposed_are_told_apart():
    graph = whole()
    graph.add_edge(
        "registration:example.com",
        "provider:z",
        "registry",
        relation="registry",
        strength="exposes",
        evidence="observed",
        confidence="certain",
    )
    graph.nodes["provider:z"].update(kind="provider", label="z", needs="all")
    assert schema.exposed(graph, "registration:example.com") == ["provider:z"]
    assert schema.needed(graph, "registration:example.com") == [
        "provider:a",
        "unknown:registry of com",
    ]


def test_a_circle_of_owners_ends():
    graph = schema.small(
        "example.com",
        [
            ("provider:a", "owner", "company:a"),
            ("company:a", "parent", "company:b"),
            ("company:b", "parent", "company:a"),
        ],
    )
    assert schema.owner_chain(graph, "provider:a") == ["provider:a", "company:a", "company:b"]

"""Which edges are a lever of somebody, known or not, and how soon."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from depgraph import vocabulary
from depgraph.analysis import model
from depgraph.analysis.model import compile_graph
from depgraph.vocabulary import RELATIONS, Confidence, Kind, Level, Relation
from tests.graphs import made, seen


def levers_of_unknowns():
    """Return the lever of an unknown at the end of each relation from each kind."""
    return {
        (relation, tail): model._lever(tail, Kind.UNKNOWN, relation, {})
        for relation, row in RELATIONS.items()
        for tail in dict(row.joins)
    }


@pytest.mark.parametrize("hides", [(), (Level.COUNTRY,), tuple(Level)])
def test_the_lever_of_an_unknown_does_not_depend_on_what_it_hides(monkeypatch, hides):
    """A new level in the row of a relation takes no lever away."""
    before = levers_of_unknowns()
    rows = {word: replace(row, hides=hides, hides_from={}) for word, row in RELATIONS.items()}
    monkeypatch.setattr(vocabulary, "RELATIONS", MappingProxyType(rows))
    monkeypatch.setattr(model, "RELATIONS", MappingProxyType(rows))
    assert levers_of_unknowns() == before


def test_the_levers_of_unknowns():
    found = {pair: lever.value for pair, lever in levers_of_unknowns().items() if lever}
    assert found == {
        ("certificate", "function"): "refuse-certificate",
        ("certificate", "authorities"): "refuse-certificate",
        ("mailbox", "function"): "stop-mail",
        ("registration", "function"): "suspend",
        ("registration", "zone"): "suspend",
        ("origin", "address"): "evict",
        ("operator", "host"): "evict",
        ("operator", "channels"): "remove-app",
        ("operator", "step"): "cut-third-party",
        ("operator", "front"): "drop-front",
        ("operator", "address"): "evict",
        ("operator", "nameserver"): "stop-dns",
        ("operator", "exchange"): "stop-mail",
        ("operator", "mailbox"): "stop-mail",
        ("block", "address"): "withdraw-addresses",
        ("network", "asn"): "withdraw-network",
        ("transit", "host"): "withdraw-network",
        ("transit", "front"): "withdraw-network",
        ("holder", "block"): "withdraw-addresses",
        ("allocation", "block"): "revoke-addresses",
        ("registry", "zone"): "hold",
        ("registry", "registration"): "hold",
        ("registrar", "registration"): "suspend",
        ("registration", "registration"): "suspend",
        ("back-end", "zone"): "hold",
        ("back-end", "registration"): "hold",
        ("signer", "zone"): "let-lapse",
        ("sender", "function"): "send-as",
    }


def test_a_step_to_a_piece_of_infrastructure_that_is_not_sure_may_lead_to_another_of_its_kind():
    graph = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("192.0.2.1", "origin", "asn 64500"),
    )
    graph.edges["address:192.0.2.1", "asn:64500", Relation.ORIGIN]["confidence"] = "possible"
    edges = compile_graph(graph).edges
    unsure = [edge for edge in edges if edge.unsure(Confidence.CERTAIN)]
    assert [edge.relation for edge in unsure if Level.ASN in edge.hides] == ["origin"]

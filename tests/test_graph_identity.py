"""An operator that the catalogue does not know is one actor, under whatever name it was seen."""

from datetime import date

import pytest

from depgraph.graph.identity import registered_names
from tests.graphs import delegated, edge, glue, made, out, placed, seen


def labelled(graph):
    """Give the uncatalogued operators of a graph with their labels, registries left out."""
    registries = {head for _, head, relation in graph.edges(keys=True) if relation == "registry"}
    return {
        node.removeprefix("provider:"): data["label"]
        for node, data in graph.nodes(data=True)
        if node.startswith("provider:~") and node not in registries
    }


def server(address="192.0.2.1", asn="65010", **holder):
    """Give a zone served by one name server of nobody we know, at an address of somebody's."""
    holder = {"handle": "NET-1", "organisation_handle": "GOLF-1", "organisation": "Host Golf"} | (
        holder or {}
    )
    return [
        delegated("shop.com", "ns1.golf.example"),
        seen("ns1.golf.example", "A", address),
        seen("ns1.golf.example", "AAAA", status="nodata"),
        *placed(address, asn=asn, prefix="192.0.2.0/24", **holder),
    ]


def known_as(number, name):
    return seen(f"as{number}", "as", f"name {name}", "country NL")


def test_network_holder_and_servers_of_one_operator_are_one_actor():
    g = made(server(), known_as("65010", "GOLF-AS - Host Golf, NL"))
    assert labelled(g) == {"~AS65010": "Host Golf"}
    assert g.nodes["provider:~AS65010"]["finding"] == "also-known?names=~GOLF-1, ~golf.example"
    for source, relation in (
        ("nameserver:ns1.golf.example", "operator"),
        ("address:192.0.2.1", "operator"),
        ("block:192.0.2.0/24", "holder"),
        ("asn:65010", "network"),
    ):
        assert out(g, source, relation) == ["provider:~AS65010"]
    named = edge(g, "nameserver:ns1.golf.example", "provider:~AS65010", "operator")
    assert named["rule"] == "registered-domain"
    assert named["finding"] == "known-as?name=~golf.example"
    assert out(g, "provider:~AS65010", "owner") == ["company:~AS65010"]
    assert out(g, "company:~AS65010", "law") == ["country:NL"]
    assert "company:~GOLF-1" not in g


def test_a_lessor_is_not_the_network_that_announces_its_block():
    g = made(server(), known_as("65010", "OTHER-AS - Somebody Else, NL"))
    assert labelled(g) == {"~AS65010": "OTHER-AS - Somebody Else, NL", "~GOLF-1": "Host Golf"}
    assert out(g, "block:192.0.2.0/24", "holder") == ["provider:~GOLF-1"]
    assert out(g, "asn:65010", "network") == ["provider:~AS65010"]
    assert out(g, "nameserver:ns1.golf.example", "operator") == ["provider:~GOLF-1"]


def test_servers_in_the_network_of_a_catalogued_operator_stay_apart():
    g = made(server(asn="64500", organisation_handle=""))
    assert out(g, "nameserver:ns1.golf.example", "operator") == ["provider:~golf.example"]
    assert out(g, "address:192.0.2.1", "operator") == ["provider:acme-cloud"]


def test_one_server_elsewhere_and_the_domain_is_an_operator_of_its_own():
    g = made(
        server(),
        delegated("shop.com", "ns2.golf.example"),
        seen("ns2.golf.example", "A", "198.51.100.9"),
        seen("ns2.golf.example", "AAAA", status="nodata"),
        placed("198.51.100.9", asn="65011", handle="NET-2", organisation_handle="HOTEL-1"),
    )
    assert "~golf.example" in labelled(g)


def test_an_address_that_is_not_known_proves_no_home():
    g = made(
        server(),
        delegated("shop.com", "ns2.golf.example"),
        seen("ns2.golf.example", "A", status="timeout"),
    )
    assert "~golf.example" in labelled(g)


def test_servers_of_one_zone_under_two_suffixes_are_one_operator():
    g = made(
        delegated("shop.com", "ns1.golfdns.com", "ns2.golfdns.net", "ns3.other.net"),
        glue("ns1.golfdns.com", "192.0.2.1"),
    )
    assert list(labelled(g)) == ["~golfdns.com", "~other.net"]
    assert out(g, "nameserver:ns2.golfdns.net", "operator") == ["provider:~golfdns.com"]


def test_servers_of_two_zones_under_two_suffixes_are_two():
    g = made(
        delegated("shop.com", "ns1.golfdns.com"),
        delegated("golfdns.com", "ns1.golfdns.net"),
        delegated("golfdns.net", "ns1.golfdns.net", by="net"),
    )
    assert {"~golfdns.com", "~golfdns.net"} <= set(labelled(g))


def test_the_services_own_servers_are_nobody_elses():
    g = made(
        delegated("shop.com", "ns1.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        seen("ns1.shop.com", "AAAA", status="nodata"),
        placed("192.0.2.1", asn="65010", handle="NET-1", organisation_handle="GOLF-1"),
    )
    assert out(g, "nameserver:ns1.shop.com", "operator") == ["provider:~shop.com"]


def test_a_handle_is_called_by_its_organisation_and_not_by_the_network():
    g = made(server(), known_as("65010", "TRANSIT-AS, NL"))
    assert labelled(g)["~GOLF-1"] == "Host Golf"


def test_a_holder_known_by_name_only_is_that_one():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", prefix="192.0.2.0/24", organisation="Host Golf"),
    )
    assert out(g, "block:192.0.2.0/24", "holder") == ["provider:~host-golf"]


def test_the_name_of_a_block_alone_names_nobody():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", prefix="192.0.2.0/24", name="GOLF-NET-7"),
    )
    assert out(g, "block:192.0.2.0/24", "holder") == ["unknown:holder of 192.0.2.0/24"]


def test_the_day_and_the_order_do_not_matter():
    rows = [*server(), known_as("65010", "GOLF-AS - Host Golf, NL")]
    flat = [o for row in rows for o in (row if isinstance(row, list) else [row])]
    one = made(*flat, at=date(2026, 1, 15))
    other = made(*reversed(flat), at=date(2026, 1, 15))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GOLF-AS - Host Golf, Inc., US", "Host Golf Inc", True),
        ("DNS-ALFA-AS, US", "DNS-ALFA-AS", True),
        ("GOLF-AS, US", "HOTEL-AS, US", False),
        ("", "", False),
    ],
)
def test_names_of_registrations_are_compared_without_form_and_country(one, other, same):
    assert bool(registered_names([one]) & registered_names([other])) is same

"""A small service by hand for the tests of reports: one reported host, unknown name servers."""

from __future__ import annotations

import networkx as nx

from depgraph.schema import small as made

S = "parler.com"
HOSTILE = "<script>alert(1)</script>\x1b[31m|\n\u202eevil"


def small(*, provider_label="SkySilk", citation="NPR, 2021-02-15") -> nx.MultiDiGraph[str]:
    """Make the graph."""
    operator = {
        "evidence": "reported",
        "provenance": "document",
        "citation": citation,
        "time": "2021-02-15T00:00:00Z",
    }
    edges = [
        (f"service:{S}", "function", f"function:{S}/web"),
        (f"service:{S}", "function", f"function:{S}/mail"),
        (f"function:{S}/web", "host", f"host:{S}"),
        (f"host:{S}", "zone", f"zone:{S}"),
        (f"host:{S}", "operator", "provider:skysilk", operator),
        (f"zone:{S}", "parent", "zone:com"),
        (f"zone:{S}", "registration", f"registration:{S}"),
        (f"registration:{S}", "registrar", "provider:epik"),
        ("zone:com", "registry", "unknown:registry of com"),
        (f"zone:{S}", "nameserver", f"nameservers:{S}"),
        (f"nameservers:{S}", "nameserver", f"lookup:{S}/ns1.example.net"),
        (f"lookup:{S}/ns1.example.net", "zone", "zone:example.net"),
        ("zone:example.net", "registration", "registration:example.net"),
        ("registration:example.net", "registrar", "provider:epik"),
        ("provider:skysilk", "owner", "company:skysilk"),
        ("company:skysilk", "parent", "company:holding"),
        ("company:holding", "law", "country:US"),
    ]
    nodes = {
        "provider:skysilk": {"label": provider_label},
        f"function:{S}/mail": {"absent": True, "reason": "null-mx"},
        "unknown:registry of com": {
            "reason": "timeout",
            "last_known": "Verisign",
            "last_known_time": "2020-01-01T00:00:00Z",
        },
    }
    graph = made(S, edges, nodes=nodes)
    graph.graph.update(since="2021-02-15", until="2021-02-15", complete=True)
    return graph


def many(domains: int) -> nx.MultiDiGraph[str]:
    """Two functions that hang on the same name servers, each under its own domain."""
    edges = [
        (f"service:{S}", "function", f"function:{S}/web-www"),
        (f"function:{S}/web-www", "host", f"host:{S}"),
    ]
    for number in range(domains):
        lookup = f"lookup:{S}/d{number}.net"
        edges += [
            (f"nameservers:{S}", "nameserver", lookup),
            (lookup, "zone", f"zone:d{number}.net"),
            (f"zone:d{number}.net", "registration", f"registration:d{number}.net"),
            (f"registration:d{number}.net", "registrar", "provider:epik"),
        ]
    more = made(S, edges)
    graph = nx.compose(more, small())
    graph.graph.update(small().graph)
    return graph


def two_places() -> nx.MultiDiGraph[str]:
    """The host has another operator when it is asked from Canada."""
    graph = small()
    graph.graph.update(vantages="Canada,Germany", differences="parler.com A")
    graph.add_node("provider:other", kind="provider", needs="all", label="Other")
    there = f"host:{S}", "provider:skysilk", "operator"
    data = {"relation": "operator", "strength": "needs", "evidence": "observed"}
    graph.add_edge(
        f"host:{S}", "provider:other", "operator", **data, confidence="certain", vantage="Canada"
    )
    graph.edges[there]["vantage"] = "Germany"
    return graph

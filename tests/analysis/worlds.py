"""A small graph by hand for the tests of the analyses, and a small catalogue."""

from __future__ import annotations

from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rows import Company, Group, Provider
from depgraph.providers.rules import Rules
from depgraph.schema import small

S = "example.com"


def owned(provider, company=None, country="US"):
    company = company or provider
    return [
        (f"provider:{provider}", "owner", f"company:{company}"),
        (f"company:{company}", "law", f"country:{country}"),
    ]


BASE = [
    *[(f"service:{S}", "function", f"function:{S}/{name}") for name in ("web", "mail", "name")],
    (f"function:{S}/web", "host", f"host:{S}"),
    (f"function:{S}/web", "certificate", f"authorities:{S}"),
    (f"authorities:{S}", "certificate", "provider:ca"),
    (f"host:{S}", "zone", f"zone:{S}"),
    (f"host:{S}", "address", f"addresses:{S}"),
    (f"addresses:{S}", "address", "address:192.0.2.1", {"ttl": 300}),
    ("address:192.0.2.1", "operator", "provider:cloud", {"time": "2026-01-15T00:00:00Z"}),
    ("address:192.0.2.1", "block", "block:192.0.2.0/24"),
    ("block:192.0.2.0/24", "holder", "provider:lease"),
    ("block:192.0.2.0/24", "allocation", "provider:rir"),
    (f"zone:{S}", "parent", "zone:com"),
    ("zone:com", "registry", "provider:registry"),
    (f"zone:{S}", "registration", f"registration:{S}"),
    (f"registration:{S}", "registrar", "provider:registrar"),
    (f"registration:{S}", "registry", "provider:registry"),
    (f"zone:{S}", "nameserver", f"nameservers:{S}"),
    (f"nameservers:{S}", "nameserver", "nameserver:ns1.one.net", {"ttl": 172800}),
    (f"nameservers:{S}", "nameserver", "nameserver:ns2.two.net", {"ttl": 172800}),
    ("nameserver:ns1.one.net", "operator", "provider:one"),
    ("nameserver:ns2.two.net", "operator", "provider:two"),
    (f"function:{S}/mail", "zone", f"zone:{S}"),
    (f"function:{S}/mail", "exchange", f"exchanges:{S}"),
    (f"exchanges:{S}", "exchange", "exchange:mx.mail.net", {"ttl": 3600}),
    ("exchange:mx.mail.net", "operator", "provider:mail"),
    (f"function:{S}/name", "registration", f"registration:{S}"),
    *owned("ca"),
    *owned("cloud"),
    *owned("lease", country="NL"),
    *owned("rir", country="NL"),
    *owned("registry"),
    *owned("registrar", country="CH"),
    *owned("one", "one", "IE"),
    *owned("two", "two", "DE"),
    ("company:one", "parent", "company:both"),
    ("company:two", "parent", "company:both"),
    ("company:both", "law", "country:US"),
    *owned("mail"),
]
NODES = {
    "address:192.0.2.1": {"family": 4},
    "company:cloud": {"catalogued": True, "label": "Cloud, Inc."},
}


def world(*more, without=(), nodes=None, **about):
    """Make the graph, with more edges, and without those that touch some nodes."""
    edges = [e for e in BASE if not {e[0], e[2]} & set(without)] + list(more)
    touched = {e[0] for e in edges} | {e[2] for e in edges}
    extra = {n: dict(d) for n, d in NODES.items() if n in touched}
    for name, data in (nodes or {}).items():
        extra.setdefault(name, {}).update(data)
    graph = small(S, edges, nodes=extra)
    graph.graph.update({"since": "2026-01-15", "until": "2026-01-15", "complete": True} | about)
    return graph


def group(key, *members, kind="companies"):
    return Group(key, key.title(), kind, "a test", "here", members)


def company(key, name, *aliases):
    return Company(key, name, None, aliases, "test")


CATALOGUE = Catalogue(
    version="2026-01-01",
    groups={
        "clouds": group("clouds", "cloud", "elsewhere"),
        "dach": group("dach", "DE", "AT", "CH", kind="countries"),
        "brands": group("brands", "one", "two", kind="providers"),
    },
    companies={
        "cloud": company("cloud", "Cloud, Inc.", "Nimbus"),
        "elsewhere": company("elsewhere", "Elsewhere"),
    },
    providers={"one": Provider("one", "Number One", ("dns",), "one", (), (), "test")},
    parents=(),
    rules=Rules(()),
)

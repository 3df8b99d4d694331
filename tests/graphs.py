"""Recordings written by hand, and a small catalogue, for the tests of the graph room."""

from datetime import UTC, datetime

from depgraph.graph import build
from depgraph.observations import Evidence, Observation, Status
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.moments import Moment
from depgraph.providers.rows import Backend, Company, Parent, Provider
from depgraph.providers.rules import Rule, Rules
from depgraph.recording import Header, Recording
from depgraph.schema import check

DAY = datetime(2026, 1, 15, tzinfo=UTC)

_COMPANIES = {"acme": "US", "babel": "FR", "shield": "RU", "verb": None, "holding": "IE"}
_PROVIDERS = {
    "acme-dns": ("acme", "dns"),
    "acme-cloud": ("acme", "hosting"),
    "babel-mail": ("babel", "mailbox"),
    "babel-gate": ("babel", "gateway"),
    "shield": ("shield", "front"),
    "verb-reg": ("verb", "registry"),
    "babel-names": ("babel", "registrar"),
    "acme-ca": ("acme", "ca"),
}
_RULES = [
    ("r-dns", "acme-dns", "dns", "ns-host", "acme-dns.example"),
    ("r-dnsnet", "acme-dns", "dns", "ns-domain", "acme-dns.example"),
    ("r-cloud", "acme-cloud", "hosting", "asn", "64500"),
    ("r-cname", "acme-cloud", "hosting", "cname", "apps.acme.example"),
    ("r-host", "acme-cloud", "hosting", "host", "apps.acme.example"),
    ("r-front", "shield", "front", "cname", "cdn.shield.example"),
    ("r-frontnet", "shield", "front", "asn", "64501"),
    ("r-mx", "babel-mail", "mailbox", "mx-host", "mx.babel.example"),
    ("r-dkim", "babel-mail", "mailbox", "dkim", "dkim.babel.example"),
    ("r-gate", "babel-gate", "gateway", "mx-host", "gate.babel.example"),
    ("r-com", "verb-reg", "registry", "tld", "com"),
    ("r-iana", "babel-names", "registrar", "registrar-id", "77"),
    ("r-ca", "acme-ca", "ca", "issuer", "ca.acme.example"),
]


def catalogue():
    return Catalogue(
        version="2026-01-01",
        providers={
            k: Provider(k, k.title(), (r,), c, (), (), "test") for k, (c, r) in _PROVIDERS.items()
        },
        companies={k: Company(k, k.title(), c, (), "test") for k, c in _COMPANIES.items()},
        parents=(
            Parent("acme", "holding", Moment.read("2026-01-01"), None, "test"),
            Parent("shield", "acme", None, Moment.read("2020-01-01"), "test"),
        ),
        groups={},
        rules=Rules([Rule(i, p, (r,), s, t, "test", "test") for i, p, r, s, t in _RULES]),
        backends=(Backend("com", "verb-reg", ("document",), None, None, "test"),),
    )


CATALOGUE = catalogue()


def seen(subject, kind, *values, status="answer", time=DAY, evidence="observed", **more):
    return Observation(
        subject=subject,
        type=kind,
        status=Status(status),
        values=tuple(values),
        time=time,
        evidence=Evidence(evidence),
        **more,
    )


def delegated(zone, *servers, by="com", **more):
    return seen(zone, "NS", *servers, section="authority", zone=by, **more)


def glue(server, address, by="com"):
    return seen(server, "AAAA" if ":" in address else "A", address, section="additional", zone=by)


def placed(address, asn="64500", net=None, **holder):
    """Give origin and holder of an address."""
    net = net or (address.rsplit(".", 1)[0] + ".0/24")
    rows = [seen(address, "origin", f"asn {asn}", f"prefix {net}")]
    if holder:
        rows.append(
            seen(address, "holder", *(f"{k.replace('_', '-')} {v}" for k, v in holder.items()))
        )
    return rows


def reported(subject, role, name, **more):
    more = {
        "evidence": "reported",
        "citation": "https://press.example/1",
        "source": "document",
    } | more
    return seen(subject, "operator", f"role {role}", f"name {name}", **more)


def made(*observations, subject="shop.com", at=None, days=None, complete=True):
    """Build a graph and check it against the schema."""
    flat = [o for row in observations for o in (row if isinstance(row, list) else [row])]
    since, until = days or (DAY.date(), DAY.date())
    recording = Recording(Header(subject=subject, since=since, until=until), tuple(flat), complete)
    graph = build(recording, at=at, catalogue=CATALOGUE)
    check(graph)
    return graph


def out(graph, node, relation=None):
    """List where the edges of a node lead, of one relation if given.

    That IPv6 was not asked for is left out: these recordings are of what they are about.
    """
    return [
        v
        for _, v, key in graph.out_edges(node, keys=True)
        if relation in (None, key) and not _is_ipv6_not_asked(graph.nodes[v])
    ]


def _is_ipv6_not_asked(data):
    return data.get("what") == "IPv6 addresses" and data["reason"] == "not-asked"


def edge(graph, u, v, relation):
    return graph.edges[u, v, relation]

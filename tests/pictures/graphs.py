"""Generated dependency graphs that follow the schema: plausible names, nothing real claimed."""

from __future__ import annotations

import random

import networkx as nx

from depgraph.schema import small

OPERATORS = (
    # provider, label, company, company label, country, label, AS number
    ("cloudfront", "CloudFront", "amazon", "Amazon", "US", "United States", "64501"),
    ("route53", "Route 53", "amazon", "Amazon", "US", "United States", "64501"),
    ("ec2", "EC2", "amazon", "Amazon", "US", "United States", "64502"),
    ("gsuite", "Google Workspace", "google", "Alphabet", "US", "United States", "64503"),
    ("azure", "Azure", "microsoft", "Microsoft", "US", "United States", "64504"),
    ("fastly", "Fastly", "fastly", "Fastly", "US", "United States", "64505"),
    ("cloudflare", "Cloudflare", "cloudflare", "Cloudflare", "US", "United States", "64506"),
    ("hetzner", "Hetzner", "hetzner", "Hetzner Online", "DE", "Germany", "64507"),
    ("ovh", "OVH", "ovh", "OVH Groupe", "FR", "France", "64508"),
    ("infomaniak", "Infomaniak", "infomaniak", "Infomaniak Network", "CH", "Switzerland", "64509"),
    ("shopify", "Shopify", "shopify", "Shopify", "CA", "Canada", "64510"),
    ("yandex", "Yandex Cloud", "yandex", "Yandex", "RU", "Russia", "64511"),
)
REGISTRARS = (
    ("godaddy", "GoDaddy", "godaddy", "GoDaddy", "US", "United States"),
    ("gandi", "Gandi", "gandi", "Gandi", "FR", "France"),
    ("epik", "Epik", "epik", "Epik", "US", "United States"),
)
REGISTRIES = {
    "com": ("verisign", "Verisign (.com)", "verisign", "Verisign", "US", "United States"),
    "net": ("verisign-net", "Verisign (.net)", "verisign", "Verisign", "US", "United States"),
    "org": ("pir", "PIR (.org)", "pir", "Public Interest Registry", "US", "United States"),
    "de": ("denic", "DENIC (.de)", "denic", "DENIC", "DE", "Germany"),
    "ch": ("switch", "SWITCH (.ch)", "switch", "SWITCH", "CH", "Switzerland"),
}
RIRS = {
    "arin": ("arin", "ARIN", "arin", "ARIN", "US", "United States"),
    "ripe": ("ripe", "RIPE NCC", "ripe", "RIPE NCC", "NL", "Netherlands"),
}


class Maker:
    """Collects edges and labels; `graph()` gives the graph."""

    def __init__(self, subject: str, seed: int = 0):
        self.subject = subject
        self.random = random.Random(seed)
        self.edges: dict[tuple[str, str, str], dict] = {}
        self.nodes: dict[str, dict] = {}
        self.counter = 0
        self.about: dict = {}

    def edge(self, source, relation, target, evidence="observed", **data):
        if target.startswith("unknown:"):
            evidence = "unknown"
        data = {"evidence": evidence, "provenance": "dataset", **data}
        if evidence == "inferred":
            data.setdefault("rule", "test.rule")
        if evidence == "reported":
            data.setdefault("citation", "A newspaper")
        self.edges.setdefault((source, relation, target), data)
        return target

    def actor(self, row):
        provider, label, company, company_label, country, country_label = row[:6]
        p, c, k = f"provider:{provider}", f"company:{company}", f"country:{country}"
        self.nodes[p] = {"label": label, "catalogued": True}
        self.nodes[c] = {"label": company_label}
        self.nodes[k] = {"label": country_label}
        self.edge(p, "owner", c, "published")
        self.edge(c, "law", k, "published")
        return p

    def unknown(self, what, reason="not-asked"):
        node = f"unknown:{what}"
        self.nodes[node] = {"reason": reason, "label": what}
        return node

    def function(self, name, **data):
        node = f"function:{self.subject}/{name}"
        self.nodes[node] = {"label": f"{self.subject} {name}", **data}
        self.edge(f"service:{self.subject}", "function", node, "definition")
        return node

    def address(self, operator, evidence="observed"):
        self.counter += 1
        asn = operator[6]
        third = self.counter % 3
        address = f"address:198.{int(asn) % 100}.{third}.{self.counter}"
        prefix = f"prefix:198.{int(asn) % 100}.{third}.0/24"
        block = f"block:198.{int(asn) % 100}.0.0/16"
        provider = self.actor(operator)
        self.edge(address, "operator", provider, evidence)
        self.edge(address, "prefix", prefix)
        self.edge(prefix, "origin", f"asn:{asn}")
        if not any(edge[0] == f"asn:{asn}" for edge in self.edges):
            self.edge(f"asn:{asn}", "network", provider)
        self.edge(address, "block", block)
        if not any(edge[:2] == (block, "holder") for edge in self.edges):
            self.edge(block, "holder", provider)
        rir = RIRS["ripe" if operator[4] in {"DE", "FR", "CH", "RU"} else "arin"]
        self.edge(block, "allocation", self.actor(rir))
        return address

    def addresses(self, owner, name, operator, count=1, evidence="observed"):
        group = f"addresses:{name}"
        self.edge(owner, "address", group)
        for _ in range(count):
            self.edge(group, "address", self.address(operator, evidence))

    def suffix(self, name):
        tld = name.rsplit(".", 1)[-1]
        zone = f"zone:{tld}"
        self.edge(zone, "registry", self.actor(REGISTRIES[tld]))
        return zone

    def zone(self, name, operators, *, glue=True, registrar=None, servers=2):
        zone = f"zone:{name}"
        if any(edge[0] == zone for edge in self.edges):
            return zone
        self.edge(zone, "parent", self.suffix(name))
        registration = f"registration:{name}"
        self.edge(zone, "registration", registration)
        self.edge(registration, "registrar", self.actor(registrar or REGISTRARS[0]))
        self.edge(registration, "registry", self.actor(REGISTRIES[name.rsplit(".", 1)[-1]]))
        group = f"nameservers:{name}"
        self.edge(zone, "nameserver", group)
        for operator in operators:
            for i in range(servers):
                home = name if glue else f"{operator[0]}-dns.net"
                server = f"nameserver:ns{i + 1}.{operator[0]}.{home}"
                if glue:
                    self.edge(group, "nameserver", server)
                else:
                    lookup = f"lookup:{name}/{server[11:]}"
                    self.edge(group, "nameserver", lookup)
                    self.edge(lookup, "nameserver", server)
                    self.edge(lookup, "zone", self.zone(home, [operator], servers=1))
                self.edge(server, "operator", self.actor(operator), "inferred")
                self.addresses(server, server[11:], operator)
        return zone

    def host(self, owner, name, operator, *, relation="host", count=2, front=None, zone=None):
        host = f"host:{name}"
        self.edge(owner, relation, host)
        if zone:
            self.edge(host, "zone", zone)
        if front:
            group = f"addresses:{name}"
            self.edge(host, "address", group)
            node = f"front:{front[0]}/{name}"
            self.nodes[node] = {"label": front[1]}
            self.edge(group, "front", node)
            self.edge(node, "operator", self.actor(front), "inferred")
            self.addresses(node, f"{name}/{front[0]}", front, count)
            self.edge(node, "origin", self.unknown(f"origin of {name}"))
        else:
            self.addresses(host, name, operator, count)
        return host

    def certificate(self, function):
        group = f"authorities:{function.partition(':')[2]}"
        self.nodes["anyone:certificate authority"] = {"label": "certificate authority"}
        self.edge(function, "certificate", group)
        self.edge(group, "certificate", "anyone:certificate authority")

    def graph(self) -> nx.MultiDiGraph:
        graph = small(
            self.subject,
            [(u, r, v, data) for (u, r, v), data in self.edges.items()],
            nodes=self.nodes,
        )
        graph.graph.update(
            since="2026-01-10",
            until="2026-01-10",
            source="generated for tests",
            catalogue="2026-01-01",
            complete=True,
            title=self.subject,
            depgraph="0",
            **self.about,
        )
        return graph


def typical(subject="example-news.com", *, seed=1, extra=0, glue=True) -> nx.MultiDiGraph:
    """A site at Amazon behind a front, with mail at Google, and `extra` aliased hosts."""
    make = Maker(subject, seed)
    pick = make.random.choice
    dns = [OPERATORS[1]] + ([pick(OPERATORS[5:])] if seed % 3 == 0 else [])
    zone = make.zone(subject, dns, glue=glue, registrar=REGISTRARS[seed % 3], servers=2 + seed % 3)
    web = make.function("web")
    www = make.function("web-www")
    mail = make.function("mail")
    name = make.function("name")
    make.certificate(web)
    make.certificate(www)
    make.edge(name, "registration", f"registration:{subject}")
    front = OPERATORS[0] if seed % 2 else OPERATORS[6]
    make.host(web, subject, None, front=front, zone=zone)
    operator = OPERATORS[2 + seed % 9]
    target = f"www.{operator[0]}-sites.net"
    make.edge(www, "host", f"host:www.{subject}")
    make.edge(f"host:www.{subject}", "zone", zone)
    other = make.zone(f"{operator[0]}-sites.net", [operator])
    make.host(f"host:www.{subject}", target, operator, relation="alias", zone=other, count=3)
    make.edge(mail, "zone", zone)
    make.edge(mail, "exchange", f"exchanges:{subject}")
    mx = OPERATORS[3] if seed % 2 else OPERATORS[4]
    mx_zone = make.zone(f"{mx[0]}-mx.com", [mx])
    for i in range(1 + seed % 4):
        exchange = f"exchange:mx{i}.{mx[0]}-mx.com"
        make.edge(f"exchanges:{subject}", "exchange", exchange)
        make.edge(exchange, "operator", make.actor(mx), "inferred")
        make.host(exchange, exchange[9:], mx, zone=mx_zone, count=1)
    chain = f"host:{target}"
    for i in range(extra):
        vendor = OPERATORS[(seed + i) % len(OPERATORS)]
        home = f"{vendor[0]}-edge{i}.com"
        vendor_zone = make.zone(home, [OPERATORS[(seed + 2 * i + 1) % len(OPERATORS)]], servers=1)
        chain = make.host(
            chain, f"edge.{home}", vendor, relation="alias", zone=vendor_zone, count=1 + i % 2
        )
    return make.graph()


def parler() -> nx.MultiDiGraph:
    """Mostly reported and unknown, in the manner of a service of which little was recorded."""
    make = Maker("example-social.com")
    zone = "zone:example-social.com"
    make.edge(zone, "parent", make.suffix("example-social.com"))
    registration = "registration:example-social.com"
    make.edge(zone, "registration", registration)
    make.edge(registration, "registrar", make.actor(REGISTRARS[2]), "reported")
    make.edge(registration, "registry", make.actor(REGISTRIES["com"]), "inferred")
    make.edge(zone, "nameserver", "nameservers:example-social.com")
    make.edge(
        "nameservers:example-social.com",
        "nameserver",
        make.unknown("name servers of example-social.com", reason="searched"),
    )
    for name in ("web", "web-www"):
        function = make.function(name)
        make.certificate(function)
        host = f"host:{'www.' if name != 'web' else ''}example-social.com"
        make.edge(function, "host", host)
        make.edge(host, "zone", zone)
        make.edge(host, "operator", make.actor(OPERATORS[7]), "reported")
        make.edge(host, "address", make.unknown(f"addresses of {host[5:]}", reason="searched"))
    mail = make.function("mail")
    make.edge(mail, "zone", zone)
    make.edge(mail, "exchange", "exchanges:example-social.com")
    make.edge("exchanges:example-social.com", "operator", make.actor(OPERATORS[4]), "reported")
    make.edge(make.function("name"), "registration", registration)
    return make.graph()


def generated(count=30) -> list[nx.MultiDiGraph]:
    """Graphs of growing size, up to about 120 boxes when drawn in full."""
    return [typical(seed=i, extra=i // 3, glue=i % 2 == 0) for i in range(count)]

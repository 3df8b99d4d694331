"""Random small graphs that follow the schema, of all kinds and relations, and their next day.

Each decision has a generator of its own, seeded by the seed of the graph and the name of the
node it is about. So the graph of the next day is the same but for the few nodes whose
decisions are drawn anew, as a service is that moves its mail and keeps the rest.

It was seen from one place; addresses of both families are there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final
from zlib import crc32

import networkx as nx

from depgraph.schema import SCHEMA
from depgraph.vocabulary import KINDS, Kind, Level, hidden_levels

SUBJECT: Final = "shop.example"
PROVIDERS: Final = ("Alpha", "Bravo", "Charly", "Delta", "Echo")
UNLISTED: Final = frozenset({"Delta", "Echo"})
"""Providers that no catalogue has: what they do at an address of the web is not known."""
COMPANIES: Final = ("Alpha", "Bravo Group", "Charly Holding")
COUNTRIES: Final = ("US", "FR")
DAYS: Final = ("2026-01-10", "2026-02-20")
_CITATIONS: Final = (
    "https://press.example/1",
    "https://archive.example/2026/01/a-long-report-about-who-hosts-whom",
    "Court file 12-34",
)
_OFFERED: Final = (
    *(("web",), ("web",), ("web",), ("mail",), ("mail",), ("name",)),
    *(("web", "mail"), ("web", "name"), ("mail", "name"), ("web", "web-www")),
    ("web", "web-www", "mail", "name"),
)
_CHANGES: Final = 0.12  # of the decisions, from one day to the next


def random_graph(seed: int, *, day: int = 0) -> nx.MultiDiGraph[str]:
    """Return a graph; day 1 is that of the next day, on which some things differ."""
    return _Maker(seed, day).graph()


class _Maker:
    def __init__(self, seed: int, day: int) -> None:
        self.seed = seed
        self.day = day
        whole = _dice(f"{seed}")
        # How much is not known, not sure, only met on a path: of the whole graph.
        self.blind = whole.choice([0.0, 0.05, 0.15, 0.3])
        self.unsure = whole.choice([0.0, 0.1, 0.3])
        self.spare = whole.choice([0.0, 0.1, 0.25])
        self.made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.todo: list[tuple[Callable[[str, Random], None], str, Random]] = []

    # --- Decisions, nodes and edges ---------------------------------------------------------

    def dice(self, key: str) -> Random:
        """Return the generator of a decision: of the next day it is another one, now and then."""
        moved = self.day and _dice(f"{self.seed}/{key}/moves").random() < _CHANGES
        return _dice(f"{self.seed}/{key}/{self.day if moved else 0}")

    def graph(self) -> nx.MultiDiGraph[str]:
        dice = self.dice("graph")
        service = self.node("service", SUBJECT)
        offered = dice.choice(_OFFERED)
        for name in offered:
            function = self.node("function", f"{SUBJECT}/{name}", label=name)
            self.edge(service, "function", function, {"evidence": "definition"})
            self.later(self.function, name)
        self.involvement(service)
        while self.todo:
            step, key, own = self.todo.pop(0)
            step(key, own)
        day = DAYS[self.day]
        complete = _dice(f"{self.seed}/complete").random() > 0.03
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            schema=SCHEMA, subject=SUBJECT, since=day, until=day, complete=complete
        )
        graph.add_nodes_from(sorted(self.made.nodes(data=True)))
        for tail, head, key, data in sorted(
            self.made.edges(keys=True, data=True), key=lambda row: row[:3]
        ):
            graph.add_edge(tail, head, key, **data)
        return graph

    def later(self, step: Callable[[str, Random], None], key: str) -> None:
        self.todo.append((step, key, self.dice(f"{step.__name__}:{key}")))

    def node(
        self,
        kind: str,
        name: str,
        step: Callable[[str, Random], None] | None = None,
        **more: Any,
    ) -> str:
        """Return a node; what it needs is decided once."""
        key = f"{kind}:{name}"
        if key not in self.made:
            self.made.add_node(key, kind=kind, label=name, needs=KINDS[Kind(kind)].needs)
            if step is not None:
                self.later(step, name)
        self.made.nodes[key].update(more)
        return key

    def edge(
        self, tail: str, relation: str, head: str, data: dict[str, Any], *, met: bool = False
    ) -> None:
        strength = "exposes" if met else "needs"
        row = {"relation": relation, "strength": strength, "confidence": "certain"} | data
        if self.made.has_edge(tail, head, relation):
            return
        self.made.add_edge(tail, head, relation, **row)

    def unknown(self, tail: str, relation: str, what: str, of: str, reason: str) -> None:
        key = f"unknown:{what} of {of}"
        kind = self.made.nodes[tail]["kind"]
        hides: set[str] = set(hidden_levels(relation, kind))
        if key in self.made:
            hides |= set(str(self.made.nodes[key]["hides"]).split(","))
        words = ",".join(level.value for level in Level if level in hides)
        self.made.add_node(
            key, kind="unknown", label=key[8:], needs="all", what=what, of=of, reason=reason
        )
        if reason == "other-day":
            self.made.nodes[key].update(
                last_known="Golf",
                last_known_time="2025-12-01T00:00:00Z",
                last_known_evidence="observed",
            )
        self.made.nodes[key]["hides"] = words
        self.edge(tail, relation, key, {"evidence": "unknown"})

    def proof(self, dice: Random) -> dict[str, Any]:
        """Return how something is known, and how sure."""
        evidence = dice.choices(
            ["observed", "published", "inferred", "reported"], weights=[5, 1, 3, 2]
        )[0]
        data: dict[str, Any] = {"evidence": evidence}
        if evidence == "inferred":
            data["rule"] = dice.choice(["rule-one", "rule-two"])
        if evidence == "reported":
            data |= {"citation": dice.choice(_CITATIONS), "provenance": "document"}
            data |= {"note": "it denies it"} if dice.random() < 0.2 else {}
        if evidence == "observed":
            data |= {"provenance": "dns", "time": f"{DAYS[self.day]}T08:00:00Z"}
        if dice.random() < self.unsure:
            data["confidence"] = dice.choice(["likely", "possible"])
            if data["confidence"] == "likely" and dice.random() < 0.3:
                data["unverified"] = True
        return data

    def lacks(self, dice: Random) -> bool:
        return dice.random() < self.blind

    def met(self, dice: Random) -> bool:
        return dice.random() < self.spare

    def why(self, dice: Random) -> str:
        return dice.choice(
            ["timeout", "not-asked", "not-recorded", "nothing-names-it", "other-day"]
        )

    # --- Functions --------------------------------------------------------------------------

    def function(self, name: str, dice: Random) -> None:
        node = f"function:{SUBJECT}/{name}"
        if name in {"mail", "web-www"} and dice.random() < 0.1:
            self.made.nodes[node].update(absent=True, reason="nxdomain")
            return
        if name == "mail":
            self.edge(node, "zone", self.zone(SUBJECT), {"evidence": "definition"})
            self.edge(node, "exchange", self.node("exchanges", SUBJECT, self.exchanges), _DEFINED)
            self.edge(node, "mailbox", self.node("mailbox", SUBJECT, self.mailbox), _DEFINED)
        elif name == "name":
            registration = self.node("registration", SUBJECT, self.registration)
            self.edge(node, "registration", registration, _DEFINED)
        else:
            host = SUBJECT if name == "web" else f"www.{SUBJECT}"
            self.edge(node, "host", self.node("host", host, self.host), _DEFINED)
            authorities = self.node("authorities", host, self.authorities)
            self.edge(node, "certificate", authorities, _DEFINED)

    def involvement(self, service: str) -> None:
        dice = self.dice("involvement")
        for name in dice.sample(PROVIDERS, dice.choice([0, 0, 0, 1, 2])):
            data = {"evidence": "reported", "confidence": "possible", "citation": _CITATIONS[0]}
            data |= {"note": "it says registrar only"} if dice.random() < 0.5 else {}
            self.edge(service, "involvement", self.provider(name), data, met=True)

    # --- Operators, companies, countries ----------------------------------------------------

    def someone(
        self,
        tail: str,
        relation: str,
        dice: Random,
        *,
        what: str,
        of: str,
        also: bool = True,
        **more: Any,
    ) -> None:
        """Add who does something, or that it is not known; now and then one more who is only met."""
        if self.lacks(dice):
            self.unknown(tail, relation, what, of, self.why(dice))
        else:
            name = dice.choice(PROVIDERS)
            self.edge(tail, relation, self.provider(name), self.proof(dice) | more)
        if also and self.met(dice):
            name = dice.choice(PROVIDERS)
            self.edge(tail, relation, self.provider(name), self.proof(dice) | more, met=True)

    def provider(self, name: str) -> str:
        key = f"~{name.lower()}" if name in UNLISTED else name.lower()
        own = name == "Alpha" and _dice(f"{self.seed}/own").random() < 0.15
        more = {"own": True} if own else {}
        return self.node("provider", key, self.owner, label=name, **more)

    def owner(self, name: str, dice: Random) -> None:
        node = f"provider:{name}"
        for company in dice.sample(COMPANIES, dice.choice([1, 1, 1, 2])):
            if self.lacks(dice):
                self.unknown(node, "owner", "company", name, "no-company")
            else:
                self.edge(node, "owner", self.company(company), self.proof(dice))
        if self.met(dice):
            cloud = self.provider(dice.choice(PROVIDERS))
            if cloud != node:
                self.edge(node, "platform", cloud, self.proof(dice), met=True)

    def company(self, label: str) -> str:
        return self.node("company", label.lower().replace(" ", "-"), self.law, label=label)

    def law(self, name: str, dice: Random) -> None:
        node = f"company:{name}"
        if self.lacks(dice):
            self.unknown(node, "law", "country", name, "no-country")
        else:
            country = dice.choice(COUNTRIES)
            self.edge(node, "law", self.node("country", country), self.proof(dice))
        if dice.random() < 0.3:
            parent = dice.choice(COMPANIES)
            if self.company(parent) > node:  # no company owns itself in the end
                self.edge(node, "parent", self.company(parent), self.proof(dice))

    # --- The web ----------------------------------------------------------------------------

    def host(self, name: str, dice: Random) -> None:
        node = f"host:{name}"
        self.edge(node, "zone", self.zone(_zone_of(name)), _DEFINED)
        if self.lacks(dice):
            self.unknown(node, "alias", "target", name, self.why(dice))
        elif dice.random() < 0.2:
            target = dice.choice(["cdn.far.test", "apps.far.test"])
            if target != name:
                self.edge(node, "alias", self.node("host", target, self.host), self.proof(dice))
        if not any(key == "alias" for *_, key in self.made.out_edges(node, keys=True)):
            group = self.node("addresses", name, self.addresses)
            self.edge(node, "address", group, _DEFINED)
        if dice.random() < 0.08:
            role: dict[str, Any] = {"role": "network"} if dice.random() < 0.4 else {}
            self.someone(node, "operator", dice, what="host", of=name, **role)
        if self.met(dice):
            binding = self.node("host", "cdn.far.test", self.host)
            if binding != node:
                self.edge(node, "alias", binding, self.proof(dice), met=True)

    def addresses(self, name: str, dice: Random) -> None:
        node = f"addresses:{name}"
        web = name in {SUBJECT, f"www.{SUBJECT}", "cdn.far.test", "apps.far.test"}
        for number in range(dice.choice([1, 1, 1, 2])):
            if self.lacks(dice):
                what = "addresses" if number == 0 else "IPv4 addresses"
                self.unknown(node, "address", what, name, self.why(dice))
            elif web and dice.random() < 0.25:
                front = self.node("front", f"{name}-{number}", self.front, label=name)
                self.edge(node, "front", front, self.proof(dice))
            else:
                address = self.address(dice)
                self.edge(
                    node, "address", address, self.seen(dice), met=number > 0 and self.met(dice)
                )
        if web and dice.random() < 0.05:
            self.edge(node, "alias", self.node("host", "apps.far.test", self.host), self.seen(dice))

    def seen(self, dice: Random) -> dict[str, Any]:
        """Return how a record is known, now and then with its TTL."""
        ttl = {"ttl": dice.choice([60, 300, 3600, 86400])} if dice.random() < 0.7 else {}
        return self.proof(dice) | ttl

    def front(self, name: str, dice: Random) -> None:
        node = f"front:{name}"
        self.edge(node, "operator", self.provider(dice.choice(PROVIDERS[:3])), self.proof(dice))
        group = self.node("addresses", f"{name}/front", self.addresses)
        self.edge(node, "address", group, _DEFINED)
        kind = dice.random()
        if kind < 0.4:
            self.unknown(node, "origin", "origin", name, "hidden-by-front")
        elif kind < 0.7:
            role = {"role": "serving"} if dice.random() < 0.2 else {}
            self.edge(
                node, "origin", self.provider(dice.choice(PROVIDERS)), self.proof(dice) | role
            )
        else:
            origin = self.node("host", f"origin.{SUBJECT}", self.host)
            self.edge(node, "origin", origin, self.proof(dice))

    def address(self, dice: Random) -> str:
        text = dice.choice(["192.0.2.1", "192.0.2.1", "198.51.100.7", "2001:db8::1"])
        return self.node("address", text, self.place, family=6 if ":" in text else 4)

    def place(self, text: str, dice: Random) -> None:
        node = f"address:{text}"
        if self.lacks(dice):
            self.unknown(node, "operator", "operator", text, self.why(dice))
        else:
            name = dice.choice(PROVIDERS)
            serving = name in UNLISTED and dice.random() < 0.7
            role = {"role": "serving"} if serving else {}
            self.edge(node, "operator", self.provider(name), self.proof(dice) | role)
            if serving:
                self.unknown(node, "origin", "origin", text, f"may-be-front?name={name}")
        if self.lacks(dice):
            self.unknown(node, "prefix", "network", text, self.why(dice))
        elif dice.random() < 0.3 and not self.made.has_edge(node, f"unknown:origin of {text}"):
            number = self.node("asn", dice.choice(["64500", "64501"]), self.network)
            self.edge(node, "origin", number, self.proof(dice))
        else:
            prefix = f"{text.rpartition('.')[0]}.0/24" if "." in text else "2001:db8::/32"
            self.edge(node, "prefix", self.node("prefix", prefix, self.origins), self.proof(dice))
        if self.lacks(dice):
            self.unknown(node, "block", "holder", text, self.why(dice))
        else:
            block = dice.choice(["192.0.0.0/16", "198.51.100.0/22"])
            self.edge(node, "block", self.node("block", block, self.holder), self.proof(dice))

    def origins(self, text: str, dice: Random) -> None:
        node = f"prefix:{text}"
        if self.lacks(dice):
            self.unknown(node, "origin", "network", text, self.why(dice))
            return
        numbers = dice.sample(["64500", "64501"], dice.choice([1, 1, 2]))
        if len(numbers) > 1:
            self.made.nodes[node]["needs"] = "any"
        for number in numbers:
            asn = self.node("asn", number, self.network)
            self.edge(node, "origin", asn, self.proof(dice))

    def network(self, number: str, dice: Random) -> None:
        self.made.nodes[f"asn:{number}"]["label"] = f"AS{number}"
        self.someone(f"asn:{number}", "network", dice, what="operator", of=f"AS{number}")

    def holder(self, text: str, dice: Random) -> None:
        node = f"block:{text}"
        self.someone(node, "holder", dice, what="holder", of=text)
        self.someone(node, "allocation", dice, what="address registry", of=text, also=False)

    def authorities(self, name: str, dice: Random) -> None:
        node = f"authorities:{name}"
        kind = dice.random()
        if kind < 0.2:
            anyone = self.node("anyone", "certificate authority", label="any certificate authority")
            data = {"evidence": "inferred", "rule": "caa-open"}
            self.edge(node, "certificate", anyone, data)
        self.someone(node, "certificate", dice, what="authorities", of=name)

    # --- Names ------------------------------------------------------------------------------

    def zone(self, name: str) -> str:
        return self.node("zone", name, self.served)

    def served(self, name: str, dice: Random) -> None:
        node = f"zone:{name}"
        if "." not in name:
            self.someone(node, "registry", dice, what="registry", of=name)
            self.someone(node, "back-end", dice, what="back-end", of=name, also=False)
            return
        self.edge(node, "parent", self.zone(name.partition(".")[2]), self.proof(dice))
        registration = self.node("registration", name, self.registration)
        self.edge(node, "registration", registration, _DEFINED)
        servers = self.node("nameservers", name, self.nameservers)
        self.edge(node, "nameserver", servers, _DEFINED)

    def registration(self, name: str, dice: Random) -> None:
        node = f"registration:{name}"
        if dice.random() < 0.04:
            self.made.nodes[node]["status"] = "client hold"
        locked = dice.random() < 0.1
        locks = {"effect": "possible", "locked": "suspend,delete"} if locked else {}
        if dice.random() < 0.15 and not locked:
            self.one_of_two(node, name, dice)
        else:
            self.someone(node, "registrar", dice, what="registrar", of=name, **locks)
        top = name.rpartition(".")[2]
        self.someone(node, "registry", dice, what="registry", of=top)
        self.someone(node, "back-end", dice, what="back-end", of=top, also=False)

    def one_of_two(self, registration: str, name: str, dice: Random) -> None:
        """Add two registrars of which answers of one day name one each."""
        group = self.node("registrars", name)
        self.edge(registration, "registrar", group, _DEFINED)
        several = dice.sample(PROVIDERS, 2)
        text = " / ".join(several)
        differ = {"finding": f"answers-differ?name={name}&question=registrar&text={text}"}
        for one in several:
            known = self.proof(dice) | differ
            provider = self.provider(one)
            self.edge(registration, "registrar", provider, known | {"effect": "possible"})
            self.edge(group, "registrar", provider, known)

    def nameservers(self, name: str, dice: Random) -> None:
        node = f"nameservers:{name}"
        if self.lacks(dice):
            self.unknown(node, "nameserver", "name servers", name, self.why(dice))
        elif dice.random() < 0.08:
            self.someone(node, "operator", dice, what="DNS operator", of=name)
            return
        for server in _servers(name, dice):
            if dice.random() < 0.15:
                head = self.node("lookup", server, self.lookup)
            else:
                head = self.node("nameserver", server, self.nameserver)
            self.edge(node, "nameserver", head, self.seen(dice), met=self.met(dice))
        needed = {data["strength"] for *_, data in self.made.out_edges(node, data=True)}
        if "needs" not in needed:  # those that are listed are lame
            self.unknown(node, "nameserver", "name servers", name, "all-lame?reason=refused")

    def lookup(self, name: str, dice: Random) -> None:
        node = f"lookup:{name}"
        server = self.node("nameserver", name, self.nameserver)
        self.edge(node, "nameserver", server, self.proof(dice))
        self.edge(node, "zone", self.zone(_zone_of(name)), _DEFINED)

    def nameserver(self, name: str, dice: Random) -> None:
        node = f"nameserver:{name}"
        group = self.node("addresses", f"{name}/nameserver", self.addresses)
        self.edge(node, "address", group, _DEFINED)
        if dice.random() < 0.8:
            self.someone(node, "operator", dice, what="DNS operator", of=name)

    # --- Mail -------------------------------------------------------------------------------

    def exchanges(self, name: str, dice: Random) -> None:
        node = f"exchanges:{name}"
        if self.lacks(dice):
            self.unknown(node, "exchange", "mail exchanges", name, self.why(dice))
        elif dice.random() < 0.1:
            self.someone(node, "operator", dice, what="mail operator", of=name)
            return
        for server in dice.sample([f"mx1.{name}", f"mx2.{name}"], dice.choice([1, 1, 2])):
            head = self.node("exchange", server, self.exchange)
            self.edge(node, "exchange", head, self.seen(dice))

    def exchange(self, name: str, dice: Random) -> None:
        node = f"exchange:{name}"
        self.edge(node, "host", self.node("host", name, self.host), _DEFINED)
        if dice.random() < 0.7:
            self.someone(node, "operator", dice, what="mail operator", of=name)

    def mailbox(self, name: str, dice: Random) -> None:
        self.someone(f"mailbox:{name}", "operator", dice, what="mailbox operator", of=name)


def _dice(text: str) -> Random:
    """Return the generator that a text stands for, the same under any hash seed."""
    return Random(crc32(text.encode()))


_DEFINED: Final[dict[str, Any]] = {"evidence": "definition"}


def _zone_of(host: str) -> str:
    return SUBJECT if host.endswith(SUBJECT) else "far.test"


def _servers(zone: str, dice: Random) -> list[str]:
    """Return the name servers of a zone: its own, sometimes one under another domain."""
    servers = [f"ns{number}.{zone}" for number in range(dice.choice([0, 1, 1, 2]))]
    return servers if servers and dice.random() < 0.8 else [*servers, "ns.far.test"]


def kinds_and_relations(graphs: Sequence[nx.MultiDiGraph[str]]) -> tuple[set[str], set[str]]:
    """Return all kinds of node and all relations of some graphs."""
    kinds = {data["kind"] for graph in graphs for _, data in graph.nodes(data=True)}
    relations = {key for graph in graphs for *_, key in graph.edges(keys=True)}
    return kinds, relations

"""What the faces should say, worked out anew from the nodes and edges of a graph.

Nothing here comes from the analyses: the rules stand once more, in plain words and plain
loops. A wrong rule would have to be wrong twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any, Final, NamedTuple

import networkx as nx

EVIDENCE: Final = ("definition", "observed", "published", "inferred", "reported", "unknown")
CONFIDENCE: Final = ("certain", "likely", "possible")
BRIEF: Final = (
    *("front", "serving", "host", "network", "transit", "app", "third-party"),
    *("mail", "mailbox", "certificate", "dns"),
    *("registrar", "registry", "back-end"),
)
"""Layers of a function that short answers show, the nearest to a user first."""
_ENDS: Final = ("provider", "unknown", "anyone")
_DAY: Final = 86_400.0
_OUT_OF_THE_ZONE: Final = (
    *("clienthold", "serverhold", "inactive", "redemptionperiod"),
    *("suspended", "suspendido", "notdelegated", "failed", "hold", "onhold"),
    *("quarantine", "inquarantine"),
)
MONTH: Final = 30 * _DAY
UNOBSERVED: Final = 0.5
"""Seconds for a TTL that nobody observed: after at once, before any that was."""
LAPSES: Final = 0.25
"""Added to the seconds after which signatures expire: it is not the same as a TTL that ends."""

# --- Layers --------------------------------------------------------------------------------

_BY_RELATION: Final = {
    "registrar": "registrar",
    "registration": "registrar",
    "registry": "registry",
    "back-end": "back-end",
    "parent": "registry",
    "delegation": "registry",
    "primary": "dns",
    "signer": "signing",
    "certificate": "certificate",
    "channel": "app",
    "step": "third-party",
    "mailbox": "mailbox",
    "exchange": "mail",
    "zone": "dns",
    "nameserver": "dns",
    "front": "front",
    "prefix": "network",
    "network": "network",
    "transit": "transit",
    "block": "block",
    "holder": "block",
    "allocation": "allocation",
}
_BY_PART: Final = {
    "web": "host",
    "front": "front",
    "mail": "mail",
    "mailbox": "mailbox",
    "dns": "dns",
    "registry": "registry-dns",
    "certificate": "certificate",
    "app": "app",
    "third-party": "third-party",
}
_BEGINS: Final = {
    "front": "front",
    "nameservers": "dns",
    "exchanges": "mail",
    "mailbox": "mailbox",
    "authorities": "certificate",
    "channels": "app",
    "step": "third-party",
}
"""Kinds of node from which on what follows belongs to another part of the service."""
_FUNCTION: Final = {"web": "web", "web-www": "web", "mail": "mail", "app": "app", "name": "dns"}
_PLACES: Final = ("host", "address", "alias")
"""Relations at whose end a machine stands, whoever runs it."""
_BEHIND: Final = ("front", "host", "serving")
_OPEN: Final = {
    # What else is not known, in short answers, where an end is not: who could turn up there.
    "host": (*_BEHIND, "network"),
    "address": (*_BEHIND, "network"),
    "alias": (*_BEHIND, "network"),
    "front": (*_BEHIND, "network"),
    "operator": _BEHIND,
    "zone": ("dns", "registrar", "registry", "back-end"),
    "nameserver": ("dns",),
    "exchange": ("mail", "mailbox"),
    "mailbox": ("mail", "mailbox"),
    "registration": ("registrar", "registry", "back-end"),
}


def layer_of(tail: str, relation: str, part: str, role: str) -> str:
    """Return the layer of who, or of what is not known, at the end of an edge.

    Parameters
    ----------
    tail
        The kind of node that the edge leads from.
    relation, role
        Of the edge.
    part
        The part of the service that it lies in.
    """
    if role == "serving" and (part == "web" or relation == "origin"):
        return "serving"
    if role == "network" or (tail == "prefix" and relation == "origin"):
        relation = "network"
    if relation in _BY_RELATION:
        layer = _BY_RELATION[relation]
        if part in {"dns", "mail"} and layer in {"network", "block", "allocation"}:
            return f"{part}-{layer}"
        if part == "registry" and layer in {"dns", "network", "block", "allocation"}:
            return "registry-dns"
        return layer
    if part == "front" and relation in {*_PLACES, "origin"}:
        return "network"  # the front itself is known: its addresses are not
    return _BY_PART[part]


def open_layers(tail: str, relation: str, part: str, role: str) -> set[str]:
    """Return the layers of which not all is known where the end of an edge is not known."""
    layer = layer_of(tail, relation, part, role)
    found = {layer}
    if tail == "prefix":
        return found
    if relation == "origin":  # behind a front, or behind what may be one, stands a host
        behind = _BEHIND if role == "serving" else ()
        return found | {*behind, "network"} if part == "web" else found
    if relation == "operator" and role == "network":
        return found
    if relation in {*_PLACES, "front", "operator"} and part != "web":
        # Who stands in front is known there, and so is that name servers serve names.
        if part == "mail":
            return found | {"mail", "mailbox"}
        return found | ({"network"} if part == "front" and relation != "operator" else set())
    return found | set(_OPEN.get(relation, ()))


# --- A graph -------------------------------------------------------------------------------


class Stand(NamedTuple):
    """Somebody, or something unknown, in a layer of a function, at a distance."""

    function: str
    layer: str
    through: str
    actor: str


@dataclass
class Known:
    """How it is known that somebody stands somewhere.

    `unverified` and `citation` have what each of the equally good edges says; `hides` the
    layers of which not all is known because of it.
    """

    evidence: str
    confidence: str
    needed: bool
    unverified: set[bool] = field(default_factory=set)
    citation: set[str] = field(default_factory=set)
    hides: set[str] = field(default_factory=set)

    @property
    def as_known(self) -> tuple[str, str, bool]:
        return (self.evidence, self.confidence, self.needed)


@dataclass
class _Reached:
    """What is known of a state of the walk: the surest way to it, and what is doubtful on ways."""

    confidence: int
    doubts: frozenset[str]
    clean: bool  # whether a way has no doubt


class _Arrival(NamedTuple):
    """An edge that names an actor, met in a state of the walk."""

    edge: Mapping[str, Any]
    met: bool
    confidence: int
    doubts: frozenset[str]
    clean: bool
    layer: str


class Client(NamedTuple):
    """Somebody who uses the service: from where, without IPv6, validating, following HTTPS."""

    place: str
    four: bool
    validates: bool
    follows: bool

    @property
    def whole_place(self) -> str:
        """The place, whoever gives the answers there."""
        return f" {self.place}".partition(" via ")[0]

    def meets(self, head: str, data: Mapping[str, Any]) -> bool:
        """Tell whether an edge is there for this client."""
        if self.four and head.startswith("address:") and head.count(":") > 1:
            return False
        if self.four and head.startswith("unknown:IPv6 addresses"):
            return False
        only = str(data.get("clients", "")).split(",")
        if only != [""] and not (self.follows and "svcb" in only):
            return self.validates and "validating" in only
        return "vantage" not in data or self.place in str(data["vantage"]).split(",")


class Truth:
    """The answers for one graph.

    Parameters
    ----------
    graph
        Of the schema; or its JSON form as text.
    """

    def __init__(self, graph: nx.MultiDiGraph[str] | str) -> None:
        if isinstance(graph, str):
            graph = _from_json(graph)
        self.about = dict(graph.graph)
        self.subject = str(graph.graph["subject"])
        self.complete = bool(graph.graph.get("complete", True))
        self.nodes: dict[str, dict[str, Any]] = {n: dict(d) for n, d in graph.nodes(data=True)}
        self.out: dict[str, list[tuple[str, dict[str, Any]]]] = {n: [] for n in self.nodes}
        for tail, head, data in graph.edges(data=True):
            self.out[tail].append((head, dict(data)))
        every = {n.rpartition("/")[2]: n for n in self.nodes if n.startswith("function:")}
        others = sorted(name for name in every if name.startswith("web:"))
        stores = sorted(name for name in every if name.startswith("app:"))
        order = ("web", "web-www", *others, "mail", "app", *stores, "name")
        self.functions = {name: every[name] for name in order if name in every}
        self._stands: dict[str, dict[Stand, Known]] = {}
        self._times: dict[tuple[object, ...], dict[str, float]] = {}

    def kind(self, node: str) -> str:
        return str(self.nodes[node]["kind"])

    def label(self, node: str) -> str:
        return str(self.nodes[node].get("label") or node.partition(":")[2])

    def absent(self, function: str) -> bool:
        return bool(self.nodes[self.functions[function]].get("absent"))

    # Who stands where

    def stands(self, function: str) -> dict[Stand, Known]:
        """Return who stands in which layer of a function."""
        if function not in self._stands:
            self._stands[function] = dict(self._all(function))
        return self._stands[function]

    def _all(self, function: str) -> Iterable[tuple[Stand, Known]]:
        if self.absent(function):
            return
        found: dict[Stand, list[_Arrival]] = defaultdict(list)
        for through, actor, arrival in self._arrivals(function):
            found[Stand(function, arrival.layer, through, actor)].append(arrival)
        for stand, arrivals in found.items():
            needed = [one for one in arrivals if not one.met]
            named = self.kind(stand.actor) != "unknown"
            known = _known(needed or arrivals, stand.layer, needed=bool(needed), named=named)
            yield stand, known

    def _arrivals(self, function: str) -> Iterable[tuple[str, str, _Arrival]]:
        """Walk from a function until nothing new comes up, and yield the edges to actors."""
        own = _FUNCTION[function.partition(":")[0]]
        start = (self.functions[function], own, "", False)
        reached = {start: _Reached(0, frozenset(), clean=True)}
        todo = [start]
        ends: dict[tuple[Any, ...], tuple[str, str, _Arrival]] = {}
        while todo:
            state = todo.pop()
            node, part, through, met = state
            known = reached[state]
            for number, (head, data) in enumerate(self.out[node]):
                step = _Step.of(self, node, head, data, part, own)
                after = _after(known, data, step)
                onward = (
                    head,
                    _begins(self.kind(head), data) or step.part,
                    through or self._other_domain(head),
                    met or data["strength"] == "exposes",
                )
                if self.kind(head) in _ENDS:
                    arrival = _Arrival(
                        data, onward[3], after.confidence, after.doubts, after.clean, step.layer
                    )
                    ends[state, number] = (onward[2], head, arrival)
                elif _improve(reached, onward, after):
                    todo.append(onward)
        return ends.values()

    def _other_domain(self, node: str) -> str:
        """Return the domain of a zone or registration that is not the service's own."""
        if self.kind(node) not in {"zone", "registration"}:
            return ""
        name = node.partition(":")[2]
        kin = _within(name, self.subject) or _within(self.subject, name)
        return "" if kin else name

    def involved(self) -> dict[str, Known]:
        """Return who is reported to be involved in a role that is not stated."""
        return {
            head: Known(
                data["evidence"],
                data["confidence"],
                data["strength"] == "needs",
                citation={str(data.get("citation", ""))},
            )
            for head, data in self.out[f"service:{self.subject}"]
            if data["relation"] == "involvement"
        }

    # What of it short answers show

    def direct(self, function: str) -> dict[Stand, Known]:
        """Return who stands in the brief layers of a function itself, and is needed there."""
        return {
            stand: known
            for stand, known in self.stands(function).items()
            if not stand.through and known.needed and stand.layer in BRIEF
        }

    def names(self, stand: Stand, known: Known) -> bool:
        """Tell whether somebody is named certainly or likely."""
        return self.kind(stand.actor) != "unknown" and known.confidence != "possible"

    def open(self, function: str) -> set[str]:
        """Return the layers of a function of which not all is known, those of short answers."""
        return self.hidden(function) if self.complete else set(BRIEF)

    def hidden(self, function: str) -> set[str]:
        """Return those of these layers of which something met is unknown."""
        near = [
            known
            for stand, known in self.stands(function).items()
            if not stand.through
            # Who has IPv6 alone needs the addresses that were asked for in vain.
            if known.needed
            or (self.is_of_ipv6(stand.actor) and not self.ipv6_not_asked(stand.actor))
        ]
        return {layer for known in near for layer in known.hides} & set(BRIEF)

    def ipv6_unknown(self, function: str) -> set[str]:
        """Return the names that a function needs of which the IPv6 addresses are not known."""
        found: set[str] = set()
        seen = {self.functions[function]}
        todo = [self.functions[function]]
        while todo:
            for head, data in self.out[todo.pop()]:
                if self.nodes[head].get("what") == "IPv6 addresses":
                    found.add(str(self.nodes[head]["of"]))
                elif data["strength"] == "needs" and head not in seen:
                    seen.add(head)
                    todo.append(head)
        return found

    def is_of_ipv6(self, node: str) -> bool:
        """Tell whether a node stands for IPv6 addresses that are not known."""
        return self.nodes[node].get("what") == "IPv6 addresses"

    def ipv6_not_asked(self, node: str) -> bool:
        """Tell whether nobody asked for them: then the layers are those of IPv4."""
        return self.is_of_ipv6(node) and self.nodes[node].get("reason") == "not-asked"

    def either(self, stand: Stand) -> str:
        """Return the two roles of somebody of whom nobody says which; empty of all others."""
        if stand.layer == "serving":
            return "host or front"
        perhaps = "mailbox or gateway"
        roles = {
            data.get("role")
            for edges in self.out.values()
            for head, data in edges
            if head == stand.actor
        }
        return perhaps if stand.layer == "mail" and perhaps in roles else ""

    def platforms(self) -> set[str]:
        """Return the providers that others say they run on."""
        return {
            head
            for edges in self.out.values()
            for head, data in edges
            if data["relation"] == "platform"
        }

    def owned_by(self, node: str) -> set[str]:
        """Return the providers that a company owns, itself or through others."""
        below: set[str] = set()
        todo = [node]
        while todo:
            above = todo.pop()
            for tail, edges in self.out.items():
                ties = {data["relation"] for head, data in edges if head == above}
                if ties & {"owner", "parent"} and tail not in below:
                    below.add(tail)
                    todo.append(tail)
        return {one for one in below if self.kind(one) == "provider"}

    def above(self, node: str) -> dict[str, str]:
        """Return the companies that are known to own somebody, and how sure that is."""
        return {
            head: data["confidence"]
            for head, data in self.out[node]
            if data["relation"] in {"owner", "parent"}
            and data["strength"] == "needs"
            and data["confidence"] != "possible"
            and self.kind(head) == "company"
        }

    def is_shared(self, node: str) -> bool:
        """Tell whether several companies are known to own somebody, or who does."""
        above = self.above(node)
        return len(above) > 1 or any(map(self.is_shared, above))

    def is_surely_owned(self, node: str) -> bool:
        """Tell whether who is known to own somebody is so for certain, up to the top."""
        above = self.above(node).items()
        return all(sure == "certain" and self.is_surely_owned(head) for head, sure in above)

    # Who can stop what, and when

    def companies(self) -> list[str]:
        """Return the companies, and the providers, that no company is known to own."""
        several = ("company", "provider")
        return [node for node in self.nodes if self.kind(node) in several and not self.above(node)]

    def alone(self, actors: Iterable[str]) -> dict[tuple[str, str], tuple[str, float]]:
        """Return what each of some actors stops alone: how sure that is, and after how long.

        It counts if it does so for everyone who ever reached it, for all at one place, or for
        all who have no IPv6; the time is that of the place where it lasts longest.
        """
        found: dict[tuple[str, str], tuple[str, float]] = {}
        if not self.complete:
            return found
        live = {name: self._live(name) for name in self.functions if not self.absent(name)}
        for actor in actors:
            for word in CONFIDENCE[:2]:
                times = [self.times({actor}, word, client) for client in self.clients]
                for name, numbers in live.items():
                    after = {n: times[n][self.functions[name]] for n in numbers}
                    stopped = {n for n, seconds in after.items() if seconds <= MONTH}
                    if any(stopped >= group for group in self._groups(numbers)):
                        first: dict[str, int] = {}
                        for n in sorted(stopped):
                            first.setdefault(self.clients[n].place, n)
                        node = self.functions[name]
                        soonest = max(after[n] for n in first.values())
                        latest = max(
                            self.times({actor}, word, self.clients[n], unobserved=7 * _DAY)[node]
                            for n in first.values()
                        )
                        when = soonest if soonest == latest else UNOBSERVED
                        found.setdefault((name, actor), (word, when))
        return found

    def best_known(self, start: str) -> dict[str, int]:
        """Return for each node below another how well the best known way there is known at most.

        A way is known as badly as the worst known of its edges.
        """
        found = {start: 0}
        todo = [start]
        while todo:
            node = todo.pop()
            for head, data in self.out[node]:
                known = max(found[node], EVIDENCE.index(data["evidence"]))
                if data["strength"] == "needs" and known < found.get(head, len(EVIDENCE)):
                    found[head] = known
                    todo.append(head)
        return found

    def fails(self) -> set[str]:
        """Return the functions that work for nobody as recorded, with nobody withdrawn."""
        if not self.complete:
            return set()
        here = [name for name in self.functions if not self.absent(name)]
        return {name for name in here if not self._live(name)}

    def _live(self, function: str) -> list[int]:
        """Return the numbers of the clients that reach a function as recorded."""
        node = self.functions[function]
        return [
            n
            for n, client in enumerate(self.clients)
            if self.times(self._unserved, "likely", client, within=inf)[node] == inf
        ]

    def _groups(self, numbers: Iterable[int]) -> list[set[int]]:
        """Return those of some clients whom it counts to stop: all, without IPv6, of a place."""
        numbers = list(numbers)
        groups = [set(numbers), {n for n in numbers if self.clients[n].four}]
        for place in {self.clients[n].whole_place for n in numbers}:
            groups.append({n for n in numbers if self.clients[n].whole_place == place})
        return [group for group in groups if group]

    @cached_property
    def clients(self) -> list[Client]:
        """The clients who may meet different graphs: of each place, with IPv6 and without, ..."""
        seen = [
            str(d["vantage"]) for edges in self.out.values() for _, d in edges if "vantage" in d
        ]
        places = sorted({place for text in seen for place in text.split(",")}) or [""]
        kinds = [(False, False), (True, False), (False, True), (True, True)]
        return [
            Client(place, four, validates, follows)
            for place in places
            for four in (False, True)
            for validates, follows in kinds
        ]

    def enough(self, functions: Collection[str], actors: Collection[str]) -> bool:
        """Tell whether any one of several actors keeps functions working without the others."""
        if len(actors) < 2 or not self.complete:
            return False
        if any(name in functions for name, _ in self.alone(actors)):
            return False
        return all(
            self.times({*actors} - {kept}, "likely", within=inf)[self.functions[name]] == inf
            for kept in actors
            for name in functions
        )

    def times(
        self,
        withdrawn: Iterable[str],
        confidence: str,
        client: Client | None = None,
        *,
        within: float = MONTH,
        unobserved: float = UNOBSERVED,
    ) -> dict[str, float]:
        """Return after how many seconds each node fails without some actors; infinite: never.

        Steps that are less sure hold, and so does what is unknown. All nodes are taken to
        fail at once, and put off for as long as what they need still works: what only stands
        on itself keeps failing.
        """
        gone = frozenset(withdrawn)
        unmet: frozenset[tuple[str, str, str]] = frozenset()
        if client is not None:
            gone |= self._bogus if client.validates else frozenset()
            unmet = self._unmet(client)
        key = (gone, unmet, confidence, within, unobserved)
        if key not in self._times:
            rules = self._rules(CONFIDENCE.index(confidence), within, unmet, unobserved)
            times = dict.fromkeys(self.nodes, 0.0)
            todo = [node for node in self.nodes if node not in gone]
            while todo:
                node = todo.pop()
                either, steps = rules[node]
                felt = [max(times[head], delay) for head, delay in steps]
                later = max(felt, default=0.0) if either else min(felt, default=inf)
                if later > times[node]:
                    times[node] = later
                    todo += [tail for tail in self._users[node] if tail not in gone]
            self._times[key] = times
        return self._times[key]

    def _rules(
        self,
        least: int,
        within: float,
        unmet: Collection[tuple[str, str, str]],
        unobserved: float,
    ) -> dict[str, tuple[bool, list[tuple[str, float]]]]:
        """Return whether a node needs only one of the others, and what it needs, how delayed."""
        found = {}
        for node, steps in self._needs.items():
            held = self._not_delegated(node)
            felt = [
                (
                    head,
                    inf
                    if _sure(data) > least or delay > within
                    else unobserved
                    if delay == UNOBSERVED
                    else delay,
                )
                for head, data, delay in steps
                if not held and (node, head, data["relation"]) not in unmet
            ]
            found[node] = (held or self.nodes[node].get("needs") == "any", felt)
        return found

    @cached_property
    def _unserved(self) -> frozenset[str]:
        """What was tried, and did not serve whoever tried it."""
        return frozenset(n for n, data in self.nodes.items() if data.get("what") == "service")

    @cached_property
    def _bogus(self) -> frozenset[str]:
        """What nobody who validates gets an answer from."""
        return frozenset(n for n, data in self.nodes.items() if data.get("dnssec") == "bogus")

    def _unmet(self, client: Client) -> frozenset[tuple[str, str, str]]:
        """Return the edges that are not there for a client."""
        return frozenset(
            (tail, head, data["relation"])
            for tail, edges in self.out.items()
            for head, data in edges
            if not client.meets(head, data)
        )

    def _not_delegated(self, node: str) -> bool:
        """Tell whether a registration has a status with which its name is not in the DNS."""
        if any(data["relation"] == "delegation" for _, data in self.out[node]):
            return False  # its parent was seen to delegate it
        words = str(self.nodes[node].get("status", "")).split(",")
        bare = {"".join(letter for letter in word.lower() if letter.isalpha()) for word in words}
        return not bare.isdisjoint(_OUT_OF_THE_ZONE)

    @cached_property
    def _needs(self) -> dict[str, list[tuple[str, dict[str, Any], float]]]:
        """What each node needs, by which edge, and after how long it is felt."""
        return {
            node: [
                (head, data, self._delay(node, head, data))
                for head, data in edges
                if data["strength"] == "needs"
            ]
            for node, edges in self.out.items()
        }

    @cached_property
    def _users(self) -> dict[str, set[str]]:
        """Who needs each node."""
        found: dict[str, set[str]] = {node: set() for node in self.nodes}
        for tail, steps in self._needs.items():
            for head, *_ in steps:
                found[head].add(tail)
        return found

    def _delay(self, tail: str, head: str, data: Mapping[str, Any]) -> float:
        """Return after how many seconds it is felt at one end of an edge that the other fails."""
        relation = data["relation"]
        if relation == "primary":
            return float(data["expire"])
        cached = {
            ("host", "zone"): ("addresses", "front"),
            ("function", "zone"): ("exchanges",),
            ("lookup", "zone"): ("nameserver", "addresses"),
            ("zone", "parent"): ("nameservers",),
            ("zone", "registration"): ("nameservers",),
        }
        groups = cached.get((self.kind(tail), relation))
        if groups is not None:
            ttls = self._ttls(tail, groups, set())
            return max(ttls, default=UNOBSERVED)
        if relation == "signer":
            return float(data.get("ttl", 0)) + LAPSES
        if self.kind(head) == "provider" and self.kind(tail) != "provider":
            return {"holder": 5 * _DAY, "certificate": 5 * _DAY, "allocation": 34 * _DAY}.get(
                relation, 0.0
            )
        return 0.0

    def _ttls(self, node: str, groups: tuple[str, ...], met: set[str]) -> list[float]:
        """Return the TTLs of the records that a name has in its zone, or that delegate it."""
        elsewhere = {"zone", "parent", "registration", "certificate", "mailbox"}
        met.add(node)
        found = []
        for head, data in self.out[node]:
            if data["relation"] in elsewhere or data["strength"] != "needs":
                continue
            found += [float(data["ttl"])] if "ttl" in data else []
            if self.kind(head) in groups and head not in met:
                found += self._ttls(head, groups, met)
        return found


def _reach(data: Mapping[str, Any]) -> str:
    """Return how sure it is that the end of an edge is on the path; a lock changes nothing there.

    Where answers name several, it is one of them.
    """
    if "answers-differ" in str(data.get("finding", "")):
        return "possible"
    if data.get("locked"):
        return str(data["confidence"])
    return max(data["confidence"], data.get("effect", "certain"), key=CONFIDENCE.index)


def _begins(kind: str, data: Mapping[str, Any]) -> str | None:
    """Return the part of a service that begins at the end of an edge, if one does."""
    if data.get("role") == "registry":
        return "registry"
    return "dns" if data["relation"] == "primary" else _BEGINS.get(kind)


def _from_json(text: str) -> nx.MultiDiGraph[str]:
    """Read the nodes and edges of the JSON form, whatever else is in it."""
    told = json.loads(text)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**told["graph"])
    for node in told["nodes"]:
        graph.add_node(node["id"], **{k: v for k, v in node.items() if k != "id"})
    for edge in told["edges"]:
        data = {k: v for k, v in edge.items() if k not in {"from", "to", "key"}}
        graph.add_edge(edge["from"], edge["to"], edge["key"], **data)
    return graph


class _Step(NamedTuple):
    """What an edge means in the part of the service that it lies in."""

    part: str
    layer: str
    opens: set[str]

    @classmethod
    def of(  # noqa: PLR0917
        cls, truth: Truth, tail: str, head: str, data: Mapping[str, Any], part: str, own: str
    ) -> _Step:
        kind, relation = truth.kind(tail), data["relation"]
        behind = kind == "front" or (kind == "address" and truth.kind(head) == "unknown")
        if relation == "origin" and behind and part == "front":
            part = own  # behind a front the function begins anew
        role = str(data.get("role", ""))
        hides = str(truth.nodes[head].get("hides", "")).split(",")
        if truth.nodes[head].get("what") in {"service", "glue"}:
            hides = []  # who is tried or glued there is known, and nobody stands behind
        unknown = truth.kind(head) == "unknown" and "provider" in hides
        unsure = _reach(data) == "possible"
        opens = open_layers(kind, relation, part, role) if unknown or unsure else set()
        ends = truth.kind(head) in _ENDS
        return cls(part, layer_of(kind, relation, part, role) if ends else "", opens)


def _after(known: _Reached, data: Mapping[str, Any], step: _Step) -> _Reached:
    """Return what is known past one more edge."""
    confidence = max(known.confidence, CONFIDENCE.index(_reach(data)))
    return _Reached(confidence, known.doubts | step.opens, known.clean and not step.opens)


def _improve(reached: dict[Any, _Reached], state: Any, new: _Reached) -> bool:
    """Add what another way to a state tells; tell whether it tells more."""
    old = reached.get(state)
    if old is None:
        reached[state] = new
        return True
    better = _Reached(
        min(old.confidence, new.confidence), old.doubts | new.doubts, old.clean or new.clean
    )
    reached[state] = better
    return better != old


def _known(arrivals: list[_Arrival], layer: str, *, needed: bool, named: bool) -> Known:
    surest = min(one.confidence for one in arrivals)
    sure = [one.edge for one in arrivals if one.confidence == surest]
    best = min(EVIDENCE.index(edge["evidence"]) for edge in sure)
    named_by = [edge for edge in sure if EVIDENCE.index(edge["evidence"]) == best]
    hides = {name for one in arrivals for name in one.doubts}
    # Who is surely in the layer by one way is no less there by another, doubtful one.
    surely = named and CONFIDENCE[surest] != "possible"
    if not surely and any(one.doubts for one in arrivals):
        hides.add(layer)
    if layer == "serving" and any(one.clean for one in arrivals):
        hides |= {"front", "host"}
    if hides & {"front", "host"}:
        hides.add("serving")  # who is hidden may do either
    return Known(
        evidence=EVIDENCE[best],
        confidence=CONFIDENCE[surest],
        needed=needed,
        unverified={bool(edge.get("unverified")) for edge in named_by},
        citation={str(edge.get("citation", "")) for edge in named_by},
        hides=hides,
    )


def _sure(data: Mapping[str, Any]) -> int:
    """Return how sure it is that an edge is there, and that it has an effect."""
    return max(map(CONFIDENCE.index, (data["confidence"], data.get("effect", "certain"))))


def _within(name: str, zone: str) -> bool:
    return name == zone or name.endswith(f".{zone}")


# --- Two days ------------------------------------------------------------------------------


UNTOLD = frozenset({"app", "third-party", "transit"})
"""Layers of which an empty one says nothing: that nobody is named there is no observation."""


@dataclass
class Day:
    """A layer on one day: who is known there, and whether that is all."""

    known: dict[str, Known]
    closed: bool
    unasked: bool  # nobody asked for IPv6 there
    undecided: set[str]  # known to host or to stand in front, nobody says which


def day_of(truth: Truth, function: str, layer: str) -> Day:
    """Return a layer of a function; of a function that is not in the graph nothing is known."""
    if function not in truth.functions:
        return Day({}, closed=False, unasked=False, undecided=set())
    near = {s: k for s, k in truth.stands(function).items() if not s.through}
    named = {s: k for s, k in near.items() if truth.names(s, k)}
    known = {s.actor: k for s, k in named.items() if s.layer == layer}
    either = {"serving": ("front", "host")}.get(layer, ())
    undecided = {s.actor for s in named if s.layer in either}
    silent = layer in UNTOLD and not any(s.layer == layer for s in near)
    closed = layer not in truth.open(function) and (not silent or truth.absent(function))
    unasked = any(layer in k.hides and truth.ipv6_not_asked(s.actor) for s, k in near.items())
    return Day(known, closed, unasked, undecided)


def turns(before: Truth, after: Truth) -> dict[tuple[str, str, str], str]:
    """Return what became of each actor in each layer of each function, but the same."""
    found = {}
    for function in dict.fromkeys((*before.functions, *after.functions)):
        for layer in BRIEF:
            was, now = day_of(before, function, layer), day_of(after, function, layer)
            for actor in {*was.known, *now.known}:
                sides = [day.known[actor] for day in (was, now) if actor in day.known]
                if not any(known.needed for known in sides):
                    continue
                turn = _turn(was, now, actor)
                if turn != "same":
                    found[function, layer, actor] = turn
    return found


def by_other_names(day: Truth, other: Truth, key: tuple[str, str, str]) -> bool:
    """Tell whether a day may say that an actor of the other is not there, though not all is known.

    Unknown are addresses alone, and on the other day something all of whose ends this one knows
    leads on to what it does not here, and so to the actor.
    """
    function, layer, actor = key
    hiding = [
        stand.actor
        for stand, known in day.stands(function).items()
        if not stand.through and layer in known.hides and known.needed
    ]
    whats = {day.nodes[one].get("what") for one in hiding}
    if not day.complete or not whats <= {"addresses", "IPv4 addresses", "IPv6 addresses"}:
        return False
    reached = _onward(other, [other.functions[function]])
    new = set()
    for node in reached & day.nodes.keys():
        there = {head for head, _ in day.out[node]}
        if not any(day.kind(head) == "unknown" for head in there):
            new |= {head for head, _ in other.out[node]} - there
    return actor in _onward(other, new)


def _onward(truth: Truth, starts: Iterable[str]) -> set[str]:
    """Return some nodes and all that they lead to."""
    found = set(starts)
    todo = list(found)
    while todo:
        fresh = {head for head, _ in truth.out[todo.pop()]} - found
        found |= fresh
        todo += fresh
    return found


def _turn(was: Day, now: Day, actor: str) -> str:
    if actor in was.known and actor in now.known:
        same = was.known[actor].as_known == now.known[actor].as_known
        return "same" if same else "changed"
    if actor in now.known:
        if actor in was.undecided:
            return "changed"
        shown = was.closed and (now.unasked or not was.unasked)
        return "appeared" if shown else "newly-known"
    if actor in now.undecided:
        return "changed"
    shown = now.closed and (was.unasked or not now.unasked)
    return "vanished" if shown else "no-longer-known"

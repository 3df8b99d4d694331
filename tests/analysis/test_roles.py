"""Who does what for a function, on graphs by hand, and against a slow search on random ones."""

from __future__ import annotations

import json
import random

import networkx as nx
import pytest

from depgraph.analysis.model import model_of
from depgraph.analysis.results import to_json_value
from depgraph.analysis.roles import FUNCTION_LAYERS, roles
from depgraph.schema import small
from depgraph.vocabulary import UNTOLD, Confidence, Evidence, Kind, Layer, What
from tests.analysis.worlds import S, owned, world

WEB = f"function:{S}/web"
FRONT = f"front:shield/{S}"


def of(graph, function="web", **wanted):
    """List the roles of a function with some attributes."""
    found = roles(graph).functions[function]
    return [r for r in found if all(getattr(r, key) == value for key, value in wanted.items())]


def one(graph, function="web", **wanted):
    (role,) = of(graph, function, **wanted)
    return role


def layers(graph, function="web"):
    """Return who stands in the layers that short answers show."""
    by_layer = roles(graph).by_layer(function)
    return {layer.value: [role.label for role in row] for layer, row in by_layer.items()}


def fronted(*more):
    """The usual case of a live site: one address, at which a front answers."""
    edges = [
        (f"service:{S}", "function", WEB),
        (WEB, "host", f"host:{S}"),
        (f"host:{S}", "address", f"addresses:{S}"),
        (f"addresses:{S}", "front", FRONT),
        (FRONT, "operator", "provider:shield"),
        (FRONT, "address", f"addresses:{S}/shield"),
        (FRONT, "origin", f"unknown:origin of {S}"),
        (f"addresses:{S}/shield", "address", "address:104.16.1.1"),
        ("address:104.16.1.1", "operator", "provider:shield"),
        ("address:104.16.1.1", "prefix", "prefix:104.16.0.0/13"),
        ("prefix:104.16.0.0/13", "origin", "asn:13335"),
        ("asn:13335", "network", "provider:shield"),
        *owned("shield"),
        *more,
    ]
    return small(S, edges)


# --- Which layer ---------------------------------------------------------------------------


def test_layers_stand_in_the_order_of_the_vocabulary():
    assert layers(world()) == {
        "host": ["cloud"],
        "certificate": ["ca"],
        "dns": ["one", "two"],
        "registrar": ["registrar"],
        "registry": ["registry"],
    }
    assert list(layers(world(), "mail")) == ["mail", "dns", "registrar", "registry"]
    assert [role.layer for role in of(world())] == sorted(
        (role.layer for role in of(world())), key=lambda layer: layer.rank
    )


def test_who_answers_at_a_front_is_a_front_and_no_host():
    assert layers(fronted()) == {
        "front": ["shield"],
        "host": [f"origin of {S}"],
        "network": ["shield"],
    }


@pytest.mark.parametrize("behind", ["provider:hidden", "host:origin.example.com"])
def test_what_hides_behind_a_front_is_the_host(behind):
    graph = fronted(
        (FRONT, "origin", behind),
        ("host:origin.example.com", "address", "addresses:origin.example.com"),
        ("addresses:origin.example.com", "address", "address:192.0.2.7"),
        ("address:192.0.2.7", "operator", "provider:hidden"),
        *owned("hidden"),
    )
    assert layers(graph)["front"] == ["shield"]
    assert layers(graph)["host"] == ["hidden", f"origin of {S}"]


def test_an_operator_that_may_be_a_front_serves():
    graph = world(
        ("address:192.0.2.1", "operator", "provider:~a", {"role": "serving"}),
        ("address:192.0.2.1", "origin", f"unknown:origin of {S}"),
        *owned("~a"),
        without=["provider:cloud"],
    )
    assert layers(graph)["serving"] == ["~a"]
    assert layers(graph)["host"] == [f"origin of {S}"]
    assert "front" not in layers(graph)
    standing = roles(graph).standing
    assert not standing("web", Layer.SERVING).fully_known  # the host behind may serve as well
    assert not standing("web", Layer.FRONT).fully_known
    assert not standing("web", Layer.HOST).fully_known


@pytest.mark.parametrize(
    ("under", "function", "layer"),
    [
        ("address:192.0.2.1", "web", Layer.NETWORK),
        ("nameserver:ns1.one.net", "web", Layer.DNS_NETWORK),
        ("nameserver:ns1.one.net", "mail", Layer.DNS_NETWORK),
        ("exchange:mx.mail.net", "mail", Layer.MAIL_NETWORK),
    ],
)
def test_a_network_is_that_of_what_it_carries(under, function, layer):
    way = [(under, "prefix", "prefix:198.51.100.0/24")]
    if not under.startswith("address:"):
        way = [
            (under, "host", "host:x.net")
            if under.startswith("exchange:")
            else (under, "address", "addresses:x.net"),
            ("host:x.net", "address", "addresses:x.net"),
            ("addresses:x.net", "address", "address:198.51.100.1"),
            ("address:198.51.100.1", "prefix", "prefix:198.51.100.0/24"),
        ]
    graph = world(
        *way,
        ("prefix:198.51.100.0/24", "origin", "asn:64500"),
        ("asn:64500", "network", "provider:carrier"),
        ("prefix:198.51.100.0/24", "origin", "unknown:network of it"),
        *owned("carrier"),
    )
    assert {role.layer for role in of(graph, function, actor="provider:carrier")} == {layer}
    assert {role.layer for role in of(graph, function, kind=Kind.UNKNOWN)} == {layer}
    assert [role.layer for role in roles(graph).direct(function) if role.label == "carrier"] == (
        [layer] if layer.brief else []
    )


def test_a_host_may_be_reported_by_its_network_alone():
    graph = world((f"host:{S}", "operator", "provider:carrier", {"role": "network"}))
    assert one(graph, actor="provider:carrier").layer is Layer.NETWORK


def test_any_authority_is_a_role():
    graph = world((f"authorities:{S}", "certificate", "anyone:authority"), without=["provider:ca"])
    role = one(graph, layer=Layer.CERTIFICATE)
    assert (role.kind, role.known) == (Kind.ANYONE, True)


def test_a_function_that_is_not_offered_has_no_roles():
    graph = world(
        without=[f"exchanges:{S}"],
        nodes={f"function:{S}/mail": {"absent": True, "reason": "null-mx"}},
    )
    graph.remove_edges_from(list(graph.out_edges(f"function:{S}/mail", keys=True)))
    found = roles(graph)
    assert found.functions["mail"] == ()
    assert found.absent == {"mail"}
    assert found.standing("mail", Layer.MAIL).fully_known


# --- How far, and how it is known ----------------------------------------------------------


def test_what_hangs_on_another_domain_is_told_apart():
    graph = world(
        (f"nameservers:{S}", "nameserver", f"lookup:{S}/ns3.one.net"),
        (f"lookup:{S}/ns3.one.net", "zone", "zone:one.net"),
        (f"lookup:{S}/ns3.one.net", "nameserver", "nameserver:ns1.one.net"),
        ("zone:one.net", "registration", "registration:one.net"),
        ("registration:one.net", "registrar", "provider:registrar"),
    )
    near, far = of(graph, actor="provider:registrar")
    assert (near.through, near.subjects) == ("", (S,))
    assert (far.through, far.subjects) == ("one.net", ("one.net",))
    assert [role.through for role in roles(graph).direct("web")] == [""] * len(
        roles(graph).direct("web")
    )


def test_what_is_only_met_is_not_direct():
    graph = world(
        (f"host:{S}", "alias", "host:other.net", {"strength": "exposes"}),
        ("host:other.net", "operator", "provider:other"),
        *owned("other"),
    )
    assert not one(graph, actor="provider:other").needed
    assert layers(graph)["host"] == ["cloud"]


def two_ways(first, second):
    """The host named twice: by an address, and by a report."""
    graph = world((f"host:{S}", "operator", "provider:cloud", second))
    graph.edges["address:192.0.2.1", "provider:cloud", "operator"].update(first)
    return one(graph, layer=Layer.HOST)


def test_the_surest_way_is_told_with_its_own_class_day_and_citation():
    role = two_ways(
        {"evidence": "inferred", "rule": "r", "confidence": "likely"},
        {"evidence": "reported", "citation": "A newspaper"},
    )
    assert (role.evidence, role.confidence) == (Evidence.REPORTED, Confidence.CERTAIN)
    assert (role.rule, role.citation, role.time) == ("", "A newspaper", "")
    assert role.subjects == (S, "192.0.2.1")
    (other,) = role.others
    assert (other.evidence, other.confidence) == (Evidence.INFERRED, Confidence.LIKELY)
    assert (other.rule, other.time) == ("r", "2026-01-15T00:00:00Z")
    assert (other.citation, other.subjects) == ("", ("192.0.2.1",))


def test_of_ways_that_are_as_sure_the_best_class_is_told():
    role = two_ways(
        {"evidence": "inferred", "rule": "r"}, {"evidence": "reported", "citation": "A newspaper"}
    )
    assert (role.evidence, role.rule, role.citation) == (Evidence.INFERRED, "r", "")
    assert [other.evidence for other in role.others] == [Evidence.REPORTED]


def test_it_is_needed_if_one_way_is():
    role = two_ways({"evidence": "reported"}, {"evidence": "observed", "strength": "exposes"})
    assert role.needed
    assert (role.evidence, role.others) == (Evidence.REPORTED, ())


@pytest.mark.parametrize("where", ["addresses", "operator"])
def test_a_role_is_as_sure_as_the_least_sure_step_on_the_way(where):
    graph = world()
    edge = {
        "addresses": (f"addresses:{S}", "address:192.0.2.1", "address"),
        "operator": ("address:192.0.2.1", "provider:cloud", "operator"),
    }[where]
    graph.edges[edge]["confidence"] = "likely"
    assert one(graph, layer=Layer.HOST).confidence is Confidence.LIKELY
    assert roles(graph).standing("web", Layer.HOST).fully_known
    graph.edges[edge]["confidence"] = "possible"
    role = one(graph, layer=Layer.HOST)
    assert (role.confidence, role.known, role.unknown) == (Confidence.POSSIBLE, False, False)
    assert role.reason.startswith("unsure")
    assert role.what is (What.ADDRESSES if where == "addresses" else What.OPERATOR)
    assert not roles(graph).standing("web", Layer.HOST).fully_known
    assert not roles(graph).standing("web", Layer.FRONT).fully_known


def test_one_who_is_certain_here_and_possible_there_leaves_the_layer_open():
    graph = world(
        (f"addresses:{S}", "address", "address:192.0.2.2"),
        ("address:192.0.2.2", "operator", "provider:cloud", {"confidence": "possible"}),
    )
    assert one(graph, layer=Layer.HOST).confidence is Confidence.CERTAIN
    assert not roles(graph).standing("web", Layer.HOST).fully_known


def test_an_unknown_says_what_and_why_and_what_was_known_of_it():
    graph = world(
        (f"registration:{S}", "registrar", f"unknown:registrar of {S}"),
        without=["provider:registrar"],
        nodes={
            f"unknown:registrar of {S}": {
                "reason": "timeout",
                "last_known": "Gandi",
                "last_known_time": "2025-01-01T00:00:00Z",
                "last_known_evidence": "reported",
                "last_known_id": "gandi",
            }
        },
    )
    role = one(graph, layer=Layer.REGISTRAR)
    assert (role.what, role.of, role.reason) == (What.REGISTRAR, S, "timeout")
    assert (role.last_known, role.last_known_time[:4], role.last_known_id) == (
        "Gandi",
        "2025",
        "gandi",
    )
    assert (role.evidence, role.last_known_evidence) == (Evidence.UNKNOWN, "reported")


def test_owners_go_up_to_the_country():
    graph = world()
    graph.edges["company:both", "country:US", "law"].update(confidence="likely", unverified=True)
    role = one(graph, actor="provider:one")
    assert (role.company, role.parents, role.country) == ("one", ("both",), "US")
    assert role.chain == ("one", "both", "US")
    law = role.owners[-1]
    assert (law.id, law.confidence, law.unverified) == ("country:US", Confidence.LIKELY, True)


def test_whoever_is_only_possibly_above_is_named_as_such_and_counts_for_nobody():
    bought = ("company:cloud", "parent", "company:buyer", {"confidence": "possible"})
    graph = world(bought, ("company:buyer", "law", "country:CH"))
    role = one(graph, actor="provider:cloud")
    assert (role.company, role.parents, role.country) == ("Cloud, Inc.", (), "US")
    sure = {owner.id: owner.confidence for owner in role.owners}
    assert sure["company:buyer"] is sure["country:CH"] is Confidence.POSSIBLE
    graph.edges["company:cloud", "company:buyer", "parent"]["confidence"] = "likely"
    role = one(graph, actor="provider:cloud")
    assert role.country == "CH"
    assert role.owners[-1].confidence is Confidence.LIKELY


def test_a_country_that_nobody_knows_is_left_out():
    graph = world(("company:cloud", "law", "unknown:country of cloud"))
    graph.remove_edge("company:cloud", "country:US", "law")
    role = one(graph, actor="provider:cloud")
    assert (role.company, role.country) == ("Cloud, Inc.", "")
    assert role.owners[-1].kind is Kind.UNKNOWN


def test_vantages_are_named_where_not_all_met_it():
    graph = world(
        (f"addresses:{S}", "address", "address:192.0.2.2", {"vantage": "Canada"}),
        ("address:192.0.2.2", "operator", "provider:north"),
        *owned("north"),
    )
    graph.edges[f"addresses:{S}", "address:192.0.2.1", "address"]["vantage"] = "Canada,Germany"
    assert one(graph, actor="provider:north").vantage == "Canada"
    assert one(graph, actor="provider:cloud").vantage == ""
    assert one(graph, actor="provider:registrar").vantage == ""


def test_the_service_itself_is_marked():
    graph = world(nodes={"provider:cloud": {"own": True}})
    assert one(graph, layer=Layer.HOST).own
    assert not one(graph, layer=Layer.REGISTRAR).own


# --- What is known of a layer --------------------------------------------------------------


UNKNOWN_HIDES = [
    (f"addresses:{S}", "address", "web", {"front", "serving", "host", "network"}),
    ("address:192.0.2.1", "operator", "web", {"front", "serving", "host"}),
    ("address:192.0.2.1", "prefix", "web", {"network"}),
    (f"nameservers:{S}", "nameserver", "web", {"dns"}),
    (f"nameservers:{S}", "nameserver", "mail", {"dns"}),
    (f"exchanges:{S}", "exchange", "mail", {"mail", "mailbox"}),
    (f"registration:{S}", "registrar", "name", {"registrar"}),
    (f"authorities:{S}", "certificate", "web", {"certificate"}),
    (f"zone:{S}", "registration", "web", {"registrar", "registry", "back-end"}),
]


@pytest.mark.parametrize(("tail", "relation", "function", "hidden"), UNKNOWN_HIDES)
def test_an_unknown_hides_the_layers_in_which_somebody_may_stand(tail, relation, function, hidden):
    known = roles(world())
    examined = [layer for layer in FUNCTION_LAYERS if layer not in UNTOLD]
    assert all(known.standing(function, layer).fully_known for layer in examined)
    graph = world((tail, relation, "unknown:somebody"))
    found = roles(graph)
    open_layers = {
        layer.value for layer in examined if not found.standing(function, layer).fully_known
    }
    assert open_layers == hidden
    for layer in open_layers:
        (hiding,) = found.standing(function, Layer(layer)).hiding
        assert hiding.actor == "unknown:somebody"


def test_unknown_addresses_of_a_known_front_leave_the_front_known():
    graph = fronted((f"addresses:{S}/shield", "address", "unknown:addresses of it"))
    assert one(graph, actor="unknown:addresses of it").layer is Layer.NETWORK
    assert roles(graph).standing("web", Layer.FRONT).fully_known
    assert not roles(graph).standing("web", Layer.HOST).fully_known


def test_where_nobody_can_be_all_is_known():
    node = f"unknown:name servers of {S}"
    graph = world(
        (f"nameservers:{S}", "nameserver", node),
        nodes={node: {"reason": "all-lame?reason=refused", "hides": "nameserver"}},
    )
    assert one(graph, actor=node).layer is Layer.DNS
    assert roles(graph).standing("web", Layer.DNS).fully_known


def test_a_collection_that_was_cut_short_knows_no_layer_fully():
    assert not roles(world(complete=False)).standing("web", Layer.HOST).fully_known


def test_of_a_function_that_is_not_there_nothing_is_known():
    standing = roles(world()).standing("web-www", Layer.HOST)
    assert (standing.roles, standing.fully_known) == ((), False)


def test_who_is_involved_belongs_to_the_service():
    graph = world(
        (
            f"service:{S}",
            "involvement",
            "provider:helper",
            {
                "strength": "exposes",
                "evidence": "reported",
                "confidence": "possible",
                "citation": "F173",
                "note": "says it is registrar only",
            },
        ),
        *owned("helper"),
    )
    found = roles(graph)
    (role,) = found.involved
    assert (role.layer, role.function, role.label) == (Layer.INVOLVEMENT, "", "helper")
    assert (role.citation, role.note) == ("F173", "says it is registrar only")
    assert (role.subjects, role.path[0], role.needed) == ((S,), f"service:{S}", False)
    assert (role.known, role.what, role.reason) == (True, What.ROLE, "involved?names=helper")
    for function in found.functions:
        assert not [r for r in found.functions[function] if r.actor == "provider:helper"]
    assert not found.standing("", Layer.INVOLVEMENT).fully_known


def test_the_json_form_leaves_out_what_is_empty():
    row = to_json_value(one(world(), layer=Layer.HOST))
    assert json.loads(json.dumps(row)) == row
    assert (row["layer"], row["evidence"], row["confidence"]) == ("host", "observed", "certain")
    assert (row["company"], row["country"]) == ("Cloud, Inc.", "US")
    assert not {"through", "citation", "reason", "what", "hidden"} & set(row)


def test_the_order_of_the_graph_does_not_matter():
    graph = world()
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert roles(turned) == roles(graph) == roles(model_of(graph))


# --- Against a slow search -----------------------------------------------------------------

ROOM = {"nameservers": "dns", "exchanges": "mail", "mailbox": "mailbox", "front": "front"}


def layer_by_hand(path, graph, own):
    """Say in which layer the actor at the end of a path stands, by the words of the issue."""
    room = own
    for tail, head, relation in path[:-1]:
        if relation == "origin" and tail.startswith("front:"):
            room = own
        room = ROOM.get(head.partition(":")[0], room)
    tail, head, relation = path[-1]
    if relation == "origin" and tail.startswith("front:"):
        room = own
    data = graph.edges[tail, head, relation]
    below = f"{room}-" if room in {"dns", "mail"} else ""
    if data.get("role") == "serving" and room == "host":
        return "serving"
    if relation in {"registrar", "registry", "certificate"}:
        return relation
    if relation == "registration":
        return "registrar"
    if relation in {"network", "prefix"} or (relation, tail[:7]) == ("origin", "prefix:"):
        return f"{below}network"
    if relation in {"holder", "block"}:
        return f"{below}block"
    if relation == "allocation":
        return f"{below}allocation"
    if relation == "nameserver":
        return "dns"
    if relation == "address" and room == "front":
        return "network"
    return room


def by_search(graph, function):
    """Find the roles of a function by following every path there is."""
    start = f"function:{S}/{function}"
    own = {"web": "host", "mail": "mail"}[function]
    ends = [n for n in graph if n.partition(":")[0] in {"provider", "unknown", "anyone"}]
    found = {}
    for path in nx.all_simple_edge_paths(graph, start, ends):
        if any(tail in ends for tail, _, _ in path):
            continue
        data = [graph.edges[edge] for edge in path]
        needed = all(one["strength"] == "needs" for one in data)
        confidence = max((one["confidence"] for one in data), key=list(Confidence).index)
        key = (layer_by_hand(path, graph, own), path[-1][1])
        found.setdefault(key, []).append((needed, data[-1]["evidence"], confidence))
    answer = {}
    for key, ways in found.items():
        needed = any(way[0] for way in ways)
        counted = [way for way in ways if way[0] is needed]
        surest = min((way[2] for way in counted), key=list(Confidence).index)
        sure = [way for way in counted if way[2] == surest]
        best = min((way[1] for way in sure), key=list(Evidence).index)
        answer[key] = (needed, best, surest)
    return answer


class Maker:
    """Makes a small graph without circles, of one domain, with every kind and every doubt."""

    def __init__(self, seed):
        self.pick = random.Random(seed)
        self.edges = {}

    def link(self, tail, relation, head):
        evidence = self.pick.choice(["observed", "published", "inferred", "reported"])
        sure = self.pick.choice(["certain", "certain", "likely", "possible"])
        data = {"evidence": evidence, "confidence": sure}
        if head.startswith("unknown:"):
            data = {"evidence": "unknown", "confidence": "certain"}
        if data["evidence"] == "inferred":
            data["rule"] = "r"
        data["strength"] = self.pick.choice(["needs", "needs", "needs", "exposes"])
        self.edges[tail, relation, head] = data

    def actor(self, tail, relation):
        ends = ["provider:a", "provider:b", "provider:c", f"unknown:{relation}"]
        self.link(tail, relation, self.pick.choice(ends))

    def addresses(self, tail, number):
        group = f"addresses:{number}"
        self.link(tail, "address", group)
        for place in range(self.pick.randint(0, 2)):
            address = f"address:192.0.2.{10 * number + place}"
            prefix = f"prefix:192.0.{self.pick.randint(1, 2)}.0/24"
            self.link(group, "address", address)
            self.actor(address, "operator")
            self.link(address, "prefix", prefix)
            self.link(prefix, "origin", "asn:64500")
            self.link(address, "block", "block:192.0.0.0/16")
            self.actor("asn:64500", "network")
            self.actor("block:192.0.0.0/16", "holder")
            self.actor("block:192.0.0.0/16", "allocation")
        if self.pick.random() < 0.3:
            self.link(group, "address", f"unknown:addresses of {number}")
        return group

    def web(self, function):
        self.link(function, "host", f"host:{S}")
        self.link(f"host:{S}", "zone", f"zone:{S}")
        self.link(function, "certificate", f"authorities:{S}")
        ends = ["provider:a", "anyone:authority"]
        self.link(f"authorities:{S}", "certificate", self.pick.choice(ends))
        group = self.addresses(f"host:{S}", 1)
        if self.pick.random() < 0.5:
            self.link(group, "front", FRONT)
            self.actor(FRONT, "operator")
            self.actor(FRONT, "origin")
            self.addresses(FRONT, 2)
        if self.pick.random() < 0.3:
            self.link(group, "front", FRONT)
            self.link(FRONT, "origin", "host:behind")
            self.addresses("host:behind", 3)

    def mail(self, function):
        self.link(function, "zone", f"zone:{S}")
        self.link(function, "exchange", f"exchanges:{S}")
        self.link(f"exchanges:{S}", "exchange", "exchange:mx")
        self.actor("exchange:mx", "operator")
        self.link("exchange:mx", "host", "host:mx")
        self.addresses("host:mx", 4)
        if self.pick.random() < 0.5:
            self.link(function, "mailbox", f"mailbox:{S}")
            self.actor(f"mailbox:{S}", "operator")

    def zone(self):
        self.link(f"zone:{S}", "nameserver", f"nameservers:{S}")
        self.link(f"nameservers:{S}", "nameserver", "nameserver:ns1")
        self.actor("nameserver:ns1", "operator")
        self.addresses("nameserver:ns1", self.pick.choice([1, 5]))
        self.link(f"zone:{S}", "registration", f"registration:{S}")
        self.actor(f"registration:{S}", "registrar")
        self.actor(f"registration:{S}", "registry")

    def graph(self):
        self.web(f"function:{S}/web")
        self.mail(f"function:{S}/mail")
        self.zone()
        return small(S, [(u, r, v, data) for (u, r, v), data in self.edges.items()])


@pytest.mark.parametrize("start", range(0, 120, 40))
def test_the_walk_finds_what_a_search_of_all_paths_finds(start):
    for seed in range(start, start + 40):
        graph = Maker(seed).graph()
        for function in ("web", "mail"):
            told = {
                (role.layer.value, role.actor): (
                    role.needed,
                    role.evidence.value,
                    role.confidence.value,
                )
                for role in roles(graph).functions[function]
            }
            assert told == by_search(graph, function), seed

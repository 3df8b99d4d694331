"""For whom an answer holds: places, families of addresses, validation, HTTPS records."""

from __future__ import annotations

import pytest

from depgraph.analysis import State, check, dependence, exposure, importance, takedown, without
from depgraph.analysis.clients import Client, classes, clients_of, described, restricted
from depgraph.analysis.model import model_of
from depgraph.analysis.verdicts import Answer, Ruling
from depgraph.errors import QuestionError
from depgraph.schema import small
from depgraph.vocabulary import Family

S = "example.com"
WEB = f"function:{S}/web"


def site(*rows, **more):
    """Make a service of one host, whose addresses stand in networks of their own."""
    fixed = [
        (WEB, "host", f"host:{S}"),
        (f"host:{S}", "address", f"addresses:{S}"),
    ]
    return small(S, [*fixed, *rows], **more)


def at(place, address, asn):
    """Return an address of the site as one place sees it, or all if none is given."""
    seen = {"vantage": place} if place else {}
    return [
        (f"addresses:{S}", "address", f"address:{address}", seen),
        (f"address:{address}", "prefix", f"prefix:{address}/128"),
        (f"prefix:{address}/128", "origin", f"asn:{asn}"),
    ]


PLACES = site(*at("de", "192.0.2.1", 1), *at("us", "192.0.2.2", 2))
FAMILIES = site(*at("", "192.0.2.1", 1), *at("", "2001:db8::2", 2))


def cuts(graph, level="asn", **more):
    """Return each certain cut set of the web with whom it stops it for."""
    found = takedown(graph, level=level, **more)["web"].cut_sets
    return {
        tuple(i.partition(":")[2] for i in cut.ids): [str(client) for client in cut.clients]
        for cut in found
        if not cut.worst_case
    }


def classes_of(graph, *asked, **more):
    model = model_of(graph)
    found = classes(model, asked or "all", **more)
    return [[str(client) for client in one.clients] for one in found]


def test_each_place_is_stopped_by_its_own_answer():
    assert cuts(PLACES) == {("1",): ["de"], ("2",): ["us"], ("1", "2"): []}
    text = takedown(PLACES, level="asn").text(width=999)
    assert "Network 1 no longer works: the web site stops at once, in de." in text
    assert "if all of them do, the web site stops at once, for everyone." in text


def test_where_clients_do_not_differ_nothing_is_said_of_them():
    one = site(*at("", "192.0.2.1", 1))
    assert classes_of(one) == [["all"]]
    answer = takedown(one, level="asn")
    assert "for everyone" not in answer.text()
    assert "clients" not in answer.to_json()


def test_a_place_alone_can_be_asked_about():
    assert cuts(PLACES, clients="de") == {("1",): []}
    assert "Only in de." in takedown(PLACES, level="asn", clients="de").text()
    with pytest.raises(
        QuestionError, match=r"a place from which answers differ \(de, us\), found 'fr'"
    ):
        takedown(PLACES, clients="fr")


def test_that_the_operator_re_steers_is_an_assumption():
    assert cuts(PLACES, steering="assumed") == {("1", "2"): []}
    text = takedown(PLACES, level="asn", steering="assumed").text()
    assert "If the operator re-steers: Network 1 no longer works and network 2" in text
    with pytest.raises(QuestionError, match="expected 'none' or 'assumed' for `steering`"):
        takedown(PLACES, steering="perhaps")


def test_who_has_no_ipv6_has_no_other_address():
    assert cuts(FAMILIES) == {("1",): ["ipv4"], ("1", "2"): []}
    assert cuts(FAMILIES, clients="dual") == {("1", "2"): []}
    text = takedown(FAMILIES, level="asn").text()
    assert "Network 1 no longer works: the web site stops at once, for IPv4-only clients." in text


def test_ipv6_only_is_judged_on_request():
    assert cuts(FAMILIES, clients="ipv6") == {("2",): []}
    assert cuts(FAMILIES, clients=["dual", "ipv6"]) == {("2",): ["ipv6"], ("1", "2"): []}
    four = site(*at("", "192.0.2.1", 1))
    assert takedown(four, clients="ipv6")["web"].state is State.FAILS
    four.nodes[f"addresses:{S}"]["finding"] = "question?question=AAAA&reason=not-asked"
    assert takedown(four, clients="ipv6")["web"].state is State.UNDETERMINED


def test_the_family_is_that_of_the_resolver_too():
    graph = site(
        *at("", "192.0.2.1", 1),
        (f"host:{S}", "zone", f"zone:{S}"),
        (f"zone:{S}", "nameserver", f"nameservers:{S}"),
        (f"nameservers:{S}", "nameserver", "nameserver:four"),
        (f"nameservers:{S}", "nameserver", "nameserver:six"),
        ("nameserver:four", "address", "addresses:four"),
        ("nameserver:six", "address", "addresses:six"),
        ("addresses:four", "address", "address:192.0.2.53"),
        ("addresses:six", "address", "address:2001:db8::53"),
    )
    assert cuts(graph, "nameserver") == {("four",): ["ipv4"], ("four", "six"): []}


def test_a_bogus_zone_fails_for_those_who_validate():
    rows = [(f"host:{S}", "zone", f"zone:{S}"), *at("", "192.0.2.1", 1)]
    graph = site(*rows)
    graph.nodes[f"zone:{S}"]["dnssec"] = "bogus"
    assert classes_of(graph) == [["not-validating"], ["validating"]]
    found = takedown(graph, level="asn")["web"]
    assert found.state is State.WORKS
    assert [str(client) for client in found.fails_for] == ["validating"]
    assert cuts(graph) == {("1",): []}
    text = takedown(graph, level="asn").text()
    assert "It does not work for validating clients, as recorded" in text
    assert takedown(graph, clients="validating")["web"].state is State.FAILS


def test_what_only_some_follow_is_there_for_them():
    rows = at("", "192.0.2.1", 1)
    rows[0][3]["clients"] = "svcb"
    graph = site(*rows)
    found = takedown(graph, level="asn")["web"]
    assert [str(client) for client in found.fails_for] == ["no-svcb"]
    assert cuts(graph) == {("1",): []}


def test_answers_that_differ_at_one_place_are_for_those_sent_there():
    graph = site(*at("de via ns1", "192.0.2.1", 1), *at("de via ns2", "192.0.2.2", 2))
    assert cuts(graph) == {("1",): ["via ns1"], ("2",): ["via ns2"], ("1", "2"): []}
    text = takedown(graph, level="asn").text()
    assert "stops at once, for those who get the answer of ns1." in text
    ruled = check(graph, "asn:1 cannot stop it")["web"]
    assert (ruled.ruling, [str(one) for one in ruled.clients]) == (Ruling.SUPPORTED, ["via ns1"])


def test_a_place_that_was_asked_nothing_there_does_not_know():
    """A third place is known by another answer only: what it would get here is not known."""
    graph = site(
        *at("de", "192.0.2.1", 1),
        *at("us", "192.0.2.2", 2),
        (f"host:{S}", "zone", f"zone:{S}"),
        (f"zone:{S}", "nameserver", f"nameservers:{S}"),
        (f"nameservers:{S}", "nameserver", "nameserver:a", {"vantage": "de,us"}),
        (f"nameservers:{S}", "nameserver", "nameserver:b", {"vantage": "fr"}),
    )
    found = takedown(graph, level="asn")["web"]
    assert found.state is State.UNDETERMINED
    worst = [cut for cut in found.cut_sets if cut.worst_case]
    assert [(cut.ids, [str(c) for c in cut.clients]) for cut in worst] == [((), ["fr"])]
    assert [part.of for part in worst[0].unknown] == [S]


def test_a_place_that_was_answered_nothing_fails_there():
    graph = site(*at("de", "192.0.2.1", 1))
    graph.nodes[f"addresses:{S}"]["vantage"] = "de,us"
    found = takedown(graph, level="asn")["web"]
    assert [str(client) for client in found.fails_for] == ["us"]
    assert cuts(graph) == {("1",): []}


# -- the other questions --------------------------------------------------------------------


def test_without_says_for_whom():
    found = without(PLACES, "asn:1")["web"]
    assert (found.state, [str(one) for one in found.clients]) == (State.FAILS, ["de"])
    assert "fails at once, in de" in without(PLACES, "asn:1").text()
    assert without(PLACES, "asn:1", steering="assumed")["web"].state is State.WORKS
    assert without(PLACES, "asn:1", clients="us")["web"].state is State.WORKS
    everyone = without(PLACES, ["asn:1", "asn:2"])["web"]
    assert (everyone.state, everyone.clients) == (State.FAILS, ())


def test_an_exception_is_no_contradiction_and_is_said():
    graph = site(
        *at("de", "192.0.2.1", 1),
        *at("de", "2001:db8::1", 3),
        *at("us", "192.0.2.2", 2),
    )
    still = without(graph, "asn:1")
    assert still["web"].state is State.WORKS
    assert "but for these: in de for IPv4-only clients" in still.text()
    ruled = check(graph, "asn:1 cannot stop it")
    assert ruled["web"].ruling is Ruling.SUPPORTED
    assert "Web: supported, but for these: in de for IPv4-only clients" in ruled.text()
    assert "sauf\u00a0: depuis de pour les clients en IPv4 seul" in ruled.text(lang="fr")
    alone = check(graph, "no single network can take it down")["web"]
    assert alone.ruling is Ruling.CONTRADICTED  # AS 2 is all there is in us
    assert alone.actors == ("2",)
    assert [str(one) for one in alone.clients] == ["us"]


@pytest.mark.parametrize(
    ("graph", "actor", "ruling"),
    [
        (PLACES, "asn:1", Ruling.CONTRADICTED),
        (FAMILIES, "asn:1", Ruling.CONTRADICTED),
        (FAMILIES, "asn:2", Ruling.SUPPORTED),
    ],
)
def test_a_whole_place_or_family_contradicts(graph, actor, ruling):
    assert check(graph, f"{actor} cannot stop it")["web"].ruling is ruling


def test_dependence_says_for_whom():
    found = dependence(PLACES, on="asn:1")["web"]
    assert (found.takedown, [str(one) for one in found.clients]) == (Answer.YES, ["de"])
    assert dependence(PLACES, on="asn:1", steering="assumed")["web"].takedown is Answer.NO


def test_exposure_says_who_comes_by():
    found = exposure(PLACES, level="asn")["web"].actors
    told = {one.id: (one.share, [str(client) for client in one.clients]) for one in found}
    assert told == {"asn:1": (1.0, ["de"]), "asn:2": (1.0, ["us"])}


def test_importance_is_of_what_counts_as_stopping():
    weights = {w.id: w.shapley for w in importance(PLACES, level="asn")["web"].weights}
    assert weights == {"asn:1": 0.5, "asn:2": 0.5}
    weights = importance(PLACES, level="asn", clients="de")["web"].weights
    assert [(w.id, w.birnbaum) for w in weights] == [("asn:1", 1.0)]


# -- words ----------------------------------------------------------------------------------


def test_clients_are_named_by_words():
    assert clients_of("all") == ()
    assert clients_of("de+ipv4") == (Client("de", Family.IPV4),)
    for text in ("de via ns1+ipv4+validating+svcb", "not-validating", "via ns1"):
        words = text.replace(" via", "+via")
        assert str(clients_of(words)[0]) == words
    with pytest.raises(QuestionError, match="expected clients, or 'all' for all, found none"):
        clients_of([])
    with pytest.raises(QuestionError, match="expected clients as text, found int"):
        clients_of([1])


def test_clients_are_described_in_the_fewest_words():
    four = [
        Client(place, family) for place in ("de", "us") for family in (Family.DUAL, Family.IPV4)
    ]
    said = lambda *some: [str(one) for one in described([four[n] for n in some], four)]  # noqa: E731
    assert said(0, 1) == ["de"]
    assert said(1, 3) == ["ipv4"]
    assert said(1, 2, 3) == ["ipv4", "us"]
    assert said(3) == ["us+ipv4"]
    assert said(0, 1, 2, 3) == []


def test_a_restricted_graph_lacks_what_the_clients_do_not_use():
    model = model_of(FAMILIES)
    four = restricted(model, Client(family=Family.IPV4))
    assert [four.ids[edge.head] for edge in four.needs(four.number[f"addresses:{S}"])] == [
        "address:192.0.2.1"
    ]
    assert four.ids == model.ids

"""What if, exposure, dependence and claims on a graph by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from depgraph.analysis import Answer, Ruling, State, check, dependence, evaluate, exposure, without
from depgraph.analysis.grammar import Form, read_claim
from depgraph.errors import QuestionError
from tests.analysis.worlds import CATALOGUE, S, owned, world

SIX = [
    (f"addresses:{S}", "address", "address:2001:db8::1", {"ttl": 300}),
    ("address:2001:db8::1", "operator", "provider:cloud6"),
    *owned("cloud6", country="DE"),
]


BOTH = "dual"  # of whom most tests here ask: who has no IPv6 is served by the one cloud only


def gone(actors, graph=None, clients=BOTH, **more):
    return without(graph or world(*SIX), actors, catalogue=CATALOGUE, clients=clients, **more)


# -- naming actors --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "withdrawn"),
    [
        ("company:cloud", ["company:cloud"]),
        ("provider:cloud", ["provider:cloud"]),
        ("Cloud, Inc.", ["company:cloud"]),
        ("cloud inc", ["company:cloud"]),
        ("Nimbus", ["company:cloud"]),
        ("Number One", ["provider:one"]),
        ("clouds", ["company:cloud"]),
        ("so-called Clouds", ["company:cloud"]),
        ("brands", ["provider:one", "provider:two"]),
        ("CH", ["country:CH"]),
        ("dach", ["country:CH", "country:DE"]),
        ("192.0.2.1", ["address:192.0.2.1"]),
        ("192.0.2.0/23", ["address:192.0.2.1", "block:192.0.2.0/24"]),
        ("ipv4", ["address:192.0.2.1", "block:192.0.2.0/24"]),
        ("IPv6", ["address:2001:db8::1"]),
        ("ns1.one.net", ["nameserver:ns1.one.net"]),
        (["cloud", "CH"], ["company:cloud", "country:CH"]),
    ],
)
def test_actors_are_found_by(named, withdrawn):
    assert list(gone(named).withdrawn) == withdrawn


def test_an_as_is_found_by_its_number():
    graph = world(
        ("address:192.0.2.1", "origin", "asn:64500"), ("asn:64500", "network", "provider:cloud")
    )
    for named in ("AS64500", "asn:64500", "as64500"):
        assert gone(named, graph).withdrawn == ("asn:64500",)
        assert gone(named, graph)["web"].state is State.FAILS


def test_the_service_itself():
    graph = world(nodes={"company:cloud": {"own": True}})
    assert gone("self", graph).withdrawn == ("company:cloud",)


def test_a_file_with_a_list(tmp_path: Path):
    listed = tmp_path / "sanctions.txt"
    listed.write_text("# from an annex\nCloud, Inc.\n\nCH  # all of it\n", "utf-8")
    for path in (listed, str(listed)):
        found = gone(path)
        assert found.withdrawn == ("company:cloud", "country:CH")
        assert found.actors == "sanctions.txt"
    (tmp_path / "empty.txt").write_text("# nobody\n", "utf-8")
    with pytest.raises(
        QuestionError, match=r"expected one actor a line in .*empty\.txt, found none"
    ):
        gone(tmp_path / "empty.txt")
    with pytest.raises(QuestionError, match="expected a file with one actor a line at"):
        gone(tmp_path / "none.txt")


def test_a_region_of_a_cloud_where_ranges_are_published():
    published = {"192.0.2.1": "north-1", "2001:db8::1": "south-1"}
    ranges = SimpleNamespace(
        lookup=lambda address: (SimpleNamespace(provider="one", region=published[address]),)
    )
    assert gone("one/north-1", ranges=ranges).withdrawn == ("address:192.0.2.1",)
    assert gone("region:one/south-1", ranges=ranges).withdrawn == ("address:2001:db8::1",)
    with pytest.raises(QuestionError, match="expected published ranges to know"):
        gone("one/north-1")


def test_a_name_that_means_nothing_is_refused_with_the_nearest():
    with pytest.raises(
        QuestionError, match=r"found 'Cloud Incx': the nearest are company:cloud \(Cloud, Inc"
    ):
        gone("Cloud Incx")
    with pytest.raises(QuestionError, match="'depgraph catalogue list' has the groups, companies"):
        gone("qqqqqqqq")


def test_one_who_is_not_there_changes_nothing_and_is_said():
    found = gone("company:elsewhere")
    assert found.absent == ("company:elsewhere",)
    assert {one.state for one in found.functions} == {State.WORKS}
    assert "Not in this graph: elsewhere." in found.text()


# -- what if --------------------------------------------------------------------------------


def test_what_is_left_and_what_is_lost():
    found = gone("cloud")
    web = found["web"]
    assert web.state is State.WORKS
    assert [(g.of, g.left, g.lost) for g in web.alternatives] == [
        (S, ("2001:db8::1",), ("192.0.2.1",))
    ]
    assert "of addresses of example.com, left: 2001:db8::1; lost: 192.0.2.1" in found.text()
    assert found["mail"].alternatives == ()


def test_when_it_fails():
    assert (gone("registrar")["web"].onset.value, gone("registrar")["web"].seconds) == (
        "after-ttl",
        172800.0,
    )
    assert gone("registrar", horizon="1h")["web"].state is State.WORKS
    assert gone(["cloud", "cloud6"])["web"].seconds == 0.0
    assert gone("brands")["web"].seconds == 300.0


def test_the_unknown_may_be_among_the_withdrawn():
    graph = world(
        (f"host:{S}", "alias", "unknown:target"), nodes={"unknown:target": {"reason": "timeout"}}
    )
    found = gone("mail", graph)
    assert found["web"].state is State.UNDETERMINED
    assert [part.reason for part in found["web"].unknown] == ["timeout"]
    assert "undetermined. Not known: target (timeout)." in found.text()
    assert gone("cloud", graph)["web"].state is State.FAILS
    owner = world(
        ("provider:mail", "owner", "unknown:owner"),
        without=["company:mail"],
        nodes={"unknown:owner": {"hides": "company,country", "reason": "not-in-catalogue"}},
    )
    assert gone("provider:cloud", owner)["mail"].state is State.WORKS
    assert gone("company:cloud", owner)["mail"].state is State.UNDETERMINED


def test_nobody_withdrawn():
    assert set(evaluate(world()).values()) == {State.WORKS}
    assert evaluate(world(), ["provider:cloud"])["web"] is State.FAILS
    with pytest.raises(QuestionError, match="found 'provider:nobody', which is not in it"):
        evaluate(world(), ["provider:nobody"])


# -- exposure -------------------------------------------------------------------------------


def exposed(graph, name, function="web", level="company", clients=BOTH):
    found = exposure(graph, level=level, clients=clients)[function]
    return next(actor for actor in found.actors if actor.id == name)


def test_powers_and_shares():
    graph = world(*SIX)
    cloud = exposed(graph, "company:cloud")
    assert [power.value for power in cloud.powers] == ["read", "redirect", "refuse"]
    assert cloud.share == 0.5
    assert exposed(graph, "provider:one", level="provider").share == 0.5
    assert exposed(graph, "company:both").share == 1.0
    assert [p.value for p in exposed(graph, "company:lease").powers] == ["refuse"]
    assert exposed(graph, "address:192.0.2.1", level="address").share == 0.5
    steps = exposed(graph, "company:registrar").places[0].steps
    assert [one.relation for one in steps[-2:]] == ["registrar", "owner"]


def test_a_power_that_is_less_sure_than_the_actor_says_so():
    graph = world(
        ("address:192.0.2.1", "origin", "asn:64500"),
        ("asn:64500", "network", "provider:cloud"),
    )
    graph.edges["address:192.0.2.1", "provider:cloud", "operator"]["confidence"] = "likely"
    cloud = exposed(graph, "company:cloud")
    assert cloud.confidence == "certain"
    assert {power.value: cloud.sure_of(power).value for power in cloud.powers} == {
        "read": "likely",
        "redirect": "certain",
        "refuse": "certain",
    }
    row = next(line for line in told(exposure(graph), "Web") if line.startswith("Cloud, Inc."))
    assert "read (likely), redirect, refuse" in row
    graph.edges["address:192.0.2.1", "provider:cloud", "operator"]["confidence"] = "possible"
    cloud = exposed(graph, "company:cloud")
    assert [power.value for power in cloud.powers] == ["redirect", "refuse"]


def test_a_lame_server_exposes_only():
    lame = (f"nameservers:{S}", "nameserver", "nameserver:ns3.three.net", {"strength": "exposes"})
    graph = world(lame, ("nameserver:ns3.three.net", "operator", "provider:three"), *owned("three"))
    three = exposed(graph, "company:three")
    assert (three.needed, round(three.share, 4)) == (False, 0.3333)
    assert gone("three", graph)["web"].state is State.WORKS
    assert "only on redundant paths" in exposure(graph).text()


def test_exposure_says_what_is_unknown():
    graph = world((f"addresses:{S}", "address", "unknown:others"))
    found = exposure(graph)["web"]
    assert [part.id for part in found.unknown] == ["unknown:others"]
    assert found.state is State.UNDETERMINED
    with pytest.raises(QuestionError, match="expected a number from 1 for `limit`"):
        exposure(graph, limit=0)


# -- dependence -----------------------------------------------------------------------------


def on(group, graph=None, clients=BOTH, **more):
    return dependence(graph or world(*SIX), on=group, catalogue=CATALOGUE, clients=clients, **more)


def test_takedown_and_exposure_are_two_answers():
    found = on("clouds")
    assert (found["web"].takedown, found["web"].exposure) == (Answer.NO, Answer.YES)
    assert (found["name"].takedown, found["name"].exposure) == (Answer.NO, Answer.NO)
    assert (found.definition, found.source) == ("a test", "here")
    assert found["web"].exposure_steps[-1].head == "company:cloud"
    alone = on("clouds", world())
    assert (alone["web"].takedown, alone["web"].exposure) == (Answer.YES, Answer.YES)
    assert alone["web"].takedown_steps[-1].head == "company:cloud"
    assert "Clouds: a test" in alone.text()


def test_the_owner_of_an_uncatalogued_company_is_not_known():
    nodes = {"company:mail": {"catalogued": False}, "provider:mail": {"catalogued": False}}
    graph = world(nodes=nodes)
    found = on("clouds", graph)
    assert (found["mail"].takedown, found["mail"].exposure) == (Answer.UNDETERMINED,) * 2
    assert found["mail"].strangers == ("mail",)
    assert "The catalogue does not say who owns mail" in found.text()
    assert on("clouds", graph, uncatalogued="own")["mail"].takedown is Answer.NO
    own = world(nodes=nodes | {"company:mail": {"catalogued": False, "own": True}})
    assert on("clouds", own)["mail"].takedown is Answer.NO
    with pytest.raises(QuestionError, match="expected 'unknown' or 'own' for `uncatalogued`"):
        on("clouds", graph, uncatalogued="perhaps")


def test_nothing_is_concluded_from_an_incomplete_collection():
    found = on("clouds", world(complete=False))
    assert {one.takedown for one in found.functions} == {Answer.UNDETERMINED}
    assert {one.exposure for one in found.functions} == {Answer.UNDETERMINED}


# -- claims ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form", "actors", "functions"),
    [
        ("independent of big-tech", Form.CANNOT_STOP, "big-tech", ()),
        ("It is fully independent of “Big Tech”.", Form.CANNOT_STOP, "Big Tech", ()),
        ("mail is independent of Microsoft", Form.CANNOT_STOP, "Microsoft", ("mail",)),
        ("independent from AS16509 for mail", Form.CANNOT_STOP, "AS16509", ("mail",)),
        ("no longer relies on so-called Big Tech", Form.CANNOT_STOP, "so-called Big Tech", ()),
        ("does not depend on Cloudflare", Form.CANNOT_STOP, "Cloudflare", ()),
        ("web: depends on Amazon", Form.CAN_STOP, "Amazon", ("web", "web-www")),
        ("depends on Amazon Web Services", Form.CAN_STOP, "Amazon Web Services", ()),
        ("Amazon cannot stop the web site", Form.CANNOT_STOP, "Amazon", ("web", "web-www")),
        ("Amazon can take its mail down", Form.CAN_STOP, "Amazon", ("mail",)),
        ("free of US", Form.NOT_ON_PATH, "US", ()),
        ("no single company can take it down", Form.NOBODY_ALONE, "", ()),
        ("no single country can stop mail", Form.NOBODY_ALONE, "", ("mail",)),
        ("no single point of failure", Form.NOBODY_ALONE, "", ()),
        ("indépendant de big-tech", Form.CANNOT_STOP, "big-tech", ()),
        ("le courrier est indépendant de Microsoft", Form.CANNOT_STOP, "Microsoft", ("mail",)),
        ("ne dépend plus des GAFAM", Form.CANNOT_STOP, "GAFAM", ()),
        ("dépend d’Amazon", Form.CAN_STOP, "Amazon", ()),
        ("Amazon ne peut pas arrêter le site", Form.CANNOT_STOP, "Amazon", ("web", "web-www")),
        ("aucun pays ne peut l’arrêter seul", Form.NOBODY_ALONE, "", ()),
    ],
)
def test_claims_are_read(text, form, actors, functions):
    (said,) = read_claim(text).claims
    assert (said.form, said.actors, said.functions) == (form, actors, functions)


def test_a_claim_that_cannot_be_read():
    with pytest.raises(QuestionError, match="expected a claim such as 'independent of big-tech'"):
        read_claim("we are great")


def ruled(claim, graph=None, clients=BOTH, **more):
    return check(graph or world(*SIX), claim, catalogue=CATALOGUE, clients=clients, **more)


@pytest.mark.parametrize(
    ("claim", "web"),
    [
        ("independent of clouds", Ruling.SUPPORTED),
        ("depends on clouds", Ruling.CONTRADICTED),
        ("free of clouds", Ruling.CONTRADICTED),
        ("free of elsewhere", Ruling.SUPPORTED),
        ("independent of CH", Ruling.CONTRADICTED),
        ("the registrar can stop it", Ruling.SUPPORTED),
        ("no single company can take it down", Ruling.CONTRADICTED),
    ],
)
def test_rulings(claim, web):
    claim = claim.replace("the registrar", "registrar")
    assert ruled(claim)["web"].ruling is web


def told(found, function, lang="en"):
    """Return the lines of a text that are under the heading of a function, each stripped."""
    lines = found.text(lang=lang, width=999).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(function))
    last = lines.index("", first)
    return [line.strip() for line in lines[first:last]]


def test_the_sentences():
    found = ruled("independent of clouds")
    web = told(found, "Web")
    assert web[0] == "Web: supported"
    assert web[1] == (
        "Clouds (Cloud, Inc.) cannot stop the web site of example.com within 30 days, "
        "but is on a path of it."
    )
    assert "host: cloud (observed, 2026-01-15); cloud6 (observed)" in web
    assert "On the whole: supported." in found.text()
    against = ruled("independent of clouds", world())
    web = told(against, "Web")
    assert web[0] == "Web: contradicted"
    assert web[1] == "Clouds (Cloud, Inc.) can stop the web site of example.com at once."
    assert "192.0.2.1 → run by → cloud [observed, 2026-01-15]" in web
    assert against.ruling is Ruling.CONTRADICTED
    web = told(against, "Web", "fr")
    assert web[0] == "Web\u00a0: contredit"
    assert web[1] == "Clouds (Cloud, Inc.) peut arrêter le site web d’example.com aussitôt."
    alone = told(ruled("no single company can take it down"), "Web")
    assert alone[1] == (
        "Each of these can take the web site of example.com down alone: "
        "both, ca, registrar, registry."
    )


def test_a_report_is_called_a_report():
    graph = world(
        (f"host:{S}", "operator", "provider:host", {"evidence": "reported", "citation": "NPR"}),
        *owned("host"),
    )
    found = ruled("independent of host", graph)
    assert found["web"].evidence == "reported"
    web = told(found, "Web")
    assert web[0] == "Web: contradicted"
    assert web[1] == "host can stop the web site of example.com at once (reported)."
    assert "host example.com → run by → host [reported, NPR]" in web


def test_last_known_is_shown_with_its_age():
    old = {
        "reason": "searched",
        "last_known": "Microsoft",
        "last_known_time": "2026-01-05T00:00:00Z",
        "last_known_id": "provider:microsoft",
    }
    graph = world(
        (f"exchanges:{S}", "exchange", "unknown:exchanges"),
        without=["exchange:mx.mail.net"],
        nodes={"unknown:exchanges": old},
    )
    found = ruled("mail does not depend on clouds", graph)
    assert [one.function for one in found.functions] == ["mail"]
    assert found.ruling is Ruling.UNDETERMINED
    assert "last known on 5 Jan 2026, 10 days before: Microsoft" in found.text()
    late = old | {"last_known_time": "2026-02-05T00:00:00Z"}
    graph.nodes["unknown:exchanges"].update(late)
    assert (
        "known later, on 5 Feb 2026, 21 days after: Microsoft"
        in ruled("free of clouds", graph).text()
    )


def test_what_fails_by_itself_settles_nothing():
    graph = world(without=["nameserver:ns1.one.net", "nameserver:ns2.two.net"])
    found = ruled("independent of clouds", graph)
    assert found["web"].ruling is Ruling.UNDETERMINED
    assert "Does not work as recorded" in found.text()
    assert ruled("no single company can stop web", graph)["web"].ruling is Ruling.UNDETERMINED


def test_all_answers_are_json():
    graph = world(*SIX)
    for found in (
        gone("clouds"),
        exposure(graph),
        on("clouds"),
        ruled("independent of clouds"),
        ruled("no single country can stop it"),
    ):
        assert json.loads(found.to_json()) == json.loads(json.dumps(found.to_dict()))
        assert str(found) == found.text(lang="en") != found.text(lang="fr")
        for one in found.functions:
            assert found[one.function] is one
        with pytest.raises(KeyError, match="expected a function among"):
            found["ftp"]


def test_the_longest_ttl_bridges():
    graph = world(
        (f"addresses:{S}", "address", "address:192.0.2.2", {"ttl": 900}),
        ("address:192.0.2.2", "operator", "provider:cloud"),
    )
    assert gone("brands", graph)["web"].seconds == 900.0


def test_what_is_unknown_is_left_and_not_lost():
    graph = world((f"addresses:{S}", "address", "unknown:another"))
    (group,) = gone("cloud", graph)["web"].alternatives
    assert (group.left, group.lost) == ((), ("192.0.2.1",))
    assert [part.of for part in group.unknown] == ["another"]


def test_who_runs_beneath_a_provider_is_exposed_with_its_levers():
    graph = world(
        ("provider:mail", "platform", "provider:ground", {"strength": "exposes"}), *owned("ground")
    )
    found = exposed(graph, "company:ground", "mail")
    assert not found.needed
    assert [power.value for power in found.powers] == ["read", "redirect", "refuse"]


def test_a_function_that_is_not_offered_does_not_count():
    graph = world(nodes={f"function:{S}/mail": {"absent": True, "reason": "null-mx"}})
    found = ruled("independent of elsewhere", graph)
    assert found["mail"].ruling is Ruling.NOT_APPLICABLE
    assert found.ruling is Ruling.SUPPORTED


def test_who_of_the_group_is_met():
    assert on("clouds", world())["web"].actors == ("Cloud, Inc.",)
    assert on("elsewhere", world())["web"].actors == ()

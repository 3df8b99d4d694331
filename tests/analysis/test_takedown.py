from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from math import inf
from pathlib import Path

import pytest

from depgraph.analysis import State, takedown, without
from depgraph.analysis.levers import MOST, UNOBSERVED, onset, seconds_of
from depgraph.analysis.model import compile_graph
from depgraph.analysis.results import to_json_value
from depgraph.analysis.verdicts import Answer
from depgraph.analysis.witness import prove, times
from depgraph.errors import GraphError, QuestionError
from depgraph.vocabulary import DAYS, WEEKS, Confidence, Level, Onset
from tests.analysis.brute import random_graph
from tests.analysis.worlds import CATALOGUE, S, world


def certain(found, function="web"):
    return [cut.ids for cut in found[function].cut_sets if not cut.worst_case]


def test_each_member_has_its_lever_its_onset_and_a_witness():
    found = {cut.ids[0]: cut for cut in takedown(world())["web"].cut_sets}
    told = {
        name: (cut.members[0].levers[0].lever.value, cut.onset.value, cut.seconds)
        for name, cut in found.items()
    }
    assert told == {
        "company:both": ("stop-dns", "after-ttl", 300.0),
        "company:ca": ("refuse-certificate", "days", DAYS),
        "company:cloud": ("evict", "at-once", 0.0),
        "company:lease": ("withdraw-addresses", "days", DAYS),
        "company:registrar": ("suspend", "after-ttl", 172800.0),
        "company:registry": ("hold", "after-ttl", 172800.0),
    }
    steps = found["company:cloud"].steps
    assert [(s.tail, s.relation, s.head) for s in steps] == [
        (f"function:{S}/web", "host", f"host:{S}"),
        (f"host:{S}", "address", f"addresses:{S}"),
        (f"addresses:{S}", "address", "address:192.0.2.1"),
        ("address:192.0.2.1", "operator", "provider:cloud"),
        ("provider:cloud", "owner", "company:cloud"),
    ]
    assert steps[2].ttl == 300
    assert steps[3].time == "2026-01-15T00:00:00Z"


def test_slow_levers_lie_beyond_the_horizon():
    assert ("company:rir",) not in certain(takedown(world(), horizon="30d"))
    month_more = takedown(world(), horizon=timedelta(days=40))
    rir = next(cut for cut in month_more["web"].cut_sets if cut.ids == ("company:rir",))
    assert (rir.onset, rir.seconds) == (Onset.WEEKS, WEEKS)
    assert certain(takedown(world(), horizon="1h")) == [("company:both",), ("company:cloud",)]
    assert certain(takedown(world(), horizon=0)) == [("company:cloud",)]
    assert certain(takedown(world(), horizon=None)) == certain(month_more)


def test_a_parent_is_the_actor_not_its_brands():
    assert ("company:both",) in certain(takedown(world()))
    assert ("provider:one", "provider:two") in certain(takedown(world(), level="provider"))
    assert not any("company:one" in ids for ids in certain(takedown(world(), upto=None)))


def test_one_that_another_possibly_owns_acts_for_itself_and_so_may_the_other():
    bought = ("company:cloud", "parent", "company:buyer", {"confidence": "possible"})
    graph = world(bought, ("company:buyer", "law", "country:CH"))
    found = takedown(graph, upto=1)["web"].cut_sets
    told = {cut.ids: (cut.worst_case, cut.confidence) for cut in found}
    assert told["company:cloud",] == (False, Confidence.CERTAIN)
    assert told["company:buyer",][0]
    graph.edges["company:cloud", "company:buyer", "parent"]["confidence"] = "likely"
    told = {cut.ids: cut.confidence for cut in takedown(graph, upto=1)["web"].cut_sets}
    assert ("company:cloud",) not in told
    assert told["company:buyer",] is Confidence.LIKELY


def test_companies_under_one_law_act_together():
    alone = certain(takedown(world(), level="country", upto=1))
    assert alone == [("country:CH",), ("country:NL",), ("country:US",)]
    assert ("country:DE", "country:IE") in certain(takedown(world(), level="country"))


def test_the_own_company_is_apart():
    graph = world(nodes={"company:cloud": {"own": True}, "provider:cloud": {"own": True}})
    cut = next(c for c in takedown(graph)["web"].cut_sets if c.ids == ("company:cloud",))
    assert cut.own
    assert to_json_value(cut)["self"] is True
    only_own = world(
        (f"authorities:{S}", "certificate", "anyone:certificate authority"),
        without=["company:both", f"registration:{S}", "zone:com", "block:192.0.2.0/24"],
        nodes={"company:cloud": {"own": True}},
    )
    assert takedown(only_own)["web"].alone is Answer.NO


def test_unknown_in_the_worst_case():
    graph = world(
        (f"addresses:{S}", "address", "unknown:IPv4 addresses"),
        ("nameserver:ns3", "operator", "unknown:who runs ns3"),
        (f"exchanges:{S}", "exchange", "unknown:other exchanges"),
        nodes={"unknown:IPv4 addresses": {"reason": "timeout"}},
    )
    one = takedown(graph)["web"]
    assert one.state is State.WORKS
    cloud = next(cut for cut in one.cut_sets if cut.ids == ("company:cloud",))
    assert cloud.worst_case
    assert [(u.id, u.reason) for u in cloud.unknown] == [("unknown:IPv4 addresses", "timeout")]
    assert ("company:cloud",) not in certain(takedown(graph))
    assert "[" not in cloud.members[0].label


def test_unknown_from_the_level_of_companies_up():
    graph = world(
        ("provider:cloud", "owner", "unknown:owner of cloud"),
        without=["company:cloud"],
        nodes={
            "unknown:owner of cloud": {"hides": "company,country", "reason": "not-in-catalogue"}
        },
    )
    assert ("provider:cloud",) in certain(takedown(graph, level="provider"))
    empty = [cut for cut in takedown(graph)["web"].cut_sets if not cut.members]
    assert [cut.unknown[0].id for cut in empty] == ["unknown:owner of cloud"]
    assert not any(not cut.members for cut in takedown(graph, level="provider")["web"].cut_sets)


def test_an_unknown_registrar_is_no_unknown_address():
    graph = world(
        (f"registration:{S}", "registrar", "unknown:registrar"), without=["provider:registrar"]
    )
    assert not any(c.worst_case for c in takedown(graph, level="address")["web"].cut_sets)
    assert any(not c.members for c in takedown(graph, level="provider")["web"].cut_sets)


@pytest.mark.parametrize("level", [level.value for level in Level])
def test_every_level_answers(level):
    found = takedown(world(), level=level, upto=None)
    kinds = {
        name.partition(":")[0]
        for one in found.functions
        for cut in one.cut_sets
        for name in cut.ids
    }
    assert kinds <= {level}
    assert f"{level}:" in " ".join(
        ["asn: prefix:"]
        + [cut.ids[0] for one in found.functions for cut in one.cut_sets if cut.ids]
    )


def test_what_fails_by_itself_is_nobodys_doing():
    graph = world(without=["nameserver:ns1.one.net", "nameserver:ns2.two.net"])
    one = takedown(graph)["web"]
    assert (one.state, one.cut_sets, one.alone) == (State.FAILS, (), Answer.UNDETERMINED)


def test_what_is_absent_is_said_with_its_reason():
    graph = world(without=[f"exchanges:{S}", "exchange:mx.mail.net"])
    graph.remove_edges_from([*graph.out_edges(f"function:{S}/mail", keys=True)])
    graph.nodes[f"function:{S}/mail"].update(absent=True, reason="null-mx")
    one = takedown(graph)["mail"]
    assert (one.state, one.reason) == (State.ABSENT, "null-mx")
    assert (
        "Not offered by the service: mail is refused (null MX, RFC 7505)." in takedown(graph).text()
    )


def test_an_incomplete_collection_makes_nothing_certain():
    found = takedown(world(complete=False))
    assert all(cut.worst_case for one in found.functions for cut in one.cut_sets)
    assert {one.alone for one in found.functions} == {Answer.UNDETERMINED}
    assert {one.state for one in found.functions} == {State.UNDETERMINED}
    assert "did not come to its end" in found.text()


def joined(graph, tail, relation, head):
    sure = {"strength": "needs", "evidence": "observed", "confidence": "certain"}
    graph.add_edge(tail, head, key=relation, relation=relation, **sure)


def several_operators(servers, each):
    """Name servers of several operators each, any of whom can stop it."""
    graph = world(
        (f"authorities:{S}", "certificate", "anyone:certificate authority"),
        without=["nameserver:ns1.one.net", "nameserver:ns2.two.net"],
    )
    for n in range(servers):
        graph.add_node(f"nameserver:w{n}", kind="nameserver", label=f"w{n}", needs="all")
        joined(graph, f"nameservers:{S}", "nameserver", f"nameserver:w{n}")
        for k in range(each):
            name = f"provider:w{n}-{k}"
            graph.add_node(name, kind="provider", label=name, needs="all")
            joined(graph, f"nameserver:w{n}", "operator", name)
    return graph


def test_an_explosion_comes_in_order_of_size_and_says_where_it_stops():
    graph = several_operators(servers=8, each=3)
    found = takedown(graph, level="provider", upto=None, limit=1000, explain=2)["web"]
    assert found.counts is not None
    assert found.counts[8] == 3**8
    assert found.complete_to == 7
    assert all(len(cut.members) < 8 for cut in found.cut_sets)
    whole = takedown(graph, level="provider", upto=None, explain=2)["web"]
    assert whole.complete_to is None
    assert len(whole.cut_sets) == sum(whole.counts)
    text = takedown(graph, level="provider", upto=None, limit=1000, explain=2).text()
    assert f"Complete up to 7 together; in all there are {sum(found.counts)}." in text


def test_a_diagram_that_grows_too_big_falls_back_to_sizes(monkeypatch):
    graph = several_operators(servers=3, each=3)
    whole = takedown(graph, level="provider", upto=None)["web"]
    monkeypatch.setattr(sys.modules["depgraph.analysis.takedown"], "BUDGET", 5)
    plain = takedown(graph, level="provider", upto=None)["web"]
    assert [cut.ids for cut in plain.cut_sets] == [cut.ids for cut in whole.cut_sets]
    assert plain.counts is None
    monkeypatch.setattr("depgraph.analysis.cutsets._MOST", 5)
    short = takedown(graph, level="provider", upto=None)["web"]
    assert short.complete_to == 1
    assert "larger sets are not listed" in takedown(graph, level="provider", upto=None).text()


def test_thousands_of_servers_stop_at_what_can_be_done():
    graph = several_operators(servers=3000, each=1)
    for upto in (3, None):
        found = takedown(graph, level="provider", upto=upto)
        assert found["web"].complete_to == 1
        assert "Complete up to 1 together" in found.text()
    assert ("provider:cloud",) in certain(found)


def test_wide_tables_in_blocks_give_the_same(monkeypatch):
    graph = several_operators(servers=3, each=4)
    whole = certain(takedown(graph, level="provider", upto=3))
    monkeypatch.setattr("depgraph.analysis.cutsets._WIDEST", 16)
    assert certain(takedown(graph, level="provider", upto=3)) == whole
    assert len([ids for ids in whole if len(ids) == 3]) == 4**3


@pytest.mark.parametrize("seed", range(60))
def test_times_are_the_thresholds_at_which_it_fails(seed):
    draw = random.Random(seed)
    graph = random_graph(draw)
    model = compile_graph(graph)
    delays = [0.0, UNOBSERVED, 60.0, 300.0]
    edges = [replace(edge, delay=draw.choice(delays)) for edge in model.edges]
    model = type(model)(
        model.about, model.ids, model.nodes, tuple(edges), model.out, model.functions
    )
    gone = {n for n in model.actors("provider") if draw.random() < 0.6}
    worst = draw.random() < 0.5
    levels = ["provider"] if worst else []
    whole = model.case(inf, Confidence.LIKELY, worst=levels)
    value = times(model, gone, whole)
    for horizon in (0.0, 59.0, 60.0, 300.0, inf):
        case = replace(whole, horizon=horizon)
        *failing, _ = model.circuit(case).failing(dict.fromkeys(gone, 1))
        assert [one <= horizon and one < inf for one in value[:-1]] == [bool(f) for f in failing]
    for node in range(len(model.ids)):
        below = model.reach(node)
        own = [value[n] if n in below else inf for n in range(len(model.ids))]
        assert times(model, gone, whole, of=node)[:-1] == own
        if value[node] < inf:
            proof = prove(model, node, gone, whole)
            assert proof.seconds == value[node]
            assert proof.at_most == times(model, gone, replace(whole, unobserved=MOST))[node]
            known = proof.seconds == proof.at_most
            assert (proof.length is None) == (not known)
            _proves(model, proof, node, gone)


def _proves(model, proof, node, gone):
    """Check that the edges of a proof alone make the node fail."""
    below = {}
    for edge in proof.edges:
        below.setdefault(edge.tail, []).append(edge)
    for tail, edges in below.items():
        if model.nodes[tail]["needs"] == "any":
            assert {e.head for e in edges} == {e.head for e in model.needs(tail)}
        else:
            assert len(edges) == 1
    for edge in proof.edges:
        ends = edge.head in gone or edge.head in below or model.nodes[edge.head]["needs"] == "any"
        ends = ends or edge in proof.unsure
        assert ends
    assert node in gone or node in below or not model.needs(node)


def test_questions_that_make_no_sense():
    with pytest.raises(QuestionError, match="expected a level among provider, company"):
        takedown(world(), level="planet")
    with pytest.raises(QuestionError, match="expected a number from 1, or None for all for `upto`"):
        takedown(world(), upto=0)
    for horizon in ("soon", "-1d", -3):
        with pytest.raises(QuestionError, match="expected a horizon"):
            takedown(world(), horizon=horizon)
    with pytest.raises(KeyError, match="expected a function among web"):
        takedown(world())["ftp"]
    graph = world()
    del graph.nodes["provider:one"]["kind"]
    with pytest.raises(GraphError, match="expected a known kind, found None"):
        takedown(graph)


def test_onsets_have_words():
    assert [onset(s) for s in (0, UNOBSERVED, 1, DAYS, WEEKS)] == [
        Onset.AT_ONCE,
        Onset.TTL_UNOBSERVED,
        Onset.TTL,
        Onset.DAYS,
        Onset.WEEKS,
    ]
    assert [seconds_of(h) for h in ("90m", "12h", "2w", None)] == [5400, 43200, 1209600, inf]


def test_a_ttl_nobody_observed_is_said():
    graph = world()
    for *_, data in graph.edges(data=True):
        data.pop("ttl", None)
    cut = next(c for c in takedown(graph)["web"].cut_sets if c.ids == ("company:registrar",))
    assert cut.onset is Onset.TTL_UNOBSERVED
    assert "TTL was not observed" in takedown(graph).text()


def test_a_ttl_nobody_observed_may_be_the_longer_one():
    """A resolver that holds the delegation asks on after a hold, however soon an address expires."""
    graph = world()
    for tail, _, data in graph.edges(data=True):
        if graph.nodes[tail]["kind"] == "nameservers":
            data.pop("ttl", None)
    cut = next(c for c in takedown(graph)["web"].cut_sets if c.ids == ("company:registrar",))
    assert (cut.onset, cut.seconds) == (Onset.TTL_UNOBSERVED, None)


def test_the_reason_is_one_sentence():
    text = takedown(world()).text()
    assert "Cloud, Inc. can stop hosting 192.0.2.1: the web site stops at once." in text
    assert "after 5 minutes (300 s)" in text
    french = takedown(world()).text(lang="fr")
    assert "Cloud, Inc. peut cesser d’héberger 192.0.2.1" in french
    with pytest.raises(QuestionError, match=r"expected one of the languages .*en, .*fr"):
        takedown(world()).text(lang="tlh")


def test_hostile_labels_stay_on_one_line():
    evil = "\x1b[31mred\n\u202eReversed"
    graph = world(nodes={"company:cloud": {"label": evil}})
    for text in (
        takedown(graph).text(),
        without(graph, "company:cloud", catalogue=CATALOGUE).text(),
    ):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "red\n" not in text


CODE = """
import sys
from depgraph.analysis import takedown, exposure, importance
from tests.analysis.worlds import world
for answer in (takedown(world(), upto=None), exposure(world()), importance(world())):
    print(answer.to_json())
    print(answer)
"""


def test_the_same_bytes_under_any_hash_seed():
    runs = [
        subprocess.run(
            [sys.executable, "-c", CODE],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b"company:both" in runs[0]


def test_to_dict_is_json_and_complete():
    found = takedown(world(), horizon=None)
    data = json.loads(found.to_json())
    assert data["horizon"] is None
    assert data["functions"][0]["cut_sets"][0]["witness"]
    assert data["schema"] == "depgraph.takedown/2"
    assert str(found) == found.text()
    assert repr(found) == (
        "<Takedown of example.com, 2026-01-15, anyone alone? web: yes, mail: yes, name: yes>"
    )


def test_of_an_incomplete_collection_nobody_is_not_an_answer():
    assert takedown(world(), level="asn")["web"].alone is Answer.NO
    assert takedown(world(complete=False), level="asn")["web"].alone is Answer.UNDETERMINED


def test_the_name_itself_comes_before_those_above_it():
    cuts = takedown(world())["web"].cut_sets
    (cut,) = (cut for cut in cuts if cut.ids == ("company:registry",))
    assert [(one.tail, one.relation) for one in cut.steps][-2:] == [
        (f"registration:{S}", "registry"),
        ("provider:registry", "owner"),
    ]

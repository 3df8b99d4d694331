"""Who can stop what alone: the cut sets of one member, with how sure and on what evidence."""

from __future__ import annotations

import pytest

import depgraph
from depgraph.analysis import evaluate
from depgraph.analysis.singles import Single, singles, weakest_single
from depgraph.analysis.verdicts import State
from depgraph.vocabulary import Confidence, Evidence
from tests.pictures.shipped import NAMES, shipped


@pytest.mark.parametrize("name", NAMES)
def test_singles_are_the_cut_sets_of_one_member(name):
    graph = shipped(name)
    found = singles(graph)
    for level, several in (("company", found.companies), ("provider", found.providers)):
        cuts = {
            (cut.members[0].id, cut.function): cut
            for one in depgraph.takedown(graph, level=level, upto=1).functions
            for cut in one.cut_sets
            if len(cut.members) == 1 and not cut.worst_case
        }
        listed = {(one.actor, one.function): one for each in several.values() for one in each}
        assert listed.keys() == cuts.keys()
        for key, single in listed.items():
            cut = cuts[key]
            assert (single.confidence, single.evidence) == (cut.confidence, cut.evidence)
            assert (single.onset, single.seconds, single.own) == (cut.onset, cut.seconds, cut.own)


@pytest.mark.parametrize("name", NAMES)
def test_subsidiaries_stop_what_the_rule_says(name):
    graph = shipped(name)
    found = singles(graph)
    functions = [one for one in found.functions if one not in found.failing]
    owned = {
        tail
        for tail, head, data in graph.edges(data=True)
        if data["relation"] == "parent" and tail.startswith("company:")
    }
    assert found.subsidiaries.keys() <= owned
    for company in owned:
        states = evaluate(graph, [company], level="company")
        stopped = {name for name in functions if states[name] is State.FAILS}
        if company in found.companies:
            continue
        assert found.stops(company) == stopped


def test_who_is_alone_is_as_sure_as_what_names_it():
    found = singles(shipped("nixos.org_2026-08-19"))
    sure = {one.label: one.confidence for each in found.others.values() for one in each}
    assert sure["Netlify, Inc."] is Confidence.LIKELY
    found = singles(shipped("wikipedia.org_2021-02-15"))
    sure = {one.label: one.confidence for each in found.others.values() for one in each}
    assert sure["Public Interest Registry"] is Confidence.CERTAIN
    assert sure["Clarivate Plc"] is Confidence.CERTAIN  # it owned the registrar on that day
    assert "Wikimedia Foundation, Inc." not in sure


def test_several_are_as_sure_as_the_least_sure_of_them():
    one = Single(
        actor="company:a",
        label="A",
        function="web",
        confidence=Confidence.CERTAIN,
        evidence=Evidence.OBSERVED,
    )
    other = Single(
        actor="company:a",
        label="A",
        function="mail",
        confidence=Confidence.LIKELY,
        evidence=Evidence.REPORTED,
    )
    assert weakest_single([one, other]) == (Evidence.REPORTED, Confidence.LIKELY)
    blind = Single(
        actor="company:a",
        label="A",
        function="name",
        confidence=Confidence.CERTAIN,
        evidence=None,
    )
    assert weakest_single([one, blind]) == (None, Confidence.CERTAIN)

"""Whose law binds a company, and by what: its seat, that of a parent, a branch, a listing."""

from dataclasses import replace
from datetime import date

import pytest

from depgraph.analysis import exposure, takedown
from depgraph.analysis.explain import explain
from depgraph.analysis.groups import companies
from depgraph.analysis.roles import roles
from depgraph.analysis.who import who
from depgraph.errors import CatalogueError, GraphError
from depgraph.providers import check as faults_of
from depgraph.providers import load
from depgraph.schema import check as follow
from depgraph.vocabulary import Confidence, LawBasis
from tests.scenarios.test_scenarios import CATALOGUE, graph_of

SEAT, PARENT, BRANCH, LISTING = LawBasis


def laws(graph):
    return {
        (tail.partition(":")[2], head.partition(":")[2]): data
        for tail, head, data in graph.edges(data=True)
        if data["relation"] == "law"
    }


@pytest.fixture(scope="module")
def graph():
    return graph_of("law-bases")


def test_each_edge_of_law_says_by_what(graph):
    found = laws(graph)
    assert {
        pair: (data["basis"], data.get("effect"))
        for pair, data in found.items()
        if pair[0].startswith("sc-law")
    } == {
        ("sc-law", "GB"): ("seat", None),
        ("sc-lawtop", "US"): ("seat", None),
        ("sc-law", "IE"): ("branch", "possible"),
        ("sc-lawtop", "SG"): ("listing", "possible"),
    }
    assert {data["basis"] for data in found.values()} == {"seat", "branch", "listing"}
    assert ("sc-lawtop", "JP") not in found  # until 2025


def test_a_basis_that_is_none_does_not_follow_the_schema(graph):
    other = graph.copy()
    other.edges["company:sc-law", "country:GB", "law"]["basis"] = "whim"
    with pytest.raises(GraphError, match="basis"):
        follow(other)


def test_the_basis_stands_beside_each_lever_of_a_country(graph):
    cuts = takedown(graph, level="country", upto=1)["web"].cut_sets
    bases = {cut.ids: {pull.basis for one in cut.members for pull in one.levers} for cut in cuts}
    assert bases["country:GB",] == {SEAT}
    assert bases["country:US",] == {PARENT}
    assert bases["country:IE",] == {BRANCH}
    assert bases["country:SG",] == {LISTING}
    by_company = takedown(graph, level="company", upto=1)["web"].cut_sets
    assert {pull.basis for cut in by_company for one in cut.members for pull in one.levers} == {
        None
    }


def test_the_basis_stands_beside_who_is_on_a_path(graph):
    found = exposure(graph, level="country")["web"].actors
    known = {one.id: ({place.basis for place in one.places}, one.confidence) for one in found}
    assert known["country:US"] == ({PARENT}, Confidence.CERTAIN)
    assert known["country:IE"] == ({BRANCH}, Confidence.POSSIBLE)


def test_a_role_tells_whose_law_binds_and_whose_reaches(graph):
    role = next(one for one in roles(graph).functions["web"] if one.layer == "host")
    bound = {one.label: one.basis for one in role.owners if one.kind == "country"}
    assert bound == {"GB": SEAT, "US": PARENT}
    assert {one.label: one.basis for one in role.reaching} == {"IE": BRANCH, "SG": LISTING}
    assert role.country == "US"


def test_a_law_that_may_not_be_acted_on_fills_nothing(graph):
    assert "company:sc-law" in companies(graph, "country:US")
    assert "company:sc-law" not in companies(graph, "country:IE")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("by their seat", "by the seat of a parent", "reaches by a branch", "reaches by a listing")),
        ("fr", ("par leur siège", "par le siège d’une société mère", "par une succursale", "par une cotation")),
    ],
)  # fmt: skip
def test_the_text_says_by_what(graph, lang, words):
    text = " ".join(takedown(graph, level="country", upto=1).text(lang=lang).split())
    for one in words:
        assert one in text


def test_explain_and_who_say_by_what():
    day = date(2026, 1, 15)
    told = explain("ns1.lawdns.nl", day=day, catalogue=CATALOGUE).roles[0].owners
    assert [(one.country, one.basis) for one in told] == [("GB", SEAT), ("US", PARENT)]
    assert [(law.country, law.basis) for one in told for law in one.reaching] == [
        ("IE", BRANCH),
        ("SG", LISTING),
    ]
    answer = who("Law Ltd", day=day, catalogue=CATALOGUE)
    own, top = answer.actors[0].owners
    assert (own.basis, top.basis) == (SEAT, PARENT)
    assert [law.country for law in top.reaching] == ["SG"]
    assert "Ireland (branch or subsidiary)" in answer.text()
    then = who("Law Ltd", day=date(2021, 1, 15), catalogue=CATALOGUE)
    assert [law.country for law in then.actors[0].owners[1].reaching] == ["JP"]


def test_microsoft_acted_on_the_law_of_the_union():
    """Fact F159: a company of the United States, under sanctions of the European Union."""
    (law,) = load().laws_over("microsoft", date(2025, 7, 18))
    assert (law.country, law.basis) == ("IE", BRANCH)
    assert "F159" in law.source
    assert load().company("microsoft").country == "US"


def test_rows_of_laws_are_checked(tmp_path):
    head = "company,country,basis,since,until,source\n"
    laws_of = tmp_path / "laws.csv"
    laws_of.write_text(head + "microsoft,IE,seat,,,x\n")
    with pytest.raises(CatalogueError, match=r"expected a basis of parent, branch, listing"):
        load(tmp_path)
    laws_of.write_text(
        head + "nobody-at-all,IE,branch,,,x\nmicrosoft,US,branch,,,x\nmicrosoft,XQ,branch,,,\n"
    )
    found = "\n".join(faults_of(load(tmp_path)))
    assert "expected a company of the catalogue, found 'nobody-at-all'" in found
    assert "expected another country than that of its seat" in found
    assert "expected an ISO 3166 country code, found 'XQ'" in found
    assert "law of XQ over microsoft: expected a source" in found
    assert not faults_of(replace(load(), laws=load().laws))

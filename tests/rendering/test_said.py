"""What is said: with its confidence, its extent, what is unknown, and who is only said to be involved."""

from __future__ import annotations

import re

import pytest

import depgraph
from depgraph.analysis import check, dependence, exposure, takedown, timeline, without
from depgraph.analysis.change import compare
from depgraph.reporting import report
from tests.analysis.worlds import CATALOGUE, S, owned, world
from tests.rendering.results import graph

OPERATOR = ("address:192.0.2.1", "operator", "provider:cloud")
LIKELY = (*OPERATOR, {"confidence": "likely", "evidence": "inferred", "rule": "fair"})
POSSIBLE = (*OPERATOR, {"confidence": "possible", "evidence": "inferred", "rule": "weak/spf"})
SIX = [  # a second address elsewhere, so that nobody hosts alone
    (f"addresses:{S}", "address", "address:192.0.2.2"),
    ("address:192.0.2.2", "operator", "provider:other"),
    *owned("other"),
]


def flat(text):
    return " ".join(text.split())


def under(text, function, heading):
    """What stands under a heading of a function."""
    part = text.partition(f"\n{function}\n")[2].partition("\n\n")[0]
    found = re.search(rf"^  {heading}\n((?:    .*\n?)*)", part, re.MULTILINE)
    return flat(found[1]) if found else ""


# --- Confidence ----------------------------------------------------------------------------


def test_sets_stand_under_how_sure_they_are():
    text = takedown(world(LIKELY)).text(width=200)
    assert "Cloud, Inc. can stop hosting 192.0.2.1" in under(text, "Web", "likely")
    assert "Cloud, Inc." not in under(text, "Web", "certain")
    assert "registrar can suspend" in under(text, "Web", "certain")
    french = takedown(world(LIKELY)).text(lang="fr", width=200)
    assert "Cloud, Inc. peut cesser" in under(french, "Web", "probable")


def test_what_is_only_possible_stands_in_the_worst_case_with_its_reason():
    text = under(takedown(world(POSSIBLE)).text(width=300), "Web", "in the worst case")
    assert "may stop at once" in text
    assert "possibly cloud, only a weak sign leads there" in text
    assert "Cloud, Inc." not in under(takedown(world(POSSIBLE)).text(width=300), "Web", "certain")


def test_likely_answers_say_likely():
    one = world(LIKELY)
    assert "yes (likely)" in dependence(one, on="cloud", catalogue=CATALOGUE).text()
    ruled = check(one, "independent of cloud", catalogue=CATALOGUE).text()
    assert "On the whole: contradicted (likely)." in ruled
    assert "Web: contradicted (likely)\n" in ruled
    assert "fails at once (likely)." in without(one, "cloud", catalogue=CATALOGUE).text()
    assert "Cloud, Inc. (likely)" in report(one).text(width=300)
    assert "Cloud, Inc. (likely)" in timeline([one]).text(width=300)
    row = next(line for line in exposure(one).text().splitlines() if "Cloud, Inc." in line)
    assert "inferred, likely" in row


def test_certain_answers_do_not_say_it_of_each():
    assert "likely" not in dependence(world(), on="cloud", catalogue=CATALOGUE).text()
    assert "likely" not in without(world(), "cloud", catalogue=CATALOGUE).text()


def test_what_was_not_examined_is_not_called_observed():
    text = takedown(world(), level="nameserver", upto=2, explain=0).text()
    assert "ns1.one.net, ns2.two.net (not examined)" in text
    assert "observed" not in text


# --- No absence without its extent ---------------------------------------------------------


def test_nobody_has_an_extent():
    one = world(*SIX)
    mail = f"function:{S}/mail"
    assert mail in one
    found = takedown(one, level="address", upto=2)
    assert found["name"].cut_sets == ()
    assert "nobody, alone or up to 2 together (within 30 days)" in flat(found.text())
    assert (
        "nobody alone (within 12 hours)"
        in takedown(one, level="address", upto=1, horizon="12h").text()
    )
    every = takedown(one, level="address", upto=None, horizon=None).text()
    assert "no combination of actors (at any time)" in every
    assert "personne, ni seul ni jusqu’à 2 ensemble (en 30 jours)" in flat(found.text(lang="fr"))


def test_of_a_collection_cut_short_nobody_is_undetermined():
    text = flat(takedown(world(*SIX, complete=False), level="address", upto=1).text())
    assert "undetermined; as far as is known nobody alone (within 30 days)" in text


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("independent of elsewhere", "cannot stop the web site of example.com within 30 days, and"),
        ("free of elsewhere", "is on no path of the web site of example.com; all paths are known"),
        ("no single company can stop mail", "Each of these can take the mail of example.com down"),
    ],
)
def test_rulings_have_their_extent(claim, said):
    assert said in flat(check(world(*SIX), claim, catalogue=CATALOGUE).text())


def test_still_works_has_its_extent():
    text = flat(without(world(*SIX), "elsewhere", catalogue=CATALOGUE, horizon="12h").text())
    assert "still works: nothing that it needs stops within 12 hours." in text


def test_a_comparison_says_how_far_it_looked():
    lost = world(without=["provider:cloud"])
    lost.add_edge("address:192.0.2.1", "provider:other", key="operator", **_edge("operator"))
    lost.add_edge("provider:other", "company:other", key="owner", **_edge("owner"))
    lost.add_edge("company:other", "country:US", key="law", **_edge("law"))
    for node, kind in (("provider:other", "provider"), ("company:other", "company")):
        lost.add_node(node, kind=kind, label="other", needs="all")
    text = flat(compare(world(), lost, upto=1, horizon="12h").text())
    assert "Who can stop it alone (company level, within 12 hours)" in text
    assert "Nothing that is known changed" in compare(world(), world()).text()


def _edge(relation):
    return {
        "relation": relation,
        "strength": "needs",
        "evidence": "observed",
        "confidence": "certain",
    }


# --- What is unknown, once -----------------------------------------------------------------


def test_the_summary_of_a_report_says_once_what_is_unknown_and_for_what():
    text = report(graph("parler.com_2021-02-15")).text(width=200)
    summary = text.partition("In short\n")[2].partition("\n\n")[0]
    assert "perhaps" not in summary
    assert summary.count("the registrar of parler.com") == 1
    assert "Web: the addresses of parler.com (searched, not found; last known on" in flat(summary)


def test_ages_are_told_in_days():
    old = {"reason": "searched", "last_known": "Old, Inc.", "last_known_id": "provider:old"}
    for day, said in (
        ("2026-01-14", "last known on 14 Jan 2026, the day before: Old, Inc."),
        ("2026-01-10", "last known on 10 Jan 2026, 5 days before: Old, Inc."),
        ("2026-01-16", "known later, on 16 Jan 2026, the day after: Old, Inc."),
        ("2026-01-15", "last known on 15 Jan 2026: Old, Inc."),
    ):
        node = {"unknown:exchanges": old | {"last_known_time": f"{day}T00:00:00Z"}}
        one = world(
            (f"exchanges:{S}", "exchange", "unknown:exchanges"),
            without=["exchange:mx.mail.net"],
            nodes=node,
        )
        assert said in flat(takedown(one).text())


def test_countries_are_called_by_their_names():
    one = world()
    assert "États-Unis" in takedown(one, level="country").text(lang="fr")
    assert "ompanies under the law of the United States can" in flat(
        takedown(one, level="country").text()
    )
    assert "without United States" in without(one, "US").text()


# --- Who is only said to be involved -------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("ask", [report, exposure, lambda g: check(g, "free of big-tech"), None])
def test_the_involved_stand_above_the_answer_with_citation_and_what_limits_it(ask, lang):
    one = graph("parler.com_2021-02-15")
    result = timeline([one]) if ask is None else ask(one)
    text = result.text(lang=lang, width=400)
    heading = depgraph.texts.words(lang)["involved"]
    block = text.partition(f"{heading}\n")[2].partition("\n\n")[0]
    assert "DDoS-Guard (" in block
    assert "Epik (" in block
    assert block.count("source ") >= 2
    assert "Epik had said that it acted as registrar only" in block
    assert text.index(heading) < text.index("\nWeb")


def test_nobody_says_more_of_the_involved():
    one = graph("parler.com_2021-02-15")
    web = takedown(one).text(width=400).partition("\nWeb\n")[2].partition("\n\n")[0]
    assert "Epik" not in web
    assert "DDoS-Guard can" not in web


# --- Rows of the catalogue that no public document confirms -----------------------------------


def test_what_rests_on_an_unconfirmed_row_says_so_everywhere():
    stated = {"evidence": "reported", "confidence": "likely", "unverified": True}
    one = world(("company:cloud", "parent", "company:above", stated), *owned("above")[1:])
    assert "host cloud › Cloud, Inc. › above [likely, unverified]" in flat(
        report(one).text(width=200)
    )
    likely = under(takedown(one).text(width=200), "Web", "likely")
    assert "above can stop hosting 192.0.2.1 [reported, unverified]" in likely
    assert "reported, likely, unverified" in flat(exposure(one).text(width=200))
    assert "[rapporté, non vérifié]" in flat(takedown(one).text(lang="fr", width=200))

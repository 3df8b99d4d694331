"""What is wanted: what is said to decide an answer does, and what is not said to does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import depgraph
from depgraph.analysis.wanted import Question, wanted
from depgraph.readers.detect import FORMS
from depgraph.texts import languages, words
from depgraph.vocabulary import Remedy, What, remedies_of

FOLDER = Path(__file__).parents[2] / "data" / "recordings"
NAMES = ["parler.com_2021-01-18", "crates.io_2026-02-20", "wikileaks.org_2010-12-04"]
NO_FILES = set(list(Remedy)[: list(Remedy).index(Remedy.ZONE)])


def graph(name):
    return depgraph.build(depgraph.read(FOLDER / f"{name}.jsonl"))


def answers(asked, function):
    found = depgraph.dependence(asked, on="big-tech", uncatalogued="own")[function]
    return {Question.TAKEDOWN: found.takedown.value, Question.EXPOSURE: found.exposure.value}


def settled(asked, ids):
    """Return the graph in which some unknown nodes are known to be nobody who matters."""
    made = asked.copy()
    for one in ids:
        if made.nodes[one]["kind"] == "unknown":
            made.nodes[one]["hides"] = ""
        else:  # who is reported to run what nobody saw
            made.nodes[one]["kind"]
    return made


def functions_of(several, question):
    return {name for one in several if one.question is question for name in one.functions}


@pytest.mark.parametrize("name", NAMES)
def test_each_that_decides_keeps_the_answer_open_alone(name):
    asked = graph(name)
    found = wanted(asked)
    unknown = {n for n, data in asked.nodes(data=True) if data["kind"] == "unknown"}
    tried = 0
    for want in found.wants:
        if want.part.id not in unknown:
            continue
        alone = settled(asked, unknown - {want.part.id})
        for question in (Question.TAKEDOWN, Question.EXPOSURE):
            for function in functions_of(want.decides, question):
                assert answers(alone, function)[question] == "undetermined", (want, function)
                tried += 1
    assert tried > 5


@pytest.mark.parametrize("name", NAMES)
def test_with_all_of_it_settled_the_answers_are(name):
    asked = graph(name)
    found = wanted(asked)
    ids = {want.part.id for want in found.wants}
    made = settled(asked, ids & {n for n, d in asked.nodes(data=True) if d["kind"] == "unknown"})
    for function in ("web", "mail", "name"):
        before, after = answers(asked, function), answers(made, function)
        assert all(after[one] in {before[one], "no"} for one in before)
        assert "undetermined" not in after.values()


def test_what_decides_more_comes_first():
    for name in NAMES:
        counts = [
            len(functions_of(want.decides, Question.TAKEDOWN)) for want in wanted(graph(name)).wants
        ]
        assert counts == sorted(counts, reverse=True)


def test_each_file_that_would_tell_has_a_reader_and_words():
    files = set(Remedy) - NO_FILES
    assert {one.value for one in files} <= FORMS.keys()
    for lang in languages():
        assert {f"remedy.{one.value}" for one in Remedy} <= set(words(lang))
    assert remedies_of(What.ORIGIN, "hidden-by-front") == (Remedy.ZONE,)
    assert remedies_of(What.EFFECT, "") == ()


def test_a_service_of_which_all_is_known_wants_nothing():
    asked = graph("parler.com_2021-01-18")
    unknown = [n for n, d in asked.nodes(data=True) if d["kind"] == "unknown"]
    found = wanted(settled(asked, unknown))
    assert found.wants == ()
    assert "No answer hangs on" in found.text()

"""No verdict from a collection that failed: every way to fail, at every question."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from depgraph.analysis import Answer, Ruling, State, check, dependence, evaluate, takedown, without
from depgraph.graph import build
from depgraph.observations import Status
from depgraph.providers import load
from depgraph.recording import read

SCENARIOS = Path(__file__).parent.parent / "scenarios"
CATALOGUE = load(SCENARIOS / "catalogue")
FAILURES = sorted(status.value for status in Status if not status.conclusive)
# What is asked about which name, and the function of whose answer it is part.
QUESTIONS = [
    (("shop.com", "A"), "web"),
    (("shop.com", "NS"), "web"),
    (("shop.com", "NS"), "mail"),
    (("shop.com", "MX"), "mail"),
    (("shop.com", "registration"), "name"),
    (("shop.com", "registration"), "web"),
    (("192.0.2.130", "origin"), "web"),
    (("192.0.2.130", "holder"), "web"),
    (("shop.com", "CAA"), "web"),
    (("in.gatemx.com", "A"), "mail"),
]


@cache
def recorded():
    return read(SCENARIOS / "mail-gateway.jsonl")


def failed(question, status):
    """Take a recording in which all went well, and let one question fail."""
    subject, kind = question
    rows = []
    for seen in recorded():
        lost = (seen.subject, seen.type) == (subject, kind) or (
            # The other exchange and the other family are no way out.
            subject == "in.gatemx.com" and seen.subject == "in2.gatemx.com" and seen.type == kind
        )
        rows.append(replace(seen, status=Status(status), values=(), ttl=None) if lost else seen)
    assert any(not row.status.conclusive for row in rows)
    return build(replace(recorded(), observations=tuple(dict.fromkeys(rows))), catalogue=CATALOGUE)


def test_if_all_went_well_there_is_a_verdict():
    graph = build(recorded(), catalogue=CATALOGUE)
    found = check(graph, "independent of sc-brands", catalogue=CATALOGUE, uncatalogued="own")
    assert {one.function: one.ruling for one in found.functions if one.function != "web-www"} == {
        "web": Ruling.SUPPORTED,
        "mail": Ruling.SUPPORTED,
        "name": Ruling.SUPPORTED,
    }


@pytest.mark.parametrize("status", FAILURES)
@pytest.mark.parametrize(("question", "function"), QUESTIONS)
def test_a_failed_question_leaves_it_undetermined_with_the_reason(question, function, status):
    graph = failed(question, status)
    asked = {"catalogue": CATALOGUE, "uncatalogued": "own"}
    claim = check(graph, "independent of sc-brands", **asked)[function]
    assert claim.ruling is Ruling.UNDETERMINED
    assert any(status in part.reason for part in claim.unknown)
    depends = dependence(graph, on="sc-brands", **asked)[function]
    assert (depends.takedown, depends.exposure) == (Answer.UNDETERMINED, Answer.UNDETERMINED)
    outcome = without(graph, "sc-brands", catalogue=CATALOGUE)[function]
    assert outcome.state is State.UNDETERMINED
    assert any(status in part.reason for part in outcome.unknown)
    assert evaluate(graph)[function] is State.UNDETERMINED
    assert takedown(graph)[function].state is State.UNDETERMINED
    assert any(
        status in part.reason for cut in takedown(graph)[function].cut_sets for part in cut.unknown
    )


def test_a_collection_that_was_cut_off_gives_no_verdict_at_all():
    graph = build(replace(recorded(), complete=False), catalogue=CATALOGUE)
    for claim in ("independent of sc-brands", "depends on sc-alpha", "free of sc-alpha"):
        found = check(graph, claim, catalogue=CATALOGUE)
        rulings = {one.ruling for one in found.functions}
        assert rulings <= {Ruling.UNDETERMINED, Ruling.NOT_APPLICABLE}
        assert "he collection did not come to its end" in found.text()
    for one in takedown(graph).functions:
        assert one.state is State.ABSENT or one.alone is Answer.UNDETERMINED
    states = {one.state for one in without(graph, "sc-alpha", catalogue=CATALOGUE).functions}
    assert states <= {State.UNDETERMINED, State.ABSENT}

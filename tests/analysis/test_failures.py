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
from depgraph.vocabulary import ReasonCode, reasons

SCENARIOS = Path(__file__).parent.parent / "scenarios"
CATALOGUE = load(SCENARIOS / "catalogue")
FAILURES = sorted(status.value for status in Status if not status.conclusive)
CODES = {
    status: ReasonCode(status.replace(": ", "-").replace(" ", "-"))
    for status in FAILURES
    if status != "searched, not found"
}
CODES["searched, not found"] = ReasonCode.SEARCHED
# What is asked about which name, the function of whose answer it is part, and a level at which
# nothing but it is unknown there: a witness shows one unknown of several that are each enough,
# and who serves the web is unknown as well where no network names it.
QUESTIONS = [
    (("shop.com", "A"), "web", "company"),
    (("shop.com", "NS"), "web", "company"),
    (("shop.com", "NS"), "mail", "company"),
    (("shop.com", "MX"), "mail", "company"),
    (("shop.com", "registration"), "name", "company"),
    (("shop.com", "registration"), "web", "company"),
    (("192.0.2.130", "origin"), "web", "asn"),
    (("192.0.2.130", "holder"), "web", "company"),
    (("shop.com", "CAA"), "web", "company"),
    (("in.gatemx.com", "A"), "mail", "company"),
]


def codes(part):
    """Return the codes of why a part is not known, those of single questions too."""
    stated = reasons(part.reason)
    inner = [reason for one in stated for reason in reasons(one.get("reason"))]
    return {reason.code for reason in (*stated, *inner)}


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
@pytest.mark.parametrize(("question", "function", "level"), QUESTIONS)
def test_a_failed_question_leaves_it_undetermined_with_the_reason(
    question, function, level, status
):
    graph = failed(question, status)
    code = CODES[status]
    asked = {"catalogue": CATALOGUE, "uncatalogued": "own"}
    claim = check(graph, "independent of sc-brands", **asked)[function]
    assert claim.ruling is Ruling.UNDETERMINED
    assert any(code in codes(part) for part in claim.unknown)
    depends = dependence(graph, on="sc-brands", **asked)[function]
    assert (depends.takedown, depends.exposure) == (Answer.UNDETERMINED, Answer.UNDETERMINED)
    gone = {"company": "sc-brands", "asn": "AS64501"}[level]
    outcome = without(graph, gone, catalogue=CATALOGUE)[function]
    assert outcome.state is State.UNDETERMINED
    assert any(code in codes(part) for part in outcome.unknown)
    assert evaluate(graph)[function] is State.UNDETERMINED
    # Who holds an address is not who serves there: the function was seen to work.
    works = question[1] == "holder"
    state = State.WORKS if works else State.UNDETERMINED
    assert takedown(graph)[function].state is state
    cuts = takedown(graph, level=level)[function].cut_sets
    assert any(code in codes(part) for cut in cuts for part in cut.unknown)


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

"""What is wrong with a service: how urgent, of what, and what to do; the scenarios have more."""

from __future__ import annotations

import pytest

from depgraph.analysis import findings
from depgraph.texts import languages, words
from depgraph.vocabulary import FINDINGS, Advice, Urgency
from tests.analysis.worlds import S, world


def with_end(day, until="2026-01-15"):
    """Return a graph of some day whose registration ends on another."""
    graph = world(nodes={f"registration:{S}": {"finding": f"expires?date={day}"}})
    graph.graph |= {"since": until, "until": until}
    return graph


@pytest.mark.parametrize(("day", "told"), [("2026-04-15", 1), ("2026-04-16", 0)])
def test_the_end_of_a_registration_is_a_finding_when_it_is_near(day, told):
    assert len(findings(with_end(day)).of(Urgency.DATED)) == told


def test_a_finding_says_what_needs_it_and_what_to_do():
    (found,) = findings(with_end("2026-02-01")).findings
    assert (found.date, found.advice, found.label) == ("2026-02-01", Advice.REGISTER, S)
    assert "name" in found.functions
    text = findings(with_end("2026-02-01")).text(width=200)
    assert "Breaks on a day" in text
    assert f"Registration of {S}: expires on 2026-02-01" in text
    assert "Ask the registrar" in text


def test_nothing_found_is_said_with_its_extent():
    assert "in what was looked at" in findings(world()).text()


def test_the_most_urgent_is_told_first():
    graph = with_end("2026-02-01")
    graph.nodes[f"registration:{S}"]["status"] = "clientHold"
    urgencies = [one.urgency for one in findings(graph).findings]
    assert urgencies == sorted(urgencies, key=lambda one: one.rank)
    assert urgencies[0] is Urgency.BROKEN
    held = [one for one in findings(graph).findings if one.reason.startswith("on-hold")]
    assert len(held) == 1  # once, for all functions that it stops
    assert len(held[0].functions) > 1


@pytest.mark.parametrize("lang", languages())
def test_each_finding_has_words(lang):
    table = words(lang)
    for code, row in FINDINGS.items():
        assert any(key.startswith(f"reason.{code.value}") for key in table)
        assert f"urgency.{row.urgency.value}" in table
        assert row.advice is Advice.KNOW or f"advice.{row.advice.value}" in table

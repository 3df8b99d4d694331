"""A limit that was met stands first in every face, and how to cite an answer in each report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import depgraph
from depgraph import limits, pictures, recording
from depgraph.cli import main
from depgraph.limits import MetLimit, joined, met, note_of, split
from depgraph.observations import Observation, Status
from depgraph.pictures.kinds.strip import strip
from depgraph.pictures.newsroom import bundle
from depgraph.recording import Header, Recording
from depgraph.reporting import brief
from depgraph.survey.files import load, save
from depgraph.survey.run import survey
from depgraph.vocabulary import Limit

HOMOGRAPH = "xn--80ak6aa92e.com"
FIRST = "A limit was met: 6 steps from the service (1 question left open"
DAY = datetime(2026, 9, 25, tzinfo=UTC)
TELEGRAM = Path("data/recordings/telegram.org_2026-09-25.jsonl")
BUDGET = Status.NOT_ASKED_BUDGET


def row(
    subject: str, status: Status, note: str = "", *values: str, server: str = ""
) -> Observation:
    return Observation(
        subject=subject, type="A", status=status, note=note, values=values, server=server, time=DAY
    )


def cut_short() -> Recording:
    """A recording of which one question was left out, about a name that looks like another."""
    whole = depgraph.read(TELEGRAM)
    past = row(HOMOGRAPH, Status.NOT_ASKED_DEPTH, note_of(Limit.DEPTH, 6))
    return replace(whole, observations=(*whole, past))


# --- What is met ---------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [one for one in Limit if one in limits._NOTES])
def test_each_note_is_read_as_the_limit_that_it_was_written_for(limit: Limit) -> None:
    status = Status.TRUNCATED if limit is Limit.ANSWER else BUDGET
    (found,) = met([row("a.example", status, note_of(limit, 12))])
    most = "12" if "{most}" in limits._NOTES[limit] else ""
    assert found == MetLimit(limit=limit, most=most, left=1, of=("a.example",))


def test_what_no_note_explains_is_a_limit_all_the_same() -> None:
    assert [one.limit for one in met([row("a.example", BUDGET)])] == [Limit.OTHER]
    assert met([row("a.example", Status.TRUNCATED, "truncated over UDP, and TCP failed")]) == ()
    assert met([row("a.example", Status.NOT_ASKED_NO_SERVER)]) == ()


def test_what_was_answered_since_was_not_left_open() -> None:
    past = row("a.example", BUDGET, note_of(Limit.QUESTIONS, 5))
    assert met([past, row("a.example", Status.ANSWER, "", "192.0.2.1", server="192.0.2.53")]) == ()
    assert met([past, row("a.example", Status.TIMEOUT)]) != ()
    one = replace(past, server="192.0.2.54", note=note_of(Limit.SERVER, 300))
    answered = row("a.example", Status.ANSWER, "", "192.0.2.1", server="192.0.2.53")
    assert [found.limit for found in met([one, answered])] == [Limit.SERVER]


def test_an_interrupted_collection_is_the_first_of_its_limits() -> None:
    several = met([row("a.example", BUDGET)], complete=False)
    assert [one.limit for one in several] == [Limit.INTERRUPTED, Limit.OTHER]


@given(
    st.lists(
        st.builds(
            MetLimit,
            limit=st.sampled_from(Limit),
            most=st.text(max_size=5),
            left=st.integers(0, 10**6),
            of=st.lists(st.text("ab.; &%=é", min_size=1, max_size=6), max_size=3).map(tuple),
        )
    )
)
def test_limits_come_back_from_the_text_of_a_graph(several: list[MetLimit]) -> None:
    assert list(split(joined(several))) == several


@given(st.text())
def test_any_text_of_a_graph_is_read(text: str) -> None:
    assert all(isinstance(one, MetLimit) for one in split(text))


# --- Where it is told ----------------------------------------------------------------------


def test_a_limit_heads_every_report_page_and_json() -> None:
    graph = depgraph.build(cut_short())
    answers = [
        depgraph.report(graph),
        depgraph.takedown(graph),
        depgraph.exposure(graph),
        depgraph.dependence(graph, on="big-tech"),
        depgraph.findings(graph),
        brief(graph),
        depgraph.check(graph, "nobody can take it down alone"),
        depgraph.without(graph, ["company:alphabet"]),
    ]
    for answer in answers:
        assert not answer.complete
        told = json.loads(answer.to_json())
        assert told["complete"] is False
        assert told["limits"] == [{"limit": "depth", "most": "6", "left": 1, "of": [HOMOGRAPH]}], (
            type(answer)
        )
        for text in (answer.text(width=200), answer.to_markdown(), answer.to_html()):
            place = text.index("A limit was met")
            assert place < 900 + text.find("</style>"), "below the title, and above all else"
            assert "аррӏе.com" in text
            assert HOMOGRAPH in text
        assert "Une limite a été atteinte" in answer.text(lang="fr")
    for page in (pictures.page(graph), bundle(cut_short())):
        assert page.html.index(FIRST) < page.html.index("<section")
    assert "A limit was met" in pictures.to_svg(strip(graph)).replace("</text>", " ")
    assert "met limits: depth" in repr(cut_short())
    assert "met limits: depth" in cut_short()._repr_html_()


def test_what_is_certain_stays_so_and_an_interruption_makes_all_undetermined() -> None:
    whole, cut = depgraph.build(depgraph.read(TELEGRAM)), depgraph.build(cut_short())
    assert depgraph.takedown(whole).functions == depgraph.takedown(cut).functions
    ended = depgraph.report(depgraph.build(replace(cut_short(), complete=False)))
    assert ended.interrupted
    assert [one.limit for one in ended.limits] == [Limit.INTERRUPTED, Limit.DEPTH]
    assert "every answer is undetermined" in ended.text()[:400]


def test_a_size_up_to_which_was_searched_is_a_limit() -> None:
    names = [f"{one}{n}" for one in "abc" for n in range(12)]
    zone = "shop.example"
    rows = [
        Observation(
            subject=zone, type="NS", status=Status.ANSWER, values=("ns1.a.test",), time=DAY
        ),
        Observation(
            subject=zone,
            type="MX",
            status=Status.ANSWER,
            values=tuple(f"10 mx.{name}.test" for name in names),
            time=DAY,
        ),
    ]
    found = depgraph.takedown(
        depgraph.build(Recording(Header(subject=zone), tuple(rows))),
        level="provider",
        upto=None,
        limit=20,
    )
    ended = {one.function for one in found.functions if one.complete_to is not None}
    assert ended == {name for one in found.limits if one.limit is Limit.SETS for name in one.of}
    assert found.complete == (not ended)
    assert "were not looked for" in found.text(width=400) or not ended


def test_a_survey_counts_whose_collections_met_one() -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    made = survey([cut_short(), depgraph.read("data/recordings/8ch.net_2019-08-04.jsonl")])
    assert sorted(made.services.column("complete").to_pylist()) == [False, True]
    assert "The collection of one service met a limit" in made.text()


# --- How to cite it ------------------------------------------------------------------------


def test_every_face_says_how_to_cite_it(tmp_path: Path) -> None:
    run = CliRunner()
    digest = hashlib.sha256(TELEGRAM.read_bytes()).hexdigest()
    assert digest in run.invoke(main, ["verify", "--sha256", str(TELEGRAM)]).output
    graph = depgraph.build(depgraph.read(TELEGRAM))
    edition, version = graph.graph["catalogue"], graph.graph["depgraph"]
    report = depgraph.report(graph)
    faces = {
        "text": report.text(width=400),
        "html": report.to_html(),
        "markdown": report.to_markdown(),
        "json": report.to_json(),
        "brief": brief(graph).to_json(),
        "page": pictures.page(graph).html,
        "bundle": bundle(depgraph.read(TELEGRAM)).html,
        "french": report.text(lang="fr", width=400),
        "command": run.invoke(main, ["report", str(TELEGRAM), "--width", "400"]).output,
    }
    for face, text in faces.items():
        assert digest in text, face
        assert edition in text, face
        assert version in text, face


def test_a_survey_says_how_to_cite_it(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    made = survey([depgraph.read(TELEGRAM)])
    cite = made.cite
    assert cite.catalogue == depgraph.build(depgraph.read(TELEGRAM)).graph["catalogue"]
    for text in (made.text(width=400), made.to_html(), made.to_markdown()):
        assert cite.sha256 in text
        assert cite.depgraph in text
        assert cite.catalogue in text
    pytest.importorskip("openpyxl")
    save(made, tmp_path)
    assert json.loads((tmp_path / "summary.json").read_text())["cite"]["sha256"] == cite.sha256
    assert load(tmp_path).cite == cite


def test_the_hash_is_that_of_the_file_and_never_of_another_recording(tmp_path: Path) -> None:
    whole = depgraph.read(TELEGRAM)
    assert whole.sha256 == hashlib.sha256(TELEGRAM.read_bytes()).hexdigest()
    assert not replace(whole, observations=whole.observations[:3]).sha256
    assert not recording.merge([whole, whole]).sha256
    for one in (whole, replace(whole, complete=False)):
        path = tmp_path / f"{one.complete}.jsonl"
        recording.write(one, path)
        assert recording.to_bytes(one) == path.read_bytes()
        assert depgraph.read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    unfiled = depgraph.report(depgraph.build(Recording(whole.header, whole.observations)))
    assert "in no file" in unfiled.text()

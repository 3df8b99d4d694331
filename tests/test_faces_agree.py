"""All faces of a service tell the same: texts, Markdown, HTML, drawn pictures, page, tally, JSON.

What a face says is taken out of what it shows (:mod:`tests.faces.drawn`, ``documents``, ``facts``),
and held against the JSON forms; those against a walk of the graph that shares no code with
depgraph (:mod:`tests.faces.truth`).

Here all faces are read of the recordings, the scenarios, the lab's services and the shared cases.
Of the 2,000 random graphs (1,000 services on two days) every JSON form is read, and all faces of
every fortieth service; ``python -m tests.faces`` reads all faces of all, which takes longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from depgraph.graph import build
from depgraph.recording import Recording
from depgraph.schema import validate
from depgraph.vocabulary import Kind, Relation
from tests.faces.agree import answers_are_true, faces_say_the_same, plain_layouts
from tests.faces.answers import attribute_is_true, json_is_true, tally_is_true
from tests.faces.pair import Day, Json, Pair
from tests.faces.pictures import survey_says_the_same
from tests.faces.random_graphs import random_graph
from tests.faces.shipped import (
    SCENARIOS,
    days_of_services,
    lab_names,
    of_lab,
    recorded,
    shared_cases,
    shared_recordings,
)
from tests.faces.wording import Wording
from tests.survey.test_attribution_agrees import CASES

_OF_SCENARIOS = {
    *(Relation.SENDER, Relation.PRIMARY, Relation.TRANSIT, Relation.SIGNER, Relation.DELEGATION),
    *(Relation.CHANNEL, Relation.STEP),
}
"""Relations that, as attempts at a server, stores and steps, stand in scenarios and recordings only."""
SERVICES = 1000
"""Random services; each has a graph of each of two days."""
_THOROUGH = 40  # of so many services one is read on all faces
_CHUNK = 50
LANGUAGES = ("en", "fr")


@pytest.fixture(autouse=True, scope="module")
def _plain_layouts() -> Iterator[None]:
    with plain_layouts():
        yield


DAYS = [pytest.param(*paths, id=name) for name, *paths in days_of_services()]
DAYS += [pytest.param(path, path, id=path.stem) for path in SCENARIOS]


@pytest.mark.parametrize(("before", "after"), DAYS)
def test_every_face_of_what_is_shipped_says_the_same(before: Path, after: Path) -> None:
    pair = Pair.of(recorded(before), recorded(after))
    answers_are_true(pair)
    faces_say_the_same(pair, "en")
    faces_say_the_same(pair, "fr", with_page=False)


@pytest.mark.parametrize("name", lab_names())
def test_every_face_of_the_lab_says_the_same(name: str) -> None:
    _all_agree(of_lab(name), LANGUAGES[len(name) % 2])


@pytest.mark.parametrize(
    "recording", [pytest.param(recording, id=name) for name, recording in shared_recordings()]
)
def test_every_face_of_a_shared_case_says_the_same(recording: Recording) -> None:
    _all_agree(build(recording), LANGUAGES[len(recording.subject) % 2])


def _all_agree(graph: nx.MultiDiGraph[str], lang: str) -> None:
    pair = Pair.of(graph)
    answers_are_true(pair)
    faces_say_the_same(pair, lang)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=name) for name, case in (*CASES.items(), *shared_cases())],
)
def test_attribute_names_whom_the_graph_names(case: Json, tmp_path: Path) -> None:
    attribute_is_true(case, tmp_path)


# --- Random graphs -------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(0, SERVICES, _CHUNK))
def test_every_answer_about_random_graphs_is_true(start: int) -> None:
    for seed in range(start, start + _CHUNK):
        json_is_true(_random(seed))


@pytest.mark.parametrize("seed", range(0, SERVICES, _THOROUGH))
def test_every_face_of_random_graphs_says_the_same(seed: int) -> None:
    pair = _random(seed)
    answers_are_true(pair)
    faces_say_the_same(pair, LANGUAGES[seed // _THOROUGH % 2])


def _random(seed: int) -> Pair:
    return Pair.of(random_graph(seed), random_graph(seed, day=1))


def test_the_survey_of_random_graphs_counts_what_is_known() -> None:
    tallied = [tally_is_true(Day(random_graph(seed))) for seed in range(0, SERVICES, 20)]
    for lang in LANGUAGES:
        survey_says_the_same(tallied, Wording(lang))


def test_random_graphs_follow_the_schema_and_have_everything() -> None:
    pairs = [_random(seed) for seed in range(100)]
    days = [day for pair in pairs for day in pair.days]
    for day in days:
        assert validate(day.graph) == []
    kinds = {day.truth.kind(node) for day in days for node in day.truth.nodes}
    assert kinds == set(Kind) - {Kind.ATTEMPT, Kind.CHANNELS, Kind.STEP}
    edges = [data for day in days for *_, data in day.graph.edges(data=True)]
    assert {data["relation"] for data in edges} == set(Relation) - _OF_SCENARIOS
    turns = {turn for pair in pairs[:40] for turn in _turns(pair)}
    assert turns == {"appeared", "vanished", "changed", "newly-known", "no-longer-known"}


def _turns(pair: Pair) -> Iterator[str]:
    for one in pair.compare_json["layers"]:
        yield from (entry["turn"] for entry in one["entries"])

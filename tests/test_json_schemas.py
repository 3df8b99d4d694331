"""The JSON form of each answer follows its schema, and docs/json.md tells of every word in it."""

from __future__ import annotations

import copy
import importlib.util
import itertools
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import depgraph
from depgraph import vocabulary
from depgraph.analysis.results import Result, to_json_value
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.rendering import write
from depgraph.reporting import report
from tests.reporting.graphs import small

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schemas"
_SPEC = importlib.util.spec_from_file_location("make_schemas", ROOT / "scripts/make_schemas.py")
make_schemas = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make_schemas)

RECORDED = [
    *sorted((ROOT / "data/recordings").glob("*.jsonl")),
    *sorted((ROOT / "tests/scenarios").glob("*.jsonl")),
]
FORMS = {
    kind.NAME: json.loads((SCHEMAS / f"{kind.NAME}.json").read_text())
    for kind in make_schemas.RESULTS
}
PAGE = (ROOT / "docs/json.md").read_text()


@cache
def validator(name: str):
    return jsonschema.Draft202012Validator(FORMS[name])


@cache
def graph_of(path: Path):
    return depgraph.build(depgraph.read(path))


def check_form(result: Result) -> None:
    """Hold the JSON form of an answer against the schema that it names."""
    made = json.loads(result.to_json())
    assert made["schema"] == FORMS[result.NAME]["properties"]["schema"]["const"]
    validator(result.NAME).validate(made)


def answers(path: Path) -> Iterator[Result]:
    """Yield each answer about one recording."""
    graph = graph_of(path)
    yield depgraph.report(graph)
    for level in ("company", "asn"):
        yield depgraph.takedown(graph, level=level)
        yield depgraph.exposure(graph, level=level)
    yield depgraph.importance(graph, samples=10)
    yield depgraph.dependence(graph, on="big-tech")
    yield depgraph.without(graph, "US")
    for claim in ("independent of big-tech", "no single company can take it down"):
        yield depgraph.check(graph, claim)


def series() -> dict[str, list[Path]]:
    """Return the recordings of each service, in the order of their days."""
    found: dict[str, list[Path]] = {}
    for path in RECORDED:
        found.setdefault(path.stem.partition("_")[0], []).append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_every_answer_has_a_schema_in_the_docs() -> None:
    results = {kind for kind in write.registry if kind not in {object, Result}}
    assert set(make_schemas.RESULTS) == results
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{name}.json" for name in FORMS}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_schemas_are_up_to_date(name: str) -> None:
    made = make_schemas.schemas()[f"{name}.json"]
    assert (SCHEMAS / f"{name}.json").read_text() == made, "run scripts/make_schemas.py"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_schemas_say_what_each_field_is(name: str) -> None:
    form = FORMS[name]
    jsonschema.Draft202012Validator.check_schema(form)
    for part, body in {name: form, **form["$defs"]}.items():
        for field, what in body["properties"].items():
            assert len(what.get("description", "")) > 5, f"{part}.{field}"
            assert ":`" not in what["description"]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_every_answer_follows_its_schema(path: Path) -> None:
    for result in answers(path):
        check_form(result)


@pytest.mark.parametrize("paths", series().values(), ids=series())
def test_comparisons_and_series_follow_theirs(paths: list[Path]) -> None:
    graphs = [graph_of(path) for path in paths]
    check_form(depgraph.timeline(graphs))
    for before, after in itertools.pairwise(graphs):
        check_form(depgraph.compare(before, after))


def test_a_schema_refuses_what_is_no_answer() -> None:
    made = json.loads(report(small()).to_json())
    validator("report").validate(made)
    role = made["functions"][0]["roles"][0]
    for key, value in {"evidence": "guessed", "score": 1, "confidence": None}.items():
        wrong = copy.deepcopy(made)
        wrong["functions"][0]["roles"][0] = role | {key: value}
        with pytest.raises(jsonschema.ValidationError, match=str(value) if value else "None"):
            validator("report").validate(wrong)
    less = copy.deepcopy(made)
    del less["functions"][0]["roles"][0]["layer"]
    with pytest.raises(jsonschema.ValidationError, match="'layer' is a required property"):
        validator("report").validate(less)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_page_links_every_schema(name: str) -> None:
    assert f"[`depgraph.{name}/2`](schemas/{name}.json)" in PAGE


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.Confidence,
        vocabulary.Evidence,
        vocabulary.Function,
        vocabulary.Layer,
        vocabulary.Level,
        vocabulary.Lever,
        vocabulary.Onset,
        vocabulary.Power,
        vocabulary.Turn,
        Answer,
        Ruling,
        State,
    ],
    ids=lambda words: words.__name__,
)
def test_the_page_names_every_word(words) -> None:
    missing = [word for word in map(to_json_value, words) if f"`{word}`" not in PAGE]
    assert not missing

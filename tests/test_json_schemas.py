"""The JSON form of each answer follows its schema, and docs/json.md tells of every word in it."""

from __future__ import annotations

import copy
import importlib.util
import itertools
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import depgraph
from depgraph import vocabulary
from depgraph.analysis.results import Result
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
    yield depgraph.reporting.brief(graph)
    for level in ("company", "asn"):
        yield depgraph.takedown(graph, level=level)
        yield depgraph.exposure(graph, level=level)
    yield depgraph.findings(graph)
    yield depgraph.importance(graph, samples=10)
    yield depgraph.analysis.explain(graph.graph["subject"], day=date(2021, 1, 1))
    yield depgraph.analysis.who("linode", day=date(2021, 1, 1))
    yield depgraph.dependence(graph, on="big-tech")
    yield depgraph.analysis.wanted(graph)
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
    # Surveys are written in words too, but their data are tables: see docs/survey.md.
    results = {kind for kind in write.registry if issubclass(kind, Result) and kind is not Result}
    assert set(make_schemas.RESULTS) == results
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{name}.json" for name in FORMS}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_schemas_are_up_to_date(name: str) -> None:
    made = make_schemas.schemas()[f"{name}.json"]
    assert (SCHEMAS / f"{name}.json").read_text() == made, "run scripts/make_schemas.py"


def test_the_page_has_every_function_and_level() -> None:
    assert make_schemas.page() == PAGE, "run scripts/make_schemas.py"


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


# --- The words of the page -----------------------------------------------------------------


def rows_of_words() -> dict[str, list[str]]:
    """Read the table of words: field -> the words that it may have."""
    found: dict[str, list[str]] = {}
    table = PAGE.partition("## Words")[2].partition("\n\nA `reason`")[0]
    for line in table.splitlines():
        if line.startswith("| `"):
            fields, told = line.strip("| ").split(" | ", 1)
            of_vocabulary = re.search(r"those of \W*depgraph\.vocabulary\.(\w+)", told)
            if of_vocabulary:
                words = [str(word) for word in getattr(vocabulary, of_vocabulary[1])]
            else:  # words of one row stand before its remarks
                words = re.findall(r"`([\w-]+)`", told.partition("; ")[0])
            found |= dict.fromkeys(re.findall(r"`(\w+)`", fields), words)
    return found


def words_of_schemas() -> Iterator[tuple[str, str, set[str]]]:
    """Yield where a schema closes the words of a field: where, the field, and its words."""
    for name, form in FORMS.items():
        for part, body in {name: form, **form["$defs"]}.items():
            for field, what in body["properties"].items():
                words = closed_words(what, form["$defs"])
                if words:
                    yield f"{name}: {part}.{field}", field, words


def closed_words(what: dict, parts: dict) -> set[str]:
    if "$ref" in what:
        return closed_words(parts[what["$ref"].rpartition("/")[2]], parts)
    nested = [*what.get("anyOf", []), *([what["items"]] if "items" in what else [])]
    words = set(what.get("enum", ())) - {None}
    return words.union(*(closed_words(one, parts) for one in nested))


def test_the_page_has_a_row_for_each_closed_field_with_exactly_its_words() -> None:
    rows = rows_of_words()
    for where, field, words in words_of_schemas():
        assert set(rows[field]) == words, where
    assert rows["function"] == list(vocabulary.Function)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("confidence", vocabulary.Confidence),
        ("evidence", vocabulary.Evidence),
        ("layer", vocabulary.Layer),
        ("level", vocabulary.Level),
        ("lever", vocabulary.Lever),
        ("onset", vocabulary.Onset),
        ("turn", vocabulary.Turn),
    ],
)
def test_the_page_names_ordered_words_in_their_order(field: str, words) -> None:
    assert rows_of_words()[field] == list(words)

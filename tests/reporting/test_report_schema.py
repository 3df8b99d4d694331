"""The JSON form of a report follows its schema, and docs/report.md tells every field."""

import copy
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import depgraph
from depgraph.analysis.json_schema import json_schema
from depgraph.analysis.roles import Role
from depgraph.reporting import FunctionReport, Report, report
from depgraph.vocabulary import Layer
from tests.reporting.graphs import small

ROOT = Path(__file__).parent.parent.parent
FORM = json_schema(Report)
RECORDINGS = sorted((ROOT / "data/recordings").glob("*.jsonl"))
SCENARIOS = sorted((ROOT / "tests/scenarios").glob("*.jsonl"))


@cache
def validator():
    return jsonschema.Draft202012Validator(FORM)


@pytest.mark.parametrize("path", [*RECORDINGS, *SCENARIOS], ids=lambda path: path.stem)
def test_every_report_follows_the_schema(path: Path) -> None:
    made = depgraph.report(depgraph.build(depgraph.read(path)))
    validator().validate(json.loads(made.to_json()))


def test_the_schema_is_one_and_refuses_what_is_not_a_report() -> None:
    jsonschema.Draft202012Validator.check_schema(FORM)
    made = json.loads(report(small()).to_json())
    validator().validate(made)
    wrong = copy.deepcopy(made)
    wrong["functions"][0]["roles"][0]["evidence"] = "guessed"
    with pytest.raises(jsonschema.ValidationError, match="guessed"):
        validator().validate(wrong)
    more = copy.deepcopy(made)
    more["functions"][0]["roles"][0]["score"] = 1
    with pytest.raises(jsonschema.ValidationError, match="score"):
        validator().validate(more)


def test_the_page_names_what_the_code_has() -> None:
    page = (ROOT / "docs/report.md").read_text()
    parts = [FORM["properties"]]
    parts += [FORM["$defs"][kind.__name__]["properties"] for kind in (FunctionReport, Role)]
    for field in {name for part in parts for name in part}:
        assert f"`{field}`" in page, field
    for layer in Layer:
        assert f"`{layer.value}`" in page

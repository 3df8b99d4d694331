"""The JSON form of a report follows docs/report.schema.json, and docs/report.md tells every field."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import depgraph
from depgraph.reporting import LAYERS, SCHEMA, Line

ROOT = Path(__file__).parent.parent.parent
FORM = json.loads((ROOT / "docs/report.schema.json").read_text())
RECORDINGS = sorted((ROOT / "data/recordings").glob("*.jsonl"))
SCENARIOS = sorted((ROOT / "tests/scenarios").glob("*.jsonl"))


def strict() -> dict[str, Any]:
    """The schema without room for fields that it does not know: for us, not for readers."""
    form = copy.deepcopy(FORM)
    for part in (form, form["$defs"]["function"], form["$defs"]["line"]):
        part["additionalProperties"] = False
    return form


@pytest.mark.parametrize("path", [*RECORDINGS, *SCENARIOS], ids=lambda path: path.stem)
def test_every_report_follows_the_schema(path: Path) -> None:
    made = depgraph.report(depgraph.build(depgraph.read(path))).to_dict()
    jsonschema.validate(json.loads(json.dumps(made)), strict())


def test_the_schema_is_one_and_refuses_what_is_not_a_report() -> None:
    jsonschema.Draft202012Validator.check_schema(FORM)
    made = depgraph.report(depgraph.build(depgraph.read(RECORDINGS[0]))).to_dict()
    made["functions"][0]["lines"][0]["evidence"] = "guessed"
    with pytest.raises(jsonschema.ValidationError, match="guessed"):
        jsonschema.validate(made, FORM)


def test_the_schema_and_the_page_name_what_the_code_has() -> None:
    line = FORM["$defs"]["line"]["properties"]
    assert line["layer"]["enum"] == list(LAYERS)
    assert set(line) == set(Line.__dataclass_fields__)
    assert FORM["properties"]["schema"]["const"] == SCHEMA
    page = (ROOT / "docs/report.md").read_text()
    for field in {*FORM["properties"], *FORM["$defs"]["function"]["properties"], *line}:
        assert f"`{field}`" in page, field
    for layer in LAYERS:
        assert f"`{layer}`" in page

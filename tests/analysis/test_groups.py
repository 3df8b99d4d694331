"""The group that a picture fills is the catalogue's, as in every answer."""

from pathlib import Path

import pytest

import depgraph
from depgraph.analysis.groups import companies
from depgraph.errors import QuestionError
from depgraph.providers import load as load_catalogue

RECORDINGS = Path(__file__).parents[2] / "data" / "recordings"


def test_the_catalogue_says_who_is_in_a_group():
    graph = depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))
    members = {f"company:{name}" for name in load_catalogue().groups["big-tech"].members}
    filled = companies(graph, "big-tech")
    assert {node for node in filled if node.startswith("company:")} == members & set(graph)
    assert "provider:google-cloud" in filled
    assert depgraph.dependence(graph, on="big-tech")["web"].exposure.value == "yes"


def test_a_group_or_a_company_or_an_error():
    graph = depgraph.build(depgraph.read(RECORDINGS / "parler.com_2021-01-09.jsonl"))
    assert companies(graph, "amazon") == companies(graph, "hyperscalers")
    with pytest.raises(QuestionError, match="big-tech"):
        companies(graph, "small-tech")

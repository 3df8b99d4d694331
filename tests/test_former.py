"""Names that moved lead on for one version, with a warning; what is no more is an AttributeError."""

import importlib

import pytest

import depgraph
import depgraph.pictures

MOVED = {
    ("depgraph.names", "show"): ("depgraph.text_safety", "quote"),
    ("depgraph.observations", "brief"): ("depgraph.text_safety", "quote"),
    ("depgraph.schema", "EVIDENCE"): ("depgraph.vocabulary", "Evidence"),
    ("depgraph.schema", "KINDS"): ("depgraph.vocabulary", "KINDS"),
    ("depgraph.schema", "LEVELS"): ("depgraph.vocabulary", "Level"),
    ("depgraph.providers.tables", "installed"): ("depgraph.routes", "installed"),
    ("depgraph.providers.tables", "routing_at"): ("depgraph.routes", "routing_at"),
    ("depgraph.providers.prefixes", "PrefixTable"): ("depgraph.routes", "PrefixTable"),
    ("depgraph.providers", "attribute_cases"): ("depgraph.survey", "attribute_cases"),
    ("depgraph.providers", "layers"): ("depgraph.survey", "layers"),
    ("depgraph.reporting.text", "to_text"): ("depgraph.rendering", "to_text"),
    ("depgraph.reporting.text", "to_markdown"): ("depgraph.rendering", "to_markdown"),
    ("depgraph.reporting.html", "to_html"): ("depgraph.rendering", "to_html"),
    ("depgraph.reporting.html", "to_page"): ("depgraph.rendering", "to_page"),
}


@pytest.mark.parametrize(("before", "now"), MOVED.items())
def test_a_former_name_warns_and_is_the_present_thing(before, now):
    (room, name), (module, present) = before, now
    with pytest.warns(DeprecationWarning, match=f"{room}.{name} is now {module}.{present}"):
        value = getattr(importlib.import_module(room), name)
    assert value is getattr(importlib.import_module(module), present)


@pytest.mark.parametrize("room", sorted({room for room, _ in MOVED}))
def test_what_is_no_more_is_an_attribute_error(room):
    with pytest.raises(AttributeError, match="Holders"):
        _ = importlib.import_module(room).Holders


def test_modules_of_pictures_that_moved_lead_on():
    names = {
        "values": "depgraph.pictures.engine.values",
        "svg": "depgraph.pictures.engine.svg",
        "board": "depgraph.pictures.layout.columns",
        "findings": "depgraph.analysis.singles",
        "groups": "depgraph.analysis.groups",
        "sketch": "depgraph.pictures.layout.condense",
        "tally": "depgraph.survey.tally",
    }
    pictures = importlib.import_module("depgraph.pictures")
    for name, now in names.items():
        with pytest.warns(DeprecationWarning, match=f"depgraph.pictures.{name} is now {now}"):
            assert pictures.__getattr__(name) is importlib.import_module(now)


def test_what_pictures_never_had_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"'depgraph.pictures' has no attribute 'crayon'"):
        _ = importlib.import_module("depgraph.pictures").crayon


def test_the_former_name_of_a_parameter():
    graph = depgraph.build([], subject="example.org")
    with pytest.warns(DeprecationWarning, match="`graph` of scene is now `graphs`"):
        before = depgraph.pictures.scene(graph=graph)
    assert before == depgraph.pictures.scene(graphs=graph) == depgraph.pictures.scene(graph)
    with pytest.raises(TypeError, match="graph"):
        depgraph.pictures.scene(graph=graph, graphs=graph)

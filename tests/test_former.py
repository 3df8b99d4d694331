"""Names that moved lead on for one version, with a warning; what is no more is an AttributeError."""

import importlib

import pytest

MOVED = {
    ("depgraph.names", "show"): ("depgraph.text_safety", "quote"),
    ("depgraph.observations", "brief"): ("depgraph.text_safety", "quote"),
    ("depgraph.schema", "EVIDENCE"): ("depgraph.vocabulary", "Evidence"),
    ("depgraph.schema", "KINDS"): ("depgraph.vocabulary", "KINDS"),
    ("depgraph.schema", "LEVELS"): ("depgraph.vocabulary", "Level"),
    ("depgraph.providers.tables", "installed"): ("depgraph.routes", "installed"),
    ("depgraph.providers.tables", "routing_at"): ("depgraph.routes", "routing_at"),
    ("depgraph.providers.prefixes", "PrefixTable"): ("depgraph.routes", "PrefixTable"),
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

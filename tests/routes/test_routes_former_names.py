"""The names under providers/ still lead to the tables, for one version, and say where they went."""

import pytest

import depgraph.providers.prefixes
import depgraph.providers.tables
from depgraph import routes


@pytest.mark.parametrize("former", ["tables", "prefixes"])
def test_a_former_name_warns_and_is_the_present_thing(former):
    module = getattr(depgraph.providers, former)
    with pytest.warns(DeprecationWarning, match=r"depgraph\.routes\.PrefixTable"):
        assert module.PrefixTable is routes.PrefixTable


def test_every_name_that_the_documentation_gave_is_there():
    with pytest.warns(DeprecationWarning, match=r"now depgraph\.routes"):
        from depgraph.providers.tables import installed, published_at, routing_at, update
    assert (installed, published_at) == (routes.installed, routes.published_at)
    assert (routing_at, update) == (routes.routing_at, routes.update)


def test_what_is_no_more_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Holders"):
        _ = depgraph.providers.tables.Holders

from __future__ import annotations

import pytest

from depgraph.errors import QuestionError
from depgraph.survey import Use, kashaf

USES = [
    Use.of("one.com", third=["acme"]),
    Use.of("two.com", third=["acme", "babel"]),
    Use.of("own.com", third=[], private=["own.com"]),
    Use.of("spare.com", third=["babel"], private=["spare.com"]),
    Use.of("silent.com", third=[]),
]


def test_strict_counts_a_private_secondary_as_redundancy():
    found = kashaf(USES, rule="strict")
    assert found.sites == 4  # nobody knows whom silent.com uses
    assert found.third_party == {"one.com", "two.com", "spare.com"}
    assert found.critical == {"one.com"}
    assert found.percent("third_party") == 75.0
    assert found.top(2) == [("acme", 2, 1), ("babel", 2, 0)]


def test_loose_does_not():
    found = kashaf(USES, rule="loose")
    assert found.critical == {"one.com", "spare.com"}
    assert found.impact == {"acme": 1, "babel": 1}
    assert "2 critical (50.0 %)" in repr(found)
    assert found.to_dict()["critical"] == 2


def test_via_a_provider_that_itself_hangs_on_another():
    inner = {"acme": Use.of("acme", third=["deep"]), "babel": Use.of("babel", third=["x", "y"])}
    found = kashaf(USES, rule="strict", via=inner)
    assert found.concentration == {"acme": 2, "babel": 2, "deep": 2, "x": 2, "y": 2}
    assert found.impact == {"acme": 1, "deep": 1}


def test_no_such_rule():
    with pytest.raises(QuestionError, match="expected the rule 'strict' or 'loose', found 'lax'"):
        kashaf(USES, rule="lax")  # type: ignore[arg-type]


def test_of_no_site():
    assert kashaf([]).percent("critical") == 0.0

"""What is too much to read is folded: a count of boxes and of pictures drawn, never seconds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import depgraph
from depgraph.observations import Observation, Status
from depgraph.pictures import whatif
from depgraph.pictures.basis import Basis
from depgraph.pictures.kinds import providers as kind
from depgraph.pictures.kinds.providers import MOST, providers
from depgraph.pictures.layout.condense import Need, interchangeable
from depgraph.recording import Header, Recording
from depgraph.vocabulary import Confidence, Evidence

SHOP = "shop.com"
DAY = datetime(2026, 11, 1, tzinfo=UTC)
COUNT = 60  # each with an operator, and what is not known of that one: more than can be read


def seen(subject, what, *values, source="dns", **more):
    return Observation(
        subject=subject,
        type=what,
        status=Status.ANSWER,
        values=values,
        time=DAY,
        source=source,
        **more,
    )


def of_addresses(count, *, holders=True):
    """Give a service with so many addresses, each in a network of an operator of its own."""
    addresses = [f"203.{100 + i // 250}.{i % 250}.1" for i in range(count)]
    rows = [
        seen(SHOP, "NS", "ns1.dns.net", section="authority", zone="com"),
        seen(SHOP, "NS", "ns1.dns.net", zone=SHOP),
        seen("ns1.dns.net", "A", "203.0.114.1"),
        seen(SHOP, "A", *addresses, zone=SHOP),
    ]
    for i, address in enumerate(addresses):
        prefix = f"prefix {address[:-1]}0/24"
        rows.append(seen(address, "origin", f"asn {64500 + i}", prefix, source="cymru"))
        if holders:
            held = (f"organisation Op {i}", f"organisation-handle OP{i}", prefix)
            rows.append(seen(address, "holder", *held, source="rdap"))
    return Basis.of(depgraph.build(Recording(Header(subject=SHOP), tuple(rows))))


@pytest.fixture(scope="module")
def many():
    return of_addresses(COUNT)


def test_operators_with_the_same_lines_are_one_box_with_their_count(many):
    made = providers(many)
    assert len(made.boxes) <= MOST
    assert len(made.lines) <= MOST
    model = many.model
    operators = {node for node in model.ids if model.kind(model.number[node]) == "provider"}
    drawn = [node for box in made.boxes for node in box.members]
    assert len(drawn) == len(set(drawn))
    assert operators <= set(drawn) | {
        role.actor for c in many.roles.functions.values() for role in c
    }
    folded = max(made.boxes, key=lambda box: len(box.members))
    assert len(folded.members) >= COUNT
    said = " ".join(text.text for text in made.texts if text.box == folded.id)
    assert f"×{len(folded.members)}" in said
    # The table of the picture has a row for each line that there would be.
    assert len(made.rows) > COUNT


def test_few_operators_are_each_a_box():
    made = providers(of_addresses(3))
    assert all(len(box.members) <= 1 for box in made.boxes if box.id.startswith("provider:"))


def test_the_page_draws_no_picture_that_it_throws_away(many, monkeypatch):
    drawn = []
    board = kind.board
    monkeypatch.setattr(kind, "board", lambda *a, **k: (drawn.append(len(a[1])), board(*a, **k))[1])
    page = whatif.document(many, lang="en", group="big-tech")
    assert len(drawn) == 1
    assert drawn[0] <= MOST
    assert 'id="full"' not in page.html


def test_only_what_has_the_same_lines_on_both_sides_is_one():
    sure = (Evidence.OBSERVED, Confidence.CERTAIN)
    needs = [Need("f", x, *sure) for x in "abcd"]
    needs += [Need(x, "US", *sure) for x in "ab"] + [Need("c", "DE", *sure)]
    needs.append(Need("d", "US", Evidence.OBSERVED, Confidence.LIKELY))
    sorts = {"f": "f", **dict.fromkeys("abcd", "provider"), "US": "US", "DE": "DE"}
    assert interchangeable(sorts, needs) == [["f"], ["a", "b"], ["c"], ["d"], ["US"], ["DE"]]

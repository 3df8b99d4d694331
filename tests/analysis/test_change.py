from __future__ import annotations

import json

import pytest

from depgraph.analysis import compare, timeline
from depgraph.analysis.change import Turn
from depgraph.errors import QuestionError
from tests.analysis.worlds import S, owned, world

NEW = [("address:192.0.2.1", "operator", "provider:cloud2"), *owned("cloud2")]


def moved(**about):
    return world(*NEW, without=["provider:cloud"], **about)


def lost(**about):
    return world(
        (f"addresses:{S}", "address", "unknown:addresses"),
        without=["address:192.0.2.1"],
        nodes={
            "unknown:addresses": {
                "reason": "known of another day only",
                "last_known": "Cloud",
                "last_known_time": "2026-01-15T00:00:00Z",
            }
        },
        **about,
    )


def test_one_who_left_and_one_who_came():
    found = compare(world(), moved(since="2026-02-01", until="2026-02-01"))
    assert [(c.turn, c.function, c.layer, c.entry.label) for c in found.layers] == [
        (Turn.VANISHED, "web", "host", "cloud"),
        (Turn.APPEARED, "web", "host", "cloud2"),
    ]
    assert [(c.turn, c.members) for c in found.cut_sets] == [
        (Turn.VANISHED, ("company:cloud",)),
        (Turn.APPEARED, ("company:cloud2",)),
    ]
    assert {(c.turn, (c.before or c.after).head) for c in found.edges} >= {
        (Turn.VANISHED, "provider:cloud"),
        (Turn.APPEARED, "provider:cloud2"),
    }
    assert (found.before, found.after) == (("2026-01-15",) * 2, ("2026-02-01",) * 2)
    assert "web  host  vanished  cloud (observed)" in found.text()
    assert "web  hébergeur  disparu  cloud (observé)" in found.text(lang="fr")


def test_what_is_not_known_any_more_has_not_vanished():
    found = compare(world(), lost())
    turns = {(c.layer, c.turn) for c in found.layers if not c.entry.unknown}
    assert turns == {("host", Turn.UNKNOWN)}
    assert {c.turn for c in found.cut_sets} == {Turn.UNKNOWN}
    assert {c.turn for c in found.edges if c.before} == {Turn.UNKNOWN}
    assert "no longer known" in found.text()


def test_evidence_that_changed():
    after = world()
    after.edges["address:192.0.2.1", "provider:cloud", "operator"]["evidence"] = "reported"
    found = compare(world(), after)
    assert [(c.turn, c.before.evidence, c.after.evidence) for c in found.edges] == [
        (Turn.CHANGED, "observed", "reported")
    ]
    assert [c.turn for c in found.layers] == [Turn.CHANGED]


def test_nothing_changed():
    found = compare(world(), world(since="2026-03-01", until="2026-03-02"))
    assert not found
    assert "Nothing changed." in found.text()


def test_graphs_of_two_services():
    other = world()
    other.graph["subject"] = "example.org"
    with pytest.raises(QuestionError, match=r"found example\.com and example\.org"):
        compare(world(), other)
    with pytest.raises(QuestionError, match="expected one graph or more"):
        timeline([])


def test_a_series_stands_in_the_order_of_its_days():
    late = lost(since="2026-03-01", until="2026-03-02")
    found = timeline([late, world(), moved(since="2026-02-01", until="2026-02-01")])
    assert [moment.since for moment in found.moments] == ["2026-01-15", "2026-02-01", "2026-03-01"]
    assert len(found.changes) == 2
    rows = found.text().splitlines()
    web = rows.index(next(row for row in rows if row.startswith("web")))
    assert rows[web].split() == ["web", "2026-01-15", "2026-02-01", "2026-03-01/03-02"]
    host = next(row for row in rows[web:] if row.startswith("  host"))
    assert "cloud (observed)" in host
    assert "cloud2 (observed)" in host
    cells = " ".join(row.split("  ")[-1].strip() for row in rows[rows.index(host) :][:4])
    assert "addresses unknown (last known 2026-01-15: Cloud)" in " ".join(cells.split())
    alone = next(row for row in rows[web:] if row.startswith("  can stop it alone"))
    assert "Cloud, Inc." in alone
    assert json.loads(found.to_json())["moments"][2]["functions"][0]["layers"]["host"]


def test_a_front_and_a_mailbox_are_layers_of_their_own():
    graph = world(
        (f"addresses:{S}", "front", f"front:shield/{S}"),
        (f"front:shield/{S}", "operator", "provider:shield"),
        (f"front:shield/{S}", "origin", "unknown:origin"),
        (f"function:{S}/mail", "mailbox", f"mailbox:{S}"),
        (f"mailbox:{S}", "operator", "provider:boxes"),
        *owned("shield"),
        *owned("boxes"),
    )
    web, mail = (dict(timeline([graph]).moments[0].functions[n][2]) for n in (0, 1))
    assert [one.label for one in web["front"]] == ["shield"]
    assert [one.id for one in web["host"]] == ["unknown:origin", "provider:cloud"]
    assert [one.label for one in mail["mailbox"]] == ["boxes"]
    assert [one.label for one in mail["mail"]] == ["mail"]

"""A name on hold does not work (RFC 5731), and no actor is held responsible."""

from __future__ import annotations

import pytest

from depgraph.analysis import check, dependence, exposure, takedown, without
from depgraph.analysis.verdicts import Answer, Ruling, State
from tests.analysis.worlds import CATALOGUE, S, world


def held(status):
    return world(nodes={f"registration:{S}": {"status": status}})


@pytest.mark.parametrize(
    "status",
    [
        "clientHold",
        "server hold",
        "client-hold",
        "clientTransferProhibited,serverHold https://icann.org/epp#serverHold",
        "redemptionPeriod",
        "Suspended.",
        "REGISTERED, NOT DELEGATED",
    ],
)
def test_a_name_on_hold_fails_as_recorded(status):
    graph = held(status)
    found = takedown(graph)
    assert {(one.state, one.alone) for one in found.functions} == {
        (State.FAILS, Answer.UNDETERMINED)
    }
    assert all(S in one.reason for one in found.functions)
    assert "nobody withdrawn: the registration is on hold: example.com (" in found.text(width=200)
    assert "l’enregistrement est gelé" in found.text(lang="fr")
    gone = without(graph, "company:cloud", catalogue=CATALOGUE)
    assert {(one.state, one.already) for one in gone.functions} == {(State.FAILS, True)}
    assert "at once" not in gone.text()
    ruled = check(graph, "independent of clouds", catalogue=CATALOGUE)
    assert {one.ruling for one in ruled.functions} == {Ruling.UNDETERMINED}
    assert "registration is on hold" in ruled.text()
    asked = dependence(graph, on="clouds", catalogue=CATALOGUE)
    assert {one.takedown for one in asked.functions} == {Answer.UNDETERMINED}


def test_a_locked_name_is_not_on_hold():
    for status in (
        "clientTransferProhibited",
        "client hold lifted",
        "pendingDelete",
        "delegated",
        None,
    ):
        graph = world() if status is None else held(status)
        assert takedown(graph)["web"].alone is Answer.YES
        assert not without(graph, "company:elsewhere", catalogue=CATALOGUE)["web"].already


def test_who_is_on_the_path_does_not_change():
    assert exposure(held("clientHold")).to_dict() == exposure(world()).to_dict()

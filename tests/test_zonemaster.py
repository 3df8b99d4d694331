"""Zones of the kinds that Zonemaster publishes, observed live: who can stop each alone."""

import pytest

from depgraph.analysis import takedown
from depgraph.analysis.verdicts import State
from depgraph.graph import build
from tests.delegations.judge import FAMILIES, failed, judge, record
from tests.delegations.truth import Truth, actors
from tests.delegations.zonemaster import CASES


def test_there_are_forty_and_each_has_a_name_of_its_own():
    assert len({case.name for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answers_by_hand_are_those_of_the_evaluator(case):
    for word, families in FAMILIES.items():
        truth = Truth(case.world(), families)
        alone = case.alone(word)
        assert truth.works(case.function, frozenset()) == (alone is not None)
        if alone is not None:
            assert alone == {
                actor
                for level in ("address", "nameserver")
                for actor, gone in actors(truth.world, level).items()
                if not truth.works(case.function, gone)
            }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_single_point_is_missed(case):
    """None is certain that is not one; where no server failed each that is one is certain."""
    world = case.world()
    graph = build(record(world))
    for word in FAMILIES:
        alone = case.alone(word)
        for level in ("address", "nameserver"):
            found = takedown(graph, level=level, upto=1, clients=word, explain=0)[case.function]
            assert found.state is not State.ABSENT
            wholly = [cut for cut in found.cut_sets if not cut.members]
            if alone is None:
                assert found.state is State.FAILS or wholly
                continue
            assert found.state is not State.FAILS
            assert not wholly
            right = {actor for actor in alone if actor.startswith(f"{level}:")}
            listed = {cut.ids[0] for cut in found.cut_sets}
            certain = {cut.ids[0] for cut in found.cut_sets if not cut.worst_case}
            assert certain <= right <= listed
            if not failed(world):
                assert certain == right


def test_what_is_denied_alone_is_not_offered():
    for case in CASES:
        if case.no_www:
            found = takedown(build(record(case.world())), level="address", explain=0)
            assert found["web-www"].state is State.ABSENT


@pytest.mark.parametrize("case", [c for c in CASES if not c.no_www], ids=lambda case: case.name)
def test_no_pair_is_missed_and_none_is_certain_that_is_none(case):
    world = case.world()
    verdict = judge(
        world, record(world), levels=("address", "nameserver"), functions=[case.function]
    )
    assert not verdict.wrong

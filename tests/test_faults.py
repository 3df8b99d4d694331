"""Some schedules of benchmarks/faults.py: nothing is lost, and nothing too sure."""

from benchmarks import faults
from benchmarks.faults import FAULTS, PATIENT, run, schedule, service, statements, surer


def test_forty_schedules_lose_nothing_and_are_never_too_sure():
    found = list(run(40, seed=1, domains=2))
    assert [number for number, word, _ in found if not word] == list(range(1, 41))
    assert [one for one in found if one[1]] == []


def test_every_kind_of_fault_is_in_them_and_the_same_seed_gives_the_same():
    world = service(2)
    several = [schedule(world, seed) for seed in range(1, 41)]
    assert {word for one in several for word, _ in one.faults.values()} == set(FAULTS)
    assert several == [schedule(world, seed) for seed in range(1, 41)]


def test_a_surer_statement_is_found():
    whole = {("web", "state", "works"), ("web", "cut, company", frozenset("ab"))}
    assert surer({("web", "cut, company", frozenset("abc"))}, whole) == set()
    assert surer({("web", "cut, company", frozenset("a"))}, whole)
    assert surer({("web", "alone, company", "no")}, whole)


def test_what_a_fault_leaves_open_is_open():
    """The schedules are not empty ones: without the second run much is undetermined."""
    with service(2) as world:
        whole = statements(faults.depgraph.build(faults._collect(world, PATIENT)))
        world.faults.update(dict.fromkeys(world.servers.keys() - {"198.41.0.4"}, FAULTS["refused"]))
        failed = statements(faults.depgraph.build(faults._collect(world, PATIENT)))
    assert surer(failed, whole) == set()
    assert len(failed) < len(whole)

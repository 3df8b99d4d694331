"""Twenty random delegation worlds against an evaluator apart from depgraph; see benchmarks/worlds.py."""

import pytest

from tests.delegations.draw import draw
from tests.delegations.judge import failed, judge, record
from tests.delegations.truth import Truth, actors
from tests.delegations.world import World, Zone

# Small ones, so that all twenty take seconds.
WORLDS = (0, 1, 3, 4, 7, 8, 12, 13, 15, 17, 18, 19, 22, 24, 25, 26, 27, 30, 31, 32)


def test_the_worlds_differ_in_what_matters():
    worlds = [draw(number) for number in WORLDS]
    assert 4 <= sum(map(failed, worlds)) <= 16
    assert sum(bool(world.places) for world in worlds) >= 2
    assert sum(zone.delegated != zone.own for world in worlds for zone in world.zones.values()) > 9
    assert draw(WORLDS[0]) == worlds[0]


@pytest.mark.parametrize("number", WORLDS)
def test_what_is_certain_is_true_and_what_is_true_is_listed(number):
    world = draw(number)
    verdict = judge(world, record(world))
    assert verdict.counts["singles asked"] > 100
    assert verdict.wrong == []


def test_the_evaluator_on_a_world_that_can_be_checked_by_eye():
    """ns1 is glued, ns2 stands in b.net, which ns1 and its own server serve."""
    glue = {"ns1.shop.com": ("192.0.2.1",)}
    own = {("ns1.shop.com", "A"): ("192.0.2.1",), ("shop.com", "A"): ("192.0.2.80",)}
    zones = {
        ".": Zone(name=".", delegated=(), own=()),
        "shop.com": Zone(
            name="shop.com",
            delegated=("ns1.shop.com", "ns2.b.net"),
            own=("ns1.shop.com", "ns2.b.net"),
            glue=glue,
            records=own,
        ),
        "b.net": Zone(
            name="b.net",
            delegated=("ns1.shop.com", "ns3.b.net"),
            own=("ns1.shop.com",),
            glue={"ns3.b.net": ("192.0.2.3",)},
            records={("ns2.b.net", "A"): ("192.0.2.2",)},
        ),
    }
    both = {"shop.com": "sound", "b.net": "sound"}
    serves = {
        "192.0.2.1": both,
        "192.0.2.2": {"shop.com": "sound"},
        "192.0.2.3": {"b.net": "sound"},
    }
    networks = dict.fromkeys((*serves, "192.0.2.80"), ("192.0.2.0/24", 64500))
    truth = Truth(World(service="shop.com", zones=zones, serves=serves, networks=networks))
    addresses = actors(truth.world, "address")

    def stopped(*last):
        gone = frozenset().union(*(addresses[f"address:192.0.2.{one}"] for one in last))
        return not truth.works("web", gone)

    assert not stopped()
    assert [one for one in (1, 2, 3, 80) if stopped(one)] == [80]
    assert stopped(1, 2)
    assert stopped(1, 3)
    assert not stopped(2, 3)

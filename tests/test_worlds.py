"""Twenty random delegation worlds against an evaluator apart from depgraph; see benchmarks/worlds.py."""

import pytest

from depgraph.analysis import takedown
from depgraph.graph import build
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


def zone(name, server, address, **records):
    """A zone with one server of its own, glued, and records: owner -> type -> data."""
    return Zone(
        name=name,
        delegated=(server,),
        own=(server,),
        glue={server: (address,)},
        records={
            (server, "A"): (address,),
            **{
                (owner, kind): data
                for owner, kinds in records.items()
                for kind, data in kinds.items()
            },
        },
    )


def small_world(*zones, places=None, **hosts):
    """A world of zones with one server each; every address has a prefix and an AS of its own."""
    addresses = [zone.glue[zone.delegated[0]][0] for zone in zones]
    every = [*addresses, *hosts.values()]
    return World(
        service=zones[-1].name,
        zones={one.name: one for one in (Zone(name=".", delegated=(), own=()), *zones)},
        serves={where: {one.name: "sound"} for where, one in zip(addresses, zones, strict=True)},
        networks={one: (f"{one}/32", 64500 + number) for number, one in enumerate(every)},
        places=places or {},
    )


COM = zone("com", "a.com", "192.0.2.1")


def test_an_alias_in_one_place_and_an_address_in_another_are_no_spares_of_each_other():
    """In de www has an address, in us an alias into another zone: each stops whom it serves."""
    www = "www.shop.com"
    world = small_world(
        COM,
        zone("b.com", "ns.b.com", "192.0.2.3", **{"cdn.b.com": {"A": ("192.0.2.81",)}}),
        zone(
            "shop.com",
            "ns.shop.com",
            "192.0.2.2",
            **{"shop.com": {"A": ("192.0.2.80",)}, www: {"A": ("192.0.2.82",)}},
        ),
        places={"de": {}, "us": {(www, "A"): (), (www, "CNAME"): ("cdn.b.com",)}},
        site="192.0.2.80",
        cdn="192.0.2.81",
        www="192.0.2.82",
    )
    recording = record(world)
    wrong = judge(world, recording).wrong
    assert [one for one in wrong if not one.startswith("mail")] == []  # none is offered by an MX
    cuts = takedown(build(recording), level="address", upto=1)["web-www"].cut_sets
    alone = {cut.ids[0]: [str(one) for one in cut.clients] for cut in cuts if not cut.worst_case}
    assert alone == {
        "address:192.0.2.1": [],  # serves com
        "address:192.0.2.2": [],  # serves shop.com, which both need
        "address:192.0.2.3": ["us"],
        "address:192.0.2.81": ["us"],
        "address:192.0.2.82": ["de"],
    }


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (("us",), "shop.k12.ma.us"),
        (("jp",), "shop.chiyoda.tokyo.jp"),
        (("uk", "co.uk"), "shop.co.uk"),
        (("jp", "tokyo.jp"), "shop.chiyoda.tokyo.jp"),
    ],
)
def test_every_zone_above_is_needed_be_it_a_public_suffix_or_not(above, name):
    """A suffix that is no zone hides nobody, and one that is has the zone above it to be found in."""
    registries = [zone(one, f"a.nic.{one}", f"192.0.2.{n}") for n, one in enumerate(above, 10)]
    site = zone(name, f"ns.{name}", "192.0.2.2", **{name: {"A": ("192.0.2.80",)}})
    world = small_world(COM, *registries, site, site="192.0.2.80")
    recording = record(world)
    wrong = judge(world, recording).wrong
    assert [one for one in wrong if one.startswith("web ")] == []
    cuts = takedown(build(recording), level="address", upto=1)["web"].cut_sets
    alone = {cut.ids for cut in cuts if not cut.worst_case}
    servers = {10 + n for n in range(len(above))}
    assert alone == {(f"address:192.0.2.{last}",) for last in {2, 80} | servers}

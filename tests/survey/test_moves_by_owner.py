"""An operator that belongs to others from one day to the next is no move of those whom it serves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import depgraph
from depgraph.analysis.owned import first_change, turn_of_owner
from depgraph.providers import load
from depgraph.survey.compare import Moves, compare
from tests.survey.test_moves import recording

ENOM, PAIR, CLOUDFLARE = (
    ("dns1.name-services.com", "dns2.name-services.com"),
    ("ns1.pair.com", "ns2.pair.com"),
    ("ada.ns.cloudflare.com", "bob.ns.cloudflare.com"),
)
CASES = {
    "stayed": (ENOM, ENOM),
    "as-well": (ENOM, ENOM),
    "added": (ENOM, (*ENOM, *CLOUDFLARE)),
    "left": (ENOM, CLOUDFLARE),
    "failed": (ENOM, None),
}
DAYS = {"enom": ("2017-01-02", "2017-02-15"), "pair": ("2026-08-22", "2026-09-22")}


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def moves() -> Moves:
    sides = [
        [
            recording(f"{name}.fr", of[place], moment(DAYS["enom"][place]))
            for name, of in CASES.items()
        ]
        for place in (0, 1)
    ]
    return compare(*map(depgraph.survey, sides))


def test_it_is_told_once_for_the_operator_with_the_number_of_services(moves: Moves) -> None:
    (told,) = moves.owners
    assert told.services == 3
    assert (told.change.of, told.change.turn, told.change.since) == (
        "company:enom",
        "changed",
        "2017-01-20",
    )
    assert (told.change.before, told.change.after) == (("company:rightside",), ("company:tucows",))


def test_only_the_services_that_moved_have(moves: Moves) -> None:
    assert {
        (one.service.removesuffix(".fr"), one.actor, one.turn)
        for one in moves.moves
        if one.layer == "dns"
    } == {
        ("added", "company:cloudflare", "appeared"),
        ("left", "company:cloudflare", "appeared"),
        ("left", "company:rightside", "vanished"),
        ("failed", "company:rightside", "no-longer-known"),
    }
    assert moves.moved == {"added.fr", "left.fr"}


def test_the_ranks_say_how_much_of_a_difference_is_by_owner(moves: Moves) -> None:
    ranks = {one.actor.partition(":")[2]: one for one in moves.ranks if one.layer == "dns"}
    counts = {
        name: (one.before, one.after, one.appeared, one.vanished, one.acquired, one.released)
        for name, one in ranks.items()
    }
    assert counts == {
        "rightside": (5, 0, 0, 1, 0, 3),
        "tucows": (0, 3, 0, 0, 3, 0),
        "cloudflare": (0, 2, 2, 0, 0, 0),
    }
    assert ranks["rightside"].no_longer_known == 1


def test_what_is_said_of_it(moves: Moves) -> None:
    said = moves.text(width=200)
    assert (
        "3 services: eNom, Incorporated now belongs to Tucows Inc., since 2017-01-20, "
        "no longer to Rightside Group, Ltd." in said
    )
    (tucows,) = (line.split() for line in said.splitlines() if "name service  Tucows Inc." in line)
    assert tucows[-7:] == ["0", "3", "0", "0", "0", "0", "+3"]
    assert (
        "3 services\u00a0: eNom, Incorporated appartient désormais à Tucows Inc., depuis 2017-01-20, "
        "et non plus à Rightside Group, Ltd." in moves.text(lang="fr", width=200)
    )


def test_where_no_source_says_since_when_it_is_newly_known() -> None:
    """The catalogue has pair Networks as Your.Online's by 2026-09-11, and not since when."""
    days = [[recording("a.fr", PAIR, moment(day))] for day in DAYS["pair"]]
    moves = compare(*map(depgraph.survey, days))
    assert moves.moves == ()
    (told,) = moves.owners
    assert (told.change.turn, told.change.since, told.services) == (
        "newly-known",
        "..2026-09-11",
        1,
    )
    said = moves.text(width=200)
    assert "No service moved" in said
    assert (
        "One service: pair Networks, Inc. belongs to Your.Online B.V. (Total Webhosting Solutions), "
        "at the latest since 2026-09-11; whether it did before is not known" in said
    )


@pytest.mark.parametrize("which", DAYS)
def test_compare_and_timeline_say_it_of_one_service(which: str) -> None:
    servers = {"enom": ENOM, "pair": PAIR}[which]
    days = [recording("a.fr", servers, moment(day)) for day in DAYS[which]]
    alone = depgraph.compare(*map(depgraph.build, days))
    (moved,) = compare(*(depgraph.survey([day]) for day in days)).owners
    (told,) = (one for one in alone.owners if one.of == moved.change.of)
    assert told == moved.change
    assert alone.to_dict()["owners"][0]["since"] == told.since
    line = {
        "enom": "eNom, Incorporated now belongs to Tucows Inc., since 2017-01-20",
        "pair": "pair Networks, Inc. belongs to Your.Online B.V.",
    }[which]
    assert line in alone.text(width=200)
    assert line in depgraph.timeline([*map(depgraph.build, days)]).text(width=200)


@pytest.mark.parametrize(
    ("company", "parents", "days", "expected"),
    [
        ("forcepoint", ("raytheon", ""), ("2020-10-01", "2020-11-01"), ("changed", "2020-10-27")),
        ("combell", ("", "team-blue"), ("2018-12-31", "2020-01-01"), ("changed", "2019")),
        # On a day of the year in which it came to it, it may have been there or not.
        ("combell", ("", "team-blue"), ("2019-05-01", "2020-01-01"), ("newly-known", "2019")),
        # Both days are of the same owner: another edition of the catalogue did not know it.
        ("combell", ("", "team-blue"), ("2020-05-01", "2021-01-01"), ("newly-known", "2019")),
        ("combell", ("team-blue", ""), ("2020-05-01", "2021-01-01"), ("no-longer-known", "")),
        ("combell", ("", "cloudflare"), ("2018-12-31", "2020-01-01"), ("newly-known", "")),
    ],
)
def test_when_it_was_is_what_the_catalogue_says(
    company: str, parents: tuple[str, str], days: tuple[str, str], expected: tuple[str, str]
) -> None:
    before, after = ([f"company:{one}"] if one else [] for one in parents)
    was, now = map(date.fromisoformat, days)
    chains = [["provider:x", f"company:{company}", *above] for above in (before, after)]
    change = first_change(*chains)
    assert change is not None
    assert turn_of_owner(*change, days=(was, now), catalogue=load()) == expected

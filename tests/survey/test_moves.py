"""What moved between two surveys is what moved between the graphs of each service."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import depgraph
from depgraph.observations import Observation, Status
from depgraph.readers import interval
from depgraph.recording import Header, Recording
from depgraph.survey.compare import Moves, compare
from depgraph.survey.result import Survey

FIRST, SECOND = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC)
OVH, CLOUDFLARE = (
    ("dns10.ovh.net", "ns10.ovh.net"),
    ("ada.ns.cloudflare.com", "bob.ns.cloudflare.com"),
)
CASES = {
    "moved": (OVH, CLOUDFLARE),
    "added": (CLOUDFLARE[:1], (*CLOUDFLARE[:1], *OVH)),
    "dropped": ((*CLOUDFLARE[:1], *OVH[:1]), CLOUDFLARE),
    "failed": (OVH, None),
    "found": (None, OVH),
    "same": (OVH, OVH),
    "renamed": (CLOUDFLARE[:1], CLOUDFLARE[1:]),
    "to-unknown": (OVH, ("ns1.somebody.example",)),
    "to-itself": (OVH, ("ns1.to-itself.fr",)),
    "from-itself": (("ns1.from-itself.fr",), OVH),
    "gone": (OVH, ()),
    "new": ((), OVH),
}
"""Service -> its name servers on two days: None where the look-up failed, empty where nobody asked."""


def recording(name: str, servers: tuple[str, ...] | None, day: datetime) -> Recording:
    """Return what a resolver was asked: for the name servers alone."""
    status = Status.SERVFAIL if servers is None else Status.ANSWER
    seen = Observation(
        subject=name,
        type="NS",
        status=status,
        values=servers or (),
        source="dns",
        server="192.0.2.53",
        time=day,
    )
    return Recording(Header(subject=name), (seen,))


def day(place: int, when: datetime) -> dict[str, Recording]:
    return {
        name: recording(f"{name}.fr", servers[place], when)
        for name, servers in CASES.items()
        if servers[place] != ()
    }


@pytest.fixture(scope="module")
def days() -> tuple[dict[str, Recording], dict[str, Recording]]:
    return day(0, FIRST), day(1, SECOND)


@pytest.fixture(scope="module")
def moves(days: tuple[dict[str, Recording], dict[str, Recording]]) -> Moves:
    return compare(*(depgraph.survey(list(one.values())) for one in days))


@pytest.mark.parametrize("name", [name for name, servers in CASES.items() if () not in servers])
def test_what_became_of_the_dns_operators_is_what_compare_says_of_the_service(
    name: str, days: tuple[dict[str, Recording], dict[str, Recording]], moves: Moves
) -> None:
    alone = depgraph.compare(*(depgraph.build(one[name]) for one in days))
    expected = {
        (entry.role.companies[-1].id if entry.role.companies else entry.role.actor, entry.turn)
        for layer in alone.layers
        if layer.layer == "dns"
        for entry in layer.entries
        if entry.turn != "changed" and not entry.role.own  # no row of a survey has a service itself
    }
    found = {
        (one.actor, one.turn)
        for one in moves.moves
        if (one.service, one.layer) == (f"{name}.fr", "dns")
    }
    assert {(one.partition(":")[2].removeprefix("~"), turn) for one, turn in found} == {
        (one.partition(":")[2].removeprefix("~"), turn) for one, turn in expected
    }


def test_ranks_tell_what_came_and_went_apart_from_what_is_known_or_not(moves: Moves) -> None:
    ranks = {one.actor: one for one in moves.ranks if one.layer == "dns"}
    ovh = ranks["company:ovh"]
    assert (ovh.before, ovh.after) == (7, 5)
    # moved and dropped; added and from-itself; found and new; failed and gone.
    told = (ovh.appeared, ovh.vanished, ovh.newly_known, ovh.no_longer_known)
    assert told == (1, 3, 3, 3)
    for one in moves.ranks:
        came, went = one.appeared + one.newly_known, one.vanished + one.no_longer_known
        assert one.after - one.before == came - went


def test_who_lost_as_many_as_it_gained_stands_in_the_ranks() -> None:
    before = [recording("a.fr", OVH, FIRST), recording("b.fr", CLOUDFLARE, FIRST)]
    after = [recording("a.fr", CLOUDFLARE, SECOND), recording("b.fr", OVH, SECOND)]
    moves = compare(depgraph.survey(before), depgraph.survey(after))
    assert {
        one.actor: (one.before, one.after, one.appeared, one.vanished)
        for one in moves.ranks
        if one.layer == "dns"
    } == {"company:ovh": (1, 1, 1, 1), "company:cloudflare": (1, 1, 1, 1)}


def test_what_moved_is_a_table(moves: Moves) -> None:
    assert len(moves.to_frame()) == len(moves.moves)


def registry(path: Path, *servers: str) -> Survey:
    """Return what a registry's file says of one delegation."""
    lines = ["gov. 3600 IN SOA a.ns.gov. dns.gov. 1 3600 900 604800 300"]
    lines += [f"x.gov. 10800 IN NS {server}" for server in servers]
    path.write_text("\n".join([*lines, ""]))
    return depgraph.survey(path, undated=interval("2026-08-01"))


@pytest.mark.parametrize("bad", ["ns1..ovh.net.", "ns1.ovh.net. x y", ""])
@pytest.mark.parametrize("first", [False, True])
def test_a_delegation_of_which_a_line_does_not_read_is_not_all_of_it(
    tmp_path: Path, bad: str, *, first: bool
) -> None:
    whole = registry(tmp_path / "gov.zone", "ns1.ovh.net.", "ada.ns.cloudflare.com.")
    lines = [bad, "ada.ns.cloudflare.com."]
    part = registry(tmp_path / "part.zone", *(lines if first else lines[::-1]))
    rows = [row for row in part.tables["layers"].to_pylist() if row["layer"] == "dns"]
    assert rows
    assert not any(row["whole"] for row in rows)
    assert all("malformed" in row["why"] for row in rows)
    alone = {(row["actor"], row["lever"]) for row in part.tables["alone"].to_pylist()}
    assert ("company:cloudflare", "stop-dns") not in alone
    moves = {(one.layer, one.actor): one.turn for one in compare(whole, part).moves}
    assert moves["servers", ""] == "no-longer-known"
    assert moves["dns", "company:ovh"] == "no-longer-known"
    moves = {(one.layer, one.actor): one.turn for one in compare(part, whole).moves}
    assert moves["servers", ""] == "newly-known"

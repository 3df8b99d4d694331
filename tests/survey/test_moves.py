"""What moved between two surveys is what moved between the graphs of each service."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import depgraph
from depgraph.readers import interval
from depgraph.recording import Header, Recording
from depgraph.survey.compare import Moves, compare
from depgraph.survey.result import Survey
from tests.graphs import seen

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

GOOGLE, MICROSOFT, OVH_MAIL = (
    ("1 aspmx.l.google.com", "5 alt1.aspmx.l.google.com"),
    ("0 x.mail.protection.outlook.com",),
    ("1 mx1.mail.ovh.net",),
)
MAIL = {
    "moved": (GOOGLE, MICROSOFT),
    "added": (GOOGLE, (*GOOGLE, *OVH_MAIL)),
    "dropped": ((*GOOGLE, *OVH_MAIL), GOOGLE),
    "failed": (GOOGLE, None),
    "found": (None, OVH_MAIL),
    "same": (OVH_MAIL, OVH_MAIL),
    "renumbered": (GOOGLE[:1], ("7 aspmx.l.google.com",)),
    "to-unknown": (GOOGLE, ("1 mx.somebody.example",)),
    "to-itself": (GOOGLE, ("1 mx.to-itself.fr",)),
    "from-itself": (("1 mx.from-itself.fr",), MICROSOFT),
    "refused": (GOOGLE, ("0 .",)),
    "taken": (("0 .",), GOOGLE),
    "unread": ((*GOOGLE, *OVH_MAIL), (*GOOGLE, "1 2 3")),
}
"""The same of its mail exchanges."""


def recording(
    name: str, servers: tuple[str, ...] | None, day: datetime, *, kind: str = "NS"
) -> Recording:
    """Return what a resolver was asked: for the name servers, or the mail exchanges, alone."""
    status = "servfail" if servers is None else "answer"
    one = seen(
        name, kind, *servers or (), status=status, source="dns", server="192.0.2.53", time=day
    )
    return Recording(Header(subject=name), (one,))


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


def mail_on(place: int) -> dict[str, Recording]:
    when = (FIRST, SECOND)[place]
    return {name: recording(f"{name}.fr", of[place], when, kind="MX") for name, of in MAIL.items()}


@pytest.fixture(scope="module")
def mail_moves() -> Moves:
    return compare(*(depgraph.survey(list(mail_on(place).values())) for place in (0, 1)))


@pytest.mark.parametrize("layer", ["mail", "mailbox"])
@pytest.mark.parametrize("name", MAIL)
def test_what_became_of_those_who_take_the_mail_is_what_compare_says_of_the_service(
    name: str, layer: str, mail_moves: Moves
) -> None:
    alone = depgraph.compare(*(depgraph.build(mail_on(place)[name]) for place in (0, 1)))
    expected = {
        (entry.role.companies[-1].id if entry.role.companies else entry.role.actor, entry.turn)
        for one in alone.layers
        if one.layer == layer
        for entry in one.entries
        if entry.turn != "changed" and not entry.role.own
    }
    found = {
        (one.actor, one.turn)
        for one in mail_moves.moves
        if (one.service, one.layer) == (f"{name}.fr", layer)
    }
    assert {(one.partition(":")[2], turn) for one, turn in found} == {
        (one.partition(":")[2], turn) for one, turn in expected if turn != "same"
    }


def test_mail_exchanges_move_as_name_servers_do(mail_moves: Moves) -> None:
    assert {
        one.service.removesuffix(".fr"): (one.turn, one.label)
        for one in mail_moves.moves
        if one.layer == "exchangers"
    } == {
        "moved": (
            "changed",
            "-alt1.aspmx.l.google.com -aspmx.l.google.com +x.mail.protection.outlook.com",
        ),
        "added": ("changed", "+mx1.mail.ovh.net"),
        "dropped": ("changed", "-mx1.mail.ovh.net"),
        "failed": ("no-longer-known", "-alt1.aspmx.l.google.com -aspmx.l.google.com"),
        "found": ("newly-known", "+mx1.mail.ovh.net"),
        "to-unknown": (
            "changed",
            "-alt1.aspmx.l.google.com -aspmx.l.google.com +mx.somebody.example",
        ),
        "to-itself": ("changed", "-alt1.aspmx.l.google.com -aspmx.l.google.com +mx.to-itself.fr"),
        "from-itself": ("changed", "-mx.from-itself.fr +x.mail.protection.outlook.com"),
        "refused": ("changed", "-alt1.aspmx.l.google.com -aspmx.l.google.com"),
        "taken": ("changed", "+alt1.aspmx.l.google.com +aspmx.l.google.com"),
        "unread": ("no-longer-known", "-mx1.mail.ovh.net"),
    }
    assert not any(one.layer == "servers" for one in mail_moves.moves)  # nobody asked for them
    assert "moved.fr" in mail_moves.moved
    assert "failed.fr" not in mail_moves.moved


def test_a_service_without_an_mx_record_takes_its_mail_itself() -> None:
    """RFC 5321, section 5.1: and that a weak step alone leads there leaves no other one open."""
    empty = seen("a.fr", "MX", status="nodata", source="dns", time=SECOND)
    address = seen("a.fr", "A", "192.0.2.7", source="dns", time=SECOND)
    after = depgraph.survey([Recording(Header(subject="a.fr"), (empty, address))])
    before = depgraph.survey([recording("a.fr", OVH_MAIL, FIRST, kind="MX")])
    (row,) = after.tables["services"].to_pylist()
    assert row["exchangers"] == ["a.fr"]
    told = {one.layer: (one.turn, one.label) for one in compare(before, after).moves}
    assert told["exchangers"] == ("changed", "-mx1.mail.ovh.net +a.fr")
    assert told["mail"][0] == "no-longer-known"  # whether that takes mail, nobody says


def denied(name: str, day: datetime) -> Recording:
    """Return what a resolver was told of a name that does not exist."""
    kinds = ("A", "NS")
    found = [seen(name, kind, status="nxdomain", source="dns", time=day) for kind in kinds]
    return Recording(Header(subject=name), tuple(found))


def test_a_service_that_exists_in_one_survey_only_is_told_once() -> None:
    servers = {"there.fr": OVH, "unknown.fr": None}
    before = [recording(name, one, FIRST) for name, one in servers.items()]
    after = [denied(name, SECOND) for name in servers]
    moves = compare(
        *(depgraph.survey([*one, denied("never.fr", FIRST)]) for one in (before, after))
    )
    assert [(one.service, one.layer, one.turn) for one in moves.moves] == [
        ("there.fr", "existence", "vanished"),
        ("unknown.fr", "existence", "newly-known"),
    ]
    assert (moves.vanished, moves.appeared, moves.moved) == ({"there.fr"}, set(), set())
    ranks = {one.actor: one for one in moves.ranks if one.layer in {"dns", "registry"}}
    ovh, afnic = ranks["company:ovh"], ranks["company:afnic"]
    assert (ovh.before, ovh.after, ovh.vanished, ovh.no_longer_known) == (1, 0, 1, 0)
    # That a registry has lost a name of which nobody knew whether it was there, is not known.
    assert (afnic.before, afnic.after, afnic.vanished, afnic.no_longer_known) == (2, 0, 1, 1)
    said = moves.text()
    assert said.splitlines()[0] == "No service moved"
    assert "One service does not exist any more." in said
    assert "does not exist; whether it did before is not known" in said
    assert "Un service n’existe plus." in moves.text(lang="fr")


def test_a_service_that_exists_now_is_told_once() -> None:
    servers = {"there.fr": OVH, "unknown.fr": None}
    before = [denied(name, FIRST) for name in servers]
    after = [recording(name, one, SECOND) for name, one in servers.items()]
    moves = compare(depgraph.survey(before), depgraph.survey(after))
    assert [(one.service, one.layer, one.turn) for one in moves.moves] == [
        ("there.fr", "existence", "appeared"),
        ("unknown.fr", "existence", "no-longer-known"),
    ]
    assert (moves.vanished, moves.appeared, moves.moved) == (set(), {"there.fr"}, set())
    said = moves.text()
    assert "One service that did not exist exists now." in said
    assert "did not exist; whether it does now is not known" in said


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

"""How many hosts of others the answers of one run may have us ask for: counted, without a socket."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from depgraph.collect.budget import Budget
from depgraph.collect.plan import Question
from depgraph.collect.pointing import Pointing
from depgraph.limits import met
from depgraph.observations import Observation, Status
from depgraph.vocabulary import Limit, Purpose

KIN = Budget().kin
DAY = datetime(2026, 11, 1, tzinfo=UTC)


def answer(owner, kind="CNAME"):
    return Observation(
        subject=owner, type=kind, status=Status.ANSWER, values=("x.victim.net",), time=DAY
    )


def host(name, *aliases, purpose=Purpose.HOST, kind="A", **more):
    return Question(name, kind, purpose, aliases=aliases, **more)


def aliased(pointing, number, kind="A"):
    own = f"a{number}.evil.com"
    return pointing.admit(host(f"v{number}.victim.net", own, kind=kind), answer(own))


def test_of_many_aliases_into_a_domain_some_are_followed_behind_the_first():
    pointing = Pointing(Budget())
    found = [aliased(pointing, n, kind) for n in range(20) for kind in ("A", "AAAA")]
    asked = {q.subject for q in found if q.refused is None}
    assert len(asked) == KIN
    first = ("v0.victim.net", "v1.victim.net")
    assert {q.behind for q in found if q.refused is None} == {(), first}
    assert {q.subject for q in found if q.refused is None and not q.behind} == set(first)
    refused = [q for q in found if q.refused is not None]
    assert {q.refused for q in refused} == {Status.NOT_ASKED_BUDGET}
    told = [
        Observation(subject=q.subject, type=q.type, status=q.refused, note=q.note, time=DAY)
        for q in refused
    ]
    (limit,) = met(told)
    assert (limit.limit, limit.left) == (Limit.DOMAIN, len(refused))
    assert aliased(pointing, 3).refused is None  # it was followed before


def test_another_name_of_the_pointing_domain_is_no_way_around():
    pointing = Pointing(Budget())
    for n in range(KIN):
        aliased(pointing, n)
    other = pointing.admit(host("w.victim.net", "a.accomplice.org"), answer("a.accomplice.org"))
    assert other.refused is Status.NOT_ASKED_BUDGET


@pytest.mark.parametrize("kind", ["NS", "MX", "HTTPS", "TXT"])
def test_zones_of_one_domain_that_point_at_anothers_hosts_are_counted_together(kind):
    """Whatever way they point; those after the first two are behind these."""
    pointing = Pointing(Budget())
    found = [
        pointing.admit(host(f"v{n}.victim.net"), answer(f"a{n}.evil.com", kind)) for n in range(40)
    ]
    asked = [q for q in found if q.refused is None]
    first = ("v0.victim.net", "v1.victim.net")
    assert len(asked) == KIN
    assert [q.behind for q in asked] == [(), (), *[first] * (KIN - 2)]


def test_a_server_that_has_to_be_found_to_be_asked_is_counted_as_well():
    pointing = Pointing(Budget())
    found = [
        pointing.admit(
            Question(f"a{n}.evil.com", "SOA", Purpose.ZONE, server=f"v{n}.victim.net"),
            answer(f"a{n}.evil.com", "NS"),
        )
        for n in range(40)
    ]
    assert sum(q.refused is None for q in found) == KIN
    assert pointing.behind("a7.evil.com", "v7.victim.net") == ("v0.victim.net", "v1.victim.net")
    assert pointing.behind("a30.evil.com", "v30.victim.net") is None


def test_what_the_apex_or_the_service_names_is_behind_nothing():
    pointing = Pointing(Budget(), "sub.evil.com")
    for n in range(40):
        pointing.behind(f"a{n}.evil.com", f"v{n}.victim.net")
    for owner in ("evil.com", "sub.evil.com"):
        assert pointing.behind(owner, f"ns.{owner}.victim.net") == ()


def test_an_honest_service_at_one_operator_is_asked_all():
    """Thirteen servers, seven exchanges, a policy, and both its names aliases of one platform."""
    pointing = Pointing(Budget())
    several = [
        *(pointing.admit(host(f"ns{n}.big.net"), answer("shop.com", "NS")) for n in range(13)),
        *(pointing.admit(host(f"mx{n}.big.net"), answer("shop.com", "MX")) for n in range(7)),
        pointing.admit(
            host("spf.big.net", purpose=Purpose.SPF, kind="TXT"), answer("shop.com", "TXT")
        ),
        *(
            pointing.admit(
                host(f"{n}.big.net", f"{n}.shop.com", purpose=Purpose.SERVICE),
                answer(f"{n}.shop.com"),
            )
            for n in ("www", "web", "app")
        ),
    ]
    assert all(q.refused is None and not q.behind for q in several)


def test_registries_and_a_domain_itself_may_name_as_many_as_they_like():
    pointing = Pointing(Budget())
    for owner in ("com", "victim.net"):
        for n in range(60):
            q = pointing.admit(host(f"n{n}.victim.net"), answer(owner, "NS"))
            assert q.refused is None

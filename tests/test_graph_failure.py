"""What a recording shows not to work: absence, and servers that did not serve."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from depgraph.analysis import findings, takedown, without
from depgraph.graph import failure, views, zones
from depgraph.graph.answers import Index, server_address
from depgraph.graph.delegation import Delegation
from depgraph.graph.failure import Service, absence, failing, nonexistent
from depgraph.vocabulary import reasons
from tests.graphs import CATALOGUE, DAY, delegated, edge, glue, made, out, placed, seen

GONE = "ns.gone.net"


def index(*observations):
    return Index(observations, since=DAY.date(), until=DAY.date())


def denied(name, *types, status="nxdomain", **more):
    return [seen(name, kind, status=status, **more) for kind in types or ("A", "AAAA")]


# -- what is settled not to exist ----------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        denied(GONE),
        denied(GONE, status="nodata"),
        denied(GONE, "A"),  # NXDOMAIN is about the name, whatever was asked
        denied(GONE, "MX"),
        denied("gone.net", "NS"),  # RFC 8020
        [*denied(GONE, "A"), *denied(GONE, "AAAA", status="nodata")],
        denied(GONE, zone="gone.net", server="192.0.2.1", flags=("AA",)),
        denied(GONE, server="192.0.2.53"),  # a resolver
        denied(GONE, zone="gone.net"),  # written by hand: no server, no flags
        [*denied(GONE), seen("other.gone.org", "A", "192.0.2.1")],
        # a server timed out, another of the same place answered
        [*denied(GONE), seen(GONE, "A", status="timeout", server="192.0.2.2", zone="gone.net")],
        [*denied(GONE), seen(GONE, "AAAA", status="not-asked: budget")],
        # glue proves nothing, it may be stale
        [*denied(GONE), glue(GONE, "192.0.2.1", by="net")],
    ],
)
def test_absence_is_settled(rows):
    assert absence(index(*rows), GONE) is not None


@pytest.mark.parametrize(
    "rows",
    [
        [],  # silence is no failure
        denied(GONE, "A", status="nodata"),  # AAAA was not asked
        denied(GONE, status="timeout"),
        denied(GONE, status="servfail"),
        denied(GONE, status="not-asked: no server"),
        [*denied(GONE, "AAAA"), seen(GONE, "A", status="timeout")],
        [*denied(GONE), seen(GONE, "TXT", "hello")],
        [*denied(GONE), seen(f"a.{GONE}", "A", "192.0.2.1")],  # RFC 8020
        [*denied(GONE, "MX"), *denied(GONE, "A", status="nodata")],
        [*denied("gone.net", "NS"), seen("x.gone.net", "A", "192.0.2.1")],
        [*denied(GONE), seen(GONE, "A", "192.0.2.1")],
        [*denied(GONE, status="nodata"), seen(GONE, "CNAME", "a.example")],
        # the server of the zone said so without authority
        denied(GONE, zone="gone.net", server="192.0.2.1"),
        # another place got no answer
        [
            *denied(GONE, vantage="de"),
            *denied(GONE, status="timeout", vantage="us"),
        ],
        # a server spoke of a name outside its zone
        denied(GONE, zone="evil.org", server="192.0.2.66", flags=("AA",)),
    ],
)
def test_absence_stays_open(rows):
    assert absence(index(*rows), GONE) is None


def test_one_witness_is_said_to_be_one():
    assert absence(index(*denied(GONE)), GONE).get("witness") == "one"
    two = [*denied(GONE, server="192.0.2.1"), *denied(GONE, server="192.0.2.2")]
    assert absence(index(*two), GONE).get("witness") == ""


def test_a_zone_that_does_not_exist_has_no_servers_and_no_registration():
    answered = denied("gone.net", "NS", flags=("AA",), zone="net", server="192.0.2.9")
    g = made(delegated("shop.com", "a.example", GONE), *answered)
    assert nonexistent(index(*answered), GONE) is not None
    data = edge(g, "nameservers:shop.com", f"nameserver:{GONE}", "nameserver")
    assert (data["strength"], data["finding"][:11]) == ("exposes", "nonexistent")
    assert "zone:gone.net" not in g
    assert out(g, f"addresses:{GONE}") == []


# -- who served ------------------------------------------------------------------------------


def asked(status, server="192.0.2.1", name="ns1.shop.com", zone="shop.com", **more):
    values = ("ns1.shop.com h.shop.com 1 1 1 1 1",) if status == "answer" else ()
    return seen(
        zone, "SOA", *values, status=status, zone=zone, server=server, server_name=name, **more
    )


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], None),
        ([asked("timeout")], "timeout"),
        ([asked("refused"), asked("lame")], "lame; refused"),
        ([asked("timeout"), asked("answer")], None),
        ([asked("nxdomain"), asked("servfail")], None),
        ([asked("not-asked: no server", server="")], None),
        ([asked("timeout", server="")], "timeout"),  # which address was asked is not recorded
        ([asked("timeout", server="192.0.2.1:5353")], "timeout"),
        ([asked("timeout", zone="other.com")], None),
        ([asked("answer", server="192.0.2.9")], None),  # at an address that does not count
        ([asked("timeout"), asked("answer", server="192.0.2.9")], "timeout"),
    ],
)
def test_who_did_not_serve(rows, why):
    failure = Service.of(index(*rows), "shop.com").failure("ns1.shop.com", ["192.0.2.1"])
    assert (None if failure is None else failure.get("reason")) == why


@pytest.mark.parametrize(
    "answer",
    [
        seen("shop.com", "NS", status="referral", zone="com", server="192.0.2.1"),
        seen("com", "NS", "a.nic.com", zone="com", server="192.0.2.1", flags=("AA",)),
        seen("com", "DNSKEY", status="nodata", zone="com", server="192.0.2.1", flags=("AA",)),
    ],
)
def test_one_question_declined_is_no_failure_of_a_server_that_answers_for_the_zone(answer):
    declined = seen("com", "SOA", status="servfail", zone="com", server="192.0.2.1")
    assert Service.of(index(declined), "com").failure("a.nic.com", ["192.0.2.1"]) is not None
    assert Service.of(index(declined, answer), "com").failure("a.nic.com", ["192.0.2.1"]) is None


def test_a_failure_that_passed_says_nothing_against_the_later_answer_of_the_same_server():
    at = {"zone": "shop.com", "server": "192.0.2.1", "server_name": "ns1.shop.com"}
    later = {"time": DAY + timedelta(minutes=5)}
    failed = seen("shop.com", "A", status="timeout", **at)
    answered = seen("shop.com", "A", "192.0.2.80", **at, **later)
    unasked = seen("shop.com", "A", status="not-asked: budget")
    assert index(failed, unasked, answered).ask("shop.com", "A").failed == ()
    # of another server, another zone, another place, or before
    for other in ({"server": "192.0.2.2"}, {"zone": "com"}, {"vantage": "Paris"}):
        elsewhere = seen("shop.com", "A", "192.0.2.80", **(at | other), **later)
        assert index(failed, elsewhere).ask("shop.com", "A").failed == (failed,)
    before = seen("shop.com", "A", "192.0.2.80", **at, time=DAY - timedelta(minutes=5))
    assert index(failed, before).ask("shop.com", "A").failed == (failed,)


def test_an_address_that_failed_every_zone():
    rows = index(asked("timeout"), asked("refused", zone="other.com"))
    assert str(failing(rows, "192.0.2.1")) == "did-not-serve?reason=refused%3B timeout"
    assert failing(index(asked("timeout"), asked("answer", zone="b.com")), "192.0.2.1") is None


def test_answers_without_authority_are_used_and_noted():
    g = made(
        delegated("shop.com", "ns1.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        asked("answer"),
    )
    data = edge(g, "nameservers:shop.com", "nameserver:ns1.shop.com", "nameserver")
    assert (data["strength"], data["finding"]) == ("needs", "no-authority")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:5353", "192.0.2.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("[2001:db8::1]:5353", "2001:db8::1"),
        ("https://rdap.example/", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_server(text, address):
    assert server_address(seen("shop.com", "A", "192.0.2.7", server=text)) == address


# -- how a delegation leads to a server ----------------------------------------------------


def ways(name, *rows, zone="shop.com", above="com"):
    where = index(*rows)
    delegation = Delegation.of(where, zone, above, [name])
    return [
        (way.word, sorted(way.addresses), way.looked_up) for way in delegation.ways(where, name)
    ]


PACKET = delegated("shop.com", "ns1.shop.com", "ns.far.com", server="192.5.6.30")
OWN = seen("ns.far.com", "A", "192.0.2.1")
SIX = seen("ns.far.com", "AAAA", "2001:db8::1")


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("ns.far.com", [PACKET, OWN], [("own", ["192.0.2.1"], True)]),
        (
            "ns.far.com",
            [PACKET, OWN, glue("ns.far.com", "192.0.2.2")],
            [("glue in com", ["192.0.2.2"], False)],
        ),
        (
            "ns.far.com",
            [PACKET, OWN, SIX, glue("ns.far.com", "192.0.2.1")],
            [("glue in com", ["192.0.2.1"], False), ("AAAA", ["2001:db8::1"], True)],
        ),
        (  # in its own zone it is found only when the zone works already
            "ns1.shop.com",
            [
                PACKET,
                seen("ns1.shop.com", "AAAA", "2001:db8::1"),
                glue("ns1.shop.com", "192.0.2.1"),
            ],
            [("glue in com", ["192.0.2.1"], False)],
        ),
        ("ns1.shop.com", [PACKET], [("own", [], True)]),  # seen as sent: there was no glue
        (  # that its address is known once the zone is reached by another comes too late
            "ns1.shop.com",
            [PACKET, seen("ns1.shop.com", "A", "192.0.2.1")],
            [("own", ["192.0.2.1"], True)],
        ),
        ("ns1.shop.com", [delegated("shop.com", "ns1.shop.com")], [("own", [], False)]),
        (  # out of bailiwick
            "ns.far.net",
            [delegated("shop.com", "ns.far.net"), glue("ns.far.net", "192.0.2.66", by="evil.org")],
            [("own", [], True)],
        ),
    ],
)
def test_ways_to_a_server(name, rows, expected):
    assert ways(name, *rows) == expected


CHILD = seen("www.shop.com", "NS", "ns9.shop.com", zone="www.shop.com", server="192.0.2.9")
BESIDE = {"zone": "shop.com", "server": "192.0.2.2", "server_name": "ns2.shop.com"}
FROM_CHILD = seen("www.shop.com", "A", "192.0.2.80", flags=("AA",), **BESIDE)


def test_what_a_server_answers_from_a_zone_below_is_no_service_of_the_zone_above():
    refused = seen("shop.com", "SOA", status="refused", **BESIDE)
    rows = index(CHILD, FROM_CHILD, refused)
    assert Service.of(rows, "shop.com").failure("ns2.shop.com", ["192.0.2.2"]) is not None
    assert Service.of(rows, "www.shop.com").failure("ns2.shop.com", ["192.0.2.2"]) is None
    # nor where it is not known that there is a zone below
    assert Service.of(index(FROM_CHILD, refused), "shop.com").failure("", ["192.0.2.2"]) is not None
    # DS records at a cut are of the zone above
    parent = seen("www.shop.com", "DS", status="nodata", flags=("AA",), **BESIDE)
    above = Service.of(index(CHILD, parent), "shop.com")
    assert [o.status for o in above.at["192.0.2.2"].served] == [parent.status]


def test_a_server_of_the_zone_above_that_has_the_zone_is_a_way_to_it():
    """The zone www is delegated to ns9; ns2 of the shop has it besides, and never refers."""
    g = made(
        delegated("shop.com", "ns1.shop.com", "ns2.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        glue("ns2.shop.com", "192.0.2.2"),
        delegated("www.shop.com", "ns9.shop.com", by="shop.com", server="192.0.2.1"),
        seen("ns9.shop.com", "A", "192.0.2.9"),
        CHILD,
        FROM_CHILD,
    )
    assert out(g, "nameservers:www.shop.com") == [
        "lookup:ns9.shop.com",
        "nameserver:ns2.shop.com",
    ]


def split(*rows):
    """A zone www on servers of its own, to which ns1 of the shop refers; what others say is given."""
    return made(
        delegated("shop.com", "ns1.shop.com", "ns2.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        glue("ns2.shop.com", "192.0.2.2"),
        delegated("www.shop.com", "ns9.shop.com", by="shop.com", server="192.0.2.1"),
        glue("ns9.shop.com", "192.0.2.9", by="shop.com"),
        seen("www.shop.com", "A", "203.0.113.1", zone="www.shop.com", server="192.0.2.9"),
        *rows,
    )


DENIES = seen("www.shop.com", "A", status="nxdomain", flags=("AA",), **BESIDE)


def test_a_server_of_the_zone_above_that_denies_a_zone_leads_nobody_to_it():
    g = split(DENIES)
    assert out(g, "zone:www.shop.com", "parent") == [
        "nameservers:shop.com with www.shop.com",
        "zone:shop.com",
    ]
    assert out(g, "nameservers:shop.com with www.shop.com") == ["nameserver:ns1.shop.com"]
    # and has not got it: an answer that it does not exist is none from the zone itself
    assert out(g, "nameservers:www.shop.com") == ["nameserver:ns9.shop.com"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [seen("www.shop.com", "A", status="nodata", flags=("AA",), **BESIDE)],  # not of the zone
        [seen("www.shop.com", "A", status="not-asked: depth", **BESIDE)],
        # a question failed, another of the zone was answered
        [
            seen("www.shop.com", "A", status="timeout", **BESIDE),
            seen("www.shop.com", "DS", status="nodata", flags=("AA",), **BESIDE),
        ],
        [DENIES, seen("www.shop.com", "NS", "ns9.shop.com", status="referral", **BESIDE)],
        [seen("other.shop.com", "A", status="nxdomain", flags=("AA",), **BESIDE)],
        # by somebody who is no server of the zone above, as far as is known
        [
            seen(
                "www.shop.com",
                "A",
                status="nxdomain",
                flags=("AA",),
                zone="shop.com",
                server="192.0.2.77",
            )
        ],
    ],
)
def test_who_does_not_deny_a_zone_is_an_alternative_to_those_that_refer(rows):
    assert out(split(*rows), "zone:www.shop.com", "parent") == ["zone:shop.com"]


def test_the_other_address_of_a_server_that_denies_a_zone_is_no_way_to_it():
    six = glue("ns2.shop.com", "2001:db8::2")
    group = "nameservers:shop.com with www.shop.com"
    assert out(split(DENIES, six), group) == ["nameserver:ns1.shop.com"]
    referring = seen(
        *("www.shop.com", "NS", "ns9.shop.com"),
        status="referral",
        zone="shop.com",
        server="2001:db8::2",
    )
    way = "lookup:ns2.shop.com/glue in com with www.shop.com"
    g = split(DENIES, six, referring)
    assert out(g, group) == [way, "nameserver:ns1.shop.com"]
    assert out(g, f"addresses:{way.partition(':')[2]}") == ["address:2001:db8::2"]


def half(*rows):
    """A shop with two name servers: ns1 gives its records, ns2 says what is given."""
    return made(
        delegated("shop.com", "ns1.shop.com", "ns2.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        glue("ns2.shop.com", "192.0.2.2"),
        seen("www.shop.com", "A", "203.0.113.1", **OF_NS1),
        seen("shop.com", "MX", "10 mx.shop.com.", **OF_NS1),
        seen("mx.shop.com", "A", "203.0.113.9", **OF_NS1),
        *rows,
    )


OF_NS1 = {"zone": "shop.com", "server": "192.0.2.1", "flags": ("AA",)}
OF_NS2 = OF_NS1 | {"server": "192.0.2.2"}
NO_WWW = [seen("www.shop.com", "A", status="nxdomain", **OF_NS2)]
NO_MX = [seen("shop.com", "MX", status="nodata", **OF_NS2)]


@pytest.mark.parametrize(
    ("rows", "function", "tail", "name"),
    [
        (NO_WWW, "web-www", "host:www.shop.com", "www.shop.com"),
        (
            [seen("www.shop.com", "A", status="nodata", **OF_NS2)],
            *("web-www", "host:www.shop.com", "www.shop.com"),
        ),
        (NO_MX, "mail", "function:shop.com/mail", "MX of shop.com"),
    ],
)
def test_a_server_without_the_record_is_no_alternative_to_one_that_has_it(
    rows, function, tail, name
):
    g = half(*rows)
    group = f"nameservers:shop.com with {name}"
    assert sorted(out(g, tail, "zone")) == [group, "zone:shop.com"]
    assert out(g, group) == ["nameserver:ns1.shop.com"]
    found = takedown(g, level="nameserver", upto=2, explain=0)[function]
    # Those whom ns2 answers never reach it, the others only as long as ns1 answers.
    assert [str(one) for one in found.fails_for] == ["via 192.0.2.2"]
    assert [(cut.ids, cut.worst_case) for cut in found.cut_sets] == [
        (("nameserver:ns1.shop.com",), False)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [seen("www.shop.com", "A", "203.0.113.2", **OF_NS2)],  # another answer, but one
        [seen("www.shop.com", "CNAME", "cdn.example.", **OF_NS2)],
        # a family that nobody has is not missing at one of them
        [seen("www.shop.com", "AAAA", status="nodata", **OF_NS2)],
        # one family is missing there, not both
        [
            seen("www.shop.com", "A", status="nodata", **OF_NS2),
            seen("www.shop.com", "AAAA", "2001:db8::1", **OF_NS2),
        ],
        # nor one that it did not answer for
        [seen("www.shop.com", "AAAA", status="timeout", **OF_NS2)],
        # answered elsewhere, or at another moment
        [
            seen("www.shop.com", "A", status="timeout", **OF_NS2),
            seen("www.shop.com", "A", "203.0.113.1", vantage="Paris", **OF_NS2),
        ],
        # not put
        [seen("www.shop.com", "A", status="not-asked: budget", **OF_NS2)],
        # asked as an authority for another zone, and by somebody who is no server of this one
        [seen("www.shop.com", "A", status="refused", **OF_NS2 | {"zone": "com"})],
        [seen("www.shop.com", "A", status="timeout", **OF_NS2 | {"server": "192.0.2.77"})],
    ],
)
def test_a_server_that_says_something_else_is_an_alternative(rows):
    assert out(half(*rows), "host:www.shop.com", "zone") == ["zone:shop.com"]


@pytest.mark.parametrize(
    ("rows", "function", "tail", "name", "how"),
    [
        *(
            (
                [seen("www.shop.com", "A", status=status, **OF_NS2)],
                *("web-www", "host:www.shop.com", "www.shop.com", f"www.shop.com A: {status}"),
            )
            for status in ("timeout", "servfail", "refused", "lame", "truncated")
        ),
        (  # that there is nothing, without authority, settles nothing
            [seen("www.shop.com", "A", status="nodata", **OF_NS2 | {"flags": ()})],
            *("web-www", "host:www.shop.com", "www.shop.com", "www.shop.com A: nodata"),
        ),
        (  # IPv6, which nobody has, is no answer about IPv4
            [
                seen("www.shop.com", "A", status="servfail", **OF_NS2),
                seen("www.shop.com", "AAAA", status="nodata", **OF_NS2),
            ],
            *("web-www", "host:www.shop.com", "www.shop.com", "www.shop.com A: servfail"),
        ),
        (
            [seen("shop.com", "MX", status="refused", **OF_NS2)],
            *("mail", "function:shop.com/mail", "MX of shop.com", "shop.com MX: refused"),
        ),
    ],
)
def test_a_server_that_did_not_answer_for_the_record_is_a_possible_alternative(
    rows, function, tail, name, how
):
    """It answers for its zone all the same, so only this question is open."""
    soa = seen("shop.com", "SOA", "ns1.shop.com h.shop.com 1 1 1 1 1", **OF_NS2)
    g = half(soa, *rows)
    group = f"nameservers:shop.com with {name}"
    assert sorted(out(g, tail, "zone")) == [group, "zone:shop.com"]
    attempt = f"attempt:ns2.shop.com for shop.com with {name}"
    assert out(g, group) == [attempt, "nameserver:ns1.shop.com"]
    reason = g.nodes[f"unknown:service of ns2.shop.com in shop.com with {name}"]["reason"]
    (inner,) = reasons(reasons(reason)[0].get("reason"))
    assert f"{inner.get('question')}: {inner.get('reason')}" == how
    found = takedown(g, level="nameserver", upto=2, explain=0)[function]
    assert [(cut.ids, cut.worst_case) for cut in found.cut_sets] == [
        (("nameserver:ns1.shop.com",), True),
        (("nameserver:ns1.shop.com", "nameserver:ns2.shop.com"), False),
    ]


def test_the_servers_that_have_a_record_are_told_apart_from_those_of_the_zone():
    g = half(*NO_WWW, *NO_MX)
    found = without(g, ["nameserver:ns1.shop.com"], catalogue=CATALOGUE)
    for function, question in (("web-www", "www.shop.com A"), ("mail", "shop.com MX")):
        lost = {one.of: (one.left, one.lost) for one in found[function].alternatives}
        assert lost == {
            question: ((), ("ns1.shop.com",)),
            "shop.com": (("ns2.shop.com",), ("ns1.shop.com",)),
        }


@pytest.mark.parametrize("status", ["timeout", "nodata"])
def test_what_none_of_the_servers_gave_was_given_by_somebody(status):
    """A resolver has the address; each server of the zone was asked for it and did not give it."""
    rows = [
        seen("www.shop.com", "A", status=status, **one) for one in (OF_NS1, OF_NS2 | {"flags": ()})
    ]
    soa = [
        seen("shop.com", "SOA", "ns1.shop.com h.shop.com 1 1 1 1 1", **one)
        for one in (OF_NS1, OF_NS2)
    ]
    g = made(
        delegated("shop.com", "ns1.shop.com", "ns2.shop.com"),
        *(glue("ns1.shop.com", "192.0.2.1"), glue("ns2.shop.com", "192.0.2.2")),
        seen("www.shop.com", "A", "203.0.113.1", server="198.51.100.53"),
        *(rows + soa),
    )
    group = "nameservers:shop.com with www.shop.com"
    assert "unknown:name servers of shop.com in www.shop.com" in out(g, group)
    found = takedown(g, level="nameserver", upto=2, explain=0)["web-www"]
    assert (found.state.value, found.reason) == ("undetermined", "")
    pair = ("nameserver:ns1.shop.com", "nameserver:ns2.shop.com")  # by which the zone is reached
    assert [cut.ids for cut in found.cut_sets if not cut.worst_case] == [pair]
    assert any(cut.worst_case for cut in found.cut_sets)


def test_a_server_that_denies_one_family_and_did_not_answer_for_the_other_may_have_it():
    rows = [
        seen("www.shop.com", "AAAA", "2001:db8::80", **OF_NS1),
        seen("www.shop.com", "AAAA", status="nodata", **OF_NS2),
        seen("www.shop.com", "A", status="timeout", **OF_NS2),
    ]
    group = "nameservers:shop.com with www.shop.com"
    attempt = "attempt:ns2.shop.com for shop.com with www.shop.com"
    assert out(half(*rows), group) == [attempt, "nameserver:ns1.shop.com"]
    # that the name does not exist denies it all
    gone = seen("www.shop.com", "AAAA", status="nxdomain", **OF_NS2)
    assert out(half(*rows[::2], gone), group) == ["nameserver:ns1.shop.com"]


def test_the_address_of_a_server_that_did_not_answer_is_none_that_is_sure():
    """The server answers at one address; at the other it did not, and somebody may know that alone."""
    six = glue("ns2.shop.com", "2001:db8::2")
    at_six = OF_NS2 | {"server": "2001:db8::2"}
    silent = seen("www.shop.com", "A", status="timeout", **at_six)
    serves = seen("shop.com", "SOA", "ns1.shop.com h.shop.com 1 1 1 1 1", **at_six)
    answers = seen("www.shop.com", "A", "203.0.113.1", **OF_NS2)
    way = "ns2.shop.com/glue in com with www.shop.com for shop.com"
    g = half(six, silent, serves, answers)
    group = "nameservers:shop.com with www.shop.com"
    assert out(g, group) == [f"lookup:{way}", "nameserver:ns1.shop.com"]
    assert out(g, f"addresses:{way}") == [
        "address:192.0.2.2",
        "attempt:2001:db8::2 for shop.com",
    ]


@pytest.mark.parametrize("status", ["timeout", "servfail", "refused", "nxdomain"])
def test_a_server_of_the_zone_above_that_did_not_refer_leads_to_it_at_best(status):
    failed = seen("www.shop.com", "A", status=status, **BESIDE)  # NXDOMAIN without authority
    serves = seen("shop.com", "SOA", "ns1.shop.com h.shop.com 1 1 1 1 1", **BESIDE)
    g = split(failed, serves)
    group = "nameservers:shop.com with www.shop.com"
    assert out(g, "zone:www.shop.com", "parent") == [group, "zone:shop.com"]
    attempt = "attempt:ns2.shop.com for shop.com with www.shop.com"
    assert out(g, group) == [attempt, "nameserver:ns1.shop.com"]


def test_who_say_the_same_as_far_as_they_were_asked_are_one_view():
    """One server was asked for A alone, another for both families; a third has nothing."""
    rows = [
        seen("www.shop.com", "A", "203.0.113.1", **OF_NS1 | {"server": "192.0.2.3"}),
        seen("www.shop.com", "AAAA", "2001:db8::1", **OF_NS1 | {"server": "192.0.2.3"}),
    ]
    data = edge(half(*NO_WWW, *rows), "addresses:www.shop.com", "address:203.0.113.1", "address")
    assert data["vantage"] == "via 192.0.2.1"


def test_servers_that_say_the_same_are_compared_once(monkeypatch):
    compared = []
    takes = views._Alike.takes
    monkeypatch.setattr(views._Alike, "takes", lambda *both: compared.append(both) or takes(*both))
    rows = [
        seen("shop.com", "A", f"203.0.113.{n % 2}", zone="shop.com", server=f"192.0.2.{n}")
        for n in range(60)
    ]
    several = views.views_of(rows)
    assert set(several.of.values()) == {"via 192.0.2.0", "via 192.0.2.1"}
    assert [several.of[id(o)] for o in rows[:2]] == ["via 192.0.2.0", "via 192.0.2.1"]
    assert len(compared) == 1  # what one of them says with what another does


def test_zones_whose_servers_deny_each_other_come_to_an_end():
    """Of each zone the servers lie in the next, and one of them denies what the other has."""
    rows = []
    for number in range(400):
        zone, last = f"z{number}.com", f"z{(number + 1) % 400}.com"
        rows += [
            delegated(zone, f"ns1.{last}", f"ns2.{last}"),
            seen(f"ns1.{zone}", "A", "192.0.2.1", zone=zone, server="192.0.2.1"),
            seen(
                *(f"ns1.{zone}", "A"),
                status="nxdomain",
                zone=zone,
                server="192.0.2.2",
                flags=("AA",),
            ),
            seen(f"ns2.{zone}", "A", "192.0.2.2", zone=zone, server="192.0.2.1"),
        ]
    g = made(delegated("shop.com", "ns1.z0.com"), seen("shop.com", "A", "203.0.113.1"), *rows)
    assert g.number_of_nodes() > 1000


def test_a_server_of_a_top_level_domain_that_denies_a_name_leads_nobody_to_it():
    g = made(
        seen("com", "NS", "a.dns.net", "b.dns.net"),
        seen("a.dns.net", "A", "198.51.100.1"),
        seen("b.dns.net", "A", "198.51.100.2"),
        delegated("shop.com", "ns1.shop.com", server="198.51.100.1"),
        glue("ns1.shop.com", "192.0.2.1"),
        seen("shop.com", "A", status="nxdomain", flags=("AA",), zone="com", server="198.51.100.2"),
        seen("shop.com", "A", "203.0.113.1", zone="shop.com", server="192.0.2.1"),
    )
    ways = out(g, "nameservers:com with shop.com")
    assert ways == ["lookup:a.dns.net", "lookup:a.dns.net/glue in ."]


def test_a_server_in_the_zone_without_glue_is_no_redundancy():
    g = made(
        delegated("shop.com", "ns1.shop.com", "ns.far.net", server="192.5.6.30"),
        seen("ns1.shop.com", "A", "192.0.2.1", zone="shop.com", server="192.0.2.9"),
        delegated("far.net", "ns.far.net"),
        glue("ns.far.net", "192.0.2.9", by="net"),
    )
    own = edge(g, "nameservers:shop.com", "lookup:ns1.shop.com", "nameserver")
    assert own["finding"] == "no-glue?name=ns1.shop.com"
    assert "zone:shop.com" in out(g, "lookup:ns1.shop.com")


def denied_server(*rows):
    """Return a zone with two servers, of which its own zone denies one, as a resolver tells."""
    return made(
        seen("shop.com", "NS", "ns1.shop.com", "ns2.shop.com"),
        seen("ns1.shop.com", "A", "192.0.2.1"),
        *denied("ns2.shop.com"),
        placed("192.0.2.1"),
        *rows,
    )


def test_a_server_that_its_own_zone_denies_may_have_glue_that_was_not_asked_for():
    g = denied_server()
    way = "lookup:ns2.shop.com/glue in com"
    assert out(g, "nameservers:shop.com") == [way, "nameserver:ns1.shop.com"]
    assert edge(g, "nameservers:shop.com", way, "nameserver")["strength"] == "needs"
    (unknown,) = (head for head in out(g, "addresses:ns2.shop.com") if head[:8] == "unknown:")
    assert g.nodes[unknown]["reason"] == "delegation-unseen?name=com"
    assert "finding" not in g.nodes["addresses:ns2.shop.com"]


def test_a_server_that_its_own_zone_denies_is_gone_where_the_delegation_came_without_glue():
    g = denied_server(delegated("shop.com", "ns1.shop.com", "ns2.shop.com", server="192.5.6.30"))
    data = edge(g, "nameservers:shop.com", "nameserver:ns2.shop.com", "nameserver")
    assert (data["strength"], data["effect"]) == ("needs", "likely")  # one resolver alone says so
    assert data["finding"][:11] == "nonexistent"
    assert out(g, "addresses:ns2.shop.com") == []


def test_a_server_of_another_zone_that_is_denied_there_may_have_glue_of_the_zone_above_both():
    g = made(seen("shop.com", "NS", "ns.far.com"), *denied("ns.far.com"))
    own, unseen = "nameserver:ns.far.com", "lookup:ns.far.com/glue in com"
    assert out(g, "nameservers:shop.com") == [unseen, own]
    assert edge(g, "nameservers:shop.com", own, "nameserver")["effect"] == "likely"
    assert [head[:8] for head in out(g, "addresses:ns.far.com")] == ["unknown:"]


def spared(*denials):
    """Return a zone with two servers and exchangers, of which one each is denied; all else is whole."""
    return made(
        seen("shop.com", "NS", "ns1.live.net", "ns.far.com"),
        seen("shop.com", "MX", "10 mx.far.com", "10 mx.live.org"),
        seen("ns1.live.net", "A", "198.51.100.1"),
        seen("mx.live.org", "A", "192.0.2.2"),
        placed("198.51.100.1", "64502"),
        placed("192.0.2.2", "64501"),
        *denials,
    )


def stopping(graph, actor):
    """Return for each confidence the functions that an actor alone stops."""
    found = without(graph, actor)
    return {(one.function, one.confidence) for one in found.functions if one.state == "fails"}


SOA = seen("com", "SOA", "a.example. b.example. 1 2 3 4 5", section="authority", server="8.8.8.8")
RESOLVED = {"server": "8.8.8.8"}


def test_one_resolver_that_denies_a_spare_makes_the_rest_likely_alone():
    denials = [*denied("ns.far.com", **RESOLVED), *denied("mx.far.com", **RESOLVED), SOA]
    g = spared(*denials)
    assert out(g, "nameservers:shop.com") == ["lookup:ns1.live.net", "nameserver:ns.far.com"]
    assert ("mail", "likely") in stopping(g, "asn:64502")
    assert stopping(g, "asn:64501") == {("mail", "likely")}
    assert [one.reason for one in findings(g).findings if "one-server" in one.reason] == [
        "one-server?among=unreached&name=ns1.live.net"
    ]
    left = {
        part.of: (part.left, part.lost) for part in without(g, "asn:64501")["mail"].alternatives
    }
    assert left["shop.com"] == ((), ("mx.live.org",))  # the other was lost to nobody


def test_two_who_deny_a_spare_or_an_authority_make_the_rest_alone():
    for more in (
        [{"server": "8.8.8.8"}, {"server": "9.9.9.9"}],
        [{"server": "192.0.2.9", "zone": "far.com", "flags": ("AA",)}],
    ):
        each = [denied(f"{host}.far.com", **one) for one in more for host in ("ns", "mx")]
        g = spared(*(o for several in each for o in several), SOA)
        assert stopping(g, "asn:64501") == {("mail", "certain")}
        data = edge(g, "nameservers:shop.com", "nameserver:ns.far.com", "nameserver")
        assert (data["strength"], data.get("effect")) == ("exposes", None)


def test_who_denies_a_server_from_a_zone_between_says_nothing_of_glue():
    between = replace(SOA, subject="far.com")
    assert "lookup:ns.far.com/glue in com" in out(
        spared(*denied("ns.far.com", **RESOLVED), SOA, between), "nameservers:shop.com"
    )


def test_a_server_of_two_delegations_is_reached_by_the_glue_of_each():
    g = made(
        delegated("shop.com", "ns.far.com"),
        delegated("far.com", "ns.far.com"),
        glue("ns.far.com", "192.0.2.2"),
        seen("ns.far.com", "A", "192.0.2.1"),
        *[row for a in ("192.0.2.1", "192.0.2.2") for row in [placed(a)]],
    )
    way = "lookup:ns.far.com/glue in com"
    assert out(g, "nameservers:shop.com") == [way]
    assert out(g, way) == ["addresses:ns.far.com/glue in com", "nameserver:ns.far.com"]
    assert out(g, "addresses:ns.far.com/glue in com") == ["address:192.0.2.2"]
    data = edge(g, "addresses:ns.far.com", "address:192.0.2.1", "address")
    assert (data["strength"], data["finding"]) == ("exposes", "not-in-glue")
    finding = edge(g, "nameservers:shop.com", way, "nameserver")["finding"]
    assert finding == "glue-differs?names=192.0.2.2&target=192.0.2.1"


def test_a_dname_renames_what_is_below_and_not_itself():
    answers = index(seen("old.example", "DNAME", "new.test."))
    assert answers.ask("a.b.old.example", "CNAME").values == ["a.b.new.test"]
    assert answers.ask("old.example", "CNAME").values == []
    own = index(seen("old.example", "DNAME", "new.test"), seen("a.old.example", "CNAME", "b.test"))
    assert own.ask("a.old.example", "CNAME").values == ["b.test"]


def test_a_route_too_short_names_no_network():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "198.51.100.1"),
        seen("192.0.2.1", "origin", "asn 64500", "prefix 0.0.0.0/0"),
        seen("198.51.100.1", "origin", "asn 64500", "prefix 198.51.100.0/24"),
        seen("198.51.100.1", "origin", "asn 64501", "prefix 0.0.0.0/0", server="another"),
    )
    assert out(g, "address:192.0.2.1", "prefix") == ["unknown:network of 192.0.2.1"]
    assert out(g, "prefix:198.51.100.0/24", "origin") == ["asn:64500"]
    assert "asn:64501" not in g


def test_a_server_by_the_name_of_a_cloud_machine_is_the_clouds():
    g = made(delegated("shop.com", "x.apps.acme.example"))
    assert out(g, "nameserver:x.apps.acme.example", "operator") == ["provider:acme-cloud"]


def test_how_an_address_failed_is_looked_at_once_for_all_servers_that_have_it(monkeypatch):
    looked = []
    monkeypatch.setattr(
        failure,
        "Ended",
        SimpleNamespace(
            of=lambda asked, of=failure.Ended.of: looked.append(len(asked)) or of(asked)
        ),
    )
    names = [f"ns{n}.dyn.com" for n in range(40)]
    rows = [seen("shop.com", "NS", *names), *(seen(one, "A", "192.0.2.1") for one in names)]
    fields = {"zone": "shop.com", "server": "192.0.2.1", "status": "servfail"}
    rows += [seen(f"h{n}.shop.com", "A", **fields) for n in range(100)]
    g = made(*rows)
    assert sum(n.startswith("attempt:") for n in g) >= 40
    assert sum(looked) < 5 * 100  # not once for each server


def test_failures_at_the_servers_of_the_zone_above_are_sorted_by_address_once(monkeypatch):
    looked = []
    address = zones.server_address
    monkeypatch.setattr(zones, "server_address", lambda o: looked.append(o) or address(o))
    names = [f"ns{n}.nic.com" for n in range(40)]
    rows = [seen("com", "NS", *names)]
    rows += [seen(one, "A", f"192.0.2.{n}") for n, one in enumerate(names)]
    rows += [
        seen("shop.com", "NS", status="timeout", zone="com", server=f"192.0.2.{n}")
        for n in range(40)
    ]
    soa = "ns0.nic.com h.nic.com 1 1 1 1 1"
    rows += [
        seen("com", "SOA", soa, zone="com", server=f"192.0.2.{n}", flags=("AA",)) for n in range(40)
    ]
    rows.append(delegated("shop.com", "ns1.dyn.com", by="com", server="192.0.2.99"))
    g = made(*rows)
    assert "nameservers:com with shop.com" in g
    assert len(looked) < 4 * len(rows)  # not for each server all that failed


def test_a_denial_of_mx_beside_an_address_of_the_same_name_leaves_mail_open():
    """A name that has an address is there (RFC 8020): one of the answers is stale, or false."""
    gone = seen("shop.com", "MX", status="nxdomain")
    both = made(gone, seen("shop.com", "A", "192.0.2.1"))
    assert not both.nodes["function:shop.com/mail"].get("absent")
    alone = made(gone, seen("shop.com", "A", status="nxdomain"))
    assert alone.nodes["function:shop.com/mail"]["reason"] == "nxdomain"

"""Services that differ in names only are judged once, and are told what single analysis tells."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import partial

import pytest

from depgraph.observations import Observation, Status
from depgraph.providers import load
from depgraph.recording import Header, Recording
from depgraph.survey.alike import Remembered
from depgraph.survey.judgement import Question, examined, judge
from depgraph.survey.shapes import Readings, shape_of

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def seen(subject, kind, *values, **more):
    return Observation(
        subject=subject,
        type=kind,
        status=Status.ANSWER,
        values=values,
        time=DAY,
        source="zone-file",
        zone="gov",
        **more,
    )


def delegated(name, *servers, others=()):
    """Return a delegation as a zone file has it."""
    return Recording(
        Header(subject=name), (seen(name, "NS", *servers, section="authority"), *others)
    )


def shape(recording):
    return shape_of(recording, Readings(load()))


def cloudflare(name, one="ada", other="bob", **more):
    return delegated(name, f"{one}.ns.cloudflare.com", f"{other}.ns.cloudflare.com", **more)


def signed(name, digest):
    return seen(name, "DS", f"{digest[:4]} 13 2 {digest}", section="authority")


def glued(name):
    return seen(f"ns1.{name}", "A", "192.0.2.1", section="additional")


def mailing(name, *exchangers, **addresses):
    """Return a delegation with exchangers, in the order of preference, and addresses of some."""
    values = [f"{10 * n} {one}" for n, one in enumerate(exchangers, start=1)]
    rows = [plain(name, "MX", *values), plain(name, "TXT", f"v=spf1 a:{exchangers[0]} -all")]
    rows += [plain(exchangers[int(n[1:])], "A", one) for n, one in addresses.items()]
    return cloudflare(name, others=rows)


def plain(subject, kind, *values):
    return Observation(
        subject=subject, type=kind, status=Status.ANSWER, values=values, time=DAY, ttl=300
    )


def known_of(address):
    """Return an address of a service, and the prefix that it lies in."""
    origin = ("asn 64500", "prefix 192.0.2.0/24")
    return plain("bern.gov", "A", address), plain(address, "origin", *origin)


def hosted(subject, *addresses, asn=64500, last_asn=None, name="", network="", others=()):
    """Return a service at addresses of a network and a block that the catalogue lacks."""
    rows = [plain(subject, "A", *addresses), *others]
    for address in addresses:
        number = asn if address != addresses[-1] else last_asn or asn
        rows.append(plain(address, "origin", f"asn {number}"))
        holder = [f"handle NET-{asn}", *([f"organisation {name}"] if name else [])]
        rows.append(plain(address, "holder", *holder))
        if network:
            rows.append(plain(f"AS{number}", "as", f"name {network}", "country CH"))
    rows.append(plain(subject, "registration", f"registrar Names {asn}"))
    return delegated(subject, "ns1.host.com", others=rows)


def pointer(address):
    name = ".".join(reversed(address.split("."))) + ".in-addr.arpa"
    return [plain(name, "PTR", "box.alpine.ch")]


def hoster(name):
    return [plain("bern.gov", "operator", "role host", f"name {name}")]


ALIKE = [
    (
        mailing("bern.gov", "mx1.mail-of-one.org", "mx2.mail-of-one.org", _0="192.0.2.7"),
        mailing("chur.gov", "mx-a.mail-by-other.org", "mx-b.mail-by-other.org", _0="198.51.100.80"),
    ),
    (
        mailing(
            "bern.gov", "mx1.mail-of-one.org", "a.mail.bern.gov", _0="192.0.2.7", _1="10.0.0.1"
        ),
        mailing(
            "chur.gov", "mx1.mail-of-one.org", "a.mail.chur.gov", _0="192.0.2.9", _1="10.0.0.2"
        ),
    ),
    (cloudflare("bern.gov"), cloudflare("basel.gov", "alba", "bea")),
    (
        delegated("bern.gov", "ns-1.awsdns-12.com", "ns-600.awsdns-11.net"),
        delegated("chur.gov", "ns-5.awsdns-40.com", "ns-633.awsdns-02.net"),
    ),
    (
        delegated("bern.gov", "ns1.host-of-one.com", "ns2.host-of-one.com"),
        delegated("chur.gov", "ns-a.hosts-other.com", "ns-b.hosts-other.com"),
    ),
    (
        delegated("bern.gov", "ns1.bern.gov", "ns1.host.com", others=(glued("bern.gov"),)),
        delegated("chur.gov", "ns1.chur.gov", "ns1.host.com", others=(glued("chur.gov"),)),
    ),
    (
        cloudflare("bern.gov", others=(signed("bern.gov", "1234ab"),)),
        cloudflare("basel.gov", others=(signed("basel.gov", "9876cd"),)),
    ),
    (  # addresses in one prefix
        cloudflare("bern.gov", others=known_of("192.0.2.7")),
        cloudflare("bern.gov", others=known_of("192.0.2.9")),
    ),
    (  # networks, blocks, organisations and registrars that nobody knows
        hosted("bern.gov", "1.0.1.7", "1.0.1.8", asn=64500, name="Alpine Hosting"),
        hosted("chur.gov", "1.0.1.8", "1.0.1.9", asn=64511, name="Arctic Hosting"),
    ),
    (  # one operator by two names
        hosted("bern.gov", "1.0.1.7", asn=64500, name="Alpine Host", network="Alpine Host AG, CH"),
        hosted("chur.gov", "1.0.1.9", asn=64511, name="Alpine Host", network="Alpine Host AG, CH"),
    ),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_services_that_differ_in_names_are_judged_once_and_told_the_same(one, other):
    judged = []

    def judging(recording):
        judged.append(recording.subject)
        return examined(recording, Question())

    remembered = Remembered(judging, load())
    assert remembered.rows(one) == judge(one, Question())
    assert remembered.rows(other) == judge(other, Question())
    assert judged == [one.subject]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cloudflare("bern.gov"), delegated("bern.gov", "ada.ns.cloudflare.com")),
        (cloudflare("bern.gov"), cloudflare("bern.fed.us")),
        (  # one operator under two suffixes, and two operators
            delegated("bern.gov", "ns1.host.com", "ns1.host.net"),
            delegated("bern.gov", "ns1.host.com", "ns1.hosts.net"),
        ),
        (  # domains that differ in a number are taken for one operator's
            delegated("bern.gov", "ns1.hosting-dns01.com", "ns1.hosting-dns02.com"),
            delegated("bern.gov", "ns1.hosting-of-one.com", "ns1.servers-of-two.com"),
        ),
        (  # of one operator by a rule, and of nobody known
            delegated("bern.gov", "ns-1.awsdns-12.com"),
            delegated("bern.gov", "ns-1.awsdnz-12.com"),
        ),
        (
            cloudflare("bern.gov", others=(signed("bern.gov", "1234ab"),)),
            cloudflare("bern.gov"),
        ),
        (  # an exchanger of a provider of the catalogue, and one of nobody known
            mailing("bern.gov", "bern-gov.mail.protection.outlook.com"),
            mailing("bern.gov", "bern-gov.mail.protection.outlock.com"),
        ),
        (  # one operator of mail, and two
            mailing("bern.gov", "mx1.mail-of-one.org", "mx2.mail-of-one.org"),
            mailing("bern.gov", "mx1.mail-of-one.org", "mx2.mail-of-two.org"),
        ),
        (  # an address that the Internet does not reach
            mailing("bern.gov", "mx1.mail-of-one.org", _0="192.0.2.7"),
            mailing("bern.gov", "mx1.mail-of-one.org", _0="10.0.0.7"),
        ),
        (  # one of a range that a provider of the catalogue publishes
            mailing("bern.gov", "mx1.mail-of-one.org", _0="192.0.2.7"),
            mailing("bern.gov", "mx1.mail-of-one.org", _0="104.16.0.7"),
        ),
        (  # one machine, and two
            mailing("bern.gov", "mx1.a-mail.org", "mx1.b-mail.org", _0="192.0.2.7", _1="192.0.2.7"),
            mailing("bern.gov", "mx1.a-mail.org", "mx1.b-mail.org", _0="192.0.2.7", _1="192.0.2.8"),
        ),
        (  # an address that lies in the prefix of its record, and one that does not
            cloudflare("bern.gov", others=known_of("192.0.2.7")),
            cloudflare("bern.gov", others=known_of("198.51.100.7")),
        ),
        (  # a network that is in the catalogue, and one that is not
            hosted("bern.gov", "1.0.1.7", asn=64500),
            hosted("bern.gov", "1.0.1.7", asn=13335),
        ),
        (  # one name of the network and of who holds the block, and two
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting", network="Alpine Hosting"),
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting", network="Other Hosting"),
        ),
        (  # a network of that name is one of the same name with a legal form, too
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting", network="Alpine Hosting AG, CH"),
            hosted("bern.gov", "1.0.1.7", name="Snow Hosting", network="Alpine Hosting AG, CH"),
        ),
        (  # one network, and two
            hosted("bern.gov", "1.0.1.7", "1.0.2.7", asn=64500),
            hosted("bern.gov", "1.0.1.7", "1.0.2.7", asn=64500, last_asn=64501),
        ),
        (  # what a legal form says is no name
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting"),
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting AG"),
        ),
        (  # the name of an address tells of it, too
            hosted("bern.gov", "1.0.1.7", others=pointer("1.0.1.7")),
            hosted("bern.gov", "1.0.2.7", others=pointer("1.0.1.7")),
        ),
        (  # whoever is reported to host may be one that the records name
            hosted("bern.gov", "1.0.1.7", name="Alpine Hosting", others=hoster("Alpine Hosting")),
            hosted("bern.gov", "1.0.1.7", name="Snow Hosting", others=hoster("Alpine Hosting")),
        ),
    ],
)
def test_what_may_make_a_difference_makes_another_shape(one, other):
    assert shape(one).key != shape(other).key


@pytest.mark.parametrize(
    "recording",
    [
        cloudflare("xn--bern-0ra.gov"),
        cloudflare("bern.gov", others=(seen("bern.gov", "TXT", "of=notbern.gov-at-all"),)),
        cloudflare("github.com"),  # rules are about names below it, or it is a provider
    ],
)
def test_what_is_not_plain_is_judged_for_itself(recording):
    own = shape(recording)
    assert own is None or own.key != shape(cloudflare("bern.gov")).key
    assert Remembered(partial(examined, question=Question()), load()).rows(recording) == judge(
        recording, Question()
    )


def test_where_names_stand_among_others_makes_a_difference_only_where_they_are_compared():
    """`bern.gov` stands before the zone of its servers, `zug.gov` behind it; no list has both."""
    several = [cloudflare("bern.gov"), cloudflare("zug.gov"), cloudflare("basel.gov")]
    assert judged_of(several) == ["bern.gov"]


def test_services_whose_names_are_listed_in_another_order_are_judged_apart():
    several = [
        delegated(name, f"ns1.{name}", "ns1.host.com", others=(glued(name),))
        for name in ("bern.gov", "zug.gov", "basel.gov", "zurich.gov")
    ]
    assert len({shape(one).key for one in several}) == 1
    assert judged_of(several) == ["bern.gov", "zug.gov"]


def test_operators_of_several_suffixes_are_of_one_shape_whatever_their_numbers():
    """The names of a set of servers sort by their numbers, which tell nothing."""
    several = [
        delegated(name, *(f"ns-{n}.awsdns-{n}.{suffix}" for n, suffix in servers))
        for name, *servers in (
            ("bern.gov", (11, "com"), (22, "net"), (33, "org")),
            ("chur.gov", (12, "com"), (43, "net"), (24, "org")),
        )
    ]
    assert len({shape(one).key for one in several}) == 1
    judged_of(several)


def judged_of(several):
    """Return which of some services are judged; all are told what each alone is told."""
    judged = []

    def judging(recording):
        judged.append(recording.subject)
        return examined(recording, Question())

    remembered = Remembered(judging, load())
    for one in several:
        assert remembered.rows(one) == judge(one, Question())
    return judged


def test_in_whatever_order_services_come_the_answers_are_their_own():
    chance = random.Random(7)
    names = ["aa.gov", "bern.gov", "bern-host.gov", "zug.gov", "n.gov", "ns1.gov", "a.bern.gov"]
    operators = ["ns.cloudflare.com", "domaincontrol.com", "host.net", "host.org", "bern.gov"]
    several = [
        delegated(name, *(f"{chance.choice('abxyz')}.{one}" for one in chance.sample(operators, 2)))
        for name in names
        for _ in range(3)
    ]
    remembered = Remembered(partial(examined, question=Question()), load())
    for recording in several:
        assert remembered.rows(recording) == judge(recording, Question())

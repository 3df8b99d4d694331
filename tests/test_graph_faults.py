"""Records that the rules of the DNS do not allow, or that contradict each other, are findings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from depgraph.analysis.findings import findings
from depgraph.graph import faults
from depgraph.graph.build import build
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from depgraph.vocabulary import Advice, Urgency

TIME = datetime(2026, 1, 15, tzinfo=UTC)
FIRST, SECOND = ("192.0.2.1", "ns1.dns.com"), ("198.51.100.2", "ns2.dns.com")


def one(kind, *values, subject="shop.com", server=None, **more):
    if server is not None:
        address, name = server
        more |= {"server": address, "server_name": name, "zone": "shop.com", "flags": ("AA",)}
    return Observation(
        subject=subject, type=kind, status=Status.ANSWER, values=values, time=TIME, **more
    )


def denied(name):
    return replace(one("A", subject=name), status=Status.NXDOMAIN, values=())


def servers(*addresses, listed=("ns1.dns.com", "ns2.dns.com")):
    return [
        one("NS", "ns1.dns.com", "ns2.dns.com", section="authority", zone="com", server=None),
        one("NS", *listed),
        *(
            one("A", address, subject=f"ns{number}.dns.com")
            for number, address in enumerate(addresses, 1)
        ),
        *(
            Observation(subject=f"ns{number}.dns.com", type="AAAA", status=Status.NODATA, time=TIME)
            for number, _ in enumerate(addresses, 1)
        ),
        one("A", "203.0.113.80"),
    ]


def found(*observations):
    recording = Recording(Header(subject="shop.com"), tuple(observations))
    return {one.reason: one for one in findings(build(recording)).findings}


APART = servers("192.0.2.1", "198.51.100.2")


@pytest.mark.parametrize(
    ("observations", "reason", "urgency", "advice"),
    [
        (
            servers("192.0.2.1", "192.0.2.1"),
            "one-address?name=192.0.2.1",
            Urgency.SINGLE,
            Advice.SPREAD,
        ),
        (
            servers("192.0.2.1", "198.51.100.2", listed=("ns1.dns.com",)),
            "not-in-zone?names=ns2.dns.com",
            Urgency.NOTE,
            Advice.AGREE,
        ),
        (
            [
                *APART,
                one("MX", "10 mx1.mail.com", server=FIRST),
                one("MX", "10 mx2.mail.com", server=SECOND),
            ],
            "sets-differ?name=shop.com&names=ns1.dns.com / ns2.dns.com&question=MX",
            Urgency.NOTE,
            Advice.AGREE,
        ),
        (
            [
                *APART,
                one("NS", "ns1.dns.com", "ns2.dns.com", server=FIRST),
                one("NS", "ns1.dns.com", server=SECOND),
            ],
            "sets-differ?name=shop.com&names=ns1.dns.com / ns2.dns.com&question=NS",
            Urgency.NOTE,
            Advice.AGREE,
        ),
        (
            [*APART, one("MX", "0 .", "10 mx1.mail.com")],
            "null-mx-beside?name=shop.com",
            Urgency.BROKEN,
            Advice.CORRECT,
        ),
        (
            [*APART, one("MX", "10 192.0.2.7")],
            "exchange-address?name=192.0.2.7",
            Urgency.BROKEN,
            Advice.CORRECT,
        ),
        (
            [*APART, one("MX", "10 192.0.2.7.shop.com")],
            "exchange-address?name=192.0.2.7",
            Urgency.BROKEN,
            Advice.CORRECT,
        ),
        (
            [
                *APART,
                one("CNAME", "a.net", subject="www.shop.com"),
                one("MX", "10 a.net", subject="www.shop.com"),
            ],
            "alias-beside?name=www.shop.com&names=MX",
            Urgency.BROKEN,
            Advice.CORRECT,
        ),
        (
            [
                *APART,
                one("CNAME", "a.net", subject="www.shop.com", server=FIRST),
                one("A", "192.0.2.9", subject="www.shop.com", server=FIRST),
            ],
            "alias-beside?name=www.shop.com&names=A",
            Urgency.BROKEN,
            Advice.CORRECT,
        ),
        (
            [*APART, one("MX", "10 mail.shop.com.shop.com")],
            "named-twice?name=mail.shop.com.shop.com",
            Urgency.NOTE,
            Advice.CORRECT,
        ),
        (
            [
                *APART,
                one("MX", "10 mx.mail.com.shop.com"),
                denied("mx.mail.com.shop.com"),
            ],
            "dot-missing?name=mx.mail.com.shop.com&target=mx.mail.com",
            Urgency.NOTE,
            Advice.CORRECT,
        ),
    ],
)
def test_each_is_a_finding(observations, reason, urgency, advice):
    finding = found(*observations)[reason]
    assert (finding.urgency, finding.advice) == (urgency, advice)
    assert finding.functions


@pytest.mark.parametrize(
    "observations",
    [
        APART,
        [*APART, one("MX", "0 .")],
        [*APART, one("MX", "10 mail.shop.com")],
        # It may exist, and is no name of another domain.
        [*APART, one("MX", "10 mx.mail.com.shop.com")],
        [
            *APART,
            one("MX", "10 mx1.mail.shop.com"),
            denied("mx1.mail.shop.com"),
        ],
        # One server gives sets by weight, and one agrees with itself only.
        [
            *APART,
            one("MX", "10 a.mail.com", server=FIRST),
            one("MX", "10 b.mail.com", server=FIRST),
            one("MX", "10 a.mail.com", server=SECOND),
        ],
        # Of two servers one gives an alias and the other an address: told elsewhere.
        [
            *APART,
            one("CNAME", "a.net", subject="www.shop.com", server=FIRST),
            one("A", "192.0.2.9", subject="www.shop.com", server=SECOND),
        ],
        # A resolver's, or a data set's: the address may be that of the alias's target.
        [
            *APART,
            one("CNAME", "a.net", subject="www.shop.com", source="dataset"),
            one("A", "192.0.2.9", subject="www.shop.com", source="dataset"),
        ],
    ],
)
def test_what_is_allowed_is_none(observations):
    codes = {reason.partition("?")[0] for reason in found(*observations)}
    assert codes.isdisjoint(
        [
            "one-address",
            "not-in-zone",
            "sets-differ",
            "null-mx-beside",
            "exchange-address",
            "alias-beside",
            "named-twice",
            "dot-missing",
        ]
    )


def test_one_server_is_told_though_its_addresses_are_not_known():
    assert "one-server?name=ns1.dns.com" in found(one("NS", "ns1.dns.com"), one("A", "192.0.2.1"))
    servers = one("NS", "ns1.dns.com", "ns2.dns.com"), one("A", "192.0.2.1")
    inner = [
        one("A", "192.0.2.53", subject="ns1.dns.com"),
        one("A", "10.0.0.1", subject="ns2.dns.com"),
    ]
    assert "one-server?among=unreached&name=ns1.dns.com" in found(*servers, *inner)
    # Of a domain of servers nobody knows how many it is.
    domain = Observation(
        subject="shop.com",
        type="ns-domain",
        status=Status.ANSWER,
        values=("dns.com",),
        source="dataset",
        time=TIME,
    )
    assert not any(one.startswith("one-server") for one in found(domain, one("A", "192.0.2.1")))


def test_a_server_that_was_seen_not_to_serve_is_among_all_of_them():
    """All name servers are not at one address where the one that refused has another."""
    seen = one("A", server=("198.51.100.2", "ns2.dns.com"))
    refused = replace(seen, status=Status.REFUSED, values=())
    assert any("did-not-serve" in reason for reason in found(*APART, refused))
    assert not any(reason.startswith("one-") for reason in found(*APART, refused))
    together = servers("192.0.2.1", "192.0.2.1")
    assert "one-address?name=192.0.2.1" in found(*together)


def test_the_zone_of_a_name_is_looked_for_only_if_something_is_wrong_with_it(monkeypatch):
    asked = []
    zone_of = faults.zone_of
    monkeypatch.setattr(faults, "zone_of", lambda _, name: asked.append(name) or zone_of(_, name))
    many = [one("MX", f"10 mx{n}.shop.com", subject=f"h{n}.shop.com") for n in range(20)]
    aliases = [one("CNAME", f"h{n}.shop.com", subject=f"a{n}.shop.com") for n in range(20)]
    found(*APART, *many, *aliases)
    assert asked == []
    reasons = found(*APART, *many, *aliases, one("MX", "10 a.net", subject="a7.shop.com"))
    assert "alias-beside?name=a7.shop.com&names=MX" in reasons
    assert asked == ["a7.shop.com"]


def test_what_was_another_is_told_of_the_zones_that_the_service_lies_in():
    earlier = TIME - timedelta(days=1)
    tops = one("NS", "a.nic.com", subject="com"), one("NS", "b.nic.com", subject="com")
    days = [replace(tops[0], time=earlier), tops[1]]
    own = [replace(one("NS", "ns9.dns.com"), time=earlier), *APART]
    reasons = found(*own, *days)
    assert f"replaced?name=shop.com&names=ns9.dns.com&question=NS&time={TIME:%Y-%m-%d}" in reasons
    assert not any("b.nic.com" in one or "name=com" in one for one in reasons)

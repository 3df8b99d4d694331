"""What the tables say of an address: operator by published range, origin."""

from datetime import date

import numpy as np
import pytest

from depgraph.errors import QuestionError, TableError
from depgraph.routes import (
    Dated,
    Kind,
    PrefixTable,
    PublishedRanges,
    Routing,
    Service,
    Table,
    install,
    published_at,
    routing_at,
)

DAY = date(2021, 1, 8)


def published(provider, pairs):
    return Table(
        kind=Kind.PUBLISHED, form="x", provider=provider, date=DAY, prefixes=PrefixTable(pairs)
    )


def routing(pairs, names=None):
    return Table(
        kind=Kind.ROUTING, form="x", date=DAY, prefixes=PrefixTable(pairs), names=names or {}
    )


AWS = published(
    "aws",
    [
        ("192.0.2.0/24", (Service("AMAZON", "eu-west-1"),)),
        ("192.0.2.128/25", (Service("AMAZON", "eu-west-1"), Service("EC2", "eu-west-1"))),
        ("198.51.100.0/24", (Service("EC2", "cn-north-1"),)),
        ("203.0.113.0/24", (Service("S3", "cn-northwest-1"),)),
        ("2001:db8::/32", (Service("CLOUDFRONT", "GLOBAL"),)),
    ],
)
OTHER = published(
    "other", [("192.0.2.192/26", (Service("", ""),)), ("192.0.2.0/24", (Service("", ""),))]
)


def said(facts):
    return [(f.provider, f.service, f.region, f.prefix) for f in facts]


def test_all_that_is_said_of_an_address_the_longest_prefix_first():
    ranges = PublishedRanges([Dated(AWS, "aws-list"), Dated(OTHER, "other-list", 3)])
    assert said(ranges.lookup("192.0.2.1")) == [
        ("aws", "AMAZON", "eu-west-1", "192.0.2.0/24"),
        ("other", "", "", "192.0.2.0/24"),
    ]
    assert said(ranges.lookup("192.0.2.200")) == [
        ("other", "", "", "192.0.2.192/26"),
        ("aws", "AMAZON", "eu-west-1", "192.0.2.128/25"),
        ("aws", "EC2", "eu-west-1", "192.0.2.128/25"),
    ]
    assert said(ranges.lookup("2001:db8::1")) == [("aws", "CLOUDFRONT", "GLOBAL", "2001:db8::/32")]
    assert ranges.lookup("192.0.3.1") == ()
    assert ranges.lookup("2001:db9::1") == ()
    first = ranges.lookup("192.0.2.200")[0]
    assert (first.source, first.date, first.days_off) == ("other-list", DAY, 3)


def test_regions_that_a_partner_runs_are_the_partners():
    ranges = PublishedRanges([Dated(AWS, "x")])
    assert ranges.lookup("198.51.100.1")[0].provider == "aws-china-beijing"
    assert ranges.lookup("203.0.113.1")[0].provider == "aws-china-ningxia"


def test_many_at_once():
    ranges = PublishedRanges([Dated(AWS, "x"), Dated(OTHER, "y")])
    addresses = ["192.0.2.1", "192.0.2.200", "192.0.3.1", "2001:db8::1"]
    assert ranges.lookup_many(addresses) == [ranges.lookup(a) for a in addresses]
    assert ranges.lookup_many(np.array([0xC0000201], np.uint32)) == [ranges.lookup("192.0.2.1")]
    assert PublishedRanges([]).lookup_many(addresses) == [()] * 4
    assert PublishedRanges([]).lookup("192.0.2.1") == ()
    with pytest.raises(QuestionError):
        ranges.lookup("x")


def test_the_first_table_that_covers_an_address_says_who_announces_it():
    near = routing([("192.0.2.0/24", (64500,))], {64500: "Near"})
    far = routing(
        [("192.0.2.0/25", (64501,)), ("2001:db8::/32", (64502, 64503))],
        {64500: "Far", 64502: "Six"},
    )
    table = Routing([Dated(near, "near"), Dated(far, "far", 9)])
    assert table.lookup("192.0.2.1") == ("192.0.2.0/24", (64500,), "near", DAY, 0)
    assert table.lookup("2001:db8::1") == ("2001:db8::/32", (64502, 64503), "far", DAY, 9)
    assert table.lookup("198.51.100.1") is None
    addresses = ["192.0.2.1", "2001:db8::1", "198.51.100.1"]
    assert table.lookup_many(addresses) == [table.lookup(a) for a in addresses]
    assert table.names == {64500: "Near", 64502: "Six"}


def test_the_two_kinds_are_not_mixed():
    with pytest.raises(TableError, match="different facts"):
        PublishedRanges([Dated(routing([("192.0.2.0/24", (1,))]), "x")])
    with pytest.raises(TableError, match="different facts"):
        Routing([Dated(AWS, "x")])


def test_from_the_cache_for_a_day(tmp_path):
    path = tmp_path / "aws-2021-01-08.txt"
    path.write_text("192.0.2.0/24\n")
    install(path, provider="aws", cache=tmp_path / "cache")
    route = tmp_path / "routeviews-rv2-20210106-1200.pfx2as"
    route.write_text("192.0.2.0\t24\t64500\n")
    install(route, cache=tmp_path / "cache")
    (fact,) = published_at(date(2021, 1, 10), cache=tmp_path / "cache").lookup("192.0.2.1")
    assert (fact.provider, fact.source, fact.days_off) == ("aws", "aws", 2)
    found = routing_at(date(2021, 1, 6), cache=tmp_path / "cache").lookup("192.0.2.1")
    assert (found.asns, found.source, found.days_off) == ((64500,), "caida-ipv4", 0)
    assert routing_at(date(2021, 1, 6), cache=tmp_path / "none").lookup("192.0.2.1") is None

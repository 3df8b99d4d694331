"""Address blocks as flat fields."""

import pytest

from depgraph.records.blocks import covers, read_holder, read_origin, read_prefixes


@pytest.mark.parametrize(
    ("block", "prefixes"),
    [
        ({"NetRange": "192.0.2.0 - 192.0.2.127"}, ["192.0.2.0/25"]),
        ({"CIDR": "192.0.2.0/25, 192.0.2.128/26"}, ["192.0.2.0/25", "192.0.2.128/26"]),
        ({"NetRange": "192.0.2.1 - 192.0.2.2"}, ["192.0.2.1/32", "192.0.2.2/32"]),
        ({"NetRange": "192.0.2.9 - 192.0.2.2"}, []),
        ({"NetRange": "192.0.2.9 - 2001:db8::"}, []),
        ({"CIDR": "nonsense"}, []),
        ({"CIDR": 5}, []),
        ({}, []),
    ],
)
def test_extent_of_a_block(block, prefixes):
    assert read_prefixes(block) == prefixes
    assert [v for v in read_holder(block) if v.startswith("prefix")] == [
        f"prefix {p}" for p in prefixes
    ]


def test_words_of_the_registries():
    arin = {"NetHandle": "NET-1", "OrgName": "Example,\x1b Inc.", "OrgId": "EX-1", "Country": "US"}
    assert read_holder(arin) == (
        "handle NET-1",
        "organisation Example,\\x1b Inc.",
        "organisation-handle EX-1",
        "country US",
    )
    lacnic = {"owner": "Exemplo S.A.", "ownerid": "BR-EX", "netname": "EX"}
    assert read_holder(lacnic) == (
        "name EX",
        "organisation Exemplo S.A.",
        "organisation-handle BR-EX",
    )


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ({"asn": 64500}, ("asn 64500",)),
        ({"ASN": "AS064500", "prefix": "192.0.2.0/24"}, ("asn 64500", "prefix 192.0.2.0/24")),
        ({"asn": "NA"}, ()),
        ({"asn": True}, ()),
        ({"asn": 0}, ()),
        ({"prefix": "192.0.2.0/24"}, ()),
    ],
)
def test_origin(block, values):
    assert read_origin(block) == values


def test_another_family_is_not_covered():
    assert not covers(["192.0.2.0/24"], "2001:db8::1")

"""RDAP objects: what registries write, and what of it is not in the expected form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.observations import Status
from depgraph.records.rdap import base_for_domain, read_domain, read_network, read_top_level

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance


def card(*properties):
    return ["vcard", [["version", {}, "text", "4.0"], *properties]]


def values(data):
    status, found = read_domain(data)
    assert status is Status.ANSWER
    return found


def test_a_domain():
    answer = {
        "objectClassName": "domain",
        "entities": [
            {
                "roles": ["Registrar"],
                "publicIds": [{"type": "IANA Registrar ID", "identifier": "292"}],
                "vcardArray": card(["fn", {}, "text", "M Inc."]),
            },
            {"roles": ["registrant"], "vcardArray": card(["org", {}, "text", "Holder SA"])},
            {"roles": None},
            "odd",
        ],
        "status": ["client transfer prohibited", "Client Hold"],
        "nameservers": [{"ldhName": "NS1.EXAMPLE.NET."}, {"ldhName": None}],
        "events": [
            {"eventAction": "registration", "eventDate": "2001-01-13T00:12:14Z"},
            {"eventAction": "last update", "eventDate": "2020-01-13T00:12:14Z"},
        ],
    }
    assert values(answer) == (
        "changed 2020-01-13T00:12:14Z",
        "created 2001-01-13T00:12:14Z",
        "nameserver ns1.example.net",
        "registrant Holder SA",
        "registrar M Inc.",
        "registrar-id 292",
        "status clientHold",
        "status clientTransferProhibited",
    )


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"errorCode": 404, "title": "Not found"}, Status.NOT_FOUND),
        ({"errorCode": 429}, Status.RATE_LIMITED),
        ({"errorCode": 500}, Status.ERROR),
        ({"errorCode": [404]}, Status.MALFORMED),
        ({"entities": 5, "events": [None]}, Status.MALFORMED),
        ({}, Status.MALFORMED),
        ({"objectClassName": "domain", "ldhName": "a.example"}, Status.ANSWER),
    ],
)
def test_outcomes(data, status):
    assert read_domain(data) == (status, ())


def test_a_registrar_known_only_by_its_number():
    data = {
        "entities": [
            {
                "roles": ["registrar"],
                "handle": "292",
                "publicIds": [{"type": "IANA REGISTRAR ID", "identifier": "292"}],
            }
        ]
    }
    assert values(data) == ("registrar-id 292",)


def test_a_registrar_known_only_by_its_handle():
    assert values({"entities": [{"roles": "registrar", "handle": "REG-X"}]}) == ("registrar REG-X",)


def test_the_organisation_of_a_card_whose_name_is_empty_or_withheld():
    for name in ("", "REDACTED FOR PRIVACY", None):
        entity = {
            "roles": ["registrar"],
            "vcardArray": card(["fn", {}, "text", name], ["org", {}, "text", ["Example Ltd", "x"]]),
        }
        assert values({"entities": [entity]}) == ("registrar Example Ltd",)


def test_a_domain_without_registrar():
    assert values({"objectClassName": "domain", "status": ["active"]}) == ("status active",)


def test_dates_stand_in_one_form():
    data = {
        "events": [
            {"eventAction": "Registration", "eventDate": "2001-02-03T04:05:06.789+0200"},
            {"eventAction": "expiration", "eventDate": "2031-02-03 (local)"},
        ]
    }
    assert values(data) == ("created 2001-02-03T02:05:06Z", "expires 2031-02-03 (local)")


def test_a_country_is_a_code_or_nothing():
    entity = {
        "roles": ["registrant"],
        "vcardArray": [
            "vcard",
            [
                ["org", {}, "text", "NIC Example"],
                ["adr", {"cc": "NL"}, "text", ["", "", "", "", "", "", "The Netherlands"]],
            ],
        ],
    }
    assert read_top_level({"entities": [entity]}) == ("country NL", "operator NIC Example")


def test_the_longest_entry_of_the_bootstrap_wins():
    data = {
        "services": [
            [["example"], ["https://a.example/"]],
            [["co.example"], ["https://b.example"]],
            [["bad"], ["http://only.example/"]],
            None,
            [["x"]],
            [None, None],
        ]
    }
    assert base_for_domain(data, "x.co.example") == "https://b.example/"
    assert base_for_domain(data, "x.example") == "https://a.example/"
    assert base_for_domain(data, "x.bad") == ""
    assert base_for_domain({"services": None}, "x.example") == ""


# -- networks ---------------------------------------------------------------------------------


def network(**more):
    return {"startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "handle": "NET-1"} | more


def prefixes(data):
    return [v.removeprefix("prefix ") for v in read_network(data) if v.startswith("prefix ")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["192.0.2.0/24"]),
        ({"startAddress": "192.000.002.000"}, ["192.0.2.0/24"]),
        ({"startAddress": "192.0.2.0/32", "endAddress": "192.0.2.127/32"}, ["192.0.2.0/25"]),
        ({"endAddress": "192.0.3.127"}, ["192.0.2.0/24", "192.0.3.0/25"]),
        (
            {"startAddress": "2001:DB8:0000::", "endAddress": "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
            ["2001:db8::/32"],
        ),
        ({"cidr0_cidrs": [{"v4prefix": "198.51.100.0", "length": 24}]}, ["198.51.100.0/24"]),
        ({"cidr0_cidrs": [{"v6prefix": "2001:db8::", "length": 32}]}, ["2001:db8::/32"]),
        ({"cidr0_cidrs": [{"v4prefix": "192.0.2.7", "length": 24}, None, {}]}, ["192.0.2.0/24"]),
        ({"endAddress": "2001:db8::"}, []),
        ({"endAddress": "192.0.1.0"}, []),
        ({"startAddress": 7}, []),
        ({"startAddress": None}, []),
    ],
)  # fmt: skip
def test_extent(more, expected):
    assert prefixes(network(**more)) == expected
    if not expected:
        assert read_network(network(**more)) == ()


def registrant(handle, name="", kind="org", roles=("registrant",)):
    properties = [["fn", {}, "text", name], ["kind", {}, "text", kind]]
    return {"handle": handle, "roles": list(roles), "vcardArray": card(*properties)}


@pytest.mark.parametrize(
    ("entities", "handle", "name"),
    [
        ([registrant("B", "Person", "individual"), registrant("C", "Org")], "C", "Org"),
        ([registrant("B", "Group", "group"), registrant("A-MNT"), registrant("A")], "B", "Group"),
        ([registrant("EXAMPLE-MNT"), registrant("ORG-1")], "ORG-1", ""),
        ([registrant("EXAMPLE-MNT")], "EXAMPLE-MNT", ""),
        ([registrant("B", "Two"), registrant("A", "One")], "A", "One"),
        ([registrant("A", "REDACTED"), registrant("B", "Two")], "B", "Two"),
        ([registrant(None), registrant("Z")], "Z", ""),
        ([registrant("A", "Abuse", roles=["abuse"]), registrant("B", "Two")], "B", "Two"),
        ([registrant("A", "One", roles=["Registrant"])], "A", "One"),
        ([], None, None),
        (None, None, None),
    ],
)
def test_the_holder_is_an_organisation_before_a_person_before_a_maintainer(entities, handle, name):
    found = {}
    for value in read_network(network(entities=entities)):
        key, _, rest = value.partition(" ")
        found[key] = rest
    assert found.get("organisation-handle") == handle
    assert found.get("organisation") == (name or None)


def test_one_null_on_a_card_loses_nothing_else():
    entity = registrant("MX-1", "Example Operador S.A.")
    entity["vcardArray"][1].append(["tel", {"type": ["voice"]}, "uri", None])
    data = network(country="MX", name="", entities=[entity], events=[{"eventAction": "registration", "eventDate": "2001-02-03T00:00:00Z"}])  # fmt: skip
    assert read_network(data, registry="lacnic") == (
        "country MX",
        "handle NET-1",
        "organisation Example Operador S.A.",
        "organisation-handle MX-1",
        "prefix 192.0.2.0/24",
        "registered 2001-02-03T00:00:00Z",
        "registry lacnic",
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = (
    "entities", "status", "nameservers", "events", "port43", "handle", "startAddress",
    "endAddress", "cidr0_cidrs", "errorCode", "objectClassName", "services",
)  # fmt: skip


@STEADY
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)))
def test_nothing_raises(data):
    for read in (read_domain, read_network, read_top_level):
        read(data)
        read({"entities": [data | {"roles": ["registrant", "registrar"], "vcardArray": data}]})
    base_for_domain(data, "a.example")

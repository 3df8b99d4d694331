"""Answers of other sources as observations: routes, certificates."""

import ipaddress
from datetime import UTC, datetime

import pytest

from depgraph.collect.hints import root_hints
from depgraph.collect.sources import origin
from depgraph.collect.sources.certificate import read_chain
from depgraph.observations import Observation, Status

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def txt(*values, status=Status.ANSWER):
    return Observation(
        subject="x",
        type="TXT",
        status=status,
        values=values,
        zone="cymru.com",
        server="192.0.2.1",
        time=NOW,
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            ("64500 | 192.0.2.0/24 | US | arin | 2010-01-01",),
            {
                "asn": ["64500"],
                "prefix": ["192.0.2.0/24"],
                "country": ["US"],
                "registry": ["arin"],
                "allocated": ["2010-01-01"],
            },
        ),
        # several origins of one route; a shorter route beside a longer one; no date
        (
            ("64500 64501 | 192.0.2.0/24 | US | arin | ",),
            {
                "asn": ["64500", "64501"],
                "prefix": ["192.0.2.0/24"],
                "country": ["US"],
                "registry": ["arin"],
            },
        ),
        (
            ("64500 | 192.0.0.0/16 | US | arin | ", "64501 | 192.0.2.0/24 | US | ARIN | "),
            {"asn": ["64501"], "prefix": ["192.0.2.0/24"], "country": ["US"], "registry": ["arin"]},
        ),
    ],
)
def test_origins(values, expected):
    seen = origin.read_origin("192.0.2.7", txt(*values))
    assert seen.status is Status.ANSWER
    assert seen.fields() == expected
    assert (seen.source, seen.zone, seen.subject) == ("cymru", "", "192.0.2.7")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "64500",
        "64500 | 198.51.100.0/24 | US | arin | ",
        "x | 192.0.2.0/24 | | | ",
        "64500 | 192.0.2.7/24 | | | ",
    ],
)
def test_a_route_that_does_not_fit_is_malformed(value):
    seen = origin.read_origin("192.0.2.7", txt(value))
    assert (seen.status, seen.values) == (Status.MALFORMED, ())


def test_a_failed_lookup_stays_what_it_is():
    for status in (Status.NXDOMAIN, Status.TIMEOUT, Status.SERVFAIL):
        assert origin.read_origin("192.0.2.7", txt(status=status)).status is status


def test_names_of_the_tables():
    assert origin.origin_name("2001:db8::1").endswith(".8.b.d.0.1.0.0.2.origin6.asn.cymru.com")
    assert origin.as_name("AS64500") == "as64500.asn.cymru.com"


def test_an_as():
    seen = origin.read_as("AS64500", txt("64500 | US | arin | 2010-01-01 | EXAMPLE - A | B, US"))
    assert seen.first("name") == "EXAMPLE - A | B, US"
    assert origin.read_as("AS64501", txt("64500 | US | arin | | X")).status is Status.MALFORMED


def test_a_certificate_chain():
    own = {
        "subject": ((("commonName", "www.example.org"),),),
        "issuer": (
            (("countryName", "NL"),),
            (("organizationName", "CA Example"),),
            (("commonName", "R1"),),
        ),
        "notBefore": "Jan  5 09:34:43 2026 GMT",
        "notAfter": "Apr  5 09:34:43 2026 GMT",
        "subjectAltName": (("DNS", "WWW.Example.org"), ("IP Address", "192.0.2.1")),
    }
    issuer = {"subject": own["issuer"], "issuer": own["issuer"]}
    assert read_chain([own, issuer]) == (
        "chain 0 www.example.org",
        "chain 1 R1, CA Example, NL",
        "issuer R1",
        "issuer-organisation CA Example",
        "name www.example.org",
        "not-after 2026-04-05T09:34:43Z",
        "not-before 2026-01-05T09:34:43Z",
        "subject www.example.org",
    )


def test_the_authority_above_a_chain_is_kept_where_the_server_did_not_send_it():
    def named(name):
        return ((("organizationName", name),), (("countryName", "US"),))

    own = {"subject": named("Shop"), "issuer": named("Small CA")}
    above = {"subject": named("Small CA"), "issuer": named("Root CA")}
    assert [v for v in read_chain([own, above]) if v[:6] in {"chain ", "anchor"}] == [
        "anchor Root CA, US",
        "chain 0 Shop, US",
        "chain 1 Small CA, US",
    ]


def test_root_hints_are_thirteen_with_both_families():
    hints = root_hints()
    assert list(hints) == [f"{letter}.root-servers.net" for letter in "abcdefghijklm"]
    for addresses in hints.values():
        assert [ipaddress.ip_address(a).version for a in addresses] == [4, 6]

"""Parsers of other sources: routes, WHOIS text, certificates, RDAP of names."""

import ipaddress
from datetime import UTC, datetime

import pytest

from depgraph.collect import routing, whois
from depgraph.collect.certificate import read_chain
from depgraph.collect.hints import root_hints
from depgraph.collect.registration import read_bootstrap, read_domain, read_top_level
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
    seen = routing.read_origin("192.0.2.7", txt(*values))
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
    seen = routing.read_origin("192.0.2.7", txt(value))
    assert (seen.status, seen.values) == (Status.MALFORMED, ())


def test_a_failed_lookup_stays_what_it_is():
    for status in (Status.NXDOMAIN, Status.TIMEOUT, Status.SERVFAIL):
        assert routing.read_origin("192.0.2.7", txt(status=status)).status is status


def test_names_of_the_tables():
    assert routing.origin_name("2001:db8::1").endswith(".8.b.d.0.1.0.0.2.origin6.asn.cymru.com")
    assert routing.as_name("AS64500") == "as64500.asn.cymru.com"


def test_an_as():
    seen = routing.read_as("AS64500", txt("64500 | US | arin | 2010-01-01 | EXAMPLE - A | B, US"))
    assert seen.first("name") == "EXAMPLE - A | B, US"
    assert routing.read_as("AS64501", txt("64500 | US | arin | | X")).status is Status.MALFORMED


WHOIS = {
    "plain": (
        (
            "% a comment\nDomain Name: A.EXAMPLE\nRegistrar: Example Registrar, Inc.\n"
            "Registrar IANA ID: 9999\nDomain Status: clientHold https://icann.org/epp#clientHold\n"
            "Name Server: NS1.EXAMPLE.NET\nName Server: ns2.example.net.\n"
            "Creation Date: 2001-02-03T00:00:00Z\nRegistrant Organization: REDACTED FOR PRIVACY\n"
            ">>> Last update of WHOIS database: 2026-01-01 <<<\nRegistrar: not this one\n"
        ),
        {
            "registrar": ["Example Registrar, Inc."],
            "registrar-id": ["9999"],
            "status": ["clientHold"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
            "created": ["2001-02-03T00:00:00Z"],
        },
    ),
    "indented": (
        (
            "    Registrar:\n        Example Ltd [Tag = EX]\n    Name servers:\n        ns1.example.net 192.0.2.1\n"
            "        ns2.example.net\n\n    Other:\n        not.a.server\n"
        ),
        {
            "registrar": ["Example Ltd [Tag = EX]"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
        },
    ),
    "bracketed": (
        (
            "[ a banner ]\na. [Domain Name]   A.EXAMPLE\ng. [Organization]   Example K.K.\n"
            "p. [Name Server]   ns1.example.net\n[State]   Connected (2027/03/31)\n"
        ),
        {
            "registrant": ["Example K.K."],
            "nameserver": ["ns1.example.net"],
            "status": ["Connected"],
        },
    ),
    "dotted": (
        (
            "Domain Name............: a.example\nPrimary server.........: ns1.example.net\n"
            "State..................: CA\nCurrent Registar: EXAMPLE\n"
        ),
        {"registrar": ["EXAMPLE"], "nameserver": ["ns1.example.net"]},
    ),
    "numbered": (
        "NS 1   : ns1.example.net\nNS 2   : ns2.example.net\n",
        {"nameserver": ["ns1.example.net", "ns2.example.net"]},
    ),
}


@pytest.mark.parametrize("form", sorted(WHOIS))
def test_whois(form):
    text, expected = WHOIS[form]
    status, values = whois.read_whois(text.replace("\n", "\r\n"))
    seen = {}
    for value in values:
        key, _, rest = value.partition(" ")
        seen.setdefault(key, []).append(rest)
    assert (status, seen) == (Status.ANSWER, expected)


def test_whois_text_is_hostile():
    text = "Registrar: a\x1b[31mb\nName Server: " + "x" * 100_000 + ".example\n"
    _, values = whois.read_whois(text)
    assert all(value.isprintable() and len(value) < 400 for value in values)
    whois.read_whois("a:" * 50_000 + "\n" + ":" * 100_000 + "\n" + "[" * 10_000)


def test_iana_whois():
    text = "domain: EXAMPLE\n\norganisation: NIC Example\ncontact: administrative\norganisation: Another\nwhois: whois.nic.example\n"
    assert whois.read_iana(text) == ("operator NIC Example", "whois whois.nic.example")


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
    assert read_bootstrap(data, "x.co.example") == "https://b.example/"
    assert read_bootstrap(data, "x.example") == "https://a.example/"
    assert read_bootstrap(data, "x.bad") == ""
    assert read_bootstrap({"services": None}, "x.example") == ""


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
    assert read_domain(data) == ("registrar-id 292",)


def test_a_domain_without_registrar():
    assert read_domain({"objectClassName": "domain", "status": ["active"]}) == ("status active",)


def test_dates_stand_in_one_form():
    data = {
        "events": [
            {"eventAction": "Registration", "eventDate": "2001-02-03T04:05:06.789+0200"},
            {"eventAction": "expiration", "eventDate": "2031-02-03 (local)"},
        ]
    }
    assert read_domain(data) == ("created 2001-02-03T02:05:06Z", "expires 2031-02-03 (local)")


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


def test_root_hints_are_thirteen_with_both_families():
    hints = root_hints()
    assert list(hints) == [f"{letter}.root-servers.net" for letter in "abcdefghijklm"]
    for addresses in hints.values():
        assert [ipaddress.ip_address(a).version for a in addresses] == [4, 6]

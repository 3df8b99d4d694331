"""Rules match on label borders, whole numbers and the longest prefix, and never else."""

from __future__ import annotations

import ipaddress
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph.providers.rules import NAME_SIGNALS, Rule, Rules, plain


def rule(
    pattern: str, *, signal: str = "host", provider: str = "p", roles: str = "hosting"
) -> Rule:
    return Rule(
        f"{provider}/{signal}/{pattern}",
        provider,
        tuple(roles.split(";")),
        signal,
        pattern,
        "r",
        "s",
    )


def ids(rules: Rules, kind: str, value: str) -> list[str]:
    return [found.pattern for found in rules.match(kind, value)]


@pytest.mark.parametrize(
    ("pattern", "name", "hit"),
    [
        ("example.net", "example.net", True),
        ("example.net", "a.b.example.net", True),
        ("example.net", "badexample.net", False),
        ("example.net", "example.net.evil.org", False),
        ("example.net", "EXAMPLE.NET.", True),
        ("awsdns-#.co.uk", "ns-1.awsdns-12.co.uk", True),
        ("awsdns-#.co.uk", "ns-1.awsdns-.co.uk", False),
        ("awsdns-#.co.uk", "ns-1.awsdns-1a.co.uk", False),
        ("awsdns-#.co.uk", "ns-1.xawsdns-12.co.uk", False),
        ("awsdns-#.co.uk", "ns-1.awsdns-12.uk", False),
        ("inbound-smtp.*.amazonaws.com", "inbound-smtp.eu-west-1.amazonaws.com", True),
        ("inbound-smtp.*.amazonaws.com", "inbound-smtp.a.b.amazonaws.com", False),
        ("inbound-smtp.*.amazonaws.com", "inbound-smtp.amazonaws.com", False),
        ("=.example.net", "example.net", True),
        ("=.example.net", "a.example.net", False),
        ("a+b.example.net", "aab.example.net", False),
    ],
)
def test_names_match_on_label_borders(pattern: str, name: str, *, hit: bool) -> None:
    assert bool(ids(Rules([rule(pattern)]), "host", name)) is hit


def test_the_most_specific_name_comes_first() -> None:
    rules = Rules([rule("net"), rule("example.net"), rule("cdn.example.net"), rule("other.net")])
    assert ids(rules, "host", "x.cdn.example.net") == ["cdn.example.net", "example.net", "net"]


def test_a_server_rule_speaks_to_every_kind_of_name_and_others_to_their_own() -> None:
    rules = Rules([rule("example.net", signal="server"), rule("example.org", signal="ns-host")])
    for kind in sorted(NAME_SIGNALS - {"ns-domain"}):
        assert ids(rules, kind, "a.example.net") == ["example.net"]
        assert bool(ids(rules, kind, "a.example.org")) is (kind in {"ns-host", "soa-mname"})


def test_a_registered_domain_of_servers_is_named_only_if_one_provider_has_servers_below_it() -> (
    None
):
    rules = Rules(
        [
            rule("dns.example.net", signal="ns-host", roles="dns", provider="one"),
            rule("a.example.org", signal="ns-host", roles="dns", provider="one"),
            rule("b.example.org", signal="ns-host", roles="dns", provider="two"),
        ]
    )
    assert ids(rules, "ns-domain", "example.net") == ["dns.example.net"]
    assert ids(rules, "ns-domain", "example.org") == []


def test_numbers_handles_and_ids_are_compared_whole() -> None:
    rules = Rules(
        [
            rule("16509", signal="asn"),
            rule("GOGL", signal="holder-handle"),
            rule("292", signal="registrar-id"),
            rule("ms", signal="txt"),
        ]
    )
    assert ids(rules, "asn", "16509") == ids(rules, "asn", "AS16509") == ["16509"]
    assert ids(rules, "asn", "165") == ids(rules, "asn", "165090") == []
    assert ids(rules, "holder-handle", "gogl") == ["GOGL"]
    assert ids(rules, "holder-handle", "GOGL-2") == []
    assert ids(rules, "registrar-id", "29") == []
    assert ids(rules, "txt", "MS=ms123") == ["ms"]
    assert ids(rules, "txt", "MSX=ms123") == []


def test_names_of_organisations_are_compared_without_case_punctuation_and_legal_form() -> None:
    rules = Rules([rule("Starfield Technologies, Inc.", signal="issuer")])
    for text in (
        "starfield technologies",
        "STARFIELD TECHNOLOGIES INC",
        "starfieldtechnologiesinc",
    ):
        assert ids(rules, "issuer", text), text
    assert not ids(rules, "issuer", "Starfield")
    assert plain("Ältere Über GmbH & Co. KG") == "altere uber"


def test_a_suffix_of_registration_falls_back_to_its_top_level_domain() -> None:
    rules = Rules([rule("uk", signal="tld", provider="a"), rule("com", signal="tld", provider="b")])
    assert ids(rules, "tld", "co.uk") == ["uk"]
    assert ids(rules, "tld", "xn--p1ai") == []


def test_addresses_take_the_longest_prefix_as_by_brute_force() -> None:
    chance = random.Random(4)
    prefixes: dict[str, None] = {}
    for _ in range(200):
        length = chance.choice([8, 12, 16, 20, 24, 32])
        prefixes[
            str(
                ipaddress.ip_network(
                    (chance.randrange(2**8) << 24 | chance.randrange(2**24), length), strict=False
                )
            )
        ] = None
        length6 = chance.choice([19, 32, 48, 64, 128])
        prefixes[
            str(
                ipaddress.ip_network(
                    ((0x2000 + chance.randrange(16)) << 112 | chance.randrange(2**112), length6),
                    strict=False,
                )
            )
        ] = None
    rules = Rules([rule(text, signal="address") for text in prefixes])
    networks = [ipaddress.ip_network(text) for text in prefixes]
    asked = [str(network[0]) for network in networks] + [
        str(ipaddress.ip_address(chance.randrange(2**32))) for _ in range(500)
    ]
    hits = 0
    for text in asked:
        address = ipaddress.ip_address(text)
        wanted = sorted(
            (n for n in networks if n.version == address.version and address in n),
            key=lambda n: -n.prefixlen,
        )
        assert ids(rules, "address", text) == [str(n) for n in wanted]
        hits += bool(wanted)
    assert hits > 300
    assert ids(rules, "address", "no address") == []


@given(
    st.text(max_size=300),
    st.sampled_from(sorted(NAME_SIGNALS | {"issuer", "asn", "txt", "address", "tld"})),
)
def test_no_text_breaks_a_look_up(text: str, kind: str) -> None:
    rules = Rules([rule("example.net"), rule("*.example.org"), rule("#.com", signal="server")])
    list(rules.match(kind, text))


def test_a_name_of_ten_megabytes_is_answered_at_once() -> None:
    rules = Rules([rule("*a*.example.net")])
    assert ids(rules, "host", "a." * 5_000_000 + "example.net") == []
    assert ids(rules, "issuer", "A" * 10_000_000) == []

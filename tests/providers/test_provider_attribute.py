"""Who is behind it: tiers, fronts, own servers, the long tail, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.providers import (
    KINDS,
    ROLES,
    Attribution,
    Catalogue,
    Signal,
    attribute,
    is_unverified,
    load,
    same_operator,
)
from depgraph.vocabulary import Confidence, Reason, ReasonCode

AT = date(2021, 1, 10)
CATALOGUE = load()


def ask(
    role: str, *seen: tuple[str, str], service: str | None = None, at: date = AT
) -> Attribution:
    return attribute(
        role, [Signal(*one) for one in seen], catalogue=CATALOGUE, at=at, service=service
    )


# The three in China are likely only: that the names are their operators' is not verified yet.
@pytest.mark.parametrize(
    ("role", "seen", "provider", "front", "confidence"),
    [
        ("dns", [("ns-host", "ns-1.awsdns-12.co.uk")], "aws", False, "certain"),
        ("dns", [("ns-domain", "awsdns-12.co.uk")], "aws", False, "certain"),
        ("dns", [("ns-host", "bob.ns.cloudflare.com")], "cloudflare", False, "certain"),
        ("dns", [("ns-host", "ns-cloud-b1.googledomains.com")], "google-cloud", False, "certain"),
        ("dns", [("ns-host", "ns57.domaincontrol.com")], "godaddy", False, "certain"),
        ("web", [("host", "d111.cloudfront.net"), ("asn", "16509")], "aws", True, "certain"),
        ("web", [("asn", "16509")], "aws", False, "likely"),
        ("web", [("asn", "13335")], "cloudflare", True, "likely"),
        ("web", [("address", "104.18.10.47")], "cloudflare", True, "certain"),
        ("web", [("address", "190.115.16.1")], "ddos-guard", True, "certain"),
        # Amazon's list has the networks of its partners in China, too.
        ("web", [("address", "52.82.130.1")], "aws-china-ningxia", True, "certain"),
        ("web", [("address", "120.52.22.100")], "aws-china", True, "certain"),
        ("dns", [("address", "54.222.33.1")], "aws-china-beijing", False, "certain"),
        ("web", [("asn", "57724")], "ddos-guard", True, "likely"),
        ("web", [("asn", "399334")], "skysilk", False, "likely"),
        (
            "web",
            [("host", "www.example.com.edgekey.net"), ("host", "e1.a.akamaiedge.net")],
            "akamai",
            True,
            "certain",
        ),
        ("web", [("host", "example.herokuapp.com"), ("asn", "14618")], "heroku", False, "certain"),
        (
            "web",
            [("host", "x.s3.cn-north-1.amazonaws.com.cn")],
            "aws-china-beijing",
            False,
            "likely",
        ),
        (
            "web",
            [("host", "x.cn-northwest-1.eb.amazonaws.com.cn")],
            "aws-china-ningxia",
            False,
            "likely",
        ),
        ("mx", [("mx-host", "mx01.hornetsecurity.com")], "hornetsecurity", True, "certain"),
        (
            "mx",
            [("mx-host", "example-com.mail.protection.outlook.com")],
            "microsoft-365",
            False,
            "certain",
        ),
        (
            "mx",
            [("mx-host", "x.mail.protection.partner.outlook.cn")],
            "microsoft-365-china",
            False,
            "certain",
        ),
        ("registrar", [("registrar-id", "617")], "epik", False, "certain"),
        ("registrar", [("registrar-name", "MARKMONITOR, INC.")], "markmonitor", False, "certain"),
        ("registrar", [("registrar-name", "22net, Inc.")], "22cn", False, "certain"),
        # The registry of .ru, .su and .рф has a name of its own for a registrar in each of them.
        ("registrar", [("registrar-name", "RUCENTER-SU")], "rucenter", False, "certain"),
        ("registrar", [("registrar-name", "RUCENTER-RF")], "rucenter", False, "certain"),
        ("registrar", [("registrar-name", "REGRU-RU")], "regru", False, "certain"),
        ("registrar", [("registrar-name", "REGRU-RF")], "regru", False, "certain"),
        ("registrar", [("registrar-name", "R01-SU")], "r01", False, "likely"),
        ("registry", [("tld", "com")], "verisign", False, "certain"),
        ("registry", [("tld", "co.uk")], "nominet", False, "certain"),
        ("ca", [("issuer", "DigiCert Inc")], "digicert", False, "certain"),
        ("ca", [("issuer", "letsencrypt.org")], "lets-encrypt", False, "certain"),
        ("network", [("asn", "AS8075")], "azure", False, "certain"),
        ("holder", [("holder-handle", "AT-88-Z")], "aws", False, "certain"),
    ],
)
def test_known_signals(
    role: str, seen: list[tuple[str, str]], provider: str, *, front: bool, confidence: str
) -> None:
    found = ask(role, *seen)
    assert (found.provider, found.is_front, found.confidence) == (provider, front, confidence)
    assert found.rule in CATALOGUE.rules.by_id
    assert found.signals[0].rule == found.rule
    assert found.catalogued
    rule = CATALOGUE.rules.by_id[found.rule]
    assert found.unverified == is_unverified(rule.source)
    signal = found.signals[0].signal
    assert found.reasons[-1] == Reason.of(
        "rule", kind=signal.kind, value=signal.value, text=rule.reason
    )


FRONTS = sorted(
    {r.id for r in CATALOGUE.rules.rows if "front" in r.roles},
)


@pytest.mark.parametrize("rule_id", FRONTS)
def test_a_front_is_never_a_host(rule_id: str) -> None:
    """Ask with what each front in the catalogue shows: nobody is ever "hosted by" it."""
    rule = CATALOGUE.rules.by_id[rule_id]
    value = rule.pattern.split("/")[0].replace("#", "1").replace("*", "x").removeprefix("=.")
    if rule.signal == "address" and value.endswith("."):
        value += "1"
    name = f"www.example.com.{value}" if rule.signal in {"host", "ptr"} else value
    seen = (rule.signal, name)
    web, hosting, front = ask("web", seen), ask("hosting", seen), ask("front", seen)
    assert web.is_front, web
    assert web.provider == rule.provider
    assert front.provider == rule.provider
    assert hosting.provider is None, hosting
    assert not hosting.is_front
    assert [reason.code for reason in hosting.reasons] == [ReasonCode.FRONT_SEEN]


def test_there_are_fronts_of_each_kind_to_test() -> None:
    kinds = {CATALOGUE.rules.by_id[rule_id].signal for rule_id in FRONTS}
    assert {"host", "asn", "address", "holder-handle", "ptr"} <= kinds
    providers = {CATALOGUE.rules.by_id[rule_id].provider for rule_id in FRONTS}
    assert {
        "cloudflare",
        "akamai",
        "fastly",
        "ddos-guard",
        "stormwall",
        "qrator",
        "imperva",
        "sucuri",
        "vanwatech",
    } <= providers


def test_a_reported_front_is_no_host_either() -> None:
    assert ask("web", ("reported-name", "DDoS-Guard")).is_front
    assert ask("hosting", ("reported-name", "Fastly")).provider is None
    assert not ask("web", ("reported-name", "SkySilk")).is_front
    assert ask("front", ("reported-name", "Nobody Ltd")).provider == "~nobody"
    found = ask("hosting", ("reported-name", "Joyent"))
    assert (found.provider, found.confidence, found.rule) == ("joyent", "certain", "reported-name")


def test_behind_a_front_only_a_name_tells_the_host() -> None:
    seen = [("host", "shops.myshopify.com"), ("asn", "13335")]
    assert ask("hosting", *seen).provider == "shopify"
    assert ask("front", *seen).provider == "cloudflare"
    assert ask("hosting", ("asn", "16509"), ("host", "d1.cloudfront.net")).provider is None


def test_a_range_that_a_host_publishes_behind_a_front_tells_the_host() -> None:
    seen = [("address", "185.199.108.153"), ("asn", "54113")]
    assert ask("web", *seen).provider == "github"
    assert ask("hosting", *seen).provider == "github"
    assert ask("front", *seen).provider == "fastly"


def test_an_address_of_cloudfront_is_known_for_a_front_by_its_range_alone() -> None:
    assert ask("web", ("address", "13.32.181.66"), ("asn", "16509")).is_front
    assert ask("hosting", ("address", "13.32.181.66"), ("asn", "16509")).provider is None
    vanity = ask(
        "dns", ("ns-host", "ns1.example.com"), ("address", "205.251.192.1"), service="example.com"
    )
    assert (vanity.provider, vanity.confidence) == ("aws", "certain")


def test_a_service_of_the_operators_own_company_is_its_own() -> None:
    assert ask("web", ("asn", "14907"), service="wikipedia.org").is_self
    assert not ask("web", ("host", "foo.herokuapp.com"), service="foo.herokuapp.com").is_self
    assert not ask("web", ("asn", "14907"), service="example.org").is_self


def test_the_last_name_of_a_chain_answers() -> None:
    chain = [
        ("host", "x.trafficmanager.net"),
        ("host", "x.azurewebsites.net"),
        ("host", "x.map.fastly.net"),
    ]
    assert ask("web", *chain).provider == "fastly"
    assert ask("hosting", *chain).provider == "azure"


def test_a_reverse_name_needs_its_network_to_agree() -> None:
    borrowed = ask("web", ("ptr", "server-1.r.cloudfront.net"), ("asn", "24940"))
    assert borrowed.provider == "hetzner"
    assert "aws" in {item.provider for item in borrowed.signals}
    assert ask("web", ("ptr", "server-1.r.cloudfront.net"), ("asn", "16509")).is_front
    cache = ask("web", ("ptr", "a1.deploy.static.akamaitechnologies.com"), ("asn", "3356"))
    assert (cache.provider, cache.is_front) == ("akamai", True)


def test_a_carrier_is_no_host() -> None:
    found = ask("hosting", ("asn", "174"))
    assert found.provider is None
    assert found.reasons == (Reason.of("carrier", name=CATALOGUE.name_of("cogent")),)
    customer = ask(
        "hosting", ("asn", "209"), ("holder-handle", "DE-152"), ("holder-name", "Somebody")
    )
    assert (customer.provider, customer.name, customer.confidence) == (
        "~DE-152",
        "Somebody",
        "likely",
    )
    assert customer.serving
    assert ask("network", ("asn", "174")).provider == "cogent"


def test_the_long_tail_is_still_somebody() -> None:
    assert ask("dns", ("ns-host", "ns1.example.net")).provider == "~example.net"
    assert ask("mx", ("mx-host", "mx.example.net")).provider == "~example.net"
    assert ask("web", ("asn", "64500")).provider == "~AS64500"
    assert ask("network", ("asn", "64500"), ("holder-name", "Example Net")).name == "Example Net"
    assert ask("holder", ("holder-handle", "UDBLM")).provider == "~UDBLM"
    assert (
        ask("registrar", ("registrar-id", "9990"), ("registrar-name", "X Y")).provider
        == "~IANA9990"
    )
    assert ask("registrar", ("registrar-name", "Open Contact, Ltd")).provider == "~open-contact"
    assert ask("ca", ("issuer", "Some New CA")).provider == "~some-new-ca"
    assert ask("registry", ("tld", "zz")).provider == "~zz"
    for role in ROLES:
        assert not ask(role, ("ns-host", "ns1.example.net")).catalogued


@pytest.mark.parametrize("number", ["1", "376", "9994", "9999"])
def test_a_number_that_iana_reserves_is_no_registrar(number: str) -> None:
    alone = ask("registrar", ("registrar-id", number))
    assert alone.provider is None
    named = ask("registrar", ("registrar-id", number), ("registrar-name", "Beta Names GmbH"))
    assert (named.provider, named.name) == ("~beta-names", "Beta Names GmbH")


@pytest.mark.parametrize(
    "text",
    [
        "No registrar listed. This domain is registered directly with the registry.",
        *("192.0.2.1", "2001:db8::/32", "N/A", "not available", "REDACTED FOR PRIVACY"),
    ],
)
@pytest.mark.parametrize("kind", ["registrar-name", "reported-name"])
def test_a_sentence_or_an_address_is_nobody(kind: str, text: str) -> None:
    assert ask("registrar", (kind, text)).provider is None


@pytest.mark.parametrize("role", ROLES)
def test_only_what_left_no_trace_is_unknown(role: str) -> None:
    found = ask(role)
    assert found.provider is None
    assert found.confidence is None
    assert found.reasons


def test_an_operator_of_the_web_that_nobody_knows_may_be_a_front() -> None:
    found = ask("web", ("asn", "64500"))
    assert (found.provider, found.serving, found.confidence) == ("~AS64500", True, "certain")
    assert not ask("network", ("asn", "64500")).serving
    assert not ask("web", ("asn", "16509")).serving
    assert not ask("web", ("reported-name", "Nobody Ltd")).serving


def test_own_servers_are_the_services_own() -> None:
    own = ask("dns", ("ns-host", "ns1.example.com"), service="www.example.com")
    assert (own.provider, own.is_self, own.rule) == ("~example.com", True, "self")
    google = ask("dns", ("ns-host", "ns1.google.com"), service="google.com")
    assert (google.provider, google.is_self) == ("google", True)
    amazon = ask("dns", ("ns-host", "ns-1.awsdns-1.com"), service="amazon.com")
    assert (amazon.provider, amazon.is_self) == ("aws", True)
    assert not ask("dns", ("ns-host", "ns-1.awsdns-1.com"), service="example.com").is_self


@pytest.mark.parametrize(("role", "kind"), [("dns", "ns-host"), ("mailbox", "mx-host")])
def test_a_platforms_servers_are_not_its_customers_own(role: str, kind: str) -> None:
    # Of github.io the Public Suffix List says that its names are given to customers.
    for name, own in (("me.github.io", False), ("github.io", True)):
        found = ask(role, (kind, "one.github.io"), service=name)
        assert found.is_self is own
        assert found.rule != "self" or own


def test_a_vanity_name_server_on_a_dns_operators_network_is_that_operators() -> None:
    found = ask("dns", ("ns-host", "ns1.example.com"), ("asn", "12008"), service="example.com")
    assert (found.provider, found.is_self, found.confidence) == ("ultradns", False, "likely")
    rented = ask("dns", ("ns-host", "ns1.example.com"), ("asn", "16509"), service="example.com")
    assert rented.is_self
    assert "aws" in {item.provider for item in rented.signals}


def test_the_soa_is_evidence_but_never_proof() -> None:
    soa = ("soa-mname", "ns-1.awsdns-12.com")
    assert ask("dns", soa).provider is None
    white_label = ask("dns", ("ns-host", "ns1.example.com"), soa, service="example.com")
    assert white_label.provider is None
    assert white_label.reasons == (Reason.of("own-names", name=CATALOGUE.name_of("aws")),)
    other = ask("dns", ("ns-host", "bob.ns.cloudflare.com"), soa)
    assert other.provider == "cloudflare"
    assert "aws" in {item.provider for item in other.signals}


def test_two_servers_of_two_operators_contradict_each_other() -> None:
    found = ask("dns", ("ns-host", "bob.ns.cloudflare.com"), ("ns-host", "ns1.nsone.net"))
    assert found.provider is None
    (reason,) = found.reasons
    assert reason.code is ReasonCode.CONTRADICTION
    assert reason.get("names") == ", ".join(sorted(map(CATALOGUE.name_of, ("cloudflare", "ns1"))))
    two = ask("dns", ("ns-host", "a.example.net"), ("ns-host", "a.example.org"))
    assert two.provider is None


def test_one_company_under_two_brands_does_not_contradict_itself() -> None:
    seen = [("ns-host", "ns1.dnsmadeeasy.com"), ("ns-host", "ns1.constellix.com")]
    assert ask("dns", *seen).provider == "dnsmadeeasy"


def test_an_iana_id_and_a_name_of_two_companies_contradict_each_other() -> None:
    found = ask("registrar", ("registrar-name", "GoDaddy.com, LLC"), ("registrar-id", "292"))
    assert found.provider is None
    assert [reason.code for reason in found.reasons] == ["contradiction"]
    found = ask("registrar", ("registrar-name", "Some Brand Ltd"), ("registrar-id", "292"))
    assert found.provider == "markmonitor"


def test_servers_under_several_suffixes_or_numbers_are_one_operator() -> None:
    groups = same_operator(
        ["foo-dns.com", "foo-dns.net", "anycastns1.org", "anycastns2.org", "ns1.com", "ns2.com"]
    )
    assert groups["foo-dns.net"] == "foo-dns.com"
    assert groups["anycastns2.org"] == "anycastns1.org"
    assert groups["ns1.com"] != groups["ns2.com"]
    assert same_operator(["peak10.com", "peak-10.com"])["peak10.com"] == "peak-10.com"


def test_a_word_in_a_name_proves_nothing() -> None:
    for name in ("aws.example.net", "cloudflare.com.example.net", "my-akamai.example.net"):
        assert ask("web", ("host", name)).provider is None
    holder = ask("holder", ("holder-name", "Amazonas Telecom"))
    assert (holder.provider, holder.confidence) == ("~amazonas-telecom", "certain")


def test_an_unknown_role_or_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a role"):
        ask("cook")
    with pytest.raises(ValueError, match="expected a kind of signal"):
        Signal("smell", "x")


@given(
    st.sampled_from(ROLES),
    st.lists(st.tuples(st.sampled_from(KINDS), st.text(max_size=60)), max_size=6),
)
@settings(deadline=None)  # the first example loads the suffix list
def test_hostile_signals_give_an_answer_of_the_scale(
    role: str, seen: list[tuple[str, str]]
) -> None:
    found = ask(role, *seen, service="example.com")
    assert found.confidence in {*Confidence, None}
    assert (found.provider is None) == (found.confidence is None)
    assert ask(role, *seen, service="example.com") == found


def test_the_catalogue_is_given_not_global() -> None:
    empty = Catalogue(
        version="2026-01-01",
        providers={},
        companies={},
        parents=(),
        groups={},
        rules=type(CATALOGUE.rules)([]),
    )
    found = attribute("dns", [Signal("ns-host", "ns-1.awsdns-12.com")], catalogue=empty, at=AT)
    assert found.provider == "~awsdns-12.com"

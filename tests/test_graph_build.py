"""One phenomenon of the graph each, on recordings written by hand."""

from datetime import UTC, date, datetime, timedelta

import networkx as nx
import pytest

from depgraph.analysis import check, exposure, findings, takedown
from depgraph.analysis.verdicts import State
from depgraph.errors import GraphError
from depgraph.graph import build, spf
from depgraph.graph.answers import Index
from depgraph.providers import load
from depgraph.recording import Header, Recording
from depgraph.schema import function_name, functions, validate
from depgraph.vocabulary import Level, Power, Reason, What, reasons
from tests.graphs import CATALOGUE, DAY, delegated, edge, glue, made, out, placed, reported, seen

WEB, WWW, MAIL, NAME = (f"function:shop.com/{f}" for f in ("web", "web-www", "mail", "name"))
OTHER_DAY = datetime(2025, 11, 1, tzinfo=UTC)


def reason(graph, node):
    return graph.nodes[node]["reason"]


# -- what was not asked --------------------------------------------------------------------


def test_an_empty_recording_says_that_everything_is_unknown():
    g = made()
    assert out(g, "service:shop.com") == [MAIL, NAME, WEB, WWW]
    for what in (
        "addresses of shop.com",
        "addresses of www.shop.com",
        "name servers of shop.com",
        "mail exchanges of shop.com",
        "registrar of shop.com",
    ):
        assert reason(g, f"unknown:{what}") == "not-asked"
    assert out(g, "registration:shop.com", "registry") == ["provider:verb-reg"]
    assert not any(g.nodes[f].get("absent") for f in (WEB, WWW, MAIL, NAME))


def test_only_mx():
    g = made(seen("shop.com", "MX", "10 a.mx.babel.example"))
    assert out(g, "exchanges:shop.com") == ["exchange:a.mx.babel.example"]
    assert out(g, "exchange:a.mx.babel.example", "operator") == ["provider:babel-mail"]
    assert reason(g, "unknown:addresses of a.mx.babel.example") == "not-asked"
    assert reason(g, "unknown:addresses of shop.com") == "not-asked"


def test_only_registered_domains_of_the_name_servers():
    g = made(seen("shop.com", "ns-domain", "acme-dns.example", "other.example"))
    assert out(g, "nameservers:shop.com") == [
        "nameserver:*.acme-dns.example",
        "nameserver:*.other.example",
    ]
    assert out(g, "nameserver:*.acme-dns.example", "operator") == ["provider:acme-dns"]
    assert out(g, "nameserver:*.other.example", "operator") == ["provider:~other.example"]


def test_only_an_address_and_what_is_known_of_it():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", handle="NET-1", prefix="192.0.0.0/16", registry="ripe"),
    )
    a = "address:192.0.2.1"
    assert out(g, a, "operator") == ["provider:acme-cloud"]
    assert edge(g, a, "provider:acme-cloud", "operator")["rule"] == "r-cloud"
    assert edge(g, a, "provider:acme-cloud", "operator")["evidence"] == "inferred"
    assert out(g, a, "prefix") == ["prefix:192.0.2.0/24"]
    assert out(g, "prefix:192.0.2.0/24") == ["asn:64500"]
    assert out(g, "block:192.0.0.0/16", "allocation") == ["provider:ripencc"]
    assert out(g, "block:192.0.0.0/16", "holder") == ["provider:~NET-1"]


@pytest.mark.parametrize(
    "status",
    ["timeout", "servfail", "refused", "rate-limited", "not-asked: budget", "searched, not found"],
)
def test_a_failure_is_no_empty_answer(status):
    g = made(
        *[
            seen("shop.com", kind, status=status)
            for kind in ("A", "AAAA", "MX", "NS", "registration")
        ],
        seen("shop.com", "CAA", status=status),
    )
    code = {"not-asked: budget": "not-asked-budget", "searched, not found": "searched"}.get(
        status, status
    )
    for what in ("addresses", "mail exchanges", "name servers", "registrar"):
        assert reason(g, f"unknown:{what} of shop.com") == code
    assert reasons(reason(g, "unknown:authorities of shop.com")) == (
        Reason.of("question", question="CAA", reason=code),
        Reason.of("question", question="certificate", reason="not-asked"),
    )
    assert not g.nodes[WEB].get("absent")
    assert not g.nodes[MAIL].get("absent")


# -- web -----------------------------------------------------------------------------------


def test_alias_leads_to_the_host_whose_addresses_count():
    g = made(
        seen("www.shop.com", "CNAME", "x.apps.acme.example", ttl=60),
        seen("x.apps.acme.example", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64999"),
    )
    assert out(g, "host:www.shop.com", "alias") == ["host:x.apps.acme.example"]
    assert edge(g, "host:www.shop.com", "host:x.apps.acme.example", "alias")["ttl"] == 60
    assert out(g, "addresses:x.apps.acme.example") == ["address:192.0.2.1"]
    # The name tells of the platform, the address of who runs the machine: both can evict.
    assert out(g, "address:192.0.2.1", "operator") == ["provider:acme-cloud"]
    assert out(g, "asn:64999") == ["provider:~AS64999"]


def test_addresses_recorded_under_the_name_that_was_looked_up():
    g = made(seen("www.shop.com", "CNAME", "x.example"), seen("www.shop.com", "A", "192.0.2.1"))
    assert out(g, "addresses:x.example") == ["address:192.0.2.1"]


@pytest.mark.parametrize(
    "rows",
    [
        [("www.shop.com", "www.shop.com")],
        [("www.shop.com", "a.example"), ("a.example", "www.shop.com")],
        [("www.shop.com", "a.example"), ("a.example", "b.example"), ("b.example", "a.example")],
    ],
)
def test_aliases_in_a_circle_fail_as_recorded_whatever_was_made_of_them(rows):
    circle = [seen(name, "CNAME", target) for name, target in rows]
    no_data = [seen("www.shop.com", family, status="nodata") for family in ("A", "AAAA")]
    for g in (made(*circle), made(*circle, *no_data)):
        (why,) = reasons(g.nodes["addresses:www.shop.com"]["finding"])
        assert why.code == "alias-loop"
        assert why.get("names").startswith("www.shop.com -> ")
        one = takedown(g)["web-www"]
        assert (one.state, one.reason) == (State.FAILS, str(why))


def test_endless_alias_chain_is_unknown():
    g = made(
        seen("www.shop.com", "CNAME", "h0.example"),
        *[seen(f"h{i}.example", "CNAME", f"h{i + 1}.example") for i in range(2000)],
    )
    assert reason(g, "unknown:target of www.shop.com") == "alias-long?limit=16"
    assert len(g) < 60


def test_front_by_name_hides_an_unknown_origin():
    g = made(
        seen("www.shop.com", "CNAME", "shop.cdn.shield.example"),
        seen("shop.cdn.shield.example", "A", "192.0.2.1", "192.0.2.2"),
    )
    shield = "front:shield/shop.cdn.shield.example"
    assert out(g, "addresses:shop.cdn.shield.example") == [shield]
    assert out(g, shield, "operator") == ["provider:shield"]
    assert out(g, shield, "origin") == ["unknown:origin of shop.cdn.shield.example"]
    assert len(out(g, "addresses:shop.cdn.shield.example/shield")) == 2
    assert out(g, "host:shop.cdn.shield.example", "operator") == []


def test_front_by_network_and_origins_of_two_names_are_two_unknowns():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("www.shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
    )
    assert out(g, "addresses:shop.com") == ["front:shield/shop.com"]
    assert out(g, "front:shield/shop.com", "origin") == ["unknown:origin of shop.com"]
    assert out(g, "front:shield/www.shop.com", "origin") == ["unknown:origin of www.shop.com"]


def test_front_and_plain_addresses_side_by_side():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "198.51.100.1"),
        placed("192.0.2.1", asn="64501"),
        placed("198.51.100.1"),
    )
    assert out(g, "addresses:shop.com") == ["address:198.51.100.1", "front:shield/shop.com"]


def test_an_address_that_one_name_shows_to_be_a_front_is_one_under_every_name():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("www.shop.com", "CNAME", "x.cdn.shield.example"),
        seen("x.cdn.shield.example", "A", "192.0.2.1"),
    )
    assert out(g, "addresses:shop.com") == ["front:shield/shop.com"]
    assert out(g, "address:192.0.2.1", "operator") == ["provider:shield"]


def test_a_platform_named_by_an_alias_is_the_origin_behind_the_front_at_its_address():
    g = made(
        seen("www.shop.com", "CNAME", "x.apps.acme.example"),
        seen("x.apps.acme.example", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
    )
    shield = "front:shield/x.apps.acme.example"
    assert out(g, "addresses:x.apps.acme.example") == [shield]
    assert out(g, shield, "origin") == ["provider:acme-cloud"]
    assert edge(g, shield, "provider:acme-cloud", "origin")["rule"] == "r-cname"
    assert out(g, "host:x.apps.acme.example", "operator") == []


def test_the_services_own_name_does_not_prove_an_origin():
    g = made(
        seen("apps.acme.example", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
        subject="apps.acme.example",
    )
    assert out(g, "front:shield/apps.acme.example", "origin") == [
        "unknown:origin of apps.acme.example"
    ]


def test_reported_origin_behind_a_front():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
        reported("shop.com", "host", "Acme-Cloud"),
    )
    assert out(g, "front:shield/shop.com", "origin") == ["provider:acme-cloud"]
    data = edge(g, "front:shield/shop.com", "provider:acme-cloud", "origin")
    assert data["evidence"] == "reported"
    assert data["citation"] == "https://press.example/1"
    assert out(g, "host:shop.com", "operator") == []


def test_reported_host_where_no_record_tells():
    g = made(reported("shop.com", "host", "SkySomething"))
    assert out(g, "host:shop.com", "operator") == ["provider:~skysomething"]
    assert edge(g, "host:shop.com", "provider:~skysomething", "operator")["role"] == "host"
    assert out(g, "addresses:shop.com") == ["unknown:addresses of shop.com"]


def test_reports_that_disagree_leave_it_unknown_and_expose_to_each():
    g = made(
        reported("shop.com", "host", "Acme-Cloud"), reported("shop.com", "host", "SkySomething")
    )
    assert reason(g, "unknown:host of shop.com") == (
        "several-reports?names=Acme-Cloud, SkySomething"
    )
    for provider in ("provider:acme-cloud", "provider:~skysomething"):
        assert edge(g, "host:shop.com", provider, "operator")["strength"] == "exposes"


def test_two_reports_of_one_operator_are_one_edge():
    g = made(
        reported("shop.com", "host", "Acme-Cloud"),
        reported("shop.com", "host", "ACME Cloud", citation="https://press.example/2"),
    )
    assert out(g, "host:shop.com", "operator") == ["provider:acme-cloud"]
    assert edge(g, "host:shop.com", "provider:acme-cloud", "operator")["strength"] == "needs"


@pytest.mark.parametrize("role", ["other", "payments"])
def test_an_unstated_role_is_an_involvement_and_in_no_function(role):
    g = made(reported("shop.com", role, "Acme-Cloud", note="Acme denies it"))
    assert list(g.predecessors("provider:acme-cloud")) == ["service:shop.com"]
    data = edge(g, "service:shop.com", "provider:acme-cloud", "involvement")
    assert data == {
        "relation": "involvement",
        "strength": "exposes",
        "evidence": "reported",
        "confidence": "possible",
        "time": "2026-01-15T00:00:00Z",
        "provenance": "document",
        "citation": "https://press.example/1",
        "note": "Acme denies it",
    }


def test_several_reports_of_one_involvement_keep_their_citations_and_notes():
    g = made(
        reported("shop.com", "other", "Acme-Cloud", citation="A", note="one"),
        reported("www.shop.com", "other", "ACME Cloud", citation="B", note="two"),
        reported("shop.com", "other", "Acme-Cloud", citation="A"),
    )
    data = edge(g, "service:shop.com", "provider:acme-cloud", "involvement")
    assert (data["citation"], data["note"]) == ("A; B", "one; two")


def test_an_involvement_of_another_day_is_left_out():
    g = made(reported("shop.com", "other", "Acme-Cloud", time=OTHER_DAY))
    assert "provider:acme-cloud" not in g


def test_a_report_of_a_stated_role_beside_an_unstated_one_is_no_involvement():
    g = made(seen("shop.com", "operator", "role other", "role host", "name Acme-Cloud"))
    assert out(g, "service:shop.com", "involvement") == []
    assert out(g, "host:shop.com", "operator") == ["provider:acme-cloud"]


def test_an_own_provider_of_the_catalogue_runs_its_name_servers_addresses():
    g = made(
        delegated("acme-dns.example", "ns1.acme-dns.example", by="example"),
        glue("ns1.acme-dns.example", "192.0.2.53", by="example"),
        subject="acme-dns.example",
    )
    assert out(g, "address:192.0.2.53", "operator") == ["provider:acme-dns"]
    assert g.nodes["provider:acme-dns"]["own"] is True


def test_reported_front_without_any_address():
    g = made(reported("shop.com", "front", "Shield"))
    assert out(g, "addresses:shop.com") == ["front:shield/shop.com"]
    assert out(g, "addresses:shop.com/shield") == ["unknown:addresses of shop.com"]


def test_a_report_does_not_outvote_a_record():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1"),
        reported("shop.com", "host", "Other"),
    )
    assert "provider:~other" not in g


def test_no_www_is_absent_and_an_unasked_one_is_not():
    g = made(seen("www.shop.com", "A", status="nxdomain"), seen("shop.com", "A", status="nodata"))
    assert g.nodes[WWW]["absent"] is True
    assert "nxdomain" in g.nodes[WWW]["reason"]
    assert out(g, WWW) == []
    assert not g.nodes[WEB].get("absent")  # AAAA was not asked
    assert reason(g, "unknown:addresses of shop.com") == (
        "question?question=A&reason=nodata; question?question=AAAA&reason=not-asked"
    )


def test_no_address_of_either_family_is_absent():
    g = made(seen("shop.com", "A", status="nodata"), seen("shop.com", "AAAA", status="nodata"))
    assert g.nodes[WEB]["absent"] is True


def test_alias_to_nowhere_is_offered_and_broken():
    g = made(
        seen("www.shop.com", "CNAME", "gone.example"),
        seen("gone.example", "A", status="nxdomain"),
    )
    assert "absent" not in g.nodes[WWW]
    assert g.nodes["addresses:gone.example"]["finding"] == (
        "nonexistent?name=gone.example&reason=nxdomain&witness=one"
    )


def test_alias_answer_without_records_says_nothing_itself():
    g = made(
        seen("www.shop.com", "A", note="alias: see the CNAME of www.shop.com"),
        seen("www.shop.com", "CNAME", "a.example"),
        seen("a.example", "A", status="timeout"),
    )
    assert reason(g, "unknown:addresses of a.example") == (
        "question?question=A&reason=timeout; question?question=AAAA&reason=not-asked"
    )


def test_referral_is_no_address():
    g = made(seen("shop.com", "A", "shop.com", status="referral", zone="com"))
    assert reason(g, "unknown:addresses of shop.com") == "not-asked"


def test_ipv4_that_failed_beside_ipv6_is_a_gap():
    g = made(seen("shop.com", "A", status="servfail"), seen("shop.com", "AAAA", "2001:db8::1"))
    assert out(g, "addresses:shop.com") == [
        "address:2001:db8::1",
        "unknown:IPv4 addresses of shop.com",
    ]
    assert g.nodes["address:2001:db8::1"]["family"] == 6


def test_operator_alias_counts_only_where_no_address_was_seen():
    rows = [seen("shop.com", "alias", "x.apps.acme.example")]
    assert out(made(*rows), "host:shop.com", "alias") == ["host:x.apps.acme.example"]
    assert out(made(*rows, seen("shop.com", "A", "192.0.2.1")), "host:shop.com", "alias") == []


def test_https_record_that_points_elsewhere_exposes():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("shop.com", "HTTPS", "1 . alpn=h2", "2 x.cdn.shield.example alpn=h3", "x"),
        seen("x.cdn.shield.example", "A", "192.0.2.2"),
        placed("192.0.2.2", asn="64501"),
    )
    data = edge(g, "host:shop.com", "host:x.cdn.shield.example", "alias")
    assert (data["strength"], data["finding"]) == ("exposes", "https-record")
    assert out(g, "host:shop.com", "address") == ["addresses:shop.com"]
    assert out(g, "addresses:x.cdn.shield.example") == ["front:shield/x.cdn.shield.example"]


def bound(*records, rows=()):
    """A shop at 192.0.2.1 of Acme's, with HTTPS records."""
    return made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1"),
        placed("192.0.2.2", asn="64501"),
        seen("shop.com", "HTTPS", *records),
        *rows,
    )


@pytest.mark.parametrize(
    ("records", "met"),
    [
        (["1 . ipv4hint=192.0.2.2"], ["192.0.2.2"]),
        (['1 . alpn="h3,h2" ipv4hint="192.0.2.1,192.0.2.2" ipv6hint="2001:db8::2"'],
         ["192.0.2.2", "2001:db8::2"]),
        (["1 shop.com. ipv4hint=192.0.2.2"], ["192.0.2.2"]),
        (["2 . ipv4hint=192.0.2.2", "1 . ipv4hint=192.0.2.3"], ["192.0.2.2", "192.0.2.3"]),
        # the host's own, a private one, what does not read, and what no hint is
        (["1 . ipv4hint=192.0.2.1,10.0.0.1,x,999.0.0.1"], []),
        (['1 . key65333="a ipv4hint=192.0.2.2"'], []),
        # service mode beside alias mode is ignored (RFC 9460, section 2.4.1)
        (["0 x.example.", "1 . ipv4hint=192.0.2.2"], []),
    ],
)  # fmt: skip
def test_an_address_that_an_https_record_hints_at_is_met_and_no_way_to_rely_on(records, met):
    g = bound(*records)
    addresses = {head: edge(g, "addresses:shop.com", head, "address")["strength"]
                 for head in out(g, "addresses:shop.com", "address")}  # fmt: skip
    assert addresses == {"address:192.0.2.1": "needs", **{f"address:{a}": "exposes" for a in met}}
    found = takedown(g, level="address", upto=2, explain=0)["web"]
    assert [c.ids for c in found.cut_sets if not c.worst_case] == [("address:192.0.2.1",)]


def test_a_hint_for_another_host_is_met_there():
    rows = [seen("x.example.net", "A", "192.0.2.9"), placed("192.0.2.9")]
    g = bound("1 x.example.net ipv4hint=192.0.2.2", rows=rows)
    assert out(g, "addresses:shop.com", "address") == ["address:192.0.2.1"]
    hint = edge(g, "addresses:x.example.net", "address:192.0.2.2", "address")
    assert (hint["strength"], hint["finding"]) == ("exposes", "https-record")


def test_a_hint_makes_no_host_of_a_name_that_has_no_address():
    none = [seen("shop.com", family, status="nodata") for family in ("A", "AAAA")]
    g = made(*none, seen("shop.com", "HTTPS", "1 . ipv4hint=192.0.2.2"))
    assert g.nodes["function:shop.com/web"]["absent"]
    # where its own could not be asked, they stay unknown
    failed = made(
        seen("shop.com", "A", status="timeout"), seen("shop.com", "HTTPS", "1 . ipv4hint=192.0.2.2")
    )
    assert "unknown:addresses of shop.com" in out(failed, "addresses:shop.com")
    assert (
        edge(failed, "addresses:shop.com", "address:192.0.2.2", "address")["strength"] == "exposes"
    )


@pytest.mark.parametrize(
    ("records", "led_to"),
    [
        (["0 x.example."], ["host:x.example"]),
        (["1 x.example."], ["host:x.example"]),
        (["0 x.example.", "1 y.example."], ["host:x.example"]),
        (["0 .", "1 y.example."], []),  # there is nothing (section 2.5)
        (["1 x.example.", "2 y.example."], ["host:x.example", "host:y.example"]),
        (["-1 x.example.", "one x.example.", "1"], []),
    ],
)
def test_alias_mode_goes_before_service_mode(records, led_to):
    g = bound(*records)
    assert out(g, "host:shop.com", "alias") == led_to
    assert {edge(g, "host:shop.com", head, "alias")["strength"] for head in led_to} <= {"exposes"}


# -- networks ------------------------------------------------------------------------------


def test_holder_origin_and_operator_stay_apart():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed(
            "192.0.2.1",
            asn="64501",
            organisation="Shop Ltd",
            organisation_handle="SHOP-1",
            prefix="192.0.2.0/24",
        ),
    )
    assert out(g, "address:192.0.2.1", "operator") == ["provider:shield"]
    assert out(g, "block:192.0.2.0/24", "holder") == ["provider:~SHOP-1"]
    assert out(g, "prefix:192.0.2.0/24", "origin") == ["asn:64501"]


def test_uncatalogued_address_belongs_to_its_as():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="65000"),
        seen("AS65000", "as", "name LONGTAIL", "country DE"),
    )
    assert out(g, "address:192.0.2.1", "operator") == ["provider:~AS65000"]
    assert out(g, "company:~AS65000", "law") == ["country:DE"]
    assert edge(g, "company:~AS65000", "country:DE", "law")["evidence"] == "inferred"
    assert g.nodes["asn:65000"]["label"] == "AS65000 LONGTAIL"


def test_prefix_of_several_as_needs_any():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("192.0.2.1", "origin", "asn 64500", "asn 65000", "prefix 192.0.2.0/24"),
    )
    assert g.nodes["prefix:192.0.2.0/24"]["needs"] == "any"
    assert out(g, "prefix:192.0.2.0/24") == ["asn:64500", "asn:65000"]


def test_origin_without_prefix_and_implausible_prefix():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "198.51.100.1"),
        seen("192.0.2.1", "origin", "asn 64500"),
        seen("198.51.100.1", "origin", "asn 64500", "prefix 192.0.0.0/3"),
    )
    assert out(g, "address:192.0.2.1", "origin") == ["asn:64500"]
    assert out(g, "address:198.51.100.1", "prefix") == ["unknown:network of 198.51.100.1"]
    short = "route-too-short?name=192.0.0.0/3"
    assert reason(g, "unknown:network of 198.51.100.1") == short


def test_registry_of_the_block_may_stand_with_its_origin():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("192.0.2.1", "origin", "asn 64500", "prefix 192.0.2.0/24", "registry arin"),
        seen("192.0.2.1", "holder", "handle NET-1", "prefix 192.0.2.0/24"),
    )
    assert out(g, "block:192.0.2.0/24", "allocation") == ["provider:arin"]


def test_reported_network_is_no_origin_behind_a_front():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
        reported("shop.com", "network", "Acme-Cloud"),
    )
    assert out(g, "front:shield/shop.com", "origin") == ["unknown:origin of shop.com"]


def test_not_announced():
    g = made(seen("shop.com", "A", "192.0.2.1"), seen("192.0.2.1", "origin", status="nodata"))
    assert reason(g, "unknown:network of 192.0.2.1") == "nodata"


# -- zones ---------------------------------------------------------------------------------


def test_in_domain_glue_makes_the_name_of_a_server_unnecessary():
    g = made(delegated("shop.com", "ns1.shop.com"), glue("ns1.shop.com", "192.0.2.53"))
    assert out(g, "nameservers:shop.com") == ["nameserver:ns1.shop.com"]
    assert out(g, "addresses:ns1.shop.com") == ["address:192.0.2.53"]


def test_sibling_glue_counts_and_foreign_glue_does_not():
    g = made(
        delegated("shop.com", "ns1.help.com", "ns1.help.net"),
        glue("ns1.help.com", "192.0.2.53"),
        glue("ns1.help.net", "192.0.2.54"),
    )
    assert out(g, "nameservers:shop.com") == ["lookup:ns1.help.net", "nameserver:ns1.help.com"]
    assert out(g, "lookup:ns1.help.net", "zone") == ["zone:help.net"]


def test_a_server_may_be_glued_in_one_zone_and_looked_up_from_another():
    g = made(
        delegated("shop.com", "ns1.help.net"),
        delegated("help.net", "ns1.help.net", by="net"),
        glue("ns1.help.net", "192.0.2.53", by="net"),
    )
    assert out(g, "nameservers:shop.com") == ["lookup:ns1.help.net"]
    assert out(g, "lookup:ns1.help.net") == ["nameserver:ns1.help.net", "zone:help.net"]
    assert out(g, "nameservers:help.net") == ["nameserver:ns1.help.net"]


def test_an_in_domain_server_without_glue_beside_one_with_it_is_looked_up():
    g = made(
        delegated("shop.com", "ns1.shop.com", "ns2.shop.com"), glue("ns1.shop.com", "192.0.2.53")
    )
    assert out(g, "nameservers:shop.com") == ["lookup:ns2.shop.com", "nameserver:ns1.shop.com"]


def test_where_the_delegation_was_not_seen_sibling_glue_is_unknown():
    g = made(seen("shop.com", "NS", "ns.help.com", "ns.help.net", "ns.shop.com"))
    assert out(g, "nameservers:shop.com") == [
        "lookup:ns.help.com",
        "lookup:ns.help.com/glue in com",
        "lookup:ns.help.net",
        "nameserver:ns.shop.com",
    ]
    assert out(g, "lookup:ns.help.com/glue in com") == [
        "nameserver:ns.help.com",
        "unknown:glue of ns.help.com in com",
    ]


def test_sibling_without_glue_in_a_delegation_that_was_seen_is_looked_up():
    g = made(delegated("shop.com", "ns.help.com"))
    assert out(g, "nameservers:shop.com") == ["lookup:ns.help.com"]


def test_cross_zone_circle_is_drawn():
    g = made(
        delegated("shop.com", "ns.help.net"),
        delegated("help.net", "ns.shop.com", by="net"),
    )
    assert out(g, "nameservers:shop.com") == ["lookup:ns.help.net"]
    assert out(g, "nameservers:help.net") == ["lookup:ns.shop.com"]
    assert out(g, "lookup:ns.shop.com", "zone") == ["zone:shop.com"]


def test_parent_and_child_sets_that_differ():
    g = made(
        delegated("shop.com", "a.acme-dns.example", "b.acme-dns.example"),
        seen("shop.com", "NS", "b.acme-dns.example", "c.acme-dns.example"),
    )
    group = "nameservers:shop.com"
    strengths = {v: d["strength"] for _, v, d in g.out_edges(group, data=True)}
    assert strengths == {
        "lookup:a.acme-dns.example": "needs",
        "lookup:b.acme-dns.example": "needs",
        "lookup:c.acme-dns.example": "exposes",
    }
    data = edge(g, group, "lookup:c.acme-dns.example", "nameserver")
    assert data["finding"] == "not-delegated"


def lame(server, status="lame"):
    return seen(
        "shop.com", "SOA", status=status, server_name=server, zone="shop.com", server="192.0.2.9"
    )


@pytest.mark.parametrize("how", ["lame", "refused", "servfail", "timeout", "unreachable"])
def test_a_server_that_did_not_serve_us_needs_that_it_serves(how):
    g = made(delegated("shop.com", "a.example", "b.example"), lame("b.example", how))
    assert edge(g, "nameservers:shop.com", "lookup:a.example", "nameserver")["strength"] == "needs"
    attempt = "attempt:b.example for shop.com"
    data = edge(g, "nameservers:shop.com", attempt, "nameserver")
    assert (data["strength"], data["finding"]) == ("needs", f"did-not-serve?reason={how}")
    unknown = "unknown:service of b.example in shop.com"
    assert out(g, attempt) == ["lookup:b.example", unknown]
    assert g.nodes[unknown]["hides"].split(",") == [level.value for level in Level]


def test_a_server_that_answered_once_serves():
    g = made(
        delegated("shop.com", "a.example", "b.example"),
        lame("b.example"),
        seen("shop.com", "NS", "a.example", "b.example", server_name="b.example", zone="shop.com"),
    )
    assert out(g, "nameservers:shop.com") == ["lookup:a.example", "lookup:b.example"]


def test_if_no_server_served_us_nothing_resolves_as_recorded_and_nobody_is_blamed():
    g = made(delegated("shop.com", "a.example"), lame("a.example", "refused"))
    one = takedown(g, level="nameserver")["web"]
    assert (one.state, one.reason) == (State.FAILS, "unresolved?names=shop.com&reason=refused")
    assert one.cut_sets == ()
    assert check(g, "independent of acme-dns", catalogue=CATALOGUE)["web"].ruling == "undetermined"


def test_subzone_hangs_on_its_parents_up_to_the_registration():
    g = made(
        seen("eu.shop.com", "NS", "ns.shop.com", section="authority", zone="shop.com"),
        seen("www.shop.com", "CNAME", "x.eu.shop.com"),
    )
    assert out(g, "host:x.eu.shop.com", "zone") == ["zone:eu.shop.com"]
    assert out(g, "zone:eu.shop.com", "parent") == ["zone:shop.com"]
    assert out(g, "zone:eu.shop.com", "registration") == []
    assert out(g, "zone:shop.com", "registration") == ["registration:shop.com"]
    assert out(g, "zone:com", "registry") == out(g, "zone:com", "back-end") == ["provider:verb-reg"]


def test_public_suffix_of_two_labels():
    g = made(seen("shop.co.uk", "A", "192.0.2.1"), subject="shop.co.uk")
    assert out(g, "zone:shop.co.uk", "parent") == ["zone:co.uk"]
    assert out(g, "zone:co.uk", "registry") == ["provider:~uk"]
    assert out(g, "zone:co.uk", "back-end") == ["unknown:back-end of co.uk"]


def test_name_servers_of_the_registration_where_dns_was_not_asked():
    g = made(seen("shop.com", "registration", "registrar-id 77", "nameserver NS1.acme-dns.example"))
    assert out(g, "nameservers:shop.com") == ["lookup:ns1.acme-dns.example"]
    assert out(g, "registration:shop.com", "registrar") == ["provider:babel-names"]


def test_vanity_name_server_is_known_by_its_address():
    g = made(
        delegated("shop.com", "ns1.shop.com"),
        glue("ns1.shop.com", "192.0.2.53"),
        placed("192.0.2.53"),
    )
    assert out(g, "address:192.0.2.53", "operator") == ["provider:acme-cloud"]


def test_a_name_server_that_is_the_fronted_web_host_keeps_its_plain_addresses():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
        delegated("shop.com", "shop.com"),
        glue("shop.com", "192.0.2.1"),
    )
    assert out(g, "addresses:shop.com") == ["front:shield/shop.com"]
    assert out(g, "nameserver:shop.com", "address") == ["addresses:shop.com/nameserver"]
    assert out(g, "addresses:shop.com/nameserver") == ["address:192.0.2.1"]


# -- registration --------------------------------------------------------------------------


def test_registrar_is_what_the_record_says():
    g = made(
        seen("shop.com", "registration", "registrar Babel", "registrar-id 77", "status clientHold")
    )
    data = edge(g, "registration:shop.com", "provider:babel-names", "registrar")
    assert (data["evidence"], data["rule"]) == ("observed", "r-iana")
    assert g.nodes["registration:shop.com"]["status"] == "clientHold"


def test_reported_registrar():
    g = made(reported("shop.com", "registrar", "Babel-Names"))
    assert (
        edge(g, "registration:shop.com", "provider:babel-names", "registrar")["evidence"]
        == "reported"
    )


def test_tld_without_any_source():
    g = made(seen("shop.com", "registration", status="not-asked: no source"))
    assert reason(g, "unknown:registrar of shop.com") == "not-asked-no-source"


# -- mail ----------------------------------------------------------------------------------


def needed(graph, node):
    edges = graph.out_edges(node, data=True)
    return sorted(head for _, head, data in edges if data["strength"] == "needs")


def test_null_mx_is_absent():
    g = made(seen("shop.com", "MX", "0 ."))
    assert (g.nodes[MAIL]["absent"], g.nodes[MAIL]["reason"]) == (True, "null-mx")


def test_a_null_mx_beside_another_is_no_absence():
    """RFC 7505 has it stand alone; a domain with an exchange takes mail."""
    g = made(seen("shop.com", "MX", "0 .", "10 mx.babel.example"))
    assert not g.nodes[MAIL].get("absent")
    assert out(g, "exchanges:shop.com") == ["exchange:mx.babel.example"]


def test_implicit_mx():
    g = made(seen("shop.com", "MX", status="nodata"), seen("shop.com", "A", "192.0.2.1"))
    assert out(g, "exchanges:shop.com") == ["exchange:shop.com"]
    assert out(g, "exchange:shop.com", "host") == ["host:shop.com"]


def test_no_mx_and_no_address_is_absent_but_an_unasked_address_is_unknown():
    empty = [seen("shop.com", kind, status="nodata") for kind in ("MX", "A", "AAAA")]
    assert made(*empty).nodes[MAIL]["absent"] is True
    g = made(empty[0])
    assert reason(g, "unknown:mail exchanges of shop.com") == "nodata; implicit-mx"


def test_a_gateway_hides_the_mailbox():
    g = made(seen("shop.com", "MX", "10 a.gate.babel.example"))
    assert out(g, MAIL, "mailbox") == ["mailbox:shop.com"]
    assert out(g, "mailbox:shop.com") == ["unknown:mailbox operator of shop.com"]
    (operator,) = out(g, "exchange:a.gate.babel.example", "operator")
    assert edge(g, "exchange:a.gate.babel.example", operator, "operator")["role"] == "gateway"


def test_evidence_behind_a_gateway_names_the_mailbox():
    g = made(
        seen("shop.com", "MX", "10 a.gate.babel.example"),
        seen("s1._domainkey.shop.com", "CNAME", "s1.dkim.babel.example"),
    )
    assert out(g, "mailbox:shop.com") == ["provider:babel-mail"]
    assert edge(g, "mailbox:shop.com", "provider:babel-mail", "operator")["rule"] == "r-dkim"


def test_there_is_always_a_mailbox():
    g = made(seen("shop.com", "MX", "10 a.mx.babel.example"))
    assert out(g, MAIL, "mailbox") == ["mailbox:shop.com"]
    data = edge(g, "mailbox:shop.com", "provider:babel-mail", "operator")
    assert (data["evidence"], data["confidence"]) == ("inferred", "certain")
    assert out(made(), "mailbox:shop.com") == ["unknown:mailbox operator of shop.com"]


def test_an_exchange_of_a_higher_number_only_relays():
    g = made(seen("shop.com", "MX", "10 a.mx.babel.example", "50 backup.other.net"))
    data = edge(g, "mailbox:shop.com", "provider:babel-mail", "operator")
    assert data["confidence"] == "certain"
    assert needed(g, "exchanges:shop.com") == ["exchange:a.mx.babel.example"]
    backup = edge(g, "exchanges:shop.com", "exchange:backup.other.net", "exchange")
    assert (backup["strength"], backup["finding"]) == ("exposes", "relays")


def test_of_the_same_kind_it_delivers_too():
    names = ("10 a.mx.babel.example", "50 b.mx.babel.example")
    g = made(seen("shop.com", "MX", *names))
    assert len(needed(g, "exchanges:shop.com")) == 2
    g = made(seen("shop.com", "MX", "10 a.other.net", "50 b.other.net"))
    assert len(needed(g, "exchanges:shop.com")) == 2
    # A gateway before the mailboxes, and whoever holds them.
    rows = [seen("shop.com", "MX", "10 in.other.net", "50 a.mx.babel.example")]
    assert "unknown:relay of shop.com" in needed(made(*rows), "exchanges:shop.com")
    rows.append(seen("s1._domainkey.shop.com", "CNAME", "s1.dkim.babel.example"))
    assert len(needed(made(*rows), "exchanges:shop.com")) == 2


def test_where_the_mailboxes_are_not_known_it_may_deliver():
    g = made(seen("shop.com", "MX", "10 mail.shop.com", "50 backup.other.net"))
    assert needed(g, "exchanges:shop.com") == [
        "exchange:mail.shop.com",
        "unknown:relay of shop.com",
    ]
    assert reason(g, "unknown:relay of shop.com") == "relays?names=backup.other.net"
    # The service's own names tell nothing of whose machines they are; the same address does.
    rows = [seen("shop.com", "MX", "10 a.shop.com", "50 b.shop.com")]
    assert "unknown:relay of shop.com" in needed(made(*rows), "exchanges:shop.com")
    rows += [seen(f"{name}.shop.com", "A", "192.0.2.25") for name in "ab"]
    assert needed(made(*rows), "exchanges:shop.com") == [
        "exchange:a.shop.com",
        "exchange:b.shop.com",
    ]


def test_the_best_exchange_is_the_best_that_exists():
    gone = [
        seen("a.mx.babel.example", kind, status="nxdomain", server=server)
        for kind in ("A", "AAAA")
        for server in ("8.8.8.8", "9.9.9.9")
    ]
    g = made(seen("shop.com", "MX", "10 a.mx.babel.example", "50 mx.other.net"), *gone)
    assert needed(g, "exchanges:shop.com") == ["exchange:mx.other.net"]
    assert out(g, "mailbox:shop.com") == [
        "provider:~other.net",
        "unknown:mailbox operator of shop.com",
    ]


def test_exchanges_of_two_mailbox_operators_leave_the_mailboxes_unknown():
    for numbers in (("10 ", "10 "), ("", "")):
        names = ("aspmx.l.google.com", "x.mail.protection.outlook.com")
        values = (number + name for number, name in zip(numbers, names, strict=True))
        g = build(
            [seen("shop.com", "MX", *values)],
            subject="shop.com",
            at="2026-01-15",
            catalogue=load(),
        )
        assert needed(g, "mailbox:shop.com") == ["unknown:mailbox operator of shop.com"]
        assert reason(g, "unknown:mailbox operator of shop.com").startswith("several-mailboxes")
        both = ("provider:google-workspace", "provider:microsoft-365")
        edges = [edge(g, "mailbox:shop.com", node, "operator") for node in both]
        assert {(e["strength"], e["confidence"]) for e in edges} == {("exposes", "possible")}


def test_without_mx_the_address_may_take_mail():
    g = made(
        seen("shop.com", "MX", status="nodata"),
        seen("shop.com", "A", "192.0.2.1"),
    )
    data = edge(g, "exchanges:shop.com", "exchange:shop.com", "exchange")
    assert (data["confidence"], data["finding"]) == ("possible", "may-take-mail")
    assert reason(g, "unknown:mailbox operator of shop.com") == "may-take-mail"


def test_who_only_passes_mail_on_is_marked():
    g = made(seen("shop.com", "MX", "10 a.gate.babel.example", "20 a.mx.babel.example"))
    gateway = edge(g, "exchange:a.gate.babel.example", "provider:babel-gate", "operator")
    assert gateway["role"] == "gateway"
    direct = edge(g, "exchange:a.mx.babel.example", "provider:babel-mail", "operator")
    assert "role" not in direct


def test_reported_mail():
    g = made(reported("shop.com", "mail", "Babel-Mail"))
    assert out(g, "exchanges:shop.com") == ["provider:babel-mail"]


# -- certificates --------------------------------------------------------------------------


def test_caa_restricts():
    g = made(
        seen("shop.com", "CAA", '0 issue "ca.acme.example; policy=ev"', '0 iodef "mailto:a@b"')
    )
    assert out(g, "authorities:shop.com") == ["provider:acme-ca"]


def test_caa_is_inherited_only_where_the_nearer_name_has_none():
    rows = [seen("shop.com", "CAA", '0 issue "ca.acme.example"')]
    g = made(*rows, seen("www.shop.com", "CAA", status="nodata"))
    assert out(g, "authorities:www.shop.com") == ["provider:acme-ca"]
    g = made(*rows)
    assert out(g, "authorities:www.shop.com") == [
        "provider:acme-ca",
        "unknown:authorities of www.shop.com",
    ]


def test_no_caa_lets_anyone_issue_and_the_issuer_in_use_is_one_of_them():
    g = made(
        seen("shop.com", "CAA", status="nodata"),
        seen("shop.com", "certificate", "issuer R3", "issuer-organisation ca.acme.example"),
    )
    assert out(g, "authorities:shop.com") == ["anyone:certificate authority", "provider:acme-ca"]


def test_an_authority_that_caa_leaves_out_is_only_met():
    g = made(
        seen("shop.com", "CAA", '0 issue "other-ca.example"'),
        seen("shop.com", "certificate", "issuer R3", "issuer-organisation ca.acme.example"),
    )
    in_use = edge(g, "authorities:shop.com", "provider:acme-ca", "certificate")
    assert (in_use["strength"], in_use["finding"]) == ("exposes", "not-in-caa")
    allowed = edge(g, "authorities:shop.com", "provider:~other-caexample", "certificate")
    assert allowed["strength"] == "needs"


@pytest.mark.parametrize(
    "rows",
    [
        ("chain 0 shop.com", "chain 1 E1, Small CA, Ltd.", "anchor Root 1, ca.acme.example, US"),
        ("chain 0 shop.com", "chain 1 E1, Small CA, Ltd.", "chain 2 Root 1, ca.acme.example, US"),
    ],
)
def test_who_is_above_the_issuer_is_met_and_not_needed(rows):
    g = made(
        seen("shop.com", "CAA", status="nodata"),
        seen("shop.com", "certificate", "issuer E1", "issuer-organisation Small CA, Ltd.", *rows),
    )
    root = edge(g, "authorities:shop.com", "provider:acme-ca", "certificate")
    assert root["strength"] == "exposes"
    assert reasons(root["finding"])[0].get("name") == "Root 1, ca.acme.example, US"
    # the authority of the certificate, the root, and anyone whom CAA lets; nobody twice
    assert len(out(g, "authorities:shop.com")) == 3


CHAIN = ("chain 0 shop.com", "chain 1 E1, Small CA, Ltd.", "anchor Root 1, ca.acme.example, US")
SMALL = ("issuer E1", "issuer-organisation Small CA, Ltd.")
ONLY = ('0 issue "small-ca.example"',)


@pytest.mark.parametrize(
    ("caa", "certificates", "needed"),
    [
        (ONLY, [("issuer E1", "issuer-organisation small-ca.example", *CHAIN)], True),
        # another authority may issue
        ((*ONLY, '0 issue "other-ca.example"'), [("issuer E1", "issuer-organisation small-ca.example", *CHAIN)], False),
        # it was seen to lead to a root of its own, too
        (ONLY, [("issuer E1", "issuer-organisation small-ca.example", *CHAIN), ("issuer E2", "issuer-organisation small-ca.example")], False),
        # the certificate in use is of an authority that CAA leaves out
        (ONLY, [(*SMALL, *CHAIN)], False),
    ],
)  # fmt: skip
def test_who_is_above_the_only_authority_that_caa_allows_is_possibly_needed(
    caa, certificates, needed
):
    seen_ones = [seen("shop.com", "certificate", *rows) for rows in certificates]
    g = made(seen("shop.com", "CAA", *caa), *seen_ones)
    assert ("authorities:shop.com/acme-ca" in g) == needed
    met = edge(g, "authorities:shop.com", "provider:acme-ca", "certificate")
    assert met["strength"] == "exposes"  # it is on the path for certain
    if needed:
        root = edge(g, "authorities:shop.com/acme-ca", "provider:acme-ca", "certificate")
        assert (root["strength"], root["effect"]) == ("needs", "possible")
        web = takedown(g, level="provider", upto=1)["web"]
        (cut,) = [one for one in web.cut_sets if "provider:acme-ca" in one.ids]
        assert cut.worst_case
        assert [part.what for part in cut.unknown] == [What.EFFECT]


def test_an_authority_is_not_above_itself():
    g = made(
        seen("shop.com", "CAA", status="nodata"),
        seen(
            *("shop.com", "certificate", "issuer R3", "issuer-organisation ca.acme.example"),
            *("chain 0 shop.com", "chain 1 R3, ca.acme.example", "anchor Root, ca.acme.example"),
        ),
    )
    assert edge(g, "authorities:shop.com", "provider:acme-ca", "certificate")["strength"] == "needs"


IN_USE = ("issuer R3", "issuer-organisation ca.acme.example")


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (("not-after 2026-01-14T00:00:00Z",), "certificate-ended?date=2026-01-14"),
        (("not-before 2026-01-16T00:00:00Z",), "certificate-early?date=2026-01-16"),
        (("name a.example", "name *.b.example"), "certificate-of-others?names=*.b.example, a.example"),
        (("not-after Jan 14 10:00:00 2026 GMT",), "certificate-ended?date=2026-01-14"),
        (("not-after 2026-01-14",), "certificate-ended?date=2026-01-14"),
        (("subject R3", "chain 0 R3"), "certificate-self-signed"),
        # its issuer is, or may be, another of that name, it ends on that day, is of the name, or of how many names is not known
        (("subject R3", "chain 0 R3", "anchor R3"), ""),
        (("subject R3",), ""),
        (("subject R3", "chain 0 R3", "chain 1 R3"), ""),
        (("not-after Jan 15 10:00:00 2026 GMT",), "certificate-until?date=2026-01-15"),
        (("not-after 2026-01-15",), "certificate-until?date=2026-01-15"),
        (("not-before 2026-01-15",), ""),
        (("not-after some day",), ""),
        (("not-after 2026-01-15T00:00:00Z",), "certificate-until?date=2026-01-15"),
        (("name shop.com",), ""),
        (("name *.com", "name other.example"), ""),
        (tuple(f"name n{n}.example" for n in range(100)), ""),
    ],
)  # fmt: skip
def test_a_certificate_that_does_not_hold_gives_nobody_a_lever(more, finding):
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("shop.com", "CAA", status="nodata"),
        seen("shop.com", "certificate", *IN_USE, *more),
    )
    node = "authorities:shop.com"
    assert g.nodes[node].get("finding", "") == finding
    holds = not finding or finding.startswith("certificate-until")
    assert ("provider:acme-ca" in out(g, node)) == holds
    levers = {
        pull.lever
        for cut in takedown(g, level="provider", upto=1)["web"].cut_sets
        for member in cut.members
        for pull in member.levers
        if "acme" in member.id
    }
    assert levers == set()  # anyone may issue another: it is met, and no cut set


@pytest.mark.parametrize(
    ("at", "finding"),
    [("10:00:00", "certificate-until?date=2026-01-15"), ("10:00:01", "certificate-ended?date=2026-01-15")],
)  # fmt: skip
def test_a_certificate_holds_through_its_last_moment(at, finding):
    moment = datetime.fromisoformat(f"2026-01-15T{at}+00:00")
    one = seen("shop.com", "certificate", *IN_USE, "not-after 2026-01-15T10:00:00Z", time=moment)
    g = made(seen("shop.com", "CAA", status="nodata"), one)
    assert g.nodes["authorities:shop.com"]["finding"] == finding


def test_one_seen_at_some_moment_of_a_day_may_have_held_then():
    day = {"time": DAY, "until": DAY + timedelta(hours=23)}
    for text in ("not-after 2026-01-15T00:00:00Z", "not-before 2026-01-15T22:00:00Z"):
        g = made(
            seen("shop.com", "CAA", status="nodata"),
            seen("shop.com", "certificate", *IN_USE, text, **day),
        )
        assert "provider:acme-ca" in out(g, "authorities:shop.com")


def test_the_only_authority_that_caa_allows_is_possible_where_the_certificate_does_not_hold():
    ended = "certificate-ended?date=2026-01-14"
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("shop.com", "CAA", '0 issue "ca.acme.example"'),
        seen("shop.com", "certificate", *IN_USE, "not-after 2026-01-14T00:00:00Z"),
    )
    allowed = edge(g, "authorities:shop.com", "provider:acme-ca", "certificate")
    assert (allowed["strength"], allowed["effect"]) == ("needs", "possible")
    assert [(one.code.value, one.get("reason")) for one in reasons(allowed["finding"])] == [
        ("caa-allowed", ended)
    ]
    (cut,) = [
        one
        for one in takedown(g, level="provider", upto=1)["web"].cut_sets
        if "provider:acme-ca" in one.ids
    ]
    assert cut.worst_case
    told = [
        (one.urgency.value, one.reason)
        for one in findings(g).findings
        if "certificate" in one.reason
    ]
    assert told == [("broken-now", ended)]


def test_of_one_that_a_log_lists_nobody_says_that_it_was_shown():
    told = seen("shop.com", "certificate", *IN_USE, "name a.example", evidence="inferred")
    g = made(seen("shop.com", "CAA", status="nodata"), told)
    assert "provider:acme-ca" in out(g, "authorities:shop.com")


def test_where_only_a_wrong_one_was_shown_who_may_issue_is_not_known():
    g = made(seen("shop.com", "certificate", *IN_USE, "not-after 2026-01-01T00:00:00Z"))
    assert out(g, "authorities:shop.com") == ["unknown:authorities of shop.com"]
    text = reason(g, "unknown:authorities of shop.com")
    assert "certificate-ended" in text


def test_caa_that_could_not_be_asked_lets_nobody_in_particular_issue():
    for rows in ([], [seen("shop.com", "CAA", status="timeout")]):
        assert out(made(*rows), "authorities:shop.com") == ["unknown:authorities of shop.com"]


def test_caa_of_an_alias_is_that_of_its_target():
    g = made(
        seen("www.shop.com", "CNAME", "a.example"),
        seen("www.shop.com", "CAA", note="alias: see the CNAME of www.shop.com"),
        seen("a.example", "CAA", '0 issue "ca.acme.example"'),
    )
    assert out(g, "authorities:www.shop.com") == ["provider:acme-ca"]


def test_caa_that_forbids_all():
    g = made(seen("shop.com", "CAA", '0 issue ";"'))
    assert out(g, "authorities:shop.com") == ["unknown:authorities of shop.com"]


def test_caa_for_wildcards_is_not_caa_for_the_name_itself():
    g = made(seen("shop.com", "CAA", '0 issuewild "ca.acme.example"'))
    assert out(g, "authorities:shop.com") == ["anyone:certificate authority"]


# -- policies and registrations ------------------------------------------------------------


def test_a_policy_that_refuses_somebody_is_not_followed_to_them():
    rows = [
        seen("shop.com", "TXT", "v=spf1 -include:a.example ~include:b.example include:c.example"),
        seen("a.example", "TXT", "v=spf1 include:d.example"),
        seen("c.example", "TXT", '"v=spf1 redirect=e." "example"'),
        seen("shop.com", "spf-expanded", "v=spf1 -include:f.example -all v=spf1 include:g.example"),
        seen("shop.com", "spf-include", "h.example"),
    ]
    found = spf.senders(Index(rows, since=DAY.date(), until=DAY.date()), "shop.com").names
    assert sorted(found) == ["c.example", "e.example", "g.example", "h.example"]
    assert [o.subject for o in found["e.example"]] == ["c.example"]


@pytest.mark.parametrize("status", ["clientHold", "client hold", "client-hold", "CLIENT_HOLD"])
def test_a_status_has_one_spelling_whenever_it_was_recorded(status):
    g = made(seen("shop.com", "registration", "registrar-id 77", f"status {status}"))
    assert g.nodes["registration:shop.com"]["status"] == "clientHold"


# -- time and place ------------------------------------------------------------------------


def test_a_fact_of_another_day_is_last_known():
    g = made(
        seen("shop.com", "MX", "10 a.mx.babel.example", time=OTHER_DAY),
        seen("shop.com", "NS", "a.acme-dns.example", time=OTHER_DAY),
        seen(
            "shop.com", "registration", "registrar-id 77", "registrar Babel-Names", time=OTHER_DAY
        ),
        reported("shop.com", "host", "Acme-Cloud", time=OTHER_DAY),
    )
    last = {n: d for n, d in g.nodes(data=True) if "last_known" in d}
    assert {n: d["last_known_id"] for n, d in last.items()} == {
        "unknown:mail exchanges of shop.com": "babel-mail",
        "unknown:mailbox operator of shop.com": "babel-mail",
        "unknown:name servers of shop.com": "acme-dns",
        "unknown:registrar of shop.com": "babel-names",
        "unknown:addresses of shop.com": "acme-cloud",
    }
    assert {d["last_known_time"] for d in last.values()} == {"2025-11-01T00:00:00Z"}
    assert "provider:babel-mail" not in g


def test_what_is_known_of_another_day_only_was_asked():
    before = datetime(2026, 1, 10, tzinfo=UTC)
    g = made(seen("shop.com", "registration", "registrar Babel-Names", time=before))
    assert reason(g, "unknown:registrar of shop.com") == "other-day"
    assert reason(made(), "unknown:registrar of shop.com") == "not-asked"


def test_at_chooses_the_day():
    rows = [seen("shop.com", "MX", "10 a.mx.babel.example", time=OTHER_DAY)]
    g = made(*rows, at=date(2025, 11, 1))
    assert out(g, "exchanges:shop.com") == ["exchange:a.mx.babel.example"]
    assert (g.graph["since"], g.graph["until"]) == ("2025-11-01", "2025-11-01")


def test_an_interval_that_holds_the_day_is_current():
    g = made(
        seen("shop.com", "A", "192.0.2.1", time=OTHER_DAY, until=datetime(2026, 3, 1, tzinfo=UTC))
    )
    assert out(g, "addresses:shop.com") == ["address:192.0.2.1"]
    assert (
        edge(g, "addresses:shop.com", "address:192.0.2.1", "address")["until"]
        == "2026-03-01T00:00:00Z"
    )


def test_ownership_is_that_of_the_day():
    rows = [seen("shop.com", "NS", "a.acme-dns.example", time=OTHER_DAY, until=DAY)]
    assert out(made(*rows), "company:acme", "parent") == ["company:holding"]
    assert out(made(*rows, at=date(2025, 12, 1)), "company:acme", "parent") == []


def test_company_of_unknown_country():
    g = made()
    assert out(g, "company:verb", "law") == ["unknown:country of verb"]
    assert g.nodes["unknown:country of verb"]["hides"] == "country"


def test_a_front_is_met_by_those_alone_who_are_led_to_its_addresses():
    told = (
        seen("shop.com", "A", "192.0.2.1", vantage="paris"),
        seen("shop.com", "A", "198.51.100.2", vantage="tokyo"),
        *placed("192.0.2.1", "64500"),
        *placed("198.51.100.2", "64501"),
    )
    g = made(*told)
    assert edge(g, "addresses:shop.com", "front:shield/shop.com", "front")["vantage"] == "tokyo"
    paris = {one.id: one for one in exposure(g, level="provider", clients=["paris"])["web"].actors}
    assert "provider:shield" not in paris
    assert paris["provider:acme-cloud"].share == 1
    every = {one.id: one for one in exposure(g, level="provider")["web"].actors}
    assert [str(one) for one in every["provider:shield"].clients] == ["tokyo"]
    g = made(*told, seen("shop.com", "A", "198.51.100.2", vantage="paris"))
    assert "vantage" not in edge(g, "addresses:shop.com", "front:shield/shop.com", "front")


def test_who_runs_the_machine_of_a_name_server_reads_nothing_of_the_site():
    site = (
        seen("shop.com", "A", "192.0.2.1"),
        *placed("192.0.2.1", "64501"),
        delegated("shop.com", "ns1.shop.com"),
        *placed("192.0.2.9", "64500"),
    )
    apart = made(*site, glue("ns1.shop.com", "192.0.2.9"))
    names = {one.id: one for one in exposure(apart, level="provider")["web"].actors}
    assert names["provider:acme-cloud"].powers == (Power.REDIRECT, Power.REFUSE)
    assert Power.READ in names["provider:shield"].powers
    one_machine = made(*site, glue("ns1.shop.com", "192.0.2.1"))
    names = {one.id: one for one in exposure(one_machine, level="provider")["web"].actors}
    assert Power.READ in names["provider:shield"].powers


def test_vantage_points_that_differ():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "192.0.2.2", vantage="paris"),
        seen("shop.com", "A", "192.0.2.2", vantage="tokyo"),
    )
    group = "addresses:shop.com"
    assert edge(g, group, "address:192.0.2.1", "address")["vantage"] == "paris"
    assert "vantage" not in edge(g, group, "address:192.0.2.2", "address")
    assert g.graph["differences"] == "shop.com A"
    assert g.graph["vantages"] == "paris,tokyo"


IN_PARIS = [
    seen("shop.com", "A", "192.0.2.1", vantage="paris"),
    seen("mx.shop.com", "A", "192.0.2.2", vantage="paris"),
]


@pytest.mark.parametrize(
    "rows",
    [
        [seen("shop.com", "A", status="timeout", vantage="tokyo")],
        [seen("shop.com", kind, status="refused", vantage="tokyo") for kind in ("A", "MX", "NS")],
        # neither an answer of others, nor that a registry delegates the name, nor a route
        [
            seen("shop.com", "A", status="timeout", vantage="tokyo"),
            seen("com", "NS", "a.nic.example", vantage="tokyo"),
            delegated("shop.com", "ns1.shop.com", vantage="tokyo"),
            glue("ns1.shop.com", "192.0.2.53"),
            seen("shop.com", "NS", "ns1.shop.com", status="referral", vantage="tokyo"),
            seen("192.0.2.1", "origin", "asn 64500", "prefix 192.0.2.0/24", vantage="tokyo"),
        ],
        # the limit of questions was reached before any of them was put
        [seen("www.shop.com", "A", status="not-asked: budget", vantage="tokyo")],
    ],
)
def test_a_place_without_any_answer_about_the_service_saw_nothing(rows):
    g = made(*IN_PARIS, *rows)
    assert (g.graph["vantages"].split(",")[0], g.graph["vantages_silent"]) == ("paris", "tokyo")
    assert "tokyo" not in g.graph["vantages"]
    assert "differences" not in g.graph


@pytest.mark.parametrize(
    ("rows", "differences"),
    [
        # one question of two
        (
            [
                seen("shop.com", "A", status="timeout", vantage="tokyo"),
                seen("mx.shop.com", "A", "192.0.2.2", vantage="tokyo"),
            ],
            "shop.com A (tokyo: timeout)",
        ),
        # that there is nothing is an answer
        ([seen("shop.com", "A", status="nxdomain", vantage="tokyo")], "shop.com A"),
        # who asked nothing about the names of the service saw what is recorded
        ([seen("a.example", "A", "192.0.2.9", vantage="tokyo")], None),
    ],
)
def test_a_place_that_was_answered_at_all_is_one_that_saw_the_service(rows, differences):
    g = made(*IN_PARIS, *rows)
    assert (g.graph["vantages"], g.graph.get("differences")) == ("paris,tokyo", differences)
    assert "vantages_silent" not in g.graph


def test_where_no_place_was_answered_none_saw_the_service():
    g = made(*(seen("shop.com", "A", status="timeout", vantage=v) for v in ("paris", "tokyo")))
    assert (g.graph.get("vantages"), g.graph["vantages_silent"]) == (None, "paris,tokyo")


@pytest.mark.parametrize("text", ["10.0.0.1", "127.0.0.1", "100.64.0.1", "fd00::1", "0.0.0.0"])
def test_of_an_address_that_the_internet_does_not_reach_nobody_is_known(text):
    """Whoever is recorded to hold it, or to announce it, is not who uses it here."""
    g = made(
        seen("shop.com", "AAAA" if ":" in text else "A", text),
        seen(text, "origin", "asn 64500", f"prefix {text}/{64 if ':' in text else 24}"),
        seen(text, "holder", "organisation-handle IANA", "registry arin"),
        seen(text, "PTR", "host.apps.acme.example."),
    )
    assert {g.nodes[head]["kind"] for head in out(g, f"address:{text}")} == {"unknown"}
    reason = f"inward-address?name={text}"
    assert g.nodes[f"unknown:network of {text}"]["reason"] == reason
    assert g.nodes[f"unknown:holder of {text}"]["reason"] == reason
    found = takedown(g, level="company", upto=1, explain=0)["web"]
    assert found.state is State.UNDETERMINED
    assert not {"company:~IANA", "company:acme"} & {i for cut in found.cut_sets for i in cut.ids}


def test_an_alias_seen_from_one_place_only():
    g = made(
        seen("www.shop.com", "CNAME", "a.example", vantage="paris"),
        seen("www.shop.com", "CNAME", "b.example", vantage="tokyo"),
    )
    assert out(g, "host:www.shop.com", "address") == ["addresses:www.shop.com"]
    assert out(g, "addresses:www.shop.com", "alias") == ["host:a.example", "host:b.example"]


@pytest.mark.parametrize("status", ["timeout", "servfail", "refused", "not-asked: budget"])
def test_what_a_place_would_be_answered_where_it_failed_is_not_known(status):
    g = made(
        seen("shop.com", "A", "192.0.2.1", vantage="paris"),
        seen("shop.com", "A", status=status, vantage="ottawa"),
    )
    group, unknown = "addresses:shop.com", "unknown:IPv4 addresses of shop.com in ottawa"
    assert out(g, group) == ["address:192.0.2.1", unknown]
    assert edge(g, group, "address:192.0.2.1", "address")["vantage"] == "paris"
    assert edge(g, group, unknown, "address")["vantage"] == "ottawa"
    assert g.nodes[group]["vantage"] == "ottawa,paris"


def test_a_place_that_got_an_alias_needs_no_address_of_the_name():
    g = made(
        seen("www.shop.com", "CNAME", "a.example", vantage="paris"),
        seen("www.shop.com", "A", status="timeout", vantage="paris"),
        seen("www.shop.com", "A", "192.0.2.1", vantage="tokyo"),
    )
    assert not [node for node in g if node.startswith("unknown:") and node.endswith("in paris")]


def test_the_exchanges_and_aliases_of_a_place_where_asking_failed_are_not_known():
    g = made(
        seen("shop.com", "MX", "10 mx.shop.com", vantage="paris"),
        seen("shop.com", "MX", status="timeout", vantage="ottawa"),
        seen("www.shop.com", "CNAME", "a.example", vantage="paris"),
        seen("www.shop.com", "A", status="servfail", vantage="ottawa"),
    )
    exchanges, addresses = "exchanges:shop.com", "addresses:www.shop.com"
    unknown = "unknown:mail exchanges of shop.com in ottawa"
    assert out(g, exchanges) == ["exchange:mx.shop.com", unknown]
    assert edge(g, exchanges, unknown, "exchange")["vantage"] == "ottawa"
    unknown = "unknown:addresses of www.shop.com in ottawa"
    assert edge(g, addresses, unknown, "address")["vantage"] == "ottawa"
    assert edge(g, addresses, "host:a.example", "alias")["vantage"] == "paris"


@pytest.mark.parametrize(
    ("status", "strengths"),
    [
        ("timeout", ["exposes"]),
        ("servfail", ["exposes"]),
        ("searched, not found", ["exposes"]),
        ("", ["exposes"]),
    ],
)
def test_ipv6_that_was_not_asked_for_or_in_vain_is_met_and_is_no_alternative(status, strengths):
    asked = [seen("shop.com", "AAAA", status=status)] if status else []
    g = made(seen("shop.com", "A", "192.0.2.1"), *asked)
    unknown = "unknown:IPv6 addresses of shop.com"
    into = [data["strength"] for _, head, data in g.edges(data=True) if head == unknown]
    assert into == strengths


# -- the service itself --------------------------------------------------------------------


def test_own_servers_are_marked():
    g = made(delegated("shop.com", "ns1.shop.com"))
    assert g.nodes["provider:~shop.com"]["own"] is True
    assert g.nodes["company:~shop.com"]["own"] is True


def test_service_below_a_registered_domain():
    g = made(seen("blog.shop.com", "A", "192.0.2.1"), subject="blog.shop.com")
    assert "function:blog.shop.com/web-www" not in g
    assert out(g, "function:blog.shop.com/name") == ["registration:shop.com"]
    assert out(g, "host:blog.shop.com", "zone") == ["zone:shop.com"]


def test_owner_is_told_with_its_citation():
    g = made(reported("shop.com", "owner", "Shop LLC"))
    assert g.graph["owner"] == "Shop LLC"
    assert g.graph["owner_citation"] == "https://press.example/1"


def test_observations_without_a_service_are_refused():
    with pytest.raises(GraphError, match="give subject"):
        build([seen("shop.com", "A", "192.0.2.1")], catalogue=CATALOGUE)
    g = build([seen("shop.com", "A", "192.0.2.1")], catalogue=CATALOGUE, subject="shop.com")
    assert "address:192.0.2.1" in g


# -- malformed and hostile -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "node"),
    [
        ("MX", "ten mx.example extra", "unknown:malformed MX of shop.com"),
        ("MX", "", "unknown:malformed MX of shop.com"),
        ("A", "999.1.2.3", "unknown:malformed addresses of shop.com"),
        ("A", "2001:db8::1", "unknown:malformed addresses of shop.com"),
        ("NS", "a b", "unknown:name servers of shop.com"),
        ("NS", "192.0.2.1", "unknown:name servers of shop.com"),
        ("ns-domain", "192.0.2.1", "unknown:malformed name servers of shop.com"),
        ("CNAME", "x" * 300, "unknown:target of shop.com"),
    ],
)
def test_malformed_is_unknown(kind, value, node):
    g = made(seen("shop.com", kind, value))
    found = [n for n, d in g.nodes(data=True) if "malformed" in d.get("reason", "")]
    assert found
    assert node in g or node == "unknown:malformed addresses of shop.com"


def test_one_malformed_beside_good_ones_is_a_gap():
    g = made(seen("shop.com", "A", "192.0.2.1", "nonsense"))
    assert out(g, "addresses:shop.com") == [
        "address:192.0.2.1",
        "unknown:malformed addresses of shop.com",
    ]


def test_hostile_text_is_one_safe_line():
    evil = "\x1b[31m<script>\u202e\n" + "x" * 10_000_000
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen(
            "192.0.2.1", "holder", f"handle {evil}", f"organisation {evil}", "prefix 192.0.2.0/24"
        ),
        seen("shop.com", "TXT", evil, "v=spf1 " + "include:a.example " * 100_000),
        reported("shop.com", "dns", evil),
        seen("shop.com", "registration", f"registrar {evil}", "status ok\n\n"),
    )
    for _, data in g.nodes(data=True):
        for value in data.values():
            assert not isinstance(value, str) or (len(value) <= 300 and value.isprintable())
    for *_, data in g.edges(data=True):
        for value in data.values():
            assert not isinstance(value, str) or (len(value) <= 4000 and value.isprintable())
    assert all(len(n) < 400 and n.isprintable() for n in g)


@pytest.mark.parametrize("subject", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_no_service(subject):
    with pytest.raises(GraphError, match="found the address"):
        made(seen(subject, "holder", "name EXAMPLE"), subject=subject)


# -- other host names ------------------------------------------------------------------------


def other_hosts(*names):
    records = [
        seen("api.shop.com", "A", "192.0.2.1"),
        seen("old.shop.com", "A", status="nxdomain"),
        seen("m.shop.com", "A", "192.0.2.2"),
    ]
    return build(records, subject="shop.com", at=DAY.date(), catalogue=CATALOGUE, hosts=names)


def test_other_host_names_are_functions_of_their_own_if_they_are_asked_for():
    g = other_hosts("api.shop.com", "chat.shop.net.", "OLD.shop.com")
    names = ["web", "web-www", "web:api.shop.com", "web:chat.shop.net", "web:old.shop.com"]
    assert [function_name(f) for f in functions(g)] == [*names, "mail", "name"]
    api = "function:shop.com/web:api.shop.com"
    assert out(g, api, "host") == ["host:api.shop.com"]
    assert out(g, api, "certificate") == ["authorities:api.shop.com"]
    assert reason(g, "unknown:addresses of chat.shop.net") == "not-asked"
    old = "function:shop.com/web:old.shop.com"
    assert reason(g, old) == "no-address?name=old.shop.com&reason=nxdomain&witness=one"
    assert validate(g) == []
    assert "host:m.shop.com" not in g


def test_the_names_that_a_service_has_anyway_are_no_other_hosts():
    assert nx.utils.graphs_equal(other_hosts("shop.com", "www.shop.com"), other_hosts())


def test_the_recording_says_for_which_hosts_it_was_made():
    recording = Recording(Header(subject="shop.com", hosts=("api.shop.com",)), ())
    assert "function:shop.com/web:api.shop.com" in build(recording)
    assert "function:shop.com/web:api.shop.com" not in build(recording, hosts=())


@pytest.mark.parametrize("hosts", ["api.shop.com", 5, ["a b"], ["192.0.2.1"], [None]])
def test_what_is_no_list_of_host_names_is_refused(hosts):
    with pytest.raises(GraphError, match=r"^expected a (list of host names|host name) such as"):
        build([], subject="shop.com", hosts=hosts)


def test_the_unspecified_address_is_an_address_that_nobody_reaches():
    g = made(seen("shop.com", "A", "192.0.2.1"), seen("shop.com", "AAAA", "::"))
    validate(g)
    assert edge(g, "addresses:shop.com", "address:::", "address")["strength"] == "exposes"

"""How sure each step of a graph is, and what an operator that nobody knows may be."""

from dataclasses import replace

import pytest

from depgraph.graph import build
from depgraph.providers import load
from depgraph.providers.rules import Rule, Rules
from depgraph.schema import validate
from depgraph.vocabulary import What, hidden_levels
from tests.graphs import CATALOGUE, delegated, edge, glue, made, out, placed, reported, seen
from tests.test_graph_any import busy

ADDRESS = "address:192.0.2.1"


def sure(graph, tail, head, relation):
    data = edge(graph, tail, head, relation)
    return data["evidence"], data["confidence"]


def unlisted(*more, name="LONGTAIL"):
    """A web host at an address of a network that the catalogue lacks."""
    return made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="65000"),
        seen("AS65000", "as", f"name {name}", "country DE"),
        *more,
    )


def doubted(**changes):
    """The catalogue with some rows stated and not confirmed."""
    rules = [
        replace(rule, source="unverified: whose it is") if rule.id in changes else rule
        for rule in CATALOGUE.rules.rows
    ]
    return replace(CATALOGUE, rules=Rules(rules))


# -- the scale -----------------------------------------------------------------------------


def test_every_edge_says_how_sure_it_is_and_an_unknown_is_certainly_not_known():
    g = made(*busy())
    for _, head, data in g.edges(data=True):
        assert data["confidence"] in {"certain", "likely", "possible"}
        if g.nodes[head]["kind"] == "unknown":
            assert (data["evidence"], data["confidence"]) == ("unknown", "certain")


def test_what_holds_by_definition_has_no_rule():
    g = made(seen("shop.com", "A", "192.0.2.1"), placed("192.0.2.1", asn="65000"))
    for tail, head, relation in (
        ("service:shop.com", "function:shop.com/web", "function"),
        ("host:shop.com", "zone:shop.com", "zone"),
        ("provider:~AS65000", "company:~AS65000", "owner"),
    ):
        assert sure(g, tail, head, relation) == ("definition", "certain")
        assert "rule" not in edge(g, tail, head, relation)


def test_the_record_itself_and_a_name_of_the_operators_own_are_certain():
    g = made(
        seen("shop.com", "registration", "registrar Babel-Names"),
        delegated("shop.com", "a.acme-dns.example"),
    )
    registrar = sure(g, "registration:shop.com", "provider:~babel-names", "registrar")
    assert registrar == ("observed", "certain")
    server = "nameserver:a.acme-dns.example"
    assert sure(g, server, "provider:acme-dns", "operator") == ("inferred", "certain")


def test_the_network_taken_for_the_host_is_likely():
    g = made(seen("shop.com", "A", "192.0.2.1"), placed("192.0.2.1"))
    assert sure(g, ADDRESS, "provider:acme-cloud", "operator") == ("inferred", "likely")
    assert sure(g, "asn:64500", "provider:acme-cloud", "network") == ("observed", "certain")


def test_a_holder_known_by_the_name_of_its_organisation_is_possible():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", prefix="192.0.2.0/24", organisation="Acme-Cloud"),
    )
    block = "block:192.0.2.0/24"
    assert sure(g, block, "provider:acme-cloud", "holder") == ("inferred", "possible")


def test_the_country_of_an_as_registration_is_likely():
    g = unlisted()
    data = edge(g, "company:~AS65000", "country:DE", "law")
    assert (data["rule"], data["confidence"]) == ("as-country", "likely")


@pytest.mark.parametrize("code", ["EU", "AP", "ZZ"])
def test_what_a_registry_writes_for_several_countries_is_no_country(code):
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="65000"),
        seen("AS65000", "as", "name LONGTAIL", f"country {code}"),
    )
    assert out(g, "company:~AS65000", "law") == ["unknown:country of ~AS65000"]


def test_one_report_is_certain_and_two_that_differ_are_possible():
    g = made(reported("shop.com", "host", "Acme-Cloud"))
    assert sure(g, "host:shop.com", "provider:acme-cloud", "operator") == ("reported", "certain")
    g = made(reported("shop.com", "host", "Acme-Cloud"), reported("shop.com", "host", "Other"))
    assert sure(g, "host:shop.com", "provider:acme-cloud", "operator") == ("reported", "possible")


def test_reports_of_two_fronts_make_neither_certain():
    front = ("addresses:shop.com", "front:shield/shop.com", "front")
    one = made(reported("shop.com", "front", "Shield"))
    assert sure(one, *front) == ("reported", "certain")
    two = made(reported("shop.com", "front", "Shield"), reported("shop.com", "front", "Other"))
    fronts = out(two, "addresses:shop.com", "front")
    assert [sure(two, "addresses:shop.com", head, "front")[1] for head in fronts] == ["possible"]


def test_a_rule_that_nobody_confirmed_is_likely_and_marked():
    rows = [delegated("shop.com", "a.acme-dns.example")]
    g = build(
        [o for row in rows for o in (row if isinstance(row, list) else [row])],
        subject="shop.com",
        at=made().graph["since"],
        catalogue=doubted(**{"r-dns": True}),
    )
    data = edge(g, "nameserver:a.acme-dns.example", "provider:acme-dns", "operator")
    assert (data["confidence"], data["unverified"]) == ("likely", True)


def test_a_cloud_that_an_operator_says_it_runs_on_is_only_met():
    """Such a statement has no day and seldom says for which part."""
    row = replace(CATALOGUE.providers["acme-dns"], runs_on=("acme-cloud",))
    g = build(
        [delegated("shop.com", "a.acme-dns.example")],
        subject="shop.com",
        at="2026-01-15",
        catalogue=replace(CATALOGUE, providers={**CATALOGUE.providers, "acme-dns": row}),
    )
    data = edge(g, "provider:acme-dns", "provider:acme-cloud", "platform")
    assert (data["strength"], data["finding"]) == ("exposes", "undated")


@pytest.mark.parametrize("table", ["providers", "companies", "parents"])
def test_an_owner_that_nobody_confirmed_is_likely_and_marked(table):
    source = "unverified: not found there"
    if table == "parents":
        rows = tuple(replace(row, source=source) for row in CATALOGUE.parents)
    else:
        rows = {k: replace(row, source=source) for k, row in getattr(CATALOGUE, table).items()}
    g = build(
        [delegated("shop.com", "a.acme-dns.example")],
        subject="shop.com",
        at="2026-01-15",
        catalogue=replace(CATALOGUE, **{table: rows}),
    )
    ends = {
        "providers": ("provider:acme-dns", "company:acme", "owner"),
        "companies": ("company:acme", "country:US", "law"),
        "parents": ("company:acme", "company:holding", "parent"),
    }
    for name, (tail, head, relation) in ends.items():
        data = edge(g, tail, head, relation)
        wanted = ("reported", "likely", True) if name == table else ("published", "certain", None)
        assert (data["evidence"], data["confidence"], data.get("unverified")) == wanted


@pytest.mark.parametrize(
    ("exchange", "include", "provider", "confidence", "share"),
    [
        ("shop-com.gate.seppmail.cloud", "bspf.a1.net", "a1", "possible", 0.1111),
        (
            "mx1.hc1.iphmx.com",
            "spf.protection.outlook.com",
            "microsoft-365",
            "likely",
            0.9989,
        ),
    ],
)
def test_spf_behind_a_gateway(exchange, include, provider, confidence, share):
    g = build(
        [
            seen("shop.com", "MX", f"10 {exchange}"),
            seen("shop.com", "TXT", f"v=spf1 include:{include} -all"),
        ],
        subject="shop.com",
        at="2026-01-15",
        catalogue=load(),
    )
    assert validate(g) == []
    data = edge(g, "mailbox:shop.com", f"provider:{provider}", "operator")
    assert (data["evidence"], data["confidence"], data["share"]) == ("inferred", confidence, share)


# -- host or front -------------------------------------------------------------------------


def test_an_unlisted_operator_of_the_web_is_host_or_front_and_what_lies_behind_is_unknown():
    g = unlisted()
    data = edge(g, ADDRESS, "provider:~AS65000", "operator")
    assert (data["role"], data["confidence"], data["strength"]) == ("serving", "certain", "needs")
    origin = "unknown:origin of shop.com"
    assert out(g, ADDRESS, "origin") == [origin]
    node = g.nodes[origin]
    assert (node["what"], node["of"]) == ("origin", "shop.com")
    assert node["reason"] == "may-be-front?name=LONGTAIL"
    assert node["hides"] == "provider,company,country"


def test_one_origin_behind_all_addresses_of_a_host_and_the_shorter_name_of_two():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "192.0.2.2"),
        seen("www.shop.com", "A", "192.0.2.1"),
        *placed("192.0.2.1", asn="65000"),
        *placed("192.0.2.2", asn="65000"),
    )
    for text in ("192.0.2.1", "192.0.2.2"):
        assert out(g, f"address:{text}", "origin") == ["unknown:origin of shop.com"]


@pytest.mark.parametrize("name", ["LONGTAIL", "Longtail, Inc.", "AS65000"])
def test_one_that_is_reported_to_host_is_no_front(name):
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="65000"),
        seen("AS65000", "as", "name LONGTAIL, DE") if name != "AS65000" else [],
        reported("shop.com", "host", name),
    )
    data = edge(g, ADDRESS, "provider:~AS65000", "operator")
    assert "role" not in data
    assert data["confidence"] == "certain"
    assert out(g, ADDRESS, "origin") == []


def test_another_one_reported_to_host_is_what_lies_behind():
    g = unlisted(reported("shop.com", "host", "SkySomething"))
    assert edge(g, ADDRESS, "provider:~AS65000", "operator")["role"] == "serving"
    assert out(g, ADDRESS, "origin") == []
    assert out(g, "host:shop.com", "operator") == ["provider:~skysomething"]


def test_a_reported_network_tells_nothing_of_what_lies_behind():
    g = unlisted(reported("shop.com", "network", "SkySomething"))
    assert edge(g, "host:shop.com", "provider:~skysomething", "operator")["role"] == "network"
    assert out(g, ADDRESS, "origin") == ["unknown:origin of shop.com"]


def test_the_holder_of_a_block_may_be_host_or_front_too_and_is_likely():
    g = unlisted(
        seen("192.0.2.1", "holder", "handle NET-1", "prefix 192.0.2.0/24", "organisation Other")
    )
    data = edge(g, ADDRESS, "provider:~NET-1", "operator")
    assert (data["role"], data["confidence"]) == ("serving", "likely")


def test_a_holder_that_is_the_network_is_certain():
    g = unlisted(
        seen("192.0.2.1", "holder", "handle NET-1", "prefix 192.0.2.0/24", "organisation Longtail")
    )
    data = edge(g, ADDRESS, "provider:~AS65000", "operator")
    assert (data["role"], data["confidence"]) == ("serving", "certain")


def test_a_catalogued_operator_is_no_front_unless_the_catalogue_says_so():
    g = made(seen("shop.com", "A", "192.0.2.1"), placed("192.0.2.1"))
    assert "role" not in edge(g, ADDRESS, "provider:acme-cloud", "operator")
    assert out(g, ADDRESS, "origin") == []


def test_name_servers_and_exchanges_stand_before_nothing():
    g = made(
        delegated("shop.com", "ns1.shop.com"),
        glue("ns1.shop.com", "192.0.2.1"),
        seen("shop.com", "MX", "10 mx.shop.com"),
        seen("mx.shop.com", "A", "192.0.2.2"),
        *placed("192.0.2.1", asn="65000"),
        *placed("192.0.2.2", asn="65000"),
    )
    for text in ("192.0.2.1", "192.0.2.2"):
        data = edge(g, f"address:{text}", "provider:~AS65000", "operator")
        assert "role" not in data
        assert data["confidence"] == "possible"
        assert out(g, f"address:{text}", "origin") == []


def test_an_address_behind_a_front_by_name_is_no_second_front():
    g = made(
        seen("www.shop.com", "CNAME", "x.cdn.shield.example"),
        seen("x.cdn.shield.example", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="65000"),
    )
    assert edge(g, ADDRESS, "provider:shield", "operator").get("role") is None
    assert out(g, ADDRESS, "origin") == []


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [seen("shop.com", "A", "198.51.100.1"), *placed("198.51.100.1", asn="65000")],
    ],
)
def test_a_front_reported_to_host_may_do_either(rows):
    g = made(*rows, reported("shop.com", "host", "Shield"))
    data = edge(g, "host:shop.com", "provider:shield", "operator")
    assert (data["role"], data["evidence"], data["strength"]) == ("serving", "reported", "needs")
    node = g.nodes["unknown:host of shop.com"]
    assert node["reason"] == "front-reported?name=Shield"
    assert ("host:shop.com", "unknown:host of shop.com") in g.edges()


def test_behind_a_front_one_more_reported_as_host_hides_the_origin():
    g = made(
        seen("shop.com", "A", "192.0.2.1"),
        placed("192.0.2.1", asn="64501"),
        reported("shop.com", "host", "Shield"),
    )
    front = "front:shield/shop.com"
    assert edge(g, front, "provider:shield", "origin")["role"] == "serving"
    assert g.nodes["unknown:origin of shop.com"]["reason"] == "front-reported?name=Shield"


# -- unknowns ------------------------------------------------------------------------------


def test_every_unknown_says_what_it_is_of_what_and_hides_what_its_edges_say():
    g = made(*busy())
    unknowns = [node for node, data in g.nodes(data=True) if data["kind"] == "unknown"]
    assert len(unknowns) > 10
    for node in unknowns:
        data = g.nodes[node]
        assert data["what"] in set(What)
        assert node.startswith(f"unknown:{data['what']} of {data['of']}")
        wanted = set()
        for tail, _, relation in g.in_edges(node, keys=True):
            wanted |= {level.value for level in hidden_levels(relation, g.nodes[tail]["kind"])}
        assert set(data["hides"].split(",")) == wanted


def test_an_unknown_country_hides_a_country_and_name_servers_hide_all():
    g = made()
    assert g.nodes["unknown:country of verb"]["hides"] == "country"
    assert g.nodes["unknown:name servers of shop.com"]["hides"] == (
        "provider,company,country,asn,prefix,address,nameserver"
    )


def test_reasons_of_two_edges_to_one_unknown_are_both_kept():
    g = made(
        seen("shop.com", "A", "192.0.2.1", "198.51.100.1"),
        placed("192.0.2.1", asn="64501"),
        placed("198.51.100.1", asn="65000"),
    )
    assert g.nodes["unknown:origin of shop.com"]["reason"] == (
        "hidden-by-front; may-be-front?name=AS65000"
    )


@pytest.mark.parametrize("subject", ["", "a b", "a\u202eb.example", "<b>", "x" * 300])
def test_what_is_no_name_of_a_service_is_refused(subject):
    from depgraph.errors import GraphError

    with pytest.raises(GraphError, match="expected the name of a service"):
        build([], subject=subject or ".", at="2026-01-15", catalogue=CATALOGUE)


@pytest.mark.parametrize("at", ["2026-13-01", "yesterday", ""])
def test_a_day_that_does_not_read_is_refused(at):
    from depgraph.errors import GraphError

    with pytest.raises(GraphError, match="expected a day such as '2021-02-15'"):
        build([], subject="shop.com", at=at, catalogue=CATALOGUE)


def test_a_day_as_text():
    g = build([], subject="shop.com", at="2026-01-15", catalogue=CATALOGUE)
    assert (g.graph["since"], g.graph["until"]) == ("2026-01-15", "2026-01-15")


def test_questions_on_which_vantages_differ_are_counted_beyond_fifty():
    rows = []
    for number in range(60):
        rows.append(seen(f"h{number}.shop.com", "A", "192.0.2.1", vantage="paris"))
        rows.append(seen(f"h{number}.shop.com", "A", "192.0.2.2", vantage="tokyo"))
    g = made(*rows)
    assert len(g.graph["differences"].split("; ")) == 50
    assert g.graph["differences_left_out"] == 10


def test_a_rule_of_the_users_own_counts_as_any():
    own = Rules([*CATALOGUE.rules.rows, Rule("x", "shield", ("front",), "asn", "65000", "t", "t")])
    g = build(
        [seen("shop.com", "A", "192.0.2.1"), *placed("192.0.2.1", asn="65000")],
        subject="shop.com",
        at="2026-01-15",
        catalogue=replace(CATALOGUE, rules=own),
    )
    assert out(g, "addresses:shop.com") == ["front:shield/shop.com"]

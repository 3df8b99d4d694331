"""What the catalogue says rests on sources; what it could not verify weighs less, and is counted."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import depgraph
from depgraph.providers import (
    Catalogue,
    Signal,
    attribute,
    bases,
    is_unverified,
    load,
    unverified,
)
from depgraph.providers.rules import Rules

AT = date(2021, 1, 10)
RECORDINGS = Path(__file__).parents[2] / "data" / "recordings"

FACTS = {f"facts:F{number:03}" for number in range(1000)}
NO_PROVIDER = {
    "Parlement Technologies": "owner of the service, not an operator: a company of the catalogue",
}
"""Names that recordings give and that lead to no provider, each with the reason."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def doubted(catalogue: Catalogue, rule_id: str) -> Catalogue:
    """Give the catalogue with one rule whose source nobody has read."""
    rows = (
        replace(rule, source=f"unverified: {rule.source}") if rule.id == rule_id else rule
        for rule in catalogue.rules.rows
    )
    return replace(catalogue, rules=Rules(rows))


@pytest.mark.parametrize(
    ("role", "signal"),
    [
        ("dns", Signal("ns-host", "bob.ns.cloudflare.com")),
        ("web", Signal("host", "shop.herokuapp.com")),
        ("hosting", Signal("host", "shop.herokuapp.com")),
        ("mailbox", Signal("mx-host", "example-com.mail.protection.outlook.com")),
        ("registrar", Signal("registrar-id", "617")),
    ],
)
def test_an_unverified_rule_is_likely_at_most(
    catalogue: Catalogue, role: str, signal: Signal
) -> None:
    sure = attribute(role, [signal], catalogue=catalogue, at=AT)
    less = attribute(role, [signal], catalogue=doubted(catalogue, sure.rule), at=AT)
    assert (sure.confidence, less.confidence) == ("certain", "likely")
    assert (less.provider, less.rule) == (sure.provider, sure.rule)
    assert (sure.unverified, less.unverified) == (False, True)


def test_what_is_unverified_is_counted(catalogue: Catalogue) -> None:
    before = unverified(catalogue)
    rule = next(r for r in catalogue.rules.rows if not is_unverified(r.source))
    after = unverified(doubted(catalogue, rule.id))
    assert after == {**before, "rules": before["rules"] + 1}


def test_what_verdicts_rest_on_first_is_verified(catalogue: Catalogue) -> None:
    rows = [
        rule
        for rule in catalogue.rules.rows
        if rule.signal in {"registrar-id", "holder-handle", "tld"}
        or (rule.signal == "address" and "front" in rule.roles)
    ]
    assert len(rows) > 900
    assert [rule.id for rule in rows if is_unverified(rule.source)] == []


def test_no_source_is_words_of_nobody(catalogue: Catalogue) -> None:
    said = [
        *(row.source for row in catalogue.providers.values()),
        *(row.source for row in catalogue.companies.values()),
        *(row.source for row in catalogue.parents),
        *(row.source for row in catalogue.rules.rows),
    ]
    assert [text for text in said if text.removeprefix("unverified:").strip() == ""] == []


@pytest.mark.parametrize(
    ("provider", "country"),
    [("arin", "US"), ("ripencc", "NL"), ("apnic", "AU"), ("lacnic", "UY"), ("afrinic", "MU")],
)
def test_the_registries_of_addresses_are_catalogued(
    catalogue: Catalogue, provider: str, country: str
) -> None:
    company = catalogue.company(catalogue.provider(provider).company)
    assert company.country == country
    assert not is_unverified(company.source)


def reported() -> Iterator[tuple[str, str]]:
    """Give every name that a shipped recording reports an operator or a holder by."""
    keys = {"operator": {"name"}, "registration": {"registrar"}, "holder": {"organisation"}}
    for path in sorted(RECORDINGS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for value in row.get("values", ()):
                key, _, name = value.partition(" ")
                if key in keys.get(row.get("type", ""), ()):
                    yield name, path.name


def test_every_name_in_the_recordings_is_known(catalogue: Catalogue) -> None:
    names = dict(reported())
    assert len(names) > 20
    lost = {n: f for n, f in sorted(names.items()) if catalogue.provider_named(n) is None}
    assert set(lost) == set(NO_PROVIDER)


def test_a_holder_is_known_by_its_name_alone(catalogue: Catalogue) -> None:
    said = attribute("holder", [Signal("holder-name", "VanwaTech")], catalogue=catalogue, at=AT)
    assert (said.provider, said.confidence) == ("vanwatech", "possible")


@pytest.mark.parametrize("role", ["web", "hosting"])
def test_the_target_of_an_alias_speaks_like_a_host(catalogue: Catalogue, role: str) -> None:
    said = attribute(role, [Signal("cname", "foo.herokuapp.com")], catalogue=catalogue, at=AT)
    assert (said.provider, said.is_front) == ("heroku", False)


def test_the_alias_of_a_content_network_is_a_front(catalogue: Catalogue) -> None:
    seen = [Signal("cname", "d1.cloudfront.net")]
    said = attribute("web", seen, catalogue=catalogue, at=AT)
    assert (said.provider, said.is_front) == ("aws", True)
    assert attribute("hosting", seen, catalogue=catalogue, at=AT).provider is None


def test_a_catalogue_shows_itself_in_one_line(catalogue: Catalogue) -> None:
    shown = repr(catalogue)
    assert len(shown) < 200
    assert catalogue.version in shown
    assert str(len(catalogue.providers)) in shown


def test_every_country_rests_on_something_that_is_counted(catalogue: Catalogue) -> None:
    counted = bases(catalogue)
    assert sum(counted.values()) == len(catalogue.companies)
    assert counted["unverified"] <= 140
    assert counted["stated"] > counted["delegation"] > counted["registry"] > 0


def test_no_more_rows_are_unverified_than_ever_before(catalogue: Catalogue) -> None:
    # Sixteen rules more said that a domain carries the operator's name, which it does not; and of 61
    # it was the name alone that said the domain is a front.
    most = {"providers": 36, "companies": 140, "parents": 22, "laws": 0, "rules": 557}
    assert all(found <= most[table] for table, found in unverified(catalogue).items())


def test_that_a_domain_is_a_front_is_never_read_from_its_name_alone(catalogue: Catalogue) -> None:
    # A front is never taken for a host, and so needs what says that it is one: aliases that lead
    # there, a list of content networks, or a document.
    name = ("the domain carries", "the operator's own domain", "not read:", "none of the")
    # A list of domains by company says whose a domain is: of one that also hosts, no more.
    hosts = {row.id for row in catalogue.providers.values() if "hosting" in row.roles}
    owned = (*name, "v2fly/domain-list-community")
    bare = [
        rule.id
        for rule in catalogue.rules.rows
        if "front" in rule.roles
        and rule.signal in {"host", "cname", "ptr"}
        and all(
            part.strip().startswith(owned if rule.provider in hosts else name)
            for part in rule.source.split(";")
        )
    ]
    assert bare == []


def test_a_source_of_aliases_gives_their_number(catalogue: Catalogue) -> None:
    # "CNAME chains in ..." stood in rows to which none of its chains leads.
    told = re.compile(r"(none|[1-9]\d*) (of the )?CNAME record")
    bare = [
        rule.id
        for rule in catalogue.rules.rows
        if "hpcn-uam" in rule.source and not told.search(rule.source)
    ]
    assert bare == []
    chains = [rule for rule in catalogue.rules.rows if "CNAME chains" in rule.source]
    assert chains
    assert not [rule.id for rule in chains if "none of the CNAME" in rule.source]


def test_every_registrar_id_is_read_in_a_public_list_that_names_it(catalogue: Catalogue) -> None:
    # All cited one copy of IANA's list, and 1485, JPRS's own, stood with a subsidiary.
    rows = [rule for rule in catalogue.rules.rows if rule.signal == "registrar-id"]
    lists = ("ICANN, list of accredited registrars", "an earlier IANA registrar id list")
    bare = [
        rule.id
        for rule in rows
        if not (rule.source.startswith(lists) and rule.pattern in rule.source)
    ]
    assert (len(rows) > 200, bare) == (True, [])
    assert catalogue.providers["jprs"].roles == ("registry", "back-end", "registrar")


def test_a_name_that_is_in_the_gov_registry_is_its_owners(catalogue: Catalogue) -> None:
    # max.gov stood with the General Services Administration; it is the OMB's in the registry.
    (rule,) = [row for row in catalogue.rules.rows if row.pattern == "max.gov"]
    assert rule.provider == "us-omb"
    assert "Office of Management and Budget" in rule.source


def test_the_documentation_gives_the_counts_of_today(catalogue: Catalogue) -> None:
    text = (Path(__file__).parents[2] / "docs" / "attribution.md").read_text("utf-8")
    told = " ".join(text.split())
    count = unverified(catalogue)
    for part in (
        f"{count['providers']} of {len(catalogue.providers)} providers",
        f"{count['companies']} of {len(catalogue.companies)} companies",
        f"{count['parents']} of {len(catalogue.parents)} ownerships",
        f"{count['rules']} of {len(catalogue.rules.rows):,} rules",
        f"{len(catalogue.providers)} providers, {len(catalogue.companies)} companies and",
    ):
        assert part in told


def test_the_top_level_domain_of_a_manager_makes_its_country_likely() -> None:
    graph = depgraph.build(depgraph.read(RECORDINGS / "queer.af_2024-02-11.jsonl"))
    law = graph.edges["company:registry-af", "country:AF", "law"]
    assert (law["basis"], law["confidence"]) == ("seat", "likely")


def test_a_country_rests_on_a_fact_only_where_the_fact_gives_it() -> None:
    data = Path(depgraph.__file__).parent / "providers" / "data" / "companies.csv"
    rows = list(csv.DictReader(data.read_text("utf-8").splitlines()))
    only = {r["id"] for r in rows if r["country"] and set(r["source"].split("; ")) <= FACTS}
    assert only == {"ddos-guard", "dynascale", "pds-partners", "skysilk", "wikimedia"}


def test_a_university_of_another_country_is_not_seated_where_its_domain_is(
    catalogue: Catalogue,
) -> None:
    assert catalogue.company("registry-lc").name == "University of Puerto Rico"
    assert catalogue.company("registry-lc").country is None


def test_a_brand_keeps_its_own_company_when_it_is_sold(catalogue: Catalogue) -> None:
    assert list(catalogue.owners("mailgun", date(2021, 11, 30))) == ["mailgun"]
    assert list(catalogue.owners("mailgun", date(2022, 1, 1))) == ["mailgun", "sinch"]
    assert [catalogue.company(one).country for one in ("mailgun", "sinch")] == ["US", "SE"]


@pytest.mark.parametrize(
    ("role", "signal", "provider"),
    [
        # A customer's domain says nothing of the CDN before it; nor does a network of the same name.
        ("front", Signal("host", "static.wikia.nocookie.net"), None),
        ("network", Signal("asn", "21513"), None),
        # A cloud's interface is no front, though its CDN has names under the same domain.
        ("front", Signal("host", "naveropenapi.apigw.ntruss.com"), None),
        ("front", Signal("host", "example.cdn.ntruss.com"), "naver-cloud"),
        ("front", Signal("host", "bucket.ufile.ucloud.com.cn"), None),
        # Videos and files that the operator keeps itself.
        ("front", Signal("host", "example.arvanvod.ir"), None),
        ("hosting", Signal("host", "example.arvanvod.ir"), "arvancloud"),
        ("hosting", Signal("host", "example.ucarecd.net"), "uploadcare"),
        ("hosting", Signal("host", "example.edgecompute.app"), "fastly"),
        # The own site, console or load balancing of who sells a CDN; and the names that it gives.
        ("front", Signal("host", "radar.qrator.net"), None),
        ("front", Signal("host", "docs.quic.cloud"), None),
        ("front", Signal("host", "c12345.tier1.quicns.com"), "quic-cloud"),
        ("front", Signal("host", "up.qbox.me"), None),
        ("front", Signal("host", "dn-example.qbox.me"), "qiniu"),
        ("front", Signal("host", "weiboimgwx.gslb.sinaedge.com"), None),
        # A tunnel, or a CDN, stands before a server elsewhere.
        ("front", Signal("host", "example.ngrok.app"), "ngrok"),
        ("hosting", Signal("host", "example.ngrok.app"), None),
        ("front", Signal("host", "example.begetcdn.cloud"), "beget"),
        # A wildcard that spoke of every domain of that beginning.
        ("front", Signal("host", "www.kunlunce.com"), None),
        ("front", Signal("host", "www.example.org.w.kunlungr.com"), "alibaba-cloud"),
        # What customers register below a DNS operator's domain is theirs.
        ("dns", Signal("ns-host", "ns1.example.cloudns.biz"), None),
        ("dns", Signal("ns-host", "ns1.dyndns.org"), "dyn"),
        ("dns", Signal("ns-host", "ns1.example.dyndns.org"), None),
        # Alipay is Ant Group's, a company of its own.
        ("hosting", Signal("host", "render.alipay.com"), "ant-group"),
        # Bing's network in China is Microsoft's, Azure's there is not; and Sinnet's for AWS.
        ("hosting", Signal("asn", "59067"), "microsoft"),
        ("hosting", Signal("asn", "58593"), "azure-china"),
        ("hosting", Signal("asn", "55960"), "aws-china-beijing"),
        ("hosting", Signal("asn", "139092"), None),
        # A filter ahead of somebody's mailboxes, and a business that was sold.
        ("gateway", Signal("mx-host", "example.com.s5a1.psmtp.com"), "google-workspace"),
        ("mailbox", Signal("mx-host", "example.com.s5a1.psmtp.com"), None),
        ("hosting", Signal("host", "example.sharefile.com"), "sharefile"),
        # An authority of its own, though its roots lie beside those of another.
        ("ca", Signal("issuer", "Cybertrust Japan Co., Ltd."), "cybertrust-japan"),
        ("ca", Signal("issuer", "cybertrust.ne.jp"), "cybertrust-japan"),
    ],
)
def test_rows_that_were_wrong_are_right(
    role: str, signal: Signal, provider: str | None, catalogue: Catalogue
) -> None:
    spoke = catalogue.rules.match(signal.kind, signal.value)
    assert {rule.provider for rule in spoke if role in rule.roles} == (
        {provider} if provider else set()
    )


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        ("Bundesdruckerei", "bundesdruckerei"),  # D-Trust's owner
        ("AOL", "aol"),  # Yahoo's until 2026
        ("KPN", None),  # issues under the root of the Dutch state
        ("OISTE", None),  # a foundation, whose roots WISeKey runs
        ("Weibo", None),
        ("Directi", None),  # PDR's owner until 2014
        ("Heart Internet", None),  # no longer GoDaddy's
    ],
)
def test_a_further_name_of_a_company_is_not_that_of_its_owner_or_kin(
    catalogue: Catalogue, name: str, holder: str | None
) -> None:
    rows = [*catalogue.companies.values(), *catalogue.providers.values()]
    assert {row.id for row in rows if name in (row.name, *row.aliases)} == ({holder} - {None})


def test_a_brand_of_certificates_is_of_the_authority_that_issues_it(catalogue: Catalogue) -> None:
    # Chains end in DigiCert Global Root G2; it stood under Sectigo.
    signal = Signal("issuer", "Trust Provider B.V.")
    assert attribute("ca", [signal], catalogue=catalogue, at=AT).provider == "digicert"


def test_two_registrars_of_one_group_are_not_of_two_owners(catalogue: Catalogue) -> None:
    before, after = date(2020, 12, 31), date(2021, 12, 31)
    assert catalogue.owners("regru", before)[-1] != catalogue.owners("rucenter", before)[-1]
    assert catalogue.owners("regru", after)[-1] == catalogue.owners("rucenter", after)[-1]

"""The shipped catalogue is clean, covers what it promises, and its ownership is dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from depgraph.errors import CatalogueError
from depgraph.providers import Catalogue, check, load

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def test_it_is_clean(catalogue: Catalogue) -> None:
    assert check(catalogue) == []


def test_it_is_as_large_as_promised(catalogue: Catalogue) -> None:
    assert len(catalogue.providers) >= 250
    assert len(catalogue.companies) >= 150
    served = {r.pattern for r in catalogue.rules.rows if r.signal == "tld"}
    assert len(served) >= 150
    assert date.fromisoformat(catalogue.version) <= TODAY


def test_every_row_has_a_source(catalogue: Catalogue) -> None:
    rows = [
        *catalogue.providers.values(),
        *catalogue.companies.values(),
        *catalogue.parents,
        *catalogue.groups.values(),
        *catalogue.rules.rows,
    ]
    assert all(row.source.strip() for row in rows)
    assert len(rows) > 4000


@pytest.mark.parametrize(
    "names",
    [
        "DDoS-Guard StormWall Qrator VanwaTech Cloudflare Akamai Fastly Imperva Sucuri",
        "Epik GoDaddy MarkMonitor Namecheap Tucows Gandi OVH RegRU",
        "Proofpoint Mimecast Barracuda Sophos Hornetsecurity Proton Fastmail Yandex mailbox.org Infomaniak",
        "Squarespace Wix Shopify Automattic Netlify Vercel Heroku",
        "Sectigo DigiCert GlobalSign",
        "Hetzner Scaleway Aruba Selectel Timeweb Locaweb Linode DigitalOcean",
    ],
)
def test_it_knows_the_names_people_report(catalogue: Catalogue, names: str) -> None:
    assert [name for name in names.split() if catalogue.provider_named(name) is None] == []


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("Amazon Web Services", "aws"),
        ("Epik Inc.", "epik"),
        ("MARKMONITOR, INC.", "markmonitor"),
        ("NS1 (nsone.net)", "ns1"),
        ("Let's Encrypt (YE2)", "lets-encrypt"),
        ("SkySilk", "skysilk"),
        ("Microsoft (Exchange Online)", "microsoft-365"),
        ("Cisco", "cisco-email"),
        ("Trend Micro", "trendmicro"),
    ],
)
def test_a_reported_name_is_found_whole(catalogue: Catalogue, text: str, provider: str) -> None:
    found = catalogue.provider_named(text)
    assert found is not None
    assert found.id == provider


def test_a_part_of_a_name_is_no_name(catalogue: Catalogue) -> None:
    assert catalogue.provider_named("Amazon Web") is None
    assert catalogue.provider_named("Epik Inc. of Seattle") is None
    assert catalogue.provider_named("") is None


def test_a_company_is_not_the_authority_that_issues_under_its_name(catalogue: Catalogue) -> None:
    # DigiCert issues certificates as Oracle Corporation: an operator reported as Oracle was DigiCert.
    named = {rule.pattern for rule in catalogue.rules.rows if rule.signal == "issuer"}
    assert {"Oracle Corporation", "Symantec Corporation", "Gandi"} <= named
    for name, company in (("Oracle Corporation", "oracle"), ("Symantec Corporation", "symantec")):
        provider = catalogue.provider_named(name)
        assert provider is None or provider.company == company


@pytest.mark.parametrize(
    ("provider", "before", "day", "after"),
    [
        ("linode", "linode", date(2022, 3, 31), "akamai"),
        ("sucuri", "sucuri", date(2017, 12, 31), "godaddy"),  # in 2017: by its last day
        ("github", "github", date(2018, 10, 25), "microsoft"),
        ("dyn", "dyn", date(2017, 12, 31), "oracle"),  # in 2017
        ("google-domains", "google", date(2023, 9, 7), "squarespace"),
        ("imperva", "thoma-bravo", date(2023, 12, 31), "thales"),  # in December 2023
        ("bluehost", "bluehost", date(2021, 2, 11), "newfold"),
        ("web-com", "web-com", date(2021, 2, 11), "newfold"),
        ("symantec-cloud", "messagelabs", date(2019, 11, 4), "broadcom"),
        ("softlayer", "softlayer", date(2013, 12, 31), "ibm"),
        ("sprint", "dt", date(2023, 5, 1), "cogent"),
        ("appriver", "zix", date(2021, 12, 23), "opentext"),
        ("zix", "zix", date(2021, 12, 23), "opentext"),
    ],
)
def test_siblings_lead_to_one_company_from_the_day_they_were_bought(
    catalogue: Catalogue, provider: str, before: str, day: date, after: str
) -> None:
    assert catalogue.owners(provider, date.fromordinal(day.toordinal() - 1))[-1] == before
    assert catalogue.owners(provider, day)[-1] == after


def test_whoever_was_bought_is_a_company_of_its_own(catalogue: Catalogue) -> None:
    # SoftLayer was IBM's on every day, though its row of ownership says since when.
    bought = {row.company for row in catalogue.parents}
    bare = [
        row.id for row in catalogue.providers.values() if row.id in bought and row.company != row.id
    ]
    assert bare == []


def test_regions_run_by_partners_stay_apart(catalogue: Catalogue) -> None:
    for provider, company, country in (
        ("aws-china-beijing", "sinnet", "CN"),
        ("aws-china-ningxia", "nwcd", "CN"),
        ("azure-china", "21vianet", "CN"),
        ("microsoft-365-china", "21vianet", "CN"),
    ):
        assert catalogue.owners(provider, TODAY) == (company,)
        assert catalogue.company(company).country == country


def test_big_tech_is_five_companies_by_a_written_definition(catalogue: Catalogue) -> None:
    group = catalogue.groups["big-tech"]
    assert set(group.members) == {"google", "amazon", "apple", "meta", "microsoft"}
    assert {catalogue.company(m).name.split()[0].rstrip(",") for m in group.members} == {
        "Alphabet",
        "Amazon.com",
        "Apple",
        "Meta",
        "Microsoft",
    }
    assert len(group.definition) > 40
    assert group.source


def test_the_european_union_has_27_members(catalogue: Catalogue) -> None:
    assert len(set(catalogue.groups["eu"].members)) == 27
    assert set(catalogue.groups["eu"].members) < set(catalogue.groups["eea"].members)


def test_platforms_name_the_cloud_they_run_on(catalogue: Catalogue) -> None:
    for provider in ("heroku", "netlify", "vercel", "squarespace", "wix", "shopify", "github"):
        assert catalogue.provider(provider).runs_on
        assert "runs_on" in catalogue.provider(provider).source


def test_an_unknown_id_says_what_was_expected(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="expected the id of a provider"):
        catalogue.provider("nobody")
    with pytest.raises(CatalogueError, match="expected the id of a company"):
        catalogue.company("nobody")
    assert catalogue.company_of("nobody", TODAY) is None
    assert catalogue.parent_of("nobody", TODAY) is None
    assert catalogue.owners("~example.net", TODAY) == ()


def test_a_user_adds_and_replaces_rows(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text(
        "id,name,country,aliases,source\nacme,Acme Ltd,GB,,register\n"
    )
    (tmp_path / "providers.csv").write_text(
        "id,name,roles,company,runs_on,aliases,source\nacme,Acme,hosting;dns,acme,,,register\n"
    )
    (tmp_path / "rules-mine.csv").write_text(
        "id,provider,role,signal,pattern,reason,source\n"
        "acme/ns,acme,dns,ns-host,acme-dns.example,name server,seen\n"
        "aws/asn/16509,acme,hosting,asn,16509,mine now,seen\n"
    )
    own = load(tmp_path)
    assert own.provider("acme").roles == ("hosting", "dns")
    assert len(own.providers) == len(load().providers) + 1
    assert [r.provider for r in own.rules.match("ns-host", "a.acme-dns.example")] == ["acme"]
    assert [r.provider for r in own.rules.match("asn", "16509")] == ["acme"]
    assert [r.provider for r in load().rules.match("asn", "16509")] == ["aws"]
    assert check(own) == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("companies.csv", "id,name,country,aliases,source\nacme,Acme\n", "expected 6 columns"),
        ("companies.csv", 'id,name,country,aliases,source\n"acme,Acme,GB,,x\n', "comma-separated"),
        ("parents.csv", "company,parent,since,until,source\na,b,yesterday,,x\n", "expected a day"),
        ("groups.toml", "version = ", "expected TOML"),
        ("groups.toml", "[g]\nmembers = 3\n", "expected a list"),
    ],
)
def test_a_damaged_file_is_refused_by_name(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(CatalogueError, match=message) as caught:
        load(tmp_path)
    assert name in str(caught.value)


def test_a_missing_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="expected a directory"):
        load(tmp_path / "none")


def test_a_source_that_is_a_fact_is_written_out():
    known = load()
    sources = [
        *(row.source for row in known.providers.values()),
        *(row.source for row in known.companies.values()),
        *(row.source for row in known.parents),
    ]
    assert not [source for source in sources if "facts:" in source]
    assert known.provider("epik").source.startswith("F011: M. Lee")

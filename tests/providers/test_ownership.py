"""Who owned whom, asked on the day before and on the day after; and dates that are none."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from depgraph.analysis import dependence, who
from depgraph.analysis.verdicts import Answer
from depgraph.errors import CatalogueError, QuestionError
from depgraph.graph import build
from depgraph.observations import Observation, Status
from depgraph.providers import is_unverified, load
from depgraph.providers.moments import Moment
from depgraph.recording import Header, Recording

with (Path(__file__).parent / "ownership.csv").open(encoding="utf-8") as _file:
    CHANGES = list(csv.DictReader(line for line in _file if not line.startswith("#")))


def owner(company, day):
    """Return whom a company belongs to directly, as `who` says; empty for nobody."""
    (actor,) = who(f"company:{company}", day=day).actors
    return actor.owners[1].company if len(actor.owners) > 1 else ""


@pytest.mark.parametrize("row", CHANGES, ids=lambda row: f"{row['company']} {row['when']}")
def test_an_ownership_is_told_on_both_sides_of_its_day(row):
    when = Moment.read(row["when"])
    assert owner(row["company"], when.day_before) == row["before"]
    assert owner(row["company"], when.last + timedelta(days=1)) == row["after"]
    (actor,) = who(f"company:{row['company']}", day=when.day_before).actors
    assert any(one.later and one.day == row["when"] for one in actor.changes)


def test_each_of_them_rests_on_a_source():
    listed = {(row["company"], row["when"]) for row in CHANGES}
    sourced = {
        (row.company, str(moment))
        for row in load().parents
        for moment in (row.began, row.ended)
        if moment is not None and not is_unverified(row.source)
    }
    assert listed <= sourced


def test_within_a_month_of_which_the_day_is_not_known_an_owner_is_unsure():
    before, within, after = date(2022, 2, 28), date(2022, 3, 10), date(2022, 4, 1)
    (parent,) = [row for row in load().parents if row.company == "linode"]
    assert [parent.unsure(day) for day in (before, within, after)] == [False, True, False]


@pytest.mark.parametrize(
    ("day", "confidence"), [(2022, None), (2023, "possible"), (2024, "certain")]
)
def test_within_the_year_in_which_a_company_was_bought_its_owner_is_possible(day, confidence):
    holder = Observation(
        subject="shop.com",
        type="registration",
        status=Status.ANSWER,
        values=("registrar Gandi SAS", "registrar-id 81"),
        time=datetime(day, 6, 1, tzinfo=UTC),
    )
    graph = build(Recording(Header(subject="shop.com"), (holder,)))
    edges = [
        data["confidence"]
        for _, head, data in graph.out_edges("company:gandi", data=True)
        if head == "company:your-online"
    ]
    assert edges == ([confidence] if confidence else [])
    asked = dependence(graph, on="NL")["name"].takedown
    expected = {None: Answer.NO, "possible": Answer.UNDETERMINED, "certain": Answer.YES}
    assert asked is expected[confidence]


def test_where_a_source_names_only_a_day_by_which_a_company_was_owned_it_may_have_been_before():
    (row,) = [row for row in load().parents if row.company == "bitmitigate"]
    known = date(2019, 8, 5)
    assert (str(row.began), row.began.known_by, row.since) == ("..2019-08-05", True, known)
    assert load().ownership("bitmitigate", known - timedelta(days=1)) is None
    assert load().perhaps_owned("bitmitigate", known - timedelta(days=1)) == [row]
    assert owner("bitmitigate", known) == "epik"
    (actor,) = who("company:bitmitigate", day=known - timedelta(days=1)).actors
    (change,) = [one for one in actor.changes if one.of == "BitMitigate"]
    assert (change.day, change.what, change.later) == ("2019-08-05", "owned", True)


def test_every_ownership_begins_on_a_day_of_a_source_but_for_parts_of_a_government():
    assert {row.parent for row in load().parents if row.began is None} == {"us-gov"}


def test_a_row_says_when_it_was_last_looked_at_else_the_catalogue_does(tmp_path):
    (tmp_path / "companies.csv").write_text(
        "id,name,country,aliases,source,checked\nacme,Acme,GB,,s,2026-11-29\nother,Other,GB,,s\n",
        encoding="utf-8",
    )
    known = load(tmp_path)
    looked = {
        one: who(f"company:{one}", day=date(2026, 11, 29), catalogue=known).actors[0].checked
        for one in ("acme", "other")
    }
    assert looked == {"acme": "2026-11-29", "other": known.checked}


@pytest.mark.parametrize("day", ["2016-13-45", "2.6.2019", "2016-00", "soon"])
def test_a_date_that_is_none_is_an_error_with_its_line(tmp_path, day):
    rows = f"company,parent,since,until,source\namazon,ibm,,,s\nibm,oracle,{day},,s\n"
    (tmp_path / "parents.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"parents\.csv, line 3.*|found '{day}'") as caught:
        load(tmp_path)
    assert day in str(caught.value)
    assert "parents.csv, line 3" in str(caught.value)


# -- who ------------------------------------------------------------------------------------


def test_who_reads_numbers_names_and_certificates():
    day = date(2026, 11, 28)
    named = {
        word: [one.id for one in who(word, day=day).actors]
        for word in (
            "AS13335",
            "registrar:292",
            "ns-1.awsdns-12.co.uk",
            "GeoTrust Inc.",
            "AS399999",
            "registrar:31337",
        )
    }
    assert named == {
        "AS13335": ["provider:cloudflare"],
        "registrar:292": ["provider:markmonitor"],
        "ns-1.awsdns-12.co.uk": ["provider:aws"],
        "GeoTrust Inc.": ["provider:symantec-ca"],
        "AS399999": [],
        "registrar:31337": [],
    }


def test_who_refuses_a_word_that_names_nobody():
    with pytest.raises(QuestionError, match="expected a provider, company, AS"):
        who("nobody at all", day=date(2026, 1, 1))


def test_a_certificate_of_symantec_s_is_digicert_s_since_the_day_of_the_sale():
    sold = date(2017, 10, 31)
    tops = [
        who("provider:symantec-ca", day=day).actors[0].owners[-1].company
        for day in (
            sold - timedelta(days=1),
            sold,
        )
    ]
    assert tops == ["symantec", "digicert"]


def test_the_text_says_what_came_later():
    told = str(who("linode", day=date(2021, 1, 10)))
    assert "Since then\n  2022-03: Linode LLC came to Akamai" in told
    assert "Depuis lors" in who("linode", day=date(2021, 1, 10)).text(lang="fr")


@pytest.mark.parametrize(
    ("name", "node"),
    [("github.io", "provider:github"), ("amazonaws.com", "provider:aws")],
)
def test_a_domain_whose_names_rules_know_is_somebodys(name, node):
    found = who(name, day=date(2026, 11, 1))
    assert node in [one.id for one in found.actors]


def test_a_domain_that_no_rule_knows_is_nobodys():
    with pytest.raises(QuestionError, match=r"found 'example\.com'"):
        who("example.com", day=date(2026, 11, 1))

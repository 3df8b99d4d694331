"""The shipped recordings: pinned, cited, and free of what nobody knows."""

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from depgraph.graph import build
from depgraph.observations import Evidence, Status
from depgraph.recording import read, verify

DATA = Path(__file__).parent.parent / "data"
FOLDER = DATA / "recordings"
INDEX = tomllib.loads((FOLDER / "index.toml").read_text("utf-8"))["recording"]
FILES = [row["file"] for row in INDEX]
WANTED = {
    ("parler.com", date(2021, 1, 9)),
    ("parler.com", date(2021, 1, 11)),
    ("parler.com", date(2021, 1, 18)),
    ("parler.com", date(2021, 2, 15)),
    ("parler.com", date(2023, 3, 1)),
    ("wikipedia.org", date(2021, 1, 10)),
    ("wikipedia.org", date(2021, 2, 15)),
    ("telegram.org", date(2026, 9, 25)),
}


def values_of(name, subject, kind, *, current=True):
    recording = read(FOLDER / name)
    first, last = recording.days
    return [
        (o.status.value, *o.values)
        for o in recording
        if (o.subject, o.type) == (subject, kind)
        and (o.time.date() <= last and o.end.date() >= first) == current
    ]


def test_the_index_lists_every_file_and_no_other():
    assert sorted(FILES) == sorted(path.name for path in FOLDER.glob("*.jsonl"))
    assert len(set(FILES)) == len(FILES)
    assert {(row["subject"], row["since"]) for row in INDEX} >= WANTED


@pytest.mark.parametrize("row", INDEX, ids=FILES)
def test_pinned(row):
    path = FOLDER / row["file"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
    assert verify(path) == []
    recording = read(path)
    assert recording.complete
    assert recording.problems == ()
    assert recording.days == (row["since"], row["until"])
    assert len(recording) == row["observations"]
    header = recording.header
    assert (header.subject, header.title) == (row["subject"], row["title"])
    assert (header.source, header.licence) == (row["source"], row["licence"])
    assert row["licence"] == "CC0-1.0"
    assert row["source"]
    assert row["question"].endswith("?")
    assert f"`{row['file']}`" in (DATA / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_observation_cites_a_fact_and_its_source(name):
    facts = next(row["facts"] for row in INDEX if row["file"] == name)
    for o in read(FOLDER / name):
        fact, _, source = o.citation.partition(": ")
        assert fact in facts
        assert len(source) > 10
        assert o.evidence in {Evidence.OBSERVED, Evidence.PUBLISHED, Evidence.REPORTED}
        assert "stored" not in o.citation
        assert o.note.isprintable()


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_by_others_is_reported(name):
    for o in read(FOLDER / name):
        if o.type == "operator":  # an operator's own document says on whom it runs, others report
            assert o.evidence in {Evidence.REPORTED, Evidence.PUBLISHED}
            assert o.source in {"document", "dataset"}
            assert set(o.fields()) == {"name", "role"}
        if o.status is Status.NOT_FOUND_IN_SOURCES:
            assert o.values == ()
            assert o.evidence is Evidence.REPORTED


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_made_up_of_parler(name):
    """No A, NS or certificate of parler.com is known between 2018 and 2023."""
    for o in read(FOLDER / name):
        inside = o.subject == "parler.com" or o.subject.endswith(".parler.com")
        if inside and o.type in {"A", "AAAA", "NS", "SOA", "certificate", "ns-domain", "CNAME"}:
            assert o.status is not Status.ANSWER
            assert o.values == ()
            assert 2018 <= o.time.year <= 2023
        if inside and o.type == "MX" and o.values:
            assert o.time.date() >= date(2023, 3, 1)


def test_searched_in_vain_is_said_on_each_day():
    for day in ("2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15", "2023-03"):
        name = f"parler.com_{day}.jsonl"
        for kind in ("A", "AAAA", "NS", "certificate", "TXT"):
            assert values_of(name, "parler.com", kind) == [("searched, not found",)]
    before = "parler.com_2021-01-09.jsonl"
    assert values_of(before, "parler.com", "registration") == [("searched, not found",)]
    assert values_of(before, "parler.com", "registration", current=False) == []


VENDORS = {"Okta login", "Twilio sms", "Zendesk support"}


@pytest.mark.parametrize(
    ("day", "current", "other"),
    [
        (
            "2021-01-09",
            {"Amazon Web Services host", *VENDORS},
            {"Microsoft (Exchange Online) mail"},
        ),
        (
            "2021-01-11",
            set(),
            {"Amazon Web Services host", "Microsoft (Exchange Online) mail", *VENDORS},
        ),
        (
            "2021-01-18",
            {"DDoS-Guard front"},
            {"Amazon Web Services host", "Microsoft (Exchange Online) mail"},
        ),
        (
            "2021-02-15",
            {"SkySilk host", "CloudRoute other", "DDoS-Guard other", "Epik other"},
            {
                "DDoS-Guard front",
                "Amazon Web Services host",
                "Microsoft (Exchange Online) mail",
            },
        ),
        ("2023-03", {"Parlement Technologies owner"}, {"SkySilk host"}),
    ],
)
def test_who_ran_parler_on_which_day(day, current, other):
    recording = read(FOLDER / f"parler.com_{day}.jsonl")
    first, last = recording.days
    found = {True: set(), False: set()}
    for o in recording:
        if o.type == "operator":
            stands = o.time.date() <= last and o.end.date() >= first
            found[stands].add(f"{o.first('name')} {o.first('role')}")
    assert found == {True: current, False: other}


def test_who_is_reported_to_be_involved_is_cited_with_what_speaks_against_it():
    graph = build(read(FOLDER / "parler.com_2021-02-15.jsonl"))
    edges = {
        head.removeprefix("provider:"): data
        for _, head, key, data in graph.out_edges("service:parler.com", keys=True, data=True)
        if key == "involvement"
    }
    assert sorted(edges) == ["cloudroute", "ddos-guard", "epik"]
    for data in edges.values():
        assert (data["strength"], data["evidence"]) == ("exposes", "reported")
    assert {"F030", "F173"} <= set(re.findall(r"F\d{3}", edges["ddos-guard"]["citation"]))
    assert "no proof of a front" in edges["ddos-guard"]["note"]
    assert {"F173", "F030", "F013"} <= set(re.findall(r"F\d{3}", edges["epik"]["citation"]))
    assert "registrar only" in edges["epik"]["note"]
    assert "not confirmed" in edges["cloudroute"]["note"]
    for function in ("web", "web-www", "mail", "name"):
        below = nx.descendants(graph, f"function:parler.com/{function}")
        assert not below & {"provider:ddos-guard", "provider:epik", "provider:cloudroute"}


def test_parler_was_with_epik_from_the_outage_on():
    epik = ("answer", "registrar Epik Inc.", "registrar-id 617")
    for day in ("2021-01-11", "2021-01-18"):
        assert values_of(f"parler.com_{day}.jsonl", "parler.com", "registration") == [epik]
    for day in ("2021-02-15", "2023-03"):
        name = f"parler.com_{day}.jsonl"
        assert values_of(name, "parler.com", "registration") == []
        assert values_of(name, "parler.com", "registration", current=False) == [epik]


def test_the_name_without_data_during_the_outage():
    name = "parler.com_2021-01-11.jsonl"
    (www,) = [o for o in read(FOLDER / name) if o.subject == "www.parler.com"]
    assert (www.type, www.status, www.server) == ("A", Status.NODATA, "8.8.8.8")
    assert www.evidence is Evidence.OBSERVED
    assert (www.time.hour, www.end.hour) == (8, 14)


def test_mail_of_2023():
    name = "parler.com_2023-03.jsonl"
    host = "mail-parler-com.mail.protection.outlook.com"
    assert values_of(name, "parler.com", "MX") == [("answer", host)]
    assert values_of(name, host, "A") == [("answer", "104.47.70.110")]
    assert values_of(name, "104.47.70.110", "origin") == [("answer", "asn 8075")]


@pytest.mark.parametrize("day", ["2021-01-10", "2021-02-15"])
def test_wikipedia_is_complete(day):
    name = f"wikipedia.org_{day}.jsonl"
    servers = ("ns0.wikimedia.org", "ns1.wikimedia.org", "ns2.wikimedia.org")
    assert values_of(name, "wikipedia.org", "NS") == [("answer", *servers)]
    assert values_of(name, "wikipedia.org", "MX") == [
        ("answer", "10 mx1001.wikimedia.org", "50 mx2001.wikimedia.org")
    ]
    assert len(values_of(name, "wikipedia.org", "A")) == 5
    assert len(values_of(name, "wikipedia.org", "AAAA")) == 5
    assert all(len(values_of(name, server, "A")) == 2 for server in servers)
    assert values_of(name, "wikipedia.org", "registration")[0][-1] == "registrar-id 292"
    assert {o.vantage for o in read(FOLDER / name) if o.subject == "wikipedia.org"} == {
        "",
        *(f"to:{site}" for site in ("eqiad", "codfw", "esams", "ulsfo", "eqsin")),
    }

"""The verbs that use the tables: list, update, fill in origins, attribute, withdraw a region."""

import json

import pytest
from click.testing import CliRunner

from depgraph.cli import main

DAY = "2026-08-22"
AWS = {
    "syncToken": "1",
    "createDate": f"{DAY}-00-00-00",
    "prefixes": [{"ip_prefix": "52.95.110.0/24", "region": "eu-west-1", "service": "EC2"}],
}
CASE = {
    "id": "a",
    "domain": "example.com",
    "date": DAY,
    "source": "test",
    "records": {"A": ["52.95.110.1"]},
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a verb in a user's cache of its own, with the files of a directory to install."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (incoming / "ip-ranges.json").write_text(json.dumps(AWS))
    (incoming / f"rv-{DAY}.pfx2as").write_text("52.95.110.0\t24\t16509\n192.0.2.0\t24\t64500\n")
    (tmp_path / "case.jsonl").write_text(json.dumps(CASE) + "\n")

    def run(*words, code=0):
        result = CliRunner().invoke(main, [word.replace("DIR", str(tmp_path)) for word in words])
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_tables_are_installed_from_a_directory_and_listed(run):
    assert "no tables in" in run("tables")
    assert run("tables", "update", "--from", "DIR/incoming").splitlines() == [
        f"aws: installed, 1 prefixes of {DAY}",
        f"caida-ipv4: installed, 2 prefixes of {DAY}",
    ]
    listed = run("tables").splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["aws", "published"],
        ["caida-ipv4", "routing"],
    ]


def test_a_refused_table_is_said_and_the_exit_status_is_not_zero(run, tmp_path):
    (tmp_path / "incoming" / "x-20260101.pfx2as").write_text("0.0.0.0\t0\t1\n")
    assert "refused, there is none" in run("tables", "update", "--from", "DIR/incoming", code=1)


def test_origins_that_a_file_lacks_are_taken_from_the_tables(run):
    run("tables", "update", "--from", "DIR/incoming")
    assert "16509" not in run("report", "DIR/case.jsonl")
    assert "16509" in run("report", "DIR/case.jsonl", "--tables")


def test_a_survey_takes_origins_from_the_tables(run, tmp_path):
    run("tables", "update", "--from", "DIR/incoming")
    counts = []
    for place, words in enumerate(((), ("--tables",))):
        run("survey", "DIR/case.jsonl", "-o", f"DIR/out{place}", *words)
        about = json.loads((tmp_path / f"out{place}/summary.json").read_text())
        counts.append([one["actor"] for one in about["layers"]["host"]["first"]])
    assert counts == [[], ["company:amazon"]]


def test_attribute_looks_up_origins_in_the_tables(run):
    lookup = ("attribute", "--tables", "--in", "DIR/case.jsonl")
    assert "aws/asn/16509" not in run(*lookup)
    run("tables", "update", "--from", "DIR/incoming")
    assert "aws/asn/16509" in run(*lookup)
    assert "aws/asn/16509" not in run("attribute", "--in", "DIR/case.jsonl")


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2026-08-22", "aws/asn/16509"),
        ("2021-01-10", "cloudflare/asn/13335"),
        ("2021-01-12", None),  # two days off: only last known
        (None, "aws/asn/16509"),  # of no day: the newest
    ],
)
def test_attribute_takes_the_tables_of_the_day_of_each_case(run, tmp_path, day, rule):
    (tmp_path / "incoming" / "rv-2021-01-10.pfx2as").write_text("52.95.110.0\t24\t13335\n")
    run("tables", "update", "--from", "DIR/incoming")
    case = {key: value for key, value in {**CASE, "date": day}.items() if value is not None}
    (tmp_path / "dated.jsonl").write_text(json.dumps(case) + "\n")
    network = json.loads(run("attribute", "--tables", "--in", "DIR/dated.jsonl"))["layers"][
        "network"
    ]
    if rule is None:
        assert network["unknown"] == "other-day"
        report = run("report", "DIR/dated.jsonl", "--tables", "--json")
        assert '"last_known_time": "2021-01-10' in report
    else:
        assert [entry["rule"] for entry in network] == [rule]


def test_without_a_routing_table_attribute_says_what_it_says_without_tables(run):
    lookup = ("attribute", "--in", "DIR/case.jsonl")
    assert run(*lookup, "--tables") == run(*lookup)
    assert run("report", "DIR/case.jsonl", "--tables") == run("report", "DIR/case.jsonl")


def test_a_region_of_a_cloud_is_known_by_its_published_ranges(run):
    withdraw = ("without", "DIR/case.jsonl", "aws/eu-west-1")
    assert "published ranges" in run(*withdraw, code=2)
    run("tables", "update", "--from", "DIR/incoming")
    assert "aws/eu-west-1" in run(*withdraw)

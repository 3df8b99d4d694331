"""The command line: exit codes, one clear line for what cannot be done, nothing half written."""

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli.group import Group
from tests.cli.running import run

DATA = Path(__file__).parent.parent.parent / "data/recordings"
RELAUNCH = DATA / "parler.com_2021-02-15.jsonl"
EVICTION = DATA / "parler.com_2021-01-09.jsonl"
WIKIPEDIA = DATA / "wikipedia.org_2021-01-10.jsonl"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "found nothing"),
        ("a..b", "empty label"),
        ("192.0.2.1", "IP address"),
        ("com", "public suffix"),
        ("a b.com", "space"),
        ("a\x07b.com", "control character"),
        ("a" * 300 + ".com", "characters"),
    ],
)
def test_a_bad_name_gives_one_line_and_writes_nothing(
    tmp_path: Path, typed: str, wrong: str
) -> None:
    out = tmp_path / "x.jsonl"
    result = run("observe", typed, "-o", out)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("depgraph: expected ")
    assert wrong in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_further_source_that_there_is_not_gives_one_line_and_writes_nothing(
    tmp_path: Path,
) -> None:
    result = run("observe", "example.org", "--also", "astrology", "-o", tmp_path / "x.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("depgraph: expected sources among ")
    assert result.stderr.endswith(", found 'astrology'\n")
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ["report"],
        ["takedown"],
        ["takedown", "--upto", "all", "--level", "country"],
        ["exposure"],
        ["findings"],
        ["without", "US"],
        ["without", "big-tech", "verisign"],
        ["dependence", "--on", "US"],
        ["check", "independent of big-tech"],
        ["importance"],
        ["wanted"],
    ],
)
def test_each_verb_answers_in_text_in_json_and_in_french(words: list[str]) -> None:
    verb, *rest = words
    texts = {lang: run(verb, RELAUNCH, *rest, "--lang", lang).stdout for lang in ("en", "fr")}
    assert "parler.com" in texts["en"]
    assert texts["en"] != texts["fr"]
    row = json.loads(run(verb, RELAUNCH, *rest, "--json").stdout)
    assert row["subject"] == "parler.com"


def test_compare_and_timeline_take_several_recordings() -> None:
    assert json.loads(run("compare", EVICTION, RELAUNCH, "--json").stdout)
    table = run("timeline", RELAUNCH, EVICTION).stdout
    assert table.index("2021-01-09") < table.index("2021-02-15")


def test_the_same_recording_gives_the_same_bytes() -> None:
    assert run("report", WIKIPEDIA, "--json").stdout == run("report", WIKIPEDIA, "--json").stdout


@pytest.mark.parametrize("suffix", ["md", "html", "json", "txt"])
def test_a_report_takes_its_form_from_the_suffix(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"r.{suffix}"
    assert run("report", RELAUNCH, "-o", out).exit_code == 0
    starts = {"md": "# ", "html": "<!doctype html>", "json": "{", "txt": "parler.com"}
    assert out.read_text().startswith(starts[suffix])
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("suffix", ["json", "graphml", "gexf", "dot", "mmd"])
def test_export_by_suffix(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"g.{suffix}"
    assert run("export", RELAUNCH, "-o", out).exit_code == 0
    assert "parler.com" in out.read_text()


@pytest.mark.parametrize(("verb", "suffix"), [("export", "xlsx"), ("draw", "bmp"), ("draw", "")])
def test_a_suffix_that_means_nothing_is_refused(tmp_path: Path, verb: str, suffix: str) -> None:
    result = run(verb, RELAUNCH, "-o", tmp_path / f"g.{suffix}")
    assert result.exit_code == 2
    assert "expected" in result.stderr
    assert not list(tmp_path.iterdir())


def test_verify_says_whole_or_lists_the_faults(tmp_path: Path) -> None:
    assert run("verify", RELAUNCH, WIKIPEDIA).exit_code == 0
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(RELAUNCH.read_bytes().replace(b"SkySilk", b"Someone", 1))
    result = run("verify", changed)
    assert result.exit_code == 1
    assert "SHA-256" in result.stdout
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(RELAUNCH.read_bytes().splitlines(keepends=True)[:5]))
    result = run("verify", cut)
    assert result.exit_code == 1
    assert "line 6: expected the line that ends a recording" in result.stdout
    assert "whole, <" not in result.stdout


@pytest.mark.parametrize("verb", ["takedown", "report", "findings", "dependence"])
def test_a_recording_that_somebody_changed_is_told_at_the_head_of_answers(
    tmp_path: Path, verb: str
) -> None:
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(RELAUNCH.read_bytes().replace(b"SkySilk", b"Someone", 1))
    said = run(verb, changed).stdout.splitlines()
    head = said[1:3]  # on a narrow terminal the title has two lines
    assert any(line.startswith("The recording is not as it was written") for line in head)
    told = json.loads(run(verb, changed, "--json").stdout)
    assert told["limits"][0]["limit"] == "changed"
    assert not told["complete"]
    assert run("findings", changed, "--exit-code").exit_code in {1, 3}


def test_where_nothing_could_be_looked_at_nothing_is_said_to_be_right(tmp_path: Path) -> None:
    scan = tmp_path / "scan.json"
    failed = '{"host":"HOST","status_code":"SERVFAIL","timestamp":"2026-08-01T10:00:00Z",'
    failed += r'"raw":";; QUESTION SECTION:\n;HOST.\tIN\t A\n"}'
    for host in ("failing.org", "failing.example"):  # the catalogue knows who runs .org
        scan.write_text(failed.replace("HOST", host))
        found = run("findings", scan, "--exit-code")
        assert found.exit_code == 3
        assert "Nothing could be looked at" in found.stdout
        assert json.loads(run("findings", scan, "--json").stdout)["looked_at"] is False
    scan.write_text(failed.replace("HOST", "works.org").replace("SERVFAIL", "NOERROR", 1)[:-1])
    scan.write_text(scan.read_text() + ',"a":["192.0.2.1"],"ns":["ns1.gandi.net"]}')
    assert "Nothing could be looked at" not in run("findings", scan).stdout


def test_merge_needs_one_service(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    assert run("merge", EVICTION, RELAUNCH, "-o", out).exit_code == 0
    assert len(depgraph.read(out)) > len(depgraph.read(RELAUNCH))
    refused = run("merge", EVICTION, WIKIPEDIA, "-o", tmp_path / "n.jsonl")
    assert refused.exit_code == 2
    assert not (tmp_path / "n.jsonl").exists()
    assert run("merge", EVICTION, RELAUNCH).stdout_bytes == out.read_bytes()


def _many(path: Path) -> Path:
    rows = [
        {"id": "1", "domain": "one.example", "date": "2026-01-01", "records": {"A": ["192.0.2.1"]}},
        {"id": "2", "domain": "two.example", "date": "2026-01-01", "records": {"A": ["192.0.2.2"]}},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "not JSON\n")
    return path


def test_a_file_of_many_services_wants_a_name(tmp_path: Path) -> None:
    many = _many(tmp_path / "many.jsonl")
    refused = run("report", many)
    assert refused.exit_code == 2
    assert "choose with --name" in refused.stderr
    assert "two.example" in run("report", many, "--name", "two.example").stdout
    absent = run("report", many, "--name", "three.example")
    assert (absent.exit_code, absent.stdout) == (2, "")
    assert "line 3" in absent.stderr


def test_an_actor_that_means_nothing_is_refused_with_the_nearest() -> None:
    result = run("without", RELAUNCH, "skysilkk")
    assert result.exit_code == 2
    assert "skysilk" in result.stderr


def test_explain_names_the_deciding_rule() -> None:
    out = run("explain", "mail-parler-com.mail.protection.outlook.com", "--at", "2023-03-30").stdout
    assert "Microsoft" in out
    assert "mx-host" not in out
    words = " ".join(out.split())  # a long line is broken at the width of the terminal
    assert "mail exchange mail-parler-com.mail.protection.outlook.com: rule microsoft" in words
    french = run("explain", "aspmx.l.google.com", "--at", "2023-03-30", "--lang", "fr").stdout
    assert french.startswith("Qui se tient derrière aspmx.l.google.com (le 2023-03-30)\n")
    told = json.loads(run("explain", "104.16.1.1", "--at", "2023-03-30", "--json").stdout)
    front = next(role for role in told["roles"] if role["layer"] == "front")
    assert (told["schema"], front["provider"]) == ("depgraph.explain/2", "cloudflare")


def test_attribute_gives_one_line_for_each_line(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("attribute", "--in", _many(tmp_path / "in.jsonl"), "--out", out).exit_code == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert "error" in lines[2]
    assert "hosting" in lines[0]["layers"]


def test_attribute_says_which_keys_it_does_not_read_and_refuses_what_is_no_case(
    tmp_path: Path,
) -> None:
    cases, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    cases.write_text('{"domain":"a.org","records":{"A":["192.0.2.1"]},"colour":"red"}\nno\n')
    done = run("attribute", "--in", cases)
    assert done.exit_code == 0
    assert "'colour'" in json.loads(done.stdout.splitlines()[0])["problems"][0]
    assert "line 1: keys that are not read" in done.stderr
    assert "1 of 2 lines could not be read; line 2" in done.stderr
    for content in ("name,type\na.org,A\n", ""):
        cases.write_text(content)
        done = run("attribute", "--in", cases, "--out", out)
        assert done.exit_code == 2
        assert "expected cases in JSON Lines" in done.stderr
        assert not out.exists()


@pytest.mark.parametrize("verb", ["survey", "frontier", "world"])
def test_inputs_of_which_none_reads_are_refused(tmp_path: Path, verb: str) -> None:
    given, out = tmp_path / "in.txt", tmp_path / "out"
    given.write_text("nothing of ours\n")
    done = run(verb, given, "-o", out)
    assert done.exit_code == 2
    assert "found none that could be read" in done.stderr
    assert not out.is_file()


def test_an_unknown_word_in_a_recording_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(
        '{"depgraph":"recording","format":1,"subject":"a.org"}\n'
        '{"subject":"a.org","type":"A","status":"wrong","time":"2026-01-01T00:00:00Z"}\n'
    )
    assert "(answer, referral, nodata, nxdomain," in run("verify", path).stdout


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("country:US", "takedown FILE --level country"),
        ("big-tech", "dependence FILE --on GROUP"),
        ("layer:dns", "report FILE"),
        ("registrar", "report FILE"),
        ("evict", "takedown FILE"),
        ("aws/us-east-1", "without FILE REGION"),
    ],
)
def test_who_says_where_a_word_that_names_nobody_is_answered(word: str, instead: str) -> None:
    done = run("who", word)
    assert done.exit_code == 2
    assert instead in done.stderr
    assert "near it" not in done.stderr


def test_a_name_or_a_list_where_a_file_of_records_is_read_is_told_what_does_that(
    tmp_path: Path,
) -> None:
    assert "depgraph wikipedia.org." in run("report", "https://wikipedia.org/").stderr
    assert "to observe" not in run("report", "nothing.jsonl").stderr
    names = tmp_path / "names.csv"
    names.write_text("site;land\nwikipedia.org;US\nsignal.org;US\n")
    for words in (("report", names), ("survey", names, "-o", tmp_path / "out")):
        done = run(*words)
        assert done.exit_code == 2
        assert "found a list of names: depgraph observe --from LIST" in done.stderr


def test_addresses_where_records_or_names_are_expected_are_told_what_answers(
    tmp_path: Path,
) -> None:
    addresses = tmp_path / "addresses.txt"
    addresses.write_text("192.0.2.1\n192.0.2.2\n")
    assert "depgraph explain ADDRESS" in run("report", addresses).stderr
    assert "give one address of it" in run("explain", "8.8.8.0/24").stderr


def test_citations_are_shown_without_our_numbers_of_facts() -> None:
    text = run("report", DATA / "parler.com_2021-02-15.jsonl").stdout
    assert "[1] Techdirt 2021-02-16" in text
    assert not re.search(r"\bF\d{3}: ", text)


def test_the_catalogue_is_whole() -> None:
    assert run("catalogue", "check").exit_code == 0


def _process(*words: object) -> list[str]:
    return [sys.executable, "-c", "from depgraph.cli import main; main()", *map(str, words)]


def test_a_reader_that_goes_away_is_no_error() -> None:
    report = subprocess.Popen(
        _process("report", WIKIPEDIA), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert report.stdout is not None
    assert report.stderr is not None
    report.stdout.close()
    assert report.stderr.read() == b""
    assert report.wait() == 0
    report.stderr.close()


def test_other_host_names_are_functions_of_their_own() -> None:
    report = run("report", WIKIPEDIA, "--host", "https://Api.wikipedia.org/", "--lang", "fr")
    assert "Web (api.wikipedia.org)" in report.stdout
    answer = run("takedown", WIKIPEDIA, "--host", "a.wikipedia.org", "--host", "b.org", "--json")
    functions = [one["function"] for one in json.loads(answer.stdout)["functions"]]
    assert functions == ["web", "web-www", "web:a.wikipedia.org", "web:b.org", "mail", "name"]
    refused = run("report", WIKIPEDIA, "--host", "a b")
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1


def test_a_day_of_which_nothing_was_recorded_is_told() -> None:
    for day in ("1980-01-01", "2030-01-01"):
        told = run("takedown", WIKIPEDIA, "--at", day)
        first = f"Nothing was recorded on {day}, the recording is of 2021-01-10"
        assert (told.exit_code, first in " ".join(told.stdout.split())) == (0, True)
        row = json.loads(run("takedown", WIKIPEDIA, "--at", day, "--json").stdout)
        (limit,) = (one for one in row["limits"] if one["limit"] == "another-day")
        assert (row["complete"], limit["of"]) == (False, [day, "2021-01-10", "2021-01-10"])
    day = json.loads(run("report", WIKIPEDIA, "--json").stdout)["since"]
    assert "Nothing was recorded" not in run("takedown", WIKIPEDIA, "--at", day).stdout


@pytest.mark.parametrize("asked", [("who", "akamai"), ("explain", "a1.g.akamai.net")])
def test_a_day_before_the_catalogue_begins_is_said_to_be_so(asked: tuple[str, str]) -> None:
    told = run(*asked, "--at", "1990-01-01").stdout
    assert told.splitlines()[1].startswith("The earliest day of which the catalogue says")
    begins = json.loads(run(*asked, "--at", "1990-01-01", "--json").stdout)["begins"]
    assert begins in told
    assert "earliest day" not in run(*asked, "--at", begins).stdout
    assert json.loads(run(*asked, "--at", begins, "--json").stdout)["begins"] == ""


def test_python_looks_for_circles_among_objects_less_often_while_a_verb_runs() -> None:
    before, during = gc.get_threshold(), list[tuple[int, int, int]]()
    group = Group(
        "x", callback=lambda: during.append(gc.get_threshold()), invoke_without_command=True
    )
    assert CliRunner().invoke(group, []).exit_code == 0
    assert during == [(100_000, 50, before[2])]
    assert gc.get_threshold() == before

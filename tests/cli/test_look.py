"""`depgraph NAME`, `depgraph FILE`, `depgraph demo`: from nothing to a page in one command."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from publicsuffixlist import PublicSuffixList

import depgraph
from depgraph import recording
from depgraph.cli import main
from depgraph.cli.files import _ENDINGS, is_read, name_asked

ROOT = Path(__file__).parent.parent.parent
TELEGRAM = ROOT / "data/recordings/telegram.org_2026-09-25.jsonl"
SCENARIOS = ROOT / "tests/scenarios"


def run(*words: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_file_is_read_and_a_page_written_beside_no_other(tmp_path: Path) -> None:
    for page in ("telegram.org_2026-09-25.html", "telegram.org_2026-09-25_2.html"):
        result = run(TELEGRAM, "-o", tmp_path)
        assert result.exit_code == 0
        assert "Google Cloud (Alphabet)" in result.stdout
        assert page in result.stderr
        assert (tmp_path / page).stat().st_size > 10_000
    assert len(list(tmp_path.iterdir())) == 2


def test_in_brief_or_the_whole_report(tmp_path: Path) -> None:
    brief, full = (run(TELEGRAM, "-o", tmp_path, option).stdout for option in ("--brief", "--full"))
    assert brief.splitlines()[0] == full.splitlines()[0] == "telegram.org, 2026-09-25"
    assert "In short" in full
    assert len(full) > 3 * len(brief)
    assert run("report", TELEGRAM, "--brief").stdout == brief
    assert run("report", TELEGRAM).stdout == full


def test_what_is_no_verb_no_file_and_no_name_is_told_what_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("parler.jsonl").write_text("")
    for typed, meant in {
        ("reprot", "x.jsonl"): "Did you mean report",
        ("parlr.jsonl",): "did you mean parler.jsonl?",
        ("./nosuch/x",): "or a file that is there",
        ("observe", "parlr.jsonl"): "did you mean parler.jsonl?",
        ("observe", "parler.jsonl"): "depgraph parler.jsonl reads it",
        ("--tls",): "expected the name of a service or a file",
    }.items():
        result = run(*typed)
        assert result.exit_code == 2, typed
        assert meant in result.stderr, (typed, result.stderr)
        assert result.stderr.count("\n") == 1
        assert not result.stdout


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["shop.zon"], "did you mean shop.zone? (depgraph --name shop.zon asks for that name)"),
        (["other.example", "--dated", "2026-08-01"], "since --dated stands with it"),
        (["other.example", "--origin", "shop.example"], "since --origin stands with it"),
        (["other.example", "--include"], "since --include stands with it"),
        (["shop.zonne", "--name", "shop.example"], "did you mean shop.zone?"),
        (["terraform.tfstate"], "or a file that is there"),
    ],
)
def test_a_mistyped_file_asks_no_network_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.zone").write_text("@ 60 IN A 192.0.2.1\n")
    result = run(*typed)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert [one.name for one in tmp_path.iterdir()] == ["shop.zone"]


def test_no_ending_of_files_is_a_top_level_domain() -> None:
    known = PublicSuffixList(accept_unknown=False)
    assert dict.fromkeys(_ENDINGS) == {word: known.publicsuffix(f"x.{word}") for word in _ENDINGS}


def test_help_and_version_are_not_looked_at() -> None:
    assert run("--version").exit_code == run("--lang", "fr", "--help").exit_code == 0
    assert "QUOI" in run("--lang", "fr", TELEGRAM, "--help").stdout


def test_the_demo_needs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("demo")
    assert result.exit_code == 0
    assert "parler.com, 2021-02-15" in result.stdout
    assert "SkySilk" in result.stdout
    assert run("demo", "gab.com").exit_code == 2  # of two days
    assert "gab.com, 2023-05-24" in run("demo", "gab.com", "2023").stdout
    assert not list(tmp_path.iterdir())


def test_examples_are_chosen_by_name_and_day() -> None:
    assert depgraph.example("parler.com", "2021-02-15").subject == "parler.com"
    assert depgraph.example("telegram.org").days[0].year == 2026
    for typed, choices in {
        ("parler.com", ""): "2021-01-09, 2021-01-11",
        ("parler.com", "1999"): "2021-01-09, 2021-01-11",
        ("parler.con", ""): "did you mean parler.com",
    }.items():
        with pytest.raises(depgraph.errors.RecordingError, match=choices):
            depgraph.example(*typed)
    assert len(recording.examples()) == len(list(TELEGRAM.parent.glob("*.jsonl")))


@pytest.mark.parametrize(
    ("verb", "file", "more", "code"),
    [
        ("check", "one-provider", ["no single company can take it down"], 1),
        ("check", "front-unknown-origin", ["web is independent of big-tech"], 3),
        ("findings", "no-glue", [], 1),
        ("findings", "two-providers", [], 0),
        ("compare", "one-provider", [SCENARIOS / "one-provider.jsonl"], 3),
        ("compare", "two-clouds-by-place", [SCENARIOS / "one-provider.jsonl"], 1),
    ],
)
def test_a_shell_can_branch_on_an_answer(verb: str, file: str, more: list, code: int) -> None:
    words = [verb, SCENARIOS / f"{file}.jsonl", *more]
    assert run(*words).exit_code == 0
    assert run(*words, "--exit-code").exit_code == code


def test_the_suffix_says_the_form_or_is_refused(tmp_path: Path) -> None:
    file = SCENARIOS / "one-provider.jsonl"
    for verb in ("report", "takedown", "findings"):
        refused = run(verb, file, "-o", tmp_path / "x.pdf")
        assert refused.exit_code == 2
        assert ".html" in refused.stderr
        assert run(verb, file, "-o", tmp_path / "x.html").exit_code == 0
        assert (tmp_path / "x.html").read_text().startswith("<!doctype html>")
        (tmp_path / "x.html").unlink()
    assert not list(tmp_path.iterdir())


def test_texts_are_as_wide_as_the_terminal() -> None:
    for columns in (80, 40):
        shown = run("report", TELEGRAM, COLUMNS=str(columns)).stdout
        assert max(map(len, shown.splitlines())) <= columns
    assert "\x1b" not in run("report", TELEGRAM).stdout


@pytest.mark.lab
def test_from_a_name_to_a_page(tmp_path: Path, lab) -> None:
    maps = tmp_path / "lab.json"
    lab.write_maps(maps)
    out = tmp_path / "out"
    result = run("shop.example", "-o", out, "--lang", "fr", DEPGRAPH_ENDPOINTS=str(maps))
    assert result.exit_code == 0
    assert "Registrar Mike" in result.stdout
    page, recorded = sorted(out.iterdir())
    assert (page.suffix, recorded.suffix) == (".html", ".jsonl")
    assert recording.read(recorded).complete

    # One of today that was left is gone on with; a finished one stays as it is.
    lines = recorded.read_bytes().splitlines(keepends=True)
    recorded.write_bytes(b"".join(lines[:20]))
    run("shop.example", "-o", out, DEPGRAPH_ENDPOINTS=str(maps))
    assert recording.read(recorded).complete
    again = run("shop.example", "-o", out, "--json", DEPGRAPH_ENDPOINTS=str(maps))
    assert json.loads(again.stdout)["schema"] == "depgraph.brief/2"
    assert sum(one.suffix == ".jsonl" for one in out.iterdir()) == 2


@pytest.mark.lab
@pytest.mark.parametrize("name", ["nosuch.example", "nosuch.nosuchtld"])
def test_a_name_that_does_not_exist_is_the_first_line_and_the_exit_code(
    tmp_path: Path, lab, name: str
) -> None:
    maps = tmp_path / "lab.json"
    lab.write_maps(maps)
    result = run("--name", name, "-o", tmp_path / "out", DEPGRAPH_ENDPOINTS=os.fspath(maps))
    assert result.exit_code == 4
    assert result.stdout.startswith(f"{name} does not exist")
    assert [one.suffix for one in (tmp_path / "out").iterdir()] == [".jsonl"]


DENIED = """{"name":"gone.example.","type":"%s","class":"IN","status":"NXDOMAIN","flags":["rd","ra"],
"data":{"authorities":[{"ttl":900,"type":"SOA","class":"IN","name":"example.",
"data":"ns1.p.example. h.p.example. 1 7200 900 1209600 86400"}]},"resolver":"9.9.9.9:53"}"""
OVER_HTTPS = """{"Status":3,"Question":[{"name":"gone.example.","type":1}]}"""


@pytest.mark.parametrize("kind", ["A", "MX", "AAAA"])
@pytest.mark.parametrize("options", [["--brief"], []])
def test_one_denial_of_a_name_is_of_all_its_types(
    tmp_path: Path, kind: str, options: list[str]
) -> None:
    """NXDOMAIN is of the name, whatever type was asked for (RFC 8020, RFC 2308)."""
    reply = tmp_path / "reply.json"
    reply.write_text(" ".join((DENIED % kind).split("\n")))
    result = run("report", *options, "--dated", "2026-08-01", reply)
    told = result.stdout.splitlines()
    assert result.exit_code == 4
    assert any(
        line.startswith("gone.example does not exist: the DNS knows no such name")
        for line in told[:2]
    )
    assert "mail exchanges" not in result.stdout
    wanted = run("wanted", "--dated", "2026-08-01", reply).stdout
    assert "No answer hangs on anything that is not known." in wanted


def test_a_denial_by_a_resolver_that_is_not_named_settles_nothing(tmp_path: Path) -> None:
    """Which one an answer over HTTPS is of stands in the address that was asked, and not in it."""
    reply = tmp_path / "reply.json"
    reply.write_text(OVER_HTTPS)
    result = run("report", "--brief", "--dated", "2026-08-01", reply)
    assert result.exit_code == 0
    assert "does not exist" not in result.stdout


ONE_OF_TWO = """; <<>> DiG 9.18.28 <<>> cafe.example
cafe.example. 300 IN A 104.16.0.1
cafe.example. 300 IN NS ns1.dnsimple.com.
www.cafe.example. 300 IN CNAME cafe.netlify.app.
"""


def test_of_two_web_sites_the_word_says_which_one_can_be_stopped(tmp_path: Path) -> None:
    """ "web" is both; somebody who can stop the apex alone is not told like one who can stop both."""
    table = tmp_path / "records.dig"
    table.write_text(ONE_OF_TWO)
    told = run("report", "--brief", "--dated", "2026-08-01", table).stdout
    lines = {line.split()[0]: line.rstrip() for line in told.splitlines() if line.startswith("  ")}
    assert lines["Front"].endswith("web (without www)")
    assert "web (www)" in lines["Host"]
    assert "without www" not in lines["Name"]
    assert (
        "web (sans www)"
        in run("report", "--brief", "--lang", "fr", "--dated", "2026-08-01", table).stdout
    )


def test_of_two_web_sites_every_face_says_which_one(tmp_path: Path) -> None:
    table = tmp_path / "records.dig"
    table.write_text(ONE_OF_TWO)
    wanted = " ".join(run("wanted", "--dated", "2026-08-01", table).stdout.split())
    assert "whether Big Tech can stop it (web (without www), mail and name)" in wanted
    run("draw", "--dated", "2026-08-01", "--kind", "strip", table, "-o", tmp_path / "strip.svg")
    drawn = (tmp_path / "strip.svg").read_text("utf-8")
    assert "can stop web (without www) alone" in drawn
    assert "Web (without www): Cloudflare and DNSimple Registrar" in drawn
    # No IPv6 address was asked for: the first screen says so where it says who can stop what.
    told = run("report", "--brief", "--dated", "2026-08-01", table).stdout
    assert "over IPv4 (IPv6 is not known)" in told


def test_what_is_no_recording_of_ours_is_kept_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    zone = "$ORIGIN shop.example.com.\n@ 300 IN A 192.0.2.1\n"
    Path("zones").mkdir()
    Path("zones/one.zone").write_text(zone)
    for what in ("zones", "zones/", "zones/one.zone"):
        result = run(what, "--name", "shop.example.com", "--dated", "2026-08-01", "-o", "made")
        assert result.exit_code == 0, result.stderr
        page, kept = sorted(Path("made").iterdir())
        assert (page.name, kept.name) == tuple(
            f"shop.example.com_2026-08-01{suffix}" for suffix in (".html", ".jsonl")
        )
        assert str(page) in result.stderr
        assert str(kept) in result.stderr
        assert not recording.verify(kept)
        assert run("report", kept, "--brief").stdout == result.stdout
        page.unlink()
        kept.unlink()


def test_a_folder_called_as_a_service_is_no_file_unless_typed_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("example.org").mkdir()
    assert is_read("example.org/")
    assert not is_read("example.org")
    assert is_read(".")


def test_a_comma_in_a_name_and_an_address_for_mail_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = run("shop.example,com")
    assert result.exit_code == 2
    assert "found a comma in 'shop.example,com': did you mean 'shop.example.com'?" in result.stderr
    assert name_asked("info@shop.example.com") == "shop.example.com"
    told = capsys.readouterr().err
    assert "an e-mail address: its domain is asked about, shop.example.com" in told
    assert name_asked("https://user@shop.example.com/") == "shop.example.com"
    assert not capsys.readouterr().err

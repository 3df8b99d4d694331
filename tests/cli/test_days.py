"""A folder with recordings of one service of several days: one day is taken, or each stands alone."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depgraph.cli import main

RECORDINGS = Path(__file__).parent.parent.parent / "data/recordings"
DAYS = ("2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15")


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "many"
    made.mkdir()
    for day in DAYS:
        shutil.copy(RECORDINGS / f"parler.com_{day}.jsonl", made)
    return made


@pytest.mark.parametrize("name", [(), ("--name", "parler.com")])
def test_the_last_of_several_days_is_taken_and_that_is_told(
    folder: Path, name: tuple[str, ...]
) -> None:
    taken = run("report", folder, "--json", *name)
    assert "recordings of parler.com of 4 days" in taken.stderr
    assert all(day in taken.stderr for day in DAYS)
    assert "the last is taken, 2021-02-15" in taken.stderr
    assert "--at DAY" in taken.stderr
    assert "depgraph timeline" in taken.stderr
    asked = run("report", folder, "--json", "--at", "2021-02-15", *name)
    assert not asked.stderr
    first, second = (json.loads(one.stdout) for one in (taken, asked))
    assert {key for key in first if first[key] != second[key]} <= {"cite"}
    assert (first["since"], first["until"]) == ("2021-02-15", "2021-02-15")


@pytest.mark.parametrize("day", DAYS)
def test_who_can_stop_it_on_a_day_is_what_that_day_alone_says(folder: Path, day: str) -> None:
    alone = folder / f"parler.com_{day}.jsonl"
    given = ("report", folder, "--json", "--at", day)
    one, other = (json.loads(run(*words).stdout) for words in (given, ("report", alone, "--json")))
    assert one["title"] == other["title"]
    one, other = (
        json.loads(run(*words, "--brief").stdout) for words in (given, ("report", alone, "--json"))
    )
    assert one["layers"] == other["layers"]


def test_every_service_of_a_folder_has_its_day_told(folder: Path) -> None:
    every = run("report", folder, "--all", "--json")
    assert "judged for 2021-02-15" in every.stderr
    (one,) = json.loads(every.stdout)
    assert "relaunch" in one["title"]


def test_a_bundle_is_of_one_day(folder: Path, tmp_path: Path) -> None:
    last, chosen = tmp_path / "last.html", tmp_path / "chosen.html"
    told = run("bundle", folder, "-o", last, "--name", "parler.com")
    assert "the last is taken, 2021-02-15" in told.stderr
    assert "parler.com_2021-02-15.jsonl" in last.read_text()
    run("bundle", folder, "-o", chosen, "--at", "2021-01-18")
    text = chosen.read_text()
    assert "parler.com_2021-01-18.jsonl" in text


def test_a_folder_laid_out_in_time_has_a_moment_for_each_day(folder: Path) -> None:
    moments = json.loads(run("timeline", folder, "--json").stdout)["moments"]
    assert [one["since"] for one in moments] == list(DAYS)
    files = [folder / f"parler.com_{day}.jsonl" for day in DAYS]
    assert moments == json.loads(run("timeline", *files, "--json").stdout)["moments"]


def test_what_others_measured_joins_a_recording_of_another_day(tmp_path: Path) -> None:
    shutil.copy(RECORDINGS / f"parler.com_{DAYS[-1]}.jsonl", tmp_path)
    beside = {
        "domain": "parler.com",
        "date": "2021-03-01",
        "records": {"MX": ["10 mx.example.net"]},
    }
    (tmp_path / "plain.jsonl").write_text(json.dumps(beside) + "\n")
    result = run("report", tmp_path, "--brief", "--json")
    assert "joined 2 recordings of parler.com, 2021-02-15 to 2021-03-01" in result.stderr
    row = json.loads(result.stdout)
    assert (row["since"], row["until"]) == ("2021-02-15", "2021-03-01")

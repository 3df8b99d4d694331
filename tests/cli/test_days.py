"""A folder with recordings of one service of several days: one day is taken, or each stands alone."""

import json
import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from tests.cli.running import run

RECORDINGS = Path(__file__).parent.parent.parent / "data/recordings"
DAYS = ("2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15")


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
    assert "stands for 2021-02-15" in every.stderr
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


def test_what_others_measured_on_another_day_than_a_recording_of_ours_is_no_fact_of_its_day(
    tmp_path: Path,
) -> None:
    shutil.copy(RECORDINGS / f"parler.com_{DAYS[-1]}.jsonl", tmp_path)
    beside = {
        "domain": "parler.com",
        "date": "2021-03-01",
        "records": {"MX": ["10 mx.example.net"]},
    }
    (tmp_path / "plain.jsonl").write_text(json.dumps(beside) + "\n")
    result = run("report", tmp_path, "--brief", "--json")
    assert "joined 2 recordings of parler.com, 2021-02-15 to 2021-03-01" in result.stderr
    assert "as of 2021-02-15: what is of another day is last known" in result.stderr
    row = json.loads(result.stdout)
    assert (row["since"], row["until"]) == ("2021-02-15", "2021-02-15")


def _dnsx(day: str, **answers: object) -> str:
    row = {"host": "acme.com", "resolver": ["192.0.2.8:53"], "status_code": "NOERROR"}
    return json.dumps(row | answers | {"timestamp": f"{day}T10:00:00Z"}) + "\n"


def _rdap(day: str, *status: str) -> str:
    events = [
        {"eventAction": "expiration", "eventDate": "2025-07-01T00:00:00Z"},
        {"eventAction": "last update of RDAP database", "eventDate": f"{day}T00:00:00Z"},
    ]
    registrar = {
        "objectClassName": "entity",
        "roles": ["registrar"],
        "handle": "292",
        "vcardArray": ["vcard", [["fn", {}, "text", "MarkMonitor Inc."]]],
        "publicIds": [{"type": "IANA Registrar ID", "identifier": "292"}],
    }
    row = {"objectClassName": "domain", "ldhName": "ACME.COM", "status": list(status)}
    return json.dumps(row | {"events": events, "entities": [registrar]})


def _dig(day: str, status: str, *answers: str) -> str:
    weekday = datetime.fromisoformat(day).strftime("%a %b %d 10:00:00 UTC %Y")
    header = f";; ->>HEADER<<- opcode: QUERY, status: {status}, id: 4"
    flags = f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(answers)}, AUTHORITY: 0, ADDITIONAL: 0"
    lines = [";; Got answer:", header, flags, ";; QUESTION SECTION:", ";acme.com.\tIN\tA"]
    if answers:
        lines += [";; ANSWER SECTION:", *answers]
    end = ["", ";; SERVER: 192.0.2.8#53(192.0.2.8)", f";; WHEN: {weekday}", ""]
    return "\n".join([*lines, *end])


_ZONE = """$ORIGIN acme.com.
$TTL 3600
@ IN SOA ns1.p.example. h.acme.com. 1 3600 600 86400 300
@ IN NS ns1.p.example.
@ IN NS ns2.q.example.
@ IN A 192.0.2.44
@ IN MX 10 mx.mail.example.
"""
_FOLDERS = {
    "a hold of long ago": [
        _rdap("2025-06-15", "client hold", "pending delete"),
        _dnsx("2026-08-01", a=["192.0.2.1"], ns=["ns1.p.example", "ns2.p.example"]),
    ],
    "who has moved": [
        _dnsx("2026-07-01", a=["192.0.2.1"], mx=["mx.mail.example"], ns=["ns1.p.example"]),
        _dnsx("2026-08-01", a=["192.0.2.7"], ns=["ns1.q.example", "ns2.q.example"]),
    ],
    "three forms of three days": [
        _dig("2026-07-15", "NXDOMAIN"),
        _rdap("2026-07-17", "active"),
        _dnsx("2026-08-01", a=["192.0.2.1"], ns=["ns1.p.example", "ns2.p.example"]),
    ],
    "a zone, and no such name later": [_ZONE, _dig("2026-09-05", "NXDOMAIN")],
    "no such name, and a zone later": [_ZONE, _dig("2026-07-05", "NXDOMAIN")],
}


def _written(folder: Path, texts: Iterable[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text)
    return folder


@pytest.mark.parametrize("several", _FOLDERS.values(), ids=_FOLDERS)
def test_the_order_of_the_files_of_others_says_nothing(several: list[str], tmp_path: Path) -> None:
    said = set()
    for number, order in enumerate(permutations(several)):
        folder = _written(tmp_path / str(number), order)
        told = run("report", folder, "--json", "--dated", "2026-08-01").stdout
        for place, text in enumerate(order):  # what is cited is the file, wherever it stands
            told = told.replace(f"{place}.txt", f"file {several.index(text)}")
        said.add(re.sub(r'"sha256": "\w+"', "", told))
    assert len(said) == 1


def _report(tmp_path: Path, name: str, *words: str) -> str:
    folder = _written(tmp_path / "folder", _FOLDERS[name])
    return run("report", folder, "--dated", "2026-08-01", *words).stdout


def test_a_hold_of_long_ago_breaks_nothing_that_resolves_today(tmp_path: Path) -> None:
    told = _report(tmp_path, "a hold of long ago")
    assert "Broken now" not in told
    assert "expires on" not in told
    assert "last known on 15 Jun 2025, 412 days before: MarkMonitor" in " ".join(told.split())


def test_of_two_scans_the_last_is_taken_and_the_earlier_is_last_known(tmp_path: Path) -> None:
    told = _report(tmp_path, "who has moved")
    assert "192.0.2.7" in told
    assert "192.0.2.1 " not in told
    assert "last known on 1 Jul 2026, 31 days before: mail.example" in " ".join(told.split())


def test_a_zone_and_a_denial_of_it_are_each_of_their_day(tmp_path: Path) -> None:
    assert "acme.com does not exist" in _report(tmp_path, "a zone, and no such name later")
    (tmp_path / "other").mkdir()
    told = _report(tmp_path / "other", "no such name, and a zone later")
    assert "does not exist" not in told
    assert "mx.mail.example" in told


def test_scans_of_others_laid_out_in_time_have_a_moment_for_each_day(tmp_path: Path) -> None:
    several = [_dnsx(f"2026-08-0{n}", a=[f"192.0.2.{n}"], ns=["ns1.p.example"]) for n in (1, 2, 3)]
    one_file = tmp_path / "all"
    one_file.write_text("".join(several))
    for source in (_written(tmp_path / "folder", several), one_file):
        moments = json.loads(run("timeline", source, "--json").stdout)["moments"]
        assert [one["since"] for one in moments] == ["2026-08-01", "2026-08-02", "2026-08-03"]


def test_a_scan_that_goes_on_after_midnight_is_one(tmp_path: Path) -> None:
    several = [_dnsx("2026-08-01", a=["192.0.2.1"]), _dnsx("2026-08-02", mx=["mx.mail.example"])]
    told = run("report", _written(tmp_path / "folder", several)).stdout
    assert "acme.com, 2026-08-01 to 2026-08-02" in told
    assert "192.0.2.1" in told
    assert "last known" not in told


def test_a_merged_recording_is_of_one_day_and_asked_about_each(
    folder: Path, tmp_path: Path
) -> None:
    files = [folder / f"parler.com_{day}.jsonl" for day in DAYS]
    merged = tmp_path / "merged.jsonl"
    told = run("merge", *files, "-o", merged)
    assert "recordings of 4 days, of which 2021-02-15 is taken" in told.stderr
    assert run("merge", *reversed(files)).stdout == run("merge", *files).stdout
    for day in DAYS:
        alone, other = (
            json.loads(run("takedown", file, "--json", "--at", day).stdout)
            for file in (folder / f"parler.com_{day}.jsonl", merged)
        )
        answers = [
            [(one["function"], one["state"], one["alone"]) for one in made["functions"]]
            for made in (alone, other)
        ]
        assert answers[0] == answers[1]
    last = json.loads(run("takedown", merged, "--json").stdout)
    assert (last["since"], last["until"]) == (DAYS[-1], DAYS[-1])


def test_notes_are_in_the_language_that_was_asked_for(folder: Path, tmp_path: Path) -> None:
    told = run("report", folder, "--brief", "--lang", "fr").stderr
    assert f"{folder}\u00a0: relevés de parler.com de 4 jours (" in told
    assert "retenu\u00a0: le dernier, le 2021-02-15. Un autre\u00a0: --at JOUR." in told
    one = folder / f"parler.com_{DAYS[-1]}.jsonl"
    dated = run("report", one, "--brief", "--dated", "2026-08-01", "--lang", "fr").stderr
    assert "--dated n’est pas utilisé\u00a0: le fichier dit lui-même de quand il date" in dated
    path = tmp_path / "plain.jsonl"
    good = '{"domain": "example.org", "date": "2021", "records": {"A": ["192.0.2.1"]}}\n'
    path.write_text(good + '{"domain": "x.org"}\n' * 30)
    bad = run("report", path, "--brief", "--lang", "fr").stderr.splitlines()
    assert bad[-2:] == [
        f"depgraph: {path}\u00a0: 25 autres lignes n’ont pas pu être lues\u00a0: 7-31",
        "depgraph: --dated DATE donne la date des lignes qui n’en portent pas",
    ]


def test_verify_says_so_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = folder / f"parler.com_{DAYS[-1]}.jsonl"
    assert run("verify", one).stdout.startswith(f"{one}: whole, <Recording of parler.com, ")
    monkeypatch.setenv("DEPGRAPH_LANG", "fr")
    assert run("verify", one).stdout.startswith(f"{one}\u00a0: intact, <Recording of parler.com, ")

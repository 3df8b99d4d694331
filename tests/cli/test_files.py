"""Whatever file is given: read, joined, or refused in one clear line."""

import gzip
import json
import lzma
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depgraph.cli import main

DATA = Path(__file__).parent.parent.parent / "data/recordings"
STATIC = DATA / "parler.com_2021-01-18.jsonl"
ZONE = """$ORIGIN example.
$TTL 3600
@ IN SOA ns.example. host.example. 1 2 3 4 5
@ IN NS ns.example.
ns IN A 192.0.2.1
a IN NS ns1.a.example.
ns1.a IN A 192.0.2.2
b IN NS ns.other.test.
"""


def run(*words: object, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\n\n", "an empty file"),
        (b"\0" * 50, "none of them"),
        (b"\x89PNG\r\n\x1a\n\0\0", "none of them"),
        (b"<!doctype html><p>A b</p>", "from which URL the page was saved"),
        (b"[1, 2, 3]\n", "none of them"),
        (b"42\n", "none of them"),
        (b"hello world, this is a letter\nI saw it, a picture\n", "none of them"),
        (b"name,type,value\n", "below the header of the table, found no row"),
        (
            b'{"domain": "a.example", "date": "2026-08-01", "A": ["192.0.2.1"], "NS": []}\n',
            "'A', 'NS' belong in an object under 'records'",
        ),
        (b'{"foo": 1}\n', "expected a 'domain', found none"),
        (b'{"domain": ', "expected a whole JSON document"),
        (gzip.compress(STATIC.read_bytes())[:500], "a damaged one"),
        (lzma.compress(STATIC.read_bytes())[:700], "a damaged one"),
        (STATIC.read_bytes().replace(b'"format":1', b'"format":2'), "a newer depgraph"),
        (ZONE.encode(), "--dated"),
    ],
)
def test_what_is_no_recording_is_refused_in_a_line(
    tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "given"
    path.write_bytes(content)
    result = run("report", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert found in result.stderr
    assert all(line.startswith("depgraph: ") for line in result.stderr.splitlines())
    assert result.stderr.count("\n") <= 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_packed_and_piped_recordings_read_alike(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "packed"
    path.write_bytes(pack(STATIC.read_bytes()))  # type: ignore[operator]
    plain = run("report", STATIC).stdout
    assert run("report", path).stdout == plain
    assert run("report", "-", stdin=path.read_bytes()).stdout == plain


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_can_be_given_by_its_path(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, STATIC.read_bytes())
    os.close(writer)
    try:
        assert run("report", f"/dev/fd/{reader}").stdout == run("report", STATIC).stdout
    finally:
        os.close(reader)


def test_a_zone_file_gives_each_delegation_on_the_day_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "zone"
    path.write_text(ZONE)
    given = ("--name", "a.example", "--dated", "2026-08-22", "--json")
    row = json.loads(run("report", path, *given).stdout)
    assert (row["subject"], row["since"], row["until"]) == ("a.example", "2026-08-22", "2026-08-22")
    assert "ns1.a.example" in json.dumps(row)
    wrong = run("report", path, "--name", "c.example", "--dated", "2026-08-22")
    assert wrong.exit_code == 2
    assert "expected a recording of c.example" in wrong.stderr
    assert run("report", path, "--dated", "yesterday").exit_code == 2


def _zdns(name: str, module: str, answers: list[dict[str, object]], time: str) -> str:
    data = {"answers": answers, "resolver": "192.0.2.53:53"}
    result = {"data": data, "status": "NOERROR", "timestamp": time}
    return json.dumps({"name": name, "results": {module: result}})


def test_the_lines_of_a_scan_are_joined(tmp_path: Path) -> None:
    a = {"name": "example.com", "class": "IN", "type": "A", "ttl": 60, "answer": "192.0.2.1"}
    mx = {"name": "example.com", "class": "IN", "type": "MX", "ttl": 60}
    mx |= {"answer": "mx.example.net.", "preference": 10}
    www = a | {"name": "www.example.com", "answer": "192.0.2.2"}
    day = "2024-08-22T10:00:00Z"
    lines = [
        _zdns("example.com", "A", [a], day),
        _zdns("example.com", "MX", [mx], "2024-08-23T10:00:00Z"),
        _zdns("www.example.com", "A", [www], day),
        _zdns("badexample.com", "A", [a | {"name": "badexample.com", "answer": "192.0.2.9"}], day),
    ]
    path = tmp_path / "scan.json"
    path.write_text("\n".join(lines) + "\n")
    several = run("report", path)
    assert several.exit_code == 2
    assert "--name" in several.stderr
    result = run("report", path, "--name", "example.com")
    assert all(word in result.stdout for word in ("192.0.2.1", "192.0.2.2", "mx.example.net"))
    assert "192.0.2.9" not in result.stdout
    assert "joined 3 recordings of example.com, 2024-08-22 to 2024-08-23" in result.stderr


def test_bad_lines_are_said_but_not_all_of_them(tmp_path: Path) -> None:
    good = '{"domain": "example.org", "date": "2021", "records": {"A": ["192.0.2.1"]}}\n'
    path = tmp_path / "plain.jsonl"
    path.write_text(good + '{"domain": "x.org"}\n' * 300)
    result = run("report", path)
    assert "192.0.2.1" in result.stdout
    assert result.stderr.count("\n") == 7
    assert "295 more lines could not be read: 7-301" in result.stderr
    assert "--dated" in result.stderr


def test_a_cut_line_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    path.write_bytes(STATIC.read_bytes()[:-50])
    result = run("report", path)
    assert result.stderr.count("cut off") == 1


@pytest.mark.parametrize(
    "words", [["report"], ["export"], ["draw"], ["merge"], ["takedown"]], ids=lambda words: words[0]
)
def test_what_cannot_be_written_is_called_by_its_own_name(words: list[str]) -> None:
    suffix = {"export": "json", "draw": "png"}.get(words[0], "txt")
    result = run(*words, STATIC, "-o", f"/nonexistent/x.{suffix}")
    assert result.exit_code == 2
    assert "expected a folder that is there" in result.stderr
    assert "part" not in result.stderr
    assert words == ["draw"] or f"/nonexistent/x.{suffix}" in result.stderr


@pytest.mark.parametrize("typed", ["a b", "a..b", "", "com"])
def test_explain_refuses_what_is_no_name(typed: str) -> None:
    result = run("explain", typed)
    assert result.exit_code == 2
    assert result.stderr.startswith("depgraph: expected a ")


DAYS = ("2026-08-01", "2026-08-02")


def undated(folder: Path, form: str) -> list[Path]:
    """Two undated files of one service, on another host the second day."""
    paths = []
    for number, target in enumerate(("inn.herokuapp.com", "inn.netlify.app")):
        path = folder / str(number) / f"inn.example.{form}"
        path.parent.mkdir()
        path.write_text(
            {
                "zone": f"$ORIGIN inn.example.\n$TTL 1h\n@ IN A 192.0.2.1\nwww IN CNAME {target}.\n",
                "csv": f"name,type,value\ninn.example,A,192.0.2.1\nwww.inn.example,CNAME,{target}.\n",
                "yaml": f"www:\n  type: CNAME\n  value: {target}.\n",
            }[form]
        )
        paths.append(path)
    return paths


@pytest.mark.parametrize("form", ["zone", "csv", "yaml"])
@pytest.mark.parametrize("verb", ["compare", "timeline"])
def test_undated_files_are_compared_by_a_date_for_each(
    tmp_path: Path, verb: str, form: str
) -> None:
    files = undated(tmp_path, form)
    dates = [word for day in DAYS for word in ("--dated", day)]
    found = run(verb, *files, "--name", "inn.example", *dates)
    assert found.exit_code == 0, found.stderr
    assert all(word in found.stdout for word in ("Heroku", "Netlify", *DAYS))
    wrong = run(verb, *files, *dates, "--dated", "2026-08-03")
    assert wrong.exit_code == 2
    assert "once for each of the 2 files" in wrong.stderr


def test_a_date_that_is_not_used_is_told(tmp_path: Path) -> None:
    assert "--dated is not used" in run("report", STATIC, "--dated", "2026-08-01").stderr
    (zone, _) = undated(tmp_path, "zone")
    assert not run("report", zone, "--dated", "2026-08-01").stderr
    Path(zone).write_text(f";; Exported:   2026-08-03 16:46:18\n{Path(zone).read_text()}")
    result = run("report", zone, "--dated", "2026-08-01", "--brief")
    assert "--dated is not used" in result.stderr
    assert "2026-08-03" in result.stdout


def test_a_name_server_in_its_own_zone_is_of_the_same_service(tmp_path: Path) -> None:
    path = tmp_path / "dig.txt"
    message = ";; ->>HEADER<<- opcode: QUERY, status: {}, id: 1\n;; flags: qr rd ra;\n"
    message += ";; QUESTION SECTION:\n;{}. IN {}\n{};; WHEN: Sat Aug 01 10:00:00 UTC 2026\n\n"
    answer = ";; ANSWER SECTION:\nshop.example. 60 IN NS ns1.shop.example.\n"
    path.write_text(
        message.format("NOERROR", "shop.example", "NS", answer)
        + message.format("NXDOMAIN", "ns1.shop.example", "A", "")
    )
    assert run("report", path).stdout.startswith("shop.example, 2026-08-01")


def test_what_contradicts_itself_or_is_a_directory_is_said(tmp_path: Path) -> None:
    both = run("report", STATIC, "--json", "--format", "text")
    assert both.exit_code == 2
    assert "found --json and --format text" in both.stderr
    assert run("report", STATIC, "--json", "--format", "json").exit_code == 0
    folder = run("report", STATIC, "-o", tmp_path)
    assert "a file to write for --output, found the directory" in folder.stderr
    assert "found the directory" in run("verify", tmp_path).stderr


def test_lines_of_a_folder_that_are_counted_name_their_file(tmp_path: Path) -> None:
    zone = "$ORIGIN {}.\n@ 60 IN SOA ns.p.net. h.p.net. 1 2 3 4 5\n@ 60 IN A 192.0.2.1\n"
    bad = "@ 60 IN A 192.0.2.999\n"
    (tmp_path / "a.zone").write_text(zone.format("a-shop.org") + bad * 6)
    (tmp_path / "b.zone").write_text(zone.format("b-shop.org") + bad * 2)
    told = run("report", tmp_path, "--name", "a-shop.org", "--dated", "2026-08-01").stderr
    assert "3 more lines could not be read: a.zone 9; b.zone 4-5" in told


def test_a_name_that_a_file_does_not_have_is_told_how_to_find(tmp_path: Path) -> None:
    zone = "$ORIGIN {}.\n@ 60 IN SOA ns.p.net. h.p.net. 1 2 3 4 5\n@ 60 IN A 192.0.2.1\n"
    (tmp_path / "verein.zone").write_text(zone.format("verein.de"))
    given = ("--dated", "2026-08-01")
    for words in (("--name", "verien.de"), ("--name", "verien.de", "--name", "verein.de")):
        result = run("report", tmp_path, *words, *given)
        assert result.exit_code == 2
        assert "did you mean verein.de?" in result.stderr
    two = tmp_path / "two.zone"
    two.write_text(zone.format("a-shop.org") + zone.format("b-shop.org"))
    refused = run("report", two, "--name", "www.b-shop.org", *given)
    assert "--origin b-shop.org reads the lines of that zone" in refused.stderr
    assert run("report", two, "--origin", "b-shop.org", *given).exit_code == 0


@pytest.mark.parametrize(
    "verb", [("report",), ("takedown",), ("timeline",), ("survey",), ("verify",)]
)
def test_a_mistyped_file_is_told_which_was_meant(tmp_path: Path, verb: tuple[str, ...]) -> None:
    (tmp_path / "parler.com_2021-02-15.jsonl").write_text("")
    result = run(*verb, tmp_path / "parlr.com_2021-02-15.jsonl")
    assert result.exit_code == 2
    assert f"Did you mean {tmp_path / 'parler.com_2021-02-15.jsonl'}?" in result.stderr


def test_several_files_where_one_is_read_go_into_a_folder(tmp_path: Path) -> None:
    result = run("bundle", STATIC, STATIC, "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "put the files into a folder" in result.stderr

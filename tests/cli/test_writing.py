"""Nothing is overwritten: no input by any verb, no recording and no graph, unless told so."""

import gzip
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import depgraph
from depgraph import exchange
from depgraph.cli import main
from depgraph.cli.writing import OutputPath, Verb
from tests.cli.running import run

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests/scenarios/one-provider.jsonl"
OTHER = ROOT / "tests/scenarios/two-providers.jsonl"

# How each verb is called on one recording, and the suffix of what it writes.
VERBS = {
    "attribute": (["attribute", "--in", "FILE"], "jsonl"),
    "bundle": (["bundle", "FILE"], "html"),
    "check": (["check", "FILE", "independent of big-tech"], "txt"),
    "compare": (["compare", "FILE", "FILE"], "txt"),
    "dependence": (["dependence", "FILE"], "txt"),
    "draw": (["draw", "FILE"], "svg"),
    "export": (["export", "FILE"], "json"),
    "explain": (["explain", "example.org"], "txt"),
    "exposure": (["exposure", "FILE"], "txt"),
    "findings": (["findings", "FILE"], "txt"),
    "importance": (["importance", "FILE"], "txt"),
    "learn": (["catalogue", "learn", "FILE"], "csv"),
    "merge": (["merge", "FILE"], "jsonl"),
    "precedents": (["precedents"], "txt"),
    "report": (["report", "FILE"], "json"),
    "takedown": (["takedown", "FILE"], "txt"),
    "timeline": (["timeline", "FILE"], "txt"),
    "wanted": (["wanted", "FILE"], "txt"),
    "who": (["who", "akamai"], "txt"),
    "without": (["without", "FILE", "US"], "txt"),
    "world": (["world", "FILE"], "world"),
}
FOLDERS = {"frontier", "survey"}  # write files of names of their own


def refused(*words: object) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("depgraph: expected ")
    assert result.stderr.count("\n") == 1
    assert "--force" in result.stderr
    return result.stderr


def call(verb: str, file: Path) -> list[object]:
    return [file if word == "FILE" else word for word in VERBS[verb][0]]


def copied(folder: Path, name: str, source: Path = SMALL) -> Path:
    path = folder / name
    path.write_bytes(source.read_bytes())
    return path


def commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from commands(command)
        else:
            yield command


def test_every_verb_that_writes_is_in_the_table_and_has_its_guard() -> None:
    writing = {}
    for command in commands(main):
        found = [p for p in command.params if {"-o", "--out", "--output"} & set(p.opts)]
        if found and command.name not in {"observe", "look"}:  # which write over nothing at all
            writing[command.name] = found
    assert writing.keys() == VERBS.keys() | FOLDERS
    for verb, (option,) in writing.items():
        folder = isinstance(option.type, click.Path) and not option.type.file_okay
        assert folder if verb in FOLDERS else isinstance(option.type, OutputPath), verb
    assert all(isinstance(command, Verb) for command in commands(main))


@pytest.mark.parametrize("verb", [verb for verb, (call, _) in VERBS.items() if "FILE" in call])
@pytest.mark.parametrize("spelling", ["same", "relative", "symbolic", "hard", "dotted"])
def test_no_verb_writes_over_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, spelling: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = copied(tmp_path, f"in.{VERBS[verb][1]}")
    output = tmp_path / f"out.{VERBS[verb][1]}"
    if spelling == "symbolic":
        output.symlink_to(path)
    elif spelling == "hard":
        output.hardlink_to(path)
    else:
        (tmp_path / "folder").mkdir()
        output = {"same": path, "relative": Path(path.name)}.get(
            spelling, Path("folder/..") / path.name
        )
    before = path.read_bytes()
    assert "than those it reads" in refused(*call(verb, path), "-o", output)
    assert path.read_bytes() == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_no_verb_writes_over_a_recording(tmp_path: Path, verb: str, pack: object) -> None:
    output = tmp_path / f"out.{VERBS[verb][1]}"
    output.write_bytes(pack(OTHER.read_bytes()))  # type: ignore[operator]
    before = output.read_bytes()
    assert "found a recording" in refused(*call(verb, SMALL), "-o", output)
    assert output.read_bytes() == before


def test_no_verb_writes_over_a_world(tmp_path: Path) -> None:
    output = tmp_path / "all.world"
    assert run("world", OTHER, "-o", output).exit_code == 0
    before = output.read_bytes()
    assert "found a world" in refused("world", SMALL, "-o", output)
    assert output.read_bytes() == before


@pytest.mark.parametrize("verb", VERBS)
def test_force_writes_over_all_of_them(tmp_path: Path, verb: str) -> None:
    path = copied(tmp_path, f"in.{VERBS[verb][1]}")
    whole = tmp_path / f"whole.{VERBS[verb][1]}"
    assert run(*call(verb, SMALL), "-o", whole).exit_code == 0
    assert run(*call(verb, path), "-o", path, "--force").exit_code == 0
    assert path.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(
    "start",
    [
        b'{"depgraph":"recording"',  # killed while the header was written
        b'\xef\xbb\xbf{"depgraph": "recording", "format": 1}\r\n',
        b'{"format": 9, "depgraph" : "recording", "subject": "x.example"}\nnot JSON\n',
    ],
)
def test_a_damaged_recording_is_one_too(tmp_path: Path, start: bytes) -> None:
    output = tmp_path / "out.txt"
    output.write_bytes(start)
    assert "found a recording" in refused("report", SMALL, "-o", output)


@pytest.mark.parametrize("form", ["json", "graphml"])
def test_a_graph_that_can_be_read_back_is_kept(tmp_path: Path, form: str) -> None:
    output = tmp_path / f"g.{form}"
    assert run("export", SMALL, "-o", output).exit_code == 0
    before = output.read_bytes()
    assert "found a graph" in refused("export", OTHER, "-o", output)
    assert "found a graph" in refused("report", OTHER, "-o", output, "--format", "text")
    assert output.read_bytes() == before
    assert run("export", OTHER, "-o", output, "--force").exit_code == 0
    assert exchange.load(output).graph["subject"] == depgraph.read(OTHER).subject


@pytest.mark.parametrize(
    ("verb", "suffix"),
    [
        ("report", "txt"),
        ("report", "md"),
        ("report", "html"),
        ("report", "json"),
        ("takedown", "txt"),
        ("draw", "svg"),
        ("draw", "html"),
        ("export", "dot"),
        ("export", "gexf"),
        ("export", "mmd"),
    ],
)
def test_what_is_made_again_is_replaced(tmp_path: Path, verb: str, suffix: str) -> None:
    output = tmp_path / f"out.{suffix}"
    for source in (OTHER, SMALL):
        assert run(verb, source, "-o", output).exit_code == 0
    once = tmp_path / f"once.{suffix}"
    assert run(verb, SMALL, "-o", once).exit_code == 0
    assert output.read_bytes() == once.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["without", SMALL, "actors.txt"],
        ["dependence", SMALL, "--on", "actors.txt"],
        ["check", SMALL, "independent of actors.txt"],
    ],
    ids=["without", "dependence", "check"],
)
def test_a_file_of_actors_is_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[object]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("actors.txt").write_text("US\n")
    assert "than those it reads" in refused(*words, "-o", tmp_path / "actors.txt")
    assert Path("actors.txt").read_text() == "US\n"


@pytest.mark.parametrize("words", [["report", "-"], ["attribute"]], ids=lambda words: words[0])
def test_standard_input_is_an_input(tmp_path: Path, words: list[str]) -> None:
    path = copied(tmp_path, "in.txt")
    command = [sys.executable, "-c", "from depgraph.cli import main; main()", *words]
    with path.open("rb") as file:
        done = subprocess.run(
            [*command, "-o", str(path)], stdin=file, capture_output=True, check=False, cwd=ROOT
        )
    assert done.returncode == 2
    assert b"than those it reads" in done.stderr
    assert path.read_bytes() == SMALL.read_bytes()


def test_observe_begins_no_recording_over_a_file(tmp_path: Path) -> None:
    for source in (SMALL, ROOT / "pyproject.toml"):
        path = copied(tmp_path, "there", source)
        result = run("observe", "shop.example", "-o", path)
        assert result.exit_code == 2
        assert "resume it, or give another" in result.stderr
        assert path.read_bytes() == source.read_bytes()


def test_a_device_loses_nothing_and_stays_one() -> None:
    assert run("report", SMALL, "-o", os.devnull).exit_code == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "svg", "jsonl"])
def test_a_report_in_a_form_there_is_none_of_is_refused_with_the_choices(
    tmp_path: Path, suffix: str
) -> None:
    result = run("report", SMALL, "-o", tmp_path / f"x.{suffix}")
    assert (result.exit_code, result.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert (
        f"expected a file name in .txt, .md, .html, .htm, .json, found '.{suffix}'" in result.stderr
    )
    assert run("report", SMALL, "-o", tmp_path / f"x.{suffix}", "--format", "text").exit_code == 0


@pytest.mark.parametrize("name", ["plain", "X.MD", "x.htm", "x.txt"])
def test_a_report_takes_these_names(tmp_path: Path, name: str) -> None:
    starts = {"plain": "shop.com", "X.MD": "# ", "x.htm": "<!doctype html>", "x.txt": "shop.com"}
    assert run("report", SMALL, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text().startswith(starts[name])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report"], "expected FILE, found none. See 'main report --help'"),
        (["report", "/no\x1b[31m/such"], "expected a file that is there for FILE, found"),
        (["takedown", SMALL, "--upto", "none"], "expected a number from 1, or 'all'"),
        (["nosuchverb"], "expected a command among attribute, bundle, catalogue, check"),
        (
            ["catalogue", "nosuch"],
            "expected a command among check, find, learn, list, found 'nosuch'",
        ),
        (["report", SMALL, "--nosuch"], "expected an option of this command, found '--nosuch'"),
    ],
)
def test_wrong_usage_is_said_in_one_line(words: list[object], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.startswith("depgraph: ")
    assert result.stderr.count("\n") == 1
    assert result.stderr[:-1].isprintable()


def test_a_group_without_a_verb_shows_its_help() -> None:
    assert "Usage: " in run("catalogue").output


STATIC = Path(__file__).parents[2] / "data/recordings/telegram.org_2026-09-25.jsonl"


@pytest.mark.parametrize(
    "words",
    [
        ["report", STATIC, "-o"],
        ["takedown", STATIC, "-o"],
        ["merge", STATIC, "-o"],
        ["export", STATIC, "-o"],
        ["attribute", "--in", STATIC, "--out"],
        ["observe", "shop.example", "-o"],
    ],
)
def test_a_name_that_promises_another_form_is_refused(tmp_path: Path, words: list[object]) -> None:
    output = tmp_path / "x.pdf"
    result = run(*words, output)
    assert result.exit_code == 2
    assert "found '.pdf'" in result.stderr
    assert not output.exists()


@pytest.mark.parametrize("called", ["g.json", "g.graphml", "of-its-own-name"])
def test_a_graph_that_was_exported_is_read_by_every_verb(tmp_path: Path, called: str) -> None:
    path = tmp_path / "g.json"
    assert run("export", STATIC, "-o", path).exit_code == 0
    if called == "g.graphml":
        path = tmp_path / called
        assert run("export", STATIC, "-o", path).exit_code == 0
    path = path.rename(tmp_path / called)
    subject = run("report", STATIC).stdout.split(",")[0]
    for words in (
        ["takedown"],
        ["report"],
        ["findings"],
        ["exposure"],
        ["timeline"],
        ["dependence"],
    ):
        asked = run(*words, path)
        assert asked.exit_code == 0, asked.stderr
        assert asked.stdout == run(*words, STATIC).stdout
    assert run("compare", path, STATIC).exit_code == 0
    assert run("takedown", path, "--name", subject).exit_code == 0
    other = run("takedown", path, "--name", "other.example")
    assert (other.exit_code, "found one of" in other.stderr) == (2, True)
    early = run("takedown", path, "--at", "2026-01-01")
    assert (early.exit_code, "it is built already" in early.stderr) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-o", "x.txt"),
        ("takedown", "-o", "x.json"),
        ("draw", "-o", "x.svg"),
        ("export", "-o", "x.dot"),
        ("merge", "-o", "x.jsonl"),
        ("bundle", "-o", "x.zip", "--zip"),
    ],
)
def test_every_verb_names_the_file_that_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    verb, *rest = words
    result = CliRunner().invoke(main, [verb, str(STATIC), *rest])
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines() == [rest[1]]
    assert not result.stdout
    nowhere = CliRunner().invoke(main, [verb, str(STATIC), *rest, "-o", f"nodir/{rest[1]}"])
    assert nowhere.exit_code == 2
    assert "found none called nodir: make it (mkdir nodir)" in nowhere.stderr


def test_a_bundle_that_is_to_be_a_zip_is_not_called_otherwise(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["bundle", str(STATIC), "--zip", "-o", str(tmp_path / "story.html")]
    )
    assert result.exit_code == 2
    assert "-o story.zip" in result.stderr

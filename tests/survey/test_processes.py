"""The command judges in a process of its own: nobody notices, however it ends."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli import main
from depgraph.errors import DepgraphError, QuestionError
from depgraph.survey import Survey, files
from depgraph.survey.processes import apart, pool
from depgraph.survey.run import survey
from depgraph.texts.refusals import refuse

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "data/recordings"
SEVERAL = [
    RECORDINGS / "telegram.org_2026-09-25.jsonl",
    RECORDINGS / "parler.com_2021-01-18.jsonl",
]
PROGRAM = [sys.executable, "-m", "depgraph"]
UNGUARDED = "import depgraph.cli; depgraph.cli.main({words!r})"


def typed(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "survey", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, **more)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def lines(path: Path, count: int, server: str = "ns1.cloudflare.com") -> Path:
    """Write answers about so many services."""
    rows = (
        {"domain": f"s{n}.example", "date": "2026-01-05", "records": {"NS": [server]}}
        for n in range(count)
    )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a survey that is judged where the command runs."""
    folder = tmp_path_factory.mktemp("expected")
    words = ["survey", *map(str, SEVERAL), "-o", str(folder)]
    assert CliRunner().invoke(main, words).exit_code == 0
    return contents(folder)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_program_writes_the_same_files_and_says_the_same(
    tmp_path: Path, expected: dict[str, bytes], jobs: int
) -> None:
    done = typed(*SEVERAL, "-o", tmp_path, "--jobs", jobs)
    assert (done.returncode, done.stdout) == (0, "")
    said = "Survey of 2 services, 18 Jan 2021 to 25 Sep 2026"
    assert done.stderr == f"{said}, in {tmp_path}; refused: 0; notes: 0\n"
    assert contents(tmp_path) == expected


def test_a_script_that_is_no_module_may_survey_and_call_the_command(
    tmp_path: Path, expected: dict[str, bytes]
) -> None:
    """A process that loaded it anew would begin another one, and that another one."""
    script = tmp_path / "script.py"
    out = tmp_path / "out"
    words = ["survey", *map(str, SEVERAL), "-o", str(out)]
    asked = f"import depgraph; print(len(depgraph.survey({list(map(str, SEVERAL))!r})))"
    script.write_text(f"{asked}\n{UNGUARDED.format(words=words)}\n")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, "2\n")
    assert contents(out) == expected


def test_what_the_shell_has_opened_is_read_where_it_is_open(tmp_path: Path) -> None:
    with lines(tmp_path / "scan.jsonl", 3).open() as file:
        done = typed("/dev/stdin", "-o", tmp_path / "out", stdin=file)
    assert (done.returncode, len(files.load(tmp_path / "out"))) == (0, 3)


def test_what_is_refused_and_warned_of_is_one_line_as_ever(tmp_path: Path) -> None:
    out = tmp_path / "out"
    source, other = lines(tmp_path / "scan.jsonl", 3), tmp_path / "other.txt"
    other.write_text("x.example\n")
    words = [source, "--only", other, "-o", out]
    here = CliRunner().invoke(main, ["survey", *map(str, words)])
    done = typed(*words)
    assert (done.returncode, done.stderr) == (here.exit_code, here.stderr)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    depgraph.survey(source, upto=1, shards=out / ".shards")
    assert "upto 1, now 2" in typed(source, "-o", out).stderr
    begun = typed(source, "-o", out, "--force")
    assert begun.returncode == 0
    assert begun.stderr.startswith(f"depgraph: {out}/.shards: begun anew, without 1 shards")


def children(process: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for one in map(int, path.read_text().split()):
            found += [one, *children(one)]
    return found


def soon(holds: Callable[[], bool]) -> None:
    for _ in range(12_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("expected it to happen, and it did not")


def lives(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to look for processes")
@pytest.mark.parametrize(("ended", "jobs"), [(signal.SIGINT, 1), (signal.SIGKILL, 2)])
def test_it_ends_with_all_its_processes_and_goes_on(
    tmp_path: Path, ended: signal.Signals, jobs: int
) -> None:
    source, out = lines(tmp_path / "scan.jsonl", 2_000), tmp_path / "out"
    command = [*PROGRAM, "survey", str(source), "-o", str(out), "--jobs", str(jobs)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background have it ignored, and hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        soon(lambda: any(out.glob(".shards/0*")))
        began = children(process.pid)
        assert len(began) >= jobs
        process.send_signal(ended)
        if ended == signal.SIGINT:
            assert process.communicate() == (None, "depgraph: interrupted\n")
            assert process.returncode == 130
        process.wait()
        soon(lambda: not any(map(lives, began)))
    done = sorted(out.glob(".shards/0*"))
    assert 0 < len(done) < 10
    before = [path.stat().st_mtime_ns for path in done]
    again = depgraph.survey(source, shards=out / ".shards")
    assert len(again) == 2_000
    assert [path.stat().st_mtime_ns for path in done] == before


# What is called apart, by its name

WORDS = refuse(QuestionError, "level", levels="company, country", found="'x'")


def works(*, progress: Callable[[int], None], count: int) -> int:
    for number in range(count):
        progress(number)
    logging.getLogger("depgraph.readers").warning("%s: changed", "a.jsonl")
    return os.getpid()


def raises(error: Exception, *, progress: Callable[[int], None]) -> None:
    raise error


def waits(path: Path, *, progress: Callable[[int], None]) -> None:
    with tempfile.TemporaryDirectory(dir=path):
        progress(os.getpid())
        time.sleep(60)


def is_killed(*, progress: Callable[[int], None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_progress_and_warnings_come_back(caplog: pytest.LogCaptureFixture) -> None:
    told: list[int] = []
    assert apart(works, progress=told.append, count=3) != os.getpid()
    assert told == [0, 1, 2]
    assert caplog.record_tuples == [("depgraph.readers", logging.WARNING, "a.jsonl: changed")]
    assert apart(works, count=1) != os.getpid()


def test_an_error_comes_back_as_it_is() -> None:
    with pytest.raises(QuestionError) as caught:
        apart(raises, WORDS)
    assert (str(caught.value), caught.value.said) == (str(WORDS), WORDS.said)
    with pytest.raises(FileNotFoundError) as missing:
        apart(raises, FileNotFoundError(2, "No such file", "a.zone"))
    assert missing.value.filename == "a.zone"
    with pytest.raises(ZeroDivisionError) as bug:
        apart(raises, ZeroDivisionError("by zero"))
    assert "in raises" in bug.value.__notes__[0]


def test_that_it_was_killed_is_told() -> None:
    with pytest.raises(DepgraphError, match=r"found it ended \(-9\), perhaps for lack of memory"):
        apart(is_killed)


def test_that_one_of_several_was_killed_is_told() -> None:
    with (
        pytest.raises(DepgraphError, match="found one ended, perhaps for lack of memory"),
        pool(2) as several,
    ):
        several.submit(is_killed, progress=print).result()


def test_it_ends_with_the_call_and_leaves_nothing_on_disk(tmp_path: Path) -> None:
    began: list[int] = []

    def goes_away(process: int) -> None:
        began.append(process)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        apart(waits, tmp_path, progress=goes_away)
    assert not lives(began[0])
    assert list(tmp_path.iterdir()) == []


def test_a_survey_comes_back_whole(tmp_path: Path) -> None:
    made = apart(survey, SEVERAL, shards=tmp_path)
    assert isinstance(made, Survey)
    assert made.tables == depgraph.survey(SEVERAL).tables

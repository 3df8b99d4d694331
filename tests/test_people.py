"""Five people in a real terminal (a pseudo-terminal of 80 columns), and what they open in a browser.

One has a name, one a file, one a list, one a zone, one a notebook. ``python -m tests.test_people``
writes what they see to ``docs/first-minutes.md``; the one with a name needs the lab.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import pytest

from tests.lab import Lab, missing
from tests.pictures import opened
from tests.pictures.test_page import browser, needs_browser  # noqa: F401

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/first-minutes.md"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PROGRESS = re.compile(r" a second, \d+ s left$")
ZONE = """\
$ORIGIN shop.example.
$TTL 3600
@    SOA   ns1.dns-alfa.example. hostmaster 1 7200 900 1209600 300
@    NS    ns1.dns-alfa.example.
@    NS    ns2.dns-alfa.example.
@    A     192.0.2.1
www  CNAME shop.example.
@    MX    10 mail.shop.example.
mail A     192.0.2.2
"""
LIST = """\
Website;Kind
https://wikipedia.org/;encyclopedia
parler.com;network
gab.com;network
"""
OBSERVED = ("gab.com_2023-05", "parler.com_2021-02-15", "wikipedia.org_2021-02-15")
"""Recordings of the services in the list, as ``depgraph observe --from`` writes them."""
CELLS = """\
import depgraph

parler = depgraph.build(depgraph.read("parler.jsonl"))
print(depgraph.without(parler, "Epik"))
"""
STORIES = (
    ("Nothing yet", "depgraph demo"),
    ("A file", "depgraph parler.jsonl"),
    ("A file for the newsroom", "depgraph bundle parler.jsonl -o story.html"),
    ("A list", "depgraph survey observed -o survey --join services.csv"),
    ("A zone", "depgraph shop.zone --dated 2026-11-01"),
    ("A notebook", "python cells.py"),
    ("A typing error", "depgraph reprot parler.jsonl"),
    ("A file that is called otherwise", "depgraph parlr.jsonl"),
)
NAME = ("A name", "depgraph shop.example")
"""Its day is that on which it is typed; the page has another in its place."""
HEAD = (
    "# The first minutes\n\nFive people have a name, a file, a list, a zone, a notebook; this is what "
    "is on their terminal of 80\ncolumns. `python -m tests.test_people` writes this page, from "
    "servers of our own (`make lab`) where a\nname is asked for."
)
LONGEST = 24  # lines of a screen that are in the page


def typed(command: str, folder: Path, *, columns: int = 80, **environment: str) -> tuple[int, str]:
    """Run a command in a terminal; return its exit code and what is then on the screen."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}}
    env = kept | {"TERM": "xterm", "PYTHONPATH": str(ROOT)} | environment
    verb, *rest = shlex.split(command)
    words = [sys.executable, *([] if verb == "python" else ["-m", verb]), *rest]
    with subprocess.Popen(
        words, cwd=folder, env=env, stdin=slave, stdout=slave, stderr=slave, close_fds=True
    ) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                part = os.read(master, 1 << 16)
            except OSError:  # Linux: the other end was closed
                break
            if not part:
                break
            shown += part
        os.close(master)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def plain(shown: str) -> str:
    return CONTROL.sub("", shown)


def prepared(folder: Path) -> Path:
    source = ROOT / "data/recordings/parler.com_2021-01-18.jsonl"
    (folder / "parler.jsonl").write_bytes(source.read_bytes())
    (folder / "shop.zone").write_text(ZONE)
    (folder / "services.csv").write_text(LIST)
    (folder / "cells.py").write_text(CELLS)
    (folder / "observed").mkdir()
    for name in OBSERVED:
        shutil.copy(ROOT / f"data/recordings/{name}.jsonl", folder / "observed")
    return folder


def by_name(folder: Path, lab: Lab) -> tuple[int, str]:
    """Ask for a name of the lab; return the exit code and what stands below the progress."""
    maps = folder / "lab.json"
    lab.write_maps(maps)
    code, shown = typed(NAME[1], folder, DEPGRAPH_ENDPOINTS=str(maps))
    return code, shown.rpartition("\x1b[?25h")[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def screens(folder: Path) -> dict[str, tuple[int, str]]:
    return {command: typed(command, folder) for _, command in STORIES}


def test_nothing_is_wider_than_the_terminal_and_the_first_screen_fits(screens) -> None:
    for command, (_, shown) in screens.items():
        lines = plain(shown).splitlines()
        if command.startswith("python"):
            continue  # a notebook is as wide as its page
        assert max(map(len, lines)) <= 80, command
        if command != "depgraph demo":
            assert len(lines) <= LONGEST, command


def test_each_gets_an_answer_and_the_files_that_it_names(screens, folder: Path) -> None:
    for _, command in STORIES[:-2]:
        assert screens[command][0] == 0, command
    for name in ("parler.com_2021-01-18.html", "story.html", "shop.example_2026-11-01.html"):
        assert (folder / name).stat().st_size > 10_000
    assert (folder / "survey/report.html").exists()
    assert "Epik" in screens["python cells.py"][1]


@needs_browser
@pytest.mark.parametrize("name", ["parler.com_2021-01-18.html", "story.html"])
def test_what_they_open_is_legible_on_a_phone_and_on_a_desk(
    browser,  # noqa: F811
    screens,
    folder: Path,
    name: str,
) -> None:
    assert screens
    for width in (opened.PHONE, opened.DESK):
        with opened.screen(browser, width):
            opened.visit(browser, folder / name)
            size, words = opened.smallest(browser)
            assert size >= 11, words
            assert opened.wider(browser) == 0
            assert opened.requests(browser) == opened.console(browser) == []


def test_what_cannot_be_done_says_what_could(screens) -> None:
    code, shown = screens["depgraph reprot parler.jsonl"]
    assert code == 2
    assert "Did you mean report" in " ".join(plain(shown).split())
    code, shown = screens["depgraph parlr.jsonl"]
    assert code == 2
    assert "did you mean parler.jsonl?" in " ".join(plain(shown).split())


def test_headings_are_bold_on_a_terminal_unless_the_reader_wants_none(screens, tmp_path) -> None:
    _, shown = screens["depgraph parler.jsonl"]
    assert "\x1b[1m" in shown
    _, shown = typed("depgraph parler.jsonl", prepared(tmp_path), columns=40, NO_COLOR="1")
    assert "\x1b" not in shown
    assert max(map(len, plain(shown).splitlines())) <= 40


@pytest.mark.lab
def test_one_with_a_name_has_a_page_in_one_command(tmp_path: Path, lab) -> None:
    code, shown = by_name(tmp_path, lab)
    assert code == 0
    lines = plain(shown).splitlines()
    assert len([line for line in lines if line.strip()]) <= 24
    assert max(map(len, lines)) <= 80
    assert "Registrar Mike" in shown
    assert len(list(tmp_path.glob("shop.example*.html"))) == 1
    title, _ = NAME
    assert part(title, NAME[1], shown) in PAGE.read_text(), "run python -m tests.test_people"


def part(title: str, command: str, shown: str) -> str:
    """Return what one of them sees as a part of the page; only the first screen of what is long."""
    lines = [line.rstrip() for line in plain(shown).strip().splitlines()]
    lines = [line for line in lines if not PROGRESS.search(line)]
    if command == NAME[1]:
        lines = [re.sub(r"20\d\d-\d\d-\d\d", "2026-11-01", line) for line in lines]
    if len(lines) > LONGEST:
        lines[LONGEST:] = [f"... ({len(lines) - LONGEST} more lines)"]
    screen = "\n".join([f"$ {command}", *lines])
    code = f"```python\n{CELLS}```\n\n" if command.startswith("python") else ""
    return f"## {title}\n\n{code}```text\n{screen}\n```"


def transcript() -> str:
    """Return what people see, as a page of the docs."""
    from tests.conftest import HOW

    if missing():
        raise SystemExit(f"expected the servers of the lab, found none: {HOW}")
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name))
        parts = [part(title, command, typed(command, folder)[1]) for title, command in STORIES]
        with Lab() as lab:
            parts.insert(1, part(*NAME, by_name(folder, lab)[1]))
    return "\n\n".join([HEAD, *parts]) + "\n"


def test_the_page_has_what_each_of_them_sees(screens) -> None:
    page = PAGE.read_text()
    assert page.startswith(HEAD)
    for title, command in STORIES:
        assert part(title, command, screens[command][1]) in page, "run python -m tests.test_people"


if __name__ == "__main__":
    PAGE.write_text(transcript())


@pytest.mark.parametrize(
    "command",
    [
        "depgraph catalogue list groups",
        "depgraph catalogue find amazon",
        "depgraph verify parler.jsonl",
        "depgraph who country:US",
        "depgraph report services.csv",
        "depgraph report wikipedia.org",
        "depgraph demo parlor.com",
        "depgraph takedown parler.jsonl --level city",
    ],
)
def test_answers_and_refusals_fit_a_narrow_terminal(command: str, tmp_path: Path) -> None:
    _, shown = typed(command, prepared(tmp_path), columns=40)
    long = [line for line in plain(shown).splitlines() if len(line) > 40]
    assert [line for line in long if len(line.split()) > 1] == []

"""People with a name, a file or a zone, in a real terminal: a pseudo-terminal of 80 columns.

``python -m tests.test_people`` writes what they see to ``docs/first-minutes.md``.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/first-minutes.md"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
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
STORIES = (
    ("Nothing yet", "depgraph demo"),
    ("A file", "depgraph parler.jsonl"),
    ("A zone", "depgraph shop.zone --dated 2026-11-01"),
    ("A typing error", "depgraph reprot parler.jsonl"),
    ("A file that is called otherwise", "depgraph parlr.jsonl"),
)


def typed(command: str, folder: Path, *, columns: int = 80, **environment: str) -> tuple[int, str]:
    """Run a command in a terminal; return its exit code and what is then on the screen."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}}
    env = kept | {"TERM": "xterm", "PYTHONPATH": str(ROOT)} | environment
    words = [sys.executable, "-m", *command.split()]
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
    return folder


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    folder = prepared(tmp_path_factory.mktemp("people"))
    return {command: typed(command, folder) for _, command in STORIES}


def test_nothing_is_wider_than_the_terminal_and_the_first_screen_fits(screens) -> None:
    for command, (_, shown) in screens.items():
        lines = plain(shown).splitlines()
        assert max(map(len, lines)) <= 80, command
        if "demo" not in command:
            assert len(lines) <= 24, command


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
    maps = tmp_path / "lab.json"
    lab.write_maps(maps)
    code, shown = typed("depgraph shop.example", tmp_path, DEPGRAPH_ENDPOINTS=str(maps))
    assert code == 0
    lines = plain(shown.rpartition("\x1b[?25h")[2]).splitlines()  # below the display of progress
    assert len([line for line in lines if line.strip()]) <= 24
    assert max(map(len, lines)) <= 80
    assert "Registrar Mike" in shown
    assert len(list(tmp_path.glob("shop.example*.html"))) == 1


def transcript() -> str:
    """Return what people see, as a page of the docs."""
    parts = [
        "# The first minutes",
        "What is on a terminal of 80 columns; `python -m tests.test_people` writes this page.",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name))
        for title, command in STORIES:
            _, shown = typed(command, folder)
            screen = "\n".join(line.rstrip() for line in plain(shown).strip().splitlines())
            parts += [f"## {title}", f"```text\n$ {command}\n{screen}\n```"]
    return "\n\n".join(parts) + "\n"


def test_the_page_tells_each_of_these_stories() -> None:
    told = PAGE.read_text()
    for title, command in STORIES:
        assert f"## {title}\n\n```text\n$ {command}\n" in told, "run python -m tests.test_people"


if __name__ == "__main__":
    PAGE.write_text(transcript())

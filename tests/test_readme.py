"""Every block of the README runs, and every file it names is there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LIVE = (
    "depgraph observe shop.example",
    "depgraph shop.example",
    "depgraph observe --from",
)  # these blocks need the lab


def _blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCKS if kind == language]


def _run(folder: Path, command: list[str], **extra: str) -> str:
    shutil.copytree(ROOT / "data", folder / "data")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "MPLBACKEND": "agg"} | extra
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_every_block_is_of_a_kind_that_runs_here() -> None:
    assert {kind for kind, _ in BLOCKS} == {"sh", "python"}


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = [
        line for text in _blocks("sh") for line in text.splitlines() if line.startswith("make ")
    ]
    assert named == ["make demo", "make test"]
    assert "make demo\n. .venv/bin/activate\n" in README  # else there is no `depgraph` to type
    for line in named:
        assert f"\n{line.split()[1]}:" in makefile


@pytest.mark.parametrize(
    "text",
    [t for t in _blocks("sh") if not t.startswith("make ") and not any(one in t for one in LIVE)],
)
def test_shell_blocks_run(tmp_path: Path, text: str) -> None:
    assert _run(tmp_path, ["bash", "-euo", "pipefail", "-c", text])


@pytest.mark.parametrize("text", _blocks("python"))
def test_python_blocks_run(tmp_path: Path, text: str) -> None:
    assert _run(tmp_path, [sys.executable, "-W", "error::RuntimeWarning", "-c", text])
    assert (tmp_path / "wikipedia.png").stat().st_size > 10_000
    assert (tmp_path / "wikipedia.html").stat().st_size > 10_000


@pytest.mark.lab
@pytest.mark.parametrize("start", LIVE)
def test_the_live_blocks_run_against_the_lab(tmp_path: Path, lab, start: str) -> None:
    (block,) = (text for text in _blocks("sh") if start in text)
    maps = tmp_path / "lab.json"
    lab.write_maps(maps)
    (tmp_path / "names.csv").write_text("domain,owner\nshop.example,The shop\n")
    out = _run(tmp_path, ["bash", "-euo", "pipefail", "-c", block], DEPGRAPH_ENDPOINTS=str(maps))
    if "--from" in start:
        assert "Survey of one service" in out
        assert (tmp_path / "survey/survey.xlsx").stat().st_size > 5_000
        return
    assert "shop.example" in out
    assert list(tmp_path.glob("shop.example*.html"))


def test_every_file_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_the_budget_table_is_true() -> None:
    from depgraph.collect import Budget

    budget = Budget()
    for option in ("questions", "depth", "seconds", "bytes"):
        (shown,) = re.findall(rf"\| ([\d,]+) \| `--{option}` \|", README)
        assert float(shown.replace(",", "")) == getattr(budget, option)

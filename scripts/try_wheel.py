"""Install a wheel alone into an empty environment, and run the demo and every block of the README.

    python scripts/try_wheel.py dist/depgraph-0.1.0-py3-none-any.whl

Blocks that start with `make` are of a checkout, and those that observe a name need a network:
both are left out, and said.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LEFT_OUT = ("make ", "depgraph observe", "depgraph shop.example")


def blocks() -> Iterator[tuple[str, str]]:
    """Yield the language and text of each block of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if any(line.startswith(_LEFT_OUT) for line in block.splitlines()):
            print(f"left out: {block.splitlines()[0]} ...")
        else:
            yield kind, block


def main() -> int:
    """Install the wheel and run what there is to run; the exit code of the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    wheel = parser.parse_args().wheel.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", wheel], check=True)
        work = folder / "work"
        shutil.copytree(ROOT / "data", work / "data")  # the README names files of the checkout
        env = {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "MPLBACKEND": "agg"}
        env["HOME"] = str(folder)
        commands = [["depgraph", "demo"]]
        for kind, text in blocks():
            starts = ["python", "-c"] if kind == "python" else ["bash", "-euo", "pipefail", "-c"]
            commands.append([*starts, text])
        for command in commands:
            print(f"$ {' '.join(command)[:70]}", flush=True)
            done = subprocess.run(
                [scripts / command[0] if command[0] != "bash" else "bash", *command[1:]],
                cwd=work,
                env=env,
                stdout=subprocess.DEVNULL,
                check=False,
            )
            if done.returncode:
                return done.returncode
    print("the wheel alone runs the demo and the blocks of the README")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Put small bugs into what depgraph says, one at a time, and see that a test notices each.

``tests/mutants.toml`` lists them: a file, a piece of its text, what stands there instead,
the tests that have to notice, and the sentence that a reader would have got. Snapshots of
whole texts do not count as noticing: they say that something changed, not that it is wrong.

    python scripts/mutants.py            all of them, two at a time
    python scripts/mutants.py NAME ...   some of them

Exit code 0: each was noticed. 1: one survived, or does not apply any more.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "tests" / "mutants.toml"
SECONDS = 300  # for the tests of one mutant; one that runs longer was not noticed
NO_TESTS = 5  # pytest's exit code where it found none
FAILED = 1


@dataclass(frozen=True, slots=True)
class Mutant:
    """A small bug.

    Parameters
    ----------
    name, file, old, new
        `new` in the place of `old`, which stands in the file once.
    tests
        Arguments of pytest that choose the tests which have to notice.
    sentence
        What a reader would have got.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    sentence: str

    def applied(self, root: Path) -> str | None:
        """Return the text of the file with the bug; None where it does not apply any more."""
        text = (root / self.file).read_text("utf-8")
        return text.replace(self.old, self.new) if text.count(self.old) == 1 else None


def listed() -> list[Mutant]:
    """Read the list of mutants."""
    rows = tomllib.loads(LIST.read_text("utf-8"))["mutant"]
    return [Mutant(**{**row, "tests": tuple(row["tests"])}) for row in rows]


def run(mutant: Mutant, root: Path) -> str:
    """Put a bug into a copy, run its tests, take it out again; return what became of it."""
    text = mutant.applied(root)
    if text is None:
        return "does not apply: its text stands in the file not exactly once"
    path = root / mutant.file
    before = path.read_bytes()
    try:
        path.write_text(text, "utf-8")
        code = _pytest(mutant.tests, root)
    finally:
        path.write_bytes(before)
    if code == FAILED:
        return ""
    return {0: "survived", NO_TESTS: "no such test"}.get(code, f"pytest ended with {code}")


def _pytest(tests: Sequence[str], root: Path) -> int:
    # Messages are not read: asserts that pytest does not rewrite spare it half of its time.
    options = ("-x", "-q", "-n", "0", "--no-header", "--assert=plain", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment,
            timeout=SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1
    return done.returncode


@contextmanager
def copies(count: int) -> Iterator[Queue[Path]]:
    """Yield a queue of copies of the checkout to work in.

    Their modules are compiled once. Byte code is held against the text of its module, not its
    date, so that none is used for a module with a bug in it.
    """
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    files = [name for name in names.decode().split("\0") if name]
    with tempfile.TemporaryDirectory() as folder:
        free: Queue[Path] = Queue()
        for number in range(count):
            copy = Path(folder, str(number))
            for name in files:
                if (ROOT / name).is_file():
                    target = copy / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / name, target)
            for name in ("depgraph", "tests"):
                compileall.compile_dir(
                    copy / name, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH
                )
            free.put(copy)
        yield free


def main() -> int:
    """Run the mutants that were named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chosen = [one for one in listed() if not options.names or one.name in options.names]
    start = time.monotonic()
    with copies(options.jobs) as free, ThreadPoolExecutor(options.jobs) as pool:

        def work(mutant: Mutant) -> tuple[Mutant, str]:
            root = free.get()
            try:
                return mutant, run(mutant, root)
            finally:
                free.put(root)

        bad = 0
        for mutant, fault in pool.map(work, chosen):
            print(f"{'noticed' if not fault else 'BAD    '}  {mutant.name}: {mutant.sentence}")
            if fault:
                bad += 1
                print(f"         {mutant.file}: {fault}")
    print(f"{len(chosen)} mutants, {bad} not noticed, {time.monotonic() - start:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

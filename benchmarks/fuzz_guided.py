"""The targets of fuzz.py, guided by what of the code each input reaches (atheris, libFuzzer).

    pip install atheris
    python benchmarks/fuzz_guided.py [--seconds 3600] [--seed 1] [--corpus FOLDER] [--target NAME ...]

Each target has a process of its own, and as much CPU time as the others. Inputs come from libFuzzer
and from the mutator of fuzz.py by turns. What reached new code is kept in FOLDER, by target, and is
where the next run begins. An input that takes more than 5 s of CPU time is a fault, too.

Prints executions, CPU time, inputs kept and faults by target, and ends with 1 if there was a fault.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
with atheris.instrument_imports(include=["depgraph"]):
    from benchmarks.fuzz import SLOW, fault_of, mutated, targets

LONGEST = 8192  # bytes of an input; of longer ones see fuzz.py --large


def explore(name: str, seconds: float, corpus: Path, report: Path, seed: int) -> None:
    """Fuzz one target; ends the process."""
    with report.with_name("told").open("w") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    folder = Path(tempfile.mkdtemp())
    sample, door = targets(folder)[name]
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "sample").write_bytes(sample[:LONGEST])
    begun, faults, done = time.process_time(), dict[str, tuple[str, str]](), 0

    def one(data: bytes) -> None:
        nonlocal done
        done += 1
        at = time.process_time()
        fault = fault_of(door, data)
        took = time.process_time() - at
        if took > SLOW:
            fault = f"slow: {took:.1f} s for {len(data)} bytes"
        if fault not in {"", "unread"}:
            key = fault.splitlines()[-1][:40]
            faults.setdefault(key, (fault, base64.b64encode(data).decode()))
        spent = time.process_time() - begun
        if spent > seconds or done % 50 == 0 or fault:
            report.write_text(
                json.dumps({"executions": done, "seconds": spent, "faults": [*faults.values()]})
            )
        if spent > seconds:
            os._exit(0)

    def change(data: bytes, most: int, seed: int) -> bytes:
        if seed % 2:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, random.Random(seed))[:most]

    options = [f"-max_len={LONGEST}", f"-seed={seed}", "-timeout=300", "-rss_limit_mb=2048", "-verbosity=0"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=3600, help="of CPU time, all together")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--target", action="append")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        several = options.target or list(targets(Path(folder)))
    executions, seconds, failed = 0, 0.0, 0
    for name in several:
        report, corpus = Path(tempfile.mkdtemp(), "report"), options.corpus / name.replace(" ", "-")
        child = os.fork()  # what is imported has been changed once for all
        if not child:
            explore(name, options.seconds / len(several), corpus, report, options.seed)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = json.loads(report.read_text()) if report.exists() else {}
        faults = told.get("faults", [])
        if code:
            words = report.with_name("told").read_text(errors="replace")
            faults.append((f"ended with {code}: {words[-2000:]}", ""))
        executions += told.get("executions", 0)
        seconds += told.get("seconds", 0.0)
        failed += len(faults)
        kept = len(list(corpus.iterdir())) if corpus.is_dir() else 0
        print(
            f"{name:16} {told.get('executions', 0):8} executions in {told.get('seconds', 0.0):5.0f} s, "
            f"{kept:5} inputs kept, {len(faults)} kinds of fault",
            flush=True,
        )
        for fault, data in faults:
            print(f"{fault}\ninput: {base64.b64decode(data)[:500]!a}\n", flush=True)
    print(f"{executions} executions in {seconds:.0f} s of CPU time, {failed} kinds of fault")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

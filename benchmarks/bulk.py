"""Many services observed in one go, killed again and again: are the tables those of an undisturbed run?

    python benchmarks/bulk.py [--domains 2000] [--kills 20] [--seed 1]

The servers run in this process, on loopback. Of the domains 5 % have servers that are dead, 5 % slow
ones, 2 % one of two that is lame, 1 % servers that lie about others. ``depgraph observe --from LIST``
is run once to its end; then into another folder, where it is killed with ``kill -9`` so many times,
after so many questions as the seed says, and begun again by the same command. Of both folders the
tables of ``depgraph.survey`` are made.

Counted are: recordings that do not verify; domains whose rows differ; of these, those of which all was
answered in both runs, or in neither: where a server was given up in one run only (5 % are slow, and so is a
machine with other work), its recording must say so, and the other may know more; and rows that name an address
that only a lie names. Ends with 1 if any is not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dns.message
import dns.rrset

ROOT = Path(__file__).resolve().parents[1]
for folder in (ROOT, ROOT / "tests" / "collect"):
    sys.path.insert(0, str(folder))

from fake_dns import World  # noqa: E402

import depgraph  # noqa: E402
from depgraph.recording import read, verify  # noqa: E402

OPERATORS = {
    word: (f"198.18.{n}.1", f"198.18.{n}.2")
    for n, word in enumerate(("sound", "dead", "slow", "lame", "hostile"), 1)
}
POISON = "203.0.113.66"
UNSETTLED = {
    "since",
    "until",
    "time",
    "unknowns",
    "observations",
}  # days, how a question without an answer ended, and how often it was put
SLOW = 0.01  # seconds that a slow server takes for each question
FEW = 3  # questions before which no run is killed


def kind_of(number: int) -> str:
    """Give how the servers of a domain are, by its number: the same shares in each hundred."""
    place = number % 100
    if place % 20 in {3, 10}:
        return "slow" if place % 20 == 3 else "dead"
    return {1: "lame", 51: "lame", 2: "hostile"}.get(place, "sound")


def world_of(domains: int) -> World:
    """Give the world in which the domains are."""
    root, top = "198.41.0.4", "198.18.0.1"
    zones: dict[str, str] = {}
    com = ["com SOA a.nic.com. x.com. 1 2 3 4 60", "com NS a.nic.com", f"a.nic.com A {top}"]
    served: dict[str, list[str]] = {address: [] for two in OPERATORS.values() for address in two}
    for word, two in OPERATORS.items():
        apex = f"{word}-dns.com"
        own = [f"{apex} NS ns{n}.{apex}" for n in (1, 2)]
        own += [f"ns{n}.{apex} A {address}" for n, address in enumerate(two, 1)]
        com += own
        zones[apex] = "\n".join([f"{apex} SOA ns1.{apex}. x.{apex}. 1 2 3 4 60", *own])
        for address in two:
            served[address].append(apex)
    for number in range(domains):
        apex, word = f"d{number}.com", kind_of(number)
        cut = [f"{apex} NS ns{n}.{word}-dns.com" for n in (1, 2)]
        com += cut
        zones[apex] = "\n".join(
            [f"{apex} SOA ns1.{word}-dns.com. x.{apex}. 1 2 3 4 60", *cut, f"{apex} A 192.0.2.{number % 200 + 1}",
             f"www.{apex} CNAME {apex}", f"{apex} MX 10 mx.sound-dns.com."]
        )  # fmt: skip
        for n, address in enumerate(OPERATORS[word]):
            if word != "lame" or n == 0:
                served[address].append(apex)
    zones["sound-dns.com"] += "\nmx.sound-dns.com A 192.0.2.250"
    zones["com"] = "\n".join(com)
    zones["."] = (
        f". SOA a.root.com. x. 1 2 3 4 5\n. NS a.root.com\na.root.com A {root}\ncom NS a.nic.com\na.nic.com A {top}"
    )
    servers = {address: tuple(apexes) for address, apexes in served.items()}
    world = World(zones, servers | {root: (".",), top: ("com",)}, roots={"a.root.com": (root,)})
    world.faults.update(dict.fromkeys(OPERATORS["dead"], lambda *_: None))
    world.faults.update(dict.fromkeys(OPERATORS["hostile"], _lie))
    world.faults.update(dict.fromkeys(OPERATORS["slow"], _slow))
    return world


def _slow(_query: dns.message.Message, _: str) -> bytes:
    time.sleep(SLOW)  # and so is each question behind it
    return b"go on"


def _lie(query: dns.message.Message, _: str) -> bytes:
    """Say something of others besides refusing."""
    reply = dns.message.make_response(query)
    reply.set_rcode(5)
    for name in ("ns1.sound-dns.com.", "mx.sound-dns.com.", "d99.com."):
        reply.additional.append(dns.rrset.from_text(name, 300, "IN", "A", POISON))
    return reply.to_wire()


def observe(names: Path, into: Path, endpoints: Path) -> subprocess.Popen[bytes]:
    """Begin to observe a list."""
    command = [sys.executable, "-m", "depgraph", "observe", "--from", str(names), "-o", str(into)]
    return subprocess.Popen(
        [*command, "--endpoints", str(endpoints), "--no-registration"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_after(world: World, process: subprocess.Popen[bytes], questions: int) -> bool:
    """Kill a process once so many more questions came; tells whether it still ran."""
    until = len(world.asked) + questions
    while process.poll() is None:
        if len(world.asked) >= until:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.001)
    return False


def rows_of(folder: Path) -> dict[str, list[Any]]:
    """Give the rows of all tables of a survey, by service."""
    found: dict[str, list[Any]] = {}
    for name, table in depgraph.survey([folder]).tables.items():
        for row in table.to_pylist():
            kept = {key: value for key, value in row.items() if key not in UNSETTLED}
            found.setdefault(str(row.get("service", "")), []).append(
                (name, json.dumps(kept, default=str, sort_keys=True))
            )
    return {service: sorted(rows) for service, rows in found.items()}


def left_open(path: Path) -> set[tuple[str, str, str]]:
    """Give the questions that a recording tells to be without an answer: put in vain, or given up."""
    ended: dict[tuple[str, str, str], bool] = {}
    for o in read(path):
        key = (o.subject, o.type, o.server)
        ended[key] = ended.get(key, False) or o.status.conclusive
    return {key for key, answered in ended.items() if not answered}


def run(domains: int, kills: int, seed: int) -> Iterator[tuple[str, Any]]:
    """Observe twice, once undisturbed; yield what is not as it must be, and the figures.

    Yields
    ------
    A word (``killed``, ``questions``: figures; the others are faults), and what belongs to it.
    """
    chance = random.Random(seed)
    with world_of(domains) as world, tempfile.TemporaryDirectory() as folder:
        names, endpoints = Path(folder, "names.txt"), Path(folder, "endpoints.json")
        names.write_text("".join(f"d{number}.com\n" for number in range(domains)))
        places = {address: list(place) for address, place in world.endpoints.dns.items()}
        roots = {host: list(addresses) for host, addresses in world.roots.items()}
        endpoints.write_text(json.dumps({"dns": places, "roots": roots, "closed": True}))
        whole, torn = Path(folder, "whole"), Path(folder, "torn")
        observe(names, whole, endpoints).wait()
        total = len(world.asked)
        yield "questions", total
        killed = 0
        for _ in range(kills):
            moment = max(FEW, chance.randrange(2 * total // (kills + 1) + 1))
            killed += kill_after(world, observe(names, torn, endpoints), moment)
        observe(names, torn, endpoints).wait()
        yield "killed", killed
        for path in sorted(torn.glob("*.jsonl")):
            if faults := verify(path):
                yield "does not verify", (path.name, faults)
            if POISON in path.read_text():
                yield "poisoned", path.name
        before, after = rows_of(whole), rows_of(torn)
        for service in sorted({*before, *after} - {""}):
            if before.get(service) != after.get(service):
                word = kind_of(int(service[1:].partition(".")[0]))
                both = [left_open(folder / f"{service}.jsonl") for folder in (whole, torn)]
                changed = {*before.get(service, ())} ^ {*after.get(service, ())}
                yield (
                    ("differs, unanswered in one" if both[0] != both[1] else "differs"),
                    (service, word, sorted(both[0] ^ both[1]), sorted(changed)),
                )
        if len(after) < domains:
            yield "lost", domains - len(after)


FIGURES = ("questions", "killed", "differs, unanswered in one")


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--domains", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun, counts = time.monotonic(), Counter[str]()
    for word, found in run(options.domains, options.kills, options.seed):
        if word in {"questions", "killed"}:
            print(f"{found:6} {word}", flush=True)
        else:
            counts[word] += 1
            print(f"{word}: {found}"[:4000], flush=True)
    print(f"{options.domains} domains in {time.monotonic() - begun:.0f} s, {dict(counts)}")
    return int(any(word not in FIGURES for word in counts))


if __name__ == "__main__":
    sys.exit(main())

"""Seeded schedules of faults over a service with 60 dependencies: is anything lost, or too sure?

    python benchmarks/faults.py [--schedules 500] [--seed 1] [--domains 25]

The servers run in this process, on loopback. In each schedule some of them fail in a way of their
own: silence, refusals, errors, garbage, answers to other questions, referrals up, truncation without
TCP, and lies about names that are not theirs. Then the faults end, and the recording is gone on with.

Counted are: crashes; runs beyond their budget of questions; rows that the file lacks; statements
(states of functions, cut sets, "nobody alone", dependence on a group) that are surer than without any
fault; and recordings that, gone on with, do not give the verdict of the run without faults. A server
that lies with authority about its own zone is not among the faults: it is that zone's own word.

Ends with 1 if any count is not 0. The same seed gives the same schedules; how an answer that comes
late is taken is left to the machine.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import networkx as nx

ROOT = Path(__file__).resolve().parents[1]
for folder in (ROOT, ROOT / "tests" / "collect"):
    sys.path.insert(0, str(folder))

from fake_dns import World  # noqa: E402

import depgraph  # noqa: E402
from depgraph.collect import Budget, observe  # noqa: E402
from depgraph.recording import Recording, read, verify  # noqa: E402

Fault = Callable[[dns.message.Message, str], "bytes | None"]
Statement = tuple[str, str, Any]

NAME = "big.com"
QUESTIONS = 2000
HASTY = Budget(timeout=0.2, tries=1, hedge=0.05, retries=0, questions=QUESTIONS)
PATIENT = Budget(timeout=60.0, tries=1, hedge=60.0, retries=0, questions=QUESTIONS)
GROUP = "big-tech"
COUNTED = ("crashed", "beyond the budget", "rows lost", "surer", "differs after resumption")
_GO_ON = b"go on"


def service(domains: int) -> World:
    """Give a service with 4 name servers, and exchanges and name servers under so many domains."""
    root, top = "198.41.0.4", "198.18.0.1"
    com = [f"big.com NS ns{n}.d{n}.com" for n in range(min(4, domains))]
    servers: dict[str, tuple[str, ...]] = {}
    zones: dict[str, str] = {}
    big = ["big.com A 192.0.2.34", "www.big.com CNAME big.com"]
    big += [f"big.com NS ns{n}.d{n}.com" for n in range(min(4, domains))]
    for n in range(domains):
        apex, first, second = f"d{n}.com", f"198.18.1.{n + 1}", f"198.18.2.{n + 1}"
        own = [f"{apex} NS ns{n}.{apex}", f"{apex} NS other{n}.{apex}"]
        glue = [f"ns{n}.{apex} A {first}", f"other{n}.{apex} A {second}"]
        com += own + glue
        zones[apex] = "\n".join([_soa(apex), *own, *glue, f"mx.{apex} A 203.0.113.{n + 1}"])
        big.append(f"big.com MX {10 + n % 3} mx.{apex}.")
        servers[first] = servers[second] = (apex, NAME) if n < 4 else (apex,)
    zones[NAME] = "\n".join([_soa(NAME), *big])
    zones["com"] = "\n".join([_soa("com"), "com NS a.nic.com", f"a.nic.com A {top}", *com])
    zones["."] = "\n".join(
        [
            _soa("."),
            ". NS a.root.com",
            f"a.root.com A {root}",
            "com NS a.nic.com",
            f"a.nic.com A {top}",
        ]
    )
    servers |= {root: (".",), top: ("com",)}
    return World(zones, servers, roots={"a.root.com": (root,)})


def _soa(apex: str) -> str:
    return f"{apex} SOA ns.big.com. x.big.com. 1 7200 900 1209600 60"


def _code(code: int) -> Fault:
    def fault(query: dns.message.Message, _: str) -> bytes:
        reply = dns.message.make_response(query)
        reply.set_rcode(dns.rcode.Rcode(code))
        return reply.to_wire()

    return fault


def _silence(_query: dns.message.Message, _proto: str) -> None:
    return None


def _garbage(query: dns.message.Message, _: str) -> bytes:
    head = dns.message.make_response(query).to_wire()
    return head[:6] + b"\0\5" + head[8:] + b"\xff" * 20


def _truncation(query: dns.message.Message, proto: str) -> bytes | None:
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.TC
    return reply.to_wire() if proto == "udp" else None


def _upward(query: dns.message.Message, _: str) -> bytes:
    reply = dns.message.make_response(query)
    reply.authority.append(dns.rrset.from_text(".", 300, "IN", "NS", "a.root.com."))
    return reply.to_wire()


def _other_question(query: dns.message.Message, _: str) -> bytes:
    other = dns.message.make_query("www.google.com", "A", id=query.id)
    reply = dns.message.make_response(other)
    reply.answer.append(dns.rrset.from_text("www.google.com.", 300, "IN", "A", "203.0.113.66"))
    return reply.to_wire()


def _lie(query: dns.message.Message, _: str) -> bytes:
    """Refuse, and tell of names of others besides."""
    reply = dns.message.make_response(query)
    reply.set_rcode(dns.rcode.REFUSED)
    for name, kind, data in (
        ("ns1.d1.com.", "A", "203.0.113.66"),
        ("big.com.", "NS", "ns1.google.com."),
        ("com.", "NS", "ns1.google.com."),
    ):
        reply.additional.append(dns.rrset.from_text(name, 300, "IN", kind, data))
    return reply.to_wire()


FAULTS: dict[str, Fault] = {
    "silent": _silence,
    "servfail": _code(2),
    "refused": _code(5),
    "formerr": _code(1),
    "notimp": _code(4),
    "garbage": _garbage,
    "truncated": _truncation,
    "upward": _upward,
    "other question": _other_question,
    "lie": _lie,
}


@dataclass(frozen=True)
class Schedule:
    """Which servers fail how, for how large a part of the questions."""

    seed: int
    faults: dict[str, tuple[str, float]]

    def play(self, world: World) -> None:
        """Have the servers of a world fail so; which questions is a matter of the seed."""
        world.faults.clear()
        for address, (word, share) in self.faults.items():
            world.faults[address] = self._at(address, FAULTS[word], share)

    def _at(self, address: str, fault: Fault, share: float) -> Fault:
        def sometimes(query: dns.message.Message, proto: str) -> bytes | None:
            chance = random.Random(f"{self.seed} {address} {query.question[0]}").random()
            return fault(query, proto) if chance < share else _GO_ON

        return sometimes


def schedule(world: World, seed: int) -> Schedule:
    """Give the schedule of a seed: the root and the registry fail in part only."""
    chance = random.Random(seed)
    several = sorted(world.servers)
    failing = chance.sample(several, chance.randint(1, max(1, len(several) // 2)))
    words = sorted(FAULTS)
    upper = {address for address, zones in world.servers.items() if zones in ((".",), ("com",))}
    return Schedule(
        seed,
        {
            address: (chance.choice(words), 0.2 if address in upper else chance.choice((0.3, 1.0)))
            for address in failing
        },
    )


def statements(graph: nx.MultiDiGraph[str]) -> set[Statement]:
    """Give what the verdict says and does not leave open."""
    found: set[Statement] = set()
    for level in ("company", "provider"):
        for one in depgraph.takedown(graph, level=level, upto=2).functions:
            # That it fails is what whoever asked has seen, and needs no run without faults.
            if one.state.value not in {"undetermined", "fails"}:
                found.add((one.function, "state", one.state.value))
            if one.alone.value == "no":
                found.add((one.function, f"alone, {level}", "no"))
            found |= {
                (one.function, f"cut, {level}", frozenset(cut.ids))
                for cut in one.cut_sets
                if not cut.worst_case
            }
    for on in depgraph.dependence(graph, on=GROUP).functions:
        for what in ("takedown", "exposure"):
            answer = getattr(on, what).value
            if answer != "undetermined":
                found.add((on.function, what, answer))
    return found


def surer(found: set[Statement], whole: set[Statement]) -> set[Statement]:
    """Give the statements that the run without faults does not make: a cut, nor a part of it."""
    cuts = [(function, what, ids) for function, what, ids in whole if what.startswith("cut")]
    return {
        (function, what, said)
        for function, what, said in found - whole
        if not any((function, what) == cut[:2] and cut[2] <= said for cut in cuts)
    }


def run(schedules: int, *, seed: int = 1, domains: int = 25) -> Iterator[tuple[int, str, Any]]:
    """Play schedules; yield the number of each, and what went wrong (empty: nothing).

    Yields
    ------
    Number of the schedule, a word of :data:`COUNTED` or an empty text, and what was found.
    """
    with service(domains) as world, tempfile.TemporaryDirectory() as folder:
        whole = depgraph.build(_collect(world, PATIENT))
        expected = statements(whole)
        for number in range(seed, seed + schedules):
            path = Path(folder, f"{number}.jsonl")
            for word, found in _play(world, schedule(world, number), path, whole, expected):
                yield number, word, found
            path.unlink(missing_ok=True)


def _play(
    world: World,
    one: Schedule,
    path: Path,
    whole: nx.MultiDiGraph[str],
    expected: set[Statement],
) -> Iterator[tuple[str, Any]]:
    one.play(world)
    world.asked.clear()
    try:
        failed = _collect(world, HASTY, output=path)
        put = {asked[:3] for asked in world.asked}
        if len(put) > QUESTIONS:
            yield "beyond the budget", len(put)
        if verify(path) or len(read(path)) != len(failed):
            yield "rows lost", len(failed)
        if more := surer(statements(depgraph.build(failed)), expected):
            yield "surer", more
    except depgraph.errors.CollectionError:
        pass  # no server answered anything: nothing is recorded
    except Exception as error:  # noqa: BLE001  (this is what is looked for)
        yield "crashed", repr(error)
    world.faults.clear()
    try:
        again = depgraph.build(_collect(world, PATIENT, output=path, resume=path.exists()))
        if (changed := statements(again) ^ expected) or sorted(again) != sorted(whole):
            yield "differs after resumption", (changed, sorted({*again} ^ {*whole}))
    except Exception as error:  # noqa: BLE001
        yield "crashed", repr(error)
    yield "", None


def _collect(world: World, budget: Budget, **options: Any) -> Recording:
    return observe(
        NAME,
        endpoints=world.endpoints,
        budget=budget,
        registration=False,
        progress=False,
        **options,
    )


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--schedules", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--domains", type=int, default=25)
    options = parser.parse_args()
    begun, counts = time.monotonic(), Counter[str]()
    for number, word, found in run(options.schedules, seed=options.seed, domains=options.domains):
        counts[word] += 1
        if word:
            print(f"schedule {number}: {word}: {found}", flush=True)
        elif counts[""] % 50 == 0:
            print(f"{counts['']} schedules in {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{counts['']} schedules in {time.monotonic() - begun:.0f} s")
    for word in COUNTED:
        print(f"{counts[word]:6} {word}")
    return int(any(counts[word] for word in COUNTED))


if __name__ == "__main__":
    sys.exit(main())

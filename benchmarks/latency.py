"""How long one cold collection takes when every answer is 100 ms away, beside its peers.

One lab (tests/lab), one run, one service: ``shop.example`` with 4 name servers at 2 operators, a
two-link CNAME to a CDN and 2 MX at 2 operators. Each tool is a process of its own; the lab's log
says what it asked. ::

    python benchmarks/latency.py                          # depgraph and two scripts
    python benchmarks/latency.py --signed                 # the same with every zone signed
    python benchmarks/latency.py --dnsviz .venv-dnsviz    # and dnsviz, in a venv made for it

dnsviz asks port 53 of real addresses. So with ``--dnsviz`` everything runs in a network namespace
(``unshare``, as root or as a user with user namespaces) in which every address is this machine:
nothing can leave it. Without it, high ports of loopback do.

Columns: `wall` from the call of the tool until it has its result, start-up (imports) left out for
every tool; `trips` the longest chain of dependent questions (tests/lab/trace.py); `ratio` wall /
(trips x delay), the goal for depgraph being at most 1.15; `asked` questions at the name servers,
RDAP and WHOIS servers; `twice` the same question to the same server again after it was answered.
"Nine questions in a row" is what this machine itself adds: on a busy one every row grows.

Below the table stands how many questions the name servers of single services are asked, DNS and
routing, now and before (see `BEFORE`), and how many of them are put to one server of several to
hear what that one says.

The scripts do less than depgraph: NS A AAAA MX TXT SOA CAA of the apex, the alias chain of www,
addresses of all hosts, origin and AS name of each IPv4 address; no PTR, RDAP, or check of each
server. dnsviz does another job (DNSSEC, EDNS and TCP of every server; no routing or registration).
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import dns.asyncquery
import dns.flags
import dns.message
import dns.query
import dns.rdatatype
import httpx2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from depgraph.collect import Budget, Endpoints, observe  # noqa: E402
from tests.lab import Lab  # noqa: E402
from tests.lab.internet import internet  # noqa: E402
from tests.lab.lab import on_loopback, on_real_address  # noqa: E402
from tests.lab.signing import Signer  # noqa: E402
from tests.lab.trace import Trace, trace  # noqa: E402
from tests.lab.world import cymru_name  # noqa: E402

log = logging.getLogger("latency")
SERVICE = "shop.example"
GOAL = 1.15
DNSVIZ = ("dnsviz==0.11.2", "dnspython", "cryptography")
BEFORE = {  # on 2026-11-28, when only SOA and NS were put to each server of the service's own zone
    "shop.example": 157,
    "lame.example": 98,
    "drift.example": 84,
    "nullmx.example": 66,
    "deep.example": 91,
    "six.example": 53,
    "sixty.example": 267,
    "gateway.example": 91,
    "wild.example": 69,
    "wikipedia.org": 79,
}
APEX = ("NS", "A", "AAAA", "MX", "TXT", "SOA", "CAA")


# -- the tools, each in a process of its own ------------------------------------------------


def run_depgraph(maps: Endpoints, *, registration: bool) -> int:
    """Collect with depgraph; gives the number of observations."""
    recording = observe(SERVICE, endpoints=maps, registration=registration, progress=False)
    return len(recording)


class Script:
    """What a careful script does: iterate from the root, remember delegations and answers."""

    def __init__(self, maps: Endpoints, *, at_once: int) -> None:
        self.places = maps.dns
        self.servers = {".": [a for found in maps.roots.values() for a in found if "." in a]}
        self.asked: dict[tuple[str, str, str], asyncio.Future[dns.message.Message]] = {}
        self.limit = asyncio.Semaphore(at_once)
        self.facts: set[tuple[str, ...]] = set()

    async def send(self, server: str, name: str, kind: str) -> dns.message.Message:
        """Put a question to a server, once."""
        key = (server, name, kind)
        if key not in self.asked:
            self.asked[key] = asyncio.ensure_future(self._send(*key))
        return await self.asked[key]

    async def _send(self, server: str, name: str, kind: str) -> dns.message.Message:
        query = dns.message.make_query(name, kind, use_edns=0, payload=1232)
        query.flags &= ~dns.flags.RD
        where, port = self.places[server]
        async with self.limit:
            return await dns.asyncquery.udp(query, where, port=port, timeout=10)

    async def look_up(self, name: str, kind: str) -> list[str]:
        """Follow referrals and aliases to the data of a name."""
        for _ in range(30):
            zone = max(
                (z for z in self.servers if z == "." or ("." + name).endswith("." + z)), key=len
            )
            servers = self.servers[zone]
            answer = await self.send(servers[0], name, kind)
            if answer.answer:
                last = answer.answer[-1]
                values = [rdata.to_text() for rdata in last]
                self.facts.update((name, kind, value) for value in values)
                if last.rdtype == dns.rdatatype.CNAME != dns.rdatatype.from_text(kind):
                    name = values[0].rstrip(".")
                    continue
                return values
            referral = next((r for r in answer.authority if r.rdtype == dns.rdatatype.NS), None)
            if referral is None or answer.flags & dns.flags.AA:
                return []
            glue = [
                rdata.to_text()
                for rrset in answer.additional
                if rrset.rdtype == dns.rdatatype.A
                for rdata in rrset
            ]
            if not glue:
                glue = await self.look_up(referral[0].target.to_text().rstrip("."), "A")
            self.servers[referral.name.to_text().rstrip(".")] = glue
        return []

    async def collect(
        self, many: Callable[[Iterable[Awaitable[Any]]], Awaitable[list[Any]]]
    ) -> None:
        """Ask in four waves; `many` runs the questions of one."""
        first = await many(self.look_up(SERVICE, kind) for kind in APEX)
        found = dict(zip(APEX, first, strict=True))
        hosts = [value.rstrip(".") for value in found["NS"]]
        hosts += [value.split()[1].rstrip(".") for value in found["MX"]]
        hosts.append(f"www.{SERVICE}")
        second = await many(self.look_up(h, k) for h in hosts for k in ("A", "AAAA"))
        addresses = {value for values in (found["A"], *second) for value in values}
        v4 = sorted(a for a in addresses if a.count(".") == 3 and a[-1].isdigit())
        third = await many(self.look_up(cymru_name(a), "TXT") for a in v4)
        numbers = {values[0].strip('"').split()[0] for values in third if values}
        await many(self.look_up(f"as{n}.asn.cymru.com", "TXT") for n in sorted(numbers))


def run_script(maps: Endpoints, *, barriers: bool) -> int:
    """Collect with the script, in waves or one question after the other; gives its facts."""

    async def together(work: Iterable[Awaitable[Any]]) -> list[Any]:
        return list(await asyncio.gather(*work))

    async def one_by_one(work: Iterable[Awaitable[Any]]) -> list[Any]:
        return [await question for question in work]

    async def main() -> int:
        script = Script(maps, at_once=1000 if barriers else 1)
        await script.collect(together if barriers else one_by_one)
        return len(script.facts)

    return asyncio.run(main())


def run_bare(maps: Endpoints) -> int:
    """Put nine questions, each after the answer to the last: what this machine adds to the delay."""
    root = next(iter(maps.roots.values()))[0]
    where, port = maps.dns[root]
    for number in range(9):
        query = dns.message.make_query(f"{number}.example", "NS")
        dns.query.udp(query, where, port=port, timeout=10)
    return 9


TOOLS: dict[str, Callable[[dict[str, Any]], int]] = {
    "depgraph": lambda maps: run_depgraph(maps, registration=False),
    "depgraph+registration": lambda maps: run_depgraph(maps, registration=True),
    "barriers": lambda maps: run_script(maps, barriers=True),
    "bare": run_bare,
    "sequential": lambda maps: run_script(maps, barriers=False),
}
TITLES = {
    "depgraph": "depgraph observe, DNS and routing",
    "depgraph+registration": "depgraph observe, RDAP and WHOIS too",
    "barriers": "script in waves (asyncio, own iteration)",
    "bare": "nine questions in a row, nothing else",
    "sequential": "script, one question after the other",
}


def start_up(name: str) -> None:
    """Load what a tool needs, also what depgraph loads while the first answers are on their way."""
    if name.startswith("depgraph"):
        from depgraph.collect.sources import holder

        holder.load_registries()
        importlib.import_module("anyio._backends._asyncio")
        asyncio.run(httpx2.AsyncClient(verify=False).aclose())


def be_tool(name: str, maps: Path) -> None:
    """Be one tool: print its wall time, how long its start-up took, and how much it found."""
    begin = time.perf_counter()
    places = Endpoints.read(maps)
    start_up(name)
    ready = time.perf_counter()
    found = TOOLS[name](places)
    wall = time.perf_counter() - ready
    print(json.dumps({"wall": wall, "found": found}))
    print(f"start-up of {name}: {ready - begin:.2f} s", file=sys.stderr)


# -- the benchmark --------------------------------------------------------------------------


def measure(maps: Path, name: str) -> tuple[float, int]:
    """Run one tool in a process of its own; gives wall time in seconds and what it found."""
    command = [sys.executable, __file__, "--tool", name, "--maps", str(maps)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    log.info("%s", done.stderr.strip())
    result = json.loads(done.stdout.splitlines()[-1])
    return result["wall"], result["found"]


def measure_dnsviz(program: Path) -> tuple[float, int]:
    """Run `dnsviz probe -A`; start-up (measured with --help) is taken off its wall time."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begin = time.perf_counter()
    subprocess.run([program, "probe", "--help"], check=False, **quiet)
    startup = time.perf_counter() - begin
    begin = time.perf_counter()
    command = [program, "probe", "-A", "-4", SERVICE, f"www.{SERVICE}"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return time.perf_counter() - begin - startup, len(done.stdout)


def best(
    lab: Lab, delay: float, times: int, tool: Callable[[], tuple[float, int]]
) -> tuple[float, int, Trace]:
    """Run a tool some times, always cold, and give the quickest: other load only adds."""
    runs = []
    for _ in range(times):
        lab.traffic.reset()
        lab.traffic.delay = delay
        wall, found = tool()
        runs.append((wall, found, trace(lab.log, lab.world, SERVICE)))
    return min(runs, key=lambda run: run[0])


def row(title: str, wall: float, traced: Trace, delay: float, found: str) -> str:
    """Write one line of the table."""
    ratio = wall / (traced.round_trips * delay) if traced.round_trips and delay else float("nan")
    return (
        f"{title:44} {wall:7.3f} s {wall / delay:7.1f} {traced.round_trips:6d} {ratio:6.2f} "
        f"{traced.questions:6d} {len(traced.repeated):6d}  {found}"
    )


def count_questions(lab: Lab) -> None:
    """Print how many questions each service of `BEFORE` takes, without delay and in no hurry."""
    patient = Budget(timeout=60.0, tries=1, hedge=60.0)
    print(f"\n{'questions asked of name servers':44} {'before':>7} {'now':>7} {'each':>7}")
    for name, before in BEFORE.items():
        lab.traffic.reset()
        observe(name, endpoints=lab.endpoints, budget=patient, registration=False, progress=False)
        put = Counter((asked.name, asked.type) for asked in lab.log)
        again = sum(count - 1 for count in put.values())
        print(f"{name:44} {before:7d} {len(lab.log):7d} {again:7d}")


def benchmark(options: argparse.Namespace) -> bool:
    """Measure every tool in one lab; tells whether depgraph met the goal."""
    delay = options.delay / 1000
    where = on_real_address if options.inside else on_loopback
    good = True
    signer = Signer(internet()) if options.signed else None
    with (
        Lab(where=where, resolver=False, signer=signer) as lab,
        tempfile.TemporaryDirectory() as scratch,
    ):
        maps = Path(scratch) / "maps.json"
        lab.write_maps(maps)
        print(
            f"{SERVICE}{', signed' if signer else ''}, cold, {options.delay:g} ms added to each answer, best of {options.repeat} "
            f"(dnsviz: 1); load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        print(
            f"{'':44} {'wall':>9} {'in RTT':>7} {'trips':>6} {'ratio':>6} {'asked':>6} {'twice':>6}  found"
        )
        chains = []
        for name in TOOLS:
            wall, found, traced = best(
                lab, delay, options.repeat, lambda name=name: measure(maps, name)
            )
            if name == "bare":
                traced = replace(traced, round_trips=found)
            print(row(TITLES[name], wall, traced, delay, str(found)), flush=True)
            chains.append((TITLES[name], traced))
            if name == "depgraph+registration":
                good = wall <= GOAL * traced.round_trips * delay and not traced.repeated
        if options.inside and options.dnsviz:
            program = options.dnsviz / "bin" / "dnsviz"
            wall, found, traced = best(lab, delay, 1, lambda: measure_dnsviz(program))
            print(row("dnsviz probe -A -4, apex and www", wall, traced, delay, f"{found} bytes"))
        else:
            print(f"dnsviz probe -A: not measured: {options.why_not}")
        count_questions(lab)
    if options.verbose:
        for title, traced in chains:
            print(f"\nLongest chain of {title}:")
            for asked in traced.chain:
                print(f"  {asked.server:24} {asked.name} {asked.type} {asked.proto}")
    verdict = "met" if good else "MISSED"
    print(f"\nGoal (ratio at most {GOAL}, nothing asked twice): {verdict}")
    return good


def prepare_dnsviz(folder: Path) -> str:
    """Make the venv of dnsviz where it is missing; gives why it cannot be used, if so."""
    if not (folder / "bin" / "dnsviz").exists():
        steps = (
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin" / "pip"), "install", "--quiet", *DNSVIZ],
        )
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                return f"could not be installed: {done.stderr.strip().splitlines()[-1:]}"
    world = internet()
    roots = {host: world.addresses(host) for host in world.by_name["."].ns}
    hints = "".join(
        f". 3600000 NS {host}.\n"
        + "".join(f"{host}. 3600000 {'AAAA' if ':' in a else 'A'} {a}\n" for a in found)
        for host, found in roots.items()
    )
    for path in folder.glob("**/dnsviz/hints/named.root"):
        path.write_text(hints, encoding="ascii")
    return ""


def namespace_flags() -> str:
    """Give what `unshare` needs to make a network namespace, as root or as a user."""
    return "-n" if os.geteuid() == 0 else "-rn"


def can_have_namespace() -> bool:
    """Tell whether a network namespace can be made and set up here."""
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    tried = ["unshare", namespace_flags(), "ip", "link", "set", "lo", "up"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def into_namespace(arguments: list[str]) -> int:
    """Run this benchmark again in a network namespace where every address is this machine."""
    setup = ["ip link set lo up", "ip route add local 0.0.0.0/0 dev lo"]
    setup += [f"ip -6 addr add {a}/128 dev lo nodad" for a in internet().serves if ":" in a]
    script = " && ".join([*setup, 'exec "$@"'])
    again = [sys.executable, __file__, "--inside", *arguments]
    flags = namespace_flags()
    return subprocess.run(
        ["unshare", flags, "sh", "-c", script, "sh", *again], check=False
    ).returncode


def main() -> int:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--delay", type=float, default=100.0, help="milliseconds added to each answer"
    )
    parser.add_argument(
        "--dnsviz", type=Path, help="venv with dnsviz; made here if it does not exist"
    )
    parser.add_argument("--signed", action="store_true", help="sign every zone of the lab (DNSSEC)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each tool; the best counts")
    parser.add_argument("--verbose", action="store_true", help="print the longest chains")
    parser.add_argument("--check", action="store_true", help="end with 1 if the goal is missed")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    parser.add_argument("--maps", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.verbose:
        logging.basicConfig(level=logging.INFO, format="%(message)s")
    options.why_not = "give --dnsviz FOLDER, and a venv with it is made there"
    if options.tool:
        be_tool(options.tool, options.maps)
        return 0
    if options.dnsviz and not options.inside:
        options.dnsviz = options.dnsviz.absolute()
        if not can_have_namespace():
            options.why_not = (
                "it needs a network namespace, which cannot be made here (unshare, ip)"
            )
        elif why := prepare_dnsviz(options.dnsviz):
            options.why_not = why
        else:
            arguments = ["--dnsviz", str(options.dnsviz), "--delay", str(options.delay)]
            arguments += ["--repeat", str(options.repeat)]
            arguments += [
                f"--{word}" for word in ("signed", "verbose", "check") if getattr(options, word)
            ]
            return into_namespace(arguments)
    return 0 if benchmark(options) or not options.check else 1


if __name__ == "__main__":
    sys.exit(main())

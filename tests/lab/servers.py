"""NSD and Unbound as child processes on loopback ports, and none left behind.

One shell per daemon waits on a pipe that this process holds: when the pipe closes, because
`Daemons.stop` was called or because this process died in whatever way, the shell stops its
daemon. Works as a normal user; no port below 1024 is needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import dns.exception
import dns.flags
import dns.message
import dns.query

from depgraph import names

from .world import World, Zone, zone_file

LOOPBACK = "127.0.0.1"
READY = 10.0  # seconds until a daemon that does not answer is given up
_KEEPER = """
directory=$1; shift
"$@" &
child=$!
read -r _
kill "$child" 2>/dev/null
wait "$child"
rm -rf -- "$directory"
"""
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/sbin"))


class LabError(RuntimeError):
    """The lab could not start; the message says what to do."""


def program(name: str) -> str | None:
    """Find a daemon, also where a normal user's PATH does not look."""
    return shutil.which(name, path=_PATH)


def missing() -> list[str]:
    """List the daemons that are not installed."""
    return [name for name in ("nsd", "unbound") if program(name) is None]


def free_port(address: str = LOOPBACK) -> int:
    """Find a port that is free for UDP and TCP at an address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    while True:
        with (
            socket.socket(family, socket.SOCK_DGRAM) as udp,
            socket.socket(family, socket.SOCK_STREAM) as tcp,
        ):
            udp.bind((address, 0))
            port: int = udp.getsockname()[1]
            with contextlib.suppress(OSError):
                tcp.bind((address, port))
                return port


class Daemons:
    """Child processes that end with this one."""

    def __init__(self) -> None:
        self._keepers: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], *, log: Path) -> None:
        """Start one daemon; it must stay in the foreground. The log's folder goes with it."""
        with log.open("ab") as output:
            self._keepers.append(
                subprocess.Popen(
                    ["/bin/sh", "-c", _KEEPER, "keeper", str(log.parent), *command],
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            )

    @property
    def pids(self) -> list[int]:
        """Give the process ids of the shells; each leads a process group of its own."""
        return [keeper.pid for keeper in self._keepers]

    def stop(self) -> None:
        """Stop all, at first politely."""
        for keeper in self._keepers:
            assert keeper.stdin is not None
            keeper.stdin.close()
        for keeper in self._keepers:
            try:
                keeper.wait(3)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(keeper.pid, signal.SIGKILL)
                keeper.wait()
        self._keepers.clear()


def start_nsd(
    daemons: Daemons, world: World, directory: Path, write: Callable[[Zone], str] | None = None
) -> dict[int, int]:
    """Write the zone files, signed if `write` does so, and start one NSD per layer; gives layer -> port."""
    for z in world.zones:
        text = write(z) if write else zone_file(world, z)
        (directory / file_name(z.name)).write_text(text, encoding="utf-8")
    ports: dict[int, int] = {}
    for layer in sorted(set(world.layer.values())):
        zones = [z.name for z in world.zones if world.layer[z.name] == layer]
        ports[layer] = free_port()
        config = directory / f"nsd{layer}.conf"
        config.write_text(_nsd_conf(directory, layer, ports[layer], zones), encoding="utf-8")
        command = [program("nsd") or "nsd", "-d", "-c", str(config)]
        daemons.start(command, log=directory / f"nsd{layer}.out")
    for layer, port in ports.items():
        zone = next(z.name for z in world.zones if world.layer[z.name] == layer)
        wait_until_ready(port, zone, log=directory / f"nsd{layer}.log", authority=zone)
    return ports


def file_name(zone: str) -> str:
    """Name the zone file of a zone."""
    return f"{'root' if zone == names.ROOT else zone}.zone"


def _nsd_conf(directory: Path, layer: int, port: int, zones: Iterable[str]) -> str:
    """Write a configuration for NSD 4; rate limiting is off, or a burst would go unanswered."""
    listed = "".join(f'zone:\n  name: "{z}"\n  zonefile: "{file_name(z)}"\n' for z in zones)
    return f"""server:
  server-count: 1
  ip-address: {LOOPBACK}@{port}
  do-ip6: no
  username: ""
  chroot: ""
  pidfile: ""
  database: ""
  zonesdir: "{directory}"
  xfrdir: "{directory}"
  xfrdfile: "{directory}/xfrd{layer}.state"
  zonelistfile: "{directory}/zones{layer}.list"
  logfile: "{directory}/nsd{layer}.log"
  rrl-ratelimit: 0
  tcp-count: 200
  tcp-timeout: 5
  hide-version: yes
remote-control:
  control-enable: no
{listed}"""


def start_unbound(
    daemons: Daemons,
    world: World,
    directory: Path,
    endpoints: Mapping[str, tuple[str, int]],
    *,
    anchors: Mapping[str, tuple[str, ...]] | None = None,
    clock: datetime | None = None,
) -> tuple[str, int]:
    """Start a recursive resolver that knows where each name server of the lab really listens.

    Unbound asks port 53 only, but for stub zones. So each zone is one, with the endpoints of
    its servers: the zone data keep their real addresses and no privilege is needed. What this
    loses is the walk from the root (one round trip where iteration takes three), and with it
    faults of the parent side: of a parent's and a child's NS set both are tried, and the
    circle of two zones without glue is not seen as one. With anchors it validates; `clock` is
    the time that it then believes it is.
    """
    port = free_port()
    config = directory / f"unbound{port}.conf"
    text = _unbound_conf(directory, port, world, endpoints)
    if anchors:
        text = text.replace('"iterator"', '"validator iterator"\n  ede: yes')
        for zone, records in anchors.items():
            for ds in records:
                text = text.replace("server:", f'server:\n  trust-anchor: "{zone} DS {ds}"', 1)
    if clock:
        date = clock.strftime("%Y%m%d%H%M%S")
        text = text.replace("server:", f'server:\n  val-override-date: "{date}"', 1)
    config.write_text(text, encoding="utf-8")
    command = [program("unbound") or "unbound", "-d", "-c", str(config)]
    daemons.start(command, log=directory / "unbound.out")
    wait_until_ready(port, "lab-ready.invalid", log=directory / "unbound.log")
    return LOOPBACK, port


def _unbound_conf(
    directory: Path, port: int, world: World, endpoints: Mapping[str, tuple[str, int]]
) -> str:
    stubs = ""
    for z in world.zones:
        stubs += f'stub-zone:\n  name: "{z.name}"\n  stub-prime: no\n'
        for host in dict.fromkeys((*z.ns, *z.delegated_to)):
            for address in world.addresses(host):
                where, at = endpoints[address]
                stubs += f"  stub-addr: {where}@{at}\n"
    # The kernel refuses to route out from a loopback source: nothing can leave.
    return f"""server:
  interface: {LOOPBACK}@{port}
  outgoing-interface: {LOOPBACK}
  outgoing-interface: ::1
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  do-daemonize: no
  num-threads: 1
  username: ""
  chroot: ""
  directory: "{directory}"
  pidfile: ""
  use-syslog: no
  logfile: "{directory}/unbound.log"
  module-config: "iterator"
  qname-minimisation: yes
  unblock-lan-zones: yes
  local-zone: "test." nodefault
  local-zone: "invalid." nodefault
  infra-host-ttl: 60
remote-control:
  control-enable: no
{stubs}"""


def wait_until_ready(port: int, name: str, *, log: Path, authority: str = "") -> None:
    """Ask for a SOA until there is an answer (with authority, where that is expected)."""
    query = dns.message.make_query(name, "SOA")
    end = time.monotonic() + READY
    while time.monotonic() < end:
        with contextlib.suppress(OSError, dns.exception.DNSException):
            answer = dns.query.udp(query, LOOPBACK, port=port, timeout=0.25)
            if not authority or answer.flags & dns.flags.AA:
                return
        time.sleep(0.005)
    said = log.read_text(errors="replace")[-2000:] if log.exists() else "nothing"
    raise LabError(f"expected an answer on port {port} within {READY:g} s; its log says: {said}")

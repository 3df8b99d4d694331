"""Start the lab by hand: ``python -m tests.lab`` from the root of the checkout.

Prints where everything listens, writes the maps to a file that ``depgraph observe`` takes,
and shows each question as it comes in until Ctrl-C.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from .lab import Lab
from .servers import LabError
from .services import SERVICES


def main() -> int:
    """Run the lab until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument(
        "--delay", type=float, default=0.0, help="milliseconds added to each answer"
    )
    parser.add_argument(
        "--map", type=Path, default=Path("lab.json"), help="where to write the maps"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Lab() as lab:
            lab.traffic.delay = options.delay / 1000
            lab.write_maps(options.map)
            print(_welcome(lab, options.map), flush=True)
            _follow(lab)
    except LabError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        options.map.unlink(missing_ok=True)


def _welcome(lab: Lab, path: Path) -> str:
    assert lab.resolver is not None
    servers = lab.servers
    shown = ("a.root-servers.net", "a.gtld-servers.net", "a.nic.example", "ns1.dns-alfa.test")
    lines = [f"The lab is up: {len(lab.world.zones)} zones, {len(servers)} server addresses.", ""]
    for host in shown:
        address = lab.world.addresses(host)[0]
        where, port = servers[address]
        lines.append(f"  {host:20} {address:15} dig @{where} -p {port} shop.example +norec")
    where, port = lab.resolver
    lines += [
        f"  {'recursive (Unbound)':36} dig @{where} -p {port} www.shop.example",
        f"  {'RDAP (all hosts)':36} {lab.maps['http']['data.iana.org']}",
        *(f"  {name:36} {at[0]} port {at[1]}" for name, at in lab.maps["whois"].items()),
        "",
        "Services: " + ", ".join(z.name for z in SERVICES) + ", wikipedia.org",
        "",
        "From another terminal:",
        f"  depgraph observe shop.example --endpoints {path} -o shop.jsonl",
        "  depgraph report shop.jsonl",
        "",
        "From Python:",
        "  import depgraph",
        "  from depgraph.collect import Endpoints",
        f"  lab = Endpoints.read({str(path)!r})",
        '  depgraph.observe("shop.example", output="shop.jsonl", endpoints=lab)',
        "",
        "Every question is shown below. Ctrl-C stops the lab.",
        "",
    ]
    return "\n".join(lines)


def _follow(lab: Lab) -> NoReturn:
    seen = 0
    while True:
        time.sleep(0.1)
        log = lab.log
        for asked in log[seen:]:
            print(
                f"{asked.proto:5} {asked.server:24} {asked.name} {asked.type} {asked.fault}",
                flush=True,
            )
        seen = len(log)


if __name__ == "__main__":
    sys.exit(main())

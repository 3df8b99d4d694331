"""How much of what is out there the rules name at all."""

from __future__ import annotations

import collections
import time
from datetime import date
from pathlib import Path

from depgraph.names import registered_domain
from depgraph.providers import Catalogue, Signal, attribute
from scoring.labels import open_text


def aliases(path: Path, catalogue: Catalogue) -> None:
    """Print how many alias targets under another's domain a rule names."""
    pairs = named = own = 0
    with open_text(path) as stream:
        for line in stream:
            owner, target, _ = (part.lower() for part in line.rstrip("\n").split("\t"))
            if registered_domain(owner) == (registered_domain(target) or target):
                own += 1
                continue
            pairs += 1
            named += any(True for _ in catalogue.rules.match("host", target))
    print(
        f"CNAME targets of another's domain named: {named / pairs:.3f} of {pairs} (goal 0.80); "
        f"with those under the owner's own domain: {(named + own) / (pairs + own):.3f}"
    )


def name_servers(path: Path, catalogue: Catalogue) -> None:
    """Print of how many domains of a zone every name server is named, and how fast."""
    servers: dict[str, set[str]] = collections.defaultdict(set)
    with open_text(path) as stream:
        for line in stream:
            parts = line.lower().split()
            if len(parts) >= 5 and parts[3] == "ns" and parts[0].rstrip(".") != "gov":
                servers[parts[0].rstrip(".")].add(parts[4].rstrip("."))
    start = time.perf_counter()
    whole = either = 0
    for domain, hosts in servers.items():
        found = [
            attribute(
                "dns",
                [Signal("ns-host", host)],
                catalogue=catalogue,
                at=date(2026, 8, 22),
                service=domain,
            )
            for host in sorted(hosts)
        ]
        whole += all(item.catalogued for item in found)
        either += all(item.catalogued or item.is_self for item in found)
    seconds = time.perf_counter() - start
    print(
        f"name servers of .gov named, all of a domain's: {whole / len(servers):.3f} of {len(servers)} domains "
        f"(goal 0.85); with the domain's own: {either / len(servers):.3f}; "
        f"{sum(map(len, servers.values())) / seconds:,.0f} name servers a second"
    )

"""Random delegation worlds, observed live and judged, against an evaluator apart from depgraph.

    python benchmarks/worlds.py [--worlds 200] [--seed 0]

Each world (tests/delegations) is a small Internet of a number: three top-level domains, a service and
up to four providers, sub-zones, servers for each other's zones, shared addresses, glue that is missing,
of one family, other than the zone's own or out of bailiwick, NS sets that differ at parent and child,
names of servers that do not exist, circles, answers that differ by place, and in about 6 of 10 worlds
servers that are silent, fail, refuse, refer upward, leave AA away, or glue that leads nowhere. It is
served by real servers on loopback and observed by the collector; who can stop its web, www and mail,
alone and in pairs, by address, name server, prefix and AS, for clients of both families and of IPv4
alone, is compared with what tests/delegations/truth.py derives from the world and the RFCs:

* what is listed as certain is true;
* what is true is certain, or listed in the worst case;
* where no server failed, what is true is certain.

Prints what was compared and each exception; ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.delegations.draw import draw
from tests.delegations.judge import Verdict, judge, record


def main() -> int:
    """Judge the worlds asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--worlds", type=int, default=200, help="how many (200)")
    parser.add_argument("--seed", type=int, default=0, help="number of the first (0)")
    options = parser.parse_args()
    verdict, started = Verdict(), time.monotonic()
    for number in range(options.seed, options.seed + options.worlds):
        world = draw(number)
        found = judge(world, record(world))
        verdict.add(found)
        for text in found.wrong:
            print(f"world {number}: {text}", flush=True)
    for word, count in sorted(verdict.counts.items()):
        print(f"{count:9,d} {word}")
    seconds = time.monotonic() - started
    print(f"{len(verdict.wrong):9,d} exceptions in {options.worlds} worlds, {seconds:.0f} s")
    return bool(verdict.wrong)


if __name__ == "__main__":
    sys.exit(main())

"""Longest-prefix match side by side with pyasn, in one run.

    python benchmarks/prefixes.py --data DIRECTORY

`--data` holds IPv4 and IPv6 tables that `depgraph.routes.read_table` reads (such as the CSV of npm
@ip-location-db/asn), or lists that operators publish. They are brought up to `--prefixes` IPv4
prefixes by *synthetic deaggregation*: longer prefixes with another origin, laid at random into
those that are there (one in a hundred longer than /24), as customers of a real network would be.

pyasn is no dependency of depgraph: pip install pyasn; without it only our own rates are printed.
Every rate is the best of `--repeat` passes over the same addresses, both in turn, in processor
time, which a busy machine disturbs less than the clock. Answers are compared on every address that
pyasn is asked about.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import numpy as np

from depgraph.routes import PrefixTable, read_table
from depgraph.routes.prefix import Prefix, parse_prefix, show

Pairs = dict[Prefix, tuple[int, ...]]
BULK = 10
"""Times as many IPv4 addresses a second as pyasn, at least, in a table of `LARGE` prefixes: it is
the size of a routing table that makes a look-up slow."""
LARGE = 100_000


def main() -> int:
    options = arguments()
    rng = np.random.default_rng(options.seed)
    pairs = real(options.data, options.owner)
    known = len(pairs)
    deaggregate(pairs, options.prefixes, rng)
    begin = time.process_time()
    table = PrefixTable(pairs.items())
    print(
        f"{len(table):,} prefixes, {len(table) - known:,} of them by synthetic deaggregation; "
        f"indexed in {time.process_time() - begin:.1f} s"
    )
    words = rng.integers(0, 1 << 32, options.addresses, dtype=np.uint32)
    four = [str(IPv4Address(int(word))) for word in words[: options.sample]]
    six = within(list(pairs), options.sample, rng)
    rates = {
        "depgraph, IPv4 array": best(lambda: table.lookup_many(words), len(words), options),
        "depgraph, IPv4 texts": best(lambda: table.lookup_many(four), len(four), options),
        "depgraph, IPv6 texts": best(lambda: table.lookup_many(six), len(six), options),
        "depgraph, IPv4 one by one": best(one_by_one(table.lookup, four), len(four), options),
        "depgraph, IPv6 one by one": best(one_by_one(table.lookup, six), len(six), options),
    }
    same = True
    if importlib.util.find_spec("pyasn"):
        peer = open_pyasn(pairs)
        rates["pyasn, IPv4 one by one"] = best(one_by_one(peer.lookup, four), len(four), options)
        rates["pyasn, IPv6 one by one"] = best(one_by_one(peer.lookup, six), len(six), options)
        same = all(agree(table, peer, address) for address in four + six)
    for what, rate in rates.items():
        print(f"  {what:28} {rate / 1e6:8.2f} million/s   {1e6 / rate:8.3f} microseconds each")
    numbers = table.lookup_many(four + six).tolist()
    singles = [table.lookup(address) for address in four + six]
    same = same and singles == [table.match(n) if n >= 0 else None for n in numbers]
    print(f"the same answers on {len(singles):,} addresses, bulk, single and pyasn: {same}")
    ratio = rates["depgraph, IPv4 array"] / rates.get("pyasn, IPv4 one by one", 1)
    wanted = BULK if len(table) >= LARGE else 0
    print(f"IPv4 in bulk: {ratio:.0f} times pyasn (to reach: {wanted})")
    return 0 if same and ratio >= wanted else 1


def best(run: Callable[[], Any], count: int, options: argparse.Namespace) -> float:
    """Return how many a second, in the best of several passes."""
    times = []
    for _ in range(options.repeat):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return count / min(times)


def one_by_one(ask: Callable[[str], Any], addresses: list[str]) -> Callable[[], None]:
    def run() -> None:
        for address in addresses:  # the answers are not kept: keeping them would be timed too
            ask(address)

    return run


def agree(table: PrefixTable[int], peer: Any, address: str) -> bool:
    match = table.lookup(address)
    expected = (match.value[0], match.prefix) if match else (None, None)
    return bool(peer.lookup(address) == expected)


def open_pyasn(pairs: Pairs) -> Any:
    import pyasn

    with tempfile.NamedTemporaryFile("w", suffix=".dat") as file:
        file.writelines(f"{show(prefix)}\t{asns[0]}\n" for prefix, asns in pairs.items())
        file.flush()
        return pyasn.pyasn(file.name)


def within(prefixes: list[Prefix], count: int, rng: np.random.Generator) -> list[str]:
    """Draw addresses within the IPv6 prefixes: a random prefix, then a random address in it."""
    six = [(start, length) for version, start, length in prefixes if version == 6]
    drawn = []
    for place in rng.integers(0, len(six), count if six else 0).tolist():
        start, length = six[place]
        noise = int.from_bytes(rng.bytes(16)) >> length if length < 128 else 0
        drawn.append(str(IPv6Address(start | noise)))
    return drawn


def real(directory: Path, owner: str) -> Pairs:
    """Read the tables; of a list without origins each prefix gets a number of its own."""
    pairs: Pairs = {}
    for path in sorted(directory.iterdir()):
        if "names" in path.name:
            continue
        for number, match in enumerate(read_table(path, provider=owner).prefixes, start=1):
            asns = match.value if isinstance(match.value[0], int) else (number,)
            pairs[parse_prefix(match.prefix)] = asns
    return pairs


def deaggregate(pairs: Pairs, wanted: int, rng: np.random.Generator) -> None:
    """Add longer prefixes with other origins until there are so many of IPv4."""
    parents = [prefix for prefix in pairs if prefix[0] == 4 and 14 <= prefix[2] < 24]
    origins = list(pairs.values())
    missing = wanted - sum(version == 4 for version, _, _ in pairs)
    while missing > 0:
        for place, host, depth, other in zip(
            rng.integers(0, len(parents), missing).tolist(),
            rng.integers(0, 1 << 32, missing).tolist(),
            rng.random(missing).tolist(),
            rng.integers(0, len(origins), missing).tolist(),
            strict=True,
        ):
            _, start, length = parents[place]
            longer = length + 1 + int(depth / 0.99 * (24 - length))
            if depth >= 0.99:
                longer = 25 + int(depth * 1e4) % 8
            inside = start | host & ((1 << (32 - length)) - 1)
            prefix = (4, inside >> (32 - longer) << (32 - longer), longer)
            pairs.setdefault(prefix, origins[other])
        missing = wanted - sum(version == 4 for version, _, _ in pairs)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, help="directory of IPv4 and IPv6 tables")
    add("--owner", default="", help="whose the plain lists in it are")
    add("--prefixes", type=int, default=1_000_000, help="IPv4 prefixes to reach")
    add("--addresses", type=int, default=10_000_000, help="in the array")
    add("--sample", type=int, default=200_000, help="of them as texts, compared with pyasn")
    add("--repeat", type=int, default=5)
    add("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

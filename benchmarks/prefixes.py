"""Longest-prefix match side by side with pyasn, pytricia and maxminddb, in one run.

    python benchmarks/prefixes.py --data DIRECTORY

`--data` holds IPv4 and IPv6 tables that `depgraph.providers.tables.read_table` reads (such as
the CSV of npm @ip-location-db/asn). They are brought up to `--prefixes` IPv4 prefixes by
*synthetic deaggregation*: longer prefixes with another origin, laid at random into those that
are there (one in a hundred longer than /24), as customers of a real network would be.

The peers are no dependencies of depgraph: pip install pyasn pytricia maxminddb. One that is not
there is said and left out. Every rate is the best of `--repeat` passes over the same addresses
(arrays: four times as many), all parties in turn, in processor time, which a busy machine disturbs
less than the clock. Answers are compared on every address that a peer is asked about.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import numpy as np

from depgraph.providers.prefixes import Prefix, PrefixTable, parse_prefix
from depgraph.providers.tables import read_table

PEERS = ("pyasn", "pytricia", "maxminddb")


def main() -> int:
    options = arguments()
    rng = np.random.default_rng(options.seed)
    pairs = real(options.data)
    known = len(pairs)
    pairs = deaggregate(pairs, options.prefixes, rng)
    begin = time.process_time()
    table = PrefixTable(pairs)
    built = time.process_time() - begin
    print(f"{table!r}")
    print(
        f"  {known:,} prefixes real, {len(table) - known:,} by synthetic deaggregation; built in {built:.1f} s"
    )
    found = [name for name in PEERS if importlib.util.find_spec(name)]
    for name in (name for name in PEERS if name not in found):
        print(f"  {name}: not installed, left out")
    with tempfile.TemporaryDirectory() as scratch:
        peers = {name: OPEN[name](pairs, Path(scratch)) for name in found}
        bars = run(options, rng, table, peers)
    failed = [name for name, passed in bars if not passed]
    print("all bars reached" if not failed else f"not reached: {'; '.join(failed)}")
    return bool(failed)


def run(
    options: argparse.Namespace,
    rng: np.random.Generator,
    table: PrefixTable[Any],
    peers: dict[str, Any],
) -> list[tuple[str, bool]]:
    bars: list[tuple[str, bool]] = []
    four = rng.integers(0, 1 << 32, options.addresses, dtype=np.uint32)
    high, low = six(table, options.addresses, rng)

    print(f"\nbulk, {options.addresses:,} addresses (million a second, best of {options.repeat})")
    cells = (four >> 8).astype(np.intp)
    memory = rng.integers(0, 1 << 20, 1 << 24).astype(np.int32)
    sample4 = [str(IPv4Address(int(a))) for a in four[: options.sample]]
    sample6 = [
        str(IPv6Address(int(upper) << 64 | int(lower)))
        for upper, lower in zip(high[: options.sample], low[: options.sample], strict=True)
    ]
    arrays = rates(
        {
            "plain random gather from 2^24 int32, indexed": (lambda: memory[cells], len(four)),
            "plain random gather from 2^24 int32, take": (lambda: memory.take(cells), len(four)),
            OURS4: (lambda: table.lookup_many(four), len(four)),
            OURS6: (lambda: table.lookup_many((high, low)), len(high)),
        },
        4 * options.repeat,
    )
    told = rates(
        {
            "depgraph IPv4, from texts": (lambda: table.lookup_many(sample4), len(sample4)),
            "depgraph IPv6, from texts": (lambda: table.lookup_many(sample6), len(sample6)),
        }
        | {
            f"{name} IPv4, its single look-up in a list": (in_a_list(peer, sample4), len(sample4))
            for name, peer in peers.items()
        },
        options.repeat,
    )
    gather = max(rate for what, rate in arrays.items() if "gather" in what)
    if "pyasn" in peers:
        pyasn = told["pyasn IPv4, its single look-up in a list"]
        bars.append(bar("100 times pyasn in bulk", arrays[OURS4] / pyasn, 100))
    bars.append(bar("half of a plain random gather", arrays[OURS4] / gather, 0.5))
    bars.append(bar("IPv6 within a factor 4 of IPv4", arrays[OURS6] / arrays[OURS4], 0.25))

    print(f"\nsingle look-ups (microseconds; first pass, then best of {options.repeat})")
    bars += singles(options, table, peers, sample4[: options.single], sample6[: options.single])

    print(f"\nthe same answers on {len(sample4):,} random IPv4 and {len(sample6):,} IPv6 addresses")
    own4 = [table.lookup(a) for a in sample4]
    own6 = [table.lookup(a) for a in sample6]
    numbers = table.lookup_many(sample4).tolist() + table.lookup_many(sample6).tolist()
    bulk_same = [table.match(n) if n >= 0 else None for n in numbers] == own4 + own6
    bars.append(bar("bulk and single agree", float(bulk_same), 1))
    for name, peer in peers.items():
        same = sum(
            peer.same(address, match)
            for address, match in zip(sample4 + sample6, own4 + own6, strict=True)
        )
        share = same / (len(sample4) + len(sample6))
        bars.append(bar(f"{name} ({peer.compares}) agrees", share, 1))
    return bars


def singles(
    options: argparse.Namespace,
    table: PrefixTable[Any],
    peers: dict[str, Any],
    four: list[str],
    six_: list[str],
) -> list[tuple[str, bool]]:
    bars = []
    for family, addresses in (("IPv4", four), ("IPv6", six_)):
        asked = {"depgraph": table.lookup, **{name: peer.answer for name, peer in peers.items()}}
        passes: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(options.repeat + 1):
            for name, ask in asked.items():
                passes[name].append(one_by_one(ask, addresses))
        times = {name: (taken[0], min(taken[1:])) for name, taken in passes.items()}
        for name, (first, best) in times.items():
            print(f"  {name + ' ' + family:44} {first:8.2f} {best:8.2f}")
        if "pyasn" in times:
            ratio = times["pyasn"][1] / times["depgraph"][1]
            bars.append(bar(f"single {family} no slower than pyasn", ratio, 1))
    return bars


OURS4 = "depgraph IPv4, any address"
OURS6 = "depgraph IPv6, addresses within the prefixes"


def one_by_one(ask: Callable[[str], Any], addresses: list[str]) -> float:
    begin = time.process_time()
    for address in addresses:
        ask(address)
    return (time.process_time() - begin) / len(addresses) * 1e6


def in_a_list(peer: Any, addresses: list[str]) -> Callable[[], Any]:
    ask = peer.answer
    return lambda: [ask(address) for address in addresses]


def rates(runs: dict[str, tuple[Callable[[], Any], int]], repeat: int) -> dict[str, float]:
    """Time all in turn, several times over, so that a busy machine slows them all alike."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(repeat):
        for what, (run_, _count) in runs.items():
            begin = time.process_time()
            run_()
            best[what] = min(best[what], time.process_time() - begin)
    told = {what: count / best[what] / 1e6 for what, (_, count) in runs.items()}
    for what, rate in told.items():
        print(f"  {what:52} {rate:9.2f}")
    return told


def bar(what: str, value: float, wanted: float) -> tuple[str, bool]:
    passed = value >= wanted
    print(f"  {'ok ' if passed else 'NOT'} {what}: {value:.3g} (to reach: {wanted:g})")
    return what, passed


def six(table: PrefixTable[Any], count: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw addresses within the IPv6 prefixes: a random prefix, then a random address in it."""
    prefixes = [parse_prefix(match.prefix) for match in table if ":" in match.prefix]
    starts = np.array([[p.start >> 64, p.start & (1 << 64) - 1] for p in prefixes], np.uint64)
    masks = [(1 << (128 - p.length)) - 1 for p in prefixes]
    free = np.array([[m >> 64, m & (1 << 64) - 1] for m in masks], np.uint64)
    picked = rng.integers(0, len(prefixes), count)
    noise = rng.integers(0, 1 << 64, (count, 2), dtype=np.uint64)
    drawn = starts[picked] | (noise & free[picked])
    return drawn[:, 0].copy(), drawn[:, 1].copy()


def real(directory: Path) -> dict[Prefix, int]:
    pairs: dict[Prefix, int] = {}
    for path in sorted(directory.iterdir()):
        if "ipv" in path.name:
            pairs |= {parse_prefix(m.prefix): m.value[0] for m in read_table(path).prefixes}
    return pairs


def deaggregate(
    pairs: dict[Prefix, int], wanted: int, rng: np.random.Generator
) -> list[tuple[Prefix, int]]:
    grown = dict(pairs)
    parents = [p for p in pairs if p.version == 4 and 14 <= p.length < 24]
    origins = list(pairs.values())
    missing = wanted - sum(p.version == 4 for p in pairs)
    while missing > 0:
        for parent, host, depth, other in zip(
            rng.integers(0, len(parents), missing).tolist(),
            rng.integers(0, 1 << 32, missing).tolist(),
            rng.random(missing).tolist(),
            rng.integers(0, len(origins), missing).tolist(),
            strict=True,
        ):
            start, length = parents[parent].start, parents[parent].length
            longer = (
                length + 1 + int(depth / 0.99 * (24 - length))
                if depth < 0.99
                else 25 + int(depth * 1e4) % 8
            )
            inside = start | host & ((1 << (32 - length)) - 1)
            grown.setdefault(
                Prefix(4, inside >> (32 - longer) << (32 - longer), longer), origins[other]
            )
        missing = wanted - sum(p.version == 4 for p in grown)
    return list(grown.items())


class Pyasn:
    compares = "AS number and prefix"

    def __init__(self, table: Any) -> None:
        self.answer = table.lookup

    def same(self, address: str, match: Any) -> bool:
        return bool(
            self.answer(address) == ((match.value, match.prefix) if match else (None, None))
        )


class Pytricia:
    compares = "AS number and prefix"

    def __init__(self, four: Any, six_: Any) -> None:
        self.four, self.six = four, six_

    def answer(self, address: str) -> Any:
        return (self.six if ":" in address else self.four).get(address)

    def same(self, address: str, match: Any) -> bool:
        tree = self.six if ":" in address else self.four
        key = tree.get_key(address)
        return bool((key, tree[key]) == tuple(match) if key else match is None)


class Maxminddb:
    compares = "AS number; the form keeps no prefix of its own"

    def __init__(self, reader: Any) -> None:
        self.answer = reader.get

    def same(self, address: str, match: Any) -> bool:
        return bool(self.answer(address) == (match.value if match else None))


def texts(pairs: Iterable[tuple[Prefix, int]]) -> Iterable[tuple[str, int]]:
    for prefix, value in pairs:
        kind = IPv4Address if prefix.version == 4 else IPv6Address
        yield f"{kind(prefix.start)}/{prefix.length}", value


def open_pyasn(pairs: list[tuple[Prefix, int]], scratch: Path) -> Pyasn:
    import pyasn

    path = scratch / "table.dat"
    path.write_text("".join(f"{prefix}\t{value}\n" for prefix, value in texts(pairs)))
    return Pyasn(pyasn.pyasn(str(path)))


def open_pytricia(pairs: list[tuple[Prefix, int]], _: Path) -> Pytricia:
    import socket

    import pytricia

    trees = pytricia.PyTricia(32), pytricia.PyTricia(128, socket.AF_INET6)
    for (prefix, _length), (text, value) in zip(
        ((p, p.length) for p, _ in pairs), texts(pairs), strict=True
    ):
        trees[prefix.version == 6].insert(text, value)
    for tree in trees:
        tree.freeze()
    return Pytricia(*trees)


def open_maxminddb(pairs: list[tuple[Prefix, int]], scratch: Path) -> Maxminddb:
    import maxminddb

    path = scratch / "table.mmdb"
    path.write_bytes(mmdb(pairs))
    return Maxminddb(maxminddb.open_database(str(path)))


OPEN = {"pyasn": open_pyasn, "pytricia": open_pytricia, "maxminddb": open_maxminddb}


def mmdb(pairs: list[tuple[Prefix, int]]) -> bytes:
    """Write a database whose records are AS numbers (https://maxmind.github.io/MaxMind-DB/)."""
    left, right = [-1], [-1]  # -1: nothing; 0 and above: a node; below -1: the record -2 - n
    children = (left, right)
    origins: dict[int, int] = {}
    for prefix, value in sorted(
        pairs, key=lambda pair: pair[0].length + 96 * (pair[0].version == 4)
    ):
        bits = prefix.length + (96 if prefix.version == 4 else 0)
        record = -2 - origins.setdefault(value, len(origins))
        at = 0
        for place in range(127, 128 - bits, -1):
            side = children[prefix.start >> place & 1]
            if side[at] < 0:  # a shorter prefix ends here: both halves inherit what it says
                left.append(side[at])
                right.append(side[at])
                side[at] = len(left) - 1
            at = side[at]
        children[prefix.start >> (128 - bits) & 1][at] = record
    count = len(left)
    data = b"".join(bytes([6 << 5 | 4]) + origin.to_bytes(4) for origin in origins)
    nodes = np.array([left, right], np.int64).T
    nodes = np.where(nodes == -1, count, np.where(nodes < -1, count + 16 + 5 * (-2 - nodes), nodes))
    metadata = b"\xe9" + b"".join(
        text(key) + value
        for key, value in {
            "binary_format_major_version": b"\xa1\x02",
            "binary_format_minor_version": b"\xa0",
            "build_epoch": b"\x04\x02" + (1610668800).to_bytes(4),
            "database_type": text("bench"),
            "description": b"\xe0",
            "ip_version": b"\xa1\x06",
            "languages": b"\x00\x04",
            "node_count": b"\xc4" + count.to_bytes(4),
            "record_size": b"\xa1\x20",
        }.items()
    )
    return nodes.astype(">u4").tobytes() + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + metadata


def text(value: str) -> bytes:
    raw = value.encode()
    return (
        bytes([2 << 5 | min(len(raw), 29)])
        + (bytes([len(raw) - 29]) if len(raw) >= 29 else b"")
        + raw
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="directory of IPv4 and IPv6 tables"
    )
    parser.add_argument("--prefixes", type=int, default=1_000_000, help="IPv4 prefixes to reach")
    parser.add_argument("--addresses", type=int, default=10_000_000)
    parser.add_argument(
        "--sample", type=int, default=1_000_000, help="addresses compared with the peers"
    )
    parser.add_argument("--single", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

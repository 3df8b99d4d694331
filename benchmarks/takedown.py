"""How long the minimal cut sets take, beside two other ways to find them.

    python benchmarks/takedown.py [RECORDING ...] [--growth] [--repeat 20]

On a nasty graph made here (13 name servers at 6 operators, a CNAME chain of 4 links, 3 mail
operators, shared sub-dependencies, over 30 actors), and on each recording given (else the
shipped one with the largest graph), one core:

* single points of failure, in one pass with one bit per actor;
* all cut sets up to 3;
* all cut sets, through our decision diagram.

Beside them, in the same run and on the same reduced circuits: a plain MOCUS on frozensets
(Fussell & Vesely 1972) and `dd.autoref` (``pip install dd``; left out where it is missing).
The answers of all three are compared; the bars are 0.2, 3 and 150 ms.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time
from itertools import combinations
from pathlib import Path

import networkx as nx

from depgraph import build, read
from depgraph.analysis.circuit import ALWAYS, NEVER, Game, cut_down
from depgraph.analysis.cutsets import every, members, singles, up_to
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Case, Model, compile_graph
from depgraph.schema import small

BARS = {"single": 0.2, "up to 3": 3.0, "all": 150.0}
SHIPPED = Path(__file__).parent.parent / "data" / "recordings"
MONTH = seconds_of("30d")


def nasty(  # noqa: PLR0915
    servers: int = 13, operators: int = 6, links: int = 4, mailers: int = 3, seed: int = 1
):
    """Make a graph that is harder than real ones."""
    draw = random.Random(seed)
    s = "example.com"
    rows: list = []
    countries = ["US", "DE", "FR", "NL", "RU", "JP"]
    owned: set[str] = set()

    def provider(name: str) -> str:
        if name not in owned:
            owned.add(name)
            rows.append((f"provider:{name}", "owner", f"company:{name}"))
            rows.append((f"company:{name}", "law", f"country:{draw.choice(countries)}"))
        return f"provider:{name}"

    def address(name: str, operator: str, network: str) -> str:
        node = f"address:{name}"
        rows.append((node, "operator", provider(operator)))
        rows.append((node, "prefix", f"prefix:{network}"))
        rows.append((f"prefix:{network}", "origin", f"asn:{network}"))
        rows.append((f"asn:{network}", "network", provider(f"net-{network}")))
        return node

    def zone(name: str, names: list[str], registrar: str, registry: str) -> str:
        node = f"zone:{name}"
        rows.append((node, "registration", f"registration:{name}"))
        rows.append((f"registration:{name}", "registrar", provider(registrar)))
        rows.append((f"registration:{name}", "registry", provider(registry)))
        rows.append((node, "parent", f"zone:{registry}"))
        rows.append((f"zone:{registry}", "registry", provider(registry)))
        rows.append((node, "nameserver", f"nameservers:{name}"))
        rows.extend((f"nameservers:{name}", "nameserver", one, {"ttl": 3600}) for one in names)
        return node

    def lookup(name: str, home: str) -> str:
        rows.append((f"lookup:{name}", "nameserver", f"nameserver:{name}"))
        rows.append((f"lookup:{name}", "zone", home))
        return f"lookup:{name}"

    per_operator: dict[int, list[str]] = {}
    for n in range(servers):
        per_operator.setdefault(n % operators, []).append(f"ns{n}.op{n % operators}.net")
    homes = {}
    for op, names in per_operator.items():
        other = per_operator[(op + 1) % len(per_operator)][0]
        glued = [f"nameserver:{name}" for name in names]
        homes[op] = f"zone:op{op}.net"
        zone(
            f"op{op}.net",
            [*glued, lookup(other, f"zone:op{(op + 1) % len(per_operator)}.net")],
            f"registrar-{op % 3}",
            draw.choice(["com", "net"]),
        )
        for place, name in enumerate(names):
            rows.append((f"nameserver:{name}", "operator", provider(f"dns-{op}")))
            rows.append((f"nameserver:{name}", "address", f"addresses:{name}"))
            for k in range(2):
                network = f"{(op + k + place) % 9}"
                rows.append(
                    (
                        f"addresses:{name}",
                        "address",
                        address(f"{name}/{k}", f"host-{(op * 2 + k) % 8}", network),
                    )
                )
    all_servers = [lookup(name, homes[op]) for op, names in per_operator.items() for name in names]
    zone(s, all_servers, "registrar-0", "com")
    host = f"host:www.{s}"
    rows.append((f"function:{s}/web", "host", host))
    rows.append((host, "zone", f"zone:{s}"))
    for link in range(links):
        target = f"host:h{link}.cdn{link}.net"
        chosen = draw.sample(all_servers, min(3, len(all_servers)))
        rows.append((host, "alias", target, {"ttl": 60}))
        rows.append(
            (target, "zone", zone(f"cdn{link}.net", chosen, f"registrar-{link % 3}", "net"))
        )
        host = target
    rows.append((host, "address", "addresses:end"))
    rows.extend(
        ("addresses:end", "address", address(f"end/{k}", f"edge-{k % 4}", f"{k % 9}"), {"ttl": 60})
        for k in range(6)
    )
    rows.append((f"function:{s}/mail", "zone", f"zone:{s}"))
    rows.append((f"function:{s}/mail", "exchange", f"exchanges:{s}"))
    for k in range(mailers):
        rows.append((f"exchanges:{s}", "exchange", f"exchange:mx{k}"))
        rows.append((f"exchange:mx{k}", "operator", provider(f"mail-{k}")))
        rows.append((f"exchange:mx{k}", "host", f"host:mx{k}"))
        rows.append((f"host:mx{k}", "zone", f"zone:cdn{k % max(links, 1)}.net"))
        rows.append((f"host:mx{k}", "address", f"addresses:mx{k}"))
        rows.extend(
            (f"addresses:mx{k}", "address", address(f"mx{k}/{i}", f"edge-{(k + i) % 4}", f"{i}"))
            for i in range(2)
        )
    rows.append((f"function:{s}/name", "registration", f"registration:{s}"))
    rows += [(f"service:{s}", "function", f"function:{s}/{f}") for f in ("web", "mail", "name")]
    return small(s, rows)


def mocus(game: Game, root: int, upto: int | None) -> set[frozenset[int]]:
    """Do it plainly: expand the gates bottom-up on frozensets, absorb at each; circles by rounds."""
    slot = game.roots[root]
    if slot in {NEVER, ALWAYS}:
        return {frozenset()} if slot == ALWAYS else set()
    value: dict[int, set[frozenset[int]]] = {p: {frozenset({p})} for p in range(len(game.players))}

    def absorb(sets):
        kept: list[frozenset[int]] = []
        for one in sorted(sets, key=len):
            if (upto is None or len(one) <= upto) and not any(k <= one for k in kept):
                kept.append(one)
        return set(kept)

    def gate(either: bool, needs):  # noqa: FBT001
        if not either:
            return absorb(set().union(*(value[n] for n in needs)))
        found = {frozenset()}
        for n in needs:
            found = absorb({a | b for a in found for b in value[n]})
        return found

    for block, circle in zip(game.circuit.blocks, game.circuit.circles, strict=True):
        steps = [step for step in block if step[0] not in value]
        if not circle:
            for node, either, needs in steps:
                value[node] = gate(either, needs)
            continue
        for node, _, _ in steps:
            value[node] = {frozenset()}
        changed = True
        while changed:
            changed = False
            for node, either, needs in steps:
                new = gate(either, needs)
                changed |= new != value[node]
                value[node] = new
    return value[slot]


def with_dd(game: Game, root: int, module: str) -> set[frozenset[int]] | None:
    """Find all through dd: its diagram, and Rauzy's minimal solutions over it."""
    try:
        BDD = importlib.import_module(module).BDD  # noqa: N806
    except ImportError:
        return None
    slot = game.roots[root]
    if slot < 0:
        return {frozenset()} if slot == ALWAYS else set()
    bdd = BDD()
    if hasattr(bdd, "_bdd"):  # it complains of references held at exit
        type(bdd._bdd).__del__ = lambda _: None  # noqa: SLF001
    names = [f"p{p}" for p in range(len(game.players))]
    bdd.declare(*names)
    value = {p: bdd.var(name) for p, name in enumerate(names)}
    for block, circle in zip(game.circuit.blocks, game.circuit.circles, strict=True):
        steps = [step for step in block if step[0] not in value]
        for node, _, _ in steps:
            value[node] = bdd.true
        changed = True
        while changed:
            changed = False
            for node, either, needs in steps:
                new = bdd.true if either else bdd.false
                for n in needs:
                    new = (new & value[n]) if either else (new | value[n])
                changed |= new != value[node]
                value[node] = new
            changed &= circle
    memo: dict = {}

    def minimal(u) -> set[frozenset[int]]:
        if u == bdd.true:
            return {frozenset()}
        if u == bdd.false:
            return set()
        if u not in memo:
            low, high = bdd.let({u.var: False}, u), bdd.let({u.var: True}, u)
            player = int(u.var[1:])
            below = minimal(low)
            above = {one for one in minimal(high) if not any(k <= one for k in below)}
            memo[u] = below | {one | {player} for one in above}
        return memo[u]

    return minimal(value[slot])


def brute(model: Model, game: Game, root: int, upto: int) -> set[frozenset[int]]:
    """Try every set up to a size on the whole graph."""
    node = list(model.functions.values())[root]
    circuit = model.circuit(Case(MONTH))
    found: set[frozenset[int]] = set()
    for size in range(upto + 1):
        for chosen in combinations(range(len(game.players)), size):
            one = frozenset(chosen)
            if any(k <= one for k in found):
                continue
            if circuit.failing({game.players[p]: 1 for p in one})[node]:
                found.add(one)
    return found


def best(repeat: int, work) -> tuple[float, object]:
    """Give the best of several runs, in milliseconds, and the answer."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        answer = work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), answer


def sets_of(found) -> list[set[frozenset[int]]]:
    return [{frozenset(members(mask)) for mask in one.sets} for one in found]


def measure(name: str, graph: nx.MultiDiGraph, *, level: str, repeat: int, others: bool) -> bool:
    """Measure one graph, say what was found, and tell whether it kept to the bars."""
    compiling, model = best(3, lambda: compile_graph(graph))
    reducing, game = best(
        3,
        lambda: cut_down(
            model.circuit(Case(MONTH)), model.actors(level), (), tuple(model.functions.values())
        ),
    )
    roots = range(len(game.roots))
    figures = {}
    figures["single"], _ = best(repeat, lambda: singles(game))
    figures["up to 3"], three = best(repeat, lambda: up_to(game, 3))
    figures["all"], full = best(
        max(3, repeat // 4),
        lambda: [every(game, root, budget=400_000, limit=1_000_000) for root in roots],
    )
    total = [len(one.sets) for one in full]
    print(f"\n{name} ({level}): {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges,")
    print(
        f"  {len(model.actors(level))} actors ({len(game.players)} that matter), cut sets per "
        f"function {total}, compiled in {compiling:.1f} ms, reduced in {reducing:.2f} ms"
    )
    kept = True
    for what, figure in figures.items():
        ok = figure <= BARS[what]
        kept &= ok
        print(
            f"  {what:8}  {figure:9.3f} ms   bar {BARS[what]:6.1f} ms   {'kept' if ok else 'MISSED'}"
        )
    if others:
        plain3, found3 = best(1, lambda: [mocus(game, root, 3) for root in roots])
        print(
            f"  {'MOCUS up to 3':16}  {plain3:9.1f} ms, {plain3 / figures['up to 3']:.0f} times ours"
        )
        assert found3 == sets_of(three), "MOCUS and ours differ up to 3"
        plain, found = best(1, lambda: [mocus(game, root, None) for root in roots])
        print(f"  {'MOCUS all':16}  {plain:9.1f} ms, {plain / figures['all']:.1f} times ours")
        assert found == sets_of(full), "MOCUS and ours differ"
        for module in ("dd.autoref", "dd.cudd"):
            dd, found = best(1, lambda m=module: [with_dd(game, root, m) for root in roots])
            if None in found:
                print(f"  {module} is not installed")
                continue
            print(f"  {module + ' all':16}  {dd:9.1f} ms, {dd / figures['all']:.1f} times ours")
            assert found == sets_of(full), f"{module} and ours differ"
        if len(game.players) <= 40:
            assert [brute(model, game, root, 2) for root in roots] == [
                {one for one in sets if len(one) <= 2} for sets in sets_of(three)
            ], "brute force and ours differ up to 2"
            print("  brute force over the whole graph agrees up to 2")
    return kept


def one_zone(servers: int):
    """Cut the zone of one operator out of the nasty graph, one address a server, no law."""
    graph = nasty(servers, 1, 0, 1)
    graph.remove_nodes_from([n for n in graph if n.endswith("/1") or n.startswith("country:")])
    name = "function:example.com/name"
    graph.remove_edges_from(list(graph.out_edges(name, keys=True)))
    graph.add_edge(name, "zone:op0.net", "zone", relation="zone", strength="needs")
    return graph.subgraph({name, *nx.descendants(graph, name)})


def growth(repeat: int) -> None:
    """Show how the cost grows with the graph, from what one zone of it alone needs."""
    print("\n nodes  actors   single  up to 3      all   cut sets   (ms)")
    sizes = (
        (1, 1, 0, 1),
        (2, 1, 0, 1),
        (4, 2, 1, 2),
        (6, 3, 2, 2),
        (8, 4, 3, 3),
        (13, 6, 4, 3),
        (18, 8, 6, 4),
        (24, 10, 8, 5),
    )
    for graph in (one_zone(1), one_zone(3), *(nasty(*size) for size in sizes)):
        model = compile_graph(graph)
        game = model.game("provider", MONTH)
        one, _ = best(repeat, lambda game=game: singles(game))
        three, _ = best(repeat, lambda game=game: up_to(game, 3))
        full, found = best(
            1,
            lambda game=game: [
                every(game, root, budget=400_000, limit=100_000) for root in range(len(game.roots))
            ],
        )
        listed = sum(len(part.sets) for part in found)
        stops = [part.complete_to for part in found if part.complete_to is not None]
        counts = [sum(part.counts) for part in found if part.counts]
        note = f"complete to {min(stops)} of {sum(counts) or 'unknown'}" if stops else "all"
        print(
            f"{graph.number_of_nodes():6} {len(model.actors('provider')):7} {one:8.3f} {three:8.2f} "
            f"{full:8.1f} {listed:10} {note}"
        )


def largest(folder: Path) -> list[Path]:
    """Give the recording whose graph has the most nodes."""
    sizes = {path: build(read(path)).number_of_nodes() for path in sorted(folder.glob("*.jsonl"))}
    return sorted(sizes, key=lambda path: -sizes[path])[:1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("recording", nargs="*", type=Path)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--level", default="provider")
    options = parser.parse_args()
    kept = measure("nasty", nasty(), level=options.level, repeat=options.repeat, others=True)
    for path in options.recording or largest(SHIPPED):
        graph = build(read(path))
        kept &= measure(path.name, graph, level=options.level, repeat=options.repeat, others=True)
    if options.growth:
        growth(options.repeat)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

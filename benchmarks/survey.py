"""Surveys: equal to single-service analysis, how quick, how large, by which engine.

    python benchmarks/survey.py equal SOURCE... [--dated DAY] [--most 2000]
    python benchmarks/survey.py speed SOURCE... [--dated DAY] [--most 2000]
    python benchmarks/survey.py command SOURCE... [--dated DAY] [--join LIST --by COLUMN]
    python benchmarks/survey.py synthetic [--services 10000]
    python benchmarks/survey.py two [--services 2000]
    python benchmarks/survey.py without [--services 1000000] [--actors 5000]
    python benchmarks/survey.py engines SOURCE... [--most 2000] [--spark]
    python benchmarks/survey.py alike SOURCE... [--dated DAY] [--most 300]
    python benchmarks/survey.py moved ZONE [--dated DAY] [--changes 200]
    python benchmarks/survey.py kills SOURCE... [--kills 20]
    python benchmarks/survey.py broken [--lines 1000000]
    python benchmarks/survey.py stream [--lines 10000000]

`equal` compares cut sets up to 2 at three levels, and `without` of 20 sets at three levels, with
the graph of each service alone, and prints every difference; SOURCE may be ``synthetic`` or ``lab``
(the services of the tests' lab of real name servers, observed). `speed` compares the CPU time of a
survey with that of a plain loop (read, build, takedown). `command` does so with all that
``depgraph survey`` does and writes, in a process of its own, and says how much memory that took, and at most in all of its processes;
the loop takes a service by chance each second beside it, for the same work costs twice as much CPU
time on a machine with much to do. `synthetic` makes services with 40
observations and more, writes them as a world, and gives the CPU time for each at two sizes, as a survey takes it
and by the plain loop. `two` takes two processes and one by turns.
`without` counts the services that fall with each of the largest
actors, at three sizes, and compares the shared circuit with a work list over networkx. `engines` runs the same
services by one process, two, Dask (if it is there) and Spark (``--spark``), and the shipped SQL
by DuckDB and Spark. `alike` takes two services of each shape (depgraph.survey.alike) and compares
every row that the first gives for the second with what the second alone gives. `moved` surveys a
zone file as it is, and with delegations moved, removed, or hidden (their lines cannot be read),
and compares what `compare` names with these. `kills` ends a survey by SIGKILL at moments by chance,
lets it go on, and compares its files with those of one that was left alone. `broken` surveys lines
of massdns of which one in a hundred is broken, and compares `refused` with these. `stream` reads
a registry's zone file, a tenth of its delegations with glue far behind them, and writes it as a
world: how many lines were read before the first delegation was out, and how much memory it took.
The load of the machine is printed with every time.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import networkx as nx

import depgraph
from depgraph.analysis.circuit import ALWAYS
from depgraph.errors import QuestionError
from depgraph.names import is_below
from depgraph.observations import Observation, Status
from depgraph.providers import load
from depgraph.readers import World, interval, load_zone, read_zone, registry, write_world
from depgraph.recording import Header, Recording
from depgraph.survey.alike import Remembered
from depgraph.survey.counting import QUERIES, VIEWS
from depgraph.survey.judgement import Question, examined, judge, judged
from depgraph.survey.shapes import Readings, shape_of
from depgraph.survey.shared import Shared, _Nodes
from depgraph.survey.sources import gather_world, services_of
from depgraph.survey.tables import TABLES

LEVELS = ("provider", "company", "country")
DAY = datetime(2026, 11, 1, tzinfo=UTC)


def recordings_of(args: argparse.Namespace) -> list[Recording]:
    if args.source == ["synthetic"]:
        chance = random.Random(1)
        return [service(number, chance) for number in range(args.most)]
    if args.source == ["lab"]:
        return of_lab()
    found = services_of(args.source, undated=interval(args.dated) if args.dated else None)
    return [found.recording(name, None)[0] for name in found.names[: args.most]]


def of_lab() -> list[Recording]:
    """Observe every service of the lab of real name servers: circles, lame ones, drift."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.lab import Lab
    from tests.lab.services import SERVICES

    with Lab() as lab:
        return [
            depgraph.observe(one.name, endpoints=lab.endpoints, progress=False) for one in SERVICES
        ]


def equal(args: argparse.Namespace) -> int:
    """Return how many services differ."""
    recordings = recordings_of(args)
    wrong = 0
    survey = depgraph.survey(recordings)
    cuts: dict[str, list[tuple[object, ...]]] = {}
    for row in survey.cuts.to_pylist():
        key = (row["level"], row["function"], tuple(row["members"]), row["confidence"])
        cuts.setdefault(row["service"], []).append((*key, row["worst_case"]))
    counts = Counter((row["level"], row["actor"]) for row in survey.tables["alone"].to_pylist())
    sets = [[a for (of, a), _ in counts.most_common() if of == level][:7] for level in LEVELS]
    asked = [[one] for several in sets for one in several][:20]
    states = {}
    for query in asked:
        for row in survey.without(query):
            states[row["service"], row["function"], query[0]] = row["state"]
    for recording in recordings:
        model = depgraph.analysis.model.compile_graph(depgraph.build(recording))
        expected = [
            (level, one.function, cut.ids, cut.confidence, cut.worst_case)
            for level in LEVELS
            for one in depgraph.takedown(model, level=level, upto=2, explain=0).functions
            for cut in one.cut_sets
        ]
        differs = cuts.get(recording.subject, []) != expected
        for query in asked:
            try:
                left = depgraph.without(model, query).functions
            except QuestionError:  # a graph in which nobody has that name has no answer alone
                continue
            for one in left:
                found = states.get((recording.subject, one.function, query[0]), "absent")
                differs = differs or found != one.state
        if differs:
            wrong += 1
            print(f"differs: {recording.subject}")
    print(f"{len(recordings)} services, {len(asked)} sets: {wrong} differ")
    return wrong


def speed(args: argparse.Namespace) -> int:
    recordings = recordings_of(args)
    for one in recordings[:20]:
        depgraph.takedown(depgraph.build(one), upto=2, explain=0)
    start = time.process_time()
    for one in recordings:
        depgraph.takedown(depgraph.build(one), upto=2, explain=0)
    loop = time.process_time() - start
    start = time.process_time()
    depgraph.survey(recordings)
    made = time.process_time() - start
    print(
        f"{len(recordings)} services; loop (one level) {1e3 * loop / len(recordings):.1f} ms, "
        f"survey (three levels, roles, circuits, tables) {1e3 * made / len(recordings):.1f} ms a "
        f"service of CPU; {memory()}"
    )
    return 0


def command(args: argparse.Namespace) -> int:
    """Return 1 if the command is not twice as quick as the loop, or takes more than 300 MB."""
    start = time.process_time()
    found = services_of(args.source, undated=interval(args.dated) if args.dated else None)
    names = found.names
    recordings = [found.recording(name, None)[0] for name in names]
    reading = (time.process_time() - start) / len(names)
    random.Random(1).shuffle(recordings)
    options = [f"--{name}={getattr(args, name)}" for name in ("dated", "join", "by")]
    options = [one for one in options if not one.endswith("=None")]
    spent: list[float] = []
    held = 0.0
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-m", "depgraph", "survey", *args.source, *options]
        with subprocess.Popen([*line, "-o", args.output or folder]) as process:
            for one in itertools.cycle(recordings):
                if process.poll() is not None:
                    break
                start = time.process_time()
                depgraph.takedown(depgraph.build(one), upto=2, explain=0)
                spent.append(time.process_time() - start)
                held = max(held, proportional(process.pid))
                time.sleep(1)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole, most = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    few = spent[5:]  # the first ones load what they need
    loop = (reading + sum(few) / len(few)) * len(names)
    print(
        f"{len(names)} services: {whole:.0f} s of CPU, {1e3 * whole / len(names):.1f} ms each, "
        f"{most:.0f} MB at most in one process, {held:.0f} MB in all (PSS); the loop, over {len(few)} of them beside it, "
        f"{1e3 * loop / len(names):.1f} ms each: {loop / whole:.2f} times; "
        f"load {os.getloadavg()[1]:.1f}"
    )
    return int(process.returncode != 0 or loop < 2 * whole or most > 300)


def proportional(pid: int) -> float:
    """Return how many MB a process and those that it began hold, of what they share their part."""
    with contextlib.suppress(OSError):  # it has ended
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
        own = sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        began = " ".join(
            path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")
        )
        return own / 1024 + sum(map(proportional, map(int, began.split())))
    return 0.0


def memory() -> str:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{most:.0f} MB at most, load {os.getloadavg()[0]:.1f}"


@dataclass(frozen=True)
class Drawn:
    """The operators of a service, of which many share a few large ones."""

    dns: frozenset[int]
    host: int
    mail: int
    registrar: int

    @classmethod
    def of(cls, chance: random.Random) -> Drawn:
        def operator() -> int:
            return int(chance.paretovariate(0.7)) % 2000

        dns = frozenset(operator() for _ in range(chance.choice((1, 1, 1, 2))))
        return cls(dns, operator(), operator(), operator() % 20)


def service(number: int, chance: random.Random) -> Recording:
    """Make a service: its own names, and operators that many share, a few of them large."""
    name = f"s{number:07d}.example.com"

    def seen(subject: str, kind: str, *values: str, **more: str) -> Observation:
        return Observation(
            subject=subject,
            type=kind,
            status=Status.ANSWER,
            values=values,
            time=DAY,
            ttl=300,
            **more,
        )

    rows = []
    drawn = Drawn.of(chance)
    servers = sorted(f"ns{n}.dns{one}.net" for one in drawn.dns for n in (1, 2))
    rows.append(seen(name, "NS", *servers, section="authority", zone="example.com"))
    rows.append(seen(name, "NS", *servers))
    for one in sorted(drawn.dns):
        zone = f"dns{one}.net"
        own = [f"ns{n}.{zone}" for n in (1, 2)]
        rows.append(seen(zone, "NS", *own, section="authority", zone="net"))
        for n, server in enumerate(own):
            address = f"10.{one // 250}.{one % 250}.{n + 1}"
            rows.append(seen(server, "A", address))
            rows.append(seen(server, "A", address, section="additional", zone="net"))
            rows.append(seen(address, "origin", f"asn {64512 + one % 1000}"))
            rows.append(seen(address, "holder", f"handle NET-{one}", f"name Operator {one}"))
    host, mail = drawn.host, drawn.mail
    for at in (name, f"www.{name}"):
        for n in range(2):
            address = f"172.{16 + n}.{host // 250}.{host % 250}"
            rows.append(seen(at, "A", address))
            rows.append(seen(address, "origin", f"asn {65000 + host % 500}"))
            rows.append(seen(address, "holder", f"handle H-{host}", f"name Host {host}"))
    rows.append(seen(name, "MX", f"10 mx1.mail{mail}.org", f"20 mx2.mail{mail}.org"))
    rows += [
        seen(f"mx{n}.mail{mail}.org", "A", f"192.{n}.{mail // 250}.{mail % 250}") for n in (1, 2)
    ]
    rows.append(seen(name, "TXT", f"v=spf1 include:mail{mail}.org -all"))
    rows.append(seen(name, "registration", f"registrar Registrar {drawn.registrar}"))
    rows += [seen(f"h{n}.{name}", "A", f"10.200.{n}.1") for n in range(max(0, 40 - len(rows)))]
    return Recording(Header(subject=name), tuple(dict.fromkeys(rows)))


def synthetic(args: argparse.Namespace) -> int:
    """Give the CPU time for each service in a world of a tenth of the size, and of all.

    The survey judges every service, for it remembers those before; the loop, whose services have
    nothing to do with each other, and a judgement that remembers nothing take 500 of them.
    """
    for size in (args.services // 10, args.services):
        chance = random.Random(1)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.world")
            rows = write_world((service(n, chance) for n in range(size)), path)
            world = World(path)
            some = set(world.names[:: max(1, size // 500)][:500])
            survey = Remembered(partial(examined, question=Question()), load())
            spent: Counter[str] = Counter()
            differ = 0
            for name in world.names:  # by turns: the load of the machine is that of all
                start = time.process_time()
                told = survey.rows(world.recording(name))
                spent["survey"] += time.process_time() - start
                if name not in some:
                    continue
                start = time.process_time()
                alone = judge(world.recording(name), Question())
                between = time.process_time()
                depgraph.takedown(depgraph.build(world.recording(name)), upto=2, explain=0)
                spent["loop"] += time.process_time() - between
                spent["alone"] += between - start
                differ += told != alone
            each, one_by_one, loop = (
                1e3 * spent[what] / count
                for what, count in (("survey", size), ("alone", len(some)), ("loop", len(some)))
            )
            chance = random.Random(1)
            same = 0
            for n in range(min(size, 200)):
                alone = service(n, chance)
                one, other = depgraph.build(alone), depgraph.build(world.recording(alone.subject))
                same += nx.utils.graphs_equal(one, other)
            print(
                f"world of {size} services, {rows} rows, {path.stat().st_size / 1e6:.0f} MB: "
                f"{each:.1f} ms of CPU a service, {loop:.1f} ms by the plain loop ({each / loop:.2f} "
                f"of it), {one_by_one:.1f} ms where none is remembered; {differ} of {len(some)} "
                f"differ from these, {same} of {min(size, 200)} graphs equal; {memory()}"
            )
    return 0


def two(args: argparse.Namespace) -> int:
    """Return 1 if two processes are not 1.5 times as quick as one (the median of five pairs)."""
    chance = random.Random(1)
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.world")
        write_world((service(n, chance) for n in range(args.services)), path)
        for _ in range(5):
            passed = []
            for jobs in (1, 2):
                start = time.perf_counter()
                depgraph.survey(path, jobs=jobs)
                passed.append(time.perf_counter() - start)
            ratios.append(passed[0] / passed[1])
            print(
                f"{passed[0]:.1f} s by one, {passed[1]:.1f} s by two; load {os.getloadavg()[0]:.1f}"
            )
    print(f"{args.services} services: {sorted(ratios)[2]:.2f} times as quick (median)")
    return int(sorted(ratios)[2] < 1.5)


def without(args: argparse.Namespace) -> int:
    """Return 1 if the largest of three sizes needs more than it may (see issue 11).

    Of a service its own operators are its own, and the rest of its circuit is that of any with as
    many: some are judged, and the others have theirs with other operators in it.
    """
    made = {len(one.dns): row for one, row in circuits(40, judged=True)}
    few = [list(circuits(200, judged=True)), list(circuits(200, like=made))]
    shared = [Shared(row for _, row in one) for one in few]
    asked = [[actor] for actor, _ in largest(row for _, row in few[0]).most_common(64)]
    differ = int((shared[0].states(asked) != shared[1].states(asked)).sum())
    print(f"{differ} states of 200 services differ from those that are judged")
    times = []
    for size in (args.services // 100, args.services // 10, args.services):
        start = time.process_time()
        whole = Shared(row for _, row in circuits(size, like=made))
        making = time.process_time() - start
        counts = largest(row for _, row in circuits(size, like=made))
        actors = [actor for actor, _ in counts.most_common(args.actors)]
        tracemalloc.start()
        whole.counts([[one] for one in actors[:64]])
        extra = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        start = time.process_time()
        found = whole.counts([[one] for one in actors])
        times.append((time.process_time() - start) / len(actors))
        held = whole.size / 1e6
        if size == args.services // 100:
            some = actors[:: max(1, len(actors) // 50)]
            theirs, results = worklist(circuits(size, like=made), some)
            differ += results != [found[actors.index(one)] for one in some]
        print(
            f"{size} services, {len(whole)} nodes ({len(whole) / size:.2f} a service), made in "
            f"{making:.0f} s; arrays {held:.0f} MB, {extra / 1e6:.0f} MB at most while it counts; "
            f"{len(actors)} actors: {1e3 * times[-1]:.2f} ms of CPU each; the first {actors[0]}: "
            f"fails, undetermined {found[0]}; {memory()}"
        )
    ratio = theirs * args.services / (args.services // 100) / times[-1]
    exponents = [math.log10(after / before) for before, after in itertools.pairwise(times)]
    print(
        f"a work list over networkx, on a hundredth: {1e3 * theirs:.1f} ms each, scaled "
        f"{ratio:.0f} times as much; exponents {exponents[0]:.2f}, {exponents[1]:.2f}; "
        f"{differ} differ"
    )
    return int(differ or ratio < 100 or exponents[-1] > 1.2 or max(held, extra / 1e6) > 200)


def circuits(
    count: int, *, judged: bool = False, like: Mapping[int, Mapping[str, object]] | None = None
) -> Iterator[tuple[Drawn, Mapping[str, object]]]:
    """Yield services, their operators and the row of the table `circuits`: judged, or like others."""
    chance, again = random.Random(1), random.Random(1)
    if judged:
        recordings = [service(number, chance) for number in range(count)]
        table = depgraph.survey(recordings).tables["circuits"].to_pylist()
        yield from ((Drawn.of(again), row) for row in table)
        return
    for number in range(count):
        drawn = Drawn.of(chance)
        row = dict(like[len(drawn.dns)])
        names = [f"dns{one}.net" for one in sorted(drawn.dns)] + [f"mail{drawn.mail}.org"]
        own = sorted({one.partition(":~")[2] for one in row["inputs"]} - {""})
        new = dict(zip(own, names, strict=True))
        inputs = []
        for one in row["inputs"]:
            kind, mark, name = one.partition(":~")
            inputs.append(f"{kind}{mark}{new[name]}" if mark else one)
        yield drawn, row | {"service": f"s{number:07d}.example.com", "inputs": inputs}


def largest(rows: Iterable[Mapping[str, object]]) -> Counter[str]:
    """Count in how many circuits an actor is."""
    return Counter(one for row in rows for one in row["inputs"] if not one.startswith("?"))


def worklist(
    rows: Iterable[tuple[Drawn, Mapping[str, object]]], actors: list[str]
) -> tuple[float, list[tuple[int, int]]]:
    """Ask the same of a networkx graph; return CPU seconds an actor, and the counts."""
    nodes, endings = _Nodes(), []
    for _, row in rows:
        place = nodes.add(row["inputs"], row["code"])
        roots = zip(row["certain"], row["likely"], strict=True)
        endings.append([[one if one < 0 else place[one] for one in pair] for pair in roots])
    graph = nx.DiGraph()
    for node, kids in enumerate(nodes.kids):
        graph.add_node(node, needed=len(kids) if nodes.either[node] else 1)
        graph.add_edges_from((kid, node) for kid in kids)

    def failing(keys: Iterable[str]) -> set[int]:
        waiting = [nodes.inputs[key] for key in keys if key in nodes.inputs]
        failed, met = set(waiting), Counter()
        while waiting:
            for after in graph.successors(waiting.pop()):
                met[after] += 1
                if met[after] >= graph.nodes[after]["needed"] and after not in failed:
                    failed.add(after)
                    waiting.append(after)
        return failed | {ALWAYS}

    start, found = time.process_time(), []
    for actor in actors:
        best, worst = failing([actor]), failing([actor, f"?{actor.partition(':')[0]}"])
        fails = undetermined = 0
        for ending in endings:
            states = set()
            for certain, likely in ending:
                if certain in best or (certain in worst and likely in best):
                    states.add(2)
                elif certain in worst and likely in worst:
                    states.add(1)
            fails += 2 in states
            undetermined += states == {1}
        found.append((fails, undetermined))
    return (time.process_time() - start) / len(actors), found


def engines(args: argparse.Namespace) -> int:
    recordings = recordings_of(args)
    expected = depgraph.survey(recordings)
    found = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found["two processes"] = depgraph.survey(recordings, executor=pool)
    try:
        from distributed import Client
    except ImportError:
        print("Dask is not here")
    else:
        with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
            found["Dask"] = depgraph.survey(recordings, executor=client.get_executor())
    wrong = 0
    for engine, survey in found.items():
        same = survey.tables == expected.tables
        wrong += not same
        print(f"{engine}: {'equal' if same else 'DIFFERS'}, {len(survey)} services")
    return wrong + (spark(recordings, expected) if args.spark else 0)


def spark(recordings: list[Recording], expected: depgraph.survey.Survey) -> int:
    """Judge by mapInArrow, and count by the same SQL; return how many answers differ."""
    import pickle

    import pyarrow as pa
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # which has pyarrow too
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # else it listens to the network
    session = SparkSession.builder.master("local[2]").getOrCreate()
    chunks = [recordings[n : n + 50] for n in range(0, len(recordings), 50)]
    frame = session.createDataFrame([(pickle.dumps(one),) for one in chunks], "chunk binary")

    def work(batches):
        for part in batches:
            for (chunk,) in zip(*[c.to_pylist() for c in part.columns], strict=True):
                rows = judged(pickle.loads(chunk), Question())
                yield pa.RecordBatch.from_pydict({"rows": [pickle.dumps(rows)]})

    parts = [pickle.loads(row.rows) for row in frame.mapInArrow(work, "rows binary").collect()]
    wrong = 0
    for name in TABLES:
        if name == "refused":
            continue
        ours = sorted(map(repr, expected.tables[name].to_pylist()))
        theirs = sorted(repr(row) for part in parts for row in part[name].to_pylist())
        wrong += ours != theirs
        print(f"Spark, {name}: {'equal' if ours == theirs else 'DIFFERS'}, {len(theirs)} rows")
    for name, table in {**expected.tables, "operators": expected.operators}.items():
        if len(table):
            session.createDataFrame(table).createOrReplaceTempView(name)
        else:
            columns = ", ".join(f"{one} string" for one in table.schema.names)
            session.createDataFrame([], columns).createOrReplaceTempView(name)
    for name, text in VIEWS.items():
        session.sql(text).createOrReplaceTempView(name)
    for name, text in QUERIES.items():
        theirs = [tuple(row) for row in session.sql(text).collect()]
        ours = [tuple(row.values()) for row in expected.sql(name)]
        wrong += ours != theirs
        print(f"SQL {name}: {'equal' if ours == theirs else 'DIFFERS'}, {len(ours)} rows")
    session.stop()
    return wrong


def alike(args: argparse.Namespace) -> int:
    """Return how many services are told otherwise than alone."""
    found = services_of(args.source, undated=interval(args.dated) if args.dated else None)
    reads = Readings(load())
    shapes: dict[object, list[str]] = {}
    for name in found.names:
        shape = shape_of(found.recording(name, None)[0], reads)
        shapes.setdefault(name if shape is None else shape.key, []).append(name)
    chance = random.Random(1)
    pairs = [chance.sample(names, 2) for names in shapes.values() if len(names) > 1]
    chance.shuffle(pairs)
    wrong = 0
    for pair in pairs[: args.most]:
        one, other = (found.recording(name, None)[0] for name in pair)
        remembered = Remembered(partial(examined, question=Question()), load())
        remembered.rows(one)
        if remembered.rows(other) != judge(other, Question()):
            wrong += 1
            print(f"differs: {other.subject}, like {one.subject}")
    print(
        f"{len(found.names)} services of {len(shapes)} shapes; of {len(pairs[: args.most])} pairs of "
        f"one shape {wrong} differ; {memory()}"
    )
    return wrong


def moved(args: argparse.Namespace) -> int:
    """Return how many services `compare` names that were left alone, or does not name."""
    (source,) = args.source
    undated = interval(args.dated) if args.dated else None
    zone = load_zone(source)
    # What the servers of the zone itself lie under would change every service.
    own = zone.sets[zone.origin]["NS"][1]
    names = [f"{cut}." for cut in zone.cuts if not any(is_below(server, cut) for server in own)]
    lines = Path(source).read_text("utf-8").splitlines()
    chance = random.Random(1)
    third = args.changes // 3
    chosen = chance.sample(names, args.changes)
    for_move = set(chosen[:third])
    for_removal, hidden = set(chosen[third : 2 * third]), set(chosen[2 * third :])
    after = []
    for line in lines:
        owner, *rest = line.split() or [""]
        is_server = rest[1:3] == ["IN", "NS"]
        if owner in for_removal or (owner in for_move and is_server):
            continue
        after.append(
            " ".join((owner, *rest[:3], "a..b.")) if owner in hidden and is_server else line
        )
    after += [
        f"{name} 3600 IN NS ns{n}.moved-dns.net." for name in sorted(for_move) for n in (1, 2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(source).name)
        path.write_text("\n".join(after) + "\n", "utf-8")
        before = depgraph.survey(source, undated=undated)
        now = depgraph.survey(path, undated=undated)
    turns: dict[str, set[str]] = {}
    for move in before.compare(now).moves:
        turns.setdefault(f"{move.service}.", set()).add(f"{move.layer} {move.turn}")
    wrong = turns.keys() ^ set(chosen)
    counts = Counter(
        (kind, turn)
        for kind, group in (("moved", for_move), ("removed", for_removal), ("hidden", hidden))
        for one in group
        for turn in sorted(turns.get(one, ("not named",)))
    )
    for (kind, turn), count in sorted(counts.items()):
        print(f"{kind}: {turn}: {count}")
    print(f"{len(chosen)} changed, {len(turns)} named, {len(wrong)} wrong: {sorted(wrong)[:10]}")
    return len(wrong)


def kills(args: argparse.Namespace) -> int:
    """Return how many files of a survey that was killed differ from those of one that was not."""
    chance = random.Random(1)
    dated = ["--dated", args.dated] if args.dated else []
    with tempfile.TemporaryDirectory() as folder:
        whole, ended = Path(folder, "whole"), Path(folder, "ended")
        command = [sys.executable, "-m", "depgraph", "survey", *args.source, *dated, "-o"]
        start = time.perf_counter()
        subprocess.run([*command, str(whole)], check=True, capture_output=True)
        passed = time.perf_counter() - start
        done = 0
        for _ in range(args.kills):
            process = subprocess.Popen(
                [*command, str(ended), "--force"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                process.wait(chance.uniform(0.1, 1.0) * passed)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                done += 1
        subprocess.run([*command, str(ended), "--force"], check=True, capture_output=True)
        files = [
            {one.relative_to(at): one.read_bytes() for one in at.rglob("*") if one.is_file()}
            for at in (whole, ended)
        ]
    differing = sorted(
        str(name)
        for name in files[0].keys() | files[1].keys()
        if files[0].get(name) != files[1].get(name)
    )
    print(f"{done} kills, {len(files[0])} files: {len(differing)} differ {differing[:5]}")
    return len(differing)


def broken(args: argparse.Namespace) -> int:
    """Return how many lines are refused that were whole, or are not that were broken."""
    chance = random.Random(1)
    expected = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.ndjson")
        with path.open("w", encoding="utf-8") as file:
            for number in range(1, args.lines + 1):
                kind, name = ("NS", f"s{number}.example") if number <= 100 else ("A", "")
                name = name or f"h{number}.s{number % 100 + 1}.example"
                data = "ns1.cloudflare.com." if kind == "NS" else "192.0.2.1"
                answer = {"ttl": 60, "type": kind, "class": "IN", "name": f"{name}.", "data": data}
                row = {"name": f"{name}.", "type": kind, "class": "IN", "status": "NOERROR"}
                row |= {"rx_ts": 1767600000 * 10**9, "data": {"answers": [answer]}}
                line = json.dumps(row | {"resolver": "192.0.2.53:53", "flags": []})
                if number > 100 and chance.random() < 0.01:
                    expected.add(number)
                    line = chance.choice((line[:-9], "[]", "\0", line.replace('"NOERROR"', "7")))
                file.write(line + "\n")
        start = time.process_time()
        made = depgraph.survey(path)
    found = {row["line"] for row in made.refused.to_pylist()}
    print(
        f"{args.lines} lines, {len(expected)} broken, {len(found)} refused, "
        f"{len(found ^ expected)} differ; {len(made)} services, "
        f"{time.process_time() - start:.0f} s of CPU; {memory()}"
    )
    return len(found ^ expected)


def stream(args: argparse.Namespace) -> int:
    """Return 1 if the last line was read before the first delegation was out."""
    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder, "example.zone"), Path(folder, "a.world")
        with path.open("w", encoding="ascii") as file:
            file.writelines(of_registry(args.lines))
        times = {"time": DAY, "until": DAY}
        start, recordings, first, last = time.process_time(), 0, 0, 0
        for last in counted(path, times):
            first = first or last
            recordings += 1
        print(
            f"{last} lines, {recordings} recordings; the first after {first} lines; "
            f"{time.process_time() - start:.0f} s of CPU; {memory()}"
        )
        start = time.process_time()
        gather_world([path], target, undated=(DAY, DAY))
        print(
            f"as a world: {World(target)!r}, {time.process_time() - start:.0f} s of CPU; {memory()}"
        )
    return int(first >= last)


def of_registry(lines: int) -> Iterator[str]:
    """Yield a zone file of some lines: a tenth of the delegations have servers of their own."""
    soa = "example.\t900\tin\tsoa\ta.nic.example. h.nic.example. 1 1800 900 604800 86400\n"
    yield soa
    count = lines // 2
    for number in range(count):
        name = f"d{number:08}.example"
        server = f"ns1.{name}" if number % 10 == 0 else f"ns1.host{number % 5000}.net"
        yield f"{name}.\t3600\tin\tns\t{server}.\n"
        if number % 10:
            yield f"{name}.\t3600\tin\tns\tns2.host{number % 5000}.net.\n"
    for number in range(0, count, 10):
        yield f"ns1.d{number:08}.example.\t3600\tin\ta\t192.0.2.{number % 250}\n"
    yield soa


def counted(path: Path, times: dict[str, datetime]) -> Iterator[int]:
    """Yield for each recording of a zone file how many lines were read before it was out."""
    number = 0
    lines = registry._Lines.__iter__  # noqa: SLF001

    def each(self: registry._Lines) -> Iterator[tuple[int, str]]:
        nonlocal number
        for item in lines(self):
            number = item[0]
            yield item

    registry._Lines.__iter__ = each  # type: ignore[method-assign]  # noqa: SLF001
    try:
        for _ in read_zone(path, **times):
            yield number
    finally:
        registry._Lines.__iter__ = lines  # type: ignore[method-assign]  # noqa: SLF001


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(required=True)
    for verb in (equal, speed, command, engines, alike, moved, kills):
        one = verbs.add_parser(verb.__name__)
        one.add_argument("source", nargs="+")
        one.add_argument("--dated")
        one.add_argument("--join")
        one.add_argument("--by")
        one.add_argument("-o", "--output")
        one.add_argument("--most", type=int, default=2000)
        one.add_argument("--changes", type=int, default=200)
        one.add_argument("--kills", type=int, default=20)
        one.add_argument("--spark", action="store_true")
        one.set_defaults(run=verb)
    for verb, most in ((broken, 1_000_000), (stream, 10_000_000)):
        one = verbs.add_parser(verb.__name__)
        one.add_argument("--lines", type=int, default=most)
        one.set_defaults(run=verb)
    for verb, most in ((synthetic, 10_000), (two, 2000), (without, 1_000_000)):
        one = verbs.add_parser(verb.__name__)
        one.add_argument("--services", type=int, default=most)
        one.add_argument("--actors", type=int, default=5000)
        one.set_defaults(run=verb)
    args = parser.parse_args()
    return 1 if args.run(args) else 0


if __name__ == "__main__":
    raise SystemExit(main())

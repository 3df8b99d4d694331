"""Observes a world with depgraph's collector, and holds depgraph's answers against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from depgraph.analysis import takedown
from depgraph.analysis.clients import classes
from depgraph.analysis.model import model_of
from depgraph.analysis.takedown import FunctionCuts
from depgraph.analysis.verdicts import State
from depgraph.collect import Budget, observe
from depgraph.graph import build
from depgraph.observations import Observation, Status
from depgraph.recording import Recording, merge

from .serve import Servers
from .truth import Truth, actors
from .world import World

LEVELS = ("address", "nameserver", "prefix", "asn")
FUNCTIONS = ("web", "web-www", "mail")
_SIZES = ("broken", "singles", "pairs")
FAMILIES = {"dual": frozenset({4, 6}), "ipv4": frozenset({4})}
_PATIENCE = (0.6, 3.0, 15.0)  # seconds; nothing but a silent server needs to be waited for


def record(world: World) -> Recording:
    """Observe a world, from each of its places."""
    recordings = [_record(world.at(place), place) for place in world.places or ("",)]
    return merge(recordings) if len(recordings) > 1 else recordings[0]


def _record(world: World, place: str) -> Recording:
    """Observe a world as it is at a place; again, with more patience, if the machine was too slow."""
    with Servers(world) as servers:
        for patience in _PATIENCE:
            recording = observe(
                world.service,
                endpoints=servers.endpoints,
                budget=Budget(timeout=patience, hedge=patience),
                vantage=place,
                registration=False,
                progress=False,
            )
            if not any(_is_late(world, o) for o in recording):
                break
    return recording


def _is_late(world: World, o: Observation) -> bool:
    silent = "silent" in world.serves.get(o.server, {}).values()
    return o.status is Status.TIMEOUT and not silent


@dataclass
class Verdict:
    """How depgraph's answers compare: what was compared, and each that is wrong, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        self.counts += other.counts
        self.wrong += other.wrong


def failed(world: World) -> bool:
    """Tell whether any server failed: an address that a delegation leads to does not answer."""
    for name, zone in world.zones.items():
        for server in (*zone.delegated, *zone.own):
            hosts = (*world.data(server, "A"), *world.data(server, "AAAA"))
            for address in (*hosts, *zone.glue.get(server, ())):
                if world.serves.get(address, {}).get(name) not in {"sound", "without-authority"}:
                    return name != "."
    return False


def judge(
    world: World,
    recording: Recording,
    *,
    levels: Iterable[str] = LEVELS,
    functions: Iterable[str] = FUNCTIONS,
) -> Verdict:
    """Compare depgraph's single points and pairs with those of the world."""
    graph = build(recording)
    model = model_of(graph)
    apart = {client.place for one in classes(model) for client in one.clients}
    verdict = Verdict()
    sound = not failed(world)
    verdict.counts["worlds without a failure" if sound else "worlds with failures"] += 1
    for place in world.places or ("",):
        for word, families in FAMILIES.items():
            truth = Truth(world.at(place), families)
            clients = f"{place}+{word}" if place in apart - {""} else word
            for level in levels:
                found = takedown(model, level=level, upto=2, clients=clients, explain=0)
                for function in functions:
                    where = f"{function} {level} {clients}"
                    one = _compare(truth, found[function], level, exact=sound)
                    verdict.counts += one.counts
                    verdict.wrong += [f"{where}: {text}" for text in one.wrong]
    return verdict


def _compare(truth: Truth, found: FunctionCuts, level: str, *, exact: bool) -> Verdict:
    verdict = Verdict()
    known = actors(truth.world, level)
    certain = [set(cut.ids) for cut in found.cut_sets if not cut.worst_case]
    listed = [set(cut.ids) for cut in found.cut_sets]
    fails = found.state is State.FAILS
    stops: list[set[str]] = []
    told: list[set[str]] = []
    verdict.counts["functions"] += 1
    for group in _groups(known):
        gone = frozenset().union(*(known[actor] for actor in group))
        minimal = not any(one <= group for one in stops) and not truth.works(found.function, gone)
        if minimal:
            stops.append(group)
        true = minimal or any(one <= group for one in stops)
        sure = fails or any(cut <= group for cut in certain)
        maybe = fails or any(cut <= group for cut in listed)
        word = _SIZES[len(group)]
        verdict.counts[f"{word} asked"] += 1
        verdict.counts[f"{word} true"] += minimal
        verdict.counts[f"{word} certain"] += minimal and sure
        fault = _fault(true=true, sure=sure, maybe=maybe, exact=exact)
        if fault and not any(one <= group for one in told):
            told.append(group)
            verdict.wrong.append(f"{' + '.join(sorted(group)) or 'nobody'}: {fault}")
    return verdict


def _fault(*, true: bool, sure: bool, maybe: bool, exact: bool) -> str:
    if sure and not true:
        return "certain, but not true"
    if true and not maybe:
        return "true, but not even in the worst case"
    if exact and true and not sure:
        return "true and no server failed, but not certain"
    return ""


def _groups(known: dict[str, frozenset[str]]) -> Iterator[set[str]]:
    for size in range(len(_SIZES)):
        for group in combinations(sorted(known), size):
            yield set(group)

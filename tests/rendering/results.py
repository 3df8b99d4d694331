"""Every result of every recording and scenario, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import depgraph
from tests.scenarios.test_scenarios import NAMES as SCENARIOS
from tests.scenarios.test_scenarios import graph_of

RECORDINGS = {
    path.stem: path
    for path in sorted((Path(__file__).parents[2] / "data/recordings").glob("*.jsonl"))
}
EVERY = (*RECORDINGS, *SCENARIOS)


@cache
def graph(name):
    if name in RECORDINGS:
        return depgraph.build(depgraph.read(RECORDINGS[name]))
    return graph_of(name)


@cache
def results(name):
    """Every result that one graph gives, at several levels."""
    one = graph(name)
    return (
        depgraph.takedown(one, upto=2),
        depgraph.takedown(one, upto=1, level="nameserver", explain=1),
        depgraph.exposure(one, level="country"),
        depgraph.without(one, "US"),
        depgraph.without(one, ["big-tech", "AS13335"]),
        depgraph.dependence(one, on="big-tech"),
        depgraph.check(one, "independent of the US"),
        depgraph.check(one, "free of big-tech"),
        depgraph.check(one, "no single company can take it down"),
        depgraph.compare(one, one),
        depgraph.timeline([one, one]),
        depgraph.findings(one),
        depgraph.importance(one, samples=64),
        depgraph.analysis.wanted(one),
        depgraph.report(one),
    )


@cache
def series():
    """A comparison and a timeline in which much changes."""
    days = [graph(f"parler.com_{day}") for day in ("2021-01-09", "2021-01-18", "2021-02-15")]
    return depgraph.compare(days[0], days[1]), depgraph.timeline(days)

"""A service on two days, with what depgraph answers about it, and how two sides are compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any, Final

import networkx as nx

from depgraph.analysis import check, timeline
from depgraph.analysis.claims import Check
from depgraph.analysis.model import Model
from depgraph.analysis.results import Result
from depgraph.analysis.timeline import Timeline
from depgraph.pictures.basis import Basis
from depgraph.reporting import Report, report
from tests.faces.truth import Truth

Json = dict[str, Any]
CLAIM: Final = "independent of Tuvalu"
"""About nobody who is there: so it says who else is known to do what."""


class Day:
    """A graph, the truth about it, and the answers, each computed once for all of its faces."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self.graph = graph
        self.truth = Truth(graph)
        self.basis = Basis.of(graph)

    @property
    def model(self) -> Model:
        return self.basis.model

    @cached_property
    def report(self) -> Report:
        return report(self.model)  # type: ignore[arg-type]  # a model is taken as it is

    @cached_property
    def check(self) -> Check:
        return check(self.model, CLAIM)

    @cached_property
    def report_json(self) -> Json:
        return self.report.to_dict()

    @cached_property
    def check_json(self) -> Json:
        return self.check.to_dict()

    @property
    def takedown_json(self) -> Json:
        """The takedown that is part of the report."""
        found: Json = self.report_json["takedown"]
        return found

    def labels(self, *kinds: str) -> set[str]:
        """Return the labels of the nodes of some kinds."""
        nodes = self.truth.nodes
        return {self.truth.label(node) for node in nodes if self.truth.kind(node) in kinds}


@dataclass
class Pair:
    """A service on two days; of one day alone it is the same twice.

    What faces show of one day is that of `before`.
    """

    before: Day
    after: Day

    @classmethod
    def of(cls, before: nx.MultiDiGraph[str], after: nx.MultiDiGraph[str] | None = None) -> Pair:
        day = Day(before)
        return cls(day, day if after is None or after is before else Day(after))

    @property
    def truth(self) -> Truth:
        return self.before.truth

    @property
    def days(self) -> list[Day]:
        """The days, each once."""
        return [self.before] if self.after is self.before else [self.before, self.after]

    @cached_property
    def timeline(self) -> Timeline:
        return timeline([self.before.model, self.after.model])

    @cached_property
    def timeline_json(self) -> Json:
        return self.timeline.to_dict()

    @property
    def compare_json(self) -> Json:
        """The comparison that is part of the timeline."""
        found: Json = self.timeline_json["changes"][0]
        return found

    @property
    def results(self) -> dict[str, tuple[Result, Json]]:
        """The answers that are told as texts, each with its JSON form."""
        day = self.before
        return {
            "report": (day.report, day.report_json),
            "check": (day.check, day.check_json),
            "takedown": (day.report.takedown, day.takedown_json),
            "compare": (self.timeline.changes[0], self.compare_json),
            "timeline": (self.timeline, self.timeline_json),
        }

    @cached_property
    def labels(self) -> list[str]:
        """The labels of providers, and of whatever else stands where one would."""
        return self._labels("provider", "anyone", "unknown")

    @cached_property
    def companies(self) -> list[str]:
        return self._labels("company", "provider")

    @cached_property
    def countries(self) -> list[str]:
        return self._labels("country")

    def _labels(self, *kinds: str) -> list[str]:
        return sorted(self.before.labels(*kinds) | self.after.labels(*kinds))


def same(what: str, found: object, wanted: object) -> None:
    """Fail with what one side has and the other has not."""
    if found == wanted:
        return
    if is_dataclass(found) and not isinstance(found, type) and type(found) is type(wanted):
        for one in fields(found):
            same(f"{what}, {one.name}", getattr(found, one.name), getattr(wanted, one.name))
    for kind in (Counter, set, frozenset):
        if isinstance(found, kind) and isinstance(wanted, kind):
            more, less = found - wanted, wanted - found  # type: ignore[operator]
            raise AssertionError(  # noqa: TRY004
                f"{what}\n  more than the others: {more}\n  less: {less}"
            )
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
        rows = [f"  {key}: {found.get(key)} here, {wanted.get(key)} elsewhere" for key in keys]
        raise AssertionError("\n".join([what, *rows]))  # noqa: TRY004
    raise AssertionError(f"{what}\n  here: {found}\n  elsewhere: {wanted}")

"""The report of one service: who is behind each function, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from depgraph.analysis import dependence, takedown
from depgraph.analysis.dependence import Dependence
from depgraph.analysis.model import model_of
from depgraph.analysis.takedown import Takedown
from depgraph.errors import GraphError
from depgraph.reporting.lines import Line, lines
from depgraph.schema import FUNCTIONS

SCHEMA = "depgraph.report/1"
"""Name and version of the JSON form; docs/report.md describes it."""


@dataclass(frozen=True, slots=True)
class FunctionReport:
    """One function of the service (``web``, ``web-www``, ``mail``, ``name``) and its lines."""

    function: str
    label: str
    absent: bool
    reason: str
    lines: tuple[Line, ...]

    @property
    def direct(self) -> tuple[Line, ...]:
        """The lines that do not hang on another domain."""
        return tuple(line for line in self.lines if not line.through)

    @property
    def unknown(self) -> tuple[Line, ...]:
        """The lines that say something is not known."""
        return tuple(line for line in self.lines if line.unknown)


@dataclass(frozen=True, slots=True)
class Report:
    """Who is behind a service, per function, with evidence and source of each line.

    `takedown` and `dependence` are the answers of :func:`depgraph.takedown` and
    :func:`depgraph.dependence`; `vantages` the places asked from, `differences` the questions
    that were answered differently there. `str(report)` is the text form; Jupyter shows the
    HTML form; :meth:`to_dict` is the JSON form; :meth:`to_markdown` is for documents.
    """

    subject: str
    since: str
    until: str
    title: str
    source: str
    complete: bool
    catalogue: str
    vantages: tuple[str, ...]
    differences: tuple[str, ...]
    functions: tuple[FunctionReport, ...]
    takedown: Takedown
    dependence: Dependence

    @property
    def days(self) -> str:
        """The days the report stands for, as text."""
        return self.since if self.since == self.until else f"{self.since} to {self.until}"

    @property
    def citations(self) -> tuple[str, ...]:
        """Every citation, in the order of first use; line [n] of the text cites entry n-1."""
        cited = (line.citation for function in self.functions for line in function.lines)
        return tuple(dict.fromkeys(citation for citation in cited if citation))

    def __str__(self) -> str:
        from depgraph.reporting.text import to_text  # noqa: PLC0415  (rich is slow to import)

        return to_text(self)

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{f.function}: {'absent' if f.absent else len(f.lines)}" for f in self.functions
        )
        return f"<Report of {self.subject}, {self.days}: lines {counts}>"

    def _repr_html_(self) -> str:
        from depgraph.reporting.html import to_html  # noqa: PLC0415

        return to_html(self)

    def to_markdown(self, *, lang: str = "en") -> str:
        """Give the report as Markdown."""
        from depgraph.reporting.text import to_markdown  # noqa: PLC0415

        return to_markdown(self, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form (schema :data:`SCHEMA`); fields that are empty are left out."""
        return {
            "schema": SCHEMA,
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "title": self.title,
            "source": self.source,
            "complete": self.complete,
            "catalogue": self.catalogue,
            "vantages": list(self.vantages),
            "differences": list(self.differences),
            "functions": [
                {
                    "function": function.function,
                    "label": function.label,
                    "absent": function.absent,
                    "reason": function.reason,
                    "lines": [_line(line) for line in function.lines],
                }
                for function in self.functions
            ],
            "takedown": self.takedown.to_dict(),
            "dependence": self.dependence.to_dict(),
        }


def _line(line: Line) -> dict[str, Any]:
    row: dict[str, Any] = {
        key: getattr(line, key) for key in Line.__dataclass_fields__ if getattr(line, key)
    }
    return {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}


def report(graph: nx.MultiDiGraph[str], *, on: str = "big-tech", upto: int = 2) -> Report:
    """Say, per function of the service, who is behind it, who can stop it, and how we know.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    on
        The group, country or actor whose hold on the service is told.
    upto
        Largest set of companies listed that can stop a function together.

    Raises
    ------
    GraphError
        If the graph has no function nodes.
    QuestionError
        If `on` names nothing that is known.
    """
    functions = [n for n, data in graph.nodes(data=True) if data["kind"] == "function"]
    if not functions:
        raise GraphError(
            "expected a graph made by depgraph.build, found one without any function node"
        )
    about = graph.graph
    model = model_of(graph)
    return Report(
        subject=str(about.get("subject", "")),
        since=str(about.get("since", "")),
        until=str(about.get("until", "")),
        title=str(about.get("title", "")),
        source=str(about.get("source", "")),
        complete=bool(about.get("complete", True)),
        catalogue=str(about.get("catalogue", "")),
        vantages=tuple(filter(None, str(about.get("vantages", "")).split(","))),
        differences=tuple(filter(None, str(about.get("differences", "")).split("; "))),
        functions=tuple(_function(graph, node) for node in sorted(functions, key=_rank)),
        takedown=takedown(model, upto=upto),
        dependence=dependence(model, on=on),
    )


def _rank(node: str) -> tuple[int, str]:
    word = node.rpartition("/")[2]
    return (FUNCTIONS.index(word) if word in FUNCTIONS else len(FUNCTIONS), node)


def _function(graph: nx.MultiDiGraph[str], node: str) -> FunctionReport:
    data = graph.nodes[node]
    absent = bool(data.get("absent", False))
    return FunctionReport(
        function=node.rpartition("/")[2],
        label=str(data.get("label", node)),
        absent=absent,
        reason=str(data.get("reason", "")),
        lines=() if absent else lines(graph, node),
    )

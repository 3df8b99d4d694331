"""depgraph: who is behind a service, who can take it down, and from what evidence.

::

    import depgraph

    recording = depgraph.observe("example.org")     # or depgraph.read("example.org.jsonl")
    graph = depgraph.build(recording)               # a networkx.MultiDiGraph
    print(depgraph.report(graph))                   # who is behind each function
    print(depgraph.takedown(graph))                 # who can take it down, alone or together
    depgraph.plot(graph)                            # the same as a picture

Names, and the packages that the reference documents (``depgraph.pictures``), are loaded when first
used, so that importing depgraph stays quick.
"""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # by their modules: some share a name with the function in them
    from depgraph import (  # noqa: F401  (rooms, for type checkers)
        analysis,
        collect,
        dnssec,
        errors,
        exchange,
        graph,
        names,
        observations,
        pictures,
        precedents,
        providers,
        readers,
        recording,
        rendering,
        reporting,
        routes,
        schema,
        texts,
        vocabulary,
    )
    from depgraph.analysis.change import compare
    from depgraph.analysis.claims import check
    from depgraph.analysis.dependence import dependence
    from depgraph.analysis.exposure import exposure
    from depgraph.analysis.findings import findings
    from depgraph.analysis.importance import importance
    from depgraph.analysis.takedown import takedown
    from depgraph.analysis.timeline import timeline
    from depgraph.analysis.whatif import without
    from depgraph.collect.live import observe
    from depgraph.graph.build import build
    from depgraph.pictures.drawing import draw, plot
    from depgraph.pictures.whatif import page
    from depgraph.recording import example, merge, read, verify, write
    from depgraph.reporting.report import report
    from depgraph.schema import validate
    from depgraph.survey.run import survey

_HOME = {
    "build": "graph",
    "check": "analysis",
    "compare": "analysis",
    "dependence": "analysis",
    "draw": "pictures",
    "example": "recording",
    "exposure": "analysis",
    "findings": "analysis",
    "importance": "analysis",
    "merge": "recording",
    "observe": "collect",
    "page": "pictures",
    "plot": "pictures",
    "read": "recording",
    "report": "reporting",
    "survey": "",
    "takedown": "analysis",
    "timeline": "analysis",
    "validate": "schema",
    "verify": "recording",
    "without": "analysis",
    "write": "recording",
}

_ROOMS = (
    "analysis",
    "collect",
    "dnssec",
    "errors",
    "exchange",
    "graph",
    "jupyter",
    "names",
    "observations",
    "pictures",
    "precedents",
    "providers",
    "readers",
    "recording",
    "rendering",
    "reporting",
    "routes",
    "schema",
    "texts",
    "vocabulary",
)

__all__ = [
    "build",
    "check",
    "compare",
    "dependence",
    "draw",
    "example",
    "exposure",
    "findings",
    "importance",
    "merge",
    "observe",
    "page",
    "plot",
    "read",
    "report",
    "survey",
    "takedown",
    "timeline",
    "validate",
    "verify",
    "without",
    "write",
]

__version__ = version("depgraph")


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562)."""
    if name in _ROOMS:
        return importlib.import_module(f"depgraph.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'depgraph' has no attribute {name!r}")
    if not _HOME[name]:  # a room that is called as the question it is named for
        return importlib.import_module(f"depgraph.{name}")
    value = getattr(importlib.import_module(f"depgraph.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})

"""Analyses: pure functions of a graph, whose answers carry their evidence."""

from __future__ import annotations

from depgraph.analysis.evaluate import evaluate
from depgraph.analysis.takedown import takedown

__all__ = ["evaluate", "takedown"]

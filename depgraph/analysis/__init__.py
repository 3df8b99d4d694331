"""Analyses: pure functions of a graph, whose answers carry their evidence.

==================== ====================================================================
takedown             who can stop each function, alone or together: minimal cut sets
exposure             who is on a path, and could read, redirect or refuse there
without              what still works if some actors withdraw
dependence           whether a set of actors can stop it, and whether they are on a path
check                whether a public claim is supported, contradicted or undetermined
findings             what is wrong: delegations, expiry, signatures, no redundancy
importance           Shapley-Shubik and Birnbaum, an optional measure
compare, timeline    what changed between two days, and over a series
precedents           what happened before: dated withdrawals and outages
wanted               which unknown parts would change the answers, and what would tell them
explain              who is behind a name or an address, by which rules
who                  who somebody is, who owned it on a day, and what changed
evaluate             the rule under all of them: which functions work without some nodes
==================== ====================================================================
"""

from __future__ import annotations

from depgraph.analysis.change import compare
from depgraph.analysis.claims import check
from depgraph.analysis.dependence import dependence
from depgraph.analysis.evaluate import evaluate
from depgraph.analysis.explain import explain
from depgraph.analysis.exposure import exposure
from depgraph.analysis.findings import findings
from depgraph.analysis.importance import importance
from depgraph.analysis.precedents import precedents
from depgraph.analysis.takedown import takedown
from depgraph.analysis.timeline import timeline
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.analysis.wanted import wanted
from depgraph.analysis.whatif import without
from depgraph.analysis.who import who

__all__ = [
    "Answer",
    "Ruling",
    "State",
    "check",
    "compare",
    "dependence",
    "evaluate",
    "explain",
    "exposure",
    "findings",
    "importance",
    "precedents",
    "takedown",
    "timeline",
    "wanted",
    "who",
    "without",
]

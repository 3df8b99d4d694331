"""Results as plain text: codes and data from the analyses, words from `depgraph.texts`.

One module a question; `words` and `unknowns` hold the phrases they share, `steps` the witnesses with
their numbered sources, `tables` what stands in columns.
"""

from __future__ import annotations

from depgraph.analysis.prose.change import compare, timeline
from depgraph.analysis.prose.dependence import check, dependence
from depgraph.analysis.prose.exposure import exposure
from depgraph.analysis.prose.importance import importance
from depgraph.analysis.prose.takedown import takedown
from depgraph.analysis.prose.whatif import without

__all__ = [
    "check",
    "compare",
    "dependence",
    "exposure",
    "importance",
    "takedown",
    "timeline",
    "without",
]

"""The same questions for many services at once.

The room is called as the question it is named for: ``depgraph.survey(["a.jsonl", "zones/"])``.

================= ===================================================================
`survey`          services in, verdict tables out; by any executor
`Survey`          these tables, and what is counted from them
`compare`         what moved between two surveys
`load`            a survey that was written, from its folder (:mod:`depgraph.survey.files`)
`shares` ...      how many services a group carries, layer by layer, for the pictures
`kashaf` ...      the measures of Kashaf et al. (IMC 2020) for data without graphs
`attribute_cases` who is in each layer of a case, one line out for each line in
`csv_lines`       the same as rows of a table
================= ===================================================================
"""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import Any

from depgraph.survey.attribution import attribute_cases, layers
from depgraph.survey.compare import Moves, compare
from depgraph.survey.files import load
from depgraph.survey.kashaf import Shares, Use, is_critical, kashaf
from depgraph.survey.result import Survey
from depgraph.survey.rows import csv_lines
from depgraph.survey.run import survey
from depgraph.survey.tally import Carriers, Service, Share, services, shares

__all__ = [
    "Carriers",
    "Moves",
    "Service",
    "Share",
    "Shares",
    "Survey",
    "Use",
    "attribute_cases",
    "compare",
    "csv_lines",
    "is_critical",
    "kashaf",
    "layers",
    "load",
    "services",
    "shares",
    "survey",
]


class _Room(ModuleType):
    """A room that is called: ``depgraph.survey`` is both, whichever was imported first."""

    def __call__(self, *args: Any, **kwargs: Any) -> Survey:
        return survey(*args, **kwargs)


sys.modules[__name__].__class__ = _Room
vars(sys.modules[__name__])["__signature__"] = inspect.signature(survey)  # what help shows of it

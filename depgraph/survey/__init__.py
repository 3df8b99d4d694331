"""The same questions for many names at once."""

from __future__ import annotations

from depgraph.survey.attribution import attribute_cases, layers
from depgraph.survey.kashaf import Shares, Use, is_critical, kashaf
from depgraph.survey.tally import Carriers, Service, Share, services, shares

__all__ = [
    "Carriers",
    "Service",
    "Share",
    "Shares",
    "Use",
    "attribute_cases",
    "is_critical",
    "kashaf",
    "layers",
    "services",
    "shares",
]

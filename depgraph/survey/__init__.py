"""The same questions for many names at once."""

from __future__ import annotations

from depgraph.survey.kashaf import Shares, Use, is_critical, kashaf

__all__ = ["Shares", "Use", "is_critical", "kashaf"]

"""What happened before by each lever: the table of precedents as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from depgraph.analysis.results import Result
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.precedents import Precedent, Summary, levers, load, summary
from depgraph.text_safety import quote


@dataclass(frozen=True, kw_only=True, repr=False)
class Precedents(Result):
    """The answer of :func:`precedents`.

    Parameters
    ----------
    lever
        That was asked about; empty: all.
    summaries
        What the rows of each lever have in common.
    precedents
        The rows, in the order of their days.
    """

    NAME = "precedents"

    lever: str
    summaries: tuple[Summary, ...]
    precedents: tuple[Precedent, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per event."""
        return [
            {name: getattr(one, name) for name in Precedent.__slots__} for one in self.precedents
        ]

    def _brief(self) -> str:
        return f"{len(self.precedents)} precedents"


@checked()
def precedents(lever: str = "") -> Precedents:
    """Tell what happened before: dated withdrawals and outages, each with its sources.

    Parameters
    ----------
    lever
        Of one lever only, as :func:`depgraph.precedents.levers` lists them; empty: of all.

    Returns
    -------
    Precedents

    Raises
    ------
    QuestionError
        If there is no such lever.
    """
    if lever and lever not in levers():
        raise QuestionError(f"expected a lever ({', '.join(levers())}), found {quote(lever)}")
    several = tuple(one for one in load() if lever in ("", one.lever))
    met = dict.fromkeys(one.lever for one in several)
    days = [one.day for one in several]
    return Precedents(
        subject="",
        since=min(days, default=""),
        until=max(days, default=""),
        lever=lever,
        summaries=tuple(summary(one) for one in levers() if one in met),
        precedents=several,
    )

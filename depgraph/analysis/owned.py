"""Who belongs to somebody else on the later of two days, while whatever it does stays where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import ClassVar

from depgraph.analysis.model import Model
from depgraph.analysis.results import about
from depgraph.analysis.roles import owners_of
from depgraph.providers import Catalogue
from depgraph.vocabulary import Confidence, Kind, Turn


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """A provider or company that belongs to somebody else on the later day, or to nobody any more.

    Parameters
    ----------
    turn
        *Changed* where it certainly did not belong so on the earlier day; *newly known* where it may
        have, as where no source says since when; *no longer known* where it may still belong as it did.
    of, label
        Node id of who belongs, and its text for people.
    before, after
        Node ids of those above it on each day, the nearest first; none where none is known.
    before_labels, after_labels
        Their texts for people.
    since
        Since when it belongs as on the later day, or until when as on the earlier one if to nobody
        any more, as the catalogue has it (:class:`depgraph.providers.moments.Moment`); empty where
        it says nothing of when.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"since"})

    turn: Turn
    of: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    before_labels: tuple[str, ...]
    after_labels: tuple[str, ...]
    since: str


Chain = Sequence[str]
"""Node ids of a provider and of those above it, each belonging to the next."""


def first_change(
    before: Chain, after: Chain
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Return the first of a chain who belongs to somebody else on the later day, and to whom.

    Examples
    --------
    >>> first_change(["provider:p", "company:a", "company:b"], ["provider:p", "company:a"])
    ('company:a', ('company:b',), ())
    >>> first_change(["provider:p", "company:a"], ["provider:p", "company:a"]) is None
    True
    """
    for place, (one, other) in enumerate(zip_longest(before, after)):
        if one != other:
            return before[place - 1], tuple(before[place:]), tuple(after[place:])
    return None


def turn_of_owner(
    of: str,
    before: Chain,
    after: Chain,
    *,
    days: tuple[date, date],
    catalogue: Catalogue,
) -> tuple[Turn, str]:
    """Return what became of whose somebody is, and when that was.

    Parameters
    ----------
    of, before, after
        As :func:`first_change` returns them.
    days
        The earlier and the later day.
    catalogue
        What says since when a company is whose.
    """
    company, (was, now) = of.partition(":")[2], days
    day, chain = (now, after) if after else (was, before)
    row = catalogue.ownership(company, day) if of.startswith(f"{Kind.COMPANY.value}:") else None
    if row is not None and [f"{Kind.COMPANY.value}:{row.parent}"] != list(chain[:1]):
        row = None  # the day was judged by another edition
    moment = (row.began if after else row.ended) if row is not None else None
    shown = moment is not None and was < moment.first and moment.last <= now
    otherwise = Turn.NEWLY_KNOWN if after else Turn.NO_LONGER_KNOWN
    return Turn.CHANGED if shown else otherwise, str(moment or "")


def owner_changes(old: Model, new: Model, catalogue: Catalogue) -> Iterator[OwnerChange]:
    """Iterate over the providers and companies of both graphs that belong to somebody else."""
    ends = [about(model)["until"] for model in (old, new)]
    if not all(ends):
        return
    was, now = map(date.fromisoformat, ends)
    for node in sorted(old.number.keys() & new.number.keys()):
        if old.kind(old.number[node]) not in {Kind.PROVIDER, Kind.COMPANY}:
            continue
        before, after = _above(old, node), _above(new, node)
        if before[:1] == after[:1]:
            continue  # whoever is further up belongs to another: that is told of those
        turn, since = turn_of_owner(node, before, after, days=(was, now), catalogue=catalogue)
        yield OwnerChange(
            turn,
            node,
            new.label(new.number[node]),
            before,
            after,
            tuple(old.label(old.number[one]) for one in before),
            tuple(new.label(new.number[one]) for one in after),
            since,
        )


def _above(model: Model, node: str) -> tuple[str, ...]:
    """Return the companies above a provider or company of whom that is more than possible."""
    return tuple(
        one.id
        for one in owners_of(model, node)
        if one.kind is Kind.COMPANY and one.confidence is not Confidence.POSSIBLE
    )

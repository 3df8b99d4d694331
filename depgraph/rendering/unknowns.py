"""Phrases for what is not known: what it is, why, and what was known of it on another day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from depgraph.analysis.results import Result
from depgraph.rendering.phrases import some
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import what_line, why_line
from depgraph.vocabulary import Evidence, ReasonCode, What, reasons

_FEW: Final = 6  # unknown parts of one answer before the rest is counted


class Unknown(Protocol):
    """Something that is not known: a part of an answer, or a role."""

    @property
    def what(self) -> What | None: ...  # noqa: D102
    @property
    def of(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def last_known(self) -> str: ...  # noqa: D102
    @property
    def last_known_time(self) -> str: ...  # noqa: D102
    @property
    def last_known_evidence(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day (ISO 8601) that a text speaks of."""

    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, result: Result) -> Days:
        """Return the days of an answer."""
        return cls(result.since, result.until)

    def age(self, day: str) -> int:
        """Return how many days before these a day is; negative: after them; 0: neither."""
        before = _between(day, self.since)
        after = _between(self.until or self.since, day)
        return before if before > 0 else -after if after > 0 else 0


def _between(day: str, other: str) -> int:
    """Return the days from one to another; 0 where one of them is no day."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(day)).days
    except ValueError:
        return 0


def unknown(w: Writer, part: Unknown, days: Days, *, of: Iterable[str] = ()) -> Inline:
    """Return what is not known, why, and what was known of it on another day.

    Parameters
    ----------
    w
        The words.
    part
        What is not known.
    days
        Those that the text speaks of.
    of
        The names that it is of, where several of a kind are told at once.
    """
    noun = what_line(part.what or What.OTHER, list(of) or [part.of], w.words)
    because = notes(w, part, days)
    return w.say("unknown.because", what=noun, why=because) if because else noun


def notes(w: Writer, part: Unknown, days: Days) -> Inline:
    """Return why something is not known, and what was known of it on another day."""
    lines = [why(w, part)]
    if part.last_known:
        lines.append(_last_known(w, part, days))
    return join(w.words["list.semicolon"], lines)


def why(w: Writer, part: Unknown) -> Inline:
    """Return why something is not known; whom an unsure step names comes first."""
    possibly = tuple(getattr(part, "possibly", ()))
    kept = [
        str(reason)
        for reason in reasons(part.reason)
        # The day says it, where something of another day is told.
        if not (part.last_known and reason.code is ReasonCode.OTHER_DAY)
    ]
    because = why_line("; ".join(kept), w.words)
    if not possibly:
        return because
    named = w.say("unknown.possibly", names=some(w, map(foreign, possibly)))
    return join(w.words["list.comma"], [named, because])


def _last_known(w: Writer, part: Unknown, days: Days) -> Inline:
    day = part.last_known_time[:10]
    name = foreign(part.last_known)
    if part.last_known_evidence not in {"", Evidence.OBSERVED}:
        how = w.say(f"evidence.{part.last_known_evidence}")
        name = join(w.words["list.comma"], [name, how])
    age, time = days.age(day), w.words.day(day)
    if age > 0:
        return w.say("unknown.age", time=time, n=age, name=name)
    if age < 0:
        return w.say("unknown.later", time=time, n=-age, name=name)
    return w.say("unknown.last", time=time, name=name)


def unknowns(w: Writer, parts: Sequence[Unknown], days: Days) -> Inline:
    """Return a sentence on what is not known, the first few of it, what was once known first."""
    return w.say("unknown.lead", parts=listed(w, parts, days)) if parts else Inline()


def only_unserved(w: Writer, parts: Sequence[Unknown]) -> Inline:
    """Return that who acts is enough, for the others did not serve us; empty if there is more to it."""
    if not parts or any(part.what is not What.SERVICE for part in parts):
        return Inline()
    names = dict.fromkeys(part.of for part in parts)
    told = (one for part in parts for one in reasons(part.reason))
    how = dict.fromkeys(one.get("reason") or str(one) for one in told)
    because = why_line("; ".join(how), w.words)
    named = some(w, map(foreign, names))
    return w.say("unknown.unserved", names=named, reason=because, n=len(names))


def listed(w: Writer, parts: Sequence[Unknown], days: Days) -> Inline:
    """Return what is not known in one list, the first few of it, what was once known first."""
    lines = [unknown(w, group[0], days, of=[part.of for part in group]) for group in alike(parts)]
    if len(lines) > _FEW:
        lines = [*lines[:_FEW], w.say("more", n=len(lines) - _FEW)]
    return join(w.words["list.semicolon"], lines)


def alike(parts: Iterable[Unknown]) -> list[list[Unknown]]:
    """Return unknown parts, those that differ only in the name that they are of together."""
    groups: dict[tuple[object, ...], list[Unknown]] = {}
    for part in sorted(parts, key=lambda part: not part.last_known):
        known = (part.last_known, part.last_known_time, part.last_known_evidence)
        key = (part.what, part.reason, getattr(part, "possibly", ()), *known)
        groups.setdefault(key, []).append(part)
    return list(groups.values())

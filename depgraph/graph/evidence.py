"""From observations to answers: what is known of one question on the days that count.

An `Index` sorts the observations of a recording by question. An `Answer` is all that was
said to one of them: each value with who saw it, the empty answers, the failures, and what
other days said. Everything here is independent of the order of the recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from depgraph.observations import Observation, Status, format_time
from depgraph.text_safety import one_line

EMPTY = frozenset({Status.NODATA, Status.NXDOMAIN, Status.NOT_FOUND})
POSITIVE = frozenset({Status.ANSWER, Status.REFERRAL})
NOT_ASKED = "not asked"
OTHER_DAY = "known of another day only"
_RANK = {"observed": 0, "published": 1, "reported": 2}
_SHOWN_REASONS = 4
_LIMITS = {"source": 80, "citation": 4000, "server": 300, "note": 300}  # characters kept


@dataclass(frozen=True)
class Answer:
    """All that is known of one question.

    Parameters
    ----------
    seen
        Each value of a positive answer, with the observations that hold it; sorted.
    empty
        Conclusive answers that there is nothing.
    failed
        Questions that were not settled, and why.
    stale
        Positive answers of other days, the nearest to the days asked for first.
    """

    seen: Mapping[str, tuple[Observation, ...]]
    empty: tuple[Observation, ...] = ()
    failed: tuple[Observation, ...] = ()
    stale: tuple[Observation, ...] = ()

    @property
    def values(self) -> list[str]:
        """The values, sorted."""
        return list(self.seen)

    @property
    def is_empty(self) -> bool:
        """Whether it was settled that there is nothing."""
        return bool(self.empty) and not self.seen

    @property
    def asked(self) -> bool:
        """Whether anything at all was recorded for the days asked for."""
        return bool(self.seen or self.empty or self.failed)

    @property
    def no_such_name(self) -> bool:
        """Whether the name itself does not exist (NXDOMAIN, and nobody saw otherwise)."""
        return not self.seen and any(o.status is Status.NXDOMAIN for o in self.empty)

    @cached_property
    def vantages(self) -> tuple[str, ...]:
        """From where it was asked, sorted; what was never settled there does not count."""
        settled = [o for group in self.seen.values() for o in group] + list(self.empty)
        return tuple(sorted({place(o) for o in settled}))

    @property
    def differs(self) -> bool:
        """Whether some vantage points saw a value that others did not."""
        return len(self.vantages) > 1 and any(
            len({place(o) for o in group}) < len(self.vantages) for group in self.seen.values()
        )

    @property
    def cut_off(self) -> dict[str, str]:
        """The places that got no answer while others did, sorted, and how asking failed there."""
        found: dict[str, set[str]] = {}
        for o in self.failed:
            if self.vantages and place(o) not in self.vantages:
                found.setdefault(place(o), set()).add(o.status.value)
        return {where: ", ".join(sorted(found[where])) for where in sorted(found)}

    @property
    def reason(self) -> str:
        """Why there is no value: the statuses, or that it was not asked."""
        statuses = sorted({_status(o) for o in (*self.failed, *self.empty)})
        if not statuses:
            return OTHER_DAY if self.stale else NOT_ASKED
        return ", ".join(statuses[:_SHOWN_REASONS])

    def proof(self, value: str, *, rule: str = "") -> dict[str, Any]:
        """Give the evidence attributes of an edge that rests on one value."""
        return proof(self.seen[value], vantages=self.vantages, rule=rule)


NOTHING = Answer({})


def _status(observation: Observation) -> str:
    if observation.status in POSITIVE:  # a positive answer without any value
        return Status.MALFORMED.value
    return observation.status.value


def place(observation: Observation) -> str:
    """Name the vantage point of an observation, with the client subnet if one was sent."""
    return one_line(" ".join(filter(None, (observation.vantage, observation.subnet))) or "unnamed")


def proof(
    observations: Iterable[Observation], *, vantages: tuple[str, ...] = (), rule: str = ""
) -> dict[str, Any]:
    """Give the evidence attributes that follow from observations of one fact.

    The best class of evidence speaks, its latest observation gives time and source; the TTL
    is the least. With a rule, the evidence is ``inferred`` and the rest says from what.
    """
    group = list(observations)
    if not group:
        return {"evidence": "inferred", "rule": rule or "definition"}
    best = min(group, key=lambda o: (_RANK.get(o.evidence.value, 3), _after(o), _order(o)))
    data: dict[str, Any] = {"evidence": best.evidence.value}
    if rule or data["evidence"] not in _RANK:
        data |= {"evidence": "inferred", "rule": rule or "as recorded"}
    data["time"] = format_time(best.time)
    if best.until is not None:
        data["until"] = format_time(best.until)
    ttls = [o.ttl for o in group if o.ttl is not None]
    if ttls:
        data["ttl"] = min(ttls)
    for key, limit in _LIMITS.items():
        if text := one_line(getattr(best, key), limit=limit):
            data[key] = text
    here = sorted({place(o) for o in group})
    if len(vantages) > len(here):
        data["vantage"] = ",".join(here)
    return data


def _after(observation: Observation) -> float:
    return -observation.time.timestamp()


def _order(o: Observation) -> tuple[Any, ...]:
    """Sort key over every field, so that equal keys mean equal observations."""
    return (
        *(o.time, o.end, o.subject, o.type, o.status.value, o.values, o.section, o.zone),
        *(o.server, o.server_name, o.source, o.vantage, o.subnet, o.evidence.value),
        *(o.citation, o.note, o.flags, -1 if o.ttl is None else o.ttl),
    )


class Index:
    """The observations of a recording by question, and which of them are of the days asked for.

    Parameters
    ----------
    observations
        In any order.
    since, until
        First and last day (UTC) that the answer is wanted for.
    """

    def __init__(self, observations: Iterable[Observation], *, since: date, until: date) -> None:
        self.since, self.until = since, until
        self._groups: dict[tuple[str, str], list[Observation]] = {}
        self._answers: dict[tuple[str, str, str], Answer] = {}
        for o in observations:
            self._groups.setdefault((_key(o.subject), o.type), []).append(o)
        for group in self._groups.values():
            if len(group) > 1:
                group.sort(key=_order)

    def current(self, o: Observation) -> bool:
        """Tell whether an observation stands for one of the days asked for."""
        return o.time.date() <= self.until and o.end.date() >= self.since

    def group(self, subject: str, kind: str) -> list[Observation]:
        """List the observations of one question, all days, sorted."""
        return self._groups.get((_key(subject), kind), [])

    def knows(self, subject: str) -> bool:
        """Tell whether anything was asked about a name."""
        return _key(subject) in self._subjects

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(subject for subject, _ in self._groups)

    def under(self, suffix: str, kind: str) -> list[str]:
        """List the subjects of one type whose names end in a suffix, sorted."""
        return sorted(s for s, t in self._groups if t == kind and s.endswith(suffix))

    def questions(self) -> list[tuple[str, str]]:
        """List every (subject, type) there is, sorted."""
        return sorted(self._groups)

    def ask(self, subject: str, kind: str, *, part: str = "answer") -> Answer:
        """Give the answer to a question.

        `part` tells delegations and glue apart from a name's own records: ``answer``,
        ``parent`` (name servers as the parent zone lists them) or ``glue``.
        """
        key = (_key(subject), kind, part)
        if key not in self._answers:
            group = self._groups.get(key[:2])
            self._answers[key] = self._answer(group, part) if group else NOTHING
        return self._answers[key]

    def _answer(self, group: list[Observation], part: str) -> Answer:
        seen: dict[str, list[Observation]] = {}
        empty, failed, stale = [], [], []
        for o in group:
            if part_of(o) != part or _only_points(o):
                continue
            if not self.current(o):
                if o.status in POSITIVE and o.values:
                    stale.append(o)
            elif o.status in POSITIVE and o.values:
                for value in dict.fromkeys(o.values):
                    seen.setdefault(value, []).append(o)
            elif o.status in EMPTY:
                empty.append(o)
            else:
                failed.append(o)
        stale.sort(key=lambda o: (self.distance(o), _after(o)))
        return Answer(
            {value: tuple(seen[value]) for value in sorted(seen)},
            tuple(empty),
            tuple(failed),
            tuple(stale),
        )

    def distance(self, o: Observation) -> int:
        """Count the days from an observation to the nearest day asked for."""
        if o.end.date() < self.since:
            return (self.since - o.end.date()).days
        return (o.time.date() - self.until).days


def part_of(o: Observation) -> str:
    """Tell the name's own records from a delegation and from glue."""
    if o.section == "additional":
        return "glue"
    if o.type == "NS" and o.section == "authority":
        return "parent"
    return "answer"


def _only_points(o: Observation) -> bool:
    """Tell whether an observation leads to others and says nothing itself.

    A referral, whose name servers stand in the authority section, and an answer without a
    record of its own: the name is an alias, and its CNAME stands elsewhere.
    """
    if o.section != "answer":
        return False
    return o.status is Status.REFERRAL or (
        o.status is Status.ANSWER and not o.values and o.note.startswith("alias")
    )


def _key(subject: str) -> str:
    return subject.rstrip(".").lower() or "."

"""From the log of the lab: the longest chain of dependent questions, and repetitions.

A question can be put when three things are known: its name, the address of the server it is
put to, and that this server has a zone above the name. Each of them stood in some answer (or
is known at the start: the subject, the root servers, IANA's own services). So each question
has an earliest round trip at which it could have been answered, whatever the collector did in
between; the largest of them is the least number of round trips in which these questions can be
asked. It says nothing of whether fewer questions would have done: that is the count beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .knowledge import Knowledge, said
from .traffic import Asked
from .world import World


@dataclass(frozen=True)
class Trace:
    """What a log shows.

    `round_trips` is the length of the longest chain and `chain` the questions on it, first
    to last; `orphans` are questions whose name or server no answer gave.
    """

    round_trips: int
    chain: tuple[Asked, ...]
    questions: int
    repeated: tuple[Asked, ...]
    orphans: tuple[Asked, ...]


def trace(log: Iterable[Asked], world: World, subject: str) -> Trace:
    """Compute the longest chain of dependent questions of one collection."""
    asked = list(log)
    answers = [said(question, world) for question in asked]
    knowledge = Knowledge(world, subject, told=frozenset(key for keys in answers for key in keys))
    depth: dict[int, int] = {}
    why: dict[int, int | None] = {}
    changed = True
    while changed:
        changed = False
        for index, question in enumerate(asked):
            needed = knowledge.needs(question)
            if needed is None:
                continue
            at, cause = needed
            at += 2 if question.first else 1
            if index not in depth or at < depth[index]:
                depth[index], why[index] = at, cause
                knowledge.learn(answers[index], at, index)
                changed = True
    last = max(depth, key=lambda i: (depth[i], -i), default=None)
    chain: list[Asked] = []
    at_index = last
    while at_index is not None:
        chain.append(asked[at_index])
        at_index = why[at_index]
    return Trace(
        round_trips=depth[last] if last is not None else 0,
        chain=tuple(reversed(chain)),
        questions=len(asked),
        repeated=repeated(asked),
        orphans=tuple(q for i, q in enumerate(asked) if i not in depth),
    )


def repeated(log: Iterable[Asked]) -> tuple[Asked, ...]:
    """Give the questions put again to the same server over the same transport, after an answer."""
    seen: Counter[tuple[object, ...]] = Counter()
    again = []
    for question in log:
        key = (*question.question, question.proto)
        if seen[key]:
            again.append(question)
        if question.answered is not None:
            seen[key] += 1
    return tuple(again)

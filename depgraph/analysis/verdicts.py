"""The words in which analyses answer; none of them is a score."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """Whether a function works."""

    WORKS = "works"
    FAILS = "fails"
    UNDETERMINED = "undetermined"
    ABSENT = "absent"  # the service does not offer it: a null MX, no www


class Answer(StrEnum):
    """An answer to a yes/no question about incomplete knowledge."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


class Ruling(StrEnum):
    """What the evidence says about a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not-applicable"


def answer(best: object, worst: object) -> Answer:
    """Give the answer from its truth in the best and in the worst case.

    >>> answer(best=False, worst=True).value
    'undetermined'
    """
    if best:
        return Answer.YES
    return Answer.UNDETERMINED if worst else Answer.NO


_WEAKEST = ("observed", "published", "inferred", "reported", "unknown")


def weakest(classes: Iterable[str]) -> str:
    """Give the weakest of some evidence classes; ``observed`` of none.

    >>> weakest(["published", "reported", "inferred"])
    'reported'
    """
    return max(classes, key=_WEAKEST.index, default="observed")

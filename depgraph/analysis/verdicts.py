"""The words in which analyses answer; none of them is a score."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeVar

from depgraph.vocabulary import Confidence


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
    PARTLY = "partly"  # supported of a part of what it is said of, and not of all
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not-applicable"


def answer(best: object, worst: object) -> Answer:
    """Return the answer from its truth in the best and in the worst case.

    >>> answer(best=False, worst=True).value
    'undetermined'
    """
    if best:
        return Answer.YES
    return Answer.UNDETERMINED if worst else Answer.NO


DECIDING: Final = (Confidence.CERTAIN, Confidence.LIKELY)
"""Confidences at which an answer counts; what is only possible stays undetermined."""


_Verdict = TypeVar("_Verdict", Answer, State)


def surest(ask: Callable[[Confidence], _Verdict]) -> tuple[_Verdict, Confidence]:
    """Return an answer with its confidence: the highest at which it is definite.

    Parameters
    ----------
    ask
        Gives the answer where every step that is less sure than a confidence is unknown.

    Returns
    -------
    tuple
        The answer and its confidence; an undetermined one is *possible*.
    """
    for confidence in DECIDING:
        found = ask(confidence)
        if found.value != Answer.UNDETERMINED.value:
            return found, confidence
    return found, Confidence.POSSIBLE

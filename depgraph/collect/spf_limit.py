"""The limit on the look-ups of an SPF policy (RFC 7208, section 4.6.4)."""

from __future__ import annotations

from dataclasses import replace

from depgraph.collect.plan import Question
from depgraph.limits import note_of
from depgraph.observations import Observation, Status
from depgraph.records import spf
from depgraph.vocabulary import Limit, Purpose


class SpfLookups:
    """Counts the look-ups that the service's SPF policy causes; past the limit it ends.

    Parameters
    ----------
    limit
        Look-ups that are made.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._number: dict[str, int] = {}  # included policy -> the look-up that it was
        self._counted: set[str] = set()  # names whose other terms are counted

    def admit(self, question: Question) -> Question:
        """Return the question, refused if it asks for a policy past the limit."""
        if question.purpose is not Purpose.SPF:
            return question
        if question.subject not in self._number:
            self._count += 1
            self._number[question.subject] = self._count
        if self._number[question.subject] <= self._limit:
            return question
        note = note_of(Limit.SPF, self._limit)
        return replace(question, refused=Status.NOT_ASKED_BUDGET, note=note)

    def count(self, question: Question, observation: Observation) -> None:
        """Count the terms of a policy that look up something other than another policy.

        Policies are counted when they are asked for.
        """
        if question.purpose not in {Purpose.MAIL, Purpose.SPF} or observation.type != "TXT":
            return
        if observation.subject not in self._counted:
            self._counted.add(observation.subject)
            terms = [term for term in spf.reached(observation.values) if term.looks_up]
            self._count += sum(term.name not in {"include", "redirect"} for term in terms)

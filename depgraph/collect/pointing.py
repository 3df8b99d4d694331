"""How many hosts of somebody's domain the answers of others may have us ask for, in one run.

:mod:`depgraph.collect.plan` limits what one answer names. Here it is what many do: each alias, and
each delegation, is an answer of its own, and costs who gives it nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from depgraph.collect.budget import Budget
from depgraph.collect.plan import Question
from depgraph.limits import note_of
from depgraph.names import registered_domain
from depgraph.observations import Observation, Status
from depgraph.vocabulary import Limit, Purpose

_OF_HOSTS = frozenset({Purpose.HOST, Purpose.ZONE, Purpose.SPF})
"""Why a name is looked up that should be no alias, or is one of few (RFC 2181, section 10.3)."""


@dataclass(slots=True)
class Pointing:
    """Counts the hosts of each registered domain that answers of other domains named.

    Parameters
    ----------
    budget
        Of its `kin`, as many are followed of the aliases that lead into a domain, twice as many
        of all that one other domain names. Behind the first `trial` aliases see
        :class:`depgraph.collect.plan.Question`.
    """

    budget: Budget
    _aliased: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def admit(self, question: Question, observation: Observation) -> Question:
        """Return a question that follows from an answer, refused if it is one host too many.

        Parameters
        ----------
        question
            That follows.
        observation
            The answer.
        """
        domain, own = registered_domain(question.subject), registered_domain(observation.subject)
        to_one = question.server or question.purpose is Purpose.FACT
        if question.refused is not None or to_one or None in {domain, own} or domain == own:
            return question
        host = question.subject
        # A service has few names, and what they are aliases of is what it stands on.
        if observation.type == "CNAME" and (question.purpose in _OF_HOSTS or question.aliases[1:]):
            aliased, trial = self._aliased[domain or ""], self.budget.trial
            if host not in aliased:
                if len(aliased) >= self.budget.kin:
                    return _refused(question)
                aliased.append(host)
            if host not in aliased[:trial]:
                question = replace(question, behind=question.behind or tuple(aliased[:trial]))
        named = self._named[own or "", domain or ""]
        if host not in named and len(named) >= 2 * self.budget.kin:
            return _refused(question)
        named.add(host)
        return question


def _refused(question: Question) -> Question:
    return replace(question, refused=Status.NOT_ASKED_BUDGET, note=note_of(Limit.DOMAIN))

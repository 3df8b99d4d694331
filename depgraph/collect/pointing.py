"""How many hosts of somebody's domain the answers of others may have us ask for, in one run.

:mod:`depgraph.collect.plan` limits what one answer names. Here it is what many do: each alias, and
each delegation, is an answer of its own, and costs who gives it nothing. What follows from an answer
is counted here, and so is what it takes to reach the zones that are delegated to such hosts.
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
class _Named:
    """Hosts of one domain that answers of another named: of its apex or the service, of others."""

    own: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pointing:
    """Counts the hosts of each registered domain that answers of other domains named.

    Parameters
    ----------
    budget
        Of its `kin`, as many are followed of the aliases that lead into a domain, twice as many
        of all that one other domain names, and once as many of those that only names below its
        apex do, each of which may be a zone of its own. Behind the first `trial` of these, and of
        the aliases, see :class:`depgraph.collect.plan.Question`.
    subject
        The service, whose own records count as those of an apex do.
    """

    budget: Budget
    subject: str = ""
    _aliased: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[tuple[str, str], _Named] = field(default_factory=lambda: defaultdict(_Named))

    def admit(self, question: Question, observation: Observation) -> Question:
        """Return a question that follows from an answer, refused if it is one host too many.

        Parameters
        ----------
        question
            That follows.
        observation
            The answer.
        """
        host = question.server or question.subject  # a server has to be found to be asked
        domain, own = registered_domain(host), registered_domain(observation.subject)
        is_fact = question.purpose is Purpose.FACT
        if question.refused is not None or is_fact or None in {domain, own} or domain == own:
            return question
        # A service has few names, and what they are aliases of is what it stands on.
        is_alias = observation.type == "CNAME"
        if is_alias and (question.purpose in _OF_HOSTS or question.aliases[1:]):
            aliased, trial = self._aliased[domain or ""], self.budget.trial
            if host not in aliased:
                if len(aliased) >= self.budget.kin:
                    return _refused(question)
                aliased.append(host)
            if host not in aliased[:trial]:
                question = replace(question, behind=question.behind or tuple(aliased[:trial]))
        behind = self.behind((own or "") if is_alias else observation.subject, host)
        if behind is None:
            return _refused(question)
        return replace(question, behind=question.behind or behind)

    def behind(self, owner: str, host: str) -> tuple[str, ...] | None:
        """Return behind which others a host is looked up that an answer names.

        Parameters
        ----------
        owner
            Of the records, such as a zone that is delegated to the host.
        host
            The host.

        Returns
        -------
        tuple of str or None
            Hosts of its domain, of which one has to exist; none: it is looked up at once. None if
            it is one host too many.
        """
        own, domain = registered_domain(owner), registered_domain(host)
        if own is None or domain is None or own == domain:
            return ()
        named, kin, trial = self._named[own, domain], self.budget.kin, self.budget.trial
        if host in named.own:
            return ()
        full = len(named.own.union(named.others, [host])) > 2 * kin
        if owner in {own, self.subject}:
            if full:
                return None
            named.own.add(host)
            return ()
        if host not in named.others:
            if full or len(named.others) >= kin:
                return None
            named.others.append(host)
        first = tuple(named.others[:trial])
        return () if host in first else first


def _refused(question: Question) -> Question:
    return replace(question, refused=Status.NOT_ASKED_BUDGET, note=note_of(Limit.DOMAIN))

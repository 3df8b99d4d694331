"""What the steps of a build share: the answers, the catalogue, the draft, and what is left to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from depgraph import names
from depgraph.graph import owners
from depgraph.graph.answers import Answer, Index, proof
from depgraph.graph.draft import Draft
from depgraph.observations import Observation
from depgraph.providers import Attribution, Catalogue, Signal, attribute
from depgraph.vocabulary import Confidence, Reason, What

if TYPE_CHECKING:
    from depgraph.graph.addresses import Found
    from depgraph.graph.delegation import Delegation, Way
    from depgraph.graph.exchangers import Exchanger
    from depgraph.graph.registered import Registered
    from depgraph.graph.reports import Report
    from depgraph.graph.web import WebHost

Clues: TypeAlias = Mapping[Signal, Sequence[Observation]]
"""The signals that may name an operator, each with the observations that it was taken from."""

Step: TypeAlias = "Callable[[Builder, str], None]"

FARTHEST: Final = 20
"""Look-ups of name servers that are followed one after the other, each in the zone of the next, and networks
that each sell transit to the one before.

Who runs name servers can have as many as there are domains; what `observe` follows are 6.
"""
_NAMED_BY_RECORD: Final = frozenset({"registrar", "registry", "holder", "network", "certificate"})


class Phase(IntEnum):
    """When a step is done: after every step of an earlier phase.

    Which addresses a host shares, and under which names it is reached, is known only when
    every name has been walked.
    """

    NAMES = 0
    USES = 1
    SETS = 2
    ADDRESSES = 3
    NETWORKS = 4
    IDENTITY = 5
    OWNERS = 6


def _queues() -> tuple[deque[tuple[Step, str, int]], ...]:
    return tuple(deque() for _ in Phase)


@dataclass(slots=True)
class Builder:
    """One build under way.

    Parameters
    ----------
    subject, at
        The service, and the day that attributions and owners are wanted for.
    index, catalogue, draft
        The answers, the rules, and the graph in the making.
    other_hosts
        Other host names that the service is offered under, sorted.
    aliases
        By host name, the names whose aliases lead to it.
    web
        The host names that the web functions begin with.
    observed_in
        By the name of a server or AS, the observations in which it was met.
    uses
        By address and role, the names under which it is reached.
    pointers
        By address, signals that are its reverse name or an alias of a host that has no other.
    unfronted
        By address, the web hosts that have it and for which no front is known there.
    reached
        By name server, its addresses to which a way leads.
    glued_only
        The name servers that nothing but glue of their own zone leads to.
    unseen_glue
        By name server, why glue of it may be there that nobody saw.
    looked_up
        By look-up node, the name of the server that is looked up.
    registered_as
        By provider node, the names under which it is registered.
    mailboxes
        By domain, who holds its mailboxes, and what tells.
    best_exchangers
        By domain and name, the exchangers that mail is brought to first.
    beyond
        By name and type, how many records of an answer are too many to be followed.
    lent
        By host name, and a name that leads to it, the addresses of that which count as its own.
    hinted
        By host name and address, what HTTPS records hint at.
    reports
        By name and role, who is reported.
    distance
        How many name servers have been looked up on the way to the step under way, or networks passed
        that sell transit to the one before.
    too_far
        The zones that are too far away for their name servers to be followed.
    elsewhere
        By zone, the documents that have it where its delegation does not lead.
    registrations
        By domain, what is known of its registration.
    ways
        By zone that others ask of, how it is delegated, to which servers, and each way to one.
    """

    subject: str
    at: date
    index: Index
    catalogue: Catalogue
    other_hosts: tuple[str, ...] = ()
    draft: Draft = field(default_factory=Draft)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    web: set[str] = field(default_factory=set)
    observed_in: dict[str, Sequence[Observation]] = field(default_factory=dict)
    uses: dict[str, dict[str, Clues]] = field(default_factory=dict)
    pointers: dict[str, dict[Signal, Sequence[Observation]]] = field(default_factory=dict)
    unfronted: dict[str, list[WebHost]] = field(default_factory=dict)
    reached: dict[str, set[str]] = field(default_factory=dict)
    glued_only: set[str] = field(default_factory=set)
    unseen_glue: dict[str, Reason] = field(default_factory=dict)
    looked_up: dict[str, str] = field(default_factory=dict)
    registered_as: dict[str, set[str]] = field(default_factory=dict)
    mailboxes: dict[str, tuple[Attribution, dict[Signal, Sequence[Observation]]]] = field(
        default_factory=dict
    )
    best_exchangers: dict[str, dict[str, Exchanger]] = field(default_factory=dict)
    beyond: dict[tuple[str, str], int] = field(default_factory=dict)
    lent: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    hinted: dict[str, dict[str, Found]] = field(default_factory=dict)
    reports: dict[str, dict[str, list[Report]]] = field(default_factory=dict)
    distance: int = 0
    too_far: set[str] = field(default_factory=set)
    elsewhere: dict[str, list[Reason]] = field(default_factory=dict)
    registrations: dict[str, Registered] = field(default_factory=dict)
    ways: dict[str, tuple[Delegation, dict[str, Found], list[tuple[str, Way]]]] = field(
        default_factory=dict
    )
    _queues: tuple[deque[tuple[Step, str, int]], ...] = field(default_factory=_queues)
    _queued: set[tuple[Any, str]] = field(default_factory=set)
    _attributions: dict[tuple[str, tuple[Signal, ...]], Attribution] = field(default_factory=dict)
    _registered: dict[str, str | None] = field(default_factory=dict)

    def later(self, step: Step, name: str, *, phase: Phase = Phase.NAMES) -> None:
        """Put off a step for one name; each is done once, however often it is asked for."""
        if (step, name) not in self._queued:
            self._queued.add((step, name))
            self._queues[phase].append((step, name, self.distance))

    def run(self) -> None:
        """Do every step that is left, and those that follow from them."""
        while any(self._queues):
            queue = next(queue for queue in self._queues if queue)
            step, name, self.distance = queue.popleft()
            step(self, name)

    def registered(self, name: str) -> str | None:
        """Return the registered domain of a name; None for a public suffix."""
        if name not in self._registered:
            self._registered[name] = names.registered_domain(name)
        return self._registered[name]

    def who(self, role: str, clues: Clues) -> Attribution:
        """Ask the rules who does something."""
        key = (role, tuple(clues))
        if key not in self._attributions:
            self._attributions[key] = attribute(
                role, clues, catalogue=self.catalogue, at=self.at, service=self.subject
            )
        return self._attributions[key]

    def knows(self, attribution: Attribution) -> bool:
        """Tell whether the catalogue has the provider (the service's own one may be in it)."""
        return attribution.provider in self.catalogue.providers

    def company(self, operator: Attribution) -> str:
        """Return the topmost company of an operator, the operator itself where there is none.

        Empty where only the service's own name tells: it gives that to whatever machine it likes.
        """
        if operator.provider is None or (operator.is_self and not self.knows(operator)):
            return ""
        owners = self.catalogue.owners(operator.provider, self.at)
        return owners[-1] if owners else operator.provider

    def proof(
        self, attribution: Attribution, clues: Clues, *, named_by_record: bool = False
    ) -> dict[str, Any]:
        """Return the attributes of an edge made by a rule: the rule, and where its input is from.

        Where the record itself names the party (a registration its registrar), the rule says
        only which row of the catalogue that is: then the evidence is the record's, unless the
        rule is too weak to tell.
        """
        rule = attribution.rule or "as-recorded"
        confidence = attribution.confidence or Confidence.CERTAIN
        observations: Sequence[Observation] = ()
        deciding = [s.signal for s in attribution.signals if s.rule == rule]
        for signal in (*deciding, *clues):
            observations = observations or clues.get(signal, ())
        if named_by_record and observations and confidence is not Confidence.POSSIBLE:
            data = {**proof(observations, confidence=confidence), "rule": rule}
        else:
            data = proof(observations, rule=rule, confidence=confidence)
        if attribution.unverified:
            data["unverified"] = True
        if attribution.share is not None:
            data["share"] = attribution.share
        return data

    def provider(self, attribution: Attribution) -> str:
        """Add the node of an attributed provider, and its owners later; returns its id."""
        key = attribution.provider or ""
        if key == "self":
            key = f"~{self.registered(self.subject) or self.subject}"
        node = self.draft.node(
            "provider",
            key,
            label=attribution.name or key,
            catalogued=key in self.catalogue.providers,
            own=attribution.is_self or None,
        )
        return self._owned(node)

    def catalogued(self, provider: str) -> str:
        """Add the node of a provider that the catalogue has, and its owners later."""
        name = self.catalogue.provider(provider).name
        return self._owned(self.draft.node("provider", provider, label=name, catalogued=True))

    def _owned(self, node: str) -> str:
        self.later(owners.expand, node.split(":", 1)[1], phase=Phase.OWNERS)
        return node

    def further(self, tail: str, relation: str, of: str, kind: str, answer: Answer) -> None:
        """Say how many records of an answer are too many to be followed, if any are.

        They may be alternatives to those that are, or lead to somebody whom these do not.
        """
        if answer.beyond:
            # CAA is climbed to from several names.
            self.beyond[next(iter(answer.records.values()))[0].subject, kind] = len(answer.beyond)
            self.left_out(
                tail, relation, of, kind, left=len(answer.beyond), followed=len(answer.records)
            )

    def left_out(
        self,
        tail: str,
        relation: str,
        of: str,
        within: str,
        *,
        left: int,
        followed: int,
        question: str = "",
        **more: Any,
    ) -> None:
        """Say how many records of one kind are too many to be followed; `more` are of the edge.

        The kind is called `within` in the graph, and in the reason by the `question`, if that is another.
        """
        reason = Reason.of(
            "too-many", number=str(left), question=question or within, limit=str(followed)
        )
        self.draft.unknown(
            tail, relation, What.FURTHER_RECORDS, of, [reason], within=within, **more
        )

    def operator(
        self, tail: str, relation: str, role: str, clues: Clues, **more: Any
    ) -> Attribution:
        """Add the edge to who does something, if the rules know; the caller says what if not."""
        attribution = self.who(role, clues)
        if attribution.provider is not None:
            by_record = relation in _NAMED_BY_RECORD
            data = self.proof(attribution, clues, named_by_record=by_record)
            self.draft.edge(tail, relation, self.provider(attribution), data, **more)
        return attribution

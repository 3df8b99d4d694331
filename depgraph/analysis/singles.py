"""Who can stop what alone: companies, their subsidiaries and providers, how sure, on what evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import networkx as nx

from depgraph.analysis.clients import Client, classes, decides, whom
from depgraph.analysis.evaluate import recorded, states
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.takedown import CutSet, FunctionCuts, steps_of, takedown
from depgraph.analysis.verdicts import DECIDING, Answer, State
from depgraph.analysis.witness import prove, weakest_of
from depgraph.vocabulary import (
    Confidence,
    Evidence,
    Level,
    Onset,
    least_sure,
    most_sure,
    weakest_evidence,
)

_HORIZON: Final = "30d"
_EXAMINED: Final = 10_000  # cut sets of one member whose evidence is looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One actor that stops one function alone, certainly or likely.

    Parameters
    ----------
    actor, label
        Node id of a provider or company, and its text for people.
    function
        ``web``, ``web-www``, ``mail``, ``name``.
    confidence, evidence
        How sure that is, and the weakest class of evidence that it rests on.
    seconds, onset
        When it sets in, as in :class:`depgraph.analysis.takedown.CutSet`.
    own
        Whether the actor is the service itself.
    clients
        For whom it stops it, a whole place or everyone without IPv6; empty: for everyone.
    """

    actor: str
    label: str
    function: str
    confidence: Confidence
    evidence: Evidence | None
    seconds: float | None = None
    onset: Onset | None = None
    own: bool = False
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class Singles:
    """Who can stop which functions of a service alone.

    Parameters
    ----------
    subject
        The service.
    functions
        Those that it has.
    companies, providers
        By node id: companies at the top of their parents, with providers of which no company is
        known, and all providers.
    subsidiaries
        By node id: companies that another one owns. They can stop it too, and their parent,
        whom `companies` names.
    undecided
        Functions of which it is not known whether somebody can stop them alone: somebody unknown
        may, or somebody who is only possible, or the collection did not come to its end.
    failing
        Functions that do not work as recorded -> why (coded).
    """

    subject: str
    functions: tuple[str, ...]
    companies: Mapping[str, tuple[Single, ...]] = field(default_factory=dict)
    providers: Mapping[str, tuple[Single, ...]] = field(default_factory=dict)
    subsidiaries: Mapping[str, tuple[Single, ...]] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    failing: Mapping[str, str] = field(default_factory=dict)

    def of(self, actor: str) -> tuple[Single, ...]:
        """Return what an actor can stop alone."""
        for several in (self.companies, self.providers, self.subsidiaries):
            if actor in several:
                return several[actor]
        return ()

    def stops(self, actor: str) -> frozenset[str]:
        """Return the functions that an actor can stop alone."""
        return frozenset(single.function for single in self.of(actor))

    @property
    def others(self) -> dict[str, tuple[Single, ...]]:
        """The companies, the service's own apart."""
        return {
            actor: several
            for actor, several in self.companies.items()
            if not any(single.own for single in several)
        }


def singles(graph: nx.MultiDiGraph[str] | Model) -> Singles:
    """Tell who can stop which functions alone, within 30 days.

    Parameters
    ----------
    graph
        A graph that follows the schema.

    Returns
    -------
    Singles
        The cut sets of one member that :func:`depgraph.takedown` lists at the levels of
        companies and providers, and what subsidiaries can do.
    """
    model = model_of(graph)
    by_company = takedown(model, level="company", upto=1, horizon=_HORIZON, explain=_EXAMINED)
    by_provider = takedown(model, level="provider", upto=1, horizon=_HORIZON, explain=_EXAMINED)
    parts = by_company.functions
    present = [one for one in parts if one.state is not State.ABSENT]
    return Singles(
        subject=by_company.subject,
        functions=tuple(one.function for one in present),
        companies=_by_actor(_listed(parts)),
        providers=_by_actor(_listed(by_provider.functions)),
        subsidiaries=_by_actor(_subsidiaries(model, present)),
        undecided=frozenset(
            one.function
            for one in present
            if one.alone is Answer.UNDETERMINED and one.state is not State.FAILS
        ),
        failing={one.function: one.reason for one in present if one.state is State.FAILS},
    )


def weakest_single(several: Iterable[Single]) -> tuple[Evidence | None, Confidence]:
    """Return the weakest evidence and the least confidence of several; None: not examined."""
    every = list(several)
    classes = [single.evidence for single in every]
    evidence = None if None in classes else weakest_evidence(filter(None, classes))
    return evidence, least_sure(single.confidence for single in every)


def surest(several: Iterable[Single]) -> Confidence | None:
    """Return how sure it is that somebody can stop something alone; None: nothing.

    Of an actor that certainly stops the mail, and likely the web site: certain.
    """
    found = [single.confidence for single in several]
    return most_sure(found) if found else None


def _by_actor(several: Iterable[Single]) -> dict[str, tuple[Single, ...]]:
    found: dict[str, list[Single]] = {}
    for single in several:
        found.setdefault(single.actor, []).append(single)
    return {actor: tuple(found[actor]) for actor in sorted(found)}


def _listed(functions: Iterable[FunctionCuts]) -> list[Single]:
    """List the sets of one that count as stopping a function, each where it is surest."""
    found: dict[tuple[str, tuple[str, ...]], CutSet] = {}
    for one in functions:
        for cut in one.cut_sets:
            if len(cut.members) == 1 and not cut.worst_case and cut.decisive:
                found.setdefault((one.function, cut.ids), cut)
    return [_of_cut(cut) for cut in found.values()]


def _of_cut(cut: CutSet) -> Single:
    (member,) = cut.members
    return Single(
        actor=member.id,
        label=member.label,
        function=cut.function,
        confidence=cut.confidence,
        evidence=cut.evidence,
        seconds=cut.seconds,
        onset=cut.onset,
        own=member.own,
        clients=cut.clients,
    )


def _subsidiaries(model: Model, present: Iterable[FunctionCuts]) -> list[Single]:
    """List what companies with a parent can stop alone: the cut sets have the parent only."""
    owned = [n for n in range(len(model.ids)) if model.kind(n) == Level.COMPANY and model.owned(n)]
    several = classes(model)
    works = [one.function for one in present if one.state is not State.FAILS]
    live = {
        name: [n for n, one in enumerate(several) if _state(one.model, name) is not State.FAILS]
        for name in works
    }
    found = []
    for node in owned:
        for function in works:
            for confidence in DECIDING:
                judged = live[function]
                stopped = [
                    n
                    for n in judged
                    if _state(several[n].model, function, {node}, confidence) is State.FAILS
                ]
                if decides(several, stopped, judged):
                    single = _proved(several[stopped[0]].model, node, function, confidence)
                    found.append(replace(single, clients=whom(several, stopped, judged)))
                    break
    return found


def _state(
    model: Model,
    function: str,
    gone: Collection[int] = (),
    confidence: Confidence = Confidence.LIKELY,
) -> State:
    """Return the state of a function in the graph of some clients."""
    if not gone:
        return recorded(model, seconds_of(_HORIZON))[function]
    found = states(
        model,
        gone,
        model.unknown(Level.COMPANY),
        levels=[Level.COMPANY],
        horizon=seconds_of(_HORIZON),
        confidence=confidence,
    )
    return found[function]


def _proved(model: Model, node: int, function: str, confidence: Confidence) -> Single:
    case = model.case(seconds_of(_HORIZON), confidence)
    proof = prove(model, model.functions[function], {node}, case)
    return Single(
        actor=model.ids[node],
        label=model.label(node),
        function=function,
        confidence=confidence,
        evidence=weakest_of(steps_of(model, proof)),
        seconds=proof.length,
        onset=proof.onset,
        own=model.own(node),
    )

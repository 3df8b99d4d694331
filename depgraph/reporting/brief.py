"""The report of one service in short: what fits the first screen of a terminal.

It is taken from a :class:`depgraph.reporting.Report` and asks the graph nothing anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import networkx as nx

from depgraph.analysis.clients import ALL, ClientsAsked
from depgraph.analysis.dependence import FunctionDependence
from depgraph.analysis.findings import Finding
from depgraph.analysis.results import Cite, Result
from depgraph.analysis.roles import FUNCTION_LAYERS, Role
from depgraph.analysis.takedown import CutSet, FunctionCuts
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, State
from depgraph.reporting.existence import (
    all_reasons,
    is_nonexistent,
    is_unregistered,
    no_such_name,
)
from depgraph.reporting.report import Report, report
from depgraph.vocabulary import Confidence, Layer, ReasonCode, Remedy, SteeringWord, remedy_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerActor:
    """Somebody who stands in a layer, and what he can stop alone.

    Parameters
    ----------
    id, label
        The node of the graph, and its text for people.
    company
        Label of the topmost company above; empty where it is not known or is the actor.
    own
        Whether it is the service itself.
    functions
        Those that need the actor in this layer.
    stops
        Those that the actor, or the company above, can stop alone, by whatever means.
    undecided
        Those of `functions` of which that is not known.
    likely
        Whether one of these answers is no more than likely; of the service itself, that it stands there.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"company"})

    id: str
    label: str
    company: str = ""
    own: bool = False
    functions: tuple[str, ...]
    stops: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    likely: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerBrief:
    """Who stands in one layer.

    Parameters
    ----------
    layer
        What they do; None: they are met further on, behind the domains of others.
    actors
        Those that are known.
    unknown
        Whether somebody is, or may be, who is not known.
    """

    layer: Layer | None
    actors: tuple[LayerActor, ...]
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that is not known, and how it could be learnt.

    Parameters
    ----------
    role
        The place in a layer that is not known.
    remedy
        What would tell; None where no question of depgraph would.
    """

    role: Role
    remedy: Remedy | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Brief(Result):
    """A report in short.

    Parameters
    ----------
    horizon
        Seconds within which a lever has to work.
    nonexistent
        Whether the name does not exist: then nothing else is to be said of it.
    unregistered
        Whether the registry says that the name is not registered, and nothing else is known of it.
    denied
        That a resolver says itself that it blocks the name, or only one of a private network, or one that
        is not named, says that there is no such name (coded: see :class:`depgraph.vocabulary.Reason`); empty if none does.
    functions
        Those that the service has.
    layers
        Layer by layer, from the user on.
    involved
        Labels of those who are reported to be involved in a role that is not stated.
    on
        The group that was asked about.
    dependence
        What it can stop, and where it is on a path, by function.
    failing
        The functions that do not work as recorded, and why.
    findings
        What is wrong, the most urgent first.
    missing
        What is not known, what a question could tell before the rest.
    ipv6_unknown
        IPv6 addresses that are not known: who can stop something does so over IPv4.
    cite
        How to cite it.
    """

    NAME: ClassVar[str] = "brief"

    horizon: float
    nonexistent: bool
    unregistered: bool
    denied: str
    functions: tuple[str, ...]
    layers: tuple[LayerBrief, ...]
    involved: tuple[str, ...]
    on: str
    dependence: tuple[FunctionDependence, ...]
    failing: tuple[FunctionCuts, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    ipv6_unknown: tuple[UnknownPart, ...]
    cite: Cite

    @property
    def is_nothing(self) -> bool:
        """Whether there is no such service, as the DNS or the registry says."""
        return self.nonexistent or self.unregistered

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per actor of a layer."""
        return [
            {
                "layer": one.layer.value if one.layer else "",
                "actor": actor.id,
                "label": actor.label,
                "company": actor.company,
                "functions": ", ".join(actor.functions),
                "stops": ", ".join(actor.stops),
                "undecided": ", ".join(actor.undecided),
            }
            for one in self.layers
            for actor in one.actors
        ]

    def _brief(self) -> str:
        if self.unregistered:
            return "not registered"
        return "no such name" if self.nonexistent else ", ".join(self.functions)


def brief(
    graph: nx.MultiDiGraph[str] | Report,
    *,
    on: str = "big-tech",
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Brief:
    """Say in short who stands behind a service, who can stop it alone, and what is not known.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`, or a report on one; then the rest is as there.
    on, clients, steering
        As in :func:`depgraph.report`.

    Returns
    -------
    Brief

    Raises
    ------
    GraphError, QuestionError
        As :func:`depgraph.report` does.
    """
    whole = (
        graph
        if isinstance(graph, Report)
        else report(graph, on=on, clients=clients, steering=steering)
    )
    roles = [role for one in whole.functions if not one.absent for role in one.roles]
    return Brief(
        subject=whole.subject,
        since=whole.since,
        until=whole.until,
        complete=whole.complete,
        limits=whole.limits,
        horizon=whole.takedown.horizon,
        nonexistent=is_nonexistent(whole.functions, whole.findings),
        unregistered=is_unregistered(whole.subject, whole.functions),
        denied=_denied(whole.subject, roles),
        functions=tuple(one.function for one in whole.functions if not one.absent),
        layers=tuple(_layers(whole, [role for role in roles if role.needed])),
        involved=tuple(dict.fromkeys(role.label for role in whole.involved)),
        on=whole.dependence.on,
        dependence=whole.dependence.functions,
        failing=tuple(one for one in whole.takedown.functions if one.state is State.FAILS),
        findings=whole.findings,
        missing=tuple(_missing(roles)),
        ipv6_unknown=whole.takedown.ipv6_unknown,
        cite=whole.cite,
    )


def _denied(subject: str, roles: Iterable[Role]) -> str:
    """Return that a resolver blocks the name, or only an inner one says that there is none; empty if none does."""
    told = (one for role in roles if role.of == subject for one in all_reasons(role.reason))
    of_name = (
        one
        for one in told
        if one.code is ReasonCode.BLOCKED
        or (one.code is ReasonCode.INNER_DENIAL and no_such_name(str(one)))
    )
    return next(map(str, of_name), "")


# --- Layer by layer ------------------------------------------------------------------------


def _layers(whole: Report, needed: Iterable[Role]) -> Iterator[LayerBrief]:
    """Yield the layers in their order, and last who can stop it from further on."""
    by_layer: dict[Layer, list[Role]] = {}
    for role in needed:
        if not role.through and role.layer in FUNCTION_LAYERS:
            by_layer.setdefault(role.layer, []).append(role)
    met: set[str] = set()
    for layer in FUNCTION_LAYERS:
        several = by_layer.get(layer, [])
        if several:
            made = _layer(whole, layer, several)
            met.update(node for role in several if role.known for node in _above(role))
            met.update(actor.id for actor in made.actors)
            yield made
    further = _further(whole, met)
    if further:
        yield LayerBrief(layer=None, actors=further, unknown=False)


def _layer(whole: Report, layer: Layer, several: Sequence[Role]) -> LayerBrief:
    by_actor: dict[str, list[Role]] = {}
    for role in several:
        if role.known:
            by_actor.setdefault(role.actor, []).append(role)
    doubted = [role for role in several if not role.known]
    shared = tuple(_above_all(whole, doubted))
    actors = (*(_actor(whole, several) for several in by_actor.values()), *shared)
    return LayerBrief(layer=layer, actors=actors, unknown=bool(doubted) and not shared)


def _above_all(whole: Report, doubted: Sequence[Role]) -> Iterator[LayerActor]:
    """Yield the company of all of several of whom it is one, as answers say that differ."""
    if not doubted or not all(role.only(ReasonCode.ANSWERS_DIFFER) for role in doubted):
        return
    for one in reversed(doubted[0].companies):
        if all(one.id in _above(role) for role in doubted):
            made = _standing(whole, doubted, (one.id,), id=one.id, label=one.label)
            if made.stops:  # nobody says that there is none at all
                yield made
            return


def _actor(whole: Report, several: Sequence[Role]) -> LayerActor:
    """Return an actor with what it, or one above it, can stop alone."""
    first = several[0]
    companies = (first.company, *first.parents)
    return _standing(
        whole,
        several,
        _above(first),
        id=first.actor,
        label=first.label,
        company=next((label for label in reversed(companies) if label != first.label), ""),
        own=first.own,
    )


def _standing(
    whole: Report, several: Sequence[Role], able: Collection[str], **about: Any
) -> LayerActor:
    """Return somebody with what those who are `able` can stop alone."""
    functions = tuple(dict.fromkeys(role.function for role in several))
    cuts = {
        one.function: [cut for cut in one.alone_sets if cut.ids[0] in able]
        for one in whole.takedown.functions
    }
    return LayerActor(
        **about,
        functions=functions,
        stops=tuple(name for name, found in cuts.items() if found),
        undecided=tuple(
            name for name in functions if not cuts[name] and _is_open(whole.takedown[name])
        ),
        likely=any(
            cut.confidence is not Confidence.CERTAIN for found in cuts.values() for cut in found
        )
        or all(role.own and role.confidence is not Confidence.CERTAIN for role in several),
    )


def _above(role: Role) -> tuple[str, ...]:
    """Return the ids of an actor and of those above it."""
    return (role.actor, *(one.id for one in role.owners))


def _is_open(cuts: FunctionCuts) -> bool:
    """Tell whether somebody else than those listed may stop a function alone."""
    return cuts.alone is Answer.UNDETERMINED or any(
        cut.worst_case and len(cut.members) < 2 for cut in cuts.cut_sets
    )


def _further(whole: Report, met: set[str]) -> tuple[LayerActor, ...]:
    """Return those who can stop a function alone and stand in none of its own layers."""
    found: dict[str, list[CutSet]] = {}
    for one in whole.takedown.functions:
        for cut in one.alone_sets:
            if cut.ids[0] not in met:
                found.setdefault(cut.ids[0], []).append(cut)
    return tuple(
        LayerActor(
            id=node,
            label=several[0].members[0].label,
            functions=tuple(cut.function for cut in several),
            stops=tuple(cut.function for cut in several),
            likely=any(cut.confidence.value != "certain" for cut in several),
        )
        for node, several in found.items()
    )


# --- What is not known ---------------------------------------------------------------------


def _missing(roles: Iterable[Role]) -> list[Missing]:
    """Return what is not known, each thing once; what a question could tell comes first."""
    found: dict[tuple[object, ...], Missing] = {}
    for role in roles:
        if role.unknown and not role.through:
            remedy = remedy_of(role.what, role.reason)
            found.setdefault((role.what, role.of), Missing(role=role, remedy=remedy))
    return sorted(found.values(), key=lambda one: (one.remedy is None, not one.role.needed))

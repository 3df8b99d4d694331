"""Is a public claim true? Supported, contradicted, or undetermined, with each step's evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.clients import ALL, Client, ClientsAsked, assumed, clients_of
from depgraph.analysis.dependence import FunctionDependence, dependence
from depgraph.analysis.grammar import Form, read_claim
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, level_of, model_of
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.roles import Role, Roles, by_layer, roles
from depgraph.analysis.takedown import CutSet, FunctionCuts, takedown
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.analysis.witness import Step, weakest_of
from depgraph.parameters import checked
from depgraph.providers.catalogue import Catalogue
from depgraph.vocabulary import (
    Confidence,
    Evidence,
    Layer,
    Level,
    Onset,
    Steering,
    SteeringWord,
    function_of,
    least_sure,
)


@dataclass(frozen=True, slots=True)
class FunctionRuling:
    """What the evidence says of the claim for one function.

    Parameters
    ----------
    function
        Its word: ``web``, ``web-www``, ``mail`` or ``name``.
    ruling, confidence
        Supported, contradicted, undetermined or not applicable, and how sure that is.
    reason
        Why the service does not have the function, or why it fails as recorded (coded).
    takedown, exposure
        The answers it rests on (exposure: ``no`` where the claim names nobody).
    fails
        Whether it does not work as recorded, with nobody withdrawn.
    actors
        Labels of those who can do it or, of a claim about a group, of those of it who are met.
    known
        Layer by layer who is known to do it, with evidence: what a negative rests on, and
        what is known where the ruling is undetermined.
    onset, seconds
        When it would stop, where the claim is about somebody who can stop it.
    steps
        The witness, each step with evidence and citation.
    unknown, strangers, evidence
        As in :class:`depgraph.analysis.dependence.FunctionDependence`.
    clients
        For whom somebody can stop it: empty for everyone, or where the answer is no for nobody;
        else the exceptions. The answer is yes if it is a whole place, or everyone without IPv6.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients"})

    function: str
    ruling: Ruling
    confidence: Confidence
    reason: str
    takedown: Answer
    exposure: Answer
    fails: bool = False
    actors: tuple[str, ...] = ()
    known: Mapping[Layer, tuple[Role, ...]] = field(default_factory=dict)
    onset: Onset | None = None
    seconds: float | None = None
    steps: tuple[Step, ...] = field(default=(), metadata=renamed("witness"))
    unknown: tuple[UnknownPart, ...] = ()
    strangers: tuple[str, ...] = field(default=(), metadata=renamed("uncatalogued"))
    evidence: Evidence | None = None
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Check(Result):
    """The answer of :func:`check`.

    Parameters
    ----------
    claim, form
        The claim as written, and how it was read.
    on, definition, source, absent
        About whom: as in :class:`depgraph.analysis.dependence.Dependence`.
    level
        Of a claim about nobody in particular.
    horizon
        Seconds within which a lever has to work.
    functions
        One part each.
    involved
        Who is reported to be involved in the service in a role that is not stated.
    clients, steering
        As in :class:`depgraph.analysis.takedown.Takedown`.
    """

    NAME = "check"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "steering"})
    DERIVED: ClassVar[Mapping[str, str]] = {"ruling": "ruling", "confidence": "confidence"}

    claim: str
    form: Form
    level: Level
    horizon: float
    on: str
    definition: str = ""
    source: str = ""
    absent: tuple[str, ...] = ()
    functions: tuple[FunctionRuling, ...]
    involved: tuple[Role, ...] = ()
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    @property
    def ruling(self) -> Ruling:
        """Of all functions: contradicted if one is, supported if all are that exist."""
        found = {one.ruling for one in self.functions} - {Ruling.NOT_APPLICABLE}
        if Ruling.CONTRADICTED in found:
            return Ruling.CONTRADICTED
        return Ruling.SUPPORTED if found == {Ruling.SUPPORTED} else Ruling.UNDETERMINED

    @property
    def confidence(self) -> Confidence:
        """Of the ruling: the surest contradiction, or the least sure support."""
        decisive = [one.confidence for one in self.functions if one.ruling is self.ruling]
        if self.ruling is Ruling.CONTRADICTED:
            return min(decisive, key=lambda one: one.rank)
        return least_sure(decisive) if self.ruling is Ruling.SUPPORTED else Confidence.POSSIBLE

    def __getitem__(self, function: str) -> FunctionRuling:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per function."""
        return [
            {
                "function": one.function,
                "claim": self.claim,
                "ruling": one.ruling.value,
                "confidence": one.confidence.value,
                "takedown": one.takedown.value,
                "exposure": one.exposure.value,
                "evidence": one.evidence.value if one.evidence else None,
                "clients": ", ".join(map(str, one.clients)),
            }
            for one in self.functions
        ]

    def _brief(self) -> str:
        return f"{self.claim!r} is {self.ruling.value}"


@checked()
def check(
    graph: nx.MultiDiGraph[str] | Model,
    claim: str,
    *,
    horizon: str | timedelta | float | None = "30d",
    uncatalogued: str = "unknown",
    catalogue: Catalogue | None = None,
    clients: ClientsAsked = ALL,
    steering: SteeringWord = "none",
) -> Check:
    """Hold a public claim against the evidence.

    *Independent of X* is read as: X together cannot stop the function within the horizon.
    That X is on some path does not contradict it, and is said beside it; *free of X*
    claims that too.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    claim
        ``"independent of big-tech"``, ``"mail does not depend on Microsoft"``, ``"depends
        on Cloudflare"``, ``"Amazon cannot stop web"``, ``"free of US"``, ``"no single
        company can take it down"``, and the same in French.
    horizon, uncatalogued, catalogue, clients, steering
        As in :func:`depgraph.dependence`.

    Returns
    -------
    Check

    Raises
    ------
    QuestionError
        If the claim cannot be read, or names somebody who means nothing here.
    """
    model = model_of(graph)
    parsed = read_claim(claim)
    found = roles(model)
    if parsed.form is Form.NOBODY_ALONE:
        cuts = takedown(
            model,
            level=level_of(parsed.level).value,
            upto=1,
            horizon=horizon,
            clients=clients,
            steering=steering,
        )
        rulings = [_alone(found, one) for one in cuts.functions]
        about_whom: dict[str, Any] = {"on": ""}
    else:
        asked = dependence(
            model,
            on=parsed.actors,
            horizon=horizon,
            uncatalogued=uncatalogued,
            catalogue=catalogue,
            clients=clients,
            steering=steering,
        )
        rulings = [_group(found, one, parsed.form) for one in asked.functions]
        about_whom = {
            "on": asked.on,
            "definition": asked.definition,
            "source": asked.source,
            "absent": asked.absent,
        }
    return Check(
        **about(model),
        **about_whom,
        claim=claim,
        form=parsed.form,
        level=level_of(parsed.level),
        horizon=seconds_of(horizon),
        functions=tuple(
            one
            for one in rulings
            if not parsed.functions or function_of(one.function) in parsed.functions
        ),
        involved=found.involved,
        clients=clients_of(clients),
        steering=assumed(steering),
    )


_IF_YES: Final[Mapping[Form, Ruling]] = {
    Form.CANNOT_STOP: Ruling.CONTRADICTED,
    Form.CAN_STOP: Ruling.SUPPORTED,
    Form.NOT_ON_PATH: Ruling.CONTRADICTED,
    Form.NOBODY_ALONE: Ruling.CONTRADICTED,
}
_OPPOSITE: Final[Mapping[Ruling, Ruling]] = {
    Ruling.CONTRADICTED: Ruling.SUPPORTED,
    Ruling.SUPPORTED: Ruling.CONTRADICTED,
}


def _ruling(form: Form, found: Answer) -> Ruling:
    if found is Answer.UNDETERMINED:
        return Ruling.UNDETERMINED
    return _IF_YES[form] if found is Answer.YES else _OPPOSITE[_IF_YES[form]]


def _group(everyone: Roles, found: FunctionDependence, form: Form) -> FunctionRuling:
    touched = form is Form.NOT_ON_PATH
    decisive = found.exposure if touched else found.takedown
    confidence = found.exposure_confidence if touched else found.confidence
    absent = found.state is State.ABSENT
    if touched or (decisive is Answer.NO and found.exposure is Answer.YES):
        steps = found.exposure_steps
    else:
        steps = found.takedown_steps
    return FunctionRuling(
        function=found.function,
        ruling=Ruling.NOT_APPLICABLE if absent else _ruling(form, decisive),
        confidence=confidence,
        reason=found.reason,
        takedown=found.takedown,
        exposure=found.exposure,
        fails=found.state is State.FAILS,
        actors=found.actors,
        known={} if absent or decisive is Answer.YES else _known(everyone, found.function),
        onset=found.onset,
        seconds=found.seconds,
        steps=steps,
        unknown=found.unknown,
        strangers=found.strangers,
        evidence=weakest_of(steps) if steps else None,
        clients=() if touched else found.clients,
    )


def _known(everyone: Roles, function: str) -> dict[Layer, tuple[Role, ...]]:
    """Return who is known to do each layer of a function."""
    return by_layer(role for role in everyone.direct(function) if role.known)


def _alone(everyone: Roles, found: FunctionCuts) -> FunctionRuling:
    absent = found.state is State.ABSENT
    small = [cut for cut in found.cut_sets if not cut.own and len(cut.members) < 2]
    named = found.alone_sets if found.alone is Answer.YES else found.exceptions
    shown = (list(named) or small)[:1]
    steps = shown[0].steps if shown else ()
    undetermined = found.alone is Answer.UNDETERMINED and not absent
    return FunctionRuling(
        function=found.function,
        ruling=Ruling.NOT_APPLICABLE if absent else _ruling(Form.NOBODY_ALONE, found.alone),
        confidence=found.confidence,
        reason=found.reason,
        takedown=found.alone,
        exposure=Answer.NO,
        fails=found.state is State.FAILS,
        actors=tuple(dict.fromkeys(one.label for cut in named for one in cut.members)),
        known=_known(everyone, found.function) if undetermined else {},
        onset=shown[0].onset if shown else None,
        seconds=shown[0].seconds if shown else None,
        steps=steps,
        unknown=shown[0].unknown if shown else (),
        evidence=weakest_of(steps) if steps else None,
        clients=_for_whom(named),
    )


def _for_whom(cuts: Sequence[CutSet]) -> tuple[Client, ...]:
    """Return whom some cut sets stop a function for; nothing where one stops it for everyone."""
    if any(not cut.clients for cut in cuts):
        return ()
    return tuple(dict.fromkeys(client for cut in cuts for client in cut.clients))

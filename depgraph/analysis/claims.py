"""Is a public claim true? Supported, contradicted, or undetermined, with each step's evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import networkx as nx

from depgraph.analysis import prose
from depgraph.analysis.dependence import FunctionDependence, dependence
from depgraph.analysis.grammar import Form, read_claim
from depgraph.analysis.layers import Entry, layers
from depgraph.analysis.levers import Onset
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.shown import Shown, as_of, of_function
from depgraph.analysis.takedown import FunctionCuts, UnknownPart, takedown
from depgraph.analysis.verdicts import Answer, Ruling, State, weakest
from depgraph.analysis.witness import Step
from depgraph.providers.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class FunctionRuling:
    """What the evidence says of the claim for one function.

    Parameters
    ----------
    takedown, exposure
        The answers it rests on (exposure: ``no`` where the claim names nobody).
    fails
        Whether it does not work as recorded, with nobody withdrawn.
    actors
        Labels of those who can do it or, of a claim about a group, of those of it who are met.
    known
        Layer by layer who is known to do it, with evidence: what a negative rests on, and
        what is known where the ruling is undetermined.
    steps
        The witness, each step with evidence and citation.
    unknown, strangers, evidence
        As in :class:`depgraph.analysis.dependence.FunctionDependence`.
    """

    function: str
    ruling: Ruling
    reason: str
    takedown: Answer
    exposure: Answer
    fails: bool = False
    actors: tuple[str, ...] = ()
    known: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    onset: Onset | None = None
    seconds: float | None = None
    steps: tuple[Step, ...] = ()
    unknown: tuple[UnknownPart, ...] = ()
    strangers: tuple[str, ...] = ()
    evidence: str = "observed"

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "function": self.function,
            "ruling": self.ruling.value,
            "reason": self.reason,
            "takedown": self.takedown.value,
            "exposure": self.exposure.value,
            "fails": self.fails,
            "actors": list(self.actors),
            "known": {layer: [one.to_dict() for one in row] for layer, row in self.known},
            "onset": self.onset.value if self.onset else None,
            "seconds": self.seconds,
            "witness": [one.to_dict() for one in self.steps],
            "unknown": [part.to_dict() for part in self.unknown],
            "uncatalogued": list(self.strangers),
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Check(Shown):
    """The answer of :func:`check`; prints as one sentence per function."""

    subject: str
    since: str
    until: str
    claim: str
    form: Form
    level: str
    on: str
    definition: str
    source: str
    absent: tuple[str, ...]
    complete: bool
    functions: tuple[FunctionRuling, ...]

    @property
    def ruling(self) -> Ruling:
        """Of all functions: contradicted if one is, supported if all are that exist."""
        found = {one.ruling for one in self.functions} - {Ruling.NOT_APPLICABLE}
        if Ruling.CONTRADICTED in found:
            return Ruling.CONTRADICTED
        return Ruling.SUPPORTED if found == {Ruling.SUPPORTED} else Ruling.UNDETERMINED

    def __getitem__(self, function: str) -> FunctionRuling:
        return of_function(self.functions, function)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "claim": self.claim,
            "form": self.form.value,
            "on": self.on,
            "level": self.level,
            "definition": self.definition,
            "source": self.source,
            "absent": list(self.absent),
            "complete": self.complete,
            "ruling": self.ruling.value,
            "functions": [one.to_dict() for one in self.functions],
        }

    def text(self, *, lang: str = "en") -> str:
        """Write the answer as plain text."""
        return prose.check(self, lang)


def check(
    graph: nx.MultiDiGraph[str] | Model,
    claim: str,
    *,
    horizon: str | timedelta | float | None = "30d",
    uncatalogued: str = "unknown",
    catalogue: Catalogue | None = None,
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
    horizon, uncatalogued, catalogue
        As in :func:`depgraph.dependence`.

    Raises
    ------
    QuestionError
        If the claim cannot be read, or names somebody who means nothing here.
    """
    model = model_of(graph)
    said = read_claim(claim)
    since, until = as_of(model)
    absent: tuple[str, ...] = ()
    if said.form is Form.NOBODY_ALONE:
        cuts = takedown(model, level=said.level, upto=1, horizon=horizon)
        rulings = [_alone(one) for one in cuts.functions]
        on, definition, source = "", "", ""
    else:
        asked = dependence(
            model,
            on=said.actors,
            horizon=horizon,
            uncatalogued=uncatalogued,
            catalogue=catalogue,
        )
        rulings = [_group(model, one, said.form) for one in asked.functions]
        on, definition, source, absent = asked.on, asked.definition, asked.source, asked.absent
    return Check(
        subject=str(model.about.get("subject", "")),
        since=since,
        until=until,
        claim=claim,
        form=said.form,
        level=said.level,
        on=on,
        definition=definition,
        source=source,
        absent=absent,
        complete=model.complete,
        functions=tuple(
            one for one in rulings if not said.functions or one.function in said.functions
        ),
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


def _group(model: Model, found: FunctionDependence, form: Form) -> FunctionRuling:
    touched = form is Form.NOT_ON_PATH
    decisive = found.exposure if touched else found.takedown
    absent = found.state is State.ABSENT
    if touched or (decisive is Answer.NO and found.exposure is Answer.YES):
        steps = found.exposure_steps
    else:
        steps = found.takedown_steps
    return FunctionRuling(
        function=found.function,
        ruling=Ruling.NOT_APPLICABLE if absent else _ruling(form, decisive),
        reason=found.reason,
        takedown=found.takedown,
        exposure=found.exposure,
        fails=found.state is State.FAILS,
        actors=found.actors,
        known=_known(model, found.function) if decisive is not Answer.YES and not absent else (),
        onset=found.onset,
        seconds=found.seconds,
        steps=steps,
        unknown=found.unknown,
        strangers=found.strangers,
        evidence=weakest([one.evidence for one in steps if one.told]),
    )


def _known(model: Model, function: str) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    rows = (
        (layer, tuple(one for one in entries if not one.unknown))
        for layer, entries in layers(model, function).items()
    )
    return tuple(row for row in rows if row[1])


def _alone(found: FunctionCuts) -> FunctionRuling:
    absent = found.state is State.ABSENT
    small = [cut for cut in found.cut_sets if not cut.own and len(cut.members) < 2]
    sure = [cut for cut in small if not cut.worst_case]
    shown = (sure or small)[:1]
    return FunctionRuling(
        function=found.function,
        ruling=Ruling.NOT_APPLICABLE if absent else _ruling(Form.NOBODY_ALONE, found.alone),
        reason=found.reason,
        takedown=found.alone,
        exposure=Answer.NO,
        fails=found.state is State.FAILS,
        actors=tuple(member.label for cut in sure for member in cut.members),
        onset=shown[0].onset if shown else None,
        seconds=shown[0].seconds if shown else None,
        steps=shown[0].steps if shown else (),
        unknown=shown[0].unknown if shown else (),
        evidence=weakest([one.evidence for cut in shown for one in cut.steps if one.told]),
    )

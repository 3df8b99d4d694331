"""Is a public claim true? Supported, contradicted, or undetermined, with each step's evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any, ClassVar, Final

import networkx as nx

from depgraph.analysis.actors import Selection, select
from depgraph.analysis.clients import ALL, Client, ClientsAsked, assumed, clients_of
from depgraph.analysis.dependence import Dependence, FunctionDependence, dependence
from depgraph.analysis.grammar import (
    AFFIRMING,
    ALONE,
    OF_A_ROLE,
    Claim,
    Form,
    Statement,
    Untestable,
    Untested,
    is_domain,
    read_claim,
)
from depgraph.analysis.holders import allowed_only, held
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, level_of, model_of
from depgraph.analysis.naming import SELF, Lexicon
from depgraph.analysis.resold import is_called, reseller_of
from depgraph.analysis.results import Result, about, of_function, renamed
from depgraph.analysis.roles import Role, Roles, by_layer, owners_of, roles
from depgraph.analysis.takedown import CutSet, FunctionCuts, takedown
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.analysis.weighing import Weighed, of_functions, of_pieces
from depgraph.analysis.witness import Step, weakest_of
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.providers import load as load_catalogue
from depgraph.providers.catalogue import Catalogue
from depgraph.text_safety import quote
from depgraph.texts.refusals import refuse
from depgraph.vocabulary import (
    FUNCTIONS,
    Confidence,
    Evidence,
    Kind,
    Layer,
    Level,
    Onset,
    Part,
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
        Supported (of all who are meant or, partly, of some), contradicted, undetermined or not
        applicable, and how sure that is.
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
    allowed
        Whether it rests on who is allowed to do it (CAA) alone, for nobody was seen to.
    reseller
        Through whom the name was registered, of a claim about the registrar; the ruling is partly
        where it names him.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"clients", "allowed", "reseller"})

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
    allowed: bool = False
    reseller: str = ""


_PARTS: Final[Mapping[Layer, Part]] = {
    Layer.HOST: Part.WEB,
    Layer.FRONT: Part.WEB,
    Layer.CERTIFICATE: Part.WEB,
    Layer.MAIL: Part.MAIL,
}
"""Layers that only the functions of one part have."""


def _has(function: str, layer: Layer | None) -> bool:
    """Tell whether a function is of a part that can have a layer; of none in particular, all are."""
    part = FUNCTIONS[function_of(function)].part
    return layer is None or _PARTS.get(layer, part) is part


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What the evidence says of one piece of a claim.

    Parameters
    ----------
    words
        Those of the claim that it was read from.
    form, layer
        How it was read; what is done, where it says who does it, or the part of the service of which
        it says who can stop it (its name service, its certificate).
    on, definition, source, absent
        About whom: as in :class:`depgraph.analysis.dependence.Dependence`.
    level
        Of a piece about nobody in particular.
    functions
        One part each.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"layer"})
    DERIVED: ClassVar[Mapping[str, str]] = {"ruling": "ruling", "confidence": "confidence"}

    words: str
    form: Form
    layer: Layer | None = None
    level: Level
    on: str
    definition: str = ""
    source: str = ""
    absent: tuple[str, ...] = ()
    functions: tuple[FunctionRuling, ...]

    @property
    def weighed(self) -> Weighed:
        """The ruling, and how sure it is: see :mod:`depgraph.analysis.weighing`."""
        if self.not_offered:
            return Ruling.NOT_APPLICABLE, least_sure([one.confidence for one in self.not_offered])
        several = [(one.ruling, one.confidence) for one in self.functions]
        return of_functions(several, affirms=self.form in AFFIRMING)

    @property
    def ruling(self) -> Ruling:
        """Of all functions that the piece applies to."""
        return self.weighed[0]

    @property
    def confidence(self) -> Confidence:
        """Of the ruling."""
        return self.weighed[1]

    @property
    def of_layer(self) -> Layer | None:
        """The layer that it is about rather than the functions, which all have it ("our DNS")."""
        return None if self.layer in _PARTS else self.layer

    @property
    def applies(self) -> bool:
        """Whether there is a function that it is about."""
        return any(one.ruling is not Ruling.NOT_APPLICABLE for one in self.functions)

    @property
    def not_offered(self) -> tuple[FunctionRuling, ...]:
        """The functions that it is about, where the service is seen to offer none of them."""
        about = [one for one in self.functions if _has(one.function, self.layer)]
        absent = tuple(one for one in about if one.ruling is Ruling.NOT_APPLICABLE and one.reason)
        return absent if len(absent) == len(about) and self.form is not Form.MENTION else ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Check(Result):
    """The answer of :func:`check`.

    Parameters
    ----------
    claim
        As written.
    words
        Those of its first piece, where it has several.
    form, layer, level, on, definition, source, absent, functions
        Of its first piece: see :class:`Piece`.
    further
        Its other pieces.
    untested
        Words of it that cannot be tested, each with the reason.
    horizon
        Seconds within which a lever has to work.
    involved
        Who is reported to be involved in the service in a role that is not stated.
    not_examined
        Layers that nobody looked at, so that no ruling speaks of them; empty where the claim is
        only about who has another role.
    clients, steering
        As in :class:`depgraph.analysis.takedown.Takedown`.
    """

    NAME = "check"
    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"clients", "steering", "layer", "further", "untested", "words", "not_examined"}
    )
    DERIVED: ClassVar[Mapping[str, str]] = {"ruling": "ruling", "confidence": "confidence"}

    claim: str
    words: str = ""
    form: Form
    layer: Layer | None = None
    level: Level
    horizon: float
    on: str
    definition: str = ""
    source: str = ""
    absent: tuple[str, ...] = ()
    functions: tuple[FunctionRuling, ...]
    further: tuple[Piece, ...] = ()
    untested: tuple[Untested, ...] = ()
    involved: tuple[Role, ...] = ()
    not_examined: tuple[Layer, ...] = ()
    clients: tuple[Client, ...] = ()
    steering: Steering | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All that was tested, in the order of the sentence."""
        first = Piece(
            words=self.words,
            form=self.form,
            layer=self.layer,
            level=self.level,
            on=self.on,
            definition=self.definition,
            source=self.source,
            absent=self.absent,
            functions=self.functions,
        )
        return (first, *self.further)

    @property
    def ruling(self) -> Ruling:
        """Of all that was tested: contradicted if a piece is, supported if all are that apply.

        Undetermined rather than supported where it is said of X only ("only X is involved"), and
        that it is so of nobody else cannot be tested. Not applicable where the service offers none of
        the functions that it is about.
        """
        return self._weighed()[0]

    @property
    def confidence(self) -> Confidence:
        """Of the ruling: the surest contradiction, or the least sure support."""
        return self._weighed()[1]

    def _weighed(self) -> Weighed:
        said = [piece for piece in self.pieces if piece.form is not Form.MENTION]
        applying = [piece for piece in said if piece.applies]
        ruling, confidence = of_pieces(piece.weighed for piece in applying or said)
        holds = ruling in {Ruling.SUPPORTED, Ruling.PARTLY}
        if holds and any(one.why is Untestable.EXCLUSIVE for one in self.untested):
            return Ruling.UNDETERMINED, Confidence.POSSIBLE
        return ruling, confidence

    def __getitem__(self, function: str) -> FunctionRuling:
        return of_function(self.functions, function)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per piece and function."""
        return [
            {
                "function": one.function,
                "claim": piece.words if self.further else self.claim,
                "ruling": one.ruling.value,
                "confidence": one.confidence.value,
                "takedown": one.takedown.value,
                "exposure": one.exposure.value,
                "evidence": one.evidence.value if one.evidence else None,
                "clients": ", ".join(map(str, one.clients)),
            }
            for piece in self.pieces
            for one in piece.functions
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
    """Hold a public claim against the evidence, piece by piece.

    *Independent of X* is read as: X together cannot stop the function within the horizon.
    That X is on some path does not contradict it, and is said beside it; *free of X* and *does
    not use X* claim that too. *Hosted in X* is read of the law: all who host it answer to the
    courts of X; where the machines stand is not tested, and said so. Where a name may mean
    several (Europe), each is tested.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    claim
        A sentence, in English or French: ``"independent of big-tech"``, ``"our web site is
        hosted in Europe and does not use Amazon"``, ``"no single point of failure"``.
    horizon, uncatalogued, catalogue, clients, steering
        As in :func:`depgraph.dependence`.

    Returns
    -------
    Check

    Raises
    ------
    QuestionError
        If nothing in it can be tested, it names only who means nothing here, or it is about another
        domain or a company that is known.
    """
    model = model_of(graph)
    lexicon = Lexicon(catalogue or load_catalogue(), model)
    said = read_claim(claim, lexicon)
    _refuse_others(lexicon, model, said)
    asked = Asked(
        model,
        roles(model),
        {"horizon": horizon, "clients": clients, "steering": steering},
        {"uncatalogued": uncatalogued, "catalogue": catalogue},
    )
    pieces: list[Piece] = []
    untested = list(said.untested)
    refused: list[QuestionError] = []
    for one in said.claims:
        try:
            pieces += [asked.piece(meant) for meant in _each_meaning(one, lexicon)]
        except QuestionError as error:
            refused.append(error)
            untested.append(Untested(one.actors, Untestable.NO_ACTOR))
    if not pieces:
        raise refused[0]
    if len(pieces) == 1:  # the claim is its words
        pieces = [replace(pieces[0], words="")]
    first, *further = pieces
    return Check(
        **about(model),
        **{one.name: getattr(first, one.name) for one in fields(Piece)},
        claim=claim,
        horizon=seconds_of(horizon),
        further=tuple(further),
        untested=tuple(dict.fromkeys(untested)),
        involved=asked.found.involved,
        not_examined=()
        if all(one.form in OF_A_ROLE for one in pieces)
        else asked.found.not_examined,
        clients=clients_of(clients),
        steering=assumed(steering),
    )


def _refuse_others(lexicon: Lexicon, model: Model, said: Statement) -> None:
    """Refuse a claim about another domain, or a company that is known: neither is looked at here."""
    for one in said.untested:
        if one.why is not Untestable.SERVICE:
            continue
        known = any(m.kind not in {"country", "group"} for m in lexicon.meanings(one.words))
        if known or is_domain(one.words):
            raise refuse(
                QuestionError,
                "claim.of-another",
                subject=str(model.about["subject"]),
                found=quote(one.words),
            )


def _each_meaning(claim: Claim, lexicon: Lexicon) -> list[Claim]:
    """Return a claim once for each group or country that its words may mean ("in Europe").

    Who is said to be able or unable to stop it is asked back about, as everywhere.
    """
    if claim.others or claim.form not in OF_A_ROLE | {Form.MENTION}:
        return [claim]
    several = lexicon.meanings(claim.actors)
    if len(several) < 2 or any(one.kind not in {"group", "country"} for one in several):
        return [claim]
    return [replace(claim, actors=one.node) for one in several]


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph, and how it is asked.

    Parameters
    ----------
    how, whom
        Parameters of takedown and dependence, and those of dependence alone.
    """

    model: Model
    found: Roles
    how: Mapping[str, Any]
    whom: Mapping[str, Any]

    def piece(self, claim: Claim) -> Piece:
        """Test one piece of a claim.

        Raises
        ------
        QuestionError
            If it names somebody who means nothing, or perhaps several.
        """
        level = level_of(claim.level or Level.COMPANY.value)
        about_whom: dict[str, Any] = {"on": ""}
        model = self.model
        if claim.layer and claim.form not in OF_A_ROLE:
            model = model.of_layer(claim.layer)
        chosen = None
        if claim.form in OF_A_ROLE | {Form.NOBODY_ELSE}:
            chosen = self._chosen(claim)
            about_whom = _whom(chosen, chosen.label)
        if claim.form in ALONE | {Form.NOBODY_ELSE}:
            # The others are told apart as finely as these.
            if chosen and chosen.levels and not claim.level:
                level = min(map(Level, chosen.levels), key=list(Level).index)
            cuts = takedown(model, level=level.value, upto=1, **self.how).functions
            if chosen:
                cuts = tuple(_without(self.model, one, chosen) for one in cuts)
            rulings = [_alone(self.found, one, claim) for one in cuts]
        elif chosen:
            rulings = [_role(self, name, chosen, claim) for name in self.model.functions]
        else:
            named = [claim.actors, *claim.others]
            asked = dependence(model, on=named, **self.how, **self.whom)
            about_whom = _whom(asked, asked.on)
            met = select(self.model, named, catalogue=self.whom["catalogue"])
            ids = {self.model.ids[number] for number in met.nodes}
            rulings = [_group(self.found, one, claim, ids) for one in asked.functions]
        ruled = {one.function: one for one in rulings}
        return Piece(
            **about_whom,
            words=claim.words,
            form=claim.form,
            layer=claim.layer,
            level=level,
            functions=tuple(
                ruled.get(name) or _without_layer(self.model, name)
                for name in self.model.functions
                if not claim.functions or function_of(name) in claim.functions
            ),
        )

    def _chosen(self, claim: Claim) -> Selection:
        """Return of whom a claim speaks: also of a reseller that the catalogue does not have."""
        try:
            return select(
                self.model, [claim.actors, *claim.others], catalogue=self.whom["catalogue"]
            )
        except QuestionError:
            if self.resells(claim):
                return Selection(claim.actors)
            raise

    def resells(self, claim: Claim) -> bool:
        """Tell whether a claim about the registrar names the reseller instead."""
        name = reseller_of(self.model) if claim.layer is Layer.REGISTRAR else ""
        lexicon = Lexicon(self.whom["catalogue"] or load_catalogue(), self.model)
        return bool(name) and is_called(name, claim.actors, lexicon)


def _whom(asked: Selection | Dependence, label: str) -> dict[str, Any]:
    return {
        "on": label,
        "definition": asked.definition,
        "source": asked.source,
        # That nothing there is its own is what a claim of it is contradicted by.
        "absent": tuple(one for one in asked.absent if one != SELF),
    }


def _role(asked: Asked, name: str, chosen: Selection, claim: Claim) -> FunctionRuling:
    """Tell whether those chosen have a role in a function: one of them, none, or all who have it."""
    model, layer = asked.model, claim.layer or Layer.HOST
    if model.nodes[model.functions[name]].get("absent") or not _has(name, layer):
        return _without_layer(model, name)
    ids = {model.ids[number] for number in chosen.nodes}
    found = held(
        model,
        asked.found,
        name,
        layer,
        ids=ids,
        form=claim.form,
        itself=chosen.label == SELF,
    )
    if found is None:
        return _without_layer(model, name)
    decided = found.ruling is not Ruling.UNDETERMINED
    ruling = found.ruling
    denied = decided and (ruling is Ruling.SUPPORTED) == (claim.form is Form.NOT_DONE_BY)
    if denied and asked.resells(claim):
        # Who sold it is no registrar, and it was registered through him (RFC 9083, section 10.2.4).
        ruling = Ruling.PARTLY
    return FunctionRuling(
        name,
        ruling,
        found.confidence,
        "",
        *_NEITHER,
        actors=tuple(dict.fromkeys(role.label for role in found.decisive)),
        known=by_layer(found.known),
        unknown=found.unknown,
        evidence=found.decisive[0].evidence if decided and found.decisive else None,
        allowed=found.allowed,
        reseller=reseller_of(model) if layer is Layer.REGISTRAR else "",
    )


def _without_layer(model: Model, name: str) -> FunctionRuling:
    """Return the ruling of a function that does not have what a claim is about, with the reason."""
    reason = str(model.nodes[model.functions[name]].get("reason", ""))
    return FunctionRuling(name, Ruling.NOT_APPLICABLE, Confidence.CERTAIN, reason, *_NEITHER)


_NEITHER: Final = (Answer.NO, Answer.NO)
"""Takedown and exposure where a claim asks about neither."""


_IF_YES: Final[Mapping[Form, Ruling]] = {
    Form.CANNOT_STOP: Ruling.CONTRADICTED,
    Form.CAN_STOP: Ruling.SUPPORTED,
    Form.NOT_ON_PATH: Ruling.CONTRADICTED,
    Form.ON_PATH: Ruling.SUPPORTED,
    Form.NOBODY_ALONE: Ruling.CONTRADICTED,
    Form.NOBODY_ELSE: Ruling.CONTRADICTED,
    Form.SOMEBODY_ALONE: Ruling.SUPPORTED,
}
_OPPOSITE: Final[Mapping[Ruling, Ruling]] = {
    Ruling.CONTRADICTED: Ruling.SUPPORTED,
    Ruling.SUPPORTED: Ruling.CONTRADICTED,
}


def _ruling(form: Form, found: Answer) -> Ruling:
    if form is Form.MENTION:
        return Ruling.NOT_APPLICABLE
    if found is Answer.UNDETERMINED:
        return Ruling.UNDETERMINED
    return _IF_YES[form] if found is Answer.YES else _OPPOSITE[_IF_YES[form]]


def _group(
    everyone: Roles, found: FunctionDependence, claim: Claim, ids: set[str]
) -> FunctionRuling:
    form = claim.form
    touched = form in {Form.NOT_ON_PATH, Form.ON_PATH}
    decisive = found.exposure if touched else found.takedown
    confidence = found.exposure_confidence if touched else found.confidence
    unknown = found.unknown
    used = touched and found.exposure is Answer.YES and found.takedown is not Answer.YES
    if used and (parts := allowed_only(everyone, found.function, ids)):
        # They are allowed to (CAA), and nobody saw that they do: the service need not use them.
        decisive, confidence, unknown = Answer.UNDETERMINED, Confidence.POSSIBLE, parts
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
        known={}
        if absent or decisive is Answer.YES
        else _known(everyone, found.function, claim.layer),
        onset=found.onset,
        seconds=found.seconds,
        steps=steps,
        unknown=unknown,
        strangers=found.strangers,
        evidence=weakest_of(steps) if steps else None,
        clients=() if touched else found.clients,
    )


def _known(
    everyone: Roles, function: str, layer: Layer | None = None
) -> dict[Layer, tuple[Role, ...]]:
    """Return who is known to do each layer of a function, or the one that is asked about."""
    return by_layer(
        role
        for role in everyone.direct(function)
        if role.known and (layer is None or role.layer is layer)
    )


def _alone(everyone: Roles, found: FunctionCuts, claim: Claim) -> FunctionRuling:
    absent = found.state is State.ABSENT
    small = [cut for cut in found.cut_sets if not cut.own and len(cut.members) < 2]
    named = found.alone_sets if found.alone is Answer.YES else found.exceptions
    shown = (list(named) or small)[:1]
    steps = shown[0].steps if shown else ()
    undetermined = found.alone is Answer.UNDETERMINED and not absent
    return FunctionRuling(
        function=found.function,
        ruling=Ruling.NOT_APPLICABLE if absent else _ruling(claim.form, found.alone),
        confidence=found.confidence,
        reason=found.reason,
        takedown=found.alone,
        exposure=Answer.NO,
        fails=found.state is State.FAILS,
        actors=tuple(dict.fromkeys(one.label for cut in named for one in cut.members)),
        known=_known(everyone, found.function, claim.layer) if undetermined else {},
        onset=shown[0].onset if shown else None,
        seconds=shown[0].seconds if shown else None,
        steps=steps,
        unknown=shown[0].unknown if shown else (),
        evidence=weakest_of(steps) if steps else None,
        clients=_for_whom(named),
    )


def _without(model: Model, found: FunctionCuts, chosen: Selection) -> FunctionCuts:
    """Return the cut sets of others than the chosen, and whether one of these can do it alone.

    Who may be one of the chosen, for it is not known or only possible who stands above it, stays
    in the worst case.
    """
    ids = {model.ids[number] for number in chosen.nodes}
    kept: list[CutSet] = []
    for cut in found.cut_sets:
        owners = owners_of(model, cut.ids[0]) if len(cut.ids) == 1 else ()
        theirs = not ids.isdisjoint((*cut.ids, *(one.id for one in owners)))
        veiled = any(
            one.kind is Kind.UNKNOWN or one.confidence is Confidence.POSSIBLE for one in owners
        )
        if ids.isdisjoint(cut.ids) and (veiled or not theirs):
            kept.append(replace(cut, worst_case=cut.worst_case or veiled))
    left = replace(found, cut_sets=tuple(kept))
    if left.alone_sets:
        surest = min((one.confidence for one in left.alone_sets), key=lambda one: one.rank)
        return replace(left, alone=Answer.YES, confidence=surest)
    perhaps = any(len(cut.members) < 2 and not cut.own for cut in kept if cut.worst_case)
    if perhaps or not model.complete or found.state is State.FAILS:
        return replace(left, alone=Answer.UNDETERMINED, confidence=Confidence.POSSIBLE)
    return replace(left, alone=Answer.NO, confidence=Confidence.LIKELY)


def _for_whom(cuts: Sequence[CutSet]) -> tuple[Client, ...]:
    """Return whom some cut sets stop a function for; nothing where one stops it for everyone."""
    if any(not cut.clients for cut in cuts):
        return ()
    return tuple(dict.fromkeys(client for cut in cuts for client in cut.clients))

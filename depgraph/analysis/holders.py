"""Whether those whom a claim names have a role in a function: one of them, none, or all who have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depgraph.analysis.grammar import NEGATIVE, Form
from depgraph.analysis.model import Model
from depgraph.analysis.roles import ADDRESSES, Role, Roles
from depgraph.analysis.unknowns import UnknownPart, unknown_part, unsure_part
from depgraph.analysis.verdicts import Ruling
from depgraph.vocabulary import (
    Confidence,
    Evidence,
    Kind,
    Layer,
    Reason,
    ReasonCode,
    Relation,
    What,
    least_sure,
)

_OF_ALL: Final = frozenset({Form.UNDER_LAW, Form.ALL_DONE_BY})
"""Forms that speak of all who have a role."""
_OPTIONAL: Final = frozenset({Layer.FRONT})
"""Layers that a function may do without."""
_OF_CAA: Final = frozenset({What.AUTHORITIES, What.AUTHORITY, What.FURTHER_RECORDS})
"""What is not known of who may issue a certificate."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the evidence says of a claim about who has a role in a function.

    Parameters
    ----------
    ruling, confidence
        Supported, contradicted or undetermined, and how sure that is.
    decisive
        The roles that decide it; of an undetermined one those of whom the claim names.
    known
        All that are known.
    unknown
        What an undetermined one hangs on.
    allowed
        Whether it rests on who is allowed to do it (CAA) alone, for nobody was seen to.
    """

    ruling: Ruling
    confidence: Confidence
    decisive: tuple[Role, ...]
    known: tuple[Role, ...]
    unknown: tuple[UnknownPart, ...] = ()
    allowed: bool = False


def held(
    model: Model,
    found: Roles,
    function: str,
    layer: Layer,
    *,
    ids: set[str],
    form: Form,
    itself: bool = False,
) -> Held | None:
    """Rule on a claim that some have a role in a function, or that they do not.

    Parameters
    ----------
    model, found
        The graph, and who does what in it.
    function, layer
        Where the role is.
    ids
        Nodes of those whom the claim names.
    form
        Of the claim: one about who does what.
    itself
        Whether it names the service itself: whatever addresses stand behind a name that somebody
        else is known to run, they are hardly its own.

    Returns
    -------
    Held or None
        None where the function has no such layer.
    """
    there = _There.of(found, function, layer)
    hiding = tuple(r for r in there.hiding if not (itself and there.is_of_another(r)))
    if there.nowhere and layer not in _OPTIONAL:
        # It has no such layer at all: a name that is only registered has no name service here.
        return None
    theirs = tuple(role for role in there.known if _belongs(role, ids))
    others = tuple(role for role in there.known if role not in theirs)
    open_ones = tuple(role for role in others if _veiled(role, ids) or _reached(role, ids))
    outside = tuple(role for role in others if role not in open_ones)
    if not theirs:
        open_ones += tuple(role for role in there.above if _belongs(role, ids))
    settled = not hiding and there.complete and not open_ones
    named_so = theirs and all(
        role.own and role.confidence is not Confidence.CERTAIN for role in theirs
    )
    if there.allowed:
        # One of those who are allowed to has done it: that is known of all of them alone.
        several = bool(theirs and others)
        has = None if several or not settled else bool(theirs)
    elif form in _OF_ALL:
        has = False if outside else True if theirs and settled else None
    elif named_so:  # its name in that of a machine says nothing of whose the machine is
        has = True if settled else None
    else:
        has = True if theirs else False if settled else None
    if has is None:
        hiding = (*hiding, *open_ones, *(there.known if there.allowed else ()))
        parts = tuple(dict.fromkeys(_hides(model, role, ids) for role in hiding))
        return Held(Ruling.UNDETERMINED, Confidence.POSSIBLE, theirs, there.known, parts)
    if form is Form.UNDER_LAW and theirs and outside:
        partly = min(map(_how_sure, theirs), key=lambda one: one.rank)
        return Held(Ruling.PARTLY, partly, outside, there.known)
    decisive = outside if form in _OF_ALL and not has else theirs or others
    surest = Confidence.CERTAIN
    if there.allowed or there.issued:  # of one certificate that was seen no more is certain
        seen = has and any(role.evidence is Evidence.OBSERVED for role in theirs)
        sure = seen and there.issued and form not in _OF_ALL
        surest = Confidence.CERTAIN if sure else Confidence.LIKELY
    if hiding != there.hiding and not theirs:
        surest = Confidence.LIKELY
    return Held(
        Ruling.SUPPORTED if has == (form not in NEGATIVE) else Ruling.CONTRADICTED,
        least_sure([surest, *map(_how_sure, decisive)]),
        decisive,
        there.known,
        allowed=there.allowed,
    )


@dataclass(frozen=True, slots=True)
class _There:
    """Who is in a layer of a function.

    Parameters
    ----------
    known
        Those who are known; where nobody was seen to do it, those who are allowed to.
    hiding
        What is not known of it.
    complete
        Whether no more is missing than that.
    allowed
        Whether they are only allowed to.
    issued
        Whether they have issued certificates: one that is in use was seen at one place alone.
    above
        Who stands above those who do it.
    named
        Names and addresses that somebody else than the service is known to run.
    """

    known: tuple[Role, ...]
    hiding: tuple[Role, ...]
    complete: bool
    allowed: bool = False
    issued: bool = False
    above: tuple[Role, ...] = ()
    named: frozenset[str] = frozenset()

    def is_of_another(self, role: Role) -> bool:
        """Tell whether what is not known are addresses behind a name that somebody else runs."""
        return role.unknown and role.what in ADDRESSES and self.named.issuperset(role.subjects)

    @property
    def nowhere(self) -> bool:
        """Whether it is known that nobody is there."""
        return self.complete and not (self.known or self.hiding or self.above)

    @classmethod
    def of(cls, found: Roles, function: str, layer: Layer) -> _There:
        """Look at a layer; that of the mail holds the mailboxes as well."""
        layers = (layer, Layer.MAILBOX) if layer is Layer.MAIL else (layer,)
        standings = [found.standing(function, one) for one in layers]
        known = tuple(role for one in standings for role in one.known.values())
        hiding = tuple(role for one in standings for role in (*one.hiding, *one.unasked))
        complete = all(one.complete and one.examined for one in standings)
        if layer is not Layer.CERTIFICATE:
            named = frozenset[str]().union(*(one.named for one in standings))
            return cls(known, hiding, complete, named=named)
        unread = tuple(role for role in standings[0].roles if role.what is What.ISSUER)
        return cls._of_certificates(
            known, tuple(dict.fromkeys((*hiding, *unread))), complete=complete
        )

    @classmethod
    def _of_certificates(
        cls, known: tuple[Role, ...], hiding: tuple[Role, ...], *, complete: bool
    ) -> _There:
        """Tell who has issued from who may.

        CAA is looked at when a certificate is issued (RFC 8659, section 2): it says nothing of one
        that is in use, and where none was seen, only who can have issued it since.
        """
        above = tuple(role for role in known if role.only(ReasonCode.ABOVE_ISSUER))
        known = tuple(role for role in known if role not in above)
        issued = tuple(
            role
            for role in known
            if role.kind is not Kind.ANYONE and not role.only(ReasonCode.CAA_ALLOWED)
        )
        if not issued:
            return cls(known, hiding, complete, allowed=bool(known), above=above)
        if any(role.evidence is Evidence.OBSERVED for role in issued):
            hiding = tuple(role for role in hiding if role.what not in _OF_CAA)
        else:  # logged or reported: that it is in use, and no other, is not said
            hiding = (*hiding, *(role for role in known if role not in issued))
        return cls(issued, hiding, complete, issued=True, above=above)


def allowed_only(found: Roles, function: str, ids: set[str]) -> tuple[UnknownPart, ...]:
    """Return what is not known of some who are in a function only as those who are allowed to be.

    Empty where one of them does something, or where none is there.
    """
    theirs = [role for role in found.functions.get(function, ()) if _belongs(role, ids)]
    if not all(role.only(ReasonCode.CAA_ALLOWED) for role in theirs):
        return ()
    return tuple(dict.fromkeys(map(_issuer, theirs)))


def _belongs(role: Role, ids: set[str]) -> bool:
    return role.actor in ids or any(owner.id in ids for owner in role.owners)


def _reached(role: Role, ids: set[str]) -> bool:
    """Tell whether a law of those named reaches an actor, by a branch or listing alone."""
    return any(one.id in ids for one in role.reaching)


def _veiled(role: Role, ids: set[str]) -> bool:
    """Tell whether some may stand above an actor without being known to.

    Where only the country of its company is not known, that may be a country and nobody else; a
    company that the catalogue lacks (``company:~NAME``) may be anybody's.
    """
    known = all(":~" not in owner.id for owner in role.owners if owner.kind is Kind.COMPANY)
    only_law = known and not any(one.partition(":")[0] == Kind.COUNTRY for one in ids)
    return not role.owners or any(
        owner.kind is Kind.UNKNOWN and not (only_law and owner.relation == Relation.LAW)
        for owner in role.owners
    )


def _hides(model: Model, role: Role, ids: set[str]) -> UnknownPart:
    """Return what is not known because of a role: who it is, who stands above it, whose law counts."""
    law = next((one for one in role.reaching if one.id in ids), None)
    if law is not None and role.known and not _veiled(role, ids):
        companies = {owner.id for owner in role.owners}
        into = (model.edges[number] for number in model.into[model.number[law.id]])
        return next(unsure_part(model, edge) for edge in into if model.ids[edge.tail] in companies)
    if role.layer is Layer.CERTIFICATE and role.known and not _veiled(role, ids):
        return _issuer(role)
    if role.kind is Kind.ANYONE:
        return UnknownPart(role.actor, What.ISSUER, role.subjects[0], str(Reason.of("caa-open")))
    above = next((owner.id for owner in role.owners if owner.kind is Kind.UNKNOWN), role.actor)
    if role.known or role.what is None:
        return unknown_part(model, model.number[above])
    return UnknownPart(role.actor, role.what, role.of, role.reason)


def _issuer(role: Role) -> UnknownPart:
    """Return that it is not known whether somebody has issued a certificate."""
    return UnknownPart(
        role.actor, What.ISSUER, role.subjects[0], role.finding, possibly=(role.label,)
    )


def _how_sure(role: Role) -> Confidence:
    return least_sure([role.confidence, *(owner.confidence for owner in role.owners)])

"""Who is behind a name or an address, as the rules of the catalogue say: no graph is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final

from depgraph import providers
from depgraph.analysis.results import Result, renamed
from depgraph.analysis.who import Reaching, beginning, reaching, seated
from depgraph.parameters import checked
from depgraph.providers import Attribution, Catalogue
from depgraph.vocabulary import Confidence, LawBasis, Layer

_LAYERS: Final[Mapping[str, Layer]] = {
    "dns": Layer.DNS,
    "front": Layer.FRONT,
    "hosting": Layer.HOST,
    "mx": Layer.MAIL,
    "gateway": Layer.MAIL,
    "mailbox": Layer.MAILBOX,
    "registrar": Layer.REGISTRAR,
    "registry": Layer.REGISTRY,
    "ca": Layer.CERTIFICATE,
    "network": Layer.NETWORK,
    "holder": Layer.BLOCK,
}
"""The layer in which one who has a role of the catalogue stands."""


@dataclass(frozen=True, slots=True)
class SignalTold:
    """A signal that a rule of the catalogue spoke to.

    Parameters
    ----------
    signal, value
        The kind of signal (``mx-host``), and what was seen.
    rule, provider
        The rule, and whom it names.
    decides
        Whether it is the rule that the answer rests on.
    """

    signal: str
    value: str
    rule: str
    provider: str
    decides: bool


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """A company above a provider on the day, and the country whose courts it answers to.

    Parameters
    ----------
    company, label
        Id and name.
    country
        ISO 3166 code; empty: the catalogue names none.
    unverified
        Whether nobody has found the country in the source of its row.
    basis
        By what the law of that country binds the provider: the seat of its own company, or that
        of a parent. None where no country is named.
    reaching
        Whose law reaches the company besides.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"reaching"})

    company: str
    label: str
    country: str
    unverified: bool
    basis: LawBasis | None
    reaching: tuple[Reaching, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleExplained:
    """Who it would be in one role.

    Parameters
    ----------
    role, layer
        The role of the catalogue (``mx``, ``gateway``), and the layer that it is.
    provider, label
        Id and name; empty where it is not known.
    confidence
        How sure that is; null where it is not known.
    rule, share, unverified
        The rule that decides, its measured share of right answers, and whether no public
        document confirms it yet.
    front, serving, own
        Whether it stands in front, hosts or stands in front (nobody says which), and is the
        service's own.
    reason
        Why it is that one, or why it is not known: see :class:`depgraph.vocabulary.Reason`.
    signals
        What spoke, the deciding one first.
    owners
        The companies above it on the day, its own first.
    supposed
        Whether the answer holds only if the name has that role (if it were a name server), which
        nothing says.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"share"})

    role: str
    layer: Layer
    provider: str
    label: str
    confidence: Confidence | None
    rule: str
    share: float | None
    unverified: bool
    front: bool
    serving: bool
    own: bool = field(metadata=renamed("self"))
    reason: str
    signals: tuple[SignalTold, ...]
    owners: tuple[OwnerTold, ...]
    supposed: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class Explained(Result):
    """The answer of :func:`explain`.

    Parameters
    ----------
    roles
        One part for each role in which the name or address could stand.
    begins
        As in :class:`depgraph.analysis.who.Who`.
    """

    NAME = "explain"

    roles: tuple[RoleExplained, ...]
    begins: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per role."""
        return [
            {
                "role": one.role,
                "provider": one.provider,
                "label": one.label,
                "confidence": one.confidence.value if one.confidence else "",
                "rule": one.rule,
                "reason": one.reason,
            }
            for one in self.roles
        ]


@checked()
def explain(name: str, *, day: date, catalogue: Catalogue | None = None) -> Explained:
    """Say who is behind a host name or an address, by which rules, and why.

    Parameters
    ----------
    name
        A host name in canonical form, or an address.
    day
        For which it is asked.
    catalogue
        Who is behind what; otherwise the one that depgraph brings.

    Returns
    -------
    Explained
        The same as :func:`depgraph.providers.explain`, as an answer with a text and a JSON form.
    """
    known = catalogue or providers.load()
    told = providers.explain(name, at=day, catalogue=known)
    return Explained(
        subject=told.subject,
        since=day.isoformat(),
        until=day.isoformat(),
        roles=tuple(
            _role(role, found, day, known)
            for role, found in told.attributions
            if role not in _SUPPOSED or (found.signals and found.rule not in _OF_ANY_NAME)
        ),
        begins=beginning(known, day),
    )


_SUPPOSED: Final = frozenset({"dns", "mx", "mailbox", "gateway"})
"""Roles that a host name alone does not show to have."""
_OF_ANY_NAME: Final = frozenset({"registered-domain", "self"})
"""What would name an operator for any name at all, in a role that nothing says it has."""


def _owners(provider: str, day: date, known: Catalogue) -> tuple[OwnerTold, ...]:
    rows = [known.companies[one] for one in known.owners(provider, day) if one in known.companies]
    return tuple(
        OwnerTold(
            row.id,
            row.name,
            row.country or "",
            providers.is_unverified(row.source),
            seated(row, first=number == 0),
            reaching(row.id, day, known),
        )
        for number, row in enumerate(rows)
    )


def _role(role: str, found: Attribution, day: date, known: Catalogue) -> RoleExplained:
    return RoleExplained(
        role=role,
        layer=_LAYERS[role],
        provider=found.provider or "",
        label=found.name,
        confidence=found.confidence,
        rule=found.rule,
        share=found.share,
        unverified=found.unverified,
        front=found.is_front,
        serving=found.serving,
        own=found.is_self,
        reason="; ".join(map(str, found.reasons)),
        signals=tuple(
            SignalTold(
                spoken.signal.kind,
                spoken.signal.value,
                spoken.rule,
                spoken.provider,
                decides=spoken.rule == found.rule,
            )
            for spoken in found.signals
        ),
        owners=_owners(found.provider, day, known) if found.provider else (),
        supposed=role in _SUPPOSED and found.provider is not None,
    )

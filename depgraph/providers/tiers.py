"""The tiers: which kinds of signal decide in which role, and the decision itself.

For each role the kinds of signal are read in tiers, the most telling first; the first
tier in which a rule speaks decides, and everything else that spoke is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rows import is_unverified
from depgraph.providers.rules import Rule, slug
from depgraph.providers.signals import Attribution, Signal, Spoken, graded
from depgraph.vocabulary import Confidence, Reason

Tier = tuple[frozenset[str], frozenset[str] | None, Confidence]
"""Kinds of signal, roles a rule must have one of (None: any), how sure they make it at most."""

NAMES: Final = frozenset({"host", "cname"})
ANSWERING: Final = frozenset({"front", "hosting"})
"""Who answers for a host; the first of the two that a provider lists is its main role."""


def _tier(kinds: str, roles: str | None, confidence: str) -> Tier:
    accepted = None if roles is None else frozenset(roles.split())
    return frozenset(kinds.split()), accepted, Confidence(confidence)


_FRONT: Final = (
    _tier("host cname", "front", "certain"),
    _tier("address", "front", "certain"),
    _tier("ptr", "front", "likely"),
    _tier("asn", "front", "likely"),
    _tier("holder-handle", "front", "likely"),
)
_HOSTING: Final = (
    _tier("host cname", "hosting", "certain"),
    _tier("address", "hosting", "certain"),
    _tier("asn", "hosting", "likely"),
    _tier("holder-handle", "hosting", "likely"),
    _tier("ptr", "hosting", "possible"),
)
TIERS: Final[dict[str, tuple[Tier, ...]]] = {
    "dns": (
        _tier("ns-host ns-domain", "dns", "certain"),
        _tier("address", "dns", "certain"),
        _tier("asn", "dns", "likely"),
    ),
    "front": _FRONT,
    "hosting": _HOSTING,
    "mx": (
        _tier("mx-host", "mailbox gateway", "certain"),
        _tier("address", "mailbox gateway", "certain"),
        _tier("asn", "mailbox gateway", "likely"),
    ),
    "gateway": (
        _tier("mx-host", "gateway", "certain"),
        _tier("address", "gateway", "certain"),
        _tier("asn", "gateway", "likely"),
    ),
    "registrar": (
        # the record itself names it; an id and a name of two companies contradict each other
        _tier("registrar-id registrar-name", "registrar", "certain"),
    ),
    "registry": (_tier("tld", "registry", "certain"),),
    "back-end": (_tier("rdap-host", "back-end", "likely"), _tier("ns-host", "back-end", "likely")),
    "ca": (_tier("issuer", "ca", "certain"),),
    "network": (_tier("asn", None, "certain"),),
    "holder": (_tier("holder-handle", None, "certain"), _tier("holder-name", None, "possible")),
}


Heard = Sequence[tuple[Signal, tuple[Rule, ...]]]
"""Each signal with the rules that spoke to it, the most specific first."""


def hear(signals: Iterable[Signal], catalogue: Catalogue) -> Heard:
    """Ask the rules about each signal."""
    return [(item, tuple(catalogue.rules.match(item.kind, item.value))) for item in signals]


def spoken(heard: Heard) -> tuple[Spoken, ...]:
    """List what spoke, without repeats."""
    return tuple(
        dict.fromkeys(
            Spoken(item, rule.id, rule.provider) for item, rules in heard for rule in rules
        )
    )


def decide(role: str, heard: Heard, *, catalogue: Catalogue, at: date) -> Attribution | None:
    """Let the first tier that speaks decide; None where none does."""
    for kinds, roles, confidence in TIERS[role]:
        votes = [
            (item, rule)
            for item, rules in heard
            if item.kind in kinds and (rule := accepted(rules, roles)) is not None
        ]
        if "ptr" in kinds:
            votes = [vote for vote in votes if not _denied(vote[1], heard, catalogue, at)]
        if not votes:
            continue
        chain = bool(kinds & NAMES)
        item, rule = votes[-1] if chain else votes[0]
        others = {company(vote.provider, catalogue, at) for _, vote in votes}
        if not chain and len(others) > 1:
            named = ", ".join(sorted({catalogue.name_of(vote.provider) for _, vote in votes}))
            return Attribution(
                provider=None,
                signals=spoken(heard),
                reasons=(Reason.of("contradiction", names=named),),
            )
        return named_by(item, rule, heard, catalogue=catalogue, confidence=confidence)
    return reported_as(role, heard, catalogue)


def named_by(
    item: Signal, rule: Rule, heard: Heard, *, catalogue: Catalogue, confidence: Confidence
) -> Attribution:
    """Write down a decision by a rule, with everything else that spoke."""
    first = Spoken(item, rule.id, rule.provider)
    unverified = is_unverified(rule.source)
    return Attribution(
        provider=rule.provider,
        name=catalogue.name_of(rule.provider),
        is_front="front" in rule.roles or "gateway" in rule.roles,
        confidence=graded(confidence, unverified=unverified),
        unverified=unverified,
        rule=rule.id,
        signals=(first, *(other for other in spoken(heard) if other != first)),
        reasons=(by_rule(item, rule),),
    )


def by_rule(item: Signal, rule: Rule) -> Reason:
    """Return the reason that a rule spoke to a signal."""
    return Reason.of("rule", kind=item.kind, value=item.value, text=rule.reason)


def company(provider: str, catalogue: Catalogue, at: date) -> str:
    """Give the topmost company of a provider on that day, or the provider where none is known."""
    owners = catalogue.owners(provider, at)
    return owners[-1] if owners else provider


def accepted(rules: tuple[Rule, ...], roles: frozenset[str] | None) -> Rule | None:
    """Pick the most specific rule of the roles, None where a more specific one says otherwise.

    ``cdn.example.net`` may be a front under ``example.net``, the host of the same company.
    """
    if roles is not None and roles <= ANSWERING:
        first = next((rule for rule in rules if ANSWERING & set(rule.roles)), None)
        return first if first is not None and roles & set(first.roles) else None
    return next((rule for rule in rules if roles is None or roles & set(rule.roles)), None)


def _denied(vote: Rule, heard: Heard, catalogue: Catalogue, at: date) -> bool:
    """Tell whether network or holder say that a PTR, which anybody may write, is borrowed."""
    own = company(vote.provider, catalogue, at)
    named = {
        company(rule.provider, catalogue, at)
        for item, rules in heard
        if item.kind in {"asn", "address", "holder-handle"}
        for rule in rules
        if set(rule.roles) != {"network"}  # caches of a CDN stand in carriers' networks
    }
    return bool(named) and own not in named


def seen_only(heard: Heard) -> Heard:
    """Leave out what was only reported."""
    return [entry for entry in heard if entry[0].kind != "reported-name"]


def by_name(heard: Heard, catalogue: Catalogue) -> Attribution | None:
    """Know the holder of a block by the whole name of its organisation, where no rule does."""
    for item, _ in heard:
        if item.kind != "holder-name":
            continue
        provider = catalogue.provider_named(item.value)
        if provider is not None:
            first = Spoken(item, "holder-name", provider.id)
            return Attribution(
                provider=provider.id,
                name=provider.name,
                confidence=Confidence.POSSIBLE,
                rule="holder-name",
                signals=(first, *spoken(heard)),
                reasons=(Reason.of("registered-name", name=item.value[:200]),),
            )
    return None


_WEB: Final = frozenset({"web", "hosting"})


def reported_as(role: str, heard: Heard, catalogue: Catalogue) -> Attribution | None:
    """Take a reported name where nothing was observed; a reported front is no host."""
    for item, _ in heard:
        if item.kind != "reported-name" or not item.value.strip():
            continue
        provider = catalogue.provider_named(item.value)
        main = next((r for r in provider.roles if r in ANSWERING), "") if provider else ""
        is_front = role == "front" or (role in _WEB and main == "front")
        first = Spoken(item, "reported-name", provider.id if provider else "")
        said = (first, *spoken(heard))
        if role == "hosting" and is_front:
            return Attribution(
                provider=None,
                signals=said,
                reasons=(Reason.of("front-reported", name=item.value.strip()[:200]),),
            )
        return Attribution(
            provider=provider.id if provider else slug(item.value),
            name=provider.name if provider else item.value.strip()[:200],
            is_front=is_front,
            confidence=Confidence.CERTAIN,
            rule="reported-name",
            signals=said,
            reasons=(Reason.of("reported", name=item.value.strip()[:200]),),
        )
    return None

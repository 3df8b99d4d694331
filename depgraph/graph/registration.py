"""From a registered domain to its registrar, and what the state of its registration means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from depgraph import names
from depgraph.graph import registered, registries, reports
from depgraph.graph.answers import POSITIVE, Answer, Index, is_apart, text_of
from depgraph.graph.builder import Builder, Clues
from depgraph.graph.failure import credible
from depgraph.graph.network import fields
from depgraph.graph.registered import Registered
from depgraph.graph.views import giver
from depgraph.observations import GIVER_UNSAID, Observation, Status
from depgraph.providers import Signal, is_nobody
from depgraph.records import epp
from depgraph.records.days import day_of
from depgraph.records.rdata import host
from depgraph.text_safety import one_line
from depgraph.vocabulary import Confidence, Lever, Reason, ReasonCode, What

_SHOWN: Final = 3  # who answered
_NOTED: Final = 4000  # characters of what there is to say of a registration
_LOCKED: Final[Mapping[str, Lever]] = {
    epp.UPDATE_LOCK: Lever.SUSPEND,
    epp.DELETE_LOCK: Lever.DELETE,
}


def add(builder: Builder, tail: str, domain: str) -> None:
    """Add a registration, and make a node depend on it."""
    node = builder.draft.node("registration", domain)
    builder.draft.edge(tail, "registration", node)
    builder.later(expand, domain)


def add_given(builder: Builder, function: str, name: str) -> None:
    """Add who gives the names below a private suffix, as what a function of such a name needs.

    The Public Suffix List has the domains below which somebody gives names to others (RFC 9499,
    section 9, "public suffix"); the rules for host names say who has such a domain.
    """
    suffix = names.private_suffix(name)
    if suffix is None:
        return
    given = names.child(name, suffix)
    node = builder.draft.node("registration", given)
    builder.draft.edge(function, "registration", node)
    add(builder, node, builder.registered(suffix) or suffix)
    clues: Clues = {Signal("cname", given): ()}
    giver = builder.who("web", clues)
    if giver.provider is None:
        builder.draft.unknown(node, "registry", What.REGISTRY, suffix, giver.reasons)
    else:
        proof = builder.proof(giver, clues)
        builder.draft.edge(node, "registry", builder.provider(giver), proof)


def expand(builder: Builder, domain: str) -> None:
    """Add who registers a domain, who keeps the registry it is in, and the state that it is in."""
    node = f"registration:{domain}"
    known = registered.of(builder, domain)
    answer = known.answer
    statuses = [epp.epp_status(status) for status in fields(answer, "status")]
    _add_state(builder, node, domain, known, statuses)
    _add_registrar(builder, node, domain, known, _locks(answer))
    builder.further(node, "registrar", domain, "registration", answer)
    suffix = domain.split(".", 1)[1] if "." in domain else domain
    registries.add(builder, node, suffix)
    if names.is_registry_below(suffix):
        add(builder, node, suffix)  # whoever ends that registration ends all below it


def put(builder: Builder) -> None:
    """Note of which domains the registration contradicts that the DNS denies them."""
    doubted = []
    for domain in [subject for subject, kind, _ in builder.index.each() if kind == "registration"]:
        answer = registered.of(builder, domain).answer
        statuses = [epp.epp_status(status) for status in fields(answer, "status")]
        held = not answer.records or _holds(builder.index, answer, statuses)
        if not held and _denied(builder.index, domain, statuses) is not None:
            doubted.append(domain)
    builder.index.put_doubted(doubted)


# --- The state of a registration -------------------------------------------------------------


def _add_state(
    builder: Builder, node: str, domain: str, known: Registered, statuses: Sequence[str]
) -> None:
    """Write down the statuses of a registration, its end, its reseller, and what follows."""
    answer = known.answer
    holds = _holds(builder.index, answer, statuses)
    expires = _end(fields(answer, "expires"))
    sellers = fields(answer, "reseller")
    reseller = "" if "reseller" in known.differing else next(iter(sellers), "")
    builder.draft.node(
        "registration",
        domain,
        status=one_line(",".join(statuses)),
        hold=one_line(",".join(holds)),
        expires=one_line(expires),
        reseller=one_line(reseller, limit=120),
        finding=text_of(
            [
                *_findings(builder, statuses, holds, expires, reseller),
                *_servers_of_its_own(builder, domain, answer),
            ]
        ),
    )
    builder.draft.note(node, [*known.differing.values(), *known.replaced], limit=_NOTED)
    contradicted = [known.holds_differ, _absent(builder.index, domain, known)]
    if holds:
        contradicted.append(_still_there(builder.index, domain, answer, holds))
    elif answer.records:
        contradicted.append(_denied(builder.index, domain, statuses))
    if several := [one for one in contradicted if one is not None]:
        builder.draft.unknown(node, "delegation", What.DELEGATION, domain, several)


def _holds(index: Index, answer: Answer, statuses: Sequence[str]) -> tuple[str, ...]:
    """Return the statuses that keep a name out of the zone above."""
    earlier = [
        status
        for o in answer.stale
        if o.end.date() < index.since
        for status in o.fields().get("status", ())
    ]
    return epp.not_delegated(statuses, earlier=earlier)


def _end(told: Iterable[str]) -> str:
    """Return the end of a registration: of several the last, for a renewal moves it on.

    The registry may show it before the registrar does, and one answer was earlier than another.
    """
    return max(told, key=lambda text: (day_of(text) or date.min, text), default="")


def _findings(
    builder: Builder,
    statuses: Sequence[str],
    holds: Sequence[str],
    expires: str,
    reseller: str,
) -> list[Reason]:
    """Return what there is to say of a registration besides who keeps it."""
    found = []
    day = day_of(expires)
    if day is not None:
        past, renewed = day < builder.index.since, epp.renewed_automatically(statuses)
        code, auto = ("expired", "") if past and not renewed else ("expires", "renewed")
        left = ", ".join(holds) if code == "expired" else ""
        found.append(Reason.of(code, after=left, date=day.isoformat(), auto=auto if past else ""))
    if not holds and epp.to_be_deleted(statuses):  # else it has left the zone, which is told
        found.append(Reason.of("to-be-deleted"))
    closed = epp.transfer_closed(statuses)
    if closed:
        found.append(Reason.of("transfer-closed", names=", ".join(closed)))
    if reseller:
        found.append(Reason.of("reseller", name=one_line(reseller, limit=120)))
    return found


def _servers_of_its_own(builder: Builder, domain: str, answer: Answer) -> list[Reason]:
    """Return which name servers the registration lists and neither the parent nor the zone does.

    Where these three disagree, all are told. What the DNS lists was seen, else there is nothing to
    disagree with.
    """
    listed = [builder.index.ask(domain, "NS", part=part) for part in ("parent", "answer")]
    in_dns = {host(value) for one in listed if not one.held_elsewhere for value in one.every}
    registered = {name for value in fields(answer, "nameserver") if (name := host(value))}
    others = sorted(registered - in_dns)
    if not in_dns or not others:
        return []
    return [Reason.of("only-registered", names=one_line(", ".join(others), limit=120))]


def _still_there(index: Index, domain: str, answer: Answer, holds: Sequence[str]) -> Reason | None:
    """Return that the DNS has a name which its statuses keep out of the zone above.

    On the day of the statuses or later: its parent was seen to delegate it; or it was answered for
    otherwise than by servers of its own, and nowhere denied. One of the two is then out of date, or
    a cache answered, or the hold has yet to come into the zone: which, nobody says.
    """
    days = [
        o.time.date()
        for value, observations in answer.records.items()
        if value.startswith("status ")
        for o in observations
    ]
    since = min(days, default=date.max)
    delegated = index.ask(domain, "NS", part="parent").records
    if any(o.end.date() >= since for several in delegated.values() for o in several):
        return Reason.of("held-and-delegated", names=", ".join(holds))
    later = [o for o in _from_above(index, domain) if o.end.date() >= since]
    if credible(o for o in later if o.subject == domain and o.status is Status.NXDOMAIN):
        return None
    given = [o for o in later if o.values and o.status in POSITIVE and _was_asked(o)]
    if not given:
        return None
    by = sorted({giver(o) or o.source for o in given})
    return Reason.of("held-and-delegated", names=", ".join(holds), target=", ".join(by[:_SHOWN]))


def _absent(index: Index, domain: str, known: Registered) -> Reason | None:
    """Return that some have no such registration, unless the DNS has the name all the same."""
    absent = known.differing.get("registered")
    there = absent and any(o.status in POSITIVE for o in _from_above(index, domain))
    return None if there else absent


def _was_asked(o: Observation) -> bool:
    """Tell whether the DNS gave an answer; of records alone nobody says who did."""
    return o.source == "dns" and not o.remarks(GIVER_UNSAID) and not is_apart(o)


def _from_above(index: Index, domain: str) -> list[Observation]:
    """List what was answered of a domain, and of names below it, not by servers of its own.

    What these answer does not show that anything leads to them.
    """
    return [
        o
        for o in index.at_or_below(domain)
        if o.section != "additional" and not (o.zone and names.is_below(o.zone, domain))
    ]


def _denied(index: Index, domain: str, statuses: Sequence[str]) -> Reason | None:
    """Return that the DNS denies a name that is registered, and by no status kept out of it.

    One of the two is out of date, or the name was never put into the zone above: which, nobody
    says.
    """
    from_above = _from_above(index, domain)
    if any(o.status in POSITIVE for o in from_above):
        return None
    denials = credible(
        o
        for o in from_above
        if o.subject == domain and (o.status is Status.NXDOMAIN or o.type == "NS")
    )
    if not denials:
        return None
    return Reason.of(
        "registered-and-denied",
        names=one_line(", ".join(statuses), limit=120),
        reason=text_of(Reason.of(status) for status in sorted({o.status.value for o in denials})),
    ).seen_in(denials)


# --- Who registers it ------------------------------------------------------------------------


def _locks(answer: Answer) -> dict[str, Any]:
    """Return what locks of the registry's mean for the registrar, as attributes of its edge.

    A registrar that can neither suspend nor delete a name (RFC 5731, section 2.3) has to have
    the registry lift that first: that its withdrawal is felt is then only possible.
    """
    told = {
        lock: o
        for status, observations in fields(answer, "status").items()
        for lock in epp.locks([epp.epp_status(status)])
        for o in observations
    }
    locks = epp.locks(told)
    if not locks:
        return {}
    levers = [_LOCKED[lock] for lock in locks]
    return {
        "locked": ",".join(lever.value for lever in levers),
        "finding": Reason.of("locked", names=", ".join(locks)).seen_in(told.values()),
        "effect": Confidence.POSSIBLE.value if len(levers) == len(_LOCKED) else None,
    }


def _add_registrar(
    builder: Builder, node: str, domain: str, known: Registered, locks: Mapping[str, Any]
) -> None:
    answer = known.answer
    clues = registered.clues_of(builder, domain, answer)
    more = dict(locks)
    contract = names.is_under_icann_contract(domain)
    if not contract and {clue.kind for clue in clues} == {"registrar-id"}:
        more["confidence"] = Confidence.LIKELY.value  # no name bears it out
    doubt = known.differing.get("registrar") or _absent(builder.index, domain, known)
    if doubt is not None:
        # It is one of them, if anybody: whether it is felt that this one withdraws is not known.
        told = [doubt, *filter(None, [locks.get("finding")])]
        more |= {"effect": Confidence.POSSIBLE.value, "finding": told}
    if several := known.registrars():
        for one in several:
            builder.operator(node, "registrar", "registrar", one, **more)
        if _absent(builder.index, domain, known) is None:
            _add_one_of(builder, node, domain, several, more | {"effect": locks.get("effect")})
        return
    if not clues and _add_registry_as_registrar(builder, node, domain, answer, more):
        return
    if clues and builder.operator(node, "registrar", "registrar", clues, **more).provider:
        return
    reported = reports.reported(builder, domain, "registrar")
    if reported:
        what = What.REGISTRAR
        reports.add(
            builder, node, "registrar", "registrar", reported, what=what, of=domain, **locks
        )
        return
    none = Reason.of("not-registered")
    reasons = [none if one.code is ReasonCode.NOT_FOUND else one for one in answer.reasons]
    if answer.records:
        reasons = [Reason.of("registration-names-none")]
    for signal in clues:
        if signal.kind == "registrar-id" and is_nobody(signal):
            reasons = [Reason.of("no-registrar", number=signal.value[:10])]
    last = reports.last_known(
        builder,
        "registrar",
        answer.stale,
        "registrar-name",
        names=(domain,),
        roles=("registrar",),
    )
    builder.draft.unknown(node, "registrar", What.REGISTRAR, domain, reasons, last=last)


def _add_one_of(
    builder: Builder, node: str, domain: str, several: Iterable[Clues], more: Mapping[str, Any]
) -> None:
    """Say that the registrar is one of several: where all of these withdraw, it has.

    So it is with two of one company, or under one law.
    """
    group = builder.draft.node("registrars", domain)
    builder.draft.edge(node, "registrar", group)
    for one in several:
        builder.operator(group, "registrar", "registrar", one, **more)


def _add_registry_as_registrar(
    builder: Builder, node: str, domain: str, answer: Answer, more: Mapping[str, Any]
) -> bool:
    """Add the sponsor of the registry as the registrar, where a name is registered with it itself."""
    direct = fields(answer, "registered-with")
    suffix = domain.split(".", 1)[1] if "." in domain else domain
    sponsor = registries.sponsor_of(builder, suffix) if direct else None
    if sponsor is None:
        return False
    proof = answer.proof(f"registered-with {next(iter(direct))}")
    builder.draft.edge(node, "registrar", sponsor[0], proof, **more)
    return True

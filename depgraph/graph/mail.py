"""From a domain to its mail exchanges, and what becomes of the mail that each takes."""

from __future__ import annotations

from enum import Enum

from depgraph.graph import addresses, hosts, reports
from depgraph.graph.answers import FAMILIES, MALFORMED, Answer
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.delegation import alias_reason, alias_target
from depgraph.graph.exchangers import (
    Exchanger,
    addresses_of,
    best_of,
    clues_of,
    exchangers,
    is_malformed,
    unreachable,
)
from depgraph.graph.failure import how_sure, nonexistent
from depgraph.graph.mailboxes import holder_of
from depgraph.graph.text import exchange
from depgraph.providers import Attribution
from depgraph.vocabulary import GATEWAY, PERHAPS_GATEWAY, Confidence, Reason, Strength, What


def why_absent(builder: Builder, domain: str) -> list[Reason]:
    """Return why it is settled that a domain takes no mail; empty where it does or may."""
    answer = builder.index.ask(domain, "MX")
    if reports.reported(builder, domain, "mail", "mailbox"):
        return []
    if answer.records:
        null = all(exchange(value) == "." for value in answer.every)
        return [Reason.of("null-mx")] if null else []
    if answer.no_such_name and not all(map(builder.index.is_doubted, answer.empty)):
        # Who has an address is there: one of the two answers is stale, or false (RFC 8020).
        answered = any(builder.index.ask(domain, family).records for family in FAMILIES)
        return [] if answered else [Reason.of("nxdomain")]
    if not answer.asked:  # NXDOMAIN for another type is for every type (RFC 8020, RFC 2308)
        gone = nonexistent(builder.index, domain)
        return [gone] if gone is not None else []
    if answer.is_empty:
        no_address = hosts.why_no_address(builder, domain)
        if no_address is not None:
            return [Reason.of("no-mx"), no_address]
    return []


def add(builder: Builder, function: str, domain: str) -> None:
    """Add the exchanges of a domain, and what is known of how each takes mail for it."""
    draft = builder.draft
    group = draft.node("exchanges", domain)
    draft.edge(function, "exchange", group)
    answer = builder.index.ask(domain, "MX")
    found = exchangers(builder, domain)
    for one in found:
        builder.observed_in.setdefault(one.name, one.found.answer.records[one.found.value])
    relays = []
    gone = unreachable(builder, found)
    for one in found:
        absent = gone.get(one.name)
        if absent is None:
            way = _way(builder, domain, one)
        else:
            unsure = len(gone) < len(found) and how_sure(absent) is Confidence.LIKELY
            way = _Way.PERHAPS if unsure else _Way.NONE
        _add_exchange(builder, group, one, way, absent)
        if way is _Way.MAY_DELIVER:
            relays.append(one.name)
    addresses.note_views(builder, group, [answer])
    for view, reasons in (answer.lost if answer.records else {}).items():
        what = What.MAIL_EXCHANGES
        draft.unknown(group, "exchange", what, domain, reasons, within=view, vantage=view)
    if answer.not_whole:
        draft.unknown(group, "exchange", What.MAIL_EXCHANGES, domain, answer.not_whole)
    builder.further(group, "exchange", domain, "MX", answer)
    if is_malformed(answer):
        draft.unknown(group, "exchange", What.MALFORMED_MX, domain, [MALFORMED])
    elif not found:
        _without_exchanges(builder, domain, group, answer)
    if relays:
        reason = Reason.of("relays", names=", ".join(relays))
        draft.unknown(group, "exchange", What.RELAY, domain, [reason])


class _Way(Enum):
    """What becomes of the mail that an exchanger takes."""

    DELIVERS = "delivers"  # as far as anybody can see
    MAY_DELIVER = "may deliver"  # it relays, if it does not deliver by itself
    RELAYS = "relays"  # to the best, which alone can deliver
    PERHAPS = "perhaps"  # none, as one resolver alone says of the host
    NONE = "none"  # the host does not exist, or nobody reaches it


def _way(builder: Builder, domain: str, one: Exchanger) -> _Way:
    """Return what becomes of the mail that an exchanger takes.

    A host of a higher preference number than the best may only relay to better ones, and
    hold a queue (RFC 5321, section 5.1). It delivers as well if it is the same machine, if
    the same operator runs it, or whoever holds the mailboxes. Where the mailboxes are known
    to be with one of the best, nobody else's exchanger can do without that one.
    """
    best = best_of(builder, domain)
    if one.name in best:
        return _Way.DELIVERS
    run_by = _run_by(builder, one.name)
    running = {_run_by(builder, name) for name in best}
    holder, _ = holder_of(builder, domain)
    held_by = "" if holder.confidence is Confidence.POSSIBLE else builder.company(holder)
    if run_by and run_by in running | {held_by}:
        return _Way.DELIVERS
    machines = set(addresses_of(builder, one.name))
    if machines and machines <= {a for name in best for a in addresses_of(builder, name)}:
        return _Way.DELIVERS
    return _Way.RELAYS if held_by and held_by in running else _Way.MAY_DELIVER


def _run_by(builder: Builder, name: str) -> str:
    """Return who runs an exchanger; empty where only the service's own name tells."""
    return builder.company(builder.who("mx", clues_of(builder, name)))


def _add_exchange(
    builder: Builder, group: str, one: Exchanger, way: _Way, finding: Reason | None
) -> None:
    """Add an exchange; one that cannot deliver is needed by nobody."""
    draft = builder.draft
    node = draft.node("exchange", one.name)
    proof = one.found.answer.proof(one.found.value)
    if way in {_Way.RELAYS, _Way.MAY_DELIVER}:
        finding = Reason.of("relays")
    alias = alias_reason(builder.index, one.name, "exchange-alias")
    if one.implicit:
        proof["confidence"] = Confidence.POSSIBLE.value
        finding = Reason.of("may-take-mail")
    elif alias is not None and way is _Way.DELIVERS:
        proof["confidence"] = _followed(builder).value
        finding = alias
    perhaps = way is _Way.PERHAPS
    strength = Strength.NEEDS if perhaps or way is _Way.DELIVERS else Strength.EXPOSES
    effect = Confidence.LIKELY.value if perhaps else None
    draft.edge(group, "exchange", node, proof, strength=strength, finding=finding, effect=effect)
    draft.edge(node, "host", hosts.add(builder, one.name))
    builder.later(_expand_exchange, one.name, phase=Phase.SETS)


def _followed(builder: Builder) -> Confidence:
    """Return how sure it is that mail is brought where the name of an exchange is an alias.

    RFC 2181, section 10.3, forbids it, and RFC 5321, section 5.1, leaves open what a sender does.
    Where it is all there is, most follow; beside others it is no alternative to rely on.
    """
    best = best_of(builder, builder.subject)
    only = all(alias_target(builder.index, name) is not None for name in best)
    return Confidence.LIKELY if only else Confidence.POSSIBLE


def _without_exchanges(builder: Builder, domain: str, group: str, answer: Answer) -> None:
    """Say who is reported to run the mail of a domain whose exchanges are not known, if anybody."""
    reported = reports.reported(builder, domain, "mail")
    if reported:
        what = What.MAIL_OPERATOR
        reports.add(builder, group, "operator", "mx", reported, what=what, of=domain)
        return
    last = reports.last_known(
        builder, "mx", answer.stale, "mx-host", names=(domain,), roles=("mail", "mailbox")
    )
    reasons = list(answer.reasons)
    if answer.is_empty:
        reasons.append(Reason.of("implicit-mx"))
    builder.draft.unknown(group, "exchange", What.MAIL_EXCHANGES, domain, reasons, last=last)


def _expand_exchange(builder: Builder, name: str) -> None:
    """Add who runs an exchange, where its name or its addresses tell."""
    clues = clues_of(builder, name)
    operator = builder.who("mx", clues)
    if operator.provider is not None:
        data = builder.proof(operator, clues)
        node = builder.provider(operator)
        role = _role(builder, name, operator)
        builder.draft.edge(f"exchange:{name}", "operator", node, data, role=role)


def _role(builder: Builder, name: str, operator: Attribution) -> str | None:
    """Return whether the operator of an exchange passes its mail on, or may."""
    if operator.is_front:
        return GATEWAY
    if builder.knows(operator) or name not in best_of(builder, builder.subject):
        return None
    holder, _ = holder_of(builder, builder.subject)
    return PERHAPS_GATEWAY if operator.provider != holder.provider else None

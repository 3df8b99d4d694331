"""From a domain to its mail exchanges, and to who holds the mailboxes behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from depgraph.graph import addresses, hosts, network, reports, spf
from depgraph.graph.addresses import Found
from depgraph.graph.answers import MALFORMED, Answer
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.text import exchange, host, last_word
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.records.spf import unquoted
from depgraph.vocabulary import GATEWAY, Reason, ReasonCode, What

_Clues: TypeAlias = dict[Signal, Sequence[Observation]]


def why_absent(builder: Builder, domain: str) -> list[Reason]:
    """Return why it is settled that a domain takes no mail; empty where it does or may."""
    answer = builder.index.ask(domain, "MX")
    if reports.reported(builder, domain, "mail", "mailbox"):
        return []
    if answer.records:
        null = all(exchange(value) == "." for value in answer.values)
        return [Reason.of("null-mx")] if null else []
    if answer.no_such_name:
        return [Reason.of("nxdomain")]
    if answer.is_empty:
        no_address = hosts.why_no_address(builder, domain)
        if no_address is not None:
            return [Reason.of("no-mx"), no_address]
    return []


def add(builder: Builder, function: str, domain: str) -> None:
    """Add what the mail function needs beside its zone: exchanges, a mailbox behind a gateway."""
    draft = builder.draft
    group = draft.node("exchanges", domain)
    draft.edge(function, "exchange", group)
    answer = builder.index.ask(domain, "MX")
    found = exchanges(builder, domain)
    for name, (source, value) in found.items():
        node = draft.node("exchange", name)
        draft.edge(group, "exchange", node, source.proof(value))
        draft.edge(node, "host", hosts.add(builder, name))
        builder.observed_in.setdefault(name, source.records[value])
        builder.later(_expand_exchange, name, phase=Phase.SETS)
    addresses.note_views(builder, group, [answer])
    malformed = any(exchange(value) is None for value in answer.values)
    if malformed:
        draft.unknown(group, "exchange", What.MALFORMED_MX, domain, [MALFORMED])
    elif not found:
        _without_exchanges(builder, domain, group, answer)
    builder.later(_expand_mailbox, domain, phase=Phase.SETS)


def exchanges(builder: Builder, domain: str) -> dict[str, Found]:
    """Return the mail exchanges of a domain: its MX, else its own address (RFC 5321 section 5.1)."""
    answer = builder.index.ask(domain, "MX")
    if answer.is_empty:
        return _implicit_exchange(builder, domain)
    found: dict[str, Found] = {}
    for value in answer.values:
        name = exchange(value)
        if name and name != ".":
            found[name] = Found(answer, value)
    return found


def _implicit_exchange(builder: Builder, domain: str) -> dict[str, Found]:
    for family in addresses.FAMILIES:
        answer = builder.index.ask(domain, family)
        if answer.records:
            return {domain: Found(answer, answer.values[0])}
    alias, targets = hosts.targets(builder.index, domain)
    return {domain: Found(alias, alias.values[0])} if targets else {}


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


def _clues(builder: Builder, name: str) -> _Clues:
    """Return the signals of one exchange: its name, and the addresses behind it."""
    clues: _Clues = {Signal("mx-host", name): builder.observed_in.get(name, ())}
    names = hosts.chain(builder.index, name).names
    for text in addresses.readable(addresses.answers_of(builder, names)):
        clues |= network.clues_of(builder, text)
    # Some sources keep the origins of all exchanges together: of one it is known whose it is.
    origins = builder.index.ask(builder.subject, "mx-origin").records
    if len(origins) == 1 and not any(signal.kind == "asn" for signal in clues):
        for value, observations in origins.items():
            number = last_word(value).upper().removeprefix("AS")
            clues[Signal("asn", number)] = observations
    return clues


def _expand_exchange(builder: Builder, name: str) -> None:
    """Add who runs an exchange, where its name or its addresses tell."""
    clues = _clues(builder, name)
    operator = builder.who("mx", clues)
    if operator.provider is not None:
        data = builder.proof(operator, clues)
        role = GATEWAY if operator.is_front else None
        node = builder.provider(operator)
        builder.draft.edge(f"exchange:{name}", "operator", node, data, role=role)


def _expand_mailbox(builder: Builder, domain: str) -> None:
    """Add who holds the mailboxes, where that is not plainly who runs every exchange.

    An exchange that does not hold them keeps mail for those that do (RFC 5321, section 5.1).
    """
    draft = builder.draft
    names = list(exchanges(builder, domain))
    run_by = [builder.who("mx", _clues(builder, name)) for name in names]
    gateway = any(attribution.is_front for attribution in run_by)
    clues = _mailbox_clues(builder, domain, names)
    reported = reports.reported(builder, domain, "mailbox")
    holder = builder.who("mailbox", clues)
    others = any(attribution.provider != holder.provider for attribution in run_by)
    elsewhere = builder.knows(holder) and (others or not run_by)
    contested = any(reason.code is ReasonCode.SEVERAL_MAILBOXES for reason in holder.reasons)
    if not (gateway or reported or elsewhere or contested):
        return
    node = draft.node("mailbox", domain)
    draft.edge(f"function:{builder.subject}/mail", "mailbox", node)
    what = What.MAILBOX_OPERATOR
    if holder.provider is not None and (builder.knows(holder) or not reported):
        data = builder.proof(holder, clues)
        draft.edge(node, "operator", builder.provider(holder), data)
    elif reported:
        reports.add(builder, node, "operator", "mailbox", reported, what=what, of=domain)
    else:
        last = reports.last_known(
            builder, "mailbox", (), "mx-host", names=(domain,), roles=("mailbox",)
        )
        draft.unknown(node, "operator", what, domain, holder.reasons, last=last)


def _mailbox_clues(builder: Builder, domain: str, names: Sequence[str]) -> _Clues:
    """Return what tells who holds the mailboxes of a domain."""
    index = builder.index
    clues: _Clues = {Signal("mx-host", name): builder.observed_in.get(name, ()) for name in names}
    clues |= _pointing(builder, domain)
    for name, observations in spf.senders(index, domain).names.items():
        clues.setdefault(Signal("spf-include", name), observations)
    for record in ("TXT", "verification"):
        for value, observations in index.ask(domain, record).records.items():
            text = unquoted(value)
            if text and not text.lower().startswith("v=spf1"):
                clues.setdefault(Signal("txt", text), observations)
    for name in names:
        for signal, sources in _clues(builder, name).items():
            if signal.kind in {"asn", "address"}:
                clues[signal] = sources
    return clues


def _pointing(builder: Builder, domain: str) -> _Clues:
    """Return where the DKIM and autodiscover records of a domain lead."""
    index = builder.index
    questions = [("dkim", name, "CNAME") for name in index.under(f"._domainkey.{domain}", "CNAME")]
    questions.append(("autodiscover", f"autodiscover.{domain}", "CNAME"))
    questions.append(("autodiscover", f"_autodiscover._tcp.{domain}", "SRV"))
    clues: _Clues = {}
    for kind, name, record in questions:
        for value, observations in index.ask(name, record).records.items():
            target = host(value if kind == "dkim" else last_word(value))
            if target is not None:
                clues.setdefault(Signal(kind, target), observations)
    return clues

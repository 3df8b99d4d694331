"""The mailboxes of a domain: whoever takes its mail, it has to be kept somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from depgraph.graph import reports, spf
from depgraph.graph.answers import MALFORMED, about
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.exchangers import Clues, best_of, clues_of, exchangers, is_malformed
from depgraph.graph.text import host, last_word
from depgraph.providers import Attribution, Signal
from depgraph.records.spf import unquoted
from depgraph.vocabulary import Confidence, Reason, Strength, What


def add(builder: Builder, function: str, domain: str) -> None:
    """Add the mailboxes of a domain and, later, who holds them."""
    builder.draft.edge(function, "mailbox", builder.draft.node("mailbox", domain))
    builder.later(_expand, domain, phase=Phase.SETS)


def holder_of(builder: Builder, domain: str) -> tuple[Attribution, Clues]:
    """Return who holds the mailboxes, as the best exchangers and other records tell, and by what."""
    if domain not in builder.mailboxes:
        names = [one.name for one in best_of(builder, domain).values() if not one.implicit]
        clues = _clues(builder, domain, names)
        builder.mailboxes[domain] = builder.who("mailbox", clues), clues
    return builder.mailboxes[domain]


def _expand(builder: Builder, domain: str) -> None:
    """Add who holds the mailboxes, or who may, where that is not known."""
    draft = builder.draft
    node = f"mailbox:{domain}"
    what = What.MAILBOX_OPERATOR
    holder, clues = holder_of(builder, domain)
    roles = _holding_roles(builder, domain)
    reported = reports.reported(builder, domain, *roles)
    exchanges = builder.index.ask(domain, "MX")
    if holder.provider is not None and (builder.knows(holder) or not reported):
        data = builder.proof(holder, clues)
        unread = exchanges.not_whole or ((MALFORMED,) if is_malformed(exchanges) else ())
        finding = about("MX", unread) if unread else None
        if exchanges.beyond or unread:
            # An exchanger that is not followed, or not read, may bring the mail to somebody else.
            # Whoever holds the mailboxes is needed all the same.
            data["confidence"] = Confidence.POSSIBLE.value
        draft.edge(node, "operator", builder.provider(holder), data, finding=finding)
        builder.further(node, "operator", domain, "MX", exchanges)
        if finding:
            draft.unknown(node, "operator", what, domain, [finding])
        return
    if reported:
        reports.add(builder, node, "operator", "mailbox", reported, what=what, of=domain)
        return
    for one in holder.perhaps:
        data = builder.proof(one, clues)
        draft.edge(node, "operator", builder.provider(one), data, strength=Strength.EXPOSES)
    last = reports.last_known(
        builder, "mailbox", exchanges.stale, "mx-host", names=(domain,), roles=roles
    )
    reasons = [*_why_unknown(builder, domain, holder), *holder.reasons[1:]]
    draft.unknown(node, "operator", what, domain, reasons, last=last)


def _why_unknown(builder: Builder, domain: str, holder: Attribution) -> Sequence[Reason]:
    """Return why it is not known who holds the mailboxes, whoever it may be."""
    found = exchangers(builder, domain)
    if any(one.implicit for one in found):
        return [Reason.of("may-take-mail")]
    if found:
        return holder.reasons[:1]
    answer = builder.index.ask(domain, "MX")
    return [MALFORMED] if answer.records else answer.reasons


def _holding_roles(builder: Builder, domain: str) -> tuple[str, ...]:
    """Return the roles in which somebody is reported to hold the mailboxes of a domain.

    Whoever is reported to run the mail does, if that is what the catalogue knows it for.
    """
    names = [report.name for report in reports.reported(builder, domain, "mail", ever=True)]
    known = [builder.catalogue.provider_named(name) for name in names]
    if known and all(one is not None and "mailbox" in one.roles for one in known):
        return ("mailbox", "mail")
    return ("mailbox",)


def _clues(builder: Builder, domain: str, names: Sequence[str]) -> Clues:
    """Return what tells who holds the mailboxes of a domain that some exchangers take mail for."""
    index = builder.index
    taking: Clues = {}
    for name in names:
        taking |= clues_of(builder, name)
    clues = {signal: seen for signal, seen in taking.items() if signal.kind == "mx-host"}
    clues |= _pointing(builder, domain)
    for name, observations in spf.senders(index, domain).names.items():
        clues.setdefault(Signal("spf-include", name), observations)
    for record in ("TXT", "verification"):
        for value, observations in index.ask(domain, record).records.items():
            text = unquoted(value)
            if text and not text.lower().startswith("v=spf1"):
                clues.setdefault(Signal("txt", text), observations)
    clues |= {signal: seen for signal, seen in taking.items() if signal.kind in {"asn", "address"}}
    return clues


def _pointing(builder: Builder, domain: str) -> Clues:
    """Return where the DKIM and autodiscover records of a domain lead."""
    index = builder.index
    questions = [("dkim", name, "CNAME") for name in index.under(f"._domainkey.{domain}", "CNAME")]
    questions.append(("autodiscover", f"autodiscover.{domain}", "CNAME"))
    questions.append(("autodiscover", f"_autodiscover._tcp.{domain}", "SRV"))
    clues: Clues = {}
    for kind, name, record in questions:
        for value, observations in index.ask(name, record).records.items():
            target = host(value if kind == "dkim" else last_word(value))
            if target is not None:
                clues.setdefault(Signal(kind, target), observations)
    return clues

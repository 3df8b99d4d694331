"""From a domain to its mail exchanges, and to who holds the mailboxes behind them."""

from __future__ import annotations

from collections.abc import Sequence

from depgraph.graph import addresses, hosts, network, spf, zones
from depgraph.graph.evidence import Answer
from depgraph.graph.text import exchange, host, last_word
from depgraph.graph.work import SETS, Work
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.records.spf import unquoted


def why_absent(work: Work, domain: str) -> str:
    """Say why it is settled that a domain takes no mail; empty where it does or may."""
    answer = work.index.ask(domain, "MX")
    if work.reports(domain, "mail", "mailbox"):
        return ""
    if answer.seen:
        null = all(exchange(value) == "." for value in answer.values)
        return "null MX (RFC 7505)" if null else ""
    if answer.no_such_name:
        return "no such name: nxdomain"
    if answer.is_empty and (reason := hosts.has_no_address(work, domain)):
        return f"no MX, and {reason}"
    return ""


def add(work: Work, function: str, domain: str) -> None:
    """Add what the mail function needs: its zone, its exchanges, and a mailbox behind a gateway."""
    zones.add_for(work, function, "zone", domain)
    group = work.draft.node("exchanges", domain)
    work.draft.edge(function, "exchange", group)
    answer = work.index.ask(domain, "MX")
    found = exchanges(work, domain)
    for name, (said, value) in found.items():
        node = work.draft.node("exchange", name)
        work.draft.edge(group, "exchange", node, said.proof(value))
        work.draft.edge(node, "host", hosts.add(work, name))
        work.sightings.setdefault(name, said.seen[value])
        work.later(_expand_exchange, name, phase=SETS)
    malformed = [v for v in answer.values if exchange(v) is None]
    if malformed:
        work.draft.unknown(group, "exchange", f"malformed MX of {domain}", reason="malformed")
    if not found and not malformed:
        _without_exchanges(work, domain, group, answer)
    work.later(_expand_mailbox, domain, phase=SETS)


def exchanges(work: Work, domain: str) -> dict[str, tuple[Answer, str]]:
    """Give the mail exchanges of a domain: its MX, else its own address (RFC 5321 section 5.1)."""
    answer = work.index.ask(domain, "MX")
    if answer.is_empty:
        for family in addresses.FAMILIES:
            implied = work.index.ask(domain, family)
            if implied.seen:
                return {domain: (implied, implied.values[0])}
        alias, found = hosts.targets(work.index, domain)
        return {domain: (alias, alias.values[0])} if found else {}
    named = {name: (answer, value) for value in answer.values if (name := exchange(value))}
    return {name: said for name, said in named.items() if name != "."}


def _without_exchanges(work: Work, domain: str, group: str, answer: Answer) -> None:
    reported = work.reports(domain, "mail")
    work.report(group, "operator", "mx", reported, what=f"mail operator of {domain}")
    if reported:
        return
    last = work.last_known(
        "mx", answer.stale, "mx-host", names=(domain,), roles=("mail", "mailbox")
    )
    reason = answer.reason
    if answer.is_empty:
        reason = f"{reason}; the address that would take mail instead: not known"
    work.draft.unknown(group, "exchange", f"mail exchanges of {domain}", reason=reason, last=last)


def _clues(work: Work, name: str) -> dict[Signal, Sequence[Observation]]:
    """Make the signals of one exchange: its name, and the addresses behind it."""
    seen = work.sightings.get(name, ())
    found: dict[Signal, Sequence[Observation]] = {Signal("mx-host", name): seen}
    for text in addresses.readable(addresses.answers_of(work, hosts.chain(work.index, name).names)):
        found |= network.clues_of(work, text)
    return found


def _expand_exchange(work: Work, name: str) -> None:
    """Add who runs an exchange, where its name or its addresses tell."""
    work.operator(f"exchange:{name}", "operator", "mx", _clues(work, name))


def _expand_mailbox(work: Work, domain: str) -> None:
    """Add who holds the mailboxes, where that is not plainly who runs the exchanges."""
    found = exchanges(work, domain)
    run_by = [work.who("mx", _clues(work, name)) for name in found]
    gateway = any(said.is_front for said in run_by)
    clues = _mailbox_clues(work, domain, list(found))
    reported = work.reports(domain, "mailbox")
    said = work.who("mailbox", clues)
    providers = {one.provider for one in run_by}
    behind = work.knows(said) and said.provider not in providers
    if not gateway and not behind and not reported:
        return
    node = work.draft.node("mailbox", domain)
    work.draft.edge(f"function:{work.subject}/mail", "mailbox", node)
    if said.provider is not None and (work.knows(said) or not reported):
        work.draft.edge(node, "operator", work.provider(said), work.proof(said, clues))
        return
    what = f"mailbox operator of {domain}"
    work.report(node, "operator", "mailbox", reported, what=what)
    if not reported:
        last = work.last_known("mailbox", (), "mx-host", names=(domain,), roles=("mailbox",))
        work.draft.unknown(node, "operator", what, reason=said.reason, last=last)


def _mailbox_clues(
    work: Work, domain: str, found: Sequence[str]
) -> dict[Signal, Sequence[Observation]]:
    """Collect what tells who holds the mailboxes of a domain."""
    clues: dict[Signal, Sequence[Observation]] = {
        Signal("mx-host", name): work.sightings.get(name, ()) for name in found
    }
    index = work.index
    for name in index.under(f"._domainkey.{domain}", "CNAME"):
        for value, seen in index.ask(name, "CNAME").seen.items():
            if target := host(value):
                clues.setdefault(Signal("dkim", target), seen)
    for name, kind in (
        (f"autodiscover.{domain}", "CNAME"),
        (f"_autodiscover._tcp.{domain}", "SRV"),
    ):
        for value, seen in index.ask(name, kind).seen.items():
            if target := host(last_word(value)):
                clues.setdefault(Signal("autodiscover", target), seen)
    for name, seen in spf.includes(index, domain).items():
        clues.setdefault(Signal("spf-include", name), seen)
    for kind in ("TXT", "verification"):
        for value, seen in index.ask(domain, kind).seen.items():
            text = unquoted(value)
            if text and not text.lower().startswith("v=spf1"):
                clues.setdefault(Signal("txt", text), seen)
    for value, seen in index.ask(domain, "mx-origin").seen.items():
        clues.setdefault(Signal("asn", last_word(value).upper().removeprefix("AS")), seen)
    for name in found:
        clues |= {s: o for s, o in _clues(work, name).items() if s.kind in {"asn", "address"}}
    return clues

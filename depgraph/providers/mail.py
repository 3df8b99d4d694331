"""Who holds the mailboxes: the exchanger itself, or somebody behind a gateway.

A gateway filters mail and passes it on; its MX says nothing of where the mailboxes are.
What does: DKIM and autodiscover records, which the mailbox operator has its customers set
(the first signs what leaves the mailboxes, the second leads the users' programs to them).
An SPF include only lets somebody send and counts behind a known gateway alone, where the
mailbox operator has to be somewhere. A verification TXT proves that an account once
existed, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from depgraph.names import registered_domain
from depgraph.providers.catalogue import Catalogue, is_unverified
from depgraph.providers.rules import Rule
from depgraph.providers.signals import Attribution, Signal, Spoken

_POINTING: Final = ("dkim", "autodiscover")


def attribute_mailbox(
    seen: Sequence[Signal], *, catalogue: Catalogue, at: date, service: str | None
) -> Attribution:
    """Say who holds the mailboxes of a domain, from the signals of *all* its exchangers.

    Parameters
    ----------
    seen
        ``mx-host`` of every exchanger; ``dkim``, ``autodiscover``, ``spf-include``, ``txt``.
    catalogue, at, service
        As in :func:`depgraph.providers.attribute`.
    """
    heard = [(item, tuple(catalogue.rules.match(item.kind, item.value))) for item in seen]
    said = tuple(
        dict.fromkeys(
            Spoken(item, rule.id, rule.provider) for item, rules in heard for rule in rules
        )
    )

    def votes(role: str, *kinds: str) -> list[tuple[Signal, Rule]]:
        return [
            (item, rule)
            for item, rules in heard
            if item.kind in kinds
            and (rule := next((r for r in rules if role in r.roles), None)) is not None
        ]

    def top(provider: str) -> str:
        owners = catalogue.owners(provider, at)
        return owners[-1] if owners else provider

    def single(found: list[tuple[Signal, Rule]]) -> bool:
        return len({top(rule.provider) for _, rule in found}) == 1

    def answer(vote: tuple[Signal, Rule], confidence: str, why: str) -> Attribution:
        item, rule = vote
        if confidence == "strong" and is_unverified(rule.source):
            confidence = "fair"
        first = Spoken(item, rule.id, rule.provider)
        known = catalogue.providers.get(rule.provider)
        return Attribution(
            provider=rule.provider,
            name=known.name if known else rule.provider,
            confidence=confidence,
            rule=rule.id,
            signals=(first, *(other for other in said if other != first)),
            reason=f"{why}: {item.kind} {item.value} ({rule.reason})",
        )

    direct = votes("mailbox", "mx-host")
    pointing = votes("mailbox", *_POINTING)
    if direct:
        agreed = [
            vote
            for vote in direct
            if top(vote[1].provider) in {top(p.provider) for _, p in pointing}
        ]
        if single(direct):
            return answer(direct[0], "strong", "its exchangers take the mail")
        if agreed and single(agreed):
            return answer(
                agreed[0], "fair", "one of its exchangers, confirmed by DKIM or autodiscover"
            )
        return Attribution(
            provider=None, signals=said, reason="exchangers of several mailbox operators"
        )
    gateway = votes("gateway", "mx-host", "asn", "address")
    where = (
        f"behind {_name(gateway, catalogue)}" if gateway else "behind an exchanger of another name"
    )
    if pointing:
        signing = [vote for vote in pointing if vote[0].kind == "dkim"]
        chosen = pointing if single(pointing) else signing
        if chosen and single(chosen):
            return answer(chosen[0], "fair", where)
        return Attribution(
            provider=None,
            signals=said,
            reason=f"{where}, DKIM and autodiscover name several operators",
        )
    if gateway:
        allowed = votes("mailbox", "spf-include")
        if allowed and single(allowed):
            return answer(allowed[0], "weak", f"{where}, the only mailbox operator that SPF allows")
        verified = {top(rule.provider) for _, rule in votes("mailbox", "txt")}
        both = [vote for vote in allowed if top(vote[1].provider) in verified]
        if both and single(both):
            return answer(
                both[0], "weak", f"{where}, allowed by SPF and with a verification record"
            )
        return Attribution(
            provider=None,
            signals=said,
            reason=f"{where}: nothing says who holds the mailboxes",
        )
    numbered = votes("mailbox", "asn", "address")
    if numbered and single(numbered):
        return answer(numbered[0], "fair", "its exchangers stand in that network")
    return _by_domain(seen, said, service=service)


def _name(gateway: list[tuple[Signal, Rule]], catalogue: Catalogue) -> str:
    provider = catalogue.providers.get(gateway[0][1].provider)
    return provider.name if provider else gateway[0][1].provider


def _by_domain(
    seen: Sequence[Signal], said: tuple[Spoken, ...], *, service: str | None
) -> Attribution:
    hosts = [item.value for item in seen if item.kind == "mx-host"]
    domains = list(dict.fromkeys(registered_domain(host) or host for host in hosts))
    own = registered_domain(service) if service else None
    others = [domain for domain in domains if domain != own]
    if not domains:
        return Attribution(
            provider=None,
            signals=said,
            reason="nothing was seen that could name a mailbox operator",
        )
    if len(others) > 1:
        return Attribution(
            provider=None,
            signals=said,
            reason="exchangers under several registered domains, none in the catalogue: "
            + ", ".join(others[:4]),
        )
    domain = others[0] if others else domains[0]
    return Attribution(
        provider=f"~{domain}",
        name=domain,
        is_self=not others,
        confidence="fair",
        rule="registered-domain" if others else "self",
        signals=said,
        reason=f"its exchangers are under {domain}"
        + (", which the catalogue does not know" if others else ", the service's own name"),
    )

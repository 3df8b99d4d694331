"""Who holds the mailboxes: the exchanger itself, or somebody behind a gateway.

A gateway filters mail and passes it on; its MX says nothing of where the mailboxes are.
What does: DKIM and autodiscover records, which the mailbox operator has its customers set
(the first signs what leaves the mailboxes, the second leads the users' programs to them).
An SPF include only lets somebody send and counts behind a known gateway alone, where the
mailbox operator has to be somewhere. A verification TXT proves that an account once
existed, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from depgraph.names import registered_domain
from depgraph.providers.catalogue import Catalogue, is_unverified
from depgraph.providers.rules import Rule
from depgraph.providers.signals import Attribution, Signal, Spoken, graded
from depgraph.providers.tiers import Heard, by_rule, company, hear, spoken
from depgraph.vocabulary import Confidence, Reason

_POINTING: Final = ("dkim", "autodiscover")

Vote = tuple[Signal, Rule]
"""A signal, and the rule that speaks to it in the role asked."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a kind of conclusion was right.

    Parameters
    ----------
    right, of
        Right answers, and answers given.
    source
        On which labelled cases that was counted.
    """

    right: int
    of: int
    source: str

    @property
    def share(self) -> float:
        """Share of right answers, from 0 to 1, rounded to four digits."""
        return round(self.right / self.of, 4)


_CASES: Final = "labelled cases of mx_consensus that lie behind a gateway"
SPF_BEHIND_GATEWAY: Final[Mapping[str, Measured]] = MappingProxyType(
    {"microsoft-365": Measured(907, 908, _CASES)}
)
"""By provider, how often it held the mailboxes where SPF named it behind a gateway."""
SPF_NAMING_OTHERS: Final = Measured(1, 9, _CASES)
"""The same, of all other providers together: too few for a figure of each."""


@dataclass(frozen=True, slots=True)
class _Ballot:
    """What was seen of the mail of a domain, and which rules speak to it."""

    heard: Heard
    catalogue: Catalogue
    at: date

    def votes(self, role: str, *kinds: str) -> list[Vote]:
        """List the signals of some kinds that name somebody in a role."""
        found = []
        for item, rules in self.heard:
            rule = next((rule for rule in rules if role in rule.roles), None)
            if item.kind in kinds and rule is not None:
                found.append((item, rule))
        return found

    def group(self, vote: Vote) -> str:
        """Return the topmost company of the provider that a vote names."""
        return company(vote[1].provider, self.catalogue, self.at)

    def agree(self, votes: Sequence[Vote]) -> bool:
        """Tell whether there are votes and all name companies of one group."""
        return len({self.group(vote) for vote in votes}) == 1

    def named(
        self, vote: Vote, confidence: Confidence, why: Reason | None, share: float | None = None
    ) -> Attribution:
        """Write down the decision by a vote, with everything else that spoke."""
        item, rule = vote
        first = Spoken(item, rule.id, rule.provider)
        unverified = is_unverified(rule.source)
        others = tuple(other for other in spoken(self.heard) if other != first)
        return Attribution(
            provider=rule.provider,
            name=self.catalogue.name_of(rule.provider),
            confidence=graded(confidence, unverified=unverified, share=share),
            share=share,
            unverified=unverified,
            rule=rule.id,
            signals=(first, *others),
            reasons=(*([why] if why else []), by_rule(item, rule)),
        )

    def nobody(self, why: Reason) -> Attribution:
        """Write down that nobody can be named."""
        return Attribution(provider=None, signals=spoken(self.heard), reasons=(why,))


def attribute_mailbox(
    seen: Sequence[Signal], *, catalogue: Catalogue, at: date, service: str | None
) -> Attribution:
    """Return who holds the mailboxes of a domain, from the signals of *all* its exchangers.

    Parameters
    ----------
    seen
        ``mx-host`` of every exchanger; ``dkim``, ``autodiscover``, ``spf-include``, ``txt``.
    catalogue, at, service
        As in :func:`depgraph.providers.attribute`.
    """
    ballot = _Ballot(hear(seen, catalogue), catalogue, at)
    direct = ballot.votes("mailbox", "mx-host")
    pointing = ballot.votes("mailbox", *_POINTING)
    if direct:
        return _by_exchanger(ballot, direct, pointing)
    gateway = ballot.votes("gateway", "mx-host", "asn", "address")
    if pointing:
        return _by_pointing(ballot, gateway, pointing)
    if gateway:
        return _by_spf(ballot, gateway)
    in_network = ballot.votes("mailbox", "asn", "address")
    if ballot.agree(in_network):
        why = Reason.of("exchanger-network")
        return ballot.named(in_network[0], Confidence.LIKELY, why)
    return _by_domain(ballot, [item for item, _ in ballot.heard], service)


def _by_exchanger(ballot: _Ballot, direct: list[Vote], pointing: list[Vote]) -> Attribution:
    """Take the exchangers' operator; of several the one that DKIM or autodiscover confirm."""
    if ballot.agree(direct):
        # An exchanger of nobody that we know may hold mailboxes too; a gateway does not.
        unlisted = any(item.kind == "mx-host" and not rules for item, rules in ballot.heard)
        return ballot.named(direct[0], Confidence.LIKELY if unlisted else Confidence.CERTAIN, None)
    pointed_at = {ballot.group(vote) for vote in pointing}
    confirmed = [vote for vote in direct if ballot.group(vote) in pointed_at]
    if ballot.agree(confirmed):
        why = Reason.of("confirmed-exchanger")
        return ballot.named(confirmed[0], Confidence.LIKELY, why)
    return ballot.nobody(Reason.of("several-mailboxes"))


def _by_pointing(ballot: _Ballot, gateway: list[Vote], pointing: list[Vote]) -> Attribution:
    """Take what DKIM and autodiscover lead to; where they differ, who signs."""
    name = _gateway_name(ballot, gateway)
    signing = [vote for vote in pointing if vote[0].kind == "dkim"]
    for votes in (pointing, signing):
        if ballot.agree(votes):
            return ballot.named(votes[0], Confidence.LIKELY, Reason.of("pointed-behind", name=name))
    return ballot.nobody(Reason.of("several-behind", name=name))


def _by_spf(ballot: _Ballot, gateway: list[Vote]) -> Attribution:
    """Take the mailbox operator that SPF allows to send, which is weak: others send as well."""
    name = _gateway_name(ballot, gateway)
    allowed = ballot.votes("mailbox", "spf-include")
    with_account = {ballot.group(vote) for vote in ballot.votes("mailbox", "txt")}
    verified = [vote for vote in allowed if ballot.group(vote) in with_account]
    for votes, code in ((allowed, "spf-behind"), (verified, "verified-behind")):
        if ballot.agree(votes):
            share = SPF_BEHIND_GATEWAY.get(votes[0][1].provider, SPF_NAMING_OTHERS).share
            why = Reason.of(code, name=name)
            return ballot.named(votes[0], Confidence.POSSIBLE, why, share)
    return ballot.nobody(Reason.of("behind-gateway", name=name))


def _gateway_name(ballot: _Ballot, gateway: list[Vote]) -> str:
    """Return the name of the gateway; empty where the exchangers are of none that we know."""
    return ballot.catalogue.name_of(gateway[0][1].provider) if gateway else ""


def _by_domain(ballot: _Ballot, seen: Sequence[Signal], service: str | None) -> Attribution:
    """Name an operator that no rule knows by the domain of its exchangers."""
    hosts = [item.value for item in seen if item.kind == "mx-host"]
    domains = list(dict.fromkeys(registered_domain(host) or host for host in hosts))
    own = registered_domain(service) if service else None
    others = [domain for domain in domains if domain != own]
    if not domains:
        return ballot.nobody(Reason.of("nothing-names-it"))
    if len(others) > 1:
        return ballot.nobody(Reason.of("several-domains", names=", ".join(others[:4])))
    domain = others[0] if others else domains[0]
    return Attribution(
        provider=f"~{domain}",
        name=domain,
        is_self=not others,
        confidence=Confidence.LIKELY,
        rule="registered-domain" if others else "self",
        signals=spoken(ballot.heard),
        reasons=(Reason.of("servers-under" if others else "own-servers", name=domain),),
    )

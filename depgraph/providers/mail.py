"""Who holds the mailboxes: the exchanger itself, or somebody behind a gateway.

A gateway filters mail and passes it on; its MX says nothing of where the mailboxes are. An
exchanger that the catalogue does not know may be either, and so may be each of several
exchangers of equal preference. What tells: DKIM and autodiscover records, which the mailbox
operator has its customers set (the first signs what leaves the mailboxes, the second leads the
users' programs to them). An SPF include only lets somebody send, and counts as far as was
measured behind known gateways, where the mailbox operator has to be somewhere. A verification
TXT proves that an account once existed, and decides nothing. Where nobody can be named, those
whom such signals would name are kept (:attr:`Attribution.perhaps`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from depgraph.names import own_domain, registered_domain
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rows import is_unverified
from depgraph.providers.rules import Rule
from depgraph.providers.signals import Attribution, Signal, Spoken, graded
from depgraph.providers.tiers import Heard, by_rule, company, hear, spoken
from depgraph.vocabulary import Confidence, Reason

_POINTING: Final = ("dkim", "autodiscover")
_SHOWN: Final = 4  # names in a reason

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
OWN_EXCHANGER: Final = Measured(
    57,
    57,
    "cases of mx_consensus all of whose exchangers bear the domain's own name, without DKIM or "
    "autodiscover, and without a known mailbox operator in SPF",
)
"""How often the mailboxes were with none of the three that the labels tell apart (Microsoft, Google,
Amazon) where all exchangers bear the domain's own name and nothing leads elsewhere."""


@dataclass(frozen=True, slots=True)
class _Ballot:
    """What was seen of the mail of a domain, and which rules speak to it."""

    heard: Heard
    catalogue: Catalogue
    at: date
    service: str | None

    @property
    def unlisted(self) -> list[str]:
        """The registered domains of the exchangers that no rule knows, in their order."""
        unknown = (item for item, rules in self.heard if item.kind == "mx-host" and not rules)
        return list(dict.fromkeys(map(self.domain, unknown)))

    def domain(self, item: Signal) -> str:
        """Return the registered domain of the host in a signal."""
        return registered_domain(item.value) or item.value

    def seen(self, *kinds: str) -> list[Signal]:
        """List the signals of some kinds, whether a rule speaks to them or not."""
        return [item for item, _ in self.heard if item.kind in kinds]

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

    def nobody(self, why: Reason, perhaps: Sequence[Attribution] = ()) -> Attribution:
        """Write down that nobody can be named, and who it may be."""
        names = ", ".join(dict.fromkeys(one.name for one in perhaps[:_SHOWN]))
        reasons = (why, Reason.of("perhaps", names=names)) if names else (why,)
        return Attribution(
            provider=None, signals=spoken(self.heard), reasons=reasons, perhaps=tuple(perhaps)
        )

    def unlisted_operator(self, domain: str, sure: Confidence, *why: Reason) -> Attribution:
        """Name an operator that no rule knows by the registered domain of its exchangers."""
        own = self.service is not None and domain == own_domain(self.service)
        return Attribution(
            provider=f"~{domain}",
            name=domain,
            is_self=own,
            confidence=sure,
            rule="self" if own else "registered-domain",
            signals=spoken(self.heard),
            reasons=(*why, Reason.of("own-servers" if own else "servers-under", name=domain)),
        )

    def perhaps(self, votes: Sequence[Vote] = (), domains: Sequence[str] = ()) -> list[Attribution]:
        """List who may hold the mailboxes, each once.

        First those of some votes, then operators of unlisted exchangers, then those whom SPF
        allows to send, the most often right first, then those with a verification record.
        """
        found = [self.named(vote, Confidence.POSSIBLE, None) for vote in votes]
        found += [self.unlisted_operator(domain, Confidence.POSSIBLE) for domain in domains]
        allowed = sorted(self.votes("mailbox", "spf-include"), key=_share, reverse=True)
        for vote in allowed:
            measured = self.named(vote, Confidence.POSSIBLE, None)
            found.append(replace(measured, share=_share(vote)))
        found += [self.named(v, Confidence.POSSIBLE, None) for v in self.votes("mailbox", "txt")]
        first: dict[str | None, Attribution] = {}
        for one in found:
            first.setdefault(one.provider, one)
        return list(first.values())


def attribute_mailbox(
    seen: Sequence[Signal], *, catalogue: Catalogue, at: date, service: str | None
) -> Attribution:
    """Return who holds the mailboxes of a domain, from the signals of its best exchangers.

    Parameters
    ----------
    seen
        ``mx-host`` of every exchanger of the best preference; ``dkim``, ``autodiscover``,
        ``spf-include``, ``txt``.
    catalogue, at, service
        As in :func:`depgraph.providers.attribute`.
    """
    ballot = _Ballot(hear(seen, catalogue), catalogue, at, service)
    direct = ballot.votes("mailbox", "mx-host")
    pointing = ballot.votes("mailbox", *_POINTING)
    gateway = ballot.votes("gateway", "mx-host", "asn", "address")
    if direct:
        return _by_exchanger(ballot, direct, gateway, pointing)
    if pointing:
        return _by_pointing(ballot, gateway, pointing)
    if gateway:
        return _by_spf(ballot, gateway)
    in_network = ballot.votes("mailbox", "asn", "address")
    if ballot.agree(in_network):
        why = Reason.of("exchanger-network")
        return ballot.named(in_network[0], Confidence.LIKELY, why)
    return _by_domain(ballot)


def _by_exchanger(
    ballot: _Ballot, direct: list[Vote], gateway: list[Vote], pointing: list[Vote]
) -> Attribution:
    """Take the exchangers' operator; of several the one that something else confirms.

    Beside a known gateway the one who is none is it. An exchanger of nobody that we know may
    hold the mailboxes as well.
    """
    unlisted = ballot.unlisted
    if ballot.agree(direct) and not unlisted:
        sure = Confidence.LIKELY if gateway else Confidence.CERTAIN
        return ballot.named(direct[0], sure, None)
    pointed_at = {ballot.group(vote) for vote in pointing}
    confirmed = [vote for vote in direct if ballot.group(vote) in pointed_at]
    if ballot.agree(confirmed):
        why = Reason.of("confirmed-exchanger")
        return ballot.named(confirmed[0], Confidence.LIKELY, why)
    allowed = ballot.votes("mailbox", "spf-include")
    may_send = [vote for vote in direct if ballot.group(vote) in set(map(ballot.group, allowed))]
    if not pointing and ballot.agree(may_send) and ballot.agree(allowed):
        why = Reason.of("confirmed-by-spf")
        return ballot.named(may_send[0], Confidence.POSSIBLE, why, _share(may_send[0]))
    return ballot.nobody(Reason.of("several-mailboxes"), ballot.perhaps(direct, unlisted))


def _by_pointing(ballot: _Ballot, gateway: list[Vote], pointing: list[Vote]) -> Attribution:
    """Take what DKIM and autodiscover lead to; where they differ, who signs."""
    name = _gateway_name(ballot, gateway)
    signing = [vote for vote in pointing if vote[0].kind == "dkim"]
    for votes in (pointing, signing):
        if ballot.agree(votes):
            return ballot.named(votes[0], Confidence.LIKELY, Reason.of("pointed-behind", name=name))
    return ballot.nobody(Reason.of("several-behind", name=name), ballot.perhaps(pointing))


def _by_spf(ballot: _Ballot, gateway: list[Vote]) -> Attribution:
    """Take the mailbox operator that SPF allows to send, which is weak: others send as well."""
    name = _gateway_name(ballot, gateway)
    allowed = ballot.votes("mailbox", "spf-include")
    with_account = {ballot.group(vote) for vote in ballot.votes("mailbox", "txt")}
    verified = [vote for vote in allowed if ballot.group(vote) in with_account]
    for votes, code in ((allowed, "spf-behind"), (verified, "verified-behind")):
        if ballot.agree(votes):
            why = Reason.of(code, name=name)
            return ballot.named(votes[0], Confidence.POSSIBLE, why, _share(votes[0]))
    return ballot.nobody(Reason.of("behind-gateway", name=name), ballot.perhaps())


def _share(vote: Vote) -> float:
    """Return the measured share of right answers where SPF names the mailbox operator."""
    return SPF_BEHIND_GATEWAY.get(vote[1].provider, SPF_NAMING_OTHERS).share


def _gateway_name(ballot: _Ballot, gateway: list[Vote]) -> str:
    """Return the name of the gateway; empty where the exchangers are of none that we know."""
    return ballot.catalogue.name_of(gateway[0][1].provider) if gateway else ""


def _by_domain(ballot: _Ballot) -> Attribution:
    """Take an operator that no rule knows, if DKIM or autodiscover lead to its domain too.

    So is the domain's owner where all exchangers bear its name and nothing leads elsewhere: not
    always, but as often as was measured (:data:`OWN_EXCHANGER`). Any other may hold the
    mailboxes, or filter before whoever does.
    """
    domains = ballot.unlisted
    if not domains:
        return ballot.nobody(Reason.of("nothing-names-it"), ballot.perhaps())
    pointed_at = [item for item in ballot.seen(*_POINTING) if ballot.domain(item) in domains]
    confirmed = set(map(ballot.domain, pointed_at))
    if len(confirmed) == 1:
        why = Reason.of("confirmed-exchanger")
        return ballot.unlisted_operator(confirmed.pop(), Confidence.LIKELY, why)
    if _is_own(ballot, domains):
        share = OWN_EXCHANGER.share
        sure = graded(Confidence.POSSIBLE, share=share)
        return replace(ballot.unlisted_operator(domains[0], sure), share=share)
    why = Reason.of("unlisted-exchanger", name=", ".join(domains[:4]))
    return ballot.nobody(why, ballot.perhaps((), domains))


def _is_own(ballot: _Ballot, domains: Sequence[str]) -> bool:
    """Tell whether all exchangers bear the domain's own name, and nothing leads to another."""
    if ballot.service is None or domains != [own_domain(ballot.service)]:
        return False
    return not ballot.seen(*_POINTING) and not ballot.votes("mailbox", "spf-include")

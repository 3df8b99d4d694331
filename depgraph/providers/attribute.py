"""From signals to an operator: which rule spoke, which decided, and how sure that is.

For each role the kinds of signal are read in tiers, the most telling first; the first
tier in which a rule speaks decides, and everything else that spoke is kept beside it.
Who holds the mailboxes behind a gateway is :mod:`depgraph.providers.mail`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from depgraph.names import registered_domain
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.mail import attribute_mailbox
from depgraph.providers.rules import Rule, plain
from depgraph.providers.signals import ROLES, Attribution, Signal, Spoken

Tier = tuple[frozenset[str], frozenset[str] | None, str]
"""Kinds of signal, roles a rule must have one of (None: any), confidence."""

_NAMES: Final = frozenset({"host", "cname"})
_ANSWERING: Final = frozenset({"front", "hosting"})
"""Who answers for a host; the first of the two that a provider lists is its main role."""


def _tier(kinds: str, roles: str | None, confidence: str) -> Tier:
    return frozenset(kinds.split()), None if roles is None else frozenset(roles.split()), confidence


_FRONT: Final = (
    _tier("host cname", "front", "strong"),
    _tier("address", "front", "strong"),
    _tier("ptr", "front", "fair"),
    _tier("asn", "front", "fair"),
    _tier("holder-handle", "front", "fair"),
)
_HOSTING: Final = (
    _tier("host cname", "hosting", "strong"),
    _tier("address", "hosting", "strong"),
    _tier("asn", "hosting", "fair"),
    _tier("holder-handle", "hosting", "fair"),
    _tier("ptr", "hosting", "weak"),
)
TIERS: Final[dict[str, tuple[Tier, ...]]] = {
    "dns": (
        _tier("ns-host ns-domain", "dns", "strong"),
        _tier("address", "dns", "strong"),
        _tier("asn", "dns", "fair"),
    ),
    "front": _FRONT,
    "hosting": _HOSTING,
    "mx": (
        _tier("mx-host", "mailbox gateway", "strong"),
        _tier("address", "mailbox gateway", "strong"),
        _tier("asn", "mailbox gateway", "fair"),
    ),
    "gateway": (
        _tier("mx-host", "gateway", "strong"),
        _tier("address", "gateway", "strong"),
        _tier("asn", "gateway", "fair"),
    ),
    "registrar": (
        _tier("registrar-id", "registrar", "strong"),
        _tier("registrar-name", "registrar", "fair"),
    ),
    "registry": (_tier("tld", "registry", "strong"),),
    "ca": (_tier("issuer", "ca", "strong"),),
    "network": (_tier("asn", None, "strong"),),
    "holder": (_tier("holder-handle", None, "strong"), _tier("holder-name", None, "weak")),
}


def attribute(
    role: str,
    signals: Iterable[Signal],
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None = None,
) -> Attribution:
    """Say who does something for a service, from the signals that were seen.

    Parameters
    ----------
    role
        The question, a word of :data:`depgraph.providers.signals.ROLES`.
    signals
        What was seen. The names of an alias chain (``host``, ``cname``) in its order: the
        last one named answers. Give one server's signals at a time; two servers with two
        operators contradict each other.
    catalogue, at
        Facts and rules, and the day that they are wanted for.
    service
        The name of the service, to know its own servers by.

    Returns
    -------
    Attribution
        Unknown (``provider=None``) only where nothing spoke or what spoke contradicts.

    Raises
    ------
    ValueError
        The role is none of the list.

    Examples
    --------
    >>> from depgraph.providers import load
    >>> seen = [Signal("ns-host", "ns-1.awsdns-12.co.uk")]
    >>> attribute("dns", seen, catalogue=load(), at=date(2021, 1, 10)).provider
    'aws'
    """
    if role not in ROLES:
        raise ValueError(f"expected a role ({', '.join(ROLES)}), found {role!r}")
    seen = tuple(dict.fromkeys(signals))
    if role == "mailbox":
        held = attribute_mailbox(seen, catalogue=catalogue, at=at, service=service)
        reported = None if held.provider else _reported(role, hear(seen, catalogue), catalogue)
        return reported or held
    if role == "web":
        return _web(seen, catalogue=catalogue, at=at, service=service)
    heard = hear(seen, catalogue)
    if role == "hosting":
        return _hosting(seen, heard, catalogue=catalogue, at=at, service=service)
    decided = decide(role, heard, catalogue=catalogue, at=at)
    if decided is not None:
        return _own(decided, seen, catalogue=catalogue, at=at, service=service)
    return _uncatalogued(role, seen, heard, catalogue=catalogue, service=service)


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
            if item.kind in kinds and (rule := _accepted(rules, roles)) is not None
        ]
        if "ptr" in kinds:
            votes = [vote for vote in votes if not _denied(vote[1], heard, catalogue, at)]
        if not votes:
            continue
        chain = bool(kinds & _NAMES)
        item, rule = votes[-1] if chain else votes[0]
        others = {company(vote.provider, catalogue, at) for _, vote in votes}
        if not chain and len(others) > 1:
            named = ", ".join(sorted({vote.provider for _, vote in votes}))
            return Attribution(
                provider=None,
                signals=spoken(heard),
                reason=f"the signals contradict each other: {named}",
            )
        return named_by(item, rule, heard, catalogue=catalogue, confidence=confidence)
    return _reported(role, heard, catalogue)


def named_by(
    item: Signal, rule: Rule, heard: Heard, *, catalogue: Catalogue, confidence: str
) -> Attribution:
    """Write down a decision by a rule, with everything else that spoke."""
    first = Spoken(item, rule.id, rule.provider)
    provider = catalogue.providers.get(rule.provider)
    return Attribution(
        provider=rule.provider,
        name=provider.name if provider else rule.provider,
        is_front="front" in rule.roles or "gateway" in rule.roles,
        confidence=confidence,
        rule=rule.id,
        signals=(first, *(other for other in spoken(heard) if other != first)),
        reason=f"{item.kind} {item.value}: {rule.reason}",
    )


def company(provider: str, catalogue: Catalogue, at: date) -> str:
    """Give the topmost company of a provider on that day, or the provider where none is known."""
    owners = catalogue.owners(provider, at)
    return owners[-1] if owners else provider


def same_operator(domains: Iterable[str]) -> dict[str, str]:
    """Group the registered domains of one zone's servers that differ in their suffix only.

    Operators spread their servers over several top-level domains (``example.com``,
    ``example.net``, ``example.co.uk``) so that no registry can take them all. Of servers of
    *one* zone, the same label under several suffixes is one operator.

    Returns
    -------
    dict
        Each domain with the one that stands for its group (the first in alphabetical order).

    Examples
    --------
    >>> same_operator(["gn-dns.org", "gn-dns.com", "example.net"])
    {'example.net': 'example.net', 'gn-dns.com': 'gn-dns.com', 'gn-dns.org': 'gn-dns.com'}
    """
    first: dict[str, str] = {}
    ordered = sorted(set(domains))
    for domain in ordered:
        first.setdefault(_family(domain), domain)
    return {domain: first[_family(domain)] for domain in ordered}


def _family(domain: str) -> str:
    label = domain.split(".", 1)[0]
    bare = re.sub(r"[0-9-]", "", label)
    # "anycastns1", "anycastns2"; not "ns1", "ns2", which many have
    return bare if len(bare) >= 5 else label


def slug(text: str) -> str:
    """Make the id of an operator that is known by a text only: ``~open-contact``.

    >>> slug("Open Contact, Ltd")
    '~open-contact'
    """
    return "~" + "-".join(plain(text).split())[:80]


def _accepted(rules: tuple[Rule, ...], roles: frozenset[str] | None) -> Rule | None:
    """Pick the most specific rule of the roles, None where a more specific one says otherwise.

    ``cdn.example.net`` may be a front under ``example.net``, the host of the same company.
    """
    if roles is not None and roles <= _ANSWERING:
        first = next((rule for rule in rules if _ANSWERING & set(rule.roles)), None)
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


def _web(
    seen: tuple[Signal, ...], *, catalogue: Catalogue, at: date, service: str | None
) -> Attribution:
    heard = hear(seen, catalogue)
    chain = [
        (item, rule)
        for item, rules in heard
        if item.kind in _NAMES
        and (rule := _accepted(rules, frozenset({"front", "hosting"}))) is not None
    ]
    if chain:
        item, rule = chain[-1]
        named = named_by(item, rule, heard, catalogue=catalogue, confidence="strong")
        return _own(named, seen, catalogue=catalogue, at=at, service=service)
    front = decide("front", _seen(heard), catalogue=catalogue, at=at)
    if front is not None and front.provider is not None:
        return front
    reported = _reported("web", heard, catalogue)
    host = _hosting(seen, _seen(heard), catalogue=catalogue, at=at, service=service)
    return host if reported is None or host.provider is not None else reported


def _seen(heard: Heard) -> Heard:
    """Leave out what was only reported."""
    return [entry for entry in heard if entry[0].kind != "reported-name"]


def _hosting(
    seen: tuple[Signal, ...],
    heard: Heard,
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None,
) -> Attribution:
    front = decide("front", _seen(heard), catalogue=catalogue, at=at)
    if front is not None and front.provider is not None:
        # What the address says is about the front; only a name can say what is behind it.
        names = [entry for entry in heard if entry[0].kind in _NAMES]
        named = decide("hosting", names, catalogue=catalogue, at=at)
        if named is not None and not named.is_front:
            return named
        return Attribution(
            provider=None,
            signals=front.signals,
            reason=f"{front.name} stands in front: the host behind it was not seen",
        )
    decided = decide("hosting", heard, catalogue=catalogue, at=at)
    if decided is not None:
        return _own(decided, seen, catalogue=catalogue, at=at, service=service)
    return _uncatalogued("hosting", seen, heard, catalogue=catalogue, service=service)


_WEB: Final = frozenset({"web", "hosting"})


def _reported(role: str, heard: Heard, catalogue: Catalogue) -> Attribution | None:
    for item, _ in heard:
        if item.kind != "reported-name" or not item.value.strip():
            continue
        provider = catalogue.provider_named(item.value)
        main = next((r for r in provider.roles if r in _ANSWERING), "") if provider else ""
        is_front = role == "front" or (role in _WEB and main == "front")
        first = Spoken(item, "reported-name", provider.id if provider else "")
        said = (first, *spoken(heard))
        if role == "hosting" and is_front:
            return Attribution(
                provider=None,
                signals=said,
                reason=f"reported as {item.value[:200]!r}, which is a front: the host is not known",
            )
        return Attribution(
            provider=provider.id if provider else slug(item.value),
            name=provider.name if provider else item.value.strip()[:200],
            is_front=is_front,
            confidence="weak",
            rule="reported-name",
            signals=said,
            reason=f"reported as {item.value[:200]!r}",
        )
    return None


def _own(
    decided: Attribution,
    seen: tuple[Signal, ...],
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None,
) -> Attribution:
    """Mark a catalogued provider as the service's own, where the service is one of its names."""
    if service is None or decided.provider is None or decided.provider.startswith("~"):
        return decided
    domain = registered_domain(service)
    # only a name can be the service's own: a network that decided is somebody else's
    deciding = decided.signals[0].signal if decided.signals else None
    named = deciding is not None and deciding.kind in {"ns-host", "ns-domain", "mx-host"}
    names = {item.value for item in seen if item.kind.endswith("-host") or item.kind == "ns-domain"}
    if domain is None or not named:
        return decided
    own = any(registered_domain(name) == domain for name in sorted(names)) or any(
        company(rule.provider, catalogue, at) == company(decided.provider, catalogue, at)
        for rule in catalogue.rules.match("host", domain)
    )
    if not own:
        return decided
    return Attribution(
        provider=decided.provider,
        name=decided.name,
        is_front=decided.is_front,
        is_self=True,
        confidence=decided.confidence,
        rule=decided.rule,
        signals=decided.signals,
        reason=decided.reason,
    )


_SERVER_KIND: Final = {"dns": ("ns-host", "ns-domain"), "mx": ("mx-host",)}


def _uncatalogued(
    role: str,
    seen: tuple[Signal, ...],
    heard: Heard,
    *,
    catalogue: Catalogue,
    service: str | None,
) -> Attribution:
    """Name an operator that no rule knows by what it left: a domain, an AS number, a name."""
    said = spoken(heard)
    if role in _SERVER_KIND:
        return _by_domain(role, seen, said, catalogue=catalogue, service=service)
    if role == "hosting":
        customer = _customer(seen, heard, said)
        if customer is not None:
            return customer
    if role in {"hosting", "network"}:
        numbers = list(
            dict.fromkeys(i.value.upper().removeprefix("AS") for i in seen if i.kind == "asn")
        )
        if len(numbers) == 1:
            name = next((i.value for i in seen if i.kind == "holder-name"), "")
            return Attribution(
                provider=f"~AS{numbers[0]}",
                name=name[:200] or f"AS{numbers[0]}",
                confidence="strong" if role == "network" else "weak",
                rule="origin-as",
                signals=said,
                reason=f"announced by AS{numbers[0]}, which the catalogue does not know",
            )
        if len(numbers) > 1:
            return Attribution(
                provider=None, signals=said, reason="announced by several networks at once"
            )
    for kind, asked in (
        ("holder-handle", "holder"),
        ("registrar-id", "registrar"),
        ("registrar-name", "registrar"),
        ("issuer", "ca"),
        ("tld", "registry"),
    ):
        for item in seen:
            if item.kind == kind and role == asked and item.value.strip():
                return _by_text(
                    item, seen, said, confidence="weak" if asked == "hosting" else "fair"
                )
    return Attribution(provider=None, signals=said, reason=_silence(role, seen))


def _customer(
    seen: tuple[Signal, ...], heard: Heard, said: tuple[Spoken, ...]
) -> Attribution | None:
    """Tell whose server stands in a carrier's network: that of the block's own holder.

    A carrier announces its customers' servers and hosts none of them by that. Where the
    block is registered to somebody else, that is who; where not, nobody knows.
    """
    carriers = [
        rule
        for item, rules in heard
        if item.kind == "asn"
        for rule in rules
        if rule.roles == ("network",)
    ]
    for item, rules in heard:
        if item.kind == "holder-handle" and item.value.strip():
            if not rules:
                return _by_text(item, seen, said, confidence="weak")
            if all(rule.roles == ("network",) for rule in rules):
                carriers.extend(rules)
    if not carriers:
        return None
    return Attribution(
        provider=None,
        signals=said,
        reason=f"in the network of {carriers[0].provider}, a carrier: whose server it is, is not known",
    )


def _by_text(
    item: Signal, seen: tuple[Signal, ...], said: tuple[Spoken, ...], *, confidence: str
) -> Attribution:
    value = item.value.strip()[:200]
    words = {"holder-handle": "holder-name", "registrar-id": "registrar-name"}
    other = next((i.value.strip()[:200] for i in seen if i.kind == words.get(item.kind)), "")
    if item.kind == "tld":
        name, provider = f"registry of .{value}", f"~{value}"
    elif item.kind == "registrar-id":
        name, provider = other or f"registrar {value}", f"~IANA{value}"
    elif item.kind == "holder-handle":
        name, provider = other or value, f"~{value}"
    else:
        name, provider = value, slug(value)
    return Attribution(
        provider=provider,
        name=name,
        confidence=confidence,
        rule=item.kind,
        signals=said,
        reason=f"{item.kind} {value}: the catalogue does not know it",
    )


def _by_domain(
    role: str,
    seen: tuple[Signal, ...],
    said: tuple[Spoken, ...],
    *,
    catalogue: Catalogue,
    service: str | None,
) -> Attribution:
    hosts = [item.value for item in seen if item.kind in _SERVER_KIND[role]]
    domains = list(dict.fromkeys(registered_domain(host) or host for host in hosts))
    if not domains:
        return Attribution(provider=None, signals=said, reason=_silence(role, seen))
    if len(domains) > 1:
        return Attribution(
            provider=None,
            signals=said,
            reason="servers under several registered domains: ask about one at a time",
        )
    domain = domains[0]
    own = service is not None and registered_domain(service) == domain
    if not own:
        return Attribution(
            provider=f"~{domain}",
            name=domain,
            confidence="fair",
            rule="registered-domain",
            signals=said,
            reason=f"its servers are under {domain}, which the catalogue does not know",
        )
    behind = [item for item in said if item.signal.kind == "soa-mname"]
    if role == "dns" and behind:
        provider = catalogue.provider(behind[0].provider).name
        return Attribution(
            provider=None,
            signals=said,
            reason=f"servers under the service's own name, but the SOA names {provider}: "
            "whose they are is not proven",
        )
    return Attribution(
        provider=f"~{domain}",
        name=domain,
        is_self=True,
        confidence="fair",
        rule="self",
        signals=said,
        reason=f"its servers carry the service's own name, {domain}",
    )


def _silence(role: str, seen: tuple[Signal, ...]) -> str:
    if not seen:
        return f"nothing was seen that could name who is the {role}"
    kinds = ", ".join(dict.fromkeys(item.kind for item in seen))
    return f"no rule speaks to what was seen ({kinds})"

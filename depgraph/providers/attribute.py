"""From signals to an operator: which rule spoke, which decided, and how sure that is.

How the kinds of signal are weighed is :mod:`depgraph.providers.tiers`; who holds the
mailboxes behind a gateway, :mod:`depgraph.providers.mail`; who is behind what no rule
knows, :mod:`depgraph.providers.longtail`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from depgraph.names import own_domain, registered_domain
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.longtail import uncatalogued
from depgraph.providers.mail import attribute_mailbox
from depgraph.providers.rules import EVERY_NAME
from depgraph.providers.signals import ROLES, Attribution, Signal, is_nobody
from depgraph.providers.tiers import (
    ANSWERING,
    NAMES,
    Heard,
    accepted,
    by_name,
    company,
    decide,
    hear,
    named_by,
    reported_as,
    seen_only,
)
from depgraph.vocabulary import Confidence, Reason


def attribute(
    role: str,
    signals: Iterable[Signal],
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None = None,
) -> Attribution:
    """Return who does something for a service, from the signals that were seen.

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
    seen = tuple(dict.fromkeys(signal for signal in signals if not is_nobody(signal)))
    if role == "mailbox":
        held = attribute_mailbox(seen, catalogue=catalogue, at=at, service=service)
        reported = None if held.provider else reported_as(role, hear(seen, catalogue), catalogue)
        return reported or held
    if role == "web":
        return _web(seen, catalogue=catalogue, at=at, service=service)
    heard = hear(seen, catalogue)
    if role == "hosting":
        return _hosting(seen, heard, catalogue=catalogue, at=at, service=service)
    decided = decide(role, heard, catalogue=catalogue, at=at)
    if decided is None and role == "holder":
        decided = by_name(heard, catalogue)
    if decided is not None:
        return _own(decided, catalogue=catalogue, at=at, service=service)
    return uncatalogued(role, seen, heard, catalogue=catalogue, service=service)


def _web(
    seen: tuple[Signal, ...], *, catalogue: Catalogue, at: date, service: str | None
) -> Attribution:
    heard = hear(seen, catalogue)
    chain = [
        (item, rule)
        for item, rules in heard
        if item.kind in NAMES and (rule := accepted(rules, ANSWERING)) is not None
    ]
    published = [
        (item, rule)
        for item, rules in heard
        if item.kind == "address" and (rule := accepted(rules, ANSWERING)) is not None
    ]
    if chain or published:
        item, rule = chain[-1] if chain else published[0]
        named = named_by(item, rule, heard, catalogue=catalogue, confidence=Confidence.CERTAIN)
        return _own(named, catalogue=catalogue, at=at, service=service)
    front = decide("front", seen_only(heard), catalogue=catalogue, at=at)
    if front is not None and front.provider is not None:
        return front
    reported = reported_as("web", heard, catalogue)
    host = _hosting(seen, seen_only(heard), catalogue=catalogue, at=at, service=service)
    return host if reported is None or host.provider is not None else reported


def _hosting(
    seen: tuple[Signal, ...],
    heard: Heard,
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None,
) -> Attribution:
    front = decide("front", seen_only(heard), catalogue=catalogue, at=at)
    if front is not None and front.provider is not None:
        # The network is the front's; a name, or a range that the host publishes as its own
        # (GitHub Pages at Fastly), can still say what is behind it.
        names = [entry for entry in heard if entry[0].kind in NAMES | {"address"}]
        named = decide("hosting", names, catalogue=catalogue, at=at)
        if named is not None and not named.is_front:
            return _own(named, catalogue=catalogue, at=at, service=service)
        return Attribution(
            provider=None,
            signals=front.signals,
            reasons=(Reason.of("front-seen", name=front.name),),
        )
    decided = decide("hosting", heard, catalogue=catalogue, at=at)
    if decided is not None:
        return _own(decided, catalogue=catalogue, at=at, service=service)
    return uncatalogued("hosting", seen, heard, catalogue=catalogue, service=service)


def _own(
    decided: Attribution,
    *,
    catalogue: Catalogue,
    at: date,
    service: str | None,
) -> Attribution:
    """Mark a catalogued provider as the service's own, where the service is one of its names."""
    if service is None or decided.provider is None or decided.provider.startswith("~"):
        return decided
    domain = own_domain(service)
    deciding = decided.signals[0].signal if decided.signals else None
    if domain is None or deciding is None:
        return decided
    named = (
        deciding.kind in {"ns-host", "ns-domain", "mx-host"}
        and registered_domain(deciding.value) == domain
    )
    # A customer's name under a platform's domain is not the platform's own service.
    whole = service.removeprefix("www.") == domain
    by_company = any(
        company(rule.provider, catalogue, at) == company(decided.provider, catalogue, at)
        for rule in catalogue.rules.match("host", domain)
        if whole or rule.signal == EVERY_NAME
    )
    return replace(decided, is_self=True) if named or by_company else decided

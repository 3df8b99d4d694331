"""Fallback attribution for operators that the catalogue does not know.

They are named by what they left: the registered domain of their servers, an AS number, a
registry handle, a registrar's id, a name. Only what left no trace is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from depgraph.names import own_domain, registered_domain
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rules import slug
from depgraph.providers.signals import Attribution, Signal
from depgraph.providers.tiers import Heard, spoken
from depgraph.vocabulary import Confidence, Reason


def same_operator(domains: Iterable[str]) -> dict[str, str]:
    """Return groups of the registered domains of one zone's servers that differ in their suffix only.

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
    # "anycastns1", "anycastns2", or "peak10", "peak-10"; not "ns1", "ns2", which many have
    alike = (re.sub(r"[0-9-]", "", label), label.replace("-", ""))
    return next((text for text in alike if len(text) >= 5), label)


_SERVER_KIND: Final = {"dns": ("ns-host", "ns-domain"), "mx": ("mx-host",)}
_RECORDS: Final = (
    ("holder-handle", "holder"),
    ("holder-name", "holder"),
    ("registrar-id", "registrar"),
    ("registrar-name", "registrar"),
    ("issuer", "ca"),
    ("tld", "registry"),
)
"""Kinds of signal that name somebody by themselves, and the role that each does it in."""


def uncatalogued(
    role: str,
    seen: tuple[Signal, ...],
    heard: Heard,
    *,
    catalogue: Catalogue,
    service: str | None,
) -> Attribution:
    """Name an operator that no rule knows by what it left: a domain, an AS number, a name."""
    if role in _SERVER_KIND:
        return _by_domain(role, seen, heard, catalogue=catalogue, service=service)
    if role == "hosting":
        customer = _customer(seen, heard, catalogue)
        if customer is not None:
            return customer
    if role in {"hosting", "network"}:
        by_origin = _by_origin(role, seen, heard)
        if by_origin is not None:
            return by_origin
    for kind, asked in _RECORDS:
        for item in seen:
            if item.kind == kind and role == asked and item.value.strip():
                # The record itself names who it is.
                return _by_text(item, seen, heard, confidence=Confidence.CERTAIN)
    return _nobody(heard, _silence(seen))


def _nobody(heard: Heard, why: Reason) -> Attribution:
    return Attribution(provider=None, signals=spoken(heard), reasons=(why,))


def _by_origin(role: str, seen: tuple[Signal, ...], heard: Heard) -> Attribution | None:
    """Name the operator of the network that announces an address; None where none is known.

    As the host of what runs there it is nobody's statement; that it can stop what is served
    there is certain.
    """
    asns = [item.value.upper().removeprefix("AS") for item in seen if item.kind == "asn"]
    numbers = list(dict.fromkeys(asns))
    if not numbers:
        return None
    if len(numbers) > 1:
        return _nobody(heard, Reason.of("several-networks"))
    name = next((item.value for item in seen if item.kind == "holder-name"), "")
    return Attribution(
        provider=f"~AS{numbers[0]}",
        name=name[:200] or f"AS{numbers[0]}",
        confidence=Confidence.CERTAIN,
        serving=role == "hosting",
        rule="origin-as",
        signals=spoken(heard),
        reasons=(Reason.of("record", kind="asn", value=numbers[0]),),
    )


def _customer(seen: tuple[Signal, ...], heard: Heard, catalogue: Catalogue) -> Attribution | None:
    """Return whose server stands in a carrier's network: that of the block's own holder.

    A carrier announces its customers' servers and hosts none of them by that. Where the
    block is registered to somebody else, that is who; where not, nobody knows.
    """
    carriers = []
    for item, rules in heard:
        only_network = [rule for rule in rules if rule.roles == ("network",)]
        if item.kind == "asn":
            carriers += only_network
        elif item.kind == "holder-handle" and item.value.strip():
            if not rules:
                named = _by_text(item, seen, heard, confidence=Confidence.LIKELY)
                return replace(named, serving=True)
            if len(only_network) == len(rules):
                carriers += rules
    if not carriers:
        return None
    name = catalogue.name_of(carriers[0].provider)
    return _nobody(heard, Reason.of("carrier", name=name))


def _by_text(
    item: Signal, seen: tuple[Signal, ...], heard: Heard, *, confidence: Confidence
) -> Attribution:
    value = item.value.strip()[:200]
    words = {"holder-handle": "holder-name", "registrar-id": "registrar-name"}
    other = next((i.value.strip()[:200] for i in seen if i.kind == words.get(item.kind)), "")
    if item.kind == "tld":
        name, provider = f".{value}", f"~{value}"
    elif item.kind == "registrar-id":
        name, provider = other or f"IANA {value}", f"~IANA{value}"
    elif item.kind == "holder-handle":
        name, provider = other or value, f"~{value}"
    else:
        name, provider = value, slug(value)
    return Attribution(
        provider=provider,
        name=name,
        confidence=confidence,
        rule=item.kind,
        signals=spoken(heard),
        reasons=(Reason.of("record", kind=item.kind, value=value),),
    )


def _by_domain(
    role: str,
    seen: tuple[Signal, ...],
    heard: Heard,
    *,
    catalogue: Catalogue,
    service: str | None,
) -> Attribution:
    hosts = [item.value for item in seen if item.kind in _SERVER_KIND[role]]
    domains = list(dict.fromkeys(registered_domain(host) or host for host in hosts))
    if not domains:
        return _nobody(heard, _silence(seen))
    if len(domains) > 1:
        return _nobody(heard, Reason.of("several-domains", names=", ".join(domains[:4])))
    domain = domains[0]
    own = service is not None and own_domain(service) == domain
    if own and role == "dns":
        # A provider's servers under the service's own name: the primary may still tell.
        behind = [item for item in spoken(heard) if item.signal.kind == "soa-mname"]
        if behind:
            name = catalogue.name_of(behind[0].provider)
            return _nobody(heard, Reason.of("own-names", name=name))
    return Attribution(
        provider=f"~{domain}",
        name=domain,
        is_self=own,
        confidence=Confidence.LIKELY,
        rule="self" if own else "registered-domain",
        signals=spoken(heard),
        reasons=(Reason.of("own-servers" if own else "servers-under", name=domain),),
    )


def _silence(seen: tuple[Signal, ...]) -> Reason:
    """Return the reason that no rule speaks to what was seen, if anything was."""
    return Reason.of("nothing-names-it", kinds=", ".join(dict.fromkeys(i.kind for i in seen)))

"""The long tail: operators that no rule knows are still somebody.

They are named by what they left: the registered domain of their servers, an AS number, a
registry handle, a registrar's id, a name. Only what left no trace is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from depgraph.names import registered_domain
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.rules import Rule, plain
from depgraph.providers.signals import Attribution, Signal, Spoken


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


_SERVER_KIND: Final = {"dns": ("ns-host", "ns-domain"), "mx": ("mx-host",)}


def uncatalogued(
    role: str,
    seen: tuple[Signal, ...],
    heard: Sequence[tuple[Signal, tuple[Rule, ...]]],
    *,
    catalogue: Catalogue,
    service: str | None,
) -> Attribution:
    """Name an operator that no rule knows by what it left: a domain, an AS number, a name."""
    said = tuple(
        dict.fromkeys(Spoken(i, rule.id, rule.provider) for i, rules in heard for rule in rules)
    )
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
        ("holder-name", "holder"),
        ("registrar-id", "registrar"),
        ("registrar-name", "registrar"),
        ("issuer", "ca"),
        ("tld", "registry"),
    ):
        for item in seen:
            if item.kind == kind and role == asked and item.value.strip():
                return _by_text(
                    item, seen, said, confidence="weak" if kind == "holder-name" else "fair"
                )
    return Attribution(provider=None, signals=said, reason=_silence(role, seen))


def _customer(
    seen: tuple[Signal, ...],
    heard: Sequence[tuple[Signal, tuple[Rule, ...]]],
    said: tuple[Spoken, ...],
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

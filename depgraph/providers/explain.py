"""Why an operator was named: every signal that spoke, which decided, and what it would take."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from depgraph.names import canonical, public_suffix
from depgraph.providers.attribute import attribute
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.files import load
from depgraph.providers.signals import Attribution, Signal
from depgraph.providers.tiers import TIERS

_NAME_KINDS = {
    "dns": "ns-host",
    "mx": "mx-host",
    "mailbox": "mx-host",
    "front": "host",
    "hosting": "host",
}
_ADDRESS_ROLES = ("front", "hosting", "dns", "mx", "network", "holder")


def _kinds(role: str) -> frozenset[str]:
    """Return the kinds of signal that can decide in a role."""
    return frozenset[str]().union(*(kinds for kinds, _, _ in TIERS.get(role, ())))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the catalogue says of a name, an address or a set of signals.

    Parameters
    ----------
    subject
        What was asked about.
    at
        The day.
    attributions
        Role and what was decided in it, in the order of the roles asked. Each carries every
        signal that spoke (:attr:`~depgraph.providers.Attribution.signals`), the deciding
        one first, and its reasons; unknown ones say why.
    """

    subject: str
    at: date
    attributions: tuple[tuple[str, Attribution], ...]


def explain(
    subject: str | Iterable[Signal],
    *,
    at: date,
    catalogue: Catalogue | None = None,
    service: str | None = None,
    signals: Iterable[Signal] = (),
) -> Explanation:
    """Return everything that the rules say of a name or an address.

    Parameters
    ----------
    subject
        A host name, an address, or signals.
    at
        The day.
    catalogue
        The shipped one by default.
    service
        The service's name, to know its own servers by.
    signals
        What else is known of it (origin AS number, holder, reverse name).
    """
    known = catalogue or load()
    more = list(signals)

    def ask(role: str, seen: list[Signal]) -> tuple[str, Attribution]:
        return role, attribute(role, seen, catalogue=known, at=at, service=service)

    if not isinstance(subject, str):
        seen = [*subject, *more]
        roles = (
            "dns",
            "front",
            "hosting",
            "mx",
            "gateway",
            "mailbox",
            "registrar",
            "registry",
            "ca",
            "network",
            "holder",
        )
        asked = [ask(role, seen) for role in roles]
        kinds = {item.kind for item in seen}
        told = tuple(entry for entry in asked if entry[1].provider or kinds & _kinds(entry[0]))
        return Explanation(", ".join(f"{i.kind} {i.value}" for i in seen), at, told)
    try:
        ipaddress.ip_address(subject)
    except ValueError:
        name = canonical(subject)
        found = [ask(role, [Signal(kind, name), *more]) for role, kind in _NAME_KINDS.items()]
        if "." in name:
            found.append(ask("registry", [Signal("tld", public_suffix(name))]))
        return Explanation(name, at, tuple(found))
    seen = [Signal("address", subject), *more]
    return Explanation(subject, at, tuple(ask(role, seen) for role in _ADDRESS_ROLES))

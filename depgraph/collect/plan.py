"""Which questions follow from an observation: a pure table, tested without a socket.

The rows of :data:`TABLE` are tried on each observation, in the light of the question that
brought it. A row says for which *roles* and record types it speaks, and gives new questions.

=========  ============================================================================
role       why a question is asked
=========  ============================================================================
service    the name itself, ``www``, and what they are aliases of
host       a name server, mail exchange or other host that is needed
zone       NS, SOA and DS of a zone that is needed
mail       MX, and text that says who handles the mail
spf        a policy included by an SPF record
caa        which authorities may issue certificates
hint       a name that may tell who holds the mailboxes; nothing follows from it
fact       who announces and holds an address, who registered a name
=========  ============================================================================
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from depgraph.collect.endpoints import is_inward
from depgraph.names import is_below, parents, registered_domain
from depgraph.observations import Observation, Status
from depgraph.records import spf


class Role(StrEnum):
    """Why a question is asked (see the table of this module)."""

    SERVICE = "service"
    HOST = "host"
    ZONE = "zone"
    MAIL = "mail"
    SPF = "spf"
    CAA = "caa"
    HINT = "hint"
    FACT = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question to be asked, and why.

    Parameters
    ----------
    subject, type
        As in an observation.
    role
        Why; it decides what follows from the answer.
    depth
        Steps of transitive trust from the service.
    server
        Host name of the one server it is put to; empty leaves the choice open.
    via
        Names of the alias chain that led here.
    refused
        If set, the question is not put, and this is recorded instead, with `note`.
    """

    subject: str
    type: str
    role: Role
    depth: int = 0
    server: str = ""
    via: tuple[str, ...] = ()
    refused: Status | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str, Role, str, Status | None]:
        """What makes two asks the same."""
        return (self.subject, self.type, self.role, self.server, self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the plan needs to know of the budget, and of what is wanted."""

    fanout: int = 32
    chain: int = 12
    registration: bool = True
    tls: bool = False
    recursive: bool = False


# Under which names mailbox operators have their customers publish DKIM keys, each with the
# document that says so (read 2026-11). A key that is an alias names the operator.
_MICROSOFT = "MicrosoftDocs/defender-docs, email-authentication-dkim-configure.md, 2024-04-08"
DKIM_SELECTORS: tuple[tuple[str, str, str], ...] = (
    # selector, type asked, document
    ("selector1", "CNAME", _MICROSOFT),
    ("selector2", "CNAME", _MICROSOFT),
    ("google", "TXT", "https://support.google.com/a/answer/11611356"),
    ("protonmail", "CNAME", "https://domainsecurityscanner.com/guides/proton-mail"),
    ("fm1", "CNAME", "https://www.fastmail.help/hc/en-us/articles/360060591153"),
)

_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_NEEDED = frozenset({Role.SERVICE, Role.HOST, Role.ZONE})
_HOSTS = frozenset({Role.SERVICE, Role.HOST})
_ALL = frozenset(Role)


def first_questions(name: str, *, registration: bool = True) -> list[Ask]:
    """List the questions that need no earlier answer.

    >>> [a.type for a in first_questions("example.org") if a.subject == "www.example.org"]
    ['A', 'AAAA', 'HTTPS', 'CAA']
    """
    hosts = [name] if name.startswith("www.") else [f"www.{name}", name]
    # What most depends on comes first, for questions are put in this order.
    asks = [
        Ask(subject=host, type=kind, role=Role.SERVICE)
        for kind in ("A", "AAAA", "HTTPS")
        for host in hosts
    ]
    # The lines to the tables of routes and of reverse names are opened at once: no answer
    # is needed to know that they will be.
    asks += [
        Ask(subject=zone, type="NS", role=Role.FACT) for zone in ("asn.cymru.com", "in-addr.arpa")
    ]
    asks += [Ask(subject=host, type="CAA", role=Role.CAA) for host in hosts]
    asks += [Ask(subject=name, type=kind, role=Role.MAIL) for kind in ("MX", "TXT")]
    asks += [
        Ask(subject=f"_dmarc.{name}", type="TXT", role=Role.HINT),
        Ask(subject=f"_mta-sts.{name}", type="TXT", role=Role.HINT),
        Ask(subject=f"autodiscover.{name}", type="A", role=Role.HINT),
        Ask(subject=f"_autodiscover._tcp.{name}", type="SRV", role=Role.HINT),
    ]
    asks += [
        Ask(subject=f"{selector}._domainkey.{name}", type=kind, role=Role.HINT)
        for selector, kind, _ in DKIM_SELECTORS
    ]
    for zone in parents(name):
        if zone != ".":
            asks += [
                Ask(subject=zone, type=kind, role=Role.ZONE) for kind in _zone_types(zone, name)
            ]
    registered = registered_domain(name)
    if registration and registered is not None:
        asks.append(Ask(subject=registered, type="registration", role=Role.FACT))
        asks.append(Ask(subject=name.rsplit(".", 1)[-1], type="registry", role=Role.FACT))
    return asks


def _zone_types(zone: str, name: str) -> tuple[str, ...]:
    """Below the registered domain a zone is asked about only where one is found."""
    registered = registered_domain(name)
    if registered is not None and zone != registered and is_below(zone, registered):
        return ()
    return ("NS", "SOA", "DS")


Row = Callable[[Ask, Observation, Limits], Iterator[Ask]]


def _alias(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow an alias: its target is asked the same."""
    if ask.type == "CNAME" or seen.subject != ask.subject:
        return
    via = (*ask.via, ask.subject)
    for target in seen.values[:1]:
        new = replace(ask, subject=target, via=via)
        if target in via:
            note = f"the aliases {' -> '.join((*via, target))} lead in a circle"
            yield replace(new, refused=Status.LOOP, note=note)
        elif len(via) > limits.chain:
            note = f"more than {limits.chain} aliases, one after the other"
            yield replace(new, refused=Status.NOT_ASKED_DEPTH, note=note)
        else:
            yield _checked(new)


def _delegation(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow a delegation: the zone as it sees itself, and each server as a host."""
    zone = seen.subject
    registered = registered_domain(zone)
    if registered is None:
        yield from _top_level(zone, limits)
        return
    own = ask.depth == 0 and ask.role is not Role.HOST and _is_own(ask, zone)
    for kind in ("NS", "SOA", "DS") if own else ("NS", "SOA"):
        yield Ask(subject=zone, type=kind, role=Role.ZONE, depth=ask.depth, via=ask.via)
    if limits.registration:
        yield Ask(subject=registered, type="registration", role=Role.FACT, depth=ask.depth)
        yield from _top_level(zone, limits)
    for index, host in enumerate(seen.values):
        over = index >= limits.fanout
        if own and not limits.recursive and not over:
            for kind in ("SOA", "NS"):
                yield _checked(Ask(subject=zone, type=kind, role=Role.ZONE, server=host), name=host)
        yield from _host(host, ask.depth + 1, over=over)


def _is_own(ask: Ask, zone: str) -> bool:
    """Whether a zone is on the way from the service's own name, not from an alias of it."""
    return not ask.via and is_below(ask.subject, zone)


def _top_level(zone: str, limits: Limits) -> Iterator[Ask]:
    if limits.registration and zone != ".":
        yield Ask(subject=zone.rsplit(".", 1)[-1], type="registry", role=Role.FACT)


def _host(host: str, depth: int, *, over: bool = False) -> Iterator[Ask]:
    for kind in ("A", "AAAA"):
        ask = Ask(subject=host, type=kind, role=Role.HOST, depth=depth)
        if over:
            note = "more hosts in one answer than the budget follows"
            yield replace(ask, refused=Status.NOT_ASKED_BUDGET, note=note)
        else:
            yield _checked(ask)


def _checked(ask: Ask, *, name: str = "") -> Ask:
    """Refuse what is no host name: escapes, IP addresses, oversized labels."""
    text = name or ask.subject
    if len(text) <= 253 and _HOST.fullmatch(text) and not text.rsplit(".", 1)[-1].isdigit():
        return ask
    return replace(ask, refused=Status.MALFORMED, note="not a host name, so it is not looked up")


def _addresses(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow an address: its reverse name, who announces it, and who holds it."""
    kinds = ("PTR", "origin", "holder") if limits.registration else ("PTR", "origin")
    for index, address in enumerate(seen.values):
        for kind in kinds:
            new = Ask(subject=address, type=kind, role=Role.FACT, depth=ask.depth)
            if is_inward(address):
                note = "not a public address"
                new = replace(new, refused=Status.NOT_ASKED_NO_SOURCE, note=note)
            elif index >= limits.fanout:
                note = "more addresses in one answer than the budget follows"
                new = replace(new, refused=Status.NOT_ASKED_BUDGET, note=note)
            yield new


def _glue(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow the glue of a needed zone: its servers are reached there, whatever they say.

    Glue of a top-level domain is its registry's business.
    """
    if seen.zone != ".":
        yield from _addresses(ask, seen, limits)


def _certificate(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Ask a host of the service for its certificate, at the first address that is found."""
    if limits.tls and seen.subject == ask.subject:
        host = ask.via[0] if ask.via else ask.subject
        yield from (
            Ask(subject=host, type="certificate", role=Role.FACT, via=(address, ask.subject))
            for address in seen.values[:1]
        )


def _exchanges(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow mail exchanges as hosts; the null MX (RFC 7505) has none."""
    for index, value in enumerate(seen.values):
        host = value.partition(" ")[2]
        if host != ".":
            yield from _host(host, ask.depth + 1, over=index >= limits.fanout)


def _service_binding(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow HTTPS records that point elsewhere (RFC 9460): their target is a host too."""
    for value in seen.values[: limits.fanout]:
        parts = value.split(" ")
        target = parts[1] if len(parts) > 1 else "."
        if target not in {".", ask.subject}:
            for kind in ("A", "AAAA"):
                via = (*ask.via, ask.subject)
                new = Ask(subject=target, type=kind, role=ask.role, depth=ask.depth, via=via)
                yield _checked(new)


def _policies(ask: Ask, seen: Observation, _limits: Limits) -> Iterator[Ask]:
    """Follow an SPF record to the policies that it includes (RFC 7208)."""
    for term in spf_terms(seen.values):
        if term.name in {"include", "redirect"} and "%" not in term.value:
            yield _checked(Ask(subject=term.value, type="TXT", role=Role.SPF, depth=ask.depth))


def spf_terms(texts: tuple[str, ...]) -> list[spf.Term]:
    """List the terms of an SPF record that cause look-ups (RFC 7208, section 4.6.4).

    Two SPF records are a permanent error (section 4.5), and none is expanded.

    >>> [t.name for t in spf_terms(("v=spf1 mx include:_spf.example.net -all",))]
    ['mx', 'include']
    """
    records = [text for text in texts if spf.is_record(text)]
    if len(records) != 1:
        return []
    return [term for term in spf.terms(records[0]) if term.looks_up]


def _climb(ask: Ask, seen: Observation, _limits: Limits) -> Iterator[Ask]:
    """Climb: CAA is inherited, so where there is none the name above is asked (RFC 8659)."""
    above = ask.subject.partition(".")[2]
    if above and not ask.via and seen.subject == ask.subject:
        yield Ask(subject=above, type="CAA", role=Role.CAA)


def _origin(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow an origin to the name of the AS."""
    for number in seen.fields().get("asn", ())[: limits.fanout]:
        yield Ask(subject=f"AS{number}", type="as", role=Role.FACT, depth=ask.depth)


def _enclosing(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Follow a SOA to its zone: with a resolver there is no referral to learn it from."""
    if limits.recursive and registered_domain(seen.subject) is not None:
        yield Ask(subject=seen.subject, type="NS", role=Role.ZONE, depth=ask.depth)


def _zone_of_host(ask: Ask, seen: Observation, limits: Limits) -> Iterator[Ask]:
    """Look for the zone of a host with a resolver: at its registered domain, and by its SOA."""
    registered = registered_domain(seen.subject)
    if limits.recursive and registered is not None:
        yield Ask(subject=registered, type="NS", role=Role.ZONE, depth=ask.depth)
        # An empty answer names a zone below it, if there is one.
        yield Ask(subject=seen.subject, type="SOA", role=Role.ZONE, depth=ask.depth)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: for which observations it speaks, and what it asks."""

    types: tuple[str, ...]
    roles: frozenset[Role]
    statuses: tuple[Status, ...]
    sections: tuple[str, ...]
    row: Row


_ANSWER = (Status.ANSWER,)
_EMPTY = (Status.NODATA, Status.NXDOMAIN)

TABLE: tuple[Rule, ...] = (
    Rule(("CNAME",), _ALL - {Role.HINT, Role.FACT}, _ANSWER, ("answer",), _alias),
    Rule(("NS",), _NEEDED, _ANSWER, ("authority", "answer"), _delegation),
    Rule(("A", "AAAA"), _HOSTS, _ANSWER, ("answer",), _addresses),
    Rule(("A", "AAAA"), _NEEDED, _ANSWER, ("additional",), _glue),
    Rule(("A", "AAAA"), _HOSTS, (*_ANSWER, *_EMPTY), ("answer",), _zone_of_host),
    Rule(("A", "AAAA"), frozenset({Role.SERVICE}), _ANSWER, ("answer",), _certificate),
    Rule(("MX",), frozenset({Role.MAIL}), _ANSWER, ("answer",), _exchanges),
    Rule(("HTTPS",), _HOSTS, _ANSWER, ("answer",), _service_binding),
    Rule(("TXT",), frozenset({Role.MAIL, Role.SPF}), _ANSWER, ("answer",), _policies),
    Rule(("CAA",), frozenset({Role.CAA}), _EMPTY, ("answer",), _climb),
    Rule(("SOA",), _NEEDED, _ANSWER, ("authority", "answer"), _enclosing),
    Rule(("origin",), frozenset({Role.FACT}), _ANSWER, ("answer",), _origin),
)


def follow_ups(ask: Ask, seen: Observation, limits: Limits) -> list[Ask]:
    """List the questions that follow from an observation, in the light of what was asked.

    Parameters
    ----------
    ask
        The question in whose course the observation was made.
    seen
        The observation: its answer, or a referral met on the way.
    """
    out: list[Ask] = []
    for rule in TABLE:
        if (
            seen.type in rule.types
            and ask.role in rule.roles
            and seen.status in rule.statuses
            and seen.section in rule.sections
        ):
            out += rule.row(ask, seen, limits)
    return out


def reverse_name(address: str) -> str:
    """Give the name under which an address is looked up in reverse (RFC 1035, RFC 3596).

    >>> reverse_name("192.0.2.5")
    '5.2.0.192.in-addr.arpa'
    """
    return ipaddress.ip_address(address).reverse_pointer

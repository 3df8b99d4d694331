"""Which questions follow from an observation: a pure table, tested without a socket.

The rules of :data:`TABLE` are tried on each observation, in the light of the question in whose
course it was made. A rule says for which *purposes* and record types it holds, and returns new
questions. It need not care who can answer them: a question that no source of the collection
answers is not begun (:mod:`depgraph.collect.run`). The purposes, and what is asked of each
function at the start, are rows of :mod:`depgraph.vocabulary`.

=========  ============================================================================
purpose    why a question is asked
=========  ============================================================================
service    the name itself, ``www``, and what they are aliases of
host       a name server, mail exchange or other host that is needed
zone       NS, SOA and DS of a zone that is needed, SOA of each of its servers; its keys, if
           it is signed
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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, replace
from itertools import islice

from depgraph.addresses import is_inward
from depgraph.limits import note_of
from depgraph.names import is_below, parents, registered_domain
from depgraph.observations import Observation, Status
from depgraph.records import spf
from depgraph.records.bindings import bindings
from depgraph.records.rdata import address as read_address
from depgraph.vocabulary import FUNCTIONS, Function, FunctionRow, Limit, Purpose

Key = tuple[str, str, Purpose, str, str, bool, tuple[str, ...], Status | None]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be asked, and why.

    Parameters
    ----------
    subject, type
        As in an observation.
    purpose
        Why (:class:`depgraph.vocabulary.Purpose`); it decides what follows from the answer.
    depth
        Steps of transitive trust from the service.
    server
        Host name of the one server it is put to; empty leaves the choice open.
    zone
        With `server`: the zone as whose authority it is asked.
    aliases
        The alias chain that led to the subject; for a certificate, that leads from the subject
        to the owner of `address`.
    address
        Address to contact, for a certificate.
    refused
        If set, the question is not put, and this is recorded instead, with `note`.
    negative
        A negative answer, for which a second server of its zone is asked.
    behind
        Names of the same domain in the same answer: if none of these exists, it is not asked.
    """

    subject: str
    type: str
    purpose: Purpose
    _: KW_ONLY
    depth: int = 0
    server: str = ""
    zone: str = ""
    aliases: tuple[str, ...] = ()
    address: str = ""
    refused: Status | None = None
    note: str = ""
    negative: Observation | None = None
    behind: tuple[str, ...] = ()

    @property
    def chain(self) -> tuple[str, ...]:
        """The alias chain with the subject at its end."""
        return (*self.aliases, self.subject)

    @property
    def key(self) -> Key:
        """What makes two questions the same."""
        whom = (self.server, self.zone, self.negative is not None)
        return (self.subject, self.type, self.purpose, *whom, self.behind, self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the plan needs to know of the collection.

    Parameters
    ----------
    fanout
        Values followed from one answer.
    kin, trial
        Hosts of one registered domain followed from one answer of another's zone: in all, and
        before it is known that one of them exists.
    chain
        Aliases followed one after the other.
    recursive
        Whether a recursive resolver is asked, which shows no delegations.
    signed
        Whether there is a trust anchor, so that keys of zones are worth asking for.
    """

    fanout: int = 32
    kin: int = 13
    trial: int = 2
    chain: int = 12
    recursive: bool = False
    signed: bool = True


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


def first_questions(name: str, hosts: Iterable[str] = ()) -> list[Question]:
    """List the questions that need no earlier answer.

    Parameters
    ----------
    name
        The service's name.
    hosts
        Other host names that it is offered under.

    >>> [q.type for q in first_questions("example.org") if q.subject == "www.example.org"]
    ['A', 'AAAA', 'HTTPS', 'CAA']
    """
    # What most depends on comes first, for questions are put in this order.
    of_functions = _of_functions(name, hosts)
    questions = [one for one in of_functions if one.purpose is Purpose.SERVICE]
    # The zones of routes and of reverse names will be needed whatever the answers are, so the
    # way to their servers is looked up at once.
    questions += [Question(zone, "NS", Purpose.FACT) for zone in ("asn.cymru.com", "in-addr.arpa")]
    questions += [one for one in of_functions if one.purpose is not Purpose.SERVICE]
    questions += [
        Question(f"_dmarc.{name}", "TXT", Purpose.HINT),
        Question(f"_mta-sts.{name}", "TXT", Purpose.HINT),
        Question(f"autodiscover.{name}", "A", Purpose.HINT),
        Question(f"_autodiscover._tcp.{name}", "SRV", Purpose.HINT),
    ]
    questions += [
        Question(f"{selector}._domainkey.{name}", kind, Purpose.HINT)
        for selector, kind, _ in DKIM_SELECTORS
    ]
    for zone in parents(name):
        if zone != ".":
            questions += [Question(zone, kind, Purpose.ZONE) for kind in _zone_types(zone, name)]
    registered = registered_domain(name)
    if registered is not None:
        questions.append(Question(registered, "registration", Purpose.FACT))
        questions += _registry(name)
    return questions


def _of_functions(name: str, hosts: Iterable[str]) -> list[Question]:
    """List what the functions of a service ask of their names, type by type."""
    places: list[tuple[str, FunctionRow]] = []
    for row in FUNCTIONS.values():
        if not row.label:
            places.append((name, row))
        elif not name.startswith(f"{row.label}."):
            places.insert(0, (row.name_at(name), row))
    places += [(host, FUNCTIONS[Function.WEB]) for host in hosts]
    longest = max(len(row.asks) for _, row in places)
    return [
        Question(host, *row.asks[place])
        for place in range(longest)
        for host, row in places
        if place < len(row.asks)
    ]


def _zone_types(zone: str, name: str) -> tuple[str, ...]:
    """Return what is asked of a possible zone at the start.

    Below the registered domain a zone is asked about only where a delegation shows one.
    """
    registered = registered_domain(name)
    if registered is not None and zone != registered and is_below(zone, registered):
        return ()
    return ("NS", "SOA", "DS")


_VALIDATED = 1  # steps from the service up to which keys are asked for: to its mail exchanges

Follow = Callable[[Question, Observation, Limits], Iterator[Question]]


def _alias(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow an alias: its target is asked the same."""
    if question.type == "CNAME" or observation.subject != question.subject:
        return
    chain = question.chain
    for target in observation.values[:1]:
        follow_up = replace(
            question, subject=target, aliases=chain, server="", zone="", negative=None
        )
        if target in chain:
            note = f"the aliases {' -> '.join((*chain, target))} lead in a circle"
            yield replace(follow_up, refused=Status.LOOP, note=note)
        elif len(chain) > limits.chain:
            note = note_of(Limit.ALIASES, limits.chain)
            yield replace(follow_up, refused=Status.NOT_ASKED_DEPTH, note=note)
        else:
            yield _checked(follow_up)


def _delegation(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow a delegation: the zone as it sees itself, and each server as a host."""
    zone = observation.subject
    depth = question.depth
    registered = registered_domain(zone)
    if registered is None:
        yield from _registry(zone)
        return
    of_service = (
        depth == 0 and question.purpose is not Purpose.HOST and _encloses_subject(zone, question)
    )
    # With a resolver the DS records come with no referral, also for those of an alias.
    signed = of_service or (limits.recursive and depth <= _VALIDATED)
    for kind in ("NS", "SOA", "DS") if signed else ("NS", "SOA"):
        yield Question(zone, kind, Purpose.ZONE, depth=depth, aliases=question.aliases)
    yield Question(registered, "registration", Purpose.FACT, depth=depth)
    yield from _registry(zone)
    for one in _hosts(zone, observation.values, limits):
        if not limits.recursive:
            for kind in ("SOA", "NS") if of_service else ("SOA",):
                yield one.followed(
                    Question(zone, kind, Purpose.ZONE, depth=depth, server=one.name, zone=zone)
                )
        yield from _host(one, depth + 1)


def _keys(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Ask for the keys of a signed zone in which a name of the service or its mail host lies.

    A resolver shows no referrals, and so no DS records of the zones above.
    """
    zone = observation.subject
    if not limits.signed or question.depth > _VALIDATED:
        return
    depth, aliases = question.depth, question.aliases
    yield Question(zone, "DNSKEY", Purpose.ZONE, depth=depth, aliases=aliases)
    above = zone.partition(".")[2]
    if limits.recursive and above:
        yield Question(above, "DS", Purpose.ZONE, depth=depth, aliases=aliases)


def _at_each_server(
    question: Question, observation: Observation, limits: Limits
) -> Iterator[Question]:
    """Put the questions that carry the verdict to each server of the zones of the service.

    Which of them a client asks is a matter of chance, so what one server says is not what all
    of its zone say.
    """
    zone = observation.subject
    own = question.type in _VERDICT and not (question.aliases or question.server)
    if not own or limits.recursive or registered_domain(zone) is None:
        return
    for one in _hosts(zone, observation.values, limits):
        if not one.excess:
            yield one.followed(replace(question, server=one.name, zone=zone))


def _confirm(question: Question, observation: Observation, _limits: Limits) -> Iterator[Question]:
    """Ask a second server where the first says that there is nothing, for that may settle much.

    A resolver's negative answer has no zone: it is the resolver's to have asked enough servers.
    """
    first = not (question.server or question.negative)
    if first and observation.zone and observation.subject == question.subject:
        yield replace(question, negative=observation)


def _unregistered(
    question: Question, observation: Observation, _limits: Limits
) -> Iterator[Question]:
    """Ask who registered the domain of a name that does not exist: if nobody did, anyone may.

    Where a server of the domain itself says so, the domain is registered.
    """
    registered = registered_domain(observation.subject)
    zone = observation.zone
    if registered is not None and not (zone and is_below(zone, registered)):
        yield Question(registered, "registration", Purpose.FACT, depth=question.depth)


def _encloses_subject(zone: str, question: Question) -> bool:
    """Whether a zone is on the way from the service's own name, not from an alias of it."""
    return not question.aliases and is_below(question.subject, zone)


def _registry(zone: str) -> Iterator[Question]:
    """Ask who runs the top-level domain of a zone."""
    if zone != ".":
        yield Question(zone.rsplit(".", 1)[-1], "registry", Purpose.FACT)


@dataclass(frozen=True, slots=True)
class _Host:
    """A host that an answer names, and how far it is followed.

    Parameters
    ----------
    excess
        Whether it is one too many to follow.
    behind
        See :class:`Question`.
    """

    name: str
    excess: bool = False
    behind: tuple[str, ...] = ()

    def followed(self, question: Question) -> Question:
        """Return a question about the host, or to it; refused if it is not to be followed."""
        if self.excess:
            note = note_of(Limit.HOSTS)
            return replace(question, refused=Status.NOT_ASKED_BUDGET, note=note)
        return _checked(replace(question, behind=self.behind), name=self.name)


def _host(host: _Host, depth: int) -> Iterator[Question]:
    """Ask for the addresses of a host; in excess of the fan-out, say that they are not asked."""
    for kind in ("A", "AAAA"):
        yield host.followed(Question(host.name, kind, Purpose.HOST, depth=depth))


def _hosts(owner: str, hosts: Iterable[str], limits: Limits) -> Iterator[_Host]:
    """Iterate over the hosts of one answer, each with how far it is followed.

    One answer costs who gives it nothing, and those in whose domain the hosts are a question or
    two for each. What is too many is told for as many again; of more, nothing is recorded.
    """
    own = registered_domain(owner)
    kin: dict[str, list[str]] = {}
    for index, host in enumerate(islice(hosts, 2 * limits.fanout)):
        domain = registered_domain(host) or host
        others = kin.setdefault(domain, []) if domain != own else []
        behind = tuple(others[: limits.trial]) if len(others) >= limits.trial else ()
        yield _Host(host, index >= limits.fanout or len(others) >= limits.kin, behind)
        others.append(host)


def _checked(question: Question, *, name: str = "") -> Question:
    """Refuse what is no host name: escapes, IP addresses, oversized labels."""
    text = name or question.subject
    if len(text) <= 253 and _HOST.fullmatch(text) and not text.rsplit(".", 1)[-1].isdigit():
        return question
    note = "not a host name, so it is not looked up"
    return replace(question, refused=Status.MALFORMED, note=note)


def _addresses(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow an address: its reverse name, who announces it, and who holds it."""
    values = (read_address(value) for value in observation.values[: 2 * limits.fanout])
    for index, address in enumerate(filter(None, values)):
        for kind in ("PTR", "origin", "holder"):
            fact = Question(address, kind, Purpose.FACT, depth=question.depth)
            if is_inward(address):
                note = "not a public address"
                fact = replace(fact, refused=Status.NOT_ASKED_NO_SOURCE, note=note)
            elif index >= limits.fanout:
                note = note_of(Limit.ADDRESSES)
                fact = replace(fact, refused=Status.NOT_ASKED_BUDGET, note=note)
            yield fact


def _glue(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow the glue of a needed zone: its servers are reached there, whatever they say.

    Of the servers of the top-level domain that the service is in, which glue in the root gives,
    only the networks are asked for; of those of others nothing.
    """
    if observation.zone != ".":
        yield from _addresses(question, observation, limits)
    elif question.depth == 0 and question.purpose is not Purpose.FACT and not question.aliases:
        for fact in _addresses(question, observation, limits):
            if fact.type == "origin":
                yield fact


def _certificate(
    question: Question, observation: Observation, _limits: Limits
) -> Iterator[Question]:
    """Ask for the certificate of a host of the service, at the first address of its answer."""
    if observation.subject == question.subject:
        chain = question.chain
        for address in observation.values[:1]:
            yield Question(
                chain[0],
                "certificate",
                Purpose.FACT,
                aliases=chain,
                address=address,
            )


def _exchanges(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow mail exchanges as hosts; the null MX (RFC 7505) has none."""
    hosts = (value.partition(" ")[2] for value in observation.values)
    for one in _hosts(observation.subject, hosts, limits):
        if one.name != ".":
            yield from _host(one, question.depth + 1)


def _service_binding(
    question: Question, observation: Observation, limits: Limits
) -> Iterator[Question]:
    """Follow HTTPS records (RFC 9460): their target is a host too, the addresses hinted at are met."""
    several = bindings(observation.subject, observation.values)
    for one in _hosts(observation.subject, (one.target for one in several), limits):
        if one.name != question.subject and not one.excess:
            for kind in ("A", "AAAA"):
                yield one.followed(
                    replace(question, subject=one.name, type=kind, aliases=question.chain)
                )
    hints = tuple(dict.fromkeys(hint for one in several for hint in one.hints))
    yield from _addresses(question, replace(observation, values=hints), limits)


def _policies(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow an SPF record to the policies that a receiver would come to (RFC 7208)."""
    named = [
        term.value
        for term in spf.reached(observation.values)
        if term.name in {"include", "redirect"} and not term.has_macro
    ]
    for one in _hosts(observation.subject, named, limits):
        yield one.followed(Question(one.name, "TXT", Purpose.SPF, depth=question.depth))


def _climb(question: Question, observation: Observation, _limits: Limits) -> Iterator[Question]:
    """Climb: CAA is inherited, so where there is none the name above is asked (RFC 8659)."""
    above = question.subject.partition(".")[2]
    if above and not question.aliases and observation.subject == question.subject:
        yield Question(above, "CAA", Purpose.CAA)


def _origin(question: Question, observation: Observation, limits: Limits) -> Iterator[Question]:
    """Follow an origin to the name of the AS."""
    for number in observation.fields().get("asn", ())[: limits.fanout]:
        yield Question(f"AS{number}", "as", Purpose.FACT, depth=question.depth)


def _primary(question: Question, observation: Observation, _limits: Limits) -> Iterator[Question]:
    """Ask for the server that the SOA of a zone of the service names as the primary."""
    zone = observation.subject
    of_service = question.depth == 0 and _encloses_subject(zone, question)
    if of_service and registered_domain(zone) is not None:
        for value in observation.values[:1]:
            yield from _host(_Host(value.partition(" ")[0].rstrip(".")), question.depth + 1)


def _enclosing_zone(
    question: Question, observation: Observation, limits: Limits
) -> Iterator[Question]:
    """Follow a SOA to its zone, where there was no referral to learn it from.

    With a resolver there is none; nor from a server that has the zone and the one above it.
    """
    unseen = limits.recursive or observation.section == "authority"
    if unseen and registered_domain(observation.subject) is not None:
        yield Question(observation.subject, "NS", Purpose.ZONE, depth=question.depth)


def _zone_of_host(
    question: Question, observation: Observation, limits: Limits
) -> Iterator[Question]:
    """Look for the zone of a host with a resolver: at its registered domain, and by its SOA."""
    host, depth = observation.subject, question.depth
    registered = registered_domain(host)
    if limits.recursive and registered is not None:
        yield Question(registered, "NS", Purpose.ZONE, depth=depth)
        # An empty answer names a zone below it, if there is one.
        yield Question(host, "SOA", Purpose.ZONE, depth=depth)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: for which observations it holds, and which questions follow.

    Parameters
    ----------
    types, statuses, sections
        Of the observation.
    purposes
        Of the question in whose course it was made.
    follow
        Returns the questions that follow.
    """

    types: tuple[str, ...]
    purposes: frozenset[Purpose]
    statuses: tuple[Status, ...]
    sections: tuple[str, ...]
    follow: Follow


_NEEDED = frozenset({Purpose.SERVICE, Purpose.HOST, Purpose.ZONE})
_HOSTS = frozenset({Purpose.SERVICE, Purpose.HOST})
_SERVICE = frozenset({Purpose.SERVICE})
_VALIDATABLE = _NEEDED | {Purpose.MAIL}
_MAIL = frozenset({Purpose.MAIL})
_OWN = _SERVICE | _MAIL
_POLICIES = frozenset({Purpose.MAIL, Purpose.SPF})
_CAA = frozenset({Purpose.CAA})
_FACT = frozenset({Purpose.FACT})
_ALIASED = frozenset(Purpose) - {Purpose.HINT, Purpose.FACT}
_ANSWER = (Status.ANSWER,)
_EMPTY = (Status.NODATA, Status.NXDOMAIN)
_POINTED_AT = _HOSTS | {Purpose.SPF}
_VERDICT = frozenset({"A", "AAAA", "MX"})  # beside SOA and NS, what a zone's servers may differ in

TABLE: tuple[Rule, ...] = (
    Rule(("CNAME",), _ALIASED, _ANSWER, ("answer",), _alias),
    Rule(("NS",), _NEEDED, _ANSWER, ("authority", "answer"), _delegation),
    Rule(("DS",), _VALIDATABLE, _ANSWER, ("authority", "answer"), _keys),
    Rule(("NS",), _OWN, _ANSWER, ("authority", "answer"), _at_each_server),
    Rule(("A", "AAAA"), _HOSTS, _EMPTY, ("answer",), _confirm),
    Rule(("MX",), _MAIL, _EMPTY, ("answer",), _confirm),
    Rule(("A", "AAAA"), _HOSTS, _ANSWER, ("answer",), _addresses),
    Rule(("A", "AAAA"), _NEEDED, _ANSWER, ("additional",), _glue),
    Rule(("A", "AAAA"), _HOSTS, (*_ANSWER, *_EMPTY), ("answer",), _zone_of_host),
    Rule(("A", "AAAA"), _SERVICE, _ANSWER, ("answer",), _certificate),
    Rule(("MX",), _MAIL, _ANSWER, ("answer",), _exchanges),
    Rule(("A", "AAAA", "TXT"), _POINTED_AT, (Status.NXDOMAIN,), ("answer",), _unregistered),
    Rule(("HTTPS",), _HOSTS, _ANSWER, ("answer",), _service_binding),
    Rule(("TXT",), _POLICIES, _ANSWER, ("answer",), _policies),
    Rule(("CAA",), _CAA, _EMPTY, ("answer",), _climb),
    Rule(("SOA",), _NEEDED, _ANSWER, ("authority", "answer"), _enclosing_zone),
    Rule(("SOA",), _NEEDED, _ANSWER, ("answer",), _primary),
    Rule(("origin",), _FACT, _ANSWER, ("answer",), _origin),
)


def follow_ups(question: Question, observation: Observation, limits: Limits) -> list[Question]:
    """List the questions that follow from an observation, in the light of what was asked.

    Parameters
    ----------
    question
        The question in whose course the observation was made.
    observation
        Its answer, or a referral met on the way.
    limits
        Of the collection.

    Returns
    -------
    list of Question
        In the order in which they are to be put.
    """
    questions: list[Question] = []
    for rule in TABLE:
        if (
            observation.type in rule.types
            and question.purpose in rule.purposes
            and observation.status in rule.statuses
            and observation.section in rule.sections
        ):
            questions += rule.follow(question, observation, limits)
    return questions


def reverse_name(address: str) -> str:
    """Return the name under which an address is looked up in reverse (RFC 1035, RFC 3596).

    >>> reverse_name("192.0.2.5")
    '5.2.0.192.in-addr.arpa'
    """
    return ipaddress.ip_address(address).reverse_pointer

"""Every closed list of words that depgraph uses, each with what the code looks up about it.

A word is a member of an enumeration; a *row* says the rest: what a kind of node needs, which
lever an edge stands for, what an unknown at its end can hide. Nothing else in depgraph keeps
a table or an order of these words. An enumeration whose rows are not complete is an error
when this module is imported, and a word of a graph that is not listed is an error of
:func:`depgraph.validate`: there are no defaults.

A newcomer adds a function, a level, a layer, a lever or a source by adding its row here, and
its name in each language (:mod:`depgraph.texts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, Self, TypeAlias, TypeVar
from urllib.parse import unquote

# --- How we know, and how sure we are ------------------------------------------------------


class Evidence(StrEnum):
    """How a fact is known, from the best class to the least.

    Only observed, published and reported facts stand in recordings; the others are conclusions.
    """

    DEFINITION = "definition"  # it holds by definition: a host name lies in its zone
    OBSERVED = "observed"  # a DNS, RDAP, WHOIS, routing or TLS answer
    PUBLISHED = "published"  # the operator's own document
    INFERRED = "inferred"  # a rule of ours, applied to one of the other classes
    REPORTED = "reported"  # press, court filing, company statement, with a citation
    UNKNOWN = "unknown"  # asked or searched for, and not known

    @cached_property
    def rank(self) -> int:
        """Place in the order above; 0 is the best."""
        return _rank(self)


class Confidence(StrEnum):
    """How sure a step is, from the surest to the least.

    ``certain``
        Observed, published, by definition, an uncontested report, or a strong rule.
    ``likely``
        A fair rule, a rule whose measured share of right answers is at least
        :data:`LIKELY_SHARE`, or a catalogue row that no public document confirms yet.
    ``possible``
        A weak rule. Alone it decides nothing.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @cached_property
    def rank(self) -> int:
        """Place in the order above; 0 is the surest."""
        return _rank(self)

    def weaker_than(self, other: Confidence) -> bool:
        """Tell whether this is less sure than another."""
        return self.rank > other.rank

    def with_(self, other: Confidence) -> Confidence:
        """Return the less sure of this and another: how sure a step is that rests on both."""
        return other if other.rank > self.rank else self


ConfidenceWord: TypeAlias = Literal["certain", "likely", "possible"]
LIKELY_SHARE: Final = 0.95
"""Measured share of right answers from which a weak rule makes a step likely."""


class Strength(StrEnum):
    """Whether a node needs what an edge leads to, or only meets it on one of its paths."""

    NEEDS = "needs"
    EXPOSES = "exposes"


def weakest_evidence(classes: Iterable[str]) -> Evidence:
    """Return the weakest of some evidence classes; by definition where there is none.

    >>> weakest_evidence(["published", "reported", "inferred"]).value
    'reported'
    """
    return max(map(Evidence, classes), key=_rank, default=Evidence.DEFINITION)


def least_sure(words: Iterable[str]) -> Confidence:
    """Return the least sure of some confidences; certain where there is none.

    >>> least_sure(["certain", "likely"]).value
    'likely'
    """
    return max(map(Confidence, words), key=_rank, default=Confidence.CERTAIN)


def most_sure(words: Iterable[str]) -> Confidence:
    """Return the surest of some confidences, of which there must be one.

    >>> most_sure(["certain", "likely"]).value
    'certain'
    """
    return min(map(Confidence, words), key=_rank)


class Security(StrEnum):
    """What DNSSEC says of a zone or a record set (RFC 4035, section 4.3), from good to bad."""

    SECURE = "secure"
    INSECURE = "insecure"  # it is proven that nothing signs it, or nothing that we can check
    UNKNOWN = "unknown"  # "indeterminate": something that decides was not recorded
    BOGUS = "bogus"  # it should be signed, and no signature holds


# --- Levels --------------------------------------------------------------------------------


class Level(StrEnum):
    """At which level actors are told apart; each is a kind of node."""

    PROVIDER = "provider"
    COMPANY = "company"
    COUNTRY = "country"
    ASN = "asn"
    PREFIX = "prefix"
    ADDRESS = "address"
    NAMESERVER = "nameserver"


LevelWord: TypeAlias = Literal[
    "provider", "company", "country", "asn", "prefix", "address", "nameserver"
]
PARTIES: Final = frozenset({Level.PROVIDER, Level.COMPANY, Level.COUNTRY})
"""Levels at which somebody acts; at the others a piece of infrastructure fails."""

_PARTY: Final = (Level.PROVIDER, Level.COMPANY, Level.COUNTRY)
_NETWORK: Final = (*_PARTY, Level.ASN)
_ALL: Final = tuple(Level)


# --- Clients -------------------------------------------------------------------------------


class Family(StrEnum):
    """Over which families of addresses a client, and the resolver that it asks, reach others."""

    DUAL = "dual"
    IPV4 = "ipv4"
    IPV6 = "ipv6"  # without NAT64


class ClientWord(StrEnum):
    """For whom alone an edge counts (its attribute `clients`)."""

    VALIDATING = "validating"  # who asks a resolver that validates (RFC 4035)
    SVCB = "svcb"  # who follows SVCB and HTTPS records (RFC 9460)


class Steering(StrEnum):
    """What is assumed of an operator who gives different clients different answers."""

    NONE = "none"  # each goes on getting the answer of its place
    ASSUMED = "assumed"  # it leads them to what still works


SteeringWord: TypeAlias = Literal["none", "assumed"]

# --- Levers --------------------------------------------------------------------------------


class Power(StrEnum):
    """What one who is on a path can do there."""

    READ = "read"
    REDIRECT = "redirect"
    REFUSE = "refuse"


class Lever(StrEnum):
    """What an actor does to stop a function."""

    SUSPEND = "suspend"  # the registrar sets clientHold (RFC 5731)
    DELETE = "delete"  # the registrar deletes the name (RFC 5731), which then leaves the zone
    HOLD = "hold"  # the registry, or who runs it for the sponsor, sets serverHold (RFC 5731)
    ORDER_HOLD = "order-hold"  # the sponsor of a registry has its back-end do so
    STOP_DNS = "stop-dns"
    STOP_SIGNED_DNS = "stop-signed-dns"  # of one who answers for a signed zone, and lacks its keys
    LET_LAPSE = "let-lapse"  # who holds the keys of a zone lets its signatures lapse (RFC 4034)
    DROP_FRONT = "drop-front"
    EVICT = "evict"
    STOP_SERVING = "stop-serving"  # of an operator of whom nobody says whether it hosts or fronts
    WITHDRAW_NETWORK = "withdraw-network"
    WITHDRAW_ADDRESSES = "withdraw-addresses"
    REVOKE_ADDRESSES = "revoke-addresses"
    STOP_MAIL = "stop-mail"
    SEND_AS = "send-as"  # decide who may send mail in a name, and whose is refused (SPF)
    REFUSE_CERTIFICATE = "refuse-certificate"
    REMOVE_APP = "remove-app"  # a store takes an app out; copies that are installed stay
    CUT_THIRD_PARTY = "cut-third-party"  # a third party no longer does a step for the service


DAY: Final = 86_400.0
DAYS: Final = 5 * DAY
"""Seconds that *days* stand for: the CA/Browser Forum's Baseline Requirements (section
4.9.1.1) have a certificate revoked within five days; the same is taken for a holder that
withdraws its addresses."""
WEEKS: Final = 34 * DAY
"""Seconds that *weeks* stand for: from LACNIC's announcement in January 2021 that it would
revoke 8,192 addresses of DDoS-Guard to the day set for it."""


@dataclass(frozen=True, slots=True)
class LeverRow:
    """What is known of a lever.

    Parameters
    ----------
    powers
        What its owner can do on a path. A front ends TLS and reads; a network moves packets
        that are encrypted; a registrar or DNS operator changes where a name leads. What a
        certificate authority could forge would take a redirection by somebody else as well,
        and is not counted.
    delay
        Seconds after which it works, records in caches apart.
    validating
        What its owner can do to clients that validate, where that is less.
    """

    powers: tuple[Power, ...]
    delay: float = 0.0
    validating: tuple[Power, ...] | None = None


_EVERY_POWER: Final = (Power.READ, Power.REDIRECT, Power.REFUSE)
_NO_READING: Final = (Power.REDIRECT, Power.REFUSE)
_REFUSING: Final = (Power.REFUSE,)

LEVERS: Final[Mapping[Lever, LeverRow]] = MappingProxyType(
    {
        Lever.SUSPEND: LeverRow(_NO_READING),
        Lever.DELETE: LeverRow(_REFUSING),
        Lever.HOLD: LeverRow(_NO_READING),
        Lever.ORDER_HOLD: LeverRow(_NO_READING),
        Lever.STOP_DNS: LeverRow(_NO_READING),
        Lever.STOP_SIGNED_DNS: LeverRow(_NO_READING, validating=_REFUSING),
        Lever.LET_LAPSE: LeverRow(_REFUSING),  # its delay is what the signatures leave
        Lever.DROP_FRONT: LeverRow(_EVERY_POWER),
        Lever.EVICT: LeverRow(_EVERY_POWER),
        Lever.STOP_SERVING: LeverRow(_EVERY_POWER),
        Lever.WITHDRAW_NETWORK: LeverRow(_NO_READING),
        Lever.WITHDRAW_ADDRESSES: LeverRow(_REFUSING, DAYS),
        Lever.REVOKE_ADDRESSES: LeverRow(_REFUSING, WEEKS),
        Lever.STOP_MAIL: LeverRow(_EVERY_POWER),
        Lever.SEND_AS: LeverRow(_REFUSING),
        Lever.REFUSE_CERTIFICATE: LeverRow(_REFUSING, DAYS),
        Lever.REMOVE_APP: LeverRow(_REFUSING),
        Lever.CUT_THIRD_PARTY: LeverRow((Power.READ, Power.REFUSE)),
    }
)


class Onset(StrEnum):
    """When a lever works, from the quickest to the slowest."""

    AT_ONCE = "at-once"
    TTL = "after-ttl"
    TTL_UNOBSERVED = "after-ttl-unobserved"
    LAPSE = "after-lapse"
    DAYS = "days"
    EXPIRE = "after-expire"  # secondaries stop when they had nothing from their primary for so long
    WEEKS = "weeks"
    UNKNOWN = "unknown"  # a lock has to be lifted first, and nobody says how long that takes


# --- Layers --------------------------------------------------------------------------------


class Part(StrEnum):
    """Which part of a service something belongs to: what a walk from a function is inside of."""

    WEB = "web"
    FRONT = "front"
    MAIL = "mail"
    MAILBOX = "mailbox"
    DNS = "dns"
    REGISTRY = "registry"  # the name servers of a top-level domain
    CERTIFICATE = "certificate"
    APP = "app"
    THIRD_PARTY = "third-party"


class Layer(StrEnum):
    """Who does what for a function, in the order in which a reader meets it."""

    INVOLVEMENT = "involvement"
    FRONT = "front"
    SERVING = "serving"  # host or front: an operator of whom nobody says which
    HOST = "host"
    NETWORK = "network"
    TRANSIT = "transit"
    BLOCK = "block"
    ALLOCATION = "allocation"
    APP = "app"  # the stores from which its app is had
    THIRD_PARTY = (
        "third-party"  # a step that another does (SMS, login, payment), or a part of a page
    )
    MAIL = "mail"
    MAILBOX = "mailbox"
    MAIL_NETWORK = "mail-network"
    MAIL_BLOCK = "mail-block"
    MAIL_ALLOCATION = "mail-allocation"
    CERTIFICATE = "certificate"
    DNS = "dns"
    DNS_NETWORK = "dns-network"
    DNS_BLOCK = "dns-block"
    DNS_ALLOCATION = "dns-allocation"
    SIGNING = "signing"
    REGISTRAR = "registrar"
    REGISTRY = "registry"
    BACKEND = "back-end"
    REGISTRY_DNS = "registry-dns"

    @cached_property
    def rank(self) -> int:
        """Place in the order above."""
        return _rank(self)

    @property
    def shared(self) -> bool:
        """Whether it is the same for every name below a top-level domain."""
        return self in {Layer.REGISTRY, Layer.BACKEND, Layer.REGISTRY_DNS}

    @property
    def brief(self) -> bool:
        """Whether short answers show it (a claim, a timeline, a strip), and not only the report."""
        return self in _BRIEF


_BRIEF: Final = frozenset(
    {
        Layer.INVOLVEMENT,
        Layer.FRONT,
        Layer.SERVING,
        Layer.HOST,
        Layer.NETWORK,
        Layer.TRANSIT,
        Layer.APP,
        Layer.THIRD_PARTY,
        Layer.MAIL,
        Layer.MAILBOX,
        Layer.CERTIFICATE,
        Layer.DNS,
        Layer.REGISTRAR,
        Layer.REGISTRY,
        Layer.BACKEND,
    }
)

OPERATED: Final[Mapping[Part, Layer]] = MappingProxyType(
    {
        Part.WEB: Layer.HOST,
        Part.FRONT: Layer.FRONT,
        Part.MAIL: Layer.MAIL,
        Part.MAILBOX: Layer.MAILBOX,
        Part.DNS: Layer.DNS,
        Part.REGISTRY: Layer.REGISTRY_DNS,
        Part.CERTIFICATE: Layer.CERTIFICATE,
        Part.APP: Layer.APP,
        Part.THIRD_PARTY: Layer.THIRD_PARTY,
    }
)
"""The layer of one who operates something in a part."""

REPORTED_ONLY: Final = (Layer.APP, Layer.THIRD_PARTY)
"""Layers that no record of the DNS tells of: where nobody reports on them, nobody has looked."""
UNTOLD: Final = frozenset({*REPORTED_ONLY, Layer.TRANSIT})
"""Layers of which an empty one says nothing: that nobody is named there is no observation."""

BELOW: Final[Mapping[Part, Mapping[Layer, Layer]]] = MappingProxyType(
    {
        Part.DNS: {
            Layer.NETWORK: Layer.DNS_NETWORK,
            Layer.BLOCK: Layer.DNS_BLOCK,
            Layer.ALLOCATION: Layer.DNS_ALLOCATION,
        },
        Part.MAIL: {
            Layer.NETWORK: Layer.MAIL_NETWORK,
            Layer.BLOCK: Layer.MAIL_BLOCK,
            Layer.ALLOCATION: Layer.MAIL_ALLOCATION,
        },
        # Of the servers of a top-level domain it is one layer whatever they stand on.
        Part.REGISTRY: dict.fromkeys(
            (Layer.DNS, Layer.NETWORK, Layer.BLOCK, Layer.ALLOCATION), Layer.REGISTRY_DNS
        ),
    }
)
"""The layer of a network or block, where it carries name servers or exchanges and not the web."""

PEERS: Final[Mapping[Part, tuple[Layer, ...]]] = MappingProxyType(
    {
        Part.WEB: (Layer.FRONT, Layer.SERVING, Layer.HOST),
        Part.MAIL: (Layer.MAIL, Layer.MAILBOX),
    }
)
"""Layers of a part of which nobody can say which one somebody unknown stands in."""

UNDECIDED: Final[Mapping[Layer, tuple[Layer, ...]]] = MappingProxyType(
    {Layer.SERVING: (Layer.FRONT, Layer.HOST)}
)
"""Layers that leave open which of two others an actor stands in."""
_CARRYING: Final = (Layer.NETWORK, Layer.BLOCK, Layer.ALLOCATION)
"""Layers of what an address stands on, as the web calls them: see :data:`BELOW`."""


# --- What can be unknown ----------------------------------------------------------------


class What(StrEnum):
    """What an unknown node is, of the name in its attribute `of`."""

    ADDRESSES = "addresses"
    IPV4_ADDRESSES = "IPv4 addresses"
    IPV6_ADDRESSES = "IPv6 addresses"
    MALFORMED_ADDRESSES = "malformed addresses"
    AUTHORITIES = "authorities"
    AUTHORITY = "authority"
    ISSUER = "issuer"
    COMPANY = "company"
    COUNTRY = "country"
    DNS_OPERATOR = "DNS operator"
    FURTHER_RECORDS = "further records"  # of an answer that has too many to follow each
    GLUE = "glue"
    HOLDER = "holder"
    HOST = "host"
    MAIL_EXCHANGES = "mail exchanges"
    MAIL_OPERATOR = "mail operator"
    MAILBOX_OPERATOR = "mailbox operator"
    MALFORMED_MX = "malformed MX"
    RELAY = "relay"  # whether exchangers deliver without the best ones, to which they relay
    MALFORMED_NAME_SERVERS = "malformed name servers"
    NAME_SERVERS = "name servers"
    NETWORK = "network"
    OPERATOR = "operator"
    ORIGIN = "origin"
    REGISTRAR = "registrar"
    REGISTRY = "registry"
    BACKEND = "back-end"  # of a registry: who executes what its sponsor decides
    DELEGATION = "delegation"
    REACH = "reach"  # of a law: whether a company acts on it beyond its branch or listing there
    EFFECT = "effect"  # of somebody known: whether he could, or whether it would be felt
    ADDRESS_REGISTRY = "address registry"
    ROLE = "role"  # of somebody who is reported to be involved
    SERVICE = "service"  # whether a server serves, which did not serve us when it was asked
    TARGET = "target"
    STORES = "stores"  # that carry the app of a service
    THIRD_PARTY = "third party"  # that runs a host from which a page loads
    OTHER = "other"  # of a graph written by hand, or of an older schema


class LawBasis(StrEnum):
    """By what the law of a country binds a company, or reaches it."""

    SEAT = "seat"  # it is seated there
    PARENT = "parent"  # one of its parents is
    BRANCH = "branch"  # a branch or subsidiary there serves customers
    LISTING = "listing"  # its shares are listed there


# --- Functions and nodes -------------------------------------------------------------------


class Function(StrEnum):
    """What a service offers, in the order in which it is told."""

    WEB = "web"
    WEB_WWW = "web-www"
    MAIL = "mail"
    APP = "app"
    NAME = "name"

    @cached_property
    def rank(self) -> int:
        """Place in the order above."""
        return _rank(self)


class Purpose(StrEnum):
    """Why a question is asked of the network; it decides what follows from the answer."""

    SERVICE = "service"  # a name that the service is offered under, and what it is an alias of
    HOST = "host"  # a name server, mail exchange or other host that is needed
    ZONE = "zone"  # NS, SOA and DS of a zone that is needed; its keys, if it is signed
    MAIL = "mail"  # MX, and text that says who handles the mail
    SPF = "spf"  # a policy included by an SPF record
    CAA = "caa"  # which authorities may issue certificates
    HINT = "hint"  # a name that may tell who holds the mailboxes; nothing follows from it
    FACT = "fact"  # who announces and holds an address, who registered a name


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """What is known of a function.

    Parameters
    ----------
    requires
        Alternatives of relations, one of each of which must lead out of its node.
    part
        What its own host names belong to.
    label
        Label below the service's name under which it is offered; empty: the name itself.
    usual
        Where it has a label: whether it is expected of every registered domain, so that it is
        unknown where nobody asked. Otherwise it is there where something is recorded of it.
    asks
        What is asked of its name at the start: the types, each with its purpose.
    reported
        The type of the observations that report it; without one nobody has looked for it, and
        it is left out. Empty: it is looked for in any case.
    """

    requires: tuple[tuple[str, ...], ...]
    part: Part
    label: str = ""
    usual: bool = False
    asks: tuple[tuple[str, Purpose], ...] = ()
    reported: str = ""

    def name_at(self, service: str) -> str:
        """Return the name under which a service offers it.

        >>> FUNCTIONS[Function.WEB_WWW].name_at("example.org")
        'www.example.org'
        """
        return f"{self.label}.{service}" if self.label else service


_SITE: Final = FunctionRow(
    requires=(("host",), ("certificate",)),
    part=Part.WEB,
    asks=(
        ("A", Purpose.SERVICE),
        ("AAAA", Purpose.SERVICE),
        ("HTTPS", Purpose.SERVICE),
        ("CAA", Purpose.CAA),
    ),
)

FUNCTIONS: Final[Mapping[Function, FunctionRow]] = MappingProxyType(
    {
        Function.WEB: _SITE,
        Function.WEB_WWW: replace(_SITE, label="www", usual=True),
        Function.MAIL: FunctionRow(
            requires=(("zone",), ("exchange",), ("mailbox",)),
            part=Part.MAIL,
            asks=(("MX", Purpose.MAIL), ("TXT", Purpose.MAIL)),
        ),
        Function.APP: FunctionRow(requires=(("channel",),), part=Part.APP, reported="app-store"),
        Function.NAME: FunctionRow(requires=(("registration",),), part=Part.DNS),
    }
)


def function_at(function: Function, host: str) -> str:
    """Return the name of a function that a service offers at another host name.

    >>> function_at(Function.WEB, "api.example.org")
    'web:api.example.org'
    """
    return f"{function}:{host}"


def host_of(name: str) -> str:
    """Return the other host name that a function is offered at, or the one store that an app is had from.

    Empty where there is none.

    >>> host_of("web:api.example.org")
    'api.example.org'
    """
    return name.partition(":")[2]


def function_of(name: str) -> Function:
    """Return the function that a name such as ``web`` or ``web:api.example.org`` is one of.

    Raises
    ------
    ValueError
        If there is no such function.

    >>> function_of("web:api.example.org").value
    'web'
    """
    return Function(name.partition(":")[0])


def functions_like(function: Function) -> tuple[Function, ...]:
    """Return the functions of the same part of a service: a web site has several names.

    >>> [one.value for one in functions_like(Function.WEB)]
    ['web', 'web-www']
    """
    part = FUNCTIONS[function].part
    return tuple(one for one in Function if FUNCTIONS[one].part is part)


class Kind(StrEnum):
    """Kinds of node."""

    SERVICE = "service"
    FUNCTION = "function"
    HOST = "host"
    ADDRESSES = "addresses"
    FRONT = "front"
    ADDRESS = "address"
    PREFIX = "prefix"
    ASN = "asn"
    BLOCK = "block"
    ZONE = "zone"
    NAMESERVERS = "nameservers"
    LOOKUP = "lookup"
    ATTEMPT = "attempt"  # an alternative that was tried and did not serve us
    NAMESERVER = "nameserver"
    EXCHANGES = "exchanges"
    EXCHANGE = "exchange"
    MAILBOX = "mailbox"
    AUTHORITIES = "authorities"
    CHANNELS = "channels"
    STEP = "step"
    ANYONE = "anyone"
    REGISTRATION = "registration"
    REGISTRARS = "registrars"
    PROVIDER = "provider"
    COMPANY = "company"
    COUNTRY = "country"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KindRow:
    """What is known of a kind of node.

    Parameters
    ----------
    needs
        ``all`` or ``any`` of its successors.
    requires
        Alternatives of relations, one of each of which must lead out of the node: one that
        needs all and lacks an edge would silently count as independent.
    leaf
        It needs nothing.
    part
        The part of the service that begins here, where one does.
    operated
        The lever of who operates such a node.
    controlled
        The lever of who controls such a node as a piece of infrastructure (its level).
    unsure
        What is not known where only a weak step says who operates such a node.
    open
        Whether `needs` is that of the single node (a prefix that several AS announce).
    """

    needs: str = "all"
    requires: tuple[tuple[str, ...], ...] = ()
    leaf: bool = False
    part: Part | None = None
    operated: Lever | None = None
    controlled: Lever | None = None
    unsure: What = What.OPERATOR
    open: bool = False


KINDS: Final[Mapping[Kind, KindRow]] = MappingProxyType(
    {
        Kind.SERVICE: KindRow("any", (("function",),)),
        Kind.FUNCTION: KindRow(),  # what it requires is in FUNCTIONS
        Kind.HOST: KindRow(requires=(("zone",), ("alias", "address")), operated=Lever.EVICT),
        Kind.ADDRESSES: KindRow("any", (("address", "front", "alias"),)),
        Kind.FRONT: KindRow(
            requires=(("operator",), ("address",), ("origin",)),
            part=Part.FRONT,
            operated=Lever.DROP_FRONT,
        ),
        Kind.ADDRESS: KindRow(
            requires=(("operator",), ("prefix", "origin"), ("block",)),
            operated=Lever.EVICT,
            controlled=Lever.EVICT,
        ),
        Kind.PREFIX: KindRow(
            requires=(("origin",),), controlled=Lever.WITHDRAW_ADDRESSES, open=True
        ),
        Kind.ASN: KindRow(requires=(("network",),), controlled=Lever.WITHDRAW_NETWORK),
        Kind.BLOCK: KindRow(requires=(("holder",), ("allocation",))),
        Kind.ZONE: KindRow(requires=(("parent", "registry"), ("nameserver", "registry"))),
        Kind.NAMESERVERS: KindRow(
            "any",
            (("nameserver", "operator"),),
            part=Part.DNS,
            operated=Lever.STOP_DNS,
            unsure=What.DNS_OPERATOR,
        ),
        Kind.LOOKUP: KindRow(requires=(("nameserver",), ("zone", "address"))),
        Kind.ATTEMPT: KindRow(requires=(("nameserver", "address"),)),
        Kind.NAMESERVER: KindRow(
            requires=(("address",),),
            operated=Lever.STOP_DNS,
            controlled=Lever.STOP_DNS,
            unsure=What.DNS_OPERATOR,
        ),
        Kind.EXCHANGES: KindRow(
            "any",
            (("exchange", "operator"),),
            part=Part.MAIL,
            operated=Lever.STOP_MAIL,
            unsure=What.MAIL_OPERATOR,
        ),
        Kind.EXCHANGE: KindRow(
            requires=(("host",),), operated=Lever.STOP_MAIL, unsure=What.MAIL_OPERATOR
        ),
        Kind.MAILBOX: KindRow(
            requires=(("operator",),),
            part=Part.MAILBOX,
            operated=Lever.STOP_MAIL,
            unsure=What.MAILBOX_OPERATOR,
        ),
        Kind.AUTHORITIES: KindRow("any", (("certificate",),), part=Part.CERTIFICATE),
        Kind.CHANNELS: KindRow(
            "any", (("operator",),), part=Part.APP, operated=Lever.REMOVE_APP, unsure=What.STORES
        ),
        Kind.STEP: KindRow(
            requires=(("operator",),),
            part=Part.THIRD_PARTY,
            operated=Lever.CUT_THIRD_PARTY,
            unsure=What.THIRD_PARTY,
        ),
        Kind.ANYONE: KindRow(leaf=True),
        # A name below a private suffix has no registrar; it stands and falls with that domain.
        Kind.REGISTRATION: KindRow(requires=(("registrar", "registration"), ("registry",))),
        # Of whom it is one, where answers name several.
        Kind.REGISTRARS: KindRow("any", (("registrar",),)),
        Kind.PROVIDER: KindRow(requires=(("owner",),)),
        Kind.COMPANY: KindRow(requires=(("law",),)),
        Kind.COUNTRY: KindRow(leaf=True),
        Kind.UNKNOWN: KindRow(leaf=True),
    }
)

ACTORS: Final = frozenset({Kind.PROVIDER, Kind.COMPANY, Kind.COUNTRY})
"""Kinds of node that stand for somebody."""
GROUPS: Final = frozenset(kind for kind, row in KINDS.items() if row.needs == "any") - {
    Kind.SERVICE
}
"""Kinds of node that stand for alternatives, one of which is enough."""


# --- Edges ---------------------------------------------------------------------------------


class Relation(StrEnum):
    """What an edge says: its tail needs (or meets) its head as its ..."""

    FUNCTION = "function"
    INVOLVEMENT = "involvement"
    HOST = "host"
    CERTIFICATE = "certificate"
    ZONE = "zone"
    EXCHANGE = "exchange"
    MAILBOX = "mailbox"
    SENDER = "sender"
    CHANNEL = "channel"
    STEP = "step"
    REGISTRATION = "registration"
    ALIAS = "alias"
    ADDRESS = "address"
    FRONT = "front"
    ORIGIN = "origin"
    OPERATOR = "operator"
    PREFIX = "prefix"
    BLOCK = "block"
    NETWORK = "network"
    TRANSIT = "transit"
    HOLDER = "holder"
    ALLOCATION = "allocation"
    PARENT = "parent"
    NAMESERVER = "nameserver"
    PRIMARY = "primary"
    DELEGATION = "delegation"
    SIGNER = "signer"
    REGISTRY = "registry"
    BACKEND = "back-end"
    REGISTRAR = "registrar"
    OWNER = "owner"
    PLATFORM = "platform"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What is known of a relation.

    Parameters
    ----------
    joins
        The pairs of kinds that it leads from and to; an unknown node may stand for any target.
    hides
        The levels that an unknown at its end can hide: who may turn up there.
    hides_from
        The same where the tail is of a certain kind.
    lever
        Of an actor at its end; None where the kind of its tail says (:attr:`KindRow.operated`).
    acting_from
        Kinds of tail from which an unknown at its end is somebody who has that lever; from
        others it is infrastructure of which nothing is known, and nobody's lever.
    layer
        In which an actor or unknown at its end stands; None where the part says
        (:data:`OPERATED`).
    layer_from
        The same where the tail is of a certain kind.
    further
        Layers besides that are not known where its end is not, as the web calls them.
    unsure
        What is not known where only a weak step leads along it; None where the kind of its
        tail says (:attr:`KindRow.unsure`).
    """

    joins: tuple[tuple[Kind, Kind], ...]
    hides: tuple[Level, ...] = _PARTY
    hides_from: Mapping[Kind, tuple[Level, ...]] = field(default_factory=dict)
    lever: Lever | None = None
    acting_from: frozenset[Kind] = frozenset()
    layer: Layer | None = None
    layer_from: Mapping[Kind, Layer] = field(default_factory=dict)
    further: tuple[Layer, ...] = ()
    unsure: What | None = None


def _joins(text: str) -> tuple[tuple[Kind, Kind], ...]:
    """Read ``source target, source target``."""
    pairs = (pair.split() for pair in text.split(","))
    return tuple((Kind(source), Kind(target)) for source, target in pairs)


def _kinds(text: str) -> frozenset[Kind]:
    """Read kinds separated by blanks."""
    return frozenset(map(Kind, text.split()))


RELATIONS: Final[Mapping[Relation, RelationRow]] = MappingProxyType(
    {
        Relation.FUNCTION: RelationRow(_joins("service function"), hides=_ALL),
        Relation.INVOLVEMENT: RelationRow(_joins("service provider"), layer=Layer.INVOLVEMENT),
        Relation.HOST: RelationRow(
            _joins("function host, exchange host"), hides=_ALL, further=_CARRYING
        ),
        Relation.CERTIFICATE: RelationRow(
            _joins("function authorities, authorities provider, authorities anyone"),
            lever=Lever.REFUSE_CERTIFICATE,
            acting_from=_kinds("function authorities"),
            layer=Layer.CERTIFICATE,
            unsure=What.ISSUER,
        ),
        Relation.ZONE: RelationRow(
            _joins(
                "function zone, host zone, lookup zone, "
                "function nameservers, host nameservers, lookup nameservers"
            ),
            hides=_ALL,
            layer=Layer.DNS,
            further=(Layer.REGISTRAR, Layer.REGISTRY, Layer.BACKEND),
        ),
        Relation.EXCHANGE: RelationRow(
            _joins("function exchanges, exchanges exchange"),
            hides=_ALL,
            layer=Layer.MAIL,
            further=(Layer.MAIL_NETWORK, Layer.MAIL_BLOCK, Layer.MAIL_ALLOCATION),
            unsure=What.MAIL_EXCHANGES,
        ),
        Relation.MAILBOX: RelationRow(
            _joins("function mailbox"),
            layer=Layer.MAILBOX,
            lever=Lever.STOP_MAIL,
            acting_from=_kinds("function"),
        ),
        # Whose policy says who may send mail in the name (SPF); only met, for mail is received without.
        Relation.SENDER: RelationRow(
            _joins("function anyone"),
            lever=Lever.SEND_AS,
            acting_from=_kinds("function"),
            layer=Layer.MAIL,
        ),
        Relation.CHANNEL: RelationRow(
            _joins("function channels"), layer=Layer.APP, unsure=What.STORES
        ),
        # Needed only where a source says that the service does not work without.
        Relation.STEP: RelationRow(
            _joins("function step"), layer=Layer.THIRD_PARTY, unsure=What.THIRD_PARTY
        ),
        Relation.REGISTRATION: RelationRow(
            _joins("function registration, zone registration, registration registration"),
            layer=Layer.REGISTRAR,
            further=(Layer.REGISTRY, Layer.BACKEND),
            unsure=What.REGISTRAR,
            lever=Lever.SUSPEND,
            acting_from=_kinds("function zone registration"),
        ),
        Relation.ALIAS: RelationRow(
            _joins("host host, addresses host"),
            hides=_ALL,
            further=_CARRYING,
            unsure=What.TARGET,
        ),
        Relation.ADDRESS: RelationRow(
            _joins(
                "host addresses, addresses address, front addresses, nameserver addresses, "
                "lookup addresses, addresses attempt, attempt address"
            ),
            hides=_ALL,
            further=_CARRYING,
            unsure=What.ADDRESSES,
        ),
        Relation.FRONT: RelationRow(
            _joins("addresses front"),
            hides=_ALL,
            layer=Layer.FRONT,
            further=_CARRYING,
            unsure=What.ORIGIN,
        ),
        # Of a front what hosts behind it; of a prefix the AS that announces it. Behind an
        # operator of whom nobody says whether it is a front, somebody else may host.
        Relation.ORIGIN: RelationRow(
            _joins("front host, front addresses, front provider, prefix asn, address asn"),
            hides=_ALL,
            hides_from={Kind.PREFIX: _NETWORK, Kind.ADDRESS: _PARTY},
            lever=Lever.EVICT,
            acting_from=_kinds("address"),
            layer_from={Kind.PREFIX: Layer.NETWORK},
            further=_CARRYING,
            unsure=What.ORIGIN,
        ),
        # Who is only reported to run name servers or exchanges runs some that nobody saw.
        Relation.OPERATOR: RelationRow(
            _joins(
                "host provider, front provider, address provider, nameserver provider, "
                "nameservers provider, exchange provider, exchanges provider, mailbox provider, "
                "channels provider, step provider, host anyone, nameserver anyone, exchange anyone"
            ),
            hides_from={Kind.NAMESERVERS: _ALL, Kind.EXCHANGES: _ALL},
            acting_from=_kinds("host front address nameserver exchange mailbox channels step"),
        ),
        Relation.PREFIX: RelationRow(
            _joins("address prefix"),
            hides=(*_NETWORK, Level.PREFIX),
            layer=Layer.NETWORK,
            unsure=What.NETWORK,
        ),
        Relation.BLOCK: RelationRow(
            _joins("address block"),
            layer=Layer.BLOCK,
            unsure=What.HOLDER,
            lever=Lever.WITHDRAW_ADDRESSES,
            acting_from=_kinds("address"),
        ),
        Relation.NETWORK: RelationRow(
            _joins("asn provider"),
            lever=Lever.WITHDRAW_NETWORK,
            acting_from=_kinds("asn"),
            layer=Layer.NETWORK,
            unsure=What.NETWORK,
        ),
        # Who alone carries the traffic of a host to the rest of the Internet, as reported.
        Relation.TRANSIT: RelationRow(
            _joins("host provider, front provider, asn asn"),
            lever=Lever.WITHDRAW_NETWORK,
            acting_from=_kinds("host front"),
            layer=Layer.TRANSIT,
            unsure=What.NETWORK,
            hides_from={Kind.ASN: _NETWORK},
        ),
        Relation.HOLDER: RelationRow(
            _joins("block provider"),
            lever=Lever.WITHDRAW_ADDRESSES,
            acting_from=_kinds("block"),
            layer=Layer.BLOCK,
            unsure=What.HOLDER,
        ),
        Relation.ALLOCATION: RelationRow(
            _joins("block provider"),
            lever=Lever.REVOKE_ADDRESSES,
            acting_from=_kinds("block"),
            layer=Layer.ALLOCATION,
            unsure=What.ADDRESS_REGISTRY,
        ),
        Relation.PARENT: RelationRow(
            _joins("zone zone, zone nameservers, company company"),
            hides=_ALL,
            hides_from={Kind.COMPANY: (Level.COMPANY, Level.COUNTRY)},
            layer=Layer.REGISTRY,
        ),
        Relation.NAMESERVER: RelationRow(
            _joins(
                "zone nameservers, nameservers nameserver, nameservers lookup, lookup nameserver, "
                "nameservers attempt, attempt nameserver, attempt lookup, nameservers anyone"
            ),
            hides=_ALL,
            layer=Layer.DNS,
            further=(Layer.DNS_NETWORK, Layer.DNS_BLOCK, Layer.DNS_ALLOCATION),
            unsure=What.NAME_SERVERS,
        ),
        # The server that the others copy a zone from. They do not look it up, nor do clients.
        Relation.PRIMARY: RelationRow(
            _joins("zone nameserver"), hides=_ALL, layer=Layer.DNS, unsure=What.NAME_SERVERS
        ),
        # Whether a name is in its parent's zone, where that is contradicted.
        Relation.DELEGATION: RelationRow(
            _joins("registration unknown"),
            hides=_ALL,
            layer=Layer.REGISTRY,
            unsure=What.DELEGATION,
        ),
        # Who holds the keys of a zone that is signed: as reported, for nobody else can know.
        Relation.SIGNER: RelationRow(
            _joins("zone provider"),
            lever=Lever.LET_LAPSE,
            acting_from=_kinds("zone"),
            layer=Layer.SIGNING,
            unsure=What.OPERATOR,
        ),
        Relation.REGISTRY: RelationRow(
            _joins("zone provider, registration provider"),
            lever=Lever.HOLD,
            acting_from=_kinds("zone registration"),
            layer=Layer.REGISTRY,
            unsure=What.REGISTRY,
        ),
        Relation.BACKEND: RelationRow(
            _joins("zone provider, registration provider"),
            lever=Lever.HOLD,
            acting_from=_kinds("zone registration"),
            layer=Layer.BACKEND,
            unsure=What.BACKEND,
        ),
        Relation.REGISTRAR: RelationRow(
            _joins(
                "registration provider, registration anyone, registration registrars, "
                "registrars provider"
            ),
            lever=Lever.SUSPEND,
            acting_from=_kinds("registration"),
            layer=Layer.REGISTRAR,
            unsure=What.REGISTRAR,
        ),
        Relation.OWNER: RelationRow(
            _joins("provider company"), hides=(Level.COMPANY, Level.COUNTRY), unsure=What.COMPANY
        ),
        Relation.PLATFORM: RelationRow(_joins("provider provider")),
        Relation.LAW: RelationRow(
            _joins("company country"), hides=(Level.COUNTRY,), unsure=What.COUNTRY
        ),
    }
)

SERVING: Final = "serving"
"""`role` of an edge to an operator of whom nobody says whether it hosts or stands in front."""

ANNOUNCING: Final = "network"
"""`role` of an edge from a host to one who is reported to be its network."""

KEYLESS: Final = "keyless"
"""`role` of an edge to an operator that answers for signed zones and is known not to hold keys."""

VIA: Final = "via"
"""In a view (`vantage` of an edge): what stands between a place and who gives the answer there."""

OTHERS: Final = "others"
"""The view of those whose answers are too many to be judged one by one: what these are is unknown."""

_SENT: Final = re.compile(r"(?:to|(?P<share>\d{1,3})%):(?P<whither>\S.*)")


@dataclass(frozen=True, slots=True)
class Sent:
    """Clients whom an operator sends somewhere, whatever place they are at.

    Parameters
    ----------
    whither
        A site or a front, by the operator's name for it.
    share
        Percent of all whom it sends there; None where nobody says how many.
    """

    whither: str
    share: int | None = None

    def __str__(self) -> str:
        return f"{'to' if self.share is None else f'{self.share}%'}:{self.whither}"


def sent_of(place: str) -> Sent | None:
    """Read a place that is none, but whither an operator sends clients; None for other words.

    >>> sent_of("to:esams"), sent_of("50%:Fastly"), sent_of("de")
    (Sent(whither='esams', share=None), Sent(whither='Fastly', share=50), None)
    """
    match = _SENT.fullmatch(place)
    if match is None:
        return None
    return Sent(match["whither"], int(match["share"]) if match["share"] else None)


GATEWAY: Final = "gateway"
"""`role` of an edge from an exchange to one who passes its mail on to mailboxes elsewhere."""

SPONSOR: Final = "sponsor"
"""`role` of an edge to a registry that another runs for it: it decides, the other executes."""

REGISTRY_SERVERS: Final = "registry"
"""`role` of an edge to name servers that are a registry's: those of a top-level domain."""

PERHAPS_GATEWAY: Final = "mailbox or gateway"
"""`role` of an edge from an exchange to one of whom nobody says which of the two it is."""


ANY_AUTHORITY: Final = "anyone:certificate authority"
"""The node that stands for every authority, where CAA lets all of them issue."""


@cache
def hidden_levels(relation: str, tail: str) -> tuple[Level, ...]:
    """Return the levels that an unknown can hide at the end of an edge.

    >>> [level.value for level in hidden_levels("owner", "provider")]
    ['company', 'country']
    """
    row = RELATIONS[Relation(relation)]
    return row.hides_from.get(Kind(tail), row.hides)


_BY_ROLE: Final[Mapping[str, Lever]] = MappingProxyType(
    {
        SERVING: Lever.STOP_SERVING,
        ANNOUNCING: Lever.WITHDRAW_NETWORK,
        SPONSOR: Lever.ORDER_HOLD,
        KEYLESS: Lever.STOP_SIGNED_DNS,
    }
)


def lever_of(relation: str, tail: str, *, role: str = "", locked: Iterable[str] = ()) -> Lever:
    """Return the lever of an actor at the end of an edge.

    Parameters
    ----------
    relation, tail
        The relation of the edge and the kind of the node it leads from.
    role
        The `role` of the edge; :data:`SERVING`, :data:`ANNOUNCING`, :data:`SPONSOR` and
        :data:`KEYLESS` matter here.
    locked
        The levers that cannot be pulled at present. A registrar that cannot suspend a name may
        still delete it; where it can do neither, it is the first that has to be unlocked.

    Raises
    ------
    KeyError
        If such an edge leads to no actor.

    >>> lever_of("operator", "nameserver").value, lever_of("registrar", "registration").value
    ('stop-dns', 'suspend')
    """
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    lever = RELATIONS[Relation(relation)].lever or KINDS[Kind(tail)].operated
    if lever is None:
        raise KeyError(f"expected an edge to an actor, found {relation!r} from a {tail!r}")
    if lever is Lever.SUSPEND and set(locked) == {Lever.SUSPEND}:
        return Lever.DELETE
    return lever


def unsure_of(relation: str, tail: str) -> What:
    """Return what is not known where only a weak step is an edge of a relation from a tail.

    >>> unsure_of("operator", "mailbox").value
    'mailbox operator'
    """
    return RELATIONS[Relation(relation)].unsure or KINDS[Kind(tail)].unsure


@cache
def layer_of(relation: str, part: Part, *, tail: str = "", role: str = "") -> Layer:
    """Return the layer in which an actor or unknown at the end of an edge stands.

    Parameters
    ----------
    relation
        The relation of the edge.
    part
        The part of the service that the edge lies in; of one that leads out of a front to
        what is behind it, the part that the front stands before.
    tail, role
        The kind of the node that the edge leads from, and the `role` of the edge;
        :data:`SERVING` and :data:`ANNOUNCING` matter here.

    >>> layer_of("network", Part.DNS).value, layer_of("operator", Part.FRONT).value
    ('dns-network', 'front')
    """
    if role == SERVING and (part is Part.WEB or relation == Relation.ORIGIN):
        return Layer.SERVING
    row = RELATIONS[Relation.NETWORK if role == ANNOUNCING else Relation(relation)]
    layer = row.layer
    if tail:
        layer = row.layer_from.get(Kind(tail), layer)
    if layer is None and part is Part.FRONT and row.further:
        layer = Layer.NETWORK  # who the front is is known: what its addresses stand on is not
    if layer is None:
        return OPERATED[part]
    return _in_part(layer, part)


@cache
def hidden_layers(relation: str, part: Part, *, tail: str = "", role: str = "") -> frozenset[Layer]:
    """Return the layers of which not all is known where the end of an edge is not known.

    Parameters
    ----------
    relation, part, tail, role
        As in :func:`layer_of`.

    >>> sorted(layer.value for layer in hidden_layers("operator", Part.WEB))
    ['front', 'host', 'serving']
    """
    row = RELATIONS[Relation(relation)]
    layer = layer_of(relation, part, tail=tail, role=role)
    if tail and Kind(tail) in row.layer_from:
        return frozenset({layer})
    hidden = {layer, *(_in_part(one, part) for one in row.further)}
    peers = PEERS.get(part, ())
    if layer in peers and (relation != Relation.ORIGIN or role == SERVING):
        hidden.update(peers)  # behind a front stands the host, if nobody says otherwise
    return frozenset(hidden)


def _in_part(layer: Layer, part: Part) -> Layer:
    """Return what a layer of the web is called in another part."""
    return BELOW.get(part, {}).get(layer, layer)


# --- Why it is unknown --------------------------------------------------------------


class ReasonCode(StrEnum):
    """Why something is not known, or is what it is, or is not offered; `{...}` are its data."""

    # The question was not put.
    NOT_ASKED = "not-asked"
    NOT_ASKED_BUDGET = "not-asked-budget"
    NOT_ASKED_DEPTH = "not-asked-depth"
    NOT_ASKED_NO_SERVER = "not-asked-no-server"
    NOT_ASKED_NO_SOURCE = "not-asked-no-source"
    NOT_RECORDED = "not-recorded"
    SEARCHED = "searched"  # searched for in documents, and not found
    COMPUTED = "computed"  # by the servers for each client, as a file of the zone says
    OTHER_DAY = "other-day"  # known of another day only
    PERHAPS_OTHERS = "perhaps-others"  # of the records some are known, perhaps not all
    INNER_VIEW = (
        "inner-view"  # {target}, of a private network, or one not named, answered of its own alone
    )
    BLOCKED = "blocked"  # {target} says itself that it blocks this: {text}, an extended error
    INNER_DENIAL = "inner-denial"  # {target}, the same, says that there is nothing: {reason}
    HELD_ELSEWHERE = (
        "held-elsewhere"  # only a file of the zone {name} says so; see delegated-elsewhere
    )
    # It was put, and not settled.
    SERVFAIL = "servfail"
    REFUSED = "refused"
    NOTIMP = "notimp"
    FORMERR = "formerr"
    LAME = "lame"  # {reason}, of a server that is listed: how it answered
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    RATE_LIMITED = "rate-limited"
    ERROR = "error"
    LOOP = "loop"
    # It was settled that there is nothing.
    NODATA = "nodata"
    NXDOMAIN = "nxdomain"
    NOT_FOUND = "not-found"
    NOT_REGISTERED = "not-registered"  # a domain, says its registry
    # {view}, here and below: "inner" where nothing says that the public is given the same
    NONEXISTENT = "nonexistent"  # {name} of an alternative: {reason}; {witness}: one answer says so
    ROUTE_TOO_SHORT = "route-too-short"  # {name}: a route too short to be one operator's
    # It was tried, and did not serve us; or it cannot work as recorded.
    DID_NOT_SERVE = "did-not-serve"  # {reason}
    SERVER_ALIAS = "server-alias"  # {target}: a name server's name is an alias (RFC 2181, 10.3)
    EXCHANGE_ALIAS = "exchange-alias"  # {target}: a mail exchange's name is an alias (the same)
    INWARD_ADDRESS = "inward-address"  # {name}: private, loopback or reserved (RFC 6890)
    DENIED_BY = "denied-by"  # {names}: by these servers {name} has no {question}
    UNRESOLVED = "unresolved"  # {names}: zones none of whose servers served us, {reason}
    DENIED_THAT_DAY = "denied-that-day"  # {name} {question}: {names} are the times, and {reason}
    REPLACED = "replaced"  # {name} {question}: no longer {names} on the day {time}
    NOTHING_THERE = "nothing-there"  # {names}: some are answered that they have nothing, not all
    CIRCLE = "circle"  # {names}: each needs the others first
    # About one of several questions, {question}: the reason for it is {reason}.
    QUESTION = "question"
    # Names, zones, mail
    NO_ADDRESS = "no-address"  # {name}, {target} of its alias, {reason}
    NO_MX = "no-mx"
    NULL_MX = "null-mx"  # RFC 7505
    IMPLICIT_MX = "implicit-mx"  # no MX; the address that would take mail instead is not known
    MAY_TAKE_MAIL = "may-take-mail"  # no MX: the name's address may (RFC 5321, section 5.1)
    RELAYS = "relays"  # {names}, if several are meant: to exchangers of a lower number
    DELEGATION_UNSEEN = "delegation-unseen"  # {name}, if known: the zone that delegates
    ALL_LAME = "all-lame"  # every server was lame: {reason}
    ALIAS_LOOP = "alias-loop"  # {names}
    ALIAS_LONG = "alias-long"  # {limit}
    TOO_MANY = "too-many"  # {number} more {question} than the {limit} that are followed
    TOO_FAR = "too-far"  # more than {limit} look-ups of name servers, one after the other
    MANY_ANSWERS = "many-answers"  # {number} more than the {limit} that are judged one by one
    SEVERAL_AS = "several-as"  # several AS, and no prefix recorded
    CAA_OPEN = "caa-open"  # CAA lets every authority issue
    CAA_NOBODY = "caa-nobody"  # CAA lets no authority issue
    ON_HOLD = "on-hold"  # {names} with their statuses
    HELD_AND_DELEGATED = (
        "held-and-delegated"  # {names}: statuses; {target} answered, else the parent delegates it
    )
    REGISTERED_AND_DENIED = "registered-and-denied"  # {names}: statuses; the DNS says: {reason}
    LOCKED = "locked"  # {names}: statuses by which the registry keeps the registrar from acting
    NO_SUCH_TLD = "no-such-tld"  # {name}: no top-level domain, so nothing below it exists
    RESERVED_TLD = "reserved-tld"  # {name}: for tests and documentation, without a registry
    NO_STORE = "no-store"  # it is reported that no store carries the app
    NO_REGISTRAR = "no-registrar"  # {number}: IANA reserves it for names that have none
    LAW_REACHES = (
        "law-reaches"  # {name}: a company seated elsewhere, reached by a branch or listing
    )
    HIDDEN_PRIMARY = "hidden-primary"  # {name}: the SOA names it, of another operator
    # DNSSEC
    NO_DS = "no-ds"  # {name}: its delegation carries no DS
    UNSUPPORTED_SIGNING = "unsupported-signing"  # {name}: DS of unknown algorithms or digests only
    NSEC3_ITERATIONS = "nsec3-iterations"  # {name}: more than validators compute (RFC 9276)
    SIGNATURE_MISSING = "signature-missing"  # {question} of {name}
    SIGNATURE_EXPIRED = "signature-expired"  # {question} of {name}, since {time}
    SIGNATURE_FUTURE = "signature-future"  # {question} of {name}, until {time}
    SIGNATURE_WRONG = "signature-wrong"  # {question} of {name}: no key of the zone made it
    KEYS_MISSING = "keys-missing"  # {name}: a DS, and the zone has no DNSKEY
    KEYS_UNMATCHED = "keys-unmatched"  # {name}: none of its keys is the one that the DS names
    DENIAL_UNPROVEN = "denial-unproven"  # {question} of {name}: answered that there is none
    NOT_VALIDATED = "not-validated"  # {question} of {name} decides, and is not known: {reason}
    NO_ANCHOR = "no-anchor"
    NO_CRYPTOGRAPHY = "no-cryptography"  # the package that checks signatures is not installed
    CLOCK = "clock"  # {name}: the signatures of the root itself do not hold, so ours is wrong
    RESOLVER_BOGUS = "resolver-bogus"  # a validating resolver refuses it; {text}: in its words
    UNCHECKED = "unchecked"  # a resolver was asked not to validate (CD), and not otherwise
    RESOLVER_SECURE = "resolver-secure"  # a validating resolver says so (AD)
    SIGNATURES_LAPSE = "signatures-lapse"  # {time}: less than a tenth of their validity is left
    # Who is behind it
    HIDDEN_BY_FRONT = "hidden-by-front"
    MAY_BE_FRONT = "may-be-front"  # {name}: whether it hosts or stands in front is not known
    SEVERAL_REPORTS = "several-reports"  # {names}
    REGISTRATION_NAMES_NONE = "registration-names-none"
    NOT_NAMED = "not-named"
    NOTHING_NAMES_IT = "nothing-names-it"  # {kinds} of signal that were there
    CONTRADICTION = "contradiction"  # {names}
    FRONT_REPORTED = "front-reported"  # {name} is reported, and is a front
    FRONT_SEEN = "front-seen"  # {name} stands in front: the host behind it was not seen
    CARRIER = "carrier"  # in the network of {name}, a carrier
    SEVERAL_NETWORKS = "several-networks"
    SEVERAL_DOMAINS = "several-domains"  # {names}
    OWN_NAMES = "own-names"  # own server names, but the SOA names {name}
    SEVERAL_MAILBOXES = "several-mailboxes"  # exchangers of several who may hold mailboxes
    UNLISTED_EXCHANGER = "unlisted-exchanger"  # {name} holds the mailboxes, or filters before them
    PERHAPS = "perhaps"  # {names}: who it may be, besides a reason why that is not known
    BEHIND_GATEWAY = "behind-gateway"  # {name}: nothing says who holds the mailboxes behind it
    SEVERAL_BEHIND = "several-behind"  # {name}, if known: DKIM and autodiscover name several
    NOT_IN_CATALOGUE = "not-in-catalogue"
    NO_COMPANY = "no-company"  # the catalogue names no company
    NO_COUNTRY = "no-country"
    UNSURE = "unsure"  # {names}: only a weak step leads there
    INVOLVED = "involved"  # {names}: reported to be involved, in a role that is not stated
    OTHER = "other"  # {text}: in somebody's own words
    # Why it is who it is
    RULE = "rule"  # {kind} of signal, its {value}, and the rule's own {text}
    RECORD = "record"  # {kind}, {value}: the record names it; the catalogue does not know it
    REPORTED = "reported"  # {name}
    REGISTERED_NAME = "registered-name"  # {name}: registered under the name of one we know
    SERVERS_UNDER = "servers-under"  # {name}, a domain that the catalogue does not know
    OWN_SERVERS = "own-servers"  # {name}: under the service's own name
    CONFIRMED_EXCHANGER = "confirmed-exchanger"  # DKIM or autodiscover lead to it as well
    CONFIRMED_BY_SPF = "confirmed-by-spf"  # of several exchangers the one that SPF allows to send
    POINTED_BEHIND = "pointed-behind"  # {name}, if known: DKIM or autodiscover lead behind it
    SPF_BEHIND = "spf-behind"  # {name}: the only mailbox operator behind it that SPF allows
    VERIFIED_BEHIND = "verified-behind"  # {name}: as spf-behind, with a verification record
    EXCHANGER_NETWORK = "exchanger-network"  # the exchangers stand in its network
    # What there is to say of an edge or a node besides (attribute `finding`)
    CERTIFICATE_UNTIL = "certificate-until"  # {date}: from then on a refusal to renew is felt
    CERTIFICATE_ENDED = "certificate-ended"  # {date}: that which it showed had ended
    CERTIFICATE_EARLY = "certificate-early"  # {date} from which that which it showed holds
    CERTIFICATE_OF_OTHERS = "certificate-of-others"  # {names}, and none of them is its own
    CERTIFICATE_SELF_SIGNED = (
        "certificate-self-signed"  # the host issued that which it showed itself
    )
    HSTS = "hsts"  # RFC 6797: browsers do not go on without a valid certificate
    EXPIRES = "expires"  # {date} on which a registration ends unless it is renewed; auto: it was, by the registry
    EXPIRED = (
        "expired"  # {date} on which it ended; after: the statuses by which it has left the zone
    )
    TO_BE_DELETED = "to-be-deleted"  # its registry was told to delete it
    TRANSFER_CLOSED = "transfer-closed"  # {names}: it cannot be moved to another registrar
    STEP_SMS = "step-sms"  # what a third party does for the service
    STEP_LOGIN = "step-login"
    STEP_PAYMENT = "step-payment"
    STEP_SUPPORT = "step-support"
    STEP_CHAT = "step-chat"
    STEP_SCRIPT = "step-script"  # what a page loads from it: a script runs in the page
    STEP_FRAME = "step-frame"
    STEP_STYLE = "step-style"
    STEP_IMAGE = "step-image"
    STEP_OTHER = "step-other"
    STEP_ALLOWED = "step-allowed"  # a policy (CSP) lets the page load it, and nobody saw it do so
    RESELLER = "reseller"  # {name}, through whom it was bought at the registrar
    NOT_DELEGATED = "not-delegated"  # listed by the zone, not by its parent
    MIXED_SCRIPTS = "mixed-scripts"  # {name}: a label of it mixes letters of several scripts
    ONLY_REGISTERED = "only-registered"  # {names}: name servers that only the registration lists
    DANGLING = "dangling"  # {name}: its registry says that it is not registered
    PERHAPS_FREE = "perhaps-free"  # {name}: no such name; whether it is registered is not known
    LABEL_FREE = "label-free"  # {name}: a platform gave it to a customer, and has it no more
    NOT_IN_GLUE = "not-in-glue"  # an address that the zone gives and the delegation does not
    # {names} for {question} of {name}, by {target} of a private network; others get something else
    INNER_ANSWER = "inner-answer"
    BLOCKED_ANSWER = "blocked-answer"  # {target} blocks {question} of {name}: {text}; the same
    # {name} is held by {names} (servers or operator), as {text} says, and delegated to {target}
    DELEGATED_ELSEWHERE = "delegated-elsewhere"
    FRONT_NOT_SEEN = (
        "front-not-seen"  # {name} has {names}: its zone file says that a front hides them
    )
    GLUE_DIFFERS = "glue-differs"  # {names} in the delegation, {target} in the zone itself
    NO_GLUE = "no-glue"  # {name} lies in the zone that it serves, and was delegated without glue
    NOT_IN_ZONE = "not-in-zone"  # {names}: name servers that the parent lists, not the zone
    SETS_DIFFER = (
        "sets-differ"  # {question} of {name}, by {names}: servers, those that agree together
    )
    ANSWERS_DIFFER = (
        # {question} of {name}: {text} has each set, its givers, its time; {names}: statuses that only
        # some have, and that keep it out of the zone; {target}: who has no such registration
        "answers-differ"
    )
    NULL_MX_BESIDE = "null-mx-beside"  # {name}: a null MX and others (RFC 7505, section 3)
    EXCHANGE_ADDRESS = "exchange-address"  # {name}: an address where an MX names a host
    ALIAS_BESIDE = "alias-beside"  # {name}: an alias that has {names} besides (RFC 1034, 3.6.2)
    DOT_MISSING = "dot-missing"  # {name} does not exist: perhaps {target} is meant
    NAMED_TWICE = "named-twice"  # {name} ends in its own zone twice: a last dot is missing
    SERIAL_BEHIND = "serial-behind"  # its copy of the zone has {value}, another server's {target}
    NO_AUTHORITY = "no-authority"  # it answers for its zone without the AA bit
    ONE_SERVER = "one-server"  # {name}: the only name server of the zone, among others that the Internet does not reach
    ONE_ADDRESS = "one-address"  # {name}: at which all the zone's name servers are
    ONE_PREFIX = "one-prefix"  # {name}: of every address of the zone's name servers
    ONE_NETWORK = "one-network"  # {name}: the AS that announces all of these
    HTTPS_RECORD = "https-record"  # RFC 9460: some clients go there
    NOT_IN_CAA = "not-in-caa"  # the certificate in use is of an authority that CAA does not name
    CAA_ALLOWED = "caa-allowed"  # CAA lets it issue, and none of it was seen; {reason} for which that shown is refused
    ABOVE_ISSUER = "above-issuer"  # as {name}, an authority above that which issued the certificate
    UNDATED = "undated"  # as documented, on no day
    SEVERAL_ORIGINS = "several-origins"  # announced by several AS
    ALSO_KNOWN = "also-known"  # {names}: ids under which the same operator was seen
    KNOWN_AS = "known-as"  # {name}: the id under which this edge alone would know it


_ENCODED: Final = {ord(sign): f"%{ord(sign):02X}" for sign in "%&;"}


def coded(code: str, data: Iterable[tuple[str, str]]) -> str:
    """Write a code and its data as one text, ``code?key=value&key=value``; empty data are left out.

    In values the signs ``%``, ``&`` and ``;`` are percent-encoded.
    """
    pairs = "&".join(f"{key}={value.translate(_ENCODED)}" for key, value in data if value)
    return f"{code}?{pairs}" if pairs else code


def decoded(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Read a code and its data.

    >>> decoded("depth?most=6&of=a.example")
    ('depth', (('most', '6'), ('of', 'a.example')))
    """
    code, _, data = text.partition("?")
    pairs = (pair.partition("=") for pair in data.split("&") if pair)
    return code, tuple((key, unquote(value)) for key, _, value in pairs)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not known, or is what it is: a code and its data.

    In a graph it is one text, see :func:`coded`; several are joined by ``;`` and a blank.

    Parameters
    ----------
    code
        A member of :class:`ReasonCode`.
    data
        What the sentence needs besides: names, a nested reason as text.
    seen
        While a graph is built: the observations that show it, where these are not those of what
        it stands on. No part of its text, or of what makes two reasons one.
    """

    code: ReasonCode
    data: tuple[tuple[str, str], ...] = ()
    seen: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, code: str, **data: str) -> Self:
        """Return the reason of a code; empty data are left out."""
        return cls(ReasonCode(code), tuple((k, v) for k, v in sorted(data.items()) if v))

    def seen_in(self, observations: Iterable[Any]) -> Self:
        """Return the same reason with the observations that show it."""
        return replace(self, seen=tuple(observations))

    def get(self, key: str) -> str:
        """Return one of the data; empty if it has none of that name."""
        return dict(self.data).get(key, "")

    def __str__(self) -> str:
        return coded(self.code.value, self.data)


@lru_cache(maxsize=1 << 12)
def reasons(text: str) -> tuple[Reason, ...]:
    """Read the reasons in the text of a graph.

    What is no code of ours (a graph written by hand) is kept as :attr:`ReasonCode.OTHER`.

    >>> [str(reason) for reason in reasons("timeout; all-lame?reason=refused")]
    ['timeout', 'all-lame?reason=refused']
    """
    return tuple(_reason(part) for part in text.split("; ") if part)


def _reason(text: str) -> Reason:
    code, data = decoded(text)
    if code not in set(ReasonCode):
        return Reason.of("other", text=text)
    return Reason(ReasonCode(code), data)


# --- What was left out for its size --------------------------------------------------------


class Limit(StrEnum):
    """A limit that a collection or a computation can meet, in the order in which it is told."""

    CHANGED = "changed"  # somebody has changed the recording since it was written
    INTERRUPTED = "interrupted"  # the collection did not come to its end
    DAY = "another-day"  # nothing was recorded on the day that the graph is for
    QUESTIONS = "questions"
    SECONDS = "seconds"
    BYTES = "bytes"
    SERVER = "questions-to-one-server"
    ZONE = "questions-to-one-zone"
    ANSWER = "bytes-of-one-answer"
    HOSTS = "hosts-of-one-answer"
    ADDRESSES = "addresses-of-one-answer"
    DOMAIN = "hosts-of-one-domain"  # that answers of others named, all together
    TRIAL = "hosts-on-trial"  # the first of them that were followed do not exist
    DEPTH = "depth"
    CUTS = "zone-cuts"
    ALIASES = "aliases"
    SPF = "spf"
    OTHER = "other"  # of a collection; which is not recorded
    RECORDS = "records-of-one-answer"  # of a graph: those of no further answer are followed
    DOMAINS = "domains-in-a-row"  # of a graph: each has its name servers in the next
    WAYS = "ways-told"  # of the roles: what is behind many domains is told of the nearest alone
    VIEWS = "different-answers"  # of a graph: those of further places and servers are left open
    SETS = "sets"  # of actors: larger ones were not looked for


# --- What is wrong -------------------------------------------------------------------------


class Urgency(StrEnum):
    """How urgent a finding is, in the order in which it is told."""

    BROKEN = "broken-now"
    DATED = "breaks-on-a-day"
    SINGLE = "no-redundancy"
    NOTE = "worth-knowing"

    @cached_property
    def rank(self) -> int:
        """Place in the order above; 0 is the first."""
        return _rank(self)


class Advice(StrEnum):
    """What to do about a finding."""

    SERVE = "serve"  # let it serve, or take it out of what lists it
    AGREE = "agree"  # let parent and child say the same
    DELEGATE = "delegate"  # name servers that can be reached from the parent
    REGISTER = "register"  # renew, or have it lifted by who set it
    CERTIFY = "certify"  # show a certificate that holds for the name
    SIGN = "sign"  # sign anew, or take out the DS
    SPREAD = "spread"  # add one elsewhere
    CLAIM = "claim"  # take out the name, or take it oneself
    CORRECT = "correct"  # mend the record itself
    SETTLE = "settle"  # find out which of several is true
    KNOW = "know"  # nothing to mend


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What is known of a reason that is a finding: one that a check of a delegation reports."""

    urgency: Urgency
    advice: Advice


def _findings() -> Mapping[ReasonCode, FindingRow]:
    broken, dated, single, note = Urgency
    rows = {
        (broken, Advice.CLAIM): "dangling label-free",
        (
            broken,
            Advice.SERVE,
        ): "did-not-serve nonexistent lame all-lame unresolved server-alias inward-address "
        "denied-by",
        (broken, Advice.DELEGATE): "no-glue circle",
        (
            broken,
            Advice.CORRECT,
        ): "no-such-tld alias-loop null-mx-beside exchange-address alias-beside",
        (broken, Advice.REGISTER): "on-hold",
        (broken, Advice.CERTIFY): "certificate-ended certificate-early certificate-of-others "
        "certificate-self-signed",
        (broken, Advice.SIGN): (
            "signature-missing signature-expired signature-future signature-wrong keys-missing "
            "keys-unmatched denial-unproven resolver-bogus"
        ),
        (
            broken,
            Advice.SETTLE,
        ): "registered-and-denied contradiction nothing-there denied-that-day",
        (dated, Advice.REGISTER): "expires expired to-be-deleted",
        (dated, Advice.SETTLE): "held-and-delegated",
        (dated, Advice.SIGN): "signatures-lapse",
        (single, Advice.SPREAD): "one-server one-address one-prefix one-network",
        (note, Advice.CLAIM): "perhaps-free",
        (
            note,
            Advice.AGREE,
        ): "not-delegated only-registered not-in-glue glue-differs serial-behind "
        "not-in-zone sets-differ",
        (note, Advice.CORRECT): "named-twice dot-missing",
        (note, Advice.SERVE): "no-authority exchange-alias",
        (
            note,
            Advice.SETTLE,
        ): "several-origins not-in-caa mixed-scripts delegated-elsewhere front-not-seen "
        "answers-differ",
        (
            note,
            Advice.KNOW,
        ): "locked transfer-closed hidden-primary replaced inner-answer blocked-answer unchecked",
    }
    return {
        ReasonCode(code): FindingRow(urgency, advice)
        for (urgency, advice), codes in rows.items()
        for code in codes.split()
    }


FINDINGS: Final[Mapping[ReasonCode, FindingRow]] = MappingProxyType(_findings())
"""The reasons that are findings, wherever in a graph they stand."""


def urgency_of(reason: Reason) -> Urgency:
    """Return how urgent a finding is.

    What only an inner view has (a zone file, a resolver of one network) may be so on purpose, and
    the day of a registration that the registry has renewed, or that has left the zone, is past: nothing
    breaks on it. Where
    answers differ on whether a name is registered, or on hold, it may end.

    >>> urgency_of(Reason.of("expires", date="2026-02-01")).value
    'breaks-on-a-day'
    >>> urgency_of(Reason.of("expires", date="2026-02-01", auto="renewed")).value
    'worth-knowing'
    """
    urgency = FINDINGS[reason.code].urgency
    if reason.code is ReasonCode.ANSWERS_DIFFER and (reason.get("names") or reason.get("target")):
        return Urgency.DATED
    inner = urgency is Urgency.BROKEN and reason.get("view")
    past = urgency is Urgency.DATED and (reason.get("auto") or reason.get("after"))
    return Urgency.NOTE if inner or past else urgency


# --- How to learn what is not known --------------------------------------------------------


class Remedy(StrEnum):
    """What would tell what is not known: an option, to ask at all or once more, or a file."""

    TLS = "tls"
    OBSERVE = "observe"
    TABLES = "tables"
    BUDGET = "budget"
    DEPTH = "depth"
    AGAIN = "again"
    # Files of others, each by the word of its reader in docs/files.md.
    ZONE = "zone"  # the operator's own zone file, or an export of it
    PASSIVE = "passive"  # passive DNS
    ATLAS = "atlas"  # DNS results of RIPE Atlas
    OONI = "ooni"  # measurements of OONI
    WARC = "warc"  # archived responses, with the address that answered
    MEMENTO = "memento"  # headers of an archived response, which may name a front
    HAR = "har"  # a page load
    HTML = "html"  # a saved page
    CRAWL = "crawl"  # rows of crawls, with the address that answered
    CRTSH = "crtsh"  # Certificate Transparency, as crt.sh lists it
    RELATIONS = "as-rel"  # who sells transit to whom
    PLAIN = "plain"  # WHOIS or RDAP answers that somebody kept
    REPORT = "recording"  # a recording of what a document, or the press, tells


_REMEDY_OF: Final[Mapping[What, Remedy]] = MappingProxyType(
    {
        What.AUTHORITIES: Remedy.TLS,
        What.AUTHORITY: Remedy.TLS,
        What.ISSUER: Remedy.TLS,
        What.NETWORK: Remedy.TABLES,
    }
)
"""What tells something that nobody asked; anything else is asked by every observation."""

_ANSWERS: Final = (
    *(Remedy.PASSIVE, Remedy.ATLAS, Remedy.OONI, Remedy.ZONE),
    *(Remedy.WARC, Remedy.HAR, Remedy.CRAWL),
)
_ZONES: Final = (Remedy.PASSIVE, Remedy.ZONE, Remedy.ATLAS)
_KEPT: Final = (Remedy.PLAIN,)
_FILES_OF: Final[Mapping[What, tuple[Remedy, ...]]] = MappingProxyType(
    {
        What.ADDRESSES: _ANSWERS,
        What.IPV4_ADDRESSES: _ANSWERS,
        What.IPV6_ADDRESSES: _ANSWERS,
        What.MALFORMED_ADDRESSES: _ANSWERS,
        What.HOST: _ANSWERS,
        What.TARGET: _ANSWERS,
        What.NAME_SERVERS: _ZONES,
        What.MALFORMED_NAME_SERVERS: _ZONES,
        What.DNS_OPERATOR: _ZONES,
        What.GLUE: _ZONES,
        What.MAIL_EXCHANGES: _ZONES,
        What.MALFORMED_MX: _ZONES,
        What.MAIL_OPERATOR: _ZONES,
        What.MAILBOX_OPERATOR: _ZONES,
        What.AUTHORITIES: _ZONES[:2],  # CAA records
        What.ISSUER: (Remedy.CRTSH,),
        What.ORIGIN: (Remedy.ZONE,),
        What.NETWORK: _KEPT,
        What.HOLDER: _KEPT,
        What.ADDRESS_REGISTRY: _KEPT,
        What.REGISTRAR: _KEPT,
    }
)
"""The files that can tell something, those that speak of most days first."""
_FILES_WHY: Final[Mapping[ReasonCode, tuple[Remedy, ...]]] = MappingProxyType(
    {ReasonCode.MAY_BE_FRONT: (Remedy.MEMENTO, Remedy.WARC, Remedy.HAR)}
)
"""The files that can tell what is not known for a certain reason: a front names itself in headers."""

_REMEDIES: Final[Mapping[ReasonCode, Remedy]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                ReasonCode.INNER_VIEW,
                ReasonCode.INNER_DENIAL,
                ReasonCode.BLOCKED,
                ReasonCode.COMPUTED,
                ReasonCode.PERHAPS_OTHERS,
                ReasonCode.DELEGATION_UNSEEN,
                ReasonCode.REFUSED,  # by whom it was asked of: others may answer
            ),
            Remedy.OBSERVE,
        ),
        ReasonCode.NOT_ASKED_BUDGET: Remedy.BUDGET,
        ReasonCode.NOT_ASKED_DEPTH: Remedy.DEPTH,
        **dict.fromkeys(
            (
                ReasonCode.SERVFAIL,
                ReasonCode.TIMEOUT,
                ReasonCode.UNREACHABLE,
                ReasonCode.TRUNCATED,
                ReasonCode.RATE_LIMITED,
                ReasonCode.ERROR,
            ),
            Remedy.AGAIN,
        ),
    }
)
_NEVER_ASKED: Final = frozenset({ReasonCode.NOT_ASKED, ReasonCode.NOT_RECORDED})


def remedy_of(what: What | None, text: str) -> Remedy | None:
    """Return what would tell something that is not known.

    Parameters
    ----------
    what
        What it is.
    text
        Why it is not known: coded reasons.

    Returns
    -------
    Remedy or None
        None where no question of depgraph would.

    >>> remedy_of(What.AUTHORITY, "question?question=certificate&reason=not-asked")
    <Remedy.TLS: 'tls'>
    >>> remedy_of(What.ORIGIN, "hidden-by-front") is None
    True
    """
    for one in reasons(text):
        if one.code in _NEVER_ASKED:
            return Remedy.OBSERVE if what is None else _REMEDY_OF.get(what, Remedy.OBSERVE)
        if one.code in _REMEDIES:
            return _REMEDIES[one.code]
        nested = remedy_of(what, one.get("reason"))
        if nested is not None:
            return nested
    return None


def remedies_of(what: What, text: str) -> tuple[Remedy, ...]:
    """Return all that would tell something that is not known: asking, and the files of others.

    Parameters
    ----------
    what, text
        As in :func:`remedy_of`.

    Returns
    -------
    tuple of Remedy
        That of :func:`remedy_of` first, which tells of the day on which it is asked; then files,
        which tell of the days that they speak of. Empty where nothing does.

    >>> [one.value for one in remedies_of(What.ORIGIN, "hidden-by-front")]
    ['zone']
    """
    asked = remedy_of(what, text)
    because = (one for reason in reasons(text) for one in _FILES_WHY.get(reason.code, ()))
    found = (*((asked,) if asked else ()), *_FILES_OF.get(what, ()), *because)
    return tuple(dict.fromkeys(found))


_LAYER_FILES: Final[Mapping[Layer, tuple[Remedy, ...]]] = MappingProxyType(
    {
        Layer.TRANSIT: (Remedy.RELATIONS,),
        Layer.APP: (Remedy.REPORT,),
        Layer.THIRD_PARTY: (Remedy.HAR, Remedy.WARC, Remedy.HTML, Remedy.REPORT),
    }
)


def remedies_of_layer(layer: Layer) -> tuple[Remedy, ...]:
    """Return what would tell of a layer that is absent where nobody spoke of it."""
    return _LAYER_FILES.get(layer, ())


# --- Reports, sources, change -----------------------------------------------------------------------


class ReportedRole(StrEnum):
    """What somebody is reported to do for a name (observations of type ``operator``)."""

    HOST = "host"
    FRONT = "front"
    DNS = "dns"
    MAIL = "mail"
    MAILBOX = "mailbox"
    CA = "ca"
    REGISTRAR = "registrar"
    OWNER = "owner"
    NETWORK = "network"
    TRANSIT = "transit"  # alone carries its traffic to the rest of the Internet
    SIGNER = "signer"  # holds the keys of a zone that DNSSEC protects
    SMS = "sms"  # sends its text messages
    LOGIN = "login"
    PAYMENT = "payment"
    SUPPORT = "support"
    CHAT = "chat"
    OTHER = "other"  # something that is not said


class SourceKind(StrEnum):
    """Kinds of source that a fact can come from."""

    DNS = "dns"
    RDAP = "rdap"
    WHOIS = "whois"
    CYMRU = "cymru"
    RIPESTAT = "ripestat"
    TLS = "tls"
    ZONE_FILE = "zone-file"
    DATASET = "dataset"
    DOCUMENT = "document"
    CATALOGUE = "catalogue"


SOURCE_NAMES: Final[Mapping[SourceKind, str]] = MappingProxyType(
    {
        SourceKind.DNS: "DNS",
        SourceKind.RDAP: "RDAP",
        SourceKind.WHOIS: "WHOIS",
        SourceKind.CYMRU: "Team Cymru",
        SourceKind.RIPESTAT: "RIPEstat",
        SourceKind.TLS: "TLS",
    }
)
"""Sources that have a name, the same in each language; the others have a word (``provenance.X``)."""


class Turn(StrEnum):
    """What became of something, or of a whole layer, between two days."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    CHANGED = "changed"
    NEWLY_KNOWN = "newly-known"  # it may have been so before: the earlier day does not know
    NO_LONGER_KNOWN = "no-longer-known"  # it may still be so: the later day does not know
    SAME = "same"
    SAME_AS_KNOWN = "same-as-known"  # what is known of it is the same; not all is known
    INCOMPARABLE = "incomparable"  # on one of the days nothing is known of it


# --- The rows are complete -----------------------------------------------------------------


_Word = TypeVar("_Word", bound=StrEnum)


def _rank(word: StrEnum) -> int:
    return _PLACES[type(word)][word]


_PLACES: Final[Mapping[type[StrEnum], Mapping[StrEnum, int]]] = {
    words: {word: place for place, word in enumerate(words)}
    for words in (Evidence, Confidence, Layer, Function, Urgency)
}


def _complete(words: type[_Word], rows: Mapping[_Word, object]) -> None:
    missing = [word.value for word in words if word not in rows]
    if missing:
        raise AssertionError(
            f"expected a row for each {words.__name__}, found none for {', '.join(missing)}"
        )


_complete(Lever, LEVERS)
_complete(Function, FUNCTIONS)
_complete(Kind, KINDS)
_complete(Relation, RELATIONS)
_complete(Part, OPERATED)

"""Signals, roles, and what an attribution is.

A *signal* is one thing that was seen and may name an operator. A *role* is the question:
who does this for the service? The same signal may answer several.

========= ==========================================================================
role      question
========= ==========================================================================
dns       who runs this authoritative name server
web       who answers at this host or address: a host, or a front that stands before one
front     only the front (CDN, DDoS shield), if there is one
hosting   only the host; a front is never one
mx        who runs this mail exchanger: the mailbox operator or a gateway before it
gateway   only the mail gateway, if there is one
mailbox   who holds the mailboxes, seen through a gateway where there is evidence
registrar through whom the name is registered
registry  who keeps the registry of the public suffix: its sponsor
back-end  who runs that registry for its sponsor
ca        which certification authority issued the certificate
network   who announces the address (the origin)
holder    who is registered as the user of the address block
========= ==========================================================================

Holder, origin (network) and operator (web, dns, mx) are three facts and stay apart.

How sure an attribution is, is a word of :class:`depgraph.vocabulary.Confidence`, by the kind
of signal that decides:

``certain``
    A signal that only the provider itself can set or publish for this role (the host name of
    its own server, a range it publishes, its IANA registrar id, its name in the certificate
    it signed, the registry's own record of the AS number); a record or an uncontested report
    that itself names who it is; the AS of an operator that the catalogue does not know, taken
    for who can stop what is served there (:attr:`Attribution.serving`).
``likely``
    One step of inference lies between: the origin AS or the block's holder taken for who
    operates what runs there; DKIM or autodiscover taken for who holds the mailboxes behind a
    gateway; the registered domain of the servers of an operator that the catalogue does not
    know. Also every rule that no public document confirms yet, and a weak rule whose measured
    share of right answers is at least :data:`depgraph.vocabulary.LIKELY_SHARE`.
``possible``
    A weak signal, which others can write or which outlives its use: a PTR record alone, a
    name in free text, SPF behind a gateway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depgraph.names import is_local
from depgraph.records.text import is_name
from depgraph.vocabulary import LIKELY_SHARE, Confidence, Reason

ROLES: Final = (
    "dns",
    "web",
    "front",
    "hosting",
    "mx",
    "gateway",
    "mailbox",
    "registrar",
    "registry",
    "back-end",
    "ca",
    "network",
    "holder",
)

KINDS: Final = (
    "ns-host",
    "ns-domain",
    "soa-mname",
    "cname",
    "host",
    "mx-host",
    "spf-include",
    "dkim",
    "autodiscover",
    "txt",
    "ptr",
    "address",
    "asn",
    "holder-handle",
    "holder-name",
    "registrar-id",
    "registrar-name",
    "issuer",
    "tld",
    "rdap-host",
    "reported-name",
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was seen and may name an operator.

    Parameters
    ----------
    kind
        A word of :data:`KINDS`.
    value
        Canonical name, address, decimal AS number, handle, id or text, by kind. A
        ``ns-domain`` is a registered domain, for sources that kept only that of the
        name servers. ``dkim`` and ``autodiscover`` are the *targets* of those records.
    """

    kind: str
    value: str

    def __post_init__(self) -> None:
        """Refuse a kind that no rule could ever be about."""
        if self.kind not in KINDS:
            raise ValueError(f"expected a kind of signal ({', '.join(KINDS)}), found {self.kind!r}")


_RESERVED_IDS: Final = frozenset(
    {1, 3, 8, 119, 365, 376, *range(9994, 10000), 10009, 4000001, 8888888}
)
"""Numbers that IANA's list of registrars has as reserved, for tests and for names that have no
registrar (https://www.iana.org/assignments/registrar-ids, read in a stored copy)."""


def is_nobody(signal: Signal) -> bool:
    """Tell whether a signal names nobody, whatever is written in it.

    These are registrar ids that are no registrar's, servers under a name that is in no top-level
    domain, and sentences and addresses in place of the name of an organisation.

    >>> is_nobody(Signal("registrar-id", "9999")), is_nobody(Signal("registrar-id", "146"))
    (True, False)
    >>> is_nobody(Signal("registrar-name", "This name has no registrar. Ask the registry."))
    True
    """
    if signal.kind == "registrar-id":
        return signal.value.isdecimal() and int(signal.value) in _RESERVED_IDS
    if signal.kind in _SERVERS:
        return is_local(signal.value)
    return signal.kind in _NAMES_OF_SOMEBODY and not is_name(signal.value)


_SERVERS: Final = frozenset({"ns-host", "ns-domain", "soa-mname", "mx-host"})
_NAMES_OF_SOMEBODY: Final = frozenset({"registrar-name", "holder-name", "issuer", "reported-name"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A signal that a rule of the catalogue spoke to."""

    signal: Signal
    rule: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who does it, how sure that is, and everything that spoke.

    Parameters
    ----------
    provider
        Id in the catalogue; ``~example.net`` or ``~AS64500`` (``~HANDLE``, ``~IANA9999``,
        ``~some-name``) for an operator that the catalogue does not know; None when unknown.
    name
        For people. Empty when unknown.
    is_front
        The provider stands before the real host or mailbox (CDN, DDoS shield, mail
        gateway): never read it as "hosted by".
    is_self
        The servers carry the service's own name, or belong to its own company.
    confidence
        How sure that is; None when unknown.
    share
        Measured share of right answers of the deciding rule, where it was measured.
    unverified
        The deciding rule is stated and not yet confirmed by a public document.
    serving
        Whether it hosts or stands in front is not known: it is an operator of the web that the
        catalogue does not know, named by its network or its block.
    rule
        Id of the deciding rule, or one of the built-in ones: ``self``, ``registered-domain``,
        ``origin-as``. Empty when unknown.
    signals
        Every signal that a rule spoke to, the deciding one first.
    reasons
        Why this one, or why it is unknown.
    perhaps
        Where it is unknown: who it may be, the likeliest first, each *possible* and no more.
    """

    provider: str | None
    name: str = ""
    is_front: bool = False
    is_self: bool = False
    confidence: Confidence | None = None
    share: float | None = None
    unverified: bool = False
    serving: bool = False
    rule: str = ""
    signals: tuple[Spoken, ...] = ()
    reasons: tuple[Reason, ...] = ()
    perhaps: tuple[Attribution, ...] = ()

    @property
    def catalogued(self) -> bool:
        """Whether the provider has a row in the catalogue."""
        return self.provider is not None and not self.provider.startswith("~") and not self.is_self


def graded(
    confidence: Confidence, *, unverified: bool = False, share: float | None = None
) -> Confidence:
    """Return how sure a rule makes an attribution.

    Parameters
    ----------
    confidence
        What its kind of signal can say at most.
    unverified
        Whether the rule is stated and not yet confirmed by a public document.
    share
        Measured share of right answers; None where nobody measured it.

    >>> graded(Confidence.CERTAIN, unverified=True).value
    'likely'
    >>> graded(Confidence.POSSIBLE, share=0.99).value
    'likely'
    """
    if confidence is Confidence.POSSIBLE and share is not None and share >= LIKELY_SHARE:
        return Confidence.LIKELY
    if confidence is Confidence.CERTAIN and unverified:
        return Confidence.LIKELY
    return confidence

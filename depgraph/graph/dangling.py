"""Names that are pointed at and free: whoever takes one stands where it is pointed at.

A name server, mail exchange, alias or SPF `include` may lead to a domain that nobody has
registered, or to a customer's name that a platform has given to nobody. Anyone may take it,
and then reads, redirects or refuses what is sent there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from depgraph import names
from depgraph.graph import spf
from depgraph.graph.answers import SETTLED, proof, view_of
from depgraph.graph.builder import Builder
from depgraph.graph.failure import exists
from depgraph.observations import ALIAS_UNSAID, Observation, Status
from depgraph.vocabulary import Confidence, Reason, Strength

_POINTED_AT: Final = ("nameserver", "exchange")
_ANSWERS: Final = ("A", "AAAA", "CNAME", "NS", "MX", "TXT", "SOA", "DNAME")
_OWN_RECORDS: Final = {"registration": "registrar", "nameservers": "nameserver"}


@dataclass(frozen=True, slots=True)
class Free:
    """A name that anyone may take.

    Parameters
    ----------
    name
        The registered domain, or the name under a platform's.
    finding
        Why it is free.
    confidence
        How sure that is.
    seen
        The observations that say so.
    """

    name: str
    finding: Reason
    confidence: Confidence
    seen: Sequence[Observation]

    @property
    def proof(self) -> dict[str, Any]:
        """The attributes of an edge that rests on it."""
        return proof(self.seen, confidence=self.confidence)


def mark(builder: Builder) -> None:
    """Put whoever may take a free name behind each place that it is pointed at from."""
    draft = builder.draft
    for node, name in list(_pointed_at(builder)):
        found = free(builder, name)
        if found is not None:
            _add(builder, node, "operator", found)
            _close(builder, found)
    mail = f"function:{builder.subject}/mail"
    if mail in draft.nodes and not draft.nodes[mail].get("absent"):
        for name in spf.senders(builder.index, builder.subject).looked_up:
            found = free(builder, name, kinds=("TXT",))
            if found is not None:
                _add(builder, mail, "sender", found)


def _pointed_at(builder: Builder) -> Iterator[tuple[str, str]]:
    """Yield the nodes of the names that records point to, with the names."""
    draft = builder.draft
    for node in sorted(draft.nodes):
        kind, _, name = node.partition(":")
        if kind in _POINTED_AT or (kind == "host" and name in builder.aliases):
            yield node, name


def _add(builder: Builder, node: str, relation: str, found: Free) -> None:
    anyone = builder.draft.node("anyone", found.name)
    finding = str(found.finding)
    builder.draft.edge(
        node, relation, anyone, found.proof, strength=Strength.EXPOSES, finding=finding
    )


def _close(builder: Builder, found: Free) -> None:
    """Let whoever takes a domain stand for its operator, registrar and servers: there are none."""
    draft = builder.draft
    nobody = f"provider:~{found.name}"
    for tail, head, relation in [key for key in draft.edges if key[1] == nobody]:
        draft.drop(tail, head, relation)
    for kind, relation in _OWN_RECORDS.items():
        tail = f"{kind}:{found.name}"
        for head in draft.heads(tail, relation):
            if head.startswith("unknown:"):
                draft.drop(tail, head, relation)
                draft.edge(tail, relation, f"anyone:{found.name}", found.proof)


def free(
    builder: Builder, name: str, *, kinds: Sequence[str] = ("A", "AAAA", "CNAME")
) -> Free | None:
    """Return how it is known that anyone may take a name; None where it is not.

    Parameters
    ----------
    builder
        The build.
    name
        A name that something points to.
    kinds
        The types that it is asked for there.

    Returns
    -------
    Free or None
        Certain where the registry says that the domain is not registered; possible where only
        the DNS says that the name does not exist, and nothing that its domain does. A name
        under a platform's is likely free where the catalogue says that such can be taken,
        and possibly where the Public Suffix List has the platform.
    """
    index = builder.index
    domain = builder.registered(name)
    if domain is None or domain == builder.registered(builder.subject):
        return None
    if any(index.ask(name, kind).records for kind in _ANSWERS):
        return None
    registration = index.ask(domain, "registration")
    unregistered = [o for o in registration.empty if o.status is Status.NOT_FOUND]
    if unregistered and registration.is_empty and not _in_use(builder, domain):
        return Free(domain, Reason.of("dangling", name=domain), Confidence.CERTAIN, unregistered)
    answers = [index.ask(name, kind) for kind in kinds]
    denied = [o for one in answers for o in one.empty if o.status is Status.NXDOMAIN]
    denied = denied or [o for one in answers for o in one.failed if o.status is Status.NXDOMAIN]
    denied = [o for o in denied if not o.remarks(ALIAS_UNSAID)]
    if not denied:
        return None
    platform = builder.catalogue.platform_of(name)
    if platform is not None or names.private_suffix(name) is not None:
        view = view_of(denied)
        sure = Confidence.POSSIBLE if platform is None or view else Confidence.LIKELY
        return Free(name, Reason.of("label-free", name=name, view=view), sure, denied)
    if registration.records or _in_use(builder, domain):
        return None
    return Free(domain, Reason.of("perhaps-free", name=domain), Confidence.POSSIBLE, denied)


def _in_use(builder: Builder, domain: str) -> bool:
    """Tell whether anything in the recording shows that a domain exists.

    A name below it does (RFC 8020), and a server of its own that answers for it.
    """
    served = any(o.server and o.status in SETTLED for o in builder.index.asked_for(domain))
    return served or exists(builder.index, domain, {Status.ANSWER, Status.NODATA})

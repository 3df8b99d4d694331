"""Who announces an address, and what an AS is called: Team Cymru's zones, asked in the DNS."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from depgraph.collect.iterate import Resolver
from depgraph.collect.plan import Question
from depgraph.collect.source import Report, Source
from depgraph.observations import Observation, Status
from depgraph.records import cymru
from depgraph.vocabulary import SourceKind


class Origin(Source):
    """Looks up the origin AS of addresses, and the names of AS numbers."""

    answers = frozenset({"origin", "as"})

    async def ask(self, question: Question, report: Report) -> None:
        """Look an address or an AS number up. See :meth:`Source.ask`."""
        if question.type == "origin":
            report(await look_up_origin(self.context.resolver, question.subject))
        else:
            report(await look_up_as(self.context.resolver, question.subject))


async def look_up_origin(resolver: Resolver, address: str) -> Observation:
    """Look up who announces an address; the DNS is asked once, however often this is called.

    Returns
    -------
    Observation
        Of type ``origin``.

    Raises
    ------
    OutOfBudgetError
        If a question is needed that the budget forbids.
    """
    reply = await resolver.lookup(origin_name(address), "TXT")
    return read_origin(address, reply.final)


async def look_up_as(resolver: Resolver, subject: str) -> Observation:
    """Look up what is known of an AS, such as ``AS64500``; see :func:`look_up_origin`."""
    reply = await resolver.lookup(as_name(subject), "TXT")
    return read_as(subject, reply.final)


def origin_name(address: str) -> str:
    """Return the name that holds the origin of an address.

    >>> origin_name("198.51.100.7")
    '7.100.51.198.origin.asn.cymru.com'
    """
    ip = ipaddress.ip_address(address)
    reverse = ip.reverse_pointer.rsplit(".", 2)[0]
    return f"{reverse}.origin{'6' if ip.version == 6 else ''}.asn.cymru.com"


def as_name(subject: str) -> str:
    """Return the name that holds what is known of an AS.

    >>> as_name("AS64500")
    'as64500.asn.cymru.com'
    """
    return f"{subject.lower()}.asn.cymru.com"


def read_origin(address: str, answer: Observation) -> Observation:
    """Read the TXT answer of :func:`origin_name` as an observation of type ``origin``."""
    return _derived(answer, address, "origin", cymru.read_origin(address, answer.values))


def read_as(subject: str, answer: Observation) -> Observation:
    """Read the TXT answer of :func:`as_name` as an observation of type ``as``."""
    return _derived(answer, subject, "as", cymru.read_as(subject, answer.values))


def _derived(answer: Observation, subject: str, kind: str, values: tuple[str, ...]) -> Observation:
    """Return what a TXT answer says, as an observation of Team Cymru's: a failure stays one."""
    status, note = answer.status, answer.note
    if status is Status.ANSWER and not values:
        status, note = Status.MALFORMED, "not in the form of Team Cymru's tables"
    return replace(
        answer,
        subject=subject,
        type=kind,
        status=status,
        values=values,
        source=SourceKind.CYMRU.value,
        zone="",
        section="answer",
        note=note,
    )

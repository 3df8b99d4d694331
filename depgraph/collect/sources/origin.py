"""Who announces an address, and what an AS is called: Team Cymru's zones, else RIPEstat.

Team Cymru's zones are asked in the DNS, which is one packet; where they settle nothing, RIPEstat
is asked over HTTPS. Either may be out of order without anything being lost.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from depgraph.collect.plan import Question
from depgraph.collect.source import Context, Report, Source
from depgraph.observations import Observation, Status
from depgraph.records import cymru, ripestat
from depgraph.vocabulary import SourceKind

Reader = Callable[[str, Mapping[str, Any]], tuple[str, ...] | None]


class Origin(Source):
    """Looks up the origin AS of addresses, and the names of AS numbers."""

    answers = frozenset({"origin", "as"})

    async def ask(self, question: Question, report: Report) -> None:
        """Look an address or an AS number up. See :meth:`Source.ask`."""
        look_up = look_up_origin if question.type == "origin" else look_up_as
        report(await look_up(self.context, question.subject))


async def look_up_origin(context: Context, address: str) -> Observation:
    """Look up who announces an address; each source is asked once, however often this is called.

    Returns
    -------
    Observation
        Of type ``origin``, of the source that settled it; a failure is Team Cymru's.

    Raises
    ------
    OutOfBudgetError
        If a question is needed that the budget forbids.
    """
    reply = await context.resolver.lookup(origin_name(address), "TXT")
    first = read_origin(address, reply.final)
    return await _settled(context, first, "network-info", ripestat.read_origin)


async def look_up_as(context: Context, subject: str) -> Observation:
    """Look up what is known of an AS, such as ``AS64500``; see :func:`look_up_origin`."""
    reply = await context.resolver.lookup(as_name(subject), "TXT")
    first = read_as(subject, reply.final)
    return await _settled(context, first, "as-overview", ripestat.read_as)


async def _settled(context: Context, first: Observation, call: str, read: Reader) -> Observation:
    """Return an answer of Team Cymru's, or where it settles nothing that of RIPEstat.

    Where RIPEstat settles nothing either, the failure stays, with what became of the second.
    """
    if first.status.conclusive:
        return first
    subject, kind = first.subject, first.type
    recorded = context.ledger.recorded(SourceKind.RIPESTAT, subject, kind)
    if recorded is not None:
        return recorded
    page = await context.web.fetch(
        f"https://stat.ripe.net/data/{call}/data.json?resource={subject}"
    )
    values = read(subject, page.data) if page.data is not None else None
    if page.status is Status.ANSWER and values is None:
        page = replace(page, status=Status.MALFORMED)
    if page.status is not Status.ANSWER or values is None:
        return replace(first, note=_together(first.note, f"RIPEstat: {page.status.value}"))
    page = replace(
        page,
        status=Status.ANSWER if values else Status.NOT_FOUND,
        note=f"Team Cymru: {first.status.value}",
    )
    return context.record_page(subject, kind, page, values, source=SourceKind.RIPESTAT)


def _together(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


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

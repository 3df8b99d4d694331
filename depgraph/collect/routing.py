"""Who announces an address: Team Cymru's zones, asked in DNS."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from depgraph.observations import Observation, Status
from depgraph.records import cymru


def origin_name(address: str) -> str:
    """Give the name that holds the origin of an address.

    >>> origin_name("198.51.100.7")
    '7.100.51.198.origin.asn.cymru.com'
    """
    ip = ipaddress.ip_address(address)
    reverse = ip.reverse_pointer.rsplit(".", 2)[0]
    return f"{reverse}.origin{'6' if ip.version == 6 else ''}.asn.cymru.com"


def as_name(subject: str) -> str:
    """Give the name that holds what is known of an AS.

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
    status, note = answer.status, answer.note
    if status is Status.ANSWER and not values:
        status, note = Status.MALFORMED, "not in the form of Team Cymru's tables"
    return replace(
        answer,
        subject=subject,
        type=kind,
        status=status,
        values=values,
        source="cymru",
        zone="",
        section="answer",
        note=note,
    )

"""DNS over HTTPS in JSON (``application/dns-json``), as Google, Cloudflare and others answer.

``curl -H 'accept: application/dns-json' 'https://dns.example/resolve?name=shop.example&type=NS'``: one
answer of one recursive resolver an object, without the time at which it was given. Documented at
https://developers.google.com/speed/public-dns/docs/doh/json
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Final

import dns.rcode
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.readers.answers import (
    Answer,
    Row,
    name_under,
    objects_under,
    row_of,
    text_under,
    ttl_under,
    unread,
)
from depgraph.readers.days import Interval, needed
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.records.ede import listed, spoken
from depgraph.records.rdata import is_type
from depgraph.text_safety import quote

_FLAGS: Final = ("TC", "RD", "RA", "AD", "CD")
_KEYS: Final = frozenset(
    [
        *("Status", *_FLAGS, "Question", "Answer", "Authority", "Additional", "Comment"),
        *("edns_client_subnet", "extended_dns_errors"),
    ]
)


def read_doh(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read answers of DNS over HTTPS in JSON, one recording an answer.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every answer is bad.
    """
    return each(source, functools.partial(_recording, undated=undated))


def _recording(row: dict[str, Any], *, undated: Interval | None) -> Recording:
    asked = row.get("Question")
    questions = [asked] if isinstance(asked, dict) else objects_under(row, "Question")
    if len(questions) != 1:
        raise RecordingError(f"expected one question, found {len(questions)}")
    time, until = needed(undated)
    status = row.get("Status")
    if type(status) is not int or not 0 <= status < 4096:
        raise RecordingError(f"expected a response code under 'Status', found {quote(status)}")
    name = name_under(questions[0])
    answer = Answer(
        name=name,
        form="doh",
        kind=_kind(questions[0]),
        status=dns.rcode.to_text(dns.rcode.Rcode.make(status)),
        time=time,
        until=until,
        flags=tuple(flag for flag in _FLAGS if row.get(flag) is True),
        answers=_rows(row, "Answer"),
        authorities=_rows(row, "Authority"),
        additionals=_rows(row, "Additional") if "Additional" in row else None,
        # Cloudflare says what else it has to say in the comment, Google in a list.
        note="; ".join([*listed(row.get("extended_dns_errors")), *spoken(row.get("Comment"))]),
    )
    header = Header(subject=name, since=time.date(), until=until.date(), source="DNS over HTTPS")
    problems = unread(row, _KEYS, "DNS over HTTPS")
    return Recording(header, tuple(answer.observations()), problems=problems)


def _kind(record: dict[str, Any]) -> str:
    """Give the type of a record: Google and Cloudflare write its number, others its name."""
    kind = record.get("type")
    if type(kind) is int and 0 < kind < 2**16:
        return dns.rdatatype.to_text(dns.rdatatype.RdataType.make(kind))
    if isinstance(kind, str) and is_type(kind.upper()):
        return kind.upper()
    raise RecordingError(f"expected a type of record under 'type', found {quote(kind)}")


def _rows(row: dict[str, Any], section: str) -> tuple[Row, ...]:
    found = []
    for record in objects_under(row, section):
        kind = _kind(record)
        if is_type(kind):  # OPT is none
            ttl = ttl_under({"ttl": record.get("TTL")})
            found.append(row_of(name_under(record), kind, ttl, text_under(record, "data")))
    return tuple(found)

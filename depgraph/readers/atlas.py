"""DNS results of RIPE Atlas: what each probe was answered, as the message on the wire.

A result (https://atlas.ripe.net/docs/apis/measurement-result-format/, versions 4460 to 5000) has
``type`` (``dns``), ``msm_id``, ``prb_id``, ``timestamp`` (seconds since 1970), ``dst_addr``, and
``result`` with ``abuf``, the answer in base64; or ``error``. Where a probe asked each of its
resolvers there is a ``resultset`` of such objects. A result names neither country nor network of
the probe: its place is the number of the probe.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Observation
from depgraph.readers.answers import Answer, Row, objects_under, row_of, server_of
from depgraph.readers.lines import BadLine, each
from depgraph.recording import Header, Recording
from depgraph.text_safety import one_line, quote

_FLAGS: Final = tuple((str(one.name), one) for one in dns.flags.Flag)


def read_atlas(source: Source) -> Iterator[Recording | BadLine]:
    """Read DNS results of RIPE Atlas, one recording a result."""
    return each(source, _recording)


def _recording(row: dict[str, Any]) -> Recording:
    if row.get("type", "dns") != "dns":
        raise RecordingError(f"expected a result of type 'dns', found {quote(row.get('type'))}")
    several = objects_under(row, "resultset") or [row]
    probe = _number(row, "prb_id")
    answers = [_answer({**row, **one}) for one in several]
    found: list[Observation] = []
    for answer in answers:
        found += (replace(o, vantage=f"atlas-{probe}") for o in answer.observations())
    first, last = (pick(answers, key=lambda one: one.time) for pick in (min, max))
    header = Header(
        subject=answers[0].name, since=first.time.date(), until=last.time.date(), source="atlas"
    )
    named = tuple(pair for answer in answers for pair in answer.named())
    return Recording(header, tuple(dict.fromkeys(found)), named=named)


def _answer(row: dict[str, Any]) -> Answer:
    """Return what one server answered, or that it did not."""
    time = datetime.fromtimestamp(_number(row, "timestamp"), UTC)
    server = server_of(str(row.get("dst_addr") or ""))
    citation = f"RIPE Atlas {row['msm_id']}" if isinstance(row.get("msm_id"), int) else "RIPE Atlas"
    result = row.get("result")
    packed = result.get("abuf") if isinstance(result, dict) else None
    if packed is None:
        name, kind = _asked(row)
        error = row.get("error")
        failed = error if isinstance(error, dict) else {"error": str(error)}
        return Answer(
            name=name,
            form="atlas",
            kind=kind,
            status="TIMEOUT" if "timeout" in failed else "ERROR",
            time=time,
            server=server,
            citation=citation,
            note=one_line("; ".join(f"{key}: {value}" for key, value in failed.items()), limit=200),
        )
    message = _message(packed)
    name, kind = _question(message)
    return Answer(
        name=name,
        form="atlas",
        kind=kind,
        status=dns.rcode.to_text(message.rcode()),
        time=time,
        server=server,
        flags=tuple(word for word, flag in _FLAGS if message.flags & flag),
        answers=_rows(message.answer),
        authorities=_rows(message.authority),
        additionals=_rows(message.additional),
        citation=citation,
    )


def _asked(row: dict[str, Any]) -> tuple[str, str]:
    """Return what was asked, of a result without an answer: the query, where it was kept."""
    if "qbuf" not in row:
        raise RecordingError("expected an answer ('abuf') or the query ('qbuf'), found neither")
    return _question(_message(row["qbuf"]))


def _message(packed: object) -> dns.message.Message:
    if not isinstance(packed, str):
        raise RecordingError(f"expected a DNS message in base64, found {quote(packed)}")
    try:
        wire = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        return dns.message.from_wire(wire, ignore_trailing=True)
    except (binascii.Error, ValueError, dns.exception.DNSException) as error:
        fault = one_line(str(error) or type(error).__name__, limit=100)
        raise RecordingError(f"expected a DNS message in base64, found none ({fault})") from None


def _question(message: dns.message.Message) -> tuple[str, str]:
    if not message.question:
        raise RecordingError("expected a DNS message with its question, found one without")
    asked = message.question[0]
    return canonical(asked.name.to_text()), dns.rdatatype.to_text(asked.rdtype)


def _rows(section: list[Any]) -> tuple[Row, ...]:
    return tuple(
        row_of(
            canonical(group.name.to_text()),
            dns.rdatatype.to_text(group.rdtype),
            group.ttl,
            rdata.to_text(),
        )
        for group in section
        for rdata in group
    )


def _number(row: dict[str, Any], key: str) -> int:
    value = row.get(key)
    if type(value) is not int or not 0 <= value < 2**40:
        raise RecordingError(f"expected a number under {key!r}, found {quote(value)}")
    return value

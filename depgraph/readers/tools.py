"""The output of other scanners, a JSON object a line: httpx, and massdns before 2018.

httpx (``-json``) looks up addresses and aliases on its way to a page; what it concludes (which CDN)
is its own judgement and is not read, but for the AS that announces the address and the certificate
that it was shown. subfinder finds
names and asks nothing.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import canonical
from depgraph.observations import Observation, Status, parse_time
from depgraph.readers.answers import Answer, Row, name_under, row_of, server_of, text_under, unread
from depgraph.readers.days import UNDATED, Interval, needed
from depgraph.readers.extent import remarks
from depgraph.readers.keys import Owner, read_record
from depgraph.readers.lines import BadLine, each, readable, rows
from depgraph.recording import Header, Recording
from depgraph.records import rdata
from depgraph.records.blocks import read_origin
from depgraph.records.certificates import read_certificate
from depgraph.text_safety import quote

_HTTPX: Final = frozenset(
    [
        "url",
        "input",
        "host",
        "host_ip",
        "a",
        "aaaa",
        "cname",
        "resolvers",
        "asn",
        "tls",
        "timestamp",
    ]
)


def read_httpx(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read httpx JSON, one recording a line, in constant memory.

    Parameters
    ----------
    undated
        First and last moment for lines without a timestamp; without it they are bad lines.
    """
    return each(source, functools.partial(_httpx, undated=undated))


def read_subfinder(_source: Source, **_: Any) -> Iterator[Recording | BadLine]:
    """Refuse the output of subfinder, which has no record.

    Raises
    ------
    RecordingError
        Always, with what to do.
    """
    raise RecordingError(
        "expected DNS records, found the output of subfinder, a list of names: ask about them "
        "(dnsx -json -a -aaaa -cname -ns -mx), and give what that writes"
    )


class _Line:
    """The observations of one line, all of one time."""

    def __init__(self, when: Interval) -> None:
        self.found: list[Observation] = []
        self._when = when

    def add(
        self,
        name: str,
        kind: str,
        values: tuple[str, ...],
        *,
        status: Status = Status.ANSWER,
        note: str = "",
        server: str = "",
    ) -> None:
        self.found.append(
            Observation(
                subject=name,
                type=kind,
                status=status,
                values=values,
                server=server,
                time=self._when[0],
                until=self._when[1] if self._when[1] != self._when[0] else None,
                note=note,
            )
        )

    def recording(
        self, name: str, source: str, row: dict[str, Any], known: frozenset[str]
    ) -> Recording:
        """Return the recording; refuses a line of which nothing was understood."""
        if not self.found:
            keys = ", ".join(quote(key) for key in list(row)[:12])
            raise RecordingError(f"expected records of {quote(name)}, found only the keys {keys}")
        days = self._when[0].date(), self._when[1].date()
        header = Header(subject=name, since=days[0], until=days[1], source=source)
        return Recording(header, tuple(self.found), problems=unread(row, known, source))


def _when(row: dict[str, Any], undated: Interval | None) -> Interval:
    if "timestamp" in row:
        moment: datetime = parse_time(text_under(row, "timestamp"))
        return moment, moment
    if undated is None:
        raise RecordingError(f"expected a 'timestamp', found none: {UNDATED}")
    return undated


def _texts(row: dict[str, Any], key: str) -> list[str]:
    value = row.get(key) or []
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
        raise RecordingError(f"expected a list of texts under {key!r}, found {quote(value)}")
    return several


def _httpx(row: dict[str, Any], *, undated: Interval | None) -> Recording:
    host = urlsplit(text_under(row, "url")).hostname if isinstance(row.get("url"), str) else None
    name = canonical(host or text_under(row, "input").strip())
    line = _Line(_when(row, undated))
    resolvers = _texts(row, "resolvers")
    server = server_of(resolvers[0]) if len(resolvers) == 1 else ""
    looked_up = functools.partial(line.add, server=server)
    for key in ("a", "aaaa", "cname"):
        if values := _texts(row, key):
            note = remarks("httpx", stated=True, server=server)
            add = functools.partial(looked_up, note=note)
            read_record(add, Owner(name, name), key.upper(), list(values))
    reached = rdata.address(str(row.get("host_ip") or row.get("host") or ""))
    kind = rdata.address_type(reached or "")
    if reached and kind and not line.found and not rdata.address(name):
        looked_up(name, kind, (reached,), note=remarks("httpx", server=server))
    asn = row.get("asn")
    if reached and isinstance(asn, dict):
        origin = read_origin({"asn": str(asn.get("as_number", ""))})
        if origin:
            line.add(reached, "origin", origin)
    tls = row.get("tls")
    if isinstance(tls, dict) and _shows_its_faults(tls) and (shown := read_certificate(tls)):
        line.add(name, "certificate", shown)
    # Its other keys are about the page, not the network: none of them is a record left out.
    return line.recording(name, "httpx", {k: row[k] for k in row if k in _HTTPX}, _HTTPX)


def _shows_its_faults(tls: dict[str, Any]) -> bool:
    """Tell whether what keeps a certificate from holding, as httpx says, is seen in its fields."""
    if tls.get("issuer_cn") and tls["issuer_cn"] == tls.get("subject_cn"):
        return True
    of_others = tls.get("mismatched") and not tls.get("subject_an")
    return not (tls.get("self_signed") or tls.get("untrusted") or of_others)


def read_massdns_old(
    source: Source, *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read massdns ndjson before 2018, one record a line; those of one question are one answer.

    Parameters
    ----------
    undated
        First and last moment: this form has none. Without it every line is bad.
    """
    return readable(_answers(source, undated))


def _answers(
    source: Source, undated: Interval | None
) -> Iterator[BadLine | tuple[int, functools.partial[Recording]]]:
    for group in _questions(source):
        if isinstance(group, BadLine):
            yield group
            continue
        bad: list[BadLine] = []
        yield group[0][0], functools.partial(_old, group, undated, bad)
        yield from bad  # which whoever made the recording has found


def _questions(source: Source) -> Iterator[BadLine | list[tuple[int, dict[str, Any]]]]:
    def question(item: tuple[int, dict[str, Any] | BadLine]) -> tuple[Any, ...]:
        number, row = item
        return (
            (number,)
            if isinstance(row, BadLine)
            else (row.get("query_name"), row.get("query_type"))
        )

    for _, group in itertools.groupby(rows(source), key=question):
        number, first = next(group)
        if isinstance(first, BadLine):
            yield first
        else:
            yield [(number, first), *((n, row) for n, row in group if isinstance(row, dict))]


def _old(
    group: list[tuple[int, dict[str, Any]]], undated: Interval | None, bad: list[BadLine]
) -> Recording:
    time, until = needed(undated)
    first = group[0][1]
    name, kind = name_under(first, "query_name"), text_under(first, "query_type")
    found = [_old_row(row) for _, row in group]
    faults = (row.unread(number) for (number, _), row in zip(group, found, strict=True))
    bad += filter(None, faults)
    # Sections are not told apart: what lies on the way along the aliases is the answer.
    way = {name}
    for _ in found:
        way |= {row.value for row in found if row.kind == "CNAME" and row.owner in way}
    answer = Answer(
        name=name,
        form="massdns-old",
        kind=kind,
        status="NOERROR",
        time=time,
        until=until,
        answers=tuple(row for row in found if row.owner in way),
        authorities=tuple(row for row in found if row.owner not in way),
    )
    header = Header(subject=name, since=time.date(), until=until.date(), source="massdns")
    return Recording(header, tuple(answer.observations()))


def _old_row(row: dict[str, Any]) -> Row:
    return row_of(
        name_under(row, "resp_name"), text_under(row, "resp_type"), None, text_under(row, "data")
    )

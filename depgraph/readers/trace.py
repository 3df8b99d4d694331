"""What ``dig +trace`` prints: how a name is reached from the root, hop after hop.

Each hop is the records of one reply, and a line that says which server gave it. The replies have no
header: neither flags nor status. But dig goes on only where a server refers to a zone below, so each
hop but the last is a delegation, and each server was asked as one of the zone that the hop before
led to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from depgraph.errors import RecordingError
from depgraph.intake import Source
from depgraph.names import ROOT, is_below
from depgraph.observations import Observation
from depgraph.readers.answers import Answer, Row
from depgraph.readers.days import Interval, needed
from depgraph.readers.dig import COMMAND, only_row, question_of
from depgraph.readers.lines import BadLine, readable, text_lines
from depgraph.recording import Header, Recording
from depgraph.records.rdata import ADDRESS, address
from depgraph.text_safety import quote

TRACE: Final = re.compile(
    r"^;; Received \d+ bytes from ([0-9A-Fa-f:.]+)#\d+\(([^()\s]*)\) in \d+ ms", re.MULTILINE
)
"""How each hop ends: the server's address, and its name."""
_SILENT: Final = re.compile(r";; (?:communications error|connection timed out|no servers could)")
_MOST_ROWS: Final = 20_000  # of one hop
_OF_THE_ZONE: Final = frozenset({"SOA", "NSEC", "NSEC3", "RRSIG"})


@dataclass
class _Hop:
    """The records of one reply, and who gave it."""

    rows: list[Row]
    server: str
    server_name: str


@dataclass
class _Trace:
    """The hops of one command."""

    number: int
    command: str = ""
    hops: list[_Hop] = field(default_factory=list)


def read_trace(source: Source, *, undated: Interval | None = None) -> Iterator[Recording | BadLine]:
    """Read what ``dig +trace`` printed, one recording a command.

    Parameters
    ----------
    undated
        First and last moment: the form has none. Without it every trace is a bad line.
    """
    return readable(
        one if isinstance(one, BadLine) else (one.number, partial(_recording, one, undated))
        for one in _traces(source)
    )


def _traces(source: Source) -> Iterator[_Trace | BadLine]:
    trace = _Trace(1)
    rows: list[Row] = []
    for number, text in text_lines(source):
        if isinstance(text, BadLine):
            yield text
        elif match := COMMAND.match(text):
            if trace.hops:
                yield trace
            trace, rows = _Trace(number, match[1]), []
        elif match := TRACE.match(text):
            named = match[2].lower().removesuffix(".")
            trace.hops.append(_Hop(rows, match[1], named if address(named) is None else ""))
            rows = []
        elif _SILENT.match(text):
            yield BadLine(number, f"expected a reply, found {quote(text)}")
        elif not text.startswith(";"):
            row = only_row(number, text)
            bad = row if isinstance(row, BadLine) else row.unread(number)
            if bad:
                yield bad
            if isinstance(row, BadLine):
                continue
            if len(rows) >= _MOST_ROWS:
                yield BadLine(
                    number, f"expected at most {_MOST_ROWS} records in a reply, found more"
                )
            else:
                rows.append(row)
    if trace.hops:
        yield trace


def _recording(trace: _Trace, undated: Interval | None) -> Recording:
    since, until = needed(undated)
    name, kind = _question(trace)
    observations: list[Observation] = []
    zone = ""
    for place, hop in enumerate(trace.hops):
        last = place == len(trace.hops) - 1
        answer = partial(
            Answer,
            time=since,
            until=until if until != since else None,
            server=hop.server,
            server_name=hop.server_name,
            zone=zone,
        )
        asked = partial(answer, name=name, kind=kind, status="NOERROR")
        child = _referred(hop, name, kind, zone, last=last)
        if not zone and child == ROOT:  # whoever was asked for the servers of the root
            made = answer(name=ROOT, kind="NS", status="NOERROR", answers=tuple(hop.rows))
        elif child:
            glue = tuple(row for row in hop.rows if row.kind in ADDRESS)  # with +additional
            rest = tuple(row for row in hop.rows if row.kind not in ADDRESS)
            made = asked(authorities=rest, additionals=glue, all_additionals=False)
        elif any(row.owner == name for row in hop.rows if row.kind not in _OF_THE_ZONE):
            own = [row for row in hop.rows if _is_beside(row, kind, zone)]
            others = [row for row in hop.rows if row not in own]
            made = asked(answers=tuple(others), authorities=tuple(own))
        else:  # no such name, or no such record: the status is not printed
            break
        observations += made.observations()
        zone = child or zone
    if not observations:
        raise RecordingError(f"expected the way to {quote(name)}, found no reply that leads there")
    header = Header(subject=name, since=since.date(), until=until.date(), source="dig +trace")
    return Recording(header, tuple(dict.fromkeys(observations)))


def _question(trace: _Trace) -> tuple[str, str]:
    """Return what was asked: as the command says, else what the last reply answers."""
    asked, _ = question_of(trace.command) if trace.command else (None, "")
    if asked is not None:
        return asked
    first = next((row for row in trace.hops[-1].rows), None)
    if first is None:
        raise RecordingError("expected the name that was traced, found neither command nor answer")
    return first.owner, first.kind


def _referred(hop: _Hop, name: str, kind: str, zone: str, *, last: bool) -> str:
    """Return the zone that a reply leads to; empty where it is an answer."""
    below = {
        row.owner
        for row in hop.rows
        if row.kind == "NS" and is_below(name, row.owner) and row.owner != zone
    }
    if last and any(row.owner == name and row.kind in {kind, "CNAME"} for row in hop.rows):
        return ""
    return max(below, key=len, default="")


def _is_beside(row: Row, kind: str, zone: str) -> bool:
    """Tell whether a record stands beside an answer: of the zone itself, and not asked for."""
    return row.kind != kind and (
        row.kind in _OF_THE_ZONE or (row.kind == "NS" and row.owner == zone)
    )


__all__ = ["TRACE", "read_trace"]

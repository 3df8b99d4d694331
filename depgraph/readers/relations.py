"""Files of AS relations: who sells transit to whom, as somebody infers it from routes.

CAIDA's form (``as-rel``, serial 1 and 2: https://publicdata.caida.org/datasets/as-relationships/)
has a line for each pair: ``PROVIDER|CUSTOMER|-1`` or ``PEER|PEER|0``, serial 2 with the source
behind; lines with ``#`` are remarks, and name the day: ``# source:topology|BGP|20241201|...``.
BGPKIT's (``as2rel``: https://data.bgpkit.com/as2rel/) is JSON, ``asn1``, ``asn2`` and ``rel``: 1 if
`asn1` is the provider, -1 if it is the customer, 0 between peers.

That a file knows no upstream of an AS does not say that there is none, so nothing is said of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.intake import Source, opened
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.days import Interval, interval
from depgraph.readers.lines import BadLine, numbered, rows
from depgraph.recording import Header, Recording
from depgraph.text_safety import quote

LINE: Final = re.compile(rb"^\d+\|\d+\|(?:-1|0)(?:\|[\w,.-]*)?\s*$", re.MULTILINE)
"""A pair as CAIDA writes it."""
_SELLS: Final = "-1"
_PEERS: Final = "0"
_DAY: Final = re.compile(r"\|BGP\|(\d{8})\|")
_NAMED_DAY: Final = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_REMARKS: Final = 1000  # lines in which the day is looked for

_Sale = tuple[int, int]
"""Provider and customer."""


def read_relations(
    path: str | os.PathLike[str],
    numbers: Collection[int],
    *,
    time: datetime,
    until: datetime | None = None,
    citation: str = "",
) -> tuple[Observation, ...]:
    """Read who sells transit to some AS.

    Parameters
    ----------
    path
        The file, in one of the two forms, packed or not.
    numbers
        Of the AS that are asked about.
    time, until
        For which the file speaks.
    citation
        Where it is from; its name if empty.

    Returns
    -------
    tuple of Observation
        One of type ``upstream`` for each AS that the file has an upstream of. They are *inferred*
        by whoever made the file.

    Raises
    ------
    RecordingError
        If a line has another form: it names the line.
    """
    sold: dict[int, set[int]] = {}
    for entry in _sales(path):
        if isinstance(entry, BadLine):
            raise RecordingError(f"{path}, {entry}")
        provider, customer = entry
        if customer in numbers:
            sold.setdefault(customer, set()).add(provider)
    named = citation or Path(path).name
    return tuple(_observation(one, sold[one], (time, until), named) for one in sorted(sold))


def read_as_rel(
    path: str | os.PathLike[str], *, undated: Interval | None = None
) -> Iterator[Recording | BadLine]:
    """Read a file of AS relations, one recording for each AS that buys transit.

    Parameters
    ----------
    undated
        First and last moment of a file that names no day in a remark or in its name.

    Raises
    ------
    RecordingError
        If no day is known.
    """
    when = dated(path) or undated
    if when is None:
        raise RecordingError(
            f"expected the day of the AS relations in {quote(os.fspath(path))}, found none: give it "
            "(--dated on the command line)"
        )
    sold: dict[int, set[int]] = {}
    for entry in _sales(path):
        if isinstance(entry, BadLine):
            yield entry
        else:
            sold.setdefault(entry[1], set()).add(entry[0])
    for customer, providers in sorted(sold.items()):
        header = Header(
            subject=f"as{customer}", since=when[0].date(), until=when[1].date(), source="as-rel"
        )
        yield Recording(header, (_observation(customer, providers, when, Path(path).name),))


def dated(path: str | os.PathLike[str]) -> Interval | None:
    """Return the day that a file names in its remarks or, failing that, in its own name."""
    with opened(path, error=RecordingError) as file:
        for number, line in numbered(file):
            if isinstance(line, BadLine) or not line.startswith(b"#") or number > _REMARKS:
                break
            if match := _DAY.search(line.decode("utf-8", "replace")):
                return interval(match[1])
    named = _NAMED_DAY.search(Path(path).name)
    try:
        return interval("-".join(named.groups())) if named else None
    except RecordingError:
        return None


def _observation(
    customer: int,
    providers: Collection[int],
    when: tuple[datetime, datetime | None],
    citation: str,
) -> Observation:
    return Observation(
        subject=f"as{customer}",
        type="upstream",
        status=Status.ANSWER,
        values=tuple(f"asn {one}" for one in sorted(providers)),
        time=when[0],
        until=when[1],
        source="dataset",
        evidence=Evidence.INFERRED,
        citation=citation,
    )


def _sales(source: Source) -> Iterator[_Sale | BadLine]:
    """Yield who sells transit to whom, and the lines that do not read."""
    with opened(source, error=RecordingError) as file:
        is_json = file.peek(1).lstrip()[:1] in {b"[", b"{"}
    lines = _objects(source) if is_json else _pairs(source)
    for entry in lines:
        if entry is not None:
            yield entry


def _pairs(source: Source) -> Iterator[_Sale | BadLine | None]:
    with opened(source, error=RecordingError) as file:
        for number, line in numbered(file):
            if isinstance(line, BadLine):
                yield line
                continue
            text = line.decode("utf-8", "replace").strip()
            if not text.startswith("#"):
                yield _pair(text, number)


def _pair(text: str, number: int) -> _Sale | BadLine | None:
    cells = text.split("|")
    fits = len(cells) in {3, 4} and all(_is_number(cell) for cell in cells[:2])
    if not fits or cells[2] not in {_SELLS, _PEERS}:
        return BadLine(number, f"expected PROVIDER|CUSTOMER|-1 or PEER|PEER|0, found {quote(text)}")
    return (int(cells[0]), int(cells[1])) if cells[2] == _SELLS else None


def _objects(source: Source) -> Iterator[_Sale | BadLine | None]:
    for number, row in rows(source):
        yield row if isinstance(row, BadLine) else _relation(row, number)


def _relation(row: Mapping[str, Any], number: int) -> _Sale | BadLine | None:
    first, second, relation = (_whole(row.get(key)) for key in ("asn1", "asn2", "rel"))
    if first is None or second is None or relation not in {-1, 0, 1}:
        return BadLine(
            number,
            "expected the numbers 'asn1' and 'asn2' and a 'rel' of -1, 0 or 1, found "
            f"{quote(str(dict(row)))}",
        )
    if relation == 0:
        return None
    return (first, second) if relation == 1 else (second, first)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 10

"""What the regional registries delegated: the statistics exchange format, extended.

Source: https://www.nro.net/wp-content/uploads/nro-extended-stats-readme5.txt
"""

from __future__ import annotations

from collections import Counter

from depgraph.errors import QuestionError, TableError
from depgraph.providers.prefixes import parse_address
from depgraph.providers.tables._model import Delegation, Kind
from depgraph.providers.tables._text import (
    Pair,
    Parsed,
    Range,
    at_line,
    clean,
    day_in,
    lines,
    prefix_at,
)

REGISTRIES = ("afrinic", "apnic", "arin", "lacnic", "ripencc", "nro", "iana")
HELD = frozenset({"allocated", "assigned"})
"""Available and reserved addresses have no holder."""


def delegated(text: str) -> Parsed:
    """Read a ``delegated-*-extended`` file.

    Raises
    ------
    TableError
        If a line is not of the format, or the lines are fewer than the file itself says.
    """
    registry = ""
    day = None
    promised: dict[str, int] = {}
    counted: Counter[str] = Counter()
    pairs: list[Pair] = []
    ranges: list[Range] = []
    for number, line in lines(text, whole="a delegated-extended file"):
        fields = line.split("|")
        if fields[0][:1].isdigit() and len(fields) >= 6:
            registry, day = fields[1], day_in(fields[5])
            if registry not in REGISTRIES:
                raise at_line(number, line, f"expected a registry ({', '.join(REGISTRIES)})")
            continue
        if fields[-1] == "summary" and len(fields) == 6:
            promised[fields[2]] = _count(number, line, fields[4])
            continue
        if len(fields) < 7 or not registry:
            raise at_line(number, line, "expected registry|cc|type|start|value|date|status|holder")
        kind, start, value, status = fields[2], fields[3], fields[4], fields[6]
        counted[kind] += 1
        if status not in HELD or kind not in {"ipv4", "ipv6"}:
            continue
        said = Delegation(
            clean(fields[0]),
            clean(fields[1]).upper() if fields[1] != "ZZ" else "",
            status,
            fields[5] if fields[5].isdigit() and fields[5] != "00000000" else "",
            clean(fields[7]) if len(fields) > 7 else "",
        )
        if kind == "ipv6":
            pairs.append((prefix_at(number, line, f"{start}/{value}"), said))
        else:
            first = _start(number, line, start)
            ranges.append((4, first, first + _count(number, line, value) - 1, said))
    for kind, count in sorted(promised.items()):
        if counted[kind] != count:
            raise TableError(
                f"expected {count} {kind} lines as the file's summary says, found {counted[kind]}: "
                "the file was cut off or changed"
            )
    if not promised:
        raise TableError("expected summary lines in a delegated-extended file, found none")
    return Parsed(Kind.DELEGATED, pairs, ranges, day, registry)


def _count(number: int, line: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 <= int(text) <= 1 << 32:
        raise at_line(number, line, f"expected a number, found {text[:20]!r}")
    return int(text)


def _start(number: int, line: str, text: str) -> int:
    try:
        version, first = parse_address(text)
    except QuestionError as error:
        raise at_line(number, line, error) from None
    if version != 4:
        raise at_line(number, line, "expected an IPv4 address")
    return first

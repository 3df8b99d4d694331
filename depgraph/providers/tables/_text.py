"""Lines of text tables: numbered, whole, and with the fault and its place in each message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from depgraph.errors import TableError
from depgraph.providers.prefixes import Prefix, parse_prefix
from depgraph.providers.tables._model import Kind

Pair = tuple[Prefix, object]
Range = tuple[int, int, int, object]


class Parsed(NamedTuple):
    """What a reader found, before it is checked as a whole and indexed."""

    kind: Kind
    pairs: list[Pair]
    ranges: list[Range]
    day: date | None = None
    provider: str = ""
    names: dict[int, str] = {}  # noqa: RUF012  (never changed)


DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d{3})")


def day_in(text: str) -> date | None:
    """Find a day such as 20210115 or 2021-01-15 in a file name or a field.

    >>> day_in("routeviews-rv2-20210115-1200.pfx2as.gz")
    datetime.date(2021, 1, 15)
    """
    for found in DAY.finditer(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:  # 31 February is a number of another kind
            continue
    return None


def day_of(moment: float) -> date:
    """Give the UTC day of a Unix time in seconds."""
    return datetime.fromtimestamp(moment, UTC).date()


def lines(text: str, *, comment: str = "#", whole: str = "") -> Iterator[tuple[int, str]]:
    """Give the lines that say something, numbered from 1.

    Parameters
    ----------
    text
        The file.
    comment
        Characters that begin a comment line.
    whole
        Name of a format whose last line ends in a newline; one that does not was cut off.

    Raises
    ------
    TableError
        If the file ends in the middle of a line.
    """
    if whole and text and not text.endswith("\n"):
        last = text[text.rfind("\n") + 1 :][:60]
        raise TableError(
            f"expected {whole} to end with a whole line, found {last!r} at the end: "
            "the file was cut off"
        )
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.rstrip("\r")
        if bare.strip() and bare[0] not in comment:
            yield number, bare


def at_line(number: int, line: str, fault: object) -> TableError:
    """Make the error that says where the fault is."""
    return TableError(f"line {number}: {fault} ({line[:80]!r})")


def prefix_at(number: int, line: str, text: str) -> Prefix:
    """Read a prefix; an error says the line."""
    try:
        return parse_prefix(text)
    except TableError as error:
        raise at_line(number, line, error) from None


def asns(text: str) -> tuple[int, ...]:
    """Read origin AS numbers: ``13335``, several origins ``64500_64501``, a set ``{1,2}``.

    The order of the file is kept: CAIDA puts the origin that most peers see first. AS 0 says
    that nobody announces the prefix (RFC 7607) and is left out.

    Raises
    ------
    ValueError
        If it is not AS numbers.
    """
    parts = text.strip().strip("{}").replace("_", ",").split(",")
    numbers = dict.fromkeys(_asn(part.strip("{} ")) for part in parts)
    return tuple(number for number in numbers if number)


def _asn(text: str) -> int:
    digits = text.removeprefix("AS")
    if not (digits.isascii() and digits.isdigit()) or int(digits) >= 1 << 32:
        raise ValueError(f"expected an AS number, found {text[:40]!r}")
    return int(digits)


def cached(read: Callable[[str], tuple[int, ...]]) -> Callable[[str], tuple[int, ...]]:
    """Remember what each spelling says: a table has a hundred times more lines than origins."""
    known: dict[str, tuple[int, ...]] = {}

    def once(text: str) -> tuple[int, ...]:
        if (found := known.get(text)) is None:
            found = known[text] = read(text)
        return found

    return once


def clean(text: str, *, longest: int = 120) -> str:
    """Make text from outside one printable line of at most so many characters."""
    return "".join(char if char.isprintable() else "?" for char in text.strip()[:longest])

"""What the readers of table files share: lines and their faults, days, texts from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from depgraph.errors import TableError
from depgraph.text_safety import one_line

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d{3})")


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither empty nor comments (``#``, ``;``), numbered from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and line[0] not in "#;":
            yield number, line.rstrip("\r")


def at_line(number: int, line: str, fault: object) -> TableError:
    """Return the error that says in which line the fault is."""
    return TableError(f"line {number}: {fault} ({line[:80]!r})")


def day_in(text: str) -> date | None:
    """Find a day such as 20210115 or 2021-01-15 in a file name or a field.

    >>> day_in("routeviews-rv2-20210115-1200.pfx2as.gz")
    datetime.date(2021, 1, 15)
    """
    for match in _DAY.finditer(text):
        try:
            return date(*map(int, match.groups()))
        except ValueError:  # 31 February is a number of another kind
            continue
    return None


def shown(text: object) -> str:
    """Return a name from outside as one printable line of at most 120 characters."""
    return one_line(str(text).strip(), limit=120)

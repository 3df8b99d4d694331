"""Names of AS numbers, for tables of origins that have none (CAIDA's, pyasn's)."""

from __future__ import annotations

import re
from typing import Final

from depgraph.errors import TableError
from depgraph.intake import json_value
from depgraph.routes.lines import at_line, lines, shown
from depgraph.routes.model import Parsed

LINE: Final = r"(AS)?[0-9]{1,10} +\S.*"
"""What a line of a list of names looks like: ``64500 EXAMPLE-AS - Example, US``."""
JSON: Final = re.compile(r'\{\s*"[0-9]{1,10}"\s*:\s*"')
"""How a document of names begins: ``{"64500": "EXAMPLE-AS - Example, US"``."""

_DIGITS: Final = 10  # of the highest AS number


def read_names(text: str) -> Parsed:
    """Read names of AS numbers: the list that RIPE NCC publishes, or pyasn's ``asnames.json``.

    Raises
    ------
    TableError
        If the file ends in the middle, a line is not of the form, or a number is no AS number.
    """
    pairs = _document(text) if text.lstrip().startswith("{") else _list(text)
    return Parsed([], names={asn: shown(name) for asn, name in pairs if name.strip()})


def _list(text: str) -> list[tuple[int, str]]:
    if not text.endswith("\n"):
        last = text[text.rfind("\n") + 1 :]
        raise TableError(
            f"expected as-names to end with a whole line, found {last[:60]!r} at the end: "
            "the file was cut off"
        )
    found = []
    for number, line in lines(text):
        if re.fullmatch(LINE, line) is None:
            raise at_line(number, line, "expected an AS number and its name")
        asn, _, name = line.partition(" ")
        found.append((_number(asn.removeprefix("AS")), name))
    return found


def _document(text: str) -> list[tuple[int, str]]:
    try:
        document = json_value(text)
    except ValueError as error:
        raise TableError(f"expected JSON, found a fault ({error}): the file was cut off") from None
    if not all(isinstance(name, str) for name in document.values()):
        raise TableError("expected a name for each AS number, found something else")
    return [(_number(asn), name) for asn, name in document.items()]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS) or not int(text) < 1 << 32:
        raise TableError(f"expected an AS number, found {text[:40]!r}")
    return int(text)

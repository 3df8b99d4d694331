"""Data of records in its usual form, read without the DNS library, which takes ten times as long.

What is read here is what :func:`depgraph.records.rdata.presentation` makes of it; all else is left to the library
(:mod:`depgraph.records.reading`, and the reader of zone files).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from depgraph.labels import a_label
from depgraph.names import ROOT
from depgraph.records.rdata import ADDRESS, ONE_NAME, address

LABELS: Final = r"[a-z0-9_][a-z0-9_-]{0,62}(?:\.[a-z0-9_][a-z0-9_-]{0,62})*"
LONGEST_NAME: Final = 253  # characters (RFC 1035, section 2.3.4); no name of a shorter line is
NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_HOST: Final = re.compile(rf"{LABELS}\.?")
_STRING: Final = re.compile(r'"([ !#-\[\]-~]{1,255})"')  # printable, without escapes
_WORD: Final = re.compile(r"[!#-'*-:<-\[\]-~]{1,255}")  # the same without quotes
_STRINGS: Final = re.compile(rf"{_STRING.pattern}(?: {_STRING.pattern})*")
_PROPERTY: Final = re.compile(
    rf"(0|[1-9][0-9]?|1[0-9][0-9]) ([A-Za-z0-9]{{1,15}}) (?:{_STRING.pattern}|({_WORD.pattern}))"
)
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}")  # fits in 32 bits


def plain_word(word: str, origin: str) -> str | None:
    """Read a host name in an origin; None where it takes more to read it."""
    lower = word.lower() if word.isascii() else _in_ascii(word)
    if not _HOST.fullmatch(lower):
        return None
    if not lower.endswith(".") and origin != ROOT:
        lower = f"{lower}.{origin}"
    name = lower.removesuffix(".")
    return name if len(name) <= LONGEST_NAME else None


def _in_ascii(word: str) -> str:
    """Write the labels of a name as the DNS has them; what is no host name where one takes more."""
    return ".".join(
        one.lower() if one.isascii() else a_label(one) or "!" for one in word.split(".")
    )


def plain_data(kind: str, data: str, origin: str) -> str | None:
    """Read data of the usual form, names in it relative to an origin; None where it takes more."""
    if kind in ADDRESS:
        return plain_address(data, v6=kind == "AAAA")
    if kind in ONE_NAME:
        return plain_word(data, origin)
    read = _USUAL.get(kind)
    return read(data, origin) if read is not None else None


def plain_address(word: str, *, v6: bool) -> str | None:
    """Read an address of one version."""
    return address(word) if (":" in word) is v6 else None


def _text(data: str, _: str) -> str | None:
    if _STRINGS.fullmatch(data):
        return "".join(_STRING.findall(data))
    return data if _WORD.fullmatch(data) else None


def _numbers_and_host(data: str, origin: str) -> str | None:
    """Read numbers of 16 bits and a host: an exchange, or where a service is."""
    *numbers, word = data.split(" ")
    host = plain_word(word, origin)
    fit = all(NUMBER.fullmatch(one) and int(one) < 2**16 for one in numbers)
    return " ".join([*numbers, host]) if host is not None and fit else None


def _exchange(data: str, origin: str) -> str | None:
    return _numbers_and_host(data, origin) if data.count(" ") == 1 else None


def _place(data: str, origin: str) -> str | None:
    return _numbers_and_host(data, origin) if data.count(" ") == 3 else None


def _authority(data: str, origin: str) -> str | None:
    """Read the data of a SOA record (RFC 1035, section 3.3.13)."""
    primary, *rest = data.split(" ")
    mailbox, *numbers = rest or [""]
    names = [plain_word(word, origin) for word in (primary, mailbox)]
    if None in names or len(numbers) != 5 or not all(map(_COUNT.fullmatch, numbers)):
        return None
    return " ".join([*filter(None, names), *numbers])


def _property(data: str, _: str) -> str | None:
    """Read the data of a CAA record (RFC 8659, section 4.1)."""
    match = _PROPERTY.fullmatch(data)
    return match and f'{match[1]} {match[2]} "{match[3] or match[4]}"'


_USUAL: Final[Mapping[str, Callable[[str, str], str | None]]] = {
    "MX": _exchange,
    "TXT": _text,
    "SRV": _place,
    "SOA": _authority,
    "CAA": _property,
}
"""Type -> what reads its data, names in it relative to an origin."""


__all__ = ["LABELS", "LONGEST_NAME", "NUMBER", "plain_address", "plain_data", "plain_word"]

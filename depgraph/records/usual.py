"""Data of records in its usual form, read without the DNS library, which takes ten times as long.

What is read here is what :func:`depgraph.records.rdata.presentation` makes of it; all else is left to the library
(:mod:`depgraph.records.reading`, and the reader of zone files).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import dns.rdatatype

from depgraph.labels import a_label
from depgraph.names import ROOT
from depgraph.records.rdata import ADDRESS, ONE_NAME, address
from depgraph.records.text import escaped

LABELS: Final = r"[a-z0-9_][a-z0-9_-]{0,62}+(?:\.[a-z0-9_][a-z0-9_-]{0,62}+)*+"
LONGEST_NAME: Final = 253  # characters (RFC 1035, section 2.3.4); no name of a shorter line is
NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_LONGEST_STRING: Final = 255  # octets (RFC 1035, section 3.3)
_HOST: Final = re.compile(rf"{LABELS}\.?")
_STRING: Final = re.compile(r'"([ !#-\[\]-~]{1,255})"')  # printable, without escapes
_WORD: Final = re.compile(r"[!#-'*-:<-\[\]-~]{1,255}")  # the same without quotes
_STRINGS: Final = re.compile(rf"{_STRING.pattern}(?: {_STRING.pattern})*")
_PROPERTY: Final = re.compile(
    rf"(0|[1-9][0-9]?|1[0-9][0-9]) ([A-Za-z0-9]{{1,15}}) (?:{_STRING.pattern}|({_WORD.pattern}))"
)
_OCTET: Final = re.compile(r"\\([0-9]{3}|[!-/:-~])")  # escaped (RFC 1035, section 5.1)
_ESCAPED: Final = rf"(?:[ !#-\[\]-~]|{_OCTET.pattern.replace('(', '(?:')})*"
_ESCAPED_STRING: Final = re.compile(f'"({_ESCAPED})"')
_ESCAPED_STRINGS: Final = re.compile(f'"{_ESCAPED}"(?: "{_ESCAPED}")*')
_IN_NAMES: Final = frozenset('"().;\\@$')  # characters that stand escaped in a name
_OF_ANY_TYPE: Final = re.compile(
    r"\\# ([0-9]{1,2}) ((?:[0-9A-Fa-f]{2}){1,16})"
)  # RFC 3597, section 5
_NUMBERED: Final = re.compile(r"TYPE[1-9][0-9]{0,4}")
_16_BITS: Final = (
    "(?:0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
)
_POINTER: Final = re.compile(
    rf'{_16_BITS} {_16_BITS}(?: "[ !#-\[\]-~]{{0,255}}"){{3}} (?:\.|{LABELS}\.)',
    re.IGNORECASE | re.ASCII,
)
_PROTOCOLS: Final = re.compile(r"[A-Za-z0-9/.-]{1,60}(?:,[A-Za-z0-9/.-]{1,60})*")
_LONGEST_SERVICE: Final = 1000  # characters: no list in it is too long
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}")  # fits in 32 bits


def plain_word(word: str, origin: str) -> str | None:
    """Read a host name in an origin, of any octets if they are escaped; None where it takes more to read it."""
    if "\\" in word:
        return _escaped_word(word, origin)
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


def _escaped_word(word: str, origin: str) -> str | None:
    """Read a name with escapes, each written as the DNS library does."""
    octets = _OCTET.sub("x", word).lower()
    if not _HOST.fullmatch(octets):
        return None
    try:
        name = _OCTET.sub(_as_in_names, word).lower()
    except ValueError:
        return None
    if octets.endswith("."):
        name = name[:-1]
    elif origin != ROOT:
        name, octets = f"{name}.{origin}", f"{octets}.{origin}"
    return name if len(octets) <= LONGEST_NAME else None


def _as_in_names(match: re.Match[str]) -> str:
    char = _char(match)
    if char in _IN_NAMES:
        return f"\\{char}"
    return char if "!" <= char <= "~" else f"\\{ord(char):03}"


def _char(match: re.Match[str]) -> str:
    """Return the character whose number is that of an escaped octet; raises ValueError if it is none."""
    if len(match[1]) < 3:
        return match[1]
    return bytes([int(match[1])]).decode("latin-1")


def plain_data(kind: str, data: str, origin: str) -> str | None:
    """Read data of the usual form, names in it relative to an origin; None where it takes more."""
    if data.startswith("\\#"):  # before the type is looked at (RFC 3597, section 5)
        return _numbered(kind, data)
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
    if "\\" in data:
        return _escaped_text(data)
    return data if _WORD.fullmatch(data) else None


def _escaped_text(data: str) -> str | None:
    """Read strings with escapes."""
    if not _ESCAPED_STRINGS.fullmatch(data):
        return None
    try:
        strings = [
            _OCTET.sub(_char, one).encode("latin-1") for one in _ESCAPED_STRING.findall(data)
        ]
    except ValueError:
        return None
    if any(len(one) > _LONGEST_STRING for one in strings):
        return None
    return escaped(b"".join(strings).decode("utf-8", "backslashreplace"))


def _numbered(kind: str, data: str) -> str | None:
    """Read the octets of a record whose type has a number only; None where the library knows it by a name."""
    match = _OF_ANY_TYPE.fullmatch(data)
    if match is None or not _NUMBERED.fullmatch(kind) or not _is_nameless(kind):
        return None
    count, octets = int(match[1]), match[2].lower()
    return f"\\# {count} {octets}" if len(octets) == 2 * count else None


@lru_cache(maxsize=1 << 8)
def _is_nameless(kind: str) -> bool:
    number = int(kind.removeprefix("TYPE"))
    return number < 2**16 and dns.rdatatype.to_text(dns.rdatatype.RdataType.make(number)) == kind


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


def _service(data: str, origin: str) -> str | None:
    """Read the data of a HTTPS or SVCB record (RFC 9460) with usual parameters in the order of their numbers."""
    priority, *words = data.split(" ")
    if not words or len(data) > _LONGEST_SERVICE:
        return None
    name = ROOT if words[0] == ROOT else plain_word(words[0], origin)
    number = int(priority) if NUMBER.fullmatch(priority) else 2**16
    if name is None or number >= 2**16 or (number == 0 and len(words) > 1):
        return None
    written, left = [priority, name], iter(_PARAMETERS.items())
    for key, _, value in (one.partition("=") for one in words[1:]):
        bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        if not any(key == known and fits(bare) for known, fits in left):
            return None
        written.append(f'{key}="{bare}"')
    return " ".join(written)


def _are_v4(value: str) -> bool:
    return all(plain_address(one, v6=False) for one in value.split(","))


def _are_v6(value: str) -> bool:
    """Tell whether a list is of IPv6 addresses as everybody writes them; some begin otherwise (``::ffff:``)."""
    return all(one == plain_address(one, v6=True) and one[0] != ":" for one in value.split(","))


_PARAMETERS: Final[Mapping[str, Callable[[str], object]]] = {
    "alpn": _PROTOCOLS.fullmatch,
    "ipv4hint": _are_v4,
    "ipv6hint": _are_v6,
}
"""Parameters of services in the order of their numbers -> what tells whether a value stands as it is written."""


def _pointer(data: str, _: str) -> str | None:
    """Read the data of a NAPTR record (RFC 3403, section 4.1), which stands as it is written."""
    return data if len(data) <= LONGEST_NAME and _POINTER.fullmatch(data) else None


_USUAL: Final[Mapping[str, Callable[[str, str], str | None]]] = {
    "MX": _exchange,
    "TXT": _text,
    "SRV": _place,
    "SOA": _authority,
    "CAA": _property,
    "NAPTR": _pointer,
    "HTTPS": _service,
    "SVCB": _service,
}
"""Type -> what reads its data, names in it relative to an origin."""


__all__ = ["LABELS", "LONGEST_NAME", "NUMBER", "plain_address", "plain_data", "plain_word"]

"""The file ``data`` of tinydns (djbdns), as https://cr.yp.to/djbdns/tinydns-data.html documents it.

One line is one or several records: its first character says which, colons part the rest. The file
holds the zones of its ``.`` and ``Z`` lines. Lines that hold from or until a time are taken if they hold on
the whole of the day of the file. Lines for clients of one place are read where it is that of the public:
of whoever is in no other, where all others are private networks.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

import dns.rdatatype

from depgraph.names import canonical
from depgraph.readers.days import Interval
from depgraph.readers.extent import Remark
from depgraph.readers.lines import BadLine
from depgraph.text_safety import quote

LINE: Final = re.compile(
    r"^[.&@+='^CZ:36%-][*\w.-]+\.?:"
    r"|^[.&]:(?:\d+\.\d+\.\d+\.\d+)?:[\w.-]+"  # the root
)
"""A line of such a file."""
_FIELDS: Final = {  # first character -> its fields; ttl, timestamp and place are the last three
    ".": 3, "&": 3, "=": 2, "+": 2, "@": 4, "'": 2, "^": 2, "C": 2, "Z": 8, ":": 3, "3": 2, "6": 2,
}  # fmt: skip
_PRIVATE: Final = re.compile(r"(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.|$)")
"""Prefixes of private networks (RFC 1918) and of the machine itself."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_EPOCH: Final = 1 << 62  # of an external TAI64 label, 1970 TAI
_LEAP: Final = 10
"""Seconds by which the epochs differ: what djbdns itself reckons with (libtai)."""


class Made(NamedTuple):
    """One record that a line makes; of a zone's apex without a value: type SOA.

    `some` tells that only clients of a place are answered it, of whom some are of the public.
    """

    owner: str
    kind: str
    ttl: int | None
    value: str = ""
    some: bool = False


def records(lines: list[str], day: Interval) -> Iterator[tuple[int, Made | BadLine]]:
    """Give the number of each line, and the records that it makes or what is wrong with it."""
    places = _places(lines)
    for number, text in enumerate(lines, start=1):
        line = text.rstrip(" \t\r")
        if not line or line[0] in "#-%":  # a comment, what is turned off, and a place of clients
            continue
        try:
            for made in _line(line, day, places):
                yield number, made
        except _Inner as error:
            yield number, Remark(number, f"{error}: {quote(line)}")
        except ValueError as error:
            yield number, BadLine(number, f"{error}: {quote(line)}")


class _Inner(ValueError):
    """A line that the public is not answered."""


def _places(lines: list[str]) -> dict[str, bool | None]:
    """Return the places of clients: whether all the public is there, or none of it; None: some of it.

    A place is the prefixes of addresses, in whole octets, that its lines give; the longest counts.
    """
    prefixes: dict[str, set[str]] = {}
    for line in lines:
        if line.startswith("%"):
            place, _, prefix = line[1:].rstrip(" \t\r").partition(":")
            prefixes.setdefault(place[:2], set()).add(prefix.partition(":")[0])
    outer = {one for several in prefixes.values() for one in several if not _PRIVATE.match(one)}
    return {
        place: True if "" in several and outer == {""} else None if several & outer else False
        for place, several in prefixes.items()
    }


def _line(line: str, day: Interval, places: Mapping[str, bool | None]) -> Iterator[Made]:
    if line[0] not in _FIELDS:
        raise ValueError("expected a line of tinydns-data, found otherwise")
    count = _FIELDS[line[0]]
    words = line[1:].split(":")
    words += [""] * (count + 3 - len(words))
    fields, (ttl, stamp, place) = words[:count], words[count : count + 3]
    if len(words) > count + 3:
        raise ValueError(f"expected at most {count + 3} fields, found {len(words)}")
    public = places.get(place[:2]) if place else True
    if public is False:
        raise _Inner("left out what only clients of a private network are answered")
    if ttl and not ttl.isdecimal():
        raise ValueError("expected seconds, found otherwise")
    if stamp and not _holds(stamp, day, until=ttl == "0"):
        raise ValueError("left out what does not hold on the day of the file")
    for made in _made(line[0], fields, int(ttl) if ttl and ttl != "0" else None):
        yield made._replace(some=public is None)


def _holds(stamp: str, day: Interval, *, until: bool) -> bool:
    """Tell whether a line with a TAI64 label holds on the whole of a day."""
    if not re.fullmatch(r"[0-9a-f]{16}", stamp):
        raise ValueError("expected a TAI64 label of 16 digits, found otherwise")
    seconds = int(stamp, 16) - _EPOCH - _LEAP
    if not 0 <= seconds < 2**33:
        return not until
    moment = datetime.fromtimestamp(seconds, UTC)
    return day[1] < moment if until else moment <= day[0]


def _made(sign: str, fields: list[str], ttl: int | None) -> Iterator[Made]:
    owner = canonical(_text(fields[0])) if fields[0] else "."
    if sign in ".&":
        server = _host(fields[2], "ns", owner)
        if sign == ".":
            yield Made(owner, "SOA", None)
        yield Made(owner, "NS", ttl, server)
        if fields[1]:
            yield Made(server, "A", ttl, fields[1])
    elif sign in "=+":
        yield Made(owner, "A", ttl, fields[1])
    elif sign == "@":
        exchange = _host(fields[2], "mx", owner)
        yield Made(owner, "MX", ttl, f"{fields[3] or 0} {exchange}")
        if fields[1]:
            yield Made(exchange, "A", ttl, fields[1])
    elif sign in "36":
        yield Made(owner, "AAAA", ttl, _address(fields[1]))
    elif sign == "'":
        text = _text(fields[1])
        parts = [text[at : at + 127] for at in range(0, len(text) or 1, 127)]
        escaped = (part.replace("\\", "\\\\").replace('"', '\\"') for part in parts)
        yield Made(owner, "TXT", ttl, " ".join(f'"{part}"' for part in escaped))
    elif sign in "^C":
        yield Made(owner, "CNAME" if sign == "C" else "PTR", ttl, f"{canonical(fields[1])}.")
    elif sign == "Z":
        yield Made(owner, "SOA", None)
        if all(fields[3:]):  # else tinydns-data fills in what the file does not say
            names = f"{canonical(fields[1])}. {canonical(fields[2])}."
            yield Made(owner, "SOA", ttl, f"{names} {' '.join(fields[3:])}")
    else:
        yield _generic(owner, fields, ttl)


def _host(word: str, label: str, owner: str) -> str:
    """Return the name that ``x`` stands for: itself if it has a dot, else ``x.ns.fqdn``."""
    return canonical(word) if "." in word else f"{word}.{label}.{owner}".lstrip(".")


def _generic(owner: str, fields: list[str], ttl: int | None) -> Made:
    """Give a record of a type by its number; its data are the octets of the message (RFC 3597)."""
    if not fields[1].isdecimal() or not 0 < int(fields[1]) < 2**16:
        raise ValueError("expected the number of a type, found otherwise")
    data = _octets(fields[2])
    kind = dns.rdatatype.to_text(dns.rdatatype.RdataType.make(int(fields[1])))
    return Made(owner, kind, ttl, f"\\# {len(data)} {data.hex()}".rstrip())


def _octets(text: str) -> bytes:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8) & 255), text).encode("latin-1")


def _text(text: str) -> str:
    return _octets(text).decode("utf-8", "replace")


def _address(word: str) -> str:
    """Write the 32 digits of an IPv6 address as an address."""
    if not re.fullmatch(r"[0-9a-fA-F]{32}", word):
        raise ValueError("expected the 32 digits of an IPv6 address, found otherwise")
    return str(ipaddress.IPv6Address(int(word, 16)))

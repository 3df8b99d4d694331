"""Addresses, prefixes and ranges as numbers: read strictly, written in the form of RFC 5952."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias, TypeVar

from depgraph.errors import QuestionError, TableError

log = logging.getLogger(__name__)

TOLERATED = 1000
"""One crossing in so many ranges is taken as the untidiness of a real table; more is damage."""

BITS = {4: 32, 6: 128}
_OCTETS = {str(octet): octet for octet in range(256)}
_LENGTHS = {str(length): length for length in range(129)}

V = TypeVar("V", bound=Hashable)
Prefix: TypeAlias = tuple[int, int, int]
"""Version (4 or 6), first address as an integer, and length. (A plain tuple: a table has a million
of them, and of plain tuples of numbers the garbage collector keeps no track.)"""
Range: TypeAlias = tuple[int, int, int, V]
"""Version, first and last address as integers, and what a table says of them."""


def show(prefix: Prefix) -> str:
    """Return the canonical text of a prefix.

    >>> show((6, 0x20010DB8 << 96, 32))
    '2001:db8::/32'
    """
    version, start, length = prefix
    return f"{_text(version, start)}/{length}"


def _text(version: int, address: int) -> str:
    if version == 4:
        return f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}"
    if address and not address & (1 << 64) - 1:  # by hand, for speed: the zeros are at the end
        groups = [f"{address >> shift & 0xFFFF:x}" for shift in (112, 96, 80, 64)]
        while groups[-1] == "0":
            groups.pop()
        return ":".join(groups) + "::"
    return str(ipaddress.IPv6Address(address))


def parse_address(text: str) -> tuple[int, int]:
    """Read an address; an IPv4-mapped IPv6 address is the IPv4 address it stands for.

    Returns
    -------
    tuple
        Version (4 or 6), and the address as an integer.

    Raises
    ------
    QuestionError
        If it is not an address. A zone (``fe80::1%eth0``) has no place in a table.

    Examples
    --------
    >>> parse_address("::ffff:192.0.2.1") == parse_address("192.0.2.1")
    True
    """
    try:
        if ":" not in text:
            a, b, c, d = text.split(".")
            return 4, _OCTETS[a] << 24 | _OCTETS[b] << 16 | _OCTETS[c] << 8 | _OCTETS[d]
        number = _parse_v6(text)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _not_an_address(text) from None
    # ::ffff:0:0/96 is IPv4 (RFC 4291, section 2.5.5.2)
    return (4, number & 0xFFFFFFFF) if number >> 32 == 0xFFFF else (6, number)


def _parse_v6(text: str) -> int:
    """Read the usual forms by hand, for speed; ipaddress is the judge of all others."""
    groups = (f"{text}0" if text.endswith("::") else text).split(":")
    if groups.count("") == 1 and groups[0] and groups[-1] and len(groups) <= 8:
        gap = groups.index("")
        groups[gap : gap + 1] = ["0"] * (9 - len(groups))
    digits = "".join([group.zfill(4) for group in groups])
    plain = digits.isascii() and digits.isalnum() and len(digits) == 32
    if plain and len(groups) == 8 and "" not in groups:
        return int(digits, 16)
    if "%" in text:
        raise ValueError(text)
    return int(ipaddress.IPv6Address(text))


def _not_an_address(text: object) -> QuestionError:
    shown = repr(text[:60]) if isinstance(text, str) else type(text).__name__
    return QuestionError(
        f"expected an IPv4 or IPv6 address such as 192.0.2.1 or 2001:db8::1, found {shown}"
    )


def parse_prefix(text: str) -> Prefix:
    """Read ``address/length``; a bare address is a prefix of its whole length.

    A prefix within ::ffff:0:0/96 is the IPv4 prefix it stands for.

    Raises
    ------
    TableError
        If it is not a prefix, or bits are set behind its length.

    Examples
    --------
    >>> parse_prefix("192.0.2.0/24")
    (4, 3221225984, 24)
    """
    address, slash, tail = text.partition("/")
    written_bits = 128 if ":" in address else 32
    try:
        version, start = parse_address(address)
        length = _LENGTHS[tail] if slash else written_bits
    except (QuestionError, KeyError):
        raise TableError(f"expected a prefix such as 192.0.2.0/24, found {text[:60]!r}") from None
    bits = BITS[version]
    length -= written_bits - bits  # an IPv4-mapped prefix is written 96 bits longer
    if not 0 <= length <= bits or start & ((1 << (bits - length)) - 1):
        raise TableError(
            f"expected no bits set behind the prefix length, found {text[:60]!r}: "
            "the file is damaged, or was cut off"
        )
    return version, start, length


def prefixes_of(version: int, first: int, last: int) -> Iterator[Prefix]:
    """Yield the fewest prefixes that make up a range, in order.

    >>> [show(prefix) for prefix in prefixes_of(4, 0xC0000200, 0xC0000205)]
    ['192.0.2.0/30', '192.0.2.4/31']
    """
    bits = BITS[version]
    while first <= last:
        aligned = (first & -first).bit_length() - 1 if first else bits
        size = min(aligned, (last - first + 1).bit_length() - 1)
        yield version, first, bits - size
        first += 1 << size


def disjoint(ranges: Iterable[Range[V]]) -> Iterator[Range[tuple[V, ...]]]:
    """Put ranges in order; where several claim the same addresses, cut out that part.

    Yields
    ------
    tuple
        Version, first, last, and the values claimed for all of these addresses (one, except
        in a crossing), in the order of their ranges.

    Raises
    ------
    TableError
        If more than one in a thousand crosses another.
    """
    rows = sorted(ranges, key=lambda row: row[:3])
    crossings = 0
    cluster: list[Range[V]] = []  # ranges that hang together by crossing
    end = (0, -1)  # version and last address of the cluster
    for row in rows:
        version, first, last, _ = row
        if (version, first) > end:
            yield from _cut(cluster)
            cluster, end = [row], (version, last)
            continue
        crossings += 1
        pair = f"{_range_text(row)} crosses {_range_text(cluster[-1])}"
        if crossings > len(rows) // TOLERATED:
            raise TableError(
                f"expected ranges that do not cross, found that {pair}, and {crossings - 1} more "
                f"crossings among {len(rows)}: the file is damaged"
            )
        log.warning("%s: both are kept", pair)
        cluster.append(row)
        end = max(end, (version, last))
    yield from _cut(cluster)


def _cut(cluster: list[Range[V]]) -> Iterator[Range[tuple[V, ...]]]:
    """Cut ranges that cross at all their borders."""
    if len(cluster) == 1:  # nearly always: quicker
        version, first, last, value = cluster[0]
        yield version, first, last, (value,)
        return
    borders = sorted({row[1] for row in cluster} | {row[2] + 1 for row in cluster})
    for first, after in pairwise(borders):
        values = [row[3] for row in cluster if row[1] <= first <= row[2]]
        yield cluster[0][0], first, after - 1, tuple(dict.fromkeys(values))


def _range_text(row: Range[V]) -> str:
    return f"{_text(row[0], row[1])} to {_text(row[0], row[2])}"

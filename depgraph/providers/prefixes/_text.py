"""Addresses and prefixes as text: read strictly, written in the form of RFC 5952.

The standard library's :mod:`ipaddress` is the judge of what an address is. What stands in
front of it here is only speed: the plain forms, which are nearly all of a table, are read
with a dictionary look-up a part, and everything else is handed on.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from depgraph.errors import QuestionError, TableError

MAPPED = 0xFFFF << 32
"""The first address of ::ffff:0:0/96, the IPv4-mapped addresses (RFC 4291, 2.5.5.2)."""
HALF = (1 << 64) - 1
"""The lower half of an IPv6 address."""


class Prefix(NamedTuple):
    """A prefix in numbers.

    `version` is 4 or 6, `start` the first address as an integer, `length` the prefix length.
    """

    version: int
    start: int
    length: int


OCTETS_24, OCTETS_16, OCTETS_8, OCTETS_0 = (
    {str(octet): octet << shift for octet in range(256)} for shift in (24, 16, 8, 0)
)
LENGTHS = {str(length): length for length in range(129)}


def parse_v4(text: str) -> int:
    """Read four decimal octets without leading zeros; KeyError or ValueError if it is not that."""
    first, second, third, fourth = text.split(".")
    return OCTETS_24[first] | OCTETS_16[second] | OCTETS_8[third] | OCTETS_0[fourth]


def parse_v6(text: str) -> bytes:
    """Read groups of hexadecimal digits with at most one ``::`` as 16 bytes.

    Each group is padded to four characters; what is then not 32 digits was no address.

    Raises
    ------
    ValueError
        If it is not that: not an address, or one with a dotted tail.
    """
    if len(text) == 39 and text[4::5] == ":::::::":
        padded = text.replace(":", "")
    else:
        if "::" in text:
            text = _spelled_out(text)
        try:
            padded = _PADDED % tuple(text.split(":"))
        except TypeError:  # more or fewer than eight groups
            raise ValueError(text) from None
        if len(padded) != 32 or _EMPTY in padded or " " in text:
            raise ValueError(text)
        padded = padded.replace(" ", "0")
    packed = bytes.fromhex(padded)
    if len(packed) != 16:  # fromhex steps over white space
        raise ValueError(text)
    return packed


_PADDED = "%4s" * 8
_EMPTY = " " * 4  # padding is on the left, so only an empty group leaves four in a row
_ZEROS = ["", "", *(":0" * (8 - colons) + ":" for colons in range(2, 8))]
"""What ``::`` stands for in a text with so many colons."""


def _spelled_out(text: str) -> str:
    colons = text.count(":")
    if colons > 7:
        raise ValueError(text)
    whole = text.replace("::", _ZEROS[colons], 1)
    if text.startswith("::"):
        whole = "0" + whole
    return whole + "0" if text.endswith("::") else whole


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
            return 4, parse_v4(text)
        value = _judge(text)
    except (KeyError, ValueError, TypeError, AttributeError):
        shown = (
            repr(text if len(text) <= 60 else text[:57] + "...")
            if isinstance(text, str)
            else type(text).__name__
        )
        raise QuestionError(
            f"expected an IPv4 or IPv6 address such as 192.0.2.1 or 2001:db8::1, found {shown}"
        ) from None
    return (4, value & 0xFFFFFFFF) if value >> 32 == 0xFFFF else (6, value)


def _judge(text: str) -> int:
    if "%" in text:
        raise ValueError(text)
    try:
        return int.from_bytes(parse_v6(text))
    except ValueError:
        return int(ipaddress.IPv6Address(text))


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
    Prefix(version=4, start=3221225984, length=24)
    """
    address, slash, tail = text.partition("/")
    try:
        version, start = parse_address(address)
        bits = 128 if ":" in address else 32
        length = LENGTHS[tail] if slash else bits
    except (QuestionError, KeyError):
        raise TableError(f"expected a prefix such as 192.0.2.0/24, found {text[:60]!r}") from None
    if version == 4 and bits == 128 and length >= 96:
        length, bits = length - 96, 32
    elif version == 4 and bits == 128:
        version, start = 6, start | MAPPED
    if length > bits or start & ((1 << (bits - length)) - 1):
        raise TableError(
            f"expected no bits set behind the prefix length, found {text[:60]!r}: "
            "the file is damaged, or was cut off"
        )
    return Prefix(version, start, length)


def show_v4(start: int, length: int) -> str:
    """Write an IPv4 prefix."""
    return f"{start >> 24}.{start >> 16 & 255}.{start >> 8 & 255}.{start & 255}/{length}"


def show_v6(start: int, length: int) -> str:
    """Write an IPv6 prefix as RFC 5952 asks."""
    if not start & HALF and start:  # the zeros at the end are the longest run, four groups or more
        word = start >> 64
        groups = f"{word >> 48:x}:{word >> 32 & 0xFFFF:x}:{word >> 16 & 0xFFFF:x}:{word & 0xFFFF:x}"
        while groups.endswith(":0"):
            groups = groups[:-2]
        return f"{groups}::/{length}"
    return f"{ipaddress.IPv6Address(start)}/{length}"


def show(prefix: Prefix) -> str:
    """Write a prefix of either family.

    >>> show(parse_prefix("2001:DB8:0::/32"))
    '2001:db8::/32'
    """
    write = show_v4 if prefix.version == 4 else show_v6
    return write(prefix.start, prefix.length)


def parse_v4_many(texts: Sequence[str]) -> NDArray[np.uint32] | None:
    """Read many IPv4 addresses at once; None if any of them is not in the plain form.

    One pass over the bytes of all of them: where the separators are, then the digits
    counted back from each separator.
    """
    count = len(texts)
    if not count:
        return np.empty(0, np.uint32)
    try:
        data = np.frombuffer(("\n".join(texts) + "\n").encode("ascii"), np.uint8)
    except (TypeError, UnicodeEncodeError):
        return None
    digits = data - np.uint8(48)
    ends = np.flatnonzero(digits > 9)
    if len(ends) != 4 * count:
        return None
    marks = data[ends].reshape(count, 4)
    if (marks[:, :3] != ord(".")).any() or (marks[:, 3] != ord("\n")).any():
        return None
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    if lengths.min() < 1 or lengths.max() > 3 or ((lengths > 1) & (digits[starts] == 0)).any():
        return None
    # An index before the first byte wraps to the end of the buffer; that octet is not used.
    digits = digits.astype(np.uint32)
    octets = digits[ends - 1]
    octets += np.where(lengths > 1, digits[ends - 2] * 10, 0).astype(np.uint32)
    octets += np.where(lengths > 2, digits[ends - 3] * 100, 0).astype(np.uint32)
    if octets.max() > 255:
        return None
    first, second, third, fourth = octets.reshape(count, 4).T
    joined: NDArray[np.uint32] = (first << 24 | second << 16 | third << 8 | fourth).astype(
        np.uint32
    )
    return joined

"""Tables of origin AS numbers: CAIDA pfx2as, pyasn, iptoasn, ip-location-db, MMDB."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final, NamedTuple, Self

from depgraph.errors import TableError
from depgraph.extras import missing
from depgraph.routes.lines import at_line, day_in, lines, shown
from depgraph.routes.model import Parsed
from depgraph.routes.prefix import (
    BITS,
    Prefix,
    Range,
    disjoint,
    parse_address,
    parse_prefix,
    prefixes_of,
)
from depgraph.text_safety import quote


class _Layout(NamedTuple):
    """The columns of a text table; what stands before the origin is a prefix, or a range."""

    delimiter: str
    columns: int
    origin: int
    name: int | None = None
    ranges: bool = False


LAYOUTS = {
    # https://publicdata.caida.org/datasets/routing/routeviews-prefix2as/README.txt
    "pfx2as": _Layout("\t", columns=3, origin=2),
    # https://github.com/hadiasghari/pyasn (README, "IPASN Data Files")
    "pyasn": _Layout("\t", columns=2, origin=1),
    # https://iptoasn.com/: first, last, AS number (0: not routed), country, name
    "iptoasn": _Layout("\t", columns=5, origin=2, name=4, ranges=True),
    # https://github.com/sapics/ip-location-db (README, "CSV Format"): first, last (addresses, or
    # in the files -num their numbers), AS number, name
    "ip-location-db": _Layout(",", columns=4, origin=2, name=3, ranges=True),
}


def read_origins(text: str, form: str) -> Parsed:
    """Read a text table of a form of :data:`LAYOUTS`.

    Raises
    ------
    TableError
        If the file ends in the middle of a line, or a line is not of the form.
    """
    if not text.endswith("\n"):
        last = text[text.rfind("\n") + 1 :]
        raise TableError(
            f"expected {form} to end with a whole line, found {last[:60]!r} at the end: "
            "the file was cut off"
        )
    layout = LAYOUTS[form]
    origins = _Origins()
    names: dict[int, str] = {}
    pairs: list[tuple[Prefix, tuple[int, ...]]] = []
    ranges: list[Range[tuple[int, ...]]] = []
    for number, line in lines(text):
        try:
            row = _split(line, layout)
            asns = origins[row[layout.origin]]
            if layout.ranges:
                ranges.append((*_ends(row[0], row[1]), asns))
            else:
                pairs.append((parse_prefix("/".join(row[: layout.origin])), asns))
        except ValueError as error:
            raise at_line(number, line, error) from None
        if layout.name is not None and asns and asns[0] not in names:
            names[asns[0]] = shown(row[layout.name])
    announced = (row for row in ranges if row[3])
    for version, first, end, claims in disjoint(announced):
        # several only where ranges cross: all of them announce these addresses
        asns = claims[0] if len(claims) == 1 else tuple(dict.fromkeys(chain(*claims)))
        pairs += [(prefix, asns) for prefix in prefixes_of(version, first, end)]
    # pyasn says its day in a comment
    head = "\n".join(line for line in text[:2000].split("\n") if line.startswith(";"))
    return Parsed([pair for pair in pairs if pair[1]], date=day_in(head), names=names)


def _split(line: str, layout: _Layout) -> list[str]:
    row = line.split(layout.delimiter)
    if '"' in line and layout.delimiter == ",":
        try:
            row = next(csv.reader([line], strict=True))
        except csv.Error as error:
            raise ValueError(f"expected CSV, found a fault: {error}") from None
    if len(row) != layout.columns:
        raise ValueError(f"expected {layout.columns} fields, found {len(row)}")
    return row


def _ends(first: str, last: str) -> tuple[int, int, int]:
    """Read both ends of a range: addresses, or their numbers; version, first, last."""
    version, start = _end(first)
    other, end = _end(last)
    if version != other:
        raise ValueError("expected both ends of a range in one family")
    if end < start or end >> BITS[version]:
        raise ValueError("expected a range with its first address first")
    return version, start, end


def _end(text: str) -> tuple[int, int]:
    if "." in text or ":" in text or not (text.isascii() and text.isdigit() and len(text) <= 39):
        return parse_address(text)
    number = int(text)
    return (4 if number < 1 << 32 else 6), number


class _Origins(dict[str, tuple[int, ...]]):
    """Origin AS numbers by their spelling, each read once: a table has far fewer than lines.

    A spelling is ``13335``, several origins ``64500_64501``, or a set ``{1,2}``. The order of
    the file is kept: CAIDA puts the origin that most peers see first. AS 0 says that nobody
    announces the prefix (RFC 7607) and is left out. What is no AS number is a ValueError.

    >>> _Origins()["64500_64501"], _Origins()["AS0"]
    ((64500, 64501), ())
    """

    def __missing__(self, text: str) -> tuple[int, ...]:
        parts = text.strip().strip("{}").replace("_", ",").split(",")
        numbers = dict.fromkeys(_asn(part.strip("{} ")) for part in parts)
        self[text] = tuple(number for number in numbers if number)
        return self[text]


def _asn(text: str) -> int:
    digits = text.removeprefix("AS")
    if not (digits.isascii() and digits.isdigit()) or int(digits) >= 1 << 32:
        raise ValueError(f"expected an AS number, found {text[:40]!r}")
    return int(digits)


def read_mmdb(data: bytes) -> Parsed:
    """Read an ASN database in MaxMind's format, with the package maxminddb.

    The fields of MaxMind and DB-IP (``autonomous_system_number``) and of IPinfo (``asn``).
    Source: https://maxmind.github.io/MaxMind-DB/

    Raises
    ------
    TableError
        If the package is not there, the file is damaged, or its records name no AS number.
    """
    try:
        import maxminddb  # noqa: PLC0415  (an extra: most users have none of these files)
        from maxminddb.decoder import Decoder  # noqa: PLC0415
    except ImportError:
        raise TableError(missing("maxminddb", "reads MMDB files", "mmdb")) from None
    # A TypeError where what describes the file has another key.
    damaged = (maxminddb.InvalidDatabaseError, ValueError, OverflowError, TypeError)
    origins = _Origins()
    pairs: list[tuple[Prefix, tuple[int, ...]]] = []
    names: dict[int, str] = {}
    told: dict[int, tuple[int, ...]] = {}  # of a thousand networks one record may tell
    try:
        with maxminddb.open_database(io.BytesIO(data), maxminddb.MODE_FD) as reader:
            about = reader.metadata()
        built = datetime.fromtimestamp(about.build_epoch, UTC)
        start = about.search_tree_size + _GAP
        records = Decoder(_Counted(data, start), start)
        for prefix, leaf in _networks(data, about):
            if leaf not in told:
                place = leaf - about.node_count + about.search_tree_size
                asn, name = _record(records.decode(place)[0])
                told[leaf] = origins[asn]
                if told[leaf]:
                    names.setdefault(told[leaf][0], shown(name))
            if told[leaf]:
                pairs.append((prefix, told[leaf]))
    except TableError:
        raise
    except damaged as error:
        why = quote(str(error))  # with words of the file
        raise TableError(f"expected a whole MMDB file, found a damaged one: {why}") from None
    if not pairs:
        raise TableError(
            "expected an MMDB of AS numbers (autonomous_system_number or asn), found none in it: "
            "a country or city database does not say who announces a prefix"
        )
    return Parsed(pairs, date=built.date(), names=names)


_GAP: Final = 16
"""Bytes between the tree and the records."""
_LOOKS_EACH: Final = 4
"""A pointer of two bytes costs four looks, with what it points to; nothing costs more of a byte."""
_LONG: Final = 256


class _Counted(bytes):
    """The bytes of a file of which records are read; who looks too often is told that it is damaged.

    Each record may point to one that is long: of 1 MB a reader would make a thousand million values.
    """

    left: int

    def __new__(cls, data: bytes, start: int) -> Self:
        """Take bytes of which the records begin at `start`."""
        made = super().__new__(cls, data)
        made.left = _LOOKS_EACH * (len(data) - start)
        return made

    def __getitem__(self, place: Any) -> Any:
        """Return a byte, or several, and count that, of a long text as often as it is long."""
        found = super().__getitem__(place)
        self.left -= 1 if isinstance(found, int) else 1 + len(found) // _LONG
        if self.left < 0:
            raise ValueError("its records hold each other over and over")
        return found


def _networks(data: bytes, about: Any) -> Iterator[tuple[Prefix, int]]:
    """Give each network of an MMDB, and where its tree says that its record is.

    Each node has one place. Only the IPv4 addresses stand below others once more (``::ffff:0:0/96``,
    6to4), and are given once. maxminddb's own walk comes to a node as often as there are ways to it.

    Raises
    ------
    ValueError
        If it is no tree: nodes share what is below them, or lead back.
    """
    count, size = about.node_count, about.node_byte_size
    if about.ip_version not in BITS:
        raise ValueError(f"its version of IP is {about.ip_version}")
    bits = BITS[about.ip_version]
    ipv4 = -1  # the node below which the IPv4 addresses are, of a tree of both
    met = bytearray(count)
    waiting = [(0, 0, 0)]
    while waiting:
        node, address, length = waiting.pop()
        if node == count or (address and node == ipv4):
            continue
        if node > count:
            yield _prefix_at(address << bits - length, length, bits), node
            continue
        if met[node] or length == bits:
            raise ValueError(
                "its search tree leads to a node on two ways, in a circle, or too deep"
            )
        met[node] = 1
        if not address and bits - length == BITS[4]:
            ipv4 = node
        left, right = _children(data[node * size : (node + 1) * size])
        waiting += (right, address << 1 | 1, length + 1), (left, address << 1, length + 1)


def _children(node: bytes) -> tuple[int, int]:
    """Return what the two records of a node lead to; of seven bytes they share the one between."""
    half = len(node) // 2
    left, right = int.from_bytes(node[:half]), int.from_bytes(node[-half:])
    if len(node) % 2:
        left, right = left | node[half] >> 4 << 24, right | (node[half] & 15) << 24
    return left, right


def _prefix_at(address: int, length: int, bits: int) -> Prefix:
    """Return a prefix of a tree; in one of both families those of IPv4 lie at ``::/96``, or ``::ffff:0:0/96``."""
    if bits == BITS[4]:
        return 4, address, length
    rest = BITS[6] - BITS[4]
    if length >= rest and address >> BITS[4] in (0, 0xFFFF):
        return 4, address & (1 << BITS[4]) - 1, length - rest
    return 6, address, length


def _record(record: Any) -> tuple[str, str]:
    """Return AS number and name as a record spells them; ``0`` where it has no number."""
    if not isinstance(record, dict):
        return "0", ""
    asn = record.get("autonomous_system_number", record.get("asn"))
    keys = ("autonomous_system_organization", "as_name", "name")
    name = next((record[key] for key in keys if key in record), "")
    return "0" if asn is None else str(asn), str(name)

"""Tables of origin AS numbers: CAIDA pfx2as, pyasn, iptoasn, ip-location-db, MMDB."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from depgraph.errors import QuestionError, TableError
from depgraph.providers.prefixes import parse_address, parse_prefix
from depgraph.providers.tables._model import Kind
from depgraph.providers.tables._text import (
    Pair,
    Parsed,
    Range,
    asns,
    at_line,
    cached,
    clean,
    day_in,
    day_of,
    lines,
    prefix_at,
)


def pfx2as(text: str) -> Parsed:
    """Read CAIDA's pfx2as: prefix, length, origins, with tabs between.

    Source: https://publicdata.caida.org/datasets/routing/routeviews-prefix2as/README.txt
    """
    origins = cached(asns)
    pairs: list[Pair] = []
    for number, line in lines(text, whole="a pfx2as table"):
        fields = line.split()
        if len(fields) != 3:
            raise at_line(
                number, line, f"expected prefix, length and origin, found {len(fields)} fields"
            )
        prefix = prefix_at(number, line, f"{fields[0]}/{fields[1]}")
        if found := _origins(origins, number, line, fields[2]):
            pairs.append((prefix, found))
    return Parsed(Kind.ROUTING, pairs, [])


def pyasn(text: str) -> Parsed:
    """Read pyasn's .dat: prefix and origin with a tab between, comments after a semicolon.

    Source: https://github.com/hadiasghari/pyasn (README, "IPASN Data Files").
    """
    origins = cached(asns)
    pairs: list[Pair] = []
    for number, line in lines(text, comment=";#", whole="a pyasn table"):
        fields = line.split()
        if len(fields) != 2:
            raise at_line(number, line, f"expected prefix and origin, found {len(fields)} fields")
        prefix = prefix_at(number, line, fields[0])
        if found := _origins(origins, number, line, fields[1]):
            pairs.append((prefix, found))
    head = "\n".join(line for line in text[:2000].split("\n") if line.startswith(";"))
    return Parsed(Kind.ROUTING, pairs, [], day_in(head))


def iptoasn(text: str) -> Parsed:
    """Read iptoasn's TSV: first, last, AS number, country, name. AS 0 is "not routed".

    Source: https://iptoasn.com/
    """
    rows = (
        (number, line, line.split("\t")) for number, line in lines(text, whole="an iptoasn table")
    )
    return _ranges(rows, fields=5, name=4)


def ip_location_db(text: str) -> Parsed:
    """Read the ASN tables of ip-location-db: first, last, AS number, name, as CSV.

    First and last are addresses, or (the ``-num`` files) their numbers.
    Source: https://github.com/sapics/ip-location-db (README, "CSV Format").
    """
    for _ in lines(text, whole="an ip-location-db table"):
        break
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)

    def rows() -> Iterator[tuple[int, str, list[str]]]:
        try:
            for fields in reader:
                if fields:
                    yield reader.line_num, ",".join(fields), fields
        except csv.Error as error:
            raise TableError(
                f"line {reader.line_num}: expected CSV, found a fault: {error}"
            ) from None

    return _ranges(rows(), fields=4, name=3)


def _ranges(rows: Iterable[tuple[int, str, list[str]]], *, fields: int, name: int) -> Parsed:
    origins = cached(asns)
    ranges: list[Range] = []
    names: dict[int, str] = {}
    for number, line, row in rows:
        if len(row) != fields:
            raise at_line(number, line, f"expected {fields} fields, found {len(row)}")
        found = _origins(origins, number, line, row[2])
        try:
            (version, first), (other, last) = _end(row[0]), _end(row[1])
        except QuestionError as error:
            raise at_line(number, line, error) from None
        if version != other:
            if first >> 32 or last >> 32:
                raise at_line(number, line, "expected both ends of a range in one family")
            version = other = 6
        if found:
            ranges.append((version, first, last, found))
            names.setdefault(found[0], row[name])
    return Parsed(Kind.ROUTING, [], ranges, names={asn: clean(text) for asn, text in names.items()})


def _end(text: str) -> tuple[int, int]:
    if text.isascii() and text.isdigit() and len(text) <= 39:
        value = int(text)
        return (4 if value < 1 << 32 else 6), value
    return parse_address(text)


def _origins(
    read: Callable[[str], tuple[int, ...]], number: int, line: str, text: str
) -> tuple[int, ...]:
    try:
        return read(text)
    except ValueError as error:
        raise at_line(number, line, error) from None


def mmdb(data: bytes) -> Parsed:
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
    except ImportError:
        raise TableError(
            "expected the package maxminddb to read this MMDB file, found none: "
            "pip install 'depgraph[mmdb]'"
        ) from None
    pairs: list[Pair] = []
    names: dict[int, str] = {}
    try:
        with maxminddb.open_database(io.BytesIO(data), maxminddb.MODE_FD) as reader:
            day = day_of(reader.metadata().build_epoch)
            for network, record in reader:
                origin, name = _record(record)
                if origin:
                    pairs.append((parse_prefix(str(network)), (origin,)))
                    names.setdefault(origin, name)
    except (maxminddb.InvalidDatabaseError, ValueError, OverflowError, UnicodeError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"expected a whole MMDB file, found a damaged one: {error}") from None
    if not pairs:
        raise TableError(
            "expected an MMDB of AS numbers (autonomous_system_number or asn), found none in it: "
            "a country or city database does not say who announces a prefix"
        )
    return Parsed(Kind.ROUTING, pairs, [], day, names=names)


def _record(record: object) -> tuple[int, str]:
    if not isinstance(record, dict):
        return 0, ""
    number = record.get("autonomous_system_number", record.get("asn"))
    name = record.get(
        "autonomous_system_organization", record.get("as_name", record.get("name", ""))
    )
    if number is None:
        return 0, ""
    found = asns(str(number))
    return (found[0] if found else 0), clean(str(name))

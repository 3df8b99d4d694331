"""Read a table file: tell its format by what is in it, check it as a whole, index it."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from depgraph.errors import QuestionError, TableError
from depgraph.providers.prefixes import (
    SHORTEST,
    Prefix,
    PrefixTable,
    disjoint,
    parse_address,
    prefixes_of,
)
from depgraph.providers.tables._delegated import delegated
from depgraph.providers.tables._model import Kind, Table
from depgraph.providers.tables._published import READERS, cidr, document, read_document
from depgraph.providers.tables._routing import ip_location_db, iptoasn, mmdb, pfx2as, pyasn
from depgraph.providers.tables._text import Parsed, day_in

TEXT: dict[str, Callable[[str], Parsed]] = {
    "pfx2as": pfx2as,
    "pyasn": pyasn,
    "iptoasn": iptoasn,
    "ip-location-db": ip_location_db,
    "delegated": delegated,
    "cidr": cidr,
}
FORMS = (*TEXT, "mmdb", *READERS)
"""The formats that are read."""
LARGEST = 1 << 30
"""Bytes that a file may unpack to: a full routing table has some 30 million."""
DELEGATED_SHORTEST = (8, 12)
"""What a registry gives out comes from what IANA gave it: /8 blocks, and /12 blocks of IPv6
(https://www.iana.org/assignments/ipv6-unicast-address-assignments/). A holder may have a
block shorter than any that is routed, so the bound of routing tables does not serve here."""
_MMDB = b"\xab\xcd\xefMaxMind.com"
_PACKED: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)


def read_table(
    path: str | os.PathLike[str],
    *,
    form: str | None = None,
    day: date | None = None,
    provider: str = "",
    sha256: str = "",
) -> Table:
    """Read a table of prefixes from a file, plain or packed with gzip, bzip2 or xz.

    Parameters
    ----------
    path
        The file. Its name matters only for the day, where the content names none.
    form
        A word of :data:`FORMS`; None: told from the content.
    day
        The day the table stands for (UTC); None: what the file or its name says.
    provider
        Whose ranges a plain list has. The other published forms name their operator.
    sha256
        What the file must hash to; empty: not checked.

    Raises
    ------
    TableError
        If the file is none of the formats, cut off, changed, or poisoned (a default route or
        another prefix that is too short, bits behind a prefix, reversed or crossing ranges).
    OSError
        If it cannot be opened.

    Notes
    -----
    A table is taken whole or not at all.
    """
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    name = Path(path).name
    if sha256 and digest != sha256.lower():
        raise TableError(
            f"{name}: expected SHA-256 {sha256}, found {digest}: the file was changed or cut off; "
            "fetch it again"
        )
    try:
        content = _unpack(data)
        found_form, parsed = _parse(content, form)
        prefixes = _index(parsed)
        whose = _provider(parsed, provider)
    except TableError as error:
        raise TableError(f"{name}: {error}") from None
    return Table(
        kind=parsed.kind,
        form=found_form,
        prefixes=prefixes,
        date=day or parsed.day or day_in(name),
        provider=whose,
        names=parsed.names,
        sha256=digest,
    )


def _unpack(data: bytes) -> bytes:
    for magic, opener in _PACKED:
        if data.startswith(magic):
            try:
                with opener(io.BytesIO(data)) as stream:
                    content: bytes = stream.read(LARGEST + 1)
            except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
                raise TableError(
                    f"expected a whole packed file, found a damaged one ({error}): it was cut off"
                ) from None
            break
    else:
        content = data
    if len(content) > LARGEST:
        raise TableError(f"expected at most {LARGEST} bytes of table, found more: not a table")
    return content


def _parse(content: bytes, form: str | None) -> tuple[str, Parsed]:
    if not content.strip():
        raise TableError("expected a table of prefixes, found an empty file")
    if form is not None and form not in FORMS:
        raise TableError(f"expected a format ({', '.join(FORMS)}), found {form!r}")
    if form == "mmdb" or (form is None and _MMDB in content[-(128 << 10) :]):
        return "mmdb", mmdb(content)
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    start = text.lstrip()[:200]
    if start.startswith("<"):
        raise TableError(
            f"expected a table of prefixes, found a web page ({start[:40]!r}): "
            "the address has moved, or asks for a log-in"
        )
    if start.startswith(("{", "[")) if form is None else form in READERS:
        found, content_ = document(text)
        if form not in {None, found}:
            raise TableError(f"expected the form {form}, found that of {found}")
        return found, read_document(found, content_)
    chosen = form or detect(text)
    return chosen, TEXT[chosen](text)


def detect(text: str) -> str:
    """Tell the format of a text table by its first line that says something.

    Raises
    ------
    TableError
        If it is none of those known.
    """
    line = next(_said(text), "")
    if line.count("|") >= 5:
        return "delegated"
    tabs = line.split("\t")
    if len(tabs) == 5 and _address(tabs[0]) and _address(tabs[1]):
        return "iptoasn"
    if len(tabs) == 3 and _address(tabs[0]) and tabs[1].isdigit():
        return "pfx2as"
    if len(tabs) == 2 and _prefix(tabs[0]):
        return "pyasn"
    commas = line.split(",")
    if len(commas) >= 4 and all(_address(end) or end.isdigit() for end in commas[:2]):
        return "ip-location-db"
    if _prefix(line.partition("#")[0].partition(";")[0].strip()):
        return "cidr"
    raise TableError(
        f"expected one of {', '.join(FORMS)}, found a file that begins {line[:60]!r}: "
        "give the format if you know it"
    )


def _said(text: str) -> Iterator[str]:
    return (
        line.rstrip("\r")
        for line in text[:100_000].split("\n")
        if line.strip() and line[0] not in "#;"
    )


def _address(text: str) -> bool:
    try:
        parse_address(text)
    except QuestionError:
        return False
    return True


def _prefix(text: str) -> bool:
    address, _, length = text.partition("/")
    return _address(address) and (not length or length.isdigit())


def _index(parsed: Parsed) -> PrefixTable[Any]:
    """Build the table; nothing is dropped, a table that cannot be taken whole is refused."""
    pieces: Iterator[tuple[Prefix, Any]] = (
        (prefix, values[0] if len(values) == 1 else _union(*values))
        for version, first, last, values in disjoint(parsed.ranges)
        for prefix in prefixes_of(first, last, version=version)
    )
    held = parsed.kind is Kind.DELEGATED
    table = PrefixTable[Any](
        chain(parsed.pairs, pieces),
        merge=None if held else _union,
        shortest=DELEGATED_SHORTEST if held else SHORTEST,
    )
    if not len(table):
        raise TableError("expected a table of prefixes, found none in it")
    return table


def _union(*values: Any) -> Any:
    if not all(type(value) is tuple for value in values):
        raise TableError("expected ranges that do not cross, found two holders of one address")
    return tuple(dict.fromkeys(chain.from_iterable(values)))


def _provider(parsed: Parsed, given: str) -> str:
    if parsed.kind is not Kind.PUBLISHED:
        return parsed.provider
    if parsed.provider and given and given != parsed.provider:
        raise TableError(f"expected the ranges of {given}, found those of {parsed.provider}")
    if not parsed.provider and not given:
        raise TableError("expected to be told whose ranges a plain list has: give provider=")
    return parsed.provider or given

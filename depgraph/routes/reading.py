"""Read a table file: tell its format by what is in it, check it as a whole, index it."""

from __future__ import annotations

import hashlib
import io
import os
import re
from pathlib import Path

from depgraph.errors import TableError
from depgraph.intake import read_bytes, require_file
from depgraph.routes.lines import day_in, lines
from depgraph.routes.model import Kind, Parsed, Table
from depgraph.routes.names import JSON, LINE, read_names
from depgraph.routes.origins import LAYOUTS, read_mmdb, read_origins
from depgraph.routes.published import DOCUMENTS, read_document, read_list
from depgraph.routes.table import PrefixTable

FORMS = (*LAYOUTS, "mmdb", "as-names", *DOCUMENTS, "cidr")
"""The formats that are read."""
_MMDB = b"\xab\xcd\xefMaxMind.com"
_ADDRESS = r"[0-9A-Fa-f:.]+"
_LINES = {
    "iptoasn": rf"{_ADDRESS}\t{_ADDRESS}\t[^\t]*\t[^\t]*\t[^\t]*",
    "pfx2as": rf"{_ADDRESS}\t[0-9]+\t[^\t]*",
    "pyasn": rf"{_ADDRESS}(/[0-9]+)?\t[^\t]*",
    "ip-location-db": rf"{_ADDRESS},{_ADDRESS},[^,]*,.*",
    "cidr": rf"{_ADDRESS}(/[0-9]+)?\s*([#;].*)?",
    "as-names": LINE,
}
"""What the first line of each text format looks like; whether it is right is for its reader."""


class OwnerMissing(TableError):
    """A plain list does not say whose ranges it has, and nobody else does."""


def read_table(
    path: str | os.PathLike[str],
    *,
    form: str | None = None,
    provider: str = "",
    sha256: str = "",
) -> Table:
    """Read a table of prefixes from a file, plain or packed (gzip, bzip2, xz, zstd).

    A table is taken whole or not at all.

    Parameters
    ----------
    path
        The file. Its name matters only for the day, where the content names none.
    form
        A word of :data:`FORMS`; None: told from the content.
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
    """
    require_file(path, error=TableError)
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    name = Path(path).name
    if sha256 and digest != sha256.lower():
        raise TableError(
            f"{name}: expected SHA-256 {sha256}, found {digest}: the file was changed or cut off; "
            "fetch it again"
        )
    try:
        form, parsed = _parse(read_bytes(io.BytesIO(data), error=TableError), form)
        _refuse_empty(parsed)
        kind = Kind.ROUTING if form in {*LAYOUTS, "mmdb", "as-names"} else Kind.PUBLISHED
        owner = _owner(parsed, provider) if kind is Kind.PUBLISHED else ""
        prefixes = PrefixTable(parsed.pairs)
    except TableError as error:
        raise type(error)(f"{name}: {error}") from None
    return Table(
        kind=kind,
        form=form,
        prefixes=prefixes,
        date=parsed.date or day_in(name),
        provider=owner,
        names=parsed.names,
        sha256=digest,
    )


def _parse(content: bytes, form: str | None) -> tuple[str, Parsed]:
    """Return the format of a file, and what the file says."""
    if not content.strip():
        raise TableError("expected a table of prefixes, found an empty file")
    if form is not None and form not in FORMS:
        raise TableError(f"expected a format ({', '.join(FORMS)}), found {form!r}")
    if form == "mmdb" or (form is None and _MMDB in content[-(128 << 10) :]):
        return "mmdb", read_mmdb(content)
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    start = text.lstrip()[:200]
    if start.startswith("<"):
        raise TableError(
            f"expected a table of prefixes, found a web page ({start[:40]!r}): "
            "the address has moved, or asks for a log-in"
        )
    if form == "as-names" or (form is None and JSON.match(start)):
        return "as-names", read_names(text)
    if form in DOCUMENTS or (form is None and start.startswith(("{", "["))):
        return read_document(text, form)
    form = form or _form(text)
    readers = {"cidr": read_list, "as-names": read_names}
    return form, readers[form](text) if form in readers else read_origins(text, form)


def _form(text: str) -> str:
    """Tell the format of a text table by its first line that is no comment."""
    _, line = next(lines(text[:100_000]), (0, ""))
    for form, pattern in _LINES.items():
        if re.fullmatch(pattern, line):
            return form
    raise TableError(
        f"expected one of {', '.join(FORMS)}, found a file that begins {line[:60]!r}: "
        "give the format if you know it"
    )


def _refuse_empty(parsed: Parsed) -> None:
    if not parsed.pairs and not parsed.names:
        raise TableError("expected a table of prefixes, found none in it")


def _owner(parsed: Parsed, given: str) -> str:
    if parsed.provider and given and given != parsed.provider:
        raise TableError(f"expected the ranges of {given}, found those of {parsed.provider}")
    if not parsed.provider and not given:
        raise OwnerMissing("expected to be told whose ranges a plain list has: give provider=")
    return parsed.provider or given

"""A table read once is kept as arrays beside its file, and is there ten times sooner next time.

The arrays are only a copy: they carry the hash of the file they were made from, and whatever is
wrong with them, the file itself is read again.
"""

from __future__ import annotations

import json
import logging
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from depgraph.errors import TableError
from depgraph.providers.prefixes import Columns, PrefixTable
from depgraph.providers.tables._model import Delegation, Kind, Service, Table

log = logging.getLogger(__name__)

VERSION = 1
"""Of what is stored; another one is not read."""


def beside(path: Path) -> Path:
    """Give the name of the arrays of a table file."""
    return path.with_name(path.name + ".npz")


def store(table: Table, path: Path) -> None:
    """Write the arrays beside the table file; where that cannot be done, go without."""
    said = {
        "version": VERSION,
        "sha256": table.sha256,
        "values": table.prefixes.values,
        "names": sorted(table.names.items()),
    }
    text = np.frombuffer(json.dumps(said).encode(), np.uint8)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.npz")
    try:
        np.savez(temporary, said=text, **table.prefixes.columns._asdict())
        temporary.replace(beside(path))
    except OSError as error:
        log.debug("no arrays kept of %s: %s", path, error)
    finally:
        temporary.unlink(missing_ok=True)


def restore(
    path: Path, *, kind: Kind, sha256: str
) -> tuple[PrefixTable[Any], dict[int, str]] | None:
    """Read the arrays beside a table file; None if there are none that fit it.

    Returns
    -------
    tuple
        The prefixes, and the names of AS numbers.
    """
    try:
        with beside(path).open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            said = json.loads(found["said"].tobytes())
            if said["version"] != VERSION or said["sha256"] != sha256:
                return None
            columns = Columns(*(found[name] for name in Columns._fields))
            values = [_value(kind, value) for value in said["values"]]
            names = {int(asn): str(name) for asn, name in said["names"]}
            return PrefixTable[Any].from_columns(columns, values), names
    except FileNotFoundError:
        return None
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        zipfile.BadZipFile,
        TableError,
    ) as error:
        log.warning("the arrays beside %s are damaged and made again: %s", path.name, error)
        return None


def _value(kind: Kind, value: list[Any]) -> Any:
    if kind is Kind.ROUTING:
        return tuple(map(int, value))
    if kind is Kind.PUBLISHED:
        return tuple(Service(*service) for service in value)
    return Delegation(*value)

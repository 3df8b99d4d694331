"""Tables of a survey that lie in files, of which only what is asked for is held.

A survey of a country's domains has millions of rows. Whoever counts or writes them goes through
them part by part (:func:`parts`), in the order of the services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from depgraph.survey.tables import arrow, schema

HELD: Final = ("services", "aliases", "refused", "notes")
"""The tables of which every row is needed again and again: a few rows a service."""
AT_A_TIME: Final = 8192
"""Rows that are held while a table is gone through."""
FEW: Final = 1024
"""Rows that are held as objects of Python, which take ten times as much."""


class Stored(Mapping[str, Any]):
    """Name -> table, as :attr:`depgraph.survey.Survey.tables` has them; some lie in Parquet files.

    Parameters
    ----------
    files
        Table -> its files, one after the other.
    held
        The tables that are held.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]], held: Mapping[str, Any]) -> None:
        self.files = {name: tuple(paths) for name, paths in files.items() if name not in held}
        self.held = dict(held)

    def __getitem__(self, name: str) -> Any:
        """Return a table whole; one that lies in files is read each time."""
        if name in self.held:
            return self.held[name]
        return arrow().Table.from_batches(self.parts(name), schema=schema(name))

    def __iter__(self) -> Iterator[str]:
        yield from self.held
        yield from self.files

    def __len__(self) -> int:
        return len(self.held) + len(self.files)

    def __contains__(self, name: object) -> bool:
        return name in self.held or name in self.files

    def with_table(self, name: str, table: Any) -> Stored:
        """Return the same tables but for one."""
        return Stored(self.files, {**self.held, name: table})

    def parts(self, name: str, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """Yield the batches of a table that lies in files."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

        wanted = list(columns or schema(name).names)
        form = arrow().schema([schema(name).field(one) for one in wanted])
        for path in self.files[name]:
            with pq.ParquetFile(path) as file:
                for part in file.iter_batches(AT_A_TIME, columns=wanted):
                    yield part.select(wanted).cast(form)


def parts(
    tables: Mapping[str, Any], name: str, columns: Sequence[str] | None = None
) -> Iterator[Any]:
    """Yield a table batch by batch, wherever it is.

    Parameters
    ----------
    tables
        Of a survey.
    name
        Of the table.
    columns
        Those wanted; otherwise all of its schema.
    """
    if isinstance(tables, Stored) and name in tables.files:
        yield from tables.parts(name, columns)
        return
    table = tables[name]
    yield from (table if columns is None else table.select(list(columns))).to_batches()


def rows(
    tables: Mapping[str, Any], name: str, columns: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, as :func:`parts` does its batches."""
    for part in parts(tables, name, columns):
        yield from part.to_pylist()


def replaced(tables: Mapping[str, Any], name: str, table: Any) -> Mapping[str, Any]:
    """Return the tables of a survey with another one in the place of one of them."""
    if isinstance(tables, Stored):
        return tables.with_table(name, table)
    return {**tables, name: table}


__all__ = ["AT_A_TIME", "FEW", "HELD", "Stored", "parts", "replaced", "rows"]

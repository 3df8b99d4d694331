"""Counting over the verdict tables, as SQL that DuckDB and Spark run unchanged.

Nothing is decided in SQL: who stands where and who can stop what are rows of the tables, judged
by the analyses. Here rows are joined and keys counted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from depgraph.errors import TableError
from depgraph.extras import missing
from depgraph.survey.stored import Stored

MEMORY: Final = "48MB"
"""What counting may hold; the rest of what it sorts lies in a temporary folder."""
_PART: Final = 5_000  # services, of which what is told of each by itself is counted at a time
_PARTS: Final = 8  # at most: each of them opens the files anew
_BETWEEN: Final = "8MB"  # what it may hold between two queries
_AT_A_TIME: Final = 10_000

_STANDS: Final = """
SELECT l.service, l.layer, '{level}' AS level, coalesce(o.one, l.{column}) AS actor,
       bool_and(l.{confidence} = 'likely') AS likely
FROM layers l LEFT JOIN operators o ON o.actor = l.{column}
WHERE l.kind = 'provider' AND l.needed AND l.{confidence} <> 'possible' AND l.{column} <> ''
GROUP BY 1, 2, 3, 4
"""
_PERHAPS: Final = """
SELECT DISTINCT l.service, l.layer, '{level}' AS level, coalesce(o.one, l.{column}) AS actor
FROM layers l LEFT JOIN operators o ON o.actor = l.{column}
WHERE l.kind = 'provider' AND (NOT l.needed OR l.{confidence} = 'possible') AND l.{column} <> ''
"""
_BOUNDS: Final = """
SELECT service, layer, '{level}' AS level, bool_or(nobody) AS nobody,
       bool_or(failed OR nobody) AS failed, bool_or(NOT whole OR nobody) AS open
FROM (SELECT service, layer, failed, whole,
             kind = 'provider' AND needed AND {confidence} <> 'possible' AND {column} = '' AS nobody
      FROM layers) l
GROUP BY 1, 2
"""
_COLUMNS: Final = (
    {"level": "provider", "column": "actor", "confidence": "confidence"},
    {"level": "company", "column": "company", "confidence": "company_confidence"},
    {"level": "country", "column": "country", "confidence": "country_confidence"},
)
"""By level: who is counted of a row of `layers`, and how sure that is."""
VIEWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Who certainly or likely stands in a layer of a service, over all of its functions.
        "stands": "UNION ALL".join(_STANDS.format(**columns) for columns in _COLUMNS),
        # Who only may stand in a layer of a service.
        "perhaps": "UNION ALL".join(_PERHAPS.format(**columns) for columns in _COLUMNS),
        # Whether somebody known stands in a layer of a service who counts for nobody at a level
        # (a company whose country is not known), and whether others may stand there.
        "bounds": "UNION ALL".join(_BOUNDS.format(**columns) for columns in _COLUMNS),
        # What is not known of a layer of a service.
        "standings": """
SELECT service, layer, bool_and(whole) AS whole, bool_or(failed) AS failed,
       bool_or(unasked) AS unasked, bool_or(met) AS met,
       bool_or(kind = 'own' AND needed AND confidence <> 'possible') AS own,
       bool_or(kind = 'anyone' AND needed) AS anyone,
       bool_or(kind IN ('provider', 'own', 'anyone') AND needed AND confidence <> 'possible')
           AS known
FROM layers GROUP BY service, layer
""",
        # Who stops some function of a service alone, and through which lever and layer.
        "stops": """
SELECT a.service, a.level, coalesce(o.one, a.actor) AS actor, a.lever, a.layer,
       bool_and(a.confidence = 'likely') AS likely
FROM alone a LEFT JOIN operators o ON o.actor = a.actor
GROUP BY 1, 2, 3, 4, 5
""",
    }
)
"""Views over the tables, each in terms of those before it."""

QUERIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # In how many services an actor stands, and in how many of these others may stand too; who
        # only may stand somewhere stands in none.
        "rank": """
SELECT layer, level, actor, sum(stands) AS services, sum(failed) AS failed, sum(open) AS open,
       sum(likely) AS likely
FROM (SELECT s.layer, s.level, s.actor, 1 AS stands, CASE WHEN s.likely THEN 1 ELSE 0 END AS likely,
             CASE WHEN b.failed THEN 1 ELSE 0 END AS failed,
             CASE WHEN b.open THEN 1 ELSE 0 END AS open
      FROM stands s
      JOIN bounds b ON b.service = s.service AND b.layer = s.layer AND b.level = s.level
      UNION ALL
      SELECT layer, level, actor, 0 AS stands, 0 AS likely, 0 AS failed, 0 AS open FROM perhaps) e
GROUP BY layer, level, actor
ORDER BY layer, level, services DESC, actor
""",
        # In how many services somebody of a level may stand in a layer who is not known there: what
        # was asked is not known, or anything.
        "bounds": """
SELECT layer, level, sum(CASE WHEN failed THEN 1 ELSE 0 END) AS failed,
       sum(CASE WHEN open THEN 1 ELSE 0 END) AS open
FROM bounds GROUP BY layer, level ORDER BY layer, level
""",
        # How many services have a layer, and of how many not all of it is known: what was asked
        # is not known, or it was not asked.
        "layers": """
SELECT layer, count(*) AS services, sum(CASE WHEN known THEN 1 ELSE 0 END) AS known,
       sum(CASE WHEN whole THEN 1 ELSE 0 END) AS whole,
       sum(CASE WHEN failed THEN 1 ELSE 0 END) AS failed,
       sum(CASE WHEN whole OR failed THEN 0 ELSE 1 END) AS unasked,
       sum(CASE WHEN own THEN 1 ELSE 0 END) AS own
FROM standings GROUP BY layer ORDER BY layer
""",
        # Who can stop how many services alone, by lever and layer.
        "stops": """
SELECT level, layer, lever, actor, count(*) AS services,
       sum(CASE WHEN likely THEN 1 ELSE 0 END) AS likely
FROM stops GROUP BY level, layer, lever, actor
ORDER BY level, layer, lever, services DESC, actor
""",
        # C_p and I_p of Kashaf et al. (IMC 2020): `loose` does not count a service's own.
        "impact": """
SELECT s.layer, s.level, s.actor, count(*) AS uses,
       sum(CASE WHEN n.third = 1 AND NOT b.nobody AND NOT t.own THEN 1 ELSE 0 END) AS strict,
       sum(CASE WHEN n.third = 1 AND NOT b.nobody THEN 1 ELSE 0 END) AS loose
FROM stands s
JOIN standings t ON t.service = s.service AND t.layer = s.layer
JOIN bounds b ON b.service = s.service AND b.layer = s.layer AND b.level = s.level
JOIN (SELECT service, layer, level, count(*) AS third FROM stands
      GROUP BY service, layer, level) n
  ON n.service = s.service AND n.layer = s.layer AND n.level = s.level
GROUP BY s.layer, s.level, s.actor
ORDER BY s.layer, s.level, uses DESC, s.actor
""",
        # In how many services the smallest sets that certainly or likely stop a function have a size.
        "smallest": """
SELECT level, function, size, count(*) AS services
FROM (SELECT service, level, function, min(size) AS size FROM cuts
      WHERE NOT worst_case AND NOT own AND decisive GROUP BY service, level, function) c
GROUP BY level, function, size ORDER BY level, function, size
""",
        # The same over all levers.
        "alone": """
SELECT level, layer, actor, count(DISTINCT service) AS services
FROM stops GROUP BY level, layer, actor ORDER BY level, layer, services DESC, actor
""",
        # What each actor of the layers, and each company of theirs, is called.
        "labels": """
SELECT DISTINCT actor, label, 1 AS place FROM layers WHERE actor <> ''
UNION ALL
SELECT DISTINCT company AS actor, name AS label, 0 AS place FROM layers WHERE company <> ''
ORDER BY place, actor, label DESC
""",
        # What is not known, and why.
        "unknown": """
SELECT layer, what, reason, count(DISTINCT service) AS services FROM unknowns
GROUP BY layer, what, reason ORDER BY layer, services DESC, what, reason
""",
    }
)
"""Question -> its text."""


class Counter:
    """The tables of a survey in DuckDB, asked in SQL.

    Parameters
    ----------
    tables
        Name -> ``pyarrow.Table``.

    Raises
    ------
    TableError
        If DuckDB is not installed.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        try:
            import duckdb  # noqa: PLC0415  (optional)
        except ImportError:
            raise TableError(
                missing("duckdb", "counts over the tables of a survey", "survey")
            ) from None
        spill = tempfile.mkdtemp(prefix="depgraph-")
        weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        self._too_much = duckdb.OutOfMemoryException
        self._connection = duckdb.connect(str(Path(spill, "counted.duckdb")))
        self._connection.execute(f"SET temp_directory = {_quoted(spill)}")
        self._connection.execute(f"SET memory_limit = '{MEMORY}'")
        self._connection.execute("SET threads = 1")
        self._connection.execute("SET preserve_insertion_order = false")  # each query says its own
        files = _files(tables)
        folders = sorted({f"{path.parent}{os.sep}" for paths in files.values() for path in paths})
        listed = ", ".join(map(_quoted, [*folders, f"{spill}{os.sep}"]))
        self._connection.execute(f"SET allowed_directories = [{listed}]")
        # What a stranger wrote is data of the tables and never SQL; no other file is its business.
        self._connection.execute("SET enable_external_access = false")
        for name in tables:
            if name in files:
                paths = ", ".join(_quoted(str(path)) for path in files[name])
                whole = f"SELECT * FROM read_parquet([{paths}])"  # noqa: S608  (each is quoted)
                self._connection.execute(f"CREATE TEMP VIEW {name} AS {whole}")
            else:
                self._connection.register(name, tables[name])
        self._parts = _parts(tables["services"].column("service").to_pylist())
        # Each view is of one service after the other, and so may be made of some and of others.
        for name, text in VIEWS.items():
            whole = f"SELECT * FROM ({text}) v"  # noqa: S608  (of ours)
            self._connection.execute(f"CREATE TABLE {name} AS {whole} LIMIT 0")
            for part in self._parts:
                self._connection.execute(f"INSERT INTO {name} {whole} WHERE {part}")
        self._let_go()

    def ask(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of one of :data:`QUERIES`, or of a query of one's own."""
        result = self._connection.execute(QUERIES.get(query, query))
        names = [column[0] for column in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        self._let_go()
        return found

    def stream(self, query: str) -> Iterator[Any]:
        """Yield the rows of a query, of which only some are held; ask no other before the last."""
        result = self._connection.execute(query)
        while rows := result.fetchmany(_AT_A_TIME):
            yield from rows
        self._let_go()

    def by_service(self, query: str, order: str = "service") -> Iterator[Any]:
        """Yield the rows of a query about each service, by an order that begins with the services.

        Only those of some services are sorted at a time.
        """
        for part in self._parts:
            yield from self.stream(
                f"SELECT * FROM ({query}) q WHERE {part} ORDER BY {order}"  # noqa: S608  (of ours)
            )

    def _let_go(self) -> None:
        """Give back to the system what the last query held: DuckDB keeps it while it may."""
        with suppress(self._too_much):  # then it keeps what it needs
            self._connection.execute(f"SET memory_limit = '{_BETWEEN}'")
        self._connection.execute(f"SET memory_limit = '{MEMORY}'")


def _parts(names: Sequence[str]) -> list[str]:
    """Return conditions, each of which some services meet: in their order, and each service one.

    >>> _parts(["a.example"])
    ['true']
    """
    several = sorted(names)
    size = max(_PART, -(-len(several) // _PARTS))
    starts = [_quoted(name) for name in several[size::size]]
    lower = ["true", *(f"service >= {start}" for start in starts)]
    upper = [*(f"service < {start}" for start in starts), "true"]
    pairs = zip(lower, upper, strict=True)
    return [" AND ".join(one for one in pair if one != "true") or "true" for pair in pairs]


def _files(tables: Mapping[str, Any]) -> dict[str, list[Path]]:
    """Return the tables that DuckDB may read from their files itself.

    Not those with a character in their path that DuckDB takes for any other.
    """
    if not isinstance(tables, Stored):
        return {}
    found = {name: [path.resolve() for path in paths] for name, paths in tables.files.items()}
    return {
        name: paths
        for name, paths in found.items()
        if paths and not any(set("*?[") & set(str(path)) for path in paths)
    }


def _quoted(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"

"""The files of the catalogue, shipped and a user's own, read.

They are plain text that a person edits (``data/*.csv``, ``data/groups.toml``), each row with its
source.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from depgraph.errors import CatalogueError
from depgraph.intake import read_text
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.moments import Moment
from depgraph.providers.rows import (
    SPONSOR,
    Backend,
    Company,
    Event,
    Group,
    Law,
    Parent,
    Platform,
    Provider,
    Servers,
)
from depgraph.providers.rules import Rule, Rules
from depgraph.vocabulary import LawBasis

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "companies": ("id", "name", "country", "aliases", "source", "checked"),
        "providers": ("id", "name", "roles", "company", "runs_on", "aliases", "source"),
        "parents": ("company", "parent", "since", "until", "source", "checked"),
        "laws": ("company", "country", "basis", "since", "until", "source", "checked"),
        "events": ("of", "event", "day", "other", "source", "checked"),
        "backends": ("provider", "suffixes", "basis", "since", "until", "source"),
        "servers": ("provider", "suffixes", "since", "until", "source"),
        "rules": ("id", "provider", "role", "signal", "pattern", "reason", "source"),
        "platforms": ("suffix", "source"),
        "facts": ("id", "citation"),
    }
)
_CHECKED: Final = "checked"
"""A column that the files of a user need not have."""
_WHERE: Final = "where"
"""Beside the columns of a row: its file and line."""
_FACT: Final = re.compile(r"facts:(F\d+)")


def load(path: str | Path | None = None) -> Catalogue:
    """Load the shipped catalogue, or it together with a directory of a user's own rows.

    Parameters
    ----------
    path
        Directory with any of ``companies.csv``, ``providers.csv``, ``parents.csv``, ``laws.csv``,
        ``events.csv``, ``backends.csv``, ``servers.csv``, ``rules*.csv``, ``platforms.csv`` and ``groups.toml``,
        in the same columns. A row whose id the shipped
        catalogue has replaces it.

    Raises
    ------
    CatalogueError
        A file cannot be read as such: it names file, line and what was expected.
    """
    return _shipped() if path is None else _merge(_shipped(), _read(Path(path)))


@cache
def _shipped() -> Catalogue:
    return _read(resources.files("depgraph.providers") / "data")


def _read(folder: Traversable) -> Catalogue:
    if not folder.is_dir():
        raise CatalogueError(f"expected a directory of catalogue files, found none at {folder}")
    files = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    version, checked, groups = _groups(files)
    companies = [_company(row) for row in _rows(files, "companies")]
    providers = [_provider(row) for row in _rows(files, "providers")]
    rules = [_rule(row) for row in _rows(files, "rules")]
    platforms = [Platform(row["suffix"], row["source"]) for row in _rows(files, "platforms")]
    return Catalogue(
        version=version,
        providers=MappingProxyType({row.id: row for row in providers}),
        companies=MappingProxyType({row.id: row for row in companies}),
        parents=tuple(_parent(row) for row in _rows(files, "parents")),
        groups=MappingProxyType({row.id: row for row in groups}),
        rules=Rules(rules),
        duplicates=(
            *_twice("provider", (row.id for row in providers)),
            *_twice("company", (row.id for row in companies)),
            *_twice("rule", (row.id for row in rules)),
            *_twice("platform", (row.suffix for row in platforms)),
        ),
        platforms=MappingProxyType({row.suffix: row for row in platforms}),
        backends=tuple(one for row in _rows(files, "backends") for one in _backends(row)),
        servers=tuple(one for row in _rows(files, "servers") for one in _servers(row)),
        events=tuple(_event(row) for row in _rows(files, "events")),
        laws=tuple(_law(row) for row in _rows(files, "laws")),
        checked=checked,
    )


def _merge(base: Catalogue, own: Catalogue) -> Catalogue:
    replaced = {rule.id for rule in own.rules.rows}
    return Catalogue(
        version=own.version or base.version,
        providers=MappingProxyType({**base.providers, **own.providers}),
        companies=MappingProxyType({**base.companies, **own.companies}),
        parents=(*own.parents, *base.parents),
        groups=MappingProxyType({**base.groups, **own.groups}),
        rules=Rules(
            (*own.rules.rows, *(rule for rule in base.rules.rows if rule.id not in replaced))
        ),
        duplicates=own.duplicates,
        platforms=MappingProxyType({**base.platforms, **own.platforms}),
        backends=(*own.backends, *base.backends),
        servers=(*own.servers, *base.servers),
        events=(*own.events, *base.events),
        laws=(*own.laws, *base.laws),
        checked=own.checked or base.checked,
    )


def _rows(files: Mapping[str, Traversable], table: str) -> list[dict[str, str]]:
    """Read the rows of a table, with the facts that their sources name written out."""
    rows = list(_table(files, table))
    if any("facts:" in row["source"] for row in rows):
        facts = {row["id"]: row["citation"] for row in _table(files, "facts")}
        for row in rows:
            row["source"] = _FACT.sub(lambda m: facts.get(m[1], m[0]), row["source"])
    return rows


def _table(files: Mapping[str, Traversable], table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by its columns; there may be several files of rules."""
    columns = COLUMNS[table]
    for name in sorted(fnmatch.filter(files, "rules*.csv" if table == "rules" else f"{table}.csv")):
        reader = csv.reader(io.StringIO(_text(files[name])), strict=True)
        try:
            for cells in reader:
                if not cells or cells[0].startswith("#"):
                    continue
                if columns[-1] == _CHECKED and len(cells) == len(columns) - 1:
                    cells.append(_CHECKED if cells == list(columns[:-1]) else "")
                if cells == list(columns):
                    continue
                if len(cells) != len(columns):
                    raise CatalogueError(
                        f"expected {len(columns)} columns ({', '.join(columns)}) in {name}, "
                        f"line {reader.line_num}, found {len(cells)}"
                    )
                row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
                yield row | {_WHERE: f"{name}, line {reader.line_num}"}
        except csv.Error as error:
            raise CatalogueError(
                f"expected comma-separated text in {name}, line {reader.line_num}: {error}"
            ) from None


def _text(entry: Traversable) -> str:
    with entry.open("rb") as file:
        return read_text(file, error=CatalogueError)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _day(row: Mapping[str, str], column: str) -> date | None:
    """Read the day in a cell; None where it is empty.

    Raises
    ------
    CatalogueError
        It is no day; the message names file and line.
    """
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise CatalogueError(
            f"expected a day such as 2022-03-21 as {column} in {row[_WHERE]}, found {row[column]!r}"
        ) from None


def _moment(row: Mapping[str, str], column: str) -> Moment | None:
    """Read the day, month or year in a cell; None where it is empty.

    Raises
    ------
    CatalogueError
        It is none of these; the message names file and line.
    """
    try:
        return Moment.read(row[column]) if row[column] else None
    except ValueError as error:
        raise CatalogueError(f"{error} as {column} in {row[_WHERE]}") from None


def _company(row: Mapping[str, str]) -> Company:
    return Company(
        row["id"],
        row["name"],
        row["country"] or None,
        _many(row["aliases"]),
        row["source"],
        _day(row, "checked"),
    )


def _provider(row: Mapping[str, str]) -> Provider:
    return Provider(
        row["id"],
        row["name"],
        _many(row["roles"]),
        row["company"],
        _many(row["runs_on"]),
        _many(row["aliases"]),
        row["source"],
    )


def _rule(row: Mapping[str, str]) -> Rule:
    return Rule(
        row["id"],
        row["provider"],
        _many(row["role"]),
        row["signal"],
        row["pattern"],
        row["reason"],
        row["source"],
    )


def _parent(row: Mapping[str, str]) -> Parent:
    return Parent(
        row["company"],
        row["parent"],
        _moment(row, "since"),
        _moment(row, "until"),
        row["source"],
        _day(row, "checked"),
    )


def _law(row: Mapping[str, str]) -> Law:
    """Read whose law reaches a company.

    Raises
    ------
    CatalogueError
        The basis is no such word, or the seat, which is the country of the company's own row.
    """
    bases = [one.value for one in LawBasis if one is not LawBasis.SEAT]
    if row["basis"] not in bases:
        raise CatalogueError(
            f"expected a basis of {', '.join(bases)} in {row[_WHERE]}, found {row['basis']!r}"
        )
    return Law(
        row["company"],
        row["country"],
        LawBasis(row["basis"]),
        _moment(row, "since"),
        _moment(row, "until"),
        row["source"],
        _day(row, "checked"),
    )


def _event(row: Mapping[str, str]) -> Event:
    moment = _moment(row, "day")
    if moment is None:
        raise CatalogueError(f"expected the day of an event in {row[_WHERE]}, found none")
    return Event(row["of"], row["event"], moment, row["other"], row["source"], _day(row, "checked"))


def _backends(row: Mapping[str, str]) -> Iterator[Backend]:
    provider = None if row["provider"] == SPONSOR else row["provider"]
    for suffix in _many(row["suffixes"]):
        yield Backend(
            suffix,
            provider,
            _many(row["basis"]),
            _day(row, "since"),
            _day(row, "until"),
            row["source"],
        )


def _servers(row: Mapping[str, str]) -> Iterator[Servers]:
    for suffix in _many(row["suffixes"]):
        yield Servers(
            suffix, row["provider"], _day(row, "since"), _day(row, "until"), row["source"]
        )


def _groups(files: Mapping[str, Traversable]) -> tuple[str, str, list[Group]]:
    """Read ``groups.toml``: the catalogue's version, the day it was last looked at, its groups."""
    if "groups.toml" not in files:
        return "", "", []
    try:
        data = tomllib.loads(_text(files["groups.toml"]))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogueError(f"expected TOML in groups.toml: {error}") from None
    version, checked = str(data.pop("version", "")), str(data.pop("checked", ""))
    groups = [_group(key, value) for key, value in data.items() if isinstance(value, dict)]
    return version, checked, groups


def _group(key: str, value: Mapping[str, object]) -> Group:
    return Group(
        key,
        str(value.get("name", key)),
        str(value.get("kind", "companies")),
        str(value.get("definition", "")),
        str(value.get("source", "")),
        _texts(key, value, "members"),
        _texts(key, value, "aliases"),
    )


def _texts(group: str, value: Mapping[str, object], key: str) -> tuple[str, ...]:
    rows = value.get(key, [])
    if not isinstance(rows, list):
        raise CatalogueError(f"expected a list of {key} in groups.toml [{group}]")
    return tuple(map(str, rows))


def _twice(what: str, ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: list[str] = []
    for item in ids:
        if item in seen:
            twice.append(f"{what} {item}: expected one row of this id, found more")
        seen.add(item)
    return twice

"""A survey as files: every table as Parquet and CSV, a workbook, and a summary; and back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from depgraph.atomic import replacing, write_bytes, write_text
from depgraph.errors import TableError
from depgraph.survey.result import REGISTRIES, Survey
from depgraph.survey.tables import LEVELS, TABLES, VERSION, arrow, schema
from depgraph.text_safety import quote

_ROWS: Final = 1_000_000  # of a sheet: Excel takes 1,048,576
_CELL: Final = 32_000  # characters of a cell: Excel takes 32,767
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MODIFIED: Final = re.compile(
    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time of an entry of a ZIP file


def save(survey: Survey, folder: str | os.PathLike[str]) -> list[Path]:
    """Write a survey into a folder: the same survey gives the same bytes.

    Parameters
    ----------
    folder
        Made if it is not there. Files in it of the same names are replaced.

    Returns
    -------
    list of Path
        What was written: Parquet and CSV of every table, `survey.xlsx`, `summary.json`.

    Raises
    ------
    TableError
        If openpyxl is not installed.
    OSError
        If it cannot be written.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in _tables(survey).items():
        written += [target / f"{name}.parquet", target / f"{name}.csv"]
        _write_parquet(table, written[-2])
        write_text(written[-1], _csv(table))
    written += [target / "survey.xlsx", target / "summary.json"]
    write_bytes(written[-2], _workbook(survey))
    write_text(written[-1], json.dumps(summary(survey), ensure_ascii=False, indent=2) + "\n")
    return written


def _tables(survey: Survey) -> dict[str, Any]:
    found = {**survey.tables, "services": survey.services, "ranks": _ranks(survey)}
    return {**found, "operators": survey.operators}


def load(folder: str | os.PathLike[str]) -> Survey:
    """Read a survey from the folder that :func:`save` wrote.

    Raises
    ------
    TableError
        If it is none, or of another version.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    pa = arrow()
    source = Path(folder)
    tables: dict[str, Any] = {}
    owners = None
    for name in (*TABLES, "operators"):
        path = source / f"{name}.parquet"
        try:
            tables[name] = pq.read_table(path)
        except (OSError, pa.ArrowException) as error:
            raise TableError(
                f"expected the survey's table {path}, found none: {quote(error)}"
            ) from None
    for name, columns in TABLES.items():
        wanted = [column.name for column in columns]
        found = tables[name].schema.names
        if found[: len(wanted)] != wanted:
            raise TableError(
                f"expected the columns of survey schema {VERSION} in {source / name}.parquet, "
                f"found {', '.join(found)}: make the survey anew"
            )
        if name == "services" and len(found) > len(wanted):
            owners = tables[name].select(["service", *found[len(wanted) :]])
        tables[name] = tables[name].select(wanted).cast(schema(name))
    operators = tables.pop("operators")
    about = json.loads((source / "summary.json").read_text("utf-8"))
    return Survey(tables=tables, operators=operators, owners=owners, by=about.get("by", ""))


def summary(survey: Survey) -> dict[str, Any]:
    """Return the numbers of a survey as JSON."""
    days = [
        survey.tables["services"].column(name).unique().to_pylist() for name in ("since", "until")
    ]
    moments = sorted({day for several in days for day in several})
    layers = {}
    for count in survey.layer_counts:
        concentrations = {
            level.value: survey.concentration(layer=count.layer, level=level.value)
            for level in LEVELS
        }
        layers[count.layer] = {
            "services": count.services,
            "known": count.known,
            "whole": count.whole,
            "failed": count.failed,
            "unasked": count.unasked,
            "own": count.own,
            "set_aside": count.aside,
            "registry": count.layer in REGISTRIES,
            "hhi": {level: round(one.hhi, 6) for level, one in concentrations.items()},
            "distance": {level: round(one.distance, 6) for level, one in concentrations.items()},
            "first": [
                {"actor": one.actor, "label": one.label, "services": one.services, "most": one.most}
                for one in survey.rank(layer=count.layer)[:20]
            ],
        }
    return {
        "schema": f"depgraph.survey/{VERSION}",
        "services": len(survey),
        "refused": len(survey.refused),
        "since": moments[0] if moments else "",
        "until": moments[-1] if moments else "",
        "by": survey.by,
        "layers": layers,
        "name_servers": survey.server_domains()[:50],
        "smallest": {level.value: survey.smallest(level=level.value) for level in LEVELS},
        "divided": survey.divided(),
    }


def _ranks(survey: Survey) -> Any:
    """Return every rank, with C_p and I_p, as one table."""
    most = {
        (count.layer, level.value, one.actor): one.most
        for count in survey.layer_counts
        for level in LEVELS
        for one in survey.rank(layer=count.layer, level=level.value)
    }
    rows = [
        (
            *(row["layer"], row["level"], row["actor"], row["label"], row["uses"]),
            most[row["layer"], row["level"], row["actor"]],
            *(row["strict"], row["loose"], row["alone"]),
        )
        for level in LEVELS
        for row in survey.impact(level=level.value)
    ]
    names = ("layer", "level", "actor", "label", "services", "most", "strict", "loose", "alone")
    pa = arrow()
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    types = [pa.string()] * 4 + [pa.int64()] * 5
    arrays = [pa.array(list(one), type=kind) for one, kind in zip(columns, types, strict=True)]
    return pa.Table.from_arrays(arrays, names=list(names))


def _write_parquet(table: Any, path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def _cells(table: Any) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of a table for spreadsheets: lists as text, no formula from anybody."""
    for part in table.to_batches():
        columns = [column.to_pylist() for column in part.columns]
        for row in zip(*columns, strict=True):
            yield tuple(map(_cell, row))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _plain(value: Any) -> Any:
    """Return what a spreadsheet takes as text: a quotation mark keeps it from being a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv(table: Any) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180, section 2
    writer.writerow(map(_plain, table.schema.names))
    for row in _cells(table):
        writer.writerow(["" if one is None else _plain(one) for one in row])
    return out.getvalue()


def _workbook(survey: Survey) -> bytes:
    """Return the workbook: services with who stands where, ranks, name servers, what was refused."""
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(
            "expected openpyxl, which writes Excel's files, found none: "
            "pip install 'depgraph[survey]'"
        ) from None
    book = openpyxl.Workbook(write_only=True)
    services = _with_layers(survey)
    _sheet(book, "services", services[0], services[1])
    ranks = _ranks(survey)
    _sheet(book, "ranks", ranks.schema.names, _cells(ranks))
    domains = [tuple(row.values()) for row in survey.server_domains()]
    _sheet(book, "name servers", ("domain", "services"), domains)
    if survey.by:
        rows = [tuple(row.values()) for row in survey.divided()]
        _sheet(book, "divided", (survey.by, "services", "first", "label", "in"), rows)
    _sheet(book, "refused", survey.refused.schema.names, _cells(survey.refused))
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue())


def _with_layers(survey: Survey) -> tuple[list[str], Iterable[tuple[Any, ...]]]:
    """Return services with a column for each layer: who certainly or likely stands there."""
    layers = [count.layer for count in survey.layer_counts if not count.aside]
    who: dict[tuple[str, str], list[str]] = {}
    for row in survey.ask("SELECT DISTINCT service, layer, level, actor FROM stands"):
        if row["level"] == "company":
            who.setdefault((row["service"], row["layer"]), []).append(survey.label(row["actor"]))
    services = survey.services
    wanted = {"other_functions", "server_domains", "observations", "cuts_left_out"}
    kept = [name for name in services.schema.names if name not in wanted]
    own = [column.name for column in TABLES["services"] if column.name in kept]
    titles = [*own, *layers, *(name for name in kept if name not in own)]
    before = services.select(own)
    after = services.select([name for name in kept if name not in own])

    def rows() -> Iterable[tuple[Any, ...]]:
        for first, last in zip(_cells(before), _cells_or_none(after, len(before)), strict=True):
            standing = [", ".join(sorted(who.get((first[0], layer), ()))) for layer in layers]
            yield (*first, *standing, *last)

    return titles, rows()


def _cells_or_none(table: Any, count: int) -> Iterable[tuple[Any, ...]]:
    return _cells(table) if table.num_columns else iter([()] * count)


def _sheet(book: Any, name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  (optional)
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("�", value)[:_CELL])
        made.data_type = "s"  # text, whatever it begins with
        return made

    sheet.append([cell(title) for title in titles])
    for number, row in enumerate(rows, start=1):
        if number > _ROWS:
            break
        sheet.append([cell(one) for one in row])


def _dated(book: bytes) -> bytes:
    """Return a workbook whose entries bear one time, so that the same survey is the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            new.writestr(info, content)
    return out.getvalue()

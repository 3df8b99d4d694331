"""A survey as files: every table as Parquet and CSV, a workbook, and a summary; and back."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from depgraph.analysis.results import to_json_value
from depgraph.atomic import replacing, sweep, write_text
from depgraph.errors import TableError
from depgraph.extras import missing
from depgraph.intake import json_object, read_text
from depgraph.names import in_both_forms
from depgraph.survey.cells import as_csv, as_numbers, flat
from depgraph.survey.result import Survey
from depgraph.survey.stored import FEW, HELD, Stored, parts
from depgraph.survey.tables import COUNTED, LEVELS, TABLES, VERSION, arrow, batch, schema
from depgraph.survey.values import REGISTRIES
from depgraph.text_safety import one_line, quote

SHARDS: Final = ".shards"
"""The folder, within that of a survey, of what is done of it while it is made."""
_GROUP: Final = 16_384  # rows of a row group of Parquet, at the least; fewer, if they are large:
_HELD: Final = 8 << 20  # bytes
_ROWS: Final = 1_000_000  # of a sheet: Excel takes 1,048,576
_CELL: Final = 32_000  # characters of a cell: Excel takes 32,767
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
    sweep(target)  # a run before this one may have been killed
    written = []
    own = {"services": survey.services, "ranks": _ranks(survey), "operators": survey.operators}
    for name in (*TABLES, *COUNTED):
        written += [target / f"{name}.parquet", target / f"{name}.csv"]
        form = own[name].schema if name in own else schema(name)
        several = own[name].to_batches() if name in own else parts(survey.tables, name)
        _write(several, form, *written[-2:])
    written += [target / "survey.xlsx", target / "summary.json"]
    with replacing(written[-2]) as temporary:
        _write_workbook(survey, temporary)
    write_text(written[-1], json.dumps(summary(survey), ensure_ascii=False, indent=2) + "\n")
    return written


def load(folder: str | os.PathLike[str]) -> Survey:
    """Read a survey from the folder that :func:`save` wrote.

    Raises
    ------
    TableError
        If it is none, is not finished, or is of another version.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    pa = arrow()
    source = Path(folder)
    _require_survey(source)
    tables: dict[str, Any] = {}
    owners = None
    for name in (*TABLES, "operators"):
        path = source / f"{name}.parquet"
        if name == "notes" and not path.exists():  # of before there was one
            tables[name] = schema(name).empty_table()
            continue
        try:
            with pq.ParquetFile(path) as file:
                found = file.schema_arrow.names
                if name in (*HELD, "operators"):
                    # Without a row group pyarrow 18 has nothing to read.
                    some = file.num_row_groups > 0
                    tables[name] = file.read() if some else file.schema_arrow.empty_table()
        except (OSError, ValueError, pa.ArrowException) as error:  # names that are no UTF-8, too
            raise TableError(
                f"expected the survey's table {path}, found none that reads: {quote(error)}; "
                "make the survey anew"
            ) from None
        if name == "operators":
            continue
        wanted = [column.name for column in TABLES[name]]
        if found[: len(wanted)] != wanted:
            raise TableError(
                f"expected the columns of survey schema {VERSION} in {source / name}.parquet, "
                f"found {one_line(', '.join(found))}: make the survey anew"
            )
        if name == "services" and len(found) > len(wanted):
            owners = tables[name].select(["service", *found[len(wanted) :]])
        if name in HELD:
            try:
                tables[name] = tables[name].select(wanted).cast(schema(name))
            except pa.ArrowException as error:
                raise TableError(
                    f"expected columns of the types of survey schema {VERSION} in "
                    f"{source / name}.parquet, found others: {quote(error)}"
                ) from None
    about = json_object(read_text(source / "summary.json", error=TableError), error=TableError)
    if about.get("schema") != f"depgraph.survey/{VERSION}":
        raise TableError(
            f"expected a survey of schema {VERSION} in {source}, "
            f"found {quote(about.get('schema'))}: make the survey anew"
        )
    cite = about.get("cite")
    cite = cite if isinstance(cite, dict) else {}
    return Survey(
        tables=Stored(
            {name: [source / f"{name}.parquet"] for name in TABLES},
            {name: tables[name] for name in HELD},
        ),
        operators=tables["operators"],
        owners=owners,
        by=str(about.get("by", "")),
        depgraph=str(cite.get("depgraph", "")),
        catalogue=str(cite.get("catalogue", "")),
    )


def _require_survey(folder: Path) -> None:
    """Refuse a folder that holds no survey, or one that was not finished.

    Raises
    ------
    TableError
        With what to do.
    """
    if (folder / SHARDS).exists():
        raise TableError(
            f"expected a survey in {folder}, found one that was not finished: "
            "the command that began it goes on with it"
        )
    if not (folder / "services.parquet").exists():
        raise TableError(
            f"expected a survey in {folder}, found none: depgraph survey INPUT -o {folder} makes one"
        )


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
            "hhi": {level: _rounded(one.hhi) for level, one in concentrations.items()},
            "distance": {level: _rounded(one.distance) for level, one in concentrations.items()},
            "first": [
                {
                    "actor": one.actor,
                    "label": one.label,
                    "services": one.services,
                    "most": one.most,
                    "widest": one.widest,
                    "likely": one.likely,
                }
                for one in survey.rank(layer=count.layer)[:20]
            ],
        }
    return {
        "schema": f"depgraph.survey/{VERSION}",
        "services": len(survey),
        "absent": {
            name: {"services": len(several), "first": several[:20]}
            for name, several in asdict(survey.absent).items()
        },
        "refused": len(survey.refused),
        "notes": len(survey.notes),
        "cite": to_json_value(survey.cite),
        "since": moments[0] if moments else "",
        "until": moments[-1] if moments else "",
        "by": survey.by,
        "layers": layers,
        "name_servers": survey.server_domains()[:50],
        "smallest": {level.value: survey.smallest(level=level.value) for level in LEVELS},
        "divided": survey.divided(),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _ranks(survey: Survey) -> Any:
    """Return every rank, with C_p and I_p, as one table."""
    impact = {
        (row["layer"], row["level"], row["actor"]): (row["strict"], row["loose"], row["alone"])
        for level in LEVELS
        for row in survey.impact(level=level.value)
    }
    layers = sorted(count.layer for count in survey.layer_counts)
    rows = [
        (
            *(layer, level.value, one.actor, one.label),
            *(one.services, one.likely, one.most, one.widest),
            # Who only may stand there has no impact that is known.
            *impact.get((layer, level.value, one.actor), (0, 0, 0)),
        )
        for level in LEVELS
        for layer in layers
        for one in survey.rank(layer=layer, level=level.value)
    ]
    return arrow().Table.from_batches([batch("ranks", rows)])


def _write(several: Iterable[Any], form: Any, parquet: Path, text: Path) -> None:
    """Write the batches of a table as Parquet and as CSV; few are held at a time."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (optional)

    pa = arrow()
    waiting: list[Any] = []
    with (
        replacing(parquet) as beside,
        replacing(text) as other,
        pq.ParquetWriter(beside, form, compression="zstd") as writer,
        other.open("wb") as out,
    ):
        heads = [pa.array([name]) for name in form.names]
        out.writelines(as_csv(pa.RecordBatch.from_arrays(heads, form.names)))
        for part in several:
            out.writelines(as_csv(part))
            waiting.append(part)
            if sum(map(len, waiting)) >= _GROUP or sum(one.nbytes for one in waiting) >= _HELD:
                writer.write_table(pa.Table.from_batches(waiting, schema=form))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema=form))


def _cells(table: Any) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of a table for spreadsheets: lists as text, no formula from anybody."""
    for part in table.to_batches(max_chunksize=FEW):
        yield from zip(*(flat(column).to_pylist() for column in part.columns), strict=True)


def _write_workbook(survey: Survey, path: Path) -> None:
    """Write the workbook: services with who stands where, ranks, name servers, what was refused, notes."""
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(missing("openpyxl", "writes Excel's files", "survey")) from None
    book = openpyxl.Workbook(write_only=True)
    services = _with_layers(survey)
    _sheet(book, "services", services[0], services[1])
    ranks = _ranks(survey)
    _sheet(book, "ranks", ranks.schema.names, _cells(ranks))
    domains = [(_both(row["domain"]), row["services"]) for row in survey.server_domains()]
    _sheet(book, "name servers", ("domain", "services"), domains)
    if survey.by:
        rows = [
            (
                *(_value(row), row["services"], "; ".join(row["actors"])),
                *("; ".join(row["labels"]), row["in"]),
            )
            for row in survey.divided()
        ]
        _sheet(book, "divided", (survey.by, "services", "first", "label", "in"), rows)
    for name in ("refused", "notes"):
        said = (tuple(map(_both, row)) for row in _cells(survey.tables[name]))
        _sheet(book, name, survey.tables[name].schema.names, said)
    with tempfile.TemporaryDirectory(prefix="depgraph-") as folder:
        made = Path(folder, "survey.xlsx")
        book.save(made)
        _write_dated(made, path)


def _both(value: Any) -> Any:
    """Return a cell of ours with its names in both forms: one is read, by the other tables are joined."""
    return in_both_forms(value) if isinstance(value, str) else value


def _value(row: Mapping[str, Any]) -> str:
    """Return a value of the chosen column, or why there is none: two empty cells look alike."""
    return row["value"] or ("(not in the list)" if row["value"] is None else "(no value)")


def _with_layers(survey: Survey) -> tuple[list[str], Iterable[tuple[Any, ...]]]:
    """Return services with a column for each layer: who certainly or likely stands there.

    A function and a layer may have one name (mail): the heads of layers say what stands there.
    """
    layers = [count.layer for count in survey.layer_counts if not count.aside]
    who = survey.cells()
    services = survey.services
    wanted = {"other_functions", "server_domains", "observations", "cuts_left_out"}
    kept = [name for name in services.schema.names if name not in wanted]
    own = [column.name for column in TABLES["services"] if column.name in kept]
    who_heads = [f"{layer}: who" for layer in layers]
    titles = [*own, *who_heads, *(name for name in kept if name not in own)]
    before = services.select(own)
    after = services.select([name for name in kept if name not in own])
    for n, name in enumerate(after.schema.names):
        after = after.set_column(n, name, as_numbers(after.column(name)))

    def rows() -> Iterable[tuple[Any, ...]]:
        for first, last in zip(_cells(before), _cells_or_none(after, len(before)), strict=True):
            own_cells = (*first, *(who[first[0]][layer] for layer in layers))
            yield (*map(_both, own_cells), *last)

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
        value = ILLEGAL_CHARACTERS_RE.sub("�", value)[:_CELL]
        if not value.startswith(("=", "#")):
            return value  # nothing that would be a formula or an error
        made = WriteOnlyCell(sheet, value)
        made.data_type = "s"  # text, whatever it begins with
        return made

    sheet.append([cell(title) for title in titles])
    for number, row in enumerate(rows, start=1):
        if number > _ROWS:
            break
        sheet.append([cell(one) for one in row])


def _write_dated(book: Path, path: Path) -> None:
    """Copy a workbook with one time for all entries, so that the same survey is the same file."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", old.read(entry))
                new.writestr(info, content)
                continue
            info.file_size = entry.file_size
            with old.open(entry) as source, new.open(info, "w") as target:
                shutil.copyfileobj(source, target)

"""Attributions as rows of a table: one for each entry of each layer, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

COLUMNS: Final = (
    "line",
    "id",
    "domain",
    "date",
    "layer",
    "provider",
    "company",
    "owners",
    "confidence",
    "share",
    "rule",
    "role",
    "self",
    "needed",
    "unverified",
    "unknown",
    "error",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""


def csv_lines(attributed: Iterable[str]) -> Iterator[str]:
    """Write attributions as comma-separated text.

    Parameters
    ----------
    attributed
        Lines of :func:`depgraph.survey.attribute_cases`.

    Yields
    ------
    str
        The head, then a line for each entry, without line breaks: who it is, how sure, and by
        which rule. A layer that nobody fills has one without `provider`; one that is not known
        has the coded reasons in `unknown`; a line that could not be read, its `error`.
    """
    yield _line(COLUMNS)
    for text in attributed:
        case = json.loads(text)
        about = {key: case.get(key, "") for key in ("line", "id", "domain", "date", "error")}
        for row in _rows(case.get("layers")):
            yield _line([_cell((about | row).get(column)) for column in COLUMNS])


def _rows(layers: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Iterate over the entries of a case's layers, at least one of each."""
    if layers is None:
        yield {}
        return
    for layer, entries in layers.items():
        if isinstance(entries, dict):
            yield {"layer": layer, "unknown": entries.get("unknown", "")}
            continue
        for entry in entries or [{}]:
            owners = ";".join(entry.get("owners", ()))
            yield {"layer": layer, **entry, "owners": owners, "unknown": ""}


def _cell(value: Any) -> str:
    """Return a value as a cell; one that begins like a formula is made a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).splitlines())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()

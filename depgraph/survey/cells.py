"""Columns of Arrow as the cells of a spreadsheet: lists as text, no formula from anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from depgraph.survey.stored import AT_A_TIME
from depgraph.survey.tables import arrow

_FORMULA: Final = "^[" + re.escape("=+-@\t\r") + "]"
"""What a spreadsheet would take for the beginning of a formula."""
_NUMBER: Final = re.compile(r"0|-?(?=[\d.]{1,15}\Z)(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?", re.ASCII)
"""A number that stays as it is written, in the 15 digits that a spreadsheet keeps."""
_SPECIAL: Final = '[",\r\n]'
"""What makes a field of CSV one in quotation marks (RFC 4180, section 2)."""


def flat(column: Any) -> Any:
    """Return a column with lists as text, and yes or no."""
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    pa = arrow()
    if pa.types.is_list(column.type):
        return pc.binary_join(column.cast(pa.list_(pa.string())), "; ")
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "yes", "no")
    return column


def as_numbers(column: Any) -> Any:
    """Return a column of texts as numbers, if all of them but empty ones are written as numbers are.

    A code with zeros before it, or more digits than a spreadsheet keeps, makes all of them texts.
    """
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    pa = arrow()
    written = [text for text in column.unique().to_pylist() if text]
    if not written or not all(map(_NUMBER.fullmatch, written)):
        return column
    whole = not any("." in text for text in written)
    some = pc.if_else(pc.equal(column, ""), None, column)
    return some.cast(pa.int64() if whole else pa.float64())


def as_csv(part: Any) -> Iterator[bytes]:
    """Yield the rows of a batch as lines of CSV, each with its end (RFC 4180), some at a time.

    Lists are text. A quotation mark keeps what begins like a formula from being one.
    """
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    pa = arrow()
    for start in range(0, len(part), AT_A_TIME):
        fields = map(_fields, part.slice(start, AT_A_TIME).columns)
        rows = pc.binary_join_element_wise(
            *fields, ",", null_handling="replace", null_replacement=""
        )
        whole = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
        yield bytes(pc.binary_join(whole, "\r\n")[0].as_buffer())
        yield b"\r\n"


def _fields(column: Any) -> Any:
    """Return a column as fields of CSV; each text is looked at once, however often it stands."""
    pa = arrow()
    cells = flat(column)
    if not pa.types.is_string(cells.type):
        return cells.cast(pa.string())
    known = cells.dictionary_encode()
    return _quoted(_safe(known.dictionary)).take(known.indices)


def _safe(texts: Any) -> Any:
    """Return texts, those like a formula after a quotation mark, which makes them texts."""
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    formula = pc.match_substring_regex(texts, _FORMULA)
    return pc.if_else(formula, pc.binary_join_element_wise("'", texts, ""), texts)


def _quoted(texts: Any) -> Any:
    """Return texts, those in quotation marks that need to be."""
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    special = pc.match_substring_regex(texts, _SPECIAL)
    inner = pc.replace_substring(texts, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', inner, '"', ""), texts)


__all__ = ["as_csv", "as_numbers", "flat"]

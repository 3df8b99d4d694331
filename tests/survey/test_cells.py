"""Columns as the cells of a spreadsheet: as Python's own writer of CSV has them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from depgraph.survey.cells import as_csv

TEXT = st.text(st.sampled_from('ab=+-@,;"\t\r\n \0é\u2028'), max_size=4)
ROW = st.tuples(
    st.none() | TEXT,
    st.none() | st.integers(-5, 5),
    st.booleans(),
    st.lists(TEXT, max_size=3),
    st.lists(st.integers(-5, 5), max_size=3),
)
FORMS = (pa.string(), pa.int64(), pa.bool_(), pa.list_(pa.string()), pa.list_(pa.int32()))


def expected(row: tuple[Any, ...]) -> list[Any]:
    text, number, switch, texts, numbers = row
    several = ["; ".join(texts), "; ".join(map(str, numbers))]
    cells = [text, number, "yes" if switch else "no", *several]
    return [
        f"'{one}" if isinstance(one, str) and one.startswith(tuple("=+-@\t\r")) else one
        for one in cells
    ]


@given(st.lists(ROW, max_size=5))
@example([(None, 1, True, ["a", "=b"], [])] * 3000)  # more than are written at a time
@settings(max_examples=40)
def test_rows_are_those_that_pythons_writer_writes(rows: list[Any]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(FORMS)
    arrays = [pa.array(list(one), form) for one, form in zip(columns, FORMS, strict=True)]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(map(expected, rows))
    part = pa.RecordBatch.from_arrays(arrays, ["text", "number", "switch", "texts", "numbers"])
    assert b"".join(as_csv(part)).decode() == out.getvalue()

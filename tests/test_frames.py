"""Answers as tables: a data frame where pandas is there, the same rows where it is not."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

import depgraph
from tests.rendering.results import RECORDINGS, results, series

NAME = "parler.com_2021-02-15"


def answers():
    return (*results(NAME), *series(), depgraph.survey([depgraph.read(RECORDINGS[NAME])]))


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: type(answer).__name__)
def test_a_frame_has_the_rows_of_the_answer(answer):
    frame, rows = answer.to_frame(), answer.rows()
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == len(rows)
    assert all(list(row) == list(frame.columns) for row in rows)
    for column in frame.columns:
        values = [None if pd.api.types.is_scalar(v) and pd.isna(v) else v for v in frame[column]]
        assert values == [row[column] for row in rows]


def test_without_pandas_the_rows_are_returned(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    answer = depgraph.report(depgraph.build(depgraph.read(RECORDINGS[NAME])))
    assert answer.to_frame() == answer.rows() != []

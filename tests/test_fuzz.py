"""A minute of benchmarks/fuzz.py: no reader raises what is not ours."""

import random

import pytest

from benchmarks.fuzz import fuzz, mutated, targets


@pytest.mark.filterwarnings("ignore:No key type")  # of networkx, in a damaged GraphML
def test_no_reader_raises_what_is_not_ours():
    faults = [
        (name, fault, data)
        for name, fault, data in fuzz(20261128, rounds=200)
        if fault not in {"", "unread"}
    ]
    assert faults == []


def test_the_same_seed_gives_the_same_inputs(tmp_path):
    samples = [data for data, _ in targets(tmp_path).values()]
    once, again = ([mutated(data, random.Random(7)) for data in samples] for _ in range(2))
    assert once == again
    assert once != samples


def test_an_exception_that_is_not_ours_is_found(monkeypatch):
    def stumble(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("benchmarks.fuzz.open_any", stumble)
    assert any("ZeroDivisionError" in fault for _, fault, _ in fuzz(1, rounds=1))

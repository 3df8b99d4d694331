"""Each language has every text, with the same data in it."""

from __future__ import annotations

import string
from itertools import product

import pytest

from depgraph.analysis.change import Turn
from depgraph.analysis.exposure import Power
from depgraph.analysis.layers import LAYERS
from depgraph.analysis.levers import Lever, Onset
from depgraph.analysis.model import LEVELS
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.errors import QuestionError
from depgraph.texts import TABLES, languages, say


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("lang", languages())
def test_the_tables_have_the_same_texts(lang):
    assert list(TABLES[lang]) == list(TABLES["en"])
    for code, text in TABLES[lang].items():
        assert fields(text) == fields(TABLES["en"][code]), code


@pytest.mark.parametrize("lang", languages())
def test_every_code_has_its_word(lang):
    wanted = [
        *(f"lever.{code.value}" for code in Lever),
        *(f"recovery.{code.value}" for code in Lever),
        *(f"onset.{code.value}" for code in Onset),
        *(f"state.{code.value}" for code in State),
        *(f"answer.{code.value}" for code in Answer),
        *(f"ruling.{code.value}" for code in Ruling),
        *(f"power.{code.value}" for code in Power),
        *(f"turn.{code.value}" for code in Turn),
        *(f"layer.{layer}" for layer in LAYERS),
        *(f"level.{level}" for level in LEVELS),
    ]
    for code in wanted:
        assert TABLES[lang][code]


def test_the_columns_of_tables_are_as_many():
    for lang, code in product(languages(), ("dependence.columns", "importance.columns")):
        assert TABLES[lang][code].count("|") == TABLES["en"][code].count("|")


def test_texts_from_outside_are_made_safe():
    shown = say("kind.host", "en", name="a\x1b[31m\nb")
    assert "\x1b" not in shown
    assert "\n" not in shown
    with pytest.raises(QuestionError, match="expected a language among en, fr, found 'de'"):
        say("and", "de")

"""Each language has every text, with the same data in it, and a word for every closed list."""

from __future__ import annotations

import re
import string

import pytest

from depgraph import vocabulary
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.errors import QuestionError
from depgraph.texts import languages, say, words

FORM = re.compile(r"\.(zero|one|two|few|many|brief|first)$")


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("lang", languages())
def test_the_tables_have_the_same_texts(lang):
    english = words("en")
    assert {FORM.sub("", code) for code in words(lang)} == {FORM.sub("", code) for code in english}
    for code, text in words(lang).items():
        plain = code if code in english else FORM.sub("", code)
        assert set(fields(text)) <= set(fields(english[plain])), code
        if FORM.search(code) is None:
            assert fields(text) == fields(english[plain]), code


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("kind", vocabulary.Kind),
        ("relation", vocabulary.Relation),
        ("function", vocabulary.Function),
        ("the", vocabulary.Function),
        ("its", vocabulary.Function),
        ("layer", vocabulary.Layer),
        ("level", vocabulary.Level),
        ("lever", vocabulary.Lever),
        ("can", vocabulary.Lever),
        ("recovery", vocabulary.Lever),
        ("power", vocabulary.Power),
        ("onset", vocabulary.Onset),
        ("turn", vocabulary.Turn),
        ("evidence", vocabulary.Evidence),
        ("confidence", vocabulary.Confidence),
        ("what", vocabulary.What),
        ("what-of", vocabulary.What),
        ("state", State),
        ("answer", Answer),
        ("ruling", Ruling),
    ],
)
def test_every_code_has_its_word(lang, section, codes):
    missing = [code.value for code in codes if f"{section}.{code.value}" not in words(lang)]
    assert not missing


@pytest.mark.parametrize("lang", languages())
def test_heads_of_columns_are_as_many(lang):
    for code, text in words(lang).items():
        assert text.count("|") == words("en")[FORM.sub("", code)].count("|")


def test_numbers_choose_the_plural_form():
    assert say("picture.further", "en", n=1).startswith("One more actor")
    assert say("picture.further", "en", n=2).startswith("2 more actors")


def test_texts_from_outside_are_made_safe():
    shown = say("named.host", "en", name="a\x1b[31m\nb")
    assert "\x1b" not in shown
    assert "\n" not in shown
    with pytest.raises(QuestionError, match="expected one of the languages en, fr, found 'de'"):
        say("and", "de")

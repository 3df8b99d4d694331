"""Hostile text in messages and on screens: one line, short, nothing that a terminal acts on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.text_safety import one_line, quote

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance


@STEADY
@given(st.text(max_size=200))
def test_a_quoted_text_is_one_harmless_line(text):
    shown = quote(text)
    assert shown.isprintable()
    assert len(shown) <= 80
    if len(shown) < 80:
        assert eval(shown) == text
    else:
        assert shown[0] == shown[-1]


@STEADY
@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_any_quoted_value_is_one_ascii_line(value):
    if not isinstance(value, str):
        shown = quote(value)
        assert shown.isascii()
        assert shown.isprintable()
        assert len(shown) <= 80


class Rude:
    def __repr__(self):
        return "two\nlines \x1b[31m" + "x" * 1000


def test_a_value_whose_repr_has_line_breaks_is_one_line():
    shown = quote(Rude())
    assert shown.isprintable()
    assert len(shown) <= 80


def test_letters_stay_as_typed_unless_they_reorder_or_overlay():
    assert quote("faß.de") == "'faß.de'"
    assert quote("שלום") == r"'\u05e9\u05dc\u05d5\u05dd'"
    assert quote("a\u0301") == r"'a\u0301'"


def test_a_long_text_keeps_its_closing_quote():
    assert quote("x" * 78) == "'" + "x" * 78 + "'"
    assert quote("x" * 79) == "'" + "x" * 75 + "...'"
    assert quote("x" * 10_000_000) == quote("x" * 79)


@STEADY
@given(st.text(max_size=60), st.integers(2, 50))
def test_one_line_keeps_to_its_limit_and_hides_what_moves_a_cursor(text, limit):
    shown = one_line(text, limit=limit)
    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & set("\x1b\x07\u202e\u2066\u200f\ud800")


@pytest.mark.parametrize("text", ["plain", "Ä. é", "中国", "a b"])
def test_one_line_leaves_printable_text_alone(text):
    assert one_line(text) == text


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x1b", "\x07", "\u2028", "\n"])
def test_one_line_replaces_what_moves_a_cursor_or_turns_letters_round(mark):
    assert one_line(f"a{mark}b") == "a\ufffdb"

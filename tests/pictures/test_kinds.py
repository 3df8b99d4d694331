"""Kinds of picture are found by their files, and the types say which there are."""

from __future__ import annotations

from typing import get_args

import pytest
from click.testing import CliRunner

from depgraph.cli import main
from depgraph.errors import QuestionError
from depgraph.pictures import KindWord, ThemeWord, drawing, scene
from depgraph.pictures.engine.svg import to_svg
from depgraph.pictures.engine.themes import THEMES
from depgraph.pictures.engine.values import EVIDENCE_LINES
from depgraph.pictures.kinds import Picture, full, names, picture
from depgraph.vocabulary import Evidence, Kind
from tests.pictures.graphs import typical


def test_the_literal_has_the_kinds_that_are_found():
    assert set(get_args(KindWord)) == set(names())
    assert all(isinstance(picture(name), Picture) for name in names())


def test_the_literal_has_the_themes_there_are():
    assert set(get_args(ThemeWord)) == set(THEMES)


@pytest.mark.parametrize(
    "function", [drawing.scene, drawing.plot, drawing.draw, drawing.save, drawing.encode, to_svg]
)
def test_kind_and_theme_are_literals_in_the_types(function):
    types = function.__annotations__
    assert types.get("kind", "KindWord").partition(" |")[0] == "KindWord"
    assert types.get("theme", "ThemeWord") == "ThemeWord"
    assert types.get("lang", "str") == "str"  # languages are found, like kinds


def test_the_command_line_knows_the_same_kinds():
    shown = CliRunner().invoke(main, ["draw", "--help"]).output
    assert all(name in shown for name in names())


@pytest.mark.parametrize("name", sorted(names()))
def test_each_kind_has_one_door(name):
    one, other = typical("a.com"), typical("b.com")
    days = typical("a.com")
    days.graph.update(since="2026-03-01", until="2026-03-01")
    several = [one, days] if name == "timeline" else [one, other]
    if picture(name).several:
        assert scene(several, kind=name).kind == name
    else:
        assert scene(one, kind=name).kind == scene([one], kind=name).kind == name
        with pytest.raises(QuestionError, match=f"one graph for the picture '{name}', found 2"):
            scene(several, kind=name)


def test_the_default_is_the_strip_of_one_and_the_timeline_of_several():
    later = typical()
    later.graph.update(since="2026-03-01", until="2026-03-01")
    assert scene(typical()).kind == "strip"
    assert scene([typical(), later]).kind == "timeline"


def test_tables_of_the_drawing_have_each_word_of_the_vocabulary():
    drawn = {kind for _, kinds in full.COLUMNS for kind in kinds}
    assert drawn == set(Kind) - {Kind.UNKNOWN}
    assert set(EVIDENCE_LINES) == set(Evidence)

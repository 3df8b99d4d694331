"""What has to agree, over all faces: answers with the truth, every other face with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from depgraph.pictures.layout import crossings
from depgraph.pictures.layout.coordinates import arrange
from depgraph.survey.tally import Service
from tests.faces.answers import (
    answers_alone_are_the_same,
    exposure_is_true,
    graph_is_exported,
    infrastructure_is_true,
    json_is_true,
    tally_is_true,
)
from tests.faces.pair import Pair
from tests.faces.pictures import page_says_the_same, pictures_say_the_same
from tests.faces.texts import texts_say_the_same
from tests.faces.wording import Wording


@contextmanager
def plain_layouts() -> Iterator[None]:
    """Take the first order of boxes that comes: how many lines cross says nothing.

    Searching for a better one takes most of the time of a picture.
    """
    arrange.cache_clear()
    with patch.multiple(crossings, _STARTS=1, _EFFORT=0):
        yield
    arrange.cache_clear()


def answers_are_true(pair: Pair) -> Service:
    """The values hold what the graph holds; return the tally of the first day."""
    json_is_true(pair)
    answers_alone_are_the_same(pair)
    exposure_is_true(pair.before)
    graph_is_exported(pair.before)
    infrastructure_is_true(pair.before)
    return tally_is_true(pair.before)


def faces_say_the_same(pair: Pair, lang: str, *, with_page: bool = True) -> None:
    """What people see holds what the values hold; the page takes longest."""
    w = Wording(lang)
    texts_say_the_same(pair, w)
    pictures_say_the_same(pair, w)
    if with_page:
        page_says_the_same(pair, w)

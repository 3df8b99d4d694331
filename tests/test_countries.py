"""The list of countries: closed, the same in every language, with no two of one code."""

from pathlib import Path

import pytest

from depgraph import countries
from depgraph.folding import fold
from depgraph.texts import languages, words

ISO = Path("/usr/share/zoneinfo/iso3166.tab")


@pytest.mark.skipif(not ISO.is_file(), reason="no time zone database here")
def test_the_codes_are_those_of_iso_3166():
    lines = ISO.read_text("utf-8").splitlines()
    wanted = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    assert countries.codes() == wanted


def test_reserved_codes_are_no_countries():
    assert not countries.codes() & {"UK", "EU", "AP", "XX", "ZZ", "XK", "AN", "SU", "EZ"}
    assert len(countries.codes()) == 249


@pytest.mark.parametrize("lang", languages())
def test_each_language_names_each_country_once(lang):
    rows = words(lang).countries
    assert list(rows) == sorted(countries.codes())
    assert all(row.name for row in rows.values())
    assert len({fold(row.name) for row in rows.values()}) == len(rows)
    assert countries.named(words(lang).country("DE")) == {"DE"}


def test_no_adjective_is_a_word_that_people_use_for_something_else():
    words = {"it", "us", "de", "eau", "la", "no", "is", "in", "me", "so", "be", "am", "eu", "ue"}
    assert not words & set(countries.by_name())

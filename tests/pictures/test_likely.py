"""What is only likely is never drawn as certain: boxes, lines and headlines say so."""

import pytest

from depgraph.analysis.singles import singles, surest
from depgraph.pictures import scene, to_svg
from depgraph.pictures.basis import Basis
from depgraph.pictures.drawing import KindWord
from depgraph.pictures.engine.svg import line_width
from depgraph.texts import words
from depgraph.vocabulary import Confidence
from tests.faces.random_graphs import random_graph
from tests.pictures.shipped import shipped

LIKELY = "dailystormer.com_2017-08-14"  # that Google was its registrar is likely
SERVICES = [random_graph(44), random_graph(59), random_graph(105)]


def signs(made, kind):
    """Give the boxes that have a sign."""
    return {mark.box for mark in made.marks if mark.kind == kind}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_box_of_the_strip_tells_that_a_power_is_likely_where_the_role_is_certain(lang):
    made = scene(random_graph(44), kind="strip", lang=lang)
    table = words(lang)
    bravo = next(box for box in made.boxes if box.title.startswith("Bravo"))  # a mail exchange
    assert bravo.id in signs(made, "open-diamond")
    assert bravo.look != "spof"
    told = [text.text for text in made.texts if text.y == pytest.approx(bravo.middle, abs=5)]
    assert table["picture.stops.likely"] in " ".join(told)
    assert table["picture.stops.likely"] in made.alt
    assert table["picture.single-point.likely"] in [text.text for text in made.texts]
    assert 'fill="none" stroke="#222222"' in to_svg(made)


@pytest.mark.parametrize("kind", ["full", "providers"])
@pytest.mark.parametrize("number", range(len(SERVICES)))
def test_a_diamond_is_open_where_a_power_is_likely(kind: KindWord, number):
    basis = Basis.of(SERVICES[number])
    made = scene(basis, kind=kind)
    found = singles(basis.model)
    for sign, confidence in (
        ("diamond", Confidence.CERTAIN),
        ("open-diamond", Confidence.LIKELY),
    ):
        drawn = {name for name in signs(made, sign) if name in basis.model.number}
        wanted = {
            box.id for box in made.boxes if surest(found.of(box.id)) is confidence and box.members
        }
        assert drawn == wanted, sign


def test_the_row_of_the_takedown_matrix_has_an_open_diamond_where_all_its_cells_are_likely():
    made = scene(shipped(LIKELY), kind="takedown")
    looks = {box.title: box.id for box in made.boxes if box.id.startswith("row ")}
    assert looks["Alphabet Inc. (Google LLC)"] in signs(made, "open-diamond")
    assert looks["Scaleway SAS"] in signs(made, "diamond")


@pytest.mark.parametrize("kind", ["full", "providers"])
def test_a_line_that_is_likely_is_thin_and_the_legend_tells(kind: KindWord):
    made = scene(shipped(LIKELY), kind=kind)
    widths = {(line.source, line.target): line_width(line) for line in made.lines if line.source}
    thin = {ends for ends, wide in widths.items() if wide < 1}
    source = "registration:dailystormer.com" if kind == "full" else "shared"
    assert thin == {(source, "provider:google-domains"), ("company:scaleway", "country:FR")}
    assert words("en")["confidence.likely"] in [text.text for text in made.texts]
    certain = scene(shipped("parler.com_2021-01-09"), kind=kind)
    assert all(line_width(line) >= 1 for line in certain.lines)
    assert words("en")["confidence.likely"] not in [text.text for text in certain.texts]


@pytest.mark.parametrize(
    ("lang", "marks"), [("en", "reported, likely"), ("fr", "rapporté, probable")]
)
def test_the_headline_of_a_timeline_tells_what_is_likely(lang, marks):
    days = [shipped("dailystormer.com_2017-08-13"), shipped(LIKELY)]
    made = scene(days, kind="timeline", lang=lang)
    assert f"Google Domains (Alphabet, {marks})" in made.title


@pytest.mark.parametrize("kind", ["strip", "timeline"])
def test_who_is_only_possibly_involved_is_hatched(kind):
    day = shipped("parler.com_2021-02-15")
    made = scene(day if kind == "strip" else [shipped("parler.com_2021-01-18"), day], kind=kind)
    possible = [box for box in made.boxes if "possible" in box.title]
    assert len(possible) >= 3
    assert {box.look for box in possible} == {"unknown"}


@pytest.mark.parametrize("kind", ["survey", "concentration"])
@pytest.mark.parametrize(("lang", "word"), [("en", "likely"), ("fr", "probable")])
def test_pictures_of_many_services_say_that_they_count_what_is_likely(kind, lang, word):
    days = [shipped(LIKELY), shipped("referendum.cat_2017-09-12")]
    made = scene(days, kind=kind, lang=lang)
    google = [text.text for text in made.texts if "Google Domains" in text.text]
    assert google  # which is likely the registrar of one of them
    assert word in " ".join(text.text for text in made.texts)


def test_the_concentration_tells_the_group_without_a_colour():
    made = scene([shipped(LIKELY), shipped("referendum.cat_2017-09-12")], kind="concentration")
    at = {text.text: text.y for text in made.texts}
    (told,) = [text for text in made.texts if text.text == "1 · 1 · 1 only likely · Big Tech"]
    assert told.y == pytest.approx(at["Google Domains (Alphabet)"], abs=1)
    assert max(text.left + text.width for text in made.texts) <= made.width


def test_who_possibly_owns_a_provider_is_not_called_by_its_name():
    made = scene(shipped(LIKELY), kind="takedown")
    drawn = [text.text for text in made.texts]
    assert "possibly iliad" in drawn
    assert not [text for text in drawn if "Scaleway · iliad" in text]


def test_a_day_without_records_is_told_in_words():
    made = scene(shipped("wikileaks.org_2010-12-04"), kind="strip", lang="fr")
    told = " ".join(text.text for text in made.texts)
    assert "le 4 déc. 2010" in told
    assert "2010-12-04" not in told


def test_the_service_itself_is_drawn_as_such_in_the_picture_of_all_records():
    made = scene(shipped("kiwifarms.net_2023-05-24"), kind="full")
    looks = {box.id: box.look for box in made.boxes}
    assert looks["provider:~kiwifarms.net"] == "soft"
    assert words("en")["picture.own-party"] in [text.text for text in made.texts]
    labels = {text.box: text.text for text in made.texts}
    assert labels["nameserver:*.kiwifarms.net"] == "*.kiwifarms.net"

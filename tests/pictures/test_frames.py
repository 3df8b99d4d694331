"""What a newspaper needs of a picture: its own words, its shape, and a headline that is news."""

from __future__ import annotations

import pytest

import depgraph
from depgraph.errors import QuestionError
from depgraph.pictures import draw, scene, timeline
from depgraph.pictures.basis import Basis
from depgraph.pictures.engine import measure, sheet
from depgraph.pictures.engine.measure import in_ascii, missing
from depgraph.pictures.frames import SHAPES, framed, shaped
from depgraph.pictures.headline import headline, registry_note
from depgraph.recording import examples
from depgraph.texts import words


def strip():
    return scene(depgraph.build(depgraph.example("parler.com", "2021-01-18")), kind="strip")


def test_a_picture_may_have_other_words_around_it():
    made = strip()
    other = framed(made, title="Who stands behind Parler", deck="In January", credit="A. Person")
    shown = [text.text for text in other.texts]
    assert shown[:2] == ["Who stands behind Parler", "In January"]
    assert shown[-1] == "A. Person"
    assert made.title not in shown
    assert len(other.boxes) == len(made.boxes)
    assert all(text.y <= other.height for text in other.texts)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_stands_in_the_middle_of_a_page_of_a_shape(shape):
    made = strip()
    page = shaped(made, shape)
    assert page.width / page.height == pytest.approx(SHAPES[shape])
    assert page.width >= made.width
    assert page.height >= made.height


@pytest.mark.parametrize(
    ("days", "shape", "blank"), [(2, "phone", 0.05), (2, "square", 0.3), (8, "phone", 0.05)]
)
def test_a_timeline_uses_the_room_of_a_page(tmp_path, days, shape, blank):
    stem = "openstreetmap.org_" if days > 2 else "parler.com_2021-0"
    files = sorted(path for path in examples() if path.stem.startswith(stem))[-days:]
    graphs = [depgraph.build(depgraph.read(path)) for path in files]
    made = draw(graphs, tmp_path / "days.svg", kind="timeline", shape=shape)
    high = max(text.y for text in made.texts) - min(text.y for text in made.texts)
    wide = max(box.x + box.width for box in made.boxes) - min(box.x for box in made.boxes)
    assert 1 - high / made.height < blank or 1 - wide / made.width < blank
    assert not any(text.shortened for text in made.texts)
    if shape == "phone":
        assert made.width < 500  # whatever the days, the letters are as large as on a phone


def test_days_below_each_other_are_one_where_they_say_the_same():
    graphs = [
        depgraph.build(depgraph.read(path))
        for path in examples()
        if path.stem.startswith("openstreetmap.org_")
    ]
    made = timeline(graphs, page=360, stacked=True)
    beside = timeline(graphs)
    assert (made.header, made.rows) == (beside.header, beside.rows)
    assert made.width == 360
    shown = [text.text for text in made.texts]
    assert len(made.boxes) < len(beside.boxes)
    assert "Registrar" in shown


def test_there_is_no_other_shape():
    with pytest.raises(QuestionError, match="expected a shape among 16:9, square, phone"):
        shaped(strip(), "round")


def test_a_headline_names_what_is_particular_and_the_registry_is_a_footnote():
    basis = Basis.of(depgraph.build(depgraph.example("telegram.org")))
    title, _ = headline(basis, words("en"))
    assert (
        title == "Google Cloud (Alphabet) alone can stop the web site and the mail of telegram.org"
    )
    assert "Public Interest Registry" in registry_note(basis, words("en"))
    basis = Basis.of(depgraph.build(depgraph.example("kiwifarms.net", "2023-05-24")))
    title, _ = headline(basis, words("en"))
    assert title.startswith("Apart from the registry, nobody known can stop kiwifarms.net alone;")


def test_letters_that_no_font_has_are_told_in_ascii():
    assert missing("万网 Ltd") == {"万", "网"}
    assert not missing(in_ascii("万网 Ltd"))


def test_a_name_without_letters_on_this_machine_stands_once_and_whole(monkeypatch):
    monkeypatch.setattr(measure, "missing", lambda text: not text.isascii())
    lines = sheet.chip_lines("例え.example [xn--r8jz45g.example]", 140, 12)
    assert "".join(lines) == "xn--r8jz45g.example"

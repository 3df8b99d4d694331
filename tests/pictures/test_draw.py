"""Files, axes and hostile text."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font
from matplotlib.transforms import Affine2D

import depgraph
from depgraph.errors import QuestionError
from depgraph.pictures import scene, to_svg
from depgraph.pictures.engine import canvas as canvas_room
from depgraph.pictures.engine.canvas import figure
from depgraph.pictures.engine.geometry import inside, rectangle
from depgraph.pictures.engine.measure import drawable, in_ascii, right_to_left, width
from depgraph.pictures.engine.values import Scene, Text
from tests.pictures.bars import overlap
from tests.pictures.graphs import parler, typical

HOSTILE = '"><script>alert(1)</script>$x^{$&\u202e\x1b[31m\n中国'


def hostile():
    graph = typical()
    for _, data in graph.nodes(data=True):
        data["label"] = HOSTILE + data["label"]
    for _, _, data in graph.edges(data=True):
        data["citation"] = data["note"] = HOSTILE
    graph.graph["source"] = graph.graph["title"] = HOSTILE
    return graph


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".html"])
def test_a_file_is_written_whole_and_twice_the_same(tmp_path, suffix):
    path = tmp_path / f"x{suffix}"
    depgraph.draw(parler(), path)
    first = path.read_bytes()
    depgraph.draw(parler(), path)
    assert path.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_unknown_suffix_kind_theme_language_or_group_is_refused(tmp_path):
    for options in (
        {"kind": "hairball"},
        {"theme": "pink"},
        {"lang": "xx"},
        {"group": "nobody"},
    ):
        with pytest.raises(QuestionError, match="expected"):
            depgraph.draw(parler(), tmp_path / "x.png", **options)
    with pytest.raises(QuestionError, match=r"\.gif"):
        depgraph.draw(parler(), tmp_path / "x.gif")
    assert list(tmp_path.iterdir()) == []


def test_without_a_kind_days_of_one_service_are_a_timeline_and_services_a_survey():
    one, two = typical(), parler()
    assert scene(one).kind == scene([one]).kind == "strip"
    assert scene([two, two]).kind == "timeline"
    assert scene([one, two]).kind == "survey"


def test_plot_needs_no_pyplot_and_changes_no_setting():
    before = dict(mpl.rcParams)
    had = "matplotlib.pyplot" in sys.modules
    ax = depgraph.plot(parler())
    assert isinstance(ax.figure, Figure)
    assert ("matplotlib.pyplot" in sys.modules) == had
    assert dict(mpl.rcParams) == before


def test_plot_draws_on_the_axes_given():
    fig = Figure(figsize=(6, 4))
    ax = fig.subplots()
    assert depgraph.plot(parler(), ax=ax, kind="strip") is ax
    assert max(text.get_fontsize() for text in ax.texts) < 15 * 0.72
    assert all(not text.get_parse_math() for text in ax.texts)


def test_svg_is_well_formed_opaque_and_tells_itself():
    made = scene(typical(), kind="strip")
    root = ET.fromstring(to_svg(made))
    name = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{name}title").text == made.title
    assert root.find(f"{name}desc").text == made.alt
    assert root.find(f"{name}rect").get("fill") == "#ffffff"
    assert made._repr_svg_() == to_svg(made)


@pytest.mark.parametrize("kind", ["strip", "providers", "full", "takedown"])
def test_hostile_text_stays_text(kind):
    made = scene(hostile(), kind=kind)
    svg = to_svg(made)
    ET.fromstring(svg)
    assert "<script" not in svg
    assert not re.search("[\u202e\x1b]", svg)
    fig = figure(made)  # neither mathematics nor a missing glyph: warnings are errors here
    fig.canvas.draw()


def test_matplotlib_draws_each_text_as_wide_as_measured():
    made = scene(typical(), kind="full")
    fig = figure(made)
    fig.set_dpi(200)  # of the files; at less, hinting makes small letters wider
    fig.canvas.draw()
    ax = fig.axes[0]
    boxes = {box.id: rectangle(box, margin=0.5) for box in made.boxes}
    drawn = []
    for text, said in zip(ax.texts, made.texts, strict=True):
        extent = text.get_window_extent().transformed(Affine2D().scale(0.5))
        high = made.height
        found = (extent.x0, high - extent.y1, extent.x1, high - extent.y0)
        assert text.get_text() == said.text
        assert extent.width <= 1.03 * said.width + 1
        if said.box:
            assert inside(
                (found[0], 0, found[2], 0), (boxes[said.box][0], 0, boxes[said.box][2], 0)
            )
        assert 0 <= found[0] <= found[2] <= made.width
        drawn.append(found)
    assert not any(overlap(a, b) for i, a in enumerate(drawn) for b in drawn[:i])


def test_unknown_is_hatched_in_the_pixels():
    made = scene(parler(), kind="strip")
    canvas = FigureCanvasAgg(figure(made, look="bw"))
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    for box in made.boxes:
        if box.look != "unknown" or box.width < 200:
            continue
        y = int(box.y + box.height * 0.6)
        row = [pixels[y, x][0] for x in range(int(box.right - 60), int(box.right - 4))]
        assert min(row) < 180
        assert max(row) > 230


def test_names_that_the_font_lacks_are_written_in_a_labels():
    assert drawable("例え.jp") == "xn--r8jz45g.jp"
    assert drawable("faß.de") == "faß.de"
    assert width("mm", 10) == pytest.approx(2 * width("m", 10))


@pytest.mark.parametrize(
    "name", ["株式会社レジストラ 日本", "شركة التسجيل", "רשם שמות", "한국 등록"]
)
def test_a_name_in_other_letters_is_drawn_in_a_font_that_has_them_or_in_ascii(name):
    graph = typical(seed=1)
    node = next(node for node, kind in graph.nodes(data="kind") if kind == "company")
    graph.nodes[node]["label"] = name
    made = scene(graph, kind="providers")
    (drawn,) = [text for text in made.texts if set(name.split()) & set(text.text.split())][:1]
    assert "\ufffd" not in drawn.text
    shown, families = canvas_room._in_fonts(drawn)
    fonts = [FT2Font(findfont(family)).get_charmap() for family in families]
    assert all(any(ord(letter) in font for font in fonts) for letter in shown)


def test_scene_shows_itself():
    made = scene(parler(), kind="strip")
    assert repr(made).startswith("<Scene strip 900 x")
    assert str(made) == made.alt
    assert made.header
    assert all(len(row) == len(made.header) for row in made.rows)


def inked(text):
    """Give where the letters of a text stand, as a table of dots."""
    made = Scene("strip", 240, 30, "en", "", "", (), (), (text,), (), "")
    drawn = FigureCanvasAgg(figure(made))
    drawn.draw()
    return np.asarray(drawn.buffer_rgba())[:, :, 0] < 128


def test_a_line_runs_from_the_left_whatever_name_it_begins_with():
    """Else who can stop, and what can be stopped, would change places in a headline."""
    said = Text(x=2, y=20, text="שרת alone can stop דואר", size=12, width=320)
    if not canvas_room._SHAPES:
        drawn, _ = canvas_room._in_fonts(said)
        assert drawn == in_ascii(said.text, unfit=right_to_left(said.text))
        return
    name = inked(replace(said, text="שרת"))
    wide = int(np.nonzero(name.any(axis=0))[0].max()) + 1
    assert (inked(said)[:, :wide] == name[:, :wide]).all()

"""Every picture of every shipped recording and of generated graphs keeps the bars."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from depgraph.analysis.model import model_of
from depgraph.pictures import concentration, scene, survey, timeline
from depgraph.pictures.engine.geometry import crossings, polyline
from depgraph.pictures.kinds.full import MOST, column_of, without_service
from depgraph.pictures.kinds.strip import strip
from depgraph.pictures.layout.condense import sketch
from tests.pictures import bars, dot
from tests.pictures.graphs import typical
from tests.pictures.shipped import NAMES, generated_picture, graphs, picture, shipped

KINDS = ("strip", "providers", "full", "takedown")


def keeps_the_bars(made):
    assert bars.faults(made) == {}
    assert bars.shortened(made) <= 0.10
    assert made.width == 900


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_a_shipped_recording(name):
    for kind in KINDS:
        keeps_the_bars(picture(name, kind))


@pytest.mark.parametrize("name", NAMES)
def test_pictures_in_french(name):
    for kind in KINDS:
        keeps_the_bars(scene(shipped(name), kind=kind, lang="fr"))


@pytest.mark.parametrize("name", NAMES)
def test_the_strip_of_a_phone_tells_the_same(name):
    graph = shipped(name)
    wide = strip(graph)
    made = strip(graph, page=370, stacked=True)
    assert bars.faults(made) == {}
    assert bars.shortened(made) <= 0.10
    members = [{m for box in scene.boxes for m in box.members} for scene in (wide, made)]
    assert members[0] == members[1]
    assert {row[2] for row in wide.rows} == {row[2] for row in made.rows}
    diamonds = [{m.box for m in scene.marks if m.kind == "diamond"} for scene in (wide, made)]
    assert bool(diamonds[0]) == bool(diamonds[1])


@pytest.mark.parametrize("number", range(31))
def test_pictures_of_a_generated_graph(number):
    for kind in KINDS:
        keeps_the_bars(generated_picture(number, kind))


@pytest.mark.parametrize(
    "days",
    [
        ("parler.com_2021-01-09", "parler.com_2021-01-11", "parler.com_2021-02-15"),
        ("wikipedia.org_2021-01-10", "wikipedia.org_2021-02-15"),
    ],
)
def test_timelines(days):
    for lang in ("en", "fr"):
        keeps_the_bars(timeline([shipped(day) for day in days], lang=lang))


def test_surveys():
    one_each = {name.partition("_")[0]: shipped(name) for name in NAMES}
    many = [typical(f"site{i}.com", seed=i) for i in range(12)]
    for source in (list(one_each.values()), many):
        for draw in (survey, concentration):
            for lang in ("en", "fr"):
                keeps_the_bars(draw(source, lang=lang))


@pytest.mark.skipif(dot.DOT is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("which", [*range(31), *NAMES])
def test_crossings_are_not_more_than_graphviz_makes(which):
    numbered = isinstance(which, int)
    graph = graphs()[which] if numbered else shipped(which)
    made = generated_picture(which, "full") if numbered else picture(which, "full")
    chips = without_service(sketch(graph))
    if len(chips.chips) > MOST:
        assert made.kind == "providers"
        return
    lines = [li for li in made.lines if li.source]
    ours = crossings([(frozenset((li.source, li.target)), polyline(li)) for li in lines])
    model = model_of(graph)
    columns = {chip.id: column_of(model, chip) for chip in chips.chips}
    theirs = dot.dot_crossings(columns, dict.fromkeys((n.source, n.target) for n in chips.needs))
    assert ours <= max(1.2 * theirs, theirs + 1)


def test_the_same_graph_gives_the_same_bytes_under_any_hash_seed():
    code = (
        "import hashlib; from tests.pictures.graphs import parler, typical;"
        "from depgraph.pictures import page, scene, to_svg;"
        "from depgraph.pictures.drawing import encode;"
        "parts = [encode(scene(typical(seed=2), kind=k), s) for k, s in"
        " (('full', '.svg'), ('strip', '.svg'), ('takedown', '.svg'), ('strip', '.png'))];"
        "parts.append(page(parler()).html.encode());"
        "print(*(hashlib.sha256(p).hexdigest() for p in parts))"
    )
    home = str(Path(__file__).parents[2])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=home,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(5)
    ]
    found = [run.communicate()[0] for run in runs]
    assert all(run.returncode == 0 for run in runs)
    assert len(found[0].split()) == 5
    assert set(found) == {found[0]}

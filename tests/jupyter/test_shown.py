"""Recordings, pictures and graphs in a notebook."""

import html
import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import matplotlib.image
import networkx as nx
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import depgraph
from depgraph import jupyter, pictures
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from depgraph.recording.shown import to_html
from tests.jupyter.test_results import HOSTILE

RECORDINGS = sorted(
    (Path(__file__).parents[2] / "data" / "recordings").glob("*.jsonl"), key=lambda p: p.name
)


def words_of(fragment):
    """What a reader sees of a fragment."""
    body = re.sub(r"<style>.*?</style>", "", fragment, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


@pytest.fixture
def graph():
    return depgraph.build(depgraph.read(RECORDINGS[0]))


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    return InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))


def test_a_recording_shows_every_question_with_its_answer_or_its_status():
    for path in RECORDINGS:
        recording = depgraph.read(path)
        shown = recording._repr_html_()
        rows = re.findall(r"<tr><td>.*?</tr>", shown)
        assert len(rows) == len(recording)
        for row, one in zip(rows, recording, strict=True):
            told = html.unescape(row)
            assert f"{one.subject} {one.type}" in told
            assert one.evidence.value in told
            assert f"{one.time:%Y-%m-%d}" in told
            if one.status is not Status.ANSWER:
                assert f"<td>{one.status.value}</td>" in told
        assert words_of(shown)[:2] == ["Recording", "of"]


def test_a_recording_is_hostile_and_long():
    one = Observation(
        subject="example.org",
        type="TXT",
        status=Status.ANSWER,
        values=(HOSTILE, "x" * 100_000),
        time=datetime(2026, 1, 15, tzinfo=UTC),
    )
    recording = Recording(Header(subject="example.org", title=HOSTILE), (one,) * 150)
    shown = to_html(recording)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\x1b" not in shown
    assert "<p>and 50 more</p>" in shown
    assert len(shown) < 200_000
    assert shown.count("<div") == shown.count("</div>") == 1
    assert recording.days == (date(2026, 1, 15), date(2026, 1, 15))


def test_a_plot_shows_itself_and_what_was_added(graph):
    ax = depgraph.plot(graph, kind="strip")
    data, about = ax._repr_png_()
    pixels = matplotlib.image.imread(BytesIO(data))
    assert pixels.shape[:2] == pytest.approx((2 * about["height"], 2 * about["width"]), abs=2)
    ax.axvline(300, color="red", linewidth=9)
    assert ax._repr_png_()[0] != data


def test_a_scene_shows_itself(graph):
    shown = pictures.scene(graph, kind="strip")._repr_svg_()
    assert shown.lstrip().startswith("<svg")
    assert "<title" in shown


def test_the_extension_shows_graphs_of_ours_and_no_others(graph, shell):
    shell.extension_manager.load_extension("depgraph.jupyter")
    shown, _ = shell.display_formatter.format(graph)
    assert shown["image/svg+xml"] == pictures.scene(graph, kind="strip")._repr_svg_()
    assert shown["text/plain"].startswith("<networkx.")
    other, _ = shell.display_formatter.format(nx.MultiDiGraph([(1, 2)]))
    assert "image/svg+xml" not in other
    shell.extension_manager.unload_extension("depgraph.jupyter")
    again, _ = shell.display_formatter.format(graph)
    assert "image/svg+xml" not in again


def test_networkx_is_left_alone(graph):
    assert type(graph) is nx.MultiDiGraph
    assert not [name for name in dir(nx.MultiDiGraph) if name.startswith("_repr_")]
    assert jupyter.picture(nx.MultiDiGraph()) is None


def test_the_page_comes_in_a_sandbox(graph):
    shown = depgraph.page(graph)._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts" srcdoc="')
    assert "allow-same-origin" not in shown.partition("srcdoc=")[0]
    inner = re.fullmatch(r'<iframe [^>]*?srcdoc="([^"]*)"[^>]*></iframe>', shown, re.DOTALL)
    assert inner is not None
    assert html.unescape(inner[1]) == depgraph.page(graph).html

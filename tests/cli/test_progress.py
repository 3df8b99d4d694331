"""What the verbs that make recordings tell on the way and at the end, in the language asked for."""

import pytest

from depgraph.collect.progress import Progress, told
from depgraph.texts import words
from tests.cli.running import run
from tests.graphs import seen

ZONE = "$ORIGIN a.example.\n$TTL 60\n@ SOA ns hostmaster 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "a.example: 3 questions, 2 observations, 1 open; a.example A"),
        ("fr", "a.example\u00a0: 3 questions, 2 observations, 1 en attente\u202f; a.example A"),
    ],
)
def test_a_moment_of_a_collection_is_told_in_the_language(lang, line):
    last = seen("a.example", "A", "192.0.2.1")
    moment = Progress(subject="a.example", questions=3, observations=2, waiting=1, last=last)
    assert told(moment, words(lang)) == line


@pytest.mark.parametrize(
    ("lang", "end"),
    [
        ("en", "services: 1, observations: 10, in {}\n"),
        ("fr", "services\u00a0: 1, observations\u00a0: 10, dans {}\n"),
    ],
)
def test_a_world_that_was_made_is_told_in_the_language(tmp_path, monkeypatch, lang, end):
    monkeypatch.setenv("DEPGRAPH_LANG", lang)
    zone, world = tmp_path / "a.example.zone", tmp_path / "a.world"
    zone.write_text(ZONE)
    made = run("world", zone, "--dated", "2026-08-01", "-o", world)
    assert made.stderr.endswith(end.format(world))


def test_recordings_of_several_days_are_joined_in_french(tmp_path, monkeypatch):
    monkeypatch.setenv("DEPGRAPH_LANG", "fr")
    zone = tmp_path / "a.example.zone"
    zone.write_text(ZONE)
    days = ("--dated", "2026-08-01", "--dated", "2026-08-09")
    made = run("merge", zone, zone, *days, "-o", tmp_path / "a.jsonl")
    assert "relevés de 2 jours\u202f; retenu\u00a0: le 2026-08-09\u202f;" in made.stderr

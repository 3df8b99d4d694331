"""The program that `make types` checks runs as well."""

from __future__ import annotations

from tests.pictures.shipped import FOLDER
from tests.typed.user_program import main, weakest


def test_a_typed_program_runs(tmp_path, capsys):
    path = FOLDER / "parler.com_2021-01-18.jsonl"
    assert "Epik" in weakest(path)["name"]
    assert "Epik (reported) alone can stop every function" in main(path, tmp_path)
    assert "parler.com" in capsys.readouterr().out
    assert {one.name for one in tmp_path.iterdir()} == {"strip.svg", "page.html"}

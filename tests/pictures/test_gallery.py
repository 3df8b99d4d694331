"""The committed gallery is what the commands that stand beside it draw today."""

from __future__ import annotations

import html
import importlib.util
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
SPEC = importlib.util.spec_from_file_location("gallery_make", FOLDER / "make.py")
gallery = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gallery)


def told(content):
    """Everything that a picture or page says; where it stands depends on the font's metrics."""
    shown = [part.strip() for part in re.split(r"<[^>]*>", content)]
    named = re.findall(r'aria-label="([^"]*)"', content)
    return [html.unescape(text) for text in (*shown, *named) if text]


@pytest.mark.parametrize("command", [c for c in gallery.COMMANDS if not c.endswith(".png")])
def test_the_gallery_is_not_stale(command, tmp_path):
    made = gallery.make(command, tmp_path)
    kept = FOLDER / made.name
    assert told(kept.read_text("utf-8")) == told(made.read_text("utf-8")), (
        "expected the committed picture to say what the command draws: run docs/gallery/make.py"
    )


def test_the_gallery_is_complete_and_small():
    names = {command.split()[-1] for command in gallery.COMMANDS}
    kept = {path.name for path in FOLDER.iterdir() if path.suffix in {".svg", ".png", ".html"}}
    assert kept == names
    assert sum((FOLDER / name).stat().st_size for name in names) < 1_500_000
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"`{command}`" in readme for command in gallery.COMMANDS)

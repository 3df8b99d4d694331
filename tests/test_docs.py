"""The sources of the documentation: every link leads somewhere, every public name has a page.

`make docs` builds the site of them, with every warning an error, and looks at each link of it.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import depgraph

ROOT = Path(__file__).parent.parent
SOURCES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def rooms() -> tuple[str, ...]:
    """What scripts/make_docs.py lists, read without the packages that build the site."""
    for node in ast.parse((ROOT / "scripts/make_docs.py").read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROOMS":
            return ast.literal_eval(node.value)
    raise AssertionError("scripts/make_docs.py: expected ROOMS, found none")


def anchors(path: Path) -> set[str]:
    """The anchors that code hosts give the headings of a page."""
    titles = re.findall(r"^#+ +(.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_and_a_heading(source: Path) -> None:
    for address in LINK.findall(source.read_text("utf-8")):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = source.parent / path if path else source
        assert target.is_file(), address
        if anchor:
            assert anchor in anchors(target), address


def test_every_guide_and_notebook_is_in_the_contents_of_the_site() -> None:
    contents = (ROOT / "docs/site/contents.md").read_text("utf-8")
    for source in SOURCES[1:]:
        name = source.relative_to(ROOT).with_suffix("").as_posix()
        assert name.startswith("docs/site/") or f"\n{name}\n" in contents, name
    assert "\nnotebooks/*\n" in contents


def test_every_room_of_the_reference_is_reached_from_a_fresh_import() -> None:
    """Documents say ``depgraph.pictures.scene``: no other import is needed for that."""
    reached = [room for room in rooms() if room != "depgraph"]
    looked_at = (
        f"import depgraph\nfor room in {reached}: eval(room).__name__\ndepgraph.pictures.scene"
    )
    subprocess.run([sys.executable, "-c", looked_at], check=True, cwd=ROOT)


def test_every_public_name_is_in_the_reference() -> None:
    listed = rooms()
    assert list(listed) == sorted(listed)
    homes = {f"depgraph.{home}" for home in depgraph._HOME.values() if home}
    assert homes | {"depgraph", "depgraph.survey"} <= set(listed)
    for room in listed:
        module = importlib.import_module(room)
        assert module.__doc__, room
        for name in getattr(module, "__all__", ()):
            assert hasattr(module, name), f"{room}.{name}"

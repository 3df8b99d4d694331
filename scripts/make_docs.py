"""Build the site of the documentation, and look for links that lead nowhere: `make docs`.

    python scripts/make_docs.py --out out/docs

The guides, the gallery and the executed notebooks are laid out as in the repository, beside the
reference of every public name, and Sphinx makes pages of them, each of its warnings an error. A
page asks nothing of any network: the first that does, or that links to what is not in the site, is
named, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import builtins
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import typing
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import run_notebooks

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "docs" / "site"
# The packages whose names are public: a page of the reference each.
ROOMS = (
    "depgraph",
    "depgraph.analysis",
    "depgraph.collect",
    "depgraph.dnssec",
    "depgraph.errors",
    "depgraph.exchange",
    "depgraph.graph",
    "depgraph.jupyter",
    "depgraph.names",
    "depgraph.observations",
    "depgraph.pictures",
    "depgraph.precedents",
    "depgraph.providers",
    "depgraph.readers",
    "depgraph.recording",
    "depgraph.rendering",
    "depgraph.reporting",
    "depgraph.routes",
    "depgraph.schema",
    "depgraph.survey",
    "depgraph.texts",
    "depgraph.vocabulary",
)
_REFERENCE = """\
Reference
=========

Every public name, by the package that holds it. Most users need ``depgraph`` itself; what its
functions take and give is in the others.

.. list-table::

"""
_VALUES = """\
Values
======

What the functions of the other pages take and give, and the values in the fields of those.

"""
_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "data/README.md")
# What a browser fetches without being asked to, by its element; a link is the reader's to follow.
_FETCHED = {"img", "script", "link", "iframe", "source", "video", "audio", "embed", "object"}
_URL_IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def lay_out(source: Path) -> None:
    """Copy what the site is made of, at the same places relative to each other."""
    for name in _PAGES:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "docs", source / "docs", ignore=shutil.ignore_patterns("site", "*.py"))
    shutil.copy(SITE / "conf.py", source)
    shutil.copytree(SITE / "static", source / "_static")
    write_reference(source)
    contents = (SITE / "contents.md").read_text("utf-8")
    (source / "index.md").write_text((ROOT / "README.md").read_text("utf-8") + contents, "utf-8")


def values_of() -> list[type]:
    """List the classes of ours that public names lead to by their types, and that have no page."""
    public = [public_name for room in ROOMS for public_name in _public(room)]
    reached: dict[str, type] = {}
    waiting: list[object] = list(public)
    while waiting:
        one = waiting.pop()
        members = vars(one).values() if isinstance(one, type) else ()
        functions = [getattr(m, "fget", None) or m for m in members if not isinstance(m, type)]
        for annotated in [one, *functions]:
            for kind in _classes(_hints(annotated)):
                name = f"{kind.__module__}.{kind.__qualname__}"
                ours = name.startswith("depgraph.") and not kind.__name__.startswith("_")
                if ours and name not in reached and kind not in public:
                    reached[name] = kind
                    waiting.append(kind)
    return [reached[name] for name in sorted(reached)]


def _public(room: str) -> list[object]:
    module = importlib.import_module(room)
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == room
    ]
    return [getattr(module, name) for name in names]


def _hints(annotated: object) -> Iterator[object]:
    names = vars(sys.modules.get(getattr(annotated, "__module__", ""), builtins))
    for written in getattr(annotated, "__annotations__", {}).values():
        try:
            yield eval(written, dict(names)) if isinstance(written, str) else written
        except (NameError, TypeError):  # a type that is one for the type checker only
            continue


def _classes(hints: Iterable[object]) -> Iterator[type]:
    for hint in hints:
        if isinstance(hint, type) and not typing.get_args(hint):
            yield hint
        else:
            origin = typing.get_origin(hint)
            yield from _classes([*typing.get_args(hint), *([origin] if origin else [])])


def write_reference(source: Path) -> None:
    """Write the pages of the reference: a table of the packages, and a page of each."""
    (source / "reference").mkdir()
    table, contents = "", "\n.. toctree::\n   :hidden:\n\n"
    for room in ROOMS:
        docstring = importlib.import_module(room).__doc__ or ""
        purpose = " ".join(docstring.strip().split("\n\n")[0].split())
        table += f"   * - :doc:`{room} <reference/{room}>`\n     - {purpose}\n"
        contents += f"   reference/{room}\n"
        page = f"{room}\n{'=' * len(room)}\n\n.. automodule:: {room}\n"
        (source / "reference" / f"{room}.rst").write_text(page, "utf-8")
    values = "".join(
        f"\n.. autoclass:: {one.__module__}.{one.__qualname__}\n" for one in values_of()
    )
    (source / "reference" / "values.rst").write_text(_VALUES + values, "utf-8")
    table += "   * - :doc:`Values <reference/values>`\n     - What their fields and results are.\n"
    contents += "   reference/values\n"
    (source / "reference.rst").write_text(_REFERENCE + table + contents, "utf-8")


def execute_notebooks(folder: Path) -> None:
    """Run the notebooks without any network, and write them with what they show."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as name:
        environment = run_notebooks.environment(live="", endpoints=Path(name, "closed.json"))
        for path in run_notebooks.find():
            nbformat.write(run_notebooks.execute(path, env=environment), folder / path.name)


class Page(HTMLParser):
    """What a page names: its anchors, the links a reader may follow, and what it fetches."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element names."""
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name == "href" and tag != "link":
                self.links.append(value)
            elif tag in _FETCHED and name in {"src", "href", "data", "poster"}:
                self.fetched.append(value)


def faults(site: Path) -> Iterator[str]:
    """Yield each link that leads nowhere and each thing that is fetched from elsewhere."""
    pages = {path: Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        where = path.relative_to(site)
        for address in page.fetched:
            if urlsplit(address).netloc:
                yield f"{where}: fetches {address}"
        for address in [*page.links, *page.fetched]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                yield f"{where}: expected a file at {address}, found none"
                continue
            fragment = unquote(parts.fragment)
            if fragment and target in pages and fragment not in pages[target].anchors:
                yield f"{where}: expected an anchor at {address}, found none"
    for path in sorted(site.rglob("*.css")):
        for found in _URL_IN_CSS.finditer(path.read_text("utf-8")):
            if urlsplit(found[1] or found[2]).netloc:
                yield f"{path.relative_to(site)}: fetches {found[1] or found[2]}"


def main() -> int:
    """Build it; 1 if Sphinx warns or a link leads nowhere."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("out/docs"), help="where to write")
    out = parser.parse_args().out.resolve()
    with tempfile.TemporaryDirectory() as name:
        source, built = Path(name, "source"), Path(name, "site")
        source.mkdir()
        lay_out(source)
        execute_notebooks(source / "notebooks")
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "html"]
        done = subprocess.run(
            [*command, "-d", Path(name, "doctrees"), source, built],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        if done.returncode:
            return 1
        found = list(faults(built))
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(built, out, ignore=shutil.ignore_patterns(".buildinfo*"))
    print("\n".join(found) or f"{len(list(out.rglob('*.html')))} pages: {out / 'index.html'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

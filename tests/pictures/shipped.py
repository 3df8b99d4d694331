"""The shipped recordings as graphs, built once."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import networkx as nx

import depgraph
from depgraph.pictures import scene
from tests.pictures.graphs import generated, parler

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "recordings"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))


@cache
def shipped(name):
    return depgraph.build(depgraph.read(FOLDER / f"{name}.jsonl"))


@cache
def picture(name, kind):
    """Give a picture of a shipped recording, made once."""
    return scene(shipped(name), kind=kind)


@cache
def of_several():
    """Give what the contact sheet draws of several recordings together."""
    spec = importlib.util.spec_from_file_location("sheet", ROOT / "scripts" / "contact_sheet.py")
    sheet = importlib.util.module_from_spec(spec)
    sys.modules["sheet"] = sheet
    spec.loader.exec_module(sheet)
    every = sheet.sittings({name: shipped(name) for name in NAMES})
    return [one for one in every if not isinstance(one.graphs, nx.Graph)]


@cache
def graphs():
    """Give the generated graphs, made once."""
    return (*generated(), parler())


@cache
def generated_picture(number, kind):
    """Give a picture of a generated graph, made once."""
    return scene(graphs()[number], kind=kind)

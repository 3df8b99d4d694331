"""Pictures of a graph: one scene as a plain value, drawn by matplotlib or as SVG.

::

    depgraph.plot(graph)                         # -> matplotlib Axes
    depgraph.pictures.scene(graph, kind="full")  # -> Scene: boxes, lines, texts, alt text, table
    depgraph.draw(graph, "x.svg", kind="strip")  # writes .png, .svg, .pdf (or .html: the page)
"""

from __future__ import annotations

from depgraph.pictures.concentration import concentration
from depgraph.pictures.draw import draw, plot, save, scene
from depgraph.pictures.page import Page, page
from depgraph.pictures.survey import survey
from depgraph.pictures.svg import to_svg
from depgraph.pictures.timeline import timeline
from depgraph.pictures.values import Box, Line, Mark, Scene, Text

__all__ = [
    "Box",
    "Line",
    "Mark",
    "Page",
    "Scene",
    "Text",
    "concentration",
    "draw",
    "page",
    "plot",
    "save",
    "scene",
    "survey",
    "timeline",
    "to_svg",
]

"""Pictures of graphs: one scene as a plain value, drawn by matplotlib or as SVG.

::

    depgraph.plot(graph)                         # -> matplotlib Axes
    depgraph.pictures.scene(graph, kind="full")  # -> Scene: boxes, lines, texts, alt text, table
    depgraph.draw(graph, "x.svg", kind="strip")  # writes .png, .svg, .pdf (or .html: the page)

Names are imported when they are asked for: matplotlib is slow to import, and the command line
asks for the names of the kinds only.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from depgraph.pictures.drawing import draw, plot, save, scene
    from depgraph.pictures.engine.svg import to_svg
    from depgraph.pictures.engine.themes import ThemeWord
    from depgraph.pictures.engine.values import Box, Line, Mark, Scene, Text
    from depgraph.pictures.kinds import KindWord
    from depgraph.pictures.kinds.concentration import concentration
    from depgraph.pictures.kinds.survey import survey
    from depgraph.pictures.kinds.timeline import timeline
    from depgraph.pictures.whatif import Page, page

_ROOMS: Final = {
    "draw": "drawing",
    "plot": "drawing",
    "save": "drawing",
    "scene": "drawing",
    "KindWord": "kinds",
    "concentration": "kinds.concentration",
    "survey": "kinds.survey",
    "timeline": "kinds.timeline",
    "Page": "whatif",
    "page": "whatif",
    "to_svg": "engine.svg",
    "ThemeWord": "engine.themes",
    "Box": "engine.values",
    "Line": "engine.values",
    "Mark": "engine.values",
    "Scene": "engine.values",
    "Text": "engine.values",
}
"""Public name -> the module that it is in."""

__all__ = [
    "Box",
    "KindWord",
    "Line",
    "Mark",
    "Page",
    "Scene",
    "Text",
    "ThemeWord",
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


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

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

from depgraph.former import former

if TYPE_CHECKING:
    from depgraph.pictures.drawing import draw, plot, save, scene
    from depgraph.pictures.engine.svg import to_svg
    from depgraph.pictures.engine.themes import ThemeWord
    from depgraph.pictures.engine.values import Box, Line, Mark, Scene, Text
    from depgraph.pictures.kinds import KindWord
    from depgraph.pictures.kinds.concentration import concentration
    from depgraph.pictures.kinds.survey import survey
    from depgraph.pictures.kinds.timeline import timeline
    from depgraph.pictures.newsroom import bundle
    from depgraph.pictures.offline import Page
    from depgraph.pictures.whatif import page

_ROOMS: Final = {
    "draw": "drawing",
    "plot": "drawing",
    "save": "drawing",
    "scene": "drawing",
    "KindWord": "kinds",
    "concentration": "kinds.concentration",
    "survey": "kinds.survey",
    "timeline": "kinds.timeline",
    "Page": "offline",
    "bundle": "newsroom",
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
    "bundle",
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


# Modules that stood here in the version before; those of other names are no more.
_ENGINE: Final = ("canvas", "geometry", "markup", "measure", "sheet", "svg", "themes", "values")
_former: Final = former(
    __name__,
    {
        **{name: f"depgraph.pictures.engine.{name}" for name in _ENGINE},
        "board": "depgraph.pictures.layout.columns",
        "findings": "depgraph.analysis.singles",
        "full": "depgraph.pictures.kinds.full",
        "groups": "depgraph.analysis.groups",
        "matrix": "depgraph.pictures.kinds.takedown",
        "order": "depgraph.pictures.layout.crossings",
        "place": "depgraph.pictures.layout.coordinates",
        "providers": "depgraph.pictures.kinds.providers",
        "sketch": "depgraph.pictures.layout.condense",
        "strip": "depgraph.pictures.kinds.strip",
        "tally": "depgraph.survey.tally",
    },
)


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        return _former(name)
    value = getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

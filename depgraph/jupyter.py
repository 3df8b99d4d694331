"""Graphs that show themselves in a notebook: ``%load_ext depgraph.jupyter``.

:func:`depgraph.build` gives a plain networkx graph, which Jupyter prints as a line of text.
This extension tells IPython, by its own means, to show such a graph as the picture
:func:`depgraph.plot` draws, by layers. Nothing of networkx is changed; graphs that depgraph did not build
stay as they are.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

_FORM = "image/svg+xml"


def load_ipython_extension(shell: Any) -> None:
    """Show graphs of ours as pictures from now on."""
    _formatter(shell).for_type(nx.MultiDiGraph, picture)


def unload_ipython_extension(shell: Any) -> None:
    """Show graphs as networkx does."""
    _formatter(shell).pop(nx.MultiDiGraph, None)


def _formatter(shell: Any) -> Any:
    return shell.display_formatter.formatters[_FORM]


def picture(graph: nx.MultiDiGraph[str]) -> str | None:
    """Give the picture of a graph; None if depgraph did not build it."""
    if "schema" not in graph.graph or "subject" not in graph.graph:
        return None
    from depgraph.pictures import scene  # noqa: PLC0415  (matplotlib is slow to import)

    return scene(graph, kind="strip")._repr_svg_()

"""From a graph to a picture: as a scene, on matplotlib axes, into a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import networkx as nx
from matplotlib.axes import Axes

from depgraph.atomic import write_bytes
from depgraph.errors import QuestionError
from depgraph.pictures.canvas import figure, paint
from depgraph.pictures.findings import findings
from depgraph.pictures.full import MOST, full
from depgraph.pictures.matrix import matrix
from depgraph.pictures.page import page
from depgraph.pictures.providers import providers
from depgraph.pictures.sketch import sketch
from depgraph.pictures.strip import strip
from depgraph.pictures.svg import to_svg
from depgraph.pictures.values import Scene
from depgraph.texts import words

_KINDS: Mapping[str, Callable[..., Scene]] = {
    "strip": strip,
    "providers": providers,
    "full": full,
    "takedown": matrix,
}
_DPI = 200  # of PNG files: two dots to a px


def scene(
    graph: nx.MultiDiGraph[str],
    *,
    kind: str = "strip",
    lang: str = "en",
    group: str = "big-tech",
) -> Scene:
    """Make the picture of a graph as a plain value.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    kind
        Which picture: ``"strip"`` (layers down, functions across), ``"providers"`` (service,
        functions, providers, companies, countries), ``"full"`` (all records, in columns by
        role; by provider where there are too many), ``"takedown"`` (who can stop what, and
        how).
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled: ``"big-tech"``, or another group, a company, provider or country
        (:func:`depgraph.analysis.actors.select`).

    Raises
    ------
    QuestionError
        If there is no such kind, language or group.
    """
    if kind not in _KINDS:
        raise QuestionError(f"expected one of the pictures {', '.join(_KINDS)}, found {kind!r}")
    found = findings(graph)
    if kind == "full":
        drawn = sketch(graph)
        if len(drawn.chips) > MOST:
            note = words(lang).say("picture.full.too-many", n=len(drawn.chips))
            return providers(graph, findings=found, lang=lang, group=group, note=note)
        return full(graph, findings=found, lang=lang, group=group, drawn=drawn)
    return _KINDS[kind](graph, findings=found, lang=lang, group=group)


def plot(
    graph: nx.MultiDiGraph[str],
    *,
    ax: Axes | None = None,
    kind: str = "full",
    theme: str = "light",
    lang: str = "en",
    group: str = "big-tech",
) -> Axes:
    """Draw a graph on matplotlib axes, and give them back.

    Unless told otherwise it draws all records, in columns by role (``kind="full"``), as one who
    explores a graph wants; :func:`draw`, the page and the command line begin with the strip.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    ax
        Drawn on, as large as fits; its letters scale with it. None: a figure of its own,
        900 px wide at 100 dots per inch (``ax.figure``).
    kind, lang, group
        See :func:`scene`, whose default kind is another.
    theme
        ``"light"``, ``"dark"`` or ``"bw"``.
    """
    made = scene(graph, kind=kind, lang=lang, group=group)
    if ax is None:
        return figure(made, look=theme).axes[0]
    return paint(made, ax, look=theme)


def draw(
    graph: nx.MultiDiGraph[str],
    path: str | os.PathLike[str],
    *,
    kind: str = "strip",
    theme: str = "light",
    lang: str = "en",
    group: str = "big-tech",
) -> Scene:
    """Write the picture of a graph into a file, whole or not at all.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    path
        Its suffix says the form: ``.png``, ``.svg``, ``.pdf``, or ``.html`` for the page.
    kind, theme, lang, group
        See :func:`plot`.

    Returns
    -------
    The scene that was drawn; the same graph gives the same bytes.

    Raises
    ------
    QuestionError
        If the suffix is another.
    """
    target = Path(path)
    if target.suffix.lower() in {".html", ".htm"}:
        page(graph, lang=lang, group=group).save(target)
        return scene(graph, kind=kind, lang=lang, group=group)
    made = scene(graph, kind=kind, lang=lang, group=group)
    save(made, target, theme=theme)
    return made


def save(made: Scene, path: str | os.PathLike[str], *, theme: str = "light") -> None:
    """Write a scene (of :func:`scene`, ``timeline``, ``survey``...) into a file, whole or not at all.

    Raises
    ------
    QuestionError
        If the suffix is not ``.png``, ``.svg`` or ``.pdf``, or there is no such theme.
    """
    target = Path(path)
    write_bytes(target, encode(made, target.suffix.lower(), theme=theme))


def encode(made: Scene, suffix: str, *, theme: str = "light") -> bytes:
    """Give the bytes of a scene as ``.svg``, ``.png`` or ``.pdf``."""
    if suffix == ".svg":
        return to_svg(made, theme=theme).encode()
    about: dict[str, str | None] = {"Title": made.title}
    if suffix == ".png":
        about |= {"Description": made.alt, "Software": "depgraph"}
    elif suffix == ".pdf":
        about |= {"Subject": made.subtitle, "Creator": "depgraph", "CreationDate": None}
        about |= {"Producer": "depgraph"}
    else:
        raise QuestionError(f"expected a file name in .png, .svg, .pdf or .html, found {suffix!r}")
    buffer = BytesIO()
    figure(made, look=theme).savefig(buffer, format=suffix[1:], dpi=_DPI, metadata=about)
    return buffer.getvalue()

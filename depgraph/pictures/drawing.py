"""From graphs to a picture: as a scene, on matplotlib axes, into a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias

import networkx as nx
from matplotlib import rc_context
from matplotlib.axes import Axes

from depgraph.atomic import write_bytes
from depgraph.errors import QuestionError
from depgraph.former import former_keyword
from depgraph.parameters import checked
from depgraph.pictures.basis import Basis
from depgraph.pictures.engine.canvas import figure, paint
from depgraph.pictures.engine.svg import to_svg
from depgraph.pictures.engine.themes import ThemeWord
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.frames import ShapeWord, framed, shaped
from depgraph.pictures.kinds import KindWord, picture
from depgraph.pictures.kinds.strip import strip
from depgraph.pictures.kinds.takedown import takedown
from depgraph.pictures.kinds.timeline import timeline
from depgraph.pictures.whatif import page
from depgraph.recording import Recording

Graphs: TypeAlias = "nx.MultiDiGraph[str] | Sequence[nx.MultiDiGraph[str]]"
_DPI: Final = 200  # of PNG files: two dots to a px
_NARROWER: Final = (800.0, 720.0, 640.0)  # px of a strip, functions side by side
_STACKED: Final = (340.0, 380.0, 430.0, 480.0, 560.0, 640.0)  # and below each other
_DAYS: Final = (340.0, 480.0, 640.0, 1100.0, 1300.0, 1600.0)  # of a timeline, days side by side
_WIDER: Final = (360.0, *_STACKED[2:])  # and below each other: wider than two side by side
_FITTING: Final[Mapping[str, tuple[Callable[..., Scene], tuple[tuple[float, bool], ...]]]] = {
    "strip": (
        strip,
        (*((wide, False) for wide in _NARROWER), *((wide, True) for wide in _STACKED)),
    ),
    "takedown": (takedown, tuple((wide, True) for wide in _STACKED)),
    "timeline": (
        timeline,
        (*((wide, False) for wide in _DAYS), *((wide, True) for wide in _WIDER)),
    ),
}
"""Pictures that have another form for a narrow page: how each is drawn, and how wide, and stacked or not."""
_PAGES: Final = frozenset({".html", ".htm"})


@former_keyword("graph", "graphs")
@checked()
def scene(
    graphs: Graphs,
    *,
    kind: KindWord | None = None,
    lang: str = "en",
    group: str = "big-tech",
) -> Scene:
    """Make the picture of a graph, or of several, as a plain value.

    Parameters
    ----------
    graphs
        A graph that follows the schema, or a sequence of them.
    kind
        Which picture. Of one graph: ``"strip"`` (layers down, functions across),
        ``"providers"`` (service, functions, providers, companies, countries), ``"full"`` (all
        records, in columns by role; by provider where there are too many), ``"takedown"``
        (who can stop what, when, and how). Of several: ``"timeline"`` (one service, several
        days), ``"survey"`` (shares by layer), ``"concentration"`` (who carries how many).
        None: the strip of one graph, the timeline of several, the survey of several services.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled: ``"big-tech"``, or another group, a company, provider or country
        (:func:`depgraph.analysis.actors.select`).

    Returns
    -------
    Scene

    Raises
    ------
    QuestionError
        If there is no such kind, language or group, or the kind is of more or fewer graphs.
    GraphError
        If a graph does not follow the schema.
    """
    several = _several(graphs)
    name = kind or _usual(several)
    found = picture(name)
    if found.several:
        return found.draw([graphs] if several is None else several, lang=lang, group=group)
    if several is None:
        return found.draw(graphs, lang=lang, group=group)
    if len(several) != 1:
        raise QuestionError(f"expected one graph for the picture {name!r}, found {len(several)}")
    return found.draw(several[0], lang=lang, group=group)


@former_keyword("graph", "graphs")
@checked()
def plot(
    graphs: Graphs,
    *,
    ax: Axes | None = None,
    kind: KindWord = "full",
    theme: ThemeWord = "light",
    lang: str = "en",
    group: str = "big-tech",
) -> Axes:
    """Draw a graph on matplotlib axes.

    Unless told otherwise it draws all records, in columns by role (``kind="full"``), as one who
    explores a graph wants; :func:`draw`, the page and the command line begin with the strip.

    Parameters
    ----------
    graphs
        A graph that follows the schema, or a sequence of them.
    ax
        Drawn on, as large as fits; its letters scale with it. None: a figure of its own,
        900 px wide at 100 dots per inch (``ax.figure``).
    kind, lang, group
        See :func:`scene`, whose default kind is another.
    theme
        ``"light"``, ``"dark"`` or ``"bw"``.

    Returns
    -------
    matplotlib.axes.Axes
        Those that were drawn on.
    """
    made = scene(graphs, kind=kind, lang=lang, group=group)
    if ax is None:
        return figure(made, look=theme).axes[0]
    return paint(made, ax, look=theme)


@former_keyword("graph", "graphs")
@checked()
def draw(
    graphs: Graphs,
    path: str | os.PathLike[str],
    *,
    kind: KindWord | None = None,
    theme: ThemeWord = "light",
    lang: str = "en",
    group: str = "big-tech",
    title: str = "",
    deck: str = "",
    credit: str = "",
    shape: ShapeWord | None = None,
) -> Scene:
    """Write the picture of a graph, or of several, into a file, whole or not at all.

    Parameters
    ----------
    graphs
        A graph that follows the schema, or a sequence of them.
    path
        Its suffix says the form: ``.png``, ``.svg``, ``.pdf``, or ``.html`` for the page, which
        is of one graph and has no kind.
    kind, theme, lang, group
        See :func:`plot` and :func:`scene`.
    title, deck, credit
        Words in place of the finding and of what goes with it, and a line at the foot; not of
        a page.
    shape
        ``"16:9"``, ``"square"`` or ``"phone"``: the picture in the middle of such a page (of a
        phone, at least as long as its screen). A strip has its functions beside or below each
        other, a matrix of takedowns its cells beside or below its boxes, a timeline its days,
        whichever fills the page better.

    Returns
    -------
    Scene
        What was drawn; the same graph gives the same bytes.

    Raises
    ------
    QuestionError
        If the suffix is another.
    """
    target = Path(path)
    made = scene(graphs, kind=kind, lang=lang, group=group)
    if made.kind in _FITTING and shape:
        bases = list(map(Basis.of, _several(graphs) or [graphs]))
        of = bases if picture(made.kind).several else bases[0]
        made = _fitting(made, of, shape, lang=lang, group=group)
    if title or deck or credit:
        made = framed(made, title=title, deck=deck, credit=credit)
    if shape:
        made = shaped(made, shape)
    if target.suffix.lower() not in _PAGES:
        save(made, target, theme=theme)
        return made
    several = _several(graphs)
    one: list[Any] = [graphs] if several is None else several
    if len(one) != 1:
        raise QuestionError(f"expected one graph for a page, found {len(one)}")
    page(one[0], lang=lang, group=group).save(target)
    return made


def _fitting(made: Scene, of: Basis | list[Basis], shape: str, *, lang: str, group: str) -> Scene:
    """Return the form of a picture whose letters are the largest on a page of a shape.

    Side by side or below each other, and narrower, it fills another part of the page.
    """
    drawn, pages = _FITTING[made.kind]
    tried = [
        made,
        *(drawn(of, lang=lang, group=group, page=wide, stacked=stacked) for wide, stacked in pages),
    ]
    whole = [one for one in tried if not any(text.shortened for text in one.texts)]
    return min(whole or tried, key=lambda one: shaped(one, shape).width)


def _several(graphs: object) -> list[Any] | None:
    """Return several graphs as a list; None for one graph, or what stands in its place."""
    if isinstance(graphs, nx.Graph | Recording | Mapping | str | bytes):
        return None
    return list(graphs) if isinstance(graphs, Iterable) else None


def _usual(several: list[Any] | None) -> KindWord:
    """Return the kind of picture that is drawn if none is asked for."""
    if several is None or len(several) == 1:
        return "strip"
    graphs = (one for one in several if isinstance(one, nx.Graph))
    return "survey" if len({one.graph.get("subject") for one in graphs}) > 1 else "timeline"


@checked()
def save(made: Scene, path: str | os.PathLike[str], *, theme: ThemeWord = "light") -> None:
    """Write a scene (of :func:`scene`, ``timeline``, ``survey``...) into a file, whole or not at all.

    Raises
    ------
    QuestionError
        If the suffix is not ``.png``, ``.svg`` or ``.pdf``, or there is no such theme.
    """
    target = Path(path)
    write_bytes(target, encode(made, target.suffix.lower(), theme=theme))


@checked()
def encode(made: Scene, suffix: str, *, theme: ThemeWord = "light") -> bytes:
    """Return the bytes of a scene as ``.svg``, ``.png`` or ``.pdf``.

    Raises
    ------
    QuestionError
        If the suffix is another.
    """
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
    with rc_context({"pdf.fonttype": 42}):  # TrueType: text that can be searched and edited
        figure(made, look=theme).savefig(buffer, format=suffix[1:], dpi=_DPI, metadata=about)
    return buffer.getvalue()

"""The kinds of picture: one module each, found by its name.

A new kind is a module here that has a value ``PICTURE``, an entry in :data:`KindWord`, and its
words in each language (:mod:`depgraph.texts`). Nothing else has to be touched: ``draw``,
``scene`` and the command line take it from here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from depgraph.errors import QuestionError

if TYPE_CHECKING:
    from depgraph.pictures.engine.values import Scene

KindWord: TypeAlias = Literal[
    "concentration", "full", "providers", "strip", "survey", "takedown", "timeline"
]


@dataclass(frozen=True, slots=True)
class Picture:
    """One kind of picture.

    Parameters
    ----------
    draw
        Makes the scene, of one graph or of a sequence of graphs, with the keywords ``lang``,
        ``group`` and ``page``.
    several
        Whether it is of several graphs.
    """

    draw: Callable[..., Scene]
    several: bool = False


def names() -> tuple[str, ...]:
    """Return the names of the kinds there are, sorted; no module is imported for it."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))


def picture(name: str) -> Picture:
    """Return a kind of picture.

    Raises
    ------
    QuestionError
        If there is none of that name.
    """
    if name not in names():
        raise QuestionError(f"expected one of the pictures {', '.join(names())}, found {name!r}")
    found = importlib.import_module(f"{__name__}.{name}").PICTURE
    assert isinstance(found, Picture)
    return found

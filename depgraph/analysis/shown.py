"""How results show themselves: a plain text in a language, the same as HTML, and a dict."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from depgraph.analysis.layout import to_html
from depgraph.analysis.model import Model


class OfFunction(Protocol):
    """An answer for one function of a service."""

    @property
    def function(self) -> str: ...  # noqa: D102


_Part = TypeVar("_Part", bound=OfFunction)


class Shown:
    """A result that prints as text, shows itself in Jupyter, and converts to a dict of JSON values."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        raise NotImplementedError

    def text(self, *, lang: str = "en") -> str:
        """Write the result as plain text.

        Raises
        ------
        QuestionError
            If there is no table of texts for the language.
        """
        raise NotImplementedError

    def to_json(self) -> str:
        """Write the JSON form, indented, with sorted keys."""
        return json.dumps(self.to_dict(), indent=2, sort_keys=True, ensure_ascii=False)

    def to_html(self, *, lang: str = "en") -> str:
        """Write the result as an HTML fragment: the same words as the text, escaped.

        Raises
        ------
        QuestionError
            If there is no table of texts for the language.
        """
        return to_html(self.text(lang=lang), lang=lang)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.to_html()


def as_of(model: Model) -> tuple[str, str]:
    """Give the first and last day (ISO 8601) that a graph stands for; empty if it has none."""
    return str(model.about.get("since", "")), str(model.about.get("until", ""))


def of_function(parts: Iterable[_Part], function: str) -> _Part:
    """Give the part of an answer that is of a function (``"web"``).

    Raises
    ------
    KeyError
        If there is none; it names those there are.
    """
    by_name = {part.function: part for part in parts}
    if function not in by_name:
        raise KeyError(f"expected a function among {', '.join(by_name)}, found {function!r}")
    return by_name[function]

"""How results show themselves: a plain text in a language, the same as HTML, and a dict."""

from __future__ import annotations

import json
from typing import Any

from depgraph.analysis.layout import to_html
from depgraph.analysis.model import Model


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

"""What every answer has: its service and days, a dict, JSON, a text, HTML, and a table.

An answer is a frozen dataclass that derives from :class:`Result`. Its JSON form follows from
its fields, and carries the name and version of its schema. How it reads as a text is the
business of another room, :mod:`depgraph.rendering`, which is looked up here and nowhere else.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from math import inf
from typing import Any, ClassVar, Final, Protocol, TypeVar

from depgraph.analysis.model import Model
from depgraph.extras import frame
from depgraph.limits import MetLimit, in_order
from depgraph.observations import days_text
from depgraph.parameters import checked
from depgraph.vocabulary import Limit

VERSION: Final = 2
"""Version of the JSON forms; all of them change together."""
_RENDERING: Final = "depgraph.rendering"
_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types of values that JSON has as they are."""


def renamed(name: str) -> Mapping[str, str]:
    """Return the metadata of a field that the JSON form calls otherwise; empty: leaves out."""
    return {"json": name}


def to_json_value(value: Any) -> Any:
    """Return a value as JSON has it.

    Dataclasses become objects of their fields (:func:`renamed` says otherwise), enumerations
    their words, days ISO 8601, tuples and sets lists, an endless number of seconds null.
    """
    if type(value) in _PLAIN:  # most of them: an answer has thousands
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    if isinstance(value, Mapping):
        return {str(to_json_value(key)): to_json_value(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(map(to_json_value, value))
    if isinstance(value, (tuple, list)):
        return [to_json_value(item) for item in value]
    return None if value == inf else value


def _object(value: Any) -> dict[str, Any]:
    kind: Any = type(value)
    row = {name: to_json_value(getattr(value, attribute)) for attribute, name in json_names(kind)}
    optional: frozenset[str] = getattr(kind, "OPTIONAL", frozenset())
    return {
        key: item for key, item in row.items() if item not in ("", [], None) or key not in optional
    }


@cache
def json_names(kind: type) -> tuple[tuple[str, str], ...]:
    """List the attributes of a dataclass that its JSON form has, each with its name there."""
    pairs = [
        (field.name, field.metadata.get("json", field.name)) for field in dataclasses.fields(kind)
    ]
    pairs += getattr(kind, "DERIVED", {}).items()
    return tuple(pair for pair in pairs if pair[1])


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class Result:
    """The answer to a question about one service.

    Parameters
    ----------
    subject
        The service, a domain name.
    since, until
        First and last day (ISO 8601) that the answer stands for; empty where none was given.
    complete
        Whether no limit was met, in collecting what it rests on or in computing it.
    limits
        Those that were met, and what they left out. Where the collection was interrupted, nothing
        is certain; what another left out is unknown.
    """

    NAME: ClassVar[str]
    """Of the question, and of its schema."""
    DERIVED: ClassVar[Mapping[str, str]] = {}
    """Properties that the JSON form has too -> what they are called there."""

    subject: str
    since: str = ""
    until: str = ""
    complete: bool = True
    limits: tuple[MetLimit, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether the collection did not come to its end."""
        return any(one.limit is Limit.INTERRUPTED for one in self.limits)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form as a dict; `schema` names it and its version.

        Returns
        -------
        dict
            As ``docs/schemas/NAME.json`` describes it.
        """
        return {"schema": f"depgraph.{self.NAME}/{VERSION}", **_object(self)}

    def to_json(self) -> str:
        """Return the JSON form as text, indented, with sorted keys."""
        return json.dumps(self.to_dict(), indent=2, sort_keys=True, ensure_ascii=False)

    @checked()
    def text(self, *, lang: str = "en", width: int = 110) -> str:
        """Return the answer as plain text.

        Parameters
        ----------
        lang
            A language of :func:`depgraph.texts.languages`.
        width
            Columns; no line is longer.

        Raises
        ------
        QuestionError
            If there is no table of texts for the language.
        """
        return str(_render().to_text(self, lang=lang, width=width))

    @checked()
    def to_html(self, *, lang: str = "en") -> str:
        """Return the answer as an HTML fragment: the same words as the text, escaped.

        Raises
        ------
        QuestionError
            If there is no table of texts for the language.
        """
        return str(_render().to_html(self, lang=lang))

    @checked()
    def to_markdown(self, *, lang: str = "en") -> str:
        """Return the answer as Markdown: the same words as the text, escaped.

        Raises
        ------
        QuestionError
            If there is no table of texts for the language.
        """
        return str(_render().to_markdown(self, lang=lang))

    def rows(self) -> list[dict[str, Any]]:
        """Return the answer as rows of a table, one dict each, all with the same keys."""
        raise NotImplementedError

    def to_frame(self) -> Any:
        """Return :meth:`rows` as a `pandas.DataFrame`; the rows themselves without pandas."""
        return frame(self.rows())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        told = (self.subject, days_text(self.since, self.until), self._brief())
        about = ", ".join(filter(None, told))
        return f"<{type(self).__name__} of {about}>"

    def _brief(self) -> str:
        """Return what a repr says besides service and days."""
        return ""

    def _repr_html_(self) -> str:
        return self.to_html()


def _render() -> Any:
    return importlib.import_module(_RENDERING)


class OfFunction(Protocol):
    """A part of an answer that is about one function of a service."""

    @property
    def function(self) -> str: ...  # noqa: D102


_Part = TypeVar("_Part", bound=OfFunction)


def of_function(parts: Iterable[_Part], function: str) -> _Part:
    """Return the part of an answer that is about a function (``"web"``).

    Raises
    ------
    KeyError
        If there is none; it names those there are.
    """
    by_name = {part.function: part for part in parts}
    if function not in by_name:
        raise KeyError(f"expected a function among {', '.join(by_name)}, found {function!r}")
    return by_name[function]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """How to cite an answer: what it takes to get the same again.

    Parameters
    ----------
    depgraph
        The version that built the graph.
    catalogue
        The edition (a day) of the catalogue.
    sha256
        That of the recording's file, as ``depgraph verify --sha256`` prints it; empty where the
        recording was in no file.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset({"sha256"})

    depgraph: str
    catalogue: str
    sha256: str = ""

    @classmethod
    def of(cls, about: Mapping[str, Any]) -> Cite:
        """Return how to cite an answer from a graph that says this of itself."""
        fields = ("depgraph", "catalogue", "recording_sha256")
        version, edition, sha256 = (str(about.get(field, "")) for field in fields)
        return cls(depgraph=version, catalogue=edition, sha256=sha256)


def limited(told: dict[str, Any], several: Iterable[MetLimit]) -> dict[str, Any]:
    """Return what :func:`about` does, with limits besides that the computation met."""
    limits = in_order((*told["limits"], *several))
    return told | {"complete": not limits, "limits": limits}


def about(model: Model) -> dict[str, Any]:
    """Return what every answer says of the graph it rests on, as the fields of :class:`Result`."""
    return {
        "subject": str(model.about.get("subject", "")),
        "since": str(model.about.get("since", "")),
        "until": str(model.about.get("until", "")),
        "complete": not model.limits,
        "limits": model.limits,
    }

"""A line of text in pieces: what a language says, and what it only repeats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from depgraph.names import shown
from depgraph.text_safety import one_line

_LONGEST = 2000
"""Characters of one piece; what comes from the network is cut where it is read."""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of a line.

    Parameters
    ----------
    text
        On one line, without control characters.
    foreign
        Whether it is a name, a citation or an answer, which stays as it is in any language.
    linked
        Whether a web address in it may be followed: it is where something is told, not what a
        stranger wrote.
    """

    text: str
    foreign: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """A line of text.

    Parameters
    ----------
    spans
        Its pieces in order.
    """

    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.text for span in self.spans)

    def __add__(self, other: Inline) -> Inline:
        return Inline((*self.spans, *other.spans))

    def capitalized(self) -> Inline:
        """Return the line with a capital first letter, unless that is of something repeated."""
        if not self.spans or self.spans[0].foreign:
            return self
        first = self.spans[0].text
        return Inline((Span(first[:1].upper() + first[1:]), *self.spans[1:]))


def own(text: str) -> Inline:
    """Return a line of words of the language itself, made safe to show all the same."""
    return Inline((Span(shown(one_line(text, limit=_LONGEST))),)) if text else Inline()


def foreign(text: str, *, limit: int = _LONGEST) -> Inline:
    """Return a name, a citation or an answer, made safe to show and cut at `limit` characters.

    Names that may pass for others are in both forms: see :func:`depgraph.names.display`.
    """
    line = shown(one_line(text, limit=limit))
    return Inline((Span(line, foreign=True),)) if text else Inline()


def source(citation: str, *, limit: int = _LONGEST) -> Inline:
    """Return a citation, as :func:`foreign` does: web addresses in it are links on a page."""
    return Inline(
        tuple(replace(span, linked=True) for span in foreign(citation, limit=limit).spans)
    )


def typed(text: str) -> Inline:
    """Return what somebody may type as it stands: a name in a command."""
    return Inline((Span(one_line(text, limit=_LONGEST), foreign=True),)) if text else Inline()


def join(separator: str, parts: Iterable[Inline]) -> Inline:
    """Return lines as one, with a separator of the language between those that are not empty."""
    spans: list[Span] = []
    for part in filter(None, parts):
        if spans:
            spans.append(Span(separator))
        spans += part.spans
    return Inline(tuple(spans))

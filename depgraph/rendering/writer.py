"""The words of a language, and the sources that one text cites by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depgraph.observations import as_cited
from depgraph.rendering.blocks import Block, Heading, Listing
from depgraph.texts import Words, words
from depgraph.texts.inline import Inline, source

_SHORT: Final = 40  # characters of a citation that stays in its line
_CITED: Final = 4000  # characters of a citation, the most that a graph keeps


class Writer:
    """Writes one text in one language.

    Parameters
    ----------
    lang
        A language of :func:`depgraph.texts.languages`.

    Raises
    ------
    QuestionError
        If there is no such language.
    """

    def __init__(self, lang: str) -> None:
        self.words: Words = words(lang)
        self._numbers: dict[str, int] = {}

    def say(self, code: str, /, **data: Inline | str | float) -> Inline:
        """Return a sentence or phrase: see :meth:`depgraph.texts.Words.line`."""
        return self.words.line(code, **data)

    def number(self, citations: Iterable[str]) -> None:
        """Give citations their numbers, whether they are long or short."""
        for citation in map(as_cited, citations):
            self._numbers.setdefault(citation, len(self._numbers) + 1)

    def cite(self, citation: str) -> Inline:
        """Return a short citation itself, a long one as its number among the sources."""
        citation = as_cited(citation)
        if len(citation) <= _SHORT and citation not in self._numbers:
            return source(citation)
        number = self._numbers.setdefault(citation, len(self._numbers) + 1)
        return self.say("cite", number=number)

    def sources(self) -> list[Block]:
        """Return the list of the sources that were cited by number; nothing where none was."""
        if not self._numbers:
            return []
        items = tuple(source(citation, limit=_CITED) for citation in self._numbers)
        return [Heading(2, self.say("sources")), Listing(items)]

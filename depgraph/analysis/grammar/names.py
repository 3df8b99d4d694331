"""Who is named in a clause, and what the words for them mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from depgraph.analysis.grammar.patterns import EDGE, TOKEN, Grammar
from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.errors import QuestionError
from depgraph.folding import fold
from depgraph.names import registered_domain

REACH: Final = 10
"""Words between what is said and the first of whom it is said."""
_MOST_WORDS: Final = 8
"""Of a name."""
_SHORT: Final = 4
"""Letters of a word in small letters that may be a code or any other word."""
_QUOTES: Final = re.compile('["“”«»„]')


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a sentence, as written."""

    start: int
    end: int
    words: str

    @property
    def name(self) -> str:
        """The words without quotation marks."""
        return _QUOTES.sub("", self.words)


@dataclass
class Names:
    """Finds who is named in the clauses of a sentence.

    Parameters
    ----------
    grammar
        Of the language.
    lexicon
        What words mean.
    known
        What words mean that were looked up: the same few are, again and again.
    """

    grammar: Grammar
    lexicon: Lexicon
    known: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)

    def is_land(self, text: str) -> bool:
        """Tell whether a word means a country, or a group of countries."""
        groups = self.lexicon.catalogue.groups
        several = self.meanings_of(text)
        return bool(several) and all(
            one.kind == "country" or (one.kind == "group" and groups[one.id].kind == "countries")
            for one in several
        )

    def beside(
        self,
        clause: str,
        start: int,
        end: int,
        *,
        backward: bool = False,
        guess: bool = True,
        reach: int = REACH,
    ) -> list[Actor]:
        """Return the actors that stand together next to a cue.

        Words that name nobody as a whole are looked through for names; where there are none,
        they are returned as they are, so that whoever asks says that they name nobody.
        """
        whole = self._trimmed(clause, start, end)
        if whole is None:
            return []
        if self.meanings_of(whole.words):
            return [whole]
        spotted = list(self.within(clause, start, end))
        if not spotted:
            # "on free software and does not ...": what follows is said of somebody else.
            # A stroke within a word parts nothing ("192.0.2.0/24").
            joins = self.grammar.together.finditer(whole.words)
            end_of_first = next((join.start() for join in joins if join[0] != "/"), None)
            first = whole.words[:end_of_first].strip(EDGE)
            return [Actor(whole.start, whole.start + len(first), first)] if guess and first else []
        if backward:
            spotted.reverse()
        chosen = spotted[:1]
        if not backward and len(TOKEN.findall(clause[start : chosen[0].start])) > reach:
            return []
        between = clause[start : chosen[0].start]
        if not backward and self.grammar.inside.search(between):
            first = self.grammar.inside.sub("", between).strip(EDGE)
            if first and first != first.lower():  # by somebody whom we do not know, in a place
                begin = clause.index(first, start)
                return [Actor(begin, begin + len(first), first)]
        for actor in spotted[1:]:
            left, right = sorted((chosen[-1], actor), key=lambda side: side.start)
            if not self.grammar.together.fullmatch(clause[left.end : right.start]):
                break
            chosen.append(actor)
        return sorted(chosen, key=lambda actor: actor.start)

    @staticmethod
    def _trimmed(clause: str, start: int, end: int) -> Actor | None:
        text = clause[start:end]
        inner = text.strip(EDGE)
        if not inner:
            return None
        start += text.index(inner)
        return Actor(start, start + len(inner), inner)

    def within(self, clause: str, start: int, end: int) -> Iterator[Actor]:
        """Yield the names in some words, the longest first; names do not cross punctuation."""
        tokens = list(TOKEN.finditer(clause, start, end))
        number = 0
        while number < len(tokens):
            for size in range(min(_MOST_WORDS, len(tokens) - number), 0, -1):
                first, last = tokens[number].start(), tokens[number + size - 1].end()
                words_of = clause[first:last]
                bare = re.sub(r"(?:['’]s|[.:'’]+)$", "", words_of.strip(EDGE))
                gaps = [
                    clause[a.end() : b.start()]
                    for a, b in zip(
                        tokens[number : number + size - 1],
                        tokens[number + 1 : number + size],
                        strict=False,
                    )
                ]
                ends = self.grammar.article.fullmatch(f"{tokens[number + size - 1][0]} ")
                if not ends and all(map(str.isspace, gaps)) and self._is_name(bare):
                    offset = first + words_of.index(bare)
                    yield Actor(offset, offset + len(bare), bare)
                    number += size
                    break
            else:
                number += 1

    def besides(self, clause: str, used: list[tuple[int, int]]) -> Iterator[Actor]:
        """Yield who is named where no cue has been."""
        for actor in self.within(clause, 0, len(clause)):
            if all(actor.end <= start or end <= actor.start for start, end in used):
                yield actor

    def _is_name(self, text: str) -> bool:
        """Tell whether words in running text name somebody other than the service itself."""
        if not text or fold(text) in self._own:
            return False
        found = self.meanings_of(text)
        if text != text.lower():
            return bool(found) and fold(text) not in self._plain_words
        named = {one.kind for one in found} & {"group", "country"}
        return bool(named) and (len(text) > _SHORT or "group" in named)

    def meanings_of(self, text: str) -> tuple[Meaning, ...]:
        """Return whom words may mean; nobody if they name nobody."""
        if text not in self.known:
            try:
                self.known[text] = self.lexicon.meanings(text)
            except QuestionError:  # a number that is nobody's: said to whoever asks about it
                self.known[text] = ()
        return self.known[text]

    @property
    def of_service(self) -> tuple[str, ...]:
        """What the service is called: its name, the domain that is in, and the first label of each."""
        model = self.lexicon.model
        subject = str(model.about.get("subject", "")) if model is not None else ""
        names = (subject, registered_domain(subject) or "") if subject else ()
        several = (one for name in names for one in (name, name.partition(".")[0]))
        return tuple(dict.fromkeys(filter(None, several)))

    @property
    def _own(self) -> frozenset[str]:
        return frozenset(map(fold, self.of_service))

    @property
    def _plain_words(self) -> frozenset[str]:
        """Words that begin sentences and are in the grammar; a name may be like one of them."""
        claims = self.grammar.claims
        return frozenset(fold(text) for text in (*claims.functions, *claims.levels))

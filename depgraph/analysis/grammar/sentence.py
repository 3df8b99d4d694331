"""A claim read in any language there is a file for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from depgraph.analysis.grammar.forms import Form, Statement, Untestable, Untested
from depgraph.analysis.grammar.patterns import TOKEN, WORD, grammar_of
from depgraph.analysis.grammar.reader import Reader
from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.errors import QuestionError
from depgraph.folding import fold
from depgraph.providers import load as load_catalogue
from depgraph.spelling import slip
from depgraph.text_safety import quote
from depgraph.texts import languages, words
from depgraph.texts.refusals import near, refuse, said

_LONGEST: Final = 2000
_NO_SLIP: Final = 5
"""Letters of the shortest word that may be a misspelt one."""


def read_claim(text: str, lexicon: Lexicon | None = None) -> Statement:
    """Read what a sentence says of who is behind a service, in any language there is a file for.

    Parameters
    ----------
    text
        The sentence, or several.
    lexicon
        What words mean; the shipped catalogue without a graph if None.

    Raises
    ------
    QuestionError
        If nothing in it can be tested: the message says why, and what can.

    Examples
    --------
    >>> said = read_claim("not reliant on so-called Big Tech for its operations").claims
    >>> [(one.form.value, one.actors) for one in said]
    [('cannot-stop', 'so-called Big Tech')]
    >>> [one.value for one in read_claim("web does not depend on Microsoft").claims[0].functions]
    ['web', 'web-www']
    >>> read_claim("no single country can take it down").claims[0].level
    'country'
    >>> read_claim("hosted in Germany").untested[0].why.value
    'place'
    """
    plain = " ".join(text[:_LONGEST].split())
    known = lexicon or Lexicon(load_catalogue())
    meanings: dict[str, tuple[Meaning, ...]] = {}
    readings = [Reader.of(grammar_of(lang), known, meanings).read(plain) for lang in languages()]
    best = max(readings, key=_understood)
    if not (_is_clear(best) or _undirected(best)) and (meant := _respelt(plain, known)):
        raise _nothing(text, best.untested, [repr(meant)])
    if not best.claims:
        raise _nothing(text, best.untested, known.misspelt(plain, ordinary=_ordinary()))
    return best


def _is_clear(statement: Statement) -> bool:
    """Tell whether something that can be tested is said of anybody."""
    return any(one.form is not Form.MENTION for one in statement.claims)


def _undirected(statement: Statement) -> int:
    """Return how many pieces are understood but for which way, or of whom, they are meant."""
    return sum(
        one.why in {Untestable.DIRECTION, Untestable.OF_ANOTHER} for one in statement.untested
    )


def _respelt(plain: str, known: Lexicon) -> str:
    """Return a sentence with one word spelt otherwise, if it can be tested then; or nothing."""
    for grammar in map(grammar_of, languages()):
        spelt = grammar.claims.spelt
        for found in TOKEN.finditer(plain):
            word = found[0].casefold()
            if len(word) < _NO_SLIP or word in spelt or not (meant := slip(word, spelt)):
                continue
            other = plain[: found.start()] + meant + plain[found.end() :]
            if _is_clear(Reader.of(grammar, known).read(other)):
                return other
    return ""


def _understood(statement: Statement) -> tuple[int, int, int]:
    """Weigh a reading: what of it is understood, whom it names, what it sets aside."""
    clear = sum(one.form is not Form.MENTION for one in statement.claims)
    clear += _undirected(statement)
    aside = sum(one.why is not Untestable.UNREAD for one in statement.untested)
    return clear, len(statement.claims), aside


def _nothing(text: str, untested: Iterable[Untested], meant: Sequence[str]) -> QuestionError:
    """Return why nothing in a sentence can be tested, and the nearest that can.

    `meant` are misspelt names that may have been meant.
    """
    reasons = tuple(
        said("refused.claim.because", words=quote(one.words), why=said(f"untested.{one.why.value}"))
        for one in untested
        if one.why is not Untestable.UNREAD
    )
    because = said("refused.claim.reasons", reasons=reasons) if reasons else ""
    return refuse(QuestionError, "claim", found=repr(text), because=because, near=near(meant))


@cache
def _ordinary() -> frozenset[str]:
    """Return the words that occur in claims and in our own texts in small letters: no names.

    "Our own mail servers" does not misspell Serverius.
    """
    texts = (text for lang in languages() for text in words(lang).values())
    ours = (word for text in texts for word in WORD.findall(text) if word.islower())
    return frozenset(map(fold, ours)).union(*(grammar_of(lang).vocabulary for lang in languages()))

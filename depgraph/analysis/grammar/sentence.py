"""A claim read in any language there is a file for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depgraph.analysis.grammar.forms import Form, Statement, Untestable, Untested
from depgraph.analysis.grammar.patterns import TOKEN, grammar_of
from depgraph.analysis.grammar.reader import Reader
from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.errors import QuestionError
from depgraph.providers import load as load_catalogue
from depgraph.spelling import perhaps, slip
from depgraph.text_safety import quote
from depgraph.texts import languages, words

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
        raise QuestionError(_nothing(text, best.untested, perhaps([repr(meant)])))
    if not best.claims:
        raise QuestionError(_nothing(text, best.untested, perhaps(known.misspelt(plain))))
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


def _nothing(text: str, untested: Iterable[Untested], meant: str) -> str:
    """Return why nothing in a sentence can be tested, and the nearest that can.

    `meant` asks whether a misspelt name was meant.
    """
    why = words("en").say
    reasons = "; ".join(
        f"{quote(one.words)} {why(f'untested.{one.why.value}')}"
        for one in untested
        if one.why is not Untestable.UNREAD
    )
    return (
        "expected a claim such as 'independent of big-tech', 'not reliant on Big Tech', "
        "'mail does not depend on Microsoft', 'depends on AS16509', 'Amazon cannot stop web', "
        "'free of US', 'hosted in Europe' or 'no single company can take it down', "
        f"found {text!r}, which says nothing that can be tested"
        f"{f' ({reasons})' if reasons else ''}: say of whom, or what nobody can do alone{meant}"
    )

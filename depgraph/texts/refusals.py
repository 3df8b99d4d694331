"""What is refused, so that it can be said in any language: an error keeps its code and its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from depgraph.errors import DepgraphError
from depgraph.texts import Words, words
from depgraph.texts.inline import Inline, join, own, typed

_Error = TypeVar("_Error", bound=DepgraphError)


@dataclass(frozen=True, slots=True)
class Said:
    """A text by its code.

    Parameters
    ----------
    code
        Of the text.
    data
        What stands in its placeholders: texts as they are, numbers, others of these, or several of
        them, between which semicolons stand.
    """

    code: str
    data: tuple[tuple[str, object], ...] = ()


def said(code: str, /, **data: object) -> Said:
    """Return a text by its code, with what stands in it."""
    return Said(code, tuple(data.items()))


def near(several: Sequence[str]) -> Said | str:
    """Return the end of a refusal that asks whether one of some choices was meant; or nothing."""
    return said("refused.near", near=", ".join(several)) if several else ""


def in_words(what: object, w: Words) -> Inline:
    """Return what was said in a language."""
    if isinstance(what, Said):
        data = {k: v if isinstance(v, int | float) else in_words(v, w) for k, v in what.data}
        return w.line(what.code, **data)
    if isinstance(what, tuple):
        return join(w["list.semicolon"], [in_words(one, w) for one in what])
    return own(w.number(what)) if isinstance(what, int | float) else typed(str(what))


def refuse(kind: type[_Error], code: str, /, **data: object) -> _Error:
    r"""Return an error whose message is in English, and can be said in another language.

    Parameters
    ----------
    kind
        Of the error.
    code
        Of the text, without ``refused.``.
    **data
        As of :class:`Said`.

    >>> from depgraph.errors import QuestionError
    >>> error = refuse(QuestionError, "level", levels="company, country", found="'x'")
    >>> str(error), of_error(error, words("fr"))[-12:]
    ("expected a level among company, country, found 'x'", "trouvé\xa0: 'x'")
    """
    what = said(f"refused.{code}", **data)
    error = kind(str(in_words(what, words("en"))))
    error.said = what
    return error


def of_error(error: DepgraphError, w: Words) -> str:
    """Return what an error says in a language; in English where it is of what a file holds."""
    return str(in_words(error.said, w)) if error.said else str(error)

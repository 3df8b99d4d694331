"""Countries: the codes of ISO 3166-1, and what they are called in each language.

The names are the languages' (:mod:`depgraph.texts`), each with all codes as in ``iso3166.tab``
of the time zone database 2025b. A name that two countries share ("Congo") is that of both, so
that nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from depgraph.folding import fold
from depgraph.texts import languages, words
from depgraph.texts.language import Country

_DOTTED: Final = re.compile(r"(?:[A-Z]\.){2}")
_INVARIABLE: Final = ("s", "x", "z", "ch", "sh", "ese")
_RESERVED: Final[Mapping[str, str]] = {"UK": "GB"}
"""Codes that ISO 3166 reserves for a country under another code."""


def codes() -> frozenset[str]:
    """Return the codes that ISO 3166-1 has assigned; not those it reserves (``UK``, ``EU``)."""
    return frozenset(words("en").countries)


def code_of(text: str) -> str | None:
    """Return the code of a country that is written as a code; None if it is none.

    Small letters are no code: "it", "us" and "de" are words.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-2.

    Examples
    --------
    >>> code_of("DE"), code_of("UK"), code_of("U.S."), code_of("ZZ"), code_of("us")
    ('DE', 'GB', 'US', None, None)
    """
    bare = text.replace(".", "") if _DOTTED.fullmatch(text) else text
    code = _RESERVED.get(bare, bare)
    return code if code in codes() else None


def named(text: str) -> frozenset[str]:
    """Return the codes of the countries that a name or an adjective stands for.

    Parameters
    ----------
    text
        A name or an adjective, singular or plural, in any language.

    Returns
    -------
    frozenset of str
        Empty if it names none; several if countries share the name.

    Examples
    --------
    >>> sorted(named("Allemagne")), sorted(named("Americans")), sorted(named("Korean"))
    (['DE'], ['US'], ['KP', 'KR'])
    """
    return by_name().get(fold(text), frozenset())


@cache
def by_name() -> Mapping[str, frozenset[str]]:
    """Return the codes by every folded name and adjective, in all languages together."""
    found: dict[str, set[str]] = {}
    for lang in languages():
        for code, country in words(lang).countries.items():
            for text in _spellings(country):
                found.setdefault(fold(text), set()).add(code)
    return {text: frozenset(several) for text, several in found.items()}


def _spellings(country: Country) -> Iterator[str]:
    """Yield what a country is called, plurals and written-out ampersands included."""
    for text in (country.name, *country.also):
        yield text
        if "&" in text:
            yield text.replace("&", "and")
    for text in country.adjectives:
        yield text
        if not text.endswith(_INVARIABLE):
            yield f"{text}s"

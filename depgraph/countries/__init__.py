"""Countries: the codes of ISO 3166-1, their names and adjectives by language.

Each language is a file beside this one (``en.csv``, ``fr.csv``), with a row for each country:

* ``code``: ISO 3166-1 alpha-2, as in ``iso3166.tab`` of the time zone database 2025b.
* ``name``: as the Unicode CLDR gives it, by Babel 2.19 (of ``SH``, Saint Helena alone).
* ``also``: other names in use, separated by semicolons.
* ``adjectives``: what its companies and its law are called, in the singular, separated by
  semicolons.

A name that two countries share ("Congo") stands in both rows, so that nobody guesses.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from depgraph.folding import fold

_DOTTED: Final = re.compile(r"(?:[A-Z]\.){2}")
_INVARIABLE: Final = ("s", "x", "z", "ch", "sh", "ese")
_RESERVED: Final[Mapping[str, str]] = {"UK": "GB"}
"""Codes that ISO 3166 reserves for a country under another code."""


def codes() -> frozenset[str]:
    """Return the codes that ISO 3166-1 has assigned; not those it reserves (``UK``, ``EU``)."""
    return frozenset(_table("en"))


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
        A name or an adjective, singular or plural, in any language there is a file for.

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
        for code, row in _table(lang).items():
            for text in _spellings(row):
                found.setdefault(fold(text), set()).add(code)
    return {text: frozenset(several) for text, several in found.items()}


def name(code: str, lang: str = "en") -> str:
    """Return the name of a country.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2.
    lang
        Where there is no file for the language, the English name is returned.

    Raises
    ------
    KeyError
        If there is no country of that code.

    Examples
    --------
    >>> name("CH", "fr")
    'Suisse'
    """
    return _table(lang if lang in languages() else "en")[code]["name"]


def country(label: str, lang: str) -> str:
    """Return the name of a country whose code is known; anything else as it is.

    >>> country("CH", "fr"), country("Atlantis", "en")
    ('Suisse', 'Atlantis')
    """
    return name(label, lang) if label in codes() else label


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are files for."""
    return tuple(sorted(_files()))


def _files() -> dict[str, Traversable]:
    folder = resources.files("depgraph.countries")
    return {
        entry.name.removesuffix(".csv"): entry
        for entry in folder.iterdir()
        if entry.name.endswith(".csv")
    }


@cache
def _table(lang: str) -> Mapping[str, Mapping[str, str]]:
    lines = _files()[lang].read_text("utf-8").splitlines()
    return {row["code"]: row for row in csv.DictReader(lines)}


def _spellings(row: Mapping[str, str]) -> Iterator[str]:
    """List what a row's country is called, plurals and written-out ampersands included."""
    for text in (row["name"], *_several(row["also"])):
        yield text
        if "&" in text:
            yield text.replace("&", "and")
    for text in _several(row["adjectives"]):
        yield text
        if not text.endswith(_INVARIABLE):
            yield f"{text}s"


def _several(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]

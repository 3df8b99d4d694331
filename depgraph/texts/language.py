"""What a language has besides its texts: how it names countries, and how it makes claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """What a country is called in a language.

    Parameters
    ----------
    name
        Its name.
    also
        Other names in use.
    adjectives
        What its companies and its law are called, in the singular.
    """

    name: str
    also: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """How public claims are written in a language: regular expressions, and the words in them.

    Parameters
    ----------
    functions
        What functions are called -> the function: ``web``, ``mail``, ``name``.
    levels
        What actors are called -> their level.
    parts
        Names of expressions that several forms share; one may name those before it.
    forms
        What a claim says (:class:`depgraph.analysis.grammar.Form`), and how it is written.
        ``{function}`` and ``{level}`` are the words above, other names in braces are parts.
        Groups are ``lead`` or ``what`` (a function), ``level`` and ``who``.
    articles
        What stands before a name and is no part of it.
    law
        How the companies, or the law, of a country are called: with a group ``land``.
    """

    functions: Mapping[str, str]
    levels: Mapping[str, str]
    parts: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    articles: str
    law: tuple[str, ...]

"""The claims that can be checked, as people write them: the words are the languages'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from depgraph.errors import QuestionError
from depgraph.texts import languages, words
from depgraph.texts.language import Claims
from depgraph.vocabulary import Function, functions_like


class Form(StrEnum):
    """What a claim says."""

    CANNOT_STOP = "cannot-stop"  # independent of X: X together cannot stop it
    CAN_STOP = "can-stop"  # depends on X: X together can stop it
    NOT_ON_PATH = "not-on-path"  # free of X: none of X is on any path
    NOBODY_ALONE = "nobody-alone"  # no single company can stop it


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that was read.

    Parameters
    ----------
    form
        What it says.
    actors
        About whom, as written; empty for ``nobody-alone``.
    level
        For ``nobody-alone``.
    functions
        The functions it speaks of, at whatever host name; empty: all.
    """

    form: Form
    actors: str = ""
    level: str = "company"
    functions: tuple[Function, ...] = ()


_NAME: Final = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The claims of one language, compiled."""

    claims: Claims
    forms: tuple[tuple[Form, re.Pattern[str]], ...]


@cache
def _grammar(lang: str) -> _Grammar:
    claims = words(lang).claims
    parts = {"function": _any_of(claims.functions), "level": _any_of(claims.levels)}
    for name, pattern in claims.parts.items():
        parts[name] = _filled(pattern, parts)
    forms = tuple(
        (Form(form), re.compile(_filled(pattern, parts), re.IGNORECASE))
        for form, pattern in claims.forms
    )
    return _Grammar(claims, forms)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the shared parts into an expression where it names them in braces."""
    return _NAME.sub(lambda match: parts[match[1]], pattern)


def _any_of(several: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, several), key=len, reverse=True))


def read_claim(text: str) -> Claim:
    """Read a claim in any language there is a file for.

    Raises
    ------
    QuestionError
        If it has none of the forms: the message lists them.

    Examples
    --------
    >>> read_claim("independent of big-tech").actors
    'big-tech'
    >>> read_claim("not reliant on so-called Big Tech").actors
    'so-called Big Tech'
    >>> [one.value for one in read_claim("web does not depend on Microsoft").functions]
    ['web', 'web-www']
    >>> read_claim("no single country can take it down").level
    'country'
    """
    plain = " ".join(text.strip().rstrip(".!").split())
    for lang in languages():
        grammar = _grammar(lang)
        for form, pattern in grammar.forms:
            match = pattern.fullmatch(plain)
            if match is not None:
                return _claim(form, match.groupdict(), grammar.claims)
    raise QuestionError(
        "expected a claim such as 'independent of big-tech', 'not reliant on Big Tech', "
        "'mail does not depend on Microsoft', "
        "'depends on AS16509', 'Amazon cannot stop web', 'free of US' or 'no single company can "
        f"take it down', found {text!r}"
    )


def _claim(form: Form, parts: Mapping[str, str | None], claims: Claims) -> Claim:
    what = (parts.get("lead") or parts.get("what") or "").casefold()
    level = (parts.get("level") or "").casefold()
    function = claims.functions.get(what, "")
    return Claim(
        form=form,
        actors=(parts.get("who") or "").strip(" \"'“”«»"),
        level=claims.levels.get(level, "company"),
        functions=functions_like(Function(function)) if function else (),
    )

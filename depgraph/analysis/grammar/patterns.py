"""The words of each language for claims, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from depgraph.analysis.grammar.forms import Untestable
from depgraph.analysis.polarity import Force
from depgraph.texts import languages, words
from depgraph.texts.language import Claims, Cue
from depgraph.vocabulary import Layer

TOKEN: Final = re.compile(r"[^\s,;()\"“”«»?!]+")
EDGE: Final = " \t\"'“”«»‹›„:,.()–—-"
"""What may stand around words and is none of them."""
_NAME: Final = re.compile(r"\{([a-z]+)\}")
_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Grammar:
    """The claims of one language, compiled."""

    claims: Claims
    cues: tuple[tuple[Cue, re.Pattern[str]], ...]
    function: re.Pattern[str]
    things: re.Pattern[str]
    further: re.Pattern[str]
    owned: re.Pattern[str]
    too: re.Pattern[str]
    anew: re.Pattern[str]
    sending: re.Pattern[str]
    untested: tuple[tuple[Untestable, re.Pattern[str]], ...]
    tail: re.Pattern[str]
    together: re.Pattern[str]
    affirms: re.Pattern[str]
    denies: re.Pattern[str]
    acts: tuple[tuple[tuple[Layer, re.Pattern[str]], ...], ...]
    joint: re.Pattern[str]
    inside: re.Pattern[str]
    alternative: re.Pattern[str]
    operators: tuple[tuple[Force, re.Pattern[str]], ...]
    half: re.Pattern[str]
    closes: re.Pattern[str]
    concerning: re.Pattern[str]
    another: re.Pattern[str]
    of_another: re.Pattern[str]
    own_phrase: re.Pattern[str]
    joined: re.Pattern[str]
    either: re.Pattern[str]
    whichever: re.Pattern[str]
    other_function: re.Pattern[str]
    outcome: re.Pattern[str]
    asks: re.Pattern[str]
    breaks: re.Pattern[str]
    belonging: tuple[tuple[str, str], ...]
    anybody: re.Pattern[str]
    able: re.Pattern[str]
    article: re.Pattern[str]
    outside: re.Pattern[str]
    jointly: re.Pattern[str]
    beside: tuple[tuple[Layer, re.Pattern[str], re.Pattern[str]], ...]
    subject: re.Pattern[str]
    vocabulary: frozenset[str]

    def of_service(self, names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Return how a service of these names is named beside what it has."""
        return _of_service(self.belonging, names)


@cache
def grammar_of(lang: str) -> Grammar:
    """Return the claims of a language (``en``), compiled once."""
    claims = words(lang).claims
    parts = {
        "function": _any_of(claims.functions),
        "level": _any_of(claims.levels),
        "profile": claims.profiles,
        "called": rf"(?P<who>(?-i:{_CAPITAL})[\w&-]*(?:\s+(?-i:{_CAPITAL})[\w&-]*){{0,2}}|[\w-]+(?:\.[\w-]+)+)",
    }
    for name, pattern in claims.parts.items():
        parts[name] = _filled(pattern, parts)
    several = [rf"(?P<{layer}>{_filled(how, parts)})" for layer, how in claims.things.items()]
    several.append(rf"(?P<what>{parts['function']})(?!{claims.not_function})")
    thing = rf"(?:{'|'.join(several)})(?![\w-])"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(_filled(pattern, parts), re.IGNORECASE)

    return Grammar(
        claims,
        # A cue is whole words: "built with" is not in "built without".
        tuple(
            (cue, compiled(rf"(?<!\w)(?:{cue.pattern})(?:(?<=\W)|(?!\w))")) for cue in claims.cues
        ),
        compiled(
            rf"(?:^|(?<!\w)(?:{claims.possessive})\s*)(?P<what>{{function}})(?![\w-]|{claims.not_function})"
        ),
        compiled(rf"(?:^|(?<!\w)(?:{claims.possessive})\s*){thing}"),
        compiled(rf"(?:{claims.together})(?:(?:{claims.possessive})\s*){{0,2}}{thing}"),
        compiled(rf"(?:{claims.owning})\s+\w|{thing}"),
        compiled(claims.too),
        compiled(claims.anew),
        compiled(claims.sending),
        tuple((Untestable(why), compiled(rf"(?<!\w)(?:{said})")) for why, said in claims.untested),
        compiled(claims.tail),
        compiled(claims.together),
        compiled(rf"(?:{claims.affirms})$"),
        compiled(rf"(?:{claims.denies})$"),
        tuple(
            tuple((Layer(layer), compiled(rf"(?<!\w){act}(?!\w)")) for act, layer in one.items())
            for one in claims.acts
        ),
        compiled(rf"(?:{claims.together})(?:(?:{claims.possessive})\s+)?"),
        compiled(claims.inside),
        compiled(claims.alternative),
        tuple((Force(force), compiled(how)) for force, how in claims.operators),
        compiled(claims.half),
        compiled(claims.closes),
        compiled(claims.concerning),
        compiled(rf"\s+(?:{claims.another})(?!\w)"),
        compiled(
            rf"(?:^|(?<!\w))(?:{claims.another})(?:\s*,[^,;]*,)?(?:\s+(?:{claims.meanwhile}))*\s*$"
        ),
        compiled(claims.own_phrase),
        compiled(claims.joined),
        compiled(claims.either),
        compiled(claims.whichever),
        compiled(claims.other_function),
        compiled("{stay}|{fall}|{stop}|{stopped}"),
        compiled(claims.asks),
        compiled(claims.breaks),
        tuple((_filled(how, parts | {"service": "{service}"}), to) for how, to in claims.belonging),
        compiled(claims.anybody),
        compiled(r"(?:\s+\w\w)?\s+{can}(?:\s+[\w’'-]+){0,5}?\s+(?:l['’]\s*)?{stop}"),
        compiled(claims.articles),
        compiled(rf"(?:{claims.outside})$"),
        compiled(claims.jointly),
        tuple(
            (Layer(layer), compiled(rf"(?:{before})$"), compiled(after))
            for layer, (before, after) in claims.beside.items()
        ),
        compiled(rf"\s*{claims.subject}\s*"),
        _vocabulary(claims),
    )


def _vocabulary(claims: Claims) -> frozenset[str]:
    """Return the words that occur in the expressions of a language, in small letters."""
    several: list[str] = [claims.tail, claims.anybody, claims.articles, *claims.parts.values()]
    several += [*claims.functions, *claims.levels]
    several += [cue.pattern for cue in claims.cues]
    several += [how for _, how in (*claims.operators, *claims.untested)]
    return frozenset(word.casefold() for text in several for word in WORD.findall(text))


def asks(clause: str) -> bool:
    """Tell whether a clause, with the mark that ends it, asks who or what, in any language."""
    return any(grammar_of(lang).asks.fullmatch(clause) for lang in languages())


@cache
def _of_service(
    belonging: tuple[tuple[str, str], ...], names: tuple[str, ...]
) -> tuple[tuple[re.Pattern[str], str], ...]:
    # A service without names is still "the service": its names match nothing.
    either = rf"(?:{_any_of(names) or '(?!)'})(?![\w-]|\.\w)"
    return tuple(
        (re.compile(how.replace("{service}", either), re.IGNORECASE), to) for how, to in belonging
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the shared parts into an expression where it names them in braces."""
    return _NAME.sub(lambda match: parts[match[1]], pattern)


def _any_of(several: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, several), key=len, reverse=True))

"""What people say of who is behind a service, read piece by piece: the words are the languages'.

A sentence is read clause by clause. A *cue* ("relies on", "hosted by", "can shut down") says
something of the actors beside it. Each word of denial, exception or limit that may reach it
(:mod:`depgraph.analysis.polarity`) is composed with it; where one is not, nobody has said which
way it is meant, and the piece is not read. A contrast ("not by A but by B") says the opposite of
whoever comes after. An actor whom nothing that we know is said of is kept as a mention. What no
evidence of ours can show ("durable", "more independent", what will be) is kept with the reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Final

from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.analysis.polarity import (
    AFTERWARDS,
    BACKWARD,
    DENYING,
    Force,
    Operator,
    Polarity,
    compose,
    operators,
)
from depgraph.errors import QuestionError
from depgraph.folding import fold
from depgraph.providers import catalogue as catalogues
from depgraph.providers.rules import LEGAL_FORMS
from depgraph.spelling import perhaps, slip
from depgraph.text_safety import quote
from depgraph.texts import languages, words
from depgraph.texts.language import Claims, Cue
from depgraph.vocabulary import Function, Layer, functions_like


class Form(StrEnum):
    """What a piece of a claim says."""

    CANNOT_STOP = "cannot-stop"  # independent of X: X together cannot stop it
    CAN_STOP = "can-stop"  # depends on X: X together can stop it
    NOT_ON_PATH = "not-on-path"  # free of X, does not use X: none of X is on any path
    ON_PATH = "on-path"  # uses X: one of X is on a path
    NOBODY_ALONE = "nobody-alone"  # no single company can stop it
    SOMEBODY_ALONE = "somebody-alone"  # one company alone can stop it
    DONE_BY = "done-by"  # hosted by X: one of X has that role
    NOT_DONE_BY = "not-done-by"  # not hosted by X: none of X has it
    NOBODY_ELSE = "nobody-else"  # only X can stop it: nobody who is not of X can alone
    ALL_DONE_BY = "all-done-by"  # hosted only by X: all who have that role are of X
    UNDER_LAW = "under-law"  # hosted in Europe: all who have the role are bound by its law
    MENTION = "mention"  # X is named, and nothing is said of X that can be tested


OPPOSITE: Final[Mapping[Form, Form]] = {
    Form.CANNOT_STOP: Form.CAN_STOP,
    Form.CAN_STOP: Form.CANNOT_STOP,
    Form.NOT_ON_PATH: Form.ON_PATH,
    Form.ON_PATH: Form.NOT_ON_PATH,
    Form.NOBODY_ALONE: Form.SOMEBODY_ALONE,
    Form.SOMEBODY_ALONE: Form.NOBODY_ALONE,
    Form.DONE_BY: Form.NOT_DONE_BY,
    Form.NOT_DONE_BY: Form.DONE_BY,
    Form.UNDER_LAW: Form.NOT_DONE_BY,  # "not hosted in the US" is said of all of it
}
"""What a form says where it is denied."""
ALONE: Final = frozenset({Form.NOBODY_ALONE, Form.SOMEBODY_ALONE})
"""Forms about nobody in particular."""
OF_A_ROLE: Final = frozenset({Form.DONE_BY, Form.NOT_DONE_BY, Form.ALL_DONE_BY, Form.UNDER_LAW})
"""Forms about who does what."""
NEGATIVE: Final = frozenset(
    {Form.CANNOT_STOP, Form.NOT_ON_PATH, Form.NOBODY_ALONE, Form.NOT_DONE_BY}
)
"""Forms that hold of all who are meant where they hold of any: "not A or B" is neither."""
OF_THE_OTHERS: Final[Mapping[Form, Form]] = {
    Form.CAN_STOP: Form.NOBODY_ELSE,
    Form.DONE_BY: Form.ALL_DONE_BY,
}
"""What a form that is said of X only says of all others."""
ANY_OF: Final = frozenset({Form.ON_PATH, Form.DONE_BY, Form.UNDER_LAW})
"""Forms that can be tested of several of whom one is meant."""


class Untestable(StrEnum):
    """Why words of a claim cannot be tested."""

    QUALITY = "quality"  # a quality that has no measure here: "durable"
    NOBODY_NAMED = "nobody-named"  # "independent": of whom is not said
    COMPARATIVE = "comparative"  # "more independent": than when, or than whom
    FUTURE = "future"  # what will be, or is meant to be
    PLACE = "place"  # where machines stand: the law over who runs them is tested
    NO_ACTOR = "no-actor"  # somebody is named whom neither the graph nor the catalogue has
    EXCLUSIVE = "exclusive"  # "only": that it is so of nothing else
    SHARE = "share"  # "partly", "mostly": how much of it
    TIME = "time"  # "since 2013", "on weekdays": at other times than the days of the recording
    DIRECTION = "direction"  # a denial, exception or limit: which way it is meant is not read
    UNREAD = "unread"  # says nothing that is read here


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of a claim that was read.

    Parameters
    ----------
    form
        What it says.
    actors
        About whom, as written; empty for the forms about nobody in particular.
    others
        More of them, of whom one is meant ("A or B").
    level
        For those.
    functions
        The functions it speaks of, at whatever host name; empty: all.
    layer
        What is done, for the forms about who does what.
    words
        Those that it was read from.
    """

    form: Form
    actors: str = ""
    others: tuple[str, ...] = ()
    level: str = "company"
    functions: tuple[Function, ...] = ()
    layer: Layer | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Untested:
    """Words of a claim that were not tested.

    Parameters
    ----------
    words
        As written.
    why
        Why they cannot be tested.
    """

    words: str
    why: Untestable


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that was read: what of it can be tested, and what cannot."""

    claims: tuple[Claim, ...] = ()
    untested: tuple[Untested, ...] = ()


_NAME: Final = re.compile(r"\{([a-z]+)\}")
_TOKEN: Final = re.compile(r"[^\s,;()\"“”«»?!]+")
_QUOTES: Final = re.compile('["“”«»„]')
_COMPARED: Final = 2
"""Words before what is said in which a comparison may stand."""
_MOST_WORDS: Final = 8
"""Of a name."""
_REACH: Final = 10
_NEAR: Final = 4
"""Words between what is said and the first of whom it is said; of a role."""
_BOUND: Final = 2
"""Words between a limit and whom it is of ("only by the ...")."""
_STATED: Final = 4
"""Words that make a statement of their own."""
_SHORT: Final = 4
"""Letters of a word in small letters that may be a code or any other word."""
_NO_SLIP: Final = 5
"""Letters of the shortest word that may be a misspelt one."""
_LONGEST: Final = 2000
_EDGE: Final = " \t\"'“”«»‹›„:,.()–—-"


@dataclass(frozen=True)
class _Grammar:
    """The claims of one language, compiled."""

    claims: Claims
    cues: tuple[tuple[Cue, re.Pattern[str]], ...]
    function: re.Pattern[str]
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
    closes: re.Pattern[str]
    concerning: re.Pattern[str]
    own_phrase: re.Pattern[str]
    joined: re.Pattern[str]
    either: re.Pattern[str]
    whichever: re.Pattern[str]
    other_function: re.Pattern[str]
    outcome: re.Pattern[str]
    breaks: re.Pattern[str]
    anybody: re.Pattern[str]
    able: re.Pattern[str]
    article: re.Pattern[str]


@cache
def _grammar(lang: str) -> _Grammar:
    claims = words(lang).claims
    parts = {
        "function": _any_of(claims.functions),
        "level": _any_of(claims.levels),
    }
    for name, pattern in claims.parts.items():
        parts[name] = _filled(pattern, parts)

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(_filled(pattern, parts), re.IGNORECASE)

    return _Grammar(
        claims,
        # A cue is whole words: "built with" is not in "built without".
        tuple(
            (cue, compiled(rf"(?<!\w)(?:{cue.pattern})(?:(?<=\W)|(?!\w))")) for cue in claims.cues
        ),
        compiled(
            rf"(?:^|(?<!\w)(?:{claims.possessive})\s*)(?P<what>{{function}})(?![\w-]|\s+server)"
        ),
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
        compiled(claims.closes),
        compiled(claims.concerning),
        compiled(claims.own_phrase),
        compiled(claims.joined),
        compiled(claims.either),
        compiled(claims.whichever),
        compiled(claims.other_function),
        re.compile(f"{parts['stay']}|{parts['fall']}", re.IGNORECASE),
        compiled(claims.breaks),
        compiled(claims.anybody),
        compiled(r"(?:\s+\w\w)?\s+{can}(?:\s+[\w’'-]+){0,5}?\s+(?:l['’]\s*)?{stop}"),
        compiled(claims.articles),
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the shared parts into an expression where it names them in braces."""
    return _NAME.sub(lambda match: parts[match[1]], pattern)


def _any_of(several: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, several), key=len, reverse=True))


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
    known = lexicon or Lexicon(catalogues.load())
    meanings: dict[str, tuple[Meaning, ...]] = {}
    readings = [_Reader(_grammar(lang), known, meanings).read(plain) for lang in languages()]
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
    """Return how many pieces are understood but for whether they are affirmed or denied."""
    return sum(one.why is Untestable.DIRECTION for one in statement.untested)


def _respelt(plain: str, known: Lexicon) -> str:
    """Return a sentence with one word spelt otherwise, if it can be tested then; or nothing."""
    for grammar in map(_grammar, languages()):
        spelt = grammar.claims.spelt
        for found in _TOKEN.finditer(plain):
            word = found[0].casefold()
            if len(word) < _NO_SLIP or word in spelt or not (meant := slip(word, spelt)):
                continue
            other = plain[: found.start()] + meant + plain[found.end() :]
            if _is_clear(_Reader(grammar, known).read(other)):
                return other
    return ""


def _is_of_name(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a full stop is that of a legal form within a sentence: *Alpha Inc. cannot*."""
    words_before = text[: stop.start()].split()
    rest = text[stop.end() :].lstrip()
    return (
        stop[0].startswith(".")
        and bool(words_before)
        and fold(words_before[-1]) in LEGAL_FORMS
        and rest[:1].islower()
    )


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


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue in a clause, at its place in the sentence."""

    start: int
    end: int
    cue: Cue
    match: re.Match[str]

    def covers(self, group: str, place: int) -> bool:
        """Tell whether a place is within a group of its expression, if it has one."""
        if group not in self.match.re.groupindex:
            return False
        start, end = self.match.span(group)
        return start <= place < end

    def holds(self, *groups: str) -> bool:
        """Tell whether its expression has groups of these names."""
        return all(one in self.match.re.groupindex for one in groups)


@dataclass(frozen=True, slots=True)
class _Actor:
    """Somebody in a sentence, as written."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What a cue was read as.

    Parameters
    ----------
    start, end
        Of the words that it was read from, the denial included.
    cue, polarity, compared, layers, functions
        What is said, and whether it is denied or a comparison.
    denied
        Whether the opposite is said.
    excepted
        Of whom the opposite is said.
    limited
        Of whom alone it is said, as written.
    tail
        The operators that stand after it.
    """

    start: int
    end: int
    cue: Cue
    polarity: Polarity
    denied: bool
    compared: bool
    layers: tuple[Layer | None, ...]
    functions: tuple[Function, ...]
    excepted: tuple[_Actor, ...] = ()
    limited: tuple[str, ...] = ()
    tail: tuple[Operator, ...] = ()

    def excepts(self, actor: _Actor) -> bool:
        """Tell whether somebody is excepted, with or without the word before the name."""
        return any(actor.end == one.end for one in self.excepted)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A claim, and the reading that it is of; nothing for who is only named."""

    claim: Claim
    said: _Read | None = None


@dataclass(frozen=True, slots=True)
class _Reach:
    """The operators that may reach a cue: before it, between its words and names, and after."""

    lead: tuple[Operator, ...]
    within: tuple[Operator, ...]
    tail: tuple[Operator, ...]


def _named(several: Iterable[Claim]) -> list[Claim]:
    """Return who is named in claims of which it is not read what they say."""
    return [
        Claim(Form.MENTION, name, words=one.words)
        for one in several
        for name in (one.actors, *one.others)
        if name
    ]


@dataclass
class _Reader:
    """One sentence in one language.

    Parameters
    ----------
    meanings
        What words mean that were looked up: the same few are, again and again.
    """

    grammar: _Grammar
    lexicon: Lexicon
    meanings: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)

    def read(self, text: str) -> Statement:
        claims: list[Claim] = []
        untested: list[Untested] = []
        before: list[Claim] = []
        for start, end in self._clauses(text):
            clause = text[start:end]
            aside: list[Untested] = []
            found = self._of_other_function(clause, before)
            if not found:
                found, aside = self._clause(clause)
            if before and not found and self._only_denies(clause):  # "Hosted by A? No."
                claims = [one for one in claims if one not in before]
                claims += _named(before)
                aside = [Untested(one.words, Untestable.DIRECTION) for one in before]
            claims += found
            untested += aside
            before = found
        return Statement(tuple(dict.fromkeys(claims)), tuple(dict.fromkeys(untested)))

    def _clauses(self, text: str) -> Iterator[tuple[int, int]]:
        start = 0
        several = operators(text, self.grammar.operators)
        for match in self.grammar.breaks.finditer(text):
            # "nobody but", "not yet" end no clause
            within = any(one.start < match.end() and match.start() < one.end for one in several)
            if not (within or _is_of_name(text, match) or self._goes_on(text, match, several)):
                yield start, match.start()
                start = match.end()
        yield start, len(text)

    def _goes_on(self, text: str, stop: re.Match[str], several: Iterable[Operator]) -> bool:
        """Tell whether a clause goes on after "but": somebody else, of whom it says the opposite."""
        following = self.grammar.breaks.search(text, stop.end())
        clause = text[stop.end() : following.start() if following else len(text)]
        first = next(self._names(text, stop.end(), stop.end() + len(clause)), None)
        if first is None or self._cues(text[first.end : stop.end() + len(clause)]):
            return False
        lead = text[: first.start]
        turned = self.grammar.denies.search(lead)
        if turned is None and any(
            one.force in DENYING and one.start < stop.start() for one in several
        ):
            turned = self.grammar.affirms.search(lead)
        return turned is not None and turned.start() <= stop.start()

    def _only_denies(self, clause: str) -> bool:
        """Tell whether a clause is a denial and nothing else, as after a question."""
        several = operators(clause, self.grammar.operators)
        rest = clause
        for op in several:
            rest = rest[: op.start] + " " * (op.end - op.start) + rest[op.end :]
        denials = any(op.force in DENYING | {Force.AFFIRM} for op in several)
        return denials and not rest.strip(_EDGE)

    def _of_other_function(self, clause: str, before: Iterable[Claim]) -> list[Claim]:
        """Return what is said of another function: the opposite ("but not our web site")."""
        match = self.grammar.other_function.fullmatch(clause)
        if match is None:
            return []
        what = self.grammar.claims.functions[match["what"].casefold()]
        return [
            replace(
                one,
                form=OPPOSITE[one.form],
                functions=functions_like(Function(what)),
                words=clause.strip(_EDGE),
            )
            for one in before
            if one.functions and one.form in OPPOSITE
        ]

    def _clause(self, clause: str) -> tuple[list[Claim], list[Untested]]:
        """Read the cues of a clause, then who is named besides, then what cannot be tested."""
        several = operators(clause, self.grammar.operators)
        asides = [one for one in several if one.force is Force.ASIDE]
        several = tuple(one for one in several if one.force is not Force.ASIDE)
        whole = clause
        for aside in asides:  # nothing of it is said of the service
            clause = clause[: aside.start] + " " * (aside.end - aside.start) + clause[aside.end :]
        untested: list[Untested] = []
        read, pieces, used = self._readings(clause, several)
        contrasts = self._besides(clause, read, used, pieces)
        claims: list[Claim] = []
        for claim, said in ((one.claim, one.said) for one in pieces):
            if said and not self._composed(clause, said, contrasts):
                ends = [said.end, *(op.end for op in said.tail if op.force in AFTERWARDS)]
                words_of = clause[said.start : max(ends)].strip(_EDGE)
                untested.append(Untested(words_of, Untestable.DIRECTION))
                claims += _named([claim])
                continue
            claims.append(claim)
            if said and (said.polarity.exclusive or said.excepted):
                if said.limited and claim.form in OF_THE_OTHERS:
                    name, *others = said.limited
                    form = OF_THE_OTHERS[claim.form]
                    claims.append(replace(claim, form=form, actors=name, others=tuple(others)))
                else:
                    untested.append(Untested(claim.words, Untestable.EXCLUSIVE))
            if said and said.polarity.partial:
                untested.append(Untested(claim.words, Untestable.SHARE))
            if (
                said
                and claim.form is not Form.MENTION
                and Form.UNDER_LAW in {claim.form, said.cue.form}
                and self._is_land(claim.actors)
            ):
                untested.append(Untested(claim.words, Untestable.PLACE))
        for aside in asides:
            for actor in self._names(whole, aside.start, aside.end):
                claims.append(Claim(Form.MENTION, actor.words, words=actor.words))
        for match, why in self._untestable(clause, used):
            used.append(match.span())
            untested.append(Untested(match[0], why))
            if self._of_another_year(match):
                claims = _named(claims)
        if not claims and not untested and clause.strip(_EDGE):
            untested.append(Untested(clause.strip(_EDGE), Untestable.UNREAD))
        else:
            left = self._left(clause, used) if claims else ()
            untested += (Untested(words_of, Untestable.UNREAD) for words_of in left)
        return claims, untested

    def _readings(
        self, clause: str, several: tuple[Operator, ...]
    ) -> tuple[list[_Read], list[_Piece], list[tuple[int, int]]]:
        """Read the cues of a clause, each with who is meant and the operators that reach it."""
        read: list[_Read] = []
        pieces: list[_Piece] = []
        used: list[tuple[int, int]] = []
        done = 0
        sharing: list[_Cue] = []  # "uses or depends on": they share the actors of the last
        denying = False  # a cue of nobody that denies: "free of whatever depends on A"
        cues = self._cues(clause)
        for number, one in enumerate(cues):
            after = cues[number + 1] if number + 1 < len(cues) else None
            ahead = after.start if after else len(clause)
            actors = self._actors(clause, one, done, ahead, several)
            if actors is None:
                joined = self.grammar.together.fullmatch(clause, one.end, ahead)
                shared = after and joined and not (one.cue.before or after.cue.before)
                sharing = [*sharing, one] if shared else []
                composed = any(op.start <= one.start < op.end for op in several)
                denying |= not shared and not composed and Form(one.cue.form) in NEGATIVE
                continue
            able = self.grammar.able.match(clause, one.end)  # "(no single company) can stop it"
            end = able.end() if able and one.cue.form in ALONE else one.end
            last = max([end, *(actor.end for actor in actors)])
            first = (sharing or [one])[0]
            reach = self._reach(clause, several, one, actors, (done, first.start, end, last, ahead))
            polarity, excepted = self._polarity(
                clause,
                one,
                actors,
                reach,
                first=first.start,
                earlier=read[-1] if read else None,
            )
            polarity = replace(polarity, readable=polarity.readable and not denying)
            compared = self._compared(clause[done : one.start])
            named = [actor.start for actor in actors]
            shown = (op.start for op in reach.lead if op.force is not Force.AFFIRM)
            begin = min([first.start, *named, *shown])
            for sharer in (*sharing, one):
                said = _Read(
                    begin if sharer is first else sharer.start,
                    last,
                    sharer.cue,
                    polarity,
                    polarity.denied,
                    compared,
                    self._layers(clause, sharer, done),
                    self._functions(clause, sharer, actors),
                    tuple(excepted),
                    tuple(map(self._name, self._limited(clause, reach, actors, excepted))),
                    reach.tail,
                )
                read.append(said)
                piece = clause[said.start : last].strip(_EDGE)
                pieces += (
                    _Piece(replace(claim, words=piece), said)
                    for claim in self._said(said, actors, clause, one.match)
                )
            sharing, denying = [], False
            used += [(one.start, end), *((actor.start, actor.end) for actor in actors)]
            done = last
        return read, pieces, used

    def _besides(
        self, clause: str, read: list[_Read], used: list[tuple[int, int]], pieces: list[_Piece]
    ) -> list[tuple[int, int]]:
        """Add who is named beside the cues: in contrast, excepted, as a place, or without a word.

        Returns
        -------
        list of tuple
            Where words of contrast stand, which deny nothing else.
        """
        named = {fold(one.claim.actors) for one in pieces}
        layer = next((one.claim.layer for one in pieces if one.claim.layer), None)
        contrasts: list[tuple[int, int]] = []
        turned: _Actor | None = None
        for actor in self._spotted(clause, used):
            excepting = next((one for one in read if one.excepts(actor)), None)
            if fold(actor.words) in named and not excepting:
                continue
            used.append((actor.start, actor.end))
            before = next((one for one in reversed(read) if one.start < actor.start), None)
            said = before or (read[0] if read else None)
            if excepting:
                several = self._said(excepting, [actor], clause)
                pieces += (_Piece(replace(one, words=actor.words), excepting) for one in several)
            elif said and self._together(clause, turned, actor):
                pieces += self._opposites(said, actor, clause, actor.start)
                turned = actor
            elif said and (start := self._turns(clause, said, actor)) is not None:
                pieces += self._opposites(said, actor, clause, start)
                contrasts.append((start, actor.end))
                turned = actor
            elif (
                layer
                and said
                and not said.denied
                and self._is_land(actor.words)
                and self._inside(clause, actor.start)
            ):
                place = Claim(Form.UNDER_LAW, actor.words, layer=layer, words=actor.words)
                pieces.append(_Piece(place, said))
            else:
                pieces.append(_Piece(Claim(Form.MENTION, actor.words, words=actor.words)))
        return contrasts

    def _opposites(self, said: _Read, actor: _Actor, clause: str, start: int) -> Iterator[_Piece]:
        """Yield the opposite of what is said, of somebody in contrast."""
        opposite = replace(said, denied=not said.denied, excepted=())
        denial = (op.start for op in said.tail if start <= op.start < actor.start)
        words_of = clause[next(denial, start) : actor.end].strip(_EDGE)
        for claim in self._said(opposite, [actor], clause):
            yield _Piece(replace(claim, words=words_of), said)

    # -- affirmed, denied, or not read ------------------------------------------------------

    def _reach(
        self,
        clause: str,
        several: Iterable[Operator],
        one: _Cue,
        actors: Iterable[_Actor],
        places: tuple[int, int, int, int, int],
    ) -> _Reach:
        """Return the operators that may reach a cue: before, within and after its words.

        `places` are where the words before it begin, where it begins and ends, where the last of
        whom it is said ends, and where the next begins.
        """
        done, start, end, last, ahead = places
        names = [actor for actor in actors if self._meanings(actor.words)]
        free = [
            op
            for op in several
            if not any(name.start <= op.start and op.end <= name.end for name in names)
        ]
        begin = self._border(clause, done, start) if done else done
        lead = [op for op in free if begin <= op.start < start]
        if done:  # "independent of A, apart from B, and uses C"
            lead = [op for op in lead if op.force is not Force.EXCEPT]
        stop = self._border(clause, last, ahead) if ahead < len(clause) else ahead
        tail = [
            op
            for op in free
            if last <= op.start < stop or (op.force is Force.EXCEPT and last <= op.start < ahead)
        ]
        core = [op for op in free if one.start <= op.start < end and self._counts(clause, one, op)]
        gap = [op for op in free if max(end, one.end) <= op.start < last]
        return _Reach(tuple(lead), (*core, *gap), tuple(tail))

    def _border(self, clause: str, start: int, end: int) -> int:
        """Return where the words after a piece end, and those before the next begin."""
        match = self.grammar.together.search(clause, start, end)
        return match.start() if match else start

    def _counts(self, clause: str, one: _Cue, op: Operator) -> bool:
        """Tell whether an operator within the words of a cue is none of those words itself."""
        within = any(
            match.start() <= op.start < match.end()
            for match in self.grammar.outcome.finditer(clause, one.start, one.end)
        )
        if op.force is Force.DENY and within:  # in "stops working" the stop is what is said
            return False
        if one.holds("then"):
            return any(one.covers(name, op.start) for name in ("then", "who"))
        if one.cue.form in ALONE:
            return op.force not in {Force.ONLY, Force.ALONE}
        return not one.covers("own", op.start)

    def _polarity(
        self,
        clause: str,
        one: _Cue,
        actors: list[_Actor],
        reach: _Reach,
        *,
        first: int,
        earlier: _Read | None,
    ) -> tuple[Polarity, list[_Actor]]:
        """Compose the operators that reach a cue, and return who is excepted.

        `first` is where the cue begins, or the first that shares its actors; `earlier` is what
        was read before it, for a denial goes on after "or".
        """
        lead = clause[earlier.end if earlier else 0 : first]
        going_on = bool(
            earlier
            and self.grammar.together.fullmatch(lead)
            and self.grammar.alternative.search(lead)
        )
        before = () if going_on else reach.lead
        ordered = [*before, *reach.within, *(op for op in reach.tail if op.force in BACKWARD)]
        form = Form(one.cue.form)
        polarity = compose(
            clause,
            ordered,
            self.grammar.joined,
            denies=form in NEGATIVE,
            actor_first=one.cue.before or form in ALONE,
            cue=one.start,
        )
        denied = polarity.denied
        readable = polarity.readable
        if earlier and going_on:
            denied = denied != earlier.denied
            readable = readable and earlier.denied and earlier.polarity.readable
        if one.holds("then"):
            denied = denied != bool(one.match["stay"])
            readable = readable and not any(one.covers("who", op.start) for op in reach.within)
            readable = readable and not any(self._names(clause, *one.match.span("then")))
        result = OPPOSITE[form] if denied else form
        several = [op for op in ordered if op.force is Force.EXCEPT]
        excepted: list[_Actor] = []
        for op in several:
            limit = one.start if op.end <= one.start else len(clause)
            excepted += self._listed(clause, op.end, limit, guess=False)
        if several and not (excepted and self._is_negative(one, actors, denied=denied)):
            readable = False
        if result is Form.CAN_STOP and not one.cue.before and self._alternatives(clause, actors):
            readable = False
        readable = readable and not self._closed(clause, before, first, actors)
        readable = readable and not self._of_another(clause, earlier.end if earlier else 0, first)
        return replace(polarity, denied=denied, readable=readable), excepted

    def _limited(
        self, clause: str, reach: _Reach, actors: list[_Actor], excepted: list[_Actor]
    ) -> list[_Actor]:
        """Return of whom it is said and of nobody else ("only A", "on A alone", "nobody but A").

        In "A can only stop the mail", "only our mail depends on A" and "we use A only for copies"
        the limit is of what is done; "no cloud but A" says nothing of who is no cloud.
        """
        if excepted:
            ends = {one.end for one in excepted}
            of_some = any(one.end not in ends and self._meanings(one.words) for one in actors)
            return [] if of_some else excepted
        if not actors:
            return []
        first, last = actors[0].start, actors[-1].end
        for op in (*reach.lead, *reach.within, *reach.tail):
            if op.force not in {Force.ONLY, Force.ALONE}:
                continue
            if op.end <= first and len(clause[op.end : first].split()) <= _BOUND:
                return actors
            beside = clause[last : op.start] + clause[op.end :]
            if last <= op.start and not beside.strip(_EDGE):
                return actors
        return []

    def _is_negative(self, one: _Cue, actors: list[_Actor], *, denied: bool) -> bool:
        """Tell whether a cue says, as it stands, what nobody or none is or does."""
        form = Form(one.cue.form)
        form = form if actors or form in ALONE else Form.SOMEBODY_ALONE
        return (OPPOSITE[form] if denied else form) in NEGATIVE

    def _closed(
        self, clause: str, lead: Iterable[Operator], first: int, actors: Iterable[_Actor]
    ) -> bool:
        """Tell whether what is denied before a cue ends before it ("we have no X, and use Y")."""
        ends = [op.end for op in lead if op.force in DENYING | {Force.ONLY}]
        if not ends:
            return False
        gap = clause[:first]
        for actor in actors:
            if actor.end <= first:
                gap = gap[: actor.start] + "_" * (actor.end - actor.start) + gap[actor.end :]
        several = [actor for actor in actors if actor.end <= first]
        start = max(ends)
        if several and several[0].start >= start:  # "none of A, B and C"
            if self.grammar.closes.search(gap[start : several[0].start]):
                return True
            start = several[-1].end
        return self.grammar.closes.search(gap, start) is not None

    def _of_another(self, clause: str, done: int, first: int) -> bool:
        """Tell whether a cue stands in a clause about somebody just named ("A, which uses B")."""
        return any(
            match.end() > done for match in self.grammar.concerning.finditer(clause, 0, first)
        )

    def _alternatives(self, clause: str, actors: list[_Actor]) -> bool:
        """Tell whether one of several is meant: "A or B", but not "whether A or B"."""
        if actors and self.grammar.whichever.search(clause[: actors[0].start]):
            return False
        return any(
            self.grammar.either.search(clause[one.end : other.start])
            for one, other in itertools.pairwise(actors)
        )

    def _composed(self, clause: str, said: _Read, contrasts: list[tuple[int, int]]) -> bool:
        """Tell whether each operator that may reach a piece is part of how it was read."""
        return said.polarity.readable and all(
            op.force not in AFTERWARDS
            or (op.force is Force.CONCORD and said.polarity.negated)
            or any(start < op.end and op.start < end for start, end in contrasts)
            or (op.force is not Force.OPEN and self.grammar.own_phrase.search(clause[: op.start]))
            for op in said.tail
        )

    # -- cues ----------------------------------------------------------------------------

    def _cues(self, clause: str) -> list[_Cue]:
        """Find the cues, the longest of those that begin together; none overlap.

        What would be if somebody failed comes before the rest, for it holds words of others that
        are not said of them; those that can hold words of others ("can ... stop") after it.
        """
        found = [
            _Cue(match.start(), match.end(), cue, match)
            for cue, pattern in self.grammar.cues
            for match in pattern.finditer(clause)
        ]
        found = [one for one in found if not one.holds("then", "who") or self._inner(clause, one)]
        found.sort(key=lambda one: (not one.holds("then"), one.holds("who"), one.start, -one.end))
        kept: list[_Cue] = []
        for one in found:
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _inner(self, clause: str, one: _Cue) -> list[_Actor]:
        """Return who is named within a cue."""
        return self._listed(clause, *one.match.span("who"), guess=False)

    def _layers(self, clause: str, one: _Cue, done: int) -> tuple[Layer | None, ...]:
        """Return what a cue says is done: with what stands beside it ("hosted and protected by")."""
        own = Layer(one.cue.layer) if one.cue.layer else None
        for acts in self.grammar.acts:
            several = sorted(
                (match.start(), match.end(), layer)
                for layer, pattern in acts
                for match in pattern.finditer(clause, done, one.end)
            )
            joined: list[tuple[int, int, Layer]] = []
            for act in several:
                gap = clause[joined[-1][1] : act[0]] if joined else ""
                if joined and not self.grammar.joint.fullmatch(gap):
                    if any(layer is own for *_, layer in joined):
                        break
                    joined = []
                joined.append(act)
            if any(layer is own for *_, layer in joined):
                return tuple(dict.fromkeys(layer for *_, layer in joined))
        return (own,)

    def _together(self, clause: str, one: _Actor | None, other: _Actor) -> bool:
        """Tell whether somebody is named together with one of whom the opposite was said."""
        between = clause[one.end : other.start] if one else ""
        return one is not None and self.grammar.together.fullmatch(between) is not None

    def _turns(self, clause: str, said: _Read, actor: _Actor) -> int | None:
        """Return where words begin that say the opposite of somebody ("not by A but by B")."""
        if said.compared or said.cue.form in ALONE:
            return None
        pattern = self.grammar.affirms if said.denied else self.grammar.denies
        match = pattern.search(clause[: actor.start])
        if match is None:
            return None
        # Without a word that binds him to what was said he may begin a statement of his own.
        rest = clause[actor.end :].strip()
        bound = (
            match["by"]
            or actor.words[1:2] in {"'", "’"}
            or not rest.strip(_EDGE)
            or rest[0] in _EDGE
            or self.grammar.tail.match(rest)
            or self.grammar.together.match(clause, actor.end)
            or match.start() == 0
        )
        return match.start() if bound else None

    def _compared(self, lead: str) -> bool:
        """Tell whether what follows is said in comparison only ("less dependent on")."""
        lead = " ".join([*lead.split()[-_COMPARED:], "dependent"])
        return any(
            why is Untestable.COMPARATIVE and pattern.search(lead)
            for why, pattern in self.grammar.untested
        )

    def _said(
        self, one: _Read, actors: list[_Actor], clause: str, match: re.Match[str] | None = None
    ) -> Iterator[Claim]:
        """Yield what a cue says of each actor beside it, or of nobody in particular (`match`)."""
        form = Form(one.cue.form)
        if not actors:
            form = form if form in ALONE else Form.SOMEBODY_ALONE
            groups = match.groupdict() if match else {}
            level = (groups.get("level") or groups.get("level1") or "").casefold()
            known = self.grammar.claims.levels.get(level, "company")
            form = OPPOSITE[form] if one.denied else form
            if not one.excepted:
                yield Claim(form, level=known, functions=one.functions)
            return
        form = Form.CAN_STOP if form in ALONE else form
        for layer in one.layers:
            several = [(self._form(one, form, actor), self._name(actor)) for actor in actors]
            forms = {own for own, _ in several}
            if len(forms) == 1 and forms <= ANY_OF and self._alternatives(clause, actors):
                (own, name), *others = several
                rest = tuple(other for _, other in others)
                yield Claim(own, name, rest, layer=layer, functions=one.functions)
                continue
            for own, name in several:
                yield Claim(own, name, layer=layer, functions=one.functions)

    def _form(self, one: _Read, form: Form, actor: _Actor) -> Form:
        """Return what is said of somebody: of whoever is excepted the opposite of what is denied."""
        if one.compared or (one.excepted and not one.excepts(actor)):
            return Form.MENTION
        if form is Form.UNDER_LAW and not self._is_land(actor.words):
            form = Form.DONE_BY
        if one.excepted:
            return OPPOSITE[form] if form in NEGATIVE else form
        return OPPOSITE[form] if one.denied else form

    @staticmethod
    def _name(actor: _Actor) -> str:
        return _QUOTES.sub("", actor.words)

    def _inside(self, clause: str, start: int) -> bool:
        """Tell whether what begins there is called a place ("hosted by AWS in Ireland")."""
        return self.grammar.inside.search(clause[:start]) is not None

    def _is_land(self, text: str) -> bool:
        """Tell whether a word means a country, or a group of countries."""
        groups = self.lexicon.catalogue.groups
        several = self._meanings(text)
        return bool(several) and all(
            one.kind == "country" or (one.kind == "group" and groups[one.id].kind == "countries")
            for one in several
        )

    # -- who is meant --------------------------------------------------------------------

    def _actors(
        self, clause: str, one: _Cue, done: int, ahead: int, several: Iterable[Operator]
    ) -> list[_Actor] | None:
        """Return of whom a cue says something; None where it says nothing of anybody.

        An empty list: of nobody in particular.
        """
        if one.cue.form in ALONE:
            return []
        if not one.cue.before:
            end = self._until(clause, one.end, ahead)
            reach = _NEAR if one.cue.layer else _REACH
            actors = self._listed(clause, one.end, end, reach=reach)
            return [actor for actor in actors if self._is_meant(one, actor)] or None
        if one.holds("then"):
            return self._inner(clause, one)
        if one.holds("who") and (inside := self._inner(clause, one)):
            return inside
        lead = clause[done : one.start].strip(_EDGE)
        bare = clause[: one.start]
        for op in several:
            nobody = self.grammar.anybody.fullmatch(clause, op.start, op.end)
            if op.force in DENYING and op.end <= one.start and not nobody:
                bare = bare[: op.start] + " " * (op.end - op.start) + bare[op.end :]
        bare = bare[done:].strip(_EDGE)
        if self.grammar.anybody.fullmatch(lead) or self.grammar.anybody.fullmatch(bare):
            return []
        found = self._listed(clause, done, one.start, backward=True) if bare else []
        return found or None

    def _is_meant(self, one: _Cue, actor: _Actor) -> bool:
        """Tell whether words after a cue are about somebody.

        Those that name nobody are taken for a name that we do not know, of which to say so: after
        "independent of" any words, after "uses" or "in" those that are written like one.
        """
        if self._meanings(actor.words):
            return True
        strong = one.cue.form in {Form.CAN_STOP, Form.CANNOT_STOP}
        bare = re.sub(
            rf"(?:{self.grammar.claims.articles})", "", f"{actor.words} ", flags=re.IGNORECASE
        )
        return bool(bare.strip()) and (strong or actor.words != actor.words.lower())

    def _until(self, clause: str, start: int, end: int) -> int:
        match = self.grammar.tail.search(clause, start, end)
        return match.start() if match else end

    def _listed(
        self,
        clause: str,
        start: int,
        end: int,
        *,
        backward: bool = False,
        guess: bool = True,
        reach: int = _REACH,
    ) -> list[_Actor]:
        """Return the actors that stand together next to a cue.

        Words that name nobody as a whole are looked through for names; where there are none,
        they are returned as they are, so that whoever asks says that they name nobody.
        """
        whole = self._trimmed(clause, start, end)
        if whole is None:
            return []
        if self._meanings(whole.words):
            return [whole]
        spotted = list(self._names(clause, start, end))
        if not spotted:
            # "on free software and does not ...": what follows is said of somebody else.
            # A stroke within a word parts nothing ("192.0.2.0/24").
            joins = self.grammar.together.finditer(whole.words)
            end_of_first = next((join.start() for join in joins if join[0] != "/"), None)
            first = whole.words[:end_of_first].strip(_EDGE)
            return [_Actor(whole.start, whole.start + len(first), first)] if guess and first else []
        if backward:
            spotted.reverse()
        chosen = spotted[:1]
        if not backward and len(_TOKEN.findall(clause[start : chosen[0].start])) > reach:
            return []
        between = clause[start : chosen[0].start]
        if not backward and self.grammar.inside.search(between):
            first = self.grammar.inside.sub("", between).strip(_EDGE)
            if first and first != first.lower():  # by somebody whom we do not know, in a place
                begin = clause.index(first, start)
                return [_Actor(begin, begin + len(first), first)]
        for actor in spotted[1:]:
            left, right = sorted((chosen[-1], actor), key=lambda side: side.start)
            if not self.grammar.together.fullmatch(clause[left.end : right.start]):
                break
            chosen.append(actor)
        return sorted(chosen, key=lambda actor: actor.start)

    @staticmethod
    def _trimmed(clause: str, start: int, end: int) -> _Actor | None:
        text = clause[start:end]
        inner = text.strip(_EDGE)
        if not inner:
            return None
        start += text.index(inner)
        return _Actor(start, start + len(inner), inner)

    def _names(self, clause: str, start: int, end: int) -> Iterator[_Actor]:
        """Yield the names in some words, the longest first; names do not cross punctuation."""
        tokens = list(_TOKEN.finditer(clause, start, end))
        number = 0
        while number < len(tokens):
            for size in range(min(_MOST_WORDS, len(tokens) - number), 0, -1):
                first, last = tokens[number].start(), tokens[number + size - 1].end()
                words_of = clause[first:last]
                bare = re.sub(r"(?:['’]s|[.:'’]+)$", "", words_of.strip(_EDGE))
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
                    yield _Actor(offset, offset + len(bare), bare)
                    number += size
                    break
            else:
                number += 1

    def _spotted(self, clause: str, used: list[tuple[int, int]]) -> Iterator[_Actor]:
        """Yield who is named where no cue has been."""
        for actor in self._names(clause, 0, len(clause)):
            if all(actor.end <= start or end <= actor.start for start, end in used):
                yield actor

    def _is_name(self, text: str) -> bool:
        """Tell whether words in running text name somebody other than the service itself."""
        if not text or fold(text) in self._own:
            return False
        found = self._meanings(text)
        if text != text.lower():
            return bool(found) and fold(text) not in self._plain_words
        named = {one.kind for one in found} & {"group", "country"}
        return bool(named) and (len(text) > _SHORT or "group" in named)

    def _meanings(self, text: str) -> tuple[Meaning, ...]:
        if text not in self.meanings:
            try:
                self.meanings[text] = self.lexicon.meanings(text)
            except QuestionError:  # a number that is nobody's: said to whoever asks about it
                self.meanings[text] = ()
        return self.meanings[text]

    @property
    def _own(self) -> frozenset[str]:
        """What the service is called."""
        model = self.lexicon.model
        subject = str(model.about.get("subject", "")) if model is not None else ""
        return frozenset({fold(subject), fold(subject.partition(".")[0])} - {""})

    @property
    def _plain_words(self) -> frozenset[str]:
        """Words that begin sentences and are in the grammar; a name may be like one of them."""
        claims = self.grammar.claims
        return frozenset(fold(text) for text in (*claims.functions, *claims.levels))

    # -- functions, and what is not tested --------------------------------------------------

    def _functions(self, clause: str, one: _Cue, actors: list[_Actor]) -> tuple[Function, ...]:
        if one.cue.layer:  # which function a role belongs to is known without its word
            return ()
        spans = [(actor.start, actor.end) for actor in actors]
        for match in self.grammar.function.finditer(clause):
            start, end = match.span("what")
            if all(end <= first or last <= start for first, last in spans):
                what = self.grammar.claims.functions[match["what"].casefold()]
                return functions_like(Function(what))
        return ()

    def _untestable(
        self, clause: str, used: list[tuple[int, int]]
    ) -> list[tuple[re.Match[str], Untestable]]:
        """Return the words that no evidence of ours can show, and why it cannot."""
        return [
            (match, why)
            for why, pattern in self.grammar.untested
            for match in pattern.finditer(clause)
            if all(match.end() <= start or end <= match.start() for start, end in used)
            and (why is not Untestable.TIME or self._joins(clause, match, used))
        ]

    def _joins(self, clause: str, match: re.Match[str], used: Iterable[tuple[int, int]]) -> bool:
        """Tell whether words belong to what was read ("in 2015 A hosted it"), not to what follows.

        In "it does not use A, and was founded in 2018" they do not.
        """
        gaps = [(min(match.end(), end), max(match.start(), start)) for start, end in used]
        return any(not self.grammar.together.search(clause, *gap) for gap in gaps)

    def _of_another_year(self, match: re.Match[str]) -> bool:
        """Tell whether words are of a year of which nothing was recorded ("in 2015")."""
        year, model = match.groupdict().get("year"), self.lexicon.model
        if year is None or model is None:
            return False
        first, last = (str(model.about[end])[:4] for end in ("since", "until"))
        return not first <= year <= last

    def _left(self, clause: str, used: list[tuple[int, int]]) -> Iterator[str]:
        """Yield the parts of a clause of which nothing was read, and what follows the last that was.

        What stands before or between is of whom or how it is said, and what it is good for ("for
        its operations") is no further statement.
        """
        borders = [
            match.span()
            for match in self.grammar.together.finditer(clause)
            if all(match.end() <= start or end <= match.start() for start, end in used)
        ]
        begin = 0
        for stop, following in [*borders, (len(clause), len(clause))]:
            read = [end for start, end in used if begin <= start < stop]
            rest = clause[max(read, default=begin) : stop].strip(_EDGE)
            if len(rest.split()) >= _STATED and not self.grammar.tail.match(rest):
                yield rest
            begin = following

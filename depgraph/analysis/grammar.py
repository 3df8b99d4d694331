"""What people say of who is behind a service, read piece by piece: the words are the languages'.

A sentence is read clause by clause. A *cue* ("relies on", "hosted by", "can shut down") says
something of the actors beside it; a negator before it turns it round, and so does a contrast
("not by A but by B") for whoever comes after. An actor whom nothing that we know is said of is
kept as a mention. What no evidence of ours can show ("durable", "more independent", what will be)
is kept with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from depgraph.analysis.naming import Lexicon, Meaning
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
OF_A_ROLE: Final = frozenset({Form.DONE_BY, Form.NOT_DONE_BY, Form.UNDER_LAW})
"""Forms about who does what."""


class Untestable(StrEnum):
    """Why words of a claim cannot be tested."""

    QUALITY = "quality"  # a quality that has no measure here: "durable"
    NOBODY_NAMED = "nobody-named"  # "independent": of whom is not said
    COMPARATIVE = "comparative"  # "more independent": than when, or than whom
    FUTURE = "future"  # what will be, or is meant to be
    PLACE = "place"  # where machines stand: the law over who runs them is tested
    NO_ACTOR = "no-actor"  # somebody is named whom neither the graph nor the catalogue has
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
_SOON: Final = 2
"""Words between what is said and the first of whom it is said; of a role; of one who is denied."""
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
    negators: re.Pattern[str]
    breaks: re.Pattern[str]
    anybody: re.Pattern[str]
    able: re.Pattern[str]
    article: re.Pattern[str]


@cache
def _grammar(lang: str) -> _Grammar:
    claims = words(lang).claims
    parts = {"function": _any_of(claims.functions), "level": _any_of(claims.levels)}
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
        compiled(claims.negators),
        compiled(claims.breaks),
        compiled(claims.anybody),
        compiled(r"(?:\s+\w\w)?\s+{can}(?:\s+[\w’'-]+){0,3}?\s+(?:l['’]\s*)?{stop}"),
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
    readings = [_Reader(_grammar(lang), known).read(plain) for lang in languages()]
    best = max(readings, key=_understood)
    if not _is_clear(best) and (meant := _respelt(plain, known)):
        raise QuestionError(_nothing(text, best.untested, perhaps([repr(meant)])))
    if not best.claims:
        raise QuestionError(_nothing(text, best.untested, perhaps(known.misspelt(plain))))
    return best


def _is_clear(statement: Statement) -> bool:
    """Tell whether something that can be tested is said of anybody."""
    return any(one.form is not Form.MENTION for one in statement.claims)


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

    def holds(self, *groups: str) -> bool:
        """Tell whether its expression has groups of these names."""
        return all(one in self.match.re.groupindex for one in groups)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a cue was read as."""

    start: int
    cue: Cue
    denied: bool
    compared: bool
    layers: tuple[Layer | None, ...]
    functions: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class _Actor:
    """Somebody in a sentence, as written."""

    start: int
    end: int
    words: str


@dataclass
class _Reader:
    """One sentence in one language."""

    grammar: _Grammar
    lexicon: Lexicon

    def read(self, text: str) -> Statement:
        claims: list[Claim] = []
        untested: list[Untested] = []
        for start, end in self._clauses(text):
            found, aside = self._clause(text[start:end])
            claims += found
            untested += aside
        return Statement(tuple(dict.fromkeys(claims)), tuple(dict.fromkeys(untested)))

    def _clauses(self, text: str) -> Iterator[tuple[int, int]]:
        start = 0
        for match in self.grammar.breaks.finditer(text):
            if not (_is_of_name(text, match) or self._goes_on(text, match)):
                yield start, match.start()
                start = match.end()
        yield start, len(text)

    def _goes_on(self, text: str, stop: re.Match[str]) -> bool:
        """Tell whether a clause goes on after "but": somebody else, of whom it says the opposite."""
        following = self.grammar.breaks.search(text, stop.end())
        clause = text[stop.end() : following.start() if following else len(text)]
        first = next(self._names(text, stop.end(), stop.end() + len(clause)), None)
        if first is None or self._cues(clause):
            return False
        lead = text[: first.start]
        turned = self.grammar.denies.search(lead)
        if turned is None and self.grammar.negators.search(text[: stop.start()]):
            turned = self.grammar.affirms.search(lead)
        return turned is not None and turned.start() <= stop.start()

    def _clause(self, clause: str) -> tuple[list[Claim], list[Untested]]:
        """Read the cues of a clause, then who is named besides, then what cannot be tested."""
        claims: list[Claim] = []
        untested: list[Untested] = []
        used: list[tuple[int, int]] = []
        done, denied = 0, False
        several = self._cues(clause)
        read: list[_Read] = []
        sharing: list[_Cue] = []  # "uses or depends on": they share the actors of the last
        for number, one in enumerate(several):
            after = several[number + 1] if number + 1 < len(several) else None
            ahead = after.start if after else len(clause)
            actors = self._actors(clause, one, done, ahead)
            if actors is None:
                joined = self.grammar.together.fullmatch(clause, one.end, ahead)
                shared = after and joined and not (one.cue.before or after.cue.before)
                sharing = [*sharing, one] if shared else []
                continue
            denied = self._denied(clause, one, actors, done, before=denied)
            compared = self._compared(clause[done : one.start])
            last = max([one.end, *(actor.end for actor in actors)])
            for sharer in (*sharing, one):
                said = _Read(
                    sharer.start,
                    sharer.cue,
                    denied,
                    compared,
                    self._layers(clause, sharer, done),
                    self._functions(clause, sharer, actors),
                )
                read.append(said)
                piece = clause[sharer.start : last].strip(_EDGE)
                for claim in self._said(said, actors, one.match):
                    claims.append(replace(claim, words=piece))
                    if sharer.cue.form == Form.UNDER_LAW and self._is_land(claim.actors):
                        untested.append(Untested(piece, Untestable.PLACE))
            sharing = []
            able = self.grammar.able.match(clause, one.end)  # "(no single company) can stop it"
            end = able.end() if able and one.cue.form in ALONE else one.end
            used += [(one.start, end), *((actor.start, actor.end) for actor in actors)]
            done = last
        self._besides(clause, read, used, claims, untested)
        for start, end, why in self._untestable(clause, used):
            used.append((start, end))
            untested.append(Untested(clause[start:end], why))
        if not claims and not untested and clause.strip(_EDGE):
            untested.append(Untested(clause.strip(_EDGE), Untestable.UNREAD))
        else:
            left = self._left(clause, used) if claims else ()
            untested += (Untested(words_of, Untestable.UNREAD) for words_of in left)
        return claims, untested

    def _besides(
        self,
        clause: str,
        read: list[_Read],
        used: list[tuple[int, int]],
        claims: list[Claim],
        untested: list[Untested],
    ) -> None:
        """Add who is named beside the cues: in contrast, as a place, or without anything said."""
        named = {fold(one.actors) for one in claims}
        layer = next((one.layer for one in claims if one.layer), None)
        turned: _Actor | None = None
        for actor in self._spotted(clause, used):
            if fold(actor.words) in named:
                continue
            used.append((actor.start, actor.end))
            before = next((one for one in reversed(read) if one.start < actor.start), None)
            said = before or (read[0] if read else None)
            if said and (self._together(clause, turned, actor) or self._turns(clause, said, actor)):
                turned = actor
                opposite = replace(said, denied=not said.denied)
                claims += (
                    replace(claim, words=actor.words) for claim in self._said(opposite, [actor])
                )
            elif layer and self._is_land(actor.words) and self._inside(clause, actor.start):
                untested.append(Untested(actor.words, Untestable.PLACE))
                claims.append(Claim(Form.UNDER_LAW, actor.words, layer=layer, words=actor.words))
            else:
                claims.append(Claim(Form.MENTION, actor.words, words=actor.words))

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

    def _turns(self, clause: str, said: _Read, actor: _Actor) -> bool:
        """Tell whether the opposite of what was said is said of somebody: "not by A but by B"."""
        if said.compared or said.cue.form in ALONE:
            return False
        pattern = self.grammar.affirms if said.denied else self.grammar.denies
        match = pattern.search(clause[: actor.start])
        if match is None:
            return False
        # Without a word that binds him to what was said he may begin a statement of his own.
        rest = clause[actor.end :].strip()
        return bool(
            match["by"]
            or actor.words[1:2] in {"'", "’"}
            or not rest.strip(_EDGE)
            or rest[0] in _EDGE
            or self.grammar.tail.match(rest)
            or self.grammar.together.match(clause, actor.end)
            or match.start() == 0
        )

    def _denied(
        self, clause: str, one: _Cue, actors: list[_Actor], done: int, *, before: bool
    ) -> bool:
        """Tell whether a cue is denied: by itself, or with the one before ("or depend on")."""
        if one.holds("then"):
            start, end = one.match.span("then")
            start = done if start == one.start else start
            denied = self.grammar.negators.search(clause, start, end) is not None
            return denied != bool(one.match["stay"])
        if one.match.groupdict().get("no"):
            return True
        # "cannot stop", "no single company", "our DNS is not run by"
        inside = one.cue.before or one.cue.form in ALONE or bool(one.cue.layer)
        end = one.end if inside else one.start
        lead = clause[done : one.start]
        if self.grammar.together.fullmatch(lead) and self.grammar.alternative.search(lead):
            return before
        gap = clause[one.end : actors[0].start] if actors and not one.cue.before else ""
        if len(gap.split()) <= _SOON and self.grammar.negators.search(gap):  # "uses not A but B"
            return True
        return any(match.end() <= end for match in self.grammar.negators.finditer(clause, done))

    def _compared(self, lead: str) -> bool:
        """Tell whether what follows is said in comparison only ("less dependent on")."""
        lead = " ".join([*lead.split()[-_COMPARED:], "dependent"])
        return any(
            why is Untestable.COMPARATIVE and pattern.search(lead)
            for why, pattern in self.grammar.untested
        )

    def _said(
        self, one: _Read, actors: list[_Actor], match: re.Match[str] | None = None
    ) -> Iterator[Claim]:
        """Yield what a cue says of each actor beside it, or of nobody in particular (`match`)."""
        form = Form(one.cue.form)
        if form in ALONE or not actors:
            form = form if form in ALONE else Form.SOMEBODY_ALONE
            groups = match.groupdict() if match else {}
            level = (groups.get("level") or groups.get("level1") or "").casefold()
            known = self.grammar.claims.levels.get(level, "company")
            form = OPPOSITE[form] if one.denied else form
            yield Claim(form, level=known, functions=one.functions)
            return
        for layer in one.layers:
            for actor in actors:
                own = form
                if form is Form.UNDER_LAW and not self._is_land(actor.words):
                    own = Form.DONE_BY
                own = OPPOSITE[own] if one.denied else own
                own = Form.MENTION if one.compared else own
                name = _QUOTES.sub("", actor.words)
                yield Claim(own, name, layer=layer, functions=one.functions)

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

    def _actors(self, clause: str, one: _Cue, done: int, ahead: int) -> list[_Actor] | None:
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
        bare = self.grammar.negators.sub(" ", lead).strip(_EDGE)
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
        try:
            return self.lexicon.meanings(text)
        except QuestionError:  # a number that is nobody's: said to whoever asks about it
            return ()

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
    ) -> list[tuple[int, int, Untestable]]:
        """Return where words stand that no evidence of ours can show, and why it cannot."""
        return [
            (*match.span(), why)
            for why, pattern in self.grammar.untested
            for match in pattern.finditer(clause)
            if all(match.end() <= start or end <= match.start() for start, end in used)
        ]

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

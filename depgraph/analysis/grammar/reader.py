"""A sentence in one language, read clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from depgraph.analysis.grammar.cues import Cues, Found
from depgraph.analysis.grammar.direction import Direction, Read
from depgraph.analysis.grammar.forms import (
    ALONE,
    ANY_OF,
    NEGATIVE,
    OF_A_SET,
    OF_THE_OTHERS,
    OPPOSITE,
    Claim,
    Form,
    Statement,
    Untestable,
    Untested,
)
from depgraph.analysis.grammar.names import Actor, Names
from depgraph.analysis.grammar.patterns import EDGE, Grammar, asks
from depgraph.analysis.grammar.scope import Scope, Subject
from depgraph.analysis.grammar.subject import stranger
from depgraph.analysis.naming import Lexicon, Meaning
from depgraph.analysis.polarity import AFTERWARDS, DENYING, Force, Operator, operators
from depgraph.folding import fold
from depgraph.providers.rules import LEGAL_FORMS
from depgraph.vocabulary import Function, Layer, functions_like

_COMPARED: Final = 2
"""Words before what is said in which a comparison may stand."""
_STATED: Final = 4
"""Words that make a statement of their own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A claim, and the reading that it is of; nothing for who is only named."""

    claim: Claim
    said: Read | None = None


def _named(several: Iterable[Claim]) -> list[Claim]:
    """Return who is named in claims of which it is not read what they say."""
    return [
        Claim(Form.MENTION, name, words=one.words)
        for one in several
        for name in (one.actors, *one.others)
        if name
    ]


@dataclass(frozen=True, slots=True)
class Reader:
    """One sentence in one language.

    Parameters
    ----------
    names, cues, direction, scope
        What finds who is named, what is said of them, which way it is meant, and of what.
    """

    names: Names
    cues: Cues
    direction: Direction
    scope: Scope

    @classmethod
    def of(
        cls, grammar: Grammar, lexicon: Lexicon, known: dict[str, tuple[Meaning, ...]] | None = None
    ) -> Reader:
        """Return the reader of a language; `known` is what was looked up for another."""
        names = Names(grammar, lexicon, {} if known is None else known)
        return cls(names, Cues(names), Direction(names), Scope(names))

    def read(self, text: str) -> Statement:
        """Read a sentence, or several."""
        text = self._without_service(text)
        claims: list[Claim] = []
        untested: list[Untested] = []
        before: list[Claim] = []
        for start, end in self._clauses(text):
            clause = text[start:end]
            aside: list[Untested] = []
            if asks(text[start : end + 1]):
                untested.append(Untested(clause.strip(EDGE), Untestable.QUESTION))
                continue
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

    def _without_service(self, text: str) -> str:
        """Leave out whose the thing is that is spoken of, where it is the service's own.

        "The mail of Parler" is its mail; in "independent of Parler" it is what is said.
        """
        for pattern, to in self.names.grammar.of_service(self.names.of_service):
            if pattern.search(text):
                text = self._replaced(text, pattern, to)
        return " ".join(text.split())

    def _replaced(self, text: str, pattern: re.Pattern[str], to: str) -> str:
        """Put something else in the place of what a pattern finds, unless a cue holds it."""
        said = [one for one in self.cues.of(text) if not one.holds("who")]

        def instead(match: re.Match[str]) -> str:
            held = any(one.start < match.start() < one.end for one in said)
            return match[0] if held else match.expand(to)

        return pattern.sub(instead, text)

    def _clauses(self, text: str) -> Iterator[tuple[int, int]]:
        start = 0
        several = operators(text, self.names.grammar.operators)
        for match in self.names.grammar.breaks.finditer(text):
            # "nobody but", "not yet" end no clause
            within = any(one.start < match.end() and match.start() < one.end for one in several)
            if not (within or _is_of_name(text, match) or self._goes_on(text, match, several)):
                yield start, match.start()
                start = match.end()
        yield start, len(text)

    def _goes_on(self, text: str, stop: re.Match[str], several: Iterable[Operator]) -> bool:
        """Tell whether a clause goes on after "but": somebody else, of whom it says the opposite."""
        following = self.names.grammar.breaks.search(text, stop.end())
        clause = text[stop.end() : following.start() if following else len(text)]
        first = next(self.names.within(text, stop.end(), stop.end() + len(clause)), None)
        if first is None or self.cues.of(text[first.end : stop.end() + len(clause)]):
            return False
        lead = text[: first.start]
        turned = self.names.grammar.denies.search(lead)
        if turned is None and any(
            one.force in DENYING and one.start < stop.start() for one in several
        ):
            turned = self.names.grammar.affirms.search(lead)
        return turned is not None and turned.start() <= stop.start()

    def _only_denies(self, clause: str) -> bool:
        """Tell whether a clause is a denial and nothing else, as after a question."""
        several = operators(clause, self.names.grammar.operators)
        rest = clause
        for op in several:
            rest = rest[: op.start] + " " * (op.end - op.start) + rest[op.end :]
        denials = any(op.force in DENYING | {Force.AFFIRM} for op in several)
        return denials and not rest.strip(EDGE)

    def _of_other_function(self, clause: str, before: Iterable[Claim]) -> list[Claim]:
        """Return what is said of another function: the opposite ("but not our web site")."""
        match = self.names.grammar.other_function.fullmatch(clause)
        if match is None:
            return []
        what = self.names.grammar.claims.functions[match["what"].casefold()]
        return [
            replace(
                one,
                form=OPPOSITE[one.form],
                functions=functions_like(Function(what)),
                words=clause.strip(EDGE),
            )
            for one in before
            if one.functions and Function(what) not in one.functions and one.form in OPPOSITE
        ]

    def _clause(self, clause: str) -> tuple[list[Claim], list[Untested]]:
        """Read the cues of a clause, then who is named besides, then what cannot be tested."""
        several = operators(clause, self.names.grammar.operators)
        asides = [one for one in several if one.force is Force.ASIDE]
        several = tuple(one for one in several if one.force is not Force.ASIDE)
        whole = clause
        for aside in asides:  # nothing of it is said of the service
            clause = clause[: aside.start] + " " * (aside.end - aside.start) + clause[aside.end :]
        read, pieces, used = self._readings(clause, several)
        contrasts = self._besides(clause, read, used, pieces)
        pieces, claims, untested = self._without_sending(clause, pieces, used)
        for read_as, said in ((one.claim, one.said) for one in pieces):
            if said and not self.direction.composed(clause, said, contrasts):
                ends = [said.end, *(op.end for op in said.tail if op.force in AFTERWARDS)]
                words_of = clause[said.start : max(ends)].strip(EDGE)
                untested.append(Untested(words_of, Untestable.DIRECTION))
                claims += _named([read_as])
                continue
            another = said is not None and said.of_another
            claim = self._scoped(read_as, said) if said and not another else read_as
            if claim is None or another:
                why = Untestable.OF_ANOTHER if another else Untestable.DIRECTION
                untested.append(Untested(read_as.words, why))
                claims += _named([read_as])
                continue
            claims.append(claim)
            if said and said.rest and not (said.limited or claim.layer) and claim.form in OPPOSITE:
                claims.append(replace(claim, form=OPPOSITE[claim.form], functions=said.rest))
            elif said and (said.polarity.exclusive or said.excepted) and not said.outside:
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
                and self.names.is_land(claim.actors)
            ):
                untested.append(Untested(claim.words, Untestable.PLACE))
        for aside in asides:
            for actor in self.names.within(whole, aside.start, aside.end):
                claims.append(Claim(Form.MENTION, actor.words, words=actor.words))
        begins = min((one.start for one in read), default=0)
        if called := stranger(self.names, clause[:begins]):
            untested.append(Untested(called, Untestable.SERVICE))
        for match, why in self._untestable(clause, used):
            used.append(match.span())
            untested.append(Untested(match[0], why))
            if self._of_another_year(match):
                claims = _named(claims)
        if not claims and not untested and clause.strip(EDGE):
            untested.append(Untested(clause.strip(EDGE), Untestable.UNREAD))
        else:
            told = [span for one in read for span in one.told]
            left = self._left(clause, used, told) if claims else ()
            untested += (Untested(words_of, Untestable.UNREAD) for words_of in left)
        return claims, untested

    def _without_sending(
        self, clause: str, pieces: list[Piece], used: list[tuple[int, int]]
    ) -> tuple[list[Piece], list[Claim], list[Untested]]:
        """Set aside what is said of mail that is sent: of that nothing is known here.

        Returns
        -------
        tuple
            The other pieces, who is named in those, and their words.
        """
        borders = [match.span() for match in self.names.grammar.together.finditer(clause)]
        sent: list[tuple[int, int]] = []
        for match in self.names.grammar.sending.finditer(clause):
            before = [end for _, end in borders if end <= match.start("sent")]
            after = [start for start, _ in borders if start >= match.end()]
            sent.append((max(before, default=0), min(after, default=len(clause))))
        used += sent
        kept: list[Piece] = []
        named: list[Claim] = []
        for one in pieces:
            said = one.said
            if said and any(said.start < end and start < said.end for start, end in sent):
                named += _named([one.claim])
            else:
                kept.append(one)
        words_of = (clause[start:end].strip(EDGE) for start, end in sent)
        return kept, named, [Untested(text, Untestable.SENDING) for text in words_of]

    def _scoped(self, claim: Claim, said: Read) -> Claim | None:
        """Return what a claim says where it is of those outside X, or of a layer; None if not read."""
        if said.outside and claim.form is not Form.MENTION:
            return self.scope.turned(claim, said.outside)
        if said.of_layer and claim.form is not Form.MENTION:
            return self.scope.of_layer(claim, said.of_layer, of_part=said.of_part)
        return claim

    def _readings(
        self, clause: str, several: tuple[Operator, ...]
    ) -> tuple[list[Read], list[Piece], list[tuple[int, int]]]:
        """Read the cues of a clause, each with who is meant and the operators that reach it."""
        read: list[Read] = []
        pieces: list[Piece] = []
        used: list[tuple[int, int]] = []
        done = 0
        spoken = Subject()  # the parts that the sentence was about before
        subject = Subject()  # the last of which something was said
        sharing: list[Found] = []  # "uses or depends on": they share the actors of the last
        denying = False  # a cue of nobody that denies: "free of whatever depends on A"
        cues = self.cues.of(clause)
        for number, one in enumerate(cues):
            after = cues[number + 1] if number + 1 < len(cues) else None
            ahead = after.start if after else len(clause)
            actors = self.cues.actors(clause, one, done, ahead, several)
            if actors is None:
                joined = self.names.grammar.together.fullmatch(clause, one.end, ahead)
                shared = after and joined and not (one.cue.before or after.cue.before)
                sharing = [*sharing, one] if shared else []
                composed = any(op.start <= one.start < op.end for op in several)
                denying |= not shared and not composed and Form(one.cue.form) in NEGATIVE
                continue
            able = self.names.grammar.able.match(
                clause, one.end
            )  # "(no single company) can stop it"
            end = able.end() if able and one.cue.form in ALONE else one.end
            last = max([end, *(actor.end for actor in actors)])
            first = (sharing or [one])[0]
            reach = self.direction.reach(
                clause, several, one, actors, (done, first.start, end, last, ahead)
            )
            polarity, excepted = self.direction.polarity(
                clause,
                one,
                actors,
                reach,
                first=first.start,
                earlier=read[-1] if read else None,
            )
            more_of, either = self.scope.also(clause, one, last, ahead, denied=polarity.denied)
            readable = polarity.readable and not (denying or either)
            polarity = replace(polarity, readable=readable)
            named = [actor.start for actor in actors]
            begin = min(
                [
                    first.start,
                    *named,
                    *(op.start for op in reach.lead if op.force is not Force.AFFIRM),
                ]
            )
            begins = done if one.cue.before else one.end
            outside = self.scope.outside(clause, begins, actors)
            if excepted and outside and not all(map(self.names.is_land, outside.several)):
                outside = None  # "personne en dehors d'OVH" is nobody but OVH
            if outside:
                excepted = []
            rest = (
                self.scope.rest(clause, (*reach.lead, *reach.within, *reach.tail), actors)
                if polarity.exclusive
                else ()
            )
            of_layer, of_part = (
                self.scope.layer(clause, one.end, actors[0], last)
                if actors and not one.cue.before and not one.cue.layer
                else (None, False)
            )
            # A cue that begins before the end of this one is a part of it ("no company can stop").
            beyond = next((c.start for c in cues[number + 1 :] if c.start >= last), len(clause))
            spoken, subject, parts = self._parts(
                clause,
                one,
                actors,
                (max(done, spoken.end, subject.end), min([first.start, *named]), last, beyond),
                spoken=spoken,
                of_layer=of_layer,
            )
            for sharer in (*sharing, one):
                said = Read(
                    begin if sharer is first else sharer.start,
                    last,
                    sharer.cue,
                    polarity,
                    polarity.denied,
                    self._compared(clause[done : one.start]),
                    self.cues.layers(clause, sharer, done),
                    parts[0][0],
                    tuple(excepted),
                    tuple(
                        one.name for one in self.direction.limited(clause, reach, actors, excepted)
                    ),
                    reach.tail,
                    outside,
                    rest,
                    self.scope.together(clause, done, ahead),
                    parts[0][1],
                    self.scope.of_another(clause, done, one),
                    tuple((part.start, part.end) for part in (spoken, subject) if part),
                    of_layer is None or of_part,
                )
                read.append(said)
                piece = clause[said.start : last].strip(EDGE)
                pieces += (
                    Piece(replace(claim, words=piece), part)
                    for functions, layer in parts
                    for part in (replace(said, functions=functions, of_layer=layer),)
                    for claim in self._said(part, actors, clause, one.match)
                )
            sharing, denying = [], False
            pieces += self._also(clause, said, actors, more_of)
            used += [(one.start, end), *((actor.start, actor.end) for actor in actors)]
            used += [(start, stop) for _, start, stop in more_of]
            done = max([last, *(stop for *_, stop in more_of)])
        return read, pieces, used

    def _also(
        self,
        clause: str,
        said: Read,
        actors: list[Actor],
        several: Iterable[tuple[Layer, int, int]],
    ) -> Iterator[Piece]:
        """Yield what is said of further things without its verb."""
        for layer, start, stop in several:
            if layer not in said.layers:
                part = replace(said, layers=(layer,), functions=(), of_layer=None)
                for claim in self._said(part, actors, clause):
                    yield Piece(replace(claim, words=clause[start:stop].strip(EDGE)), part)

    def _parts(
        self,
        clause: str,
        one: Found,
        actors: list[Actor],
        places: tuple[int, int, int, int],
        *,
        spoken: Subject,
        of_layer: Layer | None,
    ) -> tuple[Subject, Subject, list[tuple[tuple[Function, ...], Layer | None]]]:
        """Tell of which parts of the service a cue is said.

        "Our mail uses A for DNS" is said of a layer of what the sentence is about; of "our mail and
        our DNS" it is said of each.

        Returns
        -------
        tuple
            What the sentence is about from here on, the parts of which the cue is said, and their
            functions and layer, once each.
        """
        low, opens, last, ahead = places
        spoken = self.scope.subject(clause, low, one.end if one.cue.layer else opens, spoken)
        if one.cue.layer:  # to which function a role belongs is known without its word
            return spoken, spoken, [((), None)]
        subject = self.scope.object(clause, actors, (low, opens, last, ahead)) or spoken
        if of_layer:
            parts: list[tuple[tuple[Function, ...], Layer | None]] = [(spoken.functions, of_layer)]
        elif not subject.layers:
            parts = [(subject.functions, None)]
        elif not subject.functions:
            parts = [(spoken.functions, layer) for layer in subject.layers]
        else:
            parts = [(subject.functions, None), *(((), layer) for layer in subject.layers)]
        return spoken, subject, parts

    def _besides(
        self, clause: str, read: list[Read], used: list[tuple[int, int]], pieces: list[Piece]
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
        turned: Actor | None = None
        for actor in self.names.besides(clause, used):
            excepting = next((one for one in read if one.excepts(actor)), None)
            if fold(actor.words) in named and not excepting:
                continue
            used.append((actor.start, actor.end))
            before = next((one for one in reversed(read) if one.start < actor.start), None)
            said = before or (read[0] if read else None)
            if excepting:
                several = self._said(excepting, [actor], clause)
                pieces += (Piece(replace(one, words=actor.words), excepting) for one in several)
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
                and self.names.is_land(actor.words)
                and self._inside(clause, actor.start)
            ):
                place = Claim(Form.UNDER_LAW, actor.words, layer=layer, words=actor.words)
                pieces.append(Piece(place, said))
            else:
                pieces.append(Piece(Claim(Form.MENTION, actor.words, words=actor.words)))
        return contrasts

    def _opposites(self, said: Read, actor: Actor, clause: str, start: int) -> Iterator[Piece]:
        """Yield the opposite of what is said, of somebody in contrast."""
        opposite = replace(said, denied=not said.denied, excepted=())
        denial = (op.start for op in said.tail if start <= op.start < actor.start)
        words_of = clause[next(denial, start) : actor.end].strip(EDGE)
        for claim in self._said(opposite, [actor], clause):
            yield Piece(replace(claim, words=words_of), said)

    def _together(self, clause: str, one: Actor | None, other: Actor) -> bool:
        """Tell whether somebody is named together with one of whom the opposite was said."""
        between = clause[one.end : other.start] if one else ""
        return one is not None and self.names.grammar.together.fullmatch(between) is not None

    def _turns(self, clause: str, said: Read, actor: Actor) -> int | None:
        """Return where words begin that say the opposite of somebody ("not by A but by B")."""
        if said.compared or said.cue.form in ALONE:
            return None
        pattern = self.names.grammar.affirms if said.denied else self.names.grammar.denies
        match = pattern.search(clause[: actor.start])
        if match is None:
            return None
        # Without a word that binds him to what was said he may begin a statement of his own.
        rest = clause[actor.end :].strip()
        bound = (
            match["by"]
            or actor.words[1:2] in {"'", "’"}
            or not rest.strip(EDGE)
            or rest[0] in EDGE
            or self.names.grammar.tail.match(rest)
            or self.names.grammar.together.match(clause, actor.end)
            or match.start() == 0
        )
        return match.start() if bound else None

    def _compared(self, lead: str) -> bool:
        """Tell whether what follows is said in comparison only ("less dependent on")."""
        lead = " ".join([*lead.split()[-_COMPARED:], "dependent"])
        return any(
            why is Untestable.COMPARATIVE and pattern.search(lead)
            for why, pattern in self.names.grammar.untested
        )

    def _said(
        self, one: Read, actors: list[Actor], clause: str, match: re.Match[str] | None = None
    ) -> Iterator[Claim]:
        """Yield what a cue says of each actor beside it, or of nobody in particular (`match`)."""
        form = Form(one.cue.form)
        if not actors:
            form = form if form in ALONE else Form.SOMEBODY_ALONE
            groups = match.groupdict() if match else {}
            level = (groups.get("level") or groups.get("level1") or "").casefold()
            known = self.names.grammar.claims.levels.get(level, "company")
            form = OPPOSITE[form] if one.denied else form
            if not one.excepted:
                yield Claim(form, level=known, functions=one.functions)
            return
        form = Form.CAN_STOP if form in ALONE else form
        for layer in one.layers:
            several = [(self._form(one, form, actor), actor.name) for actor in actors]
            forms = {own for own, _ in several}
            if len(forms) == 1 and forms <= ANY_OF and self.direction.alternatives(clause, actors):
                (own, name), *others = several
                rest = tuple(other for _, other in others)
                yield Claim(own, name, rest, layer=layer, functions=one.functions)
                continue
            if one.together and len(forms) == 1 and forms <= OF_A_SET and len(several) > 1:
                (own, name), *others = several
                rest = tuple(other for _, other in others)
                yield Claim(own, name, rest, functions=one.functions)
                continue
            for own, name in several:
                yield Claim(own, name, layer=layer, functions=one.functions)

    def _form(self, one: Read, form: Form, actor: Actor) -> Form:
        """Return what is said of somebody: of whoever is excepted the opposite of what is denied."""
        if one.compared or (one.excepted and not one.excepts(actor)):
            return Form.MENTION
        if form is Form.UNDER_LAW and not self.names.is_land(actor.words):
            form = Form.DONE_BY
        if form is Form.ALL_DONE_BY:  # "not self-hosted" is said of all of it
            return Form.NOT_DONE_BY if one.denied else form
        if form is Form.NOT_DONE_BY and one.denied and self.names.is_land(actor.words):
            return Form.UNDER_LAW  # "not hosted outside X" is said of all who host it
        if one.excepted:
            return OPPOSITE[form] if form in NEGATIVE else form
        return OPPOSITE[form] if one.denied else form

    def _inside(self, clause: str, start: int) -> bool:
        """Tell whether what begins there is called a place ("hosted by AWS in Ireland")."""
        return self.names.grammar.inside.search(clause[:start]) is not None

    def _untestable(
        self, clause: str, used: list[tuple[int, int]]
    ) -> list[tuple[re.Match[str], Untestable]]:
        """Return the words that no evidence of ours can show, and why it cannot."""
        return [
            (match, why)
            for why, pattern in self.names.grammar.untested
            for match in pattern.finditer(clause)
            if all(match.end() <= start or end <= match.start() for start, end in used)
            and (why is not Untestable.TIME or self._joins(clause, match, used))
        ]

    def _joins(self, clause: str, match: re.Match[str], used: Iterable[tuple[int, int]]) -> bool:
        """Tell whether words belong to what was read ("in 2015 A hosted it"), not to what follows.

        In "it does not use A, and was founded in 2018" they do not.
        """
        if not clause[: match.start()].strip(EDGE):  # "since February, ..."
            return True
        gaps = [(min(match.end(), end), max(match.start(), start)) for start, end in used]
        return any(not self.names.grammar.together.search(clause, *gap) for gap in gaps)

    def _of_another_year(self, match: re.Match[str]) -> bool:
        """Tell whether words are of a year of which nothing was recorded ("in 2015")."""
        year, model = match.groupdict().get("year"), self.names.lexicon.model
        if year is None or model is None:
            return False
        first, last = (str(model.about[end])[:4] for end in ("since", "until"))
        return not first <= year <= last

    def _left(
        self, clause: str, used: list[tuple[int, int]], told: list[tuple[int, int]]
    ) -> Iterator[str]:
        """Yield the parts of a clause of which nothing was read, and what follows the last that was.

        What stands before or between is of whom or how it is said, and what it is good for ("for
        its operations") is no further statement. A few words are one where they name what the
        service has ("and our own mail"), unless it is read that something is said of that (`told`).
        """
        borders = [
            match.span()
            for match in self.names.grammar.together.finditer(clause)
            if all(match.end() <= start or end <= match.start() for start, end in used)
        ]
        begin = 0
        unsaid = clause
        for low, high in told:
            unsaid = unsaid[:low] + " " * (high - low) + unsaid[high:]
        for stop, following in [*borders, (len(clause), len(clause))]:
            read = [end for start, end in used if begin <= start < stop]
            start = max(read, default=begin)
            rest = clause[start:stop].strip(EDGE)
            few = len(unsaid[start:stop].split()) < _STATED
            if rest and not self.names.grammar.tail.match(rest):
                known = any(low < stop and start < high for low, high in told)
                beside = begin or told
                if not few or (beside and not known and self.names.grammar.owned.match(rest)):
                    yield rest
            begin = following


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

"""Of whom and of what a cue is said: of whoever is outside X, of several together, of one layer.

Or of somebody else than the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from depgraph.analysis.grammar.cues import Found
from depgraph.analysis.grammar.forms import ALONE, OF_A_SET, Claim, Form
from depgraph.analysis.grammar.names import Actor, Names
from depgraph.analysis.grammar.patterns import EDGE
from depgraph.analysis.polarity import Force, Operator
from depgraph.vocabulary import Function, Layer, functions_like

_OF_ROLES_OUTSIDE: Final = {
    Form.DONE_BY: Form.NOT_DONE_BY,
    Form.UNDER_LAW: Form.NOT_DONE_BY,
    Form.NOT_DONE_BY: Form.UNDER_LAW,
}
"""What is said of X by what is said of whoever is outside X."""
_OF_A_LAYER: Final = {
    Form.ON_PATH: Form.DONE_BY,
    Form.NOT_ON_PATH: Form.NOT_DONE_BY,
    # Where others do it as well, it does not depend on these.
    Form.CAN_STOP: Form.ALL_DONE_BY,
}
"""What is said of who does something by what is said of the service: "uses a French registrar"."""
_OF_THE_SERVICE: Final = frozenset(
    {Form.CAN_STOP, Form.CANNOT_STOP, Form.ON_PATH, Form.NOT_ON_PATH}
)
"""Forms that are tested of the service alone."""
_KEEPING: Final = {Function.WEB.value: Layer.HOST, Function.MAIL.value: Layer.MAIL}
"""The role of whoever keeps what a function is called by ("runs its own mail")."""
_KEPT_ALIKE: Final = frozenset({Layer.HOST.value, Layer.MAIL.value, Layer.DNS.value})
"""Layers of which one verb says who keeps what is there."""
_BEFORE: Final = 4
"""Words between "only" and the function that it limits ("only stop our mail")."""


def _word(clause: str, start: int) -> int:
    """Return where the next word begins."""
    return len(clause) - len(clause[start:].lstrip())


@dataclass(frozen=True, slots=True)
class Outside:
    """That a cue is said of whoever is outside those named.

    Parameters
    ----------
    each
        Whether of each of them alone ("no company outside X"), not of all together.
    level
        Which of them, if that is said.
    several
        Those named.
    """

    each: bool
    level: str
    several: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of a service that words name together.

    Parameters
    ----------
    functions, layers
        The functions, and the layers of what is none ("our DNS"); neither: no part in particular.
    start, end
        Where the words for them stand.
    """

    functions: tuple[Function, ...] = ()
    layers: tuple[Layer, ...] = ()
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        """Whether a part is named."""
        return bool(self.functions or self.layers)


@dataclass(frozen=True, slots=True)
class Scope:
    """Finds of whom, and of what, a cue is said.

    Parameters
    ----------
    names
        Who is named.
    """

    names: Names

    def outside(self, clause: str, start: int, actors: Sequence[Actor]) -> Outside | None:
        """Return of whom outside those named something is said, if it is of these."""
        if not actors:
            return None
        match = self.names.grammar.outside.search(clause[start : actors[0].start])
        if match is None:
            return None
        level = (match["level"] or "").casefold()
        return Outside(
            match["each"] is not None,
            self.names.grammar.claims.levels.get(level, ""),
            tuple(actor.name for actor in actors),
        )

    def turned(self, claim: Claim, outside: Outside) -> Claim | None:
        """Return what a claim says of those named; None where that is not read."""
        if not all(map(self.names.is_land, outside.several)):
            return None
        name, *others = outside.several
        if claim.form is Form.CANNOT_STOP and outside.each:
            return replace(
                claim,
                form=Form.NOBODY_ELSE,
                actors=name,
                others=tuple(others),
                level=outside.level,
            )
        if claim.form in _OF_ROLES_OUTSIDE and not others:
            return replace(claim, form=_OF_ROLES_OUTSIDE[claim.form])
        return None

    def together(self, clause: str, start: int, end: int) -> bool:
        """Tell whether several are meant as one ("A and B together")."""
        return self.names.grammar.jointly.search(clause, start, end) is not None

    def rest(
        self, clause: str, several: Iterable[Operator], actors: Sequence[Actor]
    ) -> tuple[Function, ...]:
        """Return the other functions where what is said is limited to one ("only our mail")."""
        spans = [(actor.start, actor.end) for actor in actors]
        found = [
            match
            for match in self.names.grammar.function.finditer(clause)
            if all(match.end() <= start or end <= match.start("what") for start, end in spans)
        ]
        if len(found) != 1:
            return ()
        what = self.names.grammar.claims.functions[found[0]["what"].casefold()]
        meant = functions_like(Function(what))
        for op in several:
            gap = clause[op.end : found[0].start("what")]
            near = op.end <= found[0].start("what") and len(gap.split()) <= _BEFORE
            named = any(op.end <= start < found[0].start("what") for start, _ in spans)
            # "stop our mail only"
            ends = found[0].end() <= op.start
            ends = ends and not (clause[found[0].end() : op.start] + clause[op.end :]).strip(EDGE)
            if op.force in {Force.ONLY, Force.ALONE} and (ends or (near and not named)):
                return tuple(one for one in Function if one not in meant)
        return ()

    def subject(self, clause: str, start: int, end: int, carried: Subject) -> Subject:
        """Return the parts that words before a cue name last, and else those that were carried on.

        Whoever begins anew ("and we ...") speaks of the whole service.
        """
        last = Subject()
        for match in self.names.grammar.things.finditer(clause, start, end):
            if match.start() >= last.end:
                last = self._listed(clause, match, end)
        if self.names.grammar.anew.search(clause, max(start, last.end), end):
            return Subject()
        return last or carried

    def object(
        self, clause: str, actors: Sequence[Actor], places: tuple[int, int, int, int]
    ) -> Subject:
        """Return the parts that the words of a cue name, or those that follow ("uses A for mail").

        `places` are where the words before them begin, where they begin themselves, where the last
        of whom it is said ends, and where the next cue begins, of whose own parts none is meant.
        """
        done, first, last, ahead = places
        closed = self.names.grammar.closes.search(clause, last, ahead)
        stop = closed.start() if closed else ahead
        for match in self.names.grammar.things.finditer(clause, done, stop):
            start, end = match.span(str(match.lastgroup))
            if first <= start and all(end <= one.start or one.end <= start for one in actors):
                return self._listed(clause, match, ahead, before_next=ahead < len(clause))
        return Subject()

    def _listed(
        self, clause: str, first: re.Match[str], ahead: int, *, before_next: bool = False
    ) -> Subject:
        """Return the parts that stand together, but for one of which the next cue is said."""
        functions: list[Function] = []
        layers: list[Layer] = []
        match: re.Match[str] | None = first
        end = first.end()
        while match is not None:
            end = match.end()
            if match.lastgroup == "what":
                what = self.names.grammar.claims.functions[match["what"].casefold()]
                functions += functions_like(Function(what))
            else:
                layers.append(Layer(str(match.lastgroup)))
            match = self.names.grammar.further.match(clause, end, ahead)
            # "cannot stop our mail and our web site is hosted by"
            if (
                before_next
                and match
                and not self.names.grammar.together.search(clause, match.end(), ahead)
            ):
                break
        named = tuple(dict.fromkeys(functions)), tuple(dict.fromkeys(layers))
        return Subject(*named, first.start(), end)

    def also(
        self, clause: str, one: Found, start: int, ahead: int, *, denied: bool
    ) -> tuple[list[tuple[Layer, int, int]], bool]:
        """Return of what else the service has a role is said without its verb ("and our own mail").

        Where more follows than a list of them it is a statement of its own.

        Returns
        -------
        tuple
            Each with the layer of its role, and where its words begin and end; and whether only one
            of them is meant ("or").
        """
        grammar = self.names.grammar
        found: list[tuple[Layer, int, int]] = []
        if one.cue.layer not in _KEPT_ALIKE:
            return found, False
        end, several, either = start, ahead, False
        if one.holds("also"):  # "hosts its web site and its mail itself"
            end, several = one.match.span("also")
        elif one.cue.before and (what := grammar.things.match(clause, _word(clause, end), ahead)):
            end = what.end()  # "A hosts our web site, our mail and our DNS"
        while match := grammar.further.match(clause, end, several):
            begin, stop = match.span(str(match.lastgroup))
            layer = self._layer_of(match)
            joined = grammar.together.match(clause, end, begin)
            if layer is None:
                break
            either |= joined is not None and grammar.alternative.search(joined[0]) is not None
            found.append((layer, joined.end() if joined else begin, stop))
            end = stop
        end = max(end, start)
        after = grammar.together.match(clause, end) or grammar.tail.match(
            clause, _word(clause, end)
        )
        rest = clause[end:].strip(EDGE)
        if rest and not (after or grammar.too.fullmatch(rest)):
            found = found[:-1]
        return found, either and not denied

    def _layer_of(self, match: re.Match[str]) -> Layer | None:
        """Return the layer of the role of whoever keeps a thing for a service, if it has one."""
        if match.lastgroup != "what":
            return Layer(str(match.lastgroup))
        return _KEEPING.get(self.names.grammar.claims.functions[match["what"].casefold()])

    def layer(self, clause: str, start: int, first: Actor, last: int) -> tuple[Layer | None, bool]:
        """Return the layer of a role that is named beside whom a cue is said of, if one is.

        And whether it is a part of the service ("depends on A for DNS"), and not what he is.
        """
        things = self.names.grammar.claims.things
        for layer, before, after in self.names.grammar.beside:
            if before.search(clause[start : first.start]):
                return layer, False
            if match := after.match(clause, last):
                return layer, match["task"] is not None and layer in things
        return None, False

    def of_another(self, clause: str, done: int, one: Found) -> bool:
        """Tell whether it is said of one who serves the service ("its host does not depend on").

        Who owns him, or where he is, is said of the service by it; on whom he depends is not.
        """
        if one.cue.layer or one.cue.form not in _OF_THE_SERVICE:
            return False
        if one.cue.before:  # "A cannot stop its host"
            return self.names.grammar.another.match(clause, one.end) is not None
        return self.names.grammar.of_another.search(clause[done : one.start]) is not None

    @staticmethod
    def of_layer(claim: Claim, layer: Layer, *, of_part: bool) -> Claim | None:
        """Return what a claim says of a layer; None where that is not read.

        Who can stop it is asked of the layer itself where it is a part of the service ("our DNS
        depends on A"); beside whom it is said of, it is his role ("depends on a French registrar").
        """
        if of_part and claim.form in OF_A_SET | ALONE:
            return replace(claim, layer=layer)
        form = _OF_A_LAYER.get(claim.form)
        return None if form is None else replace(claim, form=form, layer=layer)

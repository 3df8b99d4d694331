"""Which way a cue is meant: affirmed, denied, with an exception or a limit, or not read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from depgraph.analysis.grammar.cues import Found
from depgraph.analysis.grammar.forms import ALONE, NEGATIVE, OPPOSITE, Form
from depgraph.analysis.grammar.names import Actor, Names
from depgraph.analysis.grammar.patterns import EDGE
from depgraph.analysis.grammar.scope import Outside
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
from depgraph.texts.language import Cue
from depgraph.vocabulary import Function, Layer

_BOUND: Final = 2
"""Words between a limit and whom it is of ("only by the ...")."""


@dataclass(frozen=True, slots=True)
class Read:
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
    outside
        That it is said of whoever is outside those named.
    rest
        The functions of which the opposite is said ("only our mail").
    together
        Whether it is said of several as one.
    of_layer
        Whose role is named beside them ("uses a French registrar").
    of_another
        Whether it is said of one who serves the service ("its host depends on").
    told
        Where the words stand for the parts of the service of which it is said.
    of_part
        Whether the layer is such a part ("our DNS depends on"), and no role beside whom it is of.
    """

    start: int
    end: int
    cue: Cue
    polarity: Polarity
    denied: bool
    compared: bool
    layers: tuple[Layer | None, ...]
    functions: tuple[Function, ...]
    excepted: tuple[Actor, ...] = ()
    limited: tuple[str, ...] = ()
    tail: tuple[Operator, ...] = ()
    outside: Outside | None = None
    rest: tuple[Function, ...] = ()
    together: bool = False
    of_layer: Layer | None = None
    of_another: bool = False
    told: tuple[tuple[int, int], ...] = ()
    of_part: bool = False

    def excepts(self, actor: Actor) -> bool:
        """Tell whether somebody is excepted, with or without the word before the name."""
        return any(actor.end == one.end for one in self.excepted)


@dataclass(frozen=True, slots=True)
class Reach:
    """The operators that may reach a cue: before it, between its words and names, and after."""

    lead: tuple[Operator, ...]
    within: tuple[Operator, ...]
    tail: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """Composes the operators that reach a cue.

    Parameters
    ----------
    names
        Who is named.
    """

    names: Names

    def reach(
        self,
        clause: str,
        several: Iterable[Operator],
        one: Found,
        actors: Iterable[Actor],
        places: tuple[int, int, int, int, int],
    ) -> Reach:
        """Return the operators that may reach a cue: before, within and after its words.

        `places` are where the words before it begin, where it begins and ends, where the last of
        whom it is said ends, and where the next begins.
        """
        done, start, end, last, ahead = places
        names = [actor for actor in actors if self.names.meanings_of(actor.words)]
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
        return Reach(tuple(lead), (*core, *gap), tuple(tail))

    def _border(self, clause: str, start: int, end: int) -> int:
        """Return where the words after a piece end, and those before the next begin."""
        match = self.names.grammar.together.search(clause, start, end)
        return match.start() if match else start

    def _counts(self, clause: str, one: Found, op: Operator) -> bool:
        """Tell whether an operator within the words of a cue is none of those words itself."""
        within = any(
            match.start() <= op.start < match.end()
            for match in self.names.grammar.outcome.finditer(clause, one.start, one.end)
        )
        # in "stops working" the stop is what is said, in "cannot block" the block
        if op.force in {Force.DENY, Force.OPEN} and within:
            return False
        if one.holds("then"):
            return any(one.covers(name, op.start) for name in ("then", "who"))
        if one.cue.form in ALONE:
            return op.force not in {Force.ONLY, Force.ALONE}
        return not one.covers("own", op.start)

    def polarity(
        self,
        clause: str,
        one: Found,
        actors: list[Actor],
        reach: Reach,
        *,
        first: int,
        earlier: Read | None,
    ) -> tuple[Polarity, list[Actor]]:
        """Compose the operators that reach a cue, and return who is excepted.

        `first` is where the cue begins, or the first that shares its actors; `earlier` is what
        was read before it, for a denial goes on after "or".
        """
        lead = clause[earlier.end if earlier else 0 : first]
        going_on = bool(
            earlier
            and self.names.grammar.together.fullmatch(lead)
            and self.names.grammar.alternative.search(lead)
        )
        before = () if going_on else reach.lead
        ordered = [*before, *reach.within, *(op for op in reach.tail if op.force in BACKWARD)]
        form = Form(one.cue.form)
        polarity = compose(
            clause,
            ordered,
            self.names.grammar.joined,
            denies=form in NEGATIVE,
            actor_first=(one.cue.before or form in ALONE)
            and not any(self._of_all(clause, op, actors) for op in ordered),
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
            readable = readable and not any(self.names.within(clause, *one.match.span("then")))
        result = OPPOSITE.get(form, form) if denied else form
        several = [op for op in ordered if op.force is Force.EXCEPT]
        excepted: list[Actor] = []
        for op in several:
            limit = one.start if op.end <= one.start else len(clause)
            excepted += self.names.beside(clause, op.end, limit, guess=False)
        if several and not (excepted and self._is_negative(one, actors, denied=denied)):
            readable = False
        if result is Form.CAN_STOP and not one.cue.before and self.alternatives(clause, actors):
            readable = False
        readable = readable and not self._closed(clause, before, first, actors)
        readable = readable and not self._of_another(clause, earlier.end if earlier else 0, first)
        return replace(polarity, denied=denied, readable=readable), excepted

    def limited(
        self, clause: str, reach: Reach, actors: list[Actor], excepted: list[Actor]
    ) -> list[Actor]:
        """Return of whom it is said and of nobody else ("only A", "on A alone", "nobody but A").

        In "A can only stop the mail", "only our mail depends on A" and "we use A only for copies"
        the limit is of what is done; "no cloud but A" says nothing of who is no cloud.
        """
        if excepted:
            ends = {one.end for one in excepted}
            of_some = any(
                one.end not in ends and self.names.meanings_of(one.words) for one in actors
            )
            return [] if of_some else excepted
        if not actors:
            return []
        first, last = actors[0].start, actors[-1].end
        for op in (*reach.lead, *reach.within, *reach.tail):
            if op.force not in {Force.ONLY, Force.ALONE}:
                continue
            gap = self.names.grammar.half.split(clause[op.end : first])[-1]
            if op.end <= first and len(gap.split()) <= _BOUND:
                return actors
            if self._of_all(clause, op, actors):
                return actors
            beside = clause[last : op.start] + clause[op.end :]
            if last <= op.start and not beside.strip(EDGE):
                return actors
        return []

    def _of_all(self, clause: str, op: Operator, actors: list[Actor]) -> bool:
        """Tell whether a group is said to be the only one ("French companies alone can ...").

        Of one company this says that it needs nobody else; and so does a denial of a group.
        """
        if op.force is not Force.ALONE or len(actors) != 1 or actors[0].end > op.start:
            return False
        kinds = {one.kind for one in self.names.meanings_of(actors[0].words)}
        others = operators(clause, self.names.grammar.operators)
        return (
            not clause[actors[0].end : op.start].strip()
            and bool(kinds)
            and kinds <= {"group", "country"}
            and not any(one.force in DENYING for one in others)
        )

    def _is_negative(self, one: Found, actors: list[Actor], *, denied: bool) -> bool:
        """Tell whether a cue says, as it stands, what nobody or none is or does."""
        form = Form(one.cue.form)
        form = form if actors or form in ALONE else Form.SOMEBODY_ALONE
        return (OPPOSITE.get(form, form) if denied else form) in NEGATIVE

    def _closed(
        self, clause: str, lead: Iterable[Operator], first: int, actors: Iterable[Actor]
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
            if self.names.grammar.closes.search(gap[start : several[0].start]):
                return True
            start = several[-1].end
        return self.names.grammar.closes.search(gap, start) is not None

    def _of_another(self, clause: str, done: int, first: int) -> bool:
        """Tell whether a cue stands in a clause about somebody just named ("A, which uses B")."""
        return any(
            match.end() > done for match in self.names.grammar.concerning.finditer(clause, 0, first)
        )

    def alternatives(self, clause: str, actors: list[Actor]) -> bool:
        """Tell whether one of several is meant: "A or B", but not "whether A or B"."""
        if actors and self.names.grammar.whichever.search(clause[: actors[0].start]):
            return False
        return any(
            self.names.grammar.either.search(clause[one.end : other.start])
            for one, other in itertools.pairwise(actors)
        )

    def composed(self, clause: str, said: Read, contrasts: list[tuple[int, int]]) -> bool:
        """Tell whether each operator that may reach a piece is part of how it was read."""
        return said.polarity.readable and all(
            op.force not in AFTERWARDS
            or (op.force is Force.CONCORD and said.polarity.negated)
            or any(start < op.end and op.start < end for start, end in contrasts)
            or (
                op.force is not Force.OPEN
                and self.names.grammar.own_phrase.search(clause[: op.start])
            )
            for op in said.tail
        )

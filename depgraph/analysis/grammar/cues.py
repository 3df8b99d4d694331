"""What a clause says of somebody ("relies on", "hosted by"), and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from depgraph.analysis.grammar.forms import ALONE, Form
from depgraph.analysis.grammar.names import REACH, Actor, Names
from depgraph.analysis.grammar.patterns import EDGE
from depgraph.analysis.naming import SELF
from depgraph.analysis.polarity import DENYING, Operator
from depgraph.texts.language import Cue
from depgraph.vocabulary import Layer

_NEAR: Final = 4
"""Words between what is said of a role and the first of whom it is said."""


@dataclass(frozen=True, slots=True)
class Found:
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
class Cues:
    """Finds the cues of a clause, and who is meant by each.

    Parameters
    ----------
    names
        Who is named.
    """

    names: Names

    def of(self, clause: str) -> list[Found]:
        """Find the cues, the longest of those that begin together; none overlap.

        What would be if somebody failed comes before the rest, for it holds words of others that
        are not said of them; those that can hold words of others ("can ... stop") after it.
        """
        found = [
            Found(match.start(), match.end(), cue, match)
            for cue, pattern in self.names.grammar.cues
            for match in pattern.finditer(clause)
        ]
        found = [one for one in found if not one.holds("then", "who") or self.inner(clause, one)]
        found.sort(key=lambda one: (not one.holds("then"), one.holds("who"), one.start, -one.end))
        kept: list[Found] = []
        for one in found:
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def inner(self, clause: str, one: Found) -> list[Actor]:
        """Return who is named within a cue."""
        return self.names.beside(clause, *one.match.span("who"), guess=False)

    def layers(self, clause: str, one: Found, done: int) -> tuple[Layer | None, ...]:
        """Return what a cue says is done: with what stands beside it ("hosted and protected by")."""
        own = Layer(one.cue.layer) if one.cue.layer else None
        for acts in self.names.grammar.acts:
            several = sorted(
                (match.start(), match.end(), layer)
                for layer, pattern in acts
                for match in pattern.finditer(clause, done, one.end)
            )
            joined: list[tuple[int, int, Layer]] = []
            for act in several:
                gap = clause[joined[-1][1] : act[0]] if joined else ""
                if joined and not self.names.grammar.joint.fullmatch(gap):
                    if any(layer is own for *_, layer in joined):
                        break
                    joined = []
                joined.append(act)
            if any(layer is own for *_, layer in joined):
                return tuple(dict.fromkeys(layer for *_, layer in joined))
        return (own,)

    def actors(
        self, clause: str, one: Found, done: int, ahead: int, several: Iterable[Operator]
    ) -> list[Actor] | None:
        """Return of whom a cue says something; None where it says nothing of anybody.

        An empty list: of nobody in particular.
        """
        if one.cue.form in ALONE:
            return []
        if one.holds("itself"):
            return [Actor(*one.match.span("itself"), SELF)]
        if not one.cue.before:
            end = self._until(clause, one.end, ahead)
            reach = _NEAR if one.cue.layer else REACH
            actors = self.names.beside(clause, one.end, end, reach=reach)
            return [actor for actor in actors if self._is_meant(one, actor)] or None
        if one.holds("then"):
            return self.inner(clause, one)
        if one.holds("who") and (inside := self.inner(clause, one)):
            return inside
        lead = clause[done : one.start].strip(EDGE)
        bare = clause[: one.start]
        for op in several:
            nobody = self.names.grammar.anybody.fullmatch(clause, op.start, op.end)
            if op.force in DENYING and op.end <= one.start and not nobody:
                bare = bare[: op.start] + " " * (op.end - op.start) + bare[op.end :]
        bare = bare[done:].strip(EDGE)
        if self.names.grammar.anybody.fullmatch(lead) or self.names.grammar.anybody.fullmatch(bare):
            return []
        found = self.names.beside(clause, done, one.start, backward=True) if bare else []
        return found or None

    def _is_meant(self, one: Found, actor: Actor) -> bool:
        """Tell whether words after a cue are about somebody.

        Those that name nobody are taken for a name that we do not know, of which to say so: after
        "independent of" any words, after "uses" or "in" those that are written like one.
        """
        if self.names.meanings_of(actor.words):
            return True
        strong = one.cue.form in {Form.CAN_STOP, Form.CANNOT_STOP}
        bare = re.sub(
            rf"(?:{self.names.grammar.claims.articles})", "", f"{actor.words} ", flags=re.IGNORECASE
        )
        return bool(bare.strip()) and (strong or actor.words != actor.words.lower())

    def _until(self, clause: str, start: int, end: int) -> int:
        match = self.names.grammar.tail.search(clause, start, end)
        return match.start() if match else end

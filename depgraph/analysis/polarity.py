"""Whether words of a claim affirm or deny: what each denying or limiting word does to the others.

Every such word is an operator. A piece of a claim is ruled on only where each operator that may
reach it has been composed; else it is not read, for a claim read the wrong way round is worse
than one that is not read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Force(StrEnum):
    """What a word does to what is said."""

    ASIDE = "aside"  # begins a clause about somebody else: "unlike Parler, which ..."
    AFFIRM = "affirm"  # looks like a denial and is none: "not only", "no doubt"
    NOT = "not"  # denies what follows
    CONCORD = "concord"  # repeats a denial, and denies where there is none: "nor", "jamais"
    DENY = "deny"  # a word that means a denial: "refuse", "far from"
    END = "end"  # denies what stands before it: "our dependence is over"
    ONLY = "only"  # says it of nobody and nothing else
    ALONE = "alone"  # without the help of others, or of nobody else
    EXCEPT = "except"  # says the opposite of whoever follows
    DEGREE = "degree"  # "entirely": with a denial, it is open how much is denied
    PARTLY = "partly"  # "mostly": affirms of a part, and denies of none as a whole
    VAGUE = "vague"  # what it does to what follows is not composed: "almost", "we fear that"
    OPEN = "open"  # the same, of what stands before it too: "unless", "critics say"


DENYING: Final = frozenset({Force.NOT, Force.CONCORD, Force.DENY, Force.END})
"""What turns round what is said."""
AFTERWARDS: Final = frozenset({Force.NOT, Force.CONCORD, Force.DENY, Force.OPEN})
"""What does not reach back to what was said before it in a way that is composed."""
BACKWARD: Final = frozenset({Force.END, Force.ONLY, Force.ALONE, Force.EXCEPT, Force.PARTLY})
"""What does."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A word of denial, exception or limit at its place."""

    start: int
    end: int
    force: Force


@dataclass(frozen=True, slots=True)
class Polarity:
    """What the operators about a piece amount to.

    Parameters
    ----------
    denied
        Whether they turn it round.
    readable
        Whether all of them were composed.
    exclusive
        Whether they say as well that it is so of nobody else.
    partial
        Whether they say it of a part only.
    negated
        Whether one of them is a negation, which words of concord may repeat.
    """

    denied: bool = False
    readable: bool = True
    exclusive: bool = False
    partial: bool = False
    negated: bool = False


def operators(text: str, patterns: Sequence[tuple[Force, re.Pattern[str]]]) -> tuple[Operator, ...]:
    """Find the operators of a text; of those that overlap, the one whose pattern comes first."""
    found: list[Operator] = []
    for force, pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other.start or other.end <= start for other in found):
                found.append(Operator(start, end, force))
    return tuple(sorted(found, key=lambda one: one.start))


def compose(
    text: str,
    several: Iterable[Operator],
    joined: re.Pattern[str],
    *,
    denies: bool,
    actor_first: bool,
    cue: int,
) -> Polarity:
    """Compose the operators that reach a piece.

    Parameters
    ----------
    text, several
        The clause, and the operators in it.
    joined
        What stands before the second of two denials that are one ("no A and no B").
    denies
        Whether what is said denies something by itself ("independent of").
    actor_first, cue
        Whether who is meant stands before it, and where it begins.

    Returns
    -------
    Polarity
        Two denials cancel out, those that only repeat one another are one.
    """
    ordered = [one for one in several if one.force is not Force.AFFIRM]
    denials = [one for one in ordered if one.force in DENYING]
    negations = [one for one in denials if one.force is Force.NOT]
    repeated = sum(
        bool(joined.search(text[one.end : other.start]))
        for one, other in itertools.pairwise(negations)
    )
    concord = any(one.force is Force.CONCORD for one in denials)
    words = sum(one.force in {Force.DENY, Force.END} for one in denials)
    flips = words + max(len(negations) - repeated, concord)
    limits = [
        one
        for one in ordered
        if one.force is Force.ONLY or (one.force is Force.ALONE and not actor_first)
    ]
    forces = {one.force for one in ordered}
    if forces & {Force.OPEN, Force.VAGUE} or [one.force for one in ordered].count(Force.EXCEPT) > 1:
        return Polarity(readable=False)
    if denials and Force.DEGREE in forces:
        return Polarity(readable=False)
    if Force.PARTLY in forces and (denials or denies):
        return Polarity(readable=False)
    # "not A alone can stop it", but "A cannot stop it alone"
    if any(
        one.force is Force.ALONE and one.start < cue and denials and denials[0].start < one.start
        for one in ordered
    ):
        return Polarity(readable=False)
    if limits and denials:  # "does not depend only on A": it does, and on others
        return Polarity(readable=flips == 1 and denials[-1].start < limits[0].start)
    return Polarity(
        flips % 2 == 1,
        exclusive=bool(limits),
        partial=Force.PARTLY in forces,
        negated=bool(negations),
    )

"""Which limits a collection met, and what they left unasked: one value for every face.

A question that a limit forbids is recorded as not asked, and its note says which limit. The
notes are written and read here, so that a recording tells its limits without a field for them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from depgraph.observations import Observation, Status
from depgraph.vocabulary import Limit, coded, decoded

NAMED: Final = 3  # names of which something was left
_MOST: Final = "{most}"
_CUT_SHORT: Final = frozenset({Status.NOT_ASKED_BUDGET, Status.NOT_ASKED_DEPTH, Status.TRUNCATED})

_NOTES: Final[Mapping[Limit, str]] = MappingProxyType(
    {
        Limit.QUESTIONS: "the budget of {most} questions is spent",
        Limit.BYTES: "the budget of {most} bytes is spent",
        Limit.SECONDS: "the budget of {most} seconds is spent",
        Limit.SERVER: "the budget of {most} questions to one server is spent",
        Limit.ZONE: "the budget of {most} questions to the servers of one zone is spent",
        Limit.DEPTH: "more than {most} steps from the service",
        Limit.CUTS: "more than {most} zone cuts on the way",
        Limit.ALIASES: "more than {most} aliases, one after the other",
        Limit.HOSTS: "more hosts in one answer than the budget follows",
        Limit.ADDRESSES: "more addresses in one answer than the budget follows",
        Limit.DOMAIN: "more hosts of one domain than the budget follows from answers of others",
        Limit.TRIAL: "of the same answer, are not known to exist",
        Limit.SPF: "SPF ends after {most} look-ups (RFC 7208, section 4.6.4)",
        Limit.ANSWER: "an answer of more than {most} bytes",
    }
)
_READ: Final = {
    limit: re.compile(re.escape(note).replace(re.escape(_MOST), r"(?P<most>[\d.e+]+)"))
    for limit, note in _NOTES.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetLimit:
    """A limit that was met.

    Parameters
    ----------
    limit
        Which.
    most
        How much it allows; empty where that is not recorded.
    left
        How many questions it left unasked; 0 where that is not known.
    of
        Names that some of these are of, functions of which not all sets were looked for, or the
        day asked for, and the first and last of the recording, which has nothing of that day.
    """

    limit: Limit
    most: str = ""
    left: int = 0
    of: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the form that it has in a graph; `joined` and `split` are of several."""
        data = {"most": self.most, "left": str(self.left or ""), "of": ",".join(self.of)}
        return coded(self.limit.value, data.items())


def note_of(limit: Limit, most: float = 0) -> str:
    """Return what is noted of a question that a limit forbids.

    >>> note_of(Limit.DEPTH, 6)
    'more than 6 steps from the service'
    """
    return _NOTES[limit].replace(_MOST, f"{most:g}" if isinstance(most, float) else str(most))


def met(
    observations: Iterable[Observation], *, complete: bool = True, changed: bool = False
) -> tuple[MetLimit, ...]:
    """Return the limits that a collection met, in the order of the vocabulary.

    What another run or place has settled since is left out.

    Parameters
    ----------
    observations
        Those of a recording.
    complete
        Whether the collection came to its end.
    changed
        Whether the recording is not as it was written.
    """
    made = list(observations)
    unput = [one for one in made if one.status in _CUT_SHORT]
    settled: set[tuple[str, str, str]] = set()
    for one in made if unput else ():
        if one.status.conclusive:
            settled |= {(one.subject, one.type, ""), (one.subject, one.type, one.server)}
    left: dict[tuple[Limit, str], set[tuple[str, str, str]]] = defaultdict(set)
    for one in unput:
        question = (one.subject, one.type, one.server)
        limit = _limit_of(one)
        if limit is not None and question not in settled:
            left[limit].add(question)
    several = [
        MetLimit(
            limit=limit,
            most=most,
            left=len(questions),
            of=tuple(sorted({name for name, _, _ in questions})[:NAMED]),
        )
        for (limit, most), questions in left.items()
    ]
    if not complete:
        several.append(MetLimit(limit=Limit.INTERRUPTED))
    if changed:
        several.append(MetLimit(limit=Limit.CHANGED))
    return in_order(several)


def in_order(several: Iterable[MetLimit]) -> tuple[MetLimit, ...]:
    """Return limits in the order of the vocabulary, each once."""
    order = list(Limit)
    return tuple(sorted(dict.fromkeys(several), key=lambda one: (order.index(one.limit), str(one))))


def _limit_of(one: Observation) -> tuple[Limit, str] | None:
    """Return the limit that left a question open, and how much it allows; None if it was none."""
    for limit, form in _READ.items():
        if (found := form.search(one.note)) is not None:
            return limit, found.groupdict().get("most", "")
    return None if one.status is Status.TRUNCATED else (Limit.OTHER, "")


def joined(several: Iterable[MetLimit]) -> str:
    """Return limits as the one text that a graph has of them.

    >>> joined([MetLimit(limit=Limit.DEPTH, most="6", left=2, of=("a.example", "b.example"))])
    'depth?most=6&left=2&of=a.example,b.example'
    """
    return "; ".join(map(str, several))


def split(text: str) -> tuple[MetLimit, ...]:
    """Read what :func:`joined` wrote; what is none of our words is :attr:`Limit.OTHER`."""
    return tuple(_read(part) for part in text.split("; ") if part)


def _read(part: str) -> MetLimit:
    word, data = decoded(part)
    pairs = dict(data)
    left = pairs.get("left", "")
    return MetLimit(
        limit=Limit(word) if word in set(Limit) else Limit.OTHER,
        most=pairs.get("most", ""),
        left=int(left) if left.isdecimal() and len(left) < _DIGITS else 0,
        of=tuple(filter(None, pairs.get("of", "").split(","))),
    )


_DIGITS: Final = 12  # of a count that somebody else's graph gives

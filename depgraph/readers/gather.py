"""All that a file holds of one service, wherever in it that stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from depgraph.errors import RecordingError
from depgraph.names import is_below
from depgraph.readers.answers import led_to
from depgraph.readers.asked import by_server
from depgraph.readers.lines import BadLine
from depgraph.readers.registry import Anew
from depgraph.recording import Recording

_PASSES: Final = 8
"""Over a file: an alias leads to a name, whose zone has servers, which have addresses."""
_REVERSE: Final = ("in-addr.arpa", "ip6.arpa")
_MOST_LEFT_OUT: Final = 100_000
"""Subjects that are remembered; where a file has more, it is read again to see what they are."""
_MOST_SUBJECTS: Final = 200  # looked at for the one that leads to the rest

Entries = Callable[[], Iterable[Recording | BadLine]]


def gather(
    entries: Entries, wanted: str | None, fault: Callable[[BadLine], object]
) -> list[Recording]:
    """Return the recordings of a file that belong to one service.

    Scanners write a line for each question, and zone files hold many names: what a file holds of
    the name, of names below it, and of those that its records lead to (the addresses of its name
    servers and mail exchanges) belongs together. The file is read again as long as what was found
    leads to more names, so that only what belongs is held in memory.

    Parameters
    ----------
    entries
        Begins to read the file anew.
    wanted
        The service; None: that of the file, if it is of one.
    fault
        Is told each bad line, perhaps more than once.

    Raises
    ------
    RecordingError
        If `wanted` is None and the file is of several services; or it has the zone of `wanted`,
        which has no record of such a name.
    """
    if wanted is None:
        return by_server(_only_service(entries, fault))
    names = frozenset({wanted})
    found: list[Recording] = []
    for _ in range(_PASSES):
        found = []
        left_out: set[str] = set()  # what more names could take in
        for entry in entries():
            if isinstance(entry, Anew):
                found = []
                left_out.clear()
            if isinstance(entry, BadLine):
                fault(entry)
            elif _belongs(entry, wanted, names):
                found.append(entry)
            elif len(left_out) < _MOST_LEFT_OUT:
                left_out.add(entry.subject)
        if not any(is_below(o.subject, wanted) for one in found for o in one):
            return _nothing_of(found, wanted)
        if not left_out:
            break
        more = names.union(*(led_to(o) for one in found for o in one))
        if more == names or (len(left_out) < _MOST_LEFT_OUT and left_out.isdisjoint(more)):
            break
        names = more
    return by_server(found)


def _belongs(entry: Recording, wanted: str, names: frozenset[str]) -> bool:
    """Tell whether a recording is of a service, of a zone above it, or of what it leads to."""
    subject = entry.subject
    return is_below(subject, wanted) or is_below(wanted, subject) or subject in names


def _nothing_of(found: list[Recording], wanted: str) -> list[Recording]:
    """Return the recordings of a service that say nothing; refuse what is only of a zone above."""
    own = [one for one in found if is_below(one.subject, wanted)]
    if found and not own:
        raise RecordingError(
            f"expected a recording of {wanted}, found the zone {found[0].subject}, which has no "
            "record of that name (a wildcard, a delegation or a DNAME above it may answer for it)"
        )
    return own


def _only_service(entries: Entries, fault: Callable[[BadLine], object]) -> list[Recording]:
    """Return the recordings of a file of one service: of one name, or of one that leads to the rest."""
    found: list[Recording] = []
    subjects: dict[str, None] = {}
    for entry in entries():
        if isinstance(entry, Anew):
            found.clear()
            subjects.clear()
        if isinstance(entry, BadLine):
            fault(entry)
            continue
        found.append(entry)
        if any(o.type != "DNAME" for o in entry):  # a link on the way, which is asked about by none
            subjects[entry.subject] = None
        if len(subjects) > _MOST_SUBJECTS:
            break
    if len(subjects) <= 1:
        if subjects and any(is_below(next(iter(subjects)), top) for top in _REVERSE):
            raise RecordingError(
                f"expected a service, found the name of an address alone ({next(iter(subjects))}, dig -x): "
                "depgraph explain ADDRESS says who has it"
            )
        return sorted(found, key=lambda one: one.subject not in subjects)
    top = _top(found, subjects) if len(subjects) <= _MOST_SUBJECTS else None
    if top is None:
        first, second = list(subjects)[:2]
        raise RecordingError(
            f"expected one service, found several ({first}, {second} ...): choose with --name"
        )
    return sorted(found, key=lambda one: one.subject != top)


def _top(found: list[Recording], subjects: Collection[str]) -> str | None:
    """Return the one subject that leads to all others, or above which they lie; None if none does."""
    leads: dict[str, set[str]] = {}
    for one in found:
        leads.setdefault(one.subject, set()).update(*(led_to(o) for o in one))
    candidates = [s for s in subjects if not any(is_below(s, t) for t in subjects if t != s)]
    tops = [  # a server lies in its own zone
        c for c in candidates if not any(c in to for s, to in leads.items() if not is_below(s, c))
    ]
    if len(tops) != 1:
        return None
    reached: set[str] = set()
    waiting = [tops[0]]
    below = [s for s in subjects if is_below(s, tops[0])]
    while waiting:
        subject = waiting.pop()
        if subject not in reached:
            reached.add(subject)
            waiting += [n for n in leads.get(subject, ()) if n in leads] + below
    return tops[0] if reached.issuperset(subjects) else None

"""Failure as evidence: names settled not to have what was asked, and servers that did not serve.

Silence in a recording (nothing was asked) is neither: it stays "not asked".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from depgraph.graph.answers import (
    EMPTY,
    FAMILIES,
    Answer,
    Index,
    about,
    cited,
    is_within,
    server_address,
    text_of,
    view_of,
)
from depgraph.graph.views import place
from depgraph.names import is_reserved, is_top_level, parents
from depgraph.observations import ALIAS_UNSAID, Observation, Status
from depgraph.text_safety import one_line
from depgraph.vocabulary import Confidence, Reason

_SERVES: Final = frozenset({Status.ANSWER, Status.REFERRAL, Status.NODATA, Status.NXDOMAIN})
_FAILS: Final = frozenset(
    {
        *(Status.SERVFAIL, Status.REFUSED, Status.NOTIMP, Status.FORMERR, Status.LAME),
        *(Status.TIMEOUT, Status.UNREACHABLE, Status.TRUNCATED, Status.MALFORMED, Status.ERROR),
    }
)
_DECLINES: Final = frozenset({Status.SERVFAIL, Status.REFUSED, Status.LAME})
"""How a server ends the question for the SOA of a zone that it does not serve."""


def absence(index: Index, name: str, kinds: Sequence[str] = FAMILIES) -> Reason | None:
    """Return why it is settled that a name has no record of some types; None where it may have.

    It is settled if the name does not exist (NXDOMAIN for it or, RFC 8020, for a name above),
    or if each type was answered empty, by a server of the zone with authority or by a
    resolver. Whatever in the recording speaks against it leaves it open: a record of the name
    or of one below it, a server or place that answers, a question that timed out.

    Parameters
    ----------
    index
        The answers of the days asked for.
    name
        A canonical name.
    kinds
        The record types, all of which have to be missing.

    Returns
    -------
    Reason or None
        ``nonexistent``, with how the questions ended, and whether one witness alone says so.
    """
    answers = [index.ask(name, kind) for kind in kinds]
    asked = [*answers, index.ask(name, "CNAME")]
    if any(answer.records or _open(answer) for answer in asked):
        return None
    empty = [_undoubted(index, answer.empty) for answer in answers]
    if not all(empty):
        return nonexistent(index, name)
    witnesses = [o for one in empty for o in one]
    denied = any(o.status is Status.NXDOMAIN for o in witnesses)
    if denied and exists(index, name, {Status.ANSWER}):
        return None
    return _reason(name, witnesses)


def how_sure(gone: Reason) -> Confidence:
    """Return how sure it is that a name is not there, as :func:`absence` and its like have it.

    What one resolver alone says may be its own fault, or a block: likely. What a server of the zone
    says with authority, or several say, is certain.
    """
    alone = bool(gone.get("witness")) and not any("AA" in o.flags for o in gone.seen)
    return Confidence.LIKELY if alone else Confidence.CERTAIN


def inward(index: Index, several: Iterable[str], *, seen: Iterable[Observation] = ()) -> Reason:
    """Return that the Internet does not reach some addresses, and whether the public is given any.

    `seen` are the answers that have them, where what is said stands on others.
    """
    addresses = list(several)
    view = "" if index.published.intersection(addresses) else "inner"
    return Reason.of("inward-address", name=", ".join(addresses), view=view).seen_in(seen)


def nonexistent(index: Index, name: str) -> Reason | None:
    """Return why it is settled that a name does not exist; None where it does or may.

    Somebody with authority, or a resolver, says so of it or of a name above it (RFC 8020), and
    nothing is recorded of that name or below it, nor is it registered and by no status kept out of
    the DNS; or there is no such top-level domain.
    """
    for one in parents(name)[:-1]:
        denied = _undoubted(index, index.denials(one))
        if denied:
            contradicted = exists(index, one, {Status.ANSWER, Status.NODATA})
            return None if contradicted else _reason(name, denied)
    top = name.rpartition(".")[2]
    if len(top) == 2:  # a code of ISO 3166 that is no longer delegated was so once (yu, an)
        return None
    if is_top_level(top) or is_reserved(top) or exists(index, top, _SERVES - {Status.NXDOMAIN}):
        return None
    missing = Reason.of("no-such-tld", name=one_line(top, limit=63))
    return Reason.of("nonexistent", name=name, reason=str(missing))


def _reason(name: str, witnesses: Sequence[Observation]) -> Reason:
    statuses = sorted({_of_the_name(o).value for o in witnesses})
    parties = {(o.server or o.source, place(o)) for o in witnesses}
    whole = any(o.source == "zone-file" for o in witnesses)  # what all its servers answer from
    return Reason.of(
        "nonexistent",
        name=name,
        reason=text_of(Reason.of(status) for status in statuses),
        witness="one" if len(parties) == 1 and not whole else "",
        view="" if whole else view_of(witnesses),
    ).seen_in(cited(witnesses))


def _of_the_name(o: Observation) -> Status:
    """Return what an empty answer says of the name asked: it may be there, where an alias of it need not be told."""
    return Status.NODATA if o.remarks(ALIAS_UNSAID) else o.status


def _open(answer: Answer) -> bool:
    """Tell whether a question was put and stayed without an answer at some place."""
    settled = {place(o) for o in credible(answer.empty)}
    return any(o.status.asked and place(o) not in settled for o in answer.failed)


def credible(observations: Iterable[Observation]) -> list[Observation]:
    """Return the empty answers that settle something.

    One that a server sent as an authority needs the AA bit; what a resolver or a file says is
    taken as it is.
    """
    return [o for o in observations if o.status in EMPTY and _credible(o)]


def _undoubted(index: Index, observations: Iterable[Observation]) -> list[Observation]:
    """Return the credible of them that no registration contradicts."""
    return [o for o in credible(observations) if not index.is_doubted(o)]


def _credible(empty: Observation) -> bool:
    return not is_within(empty) and ("AA" in empty.flags or not (empty.zone and empty.server))


def failures(observations: Iterable[Observation]) -> list[Observation]:
    """Return the questions that a server was asked and did not settle.

    Also where it says, without authority, that there is nothing: see :func:`credible`.
    """
    return [
        o
        for o in observations
        if (o.status in _FAILS or (o.status in EMPTY and not _credible(o)))
        and server_address(o)
        and not is_within(o)
    ]


def unanswered(failed: Iterable[Observation]) -> Reason:
    """Return that a server did not settle some questions, and how each ended."""
    by_question: dict[str, set[Status]] = {}
    seen = tuple(failed)
    for o in seen:
        by_question.setdefault(f"{o.subject} {o.type}", set()).add(o.status)
    reasons = [
        about(question, map(_ended, sorted(statuses)))
        for question, statuses in sorted(by_question.items())
    ]
    return Reason.of("did-not-serve", reason=text_of(reasons)).seen_in(cited(seen))


def _ended(status: Status) -> Reason:
    return Reason.of(status.value)


def exists(index: Index, name: str, statuses: AbstractSet[Status]) -> bool:
    """Tell whether answers of some statuses show that a name, or one below it, is there.

    Glue shows nothing of the kind, it may be stale.
    """
    return not statuses.isdisjoint(index.endings(name))


class Ended(NamedTuple):
    """How the questions that one party was asked ended; it is looked at once, however often it is met.

    Parameters
    ----------
    served, failed
        Of those that settled something, and of those that failed, the one that is cited, if any.
    statuses
        Those of the failures.
    """

    served: tuple[Observation, ...]
    failed: tuple[Observation, ...]
    statuses: frozenset[Status]

    @classmethod
    def of(cls, asked: Iterable[Observation]) -> Self:
        """Read what somebody was asked, whatever came."""
        several = tuple(asked)
        failed = [o for o in several if o.status in _FAILS]
        return cls(
            cited(o for o in several if o.status in _SERVES),
            cited(failed),
            frozenset(o.status for o in failed),
        )


def _each(asked: Mapping[str, Iterable[Observation]]) -> dict[str, Ended]:
    return {one: Ended.of(several) for one, several in asked.items()}


def _failure(several: Iterable[Ended]) -> Reason | None:
    """Return how parties failed together; None if one of them served, or none was asked."""
    every = tuple(several)
    failed = cited(o for one in every for o in one.failed)
    if not failed or any(one.served for one in every):
        return None
    ended = map(_ended, sorted({status for one in every for status in one.statuses}))
    return Reason.of("did-not-serve", reason=text_of(ended)).seen_in(failed)


def failing(index: Index, address: str) -> Reason | None:
    """Return how an address failed to serve every zone it was asked for; None if it did or may."""
    if address not in index.remembered:
        index.remembered[address] = _failure([Ended.of(index.asked_of(address))])
    found: Reason | None = index.remembered[address]
    return found


@dataclass(frozen=True, slots=True)
class Service:
    """How the servers of a zone answered when they were asked for it.

    Parameters
    ----------
    at
        By address how what it was asked ended.
    by
        By the name of a server the same, whatever the address.
    nowhere
        By the name of a server the same, where no address is recorded.
    unauthorised
        Addresses of which every answer came without the AA bit.
    """

    at: Mapping[str, Ended]
    by: Mapping[str, Ended]
    nowhere: Mapping[str, Ended]
    unauthorised: frozenset[str]

    @classmethod
    def of(cls, index: Index, zone: str) -> Self:
        """Read what servers were asked as authorities for a zone."""
        at: dict[str, list[Observation]] = {}
        by: dict[str, list[Observation]] = {}
        nowhere: dict[str, list[Observation]] = {}
        authority: dict[str, bool] = {}
        apex: dict[str, list[Observation]] = {}
        proven: set[str] = set()
        for o in index.asked_for(zone):
            if not (o.server or o.server_name):
                continue  # a document's
            name = o.server_name.rstrip(".").lower()
            address = server_address(o)
            if address:
                at.setdefault(address, []).append(o)
            elif name:
                nowhere.setdefault(name, []).append(o)
            if name:
                by.setdefault(name, []).append(o)
            if address and (o.subject, o.type) == (zone, "SOA"):
                apex.setdefault(address, []).append(o)
            if o.status is Status.REFERRAL or (o.subject == zone and "AA" in o.flags):
                proven.add(address)
            if address and o.section == "answer" and o.status is Status.ANSWER:
                authority[address] = authority.get(address, False) or "AA" in o.flags
        # What one that declines answers of names below comes from a zone further down that it has;
        # not so a referral, or another answer about the zone itself: it declined once.
        at |= {
            one: asked
            for one, asked in apex.items()
            if one not in proven and all(o.status in _DECLINES for o in asked)
        }
        unauthorised = (address for address, sound in authority.items() if not sound)
        return cls(_each(at), _each(by), _each(nowhere), frozenset(unauthorised))

    def failure(self, name: str, addresses: Iterable[str]) -> Reason | None:
        """Return how a server failed to serve at all of some addresses; None if it did or may.

        It served if one answer settled a question. What was not asked of it says nothing.

        Parameters
        ----------
        name
            Of the server.
        addresses
            At which it is reached; none where they are not known.
        """
        several = tuple(addresses)
        named = self.nowhere if several else self.by
        asked = [named.get(name), *map(self.at.get, several)]
        return _failure(one for one in asked if one is not None)

    def without_authority(self, addresses: Iterable[str]) -> Reason | None:
        """Return that a server answers, and at each address that does without the AA bit."""
        answering = {a: self.at[a].served for a in addresses if a in self.at and self.at[a].served}
        if not answering or not self.unauthorised.issuperset(answering):
            return None
        served = (o for several in answering.values() for o in several)
        return Reason.of("no-authority").seen_in(cited(served))

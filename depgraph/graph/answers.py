"""From observations to answers: what is known of one question on the days that count.

An `Index` sorts the observations of a recording by question. An `Answer` is all that came
back to one of them: each value with who saw it, the empty answers, the failures, and the
answers of other days. Everything here is independent of the order of the recording.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, Final

from depgraph.addresses import all_inward, is_inward
from depgraph.graph.views import ALIKE, TOGETHER, Views, place, views_of
from depgraph.names import ROOT, is_below, parents
from depgraph.observations import (
    ALIAS_UNSAID,
    COMPUTED,
    GIVER_UNSAID,
    PERHAPS_OTHERS,
    RESOLVER_UNSAID,
    Observation,
    Status,
    format_time,
)
from depgraph.records.ede import BLOCKED, BOGUS, error_of
from depgraph.records.rdata import PROOFS, address, last_word, preference
from depgraph.text_safety import one_line
from depgraph.vocabulary import VIA, Confidence, Evidence, Reason, ReasonCode

FAMILIES: Final = ("A", "AAAA")
EMPTY: Final = frozenset({Status.NODATA, Status.NXDOMAIN, Status.NOT_FOUND})
POSITIVE: Final = frozenset({Status.ANSWER, Status.REFERRAL})
SETTLED: Final = EMPTY | POSITIVE
GIVEN: Final = SETTLED - {Status.REFERRAL}
ADDRESSES: Final = frozenset({"A", "AAAA"})
_LONE: Final = frozenset({"CNAME", "DNAME", "SOA"})  # of which a name has one
_BY_TURNS: Final = ADDRESSES | {"CNAME"}  # what a name server may answer otherwise every day
NOT_ASKED: Final = Reason(ReasonCode.NOT_ASKED)
OTHER_DAY: Final = Reason(ReasonCode.OTHER_DAY)
MALFORMED: Final = Reason(ReasonCode.MALFORMED)
OTHERS: Final = Reason(ReasonCode.PERHAPS_OTHERS)
_WITHIN: Final = "what the public is answered was not seen"  # ends the note of an inner answer
_ELSEWHERE: Final = "the zone is delegated elsewhere"  # ends the note of what only such a zone has
# Ends the note of who serves a zone, as its own file alone says.
_UNSEEN: Final = "the delegation was not seen"
_OWN_MACHINE: Final = frozenset({"127.0.0.1", "::1"})
"""Where a resolver of one's own listens; the stub of systemd (127.0.0.53) only hands on."""
_ZONE_INDEX: Final = re.compile(r"%[^\]]*")  # of a link (RFC 4007): fe80::1%eth0
_OF_ADDRESSES: Final = frozenset({"behind-front", "alias", "operator"})
"""What a zone's holder says of a name: no longer so where the public is answered its address."""

# The codes bear the names of the statuses, but for one. A status without a code is an error
# when this module is imported.
_CODES: Final[Mapping[Status, ReasonCode]] = {
    status: ReasonCode[status.name]
    for status in Status
    if status not in POSITIVE and status is not Status.NOT_FOUND_IN_SOURCES
} | {
    Status.NOT_FOUND_IN_SOURCES: ReasonCode.SEARCHED,
    # A positive answer without any value.
    Status.ANSWER: ReasonCode.MALFORMED,
    Status.REFERRAL: ReasonCode.MALFORMED,
}
FOLLOWED: Final[Mapping[str, int]] = {
    **dict.fromkeys(("A", "AAAA", "behind-front"), 500),
    **dict.fromkeys(
        ("NS", "MX", "CNAME", "HTTPS", "CAA", "alias", "ns-domain", "operator", "upstream"), 200
    ),
    "app-store": 50,  # of which each is a function, judged by itself
}
"""Types of which each value becomes a node or more, and how many of one answer are followed.

No service has as many, and who writes a zone can write any number. Those left out are counted.
"""
OF_ONE_KEY: Final = 50
"""Values of one key that are followed, of an answer in whose values a key stands first."""
KEYED: Final[Mapping[str, frozenset[str] | None]] = {
    "registration": None,
    "origin": None,
    "certificate": frozenset({"issuer", "issuer-organisation"}),
}
"""Types whose values begin with a key, and the keys that lead to a node; None: any."""
FOLLOWED_IN_ALL: Final = 2_000
"""Values of all answers after which only the first of each further answer is followed."""
_HOSTS: Final = frozenset({"NS", "MX"})
_RECORDED: Final = frozenset({Evidence.OBSERVED, Evidence.PUBLISHED, Evidence.REPORTED})
_SHOWN_REASONS: Final = 4
# Characters kept of each field, and the attribute of an edge that it becomes.
_FIELDS: Final = (
    ("source", "provenance", 80),
    ("citation", "citation", 4000),
    ("server", "server", 300),
    ("note", "note", 300),
)


@dataclass(frozen=True)
class Answer:
    """All that is known of one question.

    Parameters
    ----------
    records
        Each value of a positive answer, with the observations that hold it; sorted.
    empty
        Conclusive answers that there is nothing.
    failed
        Questions that were not settled, and why.
    stale
        Positive answers of other days, the nearest to the days asked for first.
    views
        Of these observations: see :mod:`depgraph.graph.views`.
    among
        The views in which the question was answered, be it by an alias, sorted.
    lost
        The places where it was put and not settled, while it was at others, and why; sorted.
    beyond
        Further values, which are too many to be followed; sorted.
    seen_once
        Whether it was otherwise on an earlier day and nothing says that this ended: the name may
        have moved, and it may as well be answered by turns.
    """

    records: Mapping[str, tuple[Observation, ...]]
    empty: tuple[Observation, ...] = ()
    failed: tuple[Observation, ...] = ()
    stale: tuple[Observation, ...] = ()
    views: Views = ALIKE
    among: tuple[str, ...] = ()
    lost: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    beyond: tuple[str, ...] = ()
    seen_once: bool = False

    @property
    def values(self) -> list[str]:
        """The values that are followed, sorted."""
        return list(self.records)

    @property
    def every(self) -> list[str]:
        """All values, also those that are too many to be followed."""
        return [*self.records, *self.beyond]

    @property
    def is_empty(self) -> bool:
        """Whether it was settled that there is nothing."""
        return bool(self.empty) and not self.records

    @property
    def asked(self) -> bool:
        """Whether anything at all was recorded for the days asked for."""
        return bool(self.records or self.empty or self.failed)

    @property
    def no_such_name(self) -> bool:
        """Whether the name itself does not exist (NXDOMAIN, and nobody saw otherwise)."""
        return not self.records and any(map(_is_denial, self.empty))

    @cached_property
    def vantages(self) -> tuple[str, ...]:
        """From where it was asked, sorted; what was never settled there does not count."""
        settled = list(self.empty)
        for observations in self.records.values():
            settled += observations
        return tuple(sorted({place(o) for o in settled}))

    @property
    def differs(self) -> bool:
        """Whether some vantage points saw a value that others did not."""
        if len(self.vantages) < 2:
            return False
        counts = [len({place(o) for o in group}) for group in self.records.values()]
        return any(count < len(self.vantages) for count in counts)

    @property
    def cut_off(self) -> dict[str, str]:
        """The places that got no answer while others did, sorted, and how asking failed there."""
        statuses: dict[str, set[str]] = {}
        for o in self.failed:
            if self.vantages and place(o) not in self.vantages:
                statuses.setdefault(place(o), set()).add(o.status.value)
        return {where: ", ".join(sorted(statuses[where])) for where in sorted(statuses)}

    @property
    def not_whole(self) -> tuple[Reason, ...]:
        """Why a document or an answer that has some of the values does not have all; else empty.

        A record of it does not read, or all are from lines that do not say whether there are others.
        A server that failed beside one that answered says nothing of the kind.
        """
        given = [o for several in self.records.values() for o in several]
        if given and all(map(is_apart, given)):
            return _reasons(given)
        if given and all(map(_is_open, given)):
            unread = (o for o in self.failed if o.status is Status.MALFORMED)
            return (OTHERS, *_reasons(unread))
        if not self.failed:
            return ()
        documents = {_document(o) for o in given} - {None}
        answers = {_one_answer(o) for o in given}
        return _reasons(
            o
            for o in self.failed
            if _document(o) in documents
            or (o.status is Status.MALFORMED and _one_answer(o) in answers)
        )

    @property
    def held_elsewhere(self) -> bool:
        """Whether only files of a zone that is delegated elsewhere have the values."""
        given = [o for several in self.records.values() for o in several]
        return bool(given) and all(map(is_held_elsewhere, given))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no value: how asking ended, or that it was not asked."""
        if not self.failed and not self.empty:
            return (OTHER_DAY,) if self.stale else (NOT_ASKED,)
        return _reasons((*self.failed, *self.empty))

    def views_of(self, value: str) -> tuple[str, ...]:
        """Return the views that had a value, sorted."""
        return self.views.several(self.records[value])

    @cached_property
    def apart(self) -> bool:
        """Whether some who asked were not answered a value that others were."""
        return any(set(self.views_of(value)) < self._everybody for value in self.records)

    @cached_property
    def _everybody(self) -> frozenset[str]:
        return frozenset((*self.among, *self.lost))

    def proof(self, value: str, *, rule: str = "") -> dict[str, Any]:
        """Return the attributes of an edge that rests on one value, and whose answer it is."""
        confidence = Confidence.LIKELY if self.seen_once else Confidence.CERTAIN
        data = proof(self.records[value], rule=rule, confidence=confidence)
        views = self.views_of(value)
        if set(views) < self._everybody:
            data["vantage"] = ",".join(views)
        return data


def _is_open(o: Observation) -> bool:
    """Tell whether nothing says that an observation has all records of its set."""
    return o.remarks(PERHAPS_OTHERS) and o.type not in _LONE


def _document(o: Observation) -> tuple[Any, ...] | None:
    """Return of which zone's published document an observation is, and when; None if of none."""
    published = o.evidence.value == Evidence.PUBLISHED.value and o.zone
    return (o.source, o.citation, o.zone, o.time) if published else None


def _one_answer(o: Observation) -> tuple[Any, ...]:
    """Return what the records of one answer have in common."""
    giver = (o.server, o.server_name, o.subnet, place(o), o.source, o.citation)
    return (*giver, o.zone, o.section, o.time)


def _reasons(observations: Iterable[Observation]) -> tuple[Reason, ...]:
    several = {_reason(o) for o in observations}
    return tuple(sorted(several, key=str)[:_SHOWN_REASONS])


def _reason(o: Observation) -> Reason:
    if policy := blocking(o):
        return Reason.of("blocked", target=server_address(o) or o.server_name, text=policy)
    if (bogus := error_of(o, BOGUS)) and o.status not in SETTLED:
        return Reason.of("resolver-bogus", text=bogus)
    if is_within(o):
        if o.status in EMPTY:
            return Reason.of("inner-denial", target=server_address(o), reason=_CODES[o.status])
        return Reason.of("inner-view", target=server_address(o))
    if is_held_elsewhere(o):
        return Reason.of("held-elsewhere", name=o.zone)
    if o.status is Status.NOT_FOUND_IN_SOURCES and o.note.startswith(COMPUTED):
        return Reason.of("computed")
    return Reason.of(_CODES[o.status])


NOTHING: Final = Answer({})


def text_of(reasons: Iterable[Reason], *, limit: int = 300) -> str:
    """Return reasons as one text for a graph, whole ones as long as they fit.

    >>> text_of([Reason.of("timeout"), Reason.of("no-mx")])
    'timeout; no-mx'
    """
    text = ""
    for reason in dict.fromkeys(reasons):
        longer = f"{text}; {reason}" if text else str(reason)
        if text and len(longer) > limit:
            break
        text = one_line(longer, limit=limit)
    return text


def about(question: str, reasons: Iterable[Reason]) -> Reason:
    """Return the reason that one of several questions has no answer.

    >>> str(about("AAAA", [Reason.of("timeout")]))
    'question?question=AAAA&reason=timeout'
    """
    return Reason.of("question", question=question, reason=text_of(reasons))


def proof(
    observations: Iterable[Observation],
    *,
    rule: str = "",
    confidence: Confidence = Confidence.CERTAIN,
) -> dict[str, Any]:
    """Return the attributes of an edge that follow from observations of one fact.

    The best class of evidence speaks, its latest observation gives time and source; the TTL
    is the least. What whoever recorded it had inferred (a front from a header, which anybody can
    send) is likely at most; so is who serves a zone whose delegation was not seen, and what only a zone
    has that is delegated elsewhere is possible at most. With a rule, the evidence is ``inferred`` and
    the rest says from what. Without observations and without a rule it holds by definition.
    """
    group = list(observations)
    if not group:
        if rule:
            return {"evidence": "inferred", "confidence": confidence.value, "rule": rule}
        return {"evidence": "definition", "confidence": Confidence.CERTAIN.value}
    best = min(group, key=_preference)
    if best.evidence.value not in _RECORDED:  # inferred by whoever recorded it
        confidence = confidence.with_(Confidence.LIKELY)
    if all(map(is_held_elsewhere, group)):
        confidence = Confidence.POSSIBLE
    elif not rule and all(map(is_undelegated, group)):
        confidence = confidence.with_(Confidence.LIKELY)
    data: dict[str, Any] = {"evidence": best.evidence.value, "confidence": confidence.value}
    if rule or best.evidence.value not in _RECORDED:
        data |= {"evidence": "inferred", "rule": rule or "as-recorded"}
    data["time"] = format_time(best.time)
    if best.until is not None:
        data["until"] = format_time(best.until)
    ttls = [o.ttl for o in group if o.ttl is not None]
    if ttls:
        data["ttl"] = min(ttls)
    for name, attribute, limit in _FIELDS:
        text = one_line(getattr(best, name), limit=limit)
        if text:
            data[attribute] = text
    return data


def cited(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the one of some observations that :func:`proof` cites; nothing if there are none."""
    several = tuple(observations)
    return several if len(several) < 2 else (min(several, key=_preference),)


def _preference(observation: Observation) -> tuple[Any, ...]:
    """Return the sort key by which the best, and of these the latest, observation is first."""
    evidence = Evidence(observation.evidence.value)
    by_class = (evidence not in _RECORDED, evidence.rank)
    return (*by_class, _latest_first(observation), _order(observation))


def _latest_first(observation: Observation) -> float:
    return -observation.time.timestamp()


def _order(o: Observation) -> tuple[Any, ...]:
    """Return a sort key over every field, so that equal keys mean equal observations."""
    return (
        *(o.time, o.end, o.subject, o.type, o.status.value, o.values, o.section, o.zone),
        *(o.server, o.server_name, o.source, o.vantage, o.subnet, o.evidence.value),
        *(o.citation, o.note, o.flags, -1 if o.ttl is None else o.ttl),
    )


class Index:
    """The observations of a recording by question, and which of them are of the days asked for.

    Signatures and proofs of absence answer no question of the graph: they are for
    :mod:`depgraph.dnssec`.

    Parameters
    ----------
    observations
        In any order.
    since, until
        First and last day (UTC) that the answer is wanted for.
    """

    def __init__(self, observations: Iterable[Observation], *, since: date, until: date) -> None:
        self.since, self.until = since, until
        self._first = datetime.combine(since, time.min, UTC)
        self._end = datetime.combine(until, time.max, UTC)
        self._groups: dict[tuple[str, str], list[Observation]] = {}
        self._doubted: frozenset[str] = frozenset()
        self._answers: dict[tuple[str, str, str], Answer] = {}
        self._told: dict[frozenset[str], set[str]] = {}  # names, by the types recorded of them
        self._count = 0  # values that are followed
        self._endings: dict[str, frozenset[Status]] = {}
        self._denials: dict[str, list[Observation]] = {}
        self.remembered: dict[str, Any] = {}
        """How each address failed that was asked for: see :func:`depgraph.graph.failure.failing`."""
        self.documents: dict[tuple[Any, ...], list[Observation]] = {}
        """What zone files, and others' forms of them, say, by document."""
        for o in observations:
            if o.type not in PROOFS and not _out_of_bailiwick(o):
                self._groups.setdefault((_key(o.subject), o.type), []).append(o)
                if o.source == "zone-file" and self.current(o):
                    self.documents.setdefault(_document(o) or (), []).append(o)
        self.replaced: dict[tuple[str, str], list[Observation]] = {}
        """By question the answers of earlier days that another of a later day replaced."""
        self._seen_once: set[tuple[str, str, str]] = set()  # as `ask` is asked
        for key, group in self._groups.items():
            if len(group) > 1:
                self._groups[key] = sorted(self._last(key, _without_passed(group)), key=_order)
        self.within: dict[tuple[str, str], list[Observation]] = {}
        """By question the answers of private networks, and those that block, where the public's was seen beside them."""
        self._set_apart()

    def _set_apart(self) -> None:
        """Mark what not all are answered, and leave it out beside what others are.

        A resolver that blocks a name, and says so, gives the answer of its policy. In a private network
        a name may have records of its own, or none (split view), and may be blocked: what its
        resolver answers from a zone of its own, an address of a private network, and that there is
        nothing say nothing of the public.
        """
        marked: dict[tuple[str, str], dict[int, Observation]] = {}
        for key, group in self._groups.items():
            suspects = [
                o for o in group if o.status in SETTLED and (_from_within(o) or blocking(o))
            ]
            if not suspects:
                continue
            ids_of = set(map(id, suspects))
            others = {(o.status, o.values) for o in group if id(o) not in ids_of}
            inner = (
                o
                for o in suspects
                if (blocking(o) or _inner(o)) and (o.status, o.values) not in others
            )
            if ids := {id(o): _marked(o, _WITHIN) for o in inner}:
                marked[key] = ids
        self.within = self._put_aside(marked)

    def _put_aside(
        self, marked: Mapping[tuple[str, str], Mapping[int, Observation]]
    ) -> dict[tuple[str, str], list[Observation]]:
        """Put marked observations in the place of others; return those left out beside the public's.

        Parameters
        ----------
        marked
            By question and identity of an observation what is to stand for it.
        """
        for key, ids in marked.items():
            self._groups[key] = [ids.get(id(o), o) for o in self._groups.get(key, ())]
        left_out: dict[tuple[str, str], list[Observation]] = {}
        for subject, kind in marked:
            asked = "A" if kind in _OF_ADDRESSES else kind
            answered = self._answered_in_public(subject, TOGETHER.get(asked, (asked,)))
            denied = self._answered_in_public(subject, (kind,))
            group = self._groups[subject, kind]
            aside = [
                o for o in group if is_apart(o) and (denied if o.status in EMPTY else answered)
            ]
            if aside:
                left_out[subject, kind] = aside
                gone = {id(o) for o in aside}
                self._groups[subject, kind] = [o for o in group if id(o) not in gone]
        for key in marked:  # others are as they were: of many documents each is put aside by itself
            if not self._groups[key]:
                del self._groups[key]
        return left_out

    def _answered_in_public(self, subject: str, kinds: Iterable[str]) -> bool:
        """Tell whether one of some questions about a name was settled for others as well."""
        return any(
            o.status in SETTLED and self.current(o) and not is_apart(o)
            for kind in kinds
            for o in self.group(subject, kind)
        )

    def put_elsewhere(self, documents: Iterable[Observation]) -> None:
        """Leave out what zones have that are delegated elsewhere, where the public's answer was seen.

        What only they have is marked (:func:`is_held_elsewhere`). To be called before anything is
        asked.

        Parameters
        ----------
        documents
            What they say, of :attr:`documents`.
        """
        self._put_aside(_marked_all(documents, _ELSEWHERE))

    def put_undelegated(self, roles: Iterable[Observation]) -> None:
        """Mark who serves the public of a zone, as only its document says (:func:`is_undelegated`).

        To be called before anything is asked.
        """
        for key, ids in _marked_all(roles, _UNSEEN).items():
            self._groups[key] = [ids.get(id(o), o) for o in self._groups.get(key, ())]

    def put_doubted(self, domains: Iterable[str]) -> None:
        """Note domains that the DNS denies while their registration says otherwise."""
        self._doubted = frozenset(domains)

    def is_doubted(self, o: Observation) -> bool:
        """Tell whether what was answered from above of a domain, or of a name in it, is contradicted."""
        return bool(self._doubted) and any(
            one in self._doubted and not (o.zone and is_below(o.zone, one))
            for one in parents(o.subject)
        )

    def current(self, o: Observation) -> bool:
        """Tell whether an observation stands for one of the days asked for."""
        return o.time <= self._end and (o.until or o.time) >= self._first

    def _last(self, key: tuple[str, str], group: list[Observation]) -> list[Observation]:
        """Leave out what was answered on one day, and otherwise on a later one that counts too.

        Who moved from one operator to another has not both. An answer that says until when it held
        stays, and so does what one place was answered beside another. What the last day says is
        seen once if an address or an alias was another on the day before, or was the same already
        before it was another: who answers by turns has not moved.
        """
        if not key[1].isupper():
            return group
        days: dict[tuple[str, str, str], dict[date, list[Observation]]] = {}
        for o in group:
            if o.until is None and o.status in SETTLED and self.current(o):
                at = (part_of(o), place(o), o.source)
                days.setdefault(at, {}).setdefault(o.time.date(), []).append(o)
        old: dict[int, Observation] = {}
        for (part, *_), by_day in days.items():
            *earlier, last = sorted(by_day)
            said = {value for o in by_day[last] for value in o.values}
            known = len(old)
            for o in (o for day in earlier for o in by_day[day]):
                if not said.issuperset(o.values) or bool(said) != bool(o.values):
                    old[id(o)] = o
            if len(old) > known and key[1] in _BY_TURNS and not _moved(by_day):
                self._seen_once.add((*key, part))
        if old:
            self.replaced[key] = list(old.values())
        return [o for o in group if id(o) not in old]

    def group(self, subject: str, kind: str) -> list[Observation]:
        """List the observations of one question, all days, sorted."""
        return self._groups.get((_key(subject), kind), [])

    def tells_of(self, subject: str, kinds: frozenset[str]) -> bool:
        """Tell whether anything was recorded of a name, of one of some types and of any day."""
        if kinds not in self._told:
            self._told[kinds] = {name for name, kind in self._groups if kind in kinds}
        return _key(subject) in self._told[kinds]

    def knows(self, subject: str) -> bool:
        """Tell whether anything was asked about a name, or told of it."""
        return _key(subject) in self._subjects

    @cached_property
    def published(self) -> frozenset[str]:
        """The addresses that the public is given of any name, as :func:`in_public` has it."""
        return frozenset(
            value
            for (_, kind), group in self._groups.items()
            if kind in ADDRESSES
            for o in group
            if self.current(o) and in_public(o)
            for value in map(address, o.values)
            if value is not None
        )

    @cached_property
    def _subjects(self) -> frozenset[str]:
        # A certificate proves of no host that there is one.
        return frozenset(subject for subject, kind in self._groups if kind != "certificate")

    @cached_property
    def _in_order(self) -> list[tuple[list[str], str]]:
        """The names of which records were asked, and before each its labels from the root on, sorted."""
        return sorted((name.split(".")[::-1], name) for name in self._of_name)

    def at_or_below(self, name: str) -> Iterator[Observation]:
        """Yield what was recorded on these days of a name and of those below it, of any DNS type."""
        first = _key(name).split(".")[::-1]
        behind = [*first[:-1], f"{first[-1]}\0"]  # no text lies between a label and this
        start, end = (bisect_left(self._in_order, (labels,)) for labels in (first, behind))
        for _, one in self._in_order[start:end]:
            yield from self._of_name[one]

    def endings(self, name: str) -> frozenset[Status]:
        """Return how questions about a name and those below it ended on these days; glue is no answer."""
        key = _key(name)
        if key not in self._endings:
            below = (o for o in self.at_or_below(name) if o.section != "additional")
            self._endings[key] = frozenset(o.status for o in below)
        return self._endings[key]

    @cached_property
    def _of_name(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        for (subject, kind), group in self._groups.items():
            if kind.isupper():
                found.setdefault(subject, []).extend(filter(self.current, group))
        return found

    def of_name(self, name: str) -> list[Observation]:
        """List what was recorded on these days of a name, of any DNS type."""
        return self._of_name.get(_key(name), [])

    def denials(self, name: str) -> list[Observation]:
        """List the answers of these days that there is no such name."""
        key = _key(name)
        if key not in self._denials:
            self._denials[key] = [o for o in self._of_name.get(key, ()) if _is_denial(o)]
        return self._denials[key]

    @cached_property
    def _by_zone(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        for (subject, kind), group in self._groups.items():
            apex = kind in {"NS", "SOA"}
            for o in group:
                asked = _key(o.zone) if o.zone else subject if apex and o.server_name else None
                if asked is not None and self.current(o):
                    found.setdefault(self._answered_from(o, asked), []).append(o)
        return found

    def _answered_from(self, o: Observation, asked: str) -> str:
        """Return the zone for which an answer speaks, of a server that was asked as one of a zone.

        A server that has the zone of the name as well answers from that, and does not refer to
        it (RFC 1034, section 4.3.2); DS records at a cut stand in the zone above it, and that a
        zone does not exist is said by one that has not got it.
        """
        subject = _key(o.subject)
        if asked not in self._above_cuts and is_below(subject, asked):
            return asked  # as nearly all
        if o.section == "answer" and o.status in GIVEN:
            for one in parents(subject) if self._cuts else ():
                if one == asked:
                    break
                above = o.type == "DS" or o.status is Status.NXDOMAIN
                if one in self._cuts and not (one == subject and above):
                    return one
        return asked

    @cached_property
    def _cuts(self) -> frozenset[str]:
        """The names that have name servers."""
        listed = ((s, group) for (s, kind), group in self._groups.items() if kind == "NS")
        return frozenset(s for s, group in listed if any(o.values for o in group))

    @cached_property
    def _above_cuts(self) -> frozenset[str]:
        return frozenset(above for cut in self._cuts for above in parents(cut)[1:])

    def asked_for(self, zone: str) -> list[Observation]:
        """List what servers were asked on these days as authorities for a zone, whatever came.

        Also what servers of a zone above answered from this one, which they have besides.
        """
        return self._by_zone.get(_key(zone), [])

    @cached_property
    def _by_server(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        for group in self._by_zone.values():
            for o in group:
                found.setdefault(server_address(o), []).append(o)
        return found

    def asked_of(self, address: str) -> list[Observation]:
        """List what an address was asked on these days as an authority, whatever came."""
        return self._by_server.get(address, [])

    def under(self, suffix: str, kind: str) -> list[str]:
        """List the subjects of one type whose names end in a suffix, sorted."""
        return sorted(s for s, t in self._groups if t == kind and s.endswith(suffix))

    def questions(self) -> list[tuple[str, str]]:
        """List every (subject, type) there is, sorted."""
        return sorted(self._groups)

    def each(self) -> Iterator[tuple[str, str, list[Observation]]]:
        """Yield subject, type and observations of every question, of all days, in no order."""
        for (subject, kind), group in self._groups.items():
            yield subject, kind, group

    def ask(self, subject: str, kind: str, *, part: str = "answer") -> Answer:
        """Return the answer to a question.

        `part` tells delegations and glue apart from a name's own records: ``answer``,
        ``parent`` (name servers as the parent zone lists them) or ``glue``.
        """
        key = (_key(subject), kind, part)
        if key not in self._answers:
            group = self._groups.get(key[:2]) or self._asked_at_large(key)
            answer = self._answer(group, part) if group else NOTHING
            if kind == "CNAME" and self._renamed and not answer.records:
                answer = self._by_dname(key[0]) or answer
            self._answers[key] = answer
        return self._answers[key]

    def _asked_at_large(self, key: tuple[str, str, str]) -> list[Observation]:
        """List what became of a question for every type, where one type was not asked for by itself.

        That it failed, or that there is no such name, holds for each type. What records it gave says
        nothing of others: a server need not give all (RFC 8482).
        """
        subject, kind, part = key
        if part != "answer" or not kind.isupper():
            return []
        found = self._groups.get((subject, "ANY"), ())
        return [o for o in found if o.status not in SETTLED or o.status is Status.NXDOMAIN]

    @cached_property
    def _renamed(self) -> frozenset[str]:
        return frozenset(subject for subject, kind in self._groups if kind == "DNAME")

    def _by_dname(self, name: str) -> Answer | None:
        """Return the alias that a DNAME above a name makes of it (RFC 6672, section 2.2)."""
        for above in parents(name)[1:]:
            if above not in self._renamed:
                continue
            answer = self.ask(above, "DNAME")
            prefix = name.removesuffix(above) if above != ROOT else f"{name}."
            records = {f"{prefix}{_key(value)}": seen for value, seen in answer.records.items()}
            return replace(answer, records=records) if records else None
        return None

    def _answer(self, group: list[Observation], part: str) -> Answer:
        records: dict[str, list[Observation]] = {}
        empty, failed, stale = [], [], []
        for o in group:
            if part_of(o) != part or _leads_elsewhere(o):
                continue
            positive = o.status in POSITIVE and bool(o.values)
            if positive and blocking(o):  # its addresses are those of whoever blocks
                failed.append(o)
            elif not self.current(o):
                if positive:
                    stale.append(o)
            elif positive:
                for value in dict.fromkeys(o.values):
                    records.setdefault(value, []).append(o)
            elif o.status in EMPTY and not is_apart(o):
                empty.append(o)
            else:
                failed.append(o)
        stale.sort(key=lambda o: (self.distance(o), _latest_first(o)))
        views, among, lost = self._views(group[0], part)
        kept = self._followed(group[0].type, records)
        return Answer(
            {value: tuple(records[value]) for value in sorted(kept)},
            tuple(empty),
            tuple(failed),
            tuple(stale),
            views,
            among,
            lost,
            tuple(sorted(records.keys() - kept)),
            (_key(group[0].subject), group[0].type, part) in self._seen_once,
        )

    def _followed(self, kind: str, values: Collection[str]) -> set[str]:
        """Return which values are followed: of too many the best hosts, and those most is known of."""
        if kind in KEYED:
            return _of_each_key(values, KEYED[kind])
        if kind not in FOLLOWED:
            return set(values)
        most = self.follow(min(FOLLOWED[kind], len(values)))
        if len(values) <= most:
            return set(values)

        def order(value: str) -> tuple[int, bool, str]:
            if kind not in _HOSTS:
                return 0, False, value  # of addresses as much is known
            best = preference(value) if kind == "MX" else None
            return -1 if best is None else best, not self.knows(last_word(value)), value

        return set(sorted(values, key=order)[:most])

    def follow(self, number: int) -> int:
        """Return how many of so many values may be followed, and count these: one in any case."""
        most = max(1, min(number, FOLLOWED_IN_ALL - self._count))
        self._count += min(most, number)
        return most

    def _views(
        self, asked: Observation, part: str
    ) -> tuple[Views, tuple[str, ...], dict[str, tuple[Reason, ...]]]:
        """Return the views of a question, those in which it was settled, and where it was not.

        An alias answers the question for an address as well; where neither came back, nobody
        knows which of them it would have been.
        """
        delegating = asked.type == "NS"
        kinds = TOGETHER.get(asked.type, ()) if delegating or part == "answer" else ()
        settled = [o for kind in kinds for o in self._settled(asked.subject, kind, part)]
        failed = [o for kind in kinds for o in self._failed(asked.subject, kind, part)]
        partial = {_document(o) for o in failed} - {None}

        def is_open(o: Observation) -> bool:
            return _is_open(o) or (bool(partial) and _document(o) in partial)

        views = views_of(settled, is_open) if settled else ALIKE
        lost = self._open_views(settled, views, is_open)
        sent = self._sent_by_alias(asked.subject) if part == "answer" else []
        if asked.type in ADDRESSES and kinds:
            # Who was not answered about this family may have it all the same.
            settled = [
                o for o in settled if o.type == asked.type or (o.type == "CNAME" and o.values)
            ]
            settled += sent
        elif asked.type == "alias" and sent:
            addresses = [o for kind in FAMILIES for o in self._settled(asked.subject, kind, part)]
            settled = [*sent, *(o for o in addresses if o.vantage)]
        elif not settled:
            settled = self._settled(asked.subject, asked.type, part)
        put = () if delegating else kinds if asked.type == "CNAME" else (asked.type,)
        answered = set(map(place, settled))
        silent: dict[str, list[Observation]] = {}
        for o in failed:
            if o.type in put and answered and place(o) not in answered:
                silent.setdefault(place(o), []).append(o)
        lost |= {where: _reasons(several) for where, several in silent.items()}
        return views, views.several(settled), {where: lost[where] for where in sorted(lost)}

    def _sent_by_alias(self, subject: str) -> list[Observation]:
        """List the aliases by which an operator sends some clients, and not others."""
        return [o for o in self._settled(subject, "alias", "answer") if o.vantage and o.values]

    @staticmethod
    def _open_views(
        settled: Iterable[Observation], views: Views, is_open: Callable[[Observation], bool]
    ) -> dict[str, tuple[Reason, ...]]:
        """Return the views of one giver whose sets are open: whoever is answered so may get more."""
        found: dict[str, list[Observation]] = {}
        for o in settled:
            for view in views.several([o]):
                if f"{VIA} " in view:
                    found.setdefault(view, []).append(o)
        return {view: (OTHERS,) for view, several in found.items() if any(map(is_open, several))}

    def _settled(self, subject: str, kind: str, part: str) -> list[Observation]:
        return [
            o
            for o in self.group(subject, kind)
            if part_of(o) == part
            and self.current(o)
            and o.status in SETTLED
            and not (o.section == "answer" and o.status is Status.REFERRAL)
        ]

    def _failed(self, subject: str, kind: str, part: str) -> list[Observation]:
        return [
            o
            for o in self.group(subject, kind)
            if part_of(o) == part and self.current(o) and o.status not in SETTLED
        ]

    def distance(self, o: Observation) -> int:
        """Count the days from an observation to the nearest day asked for."""
        if o.end.date() < self.since:
            return (self.since - o.end.date()).days
        return (o.time.date() - self.until).days


def _of_each_key(values: Iterable[str], keys: frozenset[str] | None) -> set[str]:
    """Return those values that are followed: of each of some keys the first by the alphabet."""
    kept: dict[str, list[str]] = {}
    free: set[str] = set()
    for value in sorted(values):
        key = value.partition(" ")[0]
        if keys is None or key in keys:
            kept.setdefault(key, []).append(value)
        else:
            free.add(value)
    return free.union(*(several[:OF_ONE_KEY] for several in kept.values()))


def _moved(by_day: Mapping[date, Sequence[Observation]]) -> bool:
    """Tell whether the answers of several days are those of a move, from one to another for good.

    What the last day says was said the day before as well, and what was left never came back.
    """
    said = [frozenset(v for o in by_day[day] for v in o.values) for day in sorted(by_day)]
    runs = [values for values, _ in groupby(said)]
    return said[-2] == said[-1] and len(set(runs)) == len(runs)


def _without_passed(group: list[Observation]) -> list[Observation]:
    """Leave out of the answers to a question the failures that passed.

    The same party settled it later in the same place, as when a collection is gone on with; and
    what was put to nobody in particular, or not put at all, was settled later by anybody.
    """
    if all(o.status in SETTLED for o in group):
        return group
    settled: dict[tuple[str, ...], datetime] = {}
    for o in group:
        if o.status in GIVEN:
            place = (o.source, o.section, o.vantage, o.subnet)
            for party in ((o.server, o.server_name, o.zone), ("", o.server_name, ""), ("", "", "")):
                settled[*party, *place] = max(settled.get((*party, *place), o.time), o.time)
    return [o for o in group if o.status in SETTLED or settled.get(_asked(o), o.time) <= o.time]


def _asked(o: Observation) -> tuple[str, ...]:
    zone = o.zone if o.server else ""
    return (o.server, o.server_name, zone, o.source, o.section, o.vantage, o.subnet)


def server_address(o: Observation) -> str:
    """Return the address of the server that was asked, in canonical form; empty if none is known.

    Observations name a server by its address, with the port if that is not 53.
    """
    return _address_in(o.server)


def _address_in(server: str) -> str:
    if not server:
        return ""
    server = _ZONE_INDEX.sub("", server)
    bracketed, _, _ = server.removeprefix("[").partition("]:")
    plain, _, port = server.partition(":")
    return address(bracketed) or (address(plain) if port.isdigit() else None) or ""


def in_public(o: Observation) -> bool:
    """Tell whether an answer is what the public is given, as far as the recording says.

    A zone file may be the inner one of two (split view); a resolver of a private network or of the
    machine itself may have names of its own; of records alone nobody says who gave them.
    """
    if o.source != "dns":
        return o.source != "zone-file"
    if o.zone:
        return True
    server = server_address(o)
    return not is_inward(server) if server else not o.remarks(GIVER_UNSAID, RESOLVER_UNSAID)


def _from_within(o: Observation) -> bool:
    """Tell whether a resolver of a private network, or of the machine itself, gave an answer."""
    if o.source != "dns" or o.zone:
        return False
    return _is_private(o.server) if o.server else o.remarks(RESOLVER_UNSAID)


@lru_cache(maxsize=1 << 10)
def _is_private(server: str) -> bool:
    text = _address_in(server)
    return bool(text) and is_inward(text)


def _inner(o: Observation) -> bool:
    """Tell whether an answer of a private network may be one of its own, and not the public's.

    It is given with authority, has private addresses alone, or is that there is nothing; unless the
    resolver verified its signatures (AD; RFC 4035, section 3.2.3), which only the zone's own can be,
    or is the machine's own: who asks many names runs one there, and most of what they hear is that
    there is nothing.
    """
    if "AA" in o.flags:
        return True
    if o.status in EMPTY:
        return "AD" not in o.flags and server_address(o) not in _OWN_MACHINE
    return o.type in ADDRESSES and bool(o.values) and all_inward(list(o.values))


def blocking(o: Observation) -> str:
    """Return in which words a resolver says itself that it blocks what it was asked; else empty."""
    return "" if o.zone else error_of(o, BLOCKED)


def _marked(o: Observation, mark: str) -> Observation:
    return replace(o, note="; ".join(filter(None, (o.note, mark))))


def _marked_all(
    observations: Iterable[Observation], mark: str
) -> dict[tuple[str, str], dict[int, Observation]]:
    """Return by question and identity of an observation the same with a mark."""
    found: dict[tuple[str, str], dict[int, Observation]] = {}
    for o in observations:
        found.setdefault((_key(o.subject), o.type), {})[id(o)] = _marked(o, mark)
    return found


def is_within(o: Observation) -> bool:
    """Tell whether an answer is one of a private network's own, or blocks (see :class:`Index`)."""
    return o.note.endswith(_WITHIN)


def is_held_elsewhere(o: Observation) -> bool:
    """Tell whether a zone says something that is delegated elsewhere (see :class:`Index`)."""
    return o.note.endswith(_ELSEWHERE)


def is_undelegated(o: Observation) -> bool:
    """Tell whether a document says who serves a zone, of which no delegation was seen."""
    return o.note.endswith(_UNSEEN)


def _is_denial(o: Observation) -> bool:
    """Tell whether an answer says of a name itself, and not perhaps of its alias, that it is not there."""
    denied = o.status is Status.NXDOMAIN and not is_within(o)
    return denied and not o.remarks(ALIAS_UNSAID)


def is_apart(o: Observation) -> bool:
    """Tell whether the public is perhaps not answered so: it is of another view, or another zone."""
    return o.note.endswith((_WITHIN, _ELSEWHERE))


def view_of(observations: Iterable[Observation]) -> str:
    """Return the word of a reason for answers that the public may be given otherwise; else empty."""
    return "" if any(map(in_public, observations)) else "inner"


def part_of(o: Observation) -> str:
    """Tell the name's own records from a delegation and from glue."""
    if o.section == "additional":
        return "glue"
    if o.type == "NS" and o.section == "authority":
        return "parent"
    return "answer"


def _out_of_bailiwick(o: Observation) -> bool:
    """Tell whether a server spoke as an authority about a name outside its zone.

    Such data is not believed, glue least of all (RFC 2181, section 5.4.1; RFC 9471).
    """
    return bool(o.zone) and o.source == "dns" and not is_below(_key(o.subject), _key(o.zone))


def _leads_elsewhere(o: Observation) -> bool:
    """Tell whether an observation leads to others and holds nothing itself.

    A referral, whose name servers stand in the authority section, and an answer without a
    record of its own: the name is an alias, and its CNAME stands elsewhere.
    """
    if o.section != "answer":
        return False
    if o.status is Status.REFERRAL:
        return True
    return o.status is Status.ANSWER and not o.values and o.note.startswith("alias")


def _key(subject: str) -> str:
    return subject.rstrip(".").lower() or "."

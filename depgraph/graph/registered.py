"""What several answers say of one registration, and where those of one day contradict each other.

A registry and a registrar each keep a record of a name, and answer by WHOIS or RDAP. What one of them
leaves out, or withholds, contradicts nobody. Where two say otherwise of one thing, one of them is out
of date, and which, nobody says: then nothing of it is certain. What answers of different days say is no
contradiction but a change, and the last day counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from depgraph import names
from depgraph.graph.answers import Answer
from depgraph.graph.views import Span, overlapping, side
from depgraph.observations import Observation, Status
from depgraph.providers import Signal, is_nobody
from depgraph.providers.rules import plain
from depgraph.records import epp
from depgraph.records.days import day_of
from depgraph.records.rdata import host
from depgraph.records.text import is_stand_in
from depgraph.text_safety import one_line
from depgraph.vocabulary import SOURCE_NAMES, Reason, SourceKind

if TYPE_CHECKING:
    from depgraph.graph.builder import Builder, Clues

_COMPARED: Final = 64  # different sayings about one thing that are held against each other
_SIDES: Final = 4  # that are told
_SHOWN: Final = 200  # characters of these
_DAY_APART: Final = 1  # by which dates differ that are written in several zones of time
_WHOLE: Final = frozenset({SourceKind.RDAP.value, SourceKind.WHOIS.value})
"""Sources that list all name servers of a registration, if any."""
_SIGNALS: Final = (("registrar-id", "registrar-id"), ("registrar", "registrar-name"))

Saying: TypeAlias = "dict[str, tuple[Observation, ...]]"
"""What one side says: values, as they are recorded, each with the observations that hold it."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What is known of a registration.

    Parameters
    ----------
    answer
        The answers; of what changed from one day to another the last day's alone.
    differing
        By the word of a thing that answers of one day say otherwise of what they say; by
        `registered` that some have no such registration.
    sides
        By the same words what each side says.
    replaced
        What was otherwise on an earlier day.
    """

    answer: Answer
    differing: Mapping[str, Reason] = field(default_factory=dict)
    sides: Mapping[str, tuple[Saying, ...]] = field(default_factory=dict)
    replaced: tuple[Reason, ...] = ()

    @property
    def holds_differ(self) -> Reason | None:
        """Why it is not known whether the name is kept out of the zone above; None if it is."""
        status = self.differing.get("status")
        return status if status is not None and status.get("names") else None

    def registrars(self) -> list[Clues]:
        """List the registrars of whom only one can be true; none where answers agree."""
        return [clues_in(saying) for saying in self.sides.get("registrar", ())]


def clues_in(saying: Mapping[str, Sequence[Observation]]) -> Clues:
    """Return the signals of a registrar among the values of an answer."""
    return {
        Signal(kind, value[len(key) + 1 :].strip()): observations
        for key, kind in _SIGNALS
        for value, observations in saying.items()
        if value.startswith(f"{key} ") and value[len(key) + 1 :].strip()
    }


def servers_in(saying: Iterable[str]) -> set[str]:
    """Return the name servers among the values of an answer."""
    words = (value.split() for value in saying if value.startswith("nameserver "))
    return set(filter(None, (host("".join(several[1:2])) for several in words)))


def clues_of(builder: Builder, domain: str, answer: Answer) -> Clues:
    """Return the signals of the registrar of a domain that are to be believed."""
    clues = clues_in(answer.records)
    return clues if names.is_under_icann_contract(domain) else _agreeing(builder, clues)


def of(builder: Builder, domain: str) -> Registered:
    """Return what is known of the registration of a domain."""
    if domain not in builder.registrations:
        builder.registrations[domain] = _compared(builder, domain)
    return builder.registrations[domain]


def _compared(builder: Builder, domain: str) -> Registered:
    answer = builder.index.ask(domain, "registration")
    given = {id(o): o for group in answer.records.values() for o in group}
    absent = [o for o in answer.empty if o.status is Status.NOT_FOUND]
    if len(given) + len(absent) < 2:
        return Registered(answer)
    there = [_Claim(o, True, 1, tuple(o.values)) for o in given.values()]
    existence = _judged([*there, *(_Claim(o, False, 1) for o in absent)], _are_not_equal)
    answer, _ = _without(answer, existence.passed)
    differing: dict[str, Reason] = {}
    sides: dict[str, tuple[Saying, ...]] = {}
    replaced: list[Reason] = []
    if existence.apart:
        differing["registered"] = Reason.of(
            "answers-differ", name=domain, text=_givers(given.values()), target=_givers(absent)
        ).seen_in([*given.values(), *absent])
    for word, claims, differ in _things(builder, domain, answer):
        found = _judged(claims, differ)
        if found.passed:
            answer, left_out = _without(answer, found.passed)
            replaced += _replaced(domain, word, left_out, found.last)
        if len(found.apart) > 1:
            differing[word] = _told(domain, word, found.apart)
            sides[word] = tuple(map(_saying, found.apart))
    return Registered(answer, differing, sides, tuple(replaced))


# --- What is said of one thing ----------------------------------------------------------------


class _Claim(NamedTuple):
    """What an observation says of one thing: as it is compared, and as it is recorded.

    What says more (`weight`) is looked at first.
    """

    by: Observation
    what: Any
    weight: int
    values: tuple[str, ...] = ()


_Differ: TypeAlias = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Claims of one day that contradict each other, side by side, those of earlier days, and the last."""

    apart: Sequence[Sequence[_Claim]] = ()
    passed: Sequence[_Claim] = ()
    last: date = date.min


def _judged(claims: Iterable[_Claim], differ: _Differ) -> _Judged:
    """Tell apart who says otherwise: on one day, and on a later one.

    What agrees with several sides says less than they do, and is on none.
    """
    alike: dict[Any, list[_Claim]] = {}
    for claim in claims:
        alike.setdefault(claim.what, []).append(claim)
    if len(alike) < 2:
        return _Judged()
    order = sorted(alike.values(), key=lambda several: (-several[0].weight, several[0].by.time))
    fellows: list[list[list[_Claim]]] = []
    for several in order[:_COMPARED]:
        what = several[0].what
        fitting = [one for one in fellows if not any(differ(what, other[0].what) for other in one)]
        if not fitting:
            fellows.append([several])
        elif len(fitting) == 1:
            fitting[0].append(several)
    if len(fellows) < 2:
        return _Judged()
    sides = [[claim for several in one for claim in several] for one in fellows]
    spans = [
        Span(claim.by.time.date(), claim.by.end.date(), frozenset({str(number)}), number)
        for number, one in enumerate(sides)
        for claim in one
    ]
    apart = set(overlapping(spans))
    begun = [max(claim.by.time.date() for claim in one) for one in sides]
    passed, left = [], []
    for number, one in enumerate(sides):
        later = max(day for n, day in enumerate(begun) if n != number)
        passed += [claim for claim in one if claim.by.end.date() < later]
        left.append([claim for claim in one if claim.by.end.date() >= later])
    return _Judged([left[n] for n in sorted(apart) if left[n]], passed, max(begun))


def _things(
    builder: Builder, domain: str, answer: Answer
) -> Iterator[tuple[str, list[_Claim], _Differ]]:
    """Yield each thing that answers may contradict each other about, who says what, and when these do."""
    every = list({id(o): o for group in answer.records.values() for o in group}.values())
    clues = clues_of(builder, domain, answer)
    named = [claim for o in every for claim in _registrars(builder, o, clues)]
    yield "registrar", named, _are_others
    for word in ("reseller", "registrant"):
        yield word, [claim for o in every for claim in _persons(o, word)], are_unlike
    yield "nameserver", [claim for o in every for claim in _servers(o)], _are_other_sets
    yield "status", [claim for o in every for claim in _statuses(o)], _are_other_states
    yield "created", [claim for o in every for claim in _days(o, "created")], _are_other_days
    statuses = [status for o in every for status in o.fields().get("status", ())]
    if not epp.renewed_automatically(statuses):  # the registry shows that before the registrar
        yield "expires", [claim for o in every for claim in _days(o, "expires")], _are_other_days


def _are_not_equal(one: Any, other: Any) -> bool:
    return bool(one != other)


class _Registrar(NamedTuple):
    """Whom a record names: numbers, names, and whom the catalogue knows by these."""

    ids: frozenset[str]
    names: frozenset[str]
    providers: frozenset[str]


def _registrars(builder: Builder, o: Observation, clues: Clues) -> Iterator[_Claim]:
    """Yield whom an observation names: one, or several where number and name are of two companies."""
    by_company: dict[str, list[Signal]] = {}
    known: dict[Signal, str] = {}
    for signal in clues_in(dict.fromkeys(o.values, (o,))):
        if signal not in clues or is_nobody(signal):
            continue
        one = builder.who("registrar", {signal: (o,)})
        if builder.knows(one):
            known[signal] = one.provider or ""
        by_company.setdefault(builder.company(one) if signal in known else "", []).append(signal)
    unlisted = by_company.pop("", [])
    for signals in [*by_company.values()] or ([unlisted] if unlisted else []):
        several = [*signals, *unlisted] if signals is not unlisted else unlisted
        rows = [builder.catalogue.providers[known[s]] for s in several if s in known]
        texts = [s.value for s in several if s.kind == "registrar-name"]
        texts += [text for row in rows for text in (row.name, *row.aliases)]
        what = _Registrar(
            frozenset(s.value for s in several if s.kind == "registrar-id"),
            frozenset(filter(None, map(plain, texts))),
            frozenset(row.id for row in rows),
        )
        keys = {kind: key for key, kind in _SIGNALS}
        values = tuple(f"{keys[s.kind]} {s.value}" for s in several)
        yield _Claim(o, what, bool(what.names) + len(values), values)


def _are_others(one: _Registrar, other: _Registrar) -> bool:
    """Tell whether two records name different registrars.

    Of a number that the catalogue does not know and a name it is not known.
    """
    if one.ids & other.ids or one.providers & other.providers or _alike(one.names, other.names):
        return False
    return bool((one.names and other.names) or (one.ids and other.ids))


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether one of some names may be short for one of others, or written otherwise."""
    return any(
        long.startswith(f"{short} ") or long.replace(" ", "") == short.replace(" ", "")
        for one in some
        for other in others
        for short, long in [sorted((one, other), key=len)]
    )


def _persons(o: Observation, key: str) -> Iterator[_Claim]:
    """Yield who has or sold the name, unless that is withheld or somebody only stands in."""
    for name in o.fields().get(key, ()):
        if (folded := plain(name)) and not is_stand_in(name):
            yield _Claim(o, folded, 1, (f"{key} {name}",))


def are_unlike(one: str, other: str) -> bool:
    """Tell whether two registrants are named, and by no name that is short for the other's."""
    return not _alike([plain(one)], [plain(other)])


def _servers(o: Observation) -> Iterator[_Claim]:
    values = tuple(value for value in o.values if value.startswith("nameserver "))
    if hosts := servers_in(values):
        yield _Claim(o, (frozenset(hosts), o.source in _WHOLE), len(hosts), values)


def _are_other_sets(one: tuple[frozenset[str], bool], other: tuple[frozenset[str], bool]) -> bool:
    """Tell whether two sets of name servers differ; one that is not whole may be a part."""
    (mine, whole), (theirs, whole_too) = one, other
    missed = (theirs - mine if whole else ()), (mine - theirs if whole_too else ())
    return any(missed) or not (mine <= theirs or theirs <= mine)


def _statuses(o: Observation) -> Iterator[_Claim]:
    values = o.fields().get("status", ())
    if values:
        what = frozenset(map(epp.epp_status, values))
        yield _Claim(o, what, len(what), tuple(f"status {value}" for value in values))


def _are_other_states(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether statuses exclude each other: one keeps the name out of the zone, or none is "ok".

    A registrar need not list what the registry has set.
    """
    held = bool(epp.not_delegated(one)) != bool(epp.not_delegated(other))
    return held or epp.excludes_ok(one, other) or epp.excludes_ok(other, one)


def _days(o: Observation, key: str) -> Iterator[_Claim]:
    for value in o.fields().get(key, ()):
        day = day_of(value)
        if day is not None:
            yield _Claim(o, day, 1, (f"{key} {value}",))


def _are_other_days(one: date, other: date) -> bool:
    return abs((one - other).days) > _DAY_APART


def _agreeing(builder: Builder, clues: Clues) -> Clues:
    """Leave out an IANA id that the registrar's name does not bear out.

    Where a registry is under no contract with ICANN, what it calls an IANA id may be a number of
    its own. Beside a name it is believed where that begins as one of that registrar's does.
    """
    catalogue = builder.catalogue
    firsts = {plain(s.value).partition(" ")[0] for s in clues if s.kind == "registrar-name"}

    def borne_out(signal: Signal) -> bool:
        rules = catalogue.rules.match(signal.kind, signal.value)
        known = [catalogue.providers[rule.provider] for rule in rules]
        texts = (text for one in known for text in (one.name, *one.aliases))
        return any(plain(text).partition(" ")[0] in firsts for text in texts)

    return {
        signal: observations
        for signal, observations in clues.items()
        if signal.kind != "registrar-id" or not firsts or is_nobody(signal) or borne_out(signal)
    }


# --- What is told of it -----------------------------------------------------------------------


def _saying(several: Iterable[_Claim]) -> Saying:
    found: dict[str, list[Observation]] = {}
    for claim in several:
        for value in claim.values:
            found.setdefault(value, []).append(claim.by)
    return {value: tuple(by) for value, by in sorted(found.items())}


def _without(answer: Answer, passed: Sequence[_Claim]) -> tuple[Answer, Saying]:
    """Leave out of an answer what was so on earlier days only; return it, and what is left out."""
    if not passed:
        return answer, {}
    gone = {(value, id(claim.by)) for claim in passed for value in claim.values}
    kept: dict[str, tuple[Observation, ...]] = {}
    for value, several in answer.records.items():
        if still := tuple(o for o in several if (value, id(o)) not in gone):
            kept[value] = still
    absent = {id(claim.by) for claim in passed if not claim.values}
    empty = tuple(o for o in answer.empty if id(o) not in absent)
    left_out = {value: seen for value, seen in answer.records.items() if value not in kept}
    return replace(answer, records=kept, empty=empty), left_out


def _replaced(domain: str, word: str, left_out: Saying, last: date) -> Iterator[Reason]:
    """Say what was otherwise before, where anything of it is not so any more."""
    if left_out:
        shown = ", ".join(_shown(word, left_out))
        yield Reason.of("replaced", name=domain, question=word, names=shown, time=last.isoformat())


def _told(domain: str, word: str, sides: Sequence[Sequence[_Claim]]) -> Reason:
    sayings = [(_saying(one), list({id(c.by): c.by for c in one}.values())) for one in sides]
    common = set.intersection(*(set(_shown(word, saying)) for saying, _ in sayings))
    texts = sorted(
        side(sorted(_shown(word, saying), key=common.__contains__), seen, by=giver)
        for saying, seen in sayings  # what not all say comes first, for not all may be shown
    )
    holds: set[str] = set()
    if word == "status":
        held = [epp.not_delegated(status for c in one for status in c.what) for one in sides]
        holds = set().union(*held) if not all(held) else holds
    return Reason.of(
        "answers-differ",
        name=domain,
        question=word,
        text=one_line(" / ".join(texts[:_SIDES]), limit=_SHOWN),
        names=", ".join(sorted(holds)),
    ).seen_in(o for _, seen in sayings for o in seen)


def _shown(word: str, saying: Saying) -> list[str]:
    """Return what is said, for people: a registrar by its names, or by its number."""
    if word == "registrar":
        clues = clues_in(saying)
        named = [signal.value for signal in clues if signal.kind == "registrar-name"]
        return named or [f"IANA {signal.value}" for signal in clues]
    values = [value.partition(" ")[2] for value in saying]
    if word == "status":
        return sorted(set(map(epp.epp_status, values)))
    if word in {"created", "expires"}:
        return sorted({str(day_of(value)) for value in values})
    return values


def giver(o: Observation) -> str:
    """Return who gave an answer about a registration: by which protocol, a server or a file."""
    by = urlsplit(o.server).hostname if "://" in o.server else o.server
    kind = SOURCE_NAMES.get(SourceKind(o.source), "") if o.source in set(SourceKind) else ""
    return one_line(" ".join(filter(None, (kind, by or o.citation))), limit=60) or o.source


def _givers(several: Iterable[Observation]) -> str:
    return one_line(", ".join(dict.fromkeys(map(giver, several))), limit=_SHOWN)

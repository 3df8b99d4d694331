"""From where a question was asked, and where at one place the answers differ, by whom.

A client gets one answer and not another: the one of its place, or, where the servers of a zone
do not agree, or answer by weight, one of several. A *view* is a text for that: the place
(``de``), and where the answers at one place differ what gives this one (``de via
ns1.example.org``). The edges that rest on an answer carry the views that had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from depgraph.observations import Observation
from depgraph.text_safety import one_line
from depgraph.vocabulary import VIA

TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("A", "AAAA", "CNAME"), ("A", "AAAA", "CNAME")),
    "MX": ("MX",),
    "NS": ("NS",),
}
"""Types of record -> those that answer one question together: an alias instead of an address."""
NOWHERE: Final = "unnamed"
_ANSWERING: Final = frozenset({"dns", "zone-file"})  # sources of which a file holds answers
_Said: TypeAlias = frozenset[tuple[str, frozenset[str], date, date]]
_SIDE: Final = 4  # values, and givers, of each of several answers
_COMPARED: Final = 64  # groups of givers, and what is said in one, that each is held against


def place(observation: Observation) -> str:
    """Return the vantage point of an observation, with the client subnet if one was sent."""
    return _place(observation.vantage, observation.subnet)


@lru_cache(maxsize=1 << 10)
def _place(vantage: str, subnet: str) -> str:
    words = [word for word in (vantage, subnet) if word]
    # A comma stands between views where several are written in one text.
    return one_line(" ".join(words).replace(",", " ") or NOWHERE)


@dataclass(frozen=True, slots=True)
class Views:
    """The views of the answers to one question.

    Parameters
    ----------
    of
        By the identity of an observation its view.
    """

    of: Mapping[int, str]

    def several(self, observations: Iterable[Observation]) -> tuple[str, ...]:
        """Return the views of some observations, sorted."""
        return tuple(sorted({self.of.get(id(o)) or place(o) for o in observations}))


class Span(NamedTuple):
    """What was said from a day to another: values, and all the words of whoever said it."""

    first: date
    last: date
    values: frozenset[str]
    words: Any


ALIKE: Final = Views({})
"""Views of answers that do not differ at any one place: the place itself."""


def views_of(
    observations: Sequence[Observation], is_open: Callable[[Observation], bool] = lambda _: False
) -> Views:
    """Tell the answers to one question apart: by place, and where they differ there by giver.

    Parameters
    ----------
    observations
        Settled ones of the types in :data:`TOGETHER`, of one name, of the days asked for.
    is_open
        Whether one has, perhaps, not all records of its set: it differs from one that has where
        that lacks a record of it.
    """
    found: dict[int, str] = {}
    places: dict[str, list[Observation]] = {}
    for o in observations:
        places.setdefault(place(o), []).append(o)
    for where, group in places.items():
        found |= _at(where, group, is_open)
    return Views(found)


def _at(
    where: str, group: Sequence[Observation], is_open: Callable[[Observation], bool]
) -> dict[int, str]:
    """Return the views of one place: one, unless answers differ there."""
    joined = _joined(group)
    opened = {id(o): is_open(o) for o in group}
    givers = _givers(_distinct(joined.values()))
    givers = {id(o): givers[id(joined[id(o)])] for o in group}
    whole: dict[str, dict[str, set[int]]] = {}  # by type and value, in which sets it is
    for one in _distinct(joined[id(o)] for o in group if o.values and not opened[id(o)]):
        of_type = whole.setdefault(one.type, {})
        for value in one.values:
            of_type.setdefault(value, set()).add(id(one))
    parts = {
        id(one)
        for one in _distinct(joined[id(o)] for o in group if opened[id(o)])
        if _is_part(one, whole.get(one.type, {}))
    }
    answers: dict[str, dict[str, Observation]] = {}
    for o in group:
        if opened[id(o)] and id(joined[id(o)]) in parts:
            givers[id(o)] = ""
        elif givers[id(o)]:
            answers.setdefault(givers[id(o)], {})[o.type] = joined[id(o)]
    said = {giver: _said(several) for giver, several in answers.items()}
    alike = {said[giver]: several for giver, several in answers.items()}  # thousands may say one
    contradicted = _contradicted(alike)
    apart = sorted(giver for giver, words in said.items() if words in contradicted)
    start = "" if where == NOWHERE else f"{where} "
    views = {
        giver: f"{start}{VIA} {min(several)}"
        for several in _alike(apart, answers)
        for giver in several
    }
    return {id(o): views.get(givers[id(o)], where) for o in group}


def _distinct(several: Iterable[Observation]) -> list[Observation]:
    """Return each once: thousands of records of a file may be parts of one answer."""
    return list({id(o): o for o in several}.values())


def _is_part(o: Observation, whole: Mapping[str, set[int]]) -> bool:
    """Tell whether an open set may be one of those that are whole; so it may where there is none."""
    if not whole or not o.values:
        return True
    sets = sorted((whole.get(value, set()) for value in o.values), key=len)
    return bool(sets[0].intersection(*sets[1:]))


def _joined(group: Iterable[Observation]) -> dict[int, Observation]:
    """Return by observation the answer that it is a part of: records of one file, of one moment."""
    whole = {id(o): o for o in group}
    sets: dict[tuple[object, ...], list[Observation]] = {}
    for o in whole.values():
        if o.values and o.citation and o.type != "CNAME" and not (o.server_name or o.server):
            sets.setdefault((o.source, o.citation, o.zone, o.type, o.time, o.until), []).append(o)
    for several in sets.values():
        if len(several) > 1:
            values = tuple(dict.fromkeys(value for o in several for value in o.values))
            whole |= dict.fromkeys(map(id, several), replace(several[0], values=values))
    return whole


def _contradicted(alike: Mapping[_Said, Mapping[str, Observation]]) -> set[_Said]:
    """Return what is said that something else contradicts: other values, or an alias and an address."""
    spans: dict[tuple[str, bool], list[Span]] = {}
    for words, answers in alike.items():
        aliased = _aliased(answers)
        for kind, o in answers.items():
            span = Span(o.time.date(), o.end.date(), frozenset(o.values), words)
            spans.setdefault((kind, aliased), []).append(span)
            if o.values and aliased is (kind == "CNAME"):
                either = span._replace(values=frozenset({str(aliased)}))
                spans.setdefault(("", False), []).append(either)
    return {words for several in spans.values() for words in overlapping(several)}


def overlapping(spans: Iterable[Span]) -> Iterator[Any]:
    """Yield what was said on days on which others said otherwise; in order, not by pairs."""
    order = sorted(spans, key=lambda one: one.first)
    ends: dict[frozenset[str], date] = {}  # of the two whose values differ and that last longest
    for one in order:
        if any(end >= one.first for values, end in ends.items() if values != one.values):
            yield one.words
        ends[one.values] = max(one.last, ends.get(one.values, one.last))
        if len(ends) > 2:
            del ends[min(ends, key=lambda values: ends[values])]
    later = date.max  # when the next who say otherwise begin
    following: Span | None = None
    for one in reversed(order):
        if following is not None and following.values != one.values:
            later = following.first
        if following is not None and later <= one.last:
            yield one.words
        following = one


@dataclass(slots=True)
class _Alike:
    """Givers who say the same, as far as they were asked the same.

    Parameters
    ----------
    givers
        They.
    values
        What they say, by type.
    plain, aliased
        The days on which some of them say addresses and no alias, and an alias.
    number
        How many different things they say.
    """

    givers: list[str] = field(default_factory=list)
    values: dict[str, frozenset[str]] = field(default_factory=dict)
    plain: list[tuple[date, date]] = field(default_factory=list)
    aliased: list[tuple[date, date]] = field(default_factory=list)
    number: int = 0

    def takes(self, words: _Said) -> bool:
        """Tell whether somebody else says the same, if at other times."""
        if self.number >= _COMPARED:
            return False
        if any(self.values.get(kind, values) != values for kind, values, _, _ in words):
            return False
        mine, aliased = _days(words)
        return not any(
            first <= until and since <= last
            for since, until in mine
            for first, last in (self.plain if aliased else self.aliased)
        )

    def add(self, words: _Said) -> None:
        """Take in what somebody says."""
        self.number += 1
        self.values.update((kind, values) for kind, values, _, _ in words)
        mine, aliased = _days(words)
        (self.aliased if aliased else self.plain).extend(mine)


def _days(words: _Said) -> tuple[list[tuple[date, date]], bool]:
    """Return the days of an alias, or else those of addresses; and whether there is an alias."""
    given = {kind: (first, last) for kind, values, first, last in words if values}
    if "CNAME" in given:
        return [given["CNAME"]], True
    return [given[kind] for kind in ("A", "AAAA") if kind in given], False


def _alike(
    givers: Iterable[str], answers: Mapping[str, Mapping[str, Observation]]
) -> list[list[str]]:
    """Put those together who say the same, as far as they were asked the same.

    Of very many who do not, only those who say exactly the same come together.
    """
    found: list[_Alike] = []
    said_in: dict[_Said, _Alike] = {}
    for giver in sorted(givers, key=lambda one: -len(answers[one])):  # who was asked most decides
        words = _said(answers[giver])
        if words not in said_in:
            one = next((one for one in found[:_COMPARED] if one.takes(words)), None)
            if one is None:
                found.append(one := _Alike())
            one.add(words)
            said_in[words] = one
        said_in[words].givers.append(giver)
    return [one.givers for one in found]


def _said(answers: Mapping[str, Observation]) -> _Said:
    """Return all of what a giver said that others may contradict, or agree with."""
    return frozenset(
        (kind, frozenset(o.values), o.time.date(), o.end.date()) for kind, o in answers.items()
    )


def _givers(group: Sequence[Observation]) -> dict[int, str]:
    """Return who gave each answer: a server, or the file that it stands in.

    One that gives several, by weight or one after the other, is several. Several observations
    without either may be the parts of one answer, records of one set; but there is one alias only
    (RFC 2181, section 10.1), so two at one time are two answers.
    """
    found: dict[int, str] = {}
    answers: dict[tuple[str, str], dict[tuple[str, ...], Observation]] = {}
    for o in group:
        server = giver(o)
        found[id(o)] = server
        if o.values and (server or o.type == "CNAME"):
            answers.setdefault((server, o.type), {}).setdefault(tuple(sorted(o.values)), o)
    orders: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for key, several in answers.items():
        rows = [Span(o.time.date(), o.end.date(), frozenset(v), v) for v, o in several.items()]
        if len(rows) > 1 and any(True for _ in overlapping(rows)):
            orders[key] = sorted(several, key=lambda values: (several[values].time, values))
    numbers = {
        (*key, values): number
        for key, order in orders.items()
        for number, values in enumerate(order, start=1)
    }
    for o in group:
        server, values = found[id(o)], tuple(sorted(o.values))
        number = numbers.get((server, o.type, values))
        if number is not None:
            found[id(o)] = f"{server} ({number})" if server else _as_word(values[0])
    return found


def giver(o: Observation) -> str:
    """Return who gave an answer: a server, else the file it stands in, if either is known."""
    file = o.citation if o.source in _ANSWERING else ""
    return _as_word(o.server_name or o.server or file)


def side(
    values: Sequence[str],
    several: Sequence[Observation],
    *,
    by: Callable[[Observation], str] = giver,
) -> str:
    """Return what some were given alike, by whom, and when that was."""
    more = ", ..." if len(values) > _SIDE else ""
    givers = dict.fromkeys(filter(None, map(by, several)))
    times = dict.fromkeys(f"{o.time:%H:%M}" for o in several if o.until is None)
    told = ", ".join([*list(givers)[:_SIDE], *list(times)[:1]])
    return f"{', '.join(values[:_SIDE])}{more}" + (f" ({told})" if told else "")


def _as_word(text: str) -> str:
    return one_line(text.rstrip(".").lower().replace(",", " "))


def at_one_time(one: Observation, other: Observation) -> bool:
    """Tell whether two observations are of one day; a change from day to day is no choice."""
    return one.time.date() <= other.end.date() and other.time.date() <= one.end.date()


def _aliased(answers: Mapping[str, Observation]) -> bool:
    return "CNAME" in answers and bool(answers["CNAME"].values)

"""What moved between two surveys: service by service, and in the ranks."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from depgraph.analysis.owned import OwnerChange, first_change, turn_of_owner
from depgraph.analysis.roles import ADDRESSES
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.extras import frame
from depgraph.parameters import checked
from depgraph.providers import load
from depgraph.survey.result import Survey
from depgraph.survey.tally import label_of
from depgraph.survey.values import REGISTRIES
from depgraph.text_safety import one_line, quote
from depgraph.vocabulary import Function, Layer, Level, ReasonCode, Turn, What

_RENDERING: Final = "depgraph.rendering"
_MOVED: Final = frozenset({Turn.APPEARED, Turn.VANISHED, Turn.CHANGED})
SERVICE: Final = "service"
EXISTENCE: Final = "existence"
"""Of what a :class:`Move` is that says that one survey does not have a service, and of one that says
whether there is such a name."""
TURNS: Final = (Turn.APPEARED, Turn.VANISHED, Turn.NEWLY_KNOWN, Turn.NO_LONGER_KNOWN)
"""What becomes of an actor, in the order in which :class:`RankMove` counts it."""
_OPERATORS: Final = """
SELECT DISTINCT l.service, l.layer, coalesce(o.one, l.actor) AS actor, l.actor AS itself,
       coalesce(c.one, l.company) AS company, l.companies
FROM layers l
LEFT JOIN operators o ON o.actor = l.actor
LEFT JOIN operators c ON c.actor = l.company
WHERE l.kind = 'provider' AND l.needed AND l.confidence <> 'possible'
"""


class _Set(NamedTuple):
    """A set of names that a service has.

    Parameters
    ----------
    layers
        Those in which its names tell who is there; of the first it is.
    others
        What is not known there where the set may have others.
    function
        The function without which it is known to be empty; None: it never is.
    """

    layers: tuple[Layer, ...]
    others: frozenset[What]
    function: Function | None = None


_SETS: Final[Mapping[str, _Set]] = MappingProxyType(
    {
        "servers": _Set(
            (Layer.DNS,),
            frozenset(
                {
                    *(What.NAME_SERVERS, What.MALFORMED_NAME_SERVERS),
                    *(What.FURTHER_RECORDS, What.DELEGATION),
                }
            ),
        ),
        "exchangers": _Set(
            (Layer.MAIL, Layer.MAILBOX),
            frozenset({What.MAIL_EXCHANGES, What.MALFORMED_MX, What.FURTHER_RECORDS}),
            Function.MAIL,
        ),
    }
)
"""By column of `services`."""
_BY_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {layer.value: column for column, one in _SETS.items() for layer in one.layers}
)
"""Layer -> the column with the names that tell who is there."""


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one service, of its name servers or exchangers, or of an actor in a layer.

    Parameters
    ----------
    service
        Its name.
    layer
        A layer; ``"servers"`` for the names of its name servers, ``"exchangers"`` for those of its
        mail exchangers; ``"existence"`` for itself, where one survey says that there is no such
        name, and ``"service"`` where one does not have it. Of these two nothing else is said.
    actor, label
        Who came or went, by company; the names that did; empty for the service itself.
    turn
        *Appeared* and *vanished* where the other survey knows the whole layer, or the service has
        other name servers or exchangers in it, *newly known* and *no longer known* where it does
        not, and of a service that it does not have. A set of names has *changed* where the other
        survey knows all of it.
    alike
        Whether the service itself has not moved there: the layer is one of its suffix.
    """

    service: str
    layer: str
    actor: str
    label: str
    turn: Turn
    alike: bool = False


@dataclass(frozen=True, slots=True)
class RankMove:
    """How many services of a layer an actor has in two surveys, and why not as many.

    Parameters
    ----------
    layer, actor, label
        As in :class:`Move`.
    before, after
        In how many services it is known to stand.
    appeared, vanished
        In how many it came and went.
    newly_known, no_longer_known
        In how many it is known to stand in the one survey, where the other one does not know, or
        does not have the service.
    acquired, released
        In how many it stands, or no longer stands, only because somebody who stands there in both
        surveys belongs to others in the later one.
    """

    layer: str
    actor: str
    label: str
    before: int
    after: int
    appeared: int
    vanished: int
    newly_known: int
    no_longer_known: int
    acquired: int = 0
    released: int = 0


@dataclass(frozen=True, slots=True)
class OwnerMove:
    """Somebody who stands in services in both surveys, and belongs to others in the later one.

    Parameters
    ----------
    change
        Who it is, whose it was and is, and since when.
    services
        In how many: none of them has moved by it.
    """

    change: OwnerChange
    services: int


@dataclass(frozen=True, repr=False)
class Moves:
    """The answer of :func:`compare`.

    Parameters
    ----------
    before, after
        The two surveys.
    moves
        In the order of the services.
    ranks
        Companies whose services differ, the greatest difference in number first: one that lost
        as many as it gained is among them.
    owners
        Operators, and their companies, that belong to somebody else in the later survey: of most
        services first. That is no move of the services that they serve.
    """

    before: Survey
    after: Survey
    moves: tuple[Move, ...]
    ranks: tuple[RankMove, ...]
    owners: tuple[OwnerMove, ...] = ()

    @property
    def moved(self) -> frozenset[str]:
        """The services there were both times of which something appeared, vanished or changed."""
        return frozenset(
            one.service
            for one in self.moves
            if one.turn in _MOVED and not one.alike and one.layer != EXISTENCE
        )

    @property
    def appeared(self) -> frozenset[str]:
        """The services that do not exist in the earlier survey, and do in the later one."""
        return self._existing(Turn.APPEARED)

    @property
    def vanished(self) -> frozenset[str]:
        """The services that exist in the earlier survey, and not in the later one."""
        return self._existing(Turn.VANISHED)

    def _existing(self, turn: Turn) -> frozenset[str]:
        of = (one for one in self.moves if (one.layer, one.turn) == (EXISTENCE, turn))
        return frozenset(one.service for one in of)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each move."""
        return [
            {
                "service": one.service,
                "layer": one.layer,
                "actor": one.actor,
                "label": one.label,
                "turn": one.turn.value,
                "alike": one.alike,
            }
            for one in self.moves
        ]

    @checked()
    def text(self, *, lang: str = "en", width: int = 110) -> str:
        """Return what moved as plain text."""
        return str(importlib.import_module(_RENDERING).to_text(self, lang=lang, width=width))

    @checked()
    def to_html(self, *, lang: str = "en") -> str:
        """Return what moved as an HTML fragment."""
        return str(importlib.import_module(_RENDERING).to_html(self, lang=lang))

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Moves of {len(self.moved)} services>"

    def to_frame(self) -> Any:
        """Return :meth:`rows` as a ``pandas.DataFrame``."""
        return frame(self.rows())

    def _repr_html_(self) -> str:
        return self.to_html()


def compare(before: Survey, after: Survey) -> Moves:
    """Say what moved between two surveys.

    Parameters
    ----------
    before, after
        The earlier first.

    Returns
    -------
    Moves
        What one of them does not know has neither appeared nor vanished
        (:mod:`depgraph.analysis.turns`).

    Raises
    ------
    QuestionError
        If one is no survey, or the later one stands first.
    """
    for one in (before, after):
        if not isinstance(one, Survey):
            raise QuestionError(
                f"expected a Survey, found {quote(one)}: depgraph.survey.load(FOLDER) reads one that was written"
            )
    was, now = before.days, after.days
    if was and now and was > now:
        raise QuestionError(
            f"expected the earlier survey first, found {was[0]} before {now[0]}: swap the two"
        )
    days = _Day.of_survey(before), _Day.of_survey(after)
    moves = tuple(_moves(*days))
    return Moves(
        before, after, moves, tuple(_ranks(*days, moves)), tuple(_owner_moves(*days, moves))
    )


def _moves(was: _Day, now: _Day) -> Iterator[Move]:
    for service in sorted(was.present.keys() | now.present.keys()):
        if service not in was.present:  # whether it was there, the other survey does not say
            yield Move(service, SERVICE, "", "", Turn.NEWLY_KNOWN)
        elif service not in now.present:
            yield Move(service, SERVICE, "", "", Turn.NO_LONGER_KNOWN)
        elif move := _of_existence(service, was, now):
            yield move
        else:
            for column in _SETS:
                if was.names[column][service] != now.names[column][service]:
                    yield _of_names(service, column, was, now)
            yield from _of_layers(service, was, now)


def _of_existence(service: str, was: _Day, now: _Day) -> Move | None:
    """Return what became of a service that does not exist in one survey alone."""
    before, after = was.present[service], now.present[service]
    if before is after or False not in {before, after}:
        return None
    if after is False:
        turn = Turn.VANISHED if before else Turn.NEWLY_KNOWN
    else:
        turn = Turn.APPEARED if after else Turn.NO_LONGER_KNOWN
    return Move(service, EXISTENCE, "", "", turn)


def _of_names(service: str, column: str, was: _Day, now: _Day) -> Move:
    """Return what became of a set of names, of which one survey may not know all."""
    before, after = was.names[column][service], now.names[column][service]
    gone, come = sorted(before - after), sorted(after - before)
    left = gone and service not in now.partial[column]
    joined = come and service not in was.partial[column]
    turn = Turn.NEWLY_KNOWN if come else Turn.NO_LONGER_KNOWN
    text = " ".join((*(f"-{name}" for name in gone), *(f"+{name}" for name in come)))
    return Move(service, column, "", text, Turn.CHANGED if left or joined else turn)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a survey knows of each service.

    Parameters
    ----------
    survey
        The survey.
    present
        By service: whether there is such a name; None: not known.
    names
        By column of `services`, and service: the names in a set.
    layers
        By service and layer: who is known there, by company, and whether that is all.
    operators
        By service and layer: the providers that are known there, each with the company at its top.
    owners
        By service: each provider that is known there, with its companies, the nearest first.
    until
        By service: the last day that it was judged for (ISO 8601).
    of
        By service and layer: of which functions it is.
    absent
        By service: functions that it does not offer.
    open
        By layer, and service of which nothing more is unknown there than addresses: the names of
        these.
    partial
        By column: services of whose set of names not all is known.
    """

    survey: Survey
    present: dict[str, bool | None]
    names: dict[str, dict[str, frozenset[str]]]
    layers: dict[str, dict[str, tuple[frozenset[str], bool]]]
    operators: dict[tuple[str, str], set[tuple[str, str]]]
    owners: dict[str, dict[str, tuple[str, ...]]]
    until: dict[str, str]
    of: dict[tuple[str, str], set[str]]
    absent: dict[str, set[str]]
    open: dict[str, dict[str, frozenset[str]]]
    partial: dict[str, frozenset[str]]

    @classmethod
    def of_survey(cls, survey: Survey) -> _Day:
        """Read the tables of a survey."""
        actors: dict[tuple[str, str], set[str]] = {}
        for service, layer, actor in survey.standing():
            actors.setdefault((service, layer), set()).add(actor)
        layers: dict[str, dict[str, tuple[frozenset[str], bool]]] = {}
        for row in survey.ask("SELECT service, layer, whole FROM standings"):
            known = frozenset(actors.get((row["service"], row["layer"]), ()))
            layers.setdefault(row["service"], {})[row["layer"]] = (known, row["whole"])
        operators: dict[tuple[str, str], set[tuple[str, str]]] = {}
        owners: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in survey.ask(_OPERATORS):
            key = (row["service"], row["layer"])
            operators.setdefault(key, set()).add((row["actor"], row["company"]))
            owners.setdefault(row["service"], {})[row["itself"]] = tuple(row["companies"] or ())
        of: dict[tuple[str, str], set[str]] = {}
        for row in survey.ask("SELECT DISTINCT service, function, layer FROM layers"):
            of.setdefault((row["service"], row["layer"]), set()).add(row["function"])
        services = survey.tables["services"].to_pylist()
        absent = {
            row["service"]: {key.replace("_", "-") for key in row if row[key] == State.ABSENT.value}
            for row in services
        }
        names = {
            column: {row["service"]: frozenset(row[column]) for row in services} for column in _SETS
        }
        unknown = _unknown(survey)
        return cls(
            survey,
            {row["service"]: row["present"] for row in services},
            names,
            layers,
            operators,
            owners,
            {row["service"]: row["until"] for row in services},
            of,
            absent,
            {layer: _only_addresses(survey, layer, unknown[layer]) for layer in _BY_NAMES},
            {column: _partial(column, names[column], absent, unknown) for column in _SETS},
        )

    def shows_replaced(self, service: str, layer: str, other: _Day) -> bool:
        """Tell whether names that another survey has in a layer are replaced by others in this one.

        That holds whether or not anybody asked for the addresses of these: see
        :meth:`depgraph.analysis.roles.Standing.shows_replaced`. Who ran a server that is still there
        is known here as well.
        """
        column = _BY_NAMES.get(layer)
        if column is None:
            return False
        here, there = self.names[column][service], other.names[column][service]
        known, _ = self.layers.get(service, {}).get(layer, (frozenset(), False))
        names = self.open[layer].get(service, frozenset())
        told_there = (names & there) - other.open[layer].get(service, frozenset())
        return bool(known and names and there - here) and names <= here and not told_there

    def counts(self) -> Counter[tuple[str, str]]:
        """Count the services of each actor in each layer."""
        return Counter(
            (layer, actor)
            for several in self.layers.values()
            for layer, (actors, _) in several.items()
            for actor in actors
        )

    def by_owner(self, service: str, layer: str, other: _Day) -> frozenset[str]:
        """Return the companies that stand in a layer by operators alone that another survey has there."""
        pairs = self.operators.get((service, layer), set())
        there = {operator for operator, _ in other.operators.get((service, layer), ())}
        new = {company for operator, company in pairs if operator not in there}
        return frozenset(company for _, company in pairs) - new

    def standing(self, service: str, layer: str, other: _Day) -> tuple[frozenset[str], bool]:
        """Return who is known in a layer, and whether that is all.

        A layer that the other survey has and this one has not is known to be empty where this
        one says that the functions it is of are not offered.
        """
        known = self.layers.get(service, {}).get(layer)
        functions = other.of.get((service, layer), set())
        return known or (frozenset(), bool(functions) and functions <= self.absent[service])


class _Unknown(NamedTuple):
    """What is not known of a service in a layer: what, of what name, and why."""

    service: str
    what: str
    of: str
    reason: str


def _unknown(survey: Survey) -> Mapping[str, set[_Unknown]]:
    """Return by layer what is not known where names tell who is there."""
    found: dict[str, set[_Unknown]] = {layer: set() for layer in _BY_NAMES}
    for row in survey.ask("SELECT DISTINCT service, what, of, reason, hides FROM unknowns"):
        one = _Unknown(row["service"], row["what"], row["of"], row["reason"])
        for layer in found.keys() & row["hides"]:
            found[layer].add(one)
    return found


def _partial(
    column: str,
    names: Mapping[str, frozenset[str]],
    absent: Mapping[str, set[str]],
    unknown: Mapping[str, set[_Unknown]],
) -> frozenset[str]:
    """Return the services of whose set of names not all is known; all of it may be none.

    That only a weak step leads to a name leaves no other one open.
    """
    one = _SETS[column]
    empty = {name for name, several in names.items() if not several}
    if one.function:
        empty = {name for name in empty if one.function.value not in absent[name]}
    return frozenset(empty).union(
        each.service
        for each in unknown[one.layers[0].value]
        if each.what in one.others and each.reason != ReasonCode.UNSURE.value
    )


def _only_addresses(
    survey: Survey, layer: str, unknown: Iterable[_Unknown]
) -> dict[str, frozenset[str]]:
    """Return the services of which no more than addresses is not known there, and of what names."""
    found: dict[str, set[str]] = {}
    rows = survey.ask("SELECT DISTINCT service, layer FROM standings WHERE own")
    others = {row["service"] for row in rows if row["layer"] == layer}
    for one in unknown:
        if one.what in ADDRESSES:
            found.setdefault(one.service, set()).add(one.of)
        else:
            others.add(one.service)
    return {one: frozenset(names) for one, names in found.items() if one not in others}


class _Change(NamedTuple):
    """Who stands in a layer in one survey alone, by company; `acquired` and `released` by its owner.

    With whether all who stand there are known in the earlier survey, and in the later one.
    """

    layer: str
    whole: bool
    other_whole: bool
    came: frozenset[str]
    gone: frozenset[str]
    acquired: frozenset[str]
    released: frozenset[str]


def _changes(service: str, was: _Day, now: _Day) -> Iterator[_Change]:
    every = was.layers.get(service, {}).keys() | now.layers.get(service, {}).keys()
    for layer in sorted(every):
        actors, whole = was.standing(service, layer, now)
        others, other_whole = now.standing(service, layer, was)
        acquired = (others - actors) & now.by_owner(service, layer, was)
        released = (actors - others) & was.by_owner(service, layer, now)
        came, gone = others - actors - acquired, actors - others - released
        yield _Change(layer, whole, other_whole, came, gone, acquired, released)


def _of_layers(service: str, was: _Day, now: _Day) -> Iterator[Move]:
    for layer, known, other_known, came, gone, *_ in _changes(service, was, now):
        whole = known or was.shows_replaced(service, layer, now)
        other_whole = other_known or now.shows_replaced(service, layer, was)
        alike = layer in REGISTRIES
        for actor in sorted(came):
            turn = Turn.APPEARED if whole else Turn.NEWLY_KNOWN
            yield Move(service, layer, actor, now.survey.label(actor), turn, alike)
        for actor in sorted(gone):
            turn = Turn.VANISHED if other_whole else Turn.NO_LONGER_KNOWN
            yield Move(service, layer, actor, was.survey.label(actor), turn, alike)


def _compared(was: _Day, now: _Day, moves: Iterable[Move]) -> list[str]:
    """Return the services of which layers are compared: that both surveys have, or neither."""
    itself = {one.service for one in moves if one.layer in {SERVICE, EXISTENCE}}
    return sorted((was.present.keys() & now.present.keys()) - itself)


def _owner_moves(was: _Day, now: _Day, moves: Iterable[Move]) -> list[OwnerMove]:
    """Return who stands in services in both surveys, and belongs to others in the later one."""
    catalogue = load()
    labels = {**was.survey.labels, **now.survey.labels}
    counts: Counter[OwnerChange] = Counter()

    def called(node: str) -> str:
        kind, _, name = node.partition(":")
        company = catalogue.companies.get(name) if kind == Level.COMPANY else None
        return one_line(company.name) if company else label_of(labels, node)

    for service in _compared(was, now, moves):
        days = date.fromisoformat(was.until[service]), date.fromisoformat(now.until[service])
        before, after = was.owners.get(service, {}), now.owners.get(service, {})
        found = set()
        for actor in before.keys() & after.keys():
            change = first_change((actor, *before[actor]), (actor, *after[actor]))
            if change is not None:
                of, ids, others = change
                turn, since = turn_of_owner(*change, days=days, catalogue=catalogue)
                names = tuple(map(called, ids)), tuple(map(called, others))
                found.add(OwnerChange(turn, of, called(of), ids, others, *names, since))
        counts.update(found)
    several = [OwnerMove(change, count) for change, count in counts.items()]
    return sorted(several, key=lambda one: (-one.services, one.change.of, one.change.after))


def _ranks(was: _Day, now: _Day, moves: Iterable[Move]) -> list[RankMove]:
    before, after = was.counts(), now.counts()
    turns = Counter((one.layer, one.actor, one.turn) for one in moves if one.actor)
    owned: Counter[tuple[str, str, bool]] = Counter()  # True: acquired
    for service in _compared(was, now, moves):
        for change in _changes(service, was, now):
            owned.update((change.layer, actor, True) for actor in change.acquired)
            owned.update((change.layer, actor, False) for actor in change.released)
    itself = {one.service: one.turn for one in moves if one.layer in {SERVICE, EXISTENCE}}
    for day, certain, otherwise in (
        (was, Turn.VANISHED, Turn.NO_LONGER_KNOWN),
        (now, Turn.APPEARED, Turn.NEWLY_KNOWN),
    ):
        for service, turn in itself.items():
            told = turn if turn is certain else otherwise
            for layer, (actors, _) in day.layers.get(service, {}).items():
                turns.update((layer, actor, told) for actor in actors)
    labels = {**was.survey.labels, **now.survey.labels}
    found = [
        RankMove(
            layer,
            actor,
            label_of(labels, actor),
            before[layer, actor],
            after[layer, actor],
            *(turns[layer, actor, turn] for turn in TURNS),
            *(owned[layer, actor, came] for came in (True, False)),
        )
        for layer, actor in before.keys() | after.keys()
        if before[layer, actor] != after[layer, actor]
        or any(turns[layer, actor, turn] for turn in TURNS)
        or any(owned[layer, actor, came] for came in (True, False))
    ]
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.layer, one.actor))

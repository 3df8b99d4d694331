"""What moved between two surveys: service by service, and in the ranks."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.roles import ADDRESSES
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.extras import frame
from depgraph.parameters import checked
from depgraph.survey.result import Survey
from depgraph.survey.tally import label_of
from depgraph.survey.values import REGISTRIES
from depgraph.vocabulary import Layer, Turn, What

_RENDERING: Final = "depgraph.rendering"
_MOVED: Final = frozenset({Turn.APPEARED, Turn.VANISHED, Turn.CHANGED})
TURNS: Final = (Turn.APPEARED, Turn.VANISHED, Turn.NEWLY_KNOWN, Turn.NO_LONGER_KNOWN)
"""What becomes of an actor, in the order in which :class:`RankMove` counts it."""
_DNS: Final = Layer.DNS.value
_SERVERS: Final = frozenset(
    {What.NAME_SERVERS, What.MALFORMED_NAME_SERVERS, What.FURTHER_RECORDS, What.DELEGATION}
)
"""What is not known where a set of name servers may have others."""
_PROVIDERS: Final = """
SELECT DISTINCT l.service, l.layer, coalesce(o.one, l.actor) AS actor
FROM layers l LEFT JOIN operators o ON o.actor = l.actor
WHERE l.kind IN ('provider', 'own', 'anyone') AND l.needed AND l.confidence <> 'possible'
"""


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one service, of its name servers, or of an actor in one of its layers.

    Parameters
    ----------
    service
        Its name.
    layer
        A layer; ``"servers"`` for the names of its name servers, ``"service"`` for itself.
    actor, label
        Who came or went, by company; the servers that did; empty for the service itself.
    turn
        *Appeared* and *vanished* where the other survey knows the whole layer, or the service has
        other name servers in it, *newly known* and *no longer known* where it does not, and of a
        service that it does not have.
    alike
        Whether the service itself has not moved there: the layer has the same providers in both
        surveys, of whom something else is known, or the layer is one of its suffix.
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
    """

    before: Survey
    after: Survey
    moves: tuple[Move, ...]
    ranks: tuple[RankMove, ...]

    @property
    def moved(self) -> frozenset[str]:
        """The services of which something appeared, vanished or changed that is theirs."""
        return frozenset(one.service for one in self.moves if one.turn in _MOVED and not one.alike)

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
        If the later one stands first.
    """
    was, now = before.days, after.days
    if was and now and was > now:
        raise QuestionError(
            f"expected the earlier survey first, found {was[0]} before {now[0]}: swap the two"
        )
    days = _Day.of_survey(before), _Day.of_survey(after)
    moves = tuple(_moves(*days))
    return Moves(before, after, moves, tuple(_ranks(*days, moves)))


def _moves(was: _Day, now: _Day) -> Iterator[Move]:
    for service in sorted(was.servers.keys() | now.servers.keys()):
        if service not in was.servers:  # whether it was there, the other survey does not say
            yield Move(service, "service", "", "", Turn.NEWLY_KNOWN)
        elif service not in now.servers:
            yield Move(service, "service", "", "", Turn.NO_LONGER_KNOWN)
        else:
            if was.servers[service] != now.servers[service]:
                yield _of_servers(service, was, now)
            yield from _of_layers(service, was, now)


def _of_servers(service: str, was: _Day, now: _Day) -> Move:
    before, after = was.servers[service], now.servers[service]
    gone, come = sorted(before - after), sorted(after - before)
    left = gone and after and service not in now.partial
    joined = come and before and service not in was.partial
    turn = Turn.NEWLY_KNOWN if come else Turn.NO_LONGER_KNOWN
    text = " ".join((*(f"-{name}" for name in gone), *(f"+{name}" for name in come)))
    return Move(service, "servers", "", text, Turn.CHANGED if left or joined else turn)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a survey knows of each service.

    Parameters
    ----------
    survey
        The survey.
    servers
        Names of the name servers.
    layers
        By service and layer: who is known there, by company, and whether that is all.
    providers
        By service and layer: the providers that are known there.
    of
        By service and layer: of which functions it is.
    absent
        By service: functions that it does not offer.
    open
        By service, of whom nothing more is unknown in the layer "dns" than addresses: the names of
        these.
    partial
        Services of whose set of name servers not all is known.
    """

    survey: Survey
    servers: dict[str, frozenset[str]]
    layers: dict[str, dict[str, tuple[frozenset[str], bool]]]
    providers: dict[tuple[str, str], set[str]]
    of: dict[tuple[str, str], set[str]]
    absent: dict[str, set[str]]
    open: dict[str, frozenset[str]]
    partial: frozenset[str]

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
        providers: dict[tuple[str, str], set[str]] = {}
        for row in survey.ask(_PROVIDERS):
            providers.setdefault((row["service"], row["layer"]), set()).add(row["actor"])
        of: dict[tuple[str, str], set[str]] = {}
        for row in survey.ask("SELECT DISTINCT service, function, layer FROM layers"):
            of.setdefault((row["service"], row["layer"]), set()).add(row["function"])
        services = survey.tables["services"].to_pylist()
        unknown = _unknown_of_dns(survey)
        return cls(
            survey,
            {row["service"]: frozenset(row["servers"]) for row in services},
            layers,
            providers,
            of,
            {
                row["service"]: {
                    key.replace("_", "-") for key in row if row[key] == State.ABSENT.value
                }
                for row in services
            },
            _only_addresses(survey, unknown),
            frozenset(one for one, what, _ in unknown if what in _SERVERS),
        )

    def shows_replaced(self, service: str, other: _Day) -> bool:
        """Tell whether name servers of another survey are replaced by others in this one.

        That holds whether or not anybody asked for the addresses of these: see
        :meth:`depgraph.analysis.roles.Standing.shows_replaced`. Who ran a server that is still there
        is known here as well.
        """
        here, there = self.servers[service], other.servers[service]
        known, _ = self.layers[service].get(_DNS, (frozenset(), False))
        names = self.open.get(service, frozenset())
        told_there = (names & there) - other.open.get(service, frozenset())
        return bool(known and names and there - here) and names <= here and not told_there

    def counts(self) -> Counter[tuple[str, str]]:
        """Count the services of each actor in each layer."""
        return Counter(
            (layer, actor)
            for several in self.layers.values()
            for layer, (actors, _) in several.items()
            for actor in actors
        )

    def standing(self, service: str, layer: str, other: _Day) -> tuple[frozenset[str], bool]:
        """Return who is known in a layer, and whether that is all.

        A layer that the other survey has and this one has not is known to be empty where this
        one says that the functions it is of are not offered.
        """
        known = self.layers.get(service, {}).get(layer)
        functions = other.of.get((service, layer), set())
        return known or (frozenset(), bool(functions) and functions <= self.absent[service])


def _unknown_of_dns(survey: Survey) -> set[tuple[str, str, str]]:
    """Return what is not known of who answers for services: of which, what, of what name."""
    rows = survey.ask("SELECT DISTINCT service, what, of, hides FROM unknowns")
    return {(row["service"], row["what"], row["of"]) for row in rows if _DNS in row["hides"]}


def _only_addresses(
    survey: Survey, unknown: Iterable[tuple[str, str, str]]
) -> dict[str, frozenset[str]]:
    """Return the services of which no more than addresses is not known there, and of what names."""
    found: dict[str, set[str]] = {}
    others = {
        row["service"]
        for row in survey.ask("SELECT DISTINCT service FROM standings WHERE layer = 'dns' AND own")
    }
    for service, what, name in unknown:
        if what in ADDRESSES:
            found.setdefault(service, set()).add(name)
        else:
            others.add(service)
    return {one: frozenset(names) for one, names in found.items() if one not in others}


def _of_layers(service: str, was: _Day, now: _Day) -> Iterator[Move]:
    every = was.layers.get(service, {}).keys() | now.layers.get(service, {}).keys()
    for layer in sorted(every):
        actors, whole = was.standing(service, layer, now)
        others, other_whole = now.standing(service, layer, was)
        if layer == _DNS:
            whole = whole or was.shows_replaced(service, now)
            other_whole = other_whole or now.shows_replaced(service, was)
        key = (service, layer)
        alike = layer in REGISTRIES or (
            key in was.providers and was.providers[key] == now.providers.get(key)
        )
        for actor in sorted(others - actors):
            turn = Turn.APPEARED if whole else Turn.NEWLY_KNOWN
            yield Move(service, layer, actor, now.survey.label(actor), turn, alike)
        for actor in sorted(actors - others):
            turn = Turn.VANISHED if other_whole else Turn.NO_LONGER_KNOWN
            yield Move(service, layer, actor, was.survey.label(actor), turn, alike)


def _ranks(was: _Day, now: _Day, moves: Iterable[Move]) -> list[RankMove]:
    before, after = was.counts(), now.counts()
    turns = Counter((one.layer, one.actor, one.turn) for one in moves if one.actor)
    for day, other, turn in ((was, now, Turn.NO_LONGER_KNOWN), (now, was, Turn.NEWLY_KNOWN)):
        for service in day.servers.keys() - other.servers.keys():
            for layer, (actors, _) in day.layers.get(service, {}).items():
                turns.update((layer, actor, turn) for actor in actors)
    labels = {**was.survey.labels, **now.survey.labels}
    found = [
        RankMove(
            layer,
            actor,
            label_of(labels, actor),
            before[layer, actor],
            after[layer, actor],
            *(turns[layer, actor, turn] for turn in TURNS),
        )
        for layer, actor in before.keys() | after.keys()
        if before[layer, actor] != after[layer, actor]
        or any(turns[layer, actor, turn] for turn in TURNS)
    ]
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.layer, one.actor))

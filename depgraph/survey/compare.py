"""What moved between two surveys: service by service, and in the ranks."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.parameters import checked
from depgraph.survey.result import REGISTRIES, Survey
from depgraph.vocabulary import Turn

_RENDERING: Final = "depgraph.rendering"
_MOVED: Final = frozenset({Turn.APPEARED, Turn.VANISHED, Turn.CHANGED})
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
        *Appeared* and *vanished* where the other survey knows the whole layer, *newly known* and
        *no longer known* where it does not, and of a service that it does not have.
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
    """How many services of a layer an actor has in two surveys."""

    layer: str
    actor: str
    label: str
    before: int
    after: int


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
        Companies whose number of services differs, the greatest difference first.
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
    return Moves(before, after, tuple(_moves(before, after)), tuple(_ranks(before, after)))


def _moves(before: Survey, after: Survey) -> Iterator[Move]:
    was, now = _Day.of_survey(before), _Day.of_survey(after)
    for service in sorted(was.servers.keys() | now.servers.keys()):
        if service not in was.servers:  # whether it was there, the other survey does not say
            yield Move(service, "service", "", "", Turn.NEWLY_KNOWN)
        elif service not in now.servers:
            yield Move(service, "service", "", "", Turn.NO_LONGER_KNOWN)
        else:
            if was.servers[service] != now.servers[service]:
                yield _of_servers(service, was.servers[service], now.servers[service])
            yield from _of_layers(service, was, now)


def _of_servers(service: str, was: frozenset[str], now: frozenset[str]) -> Move:
    turn = Turn.CHANGED if was and now else Turn.NO_LONGER_KNOWN if was else Turn.NEWLY_KNOWN
    gone = [f"-{name}" for name in sorted(was - now)]
    come = [f"+{name}" for name in sorted(now - was)]
    return Move(service, "servers", "", " ".join((*gone, *come)), turn)


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
    """

    survey: Survey
    servers: dict[str, frozenset[str]]
    layers: dict[str, dict[str, tuple[frozenset[str], bool]]]
    providers: dict[tuple[str, str], set[str]]
    of: dict[tuple[str, str], set[str]]
    absent: dict[str, set[str]]

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
        )

    def standing(self, service: str, layer: str, other: _Day) -> tuple[frozenset[str], bool]:
        """Return who is known in a layer, and whether that is all.

        A layer that the other survey has and this one has not is known to be empty where this
        one says that the functions it is of are not offered.
        """
        known = self.layers.get(service, {}).get(layer)
        functions = other.of.get((service, layer), set())
        return known or (frozenset(), bool(functions) and functions <= self.absent[service])


def _of_layers(service: str, was: _Day, now: _Day) -> Iterator[Move]:
    every = was.layers.get(service, {}).keys() | now.layers.get(service, {}).keys()
    for layer in sorted(every):
        actors, whole = was.standing(service, layer, now)
        others, other_whole = now.standing(service, layer, was)
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


def _ranks(before: Survey, after: Survey) -> list[RankMove]:
    counts: dict[tuple[str, str], list[int]] = {}
    for place, survey in enumerate((before, after)):
        for row in survey.ask("rank"):
            if row["level"] == "company":
                counts.setdefault((row["layer"], row["actor"]), [0, 0])[place] = row["services"]
    labels = {**before.labels, **after.labels}
    found = [
        RankMove(layer, actor, labels.get(actor) or actor.partition(":")[2], was, now)
        for (layer, actor), (was, now) in counts.items()
        if was != now
    ]
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.layer, one.actor))

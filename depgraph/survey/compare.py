"""What moved between two surveys: service by service, and in the ranks."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from depgraph.parameters import checked
from depgraph.survey.result import Survey
from depgraph.vocabulary import Turn

_RENDERING: Final = "depgraph.rendering"


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
        *no longer known* where it does not.
    """

    service: str
    layer: str
    actor: str
    label: str
    turn: Turn


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

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each move."""
        return [
            {
                "service": one.service,
                "layer": one.layer,
                "actor": one.actor,
                "label": one.label,
                "turn": one.turn.value,
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
        return f"<Moves of {len({one.service for one in self.moves})} services>"

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
    """
    return Moves(before, after, tuple(_moves(before, after)), tuple(_ranks(before, after)))


def _moves(before: Survey, after: Survey) -> Iterator[Move]:
    was, now = (_servers(one) for one in (before, after))
    layers = _standing(before), _standing(after)
    for service in sorted(was.keys() | now.keys()):
        if service not in was:
            yield Move(service, "service", "", "", Turn.APPEARED)
        elif service not in now:
            yield Move(service, "service", "", "", Turn.VANISHED)
        else:
            if was[service] != now[service]:
                yield _of_servers(service, was[service], now[service])
            yield from _of_layers(service, layers, (before, after))


def _of_servers(service: str, was: frozenset[str], now: frozenset[str]) -> Move:
    turn = Turn.CHANGED if was and now else Turn.NO_LONGER_KNOWN if was else Turn.NEWLY_KNOWN
    gone = [f"-{name}" for name in sorted(was - now)]
    come = [f"+{name}" for name in sorted(now - was)]
    return Move(service, "servers", "", " ".join((*gone, *come)), turn)


_Standing = dict[str, dict[str, tuple[frozenset[str], bool]]]


def _of_layers(
    service: str, layers: tuple[_Standing, _Standing], surveys: tuple[Survey, Survey]
) -> Iterator[Move]:
    was, now = (one.get(service, {}) for one in layers)
    nobody: tuple[frozenset[str], bool] = (frozenset(), False)
    for layer in sorted(was.keys() | now.keys()):
        (actors, whole), (others, other_whole) = was.get(layer, nobody), now.get(layer, nobody)
        for actor in sorted(others - actors):
            turn = Turn.APPEARED if whole else Turn.NEWLY_KNOWN
            yield Move(service, layer, actor, surveys[1].label(actor), turn)
        for actor in sorted(actors - others):
            turn = Turn.VANISHED if other_whole else Turn.NO_LONGER_KNOWN
            yield Move(service, layer, actor, surveys[0].label(actor), turn)


def _servers(survey: Survey) -> dict[str, frozenset[str]]:
    table = survey.tables["services"]
    return {
        service: frozenset(servers)
        for service, servers in zip(
            table.column("service").to_pylist(), table.column("servers").to_pylist(), strict=True
        )
    }


def _standing(survey: Survey) -> _Standing:
    """Return by service and layer who is known there, by company, and whether that is all."""
    actors: dict[tuple[str, str], set[str]] = {}
    for service, layer, actor in survey.standing():
        actors.setdefault((service, layer), set()).add(actor)
    found: _Standing = {}
    for row in survey.ask("SELECT service, layer, whole FROM standings"):
        key = (row["service"], row["layer"])
        known = frozenset(actors.get(key, ()))
        found.setdefault(row["service"], {})[row["layer"]] = (known, row["whole"])
    return found


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

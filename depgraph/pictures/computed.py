"""What the script of the page computes with: the model as numbers, and the words it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from depgraph.analysis.clients import ClientClass, classes, deciding, kinds_of
from depgraph.analysis.involvement import OWNERSHIP
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Edge, Model
from depgraph.rendering.clients import whom
from depgraph.rendering.writer import Writer
from depgraph.texts import Words
from depgraph.vocabulary import ACTORS, DAYS, WEEKS, Confidence, Kind, Level, Relation

_BITS: Final[Mapping[Level, int]] = {Level.PROVIDER: 1, Level.COMPANY: 2, Level.COUNTRY: 4}
"""The levels at which the page can take somebody away, as bits of a set."""
_EFFECT: Final = 8
"""The bit beside them of a step whose end is known, and which perhaps nobody feels."""
_HORIZON: Final = "30d"
_LONGEST: Final = 120  # characters of a name in the script's data
_SAYS: Final = {
    "without": "page.without",
    "press": "page.press",
    "works": "state.works",
    "fails": "page.falls",
    "undetermined": "state.undetermined",
    "absent": "state.absent",
    "likely": "page.likely",
    "colon": "colon",
    "once": "onset.at-once",
    "unobserved": "onset.after-ttl-unobserved.brief",
    "days": "onset.days",
    "weeks": "onset.weeks",
    "ttl": "page.ttl",
    "seconds": "page.seconds",
    "minutes": "page.minutes",
    "hours": "page.hours",
    "nothing": "page.nothing",
    "but": "page.but",
    "found": "page.found",
    "more": "page.more",
}
"""The words that the script needs, as it calls them."""


def computed(model: Model, table: Words) -> dict[str, Any]:
    """Return who needs whom, with which delay, how sure; whom an unknown hides; and words."""
    numbers = range(len(model.ids))
    several = classes(model)
    actors = {n: _BITS[Level(model.kind(n))] for n in numbers if model.kind(n) in ACTORS}
    return {
        "nodes": [_node(model, n) for n in numbers],
        "classes": [_class(model, one) for one in several],
        "groups": deciding(several, range(len(several))),
        "kinds": _kinds(several, table),
        "actors": actors,
        "labels": {n: table.say("page.who", who=label(model, n, table)) for n in actors},
        "ids": {n: model.ids[n] for n in actors},
        "unknown": _unknown(model),
        "involved": _involved(model, actors),
        "functions": [
            [n, name, int(bool(model.nodes[n].get("absent")))]
            for name, n in model.functions.items()
        ],
        "complete": model.complete,
        "horizon": seconds_of(_HORIZON),
        "days": DAYS,
        "weeks": WEEKS,
        "words": {key: table[code] for key, code in _SAYS.items()}
        | {"functions": {name: table.function(name) for name in model.functions}},
    }


def _node(model: Model, node: int) -> list[Any]:
    """Return whether any need of a node is enough, and its needs."""
    return [int(model.either(node)), [x for edge in model.needs(node) for x in _step(edge)]]


def _class(whole: Model, one: ClientClass) -> dict[str, Any]:
    """Return what is otherwise for one class of clients, and from where they look."""
    own = {n: _node(one.model, n) for n in range(len(whole.ids))} if one.model is not whole else {}
    return {
        "nodes": {n: row for n, row in own.items() if row != _node(whole, n)},
        "unseen": sorted(one.model.unseen),
        "place": f"{one.clients[0].place} {one.clients[0].answer}",
    }


def _kinds(several: Sequence[ClientClass], table: Words) -> list[tuple[str, list[int]]]:
    """List the kinds of clients in words, each with its classes, the most general first."""
    if len(several) < 2:
        return []
    writer = Writer(table.lang)
    return [(str(whom(writer, (kind,))), numbers) for kind, numbers in kinds_of(several).items()]


def _step(edge: Edge) -> tuple[int, float, int]:
    """Return an edge: its head, its delay, and how sure it is.

    The last is 0 of a certain edge; else the rank of its confidence plus, times four, the
    levels at which its head could be anyone. Where only its effect is doubtful, that says how
    sure it is, with :data:`_EFFECT` in place of the levels.
    """
    doubt = 0
    if edge.effect is not Confidence.CERTAIN:
        doubt = edge.effect.rank + 4 * _EFFECT
    if edge.confidence is not Confidence.CERTAIN:
        doubt = edge.confidence.rank + 4 * sum(_BITS.get(level, 0) for level in edge.hides)
    seconds = edge.delay
    return edge.head, int(seconds) if seconds == int(seconds) else seconds, doubt


def _unknown(model: Model) -> list[tuple[int, int]]:
    """List what may hide somebody, with the levels at which it does."""
    found: dict[int, int] = {}
    for level, bit in _BITS.items():
        for node in model.unknown(level):
            found[node] = found.get(node, 0) + bit
    return sorted(found.items())


def _involved(model: Model, actors: Mapping[int, int]) -> list[int]:
    """List the actors that are, own or bind somebody whose role is not stated."""
    named = {edge.head for edge in model.edges if edge.relation == Relation.INVOLVEMENT}
    reached = model.closure(named, OWNERSHIP)
    return [node for node in actors if node in reached]


def label(model: Model, node: int, table: Words) -> str:
    """Return what an actor is called."""
    name = model.label(node)
    return table.country(name) if model.kind(node) == Kind.COUNTRY else name[:_LONGEST]

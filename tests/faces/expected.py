"""What short faces should show, out of the JSON of the report: layer by layer, as plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.faces.truth import BRIEF, UNTOLD

Json = dict[str, Any]


class Box(NamedTuple):
    """Somebody who stands in a layer: how it is known, how sure, and whether that is verified."""

    label: str
    evidence: str
    confidence: str
    unverified: bool


class Cell(NamedTuple):
    """A layer of a function: who stands there, and how many boxes say that something is unknown."""

    boxes: Counter[Box]
    unknown: int


def box_of(role: Json) -> Box:
    return Box(role["label"], role["evidence"], role["confidence"], role["unverified"])


def cell_of(roles: Iterable[Json]) -> Cell:
    """Return a cell; of what is unknown and alike there is one box for all names."""
    roles = list(roles)
    keys = ("what", "last_known", "last_known_time")
    blind = {tuple(role.get(key) for key in keys) for role in roles if role["kind"] == "unknown"}
    return Cell(Counter(box_of(role) for role in roles if role["kind"] != "unknown"), len(blind))


def direct(one: Json) -> dict[str, list[Json]]:
    """Return the roles of a function that short faces show, layer by layer."""
    layers: dict[str, list[Json]] = {}
    for role in one["roles"]:
        if role["needed"] and not role.get("through") and role["layer"] in BRIEF:
            layers.setdefault(role["layer"], []).append(role)
    return layers


def cells(report: Json) -> dict[tuple[str, str], Cell]:
    """Return the cells of all functions and layers in which somebody or something is."""
    return {
        (one["function"], layer): cell_of(roles)
        for one in report["functions"]
        for layer, roles in direct(one).items()
    }


class Day(NamedTuple):
    """A layer of a function on one day, as a drawn timeline has it.

    Parameters
    ----------
    word
        ``missing``, ``absent``, ``unknown`` or ``nobody`` where there is no box.
    cell
        Its boxes.
    others
        Whether others may be there, and no box says so.
    turns
        What became of whom since the day before.
    """

    word: str
    cell: Cell
    others: bool
    turns: dict[str, str]


class Row(NamedTuple):
    """A layer of a function on all days, and what became of the layer in between."""

    days: list[Day]
    turns: list[str]


def timeline(told: Json) -> dict[tuple[str, str], Row]:
    """Return the rows of a timeline out of its JSON."""
    days = [{one["function"]: one for one in day["functions"]} for day in told["moments"]]
    changes = [
        {(one["function"], one["layer"]): one for one in change["layers"]}
        for change in told["changes"]
    ]
    met = {(name, layer) for day in days for name, part in day.items() for layer in part["layers"]}
    found = {}
    for name, layer in met:
        between = [change.get((name, layer)) for change in changes]
        parts = [day.get(name) for day in days]
        found[name, layer] = Row(
            [_day(part, layer, one) for part, one in zip(parts, [None, *between], strict=True)],
            [one["turn"] if one else "incomparable" for one in between],
        )
    return found


def _day(part: Json | None, layer: str, change: Json | None) -> Day:
    turns = {}
    for entry in change["entries"] if change else ():
        turns[(entry["after"] or entry["before"])["label"]] = entry["turn"]
    nobody = Cell(Counter(), 0)
    if part is None:
        return Day("missing", nobody, others=False, turns=turns)
    if part["state"] == "absent":
        return Day("absent", nobody, others=False, turns=turns)
    roles = part["layers"].get(layer, [])
    is_open = layer in part["open_layers"]
    if not roles and layer in UNTOLD:
        is_open = True
    if not roles:
        return Day("unknown" if is_open else "nobody", nobody, others=False, turns=turns)
    cell = cell_of(roles)
    return Day("", cell, others=is_open and not cell.unknown, turns=turns)

"""Text of a series: a column per graph, first what all functions share, then the rest of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from depgraph.analysis.roles import Role
from depgraph.analysis.timeline import Alone, FunctionMoment, Moment, Timeline
from depgraph.analysis.verdicts import Answer, State
from depgraph.rendering.blocks import Block, Heading, Row, Table
from depgraph.rendering.clients import whom
from depgraph.rendering.compare import changes
from depgraph.rendering.phrases import function, head, sure, within
from depgraph.rendering.roles import cell, involvement
from depgraph.rendering.unknowns import Days
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join, own
from depgraph.vocabulary import UNTOLD, Layer

_ALONE: Final = 9  # who can stop a function alone, in one cell
Cells: TypeAlias = tuple[Inline, ...]


def timeline(result: Timeline, w: Writer) -> Iterator[Block]:
    """Write who does each layer on each day, and what changed from one to the next."""
    yield from head(w, result, w.say("timeline.title", subject=foreign(result.subject)))
    days = [_days(moment.since, moment.until) for moment in result.moments]
    titled = [
        Row((own(day), w.words.titled(moment.title)))
        for day, moment in zip(days, result.moments, strict=True)
        if moment.title
    ]
    if titled:
        yield Table((), tuple(titled))
    yield from involvement(w, _involved(result))
    for heading, rows in _sections(result, w):
        table = tuple(Row((name, *cells)) for name, cells in rows)
        yield Heading(2, heading)
        yield Table((Inline(), *map(own, days)), table, labels=1)
    for change in result.changes:
        told = list(changes(change, w))
        if told:
            before, after = _days(*change.before), _days(*change.after)
            yield Heading(2, w.say("timeline.change", before=before, after=after))
            yield from (block for block in told if not isinstance(block, Heading))
    yield from w.sources()


def _days(since: str, until: str) -> str:
    """Return the days of a graph as the head of a column has them."""
    return since if since == until else f"{since}/{until[5:]}"


def _involved(result: Timeline) -> list[Role]:
    """Return who is reported to be involved on some day, each report once."""
    found = {
        (role.actor, role.citation): role for moment in result.moments for role in moment.involved
    }
    return list(found.values())


def _sections(result: Timeline, w: Writer) -> Iterator[tuple[Inline, list[tuple[Inline, Cells]]]]:
    """Yield a heading and its rows: what the functions have in common, then each of them."""
    names = dict.fromkeys(one.function for moment in result.moments for one in moment.functions)
    layers = {name: _layers(result, name, w) for name in names}
    common = _common(layers)
    if common:
        yield w.say("timeline.common"), [(_layer(w, layer), row) for layer, row in common.items()]
    for name in names:
        rows = [
            (_layer(w, layer), row) for layer, row in layers[name].items() if layer not in common
        ]
        label = w.say(
            "timeline.alone",
            level=w.say(f"level.{result.level.value}"),
            within=within(w, result.horizon),
        )
        yield function(w, name), [*rows, (label, _alone(result, name, w))]


def _layer(w: Writer, layer: Layer) -> Inline:
    return w.say(f"layer.{layer.value}")


def _layers(result: Timeline, name: str, w: Writer) -> dict[Layer, Cells]:
    """Return the cells of each layer of a function, one per graph."""
    columns = [(moment, _part(moment, name)) for moment in result.moments]
    met = {layer for _, part in columns if part is not None for layer in part.layers}
    return {
        layer: tuple(_cell(w, layer, moment, part) for moment, part in columns)
        for layer in sorted(met, key=lambda layer: layer.rank)
    }


def _part(moment: Moment, name: str) -> FunctionMoment | None:
    return next((one for one in moment.functions if one.function == name), None)


def _cell(w: Writer, layer: Layer, moment: Moment, part: FunctionMoment | None) -> Inline:
    """Return who is in a layer on one day, and whether that is all."""
    if part is None:
        return w.say("timeline.no-function")
    if part.state is State.ABSENT:
        return w.say("state.absent")
    several = part.layers.get(layer, ())
    if not several:
        is_open = layer in UNTOLD or layer in part.open_layers
        return w.say("evidence.unknown" if is_open else "timeline.nothing")
    shown = cell(w, several, Days(moment.since, moment.until))
    hidden = layer in part.open_layers and not any(role.unknown for role in several)
    return w.say("timeline.perhaps-others", known=shown) if hidden else shown


def _common(layers: Mapping[str, Mapping[Layer, Cells]]) -> dict[Layer, Cells]:
    """Return the layers that are the same for all functions that have them, if several have."""
    met: dict[Layer, list[Cells]] = {}
    for rows in layers.values():
        for layer, cells in rows.items():
            met.setdefault(layer, []).append(cells)
    return {
        layer: several[0]
        for layer, several in met.items()
        if len(several) > 1 and len(set(several)) == 1
    }


def _alone(result: Timeline, name: str, w: Writer) -> Cells:
    """Return who can stop a function alone, one cell per graph."""
    return tuple(_stops(w, _part(moment, name)) for moment in result.moments)


def _stops(w: Writer, part: FunctionMoment | None) -> Inline:
    if part is None:
        return w.say("timeline.no-function")
    if part.state in {State.ABSENT, State.FAILS}:
        return w.say(f"state.{part.state.value}")
    told = _answered(w, part)
    if not part.fails_for:
        return told
    unserved = w.say("report.unserved", whom=whom(w, part.fails_for))
    return join(w.words["list.semicolon"], [told, unserved])


def _answered(w: Writer, part: FunctionMoment) -> Inline:
    if part.alone:
        who: Sequence[Inline] = [_who(w, one) for one in part.alone]
        return w.words.some(who, _ALONE)
    if part.anyone_alone is Answer.UNDETERMINED:
        return w.say("answer.undetermined")
    return sure(w, w.say("timeline.nobody"), part.confidence)


def _who(w: Writer, one: Alone) -> Inline:
    who = foreign(one.label)
    if one.clients:
        who = w.say("in-brackets", what=who, note=whom(w, one.clients))
    return sure(w, who, one.confidence)

"""Text of an exposure: who is on the paths, and what they could do there."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.exposure import Exposed, Exposure, FunctionExposure
from depgraph.analysis.verdicts import State
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.clients import asked_for, whom
from depgraph.rendering.phrases import full_stop, function, head, how, label, names, period, sure
from depgraph.rendering.roles import involvement
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join

_COLUMNS = ("who", "powers", "share", "where", "evidence")


def exposure(result: Exposure, w: Writer) -> Iterator[Block]:
    """Write who is on the paths of each function."""
    title = w.say(
        "exposure.title",
        subject=foreign(result.subject),
        days=period(w, result.since, result.until),
        level=w.say(f"level.{result.level.value}"),
    )
    yield from head(w, result, title)
    yield from asked_for(w, result.clients)
    yield Paragraph(w.say("exposure.meaning"))
    yield from involvement(w, result.involved)
    for one in result.functions:
        yield Heading(2, function(w, one.function))
        yield from _function(result, one, w)
    yield from w.sources()


def _function(result: Exposure, found: FunctionExposure, w: Writer) -> Iterator[Block]:
    if found.state is State.ABSENT:
        yield Paragraph(full_stop(w, out_of_order(w, found.state, found.reason)), 1)
        return
    if found.actors:
        heads = tuple(w.say(f"column.{name}") for name in _COLUMNS)
        yield Table(heads, tuple(_row(actor, w) for actor in found.actors), (4, 4, 1, 5, 3))
    elif found.unknown or not result.complete:
        yield Paragraph(w.say("exposure.nobody-known"), 1)
    else:
        yield Paragraph(w.say("exposure.nobody"), 1)
    if found.left_out:
        yield Paragraph(w.say("exposure.left-out", n=found.left_out), 1)
    if found.unknown:
        parts = unknowns(w, found.unknown, Days.of(result))
        yield Paragraph(full_stop(w, parts), 1)


def _row(actor: Exposed, w: Writer) -> Row:
    where = names(w, (place.where for place in actor.places))
    if not actor.needed:
        where = w.say("in-brackets", what=where, note=w.say("exposure.only"))
    who = label(w, actor.id, actor.label)
    bases = dict.fromkeys(place.basis for place in actor.places if place.basis)
    if bases:
        named = join(w.words["list.comma"], [w.say(f"basis.{one.value}") for one in bases])
        who = w.say("in-brackets", what=who, note=named)
    if actor.clients:
        who = w.say("in-brackets", what=who, note=whom(w, actor.clients))
    return Row(
        (
            who,
            join(w.words["list.comma"], _powers(actor, w)),
            w.say("percent", share=round(100 * actor.share)),
            where,
            how(w, actor.evidence, actor.confidence, unverified=actor.unverified),
        )
    )


def _powers(actor: Exposed, w: Writer) -> Iterator[Inline]:
    """Yield what an actor could do, each power that is less sure than the actor with its word."""
    for power in actor.powers:
        word = w.say(f"power.{power.value}")
        if actor.validating_powers and power not in actor.validating_powers:
            word = w.say("in-brackets", what=word, note=w.say("power.not-validating"))
        confidence = actor.sure_of(power)
        yield sure(w, word, confidence) if confidence is not actor.confidence else word

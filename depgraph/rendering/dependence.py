"""Text of a dependence: what a set of actors can stop, and whether it is on a path."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.dependence import Dependence, FunctionDependence
from depgraph.analysis.verdicts import Answer, State
from depgraph.rendering.blocks import Block, Paragraph, Row, Table
from depgraph.rendering.clients import asked_for, but_for, over_ipv4, re_steered, said_of, unserved
from depgraph.rendering.phrases import (
    asked,
    definition,
    evidence,
    full_stop,
    function,
    head,
    missing,
    names,
    period,
    sure,
    within,
)
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign

_COLUMNS = ("function", "can-stop", "on-path", "evidence")


def dependence(result: Dependence, w: Writer) -> Iterator[Block]:
    """Write how far a service depends on some actors."""
    title = w.say(
        "dependence.title",
        subject=foreign(result.subject),
        on=asked(w, result.on),
        days=period(w, result.since, result.until),
        within=within(w, result.horizon),
    )
    yield from head(w, result, title)
    yield from missing(w, result.absent)
    yield from definition(w, result.on, result.definition, result.source)
    yield from asked_for(w, result.clients)
    heads = tuple(w.say(f"column.{name}") for name in _COLUMNS)
    if result.steering:
        yield Paragraph(re_steered(w, Inline(), result.steering))
    yield Table(heads, tuple(_row(one, w) for one in result.functions))
    for one in result.functions:
        for note in _notes(result, one, w):
            sentence = full_stop(w, note)
            yield Paragraph(w.say("about", what=function(w, one.function), text=sentence), 1)
    yield from w.sources()


def _row(found: FunctionDependence, w: Writer) -> Row:
    if found.state is State.ABSENT:
        return Row((function(w, found.function), w.say("state.absent"), Inline(), Inline()))
    return Row(
        (
            function(w, found.function),
            stops(found, w),
            sure(w, w.say(f"answer.{found.exposure.value}"), found.exposure_confidence),
            evidence(w, found.evidence) if found.takedown is Answer.YES else Inline(),
        )
    )


def stops(found: FunctionDependence, w: Writer) -> Inline:
    """Return whether they can stop it, and for whom where it is not the same for everyone."""
    said = sure(w, w.say(f"answer.{found.takedown.value}"), found.confidence)
    if found.takedown is Answer.YES:
        return said_of(w, said, found.clients, differs=False)
    return but_for(w, said, found.clients)


def _notes(result: Dependence, found: FunctionDependence, w: Writer) -> Iterator[Inline]:
    """Yield why a function has no answer, and what its answers hang on."""
    if found.state in {State.ABSENT, State.FAILS}:
        yield out_of_order(w, found.state, found.reason)
    yield from unserved(w, found.fails_for)
    yield from over_ipv4(w, found.ipv6_unknown, Days.of(result))
    if found.unknown:
        yield unknowns(w, found.unknown, Days.of(result))
    if found.strangers:
        yield w.say("strangers", names=names(w, found.strangers))

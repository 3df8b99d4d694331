"""Text of a what-if: what still works, and what is left of what."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.verdicts import State
from depgraph.analysis.whatif import Outcome, Without
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.clients import asked_for, but_for, over_ipv4, re_steered, said_of, unserved
from depgraph.rendering.phrases import (
    asked,
    definition,
    full_stop,
    function,
    head,
    missing,
    named,
    names,
    period,
    some,
    starts,
    sure,
    within,
)
from depgraph.rendering.steps import witness
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import what_line


def without(result: Without, w: Writer) -> Iterator[Block]:
    """Write which functions still work."""
    title = w.say(
        "without.title",
        subject=foreign(result.subject),
        actors=asked(w, result.actors),
        days=period(w, result.since, result.until),
        within=within(w, result.horizon),
    )
    yield from head(w, result, title)
    yield from missing(w, result.absent)
    yield from definition(w, result.actors, result.definition, result.source)
    yield from asked_for(w, result.clients)
    for one in result.functions:
        yield Heading(2, function(w, one.function))
        yield Paragraph(_outcome(result, one, w), 1)
        notes = unserved(w, one.fails_for)
        notes += over_ipv4(w, one.ipv6_unknown, Days.of(result))
        yield from (Paragraph(full_stop(w, note), 1) for note in notes)
        yield from _what_is_left(one, w)
    yield from w.sources()


def _outcome(result: Without, found: Outcome, w: Writer) -> Inline:
    if found.state is State.ABSENT or found.already:
        state = State.FAILS if found.already else found.state
        return full_stop(w, out_of_order(w, state, found.reason))
    if found.state is State.UNDETERMINED:
        return _undetermined(result, found, w)
    said = w.say(
        f"without.{found.state.value}",
        onset=starts(w, found.onset, found.seconds),
        within=within(w, result.horizon),
    )
    if found.state is State.FAILS:
        said = said_of(w, said, found.clients, differs=False)
    else:
        said = but_for(w, said, found.clients)
    return re_steered(w, full_stop(w, sure(w, said, found.confidence)), result.steering)


def _undetermined(result: Without, found: Outcome, w: Writer) -> Inline:
    """Return that it is not known whether a function works, and what that hangs on."""
    parts = [unknowns(w, found.unknown, Days.of(result))]
    if result.interrupted:
        parts.append(w.say("why.incomplete"))
    sentences = [full_stop(w, part) for part in parts if part]
    because = join(" ", sentences) or full_stop(w, w.say("why.nothing"))
    return w.say("undetermined.why", why=because)


def _what_is_left(found: Outcome, w: Writer) -> Iterator[Block]:
    if found.already:
        return
    for lost_some in found.alternatives:
        data = {
            "label": named(w, f"{lost_some.kind.value}:", lost_some.of),
            "lost": names(w, lost_some.lost),
        }
        hidden = [what_line(part.what, [part.of], w.words) for part in lost_some.unknown]
        left = some(w, [*map(foreign, lost_some.left), *hidden])
        if left:
            yield Paragraph(w.say("without.left", left=left, **data), 2)
        else:
            yield Paragraph(w.say("without.left-none", **data), 2)
    if found.state is State.FAILS:
        yield from witness(w, found.steps, indent=2)

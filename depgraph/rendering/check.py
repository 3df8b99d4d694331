"""Text of a claim held against the evidence: a sentence per function, then its steps."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.claims import Check, FunctionRuling
from depgraph.analysis.grammar import Form
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.clients import asked_for, but_for, re_steered, said_of
from depgraph.rendering.phrases import (
    asked,
    definition,
    evidence,
    full_stop,
    function,
    head,
    its,
    missing,
    names,
    period,
    starts,
    sure,
    within,
)
from depgraph.rendering.roles import cell, involvement
from depgraph.rendering.steps import witness
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import failing_line
from depgraph.vocabulary import Evidence

_KNOWN = 9  # actors of one layer
_ALONE = 8  # of those who can stop it alone
_DECIDED = frozenset({Ruling.SUPPORTED, Ruling.CONTRADICTED})


def check(result: Check, w: Writer) -> Iterator[Block]:
    """Write what the evidence says of a claim."""
    title = w.say(
        "check.title",
        claim=foreign(result.claim),
        subject=foreign(result.subject),
        days=period(w, result.since, result.until),
    )
    yield from head(w, result, title)
    yield from missing(w, result.absent)
    yield from asked_for(w, result.clients)
    overall = sure(w, w.say(f"ruling.{result.ruling.value}"), result.confidence)
    yield Paragraph(w.say("check.overall", ruling=overall))
    yield from definition(w, result.on, result.definition, result.source)
    yield from involvement(w, result.involved)
    for one in result.functions:
        ruling = sure(w, w.say(f"ruling.{one.ruling.value}"), one.confidence)
        if one.takedown is Answer.NO:
            ruling = but_for(w, ruling, one.clients)
        yield Heading(2, w.words.line("about", what=function(w, one.function), text=ruling))
        yield Paragraph(_sentence(result, one, w), 1)
        if one.ruling in _DECIDED:
            yield from witness(w, one.steps, indent=2)
        yield from _known(result, one, w)
    yield from w.sources()


def _known(result: Check, found: FunctionRuling, w: Writer) -> Iterator[Block]:
    days = Days.of(result)
    for layer, several in found.known.items():
        who = cell(w, several, days, few=_KNOWN)
        yield Paragraph(w.say("about", what=w.say(f"layer.{layer.value}"), text=who), 2)


def _sentence(result: Check, found: FunctionRuling, w: Writer) -> Inline:
    """Return why a claim is true, false, or open for one function."""
    if found.ruling is Ruling.NOT_APPLICABLE:
        return full_stop(w, out_of_order(w, State.ABSENT, found.reason))
    if found.ruling is Ruling.UNDETERMINED:
        return _open(result, found, w)
    said = w.say(
        f"check.{_code(result, found)}",
        on=_who(result, found, w),
        its=its(w, found.function, result.subject),
        level=w.say(f"level.{result.level.value}"),
        actors=names(w, found.actors, _ALONE),
        onset=starts(w, found.onset, found.seconds),
        within=within(w, result.horizon),
    )
    if found.takedown is Answer.YES:
        said = said_of(w, said, found.clients, differs=False)
    elif found.clients and result.form is Form.NOBODY_ALONE:
        alone = names(w, found.actors, _ALONE)
        said = w.say("in-brackets", what=but_for(w, said, found.clients), note=alone)
    if found.evidence in {Evidence.REPORTED, Evidence.INFERRED}:
        said = w.say("in-brackets", what=said, note=evidence(w, found.evidence))
    return re_steered(w, full_stop(w, said), result.steering)


def _who(result: Check, found: FunctionRuling, w: Writer) -> Inline:
    """Return the group, and those of it who are met."""
    met = names(w, found.actors)
    who = asked(w, result.on)
    if not met or str(met) == str(who):
        return who
    return w.say("in-brackets", what=who, note=met)


def _code(result: Check, found: FunctionRuling) -> str:
    if result.form is Form.NOBODY_ALONE:
        return "nobody" if found.takedown is Answer.NO else "alone"
    if result.form is Form.NOT_ON_PATH:
        return "untouched" if found.exposure is Answer.NO else "touches"
    if found.takedown is Answer.YES:
        return "can"
    if found.exposure is Answer.YES:
        return "cannot-exposed"
    return "cannot-perhaps" if found.exposure is Answer.UNDETERMINED else "cannot"


def _open(result: Check, found: FunctionRuling, w: Writer) -> Inline:
    """Return what an undetermined ruling hangs on."""
    parts: list[Inline] = []
    if not result.complete:
        parts.append(w.say("why.incomplete"))
    if found.fails:
        parts.append(failing_line(found.reason, w.words))
    else:
        parts.append(unknowns(w, found.unknown, Days.of(result)))
        if found.strangers:
            parts.append(w.say("strangers", names=names(w, found.strangers)))
    sentences = [full_stop(w, part.capitalized()) for part in parts if part]
    return join(" ", sentences) or full_stop(w, w.say("why.nothing"))

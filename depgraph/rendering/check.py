"""Text of a claim held against the evidence: a sentence per function, then its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from depgraph.analysis.claims import Check, FunctionRuling, Piece
from depgraph.analysis.grammar import ALONE, OF_A_ROLE, OF_THE_OTHERS, Form, Untestable, Untested
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.clients import asked_for, but_for, re_steered, said_of
from depgraph.rendering.phrases import (
    asked,
    definition,
    evidence,
    full_stop,
    function,
    functions,
    head,
    its,
    missing,
    names,
    period,
    starts,
    sure,
    within,
)
from depgraph.rendering.roles import cell, involvement, not_examined
from depgraph.rendering.steps import witness
from depgraph.rendering.takedown import out_of_order
from depgraph.rendering.unknowns import Days, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import failing_line, why_line
from depgraph.vocabulary import Evidence, Layer, Reason

_KNOWN = 9  # actors of one layer
_ALONE = 8  # of those who can stop it alone
_DECIDED = frozenset({Ruling.SUPPORTED, Ruling.PARTLY, Ruling.CONTRADICTED})


def check(result: Check, w: Writer) -> Iterator[Block]:
    """Write what the evidence says of a claim."""
    title = w.say(
        "check.title",
        claim=foreign(result.claim),
        subject=foreign(result.subject),
        days=period(w, result.since, result.until),
    )
    yield from head(w, result, title)
    supposed = [one for one in result.untested if one.why is Untestable.SERVICE]
    yield from _asides(supposed, w, level=0)
    for piece in result.pieces:
        yield from missing(w, piece.absent)
    yield from asked_for(w, result.clients)
    overall = sure(w, w.say(f"ruling.{result.ruling.value}"), result.confidence)
    yield Paragraph(w.say(f"check.{_OVERALL[bool(result.untested)]}", ruling=overall))
    yield from not_examined(w, result.not_examined)
    pieces = result.pieces
    yield from _in_part(pieces[0], w) if len(pieces) == 1 else ()
    for piece in pieces:
        if len(pieces) > 1:
            yield Heading(2, _titled(piece, w))
            yield from _in_part(piece, w)
        yield from definition(w, piece.on, piece.definition, piece.source)
        if piece is pieces[0]:
            yield from involvement(w, result.involved)
        for one in piece.functions:
            yield from _function(result, piece, one, w, level=3 if len(pieces) > 1 else 2)
    others = [one for one in result.untested if one not in supposed]
    if others:
        yield Heading(2, w.say("check.untested"))
    yield from _asides(others, w, level=1)
    yield from w.sources()


_OVERALL = {False: "overall", True: "overall-tested"}


def _asides(several: Iterable[Untested], w: Writer, level: int) -> Iterator[Block]:
    """Write which words of a claim are not tested, and why."""
    for one in several:
        why = w.say(f"untested.{one.why.value}")
        yield Paragraph(w.say("check.aside", words=foreign(one.words), why=why), level)


def _in_part(piece: Piece, w: Writer) -> Iterator[Block]:
    """Say of which functions a piece holds, where it does not of others."""
    several = {
        ruling: [one.function for one in piece.functions if one.ruling is ruling]
        for ruling in Ruling
        if ruling is not Ruling.NOT_APPLICABLE
    }
    split = several[Ruling.SUPPORTED] and several[Ruling.CONTRADICTED]
    if split or piece.ruling is Ruling.PARTLY:
        parts = [
            w.say("check.of", ruling=w.say(f"ruling.{ruling.value}"), functions=functions(w, names))
            for ruling, names in several.items()
            if names
        ]
        if len(parts) > 1:
            yield Paragraph(full_stop(w, join(w.words["list.semicolon"], parts).capitalized()))


def _titled(piece: Piece, w: Writer) -> Inline:
    """Return the words of a piece, and whom they were read about, with the ruling."""
    words = w.say("check.piece", words=foreign(piece.words))
    if piece.on:
        whom = asked(w, piece.on)
        if piece.form in OF_THE_OTHERS.values():
            whom = w.say("check.no-other", on=whom)
        words = w.say("in-brackets", what=words, note=whom)
    ruling = sure(w, w.say(f"ruling.{piece.ruling.value}"), piece.confidence)
    said = w.say("check.mention") if piece.form is Form.MENTION else ruling
    return w.words.line("about", what=words, text=said)


def _function(
    result: Check, piece: Piece, one: FunctionRuling, w: Writer, *, level: int
) -> Iterator[Block]:
    ruling = sure(w, w.say(f"ruling.{one.ruling.value}"), one.confidence)
    if piece.form is Form.MENTION and not one.reason:
        ruling = w.say("check.mention")
    if one.takedown is Answer.NO:
        ruling = but_for(w, ruling, one.clients)
    what = function(w, one.function)
    if piece.of_layer and one.ruling is not Ruling.NOT_APPLICABLE:  # nothing is said of all of it
        what = join(w.words["list.comma"], [what, w.say(f"layer.{piece.of_layer.value}")])
    yield Heading(level, w.words.line("about", what=what, text=ruling))
    yield Paragraph(_sentence(result, piece, one, w), 1)
    if one.reseller and one.ruling is not Ruling.PARTLY:
        sold = why_line(str(Reason.of("reseller", name=one.reseller)), w.words)
        yield Paragraph(full_stop(w, sold.capitalized()), 1)
    if one.ruling in _DECIDED:
        yield from witness(w, one.steps, indent=2)
    yield from _known(result, one, w)


def _known(result: Check, found: FunctionRuling, w: Writer) -> Iterator[Block]:
    days = Days.of(result)
    for layer, several in found.known.items():
        who = cell(w, several, days, few=_KNOWN)
        yield Paragraph(w.say("about", what=w.say(f"layer.{layer.value}"), text=who), 2)


def _sentence(result: Check, piece: Piece, found: FunctionRuling, w: Writer) -> Inline:
    """Return why a piece of a claim is true, false, or open for one function."""
    mentioned = piece.form is Form.MENTION and not found.reason
    if found.ruling is Ruling.NOT_APPLICABLE and not mentioned:
        return _elsewhere(piece, found, w)
    if Ruling.UNDETERMINED is found.ruling or (mentioned and found.takedown is Answer.UNDETERMINED):
        return _open(result, found, w)
    if piece.form in OF_A_ROLE:
        return full_stop(w, _role(piece, found, w))
    said = w.say(
        f"check.{_code(piece, found)}",
        on=asked(w, piece.on) if piece.form is Form.NOBODY_ELSE else _who(piece, found, w),
        its=its(w, found.function, result.subject, piece.layer),
        level=w.say(f"level.{piece.level.value}"),
        actors=names(w, found.actors, _ALONE),
        onset=starts(w, found.onset, found.seconds),
        within=within(w, result.horizon),
    )
    if found.takedown is Answer.YES:
        said = said_of(w, said, found.clients, differs=False)
    elif found.clients and piece.form in ALONE | {Form.NOBODY_ELSE}:
        alone = names(w, found.actors, _ALONE)
        said = w.say("in-brackets", what=but_for(w, said, found.clients), note=alone)
    if found.evidence in {Evidence.REPORTED, Evidence.INFERRED}:
        said = w.say("in-brackets", what=said, note=evidence(w, found.evidence))
    return re_steered(w, full_stop(w, said.capitalized()), result.steering)


def _elsewhere(piece: Piece, found: FunctionRuling, w: Writer) -> Inline:
    """Return why a function has nothing to do with a claim."""
    if (piece.layer or piece.form in OF_A_ROLE) and not found.reason:
        layer = w.say(f"layer.{(piece.layer or Layer.HOST).value}")
        return full_stop(w, w.say("check.no-such-role", layer=layer))
    return full_stop(w, out_of_order(w, State.ABSENT, found.reason))


_OF_ALL: Final = {
    Form.UNDER_LAW: ("law-not", "law-all"),
    Form.ALL_DONE_BY: ("role-others", "role-all"),
}


def _role(piece: Piece, found: FunctionRuling, w: Writer) -> Inline:
    """Return who has the role that a claim is about."""
    if found.ruling is Ruling.PARTLY and found.reseller:
        code = "resold"
    elif found.ruling is Ruling.PARTLY:
        code = "law-part"
    elif piece.form in _OF_ALL:
        code = _OF_ALL[piece.form][found.ruling is Ruling.SUPPORTED]
    else:
        yes = (found.ruling is Ruling.SUPPORTED) == (piece.form is Form.DONE_BY)
        code = "role-yes" if yes else "role-no"
    if found.allowed:
        yes = (found.ruling is Ruling.SUPPORTED) == (piece.form is not Form.NOT_DONE_BY)
        code = "allowed-yes" if yes else "allowed-no"
    return w.say(
        f"check.{code}",
        layer=w.say(f"layer.{(piece.layer or Layer.HOST).value}"),
        on=asked(w, piece.on),
        actors=names(w, found.actors, _ALONE) or w.say("timeline.nobody"),
        reseller=foreign(found.reseller),
    )


def _who(piece: Piece, found: FunctionRuling, w: Writer) -> Inline:
    """Return the group, and those of it who are met."""
    who = asked(w, piece.on)
    met = names(w, map(w.words.country, found.actors))
    if not met or str(met) == str(who):
        return who
    return w.say("in-brackets", what=who, note=met)


def _code(piece: Piece, found: FunctionRuling) -> str:
    if piece.form is Form.NOBODY_ELSE:
        return "nobody-else" if found.takedown is Answer.NO else "others"
    if piece.form in ALONE:
        return "nobody" if found.takedown is Answer.NO else "alone"
    if piece.form in {Form.NOT_ON_PATH, Form.ON_PATH}:
        return "untouched" if found.exposure is Answer.NO else "touches"
    if found.takedown is Answer.YES:
        return "can"
    if found.exposure is Answer.YES:
        return "cannot-exposed"
    return "cannot-perhaps" if found.exposure is Answer.UNDETERMINED else "cannot"


def _open(result: Check, found: FunctionRuling, w: Writer) -> Inline:
    """Return what an undetermined ruling hangs on."""
    parts: list[Inline] = []
    if result.interrupted:
        parts.append(w.say("why.incomplete"))
    if found.fails:
        parts.append(failing_line(found.reason, w.words))
    else:
        parts.append(unknowns(w, found.unknown, Days.of(result)))
        if found.strangers:
            parts.append(w.say("strangers", names=names(w, found.strangers)))
    sentences = [full_stop(w, part.capitalized()) for part in parts if part]
    return join(" ", sentences) or full_stop(w, w.say("why.nothing"))

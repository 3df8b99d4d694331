"""Who does what, in words: a role in a cell or in a sentence, and who is only said to be involved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from depgraph.analysis.roles import Role
from depgraph.observations import as_noted
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.phrases import how, label, some
from depgraph.rendering.unknowns import Days, notes
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import why_line
from depgraph.vocabulary import Confidence, Layer, ReasonCode, What

_FEW: Final = 3  # actors of one cell before the rest is counted


def cell(w: Writer, several: Iterable[Role], days: Days, *, few: int = _FEW) -> Inline:
    """Return who is in a layer: those who are known, then what is not known of it."""
    known: list[Role] = []
    blind: list[Role] = []
    for role in several:
        (blind if role.unknown else known).append(role)
    dated = [role for role in blind if role.last_known]
    return some(w, (brief(w, role, days) for role in (*known, *(dated or blind))), few)


def brief(w: Writer, role: Role, days: Days) -> Inline:
    """Return a role with how it is known; of an unknown what it is, and what it was once."""
    if role.unknown:
        unknown = w.say("unknown.what", what=w.say(f"what.{role.what or What.OTHER}"))
        because = notes(w, role, days) if role.last_known else Inline()
        return w.say("in-brackets", what=unknown, note=because) if because else unknown
    name = label(w, role.actor, role.label)
    if role.confidence is Confidence.POSSIBLE:
        name = w.say("possibly", name=name)
    known = how(
        w,
        role.evidence,
        role.confidence,
        unverified=role.unverified,
        time=role.time,
        citation=role.citation,
    )
    if role.only(ReasonCode.CAA_ALLOWED):
        known = join(w.words["list.comma"], [known, why_line(role.finding, w.words)])
    if role.unserved:
        known = join(w.words["list.comma"], [known, why_line(role.unserved, w.words)])
    return w.say("in-brackets", what=name, note=known)


def layer(w: Writer, role: Role) -> Inline:
    """Return the word for the layer of a role."""
    return w.say(f"layer.{role.layer.value}")


def not_examined(w: Writer, layers: Sequence[Layer]) -> list[Block]:
    """Return which layers nobody looked at, so that no answer speaks of them."""
    if not layers:
        return []
    named = [w.say(f"layer.{one.value}") for one in layers]
    return [Paragraph(w.say("not-looked-at", layers=join(w.words["list.comma"], named)))]


def involvement(w: Writer, several: Sequence[Role]) -> list[Block]:
    """Return who is reported to be involved in a role that is not stated, with what limits it."""
    if not several:
        return []
    blocks: list[Block] = [Heading(2, w.say("involved")), Paragraph(w.say("involved.meaning"))]
    for one in several:
        known = how(
            w,
            one.evidence,
            one.confidence,
            unverified=one.unverified,
            time=one.time,
            citation=one.citation,
        )
        named = w.say("in-brackets", what=foreign(one.label), note=known)
        blocks.append(Paragraph(named, 1))
        if one.note:
            against = w.say("involved.against", note=foreign(as_noted(one.note), limit=1000))
            blocks.append(Paragraph(against, 2))
    return blocks

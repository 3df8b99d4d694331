"""Text of findings: what is wrong, the most urgent first, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from depgraph.analysis.findings import Finding, Findings
from depgraph.names import display
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.clients import said_of
from depgraph.rendering.phrases import full_stop, functions, head, label, named, period
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import why_line
from depgraph.vocabulary import Advice, Evidence, Kind, ReasonCode, Urgency

_LED_WITH: Final = 6  # findings at the head of another answer before the rest is counted


def findings(result: Findings, w: Writer) -> Iterator[Block]:
    """Write what is wrong with a service."""
    days = period(w, result.since, result.until)
    title = w.say("findings.title", subject=foreign(display(result.subject)), days=days)
    yield from head(w, result, title)
    if not result.findings:
        yield Paragraph(w.say("findings.none" if result.looked_at else "findings.unseen"))
    for urgency in Urgency:
        several = result.of(urgency)
        if several:
            yield Heading(2, w.say(f"urgency.{urgency.value}"))
        for one in several:
            yield Paragraph(full_stop(w, finding(one, w)), 1)
            more = _what_to_do(one, w)
            if more:
                yield Paragraph(more, 2)
    yield from w.sources()


def leading(several: Sequence[Finding], w: Writer) -> Iterator[Block]:
    """Write the urgent findings at the head of another answer, and how many more there are."""
    if several:
        yield Heading(2, w.say("findings.wrong"))
        yield from urgent(several, w)


def urgent(several: Sequence[Finding], w: Writer, *, most: int = _LED_WITH) -> Iterator[Block]:
    """Write the first of the urgent findings, and how many more there are of each urgency.

    Parameters
    ----------
    several, w
        The findings, the most urgent first, and the words.
    most
        How many are told.
    """
    now = [one for one in several if one.urgency is not Urgency.NOTE]
    for one in now[:most]:
        urgency = w.say(f"urgency.{one.urgency.value}")
        yield Paragraph(w.say("about", what=urgency, text=full_stop(w, finding(one, w))), 1)
    if any(one.reason.startswith(ReasonCode.DID_NOT_SERVE) for one in now):
        yield Paragraph(w.say("findings.rest-alone"), 1)
    left = Counter(one.urgency for one in several) - Counter(one.urgency for one in now[:most])
    if left and now:
        counts = (w.say(f"findings.count.{one.value}", n=left[one]) for one in Urgency if left[one])
        yield Paragraph(w.say("findings.more", counts=join(w.words["list.comma"], counts)), 1)
    elif left:
        yield Paragraph(w.say("findings.notes", n=left.total()), 1)


def finding(one: Finding, w: Writer) -> Inline:
    """Return what a finding is about, what it is, and which functions need it, for whom."""
    kind = one.id.partition(":")[0]
    says_it = kind in {Kind.UNKNOWN, Kind.ATTEMPT}  # the name of these kinds is what was found
    what = label(w, one.id, one.label) if says_it else named(w, one.id, one.label)
    if kind == Kind.FUNCTION:
        what = functions(w, one.functions)
    told = w.say("about", what=what.capitalized(), text=why_line(one.reason, w.words))
    if one.functions and kind != Kind.FUNCTION:
        told = w.say("in-brackets", what=told, note=functions(w, one.functions))
    return said_of(w, told, one.clients, differs=False)


def _what_to_do(one: Finding, w: Writer) -> Inline:
    """Return what to do about a finding, and how it is known."""
    parts = [] if one.advice is Advice.KNOW else [w.say(f"advice.{one.advice.value}")]
    if one.evidence and one.evidence != Evidence.UNKNOWN:
        known = [w.say(f"evidence.{one.evidence}"), foreign(one.server), foreign(one.time[:10])]
        if one.citation:
            known.append(w.cite(one.citation))
        parts.append(w.say("findings.known", how=join(w.words["list.comma"], filter(None, known))))
    return join(" ", parts)

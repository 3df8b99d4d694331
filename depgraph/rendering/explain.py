"""Text of who is behind a name or an address, by the rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.explain import Explained, OwnerTold, RoleExplained
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.phrases import head, period
from depgraph.rendering.who import reached, seat
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import why_line


def explain(result: Explained, w: Writer) -> Iterator[Block]:
    """Write who it is in each role, and what spoke for it."""
    days = period(w, result.since, result.until)
    yield from head(w, result, w.say("explain.title", subject=foreign(result.subject), days=days))
    if result.begins:
        yield Paragraph(w.say("who.begins", day=foreign(result.begins)))
    for one in result.roles:
        gateway = one.role == "gateway"
        yield Heading(2, w.say("explain.gateway") if gateway else w.say(f"layer.{one.layer.value}"))
        yield Paragraph(_who(one, w), 1)
        if one.supposed:
            yield Paragraph(w.say(f"explain.if.{one.role}", subject=foreign(result.subject)), 2)
        if one.owners:
            owners = join(w.words["list.semicolon"], [_owner(owner, w) for owner in one.owners])
            yield Paragraph(w.say("explain.owners", owners=owners), 2)
        for told in one.signals:
            code = "explain.decides" if told.decides else "explain.spoke"
            kind = w.say(f"signal.{told.signal}")
            value, rule = foreign(told.value), foreign(told.rule)
            yield Paragraph(w.say(code, kind=kind, value=value, rule=rule), 2)


def _owner(owner: OwnerTold, w: Writer) -> Inline:
    place = seat(w, owner.country, owner.basis)
    several = [reached(w, one) for one in owner.reaching]
    place = join(w.words["list.comma"], [place, *several])
    mark = w.say("who.unverified") if owner.unverified else Inline()
    return w.say("explain.owner", name=foreign(owner.label), country=place, mark=mark)


def _percent(share: float, w: Writer) -> Inline:
    return w.say("percent", share=w.words.number(f"{100 * share:.1f}"))


def _who(one: RoleExplained, w: Writer) -> Inline:
    why = why_line(one.reason, w.words)
    if one.confidence is None:
        return w.say("named.unknown", name=why)
    marks = [
        *([w.say("explain.front")] if one.front else []),
        *([w.say("layer.serving")] if one.serving else []),
        *([w.say("explain.own")] if one.own else []),
        w.say(f"confidence.{one.confidence.value}"),
        *([w.say("unverified")] if one.unverified else []),
        *([w.say("explain.share", share=_percent(one.share, w))] if one.share is not None else []),
    ]
    how = join(w.words["list.comma"], marks)
    name, provider = foreign(one.label), foreign(one.provider)
    return w.say("explain.who", name=name, provider=provider, how=how, why=why)

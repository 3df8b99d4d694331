"""Text of precedents: of each lever how often it was pulled, with what notice, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.precedents import Precedents
from depgraph.observations import as_cited
from depgraph.precedents import Precedent, Summary
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join, own, source

_COLUMNS = ("day", "who", "whom", "event", "notice", "back")


def precedents(result: Precedents, w: Writer) -> Iterator[Block]:
    """Write the table, lever by lever, each row with its sources."""
    yield Heading(1, w.say("precedents.title", since=result.since, until=result.until))
    for one in result.summaries:
        yield Heading(2, w.say(f"lever.{one.lever}"))
        yield Paragraph(in_short(one, w).capitalized(), 1)
        several = [row for row in result.precedents if row.lever == one.lever]
        head = tuple(w.say(f"precedents.{column}") for column in _COLUMNS)
        yield Table(head, tuple(_row(row, w) for row in several))
        for row in several:
            told = [part for part in (row.way_back, row.note) if part]
            what = foreign(f"{row.whom}, {row.day}")
            text = source("; ".join([*told, as_cited(row.sources)]))
            yield Paragraph(w.say("about", what=what, text=text), 1)


def in_short(found: Summary, w: Writer) -> Inline:
    """Return how often a lever was pulled, with what notice, and when what stopped was back."""
    parts = [w.say("precedents.count", n=found.count)]
    if found.outages:
        parts.append(w.say("precedents.outages", n=found.outages))
    if found.noticed:
        span = _span(w, "hours", found.notice_least, found.notice_most)
        told = w.say("precedents.told", n=found.noticed)
        parts.append(w.say("precedents.notice-span", span=span, told=told))
    if found.returned:
        span = _span(w, "days", found.back_least, found.back_most)
        middle = _number(found.back_median)
        told = w.say("precedents.told", n=found.returned)
        parts.append(w.say("precedents.back-span", span=span, median=middle, told=told))
    return join(w.words["precedents.semicolon"], parts)


def _span(w: Writer, unit: str, least: float | None, most: float | None) -> Inline:
    """Return from how many to how many hours or days it took."""
    if least == most:
        return w.say(f"precedents.{unit}", span=_number(least), n=most or 0)
    span = w.say("precedents.span", least=_number(least), most=_number(most))
    return w.say(f"precedents.{unit}-span", span=span, n=most or 0)


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 1):g}"


def _row(one: Precedent, w: Writer) -> Row:
    unknown = w.say("precedents.not-told")
    return Row(
        (
            own(one.day),
            foreign(one.who),
            foreign(one.whom),
            w.say(f"event.{one.event.value}"),
            own(_number(one.notice)) if one.notice is not None else unknown,
            own(_number(one.back)) if one.back is not None else unknown,
        )
    )

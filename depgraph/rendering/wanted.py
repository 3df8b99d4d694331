"""Text of what is wanted: each unknown part, the answers that hang on it, and what would tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from depgraph.analysis.wanted import Hanging, Want, Wanted
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.phrases import asked, functions, head, period, shortened
from depgraph.rendering.unknowns import Days, unknown
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join, typed
from depgraph.vocabulary import Remedy


def wanted(result: Wanted, w: Writer) -> Iterator[Block]:
    """Write what is not known that would change an answer, what decides most first."""
    title = w.say(
        "wanted.title",
        subject=foreign(result.subject),
        on=asked(w, result.on),
        days=period(w, result.since, result.until),
    )
    yield from head(w, result, title)
    yield Paragraph(w.say("wanted.days" if result.wants else "wanted.none"))
    for several in _alike(result.wants):
        want = several[0]
        names = [one.part.of for one in several]
        yield Paragraph(unknown(w, want.part, Days.of(result), of=names).capitalized(), 1)
        for code, hanging in (("decides", want.decides), ("together", want.together)):
            if hanging:
                answers = join(w.words["list.semicolon"], _answers(result, hanging, w))
                yield Paragraph(w.say(f"wanted.{code}", answers=answers), 2)
        yield Paragraph(_told_by(want.remedies, result, w), 2)
    if result.unexamined:
        yield Heading(2, w.say("wanted.unexamined"))
    for one in result.unexamined:
        what = w.say(f"layer.{one.layer.value}").capitalized()
        yield Paragraph(w.say("about", what=what, text=_told_by(one.remedies, result, w)), 1)


def _alike(wants: Iterable[Want]) -> list[list[Want]]:
    """Return together what differs only in the name that it is of."""
    groups: dict[Want, list[Want]] = {}
    for want in wants:
        key = replace(want, part=replace(want.part, id="", of=""))
        groups.setdefault(key, []).append(want)
    return list(groups.values())


def _answers(result: Wanted, several: Iterable[Hanging], w: Writer) -> Iterator[Inline]:
    for one in several:
        named = functions(w, shortened(one.functions, result.functions))
        code = f"wanted.answer.{one.question.value}"
        yield w.say(code, on=asked(w, result.on), functions=named)


def _told_by(remedies: Iterable[Remedy], result: Wanted, w: Writer) -> Inline:
    """Return what would tell something, or that nothing does."""
    subject = typed(result.subject)
    several = [w.say(f"remedy.{one.value}", subject=subject) for one in remedies]
    if not several:
        return w.say("remedy.none")
    return w.say("wanted.remedies", remedies=join(w.words["list.semicolon"], several))

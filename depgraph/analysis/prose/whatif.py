"""Text of a what-if: what still works, and what is left of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.steps import Sources, witness
from depgraph.analysis.prose.unknowns import Days, unknowns, why
from depgraph.analysis.prose.words import asked_about, function, listed, named, period, span, starts
from depgraph.texts import say

if TYPE_CHECKING:
    from depgraph.analysis.whatif import Without


def without(found: Without, lang: str) -> str:
    """Write what still works."""
    lines = [
        say(
            "without.title",
            lang,
            subject=found.subject,
            actors=found.actors,
            days=period(found.since, found.until, lang),
            horizon=span(found.horizon, lang),
        )
    ]
    lines += asked_about(found, found.actors, lang)
    if not found.complete:
        lines.append(say("incomplete", lang))
    sources = Sources()
    days = Days(found.since, found.until)
    for one in found.functions:
        name = function(one.function, lang)
        said = [unknowns(one.unknown, lang, days=days)] if one.unknown else []
        if not found.complete:
            said.append(say("why.incomplete", lang))
        lines.append(
            say(
                "takedown.fails" if one.already else f"without.{one.state.value}",
                lang,
                function=name,
                reason=why(one.reason, lang),
                onset=starts(one.onset, one.seconds, lang),
                unknown=". ".join(said) or say("why.nothing", lang),
            ).rstrip()
        )
        if one.already:
            continue
        for lost_some in one.alternatives:
            code = "without.left" if lost_some.left else "without.left-none"
            left, lost = listed(lost_some.left, lang), listed(lost_some.lost, lang)
            of = named(f"{lost_some.kind}:", lost_some.label, lang)
            lines.append("    " + say(code, lang, label=of, left=left, lost=lost))
        if one.state.value == "fails":
            lines += witness(one.steps, lang, sources=sources)
    return Lines([*lines, *sources.lines(lang)])

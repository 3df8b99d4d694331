"""Text of an exposure: who is on the paths, and what they could do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.tables import table
from depgraph.analysis.prose.unknowns import Days, unknowns
from depgraph.analysis.prose.words import function, listed, period
from depgraph.text_safety import one_line
from depgraph.texts import say

if TYPE_CHECKING:
    from depgraph.analysis.exposure import Exposed, Exposure


def exposure(found: Exposure, lang: str) -> str:
    """Write who is on the paths."""
    lines = [
        say(
            "exposure.title",
            lang,
            subject=found.subject,
            days=period(found.since, found.until, lang),
            level=say(f"level.{found.level}", lang),
        )
    ]
    if not found.complete:
        lines.append(say("incomplete", lang))
    for one in found.functions:
        name = function(one.function, lang)
        lines.append("")
        if one.state.value == "absent":
            lines.append(say("takedown.absent", lang, function=name, reason=one.reason))
            continue
        if not one.actors:
            lines.append(say("exposure.nobody", lang, function=name))
        else:
            lines.append(name)
            lines += table([_heads(lang), *(_row(actor, lang) for actor in one.actors)], heads=1)
        if one.left_out:
            lines.append("  " + say("more", lang, count=one.left_out))
        if one.unknown:
            days = Days(found.since, found.until)
            lines.append(f"  {unknowns(one.unknown, lang, days=days)}.")
    return Lines(lines)


def _heads(lang: str) -> tuple[str, ...]:
    return tuple(say("exposure.columns", lang).split("|"))


def _row(actor: Exposed, lang: str) -> tuple[str, ...]:
    where = listed((place.where for place in actor.places), lang)
    return (
        one_line(actor.label),
        ", ".join(say(f"power.{power.value}", lang) for power in actor.powers),
        f"{actor.share:.0%}",
        where if actor.needed else f"{where} ({say('exposure.only', lang)})",
    )

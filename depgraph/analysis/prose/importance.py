"""Text of the importance figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.tables import table
from depgraph.analysis.prose.words import function, period
from depgraph.text_safety import one_line
from depgraph.texts import say

if TYPE_CHECKING:
    from depgraph.analysis.importance import Importance


def importance(found: Importance, lang: str) -> str:
    """Write the two measures."""
    lines = [
        say(
            "importance.title",
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
        if one.left_out:
            lines += ["", say("importance.many", lang, function=name, count=one.left_out)]
        if not one.weights:
            continue
        lines.append("")
        if not one.exact:
            sampled = say(
                "importance.sampled",
                lang,
                function=name,
                samples=one.samples,
                seed=one.seed,
                error=one.error,
            )
            lines.append(sampled)
        heads = say("importance.columns", lang).split("|")
        rows = [(name, *heads[1:])]
        rows += [
            (
                one_line(weight.label),
                *(
                    f"{value:.4f}"
                    for value in (
                        weight.shapley,
                        weight.shapley_worst,
                        weight.birnbaum,
                        weight.birnbaum_worst,
                    )
                ),
            )
            for weight in one.weights
        ]
        lines += table(rows, heads=1)
    return Lines(lines)

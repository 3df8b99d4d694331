"""Text of the importance figures."""

from __future__ import annotations

from collections.abc import Iterator

from depgraph.analysis.importance import FunctionImportance, Importance, Weight
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.clients import asked_for
from depgraph.rendering.phrases import function, head, label, period, within
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import foreign, own

_COLUMNS = ("who", "shapley", "shapley-worst", "birnbaum", "birnbaum-worst")


def importance(result: Importance, w: Writer) -> Iterator[Block]:
    """Write the two measures, in the best and in the worst case."""
    title = w.say(
        "importance.title",
        subject=foreign(result.subject),
        days=period(w, result.since, result.until),
        level=w.say(f"level.{result.level.value}"),
        within=within(w, result.horizon),
    )
    yield from head(w, result, title)
    yield from asked_for(w, result.clients)
    yield Paragraph(w.say("importance.meaning"))
    for one in result.functions:
        yield Heading(2, function(w, one.function))
        yield from _function(one, w)


def _function(found: FunctionImportance, w: Writer) -> Iterator[Block]:
    if found.left_out:
        yield Paragraph(w.say("importance.too-many", n=found.left_out), 1)
    elif not found.weights:
        yield Paragraph(w.say("importance.nobody"), 1)
    if not found.exact and found.weights:
        drawn = {"samples": found.samples, "seed": found.seed or 0, "error": found.error}
        yield Paragraph(w.say("importance.sampled", **drawn), 1)
    if found.weights:
        heads = tuple(w.say(f"column.{name}") for name in _COLUMNS)
        yield Table(heads, tuple(_row(weight, w) for weight in found.weights))


def _row(weight: Weight, w: Writer) -> Row:
    figures = (
        weight.shapley,
        weight.shapley_worst,
        weight.birnbaum,
        weight.birnbaum_worst,
    )
    return Row(
        (
            label(w, weight.id, weight.label),
            *(own(w.words.number(f"{value:.4f}")) for value in figures),
        )
    )

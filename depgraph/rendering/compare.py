"""Text of a comparison: what became of each layer, of who can stop it, and of the edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from depgraph.analysis.change import Comparison, CutChange
from depgraph.analysis.owned import OwnerChange
from depgraph.analysis.roles import Role
from depgraph.analysis.turns import EntryChange, LayerChange
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.clients import whom
from depgraph.rendering.findings import finding
from depgraph.rendering.phrases import full_stop, functions, head, how, label, names, period, within
from depgraph.rendering.roles import brief
from depgraph.rendering.unknowns import Days, unknown
from depgraph.rendering.who import since
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.vocabulary import Confidence, Layer, Turn

_ALL: Final = 9  # members of one cut set
_HIDING: Final = 2  # of what hides a change
_LAYER_COLUMNS: Final = ("function", "layer", "turn", "who", "known-as")
_CUT_COLUMNS: Final = ("function", "turn", "who", "confidence")
_OPEN: Final = frozenset({Turn.SAME_AS_KNOWN, Turn.INCOMPARABLE})


def compare(result: Comparison, w: Writer) -> Iterator[Block]:
    """Write what changed between two days."""
    title = w.say(
        "compare.title",
        subject=foreign(result.subject),
        before=period(w, *result.before),
        after=period(w, *result.after),
    )
    yield from head(w, result, title)
    if not result:
        yield Paragraph(w.say("compare.same"))
    yield from changes(result, w)
    yield from _cuts(result, w)
    yield from _wrong(result, w)
    yield from _edges(result, w)
    yield from w.sources()


def changes(result: Comparison, w: Writer) -> Iterator[Block]:
    """Write what became of each layer, and of which too little is known to say so."""
    rows = _layer_rows(result, w)
    if rows:
        heads = tuple(w.say(f"column.{name}") for name in _LAYER_COLUMNS)
        yield Heading(2, w.say("compare.layers"))
        yield Table(heads, tuple(rows), (2, 3, 3, 4, 6))
    if result.owners:
        yield Heading(2, w.say("owners"))
        for one in result.owners:
            yield Paragraph(owner(one, w), 1)
    dim = [one for one in result.layers if one.turn in _OPEN]
    if dim:
        told = [_layer_of(w, layer, several) for layer, several in _by_layer(dim).items()]
        yield Paragraph(w.say("compare.open", layers=join(w.words["list.semicolon"], told)))


def owner(one: OwnerChange, w: Writer) -> Inline:
    """Say who belongs to somebody else on the later day, or to nobody any more."""
    data = {
        "of": foreign(one.label),
        "before": _chain(one.before_labels, w),
        "after": _chain(one.after_labels, w),
    }
    if not one.after:
        when = w.say("who.owned-until", day=foreign(one.since)) if one.since else Inline()
        return w.say(f"owners.left.{one.turn.value}", when=when, **data)
    code = f"owners.{one.turn.value}{'.from' if one.before else ''}"
    return w.say(code, when=since(one.since, w), **data)


def _chain(labels: Sequence[str], w: Writer) -> Inline:
    """Return an owner, and in brackets those above it."""
    if not labels:
        return Inline()
    nearest, *above = map(foreign, labels)
    if not above:
        return nearest
    return w.say("in-brackets", what=nearest, note=join(w.words["list.comma"], above))


def _by_layer(several: Iterable[LayerChange]) -> dict[Layer, list[str]]:
    found: dict[Layer, list[str]] = {}
    for one in several:
        found.setdefault(one.layer, []).append(one.function)
    return found


def _layer_of(w: Writer, layer: Layer, several: list[str]) -> Inline:
    named = w.say(f"layer.{layer.value}")
    if not any(several):
        return named
    return w.say("in-brackets", what=named, note=functions(w, several))


def _layer_rows(result: Comparison, w: Writer) -> list[Row]:
    """Return a row for each change of an actor, once for all functions that it is the same for."""
    merged: dict[tuple[Inline, ...], list[str]] = {}
    for change in result.layers:
        for entry in change.entries:
            cells = (
                w.say(f"layer.{change.layer.value}"),
                w.say(f"turn.{entry.turn.value}"),
                label(w, entry.role.actor, entry.role.label),
                _known_as(result, entry, w),
            )
            merged.setdefault(cells, []).append(change.function)
    return [Row((functions(w, several).capitalized(), *cells)) for cells, several in merged.items()]


def _known_as(result: Comparison, entry: EntryChange, w: Writer) -> Inline:
    """Return how one who changed is known, before and after, and what hides the other day."""
    sides = [_how(w, role) for role in (entry.before, entry.after) if role is not None]
    known = sides[0] if len(sides) == 1 else w.say("turned", before=sides[0], after=sides[1])
    if not entry.hiding:
        return known
    newly = entry.turn is Turn.NEWLY_KNOWN
    days = Days(*(result.before if newly else result.after))
    hidden = w.words.some((_hidden(w, role, days) for role in entry.hiding), _HIDING)
    code = "compare.hidden-before" if newly else "compare.hidden-after"
    return join(w.words["list.semicolon"], [known, w.say(code, parts=hidden)])


def _how(w: Writer, role: Role) -> Inline:
    known = how(
        w,
        role.evidence,
        role.confidence,
        unverified=role.unverified,
        time=role.time,
        citation=role.citation,
    )
    if role.needed or role.layer is Layer.INVOLVEMENT:
        return known
    return join(w.words["list.comma"], [known, w.say("exposed")])


def _hidden(w: Writer, role: Role, days: Days) -> Inline:
    return unknown(w, role, days) if role.unknown else brief(w, role, days)


# --- Cut sets and edges --------------------------------------------------------------------


def _cuts(result: Comparison, w: Writer) -> Iterator[Block]:
    if not result.cut_sets:
        return
    heading = w.say(
        "compare.cuts",
        level=w.say(f"level.{result.level.value}"),
        n=result.upto,
        within=within(w, result.horizon),
    )
    yield Heading(2, heading)
    heads = tuple(w.say(f"column.{name}") for name in _CUT_COLUMNS)
    yield Table(heads, tuple(_cut_rows(result, w)))


def _wrong(result: Comparison, w: Writer) -> Iterator[Block]:
    if result.findings:
        yield Heading(2, w.say("findings.wrong"))
    for one in result.findings:
        turn = w.say(f"turn.{one.turn.value}").capitalized()
        yield Paragraph(w.say("about", what=turn, text=full_stop(w, finding(one.finding, w))), 1)


def _cut_rows(result: Comparison, w: Writer) -> Iterator[Row]:
    merged: dict[tuple[Inline, ...], list[str]] = {}
    for cut in result.cut_sets:
        who = names(w, cut.labels, _ALL)
        if cut.clients:
            who = w.say("in-brackets", what=who, note=whom(w, cut.clients))
        cells = (w.say(f"turn.{cut.turn.value}"), who, _sureness(w, cut))
        merged.setdefault(cells, []).append(cut.function)
    for told, several in merged.items():
        yield Row((functions(w, several).capitalized(), *told))


def _sureness(w: Writer, cut: CutChange) -> Inline:
    sides = [_confidence(w, one) for one in (cut.before, cut.after) if one is not None]
    return sides[0] if len(sides) == 1 else w.say("turned", before=sides[0], after=sides[1])


def _confidence(w: Writer, word: Confidence) -> Inline:
    return w.say(f"confidence.{word.value}")


def _edges(result: Comparison, w: Writer) -> Iterator[Block]:
    turns = [change.turn for change in result.edges]
    if not turns:
        return
    yield Heading(2, w.say("compare.edges"))
    counts = [
        w.say("count", what=w.say(f"turn.{turn.value}"), n=turns.count(turn))
        for turn in Turn
        if turn in turns
    ]
    yield Paragraph(join(w.words["list.comma"], counts), 1)

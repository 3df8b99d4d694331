"""Text of a report in short: at most 24 lines of 80 columns, the first screen of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from depgraph.analysis.dependence import FunctionDependence
from depgraph.analysis.verdicts import Answer, State
from depgraph.names import display
from depgraph.providers.rules import alike_names, short_name
from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.findings import urgent
from depgraph.rendering.phrases import (
    asked,
    full_stop,
    functions,
    head,
    label,
    names,
    period,
    shortened,
    some,
    within,
)
from depgraph.rendering.writer import Writer
from depgraph.reporting.brief import Brief, LayerActor, LayerBrief, Missing
from depgraph.texts.inline import Inline, foreign, join, typed
from depgraph.texts.reasons import failing_line, what_line, why_line
from depgraph.vocabulary import Confidence, Remedy, What, reasons

SCREEN: Final = (80, 22)
"""Columns and lines of a terminal that the text fits; two more lines tell what was written."""


@dataclass(frozen=True, slots=True)
class Most:
    """How much is told before the rest is counted.

    Parameters
    ----------
    findings, actors
        Urgent ones; of one layer.
    ways, kinds
        In which more could be learnt; of things that one of them would tell.
    companies
        Whether an actor is told with its company, or by that alone where it is called otherwise.
    absent
        Whether what is not offered is told: the last to go.
    alone
        Weight of the column of what each can stop alone, beside 3 and 5 for the others.
    """

    findings: int
    actors: int
    ways: int
    kinds: int
    companies: bool = True
    absent: bool = True
    alone: int = 3


VERSIONS: Final = (
    Most(2, 2, 3, 2),
    Most(2, 2, 2, 1),
    Most(1, 1, 2, 1),
    Most(1, 1, 1, 1),
    Most(1, 1, 0, 0),
    Most(1, 1, 0, 0, companies=False),
    Most(1, 1, 0, 0, companies=False, absent=False),
    Most(1, 1, 0, 0, companies=False, absent=False, alone=5),
    Most(1, 1, 0, 0, companies=False, absent=False, alone=2),
)
"""From the longest to the shortest."""


def brief(result: Brief, w: Writer, most: Most = VERSIONS[0]) -> Iterator[Block]:
    """Write in short who stands behind a service, who can stop it alone, and what is not known."""
    subject = foreign(display(result.subject))
    if result.is_nothing:
        code = "brief.unregistered" if result.unregistered else "brief.nonexistent"
        yield Heading(1, w.say(code, subject=subject))
        yield Paragraph(w.say("brief.nonexistent.when", days=period(w, result.since, result.until)))
        return
    days = period(w, result.since, result.until)
    yield from head(w, result, w.say("report.title", subject=subject, days=days))
    if result.denied:
        told = w.say("about", what=subject, text=why_line(result.denied, w.words))
        yield Paragraph(full_stop(w, told))
    yield from urgent(result.findings, w, most=most.findings)
    yield from _failing(result, w)
    if most.absent:
        yield from _absent(result, w)
    yield from _layers(result, w, most)
    if result.involved:
        yield Paragraph(w.say("brief.involved", names=names(w, result.involved, most.actors + 1)))
    yield from _group(result, w)
    yield from _missing(result, w, most)


def _failing(result: Brief, w: Writer) -> Iterator[Block]:
    """Yield what does not work as recorded, and why where the findings do not say it."""
    found = {one.reason for one in result.findings}
    by_reason: dict[str, list[str]] = {}
    for one in result.failing:
        told = found.issuperset(map(str, reasons(one.reason)))
        by_reason.setdefault("" if told else one.reason, []).append(one.function)
    for reason, several in by_reason.items():
        what = functions(w, shortened(several, result.functions)).capitalized()
        text = full_stop(w, failing_line(reason, w.words))
        yield Paragraph(w.say("about", what=what, text=text))


def _absent(result: Brief, w: Writer) -> Iterator[Block]:
    """Yield what the service does not offer: without it, mail that is refused is passed over."""
    absent = [one.function for one in result.dependence if one.state is State.ABSENT]
    if absent:
        named = functions(w, shortened(absent, [*result.functions, *absent]))
        yield Paragraph(w.say("about", what=w.say("state.absent").capitalized(), text=named))


# --- Layer by layer ------------------------------------------------------------------------


def _layers(result: Brief, w: Writer, most: Most) -> Iterator[Block]:
    heads = tuple(w.say(code) for code in ("column.layer", "column.who", "brief.alone"))
    rows = tuple(_row(result, several, w, most) for several in _alike(result.layers))
    if rows:
        yield Table(heads, rows, (3, 5, most.alone))
        code = "brief.power.ipv4" if result.ipv6_unknown else "brief.power"
        power = w.say(code, within=within(w, result.horizon))
        yield Paragraph(power)


def _alike(layers: Iterable[LayerBrief]) -> list[list[LayerBrief]]:
    """Return layers, neighbours in which the same stand together."""
    found: list[list[LayerBrief]] = []
    for one in layers:
        before = found[-1][0] if found else None
        if before and (before.actors, before.unknown) == (one.actors, one.unknown):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _row(result: Brief, several: Sequence[LayerBrief], w: Writer, most: Most) -> Row:
    layers = join(w.words["list.comma"], (_layer(one, w) for one in several))
    first = several[0]
    who = some(w, (_actor(one, w, most) for one in first.actors), most.actors)
    if first.unknown:
        more = w.say("brief.others-unknown" if who else "brief.unknown")
        who = join(w.words["list.comma"], [who, more])
    return Row(
        (layers.capitalized(), who, _stops(result, first.actors, w, most)),
        unknown=not first.actors,
    )


def _layer(one: LayerBrief, w: Writer) -> Inline:
    return w.say(f"layer.{one.layer.value}" if one.layer else "layer.behind")


def _actor(one: LayerActor, w: Writer, most: Most) -> Inline:
    """Return an actor, with its company where that is called otherwise, or that alone."""
    if one.own:
        itself = w.say("self")
        return _likely(itself, w) if one.likely else itself
    name = label(w, one.id, short_name(one.label))
    if not one.company or alike_names(one.label, one.company):
        return name
    company = foreign(short_name(one.company))
    return w.say("in-brackets", what=name, note=company) if most.companies else company


def _stops(result: Brief, actors: Sequence[LayerActor], w: Writer, most: Most) -> Inline:
    """Return what those in a layer can each stop alone."""
    told: dict[str, Inline] = {}
    for one in (actor for actor in actors if not actor.own):
        said = _stopped(result, one, w, most)
        told.setdefault(str(said), said)
    return join(w.words["list.semicolon"], told.values())


def _stopped(result: Brief, one: LayerActor, w: Writer, most: Most) -> Inline:
    if not one.stops:
        return w.say("answer.undetermined" if one.undecided else "brief.not-alone")
    whole = len(one.stops) == len(result.functions) > 1
    named = [functions(w, [name]) for name in shortened(one.stops, result.functions)]
    said = w.say("brief.everything") if whole else some(w, named, most.actors + 1)
    return _likely(said, w) if one.likely else said


def _likely(what: Inline, w: Writer) -> Inline:
    return w.say("in-brackets", what=what, note=w.say("confidence.likely"))


# --- The group, and what is not known ------------------------------------------------------


def _group(result: Brief, w: Writer) -> Iterator[Block]:
    """Yield what a group can stop, and what it cannot."""
    live = [one for one in result.dependence if one.state not in {State.ABSENT, State.FAILS}]
    by_answer: dict[tuple[Answer, bool], list[FunctionDependence]] = {}
    for one in live:
        unsure = one.takedown is Answer.YES and one.confidence is not Confidence.CERTAIN
        by_answer.setdefault((one.takedown, unsure), []).append(one)
    parts = []
    for answer, unsure in product(Answer, (False, True)):
        several = by_answer.get((answer, unsure), [])
        if several:
            named = functions(w, shortened((one.function for one in several), result.functions))
            who = [foreign(short_name(a)) for one in several for a in one.actors]
            notes = [some(w, who, 2)] if answer is Answer.YES and who else []
            notes += [w.say("confidence.likely")] if unsure else []
            said = w.say(f"brief.group.{answer.value}", functions=named)
            note = join(w.words["list.comma"], notes)
            parts.append(w.say("in-brackets", what=said, note=note) if notes else said)
    if parts:
        told = join(w.words["list.semicolon"], parts)
        yield Paragraph(w.say("about", what=asked(w, result.on).capitalized(), text=told))


def _missing(result: Brief, w: Writer, most: Most) -> Iterator[Block]:
    """Yield what is not known, by what would tell it."""
    by_remedy: dict[Remedy | None, list[Missing]] = {}
    for one in result.missing:
        by_remedy.setdefault(one.remedy, []).append(one)
    if not by_remedy:
        return
    if Remedy.TLS in by_remedy:  # an observation with it tells the rest as well
        by_remedy[Remedy.TLS] += by_remedy.pop(Remedy.OBSERVE, [])
    code = "brief.missing" if most.ways else "brief.missing.only"
    yield Paragraph(w.say(code, n=len(result.missing)))
    for remedy in [one for one in (*Remedy, None) if one in by_remedy][: most.ways]:
        several = by_remedy[remedy]
        things = some(w, _things(several, w), most.kinds)
        code = f"remedy.{remedy.value}" if remedy else "remedy.none"
        how = w.say(code, subject=typed(result.subject))
        yield Paragraph(w.say("about", what=how, text=things), 1)


def _things(several: Iterable[Missing], w: Writer) -> list[Inline]:
    """Return what is not known, of one kind together."""
    by_kind: dict[What, list[str]] = {}
    for one in several:
        by_kind.setdefault(one.role.what or What.OTHER, []).append(one.role.of)
    return [what_line(kind, of, w.words, most=1) for kind, of in by_kind.items()]

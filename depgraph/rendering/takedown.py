"""Text of a takedown: who can stop what, alone or together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from depgraph.analysis.takedown import CutSet, FunctionCuts, Member, Takedown
from depgraph.analysis.verdicts import Answer, State
from depgraph.precedents import load
from depgraph.rendering.blocks import Block, Heading, Paragraph
from depgraph.rendering.clients import asked_for, over_ipv4, re_steered, said_of, unserved
from depgraph.rendering.phrases import (
    actor,
    full_stop,
    function,
    head,
    how,
    label,
    named,
    names,
    period,
    some,
    starts,
    sure,
    the_function,
    within,
)
from depgraph.rendering.precedents import in_short
from depgraph.rendering.unknowns import Days, only_unserved, unknowns
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.texts.reasons import failing_line, why_line
from depgraph.vocabulary import PARTIES, Confidence, Evidence, LawBasis, Lever

_PRECEDENTS: Final = 3  # events named of a lever, before the rest is counted
_ALL: Final = 99  # members of one set, which is told whole


def takedown(result: Takedown, w: Writer) -> Iterator[Block]:
    """Write who can stop each function: certainly, likely, in the worst case, or the service itself."""
    asked = {
        "subject": foreign(result.subject),
        "days": period(w, result.since, result.until),
        "level": w.say(f"level.{result.level.value}"),
        "within": within(w, result.horizon),
    }
    title = (
        w.say("takedown.title-all", **asked)
        if result.upto is None
        else w.say("takedown.title", **asked, n=result.upto)
    )
    yield from head(w, result, title)
    yield Paragraph(w.say("power-not-intention"))
    yield from asked_for(w, result.clients)
    for one in result.functions:
        yield Heading(2, function(w, one.function))
        yield from _function(result, one, w)
    yield from _recovery(result, w)
    yield from w.sources()


def _function(result: Takedown, found: FunctionCuts, w: Writer) -> Iterator[Block]:
    if found.state in {State.ABSENT, State.FAILS}:
        yield Paragraph(full_stop(w, out_of_order(w, found.state, found.reason)), 1)
        return
    days = Days.of(result)
    notes = unserved(w, found.fails_for)
    notes += over_ipv4(w, found.ipv6_unknown, days) if found.cut_sets else []
    yield from (Paragraph(full_stop(w, note), 1) for note in notes)
    if not found.cut_sets:
        yield Paragraph(nobody(w, found, upto=result.upto, horizon=result.horizon), 1)
        return
    for heading, cuts in _groups(found).items():
        if cuts:
            yield Heading(3, w.say(f"takedown.{heading}"))
        for cut in cuts:
            said = sentence(w, found, cut, days)
            told_by_place = any(step.vantage for step in cut.steps)
            yield Paragraph(re_steered(w, said, result.steering) if told_by_place else said, 2)
    if found.complete_to is not None and (result.upto is None or found.complete_to < result.upto):
        code = "takedown.until" if found.counts is None else "takedown.counted"
        count = sum(found.counts or ())
        yield Paragraph(w.say(code, n=found.complete_to, count=count), 1)


def out_of_order(w: Writer, state: State, reason: str) -> Inline:
    """Return that the service does not have a function, or that it fails as recorded, and why."""
    if state is State.FAILS:
        return failing_line(reason, w.words)
    because = why_line(reason, w.words)
    code = f"takedown.{state.value}"
    return w.say(f"{code}.why", reason=because) if because else w.say(code)


def nobody(w: Writer, found: FunctionCuts, *, upto: int | None, horizon: float) -> Inline:
    """Return that nobody was found who can stop a function, with how far that was looked for.

    Parameters
    ----------
    w
        The words.
    found
        The answer for the function.
    upto, horizon
        Sizes and seconds that were asked for.
    """
    size = upto if found.complete_to is None else found.complete_to
    extent = within(w, horizon)
    if size is None:
        line = w.say("takedown.none-all", within=extent)
    else:
        line = w.say("takedown.none", n=size, within=extent)
    if found.alone is Answer.UNDETERMINED:
        return w.say("takedown.none-open", nobody=line)
    return sure(w, line, found.confidence)


def _groups(found: FunctionCuts) -> Mapping[str, list[CutSet]]:
    """Return the cut sets by the heading that they stand under."""
    groups: dict[str, list[CutSet]] = {"certain": [], "likely": [], "perhaps": [], "own": []}
    for cut in found.cut_sets:
        if cut.own:
            groups["own"].append(cut)
        elif cut.worst_case:
            groups["perhaps"].append(cut)
        else:
            groups[cut.confidence.value].append(cut)
    return groups


def sentence(w: Writer, found: FunctionCuts, cut: CutSet, days: Days) -> Inline:
    """Return how a cut set stops its function, when, and for whom.

    Parameters
    ----------
    w, found, cut, days
        The words, the answer of the function, one of its sets, and the days. Of one not examined
        only who it is.
    """
    if cut.onset is None:
        members = (label(w, member.id, member.label) for member in cut.members)
        who = some(w, members, _ALL) if cut.members else w.say("takedown.somebody")
        return w.say("in-brackets", what=who, note=w.say("not-examined"))
    code = "takedown.may-stop" if cut.worst_case else "takedown.stops"
    if not cut.members:
        code = "takedown.unknown-alone"
    elif len(cut.members) > 1:
        code += "-together"
    said = w.say(
        code,
        who=w.words.enumerated(_acts(w, cut)).capitalized(),
        function=the_function(w, cut.function),
        onset=starts(w, cut.onset, cut.seconds),
    )
    said = said_of(w, said, cut.clients, differs=found.differs, only_ipv4=bool(found.ipv6_unknown))
    if cut.own and cut.confidence is Confidence.LIKELY:
        said = sure(w, said, cut.confidence)
    return join(" ", [full_stop(w, said.capitalized()), _hangs(w, cut, days)])


def _hangs(w: Writer, cut: CutSet, days: Days) -> Inline:
    if not cut.unknown:
        return Inline()
    enough = only_unserved(w, cut.unknown) if cut.members else Inline()
    return full_stop(w, enough or unknowns(w, cut.unknown, days))


def _acts(w: Writer, cut: CutSet) -> Iterator[Inline]:
    """Yield what each member does, and how it is known where nobody observed it."""
    for member in cut.members:
        known, unverified = _known_by(cut, member)
        mark = how(w, known, Confidence.CERTAIN, unverified=unverified)
        for act in _levers(w, member):
            if known is Evidence.OBSERVED and not unverified:
                yield act
            else:
                yield w.say("mark", text=act, mark=mark)


def _levers(w: Writer, member: Member) -> list[Inline]:
    if member.id.partition(":")[0] not in PARTIES:
        return [w.say("takedown.breaks", node=named(w, member.id, member.label))]
    places: dict[tuple[Lever, LawBasis | None], list[str]] = {}
    for pull in member.levers:
        places.setdefault((pull.lever, pull.basis), []).append(pull.where)
    return [
        w.say(
            f"can.{lever.value}",
            actor=actor(w, member.id, member.label, basis),
            where=names(w, where),
        )
        for (lever, basis), where in places.items()
    ]


def _known_by(cut: CutSet, member: Member) -> tuple[Evidence | None, bool]:
    """Return the weakest evidence that a member can do it, and whether a row is unverified."""
    whole = cut if len(cut.members) == 1 and not cut.unknown else member
    return whole.evidence, whole.unverified


def _rests_on(lever: str, w: Writer) -> Inline:
    """Return which events a count of precedents is of: those of which a notice is told first."""
    rows = sorted(
        (row for row in load() if row.lever == lever), key=lambda row: (row.notice is None, row.day)
    )
    told = names(w, (row.id for row in rows), _PRECEDENTS)
    return w.say("precedents.rest-on", names=told, lever=foreign(lever))


def _recovery(result: Takedown, w: Writer) -> Iterator[Block]:
    cuts: Sequence[CutSet] = [cut for one in result.functions for cut in one.cut_sets]
    levers = dict.fromkeys(
        pull.lever for cut in cuts for member in cut.members for pull in member.levers
    )
    if levers:
        yield Heading(2, w.say("recovery"))
    before = {one.lever: one for one in result.precedents}
    for lever in levers:
        yield Paragraph(w.say(f"recovery.{lever.value}"), 1)
        if lever in before:
            text = in_short(before[lever], w) + _rests_on(lever, w)
            yield Paragraph(w.say("about", what=w.say("precedents.before"), text=text), 2)

"""Text of a takedown: who can stop what, alone or together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.unknowns import NO_DAYS, Days, unknowns, why
from depgraph.analysis.prose.words import (
    actor,
    function,
    listed,
    period,
    span,
    starts,
    the_function,
)
from depgraph.analysis.verdicts import weakest
from depgraph.text_safety import one_line
from depgraph.texts import say

if TYPE_CHECKING:
    from depgraph.analysis.levers import Lever
    from depgraph.analysis.takedown import CutSet, FunctionCuts, Member, Takedown


def reason(cut: CutSet, lang: str, *, days: Days = NO_DAYS) -> str:
    """Say in one sentence how a cut set stops its function, and when."""
    name = the_function(cut.function, lang)
    when = starts(cut.onset, cut.seconds, lang)
    parts = unknowns(cut.unknown, lang, days=days) if cut.unknown else ""
    if not cut.members:
        return say("takedown.unknown-alone", lang, function=name, onset=when, unknown=parts)
    levers = [
        say(
            f"lever.{code.value}",
            lang,
            actor=actor(member.id, member.label, lang),
            where=listed(places, lang),
        )
        + ("" if how == "observed" else f" [{say(f'evidence.{how}', lang)}]")
        for member in cut.members
        for how in (_known_by(cut, member),)
        for code, places in _by_lever(member.levers)
    ]
    who = one_line(say("and", lang).join(levers), limit=2000)
    if cut.ids[0].startswith("country:"):
        who = who[:1].upper() + who[1:]
    code = "takedown.may-stop" if cut.unknown else "takedown.stops"
    if len(cut.members) > 1:
        code += "-together"
    return say(code, lang, who=who, function=name, onset=when, unknown=parts)


def _known_by(cut: CutSet, member: Member) -> str:
    """Give the weakest evidence on which it rests that one who can do it alone can do it."""
    if len(cut.members) > 1 or cut.unknown:
        return member.evidence
    return weakest([member.evidence, *(one.evidence for one in cut.steps if one.told)])


def _by_lever(levers: Sequence[tuple[Lever, str]]) -> list[tuple[Lever, list[str]]]:
    grouped: dict[Lever, list[str]] = {}
    for code, where in levers:
        grouped.setdefault(code, []).append(where)
    return list(grouped.items())


def takedown(found: Takedown, lang: str) -> str:
    """Write the answer of a takedown question."""
    lines = [
        say(
            "takedown.title",
            lang,
            subject=found.subject,
            days=period(found.since, found.until, lang),
            level=say(f"level.{found.level}", lang),
            horizon=span(found.horizon, lang),
        )
    ]
    if not found.complete:
        lines.append(say("incomplete", lang))
    for one in found.functions:
        lines += ["", *_cuts(one, found, lang)]
    levers = dict.fromkeys(
        lever
        for one in found.functions
        for cut in one.cut_sets
        for member in cut.members
        for lever, _ in member.levers
    )
    if levers:
        lines += ["", say("recovery", lang)]
        lines += [f"  {say(f'recovery.{lever.value}', lang)}" for lever in levers]
    return Lines(lines)


def _cuts(found: FunctionCuts, asked: Takedown, lang: str) -> list[str]:
    upto = asked.upto
    name = function(found.function, lang)
    if found.state.value in {"absent", "fails"}:
        code = f"takedown.{found.state.value}"
        return [say(code, lang, function=name, reason=why(found.reason, lang)).rstrip()]
    if not found.cut_sets:
        if upto is None:
            return [say("takedown.none-all", lang, function=name)]
        return [say("takedown.none", lang, function=name, upto=upto)]
    lines = [say("takedown.head", lang, function=name)]
    for heading, cuts in (
        ("sure", [c for c in found.cut_sets if not c.worst_case and not c.own]),
        ("perhaps", [c for c in found.cut_sets if c.worst_case and not c.own]),
        ("own", [c for c in found.cut_sets if c.own]),
    ):
        if not cuts:
            continue
        lines.append(f"  {say(f'takedown.{heading}', lang)}")
        for cut in cuts:
            who = listed((member.label for member in cut.members), lang, few=99)
            lines.append(
                f"    {reason(cut, lang, days=Days(asked.since, asked.until)) if cut.onset else who}"
            )
    if found.complete_to is not None and (upto is None or found.complete_to < upto):
        size = found.complete_to
        if found.counts is None:
            lines.append("  " + say("takedown.until", lang, size=size))
        else:
            lines.append("  " + say("takedown.counted", lang, size=size, count=sum(found.counts)))
    return lines

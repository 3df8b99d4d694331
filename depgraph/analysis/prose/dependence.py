"""Text of dependence and claims: what a set of actors can stop or see, and what the evidence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.change import entry
from depgraph.analysis.prose.steps import Sources, witness
from depgraph.analysis.prose.tables import table
from depgraph.analysis.prose.unknowns import Days, unknowns, why
from depgraph.analysis.prose.words import asked_about, function, its, listed, period, span, starts
from depgraph.texts import say

if TYPE_CHECKING:
    from depgraph.analysis.claims import Check, FunctionRuling
    from depgraph.analysis.dependence import Dependence


def dependence(found: Dependence, lang: str) -> str:
    """Write how far a service depends on some actors."""
    lines = [
        say(
            "dependence.title",
            lang,
            subject=found.subject,
            on=found.on,
            days=period(found.since, found.until, lang),
            horizon=span(found.horizon, lang),
        ),
        *asked_about(found, found.on, lang),
    ]
    if not found.complete:
        lines.append(say("incomplete", lang))
    rows = [tuple(say("dependence.columns", lang).split("|"))]
    notes = []
    for one in found.functions:
        name = function(one.function, lang)
        if one.state.value == "absent":
            rows.append((name, say("state.absent", lang), "", ""))
            continue
        rows.append(
            (
                name,
                say(f"answer.{one.takedown.value}", lang),
                say(f"answer.{one.exposure.value}", lang),
                say(f"evidence.{one.evidence}", lang) if one.takedown.value == "yes" else "",
            )
        )
        if one.unknown:
            blank = unknowns(one.unknown, lang, days=Days(found.since, found.until))
            notes.append(f"  {name}{say('colon', lang)}{blank[:1].lower()}{blank[1:]}.")
        if one.strangers:
            notes.append(
                f"  {name}{say('colon', lang)}"
                + say("strangers", lang, names=listed(one.strangers, lang))
                + "."
            )
    return Lines([*lines, *table(rows, heads=1), *notes])


def check(found: Check, lang: str) -> str:
    """Write what the evidence says of a claim: a sentence per function, then its steps."""
    days = period(found.since, found.until, lang)
    lines = [say("check.title", lang, claim=found.claim, subject=found.subject, days=days)]
    lines += asked_about(found, found.on, lang)
    sources = Sources()
    for one in found.functions:
        lines.append(sentence(found, one, lang))
        if one.ruling.value in {"supported", "contradicted"}:
            lines += witness(one.steps, lang, sources=sources)
        lines += [
            "    "
            + say(
                "check.known",
                lang,
                layer=say(f"layer.{layer}", lang),
                entry=listed(
                    [
                        entry(who, lang, days=Days(found.since, found.until), sources=sources)
                        for who in entries
                    ],
                    lang,
                    few=9,
                ),
            )
            for layer, entries in one.known
        ]
    overall = say(f"ruling.{found.ruling.value}", lang)
    lines.append(say("check.overall", lang, ruling=overall))
    return Lines([*lines, *sources.lines(lang)])


def sentence(found: Check, one: FunctionRuling, lang: str) -> str:
    """Give the sentence for one function."""
    data = {
        "function": function(one.function, lang),
        "ruling": say(f"ruling.{one.ruling.value}", lang),
        "on": _who(found, one, lang),
        "its": its(one.function, found.subject, lang),
        "onset": starts(one.onset, one.seconds, lang),
        "level": say(f"level.{found.level}", lang),
        "actors": listed(one.actors, lang, few=8),
        "reason": one.reason,
        "evidence": "",
    }
    by = {"reported": "check.by-report", "inferred": "check.by-inference"}.get(one.evidence)
    if by is not None and one.steps:
        data["evidence"] = say(by, lang)
    if one.ruling.value == "not-applicable":
        return say("check.absent", lang, **data).rstrip()
    if one.ruling.value == "undetermined":
        return say(
            "check.undetermined", lang, function=data["function"], why=_why(found, one, lang)
        )
    return say(_code(found, one), lang, **data)


def _who(found: Check, one: FunctionRuling, lang: str) -> str:
    """Name the group, and those of it who are met."""
    met = listed(one.actors, lang)
    return f"{found.on} ({met})" if met and met != found.on else found.on


def _code(found: Check, one: FunctionRuling) -> str:
    if found.form.value == "nobody-alone":
        return "check.nobody" if one.takedown.value == "no" else "check.alone"
    if found.form.value == "not-on-path":
        return "check.untouched" if one.exposure.value == "no" else "check.touches"
    if one.takedown.value == "yes":
        return "check.can"
    return {"yes": "check.cannot-exposed", "undetermined": "check.cannot-perhaps"}.get(
        one.exposure.value, "check.cannot"
    )


def _why(found: Check, one: FunctionRuling, lang: str) -> str:
    parts = (
        [unknowns(one.unknown, lang, days=Days(found.since, found.until))] if one.unknown else []
    )
    if one.strangers:
        parts.append(say("strangers", lang, names=listed(one.strangers, lang)))
    if not found.complete:
        parts.insert(0, say("why.incomplete", lang))
    elif one.fails:
        parts = [say("why.fails", lang), *([why(one.reason, lang)] if one.reason else [])]
    return ". ".join(parts) or say("why.nothing", lang)

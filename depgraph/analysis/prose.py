"""Results as plain text: codes and data from the analyses, words from `depgraph.texts`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines, Row
from depgraph.safe import one_line
from depgraph.texts import known, say

if TYPE_CHECKING:
    from depgraph.analysis.change import Comparison, Timeline
    from depgraph.analysis.claims import Check, FunctionRuling
    from depgraph.analysis.dependence import Dependence
    from depgraph.analysis.exposure import Exposure
    from depgraph.analysis.importance import Importance
    from depgraph.analysis.layers import Entry
    from depgraph.analysis.levers import Lever, Onset
    from depgraph.analysis.takedown import CutSet, FunctionCuts, Takedown, UnknownPart
    from depgraph.analysis.whatif import Without
    from depgraph.analysis.witness import Step

_FEW = 4


# Words and phrases


def function(name: str, lang: str) -> str:
    """Give the name of a function."""
    code = f"function.{name}"
    return say(code, lang) if known(code, lang) else one_line(name)


def the_function(name: str, lang: str) -> str:
    """Give the name of a function as part of a sentence."""
    code = f"the.{name}"
    return say(code, lang) if known(code, lang) else one_line(name)


def named(node: str, label: str, lang: str) -> str:
    """Give a node for people, with its kind where the label alone would not tell."""
    code = f"kind.{node.partition(':')[0]}"
    return say(code, lang, name=label) if known(code, lang) else one_line(label)


def period(since: str, until: str, lang: str) -> str:
    """Give the days a graph stands for."""
    if not since:
        return say("no day", lang)
    return say("day" if since == until or not until else "days", lang, since=since, until=until)


def span(seconds: float, lang: str) -> str:
    """Give a length of time in the largest unit that leaves it whole enough."""
    if seconds == inf:
        return say("horizon.none", lang)
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return say(f"span.{unit}", lang, count=f"{seconds / length:.3g}")
    return say("span.seconds", lang, count=f"{seconds:.3g}")


def starts(onset: Onset | None, seconds: float | None, lang: str) -> str:
    """Say when something sets in."""
    if onset is None:
        return ""
    length = seconds or 0.0
    return say(f"onset.{onset.value}", lang, seconds=f"{length:.0f}", span=span(length, lang))


def listed(words: Iterable[str], lang: str, *, few: int = _FEW) -> str:
    """Join words as a list, the first few of them, and say how many more there are."""
    several = list(dict.fromkeys(one_line(word) for word in words))
    comma = "; " if any("," in word for word in several) else ", "
    if len(several) > few:
        return comma.join([*several[:few], say("more", lang, count=len(several) - few)])
    return comma.join(several)


def unknown(part: UnknownPart, lang: str, *, since: str = "") -> str:
    """Say that something is unknown, why, and what was last known of it, with its age."""
    code = "unknown.part" if part.reason else "unknown.bare"
    text = say(code, lang, label=part.label, reason=part.reason)
    if not part.last_known:
        return text
    day = part.last_known_time[:10]
    age = _age(day, since)
    if age is None:
        return text + say("unknown.last", lang, time=day, name=part.last_known)
    code = "unknown.age" if age >= 0 else "unknown.later"
    return text + say(code, lang, time=day, age=abs(age), name=part.last_known)


def unknowns(parts: Sequence[UnknownPart], lang: str, *, since: str = "", few: int = 6) -> str:
    """Say what is unknown, what was once known first, the first few of them."""
    merged: dict[tuple[str, ...], list[UnknownPart]] = {}
    for part in sorted(parts, key=lambda part: not part.last_known):
        what, of, name = part.label.partition(" of ")
        key = (what, part.reason, part.last_known, part.last_known_time) if of else (part.id,)
        merged.setdefault((*key, "" if of else name), []).append(part)
    texts = []
    for group in merged.values():
        what, of, _ = group[0].label.partition(" of ")
        names = listed((part.label.partition(" of ")[2] for part in group), lang, few=2)
        label = f"{what} of {names}" if of else group[0].label
        texts.append(unknown(replace(group[0], label=label), lang, since=since))
    if len(texts) > few:
        texts = [*texts[:few], say("more", lang, count=len(texts) - few)]
    return "; ".join(texts)


def _age(day: str, since: str) -> int | None:
    try:
        return (date.fromisoformat(since) - date.fromisoformat(day)).days
    except ValueError:
        return None


def step(one: Step, lang: str) -> str:
    """Write one step of a witness with how it is known."""
    code = f"relation.{one.relation}"
    word = say(code if known(code, lang) else "relation.other", lang)
    by_rule = one.rule == "definition"
    how = [say("evidence.definition" if by_rule else f"evidence.{one.evidence}", lang)]
    if not by_rule:
        how += [part for part in (one.time[:10], one.citation or one.source) if part]
    tail = named(one.tail, one.tail_label, lang)
    head = named(one.head, one.head_label, lang)
    return f"{tail} → {word} → {head} [{one_line(', '.join(how), limit=600)}]"


def witness(steps: Sequence[Step], lang: str, *, most: int = 12) -> list[str]:
    """Write a witness; what holds by definition is left out."""
    telling = [one for one in steps if one.rule != "definition"]
    lines = [f"    {step(one, lang)}" for one in telling[:most]]
    if len(telling) > most:
        lines.append("    " + say("more", lang, count=len(telling) - most))
    return lines


def table(rows: Sequence[Sequence[str]], *, indent: str = "  ", heads: int = 0) -> list[Row]:
    """Lay rows of cells out in columns; the first `heads` of them head the table."""
    wide = [max(len(row[i]) for row in rows if i < len(row)) for i in range(max(map(len, rows)))]
    lines = (
        (indent + "  ".join(cell.ljust(wide[i]) for i, cell in enumerate(row))).rstrip()
        for row in rows
    )
    return [
        Row(line, cells=row, head=number < heads)
        for number, (line, row) in enumerate(zip(lines, rows, strict=True))
    ]


# Takedown


def reason(cut: CutSet, lang: str, *, since: str = "") -> str:
    """Say in one sentence how a cut set stops its function, and when."""
    name = the_function(cut.function, lang)
    when = starts(cut.onset, cut.seconds, lang)
    parts = unknowns(cut.unknown, lang, since=since)
    if not cut.members:
        return say("takedown.unknown-alone", lang, function=name, onset=when, unknown=parts)
    who = say("and", lang).join(
        say(f"lever.{code.value}", lang, actor=member.label, where=listed(places, lang))
        + (
            ""
            if member.evidence == "observed"
            else f" [{say(f'evidence.{member.evidence}', lang)}]"
        )
        for member in cut.members
        for code, places in _by_lever(member.levers)
    )
    code = "takedown.may-stop" if cut.unknown else "takedown.stops"
    return say(code, lang, who=one_line(who, limit=2000), function=name, onset=when, unknown=parts)


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
        return [say(code, lang, function=name, reason=found.reason).rstrip()]
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
            lines.append(f"    {reason(cut, lang, since=asked.since) if cut.onset else who}")
    if found.complete_to is not None and (upto is None or found.complete_to < upto):
        size = found.complete_to
        if found.counts is None:
            lines.append("  " + say("takedown.until", lang, size=size))
        else:
            lines.append("  " + say("takedown.counted", lang, size=size, count=sum(found.counts)))
    return lines


# Exposure


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
            lines += table(
                [
                    (
                        one_line(actor.label),
                        ", ".join(say(f"power.{power.value}", lang) for power in actor.powers),
                        f"{actor.share:.0%}",
                        listed((place.where for place in actor.places), lang)
                        + ("" if actor.needed else f" ({say('exposure.only', lang)})"),
                    )
                    for actor in one.actors
                ]
            )
        if one.left_out:
            lines.append("  " + say("more", lang, count=one.left_out))
        if one.unknown:
            lines.append(f"  ? {unknowns(one.unknown, lang, since=found.since)}")
    return Lines(lines)


# What if


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
    lines += _group(found.actors, found.definition, found.source, lang)
    if found.absent:
        names = [name.partition(":")[2] for name in found.absent]
        lines.append(say("without.not-here", lang, names=listed(names, lang, few=8)))
    if not found.complete:
        lines.append(say("incomplete", lang))
    for one in found.functions:
        name = function(one.function, lang)
        why = [unknowns(one.unknown, lang, since=found.since)] if one.unknown else []
        if not found.complete:
            why.append(say("why.incomplete", lang))
        lines.append(
            say(
                f"without.{one.state.value}",
                lang,
                function=name,
                reason=one.reason,
                onset=starts(one.onset, one.seconds, lang),
                unknown="; ".join(why) or say("why.nothing", lang),
            )
        )
        for group in one.alternatives:
            code = "without.left" if group.left else "without.left-none"
            left, lost = listed(group.left, lang), listed(group.lost, lang)
            of = named(f"{group.kind}:", group.label, lang)
            lines.append("    " + say(code, lang, label=of, left=left, lost=lost))
        if one.state.value == "fails":
            lines += witness(one.steps, lang)
    return Lines(lines)


def _group(name: str, definition: str, source: str, lang: str) -> list[str]:
    if not definition:
        return []
    lines = [say("definition", lang, name=name, definition=definition)]
    return [*lines, say("source", lang, source=source)] if source else lines


# Dependence and claims


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
        *_group(found.on, found.definition, found.source, lang),
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
            why = unknowns(one.unknown, lang, since=found.since)
            notes.append(f"  ? {name}{say('colon', lang)}{why}")
        if one.strangers:
            notes.append(
                f"  ? {name}{say('colon', lang)}"
                + say("strangers", lang, names=listed(one.strangers, lang))
            )
    return Lines([*lines, *table(rows, heads=1), *notes])


def check(found: Check, lang: str) -> str:
    """Write what the evidence says of a claim: a sentence per function, then its steps."""
    days = period(found.since, found.until, lang)
    lines = [say("check.title", lang, claim=found.claim, subject=found.subject, days=days)]
    lines += _group(found.on, found.definition, found.source, lang)
    for one in found.functions:
        lines.append(sentence(found, one, lang))
        if one.ruling.value in {"supported", "contradicted"}:
            lines += witness(one.steps, lang)
        lines += [
            "    "
            + say(
                "check.known",
                lang,
                layer=say(f"layer.{layer}", lang),
                entry=listed([entry(who, lang, cited=True) for who in entries], lang, few=9),
            )
            for layer, entries in one.known
        ]
    overall = say(f"ruling.{found.ruling.value}", lang)
    lines.append(say("check.overall", lang, ruling=overall))
    return Lines(lines)


def sentence(found: Check, one: FunctionRuling, lang: str) -> str:
    """Give the sentence for one function."""
    data = {
        "function": function(one.function, lang),
        "ruling": say(f"ruling.{one.ruling.value}", lang),
        "on": found.on,
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
    parts = [unknowns(one.unknown, lang, since=found.since)] if one.unknown else []
    if one.strangers:
        parts.append(say("strangers", lang, names=listed(one.strangers, lang)))
    if not found.complete:
        parts.insert(0, say("why.incomplete", lang))
    elif one.fails:
        parts = [say("why.fails", lang)]
    return "; ".join(parts) or say("why.nothing", lang)


# Importance


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
        if not one.exact:
            name = say(
                "importance.sampled",
                lang,
                function=name,
                samples=one.samples,
                seed=one.seed,
                error=one.error,
            )
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
        lines += ["", *table(rows, heads=1)]
    return Lines(lines)


# Change


def entries_of(several: Iterable[Entry], lang: str) -> str:
    """Write who does a layer: the known ones, then what is unknown, once."""
    rows = list(several)
    blind = [one for one in rows if one.unknown]
    aged = [one for one in blind if one.last_known]
    chosen = [*(one for one in rows if not one.unknown), *(aged or blind)]
    return listed((entry(one, lang) for one in chosen), lang, few=3)


def entry(one: Entry, lang: str, *, cited: bool = False) -> str:
    """Write who does a layer, with how it is known."""
    if one.unknown and one.last_known:
        day = one.last_known_time[:10]
        return say("unknown.cell-last", lang, time=day, name=one.last_known)
    if one.unknown:
        return say("unknown.cell", lang)
    how = [say(f"evidence.{one.evidence}", lang)]
    if cited:
        how += [part for part in (one.time[:10], one.citation) if part]
    return f"{one_line(one.label)} ({one_line(', '.join(how), limit=600)})"


def compare(found: Comparison, lang: str) -> str:
    """Write what changed."""
    lines = [
        say(
            "compare.title",
            lang,
            subject=found.subject,
            before=period(*found.before, lang),
            after=period(*found.after, lang),
        )
    ]
    if not found:
        return Lines([*lines, say("compare.same", lang)])
    if found.layers:
        lines += ["", say("compare.layers", lang)]
        lines += table(
            [
                (
                    function(change.function, lang),
                    say(f"layer.{change.layer}", lang),
                    say(f"turn.{change.turn.value}", lang),
                    entry(change.entry, lang),
                    change.entry.time[:10],
                )
                for change in found.layers
            ]
        )
    if found.cut_sets:
        level = say(f"level.{found.level}", lang)
        lines += ["", say("compare.cuts", lang, level=level)]
        lines += table(
            [
                (
                    function(cut.function, lang),
                    say(f"turn.{cut.turn.value}", lang),
                    listed(cut.labels, lang, few=9),
                )
                for cut in found.cut_sets
            ]
        )
    turns = [change.turn.value for change in found.edges]
    lines += [
        "",
        say(
            "compare.edges",
            lang,
            appeared=turns.count("appeared"),
            vanished=turns.count("vanished"),
            unknown=turns.count("no-longer-known"),
            changed=turns.count("changed"),
        ),
    ]
    return Lines(lines)


def timeline(found: Timeline, lang: str) -> str:
    """Write a series: for each function a block, a row per layer, a column per graph."""
    lines = [say("timeline.title", lang, subject=found.subject)]
    names = dict.fromkeys(row[0] for moment in found.moments for row in moment.functions)
    heads = [
        moment.since if moment.since == moment.until else f"{moment.since}/{moment.until[5:]}"
        for moment in found.moments
    ]
    for name in names:
        rows = [[function(name, lang), *heads]]
        columns = [
            next((row for row in moment.functions if row[0] == name), None)
            for moment in found.moments
        ]
        for layer in dict.fromkeys(key for column in columns if column for key in column[2]):
            cells = [
                entries_of(column[2].get(layer, ()), lang) if column else "" for column in columns
            ]
            rows.append([f"  {say(f'layer.{layer}', lang)}", *cells])
        alone = []
        for column in columns:
            if column is None:
                alone.append("")
            elif column[1].value in {"absent", "fails"}:
                alone.append(say(f"state.{column[1].value}", lang))
            elif column[3]:
                alone.append(listed(column[3], lang))
            else:
                code = "nobody" if column[4].value == "no" else "perhaps"
                alone.append(say(f"timeline.{code}", lang))
        rows.append([f"  {say('timeline.alone', lang)}", *alone])
        lines += ["", *table(rows, indent="", heads=1)]
    return Lines(lines)

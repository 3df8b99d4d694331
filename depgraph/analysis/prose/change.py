"""Text of a comparison and of a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from depgraph.analysis.layout import Lines
from depgraph.analysis.prose.steps import Sources
from depgraph.analysis.prose.tables import pages, table
from depgraph.analysis.prose.unknowns import Days, as_known, is_later
from depgraph.analysis.prose.words import function, listed, period
from depgraph.text_safety import one_line
from depgraph.texts import known, say

if TYPE_CHECKING:
    from depgraph.analysis.change import Comparison, LayerChange, Timeline
    from depgraph.analysis.layers import Entry


def entries_of(several: Iterable[Entry], lang: str, *, days: Days) -> str:
    """Write who does a layer: the known ones, then what is unknown, once."""
    rows = list(several)
    blind = [one for one in rows if one.unknown]
    aged = [one for one in blind if one.last_known]
    chosen = [*(one for one in rows if not one.unknown), *(aged or blind)]
    return listed((entry(one, lang, days=days) for one in chosen), lang, few=3)


def entry(one: Entry, lang: str, *, days: Days, sources: Sources | None = None) -> str:
    """Write who does a layer, with how it is known, and its citation where `sources` are kept."""
    if one.unknown:
        code = f"cell.{one.label.partition(' of ')[0].replace(' ', '-')}"
        blank = say(code if known(code, lang) else "cell.unknown", lang)
        if not one.last_known:
            return blank
        day = one.last_known_time[:10]
        code = "cell.later" if is_later(day, days) else "cell.last"
        return say(
            code,
            lang,
            unknown=blank,
            time=day,
            name=as_known(one.last_known, one.last_known_evidence, lang),
        )
    how = [say(f"evidence.{one.evidence}", lang)]
    if sources is not None:
        how += [part for part in (one.time[:10], sources.cite(one.citation, lang)) if part]
    return f"{one_line(one.label)} ({one_line(', '.join(how))})"


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
                    entry(change.entry, lang, days=_days_of(found, change)),
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


def _days_of(found: Comparison, change: LayerChange) -> Days:
    """Give the days on which what changed was so: those before, or those after."""
    gone = change.turn.value in {"vanished", "no-longer-known"}
    return Days(*(found.before if gone else found.after))


def timeline(found: Timeline, lang: str) -> str:
    """Write a series: a column per graph, first what all functions share, then the rest of each."""
    lines = [say("timeline.title", lang, subject=found.subject)]
    heads = [
        moment.since if moment.since == moment.until else f"{moment.since}/{moment.until[5:]}"
        for moment in found.moments
    ]
    told = [
        (day, one_line(m.title)) for day, m in zip(heads, found.moments, strict=True) if m.title
    ]
    if told:
        lines += table(told)
    names = list(dict.fromkeys(row[0] for moment in found.moments for row in moment.functions))
    rows = {name: _rows(found, name, lang) for name in names}
    common = _common(rows)
    blocks = [(say("timeline.common", lang), common)] if common else []
    blocks += [
        (
            function(name, lang),
            {k: cells for k, cells in rows[name].items() if k not in common}
            | {"alone": _alone(found, name, lang)},
        )
        for name in names
    ]
    for name, block in blocks:
        words = {
            k: "  " + say(f"layer.{k}" if k != "alone" else "timeline.alone", lang) for k in block
        }
        widest = max(map(len, (name, *words.values())))
        for part in pages(len(heads), label=widest):
            body = [[words[k], *(cells[i] for i in part)] for k, cells in block.items()]
            lines += ["", *table([[name, *(heads[i] for i in part)], *body], indent="", heads=1)]
    return Lines(lines)


def _rows(found: Timeline, name: str, lang: str) -> dict[str, tuple[str, ...]]:
    """Give the cells of each layer of a function, one per graph."""
    columns = [
        (Days(m.since, m.until), next((row[2] for row in m.functions if row[0] == name), {}))
        for m in found.moments
    ]
    layers = dict.fromkeys(layer for _, column in columns for layer in column)
    return {
        layer: tuple(entries_of(column.get(layer, ()), lang, days=days) for days, column in columns)
        for layer in layers
    }


def _common(rows: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Give the layers that are the same for all functions that have them, if several have."""
    met: dict[str, list[tuple[str, ...]]] = {}
    for layers in rows.values():
        for layer, cells in layers.items():
            met.setdefault(layer, []).append(cells)
    return {
        layer: several[0]
        for layer, several in met.items()
        if len(several) > 1 and len(set(several)) == 1
    }


def _alone(found: Timeline, name: str, lang: str) -> tuple[str, ...]:
    """Say who can stop a function alone, one cell per graph."""
    cells = []
    for moment in found.moments:
        row = next((row for row in moment.functions if row[0] == name), None)
        if row is None:
            cells.append("")
        elif row[1].value in {"absent", "fails"}:
            cells.append(say(f"state.{row[1].value}", lang))
        elif row[3]:
            cells.append(listed(row[3], lang))
        else:
            cells.append(say(f"timeline.{'nobody' if row[4].value == 'no' else 'perhaps'}", lang))
    return tuple(cells)

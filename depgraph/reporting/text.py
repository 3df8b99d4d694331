"""Reports as text for a terminal, and as Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from depgraph.analysis.prose.unknowns import as_known, what, why
from depgraph.analysis.takedown import FunctionCuts
from depgraph.names import display
from depgraph.reporting.lines import Line
from depgraph.reporting.report import FunctionReport, Report
from depgraph.reporting.words import words
from depgraph.text_safety import one_line

_SUBJECTS = 3  # how many names stand in a line before "and n more"
_GROUPS = 25  # of how many other domains a function tells what stands behind them
_CITED = 4000  # characters of a citation, the most that a graph keeps
_OTHER_DAY = "known of another day only"  # which the day itself says, where it is told

Words = Mapping[str, str]


def to_text(report: Report, *, width: int = 110, lang: str = "en") -> str:
    """Lay the report out as plain text, `width` characters wide, without colour."""
    say = words(lang)
    console = Console(
        file=io.StringIO(), width=width, color_system=None, legacy_windows=False, highlight=False
    )
    console.print(Text(heading(report, say)))
    for line in preamble(report, say):
        console.print(Text(line))
    console.print()
    console.print(_aligned(summary(report, say)))
    blocks = layout(report, say)
    for function in report.functions:
        console.print()
        console.print(Text(function_heading(function, say)))
        for title, group in blocks[function.function]:
            if title:
                console.print(Text(f"  {title}"))
            if group:
                console.print(_table(report, group, say))
    if report.citations:
        console.print()
        console.print(Text(say["sources"]))
        for number, citation in enumerate(report.citations, start=1):
            console.print(Text(f"  [{number}] {one_line(citation, limit=_CITED)}"))
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(row.rstrip() for row in file.getvalue().splitlines()) + "\n"


def to_markdown(report: Report, *, lang: str = "en") -> str:
    """Lay the report out as Markdown (CommonMark with tables)."""
    say = words(lang)
    out = [f"# {_md(heading(report, say))}", ""]
    out += [f"{_md(line)}\n" for line in preamble(report, say)]
    out += [*_md_table(summary(report, say)), ""]
    blocks = layout(report, say)
    for function in report.functions:
        out += [f"## {_md(function_heading(function, say))}", ""]
        for title, group in blocks[function.function]:
            if title:
                out += [f"**{_md(title)}**", ""]
            if not group:
                continue
            head = (say["layer"], say["who"], say["for"], say["evidence"])
            out += [*_md_table([head, *(cells(report, line, say) for line in group)]), ""]
    if report.citations:
        out += [f"## {say['sources']}", ""]
        out += [
            f"{n}. {_md(one_line(c, limit=_CITED))}"
            for n, c in enumerate(report.citations, start=1)
        ]
    return "\n".join(out).rstrip("\n") + "\n"


def heading(report: Report, say: Words) -> str:
    """Name the service and the days the report stands for."""
    days = report.since
    if report.until != report.since:
        days = say["days"].format(since=report.since, until=report.until)
    return f"{display(report.subject)}, {say['as-of'].format(days=days)}"


def preamble(report: Report, say: Words) -> list[str]:
    """Say what the report was made from."""
    out = [one_line(report.title)] if report.title else []
    out += [f"{say['source']}{say['colon']}{one_line(report.source)}"] if report.source else []
    if report.differences:
        places, questions = (
            ", ".join(v for v in report.vantages if v != "unnamed"),
            ", ".join(report.differences),
        )
        told = say["differences"].format(places=places, questions=questions)
        out.append(one_line(told, limit=_CITED))
    return out if report.complete else [*out, say["incomplete"]]


def summary(report: Report, say: Words) -> list[tuple[str, ...]]:
    """Give the answers in short: a head and, per function, who can stop it, and the group."""
    group = report.dependence.on
    rows: list[tuple[str, ...]] = [
        (
            say["function"],
            say["alone"],
            say["group-stops"].format(group=group),
            say["group-passes"].format(group=group),
        )
    ]
    for function in report.functions:
        name = function_name(function, say)
        if function.absent:
            rows.append((name, say["not-offered"], "-", "-"))
            continue
        held = report.dependence[function.function]
        rows.append(
            (
                name,
                _alone(report.takedown[function.function], say),
                say[f"answer.{held.takedown.value}"],
                say[f"answer.{held.exposure.value}"],
            )
        )
    return rows


def _alone(cuts: FunctionCuts, say: Words) -> str:
    """Name who can stop a function alone, the service itself apart, and what may hide more."""
    singles = [cut for cut in cuts.cut_sets if len(cut.members) == 1 and not cut.worst_case]
    who = [one_line(cut.members[0].label, limit=60) for cut in singles if not cut.own]
    own = [say["itself"] for cut in singles if cut.own][:1]
    hidden = any(cut.worst_case and len(cut.members) < 2 for cut in cuts.cut_sets)
    perhaps = [say["perhaps"]] if hidden else []
    return "; ".join([*who, *own, *perhaps]) or say["nobody"]


def function_heading(function: FunctionReport, say: Words) -> str:
    """Name a function, with its state in a word where there is one."""
    name = function_name(function, say)
    if function.absent:
        return f"{name}{say['colon']}{say['absent'].format(reason=one_line(function.reason))}"
    missing = len(function.unknown)
    return f"{name}{say['colon']}{say['unknown-count'].format(n=missing)}" if missing else name


def function_name(function: FunctionReport, say: Words) -> str:
    """Name a function as the first word of a line."""
    name = say.get(f"function.{function.function}", function.function)
    return name[:1].upper() + name[1:]


def layout(report: Report, say: Words) -> dict[str, list[tuple[str, Sequence[Line]]]]:
    """Give the titled groups of lines of each function: directly, then behind each other domain.

    What stands behind a domain is told once, and not again under a later function; of very
    many domains the first are told and the rest is counted.
    """
    told: dict[tuple[object, ...], str] = {}
    out = {}
    for function in report.functions:
        near: list[tuple[str, Sequence[Line]]] = []
        known: dict[str, list[str]] = {}
        for domain, group in _by_domain(function).items():
            key = (domain, *(replace(line, path=()) for line in group))
            name = display(domain)
            if not domain:
                near.append(("", group))
            elif key in told:
                known.setdefault(told[key], []).append(name)
            else:
                told[key] = function_name(function, say)
                near.append((say["behind"].format(domain=name), group))
        if (more := len(near) - _GROUPS) > 0:
            near = [*near[:_GROUPS], (say["many"].format(n=more), ())]
        for where, domains in known.items():
            names = [*domains[:_GROUPS], *_and_more(len(domains) - _GROUPS, say)]
            near.append((say["as-under"].format(domains=", ".join(names), function=where), ()))
        out[function.function] = near
    return out


def _by_domain(function: FunctionReport) -> dict[str, list[Line]]:
    """Sort the lines by the domain they hang on; soft lines come after hard ones of all."""
    out: dict[str, list[Line]] = {}
    for line in _folded(function.lines):
        out.setdefault(line.through, []).append(line)
    return out


def _and_more(count: int, say: Words) -> list[str]:
    return [say["more"].format(n=count)] if count > 0 else []


def _folded(found: Sequence[Line]) -> list[Line]:
    """Join lines that tell the same of several subjects: ten networks, one line.

    Unknowns of one layer that are unknown for one reason, and what differs by rule only.
    """
    joined: dict[tuple[object, ...], list[Line]] = {}
    for line in found:
        if line.unknown:
            of = line.name.partition(" of ")[0]
            alike = (line.reason, line.last_known, line.last_known_time)
            key: tuple[object, ...] = (line.layer, line.through, line.exposes, of, *alike)
        else:
            key = (replace(line, subjects=(), path=(), rule="", time="", until=""),)
        joined.setdefault(key, []).append(line)
    return [_fold(group) for group in joined.values()]


def _fold(group: list[Line]) -> Line:
    first = group[0]
    if len(group) == 1:
        return first
    subjects = tuple(dict.fromkeys(subject for line in group for subject in line.subjects))
    if first.unknown:
        name = f"{first.name.partition(' of ')[0]} of {len(group)}"
        return replace(first, name=name, subjects=subjects)
    rules = dict.fromkeys(line.rule for line in group if line.rule)
    times = [line.time for line in group if line.time]
    return replace(
        first,
        subjects=subjects,
        rule=", ".join(rules),
        time=min(times, default=""),
        until=max((line.until or line.time for line in group), default=""),
    )


def cells(report: Report, line: Line, say: Words) -> tuple[str, str, str, str]:
    """Give the four cells of a line: layer, who, what for, how we know."""
    who = one_line(line.chain)
    if line.actor.startswith("provider:") and not line.country:
        who += f" › {say['country-unknown']}"
    if line.unknown:
        who = say["unknown"].format(name=what(line.name, say["lang"]))
        if line.reason and not (line.last_known and line.reason == _OTHER_DAY):
            who += f" ({why(line.reason, say['lang'])})"
        if line.last_known:
            day = line.last_known_time[:10]
            when = "known-later" if day > report.until else "last-known"
            name = as_known(line.last_known, line.last_known_evidence, say["lang"])
            known = say[when].format(name=name, time=day)
            who += f"; {known}"
    if line.exposes:
        who += f" [{say['exposed']}]"
    if line.vantage and not line.unknown:
        who += f" [{say['only-at'].format(place=one_line(line.vantage))}]"
    subjects = [one_line(subject, limit=60) for subject in line.subjects]
    if len(subjects) > _SUBJECTS:
        subjects = [*subjects[:_SUBJECTS], *_and_more(len(subjects) - _SUBJECTS, say)]
    return (
        say.get(f"layer.{line.layer}", line.layer),
        who,
        ", ".join(subjects),
        known_by(report, line, say),
    )


def known_by(report: Report, line: Line, say: Words) -> str:
    """Say how a line is known: class, source, day, rule and the number of its citation."""
    parts = [say.get(f"evidence.{line.evidence}", line.evidence)]
    parts += [line.source] if line.source else []
    days = dict.fromkeys(day[:10] for day in (line.time, line.until) if day)
    parts += ["…".join(days)] if days else []
    parts += [line.rule] if line.rule else []
    text = ", ".join(one_line(part, limit=160) for part in parts)
    if line.citation:
        text += f" [{report.citations.index(line.citation) + 1}]"
    return text


def _table(report: Report, group: Sequence[Line], say: Words) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(width=max(len(text) for key, text in say.items() if key.startswith("layer.")))
    for ratio in (5, 4, 4):
        table.add_column(ratio=ratio, overflow="fold")
    table.expand = True
    for line in group:
        table.add_row(*(Text(cell) for cell in cells(report, line, say)))
    return table


def _aligned(rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for title in rows[0]:
        table.add_column(Text(title), overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _md_table(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(map(_md, row)) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def _md(text: str) -> str:
    """Escape what Markdown or HTML would act on."""
    escaped = re.sub(r"([\\`*_{}\[\]<>|#~$])", r"\\\1", text)
    return escaped.replace("&", "&amp;")

"""Reports as text for a terminal, and as Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from depgraph.analysis.takedown import FunctionCuts
from depgraph.names import display
from depgraph.reporting.lines import Line
from depgraph.reporting.report import FunctionReport, Report
from depgraph.reporting.words import words
from depgraph.safe import one_line

_SUBJECTS = 3  # how many names stand in a line before "and n more"


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
    for function in report.functions:
        console.print()
        console.print(Text(function_heading(function, say)))
        for title, group in groups(function, say):
            if title:
                console.print(Text(f"  {title}"))
            console.print(_table(report, group, say))
    if report.citations:
        console.print()
        console.print(Text(say["sources"]))
        for number, citation in enumerate(report.citations, start=1):
            console.print(Text(f"  [{number}] {one_line(citation)}"))
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(row.rstrip() for row in file.getvalue().splitlines()) + "\n"


def to_markdown(report: Report, *, lang: str = "en") -> str:
    """Lay the report out as Markdown (CommonMark with tables)."""
    say = words(lang)
    out = [f"# {_md(heading(report, say))}", ""]
    out += [f"{_md(line)}\n" for line in preamble(report, say)]
    out += [*_md_table(summary(report, say)), ""]
    for function in report.functions:
        out += [f"## {_md(function_heading(function, say))}", ""]
        for title, group in groups(function, say):
            if title:
                out += [f"**{_md(title)}**", ""]
            head = (say["layer"], say["who"], say["for"], say["evidence"])
            out += [*_md_table([head, *(cells(report, line, say) for line in group)]), ""]
    if report.citations:
        out += [f"## {say['sources']}", ""]
        out += [f"{n}. {_md(one_line(c))}" for n, c in enumerate(report.citations, start=1)]
    return "\n".join(out).rstrip("\n") + "\n"


def heading(report: Report, say: dict[str, str]) -> str:
    """Name the service and the days the report stands for."""
    return f"{display(report.subject)}, {say['as of'].format(days=report.days)}"


def preamble(report: Report, say: dict[str, str]) -> list[str]:
    """Say what the report was made from."""
    out = [one_line(report.title)] if report.title else []
    out += [f"{say['source']}: {one_line(report.source)}"] if report.source else []
    return out if report.complete else [*out, say["incomplete"]]


def summary(report: Report, say: dict[str, str]) -> list[tuple[str, ...]]:
    """Give the answers in short: a head and, per function, who can stop it, and the group."""
    group = report.dependence.on
    rows: list[tuple[str, ...]] = [
        (
            say["function"],
            say["alone"],
            say["group stops"].format(group=group),
            say["group passes"].format(group=group),
        )
    ]
    for function in report.functions:
        name = say.get(f"function {function.function}", function.function)
        if function.absent:
            rows.append((name, "-", "-", "-"))
            continue
        held = report.dependence[function.function]
        rows.append(
            (
                name,
                _alone(report.takedown[function.function], say),
                say[f"answer {held.takedown.value}"],
                say[f"answer {held.exposure.value}"],
            )
        )
    return rows


def _alone(cuts: FunctionCuts, say: dict[str, str]) -> str:
    """Name who can stop a function alone, the service itself apart, and what may hide more."""
    singles = [cut for cut in cuts.cut_sets if len(cut.members) == 1 and not cut.worst_case]
    who = [one_line(cut.members[0].label, limit=60) for cut in singles if not cut.own]
    own = [say["itself"] for cut in singles if cut.own][:1]
    hidden = any(cut.worst_case and len(cut.members) < 2 for cut in cuts.cut_sets)
    perhaps = [say["perhaps"]] if hidden else []
    return "; ".join([*who, *own, *perhaps]) or say["nobody"]


def function_heading(function: FunctionReport, say: dict[str, str]) -> str:
    """Name a function, with its state in a word where there is one."""
    name = say.get(f"function {function.function}", function.function)
    if function.absent:
        return f"{name}: {say['absent'].format(reason=one_line(function.reason))}"
    missing = len(function.unknown)
    return f"{name}: {say['unknown count'].format(n=missing)}" if missing else name


def groups(function: FunctionReport, say: dict[str, str]) -> list[tuple[str, Sequence[Line]]]:
    """Split a function's lines by distance: directly, then behind each other domain."""
    out = []
    for domain, group in groupby(_folded(function.lines), key=lambda line: line.through):
        title = say["behind"].format(domain=display(domain)) if domain else ""
        out.append((title, tuple(group)))
    # Soft lines sort after hard ones, so a domain may come twice: join them.
    joined: dict[str, tuple[Line, ...]] = {}
    for title, part in out:
        joined[title] = (*joined.get(title, ()), *part)
    return list(joined.items())


def _folded(found: Sequence[Line]) -> list[Line]:
    """Join the unknowns of one layer that are unknown for one reason: ten networks, one line."""
    joined: dict[tuple[object, ...], list[Line]] = {}
    for line in found:
        alike = (line.reason, line.last_known, line.last_known_time) if line.unknown else (line,)
        what = line.name.partition(" of ")[0]
        joined.setdefault((line.layer, line.through, line.exposes, what, *alike), []).append(line)
    return [
        group[0]
        if len(group) == 1
        else replace(
            group[0],
            name=f"{group[0].name.partition(' of ')[0]} ({len(group)})",
            subjects=tuple(dict.fromkeys(x for line in group for x in line.subjects)),
        )
        for group in joined.values()
    ]


def cells(report: Report, line: Line, say: dict[str, str]) -> tuple[str, str, str, str]:
    """Give the four cells of a line: layer, who, what for, how we know."""
    who = one_line(line.chain)
    if line.unknown:
        who = say["unknown"].format(name=one_line(line.name))
        if line.reason:
            who += f" ({one_line(line.reason)})"
        if line.last_known:
            day = line.last_known_time[:10]
            known = say["last known"].format(name=one_line(line.last_known), time=day)
            who += f"; {known}"
    if line.exposes:
        who += f" [{say['exposed']}]"
    subjects = [one_line(subject, limit=60) for subject in line.subjects]
    if len(subjects) > _SUBJECTS:
        rest = say["more"].format(n=len(subjects) - _SUBJECTS)
        subjects = [*subjects[:_SUBJECTS], rest]
    return (
        say.get(f"layer {line.layer}", line.layer),
        who,
        ", ".join(subjects),
        known_by(report, line, say),
    )


def known_by(report: Report, line: Line, say: dict[str, str]) -> str:
    """Say how a line is known: class, source, day, rule and the number of its citation."""
    parts = [say.get(f"evidence {line.evidence}", line.evidence)]
    parts += [line.source] if line.source else []
    days = dict.fromkeys(day[:10] for day in (line.time, line.until) if day)
    parts += ["…".join(days)] if days else []
    parts += [line.rule] if line.rule else []
    text = ", ".join(one_line(part, limit=80) for part in parts)
    if line.citation:
        text += f" [{report.citations.index(line.citation) + 1}]"
    return text


def _table(report: Report, group: Sequence[Line], say: dict[str, str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(width=max(len(text) for key, text in say.items() if key.startswith("layer ")))
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

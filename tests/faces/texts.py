"""Text, Markdown and HTML of each answer against its JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from depgraph.analysis import exposure, takedown
from depgraph.analysis.results import Result
from depgraph.rendering import to_html, to_markdown, to_text
from tests.faces import facts
from tests.faces.documents import Grid, Read, read_html, read_markdown, read_text
from tests.faces.pair import Json, Pair, same
from tests.faces.wording import Wording, number

_WIDE: Final = 3000  # columns in which no table has to give way


def documents(result: Result, w: Wording) -> Mapping[str, Read]:
    """Return what a reader of the text, the Markdown and the HTML of an answer reads."""
    several = {
        "text": read_text(to_text(result, lang=w.lang, width=_WIDE)),
        "Markdown": read_markdown(to_markdown(result, lang=w.lang)),
        "HTML": read_html(to_html(result, lang=w.lang)),
    }
    return {face: facts.of_everyone(read, w) for face, read in several.items()}


def texts_say_the_same(pair: Pair, w: Wording) -> None:
    """Text, Markdown and HTML of each answer say what its JSON says."""
    readers: Mapping[str, tuple[Callable[[Json], Any], Callable[[Read], Any]]] = {
        "report": (facts.report_json, lambda read: facts.report_read(read, w, pair.countries)),
        "check": (facts.check_json, lambda read: facts.check_read(read, w, pair.labels)),
        "compare": (facts.compare_json, lambda read: facts.compare_read(read, w)),
        "takedown": (
            facts.takedown_json,
            lambda read: facts.takedown_read(read, w, pair.companies),
        ),
    }
    for name, (of_json, of_text) in readers.items():
        result, json = pair.results[name]
        wanted = of_json(json)
        for face, read in documents(result, w).items():
            same(f"the {face} of {name} in {w.lang}", of_text(read), wanted)
    _unexamined_says_the_same(pair, w)
    _timeline_says_the_same(pair, w)
    _exposure_says_the_same(pair, w)


def _unexamined_says_the_same(pair: Pair, w: Wording) -> None:
    """What was not examined is told as that, and as nothing better."""
    result = takedown(pair.before.model, upto=1, explain=0)
    wanted = facts.takedown_json(result.to_dict())
    for face, read in documents(result, w).items():
        found = facts.takedown_read(read, w, pair.companies)
        same(f"the {face} of a takedown that explains nothing in {w.lang}", found, wanted)


def _timeline_says_the_same(pair: Pair, w: Wording) -> None:
    wanted = facts.timeline_json(pair.timeline_json)
    changes = [one for one in wanted.changes if one.turned or one.open or one.owners]
    for face, read in documents(pair.timeline, w).items():
        what = f"the {face} of timeline in {w.lang}"
        found = facts.timeline_read(read, w, pair.labels, pair.companies)
        for (function, layer), row in wanted.cells.items():
            shown = found.cells.get((function, layer)) or found.cells.get(("", layer)) or []
            fits = len(shown) == len(row) and all(
                a.says(b) for a, b in zip(shown, row, strict=True)
            )
            assert fits, f"{what}: {function} {layer}\n  here: {shown}\n  elsewhere: {row}"
        same(f"{what}: who can stop it", _counted(found.alone), _counted(wanted.alone))
        same(f"{what}: who is involved", found.involved, wanted.involved)
        same(f"{what}: what changed", found.changes, changes)


def _counted(alone: dict[str, list[set[tuple[str, str]]]]) -> dict[str, list[Any]]:
    """Return who can stop what; where a cell counts the rest, only how many they are."""
    found: dict[str, list[Any]] = {}
    for name, days in alone.items():
        cells: list[Any] = []
        for day in days:
            more = sum(int(number(label[1:])) for label, _ in day if label.startswith("+"))
            cells.append(len(day) - 1 + more if more else len(day) if len(day) > 4 else day)
        found[name] = cells
    return found


def _exposure_says_the_same(pair: Pair, w: Wording) -> None:
    result = exposure(pair.before.model, level="provider")
    wanted = {
        one["function"]: {
            (a["label"], a["evidence"], a["confidence"], a["needed"], round(100 * a["share"]))
            for a in one["actors"]
        }
        for one in result.to_dict()["functions"]
        if one["actors"]
    }
    for face, read in documents(result, w).items():
        same(f"the {face} of exposure in {w.lang}", _exposed(read, w), wanted)


def _exposed(read: Read, w: Wording) -> dict[str, set[tuple[str, str, str, bool, int]]]:
    found: dict[str, set[tuple[str, str, str, bool, int]]] = {}
    function = ""
    for item in read:
        if isinstance(item, Grid):
            for who, _, share, where, known in item.rows:
                how = facts.how(known, w)
                needed = not where.endswith(f" ({w.say('exposure.only')})")
                row = (w.label(who), how.evidence, how.confidence, needed, int(share.split()[0]))
                found.setdefault(function, set()).add(row)
        elif item.indent == 0 and w.means("function", item.text):
            function = w.code("function", item.text)
    return found

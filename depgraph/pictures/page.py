"""One file that answers what-if: pictures, a table of all evidence, a small script of ours.

The page carries a strict Content-Security-Policy (the hashes of its one script and one style
sheet, nothing else), asks nothing of any network, and shows its pictures without a script.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

import networkx as nx

from depgraph.analysis.levers import DAYS, WEEKS, seconds_of
from depgraph.analysis.model import Model, model_of
from depgraph.atomic import write_text
from depgraph.pictures.findings import Findings, findings
from depgraph.pictures.full import MOST, full
from depgraph.pictures.labels import whole
from depgraph.pictures.markup import view
from depgraph.pictures.providers import providers
from depgraph.pictures.sketch import class_of, sketch
from depgraph.pictures.strip import strip
from depgraph.pictures.svg import safe
from depgraph.pictures.values import Scene
from depgraph.texts import Words, words

_RANK = {"provider": 0, "company": 1, "country": 2}
_HORIZON = "30d"
_NARROW = 370.0  # px: the strip on a phone
_SAYS = {
    "without": "page.without",
    "press": "page.press",
    "works": "state.works",
    "fails": "page.falls",
    "undetermined": "state.undetermined",
    "absent": "state.absent",
    "colon": "colon",
    "once": "onset.at-once",
    "unobserved": "onset.after-ttl-unobserved.brief",
    "days": "onset.days",
    "weeks": "onset.weeks",
    "ttl": "page.ttl",
    "minutes": "page.minutes",
    "hours": "page.hours",
    "nothing": "page.nothing",
    "found": "page.found",
    "more": "page.more",
}
"""The words that the script needs, as it calls them."""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document; in a notebook it shows itself in a sandboxed frame."""

    html: str
    title: str

    def __repr__(self) -> str:
        return f"<Page {self.title!r}, {len(self.html.encode()) / 1024:.0f} KiB>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page into a file, whole or not at all."""
        write_text(path, self.html)

    def _repr_html_(self) -> str:
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(self.html, quote=True)}" '
            f'title="{safe(self.title)}" width="100%" height="720" style="border:0"></iframe>'
        )


def page(graph: nx.MultiDiGraph[str], *, lang: str = "en", group: str = "big-tech") -> Page:
    """Make the page of a graph: take an actor away, and see what falls and when.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled.

    Raises
    ------
    QuestionError
        If there is no such language or group.

    Notes
    -----
    What the page answers equals :func:`depgraph.without` with a horizon of 30 days: it
    computes the same times on the same numbers.
    """
    table = words(lang)
    model = model_of(graph)
    found = findings(graph)
    index = {name: n for n, name in enumerate(model.ids)}
    pressable = frozenset(n for n in index if model.nodes[index[n]]["kind"] in _RANK)
    scenes = _scenes(graph, found, lang, group)
    stack = strip(graph, findings=found, lang=lang, group=group, page=_NARROW, stacked=True)
    phone = view(stack, "narrow", index=index, pressable=pressable, narrow=True)
    sections = "\n".join(
        f'<section class="v" id="{name}"><h2 class="mid">{safe(table[f"page.view.{name}"])}</h2>'
        f'<div class="wide{" both" if name == "strip" else ""}" tabindex="0" role="region" aria-label="{safe(table[f"page.view.{name}"])}">'
        f"{view(scene, name, index=index, pressable=pressable)}"
        f"{phone if name == 'strip' else ''}</div></section>"
        for name, scene in scenes.items()
    )
    buttons = "".join(
        f'<button type="button" data-v="{name}" aria-pressed="false">'
        f"{safe(table[f'page.view.{name}'])}</button>"
        for name in scenes
    )
    title, subtitle = found.headline(table)
    data = json.dumps(_data(model, table), ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        data = data.replace(character, f"\\u{ord(character):04x}")
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; "
        f"style-src 'sha256-{_digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    cited = _citations(graph)
    rows = _rows(graph, index, cited, table)
    heads = "".join(
        f'<th scope="col">{safe(table[f"column.{key}"])}</th>'
        for key in ("what", "relation", "needs", "evidence", "source", "day", "citation")
    )
    html = f"""<!doctype html>
<html lang="{safe(lang)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>{safe(title)}</title><style>{style}</style></head>
<body><main><h1>{safe(title)}</h1><p>{safe(subtitle)}</p>
<div class="bar js" hidden>{buttons}
<label>{safe(table["page.find"])} <input id="find" type="search" size="14"></label>
<span id="found" class="mid" role="status"></span>
<button type="button" id="restore">{safe(table["page.restore"])}</button></div>
<div id="state" class="js" role="status" aria-live="polite" hidden></div>
{sections}
<div id="why" role="region" aria-label="{safe(table["page.evidence"])}" aria-live="polite" tabindex="0" hidden></div>
<p class="mid js" hidden>{safe(table["page.reading"])}</p>
<details><summary>{safe(table.say("page.rows", n=len(rows)))}</summary>
<div class="wide" tabindex="0" role="region" aria-label="{safe(table.say("page.rows", n=len(rows)))}">
<table><thead><tr>{heads}</tr></thead><tbody id="rows">
{chr(10).join(rows)}
</tbody></table></div>
<ol class="mid">{"".join(f'<li id="c{n}">{safe(text)}</li>' for text, n in cited.items())}</ol></details>
</main><script type="application/json" id="data">{data}</script><script>{script}</script></body></html>
"""
    return Page(html, title)


def _scenes(
    graph: nx.MultiDiGraph[str], found: Findings, lang: str, group: str
) -> dict[str, Scene]:
    scenes = {
        "strip": strip(graph, findings=found, lang=lang, group=group),
        "providers": providers(graph, findings=found, lang=lang, group=group),
    }
    drawn = sketch(graph)
    if len(drawn.chips) <= MOST:
        scenes["full"] = full(graph, findings=found, lang=lang, group=group, drawn=drawn)
    return scenes


def _asset(name: str) -> str:
    return files("depgraph.pictures").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _data(model: Model, table: Words) -> dict[str, Any]:
    """Give what the script computes with: who needs whom, with which delay."""
    actors = {n: _RANK[model.kind(n)] for n in range(len(model.ids)) if model.kind(n) in _RANK}
    unknown = [
        (n, _RANK[str(model.nodes[n].get("level", "provider"))])
        for n in range(len(model.ids))
        if model.kind(n) == "unknown"
    ]
    return {
        "nodes": [
            [
                int(model.nodes[n].get("needs") == "any"),
                [x for edge in model.needs(n) for x in (edge.head, _short(edge.delay))],
            ]
            for n in range(len(model.ids))
        ],
        "actors": actors,
        "labels": {
            n: table.country(model.label(n)) if model.kind(n) == "country" else model.label(n)[:120]
            for n in actors
        },
        "unknown": unknown,
        "functions": [
            [n, name, int(bool(model.nodes[n].get("absent")))]
            for name, n in model.functions.items()
        ],
        "complete": model.complete,
        "horizon": seconds_of(_HORIZON),
        "days": DAYS,
        "weeks": WEEKS,
        "words": {key: table[code] for key, code in _SAYS.items()}
        | {"functions": {name: table.function(name) for name in model.functions}},
    }


def _short(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else seconds


def _citations(graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """Give the citations in the order of first use, with their numbers."""
    cited = (str(data.get("citation", "")) for _, _, data in graph.edges(data=True))
    return {text: n for n, text in enumerate(dict.fromkeys(filter(None, cited)), 1)}


def _rows(
    graph: nx.MultiDiGraph[str],
    index: Mapping[str, int],
    cited: Mapping[str, int],
    table: Words,
) -> list[str]:
    """Give every edge as a row of the table, in the order of the graph."""
    found = []
    for source, target, data in graph.edges(data=True):
        evidence = class_of(data)
        days = dict.fromkeys(str(data.get(k, ""))[:10] for k in ("time", "until"))
        cells = (
            _named(graph, source),
            str(data.get("relation", "")),
            _named(graph, target),
            table.brief(f"evidence.{evidence}")
            + (f" ({table['exposed']})" if data.get("strength") == "exposes" else ""),
            str(data.get("source", "")) + (f", {data['rule']}" if _told(data) else ""),
            " – ".join(day for day in days if day),
        )
        body = "".join(f"<td>{safe(cell)}" for cell in cells)
        number = cited.get(str(data.get("citation", "")))
        body += f'<td><a href="#c{number}">[{number}]</a>' if number else "<td>"
        found.append(f'<tr data-u="{index[source]}" data-v="{index[target]}">{body}')
    return found


def _told(data: Mapping[str, Any]) -> bool:
    return bool(data.get("rule")) and data.get("rule") != "definition"


def _named(graph: nx.MultiDiGraph[str], node: str) -> str:
    kind, label = str(graph.nodes[node]["kind"]), whole(graph, node)
    reason = graph.nodes[node].get("reason")
    text = f"{kind} {label}" if kind not in {"company", "country", "provider"} else label
    return f"{text} ({reason})" if reason else text

"""One file that answers what-if: pictures, a table of all evidence, a small script of ours.

The page carries a strict Content-Security-Policy (the hashes of its one script and one style
sheet, nothing else), asks nothing of any network, and shows its pictures without a script.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any, Final

import networkx as nx

from depgraph.analysis.clients import ClientClass, classes, deciding, kinds_of
from depgraph.analysis.involvement import OWNERSHIP
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Edge, Model
from depgraph.analysis.results import Cite
from depgraph.atomic import write_text
from depgraph.parameters import checked
from depgraph.pictures.basis import Basis
from depgraph.pictures.engine.markup import HATCH, view
from depgraph.pictures.engine.svg import safe
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.headline import footnotes, headline, wrong
from depgraph.pictures.kinds.full import full, is_legible
from depgraph.pictures.kinds.providers import providers
from depgraph.pictures.kinds.strip import PHONE, strip
from depgraph.pictures.kinds.takedown import takedown
from depgraph.pictures.labels import group_name, node_title
from depgraph.providers.rules import short_name
from depgraph.rendering.clients import whom
from depgraph.rendering.phrases import cited, limit_lines
from depgraph.rendering.writer import Writer
from depgraph.texts import Words, words
from depgraph.vocabulary import (
    ACTORS,
    DAYS,
    WEEKS,
    Confidence,
    Evidence,
    Kind,
    Level,
    Relation,
    Strength,
)

_BITS: Final[Mapping[Level, int]] = {Level.PROVIDER: 1, Level.COMPANY: 2, Level.COUNTRY: 4}
"""The levels at which the page can take somebody away, as bits of a set."""
_EFFECT: Final = 8
"""The bit beside them of a step whose end is known, and which perhaps nobody feels."""
_HORIZON: Final = "30d"
_PRESETS: Final = 3  # single companies that have a button of their own
_LONGEST: Final = 120  # characters of a name in the script's data
_COLUMNS: Final = (
    *("what", "relation", "needs", "evidence", "confidence", "source", "day", "citation"),
)
_SAYS: Final = {
    "without": "page.without",
    "press": "page.press",
    "works": "state.works",
    "fails": "page.falls",
    "undetermined": "state.undetermined",
    "absent": "state.absent",
    "likely": "page.likely",
    "colon": "colon",
    "once": "onset.at-once",
    "unobserved": "onset.after-ttl-unobserved.brief",
    "days": "onset.days",
    "weeks": "onset.weeks",
    "ttl": "page.ttl",
    "seconds": "page.seconds",
    "minutes": "page.minutes",
    "hours": "page.hours",
    "nothing": "page.nothing",
    "but": "page.but",
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


@checked()
def page(graph: nx.MultiDiGraph[str], *, lang: str = "en", group: str = "big-tech") -> Page:
    """Make the page of a graph: take an actor away, and see what falls and when.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled.

    Raises
    ------
    QuestionError
        If there is no such language or group.

    Notes
    -----
    What the page answers equals :func:`depgraph.without` with a horizon of 30 days: it
    computes the same states, how sure they are, and the same times, on the same numbers.
    """
    return document(Basis.of(graph), lang=lang, group=group)


def document(
    basis: Basis,
    *,
    lang: str,
    group: str,
    further: str = "",
    style: str = "",
    views: Sequence[str] = ("strip", "providers", "full"),
) -> Page:
    """Make a page with more below its pictures.

    Parameters
    ----------
    basis, lang, group
        As for :func:`page`.
    further
        HTML of further sections, every text in it escaped.
    style
        Their style sheet.
    views
        The kinds of its pictures.
    """
    table = words(lang)
    model = basis.model
    index = model.number
    pressable = frozenset(name for name in index if model.kind(index[name]) in ACTORS)
    scenes = _scenes(basis, lang, group, views)
    stack = strip(basis, lang=lang, group=group, page=PHONE, stacked=True)
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
    title, subtitle = headline(basis, table)
    limits = map(str, limit_lines(Writer(lang), basis.takedown.limits))
    found = "".join(f"<p>{safe(line)}</p>" for line in (*limits, *wrong(basis, table)))
    how_to_cite = str(cited(Writer(lang), Cite.of(model.about)))
    notes = "".join(
        f'<p class="mid">{safe(line)}</p>' for line in (*footnotes(basis, table), how_to_cite)
    )
    data = json.dumps(_data(model, table), ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        data = data.replace(character, f"\\u{ord(character):04x}")
    sheet, script = _asset("page.css") + style, _asset("page.js")
    presets = "".join(
        f'<button type="button" data-off="{" ".join(map(str, nodes))}">'
        f"{safe(table.say('page.preset', who=who))}</button>"
        for who, nodes in _presets(basis, group, table)
    )
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; "
        f"style-src 'sha256-{_digest(sheet)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    citations = _citations(model)
    rows = _rows(model, citations, table)
    heads = "".join(f'<th scope="col">{safe(table[f"column.{key}"])}</th>' for key in _COLUMNS)
    html = f"""<!doctype html>
<html lang="{safe(lang)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>{safe(title)}</title><style>{sheet}</style></head>
<body>{HATCH}<main><h1>{safe(title)}</h1><p>{safe(subtitle)}</p>{found}
<div class="bar js" hidden>{buttons}</div>
<div class="bar js" hidden>{presets}
<label>{safe(table["page.find"])} <input id="find" type="search" size="14"></label>
<span id="found" class="mid" role="status"></span>
<button type="button" id="restore">{safe(table["page.restore"])}</button></div>
<div id="state" class="js" role="status" aria-live="polite" hidden></div>
{sections}
<div id="why" role="region" aria-label="{safe(table["page.evidence"])}" aria-live="polite" tabindex="0" hidden></div>
<p class="mid js" hidden>{safe(table["page.reading"])}</p>{notes}
{further}
<details><summary>{safe(table.say("page.rows", n=len(rows)))}</summary>
<div class="wide" tabindex="0" role="region" aria-label="{safe(table.say("page.rows", n=len(rows)))}">
<table><thead><tr>{heads}</tr></thead><tbody id="rows">
{chr(10).join(rows)}
</tbody></table></div>
<ol class="mid">{"".join(f'<li id="c{n}">{safe(text)}</li>' for text, n in citations.items())}</ol></details>
</main><script type="application/json" id="data">{data}</script><script>{script}</script></body></html>
"""
    return Page(html, title)


def _scenes(basis: Basis, lang: str, group: str, views: Sequence[str]) -> dict[str, Scene]:
    # Where it is too large, the picture of all records would be that by provider again.
    drawn = [name for name in views if name != "full" or is_legible(basis)]
    return {name: _VIEWS[name](basis, lang=lang, group=group) for name in drawn}


_VIEWS: Final[Mapping[str, Callable[..., Scene]]] = {
    "strip": strip,
    "providers": providers,
    "takedown": takedown,
    "full": full,
}


def _asset(name: str) -> str:
    return files("depgraph.pictures").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _presets(basis: Basis, group: str, table: Words) -> list[tuple[str, list[int]]]:
    """Return whom a button takes away: the group, the law of most, and who can stop it alone."""
    model = basis.model
    together = sorted(model.number[node] for node in basis.filled(group) if node in model.number)
    found = [(group_name(group, table), together)] if together else []
    laws = [n for n in range(len(model.ids)) if model.kind(n) == Kind.COUNTRY]
    bound = {n: len(model.into[n]) for n in laws}
    found += [(_label(model, n, table), [n]) for n in sorted(laws, key=bound.__getitem__)[-1:]]
    others = [node for node in basis.singles.others if node not in basis.registries][:_PRESETS]
    return found + [(short_name(model.label(model.number[n])), [model.number[n]]) for n in others]


# --- What the script computes with ---------------------------------------------------------


def _data(model: Model, table: Words) -> dict[str, Any]:
    """Return who needs whom, with which delay, how sure; whom an unknown hides; and words."""
    numbers = range(len(model.ids))
    several = classes(model)
    actors = {n: _BITS[Level(model.kind(n))] for n in numbers if model.kind(n) in ACTORS}
    return {
        "nodes": [_node(model, n) for n in numbers],
        "classes": [_class(model, one) for one in several],
        "groups": deciding(several, range(len(several))),
        "kinds": _kinds(several, table),
        "actors": actors,
        "labels": {n: _label(model, n, table) for n in actors},
        "ids": {n: model.ids[n] for n in actors},
        "unknown": _unknown(model),
        "involved": _involved(model, actors),
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


def _node(model: Model, node: int) -> list[Any]:
    """Return whether any need of a node is enough, and its needs."""
    return [int(model.either(node)), [x for edge in model.needs(node) for x in _step(edge)]]


def _class(whole: Model, one: ClientClass) -> dict[str, Any]:
    """Return what is otherwise for one class of clients, and from where they look."""
    own = {n: _node(one.model, n) for n in range(len(whole.ids))} if one.model is not whole else {}
    return {
        "nodes": {n: row for n, row in own.items() if row != _node(whole, n)},
        "unseen": sorted(one.model.unseen),
        "place": f"{one.clients[0].place} {one.clients[0].answer}",
    }


def _kinds(several: Sequence[ClientClass], table: Words) -> list[tuple[str, list[int]]]:
    """List the kinds of clients in words, each with its classes, the most general first."""
    if len(several) < 2:
        return []
    writer = Writer(table.lang)
    return [(str(whom(writer, (kind,))), numbers) for kind, numbers in kinds_of(several).items()]


def _step(edge: Edge) -> tuple[int, float, int]:
    """Return an edge: its head, its delay, and how sure it is.

    The last is 0 of a certain edge; else the rank of its confidence plus, times four, the
    levels at which its head could be anyone. Where only its effect is doubtful, that says how
    sure it is, with :data:`_EFFECT` in place of the levels.
    """
    doubt = 0
    if edge.effect is not Confidence.CERTAIN:
        doubt = edge.effect.rank + 4 * _EFFECT
    if edge.confidence is not Confidence.CERTAIN:
        doubt = edge.confidence.rank + 4 * sum(_BITS.get(level, 0) for level in edge.hides)
    seconds = edge.delay
    return edge.head, int(seconds) if seconds == int(seconds) else seconds, doubt


def _unknown(model: Model) -> list[tuple[int, int]]:
    """List what may hide somebody, with the levels at which it does."""
    found: dict[int, int] = {}
    for level, bit in _BITS.items():
        for node in model.unknown(level):
            found[node] = found.get(node, 0) + bit
    return sorted(found.items())


def _involved(model: Model, actors: Mapping[int, int]) -> list[int]:
    """List the actors that are, own or bind somebody whose role is not stated."""
    named = {edge.head for edge in model.edges if edge.relation == Relation.INVOLVEMENT}
    reached = model.closure(named, OWNERSHIP)
    return [node for node in actors if node in reached]


def _label(model: Model, node: int, table: Words) -> str:
    label = model.label(node)
    return table.country(label) if model.kind(node) == Kind.COUNTRY else label[:_LONGEST]


# --- The table of all evidence -------------------------------------------------------------


def _citations(model: Model) -> dict[str, int]:
    """Return the citations in the order of first use, with their numbers."""
    cited = (str(edge.data.get("citation", "")) for edge in model.edges)
    return {text: n for n, text in enumerate(dict.fromkeys(filter(None, cited)), 1)}


def _rows(model: Model, cited: Mapping[str, int], table: Words) -> list[str]:
    """Return every edge as a row of the table, in the order of the nodes."""
    titles = [_named(model, node, table) for node in range(len(model.ids))]
    found = []
    for edge in model.edges:
        cells = (
            titles[edge.tail],
            table[f"relation.{edge.relation}"],
            titles[edge.head],
            *_known_by(edge, table),
            _source(edge, table),
            _days(edge),
        )
        body = "".join(f"<td>{safe(cell)}" for cell in cells)
        number = cited.get(str(edge.data.get("citation", "")))
        body += f'<td><a href="#c{number}">[{number}]</a>' if number else "<td>"
        found.append(f'<tr data-u="{edge.tail}" data-v="{edge.head}">{body}')
    return found


def _known_by(edge: Edge, table: Words) -> tuple[str, str]:
    """Return the evidence of an edge, and whether it is only met; and how sure it is."""
    evidence = Evidence(edge.data["evidence"])
    word = table.brief(f"evidence.{evidence.value}")
    if edge.data["strength"] == Strength.EXPOSES and edge.relation != Relation.INVOLVEMENT:
        word = table.say("in-brackets", what=word, note=table["exposed"])
    if evidence is Evidence.UNKNOWN:
        return word, ""
    sure = table[f"confidence.{edge.confidence.value}"]
    if edge.data.get("unverified"):
        sure = table["list.comma"].join([sure, table["unverified"]])
    return word, sure


def _source(edge: Edge, table: Words) -> str:
    """Return the kind of source of an edge, the rule, and what speaks against it."""
    kind = str(edge.data.get("provenance", ""))
    parts = [str(table.source(kind)), str(edge.data.get("rule", ""))]
    if edge.relation == Relation.INVOLVEMENT and edge.data.get("note"):
        parts.append(table.say("involved.against", note=str(edge.data["note"])))
    return table["list.comma"].join(part for part in parts if part)


def _days(edge: Edge) -> str:
    days = dict.fromkeys(str(edge.data.get(key, ""))[:10] for key in ("time", "until"))
    return " – ".join(day for day in days if day)


def _named(model: Model, node: int, table: Words) -> str:
    """Return the text of a node, with its kind where the text alone would not tell."""
    title = node_title(model, model.ids[node], table)
    kind = Kind(model.kind(node))
    if kind in ACTORS or kind is Kind.ANYONE:
        return title
    if kind is Kind.UNKNOWN:
        return f"{table['evidence.unknown']}{table['colon']}{title}"
    return f"{table[f'kind.{kind.value}']} {title}"

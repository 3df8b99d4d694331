"""The evidence of a page: every edge as a row of a table, in words, with its citation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from depgraph.analysis.model import Edge, Model
from depgraph.observations import as_cited, as_noted
from depgraph.pictures.engine.svg import safe
from depgraph.pictures.labels import node_title
from depgraph.texts import Words
from depgraph.vocabulary import ACTORS, Evidence, Kind, Relation, Strength

_COLUMNS: Final = (
    *("what", "relation", "needs", "evidence", "confidence", "source", "day", "citation"),
)


def evidence(model: Model, table: Words) -> str:
    """Return the evidence as HTML that a reader opens: a table, and the citations below it."""
    citations = _citations(model)
    rows = _rows(model, citations, table)
    title = safe(table.say("page.rows", n=len(rows)))
    heads = "".join(f'<th scope="col">{safe(table[f"column.{key}"])}</th>' for key in _COLUMNS)
    cited = "".join(f'<li id="c{n}">{safe(text)}</li>' for text, n in citations.items())
    return f"""<details><summary>{title}</summary>
<div class="wide" tabindex="0" role="region" aria-label="{title}">
<table><thead><tr>{heads}</tr></thead><tbody id="rows">
{chr(10).join(rows)}
</tbody></table></div>
<ol class="mid">{cited}</ol></details>"""


def _citations(model: Model) -> dict[str, int]:
    """Return the citations in the order of first use, with their numbers."""
    cited = map(_citation, model.edges)
    return {text: n for n, text in enumerate(dict.fromkeys(filter(None, cited)), 1)}


def _citation(edge: Edge) -> str:
    return as_cited(str(edge.data.get("citation", "")))


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
        number = cited.get(_citation(edge))
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
        parts.append(table.say("involved.against", note=as_noted(str(edge.data["note"]))))
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

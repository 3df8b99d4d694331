"""The picture of providers: service, functions, who runs them, who owns those, whose law."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from depgraph.pictures.board import Tile, board
from depgraph.pictures.entries import SHARED, Column, Entry, columns
from depgraph.pictures.findings import Findings
from depgraph.pictures.frame import footer, legend, signs_of
from depgraph.pictures.groups import companies
from depgraph.pictures.labels import heading, short_name, unknown_words, whole
from depgraph.pictures.sheet import Sheet
from depgraph.pictures.sketch import Need, class_of, strongest
from depgraph.pictures.values import Scene
from depgraph.schema import functions as function_nodes
from depgraph.texts import Words, words

SIZE = 12.0
_HEADS = ("service", "function", "shared", "provider", "company", "country")
_COLUMN = {"provider": 3, "anyone": 3, "company": 4, "country": 5}
_NAME = "shared"  # the tile of what all functions need


def providers(
    graph: nx.MultiDiGraph[str],
    *,
    findings: Findings,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    note: str = "",
) -> Scene:
    """Draw the providers behind each function, their companies and countries.

    Parameters
    ----------
    graph
        As built by :func:`depgraph.build`.
    findings
        Who can stop what alone.
    lang
        ``"en"`` or ``"fr"``.
    group
        Whose boxes are filled.
    page
        Width, px.
    note
        A sentence more for the footer.
    """
    table = words(lang)
    shown = [f for f in function_nodes(graph) if not f.endswith("/name")] or list(
        function_nodes(graph)
    )
    found = columns(graph, shown, lang=lang)
    needs = _needs(graph, found, findings)
    actors = companies(graph, group)
    sheet = Sheet(page, lang)
    title, subtitle = findings.headline(table)
    top = sheet.head(title, subtitle) + 8
    tiles = _tiles(graph, found, needs, findings=findings, actors=actors, table=table)
    within = board(
        sheet,
        tiles,
        needs,
        heads={i: table[f"picture.head.{name}"] for i, name in enumerate(_HEADS)},
        top=top,
        size=SIZE,
        accents=actors,
    )
    bottom = legend(sheet, within.bottom + 18, table, signs_of(sheet, table, group))
    notes = [note, table["picture.providers.reading"], *_further(found, needs, table)]
    height = footer(sheet, bottom + 8, graph, table, notes=notes)
    names = {tile.id: tile.title or tile.label for tile in tiles}
    return sheet.freeze(
        kind="providers",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {subtitle}",
        header=tuple(table[f"column.{key}"] for key in ("what", "needs", "evidence")),
        rows=[
            (names[n.source], names[n.target], table.brief(f"evidence.{n.evidence}")) for n in needs
        ],
        notes={"crossings": str(within.crossings), "boxes": str(len(tiles))},
    )


def _needs(graph: nx.MultiDiGraph[str], found: Sequence[Column], findings: Findings) -> list[Need]:
    present = [column for column in found if not column.absent]
    shared = _shared(present)
    needs: dict[tuple[str, str], str] = {}

    def add(source: str, target: str, evidence: str) -> None:
        key = (source, target)
        needs[key] = strongest(needs.get(key, evidence), evidence)

    for column in found:
        function = column.functions[0]
        add(f"service:{findings.subject}", function, "definition")
        if shared and not column.absent:
            add(function, _NAME, "definition")
        for layer, entries in column.cells.items():
            source = _NAME if shared and layer in SHARED else function
            for entry in entries:
                add(source, entry.actor, entry.evidence)
        for actor, evidence in column.behind:
            known = actor in column.actors
            if not known and any(f in findings.stops(actor) for f in column.functions):
                add(function, actor, evidence)
    reached = dict.fromkeys(target for _, target in needs)
    queue = [node for node in reached if node in graph]
    while queue:
        node = queue.pop(0)
        for _, target, data in graph.out_edges(node, data=True):
            if data.get("relation") in {"owner", "parent", "law"}:
                add(node, target, class_of(data))
                if target not in reached:
                    reached[target] = None
                    queue.append(target)
    return [Need(source, target, evidence) for (source, target), evidence in needs.items()]


def _shared(present: Sequence[Column]) -> bool:
    """Tell whether several functions stand on the same name."""

    def name(column: Column) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        return tuple((layer, column.cells.get(layer, ())) for layer in sorted(SHARED))

    return len(present) > 1 and len({name(column) for column in present}) == 1


def _tiles(
    graph: nx.MultiDiGraph[str],
    found: Sequence[Column],
    needs: Sequence[Need],
    *,
    findings: Findings,
    actors: frozenset[str],
    table: Words,
) -> list[Tile]:
    heads = {column.functions[0]: column for column in found}
    hidden = {
        entry.actor: entry
        for column in found
        for entries in column.cells.values()
        for entry in entries
        if entry.unknown
    }
    tiles = []
    for node in dict.fromkeys(end for need in needs for end in (need.source, need.target)):
        if node == _NAME:
            tiles.append(Tile(_NAME, 2, table["picture.shared-name"], look="soft"))
        elif node in heads:
            said = heading(heads[node].functions, table)
            label = table.say("picture.not-offered", function=said) if heads[node].absent else said
            members = heads[node].functions
            tiles.append(Tile(node, 1, label, title=said, look="soft", members=members))
        elif node.startswith("service:"):
            tiles.append(Tile(node, 0, findings.subject, look="soft", members=(node,)))
        elif node in hidden:
            tiles.append(_hidden(hidden[node], table))
        else:
            tiles.append(_actor(graph, node, findings, actors, table))
    return tiles


def _hidden(entry: Entry, table: Words) -> Tile:
    count = len(entry.members)
    title = f"{table['evidence.unknown']}: {entry.label} ({entry.reason})"
    return Tile(
        entry.actor,
        _COLUMN["provider"],
        entry.label,
        suffix=table.say("picture.times", n=count) if count > 1 and "," not in entry.label else "",
        title=title,
        look="unknown",
        members=entry.members,
    )


def _actor(
    graph: nx.MultiDiGraph[str],
    node: str,
    findings: Findings,
    actors: frozenset[str],
    table: Words,
) -> Tile:
    data = graph.nodes[node]
    kind, label = str(data["kind"]), whole(graph, node)
    if kind == "unknown":
        level = str(data.get("level", "provider"))
        what = unknown_words(label.partition(" of ")[0], table)
        short = what if level != "country" else table["evidence.unknown"]
        title = f"{table['evidence.unknown']}: {label} ({data.get('reason', '')})"
        return Tile(node, _COLUMN[level], short, title=title, look="unknown", members=(node,))
    if kind == "country":
        label = table.country(label)
    short = short_name(label) if kind == "company" else label
    look = "group" if node in actors else "soft" if data.get("own") else "plain"
    stops = findings.stops(node)
    title = f"{label}: {findings.sentence(node, table)}" if stops else label
    return Tile(
        node, _COLUMN[kind], short, title=title, look=look, diamond=bool(stops), members=(node,)
    )


def _further(found: Sequence[Column], needs: Sequence[Need], table: Words) -> tuple[str, ...]:
    drawn = {need.target for need in needs}
    more = dict.fromkeys(a for column in found for a, _ in column.behind if a not in drawn)
    if not more:
        return ()
    return (table.say("picture.further", n=len(more)),)

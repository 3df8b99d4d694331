"""The picture of all records: columns by role, from the service to the countries."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from depgraph.pictures.board import Tile, board
from depgraph.pictures.findings import Findings
from depgraph.pictures.frame import footer, legend, signs_of
from depgraph.pictures.groups import carried, companies
from depgraph.pictures.labels import heading, short, suffix, whole
from depgraph.pictures.sheet import Sheet
from depgraph.pictures.sketch import Chip, Need, Sketch, sketch
from depgraph.pictures.values import Scene
from depgraph.texts import Words, words

MOST = 120
"""More boxes than this are not legible at 900 px."""

SIZE = 9.0
COLUMNS = (
    ("service", ("service",)),
    ("function", ("function",)),
    ("host", ("host", "exchange", "exchanges", "mailbox", "authorities")),
    ("zone", ("zone", "front", "nameservers", "lookup")),
    ("server", ("nameserver", "registration", "addresses")),
    ("address", ("address",)),
    ("network", ("prefix", "asn", "block")),
    ("provider", ("provider", "anyone")),
    ("company", ("company",)),
    ("country", ("country",)),
)
"""The columns of the full picture, and the kinds in each."""

_COLUMN = {kind: i for i, (_, kinds) in enumerate(COLUMNS) for kind in kinds}
_LEVEL = {name: i for i, (name, _) in enumerate(COLUMNS)}
_CARRIERS = frozenset(
    {"front", "nameserver", "exchange", "address", "prefix", "asn", "block", "mailbox"}
    | {"provider", "company"}
)
_SOFT = frozenset({"service", "function"})


def full(
    graph: nx.MultiDiGraph[str],
    *,
    findings: Findings,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    drawn: Sketch | None = None,
) -> Scene:
    """Draw all records of a graph, interchangeable ones folded.

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
    drawn
        The sketch, if it was made already.
    """
    table = words(lang)
    made = without_service(drawn or sketch(graph))
    actors = companies(graph, group)
    tiles = _tiles(graph, made, findings, actors, table)
    sheet = Sheet(page, lang)
    title, subtitle = findings.headline(table)
    top = sheet.head(title, subtitle) + 8
    within = board(
        sheet,
        tiles,
        made.needs,
        heads={i: table[f"picture.head.{name}"] for i, (name, _) in enumerate(COLUMNS)},
        top=top,
        size=SIZE,
        accents=frozenset(n for n in carried(graph, actors) if kind_of(graph, n) in _CARRIERS),
    )
    bottom = legend(sheet, within.bottom + 18, table, signs_of(sheet, table, group))
    height = footer(sheet, bottom + 8, graph, table, notes=(table["picture.full.reading"],))
    return sheet.freeze(
        kind="full",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=_alt(graph, made, title, subtitle),
        header=table_header(table),
        rows=table_rows(graph, made, findings, table),
        notes={"crossings": str(within.crossings), "boxes": str(len(tiles))},
    )


def without_service(made: Sketch) -> Sketch:
    """Leave out the service itself: the headline names it, and its column is needed for letters."""
    return Sketch(
        tuple(chip for chip in made.chips if chip.kind != "service"),
        tuple(need for need in made.needs if not need.source.startswith("service:")),
    )


def kind_of(graph: nx.MultiDiGraph[str], node: str) -> str:
    """Give the kind of a node."""
    return str(graph.nodes[node]["kind"])


def column_of(graph: nx.MultiDiGraph[str], chip: Chip) -> int:
    """Give the column of a chip; what is unknown stands where the known would."""
    if chip.kind == "unknown":
        return _LEVEL[str(graph.nodes[chip.id].get("level", "provider"))]
    return _COLUMN[chip.kind]


def look_of(chip: Chip, actors: frozenset[str]) -> str:
    """Give the look of a chip."""
    if chip.kind == "unknown":
        return "unknown"
    if chip.id in actors:
        return "group"
    return "soft" if chip.kind in _SOFT else "plain"


def _tiles(
    graph: nx.MultiDiGraph[str],
    made: Sketch,
    findings: Findings,
    actors: frozenset[str],
    table: Words,
) -> list[Tile]:
    tiles = []
    for chip in made.chips:
        stops = findings.stops(chip.id)
        tiles.append(
            Tile(
                id=chip.id,
                column=column_of(graph, chip),
                label=short(graph, chip, table),
                suffix=suffix(chip, table),
                title=_title(graph, chip, stops, table),
                look=look_of(chip, actors),
                diamond=bool(stops),
                members=chip.members,
            )
        )
    return tiles


def _title(graph: nx.MultiDiGraph[str], chip: Chip, stops: Sequence[str], table: Words) -> str:
    names = [whole(graph, member) for member in chip.members]
    text = ", ".join(dict.fromkeys(names))
    if graph.nodes[chip.id].get("reason"):
        text += f" ({graph.nodes[chip.id]['reason']})"
    if stops:
        text += ": " + table.say("picture.stops", functions=heading(stops, table))
    return text


def table_header(table: Words) -> tuple[str, ...]:
    """Give the heads of the table of a board."""
    keys = ("what", "kind", "needs", "evidence", "stops")
    return tuple(table[f"column.{key}"] for key in keys)


def table_rows(
    graph: nx.MultiDiGraph[str], made: Sketch, findings: Findings, table: Words
) -> list[tuple[str, ...]]:
    """Tell a board as a table: one row for each need, and one for what needs nothing."""
    chips = {chip.id: chip for chip in made.chips}
    by_source: dict[str, list[Need]] = {chip.id: [] for chip in made.chips}
    for need in made.needs:
        by_source[need.source].append(need)

    def named(node: str) -> str:
        return ", ".join(dict.fromkeys(whole(graph, member) for member in chips[node].members))

    rows: list[tuple[str, ...]] = []
    for chip in sorted(made.chips, key=lambda c: (column_of(graph, c), c.id)):
        stops = heading(findings.stops(chip.id), table)
        needs = by_source[chip.id]
        rows += [
            (
                named(chip.id),
                chip.kind,
                named(n.target),
                table.brief(f"evidence.{n.evidence}"),
                stops,
            )
            for n in needs
        ]
        if not needs:
            unknown = table["evidence.unknown"] if chip.kind == "unknown" else ""
            rows.append((named(chip.id), chip.kind, "", unknown, stops))
    return rows


def _alt(graph: nx.MultiDiGraph[str], made: Sketch, title: str, subtitle: str) -> str:
    unknown = [whole(graph, chip.id) for chip in made.chips if chip.kind == "unknown"]
    parts = [f"{title}.", f"{subtitle}." if subtitle and subtitle[-1] != "." else subtitle]
    if unknown:
        parts.append(f"Not known: {', '.join(unknown)}.")
    return " ".join(part for part in parts if part)

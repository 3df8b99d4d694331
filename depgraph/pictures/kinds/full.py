"""The picture of all records: columns by role, from the service to the countries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import networkx as nx

from depgraph.analysis.groups import carried
from depgraph.analysis.model import Model
from depgraph.analysis.singles import Single, surest
from depgraph.pictures.basis import Basis
from depgraph.pictures.engine.sheet import Sheet
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.frame import foot, involved_notes, legend, signs_of
from depgraph.pictures.headline import footnotes, headline, stops_words
from depgraph.pictures.kinds import Picture
from depgraph.pictures.kinds.providers import providers
from depgraph.pictures.labels import (
    failed_words,
    heading,
    known_words,
    node_title,
    noted,
    owns,
    short,
    suffix,
    told_apart,
)
from depgraph.pictures.layout.columns import Tile, board
from depgraph.pictures.layout.condense import Chip, Need, Sketch, sketch
from depgraph.texts import Words, words
from depgraph.vocabulary import PARTIES, Kind, Level

MOST: Final = 120
"""More boxes than this are not legible at 900 px."""

SIZE: Final = 9.0
COLUMNS: Final[tuple[tuple[str, tuple[Kind, ...]], ...]] = (
    ("service", (Kind.SERVICE,)),
    ("function", (Kind.FUNCTION,)),
    (
        "host",
        (
            *(Kind.HOST, Kind.EXCHANGE, Kind.EXCHANGES, Kind.MAILBOX, Kind.AUTHORITIES),
            *(Kind.CHANNELS, Kind.STEP),
        ),
    ),
    ("zone", (Kind.ZONE, Kind.FRONT, Kind.NAMESERVERS, Kind.LOOKUP, Kind.ATTEMPT)),
    ("server", (Kind.NAMESERVER, Kind.REGISTRATION, Kind.REGISTRARS, Kind.ADDRESSES)),
    ("address", (Kind.ADDRESS,)),
    ("network", (Kind.PREFIX, Kind.ASN, Kind.BLOCK)),
    ("provider", (Kind.PROVIDER, Kind.ANYONE)),
    ("company", (Kind.COMPANY,)),
    ("owner", ()),
    ("country", (Kind.COUNTRY,)),
)
"""The columns of the full picture, and the kinds in each."""

_OWNER: Final = next(i for i, (name, _) in enumerate(COLUMNS) if name == "owner")
_COLUMN: Final = {kind: i for i, (_, kinds) in enumerate(COLUMNS) for kind in kinds}
_CARRIERS: Final = frozenset(
    {
        *(Kind.FRONT, Kind.NAMESERVER, Kind.EXCHANGE, Kind.ADDRESS, Kind.PREFIX),
        *(Kind.ASN, Kind.BLOCK, Kind.MAILBOX, Kind.PROVIDER, Kind.COMPANY),
    }
)
_ASKED: Final = frozenset({Kind.ATTEMPT, Kind.NAMESERVER, Kind.LOOKUP, Kind.ADDRESS})
_SOFT: Final = frozenset({Kind.SERVICE, Kind.FUNCTION})


def full(
    graph: nx.MultiDiGraph[str] | Basis,
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
) -> Scene:
    """Draw all records of a graph, interchangeable ones folded; by provider if they are too many.

    Parameters
    ----------
    graph
        A graph that follows the schema.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose boxes are filled.
    page
        Width, px.
    """
    basis = Basis.of(graph)
    table = words(lang)
    drawn = sketch(basis.model)
    if len(drawn.chips) > MOST:
        note = table.say("picture.full.too-many", n=len(drawn.chips))
        return providers(basis, lang=lang, group=group, page=page, note=note)
    made = without_service(drawn)
    filled = basis.filled(group)
    tiles = [_tile(basis, chip, filled, table) for chip in made.chips]
    tiles = told_apart(basis.model, tiles, table)
    sheet = Sheet(page, lang)
    title, subtitle = headline(basis, table)
    leading = carried(basis.model, filled)
    within = board(
        sheet,
        tiles,
        made.needs,
        heads={i: table[f"picture.head.{name}"] for i, (name, _) in enumerate(COLUMNS)},
        top=sheet.head(title, subtitle) + 8,
        size=SIZE,
        accents=frozenset(node for node in leading if _kind(basis.model, node) in _CARRIERS),
    )
    bottom = legend(sheet, within.bottom + 18, table, signs_of(sheet, table, group))
    several = any(chip.count > 1 for chip in made.chips)
    reading = ["picture.full.reading", *(["picture.full.times"] if several else [])]
    notes = [
        " ".join(table[code] for code in reading),
        *involved_notes(basis.roles.involved, table),
    ]
    notes += footnotes(basis, table)
    height = foot(sheet, bottom + 8, basis.model, table, notes=notes)
    keys = ("what", "kind", "needs", "evidence", "confidence", "stops")
    return sheet.freeze(
        kind="full",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=_alt(basis, made, (title, subtitle), table),
        header=tuple(table[f"column.{key}"] for key in keys),
        rows=_rows(basis, made, table),
        notes={"crossings": str(within.crossings), "boxes": str(len(tiles))},
    )


def is_legible(basis: Basis) -> bool:
    """Tell whether the boxes of all records are few enough to be drawn."""
    return len(sketch(basis.model).chips) <= MOST


def without_service(made: Sketch) -> Sketch:
    """Leave out the service itself: the headline names it, and its column is needed for letters."""
    return Sketch(
        tuple(chip for chip in made.chips if chip.kind != Kind.SERVICE),
        tuple(need for need in made.needs if not need.source.startswith("service:")),
    )


def column_of(model: Model, chip: Chip) -> int:
    """Return the column of a chip; what is unknown stands where whom it hides would.

    A company that owns another stands behind the companies.
    """
    if chip.kind == Kind.COMPANY and owns(model, chip.id):
        return _OWNER
    if chip.kind != Kind.UNKNOWN:
        return _COLUMN[Kind(chip.kind)]
    hides = str(model.nodes[model.number[chip.id]]["hides"]).split(",")
    level = next((level for level in Level if level.value in hides), Level.PROVIDER)
    return _COLUMN[Kind(level.value) if level in PARTIES else Kind.PROVIDER]


def _kind(model: Model, node: str) -> Kind:
    return Kind(model.kind(model.number[node]))


def _tile(basis: Basis, chip: Chip, filled: frozenset[str], table: Words) -> Tile:
    several = basis.singles.of(chip.id)
    how = _failed(basis, chip, table)
    return Tile(
        id=chip.id,
        column=column_of(basis.model, chip),
        label=noted(short(basis.model, chip, table), how, table),
        failed=bool(how),
        suffix=suffix(chip, table),
        title=_title(basis, chip, several, table),
        look=_look(basis.model, chip, filled),
        diamond=surest(several),
        members=chip.members,
    )


def _failed(basis: Basis, chip: Chip, table: Words) -> str:
    """Return how what is drawn was seen to fail: a record; of who runs it nobody asked anything."""
    if chip.kind not in _ASKED:
        return ""
    return failed_words(basis.unserved.get(chip.id, ()), table)


def _look(model: Model, chip: Chip, filled: frozenset[str]) -> str:
    if chip.kind == Kind.UNKNOWN:
        return "unknown"
    if chip.id in filled:
        return "group"
    own = chip.kind in PARTIES and model.own(model.number[chip.id])
    return "soft" if own or chip.kind in _SOFT else "plain"


def _title(basis: Basis, chip: Chip, several: Sequence[Single], table: Words) -> str:
    text = _names(basis, chip, table)
    return f"{text}: {stops_words(basis, several, table)}" if several else text


def _names(basis: Basis, chip: Chip, table: Words) -> str:
    """Return the whole texts of all that a chip stands for, and how that was seen to fail."""
    titles = [node_title(basis.model, member, table) for member in chip.members]
    names = table["list.comma"].join(dict.fromkeys(titles))
    return noted(names, _failed(basis, chip, table), table)


def _rows(basis: Basis, made: Sketch, table: Words) -> list[tuple[str, ...]]:
    """Return a board as a table: one row for each need, and one for what needs nothing."""
    by_source: dict[str, list[Need]] = {chip.id: [] for chip in made.chips}
    for need in made.needs:
        by_source[need.source].append(need)
    named = {chip.id: _names(basis, chip, table) for chip in made.chips}
    rows: list[tuple[str, ...]] = []
    for chip in sorted(made.chips, key=lambda chip: (column_of(basis.model, chip), chip.id)):
        kind = table[f"kind.{chip.kind}"]
        stops = heading(
            [one.function for one in basis.singles.of(chip.id)], table, basis.singles.functions
        )
        for need in by_source[chip.id]:
            known = known_words(need, table)
            rows.append((named[chip.id], kind, named[need.target], *known, stops))
        if not by_source[chip.id]:
            unknown = table["evidence.unknown"] if chip.kind == Kind.UNKNOWN else ""
            rows.append((named[chip.id], kind, "", unknown, "", stops))
    return rows


def _alt(basis: Basis, made: Sketch, head: tuple[str, str], table: Words) -> str:
    """Return the picture in sentences: what it finds, and all that is not known."""
    unknown = [_names(basis, chip, table) for chip in made.chips if chip.kind == Kind.UNKNOWN]
    parts = [f"{text}." if text and text[-1] != "." else text for text in head]
    if unknown:
        told = table.say("unknown.lead", parts=table["list.semicolon"].join(unknown))
        parts.append(f"{told}.")
    return " ".join(part for part in parts if part)


PICTURE: Final = Picture(full)

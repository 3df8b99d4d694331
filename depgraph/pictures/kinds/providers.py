"""The picture of providers: service, functions, who runs them, who owns those, whose law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import networkx as nx

from depgraph.analysis.singles import surest
from depgraph.names import registered_domain, shown
from depgraph.pictures.basis import Basis
from depgraph.pictures.engine.sheet import Sheet
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.entries import Column, Entry, columns, days, joined_entry
from depgraph.pictures.frame import foot, involved_notes, legend, signs_of
from depgraph.pictures.headline import footnotes, headline, stops_words
from depgraph.pictures.kinds import Picture
from depgraph.pictures.labels import (
    failed_words,
    heading,
    known_words,
    node_title,
    noted,
    owns,
    told_apart,
)
from depgraph.pictures.layout.columns import Tile, board
from depgraph.pictures.layout.condense import Need, best_known, interchangeable
from depgraph.providers.rules import short_name
from depgraph.texts import Words, words
from depgraph.vocabulary import Confidence, Evidence, Kind, Layer, Level, Relation

MOST: Final = 120
"""Of more boxes than this those that have the same lines are one, with a count."""

SIZE: Final = 12.0
_NAMED: Final = 12  # of the actors that such a box stands for, when a pointer is over it
_HEADS: Final = ("service", "function", "shared", "provider", "company", "owner", "country")
_COLUMN: Final = {
    Kind.PROVIDER: 3,
    Kind.ANYONE: 3,
    Kind.COMPANY: 4,
    Kind.COUNTRY: 6,
}
_PARTIES: Final = frozenset({Kind.PROVIDER, Kind.COMPANY})
_OWNER: Final = 5  # the column of a company that owns another
_SHARED: Final = frozenset({Layer.DNS, Layer.REGISTRAR, Layer.REGISTRY})
"""Layers of the name, which all functions may have in common."""
_NAME: Final = "shared"  # the tile of what all functions need
_ABOVE: Final = frozenset({Relation.OWNER, Relation.PARENT, Relation.LAW})

Known = tuple[Evidence, Confidence]


def providers(
    graph: nx.MultiDiGraph[str] | Basis,
    *,
    lang: str = "en",
    group: str = "big-tech",
    page: float = 900,
    note: str = "",
) -> Scene:
    """Draw the providers behind each function, their companies and countries.

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
    note
        A sentence more for the footer.
    """
    basis = Basis.of(graph)
    table = words(lang)
    found = columns(basis, basis.shown)
    all_needs = _needs(basis, found)
    filled = basis.filled(group)
    all_tiles = _Tiles(basis, table, filled, found).all(all_needs)
    tiles, needs = _legible(all_tiles, all_needs, table)
    tiles = told_apart(basis.model, tiles, table)
    sheet = Sheet(page, lang)
    title, subtitle = headline(basis, table)
    within = board(
        sheet,
        tiles,
        needs,
        heads={i: table[f"picture.head.{name}"] for i, name in enumerate(_HEADS)},
        top=sheet.head(title, subtitle) + 8,
        size=SIZE,
        accents=filled,
    )
    bottom = legend(sheet, within.bottom + 18, table, signs_of(sheet, table, group))
    notes = [note, table["picture.providers.reading"], *_further(found, all_needs, table)]
    notes += [*involved_notes(basis.roles.involved, table), *footnotes(basis, table)]
    height = foot(sheet, bottom + 8, basis.model, table, notes=notes)
    names = {tile.id: tile.title or tile.label for tile in all_tiles}
    return sheet.freeze(
        kind="providers",
        height=height,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {subtitle}",
        header=tuple(table[f"column.{key}"] for key in ("what", "needs", "evidence", "confidence")),
        rows=[
            (names[need.source], names[need.target], *known_words(need, table))
            for need in all_needs
        ],
        notes={"crossings": str(within.crossings), "boxes": str(len(tiles))},
    )


# --- Lines ---------------------------------------------------------------------------------


def _needs(basis: Basis, found: Sequence[Column]) -> list[Need]:
    """Return the lines: from the service to its functions, on to who does what, and upward."""
    needs: dict[tuple[str, str], Known] = {}

    def add(source: str, target: str, known: Known) -> None:
        needs[source, target] = best_known(needs.get((source, target)), known)

    shared = _share_the_name(found)
    definition = (Evidence.DEFINITION, Confidence.CERTAIN)
    for column in found:
        function = basis.node(column.functions[0])
        add(f"service:{basis.subject}", function, definition)
        if shared and column.absent is None:
            add(function, _NAME, definition)
        for layer, row in column.cells.items():
            source = _NAME if shared and layer in _SHARED else function
            for entry in row:
                add(source, entry.members[0], _known(entry))
        for role in column.further:
            stopped = basis.singles.stops(role.actor)
            if role.actor not in column.actors and stopped & set(column.functions):
                add(function, role.actor, (role.evidence, role.confidence))
    for source, target, known in _above(basis, [target for _, target in needs]):
        add(source, target, known)
    return [Need(source, target, *known) for (source, target), known in needs.items()]


def _known(entry: Entry) -> Known:
    return entry.role.evidence, entry.role.confidence


def _above(basis: Basis, nodes: Iterable[str]) -> list[tuple[str, str, Known]]:
    """Return the edges of ownership and law from some nodes upward."""
    model = basis.model
    queue = [node for node in dict.fromkeys(nodes) if node in model.number]
    met = set(queue)
    found = []
    for node in queue:  # grows while it is read
        for number in model.out[model.number[node]]:
            edge = model.edges[number]
            if edge.relation not in _ABOVE:
                continue
            target = model.ids[edge.head]
            found.append((node, target, (Evidence(edge.data["evidence"]), edge.confidence)))
            if target not in met:
                met.add(target)
                queue.append(target)
    return found


def _share_the_name(found: Sequence[Column]) -> bool:
    """Tell whether several functions stand on the same name."""
    present = [column for column in found if column.absent is None]
    keys = {
        tuple(
            (layer, tuple(entry.key for entry in column.cells.get(layer, ())))
            for layer in sorted(_SHARED, key=lambda layer: layer.rank)
        )
        for column in present
    }
    return len(present) > 1 and len(keys) == 1


# --- Boxes ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tiles:
    """Makes the boxes at the ends of the lines."""

    basis: Basis
    table: Words
    filled: frozenset[str]
    columns: Sequence[Column]

    def all(self, needs: Sequence[Need]) -> list[Tile]:
        entries = self._entries()
        functions = {self.basis.node(column.functions[0]): column for column in self.columns}
        tiles = []
        for node in dict.fromkeys(end for need in needs for end in (need.source, need.target)):
            if node == _NAME:
                label = self.table["picture.shared-name"]
                tiles.append(Tile(_NAME, 2, label, look="soft", members=self._name()))
            elif node in functions:
                tiles.append(self._function(node, functions[node]))
            elif node.startswith("service:"):
                tiles.append(Tile(node, 0, shown(self.basis.subject), look="soft", members=(node,)))
            elif node in entries and entries[node].hatched:
                tiles.append(self._hidden(entries[node]))
            else:
                tiles.append(self._actor(node))
        return tiles

    def _entries(self) -> dict[str, Entry]:
        """Return the boxes by the node that a line leads to; the surest of those of one node."""
        found: dict[str, Entry] = {}
        for column in self.columns:
            for row in column.cells.values():
                for entry in row:
                    node = entry.members[0]
                    known = found.get(node)
                    if known is None or (known.hatched and not entry.hatched):
                        found[node] = entry
                    elif known.hatched and entry.hatched:
                        found[node] = joined_entry(known, entry)
        return found

    def _name(self) -> tuple[str, ...]:
        """Return the node that the box of the name stands for: the zone, else the function."""
        model = self.basis.model
        zone = f"zone:{registered_domain(self.basis.subject) or self.basis.subject}"
        if zone in model.number:
            return (zone,)
        return (self.basis.node("name"),) if "name" in model.functions else ()

    def _function(self, node: str, column: Column) -> Tile:
        said = heading(column.functions, self.table)
        absent = column.absent is not None
        label = self.table.say("picture.not-offered", function=said) if absent else said
        members = tuple(self.basis.node(name) for name in column.functions)
        return Tile(node, 1, label, title=said, look="soft", members=members)

    def _hidden(self, entry: Entry) -> Tile:
        table, count = self.table, len(entry.members)
        word = table[f"what.{entry.role.what}"] if entry.role.unknown else entry.label(table)
        return Tile(
            entry.members[0],
            _COLUMN[Kind.PROVIDER],
            word,
            suffix=table.say("picture.times", n=count) if count > 1 else "",
            title=entry.title(table, days(self.basis)),
            look="unknown",
            members=entry.members,
        )

    def _actor(self, node: str) -> Tile:
        model, table = self.basis.model, self.table
        number = model.number[node]
        kind = Kind(model.kind(number))
        label = node_title(model, node, table)
        if kind is Kind.UNKNOWN:
            hides = {Level(word) for word in str(model.nodes[number]["hides"]).split(",") if word}
            column = _COLUMN[Kind.COUNTRY if hides == {Level.COUNTRY} else Kind.COMPANY]
            what = table[f"what.{model.nodes[number]['what']}"]
            return Tile(node, column, what, title=label, look="unknown", members=(node,))
        several = self.basis.singles.of(node)
        how = failed_words(self.basis.unserved.get(node, ()), table) if kind in _PARTIES else ""
        whole = noted(label, how, table)
        look = "group" if node in self.filled else "soft" if model.own(number) else "plain"
        return Tile(
            node,
            _OWNER if kind is Kind.COMPANY and owns(model, node) else _COLUMN[kind],
            noted(short_name(label) if kind in _PARTIES else label, how, table),
            title=f"{whole}: {stops_words(self.basis, several, table)}" if several else whole,
            failed=bool(how),
            look=look,
            diamond=surest(several),
            members=(node,),
        )


def _legible(
    tiles: Sequence[Tile], needs: Sequence[Need], table: Words
) -> tuple[Sequence[Tile], Sequence[Need]]:
    """Fold boxes that have the same lines into one with a count, where they are too many to read.

    At first without those that stand out: who is of the group, who can stop something alone.
    """
    for outstanding in (True, False):
        if len(tiles) <= MOST:
            break
        by_id = {tile.id: tile for tile in tiles}
        sorts = {tile.id: _sort(tile, outstanding=outstanding) for tile in tiles}
        groups = interchangeable(sorts, needs)
        home = {node: group[0] for group in groups for node in group}
        tiles = [_together([by_id[node] for node in group], table) for group in groups]
        moved = (replace(n, source=home[n.source], target=home[n.target]) for n in needs)
        needs = list(dict.fromkeys(moved))
    return tiles, needs


def _sort(tile: Tile, *, outstanding: bool) -> tuple[object, ...]:
    """Return what two boxes must have in common to be folded; of one that is not, its id."""
    stands_out = tile.diamond or tile.look == "group"
    if tile.column < _COLUMN[Kind.PROVIDER] or (outstanding and stands_out):
        return (tile.id,)
    kind = tile.label if tile.look == "unknown" else tile.id.partition(":")[0]
    return (tile.column, kind, tile.look, tile.diamond, tile.failed)


def _together(tiles: Sequence[Tile], table: Words) -> Tile:
    """Return boxes as one that stands for all."""
    first, *others = tiles
    if not others:
        return first
    members = tuple(node for tile in tiles for node in tile.members)
    word = first.label if first.look == "unknown" else table[f"kind.{first.id.partition(':')[0]}"]
    named = table["list.comma"].join(tile.title or tile.label for tile in tiles[:_NAMED])
    left = len(tiles) - _NAMED
    title = f"{named}{table['list.comma']}{table.say('page.more', n=left)}" if left > 0 else named
    suffix = table.say("picture.times", n=len(members))
    return replace(first, label=word, suffix=suffix, title=title, members=members)


def _further(found: Sequence[Column], needs: Sequence[Need], table: Words) -> list[str]:
    drawn = {need.target for need in needs}
    more = {role.actor for column in found for role in column.further} - drawn
    return [table.say("picture.further", n=len(more))] if more else []


PICTURE: Final = Picture(providers)

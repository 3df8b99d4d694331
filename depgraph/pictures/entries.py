"""Who stands in which layer of which function: the cells of the strip and the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from depgraph.pictures.labels import short_name, unknown_words
from depgraph.pictures.sketch import strongest
from depgraph.reporting.lines import Line, lines
from depgraph.schema import owner_chain
from depgraph.texts import Words, words

LAYERS = ("front", "host", "network", "block", "dns", "registrar", "registry", "certificate")
"""The rows, from the user down."""

SHARED = frozenset({"dns", "registrar", "registry"})
_ROW = {"mail": "host", "mailbox": "host", "other": "host"}
_SAID_BEFORE = {"network": ("host", "front"), "block": ("host", "front", "network")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor in one cell.

    Parameters
    ----------
    actor
        Id of the provider or unknown node.
    label
        Its name, and that of its topmost company where that is another.
    evidence
        The strongest class that names it here.
    chain
        Ids of the actor and of all above it.
    note, noted
        What was known of an unknown on another day, and that day (ISO 8601).
    reason
        Why an unknown is unknown.
    own
        Whether it is the service's own.
    members
        Ids of all nodes that it stands for: several unknowns may stand in one entry.
    """

    actor: str
    label: str
    evidence: str
    chain: tuple[str, ...]
    note: str = ""
    noted: str = ""
    reason: str = ""
    own: bool = False
    members: tuple[str, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether this says that something is not known."""
        return self.actor.startswith("unknown:")

    def elsewhen(self, table: Words) -> str:
        """Say what was known of it on another day."""
        if not self.note:
            return ""
        return table.say("picture.last-known", what=self.note, day=table.day(self.noted))


Cells = Mapping[str, tuple[Entry, ...]]


def no_front(cells: Cells) -> tuple[Entry, ...] | None:
    """Say what stands where no front was found: an unknown address may be a front's.

    None where the host is known, so that there is none.
    """
    host = cells.get("host", ())
    if host and not any(entry.unknown for entry in host):
        return None
    return (Entry("unknown:front", "", "unknown", ("unknown:front",)),)


@dataclass(frozen=True, slots=True)
class Column:
    """One function, or several that stand on the same actors.

    `functions` are their ids, `cells` their rows, `absent` the reason where the service does
    not have this function, `behind` the actors further behind, each with the evidence.
    """

    functions: tuple[str, ...]
    cells: Cells
    absent: str = ""
    behind: tuple[tuple[str, str], ...] = ()

    @property
    def actors(self) -> frozenset[str]:
        """Ids of all that stands in its cells, owners included."""
        return frozenset(n for row in self.cells.values() for entry in row for n in entry.chain)


def columns(
    graph: nx.MultiDiGraph[str], functions: Sequence[str], *, lang: str = "en"
) -> list[Column]:
    """Give the columns for some functions; web and www become one if their cells are equal."""
    found: list[Column] = []
    for function in functions:
        data = graph.nodes[function]
        if data.get("absent"):
            found.append(Column((function,), {}, str(data.get("reason", "")) or "-"))
            continue
        column = _column(graph, function, lang)
        for i, other in enumerate(found):
            alike = _name(other.functions[0]) == _name(function) == "web"
            if alike and not other.absent and _same(other.cells, column.cells):
                found[i] = Column((*other.functions, function), other.cells, "", other.behind)
                break
        else:
            found.append(column)
    return found


def _name(function: str) -> str:
    """Give ``web`` for both ``web`` and ``web-www``."""
    return function.rpartition("/")[2].removesuffix("-www")


def _same(a: Cells, b: Cells) -> bool:
    def short(cells: Cells) -> dict[str, list[tuple[str, str]]]:
        return {
            layer: sorted(("" if e.unknown else e.actor, e.label) for e in row)
            for layer, row in cells.items()
        }

    return short(a) == short(b)


def _column(graph: nx.MultiDiGraph[str], function: str, lang: str) -> Column:
    every = [line for line in lines(graph, function) if not line.exposes]
    rows: dict[str, dict[str, Entry]] = {layer: {} for layer in LAYERS}
    further: dict[str, str] = {}
    for line in every:
        layer = _layer(line)
        if line.through or layer not in rows:
            further.setdefault(line.actor, line.evidence or "inferred")
            continue
        entry = _entry(graph, line, lang)
        known = rows[layer].get(entry.actor)
        if known is None or strongest(known.evidence, entry.evidence) != known.evidence:
            rows[layer][entry.actor] = entry
    for layer, before in _SAID_BEFORE.items():
        said = {actor for other in before for actor in rows[other]}
        unsaid = any(actor.startswith("unknown:") for actor in said)
        rows[layer] = {
            actor: entry
            for actor, entry in rows[layer].items()
            if actor not in said and not (entry.unknown and unsaid)
        }
    if any(actor.startswith("anyone:") for actor in rows["certificate"]):
        rows["certificate"] = {}
    return Column(
        (function,),
        {layer: _tidy(found.values()) for layer, found in rows.items() if found},
        "",
        tuple(further.items()),
    )


def _layer(line: Line) -> str:
    """Give the row of a line: what hides behind a front hosts, and so do the mailboxes."""
    if line.layer == "front" and line.unknown:
        return "network"
    if line.layer == "network" and line.path[-2:-1] and line.path[-2].startswith("front:"):
        return "host"
    if line.layer in {"network", "block"} and any(n.startswith("nameservers:") for n in line.path):
        return "dns"
    return _ROW.get(line.layer, line.layer)


def _tidy(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put known actors first; say the same unknown once, and those without a past together."""
    ordered = sorted(entries, key=lambda e: (e.unknown, e.label, not e.note, e.actor))
    known = [entry for entry in ordered if not entry.unknown]
    unknown: dict[str, Entry] = {}
    for entry in ordered:
        if entry.unknown:
            first = unknown.get(entry.label)
            unknown[entry.label] = (
                entry if first is None else replace(first, members=(*first.members, *entry.members))
            )
    dated = [entry for entry in unknown.values() if entry.note]
    plain = [entry for entry in unknown.values() if not entry.note]
    if plain:
        plain = [
            replace(
                plain[0],
                label=", ".join(entry.label for entry in plain),
                members=tuple(m for entry in plain for m in entry.members),
                reason=", ".join(dict.fromkeys(e.reason for e in plain if e.reason)),
            )
        ]
    return (*known, *dated, *plain)


def _entry(graph: nx.MultiDiGraph[str], line: Line, lang: str) -> Entry:
    data = graph.nodes[line.actor]
    above = (*((line.company,) if line.company else ()), *line.parents)
    own = bool(data.get("own"))
    if line.unknown:
        label = unknown_words(line.name.partition(" of ")[0], words(lang))
    else:
        top = short_name(above[-1]) if above and above[-1] != line.name and not own else ""
        named = top and line.layer != "certificate" and not alike(line.name, top)
        label = f"{line.name} · {top}" if named else line.name
    return Entry(
        actor=line.actor,
        label=label,
        evidence=line.evidence or "inferred",
        chain=tuple(owner_chain(graph, line.actor)),
        note=short_name(line.last_known),
        noted=line.last_known_time[:10],
        reason=unknown_words(line.reason, words(lang)),
        own=own,
        members=(line.actor,),
    )


def alike(name: str, company: str) -> bool:
    """Tell whether the company's name adds nothing: "Verisign (.com)" of "Verisign, Inc."."""
    first = name.lower().split()[0].strip(",.")
    return company.lower().split()[0].strip(",.") == first

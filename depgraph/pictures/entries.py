"""The boxes of the strip and the timeline: the roles of the one walk, layer by layer.

Who stands where, how that is known and how sure is what :mod:`depgraph.analysis.roles` says;
here alike unknowns are brought together in one box, and columns that are alike in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from depgraph.analysis.roles import Role, Roles, Standing
from depgraph.observations import as_cited
from depgraph.pictures.basis import Basis
from depgraph.pictures.labels import (
    anyone,
    days_of,
    failed_words,
    unknown_phrases,
    unknown_word,
)
from depgraph.providers.rules import alike_names, short_name
from depgraph.rendering.unknowns import Days
from depgraph.texts import Words
from depgraph.texts.reasons import why
from depgraph.vocabulary import (
    FUNCTIONS,
    Confidence,
    Evidence,
    Kind,
    Layer,
    Part,
    function_of,
    least_sure,
    reasons,
)

_PREFERENCE: Final = re.compile(r"^\d+ (?=[^ ]+\.[^ ]+$)")
"""The number before the exchange of an MX record."""
_SAID: Final = frozenset({Evidence.PUBLISHED, Evidence.INFERRED, Evidence.REPORTED})
"""Evidence that stands beside a box; an observation goes without saying."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One box: an actor in a layer, or what is not known of it.

    Parameters
    ----------
    roles
        The role of an actor; of something unknown one role for each name that it is of.
    """

    roles: tuple[Role, ...]

    @property
    def role(self) -> Role:
        """The role, or the first of those that are alike."""
        return self.roles[0]

    @property
    def hatched(self) -> bool:
        """Whether it is drawn as unknown: it names nobody, or somebody who is only possible."""
        return not self.role.known

    @property
    def look(self) -> str:
        """As what it is drawn: hatched also of somebody whose involvement is only possible."""
        possible = self.role.confidence is Confidence.POSSIBLE
        return "unknown" if self.hatched or possible else "plain"

    @property
    def failed(self) -> bool:
        """Whether all that leads to it was seen not to serve."""
        return bool(self.role.unserved) and not self.hatched

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of all nodes that the box stands for."""
        return tuple(dict.fromkeys(role.actor for role in self.roles))

    @property
    def chain(self) -> frozenset[str]:
        """Ids of the actor and of all above it; empty where it is not known."""
        if self.hatched:
            return frozenset()
        return frozenset({self.role.actor, *(owner.id for owner in self.role.owners)})

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two boxes say the same, whatever names they are of."""
        role = self.role
        because = tuple(sorted({one.reason for one in self.roles}))
        who = (role.what, role.last_known, role.last_known_time) if role.unknown else role.actor
        known = (role.evidence, role.confidence, role.unverified, role.citation, role.note)
        return (role.layer, who, because, role.needed, role.vantage, *known, role.unserved)

    def label(self, table: Words, *, whole: bool = False) -> str:
        """Return what stands in the box: a name, with that of its topmost company if another.

        The name is as headlines have it, without its legal form and what stands in brackets;
        `whole` asks for all of it.
        """
        role = self.role
        if role.unknown:
            return unknown_word(role.what, table)
        if role.kind is Kind.ANYONE:
            return anyone(role.actor, table)
        top = self.owner
        name = role.label if whole else short_name(role.label)
        label = f"{name} · {top}" if top else name
        possible = role.confidence is Confidence.POSSIBLE and role.layer is not Layer.INVOLVEMENT
        return table.say("possibly", name=label) if possible else label

    @property
    def owner(self) -> str:
        """The topmost company, where its name adds something to that of the actor."""
        role = self.role
        top = short_name([role.company, *role.parents][-1])
        adds = top and not role.own and not alike_names(short_name(role.label), top)
        return top if adds else ""

    @property
    def owner_confidence(self) -> Confidence:
        """How sure it is who the topmost company is."""
        return least_sure(owner.confidence for owner in self.role.companies)

    def beside(self, table: Words) -> str:
        """Return the words beside the box: evidence but an observation, and how sure if not certain."""
        role = self.role
        if role.unknown:
            return self.elsewhen(table)
        words = [table["picture.own"]] if role.own else []
        if role.unserved:
            words.append(failed_words(reasons(role.unserved), table))
        if role.evidence in _SAID:
            words.append(table.brief(f"evidence.{role.evidence.value}"))
        if role.confidence is not Confidence.CERTAIN:
            words.append(table[f"confidence.{role.confidence.value}"])
        if role.unverified:
            words.append(table["unverified"])
        if self.owner and self.owner_confidence is not Confidence.CERTAIN:
            sure = table[f"confidence.{self.owner_confidence.value}"]
            words.append(table.say("picture.owner", sure=sure))
        return table["list.comma"].join(words)

    def elsewhen(self, table: Words) -> str:
        """Return what was known on another day of what is unknown now; empty if nothing."""
        role = self.role
        if not role.last_known:
            return ""
        day = table.day(role.last_known_time)
        what = _PREFERENCE.sub("", short_name(role.last_known))
        return table.say("picture.last-known", what=what, day=day)

    def title(self, table: Words, days: Days, *, can: str = "") -> str:
        """Return the whole of it, for a tooltip and a table.

        Parameters
        ----------
        table
            The words of a language.
        days
            Those that the picture is of.
        can
            What the actor can stop. It stands before the citation, which is often long, as a
            tooltip is cut at its end.
        """
        role = self.role
        if role.unknown:
            told = table["list.semicolon"].join(unknown_phrases(self.roles, days, table))
            return f"{table['evidence.unknown']}{table['colon']}{told}"
        label = self.label(table, whole=True)
        label = table["list.comma"].join(filter(None, [label, self.law(table)]))
        known = table.say("in-brackets", what=label, note=self.known_by(table))
        parts = [f"{known}{table['colon']}{can}" if can else known, as_cited(role.citation)]
        return ". ".join(filter(None, parts))

    def noted(self, table: Words) -> str:
        """Return the words below a box of the timeline: evidence of any class, and how sure."""
        role = self.role
        words = [] if role.evidence in _SAID else [table.brief(f"evidence.{role.evidence.value}")]
        return table["list.comma"].join([*words, *filter(None, [self.beside(table)])])

    def law(self, table: Words) -> str:
        """Return the country whose law binds the actor; empty where it is not known."""
        return table.country(self.role.country) if self.role.country else ""

    def known_by(self, table: Words) -> str:
        """Return how it is known and how sure: class of evidence, confidence, "unverified"."""
        role = self.role
        words = [table[f"evidence.{role.evidence.value}"]]
        if role.confidence is not Confidence.CERTAIN:
            words.append(table[f"confidence.{role.confidence.value}"])
        if role.unverified:
            words.append(table["unverified"])
        if role.unserved:
            words.append(why(role.unserved, table.lang))
        return table["list.comma"].join(words)

    def sure(self, table: Words) -> str:
        """Return how sure it is, and "unverified" where it is; empty of something unknown."""
        role = self.role
        if role.unknown:
            return ""
        words = [table[f"confidence.{role.confidence.value}"]]
        words += [table["unverified"]] if role.unverified else []
        return table["list.comma"].join(words)


Cells = Mapping[Layer, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """One function, or both names of the web where they stand on the same.

    Parameters
    ----------
    functions
        Their names.
    cells
        Who is in each layer: what :meth:`depgraph.analysis.roles.Roles.by_layer` says.
    standings
        The layers as a whole, for what is not known of them.
    absent
        Why the service does not have this function (coded); None where it has.
    further
        Roles of actors that stand in none of the cells: it needs or meets them behind other
        domains, or in layers that have no row.
    """

    functions: tuple[str, ...]
    cells: Cells
    standings: Mapping[Layer, Standing]
    absent: str | None = None
    further: tuple[Role, ...] = ()

    @property
    def actors(self) -> frozenset[str]:
        """Ids of all that stand in its cells, owners included."""
        return frozenset(
            node for row in self.cells.values() for entry in row for node in entry.chain
        )

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two columns say the same."""
        return tuple((layer, *_keys(entries)) for layer, entries in self.cells.items())

    def is_web(self) -> bool:
        """Tell whether it is about a web site."""
        return all(FUNCTIONS[function_of(name)].part is Part.WEB for name in self.functions)

    def none(self, layer: Layer) -> bool:
        """Tell whether it is known that nobody is in a layer in which somebody might be."""
        return layer is Layer.FRONT and self.is_web() and self.standings[layer].fully_known

    def open(self, layer: Layer) -> bool:
        """Tell whether somebody may be in a layer in which nobody is known to be."""
        standing = self.standings[layer]
        blind = not standing.complete and layer is Layer.FRONT and self.is_web()
        return bool(standing.hiding) or blind


def columns(basis: Basis, functions: Sequence[str]) -> list[Column]:
    """Return the columns for some functions; web sites that say the same become one.

    Parameters
    ----------
    basis
        The graph and its answers.
    functions
        Their names, in order.
    """
    found: list[Column] = []
    for function in functions:
        column = _column(basis, function)
        if found and column.absent is None and _both_web(found[-1], column):
            found[-1] = _merged(found[-1], column)
        else:
            found.append(column)
    return found


def entries(roles: Iterable[Role]) -> tuple[Entry, ...]:
    """Return roles as boxes, what is not known and alike in one, in the order of the roles."""
    groups: dict[tuple[Any, ...], list[Role]] = {}
    for role in roles:
        key: tuple[Any, ...] = (role.actor,)
        if role.unknown:
            key = (role.what, role.last_known, role.last_known_time)
        groups.setdefault(key, []).append(role)
    return tuple(Entry(tuple(several)) for several in groups.values())


def cells_of(who: Roles, function: str) -> dict[Layer, tuple[Entry, ...]]:
    """Return the boxes of a function, layer by layer."""
    return {layer: entries(several) for layer, several in who.by_layer(function).items()}


def days(basis: Basis) -> Days:
    """Return the days that a graph stands for."""
    return days_of(basis.model)


def _column(basis: Basis, function: str) -> Column:
    who = basis.roles
    node = basis.model.nodes[basis.model.functions[function]]
    cells = cells_of(who, function)
    shown = {role.actor for row in cells.values() for entry in row for role in entry.roles}
    return Column(
        functions=(function,),
        cells=cells,
        standings={layer: who.standing(function, layer) for layer in Layer if layer.brief},
        absent=str(node.get("reason", "")) if node.get("absent") else None,
        further=tuple(
            role for role in who.functions[function] if not role.unknown and role.actor not in shown
        ),
    )


def _both_web(first: Column, second: Column) -> bool:
    both = first.is_web() and second.is_web()
    return both and first.absent is None and first.key == second.key


def _merged(first: Column, second: Column) -> Column:
    return replace(
        first,
        functions=(*first.functions, *second.functions),
        cells={
            layer: tuple(map(joined_entry, row, second.cells[layer]))
            for layer, row in first.cells.items()
        },
        further=(*first.further, *second.further),
    )


def joined_entry(first: Entry, second: Entry) -> Entry:
    """Return two boxes that say the same as one that stands for what both stand for."""
    return Entry(tuple(dict.fromkeys((*first.roles, *second.roles))))


def same_cell(first: Sequence[Entry], second: Sequence[Entry]) -> bool:
    """Tell whether two cells say the same."""
    return _keys(first) == _keys(second)


def _keys(row: Iterable[Entry]) -> tuple[tuple[Any, ...], ...]:
    return tuple(entry.key for entry in row)
